#include "store/children.h"

enum { TICKET_BYTES_MAX = 64 * 1024 * 1024 };

static enum status stop_child(struct db *db, struct ticket_id child, const struct ticket *parent,
                              const struct catalog *catalog, struct instant now, struct arena *arena,
                              struct fault *fault)
{
    struct command command = {
        .action = ACTION_STOP_WITH_PARENT, .actor = actor_system(), .occurred_at = parent->finished_at};
    struct ticket_file *file = arena_take(arena, sizeof *file);
    struct event *event = arena_take(arena, sizeof *event);

    enum status status = ticket_store_load_by_id(db, child, arena, file, fault);
    if (status != STATUS_OK)
        return status;
    command.expected_version = file->ticket.version;
    if (ticket_decide(&file->ticket, &command, &catalog->regulation, now, event) != VERDICT_OK)
        return STATUS_OK; /* not merged any more */
    status = ticket_store_append(db, file, event, NULL, NULL, catalog, fault);
    return status == STATUS_CONFLICT ? STATUS_OK : status;
}

static enum status stop_all(struct db *db, struct ticket_id parent, const struct catalog *catalog, struct instant now,
                            struct arena *arena, struct fault *fault)
{
    const struct db_value id = db_integer(parent.v);
    struct ticket_file *file = arena_take(arena, sizeof *file);
    struct db_row *rows;
    size_t count;
    enum status status = db_query(db, TICKET_LIST_BY_PARENT, &id, 1, arena, &rows, &count, fault);

    if (status != STATUS_OK || count == 0)
        return status;
    status = ticket_store_load_by_id(db, parent, arena, file, fault);
    if (status != STATUS_OK || !file->ticket.is_finish_accepted || !instant_is_set(file->ticket.finished_at))
        return status == STATUS_ABSENT ? STATUS_OK : status;
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        const struct ticket_id child = {db_row_integer(&rows[i], 0)};
        struct arena own;
        arena_init(&own, TICKET_BYTES_MAX);
        status = stop_child(db, child, &file->ticket, catalog, now, &own, fault);
        arena_release(&own);
    }
    return status;
}

enum status children_stop(struct db *db, struct ticket_id parent, const struct catalog *catalog, struct instant now,
                          struct fault *fault)
{
    struct arena arena;

    arena_init(&arena, TICKET_BYTES_MAX);
    const enum status status = stop_all(db, parent, catalog, now, &arena, fault);
    arena_release(&arena);
    return status;
}
