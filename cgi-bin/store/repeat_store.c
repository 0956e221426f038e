#include "store/repeat_store.h"

#include <string.h>

static void read_earlier(struct earlier *earlier, const struct db_row *row)
{
    struct text number;

    earlier->id.v = db_row_integer(row, 0);
    text_init(&number, earlier->number, sizeof earlier->number);
    text_add(&number, db_row_text(row, 1));
    earlier->state = (enum ticket_state)db_row_integer(row, 2);
    earlier->is_open = db_row_integer(row, 3) != 0;
    earlier->category.v = (int32_t)db_row_integer(row, 4);
    earlier->place_text = db_row_text(row, 5);
    earlier->unit.v = (int32_t)db_row_integer(row, 6);
    earlier->reported_at = db_row_instant(row, 7);
    earlier->repeat_level = (int)db_row_integer(row, 8);
    earlier->satisfaction = (int)db_row_integer(row, 9);
    earlier->name_masked = db_row_text(row, 10);
    earlier->phone_masked = db_row_text(row, 11);
    earlier->closed_at = db_row_instant(row, 12);
    earlier->why = (unsigned)db_row_integer(row, 13);
    earlier->version = (uint32_t)db_row_integer(row, 14);
}

enum status repeat_store_find(struct db *db, const struct repeat_search *search, struct arena *arena,
                              struct earlier **earlier, size_t *count, struct fault *fault)
{
    const struct db_value values[] = {
        search->has_phone ? db_bytes(search->phone_hash.bytes, HASH_BYTES) : db_null(),
        search->has_account ? db_bytes(search->account_hash.bytes, HASH_BYTES) : db_null(),
        db_integer(search->place.v),
        db_instant(search->since),
        db_integer(search->category.v),
        db_instant(search->since),
        db_integer(search->self.v),
    };
    struct db_row *rows;
    const enum status status =
        db_query(db, REPEAT_FIND, values, sizeof values / sizeof values[0], arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *earlier = arena_take_array(arena, *count + 1, sizeof **earlier);
    for (size_t i = 0; i < *count; i++)
        read_earlier(&(*earlier)[i], &rows[i]);
    return STATUS_OK;
}

static bool take_hash(const struct db_row *row, size_t column, struct hash *hash)
{
    const struct bytes bytes = db_row_bytes(row, column);

    if (bytes.length != HASH_BYTES)
        return false;
    memcpy(hash->bytes, bytes.data, HASH_BYTES);
    return true;
}

enum status repeat_store_find_for(struct db *db, const struct ticket *ticket, struct instant since, struct arena *arena,
                                  struct earlier **earlier, size_t *count, struct fault *fault)
{
    struct repeat_search search = {.place = ticket->place, .category = ticket->facts.category, .since = since,
                                   .self = ticket->id};
    const struct db_value id = db_integer(ticket->id.v);
    struct db_row row;
    const enum status status = db_query_one(db, PERSON_HASHES_BY_TICKET, &id, 1, arena, &row, fault);

    if (status != STATUS_OK && status != STATUS_ABSENT)
        return status;
    search.has_phone = status == STATUS_OK && take_hash(&row, 0, &search.phone_hash);
    search.has_account = status == STATUS_OK && take_hash(&row, 1, &search.account_hash);
    return repeat_store_find(db, &search, arena, earlier, count, fault);
}
