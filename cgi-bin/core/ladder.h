/*
 * The escalation ladder: at which moment of a running clock who is told. Rows; each step fires once per clock, for
 * ever (clock-failures 6, 7). Pure.
 */
#ifndef CORE_LADDER_H
#define CORE_LADDER_H

#include "core/clock.h"

/* Who is told; clerk turns it into recipients. Stored. */
enum audience {
    AUDIENCE_NONE,
    AUDIENCE_LIAISON, /* on duty in the unit that holds it */
    AUDIENCE_UNIT_LEADER,
    AUDIENCE_OPS,
    AUDIENCE_GROUP_LEADER,
    AUDIENCE_FIRST_RECEIVER,
    AUDIENCE_RESIDENT,
    AUDIENCE__COUNT
};
const char *audience_name(enum audience audience);

struct ladder_step {
    enum clock_kind kind;
    int step;            /* 1, 2, … per kind, in the order of time */
    int permille;        /* of the limit, from the start: 500 = half time, 1000 = due */
    int64_t after_due_seconds; /* added; with permille 1000: after the due time */
    uint32_t audiences;  /* bits 1 << enum audience */
    bool is_breach;      /* this step records the breach */
    char notice[CODE_BYTES]; /* name of the text: Text.notice.NAME */
};

/*
 * The next step numbered above `after_step` and its moment: the earliest, so that warnings that moved with a granted due
 * never hold back the breach. Moments count on the effective due: with a granted due, warnings move with it, the breach step
 * of the original due does not. A step numbered behind the breach step is for what comes after the original due: where its
 * moment is not later than that (no due was granted), it is passed over. A breach that is recorded on a running clock comes at
 * once: its due time may have moved since. Returns NULL when the clock is not running, has
 * no due time, or the ladder is used up.
 */
const struct ladder_step *ladder_next(const struct ladder_step *steps, size_t count, const struct clock *clock,
                                      int after_step, struct instant *at);

#endif
