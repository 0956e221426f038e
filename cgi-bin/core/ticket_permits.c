/* Who may do what with a ticket now. */
#include "core/ticket.h"

static bool has_live_assignment(const struct ticket *ticket)
{
    for (int i = 0; i < ticket->assignment_count; i++)
        if (assignment_is_live(&ticket->assignments[i]))
            return true;
    return false;
}

static enum verdict permits_acceptance(const struct assignment *own)
{
    if (own->state == ASSIGNMENT_OBJECTED)
        return VERDICT_PENDING;
    return own->state == ASSIGNMENT_DISPATCHED ? VERDICT_OK : VERDICT_ALREADY_DONE;
}

#define UNIT_VOICES (ROLE_BIT(ROLE_LIAISON) | ROLE_BIT(ROLE_UNIT_LEADER))

/* Whether this actor's unit was named and has not answered. */
static bool is_awaited(const struct ticket *ticket, const struct actor *actor)
{
    const struct department *department = ticket_department(ticket, actor->unit);

    return (actor->roles & UNIT_VOICES) != 0 && department != NULL && !instant_is_set(department->acknowledged_at);
}

static enum verdict permits_acknowledgement(const struct ticket *ticket, const struct actor *actor)
{
    if (!ticket->is_escalated)
        return VERDICT_NOTHING_PENDING;
    const bool is_leadership_awaited = actor_has(actor, ROLE_GROUP_LEADER) && !ticket->is_acknowledged;
    return is_leadership_awaited || is_awaited(ticket, actor) ? VERDICT_OK : VERDICT_ALREADY_DONE;
}

/* A repeat is passed by others than those who worked on it (Art. 34(3)). */
static bool is_own_work(const struct ticket *ticket, const struct actor *actor)
{
    const struct assignment *lead = ticket_lead(ticket);

    return ticket->repeat_level > 0 && lead != NULL && actor->unit.v != 0 && lead->unit.v == actor->unit.v;
}

static bool has_inspection_without_finding(const struct ticket *ticket)
{
    for (int i = 0; i < ticket->assignment_count; i++)
        if (ticket->assignments[i].role == ASSIGNMENT_INSPECTION && assignment_is_live(&ticket->assignments[i]))
            return ticket->liability == LIABILITY_NONE;
    return false;
}

static enum verdict permits_close(const struct ticket *ticket, const struct actor *actor)
{
    if (ticket->is_not_fixed_pending)
        return VERDICT_PENDING;
    if (ticket->state == TICKET_FINISHED && !ticket->is_finish_accepted)
        return VERDICT_NEEDS_REVIEW;
    if (ticket_needs_follow_up(ticket))
        return VERDICT_NEEDS_FOLLOW_UP;
    if (has_inspection_without_finding(ticket))
        return VERDICT_NEEDS_INSPECTION;
    return is_own_work(ticket, actor) ? VERDICT_OWN_WORK : VERDICT_OK;
}

static enum verdict permits_review(const struct ticket *ticket, const struct actor *actor)
{
    if (ticket->is_finish_accepted)
        return VERDICT_ALREADY_DONE;
    return is_own_work(ticket, actor) ? VERDICT_OWN_WORK : VERDICT_OK;
}

static enum verdict permits_plan(const struct assignment *own)
{
    return instant_is_set(own->arrived_at) ? VERDICT_OK : VERDICT_NEEDS_ARRIVAL;
}

/* What is asked of this ticket beyond its state: asked here, so that a page offers only what can be done. */
static enum verdict permits_now(const struct ticket *ticket, enum ticket_action action, const struct actor *actor,
                                const struct assignment *own)
{
    switch ((int)action) {
    case ACTION_ACCEPT:
        return permits_acceptance(own);
    case ACTION_OBJECT:
        return own->has_objected ? VERDICT_ALREADY_DONE : VERDICT_OK;
    case ACTION_ARRIVE:
    case ACTION_CONTACT:
        return own->state == ASSIGNMENT_ACCEPTED ? VERDICT_OK : VERDICT_WRONG_STATE;
    case ACTION_RECALL:
        return has_live_assignment(ticket) ? VERDICT_OK : VERDICT_WRONG_STATE;
    case ACTION_ASK_EXTENSION:
        return ticket->is_extension_pending ? VERDICT_PENDING : VERDICT_OK;
    case ACTION_DECIDE_EXTENSION:
        return ticket->is_extension_pending ? VERDICT_OK : VERDICT_NOTHING_PENDING;
    case ACTION_REVIEW:
        return permits_review(ticket, actor);
    case ACTION_FOLLOW_UP:
        return ticket->is_finish_accepted ? VERDICT_OK : VERDICT_NEEDS_REVIEW;
    case ACTION_CLOSE:
        return permits_close(ticket, actor);
    case ACTION_RECORD_PLAN:
        return permits_plan(own);
    case ACTION_SAY_NOT_FIXED:
        return ticket->is_not_fixed_pending ? VERDICT_PENDING : VERDICT_OK;
    case ACTION_REOPEN:
        return ticket->is_not_fixed_pending ? VERDICT_OK : VERDICT_NOTHING_PENDING;
    case ACTION_RECORD_FORMALITIES:
        return ticket->has_formalities ? VERDICT_ALREADY_DONE : VERDICT_OK;
    case ACTION_RATE:
        return ticket->rating != 0 ? VERDICT_ALREADY_DONE : VERDICT_OK;
    case ACTION_ACKNOWLEDGE:
        return permits_acknowledgement(ticket, actor);
    default: /* the state alone decides */
        return VERDICT_OK;
    }
}

enum verdict ticket_permits(const struct ticket *ticket, enum ticket_action action, const struct actor *actor,
                            uint32_t *permitted_role)
{
    const struct assignment *own = ticket_assignment_of(ticket, actor->unit);
    const struct standing standing = ticket_standing(ticket, actor);
    uint32_t roles = actor->roles;

    /* Leadership has answered, and this person's department is still awaited: the answer is the department's. */
    if (action == ACTION_ACKNOWLEDGE && ticket->is_acknowledged && is_awaited(ticket, actor))
        roles &= ~ROLE_BIT(ROLE_GROUP_LEADER);
    enum verdict verdict = workflow_permits(action, ticket->state, roles, standing, permitted_role);
    if (verdict == VERDICT_OK)
        verdict = permits_now(ticket, action, actor, own);
    if (verdict != VERDICT_OK && permitted_role != NULL)
        *permitted_role = 0;
    return verdict;
}
