/* The one short form of an emergency: published at once, and reported to operations in the same step (Art. 18(2)). */
#include "supply/supply.h"

static const struct input_rule rules[] = {
    {"ticket", INPUT_DIGITS, false, 1, 40, "outage.error.ticket", NULL},
    {"unit", INPUT_NUMBER, true, 1, INT32_MAX, "staff.error.choice", NULL},
    {"cause", INPUT_NUMBER, true, 1, OUTAGE_CAUSES, "staff.error.choice", NULL},
    {"places", INPUT_LINES, false, 1, PLACES_TYPED_MOST, "outage.verdict.needs_place", NULL},
    {"area_words", INPUT_LINE, false, 1, AREA_WORDS_MOST, "outage.verdict.needs_place", NULL},
    {"diameter_mm", INPUT_NUMBER, true, OUTAGE_DIAMETER_LEAST_MM, OUTAGE_DIAMETER_MOST_MM, "outage.error.diameter", NULL},
    {"valves", INPUT_DIGITS, true, 1, 80, "outage.verdict.needs_valves", NULL},
    {"started_at", INPUT_MOMENT, true, 0, 1, "staff.error.moment", NULL},
    {"expected_end_at", INPUT_MOMENT, true, 0, 1, "staff.error.moment", NULL},
    {"words", INPUT_LINES, false, 1, WORDS_MOST, "outage.verdict.needs_text", NULL},
    {"water_points", INPUT_LINE, false, 1, AREA_WORDS_MOST, "outage.verdict.needs_text", NULL},
    {"reason", INPUT_LINE, false, 1, REASON_MOST, "outage.verdict.needs_reason", NULL},
    AREA_PICK_RULES,
};
#define RULE_COUNT (sizeof rules / sizeof rules[0])

static void show_choice(struct view *page, const char *list, size_t index, int64_t value, const char *label, int64_t chosen)
{
    struct view *row = view_row(page, list, index);

    if (value > 0)
        view_number(row, "value", value);
    view_text(row, "label", label);
    view_flag(row, "is_checked", value == chosen);
}

/* Operations publishes for any handling unit; everybody else for their own. */
static void show_units(struct view *page, const struct request *request, int64_t chosen)
{
    const struct catalog *catalog = &supply_of(request)->catalog;
    const bool is_any = actor_has(&request->actor, ROLE_OPS);
    size_t row = 0;

    if (!is_any && chosen == 0)
        chosen = request->actor.unit.v;
    show_choice(page, "UnitChoices", row++, 0, words_find(request->language, "staff.choose"), chosen);
    for (size_t i = 0; i < catalog->unit_count; i++) {
        const struct unit *unit = &catalog->units[i];
        if (unit->is_handling && (is_any || unit->id.v == request->actor.unit.v))
            show_choice(page, "UnitChoices", row++, unit->id.v, supply_unit_name(request, unit->id), chosen);
    }
}

/* As a datetime-local field takes it. */
static const char *local_moment(const struct request *request, struct instant at)
{
    char local[TIME_TEXT_BYTES];

    instant_format_local(at, request->app->settings.utc_offset_minutes, local);
    local[10] = 'T';
    return arena_copy_text(request->arena, local);
}

/* What is known of the burst is filled in. */
static void show_fresh(struct view *page, struct request *request, const struct outage_ticket *ticket)
{
    char number[NUMBER_TEXT_BYTES];

    view_text(page, "Form.started_at.value", local_moment(request, request->now));
    if (ticket == NULL)
        return;
    const struct place *place = catalog_place(&supply_of(request)->catalog, ticket->place);
    number_format_text(ticket->number, number);
    view_text(page, "Form.ticket.value", number);
    if (place != NULL)
        view_text(page, "Form.places.value", place->name);
    else
        view_text(page, "Form.area_words.value", ticket->place_text);
    if (ticket->diameter_mm > 0)
        view_number(page, "Form.diameter_mm.value", ticket->diameter_mm);
}

/* inputs: as typed, or NULL for a fresh form. ticket: the burst it comes of, or NULL */
static enum status show_form(struct request *request, struct response *response, struct inputs *inputs,
                             const struct outage_ticket *ticket, int code)
{
    struct view *page = page_begin(request, "supply/report");
    const int64_t cause = inputs != NULL ? inputs_number(inputs, "cause", 0) : ticket != NULL ? 1 : 0;

    view_words(page, "Page.title", "outage.report.title");
    show_units(page, request, inputs != NULL ? inputs_number(inputs, "unit", 0) : ticket != NULL ? ticket->unit.v : 0);
    show_choice(page, "CauseChoices", 0, 0, words_find(request->language, "staff.choose"), cause);
    for (int i = 1; outage_cause_fits(OUTAGE_EMERGENCY, i); i++)
        show_choice(page, "CauseChoices", (size_t)i, i, supply_words_number(request, "outage.cause", i), cause);
    const enum status status = supply_show_picker(page, request, inputs);
    if (status != STATUS_OK)
        return status;
    if (inputs != NULL)
        inputs_show(inputs, page);
    else
        show_fresh(page, request, ticket);
    if (ticket != NULL)
        view_text(page, "place", ticket->place_text);
    return page_end(page, response, code);
}

/* The ticket that was typed; STATUS_ABSENT when there is none of that number. */
static enum status find_ticket(struct request *request, const char *typed, struct outage_ticket *ticket)
{
    char number[NUMBER_BYTES];

    if (!number_parse(typed, number))
        return STATUS_ABSENT;
    return outage_store_find_ticket(supply_of(request)->db, number, request->arena, ticket, &request->fault);
}

enum status supply_get_report(struct request *request, struct response *response)
{
    struct inputs inputs;
    struct outage_ticket ticket;
    enum status status = inputs_read(request, rules, 1, &inputs);

    if (status != STATUS_OK)
        return status;
    if (!inputs_find(&inputs, "ticket")->is_set)
        return show_form(request, response, NULL, NULL, 200);
    status = find_ticket(request, inputs_text(&inputs, "ticket"), &ticket);
    return status == STATUS_OK ? show_form(request, response, NULL, &ticket, 200) : status;
}

/* Beside which field a refusal belongs. */
static void explain(struct inputs *inputs, enum verdict verdict)
{
    static const struct {
        enum verdict verdict;
        const char *field;
    } rows[] = {
        {VERDICT_NEEDS_UNIT, "unit"},           {VERDICT_WRONG_UNIT, "unit"},          {VERDICT_NEEDS_PLACE, "places"},
        {VERDICT_TOO_MANY, "places"},           {VERDICT_NEEDS_VALVES, "valves"},      {VERDICT_TIME_IN_FUTURE, "started_at"},
        {VERDICT_NEEDS_REASON, "reason"},       {VERDICT_NOT_LATER, "expected_end_at"}, {VERDICT_BEYOND_CAP, "expected_end_at"},
    };
    const char *field = "cause";

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (rows[i].verdict == verdict)
            field = rows[i].field;
    inputs_error(inputs, field, arena_format(inputs->request->arena, "outage.verdict.%s", verdict_name(verdict)));
}

static void make_command(struct request *request, struct inputs *inputs, const struct outage_ticket *ticket,
                         struct outage_command *command)
{
    const struct unit *unit =
        catalog_unit(&supply_of(request)->catalog, (struct unit_id){(int32_t)inputs_number(inputs, "unit", 0)});
    struct supply_area area;

    if (inputs_find(inputs, "unit")->error == NULL && (unit == NULL || !unit->is_handling))
        inputs_error(inputs, "unit", "staff.error.choice");
    *command = (struct outage_command){
        .action = OUTAGE_REPORT,
        .actor = request->actor,
        .unit = unit != NULL ? unit->id : (struct unit_id){0},
        .ticket = ticket->id,
        .cause = (int)inputs_number(inputs, "cause", 0),
        .diameter_mm = (int)inputs_number(inputs, "diameter_mm", 0),
        .occurred_at = inputs_find(inputs, "started_at")->at,
        .expected_end_at = inputs_find(inputs, "expected_end_at")->at,
        .has_area_words = inputs_text(inputs, "area_words")[0] != '\0',
        .has_words = inputs_text(inputs, "words")[0] != '\0',
        .has_reason = inputs_text(inputs, "reason")[0] != '\0',
    };
    command->has_valves = outage_valves_parse(inputs_text(inputs, "valves"), command->valves, &command->valve_count);
    if (!command->has_valves && inputs_find(inputs, "valves")->error == NULL)
        inputs_error(inputs, "valves", "outage.verdict.needs_valves");
    supply_read_area(request, inputs, &area);
    command->place_count = area.place_count;
    for (int i = 0; i < area.place_count; i++)
        command->places[i] = area.places[i];
}

static enum status publish(struct request *request, struct response *response, struct inputs *inputs,
                           const struct outage_ticket *ticket, const uint8_t key[ACTION_KEY_BYTES])
{
    struct supply *supply = supply_of(request);
    struct outage_command command;
    struct outage outage;
    struct event event;

    make_command(request, inputs, ticket, &command);
    outage_init(&outage, (struct outage_id){0});
    const enum verdict verdict =
        outage_decide(&outage, &command, &supply->catalog.regulation, request->now, &event);
    if (verdict == VERDICT_WRONG_ROLE)
        return STATUS_REFUSED;
    if (verdict != VERDICT_OK && (verdict != VERDICT_BAD_VALUE || inputs->error_count == 0))
        explain(inputs, verdict);
    if (inputs->error_count > 0)
        return show_form(request, response, inputs, NULL, 422);
    outage_apply(&outage, &event);
    const struct outage_words words = {inputs_text(inputs, "area_words"), inputs_text(inputs, "words"),
                                       inputs_text(inputs, "reason"), inputs_text(inputs, "water_points")};
    const enum status status =
        outage_store_report(supply->db, &outage, &event, &words, key, &supply->catalog, &request->fault);
    if (status != STATUS_OK && status != STATUS_DUPLICATE)
        return status;
    fault_reset(&request->fault);
    return response_redirect(request, response, "/staff/supply/%lld?done=1", (long long)outage.id.v);
}

enum status supply_post_report(struct request *request, struct response *response)
{
    struct inputs inputs;
    struct outage_ticket ticket = {.id = {0}};
    uint8_t key[ACTION_KEY_BYTES];
    enum status status = inputs_read(request, rules, RULE_COUNT, &inputs);

    if (status != STATUS_OK)
        return status;
    if (!request_key(request, key))
        return STATUS_INVALID;
    if (supply_is_finding(&inputs))
        return show_form(request, response, &inputs, NULL, 200);
    if (inputs_find(&inputs, "ticket")->is_set && inputs_find(&inputs, "ticket")->error == NULL) {
        status = find_ticket(request, inputs_text(&inputs, "ticket"), &ticket);
        if (status == STATUS_ABSENT)
            inputs_error(&inputs, "ticket", "outage.error.ticket");
        else if (status != STATUS_OK)
            return status;
    }
    return publish(request, response, &inputs, &ticket, key);
}
