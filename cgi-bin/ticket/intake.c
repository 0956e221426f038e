/* Intake of a report by staff: by phone, at the counter, by letter, from the mayor's hotline (Arts. 6, 8, 9). */
#include <string.h>

#include "base/random.h"
#include "store/person.h"
#include "ticket/desk.h"
#include "web/page.h"

#define NUMBER_TRIES 8
#define NUMBER_RANDOM_BOUND 10000000
#define PLACES_OFFERED 300

static const struct input_rule rules[] = {
    {"source", INPUT_NUMBER, true, SOURCE_NONE + 1, SOURCE__COUNT - 1, "staff.error.choice", NULL},
    {"nature", INPUT_NUMBER, false, NATURE_NONE + 1, NATURE__COUNT - 1, "staff.error.choice", NULL},
    {"category", INPUT_NUMBER, true, 1, INT32_MAX, "staff.error.category", NULL},
    {"grade_1", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
    {"grade_2", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
    {"grade_3", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
    {"grade_4", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
    {"reason", INPUT_LINE, false, 1, 200, "staff.error.words", NULL},
    {"place", INPUT_LINE, true, 2, 100, "staff.error.place", NULL},
    {"zone", INPUT_NUMBER, false, ZONE_INNER, ZONE_OUTER, "staff.error.choice", NULL},
    {"address", INPUT_LINE, false, 1, 60, "staff.error.words", NULL},
    {"account", INPUT_DIGITS, false, 1, 30, "staff.error.account", NULL},
    {"name", INPUT_LINE, false, 1, 20, "staff.error.words", NULL},
    {"phone", INPUT_DIGITS, false, 1, 30, "staff.error.phone", NULL},
    {"words", INPUT_LINES, false, 1, 1000, "staff.error.words", NULL},
    {"valve_stuck", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
    {"outside_system", INPUT_LINE, false, 1, 40, "staff.error.words", NULL},
    {"outside_number", INPUT_LINE, false, 1, 60, "staff.error.words", NULL},
    {"outside_due", INPUT_MOMENT, false, 0, 1, "staff.error.moment", NULL},
    {"reported_at", INPUT_MOMENT, false, 0, 1, "staff.error.moment", NULL},
};
#define RULE_COUNT (sizeof rules / sizeof rules[0])

/* ---- showing */

/* `inputs` as typed, or NULL for an empty form. known_number: the ticket that holds this outside number already, or NULL. */
static enum status show_form(struct request *request, struct response *response, struct inputs *inputs,
                             const char *known_number, int code)
{
    const struct catalog *catalog = &desk_of(request)->catalog;
    struct view *page = page_begin(request, "ticket/new");
    const int64_t source = inputs == NULL ? SOURCE_PHONE : inputs_number(inputs, "source", 0);
    const int64_t nature = inputs == NULL ? 0 : inputs_number(inputs, "nature", 0);
    const int64_t zone = inputs == NULL ? 0 : inputs_number(inputs, "zone", 0);
    const int64_t category = inputs == NULL ? 0 : inputs_number(inputs, "category", 0);

    view_words(page, "Page.title", "staff.new.title");
    for (int i = SOURCE_NONE + 1; i < SOURCE__COUNT; i++)
        desk_choice(page, "SourceChoices", (size_t)i - 1, i, desk_words(request, "source", source_name((enum source)i)),
                    i == source);
    desk_choice(page, "NatureChoices", 0, -1, words_find(request->language, "staff.new.by_category"), nature == 0);
    for (int i = NATURE_NONE + 1; i < NATURE__COUNT; i++)
        desk_choice(page, "NatureChoices", (size_t)i, i, desk_words(request, "nature", nature_name((enum nature)i)),
                    i == nature);
    desk_choice(page, "ZoneChoices", 0, -1, words_find(request->language, "staff.new.by_place"), zone == 0);
    for (int i = ZONE_INNER; i < ZONE__COUNT; i++)
        desk_choice(page, "ZoneChoices", (size_t)i, i, desk_words(request, "zone", zone_name((enum zone)i)), i == zone);
    desk_choice(page, "CategoryChoices", 0, -1, words_find(request->language, "staff.choose"), category == 0);
    desk_category_choices(page, "CategoryChoices", 1, request, category);
    for (int i = GRADE_NONE + 1; i < GRADE__COUNT; i++) {
        const char *name = arena_format(request->arena, "grade_%d", i);
        struct view *row = view_row(page, "Grades", (size_t)i - 1);
        view_text(row, "name", name);
        view_text(row, "label", desk_words(request, "grade", grade_name((enum grade)i)));
        view_flag(row, "is_checked", inputs != NULL && inputs_number(inputs, name, 0) != 0);
    }
    for (size_t i = 0; i < catalog->place_count && i < PLACES_OFFERED; i++)
        view_text(view_row(page, "Places", i), "name", catalog->places[i].name);
    view_text(page, "known_number", known_number);
    if (inputs != NULL)
        inputs_show(inputs, page);
    return page_end(page, response, code);
}

/* ---- reading */

static void check_person(struct inputs *inputs, struct person *person)
{
    const char *phone = inputs_text(inputs, "phone"), *account = inputs_text(inputs, "account");
    struct text name, address;

    memset(person, 0, sizeof *person);
    if (phone[0] != '\0' && !phone_parse(phone, person->phone))
        inputs_error(inputs, "phone", "staff.error.phone");
    if (account[0] != '\0' && !account_parse(account, person->account))
        inputs_error(inputs, "account", "staff.error.account");
    text_init(&name, person->name, sizeof person->name);
    text_init(&address, person->address, sizeof person->address);
    if (inputs->error_count > 0)
        return;
    text_add(&name, inputs_text(inputs, "name"));
    text_add(&address, inputs_text(inputs, "address"));
}

static void check_outside(struct inputs *inputs)
{
    const bool has_system = inputs_find(inputs, "outside_system")->is_set;
    const bool has_number = inputs_find(inputs, "outside_number")->is_set;

    if (has_number && !has_system)
        inputs_error(inputs, "outside_system", "staff.error.outside");
    else if (has_system && !has_number)
        inputs_error(inputs, "outside_number", "staff.error.outside");
}

/* When it was reported: a minute typed means that minute, and the present minute means now. */
static struct instant reported_at(struct request *request, struct inputs *inputs)
{
    const struct input *input = inputs_find(inputs, "reported_at");

    if (!instant_is_set(input->at))
        return INSTANT_NONE;
    const int64_t age_ms = instant_milliseconds_between(input->at, request->now);
    return age_ms >= 0 && age_ms < (int64_t)MINUTE_SECONDS * 1000 ? INSTANT_NONE : input->at;
}

static uint32_t grades_of(struct request *request, struct inputs *inputs)
{
    uint32_t grades = 0;

    for (int i = GRADE_NONE + 1; i < GRADE__COUNT; i++)
        if (inputs_number(inputs, arena_format(request->arena, "grade_%d", i), 0) != 0)
            grades |= GRADE_BIT(i);
    return grades;
}

static void make_command(struct request *request, struct inputs *inputs, const struct person *person,
                         struct command *command)
{
    const struct place *place = catalog_place_in_text(&desk_of(request)->catalog, inputs_text(inputs, "place"));
    const int64_t zone = inputs_number(inputs, "zone", place != NULL ? (int64_t)place->zone : 0);
    const uint32_t grades = grades_of(request, inputs);
    const struct input *due = inputs_find(inputs, "outside_due");

    memset(command, 0, sizeof *command);
    command->action = ACTION_REPORT;
    command->actor = request->actor;
    command->occurred_at = reported_at(request, inputs);
    /* The resident's words are no reason for a grade or for a late entry: those have a field of their own. */
    command->has_text = inputs_find(inputs, "reason")->is_set;
    command_set(command, FIELD_SOURCE, inputs_number(inputs, "source", SOURCE_PHONE));
    command_set(command, FIELD_CATEGORY, inputs_number(inputs, "category", 0));
    if (inputs_find(inputs, "nature")->is_set)
        command_set(command, FIELD_NATURE, inputs_number(inputs, "nature", 0));
    if (grades != 0)
        command_set(command, FIELD_GRADES, grades);
    if (zone != ZONE_UNKNOWN)
        command_set(command, FIELD_ZONE, zone);
    if (place != NULL)
        command_set(command, FIELD_PLACE, place->id.v);
    if (inputs_number(inputs, "valve_stuck", 0) != 0)
        command_set(command, FIELD_VALVE_STUCK, 1);
    command_set(command, FIELD_HAS_PHONE, person->phone[0] != '\0');
    if (instant_is_set(due->at))
        command_set(command, FIELD_OUTSIDE_DUE, due->at.milliseconds);
}

/* Beside which field a refusal is shown. */
static const char *field_of(enum verdict verdict, uint32_t grades)
{
    switch ((int)verdict) {
    case VERDICT_TIME_IN_FUTURE:
        return "reported_at";
    case VERDICT_NEEDS_REASON:
        return "reason";
    case VERDICT_NEEDS_PHONE:
        return "phone";
    case VERDICT_WRONG_ROLE:
        return grades != 0 ? "grade_1" : "category";
    default:
        return "category";
    }
}

/* ---- filing */

/* What is kept of the report in words: the resident's, and the receiver's reason below them. */
static const char *words_of(struct request *request, struct inputs *inputs)
{
    const char *words = inputs_text(inputs, "words"), *reason = inputs_text(inputs, "reason");

    if (reason[0] == '\0')
        return words;
    return arena_format(request->arena, "%s%s%s%s", words, words[0] == '\0' ? "" : "\n",
                        words_find(LANGUAGE_ZH, "staff.new.reason_mark"), reason);
}

static enum status file(struct request *request, const struct event *decided, struct filing *filing)
{
    struct desk *desk = desk_of(request);
    const int offset = request->app->settings.utc_offset_minutes;
    enum status status = STATUS_CONFLICT;

    for (int try = 0; try < NUMBER_TRIES && status == STATUS_CONFLICT; try++) {
        struct ticket ticket;
        struct event event = *decided;
        fault_reset(&request->fault);
        number_format(day_of(event.occurred_at, offset), random_below(NUMBER_RANDOM_BOUND), filing->number);
        ticket_init(&ticket, (struct ticket_id){0});
        ticket_apply(&ticket, &event);
        status = ticket_store_file(desk->db, &ticket, &event, filing, &desk->catalog, request->arena, &request->fault);
    }
    return status;
}

static enum status finish_filing(struct request *request, struct response *response, struct inputs *inputs,
                                 enum status status, const struct filing *filing)
{
    if (status == STATUS_INVALID) { /* the outside number is known already */
        fault_reset(&request->fault);
        inputs_error(inputs, "outside_number", "staff.error.outside_known");
        return show_form(request, response, inputs, filing->number, 422);
    }
    if (status != STATUS_OK && status != STATUS_DUPLICATE)
        return status == STATUS_CONFLICT ? STATUS_UNAVAILABLE : status;
    fault_reset(&request->fault);
    return response_redirect(request, response, "/staff/ticket/%s?new=1", filing->number);
}

static const char *or_null(const char *text) { return text[0] == '\0' ? NULL : text; }

static enum status decide_and_file(struct request *request, struct response *response, struct inputs *inputs,
                                   const struct person *person, const uint8_t key[ACTION_KEY_BYTES])
{
    struct desk *desk = desk_of(request);
    struct ticket nothing;
    struct command command;
    struct event event;

    make_command(request, inputs, person, &command);
    memset(&event, 0, sizeof event);
    ticket_init(&nothing, (struct ticket_id){0});
    const enum verdict verdict =
        ticket_decide(&nothing, &command, &desk->catalog.regulation, request->now, &event);
    if (verdict != VERDICT_OK) {
        inputs_error(inputs, field_of(verdict, grades_of(request, inputs)),
                     arena_format(request->arena, "verdict.%s", verdict_name(verdict)));
        return show_form(request, response, inputs, NULL, 422);
    }
    struct filing filing = {
        .place_text = inputs_text(inputs, "place"),
        .words = words_of(request, inputs),
        .person = person_seal(person, &request->app->secrets, request->arena),
        .outside_system = or_null(inputs_text(inputs, "outside_system")),
        .outside_number = or_null(inputs_text(inputs, "outside_number")),
    };
    memcpy(filing.key, key, ACTION_KEY_BYTES);
    event.has_text = filing.words[0] != '\0';
    return finish_filing(request, response, inputs, file(request, &event, &filing), &filing);
}

/* ---- handlers */

enum status ticket_get_new(struct request *request, struct response *response)
{
    struct inputs inputs;
    enum status status = inputs_read(request, NULL, 0, &inputs);

    return status == STATUS_OK ? show_form(request, response, NULL, NULL, 200) : status;
}

enum status ticket_post_new(struct request *request, struct response *response)
{
    struct inputs inputs;
    struct person person;
    uint8_t key[ACTION_KEY_BYTES];
    enum status status = inputs_read(request, rules, RULE_COUNT, &inputs);

    if (status != STATUS_OK)
        return status;
    if (!request_key(request, key))
        return STATUS_INVALID;
    check_person(&inputs, &person);
    check_outside(&inputs);
    if (inputs.error_count > 0)
        return show_form(request, response, &inputs, NULL, 422);
    return decide_and_file(request, response, &inputs, &person, key);
}
