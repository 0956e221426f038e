#include "core/breach.h"

int breach_source_group(enum source source)
{
    return source == SOURCE_HOTLINE || source == SOURCE_SUPERIOR || source == SOURCE_MEDIA;
}

bool breach_is_broken(const struct clock *clock, struct instant now)
{
    const enum clock_result result = clock_result_at(clock, now);

    if (!clock->is_binding || (result != RESULT_LATE && result != RESULT_ENDED_LATE))
        return false;
    return clock->corrected != RESULT_KEPT && clock->corrected != RESULT_ENDED_KEPT;
}

bool breach_is_at_edge(const struct clock *clock, struct instant now)
{
    return clock->result == RESULT_RUNNING && instant_is_set(clock->due_at) && instant_is_equal(clock->due_at, now) &&
           !breach_is_broken(clock, now);
}

/* ---- which clause */

static int32_t clause_of_clock(const struct breach_rules *rules, enum clock_kind kind, int source_group)
{
    int32_t clause = 0;

    for (size_t i = 0; i < rules->clock_count; i++) {
        const struct clock_clause *row = &rules->clocks[i];
        if (row->kind == kind && row->source_group == source_group)
            return row->clause;
        if (row->kind == kind && row->source_group == 0)
            clause = row->clause;
    }
    return clause;
}

static int32_t clause_of_basis(const struct breach_rules *rules, enum penalty_basis basis)
{
    for (size_t i = 0; i < rules->basis_count; i++)
        if (rules->bases[i].basis == basis)
            return rules->bases[i].clause;
    return 0;
}

/* ---- time at operations */

static int64_t overlap_milliseconds(struct instant from, struct instant to, struct instant start, struct instant end)
{
    const struct instant first = instant_is_before(from, start) ? start : from;
    const struct instant last = instant_earlier(to, end);

    return instant_is_before(first, last) ? instant_milliseconds_between(first, last) : 0;
}

/* What ops took to decide while this unit held it. */
static int64_t deciding_milliseconds(const struct breach_hold *hold, struct instant start, struct instant end)
{
    const struct instant to = instant_is_set(hold->ended_at) ? hold->ended_at : end;
    int64_t milliseconds = hold->at_ops_milliseconds;

    if (overlap_milliseconds(hold->dispatched_at, to, start, end) == 0)
        return 0;
    if (instant_is_set(hold->objected_at))
        milliseconds += overlap_milliseconds(hold->objected_at, end, start, end);
    return milliseconds;
}

int64_t breach_ops_wait_seconds(const struct clock *clock, const struct breach_hold *holds, size_t hold_count, struct instant now)
{
    const struct instant start = clock->started_at, end = instant_is_set(clock->stopped_at) ? clock->stopped_at : now;
    struct instant free_since = start; /* nobody holds it */
    int64_t milliseconds = 0;
    bool is_free = true;

    if (!instant_is_before(start, end))
        return 0;
    for (size_t i = 0; i < hold_count; i++) {
        const struct breach_hold *hold = &holds[i];
        if (clock->dispatch_no != 0 && hold->dispatch_no != clock->dispatch_no)
            continue;
        if (clock->dispatch_no == 0)
            milliseconds += overlap_milliseconds(free_since, hold->dispatched_at, start, end);
        milliseconds += deciding_milliseconds(hold, start, end);
        is_free = instant_is_set(hold->ended_at);
        free_since = hold->ended_at;
    }
    if (clock->dispatch_no == 0 && is_free)
        milliseconds += overlap_milliseconds(free_since, end, start, end);
    const int64_t whole = instant_milliseconds_between(start, end);
    return (milliseconds < whole ? milliseconds : whole) / 1000;
}

/* ---- the list */

struct listing {
    const struct breach_facts *facts;
    const struct breach_rules *rules;
    struct instant now;
    struct breach *breaches;
    size_t count, room;
};

static void add(struct listing *listing, struct breach breach)
{
    if (breach.clause == 0 || listing->count == listing->room)
        return;
    if (instant_is_before(listing->now, breach.happened_at))
        breach.happened_at = listing->now; /* recorded late under facts that moved the due time on since */
    listing->breaches[listing->count++] = breach;
}

static void list_clocks(struct listing *listing)
{
    const struct breach_facts *facts = listing->facts;
    const int group = breach_source_group(facts->source);

    for (size_t i = 0; i < facts->clock_count; i++) {
        const struct clock *clock = &facts->clocks[i];
        if (!breach_is_broken(clock, listing->now))
            continue;
        add(listing, (struct breach){
                         .basis = BASIS_CLOCK,
                         .number = clock->no,
                         .unit = clock->unit,
                         .clause = clause_of_clock(listing->rules, clock->kind, group),
                         .kind = clock->kind,
                         .happened_at = instant_is_set(clock->due_at) ? clock->due_at : clock->started_at,
                         .late_seconds = clock_late_seconds(clock, listing->now, false),
                         .ops_wait_seconds =
                             breach_ops_wait_seconds(clock, facts->holds, facts->hold_count, listing->now),
                     });
    }
}

/* The finish of a cycle; NULL without. */
static const struct clock *finish_of(const struct breach_facts *facts, int cycle)
{
    for (size_t i = 0; i < facts->clock_count; i++)
        if (facts->clocks[i].kind == CLOCK_FINISH && facts->clocks[i].cycle == cycle)
            return &facts->clocks[i];
    return NULL;
}

/* Each cycle after the first was opened because the customer said that it was not solved: by whom the one before was finished. */
static void list_follow_ups(struct listing *listing)
{
    const struct breach_facts *facts = listing->facts;

    for (size_t i = 0; i < facts->clock_count; i++) {
        const struct clock *clock = &facts->clocks[i];
        const struct clock *before = clock->kind == CLOCK_FINISH && clock->cycle > 1 ? finish_of(facts, clock->cycle - 1) : NULL;
        if (before == NULL || finish_of(facts, clock->cycle) != clock)
            continue;
        add(listing, (struct breach){.basis = BASIS_FOLLOW_UP, .number = clock->cycle, .unit = before->unit,
                                     .clause = clause_of_basis(listing->rules, BASIS_FOLLOW_UP), .happened_at = clock->started_at});
    }
}

static void list_earlier(struct listing *listing, enum penalty_basis basis, const struct breach_earlier *earlier)
{
    if (earlier->ticket != 0)
        add(listing, (struct breach){.basis = basis, .number = earlier->ticket, .unit = earlier->unit,
                                     .clause = clause_of_basis(listing->rules, basis), .happened_at = earlier->at});
}

size_t breach_list(const struct breach_facts *facts, const struct breach_rules *rules, struct instant now,
                   struct breach *breaches, size_t room)
{
    struct listing listing = {.facts = facts, .rules = rules, .now = now, .breaches = breaches, .room = room};

    if (facts->is_sealed)
        return 0;
    list_clocks(&listing);
    if (facts->subject == SUBJECT_TICKET)
        list_follow_ups(&listing);
    list_earlier(&listing, BASIS_REPEAT, &facts->repeat);
    list_earlier(&listing, BASIS_LEAK_AGAIN, &facts->leak);
    for (size_t i = 0; i < facts->call_count; i++)
        add(&listing, (struct breach){.basis = BASIS_UNREACHABLE, .number = facts->calls[i].unit.v, .unit = facts->calls[i].unit,
                                      .clause = clause_of_basis(rules, BASIS_UNREACHABLE), .happened_at = facts->calls[i].first_at});
    if (facts->is_unapproved)
        add(&listing, (struct breach){.basis = BASIS_UNAPPROVED, .number = 1, .unit = facts->unit,
                                      .clause = clause_of_basis(rules, BASIS_UNAPPROVED), .happened_at = facts->started_at});
    return listing.count;
}

struct penalty_evidence breach_evidence(const struct breach *breach, enum subject_kind subject, int64_t subject_id)
{
    return (struct penalty_evidence){
        .basis = breach->basis,
        .subject = subject,
        .subject_id = subject_id,
        .number = breach->number,
        .clock_kind = breach->kind,
        .happened_at = breach->happened_at,
        .late_seconds = breach->late_seconds,
        .ops_wait_seconds = breach->ops_wait_seconds,
    };
}
