/*
 * open311: other systems file reports and follow them: the city hotline's platform, a mini-program, FixMyStreet (GeoReport v2).
 *
 * Security: what it files goes the way of the public form; it reads projections without personal data, sealed matters are nowhere in
 * it, and it changes nothing that is stored but the number of inputs that wait and the day a key was used. Filing takes a key, of
 * which the hash alone is stored. It fetches no address that it is told.
 */
#include "open311/open311.h"

#define PUBLIC 0

static const struct route routes[] = {
    {METHOD_GET, "/open311/v2/discovery.xml", PUBLIC, CHECK_NONE, open311_get_discovery},
    {METHOD_GET, "/open311/v2/discovery.json", PUBLIC, CHECK_NONE, open311_get_discovery},
    {METHOD_GET, "/open311/v2/services.xml", PUBLIC, CHECK_NONE, open311_get_services},
    {METHOD_GET, "/open311/v2/services.json", PUBLIC, CHECK_NONE, open311_get_services},
    {METHOD_GET, "/open311/v2/services/*", PUBLIC, CHECK_NONE, open311_get_service},
    {METHOD_GET, "/open311/v2/requests.xml", PUBLIC, CHECK_NONE, open311_get_requests},
    {METHOD_GET, "/open311/v2/requests.json", PUBLIC, CHECK_NONE, open311_get_requests},
    {METHOD_POST, "/open311/v2/requests.xml", PUBLIC, CHECK_KEYED | CHECK_UPLOAD, open311_post_request},
    {METHOD_POST, "/open311/v2/requests.json", PUBLIC, CHECK_KEYED | CHECK_UPLOAD, open311_post_request},
    {METHOD_GET, "/open311/v2/requests/*", PUBLIC, CHECK_NONE, open311_get_request},
    {METHOD_GET, "/open311/v2/tokens/*", PUBLIC, CHECK_NONE, open311_get_token},
    {METHOD_GET, "/open311/v2/servicerequestupdates.xml", PUBLIC, CHECK_NONE, open311_get_updates},
    {METHOD_GET, "/open311/v2/servicerequestupdates.json", PUBLIC, CHECK_NONE, open311_get_updates},
    {METHOD_POST, "/open311/v2/servicerequestupdates.xml", PUBLIC, CHECK_KEYED | CHECK_UPLOAD, open311_post_update},
    {METHOD_POST, "/open311/v2/servicerequestupdates.json", PUBLIC, CHECK_KEYED | CHECK_UPLOAD, open311_post_update},
};

static struct open311 program;

static enum status open311_open(struct app *app, struct fault *fault)
{
    (void)fault;
    program.db = db_open(&app->settings, &app->secrets, "shuinuo_open311");
    return STATUS_OK;
}

static void open311_close(struct app *app)
{
    (void)app;
    catalog_release(&program.catalog);
    db_close(program.db);
    program.db = NULL;
}

static enum status open311_before(struct app *app, struct request *request)
{
    return catalog_refresh(&program.catalog, program.db, &app->settings, &request->fault);
}

static uint64_t open311_statement_count(const struct app *app)
{
    (void)app;
    return program.db == NULL ? 0 : db_statement_count(program.db);
}

int main(int argc, char **argv)
{
    struct app app = {
        .name = "open311",
        .routes = routes,
        .route_count = sizeof routes / sizeof routes[0],
        .context = &program,
        .open = open311_open,
        .close = open311_close,
        .before = open311_before,
        .explain = open311_explain,
        .statement_count = open311_statement_count,
    };
    return app_main(argc, argv, &app);
}
