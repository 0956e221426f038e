/* Officers and the opened key. Cases are in discipline_case.c. */
#include "store/discipline_store.h"

#include <assert.h>
#include <string.h>

#include "base/password.h"
#include "base/random.h"

_Static_assert(PASSWORD_SALT_BYTES == 16, "sealed_officer.salt is BINARY(16)");

/* ---- the key and its officers */

enum status discipline_store_key(struct db *db, struct arena *arena, struct discipline_key *key, struct fault *fault)
{
    struct db_row row;
    const enum status status = db_query_one(db, SEALED_KEY_FIND, NULL, 0, arena, &row, fault);

    if (status != STATUS_OK)
        return status;
    const struct bytes public_key = db_row_bytes(&row, 1);
    if (public_key.length != KEY_BYTES)
        return FAULT(fault, STATUS_FAILED, "the office's key has %zu bytes", public_key.length);
    key->id = (int16_t)db_row_integer(&row, 0);
    key->version = (uint32_t)db_row_integer(&row, 2);
    memcpy(key->public_key.bytes, public_key.data, KEY_BYTES);
    return STATUS_OK;
}

static enum status list_people(struct db *db, enum statement statement, const struct discipline_key *key, struct arena *arena,
                               struct discipline_officer **officers, size_t *count, struct fault *fault)
{
    const struct db_value values[] = {db_integer(ROLE_BIT(ROLE_DISCIPLINE)), db_integer(key->id)};
    struct db_row *rows;
    const enum status status = db_query(db, statement, values, 2, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *officers = arena_take_array(arena, *count + 1, sizeof **officers);
    for (size_t i = 0; i < *count; i++) {
        const bool is_officer = rows[i].count > 3;
        (*officers)[i] = (struct discipline_officer){
            .staff = {(int32_t)db_row_integer(&rows[i], 0)},
            .login = db_row_text(&rows[i], 1),
            .name = db_row_text(&rows[i], 2),
            .enrolled_at = is_officer ? db_row_instant(&rows[i], 3) : INSTANT_NONE,
            .is_able = !is_officer || db_row_integer(&rows[i], 4) != 0,
        };
    }
    return STATUS_OK;
}

enum status discipline_store_officers(struct db *db, const struct discipline_key *key, struct arena *arena,
                                      struct discipline_officer **officers, size_t *count, struct fault *fault)
{
    return list_people(db, SEALED_OFFICER_LIST, key, arena, officers, count, fault);
}

enum status discipline_store_candidates(struct db *db, const struct discipline_key *key, struct arena *arena,
                                        struct discipline_officer **officers, size_t *count, struct fault *fault)
{
    return list_people(db, SEALED_OFFICER_LIST_CANDIDATES, key, arena, officers, count, fault);
}

enum status discipline_store_wrapped(struct db *db, const struct discipline_key *key, struct staff_id staff, struct arena *arena,
                                     struct wrapped_key *wrapped, struct fault *fault)
{
    const struct db_value values[] = {db_integer(staff.v), db_integer(key->id)};
    struct db_row row;
    const enum status status = db_query_one(db, SEALED_OFFICER_FIND, values, 2, arena, &row, fault);

    if (status != STATUS_OK)
        return status;
    const struct bytes salt = db_row_bytes(&row, 0), body = db_row_bytes(&row, 1);
    if (salt.length != sizeof wrapped->salt || body.length > sizeof wrapped->wrapped)
        return FAULT(fault, STATUS_FAILED, "the wrapped key of officer %d is damaged", (int)staff.v);
    memcpy(wrapped->salt, salt.data, salt.length);
    memcpy(wrapped->wrapped, body.data, body.length);
    wrapped->length = body.length;
    return STATUS_OK;
}

void discipline_wrap(const struct key *private_key, const char *passphrase, struct wrapped_key *wrapped)
{
    struct key wrapping;

    wrapped->length = crypto_boxed_bytes(KEY_BYTES);
    assert(wrapped->length <= sizeof wrapped->wrapped);
    random_bytes(wrapped->salt, sizeof wrapped->salt);
    password_derive_key(passphrase, wrapped->salt, &wrapping);
    crypto_enbox(&wrapping, private_key->bytes, KEY_BYTES, wrapped->wrapped);
    crypto_wipe(&wrapping, sizeof wrapping);
}

bool discipline_unwrap(const struct wrapped_key *wrapped, const char *passphrase, const struct key *public_key,
                       struct key *private_key)
{
    struct key wrapping, right;

    password_derive_key(passphrase, wrapped->salt, &wrapping);
    const bool is_open = wrapped->length == crypto_boxed_bytes(KEY_BYTES) &&
                         crypto_unbox(&wrapping, wrapped->wrapped, wrapped->length, private_key->bytes);
    crypto_wipe(&wrapping, sizeof wrapping);
    if (!is_open)
        return false;
    crypto_public_half(private_key, &right);
    if (crypto_is_equal(right.bytes, public_key->bytes, KEY_BYTES))
        return true;
    crypto_wipe(private_key, sizeof *private_key);
    return false;
}

/* ---- changes of officers */

struct officer_change {
    const struct discipline_key *key;
    uint32_t seen;
    struct staff_id staff;
    const struct wrapped_key *wrapped;
    const struct hash *session;
    struct instant now;
};

/* Of two changes at once one finds the key at another version. */
static enum status turn_key(struct db *db, const struct officer_change *change, struct fault *fault)
{
    const struct db_value values[] = {db_integer(change->key->id), db_integer(change->seen)};
    int64_t affected = 0;
    const enum status status = db_run(db, SEALED_KEY_TURN, values, 2, &affected, NULL, fault);

    /* Not the store's own CONFLICT, which would run the work again. */
    return status == STATUS_OK && affected != 1 ? STATUS_INVALID : status;
}

/* The answer of a transaction that begins with turn_key(). */
static enum status transact_turned(struct db *db, db_work work, struct officer_change *change, struct fault *fault)
{
    const enum status status = db_transact(db, work, change, fault);

    return status == STATUS_INVALID ? STATUS_CONFLICT : status;
}

static enum status enrol_work(struct db *db, void *context, struct fault *fault)
{
    const struct officer_change *change = context;
    const struct db_value values[] = {
        db_integer(change->staff.v), db_integer(change->key->id),
        db_bytes(change->wrapped->salt, sizeof change->wrapped->salt),
        db_bytes(change->wrapped->wrapped, change->wrapped->length), db_instant(change->now),
    };
    const enum status status = turn_key(db, change, fault);

    return status == STATUS_OK ? db_run(db, SEALED_OFFICER_INSERT, values, 5, NULL, NULL, fault) : status;
}

enum status discipline_store_enrol(struct db *db, const struct discipline_key *key, uint32_t seen, struct staff_id staff,
                                   const struct wrapped_key *wrapped, struct instant now, struct fault *fault)
{
    struct officer_change change = {.key = key, .seen = seen, .staff = staff, .wrapped = wrapped, .now = now};

    return transact_turned(db, enrol_work, &change, fault);
}

/* Under the turned key: nobody else changes officers before this commits. */
static enum status somebody_else_opens(struct db *db, const struct officer_change *change, struct fault *fault)
{
    struct discipline_officer *officers;
    struct arena arena;
    size_t count;
    bool is_there = false;

    arena_init(&arena, (size_t)16 * 1024);
    enum status status = discipline_store_officers(db, change->key, &arena, &officers, &count, fault);
    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        is_there = is_there || (officers[i].is_able && officers[i].staff.v != change->staff.v);
    arena_release(&arena);
    return status == STATUS_OK && !is_there ? STATUS_REFUSED : status;
}

static enum status remove_work(struct db *db, void *context, struct fault *fault)
{
    const struct officer_change *change = context;
    const struct db_value values[] = {db_integer(change->staff.v), db_integer(change->key->id)};
    int64_t affected = 0;
    enum status status = turn_key(db, change, fault);

    if (status == STATUS_OK)
        status = somebody_else_opens(db, change, fault);
    if (status == STATUS_OK)
        status = db_run(db, SEALED_OFFICER_DELETE, values, 2, &affected, NULL, fault);
    if (status == STATUS_OK && affected != 1)
        return STATUS_ABSENT;
    return status == STATUS_OK ? db_run(db, SEALED_OPEN_DELETE_BY_STAFF, values, 1, NULL, NULL, fault) : status;
}

enum status discipline_store_remove(struct db *db, const struct discipline_key *key, uint32_t seen, struct staff_id staff,
                                    struct fault *fault)
{
    struct officer_change change = {.key = key, .seen = seen, .staff = staff};

    return transact_turned(db, remove_work, &change, fault);
}

static enum status rewrap_work(struct db *db, void *context, struct fault *fault)
{
    const struct officer_change *change = context;
    const struct db_value values[] = {
        db_bytes(change->wrapped->salt, sizeof change->wrapped->salt),
        db_bytes(change->wrapped->wrapped, change->wrapped->length), db_integer(change->staff.v),
        db_integer(change->key->id),
    };
    const struct db_value others[] = {db_integer(change->staff.v), db_bytes(change->session->bytes, HASH_BYTES)};
    int64_t affected = 0;
    const enum status status = db_run(db, SEALED_OFFICER_REWRAP, values, 4, &affected, NULL, fault);

    if (status == STATUS_OK && affected != 1)
        return STATUS_ABSENT;
    return status == STATUS_OK ? db_run(db, SEALED_OPEN_DELETE_OTHERS, others, 2, NULL, NULL, fault) : status;
}

enum status discipline_store_rewrap(struct db *db, const struct discipline_key *key, struct staff_id staff,
                                    const struct wrapped_key *wrapped, const struct hash *session, struct fault *fault)
{
    struct officer_change change = {.key = key, .staff = staff, .wrapped = wrapped, .session = session};

    return db_transact(db, rewrap_work, &change, fault);
}

/* ---- the opened key of a session */

/* The cookie's half fits its own session alone. */
static struct key box_key(const struct key *half, const struct hash *session)
{
    const struct bytes piece = {session->bytes, HASH_BYTES};
    const struct hash derived = crypto_keyed_hash(half, "opened key", &piece, 1);
    struct key key;

    memcpy(key.bytes, derived.bytes, KEY_BYTES);
    return key;
}

enum status discipline_store_open(struct db *db, const struct discipline_key *key, const struct hash *session,
                                  struct staff_id staff, const struct key *private_key, const struct key *half,
                                  struct instant now, struct fault *fault)
{
    const struct key boxing = box_key(half, session);
    uint8_t share[80];

    assert(crypto_boxed_bytes(KEY_BYTES) <= sizeof share);
    crypto_enbox(&boxing, private_key->bytes, KEY_BYTES, share);
    const struct db_value values[] = {
        db_bytes(session->bytes, HASH_BYTES), db_integer(staff.v), db_integer(key->id),
        db_bytes(share, crypto_boxed_bytes(KEY_BYTES)), db_instant(now),
    };
    return db_run(db, SEALED_OPEN_SAVE, values, 5, NULL, NULL, fault);
}

enum status discipline_store_resume(struct db *db, const struct hash *session, struct staff_id staff, const struct key *half,
                                    struct instant now, int idle_minutes, struct arena *arena,
                                    struct discipline_opened *opened, struct fault *fault)
{
    const struct db_value values[] = {db_bytes(session->bytes, HASH_BYTES), db_integer(staff.v)};
    const struct key boxing = box_key(half, session);
    struct db_row row;
    struct key right;
    const enum status status = db_query_one(db, SEALED_OPEN_FIND, values, 2, arena, &row, fault);

    if (status != STATUS_OK)
        return status;
    const struct bytes share = db_row_bytes(&row, 0), public_key = db_row_bytes(&row, 2);
    const struct instant seen_at = db_row_instant(&row, 1);
    const struct instant end = instant_add_seconds(seen_at, (int64_t)idle_minutes * MINUTE_SECONDS);
    if (!instant_is_before(now, end) || public_key.length != KEY_BYTES || share.length != crypto_boxed_bytes(KEY_BYTES) ||
        !crypto_unbox(&boxing, share.data, share.length, opened->private_key.bytes))
        return STATUS_ABSENT;
    memcpy(opened->public_key.bytes, public_key.data, KEY_BYTES);
    crypto_public_half(&opened->private_key, &right);
    if (!crypto_is_equal(right.bytes, opened->public_key.bytes, KEY_BYTES))
        return STATUS_ABSENT;
    opened->mark_key = discipline_mark_key(&opened->private_key);
    if (instant_is_before(now, instant_add_seconds(seen_at, MINUTE_SECONDS)))
        return STATUS_OK;
    const struct db_value seen[] = {db_instant(now), values[0]};
    return db_run(db, SEALED_OPEN_SEE, seen, 2, NULL, NULL, fault);
}

enum status discipline_store_shut(struct db *db, const struct hash *session, struct fault *fault)
{
    const struct db_value value = db_bytes(session->bytes, HASH_BYTES);

    return db_run(db, SEALED_OPEN_DELETE, &value, 1, NULL, NULL, fault);
}

#define PURGE_SLICE 500

enum status discipline_store_purge(struct db *db, struct instant before, struct fault *fault)
{
    const struct db_value values[] = {db_instant(before), db_integer(PURGE_SLICE)};

    return db_run(db, SEALED_OPEN_PURGE, values, 2, NULL, NULL, fault);
}
