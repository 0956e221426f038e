#include "store/children.h"

#include "base/log.h"
#include "store/stream.h"

enum { TICKET_BYTES_MAX = 64 * 1024 * 1024, CHILDREN_AT_ONCE = 100 };

/* What a child is told by: the parent, and who holds it. */
struct parent {
    const struct ticket_file *file;
    const struct catalog *catalog;
    struct instant now;
};

static struct command command_of(const struct parent *parent, enum ticket_action action, struct instant occurred_at)
{
    const struct assignment *lead = ticket_lead(&parent->file->ticket);
    struct command command = {.action = action, .actor = actor_system(), .occurred_at = occurred_at};

    if (lead != NULL)
        command.parent_unit = lead->unit;
    return command;
}

/* One command of the system on one child. What decide refuses is done already, or the report is not merged any more. */
static enum status act(struct db *db, struct ticket_file *child, struct command *command, const char *words,
                       const struct parent *parent, struct fault *fault)
{
    struct event event;

    command->expected_version = child->ticket.version;
    command->has_text = words != NULL;
    if (ticket_decide(&child->ticket, command, &parent->catalog->regulation, parent->now, &event) != VERDICT_OK)
        return STATUS_OK;
    return ticket_store_append(db, child, &event, words, NULL, parent->catalog, fault);
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

/* What was written about the finish, for its reporter to read; NULL without. */
static const char *words_of_finish(const struct ticket_file *parent)
{
    for (size_t i = parent->entry_count; i > 0; i--) {
        const struct timeline_entry *entry = &parent->entries[i - 1];
        if (entry->event.kind == ACTION_FINISH)
            return entry->words[0] != '\0' ? entry->words : NULL;
    }
    return NULL;
}

/* The parent's arrival, repair, call and inspection, each at its own moment. */
static enum status follow_acts(struct db *db, struct ticket_file *child, const struct parent *parent, struct fault *fault)
{
    enum status status = STATUS_OK;

    for (enum clock_kind kind = CLOCK_ARRIVE; status == STATUS_OK && kind <= CLOCK_INSPECT; kind++) {
        const struct clock *clock = ticket_clock(&parent->file->ticket, kind);
        if (!is_stopped_by_act(clock))
            continue;
        struct command command = command_of(parent, ACTION_FOLLOW_PARENT, clock->stopped_at);
        command_set(&command, FIELD_CLOCK_KIND, kind);
        status = act(db, child, &command, NULL, parent, fault);
    }
    return status;
}

/* The finish, once ops accepted it: solved or not, and in the same words. */
static enum status follow_finish(struct db *db, struct ticket_file *child, const struct parent *parent, struct fault *fault)
{
    const struct ticket *ticket = &parent->file->ticket;

    if (!ticket->is_finish_accepted || !instant_is_set(ticket->finished_at))
        return STATUS_OK;
    struct command command = command_of(parent, ACTION_STOP_WITH_PARENT, ticket->finished_at);
    if (ticket->outcome != OUTCOME_NONE)
        command_set(&command, FIELD_OUTCOME, (int64_t)ticket->outcome);
    return act(db, child, &command, words_of_finish(parent->file), parent, fault);
}

/*
 * One result closes all: what was finished with the parent is closed with it, unless its reporter has still to be called or says
 * that it is not fixed. A round that the report went through by itself since then is its own.
 */
static enum status follow_close(struct db *db, struct ticket_file *child, const struct parent *parent, struct fault *fault)
{
    const bool is_parents_round = !instant_is_before(child->ticket.merged_at, child->ticket.cycle_started_at);
    struct command command = command_of(parent, ACTION_CLOSE, INSTANT_NONE);

    if (parent->file->ticket.state != TICKET_CLOSED || !is_parents_round)
        return STATUS_OK;
    return act(db, child, &command, NULL, parent, fault);
}

static enum status follow(struct db *db, struct ticket_file *child, const struct parent *parent, struct fault *fault)
{
    if (child->ticket.state == TICKET_MERGED && ended_without_result(&parent->file->ticket)) {
        struct command unmerge = command_of(parent, ACTION_UNMERGE, INSTANT_NONE);
        return act(db, child, &unmerge, NULL, parent, fault);
    }
    enum status status = follow_acts(db, child, parent, fault);
    if (status == STATUS_OK)
        status = follow_finish(db, child, parent, fault);
    return status == STATUS_OK ? follow_close(db, child, parent, fault) : status;
}

/* Somebody changed the child at this moment: the parent is marked anew, for the next round. */
static enum status put_off(struct db *db, const struct parent *parent, struct fault *fault)
{
    return stream_mark(db, SUBJECT_TICKET, parent->file->ticket.id.v, (struct rule_id){0}, INSTANT_NONE, fault);
}

/* One whose events are damaged is told in the log, and verify names it: it holds up none of the others. */
static enum status follow_by_id(struct db *db, struct ticket_id child, const struct parent *parent, struct fault *fault)
{
    struct arena arena;
    struct fault inner = {0};

    arena_init(&arena, TICKET_BYTES_MAX);
    struct ticket_file *file = arena_take(&arena, sizeof *file);
    enum status status = ticket_store_load_by_id(db, child, &arena, file, &inner);
    if (status == STATUS_OK)
        status = follow(db, file, parent, &inner);
    arena_release(&arena);
    if (status == STATUS_CONFLICT)
        return put_off(db, parent, fault);
    if (status == STATUS_FAILED)
        log_write(LOG_LEVEL_ERROR, "report_not_stopped ticket=%lld: %s", (long long)child.v, inner.message);
    return status == STATUS_OK || status == STATUS_FAILED ? STATUS_OK
                                                          : FAULT_CODE(fault, status, inner.code, "%s", inner.message);
}

/* Some of the children, those after `after`; count: how many there were. */
static enum status follow_some(struct db *db, struct ticket_id parent_id, struct parent *parent, int64_t *after,
                               size_t *count, struct arena *arena, struct fault *fault)
{
    const struct db_value values[] = {db_integer(parent_id.v), db_integer(*after)};
    struct db_row *rows;
    enum status status = db_query(db, TICKET_LIST_BY_PARENT, values, 2, arena, &rows, count, fault);

    if (status == STATUS_OK && *count > 0 && parent->file == NULL) {
        struct ticket_file *file = arena_take(arena, sizeof *file);
        status = ticket_store_load_by_id(db, parent_id, arena, file, fault);
        parent->file = file;
    }
    for (size_t i = 0; status == STATUS_OK && i < *count; i++) {
        const bool is_merged = (enum ticket_state)db_row_integer(&rows[i], 1) == TICKET_MERGED;
        *after = db_row_integer(&rows[i], 0);
        if (is_merged || parent->file->ticket.state == TICKET_CLOSED)
            status = follow_by_id(db, (struct ticket_id){*after}, parent, fault);
    }
    return status;
}

enum status children_stop(struct db *db, struct ticket_id parent, const struct catalog *catalog, struct instant now,
                          struct fault *fault)
{
    struct parent of = {.file = NULL, .catalog = catalog, .now = now};
    enum status status = STATUS_OK;
    size_t count = CHILDREN_AT_ONCE;
    struct arena arena;
    int64_t after = 0;

    arena_init(&arena, TICKET_BYTES_MAX);
    while (status == STATUS_OK && count == CHILDREN_AT_ONCE)
        status = follow_some(db, parent, &of, &after, &count, &arena, fault);
    arena_release(&arena);
    return status == STATUS_ABSENT ? STATUS_OK : status;
}
