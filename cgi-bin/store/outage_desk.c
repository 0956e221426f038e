#include "store/outage_desk.h"

#include "store/clock_row.h"
#include "store/outage_area.h"
#include "store/photo_store.h"

enum { PLACES_OF_ROWS_MAX = OUTAGE_ROWS_MAX * OUTAGE_PLACES_MAX, PHOTO_TRIES = 5 };

/* ---- lists */

/* A moment that is stored as "never" where there is none. */
static struct instant unless_never(struct instant at)
{
    return instant_is_equal(at, instant_or_never(INSTANT_NONE)) ? INSTANT_NONE : at;
}

static void read_row(const struct db_row *found, struct outage_row *row)
{
    *row = (struct outage_row){
        .id = {db_row_integer(found, 0)},
        .kind = (enum outage_kind)db_row_integer(found, 1),
        .state = (enum outage_state)db_row_integer(found, 2),
        .unit = {(int32_t)db_row_integer(found, 3)},
        .cause = (int)db_row_integer(found, 4),
        .is_pressure = db_row_integer(found, 5) != 0,
        .is_large = db_row_integer(found, 6) != 0,
        .is_unapproved = db_row_integer(found, 7) != 0,
        .approver = (enum outage_approver)db_row_integer(found, 8),
        .applicant = {(int32_t)db_row_integer(found, 9)},
        .assistant = {(int32_t)db_row_integer(found, 10)},
        .steps = (uint32_t)db_row_integer(found, 11),
        .planned_start_at = db_row_instant(found, 12),
        .start_at = db_row_instant(found, 13),
        .expected_end_at = unless_never(db_row_instant(found, 14)),
        .ended_at = unless_never(db_row_instant(found, 15)),
        .area_words = db_row_text(found, 16),
    };
}

/* places: of all the rows, by outage */
static void take_places(struct outage_row *row, const struct db_row *places, size_t count, struct arena *arena)
{
    size_t first = 0, end;

    while (first < count && db_row_integer(&places[first], 0) != row->id.v)
        first++;
    for (end = first; end < count && db_row_integer(&places[end], 0) == row->id.v; end++)
        row->place_count++;
    row->places = arena_take_array(arena, row->place_count + 1, sizeof *row->places);
    for (size_t i = 0; i < row->place_count; i++)
        row->places[i].v = (int32_t)db_row_integer(&places[first + i], 1);
}

/* list, places: take the same values */
static enum status load_rows(struct db *db, const enum statement statements[2], const struct db_value *values, size_t value_count,
                             struct arena *arena, struct outage_row **rows, size_t *count, struct fault *fault)
{
    struct db_row *found, *places;
    size_t place_count;
    enum status status = db_query(db, statements[0], values, value_count, arena, &found, count, fault);

    if (status == STATUS_OK)
        status = db_query(db, statements[1], values, value_count, arena, &places, &place_count, fault);
    if (status != STATUS_OK)
        return status;
    *rows = arena_take_array(arena, *count + 1, sizeof **rows);
    for (size_t i = 0; i < *count; i++) {
        read_row(&found[i], &(*rows)[i]);
        take_places(&(*rows)[i], places, place_count, arena);
    }
    return STATUS_OK;
}

enum status outage_desk_open(struct db *db, struct arena *arena, struct outage_row **rows, size_t *count, struct fault *fault)
{
    static const enum statement statements[2] = {OUTAGE_DESK_OPEN, OUTAGE_DESK_OPEN_PLACES};
    const struct db_value values[] = {db_instant(instant_or_never(INSTANT_NONE)), db_integer(OUTAGE_ROWS_MAX)};

    return load_rows(db, statements, values, 2, arena, rows, count, fault);
}

enum status outage_desk_ended(struct db *db, struct instant before, struct outage_id before_id, int most, struct arena *arena,
                              struct outage_row **rows, size_t *count, struct fault *fault)
{
    static const enum statement statements[2] = {OUTAGE_DESK_ENDED, OUTAGE_DESK_ENDED_PLACES};
    const struct db_value values[] = {db_instant(before), db_instant(before), db_integer(before_id.v), db_integer(most)};

    return load_rows(db, statements, values, 4, arena, rows, count, fault);
}

void outage_row_unfold(const struct outage_row *row, struct outage *outage)
{
    outage_init(outage, row->id);
    outage->kind = row->kind;
    outage->state = row->state;
    outage->unit = row->unit;
    outage->cause = row->cause;
    outage->is_pressure = row->is_pressure;
    outage->is_large = row->is_large;
    outage->is_unapproved = row->is_unapproved;
    outage->approver = row->approver;
    outage->applicant = row->applicant;
    outage->assistant = row->assistant;
    outage->steps = row->steps;
    outage->planned_start_at = row->planned_start_at;
    if (row->state == OUTAGE_PUBLISHED || row->state == OUTAGE_RESTORED)
        outage->started_at = row->start_at;
    outage->expected_end_at = row->expected_end_at;
    outage->ended_at = row->ended_at;
}

/* ---- the same place and time */

static bool is_time_shared(const struct outage_row *row, const struct outage *outage)
{
    const bool is_before = instant_is_set(row->expected_end_at) &&
                           !instant_is_before(outage_start_at(outage), row->expected_end_at);
    const bool is_after = instant_is_set(outage->expected_end_at) &&
                          !instant_is_before(row->start_at, outage->expected_end_at);

    return !is_before && !is_after;
}

static bool is_place_shared(const struct outage_row *row, const struct catalog *catalog, const struct outage *outage)
{
    for (size_t i = 0; i < row->place_count; i++)
        for (int k = 0; k < outage->place_count; k++)
            if (area_is_within(catalog, row->places[i], outage->places[k]) ||
                area_is_within(catalog, outage->places[k], row->places[i]))
                return true;
    return false;
}

bool outage_row_meets(const struct outage_row *row, const struct catalog *catalog, const struct outage *outage,
                      const char *area_words)
{
    if (row->id.v == outage->id.v || !is_time_shared(row, outage))
        return false;
    return is_place_shared(row, catalog, outage) || (area_words[0] != '\0' && text_is_equal(area_words, row->area_words));
}

/* ---- people */

enum status outage_desk_people(struct db *db, struct unit_id unit, struct arena *arena, struct outage_person **people,
                               size_t *count, struct fault *fault)
{
    const struct db_value value = db_integer(unit.v);
    struct db_row *rows;
    const enum status status = db_query(db, OUTAGE_PEOPLE_BY_UNIT, &value, 1, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *people = arena_take_array(arena, *count + 1, sizeof **people);
    for (size_t i = 0; i < *count; i++)
        (*people)[i] = (struct outage_person){{(int32_t)db_row_integer(&rows[i], 0)}, db_row_text(&rows[i], 1)};
    return STATUS_OK;
}

/* ---- photos */

enum status outage_photo_list(struct db *db, struct outage_id outage, struct arena *arena, struct outage_photo **photos,
                              size_t *count, struct fault *fault)
{
    const struct db_value value = db_integer(outage.v);
    struct db_row *rows;
    const enum status status = db_query(db, OUTAGE_PHOTO_LIST, &value, 1, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *photos = arena_take_array(arena, *count + 1, sizeof **photos);
    for (size_t i = 0; i < *count; i++)
        (*photos)[i] = (struct outage_photo){
            .no = (int)db_row_integer(&rows[i], 0),
            .width = (int)db_row_integer(&rows[i], 1),
            .height = (int)db_row_integer(&rows[i], 2),
            .created_at = db_row_instant(&rows[i], 3),
            .added_by = db_row_text(&rows[i], 4),
        };
    return STATUS_OK;
}

enum status outage_photo_load(struct db *db, struct outage_id outage, int no, struct arena *arena, struct photo *photo,
                              struct fault *fault)
{
    const struct db_value values[] = {db_integer(outage.v), db_integer(no)};

    return photo_store_load_one(db, OUTAGE_PHOTO_LOAD, values, arena, photo, fault);
}

struct adding {
    struct outage_id outage;
    const struct photo *photo;
    struct staff_id by;
    struct instant now;
    int64_t no;
};

static enum status add_work(struct db *db, void *context, struct fault *fault)
{
    const struct adding *adding = context;
    int64_t id = 0;
    const enum status status = photo_store_insert_body(db, adding->photo, adding->now, &id, fault);

    if (status != STATUS_OK)
        return status;
    const struct db_value values[] = {db_integer(id), db_integer(adding->outage.v), db_integer(adding->no),
                                      db_integer(adding->by.v), db_instant(adding->now)};
    return db_run(db, OUTAGE_PHOTO_INSERT, values, 5, NULL, NULL, fault);
}

/* How many there are, and whether this picture is among them. */
static enum status count_photos(struct db *db, const struct adding *adding, int64_t *last, bool *is_there, struct fault *fault)
{
    const struct db_value values[] = {db_bytes(adding->photo->hash.bytes, HASH_BYTES), db_integer(adding->outage.v)};
    struct arena arena;
    struct db_row row;

    arena_init(&arena, (size_t)16 * 1024);
    const enum status status = db_query_one(db, OUTAGE_PHOTO_COUNT, values, 2, &arena, &row, fault);
    if (status == STATUS_OK) {
        *last = db_row_integer(&row, 0);
        *is_there = db_row_integer(&row, 1) > 0;
    }
    arena_release(&arena);
    return status;
}

/* Of two who add at the same time one finds the number taken, and looks again. */
enum status outage_photo_add(struct db *db, struct outage_id outage, const struct photo *photo, struct staff_id by,
                             struct instant now, struct fault *fault)
{
    struct adding adding = {outage, photo, by, now, 0};
    enum status status = STATUS_DUPLICATE;

    for (int tries = 0; tries < PHOTO_TRIES && status == STATUS_DUPLICATE; tries++) {
        int64_t last = 0;
        bool is_there = false;
        struct fault inner = {0};
        status = count_photos(db, &adding, &last, &is_there, fault);
        if (status != STATUS_OK || is_there)
            return status;
        if (last >= PHOTOS_PER_OUTAGE)
            return STATUS_REFUSED;
        adding.no = last + 1;
        status = db_transact(db, add_work, &adding, &inner);
        if (status != STATUS_OK && status != STATUS_DUPLICATE && fault != NULL)
            *fault = inner;
    }
    return status == STATUS_DUPLICATE ? STATUS_CONFLICT : status;
}
