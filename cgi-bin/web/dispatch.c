#include "web/dispatch.h"

#include <assert.h>
#include <string.h>

#include "base/log.h"
#include "base/now.h"
#include "base/random.h"
#include "base/text.h"
#include "web/csrf.h"
#include "web/pages.h"
#include "web/realm.h"

#define COOKIES_BYTES_MAX 8192
#define HEADER_BYTES_MAX 1024
#define TO_BYTES_MAX 300
#define SWITCH_SECONDS (365 * DAY_SECONDS)
#define VISITOR_SECONDS (30 * DAY_SECONDS)
#define LANGUAGE_COOKIE "sn_lang"
#define ELDER_COOKIE "sn_elder"

/* One request on its way through. */
struct turn {
    struct app *app;
    const struct exchange *exchange;
    struct request *request;
    struct response *response;
    enum origin origin;
    bool has_session_cookie;
    const char *query;   /* as sent */
    int target_error;    /* status code, 0 when the target is good */
    const char *target_detail; /* key of a sentence about it, or NULL */
    const char *method_name;
};

static const char *variable(const struct turn *turn, const char *name)
{
    const char *value = turn->exchange->variable(turn->exchange->context, name);
    return value == NULL ? "" : value;
}

static enum status refuse(struct turn *turn, int status_code)
{
    return response_error(turn->request, turn->response, status_code);
}

/* --- reading the request ------------------------------------------------------------------------------------------ */

/* The page's language and size: from the query, where they were just chosen, else from the cookies. */
static void read_switches(struct request *request)
{
    const struct form_item *lang = form_find(&request->query, "lang");
    const char *language = lang != NULL ? lang->value : request_cookie(request, LANGUAGE_COOKIE);
    request->language = language != NULL && text_is_equal(language, "en") ? LANGUAGE_EN : LANGUAGE_ZH;
    const struct form_item *elder = form_find(&request->query, "elder");
    const char *size = elder != NULL ? elder->value : request_cookie(request, ELDER_COOKIE);
    request->is_elder = size != NULL && text_is_equal(size, "1");
}

static void read_visitor(struct turn *turn)
{
    struct request *request = turn->request;
    const char *visitor = request_cookie(request, VISITOR_COOKIE);
    request->is_new_visitor = visitor == NULL || !text_parse_hex(visitor, request->visitor.bytes, KEY_BYTES);
    if (request->is_new_visitor)
        random_bytes(request->visitor.bytes, KEY_BYTES);
    const char *session = realm_cookie_find(request->realm, request);
    struct key token;
    turn->has_session_cookie = session != NULL && text_parse_hex(session, token.bytes, KEY_BYTES);
    if (turn->has_session_cookie)
        request->session_hash = realm_session_hash(request->realm, &token);
}

static void read_id(struct request *request)
{
    uint8_t bytes[8];
    random_bytes(bytes, sizeof bytes);
    text_format_hex(bytes, sizeof bytes, request->id);
}

/* What an error page needs is read first; what is wrong with the rest is remembered. */
static void read_head(struct turn *turn)
{
    struct request *request = turn->request;
    read_id(request);
    request->now = now_instant();
    turn->method_name = variable(turn, "REQUEST_METHOD");
    request->is_head = text_is_equal(turn->method_name, "HEAD");
    request->method = text_is_equal(turn->method_name, "POST") ? METHOD_POST : METHOD_GET;
    const char *https = variable(turn, "HTTPS");
    request->is_https = strcasecmp(https, "on") == 0 || text_is_equal(https, "1");
    request->remote_address = variable(turn, "REMOTE_ADDR");
    request->if_none_match = variable(turn, "HTTP_IF_NONE_MATCH");
    request->cookies = variable(turn, "HTTP_COOKIE");
    request->idempotency_key = variable(turn, "HTTP_IDEMPOTENCY_KEY");
    turn->target_error = target_parse(request->arena, variable(turn, "REQUEST_URI"), turn->app->settings.base_path,
                                      &request->path, &turn->query);
    request->realm = realm_of_path(request->path);
    if (strlen(request->cookies) > COOKIES_BYTES_MAX || strlen(request->if_none_match) > HEADER_BYTES_MAX ||
        strlen(request->idempotency_key) > HEADER_BYTES_MAX) {
        turn->target_error = 431;
        request->cookies = "";
        request->if_none_match = "";
        request->idempotency_key = "";
    }
    enum form_result result =
        form_parse_query(&request->query, request->arena, turn->query, strlen(turn->query));
    if (result != FORM_OK) {
        form_init(&request->query);
        if (turn->target_error == 0)
            turn->target_error = 400;
        if (result == FORM_NOT_TEXT)
            turn->target_detail = "error_page.not_text";
    }
    read_switches(request);
    read_visitor(turn);
}

/* --- the body ----------------------------------------------------------------------------------------------------- */

/* False for a length that is no number. An absent one is 0. */
static bool read_length(const struct turn *turn, int64_t *length)
{
    const char *text = variable(turn, "CONTENT_LENGTH");
    *length = 0;
    return *text == '\0' || text_parse_integer(text, 0, INT64_MAX, length);
}

static size_t read_all(const struct turn *turn, char *body, size_t length)
{
    size_t have = 0;
    while (have < length) {
        size_t got = turn->exchange->read(turn->exchange->context, body + have, length - have);
        if (got == 0)
            break;
        have += got;
    }
    return have;
}

/* 0, or the status code of the refusal with its reason. */
static int read_body(struct turn *turn, const char **detail)
{
    struct request *request = turn->request;
    int64_t length = 0;
    *detail = NULL;
    if (!read_length(turn, &length))
        return 400;
    const char *type = variable(turn, "CONTENT_TYPE");
    if ((uint64_t)length > body_limit_of(turn->app, request->route, type))
        return 413;
    if (length == 0)
        return 0;
    if (strlen(type) > HEADER_BYTES_MAX)
        return 431;
    char *body = arena_take(request->arena, (size_t)length + 1);
    if (read_all(turn, body, (size_t)length) < (size_t)length) {
        *detail = "error_page.truncated";
        return 400;
    }
    switch (form_parse_body(&request->body, request->arena, type, body, (size_t)length)) {
    case FORM_OK:
        return 0;
    case FORM_NOT_TEXT:
        *detail = "error_page.not_text";
        break;
    case FORM_MALFORMED:
    case FORM_TOO_MANY:
    case FORM_RESULT__COUNT:
        break;
    }
    form_init(&request->body);
    return 400;
}

/* --- who may ------------------------------------------------------------------------------------------------------ */

/* The page that was asked for, with its query, unless it is too long to be carried along. */
static const char *page_after_signin(const struct turn *turn)
{
    const struct request *request = turn->request;
    const char *path = dispatch_path_address(request) + strlen(turn->app->settings.base_path);
    bool is_page = dispatch_has_get(turn->app, request->path) && strlen(path) + strlen(turn->query) < TO_BYTES_MAX;
    if (!is_page)
        return request->realm->home;
    if (request->method == METHOD_POST || *turn->query == '\0')
        return path;
    return arena_format(request->arena, "%s?%s", path, turn->query);
}

static enum status send_to_signin(struct turn *turn)
{
    const char *to = response_url_escape(turn->request->arena, page_after_signin(turn));
    return response_redirect(turn->request, turn->response, "%s?to=%s", turn->request->realm->signin, to);
}

/*
 * Fills the actor and holds him against the route's roles. True when the handler may run; else the response is made, or
 * `status` is a failure.
 */
static bool may_pass(struct turn *turn, enum status *status)
{
    struct request *request = turn->request;
    *status = STATUS_OK;
    if (turn->app->identify != NULL && turn->has_session_cookie) {
        *status = turn->app->identify(turn->app, request);
        if (*status == STATUS_ABSENT || *status == STATUS_REFUSED) {
            request->actor = (struct actor){0};
            fault_reset(&request->fault);
            *status = STATUS_OK;
        }
        if (*status != STATUS_OK)
            return false;
    }
    uint32_t roles = request->route->roles;
    if (roles == 0 || (request->actor.roles & roles) != 0)
        return true;
    if (request->actor.roles != 0) {
        log_write(LOG_LEVEL_WARNING, "role_refused id=%s route=%s login=%s", request->id, request->route->path,
                  request->actor.login);
        *status = refuse(turn, 403);
    } else if (request->method == METHOD_POST && turn->has_session_cookie && turn->origin == ORIGIN_OURS) {
        *status = response_resend(request, turn->response, 403, "signed_out");
    } else {
        *status = send_to_signin(turn);
    }
    return false;
}

static const char *origin_name(enum origin origin)
{
    switch (origin) {
    case ORIGIN_OURS:
        return "ours";
    case ORIGIN_UNKNOWN:
        return "unknown";
    case ORIGIN_FOREIGN:
        return "foreign";
    case ORIGIN__COUNT:
        break;
    }
    return "?";
}

static void log_forgery(const struct turn *turn)
{
    if ((turn->request->route->checks & CHECK_UNLOGGED) != 0)
        return;
    log_write(LOG_LEVEL_WARNING, "token_refused id=%s route=%s origin=%s", turn->request->id,
              turn->request->route->path, origin_name(turn->origin));
}

/* Whether the form carries a token of this visitor; else the response is made. */
static bool has_token(struct turn *turn, enum status *status)
{
    struct request *request = turn->request;
    bool is_checked = request->method == METHOD_POST && (request->route->checks & CHECK_CSRF) != 0;
    if (!is_checked)
        return true;
    bool is_single = form_count(&request->body, "token") == 1;
    if (is_single && csrf_token_is_valid(request, request_value(request, "token")))
        return true;
    log_forgery(turn);
    if (turn->origin == ORIGIN_OURS)
        *status = response_resend(request, turn->response, 403, "stale");
    else
        *status = refuse(turn, 403);
    return false;
}

/* --- the way of a request ----------------------------------------------------------------------------------------- */

static bool is_known_method(const char *name)
{
    return text_is_equal(name, "GET") || text_is_equal(name, "HEAD") || text_is_equal(name, "POST");
}

/* The path has no route for this method: wrong method, a missing slash at the end, or nothing at all. */
static enum status answer_without_route(struct turn *turn)
{
    struct request *request = turn->request;
    const char *part[2];
    bool can_get = dispatch_has_get(turn->app, request->path);
    bool can_post = route_find(turn->app, request->arena, METHOD_POST, request->path, part) != NULL;
    if (can_get || can_post || !is_known_method(turn->method_name)) {
        const char *allow = can_get == can_post ? "GET, HEAD, POST" : can_get ? "GET, HEAD" : "POST";
        response_header(turn->response, "Allow", allow);
        return refuse(turn, 405);
    }
    const char *with_slash = arena_format(request->arena, "%s/", request->path);
    if (request->method == METHOD_GET && dispatch_has_get(turn->app, with_slash)) {
        const char *address = dispatch_path_address(request) + strlen(turn->app->settings.base_path);
        return response_redirect(request, turn->response, "%s/", address);
    }
    return refuse(turn, 404);
}

static enum status run_handler(struct turn *turn)
{
    struct request *request = turn->request;
    enum status status = STATUS_OK;
    if (turn->app->before != NULL)
        status = turn->app->before(turn->app, request);
    if (status == STATUS_OK && turn->has_session_cookie && turn->app->answer_unchanged != NULL &&
        turn->app->answer_unchanged(turn->app, request, turn->response))
        return STATUS_OK;
    if (status != STATUS_OK || !may_pass(turn, &status) || !has_token(turn, &status))
        return status;
    status = request->route->handler(request, turn->response);
    assert(status != STATUS_OK || turn->response->status_code != 0);
    return status;
}

static enum status answer_request(struct turn *turn)
{
    struct request *request = turn->request;
    if (turn->target_error != 0)
        return response_error_detail(request, turn->response, turn->target_error, turn->target_detail);
    if (realm_is_closed(request->realm, &turn->app->settings))
        return refuse(turn, 404);
    if (is_known_method(turn->method_name))
        request->route = route_find(turn->app, request->arena, request->method, request->path, request->part);
    if (request->route == NULL)
        return answer_without_route(turn);
    if (request->method == METHOD_POST) {
        turn->origin =
            csrf_origin(variable(turn, "HTTP_SEC_FETCH_SITE"), variable(turn, "HTTP_ORIGIN"),
                        variable(turn, "HTTP_REFERER"), variable(turn, "HTTP_HOST"), turn->app->settings.base_url);
        if (turn->origin == ORIGIN_FOREIGN && (request->route->checks & CHECK_CSRF) != 0) {
            log_forgery(turn);
            return refuse(turn, 403);
        }
        const char *detail = NULL;
        int error = read_body(turn, &detail);
        if (error != 0)
            return response_error_detail(request, turn->response, error, detail);
    }
    return run_handler(turn);
}

/* Only a form of ours is shown again with a button: another site must not put words into it. */
static bool is_kept_for_retry(const struct turn *turn)
{
    const struct request *request = turn->request;
    if (request->method != METHOD_POST || request->route == NULL || (request->route->checks & CHECK_CSRF) == 0 ||
        request->body.count == 0)
        return false;
    return turn->origin == ORIGIN_OURS || csrf_token_is_valid(request, request_value(request, "token"));
}

/* Of a request that no log may know of, only what is wrong with us: never that somebody sent something. */
static bool is_worth_a_line(const struct request *request, enum status status)
{
    const bool is_ours = status == STATUS_UNAVAILABLE || status == STATUS_FAILED;
    const bool is_unlogged = request->route != NULL && (request->route->checks & CHECK_UNLOGGED) != 0;

    return is_ours || (request->fault.file != NULL && !is_unlogged);
}

/* What the handler could not do becomes a page; the detail goes to the log alone. */
static void answer_status(struct turn *turn, enum status status)
{
    struct request *request = turn->request;
    if (is_worth_a_line(request, status))
        log_fault(status, &request->fault);
    bool is_kept = is_kept_for_retry(turn);
    const bool is_unsettled = request->fault.is_unsettled;
    enum status done = STATUS_OK;
    switch (status) {
    case STATUS_OK:
        return;
    case STATUS_ABSENT:
        done = refuse(turn, 404);
        break;
    case STATUS_REFUSED:
        done = refuse(turn, 403);
        break;
    case STATUS_CONFLICT:
    case STATUS_DUPLICATE:
        done = refuse(turn, 409);
        break;
    case STATUS_INVALID:
        done = refuse(turn, 400);
        break;
    case STATUS_UNAVAILABLE:
        done = is_kept ? response_resend(request, turn->response, 503, is_unsettled ? "unsettled" : "unavailable")
                       : refuse(turn, 503);
        break;
    case STATUS_FAILED:
    case STATUS__COUNT:
        done = is_kept ? response_resend(request, turn->response, 500, "failed") : refuse(turn, 500);
        break;
    }
    assert(done == STATUS_OK);
}

/* --- cookies of the skeleton -------------------------------------------------------------------------------------- */

/* A feed asked for in a language sets nothing: it is read by programs, and stays cacheable for everybody. */
static bool is_feed(const struct response *response)
{
    return response->status_code == 200 && response->content_type != NULL &&
           strncmp(response->content_type, "text/html", strlen("text/html")) != 0;
}

static void set_cookies(struct turn *turn)
{
    struct request *request = turn->request;
    struct response *response = turn->response;
    if (is_feed(response))
        return;
    if (request->method == METHOD_GET && form_find(&request->query, "lang") != NULL)
        response_cookie(request, response, LANGUAGE_COOKIE, request->language == LANGUAGE_EN ? "en" : "zh", "/",
                        SWITCH_SECONDS, false);
    if (request->method == METHOD_GET && form_find(&request->query, "elder") != NULL)
        response_cookie(request, response, ELDER_COOKIE, request->is_elder ? "1" : "0", "/", SWITCH_SECONDS, false);
    if (request->is_new_visitor && page_has_token(request, response)) {
        char *hex = arena_take(request->arena, 2 * KEY_BYTES + 1);
        text_format_hex(request->visitor.bytes, KEY_BYTES, hex);
        response_cookie(request, response, VISITOR_COOKIE, hex, "/", VISITOR_SECONDS, false);
    }
}

/* --- one request -------------------------------------------------------------------------------------------------- */

static uint64_t statements_of(const struct app *app)
{
    return app->statement_count == NULL ? 0 : app->statement_count(app);
}

/* Never the path: it can hold a ticket's number. */
static void log_request(const struct turn *turn, const struct answer *answer, int64_t started_ms, uint64_t statements)
{
    const struct request *request = turn->request;
    const char *method = is_known_method(turn->method_name) ? turn->method_name : "other";
    if (request->route != NULL && (request->route->checks & CHECK_UNLOGGED) != 0)
        return;
    log_write(LOG_LEVEL_INFO, "request id=%s method=%s route=%s status=%d ms=%lld statements=%llu bytes=%zu",
              request->id, method, request->route == NULL ? "-" : request->route->path, answer->status_code,
              (long long)(now_monotonic_milliseconds() - started_ms), (unsigned long long)statements,
              answer->body_length);
}

void app_handle(struct app *app, struct arena *arena, const struct exchange *exchange, struct answer *answer)
{
    int64_t started_ms = now_monotonic_milliseconds();
    uint64_t statements = statements_of(app);
    struct turn turn = {
        .app = app,
        .exchange = exchange,
        .request = arena_take(arena, sizeof(struct request)),
        .response = arena_take(arena, sizeof(struct response)),
        .origin = ORIGIN_UNKNOWN,
    };
    struct request *request = turn.request;
    request->app = app;
    request->arena = arena;
    request->context = app->context;
    form_init(&request->query);
    form_init(&request->body);
    read_head(&turn);
    answer_status(&turn, answer_request(&turn));
    set_cookies(&turn);
    answer_make(request, turn.response, answer);
    pages_release();
    log_request(&turn, answer, started_ms, statements_of(app) - statements);
}
