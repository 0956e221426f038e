/*
 * What a unit keeps of its own supervision (Art. 4): its service rules and its inspections. Nothing is ever changed: each save is a
 * newer version, and the earlier ones stay to be read.
 */
#ifndef STORE_SERVICE_STORE_H
#define STORE_SERVICE_STORE_H

#include "core/register.h"
#include "store/change.h"

/* One version of a rule. Texts are borrowed. */
struct service_rule {
    struct unit_id unit;
    int32_t no;       /* of the rule in its unit; 0: a new one */
    uint32_t version; /* from 1 */
    const char *title, *body;
    struct day effective_from;
    bool is_ended;          /* from that day on it holds no longer */
    const char *created_by; /* a name, when read */
    struct instant created_at;
};

/* One version of an inspection's record. Texts are borrowed. */
struct inspection {
    struct unit_id unit;
    int32_t no;
    uint32_t version;
    struct day held_on;
    const char *inspector, *what, *finding;
    enum inspection_result result;
    struct day follow_up_due, followed_up_on; /* DAY_NONE: none, not yet */
    const char *created_by;
    struct instant created_at;
};

/* The newest version of each rule, by number; at most 200. */
enum status service_store_list_rules(struct db *db, struct unit_id unit, struct arena *arena, struct service_rule **rules,
                                     size_t *count, struct fault *fault) MUST_USE;
/* All versions of one, newest first; count 0: there is no such rule. */
enum status service_store_rule_versions(struct db *db, struct unit_id unit, int32_t no, struct arena *arena,
                                        struct service_rule **rules, size_t *count, struct fault *fault) MUST_USE;
/* The newest version of each record below `before` (0: from the newest), newest first. */
enum status service_store_list_inspections(struct db *db, struct unit_id unit, int32_t before, int limit,
                                           struct arena *arena, struct inspection **inspections, size_t *count,
                                           struct fault *fault) MUST_USE;
enum status service_store_inspection_versions(struct db *db, struct unit_id unit, int32_t no, struct arena *arena,
                                              struct inspection **inspections, size_t *count,
                                              struct fault *fault) MUST_USE;

/*
 * Adds a version: of a new rule (no 0), or the one after `version`, the newest that was seen. STATUS_CONFLICT: somebody added one
 * meanwhile; STATUS_DUPLICATE: this form was saved before.
 */
enum status service_store_save_rule(struct db *db, const struct change *change, const struct service_rule *rule,
                                    struct fault *fault) MUST_USE;
enum status service_store_save_inspection(struct db *db, const struct change *change, const struct inspection *inspection,
                                          struct fault *fault) MUST_USE;

/* For whoever reads all units: what each has. */
struct service_overview {
    struct unit_id unit;
    int64_t rule_count;
    struct day last_inspection; /* DAY_NONE: never */
    int64_t overdue_count;      /* follow-ups that were due before today */
};
enum status service_store_overview(struct db *db, struct day today, struct arena *arena, struct service_overview **units,
                                   size_t *count, struct fault *fault) MUST_USE;

#endif
