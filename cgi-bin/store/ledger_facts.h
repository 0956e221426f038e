/* What the ledger's work knows of a subject, read by statements. For store's files alone. */
#ifndef STORE_LEDGER_FACTS_H
#define STORE_LEDGER_FACTS_H

#include "store/penalty_store.h"

struct ledger_facts {
    struct breach_facts facts; /* its lists live in the arena */
    int64_t incident;          /* the ticket that it runs with, or itself; 0: not a ticket */
    int64_t place;             /* of a leak that was repaired; 0 otherwise */
    struct instant reported_at, repaired_at;
    int window_days;
    bool is_at_edge; /* a clock is due at this very moment: ask again later */
};

/* STATUS_ABSENT: there is no such subject. */
enum status ledger_facts_load(struct db *db, enum subject_kind subject, int64_t id, const struct breach_rules *rules,
                              struct instant now, struct arena *arena, struct ledger_facts *known,
                              struct fault *fault) MUST_USE;

#endif
