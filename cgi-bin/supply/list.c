/* The register: what is open, by what there is to do, and what ended. */
#include <string.h>

#include "supply/supply.h"

enum { ENDED_SHOWN = 50 };

/* The views of the list; Text.outage.view.NAME. */
enum list_view { VIEW_OPEN, VIEW_APPROVE, VIEW_MINE, VIEW_ANNOUNCED, VIEW_RUNNING, VIEW_OVERDUE, VIEW_ENDED, LIST_VIEW__COUNT };

static const char *const view_names[LIST_VIEW__COUNT] = {"open", "approve", "mine", "announced", "running", "overdue", "ended"};

static enum list_view view_of(const char *name)
{
    for (int i = 0; i < LIST_VIEW__COUNT; i++)
        if (text_is_equal(view_names[i], name))
            return (enum list_view)i;
    return VIEW_OPEN;
}

/* One row with what follows from it at this moment. */
struct listed {
    const struct outage_row *row;
    enum outage_phase phase;
    uint32_t next;  /* OUTAGE_BITs of what is to be done … */
    uint32_t mine;  /* … of these, what the reader may do */
    bool is_overdue; /* a time that was announced or planned has passed without news */
};

static struct listed look_at(const struct request *request, const struct outage_row *row)
{
    struct outage outage;
    struct listed listed = {.row = row};

    outage_row_unfold(row, &outage);
    listed.phase = outage_phase_at(row->state, row->start_at, row->expected_end_at, request->now);
    listed.next = outage_next_steps(&outage, request->now);
    for (int action = OUTAGE_ACTION_NONE + 1; action < OUTAGE_ACTION__COUNT; action++)
        if ((listed.next & OUTAGE_BIT(action)) != 0 && supply_permits(request, &outage, action) == VERDICT_OK)
            listed.mine |= OUTAGE_BIT(action);
    listed.is_overdue = listed.phase == OUTAGE_PHASE_OVERDUE || (listed.next & OUTAGE_BIT(OUTAGE_START)) != 0;
    return listed;
}

static bool is_in_view(const struct listed *listed, enum list_view view)
{
    switch (view) {
    case VIEW_APPROVE:
        return listed->row->state == OUTAGE_APPLIED;
    case VIEW_MINE:
        return listed->mine != 0;
    case VIEW_ANNOUNCED:
        return listed->phase == OUTAGE_PHASE_ANNOUNCED;
    case VIEW_RUNNING:
        return listed->phase == OUTAGE_PHASE_RUNNING || listed->phase == OUTAGE_PHASE_OVERDUE;
    case VIEW_OVERDUE:
        return listed->is_overdue;
    case VIEW_OPEN:
    case VIEW_ENDED:
    case LIST_VIEW__COUNT:
        break;
    }
    return true;
}

/* What is to be done, in words; what is the reader's comes first. */
static const char *next_words(const struct request *request, uint32_t steps)
{
    const char *words = "";

    for (int action = OUTAGE_ACTION_NONE + 1; action < OUTAGE_ACTION__COUNT; action++)
        if ((steps & OUTAGE_BIT(action)) != 0)
            words = arena_format(request->arena, "%s%s%s", words, words[0] != '\0' ? words_find(request->language, "outage.between") : "",
                                 supply_words(request, "outage.act", outage_action_name((enum outage_action)action)));
    return words;
}

static void show_row(struct view *view, const struct request *request, const struct listed *listed)
{
    const struct outage_row *row = listed->row;

    view_number(view, "id", row->id.v);
    supply_show_phase(view, request, listed->phase);
    view_text(view, "kind", supply_kind_words(request, row->kind, row->is_pressure));
    view_flag(view, "is_large", row->is_large);
    view_flag(view, "is_unapproved", row->is_unapproved);
    view_flag(view, "is_start_passed", (listed->next & OUTAGE_BIT(OUTAGE_START)) != 0);
    view_text(view, "area", supply_area_words(request, row->places, row->place_count, row->area_words));
    view_text(view, "cause", supply_words_number(request, "outage.cause", row->cause));
    view_text(view, "unit", supply_unit_name(request, row->unit));
    view_text(view, "mine", next_words(request, listed->mine));
    view_text(view, "next", next_words(request, listed->next & ~listed->mine));
    view_instant(view, "start", row->start_at);
    view_instant(view, "end", row->expected_end_at);
    view_instant(view, "ended", row->ended_at);
}

static enum status show_open(struct view *page, struct request *request, enum list_view chosen)
{
    struct outage_row *rows;
    size_t count, counts[LIST_VIEW__COUNT] = {0}, shown = 0;
    const enum status status = outage_desk_open(supply_of(request)->db, request->arena, &rows, &count, &request->fault);

    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        const struct listed listed = look_at(request, &rows[i]);
        for (int view = 0; view < VIEW_ENDED; view++)
            counts[view] += is_in_view(&listed, (enum list_view)view);
        if (chosen != VIEW_ENDED && is_in_view(&listed, chosen))
            show_row(view_row(page, "Rows", shown++), request, &listed);
    }
    for (int view = 0; status == STATUS_OK && view < LIST_VIEW__COUNT; view++) {
        struct view *tab = view_row(page, "Views", (size_t)view);
        view_text(tab, "name", view_names[view]);
        view_text(tab, "title", supply_words(request, "outage.view", view_names[view]));
        view_flag(tab, "is_chosen", view == (int)chosen);
        if (view != VIEW_ENDED)
            view_number(tab, "count", (int64_t)counts[view]);
    }
    return status;
}

/* before: "MS.ID" of the last row of the page before; "" for the first */
static enum status show_ended(struct view *page, struct request *request, const char *before)
{
    const char *dot = strchr(before, '.');
    int64_t at_ms = instant_add_seconds(request->now, OUTAGE_AHEAD_SECONDS_MAX).milliseconds, id = INT64_MAX;
    struct outage_row *rows;
    size_t count;

    if (before[0] != '\0' && (dot == NULL || !text_parse_integer(dot + 1, 1, INT64_MAX, &id) ||
                              !text_parse_integer(arena_copy(request->arena, before, (size_t)(dot - before)), 0, at_ms, &at_ms)))
        return STATUS_ABSENT;
    const enum status status = outage_desk_ended(supply_of(request)->db, (struct instant){at_ms}, (struct outage_id){id}, ENDED_SHOWN,
                                                 request->arena, &rows, &count, &request->fault);
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        const struct listed listed = look_at(request, &rows[i]);
        show_row(view_row(page, "Rows", i), request, &listed);
    }
    if (status == STATUS_OK && count == ENDED_SHOWN)
        view_text(page, "next", arena_format(request->arena, "%lld.%lld", (long long)rows[count - 1].ended_at.milliseconds,
                                             (long long)rows[count - 1].id.v));
    return status;
}

enum status supply_get_list(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {{"view", INPUT_LINE, false, 1, 20, "staff.error.choice", NULL},
                                              {"before", INPUT_LINE, false, 1, 40, "staff.error.choice", NULL}};
    const struct outage_standing standing = outage_standing_new(OUTAGE_EMERGENCY, request->actor.unit, &request->actor);
    struct inputs inputs;
    enum status status = inputs_read(request, rules, 2, &inputs);

    if (status != STATUS_OK)
        return status;
    const enum list_view chosen = view_of(inputs_text(&inputs, "view"));
    struct view *page = page_begin(request, "supply/list");
    view_words(page, "Page.title", "outage.staff.title");
    view_text(page, "heading", supply_words(request, "outage.view", view_names[chosen]));
    view_text(page, "none", supply_words(request, "outage.view_none", view_names[chosen]));
    view_text(page, "view", view_names[chosen]);
    view_flag(page, "is_ended", chosen == VIEW_ENDED);
    view_flag(page, "may_report", outage_permits(OUTAGE_REPORT, &standing, NULL) == VERDICT_OK);
    status = show_open(page, request, chosen);
    if (status == STATUS_OK && chosen == VIEW_ENDED)
        status = show_ended(page, request, inputs_text(&inputs, "before"));
    return status == STATUS_OK ? page_end(page, response, 200) : status;
}
