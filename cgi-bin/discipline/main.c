/*
 * discipline: the office's sealed cases (Arts. 5, 32, 35). Its officers open them with a passphrase, write down what they do, and
 * answer the reporter.
 *
 * Security: the only program whose account reads sealed cases, and it reads nothing else of the service. What it reads is sealed; the
 * key is opened by an officer's passphrase, lives boxed in the session's row with the other half in the browser's cookie, and is
 * gone at sign-out and when idle. Nothing is stored or logged in clear: no request leaves a line. Served on the intranet only.
 */
#include "discipline/discipline.h"

#include "store/staff_store.h"

#define OFFICE ROLE_BIT(ROLE_DISCIPLINE)

static const struct route routes[] = {
    {METHOD_GET, "/staff/discipline/", OFFICE, CHECK_UNLOGGED, discipline_get_home},
    {METHOD_POST, "/staff/discipline/find", OFFICE, CHECK_CSRF | CHECK_UNLOGGED, discipline_post_find},
    {METHOD_GET, "/staff/discipline/open", OFFICE, CHECK_UNLOGGED, discipline_get_open},
    {METHOD_POST, "/staff/discipline/open", OFFICE, CHECK_CSRF | CHECK_UNLOGGED, discipline_post_open},
    {METHOD_POST, "/staff/discipline/shut", OFFICE, CHECK_CSRF | CHECK_UNLOGGED, discipline_post_shut},
    {METHOD_GET, "/staff/discipline/officers", OFFICE, CHECK_UNLOGGED, discipline_get_officers},
    {METHOD_POST, "/staff/discipline/officers/add", OFFICE, CHECK_CSRF | CHECK_UNLOGGED, discipline_post_add},
    {METHOD_POST, "/staff/discipline/officers/remove", OFFICE, CHECK_CSRF | CHECK_UNLOGGED, discipline_post_remove},
    {METHOD_GET, "/staff/discipline/passphrase", OFFICE, CHECK_UNLOGGED, discipline_get_passphrase},
    {METHOD_POST, "/staff/discipline/passphrase", OFFICE, CHECK_CSRF | CHECK_UNLOGGED, discipline_post_passphrase},
    {METHOD_GET, "/staff/discipline/photo/*/*", OFFICE, CHECK_UNLOGGED, discipline_get_photo},
    {METHOD_GET, "/staff/discipline/case/*", OFFICE, CHECK_UNLOGGED, discipline_get_case},
    {METHOD_GET, "/staff/discipline/case/*/*", OFFICE, CHECK_UNLOGGED, discipline_get_back},
    {METHOD_POST, "/staff/discipline/case/*/*", OFFICE, CHECK_CSRF | CHECK_UNLOGGED, discipline_post_case},
};

static enum status discipline_prepare(struct app *app, struct fault *fault)
{
    struct discipline *discipline = app->context;

    return gate_open(&discipline->gate, fault);
}

static enum status discipline_open(struct app *app, struct fault *fault)
{
    struct discipline *discipline = app->context;

    (void)fault;
    discipline->db = db_open(&app->settings, &app->secrets, "shuinuo_discipline");
    return STATUS_OK;
}

static void discipline_close(struct app *app)
{
    struct discipline *discipline = app->context;

    db_close(discipline->db);
    discipline->db = NULL;
}

static enum status discipline_identify(struct app *app, struct request *request)
{
    const struct session_limits limits = {app->settings.session_idle_minutes, app->settings.session_absolute_minutes};
    struct discipline *discipline = app->context;

    return session_store_identify(discipline->db, &request->session_hash, request->now, &limits, request->arena,
                                  &request->actor, &request->fault);
}

static uint64_t discipline_statements(const struct app *app)
{
    const struct discipline *discipline = app->context;

    return discipline->db == NULL ? 0 : db_statement_count(discipline->db);
}

int main(int argc, char **argv)
{
    struct discipline discipline = {.db = NULL, .gate = {.file = -1, .place = -1}};
    struct app app = {
        .name = "discipline",
        .routes = routes,
        .route_count = sizeof routes / sizeof routes[0],
        .context = &discipline,
        .prepare = discipline_prepare,
        .open = discipline_open,
        .close = discipline_close,
        .identify = discipline_identify,
        .statement_count = discipline_statements,
    };

    return app_main(argc, argv, &app);
}
