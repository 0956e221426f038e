/*
 * Keys by which other systems file and follow reports. Of a key its hash alone is stored; it is shown once, when it is made.
 */
#ifndef STORE_API_KEY_STORE_H
#define STORE_API_KEY_STORE_H

#include "core/matter.h"
#include "core/register.h"
#include "store/change.h"

#define API_KEY_TEXT_BYTES 40     /* "sn_" and 32 hex digits, with its NUL */
#define API_KEY_NAME_CHARACTERS 40
#define API_KEYS_MAX 200          /* all of an installation */
#define API_KEY_PER_MINUTE_MAX 10000

struct api_key {
    int32_t id;
    const char *name;    /* whose it is; also the outside system of the numbers that come with its reports */
    bool may_file, may_read;
    enum source source;  /* SOURCE_OPEN311 or SOURCE_HOTLINE: as what its reports count */
    int per_minute;      /* requests that it may make in one minute */
    bool is_active;
    struct instant created_at;
    struct day last_used_on; /* UTC; DAY_NONE: never */
};

/* A new key: 128 random bits. text: API_KEY_TEXT_BYTES, to be shown once and forgotten */
void api_key_make(char *text);

/* What is stored of a key as it was sent. */
struct hash api_key_hash(const char *text);

/* STATUS_ABSENT: nobody's. Of a key that was taken out of use, too: is_active says so. */
enum status api_key_store_find(struct db *db, const struct hash *hash, struct arena *arena, struct api_key *key,
                               struct fault *fault) MUST_USE;
enum status api_key_store_find_by_id(struct db *db, int32_t id, struct arena *arena, struct api_key *key,
                                     struct fault *fault) MUST_USE;

/* Those in use first, by name. */
enum status api_key_store_list(struct db *db, struct arena *arena, struct api_key **keys, size_t *count,
                               struct fault *fault) MUST_USE;

/* Notes that the key was used today; nothing is written when that is known. */
enum status api_key_store_mark_used(struct db *db, const struct api_key *key, struct instant now,
                                    struct fault *fault) MUST_USE;

/*
 * Adds a key whose hash this is. STATUS_REFUSED: the name is taken, or there are API_KEYS_MAX; STATUS_DUPLICATE: this form was
 * saved before, and the key it showed then is the one that counts.
 */
enum status api_key_store_add(struct db *db, const struct change *change, const struct api_key *key, const struct hash *hash,
                              struct fault *fault) MUST_USE;

/* Takes a key out of use, or into use again; one that is so already is fine. */
enum status api_key_store_set_active(struct db *db, const struct change *change, int32_t id, bool is_active,
                                     struct fault *fault) MUST_USE;

#endif
