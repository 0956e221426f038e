/*
 * Changing the ladder of one kind of clock (core/ladder_change.h), and working the change into the clocks that run: their next step's
 * moment stands in their rows.
 */
#ifndef STORE_LADDER_STORE_H
#define STORE_LADDER_STORE_H

#include "base/crypto.h"
#include "core/ladder_change.h"
#include "store/catalog.h"
#include "store/change.h"

/* Hash of the steps of a kind, in the order of their numbers: what a form was made from. */
struct hash ladder_store_hash(const struct ladder_step *steps, size_t count, enum clock_kind kind);

/*
 * Replaces the steps of a kind by `steps`, complete ones. STATUS_CONFLICT: they are not what `seen` is the hash of any more. Clerk
 * works the new steps into the running clocks afterwards.
 */
enum status ladder_store_change(struct db *db, const struct change *change, enum clock_kind kind,
                                const struct hash *seen, const struct ladder_step *steps, size_t count,
                                struct fault *fault) MUST_USE;

/*
 * Clerk's part: goes on through the ledger by about `limit` rows, and writes the next step's moment of running clocks of the
 * kind anew. Nothing is fired here. Any number of clerks may do it: a row is locked while it is worked out.
 * walked: rows gone by, 0 when there is nothing to do
 */
enum status ladder_store_walk(struct db *db, const struct catalog *catalog, struct instant now, int limit,
                              struct arena *arena, int *walked, struct fault *fault) MUST_USE;

/* CLOCK_BITs of the kinds whose running clocks are not all worked out yet. */
enum status ladder_store_open_kinds(struct db *db, struct arena *arena, uint32_t *kinds, struct fault *fault) MUST_USE;

#endif
