/* base/text: UTF-8, bounded building, and what is done to what people type. */
#include "check.h"

#include <stdint.h>
#include <string.h>

#include "base/text.h"

/* --- UTF-8 -------------------------------------------------------------------------------------------------------- */

struct utf8_case {
    const char *name;
    const char *bytes;
    size_t length;
    bool is_valid;
};

#define SAMPLE(name, bytes, is_valid) {name, bytes, sizeof(bytes) - 1, is_valid}

static const struct utf8_case utf8_cases[] = {
    SAMPLE("nothing", "", true),
    SAMPLE("ASCII", "Leak at No. 7", true),
    SAMPLE("first of two bytes, U+0080", "\xC2\x80", true),
    SAMPLE("last of two bytes, U+07FF", "\xDF\xBF", true),
    SAMPLE("first of three bytes, U+0800", "\xE0\xA0\x80", true),
    SAMPLE("Chinese", "水诺", true),
    SAMPLE("last before the surrogates, U+D7FF", "\xED\x9F\xBF", true),
    SAMPLE("first after the surrogates, U+E000", "\xEE\x80\x80", true),
    SAMPLE("last of three bytes, U+FFFF", "\xEF\xBF\xBF", true),
    SAMPLE("first of four bytes, U+10000", "\xF0\x90\x80\x80", true),
    SAMPLE("a rare character of a name, U+20BB7", "\xF0\xA0\xAE\xB7", true),
    SAMPLE("emoji", "\xF0\x9F\x92\xA7", true),
    SAMPLE("last of all, U+10FFFF", "\xF4\x8F\xBF\xBF", true),
    SAMPLE("NUL", "a\0b", false),
    SAMPLE("one above the last, U+110000", "\xF4\x90\x80\x80", false),
    SAMPLE("far above the last", "\xF5\x80\x80\x80", false),
    SAMPLE("five bytes", "\xF8\x88\x80\x80\x80", false),
    SAMPLE("six bytes", "\xFC\x84\x80\x80\x80\x80", false),
    SAMPLE("FE", "\xFE", false),
    SAMPLE("FF", "\xFF", false),
    SAMPLE("slash in two bytes", "\xC0\xAF", false),
    SAMPLE("NUL in two bytes", "\xC0\x80", false),
    SAMPLE("DEL in two bytes", "\xC1\xBF", false),
    SAMPLE("slash in three bytes", "\xE0\x80\xAF", false),
    SAMPLE("U+07FF in three bytes", "\xE0\x9F\xBF", false),
    SAMPLE("slash in four bytes", "\xF0\x80\x80\xAF", false),
    SAMPLE("U+FFFF in four bytes", "\xF0\x8F\xBF\xBF", false),
    SAMPLE("first surrogate", "\xED\xA0\x80", false),
    SAMPLE("last surrogate", "\xED\xBF\xBF", false),
    SAMPLE("emoji as two surrogates", "\xED\xA0\xBD\xED\xB2\xA7", false),
    SAMPLE("lone continuation", "\x80", false),
    SAMPLE("continuation after ASCII", "a\xBF", false),
    SAMPLE("two bytes cut", "\xC3", false),
    SAMPLE("three bytes cut after one", "\xE6", false),
    SAMPLE("three bytes cut after two", "\xE6\xB0", false),
    SAMPLE("four bytes cut after one", "\xF0", false),
    SAMPLE("four bytes cut after three", "\xF0\x9F\x92", false),
    SAMPLE("three bytes broken by ASCII", "\xE6\xB0" "a", false),
    SAMPLE("start after start", "\xE6\xE6\xB0\xB4", false),
    SAMPLE("one continuation too many", "\xC3\xA9\xA9", false),
    SAMPLE("GBK for the city", "\xC1\xC4\xB3\xC7", false),
    SAMPLE("Latin-1", "caf\xE9", false),
};

TEST(text_is_utf8_takes_exactly_what_the_standard_allows)
{
    for (size_t i = 0; i < sizeof utf8_cases / sizeof utf8_cases[0]; i++) {
        check_case(utf8_cases[i].name);
        CHECK_INT(text_is_utf8(utf8_cases[i].bytes, utf8_cases[i].length), utf8_cases[i].is_valid);
    }
}

TEST(text_is_utf8_never_reads_past_the_length)
{
    /* whole in memory, cut by the length: what follows must not complete it */
    CHECK(!text_is_utf8("\xF0\x9F\x92\xA7", 3));
    CHECK(!text_is_utf8("水", 2));
    CHECK(text_is_utf8("水\xFF", 3));
    CHECK(text_is_utf8(NULL, 0));
}

/* Every code point written by the rule of the standard: valid exactly when it is a character and not NUL. */
TEST(every_code_point_is_judged_right)
{
    size_t wrong = 0;
    for (uint32_t point = 0; point <= 0x110010; point++) {
        char bytes[4];
        size_t length = 4;
        if (point < 0x80) {
            bytes[0] = (char)point;
            length = 1;
        } else if (point < 0x800) {
            bytes[0] = (char)(0xC0 | point >> 6);
            bytes[1] = (char)(0x80 | (point & 0x3F));
            length = 2;
        } else if (point < 0x10000) {
            bytes[0] = (char)(0xE0 | point >> 12);
            bytes[1] = (char)(0x80 | (point >> 6 & 0x3F));
            bytes[2] = (char)(0x80 | (point & 0x3F));
            length = 3;
        } else {
            bytes[0] = (char)(0xF0 | point >> 18);
            bytes[1] = (char)(0x80 | (point >> 12 & 0x3F));
            bytes[2] = (char)(0x80 | (point >> 6 & 0x3F));
            bytes[3] = (char)(0x80 | (point & 0x3F));
        }
        bool want = point != 0 && point <= 0x10FFFF && !(point >= 0xD800 && point <= 0xDFFF);
        wrong += text_is_utf8(bytes, length) != want;
    }
    CHECK_INT(wrong, 0);
}

TEST(characters_are_counted_not_bytes)
{
    CHECK_INT(text_count_characters(""), 0);
    CHECK_INT(text_count_characters("abc"), 3);
    CHECK_INT(text_count_characters("聊城水务"), 4);
    CHECK_INT(text_count_characters("a水\xF0\x9F\x92\xA7"), 3);
}

TEST(a_prefix_does_not_cut_a_character)
{
    CHECK_INT(text_prefix_bytes("聊城水务", 0), 0);
    CHECK_INT(text_prefix_bytes("聊城水务", 1), 3);
    CHECK_INT(text_prefix_bytes("聊城水务", 3), 9);
    CHECK_INT(text_prefix_bytes("聊城水务", 4), 12);
    CHECK_INT(text_prefix_bytes("聊城水务", 99), 12);
    CHECK_INT(text_prefix_bytes("a\xF0\x9F\x92\xA7" "b", 2), 5);
    CHECK_INT(text_prefix_bytes("", 5), 0);
}

TEST(controls_are_found_but_line_feed_and_tab_are_none)
{
    CHECK(!text_has_controls(""));
    CHECK(!text_has_controls("two\nlines\tand a tab"));
    CHECK(!text_has_controls("水\xC2\xA0诺"));
    CHECK(text_has_controls("a\rb"));
    CHECK(text_has_controls("\x01"));
    CHECK(text_has_controls("colour \x1B[31m"));
    CHECK(text_has_controls("a\x7F"));
    CHECK(text_has_controls("first of C1 \xC2\x80"));
    CHECK(text_has_controls("next line \xC2\x85"));
    CHECK(text_has_controls("last of C1 \xC2\x9F"));
    for (char control = 1; control < 32; control++) {
        char text[3] = {'x', control, '\0'};
        CHECK_INT(text_has_controls(text), control != '\n' && control != '\t');
    }
}

/* --- building ----------------------------------------------------------------------------------------------------- */

TEST(a_text_that_fits_is_whole)
{
    char buffer[8];
    struct text text;
    text_init(&text, buffer, sizeof buffer);
    CHECK_TEXT(buffer, "");
    text_add(&text, "ab");
    text_add_bytes(&text, "cdef", 2);
    text_add_format(&text, "%03d", 7);
    CHECK_TEXT(buffer, "abcd007");
    CHECK_INT(text.length_bytes, 7);
    CHECK(!text.is_cut);
    text_add(&text, "");
    CHECK(!text.is_cut);
}

TEST(a_text_that_is_cut_stays_cut)
{
    char buffer[6];
    struct text text;
    text_init(&text, buffer, sizeof buffer);
    text_add(&text, "abcdefgh");
    CHECK(text.is_cut);
    CHECK_TEXT(buffer, "abcde");
    text_add(&text, "");
    text_add_format(&text, "%s", "");
    CHECK_TEXT(buffer, "abcde");
    text_init(&text, buffer, sizeof buffer);
    text_add(&text, "abc水");
    CHECK_TEXT(buffer, "abc");
    text_add(&text, "d");
    CHECK_TEXT(buffer, "abc");
    CHECK(text.is_cut);
}

TEST(a_text_of_one_byte_holds_nothing)
{
    char buffer[1] = {'x'};
    struct text text;
    text_init(&text, buffer, 1);
    text_add(&text, "");
    CHECK(!text.is_cut);
    text_add(&text, "a");
    CHECK(text.is_cut);
    CHECK_INT(text.length_bytes, 0);
    CHECK_TEXT(buffer, "");
}

/* Every way of building, every capacity: the result is the longest prefix of whole characters. */
TEST(a_cut_text_never_ends_inside_a_character)
{
    static const char whole[] = "a\xC3\xA9水\xF0\x9F\x92\xA7诺z";
    for (size_t capacity = 1; capacity <= sizeof whole + 1; capacity++) {
        for (int way = 0; way < 3; way++) {
            check_casef("capacity %zu, way %d", capacity, way);
            char buffer[sizeof whole + 2];
            memset(buffer, '#', sizeof buffer);
            struct text text;
            text_init(&text, buffer, capacity);
            if (way == 0)
                text_add(&text, whole);
            else if (way == 1)
                text_add_format(&text, "%s", whole);
            else
                for (size_t i = 0; i < sizeof whole - 1; i++)
                    text_add_bytes(&text, whole + i, 1);
            CHECK_INT(text.is_cut, capacity < sizeof whole);
            CHECK_INT(strlen(buffer), text.length_bytes);
            CHECK(text.length_bytes < capacity);
            CHECK(text_is_utf8(buffer, text.length_bytes));
            CHECK(strncmp(whole, buffer, text.length_bytes) == 0);
            CHECK(!text.is_cut || text.length_bytes + 4 >= capacity);
            CHECK(buffer[capacity] == '#');
        }
    }
}

/* --- what people type --------------------------------------------------------------------------------------------- */

struct tidy_case {
    const char *name;
    const char *typed;
    const char *line;
    const char *lines;
};

static const struct tidy_case tidy_cases[] = {
    {"nothing", "", "", ""},
    {"only white space", " \t\r\n\u3000\u00A0\u2003", "", ""},
    {"clean", "东昌路7号", "东昌路7号", "东昌路7号"},
    {"blanks around", "  a b  ", "a b", "a b"},
    {"ideographic spaces around and inside", "\u3000水\u3000诺\u3000", "水\u3000诺", "水\u3000诺"},
    {"no-break spaces around", "\u00A0x\u00A0", "x", "x"},
    {"tab inside", "a\tb", "a b", "a b"},
    {"line feed", "a\nb", "a b", "a\nb"},
    {"carriage return and line feed", "a\r\nb", "a b", "a\nb"},
    {"old carriage return", "a\rb", "a b", "a\nb"},
    {"two carriage returns", "a\r\r\nb", "a  b", "a\n\nb"},
    {"an empty line is kept", "a\r\n\r\nb", "a  b", "a\n\nb"},
    {"line ends at both ends", "\r\n\na\r\n", "a", "a"},
    {"line separator", "a\u2028b", "a b", "a\nb"},
    {"paragraph separator", "a\u2029b", "a b", "a\nb"},
    {"full-width stays in words", "ＡＢＣ　１２３－＋", "ＡＢＣ　１２３－＋", "ＡＢＣ　１２３－＋"},
    {"zero-width space", "a\u200Bb", "ab", "ab"},
    {"zero-width joiners", "a\u200C\u200Db", "ab", "ab"},
    {"direction marks", "a\u200E\u200Fb", "ab", "ab"},
    {"right-to-left override", "\u202Egnp.exe", "gnp.exe", "gnp.exe"},
    {"embeddings", "\u202Aa\u202Bb\u202Cc\u202Dd", "abcd", "abcd"},
    {"isolates", "\u2066a\u2067b\u2068c\u2069", "abc", "abc"},
    {"word joiner and invisible operators", "\u2060a\u2061\u2062\u2063\u2064b", "ab", "ab"},
    {"Arabic letter mark", "a\u061Cb", "ab", "ab"},
    {"byte order mark", "\uFEFFa", "a", "a"},
    {"white space behind a zero-width end", "a \u200B \u200B", "a", "a"},
    {"white space before a zero-width start", "\u200B \u200Ba", "a", "a"},
    {"zero-width between CR and LF", "a\r\u200B\nb", "a  b", "a\n\nb"},
    {"just outside the removed ranges", "\u200A|\u2010|\u2027|\u202F|\u205F|\u206A|\uFEFE",
     "|\u2010|\u2027|\u202F|\u205F|\u206A|\uFEFE",
     "|\u2010|\u2027|\u202F|\u205F|\u206A|\uFEFE"},
    {"emoji", " \U0001F4A7 ", "\U0001F4A7", "\U0001F4A7"},
};

TEST(what_people_type_is_tidied)
{
    for (size_t i = 0; i < sizeof tidy_cases / sizeof tidy_cases[0]; i++) {
        const struct tidy_case *row = &tidy_cases[i];
        for (int many = 0; many < 2; many++) {
            check_casef("%s, %s", row->name, many ? "lines" : "line");
            char text[128];
            size_t length = strlen(row->typed);
            REQUIRE(length < sizeof text);
            memcpy(text, row->typed, length + 1);
            size_t got = many ? text_tidy_lines(text) : text_tidy_line(text);
            CHECK_TEXT(text, many ? row->lines : row->line);
            CHECK_INT(got, strlen(text));
            size_t again = many ? text_tidy_lines(text) : text_tidy_line(text);
            CHECK_INT(again, got);
        }
    }
}

TEST(tidying_survives_what_is_no_utf8)
{
    char text[] = " \xE2\x80 \xFF\xF0\x9F ";
    CHECK_INT(text_tidy_line(text), 6);
    CHECK_TEXT(text, "\xE2\x80 \xFF\xF0\x9F");
}

TEST(full_width_is_made_narrow)
{
    char text[64] = "１３８－００１３　ＡｂＺ～！水";
    text_narrow(text);
    CHECK_TEXT(text, "138-0013 AbZ~!水");
    char beside[] = "\uFF00|\uFF5F|\u3001|\u2FFF";
    text_narrow(beside);
    CHECK_TEXT(beside, "\uFF00|\uFF5F|\u3001|\u2FFF");
    char empty[] = "";
    text_narrow(empty);
    CHECK_TEXT(empty, "");
}

TEST(every_full_width_form_becomes_its_ascii_sign)
{
    for (int sign = '!'; sign <= '~'; sign++) {
        int wide = 0xFF01 + sign - '!';
        char text[4] = {(char)0xEF, (char)(0x80 | (wide >> 6 & 0x3F)), (char)(0x80 | (wide & 0x3F)), '\0'};
        char want[2] = {(char)sign, '\0'};
        text_narrow(text);
        CHECK_TEXT(text, want);
    }
}

/* --- numbers and bytes -------------------------------------------------------------------------------------------- */

TEST(whole_numbers_are_digits_and_nothing_else)
{
    static const char *const wrong[] = {"",    " ",   "-1",  "+1",  " 1",  "1 ", "1.0", "1e9", "0x10", "１",
                                        "1\n", "--1", "9a",  "a9",  "1,0", "½",  "9223372036854775808",
                                        "18446744073709551617",     "99999999999999999999999"};
    int64_t value = 77;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        check_casef("refuses '%s'", wrong[i]);
        CHECK(!text_parse_integer(wrong[i], INT64_MIN, INT64_MAX, &value));
        CHECK_INT(value, 77);
    }
    check_case("accepts");
    CHECK(text_parse_integer("0", 0, 0, &value));
    CHECK_INT(value, 0);
    CHECK(text_parse_integer("007", 0, 7, &value));
    CHECK_INT(value, 7);
    CHECK(text_parse_integer("9223372036854775807", 0, INT64_MAX, &value));
    CHECK(value == INT64_MAX);
}

TEST(whole_numbers_lie_in_their_range)
{
    int64_t value = 0;
    CHECK(!text_parse_integer("4", 5, 10, &value));
    CHECK(text_parse_integer("5", 5, 10, &value));
    CHECK(text_parse_integer("10", 5, 10, &value));
    CHECK(!text_parse_integer("11", 5, 10, &value));
}

TEST(hexadecimal_there_and_back)
{
    static const uint8_t data[] = {0x00, 0x01, 0x7F, 0x80, 0xAB, 0xFF};
    char hex[2 * sizeof data + 1];
    text_format_hex(data, sizeof data, hex);
    CHECK_TEXT(hex, "00017f80abff");
    uint8_t back[sizeof data] = {0};
    CHECK(text_parse_hex(hex, back, sizeof back));
    CHECK_BYTES(back, data, sizeof data);
    CHECK(text_parse_hex("00017F80ABFF", back, sizeof back));
    CHECK(!text_parse_hex("00017f80abf", back, sizeof back));
    CHECK(!text_parse_hex("00017f80abff0", back, sizeof back));
    CHECK(!text_parse_hex("00017f80abfg", back, sizeof back));
    CHECK(!text_parse_hex(" 0017f80abff", back, sizeof back));
    CHECK(!text_parse_hex("", back, sizeof back));
    CHECK(text_parse_hex("", back, 0));
}

TEST(texts_are_equal_as_bytes)
{
    CHECK(text_is_equal("", ""));
    CHECK(text_is_equal("水", "水"));
    CHECK(!text_is_equal("a", "A"));
    CHECK(!text_is_equal("a", "ab"));
}

TEST(numbers_are_added_as_digits)
{
    static const struct {
        int64_t number;
        size_t least_digits;
        const char *want;
    } cases[] = {
        {0, 1, "0"},      {0, 0, "0"},     {7, 2, "07"},           {12, 2, "12"},
        {2026, 4, "2026"}, {-5, 2, "-05"}, {INT64_MAX, 1, "9223372036854775807"}, {INT64_MIN, 1, "-9223372036854775808"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char buffer[32];
        struct text text;
        check_case(cases[i].want);
        text_init(&text, buffer, sizeof buffer);
        text_add_number(&text, cases[i].number, cases[i].least_digits);
        CHECK_TEXT(buffer, cases[i].want);
    }
    char small[3];
    struct text text;
    text_init(&text, small, sizeof small);
    text_add_number(&text, 1234, 1);
    CHECK(text.is_cut);
}
