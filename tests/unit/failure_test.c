/*
 * Art. 15: which late clocks a unit's system failure excuses.
 */
#include "core/failure.h"

#include "check.h"
#include "regulation.h"

#define UNIT 11
#define OTHER_UNIT 12

/* A fault from 10:00 to 12:00, told at 10:30, confirmed. */
static struct failure_report usual_report(void)
{
    return (struct failure_report){
        .unit = {UNIT},
        .started_at = local("2026-11-23 10:00"),
        .ended_at = local("2026-11-23 12:00"),
        .reported_at = local("2026-11-23 10:30"),
        .is_confirmed = true,
    };
}

/* An acceptance of the unit that was due at this moment and is still open. */
static struct clock clock_due(const char *due)
{
    const struct facts facts = facts_of("no_water");
    struct clock clock =
        clock_start(1, regulation_rule("accept"), &facts, 1, plus_seconds(local(due), -20 * MINUTE_SECONDS));

    clock.unit.v = UNIT;
    return clock;
}

TEST(article_15_a_clock_is_excused_only_when_it_ran_out_during_a_fault_that_was_told_in_time)
{
    static const struct {
        const char *name;
        const char *due, *reported, *ended; /* NULL: never */
        bool is_confirmed;
        int unit;
        enum failure_cover want;
    } cases[] = {
        {"due in the middle", "2026-11-23 11:00", "2026-11-23 10:30", "2026-11-23 12:00", true, UNIT, FAILURE_COVERS},
        {"due when it began", "2026-11-23 10:00", "2026-11-23 10:30", "2026-11-23 12:00", true, UNIT, FAILURE_COVERS},
        {"due when it ended", "2026-11-23 12:00", "2026-11-23 10:30", "2026-11-23 12:00", true, UNIT, FAILURE_COVERS},
        {"due before the call, within the fault", "2026-11-23 10:10", "2026-11-23 10:30", "2026-11-23 12:00", true, UNIT, FAILURE_COVERS},
        {"late before it began", "2026-11-23 09:59", "2026-11-23 10:30", "2026-11-23 12:00", true, UNIT, FAILURE_DUE_BEFORE},
        {"due after it was over", "2026-11-23 12:01", "2026-11-23 10:30", "2026-11-23 12:00", true, UNIT, FAILURE_DUE_AFTER},
        {"the fault goes on", "2026-11-23 13:00", "2026-11-23 10:30", NULL, true, UNIT, FAILURE_COVERS},
        {"told as it began", "2026-11-23 11:00", "2026-11-23 10:00", "2026-11-23 12:00", true, UNIT, FAILURE_COVERS},
        {"told as it ended", "2026-11-23 11:00", "2026-11-23 12:00", "2026-11-23 12:00", true, UNIT, FAILURE_COVERS},
        {"told after it was over", "2026-11-23 11:00", "2026-11-23 12:01", "2026-11-23 12:00", true, UNIT, FAILURE_NOT_TOLD_DURING},
        {"told before it began", "2026-11-23 11:00", "2026-11-23 09:59", "2026-11-23 12:00", true, UNIT, FAILURE_NOT_TOLD_DURING},
        {"never told", "2026-11-23 11:00", NULL, "2026-11-23 12:00", true, UNIT, FAILURE_NOT_TOLD_DURING},
        {"not confirmed", "2026-11-23 11:00", "2026-11-23 10:30", "2026-11-23 12:00", false, UNIT, FAILURE_NOT_CONFIRMED},
        {"another unit's fault", "2026-11-23 11:00", "2026-11-23 10:30", "2026-11-23 12:00", true, OTHER_UNIT, FAILURE_OTHER_UNIT},
        {"nobody's fault", "2026-11-23 11:00", "2026-11-23 10:30", "2026-11-23 12:00", true, 0, FAILURE_OTHER_UNIT},
        {"not due yet", "2026-11-23 14:30", "2026-11-23 10:30", NULL, true, UNIT, FAILURE_NOT_LATE},
    };
    const struct instant now = local("2026-11-23 14:00");

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct failure_report report = usual_report();
        const struct clock clock = clock_due(cases[i].due);
        check_case(cases[i].name);
        report.unit.v = cases[i].unit;
        report.is_confirmed = cases[i].is_confirmed;
        report.reported_at = cases[i].reported != NULL ? local(cases[i].reported) : INSTANT_NONE;
        report.ended_at = cases[i].ended != NULL ? local(cases[i].ended) : INSTANT_NONE;
        CHECK_STATUS(failure_covers(&report, &clock, now), cases[i].want);
    }
}

TEST(article_15_what_was_kept_replaced_or_belongs_to_operations_needs_no_excuse)
{
    const struct failure_report report = usual_report();
    const struct instant now = local("2026-11-23 14:00");
    const struct clock due = clock_due("2026-11-23 11:00");

    struct clock clock = clock_stop(due, local("2026-11-23 10:59"));
    CHECK_STATUS(failure_covers(&report, &clock, now), FAILURE_NOT_LATE);
    clock = clock_supersede(due, local("2026-11-23 10:59"));
    CHECK_STATUS(failure_covers(&report, &clock, now), FAILURE_NOT_LATE);
    clock = clock_stop(due, local("2026-11-23 13:00"));
    CHECK_STATUS(failure_covers(&report, &clock, now), FAILURE_COVERS);
    clock = clock_end_early(due, local("2026-11-23 13:00"));
    CHECK_STATUS(failure_covers(&report, &clock, now), FAILURE_COVERS);
    clock = clock_excuse(clock, 3, now);
    CHECK_STATUS(failure_covers(&report, &clock, now), FAILURE_NOT_LATE);
    clock = due;
    clock.unit.v = 0;
    CHECK_STATUS(failure_covers(&report, &clock, now), FAILURE_OTHER_UNIT);
}

TEST(article_15_the_original_due_decides_also_where_more_time_was_granted)
{
    const struct failure_report report = usual_report();
    struct clock clock = clock_grant(clock_due("2026-11-23 09:00"), local("2026-11-23 11:00"));

    CHECK_STATUS(failure_covers(&report, &clock, local("2026-11-23 14:00")), FAILURE_DUE_BEFORE);
}

TEST(a_report_with_impossible_times_is_not_sound)
{
    const struct instant now = local("2026-11-23 14:00");
    struct failure_report report = usual_report();

    CHECK(failure_is_sound(&report, now));
    CHECK(!failure_is_sound(&report, local("2026-11-23 11:59")));
    report.ended_at = INSTANT_NONE;
    CHECK(failure_is_sound(&report, now));
    report.reported_at = local("2026-11-23 14:01");
    CHECK(!failure_is_sound(&report, now));
    report = usual_report();
    report.ended_at = local("2026-11-23 09:59");
    CHECK(!failure_is_sound(&report, now));
    report = usual_report();
    report.started_at = INSTANT_NONE;
    CHECK(!failure_is_sound(&report, now));
}
