/*
 * Failure reports as rows (Art. 15), the clocks that one covers, and the silence of the whole system that clerk notices.
 * Rows, not streams: what a report does to a clock stands in the ticket's own events.
 */
#ifndef STORE_FAILURE_STORE_H
#define STORE_FAILURE_STORE_H

#include "core/failure_flow.h"
#include "core/ticket.h"
#include "store/ticket_store.h"

#define FAILURE_KEY_BYTES 16

/* A report. Texts live in the arena. */
struct failure {
    int32_t id;
    uint32_t version;
    enum failure_state state;
    enum failure_origin origin;
    int part;                      /* 1 … FAILURE_PARTS */
    struct failure_report report;  /* as core judges it */
    struct failure_report claimed; /* its times as they were first told */
    const char *contact;           /* whom the unit reached, or who called; "" */
    const char *words;
    struct instant recorded_at, decided_at;
    struct staff_id recorded_by, decided_by;
    const char *recorder_name, *decider_name; /* "" for the system, and when nobody decided yet */
    const char *decision_words;
    int32_t proposal; /* out of which it was confirmed; 0: none */
    bool has_last_key;
    uint8_t last_key[FAILURE_KEY_BYTES]; /* of the form that changed it last */
};

/*
 * Writes a new report with its audit record, in one transaction; fills id.
 * STATUS_DUPLICATE  the key was used: id is that report's
 */
enum status failure_store_add(struct db *db, struct failure *failure, const uint8_t key[FAILURE_KEY_BYTES],
                              struct arena *arena, struct fault *fault) MUST_USE;

/* STATUS_ABSENT when there is none. */
enum status failure_store_find(struct db *db, int32_t id, struct arena *arena, struct failure *failure,
                               struct fault *fault) MUST_USE;

/* What waits for ops, oldest first, at most 50. */
enum status failure_store_waiting(struct db *db, struct arena *arena, struct failure **failures, size_t *count,
                                  struct fault *fault) MUST_USE;

/* Reports before `before` (0: the newest), newest first, up to limit. unit: 0 for all */
enum status failure_store_list(struct db *db, struct unit_id unit, int32_t before, int limit, struct arena *arena,
                               struct failure **failures, size_t *count, struct fault *fault) MUST_USE;

/* Who changes a report, when, by which form. */
struct failure_change {
    struct staff_id staff;
    struct instant now;
    const uint8_t *key; /* FAILURE_KEY_BYTES */
};

/*
 * The end of the fault. STATUS_CONFLICT: somebody changed the report since `failure` was read. STATUS_OK also when this very form
 * did it before.
 */
enum status failure_store_end(struct db *db, const struct failure *failure, struct instant ended_at,
                              const struct failure_change *change, struct fault *fault) MUST_USE;

/* Ops' decision: state, times and words of `decided` over the row that `failure` was read from. As above. */
enum status failure_store_decide(struct db *db, const struct failure *failure, const struct failure *decided,
                                 const struct failure_change *change, struct fault *fault) MUST_USE;

/*
 * Confirms a proposal: a confirmed report for each unit, with the times and words of `decided`, and the proposal is
 * FAILURE_TAKEN, in one transaction. As above.
 */
enum status failure_store_take(struct db *db, const struct failure *proposal, const struct failure *decided,
                               const struct unit_id *units, size_t unit_count, const struct failure_change *change,
                               struct fault *fault) MUST_USE;

/* A clock of a ticket. */
struct failure_clock {
    struct ticket_id ticket;
    char number[NUMBER_BYTES];
    const char *place_text;
    struct category_id category;
    enum ticket_state state;
    struct clock clock;
    bool is_excused; /* by this very report; else it is late and covered */
};

/*
 * The clocks that the report covers now (failure_covers) and those it excused, by due time; one statement. more: there may be
 * further ones beyond `limit`.
 */
enum status failure_store_clocks(struct db *db, const struct failure *failure, struct instant now, int limit,
                                 struct arena *arena, struct failure_clock **clocks, size_t *count, bool *more,
                                 struct fault *fault) MUST_USE;

/* ---- clerk's */

/* A clerk's own row; 0 before its first beat. */
struct heartbeat {
    int64_t id;
};

/*
 * Says that this clerk lives. When it may have been away (its first beat, or a pause of its own) and no clerk was seen for longer
 * than FAILURE_SILENCE_SECONDS, and nobody filed anything meanwhile, a failure of the whole system is proposed, once by however many
 * clerks come back.
 */
enum status heartbeat_store_beat(struct db *db, struct heartbeat *heartbeat, bool may_have_been_away,
                                 struct instant now, bool *is_proposed, struct fault *fault) MUST_USE;

/* Writes the notices of new reports (to ops) and of decisions (to the unit), up to `limit` reports. */
enum status failure_store_announce(struct db *db, struct instant now, int limit, struct arena *arena, int *announced,
                                   struct fault *fault) MUST_USE;

#endif
