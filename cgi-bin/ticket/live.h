/*
 * Pages that refresh themselves: a validator that says cheaply that nothing has changed.
 *
 * It holds the state of the desk that the page was made in (struct desk_state: equal states, no ticket has changed), the moment
 * until which time alone changes nothing, and a hash of what is shown. A poll whose state is still the same and whose
 * moment has not come is answered without reading the list; else the list is read, and what comes out the same is still
 * "not modified", with the new state. Nothing is kept in the program, so that any worker on any host can answer.
 */
#ifndef TICKET_LIVE_H
#define TICKET_LIVE_H

#include "store/ticket_list.h"
#include "ticket/desk.h"

struct live {
    struct hash whose; /* person, rights, language, page: what makes an answer another one */
    struct hash shown;
};

/* Begins: page is the address. is_answered: the poll is answered already. No statement: the state came with the session. */
void live_begin(struct request *request, struct response *response, const char *page, struct live *live, bool *is_answered);

/* Adds what is shown. */
void live_add(struct live *live, const void *data, size_t length);
void live_add_rows(struct live *live, const struct ticket_row *rows, size_t count, struct instant now);

/*
 * Sets the validator; NULL when the visitor has the same already, and the answer is made: nothing more is to be shown. Else the
 * validator, which the page carries for its first poll.
 */
const char *live_end(struct request *request, struct response *response, const struct live *live,
                     const struct desk_counts *counts);

#endif
