#include "core/outage.h"

#include <assert.h>
#include <string.h>

#include "core/outage_value.h"

/* ---- values */

bool outage_is_diameter(int64_t diameter_mm)
{
    return diameter_mm >= OUTAGE_DIAMETER_LEAST_MM && diameter_mm <= OUTAGE_DIAMETER_MOST_MM;
}

bool outage_is_valve(struct outage_valve valve)
{
    return outage_is_diameter(valve.diameter_mm) && valve.number >= 1 && valve.number <= 99;
}

int32_t outage_valve_pack(struct outage_valve valve) { return valve.diameter_mm * 100 + valve.number; }

struct outage_valve outage_valve_unpack(int32_t packed) { return (struct outage_valve){packed / 100, packed % 100}; }

bool outage_cause_fits(enum outage_kind kind, int cause)
{
    static const struct {
        int first, last;
    } ranges[OUTAGE_KIND__COUNT] = {
        [OUTAGE_EMERGENCY] = {1, 6}, [OUTAGE_PLANNED] = {7, 13}, [OUTAGE_CUTOFF] = {14, OUTAGE_CAUSES}};

    assert((unsigned)kind < OUTAGE_KIND__COUNT);
    return cause >= 1 && cause >= ranges[kind].first && cause <= ranges[kind].last;
}

bool outage_is_large(const struct outage_policy *policy, int households, struct instant start_at, struct instant end_at)
{
    const int64_t milliseconds = instant_milliseconds_between(start_at, end_at);

    return households >= policy->households_large ||
           milliseconds >= (int64_t)policy->hours_large * HOUR_SECONDS * 1000;
}

enum outage_action outage_first_action(enum outage_kind kind)
{
    static const enum outage_action actions[OUTAGE_KIND__COUNT] = {
        [OUTAGE_EMERGENCY] = OUTAGE_REPORT, [OUTAGE_PLANNED] = OUTAGE_APPLY, [OUTAGE_CUTOFF] = OUTAGE_CUT};

    assert((unsigned)kind < OUTAGE_KIND__COUNT);
    return actions[kind];
}

enum outage_kind outage_kind_begun(enum outage_action action)
{
    for (enum outage_kind kind = OUTAGE_EMERGENCY; kind < OUTAGE_KIND__COUNT; kind++)
        if (outage_first_action(kind) == action)
            return kind;
    return OUTAGE_KIND_NONE;
}

enum clock_kind outage_step_clock(enum outage_action action)
{
    static const enum clock_kind kinds[OUTAGE_ACTION__COUNT] = {[OUTAGE_NOTIFY] = CLOCK_NOTICE,
                                                                [OUTAGE_MEDIA] = CLOCK_ANNOUNCE,
                                                                [OUTAGE_POSTER] = CLOCK_POSTER,
                                                                [OUTAGE_SMS] = CLOCK_SMS};

    assert((unsigned)action < OUTAGE_ACTION__COUNT);
    return kinds[action];
}

/* ---- folding */

void outage_init(struct outage *outage, struct outage_id id)
{
    memset(outage, 0, sizeof *outage);
    outage->id = id;
    outage->reported_at = outage->planned_start_at = outage->started_at = outage->first_end_at = outage->expected_end_at =
        outage->ended_at = INSTANT_NONE;
}

static struct instant moment_of(const struct event *event, enum event_field field)
{
    return (struct instant){event_get(event, field, INSTANT_NONE.milliseconds)};
}

/* What every kind says of itself; what an event does not have is 0. */
static void fold_first(struct outage *outage, const struct event *event)
{
    outage->kind = (enum outage_kind)event_get(event, FIELD_OUTAGE_KIND, 0);
    outage->unit.v = (int32_t)event_get(event, FIELD_UNIT, 0);
    outage->ticket.v = event_get(event, FIELD_PARENT, 0);
    outage->cause = (int)event_get(event, FIELD_CAUSE, 0);
    outage->diameter_mm = (int)event_get(event, FIELD_DIAMETER_MM, 0);
    outage->is_pressure = event_get(event, FIELD_PRESSURE, 0) != 0;
    outage->is_large = event_get(event, FIELD_LARGE, 0) != 0;
    outage->approver = (enum outage_approver)event_get(event, FIELD_APPROVER, APPROVER_NONE);
    outage->scope = (enum outage_scope)event_get(event, FIELD_SCOPE, OUTAGE_SCOPE_NONE);
    outage->households = (int)event_get(event, FIELD_HOUSEHOLDS, 0);
    outage->applicant = event->actor_staff;
    outage->valve_count = event->list_count[LIST_VALVES];
    for (int i = 0; i < outage->valve_count; i++)
        outage->valves[i] = outage_valve_unpack(event->list[LIST_VALVES][i]);
    outage->reported_at = event->recorded_at;
    outage->first_end_at = outage->expected_end_at;
}

static void set_running(struct outage *outage, struct instant since)
{
    outage->state = OUTAGE_PUBLISHED;
    outage->started_at = since;
    outage->ended_at = INSTANT_NONE; /* of one that was refused and done all the same */
    outage->is_public = outage->kind != OUTAGE_CUTOFF;
}

static void set_ended(struct outage *outage, enum outage_state state, const struct event *event)
{
    outage->state = state;
    outage->ended_at = event->occurred_at;
}

/* A cut-off reported beforehand will happen; reported afterwards, it has. */
static void fold_cut(struct outage *outage, const struct event *event)
{
    fold_first(outage, event);
    outage->state = OUTAGE_ANNOUNCED;
    if (!instant_is_before(event->recorded_at, outage->planned_start_at))
        set_running(outage, outage->planned_start_at);
}

static void fold_action(struct outage *outage, const struct event *event)
{
    switch ((enum outage_action)event->kind) {
    case OUTAGE_REPORT:
        fold_first(outage, event);
        set_running(outage, event->occurred_at);
        break;
    case OUTAGE_APPLY:
        fold_first(outage, event);
        outage->state = OUTAGE_APPLIED;
        break;
    case OUTAGE_CUT:
        fold_cut(outage, event);
        break;
    case OUTAGE_ASSIST:
        outage->assistant.v = (int32_t)event_get(event, FIELD_STAFF, 0);
        break;
    case OUTAGE_APPROVE:
        outage->state = OUTAGE_APPROVED;
        break;
    case OUTAGE_PUBLISH:
        outage->state = OUTAGE_ANNOUNCED;
        outage->is_public = true;
        break;
    case OUTAGE_START:
        set_running(outage, event->occurred_at);
        outage->is_unapproved = event_get(event, FIELD_UNAPPROVED, 0) != 0;
        break;
    case OUTAGE_RESTORE:
        set_ended(outage, OUTAGE_RESTORED, event);
        break;
    case OUTAGE_WITHDRAW:
        set_ended(outage, OUTAGE_WITHDRAWN, event);
        break;
    case OUTAGE_REFUSE:
        set_ended(outage, OUTAGE_REFUSED, event);
        break;
    case OUTAGE_CANCEL:
        set_ended(outage, OUTAGE_CANCELLED, event);
        break;
    case OUTAGE_EXTEND:
    case OUTAGE_WIDEN:
    case OUTAGE_POSTPONE:
    case OUTAGE_NOTE:
    case OUTAGE_NOTIFY:
    case OUTAGE_MEDIA:
    case OUTAGE_POSTER:
    case OUTAGE_SMS:
    case OUTAGE_ACTION_NONE:
    case OUTAGE_ACTION__COUNT:
        break;
    }
}

void outage_apply(struct outage *outage, const struct event *event)
{
    assert(outage_is_foldable(outage, event));
    outage->version = event->seq;
    outage->steps |= OUTAGE_BIT(event->kind);
    for (int i = 0; i < event->clock_count; i++) {
        outage->clocks[event->clocks[i].no - 1] = event->clocks[i];
        if (event->clocks[i].no > outage->clock_count)
            outage->clock_count = event->clocks[i].no;
    }
    for (int i = 0; i < event->list_count[LIST_PLACES]; i++)
        outage->places[outage->place_count++].v = event->list[LIST_PLACES][i];
    if (event->has_field[FIELD_EXPECTED_END])
        outage->expected_end_at = moment_of(event, FIELD_EXPECTED_END);
    if (event->has_field[FIELD_PLANNED_START])
        outage->planned_start_at = moment_of(event, FIELD_PLANNED_START);
    fold_action(outage, event);
}

/* ---- what can be folded */

static bool has_sound_emergency(const struct event *event)
{
    if (!outage_is_diameter(event_get(event, FIELD_DIAMETER_MM, 0)) || !event->has_field[FIELD_EXPECTED_END] ||
        event->list_count[LIST_VALVES] > OUTAGE_VALVES_MAX)
        return false;
    for (int i = 0; i < event->list_count[LIST_VALVES]; i++)
        if (!outage_is_valve(outage_valve_unpack(event->list[LIST_VALVES][i])))
            return false;
    return true;
}

static bool is_within(const struct event *event, enum event_field field, int64_t least, int64_t most)
{
    const int64_t value = event_get(event, field, 0);

    return value >= least && value <= most;
}

static bool has_sound_first(const struct event *event)
{
    const enum outage_kind kind = outage_kind_begun((enum outage_action)event->kind);

    if (event_get(event, FIELD_OUTAGE_KIND, 0) != (int64_t)kind || !is_within(event, FIELD_UNIT, 1, INT32_MAX) ||
        !is_within(event, FIELD_CAUSE, 1, OUTAGE_CAUSES) ||
        !outage_cause_fits(kind, (int)event_get(event, FIELD_CAUSE, 0)) ||
        !is_within(event, FIELD_HOUSEHOLDS, 0, OUTAGE_HOUSEHOLDS_MOST))
        return false;
    if (kind == OUTAGE_EMERGENCY)
        return has_sound_emergency(event);
    if (!event->has_field[FIELD_PLANNED_START] || event->list_count[LIST_VALVES] > 0)
        return false;
    if (kind == OUTAGE_PLANNED)
        return event->has_field[FIELD_EXPECTED_END] && is_within(event, FIELD_APPROVER, 1, OUTAGE_APPROVER__COUNT - 1);
    return is_within(event, FIELD_SCOPE, 1, OUTAGE_SCOPE__COUNT - 1);
}

/* Whether somebody could have done it in the state it is in: who, is not asked again. */
static bool is_in_order(const struct outage *outage, enum outage_action action)
{
    const struct outage_standing anybody = {.state = outage->state, .kind = outage->kind, .roles = UINT32_MAX,
                                            .is_own_unit = true, .is_pipeline = true, .is_customer = true};

    return outage_permits(action, &anybody, NULL) == VERDICT_OK;
}

static bool has_sound_clocks(const struct outage *outage, const struct event *event)
{
    int clock_count = outage->clock_count;

    for (int i = 0; i < event->clock_count; i++) {
        const int no = event->clocks[i].no;
        if (no < 1 || no > clock_count + 1 || no > OUTAGE_CLOCKS_MAX)
            return false;
        if (no > clock_count)
            clock_count = no;
    }
    return true;
}

bool outage_is_foldable(const struct outage *outage, const struct event *event)
{
    if (event->subject != SUBJECT_OUTAGE || event->kind <= OUTAGE_ACTION_NONE || event->kind >= OUTAGE_ACTION__COUNT ||
        event->seq != outage->version + 1)
        return false;
    const enum outage_action action = (enum outage_action)event->kind;
    const bool is_first = outage_kind_begun(action) != OUTAGE_KIND_NONE;
    if ((event->seq == 1) != is_first || (!is_first && !is_in_order(outage, action)))
        return false;
    if (outage->place_count + event->list_count[LIST_PLACES] > OUTAGE_PLACES_MAX || !has_sound_clocks(outage, event))
        return false;
    if (action == OUTAGE_ASSIST && !is_within(event, FIELD_STAFF, 1, INT32_MAX))
        return false;
    return is_first ? has_sound_first(event) : event->list_count[LIST_VALVES] == 0;
}

/* ---- what it says at a moment */

bool outage_is_message(enum outage_action action, bool is_public)
{
    static const uint32_t TOLD = OUTAGE_BIT(OUTAGE_REPORT) | OUTAGE_BIT(OUTAGE_EXTEND) | OUTAGE_BIT(OUTAGE_WIDEN) |
                                 OUTAGE_BIT(OUTAGE_RESTORE) | OUTAGE_BIT(OUTAGE_WITHDRAW) | OUTAGE_BIT(OUTAGE_PUBLISH) |
                                 OUTAGE_BIT(OUTAGE_START) | OUTAGE_BIT(OUTAGE_POSTPONE) | OUTAGE_BIT(OUTAGE_CANCEL);

    return is_public && (TOLD & OUTAGE_BIT(action)) != 0;
}

enum outage_phase outage_phase_at(enum outage_state state, struct instant start_at, struct instant expected_end_at,
                                  struct instant now)
{
    switch (state) {
    case OUTAGE_RESTORED:
        return OUTAGE_PHASE_RESTORED;
    case OUTAGE_WITHDRAWN:
        return OUTAGE_PHASE_WITHDRAWN;
    case OUTAGE_APPLIED:
    case OUTAGE_APPROVED:
        return OUTAGE_PHASE_PLANNED;
    case OUTAGE_REFUSED:
        return OUTAGE_PHASE_REFUSED;
    case OUTAGE_CANCELLED:
        return OUTAGE_PHASE_CANCELLED;
    case OUTAGE_ANNOUNCED:
        if (instant_is_before(now, start_at))
            return OUTAGE_PHASE_ANNOUNCED;
        break;
    case OUTAGE_STATE_NONE:
    case OUTAGE_PUBLISHED:
    case OUTAGE_STATE__COUNT:
        break;
    }
    return !instant_is_set(expected_end_at) || instant_is_before(now, expected_end_at) ? OUTAGE_PHASE_RUNNING
                                                                                       : OUTAGE_PHASE_OVERDUE;
}

bool outage_is_open(enum outage_state state)
{
    return state == OUTAGE_APPLIED || state == OUTAGE_APPROVED || state == OUTAGE_ANNOUNCED || state == OUTAGE_PUBLISHED;
}

struct instant outage_start_at(const struct outage *outage)
{
    return instant_is_set(outage->started_at) ? outage->started_at : outage->planned_start_at;
}

/* Of those that follow the approval, what was not done. */
static uint32_t steps_left(const struct outage *outage)
{
    static const uint32_t STEPS = OUTAGE_BIT(OUTAGE_NOTIFY) | OUTAGE_BIT(OUTAGE_MEDIA) | OUTAGE_BIT(OUTAGE_POSTER) |
                                  OUTAGE_BIT(OUTAGE_SMS);

    return outage->kind == OUTAGE_PLANNED ? STEPS & ~outage->steps : 0;
}

uint32_t outage_next_steps(const struct outage *outage, struct instant now)
{
    const bool is_start_past =
        instant_is_set(outage->planned_start_at) && !instant_is_before(now, outage->planned_start_at);
    const uint32_t start = is_start_past ? OUTAGE_BIT(OUTAGE_START) : 0;

    switch (outage->state) {
    case OUTAGE_APPLIED:
        return OUTAGE_BIT(outage->assistant.v == 0 ? OUTAGE_ASSIST : OUTAGE_APPROVE);
    case OUTAGE_APPROVED:
        return steps_left(outage) | OUTAGE_BIT(OUTAGE_PUBLISH) | start;
    case OUTAGE_ANNOUNCED:
        return steps_left(outage) | start;
    case OUTAGE_PUBLISHED:
        return outage_phase_at(outage->state, outage->started_at, outage->expected_end_at, now) == OUTAGE_PHASE_OVERDUE
                   ? OUTAGE_BIT(OUTAGE_RESTORE)
                   : 0;
    case OUTAGE_STATE_NONE:
    case OUTAGE_RESTORED:
    case OUTAGE_WITHDRAWN:
    case OUTAGE_REFUSED:
    case OUTAGE_CANCELLED:
    case OUTAGE_STATE__COUNT:
        break;
    }
    return 0;
}

/* ---- names */

const char *outage_kind_name(enum outage_kind kind)
{
    static const char *const names[OUTAGE_KIND__COUNT] = {"none", "emergency", "planned", "cutoff"};

    assert((unsigned)kind < OUTAGE_KIND__COUNT);
    return names[kind];
}

const char *outage_state_name(enum outage_state state)
{
    static const char *const names[OUTAGE_STATE__COUNT] = {
        [OUTAGE_STATE_NONE] = "none",     [OUTAGE_PUBLISHED] = "published", [OUTAGE_RESTORED] = "restored",
        [OUTAGE_WITHDRAWN] = "withdrawn", [OUTAGE_APPLIED] = "applied",     [OUTAGE_REFUSED] = "refused",
        [OUTAGE_APPROVED] = "approved",   [OUTAGE_ANNOUNCED] = "announced", [OUTAGE_CANCELLED] = "cancelled"};

    assert((unsigned)state < OUTAGE_STATE__COUNT);
    return names[state];
}

const char *outage_phase_name(enum outage_phase phase)
{
    static const char *const names[OUTAGE_PHASE__COUNT] = {"running", "overdue",   "restored", "withdrawn",
                                                           "planned", "announced", "refused",  "cancelled"};

    assert((unsigned)phase < OUTAGE_PHASE__COUNT);
    return names[phase];
}

const char *outage_action_name(enum outage_action action)
{
    static const char *const names[OUTAGE_ACTION__COUNT] = {
        [OUTAGE_ACTION_NONE] = "none", [OUTAGE_REPORT] = "report",     [OUTAGE_EXTEND] = "extend",
        [OUTAGE_WIDEN] = "widen",      [OUTAGE_RESTORE] = "restore",   [OUTAGE_WITHDRAW] = "withdraw",
        [OUTAGE_NOTE] = "note",        [OUTAGE_APPLY] = "apply",       [OUTAGE_ASSIST] = "assist",
        [OUTAGE_APPROVE] = "approve",  [OUTAGE_REFUSE] = "refuse",     [OUTAGE_NOTIFY] = "notify",
        [OUTAGE_PUBLISH] = "publish",  [OUTAGE_MEDIA] = "media",       [OUTAGE_POSTER] = "poster",
        [OUTAGE_SMS] = "sms",          [OUTAGE_START] = "start",       [OUTAGE_POSTPONE] = "postpone",
        [OUTAGE_CANCEL] = "cancel",    [OUTAGE_CUT] = "cut"};

    assert((unsigned)action < OUTAGE_ACTION__COUNT);
    return names[action];
}
