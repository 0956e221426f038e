/* Penalties folded again (see verify_stream.h). */
#include "store/verify_penalty.h"

#include "core/penalty.h"

static bool fold_event(void *context, const struct event *event, const char *words)
{
    struct penalty *penalty = context;

    (void)words;
    if (!penalty_is_foldable(penalty, event))
        return false;
    penalty_apply(penalty, event);
    return true;
}

static enum status compare_penalty(struct verifying *run, const struct penalty *penalty, struct fault *fault)
{
    static const char *const NAMES[] = {
        "id",         "version",      "state",        "clause_id",        "proposed_clause_id", "unit_id",   "basis",     "subject_kind",
        "subject_id", "number",       "clock_kind",   "happened_at",      "late_seconds",       "ops_wait_seconds",
        "proposed_at", "confirmed_at", "ended_at",    "unit_fen",         "leader_id",          "leader_fen", "person_id", "person_fen"};
    const struct penalty_evidence *evidence = &penalty->evidence;
    const struct db_value wanted[] = {
        db_integer(penalty->id.v), db_integer(penalty->version), db_integer((int64_t)penalty->state),
        db_integer(penalty->clause), db_integer(penalty->proposed_clause), db_integer(penalty->unit.v),
        db_integer((int64_t)evidence->basis), db_integer((int64_t)evidence->subject), db_integer(evidence->subject_id),
        evidence->number != 0 ? db_integer(evidence->number) : db_null(), db_integer((int64_t)evidence->clock_kind),
        db_instant(evidence->happened_at), db_integer(evidence->late_seconds), db_integer(evidence->ops_wait_seconds),
        db_instant(penalty->proposed_at), db_instant(penalty->confirmed_at), db_instant(penalty->ended_at),
        db_integer(penalty->unit_fen), db_integer(penalty->leader.v), db_integer(penalty->leader_fen),
        db_integer(penalty->person.v), db_integer(penalty->person_fen),
    };
    _Static_assert(sizeof wanted / sizeof wanted[0] == sizeof NAMES / sizeof NAMES[0], "a name per column");
    const struct db_value id = db_integer(run->id);
    struct db_row stored;
    const enum status status = db_query_one(run->db, PENALTY_VERIFY_BY_ID, &id, 1, &run->arena, &stored, fault);

    if (status == STATUS_OK)
        verifying_compare_row(run, "penalty", NAMES, wanted, stored.columns, stored.count);
    return status;
}

static enum status verify_penalty(struct verifying *run, struct fault *fault)
{
    struct penalty penalty;
    struct verified_stream stream;
    enum status status = verifying_open(run, &stream, fault);

    if (status != STATUS_OK)
        return status;
    penalty_init(&penalty, (struct penalty_id){run->id});
    status = verifying_stream(run, &stream, fold_event, &penalty, fault);
    return status == STATUS_OK && stream.is_whole ? compare_penalty(run, &penalty, fault) : status;
}

enum status verify_penalties(struct verifying *run, struct fault *fault)
{
    run->subject = SUBJECT_PENALTY;
    run->what = "penalty";
    return verifying_each(run, PENALTY_LIST_PAGE, PENALTY_LIST_ORPHANS, verify_penalty, fault);
}
