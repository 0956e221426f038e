#include "store/register_store.h"

#include <assert.h>
#include <string.h>

#include "store/person.h"
#include "store/staff_store.h"

enum { SMALL_BYTES_MAX = 64 * 1024 };

_Static_assert(ROLE_BIT(ROLE_ADMIN) == 512, "ADMINISTRATOR_COUNT asks for this bit");

/* ---- reading */

static struct day day_or_none(const struct db_row *row, size_t column)
{
    return db_row_is_null(row, column) ? DAY_NONE : db_row_day(row, column);
}

static void read_entry(struct register_entry *entry, const struct db_row *row)
{
    *entry = (struct register_entry){
        .id = {(int32_t)db_row_integer(row, 0)},
        .login = db_row_text(row, 1),
        .name = db_row_text(row, 2),
        .unit = {(int32_t)db_row_integer(row, 3)},
        .roles = (uint32_t)db_row_integer(row, 4),
        .badge = db_row_text(row, 5),
        .is_active = db_row_integer(row, 6) != 0,
        .phone_masked = db_row_text(row, 7),
        .confirmed_on = day_or_none(row, 8),
        .version = (uint32_t)db_row_integer(row, 9),
        .has_password = db_row_integer(row, 10) != 0,
    };
}

enum status register_store_list(struct db *db, struct unit_id unit, struct staff_id after, int limit, struct arena *arena,
                                struct register_entry **entries, size_t *count, struct fault *fault)
{
    const struct db_value values[] = {db_integer(unit.v), db_integer(after.v), db_integer(limit)};
    struct db_row *rows;
    const enum status status = db_query(db, REGISTER_LIST_BY_UNIT, values, 3, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *entries = arena_take_array(arena, *count, sizeof **entries);
    for (size_t i = 0; i < *count; i++)
        read_entry(&(*entries)[i], &rows[i]);
    return STATUS_OK;
}

enum status register_store_find(struct db *db, struct staff_id id, struct arena *arena, struct register_entry *entry,
                                struct fault *fault)
{
    const struct db_value value = db_integer(id.v);
    struct db_row row;
    const enum status status = db_query_one(db, REGISTER_FIND_BY_ID, &value, 1, arena, &row, fault);

    if (status == STATUS_OK)
        read_entry(entry, &row);
    return status;
}

enum status register_store_count(struct db *db, struct day since, struct arena *arena, struct register_count **counts,
                                 size_t *count, struct fault *fault)
{
    const struct db_value value = db_day(since);
    struct db_row *rows;
    const enum status status = db_query(db, REGISTER_COUNT_BY_UNIT, &value, 1, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *counts = arena_take_array(arena, *count, sizeof **counts);
    for (size_t i = 0; i < *count; i++)
        (*counts)[i] = (struct register_count){{(int32_t)db_row_integer(&rows[i], 0)},
                                               db_row_integer(&rows[i], 1),
                                               db_row_integer(&rows[i], 2)};
    return STATUS_OK;
}

enum status register_store_logins(struct db *db, struct arena *arena, struct register_entry **entries, size_t *count,
                                  struct fault *fault)
{
    struct db_row *rows;
    const enum status status = db_query(db, REGISTER_LIST_LOGINS, NULL, 0, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *entries = arena_take_array(arena, *count, sizeof **entries);
    for (size_t i = 0; i < *count; i++)
        (*entries)[i] = (struct register_entry){
            .id = {(int32_t)db_row_integer(&rows[i], 0)},
            .login = db_row_text(&rows[i], 1),
            .name = db_row_text(&rows[i], 2),
            .unit = {(int32_t)db_row_integer(&rows[i], 3)},
            .is_active = true,
            .badge = "",
            .phone_masked = "",
            .confirmed_on = DAY_NONE,
        };
    return STATUS_OK;
}

enum status register_store_stamp(struct db *db, struct unit_id unit, char *stamp, struct fault *fault)
{
    const struct db_value value = db_integer(unit.v);
    struct arena arena;
    struct db_row row;
    struct text text;

    arena_init(&arena, SMALL_BYTES_MAX);
    const enum status status = db_query_one(db, REGISTER_STAMP_BY_UNIT, &value, 1, &arena, &row, fault);
    if (status == STATUS_OK) {
        text_init(&text, stamp, REGISTER_STAMP_BYTES);
        text_add_number(&text, db_row_integer(&row, 0), 1);
        text_add(&text, "-");
        text_add_number(&text, db_row_integer(&row, 1), 1);
    }
    arena_release(&arena);
    return status;
}

/* ---- what every change does */

/* One change on its way through its transaction. */
struct editing {
    const struct change *change;
    const struct register_entry *entry;
    const struct phone_edit *phone;
    const char *password_hash, *stamp;
    struct day today;
    struct arena *arena; /* of the call */
    int32_t id;          /* of the entry */
};

/* The row as it stands now, under lock, after whoever changed it last. */
struct standing {
    const char *name, *badge;
    struct unit_id unit;
    uint32_t roles, version;
    bool is_active, has_phone;
    struct day confirmed_on;
};

static enum status lock_entry(struct db *db, struct editing *editing, struct standing *standing, struct fault *fault)
{
    const struct db_value value = db_integer(editing->entry->id.v);
    struct db_row row;
    const enum status status = db_query_one(db, REGISTER_LOCK_BY_ID, &value, 1, editing->arena, &row, fault);

    if (status != STATUS_OK)
        return status;
    *standing = (struct standing){
        .version = (uint32_t)db_row_integer(&row, 0),
        .name = db_row_text(&row, 1),
        .unit = {(int32_t)db_row_integer(&row, 2)},
        .roles = (uint32_t)db_row_integer(&row, 3),
        .badge = db_row_text(&row, 4),
        .is_active = db_row_integer(&row, 5) != 0,
        .confirmed_on = day_or_none(&row, 6),
        .has_phone = db_row_integer(&row, 7) != 0,
    };
    editing->id = editing->entry->id.v;
    return standing->version == editing->entry->version ? STATUS_OK : STATUS_CONFLICT;
}

static enum status note(struct db *db, const struct editing *editing, enum staff_field field, const char *before,
                        const char *after, struct fault *fault)
{
    const struct db_value values[] = {
        db_integer(editing->id), db_integer((int64_t)field),           db_text(before),
        db_text(after),          db_integer(editing->change->staff.v), db_instant(editing->change->now),
    };

    return db_run(db, STAFF_CHANGE_INSERT, values, 6, NULL, NULL, fault);
}

static enum status note_number(struct db *db, const struct editing *editing, enum staff_field field, int64_t before,
                               int64_t after, struct fault *fault)
{
    if (before == after)
        return STATUS_OK;
    return note(db, editing, field, arena_format(editing->arena, "%lld", (long long)before),
                arena_format(editing->arena, "%lld", (long long)after), fault);
}

static enum status note_text(struct db *db, const struct editing *editing, enum staff_field field, const char *before,
                             const char *after, struct fault *fault)
{
    return text_is_equal(before, after) ? STATUS_OK : note(db, editing, field, before, after, fault);
}

static const char *day_text(struct arena *arena, struct day day)
{
    char *text = arena_take(arena, TIME_TEXT_BYTES);

    if (day.number != DAY_NONE.number)
        day_format(day, text);
    return text;
}

/* Runs the work with an arena of its own for what it reads. */
static enum status run_editing(struct db *db, struct editing *editing, db_work work, struct fault *fault)
{
    struct arena arena;

    arena_init(&arena, (size_t)1024 * 1024);
    editing->arena = &arena;
    const enum status status = change_store_run(db, editing->change, work, editing, NULL, fault);
    editing->arena = NULL;
    arena_release(&arena);
    return status;
}

/* ---- the phone */

static enum status write_phone(struct db *db, const struct editing *editing, struct fault *fault)
{
    const struct phone_edit *phone = editing->phone;
    const struct register_entry *entry = editing->entry;
    char masked[MASKED_BYTES] = "";
    struct bytes sealed = {NULL, 0};

    if (phone->change == PHONE_KEEP)
        return STATUS_OK;
    if (phone->change == PHONE_SET) {
        sealed = person_seal_text(phone->number, phone->secrets, editing->arena);
        phone_mask(phone->number, masked);
    }
    const struct db_value values[] = {db_text(masked), db_bytes(sealed.data, sealed.length),
                                      db_integer(sealed.data != NULL ? phone->secrets->staff_key_id : 0),
                                      db_integer(editing->id)};
    const enum status status = db_run(db, REGISTER_SET_PHONE, values, 4, NULL, NULL, fault);
    return status == STATUS_OK ? note(db, editing, STAFF_FIELD_PHONE, entry->phone_masked, masked, fault) : status;
}

enum status register_store_open_phone(struct db *db, struct staff_id staff, const struct secrets *secrets,
                                      struct staff_id reader, struct instant now, char *phone, struct fault *fault)
{
    const struct db_value id = db_integer(staff.v);
    struct arena arena;
    struct db_row row;
    enum status status = STATUS_OK;

    phone[0] = '\0';
    if (reader.v != 0) /* committed by itself before anything is opened */
        status = audit_store_add(db, reader, "unmask", SUBJECT_STAFF, staff.v, "", now, fault);
    if (status != STATUS_OK)
        return status;
    arena_init(&arena, SMALL_BYTES_MAX);
    status = db_query_one(db, REGISTER_PHONE_BY_ID, &id, 1, &arena, &row, fault);
    if (status == STATUS_OK && db_row_is_null(&row, 0))
        status = STATUS_ABSENT;
    if (status == STATUS_OK &&
        (db_row_integer(&row, 1) != secrets->staff_key_id ||
         !person_open_text(db_row_bytes(&row, 0), secrets, phone, PHONE_BYTES))) {
        phone[0] = '\0';
        status = FAULT(fault, STATUS_FAILED, "the phone of staff %d cannot be opened with this key", staff.v);
    }
    arena_release(&arena);
    return status;
}

/* ---- adding and saving */

static enum status set_password(struct db *db, const struct editing *editing, struct fault *fault)
{
    const struct staff_id staff = {editing->id};
    const enum status status =
        credential_store_set(db, staff, editing->password_hash, true, editing->change->now, fault);

    return status == STATUS_OK ? note(db, editing, STAFF_FIELD_PASSWORD, "", "", fault) : status;
}

static enum status add_work(struct db *db, void *context, struct fault *fault)
{
    struct editing *editing = context;
    const struct register_entry *entry = editing->entry;
    const struct db_value values[] = {
        db_text(entry->login), db_text(entry->name),  db_integer(entry->unit.v),        db_integer(entry->roles),
        db_text(entry->badge), db_day(editing->today), db_instant(editing->change->now),
    };
    int64_t id = 0;
    enum status status = db_run(db, REGISTER_INSERT, values, 7, NULL, &id, fault);

    editing->id = (int32_t)id;
    if (status == STATUS_OK)
        status = note(db, editing, STAFF_FIELD_ADDED, "", entry->name, fault);
    if (status == STATUS_OK)
        status = note_number(db, editing, STAFF_FIELD_ROLES, 0, entry->roles, fault);
    if (status == STATUS_OK)
        status = write_phone(db, editing, fault);
    if (status == STATUS_OK && editing->password_hash != NULL)
        status = set_password(db, editing, fault);
    return status;
}

enum status register_store_add(struct db *db, const struct change *change, const struct register_entry *entry,
                               const struct phone_edit *phone, const char *password_hash, struct day today,
                               struct fault *fault)
{
    struct editing editing = {
        .change = change, .entry = entry, .phone = phone, .password_hash = password_hash, .today = today};

    return run_editing(db, &editing, add_work, fault);
}

static enum status save_work(struct db *db, void *context, struct fault *fault)
{
    struct editing *editing = context;
    const struct register_entry *entry = editing->entry;
    const struct db_value values[] = {db_text(entry->name), db_text(entry->badge), db_integer(entry->unit.v),
                                      db_integer(entry->id.v), db_integer(entry->version)};
    struct standing standing = {0};
    enum status status = lock_entry(db, editing, &standing, fault);

    if (status == STATUS_OK)
        status = db_run(db, REGISTER_UPDATE_BY_VERSION, values, 5, NULL, NULL, fault);
    if (status == STATUS_OK)
        status = note_text(db, editing, STAFF_FIELD_NAME, standing.name, entry->name, fault);
    if (status == STATUS_OK)
        status = note_text(db, editing, STAFF_FIELD_BADGE, standing.badge, entry->badge, fault);
    if (status == STATUS_OK)
        status = note_number(db, editing, STAFF_FIELD_UNIT, standing.unit.v, entry->unit.v, fault);
    return status == STATUS_OK ? write_phone(db, editing, fault) : status;
}

enum status register_store_save(struct db *db, const struct change *change, const struct register_entry *entry,
                                const struct phone_edit *phone, struct fault *fault)
{
    struct editing editing = {.change = change, .entry = entry, .phone = phone};

    return run_editing(db, &editing, save_work, fault);
}

/* ---- rights */

/* After the guard's row, which makes the second of two wait for the first: whether somebody is left who administers. */
static enum status check_administrators(struct db *db, struct arena *arena, struct fault *fault)
{
    struct db_row row;
    const enum status status = db_query_one(db, ADMINISTRATOR_COUNT, NULL, 0, arena, &row, fault);

    if (status != STATUS_OK)
        return status;
    return db_row_integer(&row, 0) > 0 ? STATUS_OK : STATUS_REFUSED;
}

static enum status rights_work(struct db *db, void *context, struct fault *fault)
{
    struct editing *editing = context;
    const struct register_entry *entry = editing->entry;
    const struct db_value values[] = {db_integer(entry->roles), db_integer(entry->is_active), db_integer(entry->id.v),
                                      db_integer(entry->version)};
    struct standing standing = {0};
    /* The guard first, always: then no two changes of rights wait for each other crosswise. */
    enum status status = db_run(db, ADMINISTRATOR_GUARD, NULL, 0, NULL, NULL, fault);

    if (status == STATUS_OK)
        status = lock_entry(db, editing, &standing, fault);
    if (status == STATUS_OK)
        status = db_run(db, REGISTER_SET_RIGHTS, values, 4, NULL, NULL, fault);
    if (status == STATUS_OK && register_takes_administrator(standing.roles, standing.is_active, entry->roles, entry->is_active))
        status = check_administrators(db, editing->arena, fault);
    if (status == STATUS_OK)
        status = note_number(db, editing, STAFF_FIELD_ROLES, standing.roles, entry->roles, fault);
    if (status == STATUS_OK)
        status = note_number(db, editing, STAFF_FIELD_ACTIVE, standing.is_active, entry->is_active, fault);
    if (status == STATUS_OK && !entry->is_active)
        status = session_store_end_all(db, entry->id, NULL, editing->change->now, fault);
    return status;
}

enum status register_store_set_rights(struct db *db, const struct change *change, const struct register_entry *entry,
                                      struct fault *fault)
{
    struct editing editing = {.change = change, .entry = entry};

    return run_editing(db, &editing, rights_work, fault);
}

static enum status password_work(struct db *db, void *context, struct fault *fault)
{
    struct editing *editing = context;

    editing->id = editing->entry->id.v;
    enum status status = set_password(db, editing, fault);
    if (status == STATUS_OK)
        status = session_store_end_all(db, editing->entry->id, NULL, editing->change->now, fault);
    return status;
}

enum status register_store_set_password(struct db *db, const struct change *change, struct staff_id staff,
                                        const char *password_hash, struct fault *fault)
{
    const struct register_entry entry = {.id = staff};
    struct editing editing = {.change = change, .entry = &entry, .password_hash = password_hash};

    return run_editing(db, &editing, password_work, fault);
}

/* ---- confirming */

static enum status confirm_work(struct db *db, void *context, struct fault *fault)
{
    struct editing *editing = context;
    const struct register_entry *entry = editing->entry;
    const struct db_value values[] = {db_day(editing->today), db_integer(entry->id.v), db_integer(entry->version)};
    struct standing standing = {0};
    enum status status = lock_entry(db, editing, &standing, fault);

    if (status == STATUS_OK)
        status = db_run(db, REGISTER_CONFIRM_BY_ID, values, 3, NULL, NULL, fault);
    if (status == STATUS_OK)
        status = note(db, editing, STAFF_FIELD_CONFIRMED, day_text(editing->arena, standing.confirmed_on),
                      day_text(editing->arena, editing->today), fault);
    return status;
}

enum status register_store_confirm(struct db *db, const struct change *change, const struct register_entry *entry,
                                   struct day today, struct fault *fault)
{
    struct editing editing = {.change = change, .entry = entry, .today = today};

    return run_editing(db, &editing, confirm_work, fault);
}

static enum status confirm_unit_work(struct db *db, void *context, struct fault *fault)
{
    struct editing *editing = context;
    const struct unit_id unit = editing->entry->unit;
    char stamp[REGISTER_STAMP_BYTES];
    enum status status = register_store_stamp(db, unit, stamp, fault);

    if (status == STATUS_OK && !text_is_equal(stamp, editing->stamp))
        status = STATUS_CONFLICT;
    if (status != STATUS_OK)
        return status;
    const struct db_value lines[] = {
        db_integer(STAFF_FIELD_CONFIRMED),      db_text(day_text(editing->arena, editing->today)),
        db_integer(editing->change->staff.v), db_instant(editing->change->now),
        db_integer(unit.v),
    };
    status = db_run(db, STAFF_CHANGE_INSERT_BY_UNIT, lines, 5, NULL, NULL, fault);
    const struct db_value values[] = {db_day(editing->today), db_integer(unit.v)};
    return status == STATUS_OK ? db_run(db, REGISTER_CONFIRM_BY_UNIT, values, 2, NULL, NULL, fault) : status;
}

enum status register_store_confirm_unit(struct db *db, const struct change *change, struct unit_id unit, const char *stamp,
                                        struct day today, struct fault *fault)
{
    const struct register_entry entry = {.unit = unit};
    struct editing editing = {.change = change, .entry = &entry, .stamp = stamp, .today = today};

    return run_editing(db, &editing, confirm_unit_work, fault);
}

/* ---- history */

enum status register_store_history(struct db *db, struct staff_id staff, struct instant before_at, int64_t before_id,
                                   int limit, struct arena *arena, struct staff_change **changes, size_t *count,
                                   struct fault *fault)
{
    const struct instant end = {INT64_C(253402300799999)}; /* 9999-12-31T23:59:59.999Z */
    const struct instant before = instant_is_set(before_at) ? before_at : end;
    const struct db_value values[] = {db_integer(staff.v), db_instant(before), db_instant(before),
                                      db_integer(before_id), db_integer(limit)};
    struct db_row *rows;
    const enum status status = db_query(db, STAFF_CHANGE_LIST, values, 5, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *changes = arena_take_array(arena, *count, sizeof **changes);
    for (size_t i = 0; i < *count; i++)
        (*changes)[i] = (struct staff_change){
            .id = db_row_integer(&rows[i], 0),
            .at = db_row_instant(&rows[i], 1),
            .field = (enum staff_field)db_row_integer(&rows[i], 2),
            .before = db_row_text(&rows[i], 3),
            .after = db_row_text(&rows[i], 4),
            .by_name = db_row_text(&rows[i], 5),
            .by_login = db_row_text(&rows[i], 6),
        };
    return STATUS_OK;
}
