/*
 * The part of clerk that sends. It decides whom each notice goes to when it is due (clerk/addressing.c), claims it, hands it
 * to a gateway, and marks what came of it. Several are under way at once and none is waited for, so that a gateway that hangs
 * holds up nobody but itself.
 */
#ifndef CLERK_SENDER_H
#define CLERK_SENDER_H

#include "base/gateway.h"
#include "base/secrets.h"
#include "store/outage_sms_queue.h"
#include "store/outbox.h"

#define SENDER_SLOTS 32 /* eight for each channel */

/* One notice under way, or one message of a batch. */
struct sending {
    bool is_used, is_answered, is_bulk;
    struct notice notice;
    struct sms_message sms; /* is_bulk: its texts and bytes are gone by the time it is answered */
    struct gateway_answer answer; /* until it is marked in the database */
};

/* What is known of the gateway while messages to households are sent (clerk/bulk.c). */
struct bulk {
    int failures;              /* one after the other, none of them the message's own fault */
    struct instant rests_until; /* then one message looks whether it takes any again */
    struct instant freed_at;
    struct household_keys keys;
};

/* All but the gateway are borrowed. Start from zeroes. */
struct sender {
    struct db *db;
    const struct catalog *catalog;
    const struct settings *settings;
    const struct secrets *secrets;
    struct arena *arena; /* reset by each pass */
    struct gateway *gateway;
    struct sending sendings[SENDER_SLOTS];
    struct bulk bulk;
};

/* Opens the gateways; STATUS_INVALID says what the settings lack. */
enum status sender_open(struct sender *sender, struct fault *fault) MUST_USE;
void sender_close(struct sender *sender);

/*
 * One pass: decides, starts what there is room for, waits at most so long for answers, marks them. done: what it moved on.
 * may_start: false while ending, when only what is under way is brought to its end.
 */
enum status sender_pass(struct sender *sender, bool may_start, int wait_milliseconds, int *done,
                        struct fault *fault) MUST_USE;

bool sender_is_busy(const struct sender *sender);

/* Gives room in which something can be under way; NULL when there is none. */
struct sending *sender_free_sending(struct sender *sender);

/* Whoever claimed something has this long: a message's own time twice, and what marking it may take. */
int sender_lease_seconds(const struct settings *settings);

/* ---- bulk.c: messages to households and subscribers */

/*
 * Starts messages of the batches that run, behind the notices of this pass and never into the last slots of the channel: what a
 * hundred thousand households wait for holds up no notice of a ticket.
 */
enum status bulk_start(struct sender *sender, int *started, struct fault *fault) MUST_USE;

/* Marks what was answered. STATUS_CONFLICT when the lease ran out and somebody else has it. */
enum status bulk_mark(struct sender *sender, const struct sending *sending, struct fault *fault) MUST_USE;

/* ---- addressing.c */

/* Keeps back, decides or gives up one notice that is due and not decided. */
enum status addressing_decide(const struct sender *sender, const struct notice *notice, struct instant now,
                              struct fault *fault) MUST_USE;

/* The moment from `at` on that lies outside of the quiet hours. */
struct instant addressing_quiet_over(const struct sender *sender, struct instant at);

/* The moment from `at` on when quiet hours let this notice out. */
struct instant addressing_not_before(const struct sender *sender, const struct notice *notice, struct instant at);

/* Who is addressed at this try. */
struct address {
    bool is_there;
    enum gateway_error error; /* why not */
    const char *line;         /* what the channel is given: phone, mail address, or words for a file; "" for a robot */
};

/*
 * Opens the address for one try. A unit's person is found anew, so that who came on duty since the last try is told; target
 * is set accordingly.
 */
enum status addressing_find(const struct sender *sender, struct notice *notice, struct instant now,
                            struct address *address, struct fault *fault) MUST_USE;

/* What the notice says, in Chinese: what happened, what is expected, where to look. Nothing personal but the resident's own code. */
const char *addressing_text(const struct sender *sender, const struct notice *notice);
/* Subject of a mail: what it is about and the ticket's number. */
const char *addressing_subject(const struct sender *sender, const struct notice *notice);

#endif
