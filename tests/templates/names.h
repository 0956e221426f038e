/*
 * The names of the values that a template shows, found by reading it and what it includes: so that a test can set every one
 * of them without knowing the page.
 */
#ifndef TESTS_TEMPLATES_NAMES_H
#define TESTS_TEMPLATES_NAMES_H

#include <stdbool.h>

#include "base/arena.h"

#define NAME_ROOM 240
#define NAMES_MAX 8000

/* A value: "Steps.0.Fields.1.label". Rows of lists appear as 0 and 1. */
struct template_name {
    const char *path;
    const char *literals[8]; /* what the template compares it with, in order of appearance */
    size_t literal_count;
    bool is_condition;       /* something is shown or not because of it */
};

/* A place where the page's own file shows a value, and one value that it may show there. */
struct template_place {
    const char *as_written; /* "r.due.at" */
    size_t place;           /* 0 … place_count - 1 */
    size_t name;            /* index into the names */
};

struct template_names {
    struct template_name items[NAMES_MAX];
    size_t count;
    struct template_place places[NAMES_MAX];
    size_t place_row_count, place_count;
};

/*
 * Reads FOLDER/NAME and its includes. What stays the same while the process lives (Text.*, Site.*) is left out. Everything lives in the arena. False when a file
 * cannot be read or there are more names than room.
 */
bool template_names_read(struct template_names *names, struct arena *arena, const char *folder, const char *name);

/* Whether the text of FOLDER/NAME contains `what`. */
bool template_contains(struct arena *arena, const char *folder, const char *name, const char *what);

#endif
