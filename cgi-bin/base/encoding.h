/*
 * In which encoding a file of a stranger is, and its texts as UTF-8. Office programs in China write GBK (a part of GB18030) or UTF-8 with
 * a mark in front; other systems UTF-8.
 */
#ifndef BASE_ENCODING_H
#define BASE_ENCODING_H

#include <iconv.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

enum encoding {
    ENCODING_NONE, /* not looked at */
    ENCODING_UTF8,
    ENCODING_GB18030,
    ENCODING_UTF16, /* recognised so that it can be refused by name */
    ENCODING__COUNT
};

/* Looks at a whole file, piece by piece. */
struct encoding_probe {
    uint64_t bytes, good, bad; /* characters of more than one byte, and what is none, if it were UTF-8 */
    uint8_t head[3];
    int wanted, seen; /* of the character at the end of the last piece */
};
void encoding_probe_init(struct encoding_probe *probe);
void encoding_probe_take(struct encoding_probe *probe, const char *bytes, size_t length);
/* A few broken characters in much UTF-8 leave it UTF-8. mark_bytes: of the byte order mark, to be left out */
enum encoding encoding_probe_end(const struct encoding_probe *probe, size_t *mark_bytes);

/* Turns texts into UTF-8. */
struct encoding_converter {
    enum encoding from;
    iconv_t handle;
};
/* False when this system cannot convert from it. */
bool encoding_converter_open(struct encoding_converter *converter, enum encoding from) MUST_USE;
void encoding_converter_close(struct encoding_converter *converter); /* harmless twice */
/* The text as UTF-8 in `to`; false when it is not valid in its encoding, or does not fit. */
bool encoding_convert(struct encoding_converter *converter, const char *text, char *to, size_t capacity) MUST_USE;

#endif
