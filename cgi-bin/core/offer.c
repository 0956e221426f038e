#include "core/offer.h"

#include <assert.h>
#include <string.h>

static const struct category *category_of(const struct ticket *ticket, const struct regulation *regulation)
{
    return category_find(regulation->categories, regulation->category_count, ticket->facts.category);
}

bool ticket_waits_for_limit(const struct ticket *ticket, const struct regulation *regulation)
{
    const uint32_t unfinished = STATE_BIT(TICKET_REPORTED) | STATE_BIT(TICKET_DISPATCHED) | STATE_BIT(TICKET_OBJECTED) |
                                STATE_BIT(TICKET_ACCEPTED);

    return (STATE_BIT(ticket->state) & unfinished) != 0 && ticket_needs_limit(ticket, category_of(ticket, regulation));
}

/* ---- a form filled in well */

/* A unit that holds nothing of this ticket, whoever that is. */
static int64_t free_unit(const struct ticket *ticket)
{
    int32_t unit = INT32_MAX;

    while (ticket_assignment_of(ticket, (struct unit_id){unit}) != NULL)
        unit--;
    return unit;
}

static int64_t other_category(const struct ticket *ticket, const struct regulation *regulation)
{
    for (size_t i = 0; i < regulation->category_count; i++) {
        const struct category *category = &regulation->categories[i];
        if (category->id.v != ticket->facts.category.v &&
            is_in_force(category->effective_from, category->effective_to, ticket->reported_at))
            return category->id.v;
    }
    return ticket->facts.category.v;
}

static int64_t later_due(const struct ticket *ticket, struct instant now)
{
    const struct clock *finish = ticket_clock(ticket, CLOCK_FINISH);
    const struct instant due = finish == NULL ? INSTANT_NONE : clock_effective_due(finish);

    return (instant_is_set(due) ? instant_add_seconds(due, 1) : now).milliseconds;
}

static void fill_handling(struct command *command, const struct ticket *ticket, struct instant now)
{
    switch ((int)command->action) {
    case ACTION_DISPATCH:
    case ACTION_DISPATCH_ASSIST:
        command_set(command, FIELD_UNIT, free_unit(ticket));
        break;
    case ACTION_OBJECT:
        command_set(command, FIELD_REASON, 1);
        break;
    case ACTION_DECIDE_OBJECTION:
        command_set(command, FIELD_DECISION, DECISION_CARRY_ON);
        break;
    case ACTION_DECIDE_EXTENSION:
    case ACTION_REVIEW:
    case ACTION_REOPEN:
        command_set(command, FIELD_DECISION, DECISION_REFUSE);
        break;
    case ACTION_ASK_EXTENSION:
        command_set(command, FIELD_PROPOSED_DUE, later_due(ticket, now));
        break;
    case ACTION_FINISH:
        command_set(command, FIELD_OUTCOME, OUTCOME_SOLVED);
        command_set(command, FIELD_PHOTO_COUNT, 1);
        break;
    case ACTION_RECORD_FORMALITIES:
        command_set(command, FIELD_REASON, 1);
        command_set(command, FIELD_NOTICE_GIVEN, NOTICE_CALL);
        command_set(command, FIELD_CONFIRMATION, CONFIRMATION_GIVEN);
        break;
    case ACTION_RECORD_LIABILITY:
        command_set(command, FIELD_LIABILITY, LIABILITY_UNKNOWN);
        break;
    case ACTION_FOLLOW_UP:
        command_set(command, FIELD_FOLLOW_UP, FOLLOW_UP_UNREACHABLE);
        break;
    default: /* words are enough */
        break;
    }
}

static void fill_matter(struct command *command, const struct ticket *ticket, const struct regulation *regulation,
                        struct instant now)
{
    switch ((int)command->action) {
    case ACTION_GRADE:
        command_set(command, FIELD_GRADES, ticket->facts.grades ^ GRADE_BIT(GRADE_URGENT));
        break;
    case ACTION_RECLASSIFY:
        command_set(command, FIELD_CATEGORY, other_category(ticket, regulation));
        break;
    case ACTION_SET_LIMIT:
        command_set(command, FIELD_LIMIT_SECONDS, DAY_SECONDS);
        break;
    case ACTION_RECORD_FACTS:
        command_set(command, FIELD_ZONE, (int64_t)ZONE_INNER);
        break;
    case ACTION_MERGE:
    case ACTION_LINK_REPEAT:
        command_set(command, FIELD_PARENT, ticket->id.v == 1 ? 2 : 1);
        break;
    case ACTION_RATE:
        command_set(command, FIELD_RATING, 5);
        break;
    case ACTION_MOVE_APPOINTMENT:
        command_set(command, FIELD_APPOINTMENT_AT, now.milliseconds);
        break;
    default:
        break;
    }
}

/* ---- what this matter has no use for, though no rule forbids it */

/* Where the regulation leaves the limit to ops, and where ops has set one. */
static bool has_limit_by_ops(const struct ticket *ticket, const struct regulation *regulation)
{
    return ticket->facts.ops_limit_seconds > 0 || ticket_waits_for_limit(ticket, regulation);
}

static bool has_late_clock(const struct ticket *ticket, struct instant now)
{
    for (int i = 0; i < ticket->clock_count; i++) {
        const enum clock_result result = clock_result_at(&ticket->clocks[i], now);
        if (result == RESULT_LATE || result == RESULT_ENDED_LATE)
            return true;
    }
    return false;
}

static bool has_inspection(const struct ticket *ticket)
{
    for (int i = 0; i < ticket->assignment_count; i++)
        if (ticket->assignments[i].role == ASSIGNMENT_INSPECTION)
            return true;
    return false;
}

static bool is_of_use(const struct ticket *ticket, enum ticket_action action, const struct regulation *regulation,
                      struct instant now)
{
    const struct category *category = category_of(ticket, regulation);

    switch ((int)action) {
    case ACTION_SET_LIMIT:
        return has_limit_by_ops(ticket, regulation);
    case ACTION_RECORD_FORMALITIES:
        return category != NULL && category->needs_formalities;
    case ACTION_RECORD_LIABILITY:
        return (category != NULL && category->is_third_party) || has_inspection(ticket);
    case ACTION_RECORD_PLAN:
        return category != NULL && category->is_leak;
    case ACTION_MOVE_APPOINTMENT:
        return instant_is_set(ticket->appointment_at);
    case ACTION_EXCUSE:
        return has_late_clock(ticket, now);
    default:
        return true;
    }
}

/* Refused for what was typed, not for where the ticket stands. */
static bool is_about_fields(enum verdict verdict)
{
    return verdict == VERDICT_NEEDS_REASON || verdict == VERDICT_NEEDS_TEXT || verdict == VERDICT_NEEDS_UNIT ||
           verdict == VERDICT_BAD_VALUE;
}

enum verdict ticket_offer(const struct ticket *ticket, enum ticket_action action, const struct actor *actor,
                          const struct regulation *regulation, struct instant now)
{
    struct command command;
    struct event event;
    enum verdict verdict = ticket_permits(ticket, action, actor, NULL);

    assert(action > ACTION_REPORT && action < TICKET_ACTION__COUNT);
    if (verdict != VERDICT_OK)
        return verdict;
    if (!is_of_use(ticket, action, regulation, now))
        return VERDICT_NOT_NEEDED;
    if (action == ACTION_EXCUSE)
        return VERDICT_OK; /* which clock and which failure report are for the form to say */
    memset(&command, 0, sizeof command);
    command.action = action;
    command.actor = *actor;
    command.expected_version = ticket->version;
    command.occurred_at = INSTANT_NONE;
    command.has_text = true;
    fill_handling(&command, ticket, now);
    fill_matter(&command, ticket, regulation, now);
    verdict = ticket_decide(ticket, &command, regulation, now, &event);
    return is_about_fields(verdict) ? VERDICT_OK : verdict;
}
