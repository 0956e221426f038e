/*
 * iCalendar (RFC 5545) in UTF-8: lines end with CRLF, are folded at 75 octets between characters, and texts are escaped.
 */
#ifndef WEB_ICAL_H
#define WEB_ICAL_H

#include "base/text.h"
#include "base/time.h"

struct ical_event {
    const char *uid;  /* the same event keeps it */
    struct instant at, end; /* end: INSTANT_NONE for a moment */
    const char *summary, *description, *location, *url; /* "" without */
    bool is_cancelled;
    int sequence;
};

void ical_begin(struct text *text, const char *product);
/* For calendars that are subscribed to, behind ical_begin: what they are called, and how often to ask again. */
void ical_subscription(struct text *text, const char *name, int every_minutes);
/* made_at: DTSTAMP, when this version of the event was made */
void ical_add(struct text *text, const struct ical_event *event, struct instant made_at);
void ical_end(struct text *text);

#endif
