/* Whom the events of a penalty are told to. For clerk's parts of store alone. */
#ifndef STORE_PENALTY_NOTICES_H
#define STORE_PENALTY_NOTICES_H

#include "core/event.h"
#include "store/notices.h"

/* STATUS_ABSENT: there is no such penalty. */
enum status penalty_addressees_find(struct db *db, int64_t penalty, struct arena *arena, struct addressees *addressees,
                                    struct fault *fault) MUST_USE;

/* Writes the notices that an event asks for. Proposals wait in the ledger and are told to nobody. */
enum status notices_of_penalty_event(struct db *db, const struct event *event, const struct addressees *addressees,
                                     struct instant now, struct fault *fault) MUST_USE;

#endif
