#include "base/password.h"

#include <assert.h>
#include <errno.h>
#include <sodium.h>
#include <stddef.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"

#define MEMORY_BYTES ((size_t)64 * 1024 * 1024)
#define PASSES 3

static_assert(PASSWORD_SALT_BYTES == crypto_pwhash_SALTBYTES, "a salt is argon2id's");
static_assert(PASSWORD_HASH_BYTES >= crypto_pwhash_STRBYTES, "a hash fits its column");

void password_hash(const char *password, char *hash)
{
    if (crypto_pwhash_str_alg(hash, password, strlen(password), PASSES, MEMORY_BYTES,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        log_die("out_of_memory for=password_hash");
}

/* The work of one check, for when there is nothing to check against. */
static void work_in_vain(const char *password)
{
    static const unsigned char salt[crypto_pwhash_SALTBYTES];
    unsigned char output[32];
    if (crypto_pwhash(output, sizeof output, password, strlen(password), salt, PASSES, MEMORY_BYTES,
                      crypto_pwhash_ALG_ARGON2ID13) != 0)
        log_die("out_of_memory for=password_check");
    sodium_memzero(output, sizeof output);
}

void password_derive_key(const char *passphrase, const uint8_t salt[PASSWORD_SALT_BYTES], struct key *key)
{
    if (crypto_pwhash(key->bytes, sizeof key->bytes, passphrase, strlen(passphrase), salt, PASSES, MEMORY_BYTES,
                      crypto_pwhash_ALG_ARGON2ID13) != 0)
        log_die("out_of_memory for=key");
}

bool password_is_correct(const char *hash, const char *password)
{
    /* what cannot be a hash (an account without a password) must not answer faster than a wrong password */
    if (hash == NULL || crypto_pwhash_str_needs_rehash(hash, PASSES, MEMORY_BYTES) < 0) {
        work_in_vain(password);
        return false;
    }
    errno = 0;
    int result = crypto_pwhash_str_verify(hash, password, strlen(password));
    if (result != 0 && errno == ENOMEM)
        log_die("out_of_memory for=password_check");
    return result == 0;
}

bool password_needs_rehash(const char *hash)
{
    return crypto_pwhash_str_needs_rehash(hash, PASSES, MEMORY_BYTES) != 0;
}

/* --- common passwords --------------------------------------------------------------------------------------------- */

/*
 * The words people build passwords of. A password is looked up after its digits and signs at both ends are taken off,
 * so that one word stands for all its "word2026!" forms.
 */
static const char *const common_words[] = {
    "password",  "passwort",  "passwd",     "passcode",  "pass",       "qwerty",      "qwertyuiop", "asdfgh",
    "asdfghjkl", "zxcvbn",    "zxcvbnm",    "qazwsx",    "qazwsxedc",  "abc",         "abcd",       "abcdef",
    "admin",     "administrator",           "root",      "user",       "guest",       "login",      "welcome",
    "letmein",   "master",    "monkey",     "dragon",    "football",   "baseball",    "basketball", "sunshine",
    "princess",  "iloveyou",  "loveyou",    "love",      "lovely",     "superman",    "batman",     "shadow",
    "michael",   "jordan",    "jennifer",   "charlie",   "ashley",     "daniel",      "thomas",     "jessica",
    "hello",     "helloworld",              "hunter",    "killer",     "trustnoone",  "whatever",   "freedom",
    "computer",  "internet",  "secret",     "changeme",  "change",     "default",     "system",     "server",
    "manager",   "office",    "company",    "test",      "testtest",   "testing",     "temp",       "temporary",
    "summer",    "winter",    "spring",     "autumn",    "january",    "february",    "october",    "november",
    "december",  "monday",    "friday",     "sunday",    "happy",      "flower",      "angel",      "lucky",
    "starwars",  "pokemon",   "naruto",     "samsung",   "huawei",     "xiaomi",      "google",     "apple",
    "microsoft", "windows",   "linux",      "oracle",    "mysql",      "mariadb",     "database",   "security",
    "china",     "zhongguo",  "beijing",    "shanghai",  "shandong",   "jinan",       "guangzhou",  "shenzhen",
    "woaini",    "woaiwojia", "wodemima",   "mima",      "mimamima",   "nihao",       "nihaoma",    "zhangwei",
    "wangwei",   "wangfang",  "liwei",      "zhang",     "wang",       "liu",         "chen",       "yang",
    "huang",     "zhao",      "xiaoming",   "laopo",     "laogong",    "baobao",      "baobei",     "aini",
    "yisheng",   "yishiyisheng",            "gongsi",    "bangong",    "kefu",        "diannao",    "jisuanji",
    "wangluo",   "xitong",    "guanli",     "guanliyuan",              "caiwu",       "renshi",     "yewu",
    "water",     "waterworks",              "hotline",   "service",    "customer",    "operator",   "repair",
    "tapwater",  "zilaishui", "gongshui",   "rexian",    "fuwu",       "chengnuo",    "ticket",     "complaint",
};

/* What everybody in this company would think of first: refused wherever it stands. */
static const char *const company_words[] = {
    "shuinuo", "shuiwu", "liaocheng", "lcwater", "lcsw", "96510", "水诺", "水务", "聊城", "水城",
};

/* Rows in which neighbouring keys or signs follow each other. */
static const char *const rows[] = {
    "abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./", "!@#$%^&*()_+",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
};

#define FOLDED_BYTES (4 * PASSWORD_MAX_CHARACTERS + 1)

/* Half-width and lower-case, so that writing a word differently does not hide it. */
static size_t fold(const char *text, char *folded)
{
    struct text copy;
    text_init(&copy, folded, FOLDED_BYTES);
    text_add(&copy, text);
    text_narrow(folded);
    for (char *at = folded; *at != '\0'; at++)
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at - 'A' + 'a');
    return strlen(folded);
}

/* The letter a sign stands for in "p@ssw0rd". */
static char plain_letter(char sign)
{
    static const char signs[] = "@4301!5$7";
    static const char letters[] = "aaeoiisst";
    const char *at = sign == '\0' ? NULL : strchr(signs, sign);
    return at == NULL ? sign : letters[at - signs];
}

static bool is_letter(char byte) { return (byte >= 'a' && byte <= 'z') || (unsigned char)byte >= 0x80; }

static bool is_word(const char *start, size_t length)
{
    for (size_t i = 0; i < sizeof common_words / sizeof common_words[0]; i++) {
        const char *word = common_words[i];
        size_t at = 0;
        while (at < length && word[at] != '\0' && plain_letter(start[at]) == word[at])
            at++;
        if (at == length && word[at] == '\0')
            return true;
    }
    return false;
}

/* A common word with digits and signs around it. The front is taken off only after the whole was tried: "4dmin". */
static bool is_decorated_word(const char *text, size_t length)
{
    while (length > 0 && !is_letter(text[length - 1]))
        length--;
    if (is_word(text, length))
        return true;
    while (length > 0 && !is_letter(text[0])) {
        text++;
        length--;
    }
    return is_word(text, length);
}

/* Length of the shortest piece of which the text repeats itself; the text's own when there is none. */
static size_t period(const char *text, size_t length)
{
    for (size_t size = 1; size <= length / 2; size++)
        if (length % size == 0 && memcmp(text, text + size, length - size) == 0)
            return size;
    return length;
}

static size_t count_distinct(const char *text)
{
    bool seen[256] = {false};
    size_t count = 0;
    for (; *text != '\0'; text++) {
        bool *is_seen = &seen[(unsigned char)*text];
        count += !*is_seen;
        *is_seen = true;
    }
    return count;
}

static bool follows_in_row(char left, char right)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        for (const char *at = rows[i]; at[1] != '\0'; at++)
            if ((at[0] == left && at[1] == right) || (at[0] == right && at[1] == left))
                return true;
    return false;
}

/* Mostly steps to the same or the next sign, alphabetically or on the keyboard. */
static bool is_sequence(const char *text, size_t length)
{
    size_t expected = 0;
    for (size_t i = 1; i < length; i++)
        expected += (unsigned char)text[i] < 0x80 && (text[i] == text[i - 1] || follows_in_row(text[i - 1], text[i]));
    return length > 1 && expected * 5 >= (length - 1) * 3;
}

static bool holds_company_word(const char *text)
{
    for (size_t i = 0; i < sizeof company_words / sizeof company_words[0]; i++)
        if (strstr(text, company_words[i]) != NULL)
            return true;
    return false;
}

/* A name of one or two signs is part of too many good passwords. */
static bool holds_login(const char *text, const char *login)
{
    char folded[FOLDED_BYTES];
    return login != NULL && fold(login, folded) > 0 && text_count_characters(folded) >= 3 &&
           strstr(text, folded) != NULL;
}

bool password_is_too_common(const char *password, const char *login)
{
    char folded[FOLDED_BYTES];
    size_t length = fold(password, folded);
    size_t unit = period(folded, length);
    bool is_common = length == 0 || count_distinct(folded) < 5 || (unit < length && unit <= 6) ||
                     is_sequence(folded, length) || is_decorated_word(folded, length) ||
                     is_decorated_word(folded, unit) || holds_company_word(folded) || holds_login(folded, login);
    sodium_memzero(folded, sizeof folded);
    return is_common;
}
