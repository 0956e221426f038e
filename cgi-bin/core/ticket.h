/*
 * A ticket as the fold of its events, and the two functions that everything else serves: decide and apply. Pure.
 */
#ifndef CORE_TICKET_H
#define CORE_TICKET_H

#include "core/actor.h"
#include "core/event.h"
#include "core/failure.h"
#include "core/outage_policy.h"
#include "core/workflow.h"

#define TICKET_CLOCKS_MAX 48
#define TICKET_ASSIGNMENTS_MAX 16
#define TICKET_UNITS_MAX 6 /* units that hold a live assignment at the same time: the lead and those who help */
#define UNSATISFIED_MOST 2 /* of five levels of satisfaction; a new cycle opens (Art. 10) */
#define TICKET_REPEATS_MAX 8 /* earlier tickets that one can be linked with */

enum decision { DECISION_NONE, DECISION_GRANT, DECISION_REFUSE, DECISION_RETURN, DECISION_CARRY_ON, DECISION__COUNT };
enum finish_outcome { OUTCOME_NONE, OUTCOME_SOLVED, OUTCOME_NOT_SOLVED, FINISH_OUTCOME__COUNT };
enum follow_up_result {
    FOLLOW_UP_NONE,
    FOLLOW_UP_SATISFIED,     /* or content enough: the matter is solved */
    FOLLOW_UP_UNSOLVED,      /* the customer says it is not solved: a new cycle opens */
    FOLLOW_UP_UNREACHABLE,   /* tried and not reached */
    FOLLOW_UP_NOT_POSSIBLE,  /* no phone: out of the sample (decision 9) */
    FOLLOW_UP_UNSATISFIED,   /* solved, and the customer is not satisfied (1 or 2 of 5): a new cycle opens */
    FOLLOW_UP_RESULT__COUNT
};
enum assignment_role { ASSIGNMENT_LEAD, ASSIGNMENT_ASSIST, ASSIGNMENT_INSPECTION, ASSIGNMENT_ROLE__COUNT };
enum assignment_state {
    ASSIGNMENT_NONE,
    ASSIGNMENT_DISPATCHED,
    ASSIGNMENT_OBJECTED,
    ASSIGNMENT_ACCEPTED,
    ASSIGNMENT_DONE,
    ASSIGNMENT_RETURNED, /* objection upheld */
    ASSIGNMENT_RECALLED,
    ASSIGNMENT_STATE__COUNT
};

/* How the customer was told that a meter will be taken or replaced, and what came back (Art. 24). */
enum notice_given { NOTICE_NONE, NOTICE_WRITTEN, NOTICE_CALL, NOTICE_MESSAGE, NOTICE_IN_PERSON, NOTICE_GIVEN__COUNT };
enum confirmation {
    CONFIRMATION_NONE,
    CONFIRMATION_GIVEN,
    CONFIRMATION_UNREACHABLE, /* with words that prove it, as with the next */
    CONFIRMATION_REFUSED,
    CONFIRMATION__COUNT
};
/* What the inspection found of damage by others (Art. 25). */
enum liability {
    LIABILITY_NONE,
    LIABILITY_IDENTIFIED,  /* who is liable stands in the words; the compensation may follow */
    LIABILITY_UNKNOWN,     /* nobody could be found */
    LIABILITY_NOT_OUTSIDE, /* it was not damage by others */
    LIABILITY__COUNT
};

/* One dispatch to one unit. Acceptance, objection, arrival and holding time belong to it (Arts. 16, 25, 27). */
struct assignment {
    int dispatch_no; /* 1, 2, … in the ticket */
    struct unit_id unit;
    enum assignment_role role;
    enum assignment_state state;
    struct staff_id dispatcher; /* wrong dispatches are counted per dispatcher */
    bool has_objected;          /* once per dispatch */
    struct instant dispatched_at, accepted_at, arrived_at, ended_at;
    struct instant objected_at;  /* while the objection waits for ops; INSTANT_NONE otherwise */
    int64_t at_ops_milliseconds; /* of it, ops was deciding (objection, refused finish): not the unit's (decision 2) */
    struct instant escalated_at; /* to the unit's leader (Art. 17); INSTANT_NONE: never */
    bool has_plan;               /* how it will be repaired (Art. 22) */
    struct instant planned_at;   /* by when, if the plan says so */
};

/* A department that an escalation named (Art. 11). */
struct department {
    struct unit_id unit;
    struct instant named_at;        /* by the latest escalation that named it */
    struct instant acknowledged_at; /* INSTANT_NONE: still to come */
};

struct ticket {
    struct ticket_id id;
    uint32_t version; /* seq of the last event */
    enum ticket_state state;
    enum source source;
    enum nature nature;
    struct facts facts;
    struct place_id place;
    int cycle;
    struct instant reported_at; /* occurred_at of event 1 */
    struct instant cycle_started_at; /* reported_at, or when the resident said "not fixed" */
    struct staff_id first_receiver;
    bool has_phone;
    bool is_escalated, is_acknowledged;   /* Art. 11; acknowledged: by group leadership */
    bool is_escalation_due; /* set by the 2 h grade: clerk has still to tell the departments */
    struct instant escalated_at; /* INSTANT_NONE: never */
    int department_count;
    struct department departments[EVENT_DEPARTMENTS_MAX];
    bool is_extension_pending;
    struct instant extension_proposed_due, extension_asked_at;
    bool is_finish_accepted;
    bool is_contacted, is_repaired, has_formalities; /* in this cycle */
    enum confirmation confirmation; /* of the formalities; CONFIRMATION_NONE: not recorded, or not as a field */
    enum liability liability;       /* LIABILITY_NONE: not recorded */
    int64_t compensation_fen;
    enum finish_outcome outcome;
    bool is_sampled;         /* this finish is called back, whatever the share is today (Art. 10) */
    int follow_up_attempts;  /* calls that reached nobody, since the finish */
    bool is_unreachable;     /* so many that it may be closed without */
    int satisfaction; /* 1 … 5; 0: none */
    int rating;       /* by the resident; 0: none */
    bool is_not_fixed_pending; /* the resident says so, ops has not decided */
    struct instant not_fixed_said_at;
    bool is_answer_due; /* the lead unit has not acted since a resident added something, or ops gave the matter back */
    int handoff_count; /* Art. 9 */
    int urge_count;
    int repeat_level;  /* how many times the matter came before (Art. 34(3)); 0: not a repeat */
    int repeat_count;  /* earlier tickets linked */
    struct ticket_id repeats[TICKET_REPEATS_MAX]; /* the first of them */
    int failed_call_count; /* to a liaison (Art. 34(1)) */
    struct ticket_id parent;
    struct instant merged_at;
    uint32_t followed_kinds; /* CLOCK_BITs that the parent's acts stopped since it was merged */
    struct instant outside_due_at; /* the earlier deadline governs */
    struct instant appointment_at;
    struct instant finished_at, closed_at;
    int assignment_count;
    struct assignment assignments[TICKET_ASSIGNMENTS_MAX];
    int clock_count;
    struct clock clocks[TICKET_CLOCKS_MAX]; /* clocks[i].no == i + 1 */
};

/* What decide needs to know of the regulation. Borrowed. */
struct regulation {
    const struct rule *rules;
    size_t rule_count;
    const struct category *categories;
    size_t category_count;
    int late_entry_minutes; /* setting: told later than this needs a reason */
    int follow_up_percent;  /* policies; 0: the usual one */
    int follow_up_attempts;
    struct outage_policy outage;
};

/* Somebody wants to do something. Fields as in events; what an action does not use must not be set. */
struct command {
    enum ticket_action action;
    struct actor actor;
    uint32_t expected_version; /* of the form that was shown; 0: none (the first event) */
    struct instant occurred_at; /* INSTANT_NONE: now */
    bool has_field[EVENT_FIELD__COUNT];
    int64_t field[EVENT_FIELD__COUNT];
    bool has_text;   /* a reason or a result was written */
    /* For ACTION_MERGE, read together with the parent: finished or ended in any way; itself merged; and of this ticket,
     * whether other reports run with it. */
    bool parent_is_finished, parent_is_merged, has_children;
    struct unit_id parent_unit; /* for what merges and what follows the parent: who holds that; 0: ops */
    const struct failure_report *failure; /* for ACTION_EXCUSE: the report that FIELD_EXCUSE names; NULL: unknown. Borrowed. */
};

void command_set(struct command *command, enum event_field field, int64_t value);

/*
 * Makes it the report of a resident, by the public form or through another system: of its category's usual nature, now.
 * place: 0 when it is not in the register, with ZONE_UNKNOWN. has_text: words come with it
 */
void command_report(struct command *command, enum source source, const struct category *category, struct place_id place,
                    enum zone zone, bool has_phone, bool has_text);
int64_t command_get(const struct command *command, enum event_field field, int64_t fallback);

/*
 * Decides whether the command may be carried out on this ticket at `now`, and if so fills the one event that does it:
 * seq = version + 1, times, actor, fields, and every clock it starts, stops, re-works, grants, ends or excuses. A refused
 * command leaves `event` untouched. text_hash stays zero: the caller fills it when has_text.
 */
enum verdict ticket_decide(const struct ticket *ticket, const struct command *command,
                           const struct regulation *regulation, struct instant now, struct event *event);

/*
 * Whether an event read from a stream can be folded: false for what decide would never have made, so that bytes that somebody
 * forged or damaged end in words and not in a crash.
 */
bool ticket_can_apply(const struct ticket *ticket, const struct event *event);

/* Whether the field can hold this value. */
bool event_field_is_sound(enum event_field field, int64_t value);

/* Folds one event that ticket_can_apply. `event->seq` must be version + 1 (assert): streams have no holes. */
void ticket_apply(struct ticket *ticket, const struct event *event);

/* An empty ticket, ready for event 1. */
void ticket_init(struct ticket *ticket, struct ticket_id id);

/* The clock of this kind in the current cycle (the newest), or NULL. */
const struct clock *ticket_clock(const struct ticket *ticket, enum clock_kind kind);

/* The running clock whose effective due comes first, or NULL; without due times it is NULL. */
const struct clock *ticket_next_clock(const struct ticket *ticket);

/*
 * The moment by which something has to happen, for the queue: the next clock's effective due, or the deadline of an outside
 * system while the matter is not finished, whichever comes first. INSTANT_NONE without either. Clocks are not altered by it.
 */
struct instant ticket_next_due(const struct ticket *ticket);

/* Whether the unit still has it to do: dispatched, objected or accepted. */
bool assignment_is_live(const struct assignment *assignment);

/*
 * The live lead assignment, or NULL; and the unit's live assignment of any role. Once the ticket is finished, those who
 * finished it (ASSIGNMENT_DONE) still count, so that they can read, add and be reached until it is closed.
 */
const struct assignment *ticket_lead(const struct ticket *ticket);
const struct assignment *ticket_assignment_of(const struct ticket *ticket, struct unit_id unit);

/* Whether this member of staff took the report, and answers for it to the end (Art. 9). */
bool ticket_is_first_receiver(const struct ticket *ticket, const struct actor *actor);

/* How the actor and the actor's unit stand to the ticket. unit 0, staff 0: not at all */
struct standing ticket_standing(const struct ticket *ticket, const struct actor *actor);

/* Whether this actor may do this now; what a role may not do is absent from the page, not greyed. */
enum verdict ticket_permits(const struct ticket *ticket, enum ticket_action action, const struct actor *actor,
                            uint32_t *permitted_role);

/*
 * Seconds the ticket waited at ops, up to `now`, never charged to a unit: reported or returned → dispatched, the lead's
 * objection → its decision, a finish → its refusal.
 */
int64_t ticket_ops_wait_seconds(const struct ticket *ticket, struct instant now);

/*
 * Seconds a unit held it, up to `now`, over all its assignments: dispatched → ended, without what ops took to decide (Art. 16,
 * decision 2). A unit that helps holds it beside the lead, so that the units' times may add up to more than the ticket's.
 */
int64_t ticket_holding_seconds(const struct ticket *ticket, struct unit_id unit, struct instant now);

/* Dispatches of this person that came back by an objection that ops upheld (Art. 16). */
int ticket_wrong_dispatches(const struct ticket *ticket, struct staff_id dispatcher);

/* Whether group leadership or a department that was named has still to acknowledge (Art. 11). */
bool ticket_is_escalation_open(const struct ticket *ticket);
/* The department with this unit, or NULL. */
const struct department *ticket_department(const struct ticket *ticket, struct unit_id unit);

/*
 * Whether ops has to set a limit: the category or the grade asks for one (Art. 14(7)), or a clock that runs has none (Art. 22,
 * over 1200 mm). Before the dispatch it is refused; what is learned on site stops nothing, it warns.
 */
bool ticket_needs_limit(const struct ticket *ticket, const struct category *category);

/* What a ticket waits for at ops. Bits 1 << enum waiting; Text.waiting.NAME. */
enum waiting {
    WAITING_OBJECTION,  /* Art. 16 */
    WAITING_EXTENSION,  /* Art. 13 */
    WAITING_REVIEW,     /* a finish */
    WAITING_NOT_FIXED,  /* a resident's word */
    WAITING_LIMIT,      /* Arts. 14(7), 22 */
    WAITING_ESCALATION, /* not acknowledged by everybody yet (Art. 11) */
    WAITING_INSPECTION, /* damage by others, and nobody was sent to inspect (Art. 25) */
    WAITING__COUNT
};
uint32_t ticket_waiting(const struct ticket *ticket, const struct category *category);
const char *waiting_name(enum waiting waiting);

/*
 * Whether the customer has to be called before it can be closed (Art. 10): the finish is accepted, there is a phone, and it is in
 * the sample, or a repeat, or escalated, or rated unsatisfied, or worked on again; and so many calls have not failed already.
 */
bool ticket_needs_follow_up(const struct ticket *ticket);

/* Whether a finish of this ticket is in the sample of `percent` (1 … 100): always the same answer, spread evenly over ids. */
bool follow_up_is_sampled(struct ticket_id ticket, int cycle, int percent);

#endif
