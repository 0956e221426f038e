#include "base/text.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* --- UTF-8 -------------------------------------------------------------------------------------------------------- */

#define NOT_A_CHARACTER UINT32_MAX

static bool is_continuation(unsigned char byte) { return (byte & 0xC0) == 0x80; }

/* How many bytes the character that starts with this byte takes; 0 when no character starts with it. */
static size_t sequence_bytes(unsigned char first)
{
    if (first < 0x80)
        return 1;
    if (first >= 0xC2 && first <= 0xDF)
        return 2;
    if (first >= 0xE0 && first <= 0xEF)
        return 3;
    if (first >= 0xF0 && first <= 0xF4)
        return 4;
    return 0;
}

/*
 * The character at `bytes`, or NOT_A_CHARACTER; *taken is its length, 1 when it is none, so that a reader always moves
 * on. Never reads past length_bytes.
 */
static uint32_t decode(const char *bytes, size_t length_bytes, size_t *taken)
{
    static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *at = (const unsigned char *)bytes;
    *taken = 1;
    size_t size = sequence_bytes(at[0]);
    if (size == 1)
        return at[0];
    if (size == 0 || size > length_bytes)
        return NOT_A_CHARACTER;
    uint32_t point = at[0] & (0xFFu >> (size + 1));
    for (size_t i = 1; i < size; i++) {
        if (!is_continuation(at[i]))
            return NOT_A_CHARACTER;
        point = point << 6 | (at[i] & 0x3Fu);
    }
    if (point < least[size] || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF))
        return NOT_A_CHARACTER;
    *taken = size;
    return point;
}

bool text_is_utf8(const char *bytes, size_t length_bytes)
{
    size_t at = 0;
    while (at < length_bytes) {
        size_t taken;
        uint32_t point = decode(bytes + at, length_bytes - at, &taken);
        if (point == 0 || point == NOT_A_CHARACTER)
            return false;
        at += taken;
    }
    return true;
}

size_t text_count_characters(const char *text)
{
    size_t count = 0;
    for (; *text != '\0'; text++)
        count += !is_continuation((unsigned char)*text);
    return count;
}

uint32_t text_next(const char **text)
{
    size_t taken;
    if (**text == '\0')
        return 0;
    const uint32_t point = decode(*text, strnlen(*text, 4), &taken);
    *text += taken;
    return point;
}

size_t text_prefix_bytes(const char *text, size_t characters)
{
    size_t at = 0;
    size_t count = 0;
    while (text[at] != '\0') {
        if (!is_continuation((unsigned char)text[at])) {
            if (count == characters)
                break;
            count++;
        }
        at++;
    }
    return at;
}

bool text_has_controls(const char *text)
{
    size_t length = strlen(text);
    for (size_t at = 0, taken; at < length; at += taken) {
        uint32_t point = decode(text + at, length - at, &taken);
        if ((point < 0x20 && point != '\n' && point != '\t') || (point >= 0x7F && point <= 0x9F))
            return true;
    }
    return false;
}

/* --- building ----------------------------------------------------------------------------------------------------- */

void text_init(struct text *text, char *buffer, size_t capacity_bytes)
{
    assert(text != NULL && buffer != NULL && capacity_bytes >= 1);
    *text = (struct text){.bytes = buffer, .capacity_bytes = capacity_bytes};
    buffer[0] = '\0';
}

/* Marks the text as cut and takes away a character of which only the beginning found room. */
static void cut(struct text *text)
{
    text->is_cut = true;
    size_t start = text->length_bytes;
    while (start > 0 && text->length_bytes - start < 3 && is_continuation((unsigned char)text->bytes[start - 1]))
        start--;
    if (start > 0 && start - 1 + sequence_bytes((unsigned char)text->bytes[start - 1]) > text->length_bytes)
        text->length_bytes = start - 1;
    text->bytes[text->length_bytes] = '\0';
}

void text_add(struct text *text, const char *more) { text_add_bytes(text, more, strlen(more)); }

void text_add_bytes(struct text *text, const char *more, size_t length_bytes)
{
    if (text->is_cut || length_bytes == 0)
        return;
    size_t room = text->capacity_bytes - 1 - text->length_bytes;
    size_t fitting = length_bytes <= room ? length_bytes : room;
    memcpy(text->bytes + text->length_bytes, more, fitting);
    text->length_bytes += fitting;
    text->bytes[text->length_bytes] = '\0';
    if (fitting < length_bytes)
        cut(text);
}

void text_add_format(struct text *text, const char *format, ...)
{
    if (text->is_cut)
        return;
    size_t room = text->capacity_bytes - text->length_bytes;
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text->bytes + text->length_bytes, room, format, arguments);
    va_end(arguments);
    if (length < 0) {
        cut(text);
    } else if ((size_t)length < room) {
        text->length_bytes += (size_t)length;
    } else {
        text->length_bytes += room - 1;
        cut(text);
    }
}

void text_add_number(struct text *text, int64_t number, size_t least_digits)
{
    char digits[20];
    size_t at = sizeof digits;
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    assert(least_digits < sizeof digits);
    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    while (sizeof digits - at < least_digits)
        digits[--at] = '0';
    if (number < 0)
        text_add(text, "-");
    text_add_bytes(text, digits + at, sizeof digits - at);
}

void text_add_character(struct text *text, uint32_t point)
{
    char bytes[4];
    size_t size = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = size; i-- > 1; point >>= 6)
        bytes[i] = (char)(0x80 | (point & 0x3F));
    bytes[0] = (char)(lead[size] | point);
    text_add_bytes(text, bytes, size);
}

/* --- what people type --------------------------------------------------------------------------------------------- */

static bool is_space(uint32_t point)
{
    return point == ' ' || (point >= '\t' && point <= '\r') || point == 0xA0 || point == 0x1680 ||
           (point >= 0x2000 && point <= 0x200A) || point == 0x2028 || point == 0x2029 || point == 0x202F ||
           point == 0x205F || point == 0x3000;
}

/* Characters without width, and those that turn the direction of what follows: nobody means to type them. */
static bool is_invisible(uint32_t point)
{
    return point == 0x061C || (point >= 0x200B && point <= 0x200F) || (point >= 0x202A && point <= 0x202E) ||
           (point >= 0x2060 && point <= 0x2069) || point == 0xFEFF;
}

static bool is_line_end(uint32_t point) { return point == '\n' || point == '\r' || point == 0x2028 || point == 0x2029; }

/* Both tidying functions: the result is never longer than what it replaces, so one pass in place is enough. */
static size_t tidy(char *text, char line_end)
{
    size_t length = strlen(text);
    size_t kept = 0;     /* bytes written */
    size_t kept_end = 0; /* up to the last character that is not white space */
    for (size_t at = 0, taken; at < length; at += taken) {
        uint32_t point = decode(text + at, length - at, &taken);
        if (is_invisible(point))
            continue;
        if (point == '\r' && text[at + 1] == '\n')
            continue;
        if (is_space(point) && kept == 0)
            continue;
        if (is_line_end(point) || point == '\t') {
            text[kept++] = point == '\t' ? ' ' : line_end;
            continue;
        }
        memmove(text + kept, text + at, taken);
        kept += taken;
        if (!is_space(point))
            kept_end = kept;
    }
    text[kept_end] = '\0';
    return kept_end;
}

size_t text_tidy_line(char *text) { return tidy(text, ' '); }

size_t text_tidy_lines(char *text) { return tidy(text, '\n'); }

void text_narrow(char *text)
{
    size_t length = strlen(text);
    size_t kept = 0;
    for (size_t at = 0, taken; at < length; at += taken) {
        uint32_t point = decode(text + at, length - at, &taken);
        if (point == 0x3000) {
            text[kept++] = ' ';
        } else if (point >= 0xFF01 && point <= 0xFF5E) {
            text[kept++] = (char)(point - 0xFF01 + '!');
        } else {
            memmove(text + kept, text + at, taken);
            kept += taken;
        }
    }
    text[kept] = '\0';
}

/* --- numbers and bytes -------------------------------------------------------------------------------------------- */

bool text_parse_integer(const char *text, int64_t min, int64_t max, int64_t *value)
{
    int64_t number = 0;
    if (*text == '\0')
        return false;
    for (; *text != '\0'; text++) {
        if (*text < '0' || *text > '9')
            return false;
        if (__builtin_mul_overflow(number, 10, &number) || __builtin_add_overflow(number, *text - '0', &number))
            return false;
    }
    if (number < min || number > max)
        return false;
    *value = number;
    return true;
}

void text_format_hex(const uint8_t *data, size_t length, char *hex)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < length; i++) {
        hex[2 * i] = digits[data[i] >> 4];
        hex[2 * i + 1] = digits[data[i] & 15];
    }
    hex[2 * length] = '\0';
}

static int hex_value(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    if (digit >= 'a' && digit <= 'f')
        return digit - 'a' + 10;
    if (digit >= 'A' && digit <= 'F')
        return digit - 'A' + 10;
    return -1;
}

bool text_parse_hex(const char *hex, uint8_t *data, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        int high = hex_value(hex[2 * i]);
        int low = high < 0 ? -1 : hex_value(hex[2 * i + 1]);
        if (low < 0)
            return false;
        data[i] = (uint8_t)(high << 4 | low);
    }
    return hex[2 * length] == '\0';
}

bool text_is_equal(const char *left, const char *right) { return strcmp(left, right) == 0; }
