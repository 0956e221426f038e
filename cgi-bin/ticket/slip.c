/*
 * The dispatch slip for whoever goes there: place, person in clear, words and latest times on one page of A5. A print is an
 * unmasking: it needs the same right, and its record is committed before anything is opened.
 */
#include "ticket/show.h"
#include "web/promise.h"
#include "web/qr.h"

static void put_ticket(struct view *page, struct request *request, const struct ticket_file *file)
{
    const struct settings *settings = &request->app->settings;
    const struct ticket *ticket = &file->ticket;
    const struct assignment *lead = ticket_lead(ticket);
    char text[NUMBER_TEXT_BYTES];

    number_format_text(file->number, text);
    view_text(page, "Ticket.number", file->number);
    view_text(page, "Ticket.number_text", text);
    view_text(page, "Ticket.category", desk_category_name(request, ticket->facts.category));
    view_text(page, "Ticket.grades", desk_grade_names(request, ticket->facts.grades));
    view_text(page, "Ticket.place", file->place_text);
    view_instant(page, "Ticket.reported", ticket->reported_at);
    view_instant(page, "Ticket.appointment", ticket->appointment_at);
    if (lead != NULL)
        view_text(page, "Ticket.unit", desk_unit_name(request, lead->unit));
    if (file->entry_count > 0)
        view_text(page, "Ticket.words", file->entries[0].words);
    qr_show(page, "Ticket.qr",
            arena_format(request->arena, "%s%s/staff/ticket/%s", settings->base_url, settings->base_path, file->number),
            request->arena);
}

/* What still has to be done, and until when. */
static void put_clocks(struct view *page, struct request *request, const struct ticket *ticket)
{
    size_t rows = 0;

    for (int i = 0; i < ticket->clock_count; i++) {
        const struct clock *clock = &ticket->clocks[i];
        const struct instant due = clock_effective_due(clock);
        if (!clock_is_running(clock) || !instant_is_set(due))
            continue;
        struct view *row = view_row(page, "Clocks", rows++);
        view_text(row, "name", desk_words(request, "kind", clock_kind_name(clock->kind)));
        view_text(row, "article", promise_article(request->arena, request->language, clock->article));
        view_instant(row, "due", due);
        if (instant_is_set(clock->granted_due_at)) {
            view_instant(row, "original", clock->due_at);
            view_instant(row, "granted", clock->granted_due_at);
        }
    }
}

enum status ticket_post_slip(struct request *request, struct response *response)
{
    struct inputs inputs;
    struct person person = {.phone = ""};
    struct ticket_file *file = arena_take(request->arena, sizeof *file);
    enum status status = inputs_read(request, NULL, 0, &inputs);

    if (status == STATUS_OK)
        status = show_load(request, file);
    if (status != STATUS_OK)
        return status;
    const bool is_assigned = ticket_assignment_of(&file->ticket, request->actor.unit) != NULL;
    if (!workflow_may_unmask(request->actor.roles, is_assigned))
        return STATUS_REFUSED;
    status = person_unseal(desk_of(request)->db, file->ticket.id, &request->app->secrets, request->actor.staff,
                           request->now, request->arena, &person, &request->fault);
    if (status != STATUS_OK && status != STATUS_ABSENT)
        return status;
    fault_reset(&request->fault);
    struct view *page = page_begin(request, "ticket/slip");
    view_words(page, "Page.title", "slip.title");
    put_ticket(page, request, file);
    view_text(page, "Person.name", person.name);
    view_text(page, "Person.phone", person.phone);
    view_text(page, "Person.account", person.account);
    view_text(page, "Person.address", person.address);
    put_clocks(page, request, &file->ticket);
    view_instant(page, "printed", request->now);
    return page_end(page, response, 200);
}
