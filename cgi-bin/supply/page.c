/* The page of one outage and what can be done with it: read the form, load, let core decide, store, show. */
#include "supply/supply.h"
#include "web/act.h"
#include "web/action_form.h"

#define WORDS(required) {"words", INPUT_LINES, required, 1, WORDS_MOST, "outage.verdict.needs_text", NULL}
#define END(required) {"expected_end_at", INPUT_MOMENT, required, 0, 1, "staff.error.moment", NULL}
#define START(required) {"planned_start_at", INPUT_MOMENT, required, 0, 1, "staff.error.moment", NULL}
#define DONE {"occurred_at", INPUT_MOMENT, true, 0, 1, "staff.error.moment", NULL}
#define REASON {"reason", INPUT_LINE, false, 1, REASON_MOST, "outage.verdict.needs_reason", NULL}
#define WATER_POINTS {"water_points", INPUT_LINE, false, 1, AREA_WORDS_MOST, "outage.verdict.needs_text", NULL}
#define AREA_WORDS {"area_words", INPUT_LINE, false, 1, AREA_WORDS_MOST, "outage.verdict.needs_place", NULL}
#define COUNT(name) {name, INPUT_NUMBER, true, 0, OUTAGE_HOUSEHOLDS_MOST, "outage.error.number", NULL}

static const struct input_rule extend_rules[] = {END(true), WORDS(true), WATER_POINTS, ACT_VERSION};
static const struct input_rule widen_rules[] = {
    {"places", INPUT_LINES, false, 1, PLACES_TYPED_MOST, "outage.verdict.needs_place", NULL}, AREA_WORDS, END(false), WORDS(false),
    WATER_POINTS, ACT_VERSION};
static const struct input_rule restore_rules[] = {
    {"water_on_at", INPUT_MOMENT, true, 0, 1, "staff.error.moment", NULL}, WORDS(false), REASON, ACT_VERSION};
static const struct input_rule words_rules[] = {WORDS(true), ACT_VERSION};
static const struct input_rule assist_rules[] = {
    {"assistant", INPUT_NUMBER, true, 1, INT32_MAX, "staff.error.choice", NULL}, WORDS(false), ACT_VERSION};
static const struct input_rule approve_rules[] = {WORDS(false), ACT_VERSION};
static const struct input_rule step_rules[] = {DONE, WORDS(true), REASON, ACT_VERSION};
static const struct input_rule poster_rules[] = {DONE, WORDS(false), REASON, ACT_VERSION};
static const struct input_rule sms_rules[] = {DONE, COUNT("households"), COUNT("sent"), COUNT("failed"), WORDS(false), REASON, ACT_VERSION};
static const struct input_rule publish_rules[] = {
    AREA_WORDS, WORDS(true), WATER_POINTS, {"clash_seen", INPUT_FLAG, false, 0, 1, "outage.verdict.clash", NULL}, REASON, ACT_VERSION};
static const struct input_rule start_rules[] = {
    {"water_off_at", INPUT_MOMENT, true, 0, 1, "staff.error.moment", NULL}, WORDS(false), WATER_POINTS, REASON, ACT_VERSION};
static const struct input_rule postpone_rules[] = {START(true), END(false), WORDS(true), ACT_VERSION};

static const struct act_form forms[] = {
    ACT_FORM("assist", OUTAGE_ASSIST, assist_rules),       ACT_FORM("approve", OUTAGE_APPROVE, approve_rules),
    ACT_FORM("refuse", OUTAGE_REFUSE, words_rules),        ACT_FORM("publish", OUTAGE_PUBLISH, publish_rules),
    ACT_FORM("notify", OUTAGE_NOTIFY, step_rules),         ACT_FORM("media", OUTAGE_MEDIA, step_rules),
    ACT_FORM("poster", OUTAGE_POSTER, poster_rules),       ACT_FORM("messages", OUTAGE_SMS, sms_rules),
    ACT_FORM("start", OUTAGE_START, start_rules),          ACT_FORM("restore", OUTAGE_RESTORE, restore_rules),
    ACT_FORM("extend", OUTAGE_EXTEND, extend_rules),       ACT_FORM("widen", OUTAGE_WIDEN, widen_rules),
    ACT_FORM("postpone", OUTAGE_POSTPONE, postpone_rules), ACT_FORM("cancel", OUTAGE_CANCEL, words_rules),
    ACT_FORM("note", OUTAGE_NOTE, words_rules),            ACT_FORM("withdraw", OUTAGE_WITHDRAW, words_rules),
};
#define FORM_COUNT (sizeof forms / sizeof forms[0])

/* ---- showing */

/* A value to begin with, where a form has the field and nothing was typed. */
static void preset(struct view *view, const struct act_form *form, const char *field, const char *value)
{
    struct view *found = act_field_view(view, form, field);

    if (found != NULL)
        view_text(found, "value", value);
}

static enum status show_people(struct view *view, struct request *request, const struct act_form *form, int64_t chosen)
{
    struct supply *supply = supply_of(request);
    struct view *field = act_field_view(view, form, "assistant");
    struct outage_person *people;
    size_t count;
    const enum status status = outage_desk_people(supply->db, supply->catalog.regulation.outage.pipeline, request->arena, &people,
                                                  &count, &request->fault);

    view_text(field, "type", "select");
    supply_show_choice(field, "Choices", 0, 0, words_find(request->language, "staff.choose"), chosen);
    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        supply_show_choice(field, "Choices", i + 1, people[i].id.v, people[i].name, chosen);
    return status;
}

static void preset_all(struct view *view, const struct request *request, const struct outage_file *file, const struct act_form *form)
{
    preset(view, form, "occurred_at", supply_local_moment(request, request->now));
    if (form->action == OUTAGE_PUBLISH)
        preset(view, form, "area_words", supply_first_area(request, file));
    if (form->action == OUTAGE_SMS && file->outage.households > 0)
        preset(view, form, "households", arena_format(request->arena, "%d", file->outage.households));
}

static enum status show_form(struct view *view, struct request *request, const struct outage_file *file, const struct act_form *form,
                             const struct act_attempt *attempt)
{
    const bool is_tried = attempt != NULL && attempt->form == form;

    act_show_form(view, request, form, file->outage.version, "outage", attempt);
    view_flag(view, "is_next", (outage_next_steps(&file->outage, request->now) & OUTAGE_BIT(form->action)) != 0);
    if (!is_tried)
        preset_all(view, request, file, form);
    if (form->action == OUTAGE_ASSIST)
        return show_people(view, request, form, is_tried ? inputs_number(attempt->inputs, "assistant", 0) : file->outage.assistant.v);
    return STATUS_OK;
}

static enum status show_forms(struct view *page, struct request *request, const struct outage_file *file,
                              const struct act_attempt *attempt)
{
    enum status status = STATUS_OK;
    size_t row = 0;

    for (size_t i = 0; status == STATUS_OK && i < FORM_COUNT; i++)
        if (supply_permits(request, &file->outage, forms[i].action) == VERDICT_OK)
            status = show_form(view_row(page, "Forms", row++), request, file, &forms[i], attempt);
    return status;
}

static enum status show(struct request *request, struct response *response, const struct outage_file *file,
                        const struct act_attempt *attempt, int code)
{
    struct view *page = page_begin(request, "supply/outage");
    const char *id = arena_format(request->arena, "%lld", (long long)file->outage.id.v);
    size_t clashes, photos;

    view_text(page, "Page.title", words_fill(request->arena, request->language, "outage.show.title", &id, 1));
    view_clock_words(page);
    supply_show_outage(page, request, file);
    if (attempt != NULL)
        act_show_attempt(page, request, attempt, "outage",
                         supply_permits(request, &file->outage, attempt->form->action) == VERDICT_OK);
    if (request->method == METHOD_GET)
        view_flag(page, "is_done", request_value(request, "done")[0] == '1');
    enum status status = show_forms(page, request, file, attempt);
    if (status == STATUS_OK)
        status = supply_show_clashes(page, request, file, &clashes);
    if (status == STATUS_OK)
        status = supply_show_photos(page, request, file, &photos);
    if (status == STATUS_OK)
        status = supply_show_joined(page, request, file->outage.id);
    return status == STATUS_OK ? page_end(page, response, code) : status;
}

enum status supply_get_outage(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {{"done", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL}};
    struct inputs inputs;
    struct outage_file file;
    enum status status = inputs_read(request, rules, 1, &inputs);

    if (status == STATUS_OK)
        status = supply_load(request, &file);
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
        {VERDICT_BEYOND_CAP, "expected_end_at"}, {VERDICT_START_NOT_LATER, "planned_start_at"},
        {VERDICT_START_PAST, "planned_start_at"}, {VERDICT_TOO_FAR, "planned_start_at"},
        {VERDICT_CLASH, "clash_seen"},           {VERDICT_NEEDS_PHOTO, "reason"},
        {VERDICT_TIME_IN_FUTURE, "water_off_at"}, {VERDICT_TIME_IN_FUTURE, "occurred_at"},
        {VERDICT_NOT_LATER, "water_off_at"},
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

/* The moment at which it happened, whatever the form calls it. */
static struct instant happened_at(const struct act_form *form, struct inputs *inputs)
{
    static const char *const NAMES[] = {"water_on_at", "water_off_at", "occurred_at"};
    struct instant at = INSTANT_NONE;

    for (int i = 0; i < 3 && !instant_is_set(at); i++)
        at = act_moment(form, inputs, NAMES[i]);
    return at;
}

static int number_of(const struct act_form *form, struct inputs *inputs, const char *field)
{
    return act_form_has(form, field) ? (int)inputs_number(inputs, field, 0) : 0;
}

/* Who assists belongs to pipeline management (Art. 19). */
static enum status check_assistant(struct request *request, const struct act_form *form, struct inputs *inputs)
{
    struct supply *supply = supply_of(request);
    struct outage_person *people;
    size_t count;

    if (form->action != OUTAGE_ASSIST || inputs_find(inputs, "assistant")->error != NULL)
        return STATUS_OK;
    const enum status status = outage_desk_people(supply->db, supply->catalog.regulation.outage.pipeline, request->arena, &people,
                                                  &count, &request->fault);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < count; i++)
        if (people[i].id.v == inputs_number(inputs, "assistant", 0))
            return STATUS_OK;
    inputs_error(inputs, "assistant", "staff.error.choice");
    return STATUS_OK;
}

static void make_command(struct request *request, const struct act_form *form, struct inputs *inputs,
                         struct outage_command *command)
{
    *command = (struct outage_command){
        .action = (enum outage_action)form->action,
        .actor = request->actor,
        .expected_version = (uint32_t)inputs_number(inputs, "version", 0),
        .occurred_at = happened_at(form, inputs),
        .planned_start_at = act_moment(form, inputs, "planned_start_at"),
        .expected_end_at = act_moment(form, inputs, "expected_end_at"),
        .households = number_of(form, inputs, "households"),
        .sent = number_of(form, inputs, "sent"),
        .failed = number_of(form, inputs, "failed"),
        .assistant = {number_of(form, inputs, "assistant")},
        .is_clash_seen = act_form_has(form, "clash_seen") && inputs_find(inputs, "clash_seen")->is_set,
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

/* What the program counts and never takes from a form: photos of posters, and others at the same place and time. */
static enum status count_for(struct request *request, const struct outage_file *file, struct outage_command *command)
{
    enum status status = STATUS_OK;
    size_t count = 0;

    if (command->action == OUTAGE_POSTER) {
        status = supply_show_photos(NULL, request, file, &count);
        command->photo_count = (int)count;
    } else if (command->action == OUTAGE_PUBLISH) {
        status = supply_show_clashes(NULL, request, file, &count);
        command->has_clash = count > 0;
    }
    return status;
}

static enum status act(struct request *request, struct response *response, struct outage_file *file,
                       const struct act_form *form, struct inputs *inputs, const uint8_t key[ACTION_KEY_BYTES])
{
    struct supply *supply = supply_of(request);
    struct outage_command command;
    struct event event;
    struct act_attempt attempt = {.form = form, .inputs = inputs};
    enum status status = check_assistant(request, form, inputs);

    make_command(request, form, inputs, &command);
    if (status == STATUS_OK)
        status = count_for(request, file, &command);
    if (status != STATUS_OK)
        return status;
    attempt.verdict = inputs->error_count > 0
                          ? act_look_ahead(supply_permits(request, &file->outage, form->action), command.expected_version,
                                           file->outage.version)
                          : outage_decide(&file->outage, &command, &supply->catalog.regulation, request->now, &event);
    if (attempt.verdict == VERDICT_STALE)
        return refuse_stale(request, response, file, &attempt, key);
    if (attempt.verdict != VERDICT_OK || inputs->error_count > 0)
        return refuse(request, response, file, &attempt);
    const struct outage_words words = {act_text(form, inputs, "area_words"), act_text(form, inputs, "words"),
                                       act_text(form, inputs, "reason"), act_text(form, inputs, "water_points")};
    status = outage_store_append(supply->db, file, &event, &words, key, &supply->catalog, &request->fault);
    if (status == STATUS_OK || status == STATUS_DUPLICATE)
        return go_to_outage(request, response, file);
    if (status != STATUS_CONFLICT)
        return status;
    fault_reset(&request->fault);
    status = supply_load(request, file); /* as it stands now */
    return status == STATUS_OK ? refuse_stale(request, response, file, &attempt, key) : status;
}

enum status supply_post_outage(struct request *request, struct response *response)
{
    struct act_post post;
    struct outage_file file;
    enum status status = act_read(request, forms, FORM_COUNT, request->part[1], &post);

    if (status == STATUS_OK)
        status = supply_load(request, &file);
    return status == STATUS_OK ? act(request, response, &file, post.form, &post.inputs, post.key) : status;
}
