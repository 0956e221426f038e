/* One service rule of a unit, with all its versions; saving adds one (Art. 4). */
#include "admin/admin.h"
#include "store/service_store.h"
#include "web/page.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
#define DAYS_AHEAD_MAX 366

static const struct input_rule input_rules[] = {
    {"title", INPUT_LINE, true, 1, 60, "admin.service.error.title", NULL},
    {"body", INPUT_LINES, true, 1, 4000, "admin.service.error.body", NULL},
    {"effective_from", INPUT_DIGITS, true, 1, 10, "admin.error.day", NULL},
    {"is_ended", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
    {"version", INPUT_NUMBER, false, 1, UINT32_MAX, "staff.error.choice", NULL},
};

/* The versions of the rule in the address, newest first; none for a new one. */
struct rule_page {
    struct unit_id unit;
    int32_t no; /* 0: a new rule */
    struct service_rule *versions;
    size_t count;
};

static enum status load(struct request *request, enum office_task task, bool is_new, struct rule_page *rule)
{
    enum status status = admin_part_unit(request, task, &rule->unit);

    rule->no = 0;
    rule->count = 0;
    if (status != STATUS_OK || is_new)
        return status;
    if (!admin_part_number(request, 1, &rule->no))
        return STATUS_ABSENT;
    status = service_store_rule_versions(admin_of(request)->db, rule->unit, rule->no, request->arena, &rule->versions,
                                         &rule->count, &request->fault);
    return status == STATUS_OK && rule->count == 0 ? STATUS_ABSENT : status;
}

static void show_versions(struct view *page, const struct request *request, const struct rule_page *rule)
{
    struct day *from = arena_take_array(request->arena, rule->count + 1, sizeof *from);

    for (size_t i = 0; i < rule->count; i++)
        from[i] = rule->versions[i].effective_from;
    const size_t in_force = version_in_force(from, rule->count, admin_today(request));
    for (size_t i = 0; i < rule->count; i++) {
        const struct service_rule *version = &rule->versions[i];
        struct view *row = view_row(page, "Versions", i);
        view_number(row, "version", version->version);
        view_text(row, "title", version->title);
        view_text(row, "body", version->body);
        view_text(row, "from", admin_day(request, version->effective_from));
        view_text(row, "by", version->created_by);
        view_instant(row, "at", version->created_at);
        view_flag(row, "is_ended", version->is_ended);
        view_flag(row, "is_in_force", i == in_force && !version->is_ended);
        view_flag(row, "is_coming", i < in_force);
    }
}

static enum status show(struct request *request, struct response *response, const struct rule_page *rule,
                        struct inputs *inputs, int code)
{
    const struct service_rule *newest = rule->count > 0 ? &rule->versions[0] : NULL;
    struct view *page = page_begin(request, "admin/service_rule");
    size_t row = 0;

    view_words(page, "Page.title", newest == NULL ? "admin.service.new_rule" : "admin.service.rule");
    view_text(page, "Unit.name", admin_unit_name(request, rule->unit));
    view_number(page, "Unit.id", rule->unit.v);
    view_flag(page, "can_keep", admin_may(request, OFFICE_SERVICE_KEEP, rule->unit));
    view_flag(page, "is_open", inputs != NULL || newest == NULL);
    if (newest != NULL) {
        view_number(page, "Rule.no", rule->no);
        view_number(page, "Rule.version", inputs == NULL || code == 409 ? newest->version : inputs_number(inputs, "version", 0));
        view_text(page, "Rule.title", newest->title);
        show_versions(page, request, rule);
    }
    if (inputs != NULL) {
        inputs_show(inputs, page);
    } else if (newest != NULL) {
        view_text(page, "Form.title.value", newest->title);
        view_text(page, "Form.body.value", newest->body);
        view_flag(page, "Form.is_ended.value", newest->is_ended);
    }
    if (inputs == NULL)
        view_text(page, "Form.effective_from.value", admin_day(request, admin_today(request)));
    if (code == 409) {
        view_flag(page, "is_stale", true);
        admin_show_changed(page, &row, "admin.service.rule_title", newest->title, inputs_text(inputs, "title"));
        admin_show_changed(page, &row, "admin.service.body", newest->body, inputs_text(inputs, "body"));
        admin_show_changed(page, &row, "admin.service.from", admin_day(request, newest->effective_from),
                           inputs_text(inputs, "effective_from"));
    }
    return page_end(page, response, code);
}

static struct service_rule read_rule(struct inputs *inputs, const struct rule_page *rule)
{
    const struct request *request = inputs->request;
    struct service_rule typed = {
        .unit = rule->unit,
        .no = rule->no,
        .version = rule->no == 0 ? 0 : (uint32_t)inputs_number(inputs, "version", 0),
        .title = inputs_text(inputs, "title"),
        .body = inputs_text(inputs, "body"),
        .is_ended = inputs_number(inputs, "is_ended", 0) != 0,
        .effective_from = DAY_NONE,
    };

    if (!admin_parse_day(inputs_text(inputs, "effective_from"), &typed.effective_from))
        inputs_error(inputs, "effective_from", "admin.error.day");
    else if (typed.effective_from.number > admin_today(request).number + DAYS_AHEAD_MAX)
        inputs_error(inputs, "effective_from", "admin.service.error.ahead");
    else if (rule->count > 0 && typed.effective_from.number != DAY_NONE.number &&
             typed.effective_from.number < rule->versions[0].effective_from.number)
        inputs_error(inputs, "effective_from", "admin.service.error.order");
    return typed;
}

static enum status post(struct request *request, struct response *response, bool is_new)
{
    struct rule_page rule;
    struct inputs inputs;
    struct change change;
    enum status status = inputs_read(request, input_rules, COUNT_OF(input_rules), &inputs);

    if (status == STATUS_OK)
        status = load(request, OFFICE_SERVICE_KEEP, is_new, &rule);
    if (status != STATUS_OK)
        return status;
    if (!admin_change_begin(request, "service_rule", &change) || inputs_find(&inputs, "version")->is_set == is_new ||
        inputs_find(&inputs, "version")->error != NULL)
        return STATUS_INVALID;
    const struct service_rule typed = read_rule(&inputs, &rule);
    if (inputs.error_count > 0)
        return show(request, response, &rule, &inputs, 422);
    if (!is_new && typed.version != rule.versions[0].version)
        return show(request, response, &rule, &inputs, 409);
    change.subject = SUBJECT_UNIT;
    change.subject_id = rule.unit.v;
    change.detail = typed.title;
    status = service_store_save_rule(admin_of(request)->db, &change, &typed, &request->fault);
    if (status == STATUS_CONFLICT && !is_new) {
        fault_reset(&request->fault);
        status = load(request, OFFICE_SERVICE_KEEP, false, &rule);
        return status == STATUS_OK ? show(request, response, &rule, &inputs, 409) : status;
    }
    if (status != STATUS_OK && status != STATUS_DUPLICATE)
        return status == STATUS_CONFLICT ? STATUS_UNAVAILABLE : status;
    fault_reset(&request->fault);
    return response_redirect(request, response, "/staff/admin/service/%d?done=1", rule.unit.v);
}

static enum status get(struct request *request, struct response *response, enum office_task task, bool is_new)
{
    struct rule_page rule;
    struct inputs inputs;
    enum status status = inputs_read(request, NULL, 0, &inputs);

    if (status == STATUS_OK)
        status = load(request, task, is_new, &rule);
    return status == STATUS_OK ? show(request, response, &rule, NULL, 200) : status;
}

enum status admin_get_new_rule(struct request *request, struct response *response)
{
    return get(request, response, OFFICE_SERVICE_KEEP, true);
}

enum status admin_post_new_rule(struct request *request, struct response *response)
{
    return post(request, response, true);
}

enum status admin_get_rule(struct request *request, struct response *response)
{
    return get(request, response, OFFICE_SERVICE_READ, false);
}

enum status admin_post_rule(struct request *request, struct response *response)
{
    return post(request, response, false);
}
