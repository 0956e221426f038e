/*
 * The one thing worth knowing of a photo's metadata: which way is up.
 */
#ifndef PHOTO_EXIF_H
#define PHOTO_EXIF_H

#include <stddef.h>
#include <stdint.h>

/*
 * Orientation, 1 … 8, from a block of EXIF (the TIFF header and what follows, with or without "Exif\0\0" before it). 1 when
 * there is none or the block is not what it should be.
 */
int exif_orientation(const uint8_t *bytes, size_t length);

#endif
