#include "store/clock_row.h"

#include <assert.h>

#define NEVER ((struct instant){INT64_C(253402300799999)}) /* 9999-12-31 23:59:59.999 */

struct clock clock_row_read(const struct db_row *row)
{
    assert(row->count >= CLOCK_ROW_COLUMNS);
    struct clock clock = {
        .no = (int)db_row_integer(row, 0),
        .rule = {(int32_t)db_row_integer(row, 1)},
        .kind = (enum clock_kind)db_row_integer(row, 2),
        .cycle = (int)db_row_integer(row, 4),
        .direction = (enum direction)db_row_integer(row, 5),
        .limit_seconds = db_row_integer(row, 6),
        .bound = (enum bound)db_row_integer(row, 7),
        .is_binding = db_row_integer(row, 8) != 0,
        .dispatch_no = (int)db_row_integer(row, 9),
        .unit = {(int32_t)db_row_integer(row, 10)},
        .started_at = db_row_instant(row, 11),
        .due_at = db_row_instant(row, 12),
        .granted_due_at = db_row_instant(row, 13),
        .stopped_at = db_row_instant(row, 14),
        .result = (enum clock_result)db_row_integer(row, 15),
        .corrected = (enum clock_result)db_row_integer(row, 16),
        .excuse_code = (int)db_row_integer(row, 17),
    };
    struct text article;
    text_init(&article, clock.article, sizeof clock.article);
    text_add(&article, db_row_text(row, 3));
    return clock;
}

struct instant instant_or_never(struct instant at)
{
    return instant_is_set(at) ? at : NEVER;
}

struct instant instant_unless_never(struct instant at)
{
    return instant_is_equal(at, NEVER) ? INSTANT_NONE : at;
}
