#include "store/verify_stream.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "store/chain.h"
#include "store/clock_row.h"
#include "store/projection.h"

void verifying_tell(struct verifying *run, const char *format, ...)
{
    char buffer[300], whole[400];
    va_list arguments;
    struct text text;

    va_start(arguments, format);
    (void)vsnprintf(buffer, sizeof buffer, format, arguments);
    va_end(arguments);
    text_init(&text, whole, sizeof whole);
    if (run->name != NULL)
        text_add_format(&text, "%s %s: ", run->what, run->name);
    text_add(&text, buffer);
    run->report->problems++;
    run->problem(run->context, whole);
}

/* ---- comparing rows with what the fold says */

static int64_t comparable(const struct db_value *value)
{
    switch (value->type) {
    case DB_TYPE_INTEGER:
    case DB_TYPE_DAY:
        return value->integer;
    case DB_TYPE_INSTANT:
        return value->at.milliseconds;
    case DB_TYPE_NULL:
    case DB_TYPE_TEXT:
    case DB_TYPE_BYTES:
        break;
    }
    return INT64_MIN;
}

void verifying_compare_row(struct verifying *run, const char *what, const char *const *names,
                           const struct db_value *wanted, const struct db_value *stored, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (comparable(&wanted[i]) != comparable(&stored[i]))
            verifying_tell(run, "%s.%s is %lld, the events say %lld", what, names[i], (long long)comparable(&stored[i]),
                 (long long)comparable(&wanted[i]));
}

static void compare_clock(struct verifying *run, const struct clock *clock, int64_t category, const struct db_row *stored)
{
    static const char *const NAMES[] = {
        "no", "rule_id", "kind", "article", "cycle", "direction", "limit_seconds", "bound", "is_binding", "dispatch_no",
        "unit_id", "started_at", "due_at", "granted_due_at", "stopped_at", "result", "corrected", "excuse_code",
        "category_id", "next_step", "next_step_at"};
    const int least_step = (int)db_row_integer(stored, CLOCK_ROW_COLUMNS + 1);
    const bool is_walked = (run->walked_kinds & CLOCK_BIT(clock->kind)) != 0;
    const struct instant step_at = is_walked ? db_row_instant(stored, CLOCK_ROW_COLUMNS + 2)
                                             : instant_or_never(projection_step_at(clock, run->catalog, least_step));
    const struct db_value wanted[] = {
        db_integer(clock->no), db_integer(clock->rule.v), db_integer((int64_t)clock->kind), db_null(),
        db_integer(clock->cycle), db_integer((int64_t)clock->direction), db_integer(clock->limit_seconds),
        db_integer((int64_t)clock->bound), db_integer(clock->is_binding), db_integer(clock->dispatch_no),
        db_integer(clock->unit.v), db_instant(clock->started_at), db_instant(clock->due_at),
        db_instant(clock->granted_due_at), db_instant(clock->stopped_at), db_integer((int64_t)clock->result),
        db_integer((int64_t)clock->corrected), db_integer(clock->excuse_code), db_integer(category),
        db_integer(least_step), db_instant(step_at),
    };
    _Static_assert(sizeof wanted / sizeof wanted[0] == sizeof NAMES / sizeof NAMES[0], "a name per column");
    char what[32];
    struct text text;

    text_init(&text, what, sizeof what);
    text_add_format(&text, "clock %d", clock->no);
    verifying_compare_row(run, what, NAMES, wanted, stored->columns, stored->count);
    if (!text_is_equal(clock->article, db_row_text(stored, 3)))
        verifying_tell(run, "%s.article is %s, the events say %s", what, db_row_text(stored, 3), clock->article);
}

enum status verifying_compare_clocks(struct verifying *run, const struct clock *clocks, int clock_count,
                                     struct category_id category, struct fault *fault)
{
    const struct db_value values[] = {db_integer((int64_t)run->subject), db_integer(run->id)};
    struct db_row *rows;
    size_t count;
    const enum status status = db_query(run->db, CLOCK_LIST_BY_SUBJECT, values, 2, &run->arena, &rows, &count, fault);

    if (status != STATUS_OK)
        return status;
    run->report->clocks += (int64_t)count;
    if (count != (size_t)clock_count) {
        verifying_tell(run, "clock has %zu rows, the events say %d", count, clock_count);
        return STATUS_OK;
    }
    for (size_t i = 0; i < count; i++)
        compare_clock(run, &clocks[i], category.v, &rows[i]);
    return STATUS_OK;
}

/* ---- the events again */

static bool is_canonical(const struct event *event, struct bytes payload, struct arena *arena)
{
    uint8_t *again = arena_take(arena, EVENT_PAYLOAD_MAX);
    const size_t length = event_format_payload(event, again);

    return length == payload.length && memcmp(again, payload.data, length) == 0;
}

/* Checks the event's words in their own row, which retention can have emptied, and gives what is left of them. */
static const char *check_words(struct verifying *run, const struct verified_stream *stream, const struct event *event)
{
    for (size_t i = 0; i < stream->text_count; i++) {
        if (db_row_integer(&stream->texts[i], 0) != event->seq)
            continue;
        const struct bytes salt = db_row_bytes(&stream->texts[i], 1);
        if (!event->has_text) {
            verifying_tell(run, "event %u has words that it does not know of", event->seq);
        } else if (db_row_is_null(&stream->texts[i], 3)) {
            const bool fits = salt.length == EVENT_TEXT_SALT_BYTES;
            const struct hash hash = fits ? event_text_hash(salt.data, db_row_text(&stream->texts[i], 2)) : (struct hash){{0}};
            if (!fits || memcmp(hash.bytes, event->text_hash.bytes, HASH_BYTES) != 0)
                verifying_tell(run, "event_text %u: the words were changed", event->seq);
        }
        return db_row_text(&stream->texts[i], 2);
    }
    if (event->has_text)
        verifying_tell(run, "event_text %u: the words are missing", event->seq);
    return "";
}

/* One event row: its place in the chain, its payload, its words, then the fold. False ends the stream. */
static bool take_event(struct verifying *run, struct verified_stream *stream, const struct db_row *row,
                       struct hash *previous, verifying_fold *fold, void *context)
{
    struct event *event = arena_take(&run->arena, sizeof *event);
    const struct bytes payload = db_row_bytes(row, 7);

    chain_event_read(event, run->subject, run->id, row);
    if (event->seq != stream->count + 1) {
        verifying_tell(run, "event %zu is missing", stream->count + 1);
        return false;
    }
    if (!chain_follows(event, row, previous)) {
        verifying_tell(run, "event %u: its hash does not fit, it or the one before was changed", event->seq);
        return false;
    }
    const bool is_sound = event_parse_payload(event, payload.data, payload.length) &&
                          is_canonical(event, payload, &run->arena);
    if (!is_sound || !fold(context, event, check_words(run, stream, event))) {
        verifying_tell(run, "event %u: its payload cannot have been written by this program", event->seq);
        return false;
    }
    stream->hashes[stream->count++] = *previous;
    return true;
}

enum status verifying_open(struct verifying *run, struct verified_stream *stream, struct fault *fault)
{
    const struct db_value values[] = {db_integer((int64_t)run->subject), db_integer(run->id)};

    *stream = (struct verified_stream){.count = 0};
    enum status status = db_query(run->db, EVENT_LIST_BY_SUBJECT, values, 2, &run->arena, &stream->rows,
                                  &stream->row_count, fault);
    if (status == STATUS_OK)
        status = db_query(run->db, EVENT_TEXT_LIST_BY_SUBJECT, values, 2, &run->arena, &stream->texts,
                          &stream->text_count, fault);
    if (status == STATUS_OK)
        stream->hashes = arena_take_array(&run->arena, stream->row_count + 1, sizeof *stream->hashes);
    return status;
}

static enum status check_head(struct verifying *run, const struct verified_stream *stream, struct fault *fault)
{
    const struct db_value values[] = {db_integer((int64_t)run->subject), db_integer(run->id)};
    struct db_row row;
    const enum status status = db_query_one(run->db, CHAIN_HEAD_FIND, values, 2, &run->arena, &row, fault);

    if (status == STATUS_ABSENT)
        return STATUS_OK; /* not sealed yet */
    if (status != STATUS_OK)
        return status;
    const int64_t seq = db_row_integer(&row, 0);
    const struct bytes sealed = db_row_bytes(&row, 1), mac = db_row_bytes(&row, 2);
    struct hash hash = {{0}};
    if (sealed.length == HASH_BYTES)
        memcpy(hash.bytes, sealed.data, HASH_BYTES);
    if (run->chain_key != NULL) {
        const struct hash right = chain_head_mac(run->chain_key, run->subject, run->id, seq, &hash);
        if (mac.length != HASH_BYTES || !crypto_is_equal(right.bytes, mac.data, HASH_BYTES))
            verifying_tell(run, "chain_head: the seal is forged");
    }
    if (stream->is_whole && (seq < 1 || (size_t)seq > stream->count))
        verifying_tell(run, "the stream was sealed at event %lld and ends at %zu", (long long)seq, stream->count);
    else if (seq >= 1 && (size_t)seq <= stream->count &&
             memcmp(stream->hashes[seq - 1].bytes, hash.bytes, HASH_BYTES) != 0)
        verifying_tell(run, "event %lld is not the one that was sealed", (long long)seq);
    return STATUS_OK;
}

enum status verifying_stream(struct verifying *run, struct verified_stream *stream, verifying_fold *fold, void *context,
                             struct fault *fault)
{
    struct hash previous = {{0}};

    run->report->streams++;
    run->report->events += (int64_t)stream->row_count;
    stream->is_whole = stream->row_count > 0;
    if (!stream->is_whole)
        verifying_tell(run, "all its events are missing");
    for (size_t i = 0; stream->is_whole && i < stream->row_count; i++)
        stream->is_whole = take_event(run, stream, &stream->rows[i], &previous, fold, context);
    return check_head(run, stream, fault);
}

/* ---- all of a kind */

enum { PAGE = 200, PAGE_BYTES_MAX = 1024 * 1024 };

static enum status tell_orphans(struct verifying *run, enum statement orphans, struct fault *fault)
{
    struct db_row *rows;
    size_t count;
    const enum status status = db_query(run->db, orphans, NULL, 0, &run->arena, &rows, &count, fault);

    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        verifying_tell(run, "event: rows of %s %lld, which has no row itself", run->what, (long long)db_row_integer(&rows[i], 0));
    return status;
}

enum status verifying_each(struct verifying *run, enum statement page, enum statement orphans,
                           enum status (*verify)(struct verifying *run, struct fault *fault), struct fault *fault)
{
    struct arena arena;
    enum status status = STATUS_OK;
    int64_t last = 0;
    size_t count = PAGE;

    arena_init(&arena, PAGE_BYTES_MAX);
    while (status == STATUS_OK && count == PAGE) {
        const struct db_value values[] = {db_integer(last), db_integer(PAGE)};
        struct db_row *rows;
        arena_reset(&arena);
        status = db_query(run->db, page, values, 2, &arena, &rows, &count, fault);
        for (size_t i = 0; status == STATUS_OK && i < count; i++) {
            arena_reset(&run->arena);
            last = run->id = db_row_integer(&rows[i], 0);
            run->name = arena_format(&arena, "%lld", (long long)last);
            status = verify(run, fault);
        }
    }
    run->name = NULL;
    arena_release(&arena);
    if (status != STATUS_OK)
        return status;
    arena_reset(&run->arena);
    return tell_orphans(run, orphans, fault);
}
