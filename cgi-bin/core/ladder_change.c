#include "core/ladder_change.h"

#include <assert.h>

#include "base/text.h"

const char *ladder_refusal_name(enum ladder_refusal refusal)
{
    static const char *const NAMES[LADDER_REFUSAL__COUNT] = {
        [LADDER_OK] = "ok",         [LADDER_NO_BREACH] = "no_breach", [LADDER_SHARE] = "share",
        [LADDER_AFTER] = "after",   [LADDER_ORDER] = "order",         [LADDER_NOBODY] = "nobody",
        [LADDER_TOO_MANY] = "too_many", [LADDER_NO_ROOM] = "no_room",
    };
    assert((unsigned)refusal < LADDER_REFUSAL__COUNT);
    return NAMES[refusal];
}

const char *ladder_says(const struct ladder_step *step, bool is_behind_breach)
{
    if (step->is_breach)
        return "late";
    if (!is_behind_breach)
        return step->permille < 500 ? "running" : step->permille < 700 ? "half" : "soon";
    if (step->after_due_seconds < 0)
        return "granted_soon";
    if (step->after_due_seconds == 0)
        return "granted_late";
    return step->after_due_seconds < DAY_SECONDS ? "still_late" : "day_late";
}

/* The index of the breach; `count` unless there is exactly one, at the due moment. */
static size_t breach_index(const struct ladder_step *steps, size_t count)
{
    size_t found = count;

    for (size_t i = 0; i < count; i++) {
        if (!steps[i].is_breach)
            continue;
        if (found < count || steps[i].permille != 1000 || steps[i].after_due_seconds != 0)
            return count;
        found = i;
    }
    return found;
}

static enum ladder_refusal check_step(const struct ladder_step *step, bool is_warning)
{
    if (step->audiences == 0 || (step->audiences & ~LADDER_AUDIENCES) != 0)
        return LADDER_NOBODY;
    if (step->is_breach)
        return LADDER_OK;
    if (is_warning)
        return step->permille >= 1 && step->permille <= 999 && step->after_due_seconds == 0 ? LADDER_OK : LADDER_SHARE;
    const bool is_near = step->after_due_seconds >= -LADDER_AFTER_MAX_SECONDS &&
                         step->after_due_seconds <= LADDER_AFTER_MAX_SECONDS;
    return step->permille == 1000 && is_near ? LADDER_OK : LADDER_AFTER;
}

static enum ladder_refusal check_order(const struct ladder_step *steps, size_t count, size_t breach)
{
    for (size_t i = 1; i < count; i++) {
        const bool rises = i < breach ? steps[i - 1].permille < steps[i].permille
                                      : i <= breach + 1 || steps[i - 1].after_due_seconds < steps[i].after_due_seconds;
        if (!rises)
            return LADDER_ORDER;
    }
    return LADDER_OK;
}

/* The number of the next step that has one; behind the last, so far on that there is room again. */
static int number_after(const struct ladder_step *steps, size_t count, size_t index, int before)
{
    for (size_t i = index + 1; i < count; i++)
        if (steps[i].step != 0)
            return steps[i].step;
    return before + 20 <= LADDER_STEP_NUMBER_MAX ? before + 20 : LADDER_STEP_NUMBER_MAX + 1;
}

static enum ladder_refusal number_steps(struct ladder_step *steps, size_t count)
{
    int before = 0;

    for (size_t i = 0; i < count; i++) {
        if (steps[i].step == 0) {
            const int middle = before + (number_after(steps, count, i, before) - before) / 2;
            if (middle == before)
                return LADDER_NO_ROOM;
            steps[i].step = middle;
        }
        if (steps[i].step <= before || steps[i].step > LADDER_STEP_NUMBER_MAX)
            return LADDER_ORDER; /* a step would pass by another one: its number says otherwise */
        before = steps[i].step;
    }
    return LADDER_OK;
}

/* How its notices begin: who is told of an order or an outage sees no ticket. */
static const char *spoken_of(enum clock_kind kind)
{
    if (kind == CLOCK_RECTIFY)
        return "order_";
    if (kind == CLOCK_CHANGE_NOTICE)
        return "outage_";
    return (kind >= CLOCK_ANNOUNCE && kind <= CLOCK_CUTOFF_REPORT) || kind == CLOCK_RESUME ? "outage_step_" : "clock_";
}

enum ladder_refusal ladder_change_complete(struct ladder_step *steps, size_t count)
{
    if (count > LADDER_STEPS_MAX)
        return LADDER_TOO_MANY;
    const size_t breach = breach_index(steps, count);
    if (breach == count)
        return LADDER_NO_BREACH;
    for (size_t i = 0; i < count; i++) {
        const enum ladder_refusal refusal = check_step(&steps[i], i < breach);
        if (refusal != LADDER_OK)
            return refusal;
    }
    enum ladder_refusal refusal = check_order(steps, count, breach);
    if (refusal == LADDER_OK)
        refusal = number_steps(steps, count);
    for (size_t i = 0; refusal == LADDER_OK && i < count; i++) {
        struct text text;
        text_init(&text, steps[i].notice, sizeof steps[i].notice);
        text_add(&text, spoken_of(steps[i].kind));
        text_add(&text, ladder_says(&steps[i], i > breach));
    }
    return refusal;
}
