/* The life of a ticket, rule by rule: what decide permits, which clocks move, what the fold remembers. */
#include "check.h"

#include "ticket_desk.h"

/* ---- report */

TEST(art14_a_report_starts_the_finish_clock_and_ops_wait)
{
    struct desk desk;

    REQUIRE_STATUS(desk_report(&desk, "faulty_meter"), VERDICT_OK);
    CHECK_INT(desk.ticket.state, TICKET_REPORTED);
    CHECK_INT(desk.ticket.version, 1);
    CHECK_INT(desk.ticket.cycle, 1);
    CHECK_INT(desk.ticket.clock_count, 2);
    CHECK_INT(desk_due_minutes(&desk, CLOCK_DISPATCH), 10);
    CHECK_INT(desk_due_minutes(&desk, CLOCK_FINISH), 36 * 60);
    CHECK_INT(desk.ticket.nature, NATURE_REPAIR);
    CHECK_INT(desk.ticket.first_receiver.v, OPERATOR.staff.v); /* Art. 9 */
    CHECK_INT(desk.event.actor_role, ROLE_BIT(ROLE_OPERATOR));
}

TEST(art22_a_leak_runs_arrival_and_repair_too)
{
    struct desk desk;

    REQUIRE_STATUS(desk_report(&desk, "leak_public"), VERDICT_OK);
    CHECK_INT(desk_due_minutes(&desk, CLOCK_ARRIVE), 40);
    CHECK_INT(desk_due_minutes(&desk, CLOCK_REPAIR), 24 * 60);
    CHECK_INT(desk_due_minutes(&desk, CLOCK_FINISH), 24 * 60);
    CHECK_INT(desk_result(&desk, CLOCK_INSPECT), -1);
    REQUIRE_STATUS(desk_report(&desk, "leak_third_party"), VERDICT_OK);
    CHECK_INT(desk_due_minutes(&desk, CLOCK_INSPECT), 40); /* Art. 25 */
}

TEST(art23_contact_runs_when_the_valve_will_not_close)
{
    struct desk desk;

    REQUIRE_STATUS(desk_report(&desk, "meter_well_leak"), VERDICT_OK);
    CHECK_INT(desk_due_minutes(&desk, CLOCK_CONTACT), 30);
    REQUIRE_STATUS(desk_report(&desk, "behind_meter_warranty"), VERDICT_OK);
    CHECK_INT(desk_result(&desk, CLOCK_CONTACT), -1);
    desk_wait(&desk, 20);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_RECORD_FACTS, OPERATOR, FIELD_VALVE_STUCK, 1), VERDICT_OK);
    CHECK_INT(desk_due_minutes(&desk, CLOCK_CONTACT), 30); /* from the report, not from when it was known */
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_RECORD_FACTS, OPERATOR, FIELD_VALVE_STUCK, 0), VERDICT_OK);
    CHECK_INT(desk_result(&desk, CLOCK_CONTACT), RESULT_ENDED_KEPT);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_RECORD_FACTS, OPERATOR, FIELD_VALVE_STUCK, 1), VERDICT_OK);
    CHECK_INT(desk_result(&desk, CLOCK_CONTACT), RESULT_RUNNING);
}

TEST(art28_praise_runs_no_clock)
{
    struct desk desk;

    REQUIRE_STATUS(desk_report(&desk, "praise"), VERDICT_OK);
    CHECK_INT(desk.ticket.clock_count, 0);
    CHECK_INT(desk.ticket.nature, NATURE_PRAISE);
    CHECK(ticket_next_clock(&desk.ticket) == NULL);
    CHECK(!instant_is_set(ticket_next_due(&desk.ticket)));
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_DISPATCH, OPS, FIELD_UNIT, UNIT_A), VERDICT_OK);
    CHECK_INT(desk.ticket.clock_count, 0);
}

TEST(a_repair_matter_needs_a_phone_and_a_question_does_not)
{
    struct desk desk;

    desk_init(&desk);
    command_set(desk_report_command(&desk, "no_water"), FIELD_HAS_PHONE, 0);
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_NEEDS_PHONE);
    command_set(desk_report_command(&desk, "consultation"), FIELD_HAS_PHONE, 0);
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_OK);
    CHECK(!desk.ticket.has_phone);
}

TEST(a_report_of_no_known_category_is_refused)
{
    struct desk desk;

    desk_init(&desk);
    command_set(desk_report_command(&desk, "no_water"), FIELD_CATEGORY, 9999);
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_UNKNOWN_CATEGORY);
    desk.now = local("2013-12-31 23:00"); /* before the regulation came into force */
    desk_report_command(&desk, "no_water");
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_UNKNOWN_CATEGORY);
}

TEST(a_report_written_down_later_counts_from_when_it_was_received)
{
    struct desk desk;

    desk_init(&desk);
    desk_report_command(&desk, "no_water")->occurred_at = plus_seconds(desk.now, -3600);
    desk.command.has_text = false;
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_NEEDS_REASON);
    desk.command.has_text = true;
    REQUIRE_STATUS(desk_carry_out(&desk), VERDICT_OK);
    CHECK_INT(desk_due_minutes(&desk, CLOCK_FINISH), 48 * 60);
    CHECK_INT(desk_due_minutes(&desk, CLOCK_DISPATCH), 60 + 10); /* ops could not see it before */
    CHECK_INT(event_get(&desk.event, FIELD_LATE_ENTRY, 0), 1);
    CHECK_INT(instant_milliseconds_between(desk.event.occurred_at, desk.event.recorded_at), 3600000);
}

TEST(a_resident_sets_no_grade)
{
    struct desk desk;

    desk_init(&desk);
    command_set(desk_report_command(&desk, "no_water"), FIELD_GRADES, GRADE_BIT(GRADE_URGENT));
    desk.command.actor = RESIDENT;
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_WRONG_ROLE);
    desk.command.actor = OPERATOR;
    desk.command.has_text = false;
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_NEEDS_REASON);
    desk.command.has_text = true;
    REQUIRE_STATUS(desk_carry_out(&desk), VERDICT_OK);
    CHECK_INT(desk_due_minutes(&desk, CLOCK_FINISH), 120);
    CHECK(desk.ticket.is_escalated); /* Art. 11, by itself */
}

/* ---- what a command may be */

TEST(a_form_shown_before_somebody_acted_is_stale)
{
    struct desk desk;

    REQUIRE_STATUS(desk_report(&desk, "no_water"), VERDICT_OK);
    desk_command(&desk, ACTION_NOTE, OPS)->expected_version = 0;
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_STALE);
    desk_command(&desk, ACTION_NOTE, OPS)->expected_version = 2;
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_STALE);
    desk_command(&desk, ACTION_CLOSE, OPS)->expected_version = 0;
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_STALE); /* tells more than "wrong state" */
    desk_command(&desk, ACTION_CLOSE, CREW_A)->expected_version = 0;
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_WRONG_ROLE);
}

TEST(times_lie_between_the_report_and_now_and_late_ones_need_a_reason)
{
    struct desk desk;

    REQUIRE_STATUS(desk_report(&desk, "no_water"), VERDICT_OK);
    desk_wait(&desk, 60);
    command_set(desk_command(&desk, ACTION_DISPATCH, OPS), FIELD_UNIT, UNIT_A);
    desk.command.has_text = false;
    desk.command.occurred_at = plus_milliseconds(desk.now, 1);
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_TIME_IN_FUTURE);
    desk.command.occurred_at = plus_milliseconds(desk.ticket.reported_at, -1);
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_TIME_BEFORE_REPORT);
    desk.command.occurred_at = plus_milliseconds(desk.now, -10 * 60000 - 1);
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_NEEDS_REASON);
    desk.command.occurred_at = plus_milliseconds(desk.now, -10 * 60000);
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_OK);
    CHECK(!desk.event.has_field[FIELD_LATE_ENTRY]);
}

TEST(fields_an_action_does_not_use_or_cannot_hold_are_refused)
{
    struct desk desk;

    REQUIRE_STATUS(desk_report(&desk, "leak_public"), VERDICT_OK);
    CHECK_STATUS(desk_do_with(&desk, ACTION_NOTE, OPS, FIELD_ZONE, ZONE_OUTER), VERDICT_BAD_VALUE);
    CHECK_STATUS(desk_do_with(&desk, ACTION_NOTE, OPS, FIELD_LATE_ENTRY, 1), VERDICT_BAD_VALUE);
    CHECK_STATUS(desk_do_with(&desk, ACTION_NOTE, OPS, FIELD_INTERNAL, 1), VERDICT_OK);
    CHECK_STATUS(desk_do_with(&desk, ACTION_RECORD_FACTS, OPS, FIELD_ZONE, ZONE__COUNT), VERDICT_BAD_VALUE);
    CHECK_STATUS(desk_do_with(&desk, ACTION_RECORD_FACTS, OPS, FIELD_DIAMETER_MM, -1), VERDICT_BAD_VALUE);
    CHECK_STATUS(desk_do(&desk, ACTION_RECORD_FACTS, OPS), VERDICT_BAD_VALUE);
    CHECK_STATUS(desk_do_with(&desk, ACTION_GRADE, OPS, FIELD_GRADES, 1), VERDICT_BAD_VALUE);
    CHECK_STATUS(desk_do_with(&desk, ACTION_GRADE, OPS, FIELD_GRADES, 1 << GRADE__COUNT), VERDICT_BAD_VALUE);
    CHECK_STATUS(desk_do_with(&desk, ACTION_SET_LIMIT, OPS, FIELD_LIMIT_SECONDS, 0), VERDICT_BAD_VALUE);
    CHECK_STATUS(desk_do(&desk, ACTION_DISPATCH, OPS), VERDICT_NEEDS_UNIT);
    CHECK_STATUS(desk_do_with(&desk, ACTION_DISPATCH, OPS, FIELD_UNIT, INT64_MAX), VERDICT_BAD_VALUE);
    desk_command(&desk, ACTION_NOTE, OPS)->has_text = false;
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_NEEDS_TEXT);
    command_set(desk_command(&desk, ACTION_GRADE, OPS), FIELD_GRADES, GRADE_BIT(GRADE_INJURY));
    desk.command.has_text = false;
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_NEEDS_REASON);
}

/* ---- facts, grades, limits, categories */

TEST(art22_zone_and_diameter_work_the_due_times_out_again_from_the_report)
{
    struct desk desk;

    REQUIRE_STATUS(desk_report(&desk, "leak_public"), VERDICT_OK);
    desk_wait(&desk, 30);
    command_set(desk_command(&desk, ACTION_RECORD_FACTS, OPS), FIELD_ZONE, ZONE_OUTER);
    command_set(&desk.command, FIELD_DIAMETER_MM, 800);
    REQUIRE_STATUS(desk_carry_out(&desk), VERDICT_OK);
    CHECK_INT(desk_due_minutes(&desk, CLOCK_ARRIVE), 60);
    CHECK_INT(desk_due_minutes(&desk, CLOCK_REPAIR), 36 * 60);
    CHECK_INT(desk_due_minutes(&desk, CLOCK_FINISH), 36 * 60);
    CHECK_INT(desk.event.clock_count, 3);
    CHECK_INT(desk.ticket.clock_count, 4); /* the same clocks */
}

TEST(art22_facts_told_with_the_arrival_are_worked_in_before_it_is_judged)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "leak_public"), VERDICT_OK);
    desk_wait(&desk, 30); /* 40 minutes after the report */
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_ARRIVE, CREW_A, FIELD_ZONE, ZONE_OUTER), VERDICT_OK);
    CHECK_INT(desk_due_minutes(&desk, CLOCK_ARRIVE), 60);
    CHECK_INT(desk_result(&desk, CLOCK_ARRIVE), RESULT_KEPT);
    /* Told the other way round afterwards: the result stays, the correction stands beside it. */
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_RECORD_FACTS, OPS, FIELD_ZONE, ZONE_INNER), VERDICT_OK);
    CHECK_INT(desk_result(&desk, CLOCK_ARRIVE), RESULT_KEPT);
    CHECK_INT(ticket_clock(&desk.ticket, CLOCK_ARRIVE)->corrected, RESULT_RUNNING); /* 40 minutes: in time there, too */
}

TEST(art14_a_grade_can_shorten_the_limit_and_lifting_it_restores_it)
{
    struct desk desk;

    REQUIRE_STATUS(desk_report(&desk, "faulty_meter"), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_GRADE, OPS, FIELD_GRADES, GRADE_BIT(GRADE_KEY_SOURCE)), VERDICT_OK);
    CHECK_INT(desk_due_minutes(&desk, CLOCK_FINISH), 12 * 60);
    CHECK_TEXT(ticket_clock(&desk.ticket, CLOCK_FINISH)->article, "14(2)1");
    CHECK(!desk.ticket.is_escalated);
    CHECK_STATUS(desk_do_with(&desk, ACTION_GRADE, OPS, FIELD_GRADES, GRADE_BIT(GRADE_KEY_SOURCE)), VERDICT_ALREADY_DONE);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_GRADE, OPS, FIELD_GRADES, 0), VERDICT_OK);
    CHECK_INT(desk_due_minutes(&desk, CLOCK_FINISH), 36 * 60);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_GRADE, OPS, FIELD_GRADES, GRADE_BIT(GRADE_URGENT)), VERDICT_OK);
    CHECK(desk.ticket.is_escalated);
}

TEST(art14_7_ops_sets_the_limit_before_the_dispatch)
{
    struct desk desk;

    REQUIRE_STATUS(desk_report(&desk, "unforeseen"), VERDICT_OK);
    CHECK_INT(desk_due_minutes(&desk, CLOCK_FINISH), -1);
    CHECK_STATUS(desk_do_with(&desk, ACTION_DISPATCH, OPS, FIELD_UNIT, UNIT_A), VERDICT_NEEDS_LIMIT);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_SET_LIMIT, OPS, FIELD_LIMIT_SECONDS, 5 * 3600), VERDICT_OK);
    CHECK_INT(desk_due_minutes(&desk, CLOCK_FINISH), 300);
    CHECK_STATUS(desk_do_with(&desk, ACTION_DISPATCH, OPS, FIELD_UNIT, UNIT_A), VERDICT_OK);
}

TEST(art22_a_pipe_over_1200_mm_waits_for_a_limit_by_ops)
{
    struct desk desk;

    REQUIRE_STATUS(desk_report(&desk, "leak_public"), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_RECORD_FACTS, OPS, FIELD_DIAMETER_MM, 1201), VERDICT_OK);
    CHECK_INT(desk_due_minutes(&desk, CLOCK_REPAIR), -1);
    CHECK_STATUS(desk_do_with(&desk, ACTION_DISPATCH, OPS, FIELD_UNIT, UNIT_A), VERDICT_NEEDS_LIMIT);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_SET_LIMIT, OPS, FIELD_LIMIT_SECONDS, 60 * 3600), VERDICT_OK);
    CHECK_INT(desk_due_minutes(&desk, CLOCK_REPAIR), 60 * 60);
    CHECK_INT(desk_due_minutes(&desk, CLOCK_FINISH), 60 * 60);
}

TEST(decision5_reclassifying_ends_what_changes_and_starts_anew_from_the_report)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "no_water"), VERDICT_OK);
    desk_wait(&desk, 35); /* 45 minutes after the report */
    REQUIRE_STATUS(
        desk_do_with(&desk, ACTION_RECLASSIFY, OPS, FIELD_CATEGORY, regulation_category("leak_public")->id.v),
        VERDICT_OK);
    CHECK_INT(desk.ticket.clocks[1].kind, CLOCK_FINISH);
    CHECK_INT(desk.ticket.clocks[1].result, RESULT_ENDED_KEPT);
    CHECK_INT(desk_due_minutes(&desk, CLOCK_FINISH), 24 * 60);
    CHECK_INT(ticket_clock(&desk.ticket, CLOCK_FINISH)->unit.v, UNIT_A);
    CHECK_INT(desk_result(&desk, CLOCK_ARRIVE), RESULT_LATE); /* late at birth counts */

    /* Between two leaks, arrival and repair keep their rules and their clocks. */
    const int arrive_no = ticket_clock(&desk.ticket, CLOCK_ARRIVE)->no;
    REQUIRE_STATUS(
        desk_do_with(&desk, ACTION_RECLASSIFY, OPS, FIELD_CATEGORY, regulation_category("leak_third_party")->id.v),
        VERDICT_OK);
    CHECK_INT(ticket_clock(&desk.ticket, CLOCK_ARRIVE)->no, arrive_no);
    CHECK_INT(desk_due_minutes(&desk, CLOCK_INSPECT), 40);

    REQUIRE_STATUS(desk_do_with(&desk, ACTION_RECLASSIFY, OPS, FIELD_CATEGORY, regulation_category("no_water")->id.v),
                   VERDICT_OK);
    CHECK_INT(desk_result(&desk, CLOCK_ARRIVE), RESULT_ENDED_LATE);
    CHECK_INT(desk_result(&desk, CLOCK_REPAIR), RESULT_ENDED_KEPT);
    CHECK_INT(desk_result(&desk, CLOCK_INSPECT), RESULT_ENDED_LATE);
    CHECK_INT(desk_due_minutes(&desk, CLOCK_FINISH), 48 * 60);
    CHECK_STATUS(desk_do_with(&desk, ACTION_RECLASSIFY, OPS, FIELD_CATEGORY, regulation_category("no_water")->id.v),
                 VERDICT_ALREADY_DONE);
    CHECK_STATUS(desk_do_with(&desk, ACTION_RECLASSIFY, OPS, FIELD_CATEGORY, 9999), VERDICT_UNKNOWN_CATEGORY);
}

TEST(decision5_what_was_judged_under_another_category_is_not_judged_again)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "meter_well_leak"), VERDICT_OK);
    REQUIRE_STATUS(desk_do(&desk, ACTION_CONTACT, CREW_A), VERDICT_OK);
    const struct clock contact = *ticket_clock(&desk.ticket, CLOCK_CONTACT);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_RECLASSIFY, OPS, FIELD_CATEGORY,
                                regulation_category("behind_meter_warranty")->id.v),
                   VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_RECORD_FACTS, OPS, FIELD_VALVE_STUCK, 1), VERDICT_OK);
    CHECK_INT(ticket_clock(&desk.ticket, CLOCK_CONTACT)->no, contact.no); /* contacted is contacted */
    CHECK_INT(ticket_clock(&desk.ticket, CLOCK_CONTACT)->rule.v, contact.rule.v);
}

TEST(facts_learned_after_the_finish_start_nothing_that_nobody_could_stop)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_finished(&desk, "behind_meter_warranty"), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_RECORD_FACTS, CREW_A, FIELD_VALVE_STUCK, 1), VERDICT_OK);
    CHECK_INT(desk_result(&desk, CLOCK_CONTACT), -1);
    CHECK(desk.ticket.facts.is_valve_stuck);
}

TEST(decision5_a_grade_that_governs_before_and_after_lets_the_clock_run_on)
{
    struct desk desk;

    REQUIRE_STATUS(desk_report(&desk, "no_water"), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_GRADE, OPS, FIELD_GRADES, GRADE_BIT(GRADE_URGENT)), VERDICT_OK);
    REQUIRE_STATUS(
        desk_do_with(&desk, ACTION_RECLASSIFY, OPERATOR, FIELD_CATEGORY, regulation_category("pollution")->id.v),
        VERDICT_OK);
    CHECK_INT(desk.event.clock_count, 0);
    CHECK_INT(desk.ticket.clock_count, 2);
}

/* ---- dispatch, acceptance, objection */

TEST(art12_each_dispatch_has_its_own_acceptance_clock_of_20_minutes)
{
    struct desk desk;

    REQUIRE_STATUS(desk_report(&desk, "no_water"), VERDICT_OK);
    desk_wait(&desk, 10);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_DISPATCH, OPS, FIELD_UNIT, UNIT_A), VERDICT_OK);
    CHECK_INT(desk_result(&desk, CLOCK_DISPATCH), RESULT_KEPT); /* exactly at the limit */
    CHECK_INT(desk_due_minutes(&desk, CLOCK_ACCEPT), 30);
    CHECK_INT(ticket_clock(&desk.ticket, CLOCK_ACCEPT)->unit.v, UNIT_A);
    CHECK_INT(ticket_clock(&desk.ticket, CLOCK_ACCEPT)->dispatch_no, 1);
    CHECK_INT(ticket_clock(&desk.ticket, CLOCK_FINISH)->unit.v, UNIT_A);
    CHECK(ticket_next_clock(&desk.ticket)->kind == CLOCK_ACCEPT);
    CHECK_STATUS(desk_do(&desk, ACTION_ACCEPT, LIAISON_B), VERDICT_WRONG_UNIT);
    CHECK_STATUS(desk_do(&desk, ACTION_ACCEPT, OPS), VERDICT_WRONG_ROLE);
    desk_wait(&desk, 20);
    REQUIRE_STATUS(desk_do(&desk, ACTION_ACCEPT, LIAISON_A), VERDICT_OK);
    CHECK_INT(desk_result(&desk, CLOCK_ACCEPT), RESULT_KEPT);
    CHECK_INT(desk.ticket.state, TICKET_ACCEPTED);
    CHECK_STATUS(desk_do(&desk, ACTION_ACCEPT, LIAISON_A), VERDICT_ALREADY_DONE);
    CHECK_STATUS(desk_do_with(&desk, ACTION_DISPATCH, OPS, FIELD_UNIT, UNIT_B), VERDICT_WRONG_STATE);
}

TEST(art16_an_objection_answers_acceptance_and_ops_decides_to_return)
{
    struct desk desk;

    REQUIRE_STATUS(desk_report(&desk, "no_water"), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_DISPATCH, OPS, FIELD_UNIT, UNIT_A), VERDICT_OK);
    desk_wait(&desk, 15);
    CHECK_STATUS(desk_do(&desk, ACTION_OBJECT, LIAISON_A), VERDICT_NEEDS_REASON); /* which one of the list */
    CHECK_STATUS(desk_do_with(&desk, ACTION_OBJECT, CREW_A, FIELD_REASON, 1), VERDICT_WRONG_ROLE);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_OBJECT, LIAISON_A, FIELD_REASON, 1), VERDICT_OK);
    CHECK_INT(desk.ticket.state, TICKET_OBJECTED);
    CHECK_INT(desk_result(&desk, CLOCK_ACCEPT), RESULT_KEPT);
    CHECK_INT(desk_result(&desk, CLOCK_FINISH), RESULT_RUNNING);
    CHECK_STATUS(desk_do(&desk, ACTION_ACCEPT, LIAISON_A), VERDICT_PENDING);
    CHECK_STATUS(desk_do_with(&desk, ACTION_DECIDE_OBJECTION, OPS, FIELD_DECISION, DECISION_GRANT), VERDICT_BAD_VALUE);
    desk_wait(&desk, 5);
    const struct instant due = ticket_clock(&desk.ticket, CLOCK_FINISH)->due_at;
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_DECIDE_OBJECTION, OPS, FIELD_DECISION, DECISION_RETURN), VERDICT_OK);
    CHECK_INT(desk.ticket.state, TICKET_REPORTED);
    CHECK_INT(desk.ticket.assignments[0].state, ASSIGNMENT_RETURNED);
    CHECK(ticket_lead(&desk.ticket) == NULL);
    CHECK(instant_is_equal(ticket_clock(&desk.ticket, CLOCK_FINISH)->due_at, due)); /* decision 2 */
    CHECK_INT(ticket_clock(&desk.ticket, CLOCK_FINISH)->unit.v, 0);
    CHECK_INT(desk_due_minutes(&desk, CLOCK_DISPATCH), 20 + 10);
    desk_wait(&desk, 7);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_DISPATCH, OPS, FIELD_UNIT, UNIT_B), VERDICT_OK);
    CHECK_INT(desk.ticket.handoff_count, 1); /* Art. 9 */
    CHECK_INT(ticket_ops_wait_seconds(&desk.ticket, desk.now), (5 + 7) * 60); /* the objection waited there, too */
    CHECK_STATUS(desk_do(&desk, ACTION_ACCEPT, LIAISON_A), VERDICT_WRONG_UNIT);
}

TEST(art16_a_unit_objects_once_per_dispatch_and_may_have_to_carry_on)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "no_water"), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_OBJECT, LIAISON_A, FIELD_REASON, 2), VERDICT_OK);
    desk_command(&desk, ACTION_DECIDE_OBJECTION, OPS)->has_text = false;
    command_set(&desk.command, FIELD_DECISION, DECISION_CARRY_ON);
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_NEEDS_TEXT);
    desk.command.has_text = true;
    REQUIRE_STATUS(desk_carry_out(&desk), VERDICT_OK);
    CHECK_INT(desk.ticket.state, TICKET_ACCEPTED);
    CHECK_STATUS(desk_do_with(&desk, ACTION_OBJECT, LIAISON_A, FIELD_REASON, 2), VERDICT_ALREADY_DONE);
}

TEST(decision1_a_recall_supersedes_acceptance_but_never_a_breach)
{
    struct desk desk;

    REQUIRE_STATUS(desk_report(&desk, "no_water"), VERDICT_OK);
    CHECK_STATUS(desk_do(&desk, ACTION_RECALL, OPS), VERDICT_WRONG_STATE);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_DISPATCH, OPS, FIELD_UNIT, UNIT_A), VERDICT_OK);
    desk_wait(&desk, 20);
    REQUIRE_STATUS(desk_do(&desk, ACTION_RECALL, OPS), VERDICT_OK);
    CHECK_INT(desk_result(&desk, CLOCK_ACCEPT), RESULT_SUPERSEDED);
    CHECK_INT(desk.ticket.state, TICKET_REPORTED);
    CHECK_INT(desk.ticket.assignments[0].state, ASSIGNMENT_RECALLED);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_DISPATCH, OPS, FIELD_UNIT, UNIT_A), VERDICT_OK);
    desk_wait(&desk, 21);
    REQUIRE_STATUS(desk_do(&desk, ACTION_RECALL, OPS), VERDICT_OK);
    CHECK_INT(desk_result(&desk, CLOCK_ACCEPT), RESULT_LATE);
}

TEST(decision5_a_clock_late_already_stays_with_who_held_it)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "no_water"), VERDICT_OK);
    desk_wait(&desk, 48 * 60);
    CHECK_INT(desk_result(&desk, CLOCK_FINISH), RESULT_LATE);
    REQUIRE_STATUS(desk_do(&desk, ACTION_RECALL, OPS), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_DISPATCH, OPS, FIELD_UNIT, UNIT_B), VERDICT_OK);
    CHECK_INT(ticket_clock(&desk.ticket, CLOCK_FINISH)->unit.v, UNIT_A);
    CHECK_INT(ticket_clock(&desk.ticket, CLOCK_ACCEPT)->unit.v, UNIT_B);
}

TEST(a_dispatch_cannot_be_dated_before_the_last_unit_gave_it_back)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "no_water"), VERDICT_OK);
    REQUIRE_STATUS(desk_do(&desk, ACTION_RECALL, OPS), VERDICT_OK);
    command_set(desk_command(&desk, ACTION_DISPATCH, OPS), FIELD_UNIT, UNIT_B);
    desk.command.occurred_at = plus_milliseconds(desk.now, -1);
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_TIME_BEFORE_REPORT);
}

TEST(a_ticket_holds_as_many_units_and_dispatches_as_fit)
{
    struct desk desk;
    enum verdict verdict = VERDICT_OK;
    int assists = 0;

    REQUIRE_STATUS(desk_until_accepted(&desk, "no_water"), VERDICT_OK);
    CHECK_STATUS(desk_do_with(&desk, ACTION_DISPATCH_ASSIST, OPS, FIELD_UNIT, UNIT_A), VERDICT_ALREADY_DONE);
    while ((verdict = desk_do_with(&desk, ACTION_DISPATCH_ASSIST, OPS, FIELD_UNIT, 50 + assists)) == VERDICT_OK)
        assists++;
    CHECK_STATUS(verdict, VERDICT_TOO_MANY);
    CHECK_INT(assists, TICKET_UNITS_MAX - 1);

    REQUIRE_STATUS(desk_report(&desk, "no_water"), VERDICT_OK);
    for (int i = 0; i < TICKET_ASSIGNMENTS_MAX; i++) {
        REQUIRE_STATUS(desk_do_with(&desk, ACTION_DISPATCH, OPS, FIELD_UNIT, UNIT_A), VERDICT_OK);
        REQUIRE_STATUS(desk_do(&desk, ACTION_RECALL, OPS), VERDICT_OK);
    }
    CHECK_STATUS(desk_do_with(&desk, ACTION_DISPATCH, OPS, FIELD_UNIT, UNIT_A), VERDICT_TOO_MANY);
    CHECK_STATUS(desk_do(&desk, ACTION_NOT_OURS, OPS), VERDICT_OK); /* a full ticket can still be ended */
}

/* ---- on site */

TEST(art25_the_inspection_has_its_own_assignment_and_clock)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "leak_third_party"), VERDICT_OK);
    command_set(desk_command(&desk, ACTION_DISPATCH_ASSIST, OPS), FIELD_UNIT, UNIT_INSPECT);
    command_set(&desk.command, FIELD_ASSIGNMENT_ROLE, ASSIGNMENT_LEAD);
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_BAD_VALUE);
    command_set(&desk.command, FIELD_ASSIGNMENT_ROLE, ASSIGNMENT_INSPECTION);
    REQUIRE_STATUS(desk_carry_out(&desk), VERDICT_OK);
    CHECK_INT(ticket_clock(&desk.ticket, CLOCK_INSPECT)->unit.v, UNIT_INSPECT);
    CHECK_INT(ticket_clock(&desk.ticket, CLOCK_ARRIVE)->unit.v, UNIT_A);
    CHECK_STATUS(desk_do(&desk, ACTION_ARRIVE, INSPECTOR), VERDICT_WRONG_STATE); /* not accepted yet */
    REQUIRE_STATUS(desk_do(&desk, ACTION_ACCEPT, INSPECTOR), VERDICT_OK);
    CHECK_INT(desk.ticket.state, TICKET_ACCEPTED);
    desk_wait(&desk, 30);
    REQUIRE_STATUS(desk_do(&desk, ACTION_ARRIVE, INSPECTOR), VERDICT_OK);
    CHECK_INT(desk_result(&desk, CLOCK_INSPECT), RESULT_KEPT);
    CHECK_INT(desk_result(&desk, CLOCK_ARRIVE), RESULT_RUNNING);
    CHECK_STATUS(desk_do(&desk, ACTION_ARRIVE, INSPECTOR), VERDICT_ALREADY_DONE);
    CHECK_STATUS(desk_do(&desk, ACTION_REPAIR, INSPECTOR), VERDICT_WRONG_UNIT);
    command_set(desk_command(&desk, ACTION_RECORD_LIABILITY, INSPECTOR), FIELD_AMOUNT_FEN, 120000);
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_BAD_VALUE); /* what was found has to be said */
    command_set(&desk.command, FIELD_LIABILITY, LIABILITY_IDENTIFIED);
    REQUIRE_STATUS(desk_carry_out(&desk), VERDICT_OK);
    CHECK_INT(desk.ticket.liability, LIABILITY_IDENTIFIED);
    CHECK_INT(desk.ticket.compensation_fen, 120000);
}

TEST(art25_the_inspection_goes_on_after_the_repair_is_finished)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "leak_third_party"), VERDICT_OK);
    command_set(desk_command(&desk, ACTION_DISPATCH_ASSIST, OPS), FIELD_UNIT, UNIT_INSPECT);
    command_set(&desk.command, FIELD_ASSIGNMENT_ROLE, ASSIGNMENT_INSPECTION);
    REQUIRE_STATUS(desk_carry_out(&desk), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_DISPATCH_ASSIST, OPS, FIELD_UNIT, UNIT_B), VERDICT_OK);
    REQUIRE_STATUS(desk_do(&desk, ACTION_ARRIVE, CREW_A), VERDICT_OK);
    REQUIRE_STATUS(desk_do(&desk, ACTION_REPAIR, CREW_A), VERDICT_OK);
    REQUIRE_STATUS(desk_finish(&desk, CREW_A), VERDICT_OK);
    CHECK_INT(desk.ticket.assignments[0].state, ASSIGNMENT_DONE);
    CHECK_INT(desk.ticket.assignments[1].state, ASSIGNMENT_DISPATCHED); /* the inspection */
    CHECK_INT(desk.ticket.assignments[2].state, ASSIGNMENT_DONE);       /* who only helped */
    CHECK_INT(desk.ticket.clocks[desk.ticket.clock_count - 1].result, RESULT_ENDED_KEPT);
    REQUIRE_STATUS(desk_do(&desk, ACTION_ACCEPT, INSPECTOR), VERDICT_OK);
    CHECK_INT(desk.ticket.state, TICKET_FINISHED);
    REQUIRE_STATUS(desk_do(&desk, ACTION_ARRIVE, INSPECTOR), VERDICT_OK);
    CHECK_INT(desk_result(&desk, CLOCK_INSPECT), RESULT_KEPT);
    CHECK_STATUS(desk_do(&desk, ACTION_NOTE, CREW_A), VERDICT_OK); /* who finished it still has a say */
    CHECK_STATUS(desk_do(&desk, ACTION_NOTE, person(ROLE_CREW, 77)), VERDICT_WRONG_UNIT);
}

TEST(art22_a_leak_is_arrived_at_then_repaired_then_finished)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "leak_public"), VERDICT_OK);
    CHECK_STATUS(desk_do(&desk, ACTION_REPAIR, CREW_A), VERDICT_NEEDS_ARRIVAL);
    CHECK_STATUS(desk_do_with(&desk, ACTION_FINISH, CREW_A, FIELD_OUTCOME, OUTCOME_SOLVED), VERDICT_NEEDS_ARRIVAL);
    desk_wait(&desk, 30);
    REQUIRE_STATUS(desk_do(&desk, ACTION_ARRIVE, CREW_A), VERDICT_OK);
    CHECK_INT(desk_result(&desk, CLOCK_ARRIVE), RESULT_KEPT); /* 40 minutes: exactly */
    CHECK_STATUS(desk_do_with(&desk, ACTION_FINISH, CREW_A, FIELD_OUTCOME, OUTCOME_SOLVED), VERDICT_NEEDS_REPAIR);
    desk_wait(&desk, 5);
    desk_command(&desk, ACTION_REPAIR, CREW_A)->occurred_at = plus_seconds(desk.now, -360);
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_NEEDS_ARRIVAL); /* said to be repaired before anybody was there */
    desk_wait(&desk, 23 * 60 + 15);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_REPAIR, CREW_A, FIELD_DIAMETER_MM, 300), VERDICT_OK);
    CHECK_INT(desk_result(&desk, CLOCK_REPAIR), RESULT_LATE); /* exactly 24 h, which must be less */
    command_set(desk_command(&desk, ACTION_FINISH, CREW_A), FIELD_OUTCOME, OUTCOME_SOLVED);
    command_set(&desk.command, FIELD_PHOTO_COUNT, 2);
    desk.command.occurred_at = plus_milliseconds(desk.now, -1);
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_NEEDS_REPAIR); /* said to be finished before it was repaired */
    desk.command.occurred_at = INSTANT_NONE;
    REQUIRE_STATUS(desk_carry_out(&desk), VERDICT_OK);
    CHECK_INT(desk.ticket.state, TICKET_FINISHED);
    CHECK_STATUS(desk_do(&desk, ACTION_REPAIR, CREW_A), VERDICT_WRONG_STATE);
}

TEST(art23_contact_comes_before_the_finish)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "meter_well_leak"), VERDICT_OK);
    CHECK_STATUS(desk_do_with(&desk, ACTION_FINISH, CREW_A, FIELD_OUTCOME, OUTCOME_SOLVED), VERDICT_NEEDS_CONTACT);
    CHECK_STATUS(desk_do_with(&desk, ACTION_CONTACT, CREW_A, FIELD_APPOINTMENT_AT, desk.now.milliseconds - 1),
                 VERDICT_BAD_VALUE);
    desk_wait(&desk, 20);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_CONTACT, CREW_A, FIELD_APPOINTMENT_AT, desk.now.milliseconds + 3600000),
                   VERDICT_OK);
    CHECK_INT(desk_result(&desk, CLOCK_CONTACT), RESULT_KEPT);
    CHECK(instant_is_set(desk.ticket.appointment_at));
    CHECK_STATUS(desk_do(&desk, ACTION_CONTACT, CREW_A), VERDICT_ALREADY_DONE);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_MOVE_APPOINTMENT, RESIDENT, FIELD_APPOINTMENT_AT,
                                desk.now.milliseconds + 7200000),
                   VERDICT_OK);
    CHECK_STATUS(desk_do_with(&desk, ACTION_FINISH, CREW_A, FIELD_OUTCOME, OUTCOME_SOLVED), VERDICT_OK);
}

TEST(art24_a_meter_is_replaced_only_after_the_formalities)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "faulty_meter"), VERDICT_OK);
    CHECK_STATUS(desk_do_with(&desk, ACTION_FINISH, CREW_A, FIELD_OUTCOME, OUTCOME_SOLVED), VERDICT_NEEDS_FORMALITIES);
    REQUIRE_STATUS(desk_formalities(&desk, CREW_A), VERDICT_OK);
    CHECK_STATUS(desk_formalities(&desk, CREW_A), VERDICT_ALREADY_DONE);
    command_set(desk_command(&desk, ACTION_FINISH, CREW_A), FIELD_OUTCOME, OUTCOME_SOLVED);
    desk.command.has_text = false;
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_NEEDS_TEXT); /* the result, in words */
    desk.command.has_text = true;
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_OK);
}

/* ---- extension */

static enum verdict ask_extension(struct desk *desk, int64_t minutes_after_report)
{
    return desk_do_with(desk, ACTION_ASK_EXTENSION, LIAISON_A, FIELD_PROPOSED_DUE,
                        plus_seconds(desk->ticket.reported_at, minutes_after_report * 60).milliseconds);
}

static enum verdict grant(struct desk *desk, int64_t minutes_after_report)
{
    command_set(desk_command(desk, ACTION_DECIDE_EXTENSION, OPS), FIELD_DECISION, DECISION_GRANT);
    if (minutes_after_report > 0)
        command_set(&desk->command, FIELD_GRANTED_DUE,
                    plus_seconds(desk->ticket.reported_at, minutes_after_report * 60).milliseconds);
    return desk_carry_out(desk);
}

TEST(art13_an_extension_is_asked_before_the_due_time)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "no_water"), VERDICT_OK);
    CHECK_STATUS(ask_extension(&desk, 48 * 60), VERDICT_NOT_LATER);
    CHECK_STATUS(ask_extension(&desk, 48 * 60 + 72 * 60 + 1), VERDICT_BEYOND_CAP);
    desk.now = plus_seconds(desk.ticket.reported_at, 48 * 3600);
    CHECK_STATUS(ask_extension(&desk, 60 * 60), VERDICT_TOO_LATE); /* the due time itself is too late */
    desk_command(&desk, ACTION_ASK_EXTENSION, LIAISON_A)->occurred_at = plus_seconds(desk.now, -60);
    command_set(&desk.command, FIELD_PROPOSED_DUE, desk.now.milliseconds + 3600000);
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_TOO_LATE); /* nor can asking be dated back */
    desk.now = plus_milliseconds(desk.now, -1);
    CHECK_STATUS(desk_do_with(&desk, ACTION_ASK_EXTENSION, LIAISON_B, FIELD_PROPOSED_DUE, 1), VERDICT_WRONG_UNIT);
    REQUIRE_STATUS(ask_extension(&desk, 60 * 60), VERDICT_OK);
    CHECK_STATUS(ask_extension(&desk, 61 * 60), VERDICT_PENDING);
}

TEST(decision3_an_extension_asked_in_time_may_be_granted_after_the_due_time)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "no_water"), VERDICT_OK);
    CHECK_STATUS(grant(&desk, 0), VERDICT_NOTHING_PENDING);
    REQUIRE_STATUS(ask_extension(&desk, 60 * 60), VERDICT_OK);
    desk_wait(&desk, 48 * 60);
    CHECK_STATUS(grant(&desk, 48 * 60), VERDICT_NOT_LATER);
    CHECK_STATUS(grant(&desk, 48 * 60 + 72 * 60 + 1), VERDICT_BEYOND_CAP);
    REQUIRE_STATUS(grant(&desk, 0), VERDICT_OK);
    const struct clock *finish = ticket_clock(&desk.ticket, CLOCK_FINISH);
    CHECK_INT(desk_due_minutes(&desk, CLOCK_FINISH), 48 * 60); /* the original never moves */
    CHECK_INT(instant_milliseconds_between(desk.ticket.reported_at, finish->granted_due_at), 60 * 3600000);
    CHECK_INT(clock_result_at(finish, desk.now), RESULT_LATE);
    CHECK_INT(clock_granted_result_at(finish, desk.now), RESULT_RUNNING);
    CHECK(!desk.ticket.is_extension_pending);
}

TEST(art13_for_a_leak_the_repair_is_extended_too_and_a_refusal_says_why)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "leak_public"), VERDICT_OK);
    REQUIRE_STATUS(ask_extension(&desk, 30 * 60), VERDICT_OK);
    command_set(desk_command(&desk, ACTION_DECIDE_EXTENSION, OPS), FIELD_DECISION, DECISION_REFUSE);
    desk.command.has_text = false;
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_NEEDS_TEXT);
    desk.command.has_text = true;
    REQUIRE_STATUS(desk_carry_out(&desk), VERDICT_OK);
    REQUIRE_STATUS(ask_extension(&desk, 30 * 60), VERDICT_OK);
    REQUIRE_STATUS(grant(&desk, 28 * 60), VERDICT_OK); /* ops may grant another time */
    CHECK_INT(instant_milliseconds_between(desk.ticket.reported_at,
                                           ticket_clock(&desk.ticket, CLOCK_REPAIR)->granted_due_at),
              28 * 3600000);
    CHECK(!instant_is_set(ticket_clock(&desk.ticket, CLOCK_ARRIVE)->granted_due_at));
}

TEST(a_recall_drops_what_the_unit_asked_for)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "no_water"), VERDICT_OK);
    REQUIRE_STATUS(ask_extension(&desk, 60 * 60), VERDICT_OK);
    REQUIRE_STATUS(desk_do(&desk, ACTION_RECALL, OPS), VERDICT_OK);
    CHECK(!desk.ticket.is_extension_pending);
    CHECK(!instant_is_set(desk.ticket.extension_proposed_due));
}

/* ---- finish, review, follow-up, cycles */

TEST(decision4_a_refused_finish_runs_on_in_the_same_cycle)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_finished(&desk, "no_water"), VERDICT_OK);
    CHECK_INT(desk_result(&desk, CLOCK_FINISH), RESULT_KEPT);
    CHECK_STATUS(desk_do_with(&desk, ACTION_FOLLOW_UP, OPERATOR, FIELD_FOLLOW_UP, FOLLOW_UP_NOT_POSSIBLE),
                 VERDICT_NEEDS_REVIEW);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_REVIEW, OPS, FIELD_DECISION, DECISION_REFUSE), VERDICT_OK);
    CHECK_INT(desk.ticket.state, TICKET_ACCEPTED);
    CHECK_INT(desk.ticket.cycle, 1);
    CHECK(!instant_is_set(desk.ticket.finished_at));
    CHECK_INT(desk_result(&desk, CLOCK_FINISH), RESULT_RUNNING);
    CHECK_INT(ticket_lead(&desk.ticket)->state, ASSIGNMENT_ACCEPTED);
    desk_wait(&desk, 48 * 60);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_FINISH, LIAISON_A, FIELD_OUTCOME, OUTCOME_SOLVED), VERDICT_OK);
    CHECK_INT(desk_result(&desk, CLOCK_FINISH), RESULT_LATE);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_REVIEW, OPS, FIELD_DECISION, DECISION_GRANT), VERDICT_OK);
    CHECK_STATUS(desk_do_with(&desk, ACTION_REVIEW, OPS, FIELD_DECISION, DECISION_GRANT), VERDICT_ALREADY_DONE);
}

TEST(art10_a_satisfied_follow_up_leads_to_closing)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_reviewed(&desk, "no_water"), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_FOLLOW_UP, OPERATOR, FIELD_FOLLOW_UP, FOLLOW_UP_UNREACHABLE), VERDICT_OK);
    CHECK_INT(desk.ticket.state, TICKET_FINISHED);
    CHECK_STATUS(desk_do_with(&desk, ACTION_FOLLOW_UP, OPERATOR, FIELD_FOLLOW_UP, FOLLOW_UP_SATISFIED),
                 VERDICT_BAD_VALUE); /* how satisfied? */
    command_set(desk_command(&desk, ACTION_FOLLOW_UP, OPERATOR), FIELD_FOLLOW_UP, FOLLOW_UP_SATISFIED);
    command_set(&desk.command, FIELD_SATISFACTION, 4);
    REQUIRE_STATUS(desk_carry_out(&desk), VERDICT_OK);
    CHECK_INT(desk.ticket.state, TICKET_FOLLOWED_UP);
    CHECK_INT(desk.ticket.satisfaction, 4);
    REQUIRE_STATUS(desk_do(&desk, ACTION_CLOSE, OPS), VERDICT_OK);
    CHECK_INT(desk.ticket.state, TICKET_CLOSED);
    CHECK(instant_is_set(desk.ticket.closed_at));
    CHECK(ticket_next_clock(&desk.ticket) == NULL);
}

TEST(decision4_an_unsolved_matter_opens_a_new_cycle_from_when_the_resident_said_so)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_reviewed(&desk, "no_water"), VERDICT_OK);
    const struct instant finished_at = desk.ticket.finished_at;
    const struct clock first = *ticket_clock(&desk.ticket, CLOCK_FINISH);
    desk_wait(&desk, 24 * 60);
    command_set(desk_command(&desk, ACTION_FOLLOW_UP, OPERATOR), FIELD_FOLLOW_UP, FOLLOW_UP_UNSOLVED);
    command_set(&desk.command, FIELD_SAID_AT, finished_at.milliseconds - 1);
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_TIME_BEFORE_REPORT);
    command_set(&desk.command, FIELD_SAID_AT, desk.now.milliseconds + 1);
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_TIME_IN_FUTURE);
    const struct instant said_at = plus_seconds(desk.now, -3600);
    command_set(&desk.command, FIELD_SAID_AT, said_at.milliseconds);
    REQUIRE_STATUS(desk_carry_out(&desk), VERDICT_OK);
    CHECK_INT(desk.ticket.state, TICKET_REPORTED);
    CHECK_INT(desk.ticket.cycle, 2);
    CHECK(instant_is_equal(desk.ticket.cycle_started_at, said_at));
    CHECK(!desk.ticket.is_finish_accepted);
    CHECK(instant_is_equal(ticket_clock(&desk.ticket, CLOCK_FINISH)->started_at, said_at));
    CHECK_INT(ticket_clock(&desk.ticket, CLOCK_FINISH)->cycle, 2);
    CHECK_INT(desk_result(&desk, CLOCK_DISPATCH), RESULT_RUNNING);
    CHECK_INT(desk.ticket.clocks[first.no - 1].result, RESULT_KEPT);
    CHECK(instant_is_equal(desk.ticket.clocks[first.no - 1].stopped_at, first.stopped_at));
    CHECK(ticket_lead(&desk.ticket) == NULL);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_DISPATCH, OPS, FIELD_UNIT, UNIT_A), VERDICT_OK);
}

/* A leak, repaired, accepted and said by the resident to leak again. */
static void reopen_leak(struct desk *desk)
{
    REQUIRE_STATUS(desk_until_accepted(desk, "leak_public"), VERDICT_OK);
    REQUIRE_STATUS(desk_do(desk, ACTION_ARRIVE, CREW_A), VERDICT_OK);
    REQUIRE_STATUS(desk_do(desk, ACTION_REPAIR, CREW_A), VERDICT_OK);
    REQUIRE_STATUS(desk_finish(desk, CREW_A), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(desk, ACTION_REVIEW, OPS, FIELD_DECISION, DECISION_GRANT), VERDICT_OK);
    desk_wait(desk, 60);
    REQUIRE_STATUS(desk_do(desk, ACTION_SAY_NOT_FIXED, RESIDENT), VERDICT_OK);
    desk_wait(desk, 30);
    REQUIRE_STATUS(desk_do(desk, ACTION_REOPEN, OPS), VERDICT_OK);
}

TEST(decision4_arrival_runs_anew_only_when_a_crew_is_sent)
{
    struct desk desk;

    reopen_leak(&desk);
    CHECK_INT(desk_result(&desk, CLOCK_REPAIR), RESULT_RUNNING);
    CHECK_INT(desk_result(&desk, CLOCK_ARRIVE), -1);
    command_set(desk_command(&desk, ACTION_DISPATCH, OPS), FIELD_UNIT, UNIT_A);
    command_set(&desk.command, FIELD_CREW_SENT, 1);
    REQUIRE_STATUS(desk_carry_out(&desk), VERDICT_OK);
    const struct clock *arrive = ticket_clock(&desk.ticket, CLOCK_ARRIVE);
    REQUIRE(arrive != NULL);
    CHECK(instant_is_equal(arrive->started_at, desk.ticket.cycle_started_at));
    REQUIRE_STATUS(desk_do(&desk, ACTION_ACCEPT, CREW_A), VERDICT_OK);
    CHECK_STATUS(desk_do(&desk, ACTION_REPAIR, CREW_A), VERDICT_NEEDS_ARRIVAL);

    reopen_leak(&desk);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_DISPATCH, OPS, FIELD_UNIT, UNIT_A), VERDICT_OK);
    REQUIRE_STATUS(desk_do(&desk, ACTION_ACCEPT, CREW_A), VERDICT_OK);
    CHECK_INT(desk_result(&desk, CLOCK_ARRIVE), -1);
    CHECK_STATUS(desk_finish(&desk, CREW_A), VERDICT_NEEDS_REPAIR);
    CHECK_STATUS(desk_do(&desk, ACTION_REPAIR, CREW_A), VERDICT_OK);
    CHECK_STATUS(desk_finish(&desk, CREW_A), VERDICT_OK);
}

TEST(decision4_contact_runs_anew_only_when_a_crew_is_sent)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_reviewed(&desk, "behind_meter_warranty"), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_FOLLOW_UP, OPERATOR, FIELD_FOLLOW_UP, FOLLOW_UP_UNSOLVED), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_RECORD_FACTS, OPERATOR, FIELD_VALVE_STUCK, 1), VERDICT_OK);
    CHECK_INT(desk_result(&desk, CLOCK_CONTACT), -1);
    command_set(desk_command(&desk, ACTION_DISPATCH, OPS), FIELD_UNIT, UNIT_A);
    command_set(&desk.command, FIELD_CREW_SENT, 1);
    REQUIRE_STATUS(desk_carry_out(&desk), VERDICT_OK);
    CHECK_INT(desk_result(&desk, CLOCK_CONTACT), RESULT_RUNNING);
    CHECK_INT(ticket_clock(&desk.ticket, CLOCK_CONTACT)->unit.v, UNIT_A);
}

TEST(decision4_ops_decides_on_a_residents_not_fixed)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_finished(&desk, "no_water"), VERDICT_OK);
    CHECK_STATUS(desk_do(&desk, ACTION_REOPEN, OPS), VERDICT_NOTHING_PENDING);
    REQUIRE_STATUS(desk_do(&desk, ACTION_SAY_NOT_FIXED, RESIDENT), VERDICT_OK);
    CHECK_INT(desk.ticket.state, TICKET_FINISHED); /* saying it changes nothing yet */
    CHECK_STATUS(desk_do(&desk, ACTION_SAY_NOT_FIXED, RESIDENT), VERDICT_PENDING);
    CHECK_STATUS(desk_do(&desk, ACTION_REOPEN, OPS), VERDICT_NEEDS_REVIEW);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_REVIEW, OPS, FIELD_DECISION, DECISION_GRANT), VERDICT_OK);
    command_set(desk_command(&desk, ACTION_REOPEN, OPS), FIELD_DECISION, DECISION_REFUSE);
    desk.command.has_text = false;
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_NEEDS_TEXT);
    desk.command.has_text = true;
    REQUIRE_STATUS(desk_carry_out(&desk), VERDICT_OK);
    CHECK(!desk.ticket.is_not_fixed_pending);
    CHECK_INT(desk.ticket.cycle, 1);

    /* Said again after it was closed, confirmed a day later: counted from when it was said. */
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_FOLLOW_UP, OPERATOR, FIELD_FOLLOW_UP, FOLLOW_UP_NOT_POSSIBLE), VERDICT_OK);
    REQUIRE_STATUS(desk_do(&desk, ACTION_CLOSE, OPS), VERDICT_OK);
    REQUIRE_STATUS(desk_do(&desk, ACTION_SAY_NOT_FIXED, RESIDENT), VERDICT_OK);
    const struct instant said_at = desk.now;
    desk_wait(&desk, 24 * 60);
    REQUIRE_STATUS(desk_do(&desk, ACTION_REOPEN, OPS), VERDICT_OK);
    CHECK(instant_is_equal(ticket_clock(&desk.ticket, CLOCK_FINISH)->started_at, said_at));
    CHECK(!instant_is_set(desk.ticket.closed_at));
}

TEST(a_ticket_with_an_open_not_fixed_cannot_be_closed)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_reviewed(&desk, "no_water"), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_FOLLOW_UP, OPERATOR, FIELD_FOLLOW_UP, FOLLOW_UP_NOT_POSSIBLE), VERDICT_OK);
    REQUIRE_STATUS(desk_do(&desk, ACTION_SAY_NOT_FIXED, RESIDENT), VERDICT_OK);
    CHECK_STATUS(desk_do(&desk, ACTION_CLOSE, OPS), VERDICT_PENDING);
}

TEST(a_resident_rates_once_after_the_finish)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "no_water"), VERDICT_OK);
    CHECK_STATUS(desk_do_with(&desk, ACTION_RATE, RESIDENT, FIELD_RATING, 5), VERDICT_WRONG_STATE);
    REQUIRE_STATUS(desk_until_finished(&desk, "no_water"), VERDICT_OK);
    CHECK_STATUS(desk_do_with(&desk, ACTION_RATE, RESIDENT, FIELD_RATING, 6), VERDICT_BAD_VALUE);
    CHECK_STATUS(desk_do_with(&desk, ACTION_RATE, RESIDENT, FIELD_RATING, 0), VERDICT_BAD_VALUE);
    CHECK_STATUS(desk_do_with(&desk, ACTION_RATE, RESIDENT, FIELD_RATING, 2), VERDICT_OK);
    CHECK_INT(desk.ticket.rating, 2);
    CHECK_STATUS(desk_do_with(&desk, ACTION_RATE, RESIDENT, FIELD_RATING, 3), VERDICT_ALREADY_DONE);
}

/* ---- other ends, merging, excuses */

TEST(decision5_not_ours_and_withdrawn_end_every_clock_as_it_stands)
{
    struct desk desk;

    REQUIRE_STATUS(desk_report(&desk, "leak_public"), VERDICT_OK);
    desk_wait(&desk, 50);
    desk_command(&desk, ACTION_NOT_OURS, OPS)->has_text = false;
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_NEEDS_REASON);
    REQUIRE_STATUS(desk_do(&desk, ACTION_NOT_OURS, OPS), VERDICT_OK);
    CHECK_INT(desk.ticket.state, TICKET_NOT_OURS);
    CHECK_INT(desk_result(&desk, CLOCK_ARRIVE), RESULT_ENDED_LATE);
    CHECK_INT(desk_result(&desk, CLOCK_FINISH), RESULT_ENDED_KEPT);
    CHECK(ticket_next_clock(&desk.ticket) == NULL);

    REQUIRE_STATUS(desk_until_accepted(&desk, "no_water"), VERDICT_OK);
    REQUIRE_STATUS(desk_do(&desk, ACTION_WITHDRAW, RESIDENT), VERDICT_OK);
    CHECK_INT(desk.ticket.state, TICKET_WITHDRAWN);
    CHECK_INT(desk_result(&desk, CLOCK_FINISH), RESULT_ENDED_KEPT);
    CHECK(ticket_lead(&desk.ticket) == NULL);
    CHECK_STATUS(desk_do(&desk, ACTION_FINISH, LIAISON_A), VERDICT_WRONG_STATE);
}

TEST(art5_handing_to_the_discipline_office_seals_the_ticket)
{
    struct desk desk;

    REQUIRE_STATUS(desk_report(&desk, "service_complaint"), VERDICT_OK);
    REQUIRE_STATUS(desk_do(&desk, ACTION_HAND_TO_DISCIPLINE, OPERATOR), VERDICT_OK);
    CHECK_INT(desk.ticket.state, TICKET_SEALED);
    CHECK(ticket_next_clock(&desk.ticket) == NULL);
    CHECK_STATUS(desk_do(&desk, ACTION_NOTE, OPS), VERDICT_WRONG_STATE);
    CHECK_STATUS(desk_do(&desk, ACTION_ADD_WORDS, RESIDENT), VERDICT_WRONG_STATE);
}

TEST(decision6_a_merged_report_keeps_its_promises_and_stops_with_its_parent)
{
    struct desk desk;

    REQUIRE_STATUS(desk_report(&desk, "no_water"), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_DISPATCH, OPS, FIELD_UNIT, UNIT_A), VERDICT_OK);
    desk_wait(&desk, 5);
    CHECK_STATUS(desk_do_with(&desk, ACTION_MERGE, OPS, FIELD_PARENT, desk.ticket.id.v), VERDICT_SAME_TICKET);
    command_set(desk_command(&desk, ACTION_MERGE, OPS), FIELD_PARENT, 2);
    desk.command.parent_is_finished = true;
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_PARENT_FINISHED);
    desk.command.parent_is_finished = false;
    REQUIRE_STATUS(desk_carry_out(&desk), VERDICT_OK);
    CHECK_INT(desk.ticket.state, TICKET_MERGED);
    CHECK_INT(desk.ticket.parent.v, 2);
    CHECK_INT(desk_result(&desk, CLOCK_FINISH), RESULT_RUNNING);
    CHECK_INT(desk_result(&desk, CLOCK_ACCEPT), RESULT_SUPERSEDED);
    const struct instant parent_finished_at = plus_seconds(desk.now, 3600);
    desk_wait(&desk, 60 * 60);
    CHECK_INT(desk_result(&desk, CLOCK_FINISH), RESULT_LATE); /* as long as nobody knows better */
    desk_command(&desk, ACTION_STOP_WITH_PARENT, SYSTEM)->occurred_at = parent_finished_at;
    desk.command.has_text = false;
    REQUIRE_STATUS(desk_carry_out(&desk), VERDICT_OK);
    CHECK_INT(desk_result(&desk, CLOCK_FINISH), RESULT_KEPT);
    CHECK_INT(desk.ticket.state, TICKET_FINISHED);
    CHECK(desk.ticket.is_finish_accepted);
    CHECK_STATUS(desk_do_with(&desk, ACTION_FOLLOW_UP, OPS, FIELD_FOLLOW_UP, FOLLOW_UP_UNSOLVED), VERDICT_OK);
    CHECK_INT(desk.ticket.cycle, 2);
}

TEST(a_child_reported_after_its_parent_was_done_stops_when_it_began)
{
    struct desk desk;

    REQUIRE_STATUS(desk_report(&desk, "no_water"), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_MERGE, OPS, FIELD_PARENT, 2), VERDICT_OK);
    desk_command(&desk, ACTION_STOP_WITH_PARENT, SYSTEM)->occurred_at = plus_seconds(desk.ticket.reported_at, -600);
    REQUIRE_STATUS(desk_carry_out(&desk), VERDICT_OK);
    CHECK(instant_is_equal(desk.ticket.finished_at, desk.ticket.reported_at));
}

TEST(decision6_every_promise_of_a_merged_leak_stops_with_its_parent)
{
    struct desk desk;

    REQUIRE_STATUS(desk_report(&desk, "leak_third_party"), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_MERGE, OPS, FIELD_PARENT, 2), VERDICT_OK);
    desk_wait(&desk, 30);
    REQUIRE_STATUS(desk_do(&desk, ACTION_STOP_WITH_PARENT, SYSTEM), VERDICT_OK);
    for (enum clock_kind kind = CLOCK_FINISH; kind <= CLOCK_INSPECT; kind++) {
        check_case(clock_kind_name(kind));
        CHECK_INT(desk_result(&desk, kind), kind == CLOCK_CONTACT ? -1 : (int)RESULT_KEPT);
    }
}

static enum verdict follow_parent(struct desk *desk, enum clock_kind kind, int64_t minutes_after_report)
{
    command_set(desk_command(desk, ACTION_FOLLOW_PARENT, SYSTEM), FIELD_CLOCK_KIND, kind);
    desk->command.has_text = false;
    desk->command.occurred_at = plus_seconds(desk->ticket.reported_at, minutes_after_report * 60);
    return desk_carry_out(desk);
}

TEST(decision6_the_crew_on_site_arrived_for_every_report_of_the_leak)
{
    struct desk desk;

    REQUIRE_STATUS(desk_report(&desk, "leak_public"), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_MERGE, OPS, FIELD_PARENT, 2), VERDICT_OK);
    desk_wait(&desk, 60);
    CHECK_STATUS(follow_parent(&desk, CLOCK_FINISH, 30), VERDICT_BAD_VALUE); /* that is the whole report's end */
    CHECK_STATUS(follow_parent(&desk, CLOCK_INSPECT, 30), VERDICT_NO_SUCH_CLOCK);
    REQUIRE_STATUS(follow_parent(&desk, CLOCK_ARRIVE, 30), VERDICT_OK);
    CHECK_INT(desk_result(&desk, CLOCK_ARRIVE), RESULT_KEPT);
    CHECK_INT(desk_result(&desk, CLOCK_REPAIR), RESULT_RUNNING);
    CHECK_INT(desk.ticket.state, TICKET_MERGED);
    CHECK_STATUS(follow_parent(&desk, CLOCK_ARRIVE, 30), VERDICT_ALREADY_DONE);
    CHECK_STATUS(desk_do_with(&desk, ACTION_FOLLOW_PARENT, OPS, FIELD_CLOCK_KIND, CLOCK_REPAIR), VERDICT_WRONG_ROLE);
    REQUIRE_STATUS(follow_parent(&desk, CLOCK_REPAIR, -600), VERDICT_OK); /* repaired before this report came */
    CHECK(instant_is_equal(ticket_clock(&desk.ticket, CLOCK_REPAIR)->stopped_at, desk.ticket.reported_at));
}

TEST(decision6_unmerging_brings_the_report_back_to_ops)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "no_water"), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_MERGE, OPS, FIELD_PARENT, 2), VERDICT_OK);
    REQUIRE_STATUS(desk_do(&desk, ACTION_UNMERGE, OPS), VERDICT_OK);
    CHECK_INT(desk.ticket.state, TICKET_REPORTED);
    CHECK_INT(desk.ticket.parent.v, 0);
    CHECK_INT(desk_result(&desk, CLOCK_DISPATCH), RESULT_RUNNING);
    CHECK_INT(desk_due_minutes(&desk, CLOCK_FINISH), 48 * 60);
    CHECK_STATUS(desk_do_with(&desk, ACTION_DISPATCH, OPS, FIELD_UNIT, UNIT_A), VERDICT_OK);
}

/* By a failure of unit A's system that lasts since ten in the morning and was told at once. */
static enum verdict excuse(struct desk *desk, int clock_no)
{
    const struct failure_report report = {.unit = {UNIT_A},
                                          .started_at = local("2026-11-23 10:00"),
                                          .ended_at = INSTANT_NONE,
                                          .reported_at = local("2026-11-23 10:00"),
                                          .is_confirmed = true};

    command_set(desk_command(desk, ACTION_EXCUSE, OPS), FIELD_CLOCK_NO, clock_no);
    command_set(&desk->command, FIELD_EXCUSE, 6);
    desk->command.failure = &report;
    return desk_carry_out(desk);
}

TEST(article_15_only_a_late_clock_of_the_unit_that_reported_a_failure_can_be_excused)
{
    struct desk desk;

    REQUIRE_STATUS(desk_report(&desk, "no_water"), VERDICT_OK);
    CHECK_STATUS(excuse(&desk, 3), VERDICT_NO_SUCH_CLOCK);
    desk_wait(&desk, 11);
    CHECK_STATUS(excuse(&desk, 1), VERDICT_NOT_COVERED); /* the wait for dispatch is ops' own */
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_DISPATCH, OPS, FIELD_UNIT, UNIT_A), VERDICT_OK);
    CHECK_STATUS(excuse(&desk, 3), VERDICT_NOT_LATE);
    desk_wait(&desk, 21);
    command_set(desk_command(&desk, ACTION_EXCUSE, OPS), FIELD_CLOCK_NO, 3);
    command_set(&desk.command, FIELD_EXCUSE, 7);
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_NOT_COVERED); /* a report that nobody knows */
    REQUIRE_STATUS(excuse(&desk, 3), VERDICT_OK);
    CHECK_INT(desk_result(&desk, CLOCK_ACCEPT), RESULT_EXCUSED);
    CHECK_INT(ticket_clock(&desk.ticket, CLOCK_ACCEPT)->excuse_code, 6); /* which report it was */
    CHECK_STATUS(excuse(&desk, 3), VERDICT_ALREADY_DONE);
    REQUIRE_STATUS(desk_do(&desk, ACTION_ACCEPT, LIAISON_A), VERDICT_OK);
    CHECK_INT(desk_result(&desk, CLOCK_ACCEPT), RESULT_EXCUSED); /* excused stays excused */
}

/* ---- words, escalation, the queue */

TEST(art11_group_leadership_is_told_and_acknowledges)
{
    struct desk desk;

    REQUIRE_STATUS(desk_report(&desk, "pollution"), VERDICT_OK);
    CHECK_STATUS(desk_do(&desk, ACTION_ACKNOWLEDGE, LEADERSHIP), VERDICT_NOTHING_PENDING);
    REQUIRE_STATUS(desk_do(&desk, ACTION_ESCALATE_GROUP, CREW_A), VERDICT_OK); /* anybody, of any unit */
    CHECK(desk.ticket.is_escalated && !desk.ticket.is_acknowledged);
    REQUIRE_STATUS(desk_do(&desk, ACTION_ACKNOWLEDGE, LEADERSHIP), VERDICT_OK);
    CHECK(desk.ticket.is_acknowledged);
    CHECK_STATUS(desk_do(&desk, ACTION_ACKNOWLEDGE, LEADERSHIP), VERDICT_ALREADY_DONE);
    REQUIRE_STATUS(desk_do(&desk, ACTION_ESCALATE_GROUP, OPS), VERDICT_OK);
    CHECK(!desk.ticket.is_acknowledged);
}

TEST(what_residents_and_repeats_add_is_counted)
{
    struct desk desk;

    REQUIRE_STATUS(desk_report(&desk, "no_water"), VERDICT_OK);
    desk_wait(&desk, 60);
    desk_command(&desk, ACTION_URGE, RESIDENT)->occurred_at = plus_seconds(desk.now, -3000);
    desk.command.has_text = false; /* applied late by clerk: no reason asked of a resident */
    command_set(&desk.command, FIELD_INPUT_ID, 9);
    REQUIRE_STATUS(desk_carry_out(&desk), VERDICT_OK);
    REQUIRE_STATUS(desk_do(&desk, ACTION_URGE, OPERATOR), VERDICT_OK);
    CHECK_INT(desk.ticket.urge_count, 2);
    desk_command(&desk, ACTION_ADD_WORDS, RESIDENT)->has_text = false;
    CHECK_STATUS(desk_carry_out(&desk), VERDICT_NEEDS_TEXT);
    CHECK_STATUS(desk_do(&desk, ACTION_ADD_WORDS, RESIDENT), VERDICT_OK);
    CHECK_STATUS(desk_do_with(&desk, ACTION_LINK_REPEAT, SYSTEM, FIELD_PARENT, 1), VERDICT_SAME_TICKET);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_LINK_REPEAT, SYSTEM, FIELD_PARENT, 7), VERDICT_OK);
    CHECK_INT(desk.ticket.repeat_level, 1);
    CHECK_INT(desk.ticket.parent.v, 0);
}

TEST(the_earlier_of_our_promise_and_an_outside_deadline_governs_the_queue)
{
    struct desk desk;

    desk_init(&desk);
    const struct instant outside = plus_seconds(desk.now, 300);
    command_set(desk_report_command(&desk, "no_water"), FIELD_OUTSIDE_DUE, outside.milliseconds);
    REQUIRE_STATUS(desk_carry_out(&desk), VERDICT_OK);
    CHECK(instant_is_equal(ticket_next_due(&desk.ticket), outside));
    CHECK_INT(desk_due_minutes(&desk, CLOCK_FINISH), 48 * 60); /* the promise itself is not touched */
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_DISPATCH, OPS, FIELD_UNIT, UNIT_A), VERDICT_OK);
    REQUIRE_STATUS(desk_do(&desk, ACTION_ACCEPT, LIAISON_A), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_FINISH, LIAISON_A, FIELD_OUTCOME, OUTCOME_SOLVED), VERDICT_OK);
    CHECK(!instant_is_set(ticket_next_due(&desk.ticket)));
}

TEST(pages_offer_only_what_can_be_done)
{
    struct desk desk;
    uint32_t role = 77;
    const struct actor crew = CREW_A, liaison = LIAISON_A;

    REQUIRE_STATUS(desk_report(&desk, "no_water"), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_DISPATCH, OPS, FIELD_UNIT, UNIT_A), VERDICT_OK);
    CHECK_STATUS(ticket_permits(&desk.ticket, ACTION_ACCEPT, &crew, &role), VERDICT_OK);
    CHECK_INT(role, ROLE_BIT(ROLE_CREW));
    CHECK_STATUS(ticket_permits(&desk.ticket, ACTION_ARRIVE, &crew, &role), VERDICT_WRONG_STATE);
    CHECK_INT(role, 0);
    CHECK_STATUS(ticket_permits(&desk.ticket, ACTION_DECIDE_EXTENSION, &(struct actor){.roles = ROLE_BIT(ROLE_OPS)}, NULL),
                 VERDICT_NOTHING_PENDING);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_OBJECT, LIAISON_A, FIELD_REASON, 1), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_DECIDE_OBJECTION, OPS, FIELD_DECISION, DECISION_CARRY_ON), VERDICT_OK);
    CHECK_STATUS(ticket_permits(&desk.ticket, ACTION_OBJECT, &liaison, NULL), VERDICT_ALREADY_DONE);
}
