/* Whom the events of an outage are told to inside the house. For clerk's parts of store alone. */
#ifndef STORE_OUTAGE_NOTICES_H
#define STORE_OUTAGE_NOTICES_H

#include "core/event.h"
#include "store/notices.h"

/* STATUS_ABSENT: there is no such outage. */
enum status outage_addressees_find(struct db *db, int64_t outage, struct arena *arena, struct addressees *addressees,
                                   struct fault *fault) MUST_USE;

/* Writes the notices that an event asks for. */
enum status notices_of_outage_event(struct db *db, const struct event *event, const struct addressees *addressees,
                                    struct instant now, struct fault *fault) MUST_USE;

#endif
