/*
 * Clerk's work on the assessment ledger (Arts. 28-35): each breach has one proposal, and each proposal of the system a breach. Any number
 * of clerks may do it at once: they take turns.
 */
#ifndef STORE_LEDGER_WORK_H
#define STORE_LEDGER_WORK_H

#include "core/ids.h"
#include "store/db.h"

/*
 * Notes that a subject's breaches may have changed; inside the transaction that folds the change. Tickets without anything that can be a
 * breach are passed over, and subjects that have no ledger.
 */
enum status ledger_mark(struct db *db, enum subject_kind subject, int64_t id, struct instant now, struct arena *arena,
                        struct fault *fault) MUST_USE;

/*
 * Takes up to `limit` of the oldest marks and compares each subject's breaches with the ledger: proposes what is missing, withdraws what
 * lost its breach (excused, corrected, joined to another proposal), revives what has it again. A subject that cannot be worked on is
 * told in the log and holds no other up. done: marks removed by this call
 */
enum status ledger_work(struct db *db, struct instant now, int limit, struct arena *arena, int *done, struct fault *fault) MUST_USE;

#endif
