#include "store/ticket_store.h"

#include <assert.h>
#include <string.h>

#include "base/random.h"
#include "store/clock_row.h"
#include "store/duty_store.h"
#include "store/projection.h"

enum {
    CLOCK_COLUMNS = 23,
    CLOCKS_PER_INSERT = 6,
};

_Static_assert(NUMBER_BYTES == 18, "ticket.number is CHAR(17)");

/* ---- what filing and appending share */

/* An event made ready for its row: salt, text hash, payload. Made once, before the first try. */
struct prepared_event {
    struct event *event;
    const char *words; /* NULL without */
    const uint8_t *key; /* NULL without */
    struct hash previous, hash;
    uint8_t salt[EVENT_TEXT_SALT_BYTES];
    uint8_t payload[EVENT_PAYLOAD_MAX];
    size_t payload_length;
};

static void prepare_event(struct prepared_event *prepared, struct event *event, const char *words, const uint8_t *key,
                          const struct hash *previous)
{
    prepared->event = event;
    prepared->key = key;
    prepared->previous = *previous;
    prepared->words = words != NULL && words[0] != '\0' ? words : NULL;
    event->has_text = prepared->words != NULL;
    memset(&event->text_hash, 0, sizeof event->text_hash);
    if (event->has_text) {
        random_bytes(prepared->salt, sizeof prepared->salt);
        event->text_hash = event_text_hash(prepared->salt, prepared->words);
    }
    prepared->payload_length = event_format_payload(event, prepared->payload);
}

static enum status insert_event(struct db *db, struct prepared_event *prepared, struct fault *fault)
{
    const struct event *event = prepared->event;

    prepared->hash = event_chain_hash(&prepared->previous, event, prepared->payload, prepared->payload_length);
    const struct db_value values[] = {
        db_integer((int64_t)event->subject),
        db_integer(event->subject_id),
        db_integer(event->seq),
        db_integer(event->kind),
        db_instant(event->occurred_at),
        db_instant(event->recorded_at),
        db_integer(event->actor_role),
        db_integer(event->actor_staff.v),
        db_integer(event->actor_unit.v),
        db_bytes(prepared->payload, prepared->payload_length),
        db_bytes(prepared->previous.bytes, HASH_BYTES),
        db_bytes(prepared->hash.bytes, HASH_BYTES),
        db_bytes(prepared->key, ACTION_KEY_BYTES),
    };
    return db_run(db, EVENT_INSERT, values, sizeof values / sizeof values[0], NULL, NULL, fault);
}

static enum status insert_event_text(struct db *db, const struct prepared_event *prepared, struct fault *fault)
{
    const struct event *event = prepared->event;

    if (prepared->words == NULL)
        return STATUS_OK;
    const struct db_value values[] = {
        db_integer((int64_t)event->subject), db_integer(event->subject_id), db_integer(event->seq),
        db_bytes(prepared->salt, sizeof prepared->salt), db_text(prepared->words),
    };
    return db_run(db, EVENT_TEXT_INSERT, values, 5, NULL, NULL, fault);
}

static void clock_values(const struct ticket *ticket, const struct clock *clock, const struct catalog *catalog,
                         struct db_value *values)
{
    const struct instant step_at = projection_step_at(clock, catalog, 1);
    const struct db_value row[CLOCK_COLUMNS] = {
        db_integer(SUBJECT_TICKET),
        db_integer(ticket->id.v),
        db_integer(clock->no),
        db_integer(clock->rule.v),
        db_integer((int64_t)clock->kind),
        db_text(clock->article),
        db_integer(clock->cycle),
        db_integer((int64_t)clock->direction),
        db_integer(clock->limit_seconds),
        db_integer((int64_t)clock->bound),
        db_integer(clock->is_binding),
        db_integer(clock->dispatch_no),
        db_integer(clock->unit.v),
        db_integer(ticket->facts.category.v),
        db_instant(clock->started_at),
        db_instant(clock->due_at),
        db_instant(clock->granted_due_at),
        db_instant(clock->stopped_at),
        db_integer((int64_t)clock->result),
        db_integer((int64_t)clock->corrected),
        db_integer(clock->excuse_code),
        db_integer(1),
        db_instant(instant_or_never(step_at)),
    };
    memcpy(values, row, sizeof row);
}

/* Inserts clocks, as many at a time as there are statements for. */
static enum status insert_clocks(struct db *db, const struct ticket *ticket, const struct clock *const *clocks,
                                 size_t count, const struct catalog *catalog, struct fault *fault)
{
    static const enum statement INSERTS[CLOCKS_PER_INSERT] = {CLOCK_INSERT_1, CLOCK_INSERT_2, CLOCK_INSERT_3,
                                                              CLOCK_INSERT_4, CLOCK_INSERT_5, CLOCK_INSERT_6};
    struct db_value values[CLOCKS_PER_INSERT * CLOCK_COLUMNS];
    size_t done = 0;

    while (done < count) {
        const size_t batch = count - done < CLOCKS_PER_INSERT ? count - done : CLOCKS_PER_INSERT;
        for (size_t i = 0; i < batch; i++)
            clock_values(ticket, clocks[done + i], catalog, values + i * CLOCK_COLUMNS);
        const enum status status =
            db_run(db, INSERTS[batch - 1], values, batch * CLOCK_COLUMNS, NULL, NULL, fault);
        if (status != STATUS_OK)
            return status;
        done += batch;
    }
    return STATUS_OK;
}

/* rule, due: what a clock had before, whose figures change too; INSTANT_NONE without */
static enum status insert_dirty(struct db *db, int64_t ticket, struct rule_id rule, struct instant due,
                                struct fault *fault)
{
    const struct db_value values[] = {
        db_integer(SUBJECT_TICKET),
        db_integer(ticket),
        db_integer(rule.v),
        instant_is_set(due) ? db_day(day_of(due, 0)) : db_null(),
    };

    return db_run(db, DIRTY_INSERT, values, 4, NULL, NULL, fault);
}

/* The public progress after the entries and one event more. words: of that event, NULL or "" without */
static struct bytes progress_after(const struct timeline_entry *entries, size_t count, const struct event *event,
                                   const char *words, struct arena *arena)
{
    struct public_fold *fold = arena_take(arena, sizeof *fold);

    public_fold_init(fold, (struct ticket_id){event->subject_id}, count + 1, arena);
    for (size_t i = 0; i < count; i++)
        public_fold_add(fold, &entries[i].event, entries[i].words);
    public_fold_add(fold, event, words == NULL ? "" : words);
    return public_fold_progress(fold, arena);
}

/* ---- filing */

struct filing_work {
    struct ticket *ticket;
    struct filing *filing;
    const struct catalog *catalog;
    struct bytes progress;
    struct prepared_event prepared;
};

static enum status insert_ticket(struct db *db, const struct filing_work *work, int64_t *id, struct fault *fault)
{
    const struct ticket *ticket = work->ticket;
    const struct filing *filing = work->filing;
    const struct projection row = projection_of(ticket, work->catalog);
    const struct assignment *lead = ticket_lead(ticket);
    const struct db_value values[] = {
        db_text(filing->number),
        db_integer(ticket->version),
        db_integer((int64_t)ticket->state),
        db_integer(row.is_open),
        db_integer((int64_t)ticket->source),
        db_integer((int64_t)ticket->nature),
        db_integer(ticket->facts.category.v),
        db_integer(ticket->facts.grades),
        db_integer((int64_t)ticket->facts.zone),
        db_integer(ticket->facts.diameter_mm),
        db_integer(ticket->place.v),
        db_text(filing->place_text),
        db_integer(lead != NULL ? lead->unit.v : 0),
        db_integer(ticket->first_receiver.v),
        db_integer(ticket->cycle),
        db_instant(ticket->reported_at),
        db_instant(work->prepared.event->recorded_at),
        db_instant(instant_or_never(row.next_due_at)),
        db_integer((int64_t)row.next_kind),
        db_instant(row.finish_due_at),
        db_instant(row.finish_granted_at),
        db_instant(ticket->appointment_at),
        db_integer(row.is_escalated),
        db_integer(row.is_waiting_ops),
        db_integer(ticket->urge_count),
        db_integer(ticket->handoff_count),
        db_integer(ticket->repeat_level),
        db_integer(ticket->satisfaction),
        db_integer(ticket->rating),
        db_integer(ticket->parent.v),
        db_text(filing->outside_system),
        db_text(filing->outside_number),
        db_instant(ticket->outside_due_at),
        db_instant(ticket->finished_at),
        db_instant(ticket->closed_at),
    };
    return db_run(db, TICKET_INSERT, values, sizeof values / sizeof values[0], NULL, id, fault);
}

static struct db_value sealed_value(struct bytes sealed)
{
    return sealed.length > 0 ? db_bytes(sealed.data, sealed.length) : db_null();
}

static enum status insert_person(struct db *db, const struct filing_work *work, struct fault *fault)
{
    const struct sealed_person *person = &work->filing->person;
    const struct db_value values[] = {
        db_integer(work->ticket->id.v),
        db_integer(person->key_id),
        sealed_value(person->name),
        db_text(person->name_masked),
        sealed_value(person->phone),
        db_text(person->phone_masked),
        person->has_phone ? db_bytes(person->phone_hash.bytes, HASH_BYTES) : db_null(),
        sealed_value(person->account),
        db_text(person->account_masked),
        person->has_account ? db_bytes(person->account_hash.bytes, HASH_BYTES) : db_null(),
        sealed_value(person->address),
    };

    return db_run(db, TICKET_PERSON_INSERT, values, sizeof values / sizeof values[0], NULL, NULL, fault);
}

static enum status insert_public_ticket(struct db *db, const struct filing_work *work, struct fault *fault)
{
    const struct ticket *ticket = work->ticket;
    const struct filing *filing = work->filing;
    const struct projection row = projection_of(ticket, work->catalog);
    const struct assignment *lead = ticket_lead(ticket);
    const struct db_value values[] = {
        db_integer(ticket->id.v),
        db_text(filing->number),
        db_bytes(filing->key, ACTION_KEY_BYTES),
        filing->has_link ? db_bytes(filing->link_hash.bytes, HASH_BYTES) : db_null(),
        db_integer(1),
        db_integer(ticket->version),
        db_integer((int64_t)ticket->state),
        db_integer(ticket->rating > 0),
        db_integer((int64_t)ticket->nature),
        db_integer(ticket->facts.category.v),
        db_integer(ticket->place.v),
        db_text(filing->place_text),
        db_integer(lead != NULL ? lead->unit.v : 0),
        db_integer(ticket->cycle),
        db_instant(ticket->reported_at),
        db_instant(row.finish_due_at),
        db_instant(row.finish_granted_at),
        db_instant(ticket->appointment_at),
        db_null(),
        db_instant(work->prepared.event->recorded_at),
        db_bytes(work->progress.data, work->progress.length),
    };

    return db_run(db, PUBLIC_TICKET_INSERT, values, sizeof values / sizeof values[0], NULL, NULL, fault);
}

static enum status file_work(struct db *db, void *context, struct fault *fault)
{
    struct filing_work *work = context;
    const struct clock *clocks[TICKET_CLOCKS_MAX];
    int64_t id = 0;

    enum status status = insert_ticket(db, work, &id, fault);
    if (status != STATUS_OK)
        return status;
    work->ticket->id.v = id;
    work->prepared.event->subject_id = id;
    for (int i = 0; i < work->ticket->clock_count; i++)
        clocks[i] = &work->ticket->clocks[i];
    status = insert_event(db, &work->prepared, fault);
    if (status == STATUS_OK)
        status = insert_person(db, work, fault);
    if (status == STATUS_OK)
        status = insert_event_text(db, &work->prepared, fault);
    if (status == STATUS_OK)
        status = insert_clocks(db, work->ticket, clocks, (size_t)work->ticket->clock_count, work->catalog, fault);
    if (status == STATUS_OK)
        status = insert_public_ticket(db, work, fault);
    if (status == STATUS_OK)
        status = insert_dirty(db, id, (struct rule_id){0}, INSTANT_NONE, fault);
    return status;
}

static void copy_number(char *to, const char *from)
{
    struct text text;

    text_init(&text, to, NUMBER_BYTES);
    text_add(&text, from);
}

/* Which of the unique keys stood in the way. Only the programs of staff, which may read tickets, file outside numbers. */
static enum status explain_duplicate(struct db *db, struct ticket *ticket, struct event *event, struct filing *filing,
                                     struct arena *arena, struct fault *fault)
{
    const struct db_value key = db_bytes(filing->key, ACTION_KEY_BYTES);
    struct db_row row;
    enum status status = db_query_one(db, PUBLIC_TICKET_FIND_BY_KEY, &key, 1, arena, &row, fault);

    if (status == STATUS_OK) {
        ticket->id.v = event->subject_id = db_row_integer(&row, 0);
        copy_number(filing->number, db_row_text(&row, 1));
        return STATUS_DUPLICATE;
    }
    if (status != STATUS_ABSENT)
        return status;
    if (filing->outside_number != NULL) {
        const struct db_value outside[] = {db_text(filing->outside_system), db_text(filing->outside_number)};
        status = db_query_one(db, TICKET_FIND_BY_OUTSIDE, outside, 2, arena, &row, fault);
        if (status == STATUS_OK) {
            copy_number(filing->number, db_row_text(&row, 1));
            return STATUS_INVALID;
        }
        if (status != STATUS_ABSENT)
            return status;
    }
    return STATUS_CONFLICT;
}

enum status ticket_store_file(struct db *db, struct ticket *ticket, struct event *event, struct filing *filing,
                              const struct catalog *catalog, struct arena *arena, struct fault *fault)
{
    static const struct hash none = {{0}};
    struct filing_work *work = arena_take(arena, sizeof *work);
    struct fault inner = {0};

    assert(event->seq == 1 && ticket->version == 1 && event->subject == SUBJECT_TICKET);
    assert((filing->outside_system == NULL) == (filing->outside_number == NULL));
    work->ticket = ticket;
    work->filing = filing;
    work->catalog = catalog;
    work->progress = progress_after(NULL, 0, event, filing->words, arena);
    prepare_event(&work->prepared, event, filing->words, filing->key, &none);
    enum status status = db_transact(db, file_work, work, &inner);
    if (status == STATUS_DUPLICATE)
        return explain_duplicate(db, ticket, event, filing, arena, fault);
    if (status != STATUS_OK && fault != NULL && fault->file == NULL)
        *fault = inner;
    return status;
}

/* ---- loading */

static void read_event(struct event *event, int64_t subject_id, const struct db_row *row)
{
    event->subject = SUBJECT_TICKET;
    event->subject_id = subject_id;
    event->seq = (uint32_t)db_row_integer(row, 0);
    event->kind = (int)db_row_integer(row, 1);
    event->occurred_at = db_row_instant(row, 2);
    event->recorded_at = db_row_instant(row, 3);
    event->actor_role = (uint32_t)db_row_integer(row, 4);
    event->actor_staff.v = (int32_t)db_row_integer(row, 5);
    event->actor_unit.v = (int32_t)db_row_integer(row, 6);
}

static enum status load_events(struct db *db, struct ticket_file *file, int64_t id, struct arena *arena,
                               struct fault *fault)
{
    const struct db_value values[] = {db_integer(SUBJECT_TICKET), db_integer(id)};
    struct db_row *rows;
    size_t count;
    const enum status status = db_query(db, EVENT_LIST_BY_SUBJECT, values, 2, arena, &rows, &count, fault);

    if (status != STATUS_OK)
        return status;
    ticket_init(&file->ticket, (struct ticket_id){id});
    file->arena = arena;
    file->entries = arena_take_array(arena, count + 1, sizeof *file->entries);
    file->entry_count = count;
    file->entry_room = count + 1;
    for (size_t i = 0; i < count; i++) {
        struct timeline_entry *entry = &file->entries[i];
        const struct bytes payload = db_row_bytes(&rows[i], 7), hash = db_row_bytes(&rows[i], 9);
        read_event(&entry->event, id, &rows[i]);
        if (entry->event.seq != i + 1 || hash.length != HASH_BYTES ||
            !event_parse_payload(&entry->event, payload.data, payload.length))
            return FAULT(fault, STATUS_FAILED, "ticket %lld: event %zu is damaged, run `shuinuo verify`", (long long)id,
                         i + 1);
        entry->words = db_row_text(&rows[i], 10);
        entry->actor_name = db_row_text(&rows[i], 11);
        ticket_apply(&file->ticket, &entry->event);
        memcpy(file->head.bytes, hash.data, HASH_BYTES);
    }
    if (count == 0)
        return FAULT(fault, STATUS_FAILED, "ticket %lld has no events, run `shuinuo verify`", (long long)id);
    return STATUS_OK;
}

static enum status load(struct db *db, enum statement statement, const struct db_value *value, struct arena *arena,
                        struct ticket_file *file, struct fault *fault)
{
    struct db_row row;
    const enum status status = db_query_one(db, statement, value, 1, arena, &row, fault);

    if (status != STATUS_OK)
        return status;
    *file = (struct ticket_file){
        .place_text = db_row_text(&row, 2),
        .outside_system = db_row_text(&row, 3),
        .outside_number = db_row_text(&row, 4),
        .name_masked = db_row_text(&row, 6),
        .phone_masked = db_row_text(&row, 7),
        .account_masked = db_row_text(&row, 8),
        .has_address = db_row_integer(&row, 9) != 0,
        .code_issue = (int)db_row_integer(&row, 10),
    };
    copy_number(file->number, db_row_text(&row, 1));
    return load_events(db, file, db_row_integer(&row, 0), arena, fault);
}

enum status ticket_store_load(struct db *db, const char *number, struct arena *arena, struct ticket_file *file,
                              struct fault *fault)
{
    const struct db_value value = db_text(number);

    return load(db, TICKET_LOAD_BY_NUMBER, &value, arena, file, fault);
}

enum status ticket_store_load_by_id(struct db *db, struct ticket_id id, struct arena *arena, struct ticket_file *file,
                                    struct fault *fault)
{
    const struct db_value value = db_integer(id.v);

    return load(db, TICKET_LOAD_BY_ID, &value, arena, file, fault);
}

enum status ticket_store_find_key(struct db *db, const uint8_t *key, struct arena *arena, char *number,
                                  struct fault *fault)
{
    const struct db_value value = db_bytes(key, ACTION_KEY_BYTES);
    struct db_row row;
    const enum status status = db_query_one(db, EVENT_FIND_BY_KEY, &value, 1, arena, &row, fault);

    if (status == STATUS_OK)
        copy_number(number, db_row_text(&row, 3));
    return status;
}

/* ---- appending */

struct append_work {
    const struct ticket *before; /* in the caller's file */
    struct ticket after;
    const struct catalog *catalog;
    struct bytes progress;
    struct prepared_event prepared;
};

static enum status update_ticket(struct db *db, const struct append_work *work, struct fault *fault)
{
    const struct ticket *ticket = &work->after;
    const struct projection row = projection_of(ticket, work->catalog);
    const struct assignment *lead = ticket_lead(ticket);
    const struct db_value values[] = {
        db_integer(ticket->version),
        db_integer((int64_t)ticket->state),
        db_integer(row.is_open),
        db_integer((int64_t)ticket->nature),
        db_integer(ticket->facts.category.v),
        db_integer(ticket->facts.grades),
        db_integer((int64_t)ticket->facts.zone),
        db_integer(ticket->facts.diameter_mm),
        db_integer(ticket->place.v),
        db_integer(lead != NULL ? lead->unit.v : 0),
        db_integer(ticket->first_receiver.v),
        db_integer(ticket->cycle),
        db_instant(instant_or_never(row.next_due_at)),
        db_integer((int64_t)row.next_kind),
        db_instant(row.finish_due_at),
        db_instant(row.finish_granted_at),
        db_instant(ticket->appointment_at),
        db_integer(row.is_escalated),
        db_integer(row.is_waiting_ops),
        db_integer(ticket->urge_count),
        db_integer(ticket->handoff_count),
        db_integer(ticket->repeat_level),
        db_integer(ticket->satisfaction),
        db_integer(ticket->rating),
        db_integer(ticket->parent.v),
        db_instant(ticket->outside_due_at),
        db_instant(ticket->finished_at),
        db_instant(ticket->closed_at),
        db_integer(ticket->id.v),
        db_integer(work->before->version),
    };
    int64_t affected = 0;
    const enum status status =
        db_run(db, TICKET_UPDATE_BY_VERSION, values, sizeof values / sizeof values[0], &affected, NULL, fault);
    if (status == STATUS_OK && affected != 1)
        return STATUS_CONFLICT;
    return status;
}

static enum status update_clock(struct db *db, const struct append_work *work, const struct clock *clock,
                                int least_step, struct fault *fault)
{
    const struct instant step_at = projection_step_at(clock, work->catalog, least_step);
    const struct db_value values[] = {
        db_integer(clock->rule.v),
        db_integer((int64_t)clock->kind),
        db_text(clock->article),
        db_integer(clock->cycle),
        db_integer((int64_t)clock->direction),
        db_integer(clock->limit_seconds),
        db_integer((int64_t)clock->bound),
        db_integer(clock->is_binding),
        db_integer(clock->dispatch_no),
        db_integer(clock->unit.v),
        db_instant(clock->started_at),
        db_instant(clock->due_at),
        db_instant(clock->granted_due_at),
        db_instant(clock->stopped_at),
        db_integer((int64_t)clock->result),
        db_integer((int64_t)clock->corrected),
        db_integer(clock->excuse_code),
        db_instant(instant_or_never(step_at)),
        db_integer(SUBJECT_TICKET),
        db_integer(work->after.id.v),
        db_integer(clock->no),
    };
    return db_run(db, CLOCK_UPDATE, values, sizeof values / sizeof values[0], NULL, NULL, fault);
}

/* What clerk has fired of each clock; the rows stay locked, so that it fires nothing while they are rewritten. */
static enum status lock_clocks(struct db *db, const struct append_work *work, int least_steps[TICKET_CLOCKS_MAX],
                               struct fault *fault)
{
    const struct db_value values[] = {db_integer(SUBJECT_TICKET), db_integer(work->after.id.v)};
    struct arena arena;
    struct db_row *rows;
    size_t count;

    arena_init(&arena, (size_t)64 * 1024);
    enum status status = db_query(db, CLOCK_LOCK_BY_SUBJECT, values, 2, &arena, &rows, &count, fault);
    if (status == STATUS_OK && count != (size_t)work->before->clock_count)
        status = STATUS_CONFLICT;
    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        least_steps[i] = (int)db_row_integer(&rows[i], 1);
    arena_release(&arena);
    return status;
}

/* A clock whose rule or due time moved leaves the figures it was counted in. */
static enum status mark_old_due(struct db *db, const struct clock *before, const struct clock *after, int64_t ticket,
                                struct fault *fault)
{
    const bool is_same = before->rule.v == after->rule.v && instant_is_equal(before->due_at, after->due_at);

    if (is_same || !instant_is_set(before->due_at))
        return STATUS_OK;
    return insert_dirty(db, ticket, before->rule, before->due_at, fault);
}

static enum status write_clocks(struct db *db, const struct append_work *work, struct fault *fault)
{
    const struct event *event = work->prepared.event;
    const struct clock *fresh[EVENT_CLOCKS_MAX];
    int least_steps[TICKET_CLOCKS_MAX] = {0};
    size_t fresh_count = 0;
    enum status status = event->clock_count > 0 ? lock_clocks(db, work, least_steps, fault) : STATUS_OK;

    for (int i = 0; status == STATUS_OK && i < event->clock_count; i++) {
        const int no = event->clocks[i].no;
        const struct clock *clock = &work->after.clocks[no - 1];
        if (no > work->before->clock_count) {
            fresh[fresh_count++] = clock;
            continue;
        }
        status = update_clock(db, work, clock, least_steps[no - 1], fault);
        if (status == STATUS_OK)
            status = mark_old_due(db, &work->before->clocks[no - 1], clock, work->after.id.v, fault);
    }
    if (status == STATUS_OK && fresh_count > 0)
        status = insert_clocks(db, &work->after, fresh, fresh_count, work->catalog, fault);
    if (status == STATUS_OK && work->before->facts.category.v != work->after.facts.category.v) {
        const struct db_value values[] = {db_integer(work->after.facts.category.v), db_integer(SUBJECT_TICKET),
                                          db_integer(work->after.id.v)};
        status = db_run(db, CLOCK_SET_CATEGORY, values, 3, NULL, NULL, fault);
    }
    return status;
}

static bool is_same_assignment(const struct assignment *left, const struct assignment *right)
{
    return left->unit.v == right->unit.v && left->role == right->role && left->state == right->state &&
           left->dispatcher.v == right->dispatcher.v && left->has_objected == right->has_objected &&
           instant_is_equal(left->dispatched_at, right->dispatched_at) &&
           instant_is_equal(left->accepted_at, right->accepted_at) &&
           instant_is_equal(left->arrived_at, right->arrived_at) && instant_is_equal(left->ended_at, right->ended_at);
}

static enum status write_assignments(struct db *db, const struct append_work *work, struct fault *fault)
{
    for (int i = 0; i < work->after.assignment_count; i++) {
        const struct assignment *assignment = &work->after.assignments[i];
        if (i < work->before->assignment_count && is_same_assignment(assignment, &work->before->assignments[i]))
            continue;
        const struct db_value values[] = {
            db_integer(work->after.id.v),
            db_integer(assignment->dispatch_no),
            db_integer(assignment->unit.v),
            db_integer((int64_t)assignment->role),
            db_integer((int64_t)assignment->state),
            db_integer(assignment->dispatcher.v),
            db_integer(assignment->has_objected),
            db_instant(assignment->dispatched_at),
            db_instant(assignment->accepted_at),
            db_instant(assignment->arrived_at),
            db_instant(assignment->ended_at),
        };
        const enum status status =
            db_run(db, ASSIGNMENT_SAVE, values, sizeof values / sizeof values[0], NULL, NULL, fault);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

/* The parent's number, for the public row. number: NUMBER_BYTES, "" without a parent */
static enum status find_parent_number(struct db *db, struct ticket_id parent, char *number, struct fault *fault)
{
    const struct db_value value = db_integer(parent.v);
    struct arena arena;
    struct db_row row;

    number[0] = '\0';
    if (parent.v == 0)
        return STATUS_OK;
    arena_init(&arena, (size_t)16 * 1024);
    enum status status = db_query_one(db, TICKET_NUMBER_BY_ID, &value, 1, &arena, &row, fault);
    if (status == STATUS_OK)
        copy_number(number, db_row_text(&row, 0));
    arena_release(&arena);
    if (status == STATUS_ABSENT)
        status = FAULT(fault, STATUS_FAILED, "the parent ticket %lld does not exist", (long long)parent.v);
    return status;
}

/* The public sees nothing of a ticket's way to the discipline office: its row stays as it was. */
static enum status write_public(struct db *db, const struct append_work *work, struct fault *fault)
{
    const struct ticket *ticket = &work->after;
    const struct projection row = projection_of(ticket, work->catalog);
    const struct assignment *lead = ticket_lead(ticket);
    char parent[NUMBER_BYTES];

    if (ticket->state == TICKET_SEALED)
        return STATUS_OK;
    enum status status = find_parent_number(db, ticket->parent, parent, fault);
    if (status != STATUS_OK)
        return status;
    const struct db_value values[] = {
        db_integer(ticket->version),
        db_integer((int64_t)ticket->state),
        db_integer(ticket->rating > 0),
        db_integer((int64_t)ticket->nature),
        db_integer(ticket->facts.category.v),
        db_integer(ticket->place.v),
        db_integer(lead != NULL ? lead->unit.v : 0),
        db_integer(ticket->cycle),
        db_instant(row.finish_due_at),
        db_instant(row.finish_granted_at),
        db_instant(ticket->appointment_at),
        parent[0] != '\0' ? db_text(parent) : db_null(),
        db_instant(work->prepared.event->recorded_at),
        db_bytes(work->progress.data, work->progress.length),
        db_integer(ticket->id.v),
    };
    return db_run(db, PUBLIC_TICKET_UPDATE, values, sizeof values / sizeof values[0], NULL, NULL, fault);
}

/* A call that the liaison on duty did not answer is kept beside the event (Art. 34(1)). */
static enum status write_failed_call(struct db *db, const struct append_work *work, struct fault *fault)
{
    const struct event *event = work->prepared.event;
    const struct assignment *lead = ticket_lead(&work->after);
    const int64_t unit = event_get(event, FIELD_UNIT, lead != NULL ? lead->unit.v : 0);

    if (event->kind != ACTION_FAILED_CALL)
        return STATUS_OK;
    return duty_store_add_failed_call(db, work->after.id.v, event->seq, (struct unit_id){(int32_t)unit},
                                      event->occurred_at, event->actor_staff, fault);
}

static enum status append_work(struct db *db, void *context, struct fault *fault)
{
    struct append_work *work = context;
    enum status status = insert_event(db, &work->prepared, fault);

    if (status == STATUS_OK)
        status = insert_event_text(db, &work->prepared, fault);
    if (status == STATUS_OK)
        status = update_ticket(db, work, fault);
    if (status == STATUS_OK)
        status = write_clocks(db, work, fault);
    if (status == STATUS_OK)
        status = write_assignments(db, work, fault);
    if (status == STATUS_OK)
        status = write_public(db, work, fault);
    if (status == STATUS_OK)
        status = write_failed_call(db, work, fault);
    if (status == STATUS_OK)
        status = insert_dirty(db, work->after.id.v, (struct rule_id){0}, INSTANT_NONE, fault);
    /* What the parent did before this report was merged into it counts for this report, too. */
    if (status == STATUS_OK && work->after.state == TICKET_MERGED && work->before->state != TICKET_MERGED)
        status = insert_dirty(db, work->after.parent.v, (struct rule_id){0}, INSTANT_NONE, fault);
    return status;
}

/* The event's place or its key is taken: the same request again, or somebody else's event. */
static enum status explain_taken(struct db *db, const uint8_t *key, struct fault *fault)
{
    char number[NUMBER_BYTES];
    struct arena arena;

    if (key == NULL)
        return STATUS_CONFLICT;
    arena_init(&arena, (size_t)16 * 1024);
    const enum status status = ticket_store_find_key(db, key, &arena, number, fault);
    arena_release(&arena);
    if (status == STATUS_OK)
        return STATUS_DUPLICATE;
    return status == STATUS_ABSENT ? STATUS_CONFLICT : status;
}

/* The file becomes what loading it again would give. */
static void add_entry(struct ticket_file *file, const struct event *event, const char *words)
{
    if (file->entry_count == file->entry_room) {
        const size_t room = 2 * file->entry_room;
        struct timeline_entry *more = arena_take_array(file->arena, room, sizeof *more);
        memcpy(more, file->entries, file->entry_count * sizeof *more);
        file->entries = more;
        file->entry_room = room;
    }
    file->entries[file->entry_count++] = (struct timeline_entry){
        .event = *event,
        .words = words != NULL ? arena_copy_text(file->arena, words) : "",
        .actor_name = "",
    };
}

enum status ticket_store_append(struct db *db, struct ticket_file *file, struct event *event, const char *words,
                                const uint8_t *key, const struct catalog *catalog, struct fault *fault)
{
    struct fault inner = {0};
    struct append_work work = {.before = &file->ticket, .after = file->ticket, .catalog = catalog};

    assert(event->seq == file->ticket.version + 1 && event->subject == SUBJECT_TICKET);
    assert(file->entry_count == file->ticket.version);
    event->subject_id = file->ticket.id.v;
    prepare_event(&work.prepared, event, words, key, &file->head);
    ticket_apply(&work.after, event);
    work.progress = progress_after(file->entries, file->entry_count, event, words, file->arena);
    const enum status status = db_transact(db, append_work, &work, &inner);
    if (status == STATUS_DUPLICATE || status == STATUS_CONFLICT)
        return explain_taken(db, key, fault);
    if (status != STATUS_OK) {
        if (fault != NULL && fault->file == NULL)
            *fault = inner;
        return status;
    }
    file->ticket = work.after;
    file->head = work.prepared.hash;
    add_entry(file, event, words);
    return STATUS_OK;
}
