/*
 * What the telephone system tells of a call: from an address that the settings name, signed with the key that both hold. The number
 * comes in the body alone, is sealed at once, and stands in no address and no log.
 */
#include <stdlib.h>
#include <string.h>

#include "store/call_store.h"
#include "store/staff_store.h"
#include "ticket/call.h"
#include "web/page.h"

#define CLOCK_SKEW_SECONDS (5 * MINUTE_SECONDS)

static const struct input_rule rules[] = {
    {"call", INPUT_LINE, true, 1, CALL_REF_CHARACTERS, "staff.error.choice", NULL},
    {"agent", INPUT_LINE, true, 1, 40, "staff.error.choice", NULL},
    {"phone", INPUT_DIGITS, false, 1, 30, "staff.error.phone", NULL},
    {"at", INPUT_NUMBER, true, 1, INT64_C(253402300799), "staff.error.choice", NULL}, /* seconds since 1970 */
    {"recording", INPUT_LINE, false, 1, CALL_RECORDING_CHARACTERS, "staff.error.choice", NULL},
    {"mac", INPUT_LINE, true, 2 * HASH_BYTES, 2 * HASH_BYTES, "staff.error.choice", NULL},
};
#define RULE_COUNT (sizeof rules / sizeof rules[0])

/* Whether the whole address stands in the list. */
static bool is_listed(const char *list, const char *address)
{
    const size_t length = strlen(address);

    while (length > 0 && *list != '\0') {
        const size_t word = strcspn(list, " ,");
        if (word == length && strncmp(list, address, length) == 0)
            return true;
        list += word + strspn(list + word, " ,");
    }
    return false;
}

/* The signature covers the fields as they were sent, joined by line ends. */
static bool is_signed(struct request *request)
{
    const struct secrets *secrets = &request->app->secrets;
    uint8_t sent[HASH_BYTES], made[HASH_BYTES];
    const char *text = arena_format(request->arena, "%s\n%s\n%s\n%s\n%s", request_value(request, "call"),
                                    request_value(request, "agent"), request_value(request, "phone"),
                                    request_value(request, "at"), request_value(request, "recording"));

    if (!secrets->has[SECRET_TELEPHONE] || !text_parse_hex(request_value(request, "mac"), sent, HASH_BYTES))
        return false;
    crypto_hmac_sha256(&secrets->key[SECRET_TELEPHONE], text, strlen(text), made);
    return crypto_is_equal(sent, made, HASH_BYTES);
}

static enum status save(struct request *request, struct inputs *inputs, struct instant answered_at)
{
    struct desk *desk = desk_of(request);
    struct person person = {.name = ""};
    struct staff staff;
    const char *phone = inputs_text(inputs, "phone");
    const enum status status =
        staff_store_find(desk->db, inputs_text(inputs, "agent"), request->arena, &staff, &request->fault);

    if (status != STATUS_OK)
        return status;
    if (!staff.is_active)
        return STATUS_ABSENT;
    if (phone[0] != '\0' && !phone_parse(phone, person.phone))
        person.phone[0] = '\0'; /* an extension of our own, or a number that nobody can call back */
    const struct sealed_person sealed = person_seal(&person, &request->app->secrets, request->arena);
    return call_store_save(desk->db, inputs_text(inputs, "call"), staff.id, &sealed, answered_at, request->now,
                           inputs_text(inputs, "recording"), &request->fault);
}

enum status ticket_post_call(struct request *request, struct response *response)
{
    static const char done[] = "ok\n";
    struct inputs inputs;
    enum status status = inputs_read(request, rules, RULE_COUNT, &inputs);

    if (status != STATUS_OK)
        return status;
    if (!is_listed(request->app->settings.telephone_addresses, request->remote_address) || !is_signed(request))
        return STATUS_REFUSED;
    const struct instant answered_at = {inputs_number(&inputs, "at", 0) * 1000};
    const int64_t skew_ms = instant_milliseconds_between(answered_at, request->now);
    if (inputs.error_count > 0 || llabs(skew_ms) > (long long)CLOCK_SKEW_SECONDS * 1000)
        return STATUS_INVALID;
    status = save(request, &inputs, answered_at);
    if (status != STATUS_OK)
        return status;
    response->status_code = 200;
    response_body(response, "text/plain; charset=utf-8", done, sizeof done - 1);
    return STATUS_OK;
}

enum status call_show_list(struct view *page, struct request *request, struct ticket_id ticket)
{
    struct call_line *lines;
    size_t count;

    if (desk_of(request)->db == NULL)
        return STATUS_OK;
    const enum status status =
        call_store_list(desk_of(request)->db, ticket, request->arena, &lines, &count, &request->fault);
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        struct view *view = view_row(page, "Calls", i);
        view_instant(view, "at", lines[i].answered_at);
        view_text(view, "phone", lines[i].phone_masked);
        view_text(view, "ref", lines[i].call_ref);
        view_text(view, "recording", lines[i].recording);
    }
    return status;
}
