/*
 * "Will my home be affected?" by account number. The number is sent in a form's body, never in an address, is looked up by its keyed hash,
 * and the answer says whether an outage is announced there and nothing of where that is; an account that nobody has is answered like one
 * that no outage affects. Very many questions from one address cost an effort each.
 */
#include "core/contact.h"
#include "outage/outage.h"
#include "store/household_store.h"
#include "web/effort.h"
#include "web/input.h"
#include "web/rate.h"

#define EFFORT_FOR "outage account"
#define FREE_PER_CODE_TRY 4 /* as many questions from an address as wrong codes, before an effort is asked for */

static const struct input_rule rules[] = {
    {"account", INPUT_DIGITS, true, 1, 40, "outage.error.account", "outage.error.account"}};

enum answer { ANSWER_NONE, ANSWER_NOT_AFFECTED, ANSWER_LATER, ANSWER_NOW };

static enum status show_form(struct request *request, struct response *response, struct inputs *inputs, enum answer answer, int code)
{
    struct view *page = page_begin(request, "outage/account");

    view_words(page, "Page.title", "outage.account.title");
    view_instant(page, "checked", request->now);
    if (inputs != NULL)
        inputs_show(inputs, page);
    view_flag(page, "Answer.is_given", answer != ANSWER_NONE);
    view_flag(page, "Answer.is_now", answer == ANSWER_NOW);
    view_flag(page, "Answer.is_later", answer == ANSWER_LATER);
    if (code == 429) {
        effort_ask(page, request, EFFORT_FOR);
        view_text(page, "Page.script", "effort");
    }
    return page_end(page, response, code);
}

enum status outage_get_account(struct request *request, struct response *response)
{
    struct inputs inputs;
    const enum status status = inputs_read(request, NULL, 0, &inputs);

    return status == STATUS_OK ? show_form(request, response, NULL, ANSWER_NONE, 200) : status;
}

static bool covers(const struct outage_notice *notice, const struct household_where *where)
{
    for (size_t i = 0; i < notice->message_count; i++)
        for (size_t k = 0; k < notice->messages[i].place_count; k++)
            for (size_t place = 0; place < where->place_count; place++)
                if (notice->messages[i].places[k].v == where->places[place].v)
                    return true;
    return false;
}

static enum status find_answer(struct request *request, const char *account, enum answer *answer)
{
    struct db *db = program_of(request)->db;
    const struct hash hash = person_lookup_hash(&request->app->secrets, "account", account);
    struct household_where where;
    struct selection selection;
    enum status status = outage_load(request, &selection);

    *answer = ANSWER_NOT_AFFECTED;
    if (status != STATUS_OK)
        return status;
    status = household_place_of_account(db, &hash, &where, &request->fault);
    for (size_t i = 0; status == STATUS_OK && i < selection.count; i++) {
        const struct outage_notice *notice = &selection.notices[i];
        if (instant_is_set(notice->ended_at) || !covers(notice, &where))
            continue;
        const enum answer here = outage_notice_is_ahead(notice, request->now) ? ANSWER_LATER : ANSWER_NOW;
        *answer = here > *answer ? here : *answer;
    }
    if (status != STATUS_ABSENT)
        return status;
    fault_reset(&request->fault);
    return STATUS_OK;
}

/* Whether this question is one too many from its address; an effort lets one through. */
static bool is_slowed(const struct request *request)
{
    const struct settings *settings = &request->app->settings;
    const struct hash address = request_address_hash(request);
    const int64_t window = (int64_t)settings->code_window_minutes * MINUTE_SECONDS;

    if (rate_count(&address, request->now, window) <= settings->code_tries * FREE_PER_CODE_TRY)
        return false;
    if (effort_check(request, EFFORT_FOR) != EFFORT_DONE)
        return true;
    const struct hash mark = effort_mark(request);
    return rate_count(&mark, request->now, EFFORT_VALID_SECONDS) > 1;
}

enum status outage_post_account(struct request *request, struct response *response)
{
    char account[ACCOUNT_BYTES];
    enum answer answer;
    struct inputs inputs;
    enum status status = inputs_read(request, rules, 1, &inputs);

    if (status != STATUS_OK)
        return status;
    if (inputs.error_count == 0 && !account_parse(inputs_text(&inputs, "account"), account))
        inputs_error(&inputs, "account", "outage.error.account");
    if (inputs.error_count > 0)
        return show_form(request, response, &inputs, ANSWER_NONE, 422);
    if (is_slowed(request))
        return show_form(request, response, &inputs, ANSWER_NONE, 429);
    status = find_answer(request, account, &answer);
    return status == STATUS_OK ? show_form(request, response, &inputs, answer, 200) : status;
}
