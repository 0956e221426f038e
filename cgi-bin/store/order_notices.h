/* Whom the events of a rectification order are told to. For clerk's parts of store alone. */
#ifndef STORE_ORDER_NOTICES_H
#define STORE_ORDER_NOTICES_H

#include "core/event.h"
#include "store/notices.h"

/* STATUS_ABSENT: there is no such order. */
enum status order_addressees_find(struct db *db, int64_t order, struct arena *arena, struct addressees *addressees,
                                  struct fault *fault) MUST_USE;

/* Writes the notices that an event asks for. */
enum status notices_of_order_event(struct db *db, const struct event *event, const struct addressees *addressees,
                                   struct instant now, struct fault *fault) MUST_USE;

#endif
