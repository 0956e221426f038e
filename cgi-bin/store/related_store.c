#include "store/related_store.h"

static void read_related(struct related *related, const struct db_row *row)
{
    struct text number;

    related->kind = (enum relation_kind)db_row_integer(row, 0);
    related->id.v = db_row_integer(row, 1);
    text_init(&number, related->number, sizeof related->number);
    text_add(&number, db_row_text(row, 2));
    related->version = (uint32_t)db_row_integer(row, 3);
    related->state = (enum ticket_state)db_row_integer(row, 4);
    related->category.v = (int32_t)db_row_integer(row, 5);
    related->place_text = db_row_text(row, 6);
    related->unit.v = (int32_t)db_row_integer(row, 7);
    related->reported_at = db_row_instant(row, 8);
    related->repeat_level = (int)db_row_integer(row, 9);
    related->name_masked = db_row_text(row, 10);
    related->phone_masked = db_row_text(row, 11);
    related->is_open = db_row_integer(row, 12) != 0;
}

static enum status query(struct db *db, enum statement statement, const struct db_value *values, size_t value_count,
                         struct arena *arena, struct related **related, size_t *count, struct fault *fault)
{
    struct db_row *rows;
    const enum status status = db_query(db, statement, values, value_count, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *related = arena_take_array(arena, *count + 1, sizeof **related);
    for (size_t i = 0; i < *count; i++)
        read_related(&(*related)[i], &rows[i]);
    return STATUS_OK;
}

enum status related_store_list(struct db *db, const struct ticket *ticket, struct arena *arena, struct related **related,
                               size_t *count, struct fault *fault)
{
    const struct db_value id = db_integer(ticket->id.v);
    const struct db_value values[] = {db_integer(ticket->parent.v), id, id, id};

    return query(db, RELATED_LIST, values, 4, arena, related, count, fault);
}

enum status related_store_candidates(struct db *db, const struct ticket *ticket, struct arena *arena,
                                     struct related **related, size_t *count, struct fault *fault)
{
    const struct db_value values[] = {db_integer(ticket->place.v), db_integer(ticket->facts.category.v),
                                      db_integer(ticket->id.v)};

    return query(db, RELATED_CANDIDATES, values, 3, arena, related, count, fault);
}
