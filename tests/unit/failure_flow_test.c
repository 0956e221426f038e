/* Art. 15: who may report, end, confirm and use a failure report, and which times cannot be. */
#include "core/failure_flow.h"

#include "check.h"
#include "regulation.h"

/* The roles of staff, in the order of the table's letters. */
static const enum role ROLES[] = {ROLE_OPERATOR, ROLE_CREW, ROLE_LIAISON, ROLE_UNIT_LEADER, ROLE_OPS, ROLE_GROUP_LEADER,
                                  ROLE_DISCIPLINE, ROLE_ADMIN, ROLE_SYSTEM, ROLE_RESIDENT};
#define ROLE_TOTAL (sizeof ROLES / sizeof ROLES[0])

TEST(article_15_every_role_may_do_with_a_failure_report_what_the_table_says_and_nothing_else)
{
    /* Per act and state: '.' nobody, 'o' for the own unit only, 'a' for any; in the order of ROLES. */
    static const struct {
        const char *name;
        enum failure_act act;
        enum failure_state state;
        const char *want;
    } cases[] = {
        {"read one that waits", FAILURE_ACT_READ, FAILURE_WAITING, "aoooaa...."},
        {"read a confirmed one", FAILURE_ACT_READ, FAILURE_CONFIRMED, "aoooaa...."},
        {"read a refused one", FAILURE_ACT_READ, FAILURE_REFUSED, "aoooaa...."},
        {"read a proposal", FAILURE_ACT_READ, FAILURE_PROPOSED, "aoooaa...."},
        {"read one that is not there", FAILURE_ACT_READ, FAILURE_STATE_NONE, ".........."},
        {"report", FAILURE_ACT_REPORT, FAILURE_STATE_NONE, "..oo......"},
        {"write down a call", FAILURE_ACT_RECORD, FAILURE_STATE_NONE, "....a....."},
        {"end one that waits", FAILURE_ACT_END, FAILURE_WAITING, "..ooa....."},
        {"end a confirmed one", FAILURE_ACT_END, FAILURE_CONFIRMED, "..ooa....."},
        {"end a refused one", FAILURE_ACT_END, FAILURE_REFUSED, ".........."},
        {"end a proposal", FAILURE_ACT_END, FAILURE_PROPOSED, ".........."},
        {"decide one that waits", FAILURE_ACT_DECIDE, FAILURE_WAITING, "....a....."},
        {"decide a proposal", FAILURE_ACT_DECIDE, FAILURE_PROPOSED, "....a....."},
        {"decide twice", FAILURE_ACT_DECIDE, FAILURE_CONFIRMED, ".........."},
        {"decide a refused one again", FAILURE_ACT_DECIDE, FAILURE_REFUSED, ".........."},
        {"decide a proposal again", FAILURE_ACT_DECIDE, FAILURE_TAKEN, ".........."},
        {"excuse by a confirmed one", FAILURE_ACT_EXCUSE, FAILURE_CONFIRMED, "....a....."},
        {"excuse by one that waits", FAILURE_ACT_EXCUSE, FAILURE_WAITING, ".........."},
        {"excuse by a refused one", FAILURE_ACT_EXCUSE, FAILURE_REFUSED, ".........."},
        {"excuse by a proposal", FAILURE_ACT_EXCUSE, FAILURE_TAKEN, ".........."},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char got[ROLE_TOTAL + 1] = "";
        check_case(cases[i].name);
        for (size_t role = 0; role < ROLE_TOTAL; role++) {
            const uint32_t bit = ROLE_BIT(ROLES[role]);
            const bool any = failure_permits(cases[i].act, cases[i].state, bit, false, false);
            const bool own = failure_permits(cases[i].act, cases[i].state, bit, true, false);
            CHECK(own || !any);
            got[role] = any ? 'a' : own ? 'o' : '.';
        }
        CHECK_TEXT(got, cases[i].want);
    }
}

TEST(article_15_an_end_is_told_once)
{
    CHECK(failure_permits(FAILURE_ACT_END, FAILURE_CONFIRMED, ROLE_BIT(ROLE_OPS), false, false));
    CHECK(!failure_permits(FAILURE_ACT_END, FAILURE_CONFIRMED, ROLE_BIT(ROLE_OPS), false, true));
    CHECK(!failure_permits(FAILURE_ACT_END, FAILURE_WAITING, ROLE_BIT(ROLE_LIAISON), true, true));
}

TEST(article_15_times_that_cannot_be_are_named_one_by_one)
{
    static const struct {
        const char *name, *started, *ended, *told; /* NULL: not set */
        enum failure_fault want;
        bool is_in_time;
    } cases[] = {
        {"over and told meanwhile", "10:00", "12:00", "10:30", FAILURE_SOUND, true},
        {"not over", "10:00", NULL, "13:59", FAILURE_SOUND, true},
        {"told at its first moment", "10:00", "12:00", "10:00", FAILURE_SOUND, true},
        {"told at its last moment", "10:00", "12:00", "12:00", FAILURE_SOUND, true},
        {"told afterwards", "10:00", "12:00", "12:01", FAILURE_SOUND, false},
        {"never told", "10:00", "12:00", NULL, FAILURE_SOUND, false},
        {"a moment long", "10:00", "10:00", "10:00", FAILURE_SOUND, true},
        {"begins after now", "14:01", NULL, NULL, FAILURE_STARTS_LATER, false},
        {"ends after now", "10:00", "14:01", "10:30", FAILURE_ENDS_LATER, true},
        {"ends before it began", "10:00", "09:59", "10:30", FAILURE_ENDS_BEFORE, false},
        {"told after now", "10:00", NULL, "14:01", FAILURE_TOLD_LATER, true},
        {"told before it began", "10:00", "12:00", "09:59", FAILURE_TOLD_BEFORE, false},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[3][24] = {"", "", ""};
        const char *const times[] = {cases[i].started, cases[i].ended, cases[i].told};
        struct instant at[3];
        check_case(cases[i].name);
        for (size_t k = 0; k < 3; k++) {
            if (times[k] != NULL)
                snprintf(text[k], sizeof text[k], "2026-11-23 %s", times[k]);
            at[k] = times[k] != NULL ? local(text[k]) : INSTANT_NONE;
        }
        const struct failure_report report = {.unit = {3}, .started_at = at[0], .ended_at = at[1], .reported_at = at[2]};
        CHECK_STATUS(failure_fault_of(&report, local("2026-11-23 14:00")), cases[i].want);
        CHECK_INT(failure_is_told_in_time(&report), cases[i].is_in_time);
    }
}
