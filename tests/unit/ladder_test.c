#include "core/ladder.h"

#include "check.h"
#include "regulation.h"

#define HOURS(n) ((int64_t)(n) * HOUR_SECONDS)
#define BIT(audience) (UINT32_C(1) << (audience))

static struct instant report_time(void) { return local("2026-11-23 16:40:07"); }

static struct clock clock_of(enum clock_kind kind, const char *category)
{
    struct facts facts = facts_of(category);
    facts.ops_limit_seconds = 0;
    return clock_start(1, rule_of(kind, &facts, report_time()), &facts, 1, report_time());
}

static const struct ladder_step *next_step(const struct clock *clock, int after_step, struct instant *at)
{
    *at = INSTANT_NONE;
    return ladder_next(REGULATION_LADDER, REGULATION_LADDER_COUNT, clock, after_step, at);
}

/* The step after `after_step` is `step`, at `seconds` after the report. */
static void check_next(const struct clock *clock, int after_step, int step, int64_t seconds)
{
    struct instant at;
    const struct ladder_step *next = next_step(clock, after_step, &at);
    REQUIRE(next != NULL);
    CHECK_INT(next->step, step);
    CHECK_INT((at.milliseconds - report_time().milliseconds) / 1000, seconds);
    CHECK_INT((at.milliseconds - report_time().milliseconds) % 1000, 0);
}

static void check_no_next(const struct clock *clock, int after_step)
{
    struct instant at;
    CHECK(next_step(clock, after_step, &at) == NULL);
    CHECK(!instant_is_set(at));
}

TEST(art12_acceptance_warns_at_half_time_and_breaches_at_20_minutes)
{
    const struct clock clock = clock_of(CLOCK_ACCEPT, "faulty_meter");
    struct instant at;
    check_next(&clock, 0, 10, 600);
    CHECK_INT(next_step(&clock, 0, &at)->audiences, BIT(AUDIENCE_LIAISON));
    check_next(&clock, 10, 20, 1200);
    CHECK_INT(next_step(&clock, 10, &at)->audiences, BIT(AUDIENCE_UNIT_LEADER) | BIT(AUDIENCE_OPS));
    CHECK(next_step(&clock, 10, &at)->is_breach);
    check_no_next(&clock, 20);
}

TEST(clock_failure_3_a_report_that_nobody_dispatches_is_told_to_ops)
{
    const struct clock clock = clock_of(CLOCK_DISPATCH, "faulty_meter");
    struct instant at;
    check_next(&clock, 0, 10, 600);
    CHECK_INT(next_step(&clock, 0, &at)->audiences, BIT(AUDIENCE_OPS));
    check_next(&clock, 10, 20, 600 + 1200); /* half an hour: up to leadership, and to who took the report (Arts. 9, 12) */
    CHECK_INT(next_step(&clock, 10, &at)->audiences, BIT(AUDIENCE_GROUP_LEADER) | BIT(AUDIENCE_FIRST_RECEIVER));
}

TEST(completion_climbs_from_the_liaison_to_group_leadership)
{
    const struct clock clock = clock_of(CLOCK_FINISH, "faulty_meter"); /* 36 h */
    struct instant at;
    check_next(&clock, 0, 10, HOURS(18));
    check_next(&clock, 10, 20, HOURS(36) * 8 / 10);
    check_next(&clock, 20, 30, HOURS(36));
    CHECK(next_step(&clock, 20, &at)->is_breach);
    check_next(&clock, 30, 60, HOURS(60)); /* steps 40 and 50 are for granted due times */
    CHECK_INT(next_step(&clock, 30, &at)->audiences, BIT(AUDIENCE_GROUP_LEADER));
    check_no_next(&clock, 60);
}

TEST(clock_failure_9_every_step_falls_on_its_computed_second)
{
    for (int kind = CLOCK_DISPATCH; kind <= CLOCK_INSPECT; kind++) {
        check_case(clock_kind_name((enum clock_kind)kind));
        const char *category = kind == CLOCK_CONTACT ? "meter_well_leak" : "leak_third_party";
        const struct clock clock = clock_of((enum clock_kind)kind, category);
        int after = 0;
        struct instant at, last = report_time();
        const struct ladder_step *step;
        while ((step = next_step(&clock, after, &at)) != NULL) {
            CHECK_INT(at.milliseconds - report_time().milliseconds,
                      clock.limit_seconds * step->permille + step->after_due_seconds * 1000);
            CHECK(!instant_is_before(at, last));
            REQUIRE(step->step > after);
            last = at;
            after = step->step;
        }
        CHECK(after > 0);
    }
}

TEST(design_decision_3_warnings_move_with_a_grant_and_the_breach_does_not)
{
    const struct clock clock = clock_grant(clock_of(CLOCK_FINISH, "faulty_meter"),
                                           plus_seconds(report_time(), HOURS(40)));
    check_next(&clock, 0, 10, HOURS(20));
    check_next(&clock, 10, 20, HOURS(32));
    check_next(&clock, 20, 30, HOURS(36));
    check_next(&clock, 30, 40, HOURS(38));
    check_next(&clock, 40, 50, HOURS(40));
    check_next(&clock, 50, 60, HOURS(64));
    check_no_next(&clock, 60);
}

TEST(design_decision_3_a_far_grant_never_delays_the_breach_of_the_original_due)
{
    const struct clock clock = clock_grant(clock_of(CLOCK_FINISH, "faulty_meter"),
                                           plus_seconds(report_time(), HOURS(100)));
    check_next(&clock, 0, 30, HOURS(36)); /* half time would be 50 h now */
    check_next(&clock, 30, 40, HOURS(98));
    check_next(&clock, 40, 50, HOURS(100));
    check_next(&clock, 50, 60, HOURS(124));
}

TEST(clock_failure_7_steps_that_fired_stay_fired_when_the_limit_changes)
{
    struct facts facts = facts_of("workmanship"); /* 72 h */
    struct clock clock = clock_of(CLOCK_FINISH, "faulty_meter");
    check_next(&clock, 20, 30, HOURS(36));
    clock = clock_rework(clock, rule_of(CLOCK_FINISH, &facts, report_time()), &facts, report_time());
    check_next(&clock, 20, 30, HOURS(72)); /* half time is not told again */
    facts.grades = GRADE_BIT(GRADE_URGENT);
    clock = clock_rework(clock, rule_of(CLOCK_FINISH, &facts, report_time()), &facts, report_time());
    check_next(&clock, 30, 60, HOURS(26));
}

TEST(design_decision_5_a_recorded_breach_is_told_at_once_though_the_due_time_moved)
{
    struct facts facts = facts_of("leak_public");
    struct clock clock = clock_of(CLOCK_REPAIR, "leak_public"); /* 24 h */
    facts.diameter_mm = 800;
    clock = clock_rework(clock, rule_of(CLOCK_REPAIR, &facts, report_time()), &facts,
                         plus_seconds(report_time(), HOURS(25)));
    check_next(&clock, 0, 30, 0);
    check_no_next(&clock, 30); /* nothing is told again */
}

TEST(a_clock_that_does_not_run_climbs_no_further)
{
    const struct clock clock = clock_of(CLOCK_FINISH, "faulty_meter");
    const struct instant early = plus_seconds(report_time(), HOURS(1));
    const struct instant late = plus_seconds(report_time(), HOURS(40));
    const struct clock stopped = clock_stop(clock, early), ended = clock_end_early(clock, early),
                       superseded = clock_supersede(clock, early), excused = clock_excuse(clock, 1, late);
    check_no_next(&stopped, 0);
    check_no_next(&ended, 0);
    check_no_next(&superseded, 0);
    check_no_next(&excused, 0);
}

TEST(a_clock_without_a_due_time_has_no_ladder)
{
    const struct clock clock = clock_of(CLOCK_FINISH, "unforeseen");
    check_no_next(&clock, 0);
}

TEST(an_outage_planned_too_late_is_told_at_once)
{
    const struct facts none = {.category = {0}};
    const struct clock clock = clock_start_before(1, rule_of(CLOCK_POSTER, &none, report_time()), &none, 1,
                                                  report_time(), plus_seconds(report_time(), HOURS(5)));
    check_next(&clock, 0, 10, 0);
}

TEST(a_before_clock_breaches_at_its_due_moment)
{
    const struct facts none = {.category = {0}};
    const struct clock clock = clock_start_before(1, rule_of(CLOCK_POSTER, &none, report_time()), &none, 1,
                                                  report_time(), plus_seconds(report_time(), HOURS(72)));
    check_next(&clock, 0, 10, HOURS(24)); /* half of the time there is */
    check_next(&clock, 10, 20, HOURS(48));
}

TEST(every_clock_kind_has_exactly_one_breach_step_and_steps_in_the_order_of_time)
{
    for (int kind = CLOCK_NONE + 1; kind < CLOCK_KIND__COUNT; kind++) {
        check_case(clock_kind_name((enum clock_kind)kind));
        int breaches = 0, last = 0;
        for (size_t i = 0; i < REGULATION_LADDER_COUNT; i++) {
            const struct ladder_step *step = &REGULATION_LADDER[i];
            if ((int)step->kind != kind)
                continue;
            CHECK_INT(step->step, last + 10); /* with room between them */
            last = step->step;
            breaches += step->is_breach;
            CHECK(!step->is_breach || (step->permille == 1000 && step->after_due_seconds == 0));
            CHECK(step->audiences != 0 && step->notice[0] != '\0');
        }
        CHECK_INT(breaches, 1);
    }
}
