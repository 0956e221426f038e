/* The first page: orders that are open, and the newest circulars. */
#include "assessment/assessment.h"

enum status assessment_get_home(struct request *request, struct response *response)
{
    struct assessment *assessment = assessment_of(request);
    const bool sees_orders = assessment_sees_all(request) || order_may_read(request->actor.roles, true);
    const struct order_filter filter = {
        .unit = {assessment_sees_all(request) ? 0 : request->actor.unit.v},
        .from = ORDER_GIVEN, .to = ORDER_ANSWERED, .limit = ROWS_AT_HOME,
    };
    struct inputs inputs;
    struct order_row *orders = NULL;
    struct circular *circulars;
    size_t order_count = 0, circular_count;
    enum status status = inputs_read(request, NULL, 0, &inputs);

    if (status == STATUS_OK && sees_orders && (filter.unit.v != 0 || assessment_sees_all(request)))
        status = order_store_list(assessment->db, &filter, request->arena, &orders, &order_count, &request->fault);
    if (status == STATUS_OK)
        status = circular_store_list(assessment->db, 0, ROWS_AT_HOME, request->arena, &circulars, &circular_count,
                                     &request->fault);
    if (status != STATUS_OK)
        return status;
    struct view *page = page_begin(request, "assessment/home");
    view_words(page, "Page.title", "assessment.title");
    view_flag(page, "sees_orders", sees_orders);
    view_flag(page, "may_give", order_permits(ORDER_GIVE, ORDER_STATE_NONE, request->actor.roles, false, NULL) == VERDICT_OK);
    view_flag(page, "sees_handling", (request->actor.roles & ROLES_HANDLING) != 0 && (filter.unit.v != 0 || assessment_sees_all(request)));
    order_show_rows(page, "Orders", request, orders, order_count);
    circular_show_rows(page, "Circulars", request, circulars, circular_count);
    return page_end(page, response, 200);
}
