/* shuinuo notify test: one message through a channel, and what became of it; for whoever sets a gateway up. */
#include <stdio.h>
#include <string.h>

#include "base/gateway.h"
#include "base/gateway_text.h"
#include "base/random.h"
#include "core/contact.h"
#include "core/sms.h"
#include "shuinuo/command.h"
#include "web/words.h"

struct outcome {
    bool is_there;
    struct gateway_answer answer;
};

static void keep_answer(void *context, size_t ticket, const struct gateway_answer *answer)
{
    struct outcome *outcome = context;

    (void)ticket;
    outcome->is_there = true;
    outcome->answer = *answer;
}

/* Checks the address and writes it as the channel wants it. */
static enum status take_address(enum channel channel, const char *typed, char *address, size_t capacity, struct fault *fault)
{
    char phone[PHONE_BYTES];

    if (channel == CHANNEL_SMS && !phone_parse(typed, phone))
        return FAULT(fault, STATUS_INVALID, "for sms give a mobile number");
    if (channel == CHANNEL_MAIL && !mail_address_check(typed))
        return FAULT(fault, STATUS_INVALID, "for mail give a mail address");
    snprintf(address, capacity, "%s", channel == CHANNEL_SMS ? phone : typed);
    return STATUS_OK;
}

static enum status report(const struct admin *admin, const struct gateway_answer *answer, const char *text,
                          struct fault *fault)
{
    if (answer->result == GATEWAY_SENT) {
        printf("taken; the gateway calls it %s; as an SMS it has %d part(s)\n", answer->provider_id, sms_measure(text).parts);
        return STATUS_OK;
    }
    printf("not taken: %s (%s)\n", gateway_error_name(answer->error), answer->detail);
    if (answer->result == GATEWAY_HOPELESS)
        return FAULT(fault, STATUS_FAILED, "a notice would be given up at once");
    return FAULT(fault, STATUS_FAILED, "a notice would be tried again, up to %d times", admin->settings.notice_tries);
}

enum status command_notify(struct admin *admin, int argc, char **argv, struct fault *fault)
{
    struct gateway *gateway = NULL;
    struct outcome outcome = {.is_there = false};
    uint8_t chance[8];
    char hex[2 * sizeof chance + 1], address[128];

    if (argc != 4 || strcmp(argv[1], "test") != 0)
        return FAULT(fault, STATUS_INVALID, "use: notify test file|sms|mail|robot ADDRESS (for a robot: -)");
    const enum channel channel = channel_find(argv[2]);
    if (channel == CHANNEL_NONE)
        return FAULT(fault, STATUS_INVALID, "a channel is one of file, sms, mail and robot");
    enum status status = take_address(channel, argv[3], address, sizeof address, fault);
    if (status == STATUS_OK)
        status = gateway_open(&gateway, &admin->settings, 1, fault);
    if (status != STATUS_OK)
        return status;
    random_bytes(chance, sizeof chance);
    text_format_hex(chance, sizeof chance, hex);
    const char *company = admin->settings.company_zh;
    const char *text = words_fill(&admin->arena, LANGUAGE_ZH, "notice_test.text", &company, 1);
    const struct gateway_message message = {
        .channel = channel,
        .id = arena_format(&admin->arena, "sn-test-%s", hex),
        .address = address,
        .subject = words_fill(&admin->arena, LANGUAGE_ZH, "notice_test.subject", &company, 1),
        .text = text,
        .file_name = arena_format(&admin->arena, "test-%s.txt", hex),
        .file_head = "notice: test\n",
        .at = admin->now,
    };
    gateway_start(gateway, &message, 0);
    while (!outcome.is_there)
        gateway_wait(gateway, 1000, keep_answer, &outcome);
    gateway_close(gateway);
    return report(admin, &outcome.answer, text, fault);
}
