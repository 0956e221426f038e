/*
 * Messages by SMS, before and after they are sent: what goes to subscribers by itself, the numbers of each batch, what becomes of the
 * outage when its households have been told, and subscriptions as they are made and ended.
 */
#ifndef CLERK_SUBSCRIBERS_H
#define CLERK_SUBSCRIBERS_H

#include "base/settings.h"
#include "store/catalog.h"

/* What the jobs need; all borrowed. The arena is reset by the caller. */
struct subscribers {
    struct db *db;
    const struct catalog *catalog;
    const struct settings *settings;
    struct arena *arena;
};

/* Makes a batch for the subscribers of every message that an outage told lately. */
enum status subscribers_tell(const struct subscribers *subscribers, struct instant now, int *done, struct fault *fault) MUST_USE;

/* Ends the batches of which every number was told or given up. */
enum status subscribers_end(const struct subscribers *subscribers, struct instant now, int *done, struct fault *fault) MUST_USE;

#endif
