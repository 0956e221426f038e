/* Tickets that belong together, on a ticket's page. */
#include "ticket/related.h"

void related_show_row(struct view *view, const struct request *request, const struct related *related)
{
    char number[NUMBER_TEXT_BYTES];

    number_format_text(related->number, number);
    view_text(view, "number", related->number);
    view_text(view, "number_text", number);
    view_number(view, "version", related->version);
    view_text(view, "state", desk_words(request, "state", ticket_state_name(related->state)));
    view_flag(view, "is_open", related->is_open);
    view_text(view, "category", desk_category_name(request, related->category));
    view_text(view, "place", related->place_text);
    view_text(view, "unit", desk_unit_name(request, related->unit));
    view_instant(view, "reported", related->reported_at);
    view_text(view, "name", related->name_masked);
    view_text(view, "phone", related->phone_masked);
    if (related->repeat_level > 0)
        view_number(view, "level", related->repeat_level);
}

void related_show(struct view *page, const struct request *request, const struct related *related, size_t count)
{
    static const char *const lists[RELATION_KIND__COUNT] = {
        [RELATED_PARENT] = "Parent", [RELATED_CHILD] = "Children", [RELATED_EARLIER] = "EarlierReports",
        [RELATED_LATER] = "LaterReports"};
    static const size_t shown[RELATION_KIND__COUNT] = {
        [RELATED_PARENT] = 1, [RELATED_CHILD] = RELATED_CHILDREN_SHOWN, [RELATED_EARLIER] = RELATED_LATER_SHOWN,
        [RELATED_LATER] = RELATED_LATER_SHOWN};
    const bool may_unmerge = actor_has(&request->actor, ROLE_OPS);
    size_t rows[RELATION_KIND__COUNT] = {0};

    for (size_t i = 0; i < count; i++) {
        const enum relation_kind kind = related[i].kind;
        if (kind <= RELATED_NONE || kind >= RELATION_KIND__COUNT)
            continue;
        if (rows[kind] == shown[kind]) {
            view_flag(page, kind == RELATED_CHILD ? "has_more_children" : "has_more_later", true);
            continue;
        }
        struct view *view = view_row(page, lists[kind], rows[kind]++);
        related_show_row(view, request, &related[i]);
        view_flag(view, "may_unmerge", may_unmerge && kind == RELATED_CHILD && related[i].state == TICKET_MERGED);
    }
    if (rows[RELATED_CHILD] > 0)
        view_number(page, "child_count", (int64_t)rows[RELATED_CHILD]);
    if (rows[RELATED_LATER] > 0)
        view_number(page, "later_count", (int64_t)rows[RELATED_LATER]);
}

enum status related_find(struct request *request, struct inputs *inputs, const char *field, struct ticket_file *file)
{
    char number[NUMBER_BYTES];

    if (inputs_find(inputs, field)->error != NULL || !number_parse(inputs_text(inputs, field), number)) {
        inputs_error(inputs, field, "staff.error.ticket_number");
        return STATUS_OK;
    }
    enum status status = ticket_store_load(desk_of(request)->db, number, request->arena, file, &request->fault);
    if (status == STATUS_OK && !workflow_may_read(request->actor.roles, file->ticket.state, false))
        status = STATUS_ABSENT; /* both look the same */
    if (status != STATUS_ABSENT)
        return status;
    fault_reset(&request->fault);
    inputs_error(inputs, field, "staff.error.ticket_absent");
    return STATUS_OK;
}
