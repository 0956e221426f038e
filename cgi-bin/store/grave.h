/* Grave matters that escalate by themselves (Art. 11). For clerk's parts of store alone. */
#ifndef STORE_GRAVE_H
#define STORE_GRAVE_H

#include "store/ticket_store.h"

/*
 * Escalates the ticket to group leadership and the unit concerned (that holds it, or that its matter goes to) when its 2 h
 * grade has not been told yet. Any number of clerks does it once: the event's place in the stream is one's alone.
 */
enum status grave_escalate(struct db *db, struct ticket_id ticket, const struct catalog *catalog, struct instant now,
                           struct fault *fault) MUST_USE;

#endif
