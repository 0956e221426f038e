#include "store/gram_store.h"

#include <string.h>

#include "core/gram.h"
#include "store/clerk_store.h"

enum { GRAM_BYTES = 8, ROW_PARAMETERS = 3, ROWS_AT_ONCE = 16, TEXTS_MAX = 200, LEASE_SECONDS = 60 };
#define TEXT_ARENA_BYTES ((size_t)32 * 1024 * 1024) /* twice what the most texts can be */

_Static_assert(TICKET_SEALED == 11 && SUBJECT_TICKET == 1, "statements_list.def names these numbers");

/* What stands in the index and what should. */
struct indexing {
    struct ticket_id ticket;
    struct instant reported_at;
    bool has_set; /* indexed before */
    struct grams *wanted, *stored;
};

/* ---- the set as bytes: eight each, most significant first */

static struct bytes pack(const struct grams *grams, struct arena *arena)
{
    uint8_t *bytes = arena_take(arena, grams->count * GRAM_BYTES + 1);

    for (size_t i = 0; i < grams->count; i++)
        for (size_t j = 0; j < GRAM_BYTES; j++)
            bytes[i * GRAM_BYTES + j] = (uint8_t)((uint64_t)grams->items[i] >> (8 * (GRAM_BYTES - 1 - j)));
    return (struct bytes){bytes, grams->count * GRAM_BYTES};
}

static void unpack(struct bytes bytes, struct grams *grams)
{
    grams_init(grams);
    for (size_t i = 0; i + GRAM_BYTES <= bytes.length && grams->count < GRAMS_MAX; i += GRAM_BYTES) {
        uint64_t gram = 0;
        for (size_t j = 0; j < GRAM_BYTES; j++)
            gram = gram << 8 | bytes.data[i + j];
        grams->items[grams->count++] = (int64_t)gram;
    }
}

/* ---- reading */

/* STATUS_ABSENT for a ticket that is not there. A sealed one has no pairs. */
static enum status read_wanted(struct db *db, struct indexing *indexing, struct fault *fault)
{
    const struct db_value values[] = {db_integer(indexing->ticket.v), db_integer(TEXTS_MAX)};
    struct arena arena;
    struct db_row *rows;
    size_t count;

    arena_init(&arena, TEXT_ARENA_BYTES);
    enum status status = db_query(db, TICKET_TEXT_LIST, values, 2, &arena, &rows, &count, fault);
    if (status == STATUS_OK && count == 0)
        status = STATUS_ABSENT;
    if (status == STATUS_OK) {
        indexing->reported_at = db_row_instant(&rows[0], 2);
        const bool is_sealed = db_row_integer(&rows[0], 0) == TICKET_SEALED;
        if (!is_sealed) {
            grams_add_number(indexing->wanted, db_row_text(&rows[0], 1));
            grams_add_text(indexing->wanted, db_row_text(&rows[0], 3));
        }
        for (size_t i = 0; i < count && !is_sealed; i++)
            grams_add_text(indexing->wanted, db_row_text(&rows[i], 4));
        grams_finish(indexing->wanted);
    }
    arena_release(&arena);
    return status;
}

static enum status read_stored(struct db *db, struct indexing *indexing, struct arena *arena, struct fault *fault)
{
    const struct db_value id = db_integer(indexing->ticket.v);
    struct db_row row;
    const enum status status = db_query_one(db, GRAM_SET_FIND_BY_TICKET, &id, 1, arena, &row, fault);

    grams_init(indexing->stored);
    indexing->has_set = status == STATUS_OK;
    if (status == STATUS_OK)
        unpack(db_row_bytes(&row, 0), indexing->stored);
    return status == STATUS_ABSENT ? STATUS_OK : status;
}

/* ---- writing the difference */

/* Those of `left` that are not in `right`; both sorted. */
static size_t difference(const struct grams *left, const struct grams *right, int64_t *items)
{
    size_t count = 0, j = 0;

    for (size_t i = 0; i < left->count; i++) {
        while (j < right->count && right->items[j] < left->items[i])
            j++;
        if (j == right->count || right->items[j] != left->items[i])
            items[count++] = left->items[i];
    }
    return count;
}

static enum status insert(struct db *db, const struct indexing *indexing, const int64_t *items, size_t count,
                          struct fault *fault)
{
    struct db_value values[ROWS_AT_ONCE * ROW_PARAMETERS];
    enum status status = STATUS_OK;

    for (size_t done = 0; status == STATUS_OK && done < count;) {
        const size_t rows = count - done >= ROWS_AT_ONCE ? ROWS_AT_ONCE : 1;
        for (size_t i = 0; i < rows; i++) {
            values[i * ROW_PARAMETERS] = db_integer(items[done + i]);
            values[i * ROW_PARAMETERS + 1] = db_instant(indexing->reported_at);
            values[i * ROW_PARAMETERS + 2] = db_integer(indexing->ticket.v);
        }
        status = db_run(db, rows == 1 ? GRAM_INSERT_1 : GRAM_INSERT_16, values, rows * ROW_PARAMETERS, NULL, NULL, fault);
        done += rows;
    }
    return status;
}

static enum status delete(struct db *db, const struct indexing *indexing, const int64_t *items, size_t count,
                          struct fault *fault)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        const struct db_value values[] = {db_integer(items[i]), db_instant(indexing->reported_at),
                                          db_integer(indexing->ticket.v)};
        status = db_run(db, GRAM_DELETE, values, ROW_PARAMETERS, NULL, NULL, fault);
    }
    return status;
}

static enum status write_difference(struct db *db, const struct indexing *indexing, struct arena *arena,
                                    struct fault *fault)
{
    int64_t *items = arena_take_array(arena, GRAMS_MAX, sizeof *items);
    const size_t fresh = difference(indexing->wanted, indexing->stored, items);
    enum status status = insert(db, indexing, items, fresh, fault);

    const size_t gone = difference(indexing->stored, indexing->wanted, items);
    if (status == STATUS_OK)
        status = delete(db, indexing, items, gone, fault);
    if (status != STATUS_OK || (indexing->has_set && fresh + gone == 0))
        return status;
    const struct bytes set = pack(indexing->wanted, arena);
    const struct db_value values[] = {db_integer(indexing->ticket.v), db_bytes(set.data, set.length)};
    return db_run(db, GRAM_SET_SAVE, values, 2, NULL, NULL, fault);
}

enum status gram_store_index(struct db *db, struct ticket_id ticket, struct arena *arena, struct fault *fault)
{
    struct indexing indexing = {
        .ticket = ticket,
        .wanted = arena_take(arena, sizeof *indexing.wanted),
        .stored = arena_take(arena, sizeof *indexing.stored),
    };
    enum status status = read_wanted(db, &indexing, fault);

    if (status == STATUS_ABSENT)
        return STATUS_OK;
    if (status == STATUS_OK)
        status = read_stored(db, &indexing, arena, fault);
    return status == STATUS_OK ? write_difference(db, &indexing, arena, fault) : status;
}

/* ---- tickets that were there before */

struct fill {
    struct ticket_id ticket; /* 0: nothing is indexed, the rest is written down */
    struct instant now, done_at, lease_until;
    struct arena *arena;
};

static enum status fill_work(struct db *db, void *context, struct fault *fault)
{
    const struct fill *fill = context;
    const struct db_value values[] = {db_integer(fill->ticket.v), db_instant(fill->done_at), db_instant(fill->lease_until)};
    enum status status = STATUS_OK;

    if (fill->ticket.v != 0) {
        arena_reset(fill->arena);
        status = gram_store_index(db, fill->ticket, fill->arena, fault);
    }
    return status == STATUS_OK ? db_run(db, GRAM_FILL_SAVE, values, 3, NULL, NULL, fault) : status;
}

/* Whether this clerk has it to do: it is not done, and no other clerk is at it. */
static enum status take_turn(struct db *db, struct instant now, struct arena *arena, bool *has_it, struct fault *fault)
{
    struct db_row row;
    const enum status status = db_query_one(db, GRAM_FILL_STATE, NULL, 0, arena, &row, fault);

    *has_it = false;
    if (status == STATUS_OK && db_row_integer(&row, 0) != 0)
        return STATUS_OK;
    return status == STATUS_OK || status == STATUS_ABSENT
               ? clerk_store_claim_job(db, "grams", LEASE_SECONDS, now, has_it, fault)
               : status;
}

enum status gram_store_fill(struct db *db, struct instant now, int limit, struct arena *arena, int *done,
                            struct fault *fault)
{
    const struct db_value value = db_integer(limit);
    struct db_row *rows = NULL;
    size_t count = 0;
    bool has_it;
    struct arena own;
    enum status status = take_turn(db, now, arena, &has_it, fault);

    *done = 0;
    if (status != STATUS_OK || !has_it)
        return status;
    status = db_query(db, GRAM_FILL_LIST, &value, 1, arena, &rows, &count, fault);
    arena_init(&own, TEXT_ARENA_BYTES);
    struct fill fill = {.now = now, .done_at = INSTANT_NONE, .arena = &own};
    fill.lease_until = instant_add_seconds(now, LEASE_SECONDS);
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        fill.ticket.v = db_row_integer(&rows[i], 0);
        status = db_transact(db, fill_work, &fill, fault);
        *done += status == STATUS_OK;
    }
    if (status == STATUS_OK) { /* gives the lease back: the next slice may begin at once */
        fill.ticket.v = 0;
        fill.lease_until = now;
        fill.done_at = count == 0 ? now : INSTANT_NONE;
        status = db_transact(db, fill_work, &fill, fault);
    }
    arena_release(&own);
    return status;
}
