/* One promise: a strip of ninety days, its months, its misses without any place, and what exactly is counted. */
#include "commitment/commitment.h"

/* The strip's geometry, in units of its view box. */
#define BAR_STEP 10
#define BAR_HEIGHT 48
#define MISSED_TOP 20

static const char *date_words(struct request *request, struct day day)
{
    char buffer[TIME_TEXT_BYTES];

    day_format(day, buffer);
    return arena_copy_text(request->arena, buffer);
}

/* "到期 5，按时 4" of a day that had cases. */
static const char *bar_title(struct request *request, struct day day, const struct detail_count *count)
{
    struct arena *arena = request->arena;
    const char *values[3] = {date_words(request, day), promise_count(arena, count->kept + count->missed),
                             promise_count(arena, count->kept)};

    return words_fill(arena, request->language,
                      count->kept + count->missed == 0 ? "promise.day_none" : "promise.day", values, 3);
}

static void put_strip(struct view *view, struct request *request, const struct promise_detail *detail)
{
    int kept = 0, missed = 0, none = 0;

    for (int i = 0; i < detail->day_count; i++) {
        const struct detail_count *count = &detail->days[i];
        struct view *bar = view_row(view, "Bars", (size_t)i);
        const bool is_missed = count->missed > 0, is_empty = count->kept + count->missed == 0;
        view_number(bar, "x", (int64_t)i * BAR_STEP);
        view_number(bar, "y", is_missed ? MISSED_TOP : 0);
        view_number(bar, "height", is_missed ? BAR_HEIGHT - MISSED_TOP : BAR_HEIGHT);
        view_text(bar, "kind", is_missed ? "missed" : is_empty ? "none" : "kept");
        view_flag(bar, "is_missed", is_missed);
        view_text(bar, "title", bar_title(request, (struct day){detail->first_day.number + i}, count));
        kept += !is_missed && !is_empty;
        missed += is_missed;
        none += is_empty;
    }
    const char *values[3] = {promise_count(request->arena, kept), promise_count(request->arena, missed),
                             promise_count(request->arena, none)};
    view_text(view, "strip_words", words_fill(request->arena, request->language, "promise.strip", values, 3));
    view_number(view, "strip_width", (int64_t)detail->day_count * BAR_STEP);
}

static void put_months(struct view *view, struct request *request, const struct promise_detail *detail)
{
    for (int i = 0; i < detail->month_count; i++) {
        const struct detail_month *month = &detail->months[i];
        const int64_t total = month->count.kept + month->count.missed;
        const int permille = figure_rate_permille(month->count.kept, total);
        struct view *row = view_row(view, "Months", (size_t)i);
        view_text(row, "name", arena_format(request->arena, "%04d-%02d", month->year, month->month));
        view_number(row, "total", total);
        view_number(row, "kept", month->count.kept);
        view_number(row, "granted", month->count.kept_granted);
        view_number(row, "excused", month->count.excused);
        view_text(row, "rate", permille >= 0 ? promise_percent(request->arena, permille)
                                             : words_find(request->language, "promise.few"));
    }
}

static void put_misses(struct view *view, struct request *request, const struct promise_detail *detail)
{
    for (int i = 0; i < detail->miss_count; i++) {
        const struct detail_miss *miss = &detail->misses[i];
        struct view *row = view_row(view, "Misses", (size_t)i);
        view_text(row, "day", date_words(request, miss->day));
        view_duration(row, "late", miss->late_seconds);
        view_words(row, "reason", arena_format(request->arena, "promise.reason.%s", miss_reason_name(miss->reason)));
    }
    view_number(view, "miss_total", detail->miss_total);
    if (detail->miss_total > detail->miss_count) {
        const char *shown = promise_count(request->arena, detail->miss_count);
        view_text(view, "miss_more", words_fill(request->arena, request->language, "promise.misses_more", &shown, 1));
    }
}

static const struct promise *promise_find(const struct promises *promises, const char *code)
{
    for (size_t i = 0; i < promises->count; i++)
        if (text_is_equal(promises->rows[i].rule->code, code))
            return &promises->rows[i];
    return NULL;
}

static enum status show(struct request *request, struct response *response, const struct promises *promises,
                        const struct promise *promise)
{
    struct commitment *commitment = request->context;
    struct promise_detail *detail = arena_take(request->arena, sizeof *detail);
    enum status status = figure_store_detail(commitment->db, promise->rule->code, request->arena, detail,
                                             &request->fault);

    if (status != STATUS_OK && status != STATUS_ABSENT)
        return status;
    fault_reset(&request->fault);
    struct view *view = page_begin(request, "commitment/promise");
    const char *days = promise_count(request->arena, request->app->settings.figure_window_days);
    struct view *row = view_child(view, "Promise");
    promise_show(row, request, promise);
    view_text(view, "Page.title",
              request->language == LANGUAGE_EN ? promise->words->name_en : promise->words->name_zh);
    view_text(view, "window_words", words_fill(request->arena, request->language, "commitment.window", &days, 1));
    view_instant(view, "as_of", promises->as_of);
    view_flag(view, "is_stale", promises_are_stale(promises, request->now));
    view_words(view, "bound_words", promise->rule->bound == BOUND_LESS ? "promise.bound_less" : "promise.bound_at_most");
    if (status == STATUS_OK) {
        put_strip(view, request, detail);
        put_months(view, request, detail);
        put_misses(view, request, detail);
    }
    promise_make_public(response);
    return page_end(view, response, 200);
}

enum status commitment_get_promise(struct request *request, struct response *response)
{
    const char *name = arena_format(request->arena, "commitment/promise/%s", request->part[0]);
    struct promises promises;
    int64_t version;
    enum status status = promises_version(request, &version);

    if (status != STATUS_OK)
        return status;
    if (page_cache_find(request, name, version, response))
        return STATUS_OK;
    status = promises_load(request, &promises);
    if (status != STATUS_OK)
        return status;
    const struct promise *promise = promise_find(&promises, request->part[0]);
    if (promise == NULL)
        return STATUS_ABSENT;
    status = show(request, response, &promises, promise);
    if (status == STATUS_OK)
        status = promises_version(request, &version);
    if (status == STATUS_OK)
        page_cache_keep(request, name, version, response);
    return status;
}
