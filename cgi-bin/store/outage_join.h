/*
 * Outages joined to tickets (Art. 18): a report of no water at a place where the water is known to be off is filed all the same, is
 * linked to the outage that explains it, and its reporter is told when the water is back.
 */
#ifndef STORE_OUTAGE_JOIN_H
#define STORE_OUTAGE_JOIN_H

#include "core/number.h"
#include "store/outage_public.h"

#define JOINED_OUTAGES_MAX 8 /* of one report */

struct joined_outages {
    struct outage_id outages[JOINED_OUTAGES_MAX];
    size_t count;
};

/*
 * The outages that explain a report of this matter at the place, told in words, at `now`: those that run, planned ones after their
 * start, too. None for a matter that an outage does not explain. Three statements where one may.
 */
enum status outage_join_find(struct db *db, const struct catalog *catalog, const struct category *category, const char *place,
                             struct instant now, struct arena *arena, struct joined_outages *joined, struct fault *fault) MUST_USE;

/* Inside the transaction that files the ticket. */
enum status outage_join_insert(struct db *db, const struct joined_outages *joined, struct ticket_id ticket,
                               struct fault *fault) MUST_USE;

/* A report that an outage explains, for staff. */
struct joined_ticket {
    char number[NUMBER_BYTES];
    const char *place_text;
};
/* Newest first, at most `most`; nothing of the discipline office. */
enum status outage_join_tickets(struct db *db, struct outage_id outage, int most, struct arena *arena,
                                struct joined_ticket **tickets, size_t *count, struct fault *fault) MUST_USE;

#endif
