#include "store/outage_sms_queue.h"

#include <assert.h>
#include <string.h>

#include "base/random.h"

enum { ID_HASH_BYTES = 12, ERROR_BYTES = 201 };

enum status outage_sms_queue_running(struct db *db, int limit, struct arena *arena, struct sms_running **running, size_t *count,
                                     struct fault *fault)
{
    const struct db_value value = db_integer(limit);
    struct db_row *rows;
    const enum status status = db_query(db, SMS_BATCH_LIST_RUNNING, &value, 1, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *running = arena_take_array(arena, *count + 1, sizeof **running);
    for (size_t i = 0; i < *count; i++)
        (*running)[i] = (struct sms_running){db_row_integer(&rows[i], 0), (enum sms_audience)db_row_integer(&rows[i], 1),
                                             db_row_integer(&rows[i], 2) != 0};
    return STATUS_OK;
}

void sms_id_format(const struct sms_message *message, char *id)
{
    const int64_t which[] = {message->outage.v, message->seq};
    const struct bytes pieces[] = {{(const uint8_t *)which, sizeof which}, {message->phone_hash.bytes, HASH_BYTES}};
    const struct hash hash = crypto_hash_pieces(pieces, 2);

    memcpy(id, "so-", 3);
    text_format_hex(hash.bytes, ID_HASH_BYTES, id + 3);
}

enum status outage_sms_queue_free(struct db *db, struct instant now, struct fault *fault)
{
    const struct db_value values[] = {db_integer(GATEWAY_ERROR_INTERRUPTED), db_instant(now)};

    return db_run(db, SMS_FREE_EXPIRED, values, 2, NULL, NULL, fault);
}

/* ---- claiming */

static void read_message(struct sms_message *message, const struct db_row *row, const uint8_t *token)
{
    const struct bytes hash = db_row_bytes(row, 2), account = db_row_bytes(row, 10), input_key = db_row_bytes(row, 14);

    *message = (struct sms_message){
        .outage = {db_row_integer(row, 0)},
        .seq = db_row_integer(row, 1),
        .batch = db_row_integer(row, 3),
        .subscription = db_row_integer(row, 4),
        .attempts = (int)db_row_integer(row, 5),
        .body = db_row_text(row, 6),
        .made_at = db_row_instant(row, 7),
        .key_id = (uint16_t)db_row_integer(row, 8),
        .phone_sealed = db_row_bytes(row, 9),
        .household = {.has_phone = !db_row_is_null(row, 11),
                      .phone_sealed = db_row_bytes(row, 11),
                      .phone_key = (int32_t)db_row_integer(row, 12)},
        .audience = (enum sms_audience)db_row_integer(row, 13),
        .place = {(int32_t)db_row_integer(row, 15)},
    };
    if (hash.length == HASH_BYTES)
        memcpy(message->phone_hash.bytes, hash.data, HASH_BYTES);
    if (account.length == HASH_BYTES)
        memcpy(message->household.account_hash.bytes, account.data, HASH_BYTES);
    if (input_key.length == sizeof message->input_key)
        memcpy(message->input_key, input_key.data, sizeof message->input_key);
    memcpy(message->token, token, SMS_TOKEN_BYTES);
}

struct claiming {
    int64_t batch;
    int most;
    struct instant now, lease_until;
    uint8_t token[SMS_TOKEN_BYTES];
};

/* What was tried before is due when it is due, and goes first: it must not starve behind a hundred thousand. */
static enum status claim_state(struct db *db, const struct claiming *claiming, enum sms_state state, int most, int64_t *claimed,
                               struct fault *fault)
{
    const struct db_value values[] = {
        db_bytes(claiming->token, SMS_TOKEN_BYTES), db_instant(claiming->lease_until), db_integer(claiming->batch),
        db_integer(state),                          db_instant(claiming->now),         db_integer(most),
    };

    return db_run(db, SMS_CLAIM, values, 6, claimed, NULL, fault);
}

enum status outage_sms_queue_claim(struct db *db, int64_t batch, int most, int lease_seconds, struct instant now,
                                   struct arena *arena, struct sms_message **messages, size_t *count, struct fault *fault)
{
    struct claiming claiming = {.batch = batch, .now = now, .lease_until = instant_add_seconds(now, lease_seconds)};
    int64_t again = 0, fresh = 0;
    struct db_row *rows;

    assert(most > 0 && most <= SMS_CLAIM_MOST);
    *count = 0;
    random_bytes(claiming.token, sizeof claiming.token);
    enum status status = claim_state(db, &claiming, SMS_AGAIN, most, &again, fault);
    if (status == STATUS_OK && again < most)
        status = claim_state(db, &claiming, SMS_WAITING, most - (int)again, &fresh, fault);
    if (status != STATUS_OK || again + fresh == 0)
        return status;
    const struct db_value values[] = {db_integer(batch), db_bytes(claiming.token, SMS_TOKEN_BYTES)};
    status = db_query(db, SMS_LIST_CLAIMED, values, 2, arena, &rows, count, fault);
    if (status != STATUS_OK)
        return status;
    *messages = arena_take_array(arena, *count + 1, sizeof **messages);
    for (size_t i = 0; i < *count; i++)
        read_message(&(*messages)[i], &rows[i], claiming.token);
    return STATUS_OK;
}

/* ---- marking */

enum status outage_sms_queue_sent(struct db *db, const struct sms_message *message, const char *provider_id,
                                  struct instant now, struct fault *fault)
{
    const struct db_value values[] = {
        db_instant(now),          db_text(provider_id),
        db_integer(message->outage.v), db_integer(message->seq),
        db_bytes(message->phone_hash.bytes, HASH_BYTES), db_bytes(message->token, SMS_TOKEN_BYTES),
    };
    int64_t affected = 0;
    const enum status status = db_run(db, SMS_SET_SENT, values, 6, &affected, NULL, fault);

    return status == STATUS_OK && affected == 0 ? STATUS_CONFLICT : status;
}

enum status outage_sms_queue_failed(struct db *db, const struct sms_message *message, enum gateway_error error,
                                    const char *detail, struct instant next_try, struct instant now, struct fault *fault)
{
    const bool is_given_up = !instant_is_set(next_try);
    char cut[ERROR_BYTES];
    struct text text;
    int64_t affected = 0;

    text_init(&text, cut, sizeof cut);
    text_add(&text, detail);
    const struct db_value values[] = {
        db_integer(is_given_up ? SMS_GIVEN_UP : SMS_AGAIN),
        db_instant(is_given_up ? now : next_try),
        db_integer((int64_t)error),
        db_text(cut),
        db_integer(message->outage.v),
        db_integer(message->seq),
        db_bytes(message->phone_hash.bytes, HASH_BYTES),
        db_bytes(message->token, SMS_TOKEN_BYTES),
    };
    const enum status status = db_run(db, SMS_SET_FAILED, values, 8, &affected, NULL, fault);
    return status == STATUS_OK && affected == 0 ? STATUS_CONFLICT : status;
}
