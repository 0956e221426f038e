#include "store/photo_store.h"

#include <assert.h>
#include <string.h>

enum { TRIES_MAX = 6, PURGE_SLICE = 100, PURGE_SLICES_MAX = 100, DROPPED_SECONDS = 3600, STAGED_MAX = 5000 };

/* ---- reading rows */

static void read_hash(struct hash *hash, struct bytes bytes)
{
    if (bytes.length == HASH_BYTES)
        memcpy(hash->bytes, bytes.data, HASH_BYTES);
}

enum status photo_store_load_one(struct db *db, enum statement statement, const struct db_value values[2],
                                 struct arena *arena, struct photo *photo, struct fault *fault)
{
    struct db_row row;
    const enum status status = db_query_one(db, statement, values, 2, arena, &row, fault);

    if (status != STATUS_OK)
        return status;
    *photo = (struct photo){
        .width = (int)db_row_integer(&row, 0),
        .height = (int)db_row_integer(&row, 1),
        .jpeg = db_row_bytes(&row, 3),
    };
    read_hash(&photo->hash, db_row_bytes(&row, 2));
    return STATUS_OK;
}

static bool has_hash(const struct photo_row *rows, size_t count, enum photo_stage stage, const struct hash *hash)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].stage == stage && memcmp(rows[i].hash.bytes, hash->bytes, HASH_BYTES) == 0)
            return true;
    return false;
}

/* ---- writing one */

enum status photo_store_insert_body(struct db *db, const struct photo *photo, struct instant now, int64_t *id,
                                    struct fault *fault)
{
    const struct db_value values[] = {
        db_integer(photo->width),
        db_integer(photo->height),
        db_bytes(photo->hash.bytes, HASH_BYTES),
        db_bytes(photo->jpeg.data, photo->jpeg.length),
        db_instant(now),
    };

    return db_run(db, PHOTO_BODY_INSERT, values, 5, NULL, id, fault);
}

/* ---- staged */

struct staging {
    const struct hash *token_hash;
    const struct photo *photo;
    int slot;
    struct instant now;
};

static enum status stage_work(struct db *db, void *context, struct fault *fault)
{
    const struct staging *staging = context;
    int64_t id = 0;
    const enum status status = photo_store_insert_body(db, staging->photo, staging->now, &id, fault);

    if (status != STATUS_OK)
        return status;
    const struct db_value values[] = {
        db_integer(id),
        db_bytes(staging->token_hash->bytes, HASH_BYTES),
        db_integer(staging->slot),
        db_bytes(staging->photo->hash.bytes, HASH_BYTES),
        db_instant(staging->now),
    };
    return db_run(db, PHOTO_DRAFT_INSERT, values, 5, NULL, NULL, fault);
}

/* The lowest slot that is free; 0 when all are taken. */
static int free_slot(const struct photo_row *rows, size_t count)
{
    for (int slot = 1; slot <= PHOTOS_PER_FORM; slot++) {
        bool is_taken = false;
        for (size_t i = 0; i < count; i++)
            is_taken = is_taken || rows[i].no == slot;
        if (!is_taken)
            return slot;
    }
    return 0;
}

/* A slot that another tab takes first is a duplicate key: look again. */
enum status photo_store_stage(struct db *db, const struct hash *token_hash, const struct photo *photo, struct instant now,
                              struct arena *arena, struct fault *fault)
{
    struct staging staging = {.token_hash = token_hash, .photo = photo, .now = now};
    enum status status = STATUS_DUPLICATE;

    for (int tries = 0; tries < TRIES_MAX && status == STATUS_DUPLICATE; tries++) {
        struct photo_row *rows;
        size_t count;
        struct fault inner = {0};
        status = photo_store_list_staged(db, token_hash, arena, &rows, &count, fault);
        if (status != STATUS_OK)
            return status;
        if (has_hash(rows, count, PHOTO_STAGE_NONE, &photo->hash))
            return STATUS_OK;
        staging.slot = free_slot(rows, count);
        if (staging.slot == 0)
            return STATUS_REFUSED;
        status = db_transact(db, stage_work, &staging, &inner);
        if (status != STATUS_OK && status != STATUS_DUPLICATE && fault != NULL)
            *fault = inner;
    }
    return status == STATUS_DUPLICATE ? STATUS_CONFLICT : status;
}

enum status photo_store_is_full(struct db *db, struct arena *arena, bool *is_full, struct fault *fault)
{
    const struct db_value value = db_integer(STAGED_MAX);
    struct db_row row;
    const enum status status = db_query_one(db, PHOTO_DRAFT_COUNT, &value, 1, arena, &row, fault);

    *is_full = status == STATUS_OK && db_row_integer(&row, 0) >= STAGED_MAX;
    return status;
}

enum status photo_store_list_staged(struct db *db, const struct hash *token_hash, struct arena *arena,
                                    struct photo_row **rows, size_t *count, struct fault *fault)
{
    const struct db_value value = db_bytes(token_hash->bytes, HASH_BYTES);
    struct db_row *found;
    const enum status status = db_query(db, PHOTO_DRAFT_LIST_BY_TOKEN, &value, 1, arena, &found, count, fault);

    if (status != STATUS_OK)
        return status;
    *rows = arena_take_array(arena, *count + 1, sizeof **rows);
    for (size_t i = 0; i < *count; i++) {
        struct photo_row *row = &(*rows)[i];
        *row = (struct photo_row){
            .no = (int)db_row_integer(&found[i], 0),
            .width = (int)db_row_integer(&found[i], 1),
            .height = (int)db_row_integer(&found[i], 2),
            .added_by_name = "",
        };
        read_hash(&row->hash, db_row_bytes(&found[i], 3));
    }
    return STATUS_OK;
}

enum status photo_store_load_staged(struct db *db, const struct hash *token_hash, int no, struct arena *arena,
                                    struct photo *photo, struct fault *fault)
{
    const struct db_value values[] = {db_bytes(token_hash->bytes, HASH_BYTES), db_integer(no)};

    return photo_store_load_one(db, PHOTO_DRAFT_LOAD, values, arena, photo, fault);
}

enum status photo_store_drop(struct db *db, const struct hash *token_hash, int no, struct fault *fault)
{
    const struct db_value values[] = {db_bytes(token_hash->bytes, HASH_BYTES), db_integer(no)};

    return db_run(db, PHOTO_DRAFT_DROP, values, 2, NULL, NULL, fault);
}

/* The number of the ticket's last photo. */
static enum status last_no(struct db *db, struct ticket_id ticket, int64_t *no, struct fault *fault)
{
    const struct db_value value = db_integer(ticket.v);
    struct arena arena;
    struct db_row row;

    arena_init(&arena, (size_t)16 * 1024);
    const enum status status = db_query_one(db, PHOTO_LAST_NO, &value, 1, &arena, &row, fault);
    if (status == STATUS_OK)
        *no = db_row_integer(&row, 0);
    arena_release(&arena);
    return status;
}

static enum status count_photos(struct db *db, struct ticket_id ticket, int64_t added, struct fault *fault)
{
    const struct db_value values[] = {db_integer(added), db_integer(ticket.v)};

    return db_run(db, PUBLIC_TICKET_ADD_PHOTOS, values, 2, NULL, NULL, fault);
}

enum status photo_store_commit(struct db *db, const struct hash *token_hash, struct ticket_id ticket, bool has_photos,
                               struct fault *fault)
{
    int64_t before = 0, added = 0, removed = 0;
    enum status status = has_photos ? last_no(db, ticket, &before, fault) : STATUS_OK;

    if (status != STATUS_OK)
        return status;
    const struct db_value values[] = {db_integer(ticket.v), db_integer(before),
                                      db_bytes(token_hash->bytes, HASH_BYTES)};
    status = db_run(db, PHOTO_INSERT_FROM_DRAFT, values, 3, &added, NULL, fault);
    if (status == STATUS_DUPLICATE) /* another request is committing them, or has */
        return STATUS_CONFLICT;
    if (status != STATUS_OK || added == 0)
        return status;
    status = db_run(db, PHOTO_DRAFT_DELETE_BY_TOKEN, &values[2], 1, &removed, NULL, fault);
    if (status == STATUS_OK && removed != added)
        return STATUS_CONFLICT;
    return status == STATUS_OK ? count_photos(db, ticket, added, fault) : status;
}

/* ---- of a ticket */

enum status photo_store_list(struct db *db, struct ticket_id ticket, bool is_public_only, struct arena *arena,
                             struct photo_row **rows, size_t *count, struct fault *fault)
{
    const struct db_value value = db_integer(ticket.v);
    struct db_row *found;
    const enum status status =
        db_query(db, is_public_only ? PHOTO_LIST_PUBLIC : PHOTO_LIST, &value, 1, arena, &found, count, fault);

    if (status != STATUS_OK)
        return status;
    *rows = arena_take_array(arena, *count + 1, sizeof **rows);
    for (size_t i = 0; i < *count; i++) {
        struct photo_row *row = &(*rows)[i];
        *row = (struct photo_row){
            .no = (int)db_row_integer(&found[i], 0),
            .stage = (enum photo_stage)db_row_integer(&found[i], 1),
            .is_public = db_row_integer(&found[i], 2) != 0,
            .added_by = {(int32_t)db_row_integer(&found[i], 3)},
            .created_at = db_row_instant(&found[i], 4),
            .width = (int)db_row_integer(&found[i], 5),
            .height = (int)db_row_integer(&found[i], 6),
            .added_by_name = is_public_only ? "" : db_row_text(&found[i], 8),
        };
        read_hash(&row->hash, db_row_bytes(&found[i], 7));
    }
    return STATUS_OK;
}

enum status photo_store_load(struct db *db, struct ticket_id ticket, int no, bool is_public_only, struct arena *arena,
                             struct photo *photo, struct fault *fault)
{
    const struct db_value values[] = {db_integer(ticket.v), db_integer(no)};

    return photo_store_load_one(db, is_public_only ? PHOTO_LOAD_PUBLIC : PHOTO_LOAD, values, arena, photo, fault);
}

struct adding_work {
    const struct photo_adding *adding;
    int64_t no;
    struct instant now;
};

static enum status add_work(struct db *db, void *context, struct fault *fault)
{
    const struct adding_work *work = context;
    const struct photo_adding *adding = work->adding;
    int64_t id = 0;
    enum status status = photo_store_insert_body(db, adding->photo, work->now, &id, fault);

    if (status != STATUS_OK)
        return status;
    const struct db_value values[] = {
        db_integer(id),
        db_integer(adding->ticket.v),
        db_integer(work->no),
        db_integer((int64_t)adding->stage),
        db_integer(adding->is_public),
        db_integer(adding->added_by.v),
        db_instant(work->now),
    };
    status = db_run(db, PHOTO_INSERT, values, 7, NULL, NULL, fault);
    return status == STATUS_OK ? count_photos(db, adding->ticket, 1, fault) : status;
}

/* Of two who add at the same time one finds the number taken, and looks again. */
enum status photo_store_add(struct db *db, const struct photo_adding *adding, struct instant now, struct arena *arena,
                            struct fault *fault)
{
    struct adding_work work = {.adding = adding, .now = now};
    enum status status = STATUS_DUPLICATE;

    assert(adding->stage > PHOTO_STAGE_NONE && adding->stage < PHOTO_STAGE__COUNT);
    for (int tries = 0; tries < TRIES_MAX && status == STATUS_DUPLICATE; tries++) {
        struct photo_row *rows;
        size_t count;
        struct fault inner = {0};
        status = photo_store_list(db, adding->ticket, adding->added_by.v == 0, arena, &rows, &count, fault);
        if (status == STATUS_OK && has_hash(rows, count, adding->stage, &adding->photo->hash))
            return STATUS_OK;
        if (status == STATUS_OK)
            status = last_no(db, adding->ticket, &work.no, fault);
        if (status != STATUS_OK)
            return status;
        if (work.no >= PHOTOS_PER_TICKET)
            return STATUS_REFUSED;
        work.no++;
        status = db_transact(db, add_work, &work, &inner);
        if (status != STATUS_OK && status != STATUS_DUPLICATE && fault != NULL)
            *fault = inner;
    }
    return status == STATUS_DUPLICATE ? STATUS_CONFLICT : status;
}

enum status photo_store_set_public(struct db *db, struct ticket_id ticket, int no, bool is_public, struct fault *fault)
{
    const struct db_value values[] = {db_integer(is_public), db_integer(ticket.v), db_integer(no)};
    int64_t affected = 0;
    const enum status status = db_run(db, PHOTO_SET_PUBLIC, values, 3, &affected, NULL, fault);

    return status == STATUS_OK && affected == 0 ? STATUS_ABSENT : status;
}

enum status photo_store_count_after(struct db *db, struct ticket_id ticket, struct arena *arena, int *count,
                                    struct fault *fault)
{
    const struct db_value values[] = {db_integer(ticket.v), db_integer(PHOTO_AFTER)};
    struct db_row row;
    const enum status status = db_query_one(db, PHOTO_COUNT_BY_STAGE, values, 2, arena, &row, fault);

    if (status == STATUS_OK)
        *count = (int)db_row_integer(&row, 0);
    return status;
}

enum status photo_store_withhold(struct db *db, struct ticket_id ticket, struct fault *fault)
{
    const struct db_value value = db_integer(ticket.v);

    return db_run(db, PHOTO_WITHHOLD_BY_TICKET, &value, 1, NULL, NULL, fault);
}

/* ---- clearing away */

/* First the row that names it: a form that is sent at this very moment finds that out and gives up. */
static enum status delete_staged(struct db *db, void *context, struct fault *fault)
{
    const struct db_value value = db_integer(*(const int64_t *)context);
    int64_t affected = 0;
    const enum status status = db_run(db, PHOTO_DRAFT_DELETE, &value, 1, &affected, NULL, fault);

    return status == STATUS_OK && affected == 1 ? db_run(db, PHOTO_BODY_DELETE, &value, 1, NULL, NULL, fault) : status;
}

static enum status purge_slice(struct db *db, const struct db_value values[3], size_t *count, struct fault *fault)
{
    struct arena arena;
    struct db_row *rows;

    arena_init(&arena, (size_t)256 * 1024);
    enum status status = db_query(db, PHOTO_DRAFT_LIST_EXPIRED, values, 3, &arena, &rows, count, fault);
    for (size_t i = 0; status == STATUS_OK && i < *count; i++) {
        int64_t id = db_row_integer(&rows[i], 0);
        status = db_transact(db, delete_staged, &id, fault);
    }
    arena_release(&arena);
    return status;
}

enum status photo_store_purge(struct db *db, struct instant staged_before, struct instant now, struct fault *fault)
{
    const struct db_value values[] = {db_instant(instant_add_seconds(now, -DROPPED_SECONDS)), db_instant(staged_before),
                                      db_integer(PURGE_SLICE)};
    size_t count = PURGE_SLICE;
    enum status status = STATUS_OK;

    for (int slice = 0; status == STATUS_OK && count == PURGE_SLICE && slice < PURGE_SLICES_MAX; slice++)
        status = purge_slice(db, values, &count, fault);
    return status;
}

static enum status empty_slice(struct db *db, const struct db_value values[3], struct instant now, size_t *count,
                               struct fault *fault)
{
    struct arena arena;
    struct db_row *rows;

    arena_init(&arena, (size_t)256 * 1024);
    enum status status = db_query(db, PHOTO_BODY_LIST_PAST, values, 3, &arena, &rows, count, fault);
    for (size_t i = 0; status == STATUS_OK && i < *count; i++) {
        const struct db_value change[] = {db_instant(now), db_integer(db_row_integer(&rows[i], 0))};
        status = db_run(db, PHOTO_BODY_EMPTY, change, 2, NULL, NULL, fault);
    }
    arena_release(&arena);
    return status;
}

enum status photo_store_empty(struct db *db, struct instant ended_before, struct instant now, struct fault *fault)
{
    const struct db_value values[] = {db_instant(ended_before), db_instant(ended_before), db_integer(PURGE_SLICE)};
    size_t count = PURGE_SLICE;
    enum status status = STATUS_OK;

    for (int slice = 0; status == STATUS_OK && count == PURGE_SLICE && slice < PURGE_SLICES_MAX; slice++)
        status = empty_slice(db, values, now, &count, fault);
    return status;
}
