/* What a command does to an outage: the checks, the fields of its event, and the clocks it starts, moves, stops and ends. */
#include <assert.h>
#include <string.h>

#include "core/outage.h"
#include "core/outage_value.h"

struct outage_deciding {
    const struct outage *outage;
    const struct outage_command *command;
    const struct regulation *regulation;
    struct instant now;
    struct event event;
};

/* ---- clocks */

/* Of the rules in force when it was reported: an outage keeps those of its day. */
static const struct rule *find_rule(const struct outage_deciding *deciding, enum clock_kind kind)
{
    static const struct facts none = {.diameter_mm = 0};
    const struct instant at =
        instant_is_set(deciding->outage->reported_at) ? deciding->outage->reported_at : deciding->now;
    const struct rule *rule =
        rule_find(deciding->regulation->rules, deciding->regulation->rule_count, kind, &none, at);

    assert(rule != NULL && rule->subject == SUBJECT_OUTAGE); /* rules_check leaves no gap */
    return rule;
}

static struct clock *put_clock(struct outage_deciding *deciding, struct clock clock)
{
    struct event *event = &deciding->event;

    event->clocks[event->clock_count] = clock;
    return &event->clocks[event->clock_count++];
}

/* The number of the next clock that starts. */
static int next_no(const struct outage_deciding *deciding)
{
    int no = deciding->outage->clock_count;

    for (int i = 0; i < deciding->event.clock_count; i++)
        if (deciding->event.clocks[i].no > no)
            no = deciding->event.clocks[i].no;
    return no + 1;
}

/* "At once": from what happened to its being told, which is now. */
static void put_report_clock(struct outage_deciding *deciding, enum clock_kind kind, struct unit_id unit)
{
    static const struct facts none = {.diameter_mm = 0};
    const struct clock clock = clock_start(next_no(deciding), find_rule(deciding, kind), &none, 1, deciding->event.occurred_at);

    put_clock(deciding, clock_stop(clock, deciding->now))->unit = unit;
}

/* The clock of this kind that was started last, if it runs; NULL when none does. */
static const struct clock *running_clock(const struct outage *outage, enum clock_kind kind)
{
    for (int i = outage->clock_count - 1; i >= 0; i--)
        if (outage->clocks[i].kind == kind)
            return clock_is_running(&outage->clocks[i]) ? &outage->clocks[i] : NULL;
    return NULL;
}

/*
 * A clock towards what is planned or announced for `event_at`. Each announcement of a time counts as a cycle of its own, so that each
 * warns anew.
 */
static struct clock *put_clock_before(struct outage_deciding *deciding, enum clock_kind kind, struct instant event_at,
                                      struct unit_id unit)
{
    static const struct facts none = {.diameter_mm = 0};
    int cycle = 1;

    for (int i = 0; i < deciding->outage->clock_count; i++)
        cycle += deciding->outage->clocks[i].kind == kind;
    struct clock *clock = put_clock(deciding, clock_start_before(next_no(deciding), find_rule(deciding, kind), &none, cycle,
                                                                 deciding->now, event_at));
    clock->unit = unit;
    return clock;
}

/* Any change has to be told before this time. */
static void put_notice_clock(struct outage_deciding *deciding, struct instant at, struct unit_id unit)
{
    put_clock_before(deciding, CLOCK_CHANGE_NOTICE, at, unit);
}

/* What a planned start and a cut-off have to be told ahead of. */
static bool is_before_start(enum clock_kind kind)
{
    return kind == CLOCK_ANNOUNCE || kind == CLOCK_POSTER || kind == CLOCK_SMS || kind == CLOCK_NOTICE ||
           kind == CLOCK_CUTOFF_REPORT;
}

/* The start is another one than planned: what had to be told ahead of it is worked out again. */
static void move_start_clocks(struct outage_deciding *deciding, struct instant start_at)
{
    for (int i = 0; i < deciding->outage->clock_count; i++)
        if (is_before_start(deciding->outage->clocks[i].kind))
            put_clock(deciding, clock_move_event(deciding->outage->clocks[i], start_at));
}

/* What was not told ahead of a start that never comes is not missed by anybody. What was told late stays late. */
static void drop_start_clocks(struct outage_deciding *deciding)
{
    for (int i = 0; i < deciding->outage->clock_count; i++) {
        struct clock clock = deciding->outage->clocks[i];
        if (!is_before_start(clock.kind) || !clock_is_running(&clock))
            continue;
        clock.result = RESULT_SUPERSEDED;
        clock.stopped_at = deciding->now;
        put_clock(deciding, clock);
    }
}

/* What was never told, though the water was off and is back: late for good. */
static void end_start_clocks(struct outage_deciding *deciding)
{
    for (int i = 0; i < deciding->outage->clock_count; i++) {
        const struct clock clock = deciding->outage->clocks[i];
        if (is_before_start(clock.kind) && clock_is_running(&clock))
            put_clock(deciding, clock_end_early(clock, deciding->now));
    }
}

/*
 * It came as announced, at `due` or up to `at_most` after it: there was no change to tell. Otherwise the news was late: it was not told
 * ahead of the time it concerns.
 */
static void end_notice_clock(struct outage_deciding *deciding, int64_t grace_seconds)
{
    const struct clock *running = running_clock(deciding->outage, CLOCK_CHANGE_NOTICE);

    if (running == NULL)
        return;
    struct clock clock = *running;
    if (instant_is_before(instant_add_seconds(clock.due_at, grace_seconds), deciding->event.occurred_at)) {
        clock = clock_stop(clock, deciding->now);
    } else {
        clock.result = RESULT_SUPERSEDED;
        clock.stopped_at = deciding->event.occurred_at;
    }
    put_clock(deciding, clock);
}

/* ---- what every first event says */

static bool is_known(const struct outage_deciding *deciding, int32_t place)
{
    for (int i = 0; i < deciding->outage->place_count; i++)
        if (deciding->outage->places[i].v == place)
            return true;
    for (int i = 0; i < deciding->event.list_count[LIST_PLACES]; i++)
        if (deciding->event.list[LIST_PLACES][i] == place)
            return true;
    return false;
}

static enum verdict put_area(struct outage_deciding *deciding)
{
    const struct outage_command *command = deciding->command;
    struct event *event = &deciding->event;

    if (command->place_count < 0 || command->place_count > EVENT_LIST_MAX)
        return VERDICT_TOO_MANY;
    for (int i = 0; i < command->place_count; i++) {
        if (command->places[i].v <= 0)
            return VERDICT_BAD_VALUE;
        if (!is_known(deciding, command->places[i].v))
            event->list[LIST_PLACES][event->list_count[LIST_PLACES]++] = command->places[i].v;
    }
    if (event->list_count[LIST_PLACES] + deciding->outage->place_count > OUTAGE_PLACES_MAX)
        return VERDICT_TOO_MANY;
    return event->list_count[LIST_PLACES] == 0 && !command->has_area_words ? VERDICT_NEEDS_PLACE : VERDICT_OK;
}

static enum verdict put_valves(struct outage_deciding *deciding)
{
    const struct outage_command *command = deciding->command;

    if (!command->has_valves)
        return VERDICT_NEEDS_VALVES;
    if (command->valve_count < 0 || command->valve_count > OUTAGE_VALVES_MAX)
        return VERDICT_TOO_MANY;
    for (int i = 0; i < command->valve_count; i++) {
        if (!outage_is_valve(command->valves[i]))
            return VERDICT_NEEDS_VALVES;
        deciding->event.list[LIST_VALVES][deciding->event.list_count[LIST_VALVES]++] = outage_valve_pack(command->valves[i]);
    }
    return VERDICT_OK;
}

static int64_t grace_seconds(const struct outage_deciding *deciding)
{
    return (int64_t)deciding->regulation->late_entry_minutes * MINUTE_SECONDS;
}

/* Why is told: late, without approval, without a photo. */
static enum verdict put_reason(struct outage_deciding *deciding)
{
    event_set(&deciding->event, FIELD_LATE_ENTRY, 1);
    return deciding->command->has_reason ? VERDICT_OK : VERDICT_NEEDS_REASON;
}

/* When it happened: not after now, and with a reason when it is told late (design 3). */
static enum verdict put_time(struct outage_deciding *deciding)
{
    const struct outage_command *command = deciding->command;

    if (!instant_is_set(command->occurred_at))
        return VERDICT_BAD_VALUE;
    if (instant_is_before(deciding->now, command->occurred_at))
        return VERDICT_TIME_IN_FUTURE;
    deciding->event.occurred_at = command->occurred_at;
    if (!instant_is_before(instant_add_seconds(command->occurred_at, grace_seconds(deciding)), deciding->now))
        return VERDICT_OK;
    return put_reason(deciding);
}

/* after: the end announced so far, or the start. from: what the longest time counts from. */
static enum verdict put_end(struct outage_deciding *deciding, struct instant after, struct instant from)
{
    const struct instant end = deciding->command->expected_end_at;

    if (!instant_is_set(end))
        return VERDICT_BAD_VALUE;
    if (!instant_is_before(deciding->now, end) || (instant_is_set(after) && !instant_is_before(after, end)))
        return VERDICT_NOT_LATER;
    if (instant_is_before(instant_add_seconds(from, OUTAGE_SECONDS_MAX), end))
        return VERDICT_BEYOND_CAP;
    event_set(&deciding->event, FIELD_EXPECTED_END, end.milliseconds);
    return VERDICT_OK;
}

/* A start that lies ahead. */
static enum verdict put_planned_start(struct outage_deciding *deciding)
{
    const struct instant start = deciding->command->planned_start_at;

    if (!instant_is_set(start))
        return VERDICT_BAD_VALUE;
    if (!instant_is_before(deciding->now, start))
        return VERDICT_START_PAST;
    if (instant_is_before(instant_add_seconds(deciding->now, OUTAGE_AHEAD_SECONDS_MAX), start))
        return VERDICT_TOO_FAR;
    event_set(&deciding->event, FIELD_PLANNED_START, start.milliseconds);
    return VERDICT_OK;
}

static enum verdict put_kind(struct outage_deciding *deciding, enum outage_kind kind)
{
    const struct outage_command *command = deciding->command;
    struct event *event = &deciding->event;

    if (command->unit.v <= 0)
        return VERDICT_NEEDS_UNIT;
    if (!outage_cause_fits(kind, command->cause) || command->ticket.v < 0 || command->households < 0 ||
        command->households > OUTAGE_HOUSEHOLDS_MOST)
        return VERDICT_BAD_VALUE;
    event_set(event, FIELD_OUTAGE_KIND, kind);
    event_set(event, FIELD_UNIT, command->unit.v);
    event_set(event, FIELD_CAUSE, command->cause);
    if (command->ticket.v != 0)
        event_set(event, FIELD_PARENT, command->ticket.v);
    if (command->households != 0)
        event_set(event, FIELD_HOUSEHOLDS, command->households);
    return VERDICT_OK;
}

/* ---- emergencies */

static enum verdict decide_report(struct outage_deciding *deciding)
{
    const struct outage_command *command = deciding->command;
    enum verdict verdict = put_kind(deciding, OUTAGE_EMERGENCY);

    if (verdict == VERDICT_OK && !outage_is_diameter(command->diameter_mm))
        verdict = VERDICT_BAD_VALUE;
    if (verdict == VERDICT_OK)
        verdict = put_valves(deciding);
    if (verdict == VERDICT_OK)
        verdict = put_area(deciding);
    if (verdict == VERDICT_OK)
        verdict = put_time(deciding);
    if (verdict == VERDICT_OK)
        verdict = put_end(deciding, INSTANT_NONE, command->occurred_at);
    if (verdict != VERDICT_OK)
        return verdict;
    event_set(&deciding->event, FIELD_DIAMETER_MM, command->diameter_mm);
    put_report_clock(deciding, CLOCK_EMERGENCY_REPORT, command->unit);
    put_notice_clock(deciding, command->expected_end_at, command->unit);
    put_clock_before(deciding, CLOCK_RESUME, command->expected_end_at, command->unit);
    return VERDICT_OK;
}

static enum verdict decide_withdraw(struct outage_deciding *deciding)
{
    const struct clock *notice = running_clock(deciding->outage, CLOCK_CHANGE_NOTICE);
    const struct clock *resume = running_clock(deciding->outage, CLOCK_RESUME);

    if (notice != NULL)
        put_clock(deciding, clock_end_early(*notice, deciding->now));
    if (resume != NULL)
        put_clock(deciding, clock_supersede(*resume, deciding->now));
    return VERDICT_OK;
}

/* ---- planned outages, step by step */

/* Art. 18(1): who stands in for a unit that there is not. */
static struct unit_id unit_or(struct unit_id unit, struct unit_id other) { return unit.v != 0 ? unit : other; }

static void put_step_clocks(struct outage_deciding *deciding)
{
    const struct unit_id unit = deciding->command->unit;
    const struct unit_id customer = unit_or(deciding->regulation->outage.customer, unit);
    const struct instant start = deciding->command->planned_start_at;

    put_clock_before(deciding, CLOCK_NOTICE, start, unit);
    put_clock_before(deciding, CLOCK_ANNOUNCE, start, unit);
    put_clock_before(deciding, CLOCK_POSTER, start, customer);
    put_clock_before(deciding, CLOCK_SMS, start, customer);
}

/* Whether what has to be told ahead of `start` can be told in time no more. */
static bool is_too_near(const struct outage_deciding *deciding, enum clock_kind kind, struct instant start, struct instant at)
{
    static const struct facts none = {.diameter_mm = 0};
    const struct clock clock = clock_start_before(1, find_rule(deciding, kind), &none, 1, at, start);

    return clock_result_at(&clock, at) == RESULT_LATE;
}

static enum verdict decide_apply(struct outage_deciding *deciding)
{
    const struct outage_command *command = deciding->command;
    const struct outage_policy *policy = &deciding->regulation->outage;
    struct event *event = &deciding->event;
    enum verdict verdict = put_kind(deciding, OUTAGE_PLANNED);

    if (verdict == VERDICT_OK && command->households == 0)
        verdict = VERDICT_NEEDS_HOUSEHOLDS;
    if (verdict == VERDICT_OK)
        verdict = put_area(deciding);
    if (verdict == VERDICT_OK)
        verdict = put_planned_start(deciding);
    if (verdict == VERDICT_OK)
        verdict = put_end(deciding, command->planned_start_at, command->planned_start_at);
    if (verdict == VERDICT_OK && is_too_near(deciding, CLOCK_ANNOUNCE, command->planned_start_at, deciding->now))
        verdict = put_reason(deciding);
    if (verdict != VERDICT_OK)
        return verdict;
    const bool is_large =
        outage_is_large(policy, command->households, command->planned_start_at, command->expected_end_at);
    if (is_large)
        event_set(event, FIELD_LARGE, 1);
    if (command->is_pressure)
        event_set(event, FIELD_PRESSURE, 1);
    event_set(event, FIELD_APPROVER, is_large ? policy->approver_large : policy->approver);
    put_step_clocks(deciding);
    return VERDICT_OK;
}

static enum verdict decide_assist(struct outage_deciding *deciding)
{
    if (deciding->command->assistant.v <= 0)
        return VERDICT_BAD_VALUE;
    event_set(&deciding->event, FIELD_STAFF, deciding->command->assistant.v);
    return VERDICT_OK;
}

static bool is_start_past(const struct outage_deciding *deciding)
{
    return !instant_is_before(deciding->now, deciding->outage->planned_start_at);
}

static enum verdict decide_approve(struct outage_deciding *deciding)
{
    if (deciding->outage->assistant.v == 0)
        return VERDICT_NEEDS_ASSISTANT;
    return is_start_past(deciding) ? VERDICT_START_PAST : VERDICT_OK;
}

static enum verdict decide_publish(struct outage_deciding *deciding)
{
    const struct outage *outage = deciding->outage;
    const struct outage_command *command = deciding->command;

    if (is_start_past(deciding))
        return VERDICT_START_PAST;
    if (!command->has_area_words && outage->place_count == 0)
        return VERDICT_NEEDS_PLACE;
    if (command->has_clash && !command->is_clash_seen)
        return VERDICT_CLASH;
    if (is_too_near(deciding, CLOCK_ANNOUNCE, outage->planned_start_at, deciding->now)) {
        const enum verdict verdict = put_reason(deciding);
        if (verdict != VERDICT_OK)
            return verdict;
    }
    put_notice_clock(deciding, outage->planned_start_at, outage->unit);
    return VERDICT_OK;
}

static enum verdict put_counts(struct outage_deciding *deciding)
{
    const struct outage_command *command = deciding->command;
    const int counts[] = {command->households, command->sent, command->failed};
    static const enum event_field FIELDS[] = {FIELD_HOUSEHOLDS, FIELD_SENT, FIELD_FAILED};

    for (int i = 0; i < 3; i++) {
        if (counts[i] < 0 || counts[i] > OUTAGE_HOUSEHOLDS_MOST)
            return VERDICT_BAD_VALUE;
        event_set(&deciding->event, FIELDS[i], counts[i]);
    }
    /* Nobody to be told is a fact that somebody answers for. */
    return command->households == 0 && !command->has_words ? VERDICT_NEEDS_TEXT : VERDICT_OK;
}

static enum verdict put_photos(struct outage_deciding *deciding)
{
    const struct outage_command *command = deciding->command;

    event_set(&deciding->event, FIELD_PHOTO_COUNT, command->photo_count);
    return command->photo_count == 0 && !command->has_reason ? VERDICT_NEEDS_PHOTO : VERDICT_OK;
}

/* Told in writing, in the media, by posters, by messages: its clock stops when it happened, and late needs the reason. */
static enum verdict decide_step(struct outage_deciding *deciding)
{
    const enum outage_action action = deciding->command->action;
    const enum clock_kind kind = outage_step_clock(action);
    const struct clock *running = running_clock(deciding->outage, kind);
    enum verdict verdict = VERDICT_OK;

    if (action == OUTAGE_SMS)
        verdict = put_counts(deciding);
    if (action == OUTAGE_POSTER)
        verdict = put_photos(deciding);
    if (verdict == VERDICT_OK)
        verdict = put_time(deciding);
    if (verdict != VERDICT_OK || running == NULL)
        return verdict;
    const struct clock clock = clock_stop(*running, deciding->event.occurred_at);
    put_clock(deciding, clock);
    /* The system sends when it is let: it has no excuse to type. */
    if (clock.result == RESULT_LATE && deciding->event.actor_role != ROLE_BIT(ROLE_SYSTEM))
        return put_reason(deciding);
    return VERDICT_OK;
}

/* ---- planned outages and cut-offs: start, other times, and what does not happen */

static enum verdict decide_start(struct outage_deciding *deciding)
{
    const struct outage *outage = deciding->outage;
    const bool is_unapproved = outage->state == OUTAGE_APPLIED || outage->state == OUTAGE_REFUSED;
    enum verdict verdict = put_time(deciding);

    if (verdict == VERDICT_OK && instant_is_set(outage->expected_end_at) &&
        !instant_is_before(deciding->event.occurred_at, outage->expected_end_at))
        verdict = VERDICT_NOT_LATER;
    if (verdict == VERDICT_OK && is_unapproved) {
        event_set(&deciding->event, FIELD_UNAPPROVED, 1);
        verdict = put_reason(deciding);
    }
    if (verdict != VERDICT_OK)
        return verdict;
    if (instant_is_before(deciding->event.occurred_at, outage->planned_start_at))
        move_start_clocks(deciding, deciding->event.occurred_at);
    if (!instant_is_set(outage->expected_end_at))
        return VERDICT_OK;
    end_notice_clock(deciding, grace_seconds(deciding));
    put_notice_clock(deciding, outage->expected_end_at, outage->unit);
    put_clock_before(deciding, CLOCK_RESUME, outage->expected_end_at, outage->unit);
    return VERDICT_OK;
}

/* Room for this change's clock, and for those of the start and the restoration. */
static bool has_room(const struct outage *outage) { return outage->clock_count + 4 <= OUTAGE_CLOCKS_MAX; }

static enum verdict decide_postpone(struct outage_deciding *deciding)
{
    const struct outage *outage = deciding->outage;
    const struct outage_command *command = deciding->command;
    const struct clock *notice = running_clock(outage, CLOCK_CHANGE_NOTICE);
    enum verdict verdict = put_planned_start(deciding);

    if (verdict == VERDICT_OK && !instant_is_before(outage->planned_start_at, command->planned_start_at))
        verdict = VERDICT_START_NOT_LATER;
    if (verdict == VERDICT_OK && outage->kind != OUTAGE_CUTOFF)
        verdict = put_end(deciding, command->planned_start_at, command->planned_start_at);
    if (verdict == VERDICT_OK && !has_room(outage))
        verdict = VERDICT_TOO_MANY;
    if (verdict != VERDICT_OK)
        return verdict;
    move_start_clocks(deciding, command->planned_start_at);
    if (notice != NULL) {
        put_clock(deciding, clock_stop(*notice, deciding->now));
        put_notice_clock(deciding, command->planned_start_at, outage->unit);
    }
    return VERDICT_OK;
}

static enum verdict decide_cancel(struct outage_deciding *deciding)
{
    const struct clock *notice = running_clock(deciding->outage, CLOCK_CHANGE_NOTICE);

    drop_start_clocks(deciding);
    if (notice != NULL) /* told before the announced start it is kept */
        put_clock(deciding, clock_stop(*notice, deciding->now));
    return VERDICT_OK;
}

/* ---- cut-offs */

static enum verdict decide_cut(struct outage_deciding *deciding)
{
    const struct outage_command *command = deciding->command;
    const struct instant start = command->planned_start_at;
    enum verdict verdict = put_kind(deciding, OUTAGE_CUTOFF);

    if (verdict == VERDICT_OK && (command->scope <= OUTAGE_SCOPE_NONE || command->scope >= OUTAGE_SCOPE__COUNT))
        verdict = VERDICT_BAD_VALUE;
    if (verdict == VERDICT_OK && command->scope == OUTAGE_SCOPE_HOUSEHOLDS && command->households == 0)
        verdict = VERDICT_NEEDS_HOUSEHOLDS;
    if (verdict == VERDICT_OK)
        verdict = put_area(deciding);
    if (verdict != VERDICT_OK)
        return verdict;
    if (!instant_is_set(start))
        return VERDICT_BAD_VALUE;
    event_set(&deciding->event, FIELD_SCOPE, command->scope);
    if (instant_is_before(deciding->now, start)) {
        verdict = put_planned_start(deciding);
    } else { /* reported after it was done, which is late, and said why */
        deciding->event.occurred_at = start;
        event_set(&deciding->event, FIELD_PLANNED_START, start.milliseconds);
        verdict = put_reason(deciding);
        if (instant_is_before(instant_add_seconds(start, OUTAGE_SECONDS_MAX), deciding->now))
            verdict = VERDICT_BEYOND_CAP;
    }
    struct clock *clock = put_clock_before(deciding, CLOCK_CUTOFF_REPORT, start, command->unit);
    *clock = clock_stop(*clock, deciding->now);
    return verdict;
}

/* ---- changes while it runs or is announced */

/*
 * A change told now: before the announced time it is kept, after it late; the next one starts towards the time as it is now: the start
 * while it lies ahead, then the end. An end moved in time is the one that counts beside the first (Art. 18(2)).
 */
static enum verdict tell_change(struct outage_deciding *deciding)
{
    const struct outage *outage = deciding->outage;
    const struct clock *notice = running_clock(outage, CLOCK_CHANGE_NOTICE);
    const struct clock *resume = running_clock(outage, CLOCK_RESUME);
    const struct instant end = {event_get(&deciding->event, FIELD_EXPECTED_END, outage->expected_end_at.milliseconds)};
    const bool is_ahead = outage->state == OUTAGE_ANNOUNCED && !is_start_past(deciding);
    bool is_in_time = true;

    if (!has_room(outage))
        return VERDICT_TOO_MANY;
    if (notice != NULL) {
        const struct clock stopped = clock_stop(*notice, deciding->now);
        is_in_time = stopped.result == RESULT_KEPT;
        put_clock(deciding, stopped);
    }
    if (resume != NULL && is_in_time && deciding->event.has_field[FIELD_EXPECTED_END])
        put_clock(deciding, clock_grant(*resume, end));
    put_notice_clock(deciding, is_ahead ? outage->planned_start_at : end, outage->unit);
    return VERDICT_OK;
}

/* What the longest time to another end counts from. */
static struct instant end_from(const struct outage_deciding *deciding)
{
    const struct outage *outage = deciding->outage;
    const bool is_ahead = outage->state == OUTAGE_ANNOUNCED && !is_start_past(deciding);

    return is_ahead ? outage->planned_start_at : deciding->now;
}

static enum verdict decide_extend(struct outage_deciding *deciding)
{
    const enum verdict verdict = put_end(deciding, deciding->outage->expected_end_at, end_from(deciding));

    return verdict == VERDICT_OK ? tell_change(deciding) : verdict;
}

static enum verdict decide_widen(struct outage_deciding *deciding)
{
    const struct outage *outage = deciding->outage;
    /* Once the end has passed, another one must be said too. */
    const bool needs_end = instant_is_set(deciding->command->expected_end_at) ||
                           !instant_is_before(deciding->now, outage->expected_end_at);
    enum verdict verdict = put_area(deciding);

    if (verdict == VERDICT_OK && needs_end) {
        verdict = put_end(deciding, outage->expected_end_at, end_from(deciding));
        if (verdict == VERDICT_BAD_VALUE)
            verdict = VERDICT_NOT_LATER;
    }
    return verdict == VERDICT_OK ? tell_change(deciding) : verdict;
}

static enum verdict decide_restore(struct outage_deciding *deciding)
{
    const struct outage *outage = deciding->outage;
    const struct clock *resume = running_clock(outage, CLOCK_RESUME);
    const enum verdict verdict = put_time(deciding);

    if (verdict != VERDICT_OK)
        return verdict;
    if (instant_is_before(deciding->event.occurred_at, outage->started_at))
        return VERDICT_TIME_BEFORE_REPORT;
    end_notice_clock(deciding, 0);
    end_start_clocks(deciding);
    if (resume != NULL)
        put_clock(deciding, clock_stop(*resume, deciding->event.occurred_at));
    if (outage->kind != OUTAGE_CUTOFF)
        put_report_clock(deciding, CLOCK_RESTORE_REPORT, outage->unit);
    return VERDICT_OK;
}

/* ---- deciding */

static enum verdict decide_action(struct outage_deciding *deciding)
{
    switch (deciding->command->action) {
    case OUTAGE_REPORT:
        return decide_report(deciding);
    case OUTAGE_EXTEND:
        return decide_extend(deciding);
    case OUTAGE_WIDEN:
        return decide_widen(deciding);
    case OUTAGE_RESTORE:
        return decide_restore(deciding);
    case OUTAGE_WITHDRAW:
        return decide_withdraw(deciding);
    case OUTAGE_NOTE:
        return VERDICT_OK;
    case OUTAGE_APPLY:
        return decide_apply(deciding);
    case OUTAGE_ASSIST:
        return decide_assist(deciding);
    case OUTAGE_APPROVE:
        return decide_approve(deciding);
    case OUTAGE_REFUSE:
        drop_start_clocks(deciding);
        return VERDICT_OK;
    case OUTAGE_PUBLISH:
        return decide_publish(deciding);
    case OUTAGE_NOTIFY:
    case OUTAGE_MEDIA:
    case OUTAGE_POSTER:
    case OUTAGE_SMS:
        return decide_step(deciding);
    case OUTAGE_START:
        return decide_start(deciding);
    case OUTAGE_POSTPONE:
        return decide_postpone(deciding);
    case OUTAGE_CANCEL:
        return decide_cancel(deciding);
    case OUTAGE_CUT:
        return decide_cut(deciding);
    case OUTAGE_ACTION_NONE:
    case OUTAGE_ACTION__COUNT:
        break;
    }
    assert(false);
    return VERDICT_BAD_VALUE;
}

/* What the public or the colleagues are told must say why; of a notice in writing and in the media, which. */
static bool needs_words(enum outage_action action)
{
    static const uint32_t NEED = OUTAGE_BIT(OUTAGE_EXTEND) | OUTAGE_BIT(OUTAGE_WITHDRAW) | OUTAGE_BIT(OUTAGE_NOTE) |
                                 OUTAGE_BIT(OUTAGE_APPLY) | OUTAGE_BIT(OUTAGE_REFUSE) | OUTAGE_BIT(OUTAGE_NOTIFY) |
                                 OUTAGE_BIT(OUTAGE_PUBLISH) | OUTAGE_BIT(OUTAGE_MEDIA) | OUTAGE_BIT(OUTAGE_POSTPONE) |
                                 OUTAGE_BIT(OUTAGE_CANCEL) | OUTAGE_BIT(OUTAGE_CUT);

    return (NEED & OUTAGE_BIT(action)) != 0;
}

static struct outage_standing standing_for(const struct outage *outage, const struct outage_command *command,
                                           const struct regulation *regulation)
{
    const enum outage_kind begun = outage_kind_begun(command->action);

    return begun != OUTAGE_KIND_NONE && outage->version == 0
               ? outage_standing_new(begun, command->unit, &command->actor)
               : outage_standing_of(outage, &command->actor, &regulation->outage);
}

enum verdict outage_decide(const struct outage *outage, const struct outage_command *command,
                           const struct regulation *regulation, struct instant now, struct event *event)
{
    struct outage_deciding deciding = {outage, command, regulation, now, {.subject = SUBJECT_NONE}};
    uint32_t permitted_role = 0;
    const struct outage_standing standing = standing_for(outage, command, regulation);
    const enum verdict permitted = outage_permits(command->action, &standing, &permitted_role);

    assert(instant_is_set(now));
    if (permitted == VERDICT_WRONG_ROLE || permitted == VERDICT_WRONG_UNIT)
        return permitted;
    if (command->expected_version != outage->version)
        return VERDICT_STALE; /* says more than what the change since then made impossible */
    if (permitted != VERDICT_OK)
        return permitted;
    if (needs_words(command->action) && !command->has_words)
        return VERDICT_NEEDS_TEXT;
    event_begin(&deciding.event,
                &(struct event_head){SUBJECT_OUTAGE, outage->id.v, outage->version, (int)command->action, &command->actor, permitted_role,
                                     now, now, command->has_area_words || command->has_words || command->has_reason});
    const enum verdict verdict = decide_action(&deciding);
    if (verdict == VERDICT_OK)
        *event = deciding.event;
    return verdict;
}
