#include "ticket/poll_memory.h"

#include <string.h>

static bool is_within(int64_t age, int64_t milliseconds) { return age >= 0 && age <= milliseconds; }

static bool is_fresh(struct poll_moment at, struct poll_moment now, int64_t milliseconds)
{
    return is_within(now.monotonic_milliseconds - at.monotonic_milliseconds, milliseconds) &&
           is_within(instant_milliseconds_between(at.now, now.now), milliseconds);
}

static struct poll_entry *set_of(struct poll_memory *memory, const struct hash *session)
{
    return memory->sets[session->bytes[0] % POLL_SETS];
}

static bool is_of(const struct poll_entry *entry, const struct hash *session)
{
    return entry->who.roles != 0 && memcmp(entry->session.bytes, session->bytes, HASH_BYTES) == 0;
}

void poll_memory_identified(struct poll_memory *memory, const struct hash *session, const struct actor *actor,
                            struct poll_moment at)
{
    struct poll_entry *set = set_of(memory, session);
    struct poll_entry *place = NULL;

    poll_memory_ended(memory, session);
    if (actor->roles == 0)
        return;
    for (int i = 0; i < POLL_WAYS && (place == NULL || place->who.roles != 0); i++) {
        if (place == NULL || set[i].who.roles == 0 ||
            set[i].at.monotonic_milliseconds < place->at.monotonic_milliseconds)
            place = &set[i];
    }
    *place = (struct poll_entry){*session, {actor->roles, actor->staff, actor->unit}, at};
}

void poll_memory_ended(struct poll_memory *memory, const struct hash *session)
{
    struct poll_entry *set = set_of(memory, session);

    for (int i = 0; i < POLL_WAYS; i++) {
        if (is_of(&set[i], session))
            set[i] = (struct poll_entry){0};
    }
}

void poll_memory_read(struct poll_memory *memory, const struct desk_state *state, struct poll_moment at)
{
    memory->state = *state;
    memory->state_at = at;
    memory->has_state = true;
}

void poll_memory_changed(struct poll_memory *memory) { memory->has_state = false; }

const struct poll_who *poll_memory_who(const struct poll_memory *memory, const struct hash *session,
                                       struct poll_moment now)
{
    const struct poll_entry *set = memory->sets[session->bytes[0] % POLL_SETS];

    for (int i = 0; i < POLL_WAYS; i++) {
        if (is_of(&set[i], session))
            return is_fresh(set[i].at, now, POLL_WHO_MILLISECONDS - 1) ? &set[i].who : NULL;
    }
    return NULL;
}

bool poll_memory_is_state(const struct poll_memory *memory, const struct desk_state *state, struct poll_moment now)
{
    return memory->has_state && is_fresh(memory->state_at, now, POLL_STATE_MILLISECONDS) &&
           desk_state_is_equal(&memory->state, state);
}
