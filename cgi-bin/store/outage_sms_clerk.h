/*
 * What clerk does with messages by SMS besides sending them: a batch of subscribers for every message of an outage, the numbers of a
 * batch, its end, and clearing away. Any number of clerks may do it at once.
 */
#ifndef STORE_OUTAGE_SMS_CLERK_H
#define STORE_OUTAGE_SMS_CLERK_H

#include "core/outage_sms.h"
#include "store/db.h"

/* A message of an outage for which there is no batch of subscribers yet. */
struct sms_untold {
    struct outage_id outage;
    uint32_t seq;
    enum outage_action told;
    enum outage_kind kind;
};
/* Told at `since` or later, oldest first. */
enum status outage_sms_clerk_untold(struct db *db, struct instant since, int limit, struct arena *arena,
                                    struct sms_untold **untold, size_t *count, struct fault *fault) MUST_USE;

/* Makes the batch; one that is there already stays as it is. body: "": it is no news, and nobody is told */
enum status outage_sms_clerk_open(struct db *db, const struct sms_untold *untold, const char *body, struct instant now,
                                  struct fault *fault) MUST_USE;

/*
 * Queues the numbers of batches that are being filled, place by place, each once for each message whoever came first, so that whoever
 * ends in the middle leaves nothing to do twice. done: how many slices of places this call took; 0: nothing is left to fill
 */
enum status outage_sms_clerk_fill(struct db *db, struct instant now, struct arena *arena, int *done,
                                  struct fault *fault) MUST_USE;

/* A running batch without a message that waits. */
struct sms_over {
    int64_t batch;
    enum sms_audience audience;
    struct outage_id outage;
    uint32_t seq;
    struct instant created_at;
    int households; /* in the area when it was made */
    int sent, given_up;
    struct instant last_sent_at; /* INSTANT_NONE: none was sent */
};
enum status outage_sms_clerk_over(struct db *db, int limit, struct arena *arena, struct sms_over **over, size_t *count,
                                  struct fault *fault) MUST_USE;
/* It is done, with these figures. */
enum status outage_sms_clerk_end(struct db *db, const struct sms_over *over, struct instant now, struct fault *fault) MUST_USE;

/*
 * Deletes, in slices, the messages of batches that were done before `kept_since` (their figures stay), codes and inputs older than a
 * day, and subscriptions that ran out.
 */
enum status outage_sms_clerk_purge(struct db *db, struct instant kept_since, struct instant now, struct fault *fault) MUST_USE;

#endif
