#include "core/number.h"

#include <assert.h>
#include <string.h>

#include "core/typed.h"

#define DATE_DIGITS 6
#define RANDOM_DIGITS 7
#define NUMBER_DIGITS (DATE_DIGITS + RANDOM_DIGITS + 1)

char number_check_digit(const char *digits)
{
    int product = 10;
    for (const char *at = digits; *at != '\0'; at++) {
        assert(*at >= '0' && *at <= '9');
        int sum = (product + (*at - '0')) % 10;
        if (sum == 0)
            sum = 10;
        product = 2 * sum % 11;
    }
    return (char)('0' + (11 - product) % 10);
}

/* "SN" + 6 + "-" + 8 from the 14 digits. */
static void join_digits(const char *digits, char *number)
{
    memcpy(number, "SN", 2);
    memcpy(number + 2, digits, DATE_DIGITS);
    number[2 + DATE_DIGITS] = '-';
    memcpy(number + 3 + DATE_DIGITS, digits + DATE_DIGITS, RANDOM_DIGITS + 1);
    number[NUMBER_BYTES - 1] = '\0';
}

void number_format(struct day day, uint32_t random, char *number)
{
    assert(random <= 9999999);
    const struct civil civil = civil_from_day(day);
    char digits[NUMBER_DIGITS + 1];
    struct text text;
    text_init(&text, digits, sizeof digits);
    text_add_format(&text, "%02d%02d%02d%07u", civil.year % 100, civil.month, civil.day, (unsigned)random);
    assert(text.length_bytes == NUMBER_DIGITS - 1);
    digits[NUMBER_DIGITS - 1] = number_check_digit(digits);
    digits[NUMBER_DIGITS] = '\0';
    join_digits(digits, number);
}

void number_copy(char number[NUMBER_BYTES], const char *from)
{
    struct text text;

    text_init(&text, number, NUMBER_BYTES);
    text_add(&text, from);
}

void number_format_text(const char *number, char *text)
{
    assert(strlen(number) == NUMBER_BYTES - 1);
    const size_t head = NUMBER_BYTES - 2; /* all but the check digit */
    memcpy(text, number, head);
    text[head] = '-';
    text[head + 1] = number[head];
    text[head + 2] = '\0';
}

bool number_parse(const char *typed, char *number)
{
    char compact[TYPED_BYTES];
    if (!typed_compact(typed, compact))
        return false;
    const char *digits = compact;
    if ((digits[0] | 0x20) == 's' && (digits[1] | 0x20) == 'n')
        digits += 2;
    if (!typed_is_digits(digits) || strlen(digits) != NUMBER_DIGITS)
        return false;
    char body[NUMBER_DIGITS];
    memcpy(body, digits, NUMBER_DIGITS - 1);
    body[NUMBER_DIGITS - 1] = '\0';
    if (number_check_digit(body) != digits[NUMBER_DIGITS - 1])
        return false;
    join_digits(digits, number);
    return true;
}

void query_code_format(const struct key *key, const char *number, int issue, char *code)
{
    assert(issue > 0);
    const uint8_t issue_bytes[4] = {
        (uint8_t)((uint32_t)issue >> 24 & 0xFFU),
        (uint8_t)((uint32_t)issue >> 16 & 0xFFU),
        (uint8_t)((uint32_t)issue >> 8 & 0xFFU),
        (uint8_t)((uint32_t)issue & 0xFFU),
    };
    const struct bytes pieces[] = {
        {.data = (const uint8_t *)number, .length = strlen(number)},
        {.data = issue_bytes, .length = sizeof issue_bytes},
    };
    const struct hash hash = crypto_keyed_hash(key, "code", pieces, 2);
    uint64_t value = 0;
    for (size_t i = 0; i < 8; i++)
        value = value << 8 | hash.bytes[i];
    /* 2^64 is 184 467 440 737 times 10^8 and a little: the bias is far below anything a guesser could use. */
    struct text text;
    text_init(&text, code, QUERY_CODE_BYTES);
    text_add_format(&text, "%08u", (unsigned)(value % UINT64_C(100000000)));
}

bool query_code_parse(const char *typed, char *code)
{
    char compact[TYPED_BYTES];
    if (!typed_compact(typed, compact) || !typed_is_digits(compact) || strlen(compact) != CODE_DIGITS)
        return false;
    memcpy(code, compact, QUERY_CODE_BYTES);
    return true;
}
