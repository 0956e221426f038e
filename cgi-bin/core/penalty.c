#include "core/penalty.h"

#include <assert.h>
#include <string.h>

#include "core/permission.h"

#define R(role) ROLE_BIT(ROLE_##role)
#define S(state) (UINT32_C(1) << PENALTY_##state)
#define UNIT_VOICES (R(LIAISON) | R(UNIT_LEADER))
#define SUPERVISORS (R(OPS) | R(GROUP_LEADER))
#define STANDING (S(CONFIRMED) | S(ACCEPTED) | S(OBJECTED) | S(UPHELD))
#define ALIVE (STANDING | S(PROPOSED))
#define ANY_STATE (ALIVE | S(REVOKED) | S(DISMISSED) | S(WITHDRAWN))

/* ---- who may */

static const struct subject_permission permissions[] = {
    {PENALTY_PROPOSE, S(STATE_NONE), R(OPS) | R(SYSTEM), false},
    {PENALTY_CONFIRM, S(PROPOSED), R(OPS), false},
    {PENALTY_DISMISS, S(PROPOSED), R(OPS), false},
    {PENALTY_REOPEN, S(DISMISSED), R(OPS), false},
    {PENALTY_ANSWER, S(CONFIRMED), UNIT_VOICES, true},
    {PENALTY_DECIDE, S(OBJECTED), R(OPS), false},
    {PENALTY_WITHDRAW, ALIVE, R(SYSTEM), false},
    {PENALTY_REVIVE, S(WITHDRAWN), R(SYSTEM), false},
    {PENALTY_NOTE, ANY_STATE, SUPERVISORS, false},
};

/* Against operations: nobody judges his own case. */
static const struct subject_permission permissions_against_ops[] = {
    {PENALTY_PROPOSE, S(STATE_NONE), R(GROUP_LEADER) | R(SYSTEM), false},
    {PENALTY_CONFIRM, S(PROPOSED), R(GROUP_LEADER), false},
    {PENALTY_DISMISS, S(PROPOSED), R(GROUP_LEADER), false},
    {PENALTY_REOPEN, S(DISMISSED), R(GROUP_LEADER), false},
    {PENALTY_ANSWER, S(CONFIRMED), R(OPS), false},
    {PENALTY_DECIDE, S(OBJECTED), R(GROUP_LEADER), false},
    {PENALTY_WITHDRAW, ALIVE, R(SYSTEM), false},
    {PENALTY_REVIVE, S(WITHDRAWN), R(SYSTEM), false},
    {PENALTY_NOTE, ANY_STATE, SUPERVISORS, false},
};

enum verdict penalty_permits(enum penalty_action action, enum penalty_state state, uint32_t roles, bool is_own_unit,
                             bool is_against_ops, uint32_t *permitted_role)
{
    const struct subject_case wanted = {(int)action, (int)state, roles, is_own_unit};

    _Static_assert(sizeof permissions == sizeof permissions_against_ops, "the same acts, other judges");
    return permission_check(is_against_ops ? permissions_against_ops : permissions,
                            sizeof permissions / sizeof permissions[0], &wanted, permitted_role);
}

bool penalty_may_read(enum penalty_state state, uint32_t roles, bool is_own_unit)
{
    if ((roles & SUPERVISORS) != 0)
        return true;
    return is_own_unit && (roles & UNIT_VOICES) != 0 && ((STANDING | S(REVOKED)) & (UINT32_C(1) << state)) != 0;
}

bool penalty_counts(enum penalty_state state) { return (STANDING & (UINT32_C(1) << state)) != 0; }

bool penalty_is_alive(enum penalty_state state) { return (ALIVE & (UINT32_C(1) << state)) != 0; }

bool penalty_may_stand_under(int32_t proposed_clause, const struct penalty_clause *clause)
{
    return clause->id == proposed_clause || clause->in_place_of == proposed_clause;
}

bool penalty_clause_holds(const struct penalty_clause *clause, struct instant at)
{
    return !instant_is_before(at, clause->effective_from) &&
           (!instant_is_set(clause->effective_to) || instant_is_before(at, clause->effective_to));
}

/* ---- deciding */

static void put_evidence(struct event *event, const struct penalty_evidence *evidence)
{
    event_set(event, FIELD_BASIS, (int64_t)evidence->basis);
    event_set(event, FIELD_HAPPENED_AT, evidence->happened_at.milliseconds);
    if (evidence->subject != SUBJECT_NONE) {
        event_set(event, FIELD_SUBJECT, (int64_t)evidence->subject);
        event_set(event, FIELD_SUBJECT_ID, evidence->subject_id);
    }
    if (evidence->basis != BASIS_HAND)
        event_set(event, FIELD_BREACH_NO, evidence->number);
    if (evidence->basis != BASIS_CLOCK)
        return;
    event_set(event, FIELD_CLOCK_KIND, (int64_t)evidence->clock_kind);
    event_set(event, FIELD_LATE_SECONDS, evidence->late_seconds);
    event_set(event, FIELD_OPS_WAIT_SECONDS, evidence->ops_wait_seconds);
}

static enum verdict check_evidence(const struct penalty_evidence *evidence, struct instant now)
{
    const bool has_subject = evidence->subject == SUBJECT_TICKET || evidence->subject == SUBJECT_OUTAGE ||
                             evidence->subject == SUBJECT_ORDER;

    if (evidence->basis <= BASIS_NONE || evidence->basis >= PENALTY_BASIS__COUNT || !instant_is_set(evidence->happened_at))
        return VERDICT_BAD_VALUE;
    if (instant_is_before(now, evidence->happened_at))
        return VERDICT_TIME_IN_FUTURE;
    if (has_subject ? evidence->subject_id <= 0 : evidence->subject != SUBJECT_NONE || evidence->basis != BASIS_HAND)
        return VERDICT_BAD_VALUE;
    if (evidence->basis != BASIS_HAND && evidence->number <= 0)
        return VERDICT_BAD_VALUE;
    if (evidence->late_seconds < 0 || evidence->ops_wait_seconds < 0)
        return VERDICT_BAD_VALUE;
    return VERDICT_OK;
}

static enum verdict decide_propose(const struct penalty_command *command, const struct penalty_clause *clause,
                                   struct instant now, struct event *event)
{
    const enum verdict verdict = check_evidence(&command->evidence, now);
    const bool is_hand = command->evidence.basis == BASIS_HAND;

    if (verdict != VERDICT_OK)
        return verdict;
    if (clause->is_discipline || command->unit.v < 0 || (clause->is_by_hand && !is_hand) ||
        is_hand != (event->actor_role != R(SYSTEM)))
        return VERDICT_BAD_VALUE;
    if (!penalty_clause_holds(clause, command->evidence.happened_at))
        return VERDICT_NOT_IN_FORCE;
    if (is_hand && !command->has_text)
        return VERDICT_NEEDS_TEXT;
    event_set(event, FIELD_CLAUSE, clause->id);
    if (command->action == PENALTY_PROPOSE)
        event_set(event, FIELD_UNIT, command->unit.v);
    put_evidence(event, &command->evidence);
    return VERDICT_OK;
}

/* Somebody named pays what the clause fixes. Nobody named where the clause asks for one: words say why. */
static enum verdict check_person(struct staff_id staff, struct unit_id of, struct unit_id unit, int64_t fen, bool has_text)
{
    if (staff.v == 0)
        return fen > 0 && !has_text ? VERDICT_NEEDS_TEXT : VERDICT_OK;
    if (fen == 0 || staff.v < 0)
        return VERDICT_BAD_VALUE;
    return of.v != unit.v ? VERDICT_NOT_OF_UNIT : VERDICT_OK;
}

static enum verdict put_amounts(const struct penalty *penalty, const struct penalty_command *command,
                                const struct penalty_clause *clause, struct event *event)
{
    if (command->unit_fen < clause->unit_min_fen || command->unit_fen > clause->unit_max_fen)
        return VERDICT_OUT_OF_RANGE;
    enum verdict verdict =
        check_person(command->leader, command->leader_unit, penalty->unit, clause->leader_fen, command->has_text);
    if (verdict == VERDICT_OK)
        verdict = check_person(command->person, command->person_unit, penalty->unit, clause->person_fen, command->has_text);
    if (verdict != VERDICT_OK)
        return verdict;
    event_set(event, FIELD_UNIT_FEN, command->unit_fen);
    event_set(event, FIELD_LEADER, command->leader.v);
    event_set(event, FIELD_LEADER_FEN, command->leader.v == 0 ? 0 : clause->leader_fen);
    event_set(event, FIELD_STAFF, command->person.v);
    event_set(event, FIELD_PERSON_FEN, command->person.v == 0 ? 0 : clause->person_fen);
    return VERDICT_OK;
}

/* Under the clause that was proposed, or under the one in its place. */
static enum verdict decide_confirm(const struct penalty *penalty, const struct penalty_command *command,
                                   const struct penalty_clause *clause, struct event *event)
{
    if (clause->is_discipline || !penalty_may_stand_under(penalty->proposed_clause, clause))
        return VERDICT_BAD_VALUE;
    if (!penalty_clause_holds(clause, penalty->evidence.happened_at))
        return VERDICT_NOT_IN_FORCE;
    const enum verdict verdict = put_amounts(penalty, command, clause, event);
    if (verdict == VERDICT_OK)
        event_set(event, FIELD_CLAUSE, clause->id);
    return verdict;
}

static enum verdict decide_answer(const struct penalty_command *command, struct event *event)
{
    if (command->decision != DECISION_GRANT && command->decision != DECISION_REFUSE)
        return VERDICT_BAD_VALUE;
    if (command->decision == DECISION_REFUSE && !command->has_text)
        return VERDICT_NEEDS_TEXT;
    event_set(event, FIELD_DECISION, (int64_t)command->decision);
    return VERDICT_OK;
}

static enum verdict decide_objection(const struct penalty *penalty, const struct penalty_command *command,
                                     const struct penalty_clause *clause, struct event *event)
{
    if ((command->decision != DECISION_GRANT && command->decision != DECISION_REFUSE) ||
        (command->is_changed && command->decision == DECISION_GRANT))
        return VERDICT_BAD_VALUE;
    if (!command->has_text)
        return VERDICT_NEEDS_TEXT;
    event_set(event, FIELD_DECISION, (int64_t)command->decision);
    return command->is_changed ? put_amounts(penalty, command, clause, event) : VERDICT_OK;
}

static enum verdict decide_action(const struct penalty *penalty, const struct penalty_command *command,
                                  const struct penalty_clause *clause, struct instant now, struct event *event)
{
    switch (command->action) {
    case PENALTY_PROPOSE:
    case PENALTY_REVIVE:
        return decide_propose(command, clause, now, event);
    case PENALTY_CONFIRM:
        return decide_confirm(penalty, command, clause, event);
    case PENALTY_ANSWER:
        return decide_answer(command, event);
    case PENALTY_DECIDE:
        return decide_objection(penalty, command, clause, event);
    case PENALTY_DISMISS:
    case PENALTY_REOPEN:
    case PENALTY_NOTE:
        return command->has_text ? VERDICT_OK : VERDICT_NEEDS_TEXT;
    case PENALTY_WITHDRAW:
        return VERDICT_OK;
    case PENALTY_ACTION_NONE:
    case PENALTY_ACTION__COUNT:
        break;
    }
    assert(false);
    return VERDICT_BAD_VALUE;
}

enum verdict penalty_decide(const struct penalty *penalty, const struct penalty_command *command,
                            const struct penalty_clause *clause, struct instant now, struct event *event)
{
    struct event fresh;
    uint32_t permitted_role = 0;
    const bool is_new = command->action == PENALTY_PROPOSE;
    const struct unit_id unit = is_new ? command->unit : penalty->unit;
    const bool is_own = unit.v != 0 && unit.v == command->actor.unit.v;
    const enum verdict permitted =
        penalty_permits(command->action, penalty->state, command->actor.roles, is_own, unit.v == 0, &permitted_role);

    assert(instant_is_set(now) && clause != NULL);
    if (permitted == VERDICT_WRONG_ROLE || permitted == VERDICT_WRONG_UNIT)
        return permitted;
    if (command->expected_version != penalty->version)
        return VERDICT_STALE; /* says more than what the change since then made impossible */
    if (permitted != VERDICT_OK)
        return permitted;
    memset(&fresh, 0, sizeof fresh);
    event_begin(&fresh, &(struct event_head){SUBJECT_PENALTY, penalty->id.v, penalty->version, (int)command->action, &command->actor,
                                             permitted_role, now, now, command->has_text});
    const enum verdict verdict = decide_action(penalty, command, clause, now, &fresh);
    if (verdict == VERDICT_OK)
        *event = fresh;
    return verdict;
}

/* ---- folding */

void penalty_init(struct penalty *penalty, struct penalty_id id)
{
    memset(penalty, 0, sizeof *penalty);
    penalty->id = id;
    penalty->proposed_at = penalty->confirmed_at = penalty->ended_at = INSTANT_NONE;
    penalty->evidence.happened_at = INSTANT_NONE;
}

static void fold_evidence(struct penalty_evidence *evidence, const struct event *event)
{
    *evidence = (struct penalty_evidence){
        .basis = (enum penalty_basis)event_get(event, FIELD_BASIS, BASIS_NONE),
        .subject = (enum subject_kind)event_get(event, FIELD_SUBJECT, SUBJECT_NONE),
        .subject_id = event_get(event, FIELD_SUBJECT_ID, 0),
        .number = event_get(event, FIELD_BREACH_NO, 0),
        .clock_kind = (enum clock_kind)event_get(event, FIELD_CLOCK_KIND, 0),
        .happened_at = {event_get(event, FIELD_HAPPENED_AT, 0)},
        .late_seconds = event_get(event, FIELD_LATE_SECONDS, 0),
        .ops_wait_seconds = event_get(event, FIELD_OPS_WAIT_SECONDS, 0),
    };
}

static void fold_amounts(struct penalty *penalty, const struct event *event)
{
    if (!event->has_field[FIELD_UNIT_FEN])
        return;
    penalty->unit_fen = event_get(event, FIELD_UNIT_FEN, 0);
    penalty->leader.v = (int32_t)event_get(event, FIELD_LEADER, 0);
    penalty->leader_fen = event_get(event, FIELD_LEADER_FEN, 0);
    penalty->person.v = (int32_t)event_get(event, FIELD_STAFF, 0);
    penalty->person_fen = event_get(event, FIELD_PERSON_FEN, 0);
}

static void fold_end(struct penalty *penalty, enum penalty_state state, const struct event *event)
{
    penalty->state = state;
    penalty->ended_at = event->occurred_at;
}

/* Proposed, anew: nothing is confirmed. */
static void fold_open(struct penalty *penalty)
{
    penalty->state = PENALTY_PROPOSED;
    penalty->ended_at = penalty->confirmed_at = INSTANT_NONE;
    penalty->clause = penalty->proposed_clause;
    penalty->unit_fen = penalty->leader_fen = penalty->person_fen = 0;
    penalty->leader.v = penalty->person.v = 0;
}

void penalty_apply(struct penalty *penalty, const struct event *event)
{
    const bool is_granted = event_get(event, FIELD_DECISION, 0) == DECISION_GRANT;

    assert(event->subject == SUBJECT_PENALTY && event->seq == penalty->version + 1);
    penalty->version = event->seq;
    switch (event->kind) {
    case PENALTY_PROPOSE:
        penalty->proposed_clause = (int32_t)event_get(event, FIELD_CLAUSE, 0);
        penalty->unit.v = (int32_t)event_get(event, FIELD_UNIT, 0);
        penalty->proposed_at = event->occurred_at;
        fold_evidence(&penalty->evidence, event);
        fold_open(penalty);
        break;
    case PENALTY_REVIVE:
        penalty->proposed_clause = (int32_t)event_get(event, FIELD_CLAUSE, 0);
        fold_evidence(&penalty->evidence, event);
        fold_open(penalty);
        break;
    case PENALTY_REOPEN:
        fold_open(penalty);
        break;
    case PENALTY_CONFIRM:
        penalty->state = PENALTY_CONFIRMED;
        penalty->confirmed_at = event->occurred_at;
        penalty->clause = (int32_t)event_get(event, FIELD_CLAUSE, penalty->clause);
        fold_amounts(penalty, event);
        break;
    case PENALTY_DISMISS:
        fold_end(penalty, PENALTY_DISMISSED, event);
        break;
    case PENALTY_ANSWER:
        penalty->state = is_granted ? PENALTY_ACCEPTED : PENALTY_OBJECTED;
        break;
    case PENALTY_DECIDE:
        fold_amounts(penalty, event);
        if (is_granted)
            fold_end(penalty, PENALTY_REVOKED, event);
        else
            penalty->state = PENALTY_UPHELD;
        break;
    case PENALTY_WITHDRAW:
        fold_end(penalty, PENALTY_WITHDRAWN, event);
        break;
    default: /* words alone */
        break;
    }
}

bool penalty_is_foldable(const struct penalty *penalty, const struct event *event)
{
    const int64_t basis = event_get(event, FIELD_BASIS, BASIS_NONE);
    const bool is_found = event->kind == PENALTY_PROPOSE || event->kind == PENALTY_REVIVE;

    if (event->kind <= PENALTY_ACTION_NONE || event->kind >= PENALTY_ACTION__COUNT || event->seq != penalty->version + 1 ||
        (event->seq == 1) != (event->kind == PENALTY_PROPOSE) || event->clock_count != 0)
        return false;
    return !is_found || (event->has_field[FIELD_CLAUSE] && basis > BASIS_NONE && basis < PENALTY_BASIS__COUNT && event->has_field[FIELD_HAPPENED_AT]);
}

/* ---- names */

const char *penalty_state_name(enum penalty_state state)
{
    static const char *const names[PENALTY_STATE__COUNT] = {
        [PENALTY_STATE_NONE] = "none",     [PENALTY_PROPOSED] = "proposed",   [PENALTY_CONFIRMED] = "confirmed",
        [PENALTY_ACCEPTED] = "accepted",   [PENALTY_OBJECTED] = "objected",   [PENALTY_UPHELD] = "upheld",
        [PENALTY_REVOKED] = "revoked",     [PENALTY_DISMISSED] = "dismissed", [PENALTY_WITHDRAWN] = "withdrawn",
    };

    assert((unsigned)state < PENALTY_STATE__COUNT);
    return names[state];
}

const char *penalty_action_name(enum penalty_action action)
{
    static const char *const names[PENALTY_ACTION__COUNT] = {
        [PENALTY_ACTION_NONE] = "none", [PENALTY_PROPOSE] = "propose", [PENALTY_CONFIRM] = "confirm",
        [PENALTY_DISMISS] = "dismiss",  [PENALTY_REOPEN] = "reopen",   [PENALTY_ANSWER] = "answer",
        [PENALTY_DECIDE] = "decide",    [PENALTY_WITHDRAW] = "withdraw", [PENALTY_REVIVE] = "revive",
        [PENALTY_NOTE] = "note",
    };

    assert((unsigned)action < PENALTY_ACTION__COUNT);
    return names[action];
}

const char *penalty_basis_name(enum penalty_basis basis)
{
    static const char *const names[PENALTY_BASIS__COUNT] = {
        [BASIS_NONE] = "none",     [BASIS_CLOCK] = "clock",           [BASIS_FOLLOW_UP] = "follow_up",
        [BASIS_REPEAT] = "repeat", [BASIS_LEAK_AGAIN] = "leak_again", [BASIS_UNREACHABLE] = "unreachable",
        [BASIS_HAND] = "hand",     [BASIS_UNAPPROVED] = "unapproved",
    };

    assert((unsigned)basis < PENALTY_BASIS__COUNT);
    return names[basis];
}
