#include "store/public_store.h"

#include <string.h>

#include "store/clock_row.h"

static void read_public_ticket(struct public_ticket *ticket, const struct db_row *row)
{
    struct text number;

    *ticket = (struct public_ticket){
        .id = {db_row_integer(row, 0)},
        .code_issue = (int)db_row_integer(row, 2),
        .version = (uint32_t)db_row_integer(row, 3),
        .state = (enum ticket_state)db_row_integer(row, 4),
        .is_rated = db_row_integer(row, 5) != 0,
        .nature = (enum nature)db_row_integer(row, 6),
        .category = {(int32_t)db_row_integer(row, 7)},
        .place_text = db_row_text(row, 8),
        .unit = {(int32_t)db_row_integer(row, 9)},
        .cycle = (int)db_row_integer(row, 10),
        .reported_at = db_row_instant(row, 11),
        .finish_due_at = db_row_instant(row, 12),
        .finish_granted_at = db_row_instant(row, 13),
        .appointment_at = db_row_instant(row, 14),
        .updated_at = db_row_instant(row, 15),
        .parent_number = db_row_text(row, 16),
    };
    text_init(&number, ticket->number, sizeof ticket->number);
    text_add(&number, db_row_text(row, 1));
}

static enum status find_public(struct db *db, enum statement statement, const struct db_value *value,
                               struct arena *arena, struct public_ticket *ticket, struct fault *fault)
{
    struct db_row row;
    const enum status status = db_query_one(db, statement, value, 1, arena, &row, fault);

    if (status == STATUS_OK)
        read_public_ticket(ticket, &row);
    return status;
}

enum status public_store_find(struct db *db, const char *number, struct arena *arena, struct public_ticket *ticket,
                              struct fault *fault)
{
    const struct db_value value = db_text(number);

    return find_public(db, PUBLIC_TICKET_FIND_BY_NUMBER, &value, arena, ticket, fault);
}

enum status public_store_find_by_key(struct db *db, const uint8_t key[16], struct arena *arena,
                                     struct public_ticket *ticket, struct fault *fault)
{
    const struct db_value value = db_bytes(key, 16);

    return find_public(db, PUBLIC_TICKET_FIND_BY_KEY, &value, arena, ticket, fault);
}

enum status public_store_find_by_link(struct db *db, const struct hash *link_hash, struct arena *arena,
                                      struct public_ticket *ticket, struct fault *fault)
{
    const struct db_value value = db_bytes(link_hash->bytes, HASH_BYTES);

    return find_public(db, PUBLIC_TICKET_FIND_BY_LINK, &value, arena, ticket, fault);
}

enum status public_store_steps(struct db *db, struct ticket_id id, struct arena *arena, struct public_step **steps,
                               size_t *count, struct fault *fault)
{
    const struct db_value value = db_integer(id.v);
    struct db_row *rows;
    const enum status status = db_query(db, PUBLIC_STEP_LIST_BY_TICKET, &value, 1, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *steps = arena_take_array(arena, *count + 1, sizeof **steps);
    for (size_t i = 0; i < *count; i++) {
        (*steps)[i] = (struct public_step){
            .seq = (uint32_t)db_row_integer(&rows[i], 0),
            .action = (enum ticket_action)db_row_integer(&rows[i], 1),
            .decision = (enum decision)db_row_integer(&rows[i], 2),
            .unit = {(int32_t)db_row_integer(&rows[i], 3)},
            .occurred_at = db_row_instant(&rows[i], 4),
            .at_value = db_row_instant(&rows[i], 5),
            .words = db_row_text(&rows[i], 6),
        };
    }
    return STATUS_OK;
}

enum status public_store_clocks(struct db *db, struct ticket_id id, struct arena *arena, struct clock **clocks,
                                size_t *count, struct fault *fault)
{
    const struct db_value value = db_integer(id.v);
    struct db_row *rows;
    const enum status status = db_query(db, CLOCK_LIST_PUBLIC_BY_TICKET, &value, 1, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *clocks = arena_take_array(arena, *count + 1, sizeof **clocks);
    for (size_t i = 0; i < *count; i++)
        (*clocks)[i] = clock_row_read(&rows[i]);
    return STATUS_OK;
}

enum status public_store_add_input(struct db *db, const struct resident_input *input, struct instant now,
                                   struct fault *fault)
{
    const struct db_value values[] = {
        db_integer(input->ticket.v),
        db_integer((int64_t)input->action),
        db_integer(input->value),
        db_text(input->words == NULL ? "" : input->words),
        db_bytes(input->key, sizeof input->key),
        db_instant(now),
    };

    return db_run(db, RESIDENT_INPUT_INSERT, values, 6, NULL, NULL, fault);
}

enum status public_store_waiting_inputs(struct db *db, struct ticket_id id, struct arena *arena,
                                        struct resident_input **inputs, size_t *count, struct fault *fault)
{
    const struct db_value value = db_integer(id.v);
    struct db_row *rows;
    const enum status status = db_query(db, RESIDENT_INPUT_LIST_BY_TICKET, &value, 1, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *inputs = arena_take_array(arena, *count + 1, sizeof **inputs);
    for (size_t i = 0; i < *count; i++) {
        struct resident_input *input = &(*inputs)[i];
        const struct bytes key = db_row_bytes(&rows[i], 3);
        *input = (struct resident_input){
            .ticket = id,
            .action = (enum ticket_action)db_row_integer(&rows[i], 0),
            .value = db_row_integer(&rows[i], 1),
            .words = db_row_text(&rows[i], 2),
        };
        if (key.length == sizeof input->key)
            memcpy(input->key, key.data, sizeof input->key);
    }
    return STATUS_OK;
}

enum status draft_store_save(struct db *db, const struct hash *token_hash, struct bytes boxed, struct instant now,
                             struct fault *fault)
{
    const struct db_value values[] = {
        db_bytes(token_hash->bytes, HASH_BYTES),
        db_bytes(boxed.data, boxed.length),
        db_instant(now),
    };

    return db_run(db, DRAFT_SAVE, values, 3, NULL, NULL, fault);
}

enum status draft_store_load(struct db *db, const struct hash *token_hash, struct instant not_before,
                             struct arena *arena, struct bytes *boxed, struct fault *fault)
{
    const struct db_value values[] = {db_bytes(token_hash->bytes, HASH_BYTES), db_instant(not_before)};
    struct db_row row;
    const enum status status = db_query_one(db, DRAFT_FIND_BY_TOKEN, values, 2, arena, &row, fault);

    if (status == STATUS_OK)
        *boxed = db_row_bytes(&row, 0);
    return status;
}

enum status guess_store_add(struct db *db, int what, const struct hash *who, struct instant now, struct fault *fault)
{
    const struct db_value values[] = {db_integer(what), db_bytes(who->bytes, HASH_BYTES), db_instant(now)};

    return db_run(db, GUESS_INSERT, values, 3, NULL, NULL, fault);
}

enum status guess_store_count(struct db *db, int what, const struct hash *who, struct instant since,
                              struct arena *arena, int64_t *count, struct fault *fault)
{
    const struct db_value values[] = {db_integer(what), db_bytes(who->bytes, HASH_BYTES), db_instant(since)};
    struct db_row row;
    const enum status status = db_query_one(db, GUESS_COUNT_BY_WHO, values, 3, arena, &row, fault);

    if (status == STATUS_OK)
        *count = db_row_integer(&row, 0);
    return status;
}
