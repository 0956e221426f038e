#include "store/outage_sms_store.h"

#include <assert.h>

enum { BATCHES_MOST = 100, GIVEN_UP_MOST = 50 };

_Static_assert(SMS_HOUSEHOLDS == 1 && SMS_SUBSCRIBERS == 2 && SMS_CODES == 3, "statements_sms.def names these audiences");
_Static_assert(SMS_BATCH_FILLING == 1 && SMS_BATCH_RUNNING == 2 && SMS_BATCH_DONE == 3 && SMS_BATCH_EMPTIED == 4,
               "statements_sms.def names these states of batches");
_Static_assert(SMS_WAITING == 0 && SMS_CLAIMED == 1 && SMS_SENT == 2 && SMS_GIVEN_UP == 3 && SMS_AGAIN == 4,
               "statements_sms.def names these states");

/* ---- reading */

static void read_batch(struct sms_batch *batch, const struct db_row *row)
{
    *batch = (struct sms_batch){
        .id = db_row_integer(row, 0),
        .audience = (enum sms_audience)db_row_integer(row, 1),
        .seq = (uint32_t)db_row_integer(row, 2),
        .told = (enum outage_action)db_row_integer(row, 3),
        .state = (enum sms_batch_state)db_row_integer(row, 4),
        .is_stopped = db_row_integer(row, 5) != 0,
        .may_wait = db_row_integer(row, 6) != 0,
        .body = db_row_text(row, 7),
        .created_at = db_row_instant(row, 8),
        .households = (int)db_row_integer(row, 9),
        .numbers = (int)db_row_integer(row, 10),
        .sent = (int)db_row_integer(row, 11),
        .given_up = (int)db_row_integer(row, 12),
        .stopped_at = db_row_instant(row, 13),
        .last_sent_at = db_row_instant(row, 14),
        .ended_at = db_row_instant(row, 15),
        .created_by = db_row_text(row, 16),
        .stopped_by = db_row_text(row, 17),
        .told_at = db_row_instant(row, 18),
    };
}

/* A count of one state of one batch, into its figures. */
static void take_count(struct sms_batch *batches, size_t count, const struct db_row *row)
{
    const int number = (int)db_row_integer(row, 2);

    for (size_t i = 0; i < count; i++) {
        if (batches[i].id != db_row_integer(row, 0))
            continue;
        switch ((enum sms_state)db_row_integer(row, 1)) {
        case SMS_WAITING: batches[i].waiting = number; break;
        case SMS_CLAIMED: batches[i].under_way = number; break;
        case SMS_SENT: batches[i].sent = number; break;
        case SMS_GIVEN_UP: batches[i].given_up = number; break;
        case SMS_AGAIN: batches[i].again = number; break;
        case SMS_STATE__COUNT: break;
        }
        if (batches[i].state == SMS_BATCH_FILLING)
            batches[i].numbers += number;
    }
}

enum status outage_sms_store_list(struct db *db, struct outage_id outage, struct arena *arena, struct sms_batch **batches,
                                  size_t *count, struct fault *fault)
{
    const struct db_value values[] = {db_integer(outage.v), db_integer(BATCHES_MOST)};
    struct db_row *rows, *counts;
    size_t counted;
    enum status status = db_query(db, SMS_BATCH_LIST_BY_OUTAGE, values, 2, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *batches = arena_take_array(arena, *count + 1, sizeof **batches);
    for (size_t i = 0; i < *count; i++)
        read_batch(&(*batches)[i], &rows[i]);
    status = db_query(db, SMS_COUNT_BY_OUTAGE, values, 1, arena, &counts, &counted, fault);
    for (size_t i = 0; status == STATUS_OK && i < counted; i++)
        take_count(*batches, *count, &counts[i]);
    return status;
}

enum status outage_sms_store_troubles(struct db *db, int64_t batch, struct arena *arena, struct sms_trouble **troubles,
                                      size_t *count, struct fault *fault)
{
    const struct db_value value = db_integer(batch);
    struct db_row *rows;
    const enum status status = db_query(db, SMS_COUNT_ERRORS, &value, 1, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *troubles = arena_take_array(arena, *count + 1, sizeof **troubles);
    for (size_t i = 0; i < *count; i++)
        (*troubles)[i] = (struct sms_trouble){
            .state = (enum sms_state)db_row_integer(&rows[i], 0),
            .error = (enum gateway_error)db_row_integer(&rows[i], 1),
            .count = (int)db_row_integer(&rows[i], 2),
            .next_try = db_row_instant(&rows[i], 3),
        };
    return STATUS_OK;
}

enum status outage_sms_store_given_up(struct db *db, int64_t batch, struct arena *arena,
                                      struct sms_dead **dead, size_t *count, struct fault *fault)
{
    const struct db_value values[] = {db_integer(batch), db_integer(GIVEN_UP_MOST)};
    struct db_row *rows;
    const enum status status = db_query(db, SMS_LIST_GIVEN_UP, values, 2, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *dead = arena_take_array(arena, *count + 1, sizeof **dead);
    for (size_t i = 0; i < *count; i++)
        (*dead)[i] = (struct sms_dead){db_row_text(&rows[i], 0), (enum gateway_error)db_row_integer(&rows[i], 1),
                                       (int)db_row_integer(&rows[i], 2), db_row_text(&rows[i], 3)};
    return STATUS_OK;
}

/* ---- places */

static void read_places(const struct db_row *rows, size_t count, struct arena *arena, struct sms_place **places)
{
    *places = arena_take_array(arena, count + 1, sizeof **places);
    for (size_t i = 0; i < count; i++)
        (*places)[i] = (struct sms_place){{(int32_t)db_row_integer(&rows[i], 0)}, db_row_text(&rows[i], 1), db_row_text(&rows[i], 2),
                                          (int)db_row_integer(&rows[i], 3), (int)db_row_integer(&rows[i], 4)};
}

enum status outage_sms_store_places(struct db *db, struct outage_id outage, struct arena *arena, struct sms_place **places,
                                    size_t *count, struct fault *fault)
{
    const struct db_value values[] = {db_integer(outage.v), db_integer(OUTAGE_PLACES_MAX)};
    struct db_row *rows;
    const enum status status = db_query(db, SMS_PLACE_LIST, values, 2, arena, &rows, count, fault);

    if (status == STATUS_OK)
        read_places(rows, *count, arena, places);
    return status;
}

enum status outage_sms_store_names(struct db *db, const struct household *households, size_t household_count, struct arena *arena,
                                   struct sms_place **places, size_t *count, struct fault *fault)
{
    struct db_value values[HOUSEHOLD_BATCH];
    struct db_row *rows;

    assert(household_count <= HOUSEHOLD_BATCH);
    for (size_t i = 0; i < HOUSEHOLD_BATCH; i++)
        values[i] = db_integer(i < household_count ? households[i].place.v : 0);
    const enum status status = db_query(db, SMS_PLACE_NAMES, values, HOUSEHOLD_BATCH, arena, &rows, count, fault);
    if (status == STATUS_OK)
        read_places(rows, *count, arena, places);
    return status;
}

/* ---- making and steering */

struct steering {
    const struct change *change;
    const struct sms_order *order; /* of a new batch */
    struct outage_id outage;
    int64_t batch;
};

static enum status create_work(struct db *db, void *context, struct fault *fault)
{
    const struct steering *steering = context;
    const struct sms_order *order = steering->order;
    const struct db_value values[] = {
        db_integer(SMS_HOUSEHOLDS),
        db_integer(order->outage.v),
        db_integer(order->seq),
        db_bytes(steering->change->key, CHANGE_KEY_BYTES),
        db_integer(SMS_BATCH_FILLING),
        db_integer(order->may_wait),
        db_text(order->body),
        db_instant(steering->change->now),
        db_integer(steering->change->staff.v),
        db_integer(order->households),
    };

    return db_run(db, SMS_BATCH_INSERT, values, 10, NULL, NULL, fault);
}

enum status outage_sms_store_create(struct db *db, const struct change *change, const struct sms_order *order,
                                    struct fault *fault)
{
    struct steering steering = {.change = change, .order = order};

    return change_store_run(db, change, create_work, &steering, NULL, fault);
}

static enum status stop_work(struct db *db, void *context, struct fault *fault)
{
    const struct steering *steering = context;
    const struct db_value values[] = {db_instant(steering->change->now), db_integer(steering->change->staff.v),
                                      db_integer(steering->batch), db_integer(steering->outage.v)};

    return db_run(db, SMS_BATCH_STOP, values, 4, NULL, NULL, fault);
}

enum status outage_sms_store_stop(struct db *db, const struct change *change, struct outage_id outage, int64_t batch,
                                  struct fault *fault)
{
    struct steering steering = {.change = change, .outage = outage, .batch = batch};

    return change_store_run(db, change, stop_work, &steering, NULL, fault);
}

static enum status resume_work(struct db *db, void *context, struct fault *fault)
{
    const struct steering *steering = context;
    const struct db_value values[] = {db_integer(steering->batch), db_integer(steering->outage.v)};

    return db_run(db, SMS_BATCH_RESUME, values, 2, NULL, NULL, fault);
}

enum status outage_sms_store_resume(struct db *db, const struct change *change, struct outage_id outage, int64_t batch,
                                    struct fault *fault)
{
    struct steering steering = {.change = change, .outage = outage, .batch = batch};

    return change_store_run(db, change, resume_work, &steering, NULL, fault);
}

/* The batch first: clerk must not find it done with rows that wait. */
static enum status retry_work(struct db *db, void *context, struct fault *fault)
{
    const struct steering *steering = context;
    const struct db_value reopen[] = {db_integer(steering->batch), db_integer(steering->outage.v)};
    const struct db_value rows[] = {db_instant(steering->change->now), reopen[0], reopen[1]};
    int64_t affected = 0;
    const enum status status = db_run(db, SMS_BATCH_REOPEN, reopen, 2, &affected, NULL, fault);

    return status == STATUS_OK && affected > 0 ? db_run(db, SMS_RETRY_GIVEN_UP, rows, 3, NULL, NULL, fault) : status;
}

enum status outage_sms_store_retry(struct db *db, const struct change *change, struct outage_id outage, int64_t batch,
                                   struct fault *fault)
{
    struct steering steering = {.change = change, .outage = outage, .batch = batch};

    return change_store_run(db, change, retry_work, &steering, NULL, fault);
}
