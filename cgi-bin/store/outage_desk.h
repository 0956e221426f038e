/*
 * The register of outages as its staff see it: what is open, what ended, what meets at one place and time, and the photos of posters
 * (Arts. 18, 33(4)).
 */
#ifndef STORE_OUTAGE_DESK_H
#define STORE_OUTAGE_DESK_H

#include "base/photo.h"
#include "core/outage.h"
#include "store/catalog.h"

/* One outage of a list. */
struct outage_row {
    struct outage_id id;
    enum outage_kind kind;
    enum outage_state state;
    struct unit_id unit;
    int cause;
    bool is_pressure, is_large, is_unapproved;
    enum outage_approver approver;
    struct staff_id applicant, assistant;
    uint32_t steps;
    struct instant planned_start_at; /* INSTANT_NONE: an emergency */
    struct instant start_at;         /* water off, or planned */
    struct instant expected_end_at;  /* INSTANT_NONE: none was said */
    struct instant ended_at;         /* INSTANT_NONE while it is open */
    const char *area_words;          /* of the first event; "" without */
    struct place_id *places;
    size_t place_count;
};

#define OUTAGE_ROWS_MAX 300

/* Everything that is open, by start; at most OUTAGE_ROWS_MAX. Two statements. */
enum status outage_desk_open(struct db *db, struct arena *arena, struct outage_row **rows, size_t *count,
                             struct fault *fault) MUST_USE;

/* What ended before (ended_at, id), the last ended first, at most `most`. before: the latest moment and id for the first page */
enum status outage_desk_ended(struct db *db, struct instant before, struct outage_id before_id, int most, struct arena *arena,
                              struct outage_row **rows, size_t *count, struct fault *fault) MUST_USE;

/* What a row says of its outage: enough for outage_next_steps(), outage_standing_of() and phases; no places and no clocks. */
void outage_row_unfold(const struct outage_row *row, struct outage *outage);

/* Whether two are at one place, the same or one inside the other, or in the same words, with times that overlap. */
bool outage_row_meets(const struct outage_row *row, const struct catalog *catalog, const struct outage *outage,
                      const char *area_words);

/* ---- who can be named to assist (Art. 19) */

struct outage_person {
    struct staff_id id;
    const char *name;
};
/* The active people of a unit, by name; at most 200. */
enum status outage_desk_people(struct db *db, struct unit_id unit, struct arena *arena, struct outage_person **people,
                               size_t *count, struct fault *fault) MUST_USE;

/* ---- photos of posters */

#define PHOTOS_PER_OUTAGE 20

struct outage_photo {
    int no, width, height;
    struct instant created_at;
    const char *added_by; /* name */
};
enum status outage_photo_list(struct db *db, struct outage_id outage, struct arena *arena, struct outage_photo **photos,
                              size_t *count, struct fault *fault) MUST_USE;
/* STATUS_ABSENT when there is none under this number. */
enum status outage_photo_load(struct db *db, struct outage_id outage, int no, struct arena *arena, struct photo *photo,
                              struct fault *fault) MUST_USE;
/* The same picture once more is STATUS_OK. STATUS_REFUSED: there are PHOTOS_PER_OUTAGE */
enum status outage_photo_add(struct db *db, struct outage_id outage, const struct photo *photo, struct staff_id by,
                             struct instant now, struct fault *fault) MUST_USE;

#endif
