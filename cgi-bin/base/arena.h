/*
 * Memory that lives as long as one request (or one job) and is given back all at once.
 *
 * Nothing taken from an arena is freed by itself. Allocation never returns NULL: without memory the process ends after
 * logging. Under AddressSanitizer what was given back is poisoned, so late use is caught.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

#include "base/status.h"

struct arena_block;

struct arena {
    struct arena_block *blocks; /* newest first */
    size_t used_bytes;          /* in the newest block */
    size_t total_bytes;         /* given out since the last reset */
    size_t limit_bytes;         /* more than this in one request is a bug or an attack: the process ends */
};

/* Prepares an empty arena that may give out at most `limit_bytes` between two resets. */
void arena_init(struct arena *arena, size_t limit_bytes);

/* Gives everything back, keeping one block for the next request. */
void arena_reset(struct arena *arena);

/* Gives everything back to the system. Harmless twice. */
void arena_release(struct arena *arena);

/* Zeroed memory, aligned for any type. */
void *arena_take(struct arena *arena, size_t size_bytes) MUST_USE;

/* Zeroed memory for `count` things of `size_bytes`; an overflow of the product ends the process. */
void *arena_take_array(struct arena *arena, size_t count, size_t size_bytes) MUST_USE;

/* A NUL-terminated copy of `length` bytes. */
char *arena_copy(struct arena *arena, const char *bytes, size_t length_bytes) MUST_USE;

/* A NUL-terminated copy of a string. */
char *arena_copy_text(struct arena *arena, const char *text) MUST_USE;

/* A formatted string. */
char *arena_format(struct arena *arena, const char *format, ...) PRINTF_LIKE(2, 3) MUST_USE;

#endif
