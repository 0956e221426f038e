/*
 * Cells of a CSV file as spreadsheets read it (RFC 4180). Pure.
 */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include "base/text.h"

/* A spreadsheet knows by it that the file is UTF-8. The first thing in the file. */
#define CSV_BYTE_ORDER_MARK "\xEF\xBB\xBF"
#define CSV_LINE_END "\r\n"

/*
 * Adds one cell, quoted, with a comma before it unless it is the first of its line. What a spreadsheet would run as a formula (it
 * begins with = + - @, also as full-width characters, or with a tab or line end, white space before it or not) gets an
 * apostrophe before it and stays text.
 * value: valid UTF-8
 */
void csv_add_cell(struct text *text, const char *value, bool is_first);

#endif
