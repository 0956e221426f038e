/* The places of the register of customers, as staff search and keep them; what its pages share. */
#include "supply/register.h"

#include <string.h>

enum { PLACES_SHOWN = 300, METERS_SHOWN = 100, HISTORY_SHOWN = 30 };

#define NAME_RULE {"name", INPUT_DIGITS, true, 1, 40, "customer.error.name", NULL}
#define ZONE_RULE {"zone", INPUT_NUMBER, false, 1, 2, "staff.error.choice", NULL}

static const struct input_rule edit_rules[] = {
    NAME_RULE,
    ZONE_RULE,
    {"is_retired", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
    {"version", INPUT_NUMBER, true, 1, INT32_MAX, "staff.error.choice", NULL},
};
static const struct input_rule new_rules[] = {
    NAME_RULE,
    ZONE_RULE,
    {"parent", INPUT_NUMBER, false, 1, INT32_MAX, "staff.error.choice", NULL},
    {"kind", INPUT_NUMBER, true, PLACE_DISTRICT, PLACE_BUILDING, "staff.error.choice", NULL},
};
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* ---- shared */

bool register_may(const struct request *request, enum register_task task)
{
    const struct unit *unit = catalog_unit_by_code(&supply_of(request)->catalog, REGISTER_UNIT_CODE);

    return register_permits(&request->actor, task, unit != NULL && unit->id.v == request->actor.unit.v);
}

bool register_writer_of(const struct request *request, struct register_writer *writer)
{
    *writer = (struct register_writer){.staff = request->actor.staff, .now = request->now};
    return request_key(request, writer->key);
}

enum status register_show_history(struct view *page, struct request *request, const struct register_subject *subject)
{
    struct register_line *lines;
    size_t count = 0;
    const enum status status = customer_store_history(supply_of(request)->db, subject, HISTORY_SHOWN, request->arena, &lines, &count,
                                                      &request->fault);

    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        struct view *row = view_row(page, "History", i);
        view_instant(row, "at", lines[i].at);
        view_text(row, "what", supply_words_number(request, "customer.change", lines[i].kind));
        view_text(row, "by", lines[i].staff_name);
        view_text(row, "before", lines[i].before);
        view_text(row, "after", lines[i].after);
        if (lines[i].kind == REGISTER_PLACE_ZONE) {
            view_text(row, "before", supply_words(request, "customer.zone", lines[i].before));
            view_text(row, "after", supply_words(request, "customer.zone", lines[i].after));
        }
    }
    return status;
}

void register_show_place(struct view *view, const struct request *request, const struct place_entry *entry)
{
    view_number(view, "id", entry->id.v);
    view_text(view, "name", entry->full_name);
    view_text(view, "around", entry->around);
    view_text(view, "kind", supply_words_number(request, "customer.kind", entry->kind));
    view_number(view, "households", entry->households);
    view_number(view, "phones", entry->phones);
    view_flag(view, "is_retired", entry->is_retired);
}

static enum status show_below(struct view *page, struct request *request, int32_t version, struct place_id parent)
{
    struct place_entry *entries;
    size_t count = 0;
    const enum status status = place_store_below(supply_of(request)->db, version, parent, PLACES_SHOWN, request->arena, &entries,
                                                 &count, &request->fault);

    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        register_show_place(view_row(page, "Places", i), request, &entries[i]);
    return status;
}

/* ---- finding */

static enum status show_found(struct view *page, struct request *request, int32_t version, const char *words)
{
    struct supply *supply = supply_of(request);
    struct place_entry *entries;
    size_t count = 0;
    const enum status status = place_store_search(supply->db, &supply->catalog, version, words, PLACE_SEARCH_MOST, request->arena,
                                                  &entries, &count, &request->fault);

    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        register_show_place(view_row(page, "Places", i), request, &entries[i]);
    return status;
}

enum status supply_get_places(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {{"q", INPUT_LINE, false, 0, 60, "area.error.search", NULL}};
    struct inputs inputs;
    int32_t version = 0;
    enum status status = inputs_read(request, rules, 1, &inputs);

    if (status == STATUS_OK)
        status = household_store_version(supply_of(request)->db, &version, &request->fault);
    if (status != STATUS_OK)
        return status;
    struct view *page = page_begin(request, "supply/places");
    view_words(page, "Page.title", "customer.places.title");
    view_flag(page, "is_search", inputs_find(&inputs, "q")->is_set);
    view_flag(page, "may_keep", register_may(request, REGISTER_KEEP));
    view_flag(page, "may_import", register_may(request, REGISTER_IMPORT));
    inputs_show(&inputs, page);
    if (inputs_find(&inputs, "q")->is_set && inputs.error_count == 0)
        status = show_found(page, request, version, inputs_text(&inputs, "q"));
    else
        status = show_below(page, request, version, (struct place_id){0});
    return status == STATUS_OK ? page_end(page, response, 200) : status;
}

/* ---- one place */

static enum status load(struct request *request, int32_t *version, struct place_entry *entry)
{
    struct supply *supply = supply_of(request);
    int64_t id;

    if (!text_parse_integer(request->part[0], 1, INT32_MAX, &id))
        return STATUS_ABSENT;
    const enum status status = household_store_version(supply->db, version, &request->fault);
    if (status != STATUS_OK)
        return status;
    return place_store_load(supply->db, *version, (struct place_id){(int32_t)id}, request->arena, entry, &request->fault);
}

static void show_zones(struct view *page, const struct request *request, int64_t chosen)
{
    for (int zone = ZONE_UNKNOWN; zone <= ZONE_OUTER; zone++) {
        struct view *row = view_row(page, "Zones", (size_t)zone);
        if (zone != ZONE_UNKNOWN)
            view_number(row, "value", zone);
        view_text(row, "label", supply_words_number(request, "customer.zone", zone));
        view_flag(row, "is_checked", zone == chosen);
    }
}

static enum status show_meters(struct view *page, struct request *request, int32_t version, struct place_id place)
{
    struct meter_entry *meters;
    size_t count = 0;
    const enum status status =
        meter_store_list(supply_of(request)->db, version, place, METERS_SHOWN, request->arena, &meters, &count, &request->fault);

    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        struct view *row = view_row(page, "Meters", i);
        view_number(row, "id", meters[i].id);
        view_text(row, "code", meters[i].code);
        view_text(row, "name", meters[i].name);
        view_number(row, "households", meters[i].households);
        view_flag(row, "is_retired", meters[i].is_retired);
    }
    return status;
}

/* What stands now and is not what was typed over an older version. */
static void show_changed(struct view *page, struct inputs *inputs, const struct place_entry *entry)
{
    size_t row = 0;

    view_flag(page, "is_stale", true);
    if (!text_is_equal(entry->name, inputs_text(inputs, "name"))) {
        struct view *view = view_row(page, "Changed", row++);
        view_words(view, "label", "customer.field_name");
        view_text(view, "value", entry->name);
    }
    if (entry->is_retired != (inputs_number(inputs, "is_retired", 0) != 0)) {
        struct view *view = view_row(page, "Changed", row++);
        view_words(view, "label", "customer.state_words");
        view_words(view, "value", entry->is_retired ? "customer.retired" : "customer.in_use");
    }
}

static enum status show_place(struct request *request, struct response *response, int32_t version, const struct place_entry *entry,
                              struct inputs *inputs, int code)
{
    struct view *page = page_begin(request, "supply/place");
    const bool is_typed = inputs != NULL;

    view_text(page, "Page.title", entry->full_name);
    register_show_place(view_child(page, "Place"), request, entry);
    view_number(page, "Place.version", entry->version);
    if (entry->parent.v != 0)
        view_number(page, "Place.parent", entry->parent.v);
    view_text(page, "Place.zone", supply_words_number(request, "customer.zone", entry->zone));
    view_flag(page, "Place.has_below", entry->kind != PLACE_BUILDING);
    view_flag(page, "may_keep", register_may(request, REGISTER_KEEP));
    view_flag(page, "is_done", !is_typed && text_is_equal(request_value(request, "done"), "1"));
    show_zones(page, request, is_typed ? inputs_number(inputs, "zone", 0) : entry->zone);
    if (is_typed) {
        inputs_show(inputs, page);
    } else {
        view_text(page, "Form.name.value", entry->name);
        view_flag(page, "Form.is_retired.value", entry->is_retired);
    }
    if (code == 409)
        show_changed(page, inputs, entry);
    const struct register_subject subject = {.place = entry->id};
    enum status status = show_below(page, request, version, entry->id);
    if (status == STATUS_OK)
        status = show_meters(page, request, version, entry->id);
    if (status == STATUS_OK)
        status = register_show_history(page, request, &subject);
    return status == STATUS_OK ? page_end(page, response, code) : status;
}

enum status supply_get_place(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {{"done", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL}};
    struct place_entry entry;
    struct inputs inputs;
    int32_t version = 0;
    enum status status = inputs_read(request, rules, 1, &inputs);

    if (status == STATUS_OK)
        status = load(request, &version, &entry);
    return status == STATUS_OK ? show_place(request, response, version, &entry, NULL, 200) : status;
}

enum status supply_post_place(struct request *request, struct response *response)
{
    struct supply *supply = supply_of(request);
    struct register_writer writer;
    struct place_entry entry;
    struct inputs inputs;
    int32_t version = 0;
    enum status status = inputs_read(request, edit_rules, COUNT_OF(edit_rules), &inputs);

    if (status == STATUS_OK && !register_may(request, REGISTER_KEEP))
        status = STATUS_REFUSED;
    if (status == STATUS_OK && !register_writer_of(request, &writer))
        status = STATUS_INVALID;
    if (status == STATUS_OK)
        status = load(request, &version, &entry);
    if (status != STATUS_OK)
        return status;
    const bool is_retired = inputs_number(&inputs, "is_retired", 0) != 0;
    if (is_retired && !entry.is_retired && entry.households > 0)
        inputs_error(&inputs, "is_retired", "customer.error.households");
    if (inputs.error_count > 0)
        return show_place(request, response, version, &entry, &inputs, 422);
    struct place_entry before = entry;
    before.version = (int32_t)inputs_number(&inputs, "version", 0);
    status = place_store_change(supply->db, &before, inputs_text(&inputs, "name"), (enum zone)inputs_number(&inputs, "zone", 0),
                                is_retired, &writer, &request->fault);
    if (status == STATUS_CONFLICT)
        return show_place(request, response, version, &entry, &inputs, 409);
    if (status != STATUS_OK && status != STATUS_DUPLICATE)
        return status;
    catalog_forget(&supply->catalog);
    return response_redirect(request, response, "/staff/supply/places/%d?done=1", entry.id.v);
}

/* ---- a new one */

/* What may stand below a place of this kind; PLACE_KIND_NONE: below nothing. */
static bool may_stand_below(enum place_kind outer, int64_t kind)
{
    switch (outer) {
    case PLACE_KIND_NONE:
        return kind == PLACE_DISTRICT;
    case PLACE_DISTRICT:
        return kind == PLACE_COMMUNITY || kind == PLACE_ROAD;
    case PLACE_COMMUNITY:
    case PLACE_ROAD:
        return kind == PLACE_BUILDING;
    case PLACE_BUILDING:
    case PLACE_KIND__COUNT:
        break;
    }
    return false;
}

static enum status load_parent(struct request *request, struct inputs *inputs, struct place_entry *parent)
{
    const int64_t id = inputs_number(inputs, "parent", 0);

    *parent = (struct place_entry){.full_name = "", .around = ""};
    if (id == 0)
        return STATUS_OK;
    return place_store_load(supply_of(request)->db, 0, (struct place_id){(int32_t)id}, request->arena, parent, &request->fault);
}

static enum status show_new(struct request *request, struct response *response, const struct place_entry *parent,
                            struct inputs *inputs, int code)
{
    struct view *page = page_begin(request, "supply/place_new");
    const int64_t chosen = code == 200 ? 0 : inputs_number(inputs, "kind", 0);
    size_t row = 0;

    view_words(page, "Page.title", "customer.place.new");
    if (parent->id.v != 0) {
        view_number(page, "Parent.id", parent->id.v);
        view_text(page, "Parent.name", parent->full_name);
    }
    for (int kind = PLACE_DISTRICT; kind < PLACE_KIND__COUNT; kind++) {
        if (!may_stand_below(parent->kind, kind))
            continue;
        struct view *choice = view_row(page, "Kinds", row);
        view_number(choice, "value", kind);
        view_text(choice, "label", supply_words_number(request, "customer.kind", kind));
        view_flag(choice, "is_checked", chosen == kind || (chosen == 0 && row == 0));
        row++;
    }
    show_zones(page, request, code == 200 ? (int64_t)parent->zone : inputs_number(inputs, "zone", 0));
    if (code != 200)
        inputs_show(inputs, page);
    return page_end(page, response, code);
}

enum status supply_get_place_new(struct request *request, struct response *response)
{
    struct place_entry parent = {.full_name = ""};
    struct inputs inputs;
    enum status status = inputs_read(request, &new_rules[2], 1, &inputs);

    if (status == STATUS_OK && !register_may(request, REGISTER_KEEP))
        status = STATUS_REFUSED;
    if (status == STATUS_OK)
        status = load_parent(request, &inputs, &parent);
    if (status == STATUS_OK && parent.kind == PLACE_BUILDING)
        status = STATUS_ABSENT;
    return status == STATUS_OK ? show_new(request, response, &parent, &inputs, 200) : status;
}

enum status supply_post_place_new(struct request *request, struct response *response)
{
    struct supply *supply = supply_of(request);
    struct register_writer writer;
    struct place_entry parent = {.full_name = ""};
    struct place_id id = {0};
    struct inputs inputs;
    enum status status = inputs_read(request, new_rules, COUNT_OF(new_rules), &inputs);

    if (status == STATUS_OK && !register_may(request, REGISTER_KEEP))
        status = STATUS_REFUSED;
    if (status == STATUS_OK && !register_writer_of(request, &writer))
        status = STATUS_INVALID;
    if (status == STATUS_OK)
        status = load_parent(request, &inputs, &parent);
    if (status != STATUS_OK)
        return status;
    const int64_t kind = inputs_number(&inputs, "kind", 0);
    if (inputs_find(&inputs, "kind")->error == NULL && !may_stand_below(parent.kind, kind))
        inputs_error(&inputs, "kind", "staff.error.choice");
    if (inputs.error_count > 0)
        return show_new(request, response, &parent, &inputs, 422);
    const struct place_entry in = {.parent = parent.id,
                                   .kind = (enum place_kind)kind,
                                   .name = inputs_text(&inputs, "name"),
                                   .zone = (enum zone)inputs_number(&inputs, "zone", parent.zone)};
    status = place_store_add(supply->db, &in, &writer, &id, &request->fault);
    if (status == STATUS_REFUSED) {
        fault_reset(&request->fault);
        inputs_error(&inputs, "name", "customer.error.name_taken");
        return show_new(request, response, &parent, &inputs, 422);
    }
    if (status != STATUS_OK && status != STATUS_DUPLICATE)
        return status;
    fault_reset(&request->fault);
    catalog_forget(&supply->catalog);
    return response_redirect(request, response, "/staff/supply/places/%d?done=1", id.v);
}
