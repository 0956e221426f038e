/*
 * The gate before password hashing: argon2id takes 64 MiB and a third of a second on purpose, so only a few at a time over all
 * workers of the program. A worker that dies gives its place back by itself.
 */
#ifndef BASE_GATE_H
#define BASE_GATE_H

#include <stdbool.h>

#include "base/status.h"

#define GATE_PLACES 2
#define GATE_WAIT_MILLISECONDS 3000

struct gate {
    int file; /* shared by all workers; its bytes are the places */
    int place;
};

/* In the master, before the first fork. */
enum status gate_open(struct gate *gate, struct fault *fault) MUST_USE;

/* Takes a place, waiting up to GATE_WAIT_MILLISECONDS. STATUS_UNAVAILABLE: too many are signing in just now. */
enum status gate_enter(struct gate *gate, struct fault *fault) MUST_USE;

/* Gives the place back. */
void gate_leave(struct gate *gate);

#endif
