/*
 * A change of the regulation from a moment on (Arts. 14, 36): what the rows would be, whether they would be whole, and what it
 * does to reports made from then on. A row in force is never edited: it ends, and another begins. Pure.
 *
 * A category that changes becomes a new row with an id of its own and the same code, with rules of its own; reports made before
 * keep the row and the rules of their day.
 */
#ifndef CORE_RULE_CHANGE_H
#define CORE_RULE_CHANGE_H

#include "core/ticket.h"

/* Programs read the rows anew within ten seconds; nothing begins before all of them know it. */
#define CHANGE_LEAD_SECONDS 60
#define CHANGE_FAR_DAYS 3660 /* nobody plans further ahead */

#define RULE_EDITS_MAX 16
#define RULE_ADDED_MAX 48 /* rows that one change adds: edits, and a category's rules copied */

/* In a row of an edit: the category that the same change adds. */
#define CATEGORY_ADDED ((struct category_id){-1})

enum rule_edit_kind {
    RULE_REPLACE,  /* the last row of its code ends, `row` begins */
    RULE_END,      /* the last row of its code ends, and nothing follows */
    RULE_ADD,      /* `row` begins, with a code of its own */
    RULE_WITHDRAW, /* a row that has not begun goes; the one before it does not end */
    RULE_REOPEN    /* a row that was to end does not */
};

struct rule_edit {
    enum rule_edit_kind kind;
    struct rule_id old; /* all but RULE_ADD */
    struct rule row;    /* RULE_REPLACE, RULE_ADD: id and dates are set here */
};

enum category_edit_kind {
    CATEGORY_KEEP,
    CATEGORY_ADD,      /* `row` begins; its rules are edits of the change */
    CATEGORY_REPLACE,  /* the last row of its code and its rules end; `row` begins with the same rules */
    CATEGORY_END,      /* the last row of its code and its rules end */
    CATEGORY_WITHDRAW, /* a row that has not begun goes with its rules; what was to end for it does not */
    CATEGORY_REOPEN    /* a row that was to end does not, nor do its rules */
};

struct category_edit {
    enum category_edit_kind kind;
    struct category_id old; /* all but CATEGORY_ADD */
    struct category row;    /* CATEGORY_ADD, CATEGORY_REPLACE */
};

struct rule_change {
    struct instant from; /* when it begins; withdrawing and reopening look at the rows' own moments */
    struct rule_edit edits[RULE_EDITS_MAX];
    size_t edit_count;
    struct category_edit category;
};

/* Why a change cannot be. Text.change_refusal.NAME */
enum change_refusal {
    CHANGE_OK,
    CHANGE_NOTHING,     /* no edit */
    CHANGE_TOO_SOON,    /* begins before every program can know it, or has begun already */
    CHANGE_TOO_FAR,
    CHANGE_STALE,       /* a row is not there, or not the last of its code any more: somebody changed it */
    CHANGE_PLANNED,     /* a later change is planned: it must be withdrawn first, or this one begin after it */
    CHANGE_CODE_TAKEN,  /* a new row's code was used before */
    CHANGE_EMPTY_GROUP, /* a button of the public form would have no matter behind it */
    CHANGE_TOO_MANY,    /* rows beyond the room */
    CHANGE_NOT_WHOLE,   /* gaps, overlaps or wrong rows: `problems` */
    CHANGE_REFUSAL__COUNT
};
const char *change_refusal_name(enum change_refusal refusal);

/* Where an added rule's words come from: the edit, or the rule whose copy it is (edit −1). */
struct rule_origin {
    int edit;
    struct rule_id copied;
};

#define CHANGE_PROBLEMS_MAX 10

/* The rows after a change. Arrays and their room are the caller's: as many rows as before plus RULE_ADDED_MAX, plus one category. */
struct changed {
    struct rule *rules;
    size_t rule_count, rule_room;
    struct category *categories;
    size_t category_count, category_room;
    /* The last `added_count` rules are new, and have these origins. */
    struct rule_origin origins[RULE_ADDED_MAX];
    size_t added_count;
    struct category_id added_category; /* 0: none */
    struct rule_problem problems[CHANGE_PROBLEMS_MAX];
    size_t problem_count; /* may be more than are described */
};

/* The earliest moment at which a change made now can begin: a whole minute. */
struct instant rule_change_earliest(struct instant now);

/*
 * What the rows would be. Ids of new rows follow the highest one. Nothing but `changed` is written; on a refusal only its problems
 * mean something.
 */
enum change_refusal rule_change_apply(const struct regulation *before, const struct rule_change *change,
                                      struct instant now, struct changed *changed);

/* Some reports whose promise differs. */
struct limit_change {
    struct category_id before_category, category; /* of the two sets of rows; 0: rules without one, or no such category */
    enum clock_kind kind;
    bool is_any_grade;
    enum grade grade; /* a report with this grade alone; GRADE_NONE: without one */
    bool is_any_zone;
    enum zone zone; /* ZONE_INNER: also when it is not known */
    int diameter_over_mm, diameter_to_mm; /* 0 and 0: any; 0 to …: also when it is not known */
    bool is_any_condition, is_valve_stuck;
    const struct rule *before, *after; /* NULL: no such promise */
};

/*
 * The promises that differ between two sets of rows for reports made at `at`: in limit, bound, binding or article, or in being
 * there. Facts that make no difference are folded. Returns how many there are, of which the first `room` are described.
 */
size_t rule_change_compare(const struct regulation *before, const struct regulation *after, struct instant at,
                           struct limit_change *changes, size_t room);

#endif
