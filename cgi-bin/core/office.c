#include "core/office.h"

#include <assert.h>
#include <stddef.h>

/* One row per task: who has it for every unit, and who for the own one. */
static const struct {
    const char *name;
    uint32_t all, own;
} tasks[OFFICE_TASK__COUNT] = {
    [OFFICE_AUDIT] = {"audit", ROLE_BIT(ROLE_ADMIN), 0},
    [OFFICE_UNITS_READ] = {"units_read", ROLES_OFFICE_READ, 0},
    [OFFICE_UNITS_EDIT] = {"units_edit", ROLE_BIT(ROLE_ADMIN), 0},
    [OFFICE_REGISTER_READ] = {"register_read", ROLES_OFFICE_READ, ROLES_OFFICE_UNIT},
    [OFFICE_REGISTER_KEEP] = {"register_keep", ROLE_BIT(ROLE_ADMIN), ROLES_OFFICE_UNIT},
    [OFFICE_RIGHTS] = {"rights", ROLE_BIT(ROLE_ADMIN), 0},
    [OFFICE_DUTY_READ] = {"duty_read", ROLES_OFFICE_READ, ROLES_OFFICE_UNIT},
    [OFFICE_DUTY_KEEP] = {"duty_keep", ROLE_BIT(ROLE_ADMIN), ROLES_OFFICE_UNIT},
    [OFFICE_SERVICE_READ] = {"service_read", ROLES_OFFICE_READ, ROLES_OFFICE_UNIT},
    [OFFICE_SERVICE_KEEP] = {"service_keep", 0, ROLES_OFFICE_UNIT},
    [OFFICE_CALLS] = {"calls", ROLES_OFFICE_READ, ROLES_OFFICE_UNIT},
    [OFFICE_NOTICES] = {"notices", ROLES_OFFICE_NOTICES, 0},
    [OFFICE_RULES_READ] = {"rules_read", ROLES_OFFICE_READ, 0},
    [OFFICE_RULES] = {"rules", ROLES_RULES, 0},
    [OFFICE_CANNED] = {"canned", ROLES_RULES, ROLE_BIT(ROLE_UNIT_LEADER)},
    [OFFICE_KEYS] = {"keys", ROLE_BIT(ROLE_ADMIN), 0},
};

bool office_permits(const struct actor *actor, enum office_task task, struct unit_id unit)
{
    assert((unsigned)task < OFFICE_TASK__COUNT);
    if ((actor->roles & tasks[task].all) != 0)
        return true;
    return (actor->roles & tasks[task].own) != 0 && unit.v != 0 && unit.v == actor->unit.v;
}

bool office_offers(const struct actor *actor, enum office_task task)
{
    const struct unit_id every = {0};

    return office_permits(actor, task, every) || office_permits(actor, task, actor->unit);
}

uint32_t office_roles(enum office_task task)
{
    assert((unsigned)task < OFFICE_TASK__COUNT);
    return tasks[task].all | tasks[task].own;
}

const char *office_task_name(enum office_task task)
{
    assert((unsigned)task < OFFICE_TASK__COUNT);
    return tasks[task].name;
}
