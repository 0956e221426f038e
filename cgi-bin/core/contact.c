#include "core/contact.h"

#include <assert.h>
#include <string.h>

#include "base/text.h"
#include "core/typed.h"

#define MOBILE_DIGITS 11

static bool is_mobile(const char *digits)
{
    return strlen(digits) == MOBILE_DIGITS && digits[0] == '1' && digits[1] >= '3' && digits[1] <= '9';
}

/* Digits of the area code: Beijing (010) and the 02x cities have three, all others four. */
static size_t area_code_length(const char *digits)
{
    return digits[1] == '1' || digits[1] == '2' ? 3 : 4;
}

static bool is_landline(const char *digits)
{
    if (digits[0] != '0' || digits[1] < '1')
        return false;
    if (digits[1] == '1' && digits[2] != '0')
        return false;
    const size_t area = area_code_length(digits);
    const size_t length = strlen(digits);
    if (length != area + 7 && length != area + 8)
        return false;
    return digits[area] >= '2'; /* 0 and 1 open long-distance and service numbers */
}

/* Behind the country code a landline is written without its leading 0: it is put back. */
static bool parse_international(const char *digits, char *phone)
{
    if (is_mobile(digits) || is_landline(digits)) {
        memcpy(phone, digits, strlen(digits) + 1);
        return true;
    }
    char national[TYPED_BYTES + 1] = "0";
    memcpy(national + 1, digits, strlen(digits) + 1);
    if (!is_landline(national))
        return false;
    memcpy(phone, national, strlen(national) + 1);
    return true;
}

bool phone_parse(const char *typed, char *phone)
{
    char compact[TYPED_BYTES];
    if (!typed_compact(typed, compact))
        return false;
    const char *digits = compact;
    bool is_international = false;
    if (digits[0] == '+') {
        if (strncmp(digits, "+86", 3) != 0)
            return false;
        digits += 3;
        is_international = true;
    } else if (strncmp(digits, "0086", 4) == 0) {
        digits += 4;
        is_international = true;
    } else if (strncmp(digits, "86", 2) == 0 && is_mobile(digits + 2)) {
        digits += 2;
    }
    if (!typed_is_digits(digits))
        return false;
    if (is_international)
        return parse_international(digits, phone);
    if (!is_mobile(digits) && !is_landline(digits))
        return false;
    memcpy(phone, digits, strlen(digits) + 1);
    return true;
}

/* The first `head` characters, stars, the last `tail`. */
static void mask_middle(const char *digits, size_t head, size_t stars, size_t tail, char *masked)
{
    const size_t length = strlen(digits);
    assert(head + tail <= length && head + stars + tail < MASKED_BYTES);
    memcpy(masked, digits, head);
    memset(masked + head, '*', stars);
    memcpy(masked + head + stars, digits + length - tail, tail + 1);
}

void phone_mask(const char *phone, char *masked)
{
    const size_t length = strlen(phone);
    if (is_mobile(phone)) {
        mask_middle(phone, 3, 4, 4, masked);
    } else if (is_landline(phone)) {
        const size_t area = area_code_length(phone);
        mask_middle(phone, area, 4, length - area - 4, masked);
    } else {
        mask_middle("", 0, length > 0 ? 4 : 0, 0, masked); /* nothing of what is not a number is shown */
    }
}

bool account_parse(const char *typed, char *account)
{
    char compact[TYPED_BYTES];
    if (!typed_compact(typed, compact) || !typed_is_digits(compact))
        return false;
    const size_t length = strlen(compact);
    if (length != 10 && length != 11)
        return false;
    memcpy(account, compact, length + 1);
    return true;
}

void account_mask(const char *account, char *masked)
{
    const size_t length = strlen(account);
    if (length >= 8 && length < MASKED_BYTES)
        mask_middle(account, 2, length - 4, 2, masked);
    else
        mask_middle("", 0, length > 0 ? 4 : 0, 0, masked);
}

void name_mask(const char *name, char *masked)
{
    const size_t first_bytes = text_prefix_bytes(name, 1);
    assert(first_bytes + 3 <= MASKED_BYTES);
    memcpy(masked, name, first_bytes);
    memcpy(masked + first_bytes, "**", 3);
    if (first_bytes == 0)
        masked[0] = '\0';
}
