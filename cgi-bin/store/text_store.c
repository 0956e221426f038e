#include "store/text_store.h"

enum { WORK_BYTES_MAX = 4 * 1024 * 1024 };

static void read_text(struct public_text *text, const struct db_row *row)
{
    *text = (struct public_text){
        .code = db_row_text(row, 0),
        .kind = (enum text_kind)db_row_integer(row, 1),
        .sort = (int)db_row_integer(row, 2),
        .version = (int)db_row_integer(row, 3),
        .title = db_row_text(row, 4),
        .body = db_row_text(row, 5),
        .effective_from = db_row_instant(row, 6),
    };
}

enum status text_store_list(struct db *db, enum text_language language, struct instant at, struct arena *arena,
                            struct public_text **texts, size_t *count, struct fault *fault)
{
    const struct db_value values[] = {db_integer((int64_t)language), db_instant(at)};
    struct db_row *rows;
    const enum status status = db_query(db, PUBLIC_TEXT_LIST, values, 2, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *texts = arena_take_array(arena, *count + 1, sizeof **texts);
    for (size_t i = 0; i < *count; i++)
        read_text(&(*texts)[i], &rows[i]);
    return STATUS_OK;
}

enum status text_store_begun(struct db *db, struct instant at, struct arena *arena, int64_t *count, struct fault *fault)
{
    const struct db_value value = db_instant(at);
    struct db_row row;
    const enum status status = db_query_one(db, PUBLIC_TEXT_COUNT_BEGUN, &value, 1, arena, &row, fault);

    if (status == STATUS_OK)
        *count = db_row_integer(&row, 0);
    return status;
}

enum status text_store_load(struct db *db, const char *code, enum text_language language, struct instant at,
                            struct arena *arena, struct public_text *text, struct fault *fault)
{
    const struct db_value values[] = {db_text(code), db_integer((int64_t)language), db_instant(at)};
    struct db_row row;
    const enum status status = db_query_one(db, PUBLIC_TEXT_FIND, values, 3, arena, &row, fault);

    if (status == STATUS_OK)
        read_text(text, &row);
    return status;
}

/* ---- versions */

static enum status list_versions(struct db *db, enum statement statement, const char *code, struct arena *arena,
                                 struct text_version **texts, size_t *count, struct fault *fault)
{
    const struct db_value value = db_text(code);
    struct db_row *rows;
    const enum status status = db_query(db, statement, &value, code != NULL, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *texts = arena_take_array(arena, *count + 1, sizeof **texts);
    for (size_t i = 0; i < *count; i++)
        (*texts)[i] = (struct text_version){
            .code = db_row_text(&rows[i], 0),
            .kind = (enum text_kind)db_row_integer(&rows[i], 1),
            .sort = (int)db_row_integer(&rows[i], 2),
            .version = (int)db_row_integer(&rows[i], 3),
            .title = {db_row_text(&rows[i], 4), db_row_text(&rows[i], 6)},
            .body = {db_row_text(&rows[i], 5), db_row_text(&rows[i], 7)},
            .effective_from = db_row_instant(&rows[i], 8),
            .changed_at = db_row_instant(&rows[i], 9),
            .changed_by = db_row_text(&rows[i], 10),
        };
    return STATUS_OK;
}

enum status text_store_list_last(struct db *db, struct arena *arena, struct text_version **texts, size_t *count,
                                 struct fault *fault)
{
    return list_versions(db, PUBLIC_TEXT_LIST_LAST, NULL, arena, texts, count, fault);
}

enum status text_store_list_versions(struct db *db, const char *code, struct arena *arena, struct text_version **texts,
                                     size_t *count, struct fault *fault)
{
    return list_versions(db, PUBLIC_TEXT_LIST_VERSIONS, code, arena, texts, count, fault);
}

struct saving {
    const struct text_version *text;
    const struct change *change;
};

static enum status insert_version(struct db *db, const struct saving *saving, enum text_language language,
                                  struct fault *fault)
{
    const struct text_version *text = saving->text;
    const struct db_value values[] = {
        db_text(text->code),
        db_integer((int64_t)language),
        db_integer(text->version + 1),
        db_integer((int64_t)text->kind),
        db_integer(text->sort),
        db_text(text->title[language]),
        db_text(text->body[language]),
        db_instant(text->effective_from),
        db_integer(saving->change->staff.v),
        db_instant(saving->change->now),
    };

    return db_run(db, PUBLIC_TEXT_INSERT, values, 10, NULL, NULL, fault);
}

static enum status save_work(struct db *db, void *context, struct fault *fault)
{
    const struct saving *saving = context;
    struct text_version *versions;
    struct arena arena;
    size_t count;

    arena_init(&arena, WORK_BYTES_MAX);
    enum status status = text_store_list_versions(db, saving->text->code, &arena, &versions, &count, fault);
    if (status == STATUS_OK && (count > 0 ? versions[0].version : 0) != saving->text->version)
        status = STATUS_CONFLICT;
    arena_release(&arena);
    for (int language = TEXT_ZH; status == STATUS_OK && language < TEXT_LANGUAGE__COUNT; language++)
        status = insert_version(db, saving, (enum text_language)language, fault);
    return status;
}

enum status text_store_save(struct db *db, const struct change *change, const struct text_version *text,
                            struct fault *fault)
{
    struct change raising = *change;
    struct saving saving = {text, change};

    raising.raises_catalog = true;
    return change_store_run(db, &raising, save_work, &saving, NULL, fault);
}
