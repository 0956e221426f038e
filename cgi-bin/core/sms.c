#include "core/sms.h"

#include <stddef.h>
#include <string.h>

/* The GSM 03.38 alphabet beyond ASCII letters and digits: in one septet, and in two (an escape before). */
static const char GSM_ONE[] = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà";
static const char GSM_TWO[] = "\f^{}\\[~]|€";

static size_t character_bytes(const char *text)
{
    const unsigned char first = (unsigned char)*text;

    return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

static bool alphabet_has(const char *alphabet, const char *character, size_t length)
{
    while (*alphabet != '\0') {
        const size_t own = character_bytes(alphabet);
        if (own == length && memcmp(alphabet, character, length) == 0)
            return true;
        alphabet += own;
    }
    return false;
}

/* Septets of a character; 0 when the alphabet has it not. */
static int gsm_width(const char *character, size_t length)
{
    const char byte = *character;

    if ((byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z'))
        return 1;
    return alphabet_has(GSM_ONE, character, length) ? 1 : alphabet_has(GSM_TWO, character, length) ? 2 : 0;
}

static bool is_gsm(const char *text)
{
    for (size_t length; *text != '\0'; text += length) {
        length = character_bytes(text);
        if (gsm_width(text, length) == 0)
            return false;
    }
    return true;
}

static int width_of(const char *character, size_t length, bool is_wide)
{
    return !is_wide ? gsm_width(character, length) : length == 4 ? 2 : 1;
}

struct sms_size sms_measure(const char *text)
{
    struct sms_size size = {.is_wide = !is_gsm(text), .parts = 1};
    const int alone = size.is_wide ? SMS_WIDE_ALONE : SMS_GSM_ALONE;
    const int joined = size.is_wide ? SMS_WIDE_JOINED : SMS_GSM_JOINED;
    int used = 0; /* of the last part, when there are several */

    for (size_t length; *text != '\0'; text += length) {
        length = character_bytes(text);
        const int width = width_of(text, length, size.is_wide);
        size.characters++;
        size.units += width;
        if (used + width > joined) {
            size.parts++;
            used = 0;
        }
        used += width;
    }
    if (size.units <= alone) {
        size.parts = size.units > 0;
        size.left = alone - size.units;
    } else {
        size.left = joined - used;
    }
    return size;
}
