/* One handler for everything that is done with a ticket: read the form, load, let core decide, store, show. */
#include <string.h>

#include "core/offer.h"
#include "store/failure_store.h"
#include "ticket/list.h"
#include "ticket/photos.h"
#include "ticket/show.h"

static bool is_handling_unit(const struct request *request, struct unit_id id)
{
    const struct unit *unit = catalog_unit(&desk_of(request)->catalog, id);

    return unit != NULL && unit->is_handling;
}

static enum status go_to_ticket(struct request *request, struct response *response, const struct ticket_file *file)
{
    fault_reset(&request->fault);
    return response_redirect(request, response, "/staff/ticket/%s?done=1%s", file->number, list_from_suffix(request, '&'));
}

/* The ticket's page with the form as it was typed and the reason why not. */
static enum status refuse(struct request *request, struct response *response, const struct ticket_file *file,
                          struct attempt *attempt)
{
    int code = 422;

    if (attempt->verdict == VERDICT_STALE) {
        code = 409;
    } else if (attempt->verdict == VERDICT_WRONG_ROLE || attempt->verdict == VERDICT_WRONG_UNIT) {
        code = 403;
    } else if (attempt->verdict != VERDICT_OK) {
        const char *field = verdict_field(attempt->form, attempt->verdict);
        if (field != NULL)
            inputs_error(attempt->inputs, field,
                         arena_format(request->arena, "verdict.%s", verdict_name(attempt->verdict)));
    }
    return show_ticket(request, response, file, attempt, NULL, code);
}

/* Somebody came first. Unless it was this very form, sent twice, the person sees what changed. */
static enum status refuse_stale(struct request *request, struct response *response, struct ticket_file *file,
                                struct attempt *attempt, const uint8_t key[ACTION_KEY_BYTES])
{
    char number[NUMBER_BYTES];
    enum status status =
        ticket_store_find_key(desk_of(request)->db, key, request->arena, number, &request->fault);

    if (status == STATUS_OK)
        return go_to_ticket(request, response, file);
    if (status != STATUS_ABSENT)
        return status;
    fault_reset(&request->fault);
    attempt->verdict = VERDICT_STALE;
    return refuse(request, response, file, attempt);
}

static enum status append(struct request *request, struct response *response, struct ticket_file *file,
                          struct attempt *attempt, struct event *event, const uint8_t key[ACTION_KEY_BYTES])
{
    struct desk *desk = desk_of(request);
    enum status status =
        ticket_store_append(desk->db, file, event, action_form_words(attempt->form, attempt->inputs), key,
                            &desk->catalog, &request->fault);

    if (status == STATUS_OK || status == STATUS_DUPLICATE)
        return go_to_ticket(request, response, file);
    if (status != STATUS_CONFLICT)
        return status;
    fault_reset(&request->fault);
    status = show_load(request, file); /* as it stands now */
    return status == STATUS_OK ? refuse_stale(request, response, file, attempt, key) : status;
}

/* What stands against it when fields are wrong anyway: rights first, then what changed meanwhile. */
static enum verdict look_ahead(const struct ticket *ticket, const struct command *command)
{
    const enum verdict permitted = ticket_permits(ticket, command->action, &command->actor, NULL);

    if (permitted == VERDICT_WRONG_ROLE)
        return permitted;
    return command->expected_version != ticket->version ? VERDICT_STALE : permitted;
}

static bool is_of_use(const struct request *request, const struct ticket_file *file, const struct action_form *form)
{
    return ticket_offer(&file->ticket, form->action, &request->actor, &desk_of(request)->catalog.regulation,
                        request->now) != VERDICT_NOT_NEEDED;
}

/* The failure report that an excuse names (Art. 15); core refuses when there is none. */
static enum status find_failure(struct request *request, struct command *command)
{
    struct failure *failure = arena_take(request->arena, sizeof *failure);

    if (command->action != ACTION_EXCUSE || !command->has_field[FIELD_EXCUSE])
        return STATUS_OK;
    const enum status status = failure_store_find(desk_of(request)->db, (int32_t)command->field[FIELD_EXCUSE],
                                                  request->arena, failure, &request->fault);
    if (status == STATUS_OK)
        command->failure = &failure->report;
    return status == STATUS_ABSENT ? STATUS_OK : status;
}

static enum status act(struct request *request, struct response *response, struct ticket_file *file,
                       const struct action_form *form, struct inputs *inputs, const uint8_t key[ACTION_KEY_BYTES])
{
    const struct regulation *regulation = &desk_of(request)->catalog.regulation;
    struct command command;
    struct event event;

    memset(&event, 0, sizeof event);
    action_form_check_units(form, inputs, is_handling_unit);
    action_form_command(form, inputs, &file->ticket, &command);
    enum status status = find_failure(request, &command);
    if (status == STATUS_OK)
        status = photos_tell_finish(request, file, &command);
    if (status != STATUS_OK)
        return status;
    struct attempt attempt = {.form = form, .inputs = inputs, .seen_version = command.expected_version};
    attempt.verdict = inputs->error_count > 0
                          ? look_ahead(&file->ticket, &command)
                          : ticket_decide(&file->ticket, &command, regulation, request->now, &event);
    if (attempt.verdict == VERDICT_OK && inputs->error_count == 0) /* what this matter has no use for is not offered either */
        attempt.verdict = is_of_use(request, file, form) ? VERDICT_OK : VERDICT_NOT_NEEDED;
    if (attempt.verdict == VERDICT_STALE)
        return refuse_stale(request, response, file, &attempt, key);
    if (attempt.verdict != VERDICT_OK || inputs->error_count > 0)
        return refuse(request, response, file, &attempt);
    return append(request, response, file, &attempt, &event, key);
}

enum status ticket_post_act(struct request *request, struct response *response)
{
    const struct action_form *form = action_form_find(request->part[1]);
    struct ticket_file *file = arena_take(request->arena, sizeof *file);
    uint8_t page_key[ACTION_KEY_BYTES], key[ACTION_KEY_BYTES];
    struct inputs inputs;
    size_t rule_count;

    if (form == NULL)
        return STATUS_ABSENT;
    const struct input_rule *rules = action_form_rules(form, request->arena, &rule_count);
    enum status status = inputs_read(request, rules, rule_count, &inputs);
    if (status != STATUS_OK)
        return status;
    if (!request_key(request, page_key) || inputs_find(&inputs, "version")->error != NULL)
        return STATUS_INVALID;
    status = show_load(request, file);
    if (status != STATUS_OK)
        return status;
    struct canned_list answers;
    if (inputs_find(&inputs, "insert")->is_set) {
        status = canned_load(request, &answers);
        if (status != STATUS_OK)
            return status;
        if (canned_insert(request, file, form, &answers, &inputs)) {
            const struct attempt shown = {.form = form, .inputs = &inputs, .verdict = VERDICT_OK};
            return show_ticket(request, response, file, &shown, NULL, 200);
        }
    }
    action_form_key(form, page_key, key);
    return act(request, response, file, form, &inputs, key);
}
