/*
 * The life of a ticket: states, actions, and the one table that says who may do what when. Pure.
 */
#ifndef CORE_WORKFLOW_H
#define CORE_WORKFLOW_H

#include <stddef.h>

#include "core/actor.h"
#include "core/verdict.h"

/* Where a ticket stands. Stored. */
enum ticket_state {
    TICKET_NONE,        /* before the first event */
    TICKET_REPORTED,    /* waits for dispatch; also a new cycle */
    TICKET_DISPATCHED,  /* waits for the unit to accept */
    TICKET_OBJECTED,    /* the unit objects, ops decides (Art. 16) */
    TICKET_ACCEPTED,    /* the unit works on it */
    TICKET_FINISHED,    /* finished by the unit; ops reviews, then follow-up */
    TICKET_FOLLOWED_UP,
    TICKET_CLOSED,
    TICKET_MERGED,      /* runs with its parent (Art. 27) */
    TICKET_NOT_OURS,    /* 不予受理, with reason */
    TICKET_WITHDRAWN,   /* by the resident */
    TICKET_SEALED,      /* handed to the discipline office; nothing else is known here */
    TICKET_STATE__COUNT
};
#define STATE_BIT(state) (UINT32_C(1) << (state))
#define STATES_OPEN                                                                                                    \
    (STATE_BIT(TICKET_REPORTED) | STATE_BIT(TICKET_DISPATCHED) | STATE_BIT(TICKET_OBJECTED) |                          \
     STATE_BIT(TICKET_ACCEPTED) | STATE_BIT(TICKET_FINISHED) | STATE_BIT(TICKET_FOLLOWED_UP))

/* What can be done with a ticket; also the kind of its events. Stored: append only. */
enum ticket_action {
    ACTION_NONE,
    ACTION_REPORT,              /* the report itself: event 1 */
    ACTION_GRADE,               /* grades set or lifted, with reason */
    ACTION_RECLASSIFY,
    ACTION_SET_LIMIT,           /* ops, Arts. 14(7), 22 */
    ACTION_RECORD_FACTS,        /* zone, diameter, stuck valve, place */
    ACTION_DISPATCH,            /* to a unit as lead */
    ACTION_DISPATCH_ASSIST,     /* another unit assists or inspects (Arts. 25, 27) */
    ACTION_RECALL,              /* ops takes a dispatch back */
    ACTION_ACCEPT,              /* Art. 12 */
    ACTION_OBJECT,              /* Art. 16 */
    ACTION_DECIDE_OBJECTION,    /* DECISION_RETURN or DECISION_CARRY_ON */
    ACTION_ARRIVE,              /* Arts. 22, 25 */
    ACTION_CONTACT,             /* Art. 23; with appointment */
    ACTION_REPAIR,              /* Art. 22 */
    ACTION_ASK_EXTENSION,       /* Art. 13 */
    ACTION_DECIDE_EXTENSION,    /* DECISION_GRANT or DECISION_REFUSE */
    ACTION_RECORD_FORMALITIES,  /* Art. 24 */
    ACTION_RECORD_LIABILITY,    /* Art. 25 */
    ACTION_FINISH,
    ACTION_REVIEW,              /* ops: DECISION_GRANT (final) or DECISION_REFUSE */
    ACTION_FOLLOW_UP,           /* Art. 10 */
    ACTION_CLOSE,
    ACTION_REOPEN,              /* ops confirms "not fixed": a new cycle (decision 4) */
    ACTION_ESCALATE_UNIT,       /* Art. 17: to the unit's leader */
    ACTION_ESCALATE_GROUP,      /* Art. 11: to group leadership */
    ACTION_ACKNOWLEDGE,
    ACTION_NOTE,
    ACTION_FAILED_CALL,         /* the liaison could not be reached (Art. 34(1)) */
    ACTION_MERGE,
    ACTION_UNMERGE,
    ACTION_STOP_WITH_PARENT,    /* the parent was finished (decision 6) */
    ACTION_NOT_OURS,
    ACTION_WITHDRAW,
    ACTION_EXCUSE,              /* a clock, by a confirmed failure report (Art. 15) */
    ACTION_HAND_TO_DISCIPLINE,
    ACTION_LINK_REPEAT,         /* 34(3) */
    ACTION_ADD_WORDS,           /* residents' own, from here … */
    ACTION_URGE,
    ACTION_RATE,
    ACTION_SAY_NOT_FIXED,
    ACTION_MOVE_APPOINTMENT,    /* … to here */
    ACTION_FOLLOW_PARENT,       /* what stopped a clock of the parent stops this one (decision 6) */
    ACTION_RECORD_PLAN,         /* how the leak will be repaired, once on site (Art. 22) */
    TICKET_ACTION__COUNT
};

/* How the actor, or the actor's unit, has to stand to the ticket. */
enum relation {
    RELATION_ANY,        /* does not matter */
    RELATION_LEAD,       /* the actor's unit holds the lead assignment */
    RELATION_ASSIGNED,   /* it holds any live assignment */
    RELATION_INSPECTION, /* it holds the inspection's assignment (Art. 25) */
    RELATION_NAMED,      /* an escalation named it (Art. 11) */
    RELATION_FIRST,      /* the actor is the first receiver (Art. 9) */
    RELATION__COUNT
};

/* How it stands. One that leads or inspects is assigned, too. */
struct standing {
    bool is_lead, is_assigned, is_inspection, is_named, is_first;
};
#define STANDING_NONE ((struct standing){false, false, false, false, false})

/* A row of the table: who may do what in which states. */
struct permission {
    enum ticket_action action;
    uint32_t states; /* STATE_BITs */
    uint32_t roles;  /* ROLE_BITs */
    enum relation relation; /* demanded of these roles */
};

/* The whole table, for the golden test and the admin page. Several rows may stand for one action. */
const struct permission *workflow_permissions(size_t *count);

/*
 * The one function that decides what somebody may do with a ticket. Best answer over all rows: a role that fits but
 * another unit's ticket is VERDICT_WRONG_UNIT; a role that never may is VERDICT_WRONG_ROLE; else VERDICT_WRONG_STATE.
 * permitted_role  the ROLE_BIT of the row that allowed it, for the event; may be NULL
 */
enum verdict workflow_permits(enum ticket_action action, enum ticket_state state, uint32_t roles,
                              struct standing standing, uint32_t *permitted_role);

/*
 * Whether somebody takes part in service and works at the desk. Administrators and the discipline office do not: of tickets they
 * have those alone that they registered themselves, as their first receivers (Art. 9).
 */
bool workflow_has_desk(uint32_t roles);

/* Who may see a ticket's page and its clear contact data (unmasking is logged). is_first: as its first receiver. */
bool workflow_may_read(uint32_t roles, enum ticket_state state, bool is_first);
bool workflow_may_unmask(uint32_t roles, bool is_assigned_unit);

/* The five public states and the side states, as residents see them: "received", "dispatched", "working", "finished",
 * "rated", "merged", "not_ours", "withdrawn". Text.state.public.NAME. A resident sees no trace of TICKET_SEALED: "received". */
const char *ticket_state_public_name(enum ticket_state state, bool is_rated);
const char *ticket_state_name(enum ticket_state state);
const char *ticket_action_name(enum ticket_action action);

#endif
