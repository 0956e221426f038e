#include "core/typed.h"

#include <stdint.h>
#include <string.h>

#include "base/text.h"

static bool is_ignored_ascii(char c) { return c != '\0' && strchr(" \t\r\n-().", c) != NULL; }

/* Length in bytes of a typographic space, dash or invisible character at `at`; 0 when there is none. */
static size_t ignored_length(const char *at)
{
    static const char *const IGNORED[] = {
        "\xC2\xA0",                                                                             /* no-break space */
        "\xC2\xAD",                                                                             /* soft hyphen */
        "\xE2\x80\x8B", "\xE2\x80\x8C", "\xE2\x80\x8D", "\xE2\x80\x8E", "\xE2\x80\x8F",         /* zero width, marks */
        "\xE2\x80\x90", "\xE2\x80\x91", "\xE2\x80\x92", "\xE2\x80\x93", "\xE2\x80\x94",         /* hyphens, dashes */
        "\xE2\x80\x95", "\xE2\x88\x92", "\xE3\x83\xBC",                                         /* bar, minus, 长音 */
        "\xE2\x80\xAA", "\xE2\x80\xAB", "\xE2\x80\xAC", "\xE2\x80\xAD", "\xE2\x80\xAE",         /* direction */
        "\xE2\x81\xA0", "\xE2\x81\xA6", "\xE2\x81\xA7", "\xE2\x81\xA8", "\xE2\x81\xA9",         /* joiner, direction */
        "\xE2\x80\x89", "\xE2\x80\xAF", "\xEF\xBB\xBF", "\xE3\x80\x82",                         /* thin spaces, 。 */
    };
    if (((unsigned char)*at & 0x80U) == 0)
        return 0;
    for (size_t i = 0; i < sizeof IGNORED / sizeof IGNORED[0]; i++)
        if (strncmp(at, IGNORED[i], strlen(IGNORED[i])) == 0)
            return strlen(IGNORED[i]);
    return 0;
}

/* ASCII for a full-width form (U+FF01…U+FF5E, U+3000) of three bytes at `at`; NUL when there is none. */
static char narrowed(const char *at)
{
    const uint8_t *bytes = (const uint8_t *)at;
    if (bytes[0] == 0xE3 && bytes[1] == 0x80 && bytes[2] == 0x80)
        return ' ';
    if (bytes[0] != 0xEF || (bytes[1] != 0xBC && bytes[1] != 0xBD) || bytes[2] < 0x80 || bytes[2] > 0xBF)
        return '\0';
    const unsigned code = ((bytes[1] & 0x3FU) << 6 | (bytes[2] & 0x3FU)) | 0xF000U;
    return code >= 0xFF01U && code <= 0xFF5EU ? (char)(code - 0xFEE0U) : '\0';
}

bool typed_compact(const char *typed, char *compact)
{
    size_t length = 0;
    for (const char *at = typed; *at != '\0';) {
        const size_t ignored = ignored_length(at);
        if (ignored > 0) {
            at += ignored;
            continue;
        }
        char c = *at;
        size_t step = 1;
        if (((unsigned char)c & 0x80U) != 0) {
            c = narrowed(at);
            step = 3;
            if (c == '\0')
                return false;
        }
        at += step;
        if (is_ignored_ascii(c))
            continue;
        if (length + 1 >= TYPED_BYTES)
            return false;
        compact[length++] = c;
    }
    compact[length] = '\0';
    return length > 0;
}

bool typed_is_digits(const char *text)
{
    return text[0] != '\0' && text[strspn(text, "0123456789")] == '\0';
}
