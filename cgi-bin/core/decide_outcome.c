#include "core/decide.h"

static enum decision decision_of(const struct deciding *deciding, enum decision fallback)
{
    return (enum decision)deciding_get(deciding, FIELD_DECISION, (int64_t)fallback);
}

enum verdict decide_review(struct deciding *deciding)
{
    const enum decision decision = decision_of(deciding, DECISION_NONE);

    if (decision == DECISION_GRANT)
        return VERDICT_OK;
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

enum verdict decide_follow_up(struct deciding *deciding)
{
    const int64_t satisfaction = deciding_get(deciding, FIELD_SATISFACTION, 0);

    switch ((enum follow_up_result)deciding_get(deciding, FIELD_FOLLOW_UP, FOLLOW_UP_NONE)) {
    case FOLLOW_UP_SATISFIED:
        return satisfaction >= 1 ? VERDICT_OK : VERDICT_BAD_VALUE;
    case FOLLOW_UP_UNREACHABLE:
    case FOLLOW_UP_NOT_POSSIBLE:
        return satisfaction == 0 ? VERDICT_OK : VERDICT_BAD_VALUE;
    case FOLLOW_UP_UNSOLVED:
        return deciding_open_cycle(deciding, deciding_has(deciding, FIELD_SAID_AT)
                                                 ? deciding_instant(deciding, FIELD_SAID_AT)
                                                 : deciding->at);
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

enum verdict decide_close(struct deciding *deciding)
{
    deciding_end_all(deciding, deciding->at);
    return VERDICT_OK;
}

enum verdict decide_end(struct deciding *deciding)
{
    deciding_end_all(deciding, deciding->at);
    return VERDICT_OK;
}

enum verdict decide_stop_with_parent(struct deciding *deciding)
{
    for (enum clock_kind kind = CLOCK_FINISH; kind <= CLOCK_INSPECT; kind++)
        deciding_stop(deciding, kind, deciding->at);
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
