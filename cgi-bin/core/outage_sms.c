#include "core/outage_sms.h"

#include <assert.h>

#include "core/permission.h"

#define R(role) ROLE_BIT(ROLE_##role)
#define TOLD (~(UINT32_C(1) << OUTAGE_STATE_NONE))
#define CUSTOMER_PEOPLE (R(CREW) | R(LIAISON) | R(UNIT_LEADER))

/* is_own_unit: customer management's people. */
static const struct subject_permission permissions[] = {
    {SMS_ACTION_SEND, TOLD, CUSTOMER_PEOPLE, true}, {SMS_ACTION_SEND, TOLD, R(OPS), false},
    {SMS_ACTION_READ, TOLD, CUSTOMER_PEOPLE, true}, {SMS_ACTION_READ, TOLD, R(OPS) | R(UNIT_LEADER) | R(GROUP_LEADER), false},
};

enum verdict outage_sms_permits(enum sms_action action, const struct outage_standing *standing)
{
    const struct subject_case wanted = {(int)action, (int)standing->state, standing->roles, standing->is_customer};

    return permission_check(permissions, sizeof permissions / sizeof permissions[0], &wanted, NULL);
}

bool outage_sms_tells(const struct outage *outage, enum outage_action action)
{
    static const uint32_t OF_CUTOFF = OUTAGE_BIT(OUTAGE_CUT) | OUTAGE_BIT(OUTAGE_POSTPONE) | OUTAGE_BIT(OUTAGE_CANCEL) |
                                      OUTAGE_BIT(OUTAGE_RESTORE);

    if (outage->kind == OUTAGE_CUTOFF)
        return (OF_CUTOFF & OUTAGE_BIT(action)) != 0;
    if (action == OUTAGE_START && (outage->steps & OUTAGE_BIT(OUTAGE_PUBLISH)) != 0)
        return false;
    return outage_is_message(action, outage->is_public);
}

bool outage_sms_may_wait(enum outage_kind kind, enum outage_action told)
{
    return kind != OUTAGE_EMERGENCY || told == OUTAGE_RESTORE || told == OUTAGE_WITHDRAW;
}

bool outage_sms_is_over(const struct sms_failure *failure)
{
    if (failure->is_hopeless)
        return true;
    if (failure->audience == SMS_CODES && failure->waited_seconds >= SMS_CODE_SECONDS)
        return true;
    if (failure->is_of_gateway)
        return failure->waited_seconds >= SMS_PATIENCE_SECONDS;
    return failure->attempts >= failure->tries;
}

const char *sms_batch_state_name(enum sms_batch_state state)
{
    static const char *const names[SMS_BATCH_STATE__COUNT] = {"none", "filling", "running", "done", "emptied"};

    assert((unsigned)state < SMS_BATCH_STATE__COUNT);
    return names[state];
}
