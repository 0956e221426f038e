/* What is known already at a place while somebody reports a matter there. */
#include "core/known.h"

#include <string.h>

#include "check.h"
#include "regulation.h"

static struct known_report report(const char *category, enum ticket_state state, int minute)
{
    return (struct known_report){.category = category == NULL ? NULL : regulation_category(category),
                                 .state = state,
                                 .reported_at = {INT64_C(60000) * minute}};
}

static size_t known(const char *asked, const struct known_report *reports, size_t count, size_t *lead)
{
    return known_count(regulation_category(asked), reports, count, lead);
}

TEST(supply_and_quality_are_two_troubles_and_a_households_own_matters_are_none)
{
    static const struct {
        const char *left, *right;
        bool want;
    } pairs[] = {
        {"no_water", "no_water", true},         {"no_water", "low_pressure", true},    {"no_water", "leak_public", true},
        {"leak_public", "leak_third_party", true}, {"water_quality", "water_quality", true},
        {"water_quality", "no_water", false},   {"no_water", "meter_well_leak", false}, {"behind_meter_other", "behind_meter_other", false},
        {"billing", "billing", false},          {"faulty_meter", "faulty_meter", false}, {"service_complaint", "service_complaint", false},
        {"restore_after_arrears", "no_water", false}, {"unforeseen", "unforeseen", false},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        check_case(pairs[i].left);
        CHECK_INT(known_is_similar(regulation_category(pairs[i].left), regulation_category(pairs[i].right)), pairs[i].want);
        CHECK_INT(known_is_similar(regulation_category(pairs[i].right), regulation_category(pairs[i].left)), pairs[i].want);
    }
}

TEST(the_report_that_is_furthest_along_stands_for_all_of_those_the_oldest)
{
    const struct known_report reports[] = {
        report("leak_public", TICKET_REPORTED, 1),   report("no_water", TICKET_ACCEPTED, 30),
        report("low_pressure", TICKET_ACCEPTED, 20), report("no_water", TICKET_DISPATCHED, 5),
        report("water_quality", TICKET_ACCEPTED, 2), report("no_water", TICKET_MERGED, 3),
    };
    size_t lead;
    CHECK_INT(known("no_water", reports, 6, &lead), 5);
    CHECK_INT(lead, 2);
    CHECK_INT(known("water_quality", reports, 6, &lead), 1);
    CHECK_INT(lead, 4);
}

TEST(what_is_done_or_never_was_taken_up_is_not_known)
{
    for (int state = TICKET_NONE; state < TICKET_STATE__COUNT; state++) {
        const struct known_report one = report("no_water", (enum ticket_state)state, 1);
        const bool is_worked_on = state >= TICKET_REPORTED && state <= TICKET_ACCEPTED;
        size_t lead;
        check_casef("state %d", state);
        CHECK_INT(known("no_water", &one, 1, &lead), is_worked_on || state == TICKET_MERGED);
        CHECK_INT(lead, is_worked_on ? 0 : 1); /* a merged one is counted, and never followed by itself */
    }
}

TEST(a_notice_speaks_of_a_place_by_its_name)
{
    static const char title[] = "湖光里、文轩苑停水", body[] = "管道爆裂，正在抢修。\n- 范围：柳园路 12 至 40 号";
    CHECK(known_is_named(title, body, "文轩苑"));
    CHECK(known_is_named(title, body, "柳园路"));
    CHECK(!known_is_named(title, body, "明珠花园"));
    CHECK(!known_is_named(title, body, ""));
}

TEST(a_category_that_is_gone_and_no_report_at_all_make_nothing_known)
{
    const struct known_report gone = report(NULL, TICKET_ACCEPTED, 1);
    size_t lead;
    CHECK_INT(known("no_water", &gone, 1, &lead), 0);
    CHECK_INT(lead, 1);
    CHECK_INT(known("no_water", NULL, 0, &lead), 0);
    CHECK_INT(lead, 0);
}
