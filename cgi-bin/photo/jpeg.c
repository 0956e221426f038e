#include <stdio.h> /* jpeglib.h needs it */
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <jerror.h>

#include "photo/exif.h"
#include "photo/picture.h"
#include "photo/scale.h"

#define MARKER_EXIF (JPEG_APP0 + 1)
#define SCANS_MAX 64 /* cameras write one, careful encoders a dozen; each reads the whole picture again */

/* ---- what both directions share */

/* A message of the library is for nobody: its number says whether it was memory. */
static void on_error(j_common_ptr library)
{
    picture_give_up(library->err->msg_code == JERR_OUT_OF_MEMORY ? PHOTO_TOO_MANY_PIXELS : PHOTO_BROKEN);
}

static void on_message(j_common_ptr library, int level)
{
    (void)library;
    (void)level;
}

static struct jpeg_error_mgr *quiet_errors(struct jpeg_error_mgr *errors)
{
    jpeg_std_error(errors);
    errors->error_exit = on_error;
    errors->emit_message = on_message;
    return errors;
}

static j_common_ptr open_library; /* the one at work */

void jpeg_forget(void)
{
    if (open_library != NULL)
        jpeg_destroy(open_library);
    open_library = NULL;
}

/* ---- reading */

struct reading {
    struct jpeg_decompress_struct library;
    struct jpeg_error_mgr errors;
    struct jpeg_source_mgr bytes;
    struct jpeg_progress_mgr progress;
    struct source *source;
};

static void begin_bytes(j_decompress_ptr library) { (void)library; }
static void end_bytes(j_decompress_ptr library) { (void)library; }

/* The library takes a whole piece at a time. A file cut in the middle is no photo: half of it would be grey. */
static boolean fill_bytes(j_decompress_ptr library)
{
    struct source *source = ((struct reading *)library->client_data)->source;

    if (!source_fill(source))
        picture_give_up(PHOTO_BROKEN);
    library->src->next_input_byte = source->piece + source->at;
    library->src->bytes_in_buffer = source->end - source->at;
    source->at = source->end;
    return TRUE;
}

static void skip_bytes(j_decompress_ptr library, long length)
{
    while (length > (long)library->src->bytes_in_buffer) {
        length -= (long)library->src->bytes_in_buffer;
        fill_bytes(library);
    }
    library->src->next_input_byte += length;
    library->src->bytes_in_buffer -= (size_t)length;
}

static void count_scans(j_common_ptr library)
{
    if (((j_decompress_ptr)library)->input_scan_number > SCANS_MAX)
        picture_give_up(PHOTO_BROKEN);
}

static void open_reading(struct reading *reading, struct source *source)
{
    memset(reading, 0, sizeof *reading);
    reading->source = source;
    reading->library.err = quiet_errors(&reading->errors);
    jpeg_create_decompress(&reading->library);
    open_library = (j_common_ptr)&reading->library;
    reading->library.client_data = reading;
    reading->bytes = (struct jpeg_source_mgr){
        .init_source = begin_bytes,
        .fill_input_buffer = fill_bytes,
        .skip_input_data = skip_bytes,
        .resync_to_restart = jpeg_resync_to_restart,
        .term_source = end_bytes,
    };
    reading->library.src = &reading->bytes;
    reading->progress.progress_monitor = count_scans;
    reading->library.progress = &reading->progress;
    jpeg_save_markers(&reading->library, MARKER_EXIF, 0xffff);
}

static int orientation_of(const struct jpeg_decompress_struct *library)
{
    for (const struct jpeg_marker_struct *marker = library->marker_list; marker != NULL; marker = marker->next)
        if (marker->marker == MARKER_EXIF && marker->data_length >= 6 && memcmp(marker->data, "Exif\0\0", 6) == 0)
            return exif_orientation(marker->data, marker->data_length);
    return 1;
}

/* The library can decode at an eighth, a quarter or half of the size: the smallest of them that is still large enough. */
static void choose_size(struct jpeg_decompress_struct *library)
{
    const unsigned longer = library->image_width > library->image_height ? library->image_width : library->image_height;

    library->scale_denom = 8;
    for (library->scale_num = 1; library->scale_num < 8; library->scale_num *= 2)
        if ((uint64_t)longer * library->scale_num >= (uint64_t)PHOTO_EDGE_MAX * 8)
            return;
}

/* Inks on paper, as Adobe's programs write them: upside down. */
static void from_inks(const uint8_t *inks, uint8_t *colours, size_t count, bool is_inverted)
{
    for (size_t i = 0; i < count; i++, inks += 4, colours += 3)
        for (int k = 0; k < 3; k++) {
            const int paper = is_inverted ? inks[k] : 255 - inks[k], light = is_inverted ? inks[3] : 255 - inks[3];
            colours[k] = (uint8_t)(paper * light / 255);
        }
}

static void read_rows(struct jpeg_decompress_struct *library, struct picture *picture)
{
    const size_t width = library->output_width;
    const bool has_inks = library->out_color_space == JCS_CMYK;
    uint8_t *row = picture_take(width, 4), *colours = has_inks ? picture_take(width, 3) : row;
    struct scale scale;

    scale_begin(&scale, picture, (int)width, (int)library->output_height);
    while (library->output_scanline < library->output_height) {
        JSAMPROW rows[1] = {row};
        if (jpeg_read_scanlines(library, rows, 1) != 1)
            picture_give_up(PHOTO_BROKEN);
        if (has_inks)
            from_inks(row, colours, width, library->saw_Adobe_marker);
        scale_row(&scale, colours);
    }
    scale_end(&scale);
    if (has_inks)
        picture_free(colours);
    picture_free(row);
}

void jpeg_decode(struct source *source, struct picture *picture, int *orientation)
{
    struct reading *reading = picture_take(1, sizeof *reading);
    struct jpeg_decompress_struct *library = &reading->library;

    open_reading(reading, source);
    jpeg_read_header(library, TRUE);
    picture_check_size(library->image_width, library->image_height);
    *orientation = orientation_of(library);
    choose_size(library);
    library->dct_method = JDCT_ISLOW;
    library->out_color_space = library->num_components == 4 ? JCS_CMYK : JCS_RGB;
    jpeg_start_decompress(library);
    read_rows(library, picture);
    jpeg_forget(); /* what stands behind the picture is not looked at */
    picture_free(reading);
}

/* ---- writing */

struct writing {
    struct jpeg_compress_struct library;
    struct jpeg_error_mgr errors;
};

static void write_at(const struct picture *picture, int quality, uint8_t **bytes, size_t *length)
{
    struct writing *writing = picture_take(1, sizeof *writing);
    struct jpeg_compress_struct *library = &writing->library;
    unsigned long written = 0;

    *bytes = NULL;
    library->err = quiet_errors(&writing->errors);
    jpeg_create_compress(library);
    open_library = (j_common_ptr)library;
    jpeg_mem_dest(library, bytes, &written);
    library->image_width = (JDIMENSION)picture->width;
    library->image_height = (JDIMENSION)picture->height;
    library->input_components = 3;
    library->in_color_space = JCS_RGB;
    jpeg_set_defaults(library);
    jpeg_set_quality(library, quality, TRUE);
    jpeg_start_compress(library, TRUE);
    while (library->next_scanline < library->image_height) {
        JSAMPROW rows[1] = {picture->pixels + (size_t)library->next_scanline * (size_t)picture->width * 3};
        jpeg_write_scanlines(library, rows, 1);
    }
    jpeg_finish_compress(library);
    jpeg_forget();
    picture_free(writing);
    *length = written;
}

void jpeg_encode(const struct picture *picture, uint8_t **bytes, size_t *length)
{
    static const int qualities[] = {82, 72, 60, 45, 30, 15};

    for (size_t i = 0; i < sizeof qualities / sizeof qualities[0]; i++) {
        write_at(picture, qualities[i], bytes, length);
        if (*length <= PHOTO_KEPT_BYTES_WANTED)
            return;
        /* far too large: the next step would not do either */
        if (*length > 2 * PHOTO_KEPT_BYTES_WANTED && i + 3 < sizeof qualities / sizeof qualities[0])
            i++;
        if (i + 1 < sizeof qualities / sizeof qualities[0])
            free(*bytes);
    }
    if (*length > PHOTO_KEPT_BYTES_MAX)
        picture_give_up(PHOTO_BROKEN);
}

void jpeg_warm_up(void)
{
    uint8_t pixels[16 * 16 * 3] = {0}, *bytes = NULL;
    const struct picture grey = {16, 16, pixels};
    size_t length = 0;

    write_at(&grey, 82, &bytes, &length);
    free(bytes);
}
