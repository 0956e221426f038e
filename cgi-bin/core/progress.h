/*
 * The public progress of a ticket: the steps a resident is shown and the clocks that run for him, in versioned canonical
 * bytes. They are the read model of the tracking page (public_ticket.progress), so that it is one row. Pure; no heap.
 *
 * The bytes hold the words that staff wrote for the public. When retention empties words, the row is written anew from the
 * events and what is left of their words: nothing else is kept here.
 */
#ifndef CORE_PROGRESS_H
#define CORE_PROGRESS_H

#include "core/ticket.h"

/* A step of the public timeline, from event 2 on. */
struct public_step {
    uint32_t seq;
    enum ticket_action action;
    enum decision decision;
    struct unit_id unit;
    struct instant occurred_at;
    struct instant at_value; /* appointment or granted due; INSTANT_NONE without */
    const char *words;       /* UTF-8, "" without */
};

/* The name of its sentence (Text.complaint.step.NAME); NULL for what is the company's own business. */
const char *public_step_name(const struct public_step *step);

/* What the resident said or did. */
bool public_action_is_own(enum ticket_action action);

/* Whether others than the reporter are told of it: what was done about the matter, not what was said. */
bool public_action_is_of_matter(enum ticket_action action);

/* Steps and clocks ascending. Borrowed. */
struct progress {
    const struct public_step *steps;
    size_t step_count;
    const struct clock *clocks;
    size_t clock_count;
};

#define PROGRESS_STEPS_MAX 500
#define PROGRESS_CLOCKS_MAX TICKET_CLOCKS_MAX
#define PROGRESS_WORDS_CHARACTERS 2000 /* longer words are cut */

/* Bytes that suffice for progress_format(). */
size_t progress_room(const struct progress *progress);

/*
 * Writes the canonical bytes and returns their length. capacity: at least progress_room(). Of more than PROGRESS_STEPS_MAX
 * steps the newest are written.
 */
size_t progress_format(const struct progress *progress, uint8_t *bytes, size_t capacity);

/* How many steps and clocks the bytes say they hold, so that the caller can make room. False: they are not of format's. */
bool progress_count(const uint8_t *bytes, size_t length, size_t *step_count, size_t *clock_count) MUST_USE;

/*
 * The reverse of format. steps, clocks: as many as progress_count() said; words point into `bytes`. False for bytes that
 * format would not have written; steps and clocks are of no use then.
 */
bool progress_parse(const uint8_t *bytes, size_t length, struct public_step *steps, struct clock *clocks) MUST_USE;

#endif
