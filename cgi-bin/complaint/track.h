/*
 * Reading a ticket for its tracking page. Steps and clocks change only with the ticket's version, and such pages are asked
 * for again and again while somebody waits, so each worker keeps those of the tickets it showed last.
 */
#ifndef COMPLAINT_TRACK_H
#define COMPLAINT_TRACK_H

#include "store/public_store.h"
#include "web/request.h"

#define TRACKS_MAX 32

/* Steps and clocks of one version of a ticket, in memory of their own. */
struct track {
    struct ticket_id ticket; /* 0: free */
    uint32_t version;
    uint64_t used_at; /* counts uses: the least recently used makes room */
    void *memory;
    struct public_step *steps;
    struct clock *clocks;
    size_t step_count, clock_count;
};

struct tracks {
    struct track rows[TRACKS_MAX];
    uint64_t use_count;
};

/*
 * One statement for a ticket seen before, else two. What the resident has just added is read only when `with_inputs`. The lists
 * are valid until the next call.
 */
enum status track_load(struct db *db, struct tracks *tracks, const char *number, bool with_inputs, struct arena *arena,
                       struct public_file *file, struct fault *fault) MUST_USE;

void tracks_release(struct tracks *tracks);

#endif
