/* The public figures, read only. */
#ifndef STORE_FIGURE_STORE_H
#define STORE_FIGURE_STORE_H

#include "core/promise_detail.h"
#include "store/catalog.h"

struct promise_figure {
    char rule_code[CODE_BYTES];
    bool is_month; /* else the long window */
    struct day first_day, last_day;
    struct figure figure;
    struct instant as_of;
};

/* All of them, in one statement. */
enum status figure_store_promises(struct db *db, struct arena *arena, struct promise_figure **figures, size_t *count,
                                  struct fault *fault) MUST_USE;

/* What the page of one promise shows, as clerk last counted it. STATUS_ABSENT before that. One statement. */
enum status figure_store_detail(struct db *db, const char *rule_code, struct arena *arena,
                                struct promise_detail *detail, struct fault *fault) MUST_USE;

/* Counter that rises whenever promise figures changed: the key of the rendered-page cache. One statement. */
enum status figure_store_version(struct db *db, struct arena *arena, int64_t *version, struct fault *fault) MUST_USE;

/*
 * How many binding public promises that were due on this local day were kept and missed, as clerk last counted; those still running
 * are in neither. One statement.
 */
enum status figure_store_day(struct db *db, struct day day, struct arena *arena, int64_t *kept, int64_t *missed,
                             struct fault *fault) MUST_USE;

/* Recount straight from the clock rows, slowly, for the tests and `shuinuo verify`. */
enum status figure_store_recount(struct db *db, const struct catalog *catalog, const char *rule_code, struct day first_day,
                                 struct day last_day, int utc_offset_minutes, struct instant now,
                                 struct figure *figure, struct fault *fault) MUST_USE;

#endif
