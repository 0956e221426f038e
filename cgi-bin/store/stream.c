#include "store/stream.h"

#include <assert.h>
#include <string.h>

#include "base/random.h"
#include "store/chain.h"
#include "store/clock_row.h"
#include "store/projection.h"

enum {
    CLOCK_COLUMNS = 23,
    CLOCKS_PER_INSERT = 6,
};

/* ---- loading */

enum status stream_load(struct db *db, enum subject_kind subject, int64_t id, struct arena *arena,
                        struct stream *stream, struct fault *fault)
{
    const struct db_value values[] = {db_integer((int64_t)subject), db_integer(id)};
    struct db_row *rows;
    size_t count;
    const enum status status = db_query(db, EVENT_LIST_BY_SUBJECT, values, 2, arena, &rows, &count, fault);

    if (status != STATUS_OK)
        return status;
    if (count == 0)
        return STATUS_ABSENT;
    *stream = (struct stream){.entries = arena_take_array(arena, count + 1, sizeof *stream->entries), .count = count};
    for (size_t i = 0; i < count; i++) {
        struct timeline_entry *entry = &stream->entries[i];
        const struct bytes payload = db_row_bytes(&rows[i], 7), hash = db_row_bytes(&rows[i], 9);
        chain_event_read(&entry->event, subject, id, &rows[i]);
        if (entry->event.seq != i + 1 || hash.length != HASH_BYTES ||
            !event_parse_payload(&entry->event, payload.data, payload.length))
            return FAULT(fault, STATUS_FAILED, "stream %d/%lld: event %zu is damaged, run `shuinuo verify`",
                         (int)subject, (long long)id, i + 1);
        entry->words = db_row_text(&rows[i], 10);
        entry->actor_name = db_row_text(&rows[i], 11);
        memcpy(stream->head.bytes, hash.data, HASH_BYTES);
    }
    return STATUS_OK;
}

enum status stream_find_key(struct db *db, const uint8_t key[ACTION_KEY_BYTES], enum subject_kind *subject,
                            int64_t *id, struct fault *fault)
{
    const struct db_value value = db_bytes(key, ACTION_KEY_BYTES);
    struct arena arena;
    struct db_row row;

    arena_init(&arena, (size_t)16 * 1024);
    const enum status status = db_query_one(db, EVENT_FIND_BY_KEY, &value, 1, &arena, &row, fault);
    if (status == STATUS_OK) {
        *subject = (enum subject_kind)db_row_integer(&row, 0);
        *id = db_row_integer(&row, 1);
    }
    arena_release(&arena);
    return status;
}

/* ---- the event */

void stream_prepare(struct stream_event *prepared, struct event *event, const char *words, const uint8_t *key,
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

static enum status insert_event(struct db *db, struct stream_event *prepared, struct fault *fault)
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

static enum status insert_event_text(struct db *db, const struct stream_event *prepared, struct fault *fault)
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

enum status stream_insert(struct db *db, struct stream_event *prepared, struct fault *fault)
{
    const enum status status = insert_event(db, prepared, fault);

    return status == STATUS_OK ? insert_event_text(db, prepared, fault) : status;
}

enum status stream_mark(struct db *db, enum subject_kind subject, int64_t id, struct rule_id rule, struct instant due,
                        struct fault *fault)
{
    const struct db_value values[] = {
        db_integer((int64_t)subject),
        db_integer(id),
        db_integer(rule.v),
        instant_is_set(due) ? db_day(day_of(due, 0)) : db_null(),
    };

    return db_run(db, DIRTY_INSERT, values, 4, NULL, NULL, fault);
}

/* ---- clocks */

static void clock_values(const struct event *event, const struct clock *clock, const struct stream_clocks *clocks,
                         struct db_value *values)
{
    const struct instant step_at = projection_step_at(clock, clocks->catalog, 1);
    const struct db_value row[CLOCK_COLUMNS] = {
        db_integer((int64_t)event->subject),
        db_integer(event->subject_id),
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
        db_integer(clocks->category.v),
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
static enum status insert_clocks(struct db *db, const struct event *event, const struct clock *const *fresh,
                                 size_t count, const struct stream_clocks *clocks, struct fault *fault)
{
    static const enum statement INSERTS[CLOCKS_PER_INSERT] = {CLOCK_INSERT_1, CLOCK_INSERT_2, CLOCK_INSERT_3,
                                                              CLOCK_INSERT_4, CLOCK_INSERT_5, CLOCK_INSERT_6};
    struct db_value values[CLOCKS_PER_INSERT * CLOCK_COLUMNS];
    size_t done = 0;

    while (done < count) {
        const size_t batch = count - done < CLOCKS_PER_INSERT ? count - done : CLOCKS_PER_INSERT;
        for (size_t i = 0; i < batch; i++)
            clock_values(event, fresh[done + i], clocks, values + i * CLOCK_COLUMNS);
        const enum status status =
            db_run(db, INSERTS[batch - 1], values, batch * CLOCK_COLUMNS, NULL, NULL, fault);
        if (status != STATUS_OK)
            return status;
        done += batch;
    }
    return STATUS_OK;
}

static enum status update_clock(struct db *db, const struct event *event, const struct clock *clock,
                                const struct catalog *catalog, int least_step, struct fault *fault)
{
    const struct instant step_at = projection_step_at(clock, catalog, least_step);
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
        db_integer((int64_t)event->subject),
        db_integer(event->subject_id),
        db_integer(clock->no),
    };
    return db_run(db, CLOCK_UPDATE, values, sizeof values / sizeof values[0], NULL, NULL, fault);
}

/* What clerk has fired of each clock; the rows stay locked, so that it fires nothing while they are rewritten. */
static enum status lock_clocks(struct db *db, const struct event *event, int before_count,
                               int least_steps[STREAM_CLOCKS_MAX], struct fault *fault)
{
    const struct db_value values[] = {db_integer((int64_t)event->subject), db_integer(event->subject_id)};
    struct arena arena;
    struct db_row *rows;
    size_t count;

    assert(before_count <= STREAM_CLOCKS_MAX);
    arena_init(&arena, (size_t)64 * 1024);
    enum status status = db_query(db, CLOCK_LOCK_BY_SUBJECT, values, 2, &arena, &rows, &count, fault);
    if (status == STATUS_OK && count != (size_t)before_count)
        status = STATUS_CONFLICT;
    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        least_steps[i] = (int)db_row_integer(&rows[i], 1);
    arena_release(&arena);
    return status;
}

/* A clock whose rule or due time moved leaves the figures it was counted in. */
static enum status mark_old_due(struct db *db, const struct event *event, const struct clock *before,
                                const struct clock *after, struct fault *fault)
{
    const bool is_same = before->rule.v == after->rule.v && instant_is_equal(before->due_at, after->due_at);

    if (is_same || !instant_is_set(before->due_at))
        return STATUS_OK;
    return stream_mark(db, event->subject, event->subject_id, before->rule, before->due_at, fault);
}

enum status stream_write_clocks(struct db *db, const struct event *event, const struct stream_clocks *clocks,
                                struct fault *fault)
{
    const struct clock *fresh[EVENT_CLOCKS_MAX];
    int least_steps[STREAM_CLOCKS_MAX] = {0};
    size_t fresh_count = 0;
    enum status status = STATUS_OK;

    if (event->clock_count > 0 && clocks->before_count > 0)
        status = lock_clocks(db, event, clocks->before_count, least_steps, fault);
    for (int i = 0; status == STATUS_OK && i < event->clock_count; i++) {
        const int no = event->clocks[i].no;
        const struct clock *clock = &clocks->after[no - 1];
        if (no > clocks->before_count) {
            fresh[fresh_count++] = clock;
            continue;
        }
        status = update_clock(db, event, clock, clocks->catalog, least_steps[no - 1], fault);
        if (status == STATUS_OK)
            status = mark_old_due(db, event, &clocks->before[no - 1], clock, fault);
    }
    if (status == STATUS_OK && fresh_count > 0)
        status = insert_clocks(db, event, fresh, fresh_count, clocks, fault);
    if (status == STATUS_OK && clocks->is_category_new) {
        const struct db_value values[] = {db_integer(clocks->category.v), db_integer((int64_t)event->subject),
                                          db_integer(event->subject_id)};
        status = db_run(db, CLOCK_SET_CATEGORY, values, 3, NULL, NULL, fault);
    }
    return status;
}

/* ---- rows and event together */

static enum status write_change(struct db *db, void *context, struct fault *fault)
{
    struct stream_change *change = context;
    struct event *event = change->prepared.event;
    enum status status = change->write_rows(db, change, fault);

    if (status == STATUS_OK)
        status = stream_insert(db, &change->prepared, fault);
    if (status == STATUS_OK)
        status = stream_write_clocks(db, event, &change->clocks, fault);
    if (status == STATUS_OK)
        status = stream_mark(db, event->subject, event->subject_id, (struct rule_id){0}, INSTANT_NONE, fault);
    return status;
}

enum status stream_write(struct db *db, struct stream_change *change, const uint8_t key[ACTION_KEY_BYTES],
                         struct fault *fault)
{
    struct event *event = change->prepared.event;
    const int64_t id = event->subject_id; /* 0 of event 1: it is made in the transaction */
    struct fault inner = {0};
    enum subject_kind subject;
    int64_t found;
    enum status status = db_transact(db, write_change, change, &inner);

    if (status != STATUS_DUPLICATE && status != STATUS_CONFLICT) {
        if (status != STATUS_OK && fault != NULL && fault->file == NULL)
            *fault = inner;
        return status;
    }
    /* The event's place or its key is taken: the same form again, or somebody else's event. */
    status = stream_find_key(db, key, &subject, &found, fault);
    if (status == STATUS_ABSENT)
        return STATUS_CONFLICT;
    if (status != STATUS_OK)
        return status;
    if (subject == event->subject && (event->seq == 1 || found == id)) {
        event->subject_id = found;
        return STATUS_DUPLICATE;
    }
    return event->seq == 1 ? FAULT(fault, STATUS_INVALID, "the key of a form was used for something else") : STATUS_CONFLICT;
}
