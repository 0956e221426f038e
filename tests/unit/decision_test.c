/* Counter-examples to the design's decisions on a ticket's clocks: what somebody could try, and what stands afterwards. */
#include "check.h"

#include "ticket_desk.h"

static const struct clock *clock_of(const struct desk *desk, enum clock_kind kind)
{
    const struct clock *clock = ticket_clock(&desk->ticket, kind);

    REQUIRE(clock != NULL);
    return clock;
}

static enum verdict reclassify(struct desk *desk, const char *category_code)
{
    return desk_do_with(desk, ACTION_RECLASSIFY, OPS, FIELD_CATEGORY, regulation_category(category_code)->id.v);
}

static enum verdict dispatch(struct desk *desk, int unit)
{
    return desk_do_with(desk, ACTION_DISPATCH, OPS, FIELD_UNIT, unit);
}

static enum verdict dispatch_inspection(struct desk *desk)
{
    command_set(desk_command(desk, ACTION_DISPATCH_ASSIST, OPS), FIELD_UNIT, UNIT_INSPECT);
    command_set(&desk->command, FIELD_ASSIGNMENT_ROLE, ASSIGNMENT_INSPECTION);
    return desk_carry_out(desk);
}

static enum verdict finish(struct desk *desk)
{
    return desk_finish(desk, LIAISON_A);
}

static enum verdict grant(struct desk *desk, int64_t hours_after_report)
{
    command_set(desk_command(desk, ACTION_DECIDE_EXTENSION, OPS), FIELD_DECISION, DECISION_GRANT);
    command_set(&desk->command, FIELD_GRANTED_DUE,
                plus_seconds(desk->ticket.reported_at, hours_after_report * 3600).milliseconds);
    return desk_carry_out(desk);
}

static enum verdict ask(struct desk *desk, int64_t hours_after_report)
{
    return desk_do_with(desk, ACTION_ASK_EXTENSION, LIAISON_A, FIELD_PROPOSED_DUE,
                        plus_seconds(desk->ticket.reported_at, hours_after_report * 3600).milliseconds);
}

/* ---- decision 2: whose time it is */

TEST(decision2_a_return_by_the_next_unit_does_not_take_the_first_units_breach_away)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "no_water"), VERDICT_OK);
    desk_wait(&desk, 48 * 60);
    REQUIRE_STATUS(desk_do(&desk, ACTION_RECALL, OPS), VERDICT_OK);
    REQUIRE_STATUS(dispatch(&desk, UNIT_B), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_OBJECT, LIAISON_B, FIELD_REASON, 1), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_DECIDE_OBJECTION, OPS, FIELD_DECISION, DECISION_RETURN), VERDICT_OK);
    CHECK_INT(clock_of(&desk, CLOCK_FINISH)->unit.v, UNIT_A);
}

TEST(decision2_what_a_returned_unit_held_was_never_theirs)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "no_water"), VERDICT_OK);
    desk_wait(&desk, 48 * 60);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_OBJECT, LIAISON_A, FIELD_REASON, 1), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_DECIDE_OBJECTION, OPS, FIELD_DECISION, DECISION_RETURN), VERDICT_OK);
    CHECK_INT(clock_of(&desk, CLOCK_FINISH)->unit.v, 0);
    CHECK_INT(desk_result(&desk, CLOCK_FINISH), RESULT_LATE); /* to the public it is late all the same */
}

TEST(decision2_what_became_late_at_ops_is_charged_to_no_unit)
{
    struct desk desk;

    REQUIRE_STATUS(desk_report(&desk, "leak_public"), VERDICT_OK);
    desk_wait(&desk, 45);
    REQUIRE_STATUS(dispatch(&desk, UNIT_A), VERDICT_OK);
    CHECK_INT(clock_of(&desk, CLOCK_ARRIVE)->unit.v, 0);
    CHECK_INT(clock_of(&desk, CLOCK_REPAIR)->unit.v, UNIT_A);
    CHECK_INT(ticket_ops_wait_seconds(&desk.ticket, desk.now), 45 * 60);
}

TEST(decision5_a_recalled_inspection_keeps_its_breach)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "leak_third_party"), VERDICT_OK);
    REQUIRE_STATUS(dispatch_inspection(&desk), VERDICT_OK);
    desk_wait(&desk, 40);
    CHECK_INT(desk_result(&desk, CLOCK_INSPECT), RESULT_LATE);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_RECALL, OPS, FIELD_DISPATCH_NO, 2), VERDICT_OK);
    CHECK_INT(clock_of(&desk, CLOCK_INSPECT)->unit.v, UNIT_INSPECT);
    /* Nobody inspects any more: another matter ends the clock. */
    REQUIRE_STATUS(reclassify(&desk, "no_water"), VERDICT_OK);
    CHECK_INT(desk_result(&desk, CLOCK_INSPECT), RESULT_ENDED_LATE);
}

TEST(art25_only_a_leak_by_others_promises_an_inspection)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "leak_third_party"), VERDICT_OK);
    REQUIRE_STATUS(dispatch_inspection(&desk), VERDICT_OK);
    REQUIRE_STATUS(reclassify(&desk, "leak_public"), VERDICT_OK);
    CHECK_INT(desk_result(&desk, CLOCK_INSPECT), RESULT_ENDED_KEPT);
    /* Back again while the detachment is on its way: theirs, from the report. */
    REQUIRE_STATUS(reclassify(&desk, "leak_third_party"), VERDICT_OK);
    CHECK_INT(desk_due_minutes(&desk, CLOCK_INSPECT), 40);
    CHECK_INT(clock_of(&desk, CLOCK_INSPECT)->unit.v, UNIT_INSPECT);
}

/* ---- decision 3: extensions */

TEST(decision3_an_extension_granted_after_the_finish_counts_as_of_its_asking)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "no_water"), VERDICT_OK);
    REQUIRE_STATUS(ask(&desk, 60), VERDICT_OK);
    desk_wait(&desk, 50 * 60);
    REQUIRE_STATUS(finish(&desk), VERDICT_OK);
    REQUIRE_STATUS(grant(&desk, 60), VERDICT_OK);
    const struct clock *clock = clock_of(&desk, CLOCK_FINISH);
    CHECK_INT(clock->result, RESULT_LATE);
    CHECK_INT(clock->corrected, RESULT_RUNNING);
    CHECK_STATUS(clock_granted_result_at(clock, desk.now), RESULT_KEPT);
    CHECK_INT(desk_due_minutes(&desk, CLOCK_FINISH), 48 * 60);
}

TEST(decision3_a_second_extension_never_takes_the_first_one_back)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "leak_public"), VERDICT_OK);
    REQUIRE_STATUS(ask(&desk, 30), VERDICT_OK);
    REQUIRE_STATUS(grant(&desk, 30), VERDICT_OK);
    desk_wait(&desk, 25 * 60); /* past the original due, inside the granted one */
    CHECK_STATUS(ask(&desk, 30), VERDICT_NOT_LATER);
    REQUIRE_STATUS(ask(&desk, 40), VERDICT_OK);
    CHECK_STATUS(grant(&desk, 29), VERDICT_NOT_LATER);
    CHECK_STATUS(grant(&desk, 30), VERDICT_NOT_LATER);
    REQUIRE_STATUS(grant(&desk, 31), VERDICT_OK);
    CHECK_INT(instant_milliseconds_between(desk.ticket.reported_at, clock_of(&desk, CLOCK_REPAIR)->granted_due_at),
              31 * 3600000);
    CHECK_INT(desk_due_minutes(&desk, CLOCK_FINISH), 24 * 60);
}

TEST(decision3_a_grant_leaves_a_repair_alone_that_is_due_later_anyway)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "leak_public"), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_GRADE, OPS, FIELD_GRADES, GRADE_BIT(GRADE_INJURY)), VERDICT_OK);
    CHECK_INT(desk_due_minutes(&desk, CLOCK_FINISH), 12 * 60); /* the grade is shorter than the repair */
    CHECK_INT(desk_due_minutes(&desk, CLOCK_REPAIR), 24 * 60);
    REQUIRE_STATUS(ask(&desk, 20), VERDICT_OK);
    REQUIRE_STATUS(grant(&desk, 20), VERDICT_OK);
    CHECK(!instant_is_set(clock_of(&desk, CLOCK_REPAIR)->granted_due_at));
}

/* ---- decision 4: refused finishes and cycles */

TEST(decision4_a_finish_in_time_refused_after_the_due_time_is_late)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_finished(&desk, "no_water"), VERDICT_OK);
    desk_wait(&desk, 48 * 60);
    CHECK_INT(desk_result(&desk, CLOCK_FINISH), RESULT_KEPT);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_REVIEW, OPS, FIELD_DECISION, DECISION_REFUSE), VERDICT_OK);
    CHECK_INT(desk_result(&desk, CLOCK_FINISH), RESULT_LATE);
    REQUIRE_STATUS(finish(&desk), VERDICT_OK);
    CHECK_INT(clock_of(&desk, CLOCK_FINISH)->result, RESULT_LATE);
    CHECK_INT(desk.ticket.cycle, 1);
}

TEST(decision4_a_late_finish_refused_stays_late_whatever_is_learned_meanwhile)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "no_water"), VERDICT_OK);
    desk_wait(&desk, 48 * 60);
    REQUIRE_STATUS(finish(&desk), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_REVIEW, OPS, FIELD_DECISION, DECISION_REFUSE), VERDICT_OK);
    CHECK(clock_is_running(clock_of(&desk, CLOCK_FINISH)));
    CHECK_INT(clock_of(&desk, CLOCK_FINISH)->result, RESULT_LATE);
    REQUIRE_STATUS(finish(&desk), VERDICT_OK);
    CHECK_INT(clock_of(&desk, CLOCK_FINISH)->result, RESULT_LATE);
    CHECK_INT(clock_of(&desk, CLOCK_FINISH)->corrected, RESULT_RUNNING);
}

/* A leak, repaired and accepted, of which the resident says a day later that it leaks again. */
static void reopen_leak(struct desk *desk)
{
    REQUIRE_STATUS(desk_until_accepted(desk, "leak_public"), VERDICT_OK);
    desk_wait(desk, 40); /* the arrival is late */
    REQUIRE_STATUS(desk_do(desk, ACTION_ARRIVE, CREW_A), VERDICT_OK);
    REQUIRE_STATUS(desk_do(desk, ACTION_REPAIR, CREW_A), VERDICT_OK);
    REQUIRE_STATUS(finish(desk), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(desk, ACTION_REVIEW, OPS, FIELD_DECISION, DECISION_GRANT), VERDICT_OK);
    desk_wait(desk, 24 * 60);
    REQUIRE_STATUS(desk_do(desk, ACTION_SAY_NOT_FIXED, RESIDENT), VERDICT_OK);
    desk_wait(desk, 60);
    REQUIRE_STATUS(desk_do(desk, ACTION_REOPEN, OPS), VERDICT_OK);
}

TEST(decision4_nothing_in_the_second_cycle_touches_the_first)
{
    struct desk desk;
    struct clock first[TICKET_CLOCKS_MAX];
    int first_count = 0;

    reopen_leak(&desk);
    for (int i = 0; i < desk.ticket.clock_count; i++)
        if (desk.ticket.clocks[i].cycle == 1)
            first[first_count++] = desk.ticket.clocks[i];
    CHECK_INT(first_count, 5);
    command_set(desk_command(&desk, ACTION_DISPATCH, OPS), FIELD_UNIT, UNIT_B);
    command_set(&desk.command, FIELD_CREW_SENT, 1);
    REQUIRE_STATUS(desk_carry_out(&desk), VERDICT_OK);
    REQUIRE_STATUS(desk_do(&desk, ACTION_ACCEPT, LIAISON_B), VERDICT_OK);
    command_set(desk_command(&desk, ACTION_RECORD_FACTS, OPS), FIELD_ZONE, ZONE_OUTER);
    command_set(&desk.command, FIELD_DIAMETER_MM, 900);
    REQUIRE_STATUS(desk_carry_out(&desk), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_GRADE, OPS, FIELD_GRADES, GRADE_BIT(GRADE_URGENT)), VERDICT_OK);
    REQUIRE_STATUS(reclassify(&desk, "leak_third_party"), VERDICT_OK);
    REQUIRE_STATUS(desk_do(&desk, ACTION_WITHDRAW, OPS), VERDICT_OK);
    for (int i = 0; i < first_count; i++) {
        check_casef("clock %d of the first cycle", first[i].no);
        CHECK_BYTES(&desk.ticket.clocks[first[i].no - 1], &first[i], sizeof first[i]);
    }
}

TEST(decision4_an_arrival_that_was_late_before_the_crew_was_sent_is_not_theirs)
{
    struct desk desk;

    reopen_leak(&desk); /* confirmed an hour after it was said: 40 minutes are over */
    command_set(desk_command(&desk, ACTION_DISPATCH, OPS), FIELD_UNIT, UNIT_A);
    command_set(&desk.command, FIELD_CREW_SENT, 1);
    REQUIRE_STATUS(desk_carry_out(&desk), VERDICT_OK);
    CHECK_INT(desk_result(&desk, CLOCK_ARRIVE), RESULT_LATE);
    CHECK_INT(clock_of(&desk, CLOCK_ARRIVE)->unit.v, 0);
    CHECK_INT(clock_of(&desk, CLOCK_REPAIR)->unit.v, UNIT_A);
}

/* ---- decision 5: a breach stays, a correction stands beside it */

static enum verdict arrive(struct desk *desk, bool with_zone)
{
    desk_command(desk, ACTION_ARRIVE, CREW_A);
    if (with_zone)
        command_set(&desk->command, FIELD_ZONE, ZONE_OUTER);
    return desk_carry_out(desk);
}

TEST(decision5_a_breach_does_not_depend_on_the_order_in_which_facts_and_acts_are_told)
{
    static const char *const ORDERS[] = {"zone with the arrival", "zone, then arrival", "arrival, then zone"};
    for (int order = 0; order < 3; order++) {
        struct desk desk;
        check_case(ORDERS[order]);
        REQUIRE_STATUS(desk_until_accepted(&desk, "leak_public"), VERDICT_OK);
        desk_wait(&desk, 40); /* 50 minutes: late as far as anybody knew, in time for a place beyond the ring */
        CHECK_INT(desk_result(&desk, CLOCK_ARRIVE), RESULT_LATE);
        if (order == 1)
            REQUIRE_STATUS(desk_do_with(&desk, ACTION_RECORD_FACTS, CREW_A, FIELD_ZONE, ZONE_OUTER), VERDICT_OK);
        CHECK_INT(desk_result(&desk, CLOCK_ARRIVE), RESULT_LATE);
        REQUIRE_STATUS(arrive(&desk, order == 0), VERDICT_OK);
        if (order == 2)
            REQUIRE_STATUS(desk_do_with(&desk, ACTION_RECORD_FACTS, CREW_A, FIELD_ZONE, ZONE_OUTER), VERDICT_OK);
        CHECK_INT(clock_of(&desk, CLOCK_ARRIVE)->result, RESULT_LATE);
        CHECK_INT(clock_of(&desk, CLOCK_ARRIVE)->corrected, RESULT_KEPT);
        CHECK_INT(desk_due_minutes(&desk, CLOCK_ARRIVE), 60);
        CHECK_INT(clock_of(&desk, CLOCK_ARRIVE)->unit.v, UNIT_A);
    }
}

TEST(decision8_a_fact_known_in_time_counts_though_it_is_entered_late)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "leak_public"), VERDICT_OK);
    desk_wait(&desk, 40);
    command_set(desk_command(&desk, ACTION_RECORD_FACTS, CREW_A), FIELD_ZONE, ZONE_OUTER);
    desk.command.occurred_at = plus_seconds(desk.ticket.reported_at, 40 * 60); /* told by phone */
    REQUIRE_STATUS(desk_carry_out(&desk), VERDICT_OK);
    CHECK_INT(desk_result(&desk, CLOCK_ARRIVE), RESULT_RUNNING);
    REQUIRE_STATUS(arrive(&desk, false), VERDICT_OK);
    CHECK_INT(clock_of(&desk, CLOCK_ARRIVE)->result, RESULT_KEPT);
    CHECK_INT(clock_of(&desk, CLOCK_ARRIVE)->corrected, RESULT_RUNNING);
}

TEST(decision5_lifting_a_grade_does_not_lift_the_breach_of_its_limit)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "faulty_meter"), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_GRADE, OPS, FIELD_GRADES, GRADE_BIT(GRADE_URGENT)), VERDICT_OK);
    desk_wait(&desk, 120);
    CHECK_INT(desk_result(&desk, CLOCK_FINISH), RESULT_LATE);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_GRADE, OPS, FIELD_GRADES, 0), VERDICT_OK);
    const struct clock *clock = clock_of(&desk, CLOCK_FINISH);
    CHECK_INT(desk_due_minutes(&desk, CLOCK_FINISH), 36 * 60);
    CHECK_INT(clock->result, RESULT_LATE);
    CHECK(clock_is_running(clock));
    CHECK_INT(clock->unit.v, UNIT_A);
    CHECK_INT(clock_late_seconds(clock, desk.now, false), 0);
    CHECK_INT(instant_milliseconds_between(desk.now, ticket_next_due(&desk.ticket)), (36 * 60 - 130) * 60000);
    REQUIRE_STATUS(desk_formalities(&desk, CREW_A), VERDICT_OK);
    REQUIRE_STATUS(finish(&desk), VERDICT_OK);
    CHECK_INT(clock_of(&desk, CLOCK_FINISH)->result, RESULT_LATE);
    CHECK_INT(clock_of(&desk, CLOCK_FINISH)->corrected, RESULT_KEPT);
}

TEST(decision5_a_large_pipe_without_a_limit_keeps_the_breach_of_the_smaller_one)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "leak_public"), VERDICT_OK);
    desk_wait(&desk, 30 * 60);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_ARRIVE, CREW_A, FIELD_DIAMETER_MM, 1400), VERDICT_OK);
    CHECK_INT(desk_due_minutes(&desk, CLOCK_REPAIR), -1);
    CHECK_INT(desk_result(&desk, CLOCK_REPAIR), RESULT_LATE);
    REQUIRE_STATUS(desk_do(&desk, ACTION_REPAIR, CREW_A), VERDICT_OK);
    CHECK_INT(clock_of(&desk, CLOCK_REPAIR)->result, RESULT_LATE);
    CHECK_INT(clock_of(&desk, CLOCK_REPAIR)->corrected, RESULT_RUNNING); /* nothing to judge it by yet */
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_SET_LIMIT, OPS, FIELD_LIMIT_SECONDS, 48 * 3600), VERDICT_OK);
    CHECK_INT(clock_of(&desk, CLOCK_REPAIR)->corrected, RESULT_KEPT);
}

TEST(decision5_reclassifying_what_is_late_ends_it_late_and_counts_anew_from_the_same_start)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "leak_public"), VERDICT_OK);
    const int old_no = clock_of(&desk, CLOCK_FINISH)->no;
    desk_wait(&desk, 25 * 60);
    REQUIRE_STATUS(reclassify(&desk, "workmanship"), VERDICT_OK);
    const struct clock *old = &desk.ticket.clocks[old_no - 1];
    CHECK_INT(old->result, RESULT_ENDED_LATE);
    CHECK_INT(old->corrected, RESULT_RUNNING);
    CHECK_INT(old->unit.v, UNIT_A);
    CHECK(clock_of(&desk, CLOCK_FINISH)->no != old_no);
    CHECK(instant_is_equal(clock_of(&desk, CLOCK_FINISH)->started_at, desk.ticket.reported_at));
    CHECK_INT(desk_due_minutes(&desk, CLOCK_FINISH), 72 * 60);
    CHECK_INT(clock_of(&desk, CLOCK_FINISH)->unit.v, UNIT_A);
    CHECK_INT(desk_result(&desk, CLOCK_FINISH), RESULT_RUNNING);
}

TEST(decision5_late_at_birth_belongs_to_who_held_the_fact)
{
    struct desk desk;

    /* Taken in as something else: the unit never had 40 minutes. */
    REQUIRE_STATUS(desk_until_accepted(&desk, "no_water"), VERDICT_OK);
    desk_wait(&desk, 35);
    REQUIRE_STATUS(reclassify(&desk, "leak_public"), VERDICT_OK);
    CHECK_INT(desk_result(&desk, CLOCK_ARRIVE), RESULT_LATE);
    CHECK_INT(clock_of(&desk, CLOCK_ARRIVE)->unit.v, 0);
    CHECK_INT(clock_of(&desk, CLOCK_REPAIR)->unit.v, UNIT_A);

    /* The crew saw the valve and said so too late; or intake asked too late. */
    REQUIRE_STATUS(desk_until_accepted(&desk, "behind_meter_other"), VERDICT_OK);
    desk_wait(&desk, 30);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_RECORD_FACTS, CREW_A, FIELD_VALVE_STUCK, 1), VERDICT_OK);
    CHECK_INT(desk_result(&desk, CLOCK_CONTACT), RESULT_LATE);
    CHECK_INT(clock_of(&desk, CLOCK_CONTACT)->unit.v, UNIT_A);
    REQUIRE_STATUS(desk_until_accepted(&desk, "behind_meter_other"), VERDICT_OK);
    desk_wait(&desk, 30);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_RECORD_FACTS, OPERATOR, FIELD_VALVE_STUCK, 1), VERDICT_OK);
    CHECK_INT(clock_of(&desk, CLOCK_CONTACT)->unit.v, 0);
    REQUIRE_STATUS(desk_until_accepted(&desk, "behind_meter_other"), VERDICT_OK);
    desk_wait(&desk, 5);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_RECORD_FACTS, OPERATOR, FIELD_VALVE_STUCK, 1), VERDICT_OK);
    CHECK_INT(clock_of(&desk, CLOCK_CONTACT)->unit.v, UNIT_A); /* in time: the unit's to keep */
}

TEST(decision5_a_grade_set_after_its_limit_had_run_out_is_not_the_units_breach)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "faulty_meter"), VERDICT_OK);
    desk_wait(&desk, 180);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_GRADE, OPS, FIELD_GRADES, GRADE_BIT(GRADE_URGENT)), VERDICT_OK);
    CHECK_INT(desk_due_minutes(&desk, CLOCK_FINISH), 120);
    CHECK_INT(desk_result(&desk, CLOCK_FINISH), RESULT_LATE);
    CHECK_INT(clock_of(&desk, CLOCK_FINISH)->unit.v, 0);

    REQUIRE_STATUS(desk_until_accepted(&desk, "faulty_meter"), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_GRADE, OPS, FIELD_GRADES, GRADE_BIT(GRADE_URGENT)), VERDICT_OK);
    desk_wait(&desk, 180);
    CHECK_INT(desk_result(&desk, CLOCK_FINISH), RESULT_LATE);
    CHECK_INT(clock_of(&desk, CLOCK_FINISH)->unit.v, UNIT_A); /* told in time: theirs */
}

/* ---- times */

TEST(a_dispatch_follows_the_last_lead_and_not_those_who_only_helped)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "no_water"), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_DISPATCH_ASSIST, OPS, FIELD_UNIT, UNIT_B), VERDICT_OK);
    REQUIRE_STATUS(desk_do(&desk, ACTION_RECALL, OPS), VERDICT_OK);
    desk_wait(&desk, 5);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_RECALL, OPS, FIELD_DISPATCH_NO, 2), VERDICT_OK);
    command_set(desk_command(&desk, ACTION_DISPATCH, OPS), FIELD_UNIT, UNIT_A);
    desk.command.occurred_at = plus_seconds(desk.now, -5 * 60);
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_OK);
}

TEST(art16_a_unit_cannot_be_sent_a_second_time_before_its_first_time_ended)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "no_water"), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_DISPATCH_ASSIST, OPS, FIELD_UNIT, UNIT_B), VERDICT_OK);
    desk_wait(&desk, 5);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_RECALL, OPS, FIELD_DISPATCH_NO, 2), VERDICT_OK);
    desk_wait(&desk, 5);
    command_set(desk_command(&desk, ACTION_DISPATCH_ASSIST, OPS), FIELD_UNIT, UNIT_B);
    desk.command.occurred_at = plus_milliseconds(desk.now, -5 * 60000 - 1);
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_TIME_BEFORE_REPORT); /* its holding time would be counted twice */
    desk.command.occurred_at = plus_milliseconds(desk.now, -5 * 60000);
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_OK);
}

TEST(art23_a_call_cannot_be_dated_before_the_matter_was_theirs)
{
    struct desk desk;

    REQUIRE_STATUS(desk_report(&desk, "meter_well_leak"), VERDICT_OK);
    desk_wait(&desk, 35);
    REQUIRE_STATUS(dispatch(&desk, UNIT_A), VERDICT_OK);
    REQUIRE_STATUS(desk_do(&desk, ACTION_ACCEPT, LIAISON_A), VERDICT_OK);
    desk_command(&desk, ACTION_CONTACT, CREW_A)->occurred_at = plus_milliseconds(desk.now, -1);
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_TIME_BEFORE_REPORT);
    desk.command.occurred_at = desk.now;
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_OK);
}

TEST(art22_a_repair_cannot_be_dated_before_the_matter_was_theirs)
{
    struct desk desk;

    reopen_leak(&desk);
    REQUIRE_STATUS(dispatch(&desk, UNIT_A), VERDICT_OK); /* no crew: no arrival to compare with */
    REQUIRE_STATUS(desk_do(&desk, ACTION_ACCEPT, LIAISON_A), VERDICT_OK);
    desk_command(&desk, ACTION_REPAIR, CREW_A)->occurred_at = plus_milliseconds(desk.now, -1);
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_TIME_BEFORE_REPORT);
    desk.command.occurred_at = desk.now;
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_OK);
}
