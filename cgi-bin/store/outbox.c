#include "store/outbox.h"

#include <assert.h>
#include <string.h>

#include "base/random.h"

enum { ID_HASH_BYTES = 12, ERROR_BYTES = 201 };

_Static_assert(ROLE_BIT(ROLE_LIAISON) == 16 && ROLE_BIT(ROLE_UNIT_LEADER) == 32, "statements_notice.def names these roles");
_Static_assert(AUDIENCE_RESIDENT == 6 && OUTBOX_SENT == 2 && OUTBOX_GIVEN_UP == 3, "statements_notice.def names these");

const char *outbox_state_name(enum outbox_state state)
{
    static const char *const names[OUTBOX_STATE__COUNT] = {"waiting", "claimed", "sent", "given_up", "dropped"};

    assert((unsigned)state < OUTBOX_STATE__COUNT);
    return names[state];
}

void notice_id_format(const struct notice *notice, char *id)
{
    const int64_t staff = notice->target.staff.v;
    const struct bytes pieces[] = {{notice->dedupe.bytes, HASH_BYTES}, {(const uint8_t *)&staff, sizeof staff}};
    const struct hash hash = crypto_hash_pieces(pieces, 2);

    memcpy(id, "sn-", 3);
    text_format_hex(hash.bytes, ID_HASH_BYTES, id + 3);
}

static void read_notice(struct notice *notice, const struct db_row *row)
{
    const struct bytes dedupe = db_row_bytes(row, 1);
    struct text text;

    *notice = (struct notice){
        .id = db_row_integer(row, 0),
        .subject = (enum subject_kind)db_row_integer(row, 2),
        .subject_id = db_row_integer(row, 3),
        .seq = (uint32_t)db_row_integer(row, 5),
        .clock_no = (int)db_row_integer(row, 6),
        .audience = (enum audience)db_row_integer(row, 8),
        .recipient = (int32_t)db_row_integer(row, 9),
        .created_at = db_row_instant(row, 10),
        .attempts = (int)db_row_integer(row, 11),
        .is_held = db_row_integer(row, 12) == 1,
        .is_released = db_row_integer(row, 12) == 2,
        .target = {.channel = (enum channel)db_row_integer(row, 13),
                   .member = {(int32_t)db_row_integer(row, 14)},
                   .staff = {(int32_t)db_row_integer(row, 15)},
                   .way = (enum recipient_way)db_row_integer(row, 16)},
        .grades = (uint32_t)db_row_integer(row, 17),
        .code_issue = (int)db_row_integer(row, 18),
    };
    if (dedupe.length == HASH_BYTES)
        memcpy(notice->dedupe.bytes, dedupe.data, HASH_BYTES);
    if (notice->subject == SUBJECT_TICKET)
        notice->ticket.v = notice->subject_id;
    text_init(&text, notice->number, sizeof notice->number);
    text_add(&text, db_row_text(row, 4));
    text_init(&text, notice->name, sizeof notice->name);
    text_add(&text, db_row_text(row, 7));
}

static void read_notices(const struct db_row *rows, size_t count, struct arena *arena, struct notice **notices)
{
    *notices = arena_take_array(arena, count + 1, sizeof **notices);
    for (size_t i = 0; i < count; i++)
        read_notice(&(*notices)[i], &rows[i]);
}

/* ---- deciding */

enum status outbox_store_undecided(struct db *db, int limit, struct instant now, struct arena *arena,
                                   struct notice **notices, size_t *count, struct fault *fault)
{
    const struct db_value values[] = {db_instant(now), db_integer(limit)};
    struct db_row *rows;
    const enum status status = db_query(db, OUTBOX_LIST_UNDECIDED, values, 2, arena, &rows, count, fault);

    if (status == STATUS_OK)
        read_notices(rows, *count, arena, notices);
    return status;
}

enum status outbox_store_hold(struct db *db, int64_t id, struct instant until, struct fault *fault)
{
    const struct db_value values[] = {db_instant(until), db_integer(id)};

    return db_run(db, OUTBOX_HOLD, values, 2, NULL, NULL, fault);
}

enum status outbox_store_release_before(struct db *db, const struct notice *notice, bool *released, struct fault *fault)
{
    const struct db_value values[] = {
        db_integer((int64_t)notice->subject), db_integer(notice->subject_id),     db_integer((int64_t)notice->audience),
        db_integer(notice->recipient),        db_instant(notice->created_at), db_integer(notice->id),
    };
    int64_t affected = 0;
    const enum status status = db_run(db, OUTBOX_RELEASE_BEFORE, values, 6, &affected, NULL, fault);

    *released = affected > 0;
    return status;
}

struct decision_work {
    const struct notice *notice;
    const struct target *targets;
    size_t count;
};

/* A copy is the same whoever makes it, so that it stands once. */
static struct hash dedupe_of_copy(const struct notice *notice, const struct target *target)
{
    const int64_t which[] = {(int64_t)target->channel, target->member.v};
    const struct bytes pieces[] = {{notice->dedupe.bytes, HASH_BYTES}, {(const uint8_t *)which, sizeof which}};

    return crypto_hash_pieces(pieces, 2);
}

static enum status decide_work(struct db *db, void *context, struct fault *fault)
{
    const struct decision_work *work = context;
    const struct target *first = &work->targets[0];
    const struct db_value own[] = {
        db_integer((int64_t)first->channel), db_integer(first->member.v),     db_integer(first->staff.v),
        db_integer((int64_t)first->way),     db_integer(work->notice->id),
    };
    int64_t affected = 0;
    enum status status = db_run(db, OUTBOX_DECIDE, own, 5, &affected, NULL, fault);

    if (affected == 0) /* somebody else was first */
        return status;
    for (size_t i = 1; status == STATUS_OK && i < work->count; i++) {
        const struct target *target = &work->targets[i];
        const struct hash dedupe = dedupe_of_copy(work->notice, target);
        struct fault inner = {0};
        const struct db_value values[] = {
            db_bytes(dedupe.bytes, HASH_BYTES), db_integer((int64_t)target->channel), db_integer(target->member.v),
            db_integer(target->staff.v),        db_integer((int64_t)target->way),     db_integer(work->notice->id),
        };
        status = db_run(db, OUTBOX_COPY, values, 6, NULL, NULL, &inner);
        if (status == STATUS_DUPLICATE)
            status = STATUS_OK;
        else if (status != STATUS_OK)
            return FAULT_CODE(fault, status, inner.code, "%s", inner.message);
    }
    return status;
}

enum status outbox_store_decide(struct db *db, const struct notice *notice, const struct target *targets, size_t count,
                                struct fault *fault)
{
    struct decision_work work = {notice, targets, count};

    return db_transact(db, decide_work, &work, fault);
}

enum status outbox_store_undecidable(struct db *db, int64_t id, enum gateway_error error, struct instant now,
                                     struct fault *fault)
{
    const struct db_value values[] = {db_integer((int64_t)error), db_instant(now), db_integer(id)};

    return db_run(db, OUTBOX_GIVE_UP_UNDECIDED, values, 3, NULL, NULL, fault);
}

enum status outbox_store_count_by_phone(struct db *db, struct ticket_id ticket, struct instant since, int64_t *count,
                                        struct fault *fault)
{
    const struct db_value values[] = {db_integer(ticket.v), db_instant(since)};
    struct arena arena;
    struct db_row row;

    *count = 0;
    arena_init(&arena, 64 * 1024);
    const enum status status = db_query_one(db, OUTBOX_COUNT_BY_PHONE, values, 2, &arena, &row, fault);
    if (status == STATUS_OK)
        *count = db_row_integer(&row, 0);
    arena_release(&arena);
    return status;
}

/* ---- sending */

enum status outbox_store_free_expired(struct db *db, int tries, struct instant now, int *freed, struct fault *fault)
{
    const struct db_value again[] = {db_integer(GATEWAY_ERROR_INTERRUPTED), db_instant(now), db_integer(tries)};
    const struct db_value over[] = {db_integer(GATEWAY_ERROR_INTERRUPTED), db_instant(now), db_instant(now)};
    int64_t affected = 0;
    enum status status = db_run(db, OUTBOX_FREE_EXPIRED, again, 3, &affected, NULL, fault);

    *freed = (int)affected;
    if (status == STATUS_OK)
        status = db_run(db, OUTBOX_GIVE_UP_EXPIRED, over, 3, NULL, NULL, fault);
    return status;
}

enum status outbox_store_due(struct db *db, enum channel channel, int limit, int order_minutes, struct instant now,
                             struct arena *arena, struct notice **notices, size_t *count, struct fault *fault)
{
    const struct db_value values[] = {
        db_integer((int64_t)channel), db_instant(now),
        db_instant(instant_add_seconds(now, -(int64_t)order_minutes * MINUTE_SECONDS)), db_integer(limit),
    };
    struct db_row *rows;
    const enum status status = db_query(db, OUTBOX_LIST_DUE, values, 4, arena, &rows, count, fault);

    if (status == STATUS_OK)
        read_notices(rows, *count, arena, notices);
    return status;
}

enum status outbox_store_claim(struct db *db, struct notice *notice, int lease_seconds, struct instant now, bool *has_it,
                               struct fault *fault)
{
    int64_t affected = 0;

    random_bytes(notice->token, sizeof notice->token);
    const struct db_value values[] = {
        db_bytes(notice->token, sizeof notice->token),
        db_instant(now),
        db_instant(instant_add_seconds(now, lease_seconds)),
        db_integer(notice->target.staff.v),
        db_integer((int64_t)notice->target.way),
        db_integer(notice->id),
        db_integer(notice->attempts),
        db_instant(now),
    };
    const enum status status = db_run(db, OUTBOX_CLAIM, values, 8, &affected, NULL, fault);
    *has_it = status == STATUS_OK && affected == 1;
    notice->attempts += *has_it;
    return status;
}

/* A mark that met no row came too late. */
static enum status run_mark(struct db *db, enum statement statement, const struct db_value *values, size_t count,
                            struct fault *fault)
{
    int64_t affected = 0;
    const enum status status = db_run(db, statement, values, count, &affected, NULL, fault);

    return status == STATUS_OK && affected == 0 ? STATUS_CONFLICT : status;
}

enum status outbox_store_sent(struct db *db, const struct notice *notice, const char *provider_id, struct instant now,
                              struct fault *fault)
{
    const struct db_value values[] = {db_instant(now), db_text(provider_id), db_integer(notice->id),
                                      db_bytes(notice->token, sizeof notice->token)};

    return run_mark(db, OUTBOX_SET_SENT, values, 4, fault);
}

/* Cut to what the column holds. */
static struct db_value cut_detail(const char *detail, char *cut)
{
    struct text text;

    text_init(&text, cut, ERROR_BYTES);
    text_add(&text, detail);
    return db_text(cut);
}

enum status outbox_store_again(struct db *db, const struct notice *notice, enum gateway_error error, const char *detail,
                               struct instant next_try, bool is_held, struct fault *fault)
{
    char cut[ERROR_BYTES];
    const struct db_value values[] = {
        db_instant(next_try),    db_integer(notice->is_released ? 2 : is_held), db_integer((int64_t)error),
        cut_detail(detail, cut), db_integer(notice->id), db_bytes(notice->token, sizeof notice->token),
    };

    return run_mark(db, OUTBOX_SET_AGAIN, values, 6, fault);
}

enum status outbox_store_give_up(struct db *db, const struct notice *notice, enum gateway_error error,
                                 const char *detail, struct instant now, struct fault *fault)
{
    char cut[ERROR_BYTES];
    const struct db_value values[] = {
        db_instant(now), db_integer((int64_t)error), cut_detail(detail, cut), db_integer(notice->id),
        db_bytes(notice->token, sizeof notice->token),
    };

    return run_mark(db, OUTBOX_SET_GIVEN_UP, values, 5, fault);
}
