/*
 * Who asked to be told of outages at a place by SMS. Public pages only add what somebody did there (wanted a code, had it, ended it);
 * clerk applies it. Phones are sealed to the staff key and found by their keyed hash.
 */
#ifndef STORE_SUBSCRIPTION_STORE_H
#define STORE_SUBSCRIPTION_STORE_H

#include "base/secrets.h"
#include "core/ids.h"
#include "store/db.h"

/* Stored: append only. */
enum subscribe_kind {
    SUBSCRIBE_NONE,
    SUBSCRIBE_CODE,     /* wants a code */
    SUBSCRIBE_CONFIRM,  /* had it: subscribes, or renews */
    SUBSCRIBE_STOP,     /* ends one subscription */
    SUBSCRIBE_STOP_ALL, /* ends all of the same number */
    SUBSCRIBE__COUNT
};

#define SUBSCRIBE_KEY_BYTES 16

struct subscribe_input {
    enum subscribe_kind kind;
    uint8_t key[SUBSCRIBE_KEY_BYTES]; /* made of what was done */
    struct place_id place;            /* of a code and a confirmation */
    struct hash phone_hash;
    uint16_t key_id;
    struct bytes phone_sealed; /* none: the input has no phone */
    int64_t subscription;      /* that ends */
};
/* STATUS_DUPLICATE: it was added before. */
enum status subscription_store_add(struct db *db, const struct subscribe_input *input, struct instant now,
                                   struct fault *fault) MUST_USE;

/* Where a subscription is. STATUS_ABSENT: it has ended. */
enum status subscription_store_place(struct db *db, int64_t subscription, struct place_id *place, struct fault *fault) MUST_USE;

/* For clerk: applies what was added, oldest first; days: how long a subscription lasts. */
enum status subscription_store_apply(struct db *db, int days, int limit, struct instant now, struct arena *arena, int *done,
                                     struct fault *fault) MUST_USE;

/* ---- codes and links, recomputed, never stored */

#define SUBSCRIBE_CODE_BYTES 7 /* six digits */
#define STOP_LINK_BYTES 48

/* The code that proves a number: of the key of the input that wanted it, the number and the place. code: SUBSCRIBE_CODE_BYTES */
void subscribe_code_format(const struct key *key, const uint8_t input_key[SUBSCRIBE_KEY_BYTES], const struct hash *phone_hash,
                           struct place_id place, char *code);

/* The last part of the address where a subscription ends: its id with a mark that nobody can guess. link: STOP_LINK_BYTES */
void stop_link_format(const struct key *key, int64_t subscription, char *link);
bool stop_link_parse(const struct key *key, const char *link, int64_t *subscription) MUST_USE;

#endif
