/* How a report stands. */
#include "complaint/filing.h"
#include "complaint/photos.h"
#include "web/promise.h"

/* ---- what the resident sees */

#define DOTS 5
static const char *const states[DOTS] = {"received", "dispatched", "working", "finished", "rated"};

/* Place of the state among the five dots; side states have none. */
static int dot_of(const char *state)
{
    for (int i = 0; i < DOTS; i++)
        if (text_is_equal(states[i], state))
            return i;
    return -1;
}

/* count: without the rating for those who cannot rate */
static void put_dots(struct view *view, struct request *request, const char *state, int count)
{
    int now = dot_of(state);

    for (int i = 0; i < count && now >= 0; i++) {
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

/* What everybody may know who follows it. part: of whose words the state is told in, "complaint" or "affected" */
static void put_state(struct view *view, struct request *request, const struct catalog *catalog,
                      const struct public_ticket *ticket, const char *state, const char *part)
{
    view_words(view, "Ticket.state", arena_format(request->arena, "state.public.%s", state));
    view_text(view, "Ticket.kind", state_kind(state));
    view_words(view, "Ticket.sentence", arena_format(request->arena, "%s.sentence.%s", part, state));
    view_text(view, "Ticket.matter", complaint_category_name(request, catalog, ticket->category));
    view_number(view, "Ticket.version", ticket->version);
    view_instant(view, "Ticket.reported", ticket->reported_at);
}

/* Why it ended so, in the words written for the resident, or NULL. */
static const char *reason_of(const struct public_file *file)
{
    for (size_t i = file->step_count; i-- > 0 && file->ticket.state == TICKET_NOT_OURS;)
        if (file->steps[i].action == ACTION_NOT_OURS && *file->steps[i].words != '\0')
            return file->steps[i].words;
    return NULL;
}

/* What the resident can do now, where it does not go on by itself. */
static void put_now(struct view *view, struct request *request, const struct public_file *file, const char *state)
{
    const enum ticket_state now = file->ticket.state;
    const bool is_anew = now == TICKET_NOT_OURS || now == TICKET_WITHDRAWN;
    const char *reason = reason_of(file);

    if (now == TICKET_CLOSED)
        view_words(view, "Ticket.sentence", "complaint.sentence.closed");
    if (is_anew || now == TICKET_MERGED || text_is_equal(state, "finished") || text_is_equal(state, "rated"))
        view_words(view, "Ticket.now", arena_format(request->arena, "complaint.now.%s", state));
    view_flag(view, "is_anew", is_anew);
    if (reason != NULL)
        view_text(view, "Ticket.reason", reason);
}

static void put_ticket(struct view *view, struct request *request, const struct catalog *catalog,
                       const struct public_file *file)
{
    const struct public_ticket *ticket = &file->ticket;
    const char *state = ticket_state_public_name(ticket->state, ticket->is_rated);
    char text[NUMBER_TEXT_BYTES];

    put_state(view, request, catalog, ticket, state, "complaint");
    put_dots(view, request, state, DOTS);
    put_now(view, request, file, state);
    number_format_text(ticket->number, text);
    view_text(view, "Ticket.number", ticket->number);
    view_text(view, "Ticket.number_text", text);
    view_text(view, "Ticket.place", ticket->place_text);
    view_instant(view, "Ticket.appointment", ticket->appointment_at);
    if (*ticket->parent_number != '\0') {
        number_format_text(ticket->parent_number, text);
        view_text(view, "Ticket.parent", text);
    }
}

/* ---- the timeline */

static void put_step(struct view *row, struct request *request, const struct catalog *catalog,
                     const struct public_step *step, bool has_words)
{
    const struct unit *unit = catalog_unit(catalog, step->unit);
    const char *who = unit == NULL ? "" : request->language == LANGUAGE_EN ? unit->name_en : unit->name_zh;

    view_instant(row, "at", step->occurred_at);
    view_text(row, "sentence",
              progress_sentence(request->arena, request->language, step, who, request->now,
                                request->app->settings.utc_offset_minutes));
    if (has_words && *step->words != '\0')
        view_text(row, "words", step->words);
    view_flag(row, "is_own", public_action_is_own(step->action));
}

/* Newest first. */
static void put_steps(struct view *view, struct request *request, const struct catalog *catalog,
                      const struct public_file *file, bool is_reporter)
{
    size_t rows = 0;

    for (size_t i = file->step_count; i-- > 0;) {
        const struct public_step *step = &file->steps[i];
        if (public_step_name(step) != NULL && (is_reporter || public_action_is_of_matter(step->action)))
            put_step(view_row(view, "Steps", rows++), request, catalog, step, is_reporter);
    }
}

/* Its clocks but the one that is about the reporter alone. */
void progress_show_affected(struct view *view, struct request *request, const struct catalog *catalog,
                            const struct public_file *file)
{
    const struct place *place = catalog_place_in_text(catalog, file->ticket.place_text);
    struct clock *clocks = arena_take_array(request->arena, file->clock_count + 1, sizeof *clocks);
    size_t count = 0;

    for (size_t i = 0; i < file->clock_count; i++)
        if (file->clocks[i].kind != CLOCK_CONTACT)
            clocks[count++] = file->clocks[i];
    const char *state = ticket_state_public_name(file->ticket.state, false);
    put_state(view, request, catalog, &file->ticket, state, "affected");
    put_dots(view, request, state, DOTS - 1);
    view_text(view, "Ticket.place", place != NULL ? place->name : file->ticket.place_text);
    clocks_show(request, view, "Clocks", clocks, count, true);
    put_steps(view, request, catalog, file, false);
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
    put_ticket(view, request, catalog, &file);
    clocks_show(request, view, "Clocks", file.clocks, file.clock_count, true);
    put_waiting(view, request, &file);
    put_steps(view, request, catalog, &file, true);
    view_flag(view, "may_tell", tell_is_possible(&file.ticket));
    view_words(view, "tell_words", tell_may(&file.ticket, ACTION_SAY_NOT_FIXED) ? "complaint.tell_done" : "complaint.tell_link");
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
