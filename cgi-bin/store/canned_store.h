/*
 * Canned answers as rows (core/canned.h): what the desk offers beside an action's words, kept by operations, and by each unit's
 * leader for that unit.
 */
#ifndef STORE_CANNED_STORE_H
#define STORE_CANNED_STORE_H

#include "core/workflow.h"
#include "store/change.h"

#define CANNED_OFFERED_MAX 100 /* of one list for the desk */
#define CANNED_MAX 500         /* all of an installation */

struct canned_answer {
    int32_t id;                /* 0: not stored yet */
    enum ticket_action action; /* whose form offers it; ACTION_NONE: every form with words */
    struct unit_id unit;       /* 0: every unit's */
    const char *title, *words; /* in the arena of the call */
    bool is_active;
    int sort;
    int version;
};

/*
 * The answers in use of everybody and of `unit`, as they are sorted, at most CANNED_OFFERED_MAX.
 * action  whose form asks; ACTION_NONE gives those of all actions, so that one call serves a whole page
 */
enum status canned_store_list(struct db *db, enum ticket_action action, struct unit_id unit, struct arena *arena,
                              struct canned_answer **answers, size_t *count, struct fault *fault) MUST_USE;

/* All answers, out of use too; of one unit alone unless `unit` is 0. At most CANNED_MAX. */
enum status canned_store_list_all(struct db *db, struct unit_id unit, struct arena *arena,
                                  struct canned_answer **answers, size_t *count, struct fault *fault) MUST_USE;

/* STATUS_ABSENT without such a row. */
enum status canned_store_find(struct db *db, int32_t id, struct arena *arena, struct canned_answer *answer,
                              struct fault *fault) MUST_USE;

/*
 * Adds the answer (id 0) or changes the row of its id and version. STATUS_CONFLICT: somebody changed it since; STATUS_REFUSED:
 * there are CANNED_MAX already; STATUS_DUPLICATE: this form was saved before. id: of the row
 */
enum status canned_store_save(struct db *db, const struct change *change, const struct canned_answer *answer,
                              int32_t *id, struct fault *fault) MUST_USE;

#endif
