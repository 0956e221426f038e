/*
 * Strangers' customer lists through encoding, CSV reader and customer lines: bounded, the same in any pieces, and what is accepted is
 * whole.
 */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/csv_read.h"
#include "base/encoding.h"
#include "base/text.h"
#include "core/customer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct encoding_converter converter;
static struct customer_columns columns;

static void take_line(struct csv_record *record, bool *has_header)
{
    static char room[2 * CSV_RECORD_BYTES];
    char *at = room;
    struct customer_header header;
    struct customer customer;
    enum customer_field field;

    for (size_t i = 0; i < record->count; i++) {
        if (!encoding_convert(&converter, record->fields[i], at, (size_t)(room + sizeof room - at)))
            return;
        assert(text_is_utf8(at, strlen(at)));
        record->fields[i] = at;
        at += strlen(at) + 1;
    }
    if (!*has_header) {
        *has_header = customer_header_parse(record->fields, record->count, &columns, &header);
        return;
    }
    if (!customer_is_taken(customer_parse(record->fields, record->count, &columns, &customer, &field)))
        return;
    assert(strlen(customer.account) >= 10 && customer.district[0] != '\0' && customer.area[0] != '\0');
    assert(customer.meter_code[0] != '\0' || customer.meter_name[0] == '\0');
}

/* A checksum of all records, so that two ways of cutting can be compared. */
static uint64_t read_all(const char *bytes, size_t length, size_t piece, bool is_parsed)
{
    static struct csv_reader reader;
    struct csv_record record;
    bool has_record = true, has_header = false;
    uint64_t sum = 0;

    csv_reader_init(&reader);
    for (size_t at = 0;;) {
        const size_t left = length - at;
        at += csv_reader_take(&reader, bytes + at, left < piece ? left : piece, left == 0, &record, &has_record);
        if (has_record) {
            assert(record.count >= 1 && record.count <= CSV_FIELDS_MAX && record.trouble < CSV_TROUBLE__COUNT);
            sum = sum * 31 + (uint64_t)record.line * 7 + record.count * 3 + record.trouble;
            for (size_t i = 0; record.trouble == CSV_FINE && i < record.count; i++)
                sum = sum * 31 + strlen(record.fields[i]);
            if (is_parsed && record.trouble == CSV_FINE)
                take_line(&record, &has_header);
        } else if (left == 0) {
            return sum;
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *bytes = (const char *)data;
    struct encoding_probe probe;
    size_t mark;

    encoding_probe_init(&probe);
    encoding_probe_take(&probe, bytes, size);
    const enum encoding encoding = encoding_probe_end(&probe, &mark);
    if (encoding == ENCODING_UTF16 || !encoding_converter_open(&converter, encoding))
        return 0;
    assert(read_all(bytes + mark, size - mark, 65536, true) == read_all(bytes + mark, size - mark, 3, false));
    encoding_converter_close(&converter);
    return 0;
}
