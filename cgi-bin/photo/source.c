#include <string.h>

#include "photo/picture.h"

/* Reads behind what is there until `wanted` bytes are, or there are no more. */
static size_t gather(struct source *source, size_t wanted)
{
    while (source->end - source->at < wanted && source->end < sizeof source->piece) {
        const size_t got = source->read(source->context, source->piece + source->end, sizeof source->piece - source->end);
        if (got == 0)
            break;
        source->end += got;
    }
    const size_t have = source->end - source->at;
    return have < wanted ? have : wanted;
}

size_t source_peek(struct source *source, size_t wanted, const uint8_t **bytes)
{
    const size_t have = gather(source, wanted);

    *bytes = source->piece + source->at;
    return have;
}

bool source_fill(struct source *source)
{
    if (source->at < source->end)
        return true;
    source->at = 0;
    source->end = 0;
    if (gather(source, 1) > 0)
        return true;
    source->is_dry = true;
    return false;
}

bool source_take(struct source *source, uint8_t *to, size_t length)
{
    while (length > 0) {
        if (!source_fill(source))
            return false;
        const size_t have = source->end - source->at, now = have < length ? have : length;
        memcpy(to, source->piece + source->at, now);
        source->at += now;
        to += now;
        length -= now;
    }
    return true;
}
