#include "core/sealed.h"

#include <assert.h>
#include <string.h>

#include "core/number.h"
#include "core/typed.h"

#define MAGIC "SNR1"
#define MAGIC_BYTES 4
#define TEXT_COUNT 6
#define DIGITS 12
#define DIGITS_BOUND UINT64_C(1000000000000) /* 10^DIGITS */

/* ---- bytes */

static size_t content_bytes(const struct sealed_report *report)
{
    const char *const texts[TEXT_COUNT] = {report->number,   report->words, report->about,
                                           report->occurred, report->name,  report->contact};
    size_t bytes = MAGIC_BYTES + 8 + 4; /* magic, time, number of photos */

    assert(report->photo_count >= 0 && report->photo_count <= SEALED_PHOTOS_MAX);
    for (size_t i = 0; i < TEXT_COUNT; i++)
        bytes += 4 + strlen(texts[i]) + 1;
    for (int i = 0; i < report->photo_count; i++)
        bytes += 4 + report->photos[i].length;
    return bytes;
}

size_t sealed_report_bytes(const struct sealed_report *report)
{
    return (content_bytes(report) + SEALED_BLOCK_BYTES - 1) / SEALED_BLOCK_BYTES * SEALED_BLOCK_BYTES;
}

/* Most significant byte first. Returns where the next bytes go. */
static uint8_t *put_number(uint8_t *at, uint64_t value, size_t width)
{
    for (size_t i = 0; i < width; i++)
        at[i] = (uint8_t)(value >> 8 * (width - 1 - i) & 0xFFU);
    return at + width;
}

static uint8_t *put_bytes(uint8_t *at, const void *data, size_t length)
{
    at = put_number(at, length, 4);
    if (length > 0)
        memcpy(at, data, length);
    return at + length;
}

void sealed_report_format(const struct sealed_report *report, uint8_t *bytes)
{
    const char *const texts[TEXT_COUNT] = {report->number,   report->words, report->about,
                                           report->occurred, report->name,  report->contact};
    const size_t length = sealed_report_bytes(report);
    uint8_t *at = bytes;

    memset(bytes, 0, length);
    memcpy(at, MAGIC, MAGIC_BYTES);
    at = put_number(at + MAGIC_BYTES, (uint64_t)report->received_at.milliseconds, 8);
    for (size_t i = 0; i < TEXT_COUNT; i++)
        at = put_bytes(at, texts[i], strlen(texts[i]) + 1);
    at = put_number(at, (uint64_t)report->photo_count, 4);
    for (int i = 0; i < report->photo_count; i++)
        at = put_bytes(at, report->photos[i].data, report->photos[i].length);
    assert((size_t)(at - bytes) <= length);
}

/* What has not been read yet. */
struct rest {
    const uint8_t *at;
    size_t length;
};

static bool take_number(struct rest *rest, size_t width, uint64_t *value)
{
    if (rest->length < width)
        return false;
    *value = 0;
    for (size_t i = 0; i < width; i++)
        *value = *value << 8 | rest->at[i];
    rest->at += width;
    rest->length -= width;
    return true;
}

static bool take_bytes(struct rest *rest, struct bytes *bytes)
{
    uint64_t length;

    if (!take_number(rest, 4, &length) || length > rest->length)
        return false;
    *bytes = (struct bytes){rest->at, (size_t)length};
    rest->at += length;
    rest->length -= (size_t)length;
    return true;
}

static bool take_text(struct rest *rest, const char **text)
{
    struct bytes bytes;

    if (!take_bytes(rest, &bytes) || bytes.length == 0 || bytes.data[bytes.length - 1] != '\0' ||
        !text_is_utf8((const char *)bytes.data, bytes.length - 1))
        return false;
    *text = (const char *)bytes.data;
    return true;
}

static bool is_padding(const struct rest *rest)
{
    for (size_t i = 0; i < rest->length; i++)
        if (rest->at[i] != 0)
            return false;
    return rest->length < SEALED_BLOCK_BYTES;
}

bool sealed_report_parse(const uint8_t *bytes, size_t length, struct sealed_report *report)
{
    struct rest rest = {bytes, length};
    const char **const texts[TEXT_COUNT] = {&report->number,   &report->words, &report->about,
                                            &report->occurred, &report->name,  &report->contact};
    uint64_t value;

    if (length % SEALED_BLOCK_BYTES != 0 || length < MAGIC_BYTES || memcmp(bytes, MAGIC, MAGIC_BYTES) != 0)
        return false;
    rest.at += MAGIC_BYTES;
    rest.length -= MAGIC_BYTES;
    if (!take_number(&rest, 8, &value) || value > (uint64_t)INT64_MAX)
        return false;
    report->received_at = (struct instant){(int64_t)value};
    for (size_t i = 0; i < TEXT_COUNT; i++)
        if (!take_text(&rest, texts[i]))
            return false;
    if (!take_number(&rest, 4, &value) || value > SEALED_PHOTOS_MAX)
        return false;
    report->photo_count = (int)value;
    for (int i = 0; i < report->photo_count; i++)
        if (!take_bytes(&rest, &report->photos[i]))
            return false;
    return is_padding(&rest);
}

/* ---- numbers */

void sealed_number_format(const struct hash *seed, char *number)
{
    uint64_t value = 0;
    char digits[DIGITS + 1];
    struct text text;

    for (size_t i = 0; i < 8; i++)
        value = value << 8 | seed->bytes[i];
    text_init(&text, digits, sizeof digits);
    text_add_number(&text, (int64_t)(value % DIGITS_BOUND), DIGITS);
    text_init(&text, number, SEALED_NUMBER_BYTES);
    text_add_format(&text, "JC%s%c", digits, number_check_digit(digits));
}

void sealed_number_format_text(const char *number, char *text)
{
    struct text shown;

    assert(strlen(number) == SEALED_NUMBER_BYTES - 1);
    text_init(&shown, text, SEALED_NUMBER_TEXT_BYTES);
    text_add_format(&shown, "%.2s %.4s %.4s %.5s", number, number + 2, number + 6, number + 10);
}

bool sealed_number_parse(const char *typed, char *number)
{
    char compact[TYPED_BYTES], body[DIGITS + 1];
    struct text text;

    if (!typed_compact(typed, compact))
        return false;
    const char *digits = compact;
    if ((digits[0] | 0x20) == 'j' && (digits[1] | 0x20) == 'c')
        digits += 2;
    if (!typed_is_digits(digits) || strlen(digits) != DIGITS + 1)
        return false;
    memcpy(body, digits, DIGITS);
    body[DIGITS] = '\0';
    if (number_check_digit(body) != digits[DIGITS])
        return false;
    text_init(&text, number, SEALED_NUMBER_BYTES);
    text_add_format(&text, "JC%s", digits);
    return true;
}
