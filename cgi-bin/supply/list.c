/* What runs now, and what ended within a week. */
#include "store/outage_area.h"
#include "supply/supply.h"

#define DAYS_SHOWN 7

static void show_row(struct view *view, const struct request *request, const struct outage_notice *notice)
{
    view_number(view, "id", notice->id.v);
    supply_show_phase(view, request,
                      outage_phase_at(notice->state, notice->started_at, notice->expected_end_at, request->now));
    view_text(view, "area", area_text(&supply_of(request)->catalog, notice, words_find(request->language, "outage.between"), request->arena));
    view_text(view, "cause", supply_words_number(request, "outage.cause", notice->cause));
    view_text(view, "unit", supply_unit_name(request, notice->unit));
    view_instant(view, "start", notice->started_at);
    view_instant(view, "end", notice->expected_end_at);
    view_instant(view, "ended", notice->ended_at);
}

enum status supply_get_list(struct request *request, struct response *response)
{
    const struct instant since = instant_add_seconds(request->now, -(int64_t)DAYS_SHOWN * DAY_SECONDS);
    struct outage_notice *notices;
    struct inputs inputs;
    size_t count, rows[2] = {0, 0};
    enum status status = inputs_read(request, NULL, 0, &inputs);

    if (status == STATUS_OK)
        status = outage_public_list(supply_of(request)->db, since, request->arena, &notices, &count, &request->fault);
    if (status != STATUS_OK)
        return status;
    const struct outage_standing standing = outage_standing_new(OUTAGE_EMERGENCY, request->actor.unit, &request->actor);
    struct view *page = page_begin(request, "supply/list");
    view_words(page, "Page.title", "outage.staff.title");
    view_flag(page, "may_report", outage_permits(OUTAGE_REPORT, &standing, NULL) == VERDICT_OK);
    for (size_t i = 0; i < count; i++) {
        const bool has_ended = !outage_is_open(notices[i].state);
        show_row(view_row(page, has_ended ? "Ended" : "Running", rows[has_ended]++), request, &notices[i]);
    }
    return page_end(page, response, 200);
}
