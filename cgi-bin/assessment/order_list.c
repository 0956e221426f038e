/* Lists of rectification orders. */
#include "assessment/assessment.h"

#define WORDS_SHOWN 40 /* characters of an order's words in a list */

static const char *state_colour(const struct request *request, const struct order_row *row)
{
    switch (row->state) {
    case ORDER_GIVEN:
        return instant_is_before(row->due_at, request->now) ? "bad" : "warn";
    case ORDER_ANSWERED:
        return "info";
    case ORDER_PASSED:
        return "ok";
    case ORDER_WITHDRAWN:
    case ORDER_STATE_NONE:
    case ORDER_STATE__COUNT:
        break;
    }
    return "info";
}

/* The beginning of a text, cut at a character. */
static const char *beginning(const struct request *request, const char *words)
{
    const size_t length = text_prefix_bytes(words, WORDS_SHOWN);

    if (words[length] == '\0')
        return words;
    return arena_format(request->arena, "%.*s…", (int)length, words);
}

void order_show_rows(struct view *page, const char *name, const struct request *request, const struct order_row *rows,
                     size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct order_row *row = &rows[i];
        struct view *view = view_row(page, name, i);
        char number[NUMBER_TEXT_BYTES];
        view_number(view, "id", row->id.v);
        view_text(view, "state", assessment_words(request, "order.state", order_state_name(row->state)));
        view_text(view, "colour", state_colour(request, row));
        view_text(view, "unit", assessment_unit_name(request, row->unit));
        view_text(view, "reason", assessment_words_number(request, "order.reason", row->reason));
        view_text(view, "words", beginning(request, row->words));
        view_instant(view, "given", row->given_at);
        view_instant(view, "due", row->due_at);
        view_instant(view, "granted", row->granted_due_at);
        view_flag(view, "is_late", row->state == ORDER_GIVEN && instant_is_before(row->due_at, request->now));
        if (row->refusals > 0)
            view_number(view, "refusals", row->refusals);
        if (row->ticket_number[0] == '\0')
            continue;
        number_format_text(row->ticket_number, number);
        view_text(view, "ticket", row->ticket_number);
        view_text(view, "ticket_text", number);
    }
}

/* The views of the list: which states each holds. */
static const struct {
    const char *name;
    enum order_state from, to;
} views[] = {
    {"open", ORDER_GIVEN, ORDER_ANSWERED},
    {"check", ORDER_ANSWERED, ORDER_ANSWERED},
    {"all", ORDER_GIVEN, ORDER_WITHDRAWN},
};
#define VIEW_COUNT (sizeof views / sizeof views[0])

enum status assessment_get_orders(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {
        {"view", INPUT_LINE, false, 1, 10, "staff.error.choice", NULL},
        {"before", INPUT_NUMBER, false, 1, INT64_MAX, "staff.error.choice", NULL},
    };
    struct inputs inputs;
    struct order_row *rows;
    size_t count, current = 0;
    enum status status = inputs_read(request, rules, sizeof rules / sizeof rules[0], &inputs);

    if (status != STATUS_OK)
        return status;
    if (inputs.error_count > 0)
        return STATUS_INVALID;
    for (size_t i = 0; i < VIEW_COUNT; i++)
        if (text_is_equal(inputs_text(&inputs, "view"), views[i].name))
            current = i;
    const struct order_filter filter = {
        .unit = {assessment_sees_all(request) ? 0 : request->actor.unit.v},
        .from = views[current].from, .to = views[current].to,
        .before = inputs_number(&inputs, "before", 0), .limit = ROWS_PER_PAGE + 1,
    };
    if (!assessment_sees_all(request) && filter.unit.v == 0)
        return STATUS_REFUSED;
    status = order_store_list(assessment_of(request)->db, &filter, request->arena, &rows, &count, &request->fault);
    if (status != STATUS_OK)
        return status;
    const size_t shown = count > ROWS_PER_PAGE ? ROWS_PER_PAGE : count;
    struct view *page = page_begin(request, "assessment/orders");
    view_words(page, "Page.title", "order.title");
    view_text(page, "View.name", views[current].name);
    for (size_t i = 0; i < VIEW_COUNT; i++) {
        struct view *view = view_row(page, "Views", i);
        view_text(view, "name", views[i].name);
        view_text(view, "label", assessment_words(request, "order.view", views[i].name));
        view_flag(view, "is_current", i == current);
    }
    view_flag(page, "may_give", order_permits(ORDER_GIVE, ORDER_STATE_NONE, request->actor.roles, false, NULL) == VERDICT_OK);
    order_show_rows(page, "Orders", request, rows, shown);
    if (count > ROWS_PER_PAGE)
        view_number(page, "next", rows[shown - 1].id.v);
    return page_end(page, response, 200);
}
