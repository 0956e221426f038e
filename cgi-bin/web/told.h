/*
 * How much is added to one report: each addition becomes an event that is read with the ticket for ever, and tells the liaison. A
 * script must fill neither.
 */
#ifndef WEB_TOLD_H
#define WEB_TOLD_H

#include "web/request.h"

/* Whether one addition more is taken now, and counts it: so many in an hour, whoever adds it, and so many in all. version: the ticket's */
bool told_has_room(const struct request *request, const char *number, uint32_t version) MUST_USE;

#endif
