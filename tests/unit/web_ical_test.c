/*
 * Calendars: folding between characters, escaping, moments in UTC.
 */
#include "web/ical.h"

#include <string.h>

#include "check.h"

static char buffer[8192];

static const char *calendar_of(const struct ical_event *event)
{
    struct text text;
    text_init(&text, buffer, sizeof buffer);
    ical_begin(&text, "-//Shuinuo//test//EN");
    ical_add(&text, event, (struct instant){INT64_C(1795392000000)});
    ical_end(&text);
    CHECK(!text.is_cut);
    return buffer;
}

static struct ical_event plain(void)
{
    return (struct ical_event){.uid = "a@b", .at = {INT64_C(1795392000000)}, .end = INSTANT_NONE, .summary = "s",
                               .description = "", .location = "", .url = ""};
}

TEST(a_moment_is_written_in_utc_and_every_line_ends_with_cr_lf)
{
    const struct ical_event event = plain();
    const char *text = calendar_of(&event);

    CHECK(strstr(text, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") == text);
    CHECK(strstr(text, "\r\nDTSTART:20261123T000000Z\r\n") != NULL);
    CHECK(strstr(text, "DTEND") == NULL);
    CHECK(strstr(text, "DESCRIPTION") == NULL);
    for (const char *at = strchr(text, '\n'); at != NULL; at = strchr(at + 1, '\n'))
        CHECK(at[-1] == '\r');
}

TEST(no_line_is_longer_than_75_octets_and_no_character_is_cut)
{
    struct ical_event event = plain();
    char unfolded[8192] = "";
    size_t length = 0;

    event.summary = "从昨天夜里开始路边的水表井一直往外冒水，已经流到人行道和自行车道上，来往的老人和孩子走路要绕到马路中间。";
    const char *text = calendar_of(&event);
    for (const char *line = text; *line != '\0';) {
        const size_t octets = strcspn(line, "\r");
        CHECK(octets <= 75);
        CHECK(text_is_utf8(line, octets));
        line += octets + 2;
    }
    for (const char *at = text; *at != '\0'; at++) {
        if (strncmp(at, "\r\n ", 3) == 0)
            at += 2;
        else
            unfolded[length++] = *at;
    }
    CHECK(strstr(unfolded, event.summary) != NULL);
}

TEST(what_would_begin_a_new_line_or_value_is_escaped)
{
    struct ical_event event = plain();

    event.summary = "a;b,c\\d\r\nSTATUS:CANCELLED";
    const char *text = calendar_of(&event);
    CHECK(strstr(text, "SUMMARY:a\\;b\\,c\\\\d\\nSTATUS:CANCELLED\r\n") != NULL);
    CHECK(strstr(text, "\r\nSTATUS:CANCELLED") == NULL);
}
