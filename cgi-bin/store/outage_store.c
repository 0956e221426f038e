#include "store/outage_store.h"

#include <assert.h>
#include <string.h>

#include "store/clock_row.h"

enum { WORDS_BYTES_MAX = 8192 };

/* ---- publishing */

struct publishing {
    struct outage *outage; /* after the event */
    const struct outage_words *words;
};

static enum status insert_outage(struct db *db, const struct publishing *publishing, struct fault *fault)
{
    struct outage *outage = publishing->outage;
    char valves[OUTAGE_VALVES_BYTES];

    outage_valves_format(outage->valves, outage->valve_count, valves);
    const struct db_value values[] = {
        db_integer(outage->version),
        db_integer((int64_t)outage->kind),
        db_integer((int64_t)outage->state),
        db_integer(outage->unit.v),
        db_integer(outage->ticket.v),
        db_integer(outage->cause),
        db_integer(outage->diameter_mm),
        db_text(valves),
        db_integer(outage->is_public),
        db_integer(outage->is_pressure),
        db_integer(outage->is_large),
        db_integer(outage->is_unapproved),
        db_integer((int64_t)outage->approver),
        db_integer((int64_t)outage->scope),
        db_integer(outage->households),
        db_integer(outage->applicant.v),
        db_integer(outage->assistant.v),
        db_integer(outage->steps),
        db_instant(outage->planned_start_at),
        db_instant(outage->reported_at),
        db_instant(outage_start_at(outage)),
        db_instant(instant_or_never(outage->first_end_at)),
        db_instant(instant_or_never(outage->expected_end_at)),
        db_instant(instant_or_never(outage->ended_at)),
        db_text(publishing->words->area),
    };
    return db_run(db, OUTAGE_INSERT, values, sizeof values / sizeof values[0], NULL, &outage->id.v, fault);
}

static enum status update_outage(struct db *db, const struct outage *outage, struct fault *fault)
{
    const struct db_value values[] = {
        db_integer(outage->version),
        db_integer((int64_t)outage->state),
        db_integer(outage->is_public),
        db_integer(outage->is_unapproved),
        db_integer(outage->assistant.v),
        db_integer(outage->steps),
        db_instant(outage->planned_start_at),
        db_instant(outage_start_at(outage)),
        db_instant(instant_or_never(outage->expected_end_at)),
        db_instant(instant_or_never(outage->ended_at)),
        db_integer(outage->id.v),
        db_integer((int64_t)outage->version - 1),
    };
    int64_t affected = 0;
    const enum status status =
        db_run(db, OUTAGE_UPDATE_BY_VERSION, values, sizeof values / sizeof values[0], &affected, NULL, fault);

    return status == STATUS_OK && affected != 1 ? STATUS_CONFLICT : status;
}

static enum status insert_places(struct db *db, const struct outage *outage, const struct event *event, struct fault *fault)
{
    enum status status = STATUS_OK;

    for (int i = 0; status == STATUS_OK && i < event->list_count[LIST_PLACES]; i++) {
        const struct db_value values[] = {db_integer(outage->id.v), db_integer(event->seq),
                                          db_integer(event->list[LIST_PLACES][i])};
        status = db_run(db, OUTAGE_PLACE_INSERT, values, 3, NULL, NULL, fault);
    }
    return status;
}

static enum status insert_message(struct db *db, const struct publishing *publishing, const struct event *event,
                                  struct fault *fault)
{
    const struct outage *outage = publishing->outage;
    const struct db_value values[] = {
        db_integer(outage->id.v),           db_integer(event->seq),
        db_integer(event->kind),            db_instant(event->recorded_at),
        db_instant(event->occurred_at),     db_instant(instant_or_never(outage->expected_end_at)),
        db_text(publishing->words->area),   db_text(publishing->words->words),
        db_text(publishing->words->water_points), db_instant(outage_start_at(outage)),
    };
    return db_run(db, OUTAGE_MESSAGE_INSERT, values, sizeof values / sizeof values[0], NULL, NULL, fault);
}

static enum status write_rows(struct db *db, struct stream_change *change, struct fault *fault)
{
    const struct publishing *publishing = change->context;
    struct event *event = change->prepared.event;
    enum status status = event->seq == 1 ? insert_outage(db, publishing, fault)
                                         : update_outage(db, publishing->outage, fault);

    if (status != STATUS_OK)
        return status;
    event->subject_id = publishing->outage->id.v;
    status = insert_places(db, publishing->outage, event, fault);
    return status == STATUS_OK && outage_is_message((enum outage_action)event->kind, publishing->outage->is_public)
               ? insert_message(db, publishing, event, fault) : status;
}

/* before: NULL for event 1 */
static enum status publish(struct db *db, const struct outage_file *before, const struct publishing *publishing,
                           struct event *event, const uint8_t key[ACTION_KEY_BYTES], const struct catalog *catalog,
                           struct fault *fault)
{
    static const struct hash none = {{0}};
    char words[WORDS_BYTES_MAX];
    struct stream_change change = {
        .clocks = {.before = before != NULL ? before->outage.clocks : NULL,
                   .before_count = before != NULL ? before->outage.clock_count : 0,
                   .after = publishing->outage->clocks, .catalog = catalog},
        .write_rows = write_rows, .context = (void *)publishing};

    if (outage_words_join(publishing->words, words, sizeof words) >= sizeof words)
        return FAULT(fault, STATUS_INVALID, "more words than an outage's event can hold");
    stream_prepare(&change.prepared, event, words, key, before != NULL ? &before->head : &none);
    return stream_write(db, &change, key, fault);
}

enum status outage_store_report(struct db *db, struct outage *outage, struct event *event, const struct outage_words *words,
                                const uint8_t key[ACTION_KEY_BYTES], const struct catalog *catalog, struct fault *fault)
{
    const struct publishing publishing = {outage, words};

    assert(event->seq == 1 && outage->version == 1 && event->subject == SUBJECT_OUTAGE);
    const enum status status = publish(db, NULL, &publishing, event, key, catalog, fault);
    if (status == STATUS_DUPLICATE)
        outage->id.v = event->subject_id;
    return status;
}

enum status outage_store_append(struct db *db, const struct outage_file *file, struct event *event,
                                const struct outage_words *words, const uint8_t key[ACTION_KEY_BYTES],
                                const struct catalog *catalog, struct fault *fault)
{
    struct outage after = file->outage;
    const struct publishing publishing = {&after, words};

    assert(event->seq == file->outage.version + 1 && event->subject == SUBJECT_OUTAGE);
    event->subject_id = file->outage.id.v;
    outage_apply(&after, event);
    return publish(db, file, &publishing, event, key, catalog, fault);
}

/* ---- loading */

enum status outage_store_load(struct db *db, struct outage_id id, struct arena *arena, struct outage_file *file,
                              struct fault *fault)
{
    const struct db_value value = db_integer(id.v);
    struct db_row row;
    struct stream stream;
    enum status status = db_query_one(db, OUTAGE_FIND_BY_ID, &value, 1, arena, &row, fault);

    if (status != STATUS_OK)
        return status;
    status = stream_load(db, SUBJECT_OUTAGE, id.v, arena, &stream, fault);
    if (status == STATUS_ABSENT)
        return FAULT(fault, STATUS_FAILED, "outage %lld has no events, run `shuinuo verify`", (long long)id.v);
    if (status != STATUS_OK)
        return status;
    *file = (struct outage_file){.entries = stream.entries, .entry_count = stream.count, .head = stream.head};
    number_copy(file->ticket_number, db_row_text(&row, 1));
    outage_init(&file->outage, id);
    for (size_t i = 0; i < stream.count; i++) {
        if (!outage_is_foldable(&file->outage, &stream.entries[i].event))
            return FAULT(fault, STATUS_FAILED, "outage %lld cannot be folded, run `shuinuo verify`", (long long)id.v);
        outage_apply(&file->outage, &stream.entries[i].event);
    }
    return STATUS_OK;
}

enum status outage_store_of_ticket(struct db *db, struct ticket_id ticket, struct arena *arena,
                                   struct outage_of_ticket **outages, size_t *count, struct fault *fault)
{
    const struct db_value values[] = {db_integer(ticket.v), db_integer(ticket.v)};
    struct db_row *rows;
    const enum status status = db_query(db, OUTAGE_LIST_BY_TICKET, values, 2, arena, &rows, count, fault);

    if (status != STATUS_OK)
        return status;
    *outages = arena_take_array(arena, *count + 1, sizeof **outages);
    for (size_t i = 0; i < *count; i++)
        (*outages)[i] = (struct outage_of_ticket){.id = {db_row_integer(&rows[i], 0)},
                                                  .state = (enum outage_state)db_row_integer(&rows[i], 1),
                                                  .started_at = db_row_instant(&rows[i], 2),
                                                  .expected_end_at = db_row_instant(&rows[i], 3),
                                                  .is_joined = db_row_integer(&rows[i], 4) != 0};
    return STATUS_OK;
}

enum status outage_store_find_ticket(struct db *db, const char *number, struct arena *arena, struct outage_ticket *ticket,
                                     struct fault *fault)
{
    const struct db_value value = db_text(number);
    struct db_row row;
    const enum status status = db_query_one(db, TICKET_FIND_FOR_OUTAGE, &value, 1, arena, &row, fault);

    if (status != STATUS_OK)
        return status;
    *ticket = (struct outage_ticket){.id = {db_row_integer(&row, 0)},
                                     .place_text = db_row_text(&row, 2),
                                     .place = {(int32_t)db_row_integer(&row, 3)},
                                     .diameter_mm = (int)db_row_integer(&row, 4),
                                     .unit = {(int32_t)db_row_integer(&row, 5)}};
    number_copy(ticket->number, db_row_text(&row, 1));
    return STATUS_OK;
}
