/* Breaches (Arts. 12-34): which facts call for which clause of the catalogue, of which unit, and how long the matter waited at ops. */
#include "core/breach.h"

#include "check.h"
#include "regulation.h"

static const struct breach_rules rules = {REGULATION_CLOCK_CLAUSES, REGULATION_CLOCK_CLAUSE_COUNT, REGULATION_BASIS_CLAUSES,
                                          REGULATION_BASIS_CLAUSE_COUNT};

static struct clock clock_of(enum clock_kind kind, int no, int unit, enum clock_result result)
{
    return (struct clock){.no = no, .kind = kind, .cycle = 1, .is_binding = true, .unit = {unit}, .result = result,
                          .started_at = local("2026-11-23 08:00"), .due_at = local("2026-11-23 10:00"),
                          .granted_due_at = INSTANT_NONE, .limit_seconds = 7200,
                          .stopped_at = result == RESULT_RUNNING ? INSTANT_NONE : local("2026-11-23 11:00")};
}

static size_t list(const struct breach_facts *facts, const char *now, struct breach breaches[BREACHES_MAX])
{
    return breach_list(facts, &rules, local(now), breaches, BREACHES_MAX);
}

static int32_t clause_for(enum clock_kind kind, enum source source)
{
    const struct clock clock = clock_of(kind, 1, 3, RESULT_LATE);
    const struct breach_facts facts = {.subject = SUBJECT_TICKET, .source = source, .clocks = &clock, .clock_count = 1};
    struct breach breaches[BREACHES_MAX];

    return list(&facts, "2026-11-23 12:00", breaches) == 1 ? breaches[0].clause : 0;
}

TEST(the_table_of_the_regulation_which_breach_proposes_which_clause)
{
    static const struct { enum clock_kind kind; enum source source; int32_t clause; } cases[] = {
        {CLOCK_ARRIVE, SOURCE_PHONE, 3301}, {CLOCK_REPAIR, SOURCE_PHONE, 3301}, {CLOCK_REPAIR, SOURCE_MEDIA, 3301},
        {CLOCK_ACCEPT, SOURCE_WEB, 3402}, {CLOCK_FINISH, SOURCE_VISIT, 3402},
        {CLOCK_ACCEPT, SOURCE_HOTLINE, 3202}, {CLOCK_FINISH, SOURCE_SUPERIOR, 3202}, {CLOCK_FINISH, SOURCE_MEDIA, 3202},
        {CLOCK_CONTACT, SOURCE_PHONE, 3402}, {CLOCK_CONTACT, SOURCE_MEDIA, 3402}, {CLOCK_INSPECT, SOURCE_PHONE, 3402},
        {CLOCK_NOTICE, SOURCE_NONE, 3303}, {CLOCK_POSTER, SOURCE_NONE, 3304}, {CLOCK_EMERGENCY_REPORT, SOURCE_NONE, 3305},
        {CLOCK_CUTOFF_REPORT, SOURCE_NONE, 3310}, {CLOCK_DISPATCH, SOURCE_PHONE, 0}, {CLOCK_RECTIFY, SOURCE_NONE, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check_case(clock_kind_name(cases[i].kind));
        CHECK_INT(clause_for(cases[i].kind, cases[i].source), cases[i].clause);
    }
}

TEST(articles_13_15_22_which_clocks_are_broken)
{
    struct clock clock = clock_of(CLOCK_FINISH, 1, 3, RESULT_LATE);
    const struct instant now = local("2026-11-23 12:00");
    CHECK(breach_is_broken(&clock, now));
    clock.is_binding = false; /* 宜: advisory */
    CHECK(!breach_is_broken(&clock, now));
    clock.is_binding = true, clock.corrected = RESULT_KEPT;
    CHECK(!breach_is_broken(&clock, now));
    clock = clock_of(CLOCK_FINISH, 1, 3, RESULT_ENDED_LATE);
    CHECK(breach_is_broken(&clock, now));
    clock.corrected = RESULT_ENDED_KEPT;
    CHECK(!breach_is_broken(&clock, now));
    for (enum clock_result result = RESULT_KEPT; result < CLOCK_RESULT__COUNT; result++) {
        clock = clock_of(CLOCK_FINISH, 1, 3, result);
        CHECK_INT(breach_is_broken(&clock, now), result == RESULT_LATE || result == RESULT_ENDED_LATE);
    }
    clock = clock_of(CLOCK_FINISH, 1, 3, RESULT_RUNNING);
    CHECK(!breach_is_broken(&clock, local("2026-11-23 10:00")));
    CHECK(breach_is_at_edge(&clock, local("2026-11-23 10:00")));
    CHECK(breach_is_broken(&clock, plus_milliseconds(local("2026-11-23 10:00"), 1)));
    CHECK(!breach_is_at_edge(&clock, plus_milliseconds(local("2026-11-23 10:00"), 1)));
    clock.bound = BOUND_LESS;
    CHECK(breach_is_broken(&clock, local("2026-11-23 10:00")));
    CHECK(!breach_is_at_edge(&clock, local("2026-11-23 10:00")));
}

TEST(article_34_3_each_failed_follow_up_is_one_breach_of_who_had_finished_before)
{
    struct clock clocks[3] = {clock_of(CLOCK_FINISH, 1, 3, RESULT_KEPT), clock_of(CLOCK_FINISH, 2, 5, RESULT_KEPT),
                              clock_of(CLOCK_FINISH, 3, 6, RESULT_RUNNING)};
    struct breach breaches[BREACHES_MAX];
    clocks[1].cycle = 2, clocks[2].cycle = 3;
    clocks[2].due_at = local("2026-11-24 10:00");
    const struct breach_facts facts = {.subject = SUBJECT_TICKET, .source = SOURCE_PHONE, .clocks = clocks, .clock_count = 3};
    REQUIRE(list(&facts, "2026-11-23 12:00", breaches) == 2);
    CHECK_INT(breaches[0].number, 2);
    CHECK_INT(breaches[0].unit.v, 3);
    CHECK_INT(breaches[1].number, 3);
    CHECK_INT(breaches[1].unit.v, 5);
    CHECK_INT(breaches[0].clause, 3403);
}

TEST(articles_33_6_34_1_34_3_33_7_what_is_no_clock)
{
    static const struct breach_call calls[] = {{{4}, {1}}, {{6}, {2}}};
    struct breach breaches[BREACHES_MAX];
    struct breach_facts facts = {.subject = SUBJECT_TICKET, .source = SOURCE_PHONE, .calls = calls, .call_count = 2};
    facts.repeat = (struct breach_earlier){17, {3}, local("2026-11-23 08:00")};
    facts.leak = (struct breach_earlier){16, {5}, local("2026-11-23 09:00")};
    REQUIRE(list(&facts, "2026-11-23 12:00", breaches) == 4);
    CHECK_INT(breaches[0].basis, BASIS_REPEAT);
    CHECK_INT(breaches[0].clause, 3403);
    CHECK_INT(breaches[0].unit.v, 3);
    CHECK_INT(breaches[1].basis, BASIS_LEAK_AGAIN);
    CHECK_INT(breaches[1].clause, 3306);
    CHECK_INT(breaches[1].unit.v, 5);
    CHECK_INT(breaches[2].clause, 3401);
    CHECK_INT(breaches[2].number, 4);
    CHECK_INT(breaches[3].number, 6);
    facts.is_sealed = true; /* with the discipline office: nothing is known of it here */
    CHECK_INT(list(&facts, "2026-11-23 12:00", breaches), 0);
    const struct breach_facts outage = {.subject = SUBJECT_OUTAGE, .is_unapproved = true, .unit = {3},
                                        .started_at = local("2026-11-23 08:00")};
    REQUIRE(list(&outage, "2026-11-23 12:00", breaches) == 1);
    CHECK_INT(breaches[0].clause, 3307);
}

TEST(decision_2_time_at_operations_is_evidence_and_never_more_than_the_whole)
{
    struct clock clock = clock_of(CLOCK_FINISH, 1, 3, RESULT_LATE); /* 8:00 to 11:00 */
    const struct instant now = local("2026-11-23 12:00");
    struct breach_hold holds[2] = {
        {.dispatch_no = 1, .dispatched_at = local("2026-11-23 08:10"), .ended_at = local("2026-11-23 09:00"),
         .objected_at = INSTANT_NONE, .at_ops_milliseconds = 300000},
        {.dispatch_no = 2, .dispatched_at = local("2026-11-23 09:30"), .ended_at = INSTANT_NONE, .objected_at = INSTANT_NONE}};
    CHECK_INT(breach_ops_wait_seconds(&clock, holds, 0, now), 3 * 3600); /* never dispatched */
    CHECK_INT(breach_ops_wait_seconds(&clock, holds, 2, now), 10 * 60 + 5 * 60 + 30 * 60);
    holds[1].objected_at = local("2026-11-23 10:45"); /* waits for ops still */
    CHECK_INT(breach_ops_wait_seconds(&clock, holds, 2, now), 10 * 60 + 5 * 60 + 30 * 60 + 15 * 60);
    clock.dispatch_no = 2, clock.started_at = local("2026-11-23 09:30"); /* an acceptance is its own dispatch's */
    CHECK_INT(breach_ops_wait_seconds(&clock, holds, 2, now), 15 * 60);
    holds[1].at_ops_milliseconds = INT64_C(900000000);
    CHECK_INT(breach_ops_wait_seconds(&clock, holds, 2, now), 90 * 60);
}
