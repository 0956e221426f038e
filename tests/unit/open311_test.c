/* What GeoReport v2 writes in its own way: moments with a zone, degrees, states, lists. */
#include "core/open311.h"

#include <string.h>

#include "check.h"

TEST(moments_need_their_zone)
{
    static const struct {
        const char *text;
        int64_t milliseconds; /* -1: refused */
    } cases[] = {
        {"2026-11-23T10:32:00+08:00", INT64_C(1795401120000)},
        {"2026-11-23T02:32:00Z", INT64_C(1795401120000)},
        {"2026-11-23T02:32Z", INT64_C(1795401120000)},
        {"2026-11-23T02:32:00.250Z", INT64_C(1795401120000)},
        {"2026-11-22T21:02:00-05:30", INT64_C(1795401120000)},
        {"2026-11-23T10:32:00", -1},
        {"2026-11-23", -1},
        {"2026-11-23 10:32:00Z", -1},
        {"2026-02-30T10:32:00Z", -1},
        {"2026-11-23T25:32:00Z", -1},
        {"2026-11-23T10:32:00.Z", -1},
        {"2026-11-23T10:32.5Z", -1},
        {"2026-11-23T10:32:00+8:00", -1},
        {"2026-11-23T10:32:00+15:00", -1},
        {"2026-11-23T10:32:00+08:60", -1},
        {"2026-11-23T10:32:00ZZ", -1},
        {"2026-11-23T10:32:00+08:00x", -1},
        {"T", -1},
        {"", -1},
        {"2026-11-23T10:32:00000000000000000000000000Z", -1},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct instant at = INSTANT_NONE;
        check_case(cases[i].text);
        const bool is_read = open311_parse_moment(cases[i].text, &at);
        CHECK_INT(is_read ? at.milliseconds : -1, cases[i].milliseconds);
    }
}

TEST(degrees_are_rounded_to_a_thousandth)
{
    static const struct {
        const char *text;
        int most;
        int32_t milli;
        bool is_read;
    } cases[] = {
        {"36.4567891", 90, 36457, true}, {"-36.4564", 90, -36456, true}, {"0", 90, 0, true},         {"90", 90, 90000, true},
        {"90.000", 90, 90000, true},     {"180", 180, 180000, true},     {"-180.0", 180, -180000, true}, {"115.9", 180, 115900, true},
        {"0.0005", 90, 1, true},         {"89.99999", 90, 90000, true},  {"90.0001", 90, 0, false},  {"181", 180, 0, false},
        {"", 90, 0, false},              {"-", 90, 0, false},            {"+1", 90, 0, false},       {"1.", 90, 0, false},
        {".5", 90, 0, false},            {"1e1", 90, 0, false},          {"1,5", 90, 0, false},      {" 1", 90, 0, false},
        {"nan", 90, 0, false},           {"0x1", 90, 0, false},          {"1.2.3", 90, 0, false},    {"0001", 90, 0, false},
        {"1.0000000000000000", 90, 0, false},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int32_t milli = 0;
        check_case(cases[i].text);
        CHECK_INT(open311_parse_degrees(cases[i].text, cases[i].most, &milli), cases[i].is_read);
        if (cases[i].is_read)
            CHECK_INT(milli, cases[i].milli);
    }
}

TEST(degrees_are_written_with_three_digits)
{
    static const struct {
        int32_t milli;
        const char *text;
    } cases[] = {{36457, "36.457"}, {-36456, "-36.456"}, {0, "0.000"}, {-1, "-0.001"}, {180000, "180.000"}, {5, "0.005"}};

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[OPEN311_DEGREES_BYTES];
        open311_format_degrees(cases[i].milli, text);
        CHECK_TEXT(text, cases[i].text);
    }
}

TEST(each_step_has_a_status_of_the_extension)
{
    static const struct {
        enum ticket_action action;
        const char *status;
    } cases[] = {{ACTION_DISPATCH, "investigating"}, {ACTION_ACCEPT, "in_progress"},  {ACTION_FINISH, "fixed"},
                 {ACTION_CLOSE, "closed"},           {ACTION_REOPEN, "open"},         {ACTION_MERGE, "duplicate"},
                 {ACTION_NOT_OURS, "not_councils_responsibility"}, {ACTION_WITHDRAW, "cancelled"}, {ACTION_REVIEW, "in_progress"}};

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct public_step step = {.action = cases[i].action};
        CHECK_TEXT(open311_update_status(&step), cases[i].status);
    }
}

TEST(a_sent_status_asks_for_little)
{
    CHECK_INT(open311_asked_action("REOPEN"), ACTION_SAY_NOT_FIXED);
    CHECK_INT(open311_asked_action("reopened"), ACTION_SAY_NOT_FIXED);
    CHECK_INT(open311_asked_action("Cancelled"), ACTION_WITHDRAW);
    CHECK_INT(open311_asked_action("OPEN"), ACTION_ADD_WORDS);
    CHECK_INT(open311_asked_action("CLOSED"), ACTION_ADD_WORDS);
    CHECK_INT(open311_asked_action("reopen it"), ACTION_ADD_WORDS);
    CHECK_INT(open311_asked_action(""), ACTION_ADD_WORDS);
}

TEST(lists_are_taken_part_by_part)
{
    const char *list = "open, closed ,x";
    char part[8];
    bool is_good = false;

    CHECK(open311_next_part(&list, part, sizeof part, &is_good));
    CHECK_TEXT(part, "open");
    CHECK(open311_next_part(&list, part, sizeof part, &is_good));
    CHECK_TEXT(part, "closed");
    CHECK(open311_next_part(&list, part, sizeof part, &is_good));
    CHECK_TEXT(part, "x");
    CHECK(!open311_next_part(&list, part, sizeof part, &is_good) && is_good);
    list = "a,,b";
    CHECK(open311_next_part(&list, part, sizeof part, &is_good));
    CHECK(!open311_next_part(&list, part, sizeof part, &is_good) && !is_good);
    list = "much_too_long";
    CHECK(!open311_next_part(&list, part, sizeof part, &is_good) && !is_good);
}
