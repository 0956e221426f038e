/*
 * outage: "will my home be affected?", what runs, what ended lately, and what was told of each, message by message (Art. 18).
 *
 * Security: an account that can read what was published, and of households nothing but the place of an account whose keyed hash it has: no
 * event, no ticket, no person, no staff. Writes nothing but what somebody wants who subscribes to messages (subscribe.c), with the number
 * sealed.
 */
#include "outage/outage.h"
#include "web/rate.h"

#define PUBLIC 0

static const struct route routes[] = {
    {METHOD_GET, "/outage/", PUBLIC, CHECK_NONE, outage_get_list},
    {METHOD_GET, "/outage/account", PUBLIC, CHECK_NONE, outage_get_account},
    {METHOD_POST, "/outage/account", PUBLIC, CHECK_CSRF, outage_post_account},
    {METHOD_POST, "/outage/home", PUBLIC, CHECK_CSRF, outage_post_home},
    {METHOD_GET, "/outage/feed.atom", PUBLIC, CHECK_NONE, outage_get_atom},
    {METHOD_GET, "/outage/feed.ics", PUBLIC, CHECK_NONE, outage_get_calendar},
    {METHOD_GET, "/outage/alerts.atom", PUBLIC, CHECK_NONE, outage_get_alerts},
    {METHOD_GET, "/outage/outages.json", PUBLIC, CHECK_NONE, outage_get_json},
    {METHOD_GET, "/outage/outages.jsonld", PUBLIC, CHECK_NONE, outage_get_jsonld},
    {METHOD_GET, "/outage/subscribe", PUBLIC, CHECK_NONE, subscribe_get_place},
    {METHOD_POST, "/outage/subscribe", PUBLIC, CHECK_CSRF, subscribe_post_place},
    {METHOD_GET, "/outage/subscribe/*", PUBLIC, CHECK_NONE, subscribe_get_code},
    {METHOD_POST, "/outage/subscribe/*", PUBLIC, CHECK_CSRF, subscribe_post_code},
    {METHOD_GET, "/outage/stop/*", PUBLIC, CHECK_NONE, subscribe_get_stop},
    {METHOD_POST, "/outage/stop/*", PUBLIC, CHECK_CSRF, subscribe_post_stop},
    {METHOD_GET, "/outage/*", PUBLIC, CHECK_NONE, outage_get_one},
    {METHOD_GET, "/outage/*/poster", PUBLIC, CHECK_NONE, outage_get_poster},
    {METHOD_GET, "/outage/*/calendar.ics", PUBLIC, CHECK_NONE, outage_get_calendar_one},
    {METHOD_GET, "/outage/*/cap/*", PUBLIC, CHECK_NONE, outage_get_alert},
};

static struct outage_program program;

struct outage_program *program_of(const struct request *request) { return request->context; }

static enum status outage_prepare(struct app *app, struct fault *fault)
{
    (void)app, (void)fault;
    rate_open();
    return STATUS_OK;
}

static enum status outage_open(struct app *app, struct fault *fault)
{
    (void)fault;
    program.db = db_open(&app->settings, &app->secrets, "shuinuo_outage");
    return STATUS_OK;
}

static void outage_close(struct app *app)
{
    (void)app;
    catalog_release(&program.catalog);
    db_close(program.db);
    program.db = NULL;
}

static enum status outage_before(struct app *app, struct request *request)
{
    enum status status = catalog_refresh(&program.catalog, program.db, &app->settings, &request->fault);

    if (status == STATUS_OK)
        status = outage_watch_look(&program.watch, program.db, request->arena, &request->fault);
    return status;
}

static uint64_t outage_statement_count(const struct app *app)
{
    (void)app;
    return program.db == NULL ? 0 : db_statement_count(program.db);
}

int main(int argc, char **argv)
{
    struct app app = {
        .name = "outage",
        .routes = routes,
        .route_count = sizeof routes / sizeof routes[0],
        .context = &program,
        .prepare = outage_prepare,
        .open = outage_open,
        .close = outage_close,
        .before = outage_before,
        .statement_count = outage_statement_count,
    };
    return app_main(argc, argv, &app);
}
