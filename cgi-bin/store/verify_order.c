/* Rectification orders folded again (see verify_stream.h). */
#include "store/verify_order.h"

#include "core/order.h"

static bool fold_event(void *context, const struct event *event, const char *words)
{
    struct order *order = context;

    (void)words;
    if (!order_is_foldable(order, event))
        return false;
    order_apply(order, event);
    return true;
}

static enum status compare_order(struct verifying *run, const struct order *order, struct fault *fault)
{
    static const char *const NAMES[] = {"version", "state",          "unit_id",     "ticket_id", "reason",  "given_at",
                                        "due_at",  "granted_due_at", "answered_at", "ended_at",  "refusals"};
    const struct db_value wanted[] = {
        db_integer(order->version), db_integer((int64_t)order->state), db_integer(order->unit.v),
        db_integer(order->ticket.v), db_integer(order->reason), db_instant(order->given_at),
        db_instant(order->clock.due_at), db_instant(order->clock.granted_due_at), db_instant(order->answered_at),
        db_instant(order->ended_at), db_integer(order->refusals),
    };
    _Static_assert(sizeof wanted / sizeof wanted[0] == sizeof NAMES / sizeof NAMES[0], "a name per column");
    const struct db_value id = db_integer(run->id);
    struct db_row stored;
    const enum status status = db_query_one(run->db, ORDER_VERIFY_BY_ID, &id, 1, &run->arena, &stored, fault);

    if (status == STATUS_OK)
        verifying_compare_row(run, "rectify_order", NAMES, wanted, stored.columns, stored.count);
    return status;
}

static enum status verify_order(struct verifying *run, struct fault *fault)
{
    struct order order;
    struct verified_stream stream;
    enum status status = verifying_open(run, &stream, fault);

    if (status != STATUS_OK)
        return status;
    order_init(&order, (struct order_id){run->id});
    status = verifying_stream(run, &stream, fold_event, &order, fault);
    if (status == STATUS_OK && stream.is_whole)
        status = compare_order(run, &order, fault);
    if (status == STATUS_OK && stream.is_whole)
        status = verifying_compare_clocks(run, &order.clock, 1, (struct category_id){0}, fault);
    return status;
}

enum status verify_orders(struct verifying *run, struct fault *fault)
{
    run->subject = SUBJECT_ORDER;
    run->what = "order";
    return verifying_each(run, ORDER_LIST_PAGE, ORDER_LIST_ORPHANS, verify_order, fault);
}
