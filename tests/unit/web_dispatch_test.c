#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "web/app.h"
#include "web/csrf.h"
#include "web/dispatch.h"
#include "web/pages.h"
#include "web/templates.h"

static struct arena arena;

/* --- targets, routes, validators, origins: without a program ------------------------------------------------------ */

TEST(a_target_is_decoded_once_and_bounded)
{
    static const struct {
        const char *target, *base;
        int status;
        const char *path, *query;
    } cases[] = {
        {"/", "", 0, "/", ""},
        {"/a/b", "", 0, "/a/b", ""},
        {"/a?b=c?d", "", 0, "/a", "b=c?d"},
        {"/a%20b?", "", 0, "/a b", ""},
        {"/%e6%b0%b4", "", 0, "/水", ""},
        {"/%252e", "", 0, "/%2e", ""},
        {"/+", "", 0, "/+", ""},
        {"/water", "/water", 0, "/", ""},
        {"/water?x=1", "/water", 0, "/", "x=1"},
        {"/water/a", "/water", 0, "/a", ""},
        {"/waterfall", "/water", 404, NULL, NULL},
        {"/wat", "/water", 404, NULL, NULL},
        {"/other?x=1", "/water", 404, NULL, NULL},
        {"", "", 400, NULL, NULL},
        {"a", "", 400, NULL, NULL},
        {"http://x/", "", 400, NULL, NULL},
        {"*", "", 400, NULL, NULL},
        {"/%00", "", 400, NULL, NULL},
        {"/%0d%0a", "", 400, NULL, NULL},
        {"/%09", "", 400, NULL, NULL},
        {"/%7f", "", 400, NULL, NULL},
        {"/%c2%85", "", 400, NULL, NULL},
        {"/%", "", 400, NULL, NULL},
        {"/%4", "", 400, NULL, NULL},
        {"/%u0041", "", 400, NULL, NULL},
        {"/%c0%af", "", 400, NULL, NULL},
        {"/%ed%a0%80", "", 400, NULL, NULL},
        {"/a/../b", "", 400, NULL, NULL},
        {"/a/..", "", 400, NULL, NULL},
        {"/..", "", 400, NULL, NULL},
        {"/./a", "", 400, NULL, NULL},
        {"/%2e%2E/a", "", 400, NULL, NULL},
        {"/a%2Fb", "", 400, NULL, NULL},
        {"/a%5cb", "", 400, NULL, NULL},
        {"/a\\b", "", 400, NULL, NULL},
        {"/a#b", "", 400, NULL, NULL},
        {"/...", "", 0, "/...", ""},
        {"/a..b", "", 0, "/a..b", ""},
    };
    arena_init(&arena, 1024 * 1024);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *path = NULL;
        const char *query = NULL;
        check_casef("'%s' below '%s'", cases[i].target, cases[i].base);
        CHECK_INT(target_parse(&arena, cases[i].target, cases[i].base, &path, &query), cases[i].status);
        if (cases[i].status == 0) {
            CHECK_TEXT(path, cases[i].path);
            CHECK_TEXT(query, cases[i].query);
        }
    }
    arena_release(&arena);
}

static enum status nothing(struct request *request, struct response *response)
{
    (void)request;
    (void)response;
    return STATUS_ABSENT;
}

static const struct route some_routes[] = {
    {METHOD_GET, "/", 0, 0, nothing},          {METHOD_GET, "/t/*", 0, 0, nothing},
    {METHOD_GET, "/t/new", 0, 0, nothing},     {METHOD_GET, "/t/*/log/*", 0, 0, nothing},
    {METHOD_POST, "/t/*/act", 0, 0, nothing},  {METHOD_GET, "/f/*.csv", 0, 0, nothing},
};

TEST(a_route_is_found_by_method_and_path)
{
    static const struct {
        enum method method;
        const char *path;
        int row;
        const char *first, *second;
    } cases[] = {
        {METHOD_GET, "/", 0, NULL, NULL},
        {METHOD_GET, "/t/SN1", 1, "SN1", NULL},
        {METHOD_GET, "/t/new", 2, NULL, NULL},
        {METHOD_GET, "/t/a b/log/7", 3, "a b", "7"},
        {METHOD_POST, "/t/x/act", 4, "x", NULL},
        {METHOD_GET, "/t/x/act", -1, NULL, NULL},
        {METHOD_POST, "/t/x", -1, NULL, NULL},
        {METHOD_GET, "/t/", -1, NULL, NULL},
        {METHOD_GET, "/t", -1, NULL, NULL},
        {METHOD_GET, "/t/x/", -1, NULL, NULL},
        {METHOD_GET, "/t//log/7", -1, NULL, NULL},
        {METHOD_GET, "/T/new", -1, NULL, NULL},
        {METHOD_GET, "", -1, NULL, NULL},
    };
    struct app app = {.routes = some_routes, .route_count = sizeof some_routes / sizeof some_routes[0]};
    arena_init(&arena, 1024 * 1024);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *part[2] = {"left", "left"};
        check_case(*cases[i].path == '\0' ? "the empty path" : cases[i].path);
        const struct route *route = route_find(&app, &arena, cases[i].method, cases[i].path, part);
        CHECK_INT(route == NULL ? -1 : route - some_routes, cases[i].row);
        CHECK_TEXT(part[0], cases[i].first);
        CHECK_TEXT(part[1], cases[i].second);
    }
    arena_release(&arena);
}

TEST(a_validator_matches_itself_in_a_list_and_nothing_else)
{
    char etag[ETAG_BYTES];
    char other[ETAG_BYTES];
    etag_format("water", 5, etag);
    etag_format("Water", 5, other);
    CHECK_INT(strlen(etag), 36);
    CHECK(etag_matches(etag, etag));
    CHECK(etag_matches(etag + 2, etag));
    CHECK(etag_matches("*", etag));
    CHECK(!etag_matches(other, etag));
    CHECK(!etag_matches("", etag));
    char list[120];
    snprintf(list, sizeof list, "%s, %s", other, etag);
    CHECK(etag_matches(list, etag));
    snprintf(list, sizeof list, "\"%.10s", etag + 3);
    CHECK(!etag_matches(list, etag));
}

TEST(the_browsers_word_on_the_origin)
{
    static const struct {
        const char *name, *fetch_site, *origin, *referrer;
        enum origin wanted;
    } cases[] = {
        {"same origin", "same-origin", NULL, NULL, ORIGIN_OURS},
        {"typed by hand", "none", NULL, NULL, ORIGIN_OURS},
        {"same site, other host", "same-site", "http://water.example", NULL, ORIGIN_FOREIGN},
        {"cross site with our origin", "cross-site", "http://water.example", NULL, ORIGIN_FOREIGN},
        {"an unknown word", "friendly", NULL, NULL, ORIGIN_FOREIGN},
        {"our origin", NULL, "http://water.example", NULL, ORIGIN_OURS},
        {"our origin, behind a proxy with TLS", NULL, "https://water.example", NULL, ORIGIN_OURS},
        {"our origin in capitals", NULL, "HTTP://WATER.EXAMPLE", NULL, ORIGIN_OURS},
        {"the configured origin", NULL, "https://service.example", NULL, ORIGIN_OURS},
        {"another port", NULL, "http://water.example:81", NULL, ORIGIN_FOREIGN},
        {"a longer host", NULL, "http://water.example.evil", NULL, ORIGIN_FOREIGN},
        {"our host as a user", NULL, "http://water.example@evil", NULL, ORIGIN_FOREIGN},
        {"the configured origin made longer", NULL, "https://service.example.evil", NULL, ORIGIN_FOREIGN},
        {"no scheme", NULL, "water.example", NULL, ORIGIN_FOREIGN},
        {"a hidden origin", NULL, "null", NULL, ORIGIN_UNKNOWN},
        {"a hidden origin, our page", NULL, "null", "http://water.example/form?x", ORIGIN_OURS},
        {"their page", NULL, NULL, "http://evil/water.example", ORIGIN_FOREIGN},
        {"our page", NULL, NULL, "https://service.example/form", ORIGIN_OURS},
        {"nothing", NULL, NULL, NULL, ORIGIN_UNKNOWN},
        {"empty headers", "", "", "", ORIGIN_UNKNOWN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check_case(cases[i].name);
        CHECK_INT(csrf_origin(cases[i].fetch_site, cases[i].origin, cases[i].referrer, "water.example",
                              "https://service.example"),
                  cases[i].wanted);
    }
    CHECK_INT(csrf_origin(NULL, "http://", NULL, "", "https://service.example"), ORIGIN_FOREIGN);
}

/* --- tokens ------------------------------------------------------------------------------------------------------- */

static struct request make_request(struct app *app)
{
    memset(app->secrets.key[SECRET_FORM].bytes, 7, KEY_BYTES);
    app->settings.draft_hours = 24;
    struct request request = {.app = app, .now = {INT64_C(1795420800000)}};
    memset(request.visitor.bytes, 9, KEY_BYTES);
    return request;
}

TEST(a_token_is_bound_to_visitor_session_key_and_hours)
{
    struct app app = {0};
    struct request request = make_request(&app);
    char token[REQUEST_TOKEN_BYTES];
    request_form_token(&request, token);
    CHECK(csrf_token_is_valid(&request, token));

    check_case("24 hours later it is good, 25 later it is not");
    struct request later = request;
    later.now = instant_add_seconds(request.now, 24 * 3600);
    CHECK(csrf_token_is_valid(&later, token));
    later.now = instant_add_seconds(request.now, 25 * 3600);
    CHECK(!csrf_token_is_valid(&later, token));

    check_case("a clock one hour behind takes it, two hours behind does not");
    later.now = instant_add_seconds(request.now, -3600);
    CHECK(csrf_token_is_valid(&later, token));
    later.now = instant_add_seconds(request.now, -7200);
    CHECK(!csrf_token_is_valid(&later, token));

    check_case("another visitor, a new visitor, another session, another key");
    struct request other = request;
    other.visitor.bytes[31] ^= 1;
    CHECK(!csrf_token_is_valid(&other, token));
    other = request;
    other.is_new_visitor = true;
    CHECK(!csrf_token_is_valid(&other, token));
    other = request;
    other.session_hash.bytes[0] = 1;
    CHECK(!csrf_token_is_valid(&other, token));
    app.secrets.key[SECRET_FORM].bytes[0] ^= 1;
    CHECK(!csrf_token_is_valid(&request, token));
}

TEST(each_byte_of_a_token_counts)
{
    struct app app = {0};
    struct request request = make_request(&app);
    char token[REQUEST_TOKEN_BYTES];
    request_form_token(&request, token);
    for (size_t i = 0; token[i] != '\0'; i++) {
        char changed[REQUEST_TOKEN_BYTES];
        memcpy(changed, token, sizeof changed);
        changed[i] = changed[i] == '0' ? '1' : '0';
        CHECK(!csrf_token_is_valid(&request, changed));
    }
    const char *wrong[] = {"", ".", "1", ".00", "-1.00", "99999999999999999999.00", "00000000000000000000000000000"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        CHECK(!csrf_token_is_valid(&request, wrong[i]));
}

/* --- a whole request, without sockets ----------------------------------------------------------------------------- */

struct script {
    const char *(*pairs)[2];
    const char *body;
    size_t length;
};

static const char *script_variable(void *context, const char *name)
{
    const struct script *script = context;
    for (size_t i = 0; script->pairs[i][0] != NULL; i++)
        if (text_is_equal(script->pairs[i][0], name))
            return script->pairs[i][1];
    return NULL;
}

/* Three bytes at a time, as slow servers do. */
static size_t script_read(void *context, char *buffer, size_t room)
{
    struct script *script = context;
    size_t piece = script->length < 3 ? script->length : 3;
    piece = piece < room ? piece : room;
    memcpy(buffer, script->body, piece);
    script->body += piece;
    script->length -= piece;
    return piece;
}

static enum status say_words(struct request *request, struct response *response)
{
    const char *words = request_value(request, "words");
    response_body(response, "text/plain; charset=utf-8", words, strlen(words));
    return STATUS_OK;
}

static const struct route plain_routes[] = {
    {METHOD_GET, "/say", 0, CHECK_NONE, say_words},
    {METHOD_POST, "/say", 0, CHECK_NONE, say_words}, /* without a token, as an interface for machines */
};

static struct app plain_app(void)
{
    struct app app = {.name = "plain", .routes = plain_routes, .route_count = 2};
    settings_init(&app.settings);
    return app;
}

static struct answer ask(struct app *app, const char *(*pairs)[2], const char *body)
{
    struct script script = {pairs, body, strlen(body)};
    struct exchange exchange = {script_variable, script_read, &script};
    struct answer answer;
    app_handle(app, &arena, &exchange, &answer);
    return answer;
}

TEST(a_request_is_answered_without_sockets)
{
    arena_init(&arena, 1024 * 1024);
    struct app app = plain_app();
    const char *get[][2] = {{"REQUEST_METHOD", "GET"}, {"REQUEST_URI", "/say?words=a%26b+c"}, {NULL, NULL}};
    struct answer answer = ask(&app, get, "");
    CHECK_INT(answer.status_code, 200);
    CHECK_TEXT(answer.body, "a&b c");
    CHECK(strncmp(answer.head, "Status: 200 OK\r\n", 16) == 0);
    CHECK(strcmp(answer.head + answer.head_length - 4, "\r\n\r\n") == 0);

    const char *post[][2] = {{"REQUEST_METHOD", "POST"},
                             {"REQUEST_URI", "/say"},
                             {"CONTENT_LENGTH", "13"},
                             {"CONTENT_TYPE", "application/x-www-form-urlencoded;charset=UTF-8"},
                             {NULL, NULL}};
    answer = ask(&app, post, "words=%E6%B0%B4");
    CHECK_INT(answer.status_code, 400); /* cut in the middle of an escape by its own length */
    post[2][1] = "15";
    answer = ask(&app, post, "words=%E6%B0%B4");
    CHECK_INT(answer.status_code, 200);
    CHECK_TEXT(answer.body, "水");
    arena_release(&arena);
}

TEST(an_error_page_stands_without_templates_and_without_words)
{
    arena_init(&arena, 1024 * 1024);
    struct app app = plain_app();
    const char *get[][2] = {{"REQUEST_METHOD", "GET"}, {"REQUEST_URI", "/nowhere"}, {NULL, NULL}};
    struct answer answer = ask(&app, get, "");
    CHECK_INT(answer.status_code, 404);
    CHECK(strstr(answer.body, "<h1>") != NULL);
    CHECK(strstr(answer.head, "Content-Security-Policy: default-src 'none'") != NULL);
    pages_release();
    templates_close();
    arena_release(&arena);
}

TEST(a_request_without_any_parameter_is_refused)
{
    arena_init(&arena, 1024 * 1024);
    struct app app = plain_app();
    const char *nothing_at_all[][2] = {{NULL, NULL}};
    CHECK_INT(ask(&app, nothing_at_all, "").status_code, 400);
    templates_close();
    arena_release(&arena);
}

TEST(values_of_urls_are_escaped_and_read_back)
{
    arena_init(&arena, 1024 * 1024);
    CHECK_TEXT(response_url_escape(&arena, "aZ09-._~"), "aZ09-._~");
    CHECK_TEXT(response_url_escape(&arena, "/?&=+ %\"<水"), "%2F%3F%26%3D%2B%20%25%22%3C%E6%B0%B4");
    CHECK_TEXT(response_url_escape(&arena, ""), "");
    arena_release(&arena);
}
