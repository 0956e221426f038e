#include "store/outage_sms_clerk.h"

enum {
    PLACES_PER_SLICE = 64, /* as many as SMS_FILL_HOUSEHOLDS names */
    PLACES_PER_CALL = 16 * PLACES_PER_SLICE,
    BATCHES_PER_CALL = 20,
    PURGE_SLICE = 2000,
    PURGE_SLICES_MAX = 200,
};

/* ---- batches of subscribers */

enum status outage_sms_clerk_untold(struct db *db, struct instant since, int limit, struct arena *arena,
                                    struct sms_untold **untold, size_t *count, struct fault *fault)
{
    const struct db_value values[] = {db_instant(since), db_integer(limit)};
    struct db_row *rows;
    const enum status status = db_query(db, SMS_MESSAGE_LIST_UNTOLD, values, 2, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *untold = arena_take_array(arena, *count + 1, sizeof **untold);
    for (size_t i = 0; i < *count; i++)
        (*untold)[i] = (struct sms_untold){
            .outage = {db_row_integer(&rows[i], 0)},
            .seq = (uint32_t)db_row_integer(&rows[i], 1),
            .told = (enum outage_action)db_row_integer(&rows[i], 2),
            .kind = (enum outage_kind)db_row_integer(&rows[i], 3),
        };
    return STATUS_OK;
}

enum status outage_sms_clerk_open(struct db *db, const struct sms_untold *untold, const char *body, struct instant now,
                                  struct fault *fault)
{
    const struct db_value values[] = {
        db_integer(SMS_SUBSCRIBERS),
        db_integer(untold->outage.v),
        db_integer(untold->seq),
        db_null(),
        db_integer(body[0] != '\0' ? SMS_BATCH_FILLING : SMS_BATCH_EMPTIED),
        db_integer(outage_sms_may_wait(untold->kind, untold->told)),
        db_text(body),
        db_instant(now),
        db_integer(0),
        db_integer(0),
    };
    const enum status status = db_run(db, SMS_BATCH_INSERT, values, 10, NULL, NULL, fault);

    if (status == STATUS_DUPLICATE)
        fault_reset(fault);
    return status == STATUS_DUPLICATE ? STATUS_OK : status;
}

/* ---- filling */

struct filling {
    int64_t batch;
    enum sms_audience audience;
    struct outage_id outage;
    uint32_t seq;
    int32_t filled_place, last_place; /* up to which places are in, before and after a slice */
    struct instant now;
    const int32_t *places; /* PLACES_PER_SLICE; the last one fills up what is left */
};

static enum status list_places(struct db *db, const struct filling *filling, struct arena *arena, struct db_row **rows,
                               size_t *count, struct fault *fault)
{
    const struct db_value outage = db_integer(filling->outage.v), seq = db_integer(filling->seq);
    const struct db_value after = db_integer(filling->filled_place), limit = db_integer(PLACES_PER_CALL);
    const struct db_value inside[] = {outage, seq, after, limit};
    const struct db_value around[] = {outage, seq, outage, seq, after, limit};

    return filling->audience == SMS_SUBSCRIBERS ? db_query(db, SMS_AREA_LIST_AROUND, around, 6, arena, rows, count, fault)
                                                : db_query(db, SMS_AREA_LIST, inside, 4, arena, rows, count, fault);
}

/* One slice of places, and the mark that it is in. Another clerk's mark means that its rows are in, too. */
static enum status fill_slice(struct db *db, void *context, struct fault *fault)
{
    const struct filling *filling = context;
    const struct db_value mark[] = {db_integer(filling->last_place), db_integer(filling->batch),
                                    db_integer(filling->filled_place)};
    struct db_value values[5 + PLACES_PER_SLICE] = {db_integer(filling->outage.v), db_integer(filling->seq),
                                                    db_integer(filling->batch), db_instant(filling->now)};
    size_t count = 4;

    if (filling->audience == SMS_SUBSCRIBERS)
        values[count++] = db_instant(filling->now);
    for (size_t i = 0; i < PLACES_PER_SLICE; i++)
        values[count++] = db_integer(filling->places[i]);
    const enum status status =
        db_run(db, filling->audience == SMS_SUBSCRIBERS ? SMS_FILL_SUBSCRIBERS : SMS_FILL_HOUSEHOLDS, values, count, NULL, NULL, fault);
    return status == STATUS_OK ? db_run(db, SMS_BATCH_SET_FILLED_PLACE, mark, 3, NULL, NULL, fault) : status;
}

/* After the last place: who was told before, and the number of all. */
static enum status finish_work(struct db *db, void *context, struct fault *fault)
{
    const struct filling *filling = context;
    const struct db_value before[] = {db_integer(filling->outage.v), db_integer(filling->seq),    db_integer(filling->batch),
                                      db_instant(filling->now),      db_integer(filling->outage.v), db_integer(filling->seq)};
    const struct db_value set[] = {db_integer(filling->batch), db_integer(filling->batch)};
    enum status status = STATUS_OK;

    if (filling->audience == SMS_HOUSEHOLDS)
        status = db_run(db, SMS_FILL_TOLD_BEFORE, before, 6, NULL, NULL, fault);
    return status == STATUS_OK ? db_run(db, SMS_BATCH_SET_FILLED, set, 2, NULL, NULL, fault) : status;
}

static enum status fill_batch(struct db *db, struct filling *filling, struct arena *arena, int *done, struct fault *fault)
{
    int32_t places[PLACES_PER_SLICE];
    struct db_row *rows;
    size_t count;
    enum status status = list_places(db, filling, arena, &rows, &count, fault);

    filling->places = places;
    for (size_t first = 0; status == STATUS_OK && first < count; first += PLACES_PER_SLICE) {
        for (size_t i = 0; i < PLACES_PER_SLICE; i++)
            places[i] = (int32_t)db_row_integer(&rows[first + i < count ? first + i : count - 1], 0);
        filling->last_place = places[PLACES_PER_SLICE - 1];
        status = db_transact(db, fill_slice, filling, fault);
        filling->filled_place = filling->last_place;
        *done += 1;
    }
    if (status == STATUS_OK && count < PLACES_PER_CALL) {
        status = db_transact(db, finish_work, filling, fault);
        *done += 1;
    }
    return status;
}

enum status outage_sms_clerk_fill(struct db *db, struct instant now, struct arena *arena, int *done, struct fault *fault)
{
    const struct db_value limit = db_integer(BATCHES_PER_CALL);
    struct db_row *rows;
    size_t count;
    enum status status = db_query(db, SMS_BATCH_LIST_FILLING, &limit, 1, arena, &rows, &count, fault);

    *done = 0;
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        struct filling filling = {
            .batch = db_row_integer(&rows[i], 0),
            .audience = (enum sms_audience)db_row_integer(&rows[i], 1),
            .outage = {db_row_integer(&rows[i], 2)},
            .seq = (uint32_t)db_row_integer(&rows[i], 3),
            .filled_place = (int32_t)db_row_integer(&rows[i], 4),
            .now = now,
        };
        status = fill_batch(db, &filling, arena, done, fault);
    }
    return status;
}

/* ---- the end */

enum status outage_sms_clerk_over(struct db *db, int limit, struct arena *arena, struct sms_over **over, size_t *count,
                                  struct fault *fault)
{
    const struct db_value value = db_integer(limit);
    struct db_row *rows, figures;
    enum status status = db_query(db, SMS_BATCH_LIST_OVER, &value, 1, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *over = arena_take_array(arena, *count + 1, sizeof **over);
    for (size_t i = 0; status == STATUS_OK && i < *count; i++) {
        const struct db_value batch = db_integer(db_row_integer(&rows[i], 0));
        status = db_query_one(db, SMS_COUNT_OVER, &batch, 1, arena, &figures, fault);
        if (status != STATUS_OK)
            break;
        (*over)[i] = (struct sms_over){
            .batch = batch.integer,
            .audience = (enum sms_audience)db_row_integer(&rows[i], 1),
            .outage = {db_row_integer(&rows[i], 2)},
            .seq = (uint32_t)db_row_integer(&rows[i], 3),
            .created_at = db_row_instant(&rows[i], 4),
            .households = (int)db_row_integer(&rows[i], 5),
            .sent = (int)db_row_integer(&figures, 0),
            .given_up = (int)db_row_integer(&figures, 1),
            .last_sent_at = db_row_instant(&figures, 2),
        };
    }
    return status;
}

enum status outage_sms_clerk_end(struct db *db, const struct sms_over *over, struct instant now, struct fault *fault)
{
    const struct db_value values[] = {db_integer(over->sent), db_integer(over->given_up), db_instant(over->last_sent_at),
                                      db_instant(now), db_integer(over->batch)};

    return db_run(db, SMS_BATCH_SET_DONE, values, 5, NULL, NULL, fault);
}

/* ---- clearing away */

static enum status empty_batch(struct db *db, int64_t batch, struct fault *fault)
{
    const struct db_value values[] = {db_integer(batch), db_integer(PURGE_SLICE)};
    int64_t affected = PURGE_SLICE;
    enum status status = STATUS_OK;

    for (int slice = 0; status == STATUS_OK && affected == PURGE_SLICE && slice < PURGE_SLICES_MAX; slice++)
        status = db_run(db, SMS_DELETE_BY_BATCH, values, 2, &affected, NULL, fault);
    return status == STATUS_OK && affected < PURGE_SLICE ? db_run(db, SMS_BATCH_SET_EMPTIED, values, 1, NULL, NULL, fault) : status;
}

static enum status purge_before(struct db *db, enum statement statement, struct instant before, struct fault *fault)
{
    const struct db_value values[] = {db_instant(before), db_integer(PURGE_SLICE)};
    int64_t affected = PURGE_SLICE;
    enum status status = STATUS_OK;

    for (int slice = 0; status == STATUS_OK && affected == PURGE_SLICE && slice < PURGE_SLICES_MAX; slice++)
        status = db_run(db, statement, values, 2, &affected, NULL, fault);
    return status;
}

enum status outage_sms_clerk_purge(struct db *db, struct instant kept_since, struct instant now, struct fault *fault)
{
    const struct instant yesterday = instant_add_seconds(now, -DAY_SECONDS);
    const struct db_value values[] = {db_instant(kept_since), db_integer(BATCHES_PER_CALL)};
    struct arena arena;
    struct db_row *rows;
    size_t count;

    arena_init(&arena, 64 * 1024);
    enum status status = db_query(db, SMS_BATCH_LIST_KEPT, values, 2, &arena, &rows, &count, fault);
    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        status = empty_batch(db, db_row_integer(&rows[i], 0), fault);
    arena_release(&arena);
    if (status == STATUS_OK)
        status = purge_before(db, SMS_DELETE_CODES, yesterday, fault);
    if (status == STATUS_OK)
        status = purge_before(db, SUBSCRIBE_INPUT_PURGE, yesterday, fault);
    return status == STATUS_OK ? purge_before(db, SUBSCRIPTION_PURGE, now, fault) : status;
}
