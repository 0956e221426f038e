/* The promise ledger of one ticket: every clock with both due times, every unit with the time that it held the matter. */
#include "ticket/show.h"

/* How a result is coloured, besides its words. */
static const char *result_colour(enum clock_result result)
{
    switch (result) {
    case RESULT_KEPT:
    case RESULT_ENDED_KEPT:
        return "ok";
    case RESULT_LATE:
    case RESULT_ENDED_LATE:
        return "bad";
    case RESULT_RUNNING:
    case RESULT_EXCUSED:
    case RESULT_SUPERSEDED:
    case CLOCK_RESULT__COUNT:
        break;
    }
    return "info";
}

static const char *clock_name(const struct request *request, const struct clock *clock)
{
    const struct catalog_words *words = catalog_rule_words(&desk_of(request)->catalog, clock->rule);

    if (words == NULL)
        return desk_words(request, "kind", clock_kind_name(clock->kind));
    return request->language == LANGUAGE_EN ? words->name_en : words->name_zh;
}

static const char *limit_words(const struct request *request, const struct clock *clock)
{
    if (clock->direction == DIRECTION_AFTER && clock->limit_seconds == 0)
        return words_find(request->language, "staff.clock.by_ops");
    const char *value = words_duration(request->arena, request->language, clock->limit_seconds);
    return words_fill(request->arena, request->language,
                      clock->bound == BOUND_LESS ? "staff.clock.less" : "staff.clock.at_most", &value, 1);
}

/* Times and judgement; a running clock counts down instead. */
static void show_course(struct view *view, const struct request *request, const struct clock *clock)
{
    const enum clock_result result = clock_result_at(clock, request->now);
    const int64_t late_seconds = clock_late_seconds(clock, request->now, false);

    view_instant(view, "started", clock->started_at);
    view_instant(view, "due", clock->due_at);
    view_instant(view, "granted", clock->granted_due_at);
    view_instant(view, "stopped", clock->stopped_at);
    if (clock_is_running(clock))
        desk_countdown(view, "left", request, clock_effective_due(clock));
    else
        view_duration(view, "used", clock_used_seconds(clock, request->now));
    view_text(view, "result", desk_words(request, "result", clock_result_name(result)));
    view_text(view, "colour", result_colour(result));
    if (late_seconds > 0)
        view_duration(view, "late", late_seconds);
    if (instant_is_set(clock->granted_due_at) && !clock_is_running(clock)) /* both are judged (Art. 13) */
        view_text(view, "granted_result",
                  desk_words(request, "result", clock_result_name(clock_granted_result_at(clock, request->now))));
    if (clock->corrected != RESULT_RUNNING)
        view_text(view, "corrected", desk_words(request, "result", clock_result_name(clock->corrected)));
    if (clock->excuse_code != 0 && workflow_has_desk(request->actor.roles)) /* a link to its report */
        view_number(view, "excuse", clock->excuse_code);
}

static void show_clock(struct view *view, const struct request *request, const struct clock *clock)
{
    const char *article = clock->article;

    view_number(view, "no", clock->no);
    view_text(view, "name", clock_name(request, clock));
    view_text(view, "article",
              words_fill(request->arena, request->language, "staff.clock.article", &article, 1));
    view_text(view, "limit", limit_words(request, clock));
    view_flag(view, "is_goal", !clock->is_binding);
    view_flag(view, "is_running", clock_is_running(clock));
    if (clock->cycle > 1)
        view_number(view, "cycle", clock->cycle);
    view_text(view, "unit",
              clock->unit.v == 0 ? words_find(request->language, "staff.ops") : desk_unit_name(request, clock->unit));
    show_course(view, request, clock);
}

/* Who sent it: the name stands in the history. */
static const char *dispatcher_of(const struct ticket_file *file, const struct assignment *assignment)
{
    for (size_t i = 0; i < file->entry_count; i++) {
        const struct event *event = &file->entries[i].event;
        const bool is_dispatch = event->kind == ACTION_DISPATCH || event->kind == ACTION_DISPATCH_ASSIST;
        if (is_dispatch && event_get(event, FIELD_DISPATCH_NO, 0) == assignment->dispatch_no)
            return file->entries[i].actor_name;
    }
    return "";
}

static int64_t held_seconds(const struct assignment *assignment, struct instant now)
{
    const struct instant end = instant_is_set(assignment->ended_at) ? assignment->ended_at : now;

    return instant_milliseconds_between(assignment->dispatched_at, end) / 1000;
}

static void show_assignment(struct view *view, const struct request *request, const struct ticket_file *file,
                            const struct assignment *assignment)
{
    view_number(view, "no", assignment->dispatch_no);
    view_text(view, "unit", desk_unit_name(request, assignment->unit));
    view_text(view, "role", desk_words_number(request, "staff.assignment", (int64_t)assignment->role));
    view_text(view, "state", desk_words_number(request, "staff.assignment_state", (int64_t)assignment->state));
    view_text(view, "dispatcher", dispatcher_of(file, assignment));
    view_flag(view, "is_live", assignment_is_live(assignment));
    view_instant(view, "dispatched", assignment->dispatched_at);
    view_instant(view, "accepted", assignment->accepted_at);
    view_instant(view, "arrived", assignment->arrived_at);
    view_instant(view, "ended", assignment->ended_at);
    view_instant(view, "planned", assignment->planned_at);
    view_instant(view, "escalated", assignment->escalated_at);
    view_duration(view, "held", held_seconds(assignment, request->now));
}

static bool is_first_of_unit(const struct ticket *ticket, int index)
{
    for (int i = 0; i < index; i++)
        if (ticket->assignments[i].unit.v == ticket->assignments[index].unit.v)
            return false;
    return true;
}

/* How long each unit held it in all, without what ops took to decide, as soon as there was more than one dispatch (Art. 16). */
static void show_holdings(struct view *page, const struct request *request, const struct ticket *ticket)
{
    size_t row = 0;

    for (int i = 0; ticket->assignment_count > 1 && i < ticket->assignment_count; i++) {
        const struct unit_id unit = ticket->assignments[i].unit;
        if (!is_first_of_unit(ticket, i))
            continue;
        struct view *view = view_row(page, "Holdings", row++);
        view_text(view, "unit", desk_unit_name(request, unit));
        view_duration(view, "held", ticket_holding_seconds(ticket, unit, request->now));
    }
}

/* What runs comes first, then this cycle's, then the results of the cycles before, which stay for ever. */
static int rank_of(const struct ticket *ticket, const struct clock *clock)
{
    if (clock_is_running(clock))
        return 0;
    return 1 + ticket->cycle - clock->cycle;
}

void show_ledger(struct view *page, const struct request *request, const struct ticket_file *file)
{
    const struct ticket *ticket = &file->ticket;
    size_t row = 0;

    for (int rank = 0; rank <= ticket->cycle; rank++)
        for (int i = ticket->clock_count - 1; i >= 0; i--)
            if (rank_of(ticket, &ticket->clocks[i]) == rank)
                show_clock(view_row(page, "Clocks", row++), request, &ticket->clocks[i]);
    row = 0;
    for (int i = ticket->assignment_count - 1; i >= 0; i--)
        show_assignment(view_row(page, "Assignments", row++), request, file, &ticket->assignments[i]);
    show_holdings(page, request, ticket);
    if (ticket_ops_wait_seconds(ticket, request->now) > 0)
        view_duration(page, "ops_wait", ticket_ops_wait_seconds(ticket, request->now));
}
