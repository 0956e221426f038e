/*
 * Canonical bytes: numbers, moments and clocks with one way to write each, and nothing else is read. Pure; no heap.
 *
 * Numbers are zigzag varints in their shortest form. What stands on this: event payloads (core/event.h) and the public
 * progress of a ticket (core/progress.h), which are stored; a change here needs a new version byte in both.
 */
#ifndef CORE_CODEC_H
#define CORE_CODEC_H

#include "core/clock.h"

#define CODEC_NUMBER_BYTES_MAX 10
/* A clock: 18 numbers, its article with length, its flags. */
#define CODEC_CLOCK_BYTES_MAX (18 * CODEC_NUMBER_BYTES_MAX + ARTICLE_BYTES + 1)

/* Writes into the caller's bytes. Too little room is a bug (assert): the caller works out beforehand what suffices. */
struct codec_writer {
    uint8_t *bytes;
    size_t capacity, length;
};

void codec_write_byte(struct codec_writer *writer, unsigned value);
void codec_write_number(struct codec_writer *writer, int64_t value);
void codec_write_bytes(struct codec_writer *writer, const void *bytes, size_t length);
/* A moment that is not set writes nothing: a flag written before says so. */
void codec_write_instant(struct codec_writer *writer, struct instant at);
void codec_write_clock(struct codec_writer *writer, const struct clock *clock);

/* Reads. The first thing that is wrong sets is_bad; from then on everything reads as 0. */
struct codec_reader {
    const uint8_t *bytes;
    size_t length, at;
    bool is_bad;
};

unsigned codec_read_byte(struct codec_reader *reader);
int64_t codec_read_number(struct codec_reader *reader);
/* Bad, and `least`, when it lies outside least…most. */
int64_t codec_read_number_within(struct codec_reader *reader, int64_t least, int64_t most);
int codec_read_int(struct codec_reader *reader);
/* Bad when it is not below `count`. */
unsigned codec_read_enum(struct codec_reader *reader, unsigned count);
void codec_read_bytes(struct codec_reader *reader, void *bytes, size_t length);
struct instant codec_read_instant(struct codec_reader *reader, bool is_there);
/* clock: all bytes zero */
void codec_read_clock(struct codec_reader *reader, struct clock *clock);

#endif
