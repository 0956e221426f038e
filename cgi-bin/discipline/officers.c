/* Who of the office can open the cases: adding and taking away an officer, and one's own passphrase. Each asks for the passphrase again. */
#include <string.h>

#include "base/password.h"
#include "discipline/discipline.h"

static const struct input_rule add_rules[] = {
    {"officer", INPUT_NUMBER, true, 1, INT32_MAX, "staff.error.choice", NULL},
    {"chosen", INPUT_SECRET, true, 1, PASSWORD_MAX_CHARACTERS, "discipline.error.chosen", "discipline.error.long"},
    {"again", INPUT_SECRET, true, 1, PASSWORD_MAX_CHARACTERS, "discipline.error.again", "discipline.error.long"},
    {"own", INPUT_SECRET, true, 1, PASSWORD_MAX_CHARACTERS, "discipline.error.passphrase", "discipline.open.wrong"},
    {"version", INPUT_NUMBER, true, 1, INT32_MAX, "staff.error.choice", NULL},
};
static const struct input_rule remove_rules[] = {
    {"leaver", INPUT_NUMBER, true, 1, INT32_MAX, "staff.error.choice", NULL},
    {"present", INPUT_SECRET, true, 1, PASSWORD_MAX_CHARACTERS, "discipline.error.passphrase", "discipline.open.wrong"},
    {"version", INPUT_NUMBER, true, 1, INT32_MAX, "staff.error.choice", NULL},
};

/* What the page shows beside its forms. */
struct officers_page {
    struct inputs *inputs;
    const char *problem; /* Text key, or NULL */
    int code;
};

static void show_people(struct view *page, const char *list, const struct discipline_officer *people, size_t count,
                        int64_t chosen)
{
    for (size_t i = 0; i < count; i++) {
        struct view *row = view_row(page, list, i);
        view_number(row, "value", people[i].staff.v);
        view_text(row, "name", people[i].name);
        view_text(row, "login", people[i].login);
        view_instant(row, "enrolled", people[i].enrolled_at);
        view_flag(row, "is_able", people[i].is_able);
        view_flag(row, "is_chosen", people[i].staff.v == chosen);
    }
}

/* The number in a field that the tried form may not have. */
static int64_t number_in(struct inputs *inputs, const char *name)
{
    for (size_t i = 0; inputs != NULL && i < inputs->count; i++)
        if (text_is_equal(inputs->items[i].rule->name, name))
            return inputs->items[i].number;
    return 0;
}

static enum status show(struct request *request, struct response *response, const struct officers_page *shown)
{
    struct db *db = discipline_of(request)->db;
    struct discipline_key key;
    struct discipline_officer *officers, *candidates;
    size_t officer_count, candidate_count;
    enum status status = discipline_store_key(db, request->arena, &key, &request->fault);

    if (status == STATUS_OK)
        status = discipline_store_officers(db, &key, request->arena, &officers, &officer_count, &request->fault);
    if (status == STATUS_OK)
        status = discipline_store_candidates(db, &key, request->arena, &candidates, &candidate_count, &request->fault);
    if (status != STATUS_OK)
        return status;
    struct view *page = page_begin(request, "discipline/officers");
    view_words(page, "Page.title", "discipline.officers.title");
    view_number(page, "version", key.version);
    view_number(page, "least", PASSPHRASE_LEAST);
    show_people(page, "Officers", officers, officer_count, number_in(shown->inputs, "leaver"));
    show_people(page, "Candidates", candidates, candidate_count, number_in(shown->inputs, "officer"));
    if (shown->inputs != NULL)
        inputs_show(shown->inputs, page);
    if (shown->problem != NULL)
        view_words(page, "problem", shown->problem);
    if (request->method == METHOD_GET)
        view_flag(page, "is_done", request_value(request, "done")[0] == '1');
    return page_end(page, response, shown->code);
}

/* STATUS_ABSENT when the key has to be opened first: who looks after officers has opened it. */
static enum status look(struct request *request)
{
    struct discipline_opened opened;
    const enum status status = discipline_resume(request, &opened);

    discipline_forget(&opened);
    return status;
}

enum status discipline_get_officers(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {{"done", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL}};
    struct inputs inputs;
    enum status status = inputs_read(request, rules, 1, &inputs);

    if (status == STATUS_OK)
        status = look(request);
    if (status == STATUS_ABSENT)
        return discipline_ask(request, response, NULL, NULL);
    const struct officers_page shown = {.code = 200};
    return status == STATUS_OK ? show(request, response, &shown) : status;
}

/* A passphrase that guards every case for years. */
static void check_chosen(struct inputs *inputs, const char *login)
{
    const char *chosen = inputs_text(inputs, "chosen");

    if (inputs_find(inputs, "chosen")->error != NULL || inputs_find(inputs, "again")->error != NULL)
        return;
    if (text_count_characters(chosen) < PASSPHRASE_LEAST)
        inputs_error(inputs, "chosen", "discipline.error.short");
    else if (password_is_too_common(chosen, login))
        inputs_error(inputs, "chosen", "discipline.error.common");
    else if (!text_is_equal(chosen, inputs_text(inputs, "again")))
        inputs_error(inputs, "again", "discipline.error.differ");
}

/* Another change came first, or it cannot be: the page as it is now, with the reason. */
static enum status refuse_change(struct request *request, struct response *response, struct inputs *inputs,
                                 enum status status)
{
    struct officers_page shown = {.inputs = inputs, .code = 409};

    if (status == STATUS_CONFLICT || status == STATUS_ABSENT || status == STATUS_DUPLICATE)
        shown.problem = "discipline.officers.changed";
    else if (status == STATUS_REFUSED)
        shown.problem = "discipline.officers.last";
    else
        return status;
    fault_reset(&request->fault);
    return show(request, response, &shown);
}

/* Wraps behind the gate, as every hashing of a passphrase. */
static enum status wrap(struct request *request, const struct key *private_key, const char *passphrase,
                        struct wrapped_key *wrapped)
{
    struct gate *gate = &discipline_of(request)->gate;
    const enum status status = gate_enter(gate, &request->fault);

    if (status != STATUS_OK)
        return status;
    discipline_wrap(private_key, passphrase, wrapped);
    gate_leave(gate);
    return STATUS_OK;
}

/* Opens the key once more with the officer's own passphrase. code: 0, or that of the answer */
static enum status open_again(struct request *request, struct response *response, struct inputs *inputs, const char *field,
                              struct discipline_key *key, struct key *private_key, int *code)
{
    enum key_state state;
    enum judgement judgement = JUDGED_WRONG;
    enum status status = discipline_look_at_key(request, key, &state);

    if (status == STATUS_OK && state != KEY_READY)
        return STATUS_CONFLICT; /* taken away meanwhile */
    if (status == STATUS_OK)
        status = discipline_judge(request, key, inputs_text(inputs, field), private_key, &judgement);
    if (status == STATUS_REFUSED)
        return STATUS_CONFLICT;
    if (status == STATUS_OK)
        *code = discipline_explain(response, inputs, field, judgement);
    return status;
}

/* The candidate with this id, or NULL. */
static enum status find_candidate(struct request *request, int64_t id, const struct discipline_officer **found)
{
    struct db *db = discipline_of(request)->db;
    struct discipline_key key;
    struct discipline_officer *people;
    size_t count;
    enum status status = discipline_store_key(db, request->arena, &key, &request->fault);

    *found = NULL;
    if (status == STATUS_OK)
        status = discipline_store_candidates(db, &key, request->arena, &people, &count, &request->fault);
    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        if (people[i].staff.v == id)
            *found = &people[i];
    return status;
}

static enum status add(struct request *request, struct response *response, struct inputs *inputs,
                       const struct discipline_officer *candidate)
{
    struct discipline_key key;
    struct key private_key;
    struct wrapped_key wrapped;
    int code = 0;
    enum status status = open_again(request, response, inputs, "own", &key, &private_key, &code);

    if (status == STATUS_OK && code != 0) {
        const struct officers_page shown = {.inputs = inputs, .code = code};
        return show(request, response, &shown);
    }
    if (status == STATUS_OK)
        status = wrap(request, &private_key, inputs_text(inputs, "chosen"), &wrapped);
    crypto_wipe(&private_key, sizeof private_key);
    if (status == STATUS_OK)
        status = discipline_store_enrol(discipline_of(request)->db, &key, (uint32_t)inputs_number(inputs, "version", 0),
                                        candidate->staff, &wrapped, request->now, &request->fault);
    if (status != STATUS_OK)
        return refuse_change(request, response, inputs, status);
    status = discipline_record(request, "discipline_enrol", candidate->login);
    return status == STATUS_OK ? response_redirect(request, response, "/staff/discipline/officers?done=1") : status;
}

enum status discipline_post_add(struct request *request, struct response *response)
{
    const struct discipline_officer *candidate;
    struct officers_page shown = {.code = 422};
    struct inputs inputs;
    enum status status = inputs_read(request, add_rules, sizeof add_rules / sizeof add_rules[0], &inputs);

    if (status == STATUS_OK)
        status = look(request);
    if (status == STATUS_ABSENT)
        return discipline_ask(request, response, NULL, NULL);
    if (status == STATUS_OK)
        status = find_candidate(request, inputs_number(&inputs, "officer", 0), &candidate);
    if (status != STATUS_OK)
        return status;
    if (candidate == NULL && inputs_find(&inputs, "officer")->error == NULL)
        return refuse_change(request, response, &inputs, STATUS_CONFLICT);
    check_chosen(&inputs, candidate != NULL ? candidate->login : "");
    shown.inputs = &inputs;
    return inputs.error_count > 0 ? show(request, response, &shown) : add(request, response, &inputs, candidate);
}

static enum status take_away(struct request *request, struct response *response, struct inputs *inputs)
{
    const struct staff_id leaver = {(int32_t)inputs_number(inputs, "leaver", 0)};
    struct discipline_key key;
    struct key private_key;
    int code = 0;
    enum status status = open_again(request, response, inputs, "present", &key, &private_key, &code);

    crypto_wipe(&private_key, sizeof private_key);
    if (status == STATUS_OK && code != 0) {
        const struct officers_page shown = {.inputs = inputs, .code = code};
        return show(request, response, &shown);
    }
    if (status == STATUS_OK)
        status = discipline_store_remove(discipline_of(request)->db, &key, (uint32_t)inputs_number(inputs, "version", 0),
                                         leaver, &request->fault);
    if (status != STATUS_OK)
        return refuse_change(request, response, inputs, status);
    status = discipline_record(request, "discipline_remove", arena_format(request->arena, "staff %d", leaver.v));
    return status == STATUS_OK ? response_redirect(request, response, "/staff/discipline/officers?done=1") : status;
}

enum status discipline_post_remove(struct request *request, struct response *response)
{
    struct officers_page shown = {.code = 422};
    struct inputs inputs;
    enum status status = inputs_read(request, remove_rules, sizeof remove_rules / sizeof remove_rules[0], &inputs);

    if (status == STATUS_OK)
        status = look(request);
    if (status == STATUS_ABSENT)
        return discipline_ask(request, response, NULL, NULL);
    if (status != STATUS_OK)
        return status;
    shown.inputs = &inputs;
    return inputs.error_count > 0 ? show(request, response, &shown) : take_away(request, response, &inputs);
}

/* ---- one's own passphrase */

static const struct input_rule passphrase_rules[] = {
    {"own", INPUT_SECRET, true, 1, PASSWORD_MAX_CHARACTERS, "discipline.error.passphrase", "discipline.open.wrong"},
    {"chosen", INPUT_SECRET, true, 1, PASSWORD_MAX_CHARACTERS, "discipline.error.chosen", "discipline.error.long"},
    {"again", INPUT_SECRET, true, 1, PASSWORD_MAX_CHARACTERS, "discipline.error.again", "discipline.error.long"},
};

static enum status show_passphrase(struct request *request, struct response *response, struct inputs *inputs, int code)
{
    struct view *page = page_begin(request, "discipline/passphrase");

    view_words(page, "Page.title", "discipline.passphrase.title");
    view_number(page, "least", PASSPHRASE_LEAST);
    if (inputs != NULL)
        inputs_show(inputs, page);
    if (request->method == METHOD_GET)
        view_flag(page, "is_done", request_value(request, "done")[0] == '1');
    return page_end(page, response, code);
}

enum status discipline_get_passphrase(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {{"done", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL}};
    struct inputs inputs;
    enum status status = inputs_read(request, rules, 1, &inputs);

    if (status == STATUS_OK)
        status = look(request);
    if (status == STATUS_ABSENT)
        return discipline_ask(request, response, NULL, NULL);
    return status == STATUS_OK ? show_passphrase(request, response, NULL, 200) : status;
}

static enum status rewrap(struct request *request, struct response *response, struct inputs *inputs)
{
    struct discipline_key key;
    struct key private_key;
    struct wrapped_key wrapped;
    int code = 0;
    enum status status = open_again(request, response, inputs, "own", &key, &private_key, &code);

    if (status == STATUS_OK && code != 0)
        return show_passphrase(request, response, inputs, code);
    if (status == STATUS_OK)
        status = wrap(request, &private_key, inputs_text(inputs, "chosen"), &wrapped);
    crypto_wipe(&private_key, sizeof private_key);
    if (status == STATUS_OK)
        status = discipline_store_rewrap(discipline_of(request)->db, &key, request->actor.staff, &wrapped,
                                         &request->session_hash, &request->fault);
    if (status == STATUS_OK)
        status = discipline_record(request, "discipline_passphrase", "");
    if (status != STATUS_OK)
        return status == STATUS_ABSENT ? STATUS_REFUSED : status;
    return response_redirect(request, response, "/staff/discipline/passphrase?done=1");
}

enum status discipline_post_passphrase(struct request *request, struct response *response)
{
    struct inputs inputs;
    enum status status = inputs_read(request, passphrase_rules, sizeof passphrase_rules / sizeof passphrase_rules[0], &inputs);

    if (status == STATUS_OK)
        status = look(request);
    if (status == STATUS_ABSENT)
        return discipline_ask(request, response, NULL, NULL);
    if (status != STATUS_OK)
        return status;
    check_chosen(&inputs, request->actor.login);
    if (inputs.error_count == 0 && text_is_equal(inputs_text(&inputs, "own"), inputs_text(&inputs, "chosen")))
        inputs_error(&inputs, "chosen", "discipline.error.same");
    return inputs.error_count > 0 ? show_passphrase(request, response, &inputs, 422) : rewrap(request, response, &inputs);
}
