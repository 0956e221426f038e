/*
 * What is known already at a place (core/known.h), and the households that follow a report of somebody else's. Reads the projection
 * without personal data alone.
 */
#ifndef STORE_KNOWN_STORE_H
#define STORE_KNOWN_STORE_H

#include "core/known.h"
#include "store/catalog.h"

/*
 * Open reports of the last KNOWN_SECONDS at a place, with the estate it lies in and the buildings of an estate; a district is too wide
 * to be a place. Of a place that is not in the list: those whose words for it are the same. Newest first, at most 100; one statement.
 * place       NULL: not in the list of places
 * place_text  as it was typed
 * reports     in the arena; categories are the catalog's
 */
enum status known_store_list(struct db *db, const struct catalog *catalog, const struct place *place, const char *place_text,
                             struct instant now, struct arena *arena, struct known_report **reports, size_t *count,
                             struct fault *fault) MUST_USE;

/* Lets the holder of the link follow the ticket. STATUS_DUPLICATE: it does already. */
enum status follower_store_add(struct db *db, const struct hash *link_hash, struct ticket_id ticket, struct instant now,
                               struct fault *fault) MUST_USE;

/* The number of what is followed by this link: of the report it runs with, where it was merged. STATUS_ABSENT without. */
enum status follower_store_find(struct db *db, const struct hash *link_hash, struct arena *arena, const char **number,
                                struct fault *fault) MUST_USE;

#endif
