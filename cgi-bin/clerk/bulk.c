/* Messages to households and subscribers: claimed some at a time, behind the notices. */
#include <inttypes.h>

#include "base/log.h"
#include "base/now.h"
#include "base/random.h"
#include "clerk/sender.h"
#include "core/notice.h"
#include "store/person.h"
#include "store/subscription_store.h"
#include "web/words.h"

enum {
    BATCHES_AT_ONCE = 50,
    SLOTS_FOR_NOTICES = 3,  /* of a channel: a ticket's notice finds room, whatever hangs */
    FREE_EVERY_SECONDS = 5,
    FAILURES_BEFORE_REST = 8,
    REST_FIRST_SECONDS = 15,
    REST_LONGEST_SECONDS = 120,
};

/* The channel that reaches residents: SMS where it is set up, else files. */
static enum channel channel_of(const struct settings *settings)
{
    return (settings->notice_resident & CHANNEL_BIT(CHANNEL_SMS)) != 0 ? CHANNEL_SMS : CHANNEL_FILE;
}

/* ---- one message */

/* The number in clear; "" with the error that says why there is none. */
static enum status open_number(struct sender *sender, const struct sms_message *message, char phone[PHONE_BYTES],
                               enum gateway_error *error, struct fault *fault)
{
    struct fault problem;

    phone[0] = '\0';
    *error = GATEWAY_ERROR_NO_ADDRESS;
    if (message->phone_sealed.length > 0) {
        if (message->key_id != sender->secrets->staff_key_id ||
            !person_open_text(message->phone_sealed, sender->secrets, phone, PHONE_BYTES)) {
            phone[0] = '\0';
            *error = GATEWAY_ERROR_SETUP;
        }
        return STATUS_OK;
    }
    fault_reset(&problem);
    const enum status status =
        household_open_phone(sender->db, sender->secrets, &sender->bulk.keys, &message->household, phone, &problem);
    if (status == STATUS_OK || status == STATUS_ABSENT)
        return STATUS_OK;
    phone[0] = '\0';
    if (status == STATUS_UNAVAILABLE) {
        *fault = problem;
        return status;
    }
    log_fault(status, &problem);
    *error = GATEWAY_ERROR_SETUP;
    return STATUS_OK;
}

static const char *text_of(const struct sender *sender, const struct sms_message *message)
{
    const struct settings *settings = sender->settings;
    char code[SUBSCRIBE_CODE_BYTES], link[STOP_LINK_BYTES];

    if (message->audience == SMS_CODES) {
        subscribe_code_format(&sender->secrets->key[SECRET_SUBSCRIBE], message->input_key, &message->phone_hash, message->place, code);
        const char *values[] = {code};
        return words_fill(sender->arena, LANGUAGE_ZH, "sms.code", values, 1);
    }
    if (message->audience != SMS_SUBSCRIBERS || !sender->secrets->has[SECRET_SUBSCRIBE])
        return message->body;
    stop_link_format(&sender->secrets->key[SECRET_SUBSCRIBE], message->subscription, link);
    const char *values[] = {message->body,
                            arena_format(sender->arena, "%s%s/outage/stop/%s", settings->base_url, settings->base_path, link)};
    return words_fill(sender->arena, LANGUAGE_ZH, "sms.with_stop", values, 2);
}

static void hand_over(struct sender *sender, struct sending *sending, const char *phone)
{
    const struct sms_message *message = &sending->sms;
    char id[SMS_ID_BYTES];

    sms_id_format(message, id);
    const struct gateway_message out = {
        .channel = channel_of(sender->settings),
        .id = id,
        .address = channel_of(sender->settings) == CHANNEL_FILE ? arena_format(sender->arena, "phone %s", phone) : phone,
        .subject = "",
        .text = text_of(sender, message),
        .file_name = arena_format(sender->arena, "sms-%s.txt", id),
        .file_head = arena_format(sender->arena, "sms of outage: %" PRId64 "\nmessage: %" PRId64 "\n", message->outage.v, message->seq),
        .at = message->made_at,
    };
    gateway_start(sender->gateway, &out, (size_t)(sending - sender->sendings));
}

/* Claimed already: from here on it is brought to an end, or its lease runs out. */
static enum status start_one(struct sender *sender, const struct sms_message *message, struct fault *fault)
{
    struct sending *sending = sender_free_sending(sender);
    char phone[PHONE_BYTES];
    enum gateway_error error;
    const enum status status = open_number(sender, message, phone, &error, fault);

    if (status != STATUS_OK)
        return status;
    const bool can_be_told = phone[0] != '\0' && (channel_of(sender->settings) == CHANNEL_FILE || phone_takes_sms(phone)) &&
                             (message->audience != SMS_CODES || sender->secrets->has[SECRET_SUBSCRIBE]);
    *sending = (struct sending){.is_used = true, .is_bulk = true, .is_answered = !can_be_told, .sms = *message};
    sending->answer = (struct gateway_answer){.result = GATEWAY_HOPELESS, .error = error};
    if (can_be_told)
        hand_over(sender, sending, phone);
    crypto_wipe(phone, sizeof phone);
    return STATUS_OK;
}

/* ---- a pass */

static int free_slots(const struct sender *sender)
{
    int count = 0;

    for (size_t i = 0; i < SENDER_SLOTS; i++)
        count += !sender->sendings[i].is_used;
    return count;
}

/* How many may be started now; one alone while it is found out whether a gateway that took nothing takes something again. */
static int room_for_bulk(struct sender *sender, struct instant now)
{
    const int room = gateway_room(sender->gateway, channel_of(sender->settings)) - SLOTS_FOR_NOTICES;
    const int slots = free_slots(sender) - SLOTS_FOR_NOTICES;
    const struct instant rests_until = sender->bulk.rests_until;
    const bool is_resting = sender->bulk.failures >= FAILURES_BEFORE_REST;

    if (is_resting && instant_is_set(rests_until) && instant_is_before(now, rests_until) &&
        !instant_is_before(now, instant_add_seconds(rests_until, -REST_LONGEST_SECONDS)))
        return 0;
    if (is_resting)
        for (size_t i = 0; i < SENDER_SLOTS; i++)
            if (sender->sendings[i].is_used && sender->sendings[i].is_bulk)
                return 0;
    const int most = room < slots ? room : slots;
    return most < 0 ? 0 : is_resting && most > 1 ? 1 : most < SMS_CLAIM_MOST ? most : SMS_CLAIM_MOST;
}

static enum status start_batch(struct sender *sender, const struct sms_running *running, int room, int *started, struct fault *fault)
{
    struct sms_message *messages;
    size_t count;
    enum status status = outage_sms_queue_claim(sender->db, running->id, room, sender_lease_seconds(sender->settings),
                                                now_instant(), sender->arena, &messages, &count, fault);

    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        status = start_one(sender, &messages[i], fault);
        *started += status == STATUS_OK;
    }
    return status;
}

/* Now and then: what somebody claimed who ended. */
static enum status free_expired(struct sender *sender, struct instant now, struct fault *fault)
{
    struct instant *freed_at = &sender->bulk.freed_at;

    if (instant_is_set(*freed_at) && !instant_is_before(now, *freed_at) &&
        instant_milliseconds_between(*freed_at, now) < (int64_t)FREE_EVERY_SECONDS * 1000)
        return STATUS_OK;
    *freed_at = now;
    return outage_sms_queue_free(sender->db, now, fault);
}

enum status bulk_start(struct sender *sender, int *started, struct fault *fault)
{
    const struct instant now = now_instant();
    const bool is_quiet = instant_is_before(now, addressing_quiet_over(sender, now));
    struct sms_running *running;
    size_t count = 0;
    enum status status = free_expired(sender, now, fault);

    if (status == STATUS_OK)
        status = outage_sms_queue_running(sender->db, BATCHES_AT_ONCE, sender->arena, &running, &count, fault);
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        const int room = room_for_bulk(sender, now);
        if (room == 0)
            break;
        if (!is_quiet || !running[i].may_wait)
            status = start_batch(sender, &running[i], room, started, fault);
    }
    return status;
}

/* ---- answers */

/* A gateway that took this message's connection, but not this message alone. */
static bool is_of_gateway(enum gateway_error error)
{
    switch (error) {
    case GATEWAY_ERROR_UNREACHABLE:
    case GATEWAY_ERROR_TIMEOUT:
    case GATEWAY_ERROR_TLS:
    case GATEWAY_ERROR_BROKEN:
    case GATEWAY_ERROR_BUSY:
    case GATEWAY_ERROR_FILE:
        return true;
    case GATEWAY_ERROR_NONE:
    case GATEWAY_ERROR_REFUSED:
    case GATEWAY_ERROR_ANSWER:
    case GATEWAY_ERROR_SETUP:
    case GATEWAY_ERROR_NO_ADDRESS:
    case GATEWAY_ERROR_NOBODY:
    case GATEWAY_ERROR_LIMIT:
    case GATEWAY_ERROR_INTERRUPTED:
    case GATEWAY_ERROR__COUNT:
        break;
    }
    return false;
}

/* When a gateway takes nothing, it is left alone for a while, longer each time: messages wait untouched instead of failing in turn. */
static void learn(struct bulk *bulk, const struct gateway_answer *answer, struct instant now)
{
    int64_t rest = REST_FIRST_SECONDS;

    if (answer->result == GATEWAY_SENT || !is_of_gateway(answer->error)) {
        bulk->failures = 0;
        bulk->rests_until = INSTANT_NONE;
        return;
    }
    bulk->failures++;
    for (int i = FAILURES_BEFORE_REST; i < bulk->failures && rest < REST_LONGEST_SECONDS; i++)
        rest *= 2;
    bulk->rests_until = instant_add_seconds(now, rest < REST_LONGEST_SECONDS ? rest : REST_LONGEST_SECONDS);
}

enum status bulk_mark(struct sender *sender, const struct sending *sending, struct fault *fault)
{
    const struct sms_message *message = &sending->sms;
    const struct gateway_answer *answer = &sending->answer;
    const struct instant now = now_instant();
    const struct sms_failure failure = {
        .is_hopeless = answer->result == GATEWAY_HOPELESS,
        .is_of_gateway = is_of_gateway(answer->error),
        .attempts = message->attempts,
        .tries = sender->settings->notice_tries,
        .waited_seconds = instant_milliseconds_between(message->made_at, now) / 1000,
        .audience = message->audience,
    };

    learn(&sender->bulk, answer, now);
    if (answer->result == GATEWAY_SENT)
        return outage_sms_queue_sent(sender->db, message, answer->provider_id, now, fault);
    const bool is_over = outage_sms_is_over(&failure);
    const int64_t pause = message->audience == SMS_CODES ? NOTICE_FIRST_PAUSE_SECONDS / 2
                                                         : notice_pause_seconds(message->attempts, random_below(1000));
    const int64_t asked = answer->retry_after_seconds < NOTICE_LONGEST_PAUSE_SECONDS ? answer->retry_after_seconds
                                                                                     : NOTICE_LONGEST_PAUSE_SECONDS;
    log_write(LOG_LEVEL_WARNING, "sms_not_sent batch=%" PRId64 " attempt=%d error=%s given_up=%d detail=%s", message->batch,
              message->attempts, gateway_error_name(answer->error), is_over, answer->detail);
    return outage_sms_queue_failed(sender->db, message, answer->error, answer->detail,
                                   is_over ? INSTANT_NONE : instant_add_seconds(now, asked > pause ? asked : pause), now, fault);
}
