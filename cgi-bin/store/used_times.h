/* Times used by clocks that were stopped, for median and P90. */
#ifndef STORE_USED_TIMES_H
#define STORE_USED_TIMES_H

#include "base/arena.h"
#include "core/figure.h"

struct used_times {
    int64_t *seconds;
    size_t count, room;
};

/* Adds a clock that ran to its end and counts; others are left out. */
void used_times_add(struct used_times *times, const struct clock *clock, struct instant now, struct arena *arena);

/* Fills the figure's median and P90. Sorts the times. */
void used_times_finish(struct used_times *times, struct figure *figure);

#endif
