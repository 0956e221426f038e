#include "store/order_notices.h"

#include "core/order.h"

enum status order_addressees_find(struct db *db, int64_t order, struct arena *arena, struct addressees *addressees,
                                  struct fault *fault)
{
    const struct db_value id = db_integer(order);
    struct db_row row;
    const enum status status = db_query_one(db, ORDER_UNIT_BY_ID, &id, 1, arena, &row, fault);

    if (status == STATUS_OK)
        *addressees = (struct addressees){.unit = {(int32_t)db_row_integer(&row, 0)}};
    return status;
}

enum status notices_of_order_event(struct db *db, const struct event *event, const struct addressees *addressees,
                                   struct instant now, struct fault *fault)
{
    static const struct {
        enum order_action action;
        enum decision only; /* DECISION_NONE: whatever was decided */
        enum audience audience;
        const char *name; /* Text.notice.NAME */
    } rows[] = {
        {ORDER_GIVE, DECISION_NONE, AUDIENCE_LIAISON, "order_given"},
        {ORDER_GIVE, DECISION_NONE, AUDIENCE_UNIT_LEADER, "order_given"},
        {ORDER_ANSWER, DECISION_NONE, AUDIENCE_OPS, "order_answered"},
        {ORDER_CHECK, DECISION_GRANT, AUDIENCE_LIAISON, "order_passed"},
        {ORDER_CHECK, DECISION_REFUSE, AUDIENCE_LIAISON, "order_not_passed"},
        {ORDER_CHECK, DECISION_REFUSE, AUDIENCE_UNIT_LEADER, "order_not_passed"},
        {ORDER_EXTEND, DECISION_NONE, AUDIENCE_LIAISON, "order_extended"},
        {ORDER_WITHDRAW, DECISION_NONE, AUDIENCE_LIAISON, "order_withdrawn"},
    };
    const int64_t fact[] = {(int64_t)event->subject, event->subject_id, event->seq};
    struct notice_draft draft = {
        .subject = event->subject, .subject_id = event->subject_id, .seq = event->seq, .fact = fact, .fact_count = 3};
    enum status status = STATUS_OK;

    if (!notices_is_news(event, now))
        return STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < sizeof rows / sizeof rows[0]; i++) {
        const bool fits = (int)rows[i].action == event->kind &&
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
