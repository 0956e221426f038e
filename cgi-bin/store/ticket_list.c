#include "store/ticket_store.h"

#include <assert.h>

#include "store/clock_row.h"

/* Numbers that stand in statements.def. */
_Static_assert(TICKET_REPORTED == 1 && TICKET_MERGED == 8 && TICKET_SEALED == 11, "statements.def names these states");
_Static_assert(SUBJECT_TICKET == 1 && CLOCK_DISPATCH == 1 && ASSIGNMENT_LEAD == 0, "statements.def names these numbers");

enum { VALUES_MAX = 16 };

struct value_list {
    struct db_value values[VALUES_MAX];
    size_t count;
};

static void add_value(struct value_list *list, struct db_value value)
{
    assert(list->count < VALUES_MAX);
    list->values[list->count++] = value;
}

static bool has_residual(const struct ticket_filter *filter)
{
    const bool unit_is_residual = filter->unit.v != 0 && filter->view != TICKET_VIEW_UNIT;

    return unit_is_residual || filter->category.v != 0 || filter->zone != ZONE_UNKNOWN || filter->state != 0;
}

/* Each filter twice: "none asked for, or equal". */
static void add_residual(struct value_list *list, const struct ticket_filter *filter)
{
    const int64_t asked[] = {
        filter->view == TICKET_VIEW_UNIT ? 0 : filter->unit.v,
        filter->category.v,
        (int64_t)filter->zone,
        filter->state,
    };

    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++) {
        add_value(list, db_integer(asked[i]));
        add_value(list, db_integer(asked[i]));
    }
    add_value(list, db_integer(filter->limit + 1));
}

/* Rows to look at: no more than are shown when nothing can be left out of them. */
static void add_scan_cap(struct value_list *list, const struct ticket_filter *filter)
{
    add_value(list, db_integer(has_residual(filter) ? TICKET_SCAN_CAP : filter->limit + 1));
}

static void add_cursor_by_due(struct value_list *list, const struct ticket_filter *filter)
{
    const bool is_first = !instant_is_set(filter->after_at) && filter->after_id == 0;
    struct instant after = {0};

    if (!is_first)
        after = instant_or_never(filter->after_at);
    add_value(list, db_instant(after));
    add_value(list, db_instant(after));
    add_value(list, db_integer(filter->after_id));
}

static void add_cursor_newest(struct value_list *list, const struct ticket_filter *filter)
{
    const struct instant after = instant_or_never(filter->after_at);

    add_value(list, db_instant(after));
    add_value(list, db_instant(after));
    add_value(list, db_integer(filter->after_id != 0 ? filter->after_id : INT64_MAX));
}

static void fill_by_due(struct value_list *list, const struct ticket_filter *filter)
{
    add_cursor_by_due(list, filter);
    add_scan_cap(list, filter);
    add_residual(list, filter);
}

/* The statement that drives a view, and its values. */
static enum statement drive(struct value_list *list, const struct ticket_filter *filter, struct instant now)
{
    switch (filter->view) {
    case TICKET_VIEW_DUE:
        fill_by_due(list, filter);
        return TICKET_LIST_BY_DUE;
    case TICKET_VIEW_LATE:
        add_value(list, db_instant(now));
        fill_by_due(list, filter);
        return TICKET_LIST_LATE;
    case TICKET_VIEW_UNDISPATCHED:
        fill_by_due(list, filter);
        return TICKET_LIST_UNDISPATCHED;
    case TICKET_VIEW_UNIT:
        add_value(list, db_integer(filter->unit.v));
        fill_by_due(list, filter);
        return TICKET_LIST_BY_UNIT;
    case TICKET_VIEW_WAITING_OPS:
        fill_by_due(list, filter);
        return TICKET_LIST_WAITING_OPS;
    case TICKET_VIEW_FIRST:
        add_value(list, db_integer(filter->first_receiver.v));
        fill_by_due(list, filter);
        return TICKET_LIST_BY_RECEIVER;
    case TICKET_VIEW_ALL:
        add_cursor_newest(list, filter);
        add_scan_cap(list, filter);
        add_residual(list, filter);
        return TICKET_LIST_NEWEST;
    case TICKET_VIEW_NUMBER:
        add_value(list, db_text(filter->number));
        return TICKET_LIST_BY_NUMBER;
    case TICKET_VIEW_PHONE:
        add_value(list, db_bytes(filter->phone_hash.bytes, HASH_BYTES));
        add_value(list, db_integer(filter->after_id != 0 ? filter->after_id : INT64_MAX));
        add_scan_cap(list, filter);
        add_residual(list, filter);
        return TICKET_LIST_BY_PHONE;
    case TICKET_VIEW__COUNT:
        break;
    }
    assert(false);
    return TICKET_LIST_BY_DUE;
}

static void read_row(struct ticket_row *ticket, const struct db_row *row)
{
    struct text number;

    *ticket = (struct ticket_row){
        .id = {db_row_integer(row, 0)},
        .version = (uint32_t)db_row_integer(row, 2),
        .state = (enum ticket_state)db_row_integer(row, 3),
        .source = (enum source)db_row_integer(row, 4),
        .nature = (enum nature)db_row_integer(row, 5),
        .category = {(int32_t)db_row_integer(row, 6)},
        .grades = (uint32_t)db_row_integer(row, 7),
        .zone = (enum zone)db_row_integer(row, 8),
        .place_text = db_row_text(row, 9),
        .unit = {(int32_t)db_row_integer(row, 10)},
        .reported_at = db_row_instant(row, 11),
        .next_due_at = instant_unless_never(db_row_instant(row, 12)),
        .finish_due_at = db_row_instant(row, 13),
        .finish_granted_at = db_row_instant(row, 14),
        .next_kind = (enum clock_kind)db_row_integer(row, 15),
        .urge_count = (int)db_row_integer(row, 16),
        .repeat_level = (int)db_row_integer(row, 17),
        .is_escalated = db_row_integer(row, 18) != 0,
        .is_waiting_ops = db_row_integer(row, 19) != 0,
    };
    text_init(&number, ticket->number, sizeof ticket->number);
    text_add(&number, db_row_text(row, 1));
}

enum status ticket_store_list(struct db *db, const struct ticket_filter *filter, struct instant now,
                              struct arena *arena, struct ticket_row **rows, size_t *count, struct fault *fault)
{
    struct value_list list = {.count = 0};
    struct db_row *found;

    assert(filter->limit > 0 && filter->limit < TICKET_SCAN_CAP);
    const enum statement statement = drive(&list, filter, now);
    const enum status status = db_query(db, statement, list.values, list.count, arena, &found, count, fault);
    if (status != STATUS_OK)
        return status;
    *rows = arena_take_array(arena, *count + 1, sizeof **rows);
    for (size_t i = 0; i < *count; i++)
        read_row(&(*rows)[i], &found[i]);
    return STATUS_OK;
}

enum status ticket_store_counts(struct db *db, struct unit_id unit, struct staff_id staff, struct instant now,
                                struct arena *arena, int counts[TICKET_VIEW__COUNT], struct fault *fault)
{
    static const enum ticket_view COLUMNS[] = {TICKET_VIEW_DUE,  TICKET_VIEW_LATE,        TICKET_VIEW_UNDISPATCHED,
                                               TICKET_VIEW_UNIT, TICKET_VIEW_WAITING_OPS, TICKET_VIEW_FIRST,
                                               TICKET_VIEW_ALL};
    const struct db_value values[] = {db_instant(now), db_integer(unit.v), db_integer(staff.v)};
    struct db_row row;
    const enum status status = db_query_one(db, TICKET_COUNT_VIEWS, values, 3, arena, &row, fault);

    if (status != STATUS_OK)
        return status;
    for (int i = 0; i < TICKET_VIEW__COUNT; i++)
        counts[i] = 0;
    for (size_t i = 0; i < sizeof COLUMNS / sizeof COLUMNS[0]; i++)
        counts[COLUMNS[i]] = (int)db_row_integer(&row, i);
    /* Nobody's tickets are not "mine". */
    if (unit.v == 0)
        counts[TICKET_VIEW_UNIT] = 0;
    if (staff.v == 0)
        counts[TICKET_VIEW_FIRST] = 0;
    return STATUS_OK;
}
