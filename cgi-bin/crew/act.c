/* One handler for every step: read the form, open the link, let core decide, store, show. The rules are those of the desk. */
#include <string.h>

#include "core/offer.h"
#include "crew/crew.h"

/* One step that is being taken. */
struct step {
    struct job job;
    struct attempt attempt;
    struct command command;
    struct event event;
    uint8_t key[REQUEST_KEY_BYTES];
};

static enum status go_to_job(struct request *request, struct response *response, const struct step *step)
{
    fault_reset(&request->fault);
    return response_redirect(request, response, "/crew/job/%s?done=1", step->job.token);
}

static enum status refuse(struct request *request, struct response *response, struct step *step)
{
    const enum verdict verdict = step->attempt.verdict;
    int code = 422;

    if (verdict == VERDICT_STALE) {
        code = 409;
    } else if (verdict == VERDICT_WRONG_ROLE || verdict == VERDICT_WRONG_UNIT) {
        code = 403;
    } else if (verdict != VERDICT_OK && verdict_field(step->attempt.form, verdict) != NULL) {
        inputs_error(step->attempt.inputs, verdict_field(step->attempt.form, verdict),
                     arena_format(request->arena, "verdict.%s", verdict_name(verdict)));
    }
    return job_show(request, response, &step->job, &step->attempt, NULL, code);
}

/* Somebody came first. Unless it was this very form, sent twice, the person sees what changed. */
static enum status refuse_stale(struct request *request, struct response *response, struct step *step)
{
    char number[NUMBER_BYTES];
    const enum status status =
        ticket_store_find_key(crew_of(request)->db, step->key, request->arena, number, &request->fault);

    if (status == STATUS_OK)
        return go_to_job(request, response, step);
    if (status != STATUS_ABSENT)
        return status;
    fault_reset(&request->fault);
    step->attempt.verdict = VERDICT_STALE;
    return refuse(request, response, step);
}

static enum status append(struct request *request, struct response *response, struct step *step)
{
    struct crew *crew = crew_of(request);
    enum status status = ticket_store_append(crew->db, step->job.file, &step->event,
                                             action_form_words(step->attempt.form, step->attempt.inputs), step->key,
                                             &crew->catalog, &request->fault);

    if (status == STATUS_OK || status == STATUS_DUPLICATE)
        return go_to_job(request, response, step);
    if (status != STATUS_CONFLICT)
        return status;
    fault_reset(&request->fault);
    status = job_load(request, &step->job); /* as it stands now */
    if (status == STATUS_OK && step->job.closed != CLOSED_NOT)
        return job_show_closed(request, response, &step->job);
    return status == STATUS_OK ? refuse_stale(request, response, step) : status;
}

/* What stands against it when fields are wrong anyway: rights first, then what changed meanwhile. */
static enum verdict look_ahead(const struct ticket *ticket, const struct command *command)
{
    const enum verdict permitted = ticket_permits(ticket, command->action, &command->actor, NULL);

    if (permitted == VERDICT_WRONG_ROLE)
        return permitted;
    return command->expected_version != ticket->version ? VERDICT_STALE : permitted;
}

static enum verdict decide(struct request *request, struct step *step)
{
    const struct regulation *regulation = &crew_of(request)->catalog.regulation;
    const struct ticket *ticket = &step->job.file->ticket;
    const struct command *command = &step->command;

    if (step->attempt.inputs->error_count > 0)
        return look_ahead(ticket, command);
    const enum verdict verdict = ticket_decide(ticket, command, regulation, request->now, &step->event);
    if (verdict != VERDICT_OK)
        return verdict;
    const enum verdict offered = ticket_offer(ticket, command->action, &command->actor, regulation, request->now);
    return offered == VERDICT_NOT_NEEDED ? offered : VERDICT_OK; /* what this matter has no use for */
}

static bool is_handling_unit(const struct request *request, struct unit_id id)
{
    const struct unit *unit = catalog_unit(&crew_of(request)->catalog, id);

    return unit != NULL && unit->is_handling;
}

static enum status act(struct request *request, struct response *response, struct step *step)
{
    action_form_check_units(step->attempt.form, step->attempt.inputs, is_handling_unit);
    action_form_command(step->attempt.form, step->attempt.inputs, &step->job.file->ticket, &step->command);
    step->attempt.seen_version = step->command.expected_version;
    step->attempt.verdict = decide(request, step);
    if (step->attempt.verdict == VERDICT_STALE)
        return refuse_stale(request, response, step);
    if (step->attempt.verdict != VERDICT_OK || step->attempt.inputs->error_count > 0)
        return refuse(request, response, step);
    return append(request, response, step);
}

enum status crew_post_act(struct request *request, struct response *response)
{
    const struct action_form *form = action_form_find(request->part[1]);
    struct step *step = arena_take(request->arena, sizeof *step);
    struct inputs *inputs = arena_take(request->arena, sizeof *inputs);
    uint8_t page_key[REQUEST_KEY_BYTES];
    size_t rule_count;

    if (form == NULL || !job_has_action(form->action))
        return STATUS_ABSENT;
    memset(step, 0, sizeof *step);
    const struct input_rule *rules = action_form_rules(form, request->arena, &rule_count);
    enum status status = inputs_read(request, rules, rule_count, inputs);
    if (status != STATUS_OK)
        return status;
    if (!request_key(request, page_key) || inputs_find(inputs, "version")->error != NULL)
        return STATUS_INVALID;
    action_form_key(form, page_key, step->key);
    step->attempt = (struct attempt){.form = form, .inputs = inputs};
    status = job_load(request, &step->job);
    if (status != STATUS_OK)
        return status;
    if (step->job.closed != CLOSED_NOT)
        return job_show_closed(request, response, &step->job);
    return act(request, response, step);
}
