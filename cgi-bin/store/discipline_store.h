/*
 * The discipline office's own work (Arts. 5, 32, 35): its key and officers, the opened key of a session, its cases. Only the
 * program `discipline` has an account that can. What is read here is in clear in the caller's memory alone; what is written is
 * sealed first.
 */
#ifndef STORE_DISCIPLINE_STORE_H
#define STORE_DISCIPLINE_STORE_H

#include "core/actor.h"
#include "core/discipline.h"
#include "core/sealed.h"
#include "store/db.h"

/* ---- the key and its officers */

struct discipline_key {
    int16_t id;
    struct key public_key;
    uint32_t version; /* turned by every change of officers */
};
/* The office's key. STATUS_ABSENT before the first officer's enrolment. */
enum status discipline_store_key(struct db *db, struct arena *arena, struct discipline_key *key, struct fault *fault) MUST_USE;

struct discipline_officer {
    struct staff_id staff;
    const char *login, *name;
    struct instant enrolled_at; /* INSTANT_NONE of a candidate */
    bool is_able; /* active, and still of the office */
};
enum status discipline_store_officers(struct db *db, const struct discipline_key *key, struct arena *arena,
                                      struct discipline_officer **officers, size_t *count, struct fault *fault) MUST_USE;
/* People of the office who cannot open cases yet. */
enum status discipline_store_candidates(struct db *db, const struct discipline_key *key, struct arena *arena,
                                        struct discipline_officer **officers, size_t *count, struct fault *fault) MUST_USE;

/* The wrapped key of one officer. STATUS_ABSENT: this person is none. */
struct wrapped_key {
    uint8_t salt[16];
    uint8_t wrapped[80];
    size_t length;
};
enum status discipline_store_wrapped(struct db *db, const struct discipline_key *key, struct staff_id staff, struct arena *arena,
                                     struct wrapped_key *wrapped, struct fault *fault) MUST_USE;

/*
 * Wraps with a passphrase, and the reverse: a third of a second and 64 MiB each. unwrap: false for a wrong passphrase, and for a
 * private key that does not belong to public_key.
 */
void discipline_wrap(const struct key *private_key, const char *passphrase, struct wrapped_key *wrapped);
bool discipline_unwrap(const struct wrapped_key *wrapped, const char *passphrase, const struct key *public_key,
                       struct key *private_key) MUST_USE;

/*
 * Changes of officers. seen: the key's version as the page showed it; STATUS_CONFLICT when another change came first.
 * enrol  STATUS_DUPLICATE: is one already
 * remove STATUS_REFUSED: nobody else could open the cases; STATUS_ABSENT: is none. Ends the person's opened keys
 * rewrap the officer's own new passphrase; ends what other sessions of this officer have open
 */
enum status discipline_store_enrol(struct db *db, const struct discipline_key *key, uint32_t seen, struct staff_id staff,
                                   const struct wrapped_key *wrapped, struct instant now, struct fault *fault) MUST_USE;
enum status discipline_store_remove(struct db *db, const struct discipline_key *key, uint32_t seen, struct staff_id staff,
                                    struct fault *fault) MUST_USE;
enum status discipline_store_rewrap(struct db *db, const struct discipline_key *key, struct staff_id staff,
                                    const struct wrapped_key *wrapped, const struct hash *session, struct fault *fault) MUST_USE;

/* ---- the opened key of a session: half of it in the row, half in the browser's cookie */

/* What a request can open. */
struct discipline_opened {
    struct key public_key, private_key, mark_key;
};
/* Keeps the private key boxed with `half`, which the caller makes at random and hands to the browser alone. */
enum status discipline_store_open(struct db *db, const struct discipline_key *key, const struct hash *session,
                                  struct staff_id staff, const struct key *private_key, const struct key *half,
                                  struct instant now, struct fault *fault) MUST_USE;
/* STATUS_ABSENT: not open, idle for too long, the wrong half, or no officer any more. Renews the time at most once a minute. */
enum status discipline_store_resume(struct db *db, const struct hash *session, struct staff_id staff, const struct key *half,
                                    struct instant now, int idle_minutes, struct arena *arena,
                                    struct discipline_opened *opened, struct fault *fault) MUST_USE;
enum status discipline_store_shut(struct db *db, const struct hash *session, struct fault *fault) MUST_USE;
/* Deletes what has been idle since before this moment. */
enum status discipline_store_purge(struct db *db, struct instant before, struct fault *fault) MUST_USE;

/* ---- cases */

/* What a list shows of a case; texts are beginnings. */
struct discipline_row {
    struct hash lookup;
    struct day received_on;
    int source; /* enum sealed_source */
    bool is_readable; /* false: it does not open with the office's key; the texts are "" then */
    struct instant received_at;
    char number[SEALED_NUMBER_BYTES];
    const char *words, *about;
    int photo_count;
    struct discipline_case folded;
    bool is_damaged; /* an entry is missing, forged or moved */
};
/* Newest day first. from: what stood last on the page before, NULL for the first page. At most `limit` rows. */
enum status discipline_store_list(struct db *db, const struct discipline_opened *opened, const struct discipline_row *from,
                                  size_t limit, struct instant now, struct arena *arena, struct discipline_row **rows,
                                  size_t *count, struct fault *fault) MUST_USE;

struct discipline_file {
    struct hash lookup;
    struct day received_on;
    int source;
    struct sealed_report report;
    int *more_photos; /* numbers of photos that stand outside the report */
    size_t more_photo_count;
    struct discipline_entry *entries;
    size_t entry_count;
    struct discipline_case folded;
    bool is_damaged;
};
/* STATUS_ABSENT for an unknown case; STATUS_FAILED when it does not open with the office's key. */
enum status discipline_store_load(struct db *db, const struct discipline_opened *opened, const struct hash *lookup,
                                  struct arena *arena, struct discipline_file *file, struct fault *fault) MUST_USE;
/* A photo outside the report, opened. STATUS_ABSENT */
enum status discipline_store_photo(struct db *db, const struct discipline_opened *opened, const struct hash *lookup, int no,
                                   struct arena *arena, struct bytes *jpeg, struct fault *fault) MUST_USE;

/*
 * Appends a decided entry; an answer is boxed for the reporter in the same transaction (store/sealed_store.h reads it). secrets:
 * the program's. STATUS_DUPLICATE: this form was carried out before; STATUS_CONFLICT: somebody's entry came first.
 */
struct discipline_append {
    const struct discipline_file *file;
    const struct discipline_opened *opened;
    const struct secrets *secrets;
    struct discipline_entry *entry;
    const uint8_t *form_key; /* 16 bytes */
    struct day today;
};
enum status discipline_store_append(struct db *db, struct discipline_append *append, struct arena *arena,
                                    struct fault *fault) MUST_USE;

/* Whether this form was carried out before. STATUS_ABSENT when not. */
enum status discipline_store_find_key(struct db *db, const uint8_t *form_key, struct arena *arena, struct fault *fault) MUST_USE;

/* A clause that only the office uses, as it was in force at that moment. STATUS_ABSENT */
enum status discipline_store_clause(struct db *db, int32_t id, struct instant at, struct arena *arena,
                                    struct discipline_clause *clause, struct fault *fault) MUST_USE;

#endif
