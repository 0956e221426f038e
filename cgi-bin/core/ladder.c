#include "core/ladder.h"

#include <assert.h>

const char *audience_name(enum audience audience)
{
    static const char *const names[AUDIENCE__COUNT] = {"none",         "liaison",        "unit_leader", "ops",
                                                       "group_leader", "first_receiver", "resident"};

    assert((unsigned)audience < AUDIENCE__COUNT);
    return names[audience];
}

/* The moment of one step; the breach is that of the original due, everything else moves with a granted one. */
static struct instant moment_of(const struct ladder_step *step, const struct clock *clock)
{
    if (step->is_breach && clock->result == RESULT_LATE)
        return clock->started_at; /* recorded: told at once if it was not, wherever the due time moved since */
    const struct instant due = step->is_breach ? clock->due_at : clock_effective_due(clock);
    const int64_t span = instant_milliseconds_between(clock->started_at, due);
    /* A due time before the start (planned too late to keep the promise) leaves nothing to divide. */
    const int64_t part = span > 0 ? span / 1000 * step->permille + span % 1000 * step->permille / 1000 : span;
    struct instant at = {clock->started_at.milliseconds + part};
    at = instant_add_seconds(at, step->after_due_seconds);
    return instant_is_before(at, clock->started_at) ? clock->started_at : at;
}

/* The number of the kind's breach step; 0 without one. */
static int breach_step(const struct ladder_step *steps, size_t count, enum clock_kind kind)
{
    for (size_t i = 0; i < count; i++)
        if (steps[i].kind == kind && steps[i].is_breach)
            return steps[i].step;
    return 0;
}

const struct ladder_step *ladder_next(const struct ladder_step *steps, size_t count, const struct clock *clock,
                                      int after_step, struct instant *at)
{
    if (!clock_is_running(clock) || !instant_is_set(clock->due_at))
        return NULL;
    const int breach = breach_step(steps, count, clock->kind);
    const struct ladder_step *next = NULL;
    struct instant next_at = INSTANT_NONE;
    for (size_t i = 0; i < count; i++) {
        const struct ladder_step *step = &steps[i];
        if (step->kind != clock->kind || step->step <= after_step)
            continue;
        const struct instant moment = moment_of(step, clock);
        const bool is_behind_breach = breach > 0 && step->step > breach;
        if (is_behind_breach && !instant_is_before(clock->due_at, moment))
            continue;
        const bool is_first = next == NULL || instant_is_before(moment, next_at) ||
                              (instant_is_equal(moment, next_at) && step->step < next->step);
        if (is_first) {
            next = step;
            next_at = moment;
        }
    }
    if (next != NULL)
        *at = next_at;
    return next;
}
