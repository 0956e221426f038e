/* Reports merged into another one: their clocks stop with it (design 3, decision 6). For clerk's parts of store alone. */
#ifndef STORE_CHILDREN_H
#define STORE_CHILDREN_H

#include "store/ticket_store.h"

/*
 * What stopped a clock of the ticket (arrival, repair, call, inspection) stops those of the reports merged into it, at the same
 * moment; when its finish is accepted, they are finished as it was, in the same words, and closed with it where nobody has to be
 * called. Does nothing the second time; a child that somebody else changes at this moment is left to the next round.
 */
enum status children_stop(struct db *db, struct ticket_id parent, const struct catalog *catalog, struct instant now,
                          struct fault *fault) MUST_USE;

#endif
