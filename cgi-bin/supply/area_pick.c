/*
 * Choosing where an outage is, from the register: a field of lines, each naming a place, and beside it what the register has for a
 * line that names none or several, with the households of each. With a script the lines are found while one types; without it the
 * button beside the field, or sending the form, brings the choices as boxes to tick.
 */
#include <string.h>

#include "base/log.h"
#include "store/household_store.h"
#include "store/place_store.h"
#include "supply/supply.h"
#include "web/json.h"

#define SEARCH_WORDS_MOST 60
#define JSON_BYTES 8192

/* ---- the lines as typed */

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

/* ---- what they name */

struct picking {
    struct request *request;
    struct supply_area *area;
    int32_t version;
    struct text lines; /* the field anew: what was found, by its full name, and what was not */
    const char *unknown[AREA_UNKNOWN_MOST];
    size_t unknown_count;
    bool is_too_many;
};

static void add_line(struct picking *picking, const char *line)
{
    if (picking->lines.length_bytes > 0)
        text_add(&picking->lines, "\n");
    text_add(&picking->lines, line);
}

static void add_place(struct picking *picking, const struct place_entry *entry)
{
    struct supply_area *area = picking->area;

    for (int i = 0; i < area->place_count; i++)
        if (area->places[i].v == entry->id.v)
            return;
    if (area->place_count == EVENT_LIST_MAX) {
        picking->is_too_many = true;
        return;
    }
    area->is_building[area->place_count] = entry->kind == PLACE_BUILDING;
    area->places[area->place_count++] = entry->id;
    add_line(picking, place_line(&supply_of(picking->request)->catalog, entry, picking->request->arena));
}

static enum status read_line(struct picking *picking, const char *line)
{
    struct request *request = picking->request;
    struct place_entry entry;
    const enum status status = place_store_resolve(supply_of(request)->db, &supply_of(request)->catalog, picking->version, line,
                                                   request->arena, &entry, &request->fault);

    if (status == STATUS_OK)
        add_place(picking, &entry);
    else if (status == STATUS_ABSENT && picking->unknown_count < AREA_UNKNOWN_MOST)
        picking->unknown[picking->unknown_count++] = line;
    else if (status == STATUS_ABSENT)
        picking->is_too_many = true;
    return status == STATUS_ABSENT ? STATUS_OK : status;
}

/* The boxes that were ticked; they answer the lines that named nothing. */
static enum status read_boxes(struct picking *picking, const struct inputs *inputs)
{
    struct request *request = picking->request;
    enum status status = STATUS_OK;
    bool is_answered = false;

    for (size_t i = 0; status == STATUS_OK && i < inputs->count; i++) {
        const struct input *input = &inputs->items[i];
        struct place_entry entry;
        if (strncmp(input->rule->name, "pick", 4) != 0 || !input->is_set || input->error != NULL)
            continue;
        status = place_store_load(supply_of(request)->db, picking->version, (struct place_id){(int32_t)input->number}, request->arena,
                                  &entry, &request->fault);
        if (status == STATUS_OK && !entry.is_retired) {
            add_place(picking, &entry);
            is_answered = true;
        }
        status = status == STATUS_ABSENT ? STATUS_OK : status;
    }
    if (is_answered)
        picking->unknown_count = 0;
    return status;
}

/* What the register has for the lines that named nothing. */
static enum status find_choices(struct picking *picking)
{
    struct request *request = picking->request;
    struct supply_area *area = picking->area;
    enum status status = STATUS_OK;

    for (size_t i = 0; status == STATUS_OK && i < picking->unknown_count; i++) {
        struct place_entry *found;
        size_t count;
        status = place_store_search(supply_of(request)->db, &supply_of(request)->catalog, picking->version, picking->unknown[i],
                                    AREA_CHOICES, request->arena, &found, &count, &request->fault);
        for (size_t k = 0; status == STATUS_OK && k < count && area->choice_count < AREA_CHOICES; k++)
            area->choices[area->choice_count++] = found[k];
    }
    return status;
}

/* Buildings that an outage names are told of by every program, which their catalogs have to load. */
static enum status name_buildings(struct request *request, const struct supply_area *area)
{
    struct supply *supply = supply_of(request);
    enum status status = STATUS_OK;

    for (int i = 0; status == STATUS_OK && i < area->place_count; i++) {
        if (!area->is_building[i] || catalog_place(&supply->catalog, area->places[i]) != NULL)
            continue;
        status = place_store_name(supply->db, area->places[i], &request->fault);
        catalog_forget(&supply->catalog);
    }
    return status;
}

static void explain(struct picking *picking, struct inputs *inputs, struct input *input)
{
    struct arena *arena = picking->request->arena;

    inputs_error(inputs, "places", picking->is_too_many ? "outage.verdict.too_many" : "outage.error.place");
    if (picking->is_too_many)
        return;
    input->error = arena_format(arena, "%s %s", input->error, picking->unknown[0]);
    for (size_t i = 0; i < picking->area->choice_count && i < AREA_NAMED_IN_ERROR; i++)
        input->error =
            arena_format(arena, "%s%s%s", input->error, words_find(picking->request->language, i == 0 ? "area.perhaps" : "outage.between"),
                         place_line(&supply_of(picking->request)->catalog, &picking->area->choices[i], arena));
}

static enum status read_area(struct picking *picking, struct inputs *inputs, struct input *input)
{
    struct request *request = picking->request;
    const char *at = input->text, *line;
    const size_t room = strlen(input->text) * 4 + 4096;
    enum status status = household_store_version(supply_of(request)->db, &picking->version, &request->fault);

    text_init(&picking->lines, arena_take(request->arena, room), room);
    while (status == STATUS_OK && (line = next_name(&at, request->arena)) != NULL)
        status = read_line(picking, line);
    if (status == STATUS_OK)
        status = read_boxes(picking, inputs);
    for (size_t i = 0; i < picking->unknown_count; i++)
        add_line(picking, picking->unknown[i]);
    if (status == STATUS_OK)
        status = find_choices(picking);
    input->text = picking->lines.bytes;
    return status;
}

void supply_read_area(struct request *request, struct inputs *inputs, struct supply_area *area)
{
    struct picking picking = {.request = request, .area = area};
    struct input *input = inputs_find(inputs, "places");

    *area = (struct supply_area){.place_count = 0};
    if (input->error != NULL)
        return;
    enum status status = read_area(&picking, inputs, input);
    if (status == STATUS_OK && (picking.unknown_count > 0 || picking.is_too_many))
        explain(&picking, inputs, input);
    else if (status == STATUS_OK && !supply_is_finding(inputs))
        status = name_buildings(request, area);
    if (status != STATUS_OK) {
        log_write(LOG_LEVEL_WARNING, "area_unread request=%s why=\"%s\"", request->id, request->fault.message);
        fault_reset(&request->fault);
        inputs_error(inputs, "places", "outage.error.place");
    }
}

/* ---- the button beside the field */

bool supply_is_finding(const struct inputs *inputs)
{
    for (size_t i = 0; i < inputs->count; i++)
        if (text_is_equal(inputs->items[i].rule->name, "find"))
            return inputs->items[i].number == 1;
    return false;
}

/* Whoever looks for a place has not filled in the rest yet. */
static void forget_errors(struct inputs *inputs, bool keeps_places)
{
    for (size_t i = 0; i < inputs->count; i++) {
        struct input *input = &inputs->items[i];
        if (keeps_places && text_is_equal(input->rule->name, "places"))
            continue;
        inputs->error_count -= input->error != NULL ? 1 : 0;
        input->error = NULL;
    }
}

/* ---- showing */

static const char *households_of(const struct request *request, int64_t households, int64_t phones)
{
    const char *values[] = {arena_format(request->arena, "%lld", (long long)households),
                            arena_format(request->arena, "%lld", (long long)phones)};

    return words_fill(request->arena, request->language, "area.households", values, 2);
}

static enum status show_area(struct view *page, struct request *request, const struct supply_area *area)
{
    struct view *view = view_child(page, "Area");
    const struct household_scope scope = {area->places, (size_t)area->place_count, NULL, 0};
    struct household_counts counts = {0};
    int32_t version = 0;

    view_text(view, "search", "/staff/supply/places/search");
    for (size_t i = 0; i < area->choice_count; i++) {
        const struct place_entry *entry = &area->choices[i];
        struct view *row = view_row(view, "Choices", i);
        view_number(row, "number", (int64_t)i + 1);
        view_number(row, "value", entry->id.v);
        view_text(row, "name", entry->full_name);
        view_text(row, "around", entry->around);
        view_text(row, "households", households_of(request, entry->households, entry->phones));
    }
    if (area->place_count == 0)
        return STATUS_OK;
    enum status status = household_store_version(supply_of(request)->db, &version, &request->fault);
    if (status == STATUS_OK)
        status = household_store_count(supply_of(request)->db, version, &scope, &counts, &request->fault);
    if (status == STATUS_OK)
        view_text(view, "total", households_of(request, counts.households, counts.with_phone));
    return status;
}

enum status supply_show_picker(struct view *page, struct request *request, struct inputs *inputs)
{
    struct supply_area area = {.place_count = 0};

    if (inputs != NULL)
        supply_read_area(request, inputs, &area);
    if (inputs != NULL && supply_is_finding(inputs))
        forget_errors(inputs, area.choice_count == 0);
    return show_area(page, request, &area);
}

/* ---- while somebody types */

enum status supply_get_place_search(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {{"q", INPUT_LINE, true, 1, SEARCH_WORDS_MOST, "area.error.search", NULL}};
    struct supply *supply = supply_of(request);
    struct place_entry *entries;
    struct inputs inputs;
    struct text json;
    int32_t version;
    size_t count = 0;
    enum status status = inputs_read(request, rules, 1, &inputs);

    if (status != STATUS_OK)
        return status;
    if (inputs.error_count > 0)
        return STATUS_INVALID;
    status = household_store_version(supply->db, &version, &request->fault);
    if (status == STATUS_OK)
        status = place_store_search(supply->db, &supply->catalog, version, inputs_text(&inputs, "q"), AREA_CHOICES, request->arena,
                                    &entries, &count, &request->fault);
    if (status != STATUS_OK)
        return status;
    text_init(&json, arena_take(request->arena, JSON_BYTES), JSON_BYTES);
    text_add(&json, "{\"places\":[");
    for (size_t i = 0; i < count; i++) {
        text_add(&json, i > 0 ? ",{" : "{");
        json_string(&json, "line", place_line(&supply->catalog, &entries[i], request->arena));
        text_add(&json, ",");
        json_string(&json, "name", entries[i].full_name);
        text_add(&json, ",");
        json_string(&json, "around", entries[i].around);
        text_add(&json, ",");
        json_string(&json, "words", households_of(request, entries[i].households, entries[i].phones));
        text_add_format(&json, ",\"id\":%d,\"households\":%lld,\"phones\":%lld}", entries[i].id.v, (long long)entries[i].households,
                        (long long)entries[i].phones);
    }
    text_add(&json, "]}\n");
    response->status_code = 200;
    response_body(response, "application/json; charset=utf-8", json.bytes, json.length_bytes);
    return STATUS_OK;
}
