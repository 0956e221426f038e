/*
 * The assessment ledger (Arts. 28-35): what a breach calls for is proposed with its clause, and becomes a penalty only when somebody
 * confirms it with an amount inside the clause's range. A stream of events like a ticket's, with decide and apply. Pure.
 */
#ifndef CORE_PENALTY_H
#define CORE_PENALTY_H

#include "core/event.h"
#include "core/ticket.h"

struct penalty_id {
    int64_t v;
};

/* A clause of the catalogue, a row of penalty_clause. Amounts in fen (0.01 yuan); a fixed amount has unit_min_fen = unit_max_fen. */
struct penalty_clause {
    int32_t id;
    char article[ARTICLE_BYTES];
    int64_t unit_min_fen, unit_max_fen;
    int64_t leader_fen, person_fen; /* fixed; 0: none */
    bool is_circular, is_rectify;   /* it brings a circular; an order to put it right */
    bool is_by_hand;                /* never proposed by the system */
    bool is_discipline;             /* the discipline office's alone: never in this ledger */
    int32_t in_place_of; /* the clause that it may be confirmed in place of, where that one's condition does not hold; 0: none */
    struct instant effective_from, effective_to; /* effective_to: INSTANT_NONE without end */
};

/* What a proposal rests on. Stored: append only. Text.penalty.basis.NAME */
enum penalty_basis {
    BASIS_NONE,
    BASIS_CLOCK,       /* a binding clock that was broken */
    BASIS_FOLLOW_UP,   /* the customer said on the call-back, or after the finish, that it was not solved (Art. 10) */
    BASIS_REPEAT,      /* complained of again (Art. 34(3)) */
    BASIS_LEAK_AGAIN,  /* the same leak repaired again within three months; the cause is to be confirmed (Art. 33(6)) */
    BASIS_UNREACHABLE, /* a liaison who could not be reached (Art. 34(1)) */
    BASIS_HAND,        /* entered by hand */
    BASIS_UNAPPROVED,  /* water shut off without the approval (Art. 33(7)) */
    PENALTY_BASIS__COUNT
};

/* Stored: append only. */
enum penalty_state {
    PENALTY_STATE_NONE, /* before the first event */
    PENALTY_PROPOSED,
    PENALTY_CONFIRMED, /* the unit may answer */
    PENALTY_ACCEPTED,  /* by the unit */
    PENALTY_OBJECTED,  /* who confirmed it has to decide */
    PENALTY_UPHELD,    /* the objection was refused */
    PENALTY_REVOKED,   /* the objection was granted */
    PENALTY_DISMISSED, /* never confirmed, with a reason */
    PENALTY_WITHDRAWN, /* what it rested on is gone: excused, corrected */
    PENALTY_STATE__COUNT
};

/* What can be done; also the kind of its events. Stored: append only. */
enum penalty_action {
    PENALTY_ACTION_NONE,
    PENALTY_PROPOSE,  /* event 1: by the system, or by hand */
    PENALTY_CONFIRM,  /* with amounts and persons */
    PENALTY_DISMISS,
    PENALTY_REOPEN,   /* a dismissal is taken back */
    PENALTY_ANSWER,   /* the unit: DECISION_GRANT accepts, DECISION_REFUSE objects */
    PENALTY_DECIDE,   /* an objection: DECISION_GRANT revokes, DECISION_REFUSE upholds */
    PENALTY_WITHDRAW, /* the system: what it rested on is gone */
    PENALTY_REVIVE,   /* the system: it is there again */
    PENALTY_NOTE,
    PENALTY_ACTION__COUNT
};

/* What it rests on, as found. */
struct penalty_evidence {
    enum penalty_basis basis;
    enum subject_kind subject; /* SUBJECT_NONE: entered by hand, without one */
    int64_t subject_id;
    int64_t number; /* which of the subject's breaches (core/breach.h); 0: entered by hand */
    enum clock_kind clock_kind; /* of BASIS_CLOCK */
    struct instant happened_at; /* when it was broken: the due time, the second complaint, … */
    int64_t late_seconds;       /* at the moment of proposing */
    int64_t ops_wait_seconds;   /* time it waited at operations: evidence, never charged to the unit (decision 2) */
};

struct penalty {
    struct penalty_id id;
    uint32_t version; /* seq of the last event */
    enum penalty_state state;
    int32_t clause, proposed_clause; /* proposed_clause: as the proposal named it */
    struct unit_id unit; /* 0: operations: decided by group leadership */
    struct penalty_evidence evidence;
    struct instant proposed_at, confirmed_at, ended_at; /* INSTANT_NONE until then */
    int64_t unit_fen, leader_fen, person_fen;           /* as confirmed, or as upheld */
    struct staff_id leader, person;                     /* 0: nobody */
};

struct penalty_command {
    enum penalty_action action;
    struct actor actor;
    uint32_t expected_version; /* of the form that was shown; 0 for PENALTY_PROPOSE */
    struct unit_id unit;       /* PENALTY_PROPOSE */
    struct penalty_evidence evidence; /* PENALTY_PROPOSE, PENALTY_REVIVE */
    /* PENALTY_CONFIRM; PENALTY_DECIDE that upholds: other amounts, where is_changed */
    bool is_changed;
    int64_t unit_fen;
    struct staff_id leader, person; /* 0: nobody */
    struct unit_id leader_unit, person_unit; /* whose they are; 0: of operations */
    enum decision decision; /* PENALTY_ANSWER, PENALTY_DECIDE */
    bool has_text;
};

/*
 * The one function that decides what somebody may do with a penalty. is_own_unit: it is against the unit of whoever asks;
 * is_against_ops: it is against operations, and group leadership decides in its place.
 */
enum verdict penalty_permits(enum penalty_action action, enum penalty_state state, uint32_t roles, bool is_own_unit,
                             bool is_against_ops, uint32_t *permitted_role);

/* Whether somebody may see it: those who supervise see all, a unit's voices what is against their unit once it is confirmed. */
bool penalty_may_read(enum penalty_state state, uint32_t roles, bool is_own_unit);

/*
 * Decides the command at `now` and fills the one event that does it. clause: that of the proposal (PENALTY_PROPOSE, PENALTY_REVIVE),
 * the one it is confirmed under (PENALTY_CONFIRM), else that of the penalty.
 * A refused command leaves `event` untouched. Besides the permissions: VERDICT_STALE, VERDICT_NEEDS_TEXT, VERDICT_BAD_VALUE,
 * VERDICT_TIME_IN_FUTURE, VERDICT_NOT_IN_FORCE (the clause, on the day of the breach), VERDICT_OUT_OF_RANGE (the amount),
 * VERDICT_NOT_OF_UNIT (a person of another unit).
 */
enum verdict penalty_decide(const struct penalty *penalty, const struct penalty_command *command,
                            const struct penalty_clause *clause, struct instant now, struct event *event);

void penalty_init(struct penalty *penalty, struct penalty_id id);

/* Folds one event that penalty_is_foldable. `event->seq` must be version + 1 (assert). */
void penalty_apply(struct penalty *penalty, const struct event *event);

/* Whether an event can be given to penalty_apply(), which takes its arguments for granted. For verify. */
bool penalty_is_foldable(const struct penalty *penalty, const struct event *event);

/* Whether it stands: confirmed, whatever the unit has said since, and not revoked. Sums count these. */
bool penalty_counts(enum penalty_state state);

/* Whether it stands or may come to stand: a breach has one of these at the most. */
bool penalty_is_alive(enum penalty_state state);

/* Whether a proposal of the first clause may be confirmed under the second: that itself, or one in its place (30 for 33(1), 34(2) for 32(2)). */
bool penalty_may_stand_under(int32_t proposed_clause, const struct penalty_clause *clause);

/* Whether the clause was in force at that moment. */
bool penalty_clause_holds(const struct penalty_clause *clause, struct instant at);

const char *penalty_state_name(enum penalty_state state);
const char *penalty_action_name(enum penalty_action action);
const char *penalty_basis_name(enum penalty_basis basis);

#endif
