#include "store/sealed_store.h"

#include <string.h>

#include "base/password.h"
#include "base/random.h"
#include "core/number.h"

enum { FIRST_KEY_ID = 1, FIRST_ISSUE = 1 };

static struct hash hash_of(const struct secrets *secrets, enum secret secret, const char *purpose, const char *number)
{
    const struct bytes piece = {(const uint8_t *)number, strlen(number)};

    return crypto_keyed_hash(&secrets->key[secret], purpose, &piece, 1);
}

void sealed_number_make(const struct secrets *secrets, const uint8_t form_key[16], char *number)
{
    const struct bytes piece = {form_key, 16};
    const struct hash seed = crypto_keyed_hash(&secrets->key[SECRET_CODE], "sealed number", &piece, 1);

    sealed_number_format(&seed, number);
}

void sealed_code_make(const struct secrets *secrets, const char *number, char *code)
{
    query_code_format(&secrets->key[SECRET_CODE], number, FIRST_ISSUE, code);
}

struct hash sealed_case_lookup(const struct secrets *secrets, const char *number)
{
    return hash_of(secrets, SECRET_LOOKUP, "sealed case", number);
}

struct sealed_case sealed_case_seal(const struct secrets *secrets, const struct key *office_key,
                                    const struct sealed_report *report, struct arena *arena)
{
    const size_t length = sealed_report_bytes(report);
    uint8_t *clear = arena_take(arena, length);
    uint8_t *sealed = arena_take(arena, crypto_sealed_bytes(length));

    sealed_report_format(report, clear);
    crypto_seal(office_key, clear, length, sealed);
    crypto_wipe(clear, length);
    return (struct sealed_case){.lookup = sealed_case_lookup(secrets, report->number),
                                .body = {sealed, crypto_sealed_bytes(length)}};
}

struct bytes sealed_photo_seal(const struct key *office_key, struct bytes jpeg, struct arena *arena)
{
    uint8_t *sealed = arena_take(arena, crypto_sealed_bytes(jpeg.length));

    crypto_seal(office_key, jpeg.data, jpeg.length, sealed);
    return (struct bytes){sealed, crypto_sealed_bytes(jpeg.length)};
}

enum status sealed_case_insert(struct db *db, const struct sealed_case *sealed, struct fault *fault)
{
    const struct db_value values[] = {
        db_bytes(sealed->lookup.bytes, HASH_BYTES), db_bytes(sealed->body.data, sealed->body.length),
        db_integer((int64_t)sealed->source), db_day(sealed->today),
    };
    enum status status = db_run(db, SEALED_CASE_INSERT, values, 4, NULL, NULL, fault);

    for (size_t i = 0; status == STATUS_OK && i < sealed->photo_count; i++) {
        const struct db_value photo[] = {values[0], db_integer((int64_t)i + 1),
                                         db_bytes(sealed->photos[i].data, sealed->photos[i].length)};
        status = db_run(db, SEALED_PHOTO_INSERT, photo, 3, NULL, NULL, fault);
    }
    return status;
}

enum status sealed_store_file(struct db *db, const struct secrets *secrets, const struct key *office_key,
                              const struct sealed_report *report, enum sealed_source source, struct day today,
                              struct arena *arena, struct fault *fault)
{
    struct sealed_case sealed = sealed_case_seal(secrets, office_key, report, arena);

    sealed.source = source;
    sealed.today = today;
    return sealed_case_insert(db, &sealed, fault);
}

static struct key answer_key(const struct secrets *secrets, const char *number)
{
    const struct hash derived = hash_of(secrets, SECRET_CODE, "sealed answer", number);
    struct key key;

    memcpy(key.bytes, derived.bytes, KEY_BYTES);
    return key;
}

struct bytes sealed_answer_box(const struct secrets *secrets, const char *number, const char *words, struct arena *arena)
{
    const struct key key = answer_key(secrets, number);
    const size_t length = strlen(words);
    uint8_t *boxed = arena_take(arena, crypto_boxed_bytes(length));

    crypto_enbox(&key, (const uint8_t *)words, length, boxed);
    return (struct bytes){boxed, crypto_boxed_bytes(length)};
}

enum status sealed_store_answer(struct db *db, const struct secrets *secrets, const char *number, struct arena *arena,
                                const char **words, struct day *answered_on, struct fault *fault)
{
    const struct hash lookup = sealed_case_lookup(secrets, number);
    const struct key key = answer_key(secrets, number);
    const struct db_value value = db_bytes(lookup.bytes, HASH_BYTES);
    const size_t overhead = crypto_boxed_bytes(0);
    struct db_row row;
    const enum status status = db_query_one(db, SEALED_ANSWER_FIND, &value, 1, arena, &row, fault);

    if (status != STATUS_OK)
        return status;
    const struct bytes boxed = db_row_bytes(&row, 0);
    if (boxed.length < overhead)
        return FAULT(fault, STATUS_FAILED, "an answer is shorter than its box");
    char *clear = arena_take(arena, boxed.length - overhead + 1);
    if (!crypto_unbox(&key, boxed.data, boxed.length, (uint8_t *)clear))
        return FAULT(fault, STATUS_FAILED, "an answer does not open with its number");
    clear[boxed.length - overhead] = '\0';
    if (!text_is_utf8(clear, boxed.length - overhead))
        return FAULT(fault, STATUS_FAILED, "an answer is not text");
    *words = clear;
    *answered_on = db_row_day(&row, 1);
    return STATUS_OK;
}

/* ---- the first enrolment */

struct enrolment {
    struct staff_id officer;
    struct instant now;
    struct key public_key;
    uint8_t salt[PASSWORD_SALT_BYTES];
    uint8_t wrapped[128];
    size_t wrapped_length;
};

static enum status write_enrolment(struct db *db, void *context, struct fault *fault)
{
    const struct enrolment *enrolment = context;
    const struct db_value key[] = {db_integer(FIRST_KEY_ID), db_bytes(enrolment->public_key.bytes, KEY_BYTES)};
    const struct db_value officer[] = {
        db_integer(enrolment->officer.v),
        db_integer(FIRST_KEY_ID),
        db_bytes(enrolment->salt, sizeof enrolment->salt),
        db_bytes(enrolment->wrapped, enrolment->wrapped_length),
        db_instant(enrolment->now),
    };
    const enum status status = db_run(db, SEALED_KEY_INSERT, key, 2, NULL, NULL, fault);

    return status == STATUS_OK ? db_run(db, SEALED_OFFICER_INSERT, officer, 5, NULL, NULL, fault) : status;
}

enum status sealed_store_enrol_first(struct db *db, struct staff_id officer, const char *passphrase, struct instant now,
                                     struct arena *arena, struct key *public_key, struct fault *fault)
{
    struct enrolment enrolment = {.officer = officer, .now = now, .wrapped_length = crypto_boxed_bytes(KEY_BYTES)};
    struct db_row *rows;
    struct key private_key, wrapping_key;
    size_t count;
    enum status status = db_query(db, SEALED_KEY_LIST, NULL, 0, arena, &rows, &count, fault);

    if (status != STATUS_OK)
        return status;
    if (count > 0)
        return FAULT(fault, STATUS_DUPLICATE, "the office has its key already");
    crypto_make_pair(&enrolment.public_key, &private_key);
    random_bytes(enrolment.salt, sizeof enrolment.salt);
    password_derive_key(passphrase, enrolment.salt, &wrapping_key);
    if (enrolment.wrapped_length > sizeof enrolment.wrapped)
        return FAULT(fault, STATUS_FAILED, "a wrapped key has no room");
    crypto_enbox(&wrapping_key, private_key.bytes, KEY_BYTES, enrolment.wrapped);
    crypto_wipe(&private_key, sizeof private_key);
    crypto_wipe(&wrapping_key, sizeof wrapping_key);
    status = db_transact(db, write_enrolment, &enrolment, fault);
    *public_key = enrolment.public_key;
    return status;
}
