#include "core/event.h"

#include <assert.h>
#include <string.h>

#include "core/codec.h"

/*
 * Payload: a version byte, then tags in strictly ascending order, each followed by its value. Numbers are zigzag
 * varints in their shortest form, so that there is one way to write each event.
 *
 *     0x01 … 0x6f  a field (enum event_field): number
 *     0x70         clocks: count (1 … EVENT_CLOCKS_MAX), then each clock, see codec_write_clock()
 *     0x71         hash of the text: HASH_BYTES
 *     0x72 …       a list (enum event_list): count (1 … EVENT_LIST_MAX), then each number
 */
enum {
    PAYLOAD_VERSION = 1,
    TAG_CLOCKS = 0x70,
    TAG_TEXT = 0x71,
    TAG_LISTS = 0x72,
};

_Static_assert((int)EVENT_FIELD__COUNT <= (int)TAG_CLOCKS, "field tags must stay below the tags of clocks and text");
_Static_assert(1 + EVENT_FIELD__COUNT * (1 + CODEC_NUMBER_BYTES_MAX) + 2 +
                       EVENT_CLOCKS_MAX * CODEC_CLOCK_BYTES_MAX + 1 + HASH_BYTES +
                       EVENT_LIST__COUNT * (2 + EVENT_LIST_MAX * CODEC_NUMBER_BYTES_MAX) <=
                   EVENT_PAYLOAD_MAX,
               "EVENT_PAYLOAD_MAX must suffice for any event");

void event_begin(struct event *event, const struct event_head *head)
{
    event->subject = head->subject;
    event->subject_id = head->subject_id;
    event->seq = head->version + 1;
    event->kind = head->kind;
    event->occurred_at = head->occurred_at;
    event->recorded_at = head->recorded_at;
    event->actor_role = head->permitted_role;
    event->actor_staff = head->actor->staff;
    event->actor_unit = head->actor->unit;
    event->has_text = head->has_text;
}

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

static void write_list(struct codec_writer *writer, unsigned list, const struct event *event)
{
    assert(event->list_count[list] <= EVENT_LIST_MAX);
    codec_write_byte(writer, TAG_LISTS + list);
    codec_write_byte(writer, (unsigned)event->list_count[list]);
    for (int i = 0; i < event->list_count[list]; i++)
        codec_write_number(writer, event->list[list][i]);
}

size_t event_format_payload(const struct event *event, uint8_t payload[EVENT_PAYLOAD_MAX])
{
    struct codec_writer writer = {payload, EVENT_PAYLOAD_MAX, 0};

    assert(event->clock_count >= 0 && event->clock_count <= EVENT_CLOCKS_MAX);
    codec_write_byte(&writer, PAYLOAD_VERSION);
    for (unsigned field = FIELD_NONE + 1; field < EVENT_FIELD__COUNT; field++) {
        if (event->has_field[field]) {
            codec_write_byte(&writer, field);
            codec_write_number(&writer, event->field[field]);
        }
    }
    if (event->clock_count > 0) {
        codec_write_byte(&writer, TAG_CLOCKS);
        codec_write_byte(&writer, (unsigned)event->clock_count);
        for (int i = 0; i < event->clock_count; i++)
            codec_write_clock(&writer, &event->clocks[i]);
    }
    if (event->has_text) {
        codec_write_byte(&writer, TAG_TEXT);
        codec_write_bytes(&writer, event->text_hash.bytes, HASH_BYTES);
    }
    for (unsigned list = 0; list < EVENT_LIST__COUNT; list++)
        if (event->list_count[list] > 0)
            write_list(&writer, list, event);
    return writer.length;
}

/* ---- reading */

static void read_clocks(struct codec_reader *reader, struct event *event)
{
    unsigned count = codec_read_byte(reader);

    if (count < 1 || count > EVENT_CLOCKS_MAX) {
        reader->is_bad = true;
        return;
    }
    event->clock_count = (int)count;
    for (unsigned i = 0; i < count && !reader->is_bad; i++)
        codec_read_clock(reader, &event->clocks[i]);
}

static void read_list(struct codec_reader *reader, unsigned list, struct event *event)
{
    const unsigned count = codec_read_byte(reader);

    if (count < 1 || count > EVENT_LIST_MAX) {
        reader->is_bad = true;
        return;
    }
    event->list_count[list] = (int)count;
    for (unsigned i = 0; i < count && !reader->is_bad; i++)
        event->list[list][i] = codec_read_int(reader);
}

static void read_tag(struct codec_reader *reader, unsigned tag, struct event *event)
{
    if (tag == TAG_CLOCKS) {
        read_clocks(reader, event);
    } else if (tag == TAG_TEXT) {
        event->has_text = true;
        codec_read_bytes(reader, event->text_hash.bytes, HASH_BYTES);
    } else if (tag >= TAG_LISTS && tag < TAG_LISTS + EVENT_LIST__COUNT) {
        read_list(reader, tag - TAG_LISTS, event);
    } else if (tag > FIELD_NONE && tag < EVENT_FIELD__COUNT) {
        event->has_field[tag] = true;
        event->field[tag] = codec_read_number(reader);
    } else {
        reader->is_bad = true;
    }
}

bool event_parse_payload(struct event *event, const uint8_t *payload, size_t length)
{
    struct codec_reader reader = {payload, length, 0, length > EVENT_PAYLOAD_MAX};
    unsigned last_tag = 0;

    memset(event->has_field, 0, sizeof event->has_field);
    memset(event->field, 0, sizeof event->field);
    memset(event->clocks, 0, sizeof event->clocks);
    memset(&event->text_hash, 0, sizeof event->text_hash);
    memset(event->list_count, 0, sizeof event->list_count);
    memset(event->list, 0, sizeof event->list);
    event->clock_count = 0;
    event->has_text = false;
    if (codec_read_byte(&reader) != PAYLOAD_VERSION)
        return false;
    while (!reader.is_bad && reader.at < reader.length) {
        unsigned tag = codec_read_byte(&reader);
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
