/* The list: views with their counts, filters in one URL, keyset pages, and a validator for the script that refreshes it. */
#include <string.h>

#include "store/person.h"
#include "ticket/desk.h"
#include "web/page.h"

#define ROWS_PER_PAGE 50
#define COUNT_MOST 1000
#define HASH_HEX (2 * HASH_BYTES)
#define NEVER_MILLISECONDS INT64_C(253402300799999) /* the store's "never" in an index: 9999-12-31T23:59:59.999Z */

/* A view, and who has a use for it. */
struct desk_view {
    enum ticket_view view;
    const char *name;
    uint32_t roles;
};

static const struct desk_view views[] = {
    {TICKET_VIEW_DUE, "due", ROLES_DESK},
    {TICKET_VIEW_LATE, "late", ROLES_DESK},
    {TICKET_VIEW_UNDISPATCHED, "undispatched", ROLES_HOTLINE | ROLE_BIT(ROLE_GROUP_LEADER)},
    {TICKET_VIEW_UNIT, "unit", ROLES_UNIT},
    {TICKET_VIEW_WAITING_OPS, "ops", ROLES_HOTLINE | ROLE_BIT(ROLE_GROUP_LEADER)},
    {TICKET_VIEW_FIRST, "first", ROLES_DESK},
    {TICKET_VIEW_ALL, "all", ROLES_DESK},
    {TICKET_VIEW_PHONE, "phone", ROLES_DESK},
};
#define VIEW_COUNT (sizeof views / sizeof views[0])

static const struct input_rule query_rules[] = {
    {"view", INPUT_LINE, false, 1, 20, "staff.error.choice", NULL},
    {"unit", INPUT_NUMBER, false, 1, INT32_MAX, "staff.error.choice", NULL},
    {"category", INPUT_NUMBER, false, 1, INT32_MAX, "staff.error.choice", NULL},
    {"zone", INPUT_NUMBER, false, ZONE_INNER, ZONE_OUTER, "staff.error.choice", NULL},
    {"state", INPUT_NUMBER, false, TICKET_REPORTED, TICKET_WITHDRAWN, "staff.error.choice", NULL},
    {"phone", INPUT_LINE, false, HASH_HEX, HASH_HEX, "staff.error.choice", NULL},
    {"after", INPUT_LINE, false, 1, 60, "staff.error.choice", NULL},
};
#define QUERY_RULE_COUNT (sizeof query_rules / sizeof query_rules[0])

static bool may_see(const struct request *request, const struct desk_view *view)
{
    return (request->actor.roles & view->roles) != 0 &&
           (view->view != TICKET_VIEW_UNIT || request->actor.unit.v != 0);
}

/* The view asked for, or the one that this person starts the day with. */
static const struct desk_view *choose_view(const struct request *request, const char *name)
{
    const bool is_unit_person = (request->actor.roles & ROLES_UNIT) != 0 && (request->actor.roles & ROLES_HOTLINE) == 0;

    for (size_t i = 0; i < VIEW_COUNT; i++)
        if (text_is_equal(views[i].name, name) && may_see(request, &views[i]))
            return &views[i];
    return is_unit_person && request->actor.unit.v != 0 ? &views[3] : &views[0];
}

static bool is_by_report(enum ticket_view view) { return view == TICKET_VIEW_ALL || view == TICKET_VIEW_PHONE; }

/* "MS-ID" of the last row of the page before. */
static bool parse_cursor(struct request *request, const char *text, struct ticket_filter *filter)
{
    const char *dash = strchr(text, '-');

    if (dash == NULL)
        return false;
    const char *at = arena_copy(request->arena, text, (size_t)(dash - text));
    return text_parse_integer(at, 0, NEVER_MILLISECONDS, &filter->after_at.milliseconds) &&
           text_parse_integer(dash + 1, 1, INT64_MAX, &filter->after_id);
}

static const char *cursor_of(const struct request *request, const struct ticket_row *row, enum ticket_view view)
{
    const struct instant at = is_by_report(view) ? row->reported_at : row->next_due_at;

    return arena_format(request->arena, "%lld-%lld",
                        (long long)(instant_is_set(at) ? at.milliseconds : NEVER_MILLISECONDS), (long long)row->id.v);
}

static bool make_filter(struct request *request, struct inputs *inputs, const struct desk_view *view,
                        struct ticket_filter *filter)
{
    memset(filter, 0, sizeof *filter);
    filter->view = view->view;
    filter->after_at = INSTANT_NONE;
    filter->limit = ROWS_PER_PAGE;
    filter->unit.v = (int32_t)inputs_number(inputs, "unit", 0);
    if (view->view == TICKET_VIEW_UNIT)
        filter->unit = request->actor.unit;
    filter->category.v = (int32_t)inputs_number(inputs, "category", 0);
    filter->zone = (enum zone)inputs_number(inputs, "zone", ZONE_UNKNOWN);
    filter->state = (int)inputs_number(inputs, "state", 0);
    filter->first_receiver = request->actor.staff;
    if (view->view == TICKET_VIEW_PHONE && !text_parse_hex(inputs_text(inputs, "phone"), filter->phone_hash.bytes, HASH_BYTES))
        return false;
    const char *after = inputs_text(inputs, "after");
    return after[0] == '\0' || parse_cursor(request, after, filter);
}

/* ---- the URL of a list, so that every link keeps what the others chose */

static const char *list_url(const struct request *request, struct inputs *inputs, const char *view, const char *after)
{
    static const char *const kept[] = {"unit", "category", "zone", "state", "phone"};
    const char *url = arena_format(request->arena, "?view=%s", view);

    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++) {
        const struct input *input = inputs_find(inputs, kept[i]);
        const bool is_phone_elsewhere = text_is_equal(kept[i], "phone") && !text_is_equal(view, "phone");
        if (input->is_set && input->error == NULL && !is_phone_elsewhere)
            url = arena_format(request->arena, "%s&%s=%s", url, kept[i],
                               response_url_escape(request->arena, input->text));
    }
    return after == NULL ? url : arena_format(request->arena, "%s&after=%s", url, after);
}

/* ---- showing */

static void show_views(struct view *page, struct request *request, struct inputs *inputs,
                       const struct desk_view *current, const int counts[TICKET_VIEW__COUNT])
{
    size_t row = 0;

    for (size_t i = 0; i < VIEW_COUNT; i++) {
        const bool is_current = &views[i] == current;
        if (!may_see(request, &views[i]) || (views[i].view == TICKET_VIEW_PHONE && !is_current))
            continue;
        struct view *view = view_row(page, "Views", row++);
        view_text(view, "name", views[i].name);
        view_text(view, "label", desk_words(request, "staff.view", views[i].name));
        view_text(view, "url", list_url(request, inputs, views[i].name, NULL));
        view_flag(view, "is_current", is_current);
        if (views[i].view == TICKET_VIEW_PHONE)
            continue;
        const int count = counts[views[i].view];
        view_text(view, "count", count > COUNT_MOST ? arena_format(request->arena, "%d+", COUNT_MOST)
                                                    : arena_format(request->arena, "%d", count));
    }
}

static void show_filters(struct view *page, struct request *request, const struct ticket_filter *filter)
{
    const struct catalog *catalog = &desk_of(request)->catalog;
    const char *any = words_find(request->language, "staff.queue.any");
    size_t row = 0;

    desk_choice(page, "UnitChoices", row++, -1, any, filter->unit.v == 0);
    for (size_t i = 0; i < catalog->unit_count; i++)
        if (catalog->units[i].is_handling)
            desk_choice(page, "UnitChoices", row++, catalog->units[i].id.v,
                        desk_unit_name(request, catalog->units[i].id), catalog->units[i].id.v == filter->unit.v);
    desk_choice(page, "CategoryChoices", 0, -1, any, filter->category.v == 0);
    desk_category_choices(page, "CategoryChoices", 1, request, filter->category.v);
    row = 0;
    desk_choice(page, "ZoneChoices", row++, -1, any, filter->zone == ZONE_UNKNOWN);
    for (enum zone zone = ZONE_INNER; zone < ZONE__COUNT; zone++)
        desk_choice(page, "ZoneChoices", row++, (int64_t)zone, desk_words(request, "zone", zone_name(zone)),
                    zone == filter->zone);
    row = 0;
    desk_choice(page, "StateChoices", row++, -1, any, filter->state == 0);
    for (enum ticket_state state = TICKET_REPORTED; state <= TICKET_WITHDRAWN; state++)
        desk_choice(page, "StateChoices", row++, (int64_t)state, desk_words(request, "state", ticket_state_name(state)),
                    (int)state == filter->state);
    view_flag(page, "has_filter",
              (filter->unit.v != 0 && filter->view != TICKET_VIEW_UNIT) || filter->category.v != 0 ||
                  filter->zone != ZONE_UNKNOWN || filter->state != 0);
    view_flag(page, "is_unit_view", filter->view == TICKET_VIEW_UNIT);
}

static void show_row(struct view *view, struct request *request, const struct ticket_row *row)
{
    char number[NUMBER_TEXT_BYTES];

    number_format_text(row->number, number);
    view_text(view, "number", row->number);
    view_text(view, "number_text", number);
    view_number(view, "version", row->version);
    desk_countdown(view, "due", request, row->next_due_at);
    if (row->next_kind != CLOCK_NONE)
        view_text(view, "kind", desk_words(request, "kind", clock_kind_name(row->next_kind)));
    view_text(view, "category", desk_category_name(request, row->category));
    view_text(view, "grades", desk_grade_names(request, row->grades));
    view_text(view, "place", row->place_text);
    view_text(view, "unit", desk_unit_name(request, row->unit));
    view_text(view, "state", desk_words(request, "state", ticket_state_name(row->state)));
    view_instant(view, "reported", row->reported_at);
    view_flag(view, "is_escalated", row->is_escalated);
    view_flag(view, "is_waiting_ops", row->is_waiting_ops);
    view_flag(view, "is_repeat", row->repeat_level > 0);
    if (row->urge_count > 0)
        view_number(view, "urges", row->urge_count);
}

/* ---- the validator: over what is shown, not over the ticking text */

struct mixer {
    struct hash hash;
};

static void mix(struct mixer *mixer, const void *data, size_t length)
{
    const struct bytes pieces[] = {{mixer->hash.bytes, HASH_BYTES}, {data, length}};

    mixer->hash = crypto_hash_pieces(pieces, 2);
}

static const char *validator(const struct request *request, const char *url, const struct ticket_row *rows,
                             size_t count, const int counts[TICKET_VIEW__COUNT])
{
    struct mixer mixer;
    const int64_t who[] = {request->actor.staff.v, (int64_t)request->actor.roles, (int64_t)request->language,
                           request->is_elder, desk_of(request)->catalog.version};
    char hex[33];

    memset(&mixer, 0, sizeof mixer);
    mix(&mixer, who, sizeof who);
    mix(&mixer, url, strlen(url));
    mix(&mixer, counts, sizeof(int) * TICKET_VIEW__COUNT);
    for (size_t i = 0; i < count; i++) {
        const bool is_late = instant_is_set(rows[i].next_due_at) && instant_is_before(rows[i].next_due_at, request->now);
        const int64_t row[] = {rows[i].id.v, rows[i].version, rows[i].next_due_at.milliseconds, is_late};
        mix(&mixer, row, sizeof row);
    }
    text_format_hex(mixer.hash.bytes, 16, hex);
    return arena_format(request->arena, "W/\"%s\"", hex);
}

/* ---- handlers */

static enum status show_queue(struct request *request, struct response *response, struct inputs *inputs,
                              const char *find_error, const char *found_text)
{
    struct desk *desk = desk_of(request);
    const struct desk_view *current = choose_view(request, inputs_text(inputs, "view"));
    struct ticket_filter filter;
    struct ticket_row *rows;
    size_t count;
    int counts[TICKET_VIEW__COUNT] = {0};

    if (!make_filter(request, inputs, current, &filter))
        return STATUS_INVALID;
    enum status status =
        ticket_store_list(desk->db, &filter, request->now, request->arena, &rows, &count, &request->fault);
    if (status == STATUS_OK)
        status = ticket_store_counts(desk->db, request->actor.unit, request->actor.staff, request->now, request->arena,
                                     counts, &request->fault);
    if (status != STATUS_OK)
        return status;
    struct view *page = page_begin(request, "ticket/queue");
    const size_t shown = count > ROWS_PER_PAGE ? ROWS_PER_PAGE : count;
    const char *url = list_url(request, inputs, current->name, inputs_text(inputs, "after"));

    view_text(page, "Page.title", desk_words(request, "staff.view", current->name));
    view_text(page, "View.name", current->name);
    view_text(page, "View.label", desk_words(request, "staff.view", current->name));
    view_text(page, "View.phone", inputs_text(inputs, "phone"));
    desk_clock_words(page);
    show_views(page, request, inputs, current, counts);
    show_filters(page, request, &filter);
    for (size_t i = 0; i < shown; i++)
        show_row(view_row(page, "Rows", i), request, &rows[i]);
    view_flag(page, "is_empty", shown == 0);
    if (inputs_find(inputs, "after")->is_set)
        view_text(page, "first_url", list_url(request, inputs, current->name, NULL));
    if (count > ROWS_PER_PAGE)
        view_text(page, "next_url",
                  list_url(request, inputs, current->name, cursor_of(request, &rows[shown - 1], current->view)));
    view_text(page, "Find.error", find_error);
    view_text(page, "Find.value", found_text);
    if (find_error == NULL) {
        response->wants_etag = true;
        response_header(response, "ETag", validator(request, url, rows, shown, counts));
    }
    return page_end(page, response, find_error == NULL ? 200 : 422);
}

enum status ticket_get_queue(struct request *request, struct response *response)
{
    struct inputs inputs;
    enum status status = inputs_read(request, query_rules, QUERY_RULE_COUNT, &inputs);

    if (status != STATUS_OK)
        return status;
    /* A filter that cannot be meant is left out rather than answered with an empty list. */
    return show_queue(request, response, &inputs, NULL, NULL);
}

/* The list under the search box, for when what was typed cannot be found. */
static enum status show_find_error(struct request *request, struct response *response, const char *typed)
{
    struct inputs inputs = {.request = request, .count = QUERY_RULE_COUNT};

    for (size_t i = 0; i < QUERY_RULE_COUNT; i++)
        inputs.items[i] = (struct input){.rule = &query_rules[i], .text = "", .at = INSTANT_NONE};
    return show_queue(request, response, &inputs, words_find(request->language, "staff.error.find"), typed);
}

/* A number opens its ticket; a phone becomes a keyed hash before it gets into any URL. */
enum status ticket_post_find(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {{"q", INPUT_DIGITS, true, 1, 60, "staff.error.find", NULL}};
    struct inputs inputs;
    char number[NUMBER_BYTES], phone[PHONE_BYTES], hex[HASH_HEX + 1];
    enum status status = inputs_read(request, rules, 1, &inputs);

    if (status != STATUS_OK)
        return status;
    const char *typed = inputs_text(&inputs, "q");
    if (inputs.error_count == 0 && number_parse(typed, number))
        return response_redirect(request, response, "/staff/ticket/%s", number);
    if (inputs.error_count > 0 || !phone_parse(typed, phone))
        return show_find_error(request, response, typed);
    const struct hash hash = person_lookup_hash(&request->app->secrets, "phone", phone);
    text_format_hex(hash.bytes, HASH_BYTES, hex);
    return response_redirect(request, response, "/staff/ticket/?view=phone&phone=%s", hex);
}
