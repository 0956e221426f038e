/*
 * What is known already at a place while somebody reports a matter there: which open reports may tell of the same trouble, and
 * which of them stands for all. Pure; no personal data.
 */
#ifndef CORE_KNOWN_H
#define CORE_KNOWN_H

#include "core/matter.h"
#include "core/number.h"
#include "core/workflow.h"

/* How far back an open report may lie to be the same trouble. */
#define KNOWN_SECONDS (72 * HOUR_SECONDS)

/* An open report at the place. category NULL: no longer among the rows */
struct known_report {
    struct ticket_id id;
    char number[NUMBER_BYTES];
    const struct category *category;
    enum ticket_state state;
    struct instant reported_at;
};

/* STATE_BITs of reports that can be known: somebody works on them, or will, alone or together with another one. */
#define STATES_KNOWN                                                                                                   \
    (STATE_BIT(TICKET_REPORTED) | STATE_BIT(TICKET_DISPATCHED) | STATE_BIT(TICKET_OBJECTED) |                          \
     STATE_BIT(TICKET_ACCEPTED) | STATE_BIT(TICKET_MERGED))

/*
 * Whether reports of these two matters at one place may tell of the same trouble: the water is away or weak, or a public pipe leaks;
 * or the water is not clean. Meters, bills, the pipes behind a meter and complaints are each household's own.
 */
bool known_is_similar(const struct category *left, const struct category *right);

/* Whether a matter can be one of a whole neighbourhood, so that it is worth asking what is known. */
bool known_is_shared(const struct category *category);

/* Whether an outage explains it: the water is away or weak. A leak or cloudy water is to be looked at all the same. */
bool known_is_no_water(const struct category *category);

/* Whether a notice of an outage, which is plain text, speaks of the place. place: its name, or words for it; "" is none */
bool known_is_named(const char *title, const char *body, const char *place);

/*
 * How many of the reports are similar to a new one of the matter `asked`. lead: index of the one to follow, which is the one that
 * is furthest along, of those the oldest, and never one that runs with another; `count` when there is none to follow.
 */
size_t known_count(const struct category *asked, const struct known_report *reports, size_t count, size_t *lead);

#endif
