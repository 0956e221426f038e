#include "store/public_store.h"

#include <string.h>

#include "store/photo_store.h"

enum { ADD_TRIES = 3 };

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
        .photo_count = (int)db_row_integer(row, 17),
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

/* An input on its way into its row. */
struct adding {
    const struct resident_input *input;
    struct instant now;
};

static enum status add_input(struct db *db, void *context, struct fault *fault)
{
    const struct adding *adding = context;
    const struct resident_input *input = adding->input;
    const struct db_value values[] = {
        db_integer(input->ticket.v),
        db_integer((int64_t)input->action),
        db_integer(input->value),
        db_text(input->words == NULL ? "" : input->words),
        db_bytes(input->key, sizeof input->key),
        db_instant(adding->now),
    };
    const struct db_value change[] = {db_integer(1), db_integer(input->ticket.v)};
    enum status status = db_run(db, RESIDENT_INPUT_INSERT, values, 6, NULL, NULL, fault);

    if (status == STATUS_OK && input->photo_token != NULL)
        status = photo_store_commit(db, input->photo_token, input->ticket, true, fault);
    return status == STATUS_OK ? db_run(db, PUBLIC_TICKET_CHANGE_WAITING, change, 2, NULL, NULL, fault) : status;
}

enum status public_store_add_input(struct db *db, const struct resident_input *input, struct instant now,
                                   struct fault *fault)
{
    struct adding adding = {input, now};
    enum status status = STATUS_CONFLICT;

    /* Photos that come or go at this very moment: again, with what is there then. */
    for (int tries = 0; tries < ADD_TRIES && status == STATUS_CONFLICT; tries++)
        status = db_transact(db, add_input, &adding, fault);
    return status;
}

enum status public_store_was_added(struct db *db, const uint8_t key[16], struct arena *arena, struct fault *fault)
{
    const struct db_value value = db_bytes(key, 16);
    struct db_row row;

    return db_query_one(db, RESIDENT_INPUT_FIND_BY_KEY, &value, 1, arena, &row, fault);
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
            .verdict = (enum verdict)db_row_integer(&rows[i], 4),
        };
        if (key.length == sizeof input->key)
            memcpy(input->key, key.data, sizeof input->key);
    }
    return STATUS_OK;
}

/* Columns of PUBLIC_FILE_TEXT (statements.def) behind those of the ticket. */
enum { COLUMN_PROGRESS = 18, COLUMN_WAITING_INPUTS };

static enum status read_progress(struct public_file *file, struct bytes progress, struct arena *arena,
                                 struct fault *fault)
{
    bool is_good = progress_count(progress.data, progress.length, &file->step_count, &file->clock_count);

    if (is_good) {
        file->steps = arena_take_array(arena, file->step_count + 1, sizeof *file->steps);
        file->clocks = arena_take_array(arena, file->clock_count + 1, sizeof *file->clocks);
        is_good = progress_parse(progress.data, progress.length, file->steps, file->clocks);
    }
    if (!is_good)
        return FAULT(fault, STATUS_FAILED, "ticket %lld: its progress is damaged, run `shuinuo verify`",
                     (long long)file->ticket.id.v);
    return STATUS_OK;
}

static enum status load_public(struct db *db, enum statement statement, const struct db_value *value,
                               struct arena *arena, struct public_file *file, struct fault *fault)
{
    struct db_row row;
    enum status status = db_query_one(db, statement, value, 1, arena, &row, fault);

    if (status != STATUS_OK)
        return status;
    *file = (struct public_file){.steps = NULL};
    read_public_ticket(&file->ticket, &row);
    status = read_progress(file, db_row_bytes(&row, COLUMN_PROGRESS), arena, fault);
    if (status == STATUS_OK && db_row_integer(&row, COLUMN_WAITING_INPUTS) != 0)
        status = public_store_waiting_inputs(db, file->ticket.id, arena, &file->inputs, &file->input_count, fault);
    return status;
}

enum status public_store_load(struct db *db, const char *number, struct arena *arena, struct public_file *file,
                              struct fault *fault)
{
    const struct db_value value = db_text(number);

    return load_public(db, PUBLIC_FILE_LOAD_BY_NUMBER, &value, arena, file, fault);
}

enum status public_store_load_by_key(struct db *db, const uint8_t key[16], struct arena *arena,
                                     struct public_file *file, struct fault *fault)
{
    const struct db_value value = db_bytes(key, 16);

    return load_public(db, PUBLIC_FILE_LOAD_BY_KEY, &value, arena, file, fault);
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
                             struct arena *arena, struct bytes *boxed, int *photo_count, struct fault *fault)
{
    const struct db_value values[] = {db_bytes(token_hash->bytes, HASH_BYTES), db_instant(not_before)};
    struct db_row row;
    const enum status status = db_query_one(db, DRAFT_FIND_BY_TOKEN, values, 2, arena, &row, fault);

    if (status == STATUS_OK) {
        *boxed = db_row_bytes(&row, 0);
        *photo_count = (int)db_row_integer(&row, 1);
    }
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
