#include "core/office.h"

#include <assert.h>
#include <stddef.h>

/* One row per task: who has it for every unit, and who for the own one. */
static const struct {
    const char *name;
    uint32_t all, own;
} tasks[OFFICE_TASK__COUNT] = {
    [OFFICE_AUDIT] = {"audit", ROLE_BIT(ROLE_ADMIN), 0},
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
