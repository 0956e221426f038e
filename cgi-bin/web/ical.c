#include "web/ical.h"

#include <string.h>

enum { LINE_OCTETS = 75, VALUE_BYTES = 4096 };

/* One content line, folded: a continuation begins with a space, which counts. */
static void add_line(struct text *text, const char *name, const char *value)
{
    char buffer[VALUE_BYTES];
    struct text line;
    size_t room = LINE_OCTETS;

    text_init(&line, buffer, sizeof buffer);
    text_add(&line, name);
    text_add(&line, ":");
    text_add(&line, value);
    const char *at = line.bytes;
    size_t left = line.length_bytes;
    while (left > room) {
        size_t cut = room;
        while (((unsigned char)at[cut] & 0xC0U) == 0x80U) /* not inside a character */
            cut--;
        text_add_bytes(text, at, cut);
        text_add(text, "\r\n ");
        at += cut;
        left -= cut;
        room = LINE_OCTETS - 1;
    }
    text_add_bytes(text, at, left);
    text_add(text, "\r\n");
}

static void add_text(struct text *text, const char *name, const char *value)
{
    char buffer[VALUE_BYTES / 2];
    struct text escaped;

    if (*value == '\0')
        return;
    text_init(&escaped, buffer, sizeof buffer);
    for (; *value != '\0'; value++) {
        if (*value == '\n')
            text_add(&escaped, "\\n");
        else if (strchr("\\;,", *value) != NULL)
            text_add_format(&escaped, "\\%c", *value);
        else if ((unsigned char)*value >= 0x20)
            text_add_bytes(&escaped, value, 1);
    }
    add_line(text, name, escaped.bytes);
}

static void add_moment(struct text *text, const char *name, struct instant at)
{
    char buffer[40];
    const struct civil civil = civil_from_instant(at, 0);
    struct text value;

    text_init(&value, buffer, sizeof buffer);
    text_add_format(&value, "%04d%02d%02dT%02d%02d%02dZ", civil.year, civil.month, civil.day, civil.hour, civil.minute,
                    civil.second);
    add_line(text, name, value.bytes);
}

void ical_begin(struct text *text, const char *product)
{
    add_line(text, "BEGIN", "VCALENDAR");
    add_line(text, "VERSION", "2.0");
    add_text(text, "PRODID", product);
    add_line(text, "CALSCALE", "GREGORIAN");
    add_line(text, "METHOD", "PUBLISH");
}

void ical_subscription(struct text *text, const char *name, int every_minutes)
{
    char buffer[16];
    struct text every;

    text_init(&every, buffer, sizeof buffer);
    text_add_format(&every, "PT%dM", every_minutes);
    add_text(text, "NAME", name);
    add_text(text, "X-WR-CALNAME", name);
    add_line(text, "REFRESH-INTERVAL;VALUE=DURATION", every.bytes);
    add_line(text, "X-PUBLISHED-TTL", every.bytes);
}

void ical_add(struct text *text, const struct ical_event *event, struct instant made_at)
{
    char sequence[16];
    struct text number;

    text_init(&number, sequence, sizeof sequence);
    text_add_number(&number, event->sequence, 1);
    add_line(text, "BEGIN", "VEVENT");
    add_text(text, "UID", event->uid);
    add_moment(text, "DTSTAMP", made_at);
    add_moment(text, "DTSTART", event->at);
    if (instant_is_set(event->end))
        add_moment(text, "DTEND", event->end);
    add_line(text, "SEQUENCE", number.bytes);
    add_line(text, "STATUS", event->is_cancelled ? "CANCELLED" : "CONFIRMED");
    add_text(text, "SUMMARY", event->summary);
    add_text(text, "DESCRIPTION", event->description);
    add_text(text, "LOCATION", event->location);
    if (*event->url != '\0')
        add_line(text, "URL", event->url);
    add_line(text, "TRANSP", "TRANSPARENT");
    add_line(text, "END", "VEVENT");
}

void ical_end(struct text *text) { add_line(text, "END", "VCALENDAR"); }
