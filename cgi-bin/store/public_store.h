/*
 * What public programs may read and add: the projection of a ticket with its steps and clocks, drafts, and what a resident
 * adds later. No personal data comes out of here.
 */
#ifndef STORE_PUBLIC_STORE_H
#define STORE_PUBLIC_STORE_H

#include "core/number.h"
#include "core/progress.h"
#include "store/db.h"

struct public_ticket {
    struct ticket_id id;
    char number[NUMBER_BYTES];
    int code_issue;
    uint32_t version;
    enum ticket_state state;
    bool is_rated;
    enum nature nature;
    struct category_id category;
    const char *place_text;
    struct unit_id unit;
    int cycle;
    struct instant reported_at, finish_due_at, finish_granted_at, appointment_at, updated_at;
    const char *parent_number; /* "" without */
    int photo_count;           /* of all its photos; 0: there is none to look for */
};

/* STATUS_ABSENT when there is none. One statement each. */
enum status public_store_find(struct db *db, const char *number, struct arena *arena, struct public_ticket *ticket,
                              struct fault *fault) MUST_USE;
enum status public_store_find_by_key(struct db *db, const uint8_t key[16], struct arena *arena,
                                     struct public_ticket *ticket, struct fault *fault) MUST_USE;
enum status public_store_find_by_link(struct db *db, const struct hash *link_hash, struct arena *arena,
                                      struct public_ticket *ticket, struct fault *fault) MUST_USE;

/* What a resident adds. STATUS_DUPLICATE when the key was used. */
struct resident_input {
    struct ticket_id ticket;
    enum ticket_action action;
    int64_t value; /* rating 1 … 5 */
    const char *words;
    uint8_t key[16];
    enum verdict verdict; /* read: why clerk could not apply it; VERDICT_OK while it waits */
    const struct hash *photo_token; /* what is staged under it becomes the ticket's with the input; NULL without photos */
};
enum status public_store_add_input(struct db *db, const struct resident_input *input, struct instant now,
                                   struct fault *fault) MUST_USE;
/* STATUS_OK when an input with this key was added, STATUS_ABSENT when not. */
enum status public_store_was_added(struct db *db, const uint8_t key[16], struct arena *arena, struct fault *fault) MUST_USE;
/* Inputs not applied, oldest first, to show them as received, and those that could not be, with the reason. */
enum status public_store_waiting_inputs(struct db *db, struct ticket_id id, struct arena *arena,
                                        struct resident_input **inputs, size_t *count, struct fault *fault) MUST_USE;

/* Everything of a tracking page. The lists live in the arena: steps and clocks ascending, inputs oldest first. */
struct public_file {
    struct public_ticket ticket;
    struct public_step *steps;
    struct clock *clocks;          /* those a resident is shown: not the internal ones */
    struct resident_input *inputs; /* not applied yet */
    size_t step_count, clock_count, input_count;
};

/* STATUS_ABSENT when there is none. One statement; a second one while inputs wait to be applied. */
enum status public_store_load(struct db *db, const char *number, struct arena *arena, struct public_file *file,
                              struct fault *fault) MUST_USE;
enum status public_store_load_by_key(struct db *db, const uint8_t key[16], struct arena *arena,
                                     struct public_file *file, struct fault *fault) MUST_USE;

/* Drafts: bytes that only the cookie's holder can open. save: inserts or replaces. photo_count: how many photos are staged */
enum status draft_store_save(struct db *db, const struct hash *token_hash, struct bytes boxed, struct instant now,
                             struct fault *fault) MUST_USE;
enum status draft_store_load(struct db *db, const struct hash *token_hash, struct instant not_before,
                             struct arena *arena, struct bytes *boxed, int *photo_count,
                             struct fault *fault) MUST_USE;

/* Wrong guesses. what: see schema (1 account, 2 address, 3 ticket, 4 address for codes, 5 filings by address), 6 photos by address. */
enum status guess_store_add(struct db *db, int what, const struct hash *who, struct instant now,
                            struct fault *fault) MUST_USE;
enum status guess_store_count(struct db *db, int what, const struct hash *who, struct instant since,
                              struct arena *arena, int64_t *count, struct fault *fault) MUST_USE;

#endif
