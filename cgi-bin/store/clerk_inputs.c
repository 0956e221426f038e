#include "store/clerk_store.h"

#include "base/log.h"

enum { TRIES_MAX = 5, TICKET_BYTES_MAX = 64 * 1024 * 1024 };

/* What a resident added, with what is known of its way into the ticket. */
struct input {
    int64_t id;
    struct ticket_id ticket;
    enum ticket_action action;
    int64_t value;
    const char *words;
    struct bytes key;
    struct instant received_at;
};

static struct input read_input(const struct db_row *row)
{
    return (struct input){
        .id = db_row_integer(row, 0),
        .ticket = {db_row_integer(row, 1)},
        .action = (enum ticket_action)db_row_integer(row, 2),
        .value = db_row_integer(row, 3),
        .words = db_row_text(row, 4),
        .key = db_row_bytes(row, 5),
        .received_at = db_row_instant(row, 6),
    };
}

/* Residents may send only these; whatever else stands in the row is refused by decide. */
static struct command command_of(const struct input *input)
{
    struct command command = {.action = input->action, .actor = actor_resident(), .occurred_at = input->received_at};

    command.has_text = input->words[0] != '\0';
    if (input->action == ACTION_RATE)
        command_set(&command, FIELD_RATING, input->value);
    if (input->action == ACTION_MOVE_APPOINTMENT)
        command_set(&command, FIELD_APPOINTMENT_AT, input->value);
    return command;
}

/*
 * As of when it was received. An input without words that clerk finds late would need a reason for lateness, which the
 * resident cannot give: it counts from now then.
 */
static enum verdict decide(const struct ticket *ticket, const struct input *input, const struct regulation *regulation,
                           struct instant now, struct event *event)
{
    struct command command = command_of(input);

    command.expected_version = ticket->version;
    if (instant_is_before(now, command.occurred_at))
        command.occurred_at = INSTANT_NONE;
    const enum verdict verdict = ticket_decide(ticket, &command, regulation, now, event);
    if (verdict != VERDICT_NEEDS_REASON && verdict != VERDICT_TIME_BEFORE_REPORT)
        return verdict;
    command.occurred_at = INSTANT_NONE;
    return ticket_decide(ticket, &command, regulation, now, event);
}

/* What became of an input. */
struct marking {
    const struct input *input;
    int64_t seq; /* of its event; 0: refused */
    enum verdict verdict;
    struct instant now;
};

static enum status mark_work(struct db *db, void *context, struct fault *fault)
{
    const struct marking *marking = context;
    const struct db_value values[] = {db_instant(marking->now), db_integer(marking->seq),
                                      db_integer((int64_t)marking->verdict), db_integer(marking->input->id)};
    const struct db_value change[] = {db_integer(-1), db_integer(marking->input->ticket.v)};
    int64_t affected = 0;
    const enum status status = db_run(db, RESIDENT_INPUT_SET_APPLIED, values, 4, &affected, NULL, fault);

    if (status != STATUS_OK || affected == 0) /* another clerk has marked it */
        return status;
    if (marking->verdict != VERDICT_OK) /* stays beside the progress, with the reason */
        return STATUS_OK;
    return db_run(db, PUBLIC_TICKET_CHANGE_WAITING, change, 2, NULL, NULL, fault);
}

static enum status mark_applied(struct db *db, const struct input *input, int64_t seq, enum verdict verdict,
                                struct instant now, struct fault *fault)
{
    struct marking marking = {input, seq, verdict, now};

    return db_transact(db, mark_work, &marking, fault);
}

/* One try. STATUS_CONFLICT: somebody acted on the ticket in between. */
static enum status apply_once(struct db *db, const struct input *input, const struct catalog *catalog,
                              struct instant now, struct arena *arena, struct fault *fault)
{
    const struct db_value key = db_bytes(input->key.data, input->key.length);
    struct ticket_file file;
    struct event event = {0};
    struct db_row row;

    enum status status = ticket_store_load_by_id(db, input->ticket, arena, &file, fault);
    if (status == STATUS_ABSENT)
        return mark_applied(db, input, 0, VERDICT_WRONG_STATE, now, fault);
    if (status != STATUS_OK)
        return status;
    /* After loading, so that an event of another clerk with this key is either in the file or found here. */
    status = db_query_one(db, EVENT_FIND_BY_KEY, &key, 1, arena, &row, fault);
    if (status == STATUS_OK)
        return mark_applied(db, input, db_row_integer(&row, 2), VERDICT_OK, now, fault);
    if (status != STATUS_ABSENT)
        return status;
    const enum verdict verdict = decide(&file.ticket, input, &catalog->regulation, now, &event);
    if (verdict != VERDICT_OK)
        return mark_applied(db, input, 0, verdict, now, fault);
    event_set(&event, FIELD_INPUT_ID, input->id);
    status = ticket_store_append(db, &file, &event, event.has_text ? input->words : NULL, input->key.data, catalog,
                                 fault);
    if (status == STATUS_DUPLICATE)
        return STATUS_CONFLICT; /* another clerk was faster: the next try finds its event */
    return status == STATUS_OK ? mark_applied(db, input, event.seq, VERDICT_OK, now, fault) : status;
}

/*
 * One input, with as many tries as a busy ticket may need. is_applied: it is settled; else it waits for another round. What cannot
 * be applied because the ticket's events are damaged is told in the log and keeps nobody else's words waiting.
 */
static enum status apply(struct db *db, const struct input *input, const struct catalog *catalog, struct instant now,
                         struct arena *arena, bool *is_applied, struct fault *fault)
{
    enum status status = STATUS_CONFLICT;
    struct fault last = {0};

    for (int tries = 0; tries < TRIES_MAX && status == STATUS_CONFLICT; tries++) {
        arena_reset(arena);
        fault_reset(&last);
        status = apply_once(db, input, catalog, now, arena, &last);
    }
    *is_applied = status == STATUS_OK;
    if (status == STATUS_FAILED)
        log_write(LOG_LEVEL_ERROR, "input_not_applied id=%lld ticket=%lld: %s", (long long)input->id,
                  (long long)input->ticket.v, last.message);
    if (status == STATUS_OK || status == STATUS_CONFLICT || status == STATUS_FAILED)
        return STATUS_OK;
    return FAULT_CODE(fault, status, last.code, "%s", last.message);
}

enum status clerk_store_apply_inputs(struct db *db, const struct catalog *catalog, struct instant now, int limit,
                                     struct arena *arena, int *applied, struct fault *fault)
{
    const struct db_value value = db_integer(limit);
    struct db_row *rows;
    size_t count;
    struct arena own; /* of one try */

    *applied = 0;
    arena_init(&own, TICKET_BYTES_MAX);
    enum status status = db_query(db, RESIDENT_INPUT_LIST_WAITING, &value, 1, arena, &rows, &count, fault);
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        const struct input input = read_input(&rows[i]);
        bool is_applied = false;
        status = apply(db, &input, catalog, now, &own, &is_applied, fault);
        *applied += is_applied;
    }
    arena_release(&own);
    return status;
}
