#include "core/codec.h"

#include <assert.h>
#include <string.h>

/* Which times of a clock are set, and whether it binds, in one byte. */
enum {
    CLOCK_HAS_STARTED = 1,
    CLOCK_HAS_DUE = 2,
    CLOCK_HAS_GRANTED = 4,
    CLOCK_HAS_STOPPED = 8,
    CLOCK_IS_BINDING = 16,
    CLOCK_FLAGS = 31,
};

/* ---- writing */

void codec_write_byte(struct codec_writer *writer, unsigned value)
{
    assert(writer->length < writer->capacity && value <= UINT8_MAX);
    writer->bytes[writer->length++] = (uint8_t)value;
}

void codec_write_number(struct codec_writer *writer, int64_t value)
{
    uint64_t rest = ((uint64_t)value << 1) ^ (value < 0 ? UINT64_MAX : 0);

    for (; rest >= 0x80; rest >>= 7)
        codec_write_byte(writer, (unsigned)(rest & 0x7f) | 0x80);
    codec_write_byte(writer, (unsigned)rest);
}

void codec_write_bytes(struct codec_writer *writer, const void *bytes, size_t length)
{
    assert(length <= writer->capacity - writer->length);
    memcpy(writer->bytes + writer->length, bytes, length);
    writer->length += length;
}

void codec_write_instant(struct codec_writer *writer, struct instant at)
{
    if (instant_is_set(at))
        codec_write_number(writer, at.milliseconds);
}

static unsigned clock_flags(const struct clock *clock)
{
    return (instant_is_set(clock->started_at) ? CLOCK_HAS_STARTED : 0U) |
           (instant_is_set(clock->due_at) ? CLOCK_HAS_DUE : 0U) |
           (instant_is_set(clock->granted_due_at) ? CLOCK_HAS_GRANTED : 0U) |
           (instant_is_set(clock->stopped_at) ? CLOCK_HAS_STOPPED : 0U) | (clock->is_binding ? CLOCK_IS_BINDING : 0U);
}

void codec_write_clock(struct codec_writer *writer, const struct clock *clock)
{
    size_t article_length = strnlen(clock->article, ARTICLE_BYTES);

    assert(article_length < ARTICLE_BYTES);
    codec_write_number(writer, clock->no);
    codec_write_number(writer, clock->rule.v);
    codec_write_number(writer, (int64_t)clock->kind);
    codec_write_byte(writer, (unsigned)article_length);
    codec_write_bytes(writer, clock->article, article_length);
    codec_write_number(writer, clock->cycle);
    codec_write_number(writer, (int64_t)clock->direction);
    codec_write_number(writer, clock->limit_seconds);
    codec_write_number(writer, (int64_t)clock->bound);
    codec_write_number(writer, clock->dispatch_no);
    codec_write_number(writer, clock->unit.v);
    codec_write_number(writer, (int64_t)clock->result);
    codec_write_number(writer, (int64_t)clock->corrected);
    codec_write_number(writer, clock->excuse_code);
    codec_write_byte(writer, clock_flags(clock));
    codec_write_instant(writer, clock->started_at);
    codec_write_instant(writer, clock->due_at);
    codec_write_instant(writer, clock->granted_due_at);
    codec_write_instant(writer, clock->stopped_at);
}

/* ---- reading */

unsigned codec_read_byte(struct codec_reader *reader)
{
    if (reader->is_bad || reader->at >= reader->length) {
        reader->is_bad = true;
        return 0;
    }
    return reader->bytes[reader->at++];
}

int64_t codec_read_number(struct codec_reader *reader)
{
    uint64_t value = 0;

    for (unsigned i = 0; i < CODEC_NUMBER_BYTES_MAX; i++) {
        unsigned byte = codec_read_byte(reader);
        bool is_last = (byte & 0x80) == 0;
        bool is_overlong = is_last && byte == 0 && i > 0;
        bool is_too_big = i == CODEC_NUMBER_BYTES_MAX - 1 && byte > 1;
        if (is_overlong || is_too_big)
            break;
        value |= (uint64_t)(byte & 0x7f) << (7 * i);
        if (is_last)
            return (int64_t)(value >> 1) ^ -(int64_t)(value & 1);
    }
    reader->is_bad = true;
    return 0;
}

int64_t codec_read_number_within(struct codec_reader *reader, int64_t least, int64_t most)
{
    int64_t value = codec_read_number(reader);

    if (value < least || value > most)
        reader->is_bad = true;
    return reader->is_bad ? least : value;
}

void codec_read_bytes(struct codec_reader *reader, void *bytes, size_t length)
{
    if (reader->is_bad || reader->length - reader->at < length) {
        reader->is_bad = true;
        return;
    }
    memcpy(bytes, reader->bytes + reader->at, length);
    reader->at += length;
}

struct instant codec_read_instant(struct codec_reader *reader, bool is_there)
{
    struct instant at = INSTANT_NONE;

    if (is_there) {
        at.milliseconds = codec_read_number(reader);
        if (!instant_is_set(at)) /* "not set" is said by the flag alone */
            reader->is_bad = true;
    }
    return at;
}

static void read_article(struct codec_reader *reader, char article[ARTICLE_BYTES])
{
    size_t length = codec_read_byte(reader);

    if (length >= ARTICLE_BYTES) {
        reader->is_bad = true;
        return;
    }
    codec_read_bytes(reader, article, length);
    if (memchr(article, 0, length) != NULL)
        reader->is_bad = true;
}

int codec_read_int(struct codec_reader *reader)
{
    return (int)codec_read_number_within(reader, INT32_MIN, INT32_MAX);
}

unsigned codec_read_enum(struct codec_reader *reader, unsigned count)
{
    return (unsigned)codec_read_number_within(reader, 0, (int64_t)count - 1);
}

void codec_read_clock(struct codec_reader *reader, struct clock *clock)
{
    clock->no = codec_read_int(reader);
    clock->rule.v = codec_read_int(reader);
    clock->kind = (enum clock_kind)codec_read_enum(reader, CLOCK_KIND__COUNT);
    read_article(reader, clock->article);
    clock->cycle = codec_read_int(reader);
    clock->direction = (enum direction)codec_read_enum(reader, DIRECTION__COUNT);
    clock->limit_seconds = codec_read_number(reader);
    clock->bound = (enum bound)codec_read_enum(reader, BOUND__COUNT);
    clock->dispatch_no = codec_read_int(reader);
    clock->unit.v = codec_read_int(reader);
    clock->result = (enum clock_result)codec_read_enum(reader, CLOCK_RESULT__COUNT);
    clock->corrected = (enum clock_result)codec_read_enum(reader, CLOCK_RESULT__COUNT);
    clock->excuse_code = codec_read_int(reader);
    unsigned flags = codec_read_byte(reader);
    if (flags > CLOCK_FLAGS)
        reader->is_bad = true;
    clock->is_binding = (flags & CLOCK_IS_BINDING) != 0;
    clock->started_at = codec_read_instant(reader, (flags & CLOCK_HAS_STARTED) != 0);
    clock->due_at = codec_read_instant(reader, (flags & CLOCK_HAS_DUE) != 0);
    clock->granted_due_at = codec_read_instant(reader, (flags & CLOCK_HAS_GRANTED) != 0);
    clock->stopped_at = codec_read_instant(reader, (flags & CLOCK_HAS_STOPPED) != 0);
}
