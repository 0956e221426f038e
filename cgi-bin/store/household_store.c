#include "store/household_store.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"

enum {
    WINDOW_PLACES = 64, /* of one page of a walk */
    ROW_VALUES = 13,
    CLEAR_MAX = HOUSEHOLD_SEALED_MAX - 40,
    SCRATCH_BYTES = 64 * 1024,
    NO_METER = -1, /* fills up the list of a statement: 0 is a meter's absence, which rows have */
    NO_PLACE = 0,
};
static const char PURPOSE_REST[] = "household", PURPOSE_PHONE[] = "household phone";

enum status household_store_version(struct db *db, int32_t *version, struct fault *fault)
{
    struct arena arena;
    struct db_row row;

    arena_init(&arena, SCRATCH_BYTES);
    const enum status status = db_query_one(db, REGISTER_VERSION, NULL, 0, &arena, &row, fault);
    *version = status == STATUS_OK ? (int32_t)db_row_integer(&row, 0) : 0;
    arena_release(&arena);
    return status;
}

/* ---- sealing and opening */

enum status household_key_make(struct db *db, const struct secrets *secrets, int32_t import, struct household_key *key,
                               struct fault *fault)
{
    uint8_t sealed[KEY_BYTES + 64];
    const size_t length = crypto_sealed_bytes(KEY_BYTES);
    int64_t id = 0;

    assert(secrets->has[SECRET_STAFF_PUBLIC] && length <= sizeof sealed);
    random_bytes(key->key.bytes, KEY_BYTES);
    crypto_seal(&secrets->key[SECRET_STAFF_PUBLIC], key->key.bytes, KEY_BYTES, sealed);
    const struct db_value values[] = {db_integer(import), db_integer(secrets->staff_key_id), db_bytes(sealed, length)};
    const enum status status = db_run(db, HOUSEHOLD_KEY_INSERT, values, 3, NULL, &id, fault);
    key->id = (int32_t)id;
    return status;
}

/* Locks `clear` into `room`, bound to the account and to what it is. */
static struct bytes lock(const struct household_key *key, const char *purpose, const struct hash *account, const char *clear,
                         size_t length, uint8_t *room)
{
    crypto_lock(&key->key, purpose, account->bytes, HASH_BYTES, (const uint8_t *)clear, length, room);
    return (struct bytes){room, crypto_locked_bytes(length)};
}

void household_seal_phone(const char *phone, const struct household_key *key, const struct secrets *secrets,
                          struct household_room *room, struct household *household)
{
    household->has_phone = phone[0] != '\0';
    household->phone_key = household->has_phone ? key->id : 0;
    household->phone_sealed = (struct bytes){NULL, 0};
    household->phone_masked[0] = '\0';
    household->phone_hash = (struct hash){{0}};
    if (!household->has_phone)
        return;
    household->phone_sealed = lock(key, PURPOSE_PHONE, &household->account_hash, phone, strlen(phone), room->phone_sealed);
    phone_mask(phone, household->phone_masked);
    household->phone_hash = person_lookup_hash(secrets, "phone", phone);
}

bool household_seal(const struct household_person *person, const struct household_key *key, const struct secrets *secrets,
                    struct household_room *room, struct household *household)
{
    char clear[CLEAR_MAX];
    struct text text;

    /* Three lines: account, name, address. None of them has a line end in it: they are tidied lines. */
    text_init(&text, clear, sizeof clear);
    text_add_format(&text, "%s\n%s\n%s", person->account, person->name, person->address);
    if (text.is_cut)
        return false;
    household->account_hash = person_lookup_hash(secrets, "account", person->account);
    account_mask(person->account, household->account_masked);
    household->data_key = key->id;
    household->sealed = lock(key, PURPOSE_REST, &household->account_hash, clear, text.length_bytes, room->sealed);
    household_seal_phone(person->phone, key, secrets, room, household);
    crypto_wipe(clear, sizeof clear);
    return true;
}

void household_keys_wipe(struct household_keys *keys)
{
    crypto_wipe(keys, sizeof *keys);
}

static enum status open_key(struct household_key *key, const struct secrets *secrets, const struct db_row *row, struct fault *fault)
{
    const struct bytes sealed = db_row_bytes(row, 1);

    if (!secrets->has[SECRET_STAFF_PRIVATE] || !secrets->has[SECRET_STAFF_PUBLIC])
        return FAULT(fault, STATUS_REFUSED, "this program has no key to open households");
    if (db_row_integer(row, 0) != secrets->staff_key_id || sealed.length != crypto_sealed_bytes(KEY_BYTES) ||
        !crypto_unseal(&secrets->key[SECRET_STAFF_PUBLIC], &secrets->key[SECRET_STAFF_PRIVATE], sealed.data, sealed.length,
                       key->key.bytes))
        return FAULT(fault, STATUS_FAILED, "data key %d of households is sealed to another staff key than %u", key->id,
                     (unsigned)secrets->staff_key_id);
    return STATUS_OK;
}

/* The data key with this id, opened or still kept from before. */
static enum status find_key(struct db *db, const struct secrets *secrets, struct household_keys *keys, int32_t id,
                            const struct household_key **found, struct fault *fault)
{
    const struct db_value value = db_integer(id);
    struct household_key key = {.id = id};
    struct arena arena;
    struct db_row row;

    for (size_t i = 0; i < HOUSEHOLD_KEYS_KEPT; i++)
        if (keys->kept[i].id == id && id != 0) {
            *found = &keys->kept[i];
            return STATUS_OK;
        }
    arena_init(&arena, SCRATCH_BYTES);
    enum status status = db_query_one(db, HOUSEHOLD_KEY_FIND_BY_ID, &value, 1, &arena, &row, fault);
    if (status == STATUS_ABSENT)
        status = FAULT(fault, STATUS_FAILED, "data key %d of households is missing", id);
    else if (status == STATUS_OK)
        status = open_key(&key, secrets, &row, fault);
    arena_release(&arena);
    if (status == STATUS_OK) {
        *found = &keys->kept[keys->next];
        keys->kept[keys->next] = key;
        keys->next = (keys->next + 1) % HOUSEHOLD_KEYS_KEPT;
    }
    crypto_wipe(&key, sizeof key);
    return status;
}

/* One locked piece as a text. */
static enum status unlock(struct db *db, const struct secrets *secrets, struct household_keys *keys, int32_t key_id,
                          const char *purpose, const struct household *household, struct bytes locked, char *clear,
                          size_t capacity, struct fault *fault)
{
    const struct household_key *key = NULL;
    const size_t overhead = crypto_locked_bytes(0);

    memset(clear, 0, capacity);
    const enum status status = find_key(db, secrets, keys, key_id, &key, fault);
    if (status != STATUS_OK)
        return status;
    if (locked.length < overhead || locked.length - overhead >= capacity ||
        !crypto_unlock(&key->key, purpose, household->account_hash.bytes, HASH_BYTES, locked.data, locked.length, (uint8_t *)clear))
        return FAULT(fault, STATUS_FAILED, "household %d cannot be opened with data key %d", household->id, key_id);
    return STATUS_OK;
}

enum status household_open_phone(struct db *db, const struct secrets *secrets, struct household_keys *keys,
                                 const struct household *household, char phone[PHONE_BYTES], struct fault *fault)
{
    phone[0] = '\0';
    if (!household->has_phone)
        return STATUS_ABSENT;
    return unlock(db, secrets, keys, household->phone_key, PURPOSE_PHONE, household, household->phone_sealed, phone, PHONE_BYTES,
                  fault);
}

static bool copy_line(const char **at, char *to, size_t size)
{
    const size_t length = strcspn(*at, "\n");
    struct text text;

    text_init(&text, to, size);
    text_add_bytes(&text, *at, length);
    *at += length + ((*at)[length] == '\n' ? 1 : 0);
    return !text.is_cut;
}

enum status household_open(struct db *db, const struct secrets *secrets, struct household_keys *keys,
                           const struct household *household, struct household_person *person, struct fault *fault)
{
    char clear[CLEAR_MAX] = "";
    const char *at = clear;

    *person = (struct household_person){.phone = ""};
    enum status status = household_open_phone(db, secrets, keys, household, person->phone, fault);
    if (status == STATUS_OK || status == STATUS_ABSENT)
        status = unlock(db, secrets, keys, household->data_key, PURPOSE_REST, household, household->sealed, clear, sizeof clear,
                        fault);
    if (status == STATUS_OK && (!copy_line(&at, person->account, sizeof person->account) ||
                                !copy_line(&at, person->name, sizeof person->name) ||
                                !copy_line(&at, person->address, sizeof person->address)))
        status = FAULT(fault, STATUS_FAILED, "household %d holds more than a row can", household->id);
    crypto_wipe(clear, sizeof clear);
    return status;
}

/* ---- reading */

/* Fills `room` values from the list, then with what no row has. */
static void fill_ids(struct db_value *values, size_t room, const int32_t *ids, size_t count, int32_t filler)
{
    assert(count <= room);
    for (size_t i = 0; i < room; i++)
        values[i] = db_integer(i < count ? ids[i] : filler);
}

static void fill_places(struct db_value values[HOUSEHOLD_PLACES_MAX], const struct household_scope *scope)
{
    assert(scope->place_count <= HOUSEHOLD_PLACES_MAX);
    for (size_t i = 0; i < HOUSEHOLD_PLACES_MAX; i++)
        values[i] = db_integer(i < scope->place_count ? scope->places[i].v : NO_PLACE);
}

enum status household_store_count(struct db *db, int32_t version, const struct household_scope *scope,
                                  struct household_counts *counts, struct fault *fault)
{
    struct db_value values[HOUSEHOLD_PLACES_MAX + 2 + HOUSEHOLD_METERS_MAX];
    struct arena arena;
    struct db_row row;

    *counts = (struct household_counts){0};
    fill_places(values, scope);
    values[HOUSEHOLD_PLACES_MAX] = values[HOUSEHOLD_PLACES_MAX + 1] = db_integer(version);
    fill_ids(values + HOUSEHOLD_PLACES_MAX + 2, HOUSEHOLD_METERS_MAX, scope->meters, scope->meter_count, NO_METER);
    arena_init(&arena, SCRATCH_BYTES);
    const enum status status =
        db_query_one(db, HOUSEHOLD_COUNT_IN_SCOPE, values, sizeof values / sizeof values[0], &arena, &row, fault);
    if (status == STATUS_OK)
        *counts = (struct household_counts){db_row_integer(&row, 0), db_row_integer(&row, 1), db_row_integer(&row, 2)};
    arena_release(&arena);
    return status;
}

static struct hash hash_of(struct bytes bytes)
{
    struct hash hash = {{0}};

    if (bytes.length == HASH_BYTES)
        memcpy(hash.bytes, bytes.data, HASH_BYTES);
    return hash;
}

static void copy_masked(char to[MASKED_BYTES], const char *from)
{
    struct text text;

    text_init(&text, to, MASKED_BYTES);
    text_add(&text, from);
}

static struct household household_of(const struct db_row *row)
{
    struct household household = {
        .id = (int32_t)db_row_integer(row, 0),
        .place = {(int32_t)db_row_integer(row, 1)},
        .meter = (int32_t)db_row_integer(row, 2),
        .account_hash = hash_of(db_row_bytes(row, 3)),
        .data_key = (int32_t)db_row_integer(row, 5),
        .sealed = db_row_bytes(row, 6),
        .has_phone = !db_row_is_null(row, 8),
        .phone_hash = hash_of(db_row_bytes(row, 8)),
        .phone_key = (int32_t)db_row_integer(row, 9),
        .phone_sealed = db_row_bytes(row, 10),
    };

    copy_masked(household.account_masked, db_row_text(row, 4));
    copy_masked(household.phone_masked, db_row_text(row, 7));
    return household;
}

static enum status list(struct db *db, enum statement statement, const struct db_value *values, size_t value_count,
                        struct arena *arena, struct household **households, size_t *count, struct fault *fault)
{
    struct db_row *rows;
    const enum status status = db_query(db, statement, values, value_count, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *households = arena_take_array(arena, *count, sizeof **households);
    for (size_t i = 0; i < *count; i++)
        (*households)[i] = household_of(&rows[i]);
    return STATUS_OK;
}

enum status household_walk_begin(struct db *db, int32_t version, const struct household_scope *scope, bool with_phone_only,
                                 struct arena *arena, struct household_walk *walk, struct fault *fault)
{
    struct db_value values[HOUSEHOLD_PLACES_MAX];
    struct db_row *rows;

    *walk = (struct household_walk){.version = version, .with_phone_only = with_phone_only};
    assert(scope->meter_count <= HOUSEHOLD_METERS_MAX);
    for (size_t i = 0; i < scope->meter_count; i++)
        walk->meters[walk->meter_count++] = scope->meters[i];
    if (scope->place_count == 0)
        return STATUS_OK;
    fill_places(values, scope);
    const enum status status =
        db_query(db, PLACE_LIST_BELOW, values, HOUSEHOLD_PLACES_MAX, arena, &rows, &walk->place_count, fault);
    if (status != STATUS_OK)
        return status;
    walk->places = arena_take_array(arena, walk->place_count, sizeof *walk->places);
    for (size_t i = 0; i < walk->place_count; i++)
        walk->places[i] = (int32_t)db_row_integer(&rows[i], 0);
    return STATUS_OK;
}

/* A page of the next window of places; the window moves on when it is empty. */
static enum status next_by_place(struct db *db, struct household_walk *walk, int limit, struct arena *arena,
                                 struct household **households, size_t *count, struct fault *fault)
{
    struct db_value values[1 + WINDOW_PLACES + 5];
    const size_t left = walk->place_count - walk->place_next;
    const size_t window = left < WINDOW_PLACES ? left : WINDOW_PLACES;

    values[0] = db_integer(walk->version);
    fill_ids(values + 1, WINDOW_PLACES, walk->places + walk->place_next, window, NO_PLACE);
    values[1 + WINDOW_PLACES] = db_integer(walk->with_phone_only ? 1 : 0);
    values[2 + WINDOW_PLACES] = values[3 + WINDOW_PLACES] = db_integer(walk->last_place);
    values[4 + WINDOW_PLACES] = db_integer(walk->last_id);
    values[5 + WINDOW_PLACES] = db_integer(limit);
    const enum status status = list(db, HOUSEHOLD_LIST_BY_PLACES, values, sizeof values / sizeof values[0], arena, households,
                                    count, fault);
    if (status != STATUS_OK)
        return status;
    if (*count == (size_t)limit) {
        walk->last_place = (*households)[*count - 1].place.v;
        walk->last_id = (*households)[*count - 1].id;
        return STATUS_OK;
    }
    walk->place_next += window;
    walk->last_place = walk->last_id = 0;
    return STATUS_OK;
}

static int compare_ids(const void *left, const void *right)
{
    const int32_t a = *(const int32_t *)left, b = *(const int32_t *)right;

    return a < b ? -1 : a > b;
}

/* A page of the meters' households, without those that came with their places. */
static enum status next_by_meter(struct db *db, struct household_walk *walk, int limit, struct arena *arena,
                                 struct household **households, size_t *count, struct fault *fault)
{
    struct db_value values[1 + HOUSEHOLD_METERS_MAX + 3];
    size_t kept = 0;

    values[0] = db_integer(walk->version);
    fill_ids(values + 1, HOUSEHOLD_METERS_MAX, walk->meters, walk->meter_count, NO_METER);
    values[1 + HOUSEHOLD_METERS_MAX] = db_integer(walk->with_phone_only ? 1 : 0);
    values[2 + HOUSEHOLD_METERS_MAX] = db_integer(walk->last_id);
    values[3 + HOUSEHOLD_METERS_MAX] = db_integer(limit);
    const enum status status = list(db, HOUSEHOLD_LIST_BY_METERS, values, sizeof values / sizeof values[0], arena, households,
                                    count, fault);
    if (status != STATUS_OK)
        return status;
    if (*count < (size_t)limit)
        walk->meter_count = 0;
    else
        walk->last_id = (*households)[*count - 1].id;
    for (size_t i = 0; i < *count; i++) {
        const int32_t place = (*households)[i].place.v;
        if (walk->place_count == 0 || bsearch(&place, walk->places, walk->place_count, sizeof place, compare_ids) == NULL)
            (*households)[kept++] = (*households)[i];
    }
    *count = kept;
    return STATUS_OK;
}

enum status household_walk_next(struct db *db, struct household_walk *walk, int limit, struct arena *arena,
                                struct household **households, size_t *count, struct fault *fault)
{
    enum status status = STATUS_OK;

    *households = NULL;
    *count = 0;
    while (status == STATUS_OK && *count == 0 && walk->place_next < walk->place_count)
        status = next_by_place(db, walk, limit, arena, households, count, fault);
    while (status == STATUS_OK && *count == 0 && walk->meter_count > 0)
        status = next_by_meter(db, walk, limit, arena, households, count, fault);
    return status;
}

enum status household_store_find(struct db *db, int32_t version, const struct hash *account_hash, struct arena *arena,
                                 struct household *household, struct fault *fault)
{
    const struct db_value values[] = {db_integer(version), db_bytes(account_hash->bytes, HASH_BYTES)};
    struct db_row row;
    const enum status status = db_query_one(db, HOUSEHOLD_FIND_BY_ACCOUNT, values, 2, arena, &row, fault);

    if (status == STATUS_OK)
        *household = household_of(&row);
    return status;
}

enum status household_place_of_account(struct db *db, const struct hash *account_hash, struct household_where *where,
                                       struct fault *fault)
{
    const struct db_value value = db_bytes(account_hash->bytes, HASH_BYTES);
    struct arena arena;
    struct db_row row, *rows;
    size_t count = 0;

    *where = (struct household_where){.place_count = 0};
    arena_init(&arena, SCRATCH_BYTES);
    enum status status = db_query_one(db, HOUSEHOLD_WHERE_BY_ACCOUNT, &value, 1, &arena, &row, fault);
    if (status == STATUS_OK) {
        const struct db_value place = db_integer(db_row_integer(&row, 0));
        where->meter = (int32_t)db_row_integer(&row, 1);
        status = db_query(db, PLACE_LIST_ABOVE, &place, 1, &arena, &rows, &count, fault);
    }
    for (size_t i = 0; status == STATUS_OK && i < count && i < HOUSEHOLD_DEPTH_MAX; i++)
        where->places[where->place_count++].v = (int32_t)db_row_integer(&rows[i], 0);
    arena_release(&arena);
    return status;
}

/* ---- writing */

static void fill_row(struct db_value values[ROW_VALUES], int32_t version, const struct household *row, const uint8_t *digest)
{
    const bool has_phone = row->has_phone;

    values[0] = db_integer(version);
    values[1] = db_integer(row->id);
    values[2] = db_bytes(row->account_hash.bytes, HASH_BYTES);
    values[3] = db_integer(row->place.v);
    values[4] = db_integer(row->meter);
    values[5] = db_integer(row->data_key);
    values[6] = db_bytes(row->sealed.data, row->sealed.length);
    values[7] = db_text(row->account_masked);
    values[8] = db_integer(row->phone_key);
    values[9] = has_phone ? db_bytes(row->phone_sealed.data, row->phone_sealed.length) : db_null();
    values[10] = db_text(row->phone_masked);
    values[11] = has_phone ? db_bytes(row->phone_hash.bytes, HASH_BYTES) : db_null();
    values[12] = db_bytes(digest, HOUSEHOLD_DIGEST_BYTES);
}

enum status household_store_insert(struct db *db, int32_t version, const struct household *households,
                                   const uint8_t (*digests)[HOUSEHOLD_DIGEST_BYTES], size_t count, struct fault *fault)
{
    struct db_value values[HOUSEHOLD_BATCH * ROW_VALUES];
    enum status status = STATUS_OK;

    for (size_t i = 0; status == STATUS_OK && i < count;) {
        const size_t rows = count - i >= HOUSEHOLD_BATCH ? HOUSEHOLD_BATCH : 1;
        for (size_t k = 0; k < rows; k++)
            fill_row(values + k * ROW_VALUES, version, &households[i + k], digests[i + k]);
        status = db_run(db, rows == 1 ? HOUSEHOLD_INSERT_ONE : HOUSEHOLD_INSERT_FIFTY, values, rows * ROW_VALUES, NULL, NULL, fault);
        i += rows;
    }
    return status;
}

enum status household_figure_adjust(struct db *db, int32_t version, struct place_id place, int phones, struct fault *fault)
{
    const struct db_value value = db_integer(place.v);
    struct arena arena;
    struct db_row *rows;
    size_t count = 0;

    arena_init(&arena, SCRATCH_BYTES);
    enum status status = db_query(db, PLACE_LIST_ABOVE, &value, 1, &arena, &rows, &count, fault);
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        const struct db_value values[] = {db_integer(phones), db_integer(version), db_integer(db_row_integer(&rows[i], 0))};
        status = db_run(db, FIGURE_ADJUST, values, 3, NULL, NULL, fault);
    }
    arena_release(&arena);
    return status;
}
