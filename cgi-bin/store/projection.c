#include "store/projection.h"

struct projection projection_of(const struct ticket *ticket, const struct catalog *catalog)
{
    const struct category *category = category_find(catalog->regulation.categories, catalog->regulation.category_count,
                                                    ticket->facts.category);
    struct projection projection = {
        .is_open = (STATE_BIT(ticket->state) & STATES_OPEN) != 0,
        .is_escalated = ticket_is_escalation_open(ticket),
        .is_waiting_ops = ticket_waiting(ticket, category) != 0,
        .is_waiting_unit = ticket->state == TICKET_DISPATCHED || ticket->is_answer_due,
        .next_due_at = ticket_next_due(ticket),
        .finish_due_at = INSTANT_NONE,
        .finish_granted_at = INSTANT_NONE,
    };
    const struct clock *next = ticket_next_clock(ticket);
    const struct clock *finish = ticket_clock(ticket, CLOCK_FINISH);

    if (next != NULL && instant_is_equal(clock_effective_due(next), projection.next_due_at))
        projection.next_kind = next->kind;
    if (finish == NULL)
        finish = ticket_clock(ticket, CLOCK_REPAIR); /* a leak without a finish clock of its own (Art. 22) */
    if (finish != NULL) {
        projection.finish_due_at = finish->due_at;
        projection.finish_granted_at = finish->granted_due_at;
    }
    return projection;
}

struct instant projection_step_at(const struct clock *clock, const struct catalog *catalog, int least_step)
{
    struct instant at = INSTANT_NONE;

    if (ladder_next(catalog->ladder, catalog->ladder_count, clock, least_step - 1, &at) == NULL)
        return INSTANT_NONE;
    return at;
}

struct public_action {
    enum ticket_action action;
    bool shows_words;      /* its text is written for the resident */
    enum decision only;    /* shown only with this decision; DECISION_NONE: always */
    enum event_field at;   /* moment shown with it */
};

static const struct public_action PUBLIC_ACTIONS[] = {
    {ACTION_DISPATCH, false, DECISION_NONE, FIELD_NONE},
    {ACTION_ACCEPT, false, DECISION_NONE, FIELD_NONE},
    {ACTION_ARRIVE, false, DECISION_NONE, FIELD_NONE},
    {ACTION_CONTACT, false, DECISION_NONE, FIELD_APPOINTMENT_AT},
    {ACTION_REPAIR, false, DECISION_NONE, FIELD_NONE},
    {ACTION_DECIDE_EXTENSION, true, DECISION_GRANT, FIELD_GRANTED_DUE},
    {ACTION_FINISH, true, DECISION_NONE, FIELD_NONE},
    {ACTION_REVIEW, false, DECISION_REFUSE, FIELD_NONE},
    {ACTION_FOLLOW_UP, false, DECISION_NONE, FIELD_NONE},
    {ACTION_CLOSE, false, DECISION_NONE, FIELD_NONE},
    {ACTION_REOPEN, false, DECISION_NONE, FIELD_NONE},
    {ACTION_MERGE, false, DECISION_NONE, FIELD_NONE},
    {ACTION_UNMERGE, false, DECISION_NONE, FIELD_NONE},
    {ACTION_STOP_WITH_PARENT, true, DECISION_NONE, FIELD_NONE},
    {ACTION_NOT_OURS, true, DECISION_NONE, FIELD_NONE},
    {ACTION_WITHDRAW, false, DECISION_NONE, FIELD_NONE},
    {ACTION_ADD_WORDS, false, DECISION_NONE, FIELD_NONE},
    {ACTION_URGE, false, DECISION_NONE, FIELD_NONE},
    {ACTION_RATE, false, DECISION_NONE, FIELD_NONE},
    {ACTION_SAY_NOT_FIXED, false, DECISION_NONE, FIELD_NONE},
    {ACTION_MOVE_APPOINTMENT, false, DECISION_NONE, FIELD_APPOINTMENT_AT},
};

static const struct public_action *public_action_of(int kind)
{
    for (size_t i = 0; i < sizeof PUBLIC_ACTIONS / sizeof PUBLIC_ACTIONS[0]; i++)
        if ((int)PUBLIC_ACTIONS[i].action == kind)
            return &PUBLIC_ACTIONS[i];
    return NULL;
}

/*
 * Whether the resident sees this event as a step, and what of it. ticket: the fold after it; whoever holds it then did what
 * the event names nobody for
 */
static bool make_step(const struct ticket *ticket, const struct event *event, const char *words,
                      struct public_step *step)
{
    const struct public_action *action = public_action_of(event->kind);
    const int64_t decision = event_get(event, FIELD_DECISION, DECISION_NONE);
    const struct assignment *lead = ticket_lead(ticket);
    const int32_t holder = lead != NULL ? lead->unit.v : 0;

    if (action == NULL || event_get(event, FIELD_INTERNAL, 0) != 0)
        return false;
    if (action->only != DECISION_NONE && decision != (int64_t)action->only)
        return false;
    *step = (struct public_step){
        .seq = event->seq,
        .action = action->action,
        .decision = (enum decision)decision,
        .unit = {(int32_t)event_get(event, FIELD_UNIT, event->actor_unit.v != 0 ? event->actor_unit.v : holder)},
        .occurred_at = event->occurred_at,
        .at_value = INSTANT_NONE,
        .words = action->shows_words ? words : "",
    };
    if (action->at != FIELD_NONE && event->has_field[action->at])
        step->at_value.milliseconds = event->field[action->at];
    return true;
}

void public_fold_init(struct public_fold *fold, struct ticket_id id, size_t event_count, struct arena *arena)
{
    ticket_init(&fold->ticket, id);
    fold->shown = fold->ticket;
    fold->steps = arena_take_array(arena, event_count + 1, sizeof *fold->steps);
    fold->step_count = 0;
}

void public_fold_add(struct public_fold *fold, const struct event *event, const char *words)
{
    ticket_apply(&fold->ticket, event);
    if (fold->ticket.state == TICKET_SEALED) { /* what was said of it is the discipline office's alone */
        fold->shown.place.v = 0;
        for (size_t i = 0; i < fold->step_count; i++)
            fold->steps[i].words = "";
        return;
    }
    fold->shown = fold->ticket;
    if (event->seq > 1 && make_step(&fold->ticket, event, words, &fold->steps[fold->step_count]))
        fold->step_count++;
}

struct bytes public_fold_progress(const struct public_fold *fold, struct arena *arena)
{
    struct clock clocks[TICKET_CLOCKS_MAX];
    struct progress progress = {fold->steps, fold->step_count, clocks, 0};

    for (int i = 0; i < fold->shown.clock_count; i++)
        if (fold->shown.clocks[i].kind != CLOCK_DISPATCH) /* the wait for dispatch is internal */
            clocks[progress.clock_count++] = fold->shown.clocks[i];
    const size_t room = progress_room(&progress);
    uint8_t *bytes = arena_take(arena, room);
    return (struct bytes){bytes, progress_format(&progress, bytes, room)};
}
