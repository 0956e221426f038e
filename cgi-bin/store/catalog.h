/*
 * The rows that every page needs and that change seldom: regulation, units, routes, places. Read at the start and again
 * when fact.catalog_version says so (asked at most every ten seconds), so that no page pays for them.
 */
#ifndef STORE_CATALOG_H
#define STORE_CATALOG_H

#include "core/ladder.h"
#include "core/policy.h"
#include "core/ticket.h"
#include "store/db.h"

struct unit {
    struct unit_id id;
    char code[CODE_BYTES];
    char name_zh[84], name_en[124];
    bool is_handling;
};
struct place {
    struct place_id id, parent;
    int kind; /* 1 district, 2 community, 3 road, 4 building */
    char name[164]; /* of a building with its community or road before it */
    enum zone zone;
    bool is_retired; /* its name is still told where it was used; it is not offered or found any more */
};
/* Which unit a matter goes to. (web has a `struct route` of its own, and programs include both.) */
struct unit_route {
    struct category_id category;
    enum zone zone;
    struct unit_id unit;
};
/* Words of a category or rule, beside core's row: same index. */
struct catalog_words {
    const char *name_zh, *name_en, *note_zh, *note_en;
};

struct catalog {
    struct regulation regulation; /* rules and categories */
    struct catalog_words *category_words, *rule_words;
    struct ladder_step *ladder;
    size_t ladder_count;
    struct unit *units;
    size_t unit_count;
    struct unit_route *routes;
    size_t route_count;
    struct place *places; /* sorted by name; of the buildings those that an outage names (store/place_store.h has all) */
    size_t place_count;
    size_t offered_count; /* of them: they come first, the retired ones after */
    int64_t policies[POLICY__COUNT];
    int64_t version;
    int64_t refused_version;         /* a newer one whose rules were faulty; 0: none */
    int64_t checked_at_milliseconds; /* monotonic */
    struct arena arena;
};

/*
 * Reads everything if there is something newer; keeps the old rows when the database is away. Rules with a gap or an overlap
 * (rules_check) are refused with a line in the log for each problem: the old rows stay in force, and without any it is
 * STATUS_INVALID, so that no program serves them.
 */
enum status catalog_refresh(struct catalog *catalog, struct db *db, const struct settings *settings,
                            struct fault *fault) MUST_USE;
void catalog_release(struct catalog *catalog);

/*
 * Categories and rules alone, with their words, as the rows stand and without a check: for a change, inside its transaction. The
 * arena of the catalog is the caller's, begun before and released after.
 */
enum status catalog_load_regulation(struct catalog *catalog, struct db *db, struct fault *fault) MUST_USE;

/* Lets the next catalog_refresh look at the version, whenever it looked last: for the program that has just raised it. */
void catalog_forget(struct catalog *catalog);

const struct unit *catalog_unit(const struct catalog *catalog, struct unit_id id);
const struct unit *catalog_unit_by_code(const struct catalog *catalog, const char *code);
const struct place *catalog_place(const struct catalog *catalog, struct place_id id);
/* The place whose name the text starts with or equals (the longest such), or NULL. */
const struct place *catalog_place_in_text(const struct catalog *catalog, const char *text);
/* The unit that routing proposes, 0 without a row: first the exact zone (unknown as inner), then any zone. */
struct unit_id catalog_route(const struct catalog *catalog, struct category_id category, enum zone zone);
/* The rule row with this id, and its words; NULL when the id is unknown. */
const struct rule *catalog_rule(const struct catalog *catalog, struct rule_id id);
const struct catalog_words *catalog_rule_words(const struct catalog *catalog, struct rule_id id);
const struct catalog_words *catalog_category_words(const struct catalog *catalog, struct category_id id);

#endif
