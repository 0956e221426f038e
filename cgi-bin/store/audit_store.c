#include "store/audit_store.h"

#include <assert.h>

/* Numbers that stand in the statements' texts. */
_Static_assert(SUBJECT_TICKET == 1 && SUBJECT_STAFF == 5 && SUBJECT_UNIT == 6, "AUDIT_LIST joins by these numbers");

static enum statement audit_statement(bool has_staff, bool has_what)
{
    if (has_staff)
        return has_what ? AUDIT_LIST_BY_STAFF_WHAT : AUDIT_LIST_BY_STAFF;
    return has_what ? AUDIT_LIST_BY_WHAT : AUDIT_LIST;
}

static const char *about_of(const struct db_row *row)
{
    for (size_t column = 9; column <= 11; column++)
        if (!db_row_is_null(row, column))
            return db_row_text(row, column);
    return "";
}

enum status audit_store_list(struct db *db, const struct audit_filter *filter, struct arena *arena,
                             struct audit_row **rows, size_t *count, struct fault *fault)
{
    const struct instant end = {INT64_C(253402300799999)}; /* 9999-12-31T23:59:59.999Z */
    const struct instant before = instant_is_set(filter->before_at) ? filter->before_at : end;
    const bool has_staff = filter->staff.v != 0, has_what = filter->what[0] != '\0';
    struct db_value values[6];
    struct db_row *found;
    size_t used = 0;

    assert(filter->limit > 0);
    if (has_staff)
        values[used++] = db_integer(filter->staff.v);
    if (has_what)
        values[used++] = db_text(filter->what);
    values[used++] = db_instant(before);
    values[used++] = db_instant(before);
    values[used++] = db_integer(filter->before_id);
    values[used++] = db_integer(filter->limit);
    const enum status status =
        db_query(db, audit_statement(has_staff, has_what), values, used, arena, &found, count, fault);
    if (status != STATUS_OK)
        return status;
    *rows = arena_take_array(arena, *count, sizeof **rows);
    for (size_t i = 0; i < *count; i++)
        (*rows)[i] = (struct audit_row){
            .id = db_row_integer(&found[i], 0),
            .at = db_row_instant(&found[i], 1),
            .staff = {(int32_t)db_row_integer(&found[i], 2)},
            .name = db_row_text(&found[i], 3),
            .login = db_row_text(&found[i], 4),
            .subject = (enum subject_kind)db_row_integer(&found[i], 5),
            .subject_id = db_row_integer(&found[i], 6),
            .what = db_row_text(&found[i], 7),
            .detail = db_row_text(&found[i], 8),
            .about = about_of(&found[i]),
        };
    return STATUS_OK;
}
