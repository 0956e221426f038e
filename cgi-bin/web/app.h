/*
 * A web program: its routes, its start, and the skeleton that serves it.
 *
 * main() of a program is `return app_main(argc, argv, &app);`. The skeleton is a small prefork master (--listen PATH
 * --workers N) with respawn and graceful TERM and QUIT; it also runs on an inherited fd 0 (systemd, spawn-fcgi, mod_fcgid)
 * and as plain CGI. Options: --settings FILE, --check-config, --settings-help, --version, --help.
 */
#ifndef WEB_APP_H
#define WEB_APP_H

#include "base/secrets.h"
#include "web/input.h"

/* What the dispatcher checks before a handler runs, so that no handler can forget it. */
enum check {
    CHECK_NONE = 0,
    CHECK_CSRF = 1,     /* every POST */
    CHECK_KEYED = 8,    /* no form of ours: the handler holds a machine's signature against a shared key */
    CHECK_UNLOGGED = 4, /* no line of the request in any log: the sealed channel */
    CHECK_UPLOAD = 2,   /* a multipart body up to 32 MiB instead of settings.body_limit_bytes */
};

typedef enum status (*route_handler)(struct request *request, struct response *response);

/*
 * One row per method and path. A path is literal but for '*', which matches one segment. roles: 0 for everybody, else at least one of
 * these ROLE_BITs must be held; without a session the visitor is sent to the sign-in page.
 * A handler's STATUS_OK sends the response; ABSENT is 404, REFUSED 403, CONFLICT 409, INVALID 400, UNAVAILABLE 503 with
 * Retry-After, FAILED 500, each with the suite's error page.
 */
struct route {
    enum method method;
    const char *path;
    uint32_t roles;
    unsigned checks;
    route_handler handler;
};

struct response;

struct app {
    const char *name; /* "complaint": template folder, database account, secret file, log name */
    const struct route *routes;
    size_t route_count;
    void *context;

    /* Once in the master, before the first fork, without the database; may be NULL. */
    enum status (*prepare)(struct app *app, struct fault *fault);
    /* Once in each worker. The database is opened lazily: a database that is away must not stop the start. */
    enum status (*open)(struct app *app, struct fault *fault);
    void (*close)(struct app *app);
    /* Before each request (refresh of the catalog); UNAVAILABLE becomes the 503 page. May be NULL. */
    enum status (*before)(struct app *app, struct request *request);
    /*
     * Before anybody is identified: makes the answer "not modified" for a poll that may have it without; false, and nothing done,
     * when the request goes its usual way. The answer shows nothing (ticket/live.h says what it may hang on). May be NULL.
     */
    bool (*answer_unchanged)(struct app *app, struct request *request, struct response *response);
    /* Staff programs: fills request->actor from the session cookie's hash. NULL in public programs. */
    enum status (*identify)(struct app *app, struct request *request);
    /*
     * Programs that machines speak to: makes the body of a refusal instead of the error page. The response has its status code and
     * Retry-After or Allow. detail: Text key of a sentence about it, or NULL. NULL in programs with pages.
     */
    enum status (*explain)(struct request *request, struct response *response, int status_code, const char *detail);
    /* Statements executed so far, for the log line; may be NULL. */
    uint64_t (*statement_count)(const struct app *app);

    /* Filled by app_main. */
    struct settings settings;
    struct secrets secrets;
};

#define VISITOR_COOKIE "sn_visitor"

/* Runs the program; returns its exit code. */
int app_main(int argc, char **argv, struct app *app);

/*
 * A POST whose token is missing, stale or another visitor's changes nothing. When the request is of our own origin it is answered
 * by a page that keeps every field and asks to send again with a fresh token (403); otherwise plain 403.
 */

#endif
