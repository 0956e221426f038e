/* Through whose hands the dispatches of a month went: holding time per unit, wrong dispatches per dispatcher (Art. 16). */
#include "assessment/assessment.h"
#include "store/handling_store.h"

#define RETURNED_SHOWN 100

/* ---- rows */

static void show_unit(struct view *view, const struct request *request, const struct handling_unit *unit)
{
    view_text(view, "unit", assessment_unit_name(request, unit->unit));
    view_number(view, "dispatches", unit->dispatches);
    view_number(view, "accepted", unit->accepted);
    view_number(view, "objected", unit->objected);
    view_number(view, "wrong", unit->wrong);
    view_number(view, "recalled", unit->recalled);
    view_duration(view, "held", unit->held_seconds);
    view_duration(view, "held_each", unit->held_seconds / unit->dispatches);
}

/* In the order of the catalog, as everywhere. */
static void show_units(struct view *page, const struct request *request, const struct handling_unit *units, size_t count)
{
    const struct catalog *catalog = &assessment_of(request)->catalog;
    size_t row = 0;

    for (size_t i = 0; i < catalog->unit_count; i++)
        for (size_t j = 0; j < count; j++)
            if (units[j].unit.v == catalog->units[i].id.v)
                show_unit(view_row(page, "Units", row++), request, &units[j]);
}

static void show_dispatchers(struct view *page, const struct handling_dispatcher *dispatchers, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct view *view = view_row(page, "Dispatchers", i);
        view_text(view, "name", dispatchers[i].name);
        view_number(view, "dispatches", dispatchers[i].dispatches);
        view_number(view, "wrong", dispatchers[i].wrong);
        view_number(view, "recalled", dispatchers[i].recalled);
    }
}

static void show_returned(struct view *page, const struct request *request, const struct handling_returned *returned,
                          size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct view *view = view_row(page, "Returned", i);
        char number[NUMBER_TEXT_BYTES];
        number_format_text(returned[i].number, number);
        view_text(view, "number", returned[i].number);
        view_text(view, "number_text", number);
        view_text(view, "unit", assessment_unit_name(request, returned[i].unit));
        view_text(view, "dispatcher", returned[i].dispatcher);
        view_instant(view, "dispatched", returned[i].dispatched_at);
        view_instant(view, "ended", returned[i].returned_at);
    }
}

/* Who sees all units sees the dispatchers, too; a unit sees how it was served itself. */
static enum status show_handling(struct request *request, struct view *page, struct interval span)
{
    const bool sees_all = assessment_sees_all(request);
    const struct unit_id unit = {sees_all ? 0 : request->actor.unit.v};
    struct db *db = assessment_of(request)->db;
    struct handling_unit *units;
    struct handling_dispatcher *dispatchers;
    struct handling_returned *returned;
    size_t count;
    enum status status =
        handling_store_units(db, span, unit, request->now, request->arena, &units, &count, &request->fault);

    if (status != STATUS_OK)
        return status;
    show_units(page, request, units, count);
    status = handling_store_returned(db, span, unit, RETURNED_SHOWN, request->arena, &returned, &count, &request->fault);
    if (status != STATUS_OK)
        return status;
    show_returned(page, request, returned, count);
    view_flag(page, "sees_dispatchers", sees_all);
    if (!sees_all)
        return STATUS_OK;
    status = handling_store_dispatchers(db, span, request->arena, &dispatchers, &count, &request->fault);
    if (status == STATUS_OK)
        show_dispatchers(page, dispatchers, count);
    return status;
}

enum status assessment_get_handling(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {{"month", INPUT_LINE, false, 7, 7, "staff.error.choice", NULL}};
    struct inputs inputs;
    struct month month;
    enum status status = inputs_read(request, rules, 1, &inputs);

    if (status != STATUS_OK)
        return status;
    if (inputs.error_count > 0 || !month_read(request, inputs_text(&inputs, "month"), &month))
        return STATUS_INVALID;
    if (!assessment_sees_all(request) && request->actor.unit.v == 0)
        return STATUS_REFUSED;
    const struct interval span = month_span(request, month);
    struct view *page = page_begin(request, "assessment/handling");
    view_words(page, "Page.title", "handling.title");
    month_show(page, request, month);
    status = show_handling(request, page, span);
    return status == STATUS_OK ? page_end(page, response, 200) : status;
}
