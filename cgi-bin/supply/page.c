/* The page of one outage and what can be done with it: read the form, load, let core decide, store, show. */
#include "supply/supply.h"
#include "web/act.h"

#define WORDS(required) {"words", INPUT_LINES, required, 1, WORDS_MOST, "outage.verdict.needs_text", NULL}
#define END(required) {"expected_end_at", INPUT_MOMENT, required, 0, 1, "staff.error.moment", NULL}
#define REASON {"reason", INPUT_LINE, false, 1, REASON_MOST, "outage.verdict.needs_reason", NULL}

static const struct input_rule extend_rules[] = {END(true), WORDS(true), ACT_VERSION};
static const struct input_rule widen_rules[] = {
    {"places", INPUT_LINES, false, 1, PLACES_TYPED_MOST, "outage.verdict.needs_place", NULL},
    {"area_words", INPUT_LINE, false, 1, AREA_WORDS_MOST, "outage.verdict.needs_place", NULL}, END(false), WORDS(false),
    ACT_VERSION};
static const struct input_rule restore_rules[] = {
    {"water_on_at", INPUT_MOMENT, true, 0, 1, "staff.error.moment", NULL}, WORDS(false), REASON, ACT_VERSION};
static const struct input_rule words_rules[] = {WORDS(true), ACT_VERSION};

static const struct act_form forms[] = {
    ACT_FORM("restore", OUTAGE_RESTORE, restore_rules), ACT_FORM("extend", OUTAGE_EXTEND, extend_rules),
    ACT_FORM("widen", OUTAGE_WIDEN, widen_rules),       ACT_FORM("note", OUTAGE_NOTE, words_rules),
    ACT_FORM("withdraw", OUTAGE_WITHDRAW, words_rules),
};
#define FORM_COUNT (sizeof forms / sizeof forms[0])

static enum verdict permits(const struct request *request, const struct outage *outage, int action)
{
    const struct outage_standing standing =
        outage_standing_of(outage, &request->actor, &supply_of(request)->catalog.regulation.outage);

    return outage_permits((enum outage_action)action, &standing, NULL);
}

static enum status load(struct request *request, struct outage_file *file)
{
    int64_t id;

    if (!text_parse_integer(request->part[0], 1, INT64_MAX, &id))
        return STATUS_ABSENT;
    return outage_store_load(supply_of(request)->db, (struct outage_id){id}, request->arena, file, &request->fault);
}

/* ---- showing */

static const char *place_name(const struct request *request, int32_t place)
{
    const struct place *row = catalog_place(&supply_of(request)->catalog, (struct place_id){place});

    return row != NULL ? row->name : "";
}

static void show_facts(struct view *page, const struct request *request, const struct outage_file *file)
{
    const struct outage *outage = &file->outage;
    struct view *view = view_child(page, "Outage");
    char number[NUMBER_TEXT_BYTES];

    view_number(view, "id", outage->id.v);
    const enum outage_phase phase =
        outage_phase_at(outage->state, outage_start_at(outage), outage->expected_end_at, request->now);
    supply_show_phase(view, request, phase);
    view_flag(view, "is_overdue", phase == OUTAGE_PHASE_OVERDUE);
    view_flag(view, "may_sms", supply_may_read_sms(request, outage));
    view_text(view, "unit", supply_unit_name(request, outage->unit));
    view_text(view, "cause", supply_words_number(request, "outage.cause", outage->cause));
    view_number(view, "diameter", outage->diameter_mm);
    view_instant(view, "reported", outage->reported_at);
    view_instant(view, "start", outage->started_at);
    view_instant(view, "first_end", outage->first_end_at);
    view_instant(view, "end", outage->expected_end_at);
    view_flag(view, "is_end_moved", !instant_is_equal(outage->first_end_at, outage->expected_end_at));
    view_instant(view, "ended", outage->ended_at);
    for (int i = 0; i < outage->valve_count; i++) {
        struct view *row = view_row(view, "Valves", (size_t)i);
        view_number(row, "diameter", outage->valves[i].diameter_mm);
        view_number(row, "number", outage->valves[i].number);
    }
    for (int i = 0; i < outage->place_count; i++)
        view_text(view_row(view, "Places", (size_t)i), "name", place_name(request, outage->places[i].v));
    if (file->ticket_number[0] != '\0') {
        number_format_text(file->ticket_number, number);
        view_text(view, "ticket", file->ticket_number);
        view_text(view, "ticket_text", number);
    }
}

static void show_clock(struct view *view, const struct request *request, const struct clock *clock)
{
    const struct catalog_words *words = catalog_rule_words(&supply_of(request)->catalog, clock->rule);
    const enum clock_result result = clock_result_at(clock, request->now);
    const int64_t late_seconds = clock_late_seconds(clock, request->now, false);

    if (words != NULL)
        view_text(view, "name", request->language == LANGUAGE_EN ? words->name_en : words->name_zh);
    view_text(view, "article", clock->article);
    view_instant(view, "due", clock->due_at);
    view_instant(view, "stopped", clock->stopped_at);
    view_text(view, "result", supply_words(request, "result", clock_result_name(result)));
    view_text(view, "colour", result == RESULT_LATE || result == RESULT_ENDED_LATE ? "bad" : result == RESULT_KEPT ? "ok" : "info");
    if (late_seconds > 0)
        view_duration(view, "late", late_seconds);
}

static void show_entry(struct view *view, const struct request *request, const struct timeline_entry *entry)
{
    const struct event *event = &entry->event;
    const struct outage_words words = outage_words_split(arena_copy_text(request->arena, entry->words));
    const struct instant end = {event_get(event, FIELD_EXPECTED_END, INSTANT_NONE.milliseconds)};

    view_number(view, "seq", event->seq);
    view_text(view, "action", supply_words(request, "outage.action", outage_action_name((enum outage_action)event->kind)));
    view_flag(view, "is_internal", !outage_is_message((enum outage_action)event->kind, true));
    view_instant(view, "at", event->recorded_at);
    if (!instant_is_equal(event->recorded_at, event->occurred_at))
        view_instant(view, "happened", event->occurred_at);
    view_instant(view, "end", end);
    view_text(view, "actor", entry->actor_name);
    view_text(view, "unit", supply_unit_name(request, event->actor_unit));
    view_text(view, "area_words", words.area);
    view_text(view, "words", words.words);
    view_text(view, "reason", words.reason);
    for (int i = 0; i < event->list_count[LIST_PLACES]; i++)
        view_text(view_row(view, "Places", (size_t)i), "name", place_name(request, event->list[LIST_PLACES][i]));
}

static enum status show(struct request *request, struct response *response, const struct outage_file *file,
                        const struct act_attempt *attempt, int code)
{
    struct view *page = page_begin(request, "supply/outage");
    const char *id = arena_format(request->arena, "%lld", (long long)file->outage.id.v);
    size_t row = 0;

    view_text(page, "Page.title", words_fill(request->arena, request->language, "outage.show.title", &id, 1));
    show_facts(page, request, file);
    for (int i = 0; i < file->outage.clock_count; i++)
        show_clock(view_row(page, "Clocks", (size_t)i), request, &file->outage.clocks[i]);
    for (size_t i = 0; i < file->entry_count; i++)
        show_entry(view_row(page, "Timeline", i), request, &file->entries[file->entry_count - 1 - i]);
    for (size_t i = 0; i < FORM_COUNT; i++)
        if (permits(request, &file->outage, forms[i].action) == VERDICT_OK)
            act_show_form(view_row(page, "Forms", row++), request, &forms[i], file->outage.version, "outage", attempt);
    if (attempt != NULL)
        act_show_attempt(page, request, attempt, "outage", permits(request, &file->outage, attempt->form->action) == VERDICT_OK);
    if (request->method == METHOD_GET)
        view_flag(page, "is_done", request_value(request, "done")[0] == '1');
    const enum status status = supply_show_joined(page, request, file->outage.id);
    return status == STATUS_OK ? page_end(page, response, code) : status;
}

enum status supply_get_outage(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {{"done", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL}};
    struct inputs inputs;
    struct outage_file file;
    enum status status = inputs_read(request, rules, 1, &inputs);

    if (status == STATUS_OK)
        status = load(request, &file);
    return status == STATUS_OK ? show(request, response, &file, NULL, 200) : status;
}

/* The address of a form, opened by hand or after signing in again. */
enum status supply_get_outage_back(struct request *request, struct response *response)
{
    int64_t id;

    if (!text_parse_integer(request->part[0], 1, INT64_MAX, &id))
        return STATUS_ABSENT;
    return response_redirect(request, response, "/staff/supply/%lld", (long long)id);
}

/* ---- acting */

static enum status go_to_outage(struct request *request, struct response *response, const struct outage_file *file)
{
    fault_reset(&request->fault);
    return response_redirect(request, response, "/staff/supply/%lld?done=1", (long long)file->outage.id.v);
}

static enum status refuse(struct request *request, struct response *response, const struct outage_file *file,
                          struct act_attempt *attempt)
{
    static const struct {
        enum verdict verdict;
        const char *field;
    } rows[] = {
        {VERDICT_NEEDS_TEXT, "words"},           {VERDICT_NEEDS_PLACE, "places"},
        {VERDICT_TIME_IN_FUTURE, "water_on_at"}, {VERDICT_TIME_BEFORE_REPORT, "water_on_at"},
        {VERDICT_NEEDS_REASON, "reason"},        {VERDICT_NOT_LATER, "expected_end_at"},
        {VERDICT_BEYOND_CAP, "expected_end_at"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (rows[i].verdict == attempt->verdict)
            act_blame(attempt, rows[i].field, "outage");
    return show(request, response, file, attempt, act_refusal_code(attempt->verdict));
}

/* Somebody came first. Unless it was this very form, sent twice, the person sees how it stands. */
static enum status refuse_stale(struct request *request, struct response *response, struct outage_file *file,
                                struct act_attempt *attempt, const uint8_t key[ACTION_KEY_BYTES])
{
    enum subject_kind subject;
    int64_t id;
    const enum status status = stream_find_key(supply_of(request)->db, key, &subject, &id, &request->fault);

    if (status == STATUS_OK && subject == SUBJECT_OUTAGE && id == file->outage.id.v)
        return go_to_outage(request, response, file);
    if (status != STATUS_OK && status != STATUS_ABSENT)
        return status;
    fault_reset(&request->fault);
    attempt->verdict = VERDICT_STALE;
    return refuse(request, response, file, attempt);
}

/* What stands against it when fields are wrong anyway: rights first, then what changed meanwhile. */
static enum verdict look_ahead(const struct request *request, const struct outage *outage, const struct outage_command *command)
{
    const enum verdict permitted = permits(request, outage, (int)command->action);

    if (permitted == VERDICT_WRONG_ROLE || permitted == VERDICT_WRONG_UNIT)
        return permitted;
    return command->expected_version != outage->version ? VERDICT_STALE : permitted;
}

static void make_command(struct request *request, const struct act_form *form, struct inputs *inputs,
                         struct outage_command *command)
{
    *command = (struct outage_command){
        .action = (enum outage_action)form->action,
        .actor = request->actor,
        .expected_version = (uint32_t)inputs_number(inputs, "version", 0),
        .occurred_at = act_moment(form, inputs, "water_on_at"),
        .expected_end_at = act_moment(form, inputs, "expected_end_at"),
        .has_area_words = act_text(form, inputs, "area_words")[0] != '\0',
        .has_words = act_text(form, inputs, "words")[0] != '\0',
        .has_reason = act_text(form, inputs, "reason")[0] != '\0',
    };
    if (!act_form_has(form, "places"))
        return;
    struct supply_area area;
    supply_read_area(request, inputs, &area);
    command->place_count = area.place_count;
    for (int i = 0; i < area.place_count; i++)
        command->places[i] = area.places[i];
}

static enum status act(struct request *request, struct response *response, struct outage_file *file,
                       const struct act_form *form, struct inputs *inputs, const uint8_t key[ACTION_KEY_BYTES])
{
    struct supply *supply = supply_of(request);
    struct outage_command command;
    struct event event;
    struct act_attempt attempt = {.form = form, .inputs = inputs};

    make_command(request, form, inputs, &command);
    attempt.verdict = inputs->error_count > 0
                          ? look_ahead(request, &file->outage, &command)
                          : outage_decide(&file->outage, &command, &supply->catalog.regulation, request->now, &event);
    if (attempt.verdict == VERDICT_STALE)
        return refuse_stale(request, response, file, &attempt, key);
    if (attempt.verdict != VERDICT_OK || inputs->error_count > 0)
        return refuse(request, response, file, &attempt);
    const struct outage_words words = {act_text(form, inputs, "area_words"), act_text(form, inputs, "words"),
                                       act_text(form, inputs, "reason"), act_text(form, inputs, "water_points")};
    enum status status = outage_store_append(supply->db, file, &event, &words, key, &supply->catalog, &request->fault);
    if (status == STATUS_OK || status == STATUS_DUPLICATE)
        return go_to_outage(request, response, file);
    if (status != STATUS_CONFLICT)
        return status;
    fault_reset(&request->fault);
    status = load(request, file); /* as it stands now */
    return status == STATUS_OK ? refuse_stale(request, response, file, &attempt, key) : status;
}

enum status supply_post_outage(struct request *request, struct response *response)
{
    const struct act_form *form = act_form_find(forms, FORM_COUNT, request->part[1]);
    struct inputs inputs;
    struct outage_file file;
    uint8_t page_key[ACTION_KEY_BYTES], key[ACTION_KEY_BYTES];

    if (form == NULL)
        return STATUS_ABSENT;
    enum status status = inputs_read(request, form->rules, form->rule_count, &inputs);
    if (status != STATUS_OK)
        return status;
    if (!request_key(request, page_key) || inputs_find(&inputs, "version")->error != NULL)
        return STATUS_INVALID;
    status = load(request, &file);
    if (status != STATUS_OK)
        return status;
    act_form_key(form, page_key, key);
    return act(request, response, &file, form, &inputs, key);
}
