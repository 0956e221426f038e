#include "web/rate.h"

#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>

#include "base/log.h"

enum { SLOTS = 8192, WAYS = 8 };

/*
 * Written by several processes without a lock. Two that take the same slot at the same moment may lose a count, which at worst
 * asks for an effort one request later.
 */
struct slot {
    _Atomic uint64_t who;
    _Atomic int64_t began; /* ms */
    _Atomic int count;
};

static struct slot *slots;

void rate_open(void)
{
    if (slots != NULL)
        return;
    void *memory = mmap(NULL, SLOTS * sizeof(struct slot), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        log_die("out_of_memory for=rates");
    slots = memory;
}

static uint64_t key_of(const struct hash *who)
{
    uint64_t key;

    memcpy(&key, who->bytes, sizeof key);
    return key == 0 ? 1 : key; /* 0 is a free slot */
}

/* The slot of `key`, or NULL; oldest: which of its ways to take for it. */
static struct slot *find(uint64_t key, struct slot **oldest)
{
    *oldest = NULL;
    for (size_t i = 0; i < WAYS; i++) {
        struct slot *slot = &slots[(key + i) % SLOTS];
        if (atomic_load(&slot->who) == key)
            return slot;
        if (*oldest == NULL || atomic_load(&slot->began) < atomic_load(&(*oldest)->began))
            *oldest = slot;
    }
    return NULL;
}

static bool is_over(const struct slot *slot, struct instant now, int64_t window_seconds)
{
    const int64_t age = now.milliseconds - atomic_load(&slot->began);

    return age < 0 || age >= window_seconds * 1000;
}

int rate_count(const struct hash *who, struct instant now, int64_t window_seconds)
{
    const uint64_t key = key_of(who);
    struct slot *oldest, *slot;

    rate_open();
    slot = find(key, &oldest);
    if (slot != NULL && !is_over(slot, now, window_seconds))
        return atomic_fetch_add(&slot->count, 1) + 1;
    if (slot == NULL)
        slot = oldest;
    atomic_store(&slot->began, now.milliseconds);
    atomic_store(&slot->count, 1);
    atomic_store(&slot->who, key);
    return 1;
}

int rate_look(const struct hash *who, struct instant now, int64_t window_seconds)
{
    struct slot *oldest;

    rate_open();
    const struct slot *slot = find(key_of(who), &oldest);
    return slot == NULL || is_over(slot, now, window_seconds) ? 0 : atomic_load(&slot->count);
}
