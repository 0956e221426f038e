#include "store/order_notices.h"

#include "core/order.h"

enum status order_addressees_find(struct db *db, int64_t order, struct arena *arena, struct addressees *addressees,
                                  struct fault *fault)
{
    return subject_addressees_find(db, ORDER_UNIT_BY_ID, order, arena, addressees, fault);
}

enum status notices_of_order_event(struct db *db, const struct event *event, const struct addressees *addressees,
                                   struct instant now, struct fault *fault)
{
    static const struct subject_notice rows[] = {
        {ORDER_GIVE, DECISION_NONE, AUDIENCE_LIAISON, "order_given"},
        {ORDER_GIVE, DECISION_NONE, AUDIENCE_UNIT_LEADER, "order_given"},
        {ORDER_ANSWER, DECISION_NONE, AUDIENCE_OPS, "order_answered"},
        {ORDER_CHECK, DECISION_GRANT, AUDIENCE_LIAISON, "order_passed"},
        {ORDER_CHECK, DECISION_REFUSE, AUDIENCE_LIAISON, "order_not_passed"},
        {ORDER_CHECK, DECISION_REFUSE, AUDIENCE_UNIT_LEADER, "order_not_passed"},
        {ORDER_EXTEND, DECISION_NONE, AUDIENCE_LIAISON, "order_extended"},
        {ORDER_WITHDRAW, DECISION_NONE, AUDIENCE_LIAISON, "order_withdrawn"},
    };

    return subject_notices_write(db, event, rows, sizeof rows / sizeof rows[0], addressees, now, fault);
}
