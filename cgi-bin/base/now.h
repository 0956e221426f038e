/*
 * The one place where the time of day comes in. Not for core: core gets the time as an argument.
 */
#ifndef BASE_NOW_H
#define BASE_NOW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/time.h"

/*
 * In a test environment the clock is the system's plus the whole number of seconds written in a file, read again at
 * every call, so that a test can move time for all programs at once.
 * path  absent file: no offset; one without a number: the last offset holds. Copied. NULL or "" elsewhere; settings_read
 *       refuses the key outside `environment = test`
 */
void now_use_offset_file(const char *path);

/* The time now, UTC. */
struct instant now_instant(void);

/* The same for stamps of log lines: the file is not read again, the last offset holds. */
struct instant now_for_log(void);

/* Milliseconds of a clock that never jumps; for timeouts and durations inside one process only. */
int64_t now_monotonic_milliseconds(void);

#endif
