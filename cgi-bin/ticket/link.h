/*
 * Links to the page of an assignment, handed out at the desk to those who work away from it (core/crew_link.h).
 */
#ifndef TICKET_LINK_H
#define TICKET_LINK_H

#include "ticket/desk.h"

/* Whether this person may hand one out for this ticket now; never while the settings keep crews' pages shut. */
bool link_is_offered(const struct request *request, const struct ticket *ticket);

enum status ticket_get_link(struct request *request, struct response *response);
enum status ticket_post_link(struct request *request, struct response *response);

#endif
