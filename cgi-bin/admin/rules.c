/* Matters and promises as they are: the overview, one matter, and the units that its reports are proposed to. */
#include "admin/rules.h"
#include "web/promise.h"

/* ---- the overview */

/* The promises of one kind for a matter, or for none, that are in force: "24 小时内、36 小时内". */
static const char *limits_of(const struct request *request, enum clock_kind kind, struct category_id category)
{
    const struct regulation *regulation = &admin_of(request)->catalog.regulation;
    const char *limits = "";

    for (size_t i = 0; i < regulation->rule_count; i++) {
        const struct rule *rule = &regulation->rules[i];
        if (rule->kind != kind || rule->category.v != category.v ||
            !is_in_force(rule->effective_from, rule->effective_to, request->now))
            continue;
        limits = arena_format(request->arena, "%s%s%s", limits,
                              limits[0] == '\0' ? "" : words_find(request->language, "list.comma"),
                              rules_limit(request, rule));
    }
    return limits;
}

/* Whether something of these rules is still to begin or to end. */
static bool has_plan(const struct request *request, enum clock_kind kind, struct category_id category)
{
    const struct regulation *regulation = &admin_of(request)->catalog.regulation;

    for (size_t i = 0; i < regulation->rule_count; i++) {
        const struct rule *rule = &regulation->rules[i];
        if (rule->category.v == category.v && (kind == CLOCK_NONE || rule->kind == kind) &&
            (instant_is_before(request->now, rule->effective_from) ||
             (instant_is_set(rule->effective_to) && instant_is_before(request->now, rule->effective_to))))
            return true;
    }
    return false;
}

static void show_matter_row(struct view *view, const struct request *request, const struct category *category)
{
    view_text(view, "code", category->code);
    view_text(view, "name", rules_category_name(request, category->id));
    view_text(view, "article", category->article);
    view_text(view, "group", admin_words(request, "group", category_group_name(category->group)));
    view_text(view, "limits", limits_of(request, CLOCK_FINISH, category->id));
    view_flag(view, "has_plan", has_plan(request, CLOCK_NONE, category->id));
    rules_show_dates(view, request, category->effective_from, category->effective_to);
}

/* Matters that are in force, planned, or past: a list each. */
static void show_matters(struct view *page, const struct request *request)
{
    static const char *const lists[3] = {"Matters", "Planned", "Past"};
    const struct regulation *regulation = &admin_of(request)->catalog.regulation;
    size_t counts[3] = {0, 0, 0};

    for (size_t i = 0; i < regulation->category_count; i++) {
        const struct category *category = &regulation->categories[i];
        const bool is_planned = instant_is_before(request->now, category->effective_from);
        const int list =
            is_planned ? 1 : is_in_force(category->effective_from, category->effective_to, request->now) ? 0 : 2;
        show_matter_row(view_row(page, lists[list], counts[list]++), request, category);
    }
}

static void show_general(struct view *page, const struct request *request)
{
    size_t row = 0;

    for (int kind = CLOCK_NONE + 1; kind < CLOCK_KIND__COUNT; kind++) {
        const char *name = clock_kind_name((enum clock_kind)kind);
        const char *limits = limits_of(request, (enum clock_kind)kind, (struct category_id){0});
        if (limits[0] == '\0')
            continue;
        struct view *view = view_row(page, "General", row++);
        view_text(view, "set", arena_format(request->arena, "any.%s", name));
        view_text(view, "kind", admin_words(request, "kind", name));
        view_text(view, "limits", limits);
        view_flag(view, "has_plan", has_plan(request, (enum clock_kind)kind, (struct category_id){0}));
    }
}

enum status admin_get_rules(struct request *request, struct response *response)
{
    struct inputs inputs;
    const enum status status = inputs_read(request, NULL, 0, &inputs);

    if (status != STATUS_OK)
        return status;
    struct view *page = page_begin(request, "admin/rules");
    view_words(page, "Page.title", "admin.rules.title");
    show_matters(page, request);
    show_general(page, request);
    view_flag(page, "may_keep", rules_may_keep(request));
    return page_end(page, response, 200);
}

/* ---- one matter */

static const struct input_rule page_rules[] = {{"saved", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
                                               {"refused", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL}};

static const char *yes_no(const struct request *request, bool value)
{
    return words_find(request->language, value ? "admin.yes" : "admin.no");
}

static void show_facts(struct view *page, const struct request *request, const struct category *category)
{
    struct view *view = view_child(page, "Matter");

    view_number(view, "id", category->id.v);
    view_text(view, "code", category->code);
    view_text(view, "name", rules_category_name(request, category->id));
    view_text(view, "article", promise_article(request->arena, request->language, category->article));
    view_text(view, "group", admin_words(request, "group", category_group_name(category->group)));
    view_text(view, "nature", admin_words(request, "nature", nature_name(category->default_nature)));
    view_duration(view, "cap", category->extension_cap_seconds);
    view_text(view, "phone", yes_no(request, category->needs_phone));
    view_text(view, "formalities", yes_no(request, category->needs_formalities));
    view_text(view, "asks_limit", yes_no(request, category->asks_limit));
    view_number(view, "sort", category->sort);
    rules_show_dates(view, request, category->effective_from, category->effective_to);
}

/* The versions of a matter, the newest first; a single one says nothing. */
static void show_versions(struct view *page, const struct request *request, const char *code)
{
    const struct regulation *regulation = &admin_of(request)->catalog.regulation;
    const struct category *last = category_last(regulation, code);
    size_t row = 0;

    while (last != NULL) {
        const struct category *next = NULL;
        struct view *view = view_row(page, "Versions", row++);
        view_text(view, "name", rules_category_name(request, last->id));
        view_duration(view, "cap", last->extension_cap_seconds);
        view_text(view, "article", last->article);
        rules_show_dates(view, request, last->effective_from, last->effective_to);
        for (size_t i = 0; i < regulation->category_count; i++) {
            const struct category *other = &regulation->categories[i];
            if (text_is_equal(other->code, code) && instant_is_before(other->effective_from, last->effective_from) &&
                (next == NULL || instant_is_before(next->effective_from, other->effective_from)))
                next = other;
        }
        last = next;
    }
    view_flag(page, "has_versions", row > 1);
}

/* The kinds of clocks that the matter runs: by rules of its own, or by those of all matters. */
static void show_kinds(struct view *page, struct request *request, const struct category *category)
{
    size_t row = 0;

    for (int kind = CLOCK_NONE + 1; kind <= CLOCK_INSPECT; kind++) {
        struct rule_set set;
        const char *name = clock_kind_name((enum clock_kind)kind);
        const char *own = arena_format(request->arena, "%s.%s", category->code, name);
        const char *general = arena_format(request->arena, "any.%s", name);
        if ((category->clocks & CLOCK_BIT(kind)) == 0)
            continue;
        const bool is_own = rule_set_find(request, own, &set);
        if (!is_own && !rule_set_find(request, general, &set))
            continue;
        struct view *view = view_row(page, "Kinds", row++);
        view_text(view, "set", set.name);
        view_text(view, "kind", admin_words(request, "kind", name));
        view_flag(view, "is_own", is_own);
        for (size_t i = 0; i < set.count; i++) {
            struct view *rule = view_row(view, "Rules", i);
            view_text(rule, "limit", rules_limit(request, set.rows[i]));
            view_text(rule, "scope", rules_scope(request, set.rows[i]));
            rules_show_dates(rule, request, set.rows[i]->effective_from, set.rows[i]->effective_to);
        }
        view_flag(view, "has_plan", has_plan(request, (enum clock_kind)kind, is_own ? category->id : (struct category_id){0}));
    }
}

/* ---- routes */

static const struct {
    enum zone zone;
    const char *name, *seen, *label;
} zones[] = {
    {ZONE_UNKNOWN, "unit_any", "seen_any", "admin.route.any"},
    {ZONE_INNER, "unit_inner", "seen_inner", "admin.route.inner"},
    {ZONE_OUTER, "unit_outer", "seen_outer", "admin.route.outer"},
};
#define ZONE_ROWS (sizeof zones / sizeof zones[0])

static const struct input_rule route_rules[] = {
    {"unit_any", INPUT_NUMBER, false, 0, INT32_MAX, "staff.error.choice", NULL},
    {"unit_inner", INPUT_NUMBER, false, 0, INT32_MAX, "staff.error.choice", NULL},
    {"unit_outer", INPUT_NUMBER, false, 0, INT32_MAX, "staff.error.choice", NULL},
    {"seen_any", INPUT_NUMBER, false, 0, INT32_MAX, "staff.error.choice", NULL},
    {"seen_inner", INPUT_NUMBER, false, 0, INT32_MAX, "staff.error.choice", NULL},
    {"seen_outer", INPUT_NUMBER, false, 0, INT32_MAX, "staff.error.choice", NULL},
};

static void show_routes(struct view *page, struct request *request, const struct category *category,
                        struct inputs *inputs)
{
    const struct catalog *catalog = &admin_of(request)->catalog;
    struct fields fields = fields_begin(request, page, "Routes", inputs);
    struct category_routes routes;

    rule_store_routes(catalog, category->id, &routes);
    for (size_t i = 0; i < ZONE_ROWS; i++) {
        const struct unit_id unit = routes.unit[zones[i].zone];
        struct view *seen = view_row(page, "Seen", i);
        view_text(seen, "name", zones[i].seen);
        view_number(seen, "value", unit.v);
        view_text(view_row(page, "RouteRows", i), "zone", words_find(request->language, zones[i].label));
        view_text(view_row(page, "RouteRows", i), "unit",
                  unit.v == 0 ? words_find(request->language, "admin.route.none") : admin_unit_name(request, unit));
        fields_select(&fields, zones[i].name, zones[i].label, NULL);
        fields_choice_number(&fields, 0, words_find(request->language, "admin.route.none"), unit.v == 0);
        for (size_t j = 0; j < catalog->unit_count; j++)
            if (catalog->units[j].is_handling || catalog->units[j].id.v == unit.v)
                fields_choice_number(&fields, catalog->units[j].id.v, admin_unit_name(request, catalog->units[j].id),
                                     catalog->units[j].id.v == unit.v);
    }
}

/* ---- the page */

static struct view *begin_page(struct request *request, const struct category *category, struct inputs *routes)
{
    const struct instant least = instant_add_seconds(request->now, CHANGE_LEAD_SECONDS);
    const bool may_keep = rules_may_keep(request);
    struct view *page = page_begin(request, "admin/matter");

    view_text(page, "Page.title", rules_category_name(request, category->id));
    show_facts(page, request, category);
    show_versions(page, request, category->code);
    show_kinds(page, request, category);
    show_routes(page, request, category, routes);
    const bool ends = instant_is_set(category->effective_to);
    view_flag(page, "may_keep", may_keep);
    view_flag(page, "may_change", may_keep && !ends);
    view_flag(page, "may_withdraw", may_keep && !ends && !instant_is_before(category->effective_from, least));
    view_flag(page, "may_reopen", may_keep && ends && !instant_is_before(category->effective_to, least));
    if (routes != NULL)
        inputs_show(routes, page);
    return page;
}

enum status admin_get_matter(struct request *request, struct response *response)
{
    const struct category *category = category_last(&admin_of(request)->catalog.regulation, request->part[0]);
    struct inputs inputs;
    const enum status status = inputs_read(request, page_rules, 2, &inputs);

    if (status != STATUS_OK || category == NULL)
        return status != STATUS_OK ? status : STATUS_ABSENT;
    struct view *page = begin_page(request, category, NULL);
    view_flag(page, "was_saved", inputs_number(&inputs, "saved", 0) != 0);
    view_flag(page, "was_refused", inputs_number(&inputs, "refused", 0) != 0);
    return page_end(page, response, 200);
}

/* Units that the form names and that may be proposed. */
static void read_routes(struct request *request, struct inputs *inputs, struct category_routes *seen,
                        struct category_routes *routes)
{
    *seen = *routes = (struct category_routes){{{0}}};
    for (size_t i = 0; i < ZONE_ROWS; i++) {
        const struct unit_id unit = {(int32_t)inputs_number(inputs, zones[i].name, 0)};
        const struct unit *row = unit.v == 0 ? NULL : catalog_unit(&admin_of(request)->catalog, unit);
        seen->unit[zones[i].zone].v = (int32_t)inputs_number(inputs, zones[i].seen, 0);
        routes->unit[zones[i].zone] = unit;
        /* A unit that handles nothing any more may stay where it is. */
        if (unit.v != 0 && (row == NULL || (!row->is_handling && unit.v != seen->unit[zones[i].zone].v)))
            inputs_error(inputs, zones[i].name, "staff.error.choice");
    }
}

static const char *routes_detail(const struct request *request, const struct category *category,
                                 const struct category_routes *routes)
{
    const char *detail = category->code;

    for (size_t i = 0; i < ZONE_ROWS; i++)
        detail = arena_format(request->arena, "%s%s%s %s", detail, i == 0 ? ": " : ", ",
                              words_find(LANGUAGE_ZH, zones[i].label),
                              admin_unit_name(request, routes->unit[zones[i].zone]));
    return detail;
}

enum status admin_post_matter_routes(struct request *request, struct response *response)
{
    const struct category *category = category_last(&admin_of(request)->catalog.regulation, request->part[0]);
    struct category_routes seen, routes;
    struct inputs inputs;
    struct change change;
    enum status status = inputs_read(request, route_rules, sizeof route_rules / sizeof route_rules[0], &inputs);

    if (status != STATUS_OK || category == NULL)
        return status != STATUS_OK ? status : STATUS_ABSENT;
    read_routes(request, &inputs, &seen, &routes);
    if (inputs.error_count > 0)
        return page_end(begin_page(request, category, &inputs), response, 422);
    if (!admin_change_begin(request, "route_change", &change))
        return STATUS_INVALID;
    change.subject_id = category->id.v;
    change.detail = routes_detail(request, category, &routes);
    const char *code = category->code;
    status = rule_store_change_routes(admin_of(request)->db, &change, category->id, &seen, &routes, &request->fault);
    if (status == STATUS_CONFLICT) {
        fault_reset(&request->fault);
        struct view *page = begin_page(request, category, &inputs);
        view_flag(page, "is_conflict", true);
        return page_end(page, response, 409);
    }
    if (status != STATUS_OK && status != STATUS_DUPLICATE)
        return status;
    fault_reset(&request->fault);
    return response_redirect(request, response, "/staff/admin/matters/%s?saved=1", code);
}
