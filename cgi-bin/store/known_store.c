#include "store/known_store.h"

/* As many as KNOWN_REPORT_LIST asks for. */
enum { PLACES_MOST = 24, KIND_DISTRICT = 1 };

_Static_assert(TICKET_REPORTED == 1 && TICKET_DISPATCHED == 2 && TICKET_OBJECTED == 3 && TICKET_ACCEPTED == 4 &&
                   TICKET_MERGED == 8,
               "statements_public.def names these");

/* The place, what it lies in and what lies in it, filled up with the place itself. */
static void places_near(const struct catalog *catalog, const struct place *place, struct db_value values[PLACES_MOST])
{
    const bool is_place = place != NULL && place->kind != KIND_DISTRICT;
    size_t count = 0;

    values[count++] = db_integer(is_place ? place->id.v : 0);
    for (size_t i = 0; is_place && i < catalog->place_count && count < PLACES_MOST; i++) {
        const struct place *other = &catalog->places[i];
        const bool is_around = other->id.v == place->parent.v && other->kind != KIND_DISTRICT;
        if (is_around || other->parent.v == place->id.v)
            values[count++] = db_integer(other->id.v);
    }
    while (count < PLACES_MOST)
        values[count++] = values[0];
}

static void read_report(struct known_report *report, const struct db_row *row, const struct catalog *catalog)
{
    struct text number;

    *report = (struct known_report){
        .id = {db_row_integer(row, 0)},
        .category = category_find(catalog->regulation.categories, catalog->regulation.category_count,
                                  (struct category_id){(int32_t)db_row_integer(row, 2)}),
        .state = (enum ticket_state)db_row_integer(row, 3),
        .reported_at = db_row_instant(row, 4),
    };
    text_init(&number, report->number, sizeof report->number);
    text_add(&number, db_row_text(row, 1));
}

enum status known_store_list(struct db *db, const struct catalog *catalog, const struct place *place, const char *place_text,
                             struct instant now, struct arena *arena, struct known_report **reports, size_t *count,
                             struct fault *fault)
{
    struct db_value values[PLACES_MOST + 2];
    struct db_row *rows;

    *count = 0;
    places_near(catalog, place, values);
    values[PLACES_MOST] = db_text(place_text);
    values[PLACES_MOST + 1] = db_instant(instant_add_seconds(now, -(int64_t)KNOWN_SECONDS));
    const enum status status = db_query(db, KNOWN_REPORT_LIST, values, PLACES_MOST + 2, arena, &rows, count, fault);
    if (status != STATUS_OK)
        return status;
    *reports = arena_take_array(arena, *count + 1, sizeof **reports);
    for (size_t i = 0; i < *count; i++)
        read_report(&(*reports)[i], &rows[i], catalog);
    return STATUS_OK;
}

enum status follower_store_add(struct db *db, const struct hash *link_hash, struct ticket_id ticket, struct instant now,
                               struct fault *fault)
{
    const struct db_value values[] = {db_bytes(link_hash->bytes, HASH_BYTES), db_integer(ticket.v), db_instant(now)};

    return db_run(db, FOLLOWER_INSERT, values, 3, NULL, NULL, fault);
}

enum status follower_store_find(struct db *db, const struct hash *link_hash, struct arena *arena, const char **number,
                                struct fault *fault)
{
    const struct db_value value = db_bytes(link_hash->bytes, HASH_BYTES);
    struct db_row row;
    const enum status status = db_query_one(db, FOLLOWER_FIND_NUMBER, &value, 1, arena, &row, fault);

    if (status == STATUS_OK)
        *number = *db_row_text(&row, 1) != '\0' ? db_row_text(&row, 1) : db_row_text(&row, 0);
    return status;
}
