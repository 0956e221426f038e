#include "store/clerk_store.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "store/chain.h"
#include "store/children.h"
#include "store/clock_row.h"
#include "store/gram_store.h"
#include "store/grave.h"
#include "store/ledger_work.h"
#include "store/notices.h"
#include "store/order_notices.h"
#include "store/outage_notices.h"
#include "store/penalty_notices.h"

enum {
    MARKS_PER_TRANSACTION = 100,
    FOLD_BYTES_MAX = 128 * 1024 * 1024,
    DIGEST_DELAY_SECONDS = 600, /* transactions that were under way at midnight are over by then */
};

/* A dirty mark. */
struct mark {
    int64_t id;
    enum subject_kind subject;
    int64_t subject_id;
    struct rule_id rule; /* 0: only the subject itself */
    bool has_day;
    struct day day; /* UTC */
};

/* One rule on one local day, recomputed as a whole. */
struct bucket {
    struct rule_id rule;
    struct day day;
};

struct bucket_list {
    struct bucket *items;
    size_t count, room;
};

struct folding {
    const struct mark *marks;
    size_t mark_count;
    const struct secrets *secrets;
    int utc_offset_minutes;
    struct instant now;
    struct arena *arena; /* of one try */
    int folded;          /* marks that the last try removed */
};

static void add_bucket(struct bucket_list *list, struct rule_id rule, struct day day, struct arena *arena)
{
    if (list->count == list->room) {
        const size_t room = list->room == 0 ? 64 : list->room * 2;
        struct bucket *more = arena_take_array(arena, room, sizeof *more);
        if (list->count > 0)
            memcpy(more, list->items, list->count * sizeof *more);
        list->items = more;
        list->room = room;
    }
    list->items[list->count++] = (struct bucket){rule, day};
}

static int compare_buckets(const void *left, const void *right)
{
    const struct bucket *a = left, *b = right;

    if (a->rule.v != b->rule.v)
        return a->rule.v < b->rule.v ? -1 : 1;
    return (a->day.number > b->day.number) - (a->day.number < b->day.number);
}

/* ---- figures of one bucket */

struct group {
    struct category_id category;
    struct unit_id unit;
    struct figure figure;
};

struct grouping {
    struct group *items;
    size_t count, room;
    struct instant now;
    struct arena *arena;
};

static struct figure *figure_of(struct grouping *grouping, struct category_id category, struct unit_id unit)
{
    for (size_t i = 0; i < grouping->count; i++)
        if (grouping->items[i].category.v == category.v && grouping->items[i].unit.v == unit.v)
            return &grouping->items[i].figure;
    if (grouping->count == grouping->room) {
        const size_t room = grouping->room == 0 ? 32 : grouping->room * 2;
        struct group *more = arena_take_array(grouping->arena, room, sizeof *more);
        if (grouping->count > 0)
            memcpy(more, grouping->items, grouping->count * sizeof *more);
        grouping->items = more;
        grouping->room = room;
    }
    struct group *group = &grouping->items[grouping->count++];
    *group = (struct group){.category = category, .unit = unit};
    figure_init(&group->figure);
    return &group->figure;
}

static enum status group_clock(void *context, const struct db_row *row, struct fault *fault)
{
    struct grouping *grouping = context;
    const struct clock clock = clock_row_read(row);
    const struct category_id category = {(int32_t)db_row_integer(row, CLOCK_ROW_COLUMNS)};

    (void)fault;
    figure_add(figure_of(grouping, category, clock.unit), &clock, grouping->now);
    return STATUS_OK;
}

static enum status insert_figures(struct db *db, const struct bucket *bucket, const struct grouping *grouping,
                                  struct fault *fault)
{
    for (size_t i = 0; i < grouping->count; i++) {
        const struct group *group = &grouping->items[i];
        if (group->figure.total == 0 && group->figure.excused == 0)
            continue;
        const struct db_value values[] = {
            db_integer(bucket->rule.v),       db_day(bucket->day),
            db_integer(group->category.v),    db_integer(group->unit.v),
            db_integer(group->figure.kept),   db_integer(group->figure.kept_granted),
            db_integer(group->figure.missed), db_integer(group->figure.excused),
        };
        const enum status status = db_run(db, FIGURE_DAY_INSERT, values, 8, NULL, NULL, fault);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

static enum status recompute_bucket(struct db *db, const struct folding *folding, const struct bucket *bucket,
                                    struct fault *fault)
{
    const struct day next_day = {bucket->day.number + 1};
    const struct db_value key[] = {db_integer(bucket->rule.v), db_day(bucket->day)};
    const struct db_value values[] = {
        db_integer(bucket->rule.v),
        db_instant(day_start(bucket->day, folding->utc_offset_minutes)),
        db_instant(day_start(next_day, folding->utc_offset_minutes)),
    };
    struct grouping grouping = {.now = folding->now, .arena = folding->arena};

    enum status status = db_run(db, FIGURE_DAY_DELETE, key, 2, NULL, NULL, fault);
    if (status == STATUS_OK)
        status = db_stream(db, CLOCK_LIST_BY_RULE_DUE, values, 3, group_clock, &grouping, fault);
    return status == STATUS_OK ? insert_figures(db, bucket, &grouping, fault) : status;
}

static enum status recompute_buckets(struct db *db, const struct folding *folding, struct bucket_list *list,
                                     struct fault *fault)
{
    enum status status = STATUS_OK;

    if (list->count > 0)
        qsort(list->items, list->count, sizeof *list->items, compare_buckets);
    for (size_t i = 0; status == STATUS_OK && i < list->count; i++)
        if (i == 0 || compare_buckets(&list->items[i - 1], &list->items[i]) != 0)
            status = recompute_bucket(db, folding, &list->items[i], fault);
    return status;
}

static enum status collect_buckets(struct db *db, const struct folding *folding, const struct mark *mark,
                                   struct bucket_list *list, struct fault *fault)
{
    const struct db_value values[] = {db_integer((int64_t)mark->subject), db_integer(mark->subject_id)};
    struct db_row *rows;
    size_t count;
    const enum status status = db_query(db, CLOCK_LIST_BY_SUBJECT, values, 2, folding->arena, &rows, &count, fault);

    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        const struct clock clock = clock_row_read(&rows[i]);
        if (instant_is_set(clock.due_at))
            add_bucket(list, clock.rule, day_of(clock.due_at, folding->utc_offset_minutes), folding->arena);
    }
    return status;
}

/* ---- sealing */

struct sealing {
    const struct mark *subject;
    const struct folding *folding;
    struct hash head;
    int64_t seq;
    bool is_broken; /* the chain does not fit: verify will name it, clerk never seals it */
};

static enum status find_head(struct db *db, struct sealing *sealing, struct fault *fault)
{
    const struct db_value values[] = {db_integer((int64_t)sealing->subject->subject),
                                      db_integer(sealing->subject->subject_id)};
    struct db_row row;
    const enum status status = db_query_one(db, CHAIN_HEAD_FIND, values, 2, sealing->folding->arena, &row, fault);

    if (status == STATUS_ABSENT)
        return STATUS_OK;
    if (status != STATUS_OK)
        return status;
    const struct bytes hash = db_row_bytes(&row, 1), mac = db_row_bytes(&row, 2);
    sealing->seq = db_row_integer(&row, 0);
    sealing->is_broken = hash.length != HASH_BYTES || mac.length != HASH_BYTES;
    if (sealing->is_broken)
        return STATUS_OK;
    memcpy(sealing->head.bytes, hash.data, HASH_BYTES);
    const struct hash right = chain_head_mac(&sealing->folding->secrets->key[SECRET_CHAIN], sealing->subject->subject,
                                             sealing->subject->subject_id, sealing->seq, &sealing->head);
    sealing->is_broken = !crypto_is_equal(right.bytes, mac.data, HASH_BYTES);
    return STATUS_OK;
}

static enum status save_head(struct db *db, const struct sealing *sealing, struct fault *fault)
{
    const struct mark *subject = sealing->subject;
    const struct hash mac = chain_head_mac(&sealing->folding->secrets->key[SECRET_CHAIN], subject->subject,
                                           subject->subject_id, sealing->seq, &sealing->head);
    const struct db_value values[] = {
        db_integer((int64_t)subject->subject),         db_integer(subject->subject_id),
        db_integer(sealing->seq),                      db_bytes(sealing->head.bytes, HASH_BYTES),
        db_bytes(mac.bytes, HASH_BYTES),               db_instant(sealing->folding->now),
    };
    return db_run(db, CHAIN_HEAD_SAVE, values, 6, NULL, NULL, fault);
}

/* The events after the sealed head: each must follow, and each may have something to tell. */
static enum status take_events(struct db *db, struct sealing *sealing, const struct db_row *rows, size_t count,
                               struct fault *fault)
{
    const struct mark *subject = sealing->subject;
    struct arena *arena = sealing->folding->arena;
    struct addressees addressees = {0};
    enum status status = STATUS_OK;

    if (subject->subject == SUBJECT_TICKET)
        status = addressees_find(db, (struct ticket_id){subject->subject_id}, arena, &addressees, fault);
    if (subject->subject == SUBJECT_ORDER)
        status = order_addressees_find(db, subject->subject_id, arena, &addressees, fault);
    if (subject->subject == SUBJECT_OUTAGE)
        status = outage_addressees_find(db, subject->subject_id, arena, &addressees, fault);
    if (subject->subject == SUBJECT_PENALTY)
        status = penalty_addressees_find(db, subject->subject_id, arena, &addressees, fault);
    if (status == STATUS_ABSENT) {
        sealing->is_broken = true;
        return STATUS_OK;
    }
    struct event *event = arena_take(arena, sizeof *event);
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        const struct bytes payload = db_row_bytes(&rows[i], 7);
        chain_event_read(event, subject->subject, subject->subject_id, &rows[i]);
        if (event->seq != sealing->seq + 1 || !chain_follows(event, &rows[i], &sealing->head) ||
            !event_parse_payload(event, payload.data, payload.length)) {
            sealing->is_broken = true;
            return STATUS_OK;
        }
        sealing->seq = event->seq;
        if (subject->subject == SUBJECT_TICKET)
            status = notices_of_event(db, event, &addressees, sealing->folding->now, fault);
        if (subject->subject == SUBJECT_ORDER)
            status = notices_of_order_event(db, event, &addressees, sealing->folding->now, fault);
        if (subject->subject == SUBJECT_OUTAGE)
            status = notices_of_outage_event(db, event, &addressees, sealing->folding->now, fault);
        if (subject->subject == SUBJECT_PENALTY)
            status = notices_of_penalty_event(db, event, &addressees, sealing->folding->now, fault);
    }
    return status;
}

static enum status seal_subject(struct db *db, const struct folding *folding, const struct mark *mark,
                                struct fault *fault)
{
    struct sealing sealing = {.subject = mark, .folding = folding};
    struct db_row *rows = NULL;
    size_t count = 0;
    enum status status = find_head(db, &sealing, fault);

    if (status == STATUS_OK && !sealing.is_broken) {
        const struct db_value values[] = {db_integer((int64_t)mark->subject), db_integer(mark->subject_id),
                                          db_integer(sealing.seq)};
        status = db_query(db, EVENT_LIST_AFTER_SEQ, values, 3, folding->arena, &rows, &count, fault);
    }
    if (status == STATUS_OK && count > 0)
        status = take_events(db, &sealing, rows, count, fault);
    if (sealing.is_broken)
        log_write(LOG_LEVEL_ERROR, "chain_broken subject=%d/%lld after=%lld", (int)mark->subject,
                  (long long)mark->subject_id, (long long)sealing.seq);
    if (status == STATUS_OK && count > 0 && !sealing.is_broken)
        status = save_head(db, &sealing, fault);
    return status;
}

/* ---- a batch of marks */

static bool is_first_of_subject(const struct folding *folding, const bool *taken, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (taken[i] && folding->marks[i].subject == folding->marks[index].subject &&
            folding->marks[i].subject_id == folding->marks[index].subject_id)
            return false;
    return true;
}

/* Removes the marks; one that another clerk removed first is not this one's any more. */
static enum status take_marks(struct db *db, struct folding *folding, bool *taken, struct fault *fault)
{
    for (size_t i = 0; i < folding->mark_count; i++) {
        const struct db_value id = db_integer(folding->marks[i].id);
        int64_t affected = 0;
        const enum status status = db_run(db, DIRTY_DELETE_BY_ID, &id, 1, &affected, NULL, fault);
        if (status != STATUS_OK)
            return status;
        taken[i] = affected == 1;
        folding->folded += taken[i];
    }
    return STATUS_OK;
}

/* One mark's share: its subject's chain, clocks, words and breaches, and the days that a clock was counted in before. */
static enum status fold_mark(struct db *db, const struct folding *folding, const struct mark *mark, bool is_first,
                             struct bucket_list *buckets, struct fault *fault)
{
    enum status status = STATUS_OK;

    if (is_first)
        status = seal_subject(db, folding, mark, fault);
    if (status == STATUS_OK && is_first)
        status = collect_buckets(db, folding, mark, buckets, fault);
    if (status == STATUS_OK && is_first && mark->subject == SUBJECT_TICKET)
        status = gram_store_index(db, (struct ticket_id){mark->subject_id}, folding->arena, fault);
    if (status == STATUS_OK && is_first)
        status = ledger_mark(db, mark->subject, mark->subject_id, folding->now, folding->arena, fault);
    if (mark->rule.v != 0 && mark->has_day)
        for (int32_t offset = -1; offset <= 1; offset++) /* a UTC day touches these local days */
            add_bucket(buckets, mark->rule, (struct day){mark->day.number + offset}, folding->arena);
    return status;
}

static enum status fold_work(struct db *db, void *context, struct fault *fault)
{
    struct folding *folding = context;
    struct bucket_list buckets = {NULL, 0, 0};
    bool taken[MARKS_PER_TRANSACTION] = {false};
    /* Whoever folds holds this row: a bucket read before another clerk's and written after it would be stale. */
    const struct db_value turn[] = {db_text("figures"), db_instant((struct instant){0}), db_instant(folding->now)};

    folding->folded = 0;
    arena_reset(folding->arena);
    enum status status = db_run(db, JOB_RAISE, turn, 3, NULL, NULL, fault);
    if (status == STATUS_OK)
        status = take_marks(db, folding, taken, fault);
    for (size_t i = 0; status == STATUS_OK && i < folding->mark_count; i++)
        if (taken[i])
            status = fold_mark(db, folding, &folding->marks[i], is_first_of_subject(folding, taken, i), &buckets, fault);
    return status == STATUS_OK ? recompute_buckets(db, folding, &buckets, fault) : status;
}

static void read_mark(struct mark *mark, const struct db_row *row)
{
    *mark = (struct mark){
        .id = db_row_integer(row, 0),
        .subject = (enum subject_kind)db_row_integer(row, 1),
        .subject_id = db_row_integer(row, 2),
        .rule = {(int32_t)db_row_integer(row, 3)},
        .has_day = !db_row_is_null(row, 4),
        .day = db_row_day(row, 4),
    };
}

static enum status draw_consequence(struct db *db, const struct folding *folding, const struct catalog *catalog,
                                    struct ticket_id ticket, struct fault *fault)
{
    const enum status status = children_stop(db, ticket, catalog, folding->now, fault);

    return status == STATUS_OK ? grave_escalate(db, ticket, catalog, folding->now, fault) : status;
}

/*
 * What follows by itself from what happened: merged reports stop with their parent (Art. 27), grave matters escalate (Art. 11).
 * Before the marks are removed, so that a clerk that dies in between leaves it to the next one. A ticket whose events are damaged
 * is told in the log, as where it is sealed, and keeps nobody else's promises and notices waiting.
 */
static enum status draw_consequences(struct db *db, const struct folding *folding, const struct catalog *catalog,
                                     struct fault *fault)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; status == STATUS_OK && i < folding->mark_count; i++) {
        const struct mark *mark = &folding->marks[i];
        const bool is_repeated = i > 0 && mark[-1].subject == mark->subject && mark[-1].subject_id == mark->subject_id;
        struct fault inner = {0};
        if (mark->subject != SUBJECT_TICKET || is_repeated)
            continue;
        status = draw_consequence(db, folding, catalog, (struct ticket_id){mark->subject_id}, &inner);
        if (status == STATUS_FAILED) {
            log_write(LOG_LEVEL_ERROR, "nothing_follows ticket=%lld: %s", (long long)mark->subject_id, inner.message);
            status = STATUS_OK;
        } else if (status != STATUS_OK) {
            (void)FAULT_CODE(fault, status, inner.code, "%s", inner.message);
        }
    }
    return status;
}

enum status clerk_store_fold_dirty(struct db *db, const struct catalog *catalog, const struct secrets *secrets,
                                   const struct settings *settings, struct instant now, int limit,
                                   struct arena *arena, int *folded, struct fault *fault)
{
    const struct db_value value = db_integer(limit);
    struct arena own;
    struct db_row *rows;
    size_t count;

    *folded = 0;
    if (!secrets->has[SECRET_CHAIN])
        return FAULT(fault, STATUS_REFUSED, "this program has no key to seal chains with");
    enum status status = db_query(db, DIRTY_LIST, &value, 1, arena, &rows, &count, fault);
    if (status != STATUS_OK)
        return status;
    struct mark *marks = arena_take_array(arena, count + 1, sizeof *marks);
    for (size_t i = 0; i < count; i++)
        read_mark(&marks[i], &rows[i]);
    arena_init(&own, FOLD_BYTES_MAX);
    for (size_t done = 0; status == STATUS_OK && done < count; done += MARKS_PER_TRANSACTION) {
        const size_t left = count - done;
        struct folding folding = {
            .marks = marks + done,
            .mark_count = left < MARKS_PER_TRANSACTION ? left : MARKS_PER_TRANSACTION,
            .secrets = secrets,
            .utc_offset_minutes = settings->utc_offset_minutes,
            .now = now,
            .arena = &own,
        };
        status = draw_consequences(db, &folding, catalog, fault);
        if (status == STATUS_OK)
            status = db_transact(db, fold_work, &folding, fault);
        if (status == STATUS_OK)
            *folded += folding.folded;
    }
    arena_release(&own);
    return status;
}

/* ---- the day's digest */

/* The digest of the last closed day before this one; zeros on the first. is_closed: this day has one already */
static enum status find_previous_digest(struct db *db, struct day day, struct hash *digest, bool *is_closed,
                                        struct fault *fault)
{
    const struct db_value value = db_day(day);
    struct arena arena;
    struct db_row row;

    *digest = (struct hash){{0}};
    *is_closed = false;
    arena_init(&arena, (size_t)16 * 1024);
    enum status status = db_query_one(db, CHAIN_DIGEST_COUNT_FROM, &value, 1, &arena, &row, fault);
    if (status == STATUS_OK)
        *is_closed = db_row_integer(&row, 0) > 0;
    if (status == STATUS_OK && !*is_closed) {
        status = db_query_one(db, CHAIN_DIGEST_FIND_BEFORE, &value, 1, &arena, &row, fault);
        const struct bytes before = status == STATUS_OK ? db_row_bytes(&row, 2) : (struct bytes){NULL, 0};
        if (before.length == HASH_BYTES)
            memcpy(digest->bytes, before.data, HASH_BYTES);
    }
    arena_release(&arena);
    return status == STATUS_ABSENT ? STATUS_OK : status;
}

enum status clerk_store_digest_day(struct db *db, const struct secrets *secrets, struct day day, struct instant now,
                                   struct fault *fault)
{
    const struct instant end = instant_add_seconds(day_start((struct day){day.number + 1}, 0), DIGEST_DELAY_SECONDS);
    struct hash digest;
    int64_t head_count;
    bool is_closed;

    if (!secrets->has[SECRET_CHAIN])
        return FAULT(fault, STATUS_REFUSED, "this program has no key to close days with");
    if (instant_is_before(now, end))
        return STATUS_OK;
    enum status status = find_previous_digest(db, day, &digest, &is_closed, fault);
    if (status != STATUS_OK || is_closed)
        return status;
    status = chain_digest_day(db, day, &digest, &head_count, fault);
    if (status != STATUS_OK)
        return status;
    const struct hash mac = chain_digest_mac(&secrets->key[SECRET_CHAIN], day, head_count, &digest);
    const struct db_value values[] = {
        db_day(day), db_integer(head_count), db_bytes(digest.bytes, HASH_BYTES), db_bytes(mac.bytes, HASH_BYTES),
        db_instant(now),
    };
    struct fault inner = {0};
    status = db_run(db, CHAIN_DIGEST_INSERT, values, 5, NULL, NULL, &inner);
    if (status == STATUS_DUPLICATE) /* another clerk closed the day */
        return STATUS_OK;
    if (status != STATUS_OK && fault != NULL && fault->file == NULL)
        *fault = inner;
    return status;
}
