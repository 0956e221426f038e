#include "store/unit_store.h"

enum { ID_BYTES_MAX = 16 * 1024 };

static void read_unit(struct unit_row *unit, const struct db_row *row)
{
    *unit = (struct unit_row){
        .id = {(int32_t)db_row_integer(row, 0)},
        .code = db_row_text(row, 1),
        .name_zh = db_row_text(row, 2),
        .name_en = db_row_text(row, 3),
        .is_handling = db_row_integer(row, 4) != 0,
        .sort = (int)db_row_integer(row, 5),
        .version = (uint32_t)db_row_integer(row, 6),
    };
    for (size_t post = 0; post < UNIT_POST__COUNT; post++) {
        unit->posts[post].staff.v = (int32_t)db_row_integer(row, 7 + post);
        unit->posts[post].login = db_row_text(row, 10 + 2 * post);
        unit->posts[post].name = db_row_text(row, 11 + 2 * post);
    }
}

enum status unit_store_list(struct db *db, struct arena *arena, struct unit_row **rows, size_t *count,
                            struct fault *fault)
{
    struct db_row *found;
    const enum status status = db_query(db, UNIT_LIST_WHOLE, NULL, 0, arena, &found, count, fault);

    if (status != STATUS_OK)
        return status;
    *rows = arena_take_array(arena, *count, sizeof **rows);
    for (size_t i = 0; i < *count; i++)
        read_unit(&(*rows)[i], &found[i]);
    return STATUS_OK;
}

enum status unit_store_find(struct db *db, struct unit_id id, struct arena *arena, struct unit_row *row,
                            struct fault *fault)
{
    const struct db_value value = db_integer(id.v);
    struct db_row found;
    const enum status status = db_query_one(db, UNIT_FIND_BY_ID, &value, 1, arena, &found, fault);

    if (status == STATUS_OK)
        read_unit(row, &found);
    return status;
}

/* Numbers are given here, so that they stay small: the row of the catalog's version makes additions wait for each other. */
static enum status next_id(struct db *db, int64_t *id, struct fault *fault)
{
    struct arena arena;
    struct db_row row;

    arena_init(&arena, ID_BYTES_MAX);
    const enum status status = db_query_one(db, UNIT_NEXT_ID, NULL, 0, &arena, &row, fault);
    if (status == STATUS_OK)
        *id = db_row_integer(&row, 0);
    arena_release(&arena);
    return status;
}

static enum status save_work(struct db *db, void *context, struct fault *fault)
{
    const struct unit_row *unit = context;
    struct db_value values[] = {
        db_text(unit->name_zh),
        db_text(unit->name_en),
        db_integer(unit->is_handling),
        db_integer(unit->posts[UNIT_DIRECT_LEADER].staff.v),
        db_integer(unit->posts[UNIT_LEADER_IN_CHARGE].staff.v),
        db_integer(unit->posts[UNIT_INDICATOR_OWNER].staff.v),
        db_integer(unit->sort),
        db_integer(unit->id.v),
        db_integer(unit->version),
    };
    int64_t affected = 0, id = 0;

    if (unit->id.v != 0) {
        const enum status status = db_run(db, UNIT_UPDATE_BY_VERSION, values, 9, &affected, NULL, fault);
        return status == STATUS_OK && affected == 0 ? STATUS_CONFLICT : status;
    }
    const enum status status = next_id(db, &id, fault);
    if (status != STATUS_OK)
        return status;
    values[7] = db_text(unit->code);
    values[8] = db_integer(id);
    return db_run(db, UNIT_INSERT, values, 9, NULL, NULL, fault);
}

enum status unit_store_save(struct db *db, const struct change *change, const struct unit_row *row,
                            struct fault *fault)
{
    struct change raising = *change;
    struct unit_row copy = *row;

    raising.raises_catalog = true;
    return change_store_run(db, &raising, save_work, &copy, NULL, fault);
}
