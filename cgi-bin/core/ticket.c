#include "core/ticket.h"

#include <assert.h>
#include <string.h>

void ticket_init(struct ticket *ticket, struct ticket_id id)
{
    /* Cleared with its padding: folding the same events twice gives the same bytes. */
    memset(ticket, 0, sizeof *ticket);
    ticket->id = id;
    ticket->reported_at = INSTANT_NONE;
    ticket->cycle_started_at = INSTANT_NONE;
    ticket->extension_proposed_due = INSTANT_NONE;
    ticket->extension_asked_at = INSTANT_NONE;
    ticket->not_fixed_said_at = INSTANT_NONE;
    ticket->outside_due_at = INSTANT_NONE;
    ticket->appointment_at = INSTANT_NONE;
    ticket->finished_at = INSTANT_NONE;
    ticket->closed_at = INSTANT_NONE;
}

/* ---- clocks */

const struct clock *ticket_clock(const struct ticket *ticket, enum clock_kind kind)
{
    for (int i = ticket->clock_count - 1; i >= 0; i--)
        if (ticket->clocks[i].kind == kind && ticket->clocks[i].cycle == ticket->cycle)
            return &ticket->clocks[i];
    return NULL;
}

const struct clock *ticket_next_clock(const struct ticket *ticket)
{
    const struct clock *next = NULL;

    for (int i = 0; i < ticket->clock_count; i++) {
        const struct clock *clock = &ticket->clocks[i];
        const struct instant due = clock_effective_due(clock);
        if (!clock_is_running(clock) || !instant_is_set(due))
            continue;
        if (next == NULL || instant_is_before(due, clock_effective_due(next)))
            next = clock;
    }
    return next;
}

struct instant ticket_next_due(const struct ticket *ticket)
{
    const uint32_t unfinished = STATES_OPEN & ~(STATE_BIT(TICKET_FINISHED) | STATE_BIT(TICKET_FOLLOWED_UP));
    const struct clock *next = ticket_next_clock(ticket);
    const struct instant due = next != NULL ? clock_effective_due(next) : INSTANT_NONE;

    if ((STATE_BIT(ticket->state) & (unfinished | STATE_BIT(TICKET_MERGED))) == 0)
        return due;
    return instant_earlier(due, ticket->outside_due_at);
}

/* When a wait at ops ended whose clock was excused while it ran: with the dispatch that followed. */
static struct instant wait_end(const struct ticket *ticket, const struct clock *wait, struct instant now)
{
    if (instant_is_set(wait->stopped_at))
        return wait->stopped_at;
    for (int i = 0; i < ticket->assignment_count; i++) {
        const struct assignment *assignment = &ticket->assignments[i];
        if (assignment->role == ASSIGNMENT_LEAD && !instant_is_before(assignment->dispatched_at, wait->started_at))
            return assignment->dispatched_at;
    }
    return now;
}

int64_t ticket_ops_wait_seconds(const struct ticket *ticket, struct instant now)
{
    int64_t milliseconds = 0;

    for (int i = 0; i < ticket->clock_count; i++) {
        const struct clock *clock = &ticket->clocks[i];
        if (clock->kind == CLOCK_DISPATCH)
            milliseconds += instant_milliseconds_between(clock->started_at, wait_end(ticket, clock, now));
    }
    return milliseconds / 1000;
}

/* ---- assignments */

bool assignment_is_live(const struct assignment *assignment)
{
    return assignment->state == ASSIGNMENT_DISPATCHED || assignment->state == ASSIGNMENT_OBJECTED ||
           assignment->state == ASSIGNMENT_ACCEPTED;
}

static bool is_standing(const struct ticket *ticket, const struct assignment *assignment)
{
    const uint32_t finished =
        STATE_BIT(TICKET_FINISHED) | STATE_BIT(TICKET_FOLLOWED_UP) | STATE_BIT(TICKET_CLOSED);

    if (assignment_is_live(assignment))
        return true;
    return assignment->state == ASSIGNMENT_DONE && (STATE_BIT(ticket->state) & finished) != 0;
}

const struct assignment *ticket_lead(const struct ticket *ticket)
{
    for (int i = ticket->assignment_count - 1; i >= 0; i--) {
        const struct assignment *assignment = &ticket->assignments[i];
        if (assignment->role == ASSIGNMENT_LEAD && is_standing(ticket, assignment))
            return assignment;
    }
    return NULL;
}

const struct assignment *ticket_assignment_of(const struct ticket *ticket, struct unit_id unit)
{
    if (unit.v == 0)
        return NULL;
    for (int i = ticket->assignment_count - 1; i >= 0; i--) {
        const struct assignment *assignment = &ticket->assignments[i];
        if (assignment->unit.v == unit.v && is_standing(ticket, assignment))
            return assignment;
    }
    return NULL;
}

/* ---- permission */

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

static enum verdict permits_acknowledgement(const struct ticket *ticket)
{
    if (!ticket->is_escalated)
        return VERDICT_NOTHING_PENDING;
    return ticket->is_acknowledged ? VERDICT_ALREADY_DONE : VERDICT_OK;
}

/* What is asked of this ticket beyond its state: asked here, so that a page offers only what can be done. */
static enum verdict permits_now(const struct ticket *ticket, enum ticket_action action, const struct assignment *own)
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
        return ticket->is_finish_accepted ? VERDICT_ALREADY_DONE : VERDICT_OK;
    case ACTION_FOLLOW_UP:
        return ticket->is_finish_accepted ? VERDICT_OK : VERDICT_NEEDS_REVIEW;
    case ACTION_CLOSE:
    case ACTION_SAY_NOT_FIXED:
        return ticket->is_not_fixed_pending ? VERDICT_PENDING : VERDICT_OK;
    case ACTION_REOPEN:
        return ticket->is_not_fixed_pending ? VERDICT_OK : VERDICT_NOTHING_PENDING;
    case ACTION_RECORD_FORMALITIES:
        return ticket->has_formalities ? VERDICT_ALREADY_DONE : VERDICT_OK;
    case ACTION_RATE:
        return ticket->rating != 0 ? VERDICT_ALREADY_DONE : VERDICT_OK;
    case ACTION_ACKNOWLEDGE:
        return permits_acknowledgement(ticket);
    default: /* the state alone decides */
        return VERDICT_OK;
    }
}

enum verdict ticket_permits(const struct ticket *ticket, enum ticket_action action, const struct actor *actor,
                            uint32_t *permitted_role)
{
    const struct assignment *lead = ticket_lead(ticket);
    const struct assignment *own = ticket_assignment_of(ticket, actor->unit);
    const bool is_lead_unit = lead != NULL && actor->unit.v != 0 && lead->unit.v == actor->unit.v;
    enum verdict verdict =
        workflow_permits(action, ticket->state, actor->roles, is_lead_unit, own != NULL, permitted_role);

    if (verdict == VERDICT_OK)
        verdict = permits_now(ticket, action, own);
    if (verdict != VERDICT_OK && permitted_role != NULL)
        *permitted_role = 0;
    return verdict;
}
