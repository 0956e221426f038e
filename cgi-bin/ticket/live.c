#include "ticket/live.h"

#include <string.h>

#include "base/now.h"

#define HASH_TEXT_BYTES 16 /* of each hash in a validator */
#define HEX (2 * HASH_TEXT_BYTES)

/* W/"WHOSE.VERSION.MARKS.UNTIL.SHOWN"; until: 0 for never */
struct validator {
    uint8_t whose[HASH_TEXT_BYTES], shown[HASH_TEXT_BYTES];
    struct desk_state state;
    int64_t until;
};

static void mix(struct hash *hash, const void *data, size_t length)
{
    const struct bytes pieces[] = {{hash->bytes, HASH_BYTES}, {data, length}};

    *hash = crypto_hash_pieces(pieces, 2);
}

/* The part up to the next full stop, which is passed. NULL when it is not there. */
static const char *take_part(struct arena *arena, const char **at, char end)
{
    const char *stop = strchr(*at, end);

    if (stop == NULL)
        return NULL;
    const char *part = arena_copy(arena, *at, (size_t)(stop - *at));
    *at = stop + 1;
    return part;
}

static bool parse_validator(struct arena *arena, const char *text, struct validator *validator)
{
    const char *parts[5];

    if (strncmp(text, "W/\"", 3) != 0)
        return false;
    text += 3;
    for (int i = 0; i < 5; i++) {
        parts[i] = take_part(arena, &text, i < 4 ? '.' : '"');
        if (parts[i] == NULL)
            return false;
    }
    return *text == '\0' && text_parse_hex(parts[0], validator->whose, HASH_TEXT_BYTES) &&
           text_parse_integer(parts[1], 0, INT64_MAX, &validator->state.version) &&
           text_parse_integer(parts[2], 0, INT64_MAX, &validator->state.marks) &&
           text_parse_integer(parts[3], 0, INT64_MAX, &validator->until) &&
           text_parse_hex(parts[4], validator->shown, HASH_TEXT_BYTES);
}

/* The script counts down by this clock. */
static void set_headers(const struct request *request, struct response *response, const char *etag)
{
    response_header(response, "ETag", etag);
    response_header(response, "X-Now", arena_format(request->arena, "%lld", (long long)request->now.milliseconds));
}

static void answer_unchanged(const struct request *request, struct response *response, const char *etag)
{
    response->status_code = 304;
    set_headers(request, response, etag);
}

static struct bytes text_piece(const char *text) { return (struct bytes){(const uint8_t *)text, strlen(text) + 1}; }

/* Person, rights, language and address, as one text that no other one gives. */
static struct hash whose_of(const struct request *request, const struct poll_who *who)
{
    const int64_t numbers[] = {who->staff.v, who->unit.v, (int64_t)who->roles, (int64_t)request->language,
                               request->is_elder, desk_of(request)->catalog.version};
    const size_t count = request->query.count;
    struct bytes *pieces = arena_take_array(request->arena, 2 + 2 * count, sizeof *pieces);

    pieces[0] = (struct bytes){(const uint8_t *)numbers, sizeof numbers};
    pieces[1] = text_piece(request->path);
    for (size_t i = 0; i < count; i++) {
        pieces[2 + 2 * i] = text_piece(request->query.items[i].name);
        pieces[3 + 2 * i] = text_piece(request->query.items[i].value);
    }
    return crypto_hash_pieces(pieces, 2 + 2 * count);
}

/* Whether what the visitor has was made for him and still holds if the desk is in the validator's state. */
static bool reads_good_validator(const struct request *request, const struct hash *whose, struct validator *validator)
{
    return request->method == METHOD_GET && parse_validator(request->arena, request->if_none_match, validator) &&
           memcmp(validator->whose, whose->bytes, HASH_TEXT_BYTES) == 0 &&
           (validator->until == 0 || request->now.milliseconds < validator->until);
}

bool live_answer_remembered(struct app *app, struct request *request, struct response *response)
{
    const struct desk *desk = app->context;
    const struct poll_moment now = {now_monotonic_milliseconds(), request->now};
    struct validator validator;

    if (request->if_none_match[0] == '\0')
        return false;
    const struct poll_who *who = poll_memory_who(&desk->memory, &request->session_hash, now);
    if (who == NULL || (who->roles & request->route->roles) == 0)
        return false;
    const struct hash whose = whose_of(request, who);
    if (!reads_good_validator(request, &whose, &validator) || !poll_memory_is_state(&desk->memory, &validator.state, now))
        return false;
    answer_unchanged(request, response, request->if_none_match);
    return true;
}

void live_begin(struct request *request, struct response *response, struct live *live, bool *is_answered)
{
    const struct poll_who who = {request->actor.roles, request->actor.staff, request->actor.unit};
    const struct desk_state *state = desk_of(request)->polled;
    struct validator validator;

    memset(live, 0, sizeof *live);
    live->whose = whose_of(request, &who);
    *is_answered = state != NULL && reads_good_validator(request, &live->whose, &validator) &&
                   desk_state_is_equal(state, &validator.state);
    if (*is_answered)
        answer_unchanged(request, response, request->if_none_match);
}

void live_add(struct live *live, const void *data, size_t length) { mix(&live->shown, data, length); }

void live_add_rows(struct live *live, const struct ticket_row *rows, size_t count, struct instant now)
{
    for (size_t i = 0; i < count; i++) {
        const bool is_late = instant_is_set(rows[i].next_due_at) && instant_is_before(rows[i].next_due_at, now);
        const int64_t row[] = {rows[i].id.v, rows[i].version, rows[i].next_due_at.milliseconds, is_late};
        live_add(live, row, sizeof row);
    }
}

const char *live_end(struct request *request, struct response *response, const struct live *live,
                     const struct desk_counts *counts)
{
    const int64_t until = instant_is_set(counts->good_until) ? counts->good_until.milliseconds : 0;
    char whose[HEX + 1], shown[HEX + 1];
    struct validator theirs;

    text_format_hex(live->whose.bytes, HASH_TEXT_BYTES, whose);
    text_format_hex(live->shown.bytes, HASH_TEXT_BYTES, shown);
    const char *etag = arena_format(request->arena, "W/\"%s.%lld.%lld.%lld.%s\"", whose, (long long)counts->state.version,
                                    (long long)counts->state.marks, (long long)until, shown);
    if (request->method == METHOD_GET && parse_validator(request->arena, request->if_none_match, &theirs) &&
        memcmp(theirs.whose, live->whose.bytes, HASH_TEXT_BYTES) == 0 &&
        memcmp(theirs.shown, live->shown.bytes, HASH_TEXT_BYTES) == 0) {
        answer_unchanged(request, response, etag);
        return NULL;
    }
    set_headers(request, response, etag);
    return etag;
}
