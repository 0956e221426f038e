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
    if (status == STATUS_OK) /* keys that nobody used any more, each but half of one */
        status = purge_before(db, SEALED_OPEN_PURGE,
                              instant_add_seconds(now, -(int64_t)settings->discipline_idle_minutes * MINUTE_SECONDS), fault);
    if (status == STATUS_OK)
        status = purge_before(db, CALL_PURGE, now, fault);
    if (status == STATUS_OK)
        status = purge_before(db, CODE_REQUEST_PURGE, instant_add_seconds(now, -DAY_SECONDS), fault);
    if (status == STATUS_OK)
        status = photo_store_purge(db, instant_add_seconds(now, -(int64_t)settings->draft_hours * HOUR_SECONDS), now, fault);
    if (status == STATUS_OK)
        status = photo_store_empty(db, instant_add_seconds(now, -(int64_t)settings->retention_days * DAY_SECONDS), now, fault);
    return status;
}
