#include "core/figure.h"

#include <assert.h>

enum figure_class figure_class_of(const struct clock *clock, struct instant now)
{
    switch (clock_result_at(clock, now)) {
    case RESULT_KEPT:
        return FIGURE_KEPT;
    case RESULT_LATE:
    case RESULT_ENDED_LATE:
        return FIGURE_MISSED;
    case RESULT_EXCUSED:
        return FIGURE_EXCUSED;
    case RESULT_RUNNING:
    case RESULT_SUPERSEDED:
    case RESULT_ENDED_KEPT:
    case CLOCK_RESULT__COUNT:
        break;
    }
    return FIGURE_LEFT_OUT;
}

void figure_init(struct figure *figure)
{
    *figure = (struct figure){.median_seconds = -1, .p90_seconds = -1};
}

void figure_add(struct figure *figure, const struct clock *clock, struct instant now)
{
    switch (figure_class_of(clock, now)) {
    case FIGURE_LEFT_OUT:
    case FIGURE_CLASS__COUNT:
        return;
    case FIGURE_EXCUSED:
        figure->excused++;
        return;
    case FIGURE_KEPT:
        figure->kept++;
        break;
    case FIGURE_MISSED:
        figure->missed++;
        break;
    }
    figure->total++;
    const enum clock_result granted = clock_granted_result_at(clock, now);
    if (granted == RESULT_KEPT || granted == RESULT_ENDED_KEPT)
        figure->kept_granted++;
}

int figure_rate_permille(int64_t kept, int64_t total)
{
    assert(kept >= 0 && kept <= total);
    if (total < FIGURE_SAMPLE_LEAST)
        return -1;
    return (int)(kept * 1000 / total);
}

int64_t figure_percentile(const int64_t *ascending, size_t count, int percent)
{
    assert(percent >= 1 && percent <= 100);
    if (count == 0)
        return -1;
    const size_t rank = (count * (size_t)percent + 99) / 100; /* nearest rank: 1 … count */
    return ascending[rank - 1];
}
