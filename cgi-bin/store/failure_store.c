#include "store/failure_store.h"

#include <assert.h>
#include <string.h>

#include "store/clock_row.h"
#include "store/staff_store.h"

enum { LATEST = INT32_MAX };

/* ---- reading */

static void read_failure(struct failure *failure, const struct db_row *row)
{
    const struct bytes last_key = db_row_bytes(row, 22);
    const struct unit_id unit = {(int32_t)db_row_integer(row, 1)};

    *failure = (struct failure){
        .id = (int32_t)db_row_integer(row, 0),
        .state = (enum failure_state)db_row_integer(row, 2),
        .origin = (enum failure_origin)db_row_integer(row, 3),
        .part = (int)db_row_integer(row, 4),
        .report = {unit, db_row_instant(row, 5), db_row_instant(row, 6), db_row_instant(row, 7), false},
        .claimed = {unit, db_row_instant(row, 8), db_row_instant(row, 9), db_row_instant(row, 10), false},
        .contact = db_row_text(row, 11),
        .words = db_row_text(row, 12),
        .recorded_at = db_row_instant(row, 13),
        .recorded_by = {(int32_t)db_row_integer(row, 14)},
        .recorder_name = db_row_text(row, 15),
        .decided_at = db_row_instant(row, 16),
        .decided_by = {(int32_t)db_row_integer(row, 17)},
        .decider_name = db_row_text(row, 18),
        .decision_words = db_row_text(row, 19),
        .proposal = (int32_t)db_row_integer(row, 20),
        .version = (uint32_t)db_row_integer(row, 21),
        .has_last_key = last_key.length == FAILURE_KEY_BYTES,
    };
    failure->report.is_confirmed = failure->state == FAILURE_CONFIRMED;
    if (failure->has_last_key)
        memcpy(failure->last_key, last_key.data, FAILURE_KEY_BYTES);
}

static enum status read_list(struct db *db, enum statement statement, const struct db_value *values, size_t value_count,
                             struct arena *arena, struct failure **failures, size_t *count, struct fault *fault)
{
    struct db_row *rows;
    const enum status status = db_query(db, statement, values, value_count, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *failures = arena_take_array(arena, *count + 1, sizeof **failures);
    for (size_t i = 0; i < *count; i++)
        read_failure(&(*failures)[i], &rows[i]);
    return STATUS_OK;
}

enum status failure_store_find(struct db *db, int32_t id, struct arena *arena, struct failure *failure,
                               struct fault *fault)
{
    const struct db_value value = db_integer(id);
    struct db_row row;
    const enum status status = db_query_one(db, FAILURE_FIND_BY_ID, &value, 1, arena, &row, fault);

    if (status == STATUS_OK)
        read_failure(failure, &row);
    return status;
}

enum status failure_store_waiting(struct db *db, struct arena *arena, struct failure **failures, size_t *count,
                                  struct fault *fault)
{
    return read_list(db, FAILURE_LIST_WAITING, NULL, 0, arena, failures, count, fault);
}

enum status failure_store_list(struct db *db, struct unit_id unit, int32_t before, int limit, struct arena *arena,
                               struct failure **failures, size_t *count, struct fault *fault)
{
    const struct db_value values[] = {db_integer(unit.v), db_integer(before == 0 ? LATEST : before), db_integer(limit)};

    if (unit.v == 0)
        return read_list(db, FAILURE_LIST_NEWEST, values + 1, 2, arena, failures, count, fault);
    return read_list(db, FAILURE_LIST_BY_UNIT, values, 3, arena, failures, count, fault);
}

/* ---- writing */

#define INSERT_VALUES 16
static void insert_values(const struct failure *failure, const uint8_t *key, struct db_value values[INSERT_VALUES])
{
    const struct db_value row[INSERT_VALUES] = {
        db_integer(failure->report.unit.v),         db_integer((int64_t)failure->state),
        db_integer((int64_t)failure->origin),       db_integer(failure->part),
        db_instant(failure->report.started_at),     db_instant(failure->report.ended_at),
        db_instant(failure->report.reported_at),    db_instant(failure->claimed.started_at),
        db_instant(failure->claimed.ended_at),      db_instant(failure->claimed.reported_at),
        db_text(failure->contact),                  db_text(failure->words),
        db_instant(failure->recorded_at),           db_integer(failure->recorded_by.v),
        db_integer(failure->proposal),              db_bytes(key, FAILURE_KEY_BYTES),
    };

    memcpy(values, row, sizeof row);
}

static enum status record(struct db *db, struct staff_id staff, const char *what, int64_t id, struct instant now,
                          struct fault *fault)
{
    char number[24];
    struct text text;

    text_init(&text, number, sizeof number);
    text_add_number(&text, id, 1);
    return audit_store_add(db, staff, what, SUBJECT_FAILURE, id, number, now, fault);
}

struct adding {
    const struct failure *failure;
    const uint8_t *key;
    int64_t id;
};

static enum status add_work(struct db *db, void *context, struct fault *fault)
{
    struct adding *adding = context;
    struct db_value values[INSERT_VALUES];

    insert_values(adding->failure, adding->key, values);
    const enum status status = db_run(db, FAILURE_INSERT, values, INSERT_VALUES, NULL, &adding->id, fault);
    if (status != STATUS_OK || adding->failure->recorded_by.v == 0)
        return status;
    return record(db, adding->failure->recorded_by, "failure_report", adding->id, adding->failure->recorded_at, fault);
}

enum status failure_store_add(struct db *db, struct failure *failure, const uint8_t key[FAILURE_KEY_BYTES],
                              struct arena *arena, struct fault *fault)
{
    struct adding adding = {.failure = failure, .key = key};
    struct fault inner = {0};
    enum status status = db_transact(db, add_work, &adding, &inner);

    if (status == STATUS_OK) {
        failure->id = (int32_t)adding.id;
        return STATUS_OK;
    }
    if (status == STATUS_DUPLICATE) {
        const struct db_value value = db_bytes(key, FAILURE_KEY_BYTES);
        struct db_row row;
        status = db_query_one(db, FAILURE_FIND_BY_KEY, &value, 1, arena, &row, fault);
        if (status == STATUS_OK)
            failure->id = (int32_t)db_row_integer(&row, 0);
        return status == STATUS_OK ? STATUS_DUPLICATE : status;
    }
    if (fault != NULL && fault->file == NULL)
        *fault = inner;
    return status;
}

/* A change of one row by its version, with its audit record, and for a proposal the reports made of it. */
struct changing {
    const struct failure *failure;
    const struct failure *decided; /* NULL: only the end is told */
    struct instant ended_at;
    const struct unit_id *units;
    size_t unit_count;
    const struct failure_change *change;
};

/* No row fitted: either this very form came before (after a COMMIT whose outcome was unknown, or sent twice), or somebody else. */
static enum status explain_unchanged(struct db *db, const struct changing *changing, struct fault *fault)
{
    struct failure now;
    struct arena arena;

    arena_init(&arena, (size_t)64 * 1024);
    const enum status status = failure_store_find(db, changing->failure->id, &arena, &now, fault);
    const bool is_ours = status == STATUS_OK && now.has_last_key &&
                         memcmp(now.last_key, changing->change->key, FAILURE_KEY_BYTES) == 0;
    arena_release(&arena);
    if (status != STATUS_OK)
        return status;
    return is_ours ? STATUS_DUPLICATE : STATUS_CONFLICT;
}

static enum status set_ended(struct db *db, const struct changing *changing, int64_t *affected, struct fault *fault)
{
    const struct db_value values[] = {
        db_instant(changing->ended_at), db_bytes(changing->change->key, FAILURE_KEY_BYTES),
        db_integer(changing->failure->id), db_integer(changing->failure->version),
    };

    return db_run(db, FAILURE_SET_ENDED, values, 4, affected, NULL, fault);
}

static enum status set_decided(struct db *db, const struct changing *changing, int64_t *affected, struct fault *fault)
{
    const struct failure *decided = changing->decided;
    const struct db_value values[] = {
        db_integer((int64_t)decided->state),
        db_instant(decided->report.started_at),
        db_instant(decided->report.ended_at),
        db_instant(decided->report.reported_at),
        db_instant(changing->change->now),
        db_integer(changing->change->staff.v),
        db_text(decided->decision_words),
        db_bytes(changing->change->key, FAILURE_KEY_BYTES),
        db_integer(changing->failure->id),
        db_integer(changing->failure->version),
    };

    return db_run(db, FAILURE_SET_DECIDED, values, sizeof values / sizeof values[0], affected, NULL, fault);
}

/* The report of one unit out of a proposal; its key follows from the form's, so that a second run finds it. */
static enum status insert_taken(struct db *db, const struct changing *changing, struct unit_id unit,
                                struct fault *fault)
{
    const struct failure_change *change = changing->change;
    const int64_t numbers[] = {changing->failure->id, unit.v};
    const struct bytes pieces[] = {{change->key, FAILURE_KEY_BYTES}, {(const uint8_t *)numbers, sizeof numbers}};
    const struct hash key = crypto_hash_pieces(pieces, 2);
    struct failure taken = *changing->decided;
    struct db_value values[INSERT_VALUES + 4];

    taken.state = FAILURE_CONFIRMED;
    taken.report.unit = unit;
    taken.recorded_at = change->now;
    taken.recorded_by = change->staff;
    taken.proposal = changing->failure->id;
    insert_values(&taken, key.bytes, values);
    values[INSERT_VALUES] = db_instant(change->now);
    values[INSERT_VALUES + 1] = db_integer(change->staff.v);
    values[INSERT_VALUES + 2] = db_text(taken.decision_words);
    values[INSERT_VALUES + 3] = db_bytes(change->key, FAILURE_KEY_BYTES);
    return db_run(db, FAILURE_INSERT_CONFIRMED, values, INSERT_VALUES + 4, NULL, NULL, fault);
}

static enum status change_work(struct db *db, void *context, struct fault *fault)
{
    const struct changing *changing = context;
    const struct failure_change *change = changing->change;
    int64_t affected = 0;
    enum status status = changing->decided == NULL ? set_ended(db, changing, &affected, fault)
                                                   : set_decided(db, changing, &affected, fault);

    if (status == STATUS_OK && affected != 1)
        return explain_unchanged(db, changing, fault);
    for (size_t i = 0; status == STATUS_OK && i < changing->unit_count; i++)
        status = insert_taken(db, changing, changing->units[i], fault);
    if (status != STATUS_OK)
        return status;
    return record(db, change->staff, changing->decided == NULL ? "failure_end" : "failure_decision",
                  changing->failure->id, change->now, fault);
}

static enum status run_change(struct db *db, struct changing *changing, struct fault *fault)
{
    struct fault inner = {0};
    const enum status status = db_transact(db, change_work, changing, &inner);

    if (status == STATUS_DUPLICATE)
        return STATUS_OK;
    if (status != STATUS_OK && status != STATUS_CONFLICT && fault != NULL && fault->file == NULL)
        *fault = inner;
    return status;
}

enum status failure_store_end(struct db *db, const struct failure *failure, struct instant ended_at,
                              const struct failure_change *change, struct fault *fault)
{
    struct changing changing = {.failure = failure, .ended_at = ended_at, .change = change};

    return run_change(db, &changing, fault);
}

enum status failure_store_decide(struct db *db, const struct failure *failure, const struct failure *decided,
                                 const struct failure_change *change, struct fault *fault)
{
    struct changing changing = {.failure = failure, .decided = decided, .change = change};

    assert(decided->state == FAILURE_CONFIRMED || decided->state == FAILURE_REFUSED);
    return run_change(db, &changing, fault);
}

enum status failure_store_take(struct db *db, const struct failure *proposal, const struct failure *decided,
                               const struct unit_id *units, size_t unit_count, const struct failure_change *change,
                               struct fault *fault)
{
    struct changing changing = {
        .failure = proposal, .decided = decided, .units = units, .unit_count = unit_count, .change = change};

    assert(proposal->report.unit.v == 0 && decided->state == FAILURE_TAKEN && unit_count > 0);
    return run_change(db, &changing, fault);
}

/* ---- covered clocks */

static void read_clock(struct failure_clock *clock, const struct db_row *row)
{
    *clock = (struct failure_clock){
        .ticket = {db_row_integer(row, CLOCK_ROW_COLUMNS)},
        .place_text = db_row_text(row, CLOCK_ROW_COLUMNS + 2),
        .category = {(int32_t)db_row_integer(row, CLOCK_ROW_COLUMNS + 3)},
        .state = (enum ticket_state)db_row_integer(row, CLOCK_ROW_COLUMNS + 4),
        .clock = clock_row_read(row),
    };
    number_copy(clock->number, db_row_text(row, CLOCK_ROW_COLUMNS + 1));
}

enum status failure_store_clocks(struct db *db, const struct failure *failure, struct instant now, int limit,
                                 struct arena *arena, struct failure_clock **clocks, size_t *count, bool *more,
                                 struct fault *fault)
{
    const struct failure_report *report = &failure->report;
    const struct db_value values[] = {
        db_integer(report->unit.v), db_instant(report->started_at),
        db_instant(instant_is_set(report->ended_at) ? report->ended_at : now), db_integer(limit),
    };
    struct db_row *rows;
    size_t found;

    *count = 0;
    const enum status status = db_query(db, CLOCK_LIST_BY_UNIT_DUE, values, 4, arena, &rows, &found, fault);
    if (status != STATUS_OK)
        return status;
    *more = found == (size_t)limit;
    *clocks = arena_take_array(arena, found + 1, sizeof **clocks);
    for (size_t i = 0; i < found; i++) {
        struct failure_clock *clock = &(*clocks)[*count];
        read_clock(clock, &rows[i]);
        clock->is_excused = clock->clock.result == RESULT_EXCUSED && clock->clock.excuse_code == failure->id;
        if (clock->is_excused || failure_covers(report, &clock->clock, now) == FAILURE_COVERS)
            ++*count;
    }
    return STATUS_OK;
}
