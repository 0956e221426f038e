/* Notices into the outbox: who is told what. For clerk's parts of store alone. */
#ifndef STORE_NOTICES_H
#define STORE_NOTICES_H

#include "core/ladder.h"
#include "core/ticket.h"
#include "store/db.h"

/* Whom the notices of a ticket can go to. Of a merged report the units are its parent's: they work on the matter. */
struct addressees {
    enum ticket_state state;
    struct unit_id unit;   /* that holds it, or held it last; 0: none yet */
    struct unit_id holder; /* that holds it now; 0: nobody */
    struct staff_id first_receiver;
    struct ticket_id parent; /* 0: not merged */
    bool has_phone;
    struct unit_id pipeline, customer; /* of an outage: who has a part in it */
    enum outage_approver approver;     /* of an outage: whose approval it needs */
};
enum status addressees_find(struct db *db, struct ticket_id ticket, struct arena *arena, struct addressees *addressees,
                            struct fault *fault) MUST_USE;

/* One notice to be written: inside the caller's transaction, at most once for the same dedupe. */
struct notice_draft {
    enum subject_kind subject;
    int64_t subject_id;
    uint32_t seq; /* 0: not of an event */
    int clock_no; /* 0: not of a clock */
    const char *name;
    enum audience audience;
    const int64_t *fact; /* what, with name, audience and recipient, makes the notice the same one */
    size_t fact_count;
};
/* Nothing is written when there is nobody to tell (no phone, no unit, no first receiver). */
enum status notice_write(struct db *db, const struct notice_draft *draft, const struct addressees *addressees,
                         struct instant now, struct fault *fault) MUST_USE;

/* Whether an event is recent enough to be told: records taken over or restored long after they were made are no news. */
bool notices_is_news(const struct event *event, struct instant now);

/* Writes the notices that an event asks for. */
enum status notices_of_event(struct db *db, const struct event *event, const struct addressees *addressees,
                             struct instant now, struct fault *fault) MUST_USE;

/* A row of who is told of the events of a subject that has one unit. */
struct subject_notice {
    int action;             /* the event's kind */
    enum decision only;     /* DECISION_NONE: whatever was decided */
    enum audience audience;
    const char *name;       /* Text.notice.NAME */
};

/* The notices that an event asks for by such rows. */
enum status subject_notices_write(struct db *db, const struct event *event, const struct subject_notice *rows, size_t count,
                                  const struct addressees *addressees, struct instant now, struct fault *fault) MUST_USE;

/* Its unit. statement: unit by id. STATUS_ABSENT: there is no such subject. */
enum status subject_addressees_find(struct db *db, enum statement statement, int64_t id, struct arena *arena,
                                    struct addressees *addressees, struct fault *fault) MUST_USE;

#endif
