#include "core/register_keep.h"

#include "core/permission.h"

#define BIT ROLE_BIT
#define STATES 1u

static const struct subject_permission permissions[] = {
    {REGISTER_READ, STATES, ROLES_UNIT | BIT(ROLE_OPERATOR) | BIT(ROLE_OPS) | BIT(ROLE_GROUP_LEADER), false},
    {REGISTER_KEEP, STATES, BIT(ROLE_OPS), false},
    {REGISTER_KEEP, STATES, BIT(ROLE_LIAISON) | BIT(ROLE_UNIT_LEADER), true},
    {REGISTER_OPEN, STATES, BIT(ROLE_OPS), false},
    {REGISTER_OPEN, STATES, BIT(ROLE_LIAISON) | BIT(ROLE_UNIT_LEADER), true},
    {REGISTER_IMPORT, STATES, BIT(ROLE_OPS), false},
    {REGISTER_IMPORT, STATES, BIT(ROLE_UNIT_LEADER), true},
};
#define PERMISSION_COUNT (sizeof permissions / sizeof permissions[0])

bool register_permits(const struct actor *actor, enum register_task task, bool is_customer_unit)
{
    const struct subject_case wanted = {.action = (int)task, .state = 0, .roles = actor->roles, .is_own_unit = is_customer_unit};

    return permission_check(permissions, PERMISSION_COUNT, &wanted, NULL) == VERDICT_OK;
}

uint32_t register_roles(enum register_task task)
{
    uint32_t roles = 0;

    for (size_t i = 0; i < PERMISSION_COUNT; i++)
        if (permissions[i].action == (int)task)
            roles |= permissions[i].roles;
    return roles;
}
