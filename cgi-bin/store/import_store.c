#include "store/import_store.h"

#include <string.h>

#include "base/now.h"

enum {
    SCRATCH_BYTES = 64 * 1024,
    LIST_SCRATCH_BYTES = 1024 * 1024,
    STAGED_SECONDS = 24 * 3600,
    REPLACED_SECONDS = 3600,
    SLICE_ROWS = 1000, /* of one DELETE */
};

/* ---- looking */

static void read_row(struct import_row *row, const struct db_row *from)
{
    struct text name;

    *row = (struct import_row){
        .id = (int32_t)db_row_integer(from, 0),
        .state = (enum import_state)db_row_integer(from, 1),
        .staff = {(int32_t)db_row_integer(from, 2)},
        .base_version = (int32_t)db_row_integer(from, 4),
        .begun_at = db_row_instant(from, 5),
        .ended_at = db_row_instant(from, 6),
        .encoding = (enum encoding)db_row_integer(from, 7),
        .counts = {.rows = db_row_integer(from, 8),
                   .with_phone = db_row_integer(from, 9),
                   .added = db_row_integer(from, 10),
                   .changed = db_row_integer(from, 11),
                   .removed = db_row_integer(from, 12),
                   .bad = db_row_integer(from, 13),
                   .kept = db_row_integer(from, 14),
                   .overwritten = db_row_integer(from, 15),
                   .places = db_row_integer(from, 16),
                   .retired = db_row_integer(from, 17),
                   .reused = db_row_integer(from, 18),
                   .meters = db_row_integer(from, 19)},
    };
    text_init(&name, row->file_name, sizeof row->file_name);
    text_add(&name, db_row_text(from, 3));
    text_init(&name, row->staff_name, sizeof row->staff_name);
    text_add(&name, db_row_text(from, 20));
}

static enum status find(struct db *db, enum statement statement, struct db_value value, struct import_row *row, struct fault *fault)
{
    struct arena arena;
    struct db_row found;

    arena_init(&arena, SCRATCH_BYTES);
    const enum status status = db_query_one(db, statement, &value, 1, &arena, &found, fault);
    if (status == STATUS_OK)
        read_row(row, &found);
    arena_release(&arena);
    return status;
}

enum status import_store_find(struct db *db, int32_t import, struct import_row *row, struct fault *fault)
{
    return find(db, IMPORT_FIND_BY_ID, db_integer(import), row, fault);
}

enum status import_store_find_by_key(struct db *db, const uint8_t key[16], struct import_row *row, struct fault *fault)
{
    return find(db, IMPORT_FIND_BY_KEY, db_bytes(key, 16), row, fault);
}

enum status import_store_list(struct db *db, int32_t before, int limit, struct arena *arena, struct import_row **rows, size_t *count,
                              struct fault *fault)
{
    const struct db_value values[] = {db_integer(before), db_integer(limit)};
    struct db_row *found;
    const enum status status = db_query(db, IMPORT_LIST_BEFORE, values, 2, arena, &found, count, fault);

    if (status != STATUS_OK)
        return status;
    *rows = arena_take_array(arena, *count, sizeof **rows);
    for (size_t i = 0; i < *count; i++)
        read_row(&(*rows)[i], &found[i]);
    return STATUS_OK;
}

enum status import_store_lines(struct db *db, int32_t import, int32_t after_seq, int limit, struct arena *arena,
                               struct import_line **lines, size_t *count, struct fault *fault)
{
    const struct db_value values[] = {db_integer(import), db_integer(after_seq), db_integer(limit)};
    struct db_row *found;
    const enum status status = db_query(db, IMPORT_LINE_LIST, values, 3, arena, &found, count, fault);

    if (status != STATUS_OK)
        return status;
    *lines = arena_take_array(arena, *count, sizeof **lines);
    for (size_t i = 0; i < *count; i++)
        (*lines)[i] = (struct import_line){(int32_t)db_row_integer(&found[i], 0), (int32_t)db_row_integer(&found[i], 1),
                                           (int32_t)db_row_integer(&found[i], 2),
                                           (enum customer_problem)db_row_integer(&found[i], 3),
                                           (enum customer_field)db_row_integer(&found[i], 4)};
    return STATUS_OK;
}

enum status import_store_overwritten(struct db *db, const struct import_row *import, int limit, struct arena *arena,
                                     struct import_overwritten **rows, size_t *count, struct fault *fault)
{
    const struct db_value values[] = {db_integer(import->id), db_integer(import->base_version), db_integer(limit)};
    struct db_row *found;
    const enum status status = db_query(db, IMPORT_LIST_OVERWRITTEN, values, 3, arena, &found, count, fault);

    if (status != STATUS_OK)
        return status;
    *rows = arena_take_array(arena, *count, sizeof **rows);
    for (size_t i = 0; i < *count; i++)
        (*rows)[i] = (struct import_overwritten){db_row_text(&found[i], 0), db_row_text(&found[i], 1), db_row_text(&found[i], 2)};
    return STATUS_OK;
}

/* ---- in force */

struct switching {
    const struct import_row *import;
    struct instant now;
};

/* Phones that staff registered go over into the new version, and the figures of their places with them. */
static enum status keep_edits(struct db *db, const struct import_row *import, struct fault *fault)
{
    const struct db_value versions[] = {db_integer(import->id), db_integer(import->base_version)};
    struct arena arena;
    struct db_row *rows;
    size_t count = 0;

    arena_init(&arena, LIST_SCRATCH_BYTES * 4);
    enum status status = db_query(db, IMPORT_LIST_KEPT_FIGURES, versions, 2, &arena, &rows, &count, fault);
    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        status = household_figure_adjust(db, import->id, (struct place_id){(int32_t)db_row_integer(&rows[i], 0)},
                                         (int)db_row_integer(&rows[i], 1), fault);
    arena_release(&arena);
    if (status == STATUS_OK)
        status = db_run(db, EDIT_DELETE_OVERWRITTEN, versions, 2, NULL, NULL, fault);
    if (status == STATUS_OK)
        status = db_run(db, IMPORT_KEEP_EDITS, versions, 2, NULL, NULL, fault);
    return status;
}

static enum status switch_places(struct db *db, const struct switching *job, struct fault *fault)
{
    const struct db_value id = db_integer(job->import->id), base = db_integer(job->import->base_version), now = db_instant(job->now);
    const struct db_value retire[] = {base, id, now}, retire_meters[] = {now, base, id};
    enum status status = db_run(db, PLACE_RETIRE_DROPPED, retire, 3, NULL, NULL, fault);

    if (status == STATUS_OK)
        status = db_run(db, PLACE_REUSE_LISTED, &id, 1, NULL, NULL, fault);
    if (status == STATUS_OK)
        status = db_run(db, PLACE_PUT_IN_FORCE, &id, 1, NULL, NULL, fault);
    if (status == STATUS_OK)
        status = db_run(db, METER_RETIRE_DROPPED, retire_meters, 3, NULL, NULL, fault);
    if (status == STATUS_OK)
        status = db_run(db, METER_REUSE_LISTED, &id, 1, NULL, NULL, fault);
    if (status == STATUS_OK)
        status = db_run(db, METER_PUT_IN_FORCE, &id, 1, NULL, NULL, fault);
    return status == STATUS_OK ? db_run(db, CATALOG_VERSION_RAISE, NULL, 0, NULL, NULL, fault) : status;
}

static enum status change_state(struct db *db, int32_t import, enum import_state from, enum import_state to, struct instant now,
                                struct fault *fault)
{
    const struct db_value values[] = {db_integer(to), db_instant(now), db_integer(import), db_integer(from)};
    int64_t affected = 0;
    const enum status status = db_run(db, IMPORT_SET_STATE, values, 4, &affected, NULL, fault);

    return status == STATUS_OK && affected == 0 ? STATUS_CONFLICT : status;
}

static enum status switch_work(struct db *db, void *context, struct fault *fault)
{
    const struct switching *job = context;
    const struct import_row *import = job->import;
    const struct db_value values[] = {db_integer(import->id), db_integer(import->base_version), db_integer(import->id),
                                      db_instant(job->now)};
    int64_t affected = 0;
    enum status status = change_state(db, import->id, IMPORT_STAGED, IMPORT_IN_FORCE, job->now, fault);

    if (status == STATUS_OK)
        status = db_run(db, REGISTER_SWITCH, values, 4, &affected, NULL, fault);
    if (status == STATUS_OK && affected == 0)
        return STATUS_CONFLICT;
    if (status == STATUS_OK && import->base_version != 0) {
        status = change_state(db, import->base_version, IMPORT_IN_FORCE, IMPORT_REPLACED, job->now, fault);
        if (status == STATUS_CONFLICT) /* a register that was filled without an import */
            status = STATUS_OK;
    }
    if (status == STATUS_OK)
        status = keep_edits(db, import, fault);
    return status == STATUS_OK ? switch_places(db, job, fault) : status;
}

enum status import_store_switch(struct db *db, const struct import_row *import, struct instant now, struct fault *fault)
{
    struct switching job = {import, now};
    struct import_row after;
    const enum status status = db_transact(db, switch_work, &job, fault);

    /* Run again after a COMMIT that nobody heard of, it finds itself done. */
    if (status == STATUS_CONFLICT && import_store_find(db, import->id, &after, fault) == STATUS_OK && after.state == IMPORT_IN_FORCE)
        return STATUS_OK;
    return status;
}

enum status import_store_discard(struct db *db, int32_t import, struct instant now, struct fault *fault)
{
    return change_state(db, import, IMPORT_STAGED, IMPORT_DISCARDED, now, fault);
}

/* ---- clearing away */

enum status import_store_abandon(struct db *db, struct instant now, int32_t except, bool with_staged, struct fault *fault)
{
    const struct db_value values[] = {db_instant(now), db_instant(now), db_instant(instant_add_seconds(now, -(int64_t)STAGED_SECONDS)),
                                      db_integer(with_staged ? 1 : 0), db_integer(except)};

    return db_run(db, IMPORT_ABANDON, values, 5, NULL, NULL, fault);
}

/* Deletes slices until nothing is left (is_done) or the budget is used up. */
static enum status delete_slices(struct db *db, enum statement statement, int32_t import, int *budget, bool *is_done, struct fault *fault)
{
    enum status status = STATUS_OK;
    int64_t affected = SLICE_ROWS;

    while (status == STATUS_OK && affected == SLICE_ROWS && *budget > 0) {
        const struct db_value values[] = {db_integer(import), db_integer(SLICE_ROWS)};
        status = db_run(db, statement, values, 2, &affected, NULL, fault);
        *budget -= (int)affected;
    }
    *is_done = affected < SLICE_ROWS;
    return status;
}

static enum status purge_one(struct db *db, int32_t import, int *budget, bool *is_done, struct fault *fault)
{
    static const enum statement rest[] = {PLACE_GRAM_DELETE_STAGED, PLACE_DELETE_STAGED, METER_DELETE_STAGED,
                                          HOUSEHOLD_KEY_DELETE_BY_IMPORT, IMPORT_SET_PURGED};
    const struct db_value id = db_integer(import);
    enum status status = delete_slices(db, HOUSEHOLD_DELETE_SOME, import, budget, is_done, fault);

    if (status == STATUS_OK && *is_done)
        status = delete_slices(db, FIGURE_DELETE_SOME, import, budget, is_done, fault);
    for (size_t i = 0; status == STATUS_OK && *is_done && i < sizeof rest / sizeof rest[0]; i++)
        status = db_run(db, rest[i], &id, 1, NULL, NULL, fault);
    return status;
}

enum status import_store_purge(struct db *db, struct instant now, int budget, bool *is_done, struct fault *fault)
{
    const struct db_value before = db_instant(instant_add_seconds(now, -(int64_t)REPLACED_SECONDS));
    struct arena arena;
    struct db_row *rows;
    size_t count = 0;

    *is_done = true;
    enum status status = import_store_abandon(db, now, 0, false, fault);
    arena_init(&arena, LIST_SCRATCH_BYTES);
    if (status == STATUS_OK)
        status = db_query(db, IMPORT_LIST_TO_PURGE, &before, 1, &arena, &rows, &count, fault);
    for (size_t i = 0; status == STATUS_OK && i < count && *is_done; i++)
        status = purge_one(db, (int32_t)db_row_integer(&rows[i], 0), &budget, is_done, fault);
    arena_release(&arena);
    return status;
}
