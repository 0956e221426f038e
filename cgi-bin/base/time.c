#include "base/time.h"

#include <assert.h>
#include <string.h>

#include "base/text.h"

#define SECOND_MILLISECONDS INT64_C(1000)
#define MINUTE_MILLISECONDS INT64_C(60000)
#define HOUR_MILLISECONDS INT64_C(3600000)
#define DAY_MILLISECONDS INT64_C(86400000)

/* INT64_MIN is "not set", so the earliest moment is one above it. */
#define EARLIEST_MILLISECONDS (INT64_MIN + 1)

struct instant instant_add_seconds(struct instant at, int64_t seconds)
{
    assert(instant_is_set(at));
    int64_t change = 0;
    int64_t sum = 0;
    if (__builtin_mul_overflow(seconds, SECOND_MILLISECONDS, &change) ||
        __builtin_add_overflow(at.milliseconds, change, &sum))
        return (struct instant){seconds > 0 ? INT64_MAX : EARLIEST_MILLISECONDS};
    return (struct instant){sum < EARLIEST_MILLISECONDS ? EARLIEST_MILLISECONDS : sum};
}

int64_t instant_milliseconds_between(struct instant from, struct instant to)
{
    assert(instant_is_set(from) && instant_is_set(to));
    int64_t difference = 0;
    if (__builtin_sub_overflow(to.milliseconds, from.milliseconds, &difference))
        return to.milliseconds > from.milliseconds ? INT64_MAX : EARLIEST_MILLISECONDS;
    return difference;
}

struct instant instant_earlier(struct instant left, struct instant right)
{
    if (!instant_is_set(left))
        return right;
    if (!instant_is_set(right))
        return left;
    return instant_is_before(right, left) ? right : left;
}

static int64_t divide_down(int64_t number, int64_t by)
{
    return number / by - (number % by < 0);
}

/*
 * The calendar in 400-year eras of 146,097 days that start on 1 March, so that the leap day is the last of its year.
 * Day 0 of era 0 is 0000-03-01; 719,468 days later is 1970-01-01.
 */
#define ERA_DAYS 146097
#define ERA_SHIFT_DAYS 719468

static int64_t days_from_date(int64_t year, int month, int day)
{
    year -= month <= 2;
    int64_t era = divide_down(year, 400);
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * ERA_DAYS + day_of_era - ERA_SHIFT_DAYS;
}

static void date_from_days(int64_t days, struct civil *civil)
{
    days += ERA_SHIFT_DAYS;
    int64_t era = divide_down(days, ERA_DAYS);
    int64_t day_of_era = days - era * ERA_DAYS;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month_from_march = (5 * day_of_year + 2) / 153;
    civil->day = (int)(day_of_year - (153 * month_from_march + 2) / 5 + 1);
    civil->month = (int)(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
    civil->year = (int)(year_of_era + era * 400 + (civil->month <= 2));
}

/*
 * Days and the milliseconds of the day on the wall clock. The offset is added to the remainder, not to the moment, so
 * that moments at the ends of the range do not overflow.
 */
static int64_t local_days(struct instant at, int utc_offset_minutes, int64_t *milliseconds_of_day)
{
    assert(instant_is_set(at));
    int64_t days = divide_down(at.milliseconds, DAY_MILLISECONDS);
    int64_t rest = at.milliseconds % DAY_MILLISECONDS;
    rest += (rest < 0 ? DAY_MILLISECONDS : 0) + utc_offset_minutes * MINUTE_MILLISECONDS;
    int64_t shift = divide_down(rest, DAY_MILLISECONDS);
    *milliseconds_of_day = rest - shift * DAY_MILLISECONDS;
    return days + shift;
}

struct civil civil_from_instant(struct instant at, int utc_offset_minutes)
{
    int64_t rest = 0;
    struct civil civil;
    date_from_days(local_days(at, utc_offset_minutes, &rest), &civil);
    civil.hour = (int)(rest / HOUR_MILLISECONDS);
    civil.minute = (int)(rest / MINUTE_MILLISECONDS % 60);
    civil.second = (int)(rest / SECOND_MILLISECONDS % 60);
    civil.millisecond = (int)(rest % SECOND_MILLISECONDS);
    return civil;
}

struct instant instant_from_civil(const struct civil *civil, int utc_offset_minutes)
{
    assert(civil->month >= 1 && civil->month <= 12);
    int64_t days = days_from_date(civil->year, civil->month, civil->day);
    int64_t rest = civil->hour * HOUR_MILLISECONDS + (civil->minute - utc_offset_minutes) * MINUTE_MILLISECONDS +
                   civil->second * SECOND_MILLISECONDS + civil->millisecond;
    int64_t milliseconds = 0;
    if (__builtin_mul_overflow(days, DAY_MILLISECONDS, &milliseconds) ||
        __builtin_add_overflow(milliseconds, rest, &milliseconds))
        return (struct instant){days > 0 ? INT64_MAX : EARLIEST_MILLISECONDS};
    return (struct instant){milliseconds < EARLIEST_MILLISECONDS ? EARLIEST_MILLISECONDS : milliseconds};
}

static struct day day_from_number(int64_t number)
{
    assert(number >= INT32_MIN && number <= INT32_MAX);
    return (struct day){(int32_t)number};
}

struct day day_of(struct instant at, int utc_offset_minutes)
{
    int64_t rest = 0;
    int64_t days = local_days(at, utc_offset_minutes, &rest);
    if (days > INT32_MAX)
        days = INT32_MAX;
    if (days < INT32_MIN)
        days = INT32_MIN;
    return day_from_number(days);
}

struct instant day_start(struct day day, int utc_offset_minutes)
{
    return (struct instant){day.number * DAY_MILLISECONDS - utc_offset_minutes * MINUTE_MILLISECONDS};
}

struct civil civil_from_day(struct day day)
{
    struct civil civil = {0};
    date_from_days(day.number, &civil);
    return civil;
}

struct day day_from_civil(const struct civil *civil)
{
    assert(civil->month >= 1 && civil->month <= 12);
    return day_from_number(days_from_date(civil->year, civil->month, civil->day));
}

/* --- text --------------------------------------------------------------------------------------------------------- */

static void add_date(struct text *text, const struct civil *civil)
{
    text_add_number(text, civil->year, 4);
    text_add(text, "-");
    text_add_number(text, civil->month, 2);
    text_add(text, "-");
    text_add_number(text, civil->day, 2);
}

static void add_hour_and_minute(struct text *text, int hour, int minute)
{
    text_add_number(text, hour, 2);
    text_add(text, ":");
    text_add_number(text, minute, 2);
}

void instant_format_iso(struct instant at, int utc_offset_minutes, char *buffer)
{
    struct civil civil = civil_from_instant(at, utc_offset_minutes);
    int minutes = utc_offset_minutes < 0 ? -utc_offset_minutes : utc_offset_minutes;
    struct text text;
    text_init(&text, buffer, TIME_TEXT_BYTES);
    add_date(&text, &civil);
    text_add(&text, "T");
    add_hour_and_minute(&text, civil.hour, civil.minute);
    text_add(&text, ":");
    text_add_number(&text, civil.second, 2);
    text_add(&text, utc_offset_minutes < 0 ? "-" : "+");
    add_hour_and_minute(&text, minutes / 60, minutes % 60);
    assert(!text.is_cut);
}

void instant_format_local(struct instant at, int utc_offset_minutes, char *buffer)
{
    struct civil civil = civil_from_instant(at, utc_offset_minutes);
    struct text text;
    text_init(&text, buffer, TIME_TEXT_BYTES);
    add_date(&text, &civil);
    text_add(&text, " ");
    add_hour_and_minute(&text, civil.hour, civil.minute);
    assert(!text.is_cut);
}

void day_format(struct day day, char *buffer)
{
    struct civil civil = civil_from_day(day);
    struct text text;
    text_init(&text, buffer, TIME_TEXT_BYTES);
    add_date(&text, &civil);
    assert(!text.is_cut);
}

/* Reads exactly `digits` digits and moves on. */
static bool take_number(const char **text, int digits, int *number)
{
    int value = 0;
    for (int i = 0; i < digits; i++, (*text)++) {
        if (**text < '0' || **text > '9')
            return false;
        value = value * 10 + (**text - '0');
    }
    *number = value;
    return true;
}

static bool take_character(const char **text, char wanted)
{
    if (**text != wanted)
        return false;
    (*text)++;
    return true;
}

/* A date is real when the calendar gives it back unchanged. */
static bool is_real_date(const struct civil *civil)
{
    if (civil->year < 1 || civil->month < 1 || civil->month > 12 || civil->day < 1)
        return false;
    struct civil again = civil_from_day(day_from_civil(civil));
    return again.year == civil->year && again.month == civil->month && again.day == civil->day;
}

static bool take_date(const char **text, struct civil *civil)
{
    return take_number(text, 4, &civil->year) && take_character(text, '-') && take_number(text, 2, &civil->month) &&
           take_character(text, '-') && take_number(text, 2, &civil->day) && is_real_date(civil);
}

bool instant_parse_local(const char *text, int utc_offset_minutes, struct instant *at)
{
    struct civil civil = {0};
    if (!take_date(&text, &civil))
        return false;
    if (!take_character(&text, 'T') && !take_character(&text, ' '))
        return false;
    if (!take_number(&text, 2, &civil.hour) || !take_character(&text, ':') || !take_number(&text, 2, &civil.minute))
        return false;
    if (*text != '\0' && (!take_character(&text, ':') || !take_number(&text, 2, &civil.second)))
        return false;
    if (*text != '\0' || civil.hour > 23 || civil.minute > 59 || civil.second > 59)
        return false;
    *at = instant_from_civil(&civil, utc_offset_minutes);
    return true;
}

bool day_parse(const char *text, struct day *day)
{
    struct civil civil = {0};
    if (!take_date(&text, &civil) || *text != '\0')
        return false;
    *day = day_from_civil(&civil);
    return true;
}
