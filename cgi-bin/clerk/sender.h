/*
 * The outbox: notices are claimed (leased and committed), made into words, handed to the transport, and marked.
 */
#ifndef CLERK_SENDER_H
#define CLERK_SENDER_H

#include "base/secrets.h"
#include "store/clerk_store.h"

/*
 * Sends what is due, up to one batch. sent: how many left. A notice that fails is tried again later, with growing pauses,
 * and given up after SENDER_TRIES.
 */
#define SENDER_TRIES 8
enum status sender_run(struct db *db, const struct catalog *catalog, const struct settings *settings,
                       const struct secrets *secrets, struct instant now, struct arena *arena, int *sent,
                       struct fault *fault) MUST_USE;

#endif
