/*
 * Texts that operations keep for the public: how each matter is dealt with (Arts. 7, 20), how the regulation is read where it is
 * silent (Art. 36), and notices of planned outages (Art. 18) as they are announced. Plain text, one line a paragraph; lines that begin with "- " are a list. Pure.
 */
#ifndef CORE_PUBLIC_TEXT_H
#define CORE_PUBLIC_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* Stored. */
enum text_kind {
    TEXT_NONE,
    TEXT_PROCEDURE,   /* of a matter, and of a new connection */
    TEXT_EXPLANATION, /* of a reading */
    TEXT_OUTAGE,      /* a planned one; what was not planned stands in the register of outages */
    TEXT_KIND__COUNT
};
/* "procedure", "explanation", "outage": Text.text_kind.NAME */
const char *text_kind_name(enum text_kind kind);
/* What a new text is, by how its code begins: "outage_…"; every other one is an explanation. */
enum text_kind text_kind_of_code(const char *code);

#define TEXT_CODE_CHARACTERS 39
#define TEXT_TITLE_CHARACTERS 60
#define TEXT_BODY_CHARACTERS 3000 /* both languages typed fit into one form */

/* Small letters, digits and underscores, beginning with a letter. */
bool text_code_is_valid(const char *code);

/* A line that is not empty; borrowed from the body, without a NUL. */
struct text_line {
    bool is_item; /* of a list, without its "- " */
    const char *text;
    size_t length;
};
/* Takes the next line from `rest`; false at the end. */
bool text_line_next(const char **rest, struct text_line *line);

#endif
