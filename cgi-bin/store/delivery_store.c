#include "store/delivery_store.h"

#include <string.h>

enum { TICKET_ROWS_MOST = 100, SUMMARY_BYTES_MAX = 64 * 1024, RETRY_MOST = 1000 };

_Static_assert(OUTBOX_WAITING == 0 && OUTBOX_CLAIMED == 1 && OUTBOX_DROPPED == 4, "statements_notice.def names these states");

/* The columns that both lists begin with. */
static void read_delivery(struct delivery *delivery, const struct db_row *row)
{
    struct text text;

    *delivery = (struct delivery){
        .id = db_row_integer(row, 0),
        .audience = (enum audience)db_row_integer(row, 2),
        .channel = (enum channel)db_row_integer(row, 4),
        .way = (enum recipient_way)db_row_integer(row, 5),
        .state = (enum outbox_state)db_row_integer(row, 6),
        .is_held = db_row_integer(row, 7) == 1,
        .attempts = (int)db_row_integer(row, 8),
        .created_at = db_row_instant(row, 9),
        .not_before = db_row_instant(row, 10),
        .sent_at = db_row_instant(row, 11),
        .ended_at = db_row_instant(row, 12),
        .error = (enum gateway_error)db_row_integer(row, 13),
        .staff = db_row_text(row, 14),
        .number = "",
        .phone_masked = "",
        .detail = "",
    };
    if (delivery->audience == AUDIENCE_LIAISON || delivery->audience == AUDIENCE_UNIT_LEADER)
        delivery->unit.v = (int32_t)db_row_integer(row, 3);
    text_init(&text, delivery->name, sizeof delivery->name);
    text_add(&text, db_row_text(row, 1));
}

enum status delivery_store_list(struct db *db, struct ticket_id ticket, struct arena *arena, struct delivery **rows,
                                size_t *count, struct fault *fault)
{
    const struct db_value values[] = {db_integer(ticket.v), db_integer(TICKET_ROWS_MOST)};
    struct db_row *found;
    const enum status status = db_query(db, DELIVERY_LIST_BY_TICKET, values, 2, arena, &found, count, fault);

    if (status != STATUS_OK)
        return status;
    *rows = arena_take_array(arena, *count + 1, sizeof **rows);
    for (size_t i = 0; i < *count; i++)
        read_delivery(&(*rows)[i], &found[i]);
    return STATUS_OK;
}

enum status delivery_store_page(struct db *db, const struct delivery_filter *filter, struct arena *arena,
                                struct delivery **rows, size_t *count, struct fault *fault)
{
    const struct db_value values[] = {
        db_integer((int64_t)filter->state), db_integer(filter->before != 0 ? filter->before : INT64_MAX),
        db_integer(filter->channel),        db_integer(filter->channel),
        db_integer(filter->limit),
    };
    struct db_row *found;
    const enum status status = db_query(db, DELIVERY_LIST_PAGE, values, 5, arena, &found, count, fault);

    if (status != STATUS_OK)
        return status;
    *rows = arena_take_array(arena, *count + 1, sizeof **rows);
    for (size_t i = 0; i < *count; i++) {
        struct delivery *row = &(*rows)[i];
        read_delivery(row, &found[i]);
        row->number = db_row_text(&found[i], 15);
        row->detail = db_row_text(&found[i], 16);
        row->phone_masked = db_row_text(&found[i], row->audience == AUDIENCE_RESIDENT ? 18 : 17);
    }
    return STATUS_OK;
}

static enum status summarise(struct db *db, struct delivery_summary *summary, struct arena *arena, struct fault *fault)
{
    const struct db_value most = db_integer(DELIVERY_COUNT_MOST + 1);
    struct db_row row, *rows;
    size_t count;
    enum status status = db_query_one(db, DELIVERY_COUNT_WAITING, &most, 1, arena, &row, fault);

    if (status != STATUS_OK)
        return status;
    summary->waiting = (int)db_row_integer(&row, 0);
    status = db_query_one(db, DELIVERY_OLDEST_WAITING, NULL, 0, arena, &row, fault);
    if (status != STATUS_OK && status != STATUS_ABSENT)
        return status;
    summary->oldest_waiting_at = status == STATUS_OK ? db_row_instant(&row, 0) : INSTANT_NONE;
    status = db_query(db, DELIVERY_COUNT_GIVEN_UP, &most, 1, arena, &rows, &count, fault);
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        const int64_t channel = db_row_integer(&rows[i], 0);
        if (channel >= 0 && channel < CHANNEL__COUNT)
            summary->given_up_by[channel] = (int)db_row_integer(&rows[i], 1);
        summary->given_up += (int)db_row_integer(&rows[i], 1);
    }
    return status;
}

enum status delivery_store_summary(struct db *db, struct delivery_summary *summary, struct fault *fault)
{
    struct arena arena;

    *summary = (struct delivery_summary){.oldest_waiting_at = INSTANT_NONE};
    arena_init(&arena, SUMMARY_BYTES_MAX);
    const enum status status = summarise(db, summary, &arena, fault);
    arena_release(&arena);
    return status;
}

/* ---- changes */

struct retrying {
    int64_t id;
    enum channel channel;
    struct instant now;
    int count;
};

static enum status retry_work(struct db *db, void *context, struct fault *fault)
{
    const struct retrying *retrying = context;
    const struct db_value values[] = {db_instant(retrying->now), db_integer(retrying->id)};
    int64_t affected = 0;
    const enum status status = db_run(db, DELIVERY_RETRY, values, 2, &affected, NULL, fault);

    return status == STATUS_OK && affected == 0 ? STATUS_CONFLICT : status;
}

static enum status drop_work(struct db *db, void *context, struct fault *fault)
{
    const struct retrying *retrying = context;
    const struct db_value values[] = {db_instant(retrying->now), db_integer(retrying->id)};
    int64_t affected = 0;
    const enum status status = db_run(db, DELIVERY_DROP, values, 2, &affected, NULL, fault);

    return status == STATUS_OK && affected == 0 ? STATUS_CONFLICT : status;
}

static enum status retry_channel_work(struct db *db, void *context, struct fault *fault)
{
    struct retrying *retrying = context;
    const struct db_value values[] = {db_instant(retrying->now), db_integer((int64_t)retrying->channel), db_integer(RETRY_MOST)};
    int64_t affected = 0;
    const enum status status = db_run(db, DELIVERY_RETRY_CHANNEL, values, 3, &affected, NULL, fault);

    retrying->count = (int)affected;
    return status;
}

enum status delivery_store_retry(struct db *db, const struct change *change, int64_t id, struct fault *fault)
{
    struct retrying retrying = {.id = id, .now = change->now};

    return change_store_run(db, change, retry_work, &retrying, NULL, fault);
}

enum status delivery_store_drop(struct db *db, const struct change *change, int64_t id, struct fault *fault)
{
    struct retrying retrying = {.id = id, .now = change->now};

    return change_store_run(db, change, drop_work, &retrying, NULL, fault);
}

enum status delivery_store_retry_channel(struct db *db, const struct change *change, enum channel channel, int *count,
                                         struct fault *fault)
{
    struct retrying retrying = {.channel = channel, .now = change->now};
    const enum status status = change_store_run(db, change, retry_channel_work, &retrying, NULL, fault);

    *count = status == STATUS_OK ? retrying.count : 0;
    return status;
}

enum status delivery_store_find(struct db *db, int64_t id, struct arena *arena, struct delivery *row,
                                struct ticket_id *ticket, struct fault *fault)
{
    const struct db_value value = db_integer(id);
    struct db_row found;
    const enum status status = db_query_one(db, DELIVERY_FIND_BY_ID, &value, 1, arena, &found, fault);

    if (status != STATUS_OK)
        return status;
    read_delivery(row, &found);
    ticket->v = db_row_integer(&found, 15);
    return STATUS_OK;
}
