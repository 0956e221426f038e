/* The outages that came of a ticket, on its page: a burst opens one with its data filled in (Art. 18(2)). */
#include "store/outage_store.h"
#include "ticket/show.h"

/* Bursts, and the matters that turn out to be one. */
static bool can_cause_outage(const struct request *request, const struct ticket *ticket)
{
    const struct regulation *regulation = &desk_of(request)->catalog.regulation;
    const struct category *category =
        category_find(regulation->categories, regulation->category_count, ticket->facts.category);

    return category != NULL && (category->is_leak || category->group == GROUP_NO_WATER || category->group == GROUP_PRESSURE);
}

enum status show_outages(struct view *page, struct request *request, const struct ticket_file *file, bool has_any)
{
    static const char *const colours[OUTAGE_PHASE__COUNT] = {"warn", "bad", "ok", "info", "info", "info", "info", "info"};
    const struct actor *actor = &request->actor;
    const struct assignment *lead = ticket_lead(&file->ticket);
    const struct outage_standing standing =
        outage_standing_new(OUTAGE_EMERGENCY, lead != NULL ? lead->unit : (struct unit_id){0}, actor);
    struct outage_of_ticket *outages;
    size_t count;

    if (!can_cause_outage(request, &file->ticket))
        return STATUS_OK;
    view_flag(page, "may_report_outage",
              (STATE_BIT(file->ticket.state) & STATES_OPEN) != 0 &&
                  outage_permits(OUTAGE_REPORT, &standing, NULL) == VERDICT_OK);
    if (!has_any)
        return STATUS_OK;
    const enum status status = outage_store_of_ticket(desk_of(request)->db, file->ticket.id, request->arena, &outages, &count,
                                                      &request->fault);
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        const enum outage_phase phase = outage_phase_at(outages[i].state, outages[i].started_at, outages[i].expected_end_at,
                                                        request->now);
        struct view *view = view_row(page, "Outages", i);
        view_number(view, "id", outages[i].id.v);
        view_text(view, "phase", desk_words(request, "outage.phase", outage_phase_name(phase)));
        view_text(view, "colour", colours[phase]);
        view_instant(view, "end", outages[i].expected_end_at);
        view_flag(view, "is_joined", outages[i].is_joined);
    }
    return status;
}
