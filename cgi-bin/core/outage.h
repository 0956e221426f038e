/*
 * Outages (Arts. 18, 33(2)-(5)): an emergency is published and reported to operations in one step; every change is a message of its
 * own, told before the announced end or counted late. A stream of events like a ticket's, with decide and apply. Pure.
 */
#ifndef CORE_OUTAGE_H
#define CORE_OUTAGE_H

#include "core/event.h"
#include "core/ticket.h"

/* Stored: append only. */
enum outage_kind {
    OUTAGE_KIND_NONE,
    OUTAGE_EMERGENCY, /* Art. 18(2) */
    OUTAGE_KIND__COUNT
};

/* What has been told of it. Whether its announced end has passed is a question of the time: outage_phase_at(). Stored. */
enum outage_state {
    OUTAGE_STATE_NONE, /* before the first event */
    OUTAGE_PUBLISHED,
    OUTAGE_RESTORED,
    OUTAGE_WITHDRAWN, /* published by mistake */
    OUTAGE_STATE__COUNT
};

/* What it is at a moment. */
enum outage_phase {
    OUTAGE_PHASE_RUNNING,
    OUTAGE_PHASE_OVERDUE, /* the announced end has passed without news */
    OUTAGE_PHASE_RESTORED,
    OUTAGE_PHASE_WITHDRAWN,
    OUTAGE_PHASE__COUNT
};

/* What can be done with an outage; also the kind of its events and messages. Stored: append only. */
enum outage_action {
    OUTAGE_ACTION_NONE,
    OUTAGE_REPORT,   /* event 1: water off, published, told ops */
    OUTAGE_EXTEND,   /* a later end */
    OUTAGE_WIDEN,    /* more places; also a later end */
    OUTAGE_RESTORE,  /* water on */
    OUTAGE_WITHDRAW, /* published by mistake */
    OUTAGE_NOTE,     /* for staff alone */
    OUTAGE_ACTION__COUNT
};

#define OUTAGE_CAUSES 6 /* Text.outage.cause.N, 1 … */
#define OUTAGE_PLACES_MAX 128
#define OUTAGE_CLOCKS_MAX 40
#define OUTAGE_VALVES_MAX 8
#define OUTAGE_DIAMETER_LEAST_MM 15
#define OUTAGE_DIAMETER_MOST_MM 3000
#define OUTAGE_VALVES_BYTES 80 /* of the canonical text, with NUL */
/* The longest time from the start to the announced end, and from now to another one. */
#define OUTAGE_SECONDS_MAX (INT64_C(30) * DAY_SECONDS)

/* Valves of one size that were closed. */
struct outage_valve {
    int diameter_mm, number;
};

struct outage {
    struct outage_id id;
    uint32_t version; /* seq of the last event */
    enum outage_kind kind;
    enum outage_state state;
    struct unit_id unit;     /* that carries it out and answers for it */
    struct ticket_id ticket; /* the burst it comes of; 0: none */
    int cause;
    int diameter_mm;
    int valve_count;
    struct outage_valve valves[OUTAGE_VALVES_MAX];
    struct instant reported_at;     /* recorded and published */
    struct instant started_at;      /* water off */
    struct instant first_end_at;    /* as first announced */
    struct instant expected_end_at; /* as announced now */
    struct instant ended_at;        /* water on, or withdrawn; INSTANT_NONE while it runs */
    int place_count;
    struct place_id places[OUTAGE_PLACES_MAX];
    int clock_count;
    struct clock clocks[OUTAGE_CLOCKS_MAX]; /* clocks[i].no == i + 1 */
};

struct outage_command {
    enum outage_action action;
    struct actor actor;
    uint32_t expected_version; /* of the form that was shown; 0 for OUTAGE_REPORT */
    /* OUTAGE_REPORT */
    struct unit_id unit;
    struct ticket_id ticket; /* 0: none */
    int cause, diameter_mm;
    bool has_valves; /* said, even that none was closed */
    int valve_count;
    struct outage_valve valves[OUTAGE_VALVES_MAX];
    struct instant occurred_at;     /* OUTAGE_REPORT: water off; OUTAGE_RESTORE: water on */
    struct instant expected_end_at; /* OUTAGE_REPORT, OUTAGE_EXTEND; OUTAGE_WIDEN: or INSTANT_NONE */
    /* OUTAGE_REPORT, OUTAGE_WIDEN; doubles and what is covered already are left out */
    int place_count;
    struct place_id places[EVENT_LIST_MAX];
    bool has_area_words, has_words;
    bool has_reason; /* why it is told late; for staff */
};

/*
 * The one function that decides what somebody may do with an outage: VERDICT_OK, VERDICT_WRONG_UNIT, VERDICT_WRONG_STATE or
 * VERDICT_WRONG_ROLE. Reading is for everybody. permitted_role: may be NULL
 */
enum verdict outage_permits(enum outage_action action, enum outage_state state, uint32_t roles, bool is_own_unit,
                            uint32_t *permitted_role);

/*
 * Decides the command at `now` and fills the one event that does it, with the clocks it starts, stops and ends. A refused command
 * leaves `event` untouched. Besides the permissions: VERDICT_STALE, VERDICT_NEEDS_TEXT, VERDICT_NEEDS_UNIT, VERDICT_NEEDS_PLACE,
 * VERDICT_NEEDS_VALVES, VERDICT_BAD_VALUE, VERDICT_TOO_MANY; for occurred_at VERDICT_TIME_IN_FUTURE, VERDICT_TIME_BEFORE_REPORT
 * (water on before it was off) and VERDICT_NEEDS_REASON (told late); for the expected end VERDICT_NOT_LATER (than now, or than the
 * one announced) and VERDICT_BEYOND_CAP.
 */
enum verdict outage_decide(const struct outage *outage, const struct outage_command *command,
                           const struct regulation *regulation, struct instant now, struct event *event);

/* An outage before its first event. */
void outage_init(struct outage *outage, struct outage_id id);

/* Folds one event that outage_is_foldable. `event->seq` must be version + 1 (assert). */
void outage_apply(struct outage *outage, const struct event *event);

/* Whether an event can be given to outage_apply(), which takes its arguments for granted. For verify. */
bool outage_is_foldable(const struct outage *outage, const struct event *event);

/* Whether an event of this kind is a message to the public. */
bool outage_is_message(enum outage_action action);

/* state, expected_end_at: of the fold. Right on every read, whatever was saved since (Art. 18(2)). */
enum outage_phase outage_phase_at(enum outage_state state, struct instant expected_end_at, struct instant now);

/* ---- valves, as typed and as stored */

/*
 * Reads sizes and numbers in pairs, whatever stands between them: "DN300×2、DN200×1", "300mm 2个"; "0" alone: none was closed. False
 * for anything else, for sizes and numbers that cannot be, and for more than OUTAGE_VALVES_MAX.
 */
bool outage_valves_parse(const char *typed, struct outage_valve valves[OUTAGE_VALVES_MAX], int *count) MUST_USE;

/* "300x2 200x1"; "" for none. outage_valves_parse() reads it back. */
void outage_valves_format(const struct outage_valve *valves, int count, char text[OUTAGE_VALVES_BYTES]);

/* ---- the words of an event */

/*
 * An event has one text, and its hash is in the payload. An outage's is up to three: the area in words, what the public is told, and
 * why it is told late, which is for staff alone.
 */
struct outage_words {
    const char *area, *words, *reason; /* "" without */
};

/* The one text; "" without any. Returns its length, or `capacity` and more when it does not fit (nothing is cut). */
size_t outage_words_join(const struct outage_words *words, char *text, size_t capacity);

/* The reverse, in place: the separators in `text` become NUL. */
struct outage_words outage_words_split(char *text);

const char *outage_state_name(enum outage_state state);
const char *outage_phase_name(enum outage_phase phase);
const char *outage_action_name(enum outage_action action);

#endif
