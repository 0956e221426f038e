#include "store/chain.h"

#include <string.h>

enum { PAGE = 2000, PAGE_BYTES_MAX = 16 * 1024 * 1024 };

struct hash chain_head_mac(const struct key *key, enum subject_kind subject, int64_t subject_id, int64_t seq,
                           const struct hash *hash)
{
    const int64_t numbers[] = {(int64_t)subject, subject_id, seq};
    const struct bytes pieces[] = {{(const uint8_t *)numbers, sizeof numbers}, {hash->bytes, HASH_BYTES}};

    return crypto_keyed_hash(key, "head", pieces, 2);
}

struct hash chain_digest_step(const struct hash *digest, enum subject_kind subject, int64_t subject_id, int64_t seq,
                              const struct hash *hash)
{
    const int64_t numbers[] = {(int64_t)subject, subject_id, seq};
    const struct bytes pieces[] = {
        {digest->bytes, HASH_BYTES}, {(const uint8_t *)numbers, sizeof numbers}, {hash->bytes, HASH_BYTES}};

    return crypto_hash_pieces(pieces, 3);
}

struct hash chain_digest_mac(const struct key *key, struct day day, int64_t head_count, const struct hash *digest)
{
    const int64_t numbers[] = {day.number, head_count};
    const struct bytes pieces[] = {{(const uint8_t *)numbers, sizeof numbers}, {digest->bytes, HASH_BYTES}};

    return crypto_keyed_hash(key, "digest", pieces, 2);
}

void chain_event_read(struct event *event, enum subject_kind subject, int64_t subject_id, const struct db_row *row)
{
    memset(event, 0, sizeof *event);
    event->subject = subject;
    event->subject_id = subject_id;
    event->seq = (uint32_t)db_row_integer(row, 0);
    event->kind = (int)db_row_integer(row, 1);
    event->occurred_at = db_row_instant(row, 2);
    event->recorded_at = db_row_instant(row, 3);
    event->actor_role = (uint32_t)db_row_integer(row, 4);
    event->actor_staff.v = (int32_t)db_row_integer(row, 5);
    event->actor_unit.v = (int32_t)db_row_integer(row, 6);
}

bool chain_follows(const struct event *event, const struct db_row *row, struct hash *previous)
{
    const struct bytes payload = db_row_bytes(row, 7), before = db_row_bytes(row, 8), hash = db_row_bytes(row, 9);

    if (before.length != HASH_BYTES || hash.length != HASH_BYTES ||
        memcmp(before.data, previous->bytes, HASH_BYTES) != 0)
        return false;
    *previous = event_chain_hash(previous, event, payload.data, payload.length);
    return memcmp(hash.data, previous->bytes, HASH_BYTES) == 0;
}

/* A walk over all streams of one kind; `last` is the newest event before the end of the day of the stream in hand. */
struct walk {
    enum subject_kind subject;
    struct instant end;
    int64_t subject_id, seq; /* where the walk is */
    bool has_last;
    int64_t last_id, last_seq;
    struct hash last_hash;
    struct hash *digest;
    int64_t *head_count;
};

static void close_stream(struct walk *walk)
{
    if (!walk->has_last)
        return;
    *walk->digest = chain_digest_step(walk->digest, walk->subject, walk->last_id, walk->last_seq, &walk->last_hash);
    ++*walk->head_count;
    walk->has_last = false;
}

static void visit_event(struct walk *walk, const struct db_row *row)
{
    const struct bytes hash = db_row_bytes(row, 2);

    walk->subject_id = db_row_integer(row, 0);
    walk->seq = db_row_integer(row, 1);
    if (walk->has_last && walk->last_id != walk->subject_id)
        close_stream(walk);
    if (!instant_is_before(db_row_instant(row, 3), walk->end) || hash.length != HASH_BYTES)
        return;
    walk->has_last = true;
    walk->last_id = walk->subject_id;
    walk->last_seq = walk->seq;
    memcpy(walk->last_hash.bytes, hash.data, HASH_BYTES);
}

static enum status walk_streams(struct db *db, struct walk *walk, struct arena *arena, struct fault *fault)
{
    for (;;) {
        const struct db_value values[] = {
            db_integer((int64_t)walk->subject), db_integer(walk->subject_id), db_integer(walk->subject_id),
            db_integer(walk->seq), db_integer(PAGE),
        };
        struct db_row *rows;
        size_t count;
        arena_reset(arena);
        const enum status status = db_query(db, EVENT_LIST_PAGE, values, 5, arena, &rows, &count, fault);
        if (status != STATUS_OK)
            return status;
        for (size_t i = 0; i < count; i++)
            visit_event(walk, &rows[i]);
        if (count < PAGE)
            break;
    }
    close_stream(walk);
    return STATUS_OK;
}

enum status chain_digest_day(struct db *db, struct day day, struct hash *digest, int64_t *head_count,
                             struct fault *fault)
{
    struct arena arena;
    enum status status = STATUS_OK;

    *head_count = 0;
    arena_init(&arena, PAGE_BYTES_MAX);
    for (enum subject_kind subject = SUBJECT_NONE + 1; status == STATUS_OK && subject < SUBJECT_KIND__COUNT; subject++) {
        struct walk walk = {.subject = subject, .end = day_start((struct day){day.number + 1}, 0), .digest = digest,
                            .head_count = head_count};
        status = walk_streams(db, &walk, &arena, fault);
    }
    arena_release(&arena);
    return status;
}
