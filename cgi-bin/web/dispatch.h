/*
 * One request from the server's parameters to the bytes of the answer, without sockets: what the skeleton does around a
 * handler. Internal to web.
 */
#ifndef WEB_DISPATCH_H
#define WEB_DISPATCH_H

#include "web/app.h"

/* Where a request comes from: FastCGI, CGI or a test. */
struct exchange {
    /* A parameter of the server ("REQUEST_URI"), or NULL. Borrowed until the answer is out. */
    const char *(*variable)(void *context, const char *name);
    /* Reads at most `room` bytes of the body: how many, 0 at its end or when it breaks off. */
    size_t (*read)(void *context, char *buffer, size_t room);
    void *context;
};

/* What goes back: head (with its empty line) and body, in the arena or kept by the process until the next request. */
struct answer {
    int status_code;
    const char *head;
    size_t head_length;
    const char *body;
    size_t body_length;
};

/* The route that serves a method and path; part: what '*' matched, in the arena. NULL when there is none. */
const struct route *route_find(const struct app *app, struct arena *arena, enum method method, const char *path,
                               const char *part[2]);

/* Answers one request and logs it. Everything of it lives in the arena, which the caller resets. */
void app_handle(struct app *app, struct arena *arena, const struct exchange *exchange, struct answer *answer);

/* Whether a GET of this path has a route. */
bool dispatch_has_get(const struct app *app, const char *path);

/* base path + path of the request, escaped for a link. */
const char *dispatch_path_address(const struct request *request);

/*
 * Reads REQUEST_URI: base path off, split at '?', decoded once. 0, or the status code of the refusal: 400 for what no
 * browser sends (bad escapes, control bytes, dot segments, an encoded slash), 404 outside the base path, 414.
 * query: from behind the '?', "" without one
 */
int target_parse(struct arena *arena, const char *target, const char *base_path, const char **path,
                 const char **query);

#define ETAG_BYTES 40

/* Weak validator of a body: W/"…". */
void etag_format(const char *body, size_t length, char *etag);

/* Whether If-None-Match names the validator. */
bool etag_matches(const char *if_none_match, const char *etag);

/* Puts the standard headers on a response and makes the answer of it. */
void answer_make(struct request *request, struct response *response, struct answer *answer);

/* The largest body of a route, in bytes; files come as multipart/form-data alone. content_type: "" when unknown */
size_t body_limit_of(const struct app *app, const struct route *route, const char *content_type);

/* An error page with a sentence of its own beside the general one. detail: Text key, or NULL */
enum status response_error_detail(struct request *request, struct response *response, int status_code,
                                  const char *detail);

/*
 * A page that keeps every field of the POST and asks to send it again. kind: "stale", "signed_out", "unavailable",
 * "failed". Falls back to the plain error page when a field is a secret.
 */
enum status response_resend(struct request *request, struct response *response, int status_code, const char *kind);

#endif
