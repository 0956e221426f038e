/*
 * Breaches: what of a subject's clocks and facts calls for a clause of the catalogue (Arts. 28-35). A breach is found anew from the facts
 * each time; what became of it is a penalty's business (core/penalty.h). Pure; nothing is allocated.
 */
#ifndef CORE_BREACH_H
#define CORE_BREACH_H

#include "core/penalty.h"

#define BREACHES_MAX 128 /* of one subject */

/* A row of breach_clause: a clock of this kind that is broken proposes the clause. */
struct clock_clause {
    enum clock_kind kind;
    int source_group; /* 0: any source; 1: only where the report came from government or media, and then in place of the row of 0 */
    int32_t clause;
};

/* A row of basis_clause: what is no clock and proposes the clause. */
struct basis_clause {
    enum penalty_basis basis;
    int32_t clause;
    int window_days; /* BASIS_LEAK_AGAIN: so long after the first repair a second one counts; else 0 */
};

struct breach_rules {
    const struct clock_clause *clocks;
    size_t clock_count;
    const struct basis_clause *bases;
    size_t basis_count;
};

/* A lead assignment, for the time that a matter waited at operations. */
struct breach_hold {
    int dispatch_no;
    struct instant dispatched_at, ended_at; /* INSTANT_NONE: holds it still */
    struct instant objected_at;             /* while an objection waits for ops; INSTANT_NONE otherwise */
    int64_t at_ops_milliseconds;
};

/* The failed calls to the liaison of one unit over one ticket. */
struct breach_call {
    struct unit_id unit;
    struct instant first_at;
};

/* Another ticket that makes this one a breach: what it repeats, or the leak that was repaired before at the same place. */
struct breach_earlier {
    int64_t ticket; /* 0: none */
    struct unit_id unit; /* that had it to do; 0: it never left operations */
    struct instant at;   /* the repeat's report; the second repair */
};

/* What is known of a subject. Borrowed. */
struct breach_facts {
    enum subject_kind subject;
    bool is_sealed; /* at the discipline office: it has no breaches here */
    enum source source;
    const struct clock *clocks; /* ascending no */
    size_t clock_count;
    const struct breach_hold *holds; /* ascending dispatch_no */
    size_t hold_count;
    const struct breach_call *calls;
    size_t call_count;
    struct breach_earlier repeat, leak;
    bool is_unapproved; /* of an outage */
    struct unit_id unit; /* of an outage */
    struct instant started_at; /* of an outage: water off */
};

struct breach {
    enum penalty_basis basis;
    /* Which of the subject's: the clock's no; the cycle that a failed follow-up opened; the earlier ticket; the unit that was called. */
    int64_t number;
    struct unit_id unit; /* 0: operations */
    int32_t clause;
    enum clock_kind kind; /* of BASIS_CLOCK */
    struct instant happened_at;
    int64_t late_seconds, ops_wait_seconds;
};

/* 1: government or the media (Art. 32(2)); 0: others. */
int breach_source_group(enum source source);

/* Whether a clock is broken: binding, late by its original due, neither excused nor corrected to kept. */
bool breach_is_broken(const struct clock *clock, struct instant now);

/*
 * Whether a running clock is due at this very moment and not late before the next: whoever asks now has to ask again.
 */
bool breach_is_at_edge(const struct clock *clock, struct instant now);

/*
 * The breaches of a subject as the facts stand, at the most `room`; those whose kind or basis has no row propose nothing. Returns how
 * many there are. room: BREACHES_MAX suffices
 */
size_t breach_list(const struct breach_facts *facts, const struct breach_rules *rules, struct instant now,
                   struct breach *breaches, size_t room);

/* Of the clock's time, up to its stop or `now`: seconds that the matter waited at operations (decision 2). */
int64_t breach_ops_wait_seconds(const struct clock *clock, const struct breach_hold *holds, size_t hold_count,
                                struct instant now);

/* What is proposed for it. */
struct penalty_evidence breach_evidence(const struct breach *breach, enum subject_kind subject, int64_t subject_id);

#endif
