/*
 * What a visitor sends: query strings, urlencoded and multipart bodies, cookies. Bounded, decoded exactly once, and the
 * only parser of strangers' bytes in the suite (tests/fuzz/form_fuzz.c). neo_cgi's is not used: see the design.
 */
#ifndef WEB_FORM_H
#define WEB_FORM_H

#include <stdbool.h>

#include "base/arena.h"

enum form_result {
    FORM_OK,
    FORM_MALFORMED, /* bad escapes, a broken or cut multipart body, an unknown content type */
    FORM_NOT_TEXT,  /* invalid UTF-8 or NUL in a field that is not a file, or in a name */
    FORM_TOO_MANY,  /* more fields or longer names than anybody's form has */
    FORM_RESULT__COUNT
};

#define FORM_FIELDS_MAX 120
#define FORM_NAME_BYTES_MAX 64
#define FORM_HEADER_BYTES_MAX 8192 /* of one multipart part */

/* One field. Values are NUL-terminated; a file's bytes may hold NULs, so its length counts. */
struct form_item {
    const char *name;
    const char *value;
    size_t length;
    const char *file_name; /* NULL unless a file; for display only */
};

struct form {
    struct form_item items[FORM_FIELDS_MAX];
    size_t count;
};

/* Empty form. */
void form_init(struct form *form);

/* Adds the fields of a query string ("a=1&b=2", without '?'). */
enum form_result form_parse_query(struct form *form, struct arena *arena, const char *query, size_t length);

/*
 * Adds the fields of a body. content_type: as sent; urlencoded (with any parameters, any case) or multipart/form-data. An
 * empty body gives an empty form.
 */
enum form_result form_parse_body(struct form *form, struct arena *arena, const char *content_type, const char *body,
                                 size_t length);

/* First field of this name, or NULL. */
const struct form_item *form_find(const struct form *form, const char *name);
/* How often the name occurs. */
size_t form_count(const struct form *form, const char *name);

/* Value of a cookie in a Cookie header (the first of that name), copied into the arena; NULL when absent. */
const char *cookie_find(struct arena *arena, const char *header, const char *name);

/*
 * Decodes a path or value once: %XX and, when plus_is_space, '+'. NULL for a bad escape, %00, or a control byte.
 */
char *percent_decode(struct arena *arena, const char *text, size_t length, bool plus_is_space);

#endif
