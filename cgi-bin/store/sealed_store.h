/*
 * Reports of misconduct (Arts. 5, 32): sealed here, in the process that received them, to the discipline office's public key.
 * Public programs may insert a case and read an answer; nothing else of this can be read by anybody but the office.
 */
#ifndef STORE_SEALED_STORE_H
#define STORE_SEALED_STORE_H

#include "core/ids.h"
#include "core/sealed.h"
#include "store/db.h"

enum sealed_source { SEALED_FROM_PUBLIC = 1, SEALED_FROM_STAFF };

/* The case's number, from the key of the form, so that the same form sent again is the same case. number: SEALED_NUMBER_BYTES */
void sealed_number_make(const struct secrets *secrets, const uint8_t form_key[16], char *number);

/* The code that goes with a number. code: 9 bytes, as a ticket's */
void sealed_code_make(const struct secrets *secrets, const char *number, char *code);

/* Seals and stores. One case per number: STATUS_DUPLICATE says that this form was received before. */
enum status sealed_store_file(struct db *db, const struct secrets *secrets, const struct key *office_key,
                              const struct sealed_report *report, enum sealed_source source, struct day today,
                              struct arena *arena, struct fault *fault) MUST_USE;

/* The office's answer to the reporter, opened with the number. STATUS_ABSENT while there is none. */
enum status sealed_store_answer(struct db *db, const struct secrets *secrets, const char *number, struct arena *arena,
                                const char **words, struct day *answered_on, struct fault *fault) MUST_USE;

/* The same answer as it is stored, boxed with the number; in the arena. */
struct bytes sealed_answer_box(const struct secrets *secrets, const char *number, const char *words, struct arena *arena);

/* By which a case of this number is found. */
struct hash sealed_case_lookup(const struct secrets *secrets, const char *number);

/*
 * A case that is stored together with other rows: sealed once, before the transaction, then written inside it. photos: beyond those
 * of the report; sealed as they come. STATUS_DUPLICATE as above.
 */
struct sealed_case {
    struct hash lookup;
    struct bytes body;
    enum sealed_source source;
    struct day today;
    struct bytes *photos;
    size_t photo_count;
};
struct sealed_case sealed_case_seal(const struct secrets *secrets, const struct key *office_key,
                                    const struct sealed_report *report, struct arena *arena);
/* A photo on its way into sealed_case.photos. */
struct bytes sealed_photo_seal(const struct key *office_key, struct bytes jpeg, struct arena *arena);
enum status sealed_case_insert(struct db *db, const struct sealed_case *sealed, struct fault *fault) MUST_USE;

/*
 * The first officer's enrolment: makes the office's key pair and stores the private half wrapped by the passphrase.
 * STATUS_DUPLICATE when the office has a key already: further officers are enrolled by one who can open it.
 */
enum status sealed_store_enrol_first(struct db *db, struct staff_id officer, const char *passphrase, struct instant now,
                                     struct arena *arena, struct key *public_key, struct fault *fault) MUST_USE;

#endif
