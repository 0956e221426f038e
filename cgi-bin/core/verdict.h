/*
 * A rule's answer to somebody who wants to do something. Not an error: the page says it in plain words
 * (Text.verdict.NAME), and nothing is changed.
 */
#ifndef CORE_VERDICT_H
#define CORE_VERDICT_H

enum verdict {
    VERDICT_OK,
    VERDICT_WRONG_STATE,     /* the ticket is not where this can be done */
    VERDICT_WRONG_ROLE,      /* this role may not */
    VERDICT_WRONG_UNIT,      /* another unit holds it */
    VERDICT_STALE,           /* somebody acted since the form was shown */
    VERDICT_TIME_IN_FUTURE,  /* said to have happened after now */
    VERDICT_TIME_BEFORE_REPORT,
    VERDICT_NEEDS_REASON,    /* told later than ten minutes after it happened, or an act that needs words */
    VERDICT_NEEDS_TEXT,
    VERDICT_NEEDS_UNIT,
    VERDICT_NEEDS_LIMIT,     /* ops must set the limit first (Arts. 14(7), 22) */
    VERDICT_NEEDS_ARRIVAL,   /* recorded before the repair or the finish (Art. 22) */
    VERDICT_NEEDS_CONTACT,   /* Art. 23 */
    VERDICT_NEEDS_REPAIR,
    VERDICT_NEEDS_FORMALITIES, /* Art. 24 */
    VERDICT_NEEDS_REVIEW,    /* the finish is not accepted by ops yet */
    VERDICT_NEEDS_PHONE,     /* decision 9 */
    VERDICT_ALREADY_DONE,    /* e.g. a second objection to one dispatch (Art. 16) */
    VERDICT_TOO_LATE,        /* an extension must be asked before due (Art. 13) */
    VERDICT_BEYOND_CAP,      /* more than the category's cap */
    VERDICT_NOT_LATER,       /* a granted due must be after the original one */
    VERDICT_BAD_VALUE,       /* a value outside what the field can be */
    VERDICT_UNKNOWN_CATEGORY,
    VERDICT_PARENT_FINISHED, /* merging into a finished parent (decision 6) */
    VERDICT_SAME_TICKET,
    VERDICT_NO_SUCH_CLOCK,
    VERDICT_NOT_LATE,        /* nothing to excuse */
    VERDICT_PENDING,         /* an extension or objection waits for ops */
    VERDICT_NOTHING_PENDING,
    VERDICT_TOO_MANY,        /* clocks or assignments beyond what one ticket can hold */
    VERDICT_NOT_COVERED,     /* no confirmed failure report covers this clock (Art. 15) */
    VERDICT_NOT_NEEDED,      /* nothing forbids it, but this matter has no use for it */
    VERDICT_NEEDS_PHOTO, /* a photo from after the work, or the reason why there is none (Art. 10) */
    VERDICT_NEEDS_FOLLOW_UP, /* the customer has not been called back yet (Art. 10) */
    VERDICT_NEEDS_INSPECTION, /* the inspection has not recorded who is liable (Art. 25) */
    VERDICT_OWN_WORK, /* a repeat is not passed by the unit that worked on it (Art. 34(3)) */
    VERDICT_PARENT_MERGED, /* the parent itself runs with another ticket */
    VERDICT_HAS_CHILDREN, /* other reports run with this one */
    VERDICT_NEEDS_PLACE, /* an outage somewhere: places, or words for the area (Art. 18) */
    VERDICT_NEEDS_VALVES, /* the valves closed, with sizes and number (Art. 18(2)) */
    VERDICT_NEEDS_HOUSEHOLDS, /* how many are affected or cut off (Arts. 18(1), 33(10)) */
    VERDICT_NEEDS_ASSISTANT, /* pipeline management names who assists, before the approval (Art. 19) */
    VERDICT_SAME_PERSON, /* who applied neither approves nor publishes */
    VERDICT_CLASH, /* another outage at the same place and time: to be looked at first */
    VERDICT_START_PAST, /* the planned start has passed */
    VERDICT_START_NOT_LATER, /* a start is only moved to a later one */
    VERDICT_TOO_FAR, /* planned more than a year ahead */
    VERDICT_NOT_IN_FORCE, /* the clause, on the day of the breach (Arts. 36, 37) */
    VERDICT_OUT_OF_RANGE, /* an amount outside what the clause fixes (Arts. 29-34) */
    VERDICT_NOT_OF_UNIT,  /* a person of another unit */
    VERDICT__COUNT
};

const char *verdict_name(enum verdict verdict);

#endif
