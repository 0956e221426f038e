#include "store/notices.h"

#include <string.h>

#include "core/telling.h"

enum { FACTS_MAX = 8 };

enum status addressees_find(struct db *db, struct ticket_id ticket, struct arena *arena, struct addressees *addressees,
                            struct fault *fault)
{
    const struct db_value id = db_integer(ticket.v);
    struct db_row row;
    const enum status status = db_query_one(db, TICKET_ADDRESSEES_BY_ID, &id, 1, arena, &row, fault);

    if (status != STATUS_OK)
        return status;
    const int64_t holder = db_row_integer(&row, 1);
    *addressees = (struct addressees){
        .state = (enum ticket_state)db_row_integer(&row, 0),
        .unit = {(int32_t)(holder != 0 ? holder : db_row_integer(&row, 5))},
        .holder = {(int32_t)holder},
        .first_receiver = {(int32_t)db_row_integer(&row, 2)},
        .parent = {db_row_integer(&row, 3)},
        .has_phone = db_row_integer(&row, 4) != 0,
    };
    return STATUS_OK;
}

/* The recipient's id; false when there is nobody. */
static bool find_recipient(enum audience audience, const struct addressees *addressees, int32_t *recipient)
{
    *recipient = 0;
    switch (audience) {
    case AUDIENCE_LIAISON:
    case AUDIENCE_UNIT_LEADER:
        *recipient = addressees->unit.v;
        return *recipient != 0;
    case AUDIENCE_FIRST_RECEIVER:
        *recipient = addressees->first_receiver.v;
        return *recipient != 0;
    case AUDIENCE_RESIDENT:
        return addressees->has_phone;
    case AUDIENCE_OPS:
    case AUDIENCE_GROUP_LEADER:
        return true;
    case AUDIENCE_NONE:
    case AUDIENCE__COUNT:
        break;
    }
    return false;
}

static struct hash dedupe_of(const struct notice_draft *draft, int32_t recipient)
{
    const int64_t who[2] = {(int64_t)draft->audience, recipient};
    const struct bytes pieces[] = {
        {(const uint8_t *)draft->fact, draft->fact_count * sizeof draft->fact[0]},
        {(const uint8_t *)draft->name, strlen(draft->name)},
        {(const uint8_t *)who, sizeof who},
    };

    return crypto_hash_pieces(pieces, 3);
}

enum status notice_write(struct db *db, const struct notice_draft *draft, const struct addressees *addressees,
                         struct instant now, struct fault *fault)
{
    int32_t recipient;
    struct fault inner = {0};

    if (!find_recipient(draft->audience, addressees, &recipient))
        return STATUS_OK;
    const struct hash dedupe = dedupe_of(draft, recipient);
    const struct db_value values[] = {
        db_bytes(dedupe.bytes, HASH_BYTES),
        db_integer((int64_t)draft->subject),
        db_integer(draft->subject_id),
        db_integer(draft->seq),
        db_integer(draft->clock_no),
        db_text(draft->name),
        db_integer((int64_t)draft->audience),
        db_integer(recipient),
        db_instant(now),
        db_instant(now),
    };
    const enum status status = db_run(db, OUTBOX_INSERT, values, 10, NULL, NULL, &inner);
    if (status == STATUS_DUPLICATE) /* told already: InnoDB undoes this one statement only */
        return STATUS_OK;
    if (status != STATUS_OK && fault != NULL && fault->file == NULL)
        *fault = inner;
    return status;
}

/* ---- what events ask for */

#define NEWS_SECONDS ((int64_t)7 * DAY_SECONDS) /* an event older than this when it is folded is told to nobody */

bool notices_is_news(const struct event *event, struct instant now)
{
    return !instant_is_before(instant_add_seconds(event->recorded_at, NEWS_SECONDS), now);
}

enum status notices_of_event(struct db *db, const struct event *event, const struct addressees *addressees,
                             struct instant now, struct fault *fault)
{
    const int64_t fact[] = {(int64_t)event->subject, event->subject_id, event->seq};
    const struct told_ticket told = {addressees->state, addressees->holder, addressees->unit, addressees->first_receiver};
    struct telling list[TELLINGS_MAX];
    enum status status = STATUS_OK;

    if (!notices_is_news(event, now))
        return STATUS_OK;
    const size_t count = telling_list(event, &told, list);
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        struct addressees whom = *addressees;
        whom.unit = list[i].unit;
        const struct notice_draft draft = {.subject = event->subject, .subject_id = event->subject_id, .seq = event->seq,
                                           .name = list[i].name, .audience = list[i].audience, .fact = fact,
                                           .fact_count = 3};
        status = notice_write(db, &draft, &whom, now, fault);
    }
    return status;
}

/* ---- subjects with one unit: orders, outages */

enum status subject_addressees_find(struct db *db, enum statement statement, int64_t id, struct arena *arena,
                                    struct addressees *addressees, struct fault *fault)
{
    const struct db_value value = db_integer(id);
    struct db_row row;
    const enum status status = db_query_one(db, statement, &value, 1, arena, &row, fault);

    if (status == STATUS_OK)
        *addressees = (struct addressees){.unit = {(int32_t)db_row_integer(&row, 0)}};
    return status;
}

enum status subject_notices_write(struct db *db, const struct event *event, const struct subject_notice *rows, size_t count,
                                  const struct addressees *addressees, struct instant now, struct fault *fault)
{
    const int64_t fact[] = {(int64_t)event->subject, event->subject_id, event->seq};
    struct notice_draft draft = {
        .subject = event->subject, .subject_id = event->subject_id, .seq = event->seq, .fact = fact, .fact_count = 3};
    enum status status = STATUS_OK;

    if (!notices_is_news(event, now))
        return STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        const bool fits = rows[i].action == event->kind &&
                          (rows[i].only == DECISION_NONE ||
                           event_get(event, FIELD_DECISION, DECISION_NONE) == (int64_t)rows[i].only);
        if (!fits)
            continue;
        draft.name = rows[i].name;
        draft.audience = rows[i].audience;
        status = notice_write(db, &draft, addressees, now, fault);
    }
    return status;
}
