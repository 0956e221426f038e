/* The reports that an outage explains, on its page (Art. 18). */
#include "store/outage_join.h"
#include "supply/supply.h"

enum { SHOWN = 20 };

enum status supply_show_joined(struct view *page, struct request *request, struct outage_id outage)
{
    struct joined_ticket *tickets;
    size_t count;
    const enum status status =
        outage_join_tickets(supply_of(request)->db, outage, SHOWN + 1, request->arena, &tickets, &count, &request->fault);

    for (size_t i = 0; status == STATUS_OK && i < count && i < SHOWN; i++) {
        char number[NUMBER_TEXT_BYTES];
        struct view *row = view_row(page, "Joined", i);
        number_format_text(tickets[i].number, number);
        view_text(row, "number", tickets[i].number);
        view_text(row, "number_text", number);
        view_text(row, "place", tickets[i].place_text);
    }
    if (status == STATUS_OK)
        view_flag(page, "has_more_joined", count > SHOWN);
    return status;
}
