/* The page of one order and what can be done with it: read the form, load, let core decide, store, show. */
#include "assessment/assessment.h"
#include "web/act.h"

#define WORDS(required) {"words", INPUT_LINES, required, 1, WORDS_MOST, "order.error.words", NULL}
#define DUE(required) {"due_at", INPUT_MOMENT, required, 0, 1, "staff.error.moment", NULL}

static const struct input_rule words_rules[] = {WORDS(true), ACT_VERSION};
static const struct input_rule check_rules[] = {
    {"decision", INPUT_NUMBER, true, DECISION_GRANT, DECISION_REFUSE, "staff.error.choice", NULL}, DUE(false),
    WORDS(false), ACT_VERSION};
static const struct input_rule extend_rules[] = {DUE(true), WORDS(true), ACT_VERSION};

static const struct act_form forms[] = {
    ACT_FORM("answer", ORDER_ANSWER, words_rules),     ACT_FORM("check", ORDER_CHECK, check_rules),
    ACT_FORM("extend", ORDER_EXTEND, extend_rules),    ACT_FORM("note", ORDER_NOTE, words_rules),
    ACT_FORM("withdraw", ORDER_WITHDRAW, words_rules),
};
#define FORM_COUNT (sizeof forms / sizeof forms[0])

static bool is_own(const struct request *request, const struct order *order)
{
    return order->unit.v != 0 && order->unit.v == request->actor.unit.v;
}

static enum verdict permits(const struct request *request, const struct order *order, enum order_action action)
{
    return order_permits(action, order->state, request->actor.roles, is_own(request, order), NULL);
}

/* STATUS_ABSENT also for an order that this person may not read: both look the same. */
static enum status load(struct request *request, struct order_file *file)
{
    int64_t id;

    if (!text_parse_integer(request->part[0], 1, INT64_MAX, &id))
        return STATUS_ABSENT;
    const enum status status = order_store_load(assessment_of(request)->db, (struct order_id){id}, request->arena, file,
                                                &request->fault);
    if (status == STATUS_OK && !order_may_read(request->actor.roles, is_own(request, &file->order)))
        return STATUS_ABSENT;
    return status;
}

/* ---- showing */

static void show_clock(struct view *view, const struct request *request, const struct clock *clock)
{
    const enum clock_result result = clock_result_at(clock, request->now);
    const int64_t late_seconds = clock_late_seconds(clock, request->now, false);

    view_instant(view, "due", clock->due_at);
    view_instant(view, "granted", clock->granted_due_at);
    view_instant(view, "stopped", clock->stopped_at);
    view_text(view, "result", assessment_words(request, "result", clock_result_name(result)));
    view_text(view, "colour", result == RESULT_LATE || result == RESULT_ENDED_LATE ? "bad"
                              : result == RESULT_KEPT                             ? "ok"
                                                                                  : "info");
    if (late_seconds > 0)
        view_duration(view, "late", late_seconds);
}

static void show_facts(struct view *page, const struct request *request, const struct order_file *file)
{
    const struct order *order = &file->order;
    struct view *view = view_child(page, "Order");
    char number[NUMBER_TEXT_BYTES];

    view_number(view, "id", order->id.v);
    view_text(view, "state", assessment_words(request, "order.state", order_state_name(order->state)));
    view_text(view, "unit", assessment_unit_name(request, order->unit));
    view_text(view, "reason", assessment_words_number(request, "order.reason", order->reason));
    view_instant(view, "given", order->given_at);
    view_text(view, "giver", file->entries[0].actor_name);
    view_text(view, "words", file->entries[0].words);
    if (order->refusals > 0)
        view_number(view, "refusals", order->refusals);
    show_clock(view, request, &order->clock);
    if (file->ticket_number[0] != '\0') {
        number_format_text(file->ticket_number, number);
        view_text(view, "ticket", file->ticket_number);
        view_text(view, "ticket_text", number);
    }
}

static void show_entry(struct view *view, const struct request *request, const struct timeline_entry *entry)
{
    const struct event *event = &entry->event;
    const int64_t decision = event_get(event, FIELD_DECISION, 0);
    const struct instant granted = {event_get(event, FIELD_GRANTED_DUE, INSTANT_NONE.milliseconds)};

    view_number(view, "seq", event->seq);
    view_text(view, "action", assessment_words(request, "order.action", order_action_name((enum order_action)event->kind)));
    if (event->kind == ORDER_CHECK)
        view_text(view, "decision", assessment_words_number(request, "order.decision", decision));
    view_instant(view, "at", event->occurred_at);
    view_instant(view, "granted", granted);
    view_text(view, "actor", entry->actor_name);
    view_text(view, "unit", assessment_unit_name(request, event->actor_unit));
    view_text(view, "words", entry->words);
    view_flag(view, "is_emptied", event->has_text && entry->words[0] == '\0');
}

static void show_forms(struct view *page, struct request *request, const struct order_file *file,
                       const struct act_attempt *attempt)
{
    size_t row = 0;

    for (size_t i = 0; i < FORM_COUNT; i++)
        if (permits(request, &file->order, (enum order_action)forms[i].action) == VERDICT_OK)
            act_show_form(view_row(page, "Forms", row++), request, &forms[i], file->order.version, "order", attempt);
}

static enum status show(struct request *request, struct response *response, const struct order_file *file,
                        const struct act_attempt *attempt, int code)
{
    struct view *page = page_begin(request, "assessment/order");
    const char *id = arena_format(request->arena, "%lld", (long long)file->order.id.v);

    view_text(page, "Page.title", words_fill(request->arena, request->language, "order.show.title", &id, 1));
    show_facts(page, request, file);
    for (size_t i = 0; i < file->entry_count; i++)
        show_entry(view_row(page, "Timeline", i), request, &file->entries[file->entry_count - 1 - i]);
    show_forms(page, request, file, attempt);
    if (attempt != NULL)
        act_show_attempt(page, request, attempt, "order",
                         permits(request, &file->order, (enum order_action)attempt->form->action) == VERDICT_OK);
    if (request->method == METHOD_GET)
        view_flag(page, "is_done", request_value(request, "done")[0] == '1');
    view_flag(page, "may_publish", actor_has(&request->actor, ROLE_OPS));
    return page_end(page, response, code);
}

enum status assessment_get_order(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {{"done", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL}};
    struct inputs inputs;
    struct order_file file;
    enum status status = inputs_read(request, rules, 1, &inputs);

    if (status == STATUS_OK)
        status = load(request, &file);
    return status == STATUS_OK ? show(request, response, &file, NULL, 200) : status;
}

/* The address of a form, opened by hand or after signing in again. */
enum status assessment_get_order_back(struct request *request, struct response *response)
{
    int64_t id;

    if (!text_parse_integer(request->part[0], 1, INT64_MAX, &id))
        return STATUS_ABSENT;
    return response_redirect(request, response, "/staff/assessment/order/%lld", (long long)id);
}

/* ---- acting */

static enum status go_to_order(struct request *request, struct response *response, const struct order_file *file)
{
    fault_reset(&request->fault);
    return response_redirect(request, response, "/staff/assessment/order/%lld?done=1", (long long)file->order.id.v);
}

static enum status refuse(struct request *request, struct response *response, const struct order_file *file,
                          struct act_attempt *attempt)
{
    const char *field = NULL;

    if (attempt->verdict == VERDICT_NEEDS_TEXT)
        field = "words";
    else if (attempt->verdict == VERDICT_NOT_LATER || attempt->verdict == VERDICT_BEYOND_CAP ||
             attempt->verdict == VERDICT_BAD_VALUE)
        field = "due_at";
    act_blame(attempt, field, "order");
    return show(request, response, file, attempt, act_refusal_code(attempt->verdict));
}

/* Somebody came first. Unless it was this very form, sent twice, the person sees how it stands. */
static enum status refuse_stale(struct request *request, struct response *response, struct order_file *file,
                                struct act_attempt *attempt, const uint8_t key[ACTION_KEY_BYTES])
{
    enum subject_kind subject;
    int64_t id;
    const enum status status =
        stream_find_key(assessment_of(request)->db, key, &subject, &id, &request->fault);

    if (status == STATUS_OK && subject == SUBJECT_ORDER && id == file->order.id.v)
        return go_to_order(request, response, file);
    if (status != STATUS_OK && status != STATUS_ABSENT)
        return status;
    fault_reset(&request->fault);
    attempt->verdict = VERDICT_STALE;
    return refuse(request, response, file, attempt);
}

static enum status act(struct request *request, struct response *response, struct order_file *file,
                       const struct act_form *form, struct inputs *inputs, const uint8_t key[ACTION_KEY_BYTES])
{
    struct assessment *assessment = assessment_of(request);
    struct order_command command = {
        .action = (enum order_action)form->action,
        .actor = request->actor,
        .expected_version = (uint32_t)inputs_number(inputs, "version", 0),
        .due_at = act_moment(form, inputs, "due_at"),
        .decision = act_form_has(form, "decision") ? (enum decision)inputs_number(inputs, "decision", 0) : DECISION_NONE,
        .has_text = inputs_text(inputs, "words")[0] != '\0',
    };
    struct event event;
    struct act_attempt attempt = {.form = form, .inputs = inputs};

    attempt.verdict = inputs->error_count > 0 ? act_look_ahead(permits(request, &file->order, command.action),
                                                               command.expected_version, file->order.version)
                                              : order_decide(&file->order, &command, NULL, request->now, &event);
    if (attempt.verdict == VERDICT_STALE)
        return refuse_stale(request, response, file, &attempt, key);
    if (attempt.verdict != VERDICT_OK || inputs->error_count > 0)
        return refuse(request, response, file, &attempt);
    const char *words = inputs_text(inputs, "words");
    enum status status = order_store_append(assessment->db, file, &event, words, key, &assessment->catalog,
                                            &request->fault);
    if (status == STATUS_OK || status == STATUS_DUPLICATE)
        return go_to_order(request, response, file);
    if (status != STATUS_CONFLICT)
        return status;
    fault_reset(&request->fault);
    status = load(request, file); /* as it stands now */
    return status == STATUS_OK ? refuse_stale(request, response, file, &attempt, key) : status;
}

enum status assessment_post_order(struct request *request, struct response *response)
{
    struct act_post post;
    struct order_file file;
    enum status status = act_read(request, forms, FORM_COUNT, request->part[1], &post);

    if (status == STATUS_OK)
        status = load(request, &file);
    return status == STATUS_OK ? act(request, response, &file, post.form, &post.inputs, post.key) : status;
}
