#include "store/figure_store.h"

#include "store/clock_row.h"
#include "store/used_times.h"

enum { RECOUNT_BYTES_MAX = 1024 * 1024 * 1024 };

enum status figure_store_promises(struct db *db, struct arena *arena, struct promise_figure **figures, size_t *count,
                                  struct fault *fault)
{
    struct db_row *rows;
    const enum status status = db_query(db, PROMISE_FIGURE_LIST, NULL, 0, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *figures = arena_take_array(arena, *count + 1, sizeof **figures);
    for (size_t i = 0; i < *count; i++) {
        struct promise_figure *figure = &(*figures)[i];
        struct text code;
        *figure = (struct promise_figure){
            .is_month = text_is_equal(db_row_text(&rows[i], 1), "month"),
            .first_day = db_row_day(&rows[i], 2),
            .last_day = db_row_day(&rows[i], 3),
            .figure = {.total = db_row_integer(&rows[i], 4),
                       .kept = db_row_integer(&rows[i], 5),
                       .kept_granted = db_row_integer(&rows[i], 6),
                       .missed = db_row_integer(&rows[i], 7),
                       .excused = db_row_integer(&rows[i], 8),
                       .median_seconds = db_row_integer(&rows[i], 9),
                       .p90_seconds = db_row_integer(&rows[i], 10)},
            .as_of = db_row_instant(&rows[i], 11),
        };
        text_init(&code, figure->rule_code, sizeof figure->rule_code);
        text_add(&code, db_row_text(&rows[i], 0));
    }
    return STATUS_OK;
}

enum status figure_store_detail(struct db *db, const char *rule_code, struct arena *arena,
                                struct promise_detail *detail, struct fault *fault)
{
    const struct db_value value = db_text(rule_code);
    struct db_row row;
    const enum status status = db_query_one(db, PROMISE_DETAIL_FIND, &value, 1, arena, &row, fault);

    if (status != STATUS_OK)
        return status;
    const struct bytes body = db_row_bytes(&row, 0);
    if (!promise_detail_parse(body.data, body.length, detail))
        return FAULT(fault, STATUS_FAILED, "the detail of promise %s cannot be read", rule_code);
    return STATUS_OK;
}

enum status figure_store_version(struct db *db, struct arena *arena, int64_t *version, struct fault *fault)
{
    struct db_row row;
    const enum status status = db_query_one(db, FIGURE_VERSION, NULL, 0, arena, &row, fault);

    if (status == STATUS_OK)
        *version = db_row_integer(&row, 0);
    return status;
}

enum status figure_store_day(struct db *db, struct day day, struct arena *arena, int64_t *kept, int64_t *missed,
                             struct fault *fault)
{
    const struct db_value value = db_day(day);
    struct db_row row;
    const enum status status = db_query_one(db, FIGURE_OF_DAY, &value, 1, arena, &row, fault);

    if (status != STATUS_OK)
        return status;
    *kept = db_row_integer(&row, 0);
    *missed = db_row_integer(&row, 1);
    return STATUS_OK;
}

struct recount {
    struct day first_day, last_day;
    int utc_offset_minutes;
    struct instant now;
    struct figure *figure;
    struct used_times times;
    struct arena arena;
};

static enum status recount_clock(void *context, const struct db_row *row, struct fault *fault)
{
    struct recount *recount = context;
    const struct clock clock = clock_row_read(row);

    (void)fault;
    if (!instant_is_set(clock.due_at))
        return STATUS_OK;
    const struct day day = day_of(clock.due_at, recount->utc_offset_minutes);
    if (day.number < recount->first_day.number || day.number > recount->last_day.number)
        return STATUS_OK;
    figure_add(recount->figure, &clock, recount->now);
    used_times_add(&recount->times, &clock, recount->now, &recount->arena);
    return STATUS_OK;
}

enum status figure_store_recount(struct db *db, const struct catalog *catalog, const char *rule_code, struct day first_day,
                                 struct day last_day, int utc_offset_minutes, struct instant now,
                                 struct figure *figure, struct fault *fault)
{
    const struct db_value code = db_text(rule_code);
    struct recount recount = {first_day, last_day, utc_offset_minutes, now, figure, {NULL, 0, 0}, {0}};

    (void)catalog; /* the recount asks the rule rows themselves */
    figure_init(figure);
    arena_init(&recount.arena, RECOUNT_BYTES_MAX);
    const enum status status = db_stream(db, CLOCK_LIST_BY_RULE_CODE, &code, 1, recount_clock, &recount, fault);
    used_times_finish(&recount.times, figure);
    arena_release(&recount.arena);
    return status;
}
