#include "core/decide.h"

static bool is_open(const struct deciding *deciding, enum clock_kind kind)
{
    const struct clock *clock = deciding_clock(deciding, kind);

    return clock != NULL && clock_is_open(clock);
}

/* Whether the moment of this act lies before the one that ended the clock of `kind`. */
static bool is_before_stop(const struct deciding *deciding, enum clock_kind kind)
{
    const struct clock *clock = deciding_clock(deciding, kind);

    return clock != NULL && instant_is_set(clock->stopped_at) && instant_is_before(deciding->at, clock->stopped_at);
}

/* Somebody has to go there: always to a leak; in a later cycle only when a crew was sent (decision 4). */
static bool needs_arrival(const struct deciding *deciding)
{
    return deciding->category->is_leak && (deciding->cycle == 1 || deciding_clock(deciding, CLOCK_ARRIVE) != NULL);
}

static enum verdict check_arrival(const struct deciding *deciding)
{
    const struct assignment *lead = ticket_lead(deciding->ticket);
    const bool has_arrived = instant_is_set(lead->arrived_at);

    if (is_open(deciding, CLOCK_ARRIVE) || (needs_arrival(deciding) && !has_arrived))
        return VERDICT_NEEDS_ARRIVAL;
    if (has_arrived && instant_is_before(deciding->at, lead->arrived_at))
        return VERDICT_NEEDS_ARRIVAL;
    return VERDICT_OK;
}

enum verdict decide_arrive(struct deciding *deciding)
{
    const struct assignment *own = deciding_own_assignment(deciding);
    const bool is_lead = own->role == ASSIGNMENT_LEAD;

    /* A matter that became a leak when the crew was there already: the arrival is recorded for the new clock. */
    if (instant_is_set(own->arrived_at) && !(is_lead && is_open(deciding, CLOCK_ARRIVE)))
        return VERDICT_ALREADY_DONE;
    if (instant_is_before(deciding->at, own->dispatched_at))
        return VERDICT_TIME_BEFORE_REPORT;
    deciding_take_facts(deciding);
    if (is_lead)
        deciding_stop(deciding, CLOCK_ARRIVE, deciding->at);
    if (own->role == ASSIGNMENT_INSPECTION)
        deciding_stop(deciding, CLOCK_INSPECT, deciding->at);
    event_set(&deciding->event, FIELD_DISPATCH_NO, own->dispatch_no);
    return VERDICT_OK;
}

enum verdict decide_contact(struct deciding *deciding)
{
    if (instant_is_before(deciding->at, deciding_own_assignment(deciding)->dispatched_at))
        return VERDICT_TIME_BEFORE_REPORT; /* nobody calls for a matter that was not theirs yet */
    deciding_take_facts(deciding);
    if (deciding->ticket->is_contacted && !is_open(deciding, CLOCK_CONTACT))
        return VERDICT_ALREADY_DONE;
    if (deciding_has(deciding, FIELD_APPOINTMENT_AT) &&
        instant_is_before(deciding_instant(deciding, FIELD_APPOINTMENT_AT), deciding->at))
        return VERDICT_BAD_VALUE;
    deciding_stop(deciding, CLOCK_CONTACT, deciding->at);
    return VERDICT_OK;
}

enum verdict decide_repair(struct deciding *deciding)
{
    if (instant_is_before(deciding->at, ticket_lead(deciding->ticket)->dispatched_at))
        return VERDICT_TIME_BEFORE_REPORT;
    deciding_take_facts(deciding);
    if (deciding->ticket->is_repaired && !is_open(deciding, CLOCK_REPAIR))
        return VERDICT_ALREADY_DONE;
    enum verdict verdict = check_arrival(deciding);
    if (verdict == VERDICT_OK)
        deciding_stop(deciding, CLOCK_REPAIR, deciding->at);
    return verdict;
}

enum verdict decide_record_plan(struct deciding *deciding)
{
    const struct assignment *lead = ticket_lead(deciding->ticket);

    if (instant_is_before(deciding->at, lead->arrived_at))
        return VERDICT_NEEDS_ARRIVAL;
    if (deciding_has(deciding, FIELD_PLANNED_AT) &&
        instant_is_before(deciding_instant(deciding, FIELD_PLANNED_AT), deciding->at))
        return VERDICT_BAD_VALUE;
    event_set(&deciding->event, FIELD_DISPATCH_NO, lead->dispatch_no);
    return VERDICT_OK;
}

/* ---- extension (Art. 13, decision 3) */

static struct instant latest_due(const struct deciding *deciding, const struct clock *finish)
{
    return instant_add_seconds(finish->due_at, deciding->category->extension_cap_seconds);
}

enum verdict decide_ask_extension(struct deciding *deciding)
{
    const struct clock *finish = deciding_clock(deciding, CLOCK_FINISH);

    if (finish == NULL || !clock_is_running(finish))
        return VERDICT_NO_SUCH_CLOCK;
    const struct instant due = clock_effective_due(finish);
    if (!instant_is_set(due))
        return VERDICT_NEEDS_LIMIT;
    /* By the server's time: asking cannot be dated back. */
    if (!instant_is_before(deciding->now, due))
        return VERDICT_TOO_LATE;
    const struct instant proposed = deciding_instant(deciding, FIELD_PROPOSED_DUE);
    if (!instant_is_before(due, proposed))
        return VERDICT_NOT_LATER;
    return instant_is_before(latest_due(deciding, finish), proposed) ? VERDICT_BEYOND_CAP : VERDICT_OK;
}

static enum verdict grant_extension(struct deciding *deciding)
{
    const struct clock *finish = deciding_clock(deciding, CLOCK_FINISH);
    struct instant granted = deciding_instant(deciding, FIELD_GRANTED_DUE);

    if (!instant_is_set(granted))
        granted = deciding->ticket->extension_proposed_due;
    if (finish == NULL || !instant_is_set(finish->due_at))
        return VERDICT_NO_SUCH_CLOCK;
    const struct instant due = clock_effective_due(finish);
    if (!instant_is_before(due, granted))
        return VERDICT_NOT_LATER; /* nor does a second extension take back the first */
    if (instant_is_before(latest_due(deciding, finish), granted))
        return VERDICT_BEYOND_CAP;
    struct clock extended = clock_grant(*finish, granted);
    deciding_put_clock(deciding, &extended);
    const struct clock *repair = deciding_clock(deciding, CLOCK_REPAIR);
    if (repair != NULL && instant_is_set(repair->due_at) && instant_is_before(clock_effective_due(repair), granted)) {
        extended = clock_grant(*repair, granted);
        deciding_put_clock(deciding, &extended);
    }
    event_set(&deciding->event, FIELD_GRANTED_DUE, granted.milliseconds);
    return VERDICT_OK;
}

enum verdict decide_decide_extension(struct deciding *deciding)
{
    const enum decision decision = (enum decision)deciding_get(deciding, FIELD_DECISION, DECISION_NONE);

    if (decision == DECISION_GRANT)
        return grant_extension(deciding);
    if (decision != DECISION_REFUSE)
        return VERDICT_BAD_VALUE;
    return deciding->command->has_text ? VERDICT_OK : VERDICT_NEEDS_TEXT;
}

/* ---- formalities and liability */

/* A customer who was not reached or refused: the words are the evidence (Art. 24). */
enum verdict decide_record_formalities(struct deciding *deciding)
{
    const int64_t confirmation = deciding_get(deciding, FIELD_CONFIRMATION, CONFIRMATION_NONE);

    if (confirmation != CONFIRMATION_GIVEN && !deciding->command->has_text)
        return VERDICT_NEEDS_TEXT;
    return VERDICT_OK;
}

/* The detachment finds out on site who is liable (Art. 25). What ops records by itself needs no visit. */
enum verdict decide_record_liability(struct deciding *deciding)
{
    if (deciding->permitted_role == ROLE_BIT(ROLE_OPS))
        return VERDICT_OK;
    const struct assignment *own = deciding_own_assignment(deciding);
    if (!instant_is_set(own->arrived_at) || instant_is_before(deciding->at, own->arrived_at))
        return VERDICT_NEEDS_ARRIVAL;
    event_set(&deciding->event, FIELD_DISPATCH_NO, own->dispatch_no);
    return VERDICT_OK;
}

/* ---- finish */

/* What must be recorded before the finish, and happened before it. */
static enum verdict check_finish(const struct deciding *deciding)
{
    const struct ticket *ticket = deciding->ticket;
    enum verdict verdict = check_arrival(deciding);

    if (verdict != VERDICT_OK)
        return verdict;
    if (is_open(deciding, CLOCK_REPAIR) || is_before_stop(deciding, CLOCK_REPAIR) ||
        (deciding->category->is_leak && !ticket->is_repaired))
        return VERDICT_NEEDS_REPAIR;
    if (is_open(deciding, CLOCK_CONTACT) || is_before_stop(deciding, CLOCK_CONTACT))
        return VERDICT_NEEDS_CONTACT;
    if (deciding->category->needs_formalities && !ticket->has_formalities)
        return VERDICT_NEEDS_FORMALITIES;
    const bool has_photo = deciding_get(deciding, FIELD_PHOTO_COUNT, 0) > 0 || deciding_has(deciding, FIELD_NO_PHOTO);
    return deciding->category->is_leak && !has_photo ? VERDICT_NEEDS_PHOTO : VERDICT_OK;
}

/* Who only helped is done with the matter, also when it never accepted; the inspection's own case goes on (Art. 25). */
static void release_assistants(struct deciding *deciding)
{
    const struct ticket *ticket = deciding->ticket;

    for (int i = 0; i < ticket->assignment_count; i++) {
        const struct assignment *assist = &ticket->assignments[i];
        if (assist->role != ASSIGNMENT_ASSIST || !assignment_is_live(assist))
            continue;
        const struct clock *clock = deciding_acceptance(deciding, assist->dispatch_no);
        if (clock == NULL)
            continue;
        const struct instant end = instant_is_before(deciding->at, clock->started_at) ? clock->started_at : deciding->at;
        struct clock ended = clock_is_running(clock) ? clock_end_early(*clock, end) : clock_stop(*clock, end);
        deciding_put_clock(deciding, &ended);
    }
}

enum verdict decide_finish(struct deciding *deciding)
{
    const struct assignment *lead = ticket_lead(deciding->ticket);

    if (instant_is_before(deciding->at, lead->dispatched_at))
        return VERDICT_TIME_BEFORE_REPORT;
    deciding_take_facts(deciding);
    enum verdict verdict = check_finish(deciding);
    if (verdict != VERDICT_OK)
        return verdict;
    deciding_stop(deciding, CLOCK_FINISH, deciding->at);
    release_assistants(deciding);
    event_set(&deciding->event, FIELD_DISPATCH_NO, lead->dispatch_no);
    return VERDICT_OK;
}
