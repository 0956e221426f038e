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
    static const char *const colours[OUTAGE_PHASE__COUNT] = {"warn", "bad", "ok", "info", "info", "warn", "bad", "info"};

    view_text(view, "phase", supply_words(request, "outage.phase", outage_phase_name(phase)));
    view_text(view, "colour", colours[phase]);
}

enum verdict supply_permits(const struct request *request, const struct outage *outage, int action)
{
    const struct outage_standing standing =
        outage_standing_of(outage, &request->actor, &supply_of(request)->catalog.regulation.outage);

    return outage_permits((enum outage_action)action, &standing, NULL);
}

const char *supply_kind_words(const struct request *request, enum outage_kind kind, bool is_pressure)
{
    return supply_words(request, "outage.kind", is_pressure ? "pressure" : outage_kind_name(kind));
}

void supply_show_choice(struct view *view, const char *list, size_t index, int64_t value, const char *label, int64_t chosen)
{
    struct view *row = view_row(view, list, index);

    if (value > 0)
        view_number(row, "value", value);
    view_text(row, "label", label);
    view_flag(row, "is_checked", value == chosen);
}

const char *supply_local_moment(const struct request *request, struct instant at)
{
    char local[TIME_TEXT_BYTES];

    instant_format_local(at, request->app->settings.utc_offset_minutes, local);
    local[10] = 'T';
    return arena_copy_text(request->arena, local);
}

const char *supply_area_words(const struct request *request, const struct place_id *places, size_t count, const char *words)
{
    const char *between = words_find(request->language, "outage.between"), *area = "";

    for (size_t i = 0; i < count; i++) {
        const struct place *place = catalog_place(&supply_of(request)->catalog, places[i]);
        if (place != NULL)
            area = arena_format(request->arena, "%s%s%s", area, area[0] != '\0' ? between : "", place->name);
    }
    if (words[0] == '\0')
        return area;
    return arena_format(request->arena, "%s%s%s", area, area[0] != '\0' ? between : "", words);
}

const char *supply_first_area(const struct request *request, const struct outage_file *file)
{
    return outage_words_split(arena_copy_text(request->arena, file->entries[0].words)).area;
}

enum status supply_load(struct request *request, struct outage_file *file)
{
    int64_t id;

    if (!text_parse_integer(request->part[0], 1, INT64_MAX, &id))
        return STATUS_ABSENT;
    return outage_store_load(supply_of(request)->db, (struct outage_id){id}, request->arena, file, &request->fault);
}
