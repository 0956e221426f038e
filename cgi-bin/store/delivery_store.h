/*
 * What became of notices: on the page of their ticket, and on the administrators' page of those that wait or were given up, where
 * they are sent once more or taken off. Recipients are masked; no phone is opened here.
 */
#ifndef STORE_DELIVERY_STORE_H
#define STORE_DELIVERY_STORE_H

#include "core/contact.h"
#include "store/change.h"
#include "store/outbox.h"

struct delivery {
    int64_t id;
    char name[CODE_BYTES]; /* Text.outbox.name.NAME */
    enum audience audience;
    struct unit_id unit;  /* of a liaison or unit leader */
    const char *staff;    /* who was addressed by name, or "" */
    enum channel channel;
    enum recipient_way way;
    enum outbox_state state;
    bool is_held;
    int attempts;
    struct instant created_at, not_before, sent_at, ended_at;
    enum gateway_error error; /* of the last try */
    /* only in delivery_store_page: */
    const char *number;       /* the ticket's, or "" */
    const char *phone_masked; /* of the resident or of who was addressed, or "" */
    const char *detail;       /* what the gateway said */
};

/* The notices of a ticket, newest first, a hundred at most. */
enum status delivery_store_list(struct db *db, struct ticket_id ticket, struct arena *arena, struct delivery **rows,
                                size_t *count, struct fault *fault) MUST_USE;

/* One page of all in a state (waiting or given up), newest first. */
struct delivery_filter {
    enum outbox_state state;
    int channel;   /* enum channel; -1: any */
    int64_t before; /* id of the last row of the page before; 0: the first page */
    int limit;
};
enum status delivery_store_page(struct db *db, const struct delivery_filter *filter, struct arena *arena,
                                struct delivery **rows, size_t *count, struct fault *fault) MUST_USE;

/* Counts stop at DELIVERY_COUNT_MOST + 1. */
#define DELIVERY_COUNT_MOST 1000
struct delivery_summary {
    int waiting, given_up;
    int given_up_by[CHANNEL__COUNT];   /* among the newest ones */
    struct instant oldest_waiting_at;  /* not kept back by quiet hours; INSTANT_NONE: none */
};
enum status delivery_store_summary(struct db *db, struct delivery_summary *summary, struct fault *fault) MUST_USE;

/*
 * Sends one that was given up once more, from its first try on, under the same id: a gateway that has had it drops it.
 * STATUS_CONFLICT: it is not given up any more. The same for taking one off, which may also wait still.
 */
enum status delivery_store_retry(struct db *db, const struct change *change, int64_t id, struct fault *fault) MUST_USE;
enum status delivery_store_drop(struct db *db, const struct change *change, int64_t id, struct fault *fault) MUST_USE;

/* Sends the oldest thousand that were given up on one channel once more. count: how many, when this call did it. */
enum status delivery_store_retry_channel(struct db *db, const struct change *change, enum channel channel, int *count,
                                         struct fault *fault) MUST_USE;

/* What a row is about, for the audit record. STATUS_ABSENT: there is none. */
enum status delivery_store_find(struct db *db, int64_t id, struct arena *arena, struct delivery *row,
                                struct ticket_id *ticket, struct fault *fault) MUST_USE;

#endif
