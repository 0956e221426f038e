/*
 * Who is told of what happened to a ticket, and in which words. Pure; one table.
 *
 * The first receiver is told of every turn of the matter (Art. 9), residents of what is done for them, units and ops of what
 * they have to do. Nobody inside the house is told anything of a ticket that the discipline office has.
 */
#ifndef CORE_TELLING_H
#define CORE_TELLING_H

#include "core/ladder.h"
#include "core/ticket.h"

/* How the ticket stands when the notices are written, which may be later than the event. */
struct told_ticket {
    enum ticket_state state;
    struct unit_id holder;      /* the lead's unit; 0: nobody holds it */
    struct unit_id last_holder; /* who held it last, also now; 0: it was never dispatched */
    struct staff_id first_receiver;
};

/* One notice to be written. */
struct telling {
    enum audience audience;
    struct unit_id unit; /* for AUDIENCE_LIAISON and AUDIENCE_UNIT_LEADER, never 0 there */
    const char *name;    /* Text.notice.NAME */
};

#define TELLINGS_MAX 24

/* The notices that an event asks for, in the order of the table. Returns how many. */
size_t telling_list(const struct event *event, const struct told_ticket *ticket, struct telling list[TELLINGS_MAX]);

/* Every name that telling_list can give, for the test of the words. NULL from the count on; some come twice. */
const char *telling_name(size_t index);

#endif
