/* Rectification orders (Art. 10): who may do what, the date and its clock, a check that is not passed, and nothing out of turn. */
#include "core/order.h"

#include <stdlib.h>

#include "check.h"
#include "regulation.h"

#define GOLDEN_PATH "tests/golden/order_permissions.txt"
#define UNIT_A 3
#define UNIT_B 2
#define MOST_SEEDS 400

struct desk {
    struct order order;
    struct instant now;
    struct order_command command;
    struct event event;
};

static struct actor person(enum role role, int unit)
{
    return (struct actor){.roles = ROLE_BIT(role), .staff = {100 + (int)role}, .unit = {unit}};
}
#define OPS person(ROLE_OPS, 1)
#define LIAISON person(ROLE_LIAISON, UNIT_A)
#define LEADER person(ROLE_UNIT_LEADER, UNIT_A)

static void desk_init(struct desk *desk)
{
    memset(desk, 0, sizeof *desk);
    order_init(&desk->order, (struct order_id){7});
    desk->now = local("2026-11-23 10:00");
}

static struct order_command *begin(struct desk *desk, enum order_action action, struct actor actor)
{
    desk->command = (struct order_command){.action = action, .actor = actor, .due_at = INSTANT_NONE, .has_text = true,
                                           .expected_version = desk->order.version};
    return &desk->command;
}

static enum verdict carry_out(struct desk *desk)
{
    const enum verdict verdict =
        order_decide(&desk->order, &desk->command, regulation_rule("rectify"), desk->now, &desk->event);

    if (verdict == VERDICT_OK)
        order_apply(&desk->order, &desk->event);
    return verdict;
}

static enum verdict act(struct desk *desk, enum order_action action, struct actor actor)
{
    begin(desk, action, actor);
    return carry_out(desk);
}

/* Given at ten, due in seven days at six. */
static enum verdict give(struct desk *desk)
{
    desk_init(desk);
    struct order_command *command = begin(desk, ORDER_GIVE, OPS);
    command->unit.v = UNIT_A;
    command->reason = 1;
    command->ticket.v = 41;
    command->due_at = local("2026-11-30 18:00");
    return carry_out(desk);
}

static enum verdict check(struct desk *desk, enum decision decision, const char *due)
{
    struct order_command *command = begin(desk, ORDER_CHECK, OPS);
    command->decision = decision;
    command->due_at = due != NULL ? local(due) : INSTANT_NONE;
    return carry_out(desk);
}

/* ---- the permission table */

static void print_permissions(FILE *out)
{
    fprintf(out, "Who may do what with a rectification order: action, state, roles. A role with \":own\" only with its own\n"
                 "unit's orders. What is not listed is not permitted. GOLDEN_WRITE=1 writes this file anew.\n");
    for (enum order_action action = ORDER_GIVE; action < ORDER_ACTION__COUNT; action++) {
        fprintf(out, "\n%s\n", order_action_name(action));
        for (enum order_state state = ORDER_STATE_NONE; state < ORDER_STATE__COUNT; state++) {
            int count = 0;
            for (enum role role = ROLE_NONE + 1; role < ROLE__COUNT; role++) {
                const uint32_t bit = ROLE_BIT(role);
                const bool any = order_permits(action, state, bit, false, NULL) == VERDICT_OK;
                const bool own = order_permits(action, state, bit, true, NULL) == VERDICT_OK;
                if (!any && !own)
                    continue;
                if (count++ == 0)
                    fprintf(out, "    %-10s", order_state_name(state));
                fprintf(out, " %s%s", role_name(role), any ? "" : ":own");
            }
            if (count > 0)
                fprintf(out, "\n");
        }
    }
}

TEST(article_10_the_permission_table_of_orders_is_the_reviewed_one)
{
    static char want[8192];
    char *got = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&got, &length);

    REQUIRE(out != NULL);
    print_permissions(out);
    fclose(out);
    if (getenv("GOLDEN_WRITE") != NULL) {
        FILE *file = fopen(GOLDEN_PATH, "w");
        REQUIRE(file != NULL);
        fputs(got, file);
        fclose(file);
    }
    FILE *file = fopen(GOLDEN_PATH, "r");
    REQUIRE(file != NULL);
    want[fread(want, 1, sizeof want - 1, file)] = '\0';
    fclose(file);
    CHECK_TEXT(got, want);
    free(got);
}

TEST(article_10_who_may_read_an_order)
{
    for (enum role role = ROLE_NONE; role < ROLE__COUNT; role++) {
        const bool all = role == ROLE_OPS || role == ROLE_GROUP_LEADER;
        const bool own = all || role == ROLE_CREW || role == ROLE_LIAISON || role == ROLE_UNIT_LEADER;
        check_case(role_name(role));
        CHECK_INT(order_may_read(ROLE_BIT(role), false), all);
        CHECK_INT(order_may_read(ROLE_BIT(role), true), own);
    }
}

/* ---- the way of an order */

TEST(article_10_an_order_runs_until_the_date_it_names_and_is_kept_by_the_answer)
{
    struct desk desk;
    REQUIRE(give(&desk) == VERDICT_OK);
    CHECK_INT(desk.order.state, ORDER_GIVEN);
    CHECK_INT(desk.order.unit.v, UNIT_A);
    CHECK_INT(desk.order.ticket.v, 41);
    CHECK_INT(desk.order.clock.kind, CLOCK_RECTIFY);
    CHECK_INT(desk.order.clock.unit.v, UNIT_A);
    CHECK_INT(desk.order.clock.due_at.milliseconds, local("2026-11-30 18:00").milliseconds);
    CHECK_INT(desk.order.clock.limit_seconds, 7 * DAY_SECONDS + 8 * HOUR_SECONDS);
    desk.now = local("2026-11-30 18:00"); /* at the very moment: kept */
    REQUIRE(act(&desk, ORDER_ANSWER, LIAISON) == VERDICT_OK);
    CHECK_INT(desk.order.clock.result, RESULT_KEPT);
    REQUIRE(check(&desk, DECISION_GRANT, NULL) == VERDICT_OK);
    CHECK_INT(desk.order.state, ORDER_PASSED);
    CHECK_INT(desk.order.clock.result, RESULT_KEPT);
}

TEST(article_10_an_answer_a_moment_after_the_date_is_late)
{
    struct desk desk;
    REQUIRE(give(&desk) == VERDICT_OK);
    desk.now = plus_milliseconds(local("2026-11-30 18:00"), 1);
    REQUIRE(act(&desk, ORDER_ANSWER, LEADER) == VERDICT_OK);
    CHECK_INT(desk.order.clock.result, RESULT_LATE);
}

TEST(article_10_a_check_that_is_not_passed_lets_the_same_order_run_on)
{
    struct desk desk;
    REQUIRE(give(&desk) == VERDICT_OK);
    desk.now = local("2026-11-25 09:00");
    REQUIRE(act(&desk, ORDER_ANSWER, LIAISON) == VERDICT_OK);
    REQUIRE(check(&desk, DECISION_REFUSE, NULL) == VERDICT_OK);
    CHECK_INT(desk.order.state, ORDER_GIVEN);
    CHECK_INT(desk.order.refusals, 1);
    CHECK(clock_is_running(&desk.order.clock));
    CHECK_INT(desk.order.clock.due_at.milliseconds, local("2026-11-30 18:00").milliseconds);
    desk.now = local("2026-12-01 09:00");
    REQUIRE(act(&desk, ORDER_ANSWER, LIAISON) == VERDICT_OK);
    CHECK_INT(desk.order.clock.result, RESULT_LATE);
    REQUIRE(check(&desk, DECISION_REFUSE, NULL) == VERDICT_OK); /* the breach stays while it runs on */
    CHECK_INT(desk.order.clock.result, RESULT_LATE);
    CHECK(!instant_is_set(desk.order.clock.stopped_at));
}

TEST(article_10_more_time_stands_beside_the_date_first_set)
{
    struct desk desk;
    REQUIRE(give(&desk) == VERDICT_OK);
    begin(&desk, ORDER_EXTEND, OPS)->due_at = local("2026-12-05 18:00");
    REQUIRE(carry_out(&desk) == VERDICT_OK);
    CHECK_INT(desk.order.clock.due_at.milliseconds, local("2026-11-30 18:00").milliseconds);
    CHECK_INT(desk.order.clock.granted_due_at.milliseconds, local("2026-12-05 18:00").milliseconds);
    begin(&desk, ORDER_EXTEND, OPS)->due_at = local("2026-12-04 18:00");
    CHECK_STATUS(carry_out(&desk), VERDICT_NOT_LATER);
    desk.now = local("2026-12-02 10:00");
    REQUIRE(act(&desk, ORDER_ANSWER, LIAISON) == VERDICT_OK);
    CHECK_INT(desk.order.clock.result, RESULT_LATE);
    CHECK_INT(clock_granted_result_at(&desk.order.clock, desk.now), RESULT_KEPT);
    REQUIRE(check(&desk, DECISION_REFUSE, "2026-12-20 18:00") == VERDICT_OK);
    CHECK_INT(desk.order.clock.granted_due_at.milliseconds, local("2026-12-20 18:00").milliseconds);
}

TEST(article_10_a_withdrawn_order_ends_its_clock_as_it_stands)
{
    struct desk desk;
    REQUIRE(give(&desk) == VERDICT_OK);
    REQUIRE(act(&desk, ORDER_WITHDRAW, OPS) == VERDICT_OK);
    CHECK_INT(desk.order.clock.result, RESULT_ENDED_KEPT);
    REQUIRE(give(&desk) == VERDICT_OK);
    desk.now = local("2026-12-01 10:00");
    REQUIRE(act(&desk, ORDER_WITHDRAW, OPS) == VERDICT_OK);
    CHECK_INT(desk.order.clock.result, RESULT_ENDED_LATE);
    CHECK_INT(desk.order.state, ORDER_WITHDRAWN);
}

TEST(article_10_what_an_order_and_its_answers_must_say)
{
    static const struct {
        const char *name;
        int unit, reason;
        int64_t ticket;
        const char *due; /* NULL: none */
        bool has_text;
        enum verdict want;
    } cases[] = {
        {"well filled", UNIT_A, 1, 0, "2026-11-24 10:00", true, VERDICT_OK},
        {"no words", UNIT_A, 1, 0, "2026-11-24 10:00", false, VERDICT_NEEDS_TEXT},
        {"no unit", 0, 1, 0, "2026-11-24 10:00", true, VERDICT_NEEDS_UNIT},
        {"no date", UNIT_A, 1, 0, NULL, true, VERDICT_BAD_VALUE},
        {"due now", UNIT_A, 1, 0, "2026-11-23 10:00", true, VERDICT_NOT_LATER},
        {"due yesterday", UNIT_A, 1, 0, "2026-11-22 10:00", true, VERDICT_NOT_LATER},
        {"due in a year and a day", UNIT_A, 1, 0, "2027-11-24 10:00", true, VERDICT_OK},
        {"due later than that", UNIT_A, 1, 0, "2027-11-24 10:01", true, VERDICT_BEYOND_CAP},
        {"no reason", UNIT_A, 0, 0, "2026-11-24 10:00", true, VERDICT_BAD_VALUE},
        {"an unknown reason", UNIT_A, ORDER_REASONS + 1, 0, "2026-11-24 10:00", true, VERDICT_BAD_VALUE},
        {"a ticket that cannot be", UNIT_A, 1, -1, "2026-11-24 10:00", true, VERDICT_BAD_VALUE},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct desk desk;
        check_case(cases[i].name);
        desk_init(&desk);
        struct order_command *command = begin(&desk, ORDER_GIVE, OPS);
        command->unit.v = cases[i].unit;
        command->reason = cases[i].reason;
        command->ticket.v = cases[i].ticket;
        command->due_at = cases[i].due != NULL ? local(cases[i].due) : INSTANT_NONE;
        command->has_text = cases[i].has_text;
        CHECK_STATUS(carry_out(&desk), cases[i].want);
        CHECK_INT(desk.order.version, cases[i].want == VERDICT_OK);
    }
}

TEST(article_10_a_form_of_yesterday_a_wrong_state_or_another_unit_changes_nothing)
{
    struct desk desk;
    REQUIRE(give(&desk) == VERDICT_OK);
    begin(&desk, ORDER_ANSWER, LIAISON)->expected_version = 0;
    CHECK_STATUS(carry_out(&desk), VERDICT_STALE);
    CHECK_STATUS(act(&desk, ORDER_ANSWER, person(ROLE_LIAISON, UNIT_B)), VERDICT_WRONG_UNIT);
    CHECK_STATUS(act(&desk, ORDER_ANSWER, person(ROLE_CREW, UNIT_A)), VERDICT_WRONG_ROLE);
    CHECK_STATUS(act(&desk, ORDER_ANSWER, OPS), VERDICT_WRONG_ROLE);
    CHECK_STATUS(check(&desk, DECISION_GRANT, NULL), VERDICT_WRONG_STATE);
    CHECK_STATUS(act(&desk, ORDER_GIVE, OPS), VERDICT_WRONG_STATE);
    begin(&desk, ORDER_ANSWER, LIAISON)->has_text = false;
    CHECK_STATUS(carry_out(&desk), VERDICT_NEEDS_TEXT);
    REQUIRE(act(&desk, ORDER_ANSWER, LIAISON) == VERDICT_OK);
    CHECK_STATUS(check(&desk, DECISION_NONE, NULL), VERDICT_BAD_VALUE);
    CHECK_STATUS(check(&desk, DECISION_GRANT, "2026-12-30 10:00"), VERDICT_BAD_VALUE);
    begin(&desk, ORDER_CHECK, OPS)->decision = DECISION_REFUSE;
    desk.command.has_text = false;
    CHECK_STATUS(carry_out(&desk), VERDICT_NEEDS_TEXT);
    CHECK_STATUS(act(&desk, ORDER_ANSWER, LIAISON), VERDICT_WRONG_STATE);
    CHECK_INT(desk.order.version, 2);
}

/* ---- any order of commands */

TEST(article_10_whatever_is_tried_a_clock_is_never_lost_a_breach_stays_and_folding_again_gives_the_same)
{
    for (uint64_t seed = 1; seed <= MOST_SEEDS; seed++) {
        uint64_t dice = seed * UINT64_C(0x9E3779B97F4A7C15);
        struct desk desk;
        struct order again;
        bool was_late = false;
        check_casef("seed %d", (int)seed);
        REQUIRE(give(&desk) == VERDICT_OK);
        order_init(&again, (struct order_id){7});
        order_apply(&again, &desk.event);
        for (int i = 0; i < 30; i++) {
            static const enum role ROLES[] = {ROLE_OPS, ROLE_LIAISON, ROLE_UNIT_LEADER, ROLE_CREW, ROLE_GROUP_LEADER};
            const enum role role = ROLES[next_random(&dice) % 5];
            const uint32_t before = desk.order.version;
            desk.now = plus_seconds(desk.now, (int64_t)(next_random(&dice) % (2 * DAY_SECONDS)));
            struct order_command *command =
                begin(&desk, (enum order_action)(1 + next_random(&dice) % (ORDER_ACTION__COUNT - 1)),
                      person(role, next_random(&dice) % 4 == 0 ? UNIT_B : UNIT_A));
            command->decision = (enum decision)(next_random(&dice) % 3);
            command->unit.v = UNIT_A;
            command->reason = 1;
            if (next_random(&dice) % 2)
                command->due_at = plus_seconds(desk.now, (int64_t)(next_random(&dice) % (20 * DAY_SECONDS)) - DAY_SECONDS);
            const enum verdict verdict = carry_out(&desk);
            CHECK_INT(desk.order.version, before + (verdict == VERDICT_OK));
            if (verdict == VERDICT_OK) {
                CHECK(order_is_foldable(&again, &desk.event));
                order_apply(&again, &desk.event);
            }
            const enum clock_result result = desk.order.clock.result;
            was_late = was_late || result == RESULT_LATE;
            CHECK(!was_late || result == RESULT_LATE || result == RESULT_ENDED_LATE);
            CHECK_INT(desk.order.clock.no, 1);
            CHECK(instant_is_before(desk.order.clock.started_at, desk.order.clock.due_at));
            CHECK_INT(clock_is_running(&desk.order.clock), desk.order.state == ORDER_GIVEN);
        }
        CHECK_BYTES(&again, &desk.order, sizeof again);
    }
}

TEST(article_10_a_broken_promise_of_a_unit_a_second_cycle_or_a_repeat_calls_for_an_order)
{
    const struct instant now = local("2026-11-23 14:00");
    const struct facts facts = facts_of("no_water");
    struct ticket ticket;
    ticket_init(&ticket, (struct ticket_id){1});
    ticket.cycle = 1;
    ticket.clocks[0] = clock_start(1, regulation_rule("accept"), &facts, 1, local("2026-11-23 13:50"));
    ticket.clocks[0].unit.v = UNIT_A;
    ticket.clock_count = 1;
    CHECK(!order_is_called_for(&ticket, now));
    CHECK(order_is_called_for(&ticket, local("2026-11-23 14:11")));
    ticket.clocks[0].unit.v = 0; /* ops' own wait is nobody else's fault */
    CHECK(!order_is_called_for(&ticket, local("2026-11-23 14:11")));
    ticket.cycle = 2;
    CHECK(order_is_called_for(&ticket, now));
    ticket.cycle = 1;
    ticket.repeat_level = 1;
    CHECK(order_is_called_for(&ticket, now));
}
