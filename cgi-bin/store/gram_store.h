/*
 * The index that Chinese text is found by: which pairs of characters (core/gram.h) occur in a ticket's number, place and
 * words. Clerk writes it, as it folds; it holds no telephone, no name and nothing of a sealed ticket.
 */
#ifndef STORE_GRAM_STORE_H
#define STORE_GRAM_STORE_H

#include "store/ticket_store.h"

/*
 * Makes the index of a ticket what its texts are now, whatever it was: after words were added or emptied, and after the
 * ticket was sealed. Part of the caller's transaction.
 */
enum status gram_store_index(struct db *db, struct ticket_id ticket, struct arena *arena, struct fault *fault) MUST_USE;

/*
 * Indexes tickets that were there before the index, up to `limit`, one transaction each. done: how many; 0 when none is
 * left, which is remembered. Those that come later are indexed as they are folded.
 */
enum status gram_store_fill(struct db *db, struct instant now, int limit, struct arena *arena, int *done,
                            struct fault *fault) MUST_USE;

#endif
