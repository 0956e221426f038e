#include "store/ticket_plan.h"

#include <string.h>

/* Numbers that stand in statements_list.def. */
_Static_assert(TICKET_REPORTED == 1 && TICKET_SEALED == 11 && SUBJECT_TICKET == 1, "statements_list.def names these");
_Static_assert(ACTION_ESCALATE_UNIT == 24 && FIELD_DISPATCH_NO == 0x0B, "008_list_speed.sql names these");
_Static_assert(ASSIGNMENT_DISPATCHED == 1 && ASSIGNMENT_OBJECTED == 2 && ASSIGNMENT_ACCEPTED == 3, "and these");
_Static_assert(FILTER_STATE == 0 && FILTER_ZONE == 1 && FILTER_CATEGORY == 2 && FILTER_UNIT == 3 && FILTER_SOURCE == 4 &&
                   FILTER_NATURE == 5 && FILTER_GRADE == 6 && FILTER_SCOPE == 7,
               "RESIDUAL_TEXT has its columns in this order");

static struct instant later(struct instant left, struct instant right)
{
    return instant_is_before(left, right) ? right : left;
}

static struct instant just_before(struct instant at) { return (struct instant){at.milliseconds - 1}; }

/* ---- what is asked of a row */

/* What a view is made of. False when the filter contradicts it. */
static bool add_view(struct residual *residual, const struct ticket_query *query, struct instant now)
{
    const int64_t state = residual->choice[FILTER_STATE];

    residual->is_open = query->view != TICKET_VIEW_ALL && query->view != TICKET_VIEW_WAITING_OPS;
    switch (query->view) {
    case TICKET_VIEW_SOON:
        residual->due_low = now;
        residual->due_high = instant_add_seconds(now, query->soon_seconds);
        break;
    case TICKET_VIEW_LATE:
        residual->due_high = just_before(now);
        break;
    case TICKET_VIEW_UNDISPATCHED:
        residual->choice[FILTER_STATE] = TICKET_REPORTED;
        return state == 0 || state == TICKET_REPORTED;
    case TICKET_VIEW_UNIT:
    case TICKET_VIEW_WAITING_UNIT:
        residual->view_unit = query->unit;
        residual->is_waiting_unit = query->view == TICKET_VIEW_WAITING_UNIT;
        return query->unit.v != 0;
    case TICKET_VIEW_FIRST:
        residual->receiver = query->staff;
        return query->staff.v != 0;
    case TICKET_VIEW_WAITING_OPS:
        residual->is_waiting_ops = true;
        break;
    case TICKET_VIEW_WAITING_LEADER:
        residual->is_escalated = true;
        break;
    case TICKET_VIEW_FOLLOW_UP:
        residual->is_follow_up_due = true;
        break;
    case TICKET_VIEW_OPEN:
    case TICKET_VIEW_ALL:
    case TICKET_VIEW__COUNT:
        break;
    }
    if (state == TICKET_SEALED) /* nobody here finds one */
        return false;
    return state == 0 || !residual->is_open || (STATE_BIT(state) & STATES_OPEN) != 0;
}

static void add_due(struct residual *residual, const struct filter *filter, struct instant now)
{
    switch (filter->due) {
    case FILTER_DUE_WITHIN:
        residual->due_high = instant_earlier(residual->due_high, instant_add_seconds(now, filter->due_seconds));
        break;
    case FILTER_DUE_BEYOND:
        residual->due_low = later(residual->due_low, instant_add_seconds(now, filter->due_seconds));
        residual->due_high = instant_earlier(residual->due_high, just_before(LATEST));
        break;
    case FILTER_DUE_LATE:
        residual->due_high = instant_earlier(residual->due_high, just_before(now));
        break;
    case FILTER_DUE_ANY:
    case FILTER_DUE__COUNT:
        return;
    }
    residual->is_open = true; /* what is over has no deadline */
}

static void add_words(struct residual *residual, const struct filter *filter, struct arena *arena)
{
    const bool is_whole = strlen(filter->number) == NUMBER_BYTES - 1;

    residual->number = filter->number[0] == '\0' ? "" : arena_format(arena, is_whole ? "%s" : "%%%s", filter->number);
    for (size_t i = 0; i < FILTER_TERMS_MAX; i++)
        residual->terms[i] = i < filter->term_count ? arena_format(arena, "%%%s%%", filter->terms[i]) : "";
    residual->phone = filter->has_phone ? &filter->phone : NULL;
    residual->account = filter->has_account ? &filter->account : NULL;
}

static bool is_lookup(const struct filter *filter)
{
    return filter->has_phone || filter->has_account || filter->number[0] != '\0';
}

/* False when nothing can be found. */
static bool make_residual(struct residual *residual, const struct ticket_query *query, const struct search *search,
                          struct instant now, struct arena *arena)
{
    const struct filter *filter = query->filter;

    *residual = (struct residual){.due_low = EARLIEST, .due_high = LATEST, .since = EARLIEST};
    for (size_t i = 0; i < FILTER_SCOPE; i++)
        residual->choice[i] = filter->choice[i];
    if (residual->choice[FILTER_GRADE] != 0)
        residual->choice[FILTER_GRADE] = (int64_t)GRADE_BIT(filter->choice[FILTER_GRADE]);
    add_words(residual, filter, arena);
    const bool is_possible = add_view(residual, query, now);
    add_due(residual, filter, now);
    if (search->is_needed && query->view == TICKET_VIEW_ALL && filter->choice[FILTER_SCOPE] == 0 && !is_lookup(filter))
        residual->since = search_since(now);
    return is_possible && !search->is_empty && !instant_is_before(residual->due_high, residual->due_low);
}

static bool is_all_time(const struct residual *residual)
{
    return instant_is_equal(residual->due_low, EARLIEST) && instant_is_equal(residual->due_high, LATEST) &&
           instant_is_equal(residual->since, EARLIEST);
}

static bool is_any(const struct residual *residual)
{
    for (size_t i = 0; i < FILTER_SCOPE; i++)
        if (residual->choice[i] != 0)
            return false;
    return !residual->is_open && !residual->is_waiting_ops && !residual->is_escalated && !residual->is_follow_up_due &&
           !residual->is_waiting_unit &&
           residual->receiver.v == 0 && residual->view_unit.v == 0 && residual->phone == NULL &&
           residual->account == NULL && residual->number[0] == '\0' && residual->terms[0][0] == '\0' &&
           is_all_time(residual);
}

/* ---- which index */

static void walk_by(struct walk *walk, enum statement after, enum statement before)
{
    walk->after = after;
    walk->before = before;
}

static void walk_by_key(struct walk *walk, enum statement after, enum statement before, int64_t key)
{
    walk_by(walk, after, before);
    walk->has_key = true;
    walk->key = key;
}

static void walk_open(struct walk *walk, enum ticket_sort sort)
{
    walk->kind = WALK_OPEN;
    if (sort == TICKET_SORT_DUE)
        walk_by(walk, LIST_OPEN_DUE_AFTER, LIST_OPEN_DUE_BEFORE);
    else
        walk_by(walk, LIST_OPEN_NEWEST_AFTER, LIST_OPEN_NEWEST_BEFORE);
}

/* The rarer pair, and the next one where there is another. */
static void walk_open_search(struct walk *walk, const struct search *search, enum ticket_sort sort)
{
    walk->kind = WALK_SEARCH;
    walk->residual.grams[0] = search->grams[0];
    walk->residual.grams[1] = search->grams[1] != 0 ? search->grams[1] : search->grams[0];
    if (sort == TICKET_SORT_DUE)
        walk_by(walk, LIST_OPEN_SEARCH_DUE_AFTER, LIST_OPEN_SEARCH_DUE_BEFORE);
    else
        walk_by(walk, LIST_OPEN_SEARCH_NEWEST_AFTER, LIST_OPEN_SEARCH_NEWEST_BEFORE);
}

/* Whether nothing is asked but what `walk_by_key` would see to: then the narrow index leads straight to it. */
static bool is_alone(const struct residual *residual, bool is_receiver)
{
    struct residual rest = *residual;

    rest.is_open = false;
    if (is_receiver)
        rest.receiver.v = 0;
    else
        rest.choice[FILTER_STATE] = 0;
    return is_any(&rest);
}

/* The walk goes between the bounds of the deadline and over open tickets alone: both need not be asked again. */
static void choose_due(struct walk *walk, const struct ticket_query *query, const struct search *search)
{
    struct residual *residual = &walk->residual;
    const int64_t state = residual->choice[FILTER_STATE];

    walk->low = residual->due_low;
    walk->high = residual->due_high;
    residual->due_low = EARLIEST;
    residual->due_high = LATEST;
    if (residual->view_unit.v != 0) {
        walk_by_key(walk, LIST_UNIT_DUE_AFTER, LIST_UNIT_DUE_BEFORE, query->unit.v);
        walk->kind = WALK_UNIT;
        if (!residual->is_waiting_unit)
            residual->view_unit.v = 0;
    } else if (residual->is_waiting_ops) {
        walk_by(walk, LIST_OPS_DUE_AFTER, LIST_OPS_DUE_BEFORE);
        residual->is_waiting_ops = false;
        return; /* some are closed already */
    } else if (residual->is_follow_up_due) {
        walk_by(walk, LIST_FOLLOW_UP_DUE_AFTER, LIST_FOLLOW_UP_DUE_BEFORE);
        residual->is_follow_up_due = false;
    } else if (search->is_needed) {
        walk_open_search(walk, search, TICKET_SORT_DUE);
    } else if (residual->receiver.v != 0 && is_alone(residual, true)) {
        walk_by_key(walk, LIST_RECEIVER_DUE_AFTER, LIST_RECEIVER_DUE_BEFORE, residual->receiver.v);
        walk->kind = WALK_WIDE;
        residual->receiver.v = 0;
    } else if (state != 0 && is_alone(residual, false)) {
        walk_by_key(walk, LIST_STATE_DUE_AFTER, LIST_STATE_DUE_BEFORE, state);
        walk->kind = WALK_WIDE;
        residual->choice[FILTER_STATE] = 0;
    } else {
        walk_open(walk, TICKET_SORT_DUE);
    }
    residual->is_open = false;
}

/* Open alone, or asked for by its state. */
static bool is_of_open(const struct residual *residual)
{
    const int64_t state = residual->choice[FILTER_STATE];

    return residual->is_open || (state != 0 && (STATE_BIT(state) & STATES_OPEN) != 0);
}

static void choose_newest_open(struct walk *walk, const struct search *search)
{
    struct residual *residual = &walk->residual;

    residual->is_open = false;
    if (search->is_needed) {
        walk_open_search(walk, search, TICKET_SORT_NEWEST);
    } else if (residual->view_unit.v != 0) {
        walk->kind = WALK_OPEN_UNIT;
        walk_by(walk, LIST_OPEN_OF_UNIT_NEWEST_AFTER, LIST_OPEN_OF_UNIT_NEWEST_BEFORE);
    } else if (residual->choice[FILTER_STATE] != 0 && is_alone(residual, false)) {
        walk->kind = WALK_WIDE;
        walk_by_key(walk, LIST_STATE_NEWEST_AFTER, LIST_STATE_NEWEST_BEFORE, residual->choice[FILTER_STATE]);
        residual->choice[FILTER_STATE] = 0;
    } else {
        walk_open(walk, TICKET_SORT_NEWEST);
    }
}

static void choose_newest_of_all(struct walk *walk)
{
    int64_t *choice = walk->residual.choice;
    const bool is_rare_state = choice[FILTER_STATE] != 0 && choice[FILTER_STATE] != TICKET_CLOSED;

    walk->kind = WALK_WIDE;
    if (is_rare_state || (choice[FILTER_STATE] != 0 && is_alone(&walk->residual, false))) {
        walk_by_key(walk, LIST_STATE_NEWEST_AFTER, LIST_STATE_NEWEST_BEFORE, choice[FILTER_STATE]);
        walk->cap = ROW_SCAN_CAP;
        choice[FILTER_STATE] = 0;
    } else if (choice[FILTER_CATEGORY] != 0) {
        walk_by_key(walk, LIST_CATEGORY_NEWEST_AFTER, LIST_CATEGORY_NEWEST_BEFORE, choice[FILTER_CATEGORY]);
        choice[FILTER_CATEGORY] = 0;
    } else if (choice[FILTER_UNIT] != 0) {
        walk_by_key(walk, LIST_UNIT_NEWEST_AFTER, LIST_UNIT_NEWEST_BEFORE, choice[FILTER_UNIT]);
        choice[FILTER_UNIT] = 0;
    } else {
        walk_by(walk, LIST_ALL_NEWEST_AFTER, LIST_ALL_NEWEST_BEFORE);
    }
}

static void choose_lookup(struct walk *walk, const struct filter *filter, const struct search *search,
                          enum ticket_sort sort)
{
    const bool is_by_person = filter->has_phone || filter->has_account;
    const bool is_whole = strlen(filter->number) == NUMBER_BYTES - 1;

    walk->kind = WALK_LOOKUP;
    walk->number = is_whole ? filter->number : NULL;
    /* One way in is enough: the others are asked of its rows. */
    if (filter->number[0] != '\0' && !is_whole)
        walk->gram = gram_of_tail(filter->number);
    else if (!is_whole && !is_by_person)
        walk->gram = search->grams[0];
    if (sort == TICKET_SORT_DUE)
        walk_by(walk, LIST_LOOKUP_DUE_AFTER, LIST_LOOKUP_DUE_BEFORE);
    else
        walk_by(walk, LIST_LOOKUP_NEWEST_AFTER, LIST_LOOKUP_NEWEST_BEFORE);
}

/*
 * A search whose pairs are all common: over the rarest one's entries, and before the days that it reaches back, over what
 * is open.
 */
static void plan_search(struct list_plan *plan, const struct search *search)
{
    struct walk *recent = &plan->walks[0], *open = &plan->walks[1];
    const struct instant since = recent->residual.since;
    const int64_t *grams = search->grams;

    *open = *recent;
    walk_by_key(recent, LIST_GRAM_NEWEST_AFTER, LIST_GRAM_NEWEST_BEFORE, grams[0]);
    recent->kind = WALK_SEARCH;
    recent->low = since;
    recent->cap = instant_is_equal(since, EARLIEST) ? TICKET_SEARCH_CAP : TICKET_SCAN_CAP;
    recent->residual.grams[0] = grams[1] != 0 ? grams[1] : grams[0];
    recent->residual.grams[1] = grams[2] != 0 ? grams[2] : recent->residual.grams[0];
    if (instant_is_equal(since, EARLIEST))
        return;
    walk_open_search(open, search, TICKET_SORT_NEWEST);
    open->high = just_before(since);
    plan->walk_count = 2;
}

void list_plan_make(const struct ticket_query *query, const struct search *search, struct instant now,
                    struct arena *arena, struct list_plan *plan)
{
    const struct filter *filter = query->filter;
    const bool is_due = query->sort == TICKET_SORT_DUE && query->view != TICKET_VIEW_ALL;
    struct walk *walk = &plan->walks[0];

    *plan = (struct list_plan){.walk_count = 1};
    /* What waits for ops may be closed already, and stands in no index by report. */
    plan->sort = is_due || query->view == TICKET_VIEW_WAITING_OPS ? TICKET_SORT_DUE : TICKET_SORT_NEWEST;
    walk->cap = TICKET_SCAN_CAP;
    walk->low = EARLIEST;
    walk->high = LATEST;
    plan->is_empty = !make_residual(&walk->residual, query, search, now, arena);
    if (is_lookup(filter) || (search->is_needed && search->is_rare)) {
        choose_lookup(walk, filter, search, plan->sort);
    } else if (search->is_needed && query->view == TICKET_VIEW_ALL && !walk->residual.is_open) {
        plan_search(plan, search);
    } else {
        walk->residual.grams[0] = search->grams[0];
        walk->residual.grams[1] = search->grams[1];
        if (plan->sort == TICKET_SORT_DUE)
            choose_due(walk, query, search);
        else if (is_of_open(&walk->residual))
            choose_newest_open(walk, search);
        else
            choose_newest_of_all(walk);
    }
    for (size_t i = 0; i < plan->walk_count; i++)
        plan->walks[i].is_filtered = !is_any(&plan->walks[i].residual);
}
