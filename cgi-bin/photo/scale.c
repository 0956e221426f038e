#include "photo/scale.h"

#include <string.h>

void scale_fit(int width, int height, int *result_width, int *result_height)
{
    const int longer = width > height ? width : height;

    *result_width = width;
    *result_height = height;
    if (longer <= PHOTO_EDGE_MAX)
        return;
    *result_width = (int)(((int64_t)width * PHOTO_EDGE_MAX + longer / 2) / longer);
    *result_height = (int)(((int64_t)height * PHOTO_EDGE_MAX + longer / 2) / longer);
    if (*result_width == 0)
        *result_width = 1;
    if (*result_height == 0)
        *result_height = 1;
}

void scale_begin(struct scale *scale, struct picture *picture, int width, int height)
{
    *scale = (struct scale){.picture = picture, .width = width, .height = height};
    scale_fit(width, height, &picture->width, &picture->height);
    const size_t values = (size_t)picture->width * 3;
    picture->pixels = picture_take((size_t)picture->height, values);
    scale->reciprocal = (UINT64_C(256) << 32) / (uint64_t)width;
    scale->narrow = picture_take(values, sizeof *scale->narrow);
    scale->sum = picture_take(values, sizeof *scale->sum);
}

/*
 * One row made narrow. Lengths are counted so that a source pixel is as long as the result is wide and a result pixel as long
 * as the source is wide: whole numbers, and the parts of a pixel that belong to two are exact.
 */
static void narrow_row(struct scale *scale, const uint8_t *pixels)
{
    const uint32_t source_length = (uint32_t)scale->picture->width, result_length = (uint32_t)scale->width;
    uint32_t sum[3] = {0, 0, 0}, room = result_length;
    uint16_t *to = scale->narrow;

    for (const uint8_t *at = pixels, *end = pixels + (size_t)scale->width * 3; at < end; at += 3) {
        const uint32_t now = source_length < room ? source_length : room;
        sum[0] += at[0] * now;
        sum[1] += at[1] * now;
        sum[2] += at[2] * now;
        room -= now;
        if (room > 0)
            continue;
        const uint32_t over = source_length - now; /* less than a result pixel, which is never shorter */
        for (int i = 0; i < 3; i++) {
            *to++ = (uint16_t)((sum[i] * scale->reciprocal) >> 32);
            sum[i] = at[i] * over;
        }
        room = result_length - over;
    }
}

/* Adds the narrow row with this weight to the row in work. */
static void add_row(struct scale *scale, uint32_t weight)
{
    const size_t values = (size_t)scale->picture->width * 3;

    for (size_t i = 0; i < values; i++)
        scale->sum[i] += scale->narrow[i] * weight;
    scale->filled += weight;
}

static void finish_row(struct scale *scale)
{
    const size_t values = (size_t)scale->picture->width * 3;
    uint8_t *to = scale->picture->pixels + (size_t)scale->done * values;
    const uint64_t reciprocal = (UINT64_C(1) << 40) / (uint64_t)scale->height;

    for (size_t i = 0; i < values; i++) {
        const uint64_t value = ((scale->sum[i] * reciprocal >> 32) + 32768) >> 16;
        to[i] = (uint8_t)(value > 255 ? 255 : value);
    }
    memset(scale->sum, 0, values * sizeof *scale->sum);
    scale->filled = 0;
    scale->done++;
}

void scale_row(struct scale *scale, const uint8_t *pixels)
{
    const size_t values = (size_t)scale->picture->width * 3;

    if (scale->row >= scale->height)
        return;
    scale->row++;
    if (scale->picture->width == scale->width && scale->picture->height == scale->height) {
        memcpy(scale->picture->pixels + (size_t)scale->done++ * values, pixels, values);
        return;
    }
    narrow_row(scale, pixels);
    uint32_t left = (uint32_t)scale->picture->height;
    while (left > 0 && scale->done < scale->picture->height) {
        const uint32_t room = (uint32_t)scale->height - scale->filled;
        const uint32_t now = left < room ? left : room;
        add_row(scale, now);
        left -= now;
        if (scale->filled == (uint32_t)scale->height)
            finish_row(scale);
    }
}

void scale_end(struct scale *scale)
{
    picture_free(scale->narrow);
    picture_free(scale->sum);
    scale->narrow = NULL;
    scale->sum = NULL;
}
