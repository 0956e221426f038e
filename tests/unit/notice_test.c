/* core/notice: quiet hours, pauses between tries. */
#include "core/notice.h"

#include "check.h"

#define OFFSET_MINUTES 480

static struct instant local(const char *text)
{
    struct instant at = INSTANT_NONE;
    REQUIRE(instant_parse_local(text, OFFSET_MINUTES, &at));
    return at;
}

TEST(quiet_hours_end_when_they_say)
{
    static const struct {
        const char *name;
        int from, to;
        const char *at, *over;
    } cases[] = {
        {"before them", 1320, 420, "2026-11-23 21:59:59", "2026-11-23 21:59:59"},
        {"at their beginning", 1320, 420, "2026-11-23 22:00", "2026-11-24 07:00"},
        {"before midnight", 1320, 420, "2026-11-23 23:59:59", "2026-11-24 07:00"},
        {"at midnight", 1320, 420, "2026-11-24 00:00", "2026-11-24 07:00"},
        {"before their end", 1320, 420, "2026-11-24 06:59:59", "2026-11-24 07:00"},
        {"at their end", 1320, 420, "2026-11-24 07:00", "2026-11-24 07:00"},
        {"over the end of a year", 1320, 420, "2026-12-31 23:00", "2027-01-01 07:00"},
        {"over a leap day", 1320, 420, "2028-02-28 23:30", "2028-02-29 07:00"},
        {"within one day", 720, 840, "2026-11-23 12:00", "2026-11-23 14:00"},
        {"within one day, before", 720, 840, "2026-11-23 11:59", "2026-11-23 11:59"},
        {"within one day, after", 720, 840, "2026-11-23 14:00", "2026-11-23 14:00"},
        {"from midnight on", 0, 360, "2026-11-23 00:00", "2026-11-23 06:00"},
        {"up to midnight", 1200, 0, "2026-11-23 23:00", "2026-11-24 00:00"},
        {"up to midnight, after", 1200, 0, "2026-11-24 00:00", "2026-11-24 00:00"},
        {"without length", 420, 420, "2026-11-23 07:00", "2026-11-23 07:00"},
        {"without length at midnight", 0, 0, "2026-11-23 00:00", "2026-11-23 00:00"},
        {"all day but a minute", 1, 0, "2026-11-23 00:01", "2026-11-24 00:00"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check_case(cases[i].name);
        const struct instant over = quiet_hours_over(local(cases[i].at), cases[i].from, cases[i].to, OFFSET_MINUTES);
        CHECK_INT(over.milliseconds, local(cases[i].over).milliseconds);
    }
}

TEST(quiet_hours_are_the_citys_not_those_of_greenwich)
{
    const struct instant at = local("2026-11-23 22:30"); /* 14:30 UTC */
    CHECK(quiet_hours_over(at, 1320, 420, OFFSET_MINUTES).milliseconds > at.milliseconds);
    CHECK_INT(quiet_hours_over(at, 1320, 420, 0).milliseconds, at.milliseconds);
}

TEST(what_can_wait_waits_and_nothing_else)
{
    static const struct {
        const char *name;
        enum audience audience;
        uint32_t grades;
        bool may_wait;
    } cases[] = {
        {"finished", AUDIENCE_RESIDENT, 0, true},
        {"extension_granted", AUDIENCE_RESIDENT, 0, true},
        {"not_ours", AUDIENCE_RESIDENT, 0, true},
        {"received", AUDIENCE_RESIDENT, 0, false},
        {"arrived", AUDIENCE_RESIDENT, 0, false},
        {"finished", AUDIENCE_RESIDENT, GRADE_BIT(GRADE_URGENT), false},
        {"dispatched", AUDIENCE_LIAISON, 0, false},
        {"clock_half", AUDIENCE_LIAISON, 0, false},
        {"clock_soon", AUDIENCE_LIAISON, 0, false},
        {"clock_soon", AUDIENCE_UNIT_LEADER, 0, true},
        {"clock_late", AUDIENCE_UNIT_LEADER, 0, false},
        {"clock_late", AUDIENCE_OPS, 0, false},
        {"urgent", AUDIENCE_GROUP_LEADER, 0, false},
        {"escalated", AUDIENCE_GROUP_LEADER, 0, false},
        {"clock_day_late", AUDIENCE_GROUP_LEADER, 0, true},
        {"first_dispatched", AUDIENCE_FIRST_RECEIVER, 0, true},
        {"first_dispatched", AUDIENCE_FIRST_RECEIVER, GRADE_BIT(GRADE_URGENT), false},
        {"a name that is not known", AUDIENCE_RESIDENT, 0, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check_casef("%s to audience %d", cases[i].name, cases[i].audience);
        CHECK(notice_may_wait(cases[i].name, cases[i].audience, cases[i].grades) == cases[i].may_wait);
    }
}

TEST(pauses_grow_up_to_the_longest_and_part_by_chance)
{
    int64_t before = 0;
    CHECK_INT(notice_pause_seconds(1, 0), 30);
    CHECK_INT(notice_pause_seconds(2, 0), 60);
    CHECK_INT(notice_pause_seconds(6, 0), 960);
    CHECK_INT(notice_pause_seconds(7, 0), NOTICE_LONGEST_PAUSE_SECONDS);
    CHECK_INT(notice_pause_seconds(1000000, 0), NOTICE_LONGEST_PAUSE_SECONDS);
    for (int i = 1; i < 7; i++) {
        CHECK(notice_pause_seconds(i, 0) > before); /* even after the longest chance of the pause before */
        before = notice_pause_seconds(i, 999);
        CHECK(before <= notice_pause_seconds(i, 0) * 5 / 4);
        CHECK(before > notice_pause_seconds(i, 0));
    }
}
