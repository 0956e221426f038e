/*
 * What the rows say that the fold does not hold as such: worked out from the fold here, for writing and for verifying
 * alike. Pure.
 */
#ifndef STORE_PROJECTION_H
#define STORE_PROJECTION_H

#include "core/ladder.h"
#include "core/ticket.h"
#include "store/catalog.h"

struct projection {
    bool is_open, is_escalated, is_waiting_ops;
    struct instant next_due_at; /* INSTANT_NONE: nothing runs */
    enum clock_kind next_kind;  /* CLOCK_NONE: the outside deadline, or nothing */
    struct instant finish_due_at, finish_granted_at;
};
struct projection projection_of(const struct ticket *ticket, const struct catalog *catalog);

/* When clerk has to fire the clock's next step, INSTANT_NONE for never. least_step: what it has not fired yet */
struct instant projection_step_at(const struct clock *clock, const struct catalog *catalog, int least_step);

/* A step of the public timeline. */
struct projected_step {
    enum decision decision;
    struct unit_id unit;
    struct instant at_value;
    bool shows_words;
};
/* Whether the resident sees this event as a step, and what of it. lead: the unit that holds the ticket after it, or 0 */
bool projection_step_of(const struct event *event, struct unit_id lead, struct projected_step *step);

#endif
