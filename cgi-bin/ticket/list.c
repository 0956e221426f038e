#include "ticket/list.h"

#include <string.h>

#include "web/page.h"

#define NEVER_MILLISECONDS INT64_C(253402300799999) /* the store's "never" in an index: 9999-12-31T23:59:59.999Z */
#define FROM_CHARACTERS 1500
#define LINE_CHARACTERS 600

/* ---- views */

/* A name may stand several times: whoever has the roles gets the first. */
static const struct desk_view views[] = {
    {"mine", TICKET_VIEW_UNIT, ROLES_UNIT},
    {"mine", TICKET_VIEW_FIRST, ROLES_HOTLINE},
    {"waiting", TICKET_VIEW_WAITING_OPS, ROLE_BIT(ROLE_OPS)},
    {"waiting", TICKET_VIEW_WAITING_UNIT, ROLES_UNIT},
    {"waiting", TICKET_VIEW_WAITING_LEADER, ROLE_BIT(ROLE_GROUP_LEADER)},
    {"undispatched", TICKET_VIEW_UNDISPATCHED, ROLES_DISPATCH},
    {"call", TICKET_VIEW_FOLLOW_UP, ROLES_HOTLINE},
    {"soon", TICKET_VIEW_SOON, ROLES_DESK},
    {"late", TICKET_VIEW_LATE, ROLES_DESK},
    {"due", TICKET_VIEW_OPEN, ROLES_DESK},
    {"first", TICKET_VIEW_FIRST, ROLES_FIRST},
    {"all", TICKET_VIEW_ALL, ROLES_DESK},
};
#define VIEW_COUNT (sizeof views / sizeof views[0])

static bool has_view(const struct request *request, const struct desk_view *view)
{
    const bool needs_unit = view->view == TICKET_VIEW_UNIT || view->view == TICKET_VIEW_WAITING_UNIT;

    return (request->actor.roles & view->roles) != 0 && (!needs_unit || request->actor.unit.v != 0);
}

const struct desk_view *desk_view_find(const struct request *request, const char *name)
{
    for (size_t i = 0; i < VIEW_COUNT; i++)
        if (text_is_equal(views[i].name, name) && has_view(request, &views[i]))
            return &views[i];
    return NULL;
}

const struct desk_view *desk_view_first(const struct request *request)
{
    const bool is_unit_person = (request->actor.roles & ROLES_UNIT) != 0 && (request->actor.roles & ROLES_HOTLINE) == 0;
    const struct desk_view *own = is_unit_person ? desk_view_find(request, "mine") : NULL;

    if (!workflow_has_desk(request->actor.roles))
        return desk_view_find(request, "first");
    return own != NULL ? own : desk_view_find(request, "due");
}

/* Whose "mine" are the first contacts anyway has no use for them twice. */
static bool is_shown(const struct request *request, const struct desk_view *view)
{
    const struct desk_view *mine = desk_view_find(request, "mine");
    const bool is_same = mine != NULL && mine != view && mine->view == view->view;

    return desk_view_find(request, view->name) == view && !is_same;
}

const struct desk_view *desk_view_next(const struct request *request, const struct desk_view *before)
{
    for (const struct desk_view *view = before == NULL ? views : before + 1; view < views + VIEW_COUNT; view++)
        if (is_shown(request, view))
            return view;
    return NULL;
}

/* ---- reading an address */

const struct input_rule list_rules[] = {
    {"view", INPUT_LINE, false, 1, 20, "staff.error.choice", NULL},
    {"q", INPUT_LINE, false, 1, LINE_CHARACTERS, "staff.error.choice", NULL},
    {"sort", INPUT_LINE, false, 1, 10, "staff.error.choice", NULL},
    {"rows", INPUT_NUMBER, false, 25, 100, "staff.error.choice", NULL},
    {"after", INPUT_LINE, false, 1, 60, "staff.error.choice", NULL},
    {"before", INPUT_LINE, false, 1, 60, "staff.error.choice", NULL},
    {"at", INPUT_NUMBER, false, 1, 100000000, "staff.error.choice", NULL},
};
const size_t list_rule_count = sizeof list_rules / sizeof list_rules[0];

static const char *value_of(const struct form *form, const char *name)
{
    const struct form_item *item = form_find(form, name);

    return item == NULL ? "" : item->value;
}

/* "MS-ID" of a row. */
static bool parse_cursor(struct request *request, const char *text, struct ticket_cursor *cursor)
{
    const char *dash = strchr(text, '-');

    if (dash == NULL)
        return false;
    const char *at = arena_copy(request->arena, text, (size_t)(dash - text));
    if (!text_parse_integer(at, 0, NEVER_MILLISECONDS, &cursor->at.milliseconds) ||
        !text_parse_integer(dash + 1, 1, INT64_MAX, &cursor->id))
        return false;
    if (cursor->at.milliseconds == NEVER_MILLISECONDS)
        cursor->at = INSTANT_NONE;
    return true;
}

static bool read_page(struct request *request, const struct form *form, struct list *list)
{
    const char *after = value_of(form, "after"), *before = value_of(form, "before");
    const char *rows = value_of(form, "rows"), *at = value_of(form, "at");
    int64_t number = LIST_ROWS_USUAL;

    if (rows[0] != '\0' && (!text_parse_integer(rows, 25, 100, &number) || (number != 25 && number != 50 && number != 100)))
        return false;
    list->query.limit = (int)number;
    list->first = after[0] == '\0' && before[0] == '\0' ? 1 : 0;
    if (at[0] != '\0' && text_parse_integer(at, 1, 100000000, &number))
        list->first = (int)number;
    list->query.is_backward = before[0] != '\0';
    if (after[0] != '\0' && before[0] != '\0')
        return false;
    if (after[0] != '\0')
        return parse_cursor(request, after, &list->query.cursor);
    return before[0] == '\0' || parse_cursor(request, before, &list->query.cursor);
}

static void read_words(struct request *request, const char *line, struct list *list)
{
    const struct filter_vocabulary vocabulary = list_vocabulary(request);
    struct filter_clear clear = {.phone = ""};
    struct filter_error error;
    char *tidy = arena_copy_text(request->arena, line);

    text_tidy_line(tidy);
    if (text_has_controls(tidy) || text_count_characters(tidy) > LINE_CHARACTERS)
        list->error = words_find(request->language, "desk.filter.error.unreadable");
    else if (!filter_parse(tidy, &vocabulary, NULL, &list->filter, &clear, &error))
        list->error = list_error_words(request, &error);
    else if (clear.phone[0] != '\0' || clear.account[0] != '\0')
        list->error = words_find(request->language, "desk.filter.error.in_address");
    if (list->error == NULL)
        return;
    /* A telephone that somebody put into an address is not repeated on the page. */
    list->typed = clear.phone[0] != '\0' || clear.account[0] != '\0' ? "" : tidy;
    memset(&list->filter, 0, sizeof list->filter);
}

enum status list_read_shape(struct request *request, const struct form *form, struct list *list)
{
    const char *sort = value_of(form, "sort");
    const bool is_hotline = (request->actor.roles & ROLES_HOTLINE) != 0;

    memset(list, 0, sizeof *list);
    list->view = desk_view_find(request, value_of(form, "view"));
    if (list->view == NULL)
        list->view = desk_view_first(request);
    if (list->view == NULL || (sort[0] != '\0' && !text_is_equal(sort, "due") && !text_is_equal(sort, "newest")))
        return STATUS_INVALID;
    list->query = (struct ticket_query){
        .view = list->view->view,
        .sort = text_is_equal(sort, "newest") ? TICKET_SORT_NEWEST : TICKET_SORT_DUE,
        .filter = &list->filter,
        .unit = request->actor.unit,
        .staff = request->actor.staff,
        .listener = is_hotline ? 1 << AUDIENCE_OPS : 1 << AUDIENCE_LIAISON | 1 << AUDIENCE_UNIT_LEADER,
        .listener_unit = {is_hotline ? 0 : request->actor.unit.v},
        .soon_seconds = desk_of(request)->catalog.policies[POLICY_SOON_MINUTES] * MINUTE_SECONDS,
        .cursor = {INSTANT_NONE, 0},
    };
    if (list->view->view == TICKET_VIEW_ALL)
        list->query.sort = TICKET_SORT_NEWEST;
    if (list->view->view == TICKET_VIEW_WAITING_OPS)
        list->query.sort = TICKET_SORT_DUE;
    return read_page(request, form, list) ? STATUS_OK : STATUS_INVALID;
}

enum status list_read(struct request *request, const struct form *form, struct list *list)
{
    const enum status status = list_read_shape(request, form, list);
    const char *line = value_of(form, "q");

    if (status == STATUS_OK && line[0] != '\0')
        read_words(request, line, list);
    return status;
}

/* ---- writing an address */

static const char *sort_name(enum ticket_sort sort) { return sort == TICKET_SORT_DUE ? "due" : "newest"; }

const char *list_url_with(const struct request *request, const struct desk_view *view, enum ticket_sort sort, int rows,
                          const struct filter *filter)
{
    struct arena *arena = request->arena;
    const char *url = arena_format(arena, "?view=%s", view->name);

    if (!filter_is_empty(filter)) {
        const struct filter_vocabulary vocabulary = list_vocabulary(request);
        char *line = arena_take(arena, FILTER_LINE_BYTES);
        filter_format(filter, &vocabulary, false, line);
        url = arena_format(arena, "%s&q=%s", url, response_url_escape(arena, line));
    }
    if (sort != TICKET_SORT_DUE && view->view != TICKET_VIEW_ALL)
        url = arena_format(arena, "%s&sort=%s", url, sort_name(sort));
    return rows == LIST_ROWS_USUAL ? url : arena_format(arena, "%s&rows=%d", url, rows);
}

const char *list_url(const struct request *request, const struct list *list)
{
    return list_url_with(request, list->view, list->query.sort, list->query.limit, &list->filter);
}

const char *list_url_at(const struct request *request, const struct list *list, const struct ticket_cursor *cursor,
                        bool is_backward, int first)
{
    const int64_t at = instant_is_set(cursor->at) ? cursor->at.milliseconds : NEVER_MILLISECONDS;
    const char *url = arena_format(request->arena, "%s&%s=%lld-%lld", list_url(request, list),
                                   is_backward ? "before" : "after", (long long)at, (long long)cursor->id);

    return first > 0 ? arena_format(request->arena, "%s&at=%d", url, first) : url;
}

/* ---- from a ticket back to its list */

bool list_read_from(struct request *request, const char *from, struct list *list)
{
    struct form *form = arena_take(request->arena, sizeof *form);

    if (from[0] == '\0' || strlen(from) > FROM_CHARACTERS)
        return false;
    form_init(form);
    if (form_parse_query(form, request->arena, from, strlen(from)) != FORM_OK)
        return false;
    for (size_t i = 0; i < form->count; i++) {
        bool is_known = false;
        for (size_t j = 0; j < list_rule_count; j++)
            is_known = is_known || text_is_equal(form->items[i].name, list_rules[j].name);
        if (!is_known || form_count(form, form->items[i].name) > 1)
            return false;
    }
    return form_find(form, "view") != NULL && list_read(request, form, list) == STATUS_OK && list->error == NULL;
}

static const char *from_of(const struct request *request)
{
    const struct form_item *item = form_find(&request->query, "from");

    return item == NULL ? "" : item->value;
}

const char *list_from_suffix(const struct request *request, char separator)
{
    const char *from = from_of(request);

    if (from[0] == '\0' || strlen(from) > FROM_CHARACTERS)
        return "";
    return arena_format(request->arena, "%cfrom=%s", separator, response_url_escape(request->arena, from));
}

static enum status find_neighbour(struct request *request, const struct list *list, const struct ticket_file *file,
                                  bool is_backward, const char **number)
{
    struct ticket_query query = list->query;
    struct ticket_page page;
    const bool is_due = query.sort == TICKET_SORT_DUE;

    query.limit = query.count_limit = 1;
    query.is_backward = is_backward;
    query.cursor = (struct ticket_cursor){is_due ? ticket_next_due(&file->ticket) : file->ticket.reported_at, file->ticket.id.v};
    const enum status status = ticket_list_read(desk_of(request)->db, &query, request->now, request->arena, &page, &request->fault);
    *number = status == STATUS_OK && page.count > 0 ? page.rows[0].number : NULL;
    return status;
}

enum status list_neighbours(struct request *request, struct view *page, const struct ticket_file *file)
{
    struct list *list = arena_take(request->arena, sizeof *list);
    const char *numbers[2] = {NULL, NULL};
    enum status status = STATUS_OK;

    if (!list_read_from(request, from_of(request), list))
        return STATUS_OK;
    for (int i = 0; status == STATUS_OK && i < 2; i++)
        status = find_neighbour(request, list, file, i == 0, &numbers[i]);
    if (status != STATUS_OK)
        return status;
    struct view *view = view_child(page, "List");
    const char *url = list_url(request, list);
    view_text(view, "url", url);
    view_text(view, "from", response_url_escape(request->arena, url + 1));
    view_text(view, "label", desk_words(request, "desk.view", list->view->name));
    view_text(view, "prev", numbers[0]);
    view_text(view, "next", numbers[1]);
    return STATUS_OK;
}
