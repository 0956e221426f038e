/*
 * A change of the regulation from a moment on (Arts. 14, 36), on the product's own rows: what the rows would be, when it is
 * refused, and what it does to reports made from then on.
 */
#include "core/rule_change.h"

#include "check.h"
#include "regulation.h"

#define RULE_ROOM (REGULATION_RULE_COUNT + RULE_ADDED_MAX)
#define CATEGORY_ROOM (REGULATION_CATEGORY_COUNT + 2)
#define CHANGES_MAX 200

static struct rule rule_rows[2][RULE_ROOM + RULE_ADDED_MAX];
static struct category category_rows[2][CATEGORY_ROOM];
static struct limit_change told[CHANGES_MAX];

static struct regulation product(void)
{
    return (struct regulation){.rules = REGULATION_RULES, .rule_count = REGULATION_RULE_COUNT,
                               .categories = REGULATION_CATEGORIES, .category_count = REGULATION_CATEGORY_COUNT,
                               .late_entry_minutes = 10};
}

/* Room for the rows after the first or the second change of a test. */
static struct changed room(int index)
{
    return (struct changed){.rules = rule_rows[index], .rule_room = RULE_ROOM + (size_t)index * RULE_ADDED_MAX,
                            .categories = category_rows[index], .category_room = CATEGORY_ROOM};
}

static struct regulation regulation_of(const struct changed *changed)
{
    return (struct regulation){.rules = changed->rules, .rule_count = changed->rule_count,
                               .categories = changed->categories, .category_count = changed->category_count,
                               .late_entry_minutes = 10};
}

#define NOW local("2026-11-23 08:00")
#define FROM local("2027-01-01 00:00")

static struct rule_edit *edit(struct rule_change *change, enum rule_edit_kind kind, const char *code)
{
    struct rule_edit *row = &change->edits[change->edit_count++];

    *row = (struct rule_edit){.kind = kind, .row = *regulation_rule(code)};
    row->old = row->row.id;
    return row;
}

/* The change of one limit. */
static struct rule_change limit_change(const char *code, int64_t seconds)
{
    struct rule_change change = {.from = FROM};

    edit(&change, RULE_REPLACE, code)->row.limit_seconds = seconds;
    return change;
}

static size_t compare(const struct changed *after, struct instant at)
{
    const struct regulation before = product(), then = regulation_of(after);

    return rule_change_compare(&before, &then, at, told, CHANGES_MAX);
}

static const struct rule *rule_in(const struct changed *changed, const char *category, enum clock_kind kind,
                                  uint32_t grades, int diameter_mm, struct instant at)
{
    struct facts facts = {.grades = grades, .diameter_mm = diameter_mm};
    const struct category *row = category_find_by_code(changed->categories, changed->category_count, category, at);

    REQUIRE(row != NULL);
    facts.category = row->id;
    return rule_find(changed->rules, changed->rule_count, kind, &facts, at);
}

/* ---- limits */

TEST(article_36_a_new_limit_begins_at_its_moment_and_the_old_one_ends_there)
{
    const struct regulation before = product();
    const struct rule_change change = limit_change("finish_faulty_meter", 86400);
    struct changed changed = room(0);

    REQUIRE_STATUS(rule_change_apply(&before, &change, NOW, &changed), CHANGE_OK);
    CHECK_INT(changed.rule_count, REGULATION_RULE_COUNT + 1);
    CHECK_INT(changed.added_count, 1);
    CHECK_INT(changed.origins[0].edit, 0);
    const struct rule *old = rule_in(&changed, "faulty_meter", CLOCK_FINISH, 0, 0, plus_milliseconds(FROM, -1));
    const struct rule *new = rule_in(&changed, "faulty_meter", CLOCK_FINISH, 0, 0, FROM);
    CHECK_INT(old->limit_seconds, 36 * 3600);
    CHECK(instant_is_equal(old->effective_to, FROM));
    CHECK_INT(new->limit_seconds, 86400);
    CHECK_TEXT(new->code, old->code);
    CHECK(instant_is_equal(new->effective_from, FROM));
    CHECK(!instant_is_set(new->effective_to));
    CHECK(new->id.v > old->id.v);
    CHECK(new == &changed.rules[changed.rule_count - 1]);
}

TEST(article_14_the_preview_names_the_reports_whose_limit_differs_and_no_others)
{
    const struct regulation before = product();
    const struct rule_change change = limit_change("finish_faulty_meter", 86400);
    struct changed changed = room(0);

    REQUIRE_STATUS(rule_change_apply(&before, &change, NOW, &changed), CHANGE_OK);
    CHECK_INT(compare(&changed, plus_milliseconds(FROM, -1)), 0);
    /* Without a grade, and with the one whose limit ops has to set; the other grades' 2 h and 12 h are shorter before and after. */
    REQUIRE(compare(&changed, FROM) == 2);
    CHECK_INT(told[0].category.v, regulation_category("faulty_meter")->id.v);
    CHECK_INT(told[0].before_category.v, told[0].category.v);
    CHECK_INT(told[0].kind, CLOCK_FINISH);
    CHECK(!told[0].is_any_grade && told[0].is_any_zone && told[0].is_any_condition);
    CHECK_INT(told[0].diameter_over_mm, 0);
    CHECK_INT(told[0].diameter_to_mm, 0);
    CHECK_INT(told[0].grade, GRADE_NONE);
    CHECK_INT(told[1].grade, GRADE_REPUTATION);
    CHECK_INT(told[0].before->limit_seconds, 36 * 3600);
    CHECK_INT(told[0].after->limit_seconds, 86400);
}

TEST(a_limit_below_the_grades_limits_changes_those_reports_too)
{
    const struct regulation before = product();
    const struct rule_change change = limit_change("finish_faulty_meter", 6 * 3600);
    struct changed changed = room(0);

    REQUIRE_STATUS(rule_change_apply(&before, &change, NOW, &changed), CHANGE_OK);
    REQUIRE(compare(&changed, FROM) == 4); /* none, key source, injury, reputation: 14(1) has 2 h */
    for (size_t i = 0; i < 4; i++)
        CHECK(told[i].grade != GRADE_URGENT);
}

TEST(a_general_rule_changes_all_matters_that_run_its_clock)
{
    const struct regulation before = product();
    const struct rule_change change = limit_change("accept", 900);
    struct changed changed = room(0);
    size_t running = 0;

    for (size_t i = 0; i < REGULATION_CATEGORY_COUNT; i++)
        running += (REGULATION_CATEGORIES[i].clocks & CLOCK_BIT(CLOCK_ACCEPT)) != 0;
    REQUIRE_STATUS(rule_change_apply(&before, &change, NOW, &changed), CHANGE_OK);
    CHECK_INT(compare(&changed, FROM), running);
    CHECK(told[0].is_any_grade && told[0].is_any_zone && told[0].is_any_condition);
}

TEST(article_22_a_band_of_diameters_that_changes_is_named_by_its_ends)
{
    const struct regulation before = product();
    struct rule_change change = limit_change("repair_to_1200", 100000);
    struct changed changed = room(0);

    REQUIRE_STATUS(rule_change_apply(&before, &change, NOW, &changed), CHANGE_OK);
    REQUIRE(compare(&changed, FROM) >= 2); /* two matters are leaks of public pipes */
    for (size_t i = 0; i < 2; i++) {
        CHECK_INT(told[i].kind, CLOCK_REPAIR);
        CHECK_INT(told[i].diameter_over_mm, 600);
        CHECK_INT(told[i].diameter_to_mm, 1200);
        CHECK(told[i].is_any_zone);
    }
}

TEST(article_22_a_zone_that_changes_is_named)
{
    const struct regulation before = product();
    const struct rule_change change = limit_change("arrive_outer", 3000);
    struct changed changed = room(0);

    REQUIRE_STATUS(rule_change_apply(&before, &change, NOW, &changed), CHANGE_OK);
    REQUIRE(compare(&changed, FROM) >= 1);
    CHECK(!told[0].is_any_zone);
    CHECK_INT(told[0].zone, ZONE_OUTER);
    CHECK(told[0].is_any_grade);
}

TEST(article_23_a_condition_that_changes_is_named)
{
    const struct regulation before = product();
    const struct rule_change change = limit_change("contact_behind_warranty", 1200);
    struct changed changed = room(0);

    REQUIRE_STATUS(rule_change_apply(&before, &change, NOW, &changed), CHANGE_OK);
    REQUIRE(compare(&changed, FROM) == 1);
    CHECK(!told[0].is_any_condition && told[0].is_valve_stuck);
}

TEST(article_18_promises_about_outages_are_compared_without_a_matter)
{
    const struct regulation before = product();
    const struct rule_change change = limit_change("poster", 172800);
    struct changed changed = room(0);

    REQUIRE_STATUS(rule_change_apply(&before, &change, NOW, &changed), CHANGE_OK);
    REQUIRE(compare(&changed, FROM) == 1);
    CHECK_INT(told[0].category.v, 0);
    CHECK_INT(told[0].kind, CLOCK_POSTER);
}

TEST(words_alone_change_no_promise)
{
    const struct regulation before = product();
    struct rule_change change = {.from = FROM};
    struct changed changed = room(0);

    edit(&change, RULE_REPLACE, "accept")->row.is_public = false;
    REQUIRE_STATUS(rule_change_apply(&before, &change, NOW, &changed), CHANGE_OK);
    CHECK_INT(compare(&changed, FROM), 0);
}

/* ---- what is refused */

TEST(gaps_and_overlaps_are_refused_and_named)
{
    const struct regulation before = product();
    struct rule_change gap = {.from = FROM}, overlap = {.from = FROM}, wrong = {.from = FROM};
    struct changed changed = room(0);

    edit(&gap, RULE_REPLACE, "repair_to_600")->row.diameter_to_mm = 500;
    REQUIRE_STATUS(rule_change_apply(&before, &gap, NOW, &changed), CHANGE_NOT_WHOLE);
    CHECK_STATUS(changed.problems[0].kind, RULES_GAP);
    CHECK_TEXT(changed.problems[0].code, "leak_public");
    CHECK_INT(changed.problems[0].clock, CLOCK_REPAIR);
    CHECK(changed.problems[0].facts.diameter_mm > 500 && changed.problems[0].facts.diameter_mm <= 600);
    CHECK(instant_is_equal(changed.problems[0].at, FROM));

    edit(&overlap, RULE_REPLACE, "repair_to_600")->row.diameter_to_mm = 700;
    REQUIRE_STATUS(rule_change_apply(&before, &overlap, NOW, &changed), CHANGE_NOT_WHOLE);
    CHECK_STATUS(changed.problems[0].kind, RULES_OVERLAP);
    CHECK(changed.problems[0].facts.diameter_mm > 600 && changed.problems[0].facts.diameter_mm <= 700);

    edit(&wrong, RULE_REPLACE, "accept")->row.limit_seconds = 0;
    REQUIRE_STATUS(rule_change_apply(&before, &wrong, NOW, &changed), CHANGE_NOT_WHOLE);
    CHECK_STATUS(changed.problems[0].kind, RULES_WRONG);
    CHECK_INT(changed.problems[0].complaint, COMPLAINT_NO_LIMIT);
    CHECK_TEXT(changed.problems[0].code, "accept");
}

TEST(a_border_between_bands_moves_when_both_sides_change_together)
{
    const struct regulation before = product();
    struct rule_change change = {.from = FROM};
    struct changed changed = room(0);

    edit(&change, RULE_REPLACE, "repair_to_600")->row.diameter_to_mm = 500;
    edit(&change, RULE_REPLACE, "repair_to_1200")->row.diameter_over_mm = 500;
    REQUIRE_STATUS(rule_change_apply(&before, &change, NOW, &changed), CHANGE_OK);
    REQUIRE(compare(&changed, FROM) >= 2);
    for (size_t i = 0; i < 2; i++) {
        CHECK_INT(told[i].diameter_over_mm, 500);
        CHECK_INT(told[i].diameter_to_mm, 600);
    }
}

TEST(ending_a_rule_leaves_a_gap_unless_another_takes_its_place)
{
    const struct regulation before = product();
    struct rule_change change = {.from = FROM};
    struct changed changed = room(0);

    edit(&change, RULE_END, "arrive_inner");
    CHECK_STATUS(rule_change_apply(&before, &change, NOW, &changed), CHANGE_NOT_WHOLE);
    edit(&change, RULE_END, "arrive_outer");
    struct rule_edit *added = edit(&change, RULE_ADD, "arrive_inner");
    added->row.zone = ZONE_UNKNOWN;
    CHECK_STATUS(rule_change_apply(&before, &change, NOW, &changed), CHANGE_CODE_TAKEN);
    snprintf(added->row.code, sizeof added->row.code, "arrive_anywhere");
    CHECK_STATUS(rule_change_apply(&before, &change, NOW, &changed), CHANGE_OK);
}

TEST(nothing_begins_before_every_program_can_know_it)
{
    static const struct {
        const char *from;
        enum change_refusal refusal;
    } cases[] = {
        {"2026-11-22 08:00", CHANGE_TOO_SOON}, {"2026-11-23 08:00", CHANGE_TOO_SOON},
        {"2026-11-23 08:00:59", CHANGE_TOO_SOON}, {"2026-11-23 08:01", CHANGE_OK},
        {"2036-11-23 08:00", CHANGE_OK}, {"2036-12-31 08:00", CHANGE_TOO_FAR},
    };
    const struct regulation before = product();
    struct changed changed = room(0);

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct rule_change change = limit_change("accept", 900);
        check_case(cases[i].from);
        change.from = local(cases[i].from);
        CHECK_STATUS(rule_change_apply(&before, &change, NOW, &changed), cases[i].refusal);
    }
    CHECK(instant_is_equal(rule_change_earliest(NOW), local("2026-11-23 08:01")));
    CHECK(instant_is_equal(rule_change_earliest(local("2026-11-23 08:00:01")), local("2026-11-23 08:02")));
    const struct rule_change nothing = {.from = FROM};
    CHECK_STATUS(rule_change_apply(&before, &nothing, NOW, &changed), CHANGE_NOTHING);
}

TEST(of_two_changes_of_one_rule_the_second_is_stale_or_waits_for_the_planned_one)
{
    const struct regulation before = product();
    const struct rule_change first = limit_change("accept", 900);
    struct rule_change second = limit_change("accept", 600);
    struct changed planned = room(0), changed = room(1);

    REQUIRE_STATUS(rule_change_apply(&before, &first, NOW, &planned), CHANGE_OK);
    const struct regulation then = regulation_of(&planned);
    CHECK_STATUS(rule_change_apply(&then, &second, NOW, &changed), CHANGE_STALE);
    second.edits[0].old = planned.rules[planned.rule_count - 1].id;
    CHECK_STATUS(rule_change_apply(&then, &second, NOW, &changed), CHANGE_PLANNED);
    second.from = local("2027-02-01 00:00");
    CHECK_STATUS(rule_change_apply(&then, &second, NOW, &changed), CHANGE_OK);
    second.edits[0].old.v = 99999;
    CHECK_STATUS(rule_change_apply(&then, &second, NOW, &changed), CHANGE_STALE);
}

TEST(a_planned_change_can_be_withdrawn_until_it_is_about_to_begin)
{
    const struct regulation before = product();
    const struct rule_change first = limit_change("accept", 900);
    struct rule_change back = {.from = INSTANT_NONE, .edit_count = 1};
    struct changed planned = room(0), changed = room(1);

    REQUIRE_STATUS(rule_change_apply(&before, &first, NOW, &planned), CHANGE_OK);
    const struct regulation then = regulation_of(&planned);
    back.edits[0] = (struct rule_edit){.kind = RULE_WITHDRAW, .old = planned.rules[planned.rule_count - 1].id};
    CHECK_STATUS(rule_change_apply(&then, &back, plus_seconds(FROM, -59), &changed), CHANGE_TOO_SOON);
    REQUIRE_STATUS(rule_change_apply(&then, &back, plus_seconds(FROM, -60), &changed), CHANGE_OK);
    CHECK_INT(changed.rule_count, REGULATION_RULE_COUNT);
    CHECK_INT(compare(&changed, FROM), 0);
    back.edits[0].old = regulation_rule("accept")->id;
    CHECK_STATUS(rule_change_apply(&then, &back, NOW, &changed), CHANGE_STALE); /* it is in force, and not the last */
}

TEST(an_end_that_was_planned_can_be_taken_back)
{
    const struct regulation before = product();
    struct rule_change end = {.from = FROM}, back = {.from = INSTANT_NONE, .edit_count = 2};
    struct changed planned = room(0), changed = room(1);

    edit(&end, RULE_END, "arrive_inner");
    edit(&end, RULE_END, "arrive_outer");
    struct rule_edit *added = edit(&end, RULE_ADD, "arrive_inner");
    added->row.zone = ZONE_UNKNOWN;
    snprintf(added->row.code, sizeof added->row.code, "arrive_anywhere");
    REQUIRE_STATUS(rule_change_apply(&before, &end, NOW, &planned), CHANGE_OK);
    const struct regulation then = regulation_of(&planned);
    back.edits[0] = (struct rule_edit){.kind = RULE_WITHDRAW, .old = planned.rules[planned.rule_count - 1].id};
    back.edits[1] = (struct rule_edit){.kind = RULE_REOPEN, .old = regulation_rule("arrive_inner")->id};
    CHECK_STATUS(rule_change_apply(&then, &back, NOW, &changed), CHANGE_NOT_WHOLE); /* the other half stays ended */
    back.edits[2] = (struct rule_edit){.kind = RULE_REOPEN, .old = regulation_rule("arrive_outer")->id};
    back.edit_count = 3;
    REQUIRE_STATUS(rule_change_apply(&then, &back, NOW, &changed), CHANGE_OK);
    CHECK_INT(compare(&changed, FROM), 0);
}

/* ---- categories */

static struct rule_change category_change(enum category_edit_kind kind, const char *code)
{
    struct rule_change change = {.from = FROM, .category = {.kind = kind, .row = *regulation_category(code)}};

    change.category.old = change.category.row.id;
    return change;
}

TEST(a_matter_that_changes_is_a_new_row_with_rules_of_its_own)
{
    const struct regulation before = product();
    struct rule_change change = category_change(CATEGORY_REPLACE, "leak_public");
    struct changed changed = room(0);

    change.category.row.extension_cap_seconds = 86400;
    REQUIRE_STATUS(rule_change_apply(&before, &change, NOW, &changed), CHANGE_OK);
    const struct category *old = category_find_by_code(changed.categories, changed.category_count, "leak_public",
                                                       plus_milliseconds(FROM, -1));
    const struct category *new = category_find_by_code(changed.categories, changed.category_count, "leak_public", FROM);
    REQUIRE(old != NULL && new != NULL);
    CHECK_INT(old->id.v, regulation_category("leak_public")->id.v);
    CHECK_INT(new->id.v, changed.added_category.v);
    CHECK_INT(new->extension_cap_seconds, 86400);
    CHECK_INT(old->extension_cap_seconds, 172800);
    CHECK_INT(changed.added_count, 3); /* its three bands of Art. 22 */
    for (size_t i = 0; i < changed.added_count; i++) {
        const struct rule *copy = &changed.rules[changed.rule_count - changed.added_count + i];
        CHECK_INT(copy->category.v, new->id.v);
        CHECK_INT(changed.origins[i].edit, -1);
        CHECK(changed.origins[i].copied.v > 0);
    }
    /* Reports of both days find their rules; the same ones in all that counts. */
    CHECK_INT(rule_in(&changed, "leak_public", CLOCK_FINISH, 0, 700, plus_milliseconds(FROM, -1))->limit_seconds, 129600);
    CHECK_INT(rule_in(&changed, "leak_public", CLOCK_FINISH, 0, 700, FROM)->limit_seconds, 129600);
    CHECK_INT(compare(&changed, FROM), 0);
}

TEST(a_change_of_a_matter_that_is_planned_can_be_withdrawn)
{
    const struct regulation before = product();
    struct rule_change change = category_change(CATEGORY_REPLACE, "leak_public");
    struct rule_change back = {.from = INSTANT_NONE, .category = {.kind = CATEGORY_WITHDRAW}};
    struct changed planned = room(0), changed = room(1);

    change.category.row.sort = 5;
    REQUIRE_STATUS(rule_change_apply(&before, &change, NOW, &planned), CHANGE_OK);
    const struct regulation then = regulation_of(&planned);
    CHECK_STATUS(rule_change_apply(&then, &change, NOW, &changed), CHANGE_STALE);
    back.category.old = planned.added_category;
    REQUIRE_STATUS(rule_change_apply(&then, &back, NOW, &changed), CHANGE_OK);
    CHECK_INT(changed.rule_count, REGULATION_RULE_COUNT);
    CHECK_INT(changed.category_count, REGULATION_CATEGORY_COUNT);
    CHECK(memcmp(changed.rules, REGULATION_RULES, sizeof REGULATION_RULES) == 0);
    CHECK(memcmp(changed.categories, REGULATION_CATEGORIES, sizeof REGULATION_CATEGORIES) == 0);
    CHECK_STATUS(rule_change_apply(&then, &back, FROM, &changed), CHANGE_TOO_SOON);
}

TEST(a_matter_can_end_unless_a_button_of_the_form_would_mean_nothing)
{
    const struct regulation before = product();
    struct rule_change change = category_change(CATEGORY_END, "pipe_locating");
    struct rule_change last = category_change(CATEGORY_END, "no_water");
    struct rule_change back = {.from = INSTANT_NONE, .category = {.kind = CATEGORY_REOPEN}};
    struct changed changed = room(0), again = room(1);

    CHECK_STATUS(rule_change_apply(&before, &last, NOW, &changed), CHANGE_EMPTY_GROUP);
    REQUIRE_STATUS(rule_change_apply(&before, &change, NOW, &changed), CHANGE_OK);
    CHECK(category_find_by_code(changed.categories, changed.category_count, "pipe_locating", FROM) == NULL);
    REQUIRE(compare(&changed, FROM) > 0);
    CHECK(told[0].after == NULL && told[0].before != NULL);
    CHECK_INT(told[0].category.v, 0);
    CHECK_INT(told[0].before_category.v, regulation_category("pipe_locating")->id.v);

    const struct regulation then = regulation_of(&changed);
    back.category.old = regulation_category("pipe_locating")->id;
    REQUIRE_STATUS(rule_change_apply(&then, &back, NOW, &again), CHANGE_OK);
    CHECK_INT(compare(&again, FROM), 0);
}

TEST(a_new_matter_needs_its_rules)
{
    const struct regulation before = product();
    struct rule_change change = category_change(CATEGORY_ADD, "faulty_meter");
    struct changed changed = room(0);

    CHECK_STATUS(rule_change_apply(&before, &change, NOW, &changed), CHANGE_CODE_TAKEN);
    snprintf(change.category.row.code, sizeof change.category.row.code, "smart_meter");
    REQUIRE_STATUS(rule_change_apply(&before, &change, NOW, &changed), CHANGE_NOT_WHOLE);
    CHECK_STATUS(changed.problems[0].kind, RULES_GAP);
    CHECK_TEXT(changed.problems[0].code, "smart_meter");
    struct rule_edit *finish = edit(&change, RULE_ADD, "finish_faulty_meter");
    snprintf(finish->row.code, sizeof finish->row.code, "finish_smart_meter");
    finish->row.category = CATEGORY_ADDED;
    finish->row.limit_seconds = 7200;
    REQUIRE_STATUS(rule_change_apply(&before, &change, NOW, &changed), CHANGE_OK);
    CHECK_INT(rule_in(&changed, "smart_meter", CLOCK_FINISH, 0, 0, FROM)->limit_seconds, 7200);
    REQUIRE(compare(&changed, FROM) >= 3); /* dispatch, accept, finish */
    CHECK(told[0].before == NULL);
    CHECK_INT(told[0].before_category.v, 0);
}

TEST(a_matter_whose_rule_changes_later_waits_for_that)
{
    const struct regulation before = product();
    struct rule_change later = limit_change("finish_faulty_meter", 86400);
    const struct rule_change change = category_change(CATEGORY_REPLACE, "faulty_meter");
    struct changed planned = room(0), changed = room(1);

    later.from = local("2027-06-01 00:00");
    REQUIRE_STATUS(rule_change_apply(&before, &later, NOW, &planned), CHANGE_OK);
    const struct regulation then = regulation_of(&planned);
    CHECK_STATUS(rule_change_apply(&then, &change, NOW, &changed), CHANGE_PLANNED);
}

/* ---- reports before and after */

/* A report of this category made at one moment and entered at another, under the rows after a change. */
static enum verdict report(const struct changed *changed, struct category_id category, struct instant at,
                           struct instant now, struct ticket *ticket)
{
    const struct regulation regulation = regulation_of(changed);
    struct command command = {.action = ACTION_REPORT, .occurred_at = at,
                              .actor = {.roles = ROLE_BIT(ROLE_OPERATOR), .staff = {11}, .unit = {1}}, .has_text = true};
    struct event event;

    memset(&event, 0, sizeof event);
    command_set(&command, FIELD_SOURCE, SOURCE_PHONE);
    command_set(&command, FIELD_CATEGORY, category.v);
    command_set(&command, FIELD_HAS_PHONE, 1);
    ticket_init(ticket, (struct ticket_id){1});
    const enum verdict verdict = ticket_decide(ticket, &command, &regulation, now, &event);
    if (verdict == VERDICT_OK)
        ticket_apply(ticket, &event);
    return verdict;
}

static int64_t finish_limit(const struct ticket *ticket)
{
    for (int i = 0; i < ticket->clock_count; i++)
        if (ticket->clocks[i].kind == CLOCK_FINISH)
            return ticket->clocks[i].limit_seconds;
    return -1;
}

TEST(article_14_a_report_keeps_the_limit_of_its_day_whenever_it_is_entered)
{
    const struct regulation before = product();
    const struct rule_change change = limit_change("finish_faulty_meter", 86400);
    const struct category_id category = regulation_category("faulty_meter")->id;
    struct changed changed = room(0);
    struct ticket ticket;

    REQUIRE_STATUS(rule_change_apply(&before, &change, NOW, &changed), CHANGE_OK);
    REQUIRE_STATUS(report(&changed, category, NOW, NOW, &ticket), VERDICT_OK);
    CHECK_INT(finish_limit(&ticket), 36 * 3600);
    REQUIRE_STATUS(report(&changed, category, FROM, FROM, &ticket), VERDICT_OK);
    CHECK_INT(finish_limit(&ticket), 86400);
    REQUIRE_STATUS(report(&changed, category, plus_seconds(FROM, -1), plus_seconds(FROM, 3600), &ticket), VERDICT_OK);
    CHECK_INT(finish_limit(&ticket), 36 * 3600);
}

TEST(a_matter_chosen_today_for_a_report_of_an_earlier_day_is_the_row_of_that_day)
{
    const struct regulation before = product();
    struct rule_change change = category_change(CATEGORY_REPLACE, "faulty_meter");
    const struct rule_change new = category_change(CATEGORY_END, "pipe_locating");
    struct changed changed = room(0);
    struct ticket ticket;

    change.category.row.sort = 5;
    REQUIRE_STATUS(rule_change_apply(&before, &change, NOW, &changed), CHANGE_OK);
    const struct category_id today = changed.added_category, earlier = regulation_category("faulty_meter")->id;
    REQUIRE_STATUS(report(&changed, today, plus_seconds(FROM, -60), plus_seconds(FROM, 60), &ticket), VERDICT_OK);
    CHECK_INT(ticket.facts.category.v, earlier.v);
    REQUIRE_STATUS(report(&changed, earlier, FROM, FROM, &ticket), VERDICT_OK); /* a form from before midnight */
    CHECK_INT(ticket.facts.category.v, today.v);

    REQUIRE_STATUS(rule_change_apply(&before, &new, NOW, &changed), CHANGE_OK);
    CHECK_STATUS(report(&changed, regulation_category("pipe_locating")->id, FROM, FROM, &ticket),
                 VERDICT_UNKNOWN_CATEGORY);
}

TEST(more_rows_than_there_is_room_for_are_refused)
{
    const struct regulation before = product();
    const struct rule_change change = limit_change("accept", 900);
    struct changed changed = room(0);

    changed.rule_room = REGULATION_RULE_COUNT;
    CHECK_STATUS(rule_change_apply(&before, &change, NOW, &changed), CHANGE_TOO_MANY);
    changed.rule_room = 3;
    CHECK_STATUS(rule_change_apply(&before, &change, NOW, &changed), CHANGE_TOO_MANY);
}

TEST(refusals_and_complaints_have_names)
{
    for (int i = 0; i < CHANGE_REFUSAL__COUNT; i++)
        CHECK(change_refusal_name((enum change_refusal)i)[0] != '\0');
    for (int i = 0; i < RULE_COMPLAINT__COUNT; i++)
        CHECK(rule_complaint_name((enum rule_complaint)i)[0] != '\0');
}
