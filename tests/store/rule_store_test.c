/* Changes of the regulation, of routes and of policies, with the rights of the administration's account. */
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/random.h"
#include "check.h"
#include "stand.h"
#include "store/rule_store.h"

static struct db *admin_db;

static struct stand *shared(void)
{
    static struct stand *stand;
    if (stand == NULL) {
        stand = stand_open("rules");
        stand_make_accounts(stand);
        admin_db = stand_connect_as(stand, "admin");
    }
    return stand;
}

static struct change change_now(const struct stand *stand, const char *what)
{
    struct change change = {.staff = {12}, .what = what, .detail = "测试", .now = stand->now};

    random_bytes(change.key, sizeof change.key);
    return change;
}

/* Reads the rows anew, as a program does within ten seconds. */
static void read_again(struct stand *stand)
{
    catalog_forget(&stand->catalog);
    REQUIRE_STATUS(catalog_refresh(&stand->catalog, stand->db, &stand->settings, &stand->fault), STATUS_OK);
}

/* The row of a code that has no end. */
static const struct rule *last_rule(struct stand *stand, const char *code)
{
    const struct regulation *regulation = &stand->catalog.regulation;

    for (size_t i = 0; i < regulation->rule_count; i++)
        if (strcmp(regulation->rules[i].code, code) == 0 && !instant_is_set(regulation->rules[i].effective_to))
            return &regulation->rules[i];
    check_end_test();
}

static const struct category *category_now(struct stand *stand, const char *code)
{
    const struct regulation *regulation = &stand->catalog.regulation;
    const struct category *category =
        category_find_by_code(regulation->categories, regulation->category_count, code, stand->now);

    REQUIRE(category != NULL);
    return category;
}

/* A new limit from so many seconds on. */
static struct rule_change limit_change(struct stand *stand, const char *code, int64_t limit_seconds, int64_t ahead)
{
    struct rule_change change = {.from = instant_add_seconds(stand->now, ahead), .edit_count = 1};

    change.edits[0] = (struct rule_edit){.kind = RULE_REPLACE, .row = *last_rule(stand, code)};
    change.edits[0].old = change.edits[0].row.id;
    change.edits[0].row.limit_seconds = limit_seconds;
    return change;
}

static enum status save_with(struct stand *stand, const struct change *audit, const struct rule_change *change,
                             struct regulation_outcome *outcome)
{
    static const struct catalog_words WORDS[RULE_EDITS_MAX] = {
        {"新名称", "New name", "新说明", "New note"}, {"二", "Two", "", ""}, {"三", "Three", "", ""}};
    const struct regulation_change wanted = {.change = change, .rule_words = WORDS,
                                             .category_words = {"新事项", "New matter", "", ""}};

    return rule_store_change(admin_db, audit, &wanted, outcome, &stand->fault);
}

static enum status save(struct stand *stand, const struct rule_change *change, struct regulation_outcome *outcome)
{
    const struct change audit = change_now(stand, "rule_change");

    return save_with(stand, &audit, change, outcome);
}

static const struct clock *finish_clock(const struct ticket_file *file)
{
    for (int i = 0; i < file->ticket.clock_count; i++)
        if (file->ticket.clocks[i].kind == CLOCK_FINISH)
            return &file->ticket.clocks[i];
    check_end_test();
}

static int64_t catalog_version(struct stand *stand)
{
    return stand_count(stand, "SELECT value FROM fact WHERE name = 'catalog_version'");
}

TEST(articles_14_and_36_old_tickets_keep_their_limit_and_new_ones_get_the_new_one)
{
    struct stand *stand = shared();
    const struct rule_change change = limit_change(stand, "finish_faulty_meter", 86400, 3600);
    struct regulation_outcome outcome;
    struct ticket_file before, after, again;

    REQUIRE_STATUS(stand_file(stand, "faulty_meter", NULL, &before), STATUS_OK);
    const int64_t version = catalog_version(stand);
    REQUIRE_STATUS(save(stand, &change, &outcome), STATUS_OK);
    CHECK_INT(catalog_version(stand), version + 1);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM audit WHERE what = 'rule_change' AND staff_id = 12"), 1);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM rule WHERE code = 'finish_faulty_meter' AND effective_to IS NULL"
                                 " AND limit_seconds = 86400 AND name_zh = '新名称' AND note_en = 'New note'"), 1);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM rule WHERE code = 'finish_faulty_meter' AND effective_to IS NOT NULL"
                                 " AND limit_seconds = 129600"), 1);
    read_again(stand);
    stand_pass(stand, 3599);
    REQUIRE_STATUS(stand_file(stand, "faulty_meter", NULL, &again), STATUS_OK);
    CHECK_INT(finish_clock(&again)->limit_seconds, 129600);
    stand_pass(stand, 1);
    REQUIRE_STATUS(stand_file(stand, "faulty_meter", NULL, &after), STATUS_OK);
    CHECK_INT(finish_clock(&after)->limit_seconds, 86400);
    CHECK_INT(instant_milliseconds_between(after.ticket.reported_at, finish_clock(&after)->due_at), 86400000);

    /* The old one goes on under its own rule: through its life, and when its facts change. */
    enum verdict verdict;
    struct command grade = stand_command(ACTION_GRADE, stand_ops());
    REQUIRE_STATUS(stand_dispatch_and_accept(stand, &before), STATUS_OK);
    command_set(&grade, FIELD_GRADES, GRADE_BIT(GRADE_KEY_SOURCE));
    REQUIRE_STATUS(stand_act(stand, &before, &grade, "领导批示", &verdict), STATUS_OK);
    CHECK_INT(finish_clock(&before)->limit_seconds, 43200);
    command_set(&grade, FIELD_GRADES, 0);
    REQUIRE_STATUS(stand_act(stand, &before, &grade, "核实后撤销", &verdict), STATUS_OK);
    CHECK_INT(finish_clock(&before)->limit_seconds, 129600);
    CHECK_INT(instant_milliseconds_between(before.ticket.reported_at, finish_clock(&before)->due_at), 129600000);
    REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);
    CHECK_INT(stand_verify(stand, true), 0);
}

TEST(a_form_sent_twice_changes_the_rules_once)
{
    struct stand *stand = shared();
    const struct rule_change change = limit_change(stand, "accept", 900, 3600);
    const struct change audit = change_now(stand, "rule_change");
    struct regulation_outcome outcome;

    REQUIRE_STATUS(save_with(stand, &audit, &change, &outcome), STATUS_OK);
    const int64_t version = catalog_version(stand);
    CHECK_STATUS(save_with(stand, &audit, &change, &outcome), STATUS_DUPLICATE);
    CHECK_INT(catalog_version(stand), version);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM rule WHERE code = 'accept'"), 2);
    read_again(stand);
}

TEST(rules_with_a_gap_are_refused_by_name_and_nothing_is_written)
{
    struct stand *stand = shared();
    struct rule_change change = limit_change(stand, "repair_to_600", 86400, 3600);
    struct regulation_outcome outcome;
    const int64_t version = catalog_version(stand), lines = stand_count(stand, "SELECT COUNT(*) FROM audit");
    const int64_t rows = stand_count(stand, "SELECT COUNT(*) FROM rule");

    change.edits[0].row.diameter_to_mm = 500;
    CHECK_STATUS(save(stand, &change, &outcome), STATUS_REFUSED);
    CHECK_STATUS(outcome.refusal, CHANGE_NOT_WHOLE);
    REQUIRE(outcome.problem_count > 0);
    CHECK_STATUS(outcome.problems[0].kind, RULES_GAP);
    CHECK_INT(outcome.problems[0].clock, CLOCK_REPAIR);
    CHECK_INT(catalog_version(stand), version);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM rule"), rows);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM audit"), lines);
    fault_reset(&stand->fault);
}

/* Each of two processes changes the same rule; how both ended. */
static void race(struct stand *stand, const struct rule_change *change, int ended[2])
{
    int result[2];

    REQUIRE(pipe(result) == 0);
    for (int i = 0; i < 2; i++) {
        if (fork() != 0)
            continue;
        struct regulation_outcome outcome;
        struct change audit = change_now(stand, "rule_change");
        audit.key[0] = (uint8_t)i; /* their random numbers are the same after the fork */
        admin_db = stand_connect_as(stand, "admin");
        int status = (int)save_with(stand, &audit, change, &outcome);
        if (status == STATUS_REFUSED && outcome.refusal != CHANGE_STALE)
            status = STATUS_FAILED;
        _exit(write(result[1], &status, sizeof status) == (ssize_t)sizeof status ? 0 : 1);
    }
    for (int i = 0; i < 2; i++)
        REQUIRE(read(result[0], &ended[i], sizeof ended[i]) == (ssize_t)sizeof ended[i]);
    for (int i = 0; i < 2; i++)
        wait(NULL);
    close(result[0]);
    close(result[1]);
}

TEST(of_two_who_change_one_rule_at_once_one_succeeds_and_the_other_is_told)
{
    struct stand *stand = shared();
    const struct rule_change change = limit_change(stand, "inspect_inner", 2000, 3600);
    int ended[2];

    race(stand, &change, ended);
    CHECK((ended[0] == STATUS_OK && ended[1] == STATUS_REFUSED) || (ended[1] == STATUS_OK && ended[0] == STATUS_REFUSED));
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM rule WHERE code = 'inspect_inner'"), 2);
    read_again(stand);
}

TEST(a_planned_change_can_be_withdrawn_and_leaves_the_rows_as_they_were)
{
    struct stand *stand = shared();
    const struct rule_change change = limit_change(stand, "finish_billing", 3600, 7200);
    struct rule_change back = {.from = INSTANT_NONE, .edit_count = 1};
    struct regulation_outcome outcome;

    REQUIRE_STATUS(save(stand, &change, &outcome), STATUS_OK);
    read_again(stand);
    back.edits[0] = (struct rule_edit){.kind = RULE_WITHDRAW, .old = last_rule(stand, "finish_billing")->id};
    REQUIRE_STATUS(save(stand, &back, &outcome), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM rule WHERE code = 'finish_billing'"), 1);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM rule WHERE code = 'finish_billing' AND effective_to IS NULL"), 1);
    read_again(stand);
}

TEST(a_matter_that_changes_takes_its_rules_and_routes_along_and_old_tickets_stay)
{
    struct stand *stand = shared();
    const struct category *old = category_now(stand, "water_quality");
    const int32_t old_id = old->id.v;
    struct rule_change change = {.from = instant_add_seconds(stand->now, 3600),
                                 .category = {.kind = CATEGORY_REPLACE, .old = old->id, .row = *old}};
    struct regulation_outcome outcome;
    struct ticket_file before, after;

    change.category.row.extension_cap_seconds = 43200;
    REQUIRE_STATUS(stand_file(stand, "water_quality", NULL, &before), STATUS_OK);
    REQUIRE_STATUS(save(stand, &change, &outcome), STATUS_OK);
    REQUIRE(outcome.added_category.v != 0);
    read_again(stand);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM category WHERE code = 'water_quality'"), 2);
    CHECK_INT(stand_count(stand, "SELECT unit_id FROM route WHERE category_id = %d AND zone = 0", outcome.added_category.v), 6);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM category WHERE id = %d AND name_zh = '新事项'", outcome.added_category.v), 1);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM rule a JOIN rule b ON a.code = b.code AND a.name_zh = b.name_zh"
                                 " WHERE a.category_id = %d AND b.category_id = %d", old_id, outcome.added_category.v), 1);
    stand_pass(stand, 3600);
    REQUIRE_STATUS(stand_file(stand, "water_quality", NULL, &after), STATUS_OK);
    CHECK_INT(after.ticket.facts.category.v, outcome.added_category.v);
    CHECK_INT(before.ticket.facts.category.v, old_id);
    CHECK_INT(finish_clock(&after)->limit_seconds, finish_clock(&before)->limit_seconds);
    REQUIRE_STATUS(stand_dispatch_and_accept(stand, &before), STATUS_OK);
    REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);
    CHECK_INT(stand_verify(stand, true), 0);
}

TEST(a_new_matter_is_filed_and_routed_from_its_day_on)
{
    struct stand *stand = shared();
    const struct unit_route routes[] = {{{0}, ZONE_UNKNOWN, {5}}, {{0}, ZONE_OUTER, {3}}};
    struct rule_change change = {.from = instant_add_seconds(stand->now, 120),
                                 .category = {.kind = CATEGORY_ADD, .row = *category_now(stand, "faulty_meter")},
                                 .edit_count = 1};
    const struct catalog_words words = {"智能水表：办结", "Smart meter: done", "", ""};
    const struct regulation_change wanted = {&change, &words, {"智能水表", "Smart meter", "", ""}, routes, 2};
    const struct change audit = change_now(stand, "category_add");
    struct regulation_outcome outcome;
    struct ticket_file file;

    memcpy(change.category.row.code, "smart_meter", sizeof "smart_meter");
    change.edits[0] = (struct rule_edit){.kind = RULE_ADD, .row = *last_rule(stand, "finish_faulty_meter")};
    memcpy(change.edits[0].row.code, "finish_smart_meter", sizeof "finish_smart_meter");
    change.edits[0].row.category = CATEGORY_ADDED;
    change.edits[0].row.limit_seconds = 7200;
    REQUIRE_STATUS(rule_store_change(admin_db, &audit, &wanted, &outcome, &stand->fault), STATUS_OK);
    read_again(stand);
    stand_pass(stand, 120);
    REQUIRE_STATUS(stand_file(stand, "smart_meter", NULL, &file), STATUS_OK);
    CHECK_INT(finish_clock(&file)->limit_seconds, 7200);
    CHECK_INT(catalog_route(&stand->catalog, file.ticket.facts.category, ZONE_INNER).v, 5);
    CHECK_INT(catalog_route(&stand->catalog, file.ticket.facts.category, ZONE_OUTER).v, 3);

    /* Before it begins it could have been withdrawn, and its routes with it. */
    struct rule_change next = change, back = {.from = INSTANT_NONE, .category = {.kind = CATEGORY_WITHDRAW}};
    const struct regulation_change more = {&next, &words, {"又一个", "One more", "", ""}, routes, 2};
    const struct change again = change_now(stand, "category_add");
    memcpy(next.category.row.code, "other_meter", sizeof "other_meter");
    memcpy(next.edits[0].row.code, "finish_other_meter", sizeof "finish_other_meter");
    next.from = instant_add_seconds(stand->now, 3600);
    REQUIRE_STATUS(rule_store_change(admin_db, &again, &more, &outcome, &stand->fault), STATUS_OK);
    back.category.old = outcome.added_category;
    REQUIRE_STATUS(save(stand, &back, &outcome), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM route WHERE category_id = %d", back.category.old.v), 0);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM category WHERE code = 'other_meter'"), 0);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM rule WHERE code = 'finish_other_meter'"), 0);
    read_again(stand);
}

TEST(no_limit_can_be_changed_in_place_with_the_rights_of_the_administration)
{
    struct stand *stand = shared();
    const int64_t sum = stand_count(stand, "SELECT SUM(limit_seconds) FROM rule WHERE effective_from < '2015-01-01'");

    CHECK(sum > 0);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM information_schema.COLUMN_PRIVILEGES WHERE TABLE_SCHEMA = '%s'"
                                 " AND GRANTEE LIKE '%%shuinuo_admin%%' AND TABLE_NAME IN ('rule', 'category')"
                                 " AND PRIVILEGE_TYPE = 'UPDATE' AND COLUMN_NAME <> 'effective_to'",
                          stand->settings.database_name), 0);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM information_schema.TABLE_PRIVILEGES WHERE TABLE_SCHEMA = '%s'"
                                 " AND GRANTEE LIKE '%%shuinuo_admin%%' AND TABLE_NAME IN ('rule', 'category')"
                                 " AND PRIVILEGE_TYPE = 'UPDATE'", stand->settings.database_name), 0);
}

/* ---- routes */

TEST(routes_are_changed_as_they_were_seen)
{
    struct stand *stand = shared();
    const struct category_id billing = category_now(stand, "billing")->id;
    struct category_routes seen, wanted;
    struct change audit = change_now(stand, "route_change");

    rule_store_routes(&stand->catalog, billing, &seen);
    CHECK_INT(seen.unit[ZONE_UNKNOWN].v, 2);
    wanted = seen;
    wanted.unit[ZONE_OUTER].v = 5;
    REQUIRE_STATUS(rule_store_change_routes(admin_db, &audit, billing, &seen, &wanted, &stand->fault), STATUS_OK);
    CHECK_STATUS(rule_store_change_routes(admin_db, &audit, billing, &seen, &wanted, &stand->fault), STATUS_DUPLICATE);
    audit = change_now(stand, "route_change");
    CHECK_STATUS(rule_store_change_routes(admin_db, &audit, billing, &seen, &wanted, &stand->fault), STATUS_CONFLICT);
    read_again(stand);
    CHECK_INT(catalog_route(&stand->catalog, billing, ZONE_OUTER).v, 5);
    CHECK_INT(catalog_route(&stand->catalog, billing, ZONE_INNER).v, 2);
    rule_store_routes(&stand->catalog, billing, &seen);
    wanted = (struct category_routes){{{0}}};
    audit = change_now(stand, "route_change");
    REQUIRE_STATUS(rule_store_change_routes(admin_db, &audit, billing, &seen, &wanted, &stand->fault), STATUS_OK);
    read_again(stand);
    CHECK_INT(catalog_route(&stand->catalog, billing, ZONE_OUTER).v, 0);
    fault_reset(&stand->fault);
}

/* ---- policies */

TEST(a_policy_is_changed_from_the_value_that_was_seen)
{
    struct stand *stand = shared();
    struct policy_row rows[POLICY__COUNT];
    struct change audit = change_now(stand, "policy_change");

    REQUIRE_STATUS(policy_store_list(admin_db, &stand->arena, rows, &stand->fault), STATUS_OK);
    CHECK(!rows[POLICY_REPEAT_DAYS].is_set);
    CHECK_INT(rows[POLICY_REPEAT_DAYS].value, 90);
    REQUIRE_STATUS(policy_store_change(admin_db, &audit, POLICY_REPEAT_DAYS, 90, 120, &stand->fault), STATUS_OK);
    audit = change_now(stand, "policy_change");
    CHECK_STATUS(policy_store_change(admin_db, &audit, POLICY_REPEAT_DAYS, 90, 60, &stand->fault), STATUS_CONFLICT);
    REQUIRE_STATUS(policy_store_change(admin_db, &audit, POLICY_REPEAT_DAYS, 120, 100, &stand->fault), STATUS_OK);
    REQUIRE_STATUS(policy_store_list(admin_db, &stand->arena, rows, &stand->fault), STATUS_OK);
    CHECK(rows[POLICY_REPEAT_DAYS].is_set);
    CHECK_INT(rows[POLICY_REPEAT_DAYS].value, 100);
    CHECK(instant_is_equal(rows[POLICY_REPEAT_DAYS].changed_at, stand->now));
    read_again(stand);
    CHECK_INT(stand->catalog.policies[POLICY_REPEAT_DAYS], 100);
    fault_reset(&stand->fault);
}
