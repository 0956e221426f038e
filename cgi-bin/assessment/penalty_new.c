/* A proposal entered by hand: media exposure, workmanship, pollution and the rest of the catalogue (Arts. 29-34). */
#include "assessment/assessment.h"

static const struct input_rule rules[] = {
    {"unit", INPUT_NUMBER, true, 0, INT32_MAX, "staff.error.choice", NULL},
    {"clause", INPUT_NUMBER, true, 1, INT32_MAX, "staff.error.choice", NULL},
    {"happened_at", INPUT_MOMENT, true, 0, 1, "staff.error.moment", NULL},
    {"ticket", INPUT_DIGITS, false, 1, 40, "order.error.ticket", NULL},
    {"words", INPUT_LINES, true, 1, WORDS_MOST, "ledger.error.words", NULL},
};
#define RULE_COUNT (sizeof rules / sizeof rules[0])

/* Whom this person may enter something against: nobody judges his own case. */
static bool may_enter(const struct request *request, struct unit_id unit)
{
    return penalty_permits(PENALTY_PROPOSE, PENALTY_STATE_NONE, request->actor.roles, false, unit.v == 0, NULL) == VERDICT_OK;
}

static void show_choices(struct view *page, const struct request *request, struct inputs *inputs, const struct clause_book *book)
{
    const struct catalog *catalog = &assessment_of(request)->catalog;
    const int64_t unit = inputs == NULL ? -1 : inputs_number(inputs, "unit", -1);
    const int64_t clause = inputs == NULL ? 0 : inputs_number(inputs, "clause", 0);
    size_t row = 1;

    assessment_choice(page, "UnitChoices", 0, -1, words_find(request->language, "staff.choose"), unit < 0);
    if (may_enter(request, (struct unit_id){0}))
        assessment_choice(page, "UnitChoices", row++, 0, words_find(request->language, "ledger.ops"), unit == 0);
    for (size_t i = 0; i < catalog->unit_count; i++)
        if (catalog->units[i].is_handling && may_enter(request, catalog->units[i].id))
            assessment_choice(page, "UnitChoices", row++, catalog->units[i].id.v,
                              assessment_unit_name(request, catalog->units[i].id), catalog->units[i].id.v == unit);
    row = 1;
    assessment_choice(page, "ClauseChoices", 0, -1, words_find(request->language, "staff.choose"), clause == 0);
    for (size_t i = 0; i < book->count; i++)
        if (!book->rows[i].clause.is_discipline)
            assessment_choice(page, "ClauseChoices", row++, book->rows[i].clause.id,
                              arena_format(request->arena, "%s %s", book->rows[i].clause.article,
                                           penalty_clause_text(request, &book->rows[i])),
                              book->rows[i].clause.id == clause);
}

static enum status show(struct request *request, struct response *response, struct inputs *inputs, int code)
{
    struct clause_book book;
    const enum status status = clause_book_load(assessment_of(request)->db, request->arena, &book, &request->fault);

    if (status != STATUS_OK)
        return status;
    struct view *page = page_begin(request, "assessment/penalty_new");
    view_words(page, "Page.title", "ledger.new.title");
    show_choices(page, request, inputs, &book);
    if (inputs != NULL)
        inputs_show(inputs, page);
    return page_end(page, response, code);
}

enum status assessment_get_penalty_new(struct request *request, struct response *response)
{
    struct inputs inputs;
    const enum status status = inputs_read(request, NULL, 0, &inputs);

    return status == STATUS_OK ? show(request, response, NULL, 200) : status;
}

static const char *blamed_field(enum verdict verdict)
{
    if (verdict == VERDICT_TIME_IN_FUTURE)
        return "happened_at";
    if (verdict == VERDICT_NEEDS_TEXT)
        return "words";
    return verdict == VERDICT_WRONG_ROLE ? "unit" : "clause";
}

static enum status propose(struct request *request, struct response *response, struct inputs *inputs, const struct order_ticket *ticket,
                           const struct penalty_clause *clause, const uint8_t key[ACTION_KEY_BYTES])
{
    const struct penalty_command command = {
        .action = PENALTY_PROPOSE,
        .actor = request->actor,
        .unit = {(int32_t)inputs_number(inputs, "unit", 0)},
        .evidence = {.basis = BASIS_HAND, .subject = ticket->id.v != 0 ? SUBJECT_TICKET : SUBJECT_NONE, .subject_id = ticket->id.v,
                     .happened_at = inputs_find(inputs, "happened_at")->at},
        .has_text = true,
    };
    struct penalty penalty;
    struct event event;

    penalty_init(&penalty, (struct penalty_id){0});
    const enum verdict verdict = penalty_decide(&penalty, &command, clause, request->now, &event);
    if (verdict != VERDICT_OK) {
        inputs_error(inputs, blamed_field(verdict), arena_format(request->arena, "ledger.verdict.%s", verdict_name(verdict)));
        return show(request, response, inputs, verdict == VERDICT_WRONG_ROLE ? 403 : 422);
    }
    penalty_apply(&penalty, &event);
    const enum status status = penalty_store_propose(assessment_of(request)->db, &penalty, &event, inputs_text(inputs, "words"), key,
                                                     &assessment_of(request)->catalog, &request->fault);
    if (status != STATUS_OK && status != STATUS_DUPLICATE)
        return status;
    fault_reset(&request->fault);
    return response_redirect(request, response, "/staff/assessment/ledger/%lld?done=1", (long long)penalty.id.v);
}

static enum status find_ticket(struct request *request, struct inputs *inputs, struct order_ticket *ticket)
{
    const struct input *typed = inputs_find(inputs, "ticket");
    char number[NUMBER_BYTES];
    enum status status = STATUS_ABSENT;

    *ticket = (struct order_ticket){.id = {0}};
    if (!typed->is_set || typed->error != NULL)
        return STATUS_OK;
    if (number_parse(typed->text, number))
        status = order_store_find_ticket(assessment_of(request)->db, number, request->arena, ticket, &request->fault);
    if (status != STATUS_ABSENT)
        return status;
    inputs_error(inputs, "ticket", "order.error.ticket");
    return STATUS_OK;
}

enum status assessment_post_penalty_new(struct request *request, struct response *response)
{
    struct inputs inputs;
    struct order_ticket ticket;
    struct clause_book book;
    uint8_t key[ACTION_KEY_BYTES];
    enum status status = inputs_read(request, rules, RULE_COUNT, &inputs);

    if (status != STATUS_OK)
        return status;
    if (!request_key(request, key))
        return STATUS_INVALID;
    status = find_ticket(request, &inputs, &ticket);
    if (status == STATUS_OK)
        status = clause_book_load(assessment_of(request)->db, request->arena, &book, &request->fault);
    if (status != STATUS_OK)
        return status;
    const struct clause_row *clause = clause_book_find(&book, (int32_t)inputs_number(&inputs, "clause", 0));
    const struct unit_id unit_id = {(int32_t)inputs_number(&inputs, "unit", 0)};
    const struct unit *unit = unit_id.v == 0 ? NULL : catalog_unit(&assessment_of(request)->catalog, unit_id);
    if (inputs_find(&inputs, "clause")->error == NULL && (clause == NULL || clause->clause.is_discipline))
        inputs_error(&inputs, "clause", "staff.error.choice");
    if (inputs_find(&inputs, "unit")->error == NULL && unit_id.v != 0 && (unit == NULL || !unit->is_handling))
        inputs_error(&inputs, "unit", "staff.error.choice");
    if (inputs.error_count > 0)
        return show(request, response, &inputs, 422);
    return propose(request, response, &inputs, &ticket, &clause->clause, key);
}
