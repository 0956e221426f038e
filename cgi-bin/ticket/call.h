/* Calls: what the telephone system tells, and where it is shown. */
#ifndef TICKET_CALL_H
#define TICKET_CALL_H

#include "ticket/desk.h"
#include "web/page.h"

/* Calls.N of a ticket's page: when, who (masked), the telephone system's reference, its recording. One statement. */
enum status call_show_list(struct view *page, struct request *request, struct ticket_id ticket) MUST_USE;

enum status ticket_post_call(struct request *request, struct response *response);

#endif
