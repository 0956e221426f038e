/*
 * Reports of misconduct (Arts. 5, 32): the bytes that are sealed to the discipline office, and the numbers of such cases. Nothing
 * here is an event, a ticket or a clock; the rest of the suite knows no more of a case than that its sealed bytes exist. Pure.
 *
 * Number: `JC` + 12 digits + check digit, derived from the form's key, so that a form sent twice has the same number. It is not
 * a ticket number and is never looked for among them.
 */
#ifndef CORE_SEALED_H
#define CORE_SEALED_H

#include "base/crypto.h"
#include "base/text.h"
#include "base/time.h"

#define SEALED_NUMBER_BYTES 16      /* "JC1234567890123" and NUL */
#define SEALED_NUMBER_TEXT_BYTES 20 /* "JC 1234 5678 90123" */
#define SEALED_PHOTOS_MAX 3 /* in the report itself */
#define SEALED_BLOCK_BYTES ((size_t)4096) /* clear bytes are padded to whole blocks, so that their length tells little */

/* What the office reads. Texts are "" where nothing was given. */
struct sealed_report {
    struct instant received_at;
    const char *number;
    const char *words;    /* what happened */
    const char *about;    /* whom or which unit it is about */
    const char *occurred; /* when and where, as told */
    const char *name;     /* "" when anonymous */
    const char *contact;
    int photo_count;
    struct bytes photos[SEALED_PHOTOS_MAX]; /* re-encoded JPEG */
};

/* Length of the clear bytes, padding included. */
size_t sealed_report_bytes(const struct sealed_report *report);

/* Writes them. bytes: sealed_report_bytes(report) */
void sealed_report_format(const struct sealed_report *report, uint8_t *bytes);

/* The reverse; texts and photos point into `bytes`. False for bytes that format would not have written. */
bool sealed_report_parse(const uint8_t *bytes, size_t length, struct sealed_report *report) MUST_USE;

/* seed: a keyed hash of the form's key. number: SEALED_NUMBER_BYTES */
void sealed_number_format(const struct hash *seed, char *number);
/* For people. text: SEALED_NUMBER_TEXT_BYTES */
void sealed_number_format_text(const char *number, char *text);
/* Reads a typed number: spaces, hyphens, lower case, full-width forms, a missing "JC" are fine. */
bool sealed_number_parse(const char *typed, char *number) MUST_USE;

#endif
