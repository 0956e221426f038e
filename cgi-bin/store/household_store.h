/*
 * Households of the register of customers (Arts. 18(1), 33(4)): where they are, the master meter they hang on, the phone that is
 * registered. Rows belong to a version; the version that holds is switched as a whole by an import (store/import_store.h), so whoever
 * does more than one statement asks for it once and stays with it.
 *
 * Personal data stand sealed under data keys (one of an import, one of each change by staff), which are sealed to the staff key:
 * any program with the public key can write, only one with the private key can read. The account's hash is bound to what is sealed, so
 * that a phone cannot be moved to another household.
 */
#ifndef STORE_HOUSEHOLD_STORE_H
#define STORE_HOUSEHOLD_STORE_H

#include "store/person.h"

#define HOUSEHOLD_PLACES_MAX 128 /* of one question */
#define HOUSEHOLD_METERS_MAX 24
#define HOUSEHOLD_BATCH 50 /* rows of one statement */
#define HOUSEHOLD_SEALED_MAX 600
#define HOUSEHOLD_PHONE_SEALED_MAX 80
#define HOUSEHOLD_DIGEST_BYTES 16

/* A key under which rows are sealed. id: as the rows name it */
struct household_key {
    int32_t id;
    struct key key;
};

/* In clear, as checked. phone: "" where none is registered */
struct household_person {
    char account[ACCOUNT_BYTES], phone[PHONE_BYTES];
    char name[61], address[301];
};

/* A row. Bytes are borrowed: of the arena that it was read into, or of whoever writes it. */
struct household {
    int32_t id; /* within its version */
    struct place_id place;
    int32_t meter; /* master_meter.id; 0: none */
    struct hash account_hash;
    char account_masked[MASKED_BYTES];
    int32_t data_key;
    struct bytes sealed;
    bool has_phone;
    int32_t phone_key;
    struct bytes phone_sealed;
    char phone_masked[MASKED_BYTES];
    struct hash phone_hash;
};

/* The version that holds; 0 before the first import. */
enum status household_store_version(struct db *db, int32_t *version, struct fault *fault) MUST_USE;

/* ---- sealing and opening */

/* Makes a data key and keeps it, sealed. import: 0 for a change by staff. secrets: with the staff key's public half */
enum status household_key_make(struct db *db, const struct secrets *secrets, int32_t import, struct household_key *key,
                               struct fault *fault) MUST_USE;

/* Room for what one row seals. */
struct household_room {
    uint8_t sealed[HOUSEHOLD_SEALED_MAX], phone_sealed[HOUSEHOLD_PHONE_SEALED_MAX];
};
/*
 * Fills hashes, masked forms and sealed bytes of a row; place, meter and id are the caller's. False when name and address are longer
 * than a row takes. person->account: not ""
 */
bool household_seal(const struct household_person *person, const struct household_key *key, const struct secrets *secrets,
                    struct household_room *room, struct household *household) MUST_USE;
/* The phone alone, for a change of the registration; "" takes it away. */
void household_seal_phone(const char *phone, const struct household_key *key, const struct secrets *secrets,
                          struct household_room *room, struct household *household);

/* Data keys that were opened, kept for the next rows of the same import. Wipe it at the end. */
#define HOUSEHOLD_KEYS_KEPT 8
struct household_keys {
    struct household_key kept[HOUSEHOLD_KEYS_KEPT];
    size_t next;
};
void household_keys_wipe(struct household_keys *keys);

/*
 * The registered phone, digits only. secrets: with the staff key's private half (clerk; supply after an audit record).
 * STATUS_ABSENT: none is registered. STATUS_FAILED: it cannot be opened, which the fault explains.
 */
enum status household_open_phone(struct db *db, const struct secrets *secrets, struct household_keys *keys,
                                 const struct household *household, char phone[PHONE_BYTES], struct fault *fault) MUST_USE;
/* Everything about a household. */
enum status household_open(struct db *db, const struct secrets *secrets, struct household_keys *keys,
                           const struct household *household, struct household_person *person, struct fault *fault) MUST_USE;

/* ---- reading */

/* Places (each with everything below it) and master meters; a household in both counts once. */
struct household_scope {
    const struct place_id *places;
    size_t place_count; /* at most HOUSEHOLD_PLACES_MAX */
    const int32_t *meters;
    size_t meter_count; /* at most HOUSEHOLD_METERS_MAX */
};
struct household_counts {
    int64_t households, with_phone;
    int64_t numbers; /* different phones among them */
};
enum status household_store_count(struct db *db, int32_t version, const struct household_scope *scope,
                                  struct household_counts *counts, struct fault *fault) MUST_USE;

/* A walk over the households of a scope, page by page. The arena given to _begin lives as long as the walk. */
struct household_walk {
    int32_t version;
    bool with_phone_only;
    int32_t *places; /* sorted, with everything below what was named */
    size_t place_count, place_next;
    int32_t meters[HOUSEHOLD_METERS_MAX];
    size_t meter_count;
    bool is_at_meters;
    int32_t last_place, last_id;
};
enum status household_walk_begin(struct db *db, int32_t version, const struct household_scope *scope, bool with_phone_only,
                                 struct arena *arena, struct household_walk *walk, struct fault *fault) MUST_USE;
/*
 * The next households, at most `limit`, in the arena (which may be reset between the calls if it is not the walk's own). A page may
 * hold fewer, but none only at the end. Each household comes once.
 */
enum status household_walk_next(struct db *db, struct household_walk *walk, int limit, struct arena *arena,
                                struct household **households, size_t *count, struct fault *fault) MUST_USE;

/* STATUS_ABSENT when this version does not know the account. */
enum status household_store_find(struct db *db, int32_t version, const struct hash *account_hash, struct arena *arena,
                                 struct household *household, struct fault *fault) MUST_USE;

/*
 * Where an account is, in the version that holds: the household's own place first, then each place around it, up to the district. For
 * programs that may read nothing else of a household. hash: person_lookup_hash(secrets, "account", account). STATUS_ABSENT: unknown.
 */
#define HOUSEHOLD_DEPTH_MAX 8
struct household_where {
    struct place_id places[HOUSEHOLD_DEPTH_MAX];
    size_t place_count;
    int32_t meter; /* 0: none */
};
enum status household_place_of_account(struct db *db, const struct hash *account_hash, struct household_where *where,
                                       struct fault *fault) MUST_USE;

/* ---- writing */

/* Rows of a version that does not hold yet, with their digests; part of the caller's transaction. */
enum status household_store_insert(struct db *db, int32_t version, const struct household *households,
                                   const uint8_t (*digests)[HOUSEHOLD_DIGEST_BYTES], size_t count, struct fault *fault) MUST_USE;

/* Adds to the number of registered phones of a place and of every place around it; part of the caller's transaction. */
enum status household_figure_adjust(struct db *db, int32_t version, struct place_id place, int phones, struct fault *fault) MUST_USE;

#endif
