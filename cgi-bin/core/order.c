#include "core/order.h"

#include <assert.h>
#include <string.h>

#include "core/permission.h"

#define R(role) ROLE_BIT(ROLE_##role)
#define S(state) (UINT32_C(1) << ORDER_##state)
#define UNIT_PEOPLE (R(CREW) | R(LIAISON) | R(UNIT_LEADER))
#define UNIT_VOICES (R(LIAISON) | R(UNIT_LEADER))
#define OPEN (S(GIVEN) | S(ANSWERED))

/* ---- who may */

static const struct subject_permission permissions[] = {
    {ORDER_GIVE, S(STATE_NONE), R(OPS), false},
    {ORDER_ANSWER, S(GIVEN), UNIT_VOICES, true},
    {ORDER_CHECK, S(ANSWERED), R(OPS), false},
    {ORDER_EXTEND, S(GIVEN), R(OPS), false},
    {ORDER_WITHDRAW, OPEN, R(OPS), false},
    {ORDER_NOTE, OPEN | S(PASSED) | S(WITHDRAWN), R(OPS) | R(GROUP_LEADER), false},
    {ORDER_NOTE, OPEN, UNIT_VOICES, true},
};

enum verdict order_permits(enum order_action action, enum order_state state, uint32_t roles, bool is_own_unit,
                           uint32_t *permitted_role)
{
    const struct subject_case wanted = {(int)action, (int)state, roles, is_own_unit};

    return permission_check(permissions, sizeof permissions / sizeof permissions[0], &wanted, permitted_role);
}

bool order_may_read(uint32_t roles, bool is_own_unit)
{
    return (roles & (R(OPS) | R(GROUP_LEADER))) != 0 || (is_own_unit && (roles & UNIT_PEOPLE) != 0);
}

/* ---- deciding */

/* The date must lie ahead, by a minute at least, and not further than an order may reach. */
static enum verdict check_due(struct instant due, struct instant after, struct instant now)
{
    if (!instant_is_set(due))
        return VERDICT_BAD_VALUE;
    if (instant_is_before(due, instant_add_seconds(now, MINUTE_SECONDS)) || (instant_is_set(after) && !instant_is_before(after, due)))
        return VERDICT_NOT_LATER;
    return instant_is_before(instant_add_seconds(now, ORDER_SECONDS_MAX), due) ? VERDICT_BEYOND_CAP : VERDICT_OK;
}

static void put_clock(struct event *event, const struct clock *clock)
{
    event->clocks[0] = *clock;
    event->clock_count = 1;
}

static enum verdict decide_give(const struct order_command *command, const struct rule *rule, struct instant now,
                                struct event *event)
{
    const enum verdict due = check_due(command->due_at, INSTANT_NONE, now);

    if (command->unit.v <= 0)
        return VERDICT_NEEDS_UNIT;
    if (command->reason < 1 || command->reason > ORDER_REASONS || command->ticket.v < 0)
        return VERDICT_BAD_VALUE;
    if (due != VERDICT_OK)
        return due;
    const struct facts facts = {.ops_limit_seconds = instant_milliseconds_between(now, command->due_at) / 1000};
    assert(rule != NULL && rule->kind == CLOCK_RECTIFY);
    struct clock clock = clock_start(1, rule, &facts, 1, now);
    clock.due_at = command->due_at; /* to the moment that the order names */
    clock.unit = command->unit;
    put_clock(event, &clock);
    event_set(event, FIELD_UNIT, command->unit.v);
    event_set(event, FIELD_REASON, command->reason);
    if (command->ticket.v != 0)
        event_set(event, FIELD_PARENT, command->ticket.v);
    return VERDICT_OK;
}

/* More time: never moves the date first set (design 3, decision 3). */
static enum verdict grant(const struct order *order, struct clock clock, struct instant due, struct instant now,
                          struct event *event)
{
    const enum verdict verdict = check_due(due, clock_effective_due(&order->clock), now);

    if (verdict != VERDICT_OK)
        return verdict;
    clock = clock_grant(clock, due);
    put_clock(event, &clock);
    event_set(event, FIELD_GRANTED_DUE, due.milliseconds);
    return VERDICT_OK;
}

static enum verdict decide_check(const struct order *order, const struct order_command *command, struct instant now,
                                 struct event *event)
{
    event_set(event, FIELD_DECISION, (int64_t)command->decision);
    if (command->decision == DECISION_GRANT)
        return instant_is_set(command->due_at) ? VERDICT_BAD_VALUE : VERDICT_OK;
    if (command->decision != DECISION_REFUSE)
        return VERDICT_BAD_VALUE;
    if (!command->has_text)
        return VERDICT_NEEDS_TEXT;
    const struct clock again = clock_unstop(order->clock); /* a breach stays recorded while it runs */
    if (instant_is_set(command->due_at))
        return grant(order, again, command->due_at, now, event);
    put_clock(event, &again);
    return VERDICT_OK;
}

static enum verdict decide_action(const struct order *order, const struct order_command *command,
                                  const struct rule *rule, struct instant now, struct event *event)
{
    struct clock clock = order->clock;

    switch (command->action) {
    case ORDER_GIVE:
        return decide_give(command, rule, now, event);
    case ORDER_ANSWER:
        clock = clock_stop(clock, now);
        put_clock(event, &clock);
        return VERDICT_OK;
    case ORDER_CHECK:
        return decide_check(order, command, now, event);
    case ORDER_EXTEND:
        return grant(order, order->clock, command->due_at, now, event);
    case ORDER_WITHDRAW:
        if (clock_is_running(&clock)) {
            clock = clock_end_early(clock, now);
            put_clock(event, &clock);
        }
        return VERDICT_OK;
    case ORDER_NOTE:
        return VERDICT_OK;
    case ORDER_ACTION_NONE:
    case ORDER_ACTION__COUNT:
        break;
    }
    assert(false);
    return VERDICT_BAD_VALUE;
}

enum verdict order_decide(const struct order *order, const struct order_command *command, const struct rule *rule,
                          struct instant now, struct event *event)
{
    struct event fresh;
    uint32_t permitted_role = 0;
    const bool is_own = order->unit.v != 0 && order->unit.v == command->actor.unit.v;
    const enum verdict permitted =
        order_permits(command->action, order->state, command->actor.roles, is_own, &permitted_role);

    assert(instant_is_set(now));
    if (permitted == VERDICT_WRONG_ROLE || permitted == VERDICT_WRONG_UNIT)
        return permitted;
    if (command->expected_version != order->version)
        return VERDICT_STALE; /* says more than what the change since then made impossible */
    if (permitted != VERDICT_OK)
        return permitted;
    if (!command->has_text && !(command->action == ORDER_CHECK && command->decision == DECISION_GRANT))
        return VERDICT_NEEDS_TEXT;
    memset(&fresh, 0, sizeof fresh);
    event_begin(&fresh, &(struct event_head){SUBJECT_ORDER, order->id.v, order->version, (int)command->action, &command->actor,
                                             permitted_role, now, now, command->has_text});
    const enum verdict verdict = decide_action(order, command, rule, now, &fresh);
    if (verdict == VERDICT_OK)
        *event = fresh;
    return verdict;
}

/* ---- folding */

void order_init(struct order *order, struct order_id id)
{
    memset(order, 0, sizeof *order);
    order->id = id;
    order->given_at = order->answered_at = order->ended_at = INSTANT_NONE;
    order->clock.due_at = order->clock.granted_due_at = order->clock.stopped_at = INSTANT_NONE;
}

static void fold_end(struct order *order, enum order_state state, const struct event *event)
{
    order->state = state;
    order->ended_at = event->occurred_at;
}

void order_apply(struct order *order, const struct event *event)
{
    assert(event->subject == SUBJECT_ORDER && event->seq == order->version + 1);
    order->version = event->seq;
    if (event->clock_count > 0)
        order->clock = event->clocks[0];
    switch (event->kind) {
    case ORDER_GIVE:
        order->state = ORDER_GIVEN;
        order->unit.v = (int32_t)event_get(event, FIELD_UNIT, 0);
        order->ticket.v = event_get(event, FIELD_PARENT, 0);
        order->reason = (int)event_get(event, FIELD_REASON, 0);
        order->given_at = event->occurred_at;
        break;
    case ORDER_ANSWER:
        order->state = ORDER_ANSWERED;
        order->answered_at = event->occurred_at;
        break;
    case ORDER_CHECK:
        if (event_get(event, FIELD_DECISION, 0) == DECISION_GRANT) {
            fold_end(order, ORDER_PASSED, event);
        } else {
            order->state = ORDER_GIVEN;
            order->answered_at = INSTANT_NONE;
            order->refusals++;
        }
        break;
    case ORDER_WITHDRAW:
        fold_end(order, ORDER_WITHDRAWN, event);
        break;
    default: /* words, or only the clock */
        break;
    }
}

bool order_is_foldable(const struct order *order, const struct event *event)
{
    if (event->kind <= ORDER_ACTION_NONE || event->kind >= ORDER_ACTION__COUNT || event->seq != order->version + 1 ||
        (event->seq == 1) != (event->kind == ORDER_GIVE))
        return false;
    return event->clock_count <= 1 && (event->clock_count == 0 || event->clocks[0].no == 1) &&
           (event->kind != ORDER_GIVE || event->clock_count == 1);
}

/* ---- tickets */

bool order_is_called_for(const struct ticket *ticket, struct instant now)
{
    if (ticket->cycle > 1 || ticket->repeat_level > 0)
        return true;
    for (int i = 0; i < ticket->clock_count; i++) {
        const enum clock_result result = clock_result_at(&ticket->clocks[i], now);
        if (ticket->clocks[i].unit.v != 0 && (result == RESULT_LATE || result == RESULT_ENDED_LATE))
            return true;
    }
    return false;
}

/* ---- names */

const char *order_state_name(enum order_state state)
{
    static const char *const names[ORDER_STATE__COUNT] = {
        [ORDER_STATE_NONE] = "none",     [ORDER_GIVEN] = "given",         [ORDER_ANSWERED] = "answered",
        [ORDER_PASSED] = "passed", [ORDER_WITHDRAWN] = "withdrawn",
    };

    assert((unsigned)state < ORDER_STATE__COUNT);
    return names[state];
}

const char *order_action_name(enum order_action action)
{
    static const char *const names[ORDER_ACTION__COUNT] = {
        [ORDER_ACTION_NONE] = "none", [ORDER_GIVE] = "give",         [ORDER_ANSWER] = "answer", [ORDER_CHECK] = "check",
        [ORDER_EXTEND] = "extend",    [ORDER_WITHDRAW] = "withdraw", [ORDER_NOTE] = "note",
    };

    assert((unsigned)action < ORDER_ACTION__COUNT);
    return names[action];
}
