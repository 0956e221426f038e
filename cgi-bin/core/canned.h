/*
 * Canned answers: sentences that staff use again and again, with names in braces that are filled in when one is chosen. Pure.
 */
#ifndef CORE_CANNED_H
#define CORE_CANNED_H

#include "base/text.h"

/* What the names in braces stand for; NULL or "" leaves nothing in its place. Borrowed. */
struct canned_values {
    const char *number;  /* {number}: of the ticket */
    const char *place;   /* {place}: as the report has it */
    const char *unit;    /* {unit}: that holds it */
    const char *hotline; /* {hotline}: as people dial it */
};

#define CANNED_TITLE_CHARACTERS 60  /* as the columns are wide */
#define CANNED_WORDS_CHARACTERS 1000

/*
 * Whether every name in braces is one of those above. unknown: where the first other one begins, else NULL; may be NULL. A
 * brace that is not closed on its line, or that holds anything but small letters, is plain text.
 */
bool canned_names_are_known(const char *words, const char **unknown);

/* Adds the words with the names filled in; unknown ones stay as they are. */
void canned_fill(const char *words, const struct canned_values *values, struct text *filled);

#endif
