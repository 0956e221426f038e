/* Units and who answers for them: direct leader, leader in charge, indicator owner (Arts. 17, 29). */
#include "admin/admin.h"
#include "store/register_store.h"
#include "store/staff_store.h"
#include "store/unit_store.h"
#include "web/page.h"

/* Fields of the posts, in their order. */
static const char *const post_fields[UNIT_POST__COUNT] = {"direct_leader", "leader_in_charge", "indicator_owner"};

#define NAME_RULES                                                                                                     \
    {"name_zh", INPUT_LINE, true, 1, 25, "admin.units.error.name", NULL},                                              \
        {"name_en", INPUT_LINE, true, 1, 60, "admin.units.error.name", NULL},                                          \
        {"is_handling", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},                                          \
        {"sort", INPUT_NUMBER, true, 0, 9999, "admin.units.error.sort", NULL},                                         \
        {"direct_leader", INPUT_DIGITS, false, 1, 40, "admin.error.login", NULL},                                      \
        {"leader_in_charge", INPUT_DIGITS, false, 1, 40, "admin.error.login", NULL},                                   \
        {"indicator_owner", INPUT_DIGITS, false, 1, 40, "admin.error.login", NULL}

static const struct input_rule edit_rules[] = {
    NAME_RULES,
    {"version", INPUT_NUMBER, true, 1, UINT32_MAX, "staff.error.choice", NULL},
};
static const struct input_rule new_rules[] = {
    NAME_RULES,
    {"code", INPUT_DIGITS, true, 2, 39, "admin.units.error.code", NULL},
};
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* ---- the list */

static void show_unit_row(struct view *view, const struct request *request, const struct unit_row *unit)
{
    view_number(view, "id", unit->id.v);
    view_text(view, "code", unit->code);
    view_text(view, "name", request->language == LANGUAGE_EN ? unit->name_en : unit->name_zh);
    view_flag(view, "is_handling", unit->is_handling);
    for (int post = 0; post < UNIT_POST__COUNT; post++)
        view_text(view, post_fields[post], unit->posts[post].name);
}

enum status admin_get_units(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {{"done", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL}};
    struct unit_row *rows;
    struct inputs inputs;
    size_t count;
    enum status status = inputs_read(request, rules, COUNT_OF(rules), &inputs);

    if (status == STATUS_OK)
        status = unit_store_list(admin_of(request)->db, request->arena, &rows, &count, &request->fault);
    if (status != STATUS_OK)
        return status;
    struct view *page = page_begin(request, "admin/units");
    view_words(page, "Page.title", "admin.units.title");
    view_flag(page, "is_done", inputs_number(&inputs, "done", 0) != 0);
    view_flag(page, "can_edit", admin_may(request, OFFICE_UNITS_EDIT, (struct unit_id){0}));
    for (size_t i = 0; i < count; i++)
        show_unit_row(view_row(page, "Rows", i), request, &rows[i]);
    return page_end(page, response, 200);
}

/* ---- the form */

static enum status show_people(struct view *page, struct request *request)
{
    struct register_entry *people;
    size_t count;
    const enum status status =
        register_store_logins(admin_of(request)->db, request->arena, &people, &count, &request->fault);

    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        struct view *row = view_row(page, "People", i);
        view_text(row, "login", people[i].login);
        view_text(row, "name", arena_format(request->arena, "%s · %s", people[i].name,
                                            admin_unit_name(request, people[i].unit)));
    }
    return status;
}

/* The values of the form as the row has them. */
static void show_stored(struct view *page, const struct unit_row *unit)
{
    struct view *form = view_child(page, "Form");

    view_text(form, "name_zh.value", unit->name_zh);
    view_text(form, "name_en.value", unit->name_en);
    view_number(form, "sort.value", unit->sort);
    view_flag(form, "is_handling.value", unit->is_handling);
    for (int post = 0; post < UNIT_POST__COUNT; post++)
        view_text(view_child(view_child(page, "Form"), post_fields[post]), "value", unit->posts[post].login);
}

/* What of the row is not what was typed over an older version of it. */
static void show_changed(struct view *page, const struct request *request, struct inputs *inputs,
                         const struct unit_row *unit)
{
    size_t row = 0;

    view_flag(page, "is_stale", true);
    admin_show_changed(page, &row, "admin.units.name_zh", unit->name_zh, inputs_text(inputs, "name_zh"));
    admin_show_changed(page, &row, "admin.units.name_en", unit->name_en, inputs_text(inputs, "name_en"));
    admin_show_changed(page, &row, "admin.units.sort", arena_format(request->arena, "%d", unit->sort),
                       inputs_text(inputs, "sort"));
    if (unit->is_handling != (inputs_number(inputs, "is_handling", 0) != 0))
        admin_show_changed(page, &row, "admin.units.is_handling",
                           words_find(request->language, unit->is_handling ? "staff.yes" : "admin.no"), "");
    for (int post = 0; post < UNIT_POST__COUNT; post++)
        admin_show_changed(page, &row, arena_format(request->arena, "admin.units.%s", post_fields[post]),
                           unit->posts[post].login, inputs_text(inputs, post_fields[post]));
}

/* unit: NULL for a new one. inputs: as typed, or NULL. */
static enum status show_form(struct request *request, struct response *response, const struct unit_row *unit,
                             struct inputs *inputs, int code)
{
    struct view *page = page_begin(request, "admin/unit");

    view_words(page, "Page.title", unit == NULL ? "admin.units.new" : "admin.units.edit");
    if (unit != NULL) {
        view_number(page, "Unit.id", unit->id.v);
        view_text(page, "Unit.code", unit->code);
        view_number(page, "Unit.version", unit->version);
        view_text(page, "Unit.name", request->language == LANGUAGE_EN ? unit->name_en : unit->name_zh);
    }
    const enum status status = show_people(page, request);
    if (status != STATUS_OK)
        return status;
    if (inputs != NULL)
        inputs_show(inputs, page);
    else if (unit != NULL)
        show_stored(page, unit);
    if (inputs != NULL && unit != NULL && code == 409)
        show_changed(page, request, inputs, unit);
    return page_end(page, response, code);
}

/* ---- reading it */

static enum status read_posts(struct request *request, struct inputs *inputs, struct unit_row *unit)
{
    for (int post = 0; post < UNIT_POST__COUNT; post++) {
        const char *login = inputs_text(inputs, post_fields[post]);
        struct staff staff;
        if (login[0] == '\0')
            continue;
        const enum status status = staff_store_find(admin_of(request)->db, login, request->arena, &staff, &request->fault);
        if (status != STATUS_OK && status != STATUS_ABSENT)
            return status;
        if (status == STATUS_ABSENT || !staff.is_active)
            inputs_error(inputs, post_fields[post], "admin.error.login");
        else
            unit->posts[post].staff = staff.id;
    }
    fault_reset(&request->fault);
    return STATUS_OK;
}

static enum status read_unit(struct request *request, struct inputs *inputs, struct unit_row *unit)
{
    unit->name_zh = inputs_text(inputs, "name_zh");
    unit->name_en = inputs_text(inputs, "name_en");
    unit->is_handling = inputs_number(inputs, "is_handling", 0) != 0;
    unit->sort = (int)inputs_number(inputs, "sort", 0);
    return read_posts(request, inputs, unit);
}

static enum status save(struct request *request, const struct unit_row *unit)
{
    struct change change;

    if (!admin_change_begin(request, unit->id.v == 0 ? "unit_add" : "unit_change", &change))
        return STATUS_INVALID;
    if (unit->id.v != 0) {
        change.subject = SUBJECT_UNIT;
        change.subject_id = unit->id.v;
    }
    change.detail = arena_format(request->arena, "%s · %s", unit->name_zh, unit->name_en);
    const enum status status = unit_store_save(admin_of(request)->db, &change, unit, &request->fault);
    catalog_forget(&admin_of(request)->catalog);
    return status;
}

static enum status go_to_list(struct request *request, struct response *response)
{
    fault_reset(&request->fault);
    return response_redirect(request, response, "/staff/admin/units?done=1");
}

/* ---- handlers */

enum status admin_get_new_unit(struct request *request, struct response *response)
{
    struct inputs inputs;
    const enum status status = inputs_read(request, NULL, 0, &inputs);

    return status == STATUS_OK ? show_form(request, response, NULL, NULL, 200) : status;
}

enum status admin_post_new_unit(struct request *request, struct response *response)
{
    struct unit_row unit = {.version = 0};
    struct inputs inputs;
    enum status status = inputs_read(request, new_rules, COUNT_OF(new_rules), &inputs);

    if (status != STATUS_OK)
        return status;
    unit.code = inputs_text(&inputs, "code");
    if (unit.code[0] != '\0' && !unit_code_is_good(unit.code))
        inputs_error(&inputs, "code", "admin.units.error.code");
    status = read_unit(request, &inputs, &unit);
    if (status != STATUS_OK)
        return status;
    if (inputs.error_count > 0)
        return show_form(request, response, NULL, &inputs, 422);
    status = save(request, &unit);
    if (status == STATUS_REFUSED) {
        fault_reset(&request->fault);
        inputs_error(&inputs, "code", "admin.units.error.taken");
        return show_form(request, response, NULL, &inputs, 422);
    }
    return status == STATUS_OK || status == STATUS_DUPLICATE ? go_to_list(request, response) : status;
}

/* The unit in the address as it stands now. */
static enum status load(struct request *request, struct unit_row *unit)
{
    struct unit_id id;

    if (!admin_part_number(request, 0, &id.v))
        return STATUS_ABSENT;
    return unit_store_find(admin_of(request)->db, id, request->arena, unit, &request->fault);
}

enum status admin_get_unit(struct request *request, struct response *response)
{
    struct unit_row unit;
    struct inputs inputs;
    enum status status = inputs_read(request, NULL, 0, &inputs);

    if (status == STATUS_OK)
        status = load(request, &unit);
    return status == STATUS_OK ? show_form(request, response, &unit, NULL, 200) : status;
}

enum status admin_post_unit(struct request *request, struct response *response)
{
    struct unit_row unit, typed;
    struct inputs inputs;
    enum status status = inputs_read(request, edit_rules, COUNT_OF(edit_rules), &inputs);

    if (status == STATUS_OK && inputs_find(&inputs, "version")->error != NULL)
        status = STATUS_INVALID;
    if (status == STATUS_OK)
        status = load(request, &unit);
    if (status != STATUS_OK)
        return status;
    typed = (struct unit_row){
        .id = unit.id, .code = unit.code, .version = (uint32_t)inputs_number(&inputs, "version", 0)};
    status = read_unit(request, &inputs, &typed);
    if (status != STATUS_OK)
        return status;
    if (inputs.error_count > 0)
        return show_form(request, response, &unit, &inputs, 422);
    status = save(request, &typed);
    if (status == STATUS_OK || status == STATUS_DUPLICATE)
        return go_to_list(request, response);
    if (status != STATUS_CONFLICT)
        return status;
    fault_reset(&request->fault);
    status = load(request, &unit); /* as it stands now */
    return status == STATUS_OK ? show_form(request, response, &unit, &inputs, 409) : status;
}
