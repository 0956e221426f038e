/*
 * The helper `photo`: one stranger's picture in on standard input, one clean JPEG out on standard output.
 *
 * Security: reads bytes of anybody with libraries that have had holes, and expects to be taken over. It holds no key, no file,
 * no descriptor but its own two, and no right (sandbox.h); what it answers is checked (base/photo.c). What cannot be done
 * ends the work at once: picture_give_up.
 */
#ifndef PHOTO_PICTURE_H
#define PHOTO_PICTURE_H

#include <stdbool.h>

#include "base/photo_kind.h"

/* Where bytes come from, in pieces: a decoder never sees the whole file when it need not. */
struct source {
    size_t (*read)(void *context, uint8_t *to, size_t room); /* 0 at the end */
    void *context;
    uint8_t piece[64 * 1024];
    size_t at, end; /* what is not taken yet of `piece` */
    bool is_dry;    /* somebody wanted more than there was */
};

/* The first bytes without taking them, as many as there are up to `wanted` (at most the size of a piece). */
size_t source_peek(struct source *source, size_t wanted, const uint8_t **bytes);

/* Makes a new piece of what comes next, when the last one is taken; false at the end. */
bool source_fill(struct source *source);

/* Takes exactly `length` bytes; false, and nothing promised about `to`, when there are fewer. */
bool source_take(struct source *source, uint8_t *to, size_t length);

/* A picture of 8 bits for red, green, blue, row by row without gaps. */
struct picture {
    int width, height;
    uint8_t *pixels;
};

/* Ends the work with this verdict. The program answers and exits; a test or fuzzer jumps out. */
_Noreturn void picture_give_up(enum photo_verdict verdict);

/* Zeroed memory, or PHOTO_TOO_MANY_PIXELS; and back. The program's own, like picture_give_up. */
void *picture_take(size_t count, size_t size_bytes);
void picture_free(void *memory);

/* Ends with the right verdict unless a picture may have this size. */
void picture_check_size(uint64_t width, uint64_t height);

/*
 * Decoders: the picture, no longer than PHOTO_EDGE_MAX on any side; its pixels are to be given back.
 * orientation: 1 … 8 as EXIF counts; left as it was without one
 */
void jpeg_decode(struct source *source, struct picture *picture, int *orientation);
void png_decode(struct source *source, struct picture *picture, int *orientation);
void webp_decode(struct source *source, struct picture *picture, int *orientation);

/* What the JPEG library holds is given back, after picture_give_up has jumped out of it. */
void jpeg_forget(void);

/* A JPEG of the picture without anything else in it, small enough. bytes: to be freed by free() */
void jpeg_encode(const struct picture *picture, uint8_t **bytes, size_t *length);

/* Uses the library once, so that whatever it looks up in files is looked up before files are gone. */
void jpeg_warm_up(void);

/* Turns the picture upright. */
void picture_turn(struct picture *picture, int orientation);

/* All of it: kind, decoder, upright, JPEG. `picture` gets the size of what was written. */
void picture_reencode(struct source *source, struct picture *picture, uint8_t **bytes, size_t *length);

#endif
