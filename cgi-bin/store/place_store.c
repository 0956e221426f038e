#include "store/place_store.h"

#include <assert.h>
#include <string.h>

#include "core/gram.h"

enum { IDS_ROOM = PLACE_SEARCH_MOST };

static struct place_entry entry_of(const struct db_row *row, struct arena *arena)
{
    const bool is_building = db_row_integer(row, 2) == PLACE_BUILDING;
    const char *name = db_row_text(row, 3), *parent = db_row_text(row, 9);

    return (struct place_entry){
        .id = {(int32_t)db_row_integer(row, 0)},
        .parent = {(int32_t)db_row_integer(row, 1)},
        .kind = (enum place_kind)db_row_integer(row, 2),
        .name = name,
        .full_name = is_building ? arena_format(arena, "%s%s", parent, name) : name,
        .around = is_building ? db_row_text(row, 10) : parent,
        .zone = (enum zone)db_row_integer(row, 4),
        .is_retired = db_row_integer(row, 5) != 0,
        .is_kept = db_row_integer(row, 6) != 0,
        .version = (int32_t)db_row_integer(row, 7),
        .households = db_row_integer(row, 11),
        .phones = db_row_integer(row, 12),
    };
}

/* ---- finding */

struct found {
    struct place_entry *entries;
    size_t count, room;
    struct arena *arena;
};

static bool has(const struct found *found, struct place_id id)
{
    for (size_t i = 0; i < found->count; i++)
        if (found->entries[i].id.v == id.v)
            return true;
    return false;
}

static enum status take(struct db *db, enum statement statement, const struct db_value *values, size_t value_count,
                        struct found *found, struct fault *fault)
{
    struct db_row *rows;
    size_t count;
    const enum status status = db_query(db, statement, values, value_count, found->arena, &rows, &count, fault);

    for (size_t i = 0; status == STATUS_OK && i < count && found->count < found->room; i++) {
        const struct place_entry entry = entry_of(&rows[i], found->arena);
        if (!has(found, entry.id))
            found->entries[found->count++] = entry;
    }
    return status;
}

/* How well a name fits: the whole of it, its beginning, anywhere. */
static int fit(const char *name, const char *words)
{
    const char *at = strstr(name, words);

    if (at == NULL)
        return -1;
    return at != name ? 2 : name[strlen(words)] == '\0' ? 0 : 1;
}

/* Without white space between: a community and a building are often written apart. */
static char *without_blanks(const char *words, struct arena *arena)
{
    char *compact = arena_copy_text(arena, words), *to = compact;

    for (const char *at = compact; *at != '\0'; at++)
        if (*at != ' ')
            *to++ = *at;
    *to = '\0';
    return compact;
}

/* The places of the catalog that fit, best first; figures come with the rows. */
static enum status take_from_catalog(struct db *db, const struct catalog *catalog, int32_t version, const char *words,
                                     struct found *found, struct fault *fault)
{
    struct db_value values[1 + IDS_ROOM];
    int32_t ids[IDS_ROOM];
    size_t count = 0;

    for (int wanted = 0; wanted <= 2; wanted++)
        for (size_t i = 0; i < catalog->offered_count && count < found->room; i++)
            if (catalog->places[i].kind != PLACE_BUILDING && fit(catalog->places[i].name, words) == wanted)
                ids[count++] = catalog->places[i].id.v;
    if (count == 0)
        return STATUS_OK;
    values[0] = db_integer(version);
    for (size_t i = 0; i < IDS_ROOM; i++)
        values[1 + i] = db_integer(i < count ? ids[i] : 0);
    struct found unordered = {arena_take_array(found->arena, found->room, sizeof *found->entries), 0, found->room, found->arena};
    const enum status status = take(db, PLACE_LIST_BY_IDS, values, 1 + IDS_ROOM, &unordered, fault);
    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        for (size_t k = 0; k < unordered.count; k++)
            if (unordered.entries[k].id.v == ids[i])
                found->entries[found->count++] = unordered.entries[k];
    return status;
}

/* The longest name of a community or road that the words hold, with something after it. */
static const struct place *named_in(const struct catalog *catalog, const char *words, const char **rest)
{
    const struct place *best = NULL;
    size_t best_length = 0;

    for (size_t i = 0; i < catalog->offered_count; i++) {
        const struct place *place = &catalog->places[i];
        const size_t length = strlen(place->name);
        const char *at = place->kind == PLACE_BUILDING ? NULL : strstr(words, place->name);
        if (at == NULL || at[length] == '\0' || length <= best_length)
            continue;
        best = place;
        best_length = length;
        *rest = at + length;
    }
    return best;
}

/* Buildings by a part of their own name. */
static enum status take_by_grams(struct db *db, int32_t version, const char *words, struct found *found, struct fault *fault)
{
    struct grams grams;

    grams_init(&grams);
    grams_add_text(&grams, words);
    grams_finish(&grams);
    if (grams.count == 0)
        return STATUS_OK;
    const struct db_value values[] = {db_integer(version), db_integer(grams.items[0]), db_integer(grams.items[grams.count - 1]),
                                      db_text(words), db_integer((int64_t)found->room)};
    return take(db, PLACE_SEARCH_BY_GRAMS, values, 5, found, fault);
}

enum status place_store_search(struct db *db, const struct catalog *catalog, int32_t version, const char *words, int limit,
                               struct arena *arena, struct place_entry **entries, size_t *count, struct fault *fault)
{
    char *typed = arena_copy_text(arena, words);
    const char *rest = "";

    assert(limit <= PLACE_SEARCH_MOST);
    text_narrow(typed);
    const char *compact = without_blanks(typed, arena);
    struct found found = {arena_take_array(arena, (size_t)limit, sizeof **entries), 0, (size_t)limit, arena};
    enum status status = STATUS_OK;
    if (text_count_characters(compact) >= 2) {
        status = take_from_catalog(db, catalog, version, compact, &found, fault);
        const struct place *outer = named_in(catalog, compact, &rest);
        if (status == STATUS_OK && outer != NULL) {
            const struct db_value values[] = {db_integer(version), db_integer(outer->id.v), db_text(rest), db_integer(limit)};
            status = take(db, PLACE_SEARCH_BELOW, values, 4, &found, fault);
        }
        if (status == STATUS_OK && found.count < found.room)
            status = take_by_grams(db, version, compact, &found, fault);
    }
    *entries = found.entries;
    *count = status == STATUS_OK ? found.count : 0;
    return status;
}

/* ---- one line, one place */

static const struct place *district_of(const struct catalog *catalog, const struct place *place)
{
    return place->kind == PLACE_DISTRICT ? NULL : catalog_place(catalog, place->parent);
}

/* Whether `line` is the place's name, with or without its district before it; rest: what follows. */
static bool begins_with(const struct catalog *catalog, const struct place *place, const char *line, bool with_district,
                        const char **rest)
{
    const struct place *district = with_district ? district_of(catalog, place) : NULL;

    if (with_district && district == NULL)
        return false;
    if (district != NULL) {
        if (strncmp(line, district->name, strlen(district->name)) != 0)
            return false;
        line += strlen(district->name);
    }
    *rest = line + strlen(place->name);
    return strncmp(line, place->name, strlen(place->name)) == 0;
}

static enum status find_below(struct db *db, int32_t version, const struct place *outer, const char *name, struct found *found,
                              struct fault *fault)
{
    const struct db_value values[] = {db_integer(version), db_integer(outer->id.v), db_text(name)};

    return take(db, PLACE_FIND_BELOW, values, 3, found, fault);
}

enum status place_store_resolve(struct db *db, const struct catalog *catalog, int32_t version, const char *line, struct arena *arena,
                                struct place_entry *entry, struct fault *fault)
{
    char *typed = arena_copy_text(arena, line);
    struct place_entry room[2];
    enum status status = STATUS_OK;

    text_narrow(typed);
    const char *compact = without_blanks(typed, arena);
    struct found found = {room, 0, 2, arena};
    for (int with_district = 0; status == STATUS_OK && with_district <= 1 && found.count == 0; with_district++)
        for (size_t i = 0; status == STATUS_OK && i < catalog->offered_count && found.count < 2; i++) {
            const struct place *place = &catalog->places[i];
            const struct db_value whole[] = {db_integer(version), db_integer(place->id.v)};
            const char *rest;
            if (place->kind == PLACE_BUILDING || !begins_with(catalog, place, compact, with_district == 1, &rest))
                continue;
            status = rest[0] == '\0' ? take(db, PLACE_LOAD_BY_ID, whole, 2, &found, fault)
                                     : find_below(db, version, place, rest, &found, fault);
        }
    if (status == STATUS_OK && found.count != 1)
        return STATUS_ABSENT;
    if (status == STATUS_OK)
        *entry = found.entries[0];
    return status;
}

/* How many places that are offered have this very name. */
static int namesakes(const struct catalog *catalog, const char *name)
{
    int count = 0;

    for (size_t i = 0; i < catalog->offered_count; i++)
        count += catalog->places[i].kind != PLACE_BUILDING && text_is_equal(catalog->places[i].name, name);
    return count;
}

const char *place_line(const struct catalog *catalog, const struct place_entry *entry, struct arena *arena)
{
    const struct place *outer = entry->kind == PLACE_BUILDING ? catalog_place(catalog, entry->parent) : NULL;
    const char *name = outer != NULL ? outer->name : entry->name;

    if (namesakes(catalog, name) > 1)
        return arena_format(arena, "%s%s", entry->around, entry->full_name);
    return entry->full_name;
}

/* ---- reading */

enum status place_store_load(struct db *db, int32_t version, struct place_id id, struct arena *arena, struct place_entry *entry,
                             struct fault *fault)
{
    const struct db_value values[] = {db_integer(version), db_integer(id.v)};
    struct db_row row;
    const enum status status = db_query_one(db, PLACE_LOAD_BY_ID, values, 2, arena, &row, fault);

    if (status == STATUS_OK)
        *entry = entry_of(&row, arena);
    return status;
}

enum status place_store_below(struct db *db, int32_t version, struct place_id parent, int limit, struct arena *arena,
                              struct place_entry **entries, size_t *count, struct fault *fault)
{
    const struct db_value values[] = {db_integer(version), db_integer(parent.v), db_integer(limit)};
    struct found found = {arena_take_array(arena, (size_t)limit, sizeof **entries), 0, (size_t)limit, arena};
    const enum status status = take(db, PLACE_LIST_BY_PARENT, values, 3, &found, fault);

    *entries = found.entries;
    *count = found.count;
    return status;
}

static enum status name_work(struct db *db, void *context, struct fault *fault)
{
    const struct db_value id = db_integer(((const struct place_id *)context)->v);
    int64_t affected = 0;
    const enum status status = db_run(db, PLACE_NAME_IN_CATALOG, &id, 1, &affected, NULL, fault);

    return status == STATUS_OK && affected > 0 ? db_run(db, CATALOG_VERSION_RAISE, NULL, 0, NULL, NULL, fault) : status;
}

enum status place_store_name(struct db *db, struct place_id id, struct fault *fault)
{
    return db_transact(db, name_work, &id, fault);
}

/* ---- master meters */

static struct meter_entry meter_of(const struct db_row *row)
{
    return (struct meter_entry){(int32_t)db_row_integer(row, 0), db_row_text(row, 1), db_row_text(row, 2),
                                {(int32_t)db_row_integer(row, 3)}, db_row_integer(row, 4) != 0, (int32_t)db_row_integer(row, 5),
                                db_row_integer(row, 6)};
}

static enum status find_meter(struct db *db, enum statement statement, const struct db_value values[2], struct arena *arena,
                              struct meter_entry *meter, struct fault *fault)
{
    struct db_row row;
    const enum status status = db_query_one(db, statement, values, 2, arena, &row, fault);

    if (status == STATUS_OK)
        *meter = meter_of(&row);
    return status;
}

enum status meter_store_load(struct db *db, int32_t version, int32_t id, struct arena *arena, struct meter_entry *meter,
                             struct fault *fault)
{
    const struct db_value values[] = {db_integer(version), db_integer(id)};

    return find_meter(db, METER_LOAD_BY_ID, values, arena, meter, fault);
}

enum status meter_store_find(struct db *db, int32_t version, const char *code, struct arena *arena, struct meter_entry *meter,
                             struct fault *fault)
{
    const struct db_value values[] = {db_integer(version), db_text(code)};

    return find_meter(db, METER_FIND_BY_CODE, values, arena, meter, fault);
}

enum status meter_store_list(struct db *db, int32_t version, struct place_id place, int limit, struct arena *arena,
                             struct meter_entry **meters, size_t *count, struct fault *fault)
{
    const struct db_value values[] = {db_integer(version), db_integer(place.v), db_integer(limit)};
    struct db_row *rows;
    const enum status status = db_query(db, METER_LIST_BY_PLACE, values, 3, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *meters = arena_take_array(arena, *count, sizeof **meters);
    for (size_t i = 0; i < *count; i++)
        (*meters)[i] = meter_of(&rows[i]);
    return STATUS_OK;
}
