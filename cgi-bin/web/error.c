/* The pages for when something cannot be done, and the page that keeps what was typed. */
#include <assert.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "web/app.h"
#include "web/dispatch.h"
#include "web/page.h"
#include "web/realm.h"

#define RETRY_SECONDS "30"

/* The key of a status code's words: "error_page.404.title". Codes without words of their own share those of 400 or 500. */
static const char *key_of(const struct request *request, int status_code, const char *part)
{
    const char *key = arena_format(request->arena, "error_page.%d.%s", status_code, part);
    if (words_find(request->language, key) != key)
        return key;
    return arena_format(request->arena, "error_page.%d.%s", status_code < 500 ? 400 : 500, part);
}

/* HTML escaped by hand, for the page that is made without a template. */
static const char *escape_html(struct arena *arena, const char *value)
{
    size_t room = 6 * strlen(value) + 1;
    struct text text;
    text_init(&text, arena_take(arena, room), room);
    for (; *value != '\0'; value++) {
        if (*value == '<')
            text_add(&text, "&lt;");
        else if (*value == '>')
            text_add(&text, "&gt;");
        else if (*value == '&')
            text_add(&text, "&amp;");
        else if (*value == '"')
            text_add(&text, "&quot;");
        else
            text_add_bytes(&text, value, 1);
    }
    return text.bytes;
}

/* What is shown when the template of the error page fails, too. */
static void put_bare_page(struct request *request, struct response *response, int status_code)
{
    struct arena *arena = request->arena;
    const char *hotline = request->app->settings.hotline;
    const char *title = escape_html(arena, words_find(request->language, key_of(request, status_code, "title")));
    const char *text = escape_html(arena, words_find(request->language, key_of(request, status_code, "text")));
    const char *call = escape_html(arena, words_fill(arena, request->language, "error_page.call", &hotline, 1));
    char *body = arena_format(arena,
                              "<!DOCTYPE html>\n<html lang=\"%s\">\n<meta charset=\"utf-8\">\n"
                              "<meta name=\"viewport\" content=\"width=device-width\">\n<title>%s</title>\n"
                              "<h1>%s</h1>\n<p>%s</p>\n<p>%s</p>\n<p>%s</p>\n</html>\n",
                              language_tag(request->language), title, title, text, call, request->id);
    response_body(response, "text/html; charset=utf-8", body, strlen(body));
}

/* The handler's headers go, but for cookies: they may be the end of a session. */
static void start_over(struct response *response, int status_code)
{
    struct response fresh = {.status_code = status_code};
    for (size_t i = 0; i < response->header_count; i++)
        if (text_is_equal(response->headers[i].name, "Set-Cookie") ||
            text_is_equal(response->headers[i].name, "Allow"))
            fresh.headers[fresh.header_count++] = response->headers[i];
    *response = fresh;
    if (status_code == 503)
        response_header(response, "Retry-After", RETRY_SECONDS);
}

static void put_error(struct view *view, struct request *request, int status_code, const char *detail)
{
    view_words(view, "Page.title", key_of(request, status_code, "title"));
    struct view *error = view_child(view, "Error");
    view_number(error, "code", status_code);
    view_words(error, "title", key_of(request, status_code, "title"));
    view_words(error, "text", key_of(request, status_code, "text"));
    if (detail != NULL)
        view_words(error, "detail", detail);
    else if (status_code >= 500 && request->method == METHOD_POST)
        view_words(error, "detail", "error_page.not_received");
    view_flag(error, "is_missing", status_code == 404);
    view_flag(error, "is_own_fault", status_code >= 500);
    const char *hotline = request->app->settings.hotline;
    view_text(error, "call", words_fill(request->arena, request->language, "error_page.call", &hotline, 1));
    const char *id = request->id;
    view_text(error, "number", words_fill(request->arena, request->language, "error_page.number", &id, 1));
}

static enum status put_body(struct request *request, struct response *response, int status_code, const char *detail)
{
    if (request->app->explain != NULL)
        return request->app->explain(request, response, status_code, detail);
    struct view *view = page_begin(request, "error");
    put_error(view, request, status_code, detail);
    return page_end(view, response, status_code);
}

enum status response_error_detail(struct request *request, struct response *response, int status_code,
                                  const char *detail)
{
    assert(status_code >= 400 && status_code < 600);
    start_over(response, status_code);
    struct fault earlier = request->fault;
    fault_reset(&request->fault);
    if (put_body(request, response, status_code, detail) != STATUS_OK) {
        log_fault(STATUS_FAILED, &request->fault);
        put_bare_page(request, response, status_code);
    }
    request->fault = earlier;
    return STATUS_OK;
}

enum status response_error(struct request *request, struct response *response, int status_code)
{
    return response_error_detail(request, response, status_code, NULL);
}

/* --- keeping what was typed --------------------------------------------------------------------------------------- */

/* A password must not travel into a page; a form that has one is filled in anew. */
static bool has_secret(const struct form *form)
{
    for (size_t i = 0; i < form->count; i++)
        if (strstr(form->items[i].name, "password") != NULL || strstr(form->items[i].name, "secret") != NULL)
            return true;
    return false;
}

/* Where the form goes: this very address, with its query but for the switches of language and size. */
static const char *own_address(const struct request *request)
{
    const char *address = dispatch_path_address(request);
    char separator = '?';
    for (size_t i = 0; i < request->query.count; i++) {
        const struct form_item *item = &request->query.items[i];
        if (text_is_equal(item->name, "lang") || text_is_equal(item->name, "elder"))
            continue;
        address = arena_format(request->arena, "%s%c%s=%s", address, separator,
                               response_url_escape(request->arena, item->name),
                               response_url_escape(request->arena, item->value));
        separator = '&';
    }
    return address;
}

static void put_fields(struct view *view, const struct request *request)
{
    size_t rows = 0;
    bool has_file = false;
    for (size_t i = 0; i < request->body.count; i++) {
        const struct form_item *item = &request->body.items[i];
        if (item->file_name != NULL) {
            has_file = has_file || item->length > 0;
            continue;
        }
        if (text_is_equal(item->name, "token"))
            continue;
        struct view *row = view_row(view, "fields", rows++);
        view_text(row, "name", item->name);
        view_text(row, "value", item->value);
    }
    view_flag(view, "has_file", has_file);
}

enum status response_resend(struct request *request, struct response *response, int status_code, const char *kind)
{
    bool is_kept = !has_secret(&request->body);
    if (!is_kept && status_code >= 500)
        return response_error(request, response, status_code);
    start_over(response, status_code);
    struct view *view = page_begin(request, "resend");
    put_error(view, request, status_code, NULL);
    struct arena *arena = request->arena;
    view_words(view, "Page.title", arena_format(arena, "resend.%s.title", kind));
    struct view *resend = view_child(view, "Resend");
    view_words(resend, "title", arena_format(arena, "resend.%s.title", kind));
    view_words(resend, "text", arena_format(arena, "resend.%s.%s", kind, is_kept ? "text" : "anew"));
    view_text(resend, "action", own_address(request));
    view_flag(resend, "is_kept", is_kept);
    view_flag(resend, "is_signed_out", text_is_equal(kind, "signed_out"));
    view_text(resend, "signin", request->realm->signin);
    view_flag(resend, "has_page", dispatch_has_get(request->app, request->path));
    if (is_kept)
        put_fields(resend, request);
    if (page_end(view, response, status_code) != STATUS_OK)
        return response_error(request, response, status_code);
    return STATUS_OK;
}
