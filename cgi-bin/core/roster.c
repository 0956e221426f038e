#include "core/roster.h"

#include <assert.h>

static bool is_empty(struct interval interval) { return !instant_is_before(interval.from, interval.to); }

/* How far the shifts that hold at `at` reach without a break; `at` itself when none holds then. */
static struct instant reach(const struct interval *shifts, size_t shift_count, struct instant at)
{
    bool is_further = true;

    while (is_further) {
        is_further = false;
        for (size_t i = 0; i < shift_count; i++) {
            if (!instant_is_before(at, shifts[i].from) && instant_is_before(at, shifts[i].to)) {
                at = shifts[i].to;
                is_further = true;
            }
        }
    }
    return at;
}

/* The beginning of the first shift after `at`, or `end`. */
static struct instant next_start(const struct interval *shifts, size_t shift_count, struct instant at, struct instant end)
{
    struct instant next = end;

    for (size_t i = 0; i < shift_count; i++)
        if (!is_empty(shifts[i]) && instant_is_before(at, shifts[i].from) && instant_is_before(shifts[i].from, next))
            next = shifts[i].from;
    return next;
}

size_t roster_gaps(const struct interval *shifts, size_t shift_count, struct interval window, struct interval *gaps)
{
    struct instant at = window.from;
    size_t count = 0;

    while (instant_is_before(at, window.to)) {
        at = reach(shifts, shift_count, at);
        if (!instant_is_before(at, window.to))
            break;
        assert(count <= shift_count);
        gaps[count].from = at;
        at = next_start(shifts, shift_count, at, window.to);
        gaps[count++].to = at;
    }
    return count;
}

int64_t roster_seconds(const struct interval *intervals, size_t count)
{
    int64_t milliseconds = 0;

    for (size_t i = 0; i < count; i++)
        milliseconds += instant_milliseconds_between(intervals[i].from, intervals[i].to);
    return milliseconds / 1000;
}

bool roster_overlaps(const struct interval *shifts, size_t shift_count, size_t index)
{
    const struct interval own = shifts[index];

    for (size_t i = 0; i < shift_count; i++)
        if (i != index && !is_empty(own) && !is_empty(shifts[i]) && instant_is_before(shifts[i].from, own.to) &&
            instant_is_before(own.from, shifts[i].to))
            return true;
    return false;
}

size_t roster_rotation_count(int64_t shift_seconds, int days)
{
    const int64_t whole = (int64_t)days * DAY_SECONDS;

    if (days < 1 || shift_seconds < HOUR_SECONDS || shift_seconds > ROSTER_SHIFT_SECONDS_MAX)
        return 0;
    const int64_t count = (whole + shift_seconds - 1) / shift_seconds;
    return count <= ROSTER_SHIFTS_MAX ? (size_t)count : 0;
}

struct interval roster_rotation_shift(struct instant start, int64_t shift_seconds, size_t index)
{
    const struct instant from = instant_add_seconds(start, (int64_t)index * shift_seconds);

    return (struct interval){from, instant_add_seconds(from, shift_seconds)};
}
