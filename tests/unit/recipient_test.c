/* core/recipient: whom a notice goes to when the roster, the register and the settings are as they are. */
#include "core/recipient.h"

#include <string.h>

#include "check.h"

#define LIAISON ROLE_BIT(ROLE_LIAISON)
#define LEADER ROLE_BIT(ROLE_UNIT_LEADER)
#define SMS CHANNEL_BIT(CHANNEL_SMS)
#define MAIL CHANNEL_BIT(CHANNEL_MAIL)
#define ROBOT CHANNEL_BIT(CHANNEL_ROBOT)
#define FILES CHANNEL_BIT(CHANNEL_FILE)

static const struct candidate DUTY = {{1}, WAY_DUTY, LIAISON, "13800000001", ""};
static const struct candidate DUTY_SILENT = {{2}, WAY_DUTY, LIAISON, "", ""};
static const struct candidate DUTY_LANDLINE = {{3}, WAY_DUTY, LIAISON, "06358212345", ""};
static const struct candidate DIRECT = {{4}, WAY_LEADER, 0, "13800000004", "direct@water.example"};
static const struct candidate DIRECT_SILENT = {{5}, WAY_LEADER, LEADER, "", ""};
static const struct candidate CHIEF = {{6}, WAY_UNIT, LEADER, "13800000006", "chief@water.example"};
static const struct candidate OTHER = {{7}, WAY_UNIT, LIAISON, "13800000007", ""};
static const struct candidate OPS[] = {{{8}, WAY_ROLE, ROLE_BIT(ROLE_OPS), "13800000008", ""},
                                       {{9}, WAY_ROLE, ROLE_BIT(ROLE_OPS), "", "ops@water.example"},
                                       {{10}, WAY_ROLE, ROLE_BIT(ROLE_OPS), "13800000010", "b@water.example"}};

static struct target targets[TARGETS_MOST];

static size_t choose(enum audience audience, unsigned channels, const struct candidate *people, size_t count)
{
    const struct recipient_case about = {audience, channels, SMS | ROBOT, people, count, OPS, 3};
    memset(targets, 0, sizeof targets);
    return recipients_choose(&about, targets);
}

/* The only target is this person, found this way. */
static void check_one(size_t count, enum channel channel, int staff, enum recipient_way way)
{
    CHECK_INT(count, 1);
    CHECK_INT(targets[0].channel, channel);
    CHECK_INT(targets[0].staff.v, staff);
    CHECK_INT(targets[0].member.v, 0);
    CHECK_INT(targets[0].way, way);
}

TEST(article_12_the_liaison_on_duty_is_told)
{
    const struct candidate people[] = {DUTY, DIRECT, CHIEF, OTHER};
    check_one(choose(AUDIENCE_LIAISON, SMS, people, 4), CHANNEL_SMS, 1, WAY_DUTY);
}

TEST(article_12_without_a_liaison_who_can_be_reached_others_stand_in_one_after_the_other)
{
    const struct candidate leader[] = {DUTY_SILENT, DIRECT, CHIEF, OTHER};
    const struct candidate landline[] = {DUTY_LANDLINE, DIRECT};
    const struct candidate unit[] = {DUTY_SILENT, DIRECT_SILENT, CHIEF, OTHER};
    const struct candidate last[] = {DIRECT_SILENT, OTHER};
    check_case("the direct leader");
    check_one(choose(AUDIENCE_LIAISON, SMS, leader, 4), CHANNEL_SMS, 4, WAY_LEADER);
    check_case("a landline takes no SMS");
    check_one(choose(AUDIENCE_LIAISON, SMS, landline, 2), CHANNEL_SMS, 4, WAY_LEADER);
    check_case("a leader of the unit");
    check_one(choose(AUDIENCE_LIAISON, SMS, unit, 4), CHANNEL_SMS, 6, WAY_UNIT);
    check_case("another liaison of the unit");
    check_one(choose(AUDIENCE_LIAISON, SMS, last, 2), CHANNEL_SMS, 7, WAY_UNIT);
}

TEST(article_12_operations_stands_in_when_nobody_of_the_unit_can_be_told)
{
    const struct candidate silent[] = {DUTY_SILENT, DIRECT_SILENT};
    const size_t count = choose(AUDIENCE_LIAISON, SMS, silent, 2);
    REQUIRE(count == 3); /* two with a mobile number, and the robot */
    for (size_t i = 0; i < count; i++)
        CHECK_INT(targets[i].way, WAY_OPS);
    CHECK_INT(targets[0].staff.v, 8);
    CHECK_INT(targets[0].member.v, 8);
    CHECK_INT(targets[1].staff.v, 10);
    CHECK_INT(targets[2].channel, CHANNEL_ROBOT);
    CHECK_INT(targets[2].staff.v, 0);
    CHECK_INT(choose(AUDIENCE_UNIT_LEADER, MAIL, NULL, 0), 3);
    CHECK_INT(choose(AUDIENCE_GROUP_LEADER, SMS, NULL, 0), 3);
}

TEST(nobody_stands_in_for_operations_or_the_first_receiver)
{
    CHECK_INT(choose(AUDIENCE_OPS, SMS, NULL, 0), 0);
    CHECK_INT(choose(AUDIENCE_FIRST_RECEIVER, SMS, &DUTY_SILENT, 1), 0);
    CHECK_INT(choose(AUDIENCE_FIRST_RECEIVER, SMS, NULL, 0), 0);
    CHECK_INT(choose(AUDIENCE_NONE, SMS, &DUTY, 1), 0);
}

TEST(a_leader_is_meant_not_who_is_on_duty)
{
    const struct candidate people[] = {DUTY, CHIEF, OTHER};
    const struct candidate direct[] = {DUTY, DIRECT, CHIEF, OTHER};
    const struct candidate none[] = {DUTY, OTHER};
    check_one(choose(AUDIENCE_UNIT_LEADER, SMS, people, 3), CHANNEL_SMS, 6, WAY_UNIT);
    check_one(choose(AUDIENCE_UNIT_LEADER, SMS, direct, 4), CHANNEL_SMS, 4, WAY_LEADER);
    CHECK_INT(choose(AUDIENCE_UNIT_LEADER, SMS, none, 2), 3);
    CHECK_INT(targets[0].way, WAY_OPS);
}

TEST(everybody_of_a_role_is_told_by_each_channel_that_reaches_them)
{
    CHECK_INT(choose(AUDIENCE_OPS, SMS | MAIL | ROBOT, OPS, 3), 5);
    static const struct target wanted[] = {{CHANNEL_SMS, {8}, {8}, WAY_ROLE},  {CHANNEL_SMS, {10}, {10}, WAY_ROLE},
                                           {CHANNEL_MAIL, {9}, {9}, WAY_ROLE}, {CHANNEL_MAIL, {10}, {10}, WAY_ROLE},
                                           {CHANNEL_ROBOT, {0}, {0}, WAY_GROUP}};
    for (size_t i = 0; i < 5; i++) {
        CHECK_INT(targets[i].channel, wanted[i].channel);
        CHECK_INT(targets[i].member.v, wanted[i].member.v);
        CHECK_INT(targets[i].staff.v, wanted[i].staff.v);
        CHECK_INT(targets[i].way, wanted[i].way);
    }
}

TEST(a_file_or_a_robot_needs_nobody)
{
    check_one(choose(AUDIENCE_LIAISON, FILES, NULL, 0), CHANNEL_FILE, 0, WAY_GROUP);
    check_one(choose(AUDIENCE_LIAISON, FILES, &DUTY_SILENT, 1), CHANNEL_FILE, 2, WAY_DUTY);
    check_one(choose(AUDIENCE_LIAISON, ROBOT, &DUTY, 1), CHANNEL_ROBOT, 0, WAY_GROUP);
    check_one(choose(AUDIENCE_OPS, FILES, OPS, 3), CHANNEL_FILE, 0, WAY_GROUP);
    check_one(choose(AUDIENCE_RESIDENT, SMS, NULL, 0), CHANNEL_SMS, 0, WAY_SELF);
    check_one(choose(AUDIENCE_FIRST_RECEIVER, SMS, &DUTY, 1), CHANNEL_SMS, 1, WAY_DUTY);
}

TEST(a_crowd_is_cut_at_the_most)
{
    static struct candidate crowd[TARGETS_MOST];
    for (size_t i = 0; i < TARGETS_MOST; i++)
        crowd[i] = (struct candidate){{(int32_t)i + 1}, WAY_ROLE, 0, "13800000000", "a@b"};
    CHECK_INT(choose(AUDIENCE_OPS, SMS | MAIL, crowd, TARGETS_MOST), TARGETS_MOST);
}

TEST(who_stands_in_for_whom)
{
    CHECK(!recipient_is_stand_in(AUDIENCE_LIAISON, WAY_DUTY));
    CHECK(recipient_is_stand_in(AUDIENCE_LIAISON, WAY_LEADER));
    CHECK(recipient_is_stand_in(AUDIENCE_LIAISON, WAY_UNIT));
    CHECK(!recipient_is_stand_in(AUDIENCE_UNIT_LEADER, WAY_LEADER));
    CHECK(!recipient_is_stand_in(AUDIENCE_UNIT_LEADER, WAY_UNIT));
    CHECK(recipient_is_stand_in(AUDIENCE_GROUP_LEADER, WAY_OPS));
    CHECK(!recipient_is_stand_in(AUDIENCE_OPS, WAY_ROLE));
}
