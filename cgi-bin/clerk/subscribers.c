#include "clerk/subscribers.h"

#include <string.h>

#include "store/outage_area.h"
#include "store/outage_sms_clerk.h"
#include "store/outage_store.h"
#include "web/outage_sms.h"

enum { MESSAGES_AT_ONCE = 20, BATCHES_AT_ONCE = 20 };

#define NEWS_SECONDS (3 * DAY_SECONDS) /* what was told longer ago, while no clerk ran, is no news any more */

static const struct outage_message *message_of(const struct outage_notice *notice, uint32_t seq)
{
    for (size_t i = 0; i < notice->message_count; i++)
        if (notice->messages[i].seq == seq)
            return &notice->messages[i];
    return NULL;
}

static enum status tell(const struct subscribers *subscribers, const struct sms_untold *untold, struct instant now,
                        struct fault *fault)
{
    struct outage_notice notice;
    const enum status status = outage_public_find(subscribers->db, untold->outage, subscribers->arena, &notice, fault);

    if (status != STATUS_OK)
        return status == STATUS_ABSENT ? STATUS_OK : status;
    const struct outage_message *message = message_of(&notice, untold->seq);
    if (message == NULL)
        return STATUS_OK;
    if (untold->told == OUTAGE_START && message != &notice.messages[0]) /* it was announced before */
        return outage_sms_clerk_open(subscribers->db, untold, "", now, fault);
    const struct outage_sms_facts facts = {
        .told = untold->told,
        .area = area_text(subscribers->catalog, &notice, words_find(LANGUAGE_ZH, "sms.between"), subscribers->arena),
        .cause = notice.cause,
        .started_at = notice.started_at,
        .happened_at = message->happened_at,
        .expected_end_at = message->expected_end_at,
        .outage = untold->outage,
        .is_pressure = notice.is_pressure,
        .is_public = true,
    };
    const char *body = outage_sms_text(subscribers->arena, subscribers->settings, LANGUAGE_ZH, &facts);
    return outage_sms_clerk_open(subscribers->db, untold, body, now, fault);
}

enum status subscribers_tell(const struct subscribers *subscribers, struct instant now, int *done, struct fault *fault)
{
    struct sms_untold *untold;
    size_t count;
    enum status status = outage_sms_clerk_untold(subscribers->db, instant_add_seconds(now, -NEWS_SECONDS), MESSAGES_AT_ONCE,
                                                 subscribers->arena, &untold, &count, fault);

    *done = 0;
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        status = tell(subscribers, &untold[i], now, fault);
        *done += status == STATUS_OK;
    }
    return status;
}

/* ---- the step of a planned outage */

/* The same whoever records it, so that it stands once. */
static void step_key(int64_t batch, uint8_t key[ACTION_KEY_BYTES])
{
    static const char purpose[] = "outage sms step";
    const struct bytes pieces[] = {{(const uint8_t *)purpose, sizeof purpose}, {(const uint8_t *)&batch, sizeof batch}};
    const struct hash hash = crypto_hash_pieces(pieces, 2);

    memcpy(key, hash.bytes, ACTION_KEY_BYTES);
}

/*
 * The households of a planned outage have been told (Arts. 18(1), 33(4)): at the moment when the last message went out, for who is told
 * last must be told in time, and what was queued has told nobody yet. Told late because no clerk ran, it says so by itself.
 */
static enum verdict decide_step(const struct subscribers *subscribers, const struct outage *outage, const struct sms_over *over,
                                struct instant now, struct event *event, bool *has_reason)
{
    struct outage_command command = {
        .action = OUTAGE_SMS,
        .actor = actor_system(),
        .expected_version = outage->version,
        .households = over->households,
        .sent = over->sent,
        .failed = over->given_up,
        .occurred_at = over->last_sent_at,
    };
    enum verdict verdict = outage_decide(outage, &command, &subscribers->catalog->regulation, now, event);

    *has_reason = verdict == VERDICT_NEEDS_REASON;
    command.has_reason = *has_reason;
    if (*has_reason)
        verdict = outage_decide(outage, &command, &subscribers->catalog->regulation, now, event);
    return verdict;
}

/* is_over: nothing is left to record; false when somebody's event came first, and the next round looks again. */
static enum status record_step(const struct subscribers *subscribers, const struct sms_over *over, struct instant now, bool *is_over,
                               struct fault *fault)
{
    struct outage_file file;
    struct event event;
    uint8_t key[ACTION_KEY_BYTES];
    bool has_reason;

    *is_over = true;
    if (over->audience != SMS_HOUSEHOLDS || !instant_is_set(over->last_sent_at))
        return STATUS_OK;
    enum status status = outage_store_load(subscribers->db, over->outage, subscribers->arena, &file, fault);
    if (status != STATUS_OK)
        return status;
    const bool is_done = (file.outage.steps & OUTAGE_BIT(OUTAGE_SMS)) != 0;
    if (is_done || decide_step(subscribers, &file.outage, over, now, &event, &has_reason) != VERDICT_OK)
        return STATUS_OK; /* an emergency has no such step; the first news of a planned one were told */
    const struct outage_words words = {"", "", has_reason ? words_find(LANGUAGE_ZH, "sms.step_late") : "", ""};
    step_key(over->batch, key);
    status = outage_store_append(subscribers->db, &file, &event, &words, key, subscribers->catalog, fault);
    *is_over = status != STATUS_CONFLICT;
    if (status == STATUS_CONFLICT || status == STATUS_DUPLICATE)
        fault_reset(fault);
    return status == STATUS_CONFLICT || status == STATUS_DUPLICATE ? STATUS_OK : status;
}

enum status subscribers_end(const struct subscribers *subscribers, struct instant now, int *done, struct fault *fault)
{
    struct sms_over *over;
    size_t count;
    enum status status =
        outage_sms_clerk_over(subscribers->db, BATCHES_AT_ONCE, subscribers->arena, &over, &count, fault);

    *done = 0;
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        bool is_over;
        status = record_step(subscribers, &over[i], now, &is_over, fault);
        if (status != STATUS_OK || !is_over)
            continue;
        status = outage_sms_clerk_end(subscribers->db, &over[i], now, fault);
        *done += status == STATUS_OK;
    }
    return status;
}
