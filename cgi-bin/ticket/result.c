/* What came of each cycle: the finish as it stands, its review and its follow-up. An earlier cycle's result stays for ever. */
#include "ticket/show.h"

struct result {
    const struct timeline_entry *finish, *review, *follow_up;
    int satisfaction, attempts;
};

void show_cycle(struct view *view, const struct request *request, int cycle)
{
    const char *number = arena_format(request->arena, "%d", cycle);

    view_text(view, "cycle", words_fill(request->arena, request->language, "staff.page.cycle", &number, 1));
}

static void take(struct result *result, const struct timeline_entry *entry)
{
    const struct event *event = &entry->event;

    switch (event->kind) {
    case ACTION_FINISH:
    case ACTION_STOP_WITH_PARENT:
        *result = (struct result){.finish = entry}; /* a refused one stays in the history */
        break;
    case ACTION_REVIEW:
        result->review = entry;
        break;
    case ACTION_FOLLOW_UP:
        if (event_get(event, FIELD_FOLLOW_UP, FOLLOW_UP_NONE) == FOLLOW_UP_UNREACHABLE)
            result->attempts++;
        result->follow_up = entry;
        result->satisfaction = (int)event_get(event, FIELD_SATISFACTION, 0);
        break;
    default:
        break;
    }
}

static void show_result(struct view *view, const struct request *request, const struct result *result)
{
    const struct event *finish = &result->finish->event;
    const int64_t outcome = event_get(finish, FIELD_OUTCOME, OUTCOME_NONE), cause = event_get(finish, FIELD_CAUSE, 0);

    view_instant(view, "at", finish->occurred_at);
    view_text(view, "words", result->finish->words);
    view_text(view, "by", result->finish->actor_name);
    view_text(view, "unit", desk_unit_name(request, finish->actor_unit));
    if (outcome != OUTCOME_NONE)
        view_text(view, "outcome", desk_words_number(request, "staff.outcome", outcome));
    view_flag(view, "is_unsolved", outcome == OUTCOME_NOT_SOLVED);
    if (cause != 0)
        view_text(view, "cause", desk_words_number(request, "staff.cause", cause));
    if (result->review != NULL) {
        const int64_t decision = event_get(&result->review->event, FIELD_DECISION, DECISION_NONE);
        view_text(view, "review", desk_words_number(request, "staff.decided", decision));
        view_text(view, "review_words", result->review->words);
    }
    if (result->follow_up != NULL) {
        const int64_t answer = event_get(&result->follow_up->event, FIELD_FOLLOW_UP, FOLLOW_UP_NONE);
        view_text(view, "follow_up", desk_words_number(request, "staff.follow_up", answer));
        view_text(view, "follow_up_words", result->follow_up->words);
    }
    if (result->satisfaction > 0)
        view_text(view, "satisfaction", desk_words_number(request, "staff.satisfaction", result->satisfaction));
    if (result->attempts > 0)
        view_number(view, "attempts", result->attempts);
}

void show_results(struct view *page, const struct request *request, const struct ticket_file *file)
{
    struct result *results = arena_take_array(request->arena, (size_t)file->ticket.cycle + 1, sizeof *results);
    struct ticket *before = arena_take(request->arena, sizeof *before);
    size_t row = 0;

    ticket_init(before, file->ticket.id);
    for (size_t i = 0; i < file->entry_count; i++) {
        take(&results[before->cycle], &file->entries[i]);
        ticket_apply(before, &file->entries[i].event);
    }
    for (int cycle = file->ticket.cycle; cycle >= 1; cycle--) {
        if (results[cycle].finish == NULL)
            continue;
        struct view *view = view_row(page, "Results", row++);
        if (file->ticket.cycle > 1)
            show_cycle(view, request, cycle);
        show_result(view, request, &results[cycle]);
    }
}
