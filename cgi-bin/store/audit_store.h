/*
 * The pages of the audit log. Lines are added by audit_store_add (store/staff_store.h) and by changes (store/change.h).
 */
#ifndef STORE_AUDIT_STORE_H
#define STORE_AUDIT_STORE_H

#include "core/ids.h"
#include "store/db.h"

struct audit_filter {
    struct staff_id staff; /* 0: everybody */
    const char *what;      /* "": everything */
    struct instant before_at; /* of the last row shown; INSTANT_NONE: from the newest */
    int64_t before_id;
    int limit;
};
struct audit_row {
    int64_t id;
    struct instant at;
    struct staff_id staff; /* 0: nobody known, a failed sign-in */
    const char *name, *login;
    enum subject_kind subject;
    int64_t subject_id;
    const char *what, *detail;
    const char *about; /* name of the subject: a person's, a unit's, a ticket's number; "" */
};
/* Newest first. */
enum status audit_store_list(struct db *db, const struct audit_filter *filter, struct arena *arena,
                             struct audit_row **rows, size_t *count, struct fault *fault) MUST_USE;

#endif
