#include "core/telling.h"

#include <assert.h>

/* Whose unit it is, of audiences in a unit. */
enum whose {
    WHOSE_NAMED,  /* that the event names; nobody when it names none */
    WHOSE_HOLDER, /* that holds it now */
    WHOSE_LAST,   /* that held it last */
    WHOSE_ACTOR,  /* of whoever did it */
};

/* What else has to hold. */
enum when {
    WHEN_ALWAYS,
    WHEN_GRANTED,     /* FIELD_DECISION, DECISION_GRANT without one */
    WHEN_REFUSED,
    WHEN_BY_STAFF,
    WHEN_BY_SYSTEM,
    WHEN_BY_RESIDENT,
    WHEN_NEW_CYCLE,   /* a follow-up that found it unsolved or the customer unsatisfied */
    WHEN_SATISFIED,   /* a follow-up that found it solved and the customer content */
    WHEN_ARRIVAL,     /* of a merged report: the parent's crew is there */
};

struct row {
    enum ticket_action action;
    enum audience audience;
    enum whose whose;
    enum when when;
    const char *name;
};

static const struct row rows[] = {
    {ACTION_REPORT, AUDIENCE_RESIDENT, WHOSE_NAMED, WHEN_ALWAYS, "received"},
    {ACTION_GRADE, AUDIENCE_LIAISON, WHOSE_HOLDER, WHEN_ALWAYS, "changed"},
    {ACTION_GRADE, AUDIENCE_FIRST_RECEIVER, WHOSE_NAMED, WHEN_ALWAYS, "first_changed"},
    {ACTION_RECLASSIFY, AUDIENCE_LIAISON, WHOSE_HOLDER, WHEN_ALWAYS, "changed"},
    {ACTION_RECLASSIFY, AUDIENCE_FIRST_RECEIVER, WHOSE_NAMED, WHEN_ALWAYS, "first_changed"},
    {ACTION_SET_LIMIT, AUDIENCE_LIAISON, WHOSE_HOLDER, WHEN_ALWAYS, "changed"},
    {ACTION_SET_LIMIT, AUDIENCE_FIRST_RECEIVER, WHOSE_NAMED, WHEN_ALWAYS, "first_limit"},
    {ACTION_DISPATCH, AUDIENCE_LIAISON, WHOSE_NAMED, WHEN_ALWAYS, "dispatched"},
    {ACTION_DISPATCH, AUDIENCE_FIRST_RECEIVER, WHOSE_NAMED, WHEN_ALWAYS, "first_dispatched"},
    {ACTION_DISPATCH_ASSIST, AUDIENCE_LIAISON, WHOSE_NAMED, WHEN_ALWAYS, "dispatched"},
    {ACTION_DISPATCH_ASSIST, AUDIENCE_FIRST_RECEIVER, WHOSE_NAMED, WHEN_ALWAYS, "first_assist"},
    {ACTION_RECALL, AUDIENCE_LIAISON, WHOSE_NAMED, WHEN_ALWAYS, "recalled"},
    {ACTION_RECALL, AUDIENCE_FIRST_RECEIVER, WHOSE_NAMED, WHEN_ALWAYS, "first_recalled"},
    {ACTION_ACCEPT, AUDIENCE_FIRST_RECEIVER, WHOSE_NAMED, WHEN_ALWAYS, "first_accepted"},
    {ACTION_OBJECT, AUDIENCE_OPS, WHOSE_NAMED, WHEN_ALWAYS, "objected"},
    {ACTION_OBJECT, AUDIENCE_FIRST_RECEIVER, WHOSE_NAMED, WHEN_ALWAYS, "first_objected"},
    {ACTION_DECIDE_OBJECTION, AUDIENCE_LIAISON, WHOSE_NAMED, WHEN_ALWAYS, "objection_decided"},
    {ACTION_DECIDE_OBJECTION, AUDIENCE_FIRST_RECEIVER, WHOSE_NAMED, WHEN_ALWAYS, "first_objection_decided"},
    {ACTION_ARRIVE, AUDIENCE_RESIDENT, WHOSE_NAMED, WHEN_ALWAYS, "arrived"},
    {ACTION_ARRIVE, AUDIENCE_FIRST_RECEIVER, WHOSE_NAMED, WHEN_ALWAYS, "first_arrived"},
    {ACTION_CONTACT, AUDIENCE_FIRST_RECEIVER, WHOSE_NAMED, WHEN_ALWAYS, "first_contacted"},
    {ACTION_REPAIR, AUDIENCE_FIRST_RECEIVER, WHOSE_NAMED, WHEN_ALWAYS, "first_repaired"},
    {ACTION_ASK_EXTENSION, AUDIENCE_OPS, WHOSE_NAMED, WHEN_ALWAYS, "extension_asked"},
    {ACTION_ASK_EXTENSION, AUDIENCE_FIRST_RECEIVER, WHOSE_NAMED, WHEN_ALWAYS, "first_extension_asked"},
    {ACTION_DECIDE_EXTENSION, AUDIENCE_LIAISON, WHOSE_LAST, WHEN_ALWAYS, "extension_decided"},
    {ACTION_DECIDE_EXTENSION, AUDIENCE_RESIDENT, WHOSE_NAMED, WHEN_GRANTED, "extension_granted"},
    {ACTION_DECIDE_EXTENSION, AUDIENCE_FIRST_RECEIVER, WHOSE_NAMED, WHEN_ALWAYS, "first_extension_decided"},
    {ACTION_FINISH, AUDIENCE_OPS, WHOSE_NAMED, WHEN_ALWAYS, "finished_review"},
    {ACTION_FINISH, AUDIENCE_FIRST_RECEIVER, WHOSE_NAMED, WHEN_ALWAYS, "first_finished"},
    {ACTION_REVIEW, AUDIENCE_RESIDENT, WHOSE_NAMED, WHEN_GRANTED, "finished"}, /* a finish is final when ops accepts it */
    {ACTION_REVIEW, AUDIENCE_LIAISON, WHOSE_LAST, WHEN_REFUSED, "finish_refused"},
    {ACTION_REVIEW, AUDIENCE_FIRST_RECEIVER, WHOSE_NAMED, WHEN_GRANTED, "first_finish_accepted"},
    {ACTION_REVIEW, AUDIENCE_FIRST_RECEIVER, WHOSE_NAMED, WHEN_REFUSED, "first_finish_refused"},
    {ACTION_FOLLOW_UP, AUDIENCE_LIAISON, WHOSE_LAST, WHEN_NEW_CYCLE, "reopened"},
    {ACTION_FOLLOW_UP, AUDIENCE_OPS, WHOSE_NAMED, WHEN_NEW_CYCLE, "reopened"}, /* it has to be dispatched anew */
    {ACTION_FOLLOW_UP, AUDIENCE_FIRST_RECEIVER, WHOSE_NAMED, WHEN_NEW_CYCLE, "first_reopened"},
    {ACTION_FOLLOW_UP, AUDIENCE_FIRST_RECEIVER, WHOSE_NAMED, WHEN_SATISFIED, "first_followed_up"},
    {ACTION_CLOSE, AUDIENCE_FIRST_RECEIVER, WHOSE_NAMED, WHEN_ALWAYS, "first_closed"},
    {ACTION_REOPEN, AUDIENCE_LIAISON, WHOSE_LAST, WHEN_GRANTED, "reopened"},
    {ACTION_REOPEN, AUDIENCE_FIRST_RECEIVER, WHOSE_NAMED, WHEN_GRANTED, "first_reopened"},
    {ACTION_REOPEN, AUDIENCE_FIRST_RECEIVER, WHOSE_NAMED, WHEN_REFUSED, "first_not_reopened"},
    {ACTION_ESCALATE_UNIT, AUDIENCE_UNIT_LEADER, WHOSE_ACTOR, WHEN_ALWAYS, "escalated"},
    {ACTION_ESCALATE_UNIT, AUDIENCE_OPS, WHOSE_NAMED, WHEN_ALWAYS, "escalated_in_unit"},
    {ACTION_ESCALATE_UNIT, AUDIENCE_FIRST_RECEIVER, WHOSE_NAMED, WHEN_ALWAYS, "first_escalated"},
    {ACTION_ESCALATE_GROUP, AUDIENCE_GROUP_LEADER, WHOSE_NAMED, WHEN_BY_STAFF, "escalated"},
    {ACTION_ESCALATE_GROUP, AUDIENCE_GROUP_LEADER, WHOSE_NAMED, WHEN_BY_SYSTEM, "urgent"},
    {ACTION_ESCALATE_GROUP, AUDIENCE_OPS, WHOSE_NAMED, WHEN_ALWAYS, "escalated_to_group"},
    {ACTION_ESCALATE_GROUP, AUDIENCE_FIRST_RECEIVER, WHOSE_NAMED, WHEN_ALWAYS, "first_escalated"},
    {ACTION_FAILED_CALL, AUDIENCE_UNIT_LEADER, WHOSE_NAMED, WHEN_ALWAYS, "liaison_unreachable"},
    {ACTION_MERGE, AUDIENCE_LIAISON, WHOSE_NAMED, WHEN_ALWAYS, "recalled"},
    {ACTION_MERGE, AUDIENCE_RESIDENT, WHOSE_NAMED, WHEN_ALWAYS, "merged"},
    {ACTION_MERGE, AUDIENCE_FIRST_RECEIVER, WHOSE_NAMED, WHEN_ALWAYS, "first_merged"},
    {ACTION_UNMERGE, AUDIENCE_OPS, WHOSE_NAMED, WHEN_BY_SYSTEM, "unmerged"},
    {ACTION_UNMERGE, AUDIENCE_FIRST_RECEIVER, WHOSE_NAMED, WHEN_ALWAYS, "first_unmerged"},
    {ACTION_FOLLOW_PARENT, AUDIENCE_RESIDENT, WHOSE_NAMED, WHEN_ARRIVAL, "arrived"},
    {ACTION_FOLLOW_PARENT, AUDIENCE_FIRST_RECEIVER, WHOSE_NAMED, WHEN_ARRIVAL, "first_arrived"},
    {ACTION_STOP_WITH_PARENT, AUDIENCE_RESIDENT, WHOSE_NAMED, WHEN_ALWAYS, "finished"}, /* each reporter is told (Art. 27) */
    {ACTION_STOP_WITH_PARENT, AUDIENCE_FIRST_RECEIVER, WHOSE_NAMED, WHEN_ALWAYS, "first_finish_accepted"},
    {ACTION_NOT_OURS, AUDIENCE_RESIDENT, WHOSE_NAMED, WHEN_ALWAYS, "not_ours"},
    {ACTION_NOT_OURS, AUDIENCE_LIAISON, WHOSE_NAMED, WHEN_ALWAYS, "recalled"},
    {ACTION_NOT_OURS, AUDIENCE_FIRST_RECEIVER, WHOSE_NAMED, WHEN_ALWAYS, "first_not_ours"},
    {ACTION_WITHDRAW, AUDIENCE_LIAISON, WHOSE_NAMED, WHEN_ALWAYS, "withdrawn"},
    {ACTION_WITHDRAW, AUDIENCE_FIRST_RECEIVER, WHOSE_NAMED, WHEN_ALWAYS, "first_withdrawn"},
    {ACTION_ADD_WORDS, AUDIENCE_LIAISON, WHOSE_HOLDER, WHEN_BY_RESIDENT, "words_added"},
    {ACTION_ADD_WORDS, AUDIENCE_FIRST_RECEIVER, WHOSE_NAMED, WHEN_ALWAYS, "first_words_added"},
    {ACTION_URGE, AUDIENCE_LIAISON, WHOSE_LAST, WHEN_ALWAYS, "urged"},
    {ACTION_URGE, AUDIENCE_OPS, WHOSE_NAMED, WHEN_ALWAYS, "urged"},
    {ACTION_URGE, AUDIENCE_FIRST_RECEIVER, WHOSE_NAMED, WHEN_ALWAYS, "first_urged"},
    {ACTION_SAY_NOT_FIXED, AUDIENCE_OPS, WHOSE_NAMED, WHEN_ALWAYS, "not_fixed"},
    {ACTION_SAY_NOT_FIXED, AUDIENCE_FIRST_RECEIVER, WHOSE_NAMED, WHEN_ALWAYS, "first_not_fixed"},
    {ACTION_MOVE_APPOINTMENT, AUDIENCE_LIAISON, WHOSE_HOLDER, WHEN_BY_RESIDENT, "appointment_moved"},
    {ACTION_MOVE_APPOINTMENT, AUDIENCE_FIRST_RECEIVER, WHOSE_NAMED, WHEN_ALWAYS, "first_appointment_moved"},
};

/* What can tell of a limit that ops has to set. Other events carry such a clock along without having changed it. */
static const enum ticket_action matter_actions[] = {ACTION_REPORT, ACTION_GRADE, ACTION_RECLASSIFY, ACTION_RECORD_FACTS,
                                                    ACTION_ARRIVE, ACTION_CONTACT, ACTION_REPAIR};
static const char limit_needed[] = "limit_needed";

#define ROW_COUNT (sizeof rows / sizeof rows[0])
static const char department_by_staff[] = "escalated", department_by_system[] = "urgent";

const char *telling_name(size_t index)
{
    if (index < ROW_COUNT)
        return rows[index].name;
    return index == ROW_COUNT ? limit_needed : NULL;
}

/* Whether this event leaves a promise, or the grade of Art. 14(7), for ops to set a limit (Arts. 14(7), 22). */
static bool asks_for_limit(const struct event *event)
{
    bool is_of_matter = false;

    for (size_t i = 0; i < sizeof matter_actions / sizeof matter_actions[0]; i++)
        is_of_matter = is_of_matter || (int)matter_actions[i] == event->kind;
    if (!is_of_matter)
        return false;
    if ((event_get(event, FIELD_GRADES, 0) & (int64_t)GRADE_BIT(GRADE_REPUTATION)) != 0)
        return true;
    for (int i = 0; i < event->clock_count; i++)
        if (clock_is_running(&event->clocks[i]) && event->clocks[i].limit_seconds == 0)
            return true;
    return false;
}

static bool is_when(enum when when, const struct event *event)
{
    const int64_t decision = event_get(event, FIELD_DECISION, DECISION_GRANT);
    const int64_t found = event_get(event, FIELD_FOLLOW_UP, FOLLOW_UP_NONE);

    switch (when) {
    case WHEN_ALWAYS:
        return true;
    case WHEN_GRANTED:
        return decision == DECISION_GRANT;
    case WHEN_REFUSED:
        return decision == DECISION_REFUSE;
    case WHEN_BY_STAFF:
        return event->actor_role != ROLE_BIT(ROLE_SYSTEM);
    case WHEN_BY_SYSTEM:
        return event->actor_role == ROLE_BIT(ROLE_SYSTEM);
    case WHEN_BY_RESIDENT:
        return event->actor_role == ROLE_BIT(ROLE_RESIDENT);
    case WHEN_NEW_CYCLE:
        return found == FOLLOW_UP_UNSOLVED || found == FOLLOW_UP_UNSATISFIED;
    case WHEN_SATISFIED:
        return found == FOLLOW_UP_SATISFIED;
    case WHEN_ARRIVAL:
        return event_get(event, FIELD_CLOCK_KIND, CLOCK_NONE) == CLOCK_ARRIVE;
    }
    assert(false);
    return false;
}

static struct unit_id unit_of(enum whose whose, const struct event *event, const struct told_ticket *ticket)
{
    const struct unit_id named = {(int32_t)event_get(event, FIELD_UNIT, 0)};

    switch (whose) {
    case WHOSE_NAMED:
        return named;
    case WHOSE_HOLDER:
        return ticket->holder;
    case WHOSE_LAST:
        return ticket->holder.v != 0 ? ticket->holder : ticket->last_holder;
    case WHOSE_ACTOR:
        return event->actor_unit;
    }
    assert(false);
    return named;
}

/* Whether there is somebody: nobody is told what they did themselves. */
static bool is_anybody(const struct telling *telling, const struct event *event, const struct told_ticket *ticket)
{
    if (telling->audience == AUDIENCE_LIAISON || telling->audience == AUDIENCE_UNIT_LEADER)
        return telling->unit.v != 0;
    if (telling->audience == AUDIENCE_FIRST_RECEIVER)
        return ticket->first_receiver.v != 0 && ticket->first_receiver.v != event->actor_staff.v;
    return true;
}

size_t telling_list(const struct event *event, const struct told_ticket *ticket, struct telling list[TELLINGS_MAX])
{
    const bool is_sealed = ticket->state == TICKET_SEALED;
    size_t count = 0;

    for (size_t i = 0; i < ROW_COUNT; i++) {
        const struct row *row = &rows[i];
        const struct telling telling = {row->audience, unit_of(row->whose, event, ticket), row->name};
        if ((int)row->action != event->kind || !is_when(row->when, event) || !is_anybody(&telling, event, ticket))
            continue;
        if (is_sealed && row->audience != AUDIENCE_RESIDENT)
            continue;
        assert(count < TELLINGS_MAX);
        list[count++] = telling;
    }
    if (!is_sealed && asks_for_limit(event)) {
        assert(count < TELLINGS_MAX);
        list[count++] = (struct telling){AUDIENCE_OPS, {0}, limit_needed};
    }
    /* The leaders of the departments that an escalation names (Art. 11). */
    for (enum event_field field = FIELD_DEPARTMENT; !is_sealed && field <= FIELD_DEPARTMENT_LAST; field++) {
        if (!event->has_field[field])
            continue;
        assert(count < TELLINGS_MAX);
        list[count++] = (struct telling){
            AUDIENCE_UNIT_LEADER,
            {(int32_t)event->field[field]},
            is_when(WHEN_BY_SYSTEM, event) ? department_by_system : department_by_staff,
        };
    }
    return count;
}
