/*
 * How a list is read: which index it walks between which bounds, and what remains to be asked of each row. Internal to
 * ticket_list.c, ticket_plan.c and ticket_search.c.
 */
#ifndef STORE_TICKET_PLAN_H
#define STORE_TICKET_PLAN_H

#include "store/ticket_list.h"

/* What is asked of each row; what the walk sees to is left out. 0, "" and NULL: nothing. */
struct residual {
    int64_t choice[FILTER_SCOPE]; /* state … grade, as a bit */
    bool is_open, is_waiting_ops, is_escalated, is_follow_up_due, is_waiting_unit;
    struct staff_id receiver;
    struct unit_id view_unit;             /* holds it or helps */
    struct instant due_low, due_high;     /* whole range: EARLIEST … LATEST */
    struct instant since;                 /* open, or reported since */
    const struct hash *phone, *account;
    const char *number;                   /* a pattern of LIKE */
    int64_t grams[2];                     /* WALK_SEARCH: never 0 */
    const char *terms[FILTER_TERMS_MAX];  /* patterns of LIKE */
};
#define EARLIEST ((struct instant){0})
#define LATEST ((struct instant){INT64_C(253402300799999)}) /* the index's "never" */

enum walk_kind {
    WALK_EVERY_ROW,
    WALK_UNIT,      /* every row, with what the unit helps in */
    WALK_LOOKUP,    /* by number, hashes or a rare gram */
    WALK_WIDE,      /* the entries of an index that answers choices */
    WALK_OPEN,      /* the same for what is open, which answers flags and deadlines, too */
    WALK_OPEN_UNIT, /* of a unit's view */
    WALK_SEARCH,    /* two grams, then the text */
};

/* One statement, in both directions. */
struct walk {
    enum walk_kind kind;
    enum statement after, before;
    bool has_key;
    int64_t key;
    struct instant low, high; /* of the index's time */
    int64_t gram;             /* WALK_LOOKUP */
    const char *number;       /* WALK_LOOKUP, whole */
    bool is_filtered;         /* residuals are left: look at more entries than are wanted */
    int cap;                  /* entries at most when filtered */
    struct residual residual;
};

/* The walks of a list, one after the other. */
struct list_plan {
    bool is_empty; /* nothing can be found */
    enum ticket_sort sort;
    struct walk walks[2];
    size_t walk_count;
};

/* How a search by words is best begun. */
struct search {
    bool is_needed;
    bool is_empty;    /* a pair occurs nowhere */
    bool is_rare;     /* `grams[0]` is rare enough to look at everything it leads to */
    int64_t grams[3]; /* the rarest first, then one of another word; 0: no more */
};
#define SEARCH_RARE_MAX 2000

/* Entries that a walk looks at when each of them costs a row that the filters may drop: closed tickets of one state. */
#define ROW_SCAN_CAP 2500

/* Up to two statements. */
enum status search_plan(struct db *db, const struct filter *filter, struct instant now, struct arena *arena,
                        struct search *search, struct fault *fault) MUST_USE;

/* The beginning of the days that a search reaches back by itself; the same all day, so that pages fit together. */
struct instant search_since(struct instant now);

/* Patterns live in the arena. */
void list_plan_make(const struct ticket_query *query, const struct search *search, struct instant now,
                    struct arena *arena, struct list_plan *plan);

#endif
