/*
 * Who may do what with the register of customers: customer management keeps it, operations supervises (Arts. 3, 18(1), 33(4)). The one
 * place where these rights are decided. Pure.
 */
#ifndef CORE_REGISTER_KEEP_H
#define CORE_REGISTER_KEEP_H

#include "core/actor.h"

enum register_task {
    REGISTER_READ,   /* places, meters, numbers of households; a household with everything masked */
    REGISTER_KEEP,   /* places, meters, the phone of a household */
    REGISTER_OPEN,   /* see what is masked, which is written down */
    REGISTER_IMPORT, /* put a whole file in force */
    REGISTER_TASK__COUNT
};

/* is_customer_unit: the actor belongs to customer management (unit code REGISTER_UNIT_CODE). */
#define REGISTER_UNIT_CODE "customer"
bool register_permits(const struct actor *actor, enum register_task task, bool is_customer_unit);

/* Roles that have the task anywhere: what the route of its page asks for. */
uint32_t register_roles(enum register_task task);

#endif
