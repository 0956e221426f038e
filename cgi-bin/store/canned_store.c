#include "store/canned_store.h"

enum { COUNT_BYTES_MAX = 16 * 1024 };

static void read_answer(struct canned_answer *answer, const struct db_row *row)
{
    *answer = (struct canned_answer){
        .id = (int32_t)db_row_integer(row, 0),
        .action = (enum ticket_action)db_row_integer(row, 1),
        .unit = {(int32_t)db_row_integer(row, 2)},
        .title = db_row_text(row, 3),
        .words = db_row_text(row, 4),
        .is_active = db_row_integer(row, 5) != 0,
        .sort = (int)db_row_integer(row, 6),
        .version = (int)db_row_integer(row, 7),
    };
}

static enum status list(struct db *db, enum statement statement, const struct db_value *values, size_t value_count,
                        struct arena *arena, struct canned_answer **answers, size_t *count, struct fault *fault)
{
    struct db_row *rows;
    const enum status status = db_query(db, statement, values, value_count, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *answers = arena_take_array(arena, *count + 1, sizeof **answers);
    for (size_t i = 0; i < *count; i++)
        read_answer(&(*answers)[i], &rows[i]);
    return STATUS_OK;
}

enum status canned_store_list(struct db *db, enum ticket_action action, struct unit_id unit, struct arena *arena,
                              struct canned_answer **answers, size_t *count, struct fault *fault)
{
    const struct db_value values[] = {db_integer(unit.v), db_integer((int64_t)action), db_integer((int64_t)action),
                                      db_integer(CANNED_OFFERED_MAX)};

    return list(db, CANNED_LIST_OFFERED, values, 4, arena, answers, count, fault);
}

enum status canned_store_list_all(struct db *db, struct unit_id unit, struct arena *arena,
                                  struct canned_answer **answers, size_t *count, struct fault *fault)
{
    const struct db_value values[] = {db_integer(unit.v), db_integer(unit.v), db_integer(CANNED_MAX)};

    return list(db, CANNED_LIST_ALL, values, 3, arena, answers, count, fault);
}

enum status canned_store_find(struct db *db, int32_t id, struct arena *arena, struct canned_answer *answer,
                              struct fault *fault)
{
    const struct db_value value = db_integer(id);
    struct db_row row;
    const enum status status = db_query_one(db, CANNED_FIND_BY_ID, &value, 1, arena, &row, fault);

    if (status == STATUS_OK)
        read_answer(answer, &row);
    return status;
}

/* ---- saving */

struct saving {
    const struct canned_answer *answer;
    int32_t id;
};

static enum status check_room(struct db *db, struct fault *fault)
{
    struct arena arena;
    struct db_row row;

    arena_init(&arena, COUNT_BYTES_MAX);
    enum status status = db_query_one(db, CANNED_COUNT, NULL, 0, &arena, &row, fault);
    if (status == STATUS_OK && db_row_integer(&row, 0) >= CANNED_MAX)
        status = STATUS_REFUSED;
    arena_release(&arena);
    return status;
}

static enum status save_work(struct db *db, void *context, struct fault *fault)
{
    struct saving *saving = context;
    const struct canned_answer *answer = saving->answer;
    const struct db_value values[] = {
        db_integer((int64_t)answer->action), db_integer(answer->unit.v), db_text(answer->title),
        db_text(answer->words),              db_integer(answer->is_active), db_integer(answer->sort),
        db_integer(answer->id),              db_integer(answer->version),
    };
    int64_t affected = 0, id = 0;

    saving->id = answer->id;
    if (answer->id != 0) {
        const enum status status = db_run(db, CANNED_UPDATE_BY_VERSION, values, 8, &affected, NULL, fault);
        return status == STATUS_OK && affected == 0 ? STATUS_CONFLICT : status;
    }
    enum status status = check_room(db, fault);
    if (status == STATUS_OK)
        status = db_run(db, CANNED_INSERT, values, 6, NULL, &id, fault);
    saving->id = (int32_t)id;
    return status;
}

enum status canned_store_save(struct db *db, const struct change *change, const struct canned_answer *answer,
                              int32_t *id, struct fault *fault)
{
    struct saving saving = {answer, 0};
    const enum status status = change_store_run(db, change, save_work, &saving, NULL, fault);

    *id = saving.id;
    return status;
}
