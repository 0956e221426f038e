/*
 * Making a picture smaller while its rows come in from the top: each pixel of the result is the mean of the area it covers.
 */
#ifndef PHOTO_SCALE_H
#define PHOTO_SCALE_H

#include "photo/picture.h"

struct scale {
    struct picture *picture; /* the result */
    int width, height;       /* of the source */
    int row;                 /* of the source: the next one */
    int done;                /* rows of the result that are finished */
    uint32_t filled;         /* of the row of the result in work, in parts of the source's height */
    uint64_t reciprocal;     /* of the source's width, for means of 8.8 bits */
    uint16_t *narrow;        /* one row of the source made narrow, 8.8 bits */
    uint32_t *sum;           /* the row of the result in work */
};

/* Size of the result: unchanged where it fits, else PHOTO_EDGE_MAX on the longer side. */
void scale_fit(int width, int height, int *result_width, int *result_height);

/* Prepares `picture` for a source of this size. */
void scale_begin(struct scale *scale, struct picture *picture, int width, int height);

/* The next row of the source, 3 bytes per pixel. Rows beyond the last are passed over. */
void scale_row(struct scale *scale, const uint8_t *pixels);

/* Gives the working memory back. */
void scale_end(struct scale *scale);

#endif
