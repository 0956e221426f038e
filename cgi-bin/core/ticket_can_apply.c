/* What ticket_apply() takes for granted, asked before of what comes from outside. */
#include "core/ticket.h"

static bool has_sound_fields(const struct event *event)
{
    for (enum event_field field = FIELD_NONE + 1; field < EVENT_FIELD__COUNT; field++)
        if (event->has_field[field] && !event_field_is_sound(field, event->field[field]))
            return false;
    return true;
}

/* Numbered without holes, as many as fit. */
static bool has_sound_clocks(const struct ticket *ticket, const struct event *event)
{
    int clock_count = ticket->clock_count;

    if (event->clock_count < 0 || event->clock_count > EVENT_CLOCKS_MAX)
        return false;
    for (int i = 0; i < event->clock_count; i++) {
        const int no = event->clocks[i].no;
        if (no < 1 || no > TICKET_CLOCKS_MAX || no > clock_count + 1)
            return false;
        clock_count = no > clock_count ? no : clock_count;
    }
    return true;
}

/* Whether it names an assignment that there is. */
static bool names_assignment(const struct ticket *ticket, const struct event *event)
{
    const int64_t no = event_get(event, FIELD_DISPATCH_NO, 0);

    return no >= 1 && no <= ticket->assignment_count;
}

static bool has_room_for_departments(const struct ticket *ticket, const struct event *event)
{
    int count = ticket->department_count;

    for (enum event_field field = FIELD_DEPARTMENT; field <= FIELD_DEPARTMENT_LAST; field++)
        if (event->has_field[field])
            count += ticket_department(ticket, (struct unit_id){(int32_t)event->field[field]}) == NULL;
    return count <= EVENT_DEPARTMENTS_MAX;
}

static bool fits_assignments(const struct ticket *ticket, const struct event *event)
{
    switch (event->kind) {
    case ACTION_DISPATCH:
    case ACTION_DISPATCH_ASSIST:
        return ticket->assignment_count < TICKET_ASSIGNMENTS_MAX &&
               event_get(event, FIELD_DISPATCH_NO, 0) == ticket->assignment_count + 1;
    case ACTION_RECALL:
    case ACTION_ACCEPT:
    case ACTION_OBJECT:
    case ACTION_DECIDE_OBJECTION:
    case ACTION_ARRIVE:
    case ACTION_RECORD_PLAN:
        return names_assignment(ticket, event);
    case ACTION_REVIEW:
        return event_get(event, FIELD_DECISION, DECISION_NONE) == DECISION_GRANT || names_assignment(ticket, event);
    case ACTION_ESCALATE_UNIT:
        return !event->has_field[FIELD_DISPATCH_NO] || names_assignment(ticket, event);
    case ACTION_ESCALATE_GROUP:
        return has_room_for_departments(ticket, event);
    default:
        return true;
    }
}

bool ticket_can_apply(const struct ticket *ticket, const struct event *event)
{
    if (event->subject != SUBJECT_TICKET || event->seq != ticket->version + 1 || event->kind <= ACTION_NONE ||
        event->kind >= TICKET_ACTION__COUNT || (event->seq == 1) != (event->kind == ACTION_REPORT))
        return false;
    if (!instant_is_set(event->occurred_at) || !instant_is_set(event->recorded_at))
        return false;
    for (int list = 0; list < EVENT_LIST__COUNT; list++)
        if (event->list_count[list] != 0)
            return false;
    return has_sound_fields(event) && has_sound_clocks(ticket, event) && fits_assignments(ticket, event);
}
