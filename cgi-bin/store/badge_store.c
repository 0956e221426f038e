#include "store/badge_store.h"

enum status badge_store_find(struct db *db, const char *badge, struct arena *arena, struct public_badge *found,
                             struct fault *fault)
{
    const struct db_value value = db_text(badge);
    struct db_row row;
    const enum status status = db_query_one(db, STAFF_FIND_BY_BADGE, &value, 1, arena, &row, fault);

    if (status == STATUS_OK)
        *found = (struct public_badge){db_row_text(&row, 0), {(int32_t)db_row_integer(&row, 1)}};
    return status;
}
