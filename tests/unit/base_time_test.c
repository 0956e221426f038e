/* base/time: the calendar and its texts, whatever the machine's time zone is. */
#include "check.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/time.h"

#define CHINA 480

static struct instant at(int year, int month, int day, int hour, int minute, int second, int offset)
{
    struct civil civil = {year, month, day, hour, minute, second, 0};
    return instant_from_civil(&civil, offset);
}

static bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

static int month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && is_leap(year));
}

/* Counts up day by day by the rules every child learns and compares with the formula. */
TEST(every_day_of_eight_centuries_has_its_number)
{
    int32_t number = -135140; /* 1600-01-01 */
    size_t wrong = 0;
    for (int year = 1600; year < 2400; year++)
        for (int month = 1; month <= 12; month++)
            for (int day = 1; day <= month_days(year, month); day++, number++) {
                struct civil civil = {.year = year, .month = month, .day = day};
                struct civil back = civil_from_day((struct day){number});
                wrong += day_from_civil(&civil).number != number;
                wrong += back.year != year || back.month != month || back.day != day || back.hour != 0 ||
                         back.millisecond != 0;
            }
    CHECK_INT(wrong, 0);
    CHECK_INT(number, 157054); /* 2400-01-01 */
}

TEST(known_days)
{
    struct civil epoch = {.year = 1970, .month = 1, .day = 1};
    CHECK_INT(day_from_civil(&epoch).number, 0);
    struct civil leap = {.year = 2000, .month = 2, .day = 29};
    CHECK_INT(day_from_civil(&leap).number, 11016);
    struct civil after = {.year = 2000, .month = 3, .day = 1};
    CHECK_INT(day_from_civil(&after).number, 11017);
    struct civil before = {.year = 1969, .month = 12, .day = 31};
    CHECK_INT(day_from_civil(&before).number, -1);
}

TEST(known_moments)
{
    CHECK_INT(at(1970, 1, 1, 0, 0, 0, 0).milliseconds, 0);
    CHECK_INT(at(1970, 1, 1, 8, 0, 0, CHINA).milliseconds, 0);
    CHECK_INT(at(2001, 9, 9, 1, 46, 40, 0).milliseconds, 1000000000000);
    CHECK_INT(at(2026, 11, 23, 16, 40, 0, CHINA).milliseconds, 1795423200000);
    CHECK_INT(at(2038, 1, 19, 3, 14, 8, 0).milliseconds, 2147483648000);
}

/* A step that shares no factor with a day visits every kind of hour, minute and second. */
TEST(moments_come_back_from_the_calendar_over_centuries)
{
    static const int offsets[] = {-720, -210, 0, 345, CHINA, 840};
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof offsets / sizeof offsets[0]; i++)
        for (int64_t ms = INT64_C(-12000000000000); ms < INT64_C(12000000000000); ms += INT64_C(86399) * 1013 * 7) {
            struct instant moment = {ms};
            struct civil civil = civil_from_instant(moment, offsets[i]);
            wrong += !instant_is_equal(instant_from_civil(&civil, offsets[i]), moment);
            wrong += civil.month < 1 || civil.month > 12 || civil.day < 1 ||
                     civil.day > month_days(civil.year, civil.month) || civil.hour < 0 || civil.hour > 23 ||
                     civil.minute < 0 || civil.minute > 59 || civil.second < 0 || civil.second > 59 ||
                     civil.millisecond < 0 || civil.millisecond > 999;
        }
    CHECK_INT(wrong, 0);
}

/* The C library's calendar is another's work: both must agree. */
TEST(the_calendar_agrees_with_the_c_library)
{
    size_t wrong = 0;
    for (time_t second = -5000000000; second < 8000000000; second += 1234577) {
        struct tm tm;
        REQUIRE(gmtime_r(&second, &tm) != NULL);
        struct civil civil = civil_from_instant((struct instant){second * 1000}, 0);
        wrong += civil.year != tm.tm_year + 1900 || civil.month != tm.tm_mon + 1 || civil.day != tm.tm_mday ||
                 civil.hour != tm.tm_hour || civil.minute != tm.tm_min || civil.second != tm.tm_sec;
    }
    CHECK_INT(wrong, 0);
}

TEST(the_machines_time_zone_changes_nothing)
{
    static const char *const zones[] = {"UTC", "Asia/Shanghai", "America/New_York", "XYZ-13:45", "XYZ+11:30"};
    for (size_t i = 0; i < sizeof zones / sizeof zones[0]; i++) {
        check_case(zones[i]);
        REQUIRE(setenv("TZ", zones[i], 1) == 0);
        tzset();
        char text[TIME_TEXT_BYTES];
        instant_format_local((struct instant){1795423200000}, CHINA, text);
        CHECK_TEXT(text, "2026-11-23 16:40");
        struct instant read = INSTANT_NONE;
        CHECK(instant_parse_local("2026-07-01 02:30", CHINA, &read));
        CHECK_INT(read.milliseconds, 1782844200000);
        CHECK_INT(day_of((struct instant){1795423200000}, CHINA).number, 20780);
    }
    unsetenv("TZ");
    tzset();
}

TEST(the_local_day_turns_at_local_midnight)
{
    struct instant midnight = at(2026, 3, 1, 0, 0, 0, CHINA);
    struct day first = day_of(midnight, CHINA);
    CHECK_INT(day_of((struct instant){midnight.milliseconds - 1}, CHINA).number, first.number - 1);
    CHECK_INT(day_of(midnight, 0).number, first.number - 1);
    CHECK(instant_is_equal(day_start(first, CHINA), midnight));
    CHECK_INT(instant_milliseconds_between(day_start(first, CHINA), day_start((struct day){first.number + 1}, CHINA)),
              86400000);
    struct instant before_epoch = {-1};
    CHECK_INT(day_of(before_epoch, 0).number, -1);
    CHECK_INT(civil_from_instant(before_epoch, 0).millisecond, 999);
}

TEST(adding_seconds)
{
    struct instant start = at(2028, 2, 28, 23, 59, 59, CHINA);
    char text[TIME_TEXT_BYTES];
    instant_format_iso(instant_add_seconds(start, 1), CHINA, text);
    CHECK_TEXT(text, "2028-02-29T00:00:00+08:00");
    instant_format_iso(instant_add_seconds(start, DAY_SECONDS + 1), CHINA, text);
    CHECK_TEXT(text, "2028-03-01T00:00:00+08:00");
    instant_format_iso(instant_add_seconds(start, -(23 * HOUR_SECONDS + 59 * MINUTE_SECONDS + 59)), CHINA, text);
    CHECK_TEXT(text, "2028-02-28T00:00:00+08:00");
}

TEST(adding_seconds_saturates_and_never_becomes_unset)
{
    struct instant now = {1795423200000};
    CHECK(instant_add_seconds(now, INT64_MAX).milliseconds == INT64_MAX);
    CHECK(instant_add_seconds((struct instant){INT64_MAX - 5}, 1).milliseconds == INT64_MAX);
    struct instant earliest = instant_add_seconds(now, INT64_MIN);
    CHECK(earliest.milliseconds == INT64_MIN + 1);
    CHECK(instant_is_set(earliest));
    struct instant down = instant_add_seconds((struct instant){INT64_MIN + 1}, -1);
    CHECK(down.milliseconds == INT64_MIN + 1);
    struct instant exact = instant_add_seconds((struct instant){INT64_MIN + 1000}, -1);
    CHECK(instant_is_set(exact));
}

TEST(differences)
{
    CHECK_INT(instant_milliseconds_between((struct instant){5}, (struct instant){3}), -2);
    CHECK_INT(instant_milliseconds_between((struct instant){-5}, (struct instant){3}), 8);
    CHECK(instant_milliseconds_between((struct instant){INT64_MIN + 1}, (struct instant){INT64_MAX}) == INT64_MAX);
    CHECK(instant_milliseconds_between((struct instant){INT64_MAX}, (struct instant){INT64_MIN + 1}) < 0);
}

TEST(the_earlier_of_two_counts_unset_as_later)
{
    struct instant early = {1};
    struct instant late = {2};
    CHECK_INT(instant_earlier(early, late).milliseconds, 1);
    CHECK_INT(instant_earlier(late, early).milliseconds, 1);
    CHECK_INT(instant_earlier(INSTANT_NONE, late).milliseconds, 2);
    CHECK_INT(instant_earlier(late, INSTANT_NONE).milliseconds, 2);
    CHECK(!instant_is_set(instant_earlier(INSTANT_NONE, INSTANT_NONE)));
}

TEST(the_ends_of_time_are_a_date_too)
{
    char text[TIME_TEXT_BYTES];
    instant_format_iso((struct instant){INT64_MAX}, 840, text);
    CHECK_TEXT(text, "292278994-08-17T21:12:55+14:00");
    instant_format_iso((struct instant){INT64_MIN + 1}, -720, text);
    CHECK_TEXT(text, "-292275055-05-16T04:47:04-12:00");
    CHECK(day_of((struct instant){INT64_MAX}, 0).number > 0);
}

TEST(moments_are_written)
{
    struct instant moment = {1795423259999};
    char text[TIME_TEXT_BYTES];
    instant_format_iso(moment, CHINA, text);
    CHECK_TEXT(text, "2026-11-23T16:40:59+08:00");
    instant_format_iso(moment, 0, text);
    CHECK_TEXT(text, "2026-11-23T08:40:59+00:00");
    instant_format_iso(moment, -210, text);
    CHECK_TEXT(text, "2026-11-23T05:10:59-03:30");
    instant_format_local(moment, CHINA, text);
    CHECK_TEXT(text, "2026-11-23 16:40");
    day_format((struct day){20780}, text);
    CHECK_TEXT(text, "2026-11-23");
    day_format((struct day){-719162}, text);
    CHECK_TEXT(text, "0001-01-01");
}

TEST(typed_moments_are_read)
{
    static const struct {
        const char *text;
        int64_t milliseconds;
    } rows[] = {
        {"2026-11-23T16:40", 1795423200000},    {"2026-11-23 16:40", 1795423200000},
        {"2026-11-23T16:40:59", 1795423259000}, {"2026-11-23 16:40:59", 1795423259000},
        {"1970-01-01T08:00", 0},                {"2028-02-29 00:00", 1835366400000},
        {"2000-02-29 00:00", 951753600000},     {"2026-12-31 23:59:59", 1798732799000},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        check_case(rows[i].text);
        struct instant read = INSTANT_NONE;
        CHECK(instant_parse_local(rows[i].text, CHINA, &read));
        CHECK_INT(read.milliseconds, rows[i].milliseconds);
    }
}

TEST(what_is_no_moment_is_refused)
{
    static const char *const wrong[] = {
        "",                    "2026",                 "2026-11-23",          "2026-11-23T",        "2026-11-23T16",
        "2026-11-23T16:",      "2026-11-23T16:4",      "2026-11-23T16:40:",   "2026-11-23T16:40:5",
        "2026-11-23T16:40:599",
        "2026-11-23T16:40Z",   "2026-11-23T16:40 ",    " 2026-11-23T16:40",   "2026-11-23t16:40",   "2026-11-23T24:00",
        "2026-11-23T16:60",    "2026-11-23T16:40:60",  "2026-13-01T00:00",    "2026-00-01T00:00",   "2026-01-00T00:00",
        "2026-01-32T00:00",    "2026-02-29T00:00",     "1900-02-29T00:00",    "2100-02-29T00:00",   "2026-04-31T00:00",
        "0000-01-01T00:00",    "2026-1-01T00:00",      "26-11-23T16:40",      "2026/11/23 16:40",   "2026-11-23  16:40",
        "-026-11-23T16:40",    "+026-11-23T16:40",     "2026-11-23T-1:40",    "２０２６-11-23T16:40",
        "2026-11-23T16:40+08:00",
        "20261-11-23T16:40",   "2026-11-23T16.40",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        check_casef("'%s'", wrong[i]);
        struct instant read = {42};
        CHECK(!instant_parse_local(wrong[i], CHINA, &read));
        CHECK_INT(read.milliseconds, 42);
    }
}

TEST(days_are_read)
{
    struct day day = {0};
    CHECK(day_parse("2026-11-23", &day));
    CHECK_INT(day.number, 20780);
    CHECK(day_parse("1969-12-31", &day));
    CHECK_INT(day.number, -1);
    CHECK(!day_parse("2026-11-23 ", &day));
    CHECK(!day_parse("2026-11-2", &day));
    CHECK(!day_parse("2025-02-29", &day));
    CHECK(!day_parse("", &day));
}

TEST(every_minute_of_a_day_is_written_and_read_back)
{
    struct instant start = at(2028, 2, 29, 0, 0, 0, CHINA);
    size_t wrong = 0;
    for (int minute = 0; minute < 24 * 60; minute++) {
        struct instant moment = instant_add_seconds(start, minute * MINUTE_SECONDS);
        char text[TIME_TEXT_BYTES];
        instant_format_local(moment, CHINA, text);
        struct instant read = INSTANT_NONE;
        wrong += !instant_parse_local(text, CHINA, &read) || !instant_is_equal(read, moment);
    }
    CHECK_INT(wrong, 0);
}
