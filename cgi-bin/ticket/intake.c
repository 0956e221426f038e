/*
 * Intake of a report by any of the staff: by phone, at the counter, by letter, from the mayor's hotline, or from the paper forms of
 * a time without the system: Arts. 6, 8, 9. Before a report is saved, earlier ones of the same matter are shown (Art. 34(3)).
 */
#include "ticket/intake.h"

#include <string.h>

#include "store/person.h"

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
    {"paper", INPUT_LINE, false, 1, 60, "staff.error.words", NULL},       /* number of the paper form */
    {"next", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},        /* save, and show the form for the next one */
    {"call", INPUT_NUMBER, false, 1, INT64_MAX, "staff.error.choice", NULL}, /* that is being answered */
    {"repeat_of", INPUT_LINE, false, 1, 20, "staff.error.choice", NULL},  /* number of an earlier report, or "none" */
    {"earlier", INPUT_LINE, false, 64, 64, "staff.error.choice", NULL},   /* fingerprint of those that were shown */
};
#define RULE_COUNT (sizeof rules / sizeof rules[0])

/* ---- reading */

enum status intake_read(struct request *request, struct inputs *inputs)
{
    return inputs_read(request, rules, RULE_COUNT, inputs);
}

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
    const bool has_paper = inputs_find(inputs, "paper")->is_set;

    if (has_paper && (has_system || has_number))
        inputs_error(inputs, "paper", "staff.error.paper_and_outside");
    else if (has_number && !has_system)
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

bool intake_has_phone(const struct intake *intake)
{
    return intake->person.phone[0] != '\0' || (intake->call.id != 0 && intake->call.has_phone);
}

static void make_command(const struct intake *intake, struct command *command)
{
    struct request *request = intake->request;
    struct inputs *inputs = intake->inputs;
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
    command_set(command, FIELD_HAS_PHONE, intake_has_phone(intake));
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

/* ---- earlier reports */

/* Who has no desk is told of nobody's earlier reports: the desk links them. */
static enum status find_earlier(struct intake *intake, const struct ticket *ticket)
{
    struct request *request = intake->request;
    const struct secrets *secrets = &request->app->secrets;
    struct repeat_search search = {.place = ticket->place, .category = ticket->facts.category,
                                   .since = earlier_since(request)};

    if (!workflow_has_desk(request->actor.roles))
        return STATUS_OK;
    search.has_phone = intake_has_phone(intake);
    if (intake->person.phone[0] != '\0')
        search.phone_hash = person_lookup_hash(secrets, "phone", intake->person.phone);
    else if (search.has_phone)
        search.phone_hash = intake->call.phone_hash;
    search.has_account = intake->person.account[0] != '\0';
    if (search.has_account)
        search.account_hash = person_lookup_hash(secrets, "account", intake->person.account);
    return repeat_store_find(desk_of(request)->db, &search, request->arena, &intake->earlier, &intake->earlier_count,
                             &request->fault);
}

/* Whether somebody saw these very reports and said which of them it is, or none. */
static bool is_answered(struct intake *intake)
{
    const char *answer = inputs_text(intake->inputs, "repeat_of");
    const char *shown = earlier_fingerprint(intake->request->arena, intake->earlier, intake->earlier_count);

    if (!text_is_equal(inputs_text(intake->inputs, "earlier"), shown))
        return false;
    for (size_t i = 0; i < intake->earlier_count; i++)
        if (text_is_equal(answer, intake->earlier[i].number))
            intake->repeat_of = &intake->earlier[i];
    return intake->repeat_of != NULL || text_is_equal(answer, "none");
}

/* The report that was chosen, when the list has grown since, e.g. by the very ticket that this form made. */
static void find_choice(struct intake *intake)
{
    for (size_t i = 0; i < intake->earlier_count; i++)
        if (text_is_equal(inputs_text(intake->inputs, "repeat_of"), intake->earlier[i].number))
            intake->repeat_of = &intake->earlier[i];
}

/* Somebody has to look at them first; unless this very form was sent before, and its own ticket is among them. */
static enum status ask_about_earlier(struct intake *intake, struct response *response)
{
    struct request *request = intake->request;
    char number[NUMBER_BYTES];
    const enum status status =
        ticket_store_find_key(desk_of(request)->db, intake->key, request->arena, number, &request->fault);

    if (status == STATUS_OK) {
        find_choice(intake);
        return intake_resume(intake, response, number);
    }
    if (status != STATUS_ABSENT)
        return status;
    fault_reset(&request->fault);
    intake->asks_about_earlier = true;
    if (inputs_find(intake->inputs, "earlier")->is_set && inputs_find(intake->inputs, "repeat_of")->error == NULL)
        inputs_error(intake->inputs, "repeat_of", "staff.earlier.choose");
    return intake_show(intake, response, intake->inputs->error_count > 0 ? 422 : 200);
}

/* ---- the call that is being answered */

/* On an empty form the newest call, with the earlier reports of its number; nothing when there is none. */
static enum status take_open_call(struct intake *intake)
{
    struct request *request = intake->request;
    struct desk *desk = desk_of(request);
    struct repeat_search search = {.since = earlier_since(request)};
    enum status status = call_store_find_open(desk->db, request->actor.staff, request->now, request->arena,
                                              &intake->call, &request->fault);

    if (status == STATUS_ABSENT) {
        fault_reset(&request->fault);
        return STATUS_OK;
    }
    if (status != STATUS_OK || !intake->call.has_phone || !workflow_has_desk(request->actor.roles))
        return status;
    search.has_phone = true;
    search.phone_hash = intake->call.phone_hash;
    return repeat_store_find(desk->db, &search, request->arena, &intake->earlier, &intake->earlier_count, &request->fault);
}

/* The call that the form names, if it is this person's; any other is left aside. */
static enum status take_named_call(struct intake *intake)
{
    struct request *request = intake->request;
    const int64_t id = inputs_number(intake->inputs, "call", 0);

    if (id == 0)
        return STATUS_OK;
    const enum status status = call_store_find(desk_of(request)->db, id, request->actor.staff, request->arena,
                                               &intake->call, &request->fault);
    if (status == STATUS_ABSENT) {
        fault_reset(&request->fault);
        return STATUS_OK;
    }
    /* Its number can only be taken over while it stands here, sealed to the key that is in use. */
    if (status == STATUS_OK && intake->call.ticket.v == 0 &&
        (intake->call.phone_sealed.length == 0 || intake->call.key_id != request->app->secrets.staff_key_id))
        intake->call.has_phone = false;
    return status;
}

/* ---- handlers */

static enum status decide_and_file(struct intake *intake, struct response *response)
{
    struct request *request = intake->request;
    struct ticket ticket;
    struct command command;
    struct event event;

    make_command(intake, &command);
    memset(&event, 0, sizeof event);
    ticket_init(&ticket, (struct ticket_id){0});
    const enum verdict verdict =
        ticket_decide(&ticket, &command, &desk_of(request)->catalog.regulation, request->now, &event);
    if (verdict != VERDICT_OK) {
        inputs_error(intake->inputs, field_of(verdict, grades_of(request, intake->inputs)),
                     arena_format(request->arena, "verdict.%s", verdict_name(verdict)));
        return intake_show(intake, response, 422);
    }
    ticket_apply(&ticket, &event);
    const enum status status = find_earlier(intake, &ticket);
    if (status != STATUS_OK)
        return status;
    if (intake->earlier_count > 0 && !is_answered(intake))
        return ask_about_earlier(intake, response);
    return intake_file(intake, response, &event);
}

/* after: the ticket that was just filed from a pile; source, is_paper: as it was chosen there. */
enum status ticket_get_new(struct request *request, struct response *response)
{
    static const struct input_rule query_rules[] = {
        {"after", INPUT_LINE, false, 1, NUMBER_BYTES, "staff.error.choice", NULL},
        {"source", INPUT_NUMBER, false, SOURCE_NONE + 1, SOURCE__COUNT - 1, "staff.error.choice", NULL},
        {"is_paper", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
    };
    struct intake intake = {.request = request};
    struct inputs inputs;
    char number[NUMBER_BYTES];
    enum status status = inputs_read(request, query_rules, sizeof query_rules / sizeof query_rules[0], &inputs);

    if (status != STATUS_OK)
        return status;
    intake.source = inputs_number(&inputs, "source", SOURCE_PHONE);
    intake.is_paper = inputs_number(&inputs, "is_paper", 0) != 0;
    if (number_parse(inputs_text(&inputs, "after"), number))
        intake.after_number = arena_copy_text(request->arena, number);
    status = take_open_call(&intake);
    return status == STATUS_OK ? intake_show(&intake, response, 200) : status;
}

enum status ticket_post_new(struct request *request, struct response *response)
{
    struct inputs inputs;
    struct intake intake = {.request = request, .inputs = &inputs};
    enum status status = intake_read(request, &inputs);

    if (status != STATUS_OK)
        return status;
    if (!request_key(request, intake.key))
        return STATUS_INVALID;
    check_person(&inputs, &intake.person);
    check_outside(&inputs);
    status = take_named_call(&intake);
    if (status != STATUS_OK)
        return status;
    return inputs.error_count > 0 ? intake_show(&intake, response, 422) : decide_and_file(&intake, response);
}
