/*
 * What clerk does to the database: firing ladder steps, sealing chains, deriving notices, applying residents' input,
 * folding figures, purging drafts (sending the outbox is store/outbox.h). Every job is claimed or keyed: any number of clerks does nothing
 * twice.
 */
#ifndef STORE_CLERK_STORE_H
#define STORE_CLERK_STORE_H

#include "core/figure.h"
#include "core/ladder.h"
#include "store/public_store.h"
#include "store/ticket_store.h"

/*
 * Fires the ladder steps of the clocks that are due, oldest first, up to `limit` clocks: inserts clock_step (unique), the
 * notices, a dirty mark for a breach, and the clock's next step, some clocks in one transaction. A clock that cannot be fired
 * is told in the log and holds no other up. fired: how many steps this call fired itself.
 */
enum status clerk_store_fire_steps(struct db *db, const struct catalog *catalog, struct instant now, int limit,
                                   struct arena *arena, int *fired, struct fault *fault) MUST_USE;

/* When the next step of any clock comes, which may be past; INSTANT_NONE when none runs. */
enum status clerk_store_next_step_at(struct db *db, struct arena *arena, struct instant *at, struct fault *fault) MUST_USE;

/*
 * Takes up to `limit` dirty marks: stops the reports merged into a finished one, verifies and seals the subject's chain
 * (MAC with the chain key; one that does not fit is logged and left unsealed), derives the notices of its new events, recomputes the figure days
 * its clocks belong to, indexes its words for the search, and removes the marks.
 */
enum status clerk_store_fold_dirty(struct db *db, const struct catalog *catalog, const struct secrets *secrets,
                                   const struct settings *settings, struct instant now, int limit,
                                   struct arena *arena, int *folded, struct fault *fault) MUST_USE;

/* Applies what residents added through decide and apply; a refused input keeps its verdict. */
enum status clerk_store_apply_inputs(struct db *db, const struct catalog *catalog, struct instant now, int limit,
                                     struct arena *arena, int *applied, struct fault *fault) MUST_USE;

/* Recomputes promise_figure for both windows from figure_day and the clock rows. */
enum status clerk_store_fold_promises(struct db *db, const struct catalog *catalog, const struct settings *settings,
                                      struct instant now, struct arena *arena, struct fault *fault) MUST_USE;

/* Deletes drafts with their photos, guesses and ended sessions past their time, and empties photos kept long enough; in slices. */
enum status clerk_store_purge(struct db *db, const struct settings *settings, struct instant now,
                              struct fault *fault) MUST_USE;

/*
 * Closes a UTC day: digest over the last event of every stream before the day's end, chained to the day closed before;
 * once per day. Does nothing until ten minutes after the day's end, when no transaction of that day is under way any more.
 */
enum status clerk_store_digest_day(struct db *db, const struct secrets *secrets, struct day day, struct instant now,
                                   struct fault *fault) MUST_USE;

/* Claims a named lease for `lease_seconds`; false in `has_it` when another clerk holds it. */
enum status clerk_store_claim_job(struct db *db, const char *name, int lease_seconds, struct instant now, bool *has_it,
                                  struct fault *fault) MUST_USE;

/* What `shuinuo verify` found. */
struct verify_report {
    int64_t streams, events, clocks;
    int64_t problems;
    /* Kinds of clocks into which clerk still works a change of the ladder: when their next steps are due was not compared. */
    int walked_kinds;
};
typedef void (*verify_problem)(void *context, const char *message);
/* Folds every stream again, compares every row, checks hashes, heads and daily digests. chain key optional. */
enum status verify_store_run(struct db *db, const struct catalog *catalog, const struct secrets *secrets,
                             verify_problem problem, void *context, struct verify_report *report,
                             struct fault *fault) MUST_USE;

#endif
