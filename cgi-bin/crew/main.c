/*
 * crew: the page of one assignment on a phone, for crews and liaisons away from a desk (Arts. 12, 22, 23, 25).
 *
 * Security: meant to be reached from outside, so every path of it answers 404 until the settings open it. A page takes both a link
 * that names the assignment and the person and runs out in hours, and that person's sign-in, which is worth nothing at the desk.
 * It shows no list and finds no ticket: without a link there is nothing to see. Its account appends to streams and never changes
 * them; it reads sessions but no password hash, and opens personal data only with a committed audit record. What a role may not do
 * is refused by core.
 */
#include "crew/crew.h"
#include "store/staff_store.h"

static const struct route routes[] = {
    {METHOD_GET, "/crew/", ROLES_UNIT, CHECK_NONE, crew_get_home},
    {METHOD_POST, "/crew/signout", 0, CHECK_CSRF, crew_post_signout},
    {METHOD_GET, "/crew/job/*", ROLES_UNIT, CHECK_NONE, crew_get_job},
    {METHOD_POST, "/crew/job/*/phone", ROLES_UNIT, CHECK_CSRF, crew_post_phone},
    {METHOD_GET, "/crew/job/*/photos", ROLES_UNIT, CHECK_NONE, crew_get_photos},
    {METHOD_POST, "/crew/job/*/photos", ROLES_UNIT, CHECK_CSRF | CHECK_UPLOAD, crew_post_photos},
    {METHOD_GET, "/crew/job/*/photo/*", ROLES_UNIT, CHECK_NONE, crew_get_photo},
    {METHOD_GET, "/crew/job/*/*", ROLES_UNIT, CHECK_NONE, crew_get_back},
    {METHOD_POST, "/crew/job/*/*", ROLES_UNIT, CHECK_CSRF, crew_post_act},
};

static enum status crew_open(struct app *app, struct fault *fault)
{
    struct crew *crew = app->context;

    (void)fault;
    crew->db = db_open(&app->settings, &app->secrets, "shuinuo_crew");
    return STATUS_OK;
}

static void crew_close(struct app *app)
{
    struct crew *crew = app->context;

    catalog_release(&crew->catalog);
    db_close(crew->db);
    crew->db = NULL;
}

static enum status crew_before(struct app *app, struct request *request)
{
    struct crew *crew = app->context;

    return catalog_refresh(&crew->catalog, crew->db, &app->settings, &request->fault);
}

static enum status crew_identify(struct app *app, struct request *request)
{
    const struct session_limits limits = {app->settings.session_idle_minutes, app->settings.session_absolute_minutes};
    struct crew *crew = app->context;

    return session_store_identify(crew->db, &request->session_hash, request->now, &limits, request->arena,
                                  &request->actor, &request->fault);
}

static uint64_t crew_statements(const struct app *app)
{
    const struct crew *crew = app->context;

    return crew->db == NULL ? 0 : db_statement_count(crew->db);
}

int main(int argc, char **argv)
{
    struct crew crew = {.db = NULL};
    struct app app = {
        .name = "crew",
        .routes = routes,
        .route_count = sizeof routes / sizeof routes[0],
        .context = &crew,
        .open = crew_open,
        .close = crew_close,
        .before = crew_before,
        .identify = crew_identify,
        .statement_count = crew_statements,
    };

    return app_main(argc, argv, &app);
}
