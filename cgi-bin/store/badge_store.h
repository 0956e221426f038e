/* Badges that the public may check (Art. 8). */
#ifndef STORE_BADGE_STORE_H
#define STORE_BADGE_STORE_H

#include "core/ids.h"
#include "store/db.h"

/* Who wears a badge now (Art. 8). STATUS_ABSENT for a number that nobody in service wears. One statement. */
struct public_badge {
    const char *name;
    struct unit_id unit;
};
enum status badge_store_find(struct db *db, const char *badge, struct arena *arena, struct public_badge *found,
                             struct fault *fault) MUST_USE;

#endif
