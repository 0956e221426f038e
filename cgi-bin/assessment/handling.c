/* Through whose hands the dispatches of a month went: holding time per unit, wrong dispatches per dispatcher (Art. 16). */
#include "assessment/assessment.h"
#include "store/handling_store.h"

#define RETURNED_SHOWN 100

/* A month on the city's wall clock. */
struct month {
    int year, month; /* 1 … 12 */
};

static struct month month_add(struct month month, int more)
{
    const int index = month.year * 12 + month.month - 1 + more;

    return (struct month){index / 12, index % 12 + 1};
}

static struct instant month_start(const struct request *request, struct month month)
{
    const struct civil first = {.year = month.year, .month = month.month, .day = 1};

    return instant_from_civil(&first, request->app->settings.utc_offset_minutes);
}

static struct month month_now(const struct request *request)
{
    const struct civil civil = civil_from_instant(request->now, request->app->settings.utc_offset_minutes);

    return (struct month){civil.year, civil.month};
}

/* "2026-11"; the present month without. */
static bool month_read(const struct request *request, const char *text, struct month *month)
{
    struct day day;

    *month = month_now(request);
    if (text[0] == '\0')
        return true;
    if (!day_parse(arena_format(request->arena, "%s-01", text), &day))
        return false;
    const struct civil civil = civil_from_day(day);
    *month = (struct month){civil.year, civil.month};
    return true;
}

static const char *month_value(const struct request *request, struct month month)
{
    return arena_format(request->arena, "%04d-%02d", month.year, month.month);
}

static void show_month(struct view *page, const struct request *request, struct month month)
{
    const struct month now = month_now(request), next = month_add(month, 1);
    const char *values[] = {arena_format(request->arena, "%d", month.year),
                            arena_format(request->arena, request->language == LANGUAGE_EN ? "%02d" : "%d", month.month)};

    view_text(page, "month", words_fill(request->arena, request->language, "handling.month", values, 2));
    view_text(page, "previous", month_value(request, month_add(month, -1)));
    if (next.year * 12 + next.month <= now.year * 12 + now.month)
        view_text(page, "next", month_value(request, next));
}

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
    const struct interval span = {month_start(request, month), month_start(request, month_add(month, 1))};
    struct view *page = page_begin(request, "assessment/handling");
    view_words(page, "Page.title", "handling.title");
    show_month(page, request, month);
    status = show_handling(request, page, span);
    return status == STATUS_OK ? page_end(page, response, 200) : status;
}
