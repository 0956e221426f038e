#include "core/failure.h"

#include <assert.h>

static bool is_within(const struct failure_report *report, struct instant at)
{
    if (!instant_is_set(at) || instant_is_before(at, report->started_at))
        return false;
    return !instant_is_set(report->ended_at) || !instant_is_before(report->ended_at, at);
}

static bool is_late(const struct clock *clock, struct instant now)
{
    const enum clock_result result = clock_result_at(clock, now);

    return instant_is_set(clock->due_at) && (result == RESULT_LATE || result == RESULT_ENDED_LATE);
}

enum failure_cover failure_covers(const struct failure_report *report, const struct clock *clock, struct instant now)
{
    assert(instant_is_set(report->started_at));
    if (report->unit.v == 0 || clock->unit.v != report->unit.v)
        return FAILURE_OTHER_UNIT;
    if (!report->is_confirmed)
        return FAILURE_NOT_CONFIRMED;
    if (!is_within(report, report->reported_at))
        return FAILURE_NOT_TOLD_DURING;
    if (!is_late(clock, now))
        return FAILURE_NOT_LATE;
    if (instant_is_before(clock->due_at, report->started_at))
        return FAILURE_DUE_BEFORE;
    return is_within(report, clock->due_at) ? FAILURE_COVERS : FAILURE_DUE_AFTER;
}

bool failure_is_sound(const struct failure_report *report, struct instant now)
{
    const struct instant moments[] = {report->started_at, report->ended_at, report->reported_at};

    for (size_t i = 0; i < sizeof moments / sizeof moments[0]; i++)
        if (instant_is_set(moments[i]) && instant_is_before(now, moments[i]))
            return false;
    if (!instant_is_set(report->started_at))
        return false;
    return !instant_is_set(report->ended_at) || !instant_is_before(report->ended_at, report->started_at);
}

const char *failure_cover_name(enum failure_cover cover)
{
    static const char *const names[FAILURE_COVER__COUNT] = {
        [FAILURE_COVERS] = "covers",
        [FAILURE_OTHER_UNIT] = "other_unit",
        [FAILURE_NOT_CONFIRMED] = "not_confirmed",
        [FAILURE_NOT_TOLD_DURING] = "not_told_during",
        [FAILURE_NOT_LATE] = "not_late",
        [FAILURE_DUE_BEFORE] = "due_before",
        [FAILURE_DUE_AFTER] = "due_after",
    };

    assert((unsigned)cover < FAILURE_COVER__COUNT);
    return names[cover];
}
