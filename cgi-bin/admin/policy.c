/* What operations has decided by number where the regulation leaves room (core/policy.h). */
#include <string.h>

#include "admin/rules.h"

static const struct input_rule rules[] = {
    {"value", INPUT_DIGITS, true, 1, 12, "admin.policy.error.value", NULL},
    {"seen", INPUT_NUMBER, true, 0, INT32_MAX, "staff.error.choice", NULL},
};

static bool is_minute(const struct policy_bound *bound) { return text_is_equal(bound->unit, "minute"); }

/* A number as people read it: minutes of the day as a time. */
static const char *value_text(const struct request *request, const struct policy_bound *bound, int64_t value)
{
    if (is_minute(bound))
        return arena_format(request->arena, "%02d:%02d", (int)(value / 60), (int)(value % 60));
    return arena_format(request->arena, "%lld", (long long)value);
}

static bool parse_value(const struct request *request, const struct policy_bound *bound, const char *text, int64_t *value)
{
    const char *colon = strchr(text, ':');
    int64_t hours = 0, minutes = 0;

    if (!is_minute(bound))
        return text_parse_integer(text, bound->least, bound->most, value);
    if (colon == NULL || !text_parse_integer(arena_copy(request->arena, text, (size_t)(colon - text)), 0, 23, &hours) ||
        strlen(colon + 1) != 2 || !text_parse_integer(colon + 1, 0, 59, &minutes))
        return false;
    *value = hours * 60 + minutes;
    return *value >= bound->least && *value <= bound->most;
}

static void show_policy(struct view *view, struct request *request, enum policy policy, const struct policy_row *row,
                        struct inputs *inputs)
{
    const struct policy_bound *bound = policy_bound(policy);
    const char *range[2] = {value_text(request, bound, bound->least), value_text(request, bound, bound->most)};

    view_text(view, "name", bound->name);
    view_text(view, "title", admin_words(request, "policy", bound->name));
    view_text(view, "about", words_find(request->language, arena_format(request->arena, "policy_about.%s", bound->name)));
    view_text(view, "unit", admin_words(request, "policy_unit", bound->unit));
    view_text(view, "value", value_text(request, bound, row->value));
    view_text(view, "usual", value_text(request, bound, bound->usual));
    view_text(view, "range", words_fill(request->arena, request->language, "admin.policy.range", range, 2));
    view_number(view, "seen", row->value);
    view_flag(view, "is_changed", row->is_set && row->value != bound->usual);
    view_instant(view, "changed", row->changed_at);
    view_text(view, "changed_by", row->changed_by);
    view_text(view, "typed", inputs != NULL ? inputs_text(inputs, "value") : value_text(request, bound, row->value));
    if (inputs != NULL)
        view_text(view, "error", inputs_find(inputs, "value")->error);
}

/* changed: whose form was sent, with `inputs`; POLICY__COUNT for none */
static enum status show(struct request *request, struct response *response, enum policy changed, struct inputs *inputs,
                        bool is_conflict, int code)
{
    struct policy_row rows[POLICY__COUNT];
    const enum status status = policy_store_list(admin_of(request)->db, request->arena, rows, &request->fault);

    if (status != STATUS_OK)
        return status;
    struct view *page = page_begin(request, "admin/policies");
    view_words(page, "Page.title", "admin.policy.title");
    for (int i = 0; i < POLICY__COUNT; i++)
        show_policy(view_row(page, "Policies", (size_t)i), request, (enum policy)i, &rows[i],
                    i == (int)changed ? inputs : NULL);
    view_flag(page, "may_keep", rules_may_keep(request));
    view_flag(page, "is_conflict", is_conflict);
    if (inputs != NULL && inputs->error_count > 0) {
        view_text(page, "Errors.0.name", policy_bound(changed)->name);
        view_text(page, "Errors.0.text", inputs_find(inputs, "value")->error);
        view_number(page, "Errors.count", 1);
    }
    view_flag(page, "was_saved", request->method == METHOD_GET && text_is_equal(request_value(request, "saved"), "1"));
    return page_end(page, response, code);
}

enum status admin_get_policies(struct request *request, struct response *response)
{
    static const struct input_rule page_rules[] = {{"saved", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL}};
    struct inputs inputs;
    const enum status status = inputs_read(request, page_rules, 1, &inputs);

    return status == STATUS_OK ? show(request, response, POLICY__COUNT, NULL, false, 200) : status;
}

enum status admin_post_policy(struct request *request, struct response *response)
{
    struct inputs inputs;
    struct change change;
    enum policy policy;
    int64_t value = 0;
    enum status status = inputs_read(request, rules, sizeof rules / sizeof rules[0], &inputs);

    if (status != STATUS_OK)
        return status;
    if (!policy_find(request->part[0], &policy))
        return STATUS_ABSENT;
    const struct policy_bound *bound = policy_bound(policy);
    const int64_t seen = inputs_number(&inputs, "seen", -1);
    if (inputs_find(&inputs, "value")->error == NULL &&
        !parse_value(request, bound, inputs_text(&inputs, "value"), &value))
        inputs_error(&inputs, "value", "admin.policy.error.value");
    if (inputs.error_count > 0)
        return show(request, response, policy, &inputs, false, 422);
    if (!admin_change_begin(request, "policy_change", &change))
        return STATUS_INVALID;
    change.detail = arena_format(request->arena, "%s: %s→%s", bound->name, value_text(request, bound, seen),
                                 value_text(request, bound, value));
    status = policy_store_change(admin_of(request)->db, &change, policy, seen, value, &request->fault);
    if (status == STATUS_CONFLICT) {
        fault_reset(&request->fault);
        return show(request, response, policy, &inputs, true, 409);
    }
    if (status != STATUS_OK && status != STATUS_DUPLICATE)
        return status;
    fault_reset(&request->fault);
    return response_redirect(request, response, "/staff/admin/policies?saved=1");
}
