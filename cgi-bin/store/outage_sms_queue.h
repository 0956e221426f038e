/*
 * Sending what was queued: messages are claimed some at a time with a token, sent, and marked under it. Whoever ends in between leaves
 * a lease that runs out, and the message goes once more under the same id: at least once here, once for a gateway that drops what it has
 * seen. For clerk.
 */
#ifndef STORE_OUTAGE_SMS_QUEUE_H
#define STORE_OUTAGE_SMS_QUEUE_H

#include "base/gateway.h"
#include "core/outage_sms.h"
#include "store/household_store.h"

#define SMS_TOKEN_BYTES 16
#define SMS_ID_BYTES 28
#define SMS_CLAIM_MOST 32 /* at once */

/* A batch with messages to send: neither stopped nor done. */
struct sms_running {
    int64_t id;
    enum sms_audience audience;
    bool may_wait;
};
/* Codes first, for somebody waits for them; then the oldest batch. */
enum status outage_sms_queue_running(struct db *db, int limit, struct arena *arena, struct sms_running **running, size_t *count,
                                     struct fault *fault) MUST_USE;

/* One message, claimed. Bytes and texts live in the arena of the claim. */
struct sms_message {
    struct outage_id outage; /* 0: of a code */
    int64_t seq;
    struct hash phone_hash;
    int64_t batch, subscription; /* subscription: 0 of a household and of a code */
    enum sms_audience audience;
    int attempts; /* with this one */
    const char *body; /* "" of a code */
    struct instant made_at;
    uint16_t key_id;
    struct bytes phone_sealed;     /* of a subscription or of a wish for a code; none else */
    struct household household;    /* one with this number, its phone alone; without one when the register has it no more */
    uint8_t input_key[16]; /* of a code: what it is made of */
    struct place_id place;
    uint8_t token[SMS_TOKEN_BYTES];
};

/* What a gateway knows the message by: the same for every try. id: SMS_ID_BYTES */
void sms_id_format(const struct sms_message *message, char *id);

/* Lets messages be tried again that were claimed by somebody who ended. */
enum status outage_sms_queue_free(struct db *db, struct instant now, struct fault *fault) MUST_USE;

/*
 * Claims up to `most` messages of a batch that are due, those tried before first. The claim is committed before anything is sent.
 * most: at most SMS_CLAIM_MOST
 */
enum status outage_sms_queue_claim(struct db *db, int64_t batch, int most, int lease_seconds, struct instant now,
                                   struct arena *arena, struct sms_message **messages, size_t *count, struct fault *fault) MUST_USE;

/* Under the token. STATUS_CONFLICT when the lease ran out and somebody else has it. */
enum status outage_sms_queue_sent(struct db *db, const struct sms_message *message, const char *provider_id,
                                  struct instant now, struct fault *fault) MUST_USE;
/* next_try: INSTANT_NONE gives it up. detail: without personal data */
enum status outage_sms_queue_failed(struct db *db, const struct sms_message *message, enum gateway_error error,
                                    const char *detail, struct instant next_try, struct instant now,
                                    struct fault *fault) MUST_USE;

#endif
