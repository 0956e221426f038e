/*
 * Pictures for tests, made here and nowhere stored: what cameras, phones, programs and wicked people send. Each is a scene of
 * four quarters (red, green / blue, yellow) so that up and left can be told, with grain over it like a photo's. Memory is
 * calloc's and kept until the end.
 */
#ifndef TESTS_UNIT_PICTURE_H
#define TESTS_UNIT_PICTURE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <png.h>
#include <webp/encode.h>
#include <zlib.h>

#include "base/arena.h"

#define PICTURE_FUNCTION __attribute__((unused)) static

struct made {
    uint8_t *bytes;
    size_t length, room;
};

struct wish {
    int width, height;
    int quality;        /* 0: 90 */
    bool is_progressive;
    int channels;       /* JPEG: 1 grey, 3 colours (0 means 3), 4 inks. PNG: by png_type */
    int orientation;    /* EXIF; 0 without */
    bool has_gps;       /* and words that may not come out again */
    int png_type, depth; /* PNG_COLOR_TYPE_…, bits */
    bool is_interlaced;
    bool is_lossless;   /* WebP */
    bool has_alpha;     /* WebP */
    unsigned grain;     /* 0: none; else how rough */
};

#define PICTURE_SECRET "GPS-31.2304N-121.4737E"

PICTURE_FUNCTION void *made_take(size_t length)
{
    static struct arena arena;

    if (arena.limit_bytes == 0)
        arena_init(&arena, (size_t)1 << 30);
    return arena_take(&arena, length);
}

PICTURE_FUNCTION void made_add(struct made *made, const void *bytes, size_t length)
{
    if (made->room - made->length < length) {
        made->room = 2 * (made->length + length);
        uint8_t *larger = made_take(made->room);
        if (made->length > 0)
            memcpy(larger, made->bytes, made->length);
        made->bytes = larger;
    }
    if (length > 0)
        memcpy(made->bytes + made->length, bytes, length);
    made->length += length;
}

/* Takes over what a library has made with malloc. */
PICTURE_FUNCTION struct made made_of(uint8_t *bytes, size_t length)
{
    struct made made = {0};

    made_add(&made, bytes, length);
    free(bytes);
    return made;
}

PICTURE_FUNCTION void made_add_number(struct made *made, uint32_t value, int size, bool is_big_endian)
{
    for (int i = 0; i < size; i++) {
        const int shift = 8 * (is_big_endian ? size - 1 - i : i);
        const uint8_t byte = (uint8_t)(value >> shift);
        made_add(made, &byte, 1);
    }
}

/* ---- the scene */

PICTURE_FUNCTION void scene_row(const struct wish *wish, int y, uint8_t *rgb)
{
    uint32_t state = (uint32_t)y * 2654435761u + 12345u;

    for (int x = 0; x < wish->width; x++, rgb += 3) {
        const bool is_right = x >= wish->width / 2, is_low = y >= wish->height / 2;
        int colour[3] = {is_right == is_low ? 200 : 30, is_right ? 190 : 30, is_low && !is_right ? 200 : 30};
        for (int k = 0; k < 3; k++) {
            state = state * 1664525u + 1013904223u;
            const int wave = wish->grain == 0 ? 0 : (int)((x * 7 + y * 3 + k * 40) % 64) / 4;
            const int noise = wish->grain == 0 ? 0 : (int)((state >> 24) % wish->grain) - (int)wish->grain / 2;
            const int value = colour[k] + wave + noise;
            rgb[k] = (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
        }
    }
}

/* 'r', 'g', 'b', 'y' for a pixel of one of the quarters; '?' for another. */
PICTURE_FUNCTION char quarter_of(const uint8_t *rgb)
{
    const bool has_red = rgb[0] > 128, has_green = rgb[1] > 128, has_blue = rgb[2] > 128;

    if (has_blue)
        return has_red || has_green ? '?' : 'b';
    return has_red ? has_green ? 'y' : 'r' : has_green ? 'g' : '?';
}

/* ---- metadata */

PICTURE_FUNCTION struct made picture_exif(const struct wish *wish)
{
    struct made exif = {0};
    const bool is_big = wish->orientation % 2 == 0;

    made_add(&exif, "Exif\0\0", 6);
    made_add(&exif, is_big ? "MM" : "II", 2);
    made_add_number(&exif, 42, 2, is_big);
    made_add_number(&exif, 8, 4, is_big);
    made_add_number(&exif, 2, 2, is_big);
    made_add_number(&exif, 0x010f, 2, is_big); /* the maker, before it */
    made_add_number(&exif, 2, 2, is_big);
    made_add_number(&exif, sizeof PICTURE_SECRET, 4, is_big);
    made_add_number(&exif, 38, 4, is_big);
    made_add_number(&exif, 0x0112, 2, is_big);
    made_add_number(&exif, 3, 2, is_big);
    made_add_number(&exif, 1, 4, is_big);
    made_add_number(&exif, (uint32_t)wish->orientation, 2, is_big);
    made_add_number(&exif, 0, 2, is_big);
    made_add_number(&exif, 0, 4, is_big);
    made_add(&exif, PICTURE_SECRET, sizeof PICTURE_SECRET);
    return exif;
}

/* ---- JPEG */

PICTURE_FUNCTION struct made picture_jpeg(const struct wish *wish)
{
    struct jpeg_compress_struct library;
    struct jpeg_error_mgr errors;
    uint8_t *bytes = NULL;
    unsigned long length = 0;
    uint8_t *rgb = calloc((size_t)wish->width, 3), *row = calloc((size_t)wish->width, 4);

    library.err = jpeg_std_error(&errors);
    jpeg_create_compress(&library);
    jpeg_mem_dest(&library, &bytes, &length);
    library.image_width = (JDIMENSION)wish->width;
    library.image_height = (JDIMENSION)wish->height;
    library.input_components = wish->channels == 0 ? 3 : wish->channels;
    library.in_color_space = library.input_components == 1 ? JCS_GRAYSCALE : library.input_components == 4 ? JCS_CMYK : JCS_RGB;
    jpeg_set_defaults(&library);
    jpeg_set_quality(&library, wish->quality == 0 ? 90 : wish->quality, TRUE);
    if (wish->is_progressive)
        jpeg_simple_progression(&library);
    jpeg_start_compress(&library, TRUE);
    if (wish->orientation != 0 || wish->has_gps) {
        const struct made exif = picture_exif(wish);
        jpeg_write_marker(&library, JPEG_APP0 + 1, exif.bytes, (unsigned)exif.length);
    }
    if (wish->has_gps)
        jpeg_write_marker(&library, JPEG_COM, (const JOCTET *)PICTURE_SECRET, sizeof PICTURE_SECRET);
    for (int y = 0; y < wish->height; y++) {
        scene_row(wish, y, rgb);
        for (int x = 0; x < wish->width; x++) {
            if (library.input_components == 1)
                row[x] = rgb[3 * x];
            for (int k = 0; library.input_components == 4 && k < 4; k++) /* inks upside down, no black */
                row[4 * x + k] = k == 3 ? 255 : rgb[3 * x + k];
        }
        JSAMPROW rows[1] = {library.input_components == 3 ? rgb : row};
        jpeg_write_scanlines(&library, rows, 1);
    }
    jpeg_finish_compress(&library);
    jpeg_destroy_compress(&library);
    free(rgb);
    free(row);
    return made_of(bytes, length);
}

/* Decodes a JPEG of ours; 3 bytes per pixel. NULL when it is not one. */
PICTURE_FUNCTION uint8_t *picture_read_jpeg(const uint8_t *bytes, size_t length, int *width, int *height)
{
    struct jpeg_decompress_struct library;
    struct jpeg_error_mgr errors;

    library.err = jpeg_std_error(&errors);
    jpeg_create_decompress(&library);
    jpeg_mem_src(&library, bytes, (unsigned long)length);
    if (jpeg_read_header(&library, TRUE) != JPEG_HEADER_OK)
        return NULL;
    library.out_color_space = JCS_RGB;
    jpeg_start_decompress(&library);
    *width = (int)library.output_width;
    *height = (int)library.output_height;
    uint8_t *pixels = calloc((size_t)*width * (size_t)*height, 3);
    while (library.output_scanline < library.output_height) {
        JSAMPROW rows[1] = {pixels + (size_t)library.output_scanline * (size_t)*width * 3};
        jpeg_read_scanlines(&library, rows, 1);
    }
    const bool is_whole = errors.num_warnings == 0;
    jpeg_destroy_decompress(&library);
    if (!is_whole) {
        free(pixels);
        return NULL;
    }
    return pixels;
}

/* ---- PNG */

PICTURE_FUNCTION void png_to_made(png_structp library, png_bytep bytes, size_t length)
{
    made_add(png_get_io_ptr(library), bytes, length);
}

PICTURE_FUNCTION void png_flush_nothing(png_structp library) { (void)library; }

/* One pixel of the scene in the wished form, at its place in a row of whole bytes. */
PICTURE_FUNCTION void png_put(const struct wish *wish, uint8_t *row, int x, const uint8_t *rgb)
{
    const int bytes = wish->depth == 16 ? 2 : 1;
    uint8_t values[4] = {rgb[0], rgb[1], rgb[2], 255};
    int count = 3;

    if (wish->png_type == PNG_COLOR_TYPE_PALETTE) {
        const char quarter = quarter_of(rgb);
        row[x] = (uint8_t)(quarter == 'r' ? 0 : quarter == 'g' ? 1 : quarter == 'b' ? 2 : 3);
        return;
    }
    if (wish->png_type == PNG_COLOR_TYPE_GRAY || wish->png_type == PNG_COLOR_TYPE_GRAY_ALPHA) {
        values[1] = 255;
        count = wish->png_type == PNG_COLOR_TYPE_GRAY ? 1 : 2;
    } else if (wish->png_type == PNG_COLOR_TYPE_RGB_ALPHA) {
        count = 4;
    }
    for (int k = 0; k < count; k++)
        for (int i = 0; i < bytes; i++)
            row[(x * count + k) * bytes + i] = values[k];
}

PICTURE_FUNCTION struct made picture_png(const struct wish *wish)
{
    struct made made = {0};
    png_structp library = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(library);
    static const png_color palette[4] = {{200, 30, 30}, {30, 190, 30}, {30, 30, 200}, {200, 190, 30}};
    const int depth = wish->depth == 0 ? 8 : wish->depth;
    uint8_t *rgb = calloc((size_t)wish->width, 3), *row = calloc((size_t)wish->width, 8);

    png_set_write_fn(library, &made, png_to_made, png_flush_nothing);
    png_set_compression_level(library, 1);
    png_set_IHDR(library, info, (png_uint_32)wish->width, (png_uint_32)wish->height, depth, wish->png_type,
                 wish->is_interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    if (wish->png_type == PNG_COLOR_TYPE_PALETTE)
        png_set_PLTE(library, info, palette, 4);
    if (wish->has_gps) {
        png_text words = {.compression = PNG_TEXT_COMPRESSION_NONE, .key = (png_charp)(uintptr_t) "Comment",
                          .text = (png_charp)(uintptr_t)PICTURE_SECRET};
        png_set_text(library, info, &words, 1);
    }
    png_write_info(library, info);
    const int passes = png_set_interlace_handling(library);
    for (int pass = 0; pass < passes; pass++) {
        for (int y = 0; y < wish->height; y++) {
            scene_row(wish, y, rgb);
            for (int x = 0; x < wish->width && depth >= 8; x++)
                png_put(wish, row, x, rgb + 3 * x);
            png_write_row(library, row);
        }
    }
    png_write_end(library, info);
    png_destroy_write_struct(&library, &info);
    free(rgb);
    free(row);
    return made;
}

/* One chunk of a PNG with its check sum. */
PICTURE_FUNCTION void png_add_chunk(struct made *made, const char *name, const void *bytes, size_t length)
{
    uLong sum = crc32(0, (const Bytef *)name, 4);

    if (length > 0)
        sum = crc32(sum, bytes, (uInt)length);
    made_add_number(made, (uint32_t)length, 4, true);
    made_add(made, name, 4);
    made_add(made, bytes, length);
    made_add_number(made, (uint32_t)sum, 4, true);
}

PICTURE_FUNCTION struct made deflate_zeros(size_t length)
{
    z_stream stream = {0};
    static uint8_t zeros[65536], out[65536];
    struct made made = {0};

    deflateInit(&stream, 9);
    while (length > 0 || stream.avail_in > 0) {
        if (stream.avail_in == 0) {
            stream.next_in = zeros;
            stream.avail_in = (uInt)(length < sizeof zeros ? length : sizeof zeros);
            length -= stream.avail_in;
        }
        stream.next_out = out;
        stream.avail_out = sizeof out;
        deflate(&stream, Z_NO_FLUSH);
        made_add(&made, out, sizeof out - stream.avail_out);
    }
    int result = Z_OK;
    while (result == Z_OK) {
        stream.next_out = out;
        stream.avail_out = sizeof out;
        result = deflate(&stream, Z_FINISH);
        made_add(&made, out, sizeof out - stream.avail_out);
    }
    deflateEnd(&stream);
    return made;
}

/* A PNG whose head tells one size and whose pixels, all zero, unfold to another length. zips: also hides words that unfold */
PICTURE_FUNCTION struct made picture_png_bomb(uint32_t width, uint32_t height, size_t unfolded, size_t words_unfolded)
{
    struct made made = {0}, head = {0};

    made_add(&made, "\x89PNG\r\n\x1a\n", 8);
    made_add_number(&head, width, 4, true);
    made_add_number(&head, height, 4, true);
    made_add(&head, "\1\0\0\0\0", 5);
    png_add_chunk(&made, "IHDR", head.bytes, head.length);
    if (words_unfolded > 0) {
        struct made words = {0};
        const struct made zeros = deflate_zeros(words_unfolded);
        made_add(&words, "Comment\0\0", 9);
        made_add(&words, zeros.bytes, zeros.length);
        png_add_chunk(&made, "zTXt", words.bytes, words.length);
    }
    const struct made pixels = deflate_zeros(unfolded);
    png_add_chunk(&made, "IDAT", pixels.bytes, pixels.length);
    png_add_chunk(&made, "IEND", "", 0);
    return made;
}

/* ---- WebP */

PICTURE_FUNCTION struct made picture_webp(const struct wish *wish)
{
    const size_t width = (size_t)wish->width, height = (size_t)wish->height, depth = wish->has_alpha ? 4 : 3;
    uint8_t *pixels = calloc(width * height, depth), *rgb = calloc(width, 3);
    uint8_t *bytes = NULL;
    size_t length;

    for (size_t y = 0; y < height; y++) {
        scene_row(wish, (int)y, rgb);
        for (size_t x = 0; x < width; x++) {
            memcpy(pixels + (y * width + x) * depth, rgb + 3 * x, 3);
            if (wish->has_alpha)
                pixels[(y * width + x) * depth + 3] = x < width / 2 && y < height / 2 ? 0 : 255;
        }
    }
    const int stride = (int)(width * depth);
    if (wish->has_alpha)
        length = wish->is_lossless ? WebPEncodeLosslessRGBA(pixels, wish->width, wish->height, stride, &bytes)
                                        : WebPEncodeRGBA(pixels, wish->width, wish->height, stride, 80, &bytes);
    else
        length = wish->is_lossless ? WebPEncodeLosslessRGB(pixels, wish->width, wish->height, stride, &bytes)
                                        : WebPEncodeRGB(pixels, wish->width, wish->height, stride, 80, &bytes);
    free(pixels);
    free(rgb);
    return made_of(bytes, length);
}

PICTURE_FUNCTION void riff_add_chunk(struct made *made, const char *name, const void *bytes, size_t length)
{
    made_add(made, name, 4);
    made_add_number(made, (uint32_t)length, 4, false);
    made_add(made, bytes, length);
    if (length % 2 != 0)
        made_add(made, "", 1);
}

/* A WebP in the long form: what is said of it, its one picture (moving or not), and EXIF behind it. */
PICTURE_FUNCTION struct made picture_webp_long(const struct wish *wish, bool is_moving)
{
    const struct made still = picture_webp(wish);
    struct made made = {0}, body = {0}, about = {0}, frame = {0};

    made_add_number(&about, (is_moving ? 0x02u : 0u) | (wish->orientation != 0 ? 0x08u : 0u), 4, false);
    made_add_number(&about, (uint32_t)wish->width - 1, 3, false);
    made_add_number(&about, (uint32_t)wish->height - 1, 3, false);
    made_add(&body, "WEBP", 4);
    riff_add_chunk(&body, "VP8X", about.bytes, about.length);
    if (is_moving) {
        riff_add_chunk(&body, "ANIM", "\xff\xff\xff\xff\0\0", 6);
        made_add(&frame, "\0\0\0\0\0\0", 6);
        made_add_number(&frame, (uint32_t)wish->width - 1, 3, false);
        made_add_number(&frame, (uint32_t)wish->height - 1, 3, false);
        made_add(&frame, "\x64\0\0\0", 4);
        made_add(&frame, still.bytes + 12, still.length - 12);
        for (int i = 0; i < 2; i++)
            riff_add_chunk(&body, "ANMF", frame.bytes, frame.length);
    } else {
        made_add(&body, still.bytes + 12, still.length - 12);
    }
    if (wish->orientation != 0) {
        const struct made exif = picture_exif(wish);
        riff_add_chunk(&body, "EXIF", exif.bytes, exif.length);
    }
    made_add(&made, "RIFF", 4);
    made_add_number(&made, (uint32_t)body.length, 4, false);
    made_add(&made, body.bytes, body.length);
    return made;
}

#endif
