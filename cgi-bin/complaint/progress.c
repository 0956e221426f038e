/* How a report stands, and what the resident can add to it. */
#include "complaint/filing.h"

#include <string.h>

#include "core/workflow.h"
#include "web/promise.h"

#define WAITING_COOKIE "sn_waiting"
#define WAITING_SECONDS (10 * MINUTE_SECONDS) /* clerk applies inputs within seconds */
#define INPUT_CHARACTERS_MAX 500

/* ---- what the resident sees */

/* Place of the state among the five dots; side states have none. */
static int dot_of(const char *state)
{
    static const char *const states[] = {"received", "dispatched", "working", "finished", "rated"};

    for (int i = 0; i < 5; i++)
        if (text_is_equal(states[i], state))
            return i;
    return -1;
}

static void put_dots(struct view *view, struct request *request, const char *state)
{
    static const char *const states[] = {"received", "dispatched", "working", "finished", "rated"};
    int now = dot_of(state);

    for (int i = 0; i < 5 && now >= 0; i++) {
        struct view *row = view_row(view, "Dots", (size_t)i);
        view_words(row, "words", arena_format(request->arena, "state.public.%s", states[i]));
        view_text(row, "kind", i < now ? "done" : i == now ? "now" : "open");
        view_flag(row, "is_now", i == now);
    }
}

static const char *state_kind(const char *state)
{
    if (text_is_equal(state, "finished") || text_is_equal(state, "rated"))
        return "ok";
    return dot_of(state) >= 0 ? "info" : "warn";
}

static void put_ticket(struct view *view, struct request *request, const struct catalog *catalog,
                       const struct public_ticket *ticket)
{
    const char *state = ticket_state_public_name(ticket->state, ticket->is_rated);
    char text[NUMBER_TEXT_BYTES];

    number_format_text(ticket->number, text);
    view_text(view, "Ticket.number", ticket->number);
    view_text(view, "Ticket.number_text", text);
    view_words(view, "Ticket.state", arena_format(request->arena, "state.public.%s", state));
    view_text(view, "Ticket.kind", state_kind(state));
    view_words(view, "Ticket.sentence", arena_format(request->arena, "complaint.sentence.%s", state));
    view_text(view, "Ticket.matter", complaint_category_name(request, catalog, ticket->category));
    view_text(view, "Ticket.place", ticket->place_text);
    view_instant(view, "Ticket.reported", ticket->reported_at);
    view_instant(view, "Ticket.appointment", ticket->appointment_at);
    view_number(view, "Ticket.version", ticket->version);
    if (*ticket->parent_number != '\0') {
        number_format_text(ticket->parent_number, text);
        view_text(view, "Ticket.parent", text);
    }
    put_dots(view, request, state);
}

/* ---- the timeline */

/* Steps a resident is told of, by the name of their sentence; what is not here is the company's own business. */
static const char *step_name(const struct public_step *step)
{
    switch (step->action) {
    case ACTION_DECIDE_EXTENSION:
        return step->decision == DECISION_GRANT ? "extension" : NULL;
    case ACTION_REVIEW:
        return step->decision == DECISION_REFUSE ? "redo" : NULL;
    case ACTION_RECLASSIFY:
    case ACTION_DISPATCH:
    case ACTION_ACCEPT:
    case ACTION_ARRIVE:
    case ACTION_CONTACT:
    case ACTION_REPAIR:
    case ACTION_FINISH:
    case ACTION_FOLLOW_UP:
    case ACTION_CLOSE:
    case ACTION_REOPEN:
    case ACTION_MERGE:
    case ACTION_UNMERGE:
    case ACTION_STOP_WITH_PARENT:
    case ACTION_NOT_OURS:
    case ACTION_WITHDRAW:
    case ACTION_EXCUSE:
    case ACTION_NOTE:
    case ACTION_ADD_WORDS:
    case ACTION_URGE:
    case ACTION_RATE:
    case ACTION_SAY_NOT_FIXED:
    case ACTION_MOVE_APPOINTMENT:
        return ticket_action_name(step->action);
    case ACTION_NONE:
    case ACTION_REPORT:
    case ACTION_GRADE:
    case ACTION_SET_LIMIT:
    case ACTION_RECORD_FACTS:
    case ACTION_DISPATCH_ASSIST:
    case ACTION_RECALL:
    case ACTION_OBJECT:
    case ACTION_DECIDE_OBJECTION:
    case ACTION_ASK_EXTENSION:
    case ACTION_RECORD_FORMALITIES:
    case ACTION_RECORD_LIABILITY:
    case ACTION_ESCALATE_UNIT:
    case ACTION_ESCALATE_GROUP:
    case ACTION_ACKNOWLEDGE:
    case ACTION_FAILED_CALL:
    case ACTION_HAND_TO_DISCIPLINE:
    case ACTION_LINK_REPEAT:
    case TICKET_ACTION__COUNT:
        break;
    }
    return NULL;
}

static bool is_own(enum ticket_action action)
{
    return action >= ACTION_ADD_WORDS || action == ACTION_WITHDRAW;
}

static void put_step(struct view *row, struct request *request, const struct catalog *catalog,
                     const struct public_step *step, const char *name)
{
    const struct unit *unit = catalog_unit(catalog, step->unit);
    const char *values[2] = {"", ""};

    if (unit != NULL)
        values[0] = request->language == LANGUAGE_EN ? unit->name_en : unit->name_zh;
    if (instant_is_set(step->at_value))
        values[1] = words_moment(request->arena, request->language, step->at_value, request->now,
                                 request->app->settings.utc_offset_minutes);
    view_instant(row, "at", step->occurred_at);
    view_text(row, "sentence",
              words_fill(request->arena, request->language, arena_format(request->arena, "complaint.step.%s", name),
                         values, 2));
    if (*step->words != '\0')
        view_text(row, "words", step->words);
    view_flag(row, "is_own", is_own(step->action));
}

/* Newest first. */
static void put_steps(struct view *view, struct request *request, const struct catalog *catalog,
                      const struct public_step *steps, size_t count)
{
    size_t rows = 0;

    for (size_t i = count; i-- > 0;) {
        const char *name = step_name(&steps[i]);
        if (name != NULL)
            put_step(view_row(view, "Steps", rows++), request, catalog, &steps[i], name);
    }
}

/* ---- what can be added */

static bool may(const struct public_ticket *ticket, enum ticket_action action)
{
    return workflow_permits(action, ticket->state, ROLE_BIT(ROLE_RESIDENT), false, false, NULL) == VERDICT_OK;
}

/* chosen: the action of the form that is shown again, or "" */
static void put_forms(struct view *view, struct request *request, const struct public_ticket *ticket,
                      const char *chosen)
{
    static const enum ticket_action told[] = {ACTION_ADD_WORDS, ACTION_SAY_NOT_FIXED, ACTION_WITHDRAW};
    bool may_rate = may(ticket, ACTION_RATE) && !ticket->is_rated;
    size_t rows = 0;

    for (size_t i = 0; i < sizeof told / sizeof told[0]; i++) {
        if (!may(ticket, told[i]))
            continue;
        const char *name = ticket_action_name(told[i]);
        struct view *row = view_row(view, "Actions", rows++);
        view_text(row, "value", name);
        view_words(row, "label", arena_format(request->arena, "complaint.add.%s", name));
        view_flag(row, "is_checked", text_is_equal(name, chosen));
    }
    if (rows == 1)
        view_flag(view, "Actions.0.is_checked", true);
    view_flag(view, "May.tell", rows > 0);
    view_flag(view, "May.rate", may_rate);
    for (int i = 0; i < 5 && may_rate; i++) {
        struct view *row = view_row(view, "Ratings", (size_t)i);
        view_number(row, "value", 5 - i);
        view_words(row, "label", arena_format(request->arena, "complaint.rating.%d", 5 - i));
    }
}

/* What was added in the last minutes and is not applied yet; asked only of those who have just added something. */
static enum status put_waiting(struct view *view, struct request *request, struct response *response,
                               const struct public_ticket *ticket)
{
    struct resident_input *inputs;
    size_t count;

    if (cookie_find(request->arena, request->cookies, WAITING_COOKIE) == NULL)
        return STATUS_OK;
    enum status status = public_store_waiting_inputs(complaint_of(request)->db, ticket->id, request->arena, &inputs,
                                                     &count, &request->fault);
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        struct view *row = view_row(view, "Waiting", i);
        view_words(row, "sentence",
                   arena_format(request->arena, "complaint.waiting.%s", ticket_action_name(inputs[i].action)));
        view_text(row, "words", inputs[i].words);
    }
    if (status == STATUS_OK && count == 0)
        response_cookie(request, response, WAITING_COOKIE, "",
                        arena_format(request->arena, "/complaint/progress/%s", ticket->number), 0, false);
    return status;
}

/* ---- the page */

/* The number in the path, when this browser may follow it; else the page that asks for the code. */
static bool take_number(const struct request *request, char number[NUMBER_BYTES])
{
    return number_parse(request->part[0], number) && text_is_equal(number, request->part[0]) &&
           follow_is_allowed(request, number);
}

static enum status ask_for_code(struct request *request, struct response *response)
{
    char number[NUMBER_BYTES];

    if (!number_parse(request->part[0], number))
        return response_redirect(request, response, "/complaint/follow");
    return response_redirect(request, response, "/complaint/follow?n=%s", number);
}

static enum status show_progress(struct request *request, struct response *response, const char *number,
                                 struct inputs *inputs)
{
    struct db *db = complaint_of(request)->db;
    const struct catalog *catalog;
    struct public_ticket ticket;
    struct public_step *steps;
    struct clock *clocks;
    size_t step_count, clock_count;
    enum status status = complaint_catalog(request, &catalog);

    if (status == STATUS_OK)
        status = public_store_find(db, number, request->arena, &ticket, &request->fault);
    if (status == STATUS_OK)
        status = public_store_steps(db, ticket.id, request->arena, &steps, &step_count, &request->fault);
    if (status == STATUS_OK)
        status = public_store_clocks(db, ticket.id, request->arena, &clocks, &clock_count, &request->fault);
    if (status != STATUS_OK)
        return status;

    struct view *view = page_begin(request, "complaint/progress");
    view_words(view, "Page.title", "complaint.progress.title");
    view_text(view, "Page.script", "site");
    put_ticket(view, request, catalog, &ticket);
    clocks_show(request, view, "Clocks", clocks, clock_count, true);
    put_steps(view, request, catalog, steps, step_count);
    put_forms(view, request, &ticket, inputs != NULL ? inputs_text(inputs, "action") : "");
    view_flag(view, "is_refused", form_find(&request->query, "refused") != NULL);
    if (inputs != NULL)
        inputs_show(inputs, view);
    status = put_waiting(view, request, response, &ticket);
    if (status != STATUS_OK)
        return status;
    response->wants_etag = true;
    return page_end(view, response, inputs != NULL ? 422 : 200);
}

enum status complaint_get_progress(struct request *request, struct response *response)
{
    char number[NUMBER_BYTES];

    if (!take_number(request, number))
        return ask_for_code(request, response);
    return show_progress(request, response, number, NULL);
}

/* ---- adding */

static const struct input_rule rules[] = {
    {"action", INPUT_LINE, true, 1, 40, "error.action", NULL},
    {"version", INPUT_NUMBER, true, 0, 1000000, "error.action", NULL},
    {"words", INPUT_LINES, false, 0, INPUT_CHARACTERS_MAX, "error.words", "error.words_long"},
    {"rating", INPUT_NUMBER, false, 1, 5, "error.rating", NULL},
};
#define RULE_COUNT (sizeof rules / sizeof rules[0])

static enum ticket_action action_find(const char *name)
{
    static const enum ticket_action actions[] = {ACTION_ADD_WORDS, ACTION_WITHDRAW, ACTION_RATE, ACTION_SAY_NOT_FIXED};

    for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++)
        if (text_is_equal(ticket_action_name(actions[i]), name))
            return actions[i];
    return ACTION_NONE;
}

static void check(struct inputs *inputs, enum ticket_action action)
{
    if ((action == ACTION_ADD_WORDS || action == ACTION_SAY_NOT_FIXED) && *inputs_text(inputs, "words") == '\0')
        inputs_error(inputs, "words", "error.words_needed");
    if (action == ACTION_RATE && !inputs_find(inputs, "rating")->is_set)
        inputs_error(inputs, "rating", "error.rating");
}

/*
 * The same thing said twice on the same state of the ticket is one thing: a double click gives the same key. Pages that are
 * polled carry no random key, or they would never be "not modified".
 */
static void input_key(const struct request *request, const struct resident_input *input, const char *number,
                      int64_t version, uint8_t key[16])
{
    const char *facts = arena_format(request->arena, "%s %d %lld %lld", number, (int)input->action,
                                     (long long)input->value, (long long)version);
    struct bytes pieces[2] = {{(const uint8_t *)facts, strlen(facts)},
                              {(const uint8_t *)input->words, strlen(input->words)}};
    struct hash hash = crypto_keyed_hash(&request->visitor, "input", pieces, 2);

    memcpy(key, hash.bytes, 16);
}

static enum status add(struct request *request, struct response *response, const char *number, struct inputs *inputs,
                       enum ticket_action action)
{
    struct db *db = complaint_of(request)->db;
    struct public_ticket ticket;
    enum status status = public_store_find(db, number, request->arena, &ticket, &request->fault);

    if (status != STATUS_OK)
        return status;
    if (!may(&ticket, action))
        return response_redirect(request, response, "/complaint/progress/%s?refused=1", number);
    struct resident_input input = {
        .ticket = ticket.id,
        .action = action,
        .value = action == ACTION_RATE ? inputs_number(inputs, "rating", 0) : 0,
        .words = inputs_text(inputs, "words"),
    };
    input_key(request, &input, number, inputs_number(inputs, "version", 0), input.key);
    status = public_store_add_input(db, &input, request->now, &request->fault);
    if (status != STATUS_OK && status != STATUS_DUPLICATE)
        return status;
    response_cookie(request, response, WAITING_COOKIE, "1",
                    arena_format(request->arena, "/complaint/progress/%s", number), WAITING_SECONDS, false);
    return response_redirect(request, response, "/complaint/progress/%s", number);
}

enum status complaint_post_add(struct request *request, struct response *response)
{
    struct inputs *inputs = arena_take(request->arena, sizeof *inputs);
    char number[NUMBER_BYTES];
    enum status status = inputs_read(request, rules, RULE_COUNT, inputs);

    if (status != STATUS_OK)
        return status;
    if (!take_number(request, number))
        return ask_for_code(request, response);
    enum ticket_action action = action_find(inputs_text(inputs, "action"));
    if (action == ACTION_NONE && *inputs_text(inputs, "action") != '\0')
        return STATUS_INVALID;
    check(inputs, action);
    if (inputs->error_count > 0)
        return show_progress(request, response, number, inputs);
    return add(request, response, number, inputs, action);
}
