#include "core/clock.h"

#include <assert.h>
#include <string.h>

/*
 * Whether an act at `at` misses `due`. A before-clock's due is the last moment that is far enough ahead of the event, so
 * that both directions compare alike: `<=` (seen from the event: at least so long before) still allows the very moment.
 */
static bool is_missed(const struct clock *clock, struct instant due, struct instant at)
{
    if (!instant_is_set(due))
        return false;
    if (clock->bound == BOUND_LESS)
        return !instant_is_before(at, due);
    return instant_is_before(due, at);
}

/* A limit of 0 means "not set" to an after-clock; to a before-clock it means "any time before the event". */
static bool has_limit(const struct rule *rule, int64_t limit_seconds)
{
    return rule->direction == DIRECTION_BEFORE || limit_seconds > 0;
}

static void snapshot_rule(struct clock *clock, const struct rule *rule, const struct facts *facts)
{
    clock->rule = rule->id;
    clock->kind = rule->kind;
    memcpy(clock->article, rule->article, sizeof clock->article);
    clock->direction = rule->direction;
    clock->limit_seconds = rule_limit_seconds(rule, facts);
    clock->bound = rule->bound;
    clock->is_binding = rule->is_binding;
}

static struct clock clock_of_rule(int no, const struct rule *rule, const struct facts *facts, int cycle,
                                  struct instant start)
{
    assert(no > 0 && cycle > 0 && instant_is_set(start));
    struct clock clock = {
        .no = no,
        .cycle = cycle,
        .started_at = start,
        .due_at = INSTANT_NONE,
        .granted_due_at = INSTANT_NONE,
        .stopped_at = INSTANT_NONE,
        .result = RESULT_RUNNING,
        .corrected = RESULT_RUNNING,
    };
    snapshot_rule(&clock, rule, facts);
    return clock;
}

struct clock clock_start(int no, const struct rule *rule, const struct facts *facts, int cycle, struct instant start)
{
    assert(rule->direction == DIRECTION_AFTER);
    struct clock clock = clock_of_rule(no, rule, facts, cycle, start);
    if (has_limit(rule, clock.limit_seconds))
        clock.due_at = instant_add_seconds(start, clock.limit_seconds);
    return clock;
}

struct clock clock_start_before(int no, const struct rule *rule, const struct facts *facts, int cycle,
                                struct instant known_at, struct instant event_at)
{
    assert(rule->direction == DIRECTION_BEFORE && instant_is_set(event_at));
    struct clock clock = clock_of_rule(no, rule, facts, cycle, known_at);
    clock.due_at = instant_add_seconds(event_at, -clock.limit_seconds);
    return clock;
}

bool clock_is_running(const struct clock *clock)
{
    return clock->result == RESULT_RUNNING ||
           (clock->result == RESULT_LATE && !instant_is_set(clock->stopped_at));
}

enum clock_result clock_result_at(const struct clock *clock, struct instant now)
{
    if (clock->result == RESULT_RUNNING && is_missed(clock, clock->due_at, now))
        return RESULT_LATE;
    return clock->result;
}

struct instant clock_effective_due(const struct clock *clock)
{
    if (!instant_is_set(clock->due_at) || !instant_is_set(clock->granted_due_at))
        return clock->due_at;
    /* Facts learned later can move the original due past the granted one; a grant never makes a limit shorter. */
    return instant_is_before(clock->due_at, clock->granted_due_at) ? clock->granted_due_at : clock->due_at;
}

enum clock_result clock_granted_result_at(const struct clock *clock, struct instant now)
{
    if (!instant_is_set(clock->granted_due_at))
        return clock_result_at(clock, now);
    const struct instant due = clock_effective_due(clock);
    switch (clock->result) {
    case RESULT_RUNNING:
        return is_missed(clock, due, now) ? RESULT_LATE : RESULT_RUNNING;
    case RESULT_KEPT:
        return RESULT_KEPT;
    case RESULT_LATE:
        if (!instant_is_set(clock->stopped_at))
            return is_missed(clock, due, now) ? RESULT_LATE : RESULT_RUNNING;
        return is_missed(clock, due, clock->stopped_at) ? RESULT_LATE : RESULT_KEPT;
    case RESULT_ENDED_KEPT:
        return RESULT_ENDED_KEPT;
    case RESULT_ENDED_LATE:
        return is_missed(clock, due, clock->stopped_at) ? RESULT_ENDED_LATE : RESULT_ENDED_KEPT;
    case RESULT_EXCUSED:
    case RESULT_SUPERSEDED:
    case CLOCK_RESULT__COUNT:
        break;
    }
    return clock->result;
}

/* What a stop at `at` means by the due time as it stands. */
static enum clock_result judge(const struct clock *clock, struct instant at)
{
    return is_missed(clock, clock->due_at, at) ? RESULT_LATE : RESULT_KEPT;
}

/* What stands beside the recorded result under the present due time; RESULT_RUNNING when nothing has to. */
static enum clock_result correction(const struct clock *clock)
{
    if (!instant_is_set(clock->due_at) || !instant_is_set(clock->stopped_at))
        return RESULT_RUNNING;
    enum clock_result judged = judge(clock, clock->stopped_at);
    if (clock->result == RESULT_ENDED_KEPT || clock->result == RESULT_ENDED_LATE)
        judged = judged == RESULT_LATE ? RESULT_ENDED_LATE : RESULT_ENDED_KEPT;
    return judged == clock->result ? RESULT_RUNNING : judged;
}

struct clock clock_stop(struct clock clock, struct instant at)
{
    assert(instant_is_set(at));
    if (clock.result == RESULT_EXCUSED && !instant_is_set(clock.stopped_at))
        clock.stopped_at = at; /* excused while it ran: the end is recorded, the excuse stands */
    if (!clock_is_running(&clock))
        return clock;
    clock.stopped_at = at;
    if (clock.result == RESULT_RUNNING)
        clock.result = judge(&clock, at);
    clock.corrected = correction(&clock);
    return clock;
}

struct clock clock_unstop(struct clock clock)
{
    if (clock.result != RESULT_KEPT && clock.result != RESULT_LATE)
        return clock;
    if (clock.result == RESULT_KEPT)
        clock.result = RESULT_RUNNING; /* a recorded breach stays: facts told later must not lose it */
    clock.stopped_at = INSTANT_NONE;
    clock.corrected = RESULT_RUNNING;
    return clock;
}

struct clock clock_rework(struct clock clock, const struct rule *rule, const struct facts *facts, struct instant at)
{
    assert(rule->direction == DIRECTION_AFTER && clock.direction == DIRECTION_AFTER && rule->kind == clock.kind);
    if (clock.result == RESULT_SUPERSEDED || clock.result == RESULT_EXCUSED)
        return clock; /* not judged by any limit */
    /* Everybody could see that it was late: that stays, however long the limit turns out to be. */
    clock.result = clock_result_at(&clock, at);
    snapshot_rule(&clock, rule, facts);
    clock.due_at = has_limit(rule, clock.limit_seconds) ? instant_add_seconds(clock.started_at, clock.limit_seconds)
                                                        : INSTANT_NONE;
    clock.corrected = correction(&clock);
    return clock;
}

struct clock clock_move_event(struct clock clock, struct instant event_at)
{
    assert(clock.direction == DIRECTION_BEFORE && instant_is_set(event_at));
    clock.due_at = instant_add_seconds(event_at, -clock.limit_seconds);
    if (clock.result == RESULT_KEPT || clock.result == RESULT_LATE)
        clock.result = judge(&clock, clock.stopped_at);
    return clock;
}

struct clock clock_grant(struct clock clock, struct instant granted_due_at)
{
    assert(instant_is_set(granted_due_at));
    clock.granted_due_at = granted_due_at;
    return clock;
}

struct clock clock_end_early(struct clock clock, struct instant at)
{
    assert(instant_is_set(at));
    if (!clock_is_running(&clock))
        return clock;
    clock.result = clock_result_at(&clock, at) == RESULT_LATE ? RESULT_ENDED_LATE : RESULT_ENDED_KEPT;
    clock.stopped_at = at;
    clock.corrected = correction(&clock);
    return clock;
}

struct clock clock_supersede(struct clock clock, struct instant at)
{
    assert(instant_is_set(at));
    if (!clock_is_running(&clock))
        return clock;
    clock.result = clock_result_at(&clock, at) == RESULT_LATE ? RESULT_LATE : RESULT_SUPERSEDED;
    clock.stopped_at = at;
    return clock;
}

struct clock clock_excuse(struct clock clock, int excuse_code, struct instant now)
{
    assert(excuse_code != 0);
    const enum clock_result result = clock_result_at(&clock, now);
    if (result != RESULT_LATE && result != RESULT_ENDED_LATE)
        return clock;
    clock.result = RESULT_EXCUSED;
    clock.excuse_code = excuse_code;
    return clock;
}

static struct instant end_of(const struct clock *clock, struct instant now)
{
    return instant_is_set(clock->stopped_at) ? clock->stopped_at : now;
}

int64_t clock_used_seconds(const struct clock *clock, struct instant now)
{
    const struct instant end = end_of(clock, now);
    if (clock->direction == DIRECTION_AFTER)
        return instant_milliseconds_between(clock->started_at, end) / 1000;
    const struct instant event_at = instant_add_seconds(clock->due_at, clock->limit_seconds);
    return instant_milliseconds_between(end, event_at) / 1000;
}

int64_t clock_late_seconds(const struct clock *clock, struct instant now, bool by_granted)
{
    const struct instant due = by_granted ? clock_effective_due(clock) : clock->due_at;
    const struct instant end = end_of(clock, now);
    if (clock->result == RESULT_SUPERSEDED || !is_missed(clock, due, end))
        return 0;
    const int64_t late_seconds = (instant_milliseconds_between(due, end) + 999) / 1000;
    return late_seconds > 0 ? late_seconds : 1; /* late is never "0 s late": exactly at a `<` limit */
}

const char *clock_result_name(enum clock_result result)
{
    static const char *const NAMES[CLOCK_RESULT__COUNT] = {
        [RESULT_RUNNING] = "running",       [RESULT_KEPT] = "kept",
        [RESULT_LATE] = "late",             [RESULT_EXCUSED] = "excused",
        [RESULT_SUPERSEDED] = "superseded", [RESULT_ENDED_KEPT] = "ended_kept",
        [RESULT_ENDED_LATE] = "ended_late",
    };
    assert((unsigned)result < CLOCK_RESULT__COUNT);
    return NAMES[result];
}
