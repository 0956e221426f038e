#include "store/handover_store.h"

#include "store/clock_row.h"

_Static_assert(TICKET_REPORTED == 1, "statements_handover.def names this state");

enum handover_scope handover_scope_of(uint32_t roles)
{
    if ((roles & ROLE_BIT(ROLE_OPS)) != 0)
        return HANDOVER_OF_OPS;
    return (roles & ROLE_BIT(ROLE_OPERATOR)) != 0 ? HANDOVER_FIRST_CONTACTS : HANDOVER_OF_UNIT;
}

/* ---- handing over */

struct adding {
    struct handover *handover;
    enum handover_scope scope;
    const uint8_t *key;
    struct instant now;
    struct arena *arena;
};

static enum status list_open(struct db *db, const struct adding *adding, struct db_row **rows, size_t *count,
                             struct fault *fault)
{
    const struct handover *handover = adding->handover;
    const struct db_value receiver[] = {db_integer(handover->from.v), db_integer(HANDOVER_ITEMS_MAX)};
    const struct db_value unit[] = {db_integer(handover->unit.v), db_integer(HANDOVER_ITEMS_MAX)};
    const struct db_value most[] = {db_integer(HANDOVER_ITEMS_MAX), db_integer(HANDOVER_ITEMS_MAX),
                                    db_integer(HANDOVER_ITEMS_MAX)};

    switch (adding->scope) {
    case HANDOVER_FIRST_CONTACTS:
        return db_query(db, HANDOVER_OPEN_BY_RECEIVER, receiver, 2, adding->arena, rows, count, fault);
    case HANDOVER_OF_UNIT:
        return db_query(db, HANDOVER_OPEN_BY_UNIT, unit, 2, adding->arena, rows, count, fault);
    case HANDOVER_OF_OPS:
        break;
    }
    return db_query(db, HANDOVER_OPEN_OF_OPS, most, 3, adding->arena, rows, count, fault);
}

/* Somebody else, active, of the same unit. */
static enum status check_taker(struct db *db, const struct adding *adding, struct fault *fault)
{
    struct colleague *colleagues;
    size_t count;
    const enum status status = handover_store_colleagues(db, adding->handover->unit, adding->handover->from,
                                                         adding->arena, &colleagues, &count, fault);

    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        if (colleagues[i].id.v == adding->handover->to.v)
            return STATUS_OK;
    return status == STATUS_OK ? FAULT(fault, STATUS_INVALID, "the shift cannot be handed to this person") : status;
}

static enum status add_work(struct db *db, void *context, struct fault *fault)
{
    const struct adding *adding = context;
    struct handover *handover = adding->handover;
    const struct db_value values[] = {
        db_integer(handover->from.v), db_integer(handover->to.v), db_integer(handover->unit.v),
        db_text(handover->note),      db_instant(adding->now),    db_bytes(adding->key, 16),
    };
    struct db_row *rows;
    size_t count = 0;
    int64_t id = 0;

    enum status status = check_taker(db, adding, fault);
    if (status == STATUS_OK)
        status = db_run(db, HANDOVER_INSERT, values, 6, NULL, &id, fault);
    if (status == STATUS_OK)
        status = list_open(db, adding, &rows, &count, fault);
    for (size_t i = 0; status == STATUS_OK && i < count && i < HANDOVER_ITEMS_MAX; i++) {
        const struct db_value item[] = {db_integer(id), db_integer((int64_t)i + 1),
                                        db_integer(db_row_integer(&rows[i], 0))};
        status = db_run(db, HANDOVER_ITEM_INSERT, item, 3, NULL, NULL, fault);
    }
    handover->id = (int32_t)id;
    handover->item_count = (int)count;
    return status;
}

enum status handover_store_add(struct db *db, struct handover *handover, enum handover_scope scope,
                               const uint8_t key[16], struct instant now, struct arena *arena, struct fault *fault)
{
    struct adding adding = {handover, scope, key, now, arena};
    const struct db_value value = db_bytes(key, 16);
    struct db_row row;
    enum status status = db_transact(db, add_work, &adding, fault);

    if (status != STATUS_DUPLICATE)
        return status;
    fault_reset(fault);
    status = db_query_one(db, HANDOVER_FIND_BY_KEY, &value, 1, arena, &row, fault);
    if (status != STATUS_OK)
        return status;
    handover->id = (int32_t)db_row_integer(&row, 0);
    return STATUS_DUPLICATE;
}

/* ---- reading */

static struct handover read_handover(const struct db_row *row)
{
    return (struct handover){
        .id = (int32_t)db_row_integer(row, 0),
        .from = {(int32_t)db_row_integer(row, 1)},
        .to = {(int32_t)db_row_integer(row, 2)},
        .unit = {(int32_t)db_row_integer(row, 3)},
        .from_name = db_row_text(row, 4),
        .to_name = db_row_text(row, 5),
        .note = db_row_text(row, 6),
        .handed_at = db_row_instant(row, 7),
        .confirmed_at = db_row_instant(row, 8),
        .item_count = (int)db_row_integer(row, 9),
    };
}

enum status handover_store_list(struct db *db, struct unit_id unit, struct arena *arena, struct handover **handovers,
                                size_t *count, struct fault *fault)
{
    const struct db_value value = db_integer(unit.v);
    struct db_row *rows;
    const enum status status = db_query(db, HANDOVER_LIST_BY_UNIT, &value, 1, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *handovers = arena_take_array(arena, *count + 1, sizeof **handovers);
    for (size_t i = 0; i < *count; i++)
        (*handovers)[i] = read_handover(&rows[i]);
    return STATUS_OK;
}

enum status handover_store_load(struct db *db, int32_t id, struct arena *arena, struct handover *handover,
                                struct handover_item **items, size_t *count, struct fault *fault)
{
    const struct db_value value = db_integer(id);
    struct db_row row, *rows;
    enum status status = db_query_one(db, HANDOVER_FIND_BY_ID, &value, 1, arena, &row, fault);

    if (status != STATUS_OK)
        return status;
    *handover = read_handover(&row);
    status = db_query(db, HANDOVER_ITEM_LIST, &value, 1, arena, &rows, count, fault);
    if (status != STATUS_OK)
        return status;
    *items = arena_take_array(arena, *count + 1, sizeof **items);
    for (size_t i = 0; i < *count; i++)
        (*items)[i] = (struct handover_item){
            .position = (int)db_row_integer(&rows[i], 0),
            .number = db_row_text(&rows[i], 1),
            .place_text = db_row_text(&rows[i], 2),
            .state = (enum ticket_state)db_row_integer(&rows[i], 3),
            .next_due_at = instant_unless_never(db_row_instant(&rows[i], 4)),
            .note = db_row_text(&rows[i], 5),
        };
    return STATUS_OK;
}

enum status handover_store_colleagues(struct db *db, struct unit_id unit, struct staff_id but, struct arena *arena,
                                      struct colleague **colleagues, size_t *count, struct fault *fault)
{
    const struct db_value values[] = {db_integer(unit.v), db_integer(but.v)};
    struct db_row *rows;
    const enum status status = db_query(db, HANDOVER_COLLEAGUES, values, 2, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *colleagues = arena_take_array(arena, *count + 1, sizeof **colleagues);
    for (size_t i = 0; i < *count; i++)
        (*colleagues)[i] = (struct colleague){{(int32_t)db_row_integer(&rows[i], 0)}, db_row_text(&rows[i], 1)};
    return STATUS_OK;
}

/* ---- changing */

static enum status change_one(struct db *db, enum statement statement, const struct db_value *values, size_t count,
                              struct fault *fault)
{
    int64_t affected = 0;
    const enum status status = db_run(db, statement, values, count, &affected, NULL, fault);

    if (status != STATUS_OK)
        return status;
    return affected == 1 ? STATUS_OK : FAULT(fault, STATUS_CONFLICT, "the handover was confirmed already");
}

enum status handover_store_note(struct db *db, int32_t id, int position, struct staff_id from, const char *note,
                                struct fault *fault)
{
    const struct db_value values[] = {db_text(note), db_integer(id), db_integer(position), db_integer(from.v)};

    return change_one(db, HANDOVER_ITEM_SET_NOTE, values, 4, fault);
}

enum status handover_store_confirm(struct db *db, int32_t id, struct staff_id to, struct instant now,
                                   struct fault *fault)
{
    const struct db_value values[] = {db_instant(now), db_integer(id), db_integer(to.v)};

    return change_one(db, HANDOVER_CONFIRM, values, 3, fault);
}
