/*
 * Moments and the local calendar. Pure: reading the clock is base/now.h.
 *
 * Every moment is UTC in milliseconds. The city's wall clock is a fixed offset (Asia/Shanghai is UTC+8 all year, a
 * setting in minutes), so that neither the machine's TZ nor the viewer's can move a deadline.
 */
#ifndef BASE_TIME_H
#define BASE_TIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

/* A moment: milliseconds since 1970-01-01T00:00:00Z. */
struct instant {
    int64_t milliseconds;
};

#define INSTANT_NONE ((struct instant){INT64_MIN}) /* "not yet", "never": a due time not set, a clock not stopped */
#define MINUTE_SECONDS 60
#define HOUR_SECONDS 3600
#define DAY_SECONDS 86400

static inline bool instant_is_set(struct instant at) { return at.milliseconds != INT64_MIN; }
static inline bool instant_is_before(struct instant left, struct instant right)
{
    return left.milliseconds < right.milliseconds;
}
static inline bool instant_is_equal(struct instant left, struct instant right)
{
    return left.milliseconds == right.milliseconds;
}

/* `seconds` later (earlier when negative). at: set; the result saturates instead of overflowing. */
struct instant instant_add_seconds(struct instant at, int64_t seconds);

/* Milliseconds from `from` to `to`; negative when `to` is earlier. Both set. */
int64_t instant_milliseconds_between(struct instant from, struct instant to);

/* The earlier of two; one that is not set counts as later than everything. */
struct instant instant_earlier(struct instant left, struct instant right);

/* A local calendar day: days since 1970-01-01 on the city's wall clock. */
struct day {
    int32_t number;
};

/* Local date and time of day. */
struct civil {
    int year, month, day, hour, minute, second, millisecond;
};

struct civil civil_from_instant(struct instant at, int utc_offset_minutes);
struct instant instant_from_civil(const struct civil *civil, int utc_offset_minutes);
struct day day_of(struct instant at, int utc_offset_minutes);
struct instant day_start(struct day day, int utc_offset_minutes);
struct civil civil_from_day(struct day day); /* hour…millisecond are 0 */
struct day day_from_civil(const struct civil *civil);

#define TIME_TEXT_BYTES 32

/* "2026-11-23T16:40:00+08:00" (W3C-DTF, seconds). buffer: TIME_TEXT_BYTES. */
void instant_format_iso(struct instant at, int utc_offset_minutes, char *buffer);

/* "2026-11-23 16:40" on the wall clock. buffer: TIME_TEXT_BYTES. */
void instant_format_local(struct instant at, int utc_offset_minutes, char *buffer);

/* "2026-11-23". buffer: TIME_TEXT_BYTES. */
void day_format(struct day day, char *buffer);

/*
 * Reads "2026-11-23T16:40", "2026-11-23 16:40" or with seconds, as typed into a form, on the wall clock.
 * False for anything else, or a day that does not exist.
 */
bool instant_parse_local(const char *text, int utc_offset_minutes, struct instant *at) MUST_USE;

/* "2026-11-23" → day; false for anything else. */
bool day_parse(const char *text, struct day *day) MUST_USE;

#endif
