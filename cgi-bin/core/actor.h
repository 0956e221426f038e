/*
 * Who acts: a member of staff with roles, a resident, or the system. Pure.
 */
#ifndef CORE_ACTOR_H
#define CORE_ACTOR_H

#include <stdbool.h>
#include <stdint.h>

#include "core/ids.h"

/* Roles are a set of ROLE_BITs. Stored. */
enum role {
    ROLE_NONE,
    ROLE_RESIDENT,
    ROLE_OPERATOR,     /* takes reports (坐席) */
    ROLE_CREW,         /* works on site */
    ROLE_LIAISON,      /* of a handling unit (联络员) */
    ROLE_UNIT_LEADER,
    ROLE_OPS,          /* operations: every decision on a ticket */
    ROLE_GROUP_LEADER, /* reads everything but discipline cases */
    ROLE_DISCIPLINE,
    ROLE_ADMIN,
    ROLE_SYSTEM,       /* clerk */
    ROLE__COUNT
};
#define ROLE_BIT(role) (UINT32_C(1) << (role))
#define ROLES_STAFF                                                                                                    \
    (ROLE_BIT(ROLE_OPERATOR) | ROLE_BIT(ROLE_CREW) | ROLE_BIT(ROLE_LIAISON) | ROLE_BIT(ROLE_UNIT_LEADER) |             \
     ROLE_BIT(ROLE_OPS) | ROLE_BIT(ROLE_GROUP_LEADER) | ROLE_BIT(ROLE_DISCIPLINE) | ROLE_BIT(ROLE_ADMIN))
/* Those who work on a unit's tickets. */
#define ROLES_UNIT (ROLE_BIT(ROLE_CREW) | ROLE_BIT(ROLE_LIAISON) | ROLE_BIT(ROLE_UNIT_LEADER))

#define ACTOR_NAME_BYTES 64

struct actor {
    uint32_t roles;        /* 0: nobody (a visitor) */
    struct staff_id staff; /* 0: resident or system */
    struct unit_id unit;
    char name[ACTOR_NAME_BYTES]; /* display name, for pages only, never in events */
    char login[ACTOR_NAME_BYTES];
};

static inline bool actor_has(const struct actor *actor, enum role role)
{
    return (actor->roles & ROLE_BIT(role)) != 0;
}

/* The system acting by itself. */
struct actor actor_system(void);
/* A resident, identified by number and code. */
struct actor actor_resident(void);

const char *role_name(enum role role);

#endif
