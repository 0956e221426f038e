/* The list of the ledger: what is proposed and what became of it, by view, unit, clause and month. */
#include "assessment/assessment.h"

#define UNIT_ALL (-1)

static const struct {
    const char *name;
    enum penalty_state from, to;
} views[] = {
    {"decide", PENALTY_PROPOSED, PENALTY_PROPOSED},
    {"objected", PENALTY_OBJECTED, PENALTY_OBJECTED},
    {"standing", PENALTY_CONFIRMED, PENALTY_UPHELD},
    {"all", PENALTY_PROPOSED, PENALTY_WITHDRAWN},
};
#define VIEW_COUNT (sizeof views / sizeof views[0])

static const char *state_colour(enum penalty_state state)
{
    if (state == PENALTY_PROPOSED || state == PENALTY_OBJECTED)
        return "warn";
    return penalty_counts(state) ? "bad" : "info";
}

static void show_row(struct view *view, const struct request *request, const struct penalty_row *row, const struct clause_book *book)
{
    const struct penalty *penalty = &row->penalty;
    const struct clause_row *clause = clause_book_find(book, penalty->clause);
    char number[NUMBER_TEXT_BYTES];

    view_number(view, "id", penalty->id.v);
    view_text(view, "state", assessment_words(request, "ledger.state", penalty_state_name(penalty->state)));
    view_text(view, "colour", state_colour(penalty->state));
    view_text(view, "unit", penalty_unit_name(request, penalty->unit));
    view_text(view, "article", clause == NULL ? "" : clause->clause.article);
    view_text(view, "what", penalty_what(request, penalty->evidence.basis, penalty->evidence.clock_kind));
    view_instant(view, "happened", penalty->evidence.happened_at);
    if (penalty->evidence.late_seconds > 0)
        view_duration(view, "late", penalty->evidence.late_seconds);
    if (penalty_counts(penalty->state))
        view_text(view, "amount", penalty_yuan(request, penalty->unit_fen + penalty->leader_fen + penalty->person_fen));
    if (row->ticket_number[0] == '\0')
        return;
    number_format_text(row->ticket_number, number);
    view_text(view, "ticket", row->ticket_number);
    view_text(view, "ticket_text", number);
}

/* What is kept in the links of the page: the filter without the view. */
static const char *filter_query(const struct request *request, const struct penalty_filter *filter, const char *month)
{
    const char *unit = filter->unit.v == UNIT_ALL ? "" : arena_format(request->arena, "&unit=%d", filter->unit.v);
    const char *clause = filter->clause == 0 ? "" : arena_format(request->arena, "&clause=%d", filter->clause);
    const char *when = month[0] == '\0' ? "" : arena_format(request->arena, "&month=%s", month);

    return arena_format(request->arena, "%s%s%s", unit, clause, when);
}

static void show_filter(struct view *page, const struct request *request, const struct penalty_filter *filter,
                        const struct clause_book *book)
{
    const struct catalog *catalog = &assessment_of(request)->catalog;
    const char *all = words_find(request->language, "ledger.filter.all");
    size_t row = 2;

    assessment_choice(page, "UnitChoices", 0, -1, all, filter->unit.v == UNIT_ALL);
    assessment_choice(page, "UnitChoices", 1, 0, words_find(request->language, "ledger.ops"), filter->unit.v == 0);
    for (size_t i = 0; i < catalog->unit_count; i++)
        if (catalog->units[i].is_handling)
            assessment_choice(page, "UnitChoices", row++, catalog->units[i].id.v,
                              assessment_unit_name(request, catalog->units[i].id), catalog->units[i].id.v == filter->unit.v);
    row = 1;
    assessment_choice(page, "ClauseChoices", 0, -1, all, filter->clause == 0);
    for (size_t i = 0; i < book->count; i++)
        if (!book->rows[i].clause.is_discipline)
            assessment_choice(page, "ClauseChoices", row++, book->rows[i].clause.id, book->rows[i].clause.article,
                              book->rows[i].clause.id == filter->clause);
}

static enum status show(struct request *request, struct response *response, const struct penalty_filter *filter, size_t current,
                        const char *month)
{
    const bool sees_all = filter->unit.v == UNIT_ALL || (request->actor.roles & ROLES_SUPERVISE) != 0;
    struct penalty_row *rows;
    struct clause_book book;
    size_t count;
    enum status status = clause_book_load(assessment_of(request)->db, request->arena, &book, &request->fault);

    if (status == STATUS_OK)
        status = penalty_store_list(assessment_of(request)->db, filter, request->arena, &rows, &count, &request->fault);
    if (status != STATUS_OK)
        return status;
    const size_t shown = count > ROWS_PER_PAGE ? ROWS_PER_PAGE : count;
    struct view *page = page_begin(request, "assessment/ledger");
    view_words(page, "Page.title", "ledger.title");
    view_text(page, "View.name", views[current].name);
    view_text(page, "query", sees_all ? filter_query(request, filter, month) : "");
    view_text(page, "month_value", month);
    view_flag(page, "sees_all", sees_all);
    for (size_t i = 0; sees_all && i < VIEW_COUNT; i++) {
        struct view *view = view_row(page, "Views", i);
        view_text(view, "name", views[i].name);
        view_text(view, "label", assessment_words(request, "ledger.view", views[i].name));
        view_flag(view, "is_current", i == current);
    }
    if (sees_all)
        show_filter(page, request, filter, &book);
    for (size_t i = 0; i < shown; i++)
        show_row(view_row(page, "Penalties", i), request, &rows[i], &book);
    if (count > ROWS_PER_PAGE)
        view_number(page, "next_id", rows[shown - 1].penalty.id.v);
    return page_end(page, response, 200);
}

enum status assessment_get_ledger(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {
        {"view", INPUT_LINE, false, 1, 10, "staff.error.choice", NULL},
        {"unit", INPUT_NUMBER, false, 0, INT32_MAX, "staff.error.choice", NULL},
        {"clause", INPUT_NUMBER, false, 1, INT32_MAX, "staff.error.choice", NULL},
        {"month", INPUT_LINE, false, 7, 7, "ledger.error.month", NULL},
        {"before", INPUT_NUMBER, false, 1, INT64_MAX, "staff.error.choice", NULL},
    };
    const bool sees_all = (request->actor.roles & ROLES_SUPERVISE) != 0;
    struct inputs inputs;
    struct month month;
    size_t current = 0;
    const enum status status = inputs_read(request, rules, sizeof rules / sizeof rules[0], &inputs);

    if (status != STATUS_OK)
        return status;
    const char *typed = inputs_text(&inputs, "month");
    if (inputs.error_count > 0 || !month_read(request, typed, &month))
        return STATUS_INVALID;
    if (!sees_all && request->actor.unit.v == 0)
        return STATUS_REFUSED;
    for (size_t i = 0; i < VIEW_COUNT; i++)
        if (text_is_equal(inputs_text(&inputs, "view"), views[i].name))
            current = i;
    const struct penalty_filter filter = {
        .from = sees_all ? views[current].from : PENALTY_CONFIRMED,
        .to = sees_all ? views[current].to : PENALTY_REVOKED,
        .unit = {sees_all ? (int32_t)inputs_number(&inputs, "unit", UNIT_ALL) : request->actor.unit.v},
        .clause = (int32_t)inputs_number(&inputs, "clause", 0),
        .happened = typed[0] != '\0' ? month_span(request, month) : (struct interval){{0}, {INT64_C(253402214400000)}},
        .before = inputs_number(&inputs, "before", 0),
        .limit = ROWS_PER_PAGE + 1,
    };
    return show(request, response, &filter, current, typed);
}
