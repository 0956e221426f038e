#include "store/crew_store.h"

#include "core/ticket.h"

_Static_assert(ROLES_UNIT == 56, "statements_crew.def names these roles");
_Static_assert(ASSIGNMENT_DISPATCHED == 1 && ASSIGNMENT_OBJECTED == 2 && ASSIGNMENT_ACCEPTED == 3,
               "statements_crew.def names these states");

enum status crew_store_assignment(struct db *db, struct ticket_id ticket, struct unit_id unit, struct arena *arena,
                                  int *dispatch_no, struct fault *fault)
{
    const struct db_value values[] = {db_integer(ticket.v), db_integer(unit.v)};
    struct db_row row;
    const enum status status = db_query_one(db, ASSIGNMENT_FIND_LIVE, values, 2, arena, &row, fault);

    *dispatch_no = status == STATUS_OK ? (int)db_row_integer(&row, 0) : 0;
    return status == STATUS_ABSENT ? STATUS_OK : status;
}

enum status crew_store_people(struct db *db, struct unit_id unit, struct arena *arena, struct crew_person **people,
                              size_t *count, struct fault *fault)
{
    const struct db_value value = db_integer(unit.v);
    struct db_row *rows;
    const enum status status = db_query(db, CREW_LIST_BY_UNIT, &value, 1, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *people = arena_take_array(arena, *count + 1, sizeof **people);
    for (size_t i = 0; i < *count; i++)
        (*people)[i] = (struct crew_person){{(int32_t)db_row_integer(&rows[i], 0)}, db_row_text(&rows[i], 1),
                                            (uint32_t)db_row_integer(&rows[i], 2)};
    return STATUS_OK;
}
