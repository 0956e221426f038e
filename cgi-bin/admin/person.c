/*
 * One person of the register: what stands there, its keeping, the rights, and every change that was made (Art. 4). What somebody
 * may not do has no form here.
 */
#include "admin/person.h"
#include "base/password.h"
#include "web/page.h"

#define CHANGES_PER_PAGE 30

static const struct input_rule keeper_rules[] = {
    ENTRY_RULES,
    {"phone_clear", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
    {"version", INPUT_NUMBER, true, 1, UINT32_MAX, "staff.error.choice", NULL},
};
static const struct input_rule admin_rules[] = {
    ENTRY_RULES,
    {"phone_clear", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
    {"unit", INPUT_NUMBER, true, 1, INT32_MAX, "staff.error.choice", NULL},
    {"version", INPUT_NUMBER, true, 1, UINT32_MAX, "staff.error.choice", NULL},
};
static const struct input_rule rights_rules[] = {
    ROLE_RULES,
    {"is_active", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
    {"version", INPUT_NUMBER, true, 1, UINT32_MAX, "staff.error.choice", NULL},
};
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* Which form of the page was sent, and came back with it. */
enum person_form { FORM_NONE, FORM_ENTRY, FORM_RIGHTS };

/* What the page shows beside the entry. */
struct person_page {
    enum person_form form;
    struct inputs *inputs;  /* of that form, as typed; NULL without one */
    uint32_t seen_version;  /* the version that form was filled in over */
    bool is_stale, is_done;
    const char *phone;      /* opened for this one time, or NULL */
    struct instant before_at;
    int64_t before_id;
};

/* ---- showing */

static void show_unit_choices(struct view *page, const struct request *request, int64_t chosen)
{
    const struct catalog *catalog = &admin_of(request)->catalog;

    for (size_t i = 0; i < catalog->unit_count; i++)
        admin_choice(page, "UnitChoices", i, catalog->units[i].id.v, admin_unit_name(request, catalog->units[i].id),
                     catalog->units[i].id.v == chosen);
}

/* A value of the history, as people read it. */
static const char *change_value(const struct request *request, enum staff_field field, const char *value)
{
    int64_t number;
    const bool is_number = text_parse_integer(value, 0, INT32_MAX, &number);

    if (field == STAFF_FIELD_ROLES && is_number)
        return person_role_names(request, (uint32_t)number);
    if (field == STAFF_FIELD_UNIT && is_number)
        return admin_unit_name(request, (struct unit_id){(int32_t)number});
    if (field == STAFF_FIELD_ACTIVE && is_number)
        return words_find(request->language, number != 0 ? "staff.yes" : "admin.no");
    return value;
}

static enum status show_history(struct view *page, struct request *request, const struct register_entry *entry,
                                const struct person_page *state)
{
    struct staff_change *changes;
    size_t count;
    const enum status status =
        register_store_history(admin_of(request)->db, entry->id, state->before_at, state->before_id, CHANGES_PER_PAGE,
                               request->arena, &changes, &count, &request->fault);

    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        struct view *row = view_row(page, "History", i);
        view_instant(row, "at", changes[i].at);
        view_text(row, "field", admin_words(request, "admin.field", staff_field_name(changes[i].field)));
        view_text(row, "before", change_value(request, changes[i].field, changes[i].before));
        view_text(row, "after", change_value(request, changes[i].field, changes[i].after));
        view_text(row, "by", changes[i].by_name);
    }
    if (status == STATUS_OK && count == CHANGES_PER_PAGE)
        view_text(page, "older_url", arena_format(request->arena, "/staff/admin/person/%d?before=%lld-%lld", entry->id.v,
                                                  (long long)changes[count - 1].at.milliseconds,
                                                  (long long)changes[count - 1].id));
    return status;
}

static void show_facts(struct view *page, const struct request *request, const struct register_entry *entry,
                       const struct person_page *state)
{
    struct view *view = view_child(page, "Person");

    view_number(view, "id", entry->id.v);
    view_text(view, "name", entry->name);
    view_text(view, "login", entry->login);
    view_text(view, "badge", entry->badge);
    view_text(view, "phone", state->phone != NULL ? state->phone : entry->phone_masked);
    view_flag(view, "is_phone_clear", state->phone != NULL);
    view_flag(view, "has_phone", entry->phone_masked[0] != '\0');
    view_text(view, "unit", admin_unit_name(request, entry->unit));
    view_number(view, "unit_id", entry->unit.v);
    view_text(view, "roles", person_role_names(request, entry->roles));
    view_flag(view, "is_active", entry->is_active);
    view_flag(view, "has_password", entry->has_password);
    view_text(view, "confirmed", admin_day(request, entry->confirmed_on));
    view_flag(view, "is_stale", entry->is_active && person_is_stale(request, entry->confirmed_on));
    view_number(view, "version", entry->version);
    view_flag(view, "can_keep", admin_may(request, OFFICE_REGISTER_KEEP, entry->unit));
    view_flag(view, "can_rights", admin_may(request, OFFICE_RIGHTS, entry->unit));
}

/* The entry's values in its form, or what was typed into one of the forms. */
static void show_forms(struct view *page, const struct request *request, const struct register_entry *entry,
                       const struct person_page *state)
{
    const bool is_rights = state->form == FORM_RIGHTS;
    const bool is_entry = state->form == FORM_ENTRY;
    const uint32_t roles = is_rights ? person_roles_typed(request, state->inputs) : entry->roles;

    view_number(page, "entry_version", is_entry && !state->is_stale ? state->seen_version : entry->version);
    view_number(page, "rights_version", is_rights && !state->is_stale ? state->seen_version : entry->version);
    view_flag(page, "is_entry_open", is_entry);
    view_flag(page, "is_rights_open", is_rights);
    person_show_roles(page, request, roles);
    if (state->form != FORM_NONE)
        inputs_show(state->inputs, page);
    if (!is_entry) {
        view_text(page, "Form.name.value", entry->name);
        view_text(page, "Form.badge.value", entry->badge);
    }
    if (!is_rights)
        view_flag(page, "Form.is_active.value", entry->is_active);
    if (admin_may(request, OFFICE_RIGHTS, entry->unit))
        show_unit_choices(page, request, is_entry ? inputs_number(state->inputs, "unit", 0) : entry->unit.v);
}

static void show_changed(struct view *page, const struct request *request, const struct register_entry *entry,
                         const struct person_page *state)
{
    size_t row = 0;

    view_flag(page, "is_stale", true);
    if (state->form == FORM_ENTRY) {
        admin_show_changed(page, &row, "admin.field.name", entry->name, inputs_text(state->inputs, "name"));
        admin_show_changed(page, &row, "admin.field.badge", entry->badge, inputs_text(state->inputs, "badge"));
        admin_show_changed(page, &row, "admin.field.phone", entry->phone_masked, "");
        admin_show_changed(page, &row, "admin.field.unit", admin_unit_name(request, entry->unit), "");
    } else if (state->form == FORM_RIGHTS) {
        admin_show_changed(page, &row, "admin.field.roles", person_role_names(request, entry->roles), "");
        admin_show_changed(page, &row, "admin.field.active",
                           words_find(request->language, entry->is_active ? "staff.yes" : "admin.no"), "");
    }
}

static enum status show_person(struct request *request, struct response *response, const struct register_entry *entry,
                               const struct person_page *state, int code)
{
    struct view *page = page_begin(request, "admin/person");

    view_text(page, "Page.title", entry->name);
    view_flag(page, "is_done", state->is_done);
    show_facts(page, request, entry, state);
    show_forms(page, request, entry, state);
    if (state->is_stale)
        show_changed(page, request, entry, state);
    const enum status status = show_history(page, request, entry, state);
    return status == STATUS_OK ? page_end(page, response, code) : status;
}

/* ---- the way of every handler */

/* The entry in the address, if this person has the task for its unit. */
static enum status load(struct request *request, enum office_task task, struct register_entry *entry)
{
    struct staff_id id;

    if (!admin_part_number(request, 0, &id.v))
        return STATUS_ABSENT;
    const enum status status =
        register_store_find(admin_of(request)->db, id, request->arena, entry, &request->fault);
    if (status != STATUS_OK)
        return status;
    return admin_may(request, task, entry->unit) ? STATUS_OK : STATUS_REFUSED;
}

static bool begin_change(struct request *request, const char *what, const struct register_entry *entry,
                         struct change *change)
{
    if (!admin_change_begin(request, what, change))
        return false;
    change->subject = SUBJECT_STAFF;
    change->subject_id = entry->id.v;
    return true;
}

/* Saved (now or before), or somebody else was faster: then the page shows what stands, and what was typed. */
static enum status finish(struct request *request, struct response *response, enum status status,
                          const struct register_entry *entry, struct person_page *state)
{
    struct register_entry now;

    if (status != STATUS_OK && status != STATUS_DUPLICATE && status != STATUS_CONFLICT)
        return status;
    fault_reset(&request->fault);
    if (status != STATUS_CONFLICT)
        return response_redirect(request, response, "/staff/admin/person/%d?done=1", entry->id.v);
    status = load(request, OFFICE_REGISTER_READ, &now);
    state->is_stale = true;
    return status == STATUS_OK ? show_person(request, response, &now, state, 409) : status;
}

static uint32_t seen_version(struct inputs *inputs) { return (uint32_t)inputs_number(inputs, "version", 0); }

/* ---- handlers */

enum status admin_get_person(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {
        {"done", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
        {"before", INPUT_LINE, false, 1, 60, "staff.error.choice", NULL},
    };
    struct person_page state = {.before_at = INSTANT_NONE};
    struct register_entry entry;
    struct inputs inputs;
    enum status status = inputs_read(request, rules, COUNT_OF(rules), &inputs);

    if (status == STATUS_OK &&
        !admin_parse_cursor(request, inputs_text(&inputs, "before"), &state.before_at, &state.before_id))
        status = STATUS_INVALID;
    if (status == STATUS_OK)
        status = load(request, OFFICE_REGISTER_READ, &entry);
    if (status != STATUS_OK)
        return status;
    state.is_done = inputs_number(&inputs, "done", 0) != 0;
    return show_person(request, response, &entry, &state, 200);
}

enum status admin_post_person_save(struct request *request, struct response *response)
{
    struct person_page state = {.form = FORM_ENTRY, .before_at = INSTANT_NONE};
    struct register_entry entry, typed;
    struct inputs inputs;
    struct change change;
    char digits[PHONE_BYTES];
    enum status status = load(request, OFFICE_REGISTER_KEEP, &entry);

    if (status != STATUS_OK)
        return status;
    const bool has_rights = admin_may(request, OFFICE_RIGHTS, entry.unit);
    status = has_rights ? inputs_read(request, admin_rules, COUNT_OF(admin_rules), &inputs)
                        : inputs_read(request, keeper_rules, COUNT_OF(keeper_rules), &inputs);
    if (status != STATUS_OK)
        return status;
    if (inputs_find(&inputs, "version")->error != NULL || !begin_change(request, "staff_change", &entry, &change))
        return STATUS_INVALID;
    person_check_entry(&inputs, digits);
    typed = entry;
    typed.name = inputs_text(&inputs, "name");
    typed.badge = inputs_text(&inputs, "badge");
    typed.version = seen_version(&inputs);
    if (has_rights) {
        typed.unit.v = (int32_t)inputs_number(&inputs, "unit", entry.unit.v);
        if (catalog_unit(&admin_of(request)->catalog, typed.unit) == NULL)
            inputs_error(&inputs, "unit", "staff.error.choice");
    }
    state.inputs = &inputs;
    state.seen_version = typed.version;
    if (inputs.error_count > 0)
        return show_person(request, response, &entry, &state, 422);
    const bool clears = inputs_number(&inputs, "phone_clear", 0) != 0 && entry.phone_masked[0] != '\0';
    const struct phone_edit phone = {digits[0] != '\0' ? PHONE_SET : clears ? PHONE_CLEAR : PHONE_KEEP, digits,
                                     &request->app->secrets};
    status = register_store_save(admin_of(request)->db, &change, &typed, &phone, &request->fault);
    return finish(request, response, status, &entry, &state);
}

enum status admin_post_person_rights(struct request *request, struct response *response)
{
    struct person_page state = {.form = FORM_RIGHTS, .before_at = INSTANT_NONE};
    struct register_entry entry, typed;
    struct inputs inputs;
    struct change change;
    enum status status = inputs_read(request, rights_rules, COUNT_OF(rights_rules), &inputs);

    if (status == STATUS_OK)
        status = load(request, OFFICE_RIGHTS, &entry);
    if (status != STATUS_OK)
        return status;
    if (inputs.error_count > 0 || !begin_change(request, "staff_rights", &entry, &change))
        return STATUS_INVALID;
    typed = entry;
    typed.roles = person_roles_typed(request, &inputs);
    typed.is_active = inputs_number(&inputs, "is_active", 0) != 0;
    typed.version = state.seen_version = seen_version(&inputs);
    state.inputs = &inputs;
    change.detail = arena_format(request->arena, "%s%s > %s%s", person_role_codes(request, entry.roles),
                                 entry.is_active ? "" : " (inactive)", person_role_codes(request, typed.roles),
                                 typed.is_active ? "" : " (inactive)");
    status = register_store_set_rights(admin_of(request)->db, &change, &typed, &request->fault);
    if (status == STATUS_REFUSED) { /* nobody would be left who administers */
        fault_reset(&request->fault);
        inputs_error(&inputs, typed.is_active ? "role_9" : "is_active", "admin.person.error.last_admin");
        return show_person(request, response, &entry, &state, 422);
    }
    return finish(request, response, status, &entry, &state);
}

enum status admin_post_person_confirm(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {
        {"version", INPUT_NUMBER, true, 1, UINT32_MAX, "staff.error.choice", NULL},
        {"list", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
    };
    struct person_page state = {.before_at = INSTANT_NONE};
    struct register_entry entry;
    struct inputs inputs;
    struct change change;
    enum status status = inputs_read(request, rules, COUNT_OF(rules), &inputs);

    if (status == STATUS_OK)
        status = load(request, OFFICE_REGISTER_KEEP, &entry);
    if (status != STATUS_OK)
        return status;
    if (inputs.error_count > 0 || !begin_change(request, "register_confirm", &entry, &change))
        return STATUS_INVALID;
    entry.version = seen_version(&inputs);
    status = register_store_confirm(admin_of(request)->db, &change, &entry, admin_today(request), &request->fault);
    if ((status == STATUS_OK || status == STATUS_DUPLICATE) && inputs_number(&inputs, "list", 0) != 0) {
        fault_reset(&request->fault);
        return response_redirect(request, response, "/staff/admin/register/%d?done=1", entry.unit.v);
    }
    return finish(request, response, status, &entry, &state);
}

enum status admin_post_person_password(struct request *request, struct response *response)
{
    char password[PASSWORD_GIVEN_BYTES], hash[PASSWORD_HASH_BYTES];
    struct person_page state = {.before_at = INSTANT_NONE};
    struct register_entry entry;
    struct inputs inputs;
    struct change change;
    enum status status = inputs_read(request, NULL, 0, &inputs);

    if (status == STATUS_OK)
        status = load(request, OFFICE_RIGHTS, &entry);
    if (status != STATUS_OK)
        return status;
    if (!begin_change(request, "staff_password", &entry, &change))
        return STATUS_INVALID;
    person_make_password(request, password);
    password_hash(password, hash);
    status = register_store_set_password(admin_of(request)->db, &change, entry.id, hash, &request->fault);
    if (status == STATUS_OK)
        return person_show_password(request, response, entry.login, password,
                                    arena_format(request->arena, "/staff/admin/person/%d", entry.id.v));
    return finish(request, response, status, &entry, &state);
}

enum status admin_post_person_phone(struct request *request, struct response *response)
{
    struct person_page state = {.before_at = INSTANT_NONE};
    struct register_entry entry;
    struct inputs inputs;
    char phone[PHONE_BYTES];
    enum status status = inputs_read(request, NULL, 0, &inputs);

    if (status == STATUS_OK)
        status = load(request, OFFICE_REGISTER_READ, &entry);
    if (status == STATUS_OK)
        status = register_store_open_phone(admin_of(request)->db, entry.id, &request->app->secrets, request->actor.staff,
                                           request->now, phone, &request->fault);
    if (status != STATUS_OK)
        return status;
    state.phone = phone;
    return show_person(request, response, &entry, &state, 200);
}
