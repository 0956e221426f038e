/*
 * The days, months and misses behind a promise (Art. 7).
 */
#include "core/promise_detail.h"

#include <string.h>

#include "check.h"
#include "regulation.h"

#define HOURS(n) ((int64_t)(n) * HOUR_SECONDS)

static struct instant report_time(void) { return local("2026-11-20 08:00:00"); }

/* 36 h: due 2026-11-21 20:00. */
static struct clock meter_clock(void)
{
    const struct facts facts = facts_of("faulty_meter");
    return clock_start(1, regulation_rule("finish_faulty_meter"), &facts, 1, report_time());
}

static struct instant now(void) { return local("2026-11-24 12:00:00"); }
static struct day due_day(void) { return day_of(local("2026-11-21 20:00:00"), 480); }
static struct day last_day(void) { return day_of(now(), 480); }

static struct promise_detail counted(const struct clock *clocks, size_t count)
{
    struct promise_detail detail;
    promise_detail_init(&detail, last_day(), 90);
    for (size_t i = 0; i < count; i++)
        promise_detail_add(&detail, &clocks[i], day_of(clocks[i].due_at, 480), now());
    return detail;
}

TEST(article_7_a_case_counts_on_the_local_day_of_its_original_due)
{
    const struct clock kept = clock_stop(meter_clock(), plus_seconds(report_time(), HOURS(36)));
    const struct clock late = clock_stop(meter_clock(), plus_seconds(report_time(), HOURS(36) + 1));
    const struct clock clocks[] = {kept, late, kept};
    const struct promise_detail detail = counted(clocks, 3);
    const int at = due_day().number - detail.first_day.number;

    CHECK_INT(detail.first_day.number + 89, last_day().number);
    CHECK_INT(detail.days[at].kept, 2);
    CHECK_INT(detail.days[at].missed, 1);
    CHECK_INT(detail.days[at - 1].kept + detail.days[at + 1].kept, 0);
    CHECK_INT(detail.miss_total, 1);
    CHECK_INT(detail.misses[0].late_seconds, 1);
    CHECK_STATUS(detail.misses[0].reason, MISS_LATE);
}

TEST(article_7_a_miss_says_what_became_of_it)
{
    const struct clock running = meter_clock();
    const struct clock ended = clock_end_early(meter_clock(), plus_seconds(report_time(), HOURS(40)));
    const struct clock granted =
        clock_stop(clock_grant(meter_clock(), plus_seconds(report_time(), HOURS(60))), plus_seconds(report_time(), HOURS(50)));
    const struct clock granted_running = clock_grant(meter_clock(), plus_seconds(report_time(), HOURS(200)));

    CHECK_STATUS(counted(&running, 1).misses[0].reason, MISS_RUNNING);
    CHECK_STATUS(counted(&ended, 1).misses[0].reason, MISS_ENDED);
    CHECK_STATUS(counted(&granted, 1).misses[0].reason, MISS_KEPT_GRANTED);
    CHECK_STATUS(counted(&granted_running, 1).misses[0].reason, MISS_KEPT_GRANTED);
    CHECK_INT(counted(&granted, 1).days[due_day().number - counted(&granted, 1).first_day.number].kept_granted, 1);
}

TEST(days_outside_the_strip_and_clocks_that_do_not_count_are_left_out)
{
    struct promise_detail detail;
    const struct clock late = clock_stop(meter_clock(), plus_seconds(report_time(), HOURS(37)));
    const struct clock withdrawn = clock_end_early(meter_clock(), plus_seconds(report_time(), HOURS(1)));

    promise_detail_init(&detail, last_day(), 2);
    promise_detail_add(&detail, &late, due_day(), now());
    promise_detail_add(&detail, &late, (struct day){last_day().number + 1}, now());
    promise_detail_add(&detail, &withdrawn, last_day(), now());
    CHECK_INT(detail.miss_total, 0);
    CHECK_INT(detail.days[0].missed + detail.days[1].missed + detail.days[1].kept, 0);
}

TEST(of_more_misses_than_fit_the_newest_are_kept_in_order)
{
    struct promise_detail detail;
    const struct clock late = clock_stop(meter_clock(), plus_seconds(report_time(), HOURS(37)));

    promise_detail_init(&detail, last_day(), 90);
    for (int i = 0; i < 250; i++)
        promise_detail_add(&detail, &late, (struct day){detail.first_day.number + i * 7 % 90}, now());
    CHECK_INT(detail.miss_total, 250);
    CHECK_INT(detail.miss_count, DETAIL_MISSES_MAX);
    for (int i = 1; i < detail.miss_count; i++)
        CHECK(detail.misses[i - 1].day.number >= detail.misses[i].day.number);
    CHECK_INT(detail.misses[0].day.number, last_day().number);
    CHECK(detail.misses[DETAIL_MISSES_MAX - 1].day.number > last_day().number - 40);
}

static struct promise_detail full_detail(void)
{
    struct promise_detail detail;
    const struct clock late = clock_stop(meter_clock(), plus_seconds(report_time(), HOURS(37)));

    promise_detail_init(&detail, last_day(), DETAIL_DAYS_MAX);
    for (int i = 0; i < 300; i++)
        promise_detail_add(&detail, &late, (struct day){detail.first_day.number + i % 92}, now());
    for (int i = 0; i < DETAIL_MONTHS_MAX; i++)
        detail.months[i] = (struct detail_month){2026, i % 12 + 1, {INT64_MAX, INT64_MAX, INT64_MAX, INT64_MAX}};
    detail.month_count = DETAIL_MONTHS_MAX;
    for (int i = 0; i < DETAIL_DAYS_MAX; i++)
        detail.days[i] = (struct detail_count){INT64_MAX, INT64_MAX, INT64_MAX, INT64_MAX};
    for (int i = 0; i < DETAIL_MISSES_MAX; i++)
        detail.misses[i].late_seconds = INT64_MAX;
    detail.miss_total = INT64_MAX;
    return detail;
}

TEST(the_fullest_detail_fits_and_is_read_as_it_was_written)
{
    static uint8_t bytes[DETAIL_BYTES_MAX], again[DETAIL_BYTES_MAX];
    const struct promise_detail detail = full_detail();
    static struct promise_detail read;

    const size_t length = promise_detail_format(&detail, bytes);
    REQUIRE(promise_detail_parse(bytes, length, &read));
    CHECK_INT(promise_detail_format(&read, again), length);
    CHECK_BYTES(again, bytes, length);
}

TEST(cut_or_longer_bytes_are_refused)
{
    static uint8_t bytes[DETAIL_BYTES_MAX + 1];
    const struct promise_detail detail = full_detail();
    static struct promise_detail read;

    const size_t length = promise_detail_format(&detail, bytes);
    for (size_t cut = 0; cut < length; cut += 7)
        CHECK(!promise_detail_parse(bytes, cut, &read));
    CHECK(!promise_detail_parse(bytes, length + 1, &read));
    bytes[0] = 2;
    CHECK(!promise_detail_parse(bytes, length, &read));
}
