/*
 * Text: bounded building, UTF-8, and the small conversions that every layer needs.
 * Pure. Strings are NUL-terminated UTF-8 unless a length stands beside them.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

/* Bytes that are not text: hashes, sealed fields, payloads. Borrowed. */
struct bytes {
    const uint8_t *data;
    size_t length;
};

/*
 * A string built piece by piece in a buffer whose size is fixed at birth. Too much sets `is_cut` and adds nothing more;
 * the content stays NUL-terminated and never ends inside a character.
 */
struct text {
    char *bytes;
    size_t length_bytes;
    size_t capacity_bytes; /* including the NUL */
    bool is_cut;
};

/* Starts an empty text in the caller's buffer. capacity_bytes: at least 1. */
void text_init(struct text *text, char *buffer, size_t capacity_bytes);
void text_add(struct text *text, const char *more);
void text_add_bytes(struct text *text, const char *more, size_t length_bytes);
void text_add_format(struct text *text, const char *format, ...) PRINTF_LIKE(2, 3);

/* Decimal digits, with zeros in front up to `least_digits` (at most 19); a minus sign where it is negative. */
void text_add_number(struct text *text, int64_t number, size_t least_digits);

/* Whether the bytes are valid UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF, no NUL. */
bool text_is_utf8(const char *bytes, size_t length_bytes);

/* Number of characters (code points) of a valid UTF-8 string. */
size_t text_count_characters(const char *text);

/* The character at *text, which moves behind it; 0 at the end, where it stays. *text: valid UTF-8 */
uint32_t text_next(const char **text);

/* Adds one character in UTF-8. point: a code point that text_is_utf8 would let pass */
void text_add_character(struct text *text, uint32_t point);

/* Whether a valid UTF-8 string holds control characters (C0, DEL, C1) other than LF and TAB. */
bool text_has_controls(const char *text);

/*
 * Normalises what a person typed into a one-line field, in place: CR LF, CR, LF, TAB and U+2028/2029 become one space each,
 * full-width forms (U+FF01…U+FF5E, U+3000) stay as they are in words; leading and trailing white space (also U+3000,
 * U+00A0) is cut; zero-width and bidirectional controls (U+061C, U+200B…U+200F, U+202A…U+202E, U+2060…U+2069, U+FEFF)
 * are removed. Returns the new length in bytes.
 */
size_t text_tidy_line(char *text);

/* As text_tidy_line, for many lines: CR LF, CR and U+2028/2029 become LF, lines are kept. */
size_t text_tidy_lines(char *text);

/* Turns full-width ASCII forms (U+FF01…U+FF5E, U+3000) into ASCII, in place; for numbers, codes and phones. */
void text_narrow(char *text);

/* The longest prefix of at most `characters` characters that does not cut one: its length in bytes. */
size_t text_prefix_bytes(const char *text, size_t characters);

/* Whole decimal number, digits only, no sign or spaces; false when it is not one or lies outside min…max. */
bool text_parse_integer(const char *text, int64_t min, int64_t max, int64_t *value) MUST_USE;

/* Lower-case hexadecimal; `hex` holds 2 × length + 1 bytes. */
void text_format_hex(const uint8_t *data, size_t length, char *hex);

/* The reverse; false unless `hex` is exactly 2 × length hexadecimal digits. */
bool text_parse_hex(const char *hex, uint8_t *data, size_t length) MUST_USE;

/* Equal as bytes. Not for secrets: see crypto_is_equal. */
bool text_is_equal(const char *left, const char *right);

#endif
