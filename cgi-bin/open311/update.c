/* What another system adds to a report that came by its key: kept as what a resident adds, and decided by operations. */
#include "open311/open311.h"

#include <string.h>

#include "core/open311.h"
#include "core/workflow.h"
#include "store/public_store.h"
#include "web/told.h"

enum { WORDS_CHARACTERS_MAX = 2000, UPDATE_ID_CHARACTERS_MAX = 100, STATUS_CHARACTERS_MAX = 40 };

/* An update on its way. */
struct update {
    struct call *call;
    char number[NUMBER_BYTES];
    const char *id, *words;
    enum ticket_action asked;
};

static void read_update(struct update *update)
{
    struct call *call = update->call;
    const char *number = call_value(call, "service_request_id");
    char *words = arena_copy_text(call->request->arena, call_value(call, "description"));

    update->id = call_line(call, "update_id", UPDATE_ID_CHARACTERS_MAX);
    update->asked = open311_asked_action(call_line(call, "status", STATUS_CHARACTERS_MAX));
    (void)call_moment(call, "updated_datetime");
    text_tidy_lines(words);
    update->words = words;
    if (*number == '\0')
        call_error(call, 400, "missing", "service_request_id", NULL);
    else if (!number_parse(number, update->number))
        call_error(call, 404, "request_unknown", NULL, NULL);
    if (*update->id == '\0')
        call_error(call, 400, "missing", "update_id", NULL);
    if (text_count_characters(words) > WORDS_CHARACTERS_MAX)
        call_error(call, 400, "long", "description", "2000");
    else if (text_has_controls(words))
        call_error(call, 400, "wrong", "description", NULL);
    if (*words == '\0' && update->asked != ACTION_WITHDRAW)
        call_error(call, 400, "missing", "description", NULL);
}

static bool may(const struct public_ticket *ticket, enum ticket_action action)
{
    return workflow_permits(action, ticket->state, ROLE_BIT(ROLE_RESIDENT), STANDING_NONE, NULL) == VERDICT_OK;
}

static enum status send_id(struct request *request, struct response *response, const uint8_t key[16])
{
    char *id = arena_take(request->arena, 33);
    struct node *root = document_begin(request, "service_request_updates", true);

    text_format_hex(key, 16, id);
    node_text(node_object(root, "request_update"), "update_id", id);
    return document_send(request, response, root, 200);
}

/* Whether the report came by this key. STATUS_INVALID with what is wrong; a sealed one is as unknown as any other. */
static enum status check_own(struct update *update)
{
    struct call *call = update->call;
    struct request *request = call->request;
    struct open311_request *shown = NULL;
    char numbers[1][NUMBER_BYTES];
    size_t count = 0;

    number_copy(numbers[0], update->number);
    const enum status status = open311_store_list_by_number(open311_of(request)->db, call->key, numbers, 1, request->arena,
                                                            &shown, &count, &request->fault);
    if (status != STATUS_OK)
        return status;
    if (count == 0)
        call_error(call, 404, "request_unknown", NULL, NULL);
    else if (!shown[0].is_own)
        call_error(call, 403, "not_yours", NULL, NULL);
    return call->error_count > 0 ? STATUS_INVALID : STATUS_OK;
}

static enum status add(struct update *update, struct response *response)
{
    struct call *call = update->call;
    struct request *request = call->request;
    struct db *db = open311_of(request)->db;
    struct resident_input input = {.action = update->asked, .words = update->words};
    struct public_ticket ticket;
    enum status status = public_store_find(db, update->number, request->arena, &ticket, &request->fault);

    if (status != STATUS_OK)
        return status;
    repeat_key(request, call->key, "update",
               arena_format(request->arena, "%s %s", update->number, update->id), input.key);
    input.ticket = ticket.id;
    if (!may(&ticket, input.action) && input.action == ACTION_SAY_NOT_FIXED)
        input.action = ACTION_ADD_WORDS; /* still being worked on: it is said, and nothing has to begin again */
    status = public_store_was_added(db, input.key, request->arena, &request->fault);
    if (status == STATUS_OK)
        return send_id(request, response, input.key);
    if (status != STATUS_ABSENT)
        return status;
    fault_reset(&request->fault);
    if (!may(&ticket, input.action))
        call_error(call, 400, "update_state", NULL, NULL);
    else if (!told_has_room(request, ticket.number, ticket.version))
        call_error(call, 429, "told_often", NULL, NULL);
    if (call->error_count > 0)
        return call_refuse(call, response);
    status = public_store_add_input(db, &input, request->now, &request->fault);
    if (status == STATUS_DUPLICATE) {
        fault_reset(&request->fault);
        status = STATUS_OK;
    }
    return status == STATUS_OK ? send_id(request, response, input.key) : status;
}

enum status open311_post_update(struct request *request, struct response *response)
{
    struct call call;
    struct update update = {.call = &call};
    enum status status = call_begin(&call, request, RIGHT_FILE);

    if (status == STATUS_OK) {
        read_update(&update);
        status = call.error_count > 0 ? STATUS_INVALID : check_own(&update);
    }
    if (status == STATUS_INVALID)
        return call_refuse(&call, response);
    return status == STATUS_OK ? add(&update, response) : status;
}
