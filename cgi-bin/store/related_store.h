/*
 * Tickets that belong together: the parent of a merged report, the reports merged into one (Art. 27), earlier reports of the same
 * matter and later ones (Art. 34(3)). Masked data alone; what was handed to the discipline office is not among them.
 */
#ifndef STORE_RELATED_STORE_H
#define STORE_RELATED_STORE_H

#include "store/ticket_store.h"

enum relation_kind { RELATED_NONE, RELATED_PARENT, RELATED_CHILD, RELATED_EARLIER, RELATED_LATER, RELATION_KIND__COUNT };

struct related {
    enum relation_kind kind;
    struct ticket_id id;
    char number[NUMBER_BYTES];
    uint32_t version;
    enum ticket_state state;
    bool is_open;
    struct category_id category;
    const char *place_text, *name_masked, *phone_masked; /* in the arena */
    struct unit_id unit;
    struct instant reported_at;
    int repeat_level;
};

/*
 * Parent first. Of merged reports and of later ones, one more than is shown: then there are more. One statement.
 */
#define RELATED_CHILDREN_SHOWN 100
#define RELATED_LATER_SHOWN 20
enum status related_store_list(struct db *db, const struct ticket *ticket, struct arena *arena, struct related **related,
                               size_t *count, struct fault *fault) MUST_USE;

/* Open tickets of the same matter at the same place, newest first, at most 20: what this one could be merged into. One statement. */
enum status related_store_candidates(struct db *db, const struct ticket *ticket, struct arena *arena,
                                     struct related **related, size_t *count, struct fault *fault) MUST_USE;

#endif
