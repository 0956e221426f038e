#include "core/policy.h"

#include <assert.h>
#include <string.h>

static const struct policy_bound BOUNDS[POLICY__COUNT] = {
    [POLICY_FOLLOW_UP_PERCENT] = {"follow_up_percent", "percent", 1, 100, 100},
    [POLICY_FOLLOW_UP_ATTEMPTS] = {"follow_up_attempts", "times", 1, 10, 3},
    [POLICY_REPEAT_DAYS] = {"repeat_days", "days", 1, 366, 90},
    [POLICY_CONFIRM_DAYS] = {"confirm_days", "days", 1, 366, 90},
    [POLICY_ROSTER_DAYS] = {"roster_days", "days", 1, 31, 7},
    [POLICY_QUIET_FROM_MINUTE] = {"quiet_from_minute", "minute", 0, 1439, 1320},
    [POLICY_QUIET_TO_MINUTE] = {"quiet_to_minute", "minute", 0, 1439, 420},
    [POLICY_SOON_MINUTES] = {"soon_minutes", "minutes", 10, 1440, 120},
    [POLICY_RECTIFY_DAYS] = {"rectify_days", "days", 1, 180, 15},
    [POLICY_NOTICES_PER_PHONE] = {"notices_per_phone", "times", 1, 500, 20},
    [POLICY_OUTAGE_APPROVER] = {"outage_approver", "approver", 1, 3, 2},
    [POLICY_OUTAGE_APPROVER_LARGE] = {"outage_approver_large", "approver", 1, 3, 3},
    [POLICY_OUTAGE_HOUSEHOLDS] = {"outage_households", "households", 1, 1000000, 1000},
    [POLICY_OUTAGE_HOURS] = {"outage_hours", "hours", 1, 720, 12},
};

const struct policy_bound *policy_bound(enum policy policy)
{
    assert((unsigned)policy < POLICY__COUNT);
    return &BOUNDS[policy];
}

bool policy_find(const char *name, enum policy *policy)
{
    for (int i = 0; i < POLICY__COUNT; i++) {
        if (strcmp(BOUNDS[i].name, name) == 0) {
            *policy = (enum policy)i;
            return true;
        }
    }
    return false;
}

bool policy_allows(enum policy policy, int64_t value)
{
    const struct policy_bound *bound = policy_bound(policy);

    return value >= bound->least && value <= bound->most;
}
