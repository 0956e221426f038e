/*
 * Photos: staged under a form that is not sent yet, then the ticket's own. What is stored is what base/photo.h made of them.
 * Whose photo somebody may see is asked before: a ticket's by its rights, a staged one by its token.
 */
#ifndef STORE_PHOTO_STORE_H
#define STORE_PHOTO_STORE_H

#include "base/photo.h"
#include "core/actor.h"
#include "core/photo_stage.h"
#include "store/db.h"

#define PHOTOS_PER_FORM 3    /* as many slots as the schema's table of drafts is meant to have */
#define PHOTOS_PER_TICKET 40

/* One photo of a list. */
struct photo_row {
    int no; /* its name in addresses: the slot of a staged one, the number within its ticket else */
    enum photo_stage stage;
    bool is_public;
    struct staff_id added_by; /* 0: the resident */
    const char *added_by_name;
    struct instant created_at;
    int width, height;
    struct hash hash;
};

/* ---- staged. token_hash: of the form, known to its visitor alone */

/*
 * Stages a photo. A picture that is staged there already is not staged again, and that is STATUS_OK too.
 * STATUS_REFUSED  there are PHOTOS_PER_FORM
 */
enum status photo_store_stage(struct db *db, const struct hash *token_hash, const struct photo *photo, struct instant now,
                              struct arena *arena, struct fault *fault) MUST_USE;

enum status photo_store_list_staged(struct db *db, const struct hash *token_hash, struct arena *arena,
                                    struct photo_row **rows, size_t *count, struct fault *fault) MUST_USE;

/* STATUS_ABSENT when there is none under this number. */
enum status photo_store_load_staged(struct db *db, const struct hash *token_hash, int no, struct arena *arena,
                                    struct photo *photo, struct fault *fault) MUST_USE;

/* Whether so much is staged under all forms together that no more is taken. */
enum status photo_store_is_full(struct db *db, struct arena *arena, bool *is_full, struct fault *fault) MUST_USE;

/* Takes a staged photo away; one that is gone already is fine. */
enum status photo_store_drop(struct db *db, const struct hash *token_hash, int no, struct fault *fault) MUST_USE;

/*
 * Makes what is staged the ticket's, as its resident's, before the work. Runs inside the caller's transaction, which files the
 * ticket or adds to it. STATUS_CONFLICT: something was staged or dropped meanwhile, the transaction runs again.
 * has_photos  whether the ticket may have photos already
 */
enum status photo_store_commit(struct db *db, const struct hash *token_hash, struct ticket_id ticket, bool has_photos,
                               struct fault *fault) MUST_USE;

/* ---- of a ticket. is_public_only: what its resident may see. Nothing of a ticket at the discipline office comes out */

enum status photo_store_list(struct db *db, struct ticket_id ticket, bool is_public_only, struct arena *arena,
                             struct photo_row **rows, size_t *count, struct fault *fault) MUST_USE;

/* STATUS_ABSENT when there is none under this number, or not for this reader. */
enum status photo_store_load(struct db *db, struct ticket_id ticket, int no, bool is_public_only, struct arena *arena,
                             struct photo *photo, struct fault *fault) MUST_USE;

/* A photo by staff, or by the resident (added_by 0). */
struct photo_adding {
    struct ticket_id ticket;
    const struct photo *photo;
    enum photo_stage stage;
    bool is_public;
    struct staff_id added_by;
};

/*
 * Adds one. The same picture of the same stage is added once, and that is STATUS_OK too.
 * STATUS_REFUSED  there are PHOTOS_PER_TICKET
 */
enum status photo_store_add(struct db *db, const struct photo_adding *adding, struct instant now, struct arena *arena,
                            struct fault *fault) MUST_USE;

/* Shows a photo that staff added to the resident, or hides it. STATUS_ABSENT when there is no such photo. */
enum status photo_store_set_public(struct db *db, struct ticket_id ticket, int no, bool is_public,
                                   struct fault *fault) MUST_USE;

/* How many photos taken after the work the ticket has: the evidence of a repair (Art. 10). */
enum status photo_store_count_after(struct db *db, struct ticket_id ticket, struct arena *arena, int *count,
                                    struct fault *fault) MUST_USE;

/* Nobody sees the ticket's photos any more. Runs inside the transaction that hands it to the discipline office. */
enum status photo_store_withhold(struct db *db, struct ticket_id ticket, struct fault *fault) MUST_USE;

/* ---- for stores of other subjects' photos */

/* The picture's own row. Inside the caller's transaction. */
enum status photo_store_insert_body(struct db *db, const struct photo *photo, struct instant now, int64_t *id,
                                    struct fault *fault) MUST_USE;

/* By a statement of width, height, hash and bytes, whose two values are the subject and the number. STATUS_ABSENT: none */
enum status photo_store_load_one(struct db *db, enum statement statement, const struct db_value values[2],
                                 struct arena *arena, struct photo *photo, struct fault *fault) MUST_USE;

/* ---- clerk's */

/* Deletes what was dropped an hour ago and what was staged before `staged_before` under a form that is gone. */
enum status photo_store_purge(struct db *db, struct instant staged_before, struct instant now, struct fault *fault) MUST_USE;

/* Empties the photos of tickets that ended before this moment; that they were there stays known. */
enum status photo_store_empty(struct db *db, struct instant ended_before, struct instant now,
                              struct fault *fault) MUST_USE;

#endif
