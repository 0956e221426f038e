#include "core/decide.h"
#include "core/policy.h"

static enum decision decision_of(const struct deciding *deciding, enum decision fallback)
{
    return (enum decision)deciding_get(deciding, FIELD_DECISION, (int64_t)fallback);
}

/*
 * Whether this finish will be called back is settled here, once, and stands in the event: a share changed later changes nothing
 * that was finished before.
 */
static void draw_sample(struct deciding *deciding)
{
    const struct ticket *ticket = deciding->ticket;
    const int percent = deciding->regulation->follow_up_percent;
    const bool is_drawn =
        follow_up_is_sampled(ticket->id, deciding->cycle,
                             percent > 0 ? percent : (int)policy_bound(POLICY_FOLLOW_UP_PERCENT)->usual);

    event_set(&deciding->event, FIELD_SAMPLED, is_drawn && ticket->has_phone);
}

enum verdict decide_review(struct deciding *deciding)
{
    const enum decision decision = decision_of(deciding, DECISION_NONE);

    if (decision == DECISION_GRANT) {
        draw_sample(deciding);
        /* What was asked for before the due time is answered first: it bears on how the finish is judged (Art. 13). */
        return deciding->ticket->is_extension_pending ? VERDICT_PENDING : VERDICT_OK;
    }
    if (decision != DECISION_REFUSE)
        return VERDICT_BAD_VALUE;
    if (!deciding->command->has_text)
        return VERDICT_NEEDS_TEXT;
    const struct clock *finish = deciding_clock(deciding, CLOCK_FINISH);
    if (finish != NULL) {
        struct clock again = clock_unstop(*finish); /* the same cycle goes on (decision 4) */
        deciding_put_clock(deciding, &again);
    }
    event_set(&deciding->event, FIELD_DISPATCH_NO, ticket_lead(deciding->ticket)->dispatch_no);
    return VERDICT_OK;
}

static enum verdict fail_follow_up(struct deciding *deciding)
{
    return deciding_open_cycle(deciding, deciding_has(deciding, FIELD_SAID_AT) ? deciding_instant(deciding, FIELD_SAID_AT)
                                                                               : deciding->at);
}

/* One call more that reached nobody; after so many, by today's policy, the customer counts as unreachable. */
static enum verdict count_attempt(struct deciding *deciding)
{
    const int attempts = deciding->regulation->follow_up_attempts;
    const int64_t enough = attempts > 0 ? attempts : policy_bound(POLICY_FOLLOW_UP_ATTEMPTS)->usual;

    if (deciding->ticket->follow_up_attempts + 1 >= enough)
        event_set(&deciding->event, FIELD_UNREACHABLE, 1);
    return VERDICT_OK;
}

enum verdict decide_follow_up(struct deciding *deciding)
{
    const int64_t satisfaction = deciding_get(deciding, FIELD_SATISFACTION, 0);
    enum follow_up_result result =
        (enum follow_up_result)deciding_get(deciding, FIELD_FOLLOW_UP, FOLLOW_UP_NONE);

    if (result == FOLLOW_UP_SATISFIED && satisfaction >= 1 && satisfaction <= UNSATISFIED_MOST)
        result = FOLLOW_UP_UNSATISFIED; /* solved, and the customer is not satisfied with it */
    event_set(&deciding->event, FIELD_FOLLOW_UP, (int64_t)result);
    switch (result) {
    case FOLLOW_UP_SATISFIED:
        return satisfaction > UNSATISFIED_MOST ? VERDICT_OK : VERDICT_BAD_VALUE;
    case FOLLOW_UP_UNREACHABLE:
        return satisfaction == 0 ? count_attempt(deciding) : VERDICT_BAD_VALUE;
    case FOLLOW_UP_NOT_POSSIBLE:
        return satisfaction == 0 ? VERDICT_OK : VERDICT_BAD_VALUE;
    case FOLLOW_UP_UNSATISFIED:
        if (satisfaction < 1 || satisfaction > UNSATISFIED_MOST)
            return VERDICT_BAD_VALUE;
        return fail_follow_up(deciding);
    case FOLLOW_UP_UNSOLVED:
        return fail_follow_up(deciding);
    case FOLLOW_UP_NONE:
    case FOLLOW_UP_RESULT__COUNT:
        break;
    }
    return VERDICT_BAD_VALUE;
}

enum verdict decide_reopen(struct deciding *deciding)
{
    const enum decision decision = decision_of(deciding, DECISION_GRANT);

    if (decision == DECISION_REFUSE)
        return deciding->command->has_text ? VERDICT_OK : VERDICT_NEEDS_TEXT;
    if (decision != DECISION_GRANT)
        return VERDICT_BAD_VALUE;
    /* Before ops accepted the finish there is nothing final to reopen: refusing it lets the same cycle run on. */
    if (!deciding->ticket->is_finish_accepted)
        return VERDICT_NEEDS_REVIEW;
    event_set(&deciding->event, FIELD_DECISION, DECISION_GRANT);
    return deciding_open_cycle(deciding, deciding->ticket->not_fixed_said_at);
}

enum verdict decide_say_not_fixed(struct deciding *deciding)
{
    return instant_is_before(deciding->at, deciding->ticket->finished_at) ? VERDICT_TIME_BEFORE_REPORT : VERDICT_OK;
}

/* Damage by others is not done with before somebody said who is liable (Art. 25); a merged report leaves it to its parent. */
enum verdict decide_close(struct deciding *deciding)
{
    const struct ticket *ticket = deciding->ticket;

    if (deciding->category->is_third_party && ticket->liability == LIABILITY_NONE && ticket->parent.v == 0)
        return VERDICT_NEEDS_INSPECTION;
    deciding_end_all(deciding, deciding->at);
    return VERDICT_OK;
}

enum verdict decide_end(struct deciding *deciding)
{
    const struct assignment *lead = ticket_lead(deciding->ticket);

    if (lead != NULL)
        event_set(&deciding->event, FIELD_UNIT, lead->unit.v); /* whom to tell that there is nothing left to do */
    deciding_end_all(deciding, deciding->at);
    return VERDICT_OK;
}

/* Who held the parent when it was done has kept or missed the promises of its reports as well (decision 6). */
enum verdict decide_stop_with_parent(struct deciding *deciding)
{
    deciding_hand_over(deciding, deciding->command->parent_unit, (struct unit_id){0});
    for (enum clock_kind kind = CLOCK_FINISH; kind <= CLOCK_INSPECT; kind++)
        deciding_stop(deciding, kind, deciding->at);
    draw_sample(deciding);
    return VERDICT_OK;
}

/* One arrival, repair, call or inspection serves every report of the incident, the moment it happened (decision 6). */
enum verdict decide_follow_parent(struct deciding *deciding)
{
    const enum clock_kind kind = (enum clock_kind)deciding_get(deciding, FIELD_CLOCK_KIND, CLOCK_NONE);
    const struct clock *clock = deciding_clock(deciding, kind);

    if (clock == NULL)
        return VERDICT_NO_SUCH_CLOCK;
    if (!clock_is_open(clock))
        return VERDICT_ALREADY_DONE;
    deciding_hand_over(deciding, deciding->command->parent_unit, (struct unit_id){0});
    deciding_stop(deciding, kind, deciding->at);
    return VERDICT_OK;
}

enum verdict decide_excuse(struct deciding *deciding)
{
    const int64_t no = deciding_get(deciding, FIELD_CLOCK_NO, 0);

    if (no > deciding->ticket->clock_count)
        return VERDICT_NO_SUCH_CLOCK;
    const struct clock *clock = deciding_clock_by_no(deciding, (int)no);
    if (clock->result == RESULT_EXCUSED)
        return VERDICT_ALREADY_DONE;
    struct clock excused = clock_excuse(*clock, (int)deciding_get(deciding, FIELD_EXCUSE, 0), deciding->now);
    if (excused.result != RESULT_EXCUSED)
        return VERDICT_NOT_LATE;
    const struct failure_report *failure = deciding->command->failure;
    if (failure == NULL || failure_covers(failure, clock, deciding->now) != FAILURE_COVERS)
        return VERDICT_NOT_COVERED;
    deciding_put_clock(deciding, &excused);
    return VERDICT_OK;
}

enum verdict decide_move_appointment(struct deciding *deciding)
{
    const struct instant to = deciding_instant(deciding, FIELD_APPOINTMENT_AT);

    return instant_is_before(to, deciding->at) ? VERDICT_BAD_VALUE : VERDICT_OK;
}

enum verdict decide_record(struct deciding *deciding)
{
    (void)deciding; /* the fields and the words are all there is to it */
    return VERDICT_OK;
}
