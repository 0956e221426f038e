#include "core/outage.h"

#include <assert.h>
#include <string.h>

#include "core/permission.h"

#define R(role) ROLE_BIT(ROLE_##role)
#define S(state) (UINT32_C(1) << OUTAGE_##state)
#define UNIT_PEOPLE (R(CREW) | R(LIAISON) | R(UNIT_LEADER))
#define TOLD (S(PUBLISHED) | S(RESTORED) | S(WITHDRAWN))

/* ---- who may */

static const struct subject_permission permissions[] = {
    {OUTAGE_REPORT, S(STATE_NONE), UNIT_PEOPLE, true}, {OUTAGE_REPORT, S(STATE_NONE), R(OPS), false},
    {OUTAGE_EXTEND, S(PUBLISHED), UNIT_PEOPLE, true},  {OUTAGE_EXTEND, S(PUBLISHED), R(OPS), false},
    {OUTAGE_WIDEN, S(PUBLISHED), UNIT_PEOPLE, true},   {OUTAGE_WIDEN, S(PUBLISHED), R(OPS), false},
    {OUTAGE_RESTORE, S(PUBLISHED), UNIT_PEOPLE, true}, {OUTAGE_RESTORE, S(PUBLISHED), R(OPS), false},
    {OUTAGE_WITHDRAW, S(PUBLISHED), UNIT_PEOPLE, true}, {OUTAGE_WITHDRAW, S(PUBLISHED), R(OPS), false},
    {OUTAGE_NOTE, TOLD, UNIT_PEOPLE, true},            {OUTAGE_NOTE, TOLD, R(OPS) | R(GROUP_LEADER), false},
};

enum verdict outage_permits(enum outage_action action, enum outage_state state, uint32_t roles, bool is_own_unit,
                            uint32_t *permitted_role)
{
    const struct subject_case wanted = {(int)action, (int)state, roles, is_own_unit};

    return permission_check(permissions, sizeof permissions / sizeof permissions[0], &wanted, permitted_role);
}

/* ---- deciding */

struct outage_deciding {
    const struct outage *outage;
    const struct outage_command *command;
    const struct regulation *regulation;
    struct instant now;
    struct event event;
};

static int32_t valve_pack(struct outage_valve valve) { return valve.diameter_mm * 100 + valve.number; }
static struct outage_valve valve_unpack(int32_t packed) { return (struct outage_valve){packed / 100, packed % 100}; }

static bool is_diameter(int diameter_mm)
{
    return diameter_mm >= OUTAGE_DIAMETER_LEAST_MM && diameter_mm <= OUTAGE_DIAMETER_MOST_MM;
}

static bool is_valve(struct outage_valve valve)
{
    return is_diameter(valve.diameter_mm) && valve.number >= 1 && valve.number <= 99;
}

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

/* The clock of the announced end, the last that was started; NULL when none runs. */
static const struct clock *running_notice(const struct outage *outage)
{
    for (int i = outage->clock_count - 1; i >= 0; i--)
        if (outage->clocks[i].kind == CLOCK_CHANGE_NOTICE)
            return clock_is_running(&outage->clocks[i]) ? &outage->clocks[i] : NULL;
    return NULL;
}

/* Any change has to be told before this end; each announcement counts as a cycle of its own, so that each warns anew. */
static void put_notice_clock(struct outage_deciding *deciding, struct instant end, struct unit_id unit)
{
    static const struct facts none = {.diameter_mm = 0};
    int cycle = 1;

    for (int i = 0; i < deciding->outage->clock_count; i++)
        cycle += deciding->outage->clocks[i].kind == CLOCK_CHANGE_NOTICE;
    put_clock(deciding, clock_start_before(next_no(deciding), find_rule(deciding, CLOCK_CHANGE_NOTICE), &none, cycle,
                                           deciding->now, end))
        ->unit = unit;
}

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
        if (!is_valve(command->valves[i]))
            return VERDICT_NEEDS_VALVES;
        deciding->event.list[LIST_VALVES][deciding->event.list_count[LIST_VALVES]++] = valve_pack(command->valves[i]);
    }
    return VERDICT_OK;
}

/* When it happened: not after now, and with a reason when it is told late (design 3). */
static enum verdict put_time(struct outage_deciding *deciding)
{
    const struct outage_command *command = deciding->command;
    const int64_t allowed_seconds = (int64_t)deciding->regulation->late_entry_minutes * MINUTE_SECONDS;

    if (!instant_is_set(command->occurred_at))
        return VERDICT_BAD_VALUE;
    if (instant_is_before(deciding->now, command->occurred_at))
        return VERDICT_TIME_IN_FUTURE;
    deciding->event.occurred_at = command->occurred_at;
    if (!instant_is_before(instant_add_seconds(command->occurred_at, allowed_seconds), deciding->now))
        return VERDICT_OK;
    event_set(&deciding->event, FIELD_LATE_ENTRY, 1);
    return command->has_reason ? VERDICT_OK : VERDICT_NEEDS_REASON;
}

/* after: the end announced so far. from: what the longest time counts from. */
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

static enum verdict decide_report(struct outage_deciding *deciding)
{
    const struct outage_command *command = deciding->command;
    struct event *event = &deciding->event;

    if (command->unit.v <= 0)
        return VERDICT_NEEDS_UNIT;
    if (command->cause < 1 || command->cause > OUTAGE_CAUSES || !is_diameter(command->diameter_mm) || command->ticket.v < 0)
        return VERDICT_BAD_VALUE;
    enum verdict verdict = put_valves(deciding);
    if (verdict == VERDICT_OK)
        verdict = put_area(deciding);
    if (verdict == VERDICT_OK)
        verdict = put_time(deciding);
    if (verdict == VERDICT_OK)
        verdict = put_end(deciding, INSTANT_NONE, command->occurred_at);
    if (verdict != VERDICT_OK)
        return verdict;
    event_set(event, FIELD_OUTAGE_KIND, OUTAGE_EMERGENCY);
    event_set(event, FIELD_UNIT, command->unit.v);
    event_set(event, FIELD_CAUSE, command->cause);
    event_set(event, FIELD_DIAMETER_MM, command->diameter_mm);
    if (command->ticket.v != 0)
        event_set(event, FIELD_PARENT, command->ticket.v);
    put_report_clock(deciding, CLOCK_EMERGENCY_REPORT, command->unit);
    put_notice_clock(deciding, command->expected_end_at, command->unit);
    return VERDICT_OK;
}

/* A change told now: before the announced end it is kept, after it late; the next one starts towards the end as it is now. */
static enum verdict tell_change(struct outage_deciding *deciding)
{
    const struct outage *outage = deciding->outage;
    const struct clock *running = running_notice(outage);
    const int64_t end = event_get(&deciding->event, FIELD_EXPECTED_END, outage->expected_end_at.milliseconds);

    if (outage->clock_count + 2 > OUTAGE_CLOCKS_MAX) /* room for this one and for the restoration's */
        return VERDICT_TOO_MANY;
    if (running != NULL)
        put_clock(deciding, clock_stop(*running, deciding->now));
    put_notice_clock(deciding, (struct instant){end}, outage->unit);
    return VERDICT_OK;
}

static enum verdict decide_widen(struct outage_deciding *deciding)
{
    const struct outage *outage = deciding->outage;
    /* Once the end has passed, another one must be said too. */
    const bool needs_end = instant_is_set(deciding->command->expected_end_at) ||
                           !instant_is_before(deciding->now, outage->expected_end_at);
    enum verdict verdict = put_area(deciding);

    if (verdict == VERDICT_OK && needs_end) {
        verdict = put_end(deciding, outage->expected_end_at, deciding->now);
        if (verdict == VERDICT_BAD_VALUE)
            verdict = VERDICT_NOT_LATER;
    }
    return verdict == VERDICT_OK ? tell_change(deciding) : verdict;
}

static enum verdict decide_restore(struct outage_deciding *deciding)
{
    const struct outage *outage = deciding->outage;
    const struct clock *running = running_notice(outage);
    const enum verdict verdict = put_time(deciding);

    if (verdict != VERDICT_OK)
        return verdict;
    if (instant_is_before(deciding->event.occurred_at, outage->started_at))
        return VERDICT_TIME_BEFORE_REPORT;
    if (running != NULL) {
        struct clock clock = *running;
        if (instant_is_before(clock.due_at, deciding->event.occurred_at)) {
            clock = clock_stop(clock, deciding->now);
        } else { /* back by the announced end, at that very moment too: there was no change to tell */
            clock.result = RESULT_SUPERSEDED;
            clock.stopped_at = deciding->event.occurred_at;
        }
        put_clock(deciding, clock);
    }
    put_report_clock(deciding, CLOCK_RESTORE_REPORT, outage->unit);
    return VERDICT_OK;
}

static enum verdict decide_withdraw(struct outage_deciding *deciding)
{
    const struct clock *running = running_notice(deciding->outage);

    if (running != NULL)
        put_clock(deciding, clock_end_early(*running, deciding->now));
    return VERDICT_OK;
}

static enum verdict decide_action(struct outage_deciding *deciding)
{
    switch (deciding->command->action) {
    case OUTAGE_REPORT:
        return decide_report(deciding);
    case OUTAGE_EXTEND: {
        const enum verdict verdict = put_end(deciding, deciding->outage->expected_end_at, deciding->now);
        return verdict == VERDICT_OK ? tell_change(deciding) : verdict;
    }
    case OUTAGE_WIDEN:
        return decide_widen(deciding);
    case OUTAGE_RESTORE:
        return decide_restore(deciding);
    case OUTAGE_WITHDRAW:
        return decide_withdraw(deciding);
    case OUTAGE_NOTE:
        return VERDICT_OK;
    case OUTAGE_ACTION_NONE:
    case OUTAGE_ACTION__COUNT:
        break;
    }
    assert(false);
    return VERDICT_BAD_VALUE;
}

/* What the public or the colleagues are told must say why. */
static bool needs_words(enum outage_action action)
{
    return action == OUTAGE_EXTEND || action == OUTAGE_WITHDRAW || action == OUTAGE_NOTE;
}

enum verdict outage_decide(const struct outage *outage, const struct outage_command *command,
                           const struct regulation *regulation, struct instant now, struct event *event)
{
    struct outage_deciding deciding = {outage, command, regulation, now, {.subject = SUBJECT_OUTAGE}};
    uint32_t permitted_role = 0;
    const struct unit_id unit = command->action == OUTAGE_REPORT ? command->unit : outage->unit;
    const bool is_own = unit.v != 0 && unit.v == command->actor.unit.v;
    const enum verdict permitted =
        outage_permits(command->action, outage->state, command->actor.roles, is_own, &permitted_role);

    assert(instant_is_set(now));
    if (permitted == VERDICT_WRONG_ROLE || permitted == VERDICT_WRONG_UNIT)
        return permitted;
    if (command->expected_version != outage->version)
        return VERDICT_STALE; /* says more than what the change since then made impossible */
    if (permitted != VERDICT_OK)
        return permitted;
    if (needs_words(command->action) && !command->has_words)
        return VERDICT_NEEDS_TEXT;
    deciding.event.subject_id = outage->id.v;
    deciding.event.seq = outage->version + 1;
    deciding.event.kind = (int)command->action;
    deciding.event.occurred_at = deciding.event.recorded_at = now;
    deciding.event.actor_role = permitted_role;
    deciding.event.actor_staff = command->actor.staff;
    deciding.event.actor_unit = command->actor.unit;
    deciding.event.has_text = command->has_area_words || command->has_words || command->has_reason;
    const enum verdict verdict = decide_action(&deciding);
    if (verdict == VERDICT_OK)
        *event = deciding.event;
    return verdict;
}

/* ---- folding */

void outage_init(struct outage *outage, struct outage_id id)
{
    memset(outage, 0, sizeof *outage);
    outage->id = id;
    outage->reported_at = outage->started_at = outage->first_end_at = outage->expected_end_at = outage->ended_at =
        INSTANT_NONE;
}

static void fold_report(struct outage *outage, const struct event *event)
{
    outage->kind = (enum outage_kind)event_get(event, FIELD_OUTAGE_KIND, 0);
    outage->state = OUTAGE_PUBLISHED;
    outage->unit.v = (int32_t)event_get(event, FIELD_UNIT, 0);
    outage->ticket.v = event_get(event, FIELD_PARENT, 0);
    outage->cause = (int)event_get(event, FIELD_CAUSE, 0);
    outage->diameter_mm = (int)event_get(event, FIELD_DIAMETER_MM, 0);
    outage->valve_count = event->list_count[LIST_VALVES];
    for (int i = 0; i < outage->valve_count; i++)
        outage->valves[i] = valve_unpack(event->list[LIST_VALVES][i]);
    outage->reported_at = event->recorded_at;
    outage->started_at = event->occurred_at;
    outage->first_end_at.milliseconds = event_get(event, FIELD_EXPECTED_END, 0);
}

void outage_apply(struct outage *outage, const struct event *event)
{
    assert(outage_is_foldable(outage, event));
    outage->version = event->seq;
    for (int i = 0; i < event->clock_count; i++) {
        outage->clocks[event->clocks[i].no - 1] = event->clocks[i];
        if (event->clocks[i].no > outage->clock_count)
            outage->clock_count = event->clocks[i].no;
    }
    for (int i = 0; i < event->list_count[LIST_PLACES]; i++)
        outage->places[outage->place_count++].v = event->list[LIST_PLACES][i];
    if (event->has_field[FIELD_EXPECTED_END])
        outage->expected_end_at.milliseconds = event_get(event, FIELD_EXPECTED_END, 0);
    if (event->kind == OUTAGE_REPORT) {
        fold_report(outage, event);
    } else if (event->kind == OUTAGE_RESTORE || event->kind == OUTAGE_WITHDRAW) {
        outage->state = event->kind == OUTAGE_RESTORE ? OUTAGE_RESTORED : OUTAGE_WITHDRAWN;
        outage->ended_at = event->occurred_at;
    }
}

static bool has_sound_report(const struct event *event)
{
    const int64_t kind = event_get(event, FIELD_OUTAGE_KIND, 0), unit = event_get(event, FIELD_UNIT, 0);
    const int64_t diameter_mm = event_get(event, FIELD_DIAMETER_MM, 0), cause = event_get(event, FIELD_CAUSE, 0);

    if (kind <= OUTAGE_KIND_NONE || kind >= OUTAGE_KIND__COUNT || unit <= 0 || unit > INT32_MAX || cause < 1 ||
        cause > OUTAGE_CAUSES || diameter_mm < OUTAGE_DIAMETER_LEAST_MM || diameter_mm > OUTAGE_DIAMETER_MOST_MM ||
        !event->has_field[FIELD_EXPECTED_END] || event->list_count[LIST_VALVES] > OUTAGE_VALVES_MAX)
        return false;
    for (int i = 0; i < event->list_count[LIST_VALVES]; i++)
        if (!is_valve(valve_unpack(event->list[LIST_VALVES][i])))
            return false;
    return true;
}

bool outage_is_foldable(const struct outage *outage, const struct event *event)
{
    int clock_count = outage->clock_count;

    if (event->subject != SUBJECT_OUTAGE || event->kind <= OUTAGE_ACTION_NONE || event->kind >= OUTAGE_ACTION__COUNT ||
        event->seq != outage->version + 1 || (event->seq == 1) != (event->kind == OUTAGE_REPORT))
        return false;
    if (event->kind != OUTAGE_NOTE && event->kind != OUTAGE_REPORT && outage->state != OUTAGE_PUBLISHED)
        return false;
    if (outage->place_count + event->list_count[LIST_PLACES] > OUTAGE_PLACES_MAX)
        return false;
    for (int i = 0; i < event->clock_count; i++) {
        const int no = event->clocks[i].no;
        if (no < 1 || no > clock_count + 1 || no > OUTAGE_CLOCKS_MAX)
            return false;
        if (no > clock_count)
            clock_count = no;
    }
    return event->kind == OUTAGE_REPORT ? has_sound_report(event) : event->list_count[LIST_VALVES] == 0;
}

bool outage_is_message(enum outage_action action) { return action != OUTAGE_ACTION_NONE && action != OUTAGE_NOTE; }

enum outage_phase outage_phase_at(enum outage_state state, struct instant expected_end_at, struct instant now)
{
    switch (state) {
    case OUTAGE_RESTORED:
        return OUTAGE_PHASE_RESTORED;
    case OUTAGE_WITHDRAWN:
        return OUTAGE_PHASE_WITHDRAWN;
    case OUTAGE_STATE_NONE:
    case OUTAGE_PUBLISHED:
    case OUTAGE_STATE__COUNT:
        break;
    }
    return instant_is_before(now, expected_end_at) ? OUTAGE_PHASE_RUNNING : OUTAGE_PHASE_OVERDUE;
}

/* ---- names */

const char *outage_state_name(enum outage_state state)
{
    static const char *const names[OUTAGE_STATE__COUNT] = {
        [OUTAGE_STATE_NONE] = "none", [OUTAGE_PUBLISHED] = "published", [OUTAGE_RESTORED] = "restored",
        [OUTAGE_WITHDRAWN] = "withdrawn"};

    assert((unsigned)state < OUTAGE_STATE__COUNT);
    return names[state];
}

const char *outage_phase_name(enum outage_phase phase)
{
    static const char *const names[OUTAGE_PHASE__COUNT] = {"running", "overdue", "restored", "withdrawn"};

    assert((unsigned)phase < OUTAGE_PHASE__COUNT);
    return names[phase];
}

const char *outage_action_name(enum outage_action action)
{
    static const char *const names[OUTAGE_ACTION__COUNT] = {
        [OUTAGE_ACTION_NONE] = "none", [OUTAGE_REPORT] = "report",     [OUTAGE_EXTEND] = "extend", [OUTAGE_WIDEN] = "widen",
        [OUTAGE_RESTORE] = "restore",  [OUTAGE_WITHDRAW] = "withdraw", [OUTAGE_NOTE] = "note"};

    assert((unsigned)action < OUTAGE_ACTION__COUNT);
    return names[action];
}
