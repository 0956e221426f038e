#include "store/order_store.h"

#include <assert.h>
#include <string.h>

/* ---- giving */

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

static enum status write_new(struct db *db, struct stream_change *change, struct fault *fault)
{
    struct order *order = change->context;
    const enum status status = insert_order(db, order, &order->id.v, fault);

    change->prepared.event->subject_id = order->id.v;
    return status;
}

enum status order_store_give(struct db *db, struct order *order, struct event *event, const char *words,
                             const uint8_t key[ACTION_KEY_BYTES], const struct catalog *catalog, struct fault *fault)
{
    static const struct hash none = {{0}};
    struct stream_change change = {.clocks = {.after = &order->clock, .catalog = catalog}, .write_rows = write_new,
                                   .context = order};

    assert(event->seq == 1 && order->version == 1 && event->subject == SUBJECT_ORDER);
    stream_prepare(&change.prepared, event, words, key, &none);
    const enum status status = stream_write(db, &change, key, fault);
    if (status == STATUS_DUPLICATE)
        order->id.v = event->subject_id;
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

static enum status write_changed(struct db *db, struct stream_change *change, struct fault *fault)
{
    const struct order *order = change->context;
    const struct db_value values[] = {
        db_integer(order->version),                 db_integer((int64_t)order->state),
        db_instant(order->clock.granted_due_at),    db_instant(order->answered_at),
        db_instant(order->ended_at),                db_integer(order->refusals),
        db_integer(order->id.v),                    db_integer((int64_t)order->version - 1),
    };
    int64_t affected = 0;
    const enum status status =
        db_run(db, ORDER_UPDATE_BY_VERSION, values, sizeof values / sizeof values[0], &affected, NULL, fault);

    return status == STATUS_OK && affected != 1 ? STATUS_CONFLICT : status;
}

enum status order_store_append(struct db *db, const struct order_file *file, struct event *event, const char *words,
                               const uint8_t key[ACTION_KEY_BYTES], const struct catalog *catalog, struct fault *fault)
{
    struct order after = file->order;
    struct stream_change change = {
        .clocks = {.before = &file->order.clock, .before_count = 1, .after = &after.clock, .catalog = catalog},
        .write_rows = write_changed, .context = &after};

    assert(event->seq == file->order.version + 1 && event->subject == SUBJECT_ORDER);
    event->subject_id = file->order.id.v;
    stream_prepare(&change.prepared, event, words, key, &file->head);
    order_apply(&after, event);
    return stream_write(db, &change, key, fault);
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
