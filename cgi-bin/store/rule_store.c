#include "store/rule_store.h"

#include <string.h>

enum { WORK_BYTES_MAX = 64 * 1024 * 1024 };

/* ---- trying */

static void make_room(const struct regulation *regulation, struct arena *arena, struct changed *changed)
{
    *changed = (struct changed){.rule_room = regulation->rule_count + RULE_ADDED_MAX,
                                .category_room = regulation->category_count + 1};
    changed->rules = arena_take_array(arena, changed->rule_room, sizeof *changed->rules);
    changed->categories = arena_take_array(arena, changed->category_room, sizeof *changed->categories);
}

void rule_store_try(const struct catalog *catalog, const struct rule_change *change, struct instant now,
                    struct arena *arena, struct changed *changed, enum change_refusal *refusal)
{
    make_room(&catalog->regulation, arena, changed);
    *refusal = rule_change_apply(&catalog->regulation, change, now, changed);
}

/* ---- writing rules */

struct writing {
    const struct regulation_change *wanted;
    struct instant now;
    struct regulation_outcome *outcome;
};

static const struct rule *rule_by_id(const struct rule *rules, size_t count, struct rule_id id)
{
    for (size_t i = 0; i < count; i++)
        if (rules[i].id.v == id.v)
            return &rules[i];
    return NULL;
}

static enum status insert_rule(struct db *db, const struct rule *rule, const struct catalog_words *words,
                               struct fault *fault)
{
    const struct db_value values[] = {
        db_integer(rule->id.v),
        db_text(rule->code),
        db_text(rule->article),
        db_integer((int64_t)rule->kind),
        db_integer((int64_t)rule->subject),
        db_integer(rule->category.v),
        db_integer((int64_t)rule->grade),
        db_integer((int64_t)rule->zone),
        db_integer(rule->diameter_over_mm),
        db_integer(rule->diameter_to_mm),
        db_integer((int64_t)rule->condition),
        db_integer((int64_t)rule->direction),
        db_text(rule->start_event),
        db_text(rule->end_event),
        db_integer(rule->limit_seconds),
        db_integer((int64_t)rule->bound),
        db_integer(rule->is_binding),
        db_integer(rule->is_public),
        db_integer((int64_t)rule->interpretation),
        db_integer(rule->sort),
        db_text(words->name_zh),
        db_text(words->name_en),
        db_text(words->note_zh),
        db_text(words->note_en),
        db_instant(rule->effective_from),
        db_instant(rule->effective_to),
    };

    return db_run(db, RULE_INSERT, values, sizeof values / sizeof values[0], NULL, NULL, fault);
}

/* Rows that were there before: gone, ended, or going on. */
static enum status write_old_rules(struct db *db, const struct regulation *before, const struct changed *changed,
                                   struct fault *fault)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; status == STATUS_OK && i < before->rule_count; i++) {
        const struct rule *old = &before->rules[i];
        const struct rule *new = rule_by_id(changed->rules, changed->rule_count, old->id);
        const struct db_value id = db_integer(old->id.v);
        if (new == NULL) {
            status = db_run(db, RULE_DELETE_BY_ID, &id, 1, NULL, NULL, fault);
        } else if (!instant_is_equal(old->effective_to, new->effective_to)) {
            const struct db_value values[] = {db_instant(new->effective_to), id};
            status = db_run(db, RULE_SET_END, values, 2, NULL, NULL, fault);
        }
    }
    return status;
}

static enum status write_rules(struct db *db, const struct writing *writing, const struct catalog *catalog,
                               const struct changed *changed, struct fault *fault)
{
    enum status status = write_old_rules(db, &catalog->regulation, changed, fault);

    for (size_t i = 0; status == STATUS_OK && i < changed->added_count; i++) {
        const struct rule_origin *origin = &changed->origins[i];
        const struct catalog_words *words = origin->edit >= 0 ? &writing->wanted->rule_words[origin->edit]
                                                              : catalog_rule_words(catalog, origin->copied);
        status = insert_rule(db, &changed->rules[changed->rule_count - changed->added_count + i], words, fault);
    }
    return status;
}

/* ---- writing categories and their routes */

static enum status insert_category(struct db *db, const struct category *category, const struct catalog_words *words,
                                   struct fault *fault)
{
    const struct db_value values[] = {
        db_integer(category->id.v),
        db_text(category->code),
        db_text(category->article),
        db_integer((int64_t)category->group),
        db_integer(category->clocks),
        db_integer(category->is_leak),
        db_integer(category->is_third_party),
        db_integer(category->asks_limit),
        db_integer(category->needs_formalities),
        db_integer(category->needs_phone),
        db_integer((int64_t)category->default_nature),
        db_integer(category->extension_cap_seconds),
        db_integer(category->sort),
        db_text(words->name_zh),
        db_text(words->name_en),
        db_instant(category->effective_from),
        db_instant(category->effective_to),
    };

    return db_run(db, CATEGORY_INSERT, values, sizeof values / sizeof values[0], NULL, NULL, fault);
}

static enum status insert_route(struct db *db, struct category_id category, enum zone zone, struct unit_id unit,
                                struct fault *fault)
{
    const struct db_value values[] = {db_integer(category.v), db_integer((int64_t)zone), db_integer(unit.v)};

    return db_run(db, ROUTE_INSERT, values, 3, NULL, NULL, fault);
}

static enum status write_added_category(struct db *db, const struct writing *writing, const struct changed *changed,
                                        struct fault *fault)
{
    const struct regulation_change *wanted = writing->wanted;
    const struct category *added =
        category_find(changed->categories, changed->category_count, changed->added_category);
    enum status status = insert_category(db, added, &wanted->category_words, fault);

    if (status == STATUS_OK && wanted->change->category.kind == CATEGORY_REPLACE) {
        const struct db_value values[] = {db_integer(added->id.v), db_integer(wanted->change->category.old.v)};
        return db_run(db, ROUTE_COPY, values, 2, NULL, NULL, fault);
    }
    for (size_t i = 0; status == STATUS_OK && i < wanted->route_count; i++)
        status = insert_route(db, added->id, wanted->routes[i].zone, wanted->routes[i].unit, fault);
    return status;
}

static enum status delete_category(struct db *db, struct category_id category, struct fault *fault)
{
    const struct db_value id = db_integer(category.v);
    const enum status status = db_run(db, ROUTE_DELETE_BY_CATEGORY, &id, 1, NULL, NULL, fault);

    return status == STATUS_OK ? db_run(db, CATEGORY_DELETE_BY_ID, &id, 1, NULL, NULL, fault) : status;
}

static enum status write_categories(struct db *db, const struct writing *writing, const struct regulation *before,
                                    const struct changed *changed, struct fault *fault)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; status == STATUS_OK && i < before->category_count; i++) {
        const struct category *old = &before->categories[i];
        const struct category *new = category_find(changed->categories, changed->category_count, old->id);
        if (new == NULL) {
            status = delete_category(db, old->id, fault);
        } else if (!instant_is_equal(old->effective_to, new->effective_to)) {
            const struct db_value values[] = {db_instant(new->effective_to), db_integer(old->id.v)};
            status = db_run(db, CATEGORY_SET_END, values, 2, NULL, NULL, fault);
        }
    }
    return status == STATUS_OK && changed->added_category.v != 0 ? write_added_category(db, writing, changed, fault)
                                                                  : status;
}

/* ---- the whole change */

static enum status write_all(struct db *db, struct writing *writing, struct catalog *catalog, struct fault *fault)
{
    struct changed changed;
    struct regulation_outcome *outcome = writing->outcome;

    rule_store_try(catalog, writing->wanted->change, writing->now, &catalog->arena, &changed, &outcome->refusal);
    outcome->problem_count = changed.problem_count;
    memcpy(outcome->problems, changed.problems, sizeof outcome->problems);
    outcome->added_category = changed.added_category;
    if (outcome->refusal != CHANGE_OK)
        return STATUS_REFUSED;
    const enum status status = write_categories(db, writing, &catalog->regulation, &changed, fault);
    return status == STATUS_OK ? write_rules(db, writing, catalog, &changed, fault) : status;
}

static enum status change_work(struct db *db, void *context, struct fault *fault)
{
    struct catalog catalog = {0};

    arena_init(&catalog.arena, WORK_BYTES_MAX);
    enum status status = catalog_load_regulation(&catalog, db, fault);
    if (status == STATUS_OK)
        status = write_all(db, context, &catalog, fault);
    arena_release(&catalog.arena);
    return status;
}

enum status rule_store_change(struct db *db, const struct change *change, const struct regulation_change *wanted,
                              struct regulation_outcome *outcome, struct fault *fault)
{
    struct change raising = *change;
    struct writing writing = {wanted, change->now, outcome};

    raising.raises_catalog = true;
    *outcome = (struct regulation_outcome){.refusal = CHANGE_OK};
    return change_store_run(db, &raising, change_work, &writing, NULL, fault);
}

/* ---- routes */

void rule_store_routes(const struct catalog *catalog, struct category_id category, struct category_routes *routes)
{
    *routes = (struct category_routes){{{0}}};
    for (size_t i = 0; i < catalog->route_count; i++)
        if (catalog->routes[i].category.v == category.v && (unsigned)catalog->routes[i].zone < ZONE__COUNT)
            routes->unit[catalog->routes[i].zone] = catalog->routes[i].unit;
}

struct routing {
    struct category_id category;
    const struct category_routes *seen, *routes;
};

static enum status read_routes(struct db *db, struct category_id category, struct category_routes *routes,
                               struct arena *arena, struct fault *fault)
{
    const struct db_value id = db_integer(category.v);
    struct db_row *rows;
    size_t count;
    const enum status status = db_query(db, ROUTE_LIST_BY_CATEGORY, &id, 1, arena, &rows, &count, fault);

    *routes = (struct category_routes){{{0}}};
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        const int64_t zone = db_row_integer(&rows[i], 0);
        if (zone >= 0 && zone < ZONE__COUNT)
            routes->unit[zone].v = (int32_t)db_row_integer(&rows[i], 1);
    }
    return status;
}

static enum status route_work(struct db *db, void *context, struct fault *fault)
{
    const struct routing *routing = context;
    const struct db_value id = db_integer(routing->category.v);
    struct category_routes stored;
    struct arena arena;

    arena_init(&arena, WORK_BYTES_MAX);
    enum status status = read_routes(db, routing->category, &stored, &arena, fault);
    arena_release(&arena);
    for (int zone = 0; status == STATUS_OK && zone < ZONE__COUNT; zone++)
        if (stored.unit[zone].v != routing->seen->unit[zone].v)
            return STATUS_CONFLICT;
    if (status == STATUS_OK)
        status = db_run(db, ROUTE_DELETE_BY_CATEGORY, &id, 1, NULL, NULL, fault);
    for (int zone = 0; status == STATUS_OK && zone < ZONE__COUNT; zone++)
        if (routing->routes->unit[zone].v != 0)
            status = insert_route(db, routing->category, (enum zone)zone, routing->routes->unit[zone], fault);
    return status;
}

enum status rule_store_change_routes(struct db *db, const struct change *change, struct category_id category,
                                     const struct category_routes *seen, const struct category_routes *routes,
                                     struct fault *fault)
{
    struct change raising = *change;
    struct routing routing = {category, seen, routes};

    raising.raises_catalog = true;
    return change_store_run(db, &raising, route_work, &routing, NULL, fault);
}

/* ---- policies */

enum status policy_store_list(struct db *db, struct arena *arena, struct policy_row *rows, struct fault *fault)
{
    struct db_row *found;
    size_t count;
    const enum status status = db_query(db, POLICY_LIST_CHANGES, NULL, 0, arena, &found, &count, fault);

    if (status != STATUS_OK)
        return status;
    for (int i = 0; i < POLICY__COUNT; i++)
        rows[i] = (struct policy_row){false, policy_bound((enum policy)i)->usual, INSTANT_NONE, ""};
    for (size_t i = 0; i < count; i++) {
        enum policy policy;
        const int64_t value = db_row_integer(&found[i], 1);
        if (policy_find(db_row_text(&found[i], 0), &policy) && policy_allows(policy, value))
            rows[policy] = (struct policy_row){true, value, db_row_instant(&found[i], 2), db_row_text(&found[i], 3)};
    }
    return STATUS_OK;
}

struct deciding_policy {
    enum policy policy;
    int64_t seen, value;
    const struct change *change;
};

static enum status policy_work(struct db *db, void *context, struct fault *fault)
{
    const struct deciding_policy *deciding = context;
    const char *name = policy_bound(deciding->policy)->name;
    struct policy_row rows[POLICY__COUNT];
    struct arena arena;

    arena_init(&arena, WORK_BYTES_MAX);
    const enum status status = policy_store_list(db, &arena, rows, fault);
    arena_release(&arena);
    if (status != STATUS_OK)
        return status;
    if (rows[deciding->policy].value != deciding->seen)
        return STATUS_CONFLICT;
    const struct db_value values[] = {db_text(name), db_integer(deciding->value), db_instant(deciding->change->now),
                                      db_integer(deciding->change->staff.v)};
    return db_run(db, POLICY_SAVE, values, 4, NULL, NULL, fault);
}

enum status policy_store_change(struct db *db, const struct change *change, enum policy policy, int64_t seen,
                                int64_t value, struct fault *fault)
{
    struct change raising = *change;
    struct deciding_policy deciding = {policy, seen, value, change};

    raising.raises_catalog = true;
    return change_store_run(db, &raising, policy_work, &deciding, NULL, fault);
}
