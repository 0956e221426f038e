#include "store/order_store.h"

#include <string.h>

#include "store/staff_store.h"

static enum status record(struct db *db, struct staff_id staff, const char *what, int64_t id, struct instant now,
                          struct fault *fault)
{
    char number[24];
    struct text text;

    text_init(&text, number, sizeof number);
    text_add_number(&text, id, 1);
    return audit_store_add(db, staff, what, SUBJECT_NONE, id, number, now, fault);
}

/* ---- publishing */

struct publishing {
    struct circular *circular;
    struct staff_id staff;
    const uint8_t *key;
    struct arena *arena;
};

static enum status insert_reasons(struct db *db, const struct circular *circular, struct fault *fault)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; status == STATUS_OK && i < circular->reason_count; i++) {
        const struct db_value values[] = {
            db_integer(circular->id), db_integer((int64_t)i + 1), db_integer(circular->reasons[i].ticket.v),
            db_integer(circular->reasons[i].order.v),
        };
        status = db_run(db, CIRCULAR_REASON_INSERT, values, 4, NULL, NULL, fault);
    }
    return status;
}

static enum status publish_work(struct db *db, void *context, struct fault *fault)
{
    const struct publishing *publishing = context;
    struct circular *circular = publishing->circular;
    const struct db_value year = db_integer(circular->year);
    struct db_row row;
    int64_t id = 0;
    enum status status = db_query_one(db, CIRCULAR_LAST_NO, &year, 1, publishing->arena, &row, fault);

    if (status != STATUS_OK)
        return status;
    circular->no = (int)db_row_integer(&row, 0) + 1;
    const struct db_value values[] = {
        year,
        db_integer(circular->no),
        db_integer(circular->unit.v),
        db_text(circular->title),
        db_text(circular->words),
        db_instant(circular->published_at),
        db_integer(publishing->staff.v),
        db_bytes(publishing->key, ACTION_KEY_BYTES),
    };
    status = db_run(db, CIRCULAR_INSERT, values, sizeof values / sizeof values[0], NULL, &id, fault);
    if (status != STATUS_OK)
        return status;
    circular->id = (int32_t)id;
    status = insert_reasons(db, circular, fault);
    return status == STATUS_OK
               ? record(db, publishing->staff, "circular", id, circular->published_at, fault)
               : status;
}

enum status circular_store_publish(struct db *db, struct circular *circular, struct staff_id staff, int year,
                                   const uint8_t key[ACTION_KEY_BYTES], struct arena *arena, struct fault *fault)
{
    struct publishing publishing = {.circular = circular, .staff = staff, .key = key, .arena = arena};
    struct fault inner = {0};

    circular->year = year;
    enum status status = db_transact(db, publish_work, &publishing, &inner);
    if (status == STATUS_DUPLICATE) {
        const struct db_value value = db_bytes(key, ACTION_KEY_BYTES);
        struct db_row row;
        status = db_query_one(db, CIRCULAR_FIND_BY_KEY, &value, 1, arena, &row, fault);
        if (status == STATUS_OK)
            circular->id = (int32_t)db_row_integer(&row, 0);
        return status == STATUS_OK ? STATUS_DUPLICATE : status == STATUS_ABSENT ? STATUS_CONFLICT : status;
    }
    if (status != STATUS_OK && fault != NULL && fault->file == NULL)
        *fault = inner;
    return status;
}

/* ---- reading */

static void read_circular(struct circular *circular, const struct db_row *row)
{
    *circular = (struct circular){
        .id = (int32_t)db_row_integer(row, 0),
        .year = (int)db_row_integer(row, 1),
        .no = (int)db_row_integer(row, 2),
        .unit = {(int32_t)db_row_integer(row, 3)},
        .title = db_row_text(row, 4),
        .words = db_row_text(row, 5),
        .published_at = db_row_instant(row, 6),
        .publisher_name = db_row_text(row, 7),
        .withdrawn_at = db_row_instant(row, 8),
        .withdrawer_name = db_row_text(row, 9),
        .withdrawal_words = db_row_text(row, 10),
    };
}

enum status circular_store_find(struct db *db, int32_t id, struct arena *arena, struct circular *circular,
                                struct fault *fault)
{
    const struct db_value value = db_integer(id);
    struct db_row row, *reasons;
    size_t count;
    enum status status = db_query_one(db, CIRCULAR_FIND_BY_ID, &value, 1, arena, &row, fault);

    if (status != STATUS_OK)
        return status;
    read_circular(circular, &row);
    status = db_query(db, CIRCULAR_REASON_LIST, &value, 1, arena, &reasons, &count, fault);
    for (size_t i = 0; status == STATUS_OK && i < count && i < CIRCULAR_REASONS_MAX; i++) {
        struct circular_reason *reason = &circular->reasons[circular->reason_count++];
        reason->ticket.v = db_row_integer(&reasons[i], 0);
        reason->order.v = db_row_integer(&reasons[i], 1);
        number_copy(reason->ticket_number, db_row_text(&reasons[i], 2));
    }
    return status;
}

enum status circular_store_list(struct db *db, int32_t before, int limit, struct arena *arena,
                                struct circular **circulars, size_t *count, struct fault *fault)
{
    const struct db_value values[] = {db_integer(before == 0 ? INT32_MAX : before), db_integer(limit)};
    struct db_row *rows;
    const enum status status = db_query(db, CIRCULAR_LIST_NEWEST, values, 2, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *circulars = arena_take_array(arena, *count + 1, sizeof **circulars);
    for (size_t i = 0; i < *count; i++)
        read_circular(&(*circulars)[i], &rows[i]);
    return STATUS_OK;
}

/* ---- withdrawing */

struct withdrawing {
    int32_t id;
    const char *words;
    struct staff_id staff;
    struct instant now;
    const uint8_t *key;
};

/* Withdrawn already: by this very form, or by somebody else. */
static enum status explain_withdrawn(struct db *db, const struct withdrawing *withdrawing, struct fault *fault)
{
    const struct db_value id = db_integer(withdrawing->id);
    struct arena arena;
    struct db_row row;

    arena_init(&arena, (size_t)16 * 1024);
    enum status status = db_query_one(db, CIRCULAR_FIND_LAST_KEY, &id, 1, &arena, &row, fault);
    if (status == STATUS_OK) {
        const struct bytes key = db_row_bytes(&row, 0);
        const bool is_ours =
            key.length == ACTION_KEY_BYTES && memcmp(key.data, withdrawing->key, ACTION_KEY_BYTES) == 0;
        status = is_ours ? STATUS_DUPLICATE : STATUS_CONFLICT;
    }
    arena_release(&arena);
    return status;
}

static enum status withdraw_work(struct db *db, void *context, struct fault *fault)
{
    const struct withdrawing *withdrawing = context;
    const struct db_value values[] = {
        db_instant(withdrawing->now), db_integer(withdrawing->staff.v), db_text(withdrawing->words),
        db_bytes(withdrawing->key, ACTION_KEY_BYTES), db_integer(withdrawing->id),
    };
    int64_t affected = 0;
    const enum status status = db_run(db, CIRCULAR_SET_WITHDRAWN, values, 5, &affected, NULL, fault);

    if (status != STATUS_OK)
        return status;
    if (affected != 1)
        return explain_withdrawn(db, withdrawing, fault);
    return record(db, withdrawing->staff, "circular_withdrawn", withdrawing->id, withdrawing->now, fault);
}

enum status circular_store_withdraw(struct db *db, int32_t id, const char *words, struct staff_id staff,
                                    struct instant now, const uint8_t key[ACTION_KEY_BYTES], struct fault *fault)
{
    struct withdrawing withdrawing = {id, words, staff, now, key};
    struct fault inner = {0};
    const enum status status = db_transact(db, withdraw_work, &withdrawing, &inner);

    if (status == STATUS_DUPLICATE)
        return STATUS_OK;
    if (status != STATUS_OK && status != STATUS_CONFLICT && fault != NULL && fault->file == NULL)
        *fault = inner;
    return status;
}
