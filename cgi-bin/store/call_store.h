/* Calls that the telephone system tells of: the caller's number for the one who answered, and the recording for the ticket. */
#ifndef STORE_CALL_STORE_H
#define STORE_CALL_STORE_H

#include "store/person.h"

#define CALL_REF_CHARACTERS 64
#define CALL_RECORDING_CHARACTERS 80
#define CALL_VALID_SECONDS (30 * MINUTE_SECONDS) /* for a ticket to be made of it */

struct telephone_call {
    int64_t id;
    uint16_t key_id;
    struct bytes phone_sealed; /* empty when the number was withheld, or went into the ticket */
    const char *phone_masked;
    bool has_phone;
    struct hash phone_hash;
    struct instant answered_at;
    struct ticket_id ticket; /* 0: none yet */
};

/* A call of a ticket, for its page. */
struct call_line {
    struct instant answered_at;
    const char *phone_masked, *call_ref, *recording;
};

/* Keeps a call; told again, it only takes the recording. phone: as person_seal() gave it */
enum status call_store_save(struct db *db, const char *call_ref, struct staff_id staff, const struct sealed_person *phone,
                            struct instant answered_at, struct instant now, const char *recording,
                            struct fault *fault) MUST_USE;

/* The newest call of this person without a ticket. STATUS_ABSENT without one. */
enum status call_store_find_open(struct db *db, struct staff_id staff, struct instant now, struct arena *arena,
                                 struct telephone_call *call, struct fault *fault) MUST_USE;

/* A call of this person by its id. STATUS_ABSENT: there is none, or it is another's. */
enum status call_store_find(struct db *db, int64_t id, struct staff_id staff, struct arena *arena,
                            struct telephone_call *call, struct fault *fault) MUST_USE;

/* The call belongs to this ticket now, and its number is no longer kept here. Twice is once. */
enum status call_store_link(struct db *db, int64_t id, struct staff_id staff, struct ticket_id ticket,
                            struct fault *fault) MUST_USE;

/* The calls of a ticket, at most 20. One statement. */
enum status call_store_list(struct db *db, struct ticket_id ticket, struct arena *arena, struct call_line **lines,
                            size_t *count, struct fault *fault) MUST_USE;

#endif
