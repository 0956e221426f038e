#include "store/order_store.h"

#include <assert.h>
#include <string.h>

/* ---- giving */

struct giving {
    struct order *order;
    const struct catalog *catalog;
    struct stream_event prepared;
};

static enum status insert_order(struct db *db, const struct order *order, int64_t *id, struct fault *fault)
{
    const struct db_value values[] = {
        db_integer(order->version),       db_integer((int64_t)order->state),
        db_integer(order->unit.v),        db_integer(order->ticket.v),
        db_integer(order->reason),        db_instant(order->given_at),
        db_instant(order->clock.due_at),  db_instant(order->clock.granted_due_at),
        db_instant(order->answered_at),   db_integer(order->refusals),
    };

    return db_run(db, ORDER_INSERT, values, sizeof values / sizeof values[0], NULL, id, fault);
}

static enum status give_work(struct db *db, void *context, struct fault *fault)
{
    struct giving *giving = context;
    const struct stream_clocks clocks = {.after = &giving->order->clock, .catalog = giving->catalog};
    int64_t id = 0;
    enum status status = insert_order(db, giving->order, &id, fault);

    if (status != STATUS_OK)
        return status;
    giving->order->id.v = giving->prepared.event->subject_id = id;
    status = stream_insert(db, &giving->prepared, fault);
    if (status == STATUS_OK)
        status = stream_write_clocks(db, giving->prepared.event, &clocks, fault);
    if (status == STATUS_OK)
        status = stream_mark(db, SUBJECT_ORDER, id, (struct rule_id){0}, INSTANT_NONE, fault);
    return status;
}

enum status order_store_give(struct db *db, struct order *order, struct event *event, const char *words,
                             const uint8_t key[ACTION_KEY_BYTES], const struct catalog *catalog, struct fault *fault)
{
    static const struct hash none = {{0}};
    struct giving giving = {.order = order, .catalog = catalog};
    struct fault inner = {0};
    enum subject_kind subject;

    assert(event->seq == 1 && order->version == 1 && event->subject == SUBJECT_ORDER);
    stream_prepare(&giving.prepared, event, words, key, &none);
    enum status status = db_transact(db, give_work, &giving, &inner);
    if (status == STATUS_DUPLICATE) {
        status = stream_find_key(db, key, &subject, &order->id.v, fault);
        if (status == STATUS_OK && subject == SUBJECT_ORDER)
            return STATUS_DUPLICATE;
        return status == STATUS_OK ? FAULT(fault, STATUS_INVALID, "the key of an order was used for something else")
                                   : status;
    }
    if (status != STATUS_OK && fault != NULL && fault->file == NULL)
        *fault = inner;
    return status;
}

/* ---- loading and appending */

enum status order_store_load(struct db *db, struct order_id id, struct arena *arena, struct order_file *file,
                             struct fault *fault)
{
    const struct db_value value = db_integer(id.v);
    struct db_row row;
    struct stream stream;
    enum status status = db_query_one(db, ORDER_FIND_BY_ID, &value, 1, arena, &row, fault);

    if (status != STATUS_OK)
        return status;
    status = stream_load(db, SUBJECT_ORDER, id.v, arena, &stream, fault);
    if (status == STATUS_ABSENT)
        return FAULT(fault, STATUS_FAILED, "order %lld has no events, run `shuinuo verify`", (long long)id.v);
    if (status != STATUS_OK)
        return status;
    *file = (struct order_file){.entries = stream.entries, .entry_count = stream.count, .head = stream.head};
    number_copy(file->ticket_number, db_row_text(&row, 1));
    order_init(&file->order, id);
    for (size_t i = 0; i < stream.count; i++)
        order_apply(&file->order, &stream.entries[i].event);
    return STATUS_OK;
}

struct order_append {
    const struct order *before;
    struct order after;
    const struct catalog *catalog;
    struct stream_event prepared;
};

static enum status update_order(struct db *db, const struct order_append *append, struct fault *fault)
{
    const struct order *order = &append->after;
    const struct db_value values[] = {
        db_integer(order->version),                 db_integer((int64_t)order->state),
        db_instant(order->clock.granted_due_at),    db_instant(order->answered_at),
        db_instant(order->ended_at),                db_integer(order->refusals),
        db_integer(order->id.v),                    db_integer(append->before->version),
    };
    int64_t affected = 0;
    const enum status status =
        db_run(db, ORDER_UPDATE_BY_VERSION, values, sizeof values / sizeof values[0], &affected, NULL, fault);

    return status == STATUS_OK && affected != 1 ? STATUS_CONFLICT : status;
}

static enum status append_work(struct db *db, void *context, struct fault *fault)
{
    struct order_append *append = context;
    const struct stream_clocks clocks = {.before = &append->before->clock, .before_count = 1,
                                         .after = &append->after.clock, .catalog = append->catalog};
    enum status status = stream_insert(db, &append->prepared, fault);

    if (status == STATUS_OK)
        status = update_order(db, append, fault);
    if (status == STATUS_OK)
        status = stream_write_clocks(db, append->prepared.event, &clocks, fault);
    if (status == STATUS_OK)
        status = stream_mark(db, SUBJECT_ORDER, append->after.id.v, (struct rule_id){0}, INSTANT_NONE, fault);
    return status;
}

enum status order_store_append(struct db *db, const struct order_file *file, struct event *event, const char *words,
                               const uint8_t key[ACTION_KEY_BYTES], const struct catalog *catalog, struct fault *fault)
{
    struct order_append append = {.before = &file->order, .after = file->order, .catalog = catalog};
    struct fault inner = {0};
    enum subject_kind subject;
    int64_t id;

    assert(event->seq == file->order.version + 1 && event->subject == SUBJECT_ORDER);
    event->subject_id = file->order.id.v;
    stream_prepare(&append.prepared, event, words, key, &file->head);
    order_apply(&append.after, event);
    enum status status = db_transact(db, append_work, &append, &inner);
    if (status != STATUS_DUPLICATE && status != STATUS_CONFLICT) {
        if (status != STATUS_OK && fault != NULL && fault->file == NULL)
            *fault = inner;
        return status;
    }
    /* The event's place or its key is taken: the same form again, or somebody else's event. */
    status = stream_find_key(db, key, &subject, &id, fault);
    if (status == STATUS_OK)
        return subject == SUBJECT_ORDER && id == file->order.id.v ? STATUS_DUPLICATE : STATUS_CONFLICT;
    return status == STATUS_ABSENT ? STATUS_CONFLICT : status;
}

/* ---- lists */

static enum status read_rows(struct db *db, enum statement statement, const struct db_value *values, size_t value_count,
                             struct arena *arena, struct order_row **rows, size_t *count, struct fault *fault)
{
    struct db_row *found;
    const enum status status = db_query(db, statement, values, value_count, arena, &found, count, fault);

    if (status != STATUS_OK)
        return status;
    *rows = arena_take_array(arena, *count + 1, sizeof **rows);
    for (size_t i = 0; i < *count; i++) {
        const struct db_row *row = &found[i];
        struct order_row *order = &(*rows)[i];
        *order = (struct order_row){
            .id = {db_row_integer(row, 0)},
            .state = (enum order_state)db_row_integer(row, 2),
            .unit = {(int32_t)db_row_integer(row, 3)},
            .reason = (int)db_row_integer(row, 5),
            .given_at = db_row_instant(row, 6),
            .due_at = db_row_instant(row, 7),
            .granted_due_at = db_row_instant(row, 8),
            .answered_at = db_row_instant(row, 9),
            .ended_at = db_row_instant(row, 10),
            .refusals = (int)db_row_integer(row, 11),
            .words = db_row_text(row, 13),
        };
        number_copy(order->ticket_number, db_row_text(row, 12));
    }
    return STATUS_OK;
}

enum status order_store_list(struct db *db, const struct order_filter *filter, struct arena *arena,
                             struct order_row **rows, size_t *count, struct fault *fault)
{
    const struct db_value values[] = {
        db_integer(filter->unit.v),
        db_integer((int64_t)filter->from),
        db_integer((int64_t)filter->to),
        db_integer(filter->before == 0 ? INT64_MAX : filter->before),
        db_integer(filter->limit),
    };

    assert(filter->limit > 0);
    if (filter->unit.v == 0)
        return read_rows(db, ORDER_LIST_NEWEST, values + 1, 4, arena, rows, count, fault);
    return read_rows(db, ORDER_LIST_BY_UNIT, values, 5, arena, rows, count, fault);
}

enum status order_store_of_ticket(struct db *db, struct ticket_id ticket, struct arena *arena, struct order_row **rows,
                                  size_t *count, struct fault *fault)
{
    const struct db_value value = db_integer(ticket.v);

    return read_rows(db, ORDER_LIST_BY_TICKET, &value, 1, arena, rows, count, fault);
}

enum status order_store_find_ticket(struct db *db, const char *number, struct arena *arena, struct order_ticket *ticket,
                                    struct fault *fault)
{
    const struct db_value value = db_text(number);
    struct db_row row;
    const enum status status = db_query_one(db, TICKET_FIND_FOR_ORDER, &value, 1, arena, &row, fault);

    if (status != STATUS_OK)
        return status;
    *ticket = (struct order_ticket){.id = {db_row_integer(&row, 0)},
                                    .place_text = db_row_text(&row, 2),
                                    .unit = {(int32_t)db_row_integer(&row, 3)}};
    number_copy(ticket->number, db_row_text(&row, 1));
    return STATUS_OK;
}
