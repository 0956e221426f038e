/* What the units keep of their own supervision (Art. 4): all units for those who read them, one unit's rules and inspections. */
#include "admin/admin.h"
#include "store/service_store.h"
#include "web/page.h"

#define INSPECTIONS_PER_PAGE 50
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* ---- all units */

static enum status show_units(struct request *request, struct response *response)
{
    struct service_overview *units;
    size_t count, row = 0;
    const enum status status = service_store_overview(admin_of(request)->db, admin_today(request), request->arena, &units,
                                                      &count, &request->fault);

    if (status != STATUS_OK)
        return status;
    struct view *page = page_begin(request, "admin/services");
    view_words(page, "Page.title", "admin.service.title");
    for (size_t i = 0; i < count; i++) {
        const struct unit *unit = catalog_unit(&admin_of(request)->catalog, units[i].unit);
        if (unit == NULL || (!unit->is_handling && units[i].rule_count == 0 && units[i].last_inspection.number == DAY_NONE.number))
            continue;
        struct view *view = view_row(page, "Rows", row++);
        view_number(view, "id", unit->id.v);
        view_text(view, "name", admin_unit_name(request, unit->id));
        view_number(view, "rules", units[i].rule_count);
        view_flag(view, "has_rules", units[i].rule_count > 0);
        view_text(view, "last", admin_day(request, units[i].last_inspection));
        view_number(view, "overdue", units[i].overdue_count);
        view_flag(view, "is_overdue", units[i].overdue_count > 0);
    }
    return page_end(page, response, 200);
}

enum status admin_get_services(struct request *request, struct response *response)
{
    struct inputs inputs;
    const enum status status = inputs_read(request, NULL, 0, &inputs);

    if (status != STATUS_OK)
        return status;
    if (!admin_may(request, OFFICE_SERVICE_READ, (struct unit_id){0}))
        return response_redirect(request, response, "/staff/admin/service/%d", request->actor.unit.v);
    return show_units(request, response);
}

/* ---- one unit */

static void show_rule(struct view *view, const struct request *request, const struct service_rule *rule)
{
    const bool is_coming = rule->effective_from.number > admin_today(request).number;

    view_number(view, "no", rule->no);
    view_text(view, "title", rule->title);
    view_text(view, "from", admin_day(request, rule->effective_from));
    view_number(view, "version", rule->version);
    view_flag(view, "is_coming", is_coming);
    view_flag(view, "is_ended", rule->is_ended);
}

static void show_inspection(struct view *view, const struct request *request, const struct inspection *inspection)
{
    const bool is_open = inspection->follow_up_due.number != DAY_NONE.number &&
                         inspection->followed_up_on.number == DAY_NONE.number;

    view_number(view, "no", inspection->no);
    view_text(view, "held_on", admin_day(request, inspection->held_on));
    view_text(view, "inspector", inspection->inspector);
    view_text(view, "what", inspection->what);
    view_text(view, "result", admin_words(request, "admin.result", inspection_result_name(inspection->result)));
    view_text(view, "due", admin_day(request, inspection->follow_up_due));
    view_text(view, "followed", admin_day(request, inspection->followed_up_on));
    view_flag(view, "is_overdue", is_open && inspection->follow_up_due.number < admin_today(request).number);
}

static enum status show_unit(struct request *request, struct response *response, struct unit_id unit, int32_t before,
                             bool is_done)
{
    struct db *db = admin_of(request)->db;
    struct service_rule *rules;
    struct inspection *inspections;
    size_t rule_count, count;
    enum status status = service_store_list_rules(db, unit, request->arena, &rules, &rule_count, &request->fault);

    if (status == STATUS_OK)
        status = service_store_list_inspections(db, unit, before, INSPECTIONS_PER_PAGE, request->arena, &inspections,
                                                &count, &request->fault);
    if (status != STATUS_OK)
        return status;
    struct view *page = page_begin(request, "admin/service");
    view_words(page, "Page.title", "admin.service.title");
    view_text(page, "Unit.name", admin_unit_name(request, unit));
    view_number(page, "Unit.id", unit.v);
    view_flag(page, "is_done", is_done);
    view_flag(page, "reads_all", admin_may(request, OFFICE_SERVICE_READ, (struct unit_id){0}));
    view_flag(page, "can_keep", admin_may(request, OFFICE_SERVICE_KEEP, unit));
    for (size_t i = 0; i < rule_count; i++)
        show_rule(view_row(page, "Rules", i), request, &rules[i]);
    for (size_t i = 0; i < count; i++)
        show_inspection(view_row(page, "Inspections", i), request, &inspections[i]);
    view_flag(page, "has_rules", rule_count > 0);
    view_flag(page, "has_inspections", count > 0);
    if (before != 0)
        view_text(page, "first_url", arena_format(request->arena, "/staff/admin/service/%d", unit.v));
    if (count == INSPECTIONS_PER_PAGE)
        view_text(page, "next_url", arena_format(request->arena, "/staff/admin/service/%d?before=%d", unit.v,
                                                 inspections[count - 1].no));
    return page_end(page, response, 200);
}

enum status admin_get_service(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {
        {"done", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
        {"before", INPUT_NUMBER, false, 1, INT32_MAX, "staff.error.choice", NULL},
    };
    struct inputs inputs;
    struct unit_id unit;
    enum status status = inputs_read(request, rules, COUNT_OF(rules), &inputs);

    if (status == STATUS_OK)
        status = admin_part_unit(request, OFFICE_SERVICE_READ, &unit);
    if (status != STATUS_OK)
        return status;
    return show_unit(request, response, unit, (int32_t)inputs_number(&inputs, "before", 0),
                     inputs_number(&inputs, "done", 0) != 0);
}
