/*
 * A table that somebody takes away to a spreadsheet, as CSV (UTF-8) or XLSX: one line of headings, then row by row as the rows come
 * from the database, so that a long list needs little memory. Text stays text in both: no cell is ever calculated.
 */
#ifndef WEB_SHEET_H
#define WEB_SHEET_H

#include "web/response.h"

enum sheet_kind { SHEET_CSV, SHEET_XLSX, SHEET_KIND__COUNT };

struct sheet_column {
    const char *title;    /* in the request's language; borrowed until sheet_end */
    int width_characters; /* in a workbook: of narrow characters */
};

struct sheet; /* lives in the request's arena; holds an open file until sheet_end or sheet_drop */

/*
 * Begins a table of `count` columns, its headings written. NULL when there is no room for a file; the fault says so. Every table
 * that was begun is ended or dropped.
 */
struct sheet *sheet_begin(struct request *request, enum sheet_kind kind, const struct sheet_column *columns, size_t count) MUST_USE;

/* The next cell of the row: text, "" leaves it empty; a number; a moment on the city's wall clock, empty when not set. */
void sheet_text(struct sheet *sheet, const char *value);
void sheet_number(struct sheet *sheet, int64_t value);
void sheet_instant(struct sheet *sheet, struct instant at);
/* Ends the row; cells that were not written stay empty. */
void sheet_row(struct sheet *sheet);

/*
 * Answers with the finished file as a download called NAME.csv or NAME.xlsx. STATUS_FAILED when it could not be written.
 * name: letters, digits and "-"
 */
enum status sheet_end(struct sheet *sheet, struct response *response, const char *name) MUST_USE;

/* Gives the file back without an answer. Harmless twice and after sheet_end. */
void sheet_drop(struct sheet *sheet);

#endif
