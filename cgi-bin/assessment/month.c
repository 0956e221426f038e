/* Months on the city's wall clock, as pages that show one month after the other have them. */
#include "assessment/assessment.h"

struct month month_add(struct month month, int more)
{
    const int index = month.year * 12 + month.month - 1 + more;

    return (struct month){index / 12, index % 12 + 1};
}

static struct instant month_start(const struct request *request, struct month month)
{
    const struct civil first = {.year = month.year, .month = month.month, .day = 1};

    return instant_from_civil(&first, request->app->settings.utc_offset_minutes);
}

struct interval month_span(const struct request *request, struct month month)
{
    return (struct interval){month_start(request, month), month_start(request, month_add(month, 1))};
}

static struct month month_now(const struct request *request)
{
    const struct civil civil = civil_from_instant(request->now, request->app->settings.utc_offset_minutes);

    return (struct month){civil.year, civil.month};
}

bool month_read(const struct request *request, const char *text, struct month *month)
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

const char *month_value(const struct request *request, struct month month)
{
    return arena_format(request->arena, "%04d-%02d", month.year, month.month);
}

const char *month_words(const struct request *request, struct month month)
{
    const char *values[] = {arena_format(request->arena, "%d", month.year),
                            arena_format(request->arena, request->language == LANGUAGE_EN ? "%02d" : "%d", month.month)};

    return words_fill(request->arena, request->language, "handling.month", values, 2);
}

void month_show(struct view *page, const struct request *request, struct month month)
{
    const struct month now = month_now(request), next = month_add(month, 1);

    view_text(page, "month", month_words(request, month));
    view_text(page, "month_value", month_value(request, month));
    view_text(page, "previous", month_value(request, month_add(month, -1)));
    if (next.year * 12 + next.month <= now.year * 12 + now.month)
        view_text(page, "next", month_value(request, next));
}
