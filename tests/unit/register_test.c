/* The register of service staff: names, badges, when an entry is stale, and who is an administrator. */
#include "core/register.h"

#include "check.h"

#define ADMIN ROLE_BIT(ROLE_ADMIN)
#define OPS ROLE_BIT(ROLE_OPS)

TEST(art4_an_entry_is_stale_after_its_days_and_when_it_was_never_confirmed)
{
    const struct day today = {20000};

    CHECK(register_is_stale(DAY_NONE, today, 90));
    CHECK(!register_is_stale(today, today, 90));
    CHECK(!register_is_stale((struct day){19910}, today, 90)); /* the 90th day is the last good one */
    CHECK(register_is_stale((struct day){19909}, today, 90));
    CHECK(!register_is_stale((struct day){20001}, today, 90));
}

TEST(art4_the_newest_version_whose_day_has_come_is_in_force)
{
    const struct day from[] = {{300}, {200}, {100}};

    CHECK_INT(version_in_force(from, 3, (struct day){300}), 0);
    CHECK_INT(version_in_force(from, 3, (struct day){299}), 1);
    CHECK_INT(version_in_force(from, 3, (struct day){100}), 2);
    CHECK_INT(version_in_force(from, 3, (struct day){99}), 3);
    CHECK_INT(version_in_force(NULL, 0, (struct day){99}), 0);
}

TEST(login_names_are_small_plain_and_begin_with_a_letter)
{
    static const char *const good[] = {"li", "wang.lei", "a1", "zhang_min-2", "abcdefghijklmnopqrstuvwxyzabcdefghijklmn"};
    static const char *const bad[] = {"", "a", "Li", "1a", ".a", "li na", "李娜", "a'b", "a/b", "a\n",
                                      "abcdefghijklmnopqrstuvwxyzabcdefghijklmno"};

    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        CHECK(login_is_good(good[i]));
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        CHECK(!login_is_good(bad[i]));
}

TEST(badges_and_unit_codes_are_plain)
{
    CHECK(badge_is_good("") && badge_is_good("GD-0123") && badge_is_good("ABCDEFGHIJKLMNOPQRST"));
    CHECK(!badge_is_good("ABCDEFGHIJKLMNOPQRSTU") && !badge_is_good("GD 1") && !badge_is_good("工牌1"));
    CHECK(unit_code_is_good("pipeline_2") && !unit_code_is_good("Pipeline") && !unit_code_is_good("2x") &&
          !unit_code_is_good("a-b") && !unit_code_is_good("x"));
}

TEST(an_administrator_is_taken_away_by_losing_the_role_or_being_deactivated)
{
    CHECK(register_takes_administrator(ADMIN, true, OPS, true));
    CHECK(register_takes_administrator(ADMIN | OPS, true, ADMIN | OPS, false));
    CHECK(!register_takes_administrator(ADMIN, true, ADMIN | OPS, true));
    CHECK(!register_takes_administrator(OPS, true, 0, false));
    CHECK(!register_takes_administrator(ADMIN, false, OPS, false));
    CHECK(!register_takes_administrator(OPS, true, ADMIN, true));
}

TEST(every_field_and_result_has_a_name)
{
    for (int i = 0; i < STAFF_FIELD__COUNT; i++)
        CHECK(staff_field_name((enum staff_field)i)[0] != '\0');
    for (int i = 0; i < INSPECTION_RESULT__COUNT; i++)
        CHECK(inspection_result_name((enum inspection_result)i)[0] != '\0');
}
