#include "clerk/subscribers.h"

#include "store/outage_area.h"
#include "store/outage_sms_clerk.h"
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

enum status subscribers_end(const struct subscribers *subscribers, struct instant now, int *done, struct fault *fault)
{
    struct sms_over *over;
    size_t count;
    enum status status =
        outage_sms_clerk_over(subscribers->db, BATCHES_AT_ONCE, subscribers->arena, &over, &count, fault);

    *done = 0;
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        status = outage_sms_clerk_end(subscribers->db, &over[i], now, fault);
        *done += status == STATUS_OK;
    }
    return status;
}
