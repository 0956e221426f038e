/*
 * Events: what happened to a subject, append-only, in versioned canonical bytes, chained by hashes. Pure.
 *
 * A payload holds ids and numbers only: no personal data, no free text. A text is represented by the salted hash of
 * its bytes; the text itself stands in a row that retention can empty while the chain still verifies.
 */
#ifndef CORE_EVENT_H
#define CORE_EVENT_H

#include "base/crypto.h"
#include "base/text.h"
#include "core/actor.h"
#include "core/clock.h"

/* Numbers an event can carry. The values are the tags in the payload: append only. */
enum event_field {
    FIELD_NONE,
    FIELD_SOURCE,
    FIELD_NATURE,
    FIELD_CATEGORY,
    FIELD_GRADES,
    FIELD_ZONE,
    FIELD_DIAMETER_MM,
    FIELD_VALVE_STUCK,
    FIELD_PLACE,
    FIELD_LIMIT_SECONDS,    /* set by ops */
    FIELD_UNIT,
    FIELD_DISPATCH_NO,
    FIELD_ASSIGNMENT_ROLE,  /* enum assignment_role */
    FIELD_DECISION,         /* enum decision */
    FIELD_REASON,           /* code of a reason from a list */
    FIELD_PROPOSED_DUE,     /* ms UTC */
    FIELD_GRANTED_DUE,      /* ms UTC */
    FIELD_APPOINTMENT_AT,   /* ms UTC */
    FIELD_SAID_AT,          /* when the resident said "not fixed", ms UTC */
    FIELD_OUTCOME,          /* enum finish_outcome */
    FIELD_CAUSE,
    FIELD_SATISFACTION,     /* 1 … 5, 5 best; 0 not possible */
    FIELD_FOLLOW_UP,        /* enum follow_up_result */
    FIELD_RATING,           /* 1 … 5 by the resident */
    FIELD_PARENT,           /* ticket id */
    FIELD_CLOCK_NO,
    FIELD_EXCUSE,           /* id of the failure report */
    FIELD_CREW_SENT,        /* 1: arrival and contact run anew (decision 4) */
    FIELD_HAS_PHONE,
    FIELD_OUTSIDE_DUE,      /* deadline of the mayor's hotline, ms UTC */
    FIELD_INTERNAL,         /* 1: not shown to the resident */
    FIELD_LATE_ENTRY,       /* 1: told more than ten minutes after it happened; shown to ops */
    FIELD_FIRST_RECEIVER,   /* staff id (Art. 9) */
    FIELD_AMOUNT_FEN,       /* compensation, 0.01 yuan */
    FIELD_INPUT_ID,         /* the resident_input row this event applies */
    FIELD_CLOCK_KIND,       /* enum clock_kind: which promise the parent kept or broke */
    FIELD_DEPARTMENT,       /* a unit named by an escalation (Art. 11), the first of EVENT_DEPARTMENTS_MAX … */
    FIELD_DEPARTMENT_LAST = FIELD_DEPARTMENT + 7, /* … to here */
    FIELD_NOTICE_GIVEN,     /* enum notice_given (Art. 24) */
    FIELD_CONFIRMATION,     /* enum confirmation, by the customer (Art. 24) */
    FIELD_LIABILITY,        /* enum liability (Art. 25) */
    FIELD_PHOTO_COUNT,      /* photos from after the work, counted by the program, never typed (Art. 10) */
    FIELD_NO_PHOTO,         /* code of the reason why there is none, from a list */
    FIELD_SAMPLED,          /* 1: this finish is called back; 0: outside the sample (Art. 10) */
    FIELD_UNREACHABLE,      /* 1: so many calls failed that the customer counts as unreachable */
    FIELD_LEVEL,            /* how many times the matter came before (Art. 34(3)) */
    FIELD_STAFF,            /* who could not be reached (Art. 34(1)) */
    FIELD_PLANNED_AT,       /* when the repair should be done by the plan (Art. 22), ms UTC */
    FIELD_OUTAGE_KIND,      /* enum outage_kind (Art. 18) */
    FIELD_EXPECTED_END,     /* when the water should be back, as announced (Art. 18(2)), ms UTC */
    FIELD_PLANNED_START,    /* when the water is to go off (Art. 18(1), (3)), ms UTC */
    FIELD_PRESSURE,         /* 1: less pressure instead of no water */
    FIELD_HOUSEHOLDS,       /* affected, or selected for messages */
    FIELD_LARGE,            /* 1: of large extent by the policies of the day (Art. 18(1)) */
    FIELD_APPROVER,         /* enum outage_approver: whose approval it needs */
    FIELD_SCOPE,            /* enum outage_scope: what is cut off (Arts. 18(3), 33(10)) */
    FIELD_UNAPPROVED,       /* 1: done without approval (Art. 33(7)) */
    FIELD_SENT,             /* messages sent to households (Art. 18(1)) */
    FIELD_FAILED,           /* messages that failed */
    FIELD_BASIS,            /* enum penalty_basis */
    FIELD_HAPPENED_AT,      /* when what a penalty rests on happened, ms UTC */
    FIELD_SUBJECT,          /* enum subject_kind of what it rests on */
    FIELD_SUBJECT_ID,
    FIELD_BREACH_NO,        /* which of the subject's breaches of that basis (core/breach.h) */
    FIELD_CLAUSE,           /* id of a clause of the catalogue (Arts. 29-35) */
    FIELD_LATE_SECONDS,
    FIELD_OPS_WAIT_SECONDS, /* of the time it took, it waited at operations */
    FIELD_UNIT_FEN,         /* penalty of the unit, 0.01 yuan */
    FIELD_LEADER,           /* staff id of the direct leader */
    FIELD_LEADER_FEN,
    FIELD_PERSON_FEN,       /* of FIELD_STAFF */
    EVENT_FIELD__COUNT
};

#define EVENT_DEPARTMENTS_MAX 8
#define EVENT_CLOCKS_MAX 16  /* clock changes in one event */
#define EVENT_PAYLOAD_MAX 5760
#define EVENT_LIST_MAX 64    /* numbers in one list */
#define EVENT_TEXT_SALT_BYTES 16

/* Lists of numbers that an event can carry; in the payload by their own tags: append only. */
enum event_list {
    LIST_PLACES, /* place ids that an outage covers */
    LIST_VALVES, /* valves closed, diameter in mm × 100 + number */
    EVENT_LIST__COUNT
};

struct event {
    enum subject_kind subject;
    int64_t subject_id;
    uint32_t seq; /* 1, 2, … */
    int kind;     /* the subject's own enum, e.g. enum ticket_action */
    struct instant occurred_at; /* when it happened; clocks use this */
    struct instant recorded_at; /* the server's; never before occurred_at */
    uint32_t actor_role;        /* the ROLE_BIT under which it was permitted */
    struct staff_id actor_staff;
    struct unit_id actor_unit;
    bool has_field[EVENT_FIELD__COUNT];
    int64_t field[EVENT_FIELD__COUNT];
    int clock_count;
    struct clock clocks[EVENT_CLOCKS_MAX]; /* each clock's state after this event */
    int list_count[EVENT_LIST__COUNT];
    int32_t list[EVENT_LIST__COUNT][EVENT_LIST_MAX];
    bool has_text;
    struct hash text_hash; /* of salt and text; zero without text */
};

/* What every event begins with: which one of whose stream, what was done, by whom, when. */
struct event_head {
    enum subject_kind subject;
    int64_t subject_id;
    uint32_t version; /* of the subject before it */
    int kind;
    const struct actor *actor;
    uint32_t permitted_role;
    struct instant occurred_at, recorded_at;
    bool has_text;
};
/* Puts it into an event that is zeros but for numbers set already. */
void event_begin(struct event *event, const struct event_head *head);

/* Sets a number. */
void event_set(struct event *event, enum event_field field, int64_t value);
/* The number, or `fallback` when the event has none. */
int64_t event_get(const struct event *event, enum event_field field, int64_t fallback);

/*
 * Canonical bytes of fields, clock changes and text hash: version byte, then tag-value pairs in ascending order; the
 * same event always gives the same bytes. Returns the length; EVENT_PAYLOAD_MAX always suffices.
 */
size_t event_format_payload(const struct event *event, uint8_t payload[EVENT_PAYLOAD_MAX]);

/* The reverse, into an event whose other members are set already. False for bytes that format would not have written. */
bool event_parse_payload(struct event *event, const uint8_t *payload, size_t length) MUST_USE;

/* Hash of a text under its salt. */
struct hash event_text_hash(const uint8_t salt[EVENT_TEXT_SALT_BYTES], const char *text);

/* The chain: hash over the previous hash (zero for seq 1), subject, seq, kind, times, actor and payload bytes. */
struct hash event_chain_hash(const struct hash *previous, const struct event *event, const uint8_t *payload,
                             size_t length);

#endif
