#include "store/import_places.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "core/gram.h"

enum {
    SLOTS_LEAST = 4096,
    NAMES_BYTES_MAX = 256 * 1024 * 1024,
    GRAMS_MANY = 32, /* rows of one statement */
    FIGURES_MANY = 64,
    FIGURE_VALUES = 4,
};

static void *grow(void *old, size_t count, size_t size_bytes)
{
    void *more = reallocarray(old, count, size_bytes);

    if (more == NULL)
        log_die("no memory for an import");
    return more;
}

/* ---- places */

void import_places_init(struct import_places *places)
{
    *places = (struct import_places){.count = 0};
    arena_init(&places->names, NAMES_BYTES_MAX);
    places->slot_count = SLOTS_LEAST;
    places->slots = calloc(places->slot_count, sizeof *places->slots);
    if (places->slots == NULL)
        log_die("no memory for an import's places");
}

void import_places_release(struct import_places *places)
{
    free(places->items);
    free(places->slots);
    arena_release(&places->names);
    *places = (struct import_places){.count = 0};
}

/* FNV-1a; names are a colleague's, and a bad spread costs time only. */
static size_t spread(int32_t parent, int kind, const char *name)
{
    uint64_t hash = UINT64_C(14695981039346656037);

    hash = (hash ^ (uint32_t)parent) * UINT64_C(1099511628211);
    hash = (hash ^ (uint32_t)kind) * UINT64_C(1099511628211);
    for (; *name != '\0'; name++)
        hash = (hash ^ (uint8_t)*name) * UINT64_C(1099511628211);
    return (size_t)(hash ^ (hash >> 29));
}

/* The slot of this name: its item's, or a free one. */
static size_t find_slot(const struct import_places *places, int32_t parent, int kind, const char *name)
{
    size_t slot = spread(parent, kind, name) & (places->slot_count - 1);

    for (; places->slots[slot] != 0; slot = (slot + 1) & (places->slot_count - 1)) {
        const struct import_place *item = &places->items[places->slots[slot] - 1];
        if (item->parent == parent && item->kind == kind && text_is_equal(item->name, name))
            break;
    }
    return slot;
}

static void spread_again(struct import_places *places)
{
    places->slot_count *= 2;
    places->slots = grow(places->slots, places->slot_count, sizeof *places->slots);
    memset(places->slots, 0, places->slot_count * sizeof *places->slots);
    for (size_t i = 0; i < places->count; i++) {
        const struct import_place *item = &places->items[i];
        places->slots[find_slot(places, item->parent, item->kind, item->name)] = (int32_t)i + 1;
    }
}

int32_t import_places_take(struct import_places *places, int32_t parent, int kind, const char *name)
{
    size_t slot = find_slot(places, parent, kind, name);

    if (places->slots[slot] != 0)
        return places->slots[slot] - 1;
    if (places->count == places->room) {
        places->room = places->room == 0 ? 1024 : places->room * 2;
        places->items = grow(places->items, places->room, sizeof *places->items);
    }
    const int32_t index = (int32_t)places->count++;
    places->items[index] = (struct import_place){.parent = parent,
                                                 .kind = (uint8_t)kind,
                                                 .zone = parent >= 0 ? places->items[parent].zone : 0,
                                                 .name = arena_copy_text(&places->names, name),
                                                 .label = ""};
    places->slots[slot] = index + 1;
    if (places->count * 10 > places->slot_count * 7)
        spread_again(places);
    return index;
}


/* Rows come with their parents before them; above buildings there are few. */
static int32_t index_of(const struct import_places *places, int32_t id)
{
    for (size_t i = 0; id != 0 && i < places->count && places->items[i].kind < IMPORT_KIND_BUILDING; i++)
        if (places->items[i].id == id)
            return (int32_t)i;
    return -1;
}

static enum status load_place(void *context, const struct db_row *row, struct fault *fault)
{
    struct import_places *places = context;
    const int32_t parent = index_of(places, (int32_t)db_row_integer(row, 1));
    const int32_t index = import_places_take(places, parent, (int)db_row_integer(row, 2), db_row_text(row, 3));

    (void)fault;
    if (places->items[index].id == 0) { /* of two with one name the first */
        places->items[index].id = (int32_t)db_row_integer(row, 0);
        places->items[index].zone = (uint8_t)db_row_integer(row, 4);
    }
    return STATUS_OK;
}

static enum status load_meter(void *context, const struct db_row *row, struct fault *fault)
{
    struct import_places *places = context;

    (void)fault;
    places->items[import_places_take(places, -1, IMPORT_KIND_METER, db_row_text(row, 1))].id = (int32_t)db_row_integer(row, 0);
    return STATUS_OK;
}

enum status import_places_load(struct import_places *places, struct db *db, struct fault *fault)
{
    enum status status = db_stream(db, PLACE_LIST_FOR_IMPORT, NULL, 0, load_place, places, fault);

    if (status == STATUS_OK)
        status = db_stream(db, METER_LIST_FOR_IMPORT, NULL, 0, load_meter, places, fault);
    places->written = places->count;
    return status;
}

/* Grams that wait for a full statement. */
struct gram_batch {
    struct db_value values[2 * GRAMS_MANY];
    size_t count;
};

static enum status write_grams(struct gram_batch *batch, struct db *db, bool is_last, struct fault *fault)
{
    enum status status = STATUS_OK;

    if (batch->count == GRAMS_MANY) {
        status = db_run(db, PLACE_GRAM_INSERT_MANY, batch->values, sizeof batch->values / sizeof batch->values[0], NULL, NULL, fault);
        batch->count = 0;
    }
    for (size_t i = 0; status == STATUS_OK && is_last && i < batch->count; i++)
        status = db_run(db, PLACE_GRAM_INSERT_ONE, &batch->values[2 * i], 2, NULL, NULL, fault);
    return status;
}

static enum status add_grams(struct gram_batch *batch, struct db *db, const struct import_place *item, struct fault *fault)
{
    struct grams grams;
    enum status status = STATUS_OK;

    grams_init(&grams);
    grams_add_text(&grams, item->name);
    grams_finish(&grams);
    for (size_t i = 0; status == STATUS_OK && i < grams.count; i++) {
        batch->values[2 * batch->count] = db_integer(grams.items[i]);
        batch->values[2 * batch->count + 1] = db_integer(item->id);
        batch->count++;
        status = write_grams(batch, db, false, fault);
    }
    return status;
}

/* One place; it may be there from a try whose outcome nobody learned, or from somebody at a page. */
static enum status write_place(struct import_places *places, struct import_place *item, struct db *db, int32_t import,
                               struct gram_batch *grams, struct fault *fault)
{
    const int32_t parent = item->parent >= 0 ? places->items[item->parent].id : 0;
    const struct db_value values[] = {db_integer(parent),     db_integer(item->kind), db_text(item->name),
                                      db_integer(item->zone), db_text(item->name),    db_integer(import),
                                      db_integer(item->kind == IMPORT_KIND_BUILDING ? 0 : 1)};
    int64_t id = 0;
    enum status status = db_run(db, PLACE_STAGE, values, 7, NULL, &id, fault);

    if (status == STATUS_DUPLICATE) {
        const struct db_value key[] = {values[0], values[1], values[4]};
        struct arena arena;
        struct db_row row;
        fault_reset(fault);
        arena_init(&arena, (size_t)16 * 1024);
        status = db_query_one(db, PLACE_FIND_BY_FILE, key, 3, &arena, &row, fault);
        id = status == STATUS_OK ? db_row_integer(&row, 0) : 0;
        arena_release(&arena);
    }
    item->id = (int32_t)id;
    return status == STATUS_OK ? add_grams(grams, db, item, fault) : status;
}

static enum status write_meter(struct import_places *places, struct import_place *item, struct db *db, int32_t import,
                               struct fault *fault)
{
    const struct db_value values[] = {db_text(item->name), db_text(item->label), db_integer(places->items[item->place].id), db_integer(import)};
    int64_t id = 0;
    enum status status = db_run(db, METER_STAGE, values, 4, NULL, &id, fault);

    if (status == STATUS_DUPLICATE) {
        struct arena arena;
        struct db_row row;
        fault_reset(fault);
        arena_init(&arena, (size_t)16 * 1024);
        status = db_query_one(db, METER_FIND_BY_FILE, values, 1, &arena, &row, fault);
        id = status == STATUS_OK ? db_row_integer(&row, 0) : 0;
        arena_release(&arena);
    }
    item->id = (int32_t)id;
    return status;
}

enum status import_places_write(struct import_places *places, struct db *db, int32_t import, struct fault *fault)
{
    struct gram_batch grams = {.count = 0};
    enum status status = STATUS_OK;

    for (size_t i = places->written; status == STATUS_OK && i < places->count; i++) {
        struct import_place *item = &places->items[i];
        if (item->kind == IMPORT_KIND_METER)
            status = write_meter(places, item, db, import, fault);
        else
            status = write_place(places, item, db, import, &grams, fault);
    }
    return status == STATUS_OK ? write_grams(&grams, db, true, fault) : status;
}

/* Parents stand before their children, so that one way from the end adds everything up. */
static void sum(struct import_places *places)
{
    for (size_t i = places->count; i-- > 0;) {
        const struct import_place *item = &places->items[i];
        if (item->kind == IMPORT_KIND_METER || item->parent < 0)
            continue;
        places->items[item->parent].households += item->households;
        places->items[item->parent].phones += item->phones;
    }
}

enum status import_places_write_figures(struct import_places *places, struct db *db, int32_t version, struct fault *fault)
{
    struct db_value values[FIGURES_MANY * FIGURE_VALUES];
    enum status status = STATUS_OK;
    size_t rows = 0;

    sum(places);
    for (size_t i = 0; status == STATUS_OK && i < places->count; i++) {
        const struct import_place *item = &places->items[i];
        if (item->kind == IMPORT_KIND_METER || item->households == 0)
            continue;
        struct db_value *row = values + rows++ * FIGURE_VALUES;
        row[0] = db_integer(version);
        row[1] = db_integer(item->id);
        row[2] = db_integer(item->households);
        row[3] = db_integer(item->phones);
        if (rows < FIGURES_MANY)
            continue;
        status = db_run(db, FIGURE_INSERT_MANY, values, FIGURES_MANY * FIGURE_VALUES, NULL, NULL, fault);
        rows = 0;
    }
    for (size_t i = 0; status == STATUS_OK && i < rows; i++)
        status = db_run(db, FIGURE_INSERT_ONE, values + i * FIGURE_VALUES, FIGURE_VALUES, NULL, NULL, fault);
    return status;
}

/* ---- accounts */

void import_accounts_release(struct import_accounts *accounts)
{
    free(accounts->hashes);
    free(accounts->lines);
    *accounts = (struct import_accounts){.count = 0};
}

static size_t account_slot(const struct import_accounts *accounts, uint64_t hash)
{
    size_t slot = (size_t)hash & (accounts->slot_count - 1);

    while (accounts->lines[slot] != 0 && accounts->hashes[slot] != hash)
        slot = (slot + 1) & (accounts->slot_count - 1);
    return slot;
}

static void grow_accounts(struct import_accounts *accounts)
{
    struct import_accounts more = {.count = accounts->count, .slot_count = accounts->slot_count == 0 ? 65536 : accounts->slot_count * 2};

    more.hashes = grow(NULL, more.slot_count, sizeof *more.hashes);
    more.lines = calloc(more.slot_count, sizeof *more.lines);
    if (more.lines == NULL)
        log_die("no memory for an import's accounts");
    for (size_t i = 0; i < accounts->slot_count; i++) {
        if (accounts->lines[i] == 0)
            continue;
        const size_t slot = account_slot(&more, accounts->hashes[i]);
        more.hashes[slot] = accounts->hashes[i];
        more.lines[slot] = accounts->lines[i];
    }
    import_accounts_release(accounts);
    *accounts = more;
}

int32_t import_accounts_take(struct import_accounts *accounts, const struct hash *hash, int32_t line)
{
    uint64_t short_hash;

    assert(line > 0);
    if (accounts->count * 10 >= accounts->slot_count * 8)
        grow_accounts(accounts);
    memcpy(&short_hash, hash->bytes, sizeof short_hash);
    const size_t slot = account_slot(accounts, short_hash);
    if (accounts->lines[slot] != 0)
        return accounts->lines[slot];
    accounts->hashes[slot] = short_hash;
    accounts->lines[slot] = line;
    accounts->count++;
    return 0;
}
