/* What is done with a failure report: its end, ops' decision, the clocks it excuses (Art. 15). */
#include <string.h>

#include "ticket/failure.h"

#define WORDS_MOST 1000
#define EXCUSED_AT_ONCE 100 /* by "all": each is an event of its ticket */
#define TRIES 3

/* ---- what the forms share */

static enum status go_to_report(struct request *request, struct response *response, const struct failure *failure)
{
    fault_reset(&request->fault);
    return response_redirect(request, response, "/staff/ticket/failure/%d?done=1", failure->id);
}

/* Somebody was first: the page as it stands now, with what was typed. */
static enum status show_stale(struct request *request, struct response *response, struct inputs *inputs,
                              const char *form)
{
    const struct failure_attempt attempt = {.inputs = inputs, .form = form, .is_stale = true};
    struct failure now;

    fault_reset(&request->fault);
    const enum status status = failure_load(request, &now);
    return status == STATUS_OK ? failure_show(request, response, &now, &attempt, 409) : status;
}

static enum status finish(struct request *request, struct response *response, const struct failure *failure,
                          struct inputs *inputs, const char *form, enum status status)
{
    if (status == STATUS_OK)
        return go_to_report(request, response, failure);
    return status == STATUS_CONFLICT ? show_stale(request, response, inputs, form) : status;
}

/* Whether this very form changed the report already: sent twice, it has its answer. */
static bool is_repeated(const struct failure *failure, const uint8_t key[FAILURE_KEY_BYTES])
{
    return failure->has_last_key && memcmp(failure->last_key, key, FAILURE_KEY_BYTES) == 0;
}

/* What a typed minute means: the moment that the row knows more exactly, unless it was changed. */
static struct instant time_of(struct inputs *inputs, const char *name, struct instant known)
{
    const int64_t minute_ms = (int64_t)MINUTE_SECONDS * 1000;
    const struct instant typed = inputs_find(inputs, name)->at;

    if (instant_is_set(typed) && instant_is_set(known) &&
        typed.milliseconds == known.milliseconds - known.milliseconds % minute_ms)
        return known;
    return failure_settle(inputs->request, typed);
}

/* ---- the end */

enum status ticket_post_failure_end(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {
        {"over_at", INPUT_MOMENT, true, 0, 1, "staff.error.moment", NULL},
        {"version", INPUT_NUMBER, true, 1, INT32_MAX, "staff.error.choice", NULL},
    };
    struct inputs inputs;
    struct failure failure;
    uint8_t key[FAILURE_KEY_BYTES];
    enum status status = inputs_read(request, rules, sizeof rules / sizeof rules[0], &inputs);

    if (status != STATUS_OK)
        return status;
    if (!request_key(request, key) || inputs_find(&inputs, "version")->error != NULL)
        return STATUS_INVALID;
    status = failure_load(request, &failure);
    if (status != STATUS_OK)
        return status;
    if (is_repeated(&failure, key))
        return go_to_report(request, response, &failure);
    if (!failure_permits(FAILURE_ACT_END, FAILURE_WAITING, request->actor.roles, true, false))
        return STATUS_REFUSED;
    if (failure.version != inputs_number(&inputs, "version", 0) || !failure_may(request, FAILURE_ACT_END, &failure))
        return show_stale(request, response, &inputs, "end");
    struct failure_report report = failure.report;
    report.ended_at = failure_settle(request, inputs_find(&inputs, "over_at")->at);
    if (inputs.error_count == 0)
        failure_check_times(&inputs, &report, "over_at", "over_at", "over_at");
    if (inputs.error_count > 0) {
        const struct failure_attempt attempt = {.inputs = &inputs, .form = "end"};
        return failure_show(request, response, &failure, &attempt, 422);
    }
    const struct failure_change change = {request->actor.staff, request->now, key};
    status = failure_store_end(desk_of(request)->db, &failure, report.ended_at, &change, &request->fault);
    return finish(request, response, &failure, &inputs, "end", status);
}

/* ---- the decision */

enum { CONFIRM = 1, REFUSE = 2, DECIDE_RULES = 6 };

/* Rules of the form: the fixed ones, then a box for each unit. */
static const struct input_rule *decide_rules(struct request *request, size_t *count)
{
    static const struct input_rule fixed[DECIDE_RULES] = {
        {"decision", INPUT_NUMBER, true, CONFIRM, REFUSE, "staff.error.choice", NULL},
        {"started_at", INPUT_MOMENT, true, 0, 1, "staff.error.moment", NULL},
        {"ended_at", INPUT_MOMENT, false, 0, 1, "staff.error.moment", NULL},
        {"told_at", INPUT_MOMENT, false, 0, 1, "staff.error.moment", NULL},
        {"words", INPUT_LINES, false, 1, WORDS_MOST, "staff.error.words", NULL},
        {"version", INPUT_NUMBER, true, 1, INT32_MAX, "staff.error.choice", NULL},
    };
    const struct catalog *catalog = &desk_of(request)->catalog;
    struct input_rule *rules = arena_take_array(request->arena, DECIDE_RULES + FAILURE_UNITS_MAX, sizeof *rules);

    memcpy(rules, fixed, sizeof fixed);
    *count = DECIDE_RULES;
    for (size_t i = 0; i < catalog->unit_count && *count < DECIDE_RULES + FAILURE_UNITS_MAX; i++)
        if (catalog->units[i].is_handling)
            rules[(*count)++] = (struct input_rule){
                arena_format(request->arena, "unit_%d", catalog->units[i].id.v), INPUT_FLAG, false, 0, 1,
                "staff.error.choice", NULL};
    return rules;
}

/* The units that were ticked. */
static size_t chosen_units(struct inputs *inputs, const struct catalog *catalog, struct unit_id units[FAILURE_UNITS_MAX])
{
    size_t at = DECIDE_RULES, count = 0;

    for (size_t i = 0; i < catalog->unit_count && at < inputs->count; i++)
        if (catalog->units[i].is_handling && inputs->items[at++].is_set)
            units[count++] = catalog->units[i].id;
    return count;
}

/* What the decision makes of the report; what is wrong stands in `inputs`. */
static void make_decision(struct inputs *inputs, const struct failure *failure, struct failure *decided)
{
    const bool is_proposal = failure->state == FAILURE_PROPOSED;
    const bool is_refusal = inputs_number(inputs, "decision", 0) == REFUSE;
    struct failure_report *report = &decided->report;

    *decided = *failure;
    decided->decision_words = inputs_text(inputs, "words");
    decided->state = is_refusal ? FAILURE_REFUSED : is_proposal ? FAILURE_TAKEN : FAILURE_CONFIRMED;
    if (is_refusal) {
        if (decided->decision_words[0] == '\0')
            inputs_error(inputs, "words", "failure.error.refusal");
        return;
    }
    report->started_at = time_of(inputs, "started_at", failure->report.started_at);
    report->ended_at = time_of(inputs, "ended_at", failure->report.ended_at);
    report->reported_at = time_of(inputs, "told_at", failure->report.reported_at);
    const bool is_corrected = !instant_is_equal(report->started_at, failure->report.started_at) ||
                              !instant_is_equal(report->ended_at, failure->report.ended_at) ||
                              !instant_is_equal(report->reported_at, failure->report.reported_at);
    if (!instant_is_set(report->started_at))
        return; /* said already */
    if (is_proposal && !inputs_find(inputs, "told_at")->is_set)
        inputs_error(inputs, "told_at", "failure.error.noticed");
    else if (is_corrected && !is_proposal && decided->decision_words[0] == '\0')
        inputs_error(inputs, "words", "failure.error.correction");
    if (inputs->error_count == 0)
        failure_check_times(inputs, report, "started_at", "ended_at", "told_at");
}

static enum status decide(struct request *request, struct response *response, const struct failure *failure,
                          struct inputs *inputs, const uint8_t key[FAILURE_KEY_BYTES])
{
    struct desk *desk = desk_of(request);
    const struct failure_change change = {request->actor.staff, request->now, key};
    struct unit_id units[FAILURE_UNITS_MAX];
    struct failure decided;
    const size_t unit_count = chosen_units(inputs, &desk->catalog, units);

    if (failure->state != FAILURE_PROPOSED && unit_count > 0)
        return STATUS_INVALID;
    make_decision(inputs, failure, &decided);
    if (decided.state == FAILURE_TAKEN && unit_count == 0)
        inputs_error(inputs, "decision", "failure.error.units");
    if (inputs->error_count > 0) {
        const struct failure_attempt attempt = {.inputs = inputs, .form = "decide"};
        return failure_show(request, response, failure, &attempt, 422);
    }
    const enum status status =
        decided.state == FAILURE_TAKEN
            ? failure_store_take(desk->db, failure, &decided, units, unit_count, &change, &request->fault)
            : failure_store_decide(desk->db, failure, &decided, &change, &request->fault);
    return finish(request, response, failure, inputs, "decide", status);
}

enum status ticket_post_failure_decide(struct request *request, struct response *response)
{
    struct inputs inputs;
    struct failure failure;
    uint8_t key[FAILURE_KEY_BYTES];
    size_t rule_count;
    const struct input_rule *rules = decide_rules(request, &rule_count);
    enum status status = inputs_read(request, rules, rule_count, &inputs);

    if (status != STATUS_OK)
        return status;
    if (!request_key(request, key) || inputs_find(&inputs, "version")->error != NULL)
        return STATUS_INVALID;
    status = failure_load(request, &failure);
    if (status != STATUS_OK)
        return status;
    if (is_repeated(&failure, key))
        return go_to_report(request, response, &failure);
    if (failure.version != inputs_number(&inputs, "version", 0) || !failure_may(request, FAILURE_ACT_DECIDE, &failure))
        return show_stale(request, response, &inputs, "decide");
    return decide(request, response, &failure, &inputs, key);
}

/* ---- excusing clocks */

/* The key of one excuse: a second run of the same form finds each of them done. */
static void excuse_key(const uint8_t page_key[FAILURE_KEY_BYTES], struct ticket_id ticket, int clock_no,
                       uint8_t key[ACTION_KEY_BYTES])
{
    const int64_t numbers[] = {ticket.v, clock_no};
    const struct bytes pieces[] = {{page_key, FAILURE_KEY_BYTES}, {(const uint8_t *)numbers, sizeof numbers}};
    const struct hash hash = crypto_hash_pieces(pieces, 2);

    memcpy(key, hash.bytes, ACTION_KEY_BYTES);
}

/* One clock by one event of its ticket; somebody else's event in between only means to decide anew. */
static enum status excuse_clock(struct request *request, const struct failure *failure, struct ticket_id ticket,
                                int clock_no, const uint8_t page_key[FAILURE_KEY_BYTES], bool *is_done)
{
    struct desk *desk = desk_of(request);
    struct ticket_file *file = arena_take(request->arena, sizeof *file);
    uint8_t key[ACTION_KEY_BYTES];
    enum status status = STATUS_CONFLICT;

    *is_done = false;
    excuse_key(page_key, ticket, clock_no, key);
    for (int i = 0; status == STATUS_CONFLICT && i < TRIES; i++) {
        struct event event = {0};
        fault_reset(&request->fault);
        status = ticket_store_load_by_id(desk->db, ticket, request->arena, file, &request->fault);
        if (status == STATUS_ABSENT)
            return STATUS_OK;
        if (status != STATUS_OK)
            return status;
        struct command command = {.action = ACTION_EXCUSE, .actor = request->actor, .occurred_at = INSTANT_NONE,
                                  .expected_version = file->ticket.version, .failure = &failure->report};
        command_set(&command, FIELD_CLOCK_NO, clock_no);
        command_set(&command, FIELD_EXCUSE, failure->id);
        const enum verdict verdict =
            ticket_decide(&file->ticket, &command, &desk->catalog.regulation, request->now, &event);
        *is_done = verdict == VERDICT_ALREADY_DONE && clock_no <= file->ticket.clock_count &&
                   file->ticket.clocks[clock_no - 1].excuse_code == failure->id;
        if (verdict != VERDICT_OK)
            return STATUS_OK;
        status = ticket_store_append(desk->db, file, &event, NULL, key, &desk->catalog, &request->fault);
    }
    *is_done = status == STATUS_OK || status == STATUS_DUPLICATE;
    return status == STATUS_DUPLICATE || status == STATUS_CONFLICT ? STATUS_OK : status;
}

static const struct input_rule *excuse_rules(struct request *request)
{
    struct input_rule *rules = arena_take_array(request->arena, FAILURE_CLOCKS_SHOWN + 1, sizeof *rules);

    for (int i = 0; i < FAILURE_CLOCKS_SHOWN; i++)
        rules[i] = (struct input_rule){arena_format(request->arena, "c%d", i), INPUT_DIGITS, false, 1, 30,
                                       "staff.error.choice", NULL};
    rules[FAILURE_CLOCKS_SHOWN] = (struct input_rule){"all", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL};
    return rules;
}

/* "123-4": the fourth clock of ticket 123. */
static bool parse_choice(struct request *request, const char *value, struct ticket_id *ticket, int *clock_no)
{
    const char *dash = strchr(value, '-');
    int64_t no;

    if (dash == NULL || !text_parse_integer(arena_copy(request->arena, value, (size_t)(dash - value)), 1, INT64_MAX,
                                            &ticket->v) ||
        !text_parse_integer(dash + 1, 1, TICKET_CLOCKS_MAX, &no))
        return false;
    *clock_no = (int)no;
    return true;
}

/* Everything that the report covers, up to EXCUSED_AT_ONCE; what is left is shown again. */
static enum status excuse_all(struct request *request, const struct failure *failure, const uint8_t *key, int *done,
                              int *left)
{
    struct failure_clock *clocks;
    size_t count;
    bool more;
    enum status status = failure_store_clocks(desk_of(request)->db, failure, request->now, 4 * EXCUSED_AT_ONCE,
                                              request->arena, &clocks, &count, &more, &request->fault);

    for (size_t i = 0; status == STATUS_OK && i < count && *done < EXCUSED_AT_ONCE; i++) {
        bool is_done = false;
        if (clocks[i].is_excused)
            continue;
        status = excuse_clock(request, failure, clocks[i].ticket, clocks[i].clock.no, key, &is_done);
        *done += is_done;
        *left += !is_done;
    }
    return status;
}

static enum status excuse_chosen(struct request *request, const struct failure *failure, const struct inputs *inputs,
                                 const uint8_t *key, int *done, int *left)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; status == STATUS_OK && i < FAILURE_CLOCKS_SHOWN; i++) {
        struct ticket_id ticket;
        int clock_no;
        bool is_done = false;
        if (!inputs->items[i].is_set)
            continue;
        if (!parse_choice(request, inputs->items[i].text, &ticket, &clock_no))
            return STATUS_INVALID;
        status = excuse_clock(request, failure, ticket, clock_no, key, &is_done);
        *done += is_done;
        *left += !is_done;
    }
    return status;
}

enum status ticket_post_failure_excuse(struct request *request, struct response *response)
{
    struct inputs inputs;
    struct failure failure;
    uint8_t key[FAILURE_KEY_BYTES];
    int done = 0, left = 0;
    enum status status = inputs_read(request, excuse_rules(request), FAILURE_CLOCKS_SHOWN + 1, &inputs);

    if (status != STATUS_OK)
        return status;
    if (!request_key(request, key) || inputs.error_count > 0)
        return STATUS_INVALID;
    status = failure_load(request, &failure);
    if (status != STATUS_OK)
        return status;
    if (!failure_may(request, FAILURE_ACT_EXCUSE, &failure))
        return show_stale(request, response, &inputs, "excuse");
    status = inputs_find(&inputs, "all")->is_set ? excuse_all(request, &failure, key, &done, &left)
                                                 : excuse_chosen(request, &failure, &inputs, key, &done, &left);
    if (status != STATUS_OK)
        return status;
    fault_reset(&request->fault);
    return response_redirect(request, response, "/staff/ticket/failure/%d?excused=%d&left=%d", failure.id, done, left);
}
