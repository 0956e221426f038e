/*
 * The answer. Built in memory and sent after the handler has succeeded: a failure in the middle never leaves half a page.
 * Header values refuse CR, LF, NUL and non-ASCII.
 */
#ifndef WEB_RESPONSE_H
#define WEB_RESPONSE_H

#include "web/request.h"

#define RESPONSE_HEADERS_MAX 16

struct response {
    int status_code;
    const char *content_type;
    const char *body; /* in the request's arena, or constant */
    size_t body_length;
    struct {
        const char *name, *value;
    } headers[RESPONSE_HEADERS_MAX];
    size_t header_count;
    bool is_public_cacheable; /* else Cache-Control: no-store */
    int max_age_seconds;
    bool wants_etag;          /* weak validator over the body; 304 when it matches */
};

/* Adds a header. Both strings are borrowed until the response is out. A value that may not stand in one is left out. */
void response_header(struct response *response, const char *name, const char *value);

/*
 * 303 to a path of this suite: base path + path + query, formatted. The path starts with '/' and is one of ours (assert);
 * values that are not made of letters and digits go through response_url_escape.
 */
enum status response_redirect(struct request *request, struct response *response, const char *path, ...)
    PRINTF_LIKE(3, 4);

/* 308 to a path of this suite, as it stands: the page has moved for good. */
enum status response_moved(struct request *request, struct response *response, const char *path);

/* A value for a query string or a segment: everything but letters, digits and -._~ as %XX. */
const char *response_url_escape(struct arena *arena, const char *value);

/* A body that is no page: CSV, JSON, SVG. Copied by reference. */
void response_body(struct response *response, const char *content_type, const char *body, size_t length);

/*
 * Sets a cookie: HttpOnly, SameSite=Lax (Strict when `is_strict`), Secure on HTTPS, path = base path + `path`. With the
 * path "/" it carries the prefix __Host- where it may (request_cookie reads it). max_age_seconds: 0 takes it away, negative
 * keeps it until the browser is closed. The value is made of letters, digits and -._~ (assert).
 */
void response_cookie(struct request *request, struct response *response, const char *name, const char *value,
                     const char *path, int max_age_seconds, bool is_strict);

/* An error page in the visitor's language: what happened, what was kept, whom to call, the request number. */
enum status response_error(struct request *request, struct response *response, int status_code);

#endif
