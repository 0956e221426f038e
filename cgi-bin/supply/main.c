/*
 * supply: the register of outages (Arts. 18, 19, 33). Emergencies are published and reported to operations in one step, planned ones go
 * through their steps, cut-offs are reported beforehand, and every change is a message of its own. And the register of customers:
 * places, master meters, households, imports (Arts. 18(1), 33(4)).
 *
 * Security: takes pictures in, which base/photo.h makes anew; appends to the streams of outages and publishes; reads tickets by number,
 * place, diameter and unit alone, never the person of one. Of households it opens what is sealed for those who may, after a record of it. It
 * reads sessions but no password hash. Who may publish what is decided by core/outage.h: the routes ask for roles, the handlers for the
 * unit. Served on the intranet only.
 */
#include "store/staff_store.h"
#include "supply/register.h"

/* core/register_keep.h asks for the unit besides. */
#define ROLES_KEEP (ROLE_BIT(ROLE_OPS) | ROLE_BIT(ROLE_LIAISON) | ROLE_BIT(ROLE_UNIT_LEADER))
#define ROLES_IMPORT (ROLE_BIT(ROLE_OPS) | ROLE_BIT(ROLE_UNIT_LEADER))

static const struct route routes[] = {
    {METHOD_GET, "/staff/supply/", ROLES_READ, CHECK_NONE, supply_get_list},
    {METHOD_GET, "/staff/supply/new", ROLES_PUBLISH, CHECK_NONE, supply_get_report},
    {METHOD_POST, "/staff/supply/new", ROLES_PUBLISH, CHECK_CSRF, supply_post_report},
    {METHOD_GET, "/staff/supply/places/", ROLES_READ, CHECK_NONE, supply_get_places},
    {METHOD_GET, "/staff/supply/places/search", ROLES_READ, CHECK_NONE, supply_get_place_search},
    {METHOD_GET, "/staff/supply/places/new", ROLES_KEEP, CHECK_NONE, supply_get_place_new},
    {METHOD_POST, "/staff/supply/places/new", ROLES_KEEP, CHECK_CSRF, supply_post_place_new},
    {METHOD_GET, "/staff/supply/places/*", ROLES_READ, CHECK_NONE, supply_get_place},
    {METHOD_POST, "/staff/supply/places/*", ROLES_KEEP, CHECK_CSRF, supply_post_place},
    {METHOD_GET, "/staff/supply/meters/new", ROLES_KEEP, CHECK_NONE, supply_get_meter_new},
    {METHOD_POST, "/staff/supply/meters/new", ROLES_KEEP, CHECK_CSRF, supply_post_meter_new},
    {METHOD_GET, "/staff/supply/meters/*", ROLES_READ, CHECK_NONE, supply_get_meter},
    {METHOD_POST, "/staff/supply/meters/*", ROLES_KEEP, CHECK_CSRF, supply_post_meter},
    {METHOD_GET, "/staff/supply/customers/", ROLES_READ, CHECK_NONE, supply_get_customers},
    {METHOD_POST, "/staff/supply/customers/", ROLES_READ, CHECK_CSRF, supply_post_customers},
    {METHOD_GET, "/staff/supply/customers/import", ROLES_IMPORT, CHECK_NONE, supply_get_import},
    {METHOD_POST, "/staff/supply/customers/import", ROLES_IMPORT, CHECK_CSRF | CHECK_UPLOAD, supply_post_import},
    {METHOD_GET, "/staff/supply/customers/import/*", ROLES_IMPORT, CHECK_NONE, supply_get_import_check},
    {METHOD_POST, "/staff/supply/customers/import/*", ROLES_IMPORT, CHECK_CSRF, supply_post_import_check},
    {METHOD_GET, "/staff/supply/customers/import/*/lines.csv", ROLES_IMPORT, CHECK_NONE, supply_get_import_lines},
    {METHOD_GET, "/staff/supply/customers/*", ROLES_READ, CHECK_NONE, supply_get_household},
    {METHOD_POST, "/staff/supply/customers/*/open", ROLES_KEEP, CHECK_CSRF, supply_post_household_open},
    {METHOD_POST, "/staff/supply/customers/*/phone", ROLES_KEEP, CHECK_CSRF, supply_post_household_phone},
    {METHOD_GET, "/staff/supply/plan", ROLES_PUBLISH, CHECK_NONE, supply_get_plan},
    {METHOD_POST, "/staff/supply/plan", ROLES_PUBLISH, CHECK_CSRF, supply_post_plan},
    {METHOD_GET, "/staff/supply/cutoff", ROLES_PUBLISH, CHECK_NONE, supply_get_cutoff},
    {METHOD_POST, "/staff/supply/cutoff", ROLES_PUBLISH, CHECK_CSRF, supply_post_cutoff},
    {METHOD_GET, "/staff/supply/*/photos", ROLES_READ, CHECK_NONE, supply_get_photos},
    {METHOD_POST, "/staff/supply/*/photos", ROLES_PUBLISH, CHECK_CSRF | CHECK_UPLOAD, supply_post_photos},
    {METHOD_GET, "/staff/supply/*/photo/*", ROLES_READ, CHECK_NONE, supply_get_photo},
    {METHOD_GET, "/staff/supply/*", ROLES_READ, CHECK_NONE, supply_get_outage},
    {METHOD_GET, "/staff/supply/*/sms", ROLES_ACT, CHECK_NONE, supply_get_sms},
    {METHOD_POST, "/staff/supply/*/sms", ROLES_PUBLISH, CHECK_CSRF, supply_post_sms},
    {METHOD_GET, "/staff/supply/*/sms-households", ROLES_PUBLISH, CHECK_NONE, supply_get_sms_households},
    {METHOD_POST, "/staff/supply/*/sms-stop", ROLES_PUBLISH, CHECK_CSRF, supply_post_sms_stop},
    {METHOD_POST, "/staff/supply/*/sms-resume", ROLES_PUBLISH, CHECK_CSRF, supply_post_sms_resume},
    {METHOD_POST, "/staff/supply/*/sms-retry", ROLES_PUBLISH, CHECK_CSRF, supply_post_sms_retry},
    {METHOD_GET, "/staff/supply/*/*", ROLES_READ, CHECK_NONE, supply_get_outage_back},
    {METHOD_POST, "/staff/supply/*/*", ROLES_ACT, CHECK_CSRF, supply_post_outage},
};

static enum status supply_open(struct app *app, struct fault *fault)
{
    struct supply *supply = app->context;

    (void)fault;
    supply->db = db_open(&app->settings, &app->secrets, "shuinuo_supply");
    return STATUS_OK;
}

static void supply_close(struct app *app)
{
    struct supply *supply = app->context;

    catalog_release(&supply->catalog);
    db_close(supply->db);
    supply->db = NULL;
}

static enum status supply_before(struct app *app, struct request *request)
{
    struct supply *supply = app->context;

    /* Whoever has just added a place or named a building sees it, whichever worker answers: the version is one row. */
    catalog_forget(&supply->catalog);
    return catalog_refresh(&supply->catalog, supply->db, &app->settings, &request->fault);
}

static enum status supply_identify(struct app *app, struct request *request)
{
    const struct session_limits limits = {app->settings.session_idle_minutes, app->settings.session_absolute_minutes};
    struct supply *supply = app->context;

    return session_store_identify(supply->db, &request->session_hash, request->now, &limits, request->arena, &request->actor,
                                  &request->fault);
}

static uint64_t supply_statements(const struct app *app)
{
    const struct supply *supply = app->context;

    return supply->db == NULL ? 0 : db_statement_count(supply->db);
}

int main(int argc, char **argv)
{
    struct supply supply = {.db = NULL};
    struct app app = {
        .name = "supply",
        .routes = routes,
        .route_count = sizeof routes / sizeof routes[0],
        .context = &supply,
        .open = supply_open,
        .close = supply_close,
        .before = supply_before,
        .identify = supply_identify,
        .statement_count = supply_statements,
    };

    return app_main(argc, argv, &app);
}
