/*
 * Outages (Arts. 18, 19, 33(2)-(5)(7)(10)), three kinds in one register. An emergency is published and reported to operations in one
 * step. A planned one is applied for, approved, announced and told of, each step before its own limit. A cut-off is reported to
 * operations before it happens and is nobody else's business. Every change is a message of its own, told in advance or counted late. A
 * stream of events like a ticket's, with decide and apply. Pure.
 */
#ifndef CORE_OUTAGE_H
#define CORE_OUTAGE_H

#include "core/event.h"
#include "core/ticket.h"

/* Stored: append only. */
enum outage_kind {
    OUTAGE_KIND_NONE,
    OUTAGE_EMERGENCY, /* Art. 18(2) */
    OUTAGE_PLANNED,   /* Art. 18(1): no water, or is_pressure: less pressure */
    OUTAGE_CUTOFF,    /* Arts. 18(3), 33(10): arrears and other reasons; never told to the public: whose debt it is is private */
    OUTAGE_KIND__COUNT
};

/* How far it has come. Whether an announced time has passed is a question of the time: outage_phase_at(). Stored: append only. */
enum outage_state {
    OUTAGE_STATE_NONE, /* before the first event */
    OUTAGE_PUBLISHED,  /* the water is off; but for a cut-off the public was told */
    OUTAGE_RESTORED,
    OUTAGE_WITHDRAWN, /* published by mistake */
    OUTAGE_APPLIED,   /* a planned one waits for its approval */
    OUTAGE_REFUSED,
    OUTAGE_APPROVED,  /* not told to the public yet */
    OUTAGE_ANNOUNCED, /* it will happen: the public was told, of a cut-off operations */
    OUTAGE_CANCELLED, /* it will not happen */
    OUTAGE_STATE__COUNT
};

/* What it is at a moment. */
enum outage_phase {
    OUTAGE_PHASE_RUNNING,
    OUTAGE_PHASE_OVERDUE, /* the announced end has passed without news */
    OUTAGE_PHASE_RESTORED,
    OUTAGE_PHASE_WITHDRAWN,
    OUTAGE_PHASE_PLANNED,   /* asked for or approved: for staff alone */
    OUTAGE_PHASE_ANNOUNCED, /* before the announced start */
    OUTAGE_PHASE_REFUSED,   /* for staff alone */
    OUTAGE_PHASE_CANCELLED,
    OUTAGE_PHASE__COUNT
};

/* What can be done with an outage; also the kind of its events and messages. Stored: append only. */
enum outage_action {
    OUTAGE_ACTION_NONE,
    OUTAGE_REPORT,   /* event 1 of an emergency: water off, published, told ops */
    OUTAGE_EXTEND,   /* a later end */
    OUTAGE_WIDEN,    /* more places; also a later end */
    OUTAGE_RESTORE,  /* water on */
    OUTAGE_WITHDRAW, /* published by mistake */
    OUTAGE_NOTE,     /* for staff alone */
    OUTAGE_APPLY,    /* event 1 of a planned one, by the unit that carries it out (Arts. 18(1), 19) */
    OUTAGE_ASSIST,   /* pipeline management names who assists (Art. 19) */
    OUTAGE_APPROVE,  /* by a second person */
    OUTAGE_REFUSE,
    OUTAGE_NOTIFY,   /* operations told in writing (Art. 33(3)) */
    OUTAGE_PUBLISH,  /* to the public, by a second person */
    OUTAGE_MEDIA,    /* announced in the news media by the unit that carries it out (Art. 18(1)) */
    OUTAGE_POSTER,   /* put up in the area by customer management (Arts. 18(1), 33(4)) */
    OUTAGE_SMS,      /* sent to the registered households (Art. 18(1)) */
    OUTAGE_START,    /* water off as planned, or without approval, with the reason why (Art. 33(7)) */
    OUTAGE_POSTPONE, /* a later start and end */
    OUTAGE_CANCEL,   /* it will not happen */
    OUTAGE_CUT,      /* event 1 of a cut-off: reported to operations (Arts. 18(3), 33(10)) */
    OUTAGE_ACTION__COUNT
};
#define OUTAGE_BIT(action) (UINT32_C(1) << (action))

/* What is cut off. Stored. */
enum outage_scope {
    OUTAGE_SCOPE_NONE,
    OUTAGE_SCOPE_MASTER_METER, /* Art. 18(3) */
    OUTAGE_SCOPE_HOUSEHOLDS,   /* meters of households in numbers (Art. 33(10)) */
    OUTAGE_SCOPE__COUNT
};

#define OUTAGE_CAUSES 17 /* Text.outage.cause.N, 1 …; of which kind: outage_cause_fits() */
#define OUTAGE_PLACES_MAX 128
#define OUTAGE_CLOCKS_MAX 40
#define OUTAGE_VALVES_MAX 8
#define OUTAGE_DIAMETER_LEAST_MM 15
#define OUTAGE_DIAMETER_MOST_MM 3000
#define OUTAGE_VALVES_BYTES 80 /* of the canonical text, with NUL */
/* The longest time from the start to the announced end, and from now to another one. */
#define OUTAGE_SECONDS_MAX (INT64_C(30) * DAY_SECONDS)
#define OUTAGE_AHEAD_SECONDS_MAX (INT64_C(366) * DAY_SECONDS) /* from now to a planned start */
#define OUTAGE_HOUSEHOLDS_MOST 2000000

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
    int diameter_mm; /* of an emergency */
    int valve_count;
    struct outage_valve valves[OUTAGE_VALVES_MAX];
    bool is_pressure;   /* less pressure instead of no water */
    bool is_large;      /* by the policies of the day it was applied for */
    bool is_public;     /* the public was told: its messages are shown */
    bool is_unapproved; /* done without approval (Art. 33(7)) */
    enum outage_approver approver; /* whose approval it needs */
    enum outage_scope scope;       /* of a cut-off */
    int households;                /* affected, as said; 0: not said */
    struct staff_id applicant;     /* who applied; a second person approves and publishes */
    struct staff_id assistant;     /* named by pipeline management; 0: nobody yet */
    uint32_t steps;                /* OUTAGE_BITs of what was done */
    struct instant reported_at;     /* the first event recorded */
    struct instant planned_start_at; /* as planned now; INSTANT_NONE: an emergency */
    struct instant started_at;      /* water off; INSTANT_NONE before it */
    struct instant first_end_at;    /* as first said */
    struct instant expected_end_at; /* as said now; INSTANT_NONE: a cut-off has none */
    struct instant ended_at;        /* water on, withdrawn, refused, cancelled; INSTANT_NONE before that */
    int place_count;
    struct place_id places[OUTAGE_PLACES_MAX];
    int clock_count;
    struct clock clocks[OUTAGE_CLOCKS_MAX]; /* clocks[i].no == i + 1 */
};

struct outage_command {
    enum outage_action action;
    struct actor actor;
    uint32_t expected_version; /* of the form that was shown; 0 for the first event */
    /* the first event */
    struct unit_id unit;
    struct ticket_id ticket; /* OUTAGE_REPORT; 0: none */
    int cause;
    int diameter_mm;         /* OUTAGE_REPORT */
    bool has_valves;         /* OUTAGE_REPORT: said, even that none was closed */
    int valve_count;
    struct outage_valve valves[OUTAGE_VALVES_MAX];
    bool is_pressure;        /* OUTAGE_APPLY */
    enum outage_scope scope; /* OUTAGE_CUT */
    int households;          /* OUTAGE_APPLY, OUTAGE_CUT; OUTAGE_SMS: selected */
    int sent, failed;        /* OUTAGE_SMS */
    int photo_count;         /* OUTAGE_POSTER: counted by the program */
    struct staff_id assistant; /* OUTAGE_ASSIST; a member of pipeline management: the program looks */
    bool has_clash, is_clash_seen; /* OUTAGE_PUBLISH: another outage at the same place and time; it was shown */
    /* When it happened: OUTAGE_REPORT, OUTAGE_START: water off; OUTAGE_RESTORE: water on; and of OUTAGE_NOTIFY, _MEDIA, _POSTER, _SMS. */
    struct instant occurred_at;
    struct instant planned_start_at; /* OUTAGE_APPLY, OUTAGE_CUT, OUTAGE_POSTPONE */
    struct instant expected_end_at;  /* OUTAGE_REPORT, OUTAGE_APPLY, OUTAGE_EXTEND, OUTAGE_POSTPONE; OUTAGE_WIDEN: or INSTANT_NONE */
    /* The first event, OUTAGE_WIDEN; doubles and what is covered already are left out */
    int place_count;
    struct place_id places[EVENT_LIST_MAX];
    bool has_area_words, has_words;
    bool has_reason; /* why it is told late, done without approval, or without a photo; for staff */
};

/* Who asks to do something, and with what: outage_standing_of(), or filled in for a table. */
struct outage_standing {
    enum outage_state state;
    enum outage_kind kind;         /* of the first event: what it will be */
    enum outage_approver approver; /* whose approval it needs */
    uint32_t roles;
    bool is_own_unit;  /* in the unit that carries it out */
    bool is_pipeline;  /* in pipeline management */
    bool is_customer;  /* in customer management */
    bool is_applicant; /* the person who applied */
};
struct outage_standing outage_standing_of(const struct outage *outage, const struct actor *actor,
                                          const struct outage_policy *policy);
/* Before the first event, in the name of `unit`. kind: what it will be */
struct outage_standing outage_standing_new(enum outage_kind kind, struct unit_id unit, const struct actor *actor);

/*
 * The one function that decides what somebody may do with an outage: VERDICT_OK, VERDICT_WRONG_UNIT, VERDICT_WRONG_STATE,
 * VERDICT_SAME_PERSON (who applied does not approve or publish) or VERDICT_WRONG_ROLE. Reading is for everybody. permitted_role: may be
 * NULL
 */
enum verdict outage_permits(enum outage_action action, const struct outage_standing *standing, uint32_t *permitted_role);

/*
 * Decides the command at `now` and fills the one event that does it, with the clocks it starts, stops and ends. A refused command
 * leaves `event` untouched. Besides the permissions: VERDICT_STALE, VERDICT_NEEDS_TEXT, VERDICT_NEEDS_UNIT, VERDICT_NEEDS_PLACE,
 * VERDICT_NEEDS_VALVES, VERDICT_NEEDS_HOUSEHOLDS, VERDICT_NEEDS_PHOTO, VERDICT_NEEDS_ASSISTANT (before the approval), VERDICT_CLASH,
 * VERDICT_BAD_VALUE, VERDICT_TOO_MANY; for occurred_at VERDICT_TIME_IN_FUTURE, VERDICT_TIME_BEFORE_REPORT (water on before it was off)
 * and VERDICT_NEEDS_REASON (told late, too near to the planned start, or without approval); for the planned start VERDICT_START_PAST
 * (it, or the one that stands, has passed), VERDICT_START_NOT_LATER (than the one that stands) and VERDICT_TOO_FAR; for the expected
 * end VERDICT_NOT_LATER (than now, than the start, or than the one announced) and VERDICT_BEYOND_CAP.
 */
enum verdict outage_decide(const struct outage *outage, const struct outage_command *command,
                           const struct regulation *regulation, struct instant now, struct event *event);

/* The first event of a kind; the kind that begins with an event, OUTAGE_KIND_NONE: it begins none. */
enum outage_action outage_first_action(enum outage_kind kind);
enum outage_kind outage_kind_begun(enum outage_action action);

/* Whether a cause belongs to a kind. */
bool outage_cause_fits(enum outage_kind kind, int cause);

/* Whether so many households or so long a stop is one of large extent (Art. 18(1)), which needs the higher approver. */
bool outage_is_large(const struct outage_policy *policy, int households, struct instant start_at, struct instant end_at);

/* An outage before its first event. */
void outage_init(struct outage *outage, struct outage_id id);

/* Folds one event that outage_is_foldable. `event->seq` must be version + 1 (assert). */
void outage_apply(struct outage *outage, const struct event *event);

/* Whether an event can be given to outage_apply(), which takes its arguments for granted. For verify. */
bool outage_is_foldable(const struct outage *outage, const struct event *event);

/* Whether an event is a message to the public. is_public: of the outage after it */
bool outage_is_message(enum outage_action action, bool is_public);

/*
 * state, start_at, expected_end_at: of the fold (outage_start_at()). Right on every read, whatever was saved since (Art. 18(2)): what was
 * announced runs from its announced start on.
 */
enum outage_phase outage_phase_at(enum outage_state state, struct instant start_at, struct instant expected_end_at,
                                  struct instant now);

/* Whether there can still be news of it: asked for, announced or running. */
bool outage_is_open(enum outage_state state);

/* When the water went off, or will go off by the plan. */
struct instant outage_start_at(const struct outage *outage);

/*
 * What has to be done with an outage at `now`, as OUTAGE_BITs: its steps that were not done, OUTAGE_START once the planned start has
 * passed without news, OUTAGE_RESTORE once the announced end has. Whose it is says outage_permits(). 0: nothing
 */
uint32_t outage_next_steps(const struct outage *outage, struct instant now);

/* The clock that measures a step; CLOCK_NONE: none does. */
enum clock_kind outage_step_clock(enum outage_action action);

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
 * An event has one text, and its hash is in the payload. An outage's is up to four: the area in words, what the public is told, why it
 * is told late, which is for staff alone, and where water is given out meanwhile (送水点), for the public.
 */
struct outage_words {
    const char *area, *words, *reason, *water_points; /* "" without */
};

/* The one text; "" without any. Returns its length, or `capacity` and more when it does not fit (nothing is cut). */
size_t outage_words_join(const struct outage_words *words, char *text, size_t capacity);

/* The reverse, in place: the separators in `text` become NUL. */
struct outage_words outage_words_split(char *text);

const char *outage_kind_name(enum outage_kind kind);
const char *outage_state_name(enum outage_state state);
const char *outage_phase_name(enum outage_phase phase);
const char *outage_action_name(enum outage_action action);

#endif
