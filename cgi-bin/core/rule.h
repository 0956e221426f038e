/*
 * Rules: the limits of the regulation as rows, and finding the one that applies. Pure.
 *
 * Limits are data with an article and effective dates; clocks copy what they need when they start, so that a revised
 * regulation never changes an old ticket.
 */
#ifndef CORE_RULE_H
#define CORE_RULE_H

#include "core/matter.h"

/* Whether the limit runs after the start event, or the act must come before the event. Stored. */
enum direction { DIRECTION_AFTER, DIRECTION_BEFORE, DIRECTION__COUNT };

/* `<=`: kept exactly at the limit; `<`: not (Art. 22). For before-clocks the same, seen from the event. Stored. */
enum bound { BOUND_AT_MOST, BOUND_LESS, BOUND__COUNT };

/* Whose reading a rule is: the text's, or that of ops (Art. 36). Stored. */
enum interpretation { INTERPRETATION_TEXT, INTERPRETATION_OPS, INTERPRETATION__COUNT };

/* A fact besides category, grade, zone and diameter that a rule can depend on. Stored. */
enum rule_condition {
    CONDITION_ANY,
    CONDITION_VALVE_STUCK, /* behind the meter and the valve won't close (Art. 23) */
    RULE_CONDITION__COUNT
};

#define LIMIT_BY_OPS (-1) /* limit_seconds of a rule whose limit ops sets per ticket (Arts. 14(7), 22) */

struct rule {
    struct rule_id id;
    char code[CODE_BYTES];       /* "finish_faulty_meter": stable over versions, and the public promise's name */
    char article[ARTICLE_BYTES];
    enum clock_kind kind;
    enum subject_kind subject;
    struct category_id category; /* 0: any category */
    enum grade grade;            /* GRADE_NONE: does not depend on one */
    enum zone zone;              /* ZONE_UNKNOWN: any zone */
    int diameter_over_mm;        /* exclusive; 0 and 0: any diameter */
    int diameter_to_mm;          /* inclusive; 0: without end */
    enum rule_condition condition;
    enum direction direction;
    char start_event[CODE_BYTES]; /* "reported", "dispatched", "planned_start", … : words of the rule, for explain */
    char end_event[CODE_BYTES];
    int64_t limit_seconds; /* or LIMIT_BY_OPS (after only); above 0 after, 0 or more before: 0 is "in advance" */
    enum bound bound;
    bool is_binding; /* false: advisory (宜), a goal */
    bool is_public;  /* a promise on the commitments page */
    enum interpretation interpretation;
    int sort;
    struct instant effective_from, effective_to;
};

/* What is known of a case when a rule is looked for. */
struct facts {
    struct category_id category;
    uint32_t grades;  /* GRADE_BITs */
    enum zone zone;
    int diameter_mm;  /* 0: not known, runs as 600 mm or less */
    bool is_valve_stuck;
    int64_t ops_limit_seconds; /* set by ops; 0: not set */
};

/*
 * The rule that governs `kind` for these facts at `at` (the report's moment: old tickets keep the rules of their day),
 * or NULL when none applies. For CLOCK_FINISH the category's rule and those of all grades compete, and the shortest
 * limit governs; a LIMIT_BY_OPS rule takes part with ops_limit_seconds, and only when nothing else has a limit is it
 * returned unset. Of equal limits `<` governs before `<=`, and the matter's own rule before a grade's.
 */
const struct rule *rule_find(const struct rule *rules, size_t count, enum clock_kind kind, const struct facts *facts,
                             struct instant at);

/* The limit the rule gives under these facts: its own, or what ops set; after-rules: 0 when ops has to set it first. */
int64_t rule_limit_seconds(const struct rule *rule, const struct facts *facts);

/* What can be wrong with a row by itself. Text.complaint.NAME */
enum rule_complaint {
    COMPLAINT_NONE,
    COMPLAINT_KIND,              /* unknown clock kind */
    COMPLAINT_VALUE,             /* a value outside its list */
    COMPLAINT_SUBJECT,           /* the clock kind does not belong to the subject */
    COMPLAINT_DATES,             /* ends before it begins */
    COMPLAINT_NEGATIVE,          /* negative limit */
    COMPLAINT_NO_LIMIT,          /* an after-clock needs a limit above 0, or the one by ops */
    COMPLAINT_BEFORE_BY_OPS,     /* ops sets no limits of before-clocks */
    COMPLAINT_BAND,              /* empty band of diameters */
    COMPLAINT_CONDITION,         /* only contact depends on a condition */
    COMPLAINT_UNKNOWN_CATEGORY,
    COMPLAINT_NOT_RUN,           /* its category does not run this clock */
    COMPLAINT_TICKET_CLOCKS,     /* a category with a clock that tickets do not have */
    COMPLAINT_ID,                /* an id of 0 or less */
    COMPLAINT_ID_TWICE,          /* an id used twice */
    COMPLAINT_TWO_IN_FORCE,      /* two rows of one code in force at once */
    RULE_COMPLAINT__COUNT
};
const char *rule_complaint_name(enum rule_complaint complaint);

/* Why a set of rules is not whole. */
struct rule_problem {
    enum { RULES_GAP, RULES_OVERLAP, RULES_WRONG } kind;
    char message[200]; /* category, grade, clock kind, zone, diameter and day, for the log of the start-up check */
    /* The same for pages. Of a wrong row: what is wrong with which. */
    enum rule_complaint complaint;
    char code[CODE_BYTES]; /* of the wrong row, or of the category with the gap or overlap; "" for rules without one */
    enum clock_kind clock;
    struct facts facts; /* the first ones found */
    enum grade grade;
    struct instant at;
};

/*
 * Total and disjoint: per category and clock kind it needs, per grade, zone, diameter band, condition, and at every
 * moment from the category's start on, exactly one rule applies; likewise for rules without a category. Grades must add a
 * rule to CLOCK_FINISH and need not to others. Where all contact rules of a category carry a condition (Art. 23), exactly
 * one applies under it and none otherwise; no other kind may depend on a condition. Rows that are wrong by themselves are
 * told first and alone. Returns the number of problems (at most one gap or overlap per category, kind and grade), of which
 * the first `room` are described.
 */
size_t rules_check(const struct rule *rules, size_t rule_count, const struct category *categories,
                   size_t category_count, struct rule_problem *problems, size_t room);

#endif
