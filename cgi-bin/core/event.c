#include "core/event.h"

#include <assert.h>
#include <string.h>

/*
 * Payload: a version byte, then tags in strictly ascending order, each followed by its value. Numbers are zigzag
 * varints in their shortest form, so that there is one way to write each event.
 *
 *     0x01 … 0x6f  a field (enum event_field): number
 *     0x70         clocks: count (1 … EVENT_CLOCKS_MAX), then each clock, see write_clock()
 *     0x71         hash of the text: HASH_BYTES
 */
enum {
    PAYLOAD_VERSION = 1,
    TAG_CLOCKS = 0x70,
    TAG_TEXT = 0x71,
    VARINT_BYTES_MAX = 10,
};

/* Which times of a clock are set, and whether it binds, in one byte. */
enum {
    CLOCK_HAS_STARTED = 1,
    CLOCK_HAS_DUE = 2,
    CLOCK_HAS_GRANTED = 4,
    CLOCK_HAS_STOPPED = 8,
    CLOCK_IS_BINDING = 16,
    CLOCK_FLAGS = 31,
};

_Static_assert((int)EVENT_FIELD__COUNT <= (int)TAG_CLOCKS, "field tags must stay below the tags of clocks and text");
/* 18 numbers of a clock, its article with length, its flags. */
_Static_assert(1 + EVENT_FIELD__COUNT * (1 + VARINT_BYTES_MAX) + 2 +
                       EVENT_CLOCKS_MAX * (18 * VARINT_BYTES_MAX + ARTICLE_BYTES + 1) + 1 + HASH_BYTES <=
                   EVENT_PAYLOAD_MAX,
               "EVENT_PAYLOAD_MAX must suffice for any event");

void event_set(struct event *event, enum event_field field, int64_t value)
{
    assert(field > FIELD_NONE && field < EVENT_FIELD__COUNT);
    event->has_field[field] = true;
    event->field[field] = value;
}

int64_t event_get(const struct event *event, enum event_field field, int64_t fallback)
{
    assert(field > FIELD_NONE && field < EVENT_FIELD__COUNT);
    return event->has_field[field] ? event->field[field] : fallback;
}

/* ---- writing */

struct writer {
    uint8_t *bytes;
    size_t length;
};

static void write_byte(struct writer *writer, unsigned value)
{
    assert(writer->length < EVENT_PAYLOAD_MAX && value <= UINT8_MAX);
    writer->bytes[writer->length++] = (uint8_t)value;
}

static void write_number(struct writer *writer, int64_t value)
{
    uint64_t rest = ((uint64_t)value << 1) ^ (value < 0 ? UINT64_MAX : 0);

    for (; rest >= 0x80; rest >>= 7)
        write_byte(writer, (unsigned)(rest & 0x7f) | 0x80);
    write_byte(writer, (unsigned)rest);
}

static void write_bytes(struct writer *writer, const void *bytes, size_t length)
{
    assert(writer->length + length <= EVENT_PAYLOAD_MAX);
    memcpy(writer->bytes + writer->length, bytes, length);
    writer->length += length;
}

static void write_instant(struct writer *writer, struct instant at)
{
    if (instant_is_set(at))
        write_number(writer, at.milliseconds);
}

static unsigned clock_flags(const struct clock *clock)
{
    return (instant_is_set(clock->started_at) ? CLOCK_HAS_STARTED : 0U) |
           (instant_is_set(clock->due_at) ? CLOCK_HAS_DUE : 0U) |
           (instant_is_set(clock->granted_due_at) ? CLOCK_HAS_GRANTED : 0U) |
           (instant_is_set(clock->stopped_at) ? CLOCK_HAS_STOPPED : 0U) | (clock->is_binding ? CLOCK_IS_BINDING : 0U);
}

static void write_clock(struct writer *writer, const struct clock *clock)
{
    size_t article_length = strnlen(clock->article, ARTICLE_BYTES);

    assert(article_length < ARTICLE_BYTES);
    write_number(writer, clock->no);
    write_number(writer, clock->rule.v);
    write_number(writer, (int64_t)clock->kind);
    write_byte(writer, (unsigned)article_length);
    write_bytes(writer, clock->article, article_length);
    write_number(writer, clock->cycle);
    write_number(writer, (int64_t)clock->direction);
    write_number(writer, clock->limit_seconds);
    write_number(writer, (int64_t)clock->bound);
    write_number(writer, clock->dispatch_no);
    write_number(writer, clock->unit.v);
    write_number(writer, (int64_t)clock->result);
    write_number(writer, (int64_t)clock->corrected);
    write_number(writer, clock->excuse_code);
    write_byte(writer, clock_flags(clock));
    write_instant(writer, clock->started_at);
    write_instant(writer, clock->due_at);
    write_instant(writer, clock->granted_due_at);
    write_instant(writer, clock->stopped_at);
}

size_t event_format_payload(const struct event *event, uint8_t payload[EVENT_PAYLOAD_MAX])
{
    struct writer writer = {payload, 0};

    assert(event->clock_count >= 0 && event->clock_count <= EVENT_CLOCKS_MAX);
    write_byte(&writer, PAYLOAD_VERSION);
    for (unsigned field = FIELD_NONE + 1; field < EVENT_FIELD__COUNT; field++) {
        if (event->has_field[field]) {
            write_byte(&writer, field);
            write_number(&writer, event->field[field]);
        }
    }
    if (event->clock_count > 0) {
        write_byte(&writer, TAG_CLOCKS);
        write_byte(&writer, (unsigned)event->clock_count);
        for (int i = 0; i < event->clock_count; i++)
            write_clock(&writer, &event->clocks[i]);
    }
    if (event->has_text) {
        write_byte(&writer, TAG_TEXT);
        write_bytes(&writer, event->text_hash.bytes, HASH_BYTES);
    }
    return writer.length;
}

/* ---- reading */

/* The first thing that is wrong sets is_bad; from then on everything reads as 0. */
struct reader {
    const uint8_t *bytes;
    size_t length, at;
    bool is_bad;
};

static unsigned read_byte(struct reader *reader)
{
    if (reader->is_bad || reader->at >= reader->length) {
        reader->is_bad = true;
        return 0;
    }
    return reader->bytes[reader->at++];
}

static int64_t read_number(struct reader *reader)
{
    uint64_t value = 0;

    for (unsigned i = 0; i < VARINT_BYTES_MAX; i++) {
        unsigned byte = read_byte(reader);
        bool is_last = (byte & 0x80) == 0;
        bool is_overlong = is_last && byte == 0 && i > 0;
        bool is_too_big = i == VARINT_BYTES_MAX - 1 && byte > 1;
        if (is_overlong || is_too_big)
            break;
        value |= (uint64_t)(byte & 0x7f) << (7 * i);
        if (is_last)
            return (int64_t)(value >> 1) ^ -(int64_t)(value & 1);
    }
    reader->is_bad = true;
    return 0;
}

static int64_t read_number_within(struct reader *reader, int64_t least, int64_t most)
{
    int64_t value = read_number(reader);

    if (value < least || value > most)
        reader->is_bad = true;
    return reader->is_bad ? least : value;
}

static void read_bytes(struct reader *reader, void *bytes, size_t length)
{
    if (reader->is_bad || reader->length - reader->at < length) {
        reader->is_bad = true;
        return;
    }
    memcpy(bytes, reader->bytes + reader->at, length);
    reader->at += length;
}

static struct instant read_instant(struct reader *reader, bool is_there)
{
    struct instant at = INSTANT_NONE;

    if (is_there) {
        at.milliseconds = read_number(reader);
        if (!instant_is_set(at)) /* "not set" is said by the flag alone */
            reader->is_bad = true;
    }
    return at;
}

static void read_article(struct reader *reader, char article[ARTICLE_BYTES])
{
    size_t length = read_byte(reader);

    if (length >= ARTICLE_BYTES) {
        reader->is_bad = true;
        return;
    }
    read_bytes(reader, article, length);
    if (memchr(article, 0, length) != NULL)
        reader->is_bad = true;
}

static int read_int(struct reader *reader)
{
    return (int)read_number_within(reader, INT32_MIN, INT32_MAX);
}

static unsigned read_enum(struct reader *reader, unsigned count)
{
    return (unsigned)read_number_within(reader, 0, (int64_t)count - 1);
}

/* clock: all bytes zero */
static void read_clock(struct reader *reader, struct clock *clock)
{
    clock->no = read_int(reader);
    clock->rule.v = read_int(reader);
    clock->kind = (enum clock_kind)read_enum(reader, CLOCK_KIND__COUNT);
    read_article(reader, clock->article);
    clock->cycle = read_int(reader);
    clock->direction = (enum direction)read_enum(reader, DIRECTION__COUNT);
    clock->limit_seconds = read_number(reader);
    clock->bound = (enum bound)read_enum(reader, BOUND__COUNT);
    clock->dispatch_no = read_int(reader);
    clock->unit.v = read_int(reader);
    clock->result = (enum clock_result)read_enum(reader, CLOCK_RESULT__COUNT);
    clock->corrected = (enum clock_result)read_enum(reader, CLOCK_RESULT__COUNT);
    clock->excuse_code = read_int(reader);
    unsigned flags = read_byte(reader);
    if (flags > CLOCK_FLAGS)
        reader->is_bad = true;
    clock->is_binding = (flags & CLOCK_IS_BINDING) != 0;
    clock->started_at = read_instant(reader, (flags & CLOCK_HAS_STARTED) != 0);
    clock->due_at = read_instant(reader, (flags & CLOCK_HAS_DUE) != 0);
    clock->granted_due_at = read_instant(reader, (flags & CLOCK_HAS_GRANTED) != 0);
    clock->stopped_at = read_instant(reader, (flags & CLOCK_HAS_STOPPED) != 0);
}

static void read_clocks(struct reader *reader, struct event *event)
{
    unsigned count = read_byte(reader);

    if (count < 1 || count > EVENT_CLOCKS_MAX) {
        reader->is_bad = true;
        return;
    }
    event->clock_count = (int)count;
    for (unsigned i = 0; i < count && !reader->is_bad; i++)
        read_clock(reader, &event->clocks[i]);
}

static void read_tag(struct reader *reader, unsigned tag, struct event *event)
{
    if (tag == TAG_CLOCKS) {
        read_clocks(reader, event);
    } else if (tag == TAG_TEXT) {
        event->has_text = true;
        read_bytes(reader, event->text_hash.bytes, HASH_BYTES);
    } else if (tag > FIELD_NONE && tag < EVENT_FIELD__COUNT) {
        event->has_field[tag] = true;
        event->field[tag] = read_number(reader);
    } else {
        reader->is_bad = true;
    }
}

bool event_parse_payload(struct event *event, const uint8_t *payload, size_t length)
{
    struct reader reader = {payload, length, 0, length > EVENT_PAYLOAD_MAX};
    unsigned last_tag = 0;

    memset(event->has_field, 0, sizeof event->has_field);
    memset(event->field, 0, sizeof event->field);
    memset(event->clocks, 0, sizeof event->clocks);
    memset(&event->text_hash, 0, sizeof event->text_hash);
    event->clock_count = 0;
    event->has_text = false;
    if (read_byte(&reader) != PAYLOAD_VERSION)
        return false;
    while (!reader.is_bad && reader.at < reader.length) {
        unsigned tag = read_byte(&reader);
        if (tag <= last_tag)
            return false;
        last_tag = tag;
        read_tag(&reader, tag, event);
    }
    return !reader.is_bad;
}

/* ---- hashes */

struct hash event_text_hash(const uint8_t salt[EVENT_TEXT_SALT_BYTES], const char *text)
{
    const struct bytes pieces[] = {
        {salt, EVENT_TEXT_SALT_BYTES},
        {(const uint8_t *)text, strlen(text)},
    };

    return crypto_hash_pieces(pieces, 2);
}

static void write_fixed(uint8_t **at, uint64_t value)
{
    for (int shift = 56; shift >= 0; shift -= 8)
        *(*at)++ = (uint8_t)(value >> shift);
}

struct hash event_chain_hash(const struct hash *previous, const struct event *event, const uint8_t *payload,
                             size_t length)
{
    uint8_t head[9 * 8];
    uint8_t *at = head;

    write_fixed(&at, (uint64_t)event->subject);
    write_fixed(&at, (uint64_t)event->subject_id);
    write_fixed(&at, event->seq);
    write_fixed(&at, (uint64_t)event->kind);
    write_fixed(&at, (uint64_t)event->occurred_at.milliseconds);
    write_fixed(&at, (uint64_t)event->recorded_at.milliseconds);
    write_fixed(&at, event->actor_role);
    write_fixed(&at, (uint64_t)event->actor_staff.v);
    write_fixed(&at, (uint64_t)event->actor_unit.v);
    assert(at == head + sizeof head);

    const struct bytes pieces[] = {{previous->bytes, HASH_BYTES}, {head, sizeof head}, {payload, length}};
    return crypto_hash_pieces(pieces, 3);
}
