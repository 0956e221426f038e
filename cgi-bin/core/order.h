/*
 * Rectification orders (责令整改, Art. 10): ops orders a unit to put something right by a date, the unit answers with what it did,
 * ops checks it. A stream of events like a ticket's, with decide and apply. Pure.
 */
#ifndef CORE_ORDER_H
#define CORE_ORDER_H

#include "core/event.h"
#include "core/ticket.h"

/* Where an order stands. Stored. */
enum order_state {
    ORDER_STATE_NONE, /* before the first event */
    ORDER_GIVEN,      /* the unit has to answer; also again after a check that it did not pass */
    ORDER_ANSWERED,   /* ops has to check */
    ORDER_PASSED,
    ORDER_WITHDRAWN,
    ORDER_STATE__COUNT
};

/* What can be done with an order; also the kind of its events. Stored: append only. */
enum order_action {
    ORDER_ACTION_NONE,
    ORDER_GIVE,     /* event 1 */
    ORDER_ANSWER,   /* what was done */
    ORDER_CHECK,    /* DECISION_GRANT: passed; DECISION_REFUSE: not, the same order goes on */
    ORDER_EXTEND,   /* ops gives more time; the date first set stays beside it */
    ORDER_WITHDRAW,
    ORDER_NOTE,
    ORDER_ACTION__COUNT
};

/* Why it was given: Text.order.reason.N. Stored. */
#define ORDER_REASONS 7

/* The longest time that an order may leave. */
#define ORDER_SECONDS_MAX (INT64_C(366) * DAY_SECONDS)

struct order {
    struct order_id id;
    uint32_t version; /* seq of the last event */
    enum order_state state;
    struct unit_id unit;
    struct ticket_id ticket; /* out of which it was given; 0: none */
    int reason;              /* 1 … ORDER_REASONS */
    struct instant given_at, answered_at, ended_at;
    int refusals;        /* checks that it did not pass */
    struct clock clock;  /* CLOCK_RECTIFY, number 1 */
};

struct order_command {
    enum order_action action;
    struct actor actor;
    uint32_t expected_version; /* of the form that was shown; 0 for ORDER_GIVE */
    struct unit_id unit;       /* ORDER_GIVE */
    struct ticket_id ticket;   /* ORDER_GIVE; 0: none */
    int reason;                /* ORDER_GIVE */
    struct instant due_at;     /* ORDER_GIVE, ORDER_EXTEND; ORDER_CHECK that was not passed: more time, or INSTANT_NONE */
    enum decision decision;    /* ORDER_CHECK */
    bool has_text;
};

/*
 * The one function that decides what somebody may do with an order: VERDICT_OK, VERDICT_WRONG_UNIT, VERDICT_WRONG_STATE or
 * VERDICT_WRONG_ROLE, as for tickets (workflow_permits). permitted_role: may be NULL
 */
enum verdict order_permits(enum order_action action, enum order_state state, uint32_t roles, bool is_own_unit,
                           uint32_t *permitted_role);

/* Whether somebody may see an order: those who supervise see all, a unit's people their own. */
bool order_may_read(uint32_t roles, bool is_own_unit);

/*
 * Decides the command at `now` and fills the one event that does it, with the clock it starts, stops, un-stops, grants or ends.
 * rule: of CLOCK_RECTIFY in force, for ORDER_GIVE. A refused command leaves `event` untouched. Besides the permissions:
 * VERDICT_STALE, VERDICT_NEEDS_TEXT, VERDICT_NEEDS_UNIT, VERDICT_BAD_VALUE, VERDICT_NOT_LATER (the date lies not a minute after now, or
 * not after the one set), VERDICT_BEYOND_CAP.
 */
enum verdict order_decide(const struct order *order, const struct order_command *command, const struct rule *rule,
                          struct instant now, struct event *event);

/* An order before its first event. */
void order_init(struct order *order, struct order_id id);

/* Folds one event. `event->seq` must be version + 1 (assert). */
void order_apply(struct order *order, const struct event *event);

/* Whether an event can be given to order_apply(), which takes its arguments for granted. For verify. */
bool order_is_foldable(const struct order *order, const struct event *event);

/*
 * Whether a ticket gives reason to order its unit to put something right: a promise that a unit broke, a matter that was not
 * solved the first time, a repeated complaint.
 */
bool order_is_called_for(const struct ticket *ticket, struct instant now);

const char *order_state_name(enum order_state state);
const char *order_action_name(enum order_action action);

#endif
