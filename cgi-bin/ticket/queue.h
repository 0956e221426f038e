/*
 * The queue's page, for the handlers that show it with what was wrong in a search.
 */
#ifndef TICKET_QUEUE_H
#define TICKET_QUEUE_H

#include "ticket/list.h"

/* The page of a list with errors: list->error beside the words, those of `inputs` (or NULL) beside the form's fields. 422 */
enum status queue_show(struct request *request, struct response *response, struct list *list, struct inputs *inputs) MUST_USE;

#endif
