/*
 * The way of a failure report (Art. 15): the unit reports, or ops writes down its call, or the system proposes what it noticed
 * itself; ops confirms or refuses; the end is told; ops excuses what is covered. Pure.
 */
#ifndef CORE_FAILURE_FLOW_H
#define CORE_FAILURE_FLOW_H

#include "core/actor.h"
#include "core/failure.h"

/* Where a report stands. Stored. */
enum failure_state {
    FAILURE_STATE_NONE,
    FAILURE_WAITING,   /* for ops */
    FAILURE_CONFIRMED,
    FAILURE_REFUSED,
    FAILURE_PROPOSED,  /* by the system, for no unit yet: ops names the units that it concerned */
    FAILURE_TAKEN,     /* a proposal that ops confirmed: a confirmed report for each unit stands beside it */
    FAILURE_STATE__COUNT
};

/* Who brought it. Stored. */
enum failure_origin {
    FAILURE_ORIGIN_NONE,
    FAILURE_BY_UNIT,   /* the unit itself, often when its system is back */
    FAILURE_BY_PHONE,  /* the unit called, ops wrote it down */
    FAILURE_BY_SYSTEM, /* clerk noticed that the whole system was away */
    FAILURE_ORIGIN__COUNT
};

/* What failed: Text.failure.part.N. Stored. */
#define FAILURE_PARTS 5

enum failure_act {
    FAILURE_ACT_READ,
    FAILURE_ACT_REPORT, /* a new one, for the own unit */
    FAILURE_ACT_RECORD, /* a new one, for any unit, from the telephone */
    FAILURE_ACT_END,    /* the fault is over */
    FAILURE_ACT_DECIDE,
    FAILURE_ACT_EXCUSE, /* clocks by it */
    FAILURE_ACT__COUNT
};

/*
 * Whether somebody may do this with a report. state: FAILURE_STATE_NONE for a new one. is_own_unit: the report's unit, or the unit
 * it is to be for, is the actor's. is_over: its end is known
 */
bool failure_permits(enum failure_act act, enum failure_state state, uint32_t roles, bool is_own_unit, bool is_over);

/* What is wrong with the times of a report, seen at `now`; the first thing. */
enum failure_fault {
    FAILURE_SOUND,
    FAILURE_STARTS_LATER, /* the start lies after now */
    FAILURE_ENDS_LATER,   /* the end lies after now */
    FAILURE_ENDS_BEFORE,  /* the end lies before the start */
    FAILURE_TOLD_LATER,   /* told after now */
    FAILURE_TOLD_BEFORE,  /* told before it began */
    FAILURE_FAULT__COUNT
};
enum failure_fault failure_fault_of(const struct failure_report *report, struct instant now);

/* Whether ops was told while the fault lasted; only then can it excuse anything. */
bool failure_is_told_in_time(const struct failure_report *report);

/* A silence of the whole system that is longer is proposed as a failure. */
#define FAILURE_SILENCE_SECONDS (5 * MINUTE_SECONDS)

#endif
