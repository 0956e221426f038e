#include <png.h>

#include "photo/exif.h"
#include "photo/picture.h"
#include "photo/scale.h"

/* What does not change the picture is passed over unread. */
static const png_byte ignored[] = "iCCP\0iTXt\0zTXt\0tEXt\0sPLT\0hIST\0tIME\0pCAL\0sCAL\0bKGD\0cHRM\0gAMA\0sRGB\0sBIT\0oFFs\0pHYs";

_Noreturn static void on_error(png_structp library, png_const_charp message)
{
    (void)library;
    (void)message;
    picture_give_up(PHOTO_BROKEN);
}

static void on_warning(png_structp library, png_const_charp message)
{
    (void)library;
    (void)message;
}

static png_voidp take(png_structp library, png_alloc_size_t length)
{
    (void)library;
    return picture_take(1, length);
}

static void give_back(png_structp library, png_voidp memory)
{
    (void)library;
    picture_free(memory);
}

static void read_bytes(png_structp library, png_bytep to, size_t length)
{
    if (!source_take(png_get_io_ptr(library), to, length))
        picture_give_up(PHOTO_BROKEN);
}

/* Eight bits each of red, green, blue, and how much of it there is. */
static void ask_for_rgba(png_structp library)
{
    png_set_scale_16(library);
    png_set_expand(library);
    png_set_gray_to_rgb(library);
    png_set_add_alpha(library, 0xff, PNG_FILLER_AFTER);
}

/* On white paper. */
static void flatten(const uint8_t *rgba, uint8_t *rgb, size_t count)
{
    for (size_t i = 0; i < count; i++, rgba += 4, rgb += 3)
        for (int k = 0; k < 3; k++)
            rgb[k] = (uint8_t)((rgba[k] * rgba[3] + 255 * (255 - rgba[3]) + 127) / 255);
}

static void read_rows(png_structp library, struct scale *scale, size_t width, size_t height)
{
    uint8_t *rgba = picture_take(width, 4), *rgb = picture_take(width, 3);

    for (size_t y = 0; y < height; y++) {
        png_read_row(library, rgba, NULL);
        flatten(rgba, rgb, width);
        scale_row(scale, rgb);
    }
    picture_free(rgba);
    picture_free(rgb);
}

/* Seven passes over the same picture: it has to be there as a whole. */
static void read_interlaced(png_structp library, struct scale *scale, size_t width, size_t height, int passes)
{
    uint8_t *whole = picture_take(width * height, 4), *rgb = picture_take(width, 3);

    for (int pass = 0; pass < passes; pass++)
        for (size_t y = 0; y < height; y++)
            png_read_row(library, whole + y * width * 4, NULL);
    for (size_t y = 0; y < height; y++) {
        flatten(whole + y * width * 4, rgb, width);
        scale_row(scale, rgb);
    }
    picture_free(whole);
    picture_free(rgb);
}

void png_decode(struct source *source, struct picture *picture, int *orientation)
{
    png_structp library = png_create_read_struct_2(PNG_LIBPNG_VER_STRING, NULL, on_error, on_warning, NULL, take, give_back);
    png_infop info = library == NULL ? NULL : png_create_info_struct(library);
    struct scale scale;
    png_bytep exif = NULL;
    png_uint_32 exif_length = 0;

    if (info == NULL)
        picture_give_up(PHOTO_TOO_MANY_PIXELS);
    png_set_read_fn(library, source, read_bytes);
    /* Its own limits stand behind ours, which tell too large from broken. */
    png_set_user_limits(library, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    png_set_chunk_cache_max(library, 16);
    png_set_chunk_malloc_max(library, 256 * 1024);
    png_set_keep_unknown_chunks(library, PNG_HANDLE_CHUNK_NEVER, ignored, (int)(sizeof ignored / 5));
    png_read_info(library, info);
    const size_t width = png_get_image_width(library, info), height = png_get_image_height(library, info);
    picture_check_size(width, height);
    if (png_get_eXIf_1(library, info, &exif_length, &exif) != 0)
        *orientation = exif_orientation(exif, exif_length);
    ask_for_rgba(library);
    const int passes = png_set_interlace_handling(library);
    png_read_update_info(library, info);
    if (png_get_rowbytes(library, info) != width * 4)
        picture_give_up(PHOTO_BROKEN);
    scale_begin(&scale, picture, (int)width, (int)height);
    if (passes > 1)
        read_interlaced(library, &scale, width, height, passes);
    else
        read_rows(library, &scale, width, height);
    scale_end(&scale);
    png_destroy_read_struct(&library, &info, NULL);
}
