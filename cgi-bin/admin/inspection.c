/* One inspection that a unit made of its own people, with all versions of its record; saving adds one (Art. 4). */
#include "admin/admin.h"
#include "store/service_store.h"
#include "web/page.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
#define DAYS_AHEAD_MAX 366

static const struct input_rule input_rules[] = {
    {"held_on", INPUT_DIGITS, true, 1, 10, "admin.error.day", NULL},
    {"inspector", INPUT_LINE, true, 1, 40, "admin.service.error.inspector", NULL},
    {"what", INPUT_LINE, true, 1, 200, "admin.service.error.what", NULL},
    {"finding", INPUT_LINES, true, 1, 1000, "admin.service.error.finding", NULL},
    {"result", INPUT_NUMBER, true, INSPECTION_GOOD, INSPECTION_SERIOUS, "staff.error.choice", NULL},
    {"follow_up_due", INPUT_DIGITS, false, 1, 10, "admin.error.day", NULL},
    {"followed_up_on", INPUT_DIGITS, false, 1, 10, "admin.error.day", NULL},
    {"version", INPUT_NUMBER, false, 1, UINT32_MAX, "staff.error.choice", NULL},
};

/* The versions of the record in the address, newest first; none for a new one. */
struct inspection_page {
    struct unit_id unit;
    int32_t no;
    struct inspection *versions;
    size_t count;
};

static enum status load(struct request *request, enum office_task task, bool is_new, struct inspection_page *record)
{
    enum status status = admin_part_unit(request, task, &record->unit);

    record->no = 0;
    record->count = 0;
    if (status != STATUS_OK || is_new)
        return status;
    if (!admin_part_number(request, 1, &record->no))
        return STATUS_ABSENT;
    status = service_store_inspection_versions(admin_of(request)->db, record->unit, record->no, request->arena,
                                               &record->versions, &record->count, &request->fault);
    return status == STATUS_OK && record->count == 0 ? STATUS_ABSENT : status;
}

static const char *result_words(const struct request *request, enum inspection_result result)
{
    return admin_words(request, "admin.result", inspection_result_name(result));
}

static void show_version(struct view *view, const struct request *request, const struct inspection *version)
{
    view_number(view, "version", version->version);
    view_text(view, "held_on", admin_day(request, version->held_on));
    view_text(view, "inspector", version->inspector);
    view_text(view, "what", version->what);
    view_text(view, "finding", version->finding);
    view_text(view, "result", result_words(request, version->result));
    view_text(view, "due", admin_day(request, version->follow_up_due));
    view_text(view, "followed", admin_day(request, version->followed_up_on));
    view_text(view, "by", version->created_by);
    view_instant(view, "at", version->created_at);
}

static void show_stored(struct view *page, const struct request *request, const struct inspection *newest)
{
    view_text(page, "Form.held_on.value", admin_day(request, newest->held_on));
    view_text(page, "Form.inspector.value", newest->inspector);
    view_text(page, "Form.what.value", newest->what);
    view_text(page, "Form.finding.value", newest->finding);
    view_text(page, "Form.follow_up_due.value", admin_day(request, newest->follow_up_due));
    view_text(page, "Form.followed_up_on.value", admin_day(request, newest->followed_up_on));
}

static void show_changed(struct view *page, const struct request *request, struct inputs *inputs,
                         const struct inspection *newest)
{
    size_t row = 0;

    view_flag(page, "is_stale", true);
    admin_show_changed(page, &row, "admin.service.held_on", admin_day(request, newest->held_on),
                       inputs_text(inputs, "held_on"));
    admin_show_changed(page, &row, "admin.service.inspector", newest->inspector, inputs_text(inputs, "inspector"));
    admin_show_changed(page, &row, "admin.service.what", newest->what, inputs_text(inputs, "what"));
    admin_show_changed(page, &row, "admin.service.finding", newest->finding, inputs_text(inputs, "finding"));
    if ((int64_t)newest->result != inputs_number(inputs, "result", 0))
        admin_show_changed(page, &row, "admin.service.result", result_words(request, newest->result), "");
    admin_show_changed(page, &row, "admin.service.due", admin_day(request, newest->follow_up_due),
                       inputs_text(inputs, "follow_up_due"));
    admin_show_changed(page, &row, "admin.service.followed", admin_day(request, newest->followed_up_on),
                       inputs_text(inputs, "followed_up_on"));
}

static enum status show(struct request *request, struct response *response, const struct inspection_page *record,
                        struct inputs *inputs, int code)
{
    const struct inspection *newest = record->count > 0 ? &record->versions[0] : NULL;
    struct view *page = page_begin(request, "admin/inspection");
    const int64_t chosen = inputs != NULL   ? inputs_number(inputs, "result", 0)
                           : newest != NULL ? (int64_t)newest->result
                                            : INSPECTION_GOOD;

    view_words(page, "Page.title", newest == NULL ? "admin.service.new_inspection" : "admin.service.inspection");
    view_text(page, "Unit.name", admin_unit_name(request, record->unit));
    view_number(page, "Unit.id", record->unit.v);
    view_flag(page, "can_keep", admin_may(request, OFFICE_SERVICE_KEEP, record->unit));
    view_flag(page, "is_open", inputs != NULL || newest == NULL);
    for (int result = INSPECTION_GOOD; result < INSPECTION_RESULT__COUNT; result++)
        admin_choice(page, "Results", (size_t)result - INSPECTION_GOOD, result,
                     result_words(request, (enum inspection_result)result), result == chosen);
    if (newest != NULL) {
        view_number(page, "Record.no", record->no);
        view_number(page, "Record.version",
                    inputs == NULL || code == 409 ? newest->version : inputs_number(inputs, "version", 0));
        for (size_t i = 0; i < record->count; i++)
            show_version(view_row(page, "Versions", i), request, &record->versions[i]);
    }
    if (inputs != NULL)
        inputs_show(inputs, page);
    else if (newest != NULL)
        show_stored(page, request, newest);
    else
        view_text(page, "Form.held_on.value", admin_day(request, admin_today(request)));
    if (code == 409)
        show_changed(page, request, inputs, newest);
    return page_end(page, response, code);
}

/* ---- reading */

static struct day read_day(struct inputs *inputs, const char *name)
{
    struct day day;

    if (!admin_parse_day(inputs_text(inputs, name), &day))
        inputs_error(inputs, name, "admin.error.day");
    return day;
}

static struct inspection read_inspection(struct inputs *inputs, const struct inspection_page *record)
{
    const struct day today = admin_today(inputs->request);
    const struct inspection typed = {
        .unit = record->unit,
        .no = record->no,
        .version = record->no == 0 ? 0 : (uint32_t)inputs_number(inputs, "version", 0),
        .held_on = read_day(inputs, "held_on"),
        .inspector = inputs_text(inputs, "inspector"),
        .what = inputs_text(inputs, "what"),
        .finding = inputs_text(inputs, "finding"),
        .result = (enum inspection_result)inputs_number(inputs, "result", INSPECTION_NONE),
        .follow_up_due = read_day(inputs, "follow_up_due"),
        .followed_up_on = read_day(inputs, "followed_up_on"),
    };
    const bool has_due = typed.follow_up_due.number != DAY_NONE.number;
    const bool has_followed = typed.followed_up_on.number != DAY_NONE.number;

    if (typed.held_on.number > today.number)
        inputs_error(inputs, "held_on", "admin.service.error.future");
    if (has_due && typed.follow_up_due.number < typed.held_on.number)
        inputs_error(inputs, "follow_up_due", "admin.service.error.before");
    else if (has_due && typed.follow_up_due.number > today.number + DAYS_AHEAD_MAX)
        inputs_error(inputs, "follow_up_due", "admin.service.error.ahead");
    else if (!has_due && typed.result > INSPECTION_GOOD)
        inputs_error(inputs, "follow_up_due", "admin.service.error.due");
    if (has_followed && typed.followed_up_on.number < typed.held_on.number)
        inputs_error(inputs, "followed_up_on", "admin.service.error.before");
    else if (has_followed && typed.followed_up_on.number > today.number)
        inputs_error(inputs, "followed_up_on", "admin.service.error.future");
    return typed;
}

/* ---- handlers */

static enum status post(struct request *request, struct response *response, bool is_new)
{
    struct inspection_page record;
    struct inputs inputs;
    struct change change;
    enum status status = inputs_read(request, input_rules, COUNT_OF(input_rules), &inputs);

    if (status == STATUS_OK)
        status = load(request, OFFICE_SERVICE_KEEP, is_new, &record);
    if (status != STATUS_OK)
        return status;
    if (!admin_change_begin(request, "inspection", &change) || inputs_find(&inputs, "version")->is_set == is_new ||
        inputs_find(&inputs, "version")->error != NULL)
        return STATUS_INVALID;
    const struct inspection typed = read_inspection(&inputs, &record);
    if (inputs.error_count > 0)
        return show(request, response, &record, &inputs, 422);
    if (!is_new && typed.version != record.versions[0].version)
        return show(request, response, &record, &inputs, 409);
    change.subject = SUBJECT_UNIT;
    change.subject_id = record.unit.v;
    change.detail = typed.what;
    status = service_store_save_inspection(admin_of(request)->db, &change, &typed, &request->fault);
    if (status == STATUS_CONFLICT && !is_new) {
        fault_reset(&request->fault);
        status = load(request, OFFICE_SERVICE_KEEP, false, &record);
        return status == STATUS_OK ? show(request, response, &record, &inputs, 409) : status;
    }
    if (status != STATUS_OK && status != STATUS_DUPLICATE)
        return status == STATUS_CONFLICT ? STATUS_UNAVAILABLE : status;
    fault_reset(&request->fault);
    return response_redirect(request, response, "/staff/admin/service/%d?done=1", record.unit.v);
}

static enum status get(struct request *request, struct response *response, enum office_task task, bool is_new)
{
    struct inspection_page record;
    struct inputs inputs;
    enum status status = inputs_read(request, NULL, 0, &inputs);

    if (status == STATUS_OK)
        status = load(request, task, is_new, &record);
    return status == STATUS_OK ? show(request, response, &record, NULL, 200) : status;
}

enum status admin_get_new_inspection(struct request *request, struct response *response)
{
    return get(request, response, OFFICE_SERVICE_KEEP, true);
}

enum status admin_post_new_inspection(struct request *request, struct response *response)
{
    return post(request, response, true);
}

enum status admin_get_inspection(struct request *request, struct response *response)
{
    return get(request, response, OFFICE_SERVICE_READ, false);
}

enum status admin_post_inspection(struct request *request, struct response *response)
{
    return post(request, response, false);
}
