#include "core/decide.h"

/* A lead cannot get what another lead still held, and no unit what it held itself: its times would be counted twice. */
static bool is_before_last_end(const struct deciding *deciding, enum assignment_role role, struct unit_id unit)
{
    const struct ticket *ticket = deciding->ticket;

    for (int i = 0; i < ticket->assignment_count; i++) {
        const struct assignment *past = &ticket->assignments[i];
        const bool excludes = past->unit.v == unit.v || (role == ASSIGNMENT_LEAD && past->role == ASSIGNMENT_LEAD);
        if (excludes && instant_is_set(past->ended_at) && instant_is_before(deciding->at, past->ended_at))
            return true;
    }
    return false;
}

/* Checks and starts what every dispatch has: a place in the list, one unit once, the acceptance clock (Art. 12). */
static enum verdict send_to(struct deciding *deciding, enum assignment_role role)
{
    const struct unit_id unit = {(int32_t)deciding_get(deciding, FIELD_UNIT, 0)};
    const struct ticket *ticket = deciding->ticket;
    int live_count = 0;

    if (is_before_last_end(deciding, role, unit))
        return VERDICT_TIME_BEFORE_REPORT;
    for (int i = 0; i < ticket->assignment_count; i++) {
        if (!assignment_is_live(&ticket->assignments[i]))
            continue;
        if (ticket->assignments[i].unit.v == unit.v)
            return VERDICT_ALREADY_DONE;
        live_count++;
    }
    /* So few at a time that one event can always end all their clocks. */
    if (ticket->assignment_count == TICKET_ASSIGNMENTS_MAX || live_count == TICKET_UNITS_MAX)
        return VERDICT_TOO_MANY;
    const int dispatch_no = ticket->assignment_count + 1;
    if (deciding->category->clocks != 0)
        deciding_start(deciding, deciding_rule(deciding, CLOCK_ACCEPT), deciding->at, dispatch_no, unit);
    event_set(&deciding->event, FIELD_DISPATCH_NO, dispatch_no);
    event_set(&deciding->event, FIELD_ASSIGNMENT_ROLE, (int64_t)role);
    return VERDICT_OK;
}

/* A crew is sent in a later cycle: arrival and contact run anew, from the cycle's start (decision 4). */
static void start_for_crew(struct deciding *deciding, struct unit_id unit)
{
    static const enum clock_kind kinds[] = {CLOCK_ARRIVE, CLOCK_CONTACT};

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (deciding_clock(deciding, kinds[i]) == NULL)
            deciding_start(deciding, deciding_needed_rule(deciding, kinds[i]), deciding->cycle_started_at, 0, unit);
}

enum verdict decide_dispatch(struct deciding *deciding)
{
    const struct unit_id unit = {(int32_t)deciding_get(deciding, FIELD_UNIT, 0)};

    if (ticket_needs_limit(deciding->ticket, deciding->category))
        return VERDICT_NEEDS_LIMIT;
    enum verdict verdict = send_to(deciding, ASSIGNMENT_LEAD);
    if (verdict != VERDICT_OK)
        return verdict;
    deciding_stop(deciding, CLOCK_DISPATCH, deciding->at);
    deciding_hand_over(deciding, unit, (struct unit_id){0});
    if (deciding->cycle > 1 && deciding_get(deciding, FIELD_CREW_SENT, 0) != 0)
        start_for_crew(deciding, unit);
    /* Nobody took a report that came by itself; whoever takes it in hand first answers for it (Art. 9). */
    if (deciding->ticket->first_receiver.v == 0 && deciding->command->actor.staff.v != 0)
        event_set(&deciding->event, FIELD_FIRST_RECEIVER, deciding->command->actor.staff.v);
    return VERDICT_OK;
}

/* The clock of the inspection on site belongs to the detachment that was sent (Art. 25), not to the lead. */
static void hand_inspection_over(struct deciding *deciding, struct unit_id unit)
{
    const struct clock *clock = deciding_clock(deciding, CLOCK_INSPECT);

    if (clock == NULL || !clock_is_running(clock))
        return;
    if (clock_result_at(clock, deciding->at) == RESULT_LATE)
        return; /* a breach stays with who held it */
    struct clock handed = *clock;
    handed.unit = unit;
    deciding_put_clock(deciding, &handed);
}

enum verdict decide_dispatch_assist(struct deciding *deciding)
{
    const enum assignment_role role =
        (enum assignment_role)deciding_get(deciding, FIELD_ASSIGNMENT_ROLE, (int64_t)ASSIGNMENT_ASSIST);

    if (role == ASSIGNMENT_LEAD)
        return VERDICT_BAD_VALUE;
    enum verdict verdict = send_to(deciding, role);
    if (verdict != VERDICT_OK || role != ASSIGNMENT_INSPECTION)
        return verdict;

    const struct unit_id unit = {(int32_t)deciding_get(deciding, FIELD_UNIT, 0)};
    if (deciding_clock(deciding, CLOCK_INSPECT) == NULL)
        deciding_start(deciding, deciding_rule(deciding, CLOCK_INSPECT), deciding->cycle_started_at, 0, unit);
    else
        hand_inspection_over(deciding, unit);
    return VERDICT_OK;
}

/* Back to ops: the promises run on there, a new internal wait begins (decisions 1, 2). */
static void return_to_ops(struct deciding *deciding, struct unit_id never_theirs)
{
    deciding_hand_over(deciding, (struct unit_id){0}, never_theirs);
    deciding_start_wait(deciding, deciding->at);
}

static void supersede_acceptance(struct deciding *deciding, int dispatch_no)
{
    const struct clock *clock = deciding_acceptance(deciding, dispatch_no);

    if (clock == NULL)
        return;
    struct clock over = clock_is_running(clock) ? clock_supersede(*clock, deciding->at)
                                                : clock_stop(*clock, deciding->at);
    deciding_put_clock(deciding, &over);
}

enum verdict decide_recall(struct deciding *deciding)
{
    const struct ticket *ticket = deciding->ticket;
    const struct assignment *lead = ticket_lead(ticket);
    const int64_t wanted = deciding_get(deciding, FIELD_DISPATCH_NO, lead != NULL ? lead->dispatch_no : 0);

    if (wanted == 0)
        return VERDICT_WRONG_STATE; /* nobody has it */
    if (wanted > ticket->assignment_count)
        return VERDICT_BAD_VALUE;
    const struct assignment *recalled = &ticket->assignments[wanted - 1];
    if (!assignment_is_live(recalled))
        return VERDICT_ALREADY_DONE;
    if (instant_is_before(deciding->at, recalled->dispatched_at))
        return VERDICT_TIME_BEFORE_REPORT;
    supersede_acceptance(deciding, recalled->dispatch_no);
    if (recalled->role == ASSIGNMENT_LEAD)
        return_to_ops(deciding, (struct unit_id){0});
    if (recalled->role == ASSIGNMENT_INSPECTION)
        hand_inspection_over(deciding, (struct unit_id){0});
    event_set(&deciding->event, FIELD_DISPATCH_NO, wanted);
    event_set(&deciding->event, FIELD_UNIT, recalled->unit.v); /* whom to tell: another one may hold it soon */
    return VERDICT_OK;
}

/* Acceptance and objection both answer the acceptance clock (decision 1). */
static enum verdict answer(struct deciding *deciding, const struct assignment *assignment)
{
    if (instant_is_before(deciding->at, assignment->dispatched_at))
        return VERDICT_TIME_BEFORE_REPORT;
    const struct clock *clock = deciding_acceptance(deciding, assignment->dispatch_no);
    if (clock != NULL) {
        struct clock stopped = clock_stop(*clock, deciding->at);
        deciding_put_clock(deciding, &stopped);
    }
    event_set(&deciding->event, FIELD_DISPATCH_NO, assignment->dispatch_no);
    return VERDICT_OK;
}

enum verdict decide_accept(struct deciding *deciding)
{
    return answer(deciding, deciding_own_assignment(deciding));
}

enum verdict decide_object(struct deciding *deciding)
{
    return answer(deciding, ticket_lead(deciding->ticket));
}

enum verdict decide_decide_objection(struct deciding *deciding)
{
    const struct assignment *lead = ticket_lead(deciding->ticket);
    const enum decision decision = (enum decision)deciding_get(deciding, FIELD_DECISION, DECISION_NONE);

    if (decision != DECISION_RETURN && decision != DECISION_CARRY_ON)
        return VERDICT_BAD_VALUE;
    if (instant_is_before(deciding->at, lead->objected_at))
        return VERDICT_TIME_BEFORE_REPORT;
    if (decision == DECISION_RETURN)
        return_to_ops(deciding, lead->unit);
    event_set(&deciding->event, FIELD_DISPATCH_NO, lead->dispatch_no);
    event_set(&deciding->event, FIELD_UNIT, lead->unit.v);
    return VERDICT_OK;
}

/*
 * The report now runs with its parent: nobody has to dispatch or accept it any more, its promises run on, and who holds the
 * parent answers for them (decision 6).
 */
enum verdict decide_merge(struct deciding *deciding)
{
    const struct ticket *ticket = deciding->ticket;

    if (deciding_get(deciding, FIELD_PARENT, 0) == ticket->id.v)
        return VERDICT_SAME_TICKET;
    if (deciding->command->parent_is_finished)
        return VERDICT_PARENT_FINISHED;
    if (deciding->command->parent_is_merged)
        return VERDICT_PARENT_MERGED;
    if (deciding->command->has_children)
        return VERDICT_HAS_CHILDREN;
    const struct assignment *lead = ticket_lead(ticket);
    if (lead != NULL)
        event_set(&deciding->event, FIELD_UNIT, lead->unit.v); /* it is stood down */
    deciding_stop(deciding, CLOCK_DISPATCH, deciding->at);
    for (int i = 0; i < ticket->assignment_count; i++)
        if (assignment_is_live(&ticket->assignments[i])) {
            if (instant_is_before(deciding->at, ticket->assignments[i].dispatched_at))
                return VERDICT_TIME_BEFORE_REPORT;
            supersede_acceptance(deciding, ticket->assignments[i].dispatch_no);
        }
    deciding_hand_over(deciding, deciding->command->parent_unit, (struct unit_id){0});
    return VERDICT_OK;
}

/*
 * It was another matter after all: what the parent's arrival, repair, call or inspection stopped here runs again, and ops has to
 * find a unit for it. Whoever held it before the merge was stood down and may have other work by now.
 */
enum verdict decide_unmerge(struct deciding *deciding)
{
    if (instant_is_before(deciding->at, deciding->ticket->merged_at))
        return VERDICT_TIME_BEFORE_REPORT;
    for (enum clock_kind kind = CLOCK_ARRIVE; kind <= CLOCK_INSPECT; kind++) {
        const struct clock *clock = deciding_clock(deciding, kind);
        if (clock == NULL || (deciding->ticket->followed_kinds & CLOCK_BIT(kind)) == 0)
            continue;
        struct clock again = clock_unstop(*clock);
        deciding_put_clock(deciding, &again);
    }
    return_to_ops(deciding, (struct unit_id){0});
    return VERDICT_OK;
}
