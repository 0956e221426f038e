/*
 * A promise of the regulation in words: its limit and its article, the same on every page that shows one.
 */
#ifndef WEB_PROMISE_H
#define WEB_PROMISE_H

#include "core/progress.h"
#include "core/rule.h"
#include "web/words.h"

/*
 * "20 分钟内", "少于 24 小时", "提前 24 小时以上", "事前", "由运营管理部逐件确定".
 * limit_seconds: as in a rule or a clock; LIMIT_BY_OPS, and 0 of an after-limit, mean that ops sets it
 */
const char *promise_limit(struct arena *arena, enum language language, int64_t limit_seconds, enum bound bound,
                          enum direction direction);

/* "14(4)1" → "第 14 条(4)1", "Art. 14(4)1" */
const char *promise_article(struct arena *arena, enum language language, const char *article);

/*
 * What was done, in one sentence. step: one with a public_step_name. unit: the name of its unit in this language, "" for none
 */
const char *progress_sentence(struct arena *arena, enum language language, const struct public_step *step, const char *unit,
                              struct instant now, int utc_offset_minutes);

#endif
