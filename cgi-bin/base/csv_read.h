/*
 * Reading CSV files of strangers (RFC 4180), piece by piece and in bounded memory: quotes, line ends of any kind, line ends inside
 * quotes, lines of any length. A record that cannot be taken is told with its line, and the next one is read as if nothing had been.
 * Works on bytes: in UTF-8 and GB18030 no part of a character looks like a comma, a quote or a line end. Pure.
 */
#ifndef BASE_CSV_READ_H
#define BASE_CSV_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CSV_RECORD_BYTES 8192 /* of one record; a longer one is not taken */
#define CSV_FIELDS_MAX 64

enum csv_trouble {
    CSV_FINE,
    CSV_TOO_LONG,    /* more bytes than CSV_RECORD_BYTES, or more fields than CSV_FIELDS_MAX */
    CSV_OPEN_QUOTE,  /* a quote that nothing closed */
    CSV_HAS_NUL,
    CSV_TROUBLE__COUNT
};

/* One record. Fields are NUL-terminated, live in the reader and are good until it takes more. */
struct csv_record {
    int64_t line; /* where it begins, from 1 */
    enum csv_trouble trouble;
    char *fields[CSV_FIELDS_MAX];
    size_t count; /* a blank line is one empty field */
};

struct csv_reader {
    char bytes[CSV_RECORD_BYTES];
    size_t length, field_starts[CSV_FIELDS_MAX], field_count;
    int state;
    enum csv_trouble trouble;
    int64_t line, record_line;
    bool is_after_return; /* the last byte was a CR: an LF belongs to it */
    bool has_begun;
};

void csv_reader_init(struct csv_reader *reader);

/*
 * Takes bytes up to the end of a record and says how many it took. has_record: `record` is filled. Call it again with what is left; with
 * is_last and no bytes it ends the last record, which may have no line end.
 */
size_t csv_reader_take(struct csv_reader *reader, const char *bytes, size_t length, bool is_last, struct csv_record *record,
                       bool *has_record);

#endif
