#include "ticket/link.h"

#include "core/crew_link.h"
#include "store/crew_store.h"
#include "store/staff_store.h"
#include "ticket/show.h"
#include "web/qr.h"

/* Operations for any unit that has the ticket, a unit's voices for their own. */
static bool may_give(const struct request *request, const struct ticket *ticket, const struct assignment *assignment)
{
    const uint32_t voices = ROLE_BIT(ROLE_LIAISON) | ROLE_BIT(ROLE_UNIT_LEADER);
    const bool is_own = (request->actor.roles & voices) != 0 && assignment->unit.v == request->actor.unit.v;

    return assignment_is_live(assignment) && workflow_may_read(request->actor.roles, ticket->state, false) &&
           (is_own || actor_has(&request->actor, ROLE_OPS));
}

bool link_is_offered(const struct request *request, const struct ticket *ticket)
{
    const struct app *app = request->app;

    if (!app->settings.is_crew_open || !app->secrets.has[SECRET_CREW])
        return false;
    for (int i = 0; i < ticket->assignment_count; i++)
        if (may_give(request, ticket, &ticket->assignments[i]))
            return true;
    return false;
}

/* ---- the page */

/* One person for one assignment, as a choice of the form: "2-17". */
static const char *value_of(struct request *request, int dispatch_no, struct staff_id staff)
{
    return arena_format(request->arena, "%d-%d", dispatch_no, staff.v);
}

/* Who of the choices was meant. */
struct chosen {
    const char *value; /* as typed */
    bool is_found;
    int dispatch_no;
    struct crew_person person;
};

static enum status put_people(struct view *page, struct request *request, const struct assignment *assignment,
                              struct chosen *chosen, size_t *row)
{
    struct crew_person *people;
    size_t count;
    const enum status status = crew_store_people(desk_of(request)->db, assignment->unit, request->arena, &people, &count,
                                                 &request->fault);

    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        const char *value = value_of(request, assignment->dispatch_no, people[i].id);
        const bool is_it = text_is_equal(value, chosen->value);
        struct view *view = view_row(page, "People", (*row)++);
        view_text(view, "value", value);
        view_text(view, "label", people[i].name);
        view_text(view, "hint", desk_unit_name(request, assignment->unit));
        view_flag(view, "is_checked", is_it);
        if (is_it)
            *chosen = (struct chosen){chosen->value, true, assignment->dispatch_no, people[i]};
    }
    return status;
}

/* The choices of the form; says whether the one that was typed is among them. */
static enum status put_choices(struct view *page, struct request *request, const struct ticket *ticket,
                               struct chosen *chosen)
{
    enum status status = STATUS_OK;
    size_t row = 0;

    for (int i = 0; i < ticket->assignment_count && status == STATUS_OK; i++)
        if (may_give(request, ticket, &ticket->assignments[i]))
            status = put_people(page, request, &ticket->assignments[i], chosen, &row);
    return status;
}

static struct view *begin(struct request *request, const struct ticket_file *file)
{
    struct view *page = page_begin(request, "ticket/link");
    char number[NUMBER_TEXT_BYTES];

    number_format_text(file->number, number);
    view_words(page, "Page.title", "crew.link.title");
    view_text(page, "Ticket.number", file->number);
    view_text(page, "Ticket.number_text", number);
    view_text(page, "Ticket.place", file->place_text);
    return page;
}

static void put_link(struct view *page, struct request *request, const struct ticket *ticket, const struct chosen *chosen)
{
    const struct settings *settings = &request->app->settings;
    const int64_t life_seconds = (int64_t)settings->crew_link_hours * HOUR_SECONDS;
    const struct crew_link link = {ticket->id, chosen->dispatch_no, chosen->person.id,
                                   instant_add_seconds(request->now, life_seconds)};
    char text[CREW_LINK_BYTES];

    crew_link_format(&request->app->secrets.key[SECRET_CREW], &link, text);
    const char *origin = settings->crew_url[0] != '\0' ? settings->crew_url : settings->base_url;
    const char *url = arena_format(request->arena, "%s%s/crew/job/%s", origin, settings->base_path, text);
    view_text(page, "Link.url", url);
    view_text(page, "Link.name", chosen->person.name);
    view_instant(page, "Link.until", link.expires_at);
    qr_show(page, "Link.qr", url, request->arena);
}

static enum status load(struct request *request, struct ticket_file *file)
{
    const enum status status = show_load(request, file);

    return status == STATUS_OK && !link_is_offered(request, &file->ticket) ? STATUS_ABSENT : status;
}

/* ---- handlers */

enum status ticket_get_link(struct request *request, struct response *response)
{
    struct ticket_file *file = arena_take(request->arena, sizeof *file);
    struct chosen chosen = {.value = ""};
    enum status status = load(request, file);

    if (status != STATUS_OK)
        return status;
    struct view *page = begin(request, file);
    status = put_choices(page, request, &file->ticket, &chosen);
    return status == STATUS_OK ? page_end(page, response, 200) : status;
}

/* Shows the link once, for the one who passes it on; that it was made, and for whom, is recorded. */
enum status ticket_post_link(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {{"who", INPUT_LINE, true, 1, 24, "crew.link.error_who", NULL}};
    struct ticket_file *file = arena_take(request->arena, sizeof *file);
    struct inputs inputs;
    enum status status = inputs_read(request, rules, 1, &inputs);

    if (status == STATUS_OK)
        status = load(request, file);
    if (status != STATUS_OK)
        return status;
    struct chosen chosen = {.value = inputs_text(&inputs, "who")};
    struct view *page = begin(request, file);
    status = put_choices(page, request, &file->ticket, &chosen);
    if (status != STATUS_OK)
        return status;
    if (!chosen.is_found) {
        inputs_error(&inputs, "who", "crew.link.error_who");
        inputs_show(&inputs, page);
        return page_end(page, response, 422);
    }
    status = audit_store_add(desk_of(request)->db, request->actor.staff, "crew_link", SUBJECT_TICKET, file->ticket.id.v,
                             arena_format(request->arena, "assignment %d, staff %d", chosen.dispatch_no, chosen.person.id.v),
                             request->now, &request->fault);
    if (status != STATUS_OK)
        return status;
    put_link(page, request, &file->ticket, &chosen);
    return page_end(page, response, 200);
}
