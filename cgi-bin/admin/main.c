/*
 * admin: who works here and by which rules. Organisation, register of staff, duty roster, the units' own rules, audit log.
 *
 * Security: the only web program that may change staff, rights and the rows that rules stand in. It sets password hashes but
 * reads none; of tickets it reads numbers, states and masked phones, of notices how they went. Every change leaves a line in the
 * audit log in its own transaction. Rights are decided by core/office.h alone: the routes ask it for roles, the handlers for the
 * unit. Served on the intranet only.
 */
#include "admin/admin.h"
#include "admin/rules.h"
#include "store/staff_store.h"

static const struct route routes[] = {
    {METHOD_GET, "/staff/admin/", ROLES_OFFICE, CHECK_NONE, admin_get_home},
    {METHOD_GET, "/staff/admin/audit", ROLE_BIT(ROLE_ADMIN), CHECK_NONE, admin_get_audit},

    /* units.c */
    {METHOD_GET, "/staff/admin/units", ROLES_OFFICE_READ, CHECK_NONE, admin_get_units},
    {METHOD_GET, "/staff/admin/units/new", ROLE_BIT(ROLE_ADMIN), CHECK_NONE, admin_get_new_unit},
    {METHOD_POST, "/staff/admin/units/new", ROLE_BIT(ROLE_ADMIN), CHECK_CSRF, admin_post_new_unit},
    {METHOD_GET, "/staff/admin/units/*", ROLE_BIT(ROLE_ADMIN), CHECK_NONE, admin_get_unit},
    {METHOD_POST, "/staff/admin/units/*", ROLE_BIT(ROLE_ADMIN), CHECK_CSRF, admin_post_unit},

    /* register.c, person.c */
    {METHOD_GET, "/staff/admin/register", ROLES_OFFICE, CHECK_NONE, admin_get_registers},
    {METHOD_GET, "/staff/admin/register/*", ROLES_OFFICE, CHECK_NONE, admin_get_register},
    {METHOD_POST, "/staff/admin/register/*/confirm", ROLES_OFFICE_KEEP, CHECK_CSRF, admin_post_register_confirm},
    {METHOD_GET, "/staff/admin/register/*/new", ROLES_OFFICE_KEEP, CHECK_NONE, admin_get_new_person},
    {METHOD_POST, "/staff/admin/register/*/new", ROLES_OFFICE_KEEP, CHECK_CSRF, admin_post_new_person},
    {METHOD_GET, "/staff/admin/person/*", ROLES_OFFICE, CHECK_NONE, admin_get_person},
    {METHOD_POST, "/staff/admin/person/*/save", ROLES_OFFICE_KEEP, CHECK_CSRF, admin_post_person_save},
    {METHOD_POST, "/staff/admin/person/*/confirm", ROLES_OFFICE_KEEP, CHECK_CSRF, admin_post_person_confirm},
    {METHOD_POST, "/staff/admin/person/*/phone", ROLES_OFFICE, CHECK_CSRF, admin_post_person_phone},
    {METHOD_POST, "/staff/admin/person/*/rights", ROLE_BIT(ROLE_ADMIN), CHECK_CSRF, admin_post_person_rights},
    {METHOD_POST, "/staff/admin/person/*/password", ROLE_BIT(ROLE_ADMIN), CHECK_CSRF, admin_post_person_password},

    /* duty.c, duty_forms.c, calls.c */
    {METHOD_GET, "/staff/admin/duty", ROLES_OFFICE, CHECK_NONE, admin_get_duties},
    {METHOD_GET, "/staff/admin/duty/*", ROLES_OFFICE, CHECK_NONE, admin_get_duty},
    {METHOD_POST, "/staff/admin/duty/*/add", ROLES_OFFICE_KEEP, CHECK_CSRF, admin_post_duty_add},
    {METHOD_POST, "/staff/admin/duty/*/rotate", ROLES_OFFICE_KEEP, CHECK_CSRF, admin_post_duty_rotate},
    {METHOD_POST, "/staff/admin/duty/*/copy", ROLES_OFFICE_KEEP, CHECK_CSRF, admin_post_duty_copy},
    {METHOD_GET, "/staff/admin/duty/*/*", ROLES_OFFICE_KEEP, CHECK_NONE, admin_get_shift},
    {METHOD_POST, "/staff/admin/duty/*/*", ROLES_OFFICE_KEEP, CHECK_CSRF, admin_post_shift},
    {METHOD_GET, "/staff/admin/calls", ROLES_OFFICE, CHECK_NONE, admin_get_calls},

    /* notices.c */
    {METHOD_GET, "/staff/admin/notices", ROLES_OFFICE_NOTICES, CHECK_NONE, admin_get_notices},
    {METHOD_POST, "/staff/admin/notices/channel/*", ROLES_OFFICE_NOTICES, CHECK_CSRF, admin_post_notices_retry},
    {METHOD_POST, "/staff/admin/notices/*/retry", ROLES_OFFICE_NOTICES, CHECK_CSRF, admin_post_notice_retry},
    {METHOD_POST, "/staff/admin/notices/*/drop", ROLES_OFFICE_NOTICES, CHECK_CSRF, admin_post_notice_drop},

    /* service.c, service_rule.c, inspection.c */
    {METHOD_GET, "/staff/admin/service", ROLES_OFFICE, CHECK_NONE, admin_get_services},
    {METHOD_GET, "/staff/admin/service/*", ROLES_OFFICE, CHECK_NONE, admin_get_service},
    {METHOD_GET, "/staff/admin/service/*/rule", ROLES_OFFICE_UNIT, CHECK_NONE, admin_get_new_rule},
    {METHOD_POST, "/staff/admin/service/*/rule", ROLES_OFFICE_UNIT, CHECK_CSRF, admin_post_new_rule},
    {METHOD_GET, "/staff/admin/service/*/rule/*", ROLES_OFFICE, CHECK_NONE, admin_get_rule},
    {METHOD_POST, "/staff/admin/service/*/rule/*", ROLES_OFFICE_UNIT, CHECK_CSRF, admin_post_rule},
    {METHOD_GET, "/staff/admin/service/*/inspection", ROLES_OFFICE_UNIT, CHECK_NONE, admin_get_new_inspection},
    {METHOD_POST, "/staff/admin/service/*/inspection", ROLES_OFFICE_UNIT, CHECK_CSRF, admin_post_new_inspection},
    {METHOD_GET, "/staff/admin/service/*/inspection/*", ROLES_OFFICE, CHECK_NONE, admin_get_inspection},
    {METHOD_POST, "/staff/admin/service/*/inspection/*", ROLES_OFFICE_UNIT, CHECK_CSRF, admin_post_inspection},

    /* keys.c */
    {METHOD_GET, "/staff/admin/keys", ROLE_BIT(ROLE_ADMIN), CHECK_NONE, admin_get_keys},
    {METHOD_POST, "/staff/admin/keys", ROLE_BIT(ROLE_ADMIN), CHECK_CSRF, admin_post_key},
    {METHOD_POST, "/staff/admin/keys/*/disable", ROLE_BIT(ROLE_ADMIN), CHECK_CSRF, admin_post_key_disable},
    {METHOD_POST, "/staff/admin/keys/*/enable", ROLE_BIT(ROLE_ADMIN), CHECK_CSRF, admin_post_key_enable},

    /* rules.c, limits.c, matter_form.c, ladder.c, canned.c, policy.c, texts.c */
    {METHOD_GET, "/staff/admin/rules", ROLES_OFFICE_READ, CHECK_NONE, admin_get_rules},
    {METHOD_GET, "/staff/admin/limits/*", ROLES_OFFICE_READ, CHECK_NONE, admin_get_limits},
    {METHOD_GET, "/staff/admin/limits/*/change", ROLES_RULES, CHECK_NONE, admin_get_limits_change},
    {METHOD_POST, "/staff/admin/limits/*/change", ROLES_RULES, CHECK_CSRF, admin_post_limits_change},
    {METHOD_POST, "/staff/admin/limits/*/withdraw", ROLES_RULES, CHECK_CSRF, admin_post_limits_withdraw},
    {METHOD_GET, "/staff/admin/matters/new", ROLES_RULES, CHECK_NONE, admin_get_matter_new},
    {METHOD_POST, "/staff/admin/matters/new", ROLES_RULES, CHECK_CSRF, admin_post_matter_new},
    {METHOD_GET, "/staff/admin/matters/*", ROLES_OFFICE_READ, CHECK_NONE, admin_get_matter},
    {METHOD_GET, "/staff/admin/matters/*/change", ROLES_RULES, CHECK_NONE, admin_get_matter_change},
    {METHOD_POST, "/staff/admin/matters/*/change", ROLES_RULES, CHECK_CSRF, admin_post_matter_change},
    {METHOD_GET, "/staff/admin/matters/*/end", ROLES_RULES, CHECK_NONE, admin_get_matter_end},
    {METHOD_POST, "/staff/admin/matters/*/end", ROLES_RULES, CHECK_CSRF, admin_post_matter_end},
    {METHOD_POST, "/staff/admin/matters/*/withdraw", ROLES_RULES, CHECK_CSRF, admin_post_matter_withdraw},
    {METHOD_POST, "/staff/admin/matters/*/routes", ROLES_RULES, CHECK_CSRF, admin_post_matter_routes},
    {METHOD_GET, "/staff/admin/ladder", ROLES_OFFICE_READ, CHECK_NONE, admin_get_ladders},
    {METHOD_GET, "/staff/admin/ladder/*", ROLES_OFFICE_READ, CHECK_NONE, admin_get_ladder},
    {METHOD_POST, "/staff/admin/ladder/*", ROLES_RULES, CHECK_CSRF, admin_post_ladder},
    {METHOD_GET, "/staff/admin/canned", ROLES_CANNED, CHECK_NONE, admin_get_canned},
    {METHOD_GET, "/staff/admin/canned/*", ROLES_CANNED, CHECK_NONE, admin_get_canned_one},
    {METHOD_POST, "/staff/admin/canned/*", ROLES_CANNED, CHECK_CSRF, admin_post_canned_one},
    {METHOD_GET, "/staff/admin/policies", ROLES_OFFICE_READ, CHECK_NONE, admin_get_policies},
    {METHOD_POST, "/staff/admin/policies/*", ROLES_RULES, CHECK_CSRF, admin_post_policy},
    {METHOD_GET, "/staff/admin/texts", ROLES_OFFICE_READ, CHECK_NONE, admin_get_texts},
    {METHOD_GET, "/staff/admin/texts/*", ROLES_OFFICE_READ, CHECK_NONE, admin_get_text},
    {METHOD_POST, "/staff/admin/texts/*", ROLES_RULES, CHECK_CSRF, admin_post_text},
};

static enum status admin_open(struct app *app, struct fault *fault)
{
    struct admin *admin = app->context;

    (void)fault;
    admin->db = db_open(&app->settings, &app->secrets, "shuinuo_admin");
    return STATUS_OK;
}

static void admin_close(struct app *app)
{
    struct admin *admin = app->context;

    catalog_release(&admin->catalog);
    db_close(admin->db);
    admin->db = NULL;
}

static enum status admin_before(struct app *app, struct request *request)
{
    (void)app;
    return admin_refresh(request);
}

static enum status admin_identify(struct app *app, struct request *request)
{
    const struct session_limits limits = {app->settings.session_idle_minutes, app->settings.session_absolute_minutes};
    struct admin *admin = app->context;

    return session_store_identify(admin->db, &request->session_hash, request->now, &limits, request->arena,
                                  &request->actor, &request->fault);
}

static uint64_t admin_statements(const struct app *app)
{
    const struct admin *admin = app->context;

    return admin->db == NULL ? 0 : db_statement_count(admin->db);
}

int main(int argc, char **argv)
{
    struct admin admin = {.db = NULL};
    struct app app = {
        .name = "admin",
        .routes = routes,
        .route_count = sizeof routes / sizeof routes[0],
        .context = &admin,
        .open = admin_open,
        .close = admin_close,
        .before = admin_before,
        .identify = admin_identify,
        .statement_count = admin_statements,
    };

    return app_main(argc, argv, &app);
}
