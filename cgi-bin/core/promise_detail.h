/*
 * What the public page of one promise shows beside its figures: a strip of days, a table of months, the misses without any
 * place. Written by clerk as canonical bytes, one row per promise, read by `commitment`. Pure.
 */
#ifndef CORE_PROMISE_DETAIL_H
#define CORE_PROMISE_DETAIL_H

#include "base/status.h"
#include "core/figure.h"

#define DETAIL_DAYS_MAX 92
#define DETAIL_MONTHS_MAX 13
#define DETAIL_MISSES_MAX 100
#define DETAIL_BYTES_MAX 8192

/* Why a missed case was late, as far as the public is told. */
enum miss_reason {
    MISS_LATE,         /* finished after its time */
    MISS_RUNNING,      /* past its time and not finished yet */
    MISS_KEPT_GRANTED, /* late by the original time, kept by the extension that was granted (Art. 13) */
    MISS_ENDED,        /* withdrawn, merged or reclassified when it was late already */
    MISS_REASON__COUNT
};

struct detail_count {
    int64_t kept, kept_granted, missed, excused;
};
struct detail_month {
    int year, month;
    struct detail_count count;
};
struct detail_miss {
    struct day day;       /* local day of the original due */
    int64_t late_seconds; /* by the original due, as of the counting */
    enum miss_reason reason;
};

struct promise_detail {
    struct day first_day; /* of days[0] */
    int day_count;
    struct detail_count days[DETAIL_DAYS_MAX];
    int month_count; /* newest first */
    struct detail_month months[DETAIL_MONTHS_MAX];
    int miss_count; /* newest first; of more than fit, the newest */
    int64_t miss_total;
    struct detail_miss misses[DETAIL_MISSES_MAX];
};

/* Empty, for `day_count` days that end with `last_day`. day_count: 1 … DETAIL_DAYS_MAX */
void promise_detail_init(struct promise_detail *detail, struct day last_day, int day_count);

/* Counts a clock whose original due falls on `day`. Days outside the strip are left out. */
void promise_detail_add(struct promise_detail *detail, const struct clock *clock, struct day day, struct instant now);

/* bytes: DETAIL_BYTES_MAX. Returns the length. */
size_t promise_detail_format(const struct promise_detail *detail, uint8_t *bytes);
bool promise_detail_parse(const uint8_t *bytes, size_t length, struct promise_detail *detail) MUST_USE;

const char *miss_reason_name(enum miss_reason reason);

#endif
