/*
 * The desk's lists: what each view holds, narrowed by a filter, in an order, page by page from a cursor in both directions;
 * how many each view has; and whether anything can have changed since a moment.
 *
 * A list walks one index that fits its view, order and filter, looks at a bounded number of entries, and drops what the rest of
 * the filter leaves out. A page that stays short because the walk ended says where to go on.
 */
#ifndef STORE_TICKET_LIST_H
#define STORE_TICKET_LIST_H

#include "core/filter.h"
#include "store/ticket_store.h"

/* A row of a list. Texts live in the arena. */
struct ticket_row {
    struct ticket_id id;
    char number[NUMBER_BYTES];
    uint32_t version;
    enum ticket_state state;
    enum source source;
    enum nature nature;
    struct category_id category;
    uint32_t grades;
    enum zone zone;
    const char *place_text;
    const char *name_masked, *phone_masked; /* "" without */
    struct unit_id unit;
    struct staff_id first_receiver;
    struct instant reported_at, next_due_at; /* next_due_at: INSTANT_NONE when nothing runs */
    struct instant finish_due_at, finish_granted_at, finished_at, closed_at;
    enum clock_kind next_kind;
    int urge_count, repeat_level, satisfaction;
    bool is_escalated, is_waiting_ops, is_waiting_unit;
    bool is_escalated_in_unit; /* to the leader of a unit that still has it (Art. 17) */
};

/* What a list holds before it is filtered. */
enum ticket_view {
    TICKET_VIEW_OPEN,
    TICKET_VIEW_SOON,           /* open and due within soon_seconds */
    TICKET_VIEW_LATE,           /* open and past the next due */
    TICKET_VIEW_UNDISPATCHED,   /* state reported */
    TICKET_VIEW_UNIT,           /* open, held by the unit as lead, or where it helps another (Arts. 25, 27) */
    TICKET_VIEW_FIRST,          /* open, first received by this person (Art. 9) */
    TICKET_VIEW_WAITING_OPS,    /* objection, extension, review, "not fixed", missing limit */
    TICKET_VIEW_WAITING_UNIT,   /* to be accepted or answered by the unit */
    TICKET_VIEW_WAITING_LEADER, /* escalated to group leadership and not acknowledged */
    TICKET_VIEW_ALL,            /* closed ones, too; by newest report alone */
    TICKET_VIEW_FOLLOW_UP,      /* finished, and the customer has to be called before it can be closed (Art. 10) */
    TICKET_VIEW__COUNT
};

enum ticket_sort {
    TICKET_SORT_DUE,    /* the next deadline first */
    TICKET_SORT_NEWEST, /* the newest report first */
    TICKET_SORT__COUNT
};

/* A place in a list: behind this row. */
struct ticket_cursor {
    struct instant at; /* next due or report; INSTANT_NONE: nothing runs */
    int64_t id;        /* 0: no cursor */
};

struct ticket_query {
    enum ticket_view view;
    enum ticket_sort sort;
    const struct filter *filter; /* borrowed */
    struct unit_id unit;         /* of the views that are a unit's */
    struct staff_id staff;       /* of TICKET_VIEW_FIRST */
    uint32_t listener;           /* audiences whose reminders are looked for: bits 1 << enum audience; 0: none */
    struct unit_id listener_unit; /* whose clocks they are about; 0: everybody's */
    int64_t soon_seconds;
    struct ticket_cursor cursor;
    bool is_backward; /* the rows before the cursor; they come in the list's order all the same */
    int limit;        /* rows wanted */
    int count_limit;  /* matching rows counted, at least `limit`; more costs time */
};

struct ticket_page {
    struct ticket_row *rows;
    size_t count;
    bool has_more;  /* in the direction that was read */
    int matched;    /* rows from the cursor on in that direction, up to count_limit */
    bool is_exact;  /* matched is all there are */
    bool is_cut;    /* the walk ended before the list did: `reached` is where to go on */
    struct ticket_cursor reached;
};

#define TICKET_SCAN_CAP 5000    /* entries that a list looks at for one page */
#define TICKET_SEARCH_CAP 20000 /* the same for a search over all years */
#define SEARCH_RECENT_DAYS 90   /* how far back a search reaches by itself, besides what is open */

/* One statement; a search takes up to three more. */
enum status ticket_list_read(struct db *db, const struct ticket_query *query, struct instant now, struct arena *arena,
                             struct ticket_page *page, struct fault *fault) MUST_USE;

/* Where a ticket stands in a list of this order. */
struct ticket_cursor ticket_cursor_of(const struct ticket_row *row, enum ticket_sort sort);

/*
 * Calls `each` for every row of the whole list, from the first on, up to query->limit rows; cursor and direction of the query are
 * not used. Rows whose order can change in the meantime come from one statement, others in portions. is_whole: the list
 * had no more
 */
typedef enum status (*ticket_row_each)(void *context, const struct ticket_row *row, struct fault *fault);
enum status ticket_list_stream(struct db *db, const struct ticket_query *query, struct instant now,
                               ticket_row_each each, void *context, bool *is_whole, struct fault *fault) MUST_USE;

/* The rows with these numbers, in no order; unknown and sealed ones are missing. count: at most TICKET_NUMBERS_MAX */
#define TICKET_NUMBERS_MAX 100
enum status ticket_list_by_numbers(struct db *db, const char *const *numbers, size_t count, struct arena *arena,
                                   struct ticket_row **rows, size_t *row_count, struct fault *fault) MUST_USE;

/*
 * What every list hangs on. Whatever changes a ticket leaves a dirty mark in the same transaction; clerk alone removes marks,
 * and raises the version of its job "figures" in the transaction that does. So if a change was committed between two looks,
 * then either its mark is still there (one more mark under the same version), or the version has grown: equal states mean
 * that no ticket has changed in between, in whatever order ids were given and transactions committed. A counter of its own
 * could not say so: its highest id may be committed before a lower one is.
 */
struct desk_state {
    int64_t version;
    int64_t marks; /* counted to DESK_MARKS_MAX; more says nothing */
};
#define DESK_MARKS_MAX 1000
/* Whether nothing has changed between the two. */
bool desk_state_is_equal(const struct desk_state *left, const struct desk_state *right);

struct desk_counts {
    struct desk_state state; /* of the same moment */
    int views[TICKET_VIEW__COUNT]; /* exact to 1,000; 1,001 means "more" */
    int64_t newest_undispatched;       /* highest id of those, 0 without */
    struct instant newest_dispatch;    /* to the unit, not accepted; INSTANT_NONE without */
    struct instant newest_reminder;    /* that the query's listener is told of, while its clock runs; INSTANT_NONE without */
    struct instant good_until;         /* when time alone changes a list: a deadline passes or comes near; INSTANT_NONE: never */
};
#define DESK_COUNT_MAX 1000

/* For the query's unit, staff and soon_seconds; what its filter says of deadlines counts for good_until. One statement. */
enum status desk_count(struct db *db, const struct ticket_query *query, bool is_leader, struct instant now,
                       struct arena *arena, struct desk_counts *counts, struct fault *fault) MUST_USE;

#endif
