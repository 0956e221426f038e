/*
 * Clocks: the design's decisions, the failures of other systems' clocks, and properties under random changes.
 */
#include "core/clock.h"

#include <stdlib.h>
#include <time.h>

#include "check.h"
#include "regulation.h"

#define HOURS(n) ((int64_t)(n) * HOUR_SECONDS)

static struct instant report_time(void) { return local("2026-11-23 16:40:07"); }
static struct instant hours_after_report(int64_t hours) { return plus_seconds(report_time(), HOURS(hours)); }

/* The completion clock of a matter, started at the report. */
static struct clock finish_clock(const struct facts *facts)
{
    const struct rule *rule = rule_of(CLOCK_FINISH, facts, report_time());
    REQUIRE(rule != NULL);
    return clock_start(1, rule, facts, 1, report_time());
}

static struct clock meter_clock(void) /* 36 h, at most */
{
    const struct facts facts = facts_of("faulty_meter");
    return finish_clock(&facts);
}

static struct clock leak_clock(enum clock_kind kind, int diameter_mm)
{
    struct facts facts = facts_of("leak_public");
    facts.diameter_mm = diameter_mm;
    return clock_start(1, rule_of(kind, &facts, report_time()), &facts, 1, report_time());
}

static struct clock rework_at(struct clock clock, const struct facts *facts, struct instant at)
{
    return clock_rework(clock, rule_of(clock.kind, facts, report_time()), facts, at);
}

/* Facts told at once, before anything could be late. */
static struct clock rework(struct clock clock, const struct facts *facts)
{
    return rework_at(clock, facts, report_time());
}

/* Member by member: padding has no meaning. */
static void check_same(const struct clock *got, const struct clock *want)
{
    CHECK_INT(got->no, want->no);
    CHECK_INT(got->rule.v, want->rule.v);
    CHECK_INT(got->kind, want->kind);
    CHECK_TEXT(got->article, want->article);
    CHECK_INT(got->cycle, want->cycle);
    CHECK_INT(got->limit_seconds, want->limit_seconds);
    CHECK_INT(got->bound, want->bound);
    CHECK_INT(got->started_at.milliseconds, want->started_at.milliseconds);
    CHECK_INT(got->due_at.milliseconds, want->due_at.milliseconds);
    CHECK_INT(got->granted_due_at.milliseconds, want->granted_due_at.milliseconds);
    CHECK_INT(got->stopped_at.milliseconds, want->stopped_at.milliseconds);
    CHECK_INT(got->result, want->result);
    CHECK_INT(got->corrected, want->corrected);
    CHECK_INT(got->excuse_code, want->excuse_code);
}

/* ---------------------------------------------------------------- start and stop */

TEST(a_new_clock_is_a_snapshot_of_its_rule)
{
    const struct clock clock = meter_clock();
    const struct rule *rule = regulation_rule("finish_faulty_meter");
    CHECK_INT(clock.rule.v, rule->id.v);
    CHECK_INT(clock.no, 1);
    CHECK_INT(clock.cycle, 1);
    CHECK_STATUS(clock.result, RESULT_RUNNING);
    CHECK_STATUS(clock.corrected, RESULT_RUNNING);
    CHECK(clock.is_binding);
    CHECK(!instant_is_set(clock.granted_due_at) && !instant_is_set(clock.stopped_at));
    CHECK_INT(clock.unit.v, 0);
    CHECK_INT(clock.dispatch_no, 0);
    CHECK(clock_is_running(&clock));
}

TEST(a_second_stop_changes_nothing)
{
    const struct clock stopped = clock_stop(meter_clock(), hours_after_report(10));
    const struct clock again = clock_stop(stopped, hours_after_report(90));
    check_same(&again, &stopped);
}

TEST(used_and_late_seconds_are_those_a_person_would_count)
{
    const struct clock running = meter_clock();
    CHECK_INT(clock_used_seconds(&running, hours_after_report(5)), HOURS(5));
    CHECK_INT(clock_late_seconds(&running, hours_after_report(36), false), 0);
    CHECK_INT(clock_late_seconds(&running, plus_milliseconds(hours_after_report(36), 1), false), 1);
    CHECK_INT(clock_late_seconds(&running, plus_milliseconds(hours_after_report(36), 1001), false), 2);
    CHECK_INT(clock_late_seconds(&running, hours_after_report(40), false), HOURS(4));
    const struct clock stopped = clock_stop(running, hours_after_report(37));
    CHECK_INT(clock_used_seconds(&stopped, hours_after_report(400)), HOURS(37));
    CHECK_INT(clock_late_seconds(&stopped, hours_after_report(400), false), HOURS(1));
    const struct clock leak = clock_stop(leak_clock(CLOCK_REPAIR, 300), hours_after_report(24));
    CHECK_STATUS(leak.result, RESULT_LATE);
    CHECK_INT(clock_late_seconds(&leak, hours_after_report(24), false), 1);
}

/* ---------------------------------------------------------------- before-clocks */

static struct clock poster_clock(struct instant planned_start)
{
    const struct facts none = {.category = {0}};
    return clock_start_before(1, rule_of(CLOCK_POSTER, &none, report_time()), &none, 1, report_time(), planned_start);
}

TEST(a_before_clock_counts_back_from_the_planned_event)
{
    const struct instant start = hours_after_report(72);
    const struct clock clock = poster_clock(start);
    CHECK_INT(clock.due_at.milliseconds, hours_after_report(48).milliseconds);
    CHECK_INT(clock.started_at.milliseconds, report_time().milliseconds);
    CHECK_INT(clock_used_seconds(&clock, hours_after_report(10)), HOURS(62));
    const struct clock posted = clock_stop(clock, hours_after_report(42));
    CHECK_STATUS(posted.result, RESULT_KEPT);
    CHECK_INT(clock_used_seconds(&posted, hours_after_report(99)), HOURS(30));
}

TEST(an_outage_planned_too_late_is_late_at_once)
{
    const struct clock clock = poster_clock(hours_after_report(10));
    CHECK_STATUS(clock_result_at(&clock, report_time()), RESULT_LATE);
}

TEST(a_moved_event_moves_the_due_time_and_judges_a_stopped_clock_again)
{
    const struct clock posted = clock_stop(poster_clock(hours_after_report(72)), hours_after_report(47));
    CHECK_STATUS(posted.result, RESULT_KEPT);
    const struct clock earlier = clock_move_event(posted, hours_after_report(60));
    CHECK_INT(earlier.due_at.milliseconds, hours_after_report(36).milliseconds);
    CHECK_STATUS(earlier.result, RESULT_LATE);
    const struct clock back = clock_move_event(earlier, hours_after_report(72));
    check_same(&back, &posted);
    const struct clock running = clock_move_event(poster_clock(hours_after_report(72)), hours_after_report(96));
    CHECK_STATUS(running.result, RESULT_RUNNING);
    CHECK_INT(running.due_at.milliseconds, hours_after_report(72).milliseconds);
}

TEST(art18_in_advance_is_a_limit_of_zero_that_still_has_a_due_time)
{
    const struct facts none = {.category = {0}};
    const struct instant announced_end = hours_after_report(4);
    const struct clock clock = clock_start_before(1, rule_of(CLOCK_CHANGE_NOTICE, &none, report_time()), &none, 1,
                                                  report_time(), announced_end);
    CHECK_INT(clock.limit_seconds, 0);
    CHECK_INT(clock.due_at.milliseconds, announced_end.milliseconds);
    CHECK_STATUS(clock_stop(clock, plus_milliseconds(announced_end, -1)).result, RESULT_KEPT);
    CHECK_STATUS(clock_stop(clock, announced_end).result, RESULT_LATE);
}

/* ---------------------------------------------------------------- the decisions */

TEST(design_decision_1_exactly_at_a_limit_of_at_most_is_kept)
{
    const struct clock clock = clock_stop(meter_clock(), hours_after_report(36));
    CHECK_STATUS(clock.result, RESULT_KEPT);
    CHECK_INT(clock_late_seconds(&clock, hours_after_report(99), false), 0);
}

TEST(design_decision_1_a_recall_supersedes_a_clock_that_is_not_late)
{
    const struct facts facts = facts_of("faulty_meter");
    const struct clock accept = clock_start(1, regulation_rule("accept"), &facts, 1, report_time());
    const struct clock recalled = clock_supersede(accept, plus_seconds(report_time(), 1200));
    CHECK_STATUS(recalled.result, RESULT_SUPERSEDED);
    CHECK(!clock_is_running(&recalled));
    CHECK_STATUS(clock_result_at(&recalled, hours_after_report(99)), RESULT_SUPERSEDED);
    CHECK_INT(clock_late_seconds(&recalled, hours_after_report(99), false), 0);
}

TEST(design_decision_1_a_recall_does_not_hide_a_breach)
{
    const struct facts facts = facts_of("faulty_meter");
    const struct clock accept = clock_start(1, regulation_rule("accept"), &facts, 1, report_time());
    const struct clock recalled = clock_supersede(accept, plus_milliseconds(report_time(), 1200001));
    CHECK_STATUS(recalled.result, RESULT_LATE);
    const struct clock stopped = clock_stop(accept, plus_seconds(report_time(), 600));
    const struct clock unchanged = clock_supersede(stopped, hours_after_report(3));
    check_same(&unchanged, &stopped);
}

TEST(design_decision_3_a_grant_moves_the_granted_due_and_never_the_original)
{
    const struct clock asked = meter_clock();
    const struct clock granted = clock_grant(asked, hours_after_report(60));
    CHECK_INT(granted.due_at.milliseconds, asked.due_at.milliseconds);
    CHECK_INT(clock_effective_due(&granted).milliseconds, hours_after_report(60).milliseconds);
    CHECK_STATUS(clock_result_at(&granted, hours_after_report(50)), RESULT_LATE);
    CHECK_STATUS(clock_granted_result_at(&granted, hours_after_report(50)), RESULT_RUNNING);
    CHECK_STATUS(clock_granted_result_at(&granted, hours_after_report(61)), RESULT_LATE);

    const struct clock stopped = clock_stop(granted, hours_after_report(60));
    CHECK_STATUS(stopped.result, RESULT_LATE);
    CHECK_STATUS(clock_granted_result_at(&stopped, hours_after_report(99)), RESULT_KEPT);
    CHECK_INT(clock_late_seconds(&stopped, hours_after_report(99), false), HOURS(24));
    CHECK_INT(clock_late_seconds(&stopped, hours_after_report(99), true), 0);

    const struct clock late = clock_stop(granted, hours_after_report(61));
    CHECK_STATUS(clock_granted_result_at(&late, hours_after_report(99)), RESULT_LATE);
    CHECK_INT(clock_late_seconds(&late, hours_after_report(99), true), HOURS(1));
    const struct clock early = clock_stop(granted, hours_after_report(30));
    CHECK_STATUS(early.result, RESULT_KEPT);
    CHECK_STATUS(clock_granted_result_at(&early, hours_after_report(99)), RESULT_KEPT);
}

TEST(design_decision_3_without_a_grant_both_results_are_one)
{
    const struct clock clock = meter_clock();
    CHECK_STATUS(clock_granted_result_at(&clock, hours_after_report(36)), RESULT_RUNNING);
    CHECK_STATUS(clock_granted_result_at(&clock, hours_after_report(37)), RESULT_LATE);
    CHECK_INT(clock_effective_due(&clock).milliseconds, clock.due_at.milliseconds);
}

TEST(design_decision_3_a_grant_never_makes_a_limit_shorter)
{
    struct facts facts = facts_of("leak_public");
    const struct clock granted = clock_grant(finish_clock(&facts), hours_after_report(30));
    facts.diameter_mm = 800;
    const struct clock moved = rework(granted, &facts);
    CHECK_INT(clock_effective_due(&moved).milliseconds, hours_after_report(36).milliseconds);
}

TEST(design_decision_4_a_refused_finish_runs_again_in_the_same_cycle)
{
    const struct clock running = meter_clock();
    const struct clock stopped = clock_stop(running, hours_after_report(20));
    const struct clock again = clock_unstop(stopped);
    check_same(&again, &running);
    CHECK_STATUS(clock_stop(again, hours_after_report(40)).result, RESULT_LATE);
}

TEST(design_decision_4_a_refused_finish_that_was_late_stays_late)
{
    const struct clock again = clock_unstop(clock_stop(meter_clock(), hours_after_report(40)));
    CHECK(clock_is_running(&again));
    CHECK_STATUS(clock_result_at(&again, hours_after_report(40)), RESULT_LATE);
    CHECK_STATUS(clock_stop(again, hours_after_report(50)).result, RESULT_LATE);
}

TEST(design_decision_4_only_a_stopped_clock_runs_again)
{
    const struct clock ended = clock_end_early(meter_clock(), hours_after_report(1));
    const struct clock superseded = clock_supersede(meter_clock(), hours_after_report(1));
    const struct clock excused = clock_excuse(clock_stop(meter_clock(), hours_after_report(40)), 7,
                                              hours_after_report(50));
    const struct clock ended_again = clock_unstop(ended);
    const struct clock superseded_again = clock_unstop(superseded);
    const struct clock excused_again = clock_unstop(excused);
    check_same(&ended_again, &ended);
    check_same(&superseded_again, &superseded);
    check_same(&excused_again, &excused);
}

TEST(design_decision_5_ending_early_judges_at_that_moment)
{
    const struct clock kept = clock_end_early(meter_clock(), hours_after_report(36));
    CHECK_STATUS(kept.result, RESULT_ENDED_KEPT);
    CHECK_STATUS(clock_result_at(&kept, hours_after_report(99)), RESULT_ENDED_KEPT);
    const struct clock late = clock_end_early(meter_clock(), plus_milliseconds(hours_after_report(36), 1));
    CHECK_STATUS(late.result, RESULT_ENDED_LATE);
    const struct clock leak = clock_end_early(leak_clock(CLOCK_REPAIR, 0), hours_after_report(24));
    CHECK_STATUS(leak.result, RESULT_ENDED_LATE);
    const struct clock stopped = clock_stop(meter_clock(), hours_after_report(2));
    const struct clock unchanged = clock_end_early(stopped, hours_after_report(50));
    check_same(&unchanged, &stopped);
}

TEST(design_decision_5_ended_late_within_a_granted_due_is_kept_so_far_by_the_grant)
{
    const struct clock granted = clock_grant(meter_clock(), hours_after_report(60));
    const struct clock ended = clock_end_early(granted, hours_after_report(40));
    CHECK_STATUS(ended.result, RESULT_ENDED_LATE);
    CHECK_STATUS(clock_granted_result_at(&ended, hours_after_report(99)), RESULT_ENDED_KEPT);
}

TEST(design_decision_5_a_breach_once_recorded_stays_and_a_correction_stands_beside_it)
{
    struct facts facts = facts_of("leak_public");
    const struct clock late = clock_stop(finish_clock(&facts), hours_after_report(30));
    CHECK_STATUS(late.result, RESULT_LATE);
    facts.diameter_mm = 800; /* 36 h */
    const struct clock corrected = rework(late, &facts);
    CHECK_STATUS(corrected.result, RESULT_LATE);
    CHECK_STATUS(corrected.corrected, RESULT_KEPT);
    CHECK_STATUS(clock_result_at(&corrected, hours_after_report(99)), RESULT_LATE);
    facts.diameter_mm = 400;
    const struct clock back = rework(corrected, &facts);
    check_same(&back, &late);
}

TEST(design_decision_5_a_kept_result_stays_too)
{
    struct facts facts = facts_of("faulty_meter");
    const struct clock kept = clock_stop(meter_clock(), hours_after_report(20));
    facts.grades = GRADE_BIT(GRADE_KEY_SOURCE); /* 12 h, learned afterwards */
    const struct clock corrected = rework(kept, &facts);
    CHECK_STATUS(corrected.result, RESULT_KEPT);
    CHECK_STATUS(corrected.corrected, RESULT_LATE);
    const struct clock ended = rework(clock_end_early(meter_clock(), hours_after_report(20)), &facts);
    CHECK_STATUS(ended.result, RESULT_ENDED_KEPT);
    CHECK_STATUS(ended.corrected, RESULT_ENDED_LATE);
}

TEST(design_decision_5_a_breach_under_other_facts_survives_a_refused_finish)
{
    struct facts facts = facts_of("leak_public");
    const struct clock late = clock_stop(finish_clock(&facts), hours_after_report(30));
    facts.diameter_mm = 800;
    const struct clock again = clock_unstop(rework(late, &facts));
    CHECK(clock_is_running(&again));
    CHECK_STATUS(clock_result_at(&again, hours_after_report(31)), RESULT_LATE);
    CHECK_STATUS(clock_stop(again, hours_after_report(32)).result, RESULT_LATE);
    CHECK_STATUS(clock_stop(again, hours_after_report(32)).corrected, RESULT_KEPT);
    CHECK_STATUS(clock_stop(again, hours_after_report(40)).corrected, RESULT_RUNNING);
}

TEST(design_decision_5_a_running_clock_that_was_late_stays_late_when_its_limit_grows)
{
    struct facts facts = facts_of("leak_public"); /* 24 h, less */
    const struct clock running = finish_clock(&facts);
    facts.diameter_mm = 800; /* 36 h */
    const struct clock in_time = rework_at(running, &facts, plus_milliseconds(hours_after_report(24), -1));
    CHECK_STATUS(in_time.result, RESULT_RUNNING);
    CHECK_STATUS(clock_stop(in_time, hours_after_report(30)).result, RESULT_KEPT);

    const struct clock late = rework_at(running, &facts, hours_after_report(24));
    CHECK_STATUS(late.result, RESULT_LATE);
    CHECK(clock_is_running(&late));
    CHECK_STATUS(late.corrected, RESULT_RUNNING);
    CHECK_INT(late.due_at.milliseconds, hours_after_report(36).milliseconds);
    CHECK_INT(clock_effective_due(&late).milliseconds, hours_after_report(36).milliseconds);
    CHECK_STATUS(clock_result_at(&late, hours_after_report(25)), RESULT_LATE);
    CHECK_INT(clock_late_seconds(&late, hours_after_report(25), false), 0);
    CHECK_INT(clock_late_seconds(&late, hours_after_report(37), false), HOURS(1));

    const struct clock stopped = clock_stop(late, hours_after_report(30));
    CHECK_STATUS(stopped.result, RESULT_LATE);
    CHECK_STATUS(stopped.corrected, RESULT_KEPT);
    CHECK_STATUS(clock_stop(late, hours_after_report(36)).corrected, RESULT_RUNNING); /* late by both */
    const struct clock ended = clock_end_early(late, hours_after_report(30));
    CHECK_STATUS(ended.result, RESULT_ENDED_LATE);
    CHECK_STATUS(ended.corrected, RESULT_ENDED_KEPT);
    CHECK_STATUS(clock_excuse(late, 7, hours_after_report(30)).result, RESULT_EXCUSED);
}

TEST(design_decision_5_a_breach_shown_by_a_refused_finish_stays_when_the_limit_grows)
{
    struct facts facts = facts_of("leak_public");
    const struct clock again = clock_unstop(clock_stop(finish_clock(&facts), hours_after_report(30)));
    facts.diameter_mm = 800;
    const struct clock grown = rework_at(again, &facts, hours_after_report(20)); /* told as of before the due time */
    CHECK_STATUS(grown.result, RESULT_LATE);
    CHECK_STATUS(clock_stop(grown, hours_after_report(31)).corrected, RESULT_KEPT);
}

TEST(design_decision_5_without_a_limit_there_is_no_correction_yet)
{
    struct facts facts = facts_of("leak_public");
    const struct clock late = clock_stop(finish_clock(&facts), hours_after_report(30));
    facts.diameter_mm = 1400;
    const struct clock open = rework(late, &facts);
    CHECK_STATUS(open.result, RESULT_LATE);
    CHECK_STATUS(open.corrected, RESULT_RUNNING);
    facts.ops_limit_seconds = HOURS(48);
    CHECK_STATUS(rework(open, &facts).corrected, RESULT_KEPT);
}

TEST(design_decision_5_superseded_and_excused_clocks_are_judged_by_no_new_limit)
{
    const struct facts facts = facts_of("pollution"); /* 12 h */
    const struct clock superseded = clock_supersede(meter_clock(), hours_after_report(20));
    const struct clock excused = clock_excuse(meter_clock(), 7, hours_after_report(40));
    const struct clock superseded_still = rework(superseded, &facts);
    const struct clock excused_still = rework(excused, &facts);
    check_same(&superseded_still, &superseded);
    check_same(&excused_still, &excused);
}

TEST(design_decision_8_repair_counts_from_the_report_and_not_knowing_stops_nothing)
{
    struct facts facts = facts_of("leak_public");
    struct clock repair = leak_clock(CLOCK_REPAIR, 0);
    struct clock arrive = leak_clock(CLOCK_ARRIVE, 0);
    CHECK_INT(repair.due_at.milliseconds, hours_after_report(24).milliseconds);
    CHECK_INT(arrive.due_at.milliseconds, plus_seconds(report_time(), 40 * 60).milliseconds);
    facts.diameter_mm = 800;
    facts.zone = ZONE_OUTER;
    repair = rework(repair, &facts);
    arrive = rework(arrive, &facts);
    CHECK_INT(repair.due_at.milliseconds, hours_after_report(36).milliseconds);
    CHECK(!repair.is_binding);
    CHECK_INT(arrive.due_at.milliseconds, hours_after_report(1).milliseconds);
    CHECK_INT(repair.started_at.milliseconds, report_time().milliseconds);
}

TEST(art15_only_what_is_late_can_be_excused)
{
    const struct clock running = meter_clock();
    const struct clock early = clock_excuse(running, 7, hours_after_report(36));
    check_same(&early, &running);
    const struct clock excused = clock_excuse(running, 7, hours_after_report(37));
    CHECK_STATUS(excused.result, RESULT_EXCUSED);
    CHECK_INT(excused.excuse_code, 7);
    CHECK(!clock_is_running(&excused));
    const struct clock kept = clock_stop(running, hours_after_report(20));
    const struct clock still_kept = clock_excuse(kept, 7, hours_after_report(50));
    check_same(&still_kept, &kept);
    const struct clock late = clock_excuse(clock_stop(running, hours_after_report(40)), 7, hours_after_report(50));
    CHECK_STATUS(late.result, RESULT_EXCUSED);
    CHECK_INT(clock_late_seconds(&late, hours_after_report(99), false), HOURS(4));
    CHECK_STATUS(clock_excuse(clock_end_early(running, hours_after_report(40)), 7, hours_after_report(50)).result,
                 RESULT_EXCUSED);
}

TEST(art15_an_excused_clock_still_records_its_end)
{
    const struct clock excused = clock_excuse(meter_clock(), 7, hours_after_report(37));
    const struct clock stopped = clock_stop(excused, hours_after_report(38));
    CHECK_STATUS(stopped.result, RESULT_EXCUSED);
    CHECK_INT(clock_used_seconds(&stopped, hours_after_report(99)), HOURS(38));
}

/* ---------------------------------------------------------------- how clocks fail elsewhere */

TEST(clock_failure_1_nothing_that_happens_later_moves_the_start)
{
    const struct facts facts = facts_of("workmanship");
    struct clock clock = meter_clock();
    clock = clock_grant(clock, hours_after_report(60));
    clock = clock_stop(clock, hours_after_report(20));
    clock = clock_unstop(clock);
    clock = rework(clock, &facts);
    CHECK_INT(clock.started_at.milliseconds, report_time().milliseconds);
    CHECK_INT(clock.due_at.milliseconds, hours_after_report(72).milliseconds);
}

TEST(clock_failure_4_acceptance_arrival_and_completion_have_their_own_outcomes)
{
    const struct facts facts = facts_of("leak_public");
    const struct clock accept = clock_start(1, regulation_rule("accept"), &facts, 1, report_time());
    const struct clock arrive = leak_clock(CLOCK_ARRIVE, 0);
    const struct clock repair = leak_clock(CLOCK_REPAIR, 0);
    CHECK_STATUS(clock_stop(accept, plus_seconds(report_time(), 1201)).result, RESULT_LATE);
    CHECK_STATUS(clock_stop(arrive, plus_seconds(report_time(), 2400)).result, RESULT_KEPT);
    CHECK_STATUS(clock_stop(repair, hours_after_report(23)).result, RESULT_KEPT);
}

TEST(clock_failure_5_late_is_a_question_of_the_time_and_not_of_saving)
{
    const struct clock saved_long_ago = meter_clock();
    CHECK_STATUS(saved_long_ago.result, RESULT_RUNNING);
    CHECK_STATUS(clock_result_at(&saved_long_ago, plus_milliseconds(hours_after_report(36), 1)), RESULT_LATE);
}

TEST(clock_failure_8_reopening_and_reworking_neither_lose_nor_double_time)
{
    struct facts facts = facts_of("faulty_meter");
    struct clock clock = meter_clock();
    for (int64_t hour = 1; hour <= 35; hour++) {
        clock = clock_unstop(clock_stop(clock, hours_after_report(hour)));
        facts.grades = hour % 2 == 0 ? 0 : GRADE_BIT(GRADE_REPUTATION);
        clock = rework(clock, &facts);
    }
    CHECK_INT(clock_used_seconds(&clock, hours_after_report(36)), HOURS(36));
    CHECK_STATUS(clock_stop(clock, hours_after_report(36)).result, RESULT_KEPT);
    CHECK_STATUS(clock_stop(clock, plus_seconds(hours_after_report(36), 1)).result, RESULT_LATE);
}

TEST(clock_failure_10_no_time_zone_of_machine_or_viewer_moves_a_deadline)
{
    static const char *const ZONES[] = {"UTC", "America/New_York", "Asia/Shanghai", "Europe/Berlin", "Pacific/Apia"};
    for (size_t i = 0; i < sizeof ZONES / sizeof ZONES[0]; i++) {
        check_case(ZONES[i]);
        REQUIRE(setenv("TZ", ZONES[i], 1) == 0);
        tzset();
        /* Over the nights in which clocks change in Berlin (25 October) and New York (1 November). */
        static const char *const STARTS[] = {"2026-10-24 23:30:00", "2026-10-31 20:00:00", "2026-03-28 20:00:00"};
        static const char *const DUES[] = {"2026-10-26T11:30:00+08:00", "2026-11-02T08:00:00+08:00",
                                           "2026-03-30T08:00:00+08:00"};
        for (size_t s = 0; s < 3; s++) {
            const struct facts facts = facts_of("faulty_meter");
            const struct clock clock = clock_start(1, regulation_rule("finish_faulty_meter"), &facts, 1,
                                                   local(STARTS[s]));
            char due[TIME_TEXT_BYTES];
            instant_format_iso(clock.due_at, CITY_OFFSET_MINUTES, due);
            CHECK_TEXT(due, DUES[s]);
            CHECK_INT(clock.due_at.milliseconds - clock.started_at.milliseconds, HOURS(36) * 1000);
        }
    }
    (void)unsetenv("TZ");
    tzset();
}

TEST(clock_failure_11_a_new_category_counts_from_the_report_whoever_filed_it)
{
    const struct facts filed_as = facts_of("faulty_meter");
    for (size_t i = 0; i < REGULATION_CATEGORY_COUNT; i++) {
        const struct category *category = &REGULATION_CATEGORIES[i];
        if ((category->clocks & CLOCK_BIT(CLOCK_FINISH)) == 0)
            continue;
        check_case(category->code);
        const struct facts facts = {.category = category->id};
        const struct clock changed = rework(finish_clock(&filed_as), &facts);
        const struct clock born = finish_clock(&facts);
        check_same(&changed, &born);
    }
}

TEST(clock_failure_12_a_changed_rule_row_does_not_touch_a_clock)
{
    struct rule rule = *regulation_rule("finish_faulty_meter");
    const struct facts facts = facts_of("faulty_meter");
    const struct clock clock = clock_start(1, &rule, &facts, 1, report_time());
    rule.limit_seconds = 60;
    rule.bound = BOUND_LESS;
    memset(rule.article, 'x', sizeof rule.article - 1);
    CHECK_INT(clock.limit_seconds, HOURS(36));
    CHECK_TEXT(clock.article, "14(4)1");
    CHECK_STATUS(clock_result_at(&clock, hours_after_report(36)), RESULT_RUNNING);
    CHECK_STATUS(clock_stop(clock, hours_after_report(36)).result, RESULT_KEPT);
}

TEST(clock_failure_13_a_new_cycle_leaves_the_first_result_alone)
{
    const struct facts facts = facts_of("faulty_meter");
    const struct clock first = clock_stop(meter_clock(), hours_after_report(40));
    const struct clock second = clock_start(2, regulation_rule("finish_faulty_meter"), &facts, 2,
                                            hours_after_report(100));
    CHECK_STATUS(first.result, RESULT_LATE);
    CHECK_INT(second.cycle, 2);
    CHECK_INT(second.due_at.milliseconds, hours_after_report(136).milliseconds);
    CHECK_STATUS(clock_result_at(&first, hours_after_report(500)), RESULT_LATE);
}

TEST(clock_failure_16_exactly_at_the_limit_is_on_time_and_one_second_later_is_late)
{
    CHECK_STATUS(clock_stop(meter_clock(), hours_after_report(36)).result, RESULT_KEPT);
    CHECK_STATUS(clock_stop(meter_clock(), plus_seconds(hours_after_report(36), 1)).result, RESULT_LATE);
}

/* ---------------------------------------------------------------- properties */

static const char *const MATTERS[] = {"faulty_meter", "leak_public", "unforeseen", "workmanship", "pollution",
                                      "leak_third_party"};

static struct facts random_facts(uint64_t *seed)
{
    struct facts facts = facts_of(MATTERS[next_random(seed) % (sizeof MATTERS / sizeof MATTERS[0])]);
    facts.grades = (uint32_t)(next_random(seed) % 4 == 0 ? next_random(seed) & 0x1EU : 0);
    facts.diameter_mm = (int)(next_random(seed) % 1600);
    facts.zone = (enum zone)(next_random(seed) % ZONE__COUNT);
    facts.ops_limit_seconds = next_random(seed) % 2 == 0 ? 0 : (int64_t)(next_random(seed) % 400000);
    return facts;
}

static struct clock random_change(struct clock clock, struct instant at, uint64_t *seed)
{
    const struct facts facts = random_facts(seed);
    switch (next_random(seed) % 9) {
    case 0:
    case 1:
        return clock_stop(clock, at);
    case 2:
    case 3:
        return clock_unstop(clock);
    case 4:
    case 5:
        return rework_at(clock, &facts, at);
    case 6:
        return clock_grant(clock, plus_seconds(at, (int64_t)(next_random(seed) % 500000)));
    case 7:
        return next_random(seed) % 4 == 0 ? clock_supersede(clock, at) : clock_excuse(clock, 7, at);
    default:
        return next_random(seed) % 4 == 0 ? clock_end_early(clock, at) : clock;
    }
}

static bool is_late_or_excused(enum clock_result result)
{
    return result == RESULT_LATE || result == RESULT_ENDED_LATE || result == RESULT_EXCUSED;
}

/* What must hold of one clock by itself, seen at two moments. */
static void check_consistent(const struct clock *clock, struct instant now)
{
    const enum clock_result result = clock_result_at(clock, now);
    const enum clock_result later = clock_result_at(clock, plus_seconds(now, 100000));
    CHECK(later == result || (result == RESULT_RUNNING && later == RESULT_LATE));
    const enum clock_result granted = clock_granted_result_at(clock, now);
    if (result == RESULT_KEPT || result == RESULT_ENDED_KEPT || result == RESULT_RUNNING)
        CHECK(!is_late_or_excused(granted));
    if (!instant_is_set(clock->due_at) && clock->result == RESULT_RUNNING)
        CHECK_STATUS(later, RESULT_RUNNING);
    if (result == RESULT_KEPT && clock->corrected == RESULT_RUNNING)
        CHECK_INT(clock_late_seconds(clock, now, false), 0);
    if (result == RESULT_LATE && clock->result == RESULT_RUNNING)
        CHECK(clock_late_seconds(clock, now, false) >= 1);
    CHECK(clock_used_seconds(clock, now) >= 0);
    CHECK(clock->corrected != clock->result || clock->corrected == RESULT_RUNNING);
}

TEST(random_changes_never_move_the_start_or_the_original_due_or_lose_a_breach)
{
    uint64_t seed = 20261123;
    for (int run = 0; run < 20000; run++) {
        const struct facts facts = random_facts(&seed);
        struct clock clock = finish_clock(&facts);
        struct instant at = report_time();
        for (int change = 0; change < 12; change++) {
            at = plus_milliseconds(at, (int64_t)(next_random(&seed) % 40000000));
            const struct clock before = clock;
            clock = random_change(clock, at, &seed);
            CHECK_INT(clock.started_at.milliseconds, before.started_at.milliseconds);
            if (clock.rule.v == before.rule.v && clock.limit_seconds == before.limit_seconds)
                CHECK_INT(clock.due_at.milliseconds, before.due_at.milliseconds);
            if (is_late_or_excused(clock_result_at(&before, at)))
                CHECK(is_late_or_excused(clock_result_at(&clock, at)));
            if (clock.result == RESULT_EXCUSED && before.result != RESULT_EXCUSED)
                CHECK(is_late_or_excused(clock_result_at(&before, at)));
            check_consistent(&clock, at);
        }
    }
}

TEST(random_grants_change_nothing_but_the_granted_due)
{
    uint64_t seed = 7;
    for (int run = 0; run < 5000; run++) {
        const struct facts facts = random_facts(&seed);
        const struct clock clock = clock_stop(finish_clock(&facts), plus_seconds(report_time(),
                                                                                (int64_t)(next_random(&seed) % 400000)));
        const struct clock granted = clock_grant(clock, plus_seconds(report_time(), (int64_t)(next_random(&seed) % 800000)));
        struct clock same = granted;
        same.granted_due_at = clock.granted_due_at;
        check_same(&same, &clock);
        CHECK(!instant_is_set(clock.due_at) ||
              !instant_is_before(clock_effective_due(&granted), clock_effective_due(&clock)));
    }
}

TEST(random_reworks_end_as_if_the_last_facts_had_been_known_at_the_report)
{
    uint64_t seed = 99;
    for (int run = 0; run < 5000; run++) {
        struct facts facts = random_facts(&seed);
        struct clock clock = finish_clock(&facts);
        for (int change = 0; change < 5; change++) {
            facts = random_facts(&seed);
            clock = rework(clock, &facts);
        }
        const struct clock born = finish_clock(&facts);
        check_same(&clock, &born);
    }
}

TEST(every_result_has_a_name)
{
    static const char *const NAMES[CLOCK_RESULT__COUNT] = {"running",    "kept",       "late",      "excused",
                                                           "superseded", "ended_kept", "ended_late"};
    for (int i = 0; i < CLOCK_RESULT__COUNT; i++)
        CHECK_TEXT(clock_result_name((enum clock_result)i), NAMES[i]);
}
