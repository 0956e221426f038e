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
    ticket->escalated_at = INSTANT_NONE;
    ticket->merged_at = INSTANT_NONE;
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

/* What ops took to decide on this assignment; of an objection that waits, what it took until now. */
static int64_t at_ops_milliseconds(const struct assignment *assignment, struct instant now)
{
    int64_t milliseconds = assignment->at_ops_milliseconds;

    if (instant_is_set(assignment->objected_at) && instant_is_before(assignment->objected_at, now))
        milliseconds += instant_milliseconds_between(assignment->objected_at, now);
    return milliseconds;
}

int64_t ticket_ops_wait_seconds(const struct ticket *ticket, struct instant now)
{
    int64_t milliseconds = 0;

    for (int i = 0; i < ticket->clock_count; i++) {
        const struct clock *clock = &ticket->clocks[i];
        if (clock->kind == CLOCK_DISPATCH)
            milliseconds += instant_milliseconds_between(clock->started_at, wait_end(ticket, clock, now));
    }
    for (int i = 0; i < ticket->assignment_count; i++)
        if (ticket->assignments[i].role == ASSIGNMENT_LEAD)
            milliseconds += at_ops_milliseconds(&ticket->assignments[i], now);
    return milliseconds / 1000;
}

int64_t ticket_holding_seconds(const struct ticket *ticket, struct unit_id unit, struct instant now)
{
    int64_t milliseconds = 0;

    for (int i = 0; i < ticket->assignment_count; i++) {
        const struct assignment *assignment = &ticket->assignments[i];
        const struct instant end = instant_is_set(assignment->ended_at) ? assignment->ended_at : now;
        if (assignment->unit.v != unit.v || instant_is_before(end, assignment->dispatched_at))
            continue;
        const int64_t held = instant_milliseconds_between(assignment->dispatched_at, end);
        const int64_t at_ops = at_ops_milliseconds(assignment, end);
        milliseconds += at_ops < held ? held - at_ops : 0;
    }
    return milliseconds / 1000;
}

int ticket_wrong_dispatches(const struct ticket *ticket, struct staff_id dispatcher)
{
    int count = 0;

    for (int i = 0; i < ticket->assignment_count; i++)
        count += ticket->assignments[i].state == ASSIGNMENT_RETURNED &&
                 ticket->assignments[i].dispatcher.v == dispatcher.v;
    return count;
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

/* ---- escalation (Art. 11) */

const struct department *ticket_department(const struct ticket *ticket, struct unit_id unit)
{
    for (int i = 0; i < ticket->department_count; i++)
        if (unit.v != 0 && ticket->departments[i].unit.v == unit.v)
            return &ticket->departments[i];
    return NULL;
}

bool ticket_is_escalation_open(const struct ticket *ticket)
{
    if (ticket->is_escalated && !ticket->is_acknowledged)
        return true;
    for (int i = 0; i < ticket->department_count; i++)
        if (!instant_is_set(ticket->departments[i].acknowledged_at))
            return true;
    return false;
}

bool ticket_is_first_receiver(const struct ticket *ticket, const struct actor *actor)
{
    return actor->staff.v != 0 && ticket->first_receiver.v == actor->staff.v;
}

struct standing ticket_standing(const struct ticket *ticket, const struct actor *actor)
{
    const struct unit_id unit = actor->unit;
    const struct assignment *lead = ticket_lead(ticket);
    const struct assignment *own = ticket_assignment_of(ticket, unit);

    return (struct standing){
        .is_lead = lead != NULL && unit.v != 0 && lead->unit.v == unit.v,
        .is_assigned = own != NULL,
        .is_inspection = own != NULL && own->role == ASSIGNMENT_INSPECTION,
        .is_named = ticket_department(ticket, unit) != NULL,
        .is_first = ticket_is_first_receiver(ticket, actor),
    };
}

/* ---- what ops has to do */

bool ticket_needs_limit(const struct ticket *ticket, const struct category *category)
{
    const bool is_asked =
        (category != NULL && category->asks_limit) || (ticket->facts.grades & GRADE_BIT(GRADE_REPUTATION)) != 0;

    if (is_asked && ticket->facts.ops_limit_seconds == 0)
        return true;
    for (int i = 0; i < ticket->clock_count; i++) {
        const struct clock *clock = &ticket->clocks[i];
        const bool is_completion = clock->kind >= CLOCK_FINISH && clock->kind <= CLOCK_INSPECT;
        if (is_completion && clock_is_running(clock) && clock->limit_seconds == 0)
            return true;
    }
    return false;
}

static bool has_inspection(const struct ticket *ticket)
{
    for (int i = 0; i < ticket->assignment_count; i++)
        if (ticket->assignments[i].role == ASSIGNMENT_INSPECTION && is_standing(ticket, &ticket->assignments[i]))
            return true;
    return false;
}

uint32_t ticket_waiting(const struct ticket *ticket, const struct category *category)
{
    const uint32_t state = STATE_BIT(ticket->state);
    const uint32_t reported = STATE_BIT(TICKET_REPORTED);
    const uint32_t held = STATE_BIT(TICKET_DISPATCHED) | STATE_BIT(TICKET_OBJECTED) | STATE_BIT(TICKET_ACCEPTED);
    const uint32_t finished = STATE_BIT(TICKET_FINISHED) | STATE_BIT(TICKET_FOLLOWED_UP);
    const bool is_by_others = category != NULL && category->is_third_party && ticket->parent.v == 0;
    const bool waits[WAITING__COUNT] = {
        [WAITING_OBJECTION] = ticket->state == TICKET_OBJECTED,
        [WAITING_EXTENSION] = ticket->is_extension_pending,
        [WAITING_REVIEW] = ticket->state == TICKET_FINISHED && !ticket->is_finish_accepted,
        [WAITING_NOT_FIXED] = ticket->is_not_fixed_pending,
        [WAITING_LIMIT] = (state & (reported | held)) != 0 && ticket_needs_limit(ticket, category),
        [WAITING_ESCALATION] = (state & STATES_OPEN) != 0 && ticket_is_escalation_open(ticket),
        [WAITING_INSPECTION] = (state & (held | finished)) != 0 && is_by_others &&
                               ticket->liability == LIABILITY_NONE && !has_inspection(ticket),
    };
    uint32_t waiting = 0;

    if ((state & (STATES_OPEN | STATE_BIT(TICKET_CLOSED))) == 0)
        return 0;
    for (enum waiting what = WAITING_OBJECTION; what < WAITING__COUNT; what++)
        if (waits[what])
            waiting |= UINT32_C(1) << what;
    return waiting;
}

const char *waiting_name(enum waiting waiting)
{
    static const char *const names[WAITING__COUNT] = {
        [WAITING_OBJECTION] = "objection",   [WAITING_EXTENSION] = "extension",
        [WAITING_REVIEW] = "review",         [WAITING_NOT_FIXED] = "not_fixed",
        [WAITING_LIMIT] = "limit",           [WAITING_ESCALATION] = "escalation",
        [WAITING_INSPECTION] = "inspection",
    };

    assert((unsigned)waiting < WAITING__COUNT);
    return names[waiting];
}

/* ---- follow-up (Art. 10) */

bool ticket_needs_follow_up(const struct ticket *ticket)
{
    const bool is_unsatisfied = ticket->rating >= 1 && ticket->rating <= UNSATISFIED_MOST;
    const bool is_of_interest =
        ticket->repeat_level > 0 || ticket->is_escalated || ticket->cycle > 1 || is_unsatisfied;

    if (ticket->state != TICKET_FINISHED || !ticket->is_finish_accepted || !ticket->has_phone)
        return false;
    return (ticket->is_sampled || is_of_interest) && !ticket->is_unreachable;
}

bool follow_up_is_sampled(struct ticket_id ticket, int cycle, int percent)
{
    /* splitmix64: neighbouring ids fall anywhere, so that nobody can see from a number whether it will be called. */
    uint64_t mixed = (uint64_t)ticket.v * 64 + (uint64_t)cycle + UINT64_C(0x9e3779b97f4a7c15);

    mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94d049bb133111eb);
    mixed ^= mixed >> 31;
    return (int)(mixed % 100) < percent;
}
