#include "store/aside_store.h"

#include "core/photo_stage.h"

_Static_assert(PHOTO_AFTER == 3, "TICKET_ASIDES names it");

enum status aside_store_read(struct db *db, const struct ticket *ticket, struct arena *arena, struct asides *asides,
                             struct fault *fault)
{
    const struct db_value id = db_integer(ticket->id.v);
    const struct db_value values[] = {id, id, id, id, id, id, id, id, id, db_integer(ticket->parent.v)};
    struct db_row row;
    const enum status status = db_query_one(db, TICKET_ASIDES, values, sizeof values / sizeof values[0], arena, &row, fault);

    if (status != STATUS_OK)
        return status;
    *asides = (struct asides){
        .followers = db_row_integer(&row, 0),
        .has_related = ticket->parent.v != 0 || db_row_integer(&row, 1) > 0,
        .has_deliveries = db_row_integer(&row, 2) > 0,
        .has_calls = db_row_integer(&row, 3) > 0,
        .has_outages = db_row_integer(&row, 4) > 0,
        .has_parent_photos = db_row_integer(&row, 5) > 0,
    };
    return STATUS_OK;
}
