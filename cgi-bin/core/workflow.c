#include "core/workflow.h"

#include <assert.h>

#define S(state) STATE_BIT(TICKET_##state)
#define R(role) ROLE_BIT(ROLE_##role)

/* At a unit. */
#define HELD (S(DISPATCHED) | S(OBJECTED) | S(ACCEPTED))
/* Not finished and nobody ended it: completion clocks run. */
#define UNFINISHED (S(REPORTED) | HELD)
/* Finished at least by the unit. */
#define DONE (S(FINISHED) | S(FOLLOWED_UP) | S(CLOSED))
/* Everything but what does not exist yet and what was handed to the discipline office, where nothing is permitted. */
#define KNOWN (UNFINISHED | DONE | S(MERGED) | S(NOT_OURS) | S(WITHDRAWN))

/* Those of a unit who work on its tickets. */
#define UNIT_PEOPLE (R(CREW) | R(LIAISON) | R(UNIT_LEADER))
/* Those who answer for the unit. */
#define UNIT_VOICES (R(LIAISON) | R(UNIT_LEADER))
/* Residents, and those who write down what a resident tells them. */
#define RESIDENT_SIDE (R(RESIDENT) | R(OPERATOR) | R(OPS))
/* All staff who take part in service. Administrators keep the system, the discipline office its own cases. */
#define SERVICE_STAFF (R(OPERATOR) | UNIT_PEOPLE | R(OPS) | R(GROUP_LEADER))
/* Those who have no part in service but for what they registered for a resident themselves (Art. 9). */
#define OTHER_STAFF (ROLES_STAFF & ~SERVICE_STAFF)

static const struct permission permissions[] = {
    {ACTION_REPORT, S(NONE), R(RESIDENT) | ROLES_STAFF | R(SYSTEM), RELATION_ANY}, /* anybody's first contact, Art. 9 */
    {ACTION_GRADE, UNFINISHED, R(OPERATOR) | R(OPS), RELATION_ANY},
    {ACTION_RECLASSIFY, UNFINISHED, R(OPS), RELATION_ANY},
    {ACTION_RECLASSIFY, S(REPORTED), R(OPERATOR), RELATION_ANY},
    {ACTION_SET_LIMIT, UNFINISHED, R(OPS), RELATION_ANY},
    {ACTION_RECORD_FACTS, STATES_OPEN, R(OPS), RELATION_ANY},
    {ACTION_RECORD_FACTS, UNFINISHED, R(OPERATOR), RELATION_ANY},
    {ACTION_RECORD_FACTS, HELD | S(FINISHED), UNIT_PEOPLE, RELATION_ASSIGNED},
    {ACTION_DISPATCH, S(REPORTED), R(OPS), RELATION_ANY},
    {ACTION_DISPATCH_ASSIST, UNFINISHED, R(OPS), RELATION_ANY},
    {ACTION_RECALL, UNFINISHED, R(OPS), RELATION_ANY}, /* also of an assisting unit, while there is no lead */
    {ACTION_ACCEPT, UNFINISHED | S(FINISHED) | S(FOLLOWED_UP), UNIT_PEOPLE, RELATION_ASSIGNED},
    {ACTION_OBJECT, S(DISPATCHED) | S(ACCEPTED), UNIT_VOICES, RELATION_LEAD},
    {ACTION_DECIDE_OBJECTION, S(OBJECTED), R(OPS), RELATION_ANY},
    {ACTION_ARRIVE, UNFINISHED | S(FINISHED) | S(FOLLOWED_UP), UNIT_PEOPLE, RELATION_ASSIGNED}, /* the inspection may come last */
    {ACTION_CONTACT, S(ACCEPTED), UNIT_PEOPLE, RELATION_ASSIGNED},
    {ACTION_REPAIR, S(ACCEPTED), UNIT_PEOPLE, RELATION_LEAD},
    {ACTION_ASK_EXTENSION, S(DISPATCHED) | S(ACCEPTED), UNIT_VOICES, RELATION_LEAD},
    {ACTION_DECIDE_EXTENSION, HELD | S(FINISHED) | S(FOLLOWED_UP), R(OPS), RELATION_ANY},
    {ACTION_RECORD_FORMALITIES, S(ACCEPTED), UNIT_PEOPLE, RELATION_LEAD},
    {ACTION_RECORD_FORMALITIES, S(ACCEPTED), R(OPS), RELATION_ANY},
    {ACTION_RECORD_LIABILITY, UNFINISHED | DONE, UNIT_PEOPLE, RELATION_INSPECTION}, /* the detachment pursues it, Art. 25 */
    {ACTION_RECORD_LIABILITY, UNFINISHED | DONE, R(OPS), RELATION_ANY},
    {ACTION_FINISH, S(ACCEPTED), UNIT_PEOPLE, RELATION_LEAD},
    {ACTION_REVIEW, S(FINISHED), R(OPS), RELATION_ANY},
    {ACTION_FOLLOW_UP, S(FINISHED), R(OPERATOR) | R(OPS), RELATION_ANY},
    {ACTION_CLOSE, S(FINISHED) | S(FOLLOWED_UP), R(OPS) | R(SYSTEM), RELATION_ANY}, /* uncalled only outside the sample; merged with its parent */
    {ACTION_REOPEN, DONE, R(OPS), RELATION_ANY},
    {ACTION_ESCALATE_UNIT, HELD, UNIT_PEOPLE, RELATION_ASSIGNED},
    {ACTION_ESCALATE_GROUP, STATES_OPEN | S(MERGED), SERVICE_STAFF | R(SYSTEM), RELATION_ANY}, /* anybody, Art. 11 */
    {ACTION_ESCALATE_GROUP, STATES_OPEN | S(MERGED), OTHER_STAFF, RELATION_FIRST},
    {ACTION_ACKNOWLEDGE, KNOWN, R(GROUP_LEADER), RELATION_ANY},
    {ACTION_ACKNOWLEDGE, KNOWN, UNIT_VOICES, RELATION_NAMED},
    {ACTION_NOTE, KNOWN, R(OPERATOR) | R(OPS) | R(GROUP_LEADER) | R(SYSTEM), RELATION_ANY},
    {ACTION_NOTE, HELD | DONE, UNIT_PEOPLE, RELATION_ASSIGNED},
    {ACTION_NOTE, KNOWN, OTHER_STAFF, RELATION_FIRST},
    {ACTION_FAILED_CALL, HELD, R(OPERATOR) | R(OPS), RELATION_ANY},
    {ACTION_MERGE, UNFINISHED, R(OPS), RELATION_ANY},
    {ACTION_UNMERGE, S(MERGED), R(OPS) | R(SYSTEM), RELATION_ANY}, /* by itself when the parent ends without a result */
    {ACTION_STOP_WITH_PARENT, S(MERGED), R(SYSTEM), RELATION_ANY},
    {ACTION_NOT_OURS, UNFINISHED, R(OPS), RELATION_ANY},
    {ACTION_WITHDRAW, UNFINISHED, R(RESIDENT) | R(OPS), RELATION_ANY},
    {ACTION_EXCUSE, KNOWN, R(OPS), RELATION_ANY},
    {ACTION_HAND_TO_DISCIPLINE, KNOWN, R(OPERATOR) | R(OPS), RELATION_ANY},
    {ACTION_LINK_REPEAT, KNOWN, R(OPERATOR) | R(OPS) | R(SYSTEM), RELATION_ANY},
    {ACTION_LINK_REPEAT, S(REPORTED), UNIT_PEOPLE | R(GROUP_LEADER), RELATION_FIRST}, /* who takes the report says so, Art. 34(3) */
    {ACTION_ADD_WORDS, STATES_OPEN | S(MERGED), RESIDENT_SIDE, RELATION_ANY},
    {ACTION_ADD_WORDS, STATES_OPEN | S(MERGED), OTHER_STAFF, RELATION_FIRST}, /* the resident calls them again */
    {ACTION_URGE, UNFINISHED | S(MERGED), RESIDENT_SIDE, RELATION_ANY},
    {ACTION_URGE, UNFINISHED | S(MERGED), OTHER_STAFF, RELATION_FIRST},
    {ACTION_RATE, DONE, R(RESIDENT), RELATION_ANY},
    {ACTION_SAY_NOT_FIXED, DONE, RESIDENT_SIDE, RELATION_ANY},
    {ACTION_MOVE_APPOINTMENT, HELD, RESIDENT_SIDE, RELATION_ANY},
    {ACTION_MOVE_APPOINTMENT, HELD, UNIT_PEOPLE, RELATION_LEAD},
    {ACTION_FOLLOW_PARENT, S(MERGED), R(SYSTEM), RELATION_ANY},
    {ACTION_RECORD_PLAN, S(ACCEPTED), UNIT_PEOPLE, RELATION_LEAD},
};

#define PERMISSION_COUNT (sizeof permissions / sizeof permissions[0])

const struct permission *workflow_permissions(size_t *count)
{
    *count = PERMISSION_COUNT;
    return permissions;
}

static bool is_related(enum relation relation, struct standing standing)
{
    switch (relation) {
    case RELATION_ANY:
        return true;
    case RELATION_LEAD:
        return standing.is_lead;
    case RELATION_ASSIGNED:
        return standing.is_lead || standing.is_assigned || standing.is_inspection;
    case RELATION_INSPECTION:
        return standing.is_inspection;
    case RELATION_NAMED:
        return standing.is_named;
    case RELATION_FIRST:
        return standing.is_first;
    case RELATION__COUNT:
        break;
    }
    assert(false);
    return false;
}

enum verdict workflow_permits(enum ticket_action action, enum ticket_state state, uint32_t roles,
                              struct standing standing, uint32_t *permitted_role)
{
    enum verdict best = VERDICT_WRONG_ROLE;

    if (permitted_role != NULL)
        *permitted_role = 0;
    for (size_t i = 0; i < PERMISSION_COUNT; i++) {
        const struct permission *row = &permissions[i];
        uint32_t fitting = row->roles & roles;
        if (row->action != action || fitting == 0)
            continue;
        if ((row->states & STATE_BIT(state)) == 0) {
            if (best == VERDICT_WRONG_ROLE)
                best = VERDICT_WRONG_STATE;
        } else if (!is_related(row->relation, standing)) {
            best = VERDICT_WRONG_UNIT;
        } else {
            if (permitted_role != NULL)
                *permitted_role = fitting & (~fitting + 1); /* the lowest of several */
            return VERDICT_OK;
        }
    }
    return best;
}

bool workflow_has_desk(uint32_t roles) { return (roles & SERVICE_STAFF) != 0; }

bool workflow_may_read(uint32_t roles, enum ticket_state state, bool is_first)
{
    const bool is_own = is_first && (roles & OTHER_STAFF) != 0;

    return (STATE_BIT(state) & KNOWN) != 0 && (workflow_has_desk(roles) || (roles & R(SYSTEM)) != 0 || is_own);
}

bool workflow_may_unmask(uint32_t roles, bool is_assigned_unit)
{
    return (roles & (R(OPERATOR) | R(OPS))) != 0 || (is_assigned_unit && (roles & UNIT_PEOPLE) != 0);
}

const char *ticket_state_public_name(enum ticket_state state, bool is_rated)
{
    switch (state) {
    case TICKET_NONE:
    case TICKET_REPORTED:
    case TICKET_SEALED: /* no trace of the discipline office */
        return "received";
    case TICKET_DISPATCHED:
    case TICKET_OBJECTED:
        return "dispatched";
    case TICKET_ACCEPTED:
        return "working";
    case TICKET_FINISHED:
    case TICKET_FOLLOWED_UP:
    case TICKET_CLOSED:
        return is_rated ? "rated" : "finished";
    case TICKET_MERGED:
        return "merged";
    case TICKET_NOT_OURS:
        return "not_ours";
    case TICKET_WITHDRAWN:
        return "withdrawn";
    case TICKET_STATE__COUNT:
        break;
    }
    assert(false);
    return "received";
}

const char *ticket_state_name(enum ticket_state state)
{
    static const char *const names[TICKET_STATE__COUNT] = {
        [TICKET_NONE] = "none",           [TICKET_REPORTED] = "reported", [TICKET_DISPATCHED] = "dispatched",
        [TICKET_OBJECTED] = "objected",   [TICKET_ACCEPTED] = "accepted", [TICKET_FINISHED] = "finished",
        [TICKET_FOLLOWED_UP] = "followed_up", [TICKET_CLOSED] = "closed", [TICKET_MERGED] = "merged",
        [TICKET_NOT_OURS] = "not_ours",   [TICKET_WITHDRAWN] = "withdrawn", [TICKET_SEALED] = "sealed",
    };

    assert((unsigned)state < TICKET_STATE__COUNT);
    return names[state];
}

const char *ticket_action_name(enum ticket_action action)
{
    static const char *const names[TICKET_ACTION__COUNT] = {
        [ACTION_NONE] = "none",
        [ACTION_REPORT] = "report",
        [ACTION_GRADE] = "grade",
        [ACTION_RECLASSIFY] = "reclassify",
        [ACTION_SET_LIMIT] = "set_limit",
        [ACTION_RECORD_FACTS] = "record_facts",
        [ACTION_DISPATCH] = "dispatch",
        [ACTION_DISPATCH_ASSIST] = "dispatch_assist",
        [ACTION_RECALL] = "recall",
        [ACTION_ACCEPT] = "accept",
        [ACTION_OBJECT] = "object",
        [ACTION_DECIDE_OBJECTION] = "decide_objection",
        [ACTION_ARRIVE] = "arrive",
        [ACTION_CONTACT] = "contact",
        [ACTION_REPAIR] = "repair",
        [ACTION_ASK_EXTENSION] = "ask_extension",
        [ACTION_DECIDE_EXTENSION] = "decide_extension",
        [ACTION_RECORD_FORMALITIES] = "record_formalities",
        [ACTION_RECORD_LIABILITY] = "record_liability",
        [ACTION_FINISH] = "finish",
        [ACTION_REVIEW] = "review",
        [ACTION_FOLLOW_UP] = "follow_up",
        [ACTION_CLOSE] = "close",
        [ACTION_REOPEN] = "reopen",
        [ACTION_ESCALATE_UNIT] = "escalate_unit",
        [ACTION_ESCALATE_GROUP] = "escalate_group",
        [ACTION_ACKNOWLEDGE] = "acknowledge",
        [ACTION_NOTE] = "note",
        [ACTION_FAILED_CALL] = "failed_call",
        [ACTION_MERGE] = "merge",
        [ACTION_UNMERGE] = "unmerge",
        [ACTION_STOP_WITH_PARENT] = "stop_with_parent",
        [ACTION_NOT_OURS] = "not_ours",
        [ACTION_WITHDRAW] = "withdraw",
        [ACTION_EXCUSE] = "excuse",
        [ACTION_HAND_TO_DISCIPLINE] = "hand_to_discipline",
        [ACTION_LINK_REPEAT] = "link_repeat",
        [ACTION_ADD_WORDS] = "add_words",
        [ACTION_URGE] = "urge",
        [ACTION_RATE] = "rate",
        [ACTION_SAY_NOT_FIXED] = "say_not_fixed",
        [ACTION_MOVE_APPOINTMENT] = "move_appointment",
        [ACTION_FOLLOW_PARENT] = "follow_parent",
        [ACTION_RECORD_PLAN] = "record_plan",
    };

    assert((unsigned)action < TICKET_ACTION__COUNT);
    return names[action];
}
