#include "core/rule.h"

#include <stdlib.h>

#include "check.h"
#include "regulation.h"

#define RULES_MAX 100
#define CATEGORIES_MAX 50
#define ROOM 8

/* The product's rows, to be spoiled by a test. */
struct rows {
    struct rule rules[RULES_MAX];
    size_t rule_count;
    struct category categories[CATEGORIES_MAX];
    size_t category_count;
    struct rule_problem problems[ROOM];
};

static void rows_init(struct rows *rows)
{
    REQUIRE(REGULATION_RULE_COUNT < RULES_MAX && REGULATION_CATEGORY_COUNT < CATEGORIES_MAX);
    memset(rows, 0, sizeof *rows);
    memcpy(rows->rules, REGULATION_RULES, sizeof REGULATION_RULES);
    memcpy(rows->categories, REGULATION_CATEGORIES, sizeof REGULATION_CATEGORIES);
    rows->rule_count = REGULATION_RULE_COUNT;
    rows->category_count = REGULATION_CATEGORY_COUNT;
}

static size_t rows_check(struct rows *rows)
{
    return rules_check(rows->rules, rows->rule_count, rows->categories, rows->category_count, rows->problems, ROOM);
}

static struct rule *rows_rule(struct rows *rows, const char *code)
{
    for (size_t i = 0; i < rows->rule_count; i++)
        if (strcmp(rows->rules[i].code, code) == 0)
            return &rows->rules[i];
    check_end_test();
}

static struct category *rows_category(struct rows *rows, const char *code)
{
    for (size_t i = 0; i < rows->category_count; i++)
        if (strcmp(rows->categories[i].code, code) == 0)
            return &rows->categories[i];
    check_end_test();
}

static void rows_remove(struct rows *rows, const char *code)
{
    struct rule *rule = rows_rule(rows, code);
    *rule = rows->rules[--rows->rule_count];
}

/* A copy of a rule with a code and id of its own. */
static struct rule *rows_add_copy(struct rows *rows, const char *code, const char *new_code)
{
    struct rule *copy = &rows->rules[rows->rule_count++];
    *copy = *rows_rule(rows, code);
    snprintf(copy->code, sizeof copy->code, "%s", new_code);
    copy->id.v = 1000 + (int)rows->rule_count;
    return copy;
}

static void check_finds(struct rows *rows, int kind, const char *words)
{
    const size_t found = rows_check(rows);
    CHECK(found >= 1);
    bool is_told = false;
    for (size_t i = 0; i < found && i < ROOM; i++)
        is_told = is_told || ((int)rows->problems[i].kind == kind && strstr(rows->problems[i].message, words) != NULL);
    CHECK(is_told);
    if (!is_told && found > 0)
        CHECK_TEXT(rows->problems[0].message, words);
}

TEST(clock_failure_15_the_regulation_has_neither_gap_nor_overlap)
{
    struct rule_problem problems[ROOM];
    const size_t found = rules_check(REGULATION_RULES, REGULATION_RULE_COUNT, REGULATION_CATEGORIES,
                                     REGULATION_CATEGORY_COUNT, problems, ROOM);
    CHECK_INT(found, 0);
    for (size_t i = 0; i < found && i < ROOM; i++)
        CHECK_TEXT(problems[i].message, "");
}

TEST(the_check_finds_each_removed_rule)
{
    for (size_t i = 0; i < REGULATION_RULE_COUNT; i++) {
        check_case(REGULATION_RULES[i].code);
        struct rows rows;
        rows_init(&rows);
        rows_remove(&rows, REGULATION_RULES[i].code);
        CHECK(rows_check(&rows) >= 1);
        CHECK_STATUS(rows.problems[0].kind, RULES_GAP);
        CHECK(strstr(rows.problems[0].message, clock_kind_name(REGULATION_RULES[i].kind)) != NULL);
    }
}

TEST(the_check_finds_each_doubled_rule)
{
    for (size_t i = 0; i < REGULATION_RULE_COUNT; i++) {
        check_case(REGULATION_RULES[i].code);
        struct rows rows;
        rows_init(&rows);
        rows_add_copy(&rows, REGULATION_RULES[i].code, "the_same_once_more");
        CHECK(rows_check(&rows) >= 1);
        CHECK_STATUS(rows.problems[0].kind, RULES_OVERLAP);
    }
}

TEST(the_check_names_category_grade_kind_zone_diameter_and_day)
{
    struct rows rows;
    rows_init(&rows);
    rows_remove(&rows, "finish_leak_public_to_1200");
    REQUIRE(rows_check(&rows) == 1);
    CHECK_TEXT(rows.problems[0].message, "no rule: category leak_public, grade none, clock finish, zone unknown, "
                                         "diameter 601 mm, valve works, day 2014-01-01");
}

TEST(the_check_finds_a_grade_without_a_rule_per_category)
{
    struct rows rows;
    rows_init(&rows);
    rows_remove(&rows, "finish_urgent");
    check_finds(&rows, RULES_GAP, "grade urgent");
}

TEST(the_check_finds_a_gap_of_one_millimetre)
{
    struct rows rows;
    rows_init(&rows);
    rows_rule(&rows, "repair_to_1200")->diameter_over_mm = 601;
    check_finds(&rows, RULES_GAP, "clock repair, zone unknown, diameter 601 mm");
}

TEST(the_check_finds_an_overlap_of_one_millimetre)
{
    struct rows rows;
    rows_init(&rows);
    rows_rule(&rows, "repair_to_1200")->diameter_over_mm = 599;
    check_finds(&rows, RULES_OVERLAP, "clock repair, zone unknown, diameter 600 mm");
}

TEST(the_check_finds_a_zone_without_a_rule)
{
    struct rows rows;
    rows_init(&rows);
    rows_rule(&rows, "arrive_outer")->zone = ZONE_INNER;
    CHECK(rows_check(&rows) > 0);
    rows_remove(&rows, "arrive_outer");
    check_finds(&rows, RULES_GAP, "zone outer");
}

TEST(a_conditional_contact_wants_one_rule_under_the_condition_and_none_otherwise)
{
    struct rows rows;
    rows_init(&rows);
    rows_add_copy(&rows, "contact_behind_other", "contact_behind_other_always")->condition = CONDITION_ANY;
    check_finds(&rows, RULES_OVERLAP, "clock contact, zone unknown, diameter 0 mm, valve stuck");
    rows_init(&rows);
    rows_add_copy(&rows, "contact_behind_other", "contact_behind_other_twice");
    check_finds(&rows, RULES_OVERLAP, "valve stuck");
    rows_init(&rows);
    rows_remove(&rows, "contact_behind_other");
    check_finds(&rows, RULES_GAP, "category behind_meter_other");
}

TEST(a_condition_on_another_clock_than_contact_is_wrong)
{
    struct rows rows;
    rows_init(&rows);
    rows_rule(&rows, "finish_faulty_meter")->condition = CONDITION_VALVE_STUCK;
    check_finds(&rows, RULES_WRONG, "only contact");
}

TEST(the_check_follows_revisions_day_by_day)
{
    const struct instant revised = local("2027-01-01 00:00");
    struct rows rows;
    rows_init(&rows);
    struct rule *revision = rows_add_copy(&rows, "finish_faulty_meter", "finish_faulty_meter");
    revision->effective_from = revised;
    revision->limit_seconds = 24 * HOUR_SECONDS;
    check_finds(&rows, RULES_WRONG, "two rows in force");

    rows_rule(&rows, "finish_faulty_meter")->effective_to = revised;
    CHECK_INT(rows_check(&rows), 0);

    rows_rule(&rows, "finish_faulty_meter")->effective_to = local("2026-12-31 23:59");
    check_finds(&rows, RULES_GAP, "category faulty_meter, grade none, clock finish, zone unknown, diameter 0 mm, valve "
                                  "works, day 2026-12-31");
}

TEST(a_category_that_ended_needs_no_rules_any_more)
{
    struct rows rows;
    rows_init(&rows);
    const struct instant end = local("2027-01-01 00:00");
    rows_category(&rows, "pipe_locating")->effective_to = end;
    rows_rule(&rows, "finish_pipe_locating")->effective_to = end;
    CHECK_INT(rows_check(&rows), 0);
}

TEST(a_clock_kind_without_any_rule_is_a_gap)
{
    struct rows rows;
    rows_init(&rows);
    rows_remove(&rows, "emergency_report");
    check_finds(&rows, RULES_GAP, "clock emergency_report");
}

static void spoil_nothing(struct rule *rule) { (void)rule; }
static void spoil_kind(struct rule *rule) { rule->kind = CLOCK_NONE; }
static void spoil_subject(struct rule *rule) { rule->subject = SUBJECT_OUTAGE; }
static void spoil_limit(struct rule *rule) { rule->limit_seconds = 0; }
static void spoil_negative(struct rule *rule) { rule->limit_seconds = -2; }
static void spoil_before(struct rule *rule)
{
    rule->direction = DIRECTION_BEFORE;
    rule->limit_seconds = LIMIT_BY_OPS;
}
static void spoil_dates(struct rule *rule) { rule->effective_to = rule->effective_from; }
static void spoil_category(struct rule *rule) { rule->category.v = 999; }
static void spoil_clock(struct rule *rule) { rule->kind = CLOCK_REPAIR; }
static void spoil_band(struct rule *rule)
{
    rule->diameter_over_mm = 600;
    rule->diameter_to_mm = 600;
}
static void spoil_bound(struct rule *rule) { rule->bound = BOUND__COUNT; }

TEST(the_check_tells_rows_that_are_wrong_by_themselves)
{
    static const struct {
        const char *name;
        void (*spoil)(struct rule *rule);
        const char *words; /* NULL: nothing is wrong */
    } CASES[] = {
        {"as it is", spoil_nothing, NULL},
        {"unknown kind", spoil_kind, "unknown clock kind"},
        {"wrong subject", spoil_subject, "does not belong to the subject"},
        {"after-clock without a limit", spoil_limit, "needs a limit above 0"},
        {"negative limit", spoil_negative, "negative limit"},
        {"before-clock by ops", spoil_before, "ops sets no limits of before-clocks"},
        {"no days", spoil_dates, "ends before it begins"},
        {"unknown category", spoil_category, "unknown category"},
        {"a clock its category does not run", spoil_clock, "does not run this clock"},
        {"empty band", spoil_band, "empty band"},
        {"unknown bound", spoil_bound, "a value outside its list"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        check_case(CASES[i].name);
        struct rows rows;
        rows_init(&rows);
        CASES[i].spoil(rows_rule(&rows, "finish_faulty_meter"));
        if (CASES[i].words == NULL)
            CHECK_INT(rows_check(&rows), 0);
        else
            check_finds(&rows, RULES_WRONG, CASES[i].words);
    }
}

TEST(the_check_tells_categories_that_are_wrong)
{
    struct rows rows;
    rows_init(&rows);
    rows_category(&rows, "billing")->id = rows_category(&rows, "general")->id;
    check_finds(&rows, RULES_WRONG, "an id used twice");
    rows_init(&rows);
    snprintf(rows_category(&rows, "billing")->code, CODE_BYTES, "general");
    check_finds(&rows, RULES_WRONG, "two rows in force");
    rows_init(&rows);
    rows_category(&rows, "billing")->clocks |= CLOCK_BIT(CLOCK_ANNOUNCE);
    check_finds(&rows, RULES_WRONG, "tickets do not have");
}

TEST(problems_beyond_the_room_are_counted)
{
    struct rows rows;
    rows_init(&rows);
    rows_remove(&rows, "accept");
    size_t handled = 0;
    for (size_t i = 0; i < REGULATION_CATEGORY_COUNT; i++)
        handled += (REGULATION_CATEGORIES[i].clocks & CLOCK_BIT(CLOCK_ACCEPT)) != 0;
    CHECK(handled > ROOM);
    CHECK_INT(rows_check(&rows), handled);
    CHECK_INT(rules_check(rows.rules, rows.rule_count, rows.categories, rows.category_count, NULL, 0), handled);
}

/* ---------------------------------------------------------------- the rule that governs */

static const char *found_code(const struct facts *facts)
{
    const struct rule *rule = rule_of(CLOCK_FINISH, facts, local("2026-11-23 16:40"));
    return rule != NULL ? rule->code : "none";
}

TEST(the_shortest_limit_of_matter_and_grades_governs)
{
    struct facts facts = facts_of("faulty_meter");
    CHECK_TEXT(found_code(&facts), "finish_faulty_meter");
    facts.grades = GRADE_BIT(GRADE_KEY_SOURCE);
    CHECK_TEXT(found_code(&facts), "finish_key_source");
    facts.grades |= GRADE_BIT(GRADE_URGENT);
    CHECK_TEXT(found_code(&facts), "finish_urgent");
    facts.grades = GRADE_BIT(GRADE_REPUTATION);
    CHECK_TEXT(found_code(&facts), "finish_faulty_meter");
    facts.ops_limit_seconds = 6 * HOUR_SECONDS;
    CHECK_TEXT(found_code(&facts), "finish_reputation");
    facts.ops_limit_seconds = 40 * HOUR_SECONDS;
    CHECK_TEXT(found_code(&facts), "finish_faulty_meter");
}

TEST(a_limit_by_ops_is_unset_only_when_nothing_else_has_one)
{
    struct facts facts = facts_of("unforeseen");
    CHECK_TEXT(found_code(&facts), "finish_unforeseen");
    CHECK_INT(rule_limit_seconds(regulation_rule("finish_unforeseen"), &facts), 0);
    facts.grades = GRADE_BIT(GRADE_INJURY);
    CHECK_TEXT(found_code(&facts), "finish_injury");
}

TEST(of_equal_limits_less_governs_and_then_the_matter_itself)
{
    struct facts cover = facts_of("manhole_cover"); /* 12 h, as the grade */
    cover.grades = GRADE_BIT(GRADE_KEY_SOURCE) | GRADE_BIT(GRADE_INJURY);
    CHECK_TEXT(found_code(&cover), "finish_manhole_cover");
    struct facts leak = facts_of("leak_public"); /* less than 24 h */
    leak.grades = GRADE_BIT(GRADE_REPUTATION);
    leak.ops_limit_seconds = 24 * HOUR_SECONDS;
    CHECK_TEXT(found_code(&leak), "finish_leak_public_to_600");
}

TEST(a_leak_of_a_large_pipe_waits_for_ops_unless_a_grade_is_shorter)
{
    struct facts leak = facts_of("leak_public");
    leak.diameter_mm = 1400;
    CHECK_TEXT(found_code(&leak), "finish_leak_public_over_1200");
    leak.grades = GRADE_BIT(GRADE_URGENT);
    CHECK_TEXT(found_code(&leak), "finish_urgent");
}

TEST(old_tickets_keep_the_rules_of_their_day)
{
    struct rows rows;
    rows_init(&rows);
    const struct instant revised = local("2027-01-01 00:00");
    rows_add_copy(&rows, "finish_faulty_meter", "finish_faulty_meter")->effective_from = revised;
    rows_rule(&rows, "finish_faulty_meter")->effective_to = revised;
    rows.rules[rows.rule_count - 1].limit_seconds = 24 * HOUR_SECONDS;
    const struct facts facts = facts_of("faulty_meter");
    const struct rule *before = rule_find(rows.rules, rows.rule_count, CLOCK_FINISH, &facts,
                                          plus_milliseconds(revised, -1));
    const struct rule *after = rule_find(rows.rules, rows.rule_count, CLOCK_FINISH, &facts, revised);
    REQUIRE(before != NULL && after != NULL);
    CHECK_INT(before->limit_seconds, 36 * HOUR_SECONDS);
    CHECK_INT(after->limit_seconds, 24 * HOUR_SECONDS);
    CHECK(rule_of(CLOCK_FINISH, &facts, local("2013-12-31 00:00")) == NULL);
}

/* ---------------------------------------------------------------- matters */

TEST(each_public_group_has_a_first_category)
{
    static const char *const FIRST[CATEGORY_GROUP__COUNT] = {
        [GROUP_NO_WATER] = "no_water",     [GROUP_LEAK] = "leak_public", [GROUP_QUALITY] = "water_quality",
        [GROUP_PRESSURE] = "low_pressure", [GROUP_METER] = "billing",    [GROUP_SERVICE] = "service_complaint",
    };
    for (int group = GROUP_NO_WATER; group < CATEGORY_GROUP__COUNT; group++) {
        check_case(category_group_name((enum category_group)group));
        const struct category *first = NULL;
        for (size_t i = 0; i < REGULATION_CATEGORY_COUNT; i++) {
            const struct category *category = &REGULATION_CATEGORIES[i];
            if ((int)category->group == group && (first == NULL || category->sort < first->sort))
                first = category;
        }
        REQUIRE(first != NULL);
        CHECK_TEXT(first->code, FIRST[group]);
    }
}

TEST(design_decision_9_a_phone_is_optional_only_where_no_repair_is_asked)
{
    for (size_t i = 0; i < REGULATION_CATEGORY_COUNT; i++) {
        const struct category *category = &REGULATION_CATEGORIES[i];
        check_case(category->code);
        if (category->default_nature == NATURE_REPAIR)
            CHECK(category->needs_phone);
        if (!category->needs_phone)
            CHECK(category->default_nature != NATURE_REPAIR);
    }
    static const char *const OPTIONAL[] = {"consultation", "suggestion", "praise", "service_complaint"};
    for (size_t i = 0; i < sizeof OPTIONAL / sizeof OPTIONAL[0]; i++) {
        check_case(OPTIONAL[i]);
        CHECK(!regulation_category(OPTIONAL[i])->needs_phone);
    }
}

TEST(every_matter_that_is_handled_is_dispatched_and_accepted)
{
    const uint32_t both = CLOCK_BIT(CLOCK_DISPATCH) | CLOCK_BIT(CLOCK_ACCEPT);
    for (size_t i = 0; i < REGULATION_CATEGORY_COUNT; i++) {
        check_case(REGULATION_CATEGORIES[i].code);
        const uint32_t clocks = REGULATION_CATEGORIES[i].clocks;
        CHECK(clocks == 0 || (clocks & both) == both);
    }
}

TEST(leaks_run_the_clocks_of_article_22)
{
    for (size_t i = 0; i < REGULATION_CATEGORY_COUNT; i++) {
        const struct category *category = &REGULATION_CATEGORIES[i];
        check_case(category->code);
        CHECK_INT((category->clocks & CLOCK_BIT(CLOCK_ARRIVE)) != 0, category->is_leak);
        CHECK_INT((category->clocks & CLOCK_BIT(CLOCK_REPAIR)) != 0, category->is_leak);
        CHECK_INT((category->clocks & CLOCK_BIT(CLOCK_INSPECT)) != 0, category->is_third_party);
    }
}

TEST(a_category_is_found_by_id_and_by_code_in_its_time)
{
    const struct instant at = local("2026-11-23 16:40");
    const struct category *meter = regulation_category("faulty_meter");
    CHECK(category_find(REGULATION_CATEGORIES, REGULATION_CATEGORY_COUNT, meter->id) == meter);
    CHECK(category_find(REGULATION_CATEGORIES, REGULATION_CATEGORY_COUNT, (struct category_id){0}) == NULL);
    CHECK(category_find_by_code(REGULATION_CATEGORIES, REGULATION_CATEGORY_COUNT, "faulty_meter", at) == meter);
    CHECK(category_find_by_code(REGULATION_CATEGORIES, REGULATION_CATEGORY_COUNT, "faulty_meter",
                                local("2013-12-31 00:00")) == NULL);
    CHECK(category_find_by_code(REGULATION_CATEGORIES, REGULATION_CATEGORY_COUNT, "faulty", at) == NULL);
}

TEST(a_row_is_in_force_from_its_first_moment_until_just_before_its_last)
{
    const struct instant from = local("2026-01-01 00:00"), to = local("2027-01-01 00:00");
    CHECK(!is_in_force(from, to, plus_milliseconds(from, -1)));
    CHECK(is_in_force(from, to, from));
    CHECK(is_in_force(from, to, plus_milliseconds(to, -1)));
    CHECK(!is_in_force(from, to, to));
    CHECK(is_in_force(from, INSTANT_NONE, local("2999-01-01 00:00")));
}

TEST(every_enum_value_has_a_name)
{
    for (int i = 0; i < CLOCK_KIND__COUNT; i++)
        CHECK(clock_kind_name((enum clock_kind)i)[0] != '\0');
    for (int i = 0; i < GRADE__COUNT; i++)
        CHECK(grade_name((enum grade)i)[0] != '\0');
    for (int i = 0; i < ZONE__COUNT; i++)
        CHECK(zone_name((enum zone)i)[0] != '\0');
    for (int i = 0; i < NATURE__COUNT; i++)
        CHECK(nature_name((enum nature)i)[0] != '\0');
    for (int i = 0; i < SOURCE__COUNT; i++)
        CHECK(source_name((enum source)i)[0] != '\0');
    for (int i = 0; i < CATEGORY_GROUP__COUNT; i++)
        CHECK(category_group_name((enum category_group)i)[0] != '\0');
}
