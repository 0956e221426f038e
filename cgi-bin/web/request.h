/*
 * One request as a handler sees it: already routed, decoded, bounded, with its actor and its time.
 */
#ifndef WEB_REQUEST_H
#define WEB_REQUEST_H

#include "base/arena.h"
#include "base/crypto.h"
#include "base/settings.h"
#include "base/time.h"
#include "core/actor.h"
#include "web/form.h"
#include "web/words.h"

enum method { METHOD_GET, METHOD_POST, METHOD__COUNT }; /* HEAD is served as GET without the body */

struct app;
struct route;
struct realm;

struct request {
    const struct app *app;
    const struct route *route;
    void *context; /* the program's own struct, from app->context */
    struct arena *arena; /* reset when the response is out */
    struct fault fault;
    struct instant now; /* read once; everything in this request happens at this moment */
    enum method method;
    bool is_head;
    const char *path;    /* after the base path: "/complaint/place" */
    const char *part[2]; /* what the route's '*' segments matched, or NULL */
    struct form query;
    struct form body;
    const char *cookies; /* the Cookie header, or "" */
    const char *if_none_match; /* or "" */
    const char *idempotency_key; /* of a machine that may send the same again; or "" */
    enum language language;
    bool is_elder;       /* 长辈版 */
    bool is_https;       /* from the server's HTTPS parameter */
    const char *remote_address; /* from the server, never from a header; "" when unknown */
    char id[17];         /* request number, shown on error pages and logged */
    const struct realm *realm; /* where this path is signed in to */
    struct actor actor;  /* staff programs: who holds the session; else no roles */
    struct hash session_hash; /* of the realm's cookie, all zero without one */
    struct key visitor;  /* the visitor's random cookie token; CSRF tokens and drafts hang on it */
    bool is_new_visitor; /* the cookie is set with this response */
};

/* A field of the body (POST) or query (GET), or "" when absent. */
const char *request_value(const struct request *request, const char *name);

/*
 * Value of one of the suite's cookies with the path "/", or NULL. On HTTPS without a base path they carry the prefix
 * "__Host-", and one without it is not believed. A cookie of a narrower path is read by cookie_find.
 */
const char *request_cookie(const struct request *request, const char *name);

/* Keyed hash of the remote address, for counting guesses without keeping addresses. */
struct hash request_address_hash(const struct request *request);

/*
 * CSRF token for the visitor's or session's forms: MAC over the visitor's cookie, the session and the hour; accepted for
 * settings.draft_hours. buffer: REQUEST_TOKEN_BYTES
 */
#define REQUEST_TOKEN_BYTES 80
void request_form_token(const struct request *request, char *buffer);

/*
 * Key of a form that creates or changes something: 16 random bytes as hex, made when the form is shown, sent back in the field
 * `key`. request_key() binds it to what the form says: sent again as it was, by a double click or after an error, it has the same
 * key; a form that somebody went back to and filled in anew is another one, and is never taken for done. Files, the form's token
 * and the like do not count. False when the field is absent or not 32 hex digits.
 */
#define REQUEST_KEY_BYTES 16
#define REQUEST_KEY_TEXT_BYTES 33
void request_new_key(char *buffer);
bool request_key(const struct request *request, uint8_t key[16]) MUST_USE;

#endif
