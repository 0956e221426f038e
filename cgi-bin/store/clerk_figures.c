#include "store/clerk_store.h"

#include "core/promise_detail.h"
#include "store/clock_row.h"
#include "store/figure_store.h"
#include "store/used_times.h"

enum { SPAN_WINDOW, SPAN_MONTH, SPAN_COUNT };

#define DETAIL_DAYS 90 /* the strip of a promise's page */

static const char *const SPAN_NAMES[SPAN_COUNT] = {"window", "month"};

struct span {
    struct day first, last;
    struct figure figure;
    struct used_times times;
};

/* One promise: all versions of a rule, both spans. */
struct promise {
    const char *code;
    struct span spans[SPAN_COUNT];
    struct promise_detail detail;
    int utc_offset_minutes;
    struct instant now;
    struct arena *arena;
};

static enum status count_clock(void *context, const struct db_row *row, struct fault *fault)
{
    struct promise *promise = context;
    const struct clock clock = clock_row_read(row);
    const struct day day = day_of(clock.due_at, promise->utc_offset_minutes);

    (void)fault;
    for (int i = 0; i < SPAN_COUNT; i++) {
        struct span *span = &promise->spans[i];
        if (day.number < span->first.number || day.number > span->last.number)
            continue;
        figure_add(&span->figure, &clock, promise->now);
        used_times_add(&span->times, &clock, promise->now, promise->arena);
    }
    promise_detail_add(&promise->detail, &clock, day, promise->now);
    return STATUS_OK;
}

static void set_spans(struct promise *promise, int window_days)
{
    const struct day today = day_of(promise->now, promise->utc_offset_minutes);
    struct civil civil = civil_from_day(today);

    civil.day = 1;
    promise_detail_init(&promise->detail, today, DETAIL_DAYS);
    promise->spans[SPAN_WINDOW] = (struct span){.first = {today.number - window_days + 1}, .last = today};
    promise->spans[SPAN_MONTH] = (struct span){.first = day_from_civil(&civil), .last = today};
    for (int i = 0; i < SPAN_COUNT; i++)
        figure_init(&promise->spans[i].figure);
}

static enum status count_promise(struct db *db, const struct catalog *catalog, struct promise *promise,
                                 struct fault *fault)
{
    const struct day window = promise->spans[SPAN_WINDOW].first, month = promise->spans[SPAN_MONTH].first;
    const struct day strip = promise->detail.first_day;
    const struct day earlier = window.number < month.number ? window : month;
    const struct day first = strip.number < earlier.number ? strip : earlier;
    const struct day after = {promise->spans[SPAN_WINDOW].last.number + 1};
    enum status status = STATUS_OK;

    for (size_t i = 0; status == STATUS_OK && i < catalog->regulation.rule_count; i++) {
        const struct rule *rule = &catalog->regulation.rules[i];
        if (!text_is_equal(rule->code, promise->code))
            continue;
        const struct db_value values[] = {
            db_integer(rule->id.v),
            db_instant(day_start(first, promise->utc_offset_minutes)),
            db_instant(day_start(after, promise->utc_offset_minutes)),
        };
        status = db_stream(db, CLOCK_LIST_BY_RULE_DUE, values, 3, count_clock, promise, fault);
    }
    for (int i = 0; status == STATUS_OK && i < SPAN_COUNT; i++)
        used_times_finish(&promise->spans[i].times, &promise->spans[i].figure);
    return status;
}

/* ---- months, from the days that were counted before */

struct months {
    struct promise *promises;
    size_t count;
};

static enum status read_month(void *context, const struct db_row *row, struct fault *fault)
{
    const struct months *months = context;

    (void)fault;
    for (size_t i = 0; i < months->count; i++) {
        struct promise_detail *detail = &months->promises[i].detail;
        if (!text_is_equal(months->promises[i].code, db_row_text(row, 0)) || detail->month_count >= DETAIL_MONTHS_MAX)
            continue;
        detail->months[detail->month_count++] = (struct detail_month){
            .year = (int)db_row_integer(row, 1),
            .month = (int)db_row_integer(row, 2),
            .count = {db_row_integer(row, 3), db_row_integer(row, 4), db_row_integer(row, 5), db_row_integer(row, 6)},
        };
    }
    return STATUS_OK;
}

/* This month and the twelve before it. */
static enum status count_months(struct db *db, struct months *months, const struct settings *settings, struct instant now,
                                struct fault *fault)
{
    const struct day today = day_of(now, settings->utc_offset_minutes);
    struct civil civil = civil_from_day(today);

    civil.day = 1;
    civil.year -= 1;
    const struct db_value values[] = {db_day(day_from_civil(&civil)), db_day(today)};
    return db_stream(db, FIGURE_MONTH_LIST, values, 2, read_month, months, fault);
}

struct saving {
    const struct promise *promises;
    size_t count;
    struct instant now;
};

static enum status save_span(struct db *db, const struct promise *promise, int index, struct fault *fault)
{
    const struct span *span = &promise->spans[index];
    const struct figure *figure = &span->figure;
    const struct db_value values[] = {
        db_text(promise->code),           db_text(SPAN_NAMES[index]),    db_day(span->first),
        db_day(span->last),               db_integer(figure->total),     db_integer(figure->kept),
        db_integer(figure->kept_granted), db_integer(figure->missed),    db_integer(figure->excused),
        db_integer(figure->median_seconds), db_integer(figure->p90_seconds), db_instant(promise->now),
    };

    return db_run(db, PROMISE_FIGURE_SAVE, values, 12, NULL, NULL, fault);
}

static enum status save_detail(struct db *db, const struct promise *promise, struct fault *fault)
{
    uint8_t bytes[DETAIL_BYTES_MAX];
    const size_t length = promise_detail_format(&promise->detail, bytes);
    const struct db_value values[] = {db_text(promise->code), db_bytes(bytes, length), db_instant(promise->now)};

    return db_run(db, PROMISE_DETAIL_SAVE, values, 3, NULL, NULL, fault);
}

/* All figures change together, with the version that pages are kept by; the lease is given back with it. */
static enum status save_work(struct db *db, void *context, struct fault *fault)
{
    const struct saving *saving = context;
    const struct db_value turn[] = {db_text("promises"), db_instant(saving->now), db_instant(saving->now)};
    enum status status = db_run(db, JOB_RAISE, turn, 3, NULL, NULL, fault);

    for (size_t i = 0; status == STATUS_OK && i < saving->count; i++)
        for (int span = 0; status == STATUS_OK && span < SPAN_COUNT; span++)
            status = save_span(db, &saving->promises[i], span, fault);
    for (size_t i = 0; status == STATUS_OK && i < saving->count; i++)
        status = save_detail(db, &saving->promises[i], fault);
    return status;
}

/* The first row of each public rule's code stands for the promise. */
static bool is_promise(const struct catalog *catalog, size_t index)
{
    const struct rule *rule = &catalog->regulation.rules[index];

    if (!rule->is_public)
        return false;
    for (size_t i = 0; i < index; i++)
        if (catalog->regulation.rules[i].is_public && text_is_equal(catalog->regulation.rules[i].code, rule->code))
            return false;
    return true;
}

enum status clerk_store_fold_promises(struct db *db, const struct catalog *catalog, const struct settings *settings,
                                      struct instant now, struct arena *arena, struct fault *fault)
{
    struct promise *promises = arena_take_array(arena, catalog->regulation.rule_count + 1, sizeof *promises);
    struct saving saving = {promises, 0, now};
    enum status status = STATUS_OK;

    for (size_t i = 0; status == STATUS_OK && i < catalog->regulation.rule_count; i++) {
        if (!is_promise(catalog, i))
            continue;
        struct promise *promise = &promises[saving.count++];
        promise->code = catalog->regulation.rules[i].code;
        promise->utc_offset_minutes = settings->utc_offset_minutes;
        promise->now = now;
        promise->arena = arena;
        set_spans(promise, settings->figure_window_days);
        status = count_promise(db, catalog, promise, fault);
    }
    struct months months = {promises, saving.count};
    if (status == STATUS_OK)
        status = count_months(db, &months, settings, now, fault);
    return status == STATUS_OK ? db_transact(db, save_work, &saving, fault) : status;
}
