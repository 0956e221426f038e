#include <string.h>

#include "supply/supply.h"

struct supply *supply_of(const struct request *request) { return request->context; }

const char *supply_unit_name(const struct request *request, struct unit_id unit)
{
    const struct unit *row = unit.v == 0 ? NULL : catalog_unit(&supply_of(request)->catalog, unit);

    if (row == NULL)
        return "";
    return request->language == LANGUAGE_EN ? row->name_en : row->name_zh;
}

const char *supply_words(const struct request *request, const char *prefix, const char *name)
{
    return words_find(request->language, arena_format(request->arena, "%s.%s", prefix, name));
}

const char *supply_words_number(const struct request *request, const char *prefix, int64_t number)
{
    return words_find(request->language, arena_format(request->arena, "%s.%lld", prefix, (long long)number));
}

void supply_show_phase(struct view *view, const struct request *request, enum outage_phase phase)
{
    static const char *const colours[OUTAGE_PHASE__COUNT] = {"warn", "bad", "ok", "info", "info", "info", "info", "info"};

    view_text(view, "phase", supply_words(request, "outage.phase", outage_phase_name(phase)));
    view_text(view, "colour", colours[phase]);
}
