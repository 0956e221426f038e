/*
 * Rectification orders: giving, loading by folding the events, appending; their lists; and circulars of criticism (Art. 10).
 */
#ifndef STORE_ORDER_STORE_H
#define STORE_ORDER_STORE_H

#include "core/number.h"
#include "core/order.h"
#include "store/stream.h"

/* Everything an order's page needs, in two statements. */
struct order_file {
    struct order order; /* the fold */
    char ticket_number[NUMBER_BYTES]; /* "" without, and for a ticket that is not shown */
    struct timeline_entry *entries; /* ascending seq */
    size_t entry_count;
    struct hash head;
};

/*
 * Writes a new order that order_decide gave: row, event 1, words, clock, mark, in one transaction. Fills order->id.
 * STATUS_DUPLICATE: the key was used, order->id is that order's
 */
enum status order_store_give(struct db *db, struct order *order, struct event *event, const char *words,
                             const uint8_t key[ACTION_KEY_BYTES], const struct catalog *catalog,
                             struct fault *fault) MUST_USE;

/* STATUS_ABSENT when there is none. */
enum status order_store_load(struct db *db, struct order_id id, struct arena *arena, struct order_file *file,
                             struct fault *fault) MUST_USE;

/*
 * Appends an event that order_decide gave on file->order, in one transaction. The file is not used any more afterwards.
 * STATUS_DUPLICATE: this form was carried out before. STATUS_CONFLICT: somebody's event came first.
 */
enum status order_store_append(struct db *db, const struct order_file *file, struct event *event, const char *words,
                               const uint8_t key[ACTION_KEY_BYTES], const struct catalog *catalog,
                               struct fault *fault) MUST_USE;

/* A row of a list. Texts live in the arena. */
struct order_row {
    struct order_id id;
    enum order_state state;
    struct unit_id unit;
    int reason;
    struct instant given_at, due_at, granted_due_at, answered_at, ended_at;
    int refusals;
    char ticket_number[NUMBER_BYTES];
    const char *words; /* of the order; "" when emptied */
};

struct order_filter {
    struct unit_id unit; /* 0: all */
    enum order_state from, to; /* both included */
    int64_t before;      /* 0: the newest */
    int limit;
};

/* Newest first. One statement. */
enum status order_store_list(struct db *db, const struct order_filter *filter, struct arena *arena,
                             struct order_row **rows, size_t *count, struct fault *fault) MUST_USE;

/* The orders given out of a ticket, oldest first, at most 50. */
enum status order_store_of_ticket(struct db *db, struct ticket_id ticket, struct arena *arena, struct order_row **rows,
                                  size_t *count, struct fault *fault) MUST_USE;

/* What an order or a circular needs of a ticket. */
struct order_ticket {
    struct ticket_id id;
    char number[NUMBER_BYTES];
    const char *place_text;
    struct unit_id unit; /* that holds it, or held it last; 0: none yet */
};
/* STATUS_ABSENT for an unknown number, and for a ticket that is not shown to anybody. */
enum status order_store_find_ticket(struct db *db, const char *number, struct arena *arena, struct order_ticket *ticket,
                                    struct fault *fault) MUST_USE;

/* ---- circulars */

#define CIRCULAR_REASONS_MAX 20

/* What a circular rests on: one of the two. */
struct circular_reason {
    struct ticket_id ticket;
    struct order_id order;
    char ticket_number[NUMBER_BYTES]; /* "" for a ticket that is not shown */
};

struct circular {
    int32_t id;
    int year, no;
    struct unit_id unit;
    const char *title, *words;
    struct instant published_at, withdrawn_at;
    const char *publisher_name, *withdrawer_name;
    const char *withdrawal_words;
    size_t reason_count;
    struct circular_reason reasons[CIRCULAR_REASONS_MAX];
};

/*
 * Publishes it under the year's next number, with its audit record, in one transaction; fills id, year and no.
 * STATUS_DUPLICATE: the key was used, id is that circular's. STATUS_CONFLICT: others publish at the same time; call again
 */
enum status circular_store_publish(struct db *db, struct circular *circular, struct staff_id staff, int year,
                                   const uint8_t key[ACTION_KEY_BYTES], struct arena *arena,
                                   struct fault *fault) MUST_USE;

/* With its reasons. STATUS_ABSENT when there is none. */
enum status circular_store_find(struct db *db, int32_t id, struct arena *arena, struct circular *circular,
                                struct fault *fault) MUST_USE;

/* Newest first, before `before` (0: the newest); without reasons. */
enum status circular_store_list(struct db *db, int32_t before, int limit, struct arena *arena,
                                struct circular **circulars, size_t *count, struct fault *fault) MUST_USE;

/* STATUS_CONFLICT: withdrawn already by somebody else. STATUS_OK also when this very form did it before. */
enum status circular_store_withdraw(struct db *db, int32_t id, const char *words, struct staff_id staff,
                                    struct instant now, const uint8_t key[ACTION_KEY_BYTES], struct fault *fault) MUST_USE;

#endif
