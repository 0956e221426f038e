/*
 * Public figures: how a promise was kept (design 3, decision 7). Pure.
 *
 * A clock belongs to the local day of its original due time. Kept, late and running past due count; running and not due
 * is left out; excused is shown apart; ended early counts only when it was late already. On time by the original due is the
 * headline, by the granted due stands beside it. Rates are rounded down and never reach 100 % unless all were kept.
 */
#ifndef CORE_FIGURE_H
#define CORE_FIGURE_H

#include "core/clock.h"

#define FIGURE_SAMPLE_LEAST 5 /* fewer cases are shown as numbers, not as a rate */

enum figure_class {
    FIGURE_LEFT_OUT,
    FIGURE_KEPT,
    FIGURE_MISSED,
    FIGURE_EXCUSED,
    FIGURE_CLASS__COUNT
};

/* How a clock counts at `now`, by the original due. */
enum figure_class figure_class_of(const struct clock *clock, struct instant now);

struct figure {
    int64_t total;        /* kept + missed */
    int64_t kept;         /* by the original due */
    int64_t kept_granted; /* by the granted due where there is one */
    int64_t missed;
    int64_t excused;
    int64_t median_seconds; /* time used, of clocks that were stopped; -1 without any */
    int64_t p90_seconds;
};

void figure_init(struct figure *figure);
void figure_add(struct figure *figure, const struct clock *clock, struct instant now);

/* Rate in tenths of a percent, rounded down (982 = 98.2 %); -1 below FIGURE_SAMPLE_LEAST. */
int figure_rate_permille(int64_t kept, int64_t total);

/* Nearest-rank percentile of ascending values; -1 when there are none. percent: 1 … 100 */
int64_t figure_percentile(const int64_t *ascending, size_t count, int percent);

#endif
