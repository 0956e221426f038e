/* What staff change in the register of customers, each with its line of history: store/place_store.h. */
#include <string.h>

#include "core/gram.h"
#include "store/place_store.h"

enum { GRAM_VALUES = 2, SCRATCH_BYTES = 64 * 1024, KEY_BYTES_OF_FORM = 16 };

/* A line of the history; the key makes a form count once. */
struct noted {
    enum register_change kind;
    struct place_id place;
    int32_t meter;
    const struct hash *account;
    const char *before, *after;
    bool is_further; /* not the first line of its form, which has the key */
};

static enum status note(struct db *db, const struct register_writer *writer, const struct noted *noted, struct fault *fault)
{
    const struct db_value values[] = {db_instant(writer->now),
                                      db_integer(writer->staff.v),
                                      db_integer(noted->kind),
                                      db_integer(noted->place.v),
                                      db_integer(noted->meter),
                                      noted->account != NULL ? db_bytes(noted->account->bytes, HASH_BYTES) : db_null(),
                                      db_text(noted->before),
                                      db_text(noted->after),
                                      noted->is_further ? db_null() : db_bytes(writer->key, KEY_BYTES_OF_FORM)};

    return db_run(db, CUSTOMER_CHANGE_INSERT, values, sizeof values / sizeof values[0], NULL, NULL, fault);
}

static enum status write_grams(struct db *db, int32_t place, const char *name, struct fault *fault)
{
    const struct db_value id = db_integer(place);
    struct grams grams;
    enum status status = db_run(db, PLACE_GRAM_DELETE, &id, 1, NULL, NULL, fault);

    grams_init(&grams);
    grams_add_text(&grams, name);
    grams_finish(&grams);
    for (size_t i = 0; status == STATUS_OK && i < grams.count; i++) {
        const struct db_value values[GRAM_VALUES] = {db_integer(grams.items[i]), id};
        status = db_run(db, PLACE_GRAM_INSERT_ONE, values, GRAM_VALUES, NULL, NULL, fault);
    }
    return status;
}

static enum status raise_catalog(struct db *db, struct fault *fault)
{
    return db_run(db, CATALOG_VERSION_RAISE, NULL, 0, NULL, NULL, fault);
}

/* What this form made when it was saved before; STATUS_ABSENT: it was not. */
static enum status find_saved(struct db *db, const struct register_writer *writer, int32_t *place, int32_t *meter, struct fault *fault)
{
    const struct db_value key = db_bytes(writer->key, KEY_BYTES_OF_FORM);
    struct arena arena;
    struct db_row row;

    arena_init(&arena, SCRATCH_BYTES);
    const enum status status = db_query_one(db, CUSTOMER_CHANGE_FIND_BY_KEY, &key, 1, &arena, &row, fault);
    if (status == STATUS_OK) {
        *place = (int32_t)db_row_integer(&row, 0);
        *meter = (int32_t)db_row_integer(&row, 1);
    }
    arena_release(&arena);
    return status;
}

/* A refusal of a form that was saved before is not one. */
static enum status settle(struct db *db, const struct register_writer *writer, enum status status, int32_t *place, int32_t *meter,
                          struct fault *fault)
{
    struct fault ignored = {0};

    if (status != STATUS_CONFLICT && status != STATUS_REFUSED)
        return status;
    fault_reset(fault);
    return find_saved(db, writer, place, meter, &ignored) == STATUS_OK ? STATUS_DUPLICATE : status;
}

/* ---- places */

struct adding {
    const struct register_writer *writer;
    const struct place_entry *place;
    const struct meter_entry *meter;
    int32_t id;
};

static enum status add_place(struct db *db, void *context, struct fault *fault)
{
    struct adding *job = context;
    const struct place_entry *in = job->place;
    const struct db_value values[] = {db_integer(in->parent.v), db_integer(in->kind), db_text(in->name), db_text(in->name),
                                      db_integer(in->zone),     db_integer(in->kind == PLACE_BUILDING ? 0 : 1)};
    int64_t id = 0;
    enum status status = db_run(db, PLACE_ADD, values, 6, NULL, &id, fault);

    if (status == STATUS_DUPLICATE)
        return STATUS_REFUSED;
    job->id = (int32_t)id;
    const struct noted noted = {REGISTER_PLACE_ADDED, {job->id}, 0, NULL, "", in->name, false};
    if (status == STATUS_OK)
        status = note(db, job->writer, &noted, fault);
    if (status == STATUS_DUPLICATE) /* the form was saved before, under another name of the place */
        return STATUS_REFUSED;
    if (status == STATUS_OK)
        status = write_grams(db, job->id, in->name, fault);
    return status == STATUS_OK ? raise_catalog(db, fault) : status;
}

enum status place_store_add(struct db *db, const struct place_entry *in, const struct register_writer *writer, struct place_id *id,
                            struct fault *fault)
{
    struct adding job = {.writer = writer, .place = in};
    int32_t meter;
    const enum status status = db_transact(db, add_place, &job, fault);

    id->v = job.id;
    return settle(db, writer, status, &id->v, &meter, fault);
}

struct changing {
    const struct register_writer *writer;
    const struct place_entry *place;
    const struct meter_entry *meter;
    const char *name;
    enum zone zone;
    bool is_retired;
};

/* The lines of what differs; the first has the form's key. */
static enum status note_place(struct db *db, const struct changing *job, struct fault *fault)
{
    const struct place_entry *before = job->place;
    const struct {
        bool differs;
        struct noted noted;
    } lines[] = {
        {!text_is_equal(before->name, job->name), {REGISTER_PLACE_RENAMED, before->id, 0, NULL, before->name, job->name, false}},
        {before->zone != job->zone,
         {REGISTER_PLACE_ZONE, before->id, 0, NULL, before->zone == ZONE_OUTER ? "2" : before->zone == ZONE_INNER ? "1" : "0",
          job->zone == ZONE_OUTER ? "2" : job->zone == ZONE_INNER ? "1" : "0", false}},
        {before->is_retired != job->is_retired,
         {job->is_retired ? REGISTER_PLACE_RETIRED : REGISTER_PLACE_RESTORED, before->id, 0, NULL, "", job->name, false}},
    };
    enum status status = STATUS_OK;
    bool is_further = false;

    for (size_t i = 0; status == STATUS_OK && i < sizeof lines / sizeof lines[0]; i++) {
        struct noted noted = lines[i].noted;
        if (!lines[i].differs)
            continue;
        noted.is_further = is_further;
        is_further = true;
        status = note(db, job->writer, &noted, fault);
    }
    return status == STATUS_DUPLICATE ? STATUS_CONFLICT : status;
}

static enum status change_place(struct db *db, void *context, struct fault *fault)
{
    const struct changing *job = context;
    const struct place_entry *before = job->place;
    const struct db_value values[] = {db_text(job->name), db_integer(job->zone),
                                      job->is_retired ? db_instant(job->writer->now) : db_null(), db_integer(before->id.v),
                                      db_integer(before->version)};
    const struct db_value zone[] = {db_integer(job->zone), db_integer(before->id.v)};
    int64_t affected = 0;
    enum status status = db_run(db, PLACE_CHANGE_BY_VERSION, values, 5, &affected, NULL, fault);

    if (status == STATUS_OK && affected == 0)
        return STATUS_CONFLICT;
    if (status == STATUS_OK && before->zone != job->zone)
        status = db_run(db, PLACE_SET_ZONE_BELOW, zone, 2, NULL, NULL, fault);
    if (status == STATUS_OK && before->zone != job->zone)
        status = db_run(db, PLACE_SET_ZONE_BELOW_TWICE, zone, 2, NULL, NULL, fault);
    if (status == STATUS_OK && !text_is_equal(before->name, job->name))
        status = write_grams(db, before->id.v, job->name, fault);
    if (status == STATUS_OK)
        status = note_place(db, job, fault);
    return status == STATUS_OK ? raise_catalog(db, fault) : status;
}

enum status place_store_change(struct db *db, const struct place_entry *before, const char *name, enum zone zone, bool is_retired,
                               const struct register_writer *writer, struct fault *fault)
{
    struct changing job = {writer, before, NULL, name, zone, is_retired};
    int32_t place, meter;

    return settle(db, writer, db_transact(db, change_place, &job, fault), &place, &meter, fault);
}

/* ---- master meters */

static enum status add_meter(struct db *db, void *context, struct fault *fault)
{
    struct adding *job = context;
    const struct meter_entry *in = job->meter;
    const struct db_value values[] = {db_text(in->code), db_text(in->name), db_integer(in->place.v)};
    int64_t id = 0;
    enum status status = db_run(db, METER_ADD, values, 3, NULL, &id, fault);

    job->id = (int32_t)id;
    const struct noted noted = {REGISTER_METER_ADDED, in->place, job->id, NULL, "", in->code, false};
    if (status == STATUS_OK)
        status = note(db, job->writer, &noted, fault);
    return status == STATUS_DUPLICATE ? STATUS_REFUSED : status;
}

enum status meter_store_add(struct db *db, const struct meter_entry *in, const struct register_writer *writer, int32_t *id,
                            struct fault *fault)
{
    struct adding job = {.writer = writer, .meter = in};
    int32_t place;
    const enum status status = db_transact(db, add_meter, &job, fault);

    *id = job.id;
    return settle(db, writer, status, &place, id, fault);
}

static enum status change_meter(struct db *db, void *context, struct fault *fault)
{
    const struct changing *job = context;
    const struct meter_entry *before = job->meter;
    const struct db_value values[] = {db_text(job->name), job->is_retired ? db_instant(job->writer->now) : db_null(),
                                      db_integer(before->id), db_integer(before->version)};
    const bool is_renamed = !text_is_equal(before->name, job->name), is_moved = before->is_retired != job->is_retired;
    const struct noted renamed = {REGISTER_METER_RENAMED, before->place, before->id, NULL, before->name, job->name, false};
    const struct noted moved = {job->is_retired ? REGISTER_METER_RETIRED : REGISTER_METER_RESTORED, before->place, before->id, NULL, "",
                                before->code, is_renamed};
    int64_t affected = 0;
    enum status status = db_run(db, METER_CHANGE_BY_VERSION, values, 4, &affected, NULL, fault);

    if (status == STATUS_OK && affected == 0)
        return STATUS_CONFLICT;
    if (status == STATUS_OK && is_renamed)
        status = note(db, job->writer, &renamed, fault);
    if (status == STATUS_OK && is_moved)
        status = note(db, job->writer, &moved, fault);
    return status == STATUS_DUPLICATE ? STATUS_CONFLICT : status;
}

enum status meter_store_change(struct db *db, const struct meter_entry *before, const char *name, bool is_retired,
                               const struct register_writer *writer, struct fault *fault)
{
    struct changing job = {.writer = writer, .meter = before, .name = name, .is_retired = is_retired};
    int32_t place, meter;

    return settle(db, writer, db_transact(db, change_meter, &job, fault), &place, &meter, fault);
}

/* ---- households */

struct phoning {
    const struct register_writer *writer;
    const struct secrets *secrets;
    int32_t version;
    const struct household *before;
    const char *phone;
};

static struct db_value hash_or_null(bool has, const struct hash *hash)
{
    return has ? db_bytes(hash->bytes, HASH_BYTES) : db_null();
}

static enum status set_phone(struct db *db, void *context, struct fault *fault)
{
    const struct phoning *job = context;
    const struct household *before = job->before;
    const struct db_value account = db_bytes(before->account_hash.bytes, HASH_BYTES);
    struct household after = *before;
    struct household_room room;
    struct household_key key = {.id = 0};
    int64_t affected = 0;
    enum status status = STATUS_OK;

    if (job->phone[0] != '\0')
        status = household_key_make(db, job->secrets, 0, &key, fault);
    household_seal_phone(job->phone, &key, job->secrets, &room, &after);
    const struct db_value values[] = {db_integer(after.phone_key), db_bytes(after.phone_sealed.data, after.phone_sealed.length),
                                      db_text(after.phone_masked), hash_or_null(after.has_phone, &after.phone_hash),
                                      db_integer(job->version),    account,
                                      db_integer(before->phone_key), hash_or_null(before->has_phone, &before->phone_hash)};
    if (status == STATUS_OK)
        status = db_run(db, HOUSEHOLD_SET_PHONE, values, 8, &affected, NULL, fault);
    crypto_wipe(&key, sizeof key);
    if (status == STATUS_OK && affected == 0)
        return STATUS_CONFLICT;
    const struct db_value edit[] = {account, values[7], db_integer(job->writer->staff.v), db_instant(job->writer->now)};
    if (status == STATUS_OK)
        status = db_run(db, HOUSEHOLD_EDIT_INSERT, edit, 4, NULL, NULL, fault);
    if (status == STATUS_OK && before->has_phone != after.has_phone)
        status = household_figure_adjust(db, job->version, before->place, after.has_phone ? 1 : -1, fault);
    const struct noted noted = {REGISTER_PHONE_CHANGED, {0}, 0, &before->account_hash, before->phone_masked, after.phone_masked, false};
    if (status == STATUS_OK)
        status = note(db, job->writer, &noted, fault);
    return status == STATUS_DUPLICATE ? STATUS_CONFLICT : status;
}

enum status household_store_set_phone(struct db *db, const struct secrets *secrets, int32_t version, const struct household *before,
                                      const char *phone, const struct register_writer *writer, struct fault *fault)
{
    struct phoning job = {writer, secrets, version, before, phone};
    int32_t place, meter, current = 0;
    enum status status = household_store_version(db, &current, fault);

    if (status == STATUS_OK && current != version)
        status = STATUS_CONFLICT; /* an import was put in force meanwhile */
    if (status == STATUS_OK)
        status = db_transact(db, set_phone, &job, fault);
    return settle(db, writer, status, &place, &meter, fault);
}

enum status household_store_note_opening(struct db *db, const struct household *household, const struct register_writer *writer,
                                         struct fault *fault)
{
    const struct noted noted = {REGISTER_OPENED, {0}, 0, &household->account_hash, "", household->account_masked, true};

    return note(db, writer, &noted, fault);
}

enum status household_store_by_phone(struct db *db, int32_t version, const struct hash *phone_hash, int limit, struct arena *arena,
                                     struct household_found **found, size_t *count, struct fault *fault)
{
    const struct db_value values[] = {db_integer(version), db_bytes(phone_hash->bytes, HASH_BYTES), db_integer(limit)};
    struct db_row *rows;
    const enum status status = db_query(db, HOUSEHOLD_LIST_BY_PHONE, values, 3, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *found = arena_take_array(arena, *count, sizeof **found);
    for (size_t i = 0; i < *count; i++) {
        memcpy((*found)[i].account_hash.bytes, db_row_bytes(&rows[i], 0).data, HASH_BYTES);
        (*found)[i].account_masked = db_row_text(&rows[i], 1);
    }
    return STATUS_OK;
}

/* ---- history */

enum status customer_store_history(struct db *db, const struct register_subject *subject, int limit, struct arena *arena,
                                   struct register_line **lines, size_t *count, struct fault *fault)
{
    const bool is_household = subject->account != NULL, is_meter = subject->meter != 0;
    const struct db_value values[] = {is_household ? db_bytes(subject->account->bytes, HASH_BYTES)
                                                   : db_integer(is_meter ? subject->meter : subject->place.v),
                                      db_integer(limit)};
    struct db_row *rows;
    const enum status status = db_query(db, is_household ? CUSTOMER_CHANGE_LIST_BY_ACCOUNT
                                            : is_meter   ? CUSTOMER_CHANGE_LIST_BY_METER
                                                         : CUSTOMER_CHANGE_LIST_BY_PLACE,
                                        values, 2, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *lines = arena_take_array(arena, *count, sizeof **lines);
    for (size_t i = 0; i < *count; i++)
        (*lines)[i] = (struct register_line){db_row_instant(&rows[i], 0), (enum register_change)db_row_integer(&rows[i], 1),
                                             db_row_text(&rows[i], 2), db_row_text(&rows[i], 3), db_row_text(&rows[i], 4)};
    return STATUS_OK;
}
