/* Orders as streams and rows (Art. 10): keyed, versioned, folded again, sealed, escalated by clerk; and circulars. */
#include <stdio.h>
#include <string.h>

#include "base/random.h"
#include "check.h"
#include "stand.h"
#include "store/order_store.h"

#define PIPELINE 3
#define CUSTOMER 2

static const struct rule *rectify_rule(const struct stand *stand)
{
    const struct facts facts = {.zone = ZONE_UNKNOWN};
    return rule_find(stand->catalog.regulation.rules, stand->catalog.regulation.rule_count, CLOCK_RECTIFY, &facts, stand->now);
}

static struct order_command command_of(enum order_action action, struct actor actor, uint32_t version)
{
    return (struct order_command){.action = action, .actor = actor, .expected_version = version, .has_text = true,
                                  .due_at = INSTANT_NONE};
}

/* An order of seven days to a unit, out of a ticket (0: none). */
static enum status give(struct stand *stand, int32_t unit, int64_t ticket, const uint8_t *key, struct order *order)
{
    struct order_command command = command_of(ORDER_GIVE, stand_ops(), 0);
    struct event event;
    uint8_t fresh[ACTION_KEY_BYTES];
    random_bytes(fresh, sizeof fresh);
    command.unit.v = unit;
    command.ticket.v = ticket;
    command.reason = 1;
    command.due_at = instant_add_seconds(stand->now, 7 * DAY_SECONDS);
    order_init(order, (struct order_id){0});
    const enum verdict verdict = order_decide(order, &command, rectify_rule(stand), stand->now, &event);
    if (verdict != VERDICT_OK)
        return STATUS_REFUSED;
    order_apply(order, &event);
    return order_store_give(stand->db, order, &event, "两次报修都没有按时到场，查明原因并整改", key != NULL ? key : fresh,
                            &stand->catalog, &stand->fault);
}

static enum status act(struct stand *stand, struct order_id id, enum order_action action, struct actor actor,
                       enum decision decision, const uint8_t *key)
{
    struct order_file file;
    struct event event;
    uint8_t fresh[ACTION_KEY_BYTES];
    random_bytes(fresh, sizeof fresh);
    const enum status status = order_store_load(stand->db, id, &stand->arena, &file, &stand->fault);
    if (status != STATUS_OK)
        return status;
    struct order_command command = command_of(action, actor, file.order.version);
    command.decision = decision;
    if (order_decide(&file.order, &command, rectify_rule(stand), stand->now, &event) != VERDICT_OK)
        return STATUS_REFUSED;
    return order_store_append(stand->db, &file, &event, "说明", key != NULL ? key : fresh, &stand->catalog, &stand->fault);
}

TEST(article_10_an_order_given_twice_by_one_form_is_one_order_with_its_clock)
{
    struct stand *stand = stand_open("ordergive");
    struct order first, second;
    struct order_file file;
    uint8_t key[ACTION_KEY_BYTES];
    random_bytes(key, sizeof key);
    REQUIRE_STATUS(give(stand, PIPELINE, 0, key, &first), STATUS_OK);
    CHECK_STATUS(give(stand, PIPELINE, 0, key, &second), STATUS_DUPLICATE);
    CHECK_INT(second.id.v, first.id.v);
    REQUIRE_STATUS(order_store_load(stand->db, first.id, &stand->arena, &file, &stand->fault), STATUS_OK);
    CHECK_INT(file.order.unit.v, PIPELINE);
    CHECK_INT(file.entry_count, 1);
    CHECK_TEXT(file.entries[0].words, "两次报修都没有按时到场，查明原因并整改");
    CHECK_TEXT(file.ticket_number, "");
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM clock WHERE subject_kind = 3 AND kind = 18"), 1);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM rectify_order"), 1);
    CHECK_STATUS(order_store_load(stand->db, (struct order_id){first.id.v + 1}, &stand->arena, &file, &stand->fault), STATUS_ABSENT);
    CHECK_INT(stand_verify(stand, true), 0);
}

TEST(article_10_an_order_lives_through_answer_check_and_second_answer_and_verifies)
{
    struct stand *stand = stand_open("orderlife");
    struct order order;
    struct order_file file;
    REQUIRE_STATUS(give(stand, PIPELINE, 0, NULL, &order), STATUS_OK);
    stand_pass(stand, DAY_SECONDS);
    REQUIRE_STATUS(act(stand, order.id, ORDER_ANSWER, stand_liaison(PIPELINE), DECISION_NONE, NULL), STATUS_OK);
    REQUIRE_STATUS(act(stand, order.id, ORDER_CHECK, stand_ops(), DECISION_REFUSE, NULL), STATUS_OK);
    REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);
    stand_pass(stand, DAY_SECONDS);
    REQUIRE_STATUS(act(stand, order.id, ORDER_ANSWER, stand_liaison(PIPELINE), DECISION_NONE, NULL), STATUS_OK);
    REQUIRE_STATUS(act(stand, order.id, ORDER_CHECK, stand_ops(), DECISION_GRANT, NULL), STATUS_OK);
    REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);
    REQUIRE_STATUS(order_store_load(stand->db, order.id, &stand->arena, &file, &stand->fault), STATUS_OK);
    CHECK_INT(file.order.state, ORDER_PASSED);
    CHECK_INT(file.order.refusals, 1);
    CHECK_INT(stand_count(stand, "SELECT result FROM clock WHERE subject_kind = 3"), RESULT_KEPT);
    CHECK_INT(stand_count(stand, "SELECT seq FROM chain_head WHERE subject_kind = 3"), 5);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM dirty"), 0);
    CHECK_INT(stand_verify(stand, true), 0);
}

TEST(article_10_of_two_answers_at_once_one_is_kept_and_the_other_is_told)
{
    struct stand *stand = stand_open("orderrace");
    struct order order;
    struct order_file one, two;
    struct event first, second;
    uint8_t keys[2][ACTION_KEY_BYTES];
    random_bytes(keys, sizeof keys);
    REQUIRE_STATUS(give(stand, PIPELINE, 0, NULL, &order), STATUS_OK);
    REQUIRE_STATUS(order_store_load(stand->db, order.id, &stand->arena, &one, &stand->fault), STATUS_OK);
    REQUIRE_STATUS(order_store_load(stand->db, order.id, &stand->arena, &two, &stand->fault), STATUS_OK);
    struct order_command command = command_of(ORDER_ANSWER, stand_liaison(PIPELINE), 1);
    REQUIRE(order_decide(&one.order, &command, NULL, stand->now, &first) == VERDICT_OK);
    REQUIRE(order_decide(&two.order, &command, NULL, stand->now, &second) == VERDICT_OK);
    CHECK_STATUS(order_store_append(stand->db, &one, &first, "甲", keys[0], &stand->catalog, &stand->fault), STATUS_OK);
    CHECK_STATUS(order_store_append(stand->db, &two, &second, "乙", keys[1], &stand->catalog, &stand->fault), STATUS_CONFLICT);
    CHECK_STATUS(order_store_append(stand->db, &one, &first, "甲", keys[0], &stand->catalog, &stand->fault), STATUS_DUPLICATE);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM event WHERE subject_kind = 3"), 2);
    CHECK_INT(stand_verify(stand, true), 0);
}

TEST(article_10_clerk_warns_the_unit_of_an_order_and_records_its_breach_once)
{
    struct stand *stand = stand_open("orderstep");
    struct order order;
    REQUIRE_STATUS(give(stand, PIPELINE, 0, NULL, &order), STATUS_OK);
    REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outbox WHERE notice = 'order_given' AND subject_kind = 3 AND recipient = %d", PIPELINE), 2);
    stand_pass(stand, 4 * DAY_SECONDS);
    REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outbox WHERE notice = 'order_half' AND audience = %d AND recipient = %d", AUDIENCE_LIAISON, PIPELINE), 1);
    stand_pass(stand, 4 * DAY_SECONDS);
    for (int i = 0; i < 2; i++)
        REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM clock_step WHERE subject_kind = 3"), 3);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM clock_step WHERE subject_kind = 3 AND is_breach = 1"), 1);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outbox WHERE notice = 'order_late' AND audience = %d AND recipient = %d", AUDIENCE_UNIT_LEADER, PIPELINE), 1);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outbox WHERE notice = 'order_late' AND audience = %d", AUDIENCE_OPS), 1);
    CHECK_INT(stand_count(stand, "SELECT missed FROM figure_day WHERE rule_id = 90 AND unit_id = %d", PIPELINE), 1);
    REQUIRE_STATUS(act(stand, order.id, ORDER_ANSWER, stand_liaison(PIPELINE), DECISION_NONE, NULL), STATUS_OK);
    REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outbox WHERE notice = 'order_answered' AND audience = %d", AUDIENCE_OPS), 1);
    CHECK_INT(stand_verify(stand, true), 0);
}

TEST(verify_names_an_order_that_was_changed_behind_its_events)
{
    struct stand *stand = stand_open("orderverify");
    struct order order;
    REQUIRE_STATUS(give(stand, PIPELINE, 0, NULL, &order), STATUS_OK);
    REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);
    CHECK_INT(stand_verify(stand, true), 0);
    stand_run(stand, "UPDATE rectify_order SET due_at = due_at + INTERVAL 1 DAY");
    CHECK_INT(stand_verify(stand, false), 1);
    CHECK(stand_has_problem("rectify_order.due_at"));
    stand_run(stand, "UPDATE rectify_order SET due_at = due_at - INTERVAL 1 DAY");
    stand_run(stand, "UPDATE clock SET unit_id = 2 WHERE subject_kind = 3");
    CHECK(stand_verify(stand, false) > 0);
    CHECK(stand_has_problem("clock 1.unit_id"));
    stand_run(stand, "UPDATE clock SET unit_id = 3 WHERE subject_kind = 3");
    stand_run(stand, "UPDATE event_text SET body = '另一句话' WHERE subject_kind = 3");
    CHECK(stand_verify(stand, false) > 0);
    CHECK(stand_has_problem("the words were changed"));
    stand_run(stand, "UPDATE event SET kind = 6 WHERE subject_kind = 3");
    CHECK(stand_verify(stand, false) > 0);
    CHECK(stand_has_problem("its hash does not fit"));
    stand_run(stand, "DELETE FROM rectify_order");
    CHECK(stand_verify(stand, false) > 0);
    CHECK(stand_has_problem("which has no row itself"));
}

TEST(lists_of_orders_by_unit_state_and_ticket)
{
    struct stand *stand = stand_open("orderlist");
    struct order orders[5];
    struct order_row *rows;
    struct ticket_file ticket;
    struct order_ticket found;
    enum verdict verdict;
    size_t count;
    REQUIRE_STATUS(stand_file(stand, "no_water", NULL, &ticket), STATUS_OK);
    REQUIRE_STATUS(stand_dispatch_and_accept(stand, &ticket), STATUS_OK);
    REQUIRE_STATUS(order_store_find_ticket(stand->db, ticket.number, &stand->arena, &found, &stand->fault), STATUS_OK);
    CHECK_INT(found.unit.v, PIPELINE);
    for (int i = 0; i < 5; i++)
        REQUIRE_STATUS(give(stand, i % 2 ? CUSTOMER : PIPELINE, i < 2 ? ticket.ticket.id.v : 0, NULL, &orders[i]), STATUS_OK);
    REQUIRE_STATUS(act(stand, orders[0].id, ORDER_WITHDRAW, stand_ops(), DECISION_NONE, NULL), STATUS_OK);
    struct order_filter filter = {.from = ORDER_GIVEN, .to = ORDER_WITHDRAWN, .limit = 3};
    REQUIRE_STATUS(order_store_list(stand->db, &filter, &stand->arena, &rows, &count, &stand->fault), STATUS_OK);
    REQUIRE(count == 3);
    CHECK_INT(rows[0].id.v, orders[4].id.v);
    filter.before = rows[2].id.v;
    REQUIRE_STATUS(order_store_list(stand->db, &filter, &stand->arena, &rows, &count, &stand->fault), STATUS_OK);
    CHECK_INT(count, 2);
    filter = (struct order_filter){.unit = {PIPELINE}, .from = ORDER_GIVEN, .to = ORDER_ANSWERED, .limit = 9};
    REQUIRE_STATUS(order_store_list(stand->db, &filter, &stand->arena, &rows, &count, &stand->fault), STATUS_OK);
    CHECK_INT(count, 2);
    REQUIRE_STATUS(order_store_of_ticket(stand->db, ticket.ticket.id, &stand->arena, &rows, &count, &stand->fault), STATUS_OK);
    REQUIRE(count == 2);
    CHECK_TEXT(rows[0].ticket_number, ticket.number);
    CHECK_INT(rows[0].state, ORDER_WITHDRAWN);
    /* A ticket at the discipline office has no number here. */
    const struct command seal = stand_command(ACTION_HAND_TO_DISCIPLINE, stand_ops());
    REQUIRE_STATUS(stand_act(stand, &ticket, &seal, NULL, &verdict), STATUS_OK);
    REQUIRE_STATUS(order_store_of_ticket(stand->db, ticket.ticket.id, &stand->arena, &rows, &count, &stand->fault), STATUS_OK);
    CHECK_TEXT(rows[0].ticket_number, "");
    CHECK_STATUS(order_store_find_ticket(stand->db, ticket.number, &stand->arena, &found, &stand->fault), STATUS_ABSENT);
}

static struct circular circular_of(const struct stand *stand)
{
    return (struct circular){.unit = {PIPELINE}, .title = "关于抢修迟到的通报", .words = "一周内两次迟到。",
                             .published_at = stand->now, .reason_count = 1, .reasons = {{.order = {1}}}};
}

TEST(article_10_circulars_are_numbered_within_their_year_and_kept_once)
{
    struct stand *stand = stand_open("circular");
    struct circular first = circular_of(stand), again = first, second = first, next_year = first, found, *list;
    uint8_t keys[3][ACTION_KEY_BYTES];
    size_t count;
    random_bytes(keys, sizeof keys);
    REQUIRE_STATUS(circular_store_publish(stand->db, &first, (struct staff_id){12}, 2026, keys[0], &stand->arena, &stand->fault), STATUS_OK);
    CHECK_STATUS(circular_store_publish(stand->db, &again, (struct staff_id){12}, 2026, keys[0], &stand->arena, &stand->fault), STATUS_DUPLICATE);
    CHECK_INT(again.id, first.id);
    REQUIRE_STATUS(circular_store_publish(stand->db, &second, (struct staff_id){12}, 2026, keys[1], &stand->arena, &stand->fault), STATUS_OK);
    REQUIRE_STATUS(circular_store_publish(stand->db, &next_year, (struct staff_id){12}, 2027, keys[2], &stand->arena, &stand->fault), STATUS_OK);
    CHECK_INT(first.no, 1);
    CHECK_INT(second.no, 2);
    CHECK_INT(next_year.no, 1);
    REQUIRE_STATUS(circular_store_find(stand->db, second.id, &stand->arena, &found, &stand->fault), STATUS_OK);
    CHECK_TEXT(found.title, "关于抢修迟到的通报");
    CHECK_INT(found.reason_count, 1);
    CHECK_INT(found.reasons[0].order.v, 1);
    REQUIRE_STATUS(circular_store_list(stand->db, 0, 2, &stand->arena, &list, &count, &stand->fault), STATUS_OK);
    CHECK_INT(count, 2);
    CHECK_INT(list[0].id, next_year.id);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM audit WHERE what = 'circular'"), 3);
}

TEST(article_10_a_circular_is_withdrawn_once_with_words_and_stays_readable)
{
    struct stand *stand = stand_open("circularout");
    struct circular circular = circular_of(stand), found;
    uint8_t keys[3][ACTION_KEY_BYTES];
    random_bytes(keys, sizeof keys);
    REQUIRE_STATUS(circular_store_publish(stand->db, &circular, (struct staff_id){12}, 2026, keys[0], &stand->arena, &stand->fault), STATUS_OK);
    CHECK_STATUS(circular_store_withdraw(stand->db, circular.id, "事实有误", (struct staff_id){12}, stand->now, keys[1], &stand->fault), STATUS_OK);
    CHECK_STATUS(circular_store_withdraw(stand->db, circular.id, "事实有误", (struct staff_id){12}, stand->now, keys[1], &stand->fault), STATUS_OK);
    CHECK_STATUS(circular_store_withdraw(stand->db, circular.id, "另一个", (struct staff_id){13}, stand->now, keys[2], &stand->fault), STATUS_CONFLICT);
    CHECK_STATUS(circular_store_withdraw(stand->db, circular.id + 1, "没有", (struct staff_id){13}, stand->now, keys[2], &stand->fault), STATUS_ABSENT);
    REQUIRE_STATUS(circular_store_find(stand->db, circular.id, &stand->arena, &found, &stand->fault), STATUS_OK);
    CHECK_TEXT(found.withdrawal_words, "事实有误");
    CHECK(instant_is_set(found.withdrawn_at));
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM audit WHERE what = 'circular_withdrawn'"), 1);
}
