#include "store/change.h"

enum { DETAIL_CHARACTERS = 200, CHANGE_BYTES_MAX = 64 * 1024 };

struct running {
    const struct change *change;
    db_work work;
    void *context;
    int64_t catalog_version;
};

/* The row is taken first, so that whoever changes rows of the catalog waits for the one before. */
static enum status raise_catalog(struct db *db, struct running *running, struct fault *fault)
{
    const struct db_value name = db_text("catalog_version");
    struct arena arena;
    struct db_row row;

    enum status status = db_run(db, CATALOG_VERSION_RAISE, NULL, 0, NULL, NULL, fault);
    if (status != STATUS_OK)
        return status;
    arena_init(&arena, CHANGE_BYTES_MAX);
    status = db_query_one(db, FACT_FIND_BY_NAME, &name, 1, &arena, &row, fault);
    if (status == STATUS_OK && !text_parse_integer(db_row_text(&row, 0), 1, INT64_MAX - 1, &running->catalog_version))
        status = FAULT(fault, STATUS_FAILED, "the fact catalog_version cannot be raised");
    arena_release(&arena);
    return status;
}

static enum status write_audit(struct db *db, const struct change *change, struct fault *fault)
{
    char detail[DETAIL_CHARACTERS * 4 + 1];
    struct text text;

    text_init(&text, detail, sizeof detail);
    text_add_bytes(&text, change->detail, text_prefix_bytes(change->detail, DETAIL_CHARACTERS));
    const struct db_value values[] = {
        db_instant(change->now),
        db_integer(change->staff.v),
        db_text(change->what),
        db_integer((int64_t)change->subject),
        db_integer(change->subject_id),
        db_text(detail),
        db_bytes(change->key, CHANGE_KEY_BYTES),
    };
    return db_run(db, AUDIT_INSERT_KEYED, values, 7, NULL, NULL, fault);
}

static enum status change_work(struct db *db, void *context, struct fault *fault)
{
    const struct running *running = context;
    enum status status = running->change->raises_catalog ? raise_catalog(db, context, fault) : STATUS_OK;

    if (status == STATUS_OK)
        status = write_audit(db, running->change, fault);
    if (status != STATUS_OK)
        return status;
    status = running->work(db, running->context, fault);
    return status == STATUS_DUPLICATE ? STATUS_REFUSED : status; /* a duplicate is the form's alone */
}

enum status change_store_run(struct db *db, const struct change *change, db_work work, void *context,
                             int64_t *catalog_version, struct fault *fault)
{
    struct running running = {change, work, context, 0};
    const enum status status = db_transact(db, change_work, &running, fault);

    if (catalog_version != NULL)
        *catalog_version = running.catalog_version;
    return status;
}

enum status change_store_was_saved(struct db *db, const struct change *change, struct arena *arena, bool *was_saved,
                                   struct fault *fault)
{
    const struct db_value key = db_bytes(change->key, CHANGE_KEY_BYTES);
    struct db_row row;
    const enum status status = db_query_one(db, AUDIT_COUNT_BY_KEY, &key, 1, arena, &row, fault);

    *was_saved = status == STATUS_OK && db_row_integer(&row, 0) > 0;
    return status;
}
