/*
 * A desk for tests of tickets: one ticket, the product's regulation, a clock that moves when told, and people.
 */
#ifndef TESTS_UNIT_TICKET_DESK_H
#define TESTS_UNIT_TICKET_DESK_H

#include "core/ticket.h"
#include "regulation.h"

#define UNIT_A 11       /* pipeline management */
#define UNIT_B 12       /* another handling unit */
#define UNIT_INSPECT 13 /* inspection detachment */
#define LATE_ENTRY_MINUTES 10

struct desk {
    struct ticket ticket;
    struct instant now;
    struct command command;
    struct event event; /* the last one that was decided */
};

static const struct regulation REGULATION = {
    .rules = REGULATION_RULES,
    .rule_count = REGULATION_RULE_COUNT,
    .categories = REGULATION_CATEGORIES,
    .category_count = REGULATION_CATEGORY_COUNT,
    .late_entry_minutes = LATE_ENTRY_MINUTES,
};

static inline struct actor person(enum role role, int unit)
{
    return (struct actor){.roles = ROLE_BIT(role), .staff = {100 + (int)role}, .unit = {unit}};
}

#define OPS person(ROLE_OPS, 1)
#define OPERATOR person(ROLE_OPERATOR, 1)
#define LEADERSHIP person(ROLE_GROUP_LEADER, 2)
#define LIAISON_A person(ROLE_LIAISON, UNIT_A)
#define LIAISON_B person(ROLE_LIAISON, UNIT_B)
#define CREW_A person(ROLE_CREW, UNIT_A)
#define INSPECTOR person(ROLE_CREW, UNIT_INSPECT)
#define RESIDENT actor_resident()
#define SYSTEM actor_system()

/* An empty desk at ten in the morning. */
static inline void desk_init(struct desk *desk)
{
    memset(desk, 0, sizeof *desk);
    ticket_init(&desk->ticket, (struct ticket_id){1});
    desk->now = local("2026-11-23 10:00");
}

static inline void desk_wait(struct desk *desk, int64_t minutes) { desk->now = plus_seconds(desk->now, minutes * 60); }

/* Begins a command, with words, on the ticket as it is. */
static inline struct command *desk_command(struct desk *desk, enum ticket_action action, struct actor actor)
{
    memset(&desk->command, 0, sizeof desk->command);
    desk->command.action = action;
    desk->command.actor = actor;
    desk->command.expected_version = desk->ticket.version;
    desk->command.occurred_at = INSTANT_NONE;
    desk->command.has_text = true;
    return &desk->command;
}

/* Decides the command begun before and, when it is permitted, folds its event. */
static inline enum verdict desk_carry_out(struct desk *desk)
{
    enum verdict verdict = ticket_decide(&desk->ticket, &desk->command, &REGULATION, desk->now, &desk->event);

    if (verdict == VERDICT_OK)
        ticket_apply(&desk->ticket, &desk->event);
    return verdict;
}

static inline enum verdict desk_do(struct desk *desk, enum ticket_action action, struct actor actor)
{
    desk_command(desk, action, actor);
    return desk_carry_out(desk);
}

static inline enum verdict desk_do_with(struct desk *desk, enum ticket_action action, struct actor actor,
                                        enum event_field field, int64_t value)
{
    command_set(desk_command(desk, action, actor), field, value);
    return desk_carry_out(desk);
}

/* Solved, with a photo from after the work. */
static inline enum verdict desk_finish(struct desk *desk, struct actor actor)
{
    command_set(desk_command(desk, ACTION_FINISH, actor), FIELD_OUTCOME, OUTCOME_SOLVED);
    command_set(&desk->command, FIELD_PHOTO_COUNT, 1);
    return desk_carry_out(desk);
}

/* A faulty meter; the customer was told in writing and agreed. */
static inline enum verdict desk_formalities(struct desk *desk, struct actor actor)
{
    command_set(desk_command(desk, ACTION_RECORD_FORMALITIES, actor), FIELD_REASON, 2);
    command_set(&desk->command, FIELD_NOTICE_GIVEN, NOTICE_WRITTEN);
    command_set(&desk->command, FIELD_CONFIRMATION, CONFIRMATION_GIVEN);
    return desk_carry_out(desk);
}

static inline enum verdict desk_send_inspection(struct desk *desk)
{
    command_set(desk_command(desk, ACTION_DISPATCH_ASSIST, OPS), FIELD_UNIT, UNIT_INSPECT);
    command_set(&desk->command, FIELD_ASSIGNMENT_ROLE, ASSIGNMENT_INSPECTION);
    return desk_carry_out(desk);
}

static inline struct command *desk_report_command(struct desk *desk, const char *category_code)
{
    struct command *command = desk_command(desk, ACTION_REPORT, OPERATOR);

    command_set(command, FIELD_SOURCE, SOURCE_PHONE);
    command_set(command, FIELD_CATEGORY, regulation_category(category_code)->id.v);
    command_set(command, FIELD_HAS_PHONE, 1);
    return command;
}

static inline enum verdict desk_report(struct desk *desk, const char *category_code)
{
    desk_init(desk);
    desk_report_command(desk, category_code);
    return desk_carry_out(desk);
}

/* Reported, dispatched to unit A after 5 minutes and accepted after 5 more. The last verdict. */
static inline enum verdict desk_until_accepted(struct desk *desk, const char *category_code)
{
    enum verdict verdict = desk_report(desk, category_code);

    desk_wait(desk, 5);
    if (verdict == VERDICT_OK)
        verdict = desk_do_with(desk, ACTION_DISPATCH, OPS, FIELD_UNIT, UNIT_A);
    desk_wait(desk, 5);
    return verdict == VERDICT_OK ? desk_do(desk, ACTION_ACCEPT, LIAISON_A) : verdict;
}

/* The same and finished one hour after the report. */
static inline enum verdict desk_until_finished(struct desk *desk, const char *category_code)
{
    enum verdict verdict = desk_until_accepted(desk, category_code);

    desk_wait(desk, 50);
    return verdict == VERDICT_OK ? desk_do_with(desk, ACTION_FINISH, LIAISON_A, FIELD_OUTCOME, OUTCOME_SOLVED) : verdict;
}

/* The same and the finish accepted by ops. */
static inline enum verdict desk_until_reviewed(struct desk *desk, const char *category_code)
{
    enum verdict verdict = desk_until_finished(desk, category_code);

    return verdict == VERDICT_OK ? desk_do_with(desk, ACTION_REVIEW, OPS, FIELD_DECISION, DECISION_GRANT) : verdict;
}

/* The result of the newest clock of this kind in the current cycle, now; -1 when there is none. */
static inline int desk_result(const struct desk *desk, enum clock_kind kind)
{
    const struct clock *clock = ticket_clock(&desk->ticket, kind);

    return clock == NULL ? -1 : (int)clock_result_at(clock, desk->now);
}

/* Minutes from the report to the clock's original due; -1 without clock or due. */
static inline int64_t desk_due_minutes(const struct desk *desk, enum clock_kind kind)
{
    const struct clock *clock = ticket_clock(&desk->ticket, kind);

    if (clock == NULL || !instant_is_set(clock->due_at))
        return -1;
    return instant_milliseconds_between(desk->ticket.reported_at, clock->due_at) / 60000;
}

#endif
