/*
 * The duty roster: whether somebody is on duty at every hour (Art. 12: one liaison per unit, 24 hours). Pure.
 * Shifts hold from ≤ t < to; they may touch, overlap and come in any order.
 */
#ifndef CORE_ROSTER_H
#define CORE_ROSTER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "base/time.h"

/* from ≤ t < to; empty unless from < to. */
struct interval {
    struct instant from, to;
};

/*
 * The parts of the window in which no shift holds, in order; how many. Shifts without length count as none.
 * gaps: room for shift_count + 1, the most there can be
 */
size_t roster_gaps(const struct interval *shifts, size_t shift_count, struct interval window, struct interval *gaps);

/* Their length together. */
int64_t roster_seconds(const struct interval *intervals, size_t count);

/* Whether the shift shares a moment with another one of the list. Shifts that only touch do not. index: its place */
bool roster_overlaps(const struct interval *shifts, size_t shift_count, size_t index);

#define ROSTER_SHIFTS_MAX 186    /* that one rotation may make: 62 days of three shifts */
#define ROSTER_PEOPLE_MAX 8      /* who take turns in it */
#define ROSTER_SHIFT_SECONDS_MAX (INT64_C(31) * DAY_SECONDS)

/*
 * A rotation: shifts of equal length one after the other from `start`, until `days` are covered. Shift `index` falls to the
 * person index % people. Returns how many there are; 0 when the numbers make none, or more than ROSTER_SHIFTS_MAX.
 */
size_t roster_rotation_count(int64_t shift_seconds, int days) MUST_USE;
struct interval roster_rotation_shift(struct instant start, int64_t shift_seconds, size_t index);

#endif
