/*
 * Pages that refresh themselves: a validator that says cheaply that nothing has changed.
 *
 * It holds the state of the desk that the page was made in (struct desk_state: equal states, no ticket has changed), the moment
 * until which time alone changes nothing, and a hash of what is shown. A poll whose state is still the same and whose
 * moment has not come is answered without reading the list; else the list is read, and what comes out the same is still
 * "not modified", with the new state. Any worker on any host can answer.
 *
 * What a worker remembers (ticket/poll_memory.h) is good for one answer alone, "not modified", which tells nobody anything. It
 * is given without the database when the worker really identified this session less than 30 s ago, read the state of the desk no
 * more than 1 s ago, found both as the validator says, and the validator's moment has not come. Whenever the answer would be any
 * other, the session is identified by the database before anything is shown. So
 *  - a session that was ended, a person who was disabled or whose rights changed sees no page any more from that moment on; the
 *    worker may answer "not modified" to what they have on the screen for 30 s at the most, as long as the desk stands still;
 *  - a change is seen by every poll 1 s later at the latest, and at once by the worker that made it.
 */
#ifndef TICKET_LIVE_H
#define TICKET_LIVE_H

#include "store/ticket_list.h"
#include "ticket/desk.h"

struct live {
    struct hash whose; /* person, rights, language, address: what makes an answer another one */
    struct hash shown;
};

/*
 * Makes the answer from what the worker remembers; false when it cannot, and then nothing has been done. For app->answer_unchanged:
 * request->actor is not known yet, and stays so.
 */
bool live_answer_remembered(struct app *app, struct request *request, struct response *response) MUST_USE;

/* Begins. is_answered: the poll is answered already. No statement: the state came with the session. */
void live_begin(struct request *request, struct response *response, struct live *live, bool *is_answered);

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
