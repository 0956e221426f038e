#include "store/catalog.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/now.h"

enum {
    CATALOG_BYTES_MAX = 64 * 1024 * 1024,
    LOOK_EVERY_MILLISECONDS = 10000,
    PROBLEMS_TOLD_MAX = 10,
};

/* A short text into a fixed array; the schema's columns are no longer than these. */
static void copy_text(char *to, size_t size_bytes, const char *from)
{
    struct text text;

    text_init(&text, to, size_bytes);
    text_add(&text, from);
}
#define COPY_TEXT(array, from) copy_text((array), sizeof(array), (from))

static void read_category(struct category *category, struct catalog_words *words, const struct db_row *row)
{
    category->id.v = (int32_t)db_row_integer(row, 0);
    COPY_TEXT(category->code, db_row_text(row, 1));
    COPY_TEXT(category->article, db_row_text(row, 2));
    category->group = (enum category_group)db_row_integer(row, 3);
    category->clocks = (uint32_t)db_row_integer(row, 4);
    category->is_leak = db_row_integer(row, 5) != 0;
    category->is_third_party = db_row_integer(row, 6) != 0;
    category->asks_limit = db_row_integer(row, 7) != 0;
    category->needs_formalities = db_row_integer(row, 8) != 0;
    category->needs_phone = db_row_integer(row, 9) != 0;
    category->default_nature = (enum nature)db_row_integer(row, 10);
    category->extension_cap_seconds = db_row_integer(row, 11);
    category->sort = (int)db_row_integer(row, 12);
    *words = (struct catalog_words){db_row_text(row, 13), db_row_text(row, 14), "", ""};
    category->effective_from = db_row_instant(row, 15);
    category->effective_to = db_row_instant(row, 16);
}

static void read_rule(struct rule *rule, struct catalog_words *words, const struct db_row *row)
{
    rule->id.v = (int32_t)db_row_integer(row, 0);
    COPY_TEXT(rule->code, db_row_text(row, 1));
    COPY_TEXT(rule->article, db_row_text(row, 2));
    rule->kind = (enum clock_kind)db_row_integer(row, 3);
    rule->subject = (enum subject_kind)db_row_integer(row, 4);
    rule->category.v = (int32_t)db_row_integer(row, 5);
    rule->grade = (enum grade)db_row_integer(row, 6);
    rule->zone = (enum zone)db_row_integer(row, 7);
    rule->diameter_over_mm = (int)db_row_integer(row, 8);
    rule->diameter_to_mm = (int)db_row_integer(row, 9);
    rule->condition = (enum rule_condition)db_row_integer(row, 10);
    rule->direction = (enum direction)db_row_integer(row, 11);
    COPY_TEXT(rule->start_event, db_row_text(row, 12));
    COPY_TEXT(rule->end_event, db_row_text(row, 13));
    rule->limit_seconds = db_row_integer(row, 14);
    rule->bound = (enum bound)db_row_integer(row, 15);
    rule->is_binding = db_row_integer(row, 16) != 0;
    rule->is_public = db_row_integer(row, 17) != 0;
    rule->interpretation = (enum interpretation)db_row_integer(row, 18);
    rule->sort = (int)db_row_integer(row, 19);
    *words = (struct catalog_words){db_row_text(row, 20), db_row_text(row, 21), db_row_text(row, 22),
                                    db_row_text(row, 23)};
    rule->effective_from = db_row_instant(row, 24);
    rule->effective_to = db_row_instant(row, 25);
}

static enum status load_categories(struct catalog *catalog, struct db *db, struct fault *fault)
{
    struct db_row *rows;
    size_t count;
    const enum status status = db_query(db, CATEGORY_LIST, NULL, 0, &catalog->arena, &rows, &count, fault);
    if (status != STATUS_OK)
        return status;
    struct category *categories = arena_take_array(&catalog->arena, count, sizeof *categories);
    catalog->category_words = arena_take_array(&catalog->arena, count, sizeof *catalog->category_words);
    for (size_t i = 0; i < count; i++)
        read_category(&categories[i], &catalog->category_words[i], &rows[i]);
    catalog->regulation.categories = categories;
    catalog->regulation.category_count = count;
    return STATUS_OK;
}

static enum status load_rules(struct catalog *catalog, struct db *db, struct fault *fault)
{
    struct db_row *rows;
    size_t count;
    const enum status status = db_query(db, RULE_LIST, NULL, 0, &catalog->arena, &rows, &count, fault);
    if (status != STATUS_OK)
        return status;
    struct rule *rules = arena_take_array(&catalog->arena, count, sizeof *rules);
    catalog->rule_words = arena_take_array(&catalog->arena, count, sizeof *catalog->rule_words);
    for (size_t i = 0; i < count; i++)
        read_rule(&rules[i], &catalog->rule_words[i], &rows[i]);
    catalog->regulation.rules = rules;
    catalog->regulation.rule_count = count;
    return STATUS_OK;
}

enum status catalog_load_regulation(struct catalog *catalog, struct db *db, struct fault *fault)
{
    const enum status status = load_categories(catalog, db, fault);

    return status == STATUS_OK ? load_rules(catalog, db, fault) : status;
}

static enum status load_ladder(struct catalog *catalog, struct db *db, struct fault *fault)
{
    struct db_row *rows;
    const enum status status =
        db_query(db, LADDER_LIST, NULL, 0, &catalog->arena, &rows, &catalog->ladder_count, fault);
    if (status != STATUS_OK)
        return status;
    catalog->ladder = arena_take_array(&catalog->arena, catalog->ladder_count, sizeof *catalog->ladder);
    for (size_t i = 0; i < catalog->ladder_count; i++) {
        struct ladder_step *step = &catalog->ladder[i];
        step->kind = (enum clock_kind)db_row_integer(&rows[i], 0);
        step->step = (int)db_row_integer(&rows[i], 1);
        step->permille = (int)db_row_integer(&rows[i], 2);
        step->after_due_seconds = db_row_integer(&rows[i], 3);
        step->audiences = (uint32_t)db_row_integer(&rows[i], 4);
        step->is_breach = db_row_integer(&rows[i], 5) != 0;
        COPY_TEXT(step->notice, db_row_text(&rows[i], 6));
    }
    return STATUS_OK;
}

static enum status load_units(struct catalog *catalog, struct db *db, struct fault *fault)
{
    struct db_row *rows;
    const enum status status = db_query(db, UNIT_LIST, NULL, 0, &catalog->arena, &rows, &catalog->unit_count, fault);
    if (status != STATUS_OK)
        return status;
    catalog->units = arena_take_array(&catalog->arena, catalog->unit_count, sizeof *catalog->units);
    for (size_t i = 0; i < catalog->unit_count; i++) {
        struct unit *unit = &catalog->units[i];
        unit->id.v = (int32_t)db_row_integer(&rows[i], 0);
        COPY_TEXT(unit->code, db_row_text(&rows[i], 1));
        /* 80 characters can take more bytes than the array has; the name is cut at a character then. */
        COPY_TEXT(unit->name_zh, db_row_text(&rows[i], 2));
        COPY_TEXT(unit->name_en, db_row_text(&rows[i], 3));
        unit->is_handling = db_row_integer(&rows[i], 4) != 0;
    }
    return STATUS_OK;
}

static enum status load_routes(struct catalog *catalog, struct db *db, struct fault *fault)
{
    struct db_row *rows;
    const enum status status = db_query(db, ROUTE_LIST, NULL, 0, &catalog->arena, &rows, &catalog->route_count, fault);
    if (status != STATUS_OK)
        return status;
    catalog->routes = arena_take_array(&catalog->arena, catalog->route_count, sizeof *catalog->routes);
    for (size_t i = 0; i < catalog->route_count; i++) {
        catalog->routes[i].category.v = (int32_t)db_row_integer(&rows[i], 0);
        catalog->routes[i].zone = (enum zone)db_row_integer(&rows[i], 1);
        catalog->routes[i].unit.v = (int32_t)db_row_integer(&rows[i], 2);
    }
    return STATUS_OK;
}

static int compare_places(const void *left, const void *right)
{
    const struct place *a = left, *b = right;

    return a->is_retired != b->is_retired ? (a->is_retired ? 1 : -1) : strcmp(a->name, b->name);
}

static enum status load_places(struct catalog *catalog, struct db *db, struct fault *fault)
{
    struct db_row *rows;
    const enum status status = db_query(db, PLACE_LIST, NULL, 0, &catalog->arena, &rows, &catalog->place_count, fault);
    if (status != STATUS_OK)
        return status;
    catalog->places = arena_take_array(&catalog->arena, catalog->place_count, sizeof *catalog->places);
    for (size_t i = 0; i < catalog->place_count; i++) {
        struct place *place = &catalog->places[i];
        place->id.v = (int32_t)db_row_integer(&rows[i], 0);
        place->parent.v = (int32_t)db_row_integer(&rows[i], 1);
        place->kind = (int)db_row_integer(&rows[i], 2);
        COPY_TEXT(place->name, db_row_text(&rows[i], 3));
        place->zone = (enum zone)db_row_integer(&rows[i], 4);
        place->is_retired = db_row_integer(&rows[i], 5) != 0;
        catalog->offered_count += place->is_retired ? 0 : 1;
    }
    if (catalog->place_count > 0)
        qsort(catalog->places, catalog->place_count, sizeof *catalog->places, compare_places);
    return STATUS_OK;
}

/* Rows that this build does not know, or whose value may not stand, leave the usual value in force. */
static enum status load_policies(struct catalog *catalog, struct db *db, struct fault *fault)
{
    struct db_row *rows;
    size_t count;
    const enum status status = db_query(db, POLICY_LIST, NULL, 0, &catalog->arena, &rows, &count, fault);

    if (status != STATUS_OK)
        return status;
    for (int i = 0; i < POLICY__COUNT; i++)
        catalog->policies[i] = policy_bound((enum policy)i)->usual;
    for (size_t i = 0; i < count; i++) {
        enum policy policy;
        const int64_t value = db_row_integer(&rows[i], 1);
        if (policy_find(db_row_text(&rows[i], 0), &policy) && policy_allows(policy, value))
            catalog->policies[policy] = value;
    }
    catalog->regulation.follow_up_percent = (int)catalog->policies[POLICY_FOLLOW_UP_PERCENT];
    catalog->regulation.follow_up_attempts = (int)catalog->policies[POLICY_FOLLOW_UP_ATTEMPTS];
    return STATUS_OK;
}

static struct unit_id unit_id_by_code(const struct catalog *catalog, const char *code)
{
    const struct unit *unit = catalog_unit_by_code(catalog, code);

    return unit != NULL ? unit->id : (struct unit_id){0};
}

/* Which units have a part in planned outages (Arts. 18(1), 19), and what ops has decided about these. */
static enum status load_outage_policy(struct catalog *catalog, struct db *db, struct fault *fault)
{
    (void)db;
    (void)fault;
    catalog->regulation.outage = (struct outage_policy){
        .approver = (enum outage_approver)catalog->policies[POLICY_OUTAGE_APPROVER],
        .approver_large = (enum outage_approver)catalog->policies[POLICY_OUTAGE_APPROVER_LARGE],
        .households_large = (int)catalog->policies[POLICY_OUTAGE_HOUSEHOLDS],
        .hours_large = (int)catalog->policies[POLICY_OUTAGE_HOURS],
        .pipeline = unit_id_by_code(catalog, "pipeline"),
        .customer = unit_id_by_code(catalog, "customer"),
    };
    return STATUS_OK;
}

/* The version that the database has now. */
static enum status look_at_version(struct db *db, int64_t *version, struct fault *fault)
{
    struct arena arena;
    struct db_row row;
    const struct db_value name = db_text("catalog_version");

    arena_init(&arena, (size_t)16 * 1024);
    enum status status = db_query_one(db, FACT_FIND_BY_NAME, &name, 1, &arena, &row, fault);
    *version = 1; /* rows loaded by hand, without the fact */
    if (status == STATUS_OK && !text_parse_integer(db_row_text(&row, 0), 1, INT64_MAX - 1, version))
        status = FAULT(fault, STATUS_INVALID, "fact catalog_version is not a number");
    arena_release(&arena);
    return status == STATUS_ABSENT ? STATUS_OK : status;
}

static enum status load_all(struct catalog *catalog, struct db *db, struct fault *fault)
{
    typedef enum status load(struct catalog *, struct db *, struct fault *);
    static load *const loads[] = {load_categories, load_rules, load_ladder, load_units, load_routes, load_places,
                                 load_policies,   load_outage_policy};

    arena_init(&catalog->arena, CATALOG_BYTES_MAX);
    for (size_t i = 0; i < sizeof loads / sizeof loads[0]; i++) {
        const enum status status = loads[i](catalog, db, fault);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

/* Rules that leave a gap or an overlap are never served: each problem goes to the log, the first one into the fault. */
static enum status check_rules(const struct catalog *catalog, struct fault *fault)
{
    struct rule_problem problems[PROBLEMS_TOLD_MAX];
    const struct regulation *regulation = &catalog->regulation;
    const size_t count = rules_check(regulation->rules, regulation->rule_count, regulation->categories,
                                     regulation->category_count, problems, PROBLEMS_TOLD_MAX);

    for (size_t i = 0; i < count && i < PROBLEMS_TOLD_MAX; i++)
        log_write(LOG_LEVEL_ERROR, "regulation_refused version=%lld problem=\"%s\"", (long long)catalog->version,
                  problems[i].message);
    if (count == 0)
        return STATUS_OK;
    return FAULT(fault, STATUS_INVALID, "the regulation rows have %zu gaps, overlaps or wrong rows, first: %s", count,
                 problems[0].message);
}

/* Everything of one version, whole and without contradiction; nothing is left behind when it is not. */
static enum status load_version(struct catalog *fresh, struct db *db, struct fault *fault)
{
    enum status status = load_all(fresh, db, fault);

    if (status == STATUS_OK)
        status = check_rules(fresh, fault);
    if (status != STATUS_OK)
        arena_release(&fresh->arena);
    return status;
}

enum status catalog_refresh(struct catalog *catalog, struct db *db, const struct settings *settings,
                            struct fault *fault)
{
    const int64_t now = now_monotonic_milliseconds();
    const bool has_rows = catalog->version > 0;

    if (has_rows && now - catalog->checked_at_milliseconds < LOOK_EVERY_MILLISECONDS)
        return STATUS_OK;
    int64_t version;
    enum status status = look_at_version(db, &version, fault);
    if (status != STATUS_OK)
        return status;
    catalog->checked_at_milliseconds = now;
    if (version == catalog->version || (has_rows && version == catalog->refused_version))
        return STATUS_OK;
    struct catalog fresh = {.version = version, .checked_at_milliseconds = now};
    fresh.regulation.late_entry_minutes = settings->late_entry_minutes;
    status = load_version(&fresh, db, fault);
    if (status == STATUS_INVALID && has_rows) {
        catalog->refused_version = version; /* told in the log, once; the rules before it still hold */
        fault_reset(fault);
        return STATUS_OK;
    }
    if (status != STATUS_OK)
        return status;
    if (has_rows)
        arena_release(&catalog->arena);
    *catalog = fresh;
    return STATUS_OK;
}

void catalog_release(struct catalog *catalog)
{
    if (catalog->version > 0)
        arena_release(&catalog->arena);
    *catalog = (struct catalog){0};
}

void catalog_forget(struct catalog *catalog)
{
    catalog->checked_at_milliseconds = now_monotonic_milliseconds() - LOOK_EVERY_MILLISECONDS;
}

const struct unit *catalog_unit(const struct catalog *catalog, struct unit_id id)
{
    for (size_t i = 0; i < catalog->unit_count; i++)
        if (catalog->units[i].id.v == id.v)
            return &catalog->units[i];
    return NULL;
}

const struct unit *catalog_unit_by_code(const struct catalog *catalog, const char *code)
{
    for (size_t i = 0; i < catalog->unit_count; i++)
        if (text_is_equal(catalog->units[i].code, code))
            return &catalog->units[i];
    return NULL;
}

const struct place *catalog_place(const struct catalog *catalog, struct place_id id)
{
    for (size_t i = 0; i < catalog->place_count; i++)
        if (catalog->places[i].id.v == id.v)
            return &catalog->places[i];
    return NULL;
}

/* Prefixes of a text come in alphabetical order, so the search goes from each possible length, longest first. */
const struct place *catalog_place_in_text(const struct catalog *catalog, const char *text)
{
    struct place wanted = {0};

    if (catalog->offered_count == 0)
        return NULL;
    COPY_TEXT(wanted.name, text);
    for (size_t length = strlen(wanted.name); length > 0; length--) {
        wanted.name[length] = '\0';
        const struct place *found = bsearch(&wanted, catalog->places, catalog->offered_count, sizeof wanted,
                                            compare_places);
        if (found != NULL)
            return found;
    }
    return NULL;
}

static struct unit_id route_of(const struct catalog *catalog, struct category_id category, enum zone zone)
{
    for (size_t i = 0; i < catalog->route_count; i++)
        if (catalog->routes[i].category.v == category.v && catalog->routes[i].zone == zone)
            return catalog->routes[i].unit;
    return (struct unit_id){0};
}

struct unit_id catalog_route(const struct catalog *catalog, struct category_id category, enum zone zone)
{
    const struct unit_id exact = route_of(catalog, category, zone == ZONE_UNKNOWN ? ZONE_INNER : zone);

    return exact.v != 0 ? exact : route_of(catalog, category, ZONE_UNKNOWN); /* in a route, 0 is any zone */
}

static size_t rule_index(const struct catalog *catalog, struct rule_id id)
{
    size_t i = 0;

    while (i < catalog->regulation.rule_count && catalog->regulation.rules[i].id.v != id.v)
        i++;
    return i;
}

const struct rule *catalog_rule(const struct catalog *catalog, struct rule_id id)
{
    const size_t i = rule_index(catalog, id);

    return i < catalog->regulation.rule_count ? &catalog->regulation.rules[i] : NULL;
}

const struct catalog_words *catalog_rule_words(const struct catalog *catalog, struct rule_id id)
{
    const size_t i = rule_index(catalog, id);

    return i < catalog->regulation.rule_count ? &catalog->rule_words[i] : NULL;
}

const struct catalog_words *catalog_category_words(const struct catalog *catalog, struct category_id id)
{
    for (size_t i = 0; i < catalog->regulation.category_count; i++)
        if (catalog->regulation.categories[i].id.v == id.v)
            return &catalog->category_words[i];
    return NULL;
}
