/* What staff did outside event streams: sign-ins, unmaskings, changes of rights and rows. Read by administrators alone. */
#include "admin/admin.h"
#include "store/audit_store.h"
#include "store/staff_store.h"
#include "web/page.h"

#define ROWS_PER_PAGE 50

/* The kinds that the list can be narrowed to. A line of another kind is shown by its own name. */
static const char *const kinds[] = {
    "sign_in", "sign_in_failed", "sign_out", "password_change", "unmask", "user_add", "discipline_enrol",
    "discipline_remove", "discipline_open", "discipline_open_failed", "discipline_passphrase",
    "staff_add", "staff_change", "staff_rights", "staff_password", "register_confirm", "unit_add", "unit_change",
    "duty_add", "duty_end", "service_rule", "inspection", "failure_report", "failure_end", "failure_decision",
    "circular", "circular_withdrawn", "crew_link",
    "rule_change", "rule_withdraw", "matter_add", "matter_change", "matter_end", "matter_withdraw", "route_change", "ladder_change",
    "canned_add", "canned_change", "policy_change", "text_change", "api_key_add", "api_key_disable", "api_key_enable",
};
#define KIND_COUNT (sizeof kinds / sizeof kinds[0])

static const struct input_rule rules[] = {
    {"who", INPUT_LINE, false, 1, 40, "admin.audit.error.who", NULL},
    {"what", INPUT_LINE, false, 1, 39, "staff.error.choice", NULL},
    {"before", INPUT_LINE, false, 1, 60, "staff.error.choice", NULL},
};

static const char *list_url(const struct request *request, const char *who, const char *what,
                            const struct audit_row *last)
{
    const char *url = arena_format(request->arena, "/staff/admin/audit?who=%s&what=%s",
                                   response_url_escape(request->arena, who), response_url_escape(request->arena, what));

    return last == NULL ? url
                        : arena_format(request->arena, "%s&before=%lld-%lld", url, (long long)last->at.milliseconds,
                                       (long long)last->id);
}

static void show_row(struct view *view, const struct request *request, const struct audit_row *row)
{
    view_number(view, "id", row->id);
    view_instant(view, "at", row->at);
    view_text(view, "name", row->name);
    view_text(view, "login", row->login);
    view_text(view, "what", admin_words(request, "audit", row->what));
    view_text(view, "about", row->about);
    view_text(view, "detail", row->detail);
}

static enum status show(struct request *request, struct response *response, struct inputs *inputs,
                        const struct audit_filter *filter)
{
    const char *who = inputs_text(inputs, "who");
    struct audit_row *rows = NULL;
    size_t count = 0;
    enum status status = STATUS_OK;

    if (inputs->error_count == 0)
        status = audit_store_list(admin_of(request)->db, filter, request->arena, &rows, &count, &request->fault);
    if (status != STATUS_OK)
        return status;
    struct view *page = page_begin(request, "admin/audit");
    view_words(page, "Page.title", "admin.audit.title");
    admin_choice(page, "Kinds", 0, -1, words_find(request->language, "admin.any"), filter->what[0] == '\0');
    for (size_t i = 0; i < KIND_COUNT; i++) {
        struct view *row = view_row(page, "Kinds", i + 1);
        view_text(row, "value", kinds[i]);
        view_text(row, "label", admin_words(request, "audit", kinds[i]));
        view_flag(row, "is_checked", text_is_equal(filter->what, kinds[i]));
    }
    for (size_t i = 0; i < count; i++)
        show_row(view_row(page, "Rows", i), request, &rows[i]);
    view_flag(page, "is_empty", count == 0);
    if (filter->before_id != 0)
        view_text(page, "first_url", list_url(request, who, filter->what, NULL));
    if (count == (size_t)filter->limit)
        view_text(page, "next_url", list_url(request, who, filter->what, &rows[count - 1]));
    inputs_show(inputs, page);
    return page_end(page, response, inputs->error_count > 0 ? 422 : 200);
}

enum status admin_get_audit(struct request *request, struct response *response)
{
    struct audit_filter filter = {.before_at = INSTANT_NONE, .limit = ROWS_PER_PAGE};
    struct inputs inputs;
    struct staff staff;
    enum status status = inputs_read(request, rules, sizeof rules / sizeof rules[0], &inputs);

    if (status != STATUS_OK)
        return status;
    if (!admin_parse_cursor(request, inputs_text(&inputs, "before"), &filter.before_at, &filter.before_id))
        return STATUS_INVALID;
    filter.what = inputs_text(&inputs, "what");
    const char *who = inputs_text(&inputs, "who");
    if (who[0] != '\0' && inputs.error_count == 0) {
        status = staff_store_find(admin_of(request)->db, who, request->arena, &staff, &request->fault);
        if (status != STATUS_OK && status != STATUS_ABSENT)
            return status;
        if (status == STATUS_ABSENT)
            inputs_error(&inputs, "who", "admin.audit.error.who");
        else
            filter.staff = staff.id;
    }
    fault_reset(&request->fault);
    return show(request, response, &inputs, &filter);
}
