#include "core/notice.h"

#include <assert.h>
#include <string.h>

enum { DAY_MINUTES = 24 * 60 };

#define AUDIENCE_BIT(audience) (UINT32_C(1) << (audience))

/* Who can wait for it, besides the first receiver, who is told of every turn and acts upon none. */
static const struct {
    const char *name;
    uint32_t audiences;
} PATIENT[] = {
    {"finished", AUDIENCE_BIT(AUDIENCE_RESIDENT)},
    {"extension_granted", AUDIENCE_BIT(AUDIENCE_RESIDENT)},
    {"not_ours", AUDIENCE_BIT(AUDIENCE_RESIDENT)},
    {"merged", AUDIENCE_BIT(AUDIENCE_RESIDENT)},
    {"follow_up", AUDIENCE_BIT(AUDIENCE_RESIDENT)},
    {"closed", AUDIENCE_BIT(AUDIENCE_RESIDENT)},
    {"water_back", AUDIENCE_BIT(AUDIENCE_RESIDENT)},
    {"clock_half", AUDIENCE_BIT(AUDIENCE_UNIT_LEADER)},
    {"clock_soon", AUDIENCE_BIT(AUDIENCE_UNIT_LEADER)},
    {"clock_granted_soon", AUDIENCE_BIT(AUDIENCE_UNIT_LEADER)},
    {"clock_day_late", AUDIENCE_BIT(AUDIENCE_GROUP_LEADER)},
    {"penalty_proposed", AUDIENCE_BIT(AUDIENCE_GROUP_LEADER)},
    {"penalty_confirmed", AUDIENCE_BIT(AUDIENCE_LIAISON) | AUDIENCE_BIT(AUDIENCE_UNIT_LEADER) | AUDIENCE_BIT(AUDIENCE_OPS)},
    {"penalty_objected", AUDIENCE_BIT(AUDIENCE_OPS) | AUDIENCE_BIT(AUDIENCE_GROUP_LEADER)},
    {"penalty_revoked", AUDIENCE_BIT(AUDIENCE_LIAISON) | AUDIENCE_BIT(AUDIENCE_UNIT_LEADER) | AUDIENCE_BIT(AUDIENCE_OPS)},
    {"penalty_upheld", AUDIENCE_BIT(AUDIENCE_LIAISON) | AUDIENCE_BIT(AUDIENCE_UNIT_LEADER) | AUDIENCE_BIT(AUDIENCE_OPS)},
};

bool notice_may_wait(const char *name, enum audience audience, uint32_t grades)
{
    if ((grades & GRADE_BIT(GRADE_URGENT)) != 0)
        return false;
    if (audience == AUDIENCE_FIRST_RECEIVER)
        return true;
    for (size_t i = 0; i < sizeof PATIENT / sizeof PATIENT[0]; i++)
        if (strcmp(PATIENT[i].name, name) == 0)
            return (PATIENT[i].audiences & AUDIENCE_BIT(audience)) != 0;
    return false;
}

struct instant quiet_hours_over(struct instant at, int from_minute, int to_minute, int utc_offset_minutes)
{
    const struct day today = day_of(at, utc_offset_minutes);
    const struct civil civil = civil_from_instant(at, utc_offset_minutes);
    const int minute = civil.hour * 60 + civil.minute;

    assert(from_minute >= 0 && from_minute < DAY_MINUTES && to_minute >= 0 && to_minute < DAY_MINUTES);
    const bool is_quiet = from_minute <= to_minute ? minute >= from_minute && minute < to_minute
                                                   : minute >= from_minute || minute < to_minute;
    if (!is_quiet)
        return at;
    const struct day ends_on = {today.number + (minute >= to_minute)};
    return instant_add_seconds(day_start(ends_on, utc_offset_minutes), (int64_t)to_minute * MINUTE_SECONDS);
}

int64_t notice_pause_seconds(int attempts, unsigned chance)
{
    int64_t pause = NOTICE_FIRST_PAUSE_SECONDS;

    for (int i = 1; i < attempts && pause < NOTICE_LONGEST_PAUSE_SECONDS; i++)
        pause *= 2;
    if (pause > NOTICE_LONGEST_PAUSE_SECONDS)
        pause = NOTICE_LONGEST_PAUSE_SECONDS;
    return pause + pause * (int64_t)(chance % 1000) / 4000;
}
