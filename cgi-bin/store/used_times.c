#include "store/used_times.h"

#include <stdlib.h>
#include <string.h>

void used_times_add(struct used_times *times, const struct clock *clock, struct instant now, struct arena *arena)
{
    const bool ran_to_its_end =
        instant_is_set(clock->stopped_at) && (clock->result == RESULT_KEPT || clock->result == RESULT_LATE);

    if (!ran_to_its_end)
        return;
    if (times->count == times->room) {
        const size_t room = times->room == 0 ? 256 : times->room * 2;
        int64_t *more = arena_take_array(arena, room, sizeof *more);
        if (times->count > 0)
            memcpy(more, times->seconds, times->count * sizeof *more);
        times->seconds = more;
        times->room = room;
    }
    times->seconds[times->count++] = clock_used_seconds(clock, now);
}

static int compare_seconds(const void *left, const void *right)
{
    const int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;

    return (a > b) - (a < b);
}

void used_times_finish(struct used_times *times, struct figure *figure)
{
    if (times->count > 0)
        qsort(times->seconds, times->count, sizeof *times->seconds, compare_seconds);
    figure->median_seconds = figure_percentile(times->seconds, times->count, 50);
    figure->p90_seconds = figure_percentile(times->seconds, times->count, 90);
}
