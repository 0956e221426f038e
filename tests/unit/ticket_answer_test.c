/* Whether the unit owes an answer: what the list of what waits for a unit is made of. */
#include "check.h"

#include "ticket_desk.h"

TEST(what_a_resident_adds_waits_for_the_unit_until_it_acts)
{
    static const enum ticket_action ADDED[] = {ACTION_ADD_WORDS, ACTION_URGE};
    struct desk desk;

    for (size_t i = 0; i < sizeof ADDED / sizeof ADDED[0]; i++) {
        check_case(ticket_action_name(ADDED[i]));
        REQUIRE_STATUS(desk_until_accepted(&desk, "leak_public"), VERDICT_OK);
        CHECK(!desk.ticket.is_answer_due);
        REQUIRE_STATUS(desk_do(&desk, ADDED[i], RESIDENT), VERDICT_OK);
        CHECK(desk.ticket.is_answer_due);
        REQUIRE_STATUS(desk_do(&desk, ACTION_NOTE, OPS), VERDICT_OK);
        CHECK(desk.ticket.is_answer_due);
        REQUIRE_STATUS(desk_do(&desk, ACTION_NOTE, LIAISON_A), VERDICT_OK);
        CHECK(!desk.ticket.is_answer_due);
    }
}

TEST(what_the_operator_writes_down_for_a_resident_waits_as_well)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "no_water"), VERDICT_OK);
    REQUIRE_STATUS(desk_do(&desk, ACTION_URGE, OPERATOR), VERDICT_OK);
    CHECK(desk.ticket.is_answer_due);
}

TEST(art10_a_refused_finish_waits_for_the_unit)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_finished(&desk, "no_water"), VERDICT_OK);
    CHECK(!desk.ticket.is_answer_due);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_REVIEW, OPS, FIELD_DECISION, DECISION_REFUSE), VERDICT_OK);
    CHECK(desk.ticket.is_answer_due);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_FINISH, LIAISON_A, FIELD_OUTCOME, OUTCOME_SOLVED), VERDICT_OK);
    CHECK(!desk.ticket.is_answer_due);
}

TEST(art16_an_objection_that_ops_turns_down_waits_for_the_unit)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "no_water"), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_OBJECT, LIAISON_A, FIELD_REASON, 1), VERDICT_OK);
    CHECK(!desk.ticket.is_answer_due);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_DECIDE_OBJECTION, OPS, FIELD_DECISION, DECISION_CARRY_ON), VERDICT_OK);
    CHECK(desk.ticket.is_answer_due);
}

TEST(without_a_unit_nobody_owes_an_answer)
{
    struct desk desk;

    REQUIRE_STATUS(desk_report(&desk, "no_water"), VERDICT_OK);
    REQUIRE_STATUS(desk_do(&desk, ACTION_URGE, RESIDENT), VERDICT_OK);
    CHECK(!desk.ticket.is_answer_due);
    REQUIRE_STATUS(desk_until_accepted(&desk, "no_water"), VERDICT_OK);
    REQUIRE_STATUS(desk_do(&desk, ACTION_URGE, RESIDENT), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_RECALL, OPS, FIELD_DISPATCH_NO, 1), VERDICT_OK);
    CHECK(!desk.ticket.is_answer_due);
}
