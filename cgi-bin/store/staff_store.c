#include "store/staff_store.h"

#include <string.h>

#include "store/ticket_list.h"

static void copy_text(char *to, size_t size_bytes, const char *from)
{
    struct text text;

    text_init(&text, to, size_bytes);
    text_add(&text, from);
}
#define COPY_TEXT(array, from) copy_text((array), sizeof(array), (from))

/* The rarer half of a session's life: the absolute age, and renewing seen_at. Both at most once a minute. */
static enum status renew_session(struct db *db, const struct hash *token_hash, struct instant now,
                                 const struct session_limits *limits, struct arena *arena, struct fault *fault)
{
    const struct db_value token = db_bytes(token_hash->bytes, HASH_BYTES);
    struct db_row row;
    const enum status status = db_query_one(db, SESSION_CREATED_BY_TOKEN, &token, 1, arena, &row, fault);

    if (status != STATUS_OK)
        return status;
    const struct instant end =
        instant_add_seconds(db_row_instant(&row, 0), (int64_t)limits->absolute_minutes * MINUTE_SECONDS);
    if (!instant_is_before(now, end))
        return STATUS_ABSENT;
    const struct db_value values[] = {db_instant(now), token, db_instant(now)};
    return db_run(db, SESSION_SEE_BY_TOKEN, values, 3, NULL, NULL, fault);
}

/* state: NULL when it is not asked for */
static enum status identify(struct db *db, const struct hash *token_hash, struct instant now,
                            const struct session_limits *limits, struct arena *arena, struct actor *actor,
                            struct desk_state *state, struct fault *fault)
{
    const enum statement statement = state == NULL ? SESSION_FIND_BY_TOKEN : SESSION_FIND_WITH_STATE;
    const struct db_value values[] = {db_bytes(token_hash->bytes, HASH_BYTES), db_instant(now)};
    struct db_row row;
    enum status status = db_query_one(db, statement, values, 2, arena, &row, fault);

    if (status != STATUS_OK)
        return status;
    const struct instant seen_at = db_row_instant(&row, 6);
    const struct instant idle_end = instant_add_seconds(seen_at, (int64_t)limits->idle_minutes * MINUTE_SECONDS);
    if (!instant_is_before(now, idle_end))
        return STATUS_ABSENT;
    if (!instant_is_before(now, instant_add_seconds(seen_at, MINUTE_SECONDS))) {
        status = renew_session(db, token_hash, now, limits, arena, fault);
        if (status != STATUS_OK)
            return status;
    }
    *actor = (struct actor){
        .roles = (uint32_t)db_row_integer(&row, 5),
        .staff = {(int32_t)db_row_integer(&row, 0)},
        .unit = {(int32_t)db_row_integer(&row, 4)},
    };
    COPY_TEXT(actor->login, db_row_text(&row, 1));
    COPY_TEXT(actor->name, db_row_text(&row, 2));
    if (state != NULL)
        *state = (struct desk_state){db_row_integer(&row, 7), db_row_integer(&row, 8)};
    return STATUS_OK;
}

enum status session_store_identify(struct db *db, const struct hash *token_hash, struct instant now,
                                   const struct session_limits *limits, struct arena *arena, struct actor *actor,
                                   struct fault *fault)
{
    return identify(db, token_hash, now, limits, arena, actor, NULL, fault);
}

enum status session_store_identify_poll(struct db *db, const struct hash *token_hash, struct instant now,
                                        const struct session_limits *limits, struct arena *arena, struct actor *actor,
                                        struct desk_state *state, struct fault *fault)
{
    return identify(db, token_hash, now, limits, arena, actor, state, fault);
}

enum status session_store_start(struct db *db, const struct hash *token_hash, struct staff_id staff, struct instant now,
                                struct instant expires_at, struct fault *fault)
{
    const struct db_value values[] = {
        db_bytes(token_hash->bytes, HASH_BYTES), db_integer(staff.v), db_instant(now), db_instant(now),
        db_instant(expires_at),
    };

    return db_run(db, SESSION_INSERT, values, 5, NULL, NULL, fault);
}

enum status session_store_end(struct db *db, const struct hash *token_hash, struct instant now, struct fault *fault)
{
    const struct db_value values[] = {db_instant(now), db_bytes(token_hash->bytes, HASH_BYTES)};

    return db_run(db, SESSION_END_BY_TOKEN, values, 2, NULL, NULL, fault);
}

enum status session_store_sign_out(struct db *db, const struct hash *token_hash, struct instant now, struct fault *fault)
{
    const struct db_value token = db_bytes(token_hash->bytes, HASH_BYTES);
    const enum status status = db_run(db, SEALED_OPEN_DELETE, &token, 1, NULL, NULL, fault);

    return status == STATUS_OK ? session_store_end(db, token_hash, now, fault) : status;
}

enum status session_store_end_all(struct db *db, struct staff_id staff, const struct hash *but, struct instant now,
                                  struct fault *fault)
{
    static const struct hash nobody = {{0}}; /* no token hashes to zeros */
    const struct hash *spared = but != NULL ? but : &nobody;
    const struct db_value values[] = {db_instant(now), db_integer(staff.v), db_bytes(spared->bytes, HASH_BYTES)};

    return db_run(db, SESSION_END_BY_STAFF, values, 3, NULL, NULL, fault);
}

enum status credential_store_find(struct db *db, const char *login, struct arena *arena, struct credential *credential,
                                  struct fault *fault)
{
    const struct db_value value = db_text(login);
    struct db_row row;
    const enum status status = db_query_one(db, CREDENTIAL_FIND_BY_LOGIN, &value, 1, arena, &row, fault);

    if (status != STATUS_OK)
        return status;
    *credential = (struct credential){
        .staff = {(int32_t)db_row_integer(&row, 0)},
        .roles = (uint32_t)db_row_integer(&row, 5),
        .is_active = db_row_integer(&row, 1) != 0,
        .must_change = db_row_integer(&row, 2) != 0,
    };
    COPY_TEXT(credential->password_hash, db_row_text(&row, 3));
    COPY_TEXT(credential->login, db_row_text(&row, 4));
    return STATUS_OK;
}

enum status credential_store_set(struct db *db, struct staff_id staff, const char *password_hash, bool must_change,
                                 struct instant now, struct fault *fault)
{
    const struct db_value values[] = {db_text(password_hash), db_integer(must_change), db_instant(now),
                                      db_integer(staff.v)};
    int64_t affected = 0;
    const enum status status = db_run(db, CREDENTIAL_UPDATE, values, 4, &affected, NULL, fault);

    if (status != STATUS_OK || affected > 0)
        return status;
    return db_run(db, CREDENTIAL_INSERT, values, 4, NULL, NULL, fault);
}

enum status staff_store_add(struct db *db, struct staff *staff, struct instant now, struct fault *fault)
{
    const struct db_value values[] = {
        db_text(staff->login), db_text(staff->name),          db_integer(staff->unit.v), db_integer(staff->roles),
        db_text(staff->badge), db_integer(staff->is_active), db_instant(now),
    };
    int64_t id = 0;
    const enum status status = db_run(db, STAFF_INSERT, values, 7, NULL, &id, fault);

    if (status == STATUS_OK)
        staff->id.v = (int32_t)id;
    return status;
}

enum status staff_store_find(struct db *db, const char *login, struct arena *arena, struct staff *staff,
                             struct fault *fault)
{
    const struct db_value value = db_text(login);
    struct db_row row;
    const enum status status = db_query_one(db, STAFF_FIND_BY_LOGIN, &value, 1, arena, &row, fault);

    if (status != STATUS_OK)
        return status;
    *staff = (struct staff){
        .id = {(int32_t)db_row_integer(&row, 0)},
        .unit = {(int32_t)db_row_integer(&row, 4)},
        .roles = (uint32_t)db_row_integer(&row, 5),
        .is_active = db_row_integer(&row, 6) != 0,
    };
    COPY_TEXT(staff->login, db_row_text(&row, 1));
    COPY_TEXT(staff->name, db_row_text(&row, 2));
    COPY_TEXT(staff->badge, db_row_text(&row, 3));
    return STATUS_OK;
}

enum status audit_store_add(struct db *db, struct staff_id staff, const char *what, enum subject_kind subject,
                            int64_t subject_id, const char *detail, struct instant now, struct fault *fault)
{
    const struct db_value values[] = {
        db_instant(now),       db_integer(staff.v), db_text(what), db_integer((int64_t)subject),
        db_integer(subject_id), db_text(detail),
    };

    return db_run(db, AUDIT_INSERT, values, 6, NULL, NULL, fault);
}
