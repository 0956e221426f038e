#include "store/outage_join.h"

#include "core/known.h"
#include "store/outage_area.h"

enum status outage_join_find(struct db *db, const struct catalog *catalog, const struct category *category, const char *place,
                             struct instant now, struct arena *arena, struct joined_outages *joined, struct fault *fault)
{
    struct outage_notice *notices;
    size_t count;

    joined->count = 0;
    if (category == NULL || place[0] == '\0' || !known_is_no_water(category))
        return STATUS_OK;
    const struct area_asked asked = area_ask(catalog, place);
    const enum status status = outage_public_list(db, now, arena, &notices, &count, fault);
    for (size_t i = 0; status == STATUS_OK && i < count && joined->count < JOINED_OUTAGES_MAX; i++)
        if (outage_notice_runs(&notices[i], now) && area_cover(catalog, &notices[i], &asked) != AREA_NOT_COVERED)
            joined->outages[joined->count++] = notices[i].id;
    return status;
}

enum status outage_join_insert(struct db *db, const struct joined_outages *joined, struct ticket_id ticket, struct fault *fault)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; status == STATUS_OK && i < joined->count; i++) {
        const struct db_value values[] = {db_integer(joined->outages[i].v), db_integer(ticket.v)};
        status = db_run(db, OUTAGE_TICKET_INSERT, values, 2, NULL, NULL, fault);
    }
    return status;
}

enum status outage_join_tickets(struct db *db, struct outage_id outage, int most, struct arena *arena,
                                struct joined_ticket **tickets, size_t *count, struct fault *fault)
{
    const struct db_value values[] = {db_integer(outage.v), db_integer(most)};
    struct db_row *rows;
    const enum status status = db_query(db, OUTAGE_TICKET_LIST, values, 2, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *tickets = arena_take_array(arena, *count + 1, sizeof **tickets);
    for (size_t i = 0; i < *count; i++) {
        (*tickets)[i] = (struct joined_ticket){.place_text = db_row_text(&rows[i], 1)};
        number_copy((*tickets)[i].number, db_row_text(&rows[i], 0));
    }
    return STATUS_OK;
}
