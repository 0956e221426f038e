/* Reading the assessment ledger: lists, evidence, cumulative gravity, and the comparison with the breaches. */
#ifndef STORE_LEDGER_LIST_H
#define STORE_LEDGER_LIST_H

#include "core/number.h"
#include "core/roster.h"
#include "store/penalty_store.h"

struct penalty_row {
    struct penalty penalty; /* as its row says */
    char ticket_number[NUMBER_BYTES]; /* "" without, and for a ticket that is not shown */
};

struct penalty_filter {
    enum penalty_state from, to; /* both included */
    struct unit_id unit;         /* -1: all */
    int32_t clause;              /* 0: all */
    struct interval happened;    /* from included, to not */
    int64_t before;              /* 0: the newest */
    int limit;
};

/* Newest first. One statement. */
enum status penalty_store_list(struct db *db, const struct penalty_filter *filter, struct arena *arena, struct penalty_row **rows,
                               size_t *count, struct fault *fault) MUST_USE;

/* A report or an outage that a penalty rests on. */
struct penalty_ground {
    enum subject_kind subject;
    int64_t subject_id;
    char ticket_number[NUMBER_BYTES], earlier_number[NUMBER_BYTES]; /* "" without, and for a ticket that is not shown */
    enum clock_kind kind; /* CLOCK_NONE: no clock; the moments are not set then */
    enum clock_result result;
    struct instant started_at, due_at, granted_due_at, stopped_at;
};
/* At most 50. */
enum status penalty_store_grounds(struct db *db, struct penalty_id id, struct arena *arena, struct penalty_ground **grounds,
                                  size_t *count, struct fault *fault) MUST_USE;

/* How many others stand within the year up to when it happened: of the same clause and unit; of a person (0: 0). */
enum status penalty_store_count_like(struct db *db, const struct penalty *penalty, struct arena *arena, int64_t *count,
                                     struct fault *fault) MUST_USE;
enum status penalty_store_count_of_person(struct db *db, const struct penalty *penalty, struct staff_id person, struct arena *arena,
                                          int64_t *count, struct fault *fault) MUST_USE;

struct penalty_person {
    struct staff_id id;
    const char *name;
};
/* Who can be named in a penalty of this unit (0: operations), at most 300. */
enum status penalty_store_persons(struct db *db, struct unit_id unit, struct arena *arena, struct penalty_person **persons,
                                  size_t *count, struct fault *fault) MUST_USE;
/* "" when there is none. */
enum status penalty_store_name(struct db *db, struct staff_id staff, struct arena *arena, const char **name, struct fault *fault) MUST_USE;

enum penalty_link_kind { PENALTY_LINK_ORDER = 1, PENALTY_LINK_CIRCULAR = 2 };
struct penalty_link {
    enum penalty_link_kind kind;
    int64_t id;
};
/* What was done because of it; twice is once. */
enum status penalty_store_link(struct db *db, struct penalty_id id, struct penalty_link link, struct fault *fault) MUST_USE;
enum status penalty_store_links(struct db *db, struct penalty_id id, struct arena *arena, struct penalty_link **links, size_t *count,
                                struct fault *fault) MUST_USE;

/* ---- the ledger against the breaches */

/* Breaches of one basis and kind, counted by SQL over clocks and facts alone. */
struct breach_sum {
    enum penalty_basis basis;
    enum clock_kind kind;
    int64_t breaches, matched, proposals; /* matched: with a proposal that fits; proposals: different ones, of incidents shared */
};
/* A breach without its proposal, a row without its breach, a proposal without either. */
struct breach_difference {
    enum penalty_basis basis;
    enum clock_kind kind;
    enum subject_kind subject;
    int64_t subject_id, number, penalty; /* penalty 0: none */
    char ticket_number[NUMBER_BYTES];
};
struct reconciliation {
    struct breach_sum *sums;
    size_t sum_count;
    struct breach_difference *missing, *extra, *unfounded; /* at most 200 each */
    size_t missing_count, extra_count, unfounded_count;
};
/* happened: which breaches are counted; what is too many is looked for over all. Four statements. */
enum status ledger_reconcile(struct db *db, struct interval happened, struct instant now, struct arena *arena,
                             struct reconciliation *found, struct fault *fault) MUST_USE;

#endif
