/* Penalties (Arts. 28-35): who may do what, amounts inside the clause, persons of the unit, objections, and nothing out of turn. */
#include "core/penalty.h"

#include <stdlib.h>

#include "check.h"
#include "regulation.h"

#define GOLDEN_PATH "tests/golden/penalty_permissions.txt"
#define UNIT_A 3
#define UNIT_B 2

struct desk {
    struct penalty penalty;
    struct instant now;
    struct penalty_command command;
    struct event event;
};

static struct actor person(enum role role, int unit)
{
    return (struct actor){.roles = ROLE_BIT(role), .staff = {100 + (int)role}, .unit = {unit}};
}
#define OPS person(ROLE_OPS, 1)
#define LEADERSHIP person(ROLE_GROUP_LEADER, 0)
#define LIAISON person(ROLE_LIAISON, UNIT_A)

static const struct penalty_clause *clause(int32_t id)
{
    for (size_t i = 0; i < REGULATION_CLAUSE_COUNT; i++)
        if (REGULATION_CLAUSES[i].id == id)
            return &REGULATION_CLAUSES[i];
    fprintf(stderr, "no clause %d\n", id);
    abort();
}

static void desk_init(struct desk *desk)
{
    memset(desk, 0, sizeof *desk);
    penalty_init(&desk->penalty, (struct penalty_id){7});
    desk->now = local("2026-11-23 10:00");
}

static struct penalty_command *begin(struct desk *desk, enum penalty_action action, struct actor actor)
{
    desk->command = (struct penalty_command){.action = action, .actor = actor, .has_text = true,
                                             .expected_version = desk->penalty.version};
    return &desk->command;
}

static enum verdict carry_out(struct desk *desk, int32_t under)
{
    const enum verdict verdict = penalty_decide(&desk->penalty, &desk->command, clause(under), desk->now, &desk->event);

    if (verdict == VERDICT_OK && !penalty_is_foldable(&desk->penalty, &desk->event))
        return VERDICT__COUNT; /* decide makes nothing that cannot be folded */
    if (verdict == VERDICT_OK)
        penalty_apply(&desk->penalty, &desk->event);
    return verdict;
}

static enum verdict act(struct desk *desk, enum penalty_action action, struct actor actor)
{
    begin(desk, action, actor);
    return carry_out(desk, desk->penalty.clause);
}

/* By the system, for a clock that was broken two hours ago. */
static enum verdict propose(struct desk *desk, int unit, int32_t under)
{
    desk_init(desk);
    struct penalty_command *command = begin(desk, PENALTY_PROPOSE, actor_system());
    command->has_text = false;
    command->unit.v = unit;
    command->evidence = (struct penalty_evidence){
        .basis = BASIS_CLOCK, .subject = SUBJECT_TICKET, .subject_id = 41, .number = 2, .clock_kind = CLOCK_REPAIR,
        .happened_at = local("2026-11-23 08:00"), .late_seconds = 7200, .ops_wait_seconds = 600};
    return carry_out(desk, under);
}

static enum verdict confirm(struct desk *desk, struct actor actor, int32_t under, int64_t fen)
{
    struct penalty_command *command = begin(desk, PENALTY_CONFIRM, actor);
    command->unit_fen = fen;
    return carry_out(desk, under);
}

static enum verdict answer(struct desk *desk, struct actor actor, enum decision decision)
{
    begin(desk, PENALTY_ANSWER, actor)->decision = decision;
    return carry_out(desk, desk->penalty.clause);
}

static enum verdict decide(struct desk *desk, struct actor actor, enum decision decision)
{
    begin(desk, PENALTY_DECIDE, actor)->decision = decision;
    return carry_out(desk, desk->penalty.clause);
}

/* ---- the permission tables */

static void print_table(FILE *out, bool is_against_ops)
{
    for (enum penalty_action action = PENALTY_PROPOSE; action < PENALTY_ACTION__COUNT; action++) {
        fprintf(out, "\n%s%s\n", penalty_action_name(action), is_against_ops ? " (against operations)" : "");
        for (enum penalty_state state = PENALTY_STATE_NONE; state < PENALTY_STATE__COUNT; state++) {
            int count = 0;
            for (enum role role = ROLE_NONE + 1; role < ROLE__COUNT; role++) {
                const uint32_t bit = ROLE_BIT(role);
                const bool any = penalty_permits(action, state, bit, false, is_against_ops, NULL) == VERDICT_OK;
                const bool own = penalty_permits(action, state, bit, true, is_against_ops, NULL) == VERDICT_OK;
                if (!any && !own)
                    continue;
                if (count++ == 0)
                    fprintf(out, "    %-10s", penalty_state_name(state));
                fprintf(out, " %s%s", role_name(role), any ? "" : ":own");
            }
            if (count > 0)
                fprintf(out, "\n");
        }
    }
}

TEST(articles_28_to_35_the_permission_tables_of_penalties_are_the_reviewed_ones)
{
    static char want[16384];
    char *got = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&got, &length);

    REQUIRE(out != NULL);
    fprintf(out, "Who may do what with a penalty: action, state, roles. A role with \":own\" only with its own unit's. Against operations\n"
                 "group leadership decides: nobody judges his own case. What is not listed is not permitted. GOLDEN_WRITE=1 writes\n"
                 "this file anew.\n");
    print_table(out, false);
    print_table(out, true);
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

TEST(a_unit_reads_its_own_alone_and_only_once_they_are_confirmed)
{
    for (enum role role = ROLE_NONE; role < ROLE__COUNT; role++)
        for (enum penalty_state state = PENALTY_PROPOSED; state < PENALTY_STATE__COUNT; state++) {
            const bool all = role == ROLE_OPS || role == ROLE_GROUP_LEADER;
            const bool is_told = state != PENALTY_PROPOSED && state != PENALTY_DISMISSED && state != PENALTY_WITHDRAWN;
            const bool is_voice = role == ROLE_LIAISON || role == ROLE_UNIT_LEADER;
            check_case(role_name(role));
            CHECK_INT(penalty_may_read(state, ROLE_BIT(role), false), all);
            CHECK_INT(penalty_may_read(state, ROLE_BIT(role), true), all || (is_voice && is_told));
        }
}

/* ---- the way of a penalty */

TEST(article_33_1_ops_confirms_an_amount_inside_the_range_and_nothing_outside_it)
{
    static const struct { int64_t fen; enum verdict verdict; } cases[] = {
        {4999, VERDICT_OUT_OF_RANGE}, {5000, VERDICT_OK}, {7500, VERDICT_OK}, {10000, VERDICT_OK}, {10001, VERDICT_OUT_OF_RANGE},
        {0, VERDICT_OUT_OF_RANGE}, {-5000, VERDICT_OUT_OF_RANGE}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct desk desk;
        REQUIRE(propose(&desk, UNIT_A, 3301) == VERDICT_OK);
        CHECK_INT(confirm(&desk, OPS, 3301, cases[i].fen), cases[i].verdict);
        CHECK_INT(desk.penalty.state, cases[i].verdict == VERDICT_OK ? PENALTY_CONFIRMED : PENALTY_PROPOSED);
        CHECK_INT(desk.penalty.unit_fen, cases[i].verdict == VERDICT_OK ? cases[i].fen : 0);
    }
}

TEST(articles_29_32_34_fixed_amounts_cannot_be_changed)
{
    struct desk desk;
    for (size_t i = 0; i < REGULATION_CLAUSE_COUNT; i++) {
        const struct penalty_clause *row = &REGULATION_CLAUSES[i];
        if (row->unit_min_fen != row->unit_max_fen || row->is_discipline || row->is_by_hand)
            continue;
        check_case(row->article);
        REQUIRE(propose(&desk, UNIT_A, row->id) == VERDICT_OK);
        CHECK_INT(confirm(&desk, OPS, row->id, row->unit_max_fen + 1), VERDICT_OUT_OF_RANGE);
        CHECK_INT(confirm(&desk, OPS, row->id, row->unit_min_fen), VERDICT_OK);
        CHECK_INT(desk.penalty.unit_fen, row->unit_min_fen);
    }
}

TEST(article_32_leader_and_person_pay_what_is_fixed_and_are_of_the_unit)
{
    struct desk desk;
    REQUIRE(propose(&desk, UNIT_A, 3202) == VERDICT_OK);
    struct penalty_command *command = begin(&desk, PENALTY_CONFIRM, OPS);
    command->leader.v = 51, command->leader_unit.v = UNIT_A;
    command->person.v = 52, command->person_unit.v = UNIT_B;
    CHECK_INT(carry_out(&desk, 3202), VERDICT_NOT_OF_UNIT);
    desk.command.person_unit.v = UNIT_A;
    CHECK_INT(carry_out(&desk, 3202), VERDICT_OK);
    CHECK_INT(desk.penalty.leader_fen, 5000);
    CHECK_INT(desk.penalty.person_fen, 20000);
    CHECK_INT(desk.penalty.unit_fen, 0);
    REQUIRE(propose(&desk, UNIT_A, 3202) == VERDICT_OK); /* nobody named: words say why */
    begin(&desk, PENALTY_CONFIRM, OPS)->has_text = false;
    CHECK_INT(carry_out(&desk, 3202), VERDICT_NEEDS_TEXT);
    REQUIRE(propose(&desk, UNIT_A, 3301) == VERDICT_OK); /* 33 knows no person */
    command = begin(&desk, PENALTY_CONFIRM, OPS);
    command->unit_fen = 5000, command->person.v = 52, command->person_unit.v = UNIT_A;
    CHECK_INT(carry_out(&desk, 3301), VERDICT_BAD_VALUE);
}

TEST(article_30_stands_in_the_place_of_33_1_and_34_2_in_that_of_32_2_and_no_other)
{
    struct desk desk;
    REQUIRE(propose(&desk, UNIT_A, 3301) == VERDICT_OK);
    CHECK_INT(confirm(&desk, OPS, 3402, 5000), VERDICT_BAD_VALUE);
    CHECK_INT(confirm(&desk, OPS, 3000, 30000), VERDICT_OK);
    CHECK_INT(desk.penalty.clause, 3000);
    CHECK_INT(desk.penalty.proposed_clause, 3301);
    REQUIRE(propose(&desk, UNIT_A, 3202) == VERDICT_OK);
    CHECK_INT(confirm(&desk, OPS, 3402, 5000), VERDICT_OK);
    CHECK_INT(desk.penalty.clause, 3402);
    REQUIRE(act(&desk, PENALTY_WITHDRAW, actor_system()) == VERDICT_OK);
    struct penalty_command *command = begin(&desk, PENALTY_REVIVE, actor_system());
    command->evidence = desk.penalty.evidence;
    CHECK_INT(carry_out(&desk, 3202), VERDICT_OK);
    CHECK_INT(desk.penalty.state, PENALTY_PROPOSED);
    CHECK_INT(desk.penalty.clause, 3202);
    CHECK_INT(desk.penalty.unit_fen, 0);
}

TEST(article_37_a_clause_holds_on_the_days_it_is_in_force)
{
    struct desk desk;
    struct penalty_clause later = *clause(3301), ended = *clause(3301);
    later.effective_from = local("2026-11-23 09:00"); /* the breach was at eight */
    ended.effective_to = local("2026-11-23 08:00");
    REQUIRE(propose(&desk, UNIT_A, 3301) == VERDICT_OK);
    struct penalty_command *command = begin(&desk, PENALTY_CONFIRM, OPS);
    command->unit_fen = 5000;
    CHECK_INT(penalty_decide(&desk.penalty, command, &later, desk.now, &desk.event), VERDICT_NOT_IN_FORCE);
    CHECK_INT(penalty_decide(&desk.penalty, command, &ended, desk.now, &desk.event), VERDICT_NOT_IN_FORCE);
    ended.effective_to = local("2026-11-23 08:01");
    CHECK_INT(penalty_decide(&desk.penalty, command, &ended, desk.now, &desk.event), VERDICT_OK);
}

TEST(articles_32_35_what_is_the_discipline_office_s_is_never_in_this_ledger)
{
    struct desk desk;
    CHECK_INT(propose(&desk, UNIT_A, 3201), VERDICT_BAD_VALUE);
    CHECK_INT(propose(&desk, UNIT_A, 3500), VERDICT_BAD_VALUE);
    CHECK_INT(propose(&desk, UNIT_A, 2900), VERDICT_BAD_VALUE); /* by hand alone */
    desk_init(&desk);
    struct penalty_command *command = begin(&desk, PENALTY_PROPOSE, OPS);
    command->unit.v = UNIT_A;
    command->evidence = (struct penalty_evidence){.basis = BASIS_HAND, .happened_at = local("2026-11-20 08:00")};
    CHECK_INT(carry_out(&desk, 3201), VERDICT_BAD_VALUE);
    desk.command.has_text = false;
    CHECK_INT(carry_out(&desk, 2900), VERDICT_NEEDS_TEXT);
    desk.command.has_text = true;
    desk.command.evidence.happened_at = local("2026-11-23 10:01");
    CHECK_INT(carry_out(&desk, 2900), VERDICT_TIME_IN_FUTURE);
    desk.command.evidence.happened_at = local("2013-12-31 23:59");
    CHECK_INT(carry_out(&desk, 2900), VERDICT_NOT_IN_FORCE);
    desk.command.evidence.happened_at = local("2026-11-20 08:00");
    CHECK_INT(carry_out(&desk, 2900), VERDICT_OK);
}

TEST(a_unit_answers_its_own_penalty_and_the_objection_is_decided)
{
    struct desk desk;
    REQUIRE(propose(&desk, UNIT_A, 3301) == VERDICT_OK);
    REQUIRE(confirm(&desk, OPS, 3301, 8000) == VERDICT_OK);
    CHECK_INT(answer(&desk, person(ROLE_LIAISON, UNIT_B), DECISION_REFUSE), VERDICT_WRONG_UNIT);
    CHECK_INT(answer(&desk, OPS, DECISION_REFUSE), VERDICT_WRONG_ROLE);
    CHECK_INT(answer(&desk, LIAISON, DECISION_REFUSE), VERDICT_OK);
    CHECK_INT(decide(&desk, OPS, DECISION_REFUSE), VERDICT_OK);
    CHECK_INT(desk.penalty.state, PENALTY_UPHELD);
    CHECK_INT(desk.penalty.unit_fen, 8000);
    REQUIRE(propose(&desk, UNIT_A, 3301) == VERDICT_OK);
    REQUIRE(confirm(&desk, OPS, 3301, 8000) == VERDICT_OK);
    REQUIRE(answer(&desk, LIAISON, DECISION_REFUSE) == VERDICT_OK);
    struct penalty_command *command = begin(&desk, PENALTY_DECIDE, OPS); /* upheld with a smaller amount */
    command->decision = DECISION_REFUSE, command->is_changed = true, command->unit_fen = 4000;
    CHECK_INT(carry_out(&desk, 3301), VERDICT_OUT_OF_RANGE);
    desk.command.unit_fen = 5000;
    CHECK_INT(carry_out(&desk, 3301), VERDICT_OK);
    CHECK_INT(desk.penalty.unit_fen, 5000);
    REQUIRE(propose(&desk, UNIT_A, 3301) == VERDICT_OK);
    REQUIRE(confirm(&desk, OPS, 3301, 8000) == VERDICT_OK);
    REQUIRE(answer(&desk, LIAISON, DECISION_REFUSE) == VERDICT_OK);
    CHECK_INT(decide(&desk, OPS, DECISION_GRANT), VERDICT_OK);
    CHECK_INT(desk.penalty.state, PENALTY_REVOKED);
    CHECK(!penalty_counts(desk.penalty.state));
}

TEST(nobody_judges_his_own_case_proposals_against_operations_go_to_group_leadership)
{
    struct desk desk;
    REQUIRE(propose(&desk, 0, 3402) == VERDICT_OK);
    CHECK_INT(confirm(&desk, OPS, 3402, 5000), VERDICT_WRONG_ROLE);
    CHECK_INT(act(&desk, PENALTY_DISMISS, OPS), VERDICT_WRONG_ROLE);
    CHECK_INT(confirm(&desk, LEADERSHIP, 3402, 5000), VERDICT_OK);
    CHECK_INT(answer(&desk, OPS, DECISION_REFUSE), VERDICT_OK);
    CHECK_INT(decide(&desk, OPS, DECISION_GRANT), VERDICT_WRONG_ROLE);
    CHECK_INT(decide(&desk, LEADERSHIP, DECISION_GRANT), VERDICT_OK);
    REQUIRE(propose(&desk, UNIT_A, 3402) == VERDICT_OK);
    CHECK_INT(confirm(&desk, LEADERSHIP, 3402, 5000), VERDICT_WRONG_ROLE);
}

TEST(of_two_who_confirm_at_once_the_second_is_told_that_it_changed)
{
    struct desk desk;
    REQUIRE(propose(&desk, UNIT_A, 3301) == VERDICT_OK);
    struct penalty_command late = *begin(&desk, PENALTY_CONFIRM, OPS);
    late.unit_fen = 9000;
    REQUIRE(confirm(&desk, OPS, 3301, 5000) == VERDICT_OK);
    CHECK_INT(penalty_decide(&desk.penalty, &late, clause(3301), desk.now, &desk.event), VERDICT_STALE);
}

TEST(a_dismissal_needs_words_and_can_be_taken_back)
{
    struct desk desk;
    REQUIRE(propose(&desk, UNIT_A, 3301) == VERDICT_OK);
    begin(&desk, PENALTY_DISMISS, OPS)->has_text = false;
    CHECK_INT(carry_out(&desk, 3301), VERDICT_NEEDS_TEXT);
    CHECK_INT(act(&desk, PENALTY_DISMISS, OPS), VERDICT_OK);
    CHECK(!penalty_is_alive(desk.penalty.state));
    CHECK_INT(confirm(&desk, OPS, 3301, 5000), VERDICT_WRONG_STATE);
    CHECK_INT(act(&desk, PENALTY_REOPEN, OPS), VERDICT_OK);
    CHECK_INT(confirm(&desk, OPS, 3301, 5000), VERDICT_OK);
}

TEST(what_is_no_event_of_a_penalty_is_not_folded)
{
    struct desk desk;
    struct event bad;
    struct penalty empty;
    REQUIRE(propose(&desk, UNIT_A, 3301) == VERDICT_OK);
    penalty_init(&empty, desk.penalty.id);
    CHECK(penalty_is_foldable(&empty, &desk.event));
    bad = desk.event, bad.seq = 2;
    CHECK(!penalty_is_foldable(&empty, &bad));
    bad = desk.event, bad.kind = PENALTY_CONFIRM;
    CHECK(!penalty_is_foldable(&empty, &bad));
    bad = desk.event, bad.kind = PENALTY_ACTION__COUNT;
    CHECK(!penalty_is_foldable(&empty, &bad));
    bad = desk.event, bad.has_field[FIELD_CLAUSE] = false;
    CHECK(!penalty_is_foldable(&empty, &bad));
    bad = desk.event, bad.field[FIELD_BASIS] = PENALTY_BASIS__COUNT;
    CHECK(!penalty_is_foldable(&empty, &bad));
}
