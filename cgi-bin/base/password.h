/*
 * Password hashing: argon2id, 64 MiB, t = 3 (controls.md E1), with rehash when the parameters rise.
 */
#ifndef BASE_PASSWORD_H
#define BASE_PASSWORD_H

#include <stdbool.h>

#include "base/crypto.h"
#include "base/status.h"

#define PASSWORD_HASH_BYTES 128
#define PASSWORD_MAX_CHARACTERS 128
#define PASSWORD_SALT_BYTES 16

/* hash: PASSWORD_HASH_BYTES, NUL-terminated "$argon2id$…". Ends the process without memory. */
void password_hash(const char *password, char *hash);

/*
 * Constant work: a hash that is NULL or none at all (unknown user, no password) costs as much and is always false.
 * Ends the process without memory.
 */
bool password_is_correct(const char *hash, const char *password) MUST_USE;

/* Whether the stored hash was made with weaker parameters than today's. */
bool password_needs_rehash(const char *hash);

/* Refuses the common ones, the company's and product's words, and the user's own name (controls.md E3). */
bool password_is_too_common(const char *password, const char *login);

/* A key from a passphrase and its salt, by the same work as a password check. Ends the process without memory. */
void password_derive_key(const char *passphrase, const uint8_t salt[PASSWORD_SALT_BYTES], struct key *key);

#endif
