#include "store/children.h"

enum { TICKET_BYTES_MAX = 64 * 1024 * 1024 };

/* One command of the system on one child. What decide refuses is done already, or the report is not merged any more. */
static enum status act(struct db *db, struct ticket_file *file, const struct command *command,
                       const struct catalog *catalog, struct instant now, struct fault *fault)
{
    struct event event;

    if (ticket_decide(&file->ticket, command, &catalog->regulation, now, &event) != VERDICT_OK)
        return STATUS_OK;
    return ticket_store_append(db, file, &event, NULL, NULL, catalog, fault);
}

/* Whether an act stopped it: not what was replaced or ended early. */
static bool is_stopped_by_act(const struct clock *clock)
{
    return clock != NULL && instant_is_set(clock->stopped_at) &&
           (clock->result == RESULT_KEPT || clock->result == RESULT_LATE || clock->result == RESULT_EXCUSED);
}

/* The parent came to an end that is no result: its reports are matters of their own again, and ops finds somebody for them. */
static bool ended_without_result(const struct ticket *parent)
{
    const uint32_t ends = STATE_BIT(TICKET_NOT_OURS) | STATE_BIT(TICKET_WITHDRAWN) | STATE_BIT(TICKET_SEALED);

    return (STATE_BIT(parent->state) & ends) != 0;
}

static enum status set_free(struct db *db, struct ticket_file *child, const struct catalog *catalog, struct instant now,
                            struct fault *fault)
{
    const struct command unmerge = {.action = ACTION_UNMERGE, .actor = actor_system(), .occurred_at = INSTANT_NONE,
                                    .expected_version = child->ticket.version};

    return act(db, child, &unmerge, catalog, now, fault);
}

/* The parent's arrival, repair, call and inspection first, each at its own moment; then the finish, once ops accepted it. */
static enum status follow(struct db *db, struct ticket_file *child, const struct ticket *parent,
                          const struct catalog *catalog, struct instant now, struct fault *fault)
{
    enum status status = STATUS_OK;

    if (ended_without_result(parent))
        return set_free(db, child, catalog, now, fault);
    for (enum clock_kind kind = CLOCK_ARRIVE; status == STATUS_OK && kind <= CLOCK_INSPECT; kind++) {
        const struct clock *clock = ticket_clock(parent, kind);
        if (!is_stopped_by_act(clock))
            continue;
        struct command command = {.action = ACTION_FOLLOW_PARENT, .actor = actor_system(),
                                  .occurred_at = clock->stopped_at, .expected_version = child->ticket.version};
        command_set(&command, FIELD_CLOCK_KIND, kind);
        status = act(db, child, &command, catalog, now, fault);
    }
    if (status != STATUS_OK || !parent->is_finish_accepted || !instant_is_set(parent->finished_at))
        return status;
    const struct command stop = {.action = ACTION_STOP_WITH_PARENT, .actor = actor_system(),
                                 .occurred_at = parent->finished_at, .expected_version = child->ticket.version};
    return act(db, child, &stop, catalog, now, fault);
}

static enum status follow_by_id(struct db *db, struct ticket_id child, const struct ticket *parent,
                                const struct catalog *catalog, struct instant now, struct arena *arena,
                                struct fault *fault)
{
    struct ticket_file *file = arena_take(arena, sizeof *file);
    enum status status = ticket_store_load_by_id(db, child, arena, file, fault);

    if (status == STATUS_OK)
        status = follow(db, file, parent, catalog, now, fault);
    return status == STATUS_CONFLICT ? STATUS_OK : status;
}

static enum status follow_all(struct db *db, struct ticket_id parent, const struct catalog *catalog,
                              struct instant now, struct arena *arena, struct fault *fault)
{
    const struct db_value id = db_integer(parent.v);
    struct ticket_file *file = arena_take(arena, sizeof *file);
    struct db_row *rows;
    size_t count;
    enum status status = db_query(db, TICKET_LIST_BY_PARENT, &id, 1, arena, &rows, &count, fault);

    if (status != STATUS_OK || count == 0)
        return status;
    status = ticket_store_load_by_id(db, parent, arena, file, fault);
    if (status != STATUS_OK)
        return status == STATUS_ABSENT ? STATUS_OK : status;
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        const struct ticket_id child = {db_row_integer(&rows[i], 0)};
        struct arena own;
        arena_init(&own, TICKET_BYTES_MAX);
        status = follow_by_id(db, child, &file->ticket, catalog, now, &own, fault);
        arena_release(&own);
    }
    return status;
}

enum status children_stop(struct db *db, struct ticket_id parent, const struct catalog *catalog, struct instant now,
                          struct fault *fault)
{
    struct arena arena;

    arena_init(&arena, TICKET_BYTES_MAX);
    const enum status status = follow_all(db, parent, catalog, now, &arena, fault);
    arena_release(&arena);
    return status;
}
