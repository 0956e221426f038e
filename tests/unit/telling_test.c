/*
 * Who is told of what happened: the table, in sentences.
 */
#include "core/telling.h"

#include "check.h"
#include "ticket_desk.h"

#define RECEIVER 55

static const struct told_ticket HELD = {TICKET_ACCEPTED, {UNIT_A}, {UNIT_A}, {RECEIVER}};

static struct event event_of(enum ticket_action action, enum role role)
{
    return (struct event){.subject = SUBJECT_TICKET, .subject_id = 1, .seq = 5, .kind = (int)action,
                          .actor_role = ROLE_BIT(role), .actor_staff = {9}, .actor_unit = {UNIT_B}};
}

/* "liaison 11 dispatched, first_receiver first_dispatched" */
static const char *told(const struct event *event, const struct told_ticket *ticket)
{
    static const char *const names[AUDIENCE__COUNT] = {"", "liaison", "unit_leader", "ops", "leadership", "first_receiver",
                                                       "resident"};
    static char buffer[600];
    struct telling list[TELLINGS_MAX];
    const size_t count = telling_list(event, ticket, list);
    struct text text;

    text_init(&text, buffer, sizeof buffer);
    for (size_t i = 0; i < count; i++) {
        const bool has_unit = list[i].audience == AUDIENCE_LIAISON || list[i].audience == AUDIENCE_UNIT_LEADER;
        text_add_format(&text, "%s%s ", i > 0 ? ", " : "", names[list[i].audience]);
        if (has_unit)
            text_add_format(&text, "%d ", list[i].unit.v);
        text_add(&text, list[i].name);
    }
    return buffer;
}

TEST(article_9_and_others_each_event_tells_whom_it_concerns)
{
    static const struct {
        enum ticket_action action;
        enum role role;
        enum event_field field; /* FIELD_NONE: none */
        int64_t value;
        const char *want;
    } cases[] = {
        {ACTION_REPORT, ROLE_OPERATOR, FIELD_NONE, 0, "resident received"},
        {ACTION_GRADE, ROLE_OPERATOR, FIELD_GRADES, 16,
         "liaison 11 changed, first_receiver first_changed, ops limit_needed"},
        {ACTION_GRADE, ROLE_OPS, FIELD_GRADES, 2, "liaison 11 changed, first_receiver first_changed"},
        {ACTION_RECLASSIFY, ROLE_OPS, FIELD_CATEGORY, 2, "liaison 11 changed, first_receiver first_changed"},
        {ACTION_SET_LIMIT, ROLE_OPS, FIELD_NONE, 0, "liaison 11 changed, first_receiver first_limit"},
        {ACTION_RECORD_FACTS, ROLE_OPS, FIELD_NONE, 0, ""},
        {ACTION_DISPATCH, ROLE_OPS, FIELD_UNIT, 12, "liaison 12 dispatched, first_receiver first_dispatched"},
        {ACTION_DISPATCH_ASSIST, ROLE_OPS, FIELD_UNIT, 13, "liaison 13 dispatched, first_receiver first_assist"},
        {ACTION_RECALL, ROLE_OPS, FIELD_UNIT, 12, "liaison 12 recalled, first_receiver first_recalled"},
        {ACTION_ACCEPT, ROLE_LIAISON, FIELD_NONE, 0, "first_receiver first_accepted"},
        {ACTION_OBJECT, ROLE_LIAISON, FIELD_REASON, 1, "ops objected, first_receiver first_objected"},
        {ACTION_DECIDE_OBJECTION, ROLE_OPS, FIELD_UNIT, 12, "liaison 12 objection_decided, first_receiver first_objection_decided"},
        {ACTION_ARRIVE, ROLE_CREW, FIELD_NONE, 0, "resident arrived, first_receiver first_arrived"},
        {ACTION_CONTACT, ROLE_CREW, FIELD_NONE, 0, "first_receiver first_contacted"},
        {ACTION_REPAIR, ROLE_CREW, FIELD_NONE, 0, "first_receiver first_repaired"},
        {ACTION_RECORD_PLAN, ROLE_CREW, FIELD_NONE, 0, ""},
        {ACTION_ASK_EXTENSION, ROLE_LIAISON, FIELD_NONE, 0, "ops extension_asked, first_receiver first_extension_asked"},
        {ACTION_DECIDE_EXTENSION, ROLE_OPS, FIELD_DECISION, DECISION_GRANT,
         "liaison 11 extension_decided, resident extension_granted, first_receiver first_extension_decided"},
        {ACTION_DECIDE_EXTENSION, ROLE_OPS, FIELD_DECISION, DECISION_REFUSE,
         "liaison 11 extension_decided, first_receiver first_extension_decided"},
        {ACTION_RECORD_FORMALITIES, ROLE_CREW, FIELD_NONE, 0, ""},
        {ACTION_RECORD_LIABILITY, ROLE_CREW, FIELD_NONE, 0, ""},
        {ACTION_FINISH, ROLE_LIAISON, FIELD_NONE, 0, "ops finished_review, first_receiver first_finished"},
        {ACTION_REVIEW, ROLE_OPS, FIELD_DECISION, DECISION_GRANT, "resident finished, first_receiver first_finish_accepted"},
        {ACTION_REVIEW, ROLE_OPS, FIELD_DECISION, DECISION_REFUSE,
         "liaison 11 finish_refused, first_receiver first_finish_refused"},
        {ACTION_FOLLOW_UP, ROLE_OPS, FIELD_FOLLOW_UP, FOLLOW_UP_SATISFIED, "first_receiver first_followed_up"},
        {ACTION_FOLLOW_UP, ROLE_OPS, FIELD_FOLLOW_UP, FOLLOW_UP_UNREACHABLE, ""},
        {ACTION_FOLLOW_UP, ROLE_OPERATOR, FIELD_FOLLOW_UP, FOLLOW_UP_UNSOLVED,
         "liaison 11 reopened, ops reopened, first_receiver first_reopened"},
        {ACTION_FOLLOW_UP, ROLE_OPERATOR, FIELD_FOLLOW_UP, FOLLOW_UP_UNSATISFIED,
         "liaison 11 reopened, ops reopened, first_receiver first_reopened"},
        {ACTION_CLOSE, ROLE_OPS, FIELD_NONE, 0, "first_receiver first_closed"},
        {ACTION_REOPEN, ROLE_OPS, FIELD_NONE, 0, "liaison 11 reopened, first_receiver first_reopened"},
        {ACTION_REOPEN, ROLE_OPS, FIELD_DECISION, DECISION_REFUSE, "first_receiver first_not_reopened"},
        {ACTION_ESCALATE_UNIT, ROLE_CREW, FIELD_NONE, 0,
         "unit_leader 12 escalated, ops escalated_in_unit, first_receiver first_escalated"},
        {ACTION_ESCALATE_GROUP, ROLE_CREW, FIELD_DEPARTMENT, 13,
         "leadership escalated, ops escalated_to_group, first_receiver first_escalated, unit_leader 13 escalated"},
        {ACTION_ESCALATE_GROUP, ROLE_SYSTEM, FIELD_DEPARTMENT_LAST, 13,
         "leadership urgent, ops escalated_to_group, first_receiver first_escalated, unit_leader 13 urgent"},
        {ACTION_ACKNOWLEDGE, ROLE_GROUP_LEADER, FIELD_NONE, 0, ""},
        {ACTION_NOTE, ROLE_OPS, FIELD_NONE, 0, ""},
        {ACTION_FAILED_CALL, ROLE_OPS, FIELD_UNIT, 12, "unit_leader 12 liaison_unreachable"},
        {ACTION_MERGE, ROLE_OPS, FIELD_UNIT, 11, "liaison 11 recalled, resident merged, first_receiver first_merged"},
        {ACTION_MERGE, ROLE_OPS, FIELD_PARENT, 7, "resident merged, first_receiver first_merged"},
        {ACTION_UNMERGE, ROLE_OPS, FIELD_NONE, 0, "first_receiver first_unmerged"},
        {ACTION_UNMERGE, ROLE_SYSTEM, FIELD_NONE, 0, "ops unmerged, first_receiver first_unmerged"},
        {ACTION_FOLLOW_PARENT, ROLE_SYSTEM, FIELD_CLOCK_KIND, CLOCK_ARRIVE,
         "resident arrived, first_receiver first_arrived"},
        {ACTION_FOLLOW_PARENT, ROLE_SYSTEM, FIELD_CLOCK_KIND, CLOCK_REPAIR, ""},
        {ACTION_STOP_WITH_PARENT, ROLE_SYSTEM, FIELD_NONE, 0, "resident finished, first_receiver first_finish_accepted"},
        {ACTION_NOT_OURS, ROLE_OPS, FIELD_NONE, 0, "resident not_ours, first_receiver first_not_ours"},
        {ACTION_NOT_OURS, ROLE_OPS, FIELD_UNIT, 11, "resident not_ours, liaison 11 recalled, first_receiver first_not_ours"},
        {ACTION_WITHDRAW, ROLE_RESIDENT, FIELD_UNIT, 11, "liaison 11 withdrawn, first_receiver first_withdrawn"},
        {ACTION_EXCUSE, ROLE_OPS, FIELD_NONE, 0, ""},
        {ACTION_HAND_TO_DISCIPLINE, ROLE_OPS, FIELD_UNIT, 11, ""},
        {ACTION_LINK_REPEAT, ROLE_OPS, FIELD_NONE, 0, ""},
        {ACTION_ADD_WORDS, ROLE_RESIDENT, FIELD_NONE, 0, "liaison 11 words_added, first_receiver first_words_added"},
        {ACTION_ADD_WORDS, ROLE_OPERATOR, FIELD_NONE, 0, "first_receiver first_words_added"},
        {ACTION_URGE, ROLE_RESIDENT, FIELD_NONE, 0, "liaison 11 urged, ops urged, first_receiver first_urged"},
        {ACTION_URGE, ROLE_OPERATOR, FIELD_NONE, 0, "liaison 11 urged, ops urged, first_receiver first_urged"},
        {ACTION_RATE, ROLE_RESIDENT, FIELD_NONE, 0, ""},
        {ACTION_SAY_NOT_FIXED, ROLE_RESIDENT, FIELD_NONE, 0, "ops not_fixed, first_receiver first_not_fixed"},
        {ACTION_MOVE_APPOINTMENT, ROLE_RESIDENT, FIELD_NONE, 0, "liaison 11 appointment_moved, first_receiver first_appointment_moved"},
        {ACTION_MOVE_APPOINTMENT, ROLE_LIAISON, FIELD_NONE, 0, "first_receiver first_appointment_moved"},
    };
    bool seen[TICKET_ACTION__COUNT] = {false};

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct event event = event_of(cases[i].action, cases[i].role);
        check_casef("%s by %s (%d)", ticket_action_name(cases[i].action), role_name(cases[i].role), (int)cases[i].value);
        if (cases[i].field != FIELD_NONE)
            event_set(&event, cases[i].field, cases[i].value);
        CHECK_TEXT(told(&event, &HELD), cases[i].want);
        seen[cases[i].action] = true;
    }
    for (enum ticket_action action = ACTION_NONE + 1; action < TICKET_ACTION__COUNT; action++) {
        check_casef("%s is in the table above", ticket_action_name(action));
        CHECK(seen[action]);
    }
}

TEST(article_22_ops_is_asked_for_the_limit_as_soon_as_the_pipe_is_known)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "leak_public"), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_ARRIVE, CREW_A, FIELD_DIAMETER_MM, 1400), VERDICT_OK);
    CHECK_TEXT(told(&desk.event, &HELD), "resident arrived, first_receiver first_arrived, ops limit_needed");
    REQUIRE_STATUS(desk_do(&desk, ACTION_RECALL, OPS), VERDICT_OK); /* the clock goes along, nothing is new */
    CHECK_TEXT(told(&desk.event, &HELD), "liaison 11 recalled, first_receiver first_recalled");
    REQUIRE_STATUS(desk_report(&desk, "unforeseen"), VERDICT_OK);
    CHECK_TEXT(told(&desk.event, &HELD), "resident received, ops limit_needed");
}

TEST(nobody_is_told_who_is_not_there_or_did_it)
{
    const struct told_ticket nobody = {TICKET_REPORTED, {0}, {0}, {0}};
    struct event event = event_of(ACTION_URGE, ROLE_RESIDENT);

    CHECK_TEXT(told(&event, &nobody), "ops urged");
    const struct told_ticket returned = {TICKET_REPORTED, {0}, {UNIT_A}, {0}};
    CHECK_TEXT(told(&event, &returned), "liaison 11 urged, ops urged"); /* who held it last should know */
    event = event_of(ACTION_GRADE, ROLE_OPS);
    CHECK_TEXT(told(&event, &returned), ""); /* nothing changes for who gave it back */
    event = event_of(ACTION_CLOSE, ROLE_OPS);
    event.actor_staff.v = RECEIVER;
    CHECK_TEXT(told(&event, &HELD), "");
}

TEST(article_5_of_a_sealed_ticket_nobody_inside_is_told_and_its_reporter_sees_no_difference)
{
    const struct told_ticket sealed = {TICKET_SEALED, {UNIT_A}, {UNIT_A}, {RECEIVER}};
    struct telling list[TELLINGS_MAX];

    for (enum ticket_action action = ACTION_NONE + 1; action < TICKET_ACTION__COUNT; action++) {
        struct event event = event_of(action, ROLE_OPS);
        event_set(&event, FIELD_UNIT, UNIT_A);
        event_set(&event, FIELD_DEPARTMENT, UNIT_B);
        const size_t count = telling_list(&event, &sealed, list);
        for (size_t i = 0; i < count; i++)
            CHECK_INT(list[i].audience, AUDIENCE_RESIDENT);
    }
    const struct event report = event_of(ACTION_REPORT, ROLE_OPERATOR);
    CHECK_TEXT(told(&report, &sealed), "resident received");
}

TEST(article_11_every_department_that_fits_is_told)
{
    struct event event = event_of(ACTION_ESCALATE_GROUP, ROLE_OPS);
    struct telling list[TELLINGS_MAX];
    int leaders = 0;

    for (int i = 0; i < EVENT_DEPARTMENTS_MAX; i++)
        event_set(&event, (enum event_field)(FIELD_DEPARTMENT + i), 20 + i);
    const size_t count = telling_list(&event, &HELD, list);
    for (size_t i = 0; i < count; i++)
        leaders += list[i].audience == AUDIENCE_UNIT_LEADER && list[i].unit.v >= 20 && list[i].unit.v < 28;
    CHECK_INT(leaders, EVENT_DEPARTMENTS_MAX);
}
