/*
 * ticket: the desk of staff. The queue by next deadline, intake by phone, and a ticket through its life.
 *
 * Security: reads tickets and their masked persons, appends events; opens personal data only with a committed audit record. It reads
 * sessions but no password hash. Served on the intranet only. What a role may not do is absent from its pages and refused by core.
 */
#include "base/now.h"
#include "store/staff_store.h"
#include "store/ticket_list.h"
#include "ticket/desk.h"
#include "ticket/call.h"
#include "ticket/failure.h"
#include "ticket/link.h"
#include "ticket/live.h"
#include "ticket/photos.h"
#include "ticket/related.h"

/* Who hands out links to an assignment's page: operations for any, the unit's voices for their own. */
#define ROLES_LINK (ROLE_BIT(ROLE_LIAISON) | ROLE_BIT(ROLE_UNIT_LEADER) | ROLE_BIT(ROLE_OPS))
#define ROLES_FAILURE_REPORT (ROLE_BIT(ROLE_LIAISON) | ROLE_BIT(ROLE_UNIT_LEADER) | ROLE_BIT(ROLE_OPS))

static const struct route routes[] = {
    {METHOD_GET, "/staff/ticket/", ROLES_FIRST, CHECK_NONE, ticket_get_queue},
    {METHOD_POST, "/staff/ticket/find", ROLES_DESK, CHECK_CSRF, ticket_post_find},
    {METHOD_POST, "/staff/ticket/filter", ROLES_DESK, CHECK_CSRF, ticket_post_filter},
    {METHOD_GET, "/staff/ticket/list.csv", ROLES_DESK, CHECK_NONE, ticket_get_csv},
    {METHOD_GET, "/staff/ticket/list.xlsx", ROLES_DESK, CHECK_NONE, ticket_get_xlsx},
    {METHOD_GET, "/staff/ticket/wall", ROLES_DISPATCH, CHECK_NONE, ticket_get_wall},
    {METHOD_GET, "/staff/ticket/bulk", ROLE_BIT(ROLE_OPS), CHECK_NONE, ticket_get_bulk},
    {METHOD_POST, "/staff/ticket/bulk", ROLE_BIT(ROLE_OPS), CHECK_CSRF, ticket_post_bulk},
    {METHOD_GET, "/staff/ticket/new", ROLES_FIRST, CHECK_NONE, ticket_get_new},
    {METHOD_POST, "/staff/ticket/new", ROLES_FIRST, CHECK_CSRF, ticket_post_new},
    {METHOD_GET, "/staff/ticket/discipline", ROLES_FIRST, CHECK_UNLOGGED, ticket_get_discipline_new},
    {METHOD_POST, "/staff/ticket/discipline", ROLES_FIRST, CHECK_CSRF | CHECK_UNLOGGED, ticket_post_discipline_new},
    {METHOD_POST, "/staff/ticket/discipline/take", ROLES_FIRST, CHECK_CSRF | CHECK_UNLOGGED, ticket_post_discipline_take},
    {METHOD_POST, "/staff/ticket/call", 0, CHECK_KEYED, ticket_post_call}, /* by the telephone system */
    {METHOD_GET, "/staff/ticket/failure/", ROLES_DESK, CHECK_NONE, ticket_get_failures},
    {METHOD_GET, "/staff/ticket/failure/new", ROLES_FAILURE_REPORT, CHECK_NONE, ticket_get_failure_new},
    {METHOD_POST, "/staff/ticket/failure/new", ROLES_FAILURE_REPORT, CHECK_CSRF, ticket_post_failure_new},
    {METHOD_GET, "/staff/ticket/failure/*", ROLES_DESK, CHECK_NONE, ticket_get_failure},
    {METHOD_GET, "/staff/ticket/failure/*/*", ROLES_DESK, CHECK_NONE, ticket_get_failure_back},
    {METHOD_POST, "/staff/ticket/failure/*/end", ROLES_FAILURE_REPORT, CHECK_CSRF, ticket_post_failure_end},
    {METHOD_POST, "/staff/ticket/failure/*/decide", ROLE_BIT(ROLE_OPS), CHECK_CSRF, ticket_post_failure_decide},
    {METHOD_POST, "/staff/ticket/failure/*/excuse", ROLE_BIT(ROLE_OPS), CHECK_CSRF, ticket_post_failure_excuse},
    {METHOD_GET, "/staff/ticket/handover/", ROLES_DESK, CHECK_NONE, ticket_get_handovers},
    {METHOD_POST, "/staff/ticket/handover/", ROLES_DESK, CHECK_CSRF, ticket_post_handovers},
    {METHOD_GET, "/staff/ticket/handover/*", ROLES_DESK, CHECK_NONE, ticket_get_handover},
    {METHOD_POST, "/staff/ticket/handover/*/note", ROLES_DESK, CHECK_CSRF, ticket_post_handover_note},
    {METHOD_POST, "/staff/ticket/handover/*/confirm", ROLES_DESK, CHECK_CSRF, ticket_post_handover_confirm},
    {METHOD_GET, "/staff/ticket/*", ROLES_FIRST, CHECK_NONE, ticket_get_show},
    {METHOD_POST, "/staff/ticket/*/slip", ROLES_DESK, CHECK_CSRF, ticket_post_slip},
    {METHOD_POST, "/staff/ticket/*/unmask", ROLES_DESK, CHECK_CSRF, ticket_post_unmask},
    {METHOD_GET, "/staff/ticket/*/photos", ROLES_DESK, CHECK_NONE, ticket_get_photos},
    {METHOD_POST, "/staff/ticket/*/photos", ROLES_DESK, CHECK_CSRF | CHECK_UPLOAD, ticket_post_photos},
    {METHOD_GET, "/staff/ticket/*/photo/*", ROLES_DESK, CHECK_NONE, ticket_get_photo},
    {METHOD_POST, "/staff/ticket/*/photo/*", ROLES_DESK, CHECK_CSRF, ticket_post_photo},
    {METHOD_GET, "/staff/ticket/*/merge", ROLE_BIT(ROLE_OPS), CHECK_NONE, ticket_get_merge},
    {METHOD_POST, "/staff/ticket/*/merge", ROLE_BIT(ROLE_OPS), CHECK_CSRF, ticket_post_merge},
    {METHOD_GET, "/staff/ticket/*/repeat", ROLES_HOTLINE, CHECK_NONE, ticket_get_repeat},
    {METHOD_POST, "/staff/ticket/*/repeat", ROLES_HOTLINE, CHECK_CSRF, ticket_post_repeat},
    {METHOD_GET, "/staff/ticket/*/joint", ROLE_BIT(ROLE_OPS), CHECK_NONE, ticket_get_joint},
    {METHOD_POST, "/staff/ticket/*/joint", ROLE_BIT(ROLE_OPS), CHECK_CSRF, ticket_post_joint},
    {METHOD_GET, "/staff/ticket/*/discipline", ROLES_HOTLINE, CHECK_UNLOGGED, ticket_get_discipline},
    {METHOD_POST, "/staff/ticket/*/discipline", ROLES_HOTLINE, CHECK_CSRF | CHECK_UNLOGGED, ticket_post_discipline},
    {METHOD_GET, "/staff/ticket/*/link", ROLES_LINK, CHECK_NONE, ticket_get_link},
    {METHOD_POST, "/staff/ticket/*/link", ROLES_LINK, CHECK_CSRF, ticket_post_link},
    {METHOD_GET, "/staff/ticket/*/*", ROLES_FIRST, CHECK_NONE, ticket_get_back},
    {METHOD_POST, "/staff/ticket/*/*", ROLES_FIRST, CHECK_CSRF, ticket_post_act},
};

static enum status ticket_open(struct app *app, struct fault *fault)
{
    struct desk *desk = app->context;

    (void)fault;
    desk->db = db_open(&app->settings, &app->secrets, "shuinuo_ticket");
    return STATUS_OK;
}

static void ticket_close(struct app *app)
{
    struct desk *desk = app->context;

    catalog_release(&desk->catalog);
    db_close(desk->db);
    desk->db = NULL;
}

static enum status ticket_before(struct app *app, struct request *request)
{
    struct desk *desk = app->context;

    desk->polled = NULL;
    if (request->method == METHOD_POST)
        poll_memory_changed(&desk->memory);
    return catalog_refresh(&desk->catalog, desk->db, &app->settings, &request->fault);
}

static enum status ticket_identify(struct app *app, struct request *request)
{
    const struct session_limits limits = {app->settings.session_idle_minutes, app->settings.session_absolute_minutes};
    const struct poll_moment at = {now_monotonic_milliseconds(), request->now};
    const bool is_poll = request->method == METHOD_GET && request->if_none_match[0] != '\0';
    struct desk *desk = app->context;
    struct desk_state state;

    const enum status status =
        is_poll ? session_store_identify_poll(desk->db, &request->session_hash, request->now, &limits, request->arena,
                                              &request->actor, &state, &request->fault)
                : session_store_identify(desk->db, &request->session_hash, request->now, &limits, request->arena,
                                         &request->actor, &request->fault);
    if (status != STATUS_OK) {
        poll_memory_ended(&desk->memory, &request->session_hash);
        return status;
    }
    poll_memory_identified(&desk->memory, &request->session_hash, &request->actor, at);
    if (is_poll) {
        desk->polled = arena_take(request->arena, sizeof *desk->polled);
        *desk->polled = state;
        poll_memory_read(&desk->memory, &state, at);
    }
    return STATUS_OK;
}

static uint64_t ticket_statements(const struct app *app)
{
    const struct desk *desk = app->context;

    return desk->db == NULL ? 0 : db_statement_count(desk->db);
}

int main(int argc, char **argv)
{
    struct desk desk = {.db = NULL};
    struct app app = {
        .name = "ticket",
        .routes = routes,
        .route_count = sizeof routes / sizeof routes[0],
        .context = &desk,
        .open = ticket_open,
        .close = ticket_close,
        .before = ticket_before,
        .answer_unchanged = live_answer_remembered,
        .identify = ticket_identify,
        .statement_count = ticket_statements,
    };

    return app_main(argc, argv, &app);
}
