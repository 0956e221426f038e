#include "web/response.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "web/app.h"
#include "web/dispatch.h"

#define LETTERS_AND_DIGITS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
#define UNRESERVED LETTERS_AND_DIGITS "-._~"
#define ADDRESS_CHARACTERS UNRESERVED "/%?=&+:,;@!$'()*"

/* Printable ASCII alone: no line end can start a header of somebody else's. */
static bool is_header_value(const char *value)
{
    for (; *value != '\0'; value++)
        if (*value < ' ' || *value > '~')
            return false;
    return true;
}

void response_header(struct response *response, const char *name, const char *value)
{
    if (value == NULL || !is_header_value(value)) {
        log_write(LOG_LEVEL_ERROR, "header_refused name=%s", name);
        return;
    }
    assert(response->header_count < RESPONSE_HEADERS_MAX);
    response->headers[response->header_count].name = name;
    response->headers[response->header_count].value = value;
    response->header_count++;
}

const char *response_url_escape(struct arena *arena, const char *value)
{
    static const char digits[] = "0123456789ABCDEF";
    size_t length = strlen(value);
    char *escaped = arena_take(arena, 3 * length + 1);
    char *out = escaped;
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)value[i];
        if (strchr(UNRESERVED, byte) != NULL) {
            *out++ = (char)byte;
        } else {
            *out++ = '%';
            *out++ = digits[byte >> 4];
            *out++ = digits[byte & 15];
        }
    }
    return escaped;
}

/* A path that stays on this site: "/x", never "//host" or anything a browser would take for one. */
static bool is_own_path(const char *path)
{
    return path[0] == '/' && path[1] != '/' && strspn(path, ADDRESS_CHARACTERS) == strlen(path);
}

enum status response_redirect(struct request *request, struct response *response, const char *path, ...)
{
    va_list arguments, again;
    va_start(arguments, path);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, path, arguments);
    va_end(arguments);
    assert(length > 0);
    char *address = arena_take(request->arena, (size_t)length + 1);
    vsnprintf(address, (size_t)length + 1, path, again);
    va_end(again);
    assert(is_own_path(address));
    response->status_code = 303;
    response_body(response, "text/plain; charset=utf-8", "", 0);
    response_header(response, "Location",
                    arena_format(request->arena, "%s%s", request->app->settings.base_path, address));
    return STATUS_OK;
}

enum status response_moved(struct request *request, struct response *response, const char *path)
{
    assert(is_own_path(path));
    response->status_code = 308;
    response_body(response, "text/plain; charset=utf-8", "", 0);
    response_header(response, "Location", arena_format(request->arena, "%s%s", request->app->settings.base_path, path));
    return STATUS_OK;
}

void response_body(struct response *response, const char *content_type, const char *body, size_t length)
{
    if (response->status_code == 0)
        response->status_code = 200;
    response->content_type = content_type;
    response->body = body;
    response->body_length = length;
}

void response_cookie(struct request *request, struct response *response, const char *name, const char *value,
                     const char *path, int max_age_seconds, bool is_strict)
{
    assert(path[0] == '/' && strspn(value, UNRESERVED) == strlen(value));
    const char *base = request->app->settings.base_path;
    bool is_host_cookie = request->is_https && *base == '\0' && path[1] == '\0';
    const char *age =
        max_age_seconds < 0 ? "" : arena_format(request->arena, "; Max-Age=%d", max_age_seconds);
    response_header(response, "Set-Cookie",
                    arena_format(request->arena, "%s%s=%s; Path=%s%s%s; HttpOnly; SameSite=%s%s",
                                 is_host_cookie ? "__Host-" : "", name, value, base, path, age,
                                 is_strict ? "Strict" : "Lax", request->is_https ? "; Secure" : ""));
}

/* --- validators --------------------------------------------------------------------------------------------------- */

void etag_format(const char *body, size_t length, char *etag)
{
    struct bytes piece = {(const uint8_t *)body, length};
    struct hash hash = crypto_hash_pieces(&piece, 1);
    char hex[33];
    text_format_hex(hash.bytes, 16, hex);
    struct text text;
    text_init(&text, etag, ETAG_BYTES);
    text_add_format(&text, "W/\"%s\"", hex);
    assert(!text.is_cut);
}

/* The part between the quotation marks is compared; whether W/ stands before it does not matter here. */
bool etag_matches(const char *if_none_match, const char *etag)
{
    const char *bare = etag + 2;
    if (text_is_equal(if_none_match, "*"))
        return true;
    for (const char *at = if_none_match; (at = strstr(at, bare)) != NULL; at++) {
        const char *end = at + strlen(bare);
        if (*end == '\0' || *end == ',' || *end == ' ')
            return true;
    }
    return false;
}

/* --- the answer --------------------------------------------------------------------------------------------------- */

static const char *reason_of(int status_code)
{
    switch (status_code) {
    case 200:
        return "OK";
    case 303:
        return "See Other";
    case 308:
        return "Permanent Redirect";
    case 304:
        return "Not Modified";
    case 400:
        return "Bad Request";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 409:
        return "Conflict";
    case 410:
        return "Gone";
    case 413:
        return "Content Too Large";
    case 414:
        return "URI Too Long";
    case 422:
        return "Unprocessable Content";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 503:
        return "Service Unavailable";
    default:
        return status_code >= 500 ? "Internal Server Error" : "Other";
    }
}

static const char *header_find(const struct response *response, const char *name)
{
    for (size_t i = 0; i < response->header_count; i++)
        if (strcasecmp(response->headers[i].name, name) == 0)
            return response->headers[i].value;
    return NULL;
}

/* Sets the validator and turns the answer into "not modified" where the visitor has it already. */
static void apply_etag(struct request *request, struct response *response)
{
    if (!response->wants_etag || request->method != METHOD_GET || response->status_code != 200)
        return;
    const char *etag = header_find(response, "ETag");
    if (etag == NULL) {
        char *made = arena_take(request->arena, ETAG_BYTES);
        etag_format(response->body, response->body_length, made);
        response_header(response, "ETag", made);
        etag = made;
    }
    if (etag_matches(request->if_none_match, etag)) {
        response->status_code = 304;
        response->body_length = 0;
    }
}

static void add_line(struct text *head, const char *name, const char *value)
{
    text_add(head, name);
    text_add(head, ": ");
    text_add(head, value);
    text_add(head, "\r\n");
}

static void add_cache_lines(struct text *head, const struct response *response)
{
    bool is_public = response->is_public_cacheable && header_find(response, "Set-Cookie") == NULL &&
                     (response->status_code == 200 || response->status_code == 304);
    if (header_find(response, "Cache-Control") == NULL) {
        if (is_public)
            text_add_format(head, "Cache-Control: public, max-age=%d\r\n", response->max_age_seconds);
        else
            text_add(head, "Cache-Control: no-store\r\n");
    }
    if (header_find(response, "Vary") == NULL)
        text_add(head, "Vary: Cookie\r\n");
}

#define POLICY                                                                                                         \
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "              \
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/* The same on every answer (controls.md D1–D3, C14). The referrer stays within the site, so that Origin is sent. */
static const struct {
    const char *name, *value;
} fixed_headers[] = {
    {"Content-Security-Policy", POLICY},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), geolocation=(self), microphone=(), payment=(), usb=()"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
};

static size_t head_room(const struct response *response)
{
    size_t size = 2048;
    for (size_t i = 0; i < response->header_count; i++)
        size += strlen(response->headers[i].name) + strlen(response->headers[i].value) + 4;
    return size;
}

void answer_make(struct request *request, struct response *response, struct answer *answer)
{
    assert(response->status_code != 0);
    apply_etag(request, response);
    size_t room = head_room(response);
    struct text head;
    text_init(&head, arena_take(request->arena, room), room);
    text_add_format(&head, "Status: %d %s\r\n", response->status_code, reason_of(response->status_code));
    if (response->status_code != 304) {
        add_line(&head, "Content-Type",
                 response->content_type == NULL ? "text/plain; charset=utf-8" : response->content_type);
        text_add_format(&head, "Content-Length: %zu\r\n", response->body_length);
    }
    for (size_t i = 0; i < sizeof fixed_headers / sizeof fixed_headers[0]; i++)
        if (header_find(response, fixed_headers[i].name) == NULL)
            add_line(&head, fixed_headers[i].name, fixed_headers[i].value);
    add_cache_lines(&head, response);
    add_line(&head, "X-Request-Id", request->id);
    for (size_t i = 0; i < response->header_count; i++)
        add_line(&head, response->headers[i].name, response->headers[i].value);
    text_add(&head, "\r\n");
    assert(!head.is_cut);
    *answer = (struct answer){
        .status_code = response->status_code,
        .head = head.bytes,
        .head_length = head.length_bytes,
        .body = response->body,
        .body_length = request->is_head ? 0 : response->body_length,
    };
}
