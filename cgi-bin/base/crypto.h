/*
 * The cryptography the suite uses, all of it libsodium's: hashes, keyed hashes, sealed boxes, secret boxes. Pure
 * functions of their arguments; random bytes are in base/random.h and password hashing in base/password.h. No name here
 * may be one of libsodium's own (crypto_hash, crypto_box, …): the linker would mix them up.
 */
#ifndef BASE_CRYPTO_H
#define BASE_CRYPTO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "base/text.h"

#define HASH_BYTES 32
#define KEY_BYTES 32

struct hash {
    uint8_t bytes[HASH_BYTES];
};
struct key {
    uint8_t bytes[KEY_BYTES];
};

/* Must be called once by main() before anything else here. Ends the process when libsodium cannot start. */
void crypto_start(void);

/* BLAKE2b-256 of several pieces one after the other, each preceded by its length (so that pieces cannot shift). */
struct hash crypto_hash_pieces(const struct bytes *pieces, size_t count);

/* The same, keyed: a MAC, a blind index, a derived key. `purpose` keeps uses of one key apart ("phone", "code", …). */
struct hash crypto_keyed_hash(const struct key *key, const char *purpose, const struct bytes *pieces, size_t count);

/* SHA-256, where a browser has to compute the same. digest: CRYPTO_SHA256_BYTES */
#define CRYPTO_SHA256_BYTES 32
void crypto_sha256(const void *data, size_t length, uint8_t *digest);

/* Compares secrets in constant time. */
bool crypto_is_equal(const void *left, const void *right, size_t length);

/* Bytes a sealed text of `length` takes. */
size_t crypto_sealed_bytes(size_t length);

/* Anonymous public-key box: whoever has the public key can write, only the holder of the secret key can read. */
void crypto_seal(const struct key *public_key, const uint8_t *clear, size_t length, uint8_t *sealed);
bool crypto_unseal(const struct key *public_key, const struct key *secret_key, const uint8_t *sealed,
                   size_t sealed_length, uint8_t *clear) MUST_USE;

/* Symmetric authenticated box with a random nonce in front; for drafts. */
size_t crypto_boxed_bytes(size_t length);
void crypto_enbox(const struct key *key, const uint8_t *clear, size_t length, uint8_t *boxed);
bool crypto_unbox(const struct key *key, const uint8_t *boxed, size_t boxed_length, uint8_t *clear) MUST_USE;

/*
 * The same, bound to what it belongs to: opened only with the same purpose and the same associated bytes (XChaCha20-Poly1305).
 * purpose: short, a constant. associated: at most 64 bytes, not kept in the box.
 */
size_t crypto_locked_bytes(size_t length);
void crypto_lock(const struct key *key, const char *purpose, const uint8_t *associated, size_t associated_length,
                 const uint8_t *clear, size_t length, uint8_t *locked);
bool crypto_unlock(const struct key *key, const char *purpose, const uint8_t *associated, size_t associated_length,
                   const uint8_t *locked, size_t locked_length, uint8_t *clear) MUST_USE;

/* HMAC-SHA-256, as other systems make it. digest: HASH_BYTES */
void crypto_hmac_sha256(const struct key *key, const void *data, size_t length, uint8_t *digest);

/* Overwrites what must not stay in memory; the compiler does not leave it out. */
void crypto_wipe(void *data, size_t length);

/* A new key pair for crypto_seal. */
void crypto_make_pair(struct key *public_key, struct key *secret_key);

/* The public half of a secret key. */
void crypto_public_half(const struct key *secret_key, struct key *public_key);

#endif
