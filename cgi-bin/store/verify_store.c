#include <string.h>

#include "store/chain.h"
#include "store/clock_row.h"
#include "store/ladder_store.h"
#include "store/projection.h"
#include "store/verify_order.h"
#include "store/verify_outage.h"
#include "store/verify_penalty.h"

enum {
    PAGE = 200,
    PAGE_BYTES_MAX = 8 * 1024 * 1024,
    STREAM_BYTES_MAX = 256 * 1024 * 1024,
    DIGESTS_COUNTED_AGAIN = 8,
};

/* ---- comparing rows with what the fold says */

static enum status compare_ticket(struct verifying *run, const struct public_fold *fold, struct fault *fault)
{
    static const char *const NAMES[] = {
        "version", "state", "is_open", "source", "nature", "category_id", "grades", "zone", "diameter_mm", "place_id",
        "unit_id", "first_receiver", "cycle", "reported_at", "next_due_at", "next_kind", "finish_due_at",
        "finish_granted_at", "appointment_at", "is_escalated", "is_waiting_ops", "is_waiting_unit", "urge_count", "handoff_count",
        "repeat_level", "satisfaction", "rating", "parent_id", "outside_due_at", "finished_at", "closed_at",
        "is_follow_up_due", "merged_count beyond the reports that name it"};
    const struct ticket *ticket = &fold->ticket;
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
        db_instant(ticket->appointment_at), db_integer(row.is_escalated), db_integer(row.is_waiting_ops), db_integer(row.is_waiting_unit),
        db_integer(ticket->urge_count), db_integer(ticket->handoff_count), db_integer(ticket->repeat_level),
        db_integer(ticket->satisfaction), db_integer(ticket->rating), db_integer(ticket->parent.v),
        db_instant(ticket->outside_due_at), db_instant(ticket->finished_at), db_instant(ticket->closed_at),
        db_integer(ticket_needs_follow_up(ticket)), db_integer(0),
    };
    _Static_assert(sizeof wanted / sizeof wanted[0] == sizeof NAMES / sizeof NAMES[0], "a name per column");
    const struct db_value id = db_integer(run->id);
    struct db_row stored;
    const enum status status = db_query_one(run->db, TICKET_VERIFY_BY_ID, &id, 1, &run->arena, &stored, fault);

    if (status == STATUS_OK)
        verifying_compare_row(run, "ticket", NAMES, wanted, stored.columns, stored.count);
    return status == STATUS_ABSENT ? STATUS_OK : status; /* deleted in between: the next run sees it */
}

static enum status compare_assignments(struct verifying *run, const struct public_fold *fold, struct fault *fault)
{
    static const char *const NAMES[] = {"dispatch_no",  "unit_id",       "role",        "state",      "dispatcher",
                                        "has_objected", "dispatched_at", "accepted_at", "arrived_at", "ended_at", "at_ops_ms",
                                        "objected_at", "escalated_at"};
    const struct db_value id = db_integer(run->id);
    struct db_row *rows;
    size_t count;
    const enum status status = db_query(run->db, ASSIGNMENT_LIST_BY_TICKET, &id, 1, &run->arena, &rows, &count, fault);

    if (status != STATUS_OK)
        return status;
    if (count != (size_t)fold->ticket.assignment_count) {
        verifying_tell(run, "assignment has %zu rows, the events say %d", count, fold->ticket.assignment_count);
        return STATUS_OK;
    }
    for (size_t i = 0; i < count; i++) {
        const struct assignment *assignment = &fold->ticket.assignments[i];
        const struct db_value wanted[] = {
            db_integer(assignment->dispatch_no), db_integer(assignment->unit.v), db_integer((int64_t)assignment->role),
            db_integer((int64_t)assignment->state), db_integer(assignment->dispatcher.v),
            db_integer(assignment->has_objected), db_instant(assignment->dispatched_at),
            db_instant(assignment->accepted_at), db_instant(assignment->arrived_at), db_instant(assignment->ended_at),
            db_integer(assignment->at_ops_milliseconds), db_instant(assignment->objected_at),
            db_instant(assignment->escalated_at),
        };
        verifying_compare_row(run, "assignment", NAMES, wanted, rows[i].columns, rows[i].count);
    }
    return STATUS_OK;
}

static enum status compare_public(struct verifying *run, const struct public_fold *fold, struct fault *fault)
{
    static const char *const NAMES[] = {"version", "state", "is_rated", "nature", "category_id", "place_id", "unit_id",
                                        "cycle", "reported_at", "finish_due_at", "finish_granted_at", "appointment_at"};
    const struct ticket *ticket = &fold->shown;
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
        verifying_tell(run, "public_ticket has no row");
        return STATUS_OK;
    }
    if (status != STATUS_OK)
        return status;
    if (!text_is_equal(db_row_text(&stored, 0), run->name))
        verifying_tell(run, "public_ticket.number is %s", db_row_text(&stored, 0));
    verifying_compare_row(run, "public_ticket", NAMES, wanted, stored.columns + 2, stored.count - 2);
    const struct bytes shown = db_row_bytes(&stored, 1), right = public_fold_progress(fold, &run->arena);
    if (shown.length != right.length || memcmp(shown.data, right.data, right.length) != 0)
        verifying_tell(run, "public_ticket.progress is not what the events say");
    return STATUS_OK;
}

/* Every link stands in the events; streams older than the table have theirs there alone. */
static enum status compare_repeats(struct verifying *run, const struct public_fold *fold, struct fault *fault)
{
    const struct ticket *ticket = &fold->ticket;
    const struct db_value id = db_integer(run->id);
    struct db_row *rows;
    size_t count;
    const enum status status = db_query(run->db, TICKET_REPEAT_LIST, &id, 1, &run->arena, &rows, &count, fault);

    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        const int64_t earlier = db_row_integer(&rows[i], 0);
        int found = ticket->repeat_count > TICKET_REPEATS_MAX;
        for (int j = 0; j < ticket->repeat_count && j < TICKET_REPEATS_MAX; j++)
            found += ticket->repeats[j].v == earlier;
        if (found == 0)
            verifying_tell(run, "ticket_repeat names ticket %lld, the events do not", (long long)earlier);
    }
    return status;
}

/* ---- folding the events again */

/* For verifying_stream(): one event more. */
static bool fold_event(void *context, const struct event *event, const char *words)
{
    struct public_fold *fold = context;

    if (!ticket_can_apply(&fold->ticket, event))
        return false;
    public_fold_add(fold, event, words);
    return true;
}

static enum status compare_clocks(struct verifying *run, const struct public_fold *fold, struct fault *fault)
{
    return verifying_compare_clocks(run, fold->ticket.clocks, fold->ticket.clock_count, fold->ticket.facts.category,
                                    fault);
}

static enum status verify_ticket(struct verifying *run, struct fault *fault)
{
    typedef enum status compare(struct verifying *, const struct public_fold *, struct fault *);
    static compare *const comparisons[] = {compare_ticket, compare_clocks, compare_assignments, compare_public,
                                            compare_repeats};
    struct public_fold fold;
    struct verified_stream stream;

    enum status status = verifying_open(run, &stream, fault);
    if (status != STATUS_OK)
        return status;
    public_fold_init(&fold, (struct ticket_id){run->id}, stream.row_count, &run->arena);
    status = verifying_stream(run, &stream, fold_event, &fold, fault);
    for (size_t i = 0; status == STATUS_OK && stream.is_whole && i < sizeof comparisons / sizeof comparisons[0]; i++)
        status = comparisons[i](run, &fold, fault);
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
            run->subject = SUBJECT_TICKET;
            run->what = "ticket";
            run->name = db_row_text(&rows[i], 1);
            status = verify_ticket(run, fault);
        }
    }
    run->name = NULL;
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
            verifying_tell(run, "%s: rows of ticket %lld, which has no row itself", searches[i].table,
                 (long long)db_row_integer(&rows[j], 0));
    }
    const enum status status = db_query(run->db, CHAIN_HEAD_LIST_ORPHANS, NULL, 0, &run->arena, &rows, &count, fault);
    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        verifying_tell(run, "chain_head: stream %lld/%lld was sealed at event %lld, which is not there any more",
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
            verifying_tell(run, "chain_digest %s: the seal is forged", name);
    }
    if (!counts_again)
        return STATUS_OK;
    struct hash again = *before;
    int64_t head_count;
    const enum status status = chain_digest_day(run->db, day, &again, &head_count, fault);
    if (status != STATUS_OK)
        return status;
    if (head_count != db_row_integer(row, 1))
        verifying_tell(run, "chain_digest %s: there were %lld streams at the end of the day, now it looks like %lld", name,
             (long long)db_row_integer(row, 1), (long long)head_count);
    else if (memcmp(again.bytes, digest.bytes, HASH_BYTES) != 0)
        verifying_tell(run, "chain_digest %s: a stream was changed or exchanged since", name);
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
        status = verify_orders(&run, fault);
    if (status == STATUS_OK)
        status = verify_outages(&run, fault);
    if (status == STATUS_OK)
        status = verify_penalties(&run, fault);
    if (status == STATUS_OK)
        status = verify_orphans(&run, fault);
    if (status == STATUS_OK)
        status = verify_digests(&run, fault);
    arena_release(&run.arena);
    return status;
}
