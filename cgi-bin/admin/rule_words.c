/* How rules are said: limits, what they depend on, what is wrong with them, what a change does. */
#include <ctype.h>
#include <string.h>

#include "admin/rules.h"
#include "web/promise.h"

#define LIMIT_MAX_SECONDS ((int64_t)366 * DAY_SECONDS)

bool rules_may_keep(const struct request *request)
{
    return office_permits(&request->actor, OFFICE_RULES, (struct unit_id){0});
}

/* ---- sets */

const struct category *category_last(const struct regulation *regulation, const char *code)
{
    const struct category *last = NULL;

    for (size_t i = 0; i < regulation->category_count; i++) {
        const struct category *category = &regulation->categories[i];
        if (text_is_equal(category->code, code) &&
            (last == NULL || instant_is_before(last->effective_from, category->effective_from)))
            last = category;
    }
    return last;
}

static bool find_kind(const char *name, enum clock_kind *kind)
{
    for (int i = CLOCK_NONE + 1; i < CLOCK_KIND__COUNT; i++)
        if (text_is_equal(clock_kind_name((enum clock_kind)i), name)) {
            *kind = (enum clock_kind)i;
            return true;
        }
    return false;
}

bool rule_set_find(const struct request *request, const char *name, struct rule_set *set)
{
    const struct regulation *regulation = &admin_of(request)->catalog.regulation;
    const char *dot = strrchr(name, '.');

    *set = (struct rule_set){.name = name};
    if (dot == NULL || !find_kind(dot + 1, &set->kind))
        return false;
    const char *code = arena_copy(request->arena, name, (size_t)(dot - name));
    if (!text_is_equal(code, "any")) {
        set->category = category_last(regulation, code);
        if (set->category == NULL || instant_is_set(set->category->effective_to))
            return false;
    }
    const int32_t category = set->category == NULL ? 0 : set->category->id.v;
    for (size_t i = 0; i < regulation->rule_count && set->count <= RULE_SET_ROWS_MAX; i++) {
        const struct rule *rule = &regulation->rules[i];
        if (rule->kind == set->kind && rule->category.v == category && !instant_is_set(rule->effective_to))
            set->rows[set->count++] = rule;
    }
    return set->count > 0 && set->count <= RULE_SET_ROWS_MAX;
}

bool rule_set_has(const struct request *request, const struct rule_set *set, const struct rule *rule)
{
    const struct regulation *regulation = &admin_of(request)->catalog.regulation;

    if (rule->kind != set->kind)
        return false;
    if (set->category == NULL || rule->category.v == 0)
        return set->category == NULL && rule->category.v == 0;
    const struct category *category =
        category_find(regulation->categories, regulation->category_count, rule->category);
    return category != NULL && text_is_equal(category->code, set->category->code);
}

/* ---- names */

static const char *name_of(const struct request *request, const struct catalog_words *words)
{
    if (words == NULL)
        return "";
    return request->language == LANGUAGE_EN ? words->name_en : words->name_zh;
}

const char *rules_rule_name(const struct request *request, const struct rule *rule)
{
    return name_of(request, catalog_rule_words(&admin_of(request)->catalog, rule->id));
}

const char *rules_category_name(const struct request *request, struct category_id category)
{
    return name_of(request, catalog_category_words(&admin_of(request)->catalog, category));
}

const char *rules_category_name_by_code(const struct request *request, const char *code)
{
    const struct category *category = category_last(&admin_of(request)->catalog.regulation, code);

    return category == NULL ? code : rules_category_name(request, category->id);
}

/* ---- limits and what they depend on */

static const char *number_text(const struct request *request, int64_t number)
{
    return arena_format(request->arena, "%lld", (long long)number);
}

static const char *join(const struct request *request, const char *left, const char *right)
{
    if (left[0] == '\0' || right[0] == '\0')
        return left[0] == '\0' ? right : left;
    return arena_format(request->arena, "%s%s%s", left, words_find(request->language, "list.comma"), right);
}

const char *rules_limit(const struct request *request, const struct rule *rule)
{
    const char *limit =
        promise_limit(request->arena, request->language, rule->limit_seconds, rule->bound, rule->direction);

    return rule->is_binding ? limit
                            : words_fill(request->arena, request->language, "admin.rules.goal", &limit, 1);
}

const char *rules_band(const struct request *request, int over_mm, int to_mm)
{
    const char *values[2] = {number_text(request, over_mm), number_text(request, to_mm)};

    if (over_mm == 0 && to_mm == 0)
        return "";
    if (over_mm == 0)
        return words_fill(request->arena, request->language, "admin.rules.band_to", values, 2);
    return words_fill(request->arena, request->language, to_mm == 0 ? "admin.rules.band_over" : "admin.rules.band",
                      values, 2);
}

const char *rules_scope(const struct request *request, const struct rule *rule)
{
    const char *scope = rule->grade == GRADE_NONE ? "" : admin_words(request, "grade", grade_name(rule->grade));

    if (rule->zone != ZONE_UNKNOWN)
        scope = join(request, scope, admin_words(request, "zone", zone_name(rule->zone)));
    scope = join(request, scope, rules_band(request, rule->diameter_over_mm, rule->diameter_to_mm));
    if (rule->condition == CONDITION_VALVE_STUCK)
        scope = join(request, scope, words_find(request->language, "admin.rules.valve_stuck"));
    return scope;
}

void rules_show_dates(struct view *view, const struct request *request, struct instant from, struct instant to)
{
    const bool has_begun = !instant_is_before(request->now, from);
    const bool has_ended = instant_is_set(to) && !instant_is_before(request->now, to);

    view_flag(view, "is_planned", !has_begun);
    view_flag(view, "is_in_force", has_begun && !has_ended);
    view_flag(view, "is_past", has_ended);
    view_instant(view, "from", from);
    view_instant(view, "to", to);
}

/* ---- what a change does */

static const char *facts_of_change(const struct request *request, const struct limit_change *change)
{
    const char *facts = "";

    if (!change->is_any_grade)
        facts = change->grade == GRADE_NONE ? words_find(request->language, "admin.rules.no_grade")
                                            : admin_words(request, "grade", grade_name(change->grade));
    if (!change->is_any_zone)
        facts = join(request, facts, admin_words(request, "zone", zone_name(change->zone)));
    facts = join(request, facts, rules_band(request, change->diameter_over_mm, change->diameter_to_mm));
    if (!change->is_any_condition)
        facts = join(request, facts,
                     words_find(request->language,
                                change->is_valve_stuck ? "admin.rules.valve_stuck" : "admin.rules.valve_works"));
    return facts[0] == '\0' ? words_find(request->language, "admin.rules.every_case") : facts;
}

static const char *promise_words(const struct request *request, const struct rule *rule)
{
    return rule == NULL ? words_find(request->language, "admin.rules.no_promise") : rules_limit(request, rule);
}

/* A matter by its row after the change, which may not be stored yet: its code has a name, or stands for itself. */
static const char *matter_of(const struct request *request, const struct regulation *after,
                             const struct limit_change *change)
{
    const struct category_id id = change->category.v != 0 ? change->category : change->before_category;
    const struct category *category = category_find(after->categories, after->category_count, id);

    if (id.v == 0)
        return words_find(request->language, "admin.rules.any_matter");
    return category == NULL ? rules_category_name(request, id) : rules_category_name_by_code(request, category->code);
}

void rules_show_comparison(struct view *page, struct request *request, const struct regulation *after,
                           struct instant from)
{
    const struct regulation *before = &admin_of(request)->catalog.regulation;
    struct limit_change *changes = arena_take_array(request->arena, COMPARISONS_SHOWN, sizeof *changes);
    const size_t count = rule_change_compare(before, after, from, changes, COMPARISONS_SHOWN);

    for (size_t i = 0; i < count && i < COMPARISONS_SHOWN; i++) {
        struct view *row = view_row(page, "Changes", i);
        view_text(row, "matter", matter_of(request, after, &changes[i]));
        view_text(row, "kind", admin_words(request, "kind", clock_kind_name(changes[i].kind)));
        view_text(row, "facts", facts_of_change(request, &changes[i]));
        view_text(row, "before", promise_words(request, changes[i].before));
        view_text(row, "after", promise_words(request, changes[i].after));
    }
    view_flag(page, "has_changes", count > 0);
    if (count > COMPARISONS_SHOWN) {
        const char *values[2] = {number_text(request, (int64_t)count), number_text(request, COMPARISONS_SHOWN)};
        view_text(page, "changes_more",
                  words_fill(request->arena, request->language, "admin.rules.changes_more", values, 2));
    }
    view_instant(page, "from", from);
}

/* ---- problems and refusals */

static const char *facts_of_problem(const struct request *request, const struct rule_problem *problem)
{
    const char *facts = problem->grade == GRADE_NONE ? "" : admin_words(request, "grade", grade_name(problem->grade));
    const char *diameter = number_text(request, problem->facts.diameter_mm);

    if (problem->facts.zone != ZONE_UNKNOWN)
        facts = join(request, facts, admin_words(request, "zone", zone_name(problem->facts.zone)));
    if (problem->facts.diameter_mm > 0)
        facts = join(request, facts,
                     words_fill(request->arena, request->language, "admin.rules.diameter", &diameter, 1));
    if (problem->facts.is_valve_stuck)
        facts = join(request, facts, words_find(request->language, "admin.rules.valve_stuck"));
    return facts[0] == '\0' ? words_find(request->language, "admin.rules.every_case") : facts;
}

static const char *problem_text(const struct request *request, const struct rule_problem *problem)
{
    const struct settings *settings = &request->app->settings;

    if (problem->kind == RULES_WRONG) {
        const char *values[2] = {problem->code,
                                 admin_words(request, "complaint", rule_complaint_name(problem->complaint))};
        return words_fill(request->arena, request->language, "admin.rules.problem_wrong", values, 2);
    }
    const char *values[4] = {
        problem->code[0] == '\0' ? words_find(request->language, "admin.rules.any_matter")
                                 : rules_category_name_by_code(request, problem->code),
        admin_words(request, "kind", clock_kind_name(problem->clock)),
        facts_of_problem(request, problem),
        words_moment(request->arena, request->language, problem->at, request->now, settings->utc_offset_minutes),
    };
    return words_fill(request->arena, request->language,
                      problem->kind == RULES_GAP ? "admin.rules.problem_gap" : "admin.rules.problem_overlap", values, 4);
}

void rules_show_problems(struct view *page, const struct request *request, const struct rule_problem *problems,
                         size_t count)
{
    for (size_t i = 0; i < count && i < CHANGE_PROBLEMS_MAX; i++)
        view_text(view_row(page, "Problems", i), "text", problem_text(request, &problems[i]));
}

void rules_refuse(struct inputs *inputs, enum change_refusal refusal, const char *other)
{
    const bool is_moment = refusal == CHANGE_TOO_SOON || refusal == CHANGE_TOO_FAR || refusal == CHANGE_PLANNED;

    inputs_error(inputs, is_moment ? "from" : other,
                 arena_format(inputs->request->arena, "change_refusal.%s", change_refusal_name(refusal)));
}

/* ---- what is typed */

struct instant rules_from(const struct request *request, struct inputs *inputs)
{
    const struct input *input = inputs_find(inputs, "from");

    return instant_is_set(input->at) ? input->at : rule_change_earliest(request->now);
}

static const char *skip_number(const char *text)
{
    while (isdigit((unsigned char)*text))
        text++;
    return text;
}

bool rules_article_is_valid(const char *article)
{
    const char *at = skip_number(article);

    if (at == article || strlen(article) >= ARTICLE_BYTES)
        return false;
    while (*at == '(') {
        const char *inside = at + 1, *end = skip_number(inside);
        if (end == inside || *end != ')')
            return false;
        at = skip_number(end + 1);
    }
    return *at == '\0';
}

/* The largest unit that the limit is a whole number of, days only from four on: "72 小时" is how the text says it. */
static int64_t unit_of(int64_t limit_seconds)
{
    if (limit_seconds % DAY_SECONDS == 0 && limit_seconds > 3 * DAY_SECONDS)
        return DAY_SECONDS;
    if (limit_seconds % HOUR_SECONDS == 0)
        return HOUR_SECONDS;
    return limit_seconds % MINUTE_SECONDS == 0 ? MINUTE_SECONDS : 1;
}

void rules_limit_fields(struct fields *fields, const char *amount, const char *unit, int64_t limit_seconds,
                        enum direction direction)
{
    static const struct {
        int64_t seconds;
        const char *key;
    } units[] = {{MINUTE_SECONDS, "admin.unit.minutes"}, {HOUR_SECONDS, "admin.unit.hours"}, {DAY_SECONDS, "admin.unit.days"}};
    const enum language language = fields->request->language;
    const int64_t own = limit_seconds > 0 ? unit_of(limit_seconds) : 0;

    fields_line(fields, amount, "admin.rules.limit", "admin.rules.limit_hint",
                own > 0 ? arena_format(fields->request->arena, "%lld", (long long)(limit_seconds / own)) : NULL);
    fields_select(fields, unit, "admin.rules.unit", NULL);
    if (own == 1)
        fields_choice_number(fields, 1, words_find(language, "admin.unit.seconds"), true);
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        fields_choice_number(fields, units[i].seconds, words_find(language, units[i].key), own == units[i].seconds);
    if (direction == DIRECTION_AFTER)
        fields_choice(fields, "ops", words_find(language, "admin.unit.ops"), limit_seconds == LIMIT_BY_OPS);
    else
        fields_choice(fields, "advance", words_find(language, "admin.unit.advance"), limit_seconds == 0);
}

int64_t rules_limit_typed(struct inputs *inputs, const char *amount, const char *unit, enum direction direction)
{
    const char *typed = inputs_text(inputs, unit);
    const int64_t number = inputs_number(inputs, amount, 0);
    int64_t seconds = 0;

    if (direction == DIRECTION_AFTER && text_is_equal(typed, "ops"))
        return LIMIT_BY_OPS;
    if (direction == DIRECTION_BEFORE && text_is_equal(typed, "advance"))
        return 0;
    if (!text_parse_integer(typed, 1, DAY_SECONDS, &seconds) ||
        (seconds != 1 && seconds != MINUTE_SECONDS && seconds != HOUR_SECONDS && seconds != DAY_SECONDS))
        inputs_error(inputs, unit, "staff.error.choice");
    else if (number <= 0 || number > LIMIT_MAX_SECONDS / seconds)
        inputs_error(inputs, amount, "admin.rules.error.limit");
    else
        return number * seconds;
    return 0;
}
