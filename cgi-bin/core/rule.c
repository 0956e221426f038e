#include "core/rule.h"

#include <assert.h>
#include <string.h>

#include "base/text.h"

/* A pipe whose diameter is not known runs with the smallest ones (Art. 22: 600 mm or less). */
#define UNKNOWN_RUNS_AS_MM 1

static int effective_diameter(int diameter_mm) { return diameter_mm > 0 ? diameter_mm : UNKNOWN_RUNS_AS_MM; }

static enum zone effective_zone(enum zone zone) { return zone == ZONE_UNKNOWN ? ZONE_INNER : zone; }

static bool has_band(const struct rule *rule) { return rule->diameter_over_mm > 0 || rule->diameter_to_mm > 0; }

static bool matches_diameter(const struct rule *rule, int diameter_mm)
{
    const int diameter = effective_diameter(diameter_mm);
    if (!has_band(rule))
        return true;
    return diameter > rule->diameter_over_mm && (rule->diameter_to_mm == 0 || diameter <= rule->diameter_to_mm);
}

/* Everything but the grade. */
static bool matches_facts(const struct rule *rule, enum clock_kind kind, const struct facts *facts, struct instant at)
{
    if (rule->kind != kind || !is_in_force(rule->effective_from, rule->effective_to, at))
        return false;
    if (rule->category.v != 0 && rule->category.v != facts->category.v)
        return false;
    if (rule->zone != ZONE_UNKNOWN && rule->zone != effective_zone(facts->zone))
        return false;
    if (!matches_diameter(rule, facts->diameter_mm))
        return false;
    return rule->condition == CONDITION_ANY || facts->is_valve_stuck;
}

int64_t rule_limit_seconds(const struct rule *rule, const struct facts *facts)
{
    return rule->limit_seconds == LIMIT_BY_OPS ? facts->ops_limit_seconds : rule->limit_seconds;
}

/* Whether `left` governs beside `right`: the shortest limit, `<` before `<=`, the matter itself before a grade. */
static bool is_stricter(const struct rule *left, const struct rule *right, const struct facts *facts)
{
    const int64_t left_seconds = rule_limit_seconds(left, facts);
    const int64_t right_seconds = rule_limit_seconds(right, facts);
    const bool left_is_set = left->direction == DIRECTION_BEFORE || left_seconds > 0;
    const bool right_is_set = right->direction == DIRECTION_BEFORE || right_seconds > 0;
    if (left_is_set != right_is_set)
        return left_is_set;
    if (left_seconds != right_seconds)
        return left_seconds < right_seconds;
    if (left->bound != right->bound)
        return left->bound == BOUND_LESS;
    if ((left->grade == GRADE_NONE) != (right->grade == GRADE_NONE))
        return left->grade == GRADE_NONE;
    return left->id.v < right->id.v;
}

const struct rule *rule_find(const struct rule *rules, size_t count, enum clock_kind kind, const struct facts *facts,
                             struct instant at)
{
    const struct rule *best = NULL;
    for (size_t i = 0; i < count; i++) {
        const struct rule *rule = &rules[i];
        if (rule->grade != GRADE_NONE && (facts->grades & GRADE_BIT(rule->grade)) == 0)
            continue;
        if (!matches_facts(rule, kind, facts, at))
            continue;
        if (best == NULL || is_stricter(rule, best, facts))
            best = rule;
    }
    return best;
}

/* ---------------------------------------------------------------- the start-up check */

struct check {
    const struct rule *rules;
    size_t rule_count;
    const struct category *categories;
    size_t category_count;
    struct rule_problem *problems;
    size_t room;
    size_t found;
};

/* One point at which exactly `wanted` rules must apply. */
struct point {
    const struct category *category; /* NULL: rules without a category */
    enum clock_kind kind;
    enum grade grade;
    struct facts facts;
    struct instant at;
};

/* The next problem's message, empty, or NULL when there is no room: it is counted all the same. */
static struct rule_problem *next_problem(struct check *check, int kind)
{
    const size_t index = check->found++;
    if (index >= check->room)
        return NULL;
    memset(&check->problems[index], 0, sizeof check->problems[index]);
    if (kind == RULES_GAP)
        check->problems[index].kind = RULES_GAP;
    else if (kind == RULES_OVERLAP)
        check->problems[index].kind = RULES_OVERLAP;
    else
        check->problems[index].kind = RULES_WRONG;
    return &check->problems[index];
}

/* Complaints in the words of the log, and their names. */
static const struct {
    const char *name, *words;
} COMPLAINTS[RULE_COMPLAINT__COUNT] = {
    [COMPLAINT_NONE] = {"none", ""},
    [COMPLAINT_KIND] = {"kind", "unknown clock kind"},
    [COMPLAINT_VALUE] = {"value", "a value outside its list"},
    [COMPLAINT_SUBJECT] = {"subject", "the clock kind does not belong to the subject"},
    [COMPLAINT_DATES] = {"dates", "ends before it begins"},
    [COMPLAINT_NEGATIVE] = {"negative", "negative limit"},
    [COMPLAINT_NO_LIMIT] = {"no_limit", "an after-clock needs a limit above 0 (or the one by ops)"},
    [COMPLAINT_BEFORE_BY_OPS] = {"before_by_ops", "ops sets no limits of before-clocks"},
    [COMPLAINT_BAND] = {"band", "empty band of diameters"},
    [COMPLAINT_CONDITION] = {"condition", "only contact depends on a condition"},
    [COMPLAINT_UNKNOWN_CATEGORY] = {"unknown_category", "unknown category"},
    [COMPLAINT_NOT_RUN] = {"not_run", "its category does not run this clock"},
    [COMPLAINT_TICKET_CLOCKS] = {"ticket_clocks", "a clock that tickets do not have"},
    [COMPLAINT_ID] = {"id", "an id of 0 or less"},
    [COMPLAINT_ID_TWICE] = {"id_twice", "an id used twice"},
    [COMPLAINT_TWO_IN_FORCE] = {"two_in_force", "two rows in force at once"},
};

const char *rule_complaint_name(enum rule_complaint complaint)
{
    assert((unsigned)complaint < RULE_COMPLAINT__COUNT);
    return COMPLAINTS[complaint].name;
}

static void report_row(struct check *check, const char *what, const char *code, enum rule_complaint complaint)
{
    struct rule_problem *problem = next_problem(check, RULES_WRONG);
    if (problem == NULL)
        return;
    struct text text;
    text_init(&text, problem->message, sizeof problem->message);
    text_add_format(&text, "%s %s: %s", what, code, COMPLAINTS[complaint].words);
    text_init(&text, problem->code, sizeof problem->code);
    text_add(&text, code);
    problem->complaint = complaint;
    problem->at = INSTANT_NONE;
}

static void report_point(struct check *check, const struct point *point, size_t matches)
{
    struct rule_problem *problem = next_problem(check, matches == 0 ? RULES_GAP : RULES_OVERLAP);
    if (problem == NULL)
        return;
    char moment[TIME_TEXT_BYTES];
    instant_format_iso(point->at, 0, moment);
    struct text text;
    text_init(&text, problem->message, sizeof problem->message);
    text_add_format(&text, "%s: category %s, grade %s, clock %s, zone %s, diameter %d mm, valve %s, day %.10s",
                    matches == 0 ? "no rule" : "more than one rule",
                    point->category != NULL ? point->category->code : "any", grade_name(point->grade),
                    clock_kind_name(point->kind), zone_name(point->facts.zone), point->facts.diameter_mm,
                    point->facts.is_valve_stuck ? "stuck" : "works", moment);
    text_init(&text, problem->code, sizeof problem->code);
    text_add(&text, point->category != NULL ? point->category->code : "");
    problem->clock = point->kind;
    problem->facts = point->facts;
    problem->grade = point->grade;
    problem->at = point->at;
}

static size_t count_matches(const struct check *check, const struct point *point)
{
    size_t matches = 0;
    for (size_t i = 0; i < check->rule_count; i++)
        if (check->rules[i].grade == point->grade &&
            matches_facts(&check->rules[i], point->kind, &point->facts, point->at))
            matches++;
    return matches;
}

/* Contact is promised to some matters only under a condition (Art. 23): then no rule applies outside it. */
static bool is_conditional(const struct check *check, const struct point *point)
{
    if (point->kind != CLOCK_CONTACT)
        return false;
    bool has_condition = false;
    for (size_t i = 0; i < check->rule_count; i++) {
        const struct rule *rule = &check->rules[i];
        const bool concerns = rule->kind == point->kind && rule->grade == point->grade &&
                              (rule->category.v == 0 || rule->category.v == point->facts.category.v);
        if (concerns && rule->condition == CONDITION_ANY)
            return false;
        has_condition = has_condition || concerns;
    }
    return has_condition;
}

/* Grades add rules to completion only; on other clocks they may, but need not. */
static bool is_whole(const struct check *check, const struct point *point, size_t *matches)
{
    *matches = count_matches(check, point);
    if (point->grade != GRADE_NONE && point->kind != CLOCK_FINISH)
        return *matches <= 1;
    if (is_conditional(check, point) && !point->facts.is_valve_stuck)
        return *matches == 0;
    return *matches == 1;
}

/*
 * Zones, conditions and one diameter. Bands are whole millimetres, so that the diameters next to their ends are enough;
 * the caller gives those.
 */
static bool check_diameter(struct check *check, struct point *point, int diameter_mm)
{
    point->facts.diameter_mm = diameter_mm;
    for (int zone = ZONE_UNKNOWN; zone < ZONE__COUNT; zone++)
        for (int stuck = 0; stuck < 2; stuck++) {
            point->facts.zone = (enum zone)zone;
            point->facts.is_valve_stuck = stuck == 1;
            size_t matches = 0;
            if (!is_whole(check, point, &matches)) {
                report_point(check, point, matches);
                return false;
            }
        }
    return true;
}

static bool check_moment(struct check *check, struct point *point)
{
    if (!check_diameter(check, point, 0))
        return false;
    for (size_t i = 0; i < check->rule_count; i++) {
        const struct rule *rule = &check->rules[i];
        if (rule->kind != point->kind || !has_band(rule))
            continue;
        if (!check_diameter(check, point, rule->diameter_over_mm) ||
            !check_diameter(check, point, rule->diameter_over_mm + 1))
            return false;
        if (rule->diameter_to_mm > 0 && (!check_diameter(check, point, rule->diameter_to_mm) ||
                                         !check_diameter(check, point, rule->diameter_to_mm + 1)))
            return false;
    }
    return true;
}

/* Every moment at which something can change between `from` and `to`. Stops at the first problem: one per cell. */
static void check_cell(struct check *check, struct point *point, struct instant from, struct instant to)
{
    point->at = from;
    if (!check_moment(check, point))
        return;
    for (size_t i = 0; i < check->rule_count; i++) {
        const struct rule *rule = &check->rules[i];
        if (rule->kind != point->kind)
            continue;
        const struct instant changes[2] = {rule->effective_from, rule->effective_to};
        for (int end = 0; end < 2; end++) {
            if (!instant_is_set(changes[end]) || !instant_is_before(from, changes[end]) ||
                !is_in_force(from, to, changes[end]))
                continue;
            point->at = changes[end];
            if (!check_moment(check, point))
                return;
        }
    }
}

static void check_category(struct check *check, const struct category *category)
{
    for (int kind = CLOCK_NONE + 1; kind < CLOCK_KIND__COUNT; kind++) {
        if ((category->clocks & CLOCK_BIT(kind)) == 0)
            continue;
        for (int grade = GRADE_NONE; grade < GRADE__COUNT; grade++) {
            struct point point = {.category = category, .kind = (enum clock_kind)kind, .grade = (enum grade)grade};
            point.facts.category = category->id;
            check_cell(check, &point, category->effective_from, category->effective_to);
        }
    }
}

/* Outages, orders and the ledger: from the first day a kind has a rule. Without any it is a gap of its own. */
static void check_kind_without_category(struct check *check, enum clock_kind kind)
{
    struct point point = {.kind = kind, .grade = GRADE_NONE, .at = {0}};
    struct instant from = INSTANT_NONE;
    for (size_t i = 0; i < check->rule_count; i++)
        if (check->rules[i].kind == kind)
            from = instant_earlier(from, check->rules[i].effective_from);
    if (instant_is_set(from))
        check_cell(check, &point, from, INSTANT_NONE);
    else
        report_point(check, &point, 0);
}

static bool is_of_tickets(enum clock_kind kind) { return kind <= CLOCK_INSPECT; }

/* What is wrong with a rule by itself; COMPLAINT_NONE: nothing. */
static enum rule_complaint complaint_of(const struct check *check, const struct rule *rule)
{
    if ((unsigned)rule->kind <= CLOCK_NONE || (unsigned)rule->kind >= CLOCK_KIND__COUNT)
        return COMPLAINT_KIND;
    if ((unsigned)rule->grade >= GRADE__COUNT || (unsigned)rule->zone >= ZONE__COUNT ||
        (unsigned)rule->condition >= RULE_CONDITION__COUNT || (unsigned)rule->direction >= DIRECTION__COUNT ||
        (unsigned)rule->bound >= BOUND__COUNT || (unsigned)rule->interpretation >= INTERPRETATION__COUNT)
        return COMPLAINT_VALUE;
    if ((rule->subject == SUBJECT_TICKET) != is_of_tickets(rule->kind))
        return COMPLAINT_SUBJECT;
    if (!instant_is_set(rule->effective_from) ||
        (instant_is_set(rule->effective_to) && !instant_is_before(rule->effective_from, rule->effective_to)))
        return COMPLAINT_DATES;
    if (rule->limit_seconds < LIMIT_BY_OPS)
        return COMPLAINT_NEGATIVE;
    if (rule->direction == DIRECTION_AFTER && rule->limit_seconds == 0)
        return COMPLAINT_NO_LIMIT;
    if (rule->direction == DIRECTION_BEFORE && rule->limit_seconds == LIMIT_BY_OPS)
        return COMPLAINT_BEFORE_BY_OPS;
    if (rule->diameter_over_mm < 0 || rule->diameter_to_mm < 0 ||
        (rule->diameter_to_mm > 0 && rule->diameter_to_mm <= rule->diameter_over_mm))
        return COMPLAINT_BAND;
    if (rule->condition != CONDITION_ANY && rule->kind != CLOCK_CONTACT)
        return COMPLAINT_CONDITION;
    if (rule->category.v != 0) {
        const struct category *category = category_find(check->categories, check->category_count, rule->category);
        if (category == NULL)
            return COMPLAINT_UNKNOWN_CATEGORY;
        if ((category->clocks & CLOCK_BIT(rule->kind)) == 0)
            return COMPLAINT_NOT_RUN;
    }
    return COMPLAINT_NONE;
}

static bool do_dates_overlap(struct instant from, struct instant to, struct instant other_from,
                             struct instant other_to)
{
    return is_in_force(from, to, other_from) || is_in_force(other_from, other_to, from);
}

static void check_category_row(struct check *check, size_t index)
{
    const struct category *category = &check->categories[index];
    const uint32_t ticket_clocks = (CLOCK_BIT(CLOCK_INSPECT + 1) - 1) & ~CLOCK_BIT(CLOCK_NONE);
    if ((category->clocks & ~ticket_clocks) != 0)
        report_row(check, "category", category->code, COMPLAINT_TICKET_CLOCKS);
    if (category->id.v <= 0)
        report_row(check, "category", category->code, COMPLAINT_ID);
    for (size_t i = 0; i < index; i++) {
        const struct category *other = &check->categories[i];
        if (other->id.v == category->id.v)
            report_row(check, "category", category->code, COMPLAINT_ID_TWICE);
        if (strcmp(other->code, category->code) == 0 &&
            do_dates_overlap(category->effective_from, category->effective_to, other->effective_from,
                             other->effective_to))
            report_row(check, "category", category->code, COMPLAINT_TWO_IN_FORCE);
    }
}

static void check_rule_row(struct check *check, size_t index)
{
    const struct rule *rule = &check->rules[index];
    const enum rule_complaint complaint = complaint_of(check, rule);
    if (complaint != COMPLAINT_NONE)
        report_row(check, "rule", rule->code, complaint);
    for (size_t i = 0; i < index; i++) {
        const struct rule *other = &check->rules[i];
        if (other->id.v == rule->id.v)
            report_row(check, "rule", rule->code, COMPLAINT_ID_TWICE);
        if (strcmp(other->code, rule->code) == 0 &&
            do_dates_overlap(rule->effective_from, rule->effective_to, other->effective_from, other->effective_to))
            report_row(check, "rule", rule->code, COMPLAINT_TWO_IN_FORCE);
    }
}

size_t rules_check(const struct rule *rules, size_t rule_count, const struct category *categories,
                   size_t category_count, struct rule_problem *problems, size_t room)
{
    struct check check = {
        .rules = rules,
        .rule_count = rule_count,
        .categories = categories,
        .category_count = category_count,
        .problems = problems,
        .room = room,
    };
    for (size_t i = 0; i < category_count; i++)
        check_category_row(&check, i);
    for (size_t i = 0; i < rule_count; i++)
        check_rule_row(&check, i);
    if (check.found > 0)
        return check.found; /* gaps between rows that are wrong by themselves would only confuse */
    for (size_t i = 0; i < category_count; i++)
        check_category(&check, &categories[i]);
    for (int kind = CLOCK_INSPECT + 1; kind < CLOCK_KIND__COUNT; kind++)
        check_kind_without_category(&check, (enum clock_kind)kind);
    return check.found;
}
