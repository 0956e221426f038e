#include <string.h>

#include <webp/decode.h>

#include "photo/exif.h"
#include "photo/picture.h"
#include "photo/scale.h"

#define HEAD_BYTES 12
#define CHUNK_HEAD_BYTES 8

static uint32_t number_at(const uint8_t *bytes)
{
    return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

/* The file, as long as it says it is: what follows is not looked at. */
static uint8_t *take_file(struct source *source, size_t *length)
{
    const uint8_t *head;

    if (source_peek(source, HEAD_BYTES, &head) < HEAD_BYTES)
        picture_give_up(PHOTO_BROKEN);
    *length = (size_t)number_at(head + 4) + CHUNK_HEAD_BYTES;
    if (*length < HEAD_BYTES || *length > PHOTO_BYTES_MAX)
        picture_give_up(PHOTO_BROKEN);
    uint8_t *file = picture_take(1, *length);
    if (!source_take(source, file, *length))
        picture_give_up(PHOTO_BROKEN);
    return file;
}

static int orientation_of(const uint8_t *file, size_t length)
{
    for (size_t at = HEAD_BYTES; length - at >= CHUNK_HEAD_BYTES;) {
        const size_t size = number_at(file + at + 4), rest = length - at - CHUNK_HEAD_BYTES;
        if (size > rest)
            break;
        if (memcmp(file + at, "EXIF", 4) == 0)
            return exif_orientation(file + at + CHUNK_HEAD_BYTES, size);
        const size_t padded = size + (size & 1);
        if (padded > rest)
            break;
        at += CHUNK_HEAD_BYTES + padded;
    }
    return 1;
}

/* On white paper, in place: four bytes per pixel become three. */
static void flatten(uint8_t *pixels, size_t count)
{
    const uint8_t *rgba = pixels;

    for (uint8_t *rgb = pixels; count > 0; count--, rgba += 4, rgb += 3) {
        const int alpha = rgba[3];
        for (int k = 0; k < 3; k++)
            rgb[k] = (uint8_t)((rgba[k] * alpha + 255 * (255 - alpha) + 127) / 255);
    }
}

static enum photo_verdict verdict_of(VP8StatusCode status)
{
    switch (status) {
    case VP8_STATUS_OK:
        return PHOTO_OK;
    case VP8_STATUS_OUT_OF_MEMORY:
        return PHOTO_TOO_MANY_PIXELS;
    case VP8_STATUS_INVALID_PARAM:
    case VP8_STATUS_BITSTREAM_ERROR:
    case VP8_STATUS_UNSUPPORTED_FEATURE:
    case VP8_STATUS_SUSPENDED:
    case VP8_STATUS_USER_ABORT:
    case VP8_STATUS_NOT_ENOUGH_DATA:
        break;
    }
    return PHOTO_BROKEN;
}

void webp_decode(struct source *source, struct picture *picture, int *orientation)
{
    WebPDecoderConfig config;
    size_t length = 0;
    uint8_t *file = take_file(source, &length);

    if (WebPInitDecoderConfig(&config) == 0 || WebPGetFeatures(file, length, &config.input) != VP8_STATUS_OK)
        picture_give_up(PHOTO_BROKEN);
    if (config.input.has_animation)
        picture_give_up(PHOTO_WRONG_KIND);
    picture_check_size((uint64_t)config.input.width, (uint64_t)config.input.height);
    *orientation = orientation_of(file, length);
    scale_fit(config.input.width, config.input.height, &picture->width, &picture->height);
    const size_t count = (size_t)picture->width * (size_t)picture->height, depth = config.input.has_alpha ? 4 : 3;
    picture->pixels = picture_take(count, depth);
    config.options.use_scaling = picture->width != config.input.width || picture->height != config.input.height;
    config.options.scaled_width = picture->width;
    config.options.scaled_height = picture->height;
    config.output.colorspace = config.input.has_alpha ? MODE_RGBA : MODE_RGB;
    config.output.is_external_memory = 1;
    config.output.u.RGBA.rgba = picture->pixels;
    config.output.u.RGBA.stride = (int)((size_t)picture->width * depth);
    config.output.u.RGBA.size = count * depth;
    const enum photo_verdict verdict = verdict_of(WebPDecode(file, length, &config));
    WebPFreeDecBuffer(&config.output);
    picture_free(file);
    if (verdict != PHOTO_OK)
        picture_give_up(verdict);
    if (config.input.has_alpha)
        flatten(picture->pixels, count);
}
