#include "store/ledger_facts.h"

#include "store/clock_row.h"

static enum status load_clocks(struct db *db, enum subject_kind subject, int64_t id, struct instant now, struct arena *arena,
                               struct ledger_facts *known, struct fault *fault)
{
    const struct db_value values[] = {db_integer((int64_t)subject), db_integer(id)};
    struct db_row *rows;
    size_t count;
    const enum status status = db_query(db, CLOCK_LIST_BY_SUBJECT, values, 2, arena, &rows, &count, fault);

    if (status != STATUS_OK)
        return status;
    struct clock *clocks = arena_take_array(arena, count + 1, sizeof *clocks);
    for (size_t i = 0; i < count; i++) {
        clocks[i] = clock_row_read(&rows[i]);
        known->is_at_edge = known->is_at_edge || breach_is_at_edge(&clocks[i], now);
    }
    known->facts.clocks = clocks;
    known->facts.clock_count = count;
    return STATUS_OK;
}

static enum status load_holds(struct db *db, int64_t ticket, struct arena *arena, struct breach_facts *facts, struct fault *fault)
{
    const struct db_value value = db_integer(ticket);
    struct db_row *rows;
    size_t count;
    const enum status status = db_query(db, LEDGER_HOLDS_OF_TICKET, &value, 1, arena, &rows, &count, fault);

    if (status != STATUS_OK)
        return status;
    struct breach_hold *holds = arena_take_array(arena, count + 1, sizeof *holds);
    for (size_t i = 0; i < count; i++)
        holds[i] = (struct breach_hold){.dispatch_no = (int)db_row_integer(&rows[i], 0),
                                        .dispatched_at = db_row_instant(&rows[i], 1),
                                        .ended_at = db_row_instant(&rows[i], 2),
                                        .objected_at = db_row_instant(&rows[i], 3),
                                        .at_ops_milliseconds = db_row_integer(&rows[i], 4)};
    facts->holds = holds;
    facts->hold_count = count;
    return STATUS_OK;
}

static enum status load_calls(struct db *db, int64_t ticket, struct arena *arena, struct breach_facts *facts, struct fault *fault)
{
    const struct db_value value = db_integer(ticket);
    struct db_row *rows;
    size_t count;
    const enum status status = db_query(db, LEDGER_CALLS_OF_TICKET, &value, 1, arena, &rows, &count, fault);

    if (status != STATUS_OK)
        return status;
    struct breach_call *calls = arena_take_array(arena, count + 1, sizeof *calls);
    for (size_t i = 0; i < count; i++)
        calls[i] = (struct breach_call){{(int32_t)db_row_integer(&rows[i], 0)}, db_row_instant(&rows[i], 1)};
    facts->calls = calls;
    facts->call_count = count;
    return STATUS_OK;
}

static enum status load_repeat(struct db *db, int64_t ticket, struct arena *arena, struct breach_earlier *repeat, struct fault *fault)
{
    const struct db_value value = db_integer(ticket);
    struct db_row row;
    const enum status status = db_query_one(db, LEDGER_REPEATED_BY_TICKET, &value, 1, arena, &row, fault);

    if (status == STATUS_OK)
        *repeat = (struct breach_earlier){db_row_integer(&row, 0), {(int32_t)db_row_integer(&row, 1)}, db_row_instant(&row, 2)};
    return status == STATUS_ABSENT ? STATUS_OK : status;
}

/* When the repair was done, the last one of several; INSTANT_NONE: not yet. */
static struct instant repaired_at(const struct breach_facts *facts)
{
    struct instant at = INSTANT_NONE;

    for (size_t i = 0; i < facts->clock_count; i++) {
        const struct clock *clock = &facts->clocks[i];
        if (clock->kind == CLOCK_REPAIR && instant_is_set(clock->stopped_at) &&
            (clock->result == RESULT_KEPT || clock->result == RESULT_LATE))
            at = clock->stopped_at;
    }
    return at;
}

static int window_of(const struct breach_rules *rules)
{
    for (size_t i = 0; i < rules->basis_count; i++)
        if (rules->bases[i].basis == BASIS_LEAK_AGAIN)
            return rules->bases[i].window_days;
    return 0;
}

/* The leak at the same place, or the one it is linked with as a repeat, that was repaired within the window before this repair. */
static enum status load_leak(struct db *db, int64_t ticket, struct arena *arena, struct ledger_facts *known, struct fault *fault)
{
    const int64_t window_seconds = (int64_t)known->window_days * DAY_SECONDS;
    const struct instant since = instant_add_seconds(known->repaired_at, -window_seconds);
    /* One that took as long again to repair is not looked for. */
    const struct db_value at_place[] = {
        db_integer(known->place), db_instant(instant_add_seconds(since, -window_seconds)), db_instant(known->reported_at),
        db_integer(ticket), db_instant(since), db_instant(known->reported_at),
    };
    const struct db_value by_repeat[] = {db_integer(ticket), db_instant(since), db_instant(known->reported_at)};
    struct db_row row;
    enum status status = STATUS_ABSENT;

    if (known->place != 0)
        status = db_query_one(db, LEDGER_LEAK_BEFORE_AT_PLACE, at_place, 6, arena, &row, fault);
    if (status == STATUS_ABSENT)
        status = db_query_one(db, LEDGER_LEAK_BEFORE_BY_REPEAT, by_repeat, 3, arena, &row, fault);
    if (status == STATUS_OK)
        known->facts.leak =
            (struct breach_earlier){db_row_integer(&row, 0), {(int32_t)db_row_integer(&row, 1)}, known->repaired_at};
    return status == STATUS_ABSENT ? STATUS_OK : status;
}

static enum status load_ticket(struct db *db, int64_t id, const struct breach_rules *rules, struct arena *arena,
                               struct ledger_facts *known, struct fault *fault)
{
    const struct db_value value = db_integer(id);
    struct db_row row;
    enum status status = db_query_one(db, LEDGER_FACTS_OF_TICKET, &value, 1, arena, &row, fault);

    if (status != STATUS_OK)
        return status;
    const int64_t parent = db_row_integer(&row, 2);
    known->facts.is_sealed = db_row_integer(&row, 0) == TICKET_SEALED;
    known->facts.source = (enum source)db_row_integer(&row, 1);
    known->incident = parent != 0 ? parent : id;
    known->reported_at = db_row_instant(&row, 5);
    if (known->facts.is_sealed)
        return STATUS_OK;
    status = load_holds(db, id, arena, &known->facts, fault);
    if (status == STATUS_OK)
        status = load_calls(db, id, arena, &known->facts, fault);
    if (status == STATUS_OK && db_row_integer(&row, 6) > 0)
        status = load_repeat(db, id, arena, &known->facts.repeat, fault);
    known->window_days = window_of(rules);
    known->repaired_at = parent == 0 && db_row_integer(&row, 4) != 0 ? repaired_at(&known->facts) : INSTANT_NONE;
    if (status != STATUS_OK || known->window_days == 0 || !instant_is_set(known->repaired_at))
        return status;
    known->place = db_row_integer(&row, 3);
    return load_leak(db, id, arena, known, fault);
}

static enum status load_outage(struct db *db, int64_t id, struct arena *arena, struct breach_facts *facts, struct fault *fault)
{
    const struct db_value value = db_integer(id);
    struct db_row row;
    const enum status status = db_query_one(db, LEDGER_FACTS_OF_OUTAGE, &value, 1, arena, &row, fault);

    if (status != STATUS_OK)
        return status;
    facts->is_unapproved = db_row_integer(&row, 0) != 0;
    facts->unit.v = (int32_t)db_row_integer(&row, 1);
    facts->started_at = db_row_instant(&row, 2);
    return STATUS_OK;
}

enum status ledger_facts_load(struct db *db, enum subject_kind subject, int64_t id, const struct breach_rules *rules,
                              struct instant now, struct arena *arena, struct ledger_facts *known, struct fault *fault)
{
    *known = (struct ledger_facts){.facts = {.subject = subject}, .reported_at = INSTANT_NONE, .repaired_at = INSTANT_NONE};
    const enum status status = load_clocks(db, subject, id, now, arena, known, fault);

    if (status != STATUS_OK)
        return status;
    return subject == SUBJECT_TICKET ? load_ticket(db, id, rules, arena, known, fault)
                                     : load_outage(db, id, arena, &known->facts, fault);
}
