/* Circulars of criticism (通报批评, Art. 10): list, page, withdrawal. */
#include "assessment/assessment.h"

static const char *number_words(const struct request *request, const struct circular *circular)
{
    const char *values[] = {arena_format(request->arena, "%d", circular->year),
                            arena_format(request->arena, "%d", circular->no)};

    return words_fill(request->arena, request->language, "circular.number", values, 2);
}

/* The day of publication as a document bears it. */
static const char *date_words(const struct request *request, const struct circular *circular)
{
    const struct civil civil = civil_from_instant(circular->published_at, request->app->settings.utc_offset_minutes);
    const char *values[] = {arena_format(request->arena, "%d", civil.year), arena_format(request->arena, "%d", civil.month),
                            arena_format(request->arena, "%d", civil.day)};

    return words_fill(request->arena, request->language, "circular.date", values, 3);
}

static void show_circular(struct view *view, const struct request *request, const struct circular *circular)
{
    view_number(view, "id", circular->id);
    view_text(view, "number", number_words(request, circular));
    view_text(view, "title", circular->title);
    view_text(view, "unit", assessment_unit_name(request, circular->unit));
    view_instant(view, "published", circular->published_at);
    view_instant(view, "withdrawn", circular->withdrawn_at);
}

void circular_show_rows(struct view *page, const char *name, const struct request *request,
                        const struct circular *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        show_circular(view_row(page, name, i), request, &rows[i]);
}

enum status assessment_get_circulars(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {{"before", INPUT_NUMBER, false, 1, INT32_MAX, "staff.error.choice", NULL}};
    struct inputs inputs;
    struct circular *rows;
    size_t count;
    enum status status = inputs_read(request, rules, 1, &inputs);

    if (status != STATUS_OK)
        return status;
    if (inputs.error_count > 0)
        return STATUS_INVALID;
    status = circular_store_list(assessment_of(request)->db, (int32_t)inputs_number(&inputs, "before", 0),
                                 ROWS_PER_PAGE + 1, request->arena, &rows, &count, &request->fault);
    if (status != STATUS_OK)
        return status;
    const size_t shown = count > ROWS_PER_PAGE ? ROWS_PER_PAGE : count;
    struct view *page = page_begin(request, "assessment/circulars");
    view_words(page, "Page.title", "circular.title");
    view_flag(page, "may_publish", actor_has(&request->actor, ROLE_OPS));
    circular_show_rows(page, "Circulars", request, rows, shown);
    if (count > ROWS_PER_PAGE)
        view_number(page, "next", rows[shown - 1].id);
    return page_end(page, response, 200);
}

static enum status load(struct request *request, struct circular *circular)
{
    int64_t id;

    if (!text_parse_integer(request->part[0], 1, INT32_MAX, &id))
        return STATUS_ABSENT;
    return circular_store_find(assessment_of(request)->db, (int32_t)id, request->arena, circular, &request->fault);
}

static void show_reasons(struct view *page, const struct request *request, const struct circular *circular)
{
    const bool sees_orders = assessment_sees_all(request) ||
                             (circular->unit.v == request->actor.unit.v && order_may_read(request->actor.roles, true));
    size_t row = 0;

    for (size_t i = 0; i < circular->reason_count; i++) {
        const struct circular_reason *reason = &circular->reasons[i];
        char number[NUMBER_TEXT_BYTES];
        if (reason->order.v != 0) {
            struct view *view = view_row(page, "Reasons", row++);
            view_number(view, "order", reason->order.v);
            view_flag(view, "is_linked", sees_orders);
        } else if (reason->ticket_number[0] != '\0') {
            struct view *view = view_row(page, "Reasons", row++);
            number_format_text(reason->ticket_number, number);
            view_text(view, "ticket", reason->ticket_number);
            view_text(view, "ticket_text", number);
        }
    }
    view_flag(page, "has_reasons", row > 0);
}

/* inputs: of a withdrawal that was tried, or NULL */
static enum status show(struct request *request, struct response *response, const struct circular *circular,
                        struct inputs *inputs, bool is_stale, int code)
{
    struct view *page = page_begin(request, "assessment/circular");
    struct view *view = view_child(page, "Circular");

    view_text(page, "Page.title", circular->title);
    show_circular(view, request, circular);
    view_text(view, "words", circular->words);
    view_text(view, "date", date_words(request, circular));
    view_text(view, "publisher", circular->publisher_name);
    view_text(view, "withdrawer", circular->withdrawer_name);
    view_text(view, "withdrawal_words", circular->withdrawal_words);
    show_reasons(page, request, circular);
    view_flag(page, "may_withdraw", actor_has(&request->actor, ROLE_OPS) && !instant_is_set(circular->withdrawn_at));
    view_flag(page, "is_stale", is_stale);
    if (inputs != NULL) {
        inputs_show(inputs, page);
        view_text(page, "typed", inputs_text(inputs, "words"));
    }
    if (request->method == METHOD_GET)
        view_flag(page, "is_done", request_value(request, "done")[0] == '1');
    return page_end(page, response, code);
}

enum status assessment_get_circular(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {{"done", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL}};
    struct inputs inputs;
    struct circular circular;
    enum status status = inputs_read(request, rules, 1, &inputs);

    if (status == STATUS_OK)
        status = load(request, &circular);
    return status == STATUS_OK ? show(request, response, &circular, NULL, false, 200) : status;
}

/* The address of the withdrawal, opened by hand or after signing in again. */
enum status assessment_get_circular_back(struct request *request, struct response *response)
{
    int64_t id;

    if (!text_parse_integer(request->part[0], 1, INT32_MAX, &id))
        return STATUS_ABSENT;
    return response_redirect(request, response, "/staff/assessment/circular/%d", (int)id);
}

enum status assessment_post_circular_withdraw(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {{"words", INPUT_LINES, true, 1, WORDS_MOST, "circular.error.withdrawal", NULL}};
    struct inputs inputs;
    struct circular circular;
    uint8_t key[ACTION_KEY_BYTES];
    enum status status = inputs_read(request, rules, 1, &inputs);

    if (status != STATUS_OK)
        return status;
    if (!request_key(request, key))
        return STATUS_INVALID;
    status = load(request, &circular);
    if (status != STATUS_OK)
        return status;
    if (inputs.error_count > 0)
        return show(request, response, &circular, &inputs, false, 422);
    status = circular_store_withdraw(assessment_of(request)->db, circular.id, inputs_text(&inputs, "words"),
                                     request->actor.staff, request->now, key, &request->fault);
    if (status == STATUS_OK)
        return response_redirect(request, response, "/staff/assessment/circular/%d?done=1", circular.id);
    if (status != STATUS_CONFLICT)
        return status;
    fault_reset(&request->fault);
    status = load(request, &circular);
    return status == STATUS_OK ? show(request, response, &circular, &inputs, true, 409) : status;
}
