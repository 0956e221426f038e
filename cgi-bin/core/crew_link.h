/*
 * Links to the page of an assignment, for crews and liaisons away from a desk. A link names one assignment and one person and says
 * until when it holds; nobody can make one without the key, and it is worth nothing without that person's sign-in. Nothing of it
 * is stored. Pure.
 */
#ifndef CORE_CREW_LINK_H
#define CORE_CREW_LINK_H

#include "base/crypto.h"
#include "base/time.h"
#include "core/ids.h"

struct crew_link {
    struct ticket_id ticket;
    int dispatch_no; /* of the assignment in the ticket, 1 … 255 */
    struct staff_id staff;
    struct instant expires_at; /* whole steps of five minutes: format rounds up, parse gives what was rounded */
};

#define CREW_LINK_BYTES 33 /* letters, digits, "-" and "_" */

/* text: CREW_LINK_BYTES. The same link always gives the same text. */
void crew_link_format(const struct key *key, const struct crew_link *link, char *text);

/* False for what this key did not make. Whether it still holds is the caller's to ask. */
bool crew_link_parse(const struct key *key, const char *text, struct crew_link *link) MUST_USE;

#endif
