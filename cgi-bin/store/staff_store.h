/*
 * Staff, sessions and sign-in. Password hashes are read by `signin` alone: no other account can. The administrator's
 * command may write them.
 */
#ifndef STORE_STAFF_STORE_H
#define STORE_STAFF_STORE_H

#include "core/actor.h"
#include "store/db.h"

/*
 * Who holds this session now: rights are read at every request, never kept. Renews seen_at at most once a minute.
 * The signature fits web/app.h's `identify`, so that a program just names it; context is its struct db.
 * STATUS_ABSENT: no such session, ended, idle or too old, or the person is not active any more.
 */
struct session_limits {
    int idle_minutes, absolute_minutes;
};
enum status session_store_identify(struct db *db, const struct hash *token_hash, struct instant now,
                                   const struct session_limits *limits, struct arena *arena, struct actor *actor,
                                   struct fault *fault) MUST_USE;

/*
 * The same for a poll of the desk, with what its lists hang on (store/ticket_list.h) out of the same statement: most polls need
 * no other.
 */
struct desk_state;
enum status session_store_identify_poll(struct db *db, const struct hash *token_hash, struct instant now,
                                        const struct session_limits *limits, struct arena *arena, struct actor *actor,
                                        struct desk_state *state, struct fault *fault) MUST_USE;

/* Starts a session; ends nothing. */
enum status session_store_start(struct db *db, const struct hash *token_hash, struct staff_id staff, struct instant now,
                                struct instant expires_at, struct fault *fault) MUST_USE;
enum status session_store_end(struct db *db, const struct hash *token_hash, struct instant now,
                              struct fault *fault) MUST_USE;
/* Ends it at sign-out: what it had open of the discipline office is gone with it. */
enum status session_store_sign_out(struct db *db, const struct hash *token_hash, struct instant now,
                                   struct fault *fault) MUST_USE;
/* Ends all sessions of a person but one (which may be NULL). */
enum status session_store_end_all(struct db *db, struct staff_id staff, const struct hash *but, struct instant now,
                                  struct fault *fault) MUST_USE;

struct credential {
    struct staff_id staff;
    uint32_t roles; /* for the first page only: rights are read at every request */
    bool is_active, must_change;
    char password_hash[128];
    char login[ACTOR_NAME_BYTES];
};
enum status credential_store_find(struct db *db, const char *login, struct arena *arena, struct credential *credential,
                                  struct fault *fault) MUST_USE;
enum status credential_store_set(struct db *db, struct staff_id staff, const char *password_hash, bool must_change,
                                 struct instant now, struct fault *fault) MUST_USE;

struct staff {
    struct staff_id id;
    char login[ACTOR_NAME_BYTES], name[ACTOR_NAME_BYTES], badge[24];
    struct unit_id unit;
    uint32_t roles;
    bool is_active;
};
/* Adds a person. STATUS_DUPLICATE when the login is taken. */
enum status staff_store_add(struct db *db, struct staff *staff, struct instant now, struct fault *fault) MUST_USE;
enum status staff_store_find(struct db *db, const char *login, struct arena *arena, struct staff *staff,
                             struct fault *fault) MUST_USE;

/* Appends an audit record. what: a short name ("sign_in", "unmask"). */
enum status audit_store_add(struct db *db, struct staff_id staff, const char *what, enum subject_kind subject,
                            int64_t subject_id, const char *detail, struct instant now, struct fault *fault) MUST_USE;

#endif
