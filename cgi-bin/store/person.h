/*
 * Personal data of a ticket: sealed per field to the staff key, with masked forms and keyed hashes beside it (design 4).
 */
#ifndef STORE_PERSON_H
#define STORE_PERSON_H

#include "core/contact.h"
#include "core/ids.h"
#include "store/db.h"

/* In clear, as typed and checked; "" where not given. */
struct person {
    char name[61];    /* at most 20 characters */
    char phone[PHONE_BYTES];
    char account[ACCOUNT_BYTES];
    char address[301]; /* house-level: door and room, for who comes */
};

/* What is stored. bytes live in the arena given to person_seal. */
struct sealed_person {
    uint16_t key_id;
    struct bytes name, phone, account, address;
    char name_masked[MASKED_BYTES], phone_masked[MASKED_BYTES], account_masked[MASKED_BYTES];
    struct hash phone_hash, account_hash;
    bool has_phone, has_account;
};

/* Takes what was typed and checked; what does not fit is cut, so that checks bound it first. */
void person_fill(struct person *person, const char *name, const char *phone, const char *account, const char *address);

struct sealed_person person_seal(const struct person *person, const struct secrets *secrets, struct arena *arena);

/* One text sealed to the staff key, and opened again; "" is no bytes. open: false when it cannot be opened, or is too long. */
struct bytes person_seal_text(const char *clear, const struct secrets *secrets, struct arena *arena);
bool person_open_text(struct bytes sealed, const struct secrets *secrets, char *clear, size_t capacity) MUST_USE;

/* Keyed hash by which a phone or account is found. purpose: "phone" or "account" */
struct hash person_lookup_hash(const struct secrets *secrets, const char *purpose, const char *digits);

/*
 * Opens a ticket's personal data. The caller has checked the right; the audit record is written and committed first, and
 * without it nothing is opened (controls.md H11). STATUS_ABSENT when retention emptied it.
 * staff  0: the clerk, for sending a notice (not audited)
 */
enum status person_unseal(struct db *db, struct ticket_id ticket, const struct secrets *secrets, struct staff_id staff,
                          struct instant now, struct arena *arena, struct person *person, struct fault *fault) MUST_USE;

#endif
