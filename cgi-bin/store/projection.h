/*
 * What the rows say that the fold does not hold as such: worked out from the fold here, for writing and for verifying
 * alike. Pure.
 */
#ifndef STORE_PROJECTION_H
#define STORE_PROJECTION_H

#include "core/ladder.h"
#include "core/progress.h"
#include "core/ticket.h"
#include "store/catalog.h"

struct projection {
    bool is_open, is_escalated, is_waiting_ops;
    bool is_waiting_unit; /* the lead has to accept it, or to answer */
    struct instant next_due_at; /* INSTANT_NONE: nothing runs */
    enum clock_kind next_kind;  /* CLOCK_NONE: the outside deadline, or nothing */
    struct instant finish_due_at, finish_granted_at;
};
struct projection projection_of(const struct ticket *ticket, const struct catalog *catalog);

/* When clerk has to fire the clock's next step, INSTANT_NONE for never. least_step: what it has not fired yet */
struct instant projection_step_at(const struct clock *clock, const struct catalog *catalog, int least_step);

/*
 * What the resident sees of a stream, event by event. Nothing of a ticket's way to the discipline office: from there on
 * `shown` and the steps stay as they were, but for the place and the words, which are gone.
 */
struct public_fold {
    struct ticket ticket; /* the fold so far */
    struct ticket shown;  /* as the public may see it */
    struct public_step *steps;
    size_t step_count;
};

/* event_count: how many will be added at most */
void public_fold_init(struct public_fold *fold, struct ticket_id id, size_t event_count, struct arena *arena);

/* Folds the event. words: what is left of its text, "" without; borrowed until public_fold_progress() */
void public_fold_add(struct public_fold *fold, const struct event *event, const char *words);

/* The bytes of public_ticket.progress (core/progress.h), in the arena. */
struct bytes public_fold_progress(const struct public_fold *fold, struct arena *arena);

#endif
