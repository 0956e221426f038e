/* The page of one penalty and what can be done with it; and its notice, ready to print. */
#include "assessment/penalty_page.h"

#define WORDS(required) {"words", INPUT_LINES, required, 1, WORDS_MOST, "ledger.error.words", NULL}
#define DECISION {"decision", INPUT_NUMBER, true, DECISION_GRANT, DECISION_REFUSE, "staff.error.choice", NULL}

static const struct input_rule words_rules[] = {WORDS(true), ACT_VERSION};
static const struct input_rule answer_rules[] = {
    {"answer", INPUT_NUMBER, true, DECISION_GRANT, DECISION_REFUSE, "staff.error.choice", NULL}, WORDS(false), ACT_VERSION};
static const struct input_rule decide_rules[] = {DECISION, WORDS(true), ACT_VERSION};
static const struct input_rule confirm_rules[] = {
    {"clause", INPUT_NUMBER, true, 1, INT32_MAX, "staff.error.choice", NULL},
    {"yuan", INPUT_NUMBER, false, 0, 1000000, "ledger.verdict.out_of_range", NULL},
    {"leader", INPUT_NUMBER, false, 1, INT32_MAX, "staff.error.choice", NULL},
    {"person", INPUT_NUMBER, false, 1, INT32_MAX, "staff.error.choice", NULL},
    WORDS(false), ACT_VERSION};

static const struct act_form forms[] = {
    ACT_FORM("confirm", PENALTY_CONFIRM, confirm_rules), ACT_FORM("dismiss", PENALTY_DISMISS, words_rules),
    ACT_FORM("reopen", PENALTY_REOPEN, words_rules),     ACT_FORM("answer", PENALTY_ANSWER, answer_rules),
    ACT_FORM("decide", PENALTY_DECIDE, decide_rules),    ACT_FORM("note", PENALTY_NOTE, words_rules),
};
#define FORM_COUNT (sizeof forms / sizeof forms[0])

/* ---- the form that confirms: the clause and who pays are chosen, amounts typed where there is a range */

static void field(struct view *view, const struct request *request, const struct act_attempt *attempt, const char *name,
                  const char *type, bool is_required)
{
    const struct input *typed = attempt == NULL ? NULL : inputs_find(attempt->inputs, name);

    view_text(view, "type", type);
    view_text(view, "name", name);
    view_text(view, "id", arena_format(request->arena, "confirm-%s", name));
    view_flag(view, "is_optional", !is_required);
    view_text(view, "label", assessment_words(request, "ledger.field", name));
    if (typed == NULL)
        return;
    view_text(view, "value", typed->text);
    view_text(view, "error", typed->error);
}

static void person_field(struct view *view, const struct request *request, const struct act_attempt *attempt, const char *name,
                         const struct penalty_view *shown)
{
    const int64_t chosen = attempt == NULL ? 0 : inputs_number(attempt->inputs, name, 0);

    field(view, request, attempt, name, "select", false);
    view_text(view, "hint", words_find(request->language, "ledger.hint.nobody"));
    assessment_choice(view, "Choices", 0, -1, words_find(request->language, "ledger.nobody"), chosen == 0);
    for (size_t i = 0; i < shown->person_count; i++)
        assessment_choice(view, "Choices", i + 1, shown->persons[i].id.v, shown->persons[i].name, shown->persons[i].id.v == chosen);
}

/* What the clause fixes: "unit 50 to 100 yuan, person 200 yuan". */
static const char *clause_amounts(const struct request *request, const struct penalty_clause *clause)
{
    const char *most = penalty_yuan(request, clause->unit_max_fen);
    const char *unit = clause->unit_min_fen == clause->unit_max_fen
                           ? most
                           : arena_format(request->arena, "%s – %s", penalty_yuan(request, clause->unit_min_fen), most);
    const char *values[] = {clause->article, unit, penalty_yuan(request, clause->leader_fen), penalty_yuan(request, clause->person_fen)};

    return words_fill(request->arena, request->language, "ledger.amounts", values, 4);
}

static void show_confirm(struct view *view, const struct request *request, const struct act_attempt *attempt,
                         const struct penalty_view *shown)
{
    const struct penalty *penalty = &shown->file->penalty;
    const int64_t chosen = attempt == NULL ? penalty->proposed_clause : inputs_number(attempt->inputs, "clause", 0);
    bool has_range = false, has_leader = false, has_person = false;
    struct view *clauses = view_row(view, "Fields", 0);
    size_t row = 0, next = 1;

    field(clauses, request, attempt, "clause", "select", true);
    for (size_t i = 0; i < shown->book.count; i++) {
        const struct penalty_clause *clause = &shown->book.rows[i].clause;
        if (!penalty_may_stand_under(penalty->proposed_clause, clause))
            continue;
        assessment_choice(clauses, "Choices", row++, clause->id, clause_amounts(request, clause), clause->id == chosen);
        has_range = has_range || clause->unit_min_fen != clause->unit_max_fen;
        has_leader = has_leader || clause->leader_fen > 0;
        has_person = has_person || clause->person_fen > 0;
    }
    if (has_range) {
        struct view *amount = view_row(view, "Fields", next++);
        field(amount, request, attempt, "yuan", "number", false);
        view_text(amount, "hint", words_find(request->language, "ledger.hint.yuan"));
    }
    if (has_leader)
        person_field(view_row(view, "Fields", next++), request, attempt, "leader", shown);
    if (has_person)
        person_field(view_row(view, "Fields", next++), request, attempt, "person", shown);
    struct view *words = view_row(view, "Fields", next);
    field(words, request, attempt, "words", "lines", false);
    view_text(words, "hint", words_find(request->language, "ledger.hint.confirm.words"));
}

static void show_form(struct view *view, const struct request *request, const struct act_form *form,
                      const struct act_attempt *attempt, const struct penalty_view *shown)
{
    const struct act_attempt *tried = attempt != NULL && attempt->form == form ? attempt : NULL;

    if (form->action != PENALTY_CONFIRM) {
        act_show_form(view, request, form, shown->file->penalty.version, "ledger", attempt);
        return;
    }
    view_text(view, "name", form->name);
    view_text(view, "title", assessment_words(request, "ledger.act", form->name));
    view_flag(view, "is_open", tried != NULL);
    view_number(view, "version", shown->file->penalty.version);
    show_confirm(view, request, tried, shown);
}

static enum status show(struct request *request, struct response *response, const struct penalty_file *file,
                        const struct act_attempt *attempt, int code)
{
    struct penalty_view shown;
    size_t row = 0;
    const enum status status = penalty_view_load(request, file, &shown);

    if (status != STATUS_OK)
        return status;
    struct view *page = page_begin(request, "assessment/penalty");
    penalty_view_show(page, request, &shown);
    for (size_t i = 0; i < FORM_COUNT; i++)
        if (penalty_allows(request, &file->penalty, (enum penalty_action)forms[i].action) == VERDICT_OK)
            show_form(view_row(page, "Forms", row++), request, &forms[i], attempt, &shown);
    if (attempt != NULL)
        act_show_attempt(page, request, attempt, "ledger",
                         penalty_allows(request, &file->penalty, (enum penalty_action)attempt->form->action) == VERDICT_OK);
    if (request->method == METHOD_GET)
        view_flag(page, "is_done", request_value(request, "done")[0] == '1');
    return page_end(page, response, code);
}

enum status assessment_get_penalty(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {{"done", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL}};
    struct inputs inputs;
    struct penalty_file file;
    enum status status = inputs_read(request, rules, 1, &inputs);

    if (status == STATUS_OK)
        status = penalty_load(request, &file);
    return status == STATUS_OK ? show(request, response, &file, NULL, 200) : status;
}

/* The notice of what stands; else the address of a form, opened by hand or after signing in again. */
enum status assessment_get_penalty_part(struct request *request, struct response *response)
{
    struct inputs inputs;
    struct penalty_file file;
    struct penalty_view shown;
    enum status status = inputs_read(request, NULL, 0, &inputs);

    if (status == STATUS_OK)
        status = penalty_load(request, &file);
    if (status != STATUS_OK)
        return status;
    if (!text_is_equal(request->part[1], "notice"))
        return response_redirect(request, response, "/staff/assessment/ledger/%lld", (long long)file.penalty.id.v);
    if (!penalty_counts(file.penalty.state))
        return STATUS_ABSENT;
    status = penalty_view_load(request, &file, &shown);
    if (status != STATUS_OK)
        return status;
    struct view *page = page_begin(request, "assessment/penalty_notice");
    penalty_view_show(page, request, &shown);
    view_instant(page, "printed", request->now);
    return page_end(page, response, 200);
}

/* ---- acting */

static enum status go_to_penalty(struct request *request, struct response *response, const struct penalty_file *file)
{
    fault_reset(&request->fault);
    return response_redirect(request, response, "/staff/assessment/ledger/%lld?done=1", (long long)file->penalty.id.v);
}

static enum status refuse(struct request *request, struct response *response, const struct penalty_file *file,
                          struct act_attempt *attempt)
{
    const char *name = NULL;

    if (attempt->verdict == VERDICT_NEEDS_TEXT)
        name = "words";
    else if (attempt->verdict == VERDICT_OUT_OF_RANGE)
        name = "yuan";
    else if (attempt->verdict == VERDICT_BAD_VALUE || attempt->verdict == VERDICT_NOT_IN_FORCE)
        name = "clause";
    act_blame(attempt, name, "ledger");
    return show(request, response, file, attempt, act_refusal_code(attempt->verdict));
}

/* Somebody came first. Unless it was this very form, sent twice, the person sees how it stands. */
static enum status refuse_stale(struct request *request, struct response *response, struct penalty_file *file,
                                struct act_attempt *attempt, const uint8_t key[ACTION_KEY_BYTES])
{
    enum subject_kind subject;
    int64_t id;
    const enum status status = stream_find_key(assessment_of(request)->db, key, &subject, &id, &request->fault);

    if (status == STATUS_OK && subject == SUBJECT_PENALTY && id == file->penalty.id.v)
        return go_to_penalty(request, response, file);
    if (status != STATUS_OK && status != STATUS_ABSENT)
        return status;
    fault_reset(&request->fault);
    attempt->verdict = VERDICT_STALE;
    return refuse(request, response, file, attempt);
}

/* Whoever is named must be one of those that can be: of the unit, at work. The others' unit is none that there is. */
static struct unit_id unit_of_person(const struct penalty_view *shown, int64_t person)
{
    for (size_t i = 0; i < shown->person_count; i++)
        if (shown->persons[i].id.v == person)
            return shown->file->penalty.unit;
    return (struct unit_id){-1};
}

static const struct penalty_clause *clause_of(const struct penalty_view *shown, const struct act_form *form, struct inputs *inputs)
{
    const int64_t id = form->action == PENALTY_CONFIRM ? inputs_number(inputs, "clause", 0) : shown->file->penalty.clause;
    const struct clause_row *row = clause_book_find(&shown->book, (int32_t)id);

    return row != NULL ? &row->clause : NULL;
}

static void make_command(struct request *request, const struct penalty_view *shown, const struct act_form *form, struct inputs *inputs,
                         const struct penalty_clause *clause, struct penalty_command *command)
{
    *command = (struct penalty_command){
        .action = (enum penalty_action)form->action,
        .actor = request->actor,
        .expected_version = (uint32_t)inputs_number(inputs, "version", 0),
        .has_text = inputs_text(inputs, "words")[0] != '\0',
    };
    if (act_form_has(form, "answer"))
        command->decision = (enum decision)inputs_number(inputs, "answer", 0);
    if (act_form_has(form, "decision"))
        command->decision = (enum decision)inputs_number(inputs, "decision", 0);
    if (form->action != PENALTY_CONFIRM)
        return;
    const bool is_fixed = clause != NULL && clause->unit_min_fen == clause->unit_max_fen;
    command->unit_fen = inputs_find(inputs, "yuan")->is_set ? inputs_number(inputs, "yuan", -1) * 100
                                                            : is_fixed ? clause->unit_min_fen : -1;
    /* A clause that fixes nothing for them asks for nobody: what was chosen for the other clause is left out. */
    command->leader.v = clause != NULL && clause->leader_fen > 0 ? (int32_t)inputs_number(inputs, "leader", 0) : 0;
    command->person.v = clause != NULL && clause->person_fen > 0 ? (int32_t)inputs_number(inputs, "person", 0) : 0;
    command->leader_unit = unit_of_person(shown, command->leader.v);
    command->person_unit = unit_of_person(shown, command->person.v);
}

static enum verdict decide(struct request *request, const struct penalty_view *shown, const struct act_form *form, struct inputs *inputs,
                           struct event *event)
{
    const struct penalty *penalty = &shown->file->penalty;
    const struct penalty_clause *clause = clause_of(shown, form, inputs);
    struct penalty_command command;

    make_command(request, shown, form, inputs, clause, &command);
    const enum verdict ahead =
        act_look_ahead(penalty_allows(request, penalty, command.action), command.expected_version, penalty->version);
    if (ahead == VERDICT_WRONG_ROLE || ahead == VERDICT_WRONG_UNIT || ahead == VERDICT_STALE || inputs->error_count > 0)
        return ahead;
    return clause == NULL ? VERDICT_BAD_VALUE : penalty_decide(penalty, &command, clause, request->now, event);
}

static enum status act(struct request *request, struct response *response, struct penalty_file *file, const struct act_form *form,
                       struct inputs *inputs, const uint8_t key[ACTION_KEY_BYTES])
{
    struct assessment *assessment = assessment_of(request);
    struct act_attempt attempt = {.form = form, .inputs = inputs};
    struct penalty_view shown;
    struct event event;
    enum status status = penalty_view_load(request, file, &shown);

    if (status != STATUS_OK)
        return status;
    attempt.verdict = decide(request, &shown, form, inputs, &event);
    if (attempt.verdict == VERDICT_STALE)
        return refuse_stale(request, response, file, &attempt, key);
    if (attempt.verdict != VERDICT_OK || inputs->error_count > 0)
        return refuse(request, response, file, &attempt);
    status = penalty_store_append(assessment->db, file, &event, inputs_text(inputs, "words"), key, &assessment->catalog, &request->fault);
    if (status == STATUS_OK || status == STATUS_DUPLICATE)
        return go_to_penalty(request, response, file);
    if (status != STATUS_CONFLICT)
        return status;
    fault_reset(&request->fault);
    status = penalty_load(request, file); /* as it stands now */
    return status == STATUS_OK ? refuse_stale(request, response, file, &attempt, key) : status;
}

enum status assessment_post_penalty(struct request *request, struct response *response)
{
    struct act_post post;
    struct penalty_file file;
    enum status status = act_read(request, forms, FORM_COUNT, request->part[1], &post);

    if (status == STATUS_OK)
        status = penalty_load(request, &file);
    return status == STATUS_OK ? act(request, response, &file, post.form, &post.inputs, post.key) : status;
}
