/* base/crypto, base/random and base/version. */
#include "check.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/crypto.h"
#include "base/random.h"
#include "base/text.h"
#include "base/version.h"

#define BYTES(text) ((struct bytes){(const uint8_t *)(text), sizeof(text) - 1})

static void hex_of(const struct hash *hash, char *hex) { text_format_hex(hash->bytes, HASH_BYTES, hex); }

static struct key key_of(uint8_t fill)
{
    struct key key;
    memset(key.bytes, fill, sizeof key.bytes);
    return key;
}

/* Worked out with another implementation: blake2b(length-prefixed pieces, digest_size=32[, key]). */
TEST(hashes_are_blake2b_of_the_pieces_with_their_lengths)
{
    crypto_start();
    char hex[2 * HASH_BYTES + 1];
    struct hash hash = crypto_hash_pieces(NULL, 0);
    hex_of(&hash, hex);
    CHECK_TEXT(hex, "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    struct bytes pieces[] = {BYTES("abc"), BYTES(""), BYTES("水")};
    hash = crypto_hash_pieces(pieces, 3);
    hex_of(&hash, hex);
    CHECK_TEXT(hex, "66d9b807534e6447931009936c5aacaaca5637cbde6ccfe9f2d8a14711bd6321");
    struct key key = key_of(7);
    hash = crypto_keyed_hash(&key, "phone", pieces, 3);
    hex_of(&hash, hex);
    CHECK_TEXT(hex, "8479de897f7ab68ad1fc1673cc8270092837ab83f6af46b3e51e486aa0ad17a9");
}

TEST(pieces_cannot_shift)
{
    struct bytes left[] = {BYTES("ab"), BYTES("c")};
    struct bytes right[] = {BYTES("a"), BYTES("bc")};
    struct bytes whole[] = {BYTES("abc")};
    struct bytes with_nothing[] = {BYTES("abc"), BYTES("")};
    struct hash hashes[] = {crypto_hash_pieces(left, 2), crypto_hash_pieces(right, 2), crypto_hash_pieces(whole, 1),
                            crypto_hash_pieces(with_nothing, 2)};
    for (size_t i = 0; i < 4; i++)
        for (size_t j = 0; j < i; j++)
            CHECK(!crypto_is_equal(&hashes[i], &hashes[j], sizeof hashes[i]));
}

TEST(keyed_hashes_depend_on_key_purpose_and_pieces)
{
    struct key one = key_of(1);
    struct key two = key_of(2);
    struct bytes pieces[] = {BYTES("13800000000")};
    struct bytes others[] = {BYTES("13800000001")};
    struct bytes shifted[] = {BYTES("e"), BYTES("13800000000")};
    struct hash same = crypto_keyed_hash(&one, "phone", pieces, 1);
    struct hash again = crypto_keyed_hash(&one, "phone", pieces, 1);
    CHECK_BYTES(again.bytes, same.bytes, HASH_BYTES);
    struct hash different[] = {
        crypto_keyed_hash(&two, "phone", pieces, 1),  crypto_keyed_hash(&one, "code", pieces, 1),
        crypto_keyed_hash(&one, "phone", others, 1),  crypto_keyed_hash(&one, "phon", shifted, 2),
        crypto_hash_pieces(pieces, 1),
    };
    for (size_t i = 0; i < sizeof different / sizeof different[0]; i++)
        CHECK(!crypto_is_equal(&different[i], &same, sizeof same));
}

TEST(secrets_are_compared_whole)
{
    CHECK(crypto_is_equal("", "", 0));
    CHECK(crypto_is_equal("abcd", "abcd", 4));
    CHECK(!crypto_is_equal("abcd", "abce", 4));
    CHECK(!crypto_is_equal("bbcd", "abcd", 4));
    CHECK(crypto_is_equal("abcd", "abcx", 3));
}

static const char clear_text[] = "王女士 13800000000 东昌路 7 号";

TEST(what_is_sealed_opens_with_the_secret_key_alone)
{
    struct key public_key, secret_key, other_public, other_secret;
    crypto_make_pair(&public_key, &secret_key);
    crypto_make_pair(&other_public, &other_secret);
    CHECK(!crypto_is_equal(&public_key, &other_public, sizeof public_key));
    uint8_t sealed[sizeof clear_text + 64];
    size_t length = crypto_sealed_bytes(sizeof clear_text);
    REQUIRE(length <= sizeof sealed);
    crypto_seal(&public_key, (const uint8_t *)clear_text, sizeof clear_text, sealed);
    uint8_t opened[sizeof clear_text] = {0};
    CHECK(crypto_unseal(&public_key, &secret_key, sealed, length, opened));
    CHECK_BYTES(opened, clear_text, sizeof clear_text);
    CHECK(!crypto_unseal(&other_public, &other_secret, sealed, length, opened));
    CHECK(!crypto_unseal(&public_key, &other_secret, sealed, length, opened));
    CHECK(!crypto_unseal(&other_public, &secret_key, sealed, length, opened));
}

TEST(sealing_twice_gives_two_texts)
{
    struct key public_key, secret_key;
    crypto_make_pair(&public_key, &secret_key);
    uint8_t one[80], two[80];
    REQUIRE(crypto_sealed_bytes(5) <= sizeof one);
    crypto_seal(&public_key, (const uint8_t *)"phone", 5, one);
    crypto_seal(&public_key, (const uint8_t *)"phone", 5, two);
    CHECK(!crypto_is_equal(one, two, crypto_sealed_bytes(5)));
}

TEST(one_changed_bit_anywhere_keeps_a_sealed_text_shut)
{
    struct key public_key, secret_key;
    crypto_make_pair(&public_key, &secret_key);
    uint8_t sealed[80];
    size_t length = crypto_sealed_bytes(5);
    crypto_seal(&public_key, (const uint8_t *)"phone", 5, sealed);
    uint8_t opened[80];
    for (size_t i = 0; i < length; i++) {
        sealed[i] ^= 1;
        CHECK(!crypto_unseal(&public_key, &secret_key, sealed, length, opened));
        sealed[i] ^= 1;
    }
    for (size_t shorter = 0; shorter < length; shorter++)
        CHECK(!crypto_unseal(&public_key, &secret_key, sealed, shorter, opened));
    CHECK(crypto_unseal(&public_key, &secret_key, sealed, length, opened));
}

TEST(nothing_can_be_sealed_too)
{
    struct key public_key, secret_key;
    crypto_make_pair(&public_key, &secret_key);
    uint8_t sealed[64];
    uint8_t opened[1];
    crypto_seal(&public_key, (const uint8_t *)"", 0, sealed);
    CHECK(crypto_unseal(&public_key, &secret_key, sealed, crypto_sealed_bytes(0), opened));
}

TEST(an_unusable_public_key_ends_the_process)
{
    pid_t child = fork();
    if (child == 0) {
        close(STDERR_FILENO);
        struct key nothing = key_of(0);
        uint8_t sealed[80];
        crypto_seal(&nothing, (const uint8_t *)"phone", 5, sealed);
        _exit(0);
    }
    int state = 0;
    waitpid(child, &state, 0);
    CHECK(WIFEXITED(state));
    CHECK_INT(WEXITSTATUS(state), 70);
}

TEST(boxes_open_with_their_key_alone)
{
    struct key key = key_of(3);
    struct key other = key_of(4);
    uint8_t boxed[sizeof clear_text + 64], again[sizeof clear_text + 64];
    size_t length = crypto_boxed_bytes(sizeof clear_text);
    REQUIRE(length <= sizeof boxed);
    crypto_enbox(&key, (const uint8_t *)clear_text, sizeof clear_text, boxed);
    crypto_enbox(&key, (const uint8_t *)clear_text, sizeof clear_text, again);
    CHECK(!crypto_is_equal(boxed, again, length));
    uint8_t opened[sizeof clear_text] = {0};
    CHECK(crypto_unbox(&key, boxed, length, opened));
    CHECK_BYTES(opened, clear_text, sizeof clear_text);
    CHECK(!crypto_unbox(&other, boxed, length, opened));
    for (size_t i = 0; i < length; i++) {
        boxed[i] ^= 0x80;
        CHECK(!crypto_unbox(&key, boxed, length, opened));
        boxed[i] ^= 0x80;
    }
    for (size_t shorter = 0; shorter < length; shorter++)
        CHECK(!crypto_unbox(&key, boxed, shorter, opened));
    CHECK(crypto_unbox(&key, boxed, length, opened));
}

TEST(chance_stays_below_its_bound_and_reaches_everything)
{
    bool seen[7] = {false};
    size_t outside = 0;
    for (int i = 0; i < 2000; i++) {
        uint32_t value = random_below(7);
        outside += value >= 7;
        if (value < 7)
            seen[value] = true;
    }
    CHECK_INT(outside, 0);
    for (size_t i = 0; i < 7; i++)
        CHECK(seen[i]); /* missing one has a chance of 1 in 10^133 */
    CHECK_INT(random_below(1), 0);
}

TEST(random_bytes_fill_exactly_their_buffer)
{
    uint8_t one[34] = {0}, two[34] = {0};
    random_bytes(one + 1, 32);
    random_bytes(two + 1, 32);
    CHECK(one[0] == 0 && one[33] == 0);
    CHECK(memcmp(one, two, sizeof one) != 0);
}

TEST(the_build_says_what_it_is)
{
    CHECK(strlen(version_text) >= strlen("0.0.0"));
    CHECK(strchr(version_text, '.') != NULL);
    CHECK(strlen(version_commit) >= 7);
    CHECK(SCHEMA_VERSION_LEAST <= SCHEMA_VERSION);
}
