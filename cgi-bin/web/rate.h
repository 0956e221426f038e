/*
 * How often something happened lately, counted in memory that all workers of a program share: no row is written for it and
 * nothing of it is kept. Keys are keyed hashes, so that addresses and phones do not stand in memory either.
 */
#ifndef WEB_RATE_H
#define WEB_RATE_H

#include "base/crypto.h"
#include "base/time.h"

/* Once in the master, before the first fork; a program run alone (CGI) counts for itself. Ends the process without memory. */
void rate_open(void);

/*
 * Counts one more of `who` and returns how many there were in the window that began with its first. A full table forgets what
 * is oldest.
 */
int rate_count(const struct hash *who, struct instant now, int64_t window_seconds);

/* How many there were, without counting. */
int rate_look(const struct hash *who, struct instant now, int64_t window_seconds);

#endif
