/*
 * One household of the register: found by its account or phone, shown with everything masked, opened by those who may, with a record of
 * it; and the phone that messages about outages go to (Arts. 18(1), 33(4)). Addresses of these pages name a household by the keyed hash
 * of its account, so that no account and no phone stands in a link or a log.
 */
#include <string.h>

#include "store/staff_store.h"
#include "supply/register.h"

enum { FOUND_MOST = 20 };

static const struct input_rule find_rules[] = {{"number", INPUT_DIGITS, true, 1, 40, "customer.error.number", NULL}};
static const struct input_rule phone_rules[] = {
    {"phone", INPUT_DIGITS, false, 1, 40, "customer.error.phone", NULL},
    {"was", INPUT_LINE, false, 1, 64, "staff.error.choice", NULL},
    {"remove", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
};

/* ---- finding */

static const char *key_of(const struct request *request, const struct hash *account_hash)
{
    char *hex = arena_take(request->arena, 2 * HASH_BYTES + 1);

    text_format_hex(account_hash->bytes, HASH_BYTES, hex);
    return hex;
}

static enum status show_finding(struct request *request, struct response *response, struct inputs *inputs,
                                const struct household_found *found, size_t count, int code)
{
    struct view *page = page_begin(request, "supply/customers");

    view_words(page, "Page.title", "customer.find.title");
    view_flag(page, "may_import", register_may(request, REGISTER_IMPORT));
    for (size_t i = 0; i < count; i++) {
        struct view *row = view_row(page, "Found", i);
        view_text(row, "key", key_of(request, &found[i].account_hash));
        view_text(row, "account", found[i].account_masked);
    }
    if (inputs != NULL)
        inputs_show(inputs, page);
    return page_end(page, response, code);
}

enum status supply_get_customers(struct request *request, struct response *response)
{
    struct inputs inputs;
    const enum status status = inputs_read(request, NULL, 0, &inputs);

    return status == STATUS_OK ? show_finding(request, response, NULL, NULL, 0, 200) : status;
}

/* The households of a phone. */
static enum status find_by_phone(struct request *request, const char *phone, struct household_found **found, size_t *count)
{
    struct supply *supply = supply_of(request);
    const struct hash hash = person_lookup_hash(&request->app->secrets, "phone", phone);
    int32_t version;
    const enum status status = household_store_version(supply->db, &version, &request->fault);

    if (status != STATUS_OK)
        return status;
    return household_store_by_phone(supply->db, version, &hash, FOUND_MOST, request->arena, found, count, &request->fault);
}

enum status supply_post_customers(struct request *request, struct response *response)
{
    struct supply *supply = supply_of(request);
    char account[ACCOUNT_BYTES], phone[PHONE_BYTES];
    struct household_found *found = NULL;
    struct household household;
    struct inputs inputs;
    size_t count = 0;
    int32_t version = 0;
    enum status status = inputs_read(request, find_rules, 1, &inputs);

    if (status == STATUS_OK)
        status = household_store_version(supply->db, &version, &request->fault);
    if (status != STATUS_OK)
        return status;
    const char *typed = inputs_text(&inputs, "number");
    if (inputs.error_count == 0 && account_parse(typed, account)) {
        const struct hash hash = person_lookup_hash(&request->app->secrets, "account", account);
        status = household_store_find(supply->db, version, &hash, request->arena, &household, &request->fault);
        if (status == STATUS_OK)
            return response_redirect(request, response, "/staff/supply/customers/%s", key_of(request, &hash));
        status = status == STATUS_ABSENT ? STATUS_OK : status;
    }
    if (status == STATUS_OK && inputs.error_count == 0 && phone_parse(typed, phone))
        status = find_by_phone(request, phone, &found, &count);
    if (status != STATUS_OK)
        return status;
    if (count == 0)
        inputs_error(&inputs, "number", "customer.error.number");
    return show_finding(request, response, &inputs, found, count, count > 0 ? 200 : 422);
}

/* ---- one */

static enum status load(struct request *request, int32_t *version, struct household *household)
{
    struct supply *supply = supply_of(request);
    struct hash hash;

    if (!text_parse_hex(request->part[0], hash.bytes, HASH_BYTES))
        return STATUS_ABSENT;
    const enum status status = household_store_version(supply->db, version, &request->fault);
    if (status != STATUS_OK)
        return status;
    return household_store_find(supply->db, *version, &hash, request->arena, household, &request->fault);
}

static enum status show_where(struct view *view, struct request *request, int32_t version, const struct household *household)
{
    struct supply *supply = supply_of(request);
    struct place_entry place;
    struct meter_entry meter;
    enum status status = place_store_load(supply->db, version, household->place, request->arena, &place, &request->fault);

    if (status == STATUS_OK) {
        view_number(view, "place", place.id.v);
        view_text(view, "place_name", place.full_name);
        view_text(view, "around", place.around);
    }
    if ((status == STATUS_OK || status == STATUS_ABSENT) && household->meter != 0) {
        status = meter_store_load(supply->db, version, household->meter, request->arena, &meter, &request->fault);
        if (status == STATUS_OK) {
            view_number(view, "meter", meter.id);
            view_text(view, "meter_name", meter.name);
        }
    }
    return status == STATUS_ABSENT ? STATUS_OK : status;
}

/* person: opened, or NULL. inputs: of the phone's form, as typed, or NULL */
static enum status show_household(struct request *request, struct response *response, int32_t version,
                                  const struct household *household, const struct household_person *person, struct inputs *inputs,
                                  int code)
{
    struct view *page = page_begin(request, "supply/household");
    struct view *view = view_child(page, "Household");
    const struct register_subject subject = {.account = &household->account_hash};

    view_words(page, "Page.title", "customer.household.title");
    view_text(view, "key", key_of(request, &household->account_hash));
    view_text(view, "was", household->has_phone ? key_of(request, &household->phone_hash) : "");
    view_text(view, "account", person != NULL ? person->account : household->account_masked);
    view_text(view, "phone", person != NULL ? person->phone : household->phone_masked);
    if (person != NULL) {
        view_text(view, "name", person->name);
        view_text(view, "address", person->address);
    }
    view_flag(page, "is_open", person != NULL);
    view_flag(page, "may_open", register_may(request, REGISTER_OPEN));
    view_flag(page, "may_keep", register_may(request, REGISTER_KEEP));
    view_flag(page, "is_done", inputs == NULL && text_is_equal(request_value(request, "done"), "1"));
    view_flag(page, "is_stale", code == 409);
    if (inputs != NULL)
        inputs_show(inputs, page);
    enum status status = show_where(view, request, version, household);
    if (status == STATUS_OK)
        status = register_show_history(page, request, &subject);
    return status == STATUS_OK ? page_end(page, response, code) : status;
}

enum status supply_get_household(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {{"done", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL}};
    struct household household;
    struct inputs inputs;
    int32_t version = 0;
    enum status status = inputs_read(request, rules, 1, &inputs);

    if (status == STATUS_OK)
        status = load(request, &version, &household);
    return status == STATUS_OK ? show_household(request, response, version, &household, NULL, NULL, 200) : status;
}

/* The record is committed before anything is opened; without it nothing is. */
enum status supply_post_household_open(struct request *request, struct response *response)
{
    struct supply *supply = supply_of(request);
    struct household_keys keys = {.next = 0};
    struct household_person person;
    struct register_writer writer = {.staff = request->actor.staff, .now = request->now};
    struct household household;
    struct inputs inputs;
    int32_t version = 0;
    enum status status = inputs_read(request, NULL, 0, &inputs);

    if (status == STATUS_OK && !register_may(request, REGISTER_OPEN))
        status = STATUS_REFUSED;
    if (status == STATUS_OK)
        status = load(request, &version, &household);
    if (status == STATUS_OK)
        status = household_store_note_opening(supply->db, &household, &writer, &request->fault);
    if (status == STATUS_OK)
        status = audit_store_add(supply->db, request->actor.staff, "unmask", SUBJECT_NONE, 0, household.account_masked, request->now,
                                 &request->fault);
    if (status == STATUS_OK)
        status = household_open(supply->db, &request->app->secrets, &keys, &household, &person, &request->fault);
    household_keys_wipe(&keys);
    return status == STATUS_OK ? show_household(request, response, version, &household, &person, NULL, 200) : status;
}

/* ---- its phone */

enum status supply_post_household_phone(struct request *request, struct response *response)
{
    struct register_writer writer;
    struct household household;
    struct inputs inputs;
    int32_t version = 0;
    char phone[PHONE_BYTES] = "";
    enum status status = inputs_read(request, phone_rules, sizeof phone_rules / sizeof phone_rules[0], &inputs);

    if (status == STATUS_OK && !register_may(request, REGISTER_KEEP))
        status = STATUS_REFUSED;
    if (status == STATUS_OK && !register_writer_of(request, &writer))
        status = STATUS_INVALID;
    if (status == STATUS_OK)
        status = load(request, &version, &household);
    if (status != STATUS_OK)
        return status;
    const bool is_removal = inputs_number(&inputs, "remove", 0) != 0;
    if (inputs.error_count == 0 && is_removal == inputs_find(&inputs, "phone")->is_set)
        inputs_error(&inputs, "phone", "customer.error.phone_or_none");
    else if (inputs.error_count == 0 && !is_removal && !phone_parse(inputs_text(&inputs, "phone"), phone))
        inputs_error(&inputs, "phone", "customer.error.phone");
    if (inputs.error_count > 0)
        return show_household(request, response, version, &household, NULL, &inputs, 422);
    struct household before = household;
    before.has_phone = text_parse_hex(inputs_text(&inputs, "was"), before.phone_hash.bytes, HASH_BYTES);
    before.phone_key = household.phone_key;
    status = household_store_set_phone(supply_of(request)->db, &request->app->secrets, version, &before, phone, &writer, &request->fault);
    if (status == STATUS_CONFLICT)
        return show_household(request, response, version, &household, NULL, &inputs, 409);
    if (status != STATUS_OK && status != STATUS_DUPLICATE)
        return status;
    return response_redirect(request, response, "/staff/supply/customers/%s?done=1", key_of(request, &household.account_hash));
}
