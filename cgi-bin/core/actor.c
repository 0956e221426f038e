#include "core/actor.h"

#include <assert.h>

struct actor actor_system(void)
{
    return (struct actor){.roles = ROLE_BIT(ROLE_SYSTEM), .name = "system", .login = "system"};
}

struct actor actor_resident(void)
{
    return (struct actor){.roles = ROLE_BIT(ROLE_RESIDENT), .name = "resident"};
}

const char *role_name(enum role role)
{
    static const char *const names[ROLE__COUNT] = {
        [ROLE_NONE] = "none",
        [ROLE_RESIDENT] = "resident",
        [ROLE_OPERATOR] = "operator",
        [ROLE_CREW] = "crew",
        [ROLE_LIAISON] = "liaison",
        [ROLE_UNIT_LEADER] = "unit_leader",
        [ROLE_OPS] = "ops",
        [ROLE_GROUP_LEADER] = "group_leader",
        [ROLE_DISCIPLINE] = "discipline",
        [ROLE_ADMIN] = "admin",
        [ROLE_SYSTEM] = "system",
    };

    assert((unsigned)role < ROLE__COUNT);
    return names[role];
}
