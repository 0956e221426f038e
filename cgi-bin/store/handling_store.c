#include "store/handling_store.h"

#include <string.h>

enum status handling_store_units(struct db *db, struct interval span, struct unit_id unit, struct instant now,
                                 struct arena *arena, struct handling_unit **units, size_t *count, struct fault *fault)
{
    const struct db_value values[] = {db_instant(now), db_instant(span.from), db_instant(span.to), db_integer(unit.v),
                                      db_integer(unit.v)};
    struct db_row *rows;
    const enum status status = db_query(db, HANDLING_BY_UNIT, values, 5, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *units = arena_take_array(arena, *count + 1, sizeof **units);
    for (size_t i = 0; i < *count; i++)
        (*units)[i] = (struct handling_unit){
            .unit = {(int32_t)db_row_integer(&rows[i], 0)},
            .dispatches = db_row_integer(&rows[i], 1),
            .accepted = db_row_integer(&rows[i], 2),
            .objected = db_row_integer(&rows[i], 3),
            .wrong = db_row_integer(&rows[i], 4),
            .recalled = db_row_integer(&rows[i], 5),
            .held_seconds = db_row_integer(&rows[i], 6) / 1000,
        };
    return STATUS_OK;
}

enum status handling_store_dispatchers(struct db *db, struct interval span, struct arena *arena,
                                       struct handling_dispatcher **dispatchers, size_t *count, struct fault *fault)
{
    const struct db_value values[] = {db_instant(span.from), db_instant(span.to), db_integer(0), db_integer(0)};
    struct db_row *rows;
    const enum status status = db_query(db, HANDLING_BY_DISPATCHER, values, 4, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *dispatchers = arena_take_array(arena, *count + 1, sizeof **dispatchers);
    for (size_t i = 0; i < *count; i++)
        (*dispatchers)[i] = (struct handling_dispatcher){
            .staff = {(int32_t)db_row_integer(&rows[i], 0)},
            .name = db_row_text(&rows[i], 1),
            .dispatches = db_row_integer(&rows[i], 2),
            .wrong = db_row_integer(&rows[i], 3),
            .recalled = db_row_integer(&rows[i], 4),
        };
    return STATUS_OK;
}

enum status handling_store_returned(struct db *db, struct interval span, struct unit_id unit, int limit, struct arena *arena,
                                    struct handling_returned **returned, size_t *count, struct fault *fault)
{
    const struct db_value values[] = {db_instant(span.from), db_instant(span.to), db_integer(unit.v), db_integer(unit.v),
                                      db_integer(limit)};
    struct db_row *rows;
    const enum status status = db_query(db, HANDLING_RETURNED_LIST, values, 5, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *returned = arena_take_array(arena, *count + 1, sizeof **returned);
    for (size_t i = 0; i < *count; i++) {
        struct handling_returned *row = &(*returned)[i];
        *row = (struct handling_returned){
            .unit = {(int32_t)db_row_integer(&rows[i], 1)},
            .dispatcher = db_row_text(&rows[i], 2),
            .dispatched_at = db_row_instant(&rows[i], 3),
            .returned_at = db_row_instant(&rows[i], 4),
        };
        number_copy(row->number, db_row_text(&rows[i], 0));
    }
    return STATUS_OK;
}
