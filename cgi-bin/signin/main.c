/*
 * signin: staff sign in and out and choose their password; crews on the way sign in to their own pages.
 *
 * Security: the only web program whose database account reads password hashes and starts sessions; it reads no ticket. Served on
 * the intranet only, but for /crew/signin where the settings open crews' pages: from there nobody gets a session of the desk, nor
 * chooses a password. A session's token is 256 random bits, stored as its hash, new at every sign-in.
 */
#include <string.h>

#include "base/gate.h"
#include "base/log.h"
#include "base/password.h"
#include "base/random.h"
#include "core/office.h"
#include "core/workflow.h"
#include "signin/tries.h"
#include "store/staff_store.h"
#include "web/realm.h"

#define TO_CHARACTERS 300

struct signin {
    struct db *db;
    struct gate gate, outside_gate; /* a flood from outside takes no place from the desk */
};

static struct signin *signin_of(const struct request *request) { return request->context; }

/* Asked from outside, for a crew's page. */
static bool is_from_outside(const struct request *request) { return request->realm->cookie_path[1] != '\0'; }

static struct gate *gate_of(const struct request *request)
{
    struct signin *signin = signin_of(request);

    return is_from_outside(request) ? &signin->outside_gate : &signin->gate;
}

/* ---- pages */

static enum status show_form(struct request *request, struct response *response, struct inputs *inputs, int code)
{
    const bool is_crew = is_from_outside(request);
    struct view *page = page_begin(request, is_crew ? "signin/crew" : "signin/signin");

    view_words(page, "Page.title", is_crew ? "crew.signin.title" : "staff.signin.title");
    view_flag(page, "is_out", request_value(request, "out")[0] == '1');
    if (inputs != NULL)
        inputs_show(inputs, page);
    else
        view_text(page, "Form.to.value", request_value(request, "to"));
    return page_end(page, response, code);
}

static enum status show_account(struct request *request, struct response *response)
{
    struct view *page = page_begin(request, "signin/account");

    view_words(page, "Page.title", "staff.account.title");
    view_flag(page, "is_changed", request_value(request, "changed")[0] == '1');
    view_flag(page, "has_desk", workflow_has_desk(request->actor.roles));
    view_flag(page, "has_office", (request->actor.roles & ROLES_OFFICE) != 0);
    view_flag(page, "has_cases", actor_has(&request->actor, ROLE_DISCIPLINE));
    size_t row = 0;
    for (enum role role = ROLE_OPERATOR; role < ROLE_SYSTEM; role++)
        if (actor_has(&request->actor, role))
            view_words(view_row(page, "Roles", row++), "words",
                       arena_format(request->arena, "role.%s", role_name(role)));
    return page_end(page, response, 200);
}

static enum status show_password(struct request *request, struct response *response, struct inputs *inputs,
                                 const char *login, bool must_change, int code)
{
    struct view *page = page_begin(request, "signin/password");

    view_words(page, "Page.title", "staff.password.title");
    view_flag(page, "must_change", must_change);
    view_flag(page, "has_session", request->actor.roles != 0);
    view_number(page, "least", request->app->settings.password_min_characters);
    if (inputs != NULL)
        inputs_show(inputs, page);
    else
        view_text(page, "Form.login.value", login);
    return page_end(page, response, code);
}

/* ---- checking a password */

enum judgement { JUDGED_RIGHT, JUDGED_WRONG, JUDGED_WAIT, JUDGED_BUSY };

/* What is typed as a login, without what only differs to the eye. */
static const char *tidy_login(struct request *request, const char *typed)
{
    char *login = arena_copy_text(request->arena, typed);

    text_narrow(login);
    text_tidy_line(login);
    for (char *byte = login; *byte != '\0'; byte++)
        if (*byte >= 'A' && *byte <= 'Z')
            *byte = (char)(*byte - 'A' + 'a');
    return login;
}

/* Failed and successful sign-ins are recorded, what was typed never is: it may have been a password. */
static enum status record(struct request *request, struct staff_id staff, const char *what, const char *detail)
{
    return audit_store_add(signin_of(request)->db, staff, what, SUBJECT_NONE, 0, detail, request->now,
                           &request->fault);
}

/* Looks at the password behind the gate, with equal work whether or not there is such a person. */
static enum status compare(struct request *request, const struct credential *credential, bool is_there,
                           const char *password, enum judgement *judgement)
{
    struct signin *signin = signin_of(request);
    char raised[PASSWORD_HASH_BYTES];
    struct gate *gate = gate_of(request);
    enum status status = gate_enter(gate, &request->fault);

    if (status == STATUS_UNAVAILABLE) {
        log_write(LOG_LEVEL_WARNING, "signin_busy request=%s", request->id);
        fault_reset(&request->fault);
        *judgement = JUDGED_BUSY;
        return STATUS_OK;
    }
    const bool is_right = password_is_correct(is_there ? credential->password_hash : NULL, password);
    const bool is_in = is_right && is_there && credential->is_active;
    const bool is_weak = is_in && password_needs_rehash(credential->password_hash);
    if (is_weak)
        password_hash(password, raised);
    gate_leave(gate);
    *judgement = is_in ? JUDGED_RIGHT : JUDGED_WRONG;
    if (is_weak)
        status = credential_store_set(signin->db, credential->staff, raised, credential->must_change, request->now,
                                      &request->fault);
    return status;
}

/* The one path by which a password is judged: counted first, then compared, then recorded. */
static enum status judge(struct request *request, const char *login, const char *password,
                         struct credential *credential, enum judgement *judgement)
{
    struct signin *signin = signin_of(request);
    struct tries tries;
    bool is_waiting;
    enum status status = credential_store_find(signin->db, login, request->arena, credential, &request->fault);
    const bool is_there = status == STATUS_OK;

    if (status != STATUS_OK && status != STATUS_ABSENT)
        return status;
    tries_init(&tries, signin->db, request, is_there ? credential->login : login);
    status = tries_charge(&tries, &is_waiting);
    if (status != STATUS_OK)
        return status;
    if (is_waiting) {
        log_write(LOG_LEVEL_WARNING, "signin_slowed request=%s staff=%d", request->id,
                  is_there ? credential->staff.v : 0);
        *judgement = JUDGED_WAIT;
        return STATUS_OK;
    }
    status = compare(request, credential, is_there, password, judgement);
    if (status == STATUS_OK && *judgement != JUDGED_WRONG)
        status = tries_forgive(&tries);
    else if (status == STATUS_OK)
        status = record(request, is_there ? credential->staff : (struct staff_id){0}, "sign_in_failed",
                        is_there ? "password or inactive" : "unknown login");
    return status;
}

/* Puts the sentence beside the password and gives the status code of the answer; 0 when the password was right. */
static int explain(struct response *response, struct inputs *inputs, const char *field, enum judgement judgement)
{
    switch (judgement) {
    case JUDGED_RIGHT:
        return 0;
    case JUDGED_WRONG:
        inputs_error(inputs, field, "staff.signin.wrong");
        return 422;
    case JUDGED_WAIT:
        inputs_error(inputs, field, "staff.signin.wait");
        response_header(response, "Retry-After", TRIES_RETRY_AFTER_SECONDS);
        return 429;
    case JUDGED_BUSY:
        inputs_error(inputs, field, "staff.signin.busy");
        response_header(response, "Retry-After", "5");
        return 503;
    }
    return 500;
}

/* ---- sessions */

/* A new token for the person; the session that the browser held before is over (controls.md F2). */
static enum status begin_session(struct request *request, struct response *response,
                                 const struct credential *credential)
{
    struct signin *signin = signin_of(request);
    const struct realm *realm = request->realm;
    const int64_t life_seconds = (int64_t)request->app->settings.session_absolute_minutes * MINUTE_SECONDS;
    struct key token;
    char hex[2 * KEY_BYTES + 1];
    enum status status = session_store_sign_out(signin->db, &request->session_hash, request->now, &request->fault);

    if (status != STATUS_OK && status != STATUS_ABSENT)
        return status;
    random_bytes(token.bytes, sizeof token.bytes);
    const struct hash hash = realm_session_hash(realm, &token);
    status = session_store_start(signin->db, &hash, credential->staff, request->now,
                                 instant_add_seconds(request->now, life_seconds), &request->fault);
    if (status != STATUS_OK)
        return status;
    text_format_hex(token.bytes, sizeof token.bytes, hex);
    response_cookie(request, response, realm->cookie, arena_copy_text(request->arena, hex), realm->cookie_path,
                    (int)life_seconds, realm->is_strict);
    tries_remember(request, response, credential->login);
    return STATUS_OK;
}

/* Only a path of the same part, in plain characters: "//evil", "/\evil" and schemes have no way in. */
static bool is_own_path(const struct realm *realm, const char *to)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/_-.?=&%";

    return strncmp(to, realm->prefix, strlen(realm->prefix)) == 0 && strspn(to, allowed) == strlen(to) && strstr(to, "//") == NULL &&
           strstr(to, "..") == NULL && strncmp(to, realm->signin, strlen(realm->signin)) != 0 && strlen(to) <= TO_CHARACTERS;
}

static enum status go_on(struct request *request, struct response *response, const char *to, uint32_t roles)
{
    if (is_own_path(request->realm, to))
        return response_redirect(request, response, "%s", to);
    if (is_from_outside(request))
        return response_redirect(request, response, "%s", request->realm->home);
    const char *first_page = workflow_has_desk(roles)      ? "/staff/ticket/"
                             : (roles & ROLES_OFFICE) != 0 ? "/staff/admin/"
                             : (roles & ROLE_BIT(ROLE_DISCIPLINE)) != 0 ? "/staff/discipline/"
                                                           : "/staff/signin";
    return response_redirect(request, response, "%s", first_page);
}

/* ---- handlers */

static enum status signin_get_form(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {
        {"to", INPUT_LINE, false, 0, TO_CHARACTERS, "error.unknown", NULL},
        {"out", INPUT_FLAG, false, 0, 1, "error.unknown", NULL},
        {"changed", INPUT_FLAG, false, 0, 1, "error.unknown", NULL},
    };
    struct inputs inputs;
    enum status status = inputs_read(request, rules, sizeof rules / sizeof rules[0], &inputs);

    if (status != STATUS_OK)
        return status;
    if (request->actor.roles == 0)
        return show_form(request, response, NULL, 200);
    if (is_own_path(request->realm, inputs_text(&inputs, "to")) || is_from_outside(request))
        return go_on(request, response, inputs_text(&inputs, "to"), request->actor.roles);
    return show_account(request, response);
}

/* Who has the right password and yet no way in from outside: 0, or the status code of the answer. */
static int explain_closed(struct request *request, struct inputs *inputs, const struct credential *credential)
{
    if (!is_from_outside(request))
        return 0;
    if ((credential->roles & request->realm->roles) == 0)
        inputs_error(inputs, "login", "crew.signin.not_for_you");
    else if (credential->must_change)
        inputs_error(inputs, "login", "crew.signin.must_change");
    else
        return 0;
    return 403;
}

static enum status signin_post_form(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {
        {"login", INPUT_LINE, true, 1, 40, "staff.error.login", NULL},
        {"password", INPUT_SECRET, true, 1, PASSWORD_MAX_CHARACTERS, "staff.error.password", "staff.signin.wrong"},
        {"to", INPUT_LINE, false, 0, TO_CHARACTERS, "error.unknown", NULL},
    };
    struct inputs inputs;
    struct credential credential;
    enum judgement judgement;
    enum status status = inputs_read(request, rules, sizeof rules / sizeof rules[0], &inputs);

    if (status != STATUS_OK)
        return status;
    if (inputs.error_count > 0)
        return show_form(request, response, &inputs, 422);
    memset(&credential, 0, sizeof credential);
    status = judge(request, tidy_login(request, inputs_text(&inputs, "login")), inputs_text(&inputs, "password"),
                   &credential, &judgement);
    if (status != STATUS_OK)
        return status;
    int code = explain(response, &inputs, "password", judgement);
    if (code == 0)
        code = explain_closed(request, &inputs, &credential);
    if (code != 0)
        return show_form(request, response, &inputs, code);
    if (credential.must_change) /* no session before the first password is replaced */
        return show_password(request, response, NULL, credential.login, true, 200);
    status = begin_session(request, response, &credential);
    if (status == STATUS_OK)
        status = record(request, credential.staff, "sign_in", is_from_outside(request) ? "password, from outside" : "password");
    if (status != STATUS_OK)
        return status;
    return go_on(request, response, inputs_text(&inputs, "to"), credential.roles);
}

static enum status signin_post_out(struct request *request, struct response *response)
{
    struct inputs inputs;
    enum status status = inputs_read(request, NULL, 0, &inputs);

    if (status != STATUS_OK)
        return status;
    status = session_store_sign_out(signin_of(request)->db, &request->session_hash, request->now, &request->fault);
    if (status != STATUS_OK && status != STATUS_ABSENT)
        return status;
    if (request->actor.staff.v != 0) {
        status = record(request, request->actor.staff, "sign_out", "");
        if (status != STATUS_OK)
            return status;
    }
    response_cookie(request, response, request->realm->cookie, "", request->realm->cookie_path, 0, true);
    response_header(response, "Clear-Site-Data", "\"cache\", \"storage\"");
    return response_redirect(request, response, "/staff/signin?out=1");
}

static enum status signin_get_password(struct request *request, struct response *response)
{
    struct inputs inputs;
    enum status status = inputs_read(request, NULL, 0, &inputs);

    return status == STATUS_OK ? show_password(request, response, NULL, "", false, 200) : status;
}

/* What a new password must be; the old one is judged afterwards, so that a refused new one costs no try. */
static void check_new_password(struct request *request, struct inputs *inputs, const char *login)
{
    const char *chosen = inputs_text(inputs, "chosen");

    if (inputs->error_count > 0)
        return;
    if (text_count_characters(chosen) < (size_t)request->app->settings.password_min_characters)
        inputs_error(inputs, "chosen", "staff.password.short");
    else if (password_is_too_common(chosen, login))
        inputs_error(inputs, "chosen", "staff.password.common");
    else if (text_is_equal(chosen, inputs_text(inputs, "password")))
        inputs_error(inputs, "chosen", "staff.password.same");
    else if (!text_is_equal(chosen, inputs_text(inputs, "again")))
        inputs_error(inputs, "again", "staff.password.differ");
}

static enum status replace_password(struct request *request, struct response *response,
                                    const struct credential *credential, const char *chosen)
{
    struct signin *signin = signin_of(request);
    char hash[PASSWORD_HASH_BYTES];
    enum status status = gate_enter(&signin->gate, &request->fault);

    if (status != STATUS_OK)
        return status;
    password_hash(chosen, hash);
    gate_leave(&signin->gate);
    status = credential_store_set(signin->db, credential->staff, hash, false, request->now, &request->fault);
    if (status == STATUS_OK)
        status = session_store_end_all(signin->db, credential->staff, NULL, request->now, &request->fault);
    if (status == STATUS_OK)
        status = begin_session(request, response, credential);
    if (status == STATUS_OK)
        status = record(request, credential->staff, "password_change", "");
    return status == STATUS_OK ? response_redirect(request, response, "/staff/signin?changed=1") : status;
}

static enum status signin_post_password(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {
        {"login", INPUT_LINE, false, 1, 40, "staff.error.login", NULL},
        {"password", INPUT_SECRET, true, 1, PASSWORD_MAX_CHARACTERS, "staff.error.old_password", "staff.signin.wrong"},
        {"chosen", INPUT_SECRET, true, 1, PASSWORD_MAX_CHARACTERS, "staff.error.new_password", "staff.password.long"},
        {"again", INPUT_SECRET, true, 1, PASSWORD_MAX_CHARACTERS, "staff.error.new_password", "staff.password.long"},
    };
    struct inputs inputs;
    struct credential credential;
    enum judgement judgement;
    enum status status = inputs_read(request, rules, sizeof rules / sizeof rules[0], &inputs);

    if (status != STATUS_OK)
        return status;
    const bool has_session = request->actor.roles != 0;
    const char *login =
        tidy_login(request, has_session ? request->actor.login : inputs_text(&inputs, "login"));
    if (login[0] == '\0')
        inputs_error(&inputs, "login", "staff.error.login");
    check_new_password(request, &inputs, login);
    if (inputs.error_count > 0)
        return show_password(request, response, &inputs, login, !has_session, 422);
    memset(&credential, 0, sizeof credential);
    status = judge(request, login, inputs_text(&inputs, "password"), &credential, &judgement);
    if (status != STATUS_OK)
        return status;
    const int code = explain(response, &inputs, "password", judgement);
    if (code != 0)
        return show_password(request, response, &inputs, login, !has_session, code);
    return replace_password(request, response, &credential, inputs_text(&inputs, "chosen"));
}

/* ---- the program */

static const struct route routes[] = {
    {METHOD_GET, "/staff/signin", 0, CHECK_NONE, signin_get_form},
    {METHOD_POST, "/staff/signin", 0, CHECK_CSRF, signin_post_form},
    {METHOD_POST, "/staff/signout", 0, CHECK_CSRF, signin_post_out},
    {METHOD_GET, "/staff/signin/password", 0, CHECK_NONE, signin_get_password},
    {METHOD_POST, "/staff/signin/password", 0, CHECK_CSRF, signin_post_password},
    {METHOD_GET, "/crew/signin", 0, CHECK_NONE, signin_get_form},
    {METHOD_POST, "/crew/signin", 0, CHECK_CSRF, signin_post_form},
};

static enum status signin_prepare(struct app *app, struct fault *fault)
{
    struct signin *signin = app->context;

    const enum status status = gate_open(&signin->gate, fault);
    return status == STATUS_OK ? gate_open(&signin->outside_gate, fault) : status;
}

static enum status signin_open(struct app *app, struct fault *fault)
{
    struct signin *signin = app->context;

    (void)fault;
    signin->db = db_open(&app->settings, &app->secrets, "shuinuo_signin");
    return STATUS_OK;
}

static void signin_close(struct app *app)
{
    struct signin *signin = app->context;

    db_close(signin->db);
    signin->db = NULL;
}

static enum status signin_identify(struct app *app, struct request *request)
{
    const struct session_limits limits = {app->settings.session_idle_minutes, app->settings.session_absolute_minutes};
    struct signin *signin = app->context;
    enum status status = session_store_identify(signin->db, &request->session_hash, request->now, &limits,
                                                request->arena, &request->actor, &request->fault);

    return status == STATUS_ABSENT ? STATUS_OK : status;
}

static uint64_t signin_statements(const struct app *app)
{
    const struct signin *signin = app->context;

    return signin->db == NULL ? 0 : db_statement_count(signin->db);
}

int main(int argc, char **argv)
{
    struct signin signin = {.db = NULL, .gate = {.file = -1, .place = -1}, .outside_gate = {.file = -1, .place = -1}};
    struct app app = {
        .name = "signin",
        .routes = routes,
        .route_count = sizeof routes / sizeof routes[0],
        .context = &signin,
        .prepare = signin_prepare,
        .open = signin_open,
        .close = signin_close,
        .identify = signin_identify,
        .statement_count = signin_statements,
    };

    return app_main(argc, argv, &app);
}
