/* web/form: what browsers send is read, everything else is refused whole. */
#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "web/form.h"

static struct arena arena;
static struct form form;

static void start(void)
{
    static bool is_ready;
    if (!is_ready)
        arena_init(&arena, (size_t)64 * 1024 * 1024);
    is_ready = true;
    arena_reset(&arena);
    form_init(&form);
}

/* Hands the parser a copy that ends where it ends, so that the sanitizer sees a step too far. */
static enum form_result parse(const char *content_type, const char *bytes, size_t length)
{
    char *copy = malloc(length == 0 ? 1 : length);
    REQUIRE(copy != NULL);
    memcpy(copy, bytes, length);
    enum form_result result = content_type == NULL ? form_parse_query(&form, &arena, copy, length)
                                                   : form_parse_body(&form, &arena, content_type, copy, length);
    free(copy);
    return result;
}

static enum form_result query(const char *text)
{
    start();
    return parse(NULL, text, strlen(text));
}

/* "name=value|name=value" of all fields, files as name=value@file_name. */
static const char *shown(void)
{
    static char text[8192];
    size_t length = 0;
    text[0] = '\0';
    for (size_t i = 0; i < form.count; i++) {
        const struct form_item *item = &form.items[i];
        CHECK_INT(item->value[item->length], '\0');
        int added = snprintf(text + length, sizeof text - length, "%s%s=%s%s%s", i == 0 ? "" : "|", item->name,
                             item->value, item->file_name == NULL ? "" : "@",
                             item->file_name == NULL ? "" : item->file_name);
        length += (size_t)added;
        REQUIRE(length < sizeof text);
    }
    return text;
}

struct query_case {
    const char *query;
    const char *shown;
};

static const struct query_case good_queries[] = {
    {"", ""},
    {"a=1", "a=1"},
    {"a=1&b=2", "a=1|b=2"},
    {"a=1&a=2", "a=1|a=2"},
    {"a", "a="},
    {"a=", "a="},
    {"a==b=", "a==b="},
    {"&&a=1&&&b=2&", "a=1|b=2"},
    {"a+b=c+d", "a b=c d"},
    {"a=%2B%20%26%3D%25", "a=+ &=%"},
    {"a=%2525", "a=%25"}, /* decoded exactly once */
    {"a=%u0041", NULL},
    {"q=%E6%B0%B4%e8%af%ba", "q=水诺"},
    {"q=水", "q=水"},
    {"%E6%B0%B4=1", "水=1"},
    {"a=x%0D%0Ay", "a=x\r\ny"},
    {"a=1;b=2", "a=1;b=2"},
    {"a=%F0%9F%92%A7", "a=\U0001F4A7"},
    {"a=?/#", "a=?/#"},
};

TEST(query_strings)
{
    for (size_t i = 0; i < sizeof good_queries / sizeof good_queries[0]; i++) {
        check_casef("'%s'", good_queries[i].query);
        enum form_result result = query(good_queries[i].query);
        if (good_queries[i].shown == NULL) {
            CHECK_STATUS(result, FORM_MALFORMED);
        } else {
            CHECK_STATUS(result, FORM_OK);
            CHECK_TEXT(shown(), good_queries[i].shown);
        }
    }
}

struct wrong_query {
    const char *query;
    enum form_result result;
};

static const struct wrong_query wrong_queries[] = {
    {"a=%", FORM_MALFORMED},          {"a=%4", FORM_MALFORMED},        {"a=%4g", FORM_MALFORMED},
    {"a=%g4", FORM_MALFORMED},        {"a=%%41", FORM_MALFORMED},      {"a=% 41", FORM_MALFORMED},
    {"a=%+1", FORM_MALFORMED},        {"%=1", FORM_MALFORMED},         {"a=1&b=%zz", FORM_MALFORMED},
    {"a=%4&b=1", FORM_MALFORMED},     {"=1", FORM_MALFORMED},          {"=", FORM_MALFORMED},
    {"a=%00", FORM_NOT_TEXT},         {"a%00b=1", FORM_NOT_TEXT},      {"a=%FF", FORM_NOT_TEXT},
    {"a=%C0%AF", FORM_NOT_TEXT},      {"a=%ED%A0%80", FORM_NOT_TEXT},  {"a=%E6%B0", FORM_NOT_TEXT},
    {"a=\xC1\xC4", FORM_NOT_TEXT},    {"%FF=1", FORM_NOT_TEXT},        {"a=%F4%90%80%80", FORM_NOT_TEXT},
    {"a=%E0%80%AF", FORM_NOT_TEXT},   {"a=\x80", FORM_NOT_TEXT},
};

TEST(wrong_query_strings_are_refused_whole)
{
    for (size_t i = 0; i < sizeof wrong_queries / sizeof wrong_queries[0]; i++) {
        check_casef("'%s'", wrong_queries[i].query);
        start();
        REQUIRE_STATUS(parse(NULL, "before=1", 8), FORM_OK);
        CHECK_STATUS(parse(NULL, wrong_queries[i].query, strlen(wrong_queries[i].query)), wrong_queries[i].result);
        CHECK_TEXT(shown(), "before=1");
    }
    check_case("a NUL byte as it is");
    start();
    CHECK_STATUS(parse(NULL, "a=\0", 3), FORM_NOT_TEXT);
}

TEST(names_and_numbers_of_fields_are_bounded)
{
    char text[1024];
    start();
    size_t length = 0;
    for (int i = 0; i < FORM_FIELDS_MAX; i++)
        length += (size_t)snprintf(text + length, sizeof text - length, "f%d=%d&", i, i);
    CHECK_STATUS(parse(NULL, text, length), FORM_OK);
    CHECK_INT(form.count, FORM_FIELDS_MAX);
    CHECK_STATUS(parse(NULL, "one=more", 8), FORM_TOO_MANY);
    CHECK_INT(form.count, FORM_FIELDS_MAX);
    CHECK_STATUS(parse(NULL, "&&&", 3), FORM_OK);
    form_init(&form);
    CHECK_INT(form.count, 0);

    memset(text, 'n', FORM_NAME_BYTES_MAX + 1);
    text[FORM_NAME_BYTES_MAX + 1] = '\0';
    CHECK_STATUS(parse(NULL, text, FORM_NAME_BYTES_MAX), FORM_OK);
    CHECK_STATUS(parse(NULL, text, FORM_NAME_BYTES_MAX + 1), FORM_TOO_MANY);
    CHECK_INT(form.count, 1);
}

TEST(fields_are_found)
{
    REQUIRE_STATUS(query("a=1&b=2&a=3&A=4"), FORM_OK);
    const struct form_item *item = form_find(&form, "a");
    REQUIRE(item != NULL);
    CHECK_TEXT(item->value, "1");
    CHECK_INT(item->length, 1);
    CHECK(item->file_name == NULL);
    CHECK_INT(form_count(&form, "a"), 2);
    CHECK_INT(form_count(&form, "b"), 1);
    CHECK_INT(form_count(&form, "A"), 1);
    CHECK_INT(form_count(&form, "c"), 0);
    CHECK(form_find(&form, "c") == NULL);
    CHECK(form_find(&form, "") == NULL);
}

/* --- bodies ------------------------------------------------------------------------------------------------------- */

struct type_case {
    const char *content_type;
    enum form_result result;
};

static const struct type_case type_cases[] = {
    {"application/x-www-form-urlencoded", FORM_OK},
    {"application/x-www-form-urlencoded; charset=UTF-8", FORM_OK},
    {"Application/X-WWW-Form-URLEncoded;CHARSET=\"utf-8\" ; x=y", FORM_OK},
    {" application/x-www-form-urlencoded ", FORM_OK},
    {"application/x-www-form-urlencoded;", FORM_MALFORMED},
    {"application/x-www-form-urlencoded charset=UTF-8", FORM_MALFORMED},
    {"application/x-www-form-urlencoded; charset", FORM_MALFORMED},
    {"application/x-www-form-urlencoded; charset=\"utf-8", FORM_MALFORMED},
    {"application/x-www-form-urlencodedx", FORM_MALFORMED},
    {"application/json", FORM_MALFORMED},
    {"text/plain", FORM_MALFORMED},
    {"multipart/form-data", FORM_MALFORMED},
    {"multipart/mixed; boundary=x", FORM_MALFORMED},
    {"application", FORM_MALFORMED},
    {"", FORM_MALFORMED},
};

TEST(content_types)
{
    for (size_t i = 0; i < sizeof type_cases / sizeof type_cases[0]; i++) {
        check_casef("'%s'", type_cases[i].content_type);
        start();
        CHECK_STATUS(parse(type_cases[i].content_type, "a=1+2", 5), type_cases[i].result);
        CHECK_TEXT(shown(), type_cases[i].result == FORM_OK ? "a=1 2" : "");
        CHECK_STATUS(parse(type_cases[i].content_type, "", 0), FORM_OK);
    }
    check_case("none");
    start();
    CHECK_STATUS(form_parse_body(&form, &arena, NULL, "a=1", 3), FORM_MALFORMED);
    CHECK_STATUS(form_parse_body(&form, &arena, NULL, NULL, 0), FORM_OK);
    CHECK_STATUS(form_parse_query(&form, &arena, NULL, 0), FORM_OK);
    CHECK_INT(form.count, 0);
}

#define TYPE "multipart/form-data; boundary=XyZ"
#define HEAD(parameters) "Content-Disposition: form-data; " parameters "\r\n\r\n"
#define OPEN "--XyZ\r\n"
#define NEXT "\r\n--XyZ\r\n"
#define CLOSE "\r\n--XyZ--\r\n"

struct part_case {
    const char *name;
    const char *content_type;
    const char *body;
    const char *shown;
};

static const struct part_case good_parts[] = {
    {"one field", TYPE, OPEN HEAD("name=\"a\"") "1" CLOSE, "a=1"},
    {"no line end behind the last", TYPE, OPEN HEAD("name=\"a\"") "1\r\n--XyZ--", "a=1"},
    {"no field", TYPE, "--XyZ--\r\n", ""},
    {"two fields", TYPE, OPEN HEAD("name=\"a\"") "1" NEXT HEAD("name=\"b\"") "2" CLOSE, "a=1|b=2"},
    {"empty value", TYPE, OPEN HEAD("name=\"a\"") CLOSE, "a="},
    {"lines", TYPE, OPEN HEAD("name=\"a\"") "x\r\ny\r\n\r\nz" CLOSE, "a=x\r\ny\r\n\r\nz"},
    {"no percent decoding", TYPE, OPEN HEAD("name=\"a%20b\"") "%41+" CLOSE, "a%20b=%41+"},
    {"file", TYPE,
     OPEN "Content-Disposition: form-data; name=\"photo\"; filename=\"p.jpg\"\r\n"
     "Content-Type: image/jpeg\r\n\r\n\xFF\xD8" CLOSE,
     "photo=\xFF\xD8@p.jpg"},
    {"no file chosen", TYPE,
     OPEN "Content-Disposition: form-data; name=\"photo\"; filename=\"\"\r\n\r\n" CLOSE, "photo=@"},
    {"Chinese names", TYPE, OPEN HEAD("name=\"图\"; filename=\"水表.jpg\"") "x" CLOSE, "图=x@水表.jpg"},
    {"escaped quotation mark", TYPE,
     OPEN HEAD("name=\"a\\\"b\\\\\"; filename=\"C:\\temp\\x\"") "1" CLOSE, "a\"b\\=1@C:\\temp\\x"},
    {"tokens instead of strings", TYPE, OPEN HEAD("name=a; filename=b.txt") "1" CLOSE, "a=1@b.txt"},
    {"any case, any order", TYPE,
     OPEN "x-other: y\r\ncontent-disposition:FORM-DATA;FileName=\"f\" ; NAME=\"a\"  \r\n\r\n1" CLOSE, "a=1@f"},
    {"plain transfer encoding", TYPE, OPEN "Content-Transfer-Encoding: 8bit\r\n" HEAD("name=\"a\"") "1" CLOSE, "a=1"},
    {"quoted boundary",
     "multipart/form-data; charset=utf-8; Boundary=\"XyZ\"", OPEN HEAD("name=\"a\"") "1" CLOSE, "a=1"},
    {"upper-case type", "MULTIPART/FORM-DATA; boundary=XyZ", OPEN HEAD("name=\"a\"") "1" CLOSE, "a=1"},
    {"hyphens in the content", TYPE,
     OPEN HEAD("name=\"a\"") "--XyZ-\r\n--Xy\r\n-- XyZ\n--XyZ" CLOSE, "a=--XyZ-\r\n--Xy\r\n-- XyZ\n--XyZ"},
    {"line end before the delimiter belongs to it once", TYPE, OPEN HEAD("name=\"a\"") "1\r\n" CLOSE, "a=1\r\n"},
    {"same name twice", TYPE, OPEN HEAD("name=\"a\"") "1" NEXT HEAD("name=\"a\"") "2" CLOSE, "a=1|a=2"},
};

TEST(multipart_bodies)
{
    for (size_t i = 0; i < sizeof good_parts / sizeof good_parts[0]; i++) {
        check_case(good_parts[i].name);
        start();
        CHECK_STATUS(parse(good_parts[i].content_type, good_parts[i].body, strlen(good_parts[i].body)), FORM_OK);
        CHECK_TEXT(shown(), good_parts[i].shown);
    }
}

struct wrong_part {
    const char *name;
    const char *content_type;
    const char *body;
    enum form_result result;
};

static const struct wrong_part wrong_parts[] = {
    {"no closing delimiter", TYPE, OPEN HEAD("name=\"a\"") "1", FORM_MALFORMED},
    {"cut in the closing delimiter", TYPE, OPEN HEAD("name=\"a\"") "1\r\n--XyZ-", FORM_MALFORMED},
    {"cut after a delimiter", TYPE, OPEN HEAD("name=\"a\"") "1" NEXT, FORM_MALFORMED},
    {"cut in the headers", TYPE, OPEN "Content-Disposition: form-data; name=\"a\"\r\n", FORM_MALFORMED},
    {"something behind the end", TYPE, OPEN HEAD("name=\"a\"") "1" CLOSE "x", FORM_MALFORMED},
    {"something before the beginning", TYPE, "x\r\n" OPEN HEAD("name=\"a\"") "1" CLOSE, FORM_MALFORMED},
    {"line end before the beginning", TYPE, "\r\n" OPEN HEAD("name=\"a\"") "1" CLOSE, FORM_MALFORMED},
    {"another boundary", TYPE, "--Xyz\r\n" HEAD("name=\"a\"") "1\r\n--Xyz--\r\n", FORM_MALFORMED},
    {"delimiter followed by more", TYPE, OPEN HEAD("name=\"a\"") "1\r\n--XyZa\r\n", FORM_MALFORMED},
    {"padding behind a delimiter", TYPE, "--XyZ \r\n" HEAD("name=\"a\"") "1" CLOSE, FORM_MALFORMED},
    {"bare line feeds", TYPE, "--XyZ\nContent-Disposition: form-data; name=\"a\"\n\n1\n--XyZ--\n", FORM_MALFORMED},
    {"no headers", TYPE, OPEN "\r\n1" CLOSE, FORM_MALFORMED},
    {"no disposition", TYPE, OPEN "Content-Type: text/plain\r\n\r\n1" CLOSE, FORM_MALFORMED},
    {"two dispositions", TYPE,
     OPEN "Content-Disposition: form-data; name=\"a\"\r\n" HEAD("name=\"b\"") "1" CLOSE, FORM_MALFORMED},
    {"disposition of another kind", TYPE,
     OPEN "Content-Disposition: attachment; name=\"a\"\r\n\r\n1" CLOSE, FORM_MALFORMED},
    {"no name", TYPE, OPEN "Content-Disposition: form-data\r\n\r\n1" CLOSE, FORM_MALFORMED},
    {"empty name", TYPE, OPEN HEAD("name=\"\"") "1" CLOSE, FORM_MALFORMED},
    {"two names", TYPE, OPEN HEAD("name=\"a\"; name=\"b\"") "1" CLOSE, FORM_MALFORMED},
    {"two file names", TYPE, OPEN HEAD("name=\"a\"; filename=\"b\"; filename=\"c\"") "1" CLOSE, FORM_MALFORMED},
    {"extended file name", TYPE, OPEN HEAD("name=\"a\"; filename*=UTF-8''b") "1" CLOSE, FORM_MALFORMED},
    {"unknown parameter", TYPE, OPEN HEAD("name=\"a\"; size=1") "1" CLOSE, FORM_MALFORMED},
    {"unclosed string", TYPE, OPEN HEAD("name=\"a") "1" CLOSE, FORM_MALFORMED},
    {"escape at the end", TYPE, OPEN HEAD("name=\"a\\\"") "1" CLOSE, FORM_MALFORMED},
    {"rubbish behind a string", TYPE, OPEN HEAD("name=\"a\"b") "1" CLOSE, FORM_MALFORMED},
    {"semicolon at the end", TYPE, OPEN HEAD("name=\"a\";") "1" CLOSE, FORM_MALFORMED},
    {"folded header", TYPE, OPEN "Content-Disposition: form-data;\r\n name=\"a\"\r\n\r\n1" CLOSE, FORM_MALFORMED},
    {"blank before the colon", TYPE, OPEN "Content-Disposition : form-data; name=\"a\"\r\n\r\n1" CLOSE, FORM_MALFORMED},
    {"header without a colon", TYPE, OPEN "nonsense\r\n" HEAD("name=\"a\"") "1" CLOSE, FORM_MALFORMED},
    {"bare line feed in a header", TYPE, OPEN HEAD("name=\"a\nb\"") "1" CLOSE, FORM_MALFORMED},
    {"escape sequence in a header", TYPE, OPEN HEAD("name=\"a\x1B\"") "1" CLOSE, FORM_MALFORMED},
    {"base64", TYPE, OPEN "Content-Transfer-Encoding: base64\r\n" HEAD("name=\"a\"") "MQ==" CLOSE, FORM_MALFORMED},
    {"invalid UTF-8 in a value", TYPE, OPEN HEAD("name=\"a\"") "\xFF" CLOSE, FORM_NOT_TEXT},
    {"invalid UTF-8 in a name", TYPE, OPEN HEAD("name=\"\xC1\xC4\"") "1" CLOSE, FORM_NOT_TEXT},
    {"invalid UTF-8 in a file name", TYPE, OPEN HEAD("name=\"a\"; filename=\"\xC1\xC4\"") "1" CLOSE, FORM_NOT_TEXT},
    {"second part wrong", TYPE, OPEN HEAD("name=\"a\"") "1" NEXT "x\r\n\r\n" CLOSE, FORM_MALFORMED},
    {"no boundary", "multipart/form-data", OPEN HEAD("name=\"a\"") "1" CLOSE, FORM_MALFORMED},
    {"empty boundary",
     "multipart/form-data; boundary=\"\"", "--\r\n" HEAD("name=\"a\"") "1\r\n----\r\n", FORM_MALFORMED},
    {"two boundaries", TYPE "; boundary=XyZ", OPEN HEAD("name=\"a\"") "1" CLOSE, FORM_MALFORMED},
    {"boundary with a sign that is not allowed", "multipart/form-data; boundary=\"X*Z\"", "--X*Z--", FORM_MALFORMED},
    {"boundary that ends with a blank", "multipart/form-data; boundary=\"X \"", "--X --", FORM_MALFORMED},
};

TEST(wrong_multipart_bodies_are_refused_whole)
{
    for (size_t i = 0; i < sizeof wrong_parts / sizeof wrong_parts[0]; i++) {
        check_case(wrong_parts[i].name);
        start();
        REQUIRE_STATUS(parse(NULL, "before=1", 8), FORM_OK);
        CHECK_STATUS(parse(wrong_parts[i].content_type, wrong_parts[i].body, strlen(wrong_parts[i].body)),
                     wrong_parts[i].result);
        CHECK_TEXT(shown(), "before=1");
    }
}

TEST(nul_bytes_are_for_files_alone)
{
    static const char file[] = OPEN HEAD("name=\"f\"; filename=\"b\"") "a\0b\0" CLOSE;
    start();
    REQUIRE_STATUS(parse(TYPE, file, sizeof file - 1), FORM_OK);
    CHECK_INT(form.items[0].length, 4);
    CHECK_BYTES(form.items[0].value, "a\0b\0", 5);
    static const char field[] = OPEN HEAD("name=\"f\"") "a\0b" CLOSE;
    start();
    CHECK_STATUS(parse(TYPE, field, sizeof field - 1), FORM_NOT_TEXT);
    static const char name[] = OPEN HEAD("name=\"f\0\"") "a" CLOSE;
    start();
    CHECK_STATUS(parse(TYPE, name, sizeof name - 1), FORM_NOT_TEXT);
    static const char file_name[] = OPEN HEAD("name=\"f\"; filename=\"x\0y\"") "a" CLOSE;
    start();
    CHECK_STATUS(parse(TYPE, file_name, sizeof file_name - 1), FORM_NOT_TEXT);
}

/* However it is cut, a body is refused whole: only all of it, with or without the last line end, is a form. */
TEST(every_cut_of_a_body_is_refused)
{
    static const char body[] = OPEN HEAD("name=\"a\"") "1" NEXT HEAD("name=\"f\"; filename=\"x\"") "\0\r\n--" CLOSE;
    for (size_t length = 1; length < sizeof body - 1; length++) {
        start();
        bool is_whole = length == sizeof body - 3 || length == sizeof body - 1;
        enum form_result result = parse(TYPE, body, length);
        CHECK_INT(result, is_whole ? FORM_OK : FORM_MALFORMED);
        CHECK_INT(form.count, is_whole ? 2 : 0);
    }
}

TEST(headers_and_boundaries_are_bounded)
{
    static char body[20000];
    check_case("headers just short enough");
    int fill = FORM_HEADER_BYTES_MAX - 4 - (int)strlen("x: \r\nContent-Disposition: form-data; name=\"a\"");
    start();
    int length = snprintf(body, sizeof body, OPEN "x: %0*d\r\n" HEAD("name=\"a\"") "1" CLOSE, fill, 0);
    CHECK_STATUS(parse(TYPE, body, (size_t)length), FORM_OK);
    check_case("headers one byte too long");
    start();
    length = snprintf(body, sizeof body, OPEN "x: %0*d\r\n" HEAD("name=\"a\"") "1" CLOSE, fill + 1, 0);
    CHECK_STATUS(parse(TYPE, body, (size_t)length), FORM_TOO_MANY);
    check_case("name too long");
    start();
    length = snprintf(body, sizeof body, OPEN HEAD("name=\"%0*d\"") "1" CLOSE, FORM_NAME_BYTES_MAX + 1, 0);
    CHECK_STATUS(parse(TYPE, body, (size_t)length), FORM_TOO_MANY);
    char type[200];
    for (int size = 69; size <= 71; size++) {
        check_casef("boundary of %d", size);
        start();
        snprintf(type, sizeof type, "multipart/form-data; boundary=%0*d", size, 7);
        length = snprintf(body, sizeof body, "--%0*d\r\n" HEAD("name=\"a\"") "1\r\n--%0*d--", size, 7, size, 7);
        CHECK_STATUS(parse(type, body, (size_t)length), size <= 70 ? FORM_OK : FORM_MALFORMED);
    }
}

TEST(parts_are_bounded)
{
    static char body[20000];
    for (int count = FORM_FIELDS_MAX; count <= FORM_FIELDS_MAX + 1; count++) {
        check_casef("%d parts", count);
        start();
        int length = snprintf(body, sizeof body, "--XyZ");
        for (int i = 0; i < count; i++)
            length += snprintf(body + length, sizeof body - (size_t)length, "\r\n" HEAD("name=\"a%d\"") "%d\r\n--XyZ",
                               i, i);
        length += snprintf(body + length, sizeof body - (size_t)length, "--\r\n");
        CHECK_STATUS(parse(TYPE, body, (size_t)length), count <= FORM_FIELDS_MAX ? FORM_OK : FORM_TOO_MANY);
        CHECK_INT(form.count, count <= FORM_FIELDS_MAX ? count : 0);
    }
}

/* Memory in step with what was sent, however many strings it holds. */
TEST(memory_grows_with_the_input_only)
{
    static char type[8192] = "application/x-www-form-urlencoded";
    size_t length = strlen(type);
    while (length + 8 < sizeof type)
        length += (size_t)snprintf(type + length, sizeof type - length, ";a=\"\"");
    start();
    REQUIRE_STATUS(parse(type, "a=1", 3), FORM_OK);
    CHECK(arena.total_bytes <= 4 * sizeof type);
    static char many[60000];
    memset(many, '&', sizeof many);
    start();
    REQUIRE_STATUS(parse(NULL, many, sizeof many), FORM_OK);
    CHECK(arena.total_bytes <= 4 * sizeof many);
}

/* --- cookies and paths -------------------------------------------------------------------------------------------- */

struct cookie_case {
    const char *header;
    const char *value; /* NULL: absent */
};

static const struct cookie_case cookie_cases[] = {
    {"sn=1", "1"},
    {"a=2; sn=1", "1"},
    {"a=2;sn=1;b=3", "1"},
    {"sn=1; sn=2", "1"},
    {"  sn=1  ", "1"},
    {"sn=", ""},
    {"sn=a=b", "a=b"},
    {"sn=\"q\"", "\"q\""},
    {"sn=a,b", "a,b"},
    {"", NULL},
    {";;; ;", NULL},
    {"sn", NULL},
    {"sn ; sn=2", "2"},
    {"SN=1", NULL},
    {"xsn=1", NULL},
    {"snx=1", NULL},
    {"a=sn=1", NULL},
    {"a=\"; sn=1\"", "1\""}, /* as servers read it: a semicolon ends a cookie always */
};

TEST(cookies)
{
    for (size_t i = 0; i < sizeof cookie_cases / sizeof cookie_cases[0]; i++) {
        check_casef("'%s'", cookie_cases[i].header);
        start();
        const char *value = cookie_find(&arena, cookie_cases[i].header, "sn");
        if (cookie_cases[i].value == NULL)
            CHECK(value == NULL);
        else
            CHECK_TEXT(value, cookie_cases[i].value);
    }
    CHECK(cookie_find(&arena, NULL, "sn") == NULL);
}

struct path_case {
    const char *text;
    bool plus_is_space;
    const char *decoded; /* NULL: refused */
};

static const struct path_case path_cases[] = {
    {"", false, ""},
    {"/complaint/", false, "/complaint/"},
    {"/a%20b", false, "/a b"},
    {"/a+b", false, "/a+b"},
    {"a+b", true, "a b"},
    {"%2B", true, "+"},
    {"%252F", false, "%2F"},
    {"%E6%B0%B4", false, "水"},
    {"%00", false, NULL},
    {"a%0Ab", false, NULL},
    {"a%0d", false, NULL},
    {"%1f", false, NULL},
    {"%7F", false, NULL},
    {"a\tb", false, NULL},
    {"%", false, NULL},
    {"%2", false, NULL},
    {"%2x", false, NULL},
    {"abc%", false, NULL},
};

TEST(paths_are_decoded_once_and_without_controls)
{
    for (size_t i = 0; i < sizeof path_cases / sizeof path_cases[0]; i++) {
        check_casef("'%s'", path_cases[i].text);
        start();
        const char *decoded =
            percent_decode(&arena, path_cases[i].text, strlen(path_cases[i].text), path_cases[i].plus_is_space);
        if (path_cases[i].decoded == NULL)
            CHECK(decoded == NULL);
        else
            CHECK_TEXT(decoded, path_cases[i].decoded);
    }
    check_case("only the length counts");
    CHECK_TEXT(percent_decode(&arena, "a%20b", 1, false), "a");
    CHECK(percent_decode(&arena, "a%20b", 3, false) == NULL);
    CHECK(percent_decode(&arena, "a\0b", 3, false) == NULL);
    arena_release(&arena);
}
