/*
 * Crews on the way: which assignment a link is for, and to whom one can be given.
 */
#ifndef STORE_CREW_STORE_H
#define STORE_CREW_STORE_H

#include "core/actor.h"
#include "store/db.h"

/* The number of the assignment by which the unit holds the ticket now; 0: it holds nothing. */
enum status crew_store_assignment(struct db *db, struct ticket_id ticket, struct unit_id unit, struct arena *arena,
                                  int *dispatch_no, struct fault *fault) MUST_USE;

struct crew_person {
    struct staff_id id;
    const char *name;
    uint32_t roles;
};

/* The active crew, liaisons and leaders of a unit by name, the first two hundred. */
enum status crew_store_people(struct db *db, struct unit_id unit, struct arena *arena, struct crew_person **people,
                              size_t *count, struct fault *fault) MUST_USE;

#endif
