/*
 * Words of the pages: templates/text/zh-CN.hdf and en.hdf, the same keys in both. No user-facing word stands in C.
 */
#ifndef WEB_WORDS_H
#define WEB_WORDS_H

#include "base/arena.h"
#include "base/time.h"

enum language { LANGUAGE_ZH, LANGUAGE_EN, LANGUAGE__COUNT };

/*
 * Reads template_dir/text/LANG.*.hdf of both languages; once per process, before the first use. app_main does it for web
 * programs; clerk and shuinuo call it themselves. STATUS_INVALID names the file.
 */
enum status words_open(const char *template_dir, struct fault *fault) MUST_USE;

/* Gives the words back, for a clean end under the sanitizers. */
void words_close(void);

/* Tag for HTML and headers: "zh-CN", "en". */
const char *language_tag(enum language language);

/* Text.KEY in a language ("error.phone"), or the key itself when it is missing (a test proves that none is). */
const char *words_find(enum language language, const char *key);

/*
 * The same with {0} … {3} replaced by the values, in the arena. values: as many as `count`.
 */
const char *words_fill(struct arena *arena, enum language language, const char *key, const char *const *values,
                       size_t count);

/* "今天 16:40" / "明天 09:00" / "11月25日 16:40" – in English "today 16:40", …, seen from `now`; "2025年3月1日 09:00" in other years. */
const char *words_moment(struct arena *arena, enum language language, struct instant at, struct instant now,
                         int utc_offset_minutes);

/* "20 分钟", "2 小时", "1 小时 30 分" … ; seconds ≥ 0, rounded down to minutes above one minute. */
const char *words_duration(struct arena *arena, enum language language, int64_t seconds);

#endif
