/*
 * assessment: what operations makes of how the units served. The assessment ledger, rectification
 * orders with their check, circulars of criticism.
 *
 * Security: reads tickets by number, place and unit alone, never a person; appends to the streams of orders and
 * penalties. It reads sessions but no
 * password hash. Who sees which is decided by core/order.h and core/penalty.h: the routes ask for roles, the handlers for the unit. Served on
 * the intranet only.
 */
#include "assessment/assessment.h"
#include "store/staff_store.h"

static const struct route routes[] = {
    {METHOD_GET, "/staff/assessment/", ROLES_SERVICE, CHECK_NONE, assessment_get_home},
    {METHOD_GET, "/staff/assessment/order/", ROLES_ORDERS, CHECK_NONE, assessment_get_orders},
    {METHOD_GET, "/staff/assessment/order/new", ROLE_BIT(ROLE_OPS), CHECK_NONE, assessment_get_order_new},
    {METHOD_POST, "/staff/assessment/order/new", ROLE_BIT(ROLE_OPS), CHECK_CSRF, assessment_post_order_new},
    {METHOD_GET, "/staff/assessment/order/*", ROLES_ORDERS, CHECK_NONE, assessment_get_order},
    {METHOD_GET, "/staff/assessment/order/*/*", ROLES_ORDERS, CHECK_NONE, assessment_get_order_back},
    {METHOD_POST, "/staff/assessment/order/*/*", ROLES_ORDERS, CHECK_CSRF, assessment_post_order},
    {METHOD_GET, "/staff/assessment/ledger/", ROLES_LEDGER, CHECK_NONE, assessment_get_ledger},
    {METHOD_GET, "/staff/assessment/ledger/new", ROLES_SUPERVISE, CHECK_NONE, assessment_get_penalty_new},
    {METHOD_POST, "/staff/assessment/ledger/new", ROLES_SUPERVISE, CHECK_CSRF, assessment_post_penalty_new},
    {METHOD_GET, "/staff/assessment/ledger/reconcile", ROLES_SUPERVISE, CHECK_NONE, assessment_get_reconcile},
    {METHOD_GET, "/staff/assessment/ledger/*", ROLES_LEDGER, CHECK_NONE, assessment_get_penalty},
    {METHOD_GET, "/staff/assessment/ledger/*/*", ROLES_LEDGER, CHECK_NONE, assessment_get_penalty_part},
    {METHOD_POST, "/staff/assessment/ledger/*/*", ROLES_LEDGER, CHECK_CSRF, assessment_post_penalty},
    {METHOD_GET, "/staff/assessment/handling", ROLES_HANDLING, CHECK_NONE, assessment_get_handling},
    {METHOD_GET, "/staff/assessment/circular/", ROLES_SERVICE, CHECK_NONE, assessment_get_circulars},
    {METHOD_GET, "/staff/assessment/circular/new", ROLE_BIT(ROLE_OPS), CHECK_NONE, assessment_get_circular_new},
    {METHOD_POST, "/staff/assessment/circular/new", ROLE_BIT(ROLE_OPS), CHECK_CSRF, assessment_post_circular_new},
    {METHOD_GET, "/staff/assessment/circular/*", ROLES_SERVICE, CHECK_NONE, assessment_get_circular},
    {METHOD_GET, "/staff/assessment/circular/*/withdraw", ROLE_BIT(ROLE_OPS), CHECK_NONE, assessment_get_circular_back},
    {METHOD_POST, "/staff/assessment/circular/*/withdraw", ROLE_BIT(ROLE_OPS), CHECK_CSRF,
     assessment_post_circular_withdraw},
};

static enum status assessment_open(struct app *app, struct fault *fault)
{
    struct assessment *assessment = app->context;

    (void)fault;
    assessment->db = db_open(&app->settings, &app->secrets, "shuinuo_assessment");
    return STATUS_OK;
}

static void assessment_close(struct app *app)
{
    struct assessment *assessment = app->context;

    catalog_release(&assessment->catalog);
    db_close(assessment->db);
    assessment->db = NULL;
}

static enum status assessment_before(struct app *app, struct request *request)
{
    struct assessment *assessment = app->context;

    return catalog_refresh(&assessment->catalog, assessment->db, &app->settings, &request->fault);
}

static enum status assessment_identify(struct app *app, struct request *request)
{
    const struct session_limits limits = {app->settings.session_idle_minutes, app->settings.session_absolute_minutes};
    struct assessment *assessment = app->context;

    return session_store_identify(assessment->db, &request->session_hash, request->now, &limits, request->arena,
                                  &request->actor, &request->fault);
}

static uint64_t assessment_statements(const struct app *app)
{
    const struct assessment *assessment = app->context;

    return assessment->db == NULL ? 0 : db_statement_count(assessment->db);
}

int main(int argc, char **argv)
{
    struct assessment assessment = {.db = NULL};
    struct app app = {
        .name = "assessment",
        .routes = routes,
        .route_count = sizeof routes / sizeof routes[0],
        .context = &assessment,
        .open = assessment_open,
        .close = assessment_close,
        .before = assessment_before,
        .identify = assessment_identify,
        .statement_count = assessment_statements,
    };

    return app_main(argc, argv, &app);
}
