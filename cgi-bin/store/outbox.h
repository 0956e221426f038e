/*
 * The outbox: notices that wait to be sent. First it is decided whom each goes to and by which channel, when it is due; then
 * each is claimed with a token, sent, and marked under that token. Whoever ends in between leaves a lease that runs out, and
 * the notice goes once more under the same id: at least once here, once for a gateway that drops what it has seen.
 *
 * Order: of one subject, to one recipient, by one channel, a notice waits for those before it, for settings.notice_order_minutes
 * at most.
 */
#ifndef STORE_OUTBOX_H
#define STORE_OUTBOX_H

#include "base/gateway.h"
#include "core/number.h"
#include "core/recipient.h"
#include "store/catalog.h"

enum outbox_state {
    OUTBOX_WAITING,
    OUTBOX_CLAIMED,
    OUTBOX_SENT,
    OUTBOX_GIVEN_UP,
    OUTBOX_DROPPED, /* by an administrator, with a reason in the audit log */
    OUTBOX_STATE__COUNT
};

/* "waiting", …, "dropped": Text.outbox.state.NAME */
const char *outbox_state_name(enum outbox_state state);

#define CLAIM_TOKEN_BYTES 16
#define NOTICE_ID_BYTES 28

struct notice {
    int64_t id;
    struct hash dedupe;
    enum subject_kind subject;
    int64_t subject_id;
    struct ticket_id ticket; /* the subject when it is a ticket */
    char number[NUMBER_BYTES];
    uint32_t grades;
    int code_issue; /* of the query code that holds now; 0 without */
    uint32_t seq;
    int clock_no;
    char name[CODE_BYTES]; /* Text.notice.NAME */
    enum audience audience;
    int32_t recipient; /* staff or unit id; 0: the resident, a role */
    struct instant created_at;
    int attempts; /* with the one under way */
    bool is_held, is_released;
    struct target target; /* channel CHANNEL_NONE until it is decided */
    int dispatch_no;      /* of the unit's assignment, where the person addressed has a page for it; else 0 */
    uint8_t token[CLAIM_TOKEN_BYTES];
};

/* What the gateway knows the message by: the same for every try to the same person. id: NOTICE_ID_BYTES */
void notice_id_format(const struct notice *notice, char *id);

/* ---- deciding */

enum status outbox_store_undecided(struct db *db, int limit, struct instant now, struct arena *arena,
                                   struct notice **notices, size_t *count, struct fault *fault) MUST_USE;

/* Keeps a notice back until the quiet hours are over; one that was let out already stays so. */
enum status outbox_store_hold(struct db *db, int64_t id, struct instant until, struct fault *fault) MUST_USE;

/*
 * Before what cannot wait: lets out what quiet hours keep back of the same subject for the same recipient. released: whether
 * there was any, which must be decided first.
 */
enum status outbox_store_release_before(struct db *db, const struct notice *notice, bool *released,
                                        struct fault *fault) MUST_USE;

/* Gives the row its first target and makes a row for each other one, once, whoever comes first. count: at least 1 */
enum status outbox_store_decide(struct db *db, const struct notice *notice, const struct target *targets, size_t count,
                                struct fault *fault) MUST_USE;

/* There is nobody to send it to. */
enum status outbox_store_undecidable(struct db *db, int64_t id, enum gateway_error error, struct instant now,
                                     struct fault *fault) MUST_USE;

/* How many notices went to this ticket's phone since a moment, over all its reports. */
enum status outbox_store_count_by_phone(struct db *db, struct ticket_id ticket, struct instant since, int64_t *count,
                                        struct fault *fault) MUST_USE;

/* ---- sending */

/* Gives back what was claimed by somebody who ended; after so many tries it is given up. */
enum status outbox_store_free_expired(struct db *db, int tries, struct instant now, int *freed,
                                      struct fault *fault) MUST_USE;

/* What may be sent now by this channel, oldest first; nothing is claimed yet. */
enum status outbox_store_due(struct db *db, enum channel channel, int limit, int order_minutes, struct instant now,
                             struct arena *arena, struct notice **notices, size_t *count, struct fault *fault) MUST_USE;

/* Claims one; has_it is false when somebody else did. Sets the token, the attempts and who is addressed (target). */
enum status outbox_store_claim(struct db *db, struct notice *notice, int lease_seconds, struct instant now, bool *has_it,
                               struct fault *fault) MUST_USE;

/* Under the token. STATUS_CONFLICT when the lease ran out and somebody else has it. */
enum status outbox_store_sent(struct db *db, const struct notice *notice, const char *provider_id, struct instant now,
                              struct fault *fault) MUST_USE;
/* detail: without personal data. is_held: the next try waits for the end of the quiet hours. */
enum status outbox_store_again(struct db *db, const struct notice *notice, enum gateway_error error, const char *detail,
                               struct instant next_try, bool is_held, struct fault *fault) MUST_USE;
enum status outbox_store_give_up(struct db *db, const struct notice *notice, enum gateway_error error,
                                 const char *detail, struct instant now, struct fault *fault) MUST_USE;

#endif
