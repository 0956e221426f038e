/* The notices of a ticket: who was told what, by which channel, and what became of it. */
#include "store/delivery_store.h"
#include "ticket/show.h"

/* "等待重试" for what failed and will be tried again, and so on. */
static const char *state_words(const struct request *request, const struct delivery *row)
{
    const char *name = outbox_state_name(row->state);

    if (row->state == OUTBOX_WAITING && row->attempts > 0)
        name = "again";
    else if (row->state == OUTBOX_WAITING && row->is_held)
        name = "held";
    return desk_words(request, "outbox.state", name);
}

static bool is_unsent(const struct delivery *row) { return row->state == OUTBOX_GIVEN_UP || row->state == OUTBOX_DROPPED; }

static void put_row(struct view *view, const struct request *request, const struct delivery *row)
{
    view_text(view, "name", desk_words(request, "outbox.name", row->name));
    view_text(view, "to", desk_words(request, "outbox.audience", audience_name(row->audience)));
    view_text(view, "unit", row->unit.v != 0 ? desk_unit_name(request, row->unit) : "");
    view_text(view, "staff", row->staff);
    if (recipient_is_stand_in(row->audience, row->way))
        view_text(view, "way", desk_words(request, "outbox.way", recipient_way_name(row->way)));
    if (row->channel != CHANNEL_NONE)
        view_text(view, "channel", desk_words(request, "outbox.channel", channel_name(row->channel)));
    view_text(view, "state", state_words(request, row));
    view_text(view, "colour", is_unsent(row) ? "bad" : row->state == OUTBOX_SENT ? "ok" : "info");
    view_instant(view, "at", row->state == OUTBOX_SENT ? row->sent_at : is_unsent(row) ? row->ended_at : row->created_at);
    if (row->state == OUTBOX_WAITING)
        view_instant(view, "next", row->not_before);
    if (row->error != GATEWAY_ERROR_NONE)
        view_text(view, "error", desk_words(request, "outbox.error", gateway_error_name(row->error)));
}

enum status show_deliveries(struct view *page, struct request *request, const struct ticket_file *file)
{
    struct delivery *rows;
    size_t count;
    int unsent = 0;
    const enum status status =
        delivery_store_list(desk_of(request)->db, file->ticket.id, request->arena, &rows, &count, &request->fault);

    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < count; i++) {
        put_row(view_row(page, "Deliveries", i), request, &rows[i]);
        unsent += rows[i].state == OUTBOX_GIVEN_UP;
    }
    if (count > 0)
        view_number(page, "delivery_count", (int64_t)count);
    if (unsent > 0)
        view_number(page, "unsent_count", unsent);
    return STATUS_OK;
}
