#include "web/action_form.h"

#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
#define WORDS_MOST 1000
#define YEAR_HOURS 8784

/* ---- fields that several forms have */

#define WORDS {{"words", INPUT_LINES, false, 1, WORDS_MOST, "staff.error.words", NULL}, MEANS_WORDS, FIELD_NONE, CHOICES_NONE, NULL}
/* Words that the resident reads, too (the store shows no others). */
#define WORDS_PUBLIC(required) \
    {{"words", INPUT_LINES, required, 1, WORDS_MOST, "staff.error.words", NULL}, MEANS_WORDS, FIELD_NONE, CHOICES_NONE, "words_public"}
#define WORDS_NEEDED {{"words", INPUT_LINES, true, 1, WORDS_MOST, "staff.error.words", NULL}, MEANS_WORDS, FIELD_NONE, CHOICES_NONE, NULL}
#define TIME {{"occurred_at", INPUT_MOMENT, false, 0, 1, "staff.error.moment", NULL}, MEANS_TIME, FIELD_NONE, CHOICES_NONE, NULL}
#define MOMENT(name, required, field) \
    {{name, INPUT_MOMENT, required, 0, 1, "staff.error.moment", NULL}, MEANS_MOMENT, field, CHOICES_NONE, NULL}
#define LIST(name, required, most, field, prefix) \
    {{name, INPUT_NUMBER, required, 1, most, "staff.error.choice", NULL}, MEANS_NUMBER, field, CHOICES_LIST, prefix}
#define CHOICE(name, required, most, field, choices) \
    {{name, INPUT_NUMBER, required, 1, most, "staff.error.choice", NULL}, MEANS_NUMBER, field, choices, NULL}
#define FLAG(name, field) {{name, INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL}, MEANS_FLAG, field, CHOICES_NONE, NULL}
#define GRADE(name, grade) {{name, INPUT_FLAG, false, 0, grade, "staff.error.choice", NULL}, MEANS_GRADE, FIELD_GRADES, CHOICES_NONE, NULL}
#define NUMBER(name, required, most, meaning, field, error) \
    {{name, INPUT_NUMBER, required, 1, most, error, NULL}, meaning, field, CHOICES_NONE, NULL}
#define ZONE CHOICE("zone", false, ZONE__COUNT - 1, FIELD_ZONE, CHOICES_ZONE)
#define DIAMETER NUMBER("diameter_mm", false, 10000, MEANS_NUMBER, FIELD_DIAMETER_MM, "staff.error.diameter")
#define VALVE {{"valve_stuck", INPUT_NUMBER, false, 1, 2, "staff.error.choice", NULL}, MEANS_NO_YES, FIELD_VALVE_STUCK, CHOICES_LIST, "staff.no_yes"}
#define CAUSE LIST("cause", false, 8, FIELD_CAUSE, "staff.cause")

/* ---- the forms */

static const struct form_field grade_fields[] = {GRADE("grade_1", GRADE_URGENT), GRADE("grade_2", GRADE_KEY_SOURCE),
                                                 GRADE("grade_3", GRADE_INJURY), GRADE("grade_4", GRADE_REPUTATION),
                                                 WORDS_NEEDED};
static const struct form_field reclassify_fields[] = {CHOICE("category", true, INT32_MAX, FIELD_CATEGORY, CHOICES_CATEGORY),
                                                      CHOICE("nature", false, NATURE__COUNT - 1, FIELD_NATURE, CHOICES_NATURE),
                                                      WORDS_NEEDED};
static const struct form_field limit_fields[] = {
    NUMBER("limit_hours", true, YEAR_HOURS, MEANS_HOURS, FIELD_LIMIT_SECONDS, "staff.error.limit_hours"), WORDS};
static const struct form_field facts_fields[] = {ZONE, DIAMETER, VALVE, WORDS};
static const struct form_field dispatch_fields[] = {CHOICE("unit", true, INT32_MAX, FIELD_UNIT, CHOICES_UNIT),
                                                    FLAG("crew_sent", FIELD_CREW_SENT), WORDS, TIME};
static const struct form_field assist_fields[] = {CHOICE("unit", true, INT32_MAX, FIELD_UNIT, CHOICES_UNIT),
                                                  LIST("assist_role", true, 2, FIELD_ASSIGNMENT_ROLE, "staff.assignment"),
                                                  WORDS, TIME};
static const struct form_field recall_fields[] = {CHOICE("dispatch_no", true, TICKET_ASSIGNMENTS_MAX, FIELD_DISPATCH_NO, CHOICES_DISPATCH),
                                                  WORDS_NEEDED};
static const struct form_field accept_fields[] = {WORDS, TIME};
static const struct form_field object_fields[] = {LIST("objection", true, 4, FIELD_REASON, "staff.objection"), WORDS_NEEDED};
static const struct form_field decide_objection_fields[] = {LIST("objection_decision", true, 2, FIELD_DECISION, "staff.returning"),
                                                            WORDS_NEEDED};
static const struct form_field arrive_fields[] = {ZONE, DIAMETER, WORDS, TIME};
static const struct form_field contact_fields[] = {MOMENT("appointment_at", false, FIELD_APPOINTMENT_AT), VALVE, WORDS, TIME};
static const struct form_field repair_fields[] = {DIAMETER, CAUSE, WORDS, TIME};
static const struct form_field ask_extension_fields[] = {MOMENT("proposed_due", true, FIELD_PROPOSED_DUE), WORDS_NEEDED};
static const struct form_field decide_extension_fields[] = {LIST("decision", true, 2, FIELD_DECISION, "staff.decision"),
                                                            MOMENT("granted_due", false, FIELD_GRANTED_DUE),
                                                            WORDS_PUBLIC(false)};
static const struct form_field formalities_fields[] = {
    LIST("formality", true, 4, FIELD_REASON, "staff.formality"),
    LIST("notice_given", true, NOTICE_GIVEN__COUNT - 1, FIELD_NOTICE_GIVEN, "staff.notice_given"),
    LIST("confirmation", true, CONFIRMATION__COUNT - 1, FIELD_CONFIRMATION, "staff.confirmation"), WORDS, TIME};
static const struct form_field plan_fields[] = {WORDS_NEEDED, MOMENT("planned_at", false, FIELD_PLANNED_AT), TIME};
static const struct form_field liability_fields[] = {
    LIST("liability", true, LIABILITY__COUNT - 1, FIELD_LIABILITY, "staff.liability"), CAUSE, NUMBER("amount_yuan", false, 10000000, MEANS_YUAN, FIELD_AMOUNT_FEN, "staff.error.amount"), WORDS_NEEDED};
static const struct form_field finish_fields[] = {LIST("outcome", true, 2, FIELD_OUTCOME, "staff.outcome"), CAUSE, DIAMETER,
                                                  LIST("no_photo", false, 4, FIELD_NO_PHOTO, "staff.no_photo"),
                                                  WORDS_PUBLIC(true), TIME};
static const struct form_field review_fields[] = {LIST("decision", true, 2, FIELD_DECISION, "staff.decision"), WORDS};
static const struct form_field follow_up_fields[] = {LIST("follow_up", true, 4, FIELD_FOLLOW_UP, "staff.follow_up"),
                                                     LIST("satisfaction", false, 5, FIELD_SATISFACTION, "staff.satisfaction"),
                                                     MOMENT("said_at", false, FIELD_SAID_AT), WORDS, TIME};
static const struct form_field reopen_fields[] = {LIST("decision", true, 2, FIELD_DECISION, "staff.decision"), WORDS};
static const struct form_field words_fields[] = {WORDS};
static const struct form_field close_fields[] = {WORDS, TIME};
static const struct form_field reason_fields[] = {WORDS_NEEDED, TIME};
static const struct form_field escalate_group_fields[] = {
    CHOICE("department_1", false, INT32_MAX, FIELD_DEPARTMENT, CHOICES_UNIT),
    CHOICE("department_2", false, INT32_MAX, FIELD_DEPARTMENT + 1, CHOICES_UNIT),
    CHOICE("department_3", false, INT32_MAX, FIELD_DEPARTMENT + 2, CHOICES_UNIT), WORDS_NEEDED, TIME};
static const struct form_field note_fields[] = {WORDS_NEEDED};
static const struct form_field not_ours_fields[] = {WORDS_PUBLIC(true)};
static const struct form_field failed_call_fields[] = {CHOICE("unit", false, INT32_MAX, FIELD_UNIT, CHOICES_UNIT), WORDS, TIME};
static const struct form_field resident_fields[] = {WORDS, TIME};
static const struct form_field resident_words_fields[] = {WORDS_NEEDED, TIME};
static const struct form_field appointment_fields[] = {MOMENT("appointment_at", true, FIELD_APPOINTMENT_AT), WORDS};
static const struct form_field excuse_fields[] = {
    CHOICE("clock_no", true, TICKET_CLOCKS_MAX, FIELD_CLOCK_NO, CHOICES_CLOCK),
    NUMBER("excuse", true, INT32_MAX, MEANS_NUMBER, FIELD_EXCUSE, "staff.error.excuse"), WORDS};

#define FORM(name, action, is_step, fields) {name, action, is_step, fields, COUNT_OF(fields)}

static const struct action_form forms[] = {
    FORM("dispatch", ACTION_DISPATCH, true, dispatch_fields),
    FORM("accept", ACTION_ACCEPT, true, accept_fields),
    FORM("object", ACTION_OBJECT, true, object_fields),
    FORM("decide-objection", ACTION_DECIDE_OBJECTION, true, decide_objection_fields),
    FORM("decide-extension", ACTION_DECIDE_EXTENSION, true, decide_extension_fields),
    FORM("contact", ACTION_CONTACT, true, contact_fields),
    FORM("arrive", ACTION_ARRIVE, true, arrive_fields),
    FORM("plan", ACTION_RECORD_PLAN, true, plan_fields),
    FORM("repair", ACTION_REPAIR, true, repair_fields),
    FORM("formalities", ACTION_RECORD_FORMALITIES, true, formalities_fields),
    FORM("finish", ACTION_FINISH, true, finish_fields),
    FORM("reopen", ACTION_REOPEN, true, reopen_fields),
    FORM("review", ACTION_REVIEW, true, review_fields),
    FORM("follow-up", ACTION_FOLLOW_UP, true, follow_up_fields),
    FORM("close", ACTION_CLOSE, true, close_fields),
    FORM("acknowledge", ACTION_ACKNOWLEDGE, true, words_fields),
    FORM("limit", ACTION_SET_LIMIT, false, limit_fields),
    FORM("grade", ACTION_GRADE, false, grade_fields),
    FORM("reclassify", ACTION_RECLASSIFY, false, reclassify_fields),
    FORM("facts", ACTION_RECORD_FACTS, false, facts_fields),
    FORM("ask-extension", ACTION_ASK_EXTENSION, false, ask_extension_fields),
    FORM("assist", ACTION_DISPATCH_ASSIST, false, assist_fields),
    FORM("recall", ACTION_RECALL, false, recall_fields),
    FORM("note", ACTION_NOTE, false, note_fields),
    FORM("add-words", ACTION_ADD_WORDS, false, resident_words_fields),
    FORM("urge", ACTION_URGE, false, resident_fields),
    FORM("not-fixed", ACTION_SAY_NOT_FIXED, false, resident_fields),
    FORM("move-appointment", ACTION_MOVE_APPOINTMENT, false, appointment_fields),
    FORM("failed-call", ACTION_FAILED_CALL, false, failed_call_fields),
    FORM("liability", ACTION_RECORD_LIABILITY, true, liability_fields),
    FORM("escalate-unit", ACTION_ESCALATE_UNIT, false, reason_fields),
    FORM("escalate-group", ACTION_ESCALATE_GROUP, false, escalate_group_fields),
    FORM("excuse", ACTION_EXCUSE, false, excuse_fields),
    FORM("unmerge", ACTION_UNMERGE, true, words_fields),
    FORM("not-ours", ACTION_NOT_OURS, false, not_ours_fields),
    FORM("withdraw", ACTION_WITHDRAW, false, close_fields),
};

const struct action_form *action_forms(size_t *count)
{
    *count = COUNT_OF(forms);
    return forms;
}

const struct action_form *action_form_find(const char *name)
{
    for (size_t i = 0; i < COUNT_OF(forms); i++)
        if (text_is_equal(forms[i].name, name))
            return &forms[i];
    return NULL;
}

const struct form_field *action_field_find(const struct action_form *form, const char *name)
{
    for (size_t i = 0; i < form->field_count; i++)
        if (text_is_equal(form->fields[i].rule.name, name))
            return &form->fields[i];
    return NULL;
}

const struct input_rule *action_form_rules(const struct action_form *form, struct arena *arena, size_t *count)
{
    static const struct input_rule version = {"version", INPUT_NUMBER, true, 1, UINT32_MAX, "staff.error.choice", NULL};
    static const struct input_rule canned[] = {{"canned", INPUT_NUMBER, false, 1, INT32_MAX, "staff.error.choice", NULL},
                                               {"insert", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL}};
    struct input_rule *rules = arena_take_array(arena, form->field_count + 3, sizeof *rules);

    for (size_t i = 0; i < form->field_count; i++)
        rules[i] = form->fields[i].rule;
    rules[form->field_count] = version;
    rules[form->field_count + 1] = canned[0];
    rules[form->field_count + 2] = canned[1];
    *count = form->field_count + 3;
    return rules;
}

/* ---- from what was typed to the command */

/*
 * People type minutes. The present minute means now, and a minute in which something happened that this act can only follow
 * (the report, the dispatch, the arrival) means after it.
 */
static struct instant settle_minute(struct instant typed, const struct ticket *ticket, const struct request *request)
{
    const struct assignment *own = ticket_assignment_of(ticket, request->actor.unit);
    const struct assignment *lead = ticket_lead(ticket);
    const struct instant marks[] = {
        ticket->reported_at,
        ticket->cycle_started_at,
        lead != NULL ? lead->dispatched_at : INSTANT_NONE,
        lead != NULL ? lead->accepted_at : INSTANT_NONE,
        lead != NULL ? lead->arrived_at : INSTANT_NONE,
        own != NULL ? own->dispatched_at : INSTANT_NONE,
        ticket->finished_at,
        request->now,
    };
    struct instant settled = typed;

    for (size_t i = 0; i < COUNT_OF(marks); i++) {
        if (!instant_is_set(marks[i]))
            continue;
        const int64_t after_ms = instant_milliseconds_between(typed, marks[i]);
        if (after_ms >= 0 && after_ms < (int64_t)MINUTE_SECONDS * 1000 && instant_is_before(settled, marks[i]))
            settled = marks[i];
    }
    return settled;
}

static int64_t number_of(const struct form_field *field, const struct input *input)
{
    switch (field->meaning) {
    case MEANS_HOURS:
        return input->number * HOUR_SECONDS;
    case MEANS_YUAN:
        return input->number * 100;
    case MEANS_MOMENT:
        return input->at.milliseconds;
    case MEANS_NO_YES:
        return input->number - 1;
    case MEANS_NUMBER:
    case MEANS_FLAG:
    case MEANS_WORDS:
    case MEANS_TIME:
    case MEANS_GRADE:
        break;
    }
    return input->number;
}

/*
 * Choices stand in forms from 1 on; where an enum's number differs it is mapped here: Text.staff.returning lists
 * DECISION_RETURN and DECISION_CARRY_ON.
 */
static int64_t listed_number(const struct form_field *field, int64_t number)
{
    if (field->prefix != NULL && text_is_equal(field->prefix, "staff.returning"))
        return number + DECISION_RETURN - 1;
    return number;
}

static void set_field(const struct form_field *field, struct inputs *inputs, struct input *input,
                      const struct ticket *ticket, struct command *command)
{
    if (field->meaning == MEANS_GRADE) {
        const int64_t bit = input->is_set ? (int64_t)GRADE_BIT(field->rule.max) : 0;
        command_set(command, FIELD_GRADES, command_get(command, FIELD_GRADES, 0) | bit);
        return;
    }
    if (!input->is_set || input->error != NULL)
        return;
    if (field->meaning == MEANS_WORDS)
        command->has_text = true;
    else if (field->meaning == MEANS_TIME)
        command->occurred_at = settle_minute(input->at, ticket, inputs->request);
    else
        command_set(command, field->field, listed_number(field, number_of(field, input)));
}

void action_form_check_units(const struct action_form *form, struct inputs *inputs,
                             bool (*may_be_chosen)(const struct request *request, struct unit_id unit))
{
    for (size_t i = 0; i < form->field_count; i++) {
        const struct form_field *field = &form->fields[i];
        const struct input *input = inputs_find(inputs, field->rule.name);
        if (field->choices == CHOICES_UNIT && input->is_set && input->error == NULL &&
            !may_be_chosen(inputs->request, (struct unit_id){(int32_t)input->number}))
            inputs_error(inputs, field->rule.name, "staff.error.choice");
    }
}

void action_form_command(const struct action_form *form, struct inputs *inputs, const struct ticket *ticket,
                         struct command *command)
{
    memset(command, 0, sizeof *command);
    command->action = form->action;
    command->actor = inputs->request->actor;
    command->occurred_at = INSTANT_NONE;
    command->expected_version = (uint32_t)inputs_number(inputs, "version", 0);
    for (size_t i = 0; i < form->field_count; i++)
        set_field(&form->fields[i], inputs, inputs_find(inputs, form->fields[i].rule.name), ticket, command);
}

const char *action_form_words(const struct action_form *form, struct inputs *inputs)
{
    if (action_field_find(form, "words") == NULL)
        return NULL;
    const char *words = inputs_text(inputs, "words");
    return words[0] == '\0' ? NULL : words;
}

void action_form_key(const struct action_form *form, const uint8_t page_key[REQUEST_KEY_BYTES],
                     uint8_t key[REQUEST_KEY_BYTES])
{
    const struct bytes pieces[] = {{page_key, REQUEST_KEY_BYTES}, {(const uint8_t *)form->name, strlen(form->name)}};
    const struct hash hash = crypto_hash_pieces(pieces, 2);

    memcpy(key, hash.bytes, REQUEST_KEY_BYTES);
}

const char *verdict_field(const struct action_form *form, enum verdict verdict)
{
    static const struct {
        enum verdict verdict;
        const char *field;
    } places[] = {
        {VERDICT_NEEDS_REASON, "words"},             {VERDICT_NEEDS_TEXT, "words"},
        {VERDICT_NEEDS_UNIT, "unit"},                {VERDICT_TIME_IN_FUTURE, "occurred_at"},
        {VERDICT_TIME_BEFORE_REPORT, "occurred_at"}, {VERDICT_BEYOND_CAP, "proposed_due"},
        {VERDICT_BEYOND_CAP, "granted_due"},         {VERDICT_NOT_LATER, "proposed_due"},
        {VERDICT_NOT_LATER, "granted_due"},          {VERDICT_TOO_LATE, "proposed_due"},
        {VERDICT_UNKNOWN_CATEGORY, "category"},      {VERDICT_NO_SUCH_CLOCK, "clock_no"},
        {VERDICT_NOT_LATE, "clock_no"},              {VERDICT_BAD_VALUE, "satisfaction"},
        {VERDICT_BAD_VALUE, "appointment_at"},       {VERDICT_BAD_VALUE, "dispatch_no"},
        {VERDICT_NOT_COVERED, "excuse"},
        {VERDICT_NEEDS_PHOTO, "no_photo"},           {VERDICT_BAD_VALUE, "department_2"},
        {VERDICT_BAD_VALUE, "planned_at"},
        {VERDICT_ALREADY_DONE, "dispatch_no"},       {VERDICT_ALREADY_DONE, "unit"},
    };

    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        if (places[i].verdict == verdict && action_field_find(form, places[i].field) != NULL)
            return places[i].field;
    return NULL;
}
