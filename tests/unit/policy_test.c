/*
 * Policies: the bounds of what ops may decide by number.
 */
#include "core/policy.h"

#include "check.h"

TEST(every_policy_has_a_name_of_its_own_and_a_usual_value_inside_its_bounds)
{
    for (int i = 0; i < POLICY__COUNT; i++) {
        const struct policy_bound *bound = policy_bound((enum policy)i);
        enum policy found;
        check_casef("%s", bound->name);
        REQUIRE(policy_find(bound->name, &found));
        CHECK_INT(found, i);
        CHECK(bound->unit[0] != '\0');
        CHECK(bound->least < bound->most);
        CHECK(policy_allows(found, bound->usual));
        CHECK(policy_allows(found, bound->least));
        CHECK(policy_allows(found, bound->most));
        CHECK(!policy_allows(found, bound->least - 1));
        CHECK(!policy_allows(found, bound->most + 1));
    }
}

TEST(an_unknown_policy_is_not_found)
{
    enum policy found;

    CHECK(!policy_find("", &found));
    CHECK(!policy_find("repeat_day", &found));
}

TEST(articles_34_3_and_4_have_the_periods_that_ops_starts_with)
{
    CHECK_INT(policy_bound(POLICY_REPEAT_DAYS)->usual, 90);
    CHECK_INT(policy_bound(POLICY_CONFIRM_DAYS)->usual, 90);
    CHECK_INT(policy_bound(POLICY_ROSTER_DAYS)->usual, 7);
}
