#include "base/crypto.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "base/log.h"

static_assert(HASH_BYTES == crypto_generichash_BYTES, "a hash is BLAKE2b-256");
static_assert(KEY_BYTES == crypto_generichash_KEYBYTES, "a key fits BLAKE2b");
static_assert(KEY_BYTES == crypto_box_PUBLICKEYBYTES && KEY_BYTES == crypto_box_SECRETKEYBYTES, "a key fits a box");
static_assert(KEY_BYTES == crypto_secretbox_KEYBYTES, "a key fits a secret box");

void crypto_start(void)
{
    if (sodium_init() < 0)
        log_die("libsodium_start_failed");
}

/* Eight bytes of length, least significant first, then the piece: two lists of pieces never give the same bytes. */
static void add_piece(crypto_generichash_state *state, const void *data, size_t length)
{
    uint8_t prefix[8];
    uint64_t rest = length;
    for (size_t i = 0; i < sizeof prefix; i++, rest >>= 8)
        prefix[i] = (uint8_t)(rest & 0xFF);
    crypto_generichash_update(state, prefix, sizeof prefix);
    crypto_generichash_update(state, data, length);
}

static struct hash finish(crypto_generichash_state *state, const struct bytes *pieces, size_t count)
{
    for (size_t i = 0; i < count; i++)
        add_piece(state, pieces[i].data, pieces[i].length);
    struct hash hash;
    crypto_generichash_final(state, hash.bytes, sizeof hash.bytes);
    sodium_memzero(state, sizeof *state);
    return hash;
}

struct hash crypto_hash_pieces(const struct bytes *pieces, size_t count)
{
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, HASH_BYTES);
    return finish(&state, pieces, count);
}

struct hash crypto_keyed_hash(const struct key *key, const char *purpose, const struct bytes *pieces, size_t count)
{
    assert(key != NULL && purpose != NULL);
    crypto_generichash_state state;
    crypto_generichash_init(&state, key->bytes, sizeof key->bytes, HASH_BYTES);
    add_piece(&state, purpose, strlen(purpose));
    return finish(&state, pieces, count);
}

void crypto_sha256(const void *data, size_t length, uint8_t *digest)
{
    static_assert(CRYPTO_SHA256_BYTES == crypto_hash_sha256_BYTES, "a digest is SHA-256's");
    crypto_hash_sha256(digest, data, length);
}

void crypto_wipe(void *data, size_t length)
{
    sodium_memzero(data, length);
}

bool crypto_is_equal(const void *left, const void *right, size_t length)
{
    return sodium_memcmp(left, right, length) == 0;
}

size_t crypto_sealed_bytes(size_t length) { return length + crypto_box_SEALBYTES; }

void crypto_seal(const struct key *public_key, const uint8_t *clear, size_t length, uint8_t *sealed)
{
    /* It fails on a public key that is none (all zero, say). Nothing may be stored then, so this is no return value. */
    if (crypto_box_seal(sealed, clear, length, public_key->bytes) != 0)
        log_die("public_key_unusable");
}

bool crypto_unseal(const struct key *public_key, const struct key *secret_key, const uint8_t *sealed,
                   size_t sealed_length, uint8_t *clear)
{
    if (sealed_length < crypto_box_SEALBYTES)
        return false;
    return crypto_box_seal_open(clear, sealed, sealed_length, public_key->bytes, secret_key->bytes) == 0;
}

#define BOX_EXTRA_BYTES (crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES)

size_t crypto_boxed_bytes(size_t length) { return length + BOX_EXTRA_BYTES; }

void crypto_enbox(const struct key *key, const uint8_t *clear, size_t length, uint8_t *boxed)
{
    randombytes_buf(boxed, crypto_secretbox_NONCEBYTES);
    crypto_secretbox_easy(boxed + crypto_secretbox_NONCEBYTES, clear, length, boxed, key->bytes);
}

bool crypto_unbox(const struct key *key, const uint8_t *boxed, size_t boxed_length, uint8_t *clear)
{
    if (boxed_length < BOX_EXTRA_BYTES)
        return false;
    return crypto_secretbox_open_easy(clear, boxed + crypto_secretbox_NONCEBYTES,
                                      boxed_length - crypto_secretbox_NONCEBYTES, boxed, key->bytes) == 0;
}

enum { ASSOCIATED_MAX = 128 };

/* Purpose, a NUL, and the bytes that were given: no purpose holds a NUL, so no two pairs give the same. */
static size_t join_associated(uint8_t joined[ASSOCIATED_MAX], const char *purpose, const uint8_t *associated, size_t length)
{
    const size_t head = strlen(purpose) + 1;

    assert(head + length <= ASSOCIATED_MAX);
    memcpy(joined, purpose, head);
    memcpy(joined + head, associated, length);
    return head + length;
}

#define LOCK_NONCE_BYTES crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
static_assert(KEY_BYTES == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "a key fits a lock");

size_t crypto_locked_bytes(size_t length)
{
    return length + LOCK_NONCE_BYTES + crypto_aead_xchacha20poly1305_ietf_ABYTES;
}

void crypto_lock(const struct key *key, const char *purpose, const uint8_t *associated, size_t associated_length,
                 const uint8_t *clear, size_t length, uint8_t *locked)
{
    uint8_t joined[ASSOCIATED_MAX];
    const size_t joined_length = join_associated(joined, purpose, associated, associated_length);

    randombytes_buf(locked, LOCK_NONCE_BYTES);
    crypto_aead_xchacha20poly1305_ietf_encrypt(locked + LOCK_NONCE_BYTES, NULL, clear, length, joined, joined_length, NULL, locked,
                                               key->bytes);
}

bool crypto_unlock(const struct key *key, const char *purpose, const uint8_t *associated, size_t associated_length,
                   const uint8_t *locked, size_t locked_length, uint8_t *clear)
{
    uint8_t joined[ASSOCIATED_MAX];
    const size_t joined_length = join_associated(joined, purpose, associated, associated_length);

    if (locked_length < crypto_locked_bytes(0))
        return false;
    return crypto_aead_xchacha20poly1305_ietf_decrypt(clear, NULL, NULL, locked + LOCK_NONCE_BYTES, locked_length - LOCK_NONCE_BYTES,
                                                      joined, joined_length, locked, key->bytes) == 0;
}

void crypto_make_pair(struct key *public_key, struct key *secret_key)
{
    crypto_box_keypair(public_key->bytes, secret_key->bytes);
}

void crypto_public_half(const struct key *secret_key, struct key *public_key)
{
    /* It fails on no key of this length. */
    if (crypto_scalarmult_base(public_key->bytes, secret_key->bytes) != 0)
        log_die("secret_key_unusable");
}

void crypto_hmac_sha256(const struct key *key, const void *data, size_t length, uint8_t *digest)
{
    crypto_auth_hmacsha256(digest, data, length, key->bytes);
}
