#include <string.h>

#include "store/outage_area.h"
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

/* ---- places as typed */

/* Whether a character stands between two places. */
static bool is_between(uint32_t point)
{
    return point == '\n' || point == ',' || point == ';' || point == 0x3001 || point == 0xff0c || point == 0xff1b;
}

/* The next name, tidied, in the arena; NULL at the end. */
static const char *next_name(const char **at, struct arena *arena)
{
    while (**at != '\0') {
        const char *start = *at, *end = *at, *after = *at;
        uint32_t point;
        while ((point = text_next(&after)) != 0 && !is_between(point))
            end = after;
        char *name = arena_format(arena, "%.*s", (int)(end - start), start);
        *at = after;
        if (text_tidy_line(name) > 0)
            return name;
    }
    return NULL;
}

void supply_read_area(struct request *request, struct inputs *inputs, struct supply_area *area)
{
    const struct catalog *catalog = &supply_of(request)->catalog;
    struct input *input = inputs_find(inputs, "places");
    const char *at = input->text, *name;

    area->place_count = 0;
    while (input->error == NULL && (name = next_name(&at, request->arena)) != NULL) {
        const struct place *place = area_place_named(catalog, name);
        if (place == NULL || area->place_count == EVENT_LIST_MAX) {
            inputs_error(inputs, "places", place == NULL ? "outage.error.place" : "outage.verdict.too_many");
            input->error = arena_format(request->arena, "%s %s", input->error, place == NULL ? name : "");
            return;
        }
        area->places[area->place_count++] = place->id;
    }
}
