#include "store/outage_public.h"

#include <string.h>

#include "base/now.h"

enum {
    MESSAGES_MAX = OUTAGE_NOTICES_MAX * OUTAGE_CLOCKS_MAX, /* each change starts a clock, but for the last */
    PLACES_MAX = OUTAGE_NOTICES_MAX * OUTAGE_PLACES_MAX,
    LOOK_MILLISECONDS = 1000,
};

static struct outage_notice read_notice(const struct db_row *row)
{
    struct outage_notice notice = {
        .id = {db_row_integer(row, 0)},
        .state = (enum outage_state)db_row_integer(row, 1),
        .unit = {(int32_t)db_row_integer(row, 2)},
        .cause = (int)db_row_integer(row, 3),
        .kind = (enum outage_kind)db_row_integer(row, 4),
        .is_pressure = db_row_integer(row, 5) != 0,
        .planned_start_at = db_row_instant(row, 6),
        .started_at = db_row_instant(row, 7),
        .first_end_at = db_row_instant(row, 8),
        .expected_end_at = db_row_instant(row, 9),
        .ended_at = db_row_instant(row, 10),
    };

    if (outage_is_open(notice.state))
        notice.ended_at = INSTANT_NONE;
    return notice;
}

/* The rows of one outage in a list that is grouped by outage: how many from `first` on. */
static size_t count_of(const struct db_row *rows, size_t count, size_t first, int64_t id)
{
    size_t end = first;

    while (end < count && db_row_integer(&rows[end], 0) == id)
        end++;
    return end - first;
}

static struct outage_message read_message(const struct db_row *row)
{
    return (struct outage_message){
        .seq = (uint32_t)db_row_integer(row, 1),
        .kind = (enum outage_action)db_row_integer(row, 2),
        .told_at = db_row_instant(row, 3),
        .happened_at = db_row_instant(row, 4),
        .expected_end_at = db_row_instant(row, 5),
        .area_words = db_row_text(row, 6),
        .words = db_row_text(row, 7),
        .water_points = db_row_text(row, 8),
        .start_at = db_row_instant(row, 9),
    };
}

/*
 * Gives each message of a notice the places that it added; the first one those of the application, which is no message. rows: of this
 * outage alone, by seq
 */
static void take_places(struct outage_notice *notice, const struct db_row *rows, size_t count, struct arena *arena)
{
    struct place_id *places = arena_take_array(arena, count + 1, sizeof *places);
    size_t at = 0;

    for (size_t i = 0; i < count; i++)
        places[i].v = (int32_t)db_row_integer(&rows[i], 2);
    for (size_t i = 0; i < notice->message_count; i++) {
        struct outage_message *message = &notice->messages[i];
        message->places = places + at;
        while (at < count && db_row_integer(&rows[at], 1) <= message->seq) {
            message->place_count++;
            at++;
        }
    }
}

/* What one statement found, grouped by outage in the same order as the notices. */
struct found {
    struct db_row *rows;
    size_t count, at;
};

/* An outage published between the statements has messages without a notice here, or the reverse: it is left out this time. */
static bool skip_to(struct found *found, int64_t id)
{
    size_t at = found->at;

    while (at < found->count && db_row_integer(&found->rows[at], 0) != id)
        at++;
    if (at == found->count)
        return false;
    found->at = at;
    return true;
}

static size_t assemble(struct outage_notice *notices, size_t count, struct found *messages, struct found *places,
                       struct arena *arena)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++) {
        struct outage_notice notice = notices[i];
        if (!skip_to(messages, notice.id.v))
            continue;
        notice.message_count = count_of(messages->rows, messages->count, messages->at, notice.id.v);
        notice.messages = arena_take_array(arena, notice.message_count, sizeof *notice.messages);
        for (size_t k = 0; k < notice.message_count; k++)
            notice.messages[k] = read_message(&messages->rows[messages->at++]);
        const size_t place_count =
            skip_to(places, notice.id.v) ? count_of(places->rows, places->count, places->at, notice.id.v) : 0;
        take_places(&notice, place_count > 0 ? &places->rows[places->at] : NULL, place_count, arena);
        places->at += place_count;
        notices[kept++] = notice;
    }
    return kept;
}

static struct outage_notice *read_notices(const struct found *found, struct arena *arena)
{
    struct outage_notice *notices = arena_take_array(arena, found->count + 1, sizeof *notices);

    for (size_t i = 0; i < found->count; i++)
        notices[i] = read_notice(&found->rows[i]);
    return notices;
}

bool outage_notice_runs(const struct outage_notice *notice, struct instant now)
{
    const enum outage_phase phase = outage_phase_at(notice->state, notice->started_at, notice->expected_end_at, now);

    return phase == OUTAGE_PHASE_RUNNING || phase == OUTAGE_PHASE_OVERDUE;
}

enum status outage_public_list(struct db *db, struct instant since, struct arena *arena, struct outage_notice **notices,
                              size_t *count, struct fault *fault)
{
    static const struct {
        enum statement statement;
        int most;
    } parts[] = {{OUTAGE_NOTICE_LIST, OUTAGE_NOTICES_MAX}, {OUTAGE_MESSAGE_LIST, MESSAGES_MAX}, {OUTAGE_PLACE_LIST, PLACES_MAX}};
    struct found found[3] = {{NULL, 0, 0}};
    enum status status = STATUS_OK;

    for (int i = 0; status == STATUS_OK && i < 3; i++) {
        const struct db_value values[] = {db_instant(since), db_integer(parts[i].most)};
        status = db_query(db, parts[i].statement, values, 2, arena, &found[i].rows, &found[i].count, fault);
    }
    if (status != STATUS_OK)
        return status;
    *notices = read_notices(&found[0], arena);
    *count = assemble(*notices, found[0].count, &found[1], &found[2], arena);
    return STATUS_OK;
}

enum status outage_public_find(struct db *db, struct outage_id id, struct arena *arena, struct outage_notice *notice,
                              struct fault *fault)
{
    static const enum statement parts[] = {OUTAGE_NOTICE_FIND, OUTAGE_MESSAGE_LIST_BY_ID, OUTAGE_PLACE_LIST_BY_ID};
    const struct db_value value = db_integer(id.v);
    struct found found[3] = {{NULL, 0, 0}};
    enum status status = STATUS_OK;

    for (int i = 0; status == STATUS_OK && i < 3; i++)
        status = db_query(db, parts[i], &value, 1, arena, &found[i].rows, &found[i].count, fault);
    if (status != STATUS_OK)
        return status;
    struct outage_notice *notices = read_notices(&found[0], arena);
    if (assemble(notices, found[0].count, &found[1], &found[2], arena) == 0)
        return STATUS_ABSENT;
    *notice = notices[0];
    return STATUS_OK;
}

enum status outage_public_news(struct db *db, struct arena *arena, int64_t *news, struct fault *fault)
{
    struct db_row row;
    const enum status status = db_query_one(db, OUTAGE_MESSAGE_LAST, NULL, 0, arena, &row, fault);

    if (status == STATUS_OK)
        *news = db_row_integer(&row, 0);
    return status;
}

enum status outage_watch_look(struct outage_watch *watch, struct db *db, struct arena *arena, struct fault *fault)
{
    const int64_t now = now_monotonic_milliseconds();

    if (watch->has_news && now - watch->looked_at_milliseconds < LOOK_MILLISECONDS)
        return STATUS_OK;
    const enum status status = outage_public_news(db, arena, &watch->news, fault);
    if (status != STATUS_OK)
        return status;
    watch->has_news = true;
    watch->looked_at_milliseconds = now;
    return STATUS_OK;
}

int64_t outage_watch_version(const struct outage_watch *watch, const struct catalog *catalog, struct instant now)
{
    const int64_t facts[] = {watch->news, catalog->version, now.milliseconds / (MINUTE_SECONDS * 1000)};
    const struct bytes piece = {(const uint8_t *)facts, sizeof facts};
    const struct hash hash = crypto_hash_pieces(&piece, 1);
    int64_t version;

    memcpy(&version, hash.bytes, sizeof version);
    return version;
}
