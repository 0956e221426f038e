#include "store/code_store.h"

#include "store/notices.h"

#define PAUSE_SECONDS ((int64_t)10 * MINUTE_SECONDS)

enum status code_store_request(struct db *db, const char *number, const struct hash *phone_hash, struct instant now,
                               struct fault *fault)
{
    const struct db_value values[] = {db_text(number), db_bytes(phone_hash->bytes, HASH_BYTES), db_instant(now)};

    return db_run(db, CODE_REQUEST_INSERT, values, 3, NULL, NULL, fault);
}

/* A request, and the ticket that fits; 0: none does. */
struct answering {
    int64_t request, ticket;
    int issue;
    struct instant now;
    struct arena *arena;
};

static enum status leave_notice(struct db *db, const struct answering *answering, struct fault *fault)
{
    const int64_t fact[] = {(int64_t)SUBJECT_TICKET, answering->ticket, answering->issue + 1};
    const struct notice_draft draft = {.subject = SUBJECT_TICKET,
                                       .subject_id = answering->ticket,
                                       .name = "code_again",
                                       .audience = AUDIENCE_RESIDENT,
                                       .fact = fact,
                                       .fact_count = 3};
    struct addressees addressees;
    const enum status status =
        addressees_find(db, (struct ticket_id){answering->ticket}, answering->arena, &addressees, fault);

    return status == STATUS_OK ? notice_write(db, &draft, &addressees, answering->now, fault) : status;
}

/* The request is marked first: whoever finds it done already leaves everything as it is. */
static enum status answer_work(struct db *db, void *context, struct fault *fault)
{
    const struct answering *answering = context;
    const struct db_value mark[] = {db_instant(answering->now), db_integer(answering->request)};
    const struct db_value raise[] = {db_integer(answering->ticket), db_integer(answering->issue)};
    int64_t affected = 0;
    enum status status = db_run(db, CODE_REQUEST_SET_DONE, mark, 2, &affected, NULL, fault);

    if (status != STATUS_OK || affected == 0 || answering->ticket == 0)
        return status;
    status = db_run(db, PUBLIC_TICKET_RAISE_ISSUE, raise, 2, &affected, NULL, fault);
    return status == STATUS_OK && affected > 0 ? leave_notice(db, answering, fault) : status;
}

enum status code_store_answer(struct db *db, struct instant now, int limit, struct arena *arena, int *done,
                              struct fault *fault)
{
    const struct db_value values[] = {db_instant(instant_add_seconds(now, -PAUSE_SECONDS)), db_integer(limit)};
    struct db_row *rows;
    size_t count;
    enum status status = db_query(db, CODE_REQUEST_LIST_WAITING, values, 2, arena, &rows, &count, fault);

    *done = 0;
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        struct answering answering = {
            .request = db_row_integer(&rows[i], 0),
            .ticket = db_row_integer(&rows[i], 1),
            .issue = (int)db_row_integer(&rows[i], 2),
            .now = now,
            .arena = arena,
        };
        if (db_row_integer(&rows[i], 3) > 0) /* one went out a moment ago */
            answering.ticket = 0;
        status = db_transact(db, answer_work, &answering, fault);
        *done += status == STATUS_OK;
    }
    return status;
}
