/*
 * Changes of the regulation's rows (core/rule_change.h), of routes and of policies: worked out anew against the rows that are there,
 * written in one transaction with the audit line and the catalog's version.
 */
#ifndef STORE_RULE_STORE_H
#define STORE_RULE_STORE_H

#include "core/rule_change.h"
#include "store/catalog.h"
#include "store/change.h"

/* A change of the rows with the words of what it adds. All borrowed. */
struct regulation_change {
    const struct rule_change *change;
    const struct catalog_words *rule_words; /* as many as there are edits; used of RULE_REPLACE and RULE_ADD */
    struct catalog_words category_words;    /* names alone; of CATEGORY_ADD and CATEGORY_REPLACE */
    const struct unit_route *routes;        /* of CATEGORY_ADD: zone and unit; a replaced one keeps its routes */
    size_t route_count;
};

struct regulation_outcome {
    enum change_refusal refusal;
    struct rule_problem problems[CHANGE_PROBLEMS_MAX];
    size_t problem_count;
    struct category_id added_category; /* 0: none */
};

/*
 * STATUS_REFUSED: `outcome` says why, nothing is changed. STATUS_DUPLICATE: this form was saved before. `change` raises the catalog.
 */
enum status rule_store_change(struct db *db, const struct change *change, const struct regulation_change *wanted,
                              struct regulation_outcome *outcome, struct fault *fault) MUST_USE;

/* What the rows would be now, without writing. Arrays of `changed` are in the arena; `refusal` as the change would give it. */
void rule_store_try(const struct catalog *catalog, const struct rule_change *change, struct instant now,
                    struct arena *arena, struct changed *changed, enum change_refusal *refusal);

/* The routes of a matter: by zone, ZONE_UNKNOWN for any; unit 0: none. */
struct category_routes {
    struct unit_id unit[ZONE__COUNT];
};
void rule_store_routes(const struct catalog *catalog, struct category_id category, struct category_routes *routes);

/* STATUS_CONFLICT: they are not `seen` any more. */
enum status rule_store_change_routes(struct db *db, const struct change *change, struct category_id category,
                                     const struct category_routes *seen, const struct category_routes *routes,
                                     struct fault *fault) MUST_USE;

/* ---- policies (core/policy.h) */

struct policy_row {
    bool is_set; /* else the usual value */
    int64_t value;
    struct instant changed_at;
    const char *changed_by; /* name, or "" */
};
/* rows: POLICY__COUNT */
enum status policy_store_list(struct db *db, struct arena *arena, struct policy_row *rows, struct fault *fault) MUST_USE;

/* STATUS_CONFLICT: the value is not `seen` any more. value, seen: allowed ones */
enum status policy_store_change(struct db *db, const struct change *change, enum policy policy, int64_t seen,
                                int64_t value, struct fault *fault) MUST_USE;

#endif
