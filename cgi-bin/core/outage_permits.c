/* Who may do what with an outage, as rows. */
#include "core/outage.h"

#define R(role) ROLE_BIT(ROLE_##role)
#define S(state) (UINT32_C(1) << OUTAGE_##state)
#define K(kind) (UINT32_C(1) << OUTAGE_##kind)
#define UNIT_PEOPLE (R(CREW) | R(LIAISON) | R(UNIT_LEADER))
#define ANY_KIND (K(EMERGENCY) | K(PLANNED) | K(CUTOFF))
#define BEFORE (S(APPLIED) | S(APPROVED) | S(ANNOUNCED))
#define STEPS (S(APPROVED) | S(ANNOUNCED) | S(PUBLISHED)) /* a step that is done late is recorded all the same */
#define LIVE (BEFORE | S(PUBLISHED))
/* Every state of a kind but the one before the first event. */
#define EMERGENCY_STATES (S(PUBLISHED) | S(RESTORED) | S(WITHDRAWN))
#define PLANNED_STATES (LIVE | S(RESTORED) | S(REFUSED) | S(CANCELLED))
#define CUTOFF_STATES (S(ANNOUNCED) | S(PUBLISHED) | S(RESTORED) | S(CANCELLED))

/* Where the person must belong. */
enum part { OF_ANY, OF_UNIT, OF_PIPELINE, OF_CUSTOMER };

struct outage_permission {
    enum outage_action action;
    uint32_t kinds, states, roles; /* bits 1 << … */
    enum part part;
    enum outage_approver approver; /* of what this row gives: it stands at least as high as what is needed */
    bool is_second_person;         /* who applied may not */
};

/* The unit's own people, and operations for any unit. */
#define UNIT_OR_OPS(action, kinds, states)                                                                             \
    {action, kinds, states, UNIT_PEOPLE, OF_UNIT, APPROVER_NONE, false},                                               \
    {action, kinds, states, R(OPS), OF_ANY, APPROVER_NONE, false}
#define NOTES(kinds, states)                                                                                           \
    {OUTAGE_NOTE, kinds, states, UNIT_PEOPLE, OF_UNIT, APPROVER_NONE, false},                                          \
    {OUTAGE_NOTE, kinds, states, R(OPS) | R(GROUP_LEADER), OF_ANY, APPROVER_NONE, false}
#define APPROVERS(action)                                                                                              \
    {action, K(PLANNED), S(APPLIED), R(UNIT_LEADER), OF_PIPELINE, APPROVER_PIPELINE_LEADER, true},                     \
    {action, K(PLANNED), S(APPLIED), R(OPS), OF_ANY, APPROVER_OPS, true},                                              \
    {action, K(PLANNED), S(APPLIED), R(GROUP_LEADER), OF_ANY, APPROVER_GROUP_LEADER, true}

static const struct outage_permission permissions[] = {
    UNIT_OR_OPS(OUTAGE_REPORT, K(EMERGENCY), S(STATE_NONE)),
    UNIT_OR_OPS(OUTAGE_EXTEND, K(EMERGENCY), S(PUBLISHED)),
    UNIT_OR_OPS(OUTAGE_EXTEND, K(PLANNED), S(ANNOUNCED) | S(PUBLISHED)),
    UNIT_OR_OPS(OUTAGE_WIDEN, K(EMERGENCY), S(PUBLISHED)),
    UNIT_OR_OPS(OUTAGE_WIDEN, K(PLANNED), S(ANNOUNCED) | S(PUBLISHED)),
    UNIT_OR_OPS(OUTAGE_RESTORE, ANY_KIND, S(PUBLISHED)),
    UNIT_OR_OPS(OUTAGE_WITHDRAW, K(EMERGENCY), S(PUBLISHED)),
    NOTES(K(EMERGENCY), EMERGENCY_STATES),
    NOTES(K(PLANNED), PLANNED_STATES),
    {OUTAGE_NOTE, K(PLANNED), PLANNED_STATES, UNIT_PEOPLE, OF_PIPELINE, APPROVER_NONE, false},
    {OUTAGE_NOTE, K(PLANNED), PLANNED_STATES, UNIT_PEOPLE, OF_CUSTOMER, APPROVER_NONE, false},
    NOTES(K(CUTOFF), CUTOFF_STATES),
    UNIT_OR_OPS(OUTAGE_APPLY, K(PLANNED), S(STATE_NONE)),
    {OUTAGE_ASSIST, K(PLANNED), LIVE, UNIT_PEOPLE, OF_PIPELINE, APPROVER_NONE, false},
    {OUTAGE_ASSIST, K(PLANNED), LIVE, R(OPS), OF_ANY, APPROVER_NONE, false},
    APPROVERS(OUTAGE_APPROVE),
    APPROVERS(OUTAGE_REFUSE),
    UNIT_OR_OPS(OUTAGE_NOTIFY, K(PLANNED), STEPS),
    {OUTAGE_PUBLISH, K(PLANNED), S(APPROVED), UNIT_PEOPLE, OF_UNIT, APPROVER_NONE, true},
    {OUTAGE_PUBLISH, K(PLANNED), S(APPROVED), R(OPS), OF_ANY, APPROVER_NONE, true},
    UNIT_OR_OPS(OUTAGE_MEDIA, K(PLANNED), STEPS),
    {OUTAGE_POSTER, K(PLANNED), STEPS, UNIT_PEOPLE, OF_CUSTOMER, APPROVER_NONE, false},
    {OUTAGE_POSTER, K(PLANNED), STEPS, R(OPS), OF_ANY, APPROVER_NONE, false},
    {OUTAGE_SMS, K(PLANNED), STEPS, UNIT_PEOPLE, OF_CUSTOMER, APPROVER_NONE, false},
    {OUTAGE_SMS, K(PLANNED), STEPS, R(OPS) | R(SYSTEM), OF_ANY, APPROVER_NONE, false},
    /* What was not approved, or was refused, and done all the same is recorded too (Art. 33(7)). */
    UNIT_OR_OPS(OUTAGE_START, K(PLANNED), BEFORE | S(REFUSED)),
    UNIT_OR_OPS(OUTAGE_START, K(CUTOFF), S(ANNOUNCED)),
    UNIT_OR_OPS(OUTAGE_POSTPONE, K(PLANNED), BEFORE),
    UNIT_OR_OPS(OUTAGE_POSTPONE, K(CUTOFF), S(ANNOUNCED)),
    UNIT_OR_OPS(OUTAGE_CANCEL, K(PLANNED), BEFORE),
    UNIT_OR_OPS(OUTAGE_CANCEL, K(CUTOFF), S(ANNOUNCED)),
    UNIT_OR_OPS(OUTAGE_CUT, K(CUTOFF), S(STATE_NONE)),
};

static bool is_part(enum part part, const struct outage_standing *standing)
{
    switch (part) {
    case OF_UNIT:
        return standing->is_own_unit;
    case OF_PIPELINE:
        return standing->is_pipeline;
    case OF_CUSTOMER:
        return standing->is_customer;
    case OF_ANY:
        break;
    }
    return true;
}

/* What a row says of a case in which action, kind and role fit. */
static enum verdict row_verdict(const struct outage_permission *row, const struct outage_standing *standing)
{
    if (!is_part(row->part, standing))
        return VERDICT_WRONG_UNIT;
    if ((row->states & (UINT32_C(1) << standing->state)) == 0)
        return VERDICT_WRONG_STATE;
    if (row->approver != APPROVER_NONE && row->approver < standing->approver)
        return VERDICT_WRONG_ROLE;
    return row->is_second_person && standing->is_applicant ? VERDICT_SAME_PERSON : VERDICT_OK;
}

/* Which of two refusals says more. */
static enum verdict better(enum verdict best, enum verdict next)
{
    static const enum verdict ORDER[] = {VERDICT_OK, VERDICT_SAME_PERSON, VERDICT_WRONG_UNIT, VERDICT_WRONG_STATE};

    for (size_t i = 0; i < sizeof ORDER / sizeof ORDER[0]; i++)
        if (best == ORDER[i] || next == ORDER[i])
            return ORDER[i];
    return VERDICT_WRONG_ROLE;
}

enum verdict outage_permits(enum outage_action action, const struct outage_standing *standing, uint32_t *permitted_role)
{
    enum verdict best = VERDICT_WRONG_ROLE;

    if (permitted_role != NULL)
        *permitted_role = 0;
    for (size_t i = 0; i < sizeof permissions / sizeof permissions[0]; i++) {
        const struct outage_permission *row = &permissions[i];
        const uint32_t fitting = row->roles & standing->roles;
        const bool is_kind = standing->kind == OUTAGE_KIND_NONE || (row->kinds & (UINT32_C(1) << standing->kind)) != 0;
        if (row->action != action || fitting == 0 || !is_kind)
            continue;
        const enum verdict verdict = row_verdict(row, standing);
        if (verdict == VERDICT_OK) {
            if (permitted_role != NULL)
                *permitted_role = fitting & (~fitting + 1); /* the lowest of several */
            return VERDICT_OK;
        }
        best = better(best, verdict);
    }
    return best;
}

static bool is_in(struct unit_id unit, const struct actor *actor) { return unit.v != 0 && unit.v == actor->unit.v; }

struct outage_standing outage_standing_of(const struct outage *outage, const struct actor *actor,
                                          const struct outage_policy *policy)
{
    return (struct outage_standing){
        .state = outage->state,
        .kind = outage->kind,
        .approver = outage->approver,
        .roles = actor->roles,
        .is_own_unit = is_in(outage->unit, actor),
        .is_pipeline = is_in(policy->pipeline, actor),
        .is_customer = is_in(policy->customer, actor),
        .is_applicant = actor->staff.v != 0 && actor->staff.v == outage->applicant.v,
    };
}

struct outage_standing outage_standing_new(enum outage_kind kind, struct unit_id unit, const struct actor *actor)
{
    return (struct outage_standing){
        .state = OUTAGE_STATE_NONE, .kind = kind, .roles = actor->roles, .is_own_unit = is_in(unit, actor)};
}
