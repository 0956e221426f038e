/*
 * What a resident asks for with one button or one moment: to hurry (催办), another appointment, and the lost code again. Each is
 * inserted and applied by clerk; nothing here changes a ticket.
 */
#include <string.h>

#include "complaint/filing.h"
#include "core/workflow.h"
#include "store/code_store.h"
#include "web/told.h"

#define APPOINTMENT_DAYS_MOST 60

/* ---- hurrying: once an hour for everybody who follows the ticket */

/* One for everybody who follows the ticket, and for one hour: a second urging within it is the same. */
static void urge_key(const struct request *request, const char *number, uint8_t key[16])
{
    const int64_t hour = request->now.milliseconds / (INT64_C(1000) * HOUR_SECONDS);
    const char *facts = arena_format(request->arena, "%s %lld", number, (long long)hour);
    const struct bytes piece = {(const uint8_t *)facts, strlen(facts)};
    const struct hash hash = crypto_keyed_hash(&request->app->secrets.key[SECRET_FORM], "urge", &piece, 1);

    memcpy(key, hash.bytes, 16);
}

static enum status add_input(struct request *request, struct response *response, const char *number,
                             const struct resident_input *input)
{
    const enum status status =
        public_store_add_input(complaint_of(request)->db, input, request->now, &request->fault);

    if (status != STATUS_OK && status != STATUS_DUPLICATE)
        return status;
    fault_reset(&request->fault);
    return response_redirect(request, response, "/complaint/progress/%s%s", number,
                             status == STATUS_DUPLICATE && input->action == ACTION_URGE ? "?urged=1" : "");
}

enum status complaint_post_urge(struct request *request, struct response *response)
{
    struct inputs *inputs = arena_take(request->arena, sizeof *inputs);
    struct public_ticket ticket;
    char number[NUMBER_BYTES];
    enum status status = inputs_read(request, NULL, 0, inputs);

    if (status != STATUS_OK)
        return status;
    if (!follow_take_number(request, number))
        return follow_ask_code(request, response);
    status = public_store_find(complaint_of(request)->db, number, request->arena, &ticket, &request->fault);
    if (status != STATUS_OK)
        return status;
    if (!tell_may(&ticket, ACTION_URGE))
        return response_redirect(request, response, "/complaint/progress/%s?refused=1", number);
    struct resident_input input = {.ticket = ticket.id, .action = ACTION_URGE, .words = ""};
    urge_key(request, number, input.key);
    return add_input(request, response, number, &input);
}

/* ---- another appointment */

static const struct input_rule appointment_rules[] = {
    {"at", INPUT_MOMENT, true, 0, 1, "error.appointment", NULL},
};

static enum status show_appointment(struct request *request, struct response *response,
                                    const struct public_ticket *ticket, struct inputs *inputs)
{
    struct view *view = page_begin(request, "complaint/appointment");
    char text[NUMBER_TEXT_BYTES];

    number_format_text(ticket->number, text);
    view_words(view, "Page.title", "complaint.appointment_title");
    view_text(view, "Ticket.number", ticket->number);
    view_text(view, "Ticket.number_text", text);
    view_instant(view, "Ticket.appointment", ticket->appointment_at);
    if (inputs != NULL)
        inputs_show(inputs, view);
    return complaint_end_form(request, view, response, inputs != NULL ? 422 : 200);
}

/* The ticket whose appointment this browser may move. False: the response is made, or `status` is a failure. */
static bool find_movable(struct request *request, struct response *response, struct public_ticket *ticket,
                         enum status *status)
{
    char number[NUMBER_BYTES];

    if (!follow_take_number(request, number)) {
        *status = follow_ask_code(request, response);
        return false;
    }
    *status = public_store_find(complaint_of(request)->db, number, request->arena, ticket, &request->fault);
    if (*status == STATUS_OK && !tell_may(ticket, ACTION_MOVE_APPOINTMENT)) {
        *status = response_redirect(request, response, "/complaint/progress/%s?refused=1", number);
        return false;
    }
    return *status == STATUS_OK;
}

enum status complaint_get_appointment(struct request *request, struct response *response)
{
    struct public_ticket ticket;
    enum status status;

    return find_movable(request, response, &ticket, &status) ? show_appointment(request, response, &ticket, NULL) : status;
}

/* The form has a key of its own: the same moment asked for again, after another one was, is another wish. */
enum status complaint_post_appointment(struct request *request, struct response *response)
{
    struct inputs *inputs = arena_take(request->arena, sizeof *inputs);
    struct public_ticket ticket;
    struct resident_input input = {.action = ACTION_MOVE_APPOINTMENT, .words = ""};
    enum status status = inputs_read(request, appointment_rules, 1, inputs);

    if (status != STATUS_OK)
        return status;
    if (!find_movable(request, response, &ticket, &status))
        return status;
    if (!request_key(request, input.key))
        return STATUS_INVALID;
    const struct instant at = inputs_find(inputs, "at")->at;
    const struct instant last = instant_add_seconds(request->now, (int64_t)APPOINTMENT_DAYS_MOST * DAY_SECONDS);
    if (inputs->error_count == 0 && (instant_is_before(at, request->now) || instant_is_before(last, at)))
        inputs_error(inputs, "at", "error.appointment");
    if (inputs->error_count == 0 && !told_has_room(request, ticket.number, ticket.version))
        inputs_error(inputs, "at", "error.told_often");
    if (inputs->error_count > 0)
        return show_appointment(request, response, &ticket, inputs);
    input.ticket = ticket.id;
    input.value = at.milliseconds;
    return add_input(request, response, ticket.number, &input);
}

/* ---- a lost code: whether number and phone fit is never said here; the new code goes to the phone of the report */

static const struct input_rule code_rules[] = {
    {"number", INPUT_DIGITS, true, 1, 40, "error.number", "error.number"},
    {"phone", INPUT_DIGITS, true, 1, 30, "error.phone", "error.phone"},
};

static enum status show_lost(struct request *request, struct response *response, struct inputs *inputs, bool is_sent,
                             const char *problem, int status_code)
{
    struct view *view = page_begin(request, "complaint/code");

    view_words(view, "Page.title", "complaint.code_title");
    view_flag(view, "is_sent", is_sent);
    if (inputs != NULL)
        inputs_show(inputs, view);
    if (problem != NULL)
        view_words(view, "problem", problem);
    if (status_code == 429)
        follow_ask_effort(request, view);
    return page_end(view, response, status_code);
}

enum status complaint_get_code(struct request *request, struct response *response)
{
    return show_lost(request, response, NULL, form_find(&request->query, "sent") != NULL, NULL, 200);
}

enum status complaint_post_code(struct request *request, struct response *response)
{
    struct inputs *inputs = arena_take(request->arena, sizeof *inputs);
    char number[NUMBER_BYTES] = "", phone[PHONE_BYTES] = "";
    bool slowed = false;
    enum status status = inputs_read(request, code_rules, 2, inputs);

    if (status != STATUS_OK)
        return status;
    if (*inputs_text(inputs, "number") != '\0' && !number_parse(inputs_text(inputs, "number"), number))
        inputs_error(inputs, "number", "error.number");
    if (*inputs_text(inputs, "phone") != '\0' && !phone_parse(inputs_text(inputs, "phone"), phone))
        inputs_error(inputs, "phone", "error.phone");
    if (inputs->error_count > 0)
        return show_lost(request, response, inputs, false, NULL, 422);
    const char *counted = arena_format(request->arena, "lost %s", number);
    status = follow_is_slowed(request, counted, &slowed);
    if (status == STATUS_OK && slowed)
        return show_lost(request, response, inputs, false, "complaint.code_slowed", 429);
    /* Right or wrong, every request counts: one's own phone is not filled with messages by others. */
    if (status == STATUS_OK)
        status = follow_count_wrong(request, counted);
    const struct hash hash = person_lookup_hash(&request->app->secrets, "phone", phone);
    if (status == STATUS_OK)
        status = code_store_request(complaint_of(request)->db, number, &hash, request->now, &request->fault);
    return status == STATUS_OK ? response_redirect(request, response, "/complaint/code?sent=1") : status;
}
