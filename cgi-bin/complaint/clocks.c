/* Clocks in a resident's words: what was promised, until when, and how it stands. */
#include "complaint/filing.h"
#include "web/promise.h"

/* How a clock stands at this moment, as the last part of Text.complaint.clock.*. */
static const char *standing(const struct clock *clock, struct instant now)
{
    if (clock_is_running(clock)) {
        if (!instant_is_set(clock->due_at))
            return "unset";
        /* A breach recorded under facts known before counts as late for ever; what counts down is the due time as it stands. */
        if (clock_result_at(clock, now) != RESULT_LATE || clock_late_seconds(clock, now, false) == 0)
            return "running";
        return clock_granted_result_at(clock, now) == RESULT_LATE ? "running_late" : "running_granted";
    }
    switch (clock->result) {
    case RESULT_KEPT:
        return "kept";
    case RESULT_LATE:
        if (clock->corrected == RESULT_KEPT)
            return "late_corrected";
        return clock_granted_result_at(clock, now) == RESULT_LATE ? "late" : "late_granted";
    case RESULT_EXCUSED:
        return "excused";
    case RESULT_SUPERSEDED:
    case RESULT_ENDED_KEPT:
        return "ended";
    case RESULT_ENDED_LATE:
        return "ended_late";
    case RESULT_RUNNING:
    case CLOCK_RESULT__COUNT:
        break;
    }
    return "running";
}

/* Colour of the standing; the words say the same. */
static const char *kind_of(const char *standing)
{
    if (text_is_equal(standing, "kept") || text_is_equal(standing, "late_granted"))
        return "kept";
    return text_is_equal(standing, "running_late") || text_is_equal(standing, "late") ||
                   text_is_equal(standing, "late_corrected") || text_is_equal(standing, "ended_late")
               ? "late"
               : "open";
}

static void put_times(struct request *request, struct view *row, const struct clock *clock)
{
    const char *how = standing(clock, request->now);
    struct instant due = clock_effective_due(clock);
    const char *values[2] = {"", ""};

    view_instant(row, "due", clock->due_at);
    view_instant(row, "granted", clock->granted_due_at);
    view_text(row, "kind", kind_of(how));
    if (text_is_equal(how, "running") || text_is_equal(how, "running_granted")) {
        int64_t left = instant_milliseconds_between(request->now, due) / 1000;
        values[0] = words_duration(request->arena, request->language, left > 0 ? left : 0);
        view_flag(row, "is_counting", true);
    } else if (text_is_equal(how, "running_late") || text_is_equal(how, "late") || text_is_equal(how, "ended_late") ||
               text_is_equal(how, "excused") || text_is_equal(how, "late_granted")) {
        bool by_granted = instant_is_set(clock->granted_due_at) &&
                          (text_is_equal(how, "running_late") || text_is_equal(how, "late"));
        values[0] = words_duration(request->arena, request->language,
                                   clock_late_seconds(clock, request->now, by_granted));
    }
    if (instant_is_set(clock->stopped_at)) {
        int64_t used = clock_used_seconds(clock, request->now);
        values[1] = words_duration(request->arena, request->language, used > 0 ? used : 0);
    }
    const char *key = arena_format(request->arena, "complaint.clock.%s", how);
    view_text(row, "standing", words_fill(request->arena, request->language, key, values, 2));
}

/* What comes first is shown first; a limit that ops has yet to set comes last. */
static bool goes_before(const struct clock *left, const struct clock *right)
{
    struct instant left_due = clock_effective_due(left), right_due = clock_effective_due(right);

    if (!instant_is_set(left_due) || !instant_is_set(right_due))
        return instant_is_set(left_due);
    return instant_is_before(left_due, right_due);
}

static bool is_shown(const struct clock *clock, bool with_times)
{
    return clock->kind != CLOCK_DISPATCH && !(with_times && clock->result == RESULT_SUPERSEDED);
}

static size_t sort(struct request *request, const struct clock *clocks, size_t count, bool with_times,
                   const struct clock ***sorted)
{
    size_t shown = 0;

    *sorted = arena_take_array(request->arena, count + 1, sizeof **sorted);
    for (size_t i = 0; i < count; i++) {
        if (!is_shown(&clocks[i], with_times))
            continue;
        size_t at = shown++;
        for (; at > 0 && goes_before(&clocks[i], (*sorted)[at - 1]); at--)
            (*sorted)[at] = (*sorted)[at - 1];
        (*sorted)[at] = &clocks[i];
    }
    return shown;
}

void clocks_show(struct request *request, struct view *view, const char *name, const struct clock *clocks,
                 size_t count, bool with_times)
{
    struct arena *arena = request->arena;
    const struct clock **sorted;
    size_t shown = sort(request, clocks, count, with_times, &sorted);

    for (size_t i = 0; i < shown; i++) {
        const struct clock *clock = sorted[i];
        struct view *row = view_row(view, name, i);
        const char *values[2] = {
            words_find(request->language, arena_format(arena, "complaint.promise.%s", clock_kind_name(clock->kind))),
            promise_limit(arena, request->language, clock->limit_seconds, clock->bound, clock->direction)};
        view_text(row, "title", words_fill(arena, request->language, "complaint.clock_title", values, 2));
        view_text(row, "article", promise_article(arena, request->language, clock->article));
        view_flag(row, "is_goal", !clock->is_binding);
        if (clock->cycle > 1)
            view_number(row, "cycle", clock->cycle);
        if (with_times)
            put_times(request, row, clock);
    }
}
