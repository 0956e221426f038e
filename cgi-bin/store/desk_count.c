#include "store/ticket_list.h"

#include "store/clock_row.h"

#define REMINDER_SECONDS (10 * MINUTE_SECONDS) /* an older one rings no more */

bool desk_state_is_equal(const struct desk_state *left, const struct desk_state *right)
{
    return left->version == right->version && left->marks == right->marks && left->marks <= DESK_MARKS_MAX;
}

static void read_counts(struct desk_counts *counts, const struct ticket_query *query, const struct db_row *row)
{
    const int held = (int)db_row_integer(row, 6), helped = (int)db_row_integer(row, 7);
    const int held_waiting = (int)db_row_integer(row, 8), helped_waiting = (int)db_row_integer(row, 9);
    int *views = counts->views;

    counts->state = (struct desk_state){db_row_integer(row, 0), db_row_integer(row, 1)};
    views[TICKET_VIEW_OPEN] = (int)db_row_integer(row, 2);
    views[TICKET_VIEW_SOON] = (int)db_row_integer(row, 3);
    views[TICKET_VIEW_LATE] = (int)db_row_integer(row, 4);
    views[TICKET_VIEW_UNDISPATCHED] = (int)db_row_integer(row, 5);
    /* Nobody's tickets are not "mine". */
    views[TICKET_VIEW_UNIT] = query->unit.v == 0 ? 0 : held + helped;
    views[TICKET_VIEW_WAITING_UNIT] = query->unit.v == 0 ? 0 : held_waiting + helped_waiting;
    views[TICKET_VIEW_WAITING_OPS] = (int)db_row_integer(row, 10);
    views[TICKET_VIEW_WAITING_LEADER] = (int)db_row_integer(row, 11);
    views[TICKET_VIEW_FIRST] = query->staff.v == 0 ? 0 : (int)db_row_integer(row, 12);
    views[TICKET_VIEW_ALL] = (int)db_row_integer(row, 13);
    views[TICKET_VIEW_FOLLOW_UP] = (int)db_row_integer(row, 19);
    counts->newest_dispatch = db_row_instant(row, 14);
    counts->newest_undispatched = db_row_integer(row, 18);
    counts->newest_reminder = db_row_instant(row, 20);
}

/* The moment at which a deadline comes within `seconds`. */
static struct instant when_near(struct instant due, int64_t seconds)
{
    due = instant_is_set(due) ? instant_unless_never(due) : INSTANT_NONE;
    return instant_is_set(due) ? instant_add_seconds(due, -seconds) : INSTANT_NONE;
}

enum status desk_count(struct db *db, const struct ticket_query *query, bool is_leader, struct instant now,
                       struct arena *arena, struct desk_counts *counts, struct fault *fault)
{
    const int64_t asked_seconds = query->filter->due_seconds;
    const struct instant soon = instant_add_seconds(now, query->soon_seconds);
    const struct db_value values[] = {
        db_instant(now),          db_instant(soon),         db_instant(now),
        db_integer(query->unit.v), db_integer(query->unit.v), db_integer(query->unit.v),
        db_integer(query->unit.v), db_integer(is_leader),    db_integer(query->staff.v),
        db_integer(query->unit.v), db_instant(now),          db_instant(soon),
        db_instant(instant_add_seconds(now, asked_seconds)), db_instant((struct instant){0}),
        db_instant(instant_add_seconds(now, -REMINDER_SECONDS)), db_integer(query->listener), db_integer(query->listener_unit.v),
        db_integer(query->listener_unit.v),
    };
    struct db_row row;
    const enum status status = db_query_one(db, DESK_COUNT, values, sizeof values / sizeof values[0], arena, &row, fault);

    if (status != STATUS_OK)
        return status;
    *counts = (struct desk_counts){.newest_undispatched = 0};
    read_counts(counts, query, &row);
    counts->good_until = instant_earlier(when_near(db_row_instant(&row, 15), 0),
                                         instant_earlier(when_near(db_row_instant(&row, 16), query->soon_seconds),
                                                         when_near(db_row_instant(&row, 17), asked_seconds)));
    return STATUS_OK;
}
