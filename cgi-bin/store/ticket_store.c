#include "store/ticket_store.h"

#include <assert.h>
#include <string.h>

#include "base/random.h"
#include "store/clock_row.h"
#include "store/duty_store.h"
#include "store/photo_store.h"
#include "store/projection.h"
#include "store/sealed_store.h"

_Static_assert(NUMBER_BYTES == 18, "ticket.number is CHAR(17)");
_Static_assert(TICKET_CLOCKS_MAX <= STREAM_CLOCKS_MAX, "a stream holds every clock of a ticket");

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
    struct stream_event prepared;
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

static enum status insert_origin(struct db *db, const struct filing_work *work, struct fault *fault)
{
    const struct filing_origin *origin = work->filing->origin;
    const struct db_value values[] = {
        db_integer(work->ticket->id.v),
        db_integer(origin->api_key),
        origin->has_point ? db_integer(origin->latitude_milli) : db_null(),
        origin->has_point ? db_integer(origin->longitude_milli) : db_null(),
        db_bytes(origin->said.bytes, HASH_BYTES),
    };

    return db_run(db, OPEN311_REQUEST_INSERT, values, 5, NULL, NULL, fault);
}

static enum status file_work(struct db *db, void *context, struct fault *fault)
{
    struct filing_work *work = context;
    const struct stream_clocks clocks = {.after = work->ticket->clocks, .category = work->ticket->facts.category,
                                         .catalog = work->catalog};
    int64_t id = 0;

    enum status status = insert_ticket(db, work, &id, fault);
    if (status != STATUS_OK)
        return status;
    work->ticket->id.v = id;
    work->prepared.event->subject_id = id;
    status = stream_insert(db, &work->prepared, fault);
    if (status == STATUS_OK)
        status = insert_person(db, work, fault);
    if (status == STATUS_OK)
        status = stream_write_clocks(db, work->prepared.event, &clocks, fault);
    if (status == STATUS_OK)
        status = insert_public_ticket(db, work, fault);
    if (status == STATUS_OK && work->filing->origin != NULL)
        status = insert_origin(db, work, fault);
    if (status == STATUS_OK && work->filing->photo_token != NULL)
        status = photo_store_commit(db, work->filing->photo_token, work->ticket->id, false, fault);
    if (status == STATUS_OK && work->filing->joined != NULL)
        status = outage_join_insert(db, work->filing->joined, work->ticket->id, fault);
    if (status == STATUS_OK)
        status = stream_mark(db, SUBJECT_TICKET, id, (struct rule_id){0}, INSTANT_NONE, fault);
    return status;
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
        number_copy(filing->number, db_row_text(&row, 1));
        return STATUS_DUPLICATE;
    }
    if (status != STATUS_ABSENT)
        return status;
    if (filing->outside_number != NULL) {
        const struct db_value outside[] = {db_text(filing->outside_system), db_text(filing->outside_number)};
        status = db_query_one(db, TICKET_FIND_BY_OUTSIDE, outside, 2, arena, &row, fault);
        if (status == STATUS_OK) {
            number_copy(filing->number, db_row_text(&row, 1));
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
    stream_prepare(&work->prepared, event, filing->words, filing->key, &none);
    enum status status = db_transact(db, file_work, work, &inner);
    if (status == STATUS_DUPLICATE)
        return explain_duplicate(db, ticket, event, filing, arena, fault);
    if (status != STATUS_OK && fault != NULL && fault->file == NULL)
        *fault = inner;
    return status;
}

enum { NUMBER_TRIES = 8, NUMBER_RANGE = 10000000 };

enum status ticket_store_file_new(struct db *db, const struct event *decided, struct filing *filing, int utc_offset_minutes,
                                  filing_numbered numbered, void *context, const struct catalog *catalog,
                                  struct arena *arena, struct fault *fault)
{
    enum status status = STATUS_CONFLICT;

    for (int tries = 0; tries < NUMBER_TRIES && status == STATUS_CONFLICT; tries++) {
        struct ticket ticket;
        struct event event = *decided;
        fault_reset(fault);
        number_format(day_of(event.occurred_at, utc_offset_minutes), random_below(NUMBER_RANGE), filing->number);
        if (numbered != NULL)
            numbered(context, filing);
        ticket_init(&ticket, (struct ticket_id){0});
        ticket_apply(&ticket, &event);
        status = ticket_store_file(db, &ticket, &event, filing, catalog, arena, fault);
    }
    return status == STATUS_CONFLICT ? STATUS_UNAVAILABLE : status;
}

/* ---- loading */

static enum status load_events(struct db *db, struct ticket_file *file, int64_t id, struct arena *arena,
                               struct fault *fault)
{
    struct stream stream;
    const enum status status = stream_load(db, SUBJECT_TICKET, id, arena, &stream, fault);

    if (status == STATUS_ABSENT)
        return FAULT(fault, STATUS_FAILED, "ticket %lld has no events, run `shuinuo verify`", (long long)id);
    if (status != STATUS_OK)
        return status;
    ticket_init(&file->ticket, (struct ticket_id){id});
    file->arena = arena;
    file->entries = stream.entries;
    file->entry_count = stream.count;
    file->entry_room = stream.count + 1;
    file->head = stream.head;
    for (size_t i = 0; i < stream.count; i++) {
        if (!ticket_can_apply(&file->ticket, &stream.entries[i].event))
            return FAULT(fault, STATUS_FAILED, "ticket %lld: event %zu is damaged, run `shuinuo verify`", (long long)id,
                         i + 1);
        ticket_apply(&file->ticket, &stream.entries[i].event);
    }
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
        .photo_count = (int)db_row_integer(&row, 11),
        .order_count = (int)db_row_integer(&row, 12),
    };
    number_copy(file->number, db_row_text(&row, 1));
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
        number_copy(number, db_row_text(&row, 3));
    return status;
}

/* ---- appending */

struct append_work {
    const struct ticket *before; /* in the caller's file */
    const struct sealed_case *sealed; /* of a ticket on its way to the discipline office, else NULL */
    struct ticket after;
    struct arena *arena;
    const struct catalog *catalog;
    struct bytes progress;
    struct stream_event prepared;
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
        db_integer(row.is_waiting_unit),
        db_integer(ticket->urge_count),
        db_integer(ticket->handoff_count),
        db_integer(ticket->repeat_level),
        db_integer(ticket->satisfaction),
        db_integer(ticket->rating),
        db_integer(ticket->parent.v),
        db_instant(ticket->outside_due_at),
        db_instant(ticket->finished_at),
        db_instant(ticket->closed_at),
        db_integer(ticket_needs_follow_up(ticket)),
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

static bool is_same_assignment(const struct assignment *left, const struct assignment *right)
{
    return left->unit.v == right->unit.v && left->role == right->role && left->state == right->state &&
           left->dispatcher.v == right->dispatcher.v && left->has_objected == right->has_objected &&
           instant_is_equal(left->dispatched_at, right->dispatched_at) &&
           instant_is_equal(left->accepted_at, right->accepted_at) &&
           instant_is_equal(left->arrived_at, right->arrived_at) && instant_is_equal(left->ended_at, right->ended_at) &&
           left->at_ops_milliseconds == right->at_ops_milliseconds &&
           instant_is_equal(left->objected_at, right->objected_at) &&
           instant_is_equal(left->escalated_at, right->escalated_at);
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
            db_integer(assignment->at_ops_milliseconds),
            db_instant(assignment->objected_at),
            db_instant(assignment->escalated_at),
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
        number_copy(number, db_row_text(&row, 0));
    arena_release(&arena);
    if (status == STATUS_ABSENT)
        status = FAULT(fault, STATUS_FAILED, "the parent ticket %lld does not exist", (long long)parent.v);
    return status;
}

/* The public sees nothing of a ticket's way to the discipline office: its row stays as it was, without words and place. */
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

/*
 * Merging: what the form saw of the parent, and of reports that run with this one, is asked again under lock, so that two people
 * who merge two tickets into each other at the same moment do not both succeed.
 */
static enum status write_merge(struct db *db, const struct append_work *work, struct fault *fault)
{
    const bool was_merged = work->before->state == TICKET_MERGED, is_merged = work->after.state == TICKET_MERGED;
    const struct db_value own = db_integer(work->after.id.v);
    const struct db_value parent = db_integer(was_merged ? work->before->parent.v : work->after.parent.v);
    int64_t affected = 0;
    struct db_row row;

    if (was_merged == is_merged)
        return STATUS_OK;
    if (was_merged)
        return db_run(db, TICKET_TAKE_MERGED, &parent, 1, NULL, NULL, fault);
    enum status status = db_query_one(db, TICKET_MERGED_COUNT, &own, 1, work->arena, &row, fault);
    if (status == STATUS_OK && db_row_integer(&row, 0) > 0)
        return STATUS_CONFLICT;
    if (status == STATUS_OK)
        status = db_run(db, TICKET_ADD_MERGED, &parent, 1, &affected, NULL, fault);
    return status == STATUS_OK && affected != 1 ? STATUS_CONFLICT : status;
}

/* The link to an earlier report, so that the earlier one shows its repeats, too (Art. 34(3)). */
static enum status write_repeat(struct db *db, const struct append_work *work, struct fault *fault)
{
    const struct event *event = work->prepared.event;
    const struct db_value values[] = {db_integer(event->subject_id), db_integer(event_get(event, FIELD_PARENT, 0))};

    return event->kind == ACTION_LINK_REPEAT ? db_run(db, TICKET_REPEAT_INSERT, values, 2, NULL, NULL, fault) : STATUS_OK;
}

/*
 * Nothing that was said of it stays in clear once it is the discipline office's (Art. 5). What it would be found by goes with the next
 * round of clerk, which finds no words any more.
 */
static enum status empty_words(struct db *db, const struct append_work *work, struct fault *fault)
{
    const struct db_value id = db_integer(work->after.id.v), now = db_instant(work->prepared.event->recorded_at);
    const struct db_value texts[] = {now, db_integer(SUBJECT_TICKET), id}, dated[] = {now, id};
    const struct db_value shown[] = {db_bytes(work->progress.data, work->progress.length), id};
    const struct {
        enum statement statement;
        const struct db_value *values;
        size_t count;
    } steps[] = {
        {EVENT_TEXT_EMPTY_BY_SUBJECT, texts, 3}, {TICKET_EMPTY_WORDS, &id, 1},   {TICKET_PERSON_EMPTY, dated, 2},
        {PUBLIC_TICKET_EMPTY, shown, 2},         {RESIDENT_INPUT_EMPTY, &id, 1}, {HANDOVER_ITEM_EMPTY, &id, 1},
        {PHOTO_BODY_EMPTY_BY_TICKET, dated, 2},
    };
    enum status status = photo_store_withhold(db, work->after.id, fault);

    for (size_t i = 0; status == STATUS_OK && i < sizeof steps / sizeof steps[0]; i++)
        status = db_run(db, steps[i].statement, steps[i].values, steps[i].count, NULL, NULL, fault);
    return status;
}

static enum status write_sealed(struct db *db, const struct append_work *work, struct fault *fault)
{
    if (work->after.state != TICKET_SEALED || work->before->state == TICKET_SEALED)
        return STATUS_OK;
    const enum status status = work->sealed != NULL ? sealed_case_insert(db, work->sealed, fault) : STATUS_OK;
    return status == STATUS_OK ? empty_words(db, work, fault) : status;
}

static enum status append_work(struct db *db, void *context, struct fault *fault)
{
    struct append_work *work = context;
    const struct stream_clocks clocks = {
        .before = work->before->clocks, .before_count = work->before->clock_count, .after = work->after.clocks,
        .category = work->after.facts.category, .catalog = work->catalog,
        .is_category_new = work->before->facts.category.v != work->after.facts.category.v,
    };
    const int64_t id = work->after.id.v;
    enum status status = stream_insert(db, &work->prepared, fault);

    if (status == STATUS_OK)
        status = update_ticket(db, work, fault);
    if (status == STATUS_OK)
        status = write_merge(db, work, fault);
    if (status == STATUS_OK)
        status = stream_write_clocks(db, work->prepared.event, &clocks, fault);
    if (status == STATUS_OK)
        status = write_assignments(db, work, fault);
    if (status == STATUS_OK)
        status = write_public(db, work, fault);
    if (status == STATUS_OK)
        status = write_sealed(db, work, fault);
    if (status == STATUS_OK)
        status = write_failed_call(db, work, fault);
    if (status == STATUS_OK)
        status = write_repeat(db, work, fault);
    if (status == STATUS_OK)
        status = stream_mark(db, SUBJECT_TICKET, id, (struct rule_id){0}, INSTANT_NONE, fault);
    /* What the parent did before this report was merged into it counts for this report, too. */
    if (status == STATUS_OK && work->after.state == TICKET_MERGED && work->before->state != TICKET_MERGED)
        status = stream_mark(db, SUBJECT_TICKET, work->after.parent.v, (struct rule_id){0}, INSTANT_NONE, fault);
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

/* sealed: NULL but for a ticket on its way to the discipline office */
static enum status append(struct db *db, struct ticket_file *file, struct event *event, const char *words, const uint8_t *key,
                          const struct catalog *catalog, const struct sealed_case *sealed, struct fault *fault)
{
    struct fault inner = {0};
    struct append_work work = {.before = &file->ticket, .after = file->ticket, .arena = file->arena, .catalog = catalog,
                               .sealed = sealed};

    assert(event->seq == file->ticket.version + 1 && event->subject == SUBJECT_TICKET);
    assert(file->entry_count == file->ticket.version);
    event->subject_id = file->ticket.id.v;
    stream_prepare(&work.prepared, event, words, key, &file->head);
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

enum status ticket_store_append(struct db *db, struct ticket_file *file, struct event *event, const char *words,
                                const uint8_t *key, const struct catalog *catalog, struct fault *fault)
{
    return append(db, file, event, words, key, catalog, NULL, fault);
}

enum status ticket_store_hand_over(struct db *db, struct ticket_file *file, struct event *event, const uint8_t *key,
                                   const struct catalog *catalog, const struct sealed_case *sealed, struct fault *fault)
{
    assert(event->kind == ACTION_HAND_TO_DISCIPLINE && sealed != NULL);
    return append(db, file, event, NULL, key, catalog, sealed, fault);
}
