/*
 * How matters went through hands (Arts. 9, 16): how long each unit held them, and whose dispatches came back because they were
 * wrong. Counted over the dispatches of a span of time; tickets at the discipline office are left out.
 */
#ifndef STORE_HANDLING_STORE_H
#define STORE_HANDLING_STORE_H

#include "core/number.h"
#include "core/roster.h"
#include "store/catalog.h"
#include "store/db.h"

/* One unit. held_seconds: of all its dispatches up to now, without what ops took to decide. */
struct handling_unit {
    struct unit_id unit;
    int64_t dispatches, accepted, objected, wrong, recalled, held_seconds;
};

/* One dispatcher. wrong: an objection that ops upheld. Texts in the arena. */
struct handling_dispatcher {
    struct staff_id staff;
    const char *name; /* "" for one that is not in the register */
    int64_t dispatches, wrong, recalled;
};

/* A wrong dispatch. */
struct handling_returned {
    char number[NUMBER_BYTES];
    struct unit_id unit;
    const char *dispatcher;
    struct instant dispatched_at, returned_at;
};

/* Dispatches of `span`, of one unit (0: of all); units in no order. now: until when what is still held counts */
enum status handling_store_units(struct db *db, struct interval span, struct unit_id unit, struct instant now,
                                 struct arena *arena, struct handling_unit **units, size_t *count,
                                 struct fault *fault) MUST_USE;
/* Who sent them; most wrong ones first, at most 200. */
enum status handling_store_dispatchers(struct db *db, struct interval span, struct arena *arena,
                                       struct handling_dispatcher **dispatchers, size_t *count,
                                       struct fault *fault) MUST_USE;
/* The wrong ones, newest first, at most `limit`. */
enum status handling_store_returned(struct db *db, struct interval span, struct unit_id unit, int limit, struct arena *arena,
                                    struct handling_returned **returned, size_t *count, struct fault *fault) MUST_USE;

#endif
