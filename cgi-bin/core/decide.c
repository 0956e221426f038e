#include "core/decide.h"

#include <assert.h>

bool deciding_has(const struct deciding *deciding, enum event_field field)
{
    return deciding->command->has_field[field];
}

int64_t deciding_get(const struct deciding *deciding, enum event_field field, int64_t fallback)
{
    return command_get(deciding->command, field, fallback);
}

struct instant deciding_instant(const struct deciding *deciding, enum event_field field)
{
    return (struct instant){deciding_get(deciding, field, INSTANT_NONE.milliseconds)};
}

const struct assignment *deciding_own_assignment(const struct deciding *deciding)
{
    const struct assignment *own = ticket_assignment_of(deciding->ticket, deciding->command->actor.unit);

    assert(own != NULL);
    return own;
}

/* ---- reading clocks */

const struct clock *deciding_clock_by_no(const struct deciding *deciding, int no)
{
    assert(no >= 1);
    for (int i = 0; i < deciding->event.clock_count; i++)
        if (deciding->event.clocks[i].no == no)
            return &deciding->event.clocks[i];
    return no <= deciding->ticket->clock_count ? &deciding->ticket->clocks[no - 1] : NULL;
}

const struct clock *deciding_clock(const struct deciding *deciding, enum clock_kind kind)
{
    for (int no = deciding->clock_count; no >= 1; no--) {
        const struct clock *clock = deciding_clock_by_no(deciding, no);
        if (clock != NULL && clock->kind == kind && clock->cycle == deciding->cycle)
            return clock;
    }
    return NULL;
}

bool clock_is_open(const struct clock *clock)
{
    return clock_is_running(clock) || (clock->result == RESULT_EXCUSED && !instant_is_set(clock->stopped_at));
}

const struct clock *deciding_acceptance(const struct deciding *deciding, int dispatch_no)
{
    for (int no = deciding->clock_count; no >= 1; no--) {
        const struct clock *clock = deciding_clock_by_no(deciding, no);
        if (clock != NULL && clock->kind == CLOCK_ACCEPT && clock->dispatch_no == dispatch_no && clock_is_open(clock))
            return clock;
    }
    return NULL;
}

/* ---- changing clocks */

void deciding_put_clock(struct deciding *deciding, const struct clock *clock)
{
    struct event *event = &deciding->event;
    int i = 0;

    while (i < event->clock_count && event->clocks[i].no != clock->no)
        i++;
    if (i == EVENT_CLOCKS_MAX) {
        deciding->is_full = true;
        return;
    }
    event->clocks[i] = *clock;
    if (i == event->clock_count)
        event->clock_count++;
}

const struct rule *deciding_rule(const struct deciding *deciding, enum clock_kind kind)
{
    return rule_find(deciding->regulation->rules, deciding->regulation->rule_count, kind, &deciding->facts,
                     deciding->reported_at);
}

const struct rule *deciding_needed_rule(const struct deciding *deciding, enum clock_kind kind)
{
    const struct rule *rule = deciding_rule(deciding, kind);

    if (rule == NULL)
        return NULL;
    /* A condition (Art. 23) makes a clock needed that the category does not always run. */
    bool is_of_category = rule->category.v == deciding->facts.category.v;
    bool is_asked_for = (deciding->category->clocks & CLOCK_BIT(kind)) != 0;
    return is_of_category || is_asked_for ? rule : NULL;
}

/* Who held the fact that this command tells: a unit whose people tell it, else ops. */
static struct unit_id holder_of_fact(const struct deciding *deciding)
{
    const uint32_t unit_people = ROLE_BIT(ROLE_CREW) | ROLE_BIT(ROLE_LIAISON) | ROLE_BIT(ROLE_UNIT_LEADER);

    return (deciding->permitted_role & unit_people) != 0 ? deciding->command->actor.unit : (struct unit_id){0};
}

void deciding_start(struct deciding *deciding, const struct rule *rule, struct instant start, int dispatch_no,
                    struct unit_id unit)
{
    if (rule == NULL)
        return;
    if (deciding->clock_count == TICKET_CLOCKS_MAX) {
        deciding->is_full = true;
        return;
    }
    struct clock clock = clock_start(deciding->clock_count + 1, rule, &deciding->facts, deciding->cycle, start);
    clock.dispatch_no = dispatch_no;
    clock.unit = clock_result_at(&clock, deciding->at) == RESULT_LATE ? holder_of_fact(deciding) : unit;
    deciding->clock_count++;
    deciding_put_clock(deciding, &clock);
}

void deciding_start_wait(struct deciding *deciding, struct instant start)
{
    if (deciding->category->clocks != 0)
        deciding_start(deciding, deciding_rule(deciding, CLOCK_DISPATCH), start, 0, (struct unit_id){0});
}

void deciding_stop(struct deciding *deciding, enum clock_kind kind, struct instant at)
{
    const struct clock *clock = deciding_clock(deciding, kind);

    if (clock == NULL || !clock_is_open(clock))
        return;
    /* The wait for dispatch starts when a report is entered, which can be after what is said to have happened. */
    struct instant end = instant_is_before(at, clock->started_at) ? clock->started_at : at;
    struct clock stopped = clock_stop(*clock, end);
    deciding_put_clock(deciding, &stopped);
}

static void end_early(struct deciding *deciding, const struct clock *clock, struct instant at)
{
    struct instant end = instant_is_before(at, clock->started_at) ? clock->started_at : at;
    struct clock ended = clock_is_running(clock) ? clock_end_early(*clock, end) : clock_stop(*clock, end);

    deciding_put_clock(deciding, &ended);
}

void deciding_end_all(struct deciding *deciding, struct instant at)
{
    for (int no = 1; no <= deciding->clock_count; no++) {
        const struct clock *clock = deciding_clock_by_no(deciding, no);
        if (clock != NULL && clock_is_open(clock))
            end_early(deciding, clock, at);
    }
}

void deciding_hand_over(struct deciding *deciding, struct unit_id unit, struct unit_id never_theirs)
{
    for (enum clock_kind kind = CLOCK_FINISH; kind <= CLOCK_CONTACT; kind++) {
        const struct clock *clock = deciding_clock(deciding, kind);
        if (clock == NULL || !clock_is_running(clock) || clock->unit.v == unit.v)
            continue;
        const bool is_theirs = never_theirs.v == 0 || clock->unit.v != never_theirs.v;
        if (is_theirs && clock_result_at(clock, deciding->at) == RESULT_LATE)
            continue;
        struct clock handed = *clock;
        handed.unit = unit;
        deciding_put_clock(deciding, &handed);
    }
}

/* ---- working clocks out again */

struct unit_id deciding_unit_of_kind(const struct deciding *deciding, enum clock_kind kind)
{
    const struct ticket *ticket = deciding->ticket;

    if (kind != CLOCK_INSPECT) {
        const struct assignment *lead = ticket_lead(ticket);
        return lead != NULL ? lead->unit : (struct unit_id){0};
    }
    for (int i = ticket->assignment_count - 1; i >= 0; i--)
        if (ticket->assignments[i].role == ASSIGNMENT_INSPECTION && assignment_is_live(&ticket->assignments[i]))
            return ticket->assignments[i].unit;
    return (struct unit_id){0};
}

/* A later cycle runs finish and repair; arrival and contact only when a crew was sent (decision 4). */
static bool runs_in_cycle(const struct deciding *deciding, enum clock_kind kind)
{
    return deciding->cycle == 1 || kind == CLOCK_FINISH || kind == CLOCK_REPAIR ||
           (kind == CLOCK_CONTACT && deciding_clock(deciding, CLOCK_ARRIVE) != NULL);
}

/* Whether facts still bear on it: not what was excused or replaced, nor what was judged under another category. */
static bool can_be_reworked(const struct deciding *deciding, const struct clock *clock)
{
    if (clock_is_running(clock))
        return true;
    if (clock->result != RESULT_KEPT && clock->result != RESULT_LATE)
        return false;
    for (size_t i = 0; i < deciding->regulation->rule_count; i++) {
        const struct rule *rule = &deciding->regulation->rules[i];
        if (rule->id.v == clock->rule.v)
            return rule->category.v == 0 || rule->category.v == deciding->facts.category.v;
    }
    return false;
}

static void rework_one(struct deciding *deciding, const struct clock *clock, const struct rule *rule)
{
    if (!can_be_reworked(deciding, clock))
        return;
    if (rule == NULL) {
        if (clock_is_running(clock))
            end_early(deciding, clock, deciding->at);
        return;
    }
    if (rule->id.v == clock->rule.v && rule_limit_seconds(rule, &deciding->facts) == clock->limit_seconds)
        return;
    struct clock reworked = clock_rework(*clock, rule, &deciding->facts, deciding->at);
    /* Late by nothing but what was told now, e.g. a grade set after its limit had run out. */
    if (clock_is_running(clock) && clock_result_at(clock, deciding->at) != RESULT_LATE &&
        clock_result_at(&reworked, deciding->at) == RESULT_LATE)
        reworked.unit = holder_of_fact(deciding);
    deciding_put_clock(deciding, &reworked);
}

void deciding_rework(struct deciding *deciding)
{
    const uint32_t finished = STATE_BIT(TICKET_FINISHED) | STATE_BIT(TICKET_FOLLOWED_UP);
    const bool can_start = (STATE_BIT(deciding->ticket->state) & finished) == 0; /* afterwards nobody could stop it */

    for (enum clock_kind kind = CLOCK_FINISH; kind <= CLOCK_INSPECT; kind++) {
        const struct clock *clock = deciding_clock(deciding, kind);
        bool was_ended = clock != NULL && (clock->result == RESULT_ENDED_KEPT || clock->result == RESULT_ENDED_LATE);
        if (clock != NULL && !was_ended)
            rework_one(deciding, clock, deciding_rule(deciding, kind));
        else if (can_start && runs_in_cycle(deciding, kind))
            deciding_start(deciding, deciding_needed_rule(deciding, kind), deciding->cycle_started_at, 0,
                           deciding_unit_of_kind(deciding, kind));
    }
}

void deciding_take_facts(struct deciding *deciding)
{
    struct facts *facts = &deciding->facts;

    facts->zone = (enum zone)deciding_get(deciding, FIELD_ZONE, (int64_t)facts->zone);
    facts->diameter_mm = (int)deciding_get(deciding, FIELD_DIAMETER_MM, facts->diameter_mm);
    facts->is_valve_stuck = deciding_get(deciding, FIELD_VALVE_STUCK, facts->is_valve_stuck) != 0;
    if (deciding_has(deciding, FIELD_ZONE) || deciding_has(deciding, FIELD_DIAMETER_MM) ||
        deciding_has(deciding, FIELD_VALVE_STUCK))
        deciding_rework(deciding);
}

enum verdict deciding_open_cycle(struct deciding *deciding, struct instant said_at)
{
    if (instant_is_before(deciding->now, said_at))
        return VERDICT_TIME_IN_FUTURE;
    if (instant_is_before(said_at, deciding->ticket->finished_at))
        return VERDICT_TIME_BEFORE_REPORT;
    deciding_end_all(deciding, deciding->at); /* an inspection or assistance still out: the old cycle is complete */
    deciding->cycle++;
    deciding->cycle_started_at = said_at;
    deciding_start_wait(deciding, deciding->now);
    const struct unit_id ops = {0};
    deciding_start(deciding, deciding_needed_rule(deciding, CLOCK_FINISH), said_at, 0, ops);
    deciding_start(deciding, deciding_needed_rule(deciding, CLOCK_REPAIR), said_at, 0, ops);
    event_set(&deciding->event, FIELD_SAID_AT, said_at.milliseconds);
    return VERDICT_OK;
}
