#include "store/penalty_store.h"

#include <assert.h>
#include <string.h>

/* ---- the catalogue */

static enum status load_rules(struct db *db, struct arena *arena, struct breach_rules *rules, struct fault *fault)
{
    struct db_row *rows;
    size_t count;
    enum status status = db_query(db, CLOCK_CLAUSE_LIST, NULL, 0, arena, &rows, &count, fault);

    if (status != STATUS_OK)
        return status;
    struct clock_clause *clocks = arena_take_array(arena, count + 1, sizeof *clocks);
    for (size_t i = 0; i < count; i++)
        clocks[i] = (struct clock_clause){.kind = (enum clock_kind)db_row_integer(&rows[i], 0),
                                          .source_group = (int)db_row_integer(&rows[i], 1),
                                          .clause = (int32_t)db_row_integer(&rows[i], 2)};
    rules->clocks = clocks;
    rules->clock_count = count;
    status = db_query(db, BASIS_CLAUSE_LIST, NULL, 0, arena, &rows, &count, fault);
    if (status != STATUS_OK)
        return status;
    struct basis_clause *bases = arena_take_array(arena, count + 1, sizeof *bases);
    for (size_t i = 0; i < count; i++)
        bases[i] = (struct basis_clause){.basis = (enum penalty_basis)db_row_integer(&rows[i], 0),
                                         .clause = (int32_t)db_row_integer(&rows[i], 1),
                                         .window_days = (int)db_row_integer(&rows[i], 2)};
    rules->bases = bases;
    rules->basis_count = count;
    return STATUS_OK;
}

static void read_clause(struct clause_row *row, const struct db_row *stored)
{
    struct text article;

    *row = (struct clause_row){
        .clause = {.id = (int32_t)db_row_integer(stored, 0),
                   .unit_min_fen = db_row_integer(stored, 2),
                   .unit_max_fen = db_row_integer(stored, 3),
                   .leader_fen = db_row_integer(stored, 4),
                   .person_fen = db_row_integer(stored, 5),
                   .is_circular = db_row_integer(stored, 6) != 0,
                   .is_rectify = db_row_integer(stored, 7) != 0,
                   .is_by_hand = db_row_integer(stored, 8) != 0,
                   .is_discipline = db_row_integer(stored, 9) != 0,
                   .in_place_of = (int32_t)db_row_integer(stored, 10),
                   .effective_from = db_row_instant(stored, 13),
                   .effective_to = db_row_instant(stored, 14)},
        .text_zh = db_row_text(stored, 11),
        .text_en = db_row_text(stored, 12),
    };
    text_init(&article, row->clause.article, sizeof row->clause.article);
    text_add(&article, db_row_text(stored, 1));
}

enum status clause_book_load(struct db *db, struct arena *arena, struct clause_book *book, struct fault *fault)
{
    struct db_row *rows;
    const enum status status = db_query(db, CLAUSE_LIST, NULL, 0, arena, &rows, &book->count, fault);

    if (status != STATUS_OK)
        return status;
    book->rows = arena_take_array(arena, book->count + 1, sizeof *book->rows);
    for (size_t i = 0; i < book->count; i++)
        read_clause(&book->rows[i], &rows[i]);
    return load_rules(db, arena, &book->rules, fault);
}

const struct clause_row *clause_book_find(const struct clause_book *book, int32_t id)
{
    for (size_t i = 0; i < book->count; i++)
        if (book->rows[i].clause.id == id)
            return &book->rows[i];
    return NULL;
}

/* ---- rows */

static enum status insert_row(struct db *db, const struct penalty *penalty, int64_t *id, struct fault *fault)
{
    const struct penalty_evidence *evidence = &penalty->evidence;
    const struct db_value values[] = {
        db_integer(penalty->version),           db_integer((int64_t)penalty->state),
        db_integer(penalty->clause),            db_integer(penalty->proposed_clause),
        db_integer(penalty->unit.v),            db_integer((int64_t)evidence->basis),
        db_integer((int64_t)evidence->subject), db_integer(evidence->subject_id),
        evidence->number != 0 ? db_integer(evidence->number) : db_null(),
        db_integer((int64_t)evidence->clock_kind), db_instant(evidence->happened_at),
        db_integer(evidence->late_seconds),     db_integer(evidence->ops_wait_seconds),
        db_instant(penalty->proposed_at),       db_instant(penalty->confirmed_at),
        db_instant(penalty->ended_at),          db_integer(penalty->unit_fen),
        db_integer(penalty->leader.v),          db_integer(penalty->leader_fen),
        db_integer(penalty->person.v),          db_integer(penalty->person_fen),
    };

    return db_run(db, PENALTY_INSERT, values, sizeof values / sizeof values[0], NULL, id, fault);
}

static enum status update_row(struct db *db, const struct penalty *penalty, struct fault *fault)
{
    const struct db_value values[] = {
        db_integer(penalty->version),                   db_integer((int64_t)penalty->state),
        db_integer(penalty->clause),                    db_integer(penalty->proposed_clause),
        db_instant(penalty->evidence.happened_at),      db_integer(penalty->evidence.late_seconds),
        db_integer(penalty->evidence.ops_wait_seconds), db_instant(penalty->confirmed_at),
        db_instant(penalty->ended_at),                  db_integer(penalty->unit_fen),
        db_integer(penalty->leader.v),                  db_integer(penalty->leader_fen),
        db_integer(penalty->person.v),                  db_integer(penalty->person_fen),
        db_integer(penalty->id.v),                      db_integer((int64_t)penalty->version - 1),
    };
    int64_t affected = 0;
    const enum status status =
        db_run(db, PENALTY_UPDATE_BY_VERSION, values, sizeof values / sizeof values[0], &affected, NULL, fault);

    return status == STATUS_OK && affected != 1 ? STATUS_CONFLICT : status;
}

/* ---- loading and appending */

enum status penalty_store_load(struct db *db, struct penalty_id id, struct arena *arena, struct penalty_file *file,
                               struct fault *fault)
{
    struct stream stream;
    const enum status status = stream_load(db, SUBJECT_PENALTY, id.v, arena, &stream, fault);

    if (status != STATUS_OK)
        return status;
    *file = (struct penalty_file){.entries = stream.entries, .entry_count = stream.count, .head = stream.head};
    penalty_init(&file->penalty, id);
    for (size_t i = 0; i < stream.count; i++) {
        if (!penalty_is_foldable(&file->penalty, &stream.entries[i].event))
            return FAULT(fault, STATUS_FAILED, "penalty %lld: event %zu cannot be folded, run `shuinuo verify`",
                         (long long)id.v, i + 1);
        penalty_apply(&file->penalty, &stream.entries[i].event);
    }
    return STATUS_OK;
}

static enum status write_new(struct db *db, struct stream_change *change, struct fault *fault)
{
    struct penalty *penalty = change->context;
    const enum status status = insert_row(db, penalty, &penalty->id.v, fault);

    change->prepared.event->subject_id = penalty->id.v;
    return status;
}

static enum status write_changed(struct db *db, struct stream_change *change, struct fault *fault)
{
    return update_row(db, change->context, fault);
}

enum status penalty_store_propose(struct db *db, struct penalty *penalty, struct event *event, const char *words,
                                  const uint8_t key[ACTION_KEY_BYTES], const struct catalog *catalog, struct fault *fault)
{
    static const struct hash none = {{0}};
    struct stream_change change = {.clocks = {.catalog = catalog}, .write_rows = write_new, .context = penalty};

    assert(event->seq == 1 && penalty->version == 1 && event->subject == SUBJECT_PENALTY);
    stream_prepare(&change.prepared, event, words, key, &none);
    const enum status status = stream_write(db, &change, key, fault);
    if (status == STATUS_DUPLICATE)
        penalty->id.v = event->subject_id;
    return status;
}

enum status penalty_store_append(struct db *db, const struct penalty_file *file, struct event *event, const char *words,
                                 const uint8_t key[ACTION_KEY_BYTES], const struct catalog *catalog, struct fault *fault)
{
    struct penalty after = file->penalty;
    struct stream_change change = {.clocks = {.catalog = catalog}, .write_rows = write_changed, .context = &after};

    assert(event->seq == file->penalty.version + 1 && event->subject == SUBJECT_PENALTY);
    stream_prepare(&change.prepared, event, words, key, &file->head);
    penalty_apply(&after, event);
    return stream_write(db, &change, key, fault);
}

/* ---- the ledger's work */

static enum status write_event(struct db *db, struct stream_event *prepared, struct fault *fault)
{
    enum status status = stream_insert(db, prepared, fault);

    if (status == STATUS_OK)
        status = stream_mark(db, SUBJECT_PENALTY, prepared->event->subject_id, (struct rule_id){0}, INSTANT_NONE, fault);
    return status;
}

enum status penalty_store_insert(struct db *db, struct penalty *penalty, struct event *event, struct fault *fault)
{
    static const struct hash none = {{0}};
    struct stream_event prepared;

    assert(event->seq == 1 && penalty->version == 0);
    penalty_apply(penalty, event);
    const enum status status = insert_row(db, penalty, &penalty->id.v, fault);
    if (status != STATUS_OK)
        return status;
    event->subject_id = penalty->id.v;
    stream_prepare(&prepared, event, NULL, NULL, &none);
    return write_event(db, &prepared, fault);
}

enum status penalty_store_change(struct db *db, struct penalty_file *file, struct event *event, struct fault *fault)
{
    struct stream_event prepared;

    assert(event->seq == file->penalty.version + 1);
    stream_prepare(&prepared, event, NULL, NULL, &file->head);
    penalty_apply(&file->penalty, event);
    enum status status = update_row(db, &file->penalty, fault);
    if (status == STATUS_OK)
        status = write_event(db, &prepared, fault);
    file->head = prepared.hash;
    return status;
}
