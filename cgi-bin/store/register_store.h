/*
 * The register of service staff (Art. 4): who works in which unit, how they are reached, what they may do; every change kept.
 */
#ifndef STORE_REGISTER_STORE_H
#define STORE_REGISTER_STORE_H

#include "base/secrets.h"
#include "core/contact.h"
#include "core/register.h"
#include "store/change.h"

/* One entry. Texts are borrowed, from the arena or for the call. */
struct register_entry {
    struct staff_id id;
    const char *login, *name, *badge, *phone_masked;
    struct unit_id unit;
    uint32_t roles;
    bool is_active, has_password;
    struct day confirmed_on; /* DAY_NONE: never */
    uint32_t version;
};

/* By id; the entries after `after` (0: from the first), at most `limit`. */
enum status register_store_list(struct db *db, struct unit_id unit, struct staff_id after, int limit, struct arena *arena,
                                struct register_entry **entries, size_t *count, struct fault *fault) MUST_USE;
enum status register_store_find(struct db *db, struct staff_id id, struct arena *arena, struct register_entry *entry,
                                struct fault *fault) MUST_USE;

/* How many active entries a unit has, and how many of them were last confirmed before `since` or never. */
struct register_count {
    struct unit_id unit;
    int64_t active, stale;
};
enum status register_store_count(struct db *db, struct day since, struct arena *arena, struct register_count **counts,
                                 size_t *count, struct fault *fault) MUST_USE;

/* Login names of active people, for suggestions: id, login, name, unit; at most 300. */
enum status register_store_logins(struct db *db, struct arena *arena, struct register_entry **entries, size_t *count,
                                  struct fault *fault) MUST_USE;

/*
 * A unit's active entries as one text that changes with any of them. stamp: REGISTER_STAMP_BYTES
 */
#define REGISTER_STAMP_BYTES 48
enum status register_store_stamp(struct db *db, struct unit_id unit, char *stamp, struct fault *fault) MUST_USE;

/* ---- changes, each with its lines of history. All give STATUS_DUPLICATE for a form that was done before. */

/* What to do with the phone of an entry. */
enum phone_change { PHONE_KEEP, PHONE_SET, PHONE_CLEAR };
struct phone_edit {
    enum phone_change change;
    const char *number; /* digits as phone_parse gives them */
    const struct secrets *secrets; /* to seal it */
};

/*
 * Adds an entry, confirmed today. password_hash: NULL for somebody who does not sign in; else it must be changed at the first
 * sign-in. STATUS_REFUSED: the login is taken.
 */
enum status register_store_add(struct db *db, const struct change *change, const struct register_entry *entry,
                               const struct phone_edit *phone, const char *password_hash, struct day today,
                               struct fault *fault) MUST_USE;

/* Name, badge, unit, phone. entry.version: as seen. STATUS_CONFLICT: somebody changed it meanwhile. */
enum status register_store_save(struct db *db, const struct change *change, const struct register_entry *entry,
                                const struct phone_edit *phone, struct fault *fault) MUST_USE;

/*
 * Roles and whether the person is active; deactivating ends all sessions. STATUS_CONFLICT as above; STATUS_REFUSED: nobody would
 * be left who administers. Counted in the same transaction, after whoever else takes an administrator away.
 */
enum status register_store_set_rights(struct db *db, const struct change *change, const struct register_entry *entry,
                                      struct fault *fault) MUST_USE;

/* A password that must be changed at the next sign-in; ends all sessions. */
enum status register_store_set_password(struct db *db, const struct change *change, struct staff_id staff,
                                        const char *password_hash, struct fault *fault) MUST_USE;

/* The entry still stands. STATUS_CONFLICT: it is not what was seen. */
enum status register_store_confirm(struct db *db, const struct change *change, const struct register_entry *entry,
                                   struct day today, struct fault *fault) MUST_USE;
/* All active entries of the unit. stamp: as seen */
enum status register_store_confirm_unit(struct db *db, const struct change *change, struct unit_id unit, const char *stamp,
                                        struct day today, struct fault *fault) MUST_USE;

/* ---- history and phone */

struct staff_change {
    int64_t id;
    struct instant at;
    enum staff_field field;
    const char *before, *after;
    const char *by_name, *by_login; /* "" for the administrator's command */
};
/* Newest first, before (before_at, before_id); INSTANT_NONE: from the newest. */
enum status register_store_history(struct db *db, struct staff_id staff, struct instant before_at, int64_t before_id,
                                   int limit, struct arena *arena, struct staff_change **changes, size_t *count,
                                   struct fault *fault) MUST_USE;

/*
 * Opens a phone for somebody who may see it: the line of the audit log is committed first (controls.md H11). reader 0: clerk, for a
 * notice. STATUS_ABSENT when there is none. phone: PHONE_BYTES
 */
enum status register_store_open_phone(struct db *db, struct staff_id staff, const struct secrets *secrets,
                                      struct staff_id reader, struct instant now, char *phone,
                                      struct fault *fault) MUST_USE;

#endif
