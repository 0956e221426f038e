#include "core/promise_detail.h"

#include <assert.h>
#include <string.h>

#include "core/codec.h"

enum { DETAIL_VERSION = 1, DAY_NUMBER_MOST = 4000000, YEAR_MOST = 9999 };

void promise_detail_init(struct promise_detail *detail, struct day last_day, int day_count)
{
    assert(day_count >= 1 && day_count <= DETAIL_DAYS_MAX);
    memset(detail, 0, sizeof *detail);
    detail->first_day.number = last_day.number - day_count + 1;
    detail->day_count = day_count;
}

static enum miss_reason reason_of(const struct clock *clock, struct instant now)
{
    const enum clock_result granted = clock_granted_result_at(clock, now);

    if (clock_is_running(clock))
        return granted == RESULT_RUNNING ? MISS_KEPT_GRANTED : MISS_RUNNING;
    if (granted == RESULT_KEPT || granted == RESULT_ENDED_KEPT)
        return MISS_KEPT_GRANTED;
    return clock_result_at(clock, now) == RESULT_ENDED_LATE ? MISS_ENDED : MISS_LATE;
}

/* Keeps the newest, by day and then by how late; the list stays sorted. */
static void add_miss(struct promise_detail *detail, struct detail_miss miss)
{
    int at = detail->miss_count;

    detail->miss_total++;
    while (at > 0 && (detail->misses[at - 1].day.number < miss.day.number ||
                      (detail->misses[at - 1].day.number == miss.day.number &&
                       detail->misses[at - 1].late_seconds < miss.late_seconds)))
        at--;
    if (at >= DETAIL_MISSES_MAX)
        return;
    const int kept = detail->miss_count < DETAIL_MISSES_MAX ? detail->miss_count : DETAIL_MISSES_MAX - 1;
    memmove(&detail->misses[at + 1], &detail->misses[at], (size_t)(kept - at) * sizeof detail->misses[0]);
    detail->misses[at] = miss;
    detail->miss_count = kept + 1;
}

void promise_detail_add(struct promise_detail *detail, const struct clock *clock, struct day day, struct instant now)
{
    struct figure figure;

    if (day.number < detail->first_day.number || day.number >= detail->first_day.number + detail->day_count)
        return;
    struct detail_count *count = &detail->days[day.number - detail->first_day.number];
    figure_init(&figure);
    figure_add(&figure, clock, now);
    count->kept += figure.kept;
    count->kept_granted += figure.kept_granted;
    count->missed += figure.missed;
    count->excused += figure.excused;
    if (figure.missed > 0)
        add_miss(detail, (struct detail_miss){day, clock_late_seconds(clock, now, false), reason_of(clock, now)});
}

/* ---- bytes */

static void write_count(struct codec_writer *writer, const struct detail_count *count)
{
    codec_write_number(writer, count->kept);
    codec_write_number(writer, count->kept_granted);
    codec_write_number(writer, count->missed);
    codec_write_number(writer, count->excused);
}

size_t promise_detail_format(const struct promise_detail *detail, uint8_t *bytes)
{
    struct codec_writer writer = {bytes, DETAIL_BYTES_MAX, 0};

    codec_write_byte(&writer, DETAIL_VERSION);
    codec_write_number(&writer, detail->first_day.number);
    codec_write_number(&writer, detail->day_count);
    for (int i = 0; i < detail->day_count; i++)
        write_count(&writer, &detail->days[i]);
    codec_write_number(&writer, detail->month_count);
    for (int i = 0; i < detail->month_count; i++) {
        codec_write_number(&writer, detail->months[i].year);
        codec_write_number(&writer, detail->months[i].month);
        write_count(&writer, &detail->months[i].count);
    }
    codec_write_number(&writer, detail->miss_total);
    codec_write_number(&writer, detail->miss_count);
    for (int i = 0; i < detail->miss_count; i++) {
        codec_write_number(&writer, detail->misses[i].day.number);
        codec_write_number(&writer, detail->misses[i].late_seconds);
        codec_write_number(&writer, (int64_t)detail->misses[i].reason);
    }
    return writer.length;
}

static int64_t read_amount(struct codec_reader *reader) { return codec_read_number_within(reader, 0, INT64_MAX); }

static void read_count(struct codec_reader *reader, struct detail_count *count)
{
    count->kept = read_amount(reader);
    count->kept_granted = read_amount(reader);
    count->missed = read_amount(reader);
    count->excused = read_amount(reader);
}

static struct day read_day(struct codec_reader *reader)
{
    return (struct day){(int32_t)codec_read_number_within(reader, 0, DAY_NUMBER_MOST)};
}

bool promise_detail_parse(const uint8_t *bytes, size_t length, struct promise_detail *detail)
{
    struct codec_reader reader = {bytes, length, 0, false};

    memset(detail, 0, sizeof *detail);
    if (codec_read_byte(&reader) != DETAIL_VERSION)
        return false;
    detail->first_day = read_day(&reader);
    detail->day_count = (int)codec_read_number_within(&reader, 0, DETAIL_DAYS_MAX);
    for (int i = 0; i < detail->day_count; i++)
        read_count(&reader, &detail->days[i]);
    detail->month_count = (int)codec_read_number_within(&reader, 0, DETAIL_MONTHS_MAX);
    for (int i = 0; i < detail->month_count; i++) {
        detail->months[i].year = (int)codec_read_number_within(&reader, 0, YEAR_MOST);
        detail->months[i].month = (int)codec_read_number_within(&reader, 1, 12);
        read_count(&reader, &detail->months[i].count);
    }
    detail->miss_total = read_amount(&reader);
    detail->miss_count = (int)codec_read_number_within(&reader, 0, DETAIL_MISSES_MAX);
    for (int i = 0; i < detail->miss_count; i++) {
        detail->misses[i].day = read_day(&reader);
        detail->misses[i].late_seconds = read_amount(&reader);
        detail->misses[i].reason = (enum miss_reason)codec_read_enum(&reader, MISS_REASON__COUNT);
    }
    return !reader.is_bad && reader.at == length;
}

const char *miss_reason_name(enum miss_reason reason)
{
    static const char *const names[MISS_REASON__COUNT] = {
        [MISS_LATE] = "late", [MISS_RUNNING] = "running", [MISS_KEPT_GRANTED] = "kept_granted", [MISS_ENDED] = "ended"};

    assert((unsigned)reason < MISS_REASON__COUNT);
    return names[reason];
}
