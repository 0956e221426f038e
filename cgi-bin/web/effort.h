/*
 * A little effort, asked only of visitors from where very much comes: the browser finds a number by itself, and without scripts
 * a short wait does as well. Nobody is ever locked out by what others at the same address do.
 *
 * A page that asks carries a token made here; the form sends it back as `effort`, with the number in `effort_answer` when a
 * script found one: SHA-256 of "TOKEN:NUMBER" begins with EFFORT_BITS zero bits.
 */
#ifndef WEB_EFFORT_H
#define WEB_EFFORT_H

#include "web/page.h"

#define EFFORT_BITS 14
#define EFFORT_WAIT_SECONDS 20
#define EFFORT_VALID_SECONDS 3600

enum effort {
    EFFORT_NONE,  /* the form carries none, or none of ours for this purpose */
    EFFORT_EARLY, /* no number, and not waited for long enough */
    EFFORT_DONE,
};

/* What the form of this request shows. purpose: keeps forms apart ("file", "follow SN…") */
enum effort effort_check(const struct request *request, const char *purpose);

/* Puts Effort.token, .bits, .seconds into the page; a token that is still waited for is kept. */
void effort_ask(struct view *view, const struct request *request, const char *purpose);

/* What makes this effort one of a kind, so that it is not shown twice: a keyed hash of its token. */
struct hash effort_mark(const struct request *request);

#endif
