#include "store/penalty_notices.h"

#include "core/penalty.h"

enum status penalty_addressees_find(struct db *db, int64_t penalty, struct arena *arena, struct addressees *addressees,
                                    struct fault *fault)
{
    return subject_addressees_find(db, PENALTY_UNIT_BY_ID, penalty, arena, addressees, fault);
}

enum status notices_of_penalty_event(struct db *db, const struct event *event, const struct addressees *addressees,
                                     struct instant now, struct fault *fault)
{
    static const struct subject_notice of_units[] = {
        {PENALTY_CONFIRM, DECISION_NONE, AUDIENCE_LIAISON, "penalty_confirmed"},
        {PENALTY_CONFIRM, DECISION_NONE, AUDIENCE_UNIT_LEADER, "penalty_confirmed"},
        {PENALTY_ANSWER, DECISION_REFUSE, AUDIENCE_OPS, "penalty_objected"},
        {PENALTY_DECIDE, DECISION_GRANT, AUDIENCE_LIAISON, "penalty_revoked"},
        {PENALTY_DECIDE, DECISION_GRANT, AUDIENCE_UNIT_LEADER, "penalty_revoked"},
        {PENALTY_DECIDE, DECISION_REFUSE, AUDIENCE_LIAISON, "penalty_upheld"},
        {PENALTY_DECIDE, DECISION_REFUSE, AUDIENCE_UNIT_LEADER, "penalty_upheld"},
    };
    /* Against operations: group leadership decides. */
    static const struct subject_notice of_ops[] = {
        {PENALTY_PROPOSE, DECISION_NONE, AUDIENCE_GROUP_LEADER, "penalty_proposed"},
        {PENALTY_CONFIRM, DECISION_NONE, AUDIENCE_OPS, "penalty_confirmed"},
        {PENALTY_ANSWER, DECISION_REFUSE, AUDIENCE_GROUP_LEADER, "penalty_objected"},
        {PENALTY_DECIDE, DECISION_GRANT, AUDIENCE_OPS, "penalty_revoked"},
        {PENALTY_DECIDE, DECISION_REFUSE, AUDIENCE_OPS, "penalty_upheld"},
    };

    if (addressees->unit.v == 0)
        return subject_notices_write(db, event, of_ops, sizeof of_ops / sizeof of_ops[0], addressees, now, fault);
    return subject_notices_write(db, event, of_units, sizeof of_units / sizeof of_units[0], addressees, now, fault);
}
