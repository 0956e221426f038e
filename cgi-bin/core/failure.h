/*
 * System failures of a unit, and which late clocks one excuses (Art. 15). Pure.
 *
 * "When the hotline system fails and the unit cannot take or hand in its orders, it shall contact operations in time; otherwise
 * what runs late by it counts as late." The strict reading: a clock is excused only when it ran out while the fault lasted,
 * and only by a report that was made while the fault lasted and that ops confirmed. Times stand as ops recorded them: a unit
 * that called is recorded with the moment of its call, whoever types it in and whenever.
 */
#ifndef CORE_FAILURE_H
#define CORE_FAILURE_H

#include "core/clock.h"

/* A unit's report of a fault, as its row says. */
struct failure_report {
    struct unit_id unit;
    struct instant started_at;  /* of the fault */
    struct instant ended_at;    /* INSTANT_NONE: not over yet */
    struct instant reported_at; /* when ops was told, e.g. the moment of the call; INSTANT_NONE: never */
    bool is_confirmed;          /* by ops */
};

/* Why a failure does or does not excuse a clock. Text.failure.NAME. */
enum failure_cover {
    FAILURE_COVERS,
    FAILURE_OTHER_UNIT,      /* the clock is another unit's, or ops' own */
    FAILURE_NOT_CONFIRMED,
    FAILURE_NOT_TOLD_DURING, /* told before it began or after it was over: late stays late */
    FAILURE_NOT_LATE,        /* there is nothing to excuse */
    FAILURE_DUE_BEFORE,      /* it was late already when the fault began */
    FAILURE_DUE_AFTER,       /* it ran out after the fault was over */
    FAILURE_COVER__COUNT
};

/*
 * Whether the failure excuses the clock, seen at `now`, by the original due: its first and last moment belong to the fault. The
 * answer is the first reason that stands against it, in the order above.
 */
enum failure_cover failure_covers(const struct failure_report *report, const struct clock *clock, struct instant now);

/* Whether the times of a report fit together and none lies after `now`: start ≤ end, and the start is set. */
bool failure_is_sound(const struct failure_report *report, struct instant now);

/* "covers", "other_unit", … */
const char *failure_cover_name(enum failure_cover cover);

#endif
