#include "store/ladder_store.h"

#include <string.h>

#include "core/rule_change.h"
#include "store/clock_row.h"
#include "store/projection.h"

enum { CHANGE_BYTES_MAX = 256 * 1024, CLOCK_BYTES_MAX = 64 * 1024 };

/* ---- the change */

struct hash ladder_store_hash(const struct ladder_step *steps, size_t count, enum clock_kind kind)
{
    int64_t numbers[LADDER_STEPS_MAX * 5];
    size_t used = 0;

    for (size_t i = 0; i < count; i++) {
        if (steps[i].kind != kind || used + 5 > sizeof numbers / sizeof numbers[0])
            continue;
        numbers[used++] = steps[i].step;
        numbers[used++] = steps[i].permille;
        numbers[used++] = steps[i].after_due_seconds;
        numbers[used++] = steps[i].audiences;
        numbers[used++] = steps[i].is_breach;
    }
    const struct bytes piece = {(const uint8_t *)numbers, used * sizeof numbers[0]};
    return crypto_hash_pieces(&piece, 1);
}

struct changing {
    const struct change *change;
    enum clock_kind kind;
    const struct hash *seen;
    const struct ladder_step *steps;
    size_t count;
};

static enum status read_steps(struct db *db, enum clock_kind kind, struct ladder_step *steps, size_t *count,
                              struct arena *arena, struct fault *fault)
{
    const struct db_value value = db_integer((int64_t)kind);
    struct db_row *rows;
    size_t found;
    const enum status status = db_query(db, LADDER_LIST_BY_KIND, &value, 1, arena, &rows, &found, fault);

    *count = 0;
    for (size_t i = 0; status == STATUS_OK && i < found && i < LADDER_STEPS_MAX; i++)
        steps[(*count)++] = (struct ladder_step){
            .kind = kind,
            .step = (int)db_row_integer(&rows[i], 1),
            .permille = (int)db_row_integer(&rows[i], 2),
            .after_due_seconds = db_row_integer(&rows[i], 3),
            .audiences = (uint32_t)db_row_integer(&rows[i], 4),
            .is_breach = db_row_integer(&rows[i], 5) != 0,
        };
    return status;
}

static enum status insert_step(struct db *db, const struct ladder_step *step, struct fault *fault)
{
    const struct db_value values[] = {
        db_integer((int64_t)step->kind),     db_integer(step->step),      db_integer(step->permille),
        db_integer(step->after_due_seconds), db_integer(step->audiences), db_integer(step->is_breach),
        db_text(step->notice),
    };

    return db_run(db, LADDER_INSERT, values, 7, NULL, NULL, fault);
}

/* Asks clerk to work the change in, once every program knows the new steps. */
static enum status order_walk(struct db *db, const struct changing *changing, struct arena *arena, struct fault *fault)
{
    const struct db_value name = db_text("catalog_version");
    struct db_row row;
    int64_t version = 0;
    enum status status = db_query_one(db, FACT_FIND_BY_NAME, &name, 1, arena, &row, fault);

    if (status == STATUS_OK && !text_parse_integer(db_row_text(&row, 0), 1, INT64_MAX - 1, &version))
        status = FAULT(fault, STATUS_FAILED, "the fact catalog_version is no number to order a walk by");
    if (status != STATUS_OK)
        return status;
    const struct instant not_before = instant_add_seconds(changing->change->now, CHANGE_LEAD_SECONDS);
    const struct db_value values[] = {db_integer(version), db_integer((int64_t)changing->kind), db_instant(not_before)};
    return db_run(db, LADDER_WALK_INSERT, values, 3, NULL, NULL, fault);
}

static enum status replace_steps(struct db *db, const struct changing *changing, struct arena *arena, struct fault *fault)
{
    const struct db_value kind = db_integer((int64_t)changing->kind);
    struct ladder_step stored[LADDER_STEPS_MAX];
    size_t count;

    enum status status = read_steps(db, changing->kind, stored, &count, arena, fault);
    if (status != STATUS_OK)
        return status;
    const struct hash hash = ladder_store_hash(stored, count, changing->kind);
    if (memcmp(hash.bytes, changing->seen->bytes, HASH_BYTES) != 0)
        return STATUS_CONFLICT;
    status = db_run(db, LADDER_DELETE_BY_KIND, &kind, 1, NULL, NULL, fault);
    for (size_t i = 0; status == STATUS_OK && i < changing->count; i++)
        status = insert_step(db, &changing->steps[i], fault);
    return status == STATUS_OK ? order_walk(db, changing, arena, fault) : status;
}

static enum status change_work(struct db *db, void *context, struct fault *fault)
{
    struct arena arena;

    arena_init(&arena, CHANGE_BYTES_MAX);
    const enum status status = replace_steps(db, context, &arena, fault);
    arena_release(&arena);
    return status;
}

enum status ladder_store_change(struct db *db, const struct change *change, enum clock_kind kind,
                                const struct hash *seen, const struct ladder_step *steps, size_t count,
                                struct fault *fault)
{
    struct change raising = *change;
    struct changing changing = {&raising, kind, seen, steps, count};

    raising.raises_catalog = true;
    return change_store_run(db, &raising, change_work, &changing, NULL, fault);
}

/* ---- the walk */

struct walk {
    const struct catalog *catalog;
    int64_t version;
    enum clock_kind kind;
    int64_t subject_kind, from_id; /* as far as it has come */
    int64_t to_id;                 /* as far as this part goes */
};

/* One clock: its row may have changed since it was listed. */
struct clock_at {
    const struct catalog *catalog;
    int64_t subject_kind, subject_id, no;
};

static enum status set_step_at(struct db *db, const struct clock_at *where, struct arena *arena, struct fault *fault)
{
    const struct db_value key[] = {db_integer(where->subject_kind), db_integer(where->subject_id),
                                   db_integer(where->no)};
    struct db_row row;
    const enum status status = db_query_one(db, CLOCK_LOCK, key, 3, arena, &row, fault);

    if (status != STATUS_OK)
        return status == STATUS_ABSENT ? STATUS_OK : status;
    const struct clock clock = clock_row_read(&row);
    const int least_step = (int)db_row_integer(&row, CLOCK_ROW_COLUMNS);
    const struct instant at = instant_or_never(projection_step_at(&clock, where->catalog, least_step));
    if (instant_is_equal(at, db_row_instant(&row, CLOCK_ROW_COLUMNS + 1)))
        return STATUS_OK;
    const struct db_value values[] = {db_integer(least_step), db_instant(at), key[0], key[1], key[2]};
    return db_run(db, CLOCK_SET_STEP, values, 5, NULL, NULL, fault);
}

static enum status set_step_work(struct db *db, void *context, struct fault *fault)
{
    struct arena arena;

    arena_init(&arena, CLOCK_BYTES_MAX);
    const enum status status = set_step_at(db, context, &arena, fault);
    arena_release(&arena);
    return status;
}

static enum status walk_clocks(struct db *db, const struct walk *walk, struct arena *arena, struct fault *fault)
{
    const struct db_value values[] = {db_integer(walk->subject_kind), db_integer(walk->from_id), db_integer(walk->to_id),
                                      db_integer((int64_t)walk->kind)};
    struct db_row *rows;
    size_t count;
    enum status status = db_query(db, CLOCK_LIST_RUNNING_BETWEEN, values, 4, arena, &rows, &count, fault);

    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        struct clock_at where = {walk->catalog, walk->subject_kind, db_row_integer(&rows[i], 0),
                                 db_row_integer(&rows[i], 1)};
        status = db_transact(db, set_step_work, &where, fault);
    }
    return status;
}

/* Where the next `limit` rows end; to_id 0 behind the last one of this kind of subject. */
static enum status reach(struct db *db, struct walk *walk, int limit, struct arena *arena, struct fault *fault)
{
    const struct db_value values[] = {db_integer(walk->subject_kind), db_integer(walk->from_id), db_integer(limit)};
    struct db_row row;
    const enum status status = db_query_one(db, CLOCK_REACH, values, 3, arena, &row, fault);

    walk->to_id = status == STATUS_OK ? db_row_integer(&row, 0) : 0;
    return status;
}

/* Keeps how far it has come. When another clerk was faster nothing is kept: the work is the same and does no harm twice. */
static enum status save_walk(struct db *db, const struct walk *walk, struct instant now, struct fault *fault)
{
    const bool is_kind_done = walk->to_id == 0;
    const bool is_done = is_kind_done && walk->subject_kind + 1 >= SUBJECT_KIND__COUNT;
    const struct db_value values[] = {
        db_integer(walk->subject_kind + (is_kind_done && !is_done)),
        db_integer(walk->to_id),
        db_instant(is_done ? now : INSTANT_NONE),
        db_integer(walk->version),
        db_integer(walk->subject_kind),
        db_integer(walk->from_id),
    };

    return db_run(db, LADDER_WALK_SAVE, values, 6, NULL, NULL, fault);
}

enum status ladder_store_walk(struct db *db, const struct catalog *catalog, struct instant now, int limit,
                              struct arena *arena, int *walked, struct fault *fault)
{
    const struct db_value value = db_instant(now);
    struct db_row row;

    *walked = 0;
    enum status status = db_query_one(db, LADDER_WALK_FIND, &value, 1, arena, &row, fault);
    if (status != STATUS_OK)
        return status == STATUS_ABSENT ? STATUS_OK : status;
    struct walk walk = {
        .catalog = catalog,
        .version = db_row_integer(&row, 0),
        .kind = (enum clock_kind)db_row_integer(&row, 1),
        .subject_kind = db_row_integer(&row, 2),
        .from_id = db_row_integer(&row, 3),
    };
    if (catalog->version < walk.version)
        return STATUS_OK; /* these rows are older than the change: the next round has them */
    status = reach(db, &walk, limit, arena, fault);
    if (status == STATUS_OK && walk.to_id != 0)
        status = walk_clocks(db, &walk, arena, fault);
    if (status == STATUS_OK)
        status = save_walk(db, &walk, now, fault);
    *walked = walk.to_id != 0 ? limit : 1;
    return status;
}

enum status ladder_store_open_kinds(struct db *db, struct arena *arena, uint32_t *kinds, struct fault *fault)
{
    struct db_row *rows;
    size_t count;
    const enum status status = db_query(db, LADDER_WALK_LIST_OPEN, NULL, 0, arena, &rows, &count, fault);

    *kinds = 0;
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        const int64_t kind = db_row_integer(&rows[i], 0);
        if (kind > CLOCK_NONE && kind < CLOCK_KIND__COUNT)
            *kinds |= CLOCK_BIT(kind);
    }
    return status;
}
