/* A program of the skeleton with a route for everything that can happen to one; tests/web/skeleton.test.js drives it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"
#include "web/app.h"
#include "web/realm.h"

static uint64_t statements;

static enum status show(struct request *request, struct response *response, const char *name, struct inputs *inputs,
                        int status_code)
{
    struct view *view = page_begin(request, name);
    view_text(view, "Page.title", "hello");
    view_text(view, "Page.path", request->path);
    if (inputs != NULL)
        inputs_show(inputs, view);
    return page_end(view, response, status_code);
}

static enum status get_index(struct request *request, struct response *response)
{
    statements += 2;
    return show(request, response, "hello/index", NULL, 200);
}

static enum status get_form(struct request *request, struct response *response)
{
    return show(request, response, "hello/form", NULL, 200);
}

static const struct input_rule rules[] = {
    {.name = "name", .type = INPUT_LINE, .is_required = true, .min = 2, .max = 20, .error = "error.wrong"},
    {.name = "words", .type = INPUT_LINES, .max = 100, .error = "error.wrong"},
    {.name = "age", .type = INPUT_NUMBER, .min = 0, .max = 150, .error = "error.wrong"},
};

static enum status post_form(struct request *request, struct response *response)
{
    struct inputs inputs;
    enum status status = inputs_read(request, rules, 3, &inputs);
    if (status != STATUS_OK)
        return status;
    uint8_t key[16];
    if (!request_key(request, key))
        inputs_error(&inputs, "name", "error.wrong");
    if (inputs.error_count > 0)
        return show(request, response, "hello/form", &inputs, 422);
    return response_redirect(request, response, "/hello/done?name=%s",
                             response_url_escape(request->arena, inputs_text(&inputs, "name")));
}

static enum status get_done(struct request *request, struct response *response)
{
    const char *name = request_value(request, "name");
    response_body(response, "text/plain; charset=utf-8", name, strlen(name));
    return STATUS_OK;
}

static enum status post_upload(struct request *request, struct response *response)
{
    const struct form_item *file = form_find(&request->body, "file");
    char *body = arena_format(request->arena, "%zu", file == NULL ? 0 : file->length);
    response_body(response, "text/plain; charset=utf-8", body, strlen(body));
    return STATUS_OK;
}

/* Ends with the status that the path names, and says so in the fault. */
static enum status by_name(struct request *request, struct response *response)
{
    for (int status = 0; status < STATUS__COUNT; status++)
        if (text_is_equal(request->part[0], status_name((enum status)status))) {
            if (status == STATUS_OK)
                return get_index(request, response);
            /* A page that was begun and left, and a header of it, leave no trace. */
            view_text(page_begin(request, "hello/index"), "Page.title", "left");
            response_header(response, "X-Left", "1");
            return FAULT(&request->fault, (enum status)status, "asked for, and never shown to a visitor");
        }
    return STATUS_ABSENT;
}

static enum status get_broken(struct request *request, struct response *response)
{
    return page_end(page_begin(request, "hello/nowhere"), response, 200);
}

static enum status get_slow(struct request *request, struct response *response)
{
    int64_t milliseconds = 0;
    if (!text_parse_integer(request->part[0], 0, 10000, &milliseconds))
        return STATUS_INVALID;
    struct timespec pause = {.tv_sec = milliseconds / 1000, .tv_nsec = milliseconds % 1000 * 1000000};
    nanosleep(&pause, NULL);
    response_body(response, "text/plain; charset=utf-8", "slow", 4);
    return STATUS_OK;
}

static enum status get_cached(struct request *request, struct response *response)
{
    int64_t version = 0;
    const char *name = request->part[0];
    if (!text_parse_integer(name, 0, 1000, &version))
        return STATUS_INVALID;
    response->is_public_cacheable = true;
    response->max_age_seconds = 300;
    response->wants_etag = true;
    if (page_cache_find(request, "hello/cached", version, response))
        return STATUS_OK;
    statements++;
    enum status status = show(request, response, "hello/plain", NULL, 200);
    if (status == STATUS_OK)
        page_cache_keep(request, "hello/cached", version, response);
    return status;
}

static enum status get_pid(struct request *request, struct response *response)
{
    char *body = arena_format(request->arena, "%d", (int)getpid());
    response_body(response, "text/plain; charset=utf-8", body, strlen(body));
    return STATUS_OK;
}

static enum status get_big(struct request *request, struct response *response)
{
    size_t length = 600000;
    char *body = arena_take(request->arena, length);
    memset(body, 'x', length);
    response_body(response, "text/plain; charset=utf-8", body, length);
    return STATUS_OK;
}

static enum status get_headers(struct request *request, struct response *response)
{
    response_header(response, "X-Bad", "a\r\nSet-Cookie: b=c");
    response_header(response, "X-Good", "fine");
    response_cookie(request, response, "sn_try", "value-1", "/hello", 60, true);
    response_cookie(request, response, "sn_root", "value-2", "/", 0, false);
    return get_index(request, response);
}

static enum status get_kill(struct request *request, struct response *response)
{
    (void)request;
    (void)response;
    _exit(9);
}

static const struct route routes[] = {
    {METHOD_GET, "/hello/", 0, CHECK_NONE, get_index},
    {METHOD_GET, "/hello/form", 0, CHECK_NONE, get_form},
    {METHOD_POST, "/hello/form", 0, CHECK_CSRF, post_form},
    {METHOD_GET, "/hello/done", 0, CHECK_NONE, get_done},
    {METHOD_POST, "/hello/upload", 0, CHECK_CSRF | CHECK_UPLOAD, post_upload},
    {METHOD_GET, "/hello/status/*", 0, CHECK_NONE, by_name},
    {METHOD_GET, "/hello/status/ok", 0, CHECK_NONE, get_pid},
    {METHOD_POST, "/hello/status/*", 0, CHECK_CSRF, by_name},
    {METHOD_GET, "/hello/broken", 0, CHECK_NONE, get_broken},
    {METHOD_GET, "/hello/slow/*", 0, CHECK_NONE, get_slow},
    {METHOD_GET, "/hello/cached/*", 0, CHECK_NONE, get_cached},
    {METHOD_GET, "/hello/pid", 0, CHECK_NONE, get_pid},
    {METHOD_GET, "/hello/big", 0, CHECK_NONE, get_big},
    {METHOD_GET, "/hello/headers", 0, CHECK_NONE, get_headers},
    {METHOD_GET, "/hello/kill", 0, CHECK_NONE, get_kill},
    {METHOD_GET, "/hello/staff/", ROLES_STAFF, CHECK_NONE, get_index},
    {METHOD_GET, "/hello/staff/*/", ROLES_STAFF, CHECK_NONE, get_index},
    {METHOD_GET, "/hello/admin/", ROLE_BIT(ROLE_ADMIN), CHECK_NONE, get_index},
    {METHOD_POST, "/hello/staff/act", ROLES_STAFF, CHECK_CSRF, post_form},
};

/* The session whose cookie is 32 bytes of 0x11 is an operator's; all others are over. */
static enum status identify(struct app *app, struct request *request)
{
    (void)app;
    struct key token;
    memset(token.bytes, 0x11, sizeof token.bytes);
    struct hash wanted = realm_session_hash(request->realm, &token);
    if (!crypto_is_equal(wanted.bytes, request->session_hash.bytes, HASH_BYTES))
        return STATUS_ABSENT;
    request->actor = (struct actor){.roles = ROLE_BIT(ROLE_OPERATOR), .name = "王 <b>", .login = "wang"};
    return STATUS_OK;
}

/* While the file HELLO_DOWN names exists, the database is away. */
static enum status before(struct app *app, struct request *request)
{
    (void)app;
    const char *path = getenv("HELLO_DOWN");
    if (path != NULL && access(path, F_OK) == 0)
        return FAULT(&request->fault, STATUS_UNAVAILABLE, "the database is away");
    return STATUS_OK;
}

static uint64_t count_statements(const struct app *app)
{
    (void)app;
    return statements;
}

int main(int argc, char **argv)
{
    struct app app = {
        .name = "hello",
        .routes = routes,
        .route_count = sizeof routes / sizeof routes[0],
        .before = before,
        .identify = identify,
        .statement_count = count_statements,
    };
    return app_main(argc, argv, &app);
}
