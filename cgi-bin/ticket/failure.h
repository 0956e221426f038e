/*
 * Failures of a unit's hotline or system (Art. 15): the list, a new report, the page of one (failure.c); its end, ops' decision and
 * the clocks it excuses (failure_act.c).
 */
#ifndef TICKET_FAILURE_H
#define TICKET_FAILURE_H

#include "store/failure_store.h"
#include "ticket/desk.h"
#include "web/page.h"

#define FAILURE_CLOCKS_SHOWN 30 /* with a box each; "all" takes more at once */
#define FAILURE_UNITS_MAX 60    /* handling units offered with a box each */

/* What was tried on the page of one report; what was typed is shown again. */
struct failure_attempt {
    struct inputs *inputs;
    const char *form;     /* "end", "decide" */
    bool is_stale;        /* somebody was first */
};

/* The page of one report. attempt: NULL without */
enum status failure_show(struct request *request, struct response *response, const struct failure *failure,
                         const struct failure_attempt *attempt, int code) MUST_USE;

/* The report that the path names. STATUS_ABSENT also for one that this person may not read. */
enum status failure_load(struct request *request, struct failure *failure) MUST_USE;

bool failure_may(const struct request *request, enum failure_act act, const struct failure *failure);

/* The present minute means now. */
struct instant failure_settle(const struct request *request, struct instant typed);

/* Puts what is wrong with the times beside its field. Names of the three fields. */
void failure_check_times(struct inputs *inputs, const struct failure_report *report, const char *started,
                         const char *ended, const char *told);

enum status ticket_get_failures(struct request *request, struct response *response);
enum status ticket_get_failure_new(struct request *request, struct response *response);
enum status ticket_post_failure_new(struct request *request, struct response *response);
enum status ticket_get_failure(struct request *request, struct response *response);
enum status ticket_get_failure_back(struct request *request, struct response *response);
enum status ticket_post_failure_end(struct request *request, struct response *response);
enum status ticket_post_failure_decide(struct request *request, struct response *response);
enum status ticket_post_failure_excuse(struct request *request, struct response *response);

#endif
