/*
 * Where outages are: places found by what somebody typed, and whether an outage covers them. Works on what was loaded; no SQL.
 */
#ifndef STORE_OUTAGE_AREA_H
#define STORE_OUTAGE_AREA_H

#include "store/catalog.h"
#include "store/outage_public.h"

#define AREA_PLACES_MAX 20
#define AREA_CHARACTERS_LEAST 2 /* of what is typed: one character is in every other name */

/* What somebody asks about: the words, and the places of the register that they name, whole or in part. */
struct area_asked {
    const char *words;
    struct place_id places[AREA_PLACES_MAX];
    size_t place_count;
};

enum area_cover {
    AREA_NOT_COVERED,
    AREA_PARTLY, /* the outage is somewhere inside of what was asked: a street of a district */
    AREA_COVERED,
    AREA_COVER__COUNT
};

/*
 * Places whose names are in the words ("明珠花园 3 号楼") or have the words in them ("明珠"). words: one tidied line; shorter than
 * AREA_CHARACTERS_LEAST finds nothing
 */
struct area_asked area_ask(const struct catalog *catalog, const char *words);

/* Whether `inner` is `outer` or somewhere inside of it. */
bool area_is_within(const struct catalog *catalog, struct place_id inner, struct place_id outer);

/* By places, their districts and communities, and by the area in words. */
enum area_cover area_cover(const struct catalog *catalog, const struct outage_notice *notice, const struct area_asked *asked);

/*
 * Where an outage is, in words: names of places, then areas in words, as its messages added them, with `between` in the middle; cut
 * where it is longer than a page needs.
 */
const char *area_text(const struct catalog *catalog, const struct outage_notice *notice, const char *between,
                      struct arena *arena);

/* The place of the register with this very name; NULL without. */
const struct place *area_place_named(const struct catalog *catalog, const char *name);

#endif
