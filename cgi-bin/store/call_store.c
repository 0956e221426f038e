#include "store/call_store.h"

#include <string.h>

enum status call_store_save(struct db *db, const char *call_ref, struct staff_id staff, const struct sealed_person *phone,
                            struct instant answered_at, struct instant now, const char *recording, struct fault *fault)
{
    const struct db_value values[] = {
        db_text(call_ref),
        db_integer(staff.v),
        db_integer(phone->key_id),
        phone->has_phone ? db_bytes(phone->phone.data, phone->phone.length) : db_null(),
        db_text(phone->phone_masked),
        phone->has_phone ? db_bytes(phone->phone_hash.bytes, HASH_BYTES) : db_null(),
        db_instant(answered_at),
        db_instant(instant_add_seconds(now, CALL_VALID_SECONDS)),
        db_text(recording),
    };
    const struct db_value again[] = {db_text(recording), db_text(recording), db_text(call_ref)};
    int64_t affected = 0;
    enum status status = db_run(db, CALL_SET_RECORDING, again, 3, &affected, NULL, fault);

    if (status != STATUS_OK || affected > 0)
        return status;
    status = db_run(db, CALL_SAVE, values, sizeof values / sizeof values[0], NULL, NULL, fault);
    if (status == STATUS_DUPLICATE) /* told twice at the same moment */
        fault_reset(fault);
    return status == STATUS_DUPLICATE ? STATUS_OK : status;
}

static void read_call(struct telephone_call *call, const struct db_row *row)
{
    const struct bytes hash = db_row_bytes(row, 4);

    *call = (struct telephone_call){
        .id = db_row_integer(row, 0),
        .key_id = (uint16_t)db_row_integer(row, 1),
        .phone_sealed = db_row_bytes(row, 2),
        .phone_masked = db_row_text(row, 3),
        .has_phone = hash.length == HASH_BYTES,
        .answered_at = db_row_instant(row, 5),
        .ticket = {db_row_integer(row, 6)},
    };
    if (call->has_phone)
        memcpy(call->phone_hash.bytes, hash.data, HASH_BYTES);
}

enum status call_store_find_open(struct db *db, struct staff_id staff, struct instant now, struct arena *arena,
                                 struct telephone_call *call, struct fault *fault)
{
    const struct db_value values[] = {db_integer(staff.v), db_instant(now)};
    struct db_row row;
    const enum status status = db_query_one(db, CALL_FIND_OPEN, values, 2, arena, &row, fault);

    if (status == STATUS_OK)
        read_call(call, &row);
    return status;
}

enum status call_store_find(struct db *db, int64_t id, struct staff_id staff, struct arena *arena,
                            struct telephone_call *call, struct fault *fault)
{
    const struct db_value values[] = {db_integer(id), db_integer(staff.v)};
    struct db_row row;
    const enum status status = db_query_one(db, CALL_FIND_BY_ID, values, 2, arena, &row, fault);

    if (status == STATUS_OK)
        read_call(call, &row);
    return status;
}

enum status call_store_link(struct db *db, int64_t id, struct staff_id staff, struct ticket_id ticket,
                            struct fault *fault)
{
    const struct db_value values[] = {db_integer(ticket.v), db_integer(id), db_integer(staff.v), db_integer(ticket.v)};

    return db_run(db, CALL_LINK, values, 4, NULL, NULL, fault);
}

enum status call_store_list(struct db *db, struct ticket_id ticket, struct arena *arena, struct call_line **lines,
                            size_t *count, struct fault *fault)
{
    const struct db_value id = db_integer(ticket.v);
    struct db_row *rows;
    const enum status status = db_query(db, CALL_LIST_BY_TICKET, &id, 1, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *lines = arena_take_array(arena, *count + 1, sizeof **lines);
    for (size_t i = 0; i < *count; i++)
        (*lines)[i] = (struct call_line){db_row_instant(&rows[i], 0), db_row_text(&rows[i], 1), db_row_text(&rows[i], 2),
                                         db_row_text(&rows[i], 3)};
    return STATUS_OK;
}
