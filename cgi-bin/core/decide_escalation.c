#include "core/decide.h"

/* What cannot be solved on site or is not the unit's to do goes to its leader (Art. 17). */
enum verdict decide_escalate_unit(struct deciding *deciding)
{
    event_set(&deciding->event, FIELD_DISPATCH_NO, deciding_own_assignment(deciding)->dispatch_no);
    return VERDICT_OK;
}

/* Departments that this command names and the ticket does not know yet; -1 when one is named twice. */
static int count_new_departments(const struct deciding *deciding)
{
    int count = 0;

    for (enum event_field field = FIELD_DEPARTMENT; field <= FIELD_DEPARTMENT_LAST; field++) {
        const int64_t unit = deciding_get(deciding, field, 0);
        if (unit == 0)
            continue;
        for (enum event_field other = FIELD_DEPARTMENT; other < field; other++)
            if (deciding_get(deciding, other, 0) == unit)
                return -1;
        count += ticket_department(deciding->ticket, (struct unit_id){(int32_t)unit}) == NULL;
    }
    return count;
}

/* To group leadership and the departments concerned (Art. 11). The system does it once for each time the 2 h grade is set. */
enum verdict decide_escalate_group(struct deciding *deciding)
{
    const int fresh = count_new_departments(deciding);

    if (deciding->permitted_role == ROLE_BIT(ROLE_SYSTEM) && !deciding->ticket->is_escalation_due)
        return VERDICT_ALREADY_DONE;
    if (fresh < 0)
        return VERDICT_BAD_VALUE;
    return deciding->ticket->department_count + fresh > EVENT_DEPARTMENTS_MAX ? VERDICT_TOO_MANY : VERDICT_OK;
}

/* For leadership by its role, for a department by its unit; for both by somebody who is both. */
enum verdict decide_acknowledge(struct deciding *deciding)
{
    const uint32_t voices = ROLE_BIT(ROLE_LIAISON) | ROLE_BIT(ROLE_UNIT_LEADER);
    const struct actor *actor = &deciding->command->actor;
    const struct department *department = ticket_department(deciding->ticket, actor->unit);

    if ((actor->roles & voices) != 0 && department != NULL && !instant_is_set(department->acknowledged_at))
        event_set(&deciding->event, FIELD_UNIT, actor->unit.v);
    return VERDICT_OK;
}

/* A liaison that could not be reached (Art. 34(1)): of the unit that holds the ticket, unless another one is named. */
enum verdict decide_failed_call(struct deciding *deciding)
{
    if (!deciding_has(deciding, FIELD_UNIT))
        event_set(&deciding->event, FIELD_UNIT, ticket_lead(deciding->ticket)->unit.v);
    return VERDICT_OK;
}
