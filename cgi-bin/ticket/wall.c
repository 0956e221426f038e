/*
 * The shift leader's screen on a wall, read from three metres: how much waits, what waits longest, what is due next, and whether
 * today's promises are kept. It refreshes itself as a whole, since nobody's hand is on it.
 */
#include "store/figure_store.h"
#include "ticket/list.h"
#include "ticket/live.h"
#include "web/page.h"

#define WALL_ROWS 8

struct wall {
    struct desk_counts counts;
    struct ticket_page urgent;             /* what is due next, or late longest */
    struct ticket_page oldest_undispatched; /* one row, or none */
    struct ticket_page oldest_open;
    int64_t kept, missed;                  /* of the promises due today */
};

/* ---- reading */

/* The oldest report of a view: its list by newest, read from the far end. */
static enum status read_oldest(struct request *request, struct ticket_query query, enum ticket_view view, struct ticket_page *page)
{
    query.view = view;
    query.sort = TICKET_SORT_NEWEST;
    query.is_backward = true;
    query.cursor = (struct ticket_cursor){{0}, 1};
    query.limit = query.count_limit = 1;
    return ticket_list_read(desk_of(request)->db, &query, request->now, request->arena, page, &request->fault);
}

static enum status read_wall(struct request *request, struct list *list, struct wall *wall)
{
    struct db *db = desk_of(request)->db;
    struct ticket_query *query = &list->query;
    const bool is_leader = (request->actor.roles & ROLE_BIT(ROLE_GROUP_LEADER)) != 0;
    const struct day today = day_of(request->now, request->app->settings.utc_offset_minutes);

    query->view = TICKET_VIEW_OPEN;
    query->sort = TICKET_SORT_DUE;
    query->limit = query->count_limit = WALL_ROWS;
    enum status status = desk_count(db, query, is_leader, request->now, request->arena, &wall->counts, &request->fault);
    if (status == STATUS_OK)
        status = ticket_list_read(db, query, request->now, request->arena, &wall->urgent, &request->fault);
    if (status == STATUS_OK)
        status = read_oldest(request, *query, TICKET_VIEW_UNDISPATCHED, &wall->oldest_undispatched);
    if (status == STATUS_OK)
        status = read_oldest(request, *query, TICKET_VIEW_OPEN, &wall->oldest_open);
    if (status == STATUS_OK)
        status = figure_store_day(db, today, request->arena, &wall->kept, &wall->missed, &request->fault);
    return status;
}

static void add_shown(struct live *live, const struct wall *wall, struct instant now)
{
    const int64_t promises[] = {wall->kept, wall->missed};

    live_add(live, wall->counts.views, sizeof wall->counts.views);
    live_add(live, promises, sizeof promises);
    live_add_rows(live, wall->urgent.rows, wall->urgent.count, now);
    live_add_rows(live, wall->oldest_undispatched.rows, wall->oldest_undispatched.count, now);
    live_add_rows(live, wall->oldest_open.rows, wall->oldest_open.count, now);
}

/* ---- showing */

static void show_number(struct view *page, const struct request *request, size_t index, const char *view_name, int count)
{
    struct view *view = view_row(page, "Numbers", index);

    view_text(view, "view", view_name);
    view_text(view, "label", desk_words(request, "desk.view", view_name));
    view_text(view, "count", count > DESK_COUNT_MAX ? arena_format(request->arena, "%d+", DESK_COUNT_MAX)
                                                    : arena_format(request->arena, "%d", count));
    view_flag(view, "is_some", count > 0);
}

static void show_ticket_row(struct view *view, const struct request *request, const struct ticket_row *row)
{
    char number[NUMBER_TEXT_BYTES];

    number_format_text(row->number, number);
    view_text(view, "number", row->number);
    view_text(view, "number_text", number);
    view_text(view, "place", row->place_text);
    view_text(view, "category", desk_category_name(request, row->category));
    view_text(view, "unit", desk_unit_name(request, row->unit));
    view_text(view, "state", desk_words(request, "state", ticket_state_name(row->state)));
    view_instant(view, "reported", row->reported_at);
    desk_countdown(view, "due", request, row->next_due_at);
}

static void show_oldest(struct view *page, const char *name, const struct request *request, const struct ticket_page *oldest)
{
    if (oldest->count > 0)
        show_ticket_row(view_child(page, name), request, &oldest->rows[0]);
}

/* Rounded down: one missed promise is never 100 %. */
static void show_promises(struct view *page, const struct wall *wall)
{
    const int64_t total = wall->kept + wall->missed;

    view_number(page, "Today.kept", wall->kept);
    view_number(page, "Today.total", total);
    if (total > 0)
        view_number(page, "Today.percent", wall->kept * 100 / total);
}

enum status ticket_get_wall(struct request *request, struct response *response)
{
    struct list *list = arena_take(request->arena, sizeof *list);
    struct wall *wall = arena_take(request->arena, sizeof *wall);
    struct inputs inputs;
    struct live live;
    bool is_answered = false;
    enum status status = inputs_read(request, NULL, 0, &inputs);

    if (status == STATUS_OK)
        status = list_read_shape(request, &request->query, list);
    if (status != STATUS_OK)
        return status;
    live_begin(request, response, &live, &is_answered);
    if (is_answered)
        return STATUS_OK;
    status = read_wall(request, list, wall);
    if (status != STATUS_OK)
        return status;
    add_shown(&live, wall, request->now);
    const char *etag = live_end(request, response, &live, &wall->counts);
    if (etag == NULL)
        return STATUS_OK;
    struct view *page = page_begin(request, "ticket/wall");
    view_words(page, "Page.title", "desk.wall.title");
    view_text(page, "etag", etag);
    desk_clock_words(page);
    show_number(page, request, 0, "undispatched", wall->counts.views[TICKET_VIEW_UNDISPATCHED]);
    show_number(page, request, 1, "soon", wall->counts.views[TICKET_VIEW_SOON]);
    show_number(page, request, 2, "late", wall->counts.views[TICKET_VIEW_LATE]);
    show_promises(page, wall);
    show_oldest(page, "OldestUndispatched", request, &wall->oldest_undispatched);
    show_oldest(page, "OldestOpen", request, &wall->oldest_open);
    for (size_t i = 0; i < wall->urgent.count; i++)
        show_ticket_row(view_row(page, "Rows", i), request, &wall->urgent.rows[i]);
    return page_end(page, response, 200);
}
