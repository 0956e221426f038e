#include "core/number.h"

#include <ctype.h>
#include <stdio.h>

#include "check.h"
#include "regulation.h"

static struct day day_of_text(const char *text)
{
    struct day day = {0};
    REQUIRE(day_parse(text, &day));
    return day;
}

/* The check digit by the definition of ISO 7064 (sum of products with powers replaced step by step), another way round. */
static int check_by_definition(const char *digits)
{
    for (int check = 0; check < 10; check++) {
        int product = 10;
        for (const char *at = digits; *at != '\0'; at++) {
            const int sum = (product + (*at - '0')) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        if ((product + check) % 10 == 1)
            return check;
    }
    return -1;
}

TEST(the_check_digit_is_that_of_iso_7064_mod_11_10)
{
    CHECK_INT(number_check_digit("0794"), '5'); /* the standard's example, 07945 */
    CHECK_INT(number_check_digit("00000000000"), '0' + check_by_definition("00000000000"));
    uint64_t seed = 5;
    for (int i = 0; i < 1000; i++) {
        char digits[14];
        snprintf(digits, sizeof digits, "%013llu", (unsigned long long)(next_random(&seed) % UINT64_C(10000000000000)));
        CHECK_INT(number_check_digit(digits), '0' + check_by_definition(digits));
    }
}

TEST(a_number_says_the_day_and_seven_digits_and_a_check_digit)
{
    char number[NUMBER_BYTES], text[NUMBER_TEXT_BYTES];
    number_format(day_of_text("2026-11-23"), 417265, number);
    CHECK_INT(strlen(number), NUMBER_BYTES - 1);
    CHECK(strncmp(number, "SN261123-0417265", 16) == 0);
    CHECK_INT(number[16], number_check_digit("2611230417265"));
    number_format_text(number, text);
    CHECK(strncmp(text, "SN261123-0417265-", 17) == 0);
    CHECK_INT(text[17], number[16]);
    CHECK_INT(text[18], '\0');
    number_format(day_of_text("2030-01-01"), 0, number);
    CHECK(strncmp(number, "SN300101-0000000", 16) == 0);
    number_format(day_of_text("2026-12-31"), 9999999, number);
    CHECK(strncmp(number, "SN261231-9999999", 16) == 0);
}

TEST(every_way_of_typing_a_number_reads_the_same)
{
    char number[NUMBER_BYTES];
    number_format(day_of_text("2026-11-23"), 417265, number);
    const char check = number[16];
    static const char *const WAYS[] = {
        "SN261123-0417265%c",   "SN261123-0417265-%c",  "sn261123-0417265-%c",   "2611230417265%c",
        " 261123 0417265 %c ",  "SN 261123 041 7265 %c", "Sn261123—0417265%c",   "ＳＮ２６１１２３－0417265%c",
        "ｓｎ261123　0417265%c", "SN261123−0417265 %c",  "\tSN261123.0417265.%c\n", "SN261123-\u200B0417265\u00A0%c",
    };
    for (size_t i = 0; i < sizeof WAYS / sizeof WAYS[0]; i++) {
        char typed[100], read[NUMBER_BYTES] = "";
        size_t length = strlen(WAYS[i]);
        memcpy(typed, WAYS[i], length + 1);
        char *placeholder = strstr(typed, "%c");
        REQUIRE(placeholder != NULL);
        *placeholder = check;
        memmove(placeholder + 1, placeholder + 2, strlen(placeholder + 2) + 1);
        check_case(typed);
        CHECK(number_parse(typed, read));
        CHECK_TEXT(read, number);
    }
}

TEST(what_is_not_a_number_is_refused)
{
    static const char *const WRONG[] = {
        "", " ", "SN", "SN261123", "SN261123-041726", "261123041726", "SN261123-041726566", "SX261123-04172650",
        "SN26112x-04172650", "\xE6\xB0\xB4", "SN261123-0417265\xFF", "\xEF\xBC", "\xE3\x80", "+26112304172650",
        "99999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999",
    };
    for (size_t i = 0; i < sizeof WRONG / sizeof WRONG[0]; i++) {
        char number[NUMBER_BYTES] = "";
        check_casef("wrong %zu", i);
        CHECK(!number_parse(WRONG[i], number));
        CHECK_TEXT(number, "");
    }
}

/* Numbers to spoil: many days and random parts. */
static void sample_number(uint64_t *seed, char *number)
{
    const struct day day = {(int32_t)(20000 + next_random(seed) % 10000)};
    number_format(day, (uint32_t)(next_random(seed) % 10000000), number);
}

TEST(one_wrong_digit_is_always_noticed)
{
    uint64_t seed = 11;
    for (int i = 0; i < 500; i++) {
        char number[NUMBER_BYTES], read[NUMBER_BYTES];
        sample_number(&seed, number);
        REQUIRE(number_parse(number, read));
        for (size_t at = 2; number[at] != '\0'; at++) {
            if (!isdigit((unsigned char)number[at]))
                continue;
            const char right = number[at];
            for (char digit = '0'; digit <= '9'; digit++) {
                number[at] = digit;
                CHECK_INT(number_parse(number, read), digit == right);
            }
            number[at] = right;
        }
    }
}

/* Mod 11,10 notices every wrong digit, but not quite every swap: after most digits one pair in 45 changes nothing. */
TEST(two_neighbouring_digits_swapped_are_noticed_in_97_of_100_cases)
{
    uint64_t seed = 12;
    int swaps = 0, missed = 0;
    for (int i = 0; i < 5000; i++) {
        char number[NUMBER_BYTES], read[NUMBER_BYTES], digits[15];
        sample_number(&seed, number);
        memcpy(digits, number + 2, 6);
        memcpy(digits + 6, number + 9, 9);
        for (size_t at = 0; at < 13; at++) {
            if (digits[at] == digits[at + 1])
                continue;
            const char first = digits[at];
            digits[at] = digits[at + 1];
            digits[at + 1] = first;
            swaps++;
            missed += number_parse(digits, read);
            digits[at + 1] = digits[at];
            digits[at] = first;
        }
    }
    CHECK(swaps > 50000);
    CHECK(missed * 100 <= swaps * 3);
}

/* ---------------------------------------------------------------- query codes */

static struct key key_of(uint8_t fill)
{
    struct key key;
    memset(key.bytes, fill, sizeof key.bytes);
    return key;
}

TEST(a_query_code_is_eight_digits_that_can_be_shown_again)
{
    crypto_start();
    const struct key key = key_of(1);
    char first[QUERY_CODE_BYTES], again[QUERY_CODE_BYTES];
    query_code_format(&key, "SN261123-04172656", 1, first);
    query_code_format(&key, "SN261123-04172656", 1, again);
    CHECK_INT(strlen(first), CODE_DIGITS);
    CHECK_INT(strspn(first, "0123456789"), CODE_DIGITS);
    CHECK_TEXT(again, first);
}

TEST(a_query_code_depends_on_key_number_and_issue)
{
    crypto_start();
    const struct key key = key_of(1), other_key = key_of(2);
    char code[QUERY_CODE_BYTES], by_key[QUERY_CODE_BYTES], by_number[QUERY_CODE_BYTES], by_issue[QUERY_CODE_BYTES];
    query_code_format(&key, "SN261123-04172656", 1, code);
    query_code_format(&other_key, "SN261123-04172656", 1, by_key);
    query_code_format(&key, "SN261123-04172664", 1, by_number);
    query_code_format(&key, "SN261123-04172656", 2, by_issue);
    CHECK(strcmp(code, by_key) != 0);
    CHECK(strcmp(code, by_number) != 0);
    CHECK(strcmp(code, by_issue) != 0);
}

TEST(query_codes_use_all_eight_digits_evenly)
{
    crypto_start();
    const struct key key = key_of(3);
    int seen[CODE_DIGITS][10] = {{0}};
    for (int issue = 1; issue <= 5000; issue++) {
        char code[QUERY_CODE_BYTES];
        query_code_format(&key, "SN261123-04172656", issue, code);
        for (int i = 0; i < CODE_DIGITS; i++)
            seen[i][code[i] - '0']++;
    }
    for (int i = 0; i < CODE_DIGITS; i++)
        for (int digit = 0; digit < 10; digit++)
            CHECK(seen[i][digit] > 380 && seen[i][digit] < 620); /* 500 expected, deviation about 21 */
}

TEST(a_typed_code_may_have_spaces_hyphens_and_full_width_digits)
{
    static const char *const RIGHT[] = {
        "04172656", " 0417 2656 ", "0417-2656", "041–72656",
        "\xEF\xBC\x90\xEF\xBC\x94\xEF\xBC\x91\xEF\xBC\x97\xEF\xBC\x92\xEF\xBC\x96\xEF\xBC\x95\xEF\xBC\x96",
    };
    static const char *const WRONG[] = {"", "0417265", "041726567", "0417265a", "SN041726", "+4172656", "\xFF"};
    for (size_t i = 0; i < sizeof RIGHT / sizeof RIGHT[0]; i++) {
        char code[QUERY_CODE_BYTES] = "";
        check_case(RIGHT[i]);
        CHECK(query_code_parse(RIGHT[i], code));
        CHECK_TEXT(code, "04172656");
    }
    for (size_t i = 0; i < sizeof WRONG / sizeof WRONG[0]; i++) {
        char code[QUERY_CODE_BYTES] = "";
        check_casef("wrong %zu", i);
        CHECK(!query_code_parse(WRONG[i], code));
        CHECK_TEXT(code, "");
    }
}
