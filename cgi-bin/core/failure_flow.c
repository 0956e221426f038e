#include "core/failure_flow.h"

#include <assert.h>

#define R(role) ROLE_BIT(ROLE_##role)
#define S(state) (UINT32_C(1) << FAILURE_##state)

#define UNIT_PEOPLE (R(CREW) | R(LIAISON) | R(UNIT_LEADER))
#define UNIT_VOICES (R(LIAISON) | R(UNIT_LEADER))
#define KNOWN (S(WAITING) | S(CONFIRMED) | S(REFUSED) | S(PROPOSED) | S(TAKEN))

/* A row: any of these roles in any of these states; is_own: for the own unit's alone. */
static const struct {
    enum failure_act act;
    uint32_t states, roles;
    bool is_own;
} permissions[] = {
    {FAILURE_ACT_READ, KNOWN, R(OPERATOR) | R(OPS) | R(GROUP_LEADER), false},
    {FAILURE_ACT_READ, KNOWN, UNIT_PEOPLE, true},
    {FAILURE_ACT_REPORT, S(STATE_NONE), UNIT_VOICES, true},
    {FAILURE_ACT_RECORD, S(STATE_NONE), R(OPS), false},
    {FAILURE_ACT_END, S(WAITING) | S(CONFIRMED), R(OPS), false},
    {FAILURE_ACT_END, S(WAITING) | S(CONFIRMED), UNIT_VOICES, true},
    {FAILURE_ACT_DECIDE, S(WAITING) | S(PROPOSED), R(OPS), false},
    {FAILURE_ACT_EXCUSE, S(CONFIRMED), R(OPS), false},
};

bool failure_permits(enum failure_act act, enum failure_state state, uint32_t roles, bool is_own_unit, bool is_over)
{
    assert((unsigned)act < FAILURE_ACT__COUNT && (unsigned)state < FAILURE_STATE__COUNT);
    if (act == FAILURE_ACT_END && is_over)
        return false;
    for (size_t i = 0; i < sizeof permissions / sizeof permissions[0]; i++)
        if (permissions[i].act == act && (permissions[i].states & (UINT32_C(1) << state)) != 0 &&
            (permissions[i].roles & roles) != 0 && (is_own_unit || !permissions[i].is_own))
            return true;
    return false;
}

enum failure_fault failure_fault_of(const struct failure_report *report, struct instant now)
{
    assert(instant_is_set(report->started_at));
    if (instant_is_before(now, report->started_at))
        return FAILURE_STARTS_LATER;
    if (instant_is_set(report->ended_at) && instant_is_before(now, report->ended_at))
        return FAILURE_ENDS_LATER;
    if (instant_is_set(report->ended_at) && instant_is_before(report->ended_at, report->started_at))
        return FAILURE_ENDS_BEFORE;
    if (instant_is_set(report->reported_at) && instant_is_before(now, report->reported_at))
        return FAILURE_TOLD_LATER;
    if (instant_is_set(report->reported_at) && instant_is_before(report->reported_at, report->started_at))
        return FAILURE_TOLD_BEFORE;
    return FAILURE_SOUND;
}

bool failure_is_told_in_time(const struct failure_report *report)
{
    if (!instant_is_set(report->reported_at) || instant_is_before(report->reported_at, report->started_at))
        return false;
    return !instant_is_set(report->ended_at) || !instant_is_before(report->ended_at, report->reported_at);
}
