/* How a report stands. */
#include "complaint/filing.h"
#include "complaint/photos.h"

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
    case ACTION_FOLLOW_PARENT:
    case ACTION_LINK_REPEAT:
    case ACTION_RECORD_PLAN:
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

/* What was added and clerk has not applied yet, or could not apply. */
static void put_waiting(struct view *view, struct request *request, const struct public_file *file)
{
    for (size_t i = 0; i < file->input_count; i++) {
        const struct resident_input *input = &file->inputs[i];
        struct view *row = view_row(view, "Waiting", i);
        view_words(row, "sentence",
                   arena_format(request->arena, "complaint.%s.%s", input->verdict == VERDICT_OK ? "waiting" : "refusing",
                                ticket_action_name(input->action)));
        view_text(row, "words", input->words);
    }
}

/* ---- the page */

static enum status show_progress(struct request *request, struct response *response, const char *number)
{
    const struct catalog *catalog;
    struct public_file file;
    enum status status = complaint_catalog(request, &catalog);

    if (status == STATUS_OK)
        status = public_store_load(complaint_of(request)->db, number, request->arena, &file, &request->fault);
    if (status != STATUS_OK)
        return status;

    struct view *view = page_begin(request, "complaint/progress");
    view_words(view, "Page.title", "complaint.progress.title");
    view_text(view, "Page.script", "site");
    put_ticket(view, request, catalog, &file.ticket);
    clocks_show(request, view, "Clocks", file.clocks, file.clock_count, true);
    put_waiting(view, request, &file);
    put_steps(view, request, catalog, file.steps, file.step_count);
    view_flag(view, "may_tell", tell_is_possible(&file.ticket));
    view_flag(view, "may_urge", tell_may(&file.ticket, ACTION_URGE));
    view_flag(view, "may_move", instant_is_set(file.ticket.appointment_at) &&
                                    tell_may(&file.ticket, ACTION_MOVE_APPOINTMENT));
    view_flag(view, "is_urged", form_find(&request->query, "urged") != NULL);
    view_flag(view, "is_refused", form_find(&request->query, "refused") != NULL);
    status = photos_put_ticket(request, view, &file.ticket);
    if (status != STATUS_OK)
        return status;
    response->wants_etag = true;
    return page_end(view, response, 200);
}

enum status complaint_get_progress(struct request *request, struct response *response)
{
    char number[NUMBER_BYTES];

    if (!follow_take_number(request, number))
        return follow_ask_code(request, response);
    return show_progress(request, response, number);
}
