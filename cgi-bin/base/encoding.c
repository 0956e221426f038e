#include "base/encoding.h"

#include <string.h>

#include "base/text.h"

/* So many good characters make up for a broken one. GBK read as UTF-8 has hardly any. */
#define GOOD_PER_BAD 4

void encoding_probe_init(struct encoding_probe *probe)
{
    *probe = (struct encoding_probe){.bytes = 0};
}

/* Bytes that follow this one in UTF-8; 0 for ASCII, -1 when it begins nothing. */
static int followers(uint8_t byte)
{
    if (byte < 0x80)
        return 0;
    if (byte >= 0xC2 && byte <= 0xDF)
        return 1;
    if (byte >= 0xE0 && byte <= 0xEF)
        return 2;
    return byte >= 0xF0 && byte <= 0xF4 ? 3 : -1;
}

static void take_byte(struct encoding_probe *probe, uint8_t byte)
{
    if (probe->seen < probe->wanted) {
        if ((byte & 0xC0) == 0x80) {
            if (++probe->seen == probe->wanted)
                probe->good++;
            return;
        }
        probe->bad++;
    }
    const int wanted = followers(byte);
    probe->bad += wanted < 0 ? 1 : 0;
    probe->wanted = wanted < 0 ? 0 : wanted;
    probe->seen = 0;
}

void encoding_probe_take(struct encoding_probe *probe, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (probe->bytes < sizeof probe->head)
            probe->head[probe->bytes] = (uint8_t)bytes[i];
        probe->bytes++;
        take_byte(probe, (uint8_t)bytes[i]);
    }
}

enum encoding encoding_probe_end(const struct encoding_probe *probe, size_t *mark_bytes)
{
    *mark_bytes = 0;
    if (probe->bytes >= 2 && ((probe->head[0] == 0xFF && probe->head[1] == 0xFE) || (probe->head[0] == 0xFE && probe->head[1] == 0xFF)))
        return ENCODING_UTF16;
    if (probe->bytes >= 3 && memcmp(probe->head, "\xEF\xBB\xBF", 3) == 0) {
        *mark_bytes = 3;
        return ENCODING_UTF8;
    }
    return probe->bad == 0 || probe->good >= GOOD_PER_BAD * probe->bad ? ENCODING_UTF8 : ENCODING_GB18030;
}

bool encoding_converter_open(struct encoding_converter *converter, enum encoding from)
{
    *converter = (struct encoding_converter){from, (iconv_t)-1};
    if (from == ENCODING_UTF8)
        return true;
    if (from == ENCODING_GB18030)
        converter->handle = iconv_open("UTF-8", "GB18030");
    return converter->handle != (iconv_t)-1;
}

void encoding_converter_close(struct encoding_converter *converter)
{
    if (converter->handle != (iconv_t)-1 && converter->from == ENCODING_GB18030)
        iconv_close(converter->handle);
    converter->handle = (iconv_t)-1;
}

bool encoding_convert(struct encoding_converter *converter, const char *text, char *to, size_t capacity)
{
    size_t left = strlen(text), room = capacity - 1;
    char *from = (char *)(uintptr_t)text, *end = to;

    if (converter->from == ENCODING_UTF8) {
        if (left > room || !text_is_utf8(text, left))
            return false;
        memcpy(to, text, left + 1);
        return true;
    }
    iconv(converter->handle, NULL, NULL, NULL, NULL);
    if (iconv(converter->handle, &from, &left, &end, &room) == (size_t)-1)
        return false;
    *end = '\0';
    return text_is_utf8(to, (size_t)(end - to));
}
