/* The register of service staff, unit by unit (Art. 4): a list to be confirmed, and adding to it. */
#include "admin/person.h"
#include "base/password.h"
#include "web/page.h"

#define ENTRIES_PER_PAGE 100

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* ---- all units */

static const struct register_count *count_of(const struct register_count *counts, size_t count, struct unit_id unit)
{
    for (size_t i = 0; i < count; i++)
        if (counts[i].unit.v == unit.v)
            return &counts[i];
    return NULL;
}

static enum status show_units(struct request *request, struct response *response)
{
    struct admin *admin = admin_of(request);
    const struct day since = {admin_today(request).number - (int32_t)admin->catalog.policies[POLICY_CONFIRM_DAYS]};
    struct register_count *counts;
    const struct unit *unit;
    size_t count, at = 0, row = 0;
    const enum status status =
        register_store_count(admin->db, since, request->arena, &counts, &count, &request->fault);

    if (status != STATUS_OK)
        return status;
    struct view *page = page_begin(request, "admin/registers");
    view_words(page, "Page.title", "admin.register.title");
    view_number(page, "days", admin->catalog.policies[POLICY_CONFIRM_DAYS]);
    while ((unit = admin_next_unit(request, OFFICE_REGISTER_READ, &at)) != NULL) {
        const struct register_count *own = count_of(counts, count, unit->id);
        struct view *view = view_row(page, "Rows", row++);
        view_number(view, "id", unit->id.v);
        view_text(view, "name", admin_unit_name(request, unit->id));
        view_number(view, "active", own != NULL ? own->active : 0);
        view_number(view, "stale", own != NULL ? own->stale : 0);
        view_flag(view, "is_stale", own != NULL && own->stale > 0);
    }
    return page_end(page, response, 200);
}

enum status admin_get_registers(struct request *request, struct response *response)
{
    struct inputs inputs;
    const enum status status = inputs_read(request, NULL, 0, &inputs);

    if (status != STATUS_OK)
        return status;
    if (!admin_may(request, OFFICE_REGISTER_READ, (struct unit_id){0}))
        return response_redirect(request, response, "/staff/admin/register/%d", request->actor.unit.v);
    return show_units(request, response);
}

/* ---- one unit */

static void show_entry(struct view *view, const struct request *request, const struct register_entry *entry)
{
    view_number(view, "id", entry->id.v);
    view_text(view, "name", entry->name);
    view_text(view, "login", entry->login);
    view_text(view, "badge", entry->badge);
    view_text(view, "phone", entry->phone_masked);
    view_text(view, "roles", person_role_names(request, entry->roles));
    view_flag(view, "is_active", entry->is_active);
    view_text(view, "confirmed", admin_day(request, entry->confirmed_on));
    view_flag(view, "is_stale", entry->is_active && person_is_stale(request, entry->confirmed_on));
    view_number(view, "version", entry->version);
}

static enum status show_register(struct request *request, struct response *response, struct unit_id unit,
                                 struct staff_id after, bool is_done, int code)
{
    struct admin *admin = admin_of(request);
    struct register_entry *entries;
    char stamp[REGISTER_STAMP_BYTES];
    size_t count;
    enum status status = register_store_stamp(admin->db, unit, stamp, &request->fault);

    if (status == STATUS_OK)
        status = register_store_list(admin->db, unit, after, ENTRIES_PER_PAGE, request->arena, &entries, &count,
                                     &request->fault);
    if (status != STATUS_OK)
        return status;
    struct view *page = page_begin(request, "admin/register");
    view_words(page, "Page.title", "admin.register.title");
    view_text(page, "Unit.name", admin_unit_name(request, unit));
    view_number(page, "Unit.id", unit.v);
    view_text(page, "Unit.stamp", stamp);
    view_number(page, "days", admin->catalog.policies[POLICY_CONFIRM_DAYS]);
    view_flag(page, "is_done", is_done);
    view_flag(page, "is_stale", code == 409);
    view_flag(page, "is_empty", count == 0);
    view_flag(page, "can_keep", admin_may(request, OFFICE_REGISTER_KEEP, unit));
    view_flag(page, "reads_all", admin_may(request, OFFICE_REGISTER_READ, (struct unit_id){0}));
    for (size_t i = 0; i < count; i++)
        show_entry(view_row(page, "Rows", i), request, &entries[i]);
    if (after.v != 0)
        view_text(page, "first_url", arena_format(request->arena, "/staff/admin/register/%d", unit.v));
    if (count == ENTRIES_PER_PAGE)
        view_text(page, "next_url", arena_format(request->arena, "/staff/admin/register/%d?after=%d", unit.v,
                                                 entries[count - 1].id.v));
    return page_end(page, response, code);
}

enum status admin_get_register(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {
        {"done", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
        {"after", INPUT_NUMBER, false, 1, INT32_MAX, "staff.error.choice", NULL},
    };
    struct inputs inputs;
    struct unit_id unit;
    enum status status = inputs_read(request, rules, COUNT_OF(rules), &inputs);

    if (status == STATUS_OK)
        status = admin_part_unit(request, OFFICE_REGISTER_READ, &unit);
    if (status != STATUS_OK)
        return status;
    const struct staff_id after = {(int32_t)inputs_number(&inputs, "after", 0)};
    return show_register(request, response, unit, after, inputs_number(&inputs, "done", 0) != 0, 200);
}

enum status admin_post_register_confirm(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {
        {"stamp", INPUT_LINE, true, 1, REGISTER_STAMP_BYTES, "staff.error.choice", NULL}};
    struct inputs inputs;
    struct unit_id unit;
    struct change change;
    enum status status = inputs_read(request, rules, COUNT_OF(rules), &inputs);

    if (status == STATUS_OK)
        status = admin_part_unit(request, OFFICE_REGISTER_KEEP, &unit);
    if (status == STATUS_OK && !admin_change_begin(request, "register_confirm", &change))
        status = STATUS_INVALID;
    if (status != STATUS_OK)
        return status;
    change.subject = SUBJECT_UNIT;
    change.subject_id = unit.v;
    status = register_store_confirm_unit(admin_of(request)->db, &change, unit, inputs_text(&inputs, "stamp"),
                                         admin_today(request), &request->fault);
    if (status != STATUS_OK && status != STATUS_DUPLICATE && status != STATUS_CONFLICT)
        return status;
    fault_reset(&request->fault);
    if (status == STATUS_CONFLICT) /* the list is not the one that was read */
        return show_register(request, response, unit, (struct staff_id){0}, false, 409);
    return response_redirect(request, response, "/staff/admin/register/%d?done=1", unit.v);
}

/* ---- adding */

static const struct input_rule keeper_rules[] = {
    {"login_name", INPUT_DIGITS, true, 1, 40, "admin.register.error.login", NULL},
    ENTRY_RULES,
};
static const struct input_rule admin_rules[] = {
    {"login_name", INPUT_DIGITS, true, 1, 40, "admin.register.error.login", NULL},
    ENTRY_RULES,
    ROLE_RULES,
};

static enum status show_new(struct request *request, struct response *response, struct unit_id unit,
                            struct inputs *inputs, uint32_t roles)
{
    struct view *page = page_begin(request, "admin/person_new");

    view_words(page, "Page.title", "admin.register.new");
    view_text(page, "Unit.name", admin_unit_name(request, unit));
    view_number(page, "Unit.id", unit.v);
    if (admin_may(request, OFFICE_RIGHTS, unit))
        person_show_roles(page, request, roles);
    if (inputs != NULL)
        inputs_show(inputs, page);
    return page_end(page, response, inputs == NULL ? 200 : 422);
}

enum status admin_get_new_person(struct request *request, struct response *response)
{
    struct inputs inputs;
    struct unit_id unit;
    enum status status = inputs_read(request, NULL, 0, &inputs);

    if (status == STATUS_OK)
        status = admin_part_unit(request, OFFICE_REGISTER_KEEP, &unit);
    return status == STATUS_OK ? show_new(request, response, unit, NULL, 0) : status;
}

static enum status add(struct request *request, struct response *response, struct inputs *inputs,
                       const struct register_entry *entry, const char *digits)
{
    struct admin *admin = admin_of(request);
    const struct phone_edit phone = {digits[0] != '\0' ? PHONE_SET : PHONE_KEEP, digits, &request->app->secrets};
    char password[PASSWORD_GIVEN_BYTES], hash[PASSWORD_HASH_BYTES];
    struct change change;

    if (!admin_change_begin(request, "staff_add", &change))
        return STATUS_INVALID;
    change.detail = arena_format(request->arena, "%s: %s", entry->login, person_role_codes(request, entry->roles));
    if (entry->roles != 0) {
        person_make_password(request, password);
        password_hash(password, hash);
    }
    const enum status status = register_store_add(admin->db, &change, entry, &phone, entry->roles != 0 ? hash : NULL,
                                                  admin_today(request), &request->fault);
    const char *back_url = arena_format(request->arena, "/staff/admin/register/%d", entry->unit.v);
    if (status == STATUS_REFUSED) {
        fault_reset(&request->fault);
        inputs_error(inputs, "login_name", "admin.register.error.taken");
        return show_new(request, response, entry->unit, inputs, entry->roles);
    }
    if (status == STATUS_OK && entry->roles != 0)
        return person_show_password(request, response, entry->login, password, back_url);
    if (status != STATUS_OK && status != STATUS_DUPLICATE)
        return status;
    fault_reset(&request->fault);
    return response_redirect(request, response, "%s?done=1", back_url);
}

enum status admin_post_new_person(struct request *request, struct response *response)
{
    struct register_entry entry = {.is_active = true, .phone_masked = ""};
    struct inputs inputs;
    char digits[PHONE_BYTES];
    enum status status = admin_part_unit(request, OFFICE_REGISTER_KEEP, &entry.unit);

    if (status != STATUS_OK)
        return status;
    const bool gives_rights = admin_may(request, OFFICE_RIGHTS, entry.unit);
    status = gives_rights ? inputs_read(request, admin_rules, COUNT_OF(admin_rules), &inputs)
                          : inputs_read(request, keeper_rules, COUNT_OF(keeper_rules), &inputs);
    if (status != STATUS_OK)
        return status;
    entry.login = inputs_text(&inputs, "login_name");
    entry.name = inputs_text(&inputs, "name");
    entry.badge = inputs_text(&inputs, "badge");
    entry.roles = gives_rights ? person_roles_typed(request, &inputs) : 0;
    if (entry.login[0] != '\0' && !login_is_good(entry.login))
        inputs_error(&inputs, "login_name", "admin.register.error.login");
    person_check_entry(&inputs, digits);
    if (inputs.error_count > 0)
        return show_new(request, response, entry.unit, &inputs, entry.roles);
    return add(request, response, &inputs, &entry, digits);
}
