/*
 * What an import keeps in memory while it reads: the places and master meters of the register by their names in files, those that the
 * file adds, and the accounts it has seen. Used by store/import_store.c alone.
 */
#ifndef STORE_IMPORT_PLACES_H
#define STORE_IMPORT_PLACES_H

#include "store/household_store.h"

enum { IMPORT_KIND_DISTRICT = 1, IMPORT_KIND_COMMUNITY, IMPORT_KIND_ROAD, IMPORT_KIND_BUILDING, IMPORT_KIND_METER };

/* A place, or a meter (then `name` is its number and `label` its name). */
struct import_place {
    int32_t id; /* 0: not written yet */
    int32_t parent; /* index; -1: none */
    int32_t households, phones; /* in itself; with what is below after import_places_sum */
    int32_t place; /* of a meter: index of the place at which the file names it first */
    uint8_t kind, zone;
    const char *name, *label;
};

struct import_places {
    struct import_place *items;
    size_t count, room;
    size_t written; /* items before it are in the database */
    int32_t *slots; /* index + 1; 0: free */
    size_t slot_count;
    struct arena names;
};

void import_places_init(struct import_places *places);
void import_places_release(struct import_places *places);
/* Reads the register. */
enum status import_places_load(struct import_places *places, struct db *db, struct fault *fault) MUST_USE;
/* The item with this name below its parent, added when there is none. */
int32_t import_places_take(struct import_places *places, int32_t parent, int kind, const char *name);
/* Writes what is not written yet, for this import; part of a transaction, so `written` is the caller's to move on. */
enum status import_places_write(struct import_places *places, struct db *db, int32_t import, struct fault *fault) MUST_USE;
/* Adds what is below to each place, then writes the figures of a version. */
enum status import_places_write_figures(struct import_places *places, struct db *db, int32_t version, struct fault *fault) MUST_USE;

/* Accounts by the first eight bytes of their hashes, each with its line. */
struct import_accounts {
    uint64_t *hashes;
    int32_t *lines;
    size_t count, slot_count;
};
void import_accounts_release(struct import_accounts *accounts);
/* The line in which the account stood before, or 0; then it is kept with this line. */
int32_t import_accounts_take(struct import_accounts *accounts, const struct hash *hash, int32_t line);

#endif
