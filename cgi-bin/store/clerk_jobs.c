#include "store/clerk_store.h"

#include <string.h>

#include "base/random.h"
#include "store/photo_store.h"

enum {
    TOKEN_BYTES = 16,
    PURGE_SLICE = 500,
    PURGE_SLICES_MAX = 200,
};

/* ---- leases */

enum status clerk_store_claim_job(struct db *db, const char *name, int lease_seconds, struct instant now, bool *has_it,
                                  struct fault *fault)
{
    uint8_t token[TOKEN_BYTES];
    int64_t affected = 0;
    const struct db_value ensure[] = {db_text(name), db_instant((struct instant){0})};

    *has_it = false;
    enum status status = db_run(db, JOB_ENSURE, ensure, 2, NULL, NULL, fault);
    if (status != STATUS_OK)
        return status;
    random_bytes(token, sizeof token);
    const struct db_value values[] = {
        db_bytes(token, sizeof token), db_instant(instant_add_seconds(now, lease_seconds)), db_text(name),
        db_instant(now),
    };
    status = db_run(db, JOB_CLAIM, values, 4, &affected, NULL, fault);
    *has_it = status == STATUS_OK && affected == 1;
    return status;
}

/* ---- clearing away */

static enum status purge_before(struct db *db, enum statement statement, struct instant before, struct fault *fault)
{
    const struct db_value values[] = {db_instant(before), db_integer(PURGE_SLICE)};
    int64_t affected = PURGE_SLICE;
    enum status status = STATUS_OK;

    for (int slice = 0; status == STATUS_OK && affected == PURGE_SLICE && slice < PURGE_SLICES_MAX; slice++)
        status = db_run(db, statement, values, 2, &affected, NULL, fault);
    return status;
}

enum status clerk_store_purge(struct db *db, const struct settings *settings, struct instant now, struct fault *fault)
{
    const int64_t guess_seconds = (int64_t)settings->code_window_minutes * MINUTE_SECONDS;
    /* Guesses count for as long as a window reaches back; sign-ins look back a day at most. */
    const int64_t keep_seconds = guess_seconds > DAY_SECONDS ? guess_seconds : DAY_SECONDS;

    enum status status =
        purge_before(db, DRAFT_PURGE, instant_add_seconds(now, -(int64_t)settings->draft_hours * HOUR_SECONDS), fault);
    if (status == STATUS_OK)
        status = purge_before(db, GUESS_PURGE, instant_add_seconds(now, -keep_seconds), fault);
    if (status == STATUS_OK)
        status = purge_before(db, SESSION_PURGE, now, fault);
    if (status == STATUS_OK)
        status = purge_before(db, CODE_REQUEST_PURGE, instant_add_seconds(now, -DAY_SECONDS), fault);
    if (status == STATUS_OK)
        status = photo_store_purge(db, instant_add_seconds(now, -(int64_t)settings->draft_hours * HOUR_SECONDS), now, fault);
    if (status == STATUS_OK)
        status = photo_store_empty(db, instant_add_seconds(now, -(int64_t)settings->retention_days * DAY_SECONDS), now, fault);
    return status;
}

/* ---- the outbox */

static void read_notice(struct notice *notice, const struct db_row *row)
{
    struct text text;

    *notice = (struct notice){
        .id = db_row_integer(row, 0),
        .subject = (enum subject_kind)db_row_integer(row, 1),
        .subject_id = db_row_integer(row, 2),
        .seq = (uint32_t)db_row_integer(row, 4),
        .clock_no = (int)db_row_integer(row, 5),
        .audience = (enum audience)db_row_integer(row, 7),
        .recipient = (int32_t)db_row_integer(row, 8),
        .created_at = db_row_instant(row, 9),
        .attempts = (int)db_row_integer(row, 10),
    };
    if (db_row_integer(row, 1) == SUBJECT_TICKET)
        notice->ticket.v = db_row_integer(row, 2);
    text_init(&text, notice->number, sizeof notice->number);
    text_add(&text, db_row_text(row, 3));
    text_init(&text, notice->name, sizeof notice->name);
    text_add(&text, db_row_text(row, 6));
}

enum status outbox_store_claim(struct db *db, int limit, int lease_seconds, struct instant now, struct arena *arena,
                               struct notice **notices, size_t *count, struct fault *fault)
{
    uint8_t token[TOKEN_BYTES];
    struct db_row *rows;
    int64_t fresh = 0;

    *count = 0;
    *notices = NULL;
    random_bytes(token, sizeof token);
    struct db_value values[] = {
        db_bytes(token, sizeof token), db_instant(now), db_instant(instant_add_seconds(now, lease_seconds)),
        db_instant(now), db_integer(limit),
    };
    enum status status = db_run(db, OUTBOX_CLAIM_WAITING, values, 5, &fresh, NULL, fault);
    values[4] = db_integer(limit - fresh);
    if (status == STATUS_OK && fresh < limit)
        status = db_run(db, OUTBOX_CLAIM_EXPIRED, values, 5, NULL, NULL, fault);
    if (status == STATUS_OK)
        status = db_query(db, OUTBOX_LIST_BY_CLAIM, values, 1, arena, &rows, count, fault);
    if (status != STATUS_OK)
        return status;
    *notices = arena_take_array(arena, *count + 1, sizeof **notices);
    for (size_t i = 0; i < *count; i++)
        read_notice(&(*notices)[i], &rows[i]);
    return STATUS_OK;
}

enum status outbox_store_sent(struct db *db, int64_t id, const char *provider_id, struct instant now,
                              struct fault *fault)
{
    const struct db_value values[] = {db_instant(now), db_text(provider_id), db_integer(id)};

    return db_run(db, OUTBOX_SET_SENT, values, 3, NULL, NULL, fault);
}

enum status outbox_store_failed(struct db *db, int64_t id, const char *error, struct instant next_try, bool is_given_up,
                                struct fault *fault)
{
    char cut[201];
    struct text text;

    text_init(&text, cut, sizeof cut);
    text_add(&text, error);
    const struct db_value values[] = {db_integer(is_given_up ? 3 : 0), db_text(cut), db_instant(next_try),
                                      db_integer(id)};
    return db_run(db, OUTBOX_SET_FAILED, values, 4, NULL, NULL, fault);
}
