#include "core/ticket.h"

#include <assert.h>
#include <string.h>

static struct instant instant_of(const struct event *event, enum event_field field, struct instant fallback)
{
    return (struct instant){event_get(event, field, fallback.milliseconds)};
}

static struct assignment *assignment_of_event(struct ticket *ticket, const struct event *event)
{
    const int64_t no = event_get(event, FIELD_DISPATCH_NO, 0);

    assert(no >= 1 && no <= ticket->assignment_count);
    return &ticket->assignments[no - 1];
}

/* Member by member, so that the padding in the fold stays zero. */
static void fold_clock(struct ticket *ticket, const struct clock *from)
{
    assert(from->no >= 1 && from->no <= TICKET_CLOCKS_MAX && from->no <= ticket->clock_count + 1);
    struct clock *clock = &ticket->clocks[from->no - 1];

    if (from->no > ticket->clock_count)
        ticket->clock_count = from->no;
    clock->no = from->no;
    clock->rule = from->rule;
    clock->kind = from->kind;
    memset(clock->article, 0, sizeof clock->article);
    memcpy(clock->article, from->article, strnlen(from->article, sizeof clock->article - 1));
    clock->cycle = from->cycle;
    clock->direction = from->direction;
    clock->limit_seconds = from->limit_seconds;
    clock->bound = from->bound;
    clock->is_binding = from->is_binding;
    clock->dispatch_no = from->dispatch_no;
    clock->unit = from->unit;
    clock->started_at = from->started_at;
    clock->due_at = from->due_at;
    clock->granted_due_at = from->granted_due_at;
    clock->stopped_at = from->stopped_at;
    clock->result = from->result;
    clock->corrected = from->corrected;
    clock->excuse_code = from->excuse_code;
}

/* Facts of the matter, whichever action told them. */
static void fold_facts(struct ticket *ticket, const struct event *event)
{
    struct facts *facts = &ticket->facts;
    const uint32_t had_grades = facts->grades;

    ticket->source = (enum source)event_get(event, FIELD_SOURCE, (int64_t)ticket->source);
    ticket->nature = (enum nature)event_get(event, FIELD_NATURE, (int64_t)ticket->nature);
    ticket->place.v = (int32_t)event_get(event, FIELD_PLACE, ticket->place.v);
    ticket->has_phone = event_get(event, FIELD_HAS_PHONE, ticket->has_phone) != 0;
    ticket->outside_due_at = instant_of(event, FIELD_OUTSIDE_DUE, ticket->outside_due_at);
    ticket->appointment_at = instant_of(event, FIELD_APPOINTMENT_AT, ticket->appointment_at);
    ticket->first_receiver.v = (int32_t)event_get(event, FIELD_FIRST_RECEIVER, ticket->first_receiver.v);
    facts->category.v = (int32_t)event_get(event, FIELD_CATEGORY, facts->category.v);
    facts->grades = (uint32_t)event_get(event, FIELD_GRADES, facts->grades);
    facts->zone = (enum zone)event_get(event, FIELD_ZONE, (int64_t)facts->zone);
    facts->diameter_mm = (int)event_get(event, FIELD_DIAMETER_MM, facts->diameter_mm);
    facts->is_valve_stuck = event_get(event, FIELD_VALVE_STUCK, facts->is_valve_stuck) != 0;
    facts->ops_limit_seconds = event_get(event, FIELD_LIMIT_SECONDS, facts->ops_limit_seconds);
    if ((facts->grades & ~had_grades & GRADE_BIT(GRADE_URGENT)) != 0) { /* by itself (Art. 11) */
        ticket->is_escalated = true;
        ticket->is_acknowledged = false;
        ticket->is_escalation_due = true;
        ticket->escalated_at = event->occurred_at;
    }
    if ((facts->grades & GRADE_BIT(GRADE_URGENT)) == 0)
        ticket->is_escalation_due = false;
}

/* ---- escalation (Art. 11) */

/* Its place in the list, the next free one when it is not there yet. */
static struct department *department_of(struct ticket *ticket, int32_t unit)
{
    for (int i = 0; i < ticket->department_count; i++)
        if (ticket->departments[i].unit.v == unit)
            return &ticket->departments[i];
    assert(ticket->department_count < EVENT_DEPARTMENTS_MAX);
    struct department *department = &ticket->departments[ticket->department_count++];
    department->unit.v = unit;
    return department;
}

static void fold_escalation(struct ticket *ticket, const struct event *event)
{
    ticket->is_escalated = true;
    ticket->is_acknowledged = false;
    ticket->is_escalation_due = false;
    ticket->escalated_at = event->occurred_at;
    for (enum event_field field = FIELD_DEPARTMENT; field <= FIELD_DEPARTMENT_LAST; field++) {
        if (!event->has_field[field])
            continue;
        struct department *department = department_of(ticket, (int32_t)event->field[field]);
        department->named_at = event->occurred_at;
        department->acknowledged_at = INSTANT_NONE;
    }
}

static void acknowledge_for(struct ticket *ticket, int64_t unit, struct instant at)
{
    for (int i = 0; i < ticket->department_count; i++) {
        struct department *department = &ticket->departments[i];
        if (department->unit.v == unit && !instant_is_set(department->acknowledged_at))
            department->acknowledged_at = at;
    }
}

static void fold_acknowledgement(struct ticket *ticket, const struct event *event)
{
    if ((event->actor_role & ROLE_BIT(ROLE_GROUP_LEADER)) != 0) {
        ticket->is_acknowledged = true;
        ticket->is_escalation_due = false; /* they know */
    }
    acknowledge_for(ticket, event_get(event, FIELD_UNIT, 0), event->occurred_at);
}

/* ---- assignments */

static void fold_report(struct ticket *ticket, const struct event *event)
{
    ticket->state = TICKET_REPORTED;
    ticket->cycle = 1;
    ticket->reported_at = event->occurred_at;
    ticket->cycle_started_at = event->occurred_at;
}

static void fold_dispatch(struct ticket *ticket, const struct event *event)
{
    const int no = (int)event_get(event, FIELD_DISPATCH_NO, 0);
    const bool is_lead = event->kind == ACTION_DISPATCH;

    assert(no == ticket->assignment_count + 1 && no <= TICKET_ASSIGNMENTS_MAX);
    for (int i = 0; is_lead && i < ticket->assignment_count; i++) {
        if (ticket->assignments[i].role == ASSIGNMENT_LEAD) {
            ticket->handoff_count++;
            break;
        }
    }
    struct assignment *assignment = &ticket->assignments[ticket->assignment_count++];
    assignment->dispatch_no = no;
    assignment->unit.v = (int32_t)event_get(event, FIELD_UNIT, 0);
    assignment->role = (enum assignment_role)event_get(event, FIELD_ASSIGNMENT_ROLE, ASSIGNMENT_LEAD);
    assignment->state = ASSIGNMENT_DISPATCHED;
    assignment->dispatcher = event->actor_staff;
    assignment->dispatched_at = event->occurred_at;
    assignment->accepted_at = INSTANT_NONE;
    assignment->arrived_at = INSTANT_NONE;
    assignment->ended_at = INSTANT_NONE;
    assignment->objected_at = INSTANT_NONE;
    assignment->escalated_at = INSTANT_NONE;
    assignment->planned_at = INSTANT_NONE;
    if (is_lead)
        ticket->state = TICKET_DISPATCHED;
}

/* What passed at ops while it decided is not the unit's (decision 2). */
static void add_wait(struct assignment *assignment, struct instant from, struct instant to)
{
    if (instant_is_set(from) && instant_is_before(from, to))
        assignment->at_ops_milliseconds += instant_milliseconds_between(from, to);
}

static void end_objection(struct assignment *assignment, struct instant at)
{
    add_wait(assignment, assignment->objected_at, at);
    assignment->objected_at = INSTANT_NONE;
}

static void end_assignment(struct assignment *assignment, enum assignment_state state, struct instant at)
{
    end_objection(assignment, at);
    assignment->state = state;
    assignment->ended_at = instant_is_before(at, assignment->dispatched_at) ? assignment->dispatched_at : at;
}

static void end_assignments(struct ticket *ticket, enum assignment_state state, struct instant at)
{
    for (int i = 0; i < ticket->assignment_count; i++)
        if (assignment_is_live(&ticket->assignments[i]))
            end_assignment(&ticket->assignments[i], state, at);
}

static void drop_extension(struct ticket *ticket)
{
    ticket->is_extension_pending = false;
    ticket->extension_proposed_due = INSTANT_NONE;
    ticket->extension_asked_at = INSTANT_NONE;
}

static void drop_not_fixed(struct ticket *ticket)
{
    ticket->is_not_fixed_pending = false;
    ticket->not_fixed_said_at = INSTANT_NONE;
}

/* The lead's assignment is over; what it asked for falls with it. */
static void fold_return(struct ticket *ticket, struct assignment *assignment, enum assignment_state state,
                        struct instant at)
{
    end_assignment(assignment, state, at);
    if (assignment->role == ASSIGNMENT_LEAD) {
        ticket->state = TICKET_REPORTED;
        drop_extension(ticket);
    }
}

static void fold_accept(struct ticket *ticket, const struct event *event)
{
    struct assignment *assignment = assignment_of_event(ticket, event);

    end_objection(assignment, event->occurred_at);
    acknowledge_for(ticket, assignment->unit.v, event->occurred_at); /* who takes it on knows of it */
    assignment->state = ASSIGNMENT_ACCEPTED;
    if (!instant_is_set(assignment->accepted_at))
        assignment->accepted_at = event->occurred_at;
    if (assignment->role == ASSIGNMENT_LEAD)
        ticket->state = TICKET_ACCEPTED;
}

static void fold_object(struct ticket *ticket, const struct event *event)
{
    struct assignment *assignment = assignment_of_event(ticket, event);

    assignment->state = ASSIGNMENT_OBJECTED;
    assignment->has_objected = true;
    assignment->objected_at = event->occurred_at;
    ticket->state = TICKET_OBJECTED;
}

static void fold_objection_decision(struct ticket *ticket, const struct event *event)
{
    if (event_get(event, FIELD_DECISION, DECISION_NONE) == DECISION_RETURN)
        fold_return(ticket, assignment_of_event(ticket, event), ASSIGNMENT_RETURNED, event->occurred_at);
    else
        fold_accept(ticket, event);
}

static void fold_arrive(struct ticket *ticket, const struct event *event)
{
    struct assignment *assignment = assignment_of_event(ticket, event);

    if (!instant_is_set(assignment->arrived_at))
        assignment->arrived_at = event->occurred_at;
    assignment->has_plan = assignment->has_plan || event->has_text; /* told with the arrival (Art. 22) */
}

static void fold_plan(struct ticket *ticket, const struct event *event)
{
    struct assignment *assignment = assignment_of_event(ticket, event);

    assignment->has_plan = true;
    assignment->planned_at = instant_of(event, FIELD_PLANNED_AT, INSTANT_NONE);
}

static void fold_formalities(struct ticket *ticket, const struct event *event)
{
    ticket->has_formalities = true;
    ticket->confirmation = (enum confirmation)event_get(event, FIELD_CONFIRMATION, CONFIRMATION_NONE);
}

static void fold_liability(struct ticket *ticket, const struct event *event)
{
    /* The first programs recorded whoever was found, without a field that says so. */
    ticket->liability = (enum liability)event_get(event, FIELD_LIABILITY, LIABILITY_IDENTIFIED);
    ticket->compensation_fen = event_get(event, FIELD_AMOUNT_FEN, ticket->compensation_fen);
}

/* Art. 17; the first programs did not say which assignment. */
static void fold_unit_escalation(struct ticket *ticket, const struct event *event)
{
    if (event->has_field[FIELD_DISPATCH_NO])
        assignment_of_event(ticket, event)->escalated_at = event->occurred_at;
}

static void fold_ask_extension(struct ticket *ticket, const struct event *event)
{
    ticket->is_extension_pending = true;
    ticket->extension_proposed_due = instant_of(event, FIELD_PROPOSED_DUE, INSTANT_NONE);
    ticket->extension_asked_at = event->occurred_at;
}

static void fold_finish(struct ticket *ticket, const struct event *event)
{
    ticket->state = TICKET_FINISHED;
    ticket->finished_at = event->occurred_at;
    ticket->outcome = (enum finish_outcome)event_get(event, FIELD_OUTCOME, OUTCOME_SOLVED);
    for (int i = 0; i < ticket->assignment_count; i++) {
        struct assignment *assignment = &ticket->assignments[i];
        if (assignment_is_live(assignment) && assignment->role != ASSIGNMENT_INSPECTION)
            end_assignment(assignment, ASSIGNMENT_DONE, event->occurred_at);
    }
}

/* Accepted by ops; before there were samples every finish was called back. */
static void accept_finish(struct ticket *ticket, const struct event *event)
{
    ticket->is_finish_accepted = true;
    ticket->is_sampled = event_get(event, FIELD_SAMPLED, 1) != 0;
}

static void drop_follow_up(struct ticket *ticket)
{
    ticket->is_sampled = false;
    ticket->follow_up_attempts = 0;
    ticket->is_unreachable = false;
}

static void fold_review(struct ticket *ticket, const struct event *event)
{
    if (event_get(event, FIELD_DECISION, DECISION_NONE) == DECISION_GRANT) {
        accept_finish(ticket, event);
        return;
    }
    struct assignment *lead = assignment_of_event(ticket, event);
    add_wait(lead, lead->ended_at, event->occurred_at);
    lead->state = ASSIGNMENT_ACCEPTED;
    lead->ended_at = INSTANT_NONE;
    ticket->state = TICKET_ACCEPTED;
    ticket->finished_at = INSTANT_NONE;
    ticket->outcome = OUTCOME_NONE;
    ticket->rating = 0;
    drop_not_fixed(ticket); /* said of a finish that was refused */
}

/* A new cycle forgets what was said of the finish, not what is known of the matter (decision 4). */
static void fold_new_cycle(struct ticket *ticket, const struct event *event)
{
    end_assignments(ticket, ASSIGNMENT_DONE, event->occurred_at);
    ticket->state = TICKET_REPORTED;
    ticket->cycle++;
    ticket->cycle_started_at = instant_of(event, FIELD_SAID_AT, event->occurred_at);
    ticket->is_finish_accepted = false;
    ticket->is_contacted = false;
    ticket->is_repaired = false;
    ticket->has_formalities = false;
    ticket->confirmation = CONFIRMATION_NONE;
    drop_follow_up(ticket);
    ticket->outcome = OUTCOME_NONE;
    ticket->satisfaction = 0;
    ticket->rating = 0;
    ticket->finished_at = INSTANT_NONE;
    ticket->closed_at = INSTANT_NONE;
    ticket->appointment_at = INSTANT_NONE;
    drop_extension(ticket);
    drop_not_fixed(ticket);
}

static void fold_follow_up(struct ticket *ticket, const struct event *event)
{
    switch ((enum follow_up_result)event_get(event, FIELD_FOLLOW_UP, FOLLOW_UP_NONE)) {
    case FOLLOW_UP_SATISFIED:
    case FOLLOW_UP_NOT_POSSIBLE:
        ticket->state = TICKET_FOLLOWED_UP;
        ticket->satisfaction = (int)event_get(event, FIELD_SATISFACTION, 0);
        break;
    case FOLLOW_UP_UNSOLVED:
    case FOLLOW_UP_UNSATISFIED:
        fold_new_cycle(ticket, event);
        break;
    case FOLLOW_UP_UNREACHABLE:
        ticket->follow_up_attempts++;
        ticket->is_unreachable = event_get(event, FIELD_UNREACHABLE, ticket->is_unreachable) != 0;
        break;
    case FOLLOW_UP_NONE:
    case FOLLOW_UP_RESULT__COUNT:
        break;
    }
}

static void fold_reopen(struct ticket *ticket, const struct event *event)
{
    if (event_get(event, FIELD_DECISION, DECISION_GRANT) == DECISION_GRANT)
        fold_new_cycle(ticket, event);
    else
        drop_not_fixed(ticket);
}

static void fold_end(struct ticket *ticket, enum ticket_state state, struct instant at)
{
    ticket->state = state;
    ticket->closed_at = at;
    end_assignments(ticket, ASSIGNMENT_DONE, at);
    drop_extension(ticket);
}

static void fold_merge(struct ticket *ticket, const struct event *event)
{
    ticket->state = TICKET_MERGED;
    ticket->parent.v = event_get(event, FIELD_PARENT, 0);
    ticket->merged_at = event->occurred_at;
    ticket->followed_kinds = 0;
    end_assignments(ticket, ASSIGNMENT_RECALLED, event->occurred_at);
    drop_extension(ticket);
}

static void fold_stop_with_parent(struct ticket *ticket, const struct event *event)
{
    fold_finish(ticket, event);
    accept_finish(ticket, event); /* as the parent's was, or this would not have come */
}

/* The acts on the matter itself. False for those that only add to it. */
static bool fold_handling(struct ticket *ticket, const struct event *event)
{
    switch (event->kind) {
    case ACTION_REPORT:
        fold_report(ticket, event);
        return true;
    case ACTION_DISPATCH:
    case ACTION_DISPATCH_ASSIST:
        fold_dispatch(ticket, event);
        return true;
    case ACTION_RECALL:
        fold_return(ticket, assignment_of_event(ticket, event), ASSIGNMENT_RECALLED, event->occurred_at);
        return true;
    case ACTION_ACCEPT:
        fold_accept(ticket, event);
        return true;
    case ACTION_OBJECT:
        fold_object(ticket, event);
        return true;
    case ACTION_DECIDE_OBJECTION:
        fold_objection_decision(ticket, event);
        return true;
    case ACTION_ARRIVE:
        fold_arrive(ticket, event);
        return true;
    case ACTION_CONTACT:
        ticket->is_contacted = true;
        return true;
    case ACTION_REPAIR:
        ticket->is_repaired = true;
        return true;
    case ACTION_RECORD_FORMALITIES:
        fold_formalities(ticket, event);
        return true;
    case ACTION_RECORD_PLAN:
        fold_plan(ticket, event);
        return true;
    case ACTION_ASK_EXTENSION:
        fold_ask_extension(ticket, event);
        return true;
    case ACTION_DECIDE_EXTENSION:
        drop_extension(ticket);
        return true;
    case ACTION_FINISH:
        fold_finish(ticket, event);
        return true;
    default:
        return false;
    }
}

static bool fold_outcome(struct ticket *ticket, const struct event *event)
{
    switch (event->kind) {
    case ACTION_REVIEW:
        fold_review(ticket, event);
        return true;
    case ACTION_FOLLOW_UP:
        fold_follow_up(ticket, event);
        return true;
    case ACTION_CLOSE:
        fold_end(ticket, TICKET_CLOSED, event->occurred_at);
        return true;
    case ACTION_REOPEN:
        fold_reopen(ticket, event);
        return true;
    case ACTION_MERGE:
        fold_merge(ticket, event);
        return true;
    case ACTION_UNMERGE:
        ticket->state = TICKET_REPORTED;
        ticket->parent.v = 0;
        ticket->followed_kinds = 0;
        return true;
    case ACTION_STOP_WITH_PARENT:
        fold_stop_with_parent(ticket, event);
        return true;
    case ACTION_NOT_OURS:
        fold_end(ticket, TICKET_NOT_OURS, event->occurred_at);
        return true;
    case ACTION_WITHDRAW:
        fold_end(ticket, TICKET_WITHDRAWN, event->occurred_at);
        return true;
    case ACTION_HAND_TO_DISCIPLINE:
        fold_end(ticket, TICKET_SEALED, event->occurred_at);
        return true;
    default:
        return false;
    }
}

/* The first programs raised the level by one for each earlier ticket. */
static void fold_repeat(struct ticket *ticket, const struct event *event)
{
    const int level = (int)event_get(event, FIELD_LEVEL, ticket->repeat_level + 1);

    if (level > ticket->repeat_level)
        ticket->repeat_level = level;
    if (ticket->repeat_count < TICKET_REPEATS_MAX)
        ticket->repeats[ticket->repeat_count].v = event_get(event, FIELD_PARENT, 0);
    ticket->repeat_count++;
}

static void fold_addition(struct ticket *ticket, const struct event *event)
{
    switch (event->kind) {
    case ACTION_ESCALATE_GROUP:
        fold_escalation(ticket, event);
        break;
    case ACTION_ESCALATE_UNIT:
        fold_unit_escalation(ticket, event);
        break;
    case ACTION_ACKNOWLEDGE:
        fold_acknowledgement(ticket, event);
        break;
    case ACTION_RECORD_LIABILITY:
        fold_liability(ticket, event);
        break;
    case ACTION_LINK_REPEAT:
        fold_repeat(ticket, event);
        break;
    case ACTION_FAILED_CALL:
        ticket->failed_call_count++;
        break;
    case ACTION_FOLLOW_PARENT:
        ticket->followed_kinds |= CLOCK_BIT(event_get(event, FIELD_CLOCK_KIND, CLOCK_NONE));
        break;
    case ACTION_URGE:
        ticket->urge_count++;
        break;
    case ACTION_RATE:
        ticket->rating = (int)event_get(event, FIELD_RATING, 0);
        break;
    case ACTION_SAY_NOT_FIXED:
        ticket->is_not_fixed_pending = true;
        ticket->not_fixed_said_at = event->occurred_at;
        break;
    default: /* facts, clocks and words only */
        break;
    }
}

/*
 * Whether the unit owes an answer: to what a resident added, or to a decision of ops that gives the matter back to it. The
 * unit answers by doing anything at all. (Decided here and not asked of the events, so that lists can show it.)
 */
static void fold_answer(struct ticket *ticket, const struct event *event)
{
    const struct assignment *lead = ticket_lead(ticket);
    const int64_t decision = event_get(event, FIELD_DECISION, DECISION_NONE);

    switch (event->kind) {
    case ACTION_ADD_WORDS:
    case ACTION_URGE:
    case ACTION_MOVE_APPOINTMENT:
        ticket->is_answer_due = true;
        break;
    case ACTION_REVIEW:
        ticket->is_answer_due = ticket->is_answer_due || decision == DECISION_REFUSE;
        break;
    case ACTION_DECIDE_OBJECTION:
        ticket->is_answer_due = ticket->is_answer_due || decision == DECISION_CARRY_ON;
        break;
    default:
        break;
    }
    if (lead == NULL || (event->actor_unit.v == lead->unit.v && event->kind != ACTION_REVIEW) ||
        (STATE_BIT(ticket->state) & (STATE_BIT(TICKET_DISPATCHED) | STATE_BIT(TICKET_OBJECTED) | STATE_BIT(TICKET_ACCEPTED))) == 0)
        ticket->is_answer_due = false;
}

void ticket_apply(struct ticket *ticket, const struct event *event)
{
    assert(ticket_can_apply(ticket, event));
    ticket->version = event->seq;
    fold_facts(ticket, event);
    if (!fold_handling(ticket, event) && !fold_outcome(ticket, event))
        fold_addition(ticket, event);
    for (int i = 0; i < event->clock_count; i++)
        fold_clock(ticket, &event->clocks[i]);
    fold_answer(ticket, event);
}
