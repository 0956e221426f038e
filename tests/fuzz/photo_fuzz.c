/*
 * Strangers' bytes through the photo helper's decoders, turning and encoder; an input that begins with "Exif" goes to the parser
 * of EXIF alone. What comes out must be a JPEG of the size that was promised. Sizes are held down, so that a run is short.
 */
#include <assert.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "photo/exif.h"
#include "photo/picture.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* ---- what the program does otherwise: memory is counted, giving up jumps out */

#define MEMORY_MAX ((size_t)4 * 1024 * 1024)
#define PIECES_MAX 4096

static jmp_buf way_out;
static void *pieces[PIECES_MAX];
static size_t piece_count, taken;

_Noreturn void picture_give_up(enum photo_verdict verdict)
{
    assert(verdict > PHOTO_OK && verdict < PHOTO_VERDICT__COUNT);
    longjmp(way_out, 1);
}

void *picture_take(size_t count, size_t size_bytes)
{
    if (size_bytes != 0 && count > MEMORY_MAX / size_bytes)
        picture_give_up(PHOTO_TOO_MANY_PIXELS);
    taken += count * size_bytes;
    if (taken > MEMORY_MAX || piece_count == PIECES_MAX)
        picture_give_up(PHOTO_TOO_MANY_PIXELS);
    void *memory = calloc(count, size_bytes);
    assert(memory != NULL);
    pieces[piece_count++] = memory;
    return memory;
}

void picture_free(void *memory)
{
    for (size_t i = piece_count; memory != NULL && i-- > 0;) {
        if (pieces[i] == memory) {
            free(memory);
            pieces[i] = pieces[--piece_count];
            return;
        }
    }
    assert(memory == NULL);
}

static void free_pieces(void)
{
    while (piece_count > 0)
        free(pieces[--piece_count]);
    taken = 0;
}

/* ---- bytes in pieces of changing length */

struct input {
    const uint8_t *at;
    size_t left;
};

static size_t read_input(void *context, uint8_t *to, size_t room)
{
    struct input *input = context;
    size_t now = room < input->left ? room : input->left;

    if (now > 7 && input->left % 3 == 0)
        now = 7;
    memcpy(to, input->at, now);
    input->at += now;
    input->left -= now;
    return now;
}

static void reencode(struct input *input)
{
    static struct source source;
    static uint8_t *volatile jpeg;
    struct picture picture = {0, 0, NULL};
    uint8_t *bytes = NULL;
    size_t length = 0;

    source.read = read_input;
    source.context = input;
    source.at = source.end = 0;
    source.is_dry = false;
    jpeg = NULL;
    if (setjmp(way_out) == 0) {
        picture_reencode(&source, &picture, &bytes, &length);
        jpeg = bytes;
        assert(length <= PHOTO_KEPT_BYTES_MAX && photo_kind_of(bytes, length) == PHOTO_KIND_JPEG);
        assert(picture.width >= 1 && picture.width <= PHOTO_EDGE_MAX);
        assert(picture.height >= 1 && picture.height <= PHOTO_EDGE_MAX);
    }
    free(jpeg);
    jpeg_forget();
    free_pieces();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size};

    if (size >= 4 && memcmp(data, "Exif", 4) == 0) {
        const int orientation = exif_orientation(data, size);
        assert(orientation >= 1 && orientation <= 8);
        return 0;
    }
    reencode(&input);
    return 0;
}
