/*
 * Every row of the regulation's table of clocks, by article: the rule that is found, its due moment, and both sides of the
 * boundary to the millisecond. The rows are those of schema/regulation.sql; the figures here are those of the text.
 */
#include "check.h"
#include "core/clock.h"
#include "regulation.h"

#define HOURS(n) ((int64_t)(n) * HOUR_SECONDS)
#define MINUTES(n) ((int64_t)(n) * MINUTE_SECONDS)
#define DAYS(n) ((int64_t)(n) * DAY_SECONDS)
#define OPS_SET HOURS(100) /* what ops set, where ops has to */

struct row {
    const char *name; /* article and promise */
    enum clock_kind kind;
    const char *category; /* NULL: none */
    enum grade grade;
    enum zone zone;
    int diameter_mm;
    bool is_valve_stuck;
    bool is_by_ops;
    int64_t limit_seconds;
    enum bound bound;
    bool is_advisory;
    enum direction direction;
    const char *article;
};

/* clang-format off */
static const struct row ROWS[] = {
    {"design_decision_1_dispatch_is_due_10_min_after_the_report", CLOCK_DISPATCH, "faulty_meter", .limit_seconds = MINUTES(10), .article = "3"},
    {"art12_accept_is_due_20_min_after_the_dispatch", CLOCK_ACCEPT, "faulty_meter", .limit_seconds = MINUTES(20), .article = "12"},

    {"art14_1_urgent_event_is_due_2_h_after_the_report", CLOCK_FINISH, "faulty_meter", GRADE_URGENT, .limit_seconds = HOURS(2), .article = "14(1)"},
    {"art14_1_urgent_leak_is_due_2_h_after_the_report", CLOCK_FINISH, "leak_public", GRADE_URGENT, .limit_seconds = HOURS(2), .article = "14(1)"},
    {"art14_2_1_key_source_is_due_12_h_after_the_report", CLOCK_FINISH, "faulty_meter", GRADE_KEY_SOURCE, .limit_seconds = HOURS(12), .article = "14(2)1"},
    {"art14_2_2_injury_or_loss_is_due_12_h_after_the_report", CLOCK_FINISH, "no_water", GRADE_INJURY, .limit_seconds = HOURS(12), .article = "14(2)2"},
    {"art14_2_3_manhole_cover_is_due_12_h_after_the_report", CLOCK_FINISH, "manhole_cover", .limit_seconds = HOURS(12), .article = "14(2)3"},
    {"art14_2_4_pipe_locating_is_due_12_h_after_the_report", CLOCK_FINISH, "pipe_locating", .limit_seconds = HOURS(12), .article = "14(2)4"},
    {"art14_2_5_pollution_is_due_12_h_after_the_report", CLOCK_FINISH, "pollution", .limit_seconds = HOURS(12), .article = "14(2)5"},
    {"art14_3_1_restore_after_arrears_is_due_24_h_after_the_report", CLOCK_FINISH, "restore_after_arrears", .limit_seconds = HOURS(24), .article = "14(3)1"},
    {"art14_3_2_water_quality_is_due_24_h_after_the_report", CLOCK_FINISH, "water_quality", .limit_seconds = HOURS(24), .article = "14(3)2"},
    {"art14_3_3_meter_recheck_is_due_24_h_after_the_report", CLOCK_FINISH, "meter_recheck", .limit_seconds = HOURS(24), .article = "14(3)3"},
    {"art14_4_1_faulty_meter_is_due_36_h_after_the_report", CLOCK_FINISH, "faulty_meter", .limit_seconds = HOURS(36), .article = "14(4)1"},
    {"art14_4_2_theft_or_damage_is_due_36_h_after_the_report", CLOCK_FINISH, "theft_or_damage", .limit_seconds = HOURS(36), .article = "14(4)2"},
    {"art14_4_3_behind_the_meter_under_warranty_is_due_36_h_after_the_report", CLOCK_FINISH, "behind_meter_warranty", .limit_seconds = HOURS(36), .article = "14(4)3"},
    {"art14_4_4_meter_well_damage_is_due_36_h_after_the_report", CLOCK_FINISH, "meter_well_damage", .limit_seconds = HOURS(36), .article = "14(4)4"},
    {"art14_4_4_meter_well_leak_is_due_36_h_after_the_report", CLOCK_FINISH, "meter_well_leak", .limit_seconds = HOURS(36), .article = "14(4)4"},
    {"art14_5_1_no_water_is_due_48_h_after_the_report", CLOCK_FINISH, "no_water", .limit_seconds = HOURS(48), .article = "14(5)1"},
    {"art14_5_1_low_pressure_is_due_48_h_after_the_report", CLOCK_FINISH, "low_pressure", .limit_seconds = HOURS(48), .article = "14(5)1"},
    {"art14_5_2_valve_well_collapse_is_due_48_h_after_the_report", CLOCK_FINISH, "valve_well_collapse", .limit_seconds = HOURS(48), .article = "14(5)2"},
    {"art14_5_3_abnormal_volume_is_due_48_h_after_the_report", CLOCK_FINISH, "abnormal_volume", .limit_seconds = HOURS(48), .article = "14(5)3"},
    {"art14_5_4_general_is_due_48_h_after_the_report", CLOCK_FINISH, "general", .limit_seconds = HOURS(48), .article = "14(5)4"},
    {"art14_5_4_behind_the_meter_without_warranty_is_due_48_h_after_the_report", CLOCK_FINISH, "behind_meter_other", .limit_seconds = HOURS(48), .article = "14(5)4"},
    {"art14_5_4_consultation_is_due_48_h_after_the_report", CLOCK_FINISH, "consultation", .limit_seconds = HOURS(48), .article = "14(5)4"},
    {"art14_5_4_suggestion_is_due_48_h_after_the_report", CLOCK_FINISH, "suggestion", .limit_seconds = HOURS(48), .article = "14(5)4"},
    {"art14_5_4_service_complaint_is_due_48_h_after_the_report", CLOCK_FINISH, "service_complaint", .limit_seconds = HOURS(48), .article = "14(5)4"},
    {"art14_5_4_billing_is_due_48_h_after_the_report", CLOCK_FINISH, "billing", .limit_seconds = HOURS(48), .article = "14(5)4"},
    {"art14_6_1_workmanship_is_due_72_h_after_the_report", CLOCK_FINISH, "workmanship", .limit_seconds = HOURS(72), .article = "14(6)1"},
    {"art14_6_2_meter_idle_is_due_72_h_after_the_report", CLOCK_FINISH, "meter_idle", .limit_seconds = HOURS(72), .article = "14(6)2"},
    {"art14_6_3_compensation_is_due_72_h_after_the_report", CLOCK_FINISH, "compensation", .limit_seconds = HOURS(72), .article = "14(6)3"},
    {"art14_6_4_long_coordination_is_due_72_h_after_the_report", CLOCK_FINISH, "long_coordination", .limit_seconds = HOURS(72), .article = "14(6)4"},
    {"art14_7_unforeseen_is_due_when_ops_says", CLOCK_FINISH, "unforeseen", .is_by_ops = true, .limit_seconds = OPS_SET, .article = "14(7)"},
    {"art14_7_reputation_is_due_when_ops_says", CLOCK_FINISH, "unforeseen", GRADE_REPUTATION, .is_by_ops = true, .limit_seconds = OPS_SET, .article = "14(7)"},
    {"art14_7_reputation_alone_is_due_when_ops_says", CLOCK_FINISH, NULL, GRADE_REPUTATION, .is_by_ops = true, .limit_seconds = OPS_SET, .article = "14(7)"},

    {"art22_arrive_inside_the_ring_is_due_40_min_after_the_report", CLOCK_ARRIVE, "leak_public", .zone = ZONE_INNER, .limit_seconds = MINUTES(40), .article = "22"},
    {"art22_arrive_beyond_the_ring_is_due_60_min_after_the_report", CLOCK_ARRIVE, "leak_public", .zone = ZONE_OUTER, .limit_seconds = MINUTES(60), .article = "22"},
    {"art22_arrive_at_an_unknown_place_runs_as_inside_the_ring", CLOCK_ARRIVE, "leak_third_party", .zone = ZONE_UNKNOWN, .limit_seconds = MINUTES(40), .article = "22"},
    {"art22_repair_of_600_mm_is_due_in_less_than_24_h", CLOCK_REPAIR, "leak_public", .diameter_mm = 600, .limit_seconds = HOURS(24), .bound = BOUND_LESS, .article = "22"},
    {"art22_repair_of_15_mm_is_due_in_less_than_24_h", CLOCK_REPAIR, "leak_public", .diameter_mm = 15, .limit_seconds = HOURS(24), .bound = BOUND_LESS, .article = "22"},
    {"art22_repair_of_an_unknown_pipe_runs_as_600_mm_or_less", CLOCK_REPAIR, "leak_public", .diameter_mm = 0, .limit_seconds = HOURS(24), .bound = BOUND_LESS, .article = "22"},
    {"art22_repair_of_601_mm_should_be_done_in_less_than_36_h", CLOCK_REPAIR, "leak_public", .diameter_mm = 601, .limit_seconds = HOURS(36), .bound = BOUND_LESS, .is_advisory = true, .article = "22"},
    {"art22_repair_of_1200_mm_should_be_done_in_less_than_36_h", CLOCK_REPAIR, "leak_third_party", .diameter_mm = 1200, .limit_seconds = HOURS(36), .bound = BOUND_LESS, .is_advisory = true, .article = "22"},
    {"art22_repair_of_1201_mm_is_due_when_ops_says", CLOCK_REPAIR, "leak_public", .diameter_mm = 1201, .is_by_ops = true, .limit_seconds = OPS_SET, .bound = BOUND_LESS, .article = "22"},
    {"art22_finish_of_a_public_leak_of_600_mm_is_due_in_less_than_24_h", CLOCK_FINISH, "leak_public", .diameter_mm = 600, .limit_seconds = HOURS(24), .bound = BOUND_LESS, .article = "22"},
    {"art22_finish_of_a_public_leak_of_601_mm_should_be_in_less_than_36_h", CLOCK_FINISH, "leak_public", .diameter_mm = 601, .limit_seconds = HOURS(36), .bound = BOUND_LESS, .is_advisory = true, .article = "22"},
    {"art22_finish_of_a_public_leak_of_1201_mm_is_due_when_ops_says", CLOCK_FINISH, "leak_public", .diameter_mm = 1201, .is_by_ops = true, .limit_seconds = OPS_SET, .bound = BOUND_LESS, .article = "22"},
    {"art22_finish_of_a_leak_by_others_of_an_unknown_pipe_is_due_in_less_than_24_h", CLOCK_FINISH, "leak_third_party", .limit_seconds = HOURS(24), .bound = BOUND_LESS, .article = "22"},
    {"art22_finish_of_a_leak_by_others_of_1200_mm_should_be_in_less_than_36_h", CLOCK_FINISH, "leak_third_party", .diameter_mm = 1200, .limit_seconds = HOURS(36), .bound = BOUND_LESS, .is_advisory = true, .article = "22"},
    {"art22_finish_of_a_leak_by_others_of_1400_mm_is_due_when_ops_says", CLOCK_FINISH, "leak_third_party", .diameter_mm = 1400, .is_by_ops = true, .limit_seconds = OPS_SET, .bound = BOUND_LESS, .article = "22"},

    {"art23_contact_for_a_leak_in_the_meter_well_is_due_30_min_after_the_report", CLOCK_CONTACT, "meter_well_leak", .limit_seconds = MINUTES(30), .article = "23"},
    {"art23_contact_for_a_stuck_valve_under_warranty_is_due_30_min_after_the_report", CLOCK_CONTACT, "behind_meter_warranty", .is_valve_stuck = true, .limit_seconds = MINUTES(30), .article = "23"},
    {"art23_contact_for_a_stuck_valve_without_warranty_is_due_30_min_after_the_report", CLOCK_CONTACT, "behind_meter_other", .is_valve_stuck = true, .limit_seconds = MINUTES(30), .article = "23"},

    {"art25_inspection_inside_the_ring_is_due_40_min_after_the_report", CLOCK_INSPECT, "leak_third_party", .zone = ZONE_INNER, .limit_seconds = MINUTES(40), .article = "25"},
    {"art25_inspection_beyond_the_ring_is_due_60_min_after_the_report", CLOCK_INSPECT, "leak_third_party", .zone = ZONE_OUTER, .limit_seconds = MINUTES(60), .article = "25"},
    {"art25_inspection_at_an_unknown_place_runs_as_inside_the_ring", CLOCK_INSPECT, "leak_third_party", .limit_seconds = MINUTES(40), .article = "25"},

    {"art18_1_announcement_is_due_24_h_before_the_start", CLOCK_ANNOUNCE, .limit_seconds = HOURS(24), .direction = DIRECTION_BEFORE, .article = "18(1)"},
    {"art18_1_posters_are_due_24_h_before_the_start", CLOCK_POSTER, .limit_seconds = HOURS(24), .direction = DIRECTION_BEFORE, .article = "18(1)"},
    {"art18_1_messages_are_due_24_h_before_the_start", CLOCK_SMS, .limit_seconds = HOURS(24), .direction = DIRECTION_BEFORE, .article = "18(1)"},
    {"art33_3_written_notice_is_due_24_h_before_the_start", CLOCK_NOTICE, .limit_seconds = HOURS(24), .direction = DIRECTION_BEFORE, .article = "33(3)"},
    {"art18_2_emergency_report_is_due_5_min_after_water_off", CLOCK_EMERGENCY_REPORT, .limit_seconds = MINUTES(5), .article = "18(2)"},
    {"art18_2_restoration_report_is_due_5_min_after_water_on", CLOCK_RESTORE_REPORT, .limit_seconds = MINUTES(5), .article = "18(2)"},
    {"art18_2_extension_is_told_before_the_announced_end", CLOCK_CHANGE_NOTICE, .limit_seconds = 0, .bound = BOUND_LESS, .direction = DIRECTION_BEFORE, .article = "18(2)"},
    {"art18_3_cut_off_is_reported_before_it_happens", CLOCK_CUTOFF_REPORT, .limit_seconds = 0, .bound = BOUND_LESS, .direction = DIRECTION_BEFORE, .article = "18(3)"},
    {"art18_2_the_water_is_back_by_the_announced_end", CLOCK_RESUME, .limit_seconds = 0, .direction = DIRECTION_BEFORE, .article = "18(2)"},
    {"art26_reading_is_due_a_month_after_the_last", CLOCK_READING, .limit_seconds = DAYS(31), .article = "26"},
    {"art26_explanation_is_due_two_months_after_the_last_reading", CLOCK_EXPLANATION, .limit_seconds = DAYS(62), .article = "26"},
    {"art34_rectification_is_due_when_the_order_says", CLOCK_RECTIFY, .is_by_ops = true, .limit_seconds = OPS_SET, .article = "34"},
};
/* clang-format on */

#define ROW_COUNT (sizeof ROWS / sizeof ROWS[0])

static struct facts row_facts(const struct row *row)
{
    struct facts facts = {
        .category = {row->category != NULL ? regulation_category(row->category)->id.v : 0},
        .grades = row->grade != GRADE_NONE ? GRADE_BIT(row->grade) : 0,
        .zone = row->zone,
        .diameter_mm = row->diameter_mm,
        .is_valve_stuck = row->is_valve_stuck,
        .ops_limit_seconds = row->is_by_ops ? row->limit_seconds : 0,
    };
    return facts;
}

static struct clock row_clock(const struct row *row, const struct rule *rule, const struct facts *facts,
                              struct instant from)
{
    if (row->direction == DIRECTION_AFTER)
        return clock_start(1, rule, facts, 1, from);
    return clock_start_before(1, rule, facts, 1, plus_seconds(from, -DAYS(3)), from);
}

static void check_boundary(const struct row *row, const struct clock *clock, struct instant due)
{
    static const struct {
        int64_t milliseconds;
        enum clock_result at_most, less;
    } STOPS[] = {
        {-1000, RESULT_KEPT, RESULT_KEPT}, {-1, RESULT_KEPT, RESULT_KEPT},  {0, RESULT_KEPT, RESULT_LATE},
        {1, RESULT_LATE, RESULT_LATE},     {1000, RESULT_LATE, RESULT_LATE},
    };
    for (size_t i = 0; i < sizeof STOPS / sizeof STOPS[0]; i++) {
        const struct instant at = plus_milliseconds(due, STOPS[i].milliseconds);
        const enum clock_result want = row->bound == BOUND_LESS ? STOPS[i].less : STOPS[i].at_most;
        CHECK_STATUS(clock_stop(*clock, at).result, want);
        CHECK_STATUS(clock_result_at(clock, at), want == RESULT_LATE ? RESULT_LATE : RESULT_RUNNING);
    }
}

TEST(clocks_of_the_regulation)
{
    const struct instant from = local("2026-11-23 16:40:07");
    for (size_t i = 0; i < ROW_COUNT; i++) {
        const struct row *row = &ROWS[i];
        check_case(row->name);
        const struct facts facts = row_facts(row);
        const struct rule *rule = rule_of(row->kind, &facts, from);
        REQUIRE(rule != NULL);
        const struct clock clock = row_clock(row, rule, &facts, from);
        const int64_t sign = row->direction == DIRECTION_AFTER ? 1 : -1;
        const struct instant due = plus_seconds(from, sign * row->limit_seconds);
        CHECK_INT(clock.due_at.milliseconds, due.milliseconds);
        CHECK_INT(clock.limit_seconds, row->limit_seconds);
        CHECK_TEXT(clock.article, row->article);
        CHECK_STATUS(clock.bound, row->bound);
        CHECK_STATUS(clock.direction, row->direction);
        CHECK_INT(clock.is_binding, !row->is_advisory);
        check_boundary(row, &clock, due);
    }
}

TEST(limits_that_ops_sets_are_not_due_before_ops_set_them)
{
    const struct instant from = local("2026-11-23 16:40:07");
    for (size_t i = 0; i < ROW_COUNT; i++) {
        if (!ROWS[i].is_by_ops)
            continue;
        check_case(ROWS[i].name);
        struct facts facts = row_facts(&ROWS[i]);
        facts.ops_limit_seconds = 0;
        const struct rule *rule = rule_of(ROWS[i].kind, &facts, from);
        REQUIRE(rule != NULL);
        struct clock clock = clock_start(1, rule, &facts, 1, from);
        CHECK(!instant_is_set(clock.due_at));
        CHECK_STATUS(clock_result_at(&clock, plus_seconds(from, DAYS(1000))), RESULT_RUNNING);
        facts.ops_limit_seconds = ROWS[i].limit_seconds;
        clock = clock_rework(clock, rule, &facts, from);
        CHECK_INT(clock.due_at.milliseconds, plus_seconds(from, ROWS[i].limit_seconds).milliseconds);
    }
}

TEST(every_rule_of_the_regulation_has_a_row_in_this_table)
{
    for (size_t r = 0; r < REGULATION_RULE_COUNT; r++) {
        const struct rule *rule = &REGULATION_RULES[r];
        check_case(rule->code);
        bool is_hit = false;
        for (size_t i = 0; i < ROW_COUNT; i++) {
            const struct facts facts = row_facts(&ROWS[i]);
            is_hit = is_hit || rule_of(ROWS[i].kind, &facts, local("2026-11-23 16:40")) == rule;
        }
        CHECK(is_hit);
    }
}

TEST(art20_and_art28_praise_and_new_connection_have_no_completion_clock)
{
    CHECK_INT(regulation_category("praise")->clocks, 0);
    CHECK_INT(regulation_category("new_connection")->clocks, CLOCK_BIT(CLOCK_DISPATCH) | CLOCK_BIT(CLOCK_ACCEPT));
    const struct facts praise = facts_of("praise");
    CHECK(rule_of(CLOCK_FINISH, &praise, local("2026-11-23 16:40")) == NULL);
}

TEST(art23_a_valve_that_closes_promises_no_contact)
{
    const struct instant at = local("2026-11-23 16:40");
    const struct facts warranty = facts_of("behind_meter_warranty");
    const struct facts other = facts_of("behind_meter_other");
    CHECK(rule_of(CLOCK_CONTACT, &warranty, at) == NULL);
    CHECK(rule_of(CLOCK_CONTACT, &other, at) == NULL);
}

TEST(every_row_marked_as_a_reading_by_ops_is_one_the_text_leaves_open)
{
    static const char *const READINGS[] = {
        "dispatch", "finish_low_pressure", "finish_behind_meter_other", "poster", "sms", "notice", "emergency_report",
        "restore_report", "reading", "explanation", "resume",
    };
    for (size_t r = 0; r < REGULATION_RULE_COUNT; r++) {
        const struct rule *rule = &REGULATION_RULES[r];
        bool is_reading = strncmp(rule->code, "repair_", 7) == 0 || strncmp(rule->code, "finish_leak_", 12) == 0;
        for (size_t i = 0; i < sizeof READINGS / sizeof READINGS[0]; i++)
            is_reading = is_reading || strcmp(rule->code, READINGS[i]) == 0;
        check_case(rule->code);
        CHECK_INT(rule->interpretation, is_reading ? INTERPRETATION_OPS : INTERPRETATION_TEXT);
    }
}
