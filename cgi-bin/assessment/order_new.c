/* A new rectification order, out of a ticket or free (Art. 10). */
#include "assessment/assessment.h"

#define DUE_HOUR 18 /* of the day that the policy proposes */

static const struct input_rule rules[] = {
    {"ticket", INPUT_DIGITS, false, 1, 40, "order.error.ticket", NULL},
    {"penalty", INPUT_NUMBER, false, 1, INT64_MAX, "staff.error.choice", NULL}, /* that it is given because of */
    {"unit", INPUT_NUMBER, true, 1, INT32_MAX, "staff.error.choice", NULL},
    {"reason", INPUT_NUMBER, true, 1, ORDER_REASONS, "staff.error.choice", NULL},
    {"due_at", INPUT_MOMENT, true, 0, 1, "staff.error.moment", NULL},
    {"words", INPUT_LINES, true, 1, WORDS_MOST, "order.error.words", NULL},
};
#define RULE_COUNT (sizeof rules / sizeof rules[0])

/* So many days from now as ops decided, at the end of the working day; as a datetime-local field takes it. */
static const char *proposed_due(const struct request *request)
{
    const int offset = request->app->settings.utc_offset_minutes;
    struct day day = day_of(request->now, offset);
    char local[TIME_TEXT_BYTES];

    day.number += (int32_t)assessment_of(request)->catalog.policies[POLICY_RECTIFY_DAYS];
    instant_format_local(instant_add_seconds(day_start(day, offset), DUE_HOUR * HOUR_SECONDS), offset, local);
    local[10] = 'T';
    return arena_copy_text(request->arena, local);
}

/* inputs: as typed, or NULL for a fresh form. ticket: that it is given out of, or NULL. penalty: because of which; 0 without */
static enum status show_form(struct request *request, struct response *response, struct inputs *inputs,
                             const struct order_ticket *ticket, int64_t penalty, int code)
{
    struct view *page = page_begin(request, "assessment/order_new");
    const int64_t reason = inputs == NULL ? 0 : inputs_number(inputs, "reason", 0);
    const int64_t unit = inputs != NULL ? inputs_number(inputs, "unit", 0) : ticket != NULL ? ticket->unit.v : 0;
    char number[NUMBER_TEXT_BYTES];

    view_words(page, "Page.title", "order.new.title");
    assessment_unit_choices(page, request, unit);
    assessment_choice(page, "ReasonChoices", 0, -1, words_find(request->language, "staff.choose"), reason == 0);
    for (int i = 1; i <= ORDER_REASONS; i++)
        assessment_choice(page, "ReasonChoices", (size_t)i, i, assessment_words_number(request, "order.reason", i),
                          reason == i);
    if (inputs != NULL) {
        inputs_show(inputs, page);
    } else {
        view_text(page, "Form.due_at.value", proposed_due(request));
        if (ticket != NULL && ticket->number[0] != '\0') {
            number_format_text(ticket->number, number);
            view_text(page, "Form.ticket.value", number);
        }
    }
    if (ticket != NULL)
        view_text(page, "place", ticket->place_text);
    if (penalty != 0)
        view_number(page, "penalty", penalty);
    return page_end(page, response, code);
}

/* The ticket that was typed; STATUS_ABSENT when there is none of that number. */
static enum status find_ticket(struct request *request, const char *typed, struct order_ticket *ticket)
{
    char number[NUMBER_BYTES];

    if (!number_parse(typed, number))
        return STATUS_ABSENT;
    return order_store_find_ticket(assessment_of(request)->db, number, request->arena, ticket, &request->fault);
}

/* Out of a penalty: against the same unit, with the ticket it rests on. */
static enum status show_of_penalty(struct request *request, struct response *response, int64_t id)
{
    struct db *db = assessment_of(request)->db;
    struct penalty_file file;
    struct penalty_ground *grounds;
    struct order_ticket ticket = {.place_text = ""};
    size_t count;
    enum status status = penalty_store_load(db, (struct penalty_id){id}, request->arena, &file, &request->fault);

    if (status == STATUS_OK)
        status = penalty_store_grounds(db, file.penalty.id, request->arena, &grounds, &count, &request->fault);
    if (status == STATUS_OK && count > 0 && grounds[0].ticket_number[0] != '\0')
        status = order_store_find_ticket(db, grounds[0].ticket_number, request->arena, &ticket, &request->fault);
    if (status != STATUS_OK)
        return status;
    ticket.unit = file.penalty.unit;
    return show_form(request, response, NULL, &ticket, id, 200);
}

enum status assessment_get_order_new(struct request *request, struct response *response)
{
    struct inputs inputs;
    struct order_ticket ticket;
    enum status status = inputs_read(request, rules, 2, &inputs);

    if (status != STATUS_OK)
        return status;
    if (inputs_find(&inputs, "penalty")->is_set)
        return show_of_penalty(request, response, inputs_number(&inputs, "penalty", 0));
    if (!inputs_find(&inputs, "ticket")->is_set)
        return show_form(request, response, NULL, NULL, 0, 200);
    status = find_ticket(request, inputs_text(&inputs, "ticket"), &ticket);
    return status == STATUS_OK ? show_form(request, response, NULL, &ticket, 0, 200) : status;
}

/* Beside which field a refusal belongs. */
static void explain(struct inputs *inputs, enum verdict verdict)
{
    const char *key = arena_format(inputs->request->arena, "order.verdict.%s", verdict_name(verdict));

    if (verdict == VERDICT_NOT_LATER || verdict == VERDICT_BEYOND_CAP)
        inputs_error(inputs, "due_at", key);
    else if (verdict == VERDICT_NEEDS_UNIT)
        inputs_error(inputs, "unit", key);
    else if (verdict == VERDICT_NEEDS_TEXT)
        inputs_error(inputs, "words", key);
    else
        inputs_error(inputs, "reason", key);
}

static void make_command(struct request *request, struct inputs *inputs, const struct order_ticket *ticket,
                         struct order_command *command)
{
    const struct unit *unit = catalog_unit(&assessment_of(request)->catalog,
                                           (struct unit_id){(int32_t)inputs_number(inputs, "unit", 0)});

    if (inputs_find(inputs, "unit")->error == NULL && (unit == NULL || !unit->is_handling))
        inputs_error(inputs, "unit", "staff.error.choice");
    *command = (struct order_command){
        .action = ORDER_GIVE,
        .actor = request->actor,
        .unit = unit != NULL ? unit->id : (struct unit_id){0},
        .ticket = ticket->id,
        .reason = (int)inputs_number(inputs, "reason", 0),
        .due_at = inputs_find(inputs, "due_at")->at,
        .has_text = inputs_text(inputs, "words")[0] != '\0',
    };
}

static enum status give(struct request *request, struct response *response, struct inputs *inputs,
                        const struct order_ticket *ticket, const uint8_t key[ACTION_KEY_BYTES])
{
    struct assessment *assessment = assessment_of(request);
    const struct regulation *regulation = &assessment->catalog.regulation;
    const struct facts facts = {.ops_limit_seconds = 0};
    const struct rule *rule =
        rule_find(regulation->rules, regulation->rule_count, CLOCK_RECTIFY, &facts, request->now);
    struct order_command command;
    struct order order;
    struct event event;
    const int64_t penalty = inputs_number(inputs, "penalty", 0);

    if (rule == NULL)
        return FAULT(&request->fault, STATUS_FAILED, "there is no rule for rectification orders");
    make_command(request, inputs, ticket, &command);
    if (inputs->error_count > 0)
        return show_form(request, response, inputs, NULL, penalty, 422);
    order_init(&order, (struct order_id){0});
    const enum verdict verdict = order_decide(&order, &command, rule, request->now, &event);
    if (verdict == VERDICT_WRONG_ROLE)
        return STATUS_REFUSED;
    if (verdict != VERDICT_OK) {
        explain(inputs, verdict);
        return show_form(request, response, inputs, NULL, penalty, 422);
    }
    order_apply(&order, &event);
    enum status status = order_store_give(assessment->db, &order, &event, inputs_text(inputs, "words"), key, &assessment->catalog,
                                          &request->fault);
    if (status != STATUS_OK && status != STATUS_DUPLICATE)
        return status;
    fault_reset(&request->fault);
    if (penalty != 0) /* also of a form sent twice: the first time may have ended before the link */
        status = penalty_store_link(assessment->db, (struct penalty_id){penalty},
                                    (struct penalty_link){PENALTY_LINK_ORDER, order.id.v}, &request->fault);
    else
        status = STATUS_OK;
    if (status != STATUS_OK)
        return status;
    return response_redirect(request, response, "/staff/assessment/order/%lld?done=1", (long long)order.id.v);
}

/* The penalty that it is given because of is against the same unit. */
static enum status check_penalty(struct request *request, struct inputs *inputs)
{
    const struct penalty_id id = {inputs_number(inputs, "penalty", 0)};
    struct penalty_file file;

    if (id.v == 0)
        return STATUS_OK;
    const enum status status = penalty_store_load(assessment_of(request)->db, id, request->arena, &file, &request->fault);
    if (status == STATUS_OK && inputs_find(inputs, "unit")->error == NULL && file.penalty.unit.v != inputs_number(inputs, "unit", 0))
        inputs_error(inputs, "unit", "ledger.error.unit");
    return status;
}

enum status assessment_post_order_new(struct request *request, struct response *response)
{
    struct inputs inputs;
    struct order_ticket ticket = {.id = {0}};
    uint8_t key[ACTION_KEY_BYTES];
    enum status status = inputs_read(request, rules, RULE_COUNT, &inputs);

    if (status != STATUS_OK)
        return status;
    if (!request_key(request, key))
        return STATUS_INVALID;
    if (inputs_find(&inputs, "ticket")->is_set && inputs_find(&inputs, "ticket")->error == NULL) {
        status = find_ticket(request, inputs_text(&inputs, "ticket"), &ticket);
        if (status == STATUS_ABSENT)
            inputs_error(&inputs, "ticket", "order.error.ticket");
        else if (status != STATUS_OK)
            return status;
    }
    status = check_penalty(request, &inputs);
    return status == STATUS_OK ? give(request, response, &inputs, &ticket, key) : status;
}
