/*
 * Numbers as people type them: what carries no meaning is taken away before a number is read. Pure.
 */
#ifndef CORE_TYPED_H
#define CORE_TYPED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

#define TYPED_BYTES 48 /* more than this is not a number that anybody here reads */

/*
 * Copies `typed` without spaces, hyphens and dashes, brackets, full stops and invisible characters (also in their
 * full-width and typographic forms), full-width forms narrowed. False when what remains is empty, not ASCII, or does
 * not fit. typed: any bytes up to a NUL. compact: TYPED_BYTES
 */
bool typed_compact(const char *typed, char *compact) MUST_USE;

/* Whether a non-empty string has digits only. */
bool typed_is_digits(const char *text);

#endif
