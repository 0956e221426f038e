#include "store/ledger_list.h"

#include <assert.h>

/* ---- lists */

static void read_penalty(struct penalty *penalty, const struct db_row *row)
{
    *penalty = (struct penalty){
        .id = {db_row_integer(row, 0)},
        .version = (uint32_t)db_row_integer(row, 1),
        .state = (enum penalty_state)db_row_integer(row, 2),
        .clause = (int32_t)db_row_integer(row, 3),
        .proposed_clause = (int32_t)db_row_integer(row, 4),
        .unit = {(int32_t)db_row_integer(row, 5)},
        .evidence = {.basis = (enum penalty_basis)db_row_integer(row, 6),
                     .subject = (enum subject_kind)db_row_integer(row, 7),
                     .subject_id = db_row_integer(row, 8),
                     .number = db_row_integer(row, 9),
                     .clock_kind = (enum clock_kind)db_row_integer(row, 10),
                     .happened_at = db_row_instant(row, 11),
                     .late_seconds = db_row_integer(row, 12),
                     .ops_wait_seconds = db_row_integer(row, 13)},
        .proposed_at = db_row_instant(row, 14),
        .confirmed_at = db_row_instant(row, 15),
        .ended_at = db_row_instant(row, 16),
        .unit_fen = db_row_integer(row, 17),
        .leader = {(int32_t)db_row_integer(row, 18)},
        .leader_fen = db_row_integer(row, 19),
        .person = {(int32_t)db_row_integer(row, 20)},
        .person_fen = db_row_integer(row, 21),
    };
}

enum status penalty_store_list(struct db *db, const struct penalty_filter *filter, struct arena *arena, struct penalty_row **rows,
                               size_t *count, struct fault *fault)
{
    const struct db_value unit = db_integer(filter->unit.v), clause = db_integer(filter->clause);
    const struct db_value values[] = {
        db_integer((int64_t)filter->from), db_integer((int64_t)filter->to),
        db_integer(filter->before == 0 ? INT64_MAX : filter->before), unit, unit, clause, clause,
        db_instant(filter->happened.from), db_instant(filter->happened.to), db_integer(filter->limit),
    };
    struct db_row *found;

    assert(filter->limit > 0);
    const enum status status = db_query(db, PENALTY_LIST, values, 10, arena, &found, count, fault);
    if (status != STATUS_OK)
        return status;
    *rows = arena_take_array(arena, *count + 1, sizeof **rows);
    for (size_t i = 0; i < *count; i++) {
        read_penalty(&(*rows)[i].penalty, &found[i]);
        number_copy((*rows)[i].ticket_number, db_row_text(&found[i], 22));
    }
    return STATUS_OK;
}

enum status penalty_store_grounds(struct db *db, struct penalty_id id, struct arena *arena, struct penalty_ground **grounds,
                                  size_t *count, struct fault *fault)
{
    const struct db_value value = db_integer(id.v);
    struct db_row *rows;
    const enum status status = db_query(db, PENALTY_BREACH_LIST, &value, 1, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *grounds = arena_take_array(arena, *count + 1, sizeof **grounds);
    for (size_t i = 0; i < *count; i++) {
        struct penalty_ground *ground = &(*grounds)[i];
        *ground = (struct penalty_ground){
            .subject = (enum subject_kind)db_row_integer(&rows[i], 0), .subject_id = db_row_integer(&rows[i], 1),
            .started_at = db_row_instant(&rows[i], 3), .due_at = db_row_instant(&rows[i], 4),
            .granted_due_at = db_row_instant(&rows[i], 5), .stopped_at = db_row_instant(&rows[i], 6),
            .kind = (enum clock_kind)db_row_integer(&rows[i], 7), .result = (enum clock_result)db_row_integer(&rows[i], 8)};
        number_copy(ground->ticket_number, db_row_text(&rows[i], 2));
        number_copy(ground->earlier_number, db_row_text(&rows[i], 9));
    }
    return STATUS_OK;
}

/* ---- cumulative gravity */

static enum status count_others(struct db *db, enum statement statement, int64_t first, int64_t second, const struct penalty *penalty,
                                struct arena *arena, int64_t *count, struct fault *fault)
{
    const struct instant to = penalty->evidence.happened_at;
    const struct db_value values[] = {db_integer(first), db_integer(second), db_integer(penalty->id.v),
                                      db_instant(instant_add_seconds(to, -365 * DAY_SECONDS)), db_instant(to)};
    struct db_row row;
    const enum status status = db_query_one(db, statement, values, 5, arena, &row, fault);

    *count = status == STATUS_OK ? db_row_integer(&row, 0) : 0;
    return status;
}

enum status penalty_store_count_like(struct db *db, const struct penalty *penalty, struct arena *arena, int64_t *count,
                                     struct fault *fault)
{
    return count_others(db, PENALTY_COUNT_LIKE, penalty->clause, penalty->unit.v, penalty, arena, count, fault);
}

enum status penalty_store_count_of_person(struct db *db, const struct penalty *penalty, struct staff_id person, struct arena *arena,
                                          int64_t *count, struct fault *fault)
{
    *count = 0;
    return person.v == 0 ? STATUS_OK
                         : count_others(db, PENALTY_COUNT_OF_PERSON, person.v, person.v, penalty, arena, count, fault);
}

/* ---- persons */

enum status penalty_store_persons(struct db *db, struct unit_id unit, struct arena *arena, struct penalty_person **persons,
                                  size_t *count, struct fault *fault)
{
    const struct db_value value = db_integer(unit.v);
    const struct db_value values[] = {value, value, value};
    struct db_row *rows;
    const enum status status = db_query(db, STAFF_LIST_FOR_PENALTY, values, 3, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *persons = arena_take_array(arena, *count + 1, sizeof **persons);
    for (size_t i = 0; i < *count; i++)
        (*persons)[i] = (struct penalty_person){{(int32_t)db_row_integer(&rows[i], 0)}, db_row_text(&rows[i], 1)};
    return STATUS_OK;
}

enum status penalty_store_name(struct db *db, struct staff_id staff, struct arena *arena, const char **name, struct fault *fault)
{
    const struct db_value value = db_integer(staff.v);
    struct db_row row;

    *name = "";
    if (staff.v == 0)
        return STATUS_OK;
    const enum status status = db_query_one(db, STAFF_NAME_BY_ID, &value, 1, arena, &row, fault);
    if (status == STATUS_OK)
        *name = db_row_text(&row, 0);
    return status == STATUS_ABSENT ? STATUS_OK : status;
}

/* ---- links */

enum status penalty_store_link(struct db *db, struct penalty_id id, struct penalty_link link, struct fault *fault)
{
    const struct db_value values[] = {db_integer(id.v), db_integer((int64_t)link.kind), db_integer(link.id)};

    struct fault inner = {0};
    const enum status status = db_run(db, PENALTY_LINK_INSERT, values, 3, NULL, NULL, &inner);

    if (status == STATUS_OK || status == STATUS_DUPLICATE)
        return STATUS_OK;
    return FAULT_CODE(fault, status, inner.code, "%s", inner.message);
}

enum status penalty_store_links(struct db *db, struct penalty_id id, struct arena *arena, struct penalty_link **links, size_t *count,
                                struct fault *fault)
{
    const struct db_value value = db_integer(id.v);
    struct db_row *rows;
    const enum status status = db_query(db, PENALTY_LINK_LIST, &value, 1, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *links = arena_take_array(arena, *count + 1, sizeof **links);
    for (size_t i = 0; i < *count; i++)
        (*links)[i] = (struct penalty_link){(enum penalty_link_kind)db_row_integer(&rows[i], 0), db_row_integer(&rows[i], 1)};
    return STATUS_OK;
}

/* ---- the ledger against the breaches */

enum { SPANS = 6, EXPECTED_VALUES = 2 + 2 * SPANS };

static enum status list_differences(struct db *db, enum statement statement, const struct db_value *values, size_t value_count,
                                    struct arena *arena, struct breach_difference **differences, size_t *count, struct fault *fault)
{
    struct db_row *rows;
    const enum status status = db_query(db, statement, values, value_count, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *differences = arena_take_array(arena, *count + 1, sizeof **differences);
    for (size_t i = 0; i < *count; i++) {
        struct breach_difference *difference = &(*differences)[i];
        *difference = (struct breach_difference){
            .basis = (enum penalty_basis)db_row_integer(&rows[i], 0), .kind = (enum clock_kind)db_row_integer(&rows[i], 1),
            .subject = (enum subject_kind)db_row_integer(&rows[i], 2), .subject_id = db_row_integer(&rows[i], 3),
            .number = db_row_integer(&rows[i], 4), .penalty = db_row_integer(&rows[i], 6)};
        number_copy(difference->ticket_number, db_row_text(&rows[i], 7));
    }
    return STATUS_OK;
}

static enum status count_breaches(struct db *db, const struct db_value *values, struct arena *arena, struct reconciliation *found,
                                  struct fault *fault)
{
    struct db_row *rows;
    const enum status status =
        db_query(db, LEDGER_COUNT_BREACHES, values, EXPECTED_VALUES, arena, &rows, &found->sum_count, fault);

    if (status != STATUS_OK)
        return status;
    found->sums = arena_take_array(arena, found->sum_count + 1, sizeof *found->sums);
    for (size_t i = 0; i < found->sum_count; i++)
        found->sums[i] = (struct breach_sum){(enum penalty_basis)db_row_integer(&rows[i], 0),
                                             (enum clock_kind)db_row_integer(&rows[i], 1), db_row_integer(&rows[i], 2),
                                             db_row_integer(&rows[i], 3), db_row_integer(&rows[i], 4)};
    return STATUS_OK;
}

enum status ledger_reconcile(struct db *db, struct interval happened, struct instant now, struct arena *arena,
                             struct reconciliation *found, struct fault *fault)
{
    struct db_value values[EXPECTED_VALUES];

    *found = (struct reconciliation){.sum_count = 0};
    values[0] = values[1] = db_instant(now);
    for (size_t i = 0; i < SPANS; i++) {
        values[2 + 2 * i] = db_instant(happened.from);
        values[3 + 2 * i] = db_instant(happened.to);
    }
    enum status status = count_breaches(db, values, arena, found, fault);
    if (status == STATUS_OK)
        status = list_differences(db, LEDGER_LIST_MISSING, values, EXPECTED_VALUES, arena, &found->missing, &found->missing_count, fault);
    if (status == STATUS_OK)
        status = list_differences(db, LEDGER_LIST_EXTRA, values, 2, arena, &found->extra, &found->extra_count, fault);
    if (status == STATUS_OK)
        status = list_differences(db, LEDGER_LIST_UNFOUNDED, NULL, 0, arena, &found->unfounded, &found->unfounded_count, fault);
    return status;
}
