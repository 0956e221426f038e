/*
 * What a stranger's bytes claim to be, by their first bytes alone: names and content types are never asked. And the words
 * that the helper `photo` and its callers share.
 */
#ifndef BASE_PHOTO_KIND_H
#define BASE_PHOTO_KIND_H

#include <stddef.h>
#include <stdint.h>

#define PHOTO_BYTES_MAX ((size_t)10 * 1024 * 1024) /* of one photo as it is sent */
#define PHOTO_PIXELS_MAX 52000000                  /* a camera of 50 megapixels */
#define PHOTO_SIDE_MAX 20000
#define PHOTO_EDGE_MAX 1600                          /* longer edge of what is kept, in pixels */
#define PHOTO_KEPT_BYTES_WANTED ((size_t)500 * 1024) /* quality goes down until it fits */
#define PHOTO_KEPT_BYTES_MAX ((size_t)1024 * 1024)

/* What became of it. The numbers go through a pipe: append only. */
enum photo_verdict {
    PHOTO_OK,
    PHOTO_WRONG_KIND,      /* not a JPEG, PNG or WebP picture; a moving one neither */
    PHOTO_HEIC,            /* what a phone keeps for itself; it can be told to send JPEG */
    PHOTO_TOO_BIG,         /* over PHOTO_BYTES_MAX */
    PHOTO_TOO_MANY_PIXELS, /* over PHOTO_PIXELS_MAX, PHOTO_SIDE_MAX, or the memory of the helper */
    PHOTO_BROKEN,          /* cannot be opened */
    PHOTO_VERDICT__COUNT
};

enum photo_kind { PHOTO_KIND_NONE, PHOTO_KIND_JPEG, PHOTO_KIND_PNG, PHOTO_KIND_WEBP, PHOTO_KIND_HEIC, PHOTO_KIND__COUNT };

/* Bytes that photo_kind_of looks at. */
#define PHOTO_KIND_BYTES 12

/* By the first bytes; PHOTO_KIND_NONE for anything else, and for fewer bytes than it takes to tell. */
enum photo_kind photo_kind_of(const uint8_t *bytes, size_t length);

/* "ok", "wrong_kind", …: for logs and the keys of sentences. */
const char *photo_verdict_name(enum photo_verdict verdict);

/*
 * What the helper answers on its standard output: this head, then the bytes of a JPEG when the verdict is PHOTO_OK. Both sides
 * are the same build on the same machine.
 */
struct photo_answer {
    uint32_t mark; /* PHOTO_ANSWER_MARK */
    uint32_t verdict;
    uint32_t width, height; /* of the picture that follows */
    uint32_t length_bytes;
};
#define PHOTO_ANSWER_MARK UINT32_C(0x534e5048)

#endif
