/*
 * Messages by SMS to those whom an outage touches (Arts. 18(1), 33(4)): who may send them, when they may wait, and when trying ends.
 * Pure.
 */
#ifndef CORE_OUTAGE_SMS_H
#define CORE_OUTAGE_SMS_H

#include "core/outage.h"
#include "core/sms.h"

/* To whom one message of an outage goes. Stored: append only. */
enum sms_audience {
    SMS_AUDIENCE_NONE,
    SMS_HOUSEHOLDS,  /* registered ones, sent by a member of staff */
    SMS_SUBSCRIBERS, /* who asked for it, sent by clerk */
    SMS_CODES,       /* codes of those who want to subscribe: no outage */
    SMS_AUDIENCE__COUNT
};

/* How far a batch is. Stored: append only. */
enum sms_batch_state {
    SMS_BATCH_NONE,
    SMS_BATCH_FILLING, /* its numbers are being queued */
    SMS_BATCH_RUNNING,
    SMS_BATCH_DONE,    /* every number has been told, or given up */
    SMS_BATCH_EMPTIED, /* done, and its rows are gone; figures stay */
    SMS_BATCH_STATE__COUNT
};

/* One message to one number. Stored: append only. */
enum sms_state {
    SMS_WAITING, /* never tried */
    SMS_CLAIMED, /* under way */
    SMS_SENT,
    SMS_GIVEN_UP,
    SMS_AGAIN, /* tried in vain, waits for another try */
    SMS_STATE__COUNT
};

/* The one row that all codes belong to. */
#define SMS_BATCH_OF_CODES 1

#define SMS_CHARACTERS_MOST 268 /* four parts in Chinese */
#define SMS_CHARACTERS_LEAST 10
#define SMS_BODY_BYTES (4 * SMS_CHARACTERS_MOST + 1)

/* What somebody may do with messages to households. */
enum sms_action {
    SMS_ACTION_SEND, /* also stopping, going on and trying again, and the list of households with their masked numbers */
    SMS_ACTION_READ, /* the figures */
    SMS_ACTION__COUNT
};

/*
 * Customer management posts notices to households (Art. 33(4)), operations may; unit leaders and group leaders see what came of it.
 */
enum verdict outage_sms_permits(enum sms_action action, const struct outage_standing *standing);

/*
 * Whether an event of this outage is news for those without water: what the public is told, and of a cut-off, which is never told to the
 * public, what its households are told. That the water went off as announced is none.
 */
bool outage_sms_tells(const struct outage *outage, enum outage_action action);

/*
 * Whether messages wait for the end of the quiet hours: not those of an emergency as long as the water is off, when somebody has to
 * store water now. That it is back, or was announced by mistake, wakes nobody.
 */
bool outage_sms_may_wait(enum outage_kind kind, enum outage_action told);

/* A try that failed. */
struct sms_failure {
    bool is_hopeless;        /* the gateway refused this number, or there is no number any more */
    bool is_of_gateway;      /* it took nobody's message: not this one's fault */
    int attempts;            /* with this one */
    int tries;               /* settings.notice_tries */
    int64_t waited_seconds;  /* since the message was made */
    enum sms_audience audience;
};

/* So long a gateway that takes nothing at all is tried again: news that are older help nobody. */
#define SMS_PATIENCE_SECONDS (INT64_C(24) * HOUR_SECONDS)
#define SMS_CODE_SECONDS (INT64_C(10) * MINUTE_SECONDS) /* a code is good for so long, and sent within it or not at all */

/* Whether a message that failed is given up. */
bool outage_sms_is_over(const struct sms_failure *failure);

/* "filling", …: Text.sms.batch.NAME */
const char *sms_batch_state_name(enum sms_batch_state state);

#endif
