#include "store/service_store.h"

enum { NUMBER_BYTES_MAX = 16 * 1024, NUMBER_TRIES = 5 };

static struct day day_or_none(const struct db_row *row, size_t column)
{
    return db_row_is_null(row, column) ? DAY_NONE : db_row_day(row, column);
}

static struct db_value day_value(struct day day) { return day.number == DAY_NONE.number ? db_null() : db_day(day); }

/* ---- reading */

static enum status read_rules(struct db *db, enum statement statement, const struct db_value *values, size_t value_count,
                              struct arena *arena, struct service_rule **rules, size_t *count, struct fault *fault)
{
    struct db_row *rows;
    const enum status status = db_query(db, statement, values, value_count, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *rules = arena_take_array(arena, *count, sizeof **rules);
    for (size_t i = 0; i < *count; i++)
        (*rules)[i] = (struct service_rule){
            .unit = {(int32_t)values[0].integer},
            .no = (int32_t)db_row_integer(&rows[i], 0),
            .version = (uint32_t)db_row_integer(&rows[i], 1),
            .title = db_row_text(&rows[i], 2),
            .body = db_row_text(&rows[i], 3),
            .effective_from = db_row_day(&rows[i], 4),
            .is_ended = db_row_integer(&rows[i], 5) != 0,
            .created_by = db_row_text(&rows[i], 6),
            .created_at = db_row_instant(&rows[i], 7),
        };
    return STATUS_OK;
}

enum status service_store_list_rules(struct db *db, struct unit_id unit, struct arena *arena, struct service_rule **rules,
                                     size_t *count, struct fault *fault)
{
    const struct db_value value = db_integer(unit.v);

    return read_rules(db, SERVICE_RULE_LIST_BY_UNIT, &value, 1, arena, rules, count, fault);
}

enum status service_store_rule_versions(struct db *db, struct unit_id unit, int32_t no, struct arena *arena,
                                        struct service_rule **rules, size_t *count, struct fault *fault)
{
    const struct db_value values[] = {db_integer(unit.v), db_integer(no)};

    return read_rules(db, SERVICE_RULE_LIST_VERSIONS, values, 2, arena, rules, count, fault);
}

static enum status read_inspections(struct db *db, enum statement statement, const struct db_value *values,
                                    size_t value_count, struct arena *arena, struct inspection **inspections,
                                    size_t *count, struct fault *fault)
{
    struct db_row *rows;
    const enum status status = db_query(db, statement, values, value_count, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *inspections = arena_take_array(arena, *count, sizeof **inspections);
    for (size_t i = 0; i < *count; i++)
        (*inspections)[i] = (struct inspection){
            .unit = {(int32_t)values[0].integer},
            .no = (int32_t)db_row_integer(&rows[i], 0),
            .version = (uint32_t)db_row_integer(&rows[i], 1),
            .held_on = db_row_day(&rows[i], 2),
            .inspector = db_row_text(&rows[i], 3),
            .what = db_row_text(&rows[i], 4),
            .finding = db_row_text(&rows[i], 5),
            .result = (enum inspection_result)db_row_integer(&rows[i], 6),
            .follow_up_due = day_or_none(&rows[i], 7),
            .followed_up_on = day_or_none(&rows[i], 8),
            .created_by = db_row_text(&rows[i], 9),
            .created_at = db_row_instant(&rows[i], 10),
        };
    return STATUS_OK;
}

enum status service_store_list_inspections(struct db *db, struct unit_id unit, int32_t before, int limit,
                                           struct arena *arena, struct inspection **inspections, size_t *count,
                                           struct fault *fault)
{
    const struct db_value values[] = {db_integer(unit.v), db_integer(before == 0 ? INT32_MAX : before), db_integer(limit)};

    return read_inspections(db, INSPECTION_LIST_BY_UNIT, values, 3, arena, inspections, count, fault);
}

enum status service_store_inspection_versions(struct db *db, struct unit_id unit, int32_t no, struct arena *arena,
                                              struct inspection **inspections, size_t *count, struct fault *fault)
{
    const struct db_value values[] = {db_integer(unit.v), db_integer(no)};

    return read_inspections(db, INSPECTION_LIST_VERSIONS, values, 2, arena, inspections, count, fault);
}

enum status service_store_overview(struct db *db, struct day today, struct arena *arena, struct service_overview **units,
                                   size_t *count, struct fault *fault)
{
    const struct db_value value = db_day(today);
    struct db_row *rows;
    const enum status status = db_query(db, SERVICE_OVERVIEW, &value, 1, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *units = arena_take_array(arena, *count, sizeof **units);
    for (size_t i = 0; i < *count; i++)
        (*units)[i] = (struct service_overview){
            .unit = {(int32_t)db_row_integer(&rows[i], 0)},
            .rule_count = db_row_integer(&rows[i], 1),
            .last_inspection = day_or_none(&rows[i], 2),
            .overdue_count = db_row_integer(&rows[i], 3),
        };
    return STATUS_OK;
}

/* ---- saving */

struct version_work {
    const struct change *change;
    const struct service_rule *rule;
    const struct inspection *inspection;
};

static enum status last_no(struct db *db, enum statement statement, struct unit_id unit, int64_t *no, struct fault *fault)
{
    const struct db_value value = db_integer(unit.v);
    struct arena arena;
    struct db_row row;

    arena_init(&arena, NUMBER_BYTES_MAX);
    const enum status status = db_query_one(db, statement, &value, 1, &arena, &row, fault);
    if (status == STATUS_OK)
        *no = db_row_integer(&row, 0);
    arena_release(&arena);
    return status;
}

/*
 * The first version of a thing takes the number after the last; one that was taken meanwhile is followed by the next. The version
 * after the one that was seen is free unless somebody was faster.
 */
static enum status insert_version(struct db *db, enum statement insert, enum statement last, struct unit_id unit,
                                  struct db_value *values, size_t value_count, struct fault *fault)
{
    const bool is_new = values[1].integer == 0;
    enum status status = STATUS_DUPLICATE;

    for (int try = 0; try < (is_new ? NUMBER_TRIES : 1) && status == STATUS_DUPLICATE; try++) {
        int64_t no = values[1].integer;
        if (is_new) {
            status = last_no(db, last, unit, &no, fault);
            if (status != STATUS_OK)
                return status;
            no++;
        }
        values[1] = db_integer(no);
        status = db_run(db, insert, values, value_count, NULL, NULL, fault);
    }
    return status == STATUS_DUPLICATE ? STATUS_CONFLICT : status;
}

static enum status rule_work(struct db *db, void *context, struct fault *fault)
{
    const struct version_work *work = context;
    const struct service_rule *rule = work->rule;
    struct db_value values[] = {
        db_integer(rule->unit.v),         db_integer(rule->no),       db_integer((int64_t)rule->version + 1),
        db_text(rule->title),             db_text(rule->body),        db_day(rule->effective_from),
        db_integer(rule->is_ended),       db_integer(work->change->staff.v), db_instant(work->change->now),
    };

    return insert_version(db, SERVICE_RULE_INSERT, SERVICE_RULE_LAST_NO, rule->unit, values, 9, fault);
}

enum status service_store_save_rule(struct db *db, const struct change *change, const struct service_rule *rule,
                                    struct fault *fault)
{
    struct version_work work = {.change = change, .rule = rule};

    return change_store_run(db, change, rule_work, &work, NULL, fault);
}

static enum status inspection_work(struct db *db, void *context, struct fault *fault)
{
    const struct version_work *work = context;
    const struct inspection *inspection = work->inspection;
    struct db_value values[] = {
        db_integer(inspection->unit.v),
        db_integer(inspection->no),
        db_integer((int64_t)inspection->version + 1),
        db_day(inspection->held_on),
        db_text(inspection->inspector),
        db_text(inspection->what),
        db_text(inspection->finding),
        db_integer((int64_t)inspection->result),
        day_value(inspection->follow_up_due),
        day_value(inspection->followed_up_on),
        db_integer(work->change->staff.v),
        db_instant(work->change->now),
    };

    return insert_version(db, INSPECTION_INSERT, INSPECTION_LAST_NO, inspection->unit, values, 12, fault);
}

enum status service_store_save_inspection(struct db *db, const struct change *change, const struct inspection *inspection,
                                          struct fault *fault)
{
    struct version_work work = {.change = change, .inspection = inspection};

    return change_store_run(db, change, inspection_work, &work, NULL, fault);
}
