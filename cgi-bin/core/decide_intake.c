#include "core/decide.h"

/*
 * The category in force when the report was made: old tickets keep the matters and rules of their day. A matter chosen from
 * today's list for a report of an earlier day is that day's row of the same code.
 */
static const struct category *category_in_force(const struct deciding *deciding, int64_t id)
{
    const struct regulation *regulation = deciding->regulation;
    const struct category *category =
        category_find(regulation->categories, regulation->category_count, (struct category_id){(int32_t)id});

    if (category == NULL || is_in_force(category->effective_from, category->effective_to, deciding->reported_at))
        return category;
    return category_find_by_code(regulation->categories, regulation->category_count, category->code,
                                 deciding->reported_at);
}

static enum verdict check_report_grades(const struct deciding *deciding)
{
    if (deciding_get(deciding, FIELD_GRADES, 0) == 0)
        return VERDICT_OK;
    if (deciding->permitted_role == ROLE_BIT(ROLE_RESIDENT))
        return VERDICT_WRONG_ROLE; /* a grade is set by intake or ops */
    return deciding->command->has_text ? VERDICT_OK : VERDICT_NEEDS_REASON;
}

static void set_report_fields(struct deciding *deciding)
{
    struct event *event = &deciding->event;

    event_set(event, FIELD_NATURE, deciding_get(deciding, FIELD_NATURE, (int64_t)deciding->category->default_nature));
    event_set(event, FIELD_HAS_PHONE, deciding_get(deciding, FIELD_HAS_PHONE, 0));
    if (!deciding_has(deciding, FIELD_FIRST_RECEIVER) && deciding->command->actor.staff.v != 0)
        event_set(event, FIELD_FIRST_RECEIVER, deciding->command->actor.staff.v);
}

enum verdict decide_report(struct deciding *deciding)
{
    deciding->reported_at = deciding->at;
    deciding->cycle_started_at = deciding->at;
    deciding->cycle = 1;
    deciding->category = category_in_force(deciding, deciding_get(deciding, FIELD_CATEGORY, 0));
    if (deciding->category == NULL)
        return VERDICT_UNKNOWN_CATEGORY;
    if (deciding->category->needs_phone && deciding_get(deciding, FIELD_HAS_PHONE, 0) == 0)
        return VERDICT_NEEDS_PHONE;
    enum verdict verdict = check_report_grades(deciding);
    if (verdict != VERDICT_OK)
        return verdict;

    deciding->facts.category = deciding->category->id;
    event_set(&deciding->event, FIELD_CATEGORY, deciding->category->id.v);
    deciding->facts.grades = (uint32_t)deciding_get(deciding, FIELD_GRADES, 0);
    deciding->facts.zone = (enum zone)deciding_get(deciding, FIELD_ZONE, ZONE_UNKNOWN);
    deciding->facts.diameter_mm = (int)deciding_get(deciding, FIELD_DIAMETER_MM, 0);
    deciding->facts.is_valve_stuck = deciding_get(deciding, FIELD_VALVE_STUCK, 0) != 0;
    /* Promises count from the report; ops' own wait from the moment the report could be seen here. */
    deciding_start_wait(deciding, deciding->now);
    deciding_rework(deciding);
    set_report_fields(deciding);
    return VERDICT_OK;
}

enum verdict decide_grade(struct deciding *deciding)
{
    uint32_t grades = (uint32_t)deciding_get(deciding, FIELD_GRADES, 0);

    if (grades == deciding->facts.grades)
        return VERDICT_ALREADY_DONE;
    deciding->facts.grades = grades;
    deciding_rework(deciding);
    return VERDICT_OK;
}

/*
 * One kind of clock under the new category. A clock that is over keeps what it was judged by. A running one goes on when
 * its rule stays; otherwise it ends here, late or kept so far, and what the new category asks for counts from the same
 * start (decision 5).
 */
static void reclassify_kind(struct deciding *deciding, enum clock_kind kind)
{
    const struct clock *old = deciding_clock(deciding, kind);
    /* An inspection that ops sent out by hand goes on, whatever the category asks for. */
    bool is_by_hand = kind == CLOCK_INSPECT && old != NULL && deciding_unit_of_kind(deciding, kind).v != 0;
    const struct rule *rule = is_by_hand ? deciding_rule(deciding, kind) : deciding_needed_rule(deciding, kind);

    if (old != NULL && !clock_is_running(old) && old->result != RESULT_ENDED_KEPT && old->result != RESULT_ENDED_LATE)
        return;
    if (old != NULL && clock_is_running(old)) {
        if (rule != NULL && rule->id.v == old->rule.v)
            return;
        struct unit_id unit = old->unit;
        struct instant start = old->started_at;
        struct clock ended = clock_end_early(*old, deciding->at);
        deciding_put_clock(deciding, &ended);
        deciding_start(deciding, rule, start, 0, unit);
        return;
    }
    if (deciding->cycle > 1 && kind != CLOCK_FINISH && kind != CLOCK_REPAIR)
        return; /* arrival and contact run anew only with a crew sent (decision 4) */
    deciding_start(deciding, rule, deciding->cycle_started_at, 0, deciding_unit_of_kind(deciding, kind));
}

enum verdict decide_reclassify(struct deciding *deciding)
{
    const struct category *category = category_in_force(deciding, deciding_get(deciding, FIELD_CATEGORY, 0));

    if (category == NULL)
        return VERDICT_UNKNOWN_CATEGORY;
    if (category->id.v == deciding->facts.category.v)
        return VERDICT_ALREADY_DONE;
    deciding->facts.category = category->id;
    deciding->category = category;
    event_set(&deciding->event, FIELD_CATEGORY, category->id.v);
    for (enum clock_kind kind = CLOCK_FINISH; kind <= CLOCK_INSPECT; kind++)
        reclassify_kind(deciding, kind);
    if (deciding->ticket->state == TICKET_REPORTED && deciding_clock(deciding, CLOCK_DISPATCH) == NULL)
        deciding_start_wait(deciding, deciding->now); /* it was praise, which waits for nobody */
    return VERDICT_OK;
}

enum verdict decide_set_limit(struct deciding *deciding)
{
    deciding->facts.ops_limit_seconds = deciding_get(deciding, FIELD_LIMIT_SECONDS, 0);
    deciding_rework(deciding);
    return VERDICT_OK;
}

enum verdict decide_record_facts(struct deciding *deciding)
{
    if (!deciding_has(deciding, FIELD_ZONE) && !deciding_has(deciding, FIELD_DIAMETER_MM) &&
        !deciding_has(deciding, FIELD_VALVE_STUCK) && !deciding_has(deciding, FIELD_PLACE))
        return VERDICT_BAD_VALUE;
    deciding_take_facts(deciding);
    return VERDICT_OK;
}

enum verdict decide_link_repeat(struct deciding *deciding)
{
    const struct ticket *ticket = deciding->ticket;
    const int64_t earlier = deciding_get(deciding, FIELD_PARENT, 0);

    if (earlier == ticket->id.v)
        return VERDICT_SAME_TICKET;
    for (int i = 0; i < ticket->repeat_count && i < TICKET_REPEATS_MAX; i++)
        if (ticket->repeats[i].v == earlier)
            return VERDICT_ALREADY_DONE;
    return ticket->repeat_count < TICKET_REPEATS_MAX ? VERDICT_OK : VERDICT_TOO_MANY;
}
