#include "store/clerk_store.h"

#include "base/log.h"
#include "store/clock_row.h"
#include "store/notices.h"

enum { STEP_BYTES_MAX = 256 * 1024, CLOCKS_PER_TRANSACTION = 50 };

/* One clock whose next step is due. */
struct firing {
    enum subject_kind subject;
    int64_t subject_id;
    int clock_no;
    const struct catalog *catalog;
    struct instant now;
    int fired; /* by the last try */
};

static const struct ladder_step *next_step(const struct firing *firing, const struct clock *clock, int least_step,
                                           struct instant *at)
{
    return ladder_next(firing->catalog->ladder, firing->catalog->ladder_count, clock, least_step - 1, at);
}

/*
 * Tells everybody the step names. Merged reports escalate as one incident: what makes two notices the same is the parent
 * and the promise, not the single clock.
 */
static enum status tell(struct db *db, const struct firing *firing, const struct clock *clock,
                        const struct ladder_step *step, struct arena *arena, struct fault *fault)
{
    struct addressees addressees = {0};
    enum status status = STATUS_OK;

    if (firing->subject == SUBJECT_TICKET)
        status = addressees_find(db, (struct ticket_id){firing->subject_id}, arena, &addressees, fault);
    if (status == STATUS_ABSENT)
        return FAULT(fault, STATUS_FAILED, "a clock of ticket %lld, which does not exist", (long long)firing->subject_id);
    if (status != STATUS_OK)
        return status;
    const bool is_merged = addressees.state == TICKET_MERGED && addressees.parent.v != 0;
    if (clock->unit.v != 0 && !is_merged)
        addressees.unit = clock->unit;
    const int64_t fact[] = {
        (int64_t)firing->subject,
        is_merged ? addressees.parent.v : firing->subject_id,
        (int64_t)clock->kind,
        clock->cycle,
        clock->dispatch_no,
        step->step,
    };
    struct notice_draft draft = {.subject = firing->subject, .subject_id = firing->subject_id,
                                 .clock_no = firing->clock_no, .name = step->notice, .fact = fact, .fact_count = 6};
    for (enum audience audience = AUDIENCE_NONE + 1; status == STATUS_OK && audience < AUDIENCE__COUNT; audience++) {
        if ((step->audiences & (UINT32_C(1) << audience)) == 0)
            continue;
        draft.audience = audience;
        status = notice_write(db, &draft, &addressees, firing->now, fault);
    }
    return status;
}

/* Inserts the step and its notices. A step that is there already was somebody's before the row's number was raised. */
static enum status fire_step(struct db *db, struct firing *firing, const struct clock *clock,
                             const struct ladder_step *step, struct arena *arena, struct fault *fault)
{
    struct fault inner = {0};
    const struct db_value values[] = {
        db_integer((int64_t)firing->subject), db_integer(firing->subject_id), db_integer(firing->clock_no),
        db_integer(step->step),               db_integer(step->is_breach),    db_instant(firing->now),
    };
    enum status status = db_run(db, CLOCK_STEP_INSERT, values, 6, NULL, NULL, &inner);

    if (status == STATUS_DUPLICATE)
        return STATUS_OK;
    if (status != STATUS_OK)
        return FAULT_CODE(fault, status, inner.code, "%s", inner.message);
    firing->fired++;
    status = tell(db, firing, clock, step, arena, fault);
    const bool rings = clock->kind == CLOCK_ACCEPT || clock->kind == CLOCK_DISPATCH; /* lists that are open have to notice */
    if (status == STATUS_OK && (step->is_breach || rings)) {
        const struct db_value mark[] = {db_integer((int64_t)firing->subject), db_integer(firing->subject_id),
                                        db_integer(0), db_null()};
        status = db_run(db, DIRTY_INSERT, mark, 4, NULL, NULL, fault);
    }
    return status;
}

/* All steps of one clock that are due, in order: after a pause of every clerk there can be several. */
static enum status fire_due(struct db *db, struct firing *firing, struct arena *arena, struct fault *fault)
{
    const struct db_value key[] = {db_integer((int64_t)firing->subject), db_integer(firing->subject_id),
                                   db_integer(firing->clock_no)};
    struct db_row row;
    enum status status = db_query_one(db, CLOCK_LOCK, key, 3, arena, &row, fault);

    if (status == STATUS_ABSENT)
        return STATUS_OK;
    if (status != STATUS_OK)
        return status;
    const struct clock clock = clock_row_read(&row);
    int least_step = (int)db_row_integer(&row, CLOCK_ROW_COLUMNS);
    struct instant at = INSTANT_NONE;
    const struct ladder_step *step = next_step(firing, &clock, least_step, &at);
    while (status == STATUS_OK && step != NULL && !instant_is_before(firing->now, at)) {
        status = fire_step(db, firing, &clock, step, arena, fault);
        least_step = step->step + 1;
        step = next_step(firing, &clock, least_step, &at);
    }
    if (status != STATUS_OK)
        return status;
    const struct db_value values[] = {
        db_integer(least_step), db_instant(instant_or_never(step != NULL ? at : INSTANT_NONE)), key[0], key[1], key[2],
    };
    return db_run(db, CLOCK_SET_STEP, values, 5, NULL, NULL, fault);
}

/* Clocks whose steps are fired in one transaction: one durable commit for all of them. */
struct batch {
    struct firing *firings;
    size_t count;
    struct arena *arena; /* of one clock at a time */
};

static enum status fire_batch(struct db *db, void *context, struct fault *fault)
{
    struct batch *batch = context;
    enum status status = STATUS_OK;

    for (size_t i = 0; i < batch->count; i++)
        batch->firings[i].fired = 0;
    for (size_t i = 0; status == STATUS_OK && i < batch->count; i++) {
        arena_reset(batch->arena);
        status = fire_due(db, &batch->firings[i], batch->arena, fault);
    }
    return status;
}

static int count_fired(const struct batch *batch)
{
    int fired = 0;

    for (size_t i = 0; i < batch->count; i++)
        fired += batch->firings[i].fired;
    return fired;
}

/*
 * One clock after the other, each in a transaction of its own: what cannot be fired is told in the log and holds nobody else
 * up. Only a database that is away ends it.
 */
static enum status fire_singly(struct db *db, const struct batch *batch, int *fired, struct fault *fault)
{
    for (size_t i = 0; i < batch->count; i++) {
        struct batch single = {&batch->firings[i], 1, batch->arena};
        struct fault inner = {0};
        const enum status status = db_transact(db, fire_batch, &single, &inner);
        if (status == STATUS_UNAVAILABLE)
            return FAULT_CODE(fault, status, inner.code, "%s", inner.message);
        if (status == STATUS_OK)
            *fired += count_fired(&single);
        else
            log_write(LOG_LEVEL_ERROR, "clock_not_fired subject=%d/%lld no=%d: %s", (int)single.firings->subject,
                      (long long)single.firings->subject_id, single.firings->clock_no, inner.message);
    }
    return STATUS_OK;
}

/* All of a list, in parts. */
static enum status fire_list(struct db *db, struct firing *firings, size_t count, int *fired, struct fault *fault)
{
    enum status status = STATUS_OK;
    struct arena arena;

    arena_init(&arena, STEP_BYTES_MAX);
    for (size_t done = 0; status == STATUS_OK && done < count; done += CLOCKS_PER_TRANSACTION) {
        const size_t left = count - done;
        struct batch batch = {firings + done, left < CLOCKS_PER_TRANSACTION ? left : CLOCKS_PER_TRANSACTION, &arena};
        struct fault inner = {0};
        status = db_transact(db, fire_batch, &batch, &inner);
        if (status == STATUS_OK)
            *fired += count_fired(&batch);
        else if (status == STATUS_UNAVAILABLE)
            (void)FAULT_CODE(fault, status, inner.code, "%s", inner.message);
        else
            status = fire_singly(db, &batch, fired, fault);
    }
    arena_release(&arena);
    return status;
}

enum status clerk_store_fire_steps(struct db *db, const struct catalog *catalog, struct instant now, int limit,
                                   struct arena *arena, int *fired, struct fault *fault)
{
    const struct db_value values[] = {db_instant(now), db_integer(limit)};
    struct db_row *rows;
    size_t count;

    *fired = 0;
    const enum status status = db_query(db, CLOCK_LIST_STEPS_DUE, values, 2, arena, &rows, &count, fault);
    if (status != STATUS_OK)
        return status;
    struct firing *firings = arena_take_array(arena, count + 1, sizeof *firings);
    for (size_t i = 0; i < count; i++)
        firings[i] = (struct firing){
            .subject = (enum subject_kind)db_row_integer(&rows[i], 0),
            .subject_id = db_row_integer(&rows[i], 1),
            .clock_no = (int)db_row_integer(&rows[i], 2),
            .catalog = catalog,
            .now = now,
        };
    return fire_list(db, firings, count, fired, fault);
}

enum status clerk_store_next_step_at(struct db *db, struct arena *arena, struct instant *at, struct fault *fault)
{
    struct db_row row;
    const enum status status = db_query_one(db, CLOCK_FIRST_STEP_AT, NULL, 0, arena, &row, fault);

    *at = INSTANT_NONE;
    if (status == STATUS_OK)
        *at = db_row_instant(&row, 0);
    return status == STATUS_ABSENT ? STATUS_OK : status;
}
