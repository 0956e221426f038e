/*
 * The part of clerk that sends. It decides whom each notice goes to when it is due (clerk/addressing.c), claims it, hands it
 * to a gateway, and marks what came of it. Several are under way at once and none is waited for, so that a gateway that hangs
 * holds up nobody but itself.
 */
#ifndef CLERK_SENDER_H
#define CLERK_SENDER_H

#include "base/gateway.h"
#include "base/secrets.h"
#include "store/outbox.h"

#define SENDER_SLOTS 32 /* eight for each channel */

/* One notice under way. */
struct sending {
    bool is_used, is_answered;
    struct notice notice;
    struct gateway_answer answer; /* until it is marked in the database */
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

/* ---- addressing.c */

/* Keeps back, decides or gives up one notice that is due and not decided. */
enum status addressing_decide(const struct sender *sender, const struct notice *notice, struct instant now,
                              struct fault *fault) MUST_USE;

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
