/*
 * What Open311 GeoReport v2 writes in its own way: moments, degrees, states, and addresses in one line. Pure.
 */
#ifndef CORE_OPEN311_H
#define CORE_OPEN311_H

#include "core/progress.h"

/*
 * "2026-11-23T10:32:00+08:00", "…Z" (W3C-DTF): a day, a time with or without seconds and their fractions, and a zone, which must be
 * there. False for anything else.
 */
bool open311_parse_moment(const char *text, struct instant *at) MUST_USE;

/*
 * Degrees as a decimal number, "-12.3456789", within ±most_degrees: rounded to thousandths. At most 15 digits; no exponent, no plus.
 */
bool open311_parse_degrees(const char *text, int most_degrees, int32_t *milli) MUST_USE;

/* "36.457" of thousandths. text: OPEN311_DEGREES_BYTES */
#define OPEN311_DEGREES_BYTES 16
void open311_format_degrees(int32_t milli, char *text);

/* The status that an update has after this step, in the words of the updates extension ("in_progress", "fixed"). */
const char *open311_update_status(const struct public_step *step);

/* What an update that somebody sends asks for; ACTION_ADD_WORDS for every status that asks for nothing. Any case, '_' or ' '. */
enum ticket_action open311_asked_action(const char *status);

/*
 * Takes the next part of a list between commas, without blanks around it, into `part`: false at its end, and for a part that is
 * empty or does not fit, which *is_good then tells apart.
 */
bool open311_next_part(const char **list, char *part, size_t capacity, bool *is_good) MUST_USE;

#endif
