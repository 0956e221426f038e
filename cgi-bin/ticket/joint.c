/*
 * Damage by others is a joint case (Art. 25): the repair and the inspection are sent out in one check, each as an assignment of its
 * own with its own clocks.
 */
#include <string.h>

#include "core/offer.h"
#include "ticket/related.h"

#define LEAD_WORD "joint-lead"
#define INSPECTION_WORD "joint-inspection"
#define TRIES 4

static const struct input_rule rules[] = {
    {"lead", INPUT_NUMBER, true, 1, INT32_MAX, "staff.error.choice", NULL},
    {"inspection", INPUT_NUMBER, true, 1, INT32_MAX, "staff.error.choice", NULL},
    {"words", INPUT_LINES, false, 1, 1000, "staff.error.words", NULL},
    {"version", INPUT_NUMBER, true, 1, UINT32_MAX, "staff.error.choice", NULL},
};
#define RULE_COUNT (sizeof rules / sizeof rules[0])

static const struct category *category_of(const struct request *request, const struct ticket *ticket)
{
    const struct regulation *regulation = &desk_of(request)->catalog.regulation;

    return category_find(regulation->categories, regulation->category_count, ticket->facts.category);
}

bool joint_is_offered(const struct request *request, const struct ticket *ticket)
{
    const struct regulation *regulation = &desk_of(request)->catalog.regulation;
    const struct category *category = category_of(request, ticket);

    return category != NULL && category->is_third_party &&
           ticket->assignment_count == 0 &&
           ticket_offer(ticket, ACTION_DISPATCH, &request->actor, regulation, request->now) == VERDICT_OK;
}

/* ---- showing */

static void show_units(struct view *page, const struct request *request, const char *list, struct unit_id chosen)
{
    const struct catalog *catalog = &desk_of(request)->catalog;
    size_t row = 0;

    for (size_t i = 0; i < catalog->unit_count; i++)
        if (catalog->units[i].is_handling)
            desk_choice(page, list, row++, catalog->units[i].id.v, desk_unit_name(request, catalog->units[i].id),
                        catalog->units[i].id.v == chosen.v);
}

static struct unit_id chosen_unit(struct inputs *inputs, const char *name, struct unit_id proposed)
{
    if (inputs == NULL)
        return proposed;
    return (struct unit_id){(int32_t)inputs_number(inputs, name, 0)};
}

static struct unit_id inspection_unit(const struct request *request)
{
    const struct unit *unit = catalog_unit_by_code(&desk_of(request)->catalog, "inspection");

    return unit == NULL ? (struct unit_id){0} : unit->id;
}

static enum status show_joint(struct request *request, struct response *response, const struct ticket_file *file,
                              struct inputs *inputs, enum verdict verdict, int code)
{
    const uint32_t seen = inputs == NULL ? 0 : (uint32_t)inputs_number(inputs, "version", 0);
    struct view *page = part_begin(request, "ticket/joint", "staff.joint.title", file, seen, verdict);
    const struct unit_id routed =
        catalog_route(&desk_of(request)->catalog, file->ticket.facts.category, file->ticket.facts.zone);

    show_units(page, request, "LeadChoices", chosen_unit(inputs, "lead", routed));
    show_units(page, request, "InspectionChoices", chosen_unit(inputs, "inspection", inspection_unit(request)));
    if (inputs != NULL)
        inputs_show(inputs, page);
    return page_end(page, response, code);
}

/* ---- doing both */

static void check_units(struct request *request, struct inputs *inputs)
{
    static const char *const names[] = {"lead", "inspection"};

    for (size_t i = 0; i < 2; i++) {
        const struct unit_id id = {(int32_t)inputs_number(inputs, names[i], 0)};
        const struct unit *unit = id.v == 0 ? NULL : catalog_unit(&desk_of(request)->catalog, id);
        if (unit == NULL || !unit->is_handling)
            inputs_error(inputs, names[i], "staff.error.choice");
    }
    if (inputs->error_count == 0 && inputs_number(inputs, "lead", 0) == inputs_number(inputs, "inspection", 0))
        inputs_error(inputs, "inspection", "staff.error.two_units");
}

static struct command command_for(struct request *request, struct inputs *inputs, enum ticket_action action,
                                  uint32_t version)
{
    struct command command = {.action = action, .actor = request->actor, .occurred_at = INSTANT_NONE,
                              .expected_version = version, .has_text = inputs_find(inputs, "words")->is_set};
    const bool is_lead = action == ACTION_DISPATCH;

    command_set(&command, FIELD_UNIT, inputs_number(inputs, is_lead ? "lead" : "inspection", 0));
    if (!is_lead)
        command_set(&command, FIELD_ASSIGNMENT_ROLE, ASSIGNMENT_INSPECTION);
    return command;
}

/* STATUS_OK with a verdict; a repetition of this very form is VERDICT_OK, too. */
static enum status send(struct request *request, struct inputs *inputs, struct ticket_file *file,
                        enum ticket_action action, uint32_t version, const uint8_t *key, enum verdict *verdict)
{
    struct desk *desk = desk_of(request);
    const struct command command = command_for(request, inputs, action, version);
    const char *words = inputs_text(inputs, "words");
    char number[NUMBER_BYTES];
    struct event event;

    memset(&event, 0, sizeof event);
    *verdict = ticket_decide(&file->ticket, &command, &desk->catalog.regulation, request->now, &event);
    if (*verdict != VERDICT_OK) {
        const enum status status = ticket_store_find_key(desk->db, key, request->arena, number, &request->fault);
        fault_reset(&request->fault);
        if (status == STATUS_OK)
            *verdict = VERDICT_OK;
        return status == STATUS_ABSENT ? STATUS_OK : status;
    }
    const enum status status = ticket_store_append(desk->db, file, &event, words[0] == '\0' ? NULL : words, key,
                                                   &desk->catalog, &request->fault);
    return status == STATUS_DUPLICATE ? STATUS_OK : status;
}

/* The inspection follows the lead at once; what somebody does in between only means to look again. */
static enum status send_inspection(struct request *request, struct inputs *inputs, struct ticket_file *file,
                                   const uint8_t *key, enum verdict *verdict)
{
    enum status status = STATUS_CONFLICT;

    for (int try = 0; try < TRIES && status == STATUS_CONFLICT; try++) {
        fault_reset(&request->fault);
        status = show_load(request, file);
        if (status == STATUS_OK)
            status = send(request, inputs, file, ACTION_DISPATCH_ASSIST, file->ticket.version, key, verdict);
    }
    return status == STATUS_CONFLICT ? STATUS_UNAVAILABLE : status;
}

static enum status send_both(struct request *request, struct response *response, struct ticket_file *file,
                             struct inputs *inputs, const uint8_t *page_key)
{
    uint8_t lead_key[ACTION_KEY_BYTES], inspection_key[ACTION_KEY_BYTES];
    enum verdict verdict = VERDICT_OK;

    part_key(page_key, LEAD_WORD, lead_key);
    part_key(page_key, INSPECTION_WORD, inspection_key);
    enum status status = send(request, inputs, file, ACTION_DISPATCH, (uint32_t)inputs_number(inputs, "version", 0),
                              lead_key, &verdict);
    if (status == STATUS_CONFLICT) {
        fault_reset(&request->fault);
        status = show_load(request, file);
        verdict = VERDICT_STALE;
    }
    if (status == STATUS_OK && verdict == VERDICT_OK)
        status = send_inspection(request, inputs, file, inspection_key, &verdict);
    if (status != STATUS_OK)
        return status;
    fault_reset(&request->fault);
    if (verdict == VERDICT_OK)
        return response_redirect(request, response, "/staff/ticket/%s?done=1", file->number);
    return show_joint(request, response, file, inputs, verdict, part_code(verdict));
}

/* ---- handlers */

enum status ticket_get_joint(struct request *request, struct response *response)
{
    struct ticket_file *file = arena_take(request->arena, sizeof *file);
    struct inputs none;
    enum status status = inputs_read(request, NULL, 0, &none);

    if (status == STATUS_OK)
        status = show_load(request, file);
    if (status != STATUS_OK)
        return status;
    const struct regulation *regulation = &desk_of(request)->catalog.regulation;
    const enum verdict verdict = ticket_offer(&file->ticket, ACTION_DISPATCH, &request->actor, regulation, request->now);
    return show_joint(request, response, file, NULL, verdict, verdict == VERDICT_OK ? 200 : part_code(verdict));
}

enum status ticket_post_joint(struct request *request, struct response *response)
{
    struct ticket_file *file = arena_take(request->arena, sizeof *file);
    uint8_t key[ACTION_KEY_BYTES];
    struct inputs inputs;
    enum status status = inputs_read(request, rules, RULE_COUNT, &inputs);

    if (status != STATUS_OK)
        return status;
    if (!request_key(request, key) || inputs_find(&inputs, "version")->error != NULL)
        return STATUS_INVALID;
    status = show_load(request, file);
    if (status != STATUS_OK)
        return status;
    check_units(request, &inputs);
    if (inputs.error_count == 0)
        return send_both(request, response, file, &inputs, key);
    const enum verdict permitted = ticket_permits(&file->ticket, ACTION_DISPATCH, &request->actor, NULL);
    return show_joint(request, response, file, &inputs, permitted,
                      permitted == VERDICT_OK ? 422 : part_code(permitted));
}
