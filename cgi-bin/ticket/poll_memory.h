/*
 * What a worker remembers between polls, so that one that finds nothing new need not ask the database: whom it has really
 * identified lately, and the state of the desk that it read last. Pure: the caller reads the clocks. A fixed table, no heap; no
 * names and no tokens are kept, and what is remembered is never shown (ticket/live.h).
 *
 * Ages are counted by two clocks, of which each must agree: one that never jumps, and the time of day that rights and deadlines hang
 * on. When the time of day is set, forward or back, nothing is remembered any more.
 */
#ifndef TICKET_POLL_MEMORY_H
#define TICKET_POLL_MEMORY_H

#include "base/crypto.h"
#include "core/actor.h"
#include "store/ticket_list.h"

#define POLL_WHO_MILLISECONDS 30000  /* how long an identification is remembered */
#define POLL_STATE_MILLISECONDS 1000 /* how long a state: a change is seen by a poll this much later at the most */

struct poll_moment {
    int64_t monotonic_milliseconds;
    struct instant now;
};

/* Who holds a session, as far as it makes an answer another one. roles: 0 in an empty entry */
struct poll_who {
    uint32_t roles;
    struct staff_id staff;
    struct unit_id unit;
};

#define POLL_SETS 64
#define POLL_WAYS 4 /* sessions whose hashes begin alike; one more takes the place of the oldest */
struct poll_memory {
    struct poll_entry {
        struct hash session;
        struct poll_who who;
        struct poll_moment at;
    } sets[POLL_SETS][POLL_WAYS];
    struct desk_state state;
    struct poll_moment state_at;
    bool has_state;
};

/* The database said that this session is held by actor. at: before it was asked. An actor without roles is not remembered. */
void poll_memory_identified(struct poll_memory *memory, const struct hash *session, const struct actor *actor,
                            struct poll_moment at);
/* The database does not know this session any more. */
void poll_memory_ended(struct poll_memory *memory, const struct hash *session);
/* The state of the desk as the database said. at: before it was asked. */
void poll_memory_read(struct poll_memory *memory, const struct desk_state *state, struct poll_moment at);
/* Something may have been written: the state is not known any more. */
void poll_memory_changed(struct poll_memory *memory);

/* Who held the session less than POLL_WHO_MILLISECONDS ago; NULL when that is not remembered. Lives in the memory. */
const struct poll_who *poll_memory_who(const struct poll_memory *memory, const struct hash *session,
                                       struct poll_moment now);
/* Whether the desk was in this state no longer than POLL_STATE_MILLISECONDS ago; false when that is not remembered. */
bool poll_memory_is_state(const struct poll_memory *memory, const struct desk_state *state, struct poll_moment now);

#endif
