/*
 * What the files of the crews' pages share: the assignment that a link opens, and its page.
 */
#ifndef CREW_CREW_H
#define CREW_CREW_H

#include "core/crew_link.h"
#include "store/catalog.h"
#include "store/ticket_store.h"
#include "web/action_form.h"
#include "web/app.h"
#include "web/realm.h"

struct crew {
    struct db *db;
    struct catalog catalog;
};

struct crew *crew_of(const struct request *request);

/* Why a link opens nothing. */
enum closed {
    CLOSED_NOT,
    CLOSED_EXPIRED,      /* it is too old */
    CLOSED_OTHER_PERSON, /* it was made for somebody else */
    CLOSED_OVER,         /* the unit no longer has the assignment, or the matter is closed */
    CLOSED__COUNT
};

/* An assignment as its link opens it. */
struct job {
    const char *token; /* the link's, as it stands in the path */
    enum closed closed;
    struct ticket_file *file;     /* as the rest, only when it is not closed */
    const struct assignment *own; /* in file->ticket */
};

/*
 * Opens what the path's link names, for who is signed in. STATUS_ABSENT for what is no link of ours. Nothing of the ticket is in
 * `job` when it is closed.
 */
enum status job_load(struct request *request, struct job *job) MUST_USE;

/* The page that says why a link opens nothing, and what to do. */
enum status job_show_closed(struct request *request, struct response *response, const struct job *job) MUST_USE;

/* An action that was tried and not carried out; what was typed is shown again. */
struct attempt {
    const struct action_form *form;
    struct inputs *inputs;
    enum verdict verdict;  /* VERDICT_OK: only fields were wrong */
    uint32_t seen_version; /* for VERDICT_STALE: what the person had seen */
};

/* attempt: NULL without. person: in clear for this one answer, or NULL. */
enum status job_show(struct request *request, struct response *response, const struct job *job,
                     const struct attempt *attempt, const struct person *person, int code) MUST_USE;

/* Whether this page has a form for the action: the steps on the way and on site. */
bool job_has_action(enum ticket_action action);

/* Photos.N and may_add_photos. */
enum status job_show_photos(struct view *page, struct request *request, const struct job *job) MUST_USE;

/* ---- handlers (job.c, act.c, photos.c) */

enum status crew_get_home(struct request *request, struct response *response);
enum status crew_post_signout(struct request *request, struct response *response);
enum status crew_get_job(struct request *request, struct response *response);
enum status crew_get_back(struct request *request, struct response *response);
enum status crew_post_phone(struct request *request, struct response *response);
enum status crew_post_act(struct request *request, struct response *response);
enum status crew_get_photos(struct request *request, struct response *response);
enum status crew_post_photos(struct request *request, struct response *response);
enum status crew_get_photo(struct request *request, struct response *response);

#endif
