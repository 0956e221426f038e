/*
 * Thousands of random commands, sensible and senseless, through decide and apply: what must hold after each of them.
 * The numbers are the same in every run; a failure prints the seed and the step.
 */
#include "check.h"

#include "ticket_desk.h"

enum { RUNS = 1500, STEPS = 250 };

struct world {
    uint64_t random;
    unsigned seed;
    int step;
    struct ticket ticket; /* folded from what decide made */
    struct ticket shadow; /* folded from what was read back from the bytes */
    struct instant now;
    struct command command;
    struct failure_report failure; /* behind command.failure */
};

static size_t accepted_by_action[TICKET_ACTION__COUNT];
static size_t visits_by_state[TICKET_STATE__COUNT];
static size_t refused, verdicts[VERDICT__COUNT];
static int broken; /* laws broken so far; the first few are printed */

static void law(const struct world *world, bool holds, const char *name)
{
    if (holds)
        return;
    if (broken++ < 10)
        printf("    seed %u step %d after %s in state %s: %s\n", world->seed, world->step,
               ticket_action_name(world->command.action), ticket_state_name(world->ticket.state), name);
}

static int64_t pick(struct world *world, int64_t least, int64_t most)
{
    return least + (int64_t)(next_random(&world->random) % (uint64_t)(most - least + 1));
}

static bool chance(struct world *world, int percent) { return pick(world, 1, 100) <= percent; }

/* ---- commands */

static struct actor random_actor(struct world *world)
{
    static const int units[] = {UNIT_A, UNIT_B, UNIT_INSPECT};
    const enum role role = (enum role)pick(world, ROLE_NONE + 1, ROLE__COUNT - 1);

    if (role == ROLE_RESIDENT)
        return RESIDENT;
    if (role == ROLE_SYSTEM)
        return SYSTEM;
    return person(role, chance(world, 90) ? units[pick(world, 0, 2)] : 0);
}

/* A value that the field might well have at this moment; now and then any value at all. */
static int64_t random_value(struct world *world, enum event_field field)
{
    if (chance(world, 1))
        return (int64_t)next_random(&world->random);
    switch ((int)field) {
    case FIELD_CATEGORY: /* the leaks have the most rules */
        if (chance(world, 2))
            return 99;
        if (world->seed % 7 == 0)
            return 4; /* damage by others */
        return chance(world, 40) ? pick(world, 3, 8) : REGULATION_CATEGORIES[pick(world, 0, REGULATION_CATEGORY_COUNT - 1)].id.v;
    case FIELD_GRADES:
        return chance(world, 50) ? 0 : pick(world, 0, 15) * 2;
    case FIELD_DIAMETER_MM:
        return pick(world, 0, 14) * 100;
    case FIELD_LIMIT_SECONDS:
        return pick(world, 1, 100) * 3600;
    case FIELD_UNIT:
        return UNIT_A + pick(world, 0, 2);
    case FIELD_PROPOSED_DUE:
    case FIELD_GRANTED_DUE:
    case FIELD_OUTSIDE_DUE:
    case FIELD_APPOINTMENT_AT:
    case FIELD_PLANNED_AT:
        return world->now.milliseconds + pick(world, -10, 90) * 3600000;
    case FIELD_SAID_AT:
        return world->now.milliseconds - pick(world, 0, 30) * 60000;
    case FIELD_PARENT:
        return pick(world, 1, 6);
    case FIELD_CLOCK_NO:
        return pick(world, 1, world->ticket.clock_count + 1);
    case FIELD_DISPATCH_NO:
        return pick(world, 1, world->ticket.assignment_count + 1);
    case FIELD_HAS_PHONE:
        return chance(world, 90);
    case FIELD_FOLLOW_UP:
        return chance(world, 40) ? FOLLOW_UP_SATISFIED : pick(world, 1, FOLLOW_UP_RESULT__COUNT);
    case FIELD_NOTICE_GIVEN:
    case FIELD_CONFIRMATION:
    case FIELD_LIABILITY:
        return pick(world, 1, 3);
    case FIELD_DEPARTMENT:
        return UNIT_A + pick(world, 0, 2);
    case FIELD_DEPARTMENT + 1:
        return pick(world, UNIT_A, UNIT_A + 9);
    case FIELD_DEPARTMENT_LAST:
        return pick(world, 40, 49);
    case FIELD_CLOCK_KIND: /* mostly one that still runs */
        for (enum clock_kind kind = CLOCK_ARRIVE; kind <= CLOCK_INSPECT; kind++) {
            const struct clock *clock = ticket_clock(&world->ticket, kind);
            if (clock != NULL && clock_is_running(clock) && chance(world, 60))
                return (int64_t)kind;
        }
        return pick(world, CLOCK_ARRIVE, CLOCK_INSPECT);
    default:
        return pick(world, 0, 4);
    }
}

/* Without one of its fields it is always refused. */
static bool needs_all(enum ticket_action action) { return action == ACTION_RECORD_FORMALITIES; }

/* The fields an action asks for, with those it may have; a senseless one now and then. */
static void fill(struct world *world)
{
    static const enum event_field wanted[TICKET_ACTION__COUNT][8] = {
        [ACTION_REPORT] = {FIELD_SOURCE, FIELD_CATEGORY, FIELD_HAS_PHONE, FIELD_ZONE, FIELD_GRADES,
                           FIELD_OUTSIDE_DUE},
        [ACTION_GRADE] = {FIELD_GRADES},
        [ACTION_RECLASSIFY] = {FIELD_CATEGORY},
        [ACTION_SET_LIMIT] = {FIELD_LIMIT_SECONDS},
        [ACTION_RECORD_FACTS] = {FIELD_ZONE, FIELD_DIAMETER_MM, FIELD_VALVE_STUCK, FIELD_PLACE},
        [ACTION_DISPATCH] = {FIELD_UNIT, FIELD_CREW_SENT},
        [ACTION_DISPATCH_ASSIST] = {FIELD_UNIT, FIELD_ASSIGNMENT_ROLE},
        [ACTION_OBJECT] = {FIELD_REASON},
        [ACTION_DECIDE_OBJECTION] = {FIELD_DECISION},
        [ACTION_CONTACT] = {FIELD_APPOINTMENT_AT},
        [ACTION_ASK_EXTENSION] = {FIELD_PROPOSED_DUE},
        [ACTION_DECIDE_EXTENSION] = {FIELD_DECISION, FIELD_GRANTED_DUE},
        [ACTION_FINISH] = {FIELD_OUTCOME, FIELD_PHOTO_COUNT, FIELD_NO_PHOTO},
        [ACTION_REVIEW] = {FIELD_DECISION},
        [ACTION_FOLLOW_UP] = {FIELD_FOLLOW_UP},
        [ACTION_MERGE] = {FIELD_PARENT},
        [ACTION_EXCUSE] = {FIELD_CLOCK_NO, FIELD_EXCUSE},
        [ACTION_LINK_REPEAT] = {FIELD_PARENT, FIELD_LEVEL},
        [ACTION_RATE] = {FIELD_RATING},
        [ACTION_MOVE_APPOINTMENT] = {FIELD_APPOINTMENT_AT},
        [ACTION_RECALL] = {FIELD_DISPATCH_NO},
        [ACTION_FOLLOW_PARENT] = {FIELD_CLOCK_KIND},
        [ACTION_ARRIVE] = {FIELD_ZONE, FIELD_DIAMETER_MM},
        [ACTION_REPAIR] = {FIELD_DIAMETER_MM},
        [ACTION_RECORD_PLAN] = {FIELD_PLANNED_AT},
        [ACTION_ESCALATE_GROUP] = {FIELD_DEPARTMENT, FIELD_DEPARTMENT + 1, FIELD_DEPARTMENT_LAST},
        [ACTION_RECORD_FORMALITIES] = {FIELD_REASON, FIELD_NOTICE_GIVEN, FIELD_CONFIRMATION},
        [ACTION_RECORD_LIABILITY] = {FIELD_LIABILITY, FIELD_AMOUNT_FEN},
        [ACTION_FAILED_CALL] = {FIELD_UNIT, FIELD_STAFF},
    };
    struct command *command = &world->command;

    for (int i = 0; i < 8 && wanted[command->action][i] != FIELD_NONE; i++)
        if (chance(world, i == 0 || needs_all(command->action) ? 97 : 60))
            command_set(command, wanted[command->action][i], random_value(world, wanted[command->action][i]));
    const int64_t said = command->field[FIELD_FOLLOW_UP];
    if (command->action == ACTION_FOLLOW_UP && (said == FOLLOW_UP_SATISFIED || said == FOLLOW_UP_UNSATISFIED))
        command_set(command, FIELD_SATISFACTION, pick(world, 1, 5));
    if (chance(world, 1)) {
        enum event_field field = (enum event_field)pick(world, FIELD_NONE + 1, EVENT_FIELD__COUNT - 1);
        command_set(command, field, random_value(world, field));
    }
}

/* What leads on from a state. */
static enum ticket_action next_action(struct world *world)
{
    static const enum ticket_action onward[TICKET_STATE__COUNT][6] = {
        [TICKET_NONE] = {ACTION_REPORT},
        [TICKET_REPORTED] = {ACTION_DISPATCH, ACTION_DISPATCH, ACTION_SET_LIMIT},
        [TICKET_DISPATCHED] = {ACTION_ACCEPT, ACTION_ACCEPT, ACTION_OBJECT, ACTION_ASK_EXTENSION, ACTION_DISPATCH_ASSIST},
        [TICKET_OBJECTED] = {ACTION_DECIDE_OBJECTION},
        [TICKET_ACCEPTED] = {ACTION_ARRIVE, ACTION_CONTACT, ACTION_REPAIR, ACTION_RECORD_FORMALITIES, ACTION_FINISH,
                             ACTION_ASK_EXTENSION},
        [TICKET_FINISHED] = {ACTION_REVIEW, ACTION_FOLLOW_UP, ACTION_SAY_NOT_FIXED, ACTION_CLOSE},
        [TICKET_FOLLOWED_UP] = {ACTION_CLOSE, ACTION_CLOSE, ACTION_CLOSE, ACTION_SAY_NOT_FIXED, ACTION_REOPEN},
        [TICKET_CLOSED] = {ACTION_SAY_NOT_FIXED, ACTION_REOPEN},
        [TICKET_MERGED] = {ACTION_UNMERGE, ACTION_STOP_WITH_PARENT, ACTION_FOLLOW_PARENT, ACTION_FOLLOW_PARENT},
    };
    const enum ticket_action *list = onward[world->ticket.state];
    int count = 0;

    if (world->seed % 10 == 0 && world->ticket.state == TICKET_DISPATCHED && chance(world, 85))
        return ACTION_RECALL; /* a restless desk fills the ticket up */
    while (count < 6 && list[count] != ACTION_NONE)
        count++;
    if (count == 0 || chance(world, 40))
        return (enum ticket_action)pick(world, ACTION_NONE + 1, TICKET_ACTION__COUNT - 1);
    return list[pick(world, 0, count - 1)];
}

/* Most often something this actor may do, so that the runs get far; what ends a ticket's life is rare. */
static void choose_action(struct world *world)
{
    struct command *command = &world->command;

    for (int attempt = 0; attempt < 60; attempt++) {
        command->action = next_action(world);
        if (command->action == ACTION_RECORD_LIABILITY && world->seed % 14 == 0)
            continue; /* a desk that forgets it, and cannot close */
        const bool is_end = command->action == ACTION_NOT_OURS || command->action == ACTION_WITHDRAW ||
                            command->action == ACTION_HAND_TO_DISCIPLINE;
        if (is_end && !chance(world, 2))
            continue;
        for (int i = 0; i < 20; i++) {
            command->actor = random_actor(world);
            if (chance(world, 3) ||
                ticket_permits(&world->ticket, command->action, &command->actor, NULL) == VERDICT_OK)
                return;
        }
    }
}

static void compose(struct world *world)
{
    struct command *command = &world->command;

    memset(command, 0, sizeof *command);
    choose_action(world);
    command->expected_version = chance(world, 98) ? world->ticket.version : (uint32_t)pick(world, 0, 50);
    command->occurred_at = INSTANT_NONE;
    if (chance(world, 25))
        command->occurred_at = plus_seconds(world->now, -pick(world, -60, chance(world, 50) ? 900 : 7200));
    command->has_text = chance(world, 92);
    command->parent_is_finished = chance(world, 10);
    command->parent_is_merged = chance(world, 5);
    command->has_children = chance(world, 5);
    world->failure = (struct failure_report){
        .unit = {UNIT_A},
        .started_at = plus_seconds(world->now, -pick(world, 0, 400000)),
        .ended_at = INSTANT_NONE,
        .reported_at = world->now,
        .is_confirmed = chance(world, 95),
    };
    if (chance(world, 95))
        command->failure = &world->failure;
    fill(world);
}

/* ---- laws */

static bool is_same_clock(const struct clock *a, const struct clock *b)
{
    return memcmp(a, b, sizeof *a) == 0; /* both in a fold: padding is zero */
}

static void check_clock(const struct world *world, const struct clock *clock, int index)
{
    law(world, clock->no == index + 1, "clocks are numbered without holes");
    law(world, instant_is_set(clock->started_at), "every clock has a start");
    if (instant_is_set(clock->due_at))
        law(world, !instant_is_before(clock->due_at, clock->started_at), "no due time is before its start");
    if (instant_is_set(clock->stopped_at))
        law(world, !instant_is_before(clock->stopped_at, clock->started_at), "no clock stops before its start");
    if (instant_is_set(clock->granted_due_at))
        law(world, clock->kind == CLOCK_FINISH || clock->kind == CLOCK_REPAIR, "only finish and repair are extended");
    if (clock->cycle < world->ticket.cycle)
        law(world, !clock_is_running(clock), "no clock of an earlier cycle runs on");
    const bool is_completion = clock->kind >= CLOCK_FINISH && clock->kind <= CLOCK_INSPECT;
    if (is_completion && clock->cycle == world->ticket.cycle)
        law(world, instant_is_equal(clock->started_at, world->ticket.cycle_started_at),
            "completion clocks start with the cycle");
}

/* What one event may do to a clock that was there before. */
static void check_change(const struct world *world, const struct event *event, const struct clock *before,
                         const struct clock *after)
{
    const enum clock_result seen = clock_result_at(before, event->occurred_at);
    const enum clock_result left = clock_result_at(after, event->occurred_at);
    if (seen == RESULT_LATE || seen == RESULT_ENDED_LATE) {
        law(world, left == RESULT_LATE || left == RESULT_ENDED_LATE || left == RESULT_EXCUSED, "a breach stays");
        const bool was_never_theirs = world->command.action == ACTION_DECIDE_OBJECTION;
        law(world, before->unit.v == after->unit.v || was_never_theirs, "a breach stays with who held it");
    }
    law(world, instant_is_equal(before->started_at, after->started_at), "no clock's start ever changes");
    law(world, before->kind == after->kind && before->cycle == after->cycle, "no clock turns into another");
    if (before->cycle < world->ticket.cycle - 1 ||
        (before->cycle < world->ticket.cycle && !clock_is_running(before) && instant_is_set(before->stopped_at)))
        law(world, is_same_clock(before, after) || world->command.action == ACTION_EXCUSE,
            "an earlier cycle's clocks never change");
    if (before->result == RESULT_EXCUSED)
        law(world, after->result == RESULT_EXCUSED, "an excuse stays");
}

static void check_clocks(const struct world *world, const struct event *event, const struct ticket *before)
{
    const struct ticket *ticket = &world->ticket;
    int running[CLOCK_KIND__COUNT] = {0};

    law(world, ticket->clock_count >= before->clock_count, "no clock is lost");
    for (int i = 0; i < ticket->clock_count; i++) {
        check_clock(world, &ticket->clocks[i], i);
        running[ticket->clocks[i].kind] += clock_is_running(&ticket->clocks[i]);
        if (i < before->clock_count)
            check_change(world, event, &before->clocks[i], &ticket->clocks[i]);
    }
    for (enum clock_kind kind = CLOCK_NONE; kind < CLOCK_KIND__COUNT; kind++)
        law(world, kind == CLOCK_ACCEPT || running[kind] <= 1, "one promise of a kind runs at a time");
}

static void check_promises(const struct world *world)
{
    const struct ticket *ticket = &world->ticket;
    const struct category *category =
        category_find(REGULATION_CATEGORIES, REGULATION_CATEGORY_COUNT, ticket->facts.category);
    const uint32_t state = STATE_BIT(ticket->state);
    const uint32_t unfinished = STATE_BIT(TICKET_REPORTED) | STATE_BIT(TICKET_DISPATCHED) | STATE_BIT(TICKET_OBJECTED) |
                                STATE_BIT(TICKET_ACCEPTED) | STATE_BIT(TICKET_MERGED);
    const uint32_t over = STATE_BIT(TICKET_CLOSED) | STATE_BIT(TICKET_NOT_OURS) | STATE_BIT(TICKET_WITHDRAWN) |
                          STATE_BIT(TICKET_SEALED);
    const struct clock *finish = ticket_clock(ticket, CLOCK_FINISH);
    const bool promises_finish = (category->clocks & CLOCK_BIT(CLOCK_FINISH)) != 0;

    if (promises_finish && (state & unfinished) != 0)
        law(world, finish != NULL && (clock_is_running(finish) || finish->result == RESULT_EXCUSED),
            "an unfinished matter has its finish clock");
    if (finish != NULL && (state & (unfinished | over)) == 0)
        law(world, !clock_is_running(finish), "a finished matter's finish clock is stopped");
    for (enum clock_kind kind = CLOCK_ARRIVE; kind <= CLOCK_REPAIR; kind++)
        if (ticket->cycle == 1 && (category->clocks & CLOCK_BIT(kind)) != 0)
            law(world, ticket_clock(ticket, kind) != NULL, "a leak has its arrival and repair clocks");
    for (int i = 0; (state & over) != 0 && i < ticket->clock_count; i++)
        law(world, !clock_is_running(&ticket->clocks[i]), "nothing runs in a matter that is over");
}

static void check_assignments(const struct world *world)
{
    const struct ticket *ticket = &world->ticket;
    int live_leads = 0, live = 0;
    enum assignment_state lead_state = ASSIGNMENT_NONE;

    for (int i = 0; i < ticket->assignment_count; i++) {
        const struct assignment *assignment = &ticket->assignments[i];
        law(world, assignment->dispatch_no == i + 1, "dispatches are numbered without holes");
        law(world, assignment_is_live(assignment) == !instant_is_set(assignment->ended_at), "what ended has an end");
        live += assignment_is_live(assignment);
        if (assignment->role == ASSIGNMENT_LEAD && assignment_is_live(assignment)) {
            live_leads++;
            lead_state = assignment->state;
        }
    }
    law(world, live_leads <= 1, "there is one lead at most");
    law(world, live <= TICKET_UNITS_MAX, "so many units at most");
    law(world, (ticket->state == TICKET_DISPATCHED) == (lead_state == ASSIGNMENT_DISPATCHED), "dispatched: to a lead");
    law(world, (ticket->state == TICKET_OBJECTED) == (lead_state == ASSIGNMENT_OBJECTED), "objected: by the lead");
    law(world, (ticket->state == TICKET_ACCEPTED) == (lead_state == ASSIGNMENT_ACCEPTED), "accepted: by the lead");
    for (int i = 0; i < ticket->clock_count; i++) {
        const struct clock *clock = &ticket->clocks[i];
        if (clock->kind == CLOCK_ACCEPT && clock_is_running(clock))
            law(world, ticket->assignments[clock->dispatch_no - 1].state == ASSIGNMENT_DISPATCHED,
                "acceptance runs only while a dispatch waits for it");
    }
}

static void check_moments(const struct world *world, const struct event *event)
{
    const struct ticket *ticket = &world->ticket;

    law(world, !instant_is_before(event->recorded_at, event->occurred_at), "nothing happened after it was recorded");
    law(world, !instant_is_before(event->occurred_at, ticket->reported_at), "nothing happened before the report");
    law(world, ticket->is_extension_pending == instant_is_set(ticket->extension_proposed_due),
        "a pending extension has a proposed due");
    law(world, ticket->is_not_fixed_pending == instant_is_set(ticket->not_fixed_said_at), "not fixed has its moment");
    law(world, (ticket->parent.v != 0) || ticket->state != TICKET_MERGED, "merged: with a parent");
    law(world, ticket_ops_wait_seconds(ticket, world->now) >= 0, "nobody waits for less than nothing");
}

/* Who has to know, and who held it for how long. */
static void check_people(const struct world *world, const struct event *event, const struct ticket *before)
{
    static const int units[] = {UNIT_A, UNIT_B, UNIT_INSPECT};
    const struct ticket *ticket = &world->ticket;
    const int64_t elapsed = instant_milliseconds_between(ticket->reported_at, world->now) / 1000;
    const bool is_by_system = event->actor_role == ROLE_BIT(ROLE_SYSTEM);

    if (event->kind == ACTION_ESCALATE_GROUP && is_by_system)
        law(world, before->is_escalation_due && !ticket->is_escalation_due, "the system escalates once");
    law(world, !ticket->is_escalation_due || ticket->is_escalated, "what is due is escalated on read already");
    law(world, ticket->is_escalated == instant_is_set(ticket->escalated_at), "an escalation has its moment");
    law(world, ticket->department_count >= before->department_count, "no department is forgotten");
    for (int i = 0; i < ticket->department_count; i++)
        for (int j = 0; j < i; j++)
            law(world, ticket->departments[i].unit.v != ticket->departments[j].unit.v, "a department is named once");
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        const int64_t held = ticket_holding_seconds(ticket, (struct unit_id){units[i]}, world->now);
        law(world, held >= 0 && held <= elapsed, "a unit holds a ticket no longer than it exists");
    }
    law(world, ticket_ops_wait_seconds(ticket, world->now) <= elapsed, "nor does ops");
    law(world, before->first_receiver.v == 0 || before->first_receiver.v == ticket->first_receiver.v,
        "the first receiver stays");
}

/* What stands behind a finish and an end. */
static void check_ends(const struct world *world, const struct event *event, const struct ticket *before)
{
    const struct ticket *ticket = &world->ticket;
    const struct category *category =
        category_find(REGULATION_CATEGORIES, REGULATION_CATEGORY_COUNT, ticket->facts.category);

    if (event->kind == ACTION_FINISH && category->is_leak)
        law(world, event_get(event, FIELD_PHOTO_COUNT, 0) > 0 || event->has_field[FIELD_NO_PHOTO],
            "a repaired leak has its photo or the reason why not");
    if (event->kind == ACTION_CLOSE) {
        const bool is_called = before->state == TICKET_FOLLOWED_UP || !ticket_needs_follow_up(before);
        law(world, is_called, "who has to be called is called before the end");
        law(world, before->is_finish_accepted, "nothing is closed whose finish ops did not accept");
        law(world, !category->is_third_party || before->liability != LIABILITY_NONE || before->parent.v != 0,
            "damage by others is closed with its liability");
        const struct assignment *lead = ticket_lead(before);
        law(world, before->repeat_level == 0 || lead == NULL || lead->unit.v != event->actor_unit.v,
            "a repeat is closed by others");
    }
    if (event->kind == ACTION_UNMERGE)
        for (enum clock_kind kind = CLOCK_ARRIVE; kind <= CLOCK_INSPECT; kind++) {
            const struct clock *clock = ticket_clock(ticket, kind);
            if ((before->followed_kinds & CLOCK_BIT(kind)) != 0 && clock->result != RESULT_EXCUSED)
                law(world, clock_is_running(clock), "unmerging lets run again what the parent stopped");
        }
    law(world, ticket->state == TICKET_MERGED || ticket->state == before->state || before->state != TICKET_MERGED ||
                   event->kind == ACTION_UNMERGE || event->kind == ACTION_STOP_WITH_PARENT ||
                   event->kind == ACTION_WITHDRAW || event->kind == ACTION_HAND_TO_DISCIPLINE,
        "a merged report leaves its parent in few ways");
}

static void check_waiting(const struct world *world)
{
    const struct ticket *ticket = &world->ticket;
    const struct category *category =
        category_find(REGULATION_CATEGORIES, REGULATION_CATEGORY_COUNT, ticket->facts.category);
    const uint32_t waiting = ticket_waiting(ticket, category);
    const bool is_visible = (STATE_BIT(ticket->state) & STATES_OPEN) != 0;

    if (is_visible && ticket->is_extension_pending)
        law(world, (waiting & (1U << WAITING_EXTENSION)) != 0, "a request that waits is shown to ops");
    if (ticket->state == TICKET_OBJECTED)
        law(world, (waiting & (1U << WAITING_OBJECTION)) != 0, "an objection that waits is shown to ops");
    if (is_visible && ticket_is_escalation_open(ticket))
        law(world, (waiting & (1U << WAITING_ESCALATION)) != 0, "an escalation shows until all have acknowledged");
    law(world, waiting == 0 || is_visible || ticket->state == TICKET_CLOSED, "nothing waits in what is over");
    law(world, !ticket->is_extension_pending || ticket->state != TICKET_FOLLOWED_UP, "requests are answered before the end");
}

/* The event as bytes and back: the same bytes, the same fold. */
static void check_bytes_fold(struct world *world, const struct event *event)
{
    uint8_t payload[EVENT_PAYLOAD_MAX], again[EVENT_PAYLOAD_MAX];
    size_t length = event_format_payload(event, payload);
    struct event back = {
        .subject = event->subject,
        .subject_id = event->subject_id,
        .seq = event->seq,
        .kind = event->kind,
        .occurred_at = event->occurred_at,
        .recorded_at = event->recorded_at,
        .actor_role = event->actor_role,
        .actor_staff = event->actor_staff,
        .actor_unit = event->actor_unit,
    };

    law(world, event_parse_payload(&back, payload, length), "what decide made can be read back");
    law(world, event_format_payload(&back, again) == length && memcmp(payload, again, length) == 0,
        "and is written the same again");
    ticket_apply(&world->shadow, &back);
    law(world, memcmp(&world->ticket, &world->shadow, sizeof world->ticket) == 0, "the fold of the bytes is the same");
}

static void step(struct world *world)
{
    struct event event, untouched;
    const struct ticket before = world->ticket;

    if (world->ticket.state != TICKET_NONE)
        world->now = plus_milliseconds(world->now, chance(world, 90) ? pick(world, 0, 900000) : pick(world, 0, 90000000));
    compose(world);
    memset(&event, 0x5a, sizeof event);
    memset(&untouched, 0x5a, sizeof untouched);
    struct regulation regulation = REGULATION;
    regulation.follow_up_percent = (int)pick(world, 1, 100);
    regulation.follow_up_attempts = (int)pick(world, 1, 4);
    enum verdict verdict = ticket_decide(&world->ticket, &world->command, &regulation, world->now, &event);
    verdicts[verdict]++;
    law(world, memcmp(&before, &world->ticket, sizeof before) == 0, "decide changes nothing");
    if (verdict != VERDICT_OK) {
        refused++;
        law(world, memcmp(&event, &untouched, sizeof event) == 0, "a refusal leaves the event untouched");
        return;
    }
    law(world, event.seq == world->ticket.version + 1, "events are numbered without holes");
    accepted_by_action[world->command.action]++;
    law(world, ticket_can_apply(&world->ticket, &event), "what is decided can be folded");
    ticket_apply(&world->ticket, &event);
    law(world, world->ticket.version == before.version + 1, "each event is one version");
    check_bytes_fold(world, &event);
    check_clocks(world, &event, &before);
    check_promises(world);
    check_assignments(world);
    check_moments(world, &event);
    check_people(world, &event, &before);
    check_ends(world, &event, &before);
    check_waiting(world);
}

/* Every action by every role, from a unit of the ticket and from another: decide refuses what the table refuses. */
static void sweep(struct world *world)
{
    static const int units[] = {0, UNIT_A, UNIT_B, 99};
    struct event event;

    for (enum ticket_action action = ACTION_NONE + 1; action < TICKET_ACTION__COUNT; action++)
        for (enum role role = ROLE_NONE + 1; role < ROLE__COUNT; role++)
            for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
                const struct unit_id unit = {units[i]};
                memset(&world->command, 0, sizeof world->command);
                world->command.action = action;
                world->command.actor = person(role, unit.v);
                world->command.expected_version = world->ticket.version;
                world->command.occurred_at = INSTANT_NONE;
                fill(world);
                enum verdict table = workflow_permits(action, world->ticket.state, ROLE_BIT(role),
                                                      ticket_standing(&world->ticket, &world->command.actor), NULL);
                enum verdict got = ticket_decide(&world->ticket, &world->command, &REGULATION, world->now, &event);
                const bool is_grade_by_resident = action == ACTION_REPORT && role == ROLE_RESIDENT;
                if (table != VERDICT_OK)
                    law(world, got == table, "decide refuses what the table refuses, with its verdict");
                else
                    law(world, got != VERDICT_WRONG_UNIT && (got != VERDICT_WRONG_ROLE || is_grade_by_resident),
                        "decide lets everybody in whom the table lets in");
            }
}

static void run(unsigned seed)
{
    struct world world;

    memset(&world, 0, sizeof world);
    world.seed = seed;
    world.random = UINT64_C(0x9e3779b97f4a7c15) * (seed + 1);
    world.now = local("2026-11-23 10:00");
    ticket_init(&world.ticket, (struct ticket_id){1});
    ticket_init(&world.shadow, (struct ticket_id){1});
    for (world.step = 0; world.step < STEPS; world.step++) {
        visits_by_state[world.ticket.state]++;
        if (chance(&world, 1))
            sweep(&world);
        step(&world);
    }
}

TEST(whatever_is_tried_the_laws_of_a_ticket_hold)
{
    for (unsigned seed = 0; seed < RUNS; seed++)
        run(seed);
    CHECK_INT(broken, 0);
    CHECK(refused > 1000);
    for (enum ticket_action action = ACTION_NONE + 1; action < TICKET_ACTION__COUNT; action++) {
        check_casef("%s was done", ticket_action_name(action));
        CHECK(accepted_by_action[action] >= 5);
    }
    for (enum ticket_state state = TICKET_NONE; state < TICKET_STATE__COUNT; state++) {
        check_casef("%s was reached", ticket_state_name(state));
        CHECK(visits_by_state[state] >= 20);
    }
    for (enum verdict verdict = VERDICT_OK; verdict < VERDICT__COUNT; verdict++) {
        if (verdict == VERDICT_NOT_NEEDED || verdict >= VERDICT_NEEDS_PLACE)
            continue; /* core/offer.h and core/outage.h alone give them */
        check_casef("verdict %s was given", verdict_name(verdict));
        CHECK(verdicts[verdict] > 0);
    }
}
