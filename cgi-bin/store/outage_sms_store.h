/*
 * Messages by SMS to registered households, as staff make, watch and steer them (Arts. 18(1), 33(4)): one batch per message of an
 * outage, one message per number. Clerk fills and sends them (outage_sms_clerk.h, outage_sms_queue.h). No phone is opened here.
 */
#ifndef STORE_OUTAGE_SMS_STORE_H
#define STORE_OUTAGE_SMS_STORE_H

#include "base/gateway.h"
#include "core/outage_sms.h"
#include "store/change.h"
#include "store/household_store.h"

/* A batch with its figures. Texts live in the arena. */
struct sms_batch {
    int64_t id;
    enum sms_audience audience;
    uint32_t seq;                /* of the message it tells */
    enum outage_action told;     /* the message's kind */
    struct instant told_at;      /* the message's moment */
    enum sms_batch_state state;
    bool is_stopped;
    bool may_wait;               /* for the end of the quiet hours */
    const char *body;
    struct instant created_at;
    const char *created_by;      /* "" of clerk's own */
    const char *stopped_by;      /* "" unless stopped */
    struct instant stopped_at, last_sent_at, ended_at; /* INSTANT_NONE without; last_sent_at: when it is done */
    int households;              /* in the area when it was made; 0 of subscribers */
    int numbers;                 /* distinct ones; so far while it is being filled */
    int waiting, again, under_way, sent, given_up; /* again: tried in vain, will be tried again */
};

/* All batches of an outage, those of its newest message first. Two statements. */
enum status outage_sms_store_list(struct db *db, struct outage_id outage, struct arena *arena, struct sms_batch **batches,
                                  size_t *count, struct fault *fault) MUST_USE;

/* Why messages are not told: how many wait for another try or were given up, and for which reason. */
struct sms_trouble {
    enum sms_state state; /* SMS_AGAIN or SMS_GIVEN_UP */
    enum gateway_error error;
    int count;
    struct instant next_try; /* the first one, of SMS_AGAIN */
};
enum status outage_sms_store_troubles(struct db *db, int64_t batch, struct arena *arena, struct sms_trouble **troubles,
                                      size_t *count, struct fault *fault) MUST_USE;

/* The newest fifty that were given up. phone_masked: "" when no household has that number any more */
struct sms_dead {
    const char *phone_masked;
    enum gateway_error error;
    int attempts;
    const char *detail;
};
enum status outage_sms_store_given_up(struct db *db, int64_t batch, struct arena *arena,
                                      struct sms_dead **rows, size_t *count, struct fault *fault) MUST_USE;

/* A place of the register. Texts live in the arena. */
struct sms_place {
    struct place_id place;
    const char *name, *around; /* around: the place that it is in; "" without */
    int households, phones;    /* with everything below it; of outage_sms_store_places() alone */
};
/* The places of an outage with their households, in one statement. */
enum status outage_sms_store_places(struct db *db, struct outage_id outage, struct arena *arena, struct sms_place **places,
                                    size_t *count, struct fault *fault) MUST_USE;
/* The places of some households, in one statement. count: at most HOUSEHOLD_BATCH */
enum status outage_sms_store_names(struct db *db, const struct household *households, size_t household_count, struct arena *arena,
                                   struct sms_place **places, size_t *count, struct fault *fault) MUST_USE;

/* What somebody confirmed. */
struct sms_order {
    struct outage_id outage;
    uint32_t seq; /* the message that it tells */
    bool may_wait;
    const char *body;
    int households;
};

/*
 * Makes a batch for registered households. change->key: of the form. STATUS_DUPLICATE: this form was carried out before;
 * STATUS_REFUSED: somebody has made one for this message already
 */
enum status outage_sms_store_create(struct db *db, const struct change *change, const struct sms_order *order,
                                    struct fault *fault) MUST_USE;

/*
 * Stops a batch before its next message, lets it go on, or tries again what was given up; done by two people at once it is done once,
 * and neither is refused. STATUS_DUPLICATE: this form was carried out before. batch: of this outage, else nothing is changed
 */
enum status outage_sms_store_stop(struct db *db, const struct change *change, struct outage_id outage, int64_t batch,
                                  struct fault *fault) MUST_USE;
enum status outage_sms_store_resume(struct db *db, const struct change *change, struct outage_id outage, int64_t batch,
                                    struct fault *fault) MUST_USE;
enum status outage_sms_store_retry(struct db *db, const struct change *change, struct outage_id outage, int64_t batch,
                                   struct fault *fault) MUST_USE;

#endif
