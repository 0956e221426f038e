/*
 * Clocks: when a promise of the regulation runs out, and whether it was kept. Pure; nothing is allocated.
 *
 * Times are UTC; clocks run day and night and never pause (Art. 14). A clock is a snapshot of its rule (limit, bound,
 * article, binding) plus times. Every change returns the clock's state after the change, which is what an event stores.
 */
#ifndef CORE_CLOCK_H
#define CORE_CLOCK_H

#include "core/rule.h"

/* What became of a clock. Stored. A breach once recorded stays; a correction stands beside it. */
enum clock_result {
    RESULT_RUNNING,    /* not stopped: whether it is late is a question of the time */
    RESULT_KEPT,
    RESULT_LATE,
    RESULT_EXCUSED,    /* late, but inside a confirmed system failure (Art. 15) */
    RESULT_SUPERSEDED, /* replaced before it could be judged, e.g. recalled by ops (decision 1) */
    RESULT_ENDED_KEPT, /* ended early (withdrawn, not ours, reclassified): kept so far (decision 5) */
    RESULT_ENDED_LATE, /* ended early: was late already */
    CLOCK_RESULT__COUNT
};

struct clock {
    int no; /* 1, 2, … in its subject */
    struct rule_id rule;
    enum clock_kind kind;
    char article[ARTICLE_BYTES];
    int cycle; /* 1, 2, …: a reopened matter runs a new one (decision 4) */
    enum direction direction;
    /* After-clocks: 0 means that ops has to set it; due_at is not set then and the clock cannot be late. Before-clocks: 0 is
     * a limit like others, "in advance": due at the event itself (Art. 18(2), (3)). */
    int64_t limit_seconds;
    enum bound bound;
    bool is_binding;
    int dispatch_no;        /* the assignment it belongs to; 0: the ticket */
    struct unit_id unit;    /* who answers for it; 0: ops */
    struct instant started_at;     /* before-clocks: when the plan was known */
    struct instant due_at;         /* the original due: public figures use this one */
    struct instant granted_due_at; /* by an extension (Art. 13); INSTANT_NONE without */
    struct instant stopped_at;
    enum clock_result result;
    enum clock_result corrected; /* RESULT_RUNNING: none */
    int excuse_code;             /* why excused; 0: not */
};

/* A clock of `rule` for an after-clock started at `start`; due = start + limit (not set when the limit is not). */
struct clock clock_start(int no, const struct rule *rule, const struct facts *facts, int cycle, struct instant start);

/* A before-clock for an event planned at `event_at`: due = event_at − limit. known_at: when it was planned. */
struct clock clock_start_before(int no, const struct rule *rule, const struct facts *facts, int cycle,
                                struct instant known_at, struct instant event_at);

/*
 * What became of a clock, seen at `now`, by the original due. A running clock past its due is late, whether or not
 * anything was saved since. Bound `<=` is kept when stopped exactly at due, bound `<` is not (Art. 22).
 */
enum clock_result clock_result_at(const struct clock *clock, struct instant now);

/* The same by the granted due where there is one (Art. 13: statistics keep both). */
enum clock_result clock_granted_result_at(const struct clock *clock, struct instant now);

/* The time that counts down: the granted due where it is later, else the original one. */
struct instant clock_effective_due(const struct clock *clock);

/*
 * Whether it is not stopped, ended, superseded or excused. A breach can be recorded on a clock that runs on (clock_rework,
 * clock_unstop): RESULT_LATE without stopped_at.
 */
bool clock_is_running(const struct clock *clock);

/*
 * Stops a running clock at `at` and judges it. A second stop changes nothing. On a clock excused while it ran, the end is
 * recorded and the excuse stands.
 */
struct clock clock_stop(struct clock clock, struct instant at);

/* A refused finish: runs again in the same cycle (decision 4). A recorded breach stays recorded while it runs. */
struct clock clock_unstop(struct clock clock);

/*
 * Facts changed (zone, pipe diameter, grade, limit set by ops), learned at `at`: the due time is worked out again from the
 * same start. A breach stays (decision 5): a running clock that was late by `at` is recorded late and runs on towards the new
 * due time; on a stopped one the recorded result stays. Where the new limit judges otherwise, `corrected` says so from the
 * stop on, so that it does not matter in which order facts and acts are told. Superseded and excused clocks stay as they are.
 */
struct clock clock_rework(struct clock clock, const struct rule *rule, const struct facts *facts, struct instant at);

/* The planned event of a before-clock moved: due is worked out again; a stopped clock is judged again. */
struct clock clock_move_event(struct clock clock, struct instant event_at);

/* Grants another due time; never moves the original (decision 3). */
struct clock clock_grant(struct clock clock, struct instant granted_due_at);

/* Ends it early at `at`: kept so far, or late (decision 5). */
struct clock clock_end_early(struct clock clock, struct instant at);

/* Replaced without judgement, unless it was late already: then it is late (a breach stays). */
struct clock clock_supersede(struct clock clock, struct instant at);

/* Excused by a confirmed failure report (Art. 15). Only a clock that is late, ended late or running past due changes. */
struct clock clock_excuse(struct clock clock, int excuse_code, struct instant now);

/* Seconds used: start → stop (or `now` while running); before-clocks: seconds ahead of the event. */
int64_t clock_used_seconds(const struct clock *clock, struct instant now);

/*
 * Seconds late by the original due at `now`, rounded up, at least 1 when late (0 when kept or not due, and when a breach is
 * recorded that the due time, worked out again, does not show); by the granted due when `by_granted`. Of an excused clock:
 * what was excused.
 */
int64_t clock_late_seconds(const struct clock *clock, struct instant now, bool by_granted);

const char *clock_result_name(enum clock_result result);

#endif
