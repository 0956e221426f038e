#include "clerk/sender.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/log.h"
#include "base/now.h"
#include "base/random.h"
#include "core/notice.h"

enum { DECIDE_BATCH = 50, LONGEST_ASKED_PAUSE_SECONDS = 3600 };

enum status sender_open(struct sender *sender, struct fault *fault)
{
    sender->bulk = (struct bulk){.rests_until = INSTANT_NONE, .freed_at = INSTANT_NONE};
    return gateway_open(&sender->gateway, sender->settings, SENDER_SLOTS, fault);
}

void sender_close(struct sender *sender)
{
    gateway_close(sender->gateway);
    household_keys_wipe(&sender->bulk.keys);
    sender->gateway = NULL;
}

bool sender_is_busy(const struct sender *sender)
{
    for (size_t i = 0; i < SENDER_SLOTS; i++)
        if (sender->sendings[i].is_used)
            return true;
    return false;
}

int sender_lease_seconds(const struct settings *settings) { return 2 * settings->gateway_timeout_seconds + 60; }

/* --- deciding ----------------------------------------------------------------------------------------------------- */

static enum status decide_due(const struct sender *sender, int *done, struct fault *fault)
{
    const struct instant now = now_instant();
    struct notice *notices;
    size_t count;
    int freed = 0;
    enum status status = outbox_store_free_expired(sender->db, sender->settings->notice_tries, now, &freed, fault);

    if (status == STATUS_OK)
        status = outbox_store_undecided(sender->db, DECIDE_BATCH, now, sender->arena, &notices, &count, fault);
    if (status != STATUS_OK)
        return status;
    *done += freed + (int)count;
    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        status = addressing_decide(sender, &notices[i], now, fault);
    return status;
}

/* --- starting ----------------------------------------------------------------------------------------------------- */

struct sending *sender_free_sending(struct sender *sender)
{
    for (size_t i = 0; i < SENDER_SLOTS; i++)
        if (!sender->sendings[i].is_used)
            return &sender->sendings[i];
    return NULL;
}

static void hand_over(struct sender *sender, struct sending *sending, const struct address *address)
{
    const struct notice *notice = &sending->notice;
    char id[NOTICE_ID_BYTES];

    notice_id_format(notice, id);
    const struct gateway_message message = {
        .channel = notice->target.channel,
        .id = id,
        .address = address->line,
        .subject = addressing_subject(sender, notice),
        .text = addressing_text(sender, notice),
        .file_name = arena_format(sender->arena, "%012" PRId64 ".txt", notice->id),
        .file_head = arena_format(sender->arena, "notice: %s\nticket: %s\n", notice->name, notice->number),
        .at = notice->created_at,
    };
    gateway_start(sender->gateway, &message, (size_t)(sending - sender->sendings));
}

/* Claims one notice and starts it; has_room is false when nothing more can be started. started: raised by what was. */
static enum status start_one(struct sender *sender, const struct notice *notice, bool *has_room, int *started,
                             struct fault *fault)
{
    const struct instant now = now_instant();
    struct sending *sending = sender_free_sending(sender);
    struct address address;
    bool has_it = false;

    *has_room = sending != NULL && gateway_room(sender->gateway, notice->target.channel) > 0;
    if (!*has_room)
        return STATUS_OK;
    sending->notice = *notice;
    enum status status = addressing_find(sender, &sending->notice, now, &address, fault);
    if (status == STATUS_OK)
        status = outbox_store_claim(sender->db, &sending->notice, sender_lease_seconds(sender->settings), now, &has_it, fault);
    if (status != STATUS_OK || !has_it)
        return status;
    sending->is_used = true;
    sending->is_bulk = false;
    sending->is_answered = !address.is_there;
    sending->answer = (struct gateway_answer){.result = GATEWAY_HOPELESS, .error = address.error};
    *started += 1;
    if (address.is_there)
        hand_over(sender, sending, &address);
    return STATUS_OK;
}

static enum status start_due(struct sender *sender, int *done, struct fault *fault)
{
    enum status status = STATUS_OK;

    for (enum channel channel = CHANNEL_NONE + 1; status == STATUS_OK && channel < CHANNEL__COUNT; channel++) {
        const int room = gateway_room(sender->gateway, channel);
        struct notice *notices;
        size_t count = 0;
        bool has_room = true;
        if (room <= 0)
            continue;
        status = outbox_store_due(sender->db, channel, room, sender->settings->notice_order_minutes, now_instant(),
                                  sender->arena, &notices, &count, fault);
        for (size_t i = 0; status == STATUS_OK && has_room && i < count; i++)
            status = start_one(sender, &notices[i], &has_room, done, fault);
    }
    return status;
}

/* --- marking ------------------------------------------------------------------------------------------------------ */

static void take_answer(void *context, size_t ticket, const struct gateway_answer *answer)
{
    struct sender *sender = context;

    sender->sendings[ticket].is_answered = true;
    sender->sendings[ticket].answer = *answer;
}

/* The next try: later each time, as the gateway asks, and not inside the quiet hours when it can wait. */
static struct instant next_try(const struct sender *sender, const struct sending *sending, struct instant now,
                               bool *is_held)
{
    int64_t pause = notice_pause_seconds(sending->notice.attempts, random_below(1000));
    int64_t asked = sending->answer.retry_after_seconds;

    if (asked > LONGEST_ASKED_PAUSE_SECONDS)
        asked = LONGEST_ASKED_PAUSE_SECONDS;
    const struct instant at = instant_add_seconds(now, asked > pause ? asked : pause);
    const struct instant not_before = addressing_not_before(sender, &sending->notice, at);
    *is_held = instant_is_before(at, not_before);
    return not_before;
}

static enum status mark(const struct sender *sender, const struct sending *sending, struct fault *fault)
{
    const struct notice *notice = &sending->notice;
    const struct gateway_answer *answer = &sending->answer;
    const struct instant now = now_instant();
    bool is_held;

    if (answer->result == GATEWAY_SENT)
        return outbox_store_sent(sender->db, notice, answer->provider_id, now, fault);
    const bool is_given_up = answer->result == GATEWAY_HOPELESS || notice->attempts >= sender->settings->notice_tries;
    log_write(LOG_LEVEL_WARNING, "notice_not_sent id=%" PRId64 " name=%s channel=%s attempt=%d error=%s given_up=%d detail=%s",
              notice->id, notice->name, channel_name(notice->target.channel), notice->attempts,
              gateway_error_name(answer->error), is_given_up, answer->detail);
    if (is_given_up)
        return outbox_store_give_up(sender->db, notice, answer->error, answer->detail, now, fault);
    const struct instant at = next_try(sender, sending, now, &is_held);
    return outbox_store_again(sender->db, notice, answer->error, answer->detail, at, is_held, fault);
}

/* What could not be marked stays, and is marked by a later pass: it would be sent a second time otherwise. */
static enum status mark_answered(struct sender *sender, int *done, struct fault *fault)
{
    for (size_t i = 0; i < SENDER_SLOTS; i++) {
        struct sending *sending = &sender->sendings[i];
        if (!sending->is_used || !sending->is_answered)
            continue;
        const enum status status = sending->is_bulk ? bulk_mark(sender, sending, fault) : mark(sender, sending, fault);
        if (status == STATUS_CONFLICT)
            log_write(LOG_LEVEL_WARNING, "notice_lease_lost id=%" PRId64 " batch=%" PRId64,
                      sending->is_bulk ? 0 : sending->notice.id, sending->is_bulk ? sending->sms.batch : 0);
        else if (status != STATUS_OK)
            return status;
        sending->is_used = false;
        *done += 1;
    }
    return STATUS_OK;
}

enum status sender_pass(struct sender *sender, bool may_start, int wait_milliseconds, int *done, struct fault *fault)
{
    *done = 0;
    arena_reset(sender->arena);
    enum status status = mark_answered(sender, done, fault);
    if (status == STATUS_OK && may_start)
        status = decide_due(sender, done, fault);
    if (status == STATUS_OK && may_start)
        status = start_due(sender, done, fault);
    if (status == STATUS_OK && may_start)
        status = bulk_start(sender, done, fault);
    gateway_wait(sender->gateway, *done > 0 ? 0 : wait_milliseconds, take_answer, sender);
    return status == STATUS_OK ? mark_answered(sender, done, fault) : status;
}
