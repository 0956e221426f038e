/*
 * The page of one ticket, put together from its parts: facts and person (show.c), timeline (timeline.c), clocks and
 * assignments (ledger.c), and the forms of what this person may do now (offer.c).
 */
#ifndef TICKET_SHOW_H
#define TICKET_SHOW_H

#include "store/person.h"
#include "ticket/desk.h"
#include "web/action_form.h"

/* An action that was tried and not carried out; what was typed is shown again. */
struct attempt {
    const struct action_form *form;
    struct inputs *inputs;
    enum verdict verdict;  /* VERDICT_OK: only fields were wrong */
    uint32_t seen_version; /* for VERDICT_STALE: what the person had seen */
};

/*
 * Renders the page. attempt: NULL without. person: in clear for this one answer, or NULL.
 */
enum status show_ticket(struct request *request, struct response *response, const struct ticket_file *file,
                        const struct attempt *attempt, const struct person *person, int code) MUST_USE;

/* Ticket.*: what the matter is and where it stands. */
void show_facts(struct view *page, const struct request *request, const struct ticket_file *file);

/*
 * Loads the ticket that the path names. STATUS_ABSENT also for one that this person may not read: both look the same.
 */
enum status show_load(struct request *request, struct ticket_file *file) MUST_USE;

/*
 * Timeline.N, the newest cycle first, with Entries.M, newest first; and Conflict.N: what happened after `seen_version` (0:
 * nothing asked).
 */
void show_timeline(struct view *page, const struct request *request, const struct ticket_file *file,
                   uint32_t seen_version);

/* "第 2 轮" at .cycle; only called where there is more than one. */
void show_cycle(struct view *view, const struct request *request, int cycle);

/* Results.N: what came of each cycle, the newest first (result.c). */
void show_results(struct view *page, const struct request *request, const struct ticket_file *file);

/* Clocks.N, Assignments.N and Holdings.N. */
void show_ledger(struct view *page, const struct request *request, const struct ticket_file *file);

/* Steps.N and More.N: one form each; Waiting.N: steps that have to wait for another, and for which. */
void show_offers(struct view *page, struct request *request, const struct ticket_file *file,
                 const struct attempt *attempt);

/* Orders.N: rectification orders given out of this ticket that this person may see; and whether ops is offered to give one. */
enum status show_orders(struct view *page, struct request *request, const struct ticket_file *file) MUST_USE;

/* Outages.N: outages that came of this ticket; and whether this person is offered to report one out of it. */
enum status show_outages(struct view *page, struct request *request, const struct ticket_file *file, bool has_any) MUST_USE;
/* Canned answers (canned.c): read once for a page, offered in each form with words, put in by the form's second button. */
struct canned_answer;
struct canned_list {
    struct canned_answer *answers;
    size_t count;
};
enum status canned_load(struct request *request, struct canned_list *list) MUST_USE;
/* Canned.N: id, title, and the form it is for, "" for all with words. One statement. */
enum status canned_show(struct view *page, struct request *request) MUST_USE;
/* Whether the button was pressed; then the words hold the answer, and the form is only shown again. */
bool canned_insert(struct request *request, const struct ticket_file *file, const struct action_form *form,
                   const struct canned_list *list, struct inputs *inputs);
/* Deliveries.N: the notices of this ticket and what became of them (delivery.c). */
enum status show_deliveries(struct view *page, struct request *request, const struct ticket_file *file) MUST_USE;

#endif
