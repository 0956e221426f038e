#include "ticket/show.h"

#include <string.h>

#include "core/offer.h"
#include "store/aside_store.h"
#include "ticket/call.h"
#include "ticket/link.h"
#include "ticket/list.h"
#include "ticket/photos.h"
#include "ticket/related.h"

/* The time that was promised beside the one that was granted (Art. 13), of this cycle's finish. */
static void show_both_dues(struct view *view, const struct ticket *ticket)
{
    const struct clock *finish = ticket_clock(ticket, CLOCK_FINISH);

    if (finish == NULL || !instant_is_set(finish->granted_due_at))
        return;
    view_instant(view, "original", finish->due_at);
    view_instant(view, "granted", finish->granted_due_at);
}

void show_facts(struct view *page, const struct request *request, const struct ticket_file *file)
{
    const struct ticket *ticket = &file->ticket;
    struct view *view = view_child(page, "Ticket");
    char number[NUMBER_TEXT_BYTES];
    const struct assignment *lead = ticket_lead(ticket);

    number_format_text(file->number, number);
    view_text(view, "number", file->number);
    view_text(view, "number_text", number);
    view_text(view, "state", desk_words(request, "state", ticket_state_name(ticket->state)));
    view_text(view, "category", desk_category_name(request, ticket->facts.category));
    view_text(view, "nature", desk_words(request, "nature", nature_name(ticket->nature)));
    view_text(view, "source", desk_words(request, "source", source_name(ticket->source)));
    view_text(view, "grades", desk_grade_names(request, ticket->facts.grades));
    view_text(view, "place", file->place_text);
    view_text(view, "zone", desk_words(request, "zone", zone_name(ticket->facts.zone)));
    if (ticket->facts.diameter_mm > 0)
        view_number(view, "diameter", ticket->facts.diameter_mm);
    view_flag(view, "is_valve_stuck", ticket->facts.is_valve_stuck);
    view_text(view, "unit", lead == NULL ? "" : desk_unit_name(request, lead->unit));
    view_instant(view, "reported", ticket->reported_at);
    desk_countdown(view, "due", request, ticket_next_due(ticket));
    show_both_dues(view, ticket);
    if (ticket->cycle > 1)
        view_number(view, "cycle", ticket->cycle);
    view_text(view, "words", file->entry_count > 0 ? file->entries[0].words : "");
}

static const char *name_of_staff(const struct ticket_file *file, struct staff_id staff)
{
    for (size_t i = 0; staff.v != 0 && i < file->entry_count; i++)
        if (file->entries[i].event.actor_staff.v == staff.v)
            return file->entries[i].actor_name;
    return "";
}

/* Who answers for it to the end, and through how many hands it went (Art. 9). */
static void show_first_contact(struct view *page, const struct request *request, const struct ticket_file *file)
{
    struct view *view = view_child(page, "Ticket");
    const char *name = name_of_staff(file, file->ticket.first_receiver);

    view_text(view, "first_receiver", name);
    view_flag(view, "is_my_first", ticket_is_first_receiver(&file->ticket, &request->actor));
    if (file->ticket.handoff_count > 0)
        view_number(view, "handoffs", file->ticket.handoff_count);
}

/* What hangs in the air, and what came from outside. */
static void show_pending(struct view *page, const struct request *request, const struct ticket_file *file)
{
    const struct ticket *ticket = &file->ticket;
    struct view *view = view_child(page, "Ticket");

    view_flag(view, "is_escalated", ticket_is_escalation_open(ticket));
    if (ticket_waits_for_limit(ticket, &desk_of(request)->catalog.regulation))
        view_flag(view, ticket->state == TICKET_REPORTED ? "is_limit_missing" : "is_limit_open", true);
    view_flag(view, "is_extension_pending", ticket->is_extension_pending);
    if (ticket->is_extension_pending)
        view_instant(view, "proposed_due", ticket->extension_proposed_due);
    view_flag(view, "is_not_fixed", ticket->is_not_fixed_pending);
    view_flag(view, "is_review_pending", ticket->state == TICKET_FINISHED && !ticket->is_finish_accepted);
    view_instant(view, "appointment", ticket->appointment_at);
    view_instant(view, "outside_due", ticket->outside_due_at);
    view_text(view, "outside_system", file->outside_system);
    view_text(view, "outside_number", file->outside_number);
    if (ticket->urge_count > 0)
        view_number(view, "urges", ticket->urge_count);
    if (ticket->repeat_level > 0)
        view_number(view, "repeat", ticket->repeat_level);
    if (ticket->satisfaction > 0)
        view_text(view, "satisfaction", desk_words_number(request, "staff.satisfaction", ticket->satisfaction));
}

static bool has_person(const struct ticket_file *file)
{
    return file->name_masked[0] != '\0' || file->phone_masked[0] != '\0' || file->account_masked[0] != '\0' ||
           file->has_address;
}

static void show_person(struct view *page, const struct request *request, const struct ticket_file *file,
                        const struct person *person)
{
    struct view *view = view_child(page, "Person");
    const bool is_assigned = ticket_assignment_of(&file->ticket, request->actor.unit) != NULL;

    view_text(view, "name", person != NULL ? person->name : file->name_masked);
    view_text(view, "phone", person != NULL ? person->phone : file->phone_masked);
    view_text(view, "account", person != NULL ? person->account : file->account_masked);
    view_flag(view, "has_address", file->has_address);
    if (person != NULL)
        view_text(view, "address", person->address);
    view_flag(view, "is_there", has_person(file));
    view_flag(view, "is_clear", person != NULL);
    view_flag(view, "may_unmask",
              person == NULL && has_person(file) && workflow_may_unmask(request->actor.roles, is_assigned));
}

/* Those at the telephone read it out to the caller, and so does who has no desk and took the report alone. */
static void show_code(struct view *page, const struct request *request, const struct ticket_file *file)
{
    char code[QUERY_CODE_BYTES];

    if ((request->actor.roles & ROLES_HOTLINE) == 0 && workflow_has_desk(request->actor.roles))
        return;
    query_code_format(&request->app->secrets.key[SECRET_CODE], file->number, file->code_issue, code);
    view_text(page, "Ticket.code", arena_format(request->arena, "%.4s %s", code, code + 4));
}

static void show_title(struct view *page, const struct request *request, const struct ticket_file *file, bool is_error)
{
    char text[NUMBER_TEXT_BYTES];
    const char *number = text;

    number_format_text(file->number, text);
    view_text(page, "Page.title",
              words_fill(request->arena, request->language, is_error ? "staff.show.title_error" : "staff.show.title",
                         &number, 1));
}

/* Who has still to acknowledge a grave matter, shown until everybody has (Art. 11). */
static void show_acknowledgements(struct view *page, const struct request *request, const struct ticket *ticket)
{
    size_t row = 0;

    if (!ticket_is_escalation_open(ticket))
        return;
    struct view *leadership = view_row(page, "Acknowledgements", row++);
    view_words(leadership, "who", "staff.page.leadership");
    view_flag(leadership, "is_done", ticket->is_acknowledged);
    view_instant(leadership, "named", ticket->escalated_at);
    for (int i = 0; i < ticket->department_count; i++) {
        const struct department *department = &ticket->departments[i];
        struct view *view = view_row(page, "Acknowledgements", row++);
        view_text(view, "who", desk_unit_name(request, department->unit));
        view_flag(view, "is_done", instant_is_set(department->acknowledged_at));
        view_instant(view, "named", department->named_at);
        view_instant(view, "at", department->acknowledged_at);
    }
}

/* What a unit could not solve on site went up to its leader (Art. 17); operations sees it as long as the unit has it. */
static void show_unit_escalations(struct view *page, const struct request *request, const struct ticket *ticket)
{
    size_t row = 0;

    for (int i = 0; i < ticket->assignment_count; i++) {
        const struct assignment *assignment = &ticket->assignments[i];
        if (!assignment_is_live(assignment) || !instant_is_set(assignment->escalated_at))
            continue;
        struct view *view = view_row(page, "UnitEscalations", row++);
        view_text(view, "unit", desk_unit_name(request, assignment->unit));
        view_instant(view, "at", assignment->escalated_at);
    }
}

/* The ways that have a page of their own. */
static void show_ways(struct view *page, const struct request *request, const struct ticket *ticket)
{
    const struct regulation *regulation = &desk_of(request)->catalog.regulation;
    const struct category *category =
        category_find(regulation->categories, regulation->category_count, ticket->facts.category);

    view_flag(page, "may_link_crew", link_is_offered(request, ticket));
    view_flag(page, "may_join", joint_is_offered(request, ticket));
    view_flag(page, "may_hand_over", discipline_is_offered(request, ticket));
    view_flag(page, "may_merge",
              ticket_offer(ticket, ACTION_MERGE, &request->actor, regulation, request->now) == VERDICT_OK);
    view_flag(page, "may_link",
              (request->actor.roles & ROLES_HOTLINE) != 0 &&
              ticket_offer(ticket, ACTION_LINK_REPEAT, &request->actor, regulation, request->now) == VERDICT_OK);
    view_flag(page, "is_inspection_missing",
              (ticket_waiting(ticket, category) & (UINT32_C(1) << WAITING_INSPECTION)) != 0);
}

/* What stands in other rows than the ticket's own, and is there. */
static enum status show_asides(struct view *page, struct request *request, const struct ticket_file *file,
                               const struct asides *asides)
{
    const bool has_desk = workflow_has_desk(request->actor.roles); /* others see nobody else's tickets */
    struct related *related = NULL;
    size_t count = 0;
    enum status status = STATUS_OK;

    if (asides->followers > 0) /* households that it affects, too */
        view_number(page, "Ticket.followers", asides->followers);
    if (has_desk && asides->has_related)
        status = related_store_list(desk_of(request)->db, &file->ticket, request->arena, &related, &count, &request->fault);
    if (status == STATUS_OK)
        related_show(page, request, related, count);
    if (status == STATUS_OK && has_desk && asides->has_parent_photos)
        status = show_parent_photos(page, request, &file->ticket, related, count);
    if (status == STATUS_OK && has_desk)
        status = show_photos(page, request, file);
    if (status == STATUS_OK && asides->has_deliveries)
        status = show_deliveries(page, request, file);
    if (status == STATUS_OK && has_desk)
        status = show_orders(page, request, file);
    if (status == STATUS_OK && has_desk)
        status = show_outages(page, request, file, asides->has_outages);
    return status == STATUS_OK && asides->has_calls ? call_show_list(page, request, file->ticket.id) : status;
}

enum status show_ticket(struct request *request, struct response *response, const struct ticket_file *file,
                        const struct attempt *attempt, const struct person *person, int code)
{
    const bool is_stale = attempt != NULL && attempt->verdict == VERDICT_STALE;
    struct asides asides;
    enum status status = aside_store_read(desk_of(request)->db, &file->ticket, request->arena, &asides, &request->fault);

    if (status != STATUS_OK)
        return status;
    struct view *page = page_begin(request, "ticket/show");

    show_title(page, request, file, attempt != NULL);
    desk_clock_words(page);
    show_facts(page, request, file);
    show_first_contact(page, request, file);
    show_pending(page, request, file);
    show_person(page, request, file, person);
    show_code(page, request, file);
    show_timeline(page, request, file, is_stale ? attempt->seen_version : 0);
    show_acknowledgements(page, request, &file->ticket);
    show_unit_escalations(page, request, &file->ticket);
    show_ways(page, request, &file->ticket);
    show_results(page, request, file);
    show_ledger(page, request, file);
    show_offers(page, request, file, attempt);
    status = show_asides(page, request, file, &asides);
    if (status == STATUS_OK)
        status = canned_show(page, request);
    if (status == STATUS_OK)
        status = list_neighbours(request, page, file);
    if (status != STATUS_OK)
        return status;
    if (request->method == METHOD_GET) {
        view_flag(page, "is_new", request_value(request, "new")[0] == '1');
        view_flag(page, "is_done", request_value(request, "done")[0] == '1');
    }
    return page_end(page, response, code);
}

enum status show_load(struct request *request, struct ticket_file *file)
{
    char number[NUMBER_BYTES];

    if (!number_parse(request->part[0], number))
        return STATUS_ABSENT;
    enum status status =
        ticket_store_load(desk_of(request)->db, number, request->arena, file, &request->fault);
    if (status == STATUS_OK && !workflow_may_read(request->actor.roles, file->ticket.state,
                                                  ticket_is_first_receiver(&file->ticket, &request->actor)))
        return STATUS_ABSENT;
    return status;
}

enum status ticket_get_show(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {
        {"new", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
        {"done", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
        {"from", INPUT_LINE, false, 1, 2000, "staff.error.choice", NULL}, /* list_neighbours reads it */
    };
    struct inputs inputs;
    struct ticket_file *file = arena_take(request->arena, sizeof *file);
    enum status status = inputs_read(request, rules, sizeof rules / sizeof rules[0], &inputs);

    if (status == STATUS_OK)
        status = show_load(request, file);
    if (status != STATUS_OK)
        return status;
    if (!text_is_equal(request->part[0], file->number)) /* as somebody typed it */
        return response_redirect(request, response, "/staff/ticket/%s%s", file->number, list_from_suffix(request, '?'));
    return show_ticket(request, response, file, NULL, NULL, 200);
}

/* The address of an action, opened by hand or after signing in again: the form stands on the ticket's page. */
enum status ticket_get_back(struct request *request, struct response *response)
{
    char number[NUMBER_BYTES];

    if (!number_parse(request->part[0], number))
        return STATUS_ABSENT;
    return response_redirect(request, response, "/staff/ticket/%s", number);
}

/* Personal data in clear, once: the record of it is committed before anything is opened (controls.md H11). */
enum status ticket_post_unmask(struct request *request, struct response *response)
{
    struct inputs inputs;
    struct person person;
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
    if (status == STATUS_ABSENT) { /* emptied since: the page shows that there is nothing */
        fault_reset(&request->fault);
        return show_ticket(request, response, file, NULL, NULL, 200);
    }
    return status == STATUS_OK ? show_ticket(request, response, file, NULL, &person, 200) : status;
}
