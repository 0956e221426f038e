#include "base/csv_read.h"

enum state { STATE_FIELD_START, STATE_PLAIN, STATE_QUOTED, STATE_QUOTE_SEEN };

static void begin_record(struct csv_reader *reader)
{
    reader->length = 0;
    reader->field_count = 1;
    reader->field_starts[0] = 0;
    reader->state = STATE_FIELD_START;
    reader->trouble = CSV_FINE;
    reader->record_line = reader->line;
    reader->has_begun = false;
}

void csv_reader_init(struct csv_reader *reader)
{
    reader->line = 1;
    reader->is_after_return = false;
    begin_record(reader);
}

/* Keeps a byte; each field needs one more for its NUL. */
static void keep(struct csv_reader *reader, char byte)
{
    if (byte == '\0' && reader->trouble == CSV_FINE)
        reader->trouble = CSV_HAS_NUL;
    if (reader->length + 1 < CSV_RECORD_BYTES)
        reader->bytes[reader->length++] = byte;
    else
        reader->trouble = CSV_TOO_LONG;
}

static void end_field(struct csv_reader *reader)
{
    if (reader->length + 1 >= CSV_RECORD_BYTES || reader->field_count == CSV_FIELDS_MAX) {
        reader->trouble = CSV_TOO_LONG;
        return;
    }
    reader->bytes[reader->length++] = '\0';
    reader->field_starts[reader->field_count++] = reader->length;
}

static void end_record(struct csv_reader *reader, struct csv_record *record)
{
    reader->bytes[reader->length] = '\0';
    record->line = reader->record_line;
    record->trouble = reader->trouble;
    record->count = reader->field_count;
    for (size_t i = 0; i < reader->field_count; i++)
        record->fields[i] = reader->bytes + reader->field_starts[i];
}

/*
 * Whether a line end ends the record too. Inside quotes it does not, unless the record is too long already: then the quote was a
 * stray one, and waiting for its partner would cost the rest of the file.
 */
static bool ends_record(struct csv_reader *reader)
{
    return reader->state != STATE_QUOTED || reader->trouble == CSV_TOO_LONG;
}

static void take_byte(struct csv_reader *reader, char byte)
{
    reader->has_begun = true;
    if (reader->state == STATE_QUOTED) {
        if (byte == '"')
            reader->state = STATE_QUOTE_SEEN;
        else
            keep(reader, byte);
    } else if (byte == '"' && reader->state == STATE_FIELD_START) {
        reader->state = STATE_QUOTED;
    } else if (byte == '"' && reader->state == STATE_QUOTE_SEEN) {
        keep(reader, byte);
        reader->state = STATE_QUOTED;
    } else if (byte == ',') {
        end_field(reader);
        reader->state = STATE_FIELD_START;
    } else {
        keep(reader, byte);
        reader->state = STATE_PLAIN;
    }
}

size_t csv_reader_take(struct csv_reader *reader, const char *bytes, size_t length, bool is_last, struct csv_record *record,
                       bool *has_record)
{
    size_t taken = 0;

    *has_record = false;
    if (reader->state == STATE_FIELD_START && !reader->has_begun)
        begin_record(reader);
    while (taken < length) {
        const char byte = bytes[taken++];
        const bool is_second_half = byte == '\n' && reader->is_after_return;
        const bool is_line_end = byte == '\n' || byte == '\r';
        reader->is_after_return = byte == '\r';
        if (is_line_end && !is_second_half)
            reader->line++;
        if (is_second_half && !reader->has_begun) {
            reader->record_line = reader->line;
            continue;
        }
        if (is_line_end && ends_record(reader)) {
            end_record(reader, record);
            *has_record = true;
            reader->has_begun = false;
            reader->state = STATE_FIELD_START;
            return taken;
        }
        take_byte(reader, byte);
    }
    if (is_last && reader->has_begun) {
        if (reader->state == STATE_QUOTED && reader->trouble == CSV_FINE)
            reader->trouble = CSV_OPEN_QUOTE;
        end_record(reader, record);
        *has_record = true;
        reader->has_begun = false;
        reader->state = STATE_FIELD_START;
    }
    return taken;
}
