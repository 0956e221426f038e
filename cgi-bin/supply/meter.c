/* Master meters of the register of customers: one meter for the households of a building or community (Art. 33(10)). */
#include "supply/register.h"

#define NAME_RULE {"name", INPUT_DIGITS, true, 1, 40, "customer.error.name", NULL}

static const struct input_rule edit_rules[] = {
    NAME_RULE,
    {"is_retired", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
    {"version", INPUT_NUMBER, true, 1, INT32_MAX, "staff.error.choice", NULL},
};
static const struct input_rule new_rules[] = {
    NAME_RULE,
    {"code", INPUT_DIGITS, true, 1, 40, "customer.error.code", NULL},
    {"place", INPUT_NUMBER, true, 1, INT32_MAX, "staff.error.choice", NULL},
};
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static enum status load(struct request *request, struct meter_entry *meter, struct place_entry *place)
{
    struct supply *supply = supply_of(request);
    int32_t version = 0;
    int64_t id;

    if (!text_parse_integer(request->part[0], 1, INT32_MAX, &id))
        return STATUS_ABSENT;
    enum status status = household_store_version(supply->db, &version, &request->fault);
    if (status == STATUS_OK)
        status = meter_store_load(supply->db, version, (int32_t)id, request->arena, meter, &request->fault);
    if (status == STATUS_OK)
        status = place_store_load(supply->db, version, meter->place, request->arena, place, &request->fault);
    return status;
}

static enum status show_meter(struct request *request, struct response *response, const struct meter_entry *meter,
                              const struct place_entry *place, struct inputs *inputs, int code)
{
    struct view *page = page_begin(request, "supply/meter");

    view_text(page, "Page.title", meter->name);
    view_number(page, "Meter.id", meter->id);
    view_text(page, "Meter.code", meter->code);
    view_text(page, "Meter.name", meter->name);
    view_number(page, "Meter.version", meter->version);
    view_number(page, "Meter.households", meter->households);
    view_flag(page, "Meter.is_retired", meter->is_retired);
    view_number(page, "Meter.place", place->id.v);
    view_text(page, "Meter.place_name", place->full_name);
    view_flag(page, "may_keep", register_may(request, REGISTER_KEEP));
    view_flag(page, "is_done", inputs == NULL && text_is_equal(request_value(request, "done"), "1"));
    view_flag(page, "is_stale", code == 409);
    if (code == 409 && !text_is_equal(meter->name, inputs_text(inputs, "name"))) {
        view_words(page, "Changed.0.label", "customer.field_name");
        view_text(page, "Changed.0.value", meter->name);
    }
    if (inputs != NULL) {
        inputs_show(inputs, page);
    } else {
        view_text(page, "Form.name.value", meter->name);
        view_flag(page, "Form.is_retired.value", meter->is_retired);
    }
    const struct register_subject subject = {.meter = meter->id};
    const enum status status = register_show_history(page, request, &subject);
    return status == STATUS_OK ? page_end(page, response, code) : status;
}

enum status supply_get_meter(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {{"done", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL}};
    struct meter_entry meter;
    struct place_entry place = {.full_name = ""};
    struct inputs inputs;
    enum status status = inputs_read(request, rules, 1, &inputs);

    if (status == STATUS_OK)
        status = load(request, &meter, &place);
    return status == STATUS_OK ? show_meter(request, response, &meter, &place, NULL, 200) : status;
}

enum status supply_post_meter(struct request *request, struct response *response)
{
    struct register_writer writer;
    struct meter_entry meter;
    struct place_entry place = {.full_name = ""};
    struct inputs inputs;
    enum status status = inputs_read(request, edit_rules, COUNT_OF(edit_rules), &inputs);

    if (status == STATUS_OK && !register_may(request, REGISTER_KEEP))
        status = STATUS_REFUSED;
    if (status == STATUS_OK && !register_writer_of(request, &writer))
        status = STATUS_INVALID;
    if (status == STATUS_OK)
        status = load(request, &meter, &place);
    if (status != STATUS_OK)
        return status;
    const bool is_retired = inputs_number(&inputs, "is_retired", 0) != 0;
    if (is_retired && !meter.is_retired && meter.households > 0)
        inputs_error(&inputs, "is_retired", "customer.error.households");
    if (inputs.error_count > 0)
        return show_meter(request, response, &meter, &place, &inputs, 422);
    struct meter_entry before = meter;
    before.version = (int32_t)inputs_number(&inputs, "version", 0);
    status = meter_store_change(supply_of(request)->db, &before, inputs_text(&inputs, "name"), is_retired, &writer, &request->fault);
    if (status == STATUS_CONFLICT)
        return show_meter(request, response, &meter, &place, &inputs, 409);
    if (status != STATUS_OK && status != STATUS_DUPLICATE)
        return status;
    return response_redirect(request, response, "/staff/supply/meters/%d?done=1", meter.id);
}

/* ---- a new one */

static enum status load_place(struct request *request, struct inputs *inputs, struct place_entry *place)
{
    const int64_t id = inputs_number(inputs, "place", 0);

    if (id == 0)
        return STATUS_ABSENT;
    return place_store_load(supply_of(request)->db, 0, (struct place_id){(int32_t)id}, request->arena, place, &request->fault);
}

static enum status show_new(struct request *request, struct response *response, const struct place_entry *place,
                            struct inputs *inputs, int code)
{
    struct view *page = page_begin(request, "supply/meter_new");

    view_words(page, "Page.title", "customer.meter.new");
    view_number(page, "Parent.id", place->id.v);
    view_text(page, "Parent.name", place->full_name);
    if (code != 200)
        inputs_show(inputs, page);
    return page_end(page, response, code);
}

enum status supply_get_meter_new(struct request *request, struct response *response)
{
    struct place_entry place = {.full_name = ""};
    struct inputs inputs;
    enum status status = inputs_read(request, &new_rules[2], 1, &inputs);

    if (status == STATUS_OK && !register_may(request, REGISTER_KEEP))
        status = STATUS_REFUSED;
    if (status == STATUS_OK)
        status = load_place(request, &inputs, &place);
    return status == STATUS_OK ? show_new(request, response, &place, &inputs, 200) : status;
}

enum status supply_post_meter_new(struct request *request, struct response *response)
{
    struct register_writer writer;
    struct place_entry place = {.full_name = ""};
    struct inputs inputs;
    int32_t id = 0;
    enum status status = inputs_read(request, new_rules, COUNT_OF(new_rules), &inputs);

    if (status == STATUS_OK && !register_may(request, REGISTER_KEEP))
        status = STATUS_REFUSED;
    if (status == STATUS_OK && !register_writer_of(request, &writer))
        status = STATUS_INVALID;
    if (status == STATUS_OK)
        status = load_place(request, &inputs, &place);
    if (status != STATUS_OK)
        return status;
    if (inputs.error_count > 0)
        return show_new(request, response, &place, &inputs, 422);
    const struct meter_entry in = {.code = inputs_text(&inputs, "code"), .name = inputs_text(&inputs, "name"), .place = place.id};
    status = meter_store_add(supply_of(request)->db, &in, &writer, &id, &request->fault);
    if (status == STATUS_REFUSED) {
        fault_reset(&request->fault);
        inputs_error(&inputs, "code", "customer.error.code_taken");
        return show_new(request, response, &place, &inputs, 422);
    }
    if (status != STATUS_OK && status != STATUS_DUPLICATE)
        return status;
    fault_reset(&request->fault);
    return response_redirect(request, response, "/staff/supply/meters/%d?done=1", id);
}
