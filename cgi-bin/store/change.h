/*
 * One change by the administration: its work, a line of the audit log with the key of the form it came by, and the version of the
 * rows that programs keep, in one transaction. A form that is sent twice changes once.
 */
#ifndef STORE_CHANGE_H
#define STORE_CHANGE_H

#include "core/ids.h"
#include "store/db.h"

#define CHANGE_KEY_BYTES 16

struct change {
    uint8_t key[CHANGE_KEY_BYTES]; /* of the form */
    struct staff_id staff;
    const char *what;   /* Text.audit.WHAT, at most 39 letters: "rule_change" */
    enum subject_kind subject;
    int64_t subject_id; /* what it is about: an id of `subject`, or without one of the kind that `what` says, or 0 */
    const char *detail; /* what changed, for people; cut at 200 characters, without personal data */
    struct instant now;
    bool raises_catalog; /* the change touches rows of the catalog */
};

/*
 * Runs the work inside db_transact: it must not keep state of a try. Changes that raise the catalog wait for each other, so that
 * the work can look at the rows and add to them. STATUS_DUPLICATE: this form was saved before, nothing is done again. Any other
 * status of the work undoes everything and is returned (a duplicate inside the work as STATUS_REFUSED).
 * catalog_version: the version after it where it is raised; may be NULL
 */
enum status change_store_run(struct db *db, const struct change *change, db_work work, void *context,
                             int64_t *catalog_version, struct fault *fault) MUST_USE;

/* Whether a change with this key was saved: for a form whose rows are not what they were any more. */
enum status change_store_was_saved(struct db *db, const struct change *change, struct arena *arena, bool *was_saved,
                                   struct fault *fault) MUST_USE;

#endif
