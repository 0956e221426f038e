/*
 * A fold of a ticket in words, for golden streams: what the first programs knew of it. Members that came later are not in it, so
 * that old streams keep their words.
 */
#ifndef TESTS_UNIT_STREAM_WORDS_H
#define TESTS_UNIT_STREAM_WORDS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/ticket.h"

#define STREAM_WORD(...) at += (size_t)snprintf(words + at, at < size ? size - at : 0, __VA_ARGS__)

static inline long long stream_moment(struct instant at) { return instant_is_set(at) ? (long long)at.milliseconds : -1; }

static inline void stream_words(const struct ticket *ticket, char *words, size_t size)
{
    size_t at = 0;

    STREAM_WORD("v%u %s %d/%d cat=%d grades=%u zone=%d mm=%d stuck=%d limit=%lld place=%d cycle=%d", ticket->version,
                ticket_state_name(ticket->state), (int)ticket->source, (int)ticket->nature, ticket->facts.category.v,
                ticket->facts.grades, (int)ticket->facts.zone, ticket->facts.diameter_mm, ticket->facts.is_valve_stuck,
                (long long)ticket->facts.ops_limit_seconds, ticket->place.v, ticket->cycle);
    STREAM_WORD(" at=%lld,%lld first=%d phone=%d escalated=%d%d extension=%d,%lld,%lld", stream_moment(ticket->reported_at),
                stream_moment(ticket->cycle_started_at), ticket->first_receiver.v, ticket->has_phone, ticket->is_escalated,
                ticket->is_acknowledged, ticket->is_extension_pending, stream_moment(ticket->extension_proposed_due),
                stream_moment(ticket->extension_asked_at));
    STREAM_WORD(" accepted=%d done=%d%d%d outcome=%d satisfaction=%d rating=%d notfixed=%d,%lld", ticket->is_finish_accepted,
                ticket->is_contacted, ticket->is_repaired, ticket->has_formalities, (int)ticket->outcome,
                ticket->satisfaction, ticket->rating, ticket->is_not_fixed_pending,
                stream_moment(ticket->not_fixed_said_at));
    STREAM_WORD(" counts=%d,%d,%d parent=%lld outside=%lld appointment=%lld ended=%lld,%lld", ticket->handoff_count,
                ticket->urge_count, ticket->repeat_level, (long long)ticket->parent.v,
                stream_moment(ticket->outside_due_at), stream_moment(ticket->appointment_at),
                stream_moment(ticket->finished_at), stream_moment(ticket->closed_at));
    for (int i = 0; i < ticket->assignment_count; i++) {
        const struct assignment *a = &ticket->assignments[i];
        STREAM_WORD(" | %d unit=%d role=%d state=%d by=%d objected=%d %lld,%lld,%lld,%lld", a->dispatch_no, a->unit.v,
                    (int)a->role, (int)a->state, a->dispatcher.v, a->has_objected, stream_moment(a->dispatched_at),
                    stream_moment(a->accepted_at), stream_moment(a->arrived_at), stream_moment(a->ended_at));
    }
    for (int i = 0; i < ticket->clock_count; i++) {
        const struct clock *c = &ticket->clocks[i];
        STREAM_WORD(" ; %d rule=%d kind=%d art=%s cycle=%d limit=%lld %d%d no=%d unit=%d %lld,%lld,%lld,%lld result=%d,%d,%d",
                    c->no, c->rule.v, (int)c->kind, c->article, c->cycle, (long long)c->limit_seconds, (int)c->bound,
                    c->is_binding, c->dispatch_no, c->unit.v, stream_moment(c->started_at), stream_moment(c->due_at),
                    stream_moment(c->granted_due_at), stream_moment(c->stopped_at), (int)c->result, (int)c->corrected,
                    c->excuse_code);
    }
    if (at >= size)
        abort(); /* the buffer of the test is too small */
}

#undef STREAM_WORD

#endif
