/*
 * Identities. One-field structs, so that swapped arguments do not compile. 0 means "none" in all of them.
 */
#ifndef CORE_IDS_H
#define CORE_IDS_H

#include <stdint.h>

struct ticket_id {
    int64_t v;
};
struct order_id {
    int64_t v;
};
struct outage_id {
    int64_t v;
};
struct unit_id {
    int32_t v;
};
struct staff_id {
    int32_t v;
};
struct place_id {
    int32_t v;
};
struct rule_id {
    int32_t v;
};
struct category_id {
    int32_t v;
};

/* What an event stream, a clock or a line of the audit log belongs to. Staff and units have no streams. */
enum subject_kind {
    SUBJECT_NONE,
    SUBJECT_TICKET,
    SUBJECT_OUTAGE,
    SUBJECT_ORDER,       /* rectification order */
    SUBJECT_EXPLANATION, /* of a meter unread for over two months */
    SUBJECT_STAFF,
    SUBJECT_UNIT,
    SUBJECT_FAILURE,     /* report of a system failure: no stream and no clock, but notices and audit records */
    SUBJECT_PENALTY,     /* a proposal of the assessment ledger, or what became of it: no clock (Arts. 28-35) */
    SUBJECT_KIND__COUNT
};

#endif
