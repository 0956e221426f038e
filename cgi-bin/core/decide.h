/*
 * What the decide_*.c files share: a decision in the making. For ticket_decide() and its parts only; everybody else
 * includes core/ticket.h. Pure.
 */
#ifndef CORE_DECIDE_H
#define CORE_DECIDE_H

#include "core/ticket.h"

/*
 * The event under construction and what it starts from. Clocks are read through deciding_clock(), which sees what this
 * event already did to them, so that facts told together with an act are worked in first and the act is judged by them.
 */
struct deciding {
    const struct ticket *ticket;
    const struct command *command;
    const struct regulation *regulation;
    struct instant now;
    struct instant at; /* when it happened */
    struct instant reported_at, cycle_started_at;
    int cycle;
    struct facts facts;              /* as this command leaves them */
    const struct category *category; /* of these facts */
    uint32_t permitted_role;
    struct event event;
    int clock_count; /* the ticket's clocks and those this event starts */
    bool is_full;    /* something did not fit: VERDICT_TOO_MANY */
};

/* Decides one action whose permission, version, times, fields and words are checked already; fills deciding->event. */
typedef enum verdict decide_action(struct deciding *deciding);

/* decide_intake.c: what the matter is. */
decide_action decide_report, decide_grade, decide_reclassify, decide_set_limit, decide_record_facts, decide_link_repeat;
/* decide_dispatch.c: whose matter it is. */
decide_action decide_dispatch, decide_dispatch_assist, decide_recall, decide_accept, decide_object,
    decide_decide_objection, decide_merge, decide_unmerge;
/* decide_work.c: what the unit does. */
decide_action decide_arrive, decide_contact, decide_record_plan, decide_repair, decide_ask_extension,
    decide_decide_extension, decide_record_formalities, decide_record_liability, decide_finish;
/* decide_escalation.c: who has to know of it. */
decide_action decide_escalate_unit, decide_escalate_group, decide_acknowledge, decide_failed_call;
/* decide_outcome.c: what became of it. */
decide_action decide_review, decide_follow_up, decide_close, decide_reopen, decide_stop_with_parent, decide_follow_parent, decide_end,
    decide_excuse, decide_say_not_fixed, decide_move_appointment, decide_record;

/* ---- the command */

bool deciding_has(const struct deciding *deciding, enum event_field field);
int64_t deciding_get(const struct deciding *deciding, enum event_field field, int64_t fallback);
/* A moment among the command's fields, INSTANT_NONE when it is not there. */
struct instant deciding_instant(const struct deciding *deciding, enum event_field field);

/* Takes zone, diameter, valve, place told with the command into the facts and works the clocks out again. */
void deciding_take_facts(struct deciding *deciding);

/* The live assignment of the actor's unit. The permission table promised one (RELATION_LEAD, RELATION_ASSIGNED). */
const struct assignment *deciding_own_assignment(const struct deciding *deciding);

/* ---- clocks */

#define COMPLETION_CLOCKS                                                                                              \
    (CLOCK_BIT(CLOCK_FINISH) | CLOCK_BIT(CLOCK_ARRIVE) | CLOCK_BIT(CLOCK_REPAIR) | CLOCK_BIT(CLOCK_CONTACT) |          \
     CLOCK_BIT(CLOCK_INSPECT))

/* The newest clock of this kind in the current cycle, as this event leaves it; NULL when there is none. */
const struct clock *deciding_clock(const struct deciding *deciding, enum clock_kind kind);
/* The ticket's clock by number, as this event leaves it. no: 1 … clock_count */
const struct clock *deciding_clock_by_no(const struct deciding *deciding, int no);
/* Whether its end is still to come: running, or excused while it ran. */
bool clock_is_open(const struct clock *clock);

/* Puts a clock's new state into the event. */
void deciding_put_clock(struct deciding *deciding, const struct clock *clock);

/* The rule that governs this kind under the facts as they are now, whether or not the category asks for it. */
const struct rule *deciding_rule(const struct deciding *deciding, enum clock_kind kind);
/* The same, NULL when the category does not run such a clock. */
const struct rule *deciding_needed_rule(const struct deciding *deciding, enum clock_kind kind);

/*
 * Starts a clock of this rule; nothing without a rule. One that is late at birth is nobody's but theirs who held the fact:
 * the unit whose people tell it now, or ops (decision 5). dispatch_no, unit: 0 for the ticket, for ops
 */
void deciding_start(struct deciding *deciding, const struct rule *rule, struct instant start, int dispatch_no,
                    struct unit_id unit);
/* Who answers for a completion clock of this kind that starts now: the lead, or who inspects; 0: ops. */
struct unit_id deciding_unit_of_kind(const struct deciding *deciding, enum clock_kind kind);
/* Starts the internal wait for a dispatch, unless the category runs no clocks at all (praise). */
void deciding_start_wait(struct deciding *deciding, struct instant start);
/* Stops the current cycle's clock of this kind, when it is open. */
void deciding_stop(struct deciding *deciding, enum clock_kind kind, struct instant at);
/* The open acceptance clock of one dispatch, or NULL. */
const struct clock *deciding_acceptance(const struct deciding *deciding, int dispatch_no);
/* Ends every open clock of the ticket early, of all cycles (design 3, decision 5). */
void deciding_end_all(struct deciding *deciding, struct instant at);
/*
 * The running completion clocks pass to another unit, or to ops (0). What is late already stays with who held it when it
 * became late (decision 5), unless it turned out that it was never theirs: never_theirs is that unit, 0 for none.
 */
void deciding_hand_over(struct deciding *deciding, struct unit_id unit, struct unit_id never_theirs);
/* Works the current cycle's clocks out again under the facts as they are now, and starts those that became needed. */
void deciding_rework(struct deciding *deciding);
/* Opens the next cycle, which counts from the moment the resident said "not fixed" (decision 4). */
enum verdict deciding_open_cycle(struct deciding *deciding, struct instant said_at);

#endif
