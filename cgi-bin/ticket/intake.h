/*
 * The intake: what its files share. The form and its rules (intake.c), its page (intake_page.c), and filing what was decided
 * (intake_file.c).
 */
#ifndef TICKET_INTAKE_H
#define TICKET_INTAKE_H

#include "store/call_store.h"
#include "store/repeat_store.h"
#include "ticket/desk.h"
#include "web/page.h"

/* One report on its way into the ledger. */
struct intake {
    struct request *request;
    struct inputs *inputs; /* NULL: an empty form */
    struct person person;
    uint8_t key[ACTION_KEY_BYTES];
    struct telephone_call call; /* that is being answered; id 0: none */
    int64_t source;             /* of an empty form */
    bool is_paper;              /* an empty form for another paper form */
    const char *after_number;   /* the ticket that was filed just before, from the same pile; or NULL */
    const char *known_number;   /* the ticket that holds this outside number already, or NULL */
    struct earlier *earlier;    /* of the same phone, account, or place and matter */
    size_t earlier_count;
    const struct earlier *repeat_of; /* the one of them that this report repeats, or NULL */
    bool asks_about_earlier;    /* somebody has to say whether it is one of them */
};

/* The fields of the form, as they were typed. */
enum status intake_read(struct request *request, struct inputs *inputs) MUST_USE;

/* Whether the report has a telephone number: typed, or that of the call. */
bool intake_has_phone(const struct intake *intake);

/* The page with the form, everything typed kept. */
enum status intake_show(struct intake *intake, struct response *response, int code) MUST_USE;

/* Files what was decided, links what it repeats, and leads to the ticket, or to the next form of a pile. */
enum status intake_file(struct intake *intake, struct response *response, const struct event *decided) MUST_USE;

/* The same form came before: what is still missing is done, nothing twice. number: of the ticket it made */
enum status intake_resume(struct intake *intake, struct response *response, const char *number) MUST_USE;

/* A 64-digit fingerprint of the earlier reports that were shown: another list has to be looked at again. */
const char *earlier_fingerprint(struct arena *arena, const struct earlier *earlier, size_t count);

/* Earlier.N: what a person needs to recognise a report, masked. */
void earlier_show(struct view *page, const struct request *request, const struct earlier *earlier, size_t count,
                  const char *chosen_number);

/* How far back a report makes this one a repeat (Art. 34(3)). */
struct instant earlier_since(const struct request *request);

/* Links a filed ticket to an earlier one, once: the key is of the form. Links made meanwhile are no failure. */
enum status earlier_link(struct request *request, const char *number, const struct earlier *earlier,
                         const uint8_t key[ACTION_KEY_BYTES]) MUST_USE;

#endif
