/* What a change of the rows does to reports: promises looked up in both sets of rows, for every combination of facts. */
#include <string.h>

#include "core/rule_change.h"

enum { BANDS_MAX = 12, ZONES = 2, CONDITIONS = 2 };

/* The promise of one combination, before and after. */
struct cell {
    const struct rule *before, *after;
};

/* All combinations of one category and kind. */
struct grid {
    const struct category *before_category, *category; /* NULL: rules without one, or no such category on that side */
    enum clock_kind kind;
    int edges[BANDS_MAX]; /* diameters at which a band ends, rising; the last band has no end */
    int edge_count;
    struct cell cells[GRADE__COUNT][ZONES][BANDS_MAX + 1][CONDITIONS];
};

struct comparison {
    const struct regulation *before, *after;
    struct instant at;
    struct limit_change *changes;
    size_t room, found;
};

static bool is_same_promise(const struct rule *left, const struct rule *right)
{
    if (left == NULL || right == NULL)
        return left == right;
    return left->limit_seconds == right->limit_seconds && left->bound == right->bound &&
           left->is_binding == right->is_binding && strcmp(left->article, right->article) == 0;
}

static bool is_same_cell(const struct cell *left, const struct cell *right)
{
    return is_same_promise(left->before, right->before) && is_same_promise(left->after, right->after);
}

/* ---- looking up */

static bool is_of_tickets(enum clock_kind kind) { return kind <= CLOCK_INSPECT; }

/* As core/decide.c does it: a rule of the matter itself, or a general one of a clock that the matter runs. */
static const struct rule *promise(const struct regulation *regulation, const struct category *category,
                                  enum clock_kind kind, struct facts facts, struct instant at)
{
    if (category == NULL && is_of_tickets(kind))
        return NULL;
    if (category != NULL)
        facts.category = category->id;
    const struct rule *rule = rule_find(regulation->rules, regulation->rule_count, kind, &facts, at);
    if (rule == NULL || category == NULL)
        return rule;
    return rule->category.v == category->id.v || (category->clocks & CLOCK_BIT(kind)) != 0 ? rule : NULL;
}

static void add_edge(struct grid *grid, int edge)
{
    int at = 0;

    if (edge <= 0)
        return;
    while (at < grid->edge_count && grid->edges[at] < edge)
        at++;
    if ((at < grid->edge_count && grid->edges[at] == edge) || grid->edge_count == BANDS_MAX)
        return;
    memmove(&grid->edges[at + 1], &grid->edges[at], (size_t)(grid->edge_count - at) * sizeof grid->edges[0]);
    grid->edges[at] = edge;
    grid->edge_count++;
}

static void add_edges(struct grid *grid, const struct regulation *regulation, struct instant at)
{
    for (size_t i = 0; i < regulation->rule_count; i++) {
        const struct rule *rule = &regulation->rules[i];
        if (rule->kind != grid->kind || !is_in_force(rule->effective_from, rule->effective_to, at))
            continue;
        add_edge(grid, rule->diameter_over_mm);
        add_edge(grid, rule->diameter_to_mm);
    }
}

static void fill(struct grid *grid, const struct comparison *comparison)
{
    grid->edge_count = 0;
    add_edges(grid, comparison->before, comparison->at);
    add_edges(grid, comparison->after, comparison->at);
    for (int grade = GRADE_NONE; grade < GRADE__COUNT; grade++)
        for (int zone = 0; zone < ZONES; zone++)
            for (int band = 0; band <= grid->edge_count; band++)
                for (int stuck = 0; stuck < CONDITIONS; stuck++) {
                    const struct facts facts = {
                        .grades = grade == GRADE_NONE ? 0 : GRADE_BIT((enum grade)grade),
                        .zone = zone == 0 ? ZONE_INNER : ZONE_OUTER,
                        .diameter_mm = band == 0 ? 0 : grid->edges[band - 1] + 1,
                        .is_valve_stuck = stuck == 1,
                    };
                    struct cell *cell = &grid->cells[grade][zone][band][stuck];
                    cell->before = promise(comparison->before, grid->before_category, grid->kind, facts, comparison->at);
                    cell->after = promise(comparison->after, grid->category, grid->kind, facts, comparison->at);
                }
}

/* ---- folding what makes no difference */

struct folds {
    bool grade, zone, band, condition;
};

static struct folds folds_of(const struct grid *grid)
{
    struct folds folds = {true, true, true, true};

    for (int grade = GRADE_NONE; grade < GRADE__COUNT; grade++)
        for (int zone = 0; zone < ZONES; zone++)
            for (int band = 0; band <= grid->edge_count; band++)
                for (int stuck = 0; stuck < CONDITIONS; stuck++) {
                    const struct cell *cell = &grid->cells[grade][zone][band][stuck];
                    folds.grade = folds.grade && is_same_cell(cell, &grid->cells[GRADE_NONE][zone][band][stuck]);
                    folds.zone = folds.zone && is_same_cell(cell, &grid->cells[grade][0][band][stuck]);
                    folds.band = folds.band && is_same_cell(cell, &grid->cells[grade][zone][0][stuck]);
                    folds.condition = folds.condition && is_same_cell(cell, &grid->cells[grade][zone][band][0]);
                }
    return folds;
}

/* The last band from `first` on whose promise is the same. */
static int last_of_band(const struct grid *grid, int grade, int zone, int first, int stuck)
{
    int last = first;

    while (last < grid->edge_count &&
           is_same_cell(&grid->cells[grade][zone][first][stuck], &grid->cells[grade][zone][last + 1][stuck]))
        last++;
    return last;
}

static void tell(struct comparison *comparison, const struct grid *grid, const struct folds *folds,
                 const struct limit_change *change)
{
    const size_t index = comparison->found++;

    if (index >= comparison->room)
        return;
    struct limit_change *told = &comparison->changes[index];
    *told = *change;
    told->before_category.v = grid->before_category != NULL ? grid->before_category->id.v : 0;
    told->category.v = grid->category != NULL ? grid->category->id.v : 0;
    told->kind = grid->kind;
    told->is_any_grade = folds->grade;
    told->is_any_zone = folds->zone;
    told->is_any_condition = folds->condition;
}

static void tell_bands(struct comparison *comparison, const struct grid *grid, const struct folds *folds, int grade,
                       int zone, int stuck)
{
    for (int first = 0, last; first <= grid->edge_count; first = last + 1) {
        const struct cell *cell = &grid->cells[grade][zone][first][stuck];
        last = folds->band ? grid->edge_count : last_of_band(grid, grade, zone, first, stuck);
        if (is_same_promise(cell->before, cell->after))
            continue;
        const struct limit_change change = {
            .grade = (enum grade)grade,
            .zone = zone == 0 ? ZONE_INNER : ZONE_OUTER,
            .diameter_over_mm = first == 0 ? 0 : grid->edges[first - 1],
            .diameter_to_mm = last == grid->edge_count ? 0 : grid->edges[last],
            .is_valve_stuck = stuck == 1,
            .before = cell->before,
            .after = cell->after,
        };
        tell(comparison, grid, folds, &change);
    }
}

static void compare_grid(struct comparison *comparison, struct grid *grid)
{
    fill(grid, comparison);
    const struct folds folds = folds_of(grid);
    for (int grade = GRADE_NONE; grade < (folds.grade ? 1 : GRADE__COUNT); grade++)
        for (int zone = 0; zone < (folds.zone ? 1 : ZONES); zone++)
            for (int stuck = 0; stuck < (folds.condition ? 1 : CONDITIONS); stuck++)
                tell_bands(comparison, grid, &folds, grade, zone, stuck);
}

/* ---- all categories and kinds */

static void compare_category(struct comparison *comparison, const struct category *before_category,
                             const struct category *category)
{
    for (int kind = CLOCK_NONE + 1; is_of_tickets((enum clock_kind)kind); kind++) {
        struct grid grid = {.before_category = before_category, .category = category, .kind = (enum clock_kind)kind};
        compare_grid(comparison, &grid);
    }
}

static const struct category *same_matter(const struct regulation *regulation, const struct category *category,
                                          struct instant at)
{
    return category_find_by_code(regulation->categories, regulation->category_count, category->code, at);
}

static bool is_category_in_force(const struct category *category, struct instant at)
{
    return is_in_force(category->effective_from, category->effective_to, at);
}

size_t rule_change_compare(const struct regulation *before, const struct regulation *after, struct instant at,
                           struct limit_change *changes, size_t room)
{
    struct comparison comparison = {before, after, at, changes, room, 0};

    for (size_t i = 0; i < after->category_count; i++)
        if (is_category_in_force(&after->categories[i], at))
            compare_category(&comparison, same_matter(before, &after->categories[i], at), &after->categories[i]);
    for (size_t i = 0; i < before->category_count; i++)
        if (is_category_in_force(&before->categories[i], at) && same_matter(after, &before->categories[i], at) == NULL)
            compare_category(&comparison, &before->categories[i], NULL);
    for (int kind = CLOCK_INSPECT + 1; kind < CLOCK_KIND__COUNT; kind++) {
        struct grid grid = {.kind = (enum clock_kind)kind};
        compare_grid(&comparison, &grid);
    }
    return comparison.found;
}
