/*
 * What a public figure counts (design 3, decision 7).
 */
#include "core/figure.h"

#include "check.h"
#include "regulation.h"

#define HOURS(n) ((int64_t)(n) * HOUR_SECONDS)

static struct instant report_time(void) { return local("2026-11-23 16:40:07"); }
static struct instant hours_after_report(int64_t hours) { return plus_seconds(report_time(), HOURS(hours)); }

static struct clock meter_clock(void) /* 36 h */
{
    const struct facts facts = facts_of("faulty_meter");
    return clock_start(1, regulation_rule("finish_faulty_meter"), &facts, 1, report_time());
}

static enum figure_class class_of(struct clock clock, int64_t now_hours)
{
    return figure_class_of(&clock, hours_after_report(now_hours));
}

TEST(design_decision_7_running_and_not_due_is_left_out)
{
    CHECK_STATUS(class_of(meter_clock(), 36), FIGURE_LEFT_OUT);
}

TEST(design_decision_7_running_past_due_is_missed)
{
    CHECK_STATUS(class_of(meter_clock(), 37), FIGURE_MISSED);
}

TEST(design_decision_7_kept_and_late_count)
{
    CHECK_STATUS(class_of(clock_stop(meter_clock(), hours_after_report(36)), 99), FIGURE_KEPT);
    CHECK_STATUS(class_of(clock_stop(meter_clock(), hours_after_report(37)), 99), FIGURE_MISSED);
}

TEST(design_decision_7_excused_is_shown_apart)
{
    CHECK_STATUS(class_of(clock_excuse(meter_clock(), 3, hours_after_report(40)), 99), FIGURE_EXCUSED);
}

TEST(design_decision_7_ended_early_counts_only_when_it_was_late_already)
{
    CHECK_STATUS(class_of(clock_end_early(meter_clock(), hours_after_report(20)), 99), FIGURE_LEFT_OUT);
    CHECK_STATUS(class_of(clock_end_early(meter_clock(), hours_after_report(37)), 99), FIGURE_MISSED);
}

TEST(design_decision_7_a_superseded_clock_is_left_out_unless_it_was_late)
{
    CHECK_STATUS(class_of(clock_supersede(meter_clock(), hours_after_report(20)), 99), FIGURE_LEFT_OUT);
    CHECK_STATUS(class_of(clock_supersede(meter_clock(), hours_after_report(37)), 99), FIGURE_MISSED);
}

TEST(design_decision_7_a_correction_beside_a_breach_does_not_rewrite_the_figure)
{
    struct facts facts = facts_of("leak_public");
    struct clock clock = clock_start(1, rule_of(CLOCK_FINISH, &facts, report_time()), &facts, 1, report_time());
    clock = clock_stop(clock, hours_after_report(30));
    facts.diameter_mm = 800;
    clock = clock_rework(clock, rule_of(CLOCK_FINISH, &facts, report_time()), &facts, report_time());
    CHECK_STATUS(clock.corrected, RESULT_KEPT);
    CHECK_STATUS(class_of(clock, 99), FIGURE_MISSED);
}

TEST(design_decision_7_the_original_due_is_the_headline_and_the_granted_stands_beside_it)
{
    const struct clock granted = clock_grant(meter_clock(), hours_after_report(60));
    const struct clock kept = clock_stop(meter_clock(), hours_after_report(10));
    const struct clock by_grant = clock_stop(granted, hours_after_report(50));
    const struct clock late = clock_stop(granted, hours_after_report(61));
    const struct clock excused = clock_excuse(meter_clock(), 1, hours_after_report(50));
    const struct clock left_out = clock_end_early(meter_clock(), hours_after_report(3));
    const struct instant now = hours_after_report(99);
    struct figure figure;
    figure_init(&figure);
    CHECK_INT(figure.median_seconds, -1);
    CHECK_INT(figure.p90_seconds, -1);
    figure_add(&figure, &kept, now);
    figure_add(&figure, &by_grant, now);
    figure_add(&figure, &late, now);
    figure_add(&figure, &excused, now);
    figure_add(&figure, &left_out, now);
    CHECK_INT(figure.total, 3);
    CHECK_INT(figure.kept, 1);
    CHECK_INT(figure.kept_granted, 2);
    CHECK_INT(figure.missed, 2);
    CHECK_INT(figure.excused, 1);
}

TEST(design_decision_7_running_inside_a_grant_is_missed_and_not_yet_kept)
{
    const struct clock granted = clock_grant(meter_clock(), hours_after_report(60));
    struct figure figure;
    figure_init(&figure);
    figure_add(&figure, &granted, hours_after_report(40));
    CHECK_INT(figure.missed, 1);
    CHECK_INT(figure.kept_granted, 0);
}

TEST(design_decision_7_ended_late_inside_a_grant_is_missed_and_kept_by_the_grant)
{
    const struct clock granted = clock_grant(meter_clock(), hours_after_report(60));
    const struct clock ended = clock_end_early(granted, hours_after_report(40));
    struct figure figure;
    figure_init(&figure);
    figure_add(&figure, &ended, hours_after_report(99));
    CHECK_INT(figure.missed, 1);
    CHECK_INT(figure.kept_granted, 1);
}

TEST(a_figure_adds_up_for_random_clocks)
{
    uint64_t seed = 3;
    struct figure figure;
    figure_init(&figure);
    int64_t left_out = 0;
    for (int i = 0; i < 5000; i++) {
        struct clock clock = meter_clock();
        const struct instant at = hours_after_report((int64_t)(next_random(&seed) % 80));
        if (next_random(&seed) % 3 == 0)
            clock = clock_grant(clock, hours_after_report(60));
        switch (next_random(&seed) % 5) {
        case 0:
            clock = clock_stop(clock, at);
            break;
        case 1:
            clock = clock_end_early(clock, at);
            break;
        case 2:
            clock = clock_supersede(clock, at);
            break;
        case 3:
            clock = clock_excuse(clock, 1, at);
            break;
        default:
            break;
        }
        figure_add(&figure, &clock, at);
        left_out += figure_class_of(&clock, at) == FIGURE_LEFT_OUT;
    }
    CHECK_INT(figure.kept + figure.missed, figure.total);
    CHECK_INT(figure.total + figure.excused + left_out, 5000);
    CHECK(figure.kept > 0 && figure.missed > 0 && figure.excused > 0 && left_out > 0);
    CHECK(figure.kept_granted >= figure.kept && figure.kept_granted <= figure.total);
}

TEST(clock_failure_17_a_due_time_belongs_to_the_calendar_day_of_the_city)
{
    const struct facts facts = facts_of("faulty_meter");
    const struct rule *rule = regulation_rule("finish_faulty_meter");
    static const struct {
        const char *started, *due_day;
    } CASES[] = {
        {"2026-11-21 11:59:59", "2026-11-22"}, /* due at 23:59:59 */
        {"2026-11-21 12:00:00", "2026-11-23"}, /* due at midnight */
        {"2026-11-21 19:59:59", "2026-11-23"}, /* due before 08:00: still the day before in UTC */
        {"2026-12-30 12:00:00", "2027-01-01"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        check_case(CASES[i].started);
        const struct clock clock = clock_start(1, rule, &facts, 1, local(CASES[i].started));
        char day[TIME_TEXT_BYTES];
        day_format(day_of(clock.due_at, CITY_OFFSET_MINUTES), day);
        CHECK_TEXT(day, CASES[i].due_day);
    }
}

TEST(design_decision_7_a_grant_does_not_move_the_day_a_clock_belongs_to)
{
    const struct clock clock = meter_clock();
    const struct clock granted = clock_grant(clock, hours_after_report(200));
    CHECK_INT(day_of(granted.due_at, CITY_OFFSET_MINUTES).number, day_of(clock.due_at, CITY_OFFSET_MINUTES).number);
}

TEST(rates_are_rounded_down_and_reach_100_only_when_all_were_kept)
{
    CHECK_INT(figure_rate_permille(9999, 10000), 999);
    CHECK_INT(figure_rate_permille(10000, 10000), 1000);
    CHECK_INT(figure_rate_permille(2, 3 * 2), 333);
    CHECK_INT(figure_rate_permille(0, 5), 0);
    CHECK_INT(figure_rate_permille(5, 5), 1000);
    for (int64_t total = FIGURE_SAMPLE_LEAST; total < 3000; total++)
        CHECK(figure_rate_permille(total - 1, total) < 1000);
}

TEST(a_small_sample_has_no_rate)
{
    for (int64_t total = 0; total < FIGURE_SAMPLE_LEAST; total++)
        CHECK_INT(figure_rate_permille(total, total), -1);
}

TEST(percentiles_are_values_that_occurred)
{
    static const int64_t TEN[] = {10, 20, 30, 40, 50, 60, 70, 80, 90, 100};
    CHECK_INT(figure_percentile(TEN, 10, 50), 50);
    CHECK_INT(figure_percentile(TEN, 10, 90), 90);
    CHECK_INT(figure_percentile(TEN, 10, 91), 100);
    CHECK_INT(figure_percentile(TEN, 10, 100), 100);
    CHECK_INT(figure_percentile(TEN, 10, 1), 10);
    CHECK_INT(figure_percentile(TEN, 1, 50), 10);
    CHECK_INT(figure_percentile(TEN, 1, 90), 10);
    CHECK_INT(figure_percentile(TEN, 3, 50), 20);
    CHECK_INT(figure_percentile(TEN, 9, 90), 90);
    CHECK_INT(figure_percentile(NULL, 0, 50), -1);
}

TEST(the_nearest_rank_has_at_least_that_share_at_or_below_it)
{
    int64_t values[200];
    for (int i = 0; i < 200; i++)
        values[i] = i + 1;
    for (size_t count = 1; count <= 200; count++)
        for (int percent = 1; percent <= 100; percent++) {
            const int64_t got = figure_percentile(values, count, percent);
            CHECK(got * 100 >= (int64_t)count * percent);
            CHECK((got - 1) * 100 < (int64_t)count * percent);
        }
}
