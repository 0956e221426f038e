#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "store/chain.h"
#include "store/clerk_store.h"
#include "store/clock_row.h"
#include "store/ladder_store.h"
#include "store/projection.h"

enum {
    PAGE = 200,
    PAGE_BYTES_MAX = 8 * 1024 * 1024,
    STREAM_BYTES_MAX = 256 * 1024 * 1024,
    DIGESTS_COUNTED_AGAIN = 8,
};

/* A run of verify, and the stream in hand. */
struct verifying {
    struct db *db;
    const struct catalog *catalog;
    const struct key *chain_key; /* NULL: seals are not checked */
    uint32_t walked_kinds;       /* CLOCK_BITs: clerk still works a change of the ladder into these */
    verify_problem problem;
    void *context;
    struct verify_report *report;
    struct arena arena; /* of one stream */
    int64_t id;
    const char *number;
};

/* One ticket's events folded again. */
struct folded {
    struct public_fold fold;
    struct hash *hashes; /* of each event */
    size_t count;
    bool is_whole; /* everything could be folded */
};

static void PRINTF_LIKE(2, 3) tell(struct verifying *run, const char *format, ...)
{
    char buffer[300], whole[400];
    va_list arguments;
    struct text text;

    va_start(arguments, format);
    (void)vsnprintf(buffer, sizeof buffer, format, arguments);
    va_end(arguments);
    text_init(&text, whole, sizeof whole);
    if (run->number != NULL)
        text_add_format(&text, "ticket %s: ", run->number);
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

/* names: one per column. Only integers and moments. */
static void compare_row(struct verifying *run, const char *what, const char *const *names,
                        const struct db_value *wanted, const struct db_value *stored, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (comparable(&wanted[i]) != comparable(&stored[i]))
            tell(run, "%s.%s is %lld, the events say %lld", what, names[i], (long long)comparable(&stored[i]),
                 (long long)comparable(&wanted[i]));
}

static enum status compare_ticket(struct verifying *run, const struct folded *folded, struct fault *fault)
{
    static const char *const NAMES[] = {
        "version", "state", "is_open", "source", "nature", "category_id", "grades", "zone", "diameter_mm", "place_id",
        "unit_id", "first_receiver", "cycle", "reported_at", "next_due_at", "next_kind", "finish_due_at",
        "finish_granted_at", "appointment_at", "is_escalated", "is_waiting_ops", "urge_count", "handoff_count",
        "repeat_level", "satisfaction", "rating", "parent_id", "outside_due_at", "finished_at", "closed_at"};
    const struct ticket *ticket = &folded->fold.ticket;
    const struct projection row = projection_of(ticket, run->catalog);
    const struct assignment *lead = ticket_lead(ticket);
    const struct db_value wanted[] = {
        db_integer(ticket->version), db_integer((int64_t)ticket->state), db_integer(row.is_open),
        db_integer((int64_t)ticket->source), db_integer((int64_t)ticket->nature),
        db_integer(ticket->facts.category.v), db_integer(ticket->facts.grades),
        db_integer((int64_t)ticket->facts.zone), db_integer(ticket->facts.diameter_mm), db_integer(ticket->place.v),
        db_integer(lead != NULL ? lead->unit.v : 0), db_integer(ticket->first_receiver.v), db_integer(ticket->cycle),
        db_instant(ticket->reported_at), db_instant(instant_or_never(row.next_due_at)),
        db_integer((int64_t)row.next_kind), db_instant(row.finish_due_at), db_instant(row.finish_granted_at),
        db_instant(ticket->appointment_at), db_integer(row.is_escalated), db_integer(row.is_waiting_ops),
        db_integer(ticket->urge_count), db_integer(ticket->handoff_count), db_integer(ticket->repeat_level),
        db_integer(ticket->satisfaction), db_integer(ticket->rating), db_integer(ticket->parent.v),
        db_instant(ticket->outside_due_at), db_instant(ticket->finished_at), db_instant(ticket->closed_at),
    };
    _Static_assert(sizeof wanted / sizeof wanted[0] == sizeof NAMES / sizeof NAMES[0], "a name per column");
    const struct db_value id = db_integer(run->id);
    struct db_row stored;
    const enum status status = db_query_one(run->db, TICKET_VERIFY_BY_ID, &id, 1, &run->arena, &stored, fault);

    if (status == STATUS_OK)
        compare_row(run, "ticket", NAMES, wanted, stored.columns, stored.count);
    return status == STATUS_ABSENT ? STATUS_OK : status; /* deleted in between: the next run sees it */
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
    compare_row(run, what, NAMES, wanted, stored->columns, stored->count);
    if (!text_is_equal(clock->article, db_row_text(stored, 3)))
        tell(run, "%s.article is %s, the events say %s", what, db_row_text(stored, 3), clock->article);
}

static enum status compare_clocks(struct verifying *run, const struct folded *folded, struct fault *fault)
{
    const struct db_value values[] = {db_integer(SUBJECT_TICKET), db_integer(run->id)};
    struct db_row *rows;
    size_t count;
    const enum status status = db_query(run->db, CLOCK_LIST_BY_SUBJECT, values, 2, &run->arena, &rows, &count, fault);

    if (status != STATUS_OK)
        return status;
    run->report->clocks += (int64_t)count;
    if (count != (size_t)folded->fold.ticket.clock_count) {
        tell(run, "clock has %zu rows, the events say %d", count, folded->fold.ticket.clock_count);
        return STATUS_OK;
    }
    for (size_t i = 0; i < count; i++)
        compare_clock(run, &folded->fold.ticket.clocks[i], folded->fold.ticket.facts.category.v, &rows[i]);
    return STATUS_OK;
}

static enum status compare_assignments(struct verifying *run, const struct folded *folded, struct fault *fault)
{
    static const char *const NAMES[] = {"dispatch_no",  "unit_id",       "role",        "state",      "dispatcher",
                                        "has_objected", "dispatched_at", "accepted_at", "arrived_at", "ended_at"};
    const struct db_value id = db_integer(run->id);
    struct db_row *rows;
    size_t count;
    const enum status status = db_query(run->db, ASSIGNMENT_LIST_BY_TICKET, &id, 1, &run->arena, &rows, &count, fault);

    if (status != STATUS_OK)
        return status;
    if (count != (size_t)folded->fold.ticket.assignment_count) {
        tell(run, "assignment has %zu rows, the events say %d", count, folded->fold.ticket.assignment_count);
        return STATUS_OK;
    }
    for (size_t i = 0; i < count; i++) {
        const struct assignment *assignment = &folded->fold.ticket.assignments[i];
        const struct db_value wanted[] = {
            db_integer(assignment->dispatch_no), db_integer(assignment->unit.v), db_integer((int64_t)assignment->role),
            db_integer((int64_t)assignment->state), db_integer(assignment->dispatcher.v),
            db_integer(assignment->has_objected), db_instant(assignment->dispatched_at),
            db_instant(assignment->accepted_at), db_instant(assignment->arrived_at), db_instant(assignment->ended_at),
        };
        compare_row(run, "assignment", NAMES, wanted, rows[i].columns, rows[i].count);
    }
    return STATUS_OK;
}

static enum status compare_public(struct verifying *run, const struct folded *folded, struct fault *fault)
{
    static const char *const NAMES[] = {"version", "state", "is_rated", "nature", "category_id", "place_id", "unit_id",
                                        "cycle", "reported_at", "finish_due_at", "finish_granted_at", "appointment_at"};
    const struct ticket *ticket = &folded->fold.shown;
    const struct projection row = projection_of(ticket, run->catalog);
    const struct assignment *lead = ticket_lead(ticket);
    const struct db_value wanted[] = {
        db_integer(ticket->version), db_integer((int64_t)ticket->state), db_integer(ticket->rating > 0),
        db_integer((int64_t)ticket->nature), db_integer(ticket->facts.category.v), db_integer(ticket->place.v),
        db_integer(lead != NULL ? lead->unit.v : 0), db_integer(ticket->cycle), db_instant(ticket->reported_at),
        db_instant(row.finish_due_at), db_instant(row.finish_granted_at), db_instant(ticket->appointment_at),
    };
    const struct db_value id = db_integer(run->id);
    struct db_row stored;
    const enum status status = db_query_one(run->db, PUBLIC_TICKET_VERIFY_BY_ID, &id, 1, &run->arena, &stored, fault);

    if (status == STATUS_ABSENT) {
        tell(run, "public_ticket has no row");
        return STATUS_OK;
    }
    if (status != STATUS_OK)
        return status;
    if (!text_is_equal(db_row_text(&stored, 0), run->number))
        tell(run, "public_ticket.number is %s", db_row_text(&stored, 0));
    compare_row(run, "public_ticket", NAMES, wanted, stored.columns + 2, stored.count - 2);
    const struct bytes shown = db_row_bytes(&stored, 1), right = public_fold_progress(&folded->fold, &run->arena);
    if (shown.length != right.length || memcmp(shown.data, right.data, right.length) != 0)
        tell(run, "public_ticket.progress is not what the events say");
    return STATUS_OK;
}

/* ---- folding the events again */

/* Whether an event can be given to ticket_apply(), which takes its arguments for granted. */
static bool is_foldable(const struct ticket *ticket, const struct event *event)
{
    int clock_count = ticket->clock_count;

    if (event->kind <= ACTION_NONE || event->kind >= TICKET_ACTION__COUNT || event->seq != ticket->version + 1 ||
        (event->seq == 1) != (event->kind == ACTION_REPORT))
        return false;
    for (int i = 0; i < event->clock_count; i++) {
        const int no = event->clocks[i].no;
        if (no < 1 || no > TICKET_CLOCKS_MAX || no > clock_count + 1)
            return false;
        clock_count = no > clock_count ? no : clock_count;
    }
    return true;
}

static bool is_canonical(const struct event *event, struct bytes payload, struct arena *arena)
{
    uint8_t *again = arena_take(arena, EVENT_PAYLOAD_MAX);
    const size_t length = event_format_payload(event, again);

    return length == payload.length && memcmp(again, payload.data, length) == 0;
}

/* Checks the event's words in their own row, which retention can have emptied, and gives what is left of them. */
static const char *check_words(struct verifying *run, const struct event *event, const struct db_row *texts, size_t text_count)
{
    for (size_t i = 0; i < text_count; i++) {
        if (db_row_integer(&texts[i], 0) != event->seq)
            continue;
        const struct bytes salt = db_row_bytes(&texts[i], 1);
        if (!event->has_text) {
            tell(run, "event %u has words that it does not know of", event->seq);
        } else if (db_row_is_null(&texts[i], 3)) {
            const bool fits = salt.length == EVENT_TEXT_SALT_BYTES;
            const struct hash hash = fits ? event_text_hash(salt.data, db_row_text(&texts[i], 2)) : (struct hash){{0}};
            if (!fits || memcmp(hash.bytes, event->text_hash.bytes, HASH_BYTES) != 0)
                tell(run, "event_text %u: the words were changed", event->seq);
        }
        return db_row_text(&texts[i], 2);
    }
    if (event->has_text)
        tell(run, "event_text %u: the words are missing", event->seq);
    return "";
}

/* One event row: its place in the chain, its payload, its words, then the fold. False ends the stream. */
static bool take_event(struct verifying *run, struct folded *folded, const struct db_row *row, struct hash *previous,
                       const struct db_row *texts, size_t text_count)
{
    struct event *event = arena_take(&run->arena, sizeof *event);
    const struct bytes payload = db_row_bytes(row, 7);

    chain_event_read(event, SUBJECT_TICKET, run->id, row);
    if (event->seq != folded->count + 1) {
        tell(run, "event %zu is missing", folded->count + 1);
        return false;
    }
    if (!chain_follows(event, row, previous)) {
        tell(run, "event %u: its hash does not fit, it or the one before was changed", event->seq);
        return false;
    }
    if (!event_parse_payload(event, payload.data, payload.length) || !is_canonical(event, payload, &run->arena) ||
        !is_foldable(&folded->fold.ticket, event)) {
        tell(run, "event %u: its payload cannot have been written by this program", event->seq);
        return false;
    }
    folded->hashes[folded->count++] = *previous;
    public_fold_add(&folded->fold, event, check_words(run, event, texts, text_count));
    return true;
}

static enum status fold_stream(struct verifying *run, struct folded *folded, struct fault *fault)
{
    const struct db_value values[] = {db_integer(SUBJECT_TICKET), db_integer(run->id)};
    struct db_row *rows, *texts;
    size_t count, text_count;
    struct hash previous = {{0}};

    enum status status = db_query(run->db, EVENT_LIST_BY_SUBJECT, values, 2, &run->arena, &rows, &count, fault);
    if (status == STATUS_OK)
        status = db_query(run->db, EVENT_TEXT_LIST_BY_SUBJECT, values, 2, &run->arena, &texts, &text_count, fault);
    if (status != STATUS_OK)
        return status;
    run->report->streams++;
    run->report->events += (int64_t)count;
    public_fold_init(&folded->fold, (struct ticket_id){run->id}, count, &run->arena);
    folded->hashes = arena_take_array(&run->arena, count + 1, sizeof *folded->hashes);
    folded->is_whole = count > 0;
    if (count == 0)
        tell(run, "all its events are missing");
    for (size_t i = 0; folded->is_whole && i < count; i++)
        folded->is_whole = take_event(run, folded, &rows[i], &previous, texts, text_count);
    return STATUS_OK;
}

static enum status check_head(struct verifying *run, const struct folded *folded, struct fault *fault)
{
    const struct db_value values[] = {db_integer(SUBJECT_TICKET), db_integer(run->id)};
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
        const struct hash right = chain_head_mac(run->chain_key, SUBJECT_TICKET, run->id, seq, &hash);
        if (mac.length != HASH_BYTES || !crypto_is_equal(right.bytes, mac.data, HASH_BYTES))
            tell(run, "chain_head: the seal is forged");
    }
    if (folded->is_whole && (seq < 1 || (size_t)seq > folded->count))
        tell(run, "the stream was sealed at event %lld and ends at %zu", (long long)seq, folded->count);
    else if (seq >= 1 && (size_t)seq <= folded->count &&
             memcmp(folded->hashes[seq - 1].bytes, hash.bytes, HASH_BYTES) != 0)
        tell(run, "event %lld is not the one that was sealed", (long long)seq);
    return STATUS_OK;
}

static enum status verify_ticket(struct verifying *run, struct fault *fault)
{
    typedef enum status compare(struct verifying *, const struct folded *, struct fault *);
    static compare *const comparisons[] = {compare_ticket, compare_clocks, compare_assignments, compare_public};
    struct folded folded = {.count = 0};

    enum status status = fold_stream(run, &folded, fault);
    if (status == STATUS_OK)
        status = check_head(run, &folded, fault);
    for (size_t i = 0; status == STATUS_OK && folded.is_whole && i < sizeof comparisons / sizeof comparisons[0]; i++)
        status = comparisons[i](run, &folded, fault);
    return status;
}

static enum status verify_tickets(struct verifying *run, struct fault *fault)
{
    struct arena page;
    enum status status = STATUS_OK;
    int64_t last = 0;
    size_t count = PAGE;

    arena_init(&page, PAGE_BYTES_MAX);
    while (status == STATUS_OK && count == PAGE) {
        const struct db_value values[] = {db_integer(last), db_integer(PAGE)};
        struct db_row *rows;
        arena_reset(&page);
        status = db_query(run->db, TICKET_LIST_PAGE, values, 2, &page, &rows, &count, fault);
        for (size_t i = 0; status == STATUS_OK && i < count; i++) {
            arena_reset(&run->arena);
            last = run->id = db_row_integer(&rows[i], 0);
            run->number = db_row_text(&rows[i], 1);
            status = verify_ticket(run, fault);
        }
    }
    run->number = NULL;
    arena_release(&page);
    return status;
}

/* ---- what belongs to no ticket */

static enum status verify_orphans(struct verifying *run, struct fault *fault)
{
    static const struct {
        enum statement statement;
        const char *table;
    } searches[] = {
        {EVENT_LIST_ORPHANS, "event"},
        {CLOCK_LIST_ORPHANS, "clock"},
        {PUBLIC_TICKET_LIST_ORPHANS, "public_ticket"},
    };
    struct db_row *rows;
    size_t count;

    arena_reset(&run->arena);
    for (size_t i = 0; i < sizeof searches / sizeof searches[0]; i++) {
        const enum status status = db_query(run->db, searches[i].statement, NULL, 0, &run->arena, &rows, &count, fault);
        if (status != STATUS_OK)
            return status;
        for (size_t j = 0; j < count; j++)
            tell(run, "%s: rows of ticket %lld, which has no row itself", searches[i].table,
                 (long long)db_row_integer(&rows[j], 0));
    }
    const enum status status = db_query(run->db, CHAIN_HEAD_LIST_ORPHANS, NULL, 0, &run->arena, &rows, &count, fault);
    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        tell(run, "chain_head: stream %lld/%lld was sealed at event %lld, which is not there any more",
             (long long)db_row_integer(&rows[i], 0), (long long)db_row_integer(&rows[i], 1),
             (long long)db_row_integer(&rows[i], 2));
    return status;
}

static enum status verify_digest(struct verifying *run, const struct db_row *row, const struct hash *before,
                                 bool counts_again, struct fault *fault)
{
    const struct day day = db_row_day(row, 0);
    const struct bytes stored = db_row_bytes(row, 2), mac = db_row_bytes(row, 3);
    char name[TIME_TEXT_BYTES];
    struct hash digest = {{0}};

    day_format(day, name);
    if (stored.length == HASH_BYTES)
        memcpy(digest.bytes, stored.data, HASH_BYTES);
    if (run->chain_key != NULL) {
        const struct hash right = chain_digest_mac(run->chain_key, day, db_row_integer(row, 1), &digest);
        if (mac.length != HASH_BYTES || !crypto_is_equal(right.bytes, mac.data, HASH_BYTES))
            tell(run, "chain_digest %s: the seal is forged", name);
    }
    if (!counts_again)
        return STATUS_OK;
    struct hash again = *before;
    int64_t head_count;
    const enum status status = chain_digest_day(run->db, day, &again, &head_count, fault);
    if (status != STATUS_OK)
        return status;
    if (head_count != db_row_integer(row, 1))
        tell(run, "chain_digest %s: there were %lld streams at the end of the day, now it looks like %lld", name,
             (long long)db_row_integer(row, 1), (long long)head_count);
    else if (memcmp(again.bytes, digest.bytes, HASH_BYTES) != 0)
        tell(run, "chain_digest %s: a stream was changed or exchanged since", name);
    return STATUS_OK;
}

static enum status verify_digests(struct verifying *run, struct fault *fault)
{
    struct db_row *rows;
    size_t count;
    struct hash before = {{0}};

    arena_reset(&run->arena);
    enum status status = db_query(run->db, CHAIN_DIGEST_LIST, NULL, 0, &run->arena, &rows, &count, fault);
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        const struct bytes digest = db_row_bytes(&rows[i], 2);
        status = verify_digest(run, &rows[i], &before, i + DIGESTS_COUNTED_AGAIN >= count, fault);
        if (digest.length == HASH_BYTES)
            memcpy(before.bytes, digest.data, HASH_BYTES);
    }
    return status;
}

enum status verify_store_run(struct db *db, const struct catalog *catalog, const struct secrets *secrets,
                             verify_problem problem, void *context, struct verify_report *report,
                             struct fault *fault)
{
    const bool has_key = secrets != NULL && secrets->has[SECRET_CHAIN];
    struct verifying run = {
        .db = db,
        .catalog = catalog,
        .chain_key = has_key ? &secrets->key[SECRET_CHAIN] : NULL,
        .problem = problem,
        .context = context,
        .report = report,
    };

    *report = (struct verify_report){0};
    arena_init(&run.arena, STREAM_BYTES_MAX);
    enum status status = ladder_store_open_kinds(db, &run.arena, &run.walked_kinds, fault);
    for (uint32_t kinds = run.walked_kinds; kinds != 0; kinds &= kinds - 1)
        report->walked_kinds++;
    if (status == STATUS_OK)
        status = verify_tickets(&run, fault);
    if (status == STATUS_OK)
        status = verify_orphans(&run, fault);
    if (status == STATUS_OK)
        status = verify_digests(&run, fault);
    arena_release(&run.arena);
    return status;
}
