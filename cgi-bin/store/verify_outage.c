/* Outages folded again (see verify_stream.h). */
#include "store/verify_outage.h"

#include "core/outage.h"
#include "store/clock_row.h"

/* What the events say: the fold, the places and the messages. */
struct outage_again {
    struct outage outage;
    struct arena *arena;
    struct { int64_t seq, place; } *places;
    size_t place_count;
    struct told {
        uint32_t seq;
        int kind;
        struct instant told_at, happened_at, expected_end_at;
        struct outage_words words;
        bool is_emptied;
    } *messages;
    size_t message_count;
    const char *area_words; /* of the first event */
    bool is_area_emptied;
};

static bool fold_event(void *context, const struct event *event, const char *words)
{
    struct outage_again *again = context;

    if (!outage_is_foldable(&again->outage, event))
        return false;
    outage_apply(&again->outage, event);
    for (int i = 0; i < event->list_count[LIST_PLACES]; i++) {
        again->places[again->place_count].seq = event->seq;
        again->places[again->place_count++].place = event->list[LIST_PLACES][i];
    }
    const struct outage_words said = outage_words_split(arena_copy_text(again->arena, words));
    const bool is_emptied = event->has_text && words[0] == '\0';
    if (event->seq == 1) {
        again->area_words = said.area;
        again->is_area_emptied = is_emptied;
    }
    if (outage_is_message((enum outage_action)event->kind, again->outage.is_public))
        again->messages[again->message_count++] =
            (struct told){event->seq, event->kind, event->recorded_at, event->occurred_at,
                          instant_or_never(again->outage.expected_end_at), said, is_emptied};
    return true;
}

static enum status compare_outage(struct verifying *run, const struct outage_again *again, struct fault *fault)
{
    static const char *const NAMES[] = {"version",      "kind",         "state",       "unit_id",          "ticket_id",
                                        "cause",        "diameter_mm",  "is_public",   "is_pressure",      "is_large",
                                        "is_unapproved", "approver",    "scope",       "households",       "applicant_id",
                                        "assistant_id", "steps",        "planned_start_at", "reported_at", "started_at",
                                        "first_end_at", "expected_end_at", "ended_at"};
    const struct outage *outage = &again->outage;
    const struct db_value wanted[] = {
        db_integer(outage->version), db_integer((int64_t)outage->kind), db_integer((int64_t)outage->state),
        db_integer(outage->unit.v), db_integer(outage->ticket.v), db_integer(outage->cause), db_integer(outage->diameter_mm),
        db_integer(outage->is_public), db_integer(outage->is_pressure), db_integer(outage->is_large),
        db_integer(outage->is_unapproved), db_integer((int64_t)outage->approver), db_integer((int64_t)outage->scope),
        db_integer(outage->households), db_integer(outage->applicant.v), db_integer(outage->assistant.v),
        db_integer(outage->steps), db_instant(outage->planned_start_at), db_instant(outage->reported_at),
        db_instant(outage_start_at(outage)), db_instant(instant_or_never(outage->first_end_at)),
        db_instant(instant_or_never(outage->expected_end_at)), db_instant(instant_or_never(outage->ended_at)),
    };
    enum { COLUMNS = sizeof wanted / sizeof wanted[0] };
    _Static_assert(COLUMNS == sizeof NAMES / sizeof NAMES[0], "a name per column");
    const struct db_value id = db_integer(run->id);
    char valves[OUTAGE_VALVES_BYTES];
    struct db_row stored;
    const enum status status = db_query_one(run->db, OUTAGE_VERIFY_BY_ID, &id, 1, &run->arena, &stored, fault);

    if (status != STATUS_OK)
        return status;
    verifying_compare_row(run, "outage", NAMES, wanted, stored.columns, COLUMNS);
    outage_valves_format(outage->valves, outage->valve_count, valves);
    if (!text_is_equal(valves, db_row_text(&stored, COLUMNS)))
        verifying_tell(run, "outage.valves is %s, the events say %s", db_row_text(&stored, COLUMNS), valves);
    if (!again->is_area_emptied && !text_is_equal(again->area_words, db_row_text(&stored, COLUMNS + 1)))
        verifying_tell(run, "outage.area_words is not what the first event says");
    return STATUS_OK;
}

/* Rows of places are in the order of seq and place, the events' in the order of seq: each must be among the other's. */
static enum status compare_places(struct verifying *run, const struct outage_again *again, struct fault *fault)
{
    const struct db_value id = db_integer(run->id);
    struct db_row *rows;
    size_t count;
    const enum status status = db_query(run->db, OUTAGE_PLACE_LIST_BY_ID, &id, 1, &run->arena, &rows, &count, fault);

    if (status != STATUS_OK)
        return status;
    size_t found = 0;
    for (size_t i = 0; i < again->place_count; i++)
        for (size_t k = 0; k < count; k++)
            found += db_row_integer(&rows[k], 1) == again->places[i].seq &&
                     db_row_integer(&rows[k], 2) == again->places[i].place;
    if (count != again->place_count || found != count)
        verifying_tell(run, "outage_place has %zu rows of which %zu are among the %zu places that the events name", count, found,
                       again->place_count);
    return STATUS_OK;
}

static enum status compare_messages(struct verifying *run, const struct outage_again *again, struct fault *fault)
{
    static const char *const NAMES[] = {"seq", "kind", "told_at", "happened_at", "expected_end_at"};
    const struct db_value id = db_integer(run->id);
    struct db_row *rows;
    size_t count;
    const enum status status = db_query(run->db, OUTAGE_MESSAGE_LIST_BY_ID, &id, 1, &run->arena, &rows, &count, fault);

    if (status != STATUS_OK)
        return status;
    if (count != again->message_count) {
        verifying_tell(run, "outage_message has %zu rows, the events say %zu", count, again->message_count);
        return STATUS_OK;
    }
    for (size_t i = 0; i < count; i++) {
        const struct told *told = &again->messages[i];
        const struct db_value wanted[] = {db_integer(told->seq), db_integer(told->kind), db_instant(told->told_at),
                                          db_instant(told->happened_at), db_instant(told->expected_end_at)};
        verifying_compare_row(run, "outage_message", NAMES, wanted, rows[i].columns + 1, 5);
        if (!told->is_emptied && (!text_is_equal(told->words.area, db_row_text(&rows[i], 6)) ||
                                  !text_is_equal(told->words.words, db_row_text(&rows[i], 7)) ||
                                  !text_is_equal(told->words.water_points, db_row_text(&rows[i], 8))))
            verifying_tell(run, "outage_message %u: the public was told other words than the event", told->seq);
    }
    return STATUS_OK;
}

static enum status verify_outage(struct verifying *run, struct fault *fault)
{
    struct outage_again again = {.arena = &run->arena, .area_words = ""};
    struct verified_stream stream;
    enum status status = verifying_open(run, &stream, fault);

    if (status != STATUS_OK)
        return status;
    again.places = arena_take_array(&run->arena, OUTAGE_PLACES_MAX, sizeof *again.places);
    again.messages = arena_take_array(&run->arena, stream.row_count + 1, sizeof *again.messages);
    outage_init(&again.outage, (struct outage_id){run->id});
    status = verifying_stream(run, &stream, fold_event, &again, fault);
    if (status != STATUS_OK || !stream.is_whole)
        return status;
    status = compare_outage(run, &again, fault);
    if (status == STATUS_OK)
        status = compare_places(run, &again, fault);
    if (status == STATUS_OK)
        status = compare_messages(run, &again, fault);
    if (status == STATUS_OK)
        status = verifying_compare_clocks(run, again.outage.clocks, again.outage.clock_count, (struct category_id){0}, fault);
    return status;
}

enum status verify_outages(struct verifying *run, struct fault *fault)
{
    run->subject = SUBJECT_OUTAGE;
    run->what = "outage";
    return verifying_each(run, OUTAGE_LIST_PAGE, OUTAGE_LIST_ORPHANS, verify_outage, fault);
}
