/* base/csv_read and base/encoding: what other systems call CSV, read piece by piece, whatever is in it. */
#include <stdio.h>
#include <string.h>

#include "base/csv_read.h"
#include "base/encoding.h"
#include "base/text.h"
#include "check.h"

/* The records of a file, read in pieces of `piece` bytes, as "line:trouble[field|field]". */
static const char *read_all(const char *bytes, size_t length, size_t piece)
{
    static char written[4000];
    static struct csv_reader reader;
    struct csv_record record;
    struct text text;
    bool has_record = true;

    text_init(&text, written, sizeof written);
    csv_reader_init(&reader);
    for (size_t at = 0; at < length || has_record;) {
        const size_t left = length - at, wanted = left < piece ? left : piece;
        at += csv_reader_take(&reader, bytes + at, wanted, left == 0, &record, &has_record);
        if (!has_record) {
            has_record = left == 0 ? false : true;
            continue;
        }
        text_add_format(&text, "%d:%d[", (int)record.line, (int)record.trouble);
        for (size_t i = 0; record.trouble == CSV_FINE && i < record.count; i++)
            text_add_format(&text, "%s%s", i > 0 ? "|" : "", record.fields[i]);
        text_add(&text, "]");
    }
    return written;
}

struct csv_case {
    const char *name, *bytes, *want;
};
static const struct csv_case cases[] = {
    {"nothing", "", ""},
    {"one line without an end", "a,b", "1:0[a|b]"},
    {"line ends of three kinds", "a\nb\r\nc\rd", "1:0[a]2:0[b]3:0[c]4:0[d]"},
    {"empty cells", ",\n,,", "1:0[|]2:0[||]"},
    {"blank lines are records of one empty cell", "a\n\nb\n", "1:0[a]2:0[]3:0[b]"},
    {"quotes", "\"a,b\",\"c\"\"d\"", "1:0[a,b|c\"d]"},
    {"line ends in quotes keep counting lines", "\"a\nb\r\nc\",d\ne", "1:0[a\nb\r\nc|d]4:0[e]"},
    {"a quote in the middle of a cell is itself", "a\"b,c", "1:0[a\"b|c]"},
    {"what follows a closed quote belongs to the cell", "\"a\"b,c", "1:0[ab|c]"},
    {"an empty quoted cell", "\"\",x", "1:0[|x]"},
    {"a quote that is never closed", "a\n\"b,c\nd", "1:0[a]2:2[]"},
};

TEST(records_come_out_the_same_whatever_the_pieces)
{
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        for (size_t piece = 1; piece < 8; piece++) {
            check_case(cases[i].name);
            CHECK_TEXT(read_all(cases[i].bytes, strlen(cases[i].bytes), piece), cases[i].want);
        }
}

TEST(a_nul_is_told_and_the_next_line_is_read)
{
    CHECK_TEXT(read_all("a\0b\nc", 5, 2), "1:3[]2:0[c]");
}

TEST(a_stray_quote_before_a_long_line_costs_one_record_not_the_file)
{
    static char bytes[3 * CSV_RECORD_BYTES];
    size_t length = (size_t)snprintf(bytes, sizeof bytes, "a,\"");

    memset(bytes + length, 'x', CSV_RECORD_BYTES + 100);
    length += CSV_RECORD_BYTES + 100;
    length += (size_t)snprintf(bytes + length, sizeof bytes - length, "\nb,c\n");
    CHECK_TEXT(read_all(bytes, length, 1000), "1:1[]2:0[b|c]");
}

TEST(more_cells_than_a_list_has_are_told)
{
    char bytes[2 * CSV_FIELDS_MAX + 3];

    memset(bytes, ',', sizeof bytes);
    CHECK_TEXT(read_all(bytes, sizeof bytes, 7), "1:1[]");
}

static enum encoding encoding_of(const char *bytes, size_t piece, size_t *mark)
{
    struct encoding_probe probe;
    const size_t length = strlen(bytes);

    encoding_probe_init(&probe);
    for (size_t at = 0; at < length; at += piece)
        encoding_probe_take(&probe, bytes + at, length - at < piece ? length - at : piece);
    return encoding_probe_end(&probe, mark);
}

TEST(the_encoding_of_a_file_is_recognised)
{
    static const struct {
        const char *name, *bytes;
        enum encoding want;
        size_t mark;
    } files[] = {
        {"ASCII is UTF-8", "account,phone", ENCODING_UTF8, 0},
        {"UTF-8", "户号,小区", ENCODING_UTF8, 0},
        {"UTF-8 with a mark", "\xEF\xBB\xBF户号", ENCODING_UTF8, 3},
        {"GBK", "\xbb\xa7\xba\xc5,\xd0\xa1\xc7\xf8", ENCODING_GB18030, 0},
        {"UTF-16", "\xff\xfe" "a", ENCODING_UTF16, 0},
        {"much UTF-8 with one broken character", "户号户号户号户号\xff", ENCODING_UTF8, 0},
    };

    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        for (size_t piece = 1; piece < 5; piece++) {
            size_t mark;
            check_case(files[i].name);
            CHECK_INT(encoding_of(files[i].bytes, piece, &mark), files[i].want);
            CHECK_INT(mark, files[i].mark);
        }
}

TEST(texts_of_gb18030_become_utf8_and_broken_ones_are_told)
{
    struct encoding_converter converter;
    char text[32], small[4];

    REQUIRE(encoding_converter_open(&converter, ENCODING_GB18030));
    CHECK(encoding_convert(&converter, "\xbb\xa7\xba\xc5", text, sizeof text));
    CHECK_TEXT(text, "户号");
    CHECK(!encoding_convert(&converter, "\xbb", text, sizeof text));
    CHECK(!encoding_convert(&converter, "\xbb\xa7\xba\xc5", small, sizeof small));
    CHECK(encoding_convert(&converter, "\xbb\xa7", text, sizeof text)); /* a failure leaves nothing behind */
    CHECK_TEXT(text, "户");
    encoding_converter_close(&converter);
    REQUIRE(encoding_converter_open(&converter, ENCODING_UTF8));
    CHECK(!encoding_convert(&converter, "\xbb\xa7", text, sizeof text));
    encoding_converter_close(&converter);
}
