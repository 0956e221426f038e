/* The list: views with their counts, words and form of one filter, pages in both directions, refreshed by a script. */
#include <string.h>

#include "ticket/list.h"
#include "ticket/live.h"
#include "ticket/queue.h"
#include "web/page.h"

#define COUNTED_ROWS 1000

/* ---- views and counts */

static const char *count_text(const struct request *request, int count)
{
    return count > DESK_COUNT_MAX ? arena_format(request->arena, "%d+", DESK_COUNT_MAX)
                                  : arena_format(request->arena, "%d", count);
}

static void show_views(struct view *page, const struct request *request, const struct list *list,
                       const struct desk_counts *counts)
{
    size_t row = 0;

    for (const struct desk_view *each = desk_view_next(request, NULL); each != NULL; each = desk_view_next(request, each)) {
        struct view *view = view_row(page, "Views", row++);
        view_text(view, "name", each->name);
        view_text(view, "label", desk_words(request, "desk.view", each->name));
        view_text(view, "url", list_url_with(request, each, TICKET_SORT_DUE, list->query.limit, &list->filter));
        view_flag(view, "is_current", each == list->view);
        view_text(view, "count", count_text(request, counts->views[each->view]));
    }
}

/* What rings: a new ticket to be dispatched, or a new dispatch to this unit; and each reminder of either (Art. 12). */
static void show_bell(struct view *page, const struct request *request, const struct desk_counts *counts)
{
    const bool is_hotline = (request->actor.roles & ROLES_HOTLINE) != 0;

    if (!is_hotline && ((request->actor.roles & ROLES_UNIT) == 0 || request->actor.unit.v == 0))
        return;
    const int64_t newest = is_hotline ? counts->newest_undispatched
                           : instant_is_set(counts->newest_dispatch) ? counts->newest_dispatch.milliseconds : 0;
    view_number(page, "Bell.newest", newest);
    view_number(page, "Bell.count", counts->views[is_hotline ? TICKET_VIEW_UNDISPATCHED : TICKET_VIEW_WAITING_UNIT]);
    view_words(page, "Bell.words", is_hotline ? "desk.bell.undispatched" : "desk.bell.dispatched");
    view_number(page, "Bell.reminder", instant_is_set(counts->newest_reminder) ? counts->newest_reminder.milliseconds : 0);
    view_words(page, "Bell.reminder_words", is_hotline ? "desk.bell.late" : "desk.bell.reminder");
}

/* ---- the filter, as words, as conditions that can be taken away, as a form */

static void show_conditions(struct view *page, const struct request *request, const struct list *list)
{
    const struct filter_vocabulary vocabulary = list_vocabulary(request);
    const struct filter *filter = &list->filter;
    const struct filter none = {.due = FILTER_DUE_ANY};
    size_t row = 0;

    for (enum filter_field field = 0; field < FILTER_FIELD__COUNT; field++) {
        struct filter only = *filter;
        char *line = arena_take(request->arena, FILTER_LINE_BYTES);
        if (!filter_has(filter, field))
            continue;
        for (enum filter_field other = 0; other < FILTER_FIELD__COUNT; other++)
            if (other != field)
                only = filter_without(&only, other);
        only.term_count = 0;
        filter_format(&only, &vocabulary, true, line);
        const struct filter rest = filter_without(filter, field);
        struct view *view = view_row(page, "Conditions", row++);
        view_text(view, "label", line);
        view_text(view, "url", list_url_with(request, list->view, list->query.sort, list->query.limit, &rest));
    }
    for (size_t i = 0; i < filter->term_count; i++) {
        struct filter rest = *filter;
        struct view *view = view_row(page, "Conditions", row++);
        memmove(&rest.terms[i], &rest.terms[i + 1], sizeof rest.terms[0] * (FILTER_TERMS_MAX - 1 - i));
        rest.term_count--;
        view_text(view, "label", filter->terms[i]);
        view_text(view, "url", list_url_with(request, list->view, list->query.sort, list->query.limit, &rest));
    }
    if (row > 0)
        view_text(page, "clear_url", list_url_with(request, list->view, list->query.sort, list->query.limit, &none));
}

struct enum_choices {
    enum filter_field field;
    const char *list, *prefix;
    int64_t first, end;
    const char *(*name)(int64_t value);
};

static const char *state_text(int64_t value) { return ticket_state_name((enum ticket_state)value); }
static const char *zone_text(int64_t value) { return zone_name((enum zone)value); }
static const char *source_text(int64_t value) { return source_name((enum source)value); }
static const char *nature_text(int64_t value) { return nature_name((enum nature)value); }
static const char *grade_text(int64_t value) { return grade_name((enum grade)value); }

static void show_choices(struct view *page, const struct request *request, const struct filter *filter)
{
    static const struct enum_choices enums[] = {
        {FILTER_STATE, "StateChoices", "state", TICKET_REPORTED, TICKET_SEALED, state_text},
        {FILTER_ZONE, "ZoneChoices", "zone", ZONE_INNER, ZONE__COUNT, zone_text},
        {FILTER_SOURCE, "SourceChoices", "source", SOURCE_WEB, SOURCE__COUNT, source_text},
        {FILTER_NATURE, "NatureChoices", "nature", NATURE_REPAIR, NATURE__COUNT, nature_text},
        {FILTER_GRADE, "GradeChoices", "grade", GRADE_URGENT, GRADE__COUNT, grade_text},
    };
    const struct catalog *catalog = &desk_of(request)->catalog;
    const char *any = words_find(request->language, "staff.queue.any");
    size_t row = 0;

    for (size_t i = 0; i < sizeof enums / sizeof enums[0]; i++) {
        desk_choice(page, enums[i].list, 0, -1, any, filter->choice[enums[i].field] == 0);
        for (int64_t value = enums[i].first; value < enums[i].end; value++)
            desk_choice(page, enums[i].list, (size_t)(value - enums[i].first + 1), value,
                        desk_words(request, enums[i].prefix, enums[i].name(value)), filter->choice[enums[i].field] == value);
    }
    desk_choice(page, "CategoryChoices", 0, -1, any, filter->choice[FILTER_CATEGORY] == 0);
    desk_category_choices(page, "CategoryChoices", 1, request, filter->choice[FILTER_CATEGORY]);
    desk_choice(page, "UnitChoices", row++, -1, any, filter->choice[FILTER_UNIT] == 0);
    for (size_t i = 0; i < catalog->unit_count; i++)
        if (catalog->units[i].is_handling)
            desk_choice(page, "UnitChoices", row++, catalog->units[i].id.v, desk_unit_name(request, catalog->units[i].id),
                        catalog->units[i].id.v == filter->choice[FILTER_UNIT]);
}

/* The bounds that are asked for most, and the one in force when it is another. */
static void show_due_choices(struct view *page, const struct request *request, const struct filter *filter)
{
    static const struct filter usual[] = {{.due = FILTER_DUE_LATE},
                                          {.due = FILTER_DUE_WITHIN, .due_seconds = 30 * MINUTE_SECONDS},
                                          {.due = FILTER_DUE_WITHIN, .due_seconds = 2 * HOUR_SECONDS},
                                          {.due = FILTER_DUE_WITHIN, .due_seconds = DAY_SECONDS},
                                          {.due = FILTER_DUE_BEYOND, .due_seconds = DAY_SECONDS}};
    const struct filter_vocabulary vocabulary = list_vocabulary(request);
    bool is_usual = filter->due == FILTER_DUE_ANY;
    size_t row = 1;

    desk_choice(page, "DueChoices", 0, -1, words_find(request->language, "staff.queue.any"), is_usual);
    for (size_t i = 0; i <= sizeof usual / sizeof usual[0]; i++) {
        const bool is_last = i == sizeof usual / sizeof usual[0];
        struct filter only = {.due = is_last ? filter->due : usual[i].due, .due_seconds = is_last ? filter->due_seconds : usual[i].due_seconds};
        const bool is_asked = only.due == filter->due && only.due_seconds == filter->due_seconds;
        char *line = arena_take(request->arena, FILTER_LINE_BYTES);
        if (is_last && is_usual)
            break;
        is_usual = is_usual || is_asked;
        filter_format(&only, &vocabulary, false, line);
        const char *colon = strchr(line, ':');
        struct view *view = view_row(page, "DueChoices", row++);
        view_text(view, "value", colon + 1);
        view_text(view, "label", colon + 1);
        view_flag(view, "is_checked", is_asked);
    }
}

/* Texts of the form: as typed when they were wrong. */
static void show_form(struct view *page, const struct request *request, const struct filter *filter, struct inputs *inputs)
{
    static const char *const fields[] = {"words", "number", "phone", "account"};
    const char *terms = "";

    for (size_t i = 0; i < filter->term_count; i++)
        terms = arena_format(request->arena, "%s%s%s", terms, i == 0 ? "" : " ", filter->terms[i]);
    const char *const values[] = {terms, filter->number, filter->has_phone ? "*" : "", filter->has_account ? "*" : ""};
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        struct view *view = view_child(view_child(page, "Filter"), fields[i]);
        view_text(view, "value", inputs != NULL ? inputs_text(inputs, fields[i]) : values[i]);
        if (inputs != NULL)
            view_text(view, "error", inputs_find(inputs, fields[i])->error);
    }
    view_flag(page, "Filter.is_all_years", filter->choice[FILTER_SCOPE] != 0);
    show_choices(page, request, filter);
    show_due_choices(page, request, filter);
}

static void show_filter(struct view *page, const struct request *request, const struct list *list, struct inputs *inputs)
{
    const struct filter_vocabulary vocabulary = list_vocabulary(request);
    const struct filter *filter = &list->filter;
    char *shown = arena_take(request->arena, FILTER_LINE_BYTES), *held = arena_take(request->arena, FILTER_LINE_BYTES);

    filter_format(filter, &vocabulary, true, shown);
    filter_format(filter, &vocabulary, false, held);
    view_text(page, "Filter.line", list->error != NULL ? list->typed : shown);
    view_text(page, "Filter.error", list->error);
    view_text(page, "Filter.held", held);
    show_form(page, request, inputs != NULL ? &list->form : filter, inputs);
    show_conditions(page, request, list);
}

/* Where a search did not look. */
static void show_scope(struct view *page, const struct request *request, const struct list *list)
{
    const struct filter *filter = &list->filter;
    const struct desk_view *all = desk_view_find(request, "all");
    struct filter years = *filter;

    if (filter->term_count == 0 || all == NULL)
        return;
    years.choice[FILTER_SCOPE] = 1;
    if (list->view->view != TICKET_VIEW_ALL)
        view_text(page, "search_all_url", list_url_with(request, all, TICKET_SORT_DUE, list->query.limit, filter));
    else if (filter->choice[FILTER_SCOPE] == 0 && !filter->has_phone && !filter->has_account && filter->number[0] == '\0')
        view_text(page, "search_years_url", list_url_with(request, all, TICKET_SORT_DUE, list->query.limit, &years));
}

/* ---- rows and pages */

static bool may_dispatch(const struct request *request, enum ticket_state state)
{
    return workflow_permits(ACTION_DISPATCH, state, request->actor.roles, STANDING_NONE, NULL) == VERDICT_OK;
}

static void show_row(struct view *view, const struct request *request, const struct ticket_row *row)
{
    char number[NUMBER_TEXT_BYTES];

    number_format_text(row->number, number);
    view_text(view, "number", row->number);
    view_text(view, "number_text", number);
    view_number(view, "version", row->version);
    desk_countdown(view, "due", request, row->next_due_at);
    if (instant_is_set(row->finish_granted_at)) { /* side by side, wherever it stands (Art. 13) */
        view_instant(view, "original", row->finish_due_at);
        view_instant(view, "granted", row->finish_granted_at);
    }
    if (row->next_kind != CLOCK_NONE)
        view_text(view, "kind", desk_words(request, "kind", clock_kind_name(row->next_kind)));
    view_text(view, "category", desk_category_name(request, row->category));
    view_text(view, "grades", desk_grade_names(request, row->grades));
    view_text(view, "place", row->place_text);
    view_text(view, "unit", desk_unit_name(request, row->unit));
    view_text(view, "state", desk_words(request, "state", ticket_state_name(row->state)));
    view_instant(view, "reported", row->reported_at);
    view_flag(view, "is_escalated", row->is_escalated);
    view_flag(view, "is_escalated_in_unit", row->is_escalated_in_unit);
    view_flag(view, "is_waiting_ops", row->is_waiting_ops);
    view_flag(view, "is_repeat", row->repeat_level > 0);
    view_flag(view, "may_dispatch", may_dispatch(request, row->state));
    if (row->urge_count > 0)
        view_number(view, "urges", row->urge_count);
}

/* How many the whole list has, as far as it is known: -1 when it is not. */
static int total_of(const struct list *list, const struct ticket_page *page, const struct desk_counts *counts)
{
    if (filter_is_empty(&list->filter))
        return counts->views[list->view->view];
    if (list->query.is_backward || list->first == 0)
        return -1;
    return page->is_exact ? list->first - 1 + page->matched : page->has_more && page->matched >= COUNTED_ROWS ? DESK_COUNT_MAX + 1 : -1;
}

static void show_range(struct view *page, const struct request *request, const struct list *list,
                       const struct ticket_page *rows, const struct desk_counts *counts)
{
    const int total = total_of(list, rows, counts);
    const char *values[3] = {arena_format(request->arena, "%d", list->first),
                             arena_format(request->arena, "%d", list->first + (int)rows->count - 1),
                             total < 0 ? "" : count_text(request, total)};

    if (rows->count == 0)
        return;
    if (list->first > 0)
        view_text(page, "range", words_fill(request->arena, request->language, total < 0 ? "desk.range.part" : "desk.range.whole", values, 3));
    else if (total >= 0)
        view_text(page, "range", words_fill(request->arena, request->language, "desk.range.total", &values[2], 1));
}

static void show_pager(struct view *page, const struct request *request, const struct list *list,
                       const struct ticket_page *rows)
{
    const bool is_first = list->query.cursor.id == 0;
    const bool has_next = list->query.is_backward || rows->has_more;
    const bool has_previous = list->query.is_backward ? rows->has_more : !is_first && rows->count > 0;
    const int behind = list->first > 0 ? list->first + (int)rows->count : 0;

    if (!is_first)
        view_text(page, "first_url", list_url(request, list));
    if (has_previous) {
        const struct ticket_cursor cursor = ticket_cursor_of(&rows->rows[0], list->query.sort);
        view_text(page, "prev_url", list_url_at(request, list, &cursor, true, list->first));
    }
    if (has_next && rows->count > 0) {
        const struct ticket_cursor cursor = ticket_cursor_of(&rows->rows[rows->count - 1], list->query.sort);
        view_text(page, "next_url", list_url_at(request, list, &cursor, false, behind));
    }
    if (rows->is_cut)
        view_text(page, "go_on_url", list_url_at(request, list, &rows->reached, list->query.is_backward, 0));
}

static void show_shape(struct view *page, const struct request *request, const struct list *list)
{
    static const int sizes[] = {25, 50, 100};
    const bool has_sort = list->view->view != TICKET_VIEW_ALL && list->view->view != TICKET_VIEW_WAITING_OPS;
    const bool is_due = list->query.sort == TICKET_SORT_DUE;
    const char *url = list_url(request, list);

    view_flag(page, "is_by_due", is_due);
    if (has_sort && !is_due)
        view_text(page, "by_due_url", list_url_with(request, list->view, TICKET_SORT_DUE, list->query.limit, &list->filter));
    if (has_sort && is_due)
        view_text(page, "by_newest_url", list_url_with(request, list->view, TICKET_SORT_NEWEST, list->query.limit, &list->filter));
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct view *view = view_row(page, "Sizes", i);
        view_number(view, "size", sizes[i]);
        view_flag(view, "is_current", sizes[i] == list->query.limit);
        view_text(view, "url", list_url_with(request, list->view, list->query.sort, sizes[i], &list->filter));
    }
    view_text(page, "List.url", url);
    view_text(page, "List.address", url + 1);
    view_text(page, "List.from", response_url_escape(request->arena, url + 1));
    view_text(page, "View.sort", is_due ? "due" : "newest");
    view_number(page, "View.rows", list->query.limit);
}

/* ---- the page */

/* Before the first page there is nothing: then it is shown whole. */
static enum status read_rows(struct request *request, struct list *list, struct ticket_page *page)
{
    struct ticket_query *query = &list->query;
    const int limit = query->limit;

    query->count_limit = filter_is_empty(&list->filter) ? limit : COUNTED_ROWS;
    enum status status = ticket_list_read(desk_of(request)->db, query, request->now, request->arena, page, &request->fault);
    if (status == STATUS_OK && query->is_backward && !page->has_more && !page->is_cut) {
        query->is_backward = false;
        query->cursor = (struct ticket_cursor){INSTANT_NONE, 0};
        list->first = 1;
        return ticket_list_read(desk_of(request)->db, query, request->now, request->arena, page, &request->fault);
    }
    if (status == STATUS_OK && query->is_backward && list->first > 0)
        list->first = list->first > (int)page->count ? list->first - (int)page->count : 0;
    return status;
}

static void show_page(struct view *page, const struct request *request, const struct list *list, struct inputs *inputs,
                      const struct ticket_page *rows, const struct desk_counts *counts)
{
    view_text(page, "Page.title", desk_words(request, "desk.view", list->view->name));
    view_text(page, "View.name", list->view->name);
    view_text(page, "View.label", desk_words(request, "desk.view", list->view->name));
    desk_clock_words(page);
    show_views(page, request, list, counts);
    show_bell(page, request, counts);
    show_filter(page, request, list, inputs);
    show_scope(page, request, list);
    show_shape(page, request, list);
    for (size_t i = 0; i < rows->count; i++)
        show_row(view_row(page, "Rows", i), request, &rows->rows[i]);
    view_flag(page, "may_dispatch", may_dispatch(request, TICKET_REPORTED));
    view_flag(page, "has_desk", workflow_has_desk(request->actor.roles));
    view_flag(page, "is_empty", rows->count == 0);
    view_text(page, "empty", desk_words(request, "desk.page.empty", filter_is_empty(&list->filter) ? list->view->name : "filtered"));
    show_range(page, request, list, rows, counts);
    show_pager(page, request, list, rows);
}

static enum status read_and_show(struct request *request, struct response *response, struct list *list,
                                 struct inputs *inputs, struct live *live)
{
    const bool is_leader = (request->actor.roles & ROLE_BIT(ROLE_GROUP_LEADER)) != 0;
    const bool is_wrong = list->error != NULL || (inputs != NULL && inputs->error_count > 0);
    struct desk_counts counts;
    struct ticket_page rows;
    const char *etag = "";

    enum status status = desk_count(desk_of(request)->db, &list->query, is_leader, request->now, request->arena, &counts, &request->fault);
    if (status == STATUS_OK)
        status = read_rows(request, list, &rows);
    if (status != STATUS_OK)
        return status;
    if (live != NULL) {
        live_add(live, counts.views, sizeof counts.views);
        live_add(live, &counts.newest_undispatched, sizeof counts.newest_undispatched);
        live_add(live, &counts.newest_dispatch, sizeof counts.newest_dispatch);
        live_add(live, &counts.newest_reminder, sizeof counts.newest_reminder);
        live_add_rows(live, rows.rows, rows.count, request->now);
        etag = live_end(request, response, live, &counts);
        if (etag == NULL)
            return STATUS_OK;
    }
    struct view *page = page_begin(request, "ticket/queue");
    show_page(page, request, list, inputs, &rows, &counts);
    view_text(page, "etag", etag);
    view_flag(page, "is_wrong", is_wrong);
    view_flag(page, "is_form_wrong", inputs != NULL);
    return page_end(page, response, is_wrong ? 422 : 200);
}

enum status queue_show(struct request *request, struct response *response, struct list *list, struct inputs *inputs)
{
    return read_and_show(request, response, list, inputs, NULL);
}

enum status ticket_get_queue(struct request *request, struct response *response)
{
    struct list *list = arena_take(request->arena, sizeof *list);
    struct inputs inputs;
    struct live live;
    bool is_answered = false;
    enum status status = inputs_read(request, list_rules, list_rule_count, &inputs);

    if (status == STATUS_OK)
        status = list_read(request, &request->query, list);
    if (status != STATUS_OK)
        return status;
    if (list->error != NULL)
        return queue_show(request, response, list, NULL);
    live_begin(request, response, &live, &is_answered);
    return is_answered ? STATUS_OK : read_and_show(request, response, list, NULL, &live);
}
