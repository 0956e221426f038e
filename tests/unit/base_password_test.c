/* base/password: argon2id with today's parameters, and the passwords that are too common. */
#include "check.h"

#include <sodium.h>
#include <string.h>

#include "base/crypto.h"
#include "base/password.h"

TEST(a_password_is_told_by_its_hash)
{
    crypto_start();
    char hash[PASSWORD_HASH_BYTES], other[PASSWORD_HASH_BYTES];
    static const char password[] = " 正确 horse \U0001F4A7 battery ";
    password_hash(password, hash);
    password_hash(password, other);
    CHECK(strncmp(hash, "$argon2id$v=19$m=65536,t=3,p=1$", 31) == 0);
    CHECK(memchr(hash, '\0', sizeof hash) != NULL);
    CHECK(strcmp(hash, other) != 0);
    CHECK(password_is_correct(hash, password));
    CHECK(!password_is_correct(hash, "正确 horse \U0001F4A7 battery"));
    CHECK(!password_is_correct(hash, ""));
    CHECK(!password_needs_rehash(hash));
}

TEST(all_of_a_long_password_counts)
{
    char hash[PASSWORD_HASH_BYTES];
    char password[4 * PASSWORD_MAX_CHARACTERS + 1];
    for (size_t i = 0; i < PASSWORD_MAX_CHARACTERS; i++)
        memcpy(password + 4 * i, "\U0001F4A7", 5);
    password_hash(password, hash);
    CHECK(password_is_correct(hash, password));
    password[sizeof password - 2] ^= 1;
    CHECK(!password_is_correct(hash, password));
}

TEST(without_a_hash_no_password_is_right)
{
    CHECK(!password_is_correct(NULL, "anything at all"));
    CHECK(!password_is_correct("", "anything at all"));
    CHECK(!password_is_correct("!", ""));
    CHECK(!password_is_correct("$argon2id$v=19$m=65536,t=3,p=1$broken", ""));
}

TEST(a_hash_of_weaker_times_still_works_and_is_replaced)
{
    static const char password[] = "what was good once";
    char hash[crypto_pwhash_STRBYTES];
    REQUIRE(crypto_pwhash_str(hash, password, strlen(password), 1, 8 * 1024 * 1024) == 0);
    CHECK(password_is_correct(hash, password));
    CHECK(!password_is_correct(hash, "something else"));
    CHECK(password_needs_rehash(hash));
    CHECK(password_needs_rehash("!"));
}

TEST(too_common_passwords_are_refused)
{
    static const char *const common[] = {
        "",
        "aaaaaaaaaaaa",
        "水水水水水水水水水水水水",
        "123456789012",
        "987654321098",
        "012345678901",
        "abcdefghijkl",
        "ABCDEFGHIJKL",
        "zyxwvutsrqpo",
        "qwertyuiop[]",
        "qwertyuiopas",
        "1qaz2wsx3edc",
        "!@#$%^&*()_+",
        "abcabcabcabc",
        "a1b2a1b2a1b2",
        "121212121212",
        "aabbccaabbcc",
        "password1234",
        "Password2026!",
        "P@ssw0rd2026",
        "1234password!",
        "passwordpassword",
        "ｐａｓｓｗｏｒｄ２０２６",
        "administrator",
        "4dministr4t0r",
        "welcome12345",
        "iloveyou2026",
        "woaini5201314",
        "zhangwei1990",
        "guanliyuan#1",
        "changeme!!!!",
        "123456abcdef",
        "202612345678",
        "Liaocheng-2026-x",
        "my-SHUINUO-pass",
        "call96510today!",
        "今天水务真好9x7k2",
        "１２３４５６７８９０１２",
    };
    for (size_t i = 0; i < sizeof common / sizeof common[0]; i++) {
        check_casef("'%s'", common[i]);
        CHECK(password_is_too_common(common[i], "operator7"));
    }
}

TEST(the_own_name_is_refused_wherever_it_stands)
{
    CHECK(password_is_too_common("xk7-lihua-m2pq", "lihua"));
    CHECK(password_is_too_common("xk7-LiHua-m2pq", "lihua"));
    CHECK(password_is_too_common("xk7-lihua-m2pq", "LIHUA"));
    CHECK(password_is_too_common("我是李小华xk7m2pq", "李小华"));
    CHECK(!password_is_too_common("xk7-lihua-m2pq", "wangmin"));
    CHECK(!password_is_too_common("xk7-lihua-m2pq", NULL));
    CHECK(!password_is_too_common("xk7-lihua-m2pq", ""));
    CHECK(!password_is_too_common("xk7-lihua-m2pq", "li")); /* two signs are in too many good ones */
}

TEST(good_passwords_are_taken)
{
    static const char *const good[] = {
        "correct horse battery staple",
        "7vQm2-xkPd9w",
        "tr0ub4dor&3-kite",
        "三只白鹭飞过东昌湖边的柳树",
        "purple rivers sing at noon",
        "passwordless pelicans",
        "k9 Wq zt 40 ub",
        "my dog ate 3 water melons",
        "\U0001F4A7 falls on 7 green tiles",
    };
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        check_case(good[i]);
        CHECK(!password_is_too_common(good[i], "operator7"));
    }
}

TEST(the_longest_password_is_judged_too)
{
    char password[4 * PASSWORD_MAX_CHARACTERS + 1];
    for (size_t i = 0; i < sizeof password - 1; i++)
        password[i] = (char)('!' + (i * i * 31 + i * 17) % 90);
    password[sizeof password - 1] = '\0';
    CHECK(!password_is_too_common(password, "operator7"));
    CHECK(password_is_too_common(password, password + 500));
    char beyond[2000];
    memset(beyond, 'x', sizeof beyond - 1);
    beyond[sizeof beyond - 1] = '\0';
    CHECK(password_is_too_common(beyond, beyond));
}
