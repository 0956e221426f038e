/*
 * What the articles demand of a ticket beyond its plain way: who has to know, who has to have said what, what may be passed by
 * whom. Names say which article a test proves.
 */
#include "check.h"

#include "ticket_desk.h"

#define LEADER_A person(ROLE_UNIT_LEADER, UNIT_A)
#define LEADER_B person(ROLE_UNIT_LEADER, UNIT_B)

static const struct category *category_of(const struct desk *desk)
{
    return category_find(REGULATION_CATEGORIES, REGULATION_CATEGORY_COUNT, desk->ticket.facts.category);
}

static bool waits_for(const struct desk *desk, enum waiting waiting)
{
    return (ticket_waiting(&desk->ticket, category_of(desk)) & (UINT32_C(1) << waiting)) != 0;
}

static enum verdict permits(const struct desk *desk, enum ticket_action action, struct actor actor)
{
    return ticket_permits(&desk->ticket, action, &actor, NULL);
}

/* ---- Art. 9: first contact, hand-offs */

TEST(article_9_whoever_takes_a_report_from_the_web_in_hand_first_answers_for_it)
{
    struct desk desk;

    desk_init(&desk);
    desk_report_command(&desk, "no_water")->actor = RESIDENT;
    REQUIRE_STATUS(desk_carry_out(&desk), VERDICT_OK);
    CHECK_INT(desk.ticket.first_receiver.v, 0);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_DISPATCH, OPS, FIELD_UNIT, UNIT_A), VERDICT_OK);
    CHECK_INT(desk.ticket.first_receiver.v, (OPS).staff.v);
    REQUIRE_STATUS(desk_do(&desk, ACTION_RECALL, OPS), VERDICT_OK);
    struct actor other = OPS;
    other.staff.v = 999;
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_DISPATCH, other, FIELD_UNIT, UNIT_B), VERDICT_OK);
    CHECK_INT(desk.ticket.first_receiver.v, (OPS).staff.v); /* to the end */
    CHECK_INT(desk.ticket.handoff_count, 1);
}

TEST(article_9_who_took_the_call_stays_the_first_receiver)
{
    struct desk desk;

    REQUIRE_STATUS(desk_report(&desk, "no_water"), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_DISPATCH, OPS, FIELD_UNIT, UNIT_A), VERDICT_OK);
    CHECK_INT(desk.ticket.first_receiver.v, (OPERATOR).staff.v);
}

/* ---- Art. 11: grave matters */

static struct command *escalation(struct desk *desk, struct actor actor, int first, int second)
{
    struct command *command = desk_command(desk, ACTION_ESCALATE_GROUP, actor);

    if (first != 0)
        command_set(command, FIELD_DEPARTMENT, first);
    if (second != 0)
        command_set(command, FIELD_DEPARTMENT_LAST, second);
    return command;
}

TEST(article_11_leadership_and_each_department_that_was_named_acknowledge)
{
    struct desk desk;

    REQUIRE_STATUS(desk_report(&desk, "pollution"), VERDICT_OK);
    escalation(&desk, CREW_A, UNIT_A, UNIT_B);
    REQUIRE_STATUS(desk_carry_out(&desk), VERDICT_OK);
    CHECK_INT(desk.ticket.department_count, 2);
    CHECK(instant_is_equal(desk.ticket.escalated_at, desk.now));
    CHECK(waits_for(&desk, WAITING_ESCALATION));
    CHECK_STATUS(permits(&desk, ACTION_ACKNOWLEDGE, CREW_A), VERDICT_WRONG_ROLE);
    CHECK_STATUS(permits(&desk, ACTION_ACKNOWLEDGE, person(ROLE_LIAISON, UNIT_INSPECT)), VERDICT_WRONG_UNIT);
    REQUIRE_STATUS(desk_do(&desk, ACTION_ACKNOWLEDGE, LEADERSHIP), VERDICT_OK);
    CHECK(ticket_is_escalation_open(&desk.ticket));
    CHECK_STATUS(desk_do(&desk, ACTION_ACKNOWLEDGE, LEADERSHIP), VERDICT_ALREADY_DONE);
    desk_wait(&desk, 3);
    REQUIRE_STATUS(desk_do(&desk, ACTION_ACKNOWLEDGE, LIAISON_A), VERDICT_OK);
    CHECK(instant_is_equal(ticket_department(&desk.ticket, (struct unit_id){UNIT_A})->acknowledged_at, desk.now));
    CHECK_STATUS(desk_do(&desk, ACTION_ACKNOWLEDGE, LEADER_A), VERDICT_ALREADY_DONE);
    CHECK(waits_for(&desk, WAITING_ESCALATION));
    REQUIRE_STATUS(desk_do(&desk, ACTION_ACKNOWLEDGE, LEADER_B), VERDICT_OK);
    CHECK(!ticket_is_escalation_open(&desk.ticket));
    CHECK(!waits_for(&desk, WAITING_ESCALATION));
}

TEST(article_11_a_department_that_takes_the_ticket_on_knows_of_it)
{
    struct desk desk;

    REQUIRE_STATUS(desk_report(&desk, "pollution"), VERDICT_OK);
    escalation(&desk, OPERATOR, UNIT_A, 0);
    REQUIRE_STATUS(desk_carry_out(&desk), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_DISPATCH, OPS, FIELD_UNIT, UNIT_A), VERDICT_OK);
    REQUIRE_STATUS(desk_do(&desk, ACTION_ACCEPT, CREW_A), VERDICT_OK);
    CHECK(instant_is_set(ticket_department(&desk.ticket, (struct unit_id){UNIT_A})->acknowledged_at));
    CHECK(ticket_is_escalation_open(&desk.ticket)); /* leadership's answer is still to come */
}

TEST(article_11_somebody_who_is_both_answers_for_both_or_for_who_is_still_awaited)
{
    struct desk desk;
    struct actor both = LEADERSHIP;

    both.roles |= ROLE_BIT(ROLE_UNIT_LEADER);
    both.unit.v = UNIT_A;
    REQUIRE_STATUS(desk_report(&desk, "pollution"), VERDICT_OK);
    escalation(&desk, OPERATOR, UNIT_A, 0);
    REQUIRE_STATUS(desk_carry_out(&desk), VERDICT_OK);
    REQUIRE_STATUS(desk_do(&desk, ACTION_ACKNOWLEDGE, LEADERSHIP), VERDICT_OK);
    REQUIRE_STATUS(desk_do(&desk, ACTION_ACKNOWLEDGE, both), VERDICT_OK);
    CHECK_INT(desk.event.actor_role, ROLE_BIT(ROLE_UNIT_LEADER));
    CHECK(!ticket_is_escalation_open(&desk.ticket));
    escalation(&desk, OPERATOR, UNIT_A, 0); /* it grew worse: everybody named has to know anew */
    REQUIRE_STATUS(desk_carry_out(&desk), VERDICT_OK);
    CHECK(ticket_is_escalation_open(&desk.ticket));
    REQUIRE_STATUS(desk_do(&desk, ACTION_ACKNOWLEDGE, both), VERDICT_OK);
    CHECK_INT(desk.event.actor_role, ROLE_BIT(ROLE_GROUP_LEADER));
    CHECK(!ticket_is_escalation_open(&desk.ticket));
}

TEST(article_11_a_second_escalation_asks_only_those_it_names_again)
{
    struct desk desk;

    REQUIRE_STATUS(desk_report(&desk, "pollution"), VERDICT_OK);
    escalation(&desk, OPERATOR, UNIT_A, UNIT_B);
    REQUIRE_STATUS(desk_carry_out(&desk), VERDICT_OK);
    REQUIRE_STATUS(desk_do(&desk, ACTION_ACKNOWLEDGE, LIAISON_A), VERDICT_OK);
    REQUIRE_STATUS(desk_do(&desk, ACTION_ACKNOWLEDGE, LEADERSHIP), VERDICT_OK);
    escalation(&desk, OPERATOR, UNIT_INSPECT, 0);
    REQUIRE_STATUS(desk_carry_out(&desk), VERDICT_OK);
    CHECK_INT(desk.ticket.department_count, 3);
    CHECK(instant_is_set(ticket_department(&desk.ticket, (struct unit_id){UNIT_A})->acknowledged_at));
    CHECK(!instant_is_set(ticket_department(&desk.ticket, (struct unit_id){UNIT_B})->acknowledged_at));
    CHECK(!desk.ticket.is_acknowledged);
}

TEST(article_11_so_many_departments_as_fit_and_none_twice)
{
    struct desk desk;

    REQUIRE_STATUS(desk_report(&desk, "pollution"), VERDICT_OK);
    escalation(&desk, OPERATOR, UNIT_A, UNIT_A);
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_BAD_VALUE);
    for (int i = 0; i < EVENT_DEPARTMENTS_MAX; i++)
        command_set(i == 0 ? desk_command(&desk, ACTION_ESCALATE_GROUP, OPS) : &desk.command,
                    (enum event_field)(FIELD_DEPARTMENT + i), 50 + i);
    REQUIRE_STATUS(desk_carry_out(&desk), VERDICT_OK);
    CHECK_STATUS(desk_do_with(&desk, ACTION_ESCALATE_GROUP, OPS, FIELD_DEPARTMENT, 70), VERDICT_TOO_MANY);
    CHECK_STATUS(desk_do_with(&desk, ACTION_ESCALATE_GROUP, OPS, FIELD_DEPARTMENT, 51), VERDICT_OK);
}

TEST(article_11_the_two_hour_grade_escalates_by_itself_and_clerk_tells_the_departments_once)
{
    struct desk desk;

    REQUIRE_STATUS(desk_report(&desk, "no_water"), VERDICT_OK);
    CHECK_STATUS(desk_do(&desk, ACTION_ESCALATE_GROUP, SYSTEM), VERDICT_ALREADY_DONE);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_GRADE, OPERATOR, FIELD_GRADES, GRADE_BIT(GRADE_URGENT)), VERDICT_OK);
    CHECK(ticket_is_escalation_open(&desk.ticket)); /* on read, with clerk stopped too */
    CHECK(desk.ticket.is_escalation_due);
    desk_command(&desk, ACTION_ESCALATE_GROUP, SYSTEM)->has_text = false;
    command_set(&desk.command, FIELD_DEPARTMENT, UNIT_A);
    REQUIRE_STATUS(desk_carry_out(&desk), VERDICT_OK);
    CHECK(!desk.ticket.is_escalation_due);
    CHECK_STATUS(desk_do(&desk, ACTION_ESCALATE_GROUP, SYSTEM), VERDICT_ALREADY_DONE);
    REQUIRE_STATUS(desk_do(&desk, ACTION_ACKNOWLEDGE, LEADERSHIP), VERDICT_OK);
    /* Lifted and set again is a grave matter again. */
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_GRADE, OPS, FIELD_GRADES, 0), VERDICT_OK);
    CHECK_STATUS(desk_do(&desk, ACTION_ESCALATE_GROUP, SYSTEM), VERDICT_ALREADY_DONE);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_GRADE, OPS, FIELD_GRADES, GRADE_BIT(GRADE_URGENT)), VERDICT_OK);
    CHECK(!desk.ticket.is_acknowledged);
    CHECK_STATUS(desk_do(&desk, ACTION_ESCALATE_GROUP, SYSTEM), VERDICT_OK);
}

TEST(article_11_what_leadership_acknowledged_before_clerk_came_is_not_told_again)
{
    struct desk desk;

    REQUIRE_STATUS(desk_report(&desk, "no_water"), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_GRADE, OPS, FIELD_GRADES, GRADE_BIT(GRADE_URGENT)), VERDICT_OK);
    REQUIRE_STATUS(desk_do(&desk, ACTION_ACKNOWLEDGE, LEADERSHIP), VERDICT_OK);
    CHECK_STATUS(desk_do(&desk, ACTION_ESCALATE_GROUP, SYSTEM), VERDICT_ALREADY_DONE);
}

/* ---- Arts. 14(7), 22: limits that ops sets */

TEST(article_14_7_the_grade_asks_for_a_limit_on_any_matter)
{
    struct desk desk;

    REQUIRE_STATUS(desk_report(&desk, "no_water"), VERDICT_OK);
    CHECK(!waits_for(&desk, WAITING_LIMIT));
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_GRADE, OPS, FIELD_GRADES, GRADE_BIT(GRADE_REPUTATION)), VERDICT_OK);
    CHECK(waits_for(&desk, WAITING_LIMIT));
    CHECK_STATUS(desk_do_with(&desk, ACTION_DISPATCH, OPS, FIELD_UNIT, UNIT_A), VERDICT_NEEDS_LIMIT);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_SET_LIMIT, OPS, FIELD_LIMIT_SECONDS, 6 * HOUR_SECONDS), VERDICT_OK);
    CHECK(!waits_for(&desk, WAITING_LIMIT));
    CHECK_INT(desk_due_minutes(&desk, CLOCK_FINISH), 6 * 60);
    CHECK_STATUS(desk_do_with(&desk, ACTION_DISPATCH, OPS, FIELD_UNIT, UNIT_A), VERDICT_OK);
}

TEST(article_22_a_large_pipe_found_on_site_warns_ops_and_stops_nothing)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "leak_public"), VERDICT_OK);
    desk_wait(&desk, 10);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_ARRIVE, CREW_A, FIELD_DIAMETER_MM, 1400), VERDICT_OK);
    CHECK(waits_for(&desk, WAITING_LIMIT));
    CHECK_INT(desk_due_minutes(&desk, CLOCK_REPAIR), -1);
    REQUIRE_STATUS(desk_do(&desk, ACTION_RECORD_PLAN, CREW_A), VERDICT_OK); /* the work goes on */
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_SET_LIMIT, OPS, FIELD_LIMIT_SECONDS, 48 * HOUR_SECONDS), VERDICT_OK);
    CHECK(!waits_for(&desk, WAITING_LIMIT));
    CHECK_INT(desk_due_minutes(&desk, CLOCK_REPAIR), 48 * 60); /* from the report */
    CHECK_STATUS(desk_do(&desk, ACTION_REPAIR, CREW_A), VERDICT_OK);
}

TEST(article_22_after_a_return_a_large_pipe_is_dispatched_only_with_a_limit)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "leak_public"), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_RECORD_FACTS, CREW_A, FIELD_DIAMETER_MM, 1400), VERDICT_OK);
    REQUIRE_STATUS(desk_do(&desk, ACTION_RECALL, OPS), VERDICT_OK);
    CHECK_STATUS(desk_do_with(&desk, ACTION_DISPATCH, OPS, FIELD_UNIT, UNIT_B), VERDICT_NEEDS_LIMIT);
}

TEST(article_22_a_plan_follows_the_arrival)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "leak_public"), VERDICT_OK);
    CHECK_STATUS(desk_do(&desk, ACTION_RECORD_PLAN, CREW_A), VERDICT_NEEDS_ARRIVAL);
    desk_command(&desk, ACTION_ARRIVE, CREW_A)->has_text = false;
    REQUIRE_STATUS(desk_carry_out(&desk), VERDICT_OK);
    CHECK(!ticket_lead(&desk.ticket)->has_plan);
    desk_wait(&desk, 5);
    CHECK_STATUS(desk_do_with(&desk, ACTION_RECORD_PLAN, CREW_A, FIELD_PLANNED_AT, desk.now.milliseconds - 1),
                 VERDICT_BAD_VALUE);
    const struct instant planned = plus_seconds(desk.now, 4 * HOUR_SECONDS);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_RECORD_PLAN, CREW_A, FIELD_PLANNED_AT, planned.milliseconds), VERDICT_OK);
    CHECK(ticket_lead(&desk.ticket)->has_plan);
    CHECK(instant_is_equal(ticket_lead(&desk.ticket)->planned_at, planned));
    CHECK_STATUS(desk_do(&desk, ACTION_RECORD_PLAN, LIAISON_B), VERDICT_WRONG_UNIT);
}

TEST(article_22_a_plan_told_with_the_arrival_is_recorded)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "leak_public"), VERDICT_OK);
    REQUIRE_STATUS(desk_do(&desk, ACTION_ARRIVE, CREW_A), VERDICT_OK);
    CHECK(ticket_lead(&desk.ticket)->has_plan);
}

/* ---- Art. 13: extensions */

static enum verdict ask(struct desk *desk, int64_t hours_after_report)
{
    return desk_do_with(desk, ACTION_ASK_EXTENSION, LIAISON_A, FIELD_PROPOSED_DUE,
                        plus_seconds(desk->ticket.reported_at, hours_after_report * HOUR_SECONDS).milliseconds);
}

TEST(article_13_a_second_request_waits_until_the_first_is_answered)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "no_water"), VERDICT_OK);
    REQUIRE_STATUS(ask(&desk, 60), VERDICT_OK);
    CHECK(waits_for(&desk, WAITING_EXTENSION));
    CHECK_STATUS(ask(&desk, 70), VERDICT_PENDING);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_DECIDE_EXTENSION, OPS, FIELD_DECISION, DECISION_REFUSE), VERDICT_OK);
    CHECK(!waits_for(&desk, WAITING_EXTENSION));
    CHECK_STATUS(ask(&desk, 70), VERDICT_OK);
}

TEST(article_13_a_request_is_answered_before_the_finish_is_accepted)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "no_water"), VERDICT_OK);
    desk_wait(&desk, 47 * 60);
    REQUIRE_STATUS(ask(&desk, 60), VERDICT_OK);
    desk_wait(&desk, 5 * 60);
    REQUIRE_STATUS(desk_finish(&desk, LIAISON_A), VERDICT_OK); /* 52 hours: late by the original due */
    CHECK_STATUS(desk_do_with(&desk, ACTION_REVIEW, OPS, FIELD_DECISION, DECISION_GRANT), VERDICT_PENDING);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_DECIDE_EXTENSION, OPS, FIELD_DECISION, DECISION_GRANT), VERDICT_OK);
    const struct clock *finish = ticket_clock(&desk.ticket, CLOCK_FINISH);
    CHECK_INT(clock_result_at(finish, desk.now), RESULT_LATE);
    CHECK_INT(clock_granted_result_at(finish, desk.now), RESULT_KEPT); /* as of when it was asked */
    CHECK_STATUS(desk_do_with(&desk, ACTION_REVIEW, OPS, FIELD_DECISION, DECISION_GRANT), VERDICT_OK);
}

/* ---- Arts. 16, 17: objection, holding time, the unit's leader */

TEST(article_16_what_ops_takes_to_decide_is_not_the_unit_s_holding_time)
{
    struct desk desk;
    const struct unit_id a = {UNIT_A}, b = {UNIT_B};

    REQUIRE_STATUS(desk_report(&desk, "no_water"), VERDICT_OK);
    desk_wait(&desk, 5);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_DISPATCH, OPS, FIELD_UNIT, UNIT_A), VERDICT_OK);
    desk_wait(&desk, 10);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_OBJECT, LIAISON_A, FIELD_REASON, 1), VERDICT_OK);
    CHECK(waits_for(&desk, WAITING_OBJECTION));
    desk_wait(&desk, 30);
    CHECK_INT(ticket_holding_seconds(&desk.ticket, a, desk.now), 10 * 60);
    CHECK_INT(ticket_ops_wait_seconds(&desk.ticket, desk.now), (5 + 30) * 60);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_DECIDE_OBJECTION, OPS, FIELD_DECISION, DECISION_CARRY_ON), VERDICT_OK);
    desk_wait(&desk, 20);
    CHECK_INT(ticket_holding_seconds(&desk.ticket, a, desk.now), 30 * 60);
    REQUIRE_STATUS(desk_do(&desk, ACTION_RECALL, OPS), VERDICT_OK);
    desk_wait(&desk, 7);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_DISPATCH, OPS, FIELD_UNIT, UNIT_B), VERDICT_OK);
    desk_wait(&desk, 2);
    CHECK_INT(ticket_holding_seconds(&desk.ticket, a, desk.now), 30 * 60);
    CHECK_INT(ticket_holding_seconds(&desk.ticket, b, desk.now), 2 * 60);
    CHECK_INT(ticket_ops_wait_seconds(&desk.ticket, desk.now), (5 + 30 + 7) * 60);
    CHECK_INT(ticket_holding_seconds(&desk.ticket, (struct unit_id){77}, desk.now), 0);
}

TEST(article_16_a_refused_finish_waited_at_ops)
{
    struct desk desk;
    const struct unit_id a = {UNIT_A};

    REQUIRE_STATUS(desk_until_finished(&desk, "no_water"), VERDICT_OK); /* dispatched at 5, finished at 60 minutes */
    desk_wait(&desk, 100);
    CHECK_INT(ticket_holding_seconds(&desk.ticket, a, desk.now), 55 * 60);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_REVIEW, OPS, FIELD_DECISION, DECISION_REFUSE), VERDICT_OK);
    desk_wait(&desk, 15);
    CHECK_INT(ticket_holding_seconds(&desk.ticket, a, desk.now), 70 * 60);
    CHECK_INT(ticket_ops_wait_seconds(&desk.ticket, desk.now), (5 + 100) * 60);
}

TEST(article_16_dispatches_that_came_back_are_counted_per_dispatcher)
{
    struct desk desk;
    struct actor other = OPS;

    other.staff.v = 999;
    REQUIRE_STATUS(desk_report(&desk, "no_water"), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_DISPATCH, OPS, FIELD_UNIT, UNIT_A), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_OBJECT, LIAISON_A, FIELD_REASON, 1), VERDICT_OK);
    CHECK_INT(ticket_wrong_dispatches(&desk.ticket, (OPS).staff), 0); /* nobody has decided yet */
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_DECIDE_OBJECTION, other, FIELD_DECISION, DECISION_RETURN), VERDICT_OK);
    CHECK_INT(ticket_wrong_dispatches(&desk.ticket, (OPS).staff), 1);
    CHECK_INT(ticket_wrong_dispatches(&desk.ticket, other.staff), 0);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_DISPATCH, other, FIELD_UNIT, UNIT_B), VERDICT_OK);
    REQUIRE_STATUS(desk_do(&desk, ACTION_RECALL, other), VERDICT_OK); /* a recall is nobody's mistake */
    CHECK_INT(ticket_wrong_dispatches(&desk.ticket, other.staff), 0);
}

TEST(article_16_a_decision_cannot_be_dated_before_the_objection)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "no_water"), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_OBJECT, LIAISON_A, FIELD_REASON, 2), VERDICT_OK);
    command_set(desk_command(&desk, ACTION_DECIDE_OBJECTION, OPS), FIELD_DECISION, DECISION_RETURN);
    desk.command.occurred_at = plus_milliseconds(desk.now, -1);
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_TIME_BEFORE_REPORT);
}

TEST(article_17_what_goes_to_the_unit_s_leader_stands_on_its_assignment)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "no_water"), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_DISPATCH_ASSIST, OPS, FIELD_UNIT, UNIT_B), VERDICT_OK);
    desk_command(&desk, ACTION_ESCALATE_UNIT, CREW_A)->has_text = false;
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_NEEDS_REASON);
    REQUIRE_STATUS(desk_do(&desk, ACTION_ESCALATE_UNIT, LIAISON_B), VERDICT_OK);
    CHECK_INT(desk.event.actor_unit.v, UNIT_B);
    CHECK(instant_is_equal(desk.ticket.assignments[1].escalated_at, desk.now));
    CHECK(!instant_is_set(desk.ticket.assignments[0].escalated_at));
    CHECK_STATUS(desk_do(&desk, ACTION_ESCALATE_UNIT, INSPECTOR), VERDICT_WRONG_UNIT);
}

/* ---- Art. 10: evidence, follow-up */

TEST(article_10_a_repaired_leak_needs_a_photo_or_the_reason_why_there_is_none)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "leak_public"), VERDICT_OK);
    REQUIRE_STATUS(desk_do(&desk, ACTION_ARRIVE, CREW_A), VERDICT_OK);
    REQUIRE_STATUS(desk_do(&desk, ACTION_REPAIR, CREW_A), VERDICT_OK);
    command_set(desk_command(&desk, ACTION_FINISH, CREW_A), FIELD_OUTCOME, OUTCOME_SOLVED);
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_NEEDS_PHOTO);
    command_set(&desk.command, FIELD_PHOTO_COUNT, 0);
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_NEEDS_PHOTO);
    struct desk with_photo = desk;
    command_set(&with_photo.command, FIELD_PHOTO_COUNT, 1);
    CHECK_STATUS(desk_carry_out(&with_photo), VERDICT_OK);
    command_set(&desk.command, FIELD_NO_PHOTO, 3);
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_OK);
}

TEST(article_10_other_matters_need_no_photo)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "low_pressure"), VERDICT_OK);
    CHECK_STATUS(desk_do_with(&desk, ACTION_FINISH, LIAISON_A, FIELD_OUTCOME, OUTCOME_NOT_SOLVED), VERDICT_OK);
}

/* Decides the review under a share of the finished tickets. */
static enum verdict review_with_share(struct desk *desk, int percent)
{
    struct regulation regulation = REGULATION;

    regulation.follow_up_percent = percent;
    command_set(desk_command(desk, ACTION_REVIEW, OPS), FIELD_DECISION, DECISION_GRANT);
    const enum verdict verdict = ticket_decide(&desk->ticket, &desk->command, &regulation, desk->now, &desk->event);
    if (verdict == VERDICT_OK)
        ticket_apply(&desk->ticket, &desk->event);
    return verdict;
}

/* An id in (or not in) the sample of one percent, in the first cycle. */
static struct ticket_id id_of_sample(bool is_in)
{
    struct ticket_id id = {1};

    while (follow_up_is_sampled(id, 1, 1) != is_in)
        id.v++;
    return id;
}

TEST(article_10_the_sample_is_drawn_at_the_review_and_stands_in_the_event)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_finished(&desk, "no_water"), VERDICT_OK);
    desk.ticket.id = id_of_sample(false);
    CHECK_STATUS(permits(&desk, ACTION_CLOSE, OPS), VERDICT_NEEDS_REVIEW);
    REQUIRE_STATUS(review_with_share(&desk, 1), VERDICT_OK);
    CHECK_INT(event_get(&desk.event, FIELD_SAMPLED, -1), 0);
    CHECK(!ticket_needs_follow_up(&desk.ticket));
    CHECK_STATUS(desk_do(&desk, ACTION_CLOSE, OPS), VERDICT_OK);

    REQUIRE_STATUS(desk_until_finished(&desk, "no_water"), VERDICT_OK);
    desk.ticket.id = id_of_sample(true);
    REQUIRE_STATUS(review_with_share(&desk, 1), VERDICT_OK);
    CHECK(ticket_needs_follow_up(&desk.ticket));
    CHECK_STATUS(desk_do(&desk, ACTION_CLOSE, OPS), VERDICT_NEEDS_FOLLOW_UP);
}

TEST(article_10_the_sample_has_the_share_that_ops_set_and_grows_with_it)
{
    static const int shares[] = {1, 10, 25, 50, 90, 100};

    for (size_t i = 0; i < sizeof shares / sizeof shares[0]; i++) {
        int sampled = 0;
        check_casef("%d percent", shares[i]);
        for (int64_t id = 1; id <= 100000; id++) {
            const bool is_in = follow_up_is_sampled((struct ticket_id){id}, 1, shares[i]);
            sampled += is_in;
            if (i > 0 && follow_up_is_sampled((struct ticket_id){id}, 1, shares[i - 1]) && !is_in)
                CHECK_INT(id, 0); /* a larger share holds the smaller one */
        }
        CHECK(sampled > shares[i] * 1000 - 500 && sampled < shares[i] * 1000 + 500);
    }
}

TEST(article_10_repeats_escalated_and_unsatisfied_tickets_are_always_called)
{
    static const char *const cases[] = {"a repeat", "escalated", "rated 2", "rated 3", "without a phone"};
    static const bool wanted[] = {true, true, true, false, false};

    for (int i = 0; i < 5; i++) {
        struct desk desk;
        check_case(cases[i]);
        REQUIRE_STATUS(desk_until_accepted(&desk, i == 4 ? "billing" : "no_water"), VERDICT_OK);
        if (i == 0)
            REQUIRE_STATUS(desk_do_with(&desk, ACTION_LINK_REPEAT, OPS, FIELD_PARENT, 7), VERDICT_OK);
        if (i == 1)
            REQUIRE_STATUS(desk_do(&desk, ACTION_ESCALATE_GROUP, CREW_A), VERDICT_OK);
        desk.ticket.id = id_of_sample(i == 4);
        desk.ticket.has_phone = i != 4;
        REQUIRE_STATUS(desk_finish(&desk, LIAISON_A), VERDICT_OK);
        REQUIRE_STATUS(review_with_share(&desk, 1), VERDICT_OK);
        if (i == 2 || i == 3)
            REQUIRE_STATUS(desk_do_with(&desk, ACTION_RATE, RESIDENT, FIELD_RATING, i), VERDICT_OK);
        CHECK(ticket_needs_follow_up(&desk.ticket) == wanted[i]);
        CHECK_STATUS(permits(&desk, ACTION_CLOSE, OPS), wanted[i] ? VERDICT_NEEDS_FOLLOW_UP : VERDICT_OK);
    }
}

TEST(article_10_a_customer_who_was_called_often_enough_counts_as_unreachable)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_reviewed(&desk, "no_water"), VERDICT_OK);
    for (int attempt = 1; attempt <= 3; attempt++) {
        CHECK_STATUS(permits(&desk, ACTION_CLOSE, OPS), VERDICT_NEEDS_FOLLOW_UP);
        desk_wait(&desk, 60);
        REQUIRE_STATUS(desk_do_with(&desk, ACTION_FOLLOW_UP, OPERATOR, FIELD_FOLLOW_UP, FOLLOW_UP_UNREACHABLE), VERDICT_OK);
        CHECK_INT(desk.ticket.follow_up_attempts, attempt);
        CHECK(desk.ticket.is_unreachable == (attempt == 3));
    }
    /* The customer calls back: that counts, as long as it is not closed. */
    struct desk called = desk;
    command_set(desk_command(&called, ACTION_FOLLOW_UP, OPS), FIELD_FOLLOW_UP, FOLLOW_UP_SATISFIED);
    command_set(&called.command, FIELD_SATISFACTION, 4);
    CHECK_STATUS(desk_carry_out(&called), VERDICT_OK);
    CHECK_STATUS(desk_do(&desk, ACTION_CLOSE, OPS), VERDICT_OK);
}

TEST(article_10_an_unsatisfied_customer_opens_a_new_cycle_and_the_first_one_stays)
{
    for (int satisfaction = 1; satisfaction <= 5; satisfaction++) {
        struct desk desk;
        check_casef("satisfaction %d", satisfaction);
        REQUIRE_STATUS(desk_until_reviewed(&desk, "no_water"), VERDICT_OK);
        const struct clock first = *ticket_clock(&desk.ticket, CLOCK_FINISH);
        command_set(desk_command(&desk, ACTION_FOLLOW_UP, OPS), FIELD_FOLLOW_UP, FOLLOW_UP_SATISFIED);
        command_set(&desk.command, FIELD_SATISFACTION, satisfaction);
        REQUIRE_STATUS(desk_carry_out(&desk), VERDICT_OK);
        const bool is_unsatisfied = satisfaction <= 2;
        CHECK_INT(event_get(&desk.event, FIELD_FOLLOW_UP, 0),
                  is_unsatisfied ? FOLLOW_UP_UNSATISFIED : FOLLOW_UP_SATISFIED);
        CHECK_INT(desk.ticket.state, is_unsatisfied ? TICKET_REPORTED : TICKET_FOLLOWED_UP);
        CHECK_INT(desk.ticket.cycle, is_unsatisfied ? 2 : 1);
        CHECK(memcmp(&desk.ticket.clocks[first.no - 1], &first, sizeof first) == 0);
        if (is_unsatisfied)
            CHECK(instant_is_equal(ticket_clock(&desk.ticket, CLOCK_FINISH)->started_at, desk.now));
    }
}

TEST(article_10_what_a_call_found_has_to_fit_together)
{
    static const struct {
        enum follow_up_result result;
        int satisfaction; /* -1: not said */
        enum verdict want;
    } cases[] = {
        {FOLLOW_UP_SATISFIED, -1, VERDICT_BAD_VALUE},   {FOLLOW_UP_SATISFIED, 0, VERDICT_BAD_VALUE},
        {FOLLOW_UP_UNSATISFIED, 3, VERDICT_BAD_VALUE},  {FOLLOW_UP_UNSATISFIED, -1, VERDICT_BAD_VALUE},
        {FOLLOW_UP_UNSATISFIED, 2, VERDICT_OK},         {FOLLOW_UP_UNREACHABLE, 3, VERDICT_BAD_VALUE},
        {FOLLOW_UP_NOT_POSSIBLE, 5, VERDICT_BAD_VALUE}, {FOLLOW_UP_UNSOLVED, -1, VERDICT_OK},
        {FOLLOW_UP_UNSOLVED, 1, VERDICT_OK},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct desk desk;
        check_casef("%d with %d", (int)cases[i].result, cases[i].satisfaction);
        REQUIRE_STATUS(desk_until_reviewed(&desk, "no_water"), VERDICT_OK);
        command_set(desk_command(&desk, ACTION_FOLLOW_UP, OPS), FIELD_FOLLOW_UP, cases[i].result);
        if (cases[i].satisfaction >= 0)
            command_set(&desk.command, FIELD_SATISFACTION, cases[i].satisfaction);
        CHECK_STATUS(desk_carry_out(&desk), cases[i].want);
    }
}

TEST(article_10_a_second_round_is_called_whatever_the_sample_says)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_reviewed(&desk, "no_water"), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_FOLLOW_UP, OPS, FIELD_FOLLOW_UP, FOLLOW_UP_UNREACHABLE), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_FOLLOW_UP, OPS, FIELD_FOLLOW_UP, FOLLOW_UP_UNSOLVED), VERDICT_OK);
    CHECK_INT(desk.ticket.follow_up_attempts, 0);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_DISPATCH, OPS, FIELD_UNIT, UNIT_B), VERDICT_OK);
    REQUIRE_STATUS(desk_do(&desk, ACTION_ACCEPT, LIAISON_B), VERDICT_OK);
    REQUIRE_STATUS(desk_finish(&desk, LIAISON_B), VERDICT_OK);
    CHECK(!follow_up_is_sampled(desk.ticket.id, 2, 1));
    REQUIRE_STATUS(review_with_share(&desk, 1), VERDICT_OK);
    CHECK(ticket_needs_follow_up(&desk.ticket));
}

/* ---- Art. 24: meters */

TEST(article_24_reason_notice_and_confirmation_are_recorded_before_a_meter_is_replaced)
{
    static const enum event_field fields[] = {FIELD_REASON, FIELD_NOTICE_GIVEN, FIELD_CONFIRMATION};

    for (int missing = 0; missing < 3; missing++) {
        struct desk desk;
        check_casef("without field %d", missing);
        REQUIRE_STATUS(desk_until_accepted(&desk, "faulty_meter"), VERDICT_OK);
        desk_command(&desk, ACTION_RECORD_FORMALITIES, CREW_A);
        for (int i = 0; i < 3; i++)
            if (i != missing)
                command_set(&desk.command, fields[i], 1);
        CHECK_STATUS(desk_carry_out(&desk), VERDICT_NEEDS_FORMALITIES);
        CHECK_STATUS(desk_finish(&desk, CREW_A), VERDICT_NEEDS_FORMALITIES);
    }
}

TEST(article_24_a_customer_not_reached_or_unwilling_is_proved_in_words)
{
    for (enum confirmation confirmation = CONFIRMATION_GIVEN; confirmation < CONFIRMATION__COUNT; confirmation++) {
        struct desk desk;
        check_casef("confirmation %d", (int)confirmation);
        REQUIRE_STATUS(desk_until_accepted(&desk, "meter_idle"), VERDICT_OK);
        desk_command(&desk, ACTION_RECORD_FORMALITIES, CREW_A)->has_text = false;
        command_set(&desk.command, FIELD_REASON, 1);
        command_set(&desk.command, FIELD_NOTICE_GIVEN, NOTICE_CALL);
        command_set(&desk.command, FIELD_CONFIRMATION, confirmation);
        CHECK_STATUS(desk_carry_out(&desk), confirmation == CONFIRMATION_GIVEN ? VERDICT_OK : VERDICT_NEEDS_TEXT);
        desk.command.has_text = true;
        if (confirmation != CONFIRMATION_GIVEN)
            REQUIRE_STATUS(desk_carry_out(&desk), VERDICT_OK);
        CHECK_INT(desk.ticket.confirmation, confirmation);
        CHECK_STATUS(desk_finish(&desk, CREW_A), VERDICT_OK);
    }
}

/* ---- Art. 25: damage by others */

/* A leak by others, repaired and accepted by ops; called, too. */
static enum verdict repair_for_others(struct desk *desk, bool is_inspected)
{
    enum verdict verdict = desk_until_accepted(desk, "leak_third_party");

    if (verdict == VERDICT_OK && is_inspected)
        verdict = desk_send_inspection(desk);
    if (verdict == VERDICT_OK)
        verdict = desk_do(desk, ACTION_ARRIVE, CREW_A);
    if (verdict == VERDICT_OK)
        verdict = desk_do(desk, ACTION_REPAIR, CREW_A);
    if (verdict == VERDICT_OK)
        verdict = desk_finish(desk, CREW_A);
    if (verdict == VERDICT_OK)
        verdict = desk_do_with(desk, ACTION_REVIEW, OPS, FIELD_DECISION, DECISION_GRANT);
    command_set(desk_command(desk, ACTION_FOLLOW_UP, OPS), FIELD_FOLLOW_UP, FOLLOW_UP_SATISFIED);
    command_set(&desk->command, FIELD_SATISFACTION, 5);
    return verdict == VERDICT_OK ? desk_carry_out(desk) : verdict;
}

TEST(article_25_the_joint_case_is_closed_only_when_the_inspection_has_said_who_is_liable)
{
    struct desk desk;

    REQUIRE_STATUS(repair_for_others(&desk, true), VERDICT_OK);
    CHECK(!waits_for(&desk, WAITING_INSPECTION)); /* the detachment has it */
    CHECK_STATUS(desk_do(&desk, ACTION_CLOSE, OPS), VERDICT_NEEDS_INSPECTION);
    command_set(desk_command(&desk, ACTION_RECORD_LIABILITY, CREW_A), FIELD_LIABILITY, LIABILITY_UNKNOWN);
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_WRONG_UNIT); /* not by those who repaired it */
    desk.command.actor = INSPECTOR;
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_NEEDS_ARRIVAL); /* from the desk it cannot be known */
    desk.command.actor = OPS;
    REQUIRE_STATUS(desk_carry_out(&desk), VERDICT_OK); /* ops, for an inspection that never came about */
    CHECK_STATUS(desk_do(&desk, ACTION_CLOSE, OPS), VERDICT_OK);
    /* The compensation comes months later. */
    command_set(desk_command(&desk, ACTION_RECORD_LIABILITY, OPS), FIELD_LIABILITY, LIABILITY_IDENTIFIED);
    command_set(&desk.command, FIELD_AMOUNT_FEN, 350000);
    REQUIRE_STATUS(desk_carry_out(&desk), VERDICT_OK);
    CHECK_INT(desk.ticket.compensation_fen, 350000);
}

TEST(article_25_ops_sees_damage_by_others_that_nobody_inspects)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "leak_third_party"), VERDICT_OK);
    CHECK(waits_for(&desk, WAITING_INSPECTION));
    REQUIRE_STATUS(desk_send_inspection(&desk), VERDICT_OK);
    CHECK(!waits_for(&desk, WAITING_INSPECTION));
    REQUIRE_STATUS(repair_for_others(&desk, false), VERDICT_OK);
    CHECK(waits_for(&desk, WAITING_INSPECTION));
    CHECK_STATUS(desk_do(&desk, ACTION_CLOSE, OPS), VERDICT_NEEDS_INSPECTION);
}

TEST(article_25_an_inspection_sent_by_hand_has_to_answer_too)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "no_water"), VERDICT_OK);
    REQUIRE_STATUS(desk_send_inspection(&desk), VERDICT_OK);
    REQUIRE_STATUS(desk_do(&desk, ACTION_ACCEPT, INSPECTOR), VERDICT_OK);
    REQUIRE_STATUS(desk_finish(&desk, LIAISON_A), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_REVIEW, OPS, FIELD_DECISION, DECISION_GRANT), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_FOLLOW_UP, OPS, FIELD_FOLLOW_UP, FOLLOW_UP_NOT_POSSIBLE), VERDICT_OK);
    CHECK_STATUS(permits(&desk, ACTION_CLOSE, OPS), VERDICT_NEEDS_INSPECTION);
    REQUIRE_STATUS(desk_do(&desk, ACTION_ARRIVE, INSPECTOR), VERDICT_OK); /* it may come last */
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_RECORD_LIABILITY, INSPECTOR, FIELD_LIABILITY, LIABILITY_NOT_OUTSIDE),
                   VERDICT_OK);
    CHECK_STATUS(desk_do(&desk, ACTION_CLOSE, OPS), VERDICT_OK);
}

/* ---- Art. 34: repeats, a liaison out of reach */

TEST(article_34_3_a_repeat_is_passed_only_by_others_than_those_who_worked_on_it)
{
    struct desk desk;
    struct actor ops_in_unit = person(ROLE_OPS, UNIT_A);

    REQUIRE_STATUS(desk_until_accepted(&desk, "no_water"), VERDICT_OK);
    command_set(desk_command(&desk, ACTION_LINK_REPEAT, OPS), FIELD_PARENT, 7);
    command_set(&desk.command, FIELD_LEVEL, 2);
    REQUIRE_STATUS(desk_carry_out(&desk), VERDICT_OK);
    REQUIRE_STATUS(desk_finish(&desk, LIAISON_A), VERDICT_OK);
    CHECK(waits_for(&desk, WAITING_REVIEW));
    CHECK_STATUS(desk_do_with(&desk, ACTION_REVIEW, ops_in_unit, FIELD_DECISION, DECISION_GRANT), VERDICT_OWN_WORK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_REVIEW, OPS, FIELD_DECISION, DECISION_GRANT), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_FOLLOW_UP, OPS, FIELD_FOLLOW_UP, FOLLOW_UP_NOT_POSSIBLE), VERDICT_OK);
    CHECK_STATUS(desk_do(&desk, ACTION_CLOSE, ops_in_unit), VERDICT_OWN_WORK);
    CHECK_STATUS(desk_do(&desk, ACTION_CLOSE, OPS), VERDICT_OK);
}

TEST(article_34_3_no_unit_can_end_a_repeat_on_any_way)
{
    static const enum role roles[] = {ROLE_CREW, ROLE_LIAISON, ROLE_UNIT_LEADER};

    for (enum ticket_state state = TICKET_REPORTED; state < TICKET_STATE__COUNT; state++)
        for (enum ticket_action action = ACTION_NONE + 1; action < TICKET_ACTION__COUNT; action++)
            for (size_t i = 0; i < 3; i++) {
                const bool is_end = action == ACTION_REVIEW || action == ACTION_FOLLOW_UP || action == ACTION_CLOSE ||
                                    action == ACTION_NOT_OURS || action == ACTION_WITHDRAW || action == ACTION_MERGE ||
                                    action == ACTION_STOP_WITH_PARENT || action == ACTION_HAND_TO_DISCIPLINE;
                const struct standing everywhere = {true, true, true, true, true};
                if (is_end)
                    CHECK_STATUS(workflow_permits(action, state, ROLE_BIT(roles[i]), everywhere, NULL),
                                 VERDICT_WRONG_ROLE);
            }
}

TEST(article_34_3_a_repeat_is_linked_with_level_and_count)
{
    struct desk desk;

    REQUIRE_STATUS(desk_report(&desk, "no_water"), VERDICT_OK);
    command_set(desk_command(&desk, ACTION_LINK_REPEAT, SYSTEM), FIELD_PARENT, 7);
    command_set(&desk.command, FIELD_LEVEL, 3); /* that one was a repeat of level 2 itself */
    REQUIRE_STATUS(desk_carry_out(&desk), VERDICT_OK);
    CHECK_INT(desk.ticket.repeat_level, 3);
    CHECK_INT(desk.ticket.repeat_count, 1);
    CHECK_INT(desk.ticket.repeats[0].v, 7);
    CHECK_STATUS(desk_do_with(&desk, ACTION_LINK_REPEAT, OPS, FIELD_PARENT, 7), VERDICT_ALREADY_DONE);
    command_set(desk_command(&desk, ACTION_LINK_REPEAT, OPS), FIELD_PARENT, 8);
    command_set(&desk.command, FIELD_LEVEL, 1);
    REQUIRE_STATUS(desk_carry_out(&desk), VERDICT_OK);
    CHECK_INT(desk.ticket.repeat_level, 3); /* the most of them */
    CHECK_INT(desk.ticket.repeat_count, 2);
    for (int i = 2; i < TICKET_REPEATS_MAX; i++)
        REQUIRE_STATUS(desk_do_with(&desk, ACTION_LINK_REPEAT, OPS, FIELD_PARENT, 20 + i), VERDICT_OK);
    CHECK_STATUS(desk_do_with(&desk, ACTION_LINK_REPEAT, OPS, FIELD_PARENT, 40), VERDICT_TOO_MANY);
}

TEST(article_34_1_a_failed_call_says_whose_liaison_it_was)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "no_water"), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_FAILED_CALL, OPERATOR, FIELD_STAFF, 31), VERDICT_OK);
    CHECK_INT(event_get(&desk.event, FIELD_UNIT, 0), UNIT_A);
    CHECK_INT(event_get(&desk.event, FIELD_STAFF, 0), 31);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_FAILED_CALL, OPS, FIELD_UNIT, UNIT_B), VERDICT_OK);
    CHECK_INT(event_get(&desk.event, FIELD_UNIT, 0), UNIT_B);
    CHECK_INT(desk.ticket.failed_call_count, 2);
}

/* ---- Art. 27: one incident */

TEST(article_27_unmerging_lets_run_again_what_the_parent_s_acts_had_stopped)
{
    struct desk desk;

    REQUIRE_STATUS(desk_report(&desk, "leak_public"), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_MERGE, OPS, FIELD_PARENT, 2), VERDICT_OK);
    desk_wait(&desk, 10);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_FOLLOW_PARENT, SYSTEM, FIELD_CLOCK_KIND, CLOCK_ARRIVE), VERDICT_OK);
    CHECK_INT(desk_result(&desk, CLOCK_ARRIVE), RESULT_KEPT);
    desk_wait(&desk, 10);
    REQUIRE_STATUS(desk_do(&desk, ACTION_UNMERGE, OPS), VERDICT_OK);
    CHECK_INT(desk.ticket.state, TICKET_REPORTED);
    CHECK_INT(desk_result(&desk, CLOCK_ARRIVE), RESULT_RUNNING);
    CHECK(!instant_is_set(ticket_clock(&desk.ticket, CLOCK_ARRIVE)->stopped_at));
    CHECK_INT(desk_due_minutes(&desk, CLOCK_ARRIVE), 40);
    CHECK_INT(desk_result(&desk, CLOCK_REPAIR), RESULT_RUNNING);
    CHECK_INT(desk.ticket.followed_kinds, 0);
    desk_wait(&desk, 21);
    CHECK_INT(desk_result(&desk, CLOCK_ARRIVE), RESULT_LATE); /* nobody was ever sent there */
}

TEST(article_27_what_the_own_crew_did_before_the_merge_stays_done)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "leak_public"), VERDICT_OK);
    REQUIRE_STATUS(desk_do(&desk, ACTION_ARRIVE, CREW_A), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_MERGE, OPS, FIELD_PARENT, 2), VERDICT_OK);
    CHECK_INT(event_get(&desk.event, FIELD_UNIT, 0), UNIT_A); /* it is told that it is stood down */
    REQUIRE_STATUS(desk_do(&desk, ACTION_UNMERGE, OPS), VERDICT_OK);
    CHECK_INT(desk_result(&desk, CLOCK_ARRIVE), RESULT_KEPT);
}

TEST(article_27_who_holds_the_incident_answers_for_the_promises_of_each_report)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "leak_public"), VERDICT_OK);
    command_set(desk_command(&desk, ACTION_MERGE, OPS), FIELD_PARENT, 2);
    desk.command.parent_unit.v = UNIT_B;
    REQUIRE_STATUS(desk_carry_out(&desk), VERDICT_OK);
    CHECK_INT(ticket_clock(&desk.ticket, CLOCK_ARRIVE)->unit.v, UNIT_B);
    CHECK_INT(ticket_clock(&desk.ticket, CLOCK_REPAIR)->unit.v, UNIT_B);
    desk_wait(&desk, 60); /* the arrival is late with B */
    command_set(desk_command(&desk, ACTION_FOLLOW_PARENT, SYSTEM), FIELD_CLOCK_KIND, CLOCK_ARRIVE);
    desk.command.parent_unit.v = UNIT_INSPECT; /* the incident was dispatched anew meanwhile */
    REQUIRE_STATUS(desk_carry_out(&desk), VERDICT_OK);
    CHECK_INT(desk_result(&desk, CLOCK_ARRIVE), RESULT_LATE);
    CHECK_INT(ticket_clock(&desk.ticket, CLOCK_ARRIVE)->unit.v, UNIT_B); /* what is late stays with who held it (decision 5) */
    CHECK_INT(ticket_clock(&desk.ticket, CLOCK_REPAIR)->unit.v, UNIT_INSPECT);
    desk_command(&desk, ACTION_STOP_WITH_PARENT, SYSTEM)->parent_unit.v = UNIT_A;
    REQUIRE_STATUS(desk_carry_out(&desk), VERDICT_OK);
    CHECK_INT(ticket_clock(&desk.ticket, CLOCK_REPAIR)->unit.v, UNIT_A);
    CHECK_INT(desk_result(&desk, CLOCK_REPAIR), RESULT_KEPT);
}

TEST(article_27_an_unmerge_cannot_be_dated_before_the_merge)
{
    struct desk desk;

    REQUIRE_STATUS(desk_report(&desk, "no_water"), VERDICT_OK);
    desk_wait(&desk, 5);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_MERGE, OPS, FIELD_PARENT, 2), VERDICT_OK);
    desk_command(&desk, ACTION_UNMERGE, OPS)->occurred_at = plus_milliseconds(desk.now, -1);
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_TIME_BEFORE_REPORT);
}

TEST(article_27_incidents_do_not_chain)
{
    struct desk desk;

    REQUIRE_STATUS(desk_report(&desk, "no_water"), VERDICT_OK);
    command_set(desk_command(&desk, ACTION_MERGE, OPS), FIELD_PARENT, 2);
    desk.command.parent_is_merged = true;
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_PARENT_MERGED);
    desk.command.parent_is_merged = false;
    desk.command.has_children = true;
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_HAS_CHILDREN);
    desk.command.has_children = false;
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_OK);
}

TEST(article_27_a_merged_report_of_damage_by_others_leaves_the_inspection_to_its_parent)
{
    struct desk desk;

    REQUIRE_STATUS(desk_report(&desk, "leak_third_party"), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_MERGE, OPS, FIELD_PARENT, 2), VERDICT_OK);
    desk_wait(&desk, 30);
    REQUIRE_STATUS(desk_do(&desk, ACTION_STOP_WITH_PARENT, SYSTEM), VERDICT_OK);
    CHECK(ticket_needs_follow_up(&desk.ticket)); /* each reporter is asked */
    command_set(desk_command(&desk, ACTION_FOLLOW_UP, OPS), FIELD_FOLLOW_UP, FOLLOW_UP_SATISFIED);
    command_set(&desk.command, FIELD_SATISFACTION, 5);
    REQUIRE_STATUS(desk_carry_out(&desk), VERDICT_OK);
    CHECK_STATUS(desk_do(&desk, ACTION_CLOSE, OPS), VERDICT_OK);
}

/* ---- what waits at ops */

TEST(nothing_waits_at_ops_in_a_ticket_on_its_plain_way)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "no_water"), VERDICT_OK);
    CHECK_INT(ticket_waiting(&desk.ticket, category_of(&desk)), 0);
    REQUIRE_STATUS(desk_finish(&desk, LIAISON_A), VERDICT_OK);
    CHECK_INT(ticket_waiting(&desk.ticket, category_of(&desk)), 1 << WAITING_REVIEW);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_REVIEW, OPS, FIELD_DECISION, DECISION_GRANT), VERDICT_OK);
    CHECK_INT(ticket_waiting(&desk.ticket, category_of(&desk)), 0);
    REQUIRE_STATUS(desk_do(&desk, ACTION_SAY_NOT_FIXED, RESIDENT), VERDICT_OK);
    CHECK_INT(ticket_waiting(&desk.ticket, category_of(&desk)), 1 << WAITING_NOT_FIXED);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_REOPEN, OPS, FIELD_DECISION, DECISION_REFUSE), VERDICT_OK);
    CHECK_INT(ticket_waiting(&desk.ticket, category_of(&desk)), 0);
}

TEST(nothing_waits_at_ops_in_a_ticket_that_is_over_or_sealed)
{
    struct desk desk;

    REQUIRE_STATUS(desk_report(&desk, "unforeseen"), VERDICT_OK);
    REQUIRE_STATUS(desk_do(&desk, ACTION_ESCALATE_GROUP, OPERATOR), VERDICT_OK);
    CHECK(waits_for(&desk, WAITING_LIMIT));
    CHECK(waits_for(&desk, WAITING_ESCALATION));
    struct desk sealed = desk;
    REQUIRE_STATUS(desk_do(&desk, ACTION_WITHDRAW, RESIDENT), VERDICT_OK);
    CHECK_INT(ticket_waiting(&desk.ticket, category_of(&desk)), 0);
    REQUIRE_STATUS(desk_do(&sealed, ACTION_HAND_TO_DISCIPLINE, OPS), VERDICT_OK);
    CHECK_INT(ticket_waiting(&sealed.ticket, category_of(&sealed)), 0);
}
