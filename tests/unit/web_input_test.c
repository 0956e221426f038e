#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "web/app.h"
#include "web/pages.h"

static struct arena arena;
static struct app app;
static struct request request;
static struct inputs inputs;

static void begin(void)
{
    const char *folder = getenv("SHUINUO_TEMPLATE_DIR");
    struct fault fault = {0};
    REQUIRE_STATUS(words_open(folder == NULL ? "templates" : folder, &fault), STATUS_OK);
    arena_init(&arena, 4 * 1024 * 1024);
    settings_init(&app.settings);
}

static void end(void)
{
    pages_release();
    arena_release(&arena);
    words_close();
}

/* A request that posted this body, read under these rules. */
static enum status read_body(const char *body, const struct input_rule *rules, size_t count)
{
    request = (struct request){.app = &app, .arena = &arena, .method = METHOD_POST, .path = "/"};
    CHECK_INT(form_parse_body(&request.body, &arena, "application/x-www-form-urlencoded", body, strlen(body)), FORM_OK);
    return inputs_read(&request, rules, count, &inputs);
}

static const struct input_rule text_rules[] = {
    {.name = "a", .type = INPUT_LINE, .is_required = true, .min = 2, .max = 4, .error = "error.wrong"},
};

TEST(a_text_is_measured_in_characters_from_min_to_max)
{
    static const struct {
        const char *name, *body, *text;
        const char *error; /* NULL: none */
    } cases[] = {
        {"absent", "", "", "wrong"},
        {"empty", "a=", "", "wrong"},
        {"only spaces", "a=+%E3%80%80+", "", "wrong"},
        {"one below the least", "a=%E6%B0%B4", "水", "wrong"},
        {"the least", "a=%E6%B0%B4%E6%B0%B4", "水水", NULL},
        {"the most", "a=%F0%9F%92%A7%F0%9F%92%A7%F0%9F%92%A7%F0%9F%92%A7", "💧💧💧💧", NULL},
        {"one above the most", "a=12345", "12345", "long"},
        {"spaces around it", "a=++1234++", "1234", NULL},
        {"a line end inside", "a=1%0D%0A2", "1 2", NULL},
        {"a direction override", "a=1%E2%80%AE2", "12", NULL},
        {"an escape character", "a=1%1b2", "1\033""2", "characters"},
        {"a C1 control", "a=1%C2%852", "1\xC2\x85""2", "characters"},
        {"an escape that was escaped", "a=%2541", "%41", NULL},
    };
    begin();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check_case(cases[i].name);
        CHECK_STATUS(read_body(cases[i].body, text_rules, 1), STATUS_OK);
        CHECK_TEXT(inputs_text(&inputs, "a"), cases[i].text);
        const char *error = inputs_find(&inputs, "a")->error;
        const char *wanted = cases[i].error;
        CHECK_INT(inputs.error_count, wanted != NULL);
        if (wanted == NULL)
            CHECK_TEXT(error, NULL);
        else if (text_is_equal(wanted, "long"))
            CHECK_TEXT(error, "最多 4 字，现在有 5 字");
        else
            CHECK_TEXT(error, words_find(LANGUAGE_ZH, text_is_equal(wanted, "wrong") ? "error.wrong" : "error.characters"));
    }
    end();
}

TEST(a_number_is_digits_within_its_range)
{
    static const struct input_rule rules[] = {
        {.name = "n", .type = INPUT_NUMBER, .min = 1, .max = 2147483647, .error = "error.wrong"},
    };
    static const struct {
        const char *body;
        bool is_right;
        int64_t number;
    } cases[] = {
        {"n=1", true, 1},          {"n=2147483647", true, 2147483647},
        {"n=0", false, 0},         {"n=2147483648", false, 0},
        {"n=-1", false, 0},        {"n=%2B1", false, 0},
        {"n=0x10", false, 0},      {"n=1e9", false, 0},
        {"n=1.0", false, 0},       {"n=9223372036854775808", false, 0},
        {"n=1%202", false, 0},     {"n=%EF%BC%91%EF%BC%92", true, 12},
        {"n=007", true, 7},        {"n=99999999999999999999999999", false, 0},
    };
    begin();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check_case(cases[i].body);
        CHECK_STATUS(read_body(cases[i].body, rules, 1), STATUS_OK);
        CHECK_INT(inputs.error_count, !cases[i].is_right);
        CHECK_INT(inputs_number(&inputs, "n", -5), cases[i].is_right ? cases[i].number : -5);
    }
    check_case("absent and not required");
    CHECK_STATUS(read_body("", rules, 1), STATUS_OK);
    CHECK_INT(inputs.error_count, 0);
    CHECK(!inputs_find(&inputs, "n")->is_set);
    CHECK_INT(inputs_number(&inputs, "n", -5), -5);
    end();
}

TEST(a_moment_is_read_on_the_citys_wall_clock)
{
    static const struct input_rule rules[] = {{.name = "t", .type = INPUT_MOMENT, .error = "error.wrong"}};
    begin();
    CHECK_STATUS(read_body("t=2026-11-23T16%3A40", rules, 1), STATUS_OK);
    CHECK_INT(inputs.error_count, 0);
    CHECK_INT(inputs_find(&inputs, "t")->at.milliseconds, INT64_C(1795423200000));
    const char *wrong[] = {"t=2026-02-30T10%3A00", "t=2026-11-23", "t=now", "t=2026-11-23T25%3A00"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        check_case(wrong[i]);
        CHECK_STATUS(read_body(wrong[i], rules, 1), STATUS_OK);
        CHECK_INT(inputs.error_count, 1);
        CHECK(!instant_is_set(inputs_find(&inputs, "t")->at));
    }
    CHECK_STATUS(read_body("", rules, 1), STATUS_OK);
    CHECK(!instant_is_set(inputs_find(&inputs, "t")->at));
    end();
}

static const struct input_rule all_rules[] = {
    {.name = "lines", .type = INPUT_LINES, .max = 50, .error = "error.wrong"},
    {.name = "digits", .type = INPUT_DIGITS, .max = 20, .error = "error.wrong"},
    {.name = "flag", .type = INPUT_FLAG, .error = "error.wrong"},
    {.name = "password", .type = INPUT_SECRET, .max = 20, .error = "error.wrong"},
};

TEST(each_type_keeps_what_it_should)
{
    begin();
    CHECK_STATUS(read_body("lines=+a%0D%0Ab%0D%0A&digits=%EF%BC%91%EF%BC%93%E3%80%808&flag=1&password=++x%20", all_rules, 4),
                 STATUS_OK);
    CHECK_INT(inputs.error_count, 0);
    CHECK_TEXT(inputs_text(&inputs, "lines"), "a\nb");
    CHECK_TEXT(inputs_text(&inputs, "digits"), "13 8");
    CHECK_INT(inputs_number(&inputs, "flag", 0), 1);
    CHECK_TEXT(inputs_text(&inputs, "password"), "  x ");
    CHECK_STATUS(read_body("flag=on", all_rules, 4), STATUS_OK);
    CHECK_INT(inputs.error_count, 1);
    CHECK_INT(inputs_number(&inputs, "flag", 0), 0);
    end();
}

TEST(what_no_form_of_ours_sends_is_refused)
{
    begin();
    CHECK_STATUS(read_body("lines=a&token=1&key=2&lang=zh&elder=1", all_rules, 4), STATUS_OK);
    CHECK_STATUS(read_body("lines=a&role=admin", all_rules, 4), STATUS_INVALID);
    CHECK_STATUS(read_body("lines=a&lines=b", all_rules, 4), STATUS_INVALID);
    CHECK_STATUS(read_body("token=a&token=b", all_rules, 4), STATUS_INVALID);
    CHECK_STATUS(read_body("Lines=a", all_rules, 4), STATUS_INVALID);
    CHECK_STATUS(read_body("lines%5B%5D=a", all_rules, 4), STATUS_INVALID);

    check_case("a file where words belong");
    request = (struct request){.app = &app, .arena = &arena, .method = METHOD_POST, .path = "/"};
    const char body[] = "--x\r\nContent-Disposition: form-data; name=\"lines\"; filename=\"a\"\r\n\r\nb\r\n--x--\r\n";
    CHECK_INT(form_parse_body(&request.body, &arena, "multipart/form-data; boundary=x", body, sizeof body - 1), FORM_OK);
    CHECK_STATUS(inputs_read(&request, all_rules, 4, &inputs), STATUS_INVALID);

    check_case("a field of the body in the query");
    CHECK_STATUS(read_body("lines=a", all_rules, 4), STATUS_OK);
    CHECK_INT(form_parse_query(&request.query, &arena, "lines=b", 7), FORM_OK);
    CHECK_STATUS(inputs_read(&request, all_rules, 4, &inputs), STATUS_INVALID);
    end();
}

/* Reads one multipart part under this rule. */
static enum status read_part(const char *part, bool is_required)
{
    static struct input_rule rules[1];
    const char *body = arena_format(&arena, "--x\r\n%s\r\n--x--\r\n", part);
    rules[0] = (struct input_rule){"photo1", INPUT_FILE, is_required, 0, 0, "error.wrong", NULL};
    request = (struct request){.app = &app, .arena = &arena, .method = METHOD_POST, .path = "/"};
    CHECK_INT(form_parse_body(&request.body, &arena, "multipart/form-data; boundary=x", body, strlen(body)), FORM_OK);
    return inputs_read(&request, rules, 1, &inputs);
}

TEST(a_file_is_taken_as_bytes_and_a_field_without_one_as_nothing)
{
    begin();
    CHECK_STATUS(read_part("Content-Disposition: form-data; name=\"photo1\"; filename=\"a.jpg\"\r\n\r\n \xff\xd8 ", true), STATUS_OK);
    CHECK_INT(inputs.items[0].file.length, 4);
    CHECK(inputs.items[0].is_set && inputs.error_count == 0);
    CHECK_TEXT(inputs_text(&inputs, "photo1"), "");

    check_case("no file chosen");
    CHECK_STATUS(read_part("Content-Disposition: form-data; name=\"photo1\"; filename=\"\"\r\n\r\n", false), STATUS_OK);
    CHECK(!inputs.items[0].is_set && inputs.error_count == 0);
    CHECK_STATUS(read_part("Content-Disposition: form-data; name=\"photo1\"; filename=\"\"\r\n\r\n", true), STATUS_OK);
    CHECK_INT(inputs.error_count, 1);

    check_case("an empty file was chosen");
    CHECK_STATUS(read_part("Content-Disposition: form-data; name=\"photo1\"; filename=\"a.jpg\"\r\n\r\n", false), STATUS_OK);
    CHECK(inputs.items[0].is_set && inputs.items[0].file.length == 0);

    check_case("words where a file belongs");
    CHECK_STATUS(read_part("Content-Disposition: form-data; name=\"photo1\"\r\n\r\nwords", false), STATUS_INVALID);
    CHECK_STATUS(read_part("Content-Disposition: form-data; name=\"photo1\"\r\n\r\n", false), STATUS_OK);
    end();
}

TEST(a_query_is_read_by_the_same_rules)
{
    begin();
    request = (struct request){.app = &app, .arena = &arena, .method = METHOD_GET, .path = "/"};
    CHECK_INT(form_parse_query(&request.query, &arena, "digits=12&lang=en", 17), FORM_OK);
    CHECK_STATUS(inputs_read(&request, all_rules, 4, &inputs), STATUS_OK);
    CHECK_TEXT(inputs_text(&inputs, "digits"), "12");
    end();
}

TEST(a_field_keeps_its_first_error_in_the_requests_language)
{
    begin();
    request = (struct request){.app = &app, .arena = &arena, .method = METHOD_POST, .path = "/", .language = LANGUAGE_EN};
    CHECK_STATUS(inputs_read(&request, text_rules, 1, &inputs), STATUS_OK);
    CHECK_TEXT(inputs_find(&inputs, "a")->error, words_find(LANGUAGE_EN, "error.wrong"));
    inputs_error(&inputs, "a", "error.characters");
    CHECK_INT(inputs.error_count, 1);
    CHECK_TEXT(inputs_find(&inputs, "a")->error, words_find(LANGUAGE_EN, "error.wrong"));
    end();
}
