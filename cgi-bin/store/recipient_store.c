#include "store/recipient_store.h"

#include "base/log.h"

enum { PEOPLE_MOST = 50 };

/* By the statements' rank. */
static const enum recipient_way WAYS[] = {WAY_NONE, WAY_DUTY, WAY_LEADER, WAY_UNIT, WAY_UNIT, WAY_ROLE, WAY_SELF};

/* False when the phone was sealed to another key or does not open. */
static bool open_phone(const struct db_row *row, const struct secrets *secrets, char *phone)
{
    const struct bytes sealed = db_row_bytes(row, 4);
    const size_t overhead = crypto_sealed_bytes(0);

    phone[0] = '\0';
    if (sealed.length == 0)
        return true;
    if (!secrets->has[SECRET_STAFF_PRIVATE] || db_row_integer(row, 3) != secrets->staff_key_id ||
        sealed.length < overhead || sealed.length - overhead >= PHONE_BYTES ||
        !crypto_unseal(&secrets->key[SECRET_STAFF_PUBLIC], &secrets->key[SECRET_STAFF_PRIVATE], sealed.data,
                       sealed.length, (uint8_t *)phone))
        return false;
    phone[sealed.length - overhead] = '\0';
    return true;
}

static void read_candidate(struct candidate *candidate, const struct db_row *row, const struct secrets *secrets)
{
    struct text mail;

    *candidate = (struct candidate){.staff = {(int32_t)db_row_integer(row, 0)},
                                    .way = WAYS[db_row_integer(row, 1)],
                                    .roles = (uint32_t)db_row_integer(row, 2)};
    if (!open_phone(row, secrets, candidate->phone))
        log_write(LOG_LEVEL_WARNING, "phone_not_opened staff=%d", candidate->staff.v);
    text_init(&mail, candidate->mail, sizeof candidate->mail);
    text_add(&mail, db_row_text(row, 5));
}

static enum status list(struct db *db, enum statement statement, const struct db_value *values, size_t value_count,
                        const struct secrets *secrets, struct arena *arena, struct candidate **candidates, size_t *count,
                        struct fault *fault)
{
    struct db_row *rows;
    const enum status status = db_query(db, statement, values, value_count, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *candidates = arena_take_array(arena, *count + 1, sizeof **candidates);
    for (size_t i = 0; i < *count; i++)
        read_candidate(&(*candidates)[i], &rows[i], secrets);
    return STATUS_OK;
}

enum status recipients_of_unit(struct db *db, struct unit_id unit, const struct secrets *secrets, struct instant now,
                               struct arena *arena, struct candidate **candidates, size_t *count, struct fault *fault)
{
    const struct db_value values[] = {db_integer(unit.v), db_instant(now),    db_instant(now),         db_integer(unit.v),
                                      db_integer(unit.v), db_integer(unit.v), db_integer(PEOPLE_MOST)};

    return list(db, RECIPIENT_LIST_BY_UNIT, values, 7, secrets, arena, candidates, count, fault);
}

enum status recipients_of_role(struct db *db, enum role role, const struct secrets *secrets, struct arena *arena,
                               struct candidate **candidates, size_t *count, struct fault *fault)
{
    const struct db_value values[] = {db_integer(ROLE_BIT(role)), db_integer(PEOPLE_MOST)};

    return list(db, RECIPIENT_LIST_BY_ROLE, values, 2, secrets, arena, candidates, count, fault);
}

enum status recipient_named(struct db *db, struct staff_id staff, const struct secrets *secrets, struct arena *arena,
                            struct candidate **candidates, size_t *count, struct fault *fault)
{
    const struct db_value value = db_integer(staff.v);

    return list(db, RECIPIENT_FIND_BY_ID, &value, 1, secrets, arena, candidates, count, fault);
}
