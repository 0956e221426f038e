#include "store/subscription_store.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/outage_sms.h"

enum { MARK_BYTES = 8 };

enum status subscription_store_add(struct db *db, const struct subscribe_input *input, struct instant now, struct fault *fault)
{
    const bool has_phone = input->phone_sealed.length > 0;
    const struct db_value values[] = {
        db_integer((int64_t)input->kind),
        db_bytes(input->key, SUBSCRIBE_KEY_BYTES),
        db_integer(input->place.v),
        has_phone ? db_bytes(input->phone_hash.bytes, HASH_BYTES) : db_null(),
        db_integer(input->key_id),
        has_phone ? db_bytes(input->phone_sealed.data, input->phone_sealed.length) : db_null(),
        db_integer(input->subscription),
        db_instant(now),
    };

    return db_run(db, SUBSCRIBE_INPUT_INSERT, values, 8, NULL, NULL, fault);
}

enum status subscription_store_place(struct db *db, int64_t subscription, struct place_id *place, struct fault *fault)
{
    const struct db_value value = db_integer(subscription);
    struct arena arena;
    struct db_row row;

    arena_init(&arena, 64 * 1024);
    const enum status status = db_query_one(db, SUBSCRIPTION_FIND_PLACE, &value, 1, &arena, &row, fault);
    if (status == STATUS_OK)
        place->v = (int32_t)db_row_integer(&row, 0);
    arena_release(&arena);
    return status;
}

/* ---- applying */

struct applying {
    const struct db_row *row; /* SUBSCRIBE_INPUT_LIST_WAITING */
    struct instant now, expires_at;
};

static enum status queue_code(struct db *db, const struct applying *applying, struct fault *fault)
{
    const struct bytes hash = db_row_bytes(applying->row, 3);
    const struct db_value values[] = {db_integer(db_row_integer(applying->row, 0)), db_bytes(hash.data, hash.length),
                                      db_integer(SMS_BATCH_OF_CODES), db_instant(applying->now)};

    return db_run(db, SMS_INSERT_CODE, values, 4, NULL, NULL, fault);
}

static enum status put_subscription(struct db *db, const struct applying *applying, struct fault *fault)
{
    const struct bytes hash = db_row_bytes(applying->row, 3), sealed = db_row_bytes(applying->row, 5);
    const struct db_value values[] = {
        db_integer(db_row_integer(applying->row, 2)), db_bytes(hash.data, hash.length),
        db_integer(db_row_integer(applying->row, 4)), db_bytes(sealed.data, sealed.length),
        db_instant(applying->now),                    db_instant(applying->expires_at),
    };

    return db_run(db, SUBSCRIPTION_PUT, values, 6, NULL, NULL, fault);
}

/* The input is marked first: whoever finds it done already leaves everything as it is. */
static enum status apply_work(struct db *db, void *context, struct fault *fault)
{
    const struct applying *applying = context;
    const struct db_value mark[] = {db_instant(applying->now), db_integer(db_row_integer(applying->row, 0))};
    const struct db_value subscription = db_integer(db_row_integer(applying->row, 6));
    int64_t affected = 0;
    const enum status status = db_run(db, SUBSCRIBE_INPUT_SET_DONE, mark, 2, &affected, NULL, fault);

    if (status != STATUS_OK || affected == 0)
        return status;
    switch ((enum subscribe_kind)db_row_integer(applying->row, 1)) {
    case SUBSCRIBE_CODE: return queue_code(db, applying, fault);
    case SUBSCRIBE_CONFIRM: return put_subscription(db, applying, fault);
    case SUBSCRIBE_STOP: return db_run(db, SUBSCRIPTION_DELETE, &subscription, 1, NULL, NULL, fault);
    case SUBSCRIBE_STOP_ALL: return db_run(db, SUBSCRIPTION_DELETE_ALL, &subscription, 1, NULL, NULL, fault);
    case SUBSCRIBE_NONE:
    case SUBSCRIBE__COUNT: break;
    }
    return STATUS_OK;
}

enum status subscription_store_apply(struct db *db, int days, int limit, struct instant now, struct arena *arena, int *done,
                                     struct fault *fault)
{
    const struct db_value value = db_integer(limit);
    struct db_row *rows;
    size_t count;
    enum status status = db_query(db, SUBSCRIBE_INPUT_LIST_WAITING, &value, 1, arena, &rows, &count, fault);

    *done = 0;
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        struct applying applying = {&rows[i], now, instant_add_seconds(now, (int64_t)days * DAY_SECONDS)};
        status = db_transact(db, apply_work, &applying, fault);
        *done += status == STATUS_OK;
    }
    return status;
}

/* ---- codes and links */

void subscribe_code_format(const struct key *key, const uint8_t input_key[SUBSCRIBE_KEY_BYTES], const struct hash *phone_hash,
                           struct place_id place, char *code)
{
    const struct bytes pieces[] = {{input_key, SUBSCRIBE_KEY_BYTES},
                                   {phone_hash->bytes, HASH_BYTES},
                                   {(const uint8_t *)&place.v, sizeof place.v}};
    const struct hash hash = crypto_keyed_hash(key, "subscribe code", pieces, 3);
    uint64_t number = 0;

    for (size_t i = 0; i < sizeof number; i++)
        number = number << 8 | hash.bytes[i];
    snprintf(code, SUBSCRIBE_CODE_BYTES, "%06u", (unsigned)(number % 1000000));
}

static void stop_mark(const struct key *key, int64_t subscription, char *text)
{
    const struct bytes piece = {(const uint8_t *)&subscription, sizeof subscription};
    const struct hash hash = crypto_keyed_hash(key, "subscribe stop", &piece, 1);

    text_format_hex(hash.bytes, MARK_BYTES, text);
}

void stop_link_format(const struct key *key, int64_t subscription, char *link)
{
    char mark[2 * MARK_BYTES + 1];

    stop_mark(key, subscription, mark);
    snprintf(link, STOP_LINK_BYTES, "%" PRId64 "-%s", subscription, mark);
}

bool stop_link_parse(const struct key *key, const char *link, int64_t *subscription)
{
    const char *dash = strchr(link, '-');
    char number[21], mark[2 * MARK_BYTES + 1];

    if (dash == NULL || dash == link || (size_t)(dash - link) >= sizeof number || strlen(dash + 1) != 2 * MARK_BYTES)
        return false;
    memcpy(number, link, (size_t)(dash - link));
    number[dash - link] = '\0';
    if (!text_parse_integer(number, 1, INT64_MAX, subscription))
        return false;
    stop_mark(key, *subscription, mark);
    return crypto_is_equal(mark, dash + 1, 2 * MARK_BYTES);
}
