/* The rectification orders given out of a ticket, on its page (Art. 10). */
#include "store/order_store.h"
#include "ticket/show.h"

static const char *colour_of(const struct request *request, const struct order_row *row)
{
    if (row->state == ORDER_GIVEN)
        return instant_is_before(row->due_at, request->now) ? "bad" : "warn";
    return row->state == ORDER_PASSED ? "ok" : "info";
}

enum status show_orders(struct view *page, struct request *request, const struct ticket_file *file)
{
    const struct actor *actor = &request->actor;
    struct order_row *rows;
    size_t count, shown = 0;

    view_flag(page, "may_order",
              order_permits(ORDER_GIVE, ORDER_STATE_NONE, actor->roles, false, NULL) == VERDICT_OK &&
                  order_is_called_for(&file->ticket, request->now));
    if (file->order_count == 0)
        return STATUS_OK;
    const enum status status = order_store_of_ticket(desk_of(request)->db, file->ticket.id, request->arena, &rows,
                                                     &count, &request->fault);
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        if (!order_may_read(actor->roles, rows[i].unit.v == actor->unit.v))
            continue;
        struct view *view = view_row(page, "Orders", shown++);
        view_number(view, "id", rows[i].id.v);
        view_text(view, "state", desk_words(request, "order.state", order_state_name(rows[i].state)));
        view_text(view, "colour", colour_of(request, &rows[i]));
        view_text(view, "unit", desk_unit_name(request, rows[i].unit));
        view_instant(view, "due", rows[i].due_at);
    }
    return status;
}
