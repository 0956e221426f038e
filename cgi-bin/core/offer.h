/*
 * What a page offers: the actions that could be carried out now, were their forms filled in well. Pure.
 */
#ifndef CORE_OFFER_H
#define CORE_OFFER_H

#include "core/ticket.h"

/*
 * VERDICT_OK when the action makes sense now: a well-filled form of this actor would be carried out, or could at worst be
 * refused for what was typed. Else why not: a step that has to come first (VERDICT_NEEDS_ARRIVAL …), what is done already, or
 * VERDICT_NOT_NEEDED for what this matter never asks for. Asked of decide itself, by trying.
 * action  any but ACTION_REPORT
 */
enum verdict ticket_offer(const struct ticket *ticket, enum ticket_action action, const struct actor *actor,
                          const struct regulation *regulation, struct instant now);

/* Whether a promise of this ticket still waits for ops to set its limit (Arts. 14(7), 22). */
bool ticket_waits_for_limit(const struct ticket *ticket, const struct regulation *regulation);

#endif
