#include "core/permission.h"

enum verdict permission_check(const struct subject_permission *rows, size_t count, const struct subject_case *wanted,
                              uint32_t *permitted_role)
{
    enum verdict best = VERDICT_WRONG_ROLE;

    if (permitted_role != NULL)
        *permitted_role = 0;
    for (size_t i = 0; i < count; i++) {
        const struct subject_permission *row = &rows[i];
        const uint32_t fitting = row->roles & wanted->roles;
        if (row->action != wanted->action || fitting == 0)
            continue;
        if (row->is_own_unit && !wanted->is_own_unit) {
            best = VERDICT_WRONG_UNIT;
        } else if ((row->states & (UINT32_C(1) << wanted->state)) == 0) {
            if (best == VERDICT_WRONG_ROLE)
                best = VERDICT_WRONG_STATE;
        } else {
            if (permitted_role != NULL)
                *permitted_role = fitting & (~fitting + 1); /* the lowest of several */
            return VERDICT_OK;
        }
    }
    return best;
}
