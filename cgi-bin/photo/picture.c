#include "photo/picture.h"

#include <string.h>

void picture_check_size(uint64_t width, uint64_t height)
{
    if (width == 0 || height == 0)
        picture_give_up(PHOTO_BROKEN);
    if (width > PHOTO_SIDE_MAX || height > PHOTO_SIDE_MAX || width * height > PHOTO_PIXELS_MAX)
        picture_give_up(PHOTO_TOO_MANY_PIXELS);
}

/*
 * Where the pixel at (x, y) of the upright picture stands in the stored one. Orientations 5 to 8 exchange the sides; `width`
 * and `height` are those of the stored picture.
 */
static size_t stored_place(int orientation, int width, int height, int x, int y)
{
    const int right = width - 1, bottom = height - 1;
    int from_x = x, from_y = y;

    switch (orientation) {
    case 2:
        from_x = right - x;
        break;
    case 3:
        from_x = right - x;
        from_y = bottom - y;
        break;
    case 4:
        from_y = bottom - y;
        break;
    case 5:
        from_x = y;
        from_y = x;
        break;
    case 6:
        from_x = y;
        from_y = bottom - x;
        break;
    case 7:
        from_x = right - y;
        from_y = bottom - x;
        break;
    case 8:
        from_x = right - y;
        from_y = x;
        break;
    default:
        break;
    }
    return ((size_t)from_y * (size_t)width + (size_t)from_x) * 3;
}

void picture_turn(struct picture *picture, int orientation)
{
    if (orientation <= 1 || orientation > 8)
        return;
    const int width = picture->width, height = picture->height;
    const bool is_on_its_side = orientation >= 5;
    uint8_t *upright = picture_take((size_t)width * (size_t)height, 3), *to = upright;

    if (is_on_its_side) {
        picture->width = height;
        picture->height = width;
    }
    for (int y = 0; y < picture->height; y++)
        for (int x = 0; x < picture->width; x++, to += 3)
            memcpy(to, picture->pixels + stored_place(orientation, width, height, x, y), 3);
    picture_free(picture->pixels);
    picture->pixels = upright;
}

void picture_reencode(struct source *source, struct picture *picture, uint8_t **bytes, size_t *length)
{
    const uint8_t *head;
    int orientation = 1;
    const size_t head_length = source_peek(source, PHOTO_KIND_BYTES, &head);

    switch (photo_kind_of(head, head_length)) {
    case PHOTO_KIND_JPEG:
        jpeg_decode(source, picture, &orientation);
        break;
    case PHOTO_KIND_PNG:
        png_decode(source, picture, &orientation);
        break;
    case PHOTO_KIND_WEBP:
        webp_decode(source, picture, &orientation);
        break;
    case PHOTO_KIND_HEIC:
        picture_give_up(PHOTO_HEIC);
    case PHOTO_KIND_NONE:
    case PHOTO_KIND__COUNT:
        picture_give_up(PHOTO_WRONG_KIND);
    }
    picture_turn(picture, orientation);
    jpeg_encode(picture, bytes, length);
}
