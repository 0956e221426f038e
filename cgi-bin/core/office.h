/*
 * The office: who keeps the organisation, its register and roster, and who only reads them (Arts. 3, 4, 12). The one place
 * where rights of the administration's pages are decided. Pure.
 */
#ifndef CORE_OFFICE_H
#define CORE_OFFICE_H

#include "core/actor.h"

/* Those who read every unit's rows: ops supervises (Art. 3), group leadership reads everything but discipline cases. */
#define ROLES_OFFICE_READ (ROLE_BIT(ROLE_OPS) | ROLE_BIT(ROLE_GROUP_LEADER) | ROLE_BIT(ROLE_ADMIN))
/* Those who keep their own unit's rows. */
#define ROLES_OFFICE_UNIT (ROLE_BIT(ROLE_LIAISON) | ROLE_BIT(ROLE_UNIT_LEADER))
/* Those who keep rows of some unit. */
#define ROLES_OFFICE_KEEP (ROLES_OFFICE_UNIT | ROLE_BIT(ROLE_ADMIN))
/* Those who see to it that notices arrive: ops is answerable for the service, administrators for the gateways. */
#define ROLES_OFFICE_NOTICES (ROLE_BIT(ROLE_OPS) | ROLE_BIT(ROLE_ADMIN))
/* Everybody with a page at all. */
#define ROLES_OFFICE (ROLES_OFFICE_READ | ROLES_OFFICE_UNIT)

/* Those who keep rules, and those who keep canned answers. */
#define ROLES_RULES (ROLE_BIT(ROLE_OPS) | ROLE_BIT(ROLE_ADMIN))
#define ROLES_CANNED (ROLES_RULES | ROLE_BIT(ROLE_UNIT_LEADER))

enum office_task {
    OFFICE_AUDIT,         /* read what staff did outside event streams */
    OFFICE_UNITS_READ,    /* the organisation */
    OFFICE_UNITS_EDIT,
    OFFICE_REGISTER_READ, /* who works in a unit and how they are reached (Art. 4) */
    OFFICE_REGISTER_KEEP,
    OFFICE_RIGHTS,        /* roles, passwords, who is active, which unit */
    OFFICE_DUTY_READ,     /* a unit's roster (Art. 12) */
    OFFICE_DUTY_KEEP,
    OFFICE_SERVICE_READ,  /* a unit's own service rules and inspections (Art. 4) */
    OFFICE_SERVICE_KEEP,
    OFFICE_CALLS,         /* calls that a unit's liaison did not answer (Art. 34(1)) */
    OFFICE_NOTICES,       /* notices that wait or were given up: send once more, take off */
    OFFICE_RULES_READ,    /* matters, limits, ladder, policies, texts for the public */
    OFFICE_RULES,         /* keep them (Art. 36: operations interprets) */
    OFFICE_CANNED,        /* keep canned answers: everybody's, or the own unit's */
    OFFICE_KEYS,          /* keys of other systems, which file and read reports by them */
    OFFICE_TASK__COUNT
};

/* Whether the actor may do this for a unit. unit 0: for every unit. */
bool office_permits(const struct actor *actor, enum office_task task, struct unit_id unit);

/* Whether for any unit at all, so that the task has a link. */
bool office_offers(const struct actor *actor, enum office_task task);

/* Roles that have the task for some unit: what the route of its page asks for. */
uint32_t office_roles(enum office_task task);

/* "audit"; for tests and lists. */
const char *office_task_name(enum office_task task);

#endif
