/*
 * Shift handover: who goes off duty hands the open tickets to who comes on, with notes; the other confirms. Kept for ever.
 */
#ifndef STORE_HANDOVER_STORE_H
#define STORE_HANDOVER_STORE_H

#include "core/actor.h"
#include "core/ticket.h"
#include "store/db.h"

#define HANDOVER_ITEMS_MAX 100
#define HANDOVER_NOTE_CHARACTERS 1000
#define HANDOVER_ITEM_CHARACTERS 200

struct handover {
    int32_t id;
    struct staff_id from, to;
    struct unit_id unit;
    const char *from_name, *to_name, *note; /* in the arena of the call */
    struct instant handed_at, confirmed_at; /* confirmed_at: INSTANT_NONE while it is open */
    int item_count;
};

struct handover_item {
    int position; /* 1, 2, … */
    const char *number, *place_text, *note;
    enum ticket_state state;         /* as it is now */
    struct instant next_due_at;      /* INSTANT_NONE when nothing runs */
};

/* Which tickets are this person's to hand on: first contacts of operators, what the unit holds, what waits for operations. */
enum handover_scope { HANDOVER_FIRST_CONTACTS, HANDOVER_OF_UNIT, HANDOVER_OF_OPS };
enum handover_scope handover_scope_of(uint32_t roles);

/*
 * Hands over, with the open tickets as they are at this moment. `handover`: from, to, unit, note. key: of the form; a repeat is
 * STATUS_DUPLICATE with the first one's id. STATUS_INVALID: `to` is not somebody else active in the unit.
 */
enum status handover_store_add(struct db *db, struct handover *handover, enum handover_scope scope,
                               const uint8_t key[16], struct instant now, struct arena *arena,
                               struct fault *fault) MUST_USE;

/* The unit's newest, at most 50. */
enum status handover_store_list(struct db *db, struct unit_id unit, struct arena *arena, struct handover **handovers,
                                size_t *count, struct fault *fault) MUST_USE;

/* One with its tickets. STATUS_ABSENT. Two statements. */
enum status handover_store_load(struct db *db, int32_t id, struct arena *arena, struct handover *handover,
                                struct handover_item **items, size_t *count, struct fault *fault) MUST_USE;

/* A note beside a ticket, by who hands over, until it is confirmed. STATUS_CONFLICT afterwards. */
enum status handover_store_note(struct db *db, int32_t id, int position, struct staff_id from, const char *note,
                                struct fault *fault) MUST_USE;

/* By who comes on. STATUS_CONFLICT: it was confirmed already. */
enum status handover_store_confirm(struct db *db, int32_t id, struct staff_id to, struct instant now,
                                   struct fault *fault) MUST_USE;

/* Who may take over in a unit: active people but one. */
struct colleague {
    struct staff_id id;
    const char *name;
};
enum status handover_store_colleagues(struct db *db, struct unit_id unit, struct staff_id but, struct arena *arena,
                                      struct colleague **colleagues, size_t *count, struct fault *fault) MUST_USE;

#endif
