/*
 * Changing the escalation ladder of one kind of clock: which steps may stand together, and what numbers they get. Pure.
 *
 * A step's number is its name for ever: running clocks remember by it what they told (core/ladder.h). So a step keeps its number
 * while it moves in time, a new one gets a number between its neighbours', and no number is used for another step's place.
 */
#ifndef CORE_LADDER_CHANGE_H
#define CORE_LADDER_CHANGE_H

#include "core/ladder.h"

#define LADDER_STEPS_MAX 8 /* of one kind: as many as one form can show */
#define LADDER_STEP_NUMBER_MAX 120
#define LADDER_AFTER_MAX_SECONDS ((int64_t)30 * DAY_SECONDS)
/* Who can be told by a step: staff. */
#define LADDER_AUDIENCES                                                                                               \
    ((UINT32_C(1) << AUDIENCE_LIAISON) | (UINT32_C(1) << AUDIENCE_UNIT_LEADER) | (UINT32_C(1) << AUDIENCE_OPS) |       \
     (UINT32_C(1) << AUDIENCE_GROUP_LEADER) | (UINT32_C(1) << AUDIENCE_FIRST_RECEIVER))

/* Text.ladder_refusal.NAME */
enum ladder_refusal {
    LADDER_OK,
    LADDER_NO_BREACH,    /* none, more than one, or not at the due moment */
    LADDER_SHARE,        /* a warning is not at 1 to 999 thousandths of the limit */
    LADDER_AFTER,        /* a step behind the breach is too far from the due moment */
    LADDER_ORDER,        /* two steps of one moment, or not in the order of time */
    LADDER_NOBODY,       /* a step that tells nobody, or somebody who is not staff */
    LADDER_TOO_MANY,     /* steps */
    LADDER_NO_ROOM,      /* no number is left between two steps */
    LADDER_REFUSAL__COUNT
};
const char *ladder_refusal_name(enum ladder_refusal refusal);

/* What is true at a step's moment: "half", "late", …; the notice is Text.notice.clock_NAME, of an order order_NAME. */
const char *ladder_says(const struct ladder_step *step, bool is_behind_breach);

/*
 * Checks the steps of one kind and completes them: numbers of new ones (step 0), and the names of the texts. Steps stand in the
 * order of time: warnings by their share of the limit, the breach at the due moment, and behind it what is told by the time from
 * the due moment, granted or original, on.
 */
enum ladder_refusal ladder_change_complete(struct ladder_step *steps, size_t count);

#endif
