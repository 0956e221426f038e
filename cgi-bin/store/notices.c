#include "store/notices.h"

#include <string.h>

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

struct event_notice {
    enum ticket_action action;
    enum decision only; /* DECISION_NONE: whatever was decided */
    enum audience audience;
    const char *name; /* Text.notice.NAME */
};

static const struct event_notice EVENT_NOTICES[] = {
    {ACTION_REPORT, DECISION_NONE, AUDIENCE_RESIDENT, "received"},
    {ACTION_DISPATCH, DECISION_NONE, AUDIENCE_LIAISON, "dispatched"},
    {ACTION_DISPATCH_ASSIST, DECISION_NONE, AUDIENCE_LIAISON, "dispatched"},
    {ACTION_RECALL, DECISION_NONE, AUDIENCE_LIAISON, "recalled"},
    {ACTION_OBJECT, DECISION_NONE, AUDIENCE_OPS, "objected"},
    {ACTION_DECIDE_OBJECTION, DECISION_NONE, AUDIENCE_LIAISON, "objection_decided"},
    {ACTION_ARRIVE, DECISION_NONE, AUDIENCE_RESIDENT, "arrived"},
    {ACTION_ASK_EXTENSION, DECISION_NONE, AUDIENCE_OPS, "extension_asked"},
    {ACTION_DECIDE_EXTENSION, DECISION_NONE, AUDIENCE_LIAISON, "extension_decided"},
    {ACTION_DECIDE_EXTENSION, DECISION_GRANT, AUDIENCE_RESIDENT, "extension_granted"},
    {ACTION_FINISH, DECISION_NONE, AUDIENCE_OPS, "finished_review"},
    {ACTION_REVIEW, DECISION_GRANT, AUDIENCE_RESIDENT, "finished"}, /* a finish is final when ops accepts it */
    {ACTION_REVIEW, DECISION_REFUSE, AUDIENCE_LIAISON, "finish_refused"},
    {ACTION_REOPEN, DECISION_GRANT, AUDIENCE_LIAISON, "reopened"},
    {ACTION_ESCALATE_UNIT, DECISION_NONE, AUDIENCE_UNIT_LEADER, "escalated"},
    {ACTION_ESCALATE_GROUP, DECISION_NONE, AUDIENCE_GROUP_LEADER, "escalated"},
    {ACTION_NOT_OURS, DECISION_NONE, AUDIENCE_RESIDENT, "not_ours"},
    {ACTION_URGE, DECISION_NONE, AUDIENCE_LIAISON, "urged"},
    {ACTION_URGE, DECISION_NONE, AUDIENCE_OPS, "urged"},
    {ACTION_SAY_NOT_FIXED, DECISION_NONE, AUDIENCE_OPS, "not_fixed"},
};

static bool is_urgent(const struct event *event)
{
    const bool sets_grades = event->kind == ACTION_REPORT || event->kind == ACTION_GRADE;

    return sets_grades && (event_get(event, FIELD_GRADES, 0) & (int64_t)GRADE_BIT(GRADE_URGENT)) != 0;
}

enum status notices_of_event(struct db *db, const struct event *event, const struct addressees *addressees,
                             struct instant now, struct fault *fault)
{
    static const enum audience URGENT[] = {AUDIENCE_GROUP_LEADER, AUDIENCE_UNIT_LEADER};
    const int64_t fact[] = {(int64_t)event->subject, event->subject_id, event->seq};
    struct addressees whom = *addressees;
    struct notice_draft draft = {
        .subject = event->subject, .subject_id = event->subject_id, .seq = event->seq, .fact = fact, .fact_count = 3};
    enum status status = STATUS_OK;

    /* Records taken over or restored long after they were made: what they say is not news. */
    if (instant_is_before(instant_add_seconds(event->recorded_at, NEWS_SECONDS), now))
        return STATUS_OK;
    if (event_get(event, FIELD_UNIT, 0) != 0)
        whom.unit.v = (int32_t)event_get(event, FIELD_UNIT, 0);
    for (size_t i = 0; status == STATUS_OK && i < sizeof EVENT_NOTICES / sizeof EVENT_NOTICES[0]; i++) {
        const struct event_notice *row = &EVENT_NOTICES[i];
        const bool fits = (int)row->action == event->kind &&
                          (row->only == DECISION_NONE || event_get(event, FIELD_DECISION, DECISION_GRANT) == (int64_t)row->only);
        if (!fits)
            continue;
        draft.name = row->name;
        draft.audience = row->audience;
        status = notice_write(db, &draft, &whom, now, fault);
    }
    for (size_t i = 0; status == STATUS_OK && is_urgent(event) && i < 2; i++) {
        draft.name = "urgent";
        draft.audience = URGENT[i];
        status = notice_write(db, &draft, &whom, now, fault);
    }
    return status;
}
