/* What stands beside a ticket in other rows: whether there is anything, before a page looks for it. */
#ifndef STORE_ASIDE_STORE_H
#define STORE_ASIDE_STORE_H

#include "store/ticket_store.h"

/* What there is to look for beside a ticket, so that a page looks for nothing that is not there. One statement. */
struct asides {
    int64_t followers; /* households, also those of merged reports */
    bool has_related, has_deliveries, has_calls, has_outages;
    bool has_parent_photos; /* from after the work, at the ticket it was merged into */
};
enum status aside_store_read(struct db *db, const struct ticket *ticket, struct arena *arena, struct asides *asides,
                             struct fault *fault) MUST_USE;

#endif
