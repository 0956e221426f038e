/*
 * People whom notices can go to, with their phones opened: for clerk alone, which holds the key; never shown, never logged.
 */
#ifndef STORE_RECIPIENT_STORE_H
#define STORE_RECIPIENT_STORE_H

#include "core/recipient.h"
#include "store/db.h"

/*
 * A unit's people in order of preference: who is on duty now, the direct leader, the unit's leaders, its liaisons. Active
 * ones only, the first fifty. A phone that this program's key does not open counts as none.
 */
enum status recipients_of_unit(struct db *db, struct unit_id unit, const struct secrets *secrets, struct instant now,
                               struct arena *arena, struct candidate **candidates, size_t *count,
                               struct fault *fault) MUST_USE;

/* Everybody active with the role, the first fifty. */
enum status recipients_of_role(struct db *db, enum role role, const struct secrets *secrets, struct arena *arena,
                               struct candidate **candidates, size_t *count, struct fault *fault) MUST_USE;

/* One person; count 0 when there is none or not active any more. */
enum status recipient_named(struct db *db, struct staff_id staff, const struct secrets *secrets, struct arena *arena,
                            struct candidate **candidates, size_t *count, struct fault *fault) MUST_USE;

#endif
