#include "store/api_key_store.h"

#include <string.h>

#include "base/random.h"

#define KEY_RANDOM_BYTES 16
#define KEY_MARK "sn_"
enum { COUNT_BYTES_MAX = 16 * 1024 };

_Static_assert(sizeof KEY_MARK + 2 * KEY_RANDOM_BYTES <= API_KEY_TEXT_BYTES, "a key fits its text");

void api_key_make(char *text)
{
    uint8_t bytes[KEY_RANDOM_BYTES];

    random_bytes(bytes, sizeof bytes);
    memcpy(text, KEY_MARK, sizeof KEY_MARK);
    text_format_hex(bytes, sizeof bytes, text + sizeof KEY_MARK - 1);
    crypto_wipe(bytes, sizeof bytes);
}

struct hash api_key_hash(const char *text)
{
    const struct bytes pieces[] = {{(const uint8_t *)"api_key", 7}, {(const uint8_t *)text, strlen(text)}};

    return crypto_hash_pieces(pieces, 2);
}

static void read_key(struct api_key *key, const struct db_row *row)
{
    *key = (struct api_key){
        .id = (int32_t)db_row_integer(row, 0),
        .name = db_row_text(row, 1),
        .may_file = db_row_integer(row, 2) != 0,
        .may_read = db_row_integer(row, 3) != 0,
        .source = (enum source)db_row_integer(row, 4),
        .per_minute = (int)db_row_integer(row, 5),
        .is_active = db_row_integer(row, 6) != 0,
        .created_at = db_row_instant(row, 7),
        .last_used_on = db_row_is_null(row, 8) ? DAY_NONE : db_row_day(row, 8),
    };
}

static enum status find(struct db *db, enum statement statement, const struct db_value *value, struct arena *arena,
                        struct api_key *key, struct fault *fault)
{
    struct db_row row;
    const enum status status = db_query_one(db, statement, value, 1, arena, &row, fault);

    if (status == STATUS_OK)
        read_key(key, &row);
    return status;
}

enum status api_key_store_find(struct db *db, const struct hash *hash, struct arena *arena, struct api_key *key,
                               struct fault *fault)
{
    const struct db_value value = db_bytes(hash->bytes, HASH_BYTES);

    return find(db, API_KEY_FIND_BY_HASH, &value, arena, key, fault);
}

enum status api_key_store_find_by_id(struct db *db, int32_t id, struct arena *arena, struct api_key *key, struct fault *fault)
{
    const struct db_value value = db_integer(id);

    return find(db, API_KEY_FIND_BY_ID, &value, arena, key, fault);
}

enum status api_key_store_list(struct db *db, struct arena *arena, struct api_key **keys, size_t *count, struct fault *fault)
{
    struct db_row *rows;
    const enum status status = db_query(db, API_KEY_LIST, NULL, 0, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *keys = arena_take_array(arena, *count + 1, sizeof **keys);
    for (size_t i = 0; i < *count; i++)
        read_key(&(*keys)[i], &rows[i]);
    return STATUS_OK;
}

enum status api_key_store_mark_used(struct db *db, const struct api_key *key, struct instant now, struct fault *fault)
{
    const struct day today = day_of(now, 0);
    const struct db_value values[] = {db_day(today), db_integer(key->id), db_day(today)};

    if (key->last_used_on.number != DAY_NONE.number && key->last_used_on.number >= today.number)
        return STATUS_OK;
    return db_run(db, API_KEY_SET_USED, values, 3, NULL, NULL, fault);
}

/* ---- changes */

struct adding {
    const struct api_key *key;
    const struct hash *hash;
    struct instant now;
};

static enum status check_room(struct db *db, struct fault *fault)
{
    struct arena arena;
    struct db_row row;

    arena_init(&arena, COUNT_BYTES_MAX);
    enum status status = db_query_one(db, API_KEY_COUNT, NULL, 0, &arena, &row, fault);
    if (status == STATUS_OK && db_row_integer(&row, 0) >= API_KEYS_MAX)
        status = STATUS_REFUSED;
    arena_release(&arena);
    return status;
}

static enum status add_work(struct db *db, void *context, struct fault *fault)
{
    const struct adding *adding = context;
    const struct api_key *key = adding->key;
    const struct db_value values[] = {
        db_text(key->name),       db_bytes(adding->hash->bytes, HASH_BYTES), db_integer(key->may_file),
        db_integer(key->may_read), db_integer((int64_t)key->source),         db_integer(key->per_minute),
        db_instant(adding->now),
    };
    const enum status status = check_room(db, fault);

    return status == STATUS_OK ? db_run(db, API_KEY_INSERT, values, 7, NULL, NULL, fault) : status;
}

enum status api_key_store_add(struct db *db, const struct change *change, const struct api_key *key, const struct hash *hash,
                              struct fault *fault)
{
    struct adding adding = {key, hash, change->now};

    return change_store_run(db, change, add_work, &adding, NULL, fault);
}

struct switching {
    int32_t id;
    bool is_active;
};

static enum status switch_work(struct db *db, void *context, struct fault *fault)
{
    const struct switching *switching = context;
    const struct db_value values[] = {db_integer(switching->is_active), db_integer(switching->id),
                                      db_integer(switching->is_active)};

    return db_run(db, API_KEY_SET_ACTIVE, values, 3, NULL, NULL, fault);
}

enum status api_key_store_set_active(struct db *db, const struct change *change, int32_t id, bool is_active,
                                     struct fault *fault)
{
    struct switching switching = {id, is_active};

    return change_store_run(db, change, switch_work, &switching, NULL, fault);
}
