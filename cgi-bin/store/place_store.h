/*
 * Places and master meters of the register as staff search, read and keep them. Buildings are here, which the catalog does not load.
 * Every change by staff is a line of the register's history, written with it, and changes once however often its form is sent.
 */
#ifndef STORE_PLACE_STORE_H
#define STORE_PLACE_STORE_H

#include "store/catalog.h"
#include "store/household_store.h"

enum place_kind { PLACE_KIND_NONE, PLACE_DISTRICT, PLACE_COMMUNITY, PLACE_ROAD, PLACE_BUILDING, PLACE_KIND__COUNT };

#define PLACE_NAME_BYTES 164
struct place_entry {
    struct place_id id, parent;
    enum place_kind kind;
    const char *name;      /* its own: "3号楼" */
    const char *full_name; /* as people say it: a building's with its community: "明珠花园3号楼" */
    const char *around;    /* the district, or "" */
    enum zone zone;
    bool is_retired, is_kept;
    int32_t version;
    int64_t households, phones; /* with everything below it */
};

/*
 * Places whose name has the words in it, or which the words name ("明珠花园 3号楼"), the likeliest first. words: one tidied line; shorter
 * than two characters finds nothing. version: of the households that are counted. limit: at most PLACE_SEARCH_MOST
 */
#define PLACE_SEARCH_MOST 20
enum status place_store_search(struct db *db, const struct catalog *catalog, int32_t version, const char *words, int limit,
                               struct arena *arena, struct place_entry **entries, size_t *count, struct fault *fault) MUST_USE;
/*
 * The place that a line names and no other: its name, a building's with its community's before it, where two have one name with the
 * district's before it. STATUS_ABSENT: none or several.
 */
enum status place_store_resolve(struct db *db, const struct catalog *catalog, int32_t version, const char *line, struct arena *arena,
                                struct place_entry *entry, struct fault *fault) MUST_USE;
/* How place_store_resolve knows it again. */
const char *place_line(const struct catalog *catalog, const struct place_entry *entry, struct arena *arena);

enum status place_store_load(struct db *db, int32_t version, struct place_id id, struct arena *arena, struct place_entry *entry,
                             struct fault *fault) MUST_USE;
/* What is directly below a place; parent 0: the districts. */
enum status place_store_below(struct db *db, int32_t version, struct place_id parent, int limit, struct arena *arena,
                              struct place_entry **entries, size_t *count, struct fault *fault) MUST_USE;

/* Has every program's catalog load a building, because something names it: within ten seconds. */
enum status place_store_name(struct db *db, struct place_id id, struct fault *fault) MUST_USE;

/* ---- master meters */

struct meter_entry {
    int32_t id;
    const char *code, *name;
    struct place_id place;
    bool is_retired;
    int32_t version;
    int64_t households;
};
enum status meter_store_load(struct db *db, int32_t version, int32_t id, struct arena *arena, struct meter_entry *meter,
                             struct fault *fault) MUST_USE;
enum status meter_store_find(struct db *db, int32_t version, const char *code, struct arena *arena, struct meter_entry *meter,
                             struct fault *fault) MUST_USE;
enum status meter_store_list(struct db *db, int32_t version, struct place_id place, int limit, struct arena *arena,
                             struct meter_entry **meters, size_t *count, struct fault *fault) MUST_USE;

/* ---- kept by staff */

/* Numbers are stored. */
enum register_change {
    REGISTER_CHANGE_NONE,
    REGISTER_PLACE_ADDED,
    REGISTER_PLACE_RENAMED,
    REGISTER_PLACE_RETIRED,
    REGISTER_PLACE_RESTORED,
    REGISTER_PLACE_ZONE,
    REGISTER_METER_ADDED,
    REGISTER_METER_RENAMED,
    REGISTER_METER_RETIRED,
    REGISTER_METER_RESTORED,
    REGISTER_PHONE_CHANGED,
    REGISTER_OPENED, /* somebody looked at what is masked */
    REGISTER_CHANGE__COUNT
};
/* Who, when, by which form. */
struct register_writer {
    struct staff_id staff;
    struct instant now;
    uint8_t key[16];
};

/*
 * STATUS_DUPLICATE: this form was saved before; id is what it made then. STATUS_REFUSED: there is a place of this name already.
 * in: parent, kind, name, zone
 */
enum status place_store_add(struct db *db, const struct place_entry *in, const struct register_writer *writer, struct place_id *id,
                            struct fault *fault) MUST_USE;
/*
 * Changes name, zone and whether it is in use, of the version in `before`; the zone goes down to everything below. STATUS_CONFLICT:
 * somebody changed it since. STATUS_DUPLICATE: this form was saved before.
 */
enum status place_store_change(struct db *db, const struct place_entry *before, const char *name, enum zone zone, bool is_retired,
                               const struct register_writer *writer, struct fault *fault) MUST_USE;
enum status meter_store_add(struct db *db, const struct meter_entry *in, const struct register_writer *writer, int32_t *id,
                            struct fault *fault) MUST_USE;
enum status meter_store_change(struct db *db, const struct meter_entry *before, const char *name, bool is_retired,
                               const struct register_writer *writer, struct fault *fault) MUST_USE;
/*
 * Registers another phone for a household ("" takes it away). Later imports keep it until the file says another phone than it said
 * then. STATUS_CONFLICT: it was changed since `before` was read, also by an import. STATUS_DUPLICATE: saved before.
 */
enum status household_store_set_phone(struct db *db, const struct secrets *secrets, int32_t version, const struct household *before,
                                      const char *phone, const struct register_writer *writer, struct fault *fault) MUST_USE;
/* Writes down that somebody is about to see what is masked; committed before anything is opened. */
enum status household_store_note_opening(struct db *db, const struct household *household, const struct register_writer *writer,
                                         struct fault *fault) MUST_USE;

/* The households with this phone. */
struct household_found {
    struct hash account_hash;
    const char *account_masked;
};
enum status household_store_by_phone(struct db *db, int32_t version, const struct hash *phone_hash, int limit, struct arena *arena,
                                     struct household_found **found, size_t *count, struct fault *fault) MUST_USE;

/* ---- history */

struct register_line {
    struct instant at;
    enum register_change kind;
    const char *before, *after;
    const char *staff_name;
};
/* One of place, meter and account; newest first. */
struct register_subject {
    struct place_id place;
    int32_t meter;
    const struct hash *account; /* NULL: not a household */
};
enum status customer_store_history(struct db *db, const struct register_subject *subject, int limit, struct arena *arena,
                                   struct register_line **lines, size_t *count, struct fault *fault) MUST_USE;

#endif
