/* Calls that a unit's liaison on duty did not answer (Art. 34(1)), as they were recorded on tickets. */
#include <string.h>

#include "admin/admin.h"
#include "store/duty_store.h"
#include "web/page.h"

#define CALLS_PER_PAGE 50

static const struct input_rule rules[] = {
    {"unit", INPUT_NUMBER, false, 1, INT32_MAX, "staff.error.choice", NULL},
    {"before", INPUT_LINE, false, 1, 60, "staff.error.choice", NULL},
};

/* "MS-TICKET.SEQ" of the last row of the page before. */
static bool parse_cursor(struct request *request, const char *text, struct call_cursor *before)
{
    const char *dot = strchr(text, '.');
    int64_t seq = 0;

    *before = (struct call_cursor){INSTANT_NONE, 0, 0};
    if (dot == NULL)
        return text[0] == '\0';
    const bool is_good = admin_parse_cursor(request, arena_copy(request->arena, text, (size_t)(dot - text)), &before->at,
                                            &before->ticket_id) &&
                         instant_is_set(before->at) && text_parse_integer(dot + 1, 1, UINT32_MAX, &seq);
    before->seq = (uint32_t)seq;
    return is_good;
}

/* The unit asked for, where this person may see others; else the own one. */
static struct unit_id unit_of(const struct request *request, struct inputs *inputs)
{
    if (!admin_may(request, OFFICE_CALLS, (struct unit_id){0}))
        return request->actor.unit;
    return (struct unit_id){(int32_t)inputs_number(inputs, "unit", 0)};
}

static void show_call(struct view *view, const struct request *request, const struct failed_call *call)
{
    view_instant(view, "at", call->called_at);
    view_text(view, "unit", admin_unit_name(request, call->unit));
    view_text(view, "name", call->name);
    view_text(view, "number", call->number_masked);
    view_text(view, "ticket", call->ticket_number);
    view_text(view, "by", call->recorded_by);
}

static void show_filter(struct view *page, const struct request *request, struct unit_id unit)
{
    const struct unit *row;
    size_t at = 0, rows = 1;

    admin_choice(page, "Units", 0, -1, words_find(request->language, "admin.any"), unit.v == 0);
    while ((row = admin_next_unit(request, OFFICE_CALLS, &at)) != NULL)
        if (row->is_handling)
            admin_choice(page, "Units", rows++, row->id.v, admin_unit_name(request, row->id), row->id.v == unit.v);
}

enum status admin_get_calls(struct request *request, struct response *response)
{
    struct failed_call *calls;
    struct call_cursor before;
    struct inputs inputs;
    size_t count;
    enum status status = inputs_read(request, rules, sizeof rules / sizeof rules[0], &inputs);

    if (status == STATUS_OK && !parse_cursor(request, inputs_text(&inputs, "before"), &before))
        status = STATUS_INVALID;
    if (status != STATUS_OK)
        return status;
    const struct unit_id unit = unit_of(request, &inputs);
    if (!admin_may(request, OFFICE_CALLS, unit))
        return STATUS_REFUSED;
    status = duty_store_list_failed_calls(admin_of(request)->db, unit, before, CALLS_PER_PAGE, request->arena, &calls,
                                          &count, &request->fault);
    if (status != STATUS_OK)
        return status;
    struct view *page = page_begin(request, "admin/calls");
    view_words(page, "Page.title", "admin.calls.title");
    view_flag(page, "reads_all", admin_may(request, OFFICE_CALLS, (struct unit_id){0}));
    view_flag(page, "reads_tickets", (request->actor.roles & ~ROLE_BIT(ROLE_ADMIN)) != 0); /* who only administers has no desk */
    show_filter(page, request, unit);
    for (size_t i = 0; i < count; i++)
        show_call(view_row(page, "Rows", i), request, &calls[i]);
    view_flag(page, "is_empty", count == 0);
    const char *url = unit.v == 0 ? "/staff/admin/calls?" : arena_format(request->arena, "/staff/admin/calls?unit=%d&", unit.v);
    if (instant_is_set(before.at))
        view_text(page, "first_url", url);
    if (count == CALLS_PER_PAGE)
        view_text(page, "next_url", arena_format(request->arena, "%sbefore=%lld-%lld.%u", url,
                                                 (long long)calls[count - 1].called_at.milliseconds,
                                                 (long long)calls[count - 1].ticket_id, calls[count - 1].seq));
    inputs_show(&inputs, page);
    return page_end(page, response, 200);
}
