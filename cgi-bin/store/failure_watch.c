/* What clerk does with failures: notices the silence of the whole system, and tells of reports and decisions. */
#include <string.h>

#include "store/failure_store.h"
#include "store/notices.h"

enum { HEARTBEATS_KEPT_DAYS = 30, PURGE_SLICE = 100, PART_SYSTEM = 2, BEAT_BYTES_MAX = 64 * 1024 };

/* The key of a proposal follows from the silence's start, so that several clerks coming back propose it once. */
static void proposal_key(struct instant silent_from, uint8_t key[FAILURE_KEY_BYTES])
{
    const int64_t numbers[] = {(int64_t)FAILURE_BY_SYSTEM, silent_from.milliseconds};
    const struct bytes piece = {(const uint8_t *)numbers, sizeof numbers};
    const struct hash hash = crypto_hash_pieces(&piece, 1);

    memcpy(key, hash.bytes, FAILURE_KEY_BYTES);
}

static enum status propose(struct db *db, struct instant silent_from, struct instant now, struct arena *arena,
                           bool *is_proposed, struct fault *fault)
{
    const struct db_value values[] = {db_instant(silent_from), db_instant(now), db_instant(now)};
    const struct failure_report report = {.started_at = silent_from, .ended_at = now, .reported_at = INSTANT_NONE};
    struct failure failure = {
        .state = FAILURE_PROPOSED, .origin = FAILURE_BY_SYSTEM, .part = PART_SYSTEM, .report = report, .claimed = report,
        .contact = "", .words = "", .recorded_at = now,
    };
    uint8_t key[FAILURE_KEY_BYTES];
    struct db_row row;
    enum status status = db_query_one(db, TICKET_COUNT_RECORDED, values, 3, arena, &row, fault);

    if (status != STATUS_OK || db_row_integer(&row, 0) > 0)
        return status;
    proposal_key(silent_from, key);
    status = failure_store_add(db, &failure, key, arena, fault);
    *is_proposed = status == STATUS_OK;
    return status == STATUS_DUPLICATE ? STATUS_OK : status;
}

static enum status look_back(struct db *db, struct instant now, struct arena *arena, bool *is_proposed,
                             struct fault *fault)
{
    struct db_row row;
    const enum status status = db_query_one(db, HEARTBEAT_LAST, NULL, 0, arena, &row, fault);

    if (status != STATUS_OK)
        return status;
    const struct instant last = db_row_instant(&row, 0);
    if (!instant_is_set(last) || !instant_is_before(instant_add_seconds(last, FAILURE_SILENCE_SECONDS), now))
        return STATUS_OK;
    return propose(db, last, now, arena, is_proposed, fault);
}

static enum status begin_row(struct db *db, struct heartbeat *heartbeat, struct instant now, struct fault *fault)
{
    const struct db_value beat[] = {db_instant(now), db_instant(now)};
    const struct db_value old[] = {
        db_instant(instant_add_seconds(now, -(int64_t)HEARTBEATS_KEPT_DAYS * DAY_SECONDS)), db_integer(PURGE_SLICE)};
    const enum status status = db_run(db, HEARTBEAT_INSERT, beat, 2, NULL, &heartbeat->id, fault);

    return status == STATUS_OK ? db_run(db, HEARTBEAT_PURGE, old, 2, NULL, NULL, fault) : status;
}

enum status heartbeat_store_beat(struct db *db, struct heartbeat *heartbeat, bool may_have_been_away,
                                 struct instant now, bool *is_proposed, struct fault *fault)
{
    struct arena arena;
    enum status status = STATUS_OK;

    *is_proposed = false;
    arena_init(&arena, BEAT_BYTES_MAX);
    if (may_have_been_away || heartbeat->id == 0)
        status = look_back(db, now, &arena, is_proposed, fault);
    arena_release(&arena);
    if (status != STATUS_OK)
        return status;
    if (heartbeat->id == 0)
        return begin_row(db, heartbeat, now, fault);
    const struct db_value values[] = {db_instant(now), db_integer(heartbeat->id)};
    return db_run(db, HEARTBEAT_SEE, values, 2, NULL, NULL, fault);
}

/* ---- telling */

struct announcing {
    int64_t id;
    struct unit_id unit;
    enum failure_state state;
    int64_t version;
    struct instant now;
};

static enum status announce_work(struct db *db, void *context, struct fault *fault)
{
    const struct announcing *announcing = context;
    const bool is_for_ops = announcing->state == FAILURE_WAITING || announcing->state == FAILURE_PROPOSED;
    const int64_t fact[] = {announcing->id, (int64_t)announcing->state};
    const struct addressees addressees = {.unit = announcing->unit};
    const struct notice_draft draft = {
        .subject = SUBJECT_FAILURE, .subject_id = announcing->id, .fact = fact, .fact_count = 2,
        .name = is_for_ops ? "failure_reported" : "failure_decided",
        .audience = is_for_ops ? AUDIENCE_OPS : AUDIENCE_LIAISON,
    };
    const struct db_value values[] = {db_integer(announcing->id), db_integer(announcing->version)};
    const enum status status = notice_write(db, &draft, &addressees, announcing->now, fault);

    return status == STATUS_OK ? db_run(db, FAILURE_SET_ANNOUNCED, values, 2, NULL, NULL, fault) : status;
}

enum status failure_store_announce(struct db *db, struct instant now, int limit, struct arena *arena, int *announced,
                                   struct fault *fault)
{
    const struct db_value value = db_integer(limit);
    struct db_row *rows;
    size_t count;
    enum status status = db_query(db, FAILURE_LIST_UNANNOUNCED, &value, 1, arena, &rows, &count, fault);

    *announced = 0;
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        struct announcing announcing = {
            .id = db_row_integer(&rows[i], 0),
            .unit = {(int32_t)db_row_integer(&rows[i], 1)},
            .state = (enum failure_state)db_row_integer(&rows[i], 2),
            .version = db_row_integer(&rows[i], 3),
            .now = now,
        };
        status = db_transact(db, announce_work, &announcing, fault);
        *announced += status == STATUS_OK;
    }
    return status;
}
