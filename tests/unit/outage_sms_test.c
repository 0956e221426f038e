/* core/outage_sms: who may tell households, what is news, when it may wait, when trying ends (Arts. 18(1), 33(4)). */
#include "core/outage_sms.h"

#include "check.h"

static enum verdict permits(enum sms_action action, enum outage_state state, uint32_t roles, bool is_customer)
{
    const struct outage_standing standing = {.state = state, .kind = OUTAGE_PLANNED, .roles = roles, .is_customer = is_customer};

    return outage_sms_permits(action, &standing);
}

TEST(art_33_4_customer_management_and_operations_tell_households_and_nobody_else)
{
    for (int role = ROLE_NONE + 1; role < ROLE__COUNT; role++) {
        const uint32_t bit = ROLE_BIT(role);
        const bool is_unit_person = role == ROLE_CREW || role == ROLE_LIAISON || role == ROLE_UNIT_LEADER;
        check_casef("%s", role_name((enum role)role));
        CHECK_INT(permits(SMS_ACTION_SEND, OUTAGE_ANNOUNCED, bit, true) == VERDICT_OK, is_unit_person || role == ROLE_OPS);
        CHECK_INT(permits(SMS_ACTION_SEND, OUTAGE_ANNOUNCED, bit, false) == VERDICT_OK, role == ROLE_OPS);
        CHECK_INT(permits(SMS_ACTION_READ, OUTAGE_ANNOUNCED, bit, false) == VERDICT_OK,
                  role == ROLE_OPS || role == ROLE_UNIT_LEADER || role == ROLE_GROUP_LEADER);
        CHECK_INT(permits(SMS_ACTION_SEND, OUTAGE_STATE_NONE, bit, true) == VERDICT_OK, false);
    }
    CHECK_INT(permits(SMS_ACTION_SEND, OUTAGE_ANNOUNCED, ROLE_BIT(ROLE_LIAISON), false), VERDICT_WRONG_UNIT);
}

TEST(what_is_told_is_what_the_public_is_told_and_of_a_cut_off_what_its_households_must_know)
{
    struct outage emergency = {.kind = OUTAGE_EMERGENCY, .is_public = true};
    struct outage planned = {.kind = OUTAGE_PLANNED, .is_public = true, .steps = OUTAGE_BIT(OUTAGE_PUBLISH)};
    struct outage unapproved = {.kind = OUTAGE_PLANNED, .is_public = true};
    struct outage hidden = {.kind = OUTAGE_PLANNED};
    struct outage cutoff = {.kind = OUTAGE_CUTOFF};
    static const struct {
        enum outage_action action;
        bool is_of_emergency, is_of_planned, is_of_unapproved, is_of_cutoff;
    } cases[] = {
        {OUTAGE_REPORT, true, true, true, false},   {OUTAGE_EXTEND, true, true, true, false},
        {OUTAGE_WIDEN, true, true, true, false},    {OUTAGE_RESTORE, true, true, true, true},
        {OUTAGE_WITHDRAW, true, true, true, false}, {OUTAGE_NOTE, false, false, false, false},
        {OUTAGE_APPLY, false, false, false, false}, {OUTAGE_ASSIST, false, false, false, false},
        {OUTAGE_APPROVE, false, false, false, false}, {OUTAGE_REFUSE, false, false, false, false},
        {OUTAGE_NOTIFY, false, false, false, false}, {OUTAGE_PUBLISH, true, true, true, false},
        {OUTAGE_MEDIA, false, false, false, false}, {OUTAGE_POSTER, false, false, false, false},
        {OUTAGE_SMS, false, false, false, false},   {OUTAGE_START, true, false, true, false},
        {OUTAGE_POSTPONE, true, true, true, true},  {OUTAGE_CANCEL, true, true, true, true},
        {OUTAGE_CUT, false, false, false, true},
    };

    CHECK_INT(sizeof cases / sizeof cases[0], OUTAGE_ACTION__COUNT - 1);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const enum outage_action action = cases[i].action;
        check_case(outage_action_name(action));
        CHECK_INT(outage_sms_tells(&emergency, action), cases[i].is_of_emergency);
        CHECK_INT(outage_sms_tells(&planned, action), cases[i].is_of_planned);
        CHECK_INT(outage_sms_tells(&unapproved, action), cases[i].is_of_unapproved);
        CHECK_INT(outage_sms_tells(&cutoff, action), cases[i].is_of_cutoff);
        CHECK(!outage_sms_tells(&hidden, action));
    }
}

TEST(only_an_emergency_wakes_people_and_only_while_the_water_is_off)
{
    for (int action = OUTAGE_ACTION_NONE + 1; action < OUTAGE_ACTION__COUNT; action++) {
        const bool is_over = action == OUTAGE_RESTORE || action == OUTAGE_WITHDRAW;
        check_case(outage_action_name((enum outage_action)action));
        CHECK(outage_sms_may_wait(OUTAGE_PLANNED, (enum outage_action)action));
        CHECK(outage_sms_may_wait(OUTAGE_CUTOFF, (enum outage_action)action));
        CHECK_INT(outage_sms_may_wait(OUTAGE_EMERGENCY, (enum outage_action)action), is_over);
    }
}

TEST(trying_ends_with_the_number_and_not_with_a_gateway_that_is_ill_for_an_hour)
{
    static const struct {
        const char *name;
        struct sms_failure failure;
        bool is_over;
    } cases[] = {
        {"a number that is refused", {.is_hopeless = true, .attempts = 1, .tries = 10}, true},
        {"an answer that is not understood", {.attempts = 9, .tries = 10}, false},
        {"once too often", {.attempts = 10, .tries = 10}, true},
        {"a gateway that is away, however often tried", {.is_of_gateway = true, .attempts = 99, .tries = 10, .waited_seconds = 3600}, false},
        {"a gateway that is away for a day", {.is_of_gateway = true, .attempts = 1, .tries = 10, .waited_seconds = SMS_PATIENCE_SECONDS}, true},
        {"a code while it is good", {.is_of_gateway = true, .attempts = 3, .tries = 10, .audience = SMS_CODES, .waited_seconds = 599}, false},
        {"a code that is good no more", {.is_of_gateway = true, .attempts = 3, .tries = 10, .audience = SMS_CODES, .waited_seconds = 600}, true},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check_case(cases[i].name);
        CHECK_INT(outage_sms_is_over(&cases[i].failure), cases[i].is_over);
    }
}
