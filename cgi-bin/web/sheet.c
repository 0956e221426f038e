#include "web/sheet.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/csv.h"
#include "web/app.h"

#define ROW_BYTES 32768 /* a row of text cells, with room */
#define SERIAL_EPOCH_DAYS 25569 /* days from a workbook's day 0 to 1970-01-01 */
#define DAY_MINUTES 1440.0
#define FILE_NAME_BYTES 32

/* The finished file stands in memory of its own (memfd), not in a folder: nothing to clean up after a crash. */
struct sheet {
    struct request *request;
    enum sheet_kind kind;
    int file; /* -1: given back */
    FILE *csv;
    struct text row; /* CSV: the line so far */
    lxw_workbook *workbook;
    lxw_worksheet *worksheet;
    lxw_format *moment_format;
    lxw_row_t row_number;
    lxw_col_t column;
    size_t column_count;
    bool is_broken;
};

/* ---- CSV */

static void csv_end_row(struct sheet *sheet)
{
    text_add(&sheet->row, CSV_LINE_END);
    if (sheet->row.is_cut || fwrite(sheet->row.bytes, 1, sheet->row.length_bytes, sheet->csv) != sheet->row.length_bytes)
        sheet->is_broken = true;
    text_init(&sheet->row, sheet->row.bytes, ROW_BYTES);
}

static bool csv_begin(struct sheet *sheet)
{
    sheet->csv = fdopen(sheet->file, "w");
    if (sheet->csv == NULL)
        return false;
    text_init(&sheet->row, arena_take(sheet->request->arena, ROW_BYTES), ROW_BYTES);
    text_add(&sheet->row, CSV_BYTE_ORDER_MARK);
    return true;
}

/* ---- XLSX */

/* Rows leave memory as soon as the next one begins. */
static bool xlsx_begin(struct sheet *sheet, const struct sheet_column *columns, size_t count)
{
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    char name[FILE_NAME_BYTES];

    snprintf(name, sizeof name, "/proc/self/fd/%d", sheet->file);
    sheet->workbook = workbook_new_opt(name, &options);
    if (sheet->workbook == NULL)
        return false;
    sheet->worksheet = workbook_add_worksheet(sheet->workbook, NULL);
    sheet->moment_format = workbook_add_format(sheet->workbook);
    if (sheet->worksheet == NULL || sheet->moment_format == NULL)
        return false;
    format_set_num_format(sheet->moment_format, "yyyy-mm-dd hh:mm");
    worksheet_freeze_panes(sheet->worksheet, 1, 0);
    for (size_t i = 0; i < count; i++)
        worksheet_set_column(sheet->worksheet, (lxw_col_t)i, (lxw_col_t)i, columns[i].width_characters, NULL);
    return true;
}

/* ---- cells */

void sheet_text(struct sheet *sheet, const char *value)
{
    assert(sheet->column < sheet->column_count);
    if (sheet->kind == SHEET_CSV)
        csv_add_cell(&sheet->row, value, sheet->column == 0);
    else if (value[0] != '\0' && worksheet_write_string(sheet->worksheet, sheet->row_number, sheet->column, value, NULL) != LXW_NO_ERROR)
        sheet->is_broken = true;
    sheet->column++;
}

void sheet_number(struct sheet *sheet, int64_t value)
{
    assert(sheet->column < sheet->column_count);
    if (sheet->kind == SHEET_CSV)
        text_add_format(&sheet->row, "%s%lld", sheet->column == 0 ? "" : ",", (long long)value);
    else if (worksheet_write_number(sheet->worksheet, sheet->row_number, sheet->column, (double)value, NULL) != LXW_NO_ERROR)
        sheet->is_broken = true;
    sheet->column++;
}

void sheet_instant(struct sheet *sheet, struct instant at)
{
    const int offset_minutes = sheet->request->app->settings.utc_offset_minutes;
    char text[TIME_TEXT_BYTES];

    if (!instant_is_set(at)) {
        sheet_text(sheet, "");
    } else if (sheet->kind == SHEET_CSV) {
        instant_format_local(at, offset_minutes, text);
        sheet_text(sheet, text);
    } else {
        /* Whole minutes, as CSV has them: a workbook's clock would round the seconds up. */
        const int64_t minutes = at.milliseconds / (MINUTE_SECONDS * 1000) + offset_minutes;
        if (worksheet_write_number(sheet->worksheet, sheet->row_number, sheet->column,
                                   SERIAL_EPOCH_DAYS + (double)minutes / DAY_MINUTES, sheet->moment_format) != LXW_NO_ERROR)
            sheet->is_broken = true;
        sheet->column++;
    }
}

void sheet_row(struct sheet *sheet)
{
    if (sheet->kind == SHEET_CSV) {
        while (sheet->column < sheet->column_count)
            sheet_text(sheet, "");
        csv_end_row(sheet);
    }
    sheet->row_number++;
    sheet->column = 0;
}

/* ---- begin and end */

struct sheet *sheet_begin(struct request *request, enum sheet_kind kind, const struct sheet_column *columns, size_t count)
{
    struct sheet *sheet = arena_take(request->arena, sizeof *sheet);

    *sheet = (struct sheet){.request = request, .kind = kind, .column_count = count};
    sheet->file = memfd_create("sheet", MFD_CLOEXEC);
    if (sheet->file < 0 || !(kind == SHEET_CSV ? csv_begin(sheet) : xlsx_begin(sheet, columns, count))) {
        (void)FAULT_CODE(&request->fault, STATUS_FAILED, errno, "a table's file could not be begun");
        sheet_drop(sheet);
        return NULL;
    }
    for (size_t i = 0; i < count; i++)
        sheet_text(sheet, columns[i].title);
    sheet_row(sheet);
    return sheet;
}

void sheet_drop(struct sheet *sheet)
{
    if (sheet->csv != NULL)
        fclose(sheet->csv);
    else if (sheet->file >= 0)
        close(sheet->file);
    if (sheet->workbook != NULL)
        lxw_workbook_free(sheet->workbook);
    sheet->csv = NULL;
    sheet->workbook = NULL;
    sheet->file = -1;
}

/* Everything that was written stands in the file. */
static bool finish(struct sheet *sheet)
{
    lxw_workbook *workbook = sheet->workbook;

    if (sheet->kind == SHEET_CSV)
        return !sheet->is_broken && fflush(sheet->csv) == 0;
    sheet->workbook = NULL; /* closing frees it */
    return workbook_close(workbook) == LXW_NO_ERROR && !sheet->is_broken;
}

/* The whole file in the request's memory; NULL when it cannot be read. */
static const char *read_file(struct sheet *sheet, size_t *length)
{
    struct stat state;

    if (fstat(sheet->file, &state) != 0)
        return NULL;
    char *bytes = arena_take(sheet->request->arena, (size_t)state.st_size + 1);
    for (*length = 0; *length < (size_t)state.st_size;) {
        const ssize_t got = pread(sheet->file, bytes + *length, (size_t)state.st_size - *length, (off_t)*length);
        if (got <= 0)
            return NULL;
        *length += (size_t)got;
    }
    return bytes;
}

enum status sheet_end(struct sheet *sheet, struct response *response, const char *name)
{
    static const struct {
        const char *type, *ending;
    } kinds[SHEET_KIND__COUNT] = {
        [SHEET_CSV] = {"text/csv; charset=utf-8", "csv"},
        [SHEET_XLSX] = {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"},
    };
    struct request *request = sheet->request;
    size_t length = 0;
    const char *bytes = finish(sheet) ? read_file(sheet, &length) : NULL;

    sheet_drop(sheet);
    if (bytes == NULL)
        return FAULT(&request->fault, STATUS_FAILED, "a table's file could not be written");
    response_body(response, kinds[sheet->kind].type, bytes, length);
    response_header(response, "Content-Disposition",
                    arena_format(request->arena, "attachment; filename=\"%s.%s\"", name, kinds[sheet->kind].ending));
    return STATUS_OK;
}
