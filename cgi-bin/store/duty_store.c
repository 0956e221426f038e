#include "store/duty_store.h"

_Static_assert(ROLES_ON_DUTY == 48, "DUTY_PEOPLE_BY_UNIT asks for these roles");

/* ---- reading */

static void read_shift(struct shift *shift, const struct db_row *row)
{
    *shift = (struct shift){
        .id = (int32_t)db_row_integer(row, 0),
        .unit = {(int32_t)db_row_integer(row, 1)},
        .staff = {(int32_t)db_row_integer(row, 2)},
        .name = db_row_text(row, 3),
        .login = db_row_text(row, 4),
        .time = {db_row_instant(row, 5), db_row_instant(row, 6)},
        .created_at = db_row_instant(row, 7),
    };
}

enum status duty_store_list(struct db *db, struct unit_id unit, struct interval window, struct arena *arena,
                            struct shift **shifts, size_t *count, struct fault *fault)
{
    const struct db_value values[] = {db_integer(unit.v), db_instant(window.from), db_instant(window.to),
                                      db_integer(DUTY_SHIFTS_MAX)};
    struct db_row *rows;
    const enum status status =
        unit.v != 0 ? db_query(db, DUTY_LIST_BY_UNIT, values, 4, arena, &rows, count, fault)
                    : db_query(db, DUTY_LIST_ALL, values + 1, 3, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *shifts = arena_take_array(arena, *count, sizeof **shifts);
    for (size_t i = 0; i < *count; i++)
        read_shift(&(*shifts)[i], &rows[i]);
    return STATUS_OK;
}

enum status duty_store_find(struct db *db, struct unit_id unit, int32_t id, struct arena *arena, struct shift *shift,
                            struct fault *fault)
{
    const struct db_value values[] = {db_integer(id), db_integer(unit.v)};
    struct db_row row;
    const enum status status = db_query_one(db, DUTY_FIND_BY_ID, values, 2, arena, &row, fault);

    if (status == STATUS_OK)
        read_shift(shift, &row);
    return status;
}

static void find_gaps(struct duty_gaps *gaps, const struct shift *shifts, size_t shift_count, struct interval window,
                      struct arena *arena)
{
    struct interval *times = arena_take_array(arena, shift_count + 1, sizeof *times);
    size_t own = 0;

    for (size_t i = 0; i < shift_count; i++)
        if (shifts[i].unit.v == gaps->unit.v)
            times[own++] = shifts[i].time;
    gaps->gaps = arena_take_array(arena, own + 1, sizeof *gaps->gaps);
    gaps->count = roster_gaps(times, own, window, gaps->gaps);
    gaps->seconds = roster_seconds(gaps->gaps, gaps->count);
}

enum status duty_store_gaps(struct db *db, const struct catalog *catalog, struct unit_id unit, struct interval window,
                            struct arena *arena, struct duty_gaps **units, size_t *count, struct fault *fault)
{
    struct shift *shifts;
    size_t shift_count;
    const enum status status = duty_store_list(db, unit, window, arena, &shifts, &shift_count, fault);

    *count = 0;
    if (status != STATUS_OK)
        return status;
    *units = arena_take_array(arena, catalog->unit_count, sizeof **units);
    for (size_t i = 0; i < catalog->unit_count; i++) {
        const struct unit *row = &catalog->units[i];
        if (!row->is_handling || (unit.v != 0 && row->id.v != unit.v))
            continue;
        struct duty_gaps *gaps = &(*units)[(*count)++];
        gaps->unit = row->id;
        find_gaps(gaps, shifts, shift_count, window, arena);
    }
    return STATUS_OK;
}

struct interval duty_window(const struct catalog *catalog, struct instant now)
{
    return (struct interval){now, instant_add_seconds(now, catalog->policies[POLICY_ROSTER_DAYS] * DAY_SECONDS)};
}

enum status duty_store_on_duty(struct db *db, struct unit_id unit, struct instant at, struct arena *arena,
                               struct duty_person *person, struct fault *fault)
{
    const struct db_value values[] = {db_integer(unit.v), db_instant(at), db_instant(at)};
    struct db_row row;
    const enum status status = db_query_one(db, DUTY_FIND_AT, values, 3, arena, &row, fault);

    if (status == STATUS_OK)
        *person = (struct duty_person){
            {(int32_t)db_row_integer(&row, 0)}, db_row_text(&row, 1), db_row_text(&row, 2)};
    return status;
}

enum status duty_store_people(struct db *db, struct unit_id unit, struct arena *arena, struct shift **people,
                              size_t *count, struct fault *fault)
{
    const struct db_value value = db_integer(unit.v);
    struct db_row *rows;
    const enum status status = db_query(db, DUTY_PEOPLE_BY_UNIT, &value, 1, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *people = arena_take_array(arena, *count, sizeof **people);
    for (size_t i = 0; i < *count; i++)
        (*people)[i] = (struct shift){
            .staff = {(int32_t)db_row_integer(&rows[i], 0)},
            .unit = unit,
            .name = db_row_text(&rows[i], 1),
            .login = db_row_text(&rows[i], 2),
        };
    return STATUS_OK;
}

/* ---- changes */

struct rostering {
    const struct change *change;
    struct unit_id unit;
    const struct shift *shifts;
    size_t count;
    struct instant to;
};

static enum status add_work(struct db *db, void *context, struct fault *fault)
{
    const struct rostering *rostering = context;
    enum status status = STATUS_OK;

    for (size_t i = 0; status == STATUS_OK && i < rostering->count; i++) {
        const struct shift *shift = &rostering->shifts[i];
        const struct db_value values[] = {
            db_integer(rostering->unit.v),  db_integer(shift->staff.v),
            db_instant(shift->time.from),   db_instant(shift->time.to),
            db_integer(rostering->change->staff.v), db_instant(rostering->change->now),
        };
        status = db_run(db, DUTY_INSERT, values, 6, NULL, NULL, fault);
    }
    return status;
}

enum status duty_store_add(struct db *db, const struct change *change, struct unit_id unit, const struct shift *shifts,
                           size_t count, struct fault *fault)
{
    struct rostering rostering = {.change = change, .unit = unit, .shifts = shifts, .count = count};

    return change_store_run(db, change, add_work, &rostering, NULL, fault);
}

static enum status end_work(struct db *db, void *context, struct fault *fault)
{
    const struct rostering *rostering = context;
    const struct shift *shift = rostering->shifts;
    const struct db_value seen[] = {db_instant(rostering->to),     db_integer(shift->id),
                                    db_integer(rostering->unit.v), db_instant(shift->time.from),
                                    db_instant(shift->time.to),    db_instant(rostering->change->now)};
    int64_t affected = 0;
    const enum status status = instant_is_set(rostering->to)
                                   ? db_run(db, DUTY_SET_END, seen, 5, &affected, NULL, fault)
                                   : db_run(db, DUTY_DELETE, seen + 1, 5, &affected, NULL, fault);

    return status == STATUS_OK && affected == 0 ? STATUS_CONFLICT : status;
}

enum status duty_store_end(struct db *db, const struct change *change, const struct shift *shift, struct instant to,
                           struct fault *fault)
{
    struct rostering rostering = {.change = change, .unit = shift->unit, .shifts = shift, .count = 1, .to = to};

    return change_store_run(db, change, end_work, &rostering, NULL, fault);
}

/* ---- calls */

enum status duty_store_add_failed_call(struct db *db, int64_t ticket_id, uint32_t seq, struct unit_id unit,
                                       struct instant called_at, struct staff_id by, struct fault *fault)
{
    const struct db_value values[] = {
        db_integer(ticket_id), db_integer(seq),    db_integer(unit.v),    db_instant(called_at),
        db_integer(by.v),      db_integer(unit.v), db_instant(called_at), db_instant(called_at),
    };

    return db_run(db, FAILED_CALL_INSERT, values, 8, NULL, NULL, fault);
}

enum status duty_store_list_failed_calls(struct db *db, struct unit_id unit, struct call_cursor before, int limit,
                                         struct arena *arena, struct failed_call **calls, size_t *count,
                                         struct fault *fault)
{
    const struct instant end = {INT64_C(253402300799999)}; /* 9999-12-31T23:59:59.999Z */
    const struct instant at = instant_is_set(before.at) ? before.at : end;
    const struct db_value values[] = {
        db_integer(unit.v),           db_instant(at),         db_instant(at),    db_integer(before.ticket_id),
        db_integer(before.ticket_id), db_integer(before.seq), db_integer(limit),
    };
    struct db_row *rows;
    const enum status status =
        unit.v != 0 ? db_query(db, FAILED_CALL_LIST_BY_UNIT, values, 7, arena, &rows, count, fault)
                    : db_query(db, FAILED_CALL_LIST, values + 1, 6, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *calls = arena_take_array(arena, *count, sizeof **calls);
    for (size_t i = 0; i < *count; i++)
        (*calls)[i] = (struct failed_call){
            .ticket_id = db_row_integer(&rows[i], 0),
            .seq = (uint32_t)db_row_integer(&rows[i], 1),
            .unit = {(int32_t)db_row_integer(&rows[i], 2)},
            .called_at = db_row_instant(&rows[i], 3),
            .number_masked = db_row_text(&rows[i], 4),
            .staff = {(int32_t)db_row_integer(&rows[i], 5)},
            .name = db_row_text(&rows[i], 6),
            .recorded_by = db_row_text(&rows[i], 7),
            .ticket_number = db_row_text(&rows[i], 8),
        };
    return STATUS_OK;
}
