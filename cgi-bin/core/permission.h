/*
 * Who may do what with a subject in which states, as rows: orders and outages share how such a table is read. Pure.
 */
#ifndef CORE_PERMISSION_H
#define CORE_PERMISSION_H

#include <stddef.h>

#include "core/actor.h"
#include "core/verdict.h"

/* A row of a subject's table. action, states: of the subject's own enums. */
struct subject_permission {
    int action;
    uint32_t states; /* bits 1 << state */
    uint32_t roles;
    bool is_own_unit; /* demanded of these roles: the subject is their unit's */
};

/* What somebody wants to do, and with what. */
struct subject_case {
    int action, state;
    uint32_t roles;
    bool is_own_unit;
};

/*
 * VERDICT_OK, or the one that says most: VERDICT_WRONG_UNIT before VERDICT_WRONG_STATE before VERDICT_WRONG_ROLE.
 * permitted_role: the lowest of the roles that may; 0 when refused; may be NULL
 */
enum verdict permission_check(const struct subject_permission *rows, size_t count, const struct subject_case *wanted,
                              uint32_t *permitted_role);

#endif
