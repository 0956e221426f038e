#include "store/ledger_work.h"

#include <assert.h>

#include "base/log.h"
#include "store/ledger_facts.h"

enum { MARKS_PER_TRANSACTION = 20, WORK_BYTES_MAX = 64 * 1024 * 1024, TOUCHED_MAX = 4 * BREACHES_MAX };

struct ledger_mark_row {
    int64_t id;
    enum subject_kind subject;
    int64_t subject_id;
    bool is_echo;
};

/* A breach as its row says. */
struct breach_row {
    enum penalty_basis basis;
    int64_t number, penalty, incident;
    enum clock_kind kind;
    int cycle;
    struct unit_id unit;
    int32_t open_clause; /* of a proposal that nobody has decided and that is this very breach's; 0: another's, or decided */
};

/* One try at some marks, in one transaction. */
struct working {
    const struct ledger_mark_row *marks;
    size_t mark_count;
    const struct clause_book *book;
    struct instant now;
    struct arena *arena;
    int done;
    /* of the subject in hand */
    const struct ledger_mark_row *mark;
    struct ledger_facts known;
    int64_t touched[TOUCHED_MAX]; /* proposals that lost a breach */
    size_t touched_count;
};

/* ---- marks */

static enum status add_mark(struct db *db, enum subject_kind subject, int64_t id, bool is_echo, struct fault *fault)
{
    const struct db_value values[] = {db_integer((int64_t)subject), db_integer(id), db_integer(is_echo)};

    return db_run(db, LEDGER_MARK_INSERT, values, 3, NULL, NULL, fault);
}

enum status ledger_mark(struct db *db, enum subject_kind subject, int64_t id, struct instant now, struct arena *arena,
                        struct fault *fault)
{
    const struct db_value values[] = {db_instant(now), db_integer(id)};
    struct db_row row;

    if (subject != SUBJECT_TICKET && subject != SUBJECT_OUTAGE)
        return STATUS_OK;
    if (subject == SUBJECT_TICKET) {
        const enum status status = db_query_one(db, LEDGER_CONCERNS_TICKET, values, 2, arena, &row, fault);
        if (status != STATUS_OK)
            return status == STATUS_ABSENT ? STATUS_OK : status;
    }
    return add_mark(db, subject, id, false, fault);
}

/* ---- proposals */

static const struct penalty_clause *clause_of(const struct working *working, int32_t id)
{
    const struct clause_row *row = clause_book_find(working->book, id);

    return row != NULL ? &row->clause : NULL;
}

static struct penalty_command command_of(const struct working *working, enum penalty_action action, const struct breach *breach,
                                         uint32_t version)
{
    return (struct penalty_command){
        .action = action,
        .actor = actor_system(),
        .expected_version = version,
        .unit = breach->unit,
        .evidence = breach_evidence(breach, working->mark->subject, working->mark->subject_id),
    };
}

/* penalty: its id; 0: the clause was not in force, nothing can be proposed. */
static enum status propose(struct db *db, struct working *working, const struct breach *breach, int64_t *penalty, struct fault *fault)
{
    const struct penalty_command command = command_of(working, PENALTY_PROPOSE, breach, 0);
    const struct penalty_clause *clause = clause_of(working, breach->clause);
    struct penalty fresh;
    struct event event;

    *penalty = 0;
    penalty_init(&fresh, (struct penalty_id){0});
    const enum verdict verdict =
        clause == NULL ? VERDICT_BAD_VALUE : penalty_decide(&fresh, &command, clause, working->now, &event);
    if (verdict != VERDICT_OK) {
        log_write(LOG_LEVEL_WARNING, "not_proposed subject=%d/%lld basis=%d number=%lld: %s", (int)working->mark->subject,
                  (long long)working->mark->subject_id, (int)breach->basis, (long long)breach->number, verdict_name(verdict));
        return STATUS_OK;
    }
    const enum status status = penalty_store_insert(db, &fresh, &event, fault);
    if (status == STATUS_OK)
        *penalty = fresh.id.v;
    return status;
}

/* Loads a proposal with its row locked, so that nobody's event comes in between. */
static enum status lock_file(struct db *db, struct working *working, int64_t id, struct penalty_file *file, struct fault *fault)
{
    const struct db_value value = db_integer(id);
    struct db_row row;
    const enum status status = db_query_one(db, PENALTY_LOCK_BY_ID, &value, 1, working->arena, &row, fault);

    return status == STATUS_OK ? penalty_store_load(db, (struct penalty_id){id}, working->arena, file, fault) : status;
}

static enum status act(struct db *db, struct working *working, struct penalty_file *file, struct penalty_command *command,
                       const struct penalty_clause *clause, struct fault *fault)
{
    struct event event;

    command->expected_version = file->penalty.version;
    const enum verdict verdict =
        clause == NULL ? VERDICT_BAD_VALUE : penalty_decide(&file->penalty, command, clause, working->now, &event);
    if (verdict != VERDICT_OK)
        return FAULT(fault, STATUS_FAILED, "penalty %lld: %s: %s", (long long)file->penalty.id.v,
                     penalty_action_name(command->action), verdict_name(verdict));
    return penalty_store_change(db, file, &event, fault);
}

static enum status revive(struct db *db, struct working *working, const struct breach *breach, int64_t id, struct fault *fault)
{
    struct penalty_command command = command_of(working, PENALTY_REVIVE, breach, 0);
    struct penalty_file file;
    const enum status status = lock_file(db, working, id, &file, fault);

    if (status != STATUS_OK || file.penalty.state != PENALTY_WITHDRAWN)
        return status;
    return act(db, working, &file, &command, clause_of(working, breach->clause), fault);
}

/* Withdraws what may still come to stand. What was dismissed or revoked stays so. */
static enum status withdraw(struct db *db, struct working *working, int64_t id, struct fault *fault)
{
    struct penalty_command command = {.action = PENALTY_WITHDRAW, .actor = actor_system()};
    struct penalty_file file;
    const enum status status = lock_file(db, working, id, &file, fault);

    if (status != STATUS_OK || !penalty_is_alive(file.penalty.state))
        return status;
    return act(db, working, &file, &command, clause_of(working, file.penalty.clause), fault);
}

/* ---- one breach and its proposal */

static int cycle_of(const struct working *working, const struct breach *breach)
{
    if (breach->basis != BASIS_CLOCK)
        return 0;
    for (size_t i = 0; i < working->known.facts.clock_count; i++)
        if (working->known.facts.clocks[i].no == breach->number)
            return working->known.facts.clocks[i].cycle;
    return 0;
}

/* Where other reports of the incident have a proposal for the same promise already. */
static enum status find_shared(struct db *db, const struct working *working, const struct breach *breach, int64_t *penalty,
                               struct fault *fault)
{
    const struct db_value id = db_integer(working->mark->subject_id);
    const struct db_value values[] = {db_integer(working->known.incident), db_integer((int64_t)breach->kind),
                                      db_integer(breach->unit.v), db_integer(cycle_of(working, breach)), id, id};
    struct db_row row;

    if (breach->basis != BASIS_CLOCK || working->known.incident == 0)
        return STATUS_ABSENT;
    const enum status status = db_query_one(db, BREACH_FIND_SHARED, values, 6, working->arena, &row, fault);
    if (status == STATUS_OK)
        *penalty = db_row_integer(&row, 0);
    return status;
}

/*
 * Reports that ran with this one and do no more leave its proposal to it: they look for one of their own, as what is echoed.
 */
static enum status send_strangers_away(struct db *db, const struct working *working, int64_t penalty, struct fault *fault)
{
    const struct db_value values[] = {db_integer(penalty), db_integer(working->known.incident)};
    struct db_row *rows;
    size_t count;
    enum status status = db_query(db, BREACH_LIST_STRANGERS, values, 2, working->arena, &rows, &count, fault);

    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        status = db_run(db, BREACH_DELETE, rows[i].columns, 4, NULL, NULL, fault);
        if (status == STATUS_OK)
            status = add_mark(db, (enum subject_kind)db_row_integer(&rows[i], 0), db_row_integer(&rows[i], 1), true, fault);
    }
    return status;
}

/* Its own proposal, made before or now. */
static enum status find_own(struct db *db, struct working *working, const struct breach *breach, int64_t *penalty, struct fault *fault)
{
    const struct db_value values[] = {
        db_integer((int64_t)working->mark->subject), db_integer(working->mark->subject_id), db_integer((int64_t)breach->basis),
        db_integer(breach->number), db_integer(breach->unit.v),
    };
    struct db_row row;
    enum status status = db_query_one(db, PENALTY_FIND_BY_BREACH, values, 5, working->arena, &row, fault);

    if (status == STATUS_ABSENT)
        return propose(db, working, breach, penalty, fault);
    if (status != STATUS_OK)
        return status;
    *penalty = db_row_integer(&row, 0);
    if (db_row_integer(&row, 1) == PENALTY_WITHDRAWN)
        return revive(db, working, breach, *penalty, fault);
    return send_strangers_away(db, working, *penalty, fault);
}

static enum status place(struct db *db, struct working *working, const struct breach *breach, struct fault *fault)
{
    int64_t penalty = 0;
    enum status status = find_shared(db, working, breach, &penalty, fault);

    if (status == STATUS_ABSENT)
        status = find_own(db, working, breach, &penalty, fault);
    if (status != STATUS_OK || penalty == 0)
        return status;
    const struct db_value values[] = {
        db_integer((int64_t)working->mark->subject), db_integer(working->mark->subject_id),
        db_integer((int64_t)breach->basis),          db_integer(breach->number),
        db_integer(penalty),                         db_integer(working->known.incident),
        db_integer((int64_t)breach->kind),           db_integer(cycle_of(working, breach)),
        db_integer(breach->unit.v),
    };
    return db_run(db, BREACH_INSERT, values, 9, NULL, NULL, fault);
}

static enum status forget(struct db *db, struct working *working, const struct breach_row *row, struct fault *fault)
{
    const struct db_value values[] = {db_integer((int64_t)working->mark->subject), db_integer(working->mark->subject_id),
                                      db_integer((int64_t)row->basis), db_integer(row->number)};

    assert(working->touched_count < TOUCHED_MAX);
    working->touched[working->touched_count++] = row->penalty;
    return db_run(db, BREACH_DELETE, values, 4, NULL, NULL, fault);
}

/* ---- one subject */

static enum status load_rows(struct db *db, struct working *working, struct breach_row **rows, size_t *count, struct fault *fault)
{
    const struct db_value values[] = {db_integer((int64_t)working->mark->subject), db_integer(working->mark->subject_id)};
    struct db_row *stored;
    const enum status status = db_query(db, BREACH_LIST_BY_SUBJECT, values, 2, working->arena, &stored, count, fault);

    if (status != STATUS_OK)
        return status;
    *rows = arena_take_array(working->arena, *count + 1, sizeof **rows);
    for (size_t i = 0; i < *count; i++)
        (*rows)[i] = (struct breach_row){.basis = (enum penalty_basis)db_row_integer(&stored[i], 0),
                                         .number = db_row_integer(&stored[i], 1),
                                         .penalty = db_row_integer(&stored[i], 2),
                                         .incident = db_row_integer(&stored[i], 3),
                                         .kind = (enum clock_kind)db_row_integer(&stored[i], 4),
                                         .cycle = (int)db_row_integer(&stored[i], 5),
                                         .unit = {(int32_t)db_row_integer(&stored[i], 6)},
                                         .open_clause = (int32_t)db_row_integer(&stored[i], 7)};
    return STATUS_OK;
}

static const struct breach *find_breach(const struct breach *breaches, size_t count, const struct breach_row *row)
{
    for (size_t i = 0; i < count; i++)
        if (breaches[i].basis == row->basis && breaches[i].number == row->number)
            return &breaches[i];
    return NULL;
}

static bool is_same(const struct working *working, const struct breach *breach, const struct breach_row *row)
{
    return row->incident == working->known.incident && row->kind == breach->kind && row->unit.v == breach->unit.v &&
           row->cycle == cycle_of(working, breach);
}

/* Facts told later gave it another clause before anybody decided: it is proposed anew under that one. */
static enum status change_clause(struct db *db, struct working *working, const struct breach *breach, const struct breach_row *row,
                                 struct fault *fault)
{
    if (row->open_clause == 0 || row->open_clause == breach->clause)
        return STATUS_OK;
    const enum status status = withdraw(db, working, row->penalty, fault);
    return status == STATUS_OK ? revive(db, working, breach, row->penalty, fault) : status;
}

/* Rows whose breach is gone or is another's now. kept: breaches that have their row */
static enum status clear_rows(struct db *db, struct working *working, const struct breach *breaches, size_t count, bool *kept,
                              struct fault *fault)
{
    struct breach_row *rows;
    size_t row_count;
    enum status status = load_rows(db, working, &rows, &row_count, fault);

    for (size_t i = 0; status == STATUS_OK && i < row_count; i++) {
        const struct breach *breach = find_breach(breaches, count, &rows[i]);
        if (breach == NULL || !is_same(working, breach, &rows[i])) {
            status = forget(db, working, &rows[i], fault);
            continue;
        }
        kept[breach - breaches] = true;
        status = change_clause(db, working, breach, &rows[i], fault);
    }
    return status;
}

static enum status withdraw_what_is_left(struct db *db, struct working *working, struct fault *fault)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; status == STATUS_OK && i < working->touched_count; i++) {
        const struct db_value value = db_integer(working->touched[i]);
        struct db_row row;
        status = db_query_one(db, BREACH_COUNT_BY_PENALTY, &value, 1, working->arena, &row, fault);
        if (status == STATUS_OK && db_row_integer(&row, 0) == 0)
            status = withdraw(db, working, working->touched[i], fault);
    }
    return status;
}

static enum status echo(struct db *db, const struct working *working, enum statement statement, const struct db_value *values,
                        size_t value_count, struct fault *fault)
{
    struct db_row *rows;
    size_t count;
    enum status status = db_query(db, statement, values, value_count, working->arena, &rows, &count, fault);

    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        const bool is_pair = statement == BREACH_LIST_BY_EARLIER;
        const int64_t id = db_row_integer(&rows[i], is_pair ? 1 : 0);
        if (id != working->mark->subject_id)
            status = add_mark(db, is_pair ? (enum subject_kind)db_row_integer(&rows[i], 0) : SUBJECT_TICKET, id, true, fault);
    }
    return status;
}

/* Whose breaches hang on this ticket: what repeats it, and leaks repaired again after it. */
static enum status echo_all(struct db *db, const struct working *working, struct fault *fault)
{
    const struct ledger_facts *known = &working->known;
    const struct db_value id = db_integer(working->mark->subject_id);

    if (working->mark->is_echo || working->mark->subject != SUBJECT_TICKET)
        return STATUS_OK;
    enum status status = echo(db, working, BREACH_LIST_BY_EARLIER, &id, 1, fault);
    if (status == STATUS_OK && known->place != 0) {
        const struct db_value values[] = {
            db_integer(known->place), db_instant(known->repaired_at),
            db_instant(instant_add_seconds(known->repaired_at, (int64_t)known->window_days * DAY_SECONDS)),
        };
        status = echo(db, working, LEDGER_LEAKS_AFTER_AT_PLACE, values, 3, fault);
    }
    return status;
}

static enum status compare_subject(struct db *db, struct working *working, struct fault *fault)
{
    const struct ledger_mark_row *mark = working->mark;
    struct breach *breaches = arena_take_array(working->arena, BREACHES_MAX, sizeof *breaches);
    bool kept[BREACHES_MAX] = {false};
    enum status status = ledger_facts_load(db, mark->subject, mark->subject_id, &working->book->rules, working->now,
                                           working->arena, &working->known, fault);

    if (status == STATUS_ABSENT)
        return STATUS_OK;
    if (status != STATUS_OK)
        return status;
    const size_t count =
        breach_list(&working->known.facts, &working->book->rules, working->now, breaches, BREACHES_MAX);
    working->touched_count = 0;
    status = clear_rows(db, working, breaches, count, kept, fault);
    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        if (!kept[i])
            status = place(db, working, &breaches[i], fault);
    if (status == STATUS_OK)
        status = withdraw_what_is_left(db, working, fault);
    return status == STATUS_OK ? echo_all(db, working, fault) : status;
}

/* ---- some marks */

static bool is_last_of_subject(const struct working *working, size_t index)
{
    for (size_t i = index + 1; i < working->mark_count; i++)
        if (working->marks[i].subject == working->marks[index].subject &&
            working->marks[i].subject_id == working->marks[index].subject_id &&
            working->marks[i].is_echo <= working->marks[index].is_echo)
            return false;
    return true;
}

static enum status work_on_mark(struct db *db, struct working *working, size_t index, struct fault *fault)
{
    const struct ledger_mark_row *mark = &working->marks[index];
    const struct db_value id = db_integer(mark->id);
    int64_t affected = 0;
    enum status status = db_run(db, LEDGER_MARK_DELETE_BY_ID, &id, 1, &affected, NULL, fault);

    if (status != STATUS_OK || affected == 0) /* another clerk's */
        return status;
    working->done++;
    if (!is_last_of_subject(working, index))
        return STATUS_OK;
    working->mark = mark;
    status = compare_subject(db, working, fault);
    if (status != STATUS_OK || !working->known.is_at_edge)
        return status;
    working->done--;
    return add_mark(db, mark->subject, mark->subject_id, mark->is_echo, fault);
}

static enum status work_on_marks(struct db *db, void *context, struct fault *fault)
{
    struct working *working = context;
    /* Whoever works holds this row: two that looked for the same proposal at once would each make one. */
    const struct db_value turn[] = {db_text("ledger"), db_instant((struct instant){0}), db_instant(working->now)};

    working->done = 0;
    arena_reset(working->arena);
    enum status status = db_run(db, JOB_RAISE, turn, 3, NULL, NULL, fault);
    for (size_t i = 0; status == STATUS_OK && i < working->mark_count; i++)
        status = work_on_mark(db, working, i, fault);
    return status;
}

/* One after the other: what cannot be worked on stays, is told, and holds no other up. Only a database that is away ends it. */
static enum status work_singly(struct db *db, const struct working *batch, int *done, struct fault *fault)
{
    for (size_t i = 0; i < batch->mark_count; i++) {
        struct working single = *batch;
        struct fault inner = {0};
        single.marks = &batch->marks[i];
        single.mark_count = 1;
        const enum status status = db_transact(db, work_on_marks, &single, &inner);
        if (status == STATUS_UNAVAILABLE)
            return FAULT_CODE(fault, status, inner.code, "%s", inner.message);
        if (status == STATUS_OK)
            *done += single.done;
        else
            log_write(LOG_LEVEL_ERROR, "ledger_not_kept subject=%d/%lld: %s", (int)single.marks->subject,
                      (long long)single.marks->subject_id, inner.message);
    }
    return STATUS_OK;
}

static enum status load_marks(struct db *db, int limit, struct arena *arena, struct ledger_mark_row **marks, size_t *count,
                              struct fault *fault)
{
    const struct db_value values[] = {db_integer(0), db_integer(limit)};
    struct db_row *rows;
    const enum status status = db_query(db, LEDGER_MARK_LIST, values, 2, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *marks = arena_take_array(arena, *count + 1, sizeof **marks);
    for (size_t i = 0; i < *count; i++)
        (*marks)[i] = (struct ledger_mark_row){db_row_integer(&rows[i], 0), (enum subject_kind)db_row_integer(&rows[i], 1),
                                               db_row_integer(&rows[i], 2), db_row_integer(&rows[i], 3) != 0};
    return STATUS_OK;
}

enum status ledger_work(struct db *db, struct instant now, int limit, struct arena *arena, int *done, struct fault *fault)
{
    struct clause_book book;
    struct ledger_mark_row *marks;
    struct arena own;
    size_t count;

    *done = 0;
    enum status status = load_marks(db, limit, arena, &marks, &count, fault);
    if (status != STATUS_OK || count == 0)
        return status;
    status = clause_book_load(db, arena, &book, fault);
    arena_init(&own, WORK_BYTES_MAX);
    for (size_t from = 0; status == STATUS_OK && from < count; from += MARKS_PER_TRANSACTION) {
        const size_t left = count - from;
        struct working working = {.marks = marks + from,
                                  .mark_count = left < MARKS_PER_TRANSACTION ? left : MARKS_PER_TRANSACTION,
                                  .book = &book, .now = now, .arena = &own};
        struct fault inner = {0};
        status = db_transact(db, work_on_marks, &working, &inner);
        if (status == STATUS_OK)
            *done += working.done;
        else if (status == STATUS_UNAVAILABLE)
            (void)FAULT_CODE(fault, status, inner.code, "%s", inner.message);
        else
            status = work_singly(db, &working, done, fault);
    }
    arena_release(&own);
    return status;
}
