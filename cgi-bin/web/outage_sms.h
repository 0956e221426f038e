/*
 * What an SMS about an outage says: where, why, from when to when, where to look and whom to call. Written from the outage as it was
 * announced; staff may change what goes to households.
 */
#ifndef WEB_OUTAGE_SMS_H
#define WEB_OUTAGE_SMS_H

#include "base/settings.h"
#include "core/outage_sms.h"
#include "web/words.h"

#define SMS_AREA_CHARACTERS 60 /* an area in more words is cut behind a name */

struct outage_sms_facts {
    enum outage_action told; /* the message that is told */
    const char *area;        /* names with Text.sms.between between them */
    int cause;
    struct instant started_at;      /* or the planned start */
    struct instant happened_at;     /* water on, of OUTAGE_RESTORE */
    struct instant expected_end_at; /* INSTANT_NONE: not announced */
    struct outage_id outage;
    bool is_pressure; /* less pressure instead of no water */
    bool is_public;   /* the public pages show it: with a link */
};

/* In the arena; at most SMS_CHARACTERS_MOST characters, but for a base_url or hotline of absurd length. */
const char *outage_sms_text(struct arena *arena, const struct settings *settings, enum language language,
                            const struct outage_sms_facts *facts);

/* A moment that is true on every day: "11月28日 08:00". */
const char *outage_sms_moment(struct arena *arena, enum language language, struct instant at, int utc_offset_minutes);

#endif
