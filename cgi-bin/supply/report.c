/*
 * The form that begins an outage, one of each kind: an emergency, published at once and reported to operations in the same step (Art.
 * 18(2)); a planned one, applied for (Arts. 18(1), 19); a cut-off, reported beforehand (Arts. 18(3), 33(10)).
 */
#include "supply/supply.h"

#define UNIT {"unit", INPUT_NUMBER, true, 1, INT32_MAX, "staff.error.choice", NULL}
#define CAUSE {"cause", INPUT_NUMBER, true, 1, OUTAGE_CAUSES, "staff.error.choice", NULL}
#define PLACES {"places", INPUT_LINES, false, 1, PLACES_TYPED_MOST, "outage.verdict.needs_place", NULL}
#define AREA_WORDS {"area_words", INPUT_LINE, false, 1, AREA_WORDS_MOST, "outage.verdict.needs_place", NULL}
#define MOMENT(name) {name, INPUT_MOMENT, true, 0, 1, "staff.error.moment", NULL}
#define WORDS(required) {"words", INPUT_LINES, required, 1, WORDS_MOST, "outage.verdict.needs_text", NULL}
#define REASON {"reason", INPUT_LINE, false, 1, REASON_MOST, "outage.verdict.needs_reason", NULL}
#define HOUSEHOLDS(required) {"households", INPUT_NUMBER, required, 1, OUTAGE_HOUSEHOLDS_MOST, "outage.verdict.needs_households", NULL}

static const struct input_rule emergency_rules[] = {
    {"ticket", INPUT_DIGITS, false, 1, 40, "outage.error.ticket", NULL},
    UNIT,
    CAUSE,
    PLACES,
    AREA_WORDS,
    {"diameter_mm", INPUT_NUMBER, true, OUTAGE_DIAMETER_LEAST_MM, OUTAGE_DIAMETER_MOST_MM, "outage.error.diameter", NULL},
    {"valves", INPUT_DIGITS, true, 1, 80, "outage.verdict.needs_valves", NULL},
    MOMENT("started_at"),
    MOMENT("expected_end_at"),
    WORDS(false),
    {"water_points", INPUT_LINE, false, 1, AREA_WORDS_MOST, "outage.verdict.needs_text", NULL},
    REASON,
    AREA_PICK_RULES,
};
static const struct input_rule plan_rules[] = {
    UNIT, CAUSE, {"is_pressure", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL}, PLACES, AREA_WORDS, HOUSEHOLDS(true),
    MOMENT("planned_start_at"), MOMENT("expected_end_at"), WORDS(true), REASON,
    AREA_PICK_RULES,
};
static const struct input_rule cutoff_rules[] = {
    UNIT, CAUSE, {"scope", INPUT_NUMBER, true, 1, OUTAGE_SCOPE__COUNT - 1, "staff.error.choice", NULL}, PLACES, AREA_WORDS,
    HOUSEHOLDS(false), MOMENT("planned_start_at"), WORDS(true), REASON,
    AREA_PICK_RULES,
};

struct filing {
    enum outage_kind kind;
    const struct input_rule *rules;
    size_t rule_count;
    const char *path; /* behind /staff/supply/ */
    const char *words; /* Text.outage.WORDS.title, .lead, .button */
};
static const struct filing emergency = {OUTAGE_EMERGENCY, emergency_rules, sizeof emergency_rules / sizeof emergency_rules[0],
                                        "new", "report"};
static const struct filing plan = {OUTAGE_PLANNED, plan_rules, sizeof plan_rules / sizeof plan_rules[0], "plan", "plan"};
static const struct filing cutoff = {OUTAGE_CUTOFF, cutoff_rules, sizeof cutoff_rules / sizeof cutoff_rules[0], "cutoff",
                                     "cutoff"};

/* The field of a form that may not have it; NULL without. */
static struct input *field_of(const struct filing *filing, struct inputs *inputs, const char *name)
{
    for (size_t i = 0; i < filing->rule_count; i++)
        if (text_is_equal(filing->rules[i].name, name))
            return inputs_find(inputs, name);
    return NULL;
}

static const char *text_in(const struct filing *filing, struct inputs *inputs, const char *name)
{
    const struct input *input = field_of(filing, inputs, name);

    return input != NULL ? input->text : "";
}

static int number_in(const struct filing *filing, struct inputs *inputs, const char *name)
{
    const struct input *input = field_of(filing, inputs, name);

    return input != NULL && input->is_set && input->error == NULL ? (int)input->number : 0;
}

static struct instant moment_in(const struct filing *filing, struct inputs *inputs, const char *name)
{
    const struct input *input = field_of(filing, inputs, name);

    return input != NULL ? input->at : INSTANT_NONE;
}

/* Operations publishes for any handling unit; everybody else for their own. */
static void show_units(struct view *page, const struct request *request, int64_t chosen)
{
    const struct catalog *catalog = &supply_of(request)->catalog;
    const bool is_any = actor_has(&request->actor, ROLE_OPS);
    size_t row = 0;

    if (!is_any && chosen == 0)
        chosen = request->actor.unit.v;
    supply_show_choice(page, "UnitChoices", row++, 0, words_find(request->language, "staff.choose"), chosen);
    for (size_t i = 0; i < catalog->unit_count; i++) {
        const struct unit *unit = &catalog->units[i];
        if (unit->is_handling && (is_any || unit->id.v == request->actor.unit.v))
            supply_show_choice(page, "UnitChoices", row++, unit->id.v, supply_unit_name(request, unit->id), chosen);
    }
}

/* What is known of the burst is filled in. */
static void show_fresh(struct view *page, struct request *request, const struct outage_ticket *ticket)
{
    char number[NUMBER_TEXT_BYTES];

    view_text(page, "Form.started_at.value", supply_local_moment(request, request->now));
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

static void show_choices(struct view *page, const struct request *request, const struct filing *filing, int64_t cause, int64_t scope)
{
    size_t row = 0;

    supply_show_choice(page, "CauseChoices", row++, 0, words_find(request->language, "staff.choose"), cause);
    for (int i = 1; i <= OUTAGE_CAUSES; i++)
        if (outage_cause_fits(filing->kind, i))
            supply_show_choice(page, "CauseChoices", row++, i, supply_words_number(request, "outage.cause", i), cause);
    supply_show_choice(page, "ScopeChoices", 0, 0, words_find(request->language, "staff.choose"), scope);
    for (int i = 1; i < OUTAGE_SCOPE__COUNT; i++)
        supply_show_choice(page, "ScopeChoices", (size_t)i, i, supply_words_number(request, "outage.scope", i), scope);
}

/* inputs: as typed, or NULL for a fresh form. ticket: the burst it comes of, or NULL */
static enum status show_form(struct request *request, struct response *response, const struct filing *filing, struct inputs *inputs,
                             const struct outage_ticket *ticket, int code)
{
    struct view *page = page_begin(request, "supply/report");
    const int64_t cause = inputs != NULL ? inputs_number(inputs, "cause", 0) : ticket != NULL ? 1 : 0;

    view_text(page, "Page.title", supply_words(request, arena_format(request->arena, "outage.%s", filing->words), "title"));
    view_text(page, "lead", supply_words(request, arena_format(request->arena, "outage.%s", filing->words), "lead"));
    view_text(page, "button", supply_words(request, arena_format(request->arena, "outage.%s", filing->words), "button"));
    view_text(page, "path", filing->path);
    view_flag(page, "is_emergency", filing->kind == OUTAGE_EMERGENCY);
    view_flag(page, "is_planned", filing->kind == OUTAGE_PLANNED);
    view_flag(page, "is_cutoff", filing->kind == OUTAGE_CUTOFF);
    show_units(page, request, inputs != NULL ? inputs_number(inputs, "unit", 0) : ticket != NULL ? ticket->unit.v : 0);
    show_choices(page, request, filing, cause, inputs != NULL ? number_in(filing, inputs, "scope") : 0);
    const enum status status = supply_show_picker(page, request, inputs);
    if (status != STATUS_OK)
        return status;
    if (inputs != NULL)
        inputs_show(inputs, page);
    else if (filing->kind == OUTAGE_EMERGENCY)
        show_fresh(page, request, ticket);
    if (inputs != NULL && filing->kind == OUTAGE_PLANNED)
        view_flag(page, "Form.is_pressure.is_checked", inputs_find(inputs, "is_pressure")->is_set);
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

static enum status get_form(struct request *request, struct response *response, const struct filing *filing)
{
    struct inputs inputs;
    const enum status status = inputs_read(request, NULL, 0, &inputs);

    return status == STATUS_OK ? show_form(request, response, filing, NULL, NULL, 200) : status;
}

enum status supply_get_plan(struct request *request, struct response *response) { return get_form(request, response, &plan); }
enum status supply_get_cutoff(struct request *request, struct response *response) { return get_form(request, response, &cutoff); }

enum status supply_get_report(struct request *request, struct response *response)
{
    struct inputs inputs;
    struct outage_ticket ticket;
    enum status status = inputs_read(request, emergency_rules, 1, &inputs);

    if (status != STATUS_OK)
        return status;
    if (!inputs_find(&inputs, "ticket")->is_set)
        return show_form(request, response, &emergency, NULL, NULL, 200);
    status = find_ticket(request, inputs_text(&inputs, "ticket"), &ticket);
    return status == STATUS_OK ? show_form(request, response, &emergency, NULL, &ticket, 200) : status;
}

/* Beside which field a refusal belongs: the last that fits and that the form has. */
static void explain(const struct filing *filing, struct inputs *inputs, enum verdict verdict)
{
    static const struct {
        enum verdict verdict;
        const char *field;
    } rows[] = {
        {VERDICT_NEEDS_UNIT, "unit"},           {VERDICT_WRONG_UNIT, "unit"},          {VERDICT_NEEDS_PLACE, "places"},
        {VERDICT_TOO_MANY, "places"},           {VERDICT_NEEDS_VALVES, "valves"},      {VERDICT_TIME_IN_FUTURE, "started_at"},
        {VERDICT_NEEDS_REASON, "reason"},       {VERDICT_NOT_LATER, "expected_end_at"}, {VERDICT_BEYOND_CAP, "planned_start_at"},
        {VERDICT_START_PAST, "planned_start_at"}, {VERDICT_TOO_FAR, "planned_start_at"}, {VERDICT_NEEDS_HOUSEHOLDS, "households"},
        {VERDICT_NEEDS_TEXT, "words"},          {VERDICT_BEYOND_CAP, "expected_end_at"},
    };
    const char *field = "cause";
    const char *words = arena_format(inputs->request->arena, "outage.verdict.%s", verdict_name(verdict));

    if (verdict == VERDICT_NEEDS_REASON && filing->kind != OUTAGE_EMERGENCY)
        words = arena_format(inputs->request->arena, "outage.%s.needs_reason", filing->words);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (rows[i].verdict == verdict && field_of(filing, inputs, rows[i].field) != NULL)
            field = rows[i].field;
    inputs_error(inputs, field, words);
}

static void read_valves(struct inputs *inputs, struct outage_command *command)
{
    command->has_valves = outage_valves_parse(inputs_text(inputs, "valves"), command->valves, &command->valve_count);
    if (!command->has_valves && inputs_find(inputs, "valves")->error == NULL)
        inputs_error(inputs, "valves", "outage.verdict.needs_valves");
}

static void make_command(struct request *request, const struct filing *filing, struct inputs *inputs,
                         const struct outage_ticket *ticket, struct outage_command *command)
{
    const struct unit *unit =
        catalog_unit(&supply_of(request)->catalog, (struct unit_id){(int32_t)inputs_number(inputs, "unit", 0)});
    const struct input *pressure = field_of(filing, inputs, "is_pressure");
    struct supply_area area;

    if (inputs_find(inputs, "unit")->error == NULL && (unit == NULL || !unit->is_handling))
        inputs_error(inputs, "unit", "staff.error.choice");
    *command = (struct outage_command){
        .action = outage_first_action(filing->kind),
        .actor = request->actor,
        .unit = unit != NULL ? unit->id : (struct unit_id){0},
        .ticket = ticket->id,
        .cause = number_in(filing, inputs, "cause"),
        .diameter_mm = number_in(filing, inputs, "diameter_mm"),
        .is_pressure = pressure != NULL && pressure->is_set,
        .scope = (enum outage_scope)number_in(filing, inputs, "scope"),
        .households = number_in(filing, inputs, "households"),
        .occurred_at = moment_in(filing, inputs, "started_at"),
        .planned_start_at = moment_in(filing, inputs, "planned_start_at"),
        .expected_end_at = moment_in(filing, inputs, "expected_end_at"),
        .has_area_words = inputs_text(inputs, "area_words")[0] != '\0',
        .has_words = inputs_text(inputs, "words")[0] != '\0',
        .has_reason = inputs_text(inputs, "reason")[0] != '\0',
    };
    if (filing->kind == OUTAGE_EMERGENCY)
        read_valves(inputs, command);
    supply_read_area(request, inputs, &area);
    command->place_count = area.place_count;
    for (int i = 0; i < area.place_count; i++)
        command->places[i] = area.places[i];
}

static enum status begin_outage(struct request *request, struct response *response, const struct filing *filing,
                                struct inputs *inputs, const struct outage_ticket *ticket, const uint8_t key[ACTION_KEY_BYTES])
{
    struct supply *supply = supply_of(request);
    struct outage_command command;
    struct outage outage;
    struct event event;

    make_command(request, filing, inputs, ticket, &command);
    outage_init(&outage, (struct outage_id){0});
    const enum verdict verdict =
        outage_decide(&outage, &command, &supply->catalog.regulation, request->now, &event);
    if (verdict == VERDICT_WRONG_ROLE)
        return STATUS_REFUSED;
    if (verdict != VERDICT_OK && (verdict != VERDICT_BAD_VALUE || inputs->error_count == 0))
        explain(filing, inputs, verdict);
    if (inputs->error_count > 0)
        return show_form(request, response, filing, inputs, NULL, 422);
    outage_apply(&outage, &event);
    const struct outage_words words = {inputs_text(inputs, "area_words"), inputs_text(inputs, "words"),
                                       inputs_text(inputs, "reason"), text_in(filing, inputs, "water_points")};
    const enum status status =
        outage_store_report(supply->db, &outage, &event, &words, key, &supply->catalog, &request->fault);
    if (status != STATUS_OK && status != STATUS_DUPLICATE)
        return status;
    fault_reset(&request->fault);
    return response_redirect(request, response, "/staff/supply/%lld?done=1", (long long)outage.id.v);
}

static enum status post_form(struct request *request, struct response *response, const struct filing *filing)
{
    struct inputs inputs;
    struct outage_ticket ticket = {.id = {0}};
    uint8_t key[ACTION_KEY_BYTES];
    enum status status = inputs_read(request, filing->rules, filing->rule_count, &inputs);

    if (status != STATUS_OK)
        return status;
    if (!request_key(request, key))
        return STATUS_INVALID;
    if (supply_is_finding(&inputs))
        return show_form(request, response, filing, &inputs, NULL, 200);
    const struct input *typed = field_of(filing, &inputs, "ticket");
    if (typed != NULL && typed->is_set && typed->error == NULL) {
        status = find_ticket(request, typed->text, &ticket);
        if (status == STATUS_ABSENT)
            inputs_error(&inputs, "ticket", "outage.error.ticket");
        else if (status != STATUS_OK)
            return status;
    }
    return begin_outage(request, response, filing, &inputs, &ticket, key);
}

enum status supply_post_report(struct request *request, struct response *response) { return post_form(request, response, &emergency); }
enum status supply_post_plan(struct request *request, struct response *response) { return post_form(request, response, &plan); }
enum status supply_post_cutoff(struct request *request, struct response *response) { return post_form(request, response, &cutoff); }
