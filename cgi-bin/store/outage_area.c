#include "store/outage_area.h"

#include <string.h>

enum {
    DEPTH_MAX = 8, /* of the register; more is a circle */
    TEXT_BYTES = 600,
};

struct area_asked area_ask(const struct catalog *catalog, const char *words)
{
    struct area_asked asked = {.words = words};

    if (text_count_characters(words) < AREA_CHARACTERS_LEAST)
        return asked;
    for (size_t i = 0; i < catalog->place_count && asked.place_count < AREA_PLACES_MAX; i++)
        if (strstr(words, catalog->places[i].name) != NULL || strstr(catalog->places[i].name, words) != NULL)
            asked.places[asked.place_count++] = catalog->places[i].id;
    return asked;
}

bool area_is_within(const struct catalog *catalog, struct place_id inner, struct place_id outer)
{
    for (int depth = 0; depth < DEPTH_MAX && inner.v != 0; depth++) {
        if (inner.v == outer.v)
            return true;
        const struct place *place = catalog_place(catalog, inner);
        if (place == NULL)
            return false;
        inner = place->parent;
    }
    return false;
}

static enum area_cover cover_place(const struct catalog *catalog, struct place_id covered, const struct area_asked *asked)
{
    enum area_cover cover = AREA_NOT_COVERED;

    for (size_t i = 0; i < asked->place_count && cover != AREA_COVERED; i++) {
        if (area_is_within(catalog, asked->places[i], covered))
            cover = AREA_COVERED;
        else if (area_is_within(catalog, covered, asked->places[i]))
            cover = AREA_PARTLY;
    }
    return cover;
}

/* The area in words is not the register's: it names what was typed, or a place that was meant. */
static bool names(const struct catalog *catalog, const char *area_words, const struct area_asked *asked)
{
    if (area_words[0] == '\0' || text_count_characters(asked->words) < AREA_CHARACTERS_LEAST)
        return false;
    if (strstr(area_words, asked->words) != NULL)
        return true;
    for (size_t i = 0; i < asked->place_count; i++) {
        const struct place *place = catalog_place(catalog, asked->places[i]);
        if (place != NULL && strstr(area_words, place->name) != NULL)
            return true;
    }
    return false;
}

enum area_cover area_cover(const struct catalog *catalog, const struct outage_notice *notice, const struct area_asked *asked)
{
    enum area_cover best = AREA_NOT_COVERED;

    for (size_t i = 0; i < notice->message_count && best != AREA_COVERED; i++) {
        const struct outage_message *message = &notice->messages[i];
        for (size_t k = 0; k < message->place_count && best != AREA_COVERED; k++) {
            const enum area_cover cover = cover_place(catalog, message->places[k], asked);
            best = cover > best ? cover : best;
        }
        if (best == AREA_NOT_COVERED && names(catalog, message->area_words, asked))
            best = AREA_PARTLY;
    }
    return best;
}

static void add_piece(struct text *text, const char *piece, const char *between)
{
    if (piece[0] == '\0')
        return;
    if (text->length_bytes > 0)
        text_add(text, between);
    text_add(text, piece);
}

const char *area_text(const struct catalog *catalog, const struct outage_notice *notice, const char *between,
                      struct arena *arena)
{
    char buffer[TEXT_BYTES];
    struct text text;

    text_init(&text, buffer, sizeof buffer);
    for (size_t i = 0; i < notice->message_count; i++) {
        const struct outage_message *message = &notice->messages[i];
        for (size_t k = 0; k < message->place_count; k++) {
            const struct place *place = catalog_place(catalog, message->places[k]);
            add_piece(&text, place != NULL ? place->name : "", between);
        }
        add_piece(&text, message->area_words, between);
    }
    return arena_format(arena, "%s%s", buffer, text.is_cut ? "…" : "");
}

const struct place *area_place_named(const struct catalog *catalog, const char *name)
{
    for (size_t i = 0; i < catalog->offered_count; i++)
        if (text_is_equal(catalog->places[i].name, name))
            return &catalog->places[i];
    return NULL;
}
