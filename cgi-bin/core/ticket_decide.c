#include "core/decide.h"

#include <assert.h>
#include <string.h>

#define F(field) (UINT64_C(1) << FIELD_##field)
#define FACTS (F(ZONE) | F(DIAMETER_MM) | F(VALVE_STUCK))
/* Any action may say for which resident's input it stands, and that its words are not for the resident. */
#define ALWAYS (F(INPUT_ID) | F(INTERNAL))

/* FIELD_DEPARTMENT … FIELD_DEPARTMENT_LAST */
#define DEPARTMENTS (((UINT64_C(1) << EVENT_DEPARTMENTS_MAX) - 1) << FIELD_DEPARTMENT)

_Static_assert(FIELD_PLANNED_AT < 64, "a set of a ticket's fields is 64 bits; those behind it are of other subjects");
_Static_assert(FIELD_DEPARTMENT_LAST == FIELD_DEPARTMENT + EVENT_DEPARTMENTS_MAX - 1, "a field for each department");

/* What an action demands before its own rules are asked. */
struct demand {
    decide_action *decide;
    uint64_t fields;   /* that may be set */
    uint64_t required; /* that must be set */
    enum verdict missing_field;
    enum verdict missing_text; /* VERDICT_OK: no words needed */
    bool is_of_cycle; /* happens in the current cycle, not before it */
};

#define NO_TEXT VERDICT_OK
#define REASON VERDICT_NEEDS_REASON
#define TEXT VERDICT_NEEDS_TEXT
#define BAD VERDICT_BAD_VALUE

static const struct demand demands[TICKET_ACTION__COUNT] = {
    [ACTION_REPORT] = {decide_report,
                       F(SOURCE) | F(NATURE) | F(CATEGORY) | F(GRADES) | FACTS | F(PLACE) | F(HAS_PHONE) |
                           F(OUTSIDE_DUE) | F(FIRST_RECEIVER),
                       F(SOURCE) | F(CATEGORY), BAD, NO_TEXT, false},
    [ACTION_GRADE] = {decide_grade, F(GRADES) | F(REASON), F(GRADES), BAD, REASON, true},
    [ACTION_RECLASSIFY] = {decide_reclassify, F(CATEGORY) | F(NATURE) | F(REASON), F(CATEGORY), BAD, REASON, true},
    [ACTION_SET_LIMIT] = {decide_set_limit, F(LIMIT_SECONDS) | F(REASON), F(LIMIT_SECONDS), BAD, NO_TEXT, true},
    [ACTION_RECORD_FACTS] = {decide_record_facts, FACTS | F(PLACE), 0, BAD, NO_TEXT, true},
    [ACTION_DISPATCH] = {decide_dispatch, F(UNIT) | F(CREW_SENT) | F(REASON), F(UNIT), VERDICT_NEEDS_UNIT, NO_TEXT,
                         true},
    [ACTION_DISPATCH_ASSIST] = {decide_dispatch_assist, F(UNIT) | F(ASSIGNMENT_ROLE) | F(REASON), F(UNIT),
                                VERDICT_NEEDS_UNIT, NO_TEXT, true},
    [ACTION_RECALL] = {decide_recall, F(DISPATCH_NO) | F(REASON), 0, BAD, REASON, true},
    [ACTION_ACCEPT] = {decide_accept, 0, 0, BAD, NO_TEXT, true},
    [ACTION_OBJECT] = {decide_object, F(REASON), F(REASON), REASON, REASON, true},
    [ACTION_DECIDE_OBJECTION] = {decide_decide_objection, F(DECISION) | F(REASON), F(DECISION), BAD, TEXT, true},
    [ACTION_ARRIVE] = {decide_arrive, FACTS, 0, BAD, NO_TEXT, true},
    [ACTION_CONTACT] = {decide_contact, FACTS | F(APPOINTMENT_AT), 0, BAD, NO_TEXT, true},
    [ACTION_REPAIR] = {decide_repair, FACTS | F(CAUSE), 0, BAD, NO_TEXT, true},
    [ACTION_ASK_EXTENSION] = {decide_ask_extension, F(PROPOSED_DUE) | F(REASON), F(PROPOSED_DUE), BAD, REASON, true},
    [ACTION_DECIDE_EXTENSION] = {decide_decide_extension, F(DECISION) | F(GRANTED_DUE) | F(REASON), F(DECISION), BAD,
                                 NO_TEXT, true},
    [ACTION_RECORD_FORMALITIES] = {decide_record_formalities, F(REASON) | F(NOTICE_GIVEN) | F(CONFIRMATION),
                                   F(REASON) | F(NOTICE_GIVEN) | F(CONFIRMATION), VERDICT_NEEDS_FORMALITIES, NO_TEXT,
                                   true},
    [ACTION_RECORD_LIABILITY] = {decide_record_liability, F(LIABILITY) | F(AMOUNT_FEN) | F(CAUSE) | F(REASON),
                                 F(LIABILITY), BAD, TEXT, true},
    [ACTION_FINISH] = {decide_finish, FACTS | F(OUTCOME) | F(CAUSE) | F(REASON) | F(PHOTO_COUNT) | F(NO_PHOTO),
                       F(OUTCOME), BAD, TEXT, true},
    [ACTION_REVIEW] = {decide_review, F(DECISION) | F(REASON), F(DECISION), BAD, NO_TEXT, true},
    [ACTION_FOLLOW_UP] = {decide_follow_up, F(FOLLOW_UP) | F(SATISFACTION) | F(SAID_AT) | F(REASON), F(FOLLOW_UP), BAD,
                          NO_TEXT, true},
    [ACTION_CLOSE] = {decide_close, 0, 0, BAD, NO_TEXT, true},
    [ACTION_REOPEN] = {decide_reopen, F(DECISION) | F(REASON), 0, BAD, NO_TEXT, true},
    [ACTION_ESCALATE_UNIT] = {decide_escalate_unit, F(REASON), 0, BAD, REASON, false},
    [ACTION_ESCALATE_GROUP] = {decide_escalate_group, DEPARTMENTS | F(REASON), 0, BAD, REASON, false},
    [ACTION_ACKNOWLEDGE] = {decide_acknowledge, 0, 0, BAD, NO_TEXT, false},
    [ACTION_NOTE] = {decide_record, F(REASON), 0, BAD, TEXT, false},
    [ACTION_FAILED_CALL] = {decide_failed_call, F(REASON) | F(UNIT) | F(STAFF), 0, BAD, NO_TEXT, false},
    [ACTION_MERGE] = {decide_merge, F(PARENT) | F(REASON), F(PARENT), BAD, NO_TEXT, true},
    [ACTION_UNMERGE] = {decide_unmerge, F(REASON), 0, BAD, NO_TEXT, true},
    [ACTION_STOP_WITH_PARENT] = {decide_stop_with_parent, F(OUTCOME), 0, BAD, NO_TEXT, true},
    [ACTION_NOT_OURS] = {decide_end, F(REASON), 0, BAD, REASON, true},
    [ACTION_WITHDRAW] = {decide_end, F(REASON), 0, BAD, NO_TEXT, true},
    [ACTION_EXCUSE] = {decide_excuse, F(CLOCK_NO) | F(EXCUSE), F(CLOCK_NO) | F(EXCUSE), BAD, NO_TEXT, false},
    [ACTION_HAND_TO_DISCIPLINE] = {decide_end, 0, 0, BAD, NO_TEXT, false},
    [ACTION_LINK_REPEAT] = {decide_link_repeat, F(PARENT) | F(LEVEL), F(PARENT), BAD, NO_TEXT, false},
    [ACTION_ADD_WORDS] = {decide_record, 0, 0, BAD, TEXT, false},
    [ACTION_URGE] = {decide_record, 0, 0, BAD, NO_TEXT, false},
    [ACTION_RATE] = {decide_record, F(RATING), F(RATING), BAD, NO_TEXT, false},
    [ACTION_SAY_NOT_FIXED] = {decide_say_not_fixed, 0, 0, BAD, NO_TEXT, false},
    [ACTION_RECORD_PLAN] = {decide_record_plan, F(PLANNED_AT), 0, BAD, TEXT, true},
    [ACTION_FOLLOW_PARENT] = {decide_follow_parent, F(CLOCK_KIND), F(CLOCK_KIND), BAD, NO_TEXT, true},
    [ACTION_MOVE_APPOINTMENT] = {decide_move_appointment, F(APPOINTMENT_AT), F(APPOINTMENT_AT), BAD, NO_TEXT, false},
};

/* What a field can be. A moment lies between 1970 and the year 9999. */
#define MOMENT_MAX INT64_C(253402300799999)
#define DIAMETER_MAX_MM 10000
#define LIMIT_MAX_SECONDS (INT64_C(366) * DAY_SECONDS)
#define AMOUNT_MAX_FEN INT64_C(100000000000)
#define PHOTOS_MAX 1000
#define LEVEL_MAX 1000
#define GRADES_ALL (GRADE_BIT(GRADE__COUNT) - 1 - GRADE_BIT(GRADE_NONE))

static const struct {
    int64_t least, most;
} field_ranges[EVENT_FIELD__COUNT] = {
    [FIELD_SOURCE] = {SOURCE_NONE + 1, SOURCE__COUNT - 1},
    [FIELD_NATURE] = {NATURE_NONE + 1, NATURE__COUNT - 1},
    [FIELD_CATEGORY] = {1, INT32_MAX},
    [FIELD_GRADES] = {0, GRADES_ALL},
    [FIELD_ZONE] = {ZONE_UNKNOWN, ZONE__COUNT - 1},
    [FIELD_DIAMETER_MM] = {0, DIAMETER_MAX_MM},
    [FIELD_VALVE_STUCK] = {0, 1},
    [FIELD_PLACE] = {0, INT32_MAX},
    [FIELD_LIMIT_SECONDS] = {MINUTE_SECONDS, LIMIT_MAX_SECONDS},
    [FIELD_UNIT] = {1, INT32_MAX},
    [FIELD_DISPATCH_NO] = {1, TICKET_ASSIGNMENTS_MAX},
    [FIELD_ASSIGNMENT_ROLE] = {ASSIGNMENT_LEAD, ASSIGNMENT_ROLE__COUNT - 1},
    [FIELD_DECISION] = {DECISION_NONE + 1, DECISION__COUNT - 1},
    [FIELD_REASON] = {1, INT32_MAX},
    [FIELD_PROPOSED_DUE] = {0, MOMENT_MAX},
    [FIELD_GRANTED_DUE] = {0, MOMENT_MAX},
    [FIELD_APPOINTMENT_AT] = {0, MOMENT_MAX},
    [FIELD_SAID_AT] = {0, MOMENT_MAX},
    [FIELD_OUTCOME] = {OUTCOME_NONE + 1, FINISH_OUTCOME__COUNT - 1},
    [FIELD_CAUSE] = {1, INT32_MAX},
    [FIELD_SATISFACTION] = {0, 5},
    [FIELD_FOLLOW_UP] = {FOLLOW_UP_NONE + 1, FOLLOW_UP_RESULT__COUNT - 1},
    [FIELD_RATING] = {1, 5},
    [FIELD_PARENT] = {1, INT64_MAX},
    [FIELD_CLOCK_NO] = {1, INT32_MAX},
    [FIELD_EXCUSE] = {1, INT32_MAX},
    [FIELD_CREW_SENT] = {0, 1},
    [FIELD_HAS_PHONE] = {0, 1},
    [FIELD_OUTSIDE_DUE] = {0, MOMENT_MAX},
    [FIELD_INTERNAL] = {0, 1},
    [FIELD_LATE_ENTRY] = {1, 1},
    [FIELD_FIRST_RECEIVER] = {0, INT32_MAX},
    [FIELD_AMOUNT_FEN] = {0, AMOUNT_MAX_FEN},
    [FIELD_INPUT_ID] = {1, INT64_MAX},
    [FIELD_CLOCK_KIND] = {CLOCK_ARRIVE, CLOCK_INSPECT},
    [FIELD_DEPARTMENT] = {1, INT32_MAX}, /* and its fellows */
    [FIELD_NOTICE_GIVEN] = {NOTICE_NONE + 1, NOTICE_GIVEN__COUNT - 1},
    [FIELD_CONFIRMATION] = {CONFIRMATION_NONE + 1, CONFIRMATION__COUNT - 1},
    [FIELD_LIABILITY] = {LIABILITY_NONE + 1, LIABILITY__COUNT - 1},
    [FIELD_PHOTO_COUNT] = {0, PHOTOS_MAX},
    [FIELD_NO_PHOTO] = {1, INT32_MAX},
    [FIELD_SAMPLED] = {0, 1},
    [FIELD_UNREACHABLE] = {1, 1},
    [FIELD_LEVEL] = {1, LEVEL_MAX},
    [FIELD_STAFF] = {1, INT32_MAX},
    [FIELD_PLANNED_AT] = {0, MOMENT_MAX},
};

void command_set(struct command *command, enum event_field field, int64_t value)
{
    assert(field > FIELD_NONE && field < EVENT_FIELD__COUNT);
    command->has_field[field] = true;
    command->field[field] = value;
}

void command_report(struct command *command, enum source source, const struct category *category, struct place_id place,
                    enum zone zone, bool has_phone, bool has_text)
{
    *command = (struct command){.action = ACTION_REPORT, .actor = actor_resident(), .occurred_at = INSTANT_NONE};
    command_set(command, FIELD_SOURCE, (int64_t)source);
    command_set(command, FIELD_CATEGORY, category->id.v);
    command_set(command, FIELD_NATURE, (int64_t)category->default_nature);
    command_set(command, FIELD_HAS_PHONE, has_phone);
    if (place.v != 0) {
        command_set(command, FIELD_PLACE, place.v);
        command_set(command, FIELD_ZONE, (int64_t)zone);
    }
    command->has_text = has_text;
}

int64_t command_get(const struct command *command, enum event_field field, int64_t fallback)
{
    assert(field > FIELD_NONE && field < EVENT_FIELD__COUNT);
    return command->has_field[field] ? command->field[field] : fallback;
}

bool event_field_is_sound(enum event_field field, int64_t value)
{
    const bool is_department = field > FIELD_DEPARTMENT && field <= FIELD_DEPARTMENT_LAST;
    const enum event_field range = is_department ? FIELD_DEPARTMENT : field;

    if (value < field_ranges[range].least || value > field_ranges[range].most)
        return false;
    return field != FIELD_GRADES || ((uint64_t)value & GRADE_BIT(GRADE_NONE)) == 0;
}

static enum verdict check_fields(const struct command *command, const struct demand *demand)
{
    for (enum event_field field = FIELD_NONE + 1; field < EVENT_FIELD__COUNT; field++) {
        const uint64_t bit = field <= FIELD_PLANNED_AT ? UINT64_C(1) << field : 0;
        if (!command->has_field[field]) {
            if ((demand->required & bit) != 0)
                return demand->missing_field;
            continue;
        }
        if (((demand->fields | ALWAYS) & bit) == 0 || !event_field_is_sound(field, command->field[field]))
            return VERDICT_BAD_VALUE;
    }
    return VERDICT_OK;
}

/* When it happened. A child ticket never stops before it began, though its parent may have come that far earlier. */
static struct instant moment_of(const struct ticket *ticket, const struct command *command, struct instant now)
{
    struct instant at = instant_is_set(command->occurred_at) ? command->occurred_at : now;

    const bool is_by_parent = command->action == ACTION_STOP_WITH_PARENT || command->action == ACTION_FOLLOW_PARENT;
    if (is_by_parent && instant_is_before(at, ticket->cycle_started_at))
        at = ticket->cycle_started_at;
    return at;
}

static enum verdict check_times(const struct deciding *deciding, const struct demand *demand)
{
    const struct ticket *ticket = deciding->ticket;

    if (instant_is_before(deciding->now, deciding->at))
        return VERDICT_TIME_IN_FUTURE;
    if (deciding->command->action == ACTION_REPORT)
        return VERDICT_OK;
    const struct instant earliest = demand->is_of_cycle ? ticket->cycle_started_at : ticket->reported_at;
    return instant_is_before(deciding->at, earliest) ? VERDICT_TIME_BEFORE_REPORT : VERDICT_OK;
}

/* Told later than the setting allows without a reason. What the system or a resident says comes with its own time. */
static bool is_late_entry(const struct deciding *deciding)
{
    const int64_t allowed_ms = (int64_t)deciding->regulation->late_entry_minutes * MINUTE_SECONDS * 1000;

    if (deciding->permitted_role == ROLE_BIT(ROLE_RESIDENT) || deciding->permitted_role == ROLE_BIT(ROLE_SYSTEM))
        return false;
    return instant_milliseconds_between(deciding->at, deciding->now) > allowed_ms;
}

static enum verdict check_words(struct deciding *deciding, const struct demand *demand)
{
    const bool is_late = is_late_entry(deciding);
    const bool is_by_system = deciding->permitted_role == ROLE_BIT(ROLE_SYSTEM); /* its fields say why */

    if (!deciding->command->has_text) {
        if (demand->missing_text != VERDICT_OK && !is_by_system)
            return demand->missing_text;
        if (is_late)
            return VERDICT_NEEDS_REASON;
    }
    if (is_late)
        event_set(&deciding->event, FIELD_LATE_ENTRY, 1);
    return VERDICT_OK;
}

static void begin_event(struct deciding *deciding)
{
    const struct command *command = deciding->command;
    struct event *event = &deciding->event;

    event_begin(event, &(struct event_head){SUBJECT_TICKET, deciding->ticket->id.v, deciding->ticket->version, (int)command->action,
                                            &command->actor, deciding->permitted_role, deciding->at, deciding->now, command->has_text});
    for (enum event_field field = FIELD_NONE + 1; field < EVENT_FIELD__COUNT; field++)
        if (command->has_field[field])
            event_set(event, field, command->field[field]);
}

/* Who may, on what they saw, with what they filled in. */
static enum verdict check_command(struct deciding *deciding, const struct demand *demand)
{
    const struct ticket *ticket = deciding->ticket;
    const struct command *command = deciding->command;
    const enum verdict permitted =
        ticket_permits(ticket, command->action, &command->actor, &deciding->permitted_role);

    if (permitted == VERDICT_WRONG_ROLE)
        return permitted;
    if (command->expected_version != ticket->version)
        return VERDICT_STALE; /* says more than what the change since then made impossible */
    if (permitted != VERDICT_OK)
        return permitted;
    enum verdict verdict = check_fields(command, demand);
    if (verdict == VERDICT_OK)
        verdict = check_times(deciding, demand);
    if (verdict == VERDICT_OK)
        verdict = check_words(deciding, demand);
    return verdict;
}

enum verdict ticket_decide(const struct ticket *ticket, const struct command *command,
                           const struct regulation *regulation, struct instant now, struct event *event)
{
    assert(command->action > ACTION_NONE && command->action < TICKET_ACTION__COUNT && instant_is_set(now));
    const struct demand *demand = &demands[command->action];
    struct deciding deciding = {
        .ticket = ticket,
        .command = command,
        .regulation = regulation,
        .now = now,
        .at = moment_of(ticket, command, now),
        .reported_at = ticket->reported_at,
        .cycle_started_at = ticket->cycle_started_at,
        .cycle = ticket->cycle,
        .facts = ticket->facts,
        .clock_count = ticket->clock_count,
    };
    enum verdict verdict = check_command(&deciding, demand);

    if (verdict != VERDICT_OK)
        return verdict;
    begin_event(&deciding);
    if (command->action != ACTION_REPORT) {
        deciding.category =
            category_find(regulation->categories, regulation->category_count, ticket->facts.category);
        if (deciding.category == NULL)
            return VERDICT_UNKNOWN_CATEGORY;
    }
    verdict = demand->decide(&deciding);
    if (verdict == VERDICT_OK && deciding.is_full)
        verdict = VERDICT_TOO_MANY;
    if (verdict == VERDICT_OK)
        *event = deciding.event;
    return verdict;
}
