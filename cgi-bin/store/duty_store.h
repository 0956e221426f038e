/*
 * The duty roster (Art. 12: each unit has one liaison for ops, 24 hours), and the calls that nobody answered (Art. 34(1)).
 */
#ifndef STORE_DUTY_STORE_H
#define STORE_DUTY_STORE_H

#include "core/register.h"
#include "core/roster.h"
#include "store/catalog.h"
#include "store/change.h"

/* One shift. Texts in the arena. */
struct shift {
    int32_t id;
    struct unit_id unit;
    struct staff_id staff;
    const char *name, *login;
    struct interval time;
    struct instant created_at;
};

/* Shifts of a unit (0: of all) that hold at some moment of the window, by start; at most DUTY_SHIFTS_MAX. */
#define DUTY_SHIFTS_MAX 20000
enum status duty_store_list(struct db *db, struct unit_id unit, struct interval window, struct arena *arena,
                            struct shift **shifts, size_t *count, struct fault *fault) MUST_USE;
enum status duty_store_find(struct db *db, struct unit_id unit, int32_t id, struct arena *arena, struct shift *shift,
                            struct fault *fault) MUST_USE;

/* Hours of a window in which a unit has nobody on duty. */
struct duty_gaps {
    struct unit_id unit;
    struct interval *gaps;
    size_t count;
    int64_t seconds;
};
/*
 * For each handling unit (or the one given) in the catalog's order, also those without a gap. One statement. What the desk,
 * ops' page and the first page of the administration warn with.
 * window  from now to now + policies[POLICY_ROSTER_DAYS]
 */
enum status duty_store_gaps(struct db *db, const struct catalog *catalog, struct unit_id unit, struct interval window,
                            struct arena *arena, struct duty_gaps **units, size_t *count, struct fault *fault) MUST_USE;
/* From `now` as far ahead as ops wants to see. */
struct interval duty_window(const struct catalog *catalog, struct instant now);

/* Who is on duty for a unit at a moment. Of two at once the one whose shift began last. STATUS_ABSENT: nobody. */
struct duty_person {
    struct staff_id staff;
    const char *name, *phone_masked; /* in the arena */
};
enum status duty_store_on_duty(struct db *db, struct unit_id unit, struct instant at, struct arena *arena,
                               struct duty_person *person, struct fault *fault) MUST_USE;

/* Whom a unit's roster may name: its active liaisons and leaders; id, name, login; at most 200. */
enum status duty_store_people(struct db *db, struct unit_id unit, struct arena *arena, struct shift **people,
                              size_t *count, struct fault *fault) MUST_USE;

/* ---- changes; STATUS_DUPLICATE for a form that was done before */

/* Adds the shifts (staff and time of each) to a unit's roster, all or none. */
enum status duty_store_add(struct db *db, const struct change *change, struct unit_id unit, const struct shift *shifts,
                           size_t count, struct fault *fault) MUST_USE;
/*
 * Ends a shift at `to`, inside it and not before now; or takes it away, when `to` is not set and it has not begun.
 * shift: as it was seen. STATUS_CONFLICT: it is not so any more.
 */
enum status duty_store_end(struct db *db, const struct change *change, const struct shift *shift, struct instant to,
                           struct fault *fault) MUST_USE;

/* ---- calls */

/*
 * Keeps a call that the unit's liaison on duty did not answer, with the number that stands in the register. Part of the
 * transaction that appends the ticket's event.
 */
enum status duty_store_add_failed_call(struct db *db, int64_t ticket_id, uint32_t seq, struct unit_id unit,
                                       struct instant called_at, struct staff_id by, struct fault *fault) MUST_USE;

struct failed_call {
    int64_t ticket_id;
    uint32_t seq;
    struct unit_id unit;
    struct instant called_at;
    struct staff_id staff; /* 0: nobody was on duty */
    const char *name, *number_masked, *recorded_by, *ticket_number;
};
struct call_cursor {
    struct instant at; /* INSTANT_NONE: from the newest */
    int64_t ticket_id;
    uint32_t seq;
};
/* Newest first, of a unit (0: of all). */
enum status duty_store_list_failed_calls(struct db *db, struct unit_id unit, struct call_cursor before, int limit,
                                         struct arena *arena, struct failed_call **calls, size_t *count,
                                         struct fault *fault) MUST_USE;

#endif
