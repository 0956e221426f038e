/* Earlier reports of the same matter: shown before a report is saved and on its page, and linked (Arts. 9, 34(3)). */
#include <string.h>

#include "ticket/intake.h"

#define LINK_TRIES 4

struct instant earlier_since(const struct request *request)
{
    return instant_add_seconds(request->now, -desk_of(request)->catalog.policies[POLICY_REPEAT_DAYS] * DAY_SECONDS);
}

const char *earlier_fingerprint(struct arena *arena, const struct earlier *earlier, size_t count)
{
    char *hex = arena_take(arena, 2 * HASH_BYTES + 1);
    struct bytes *pieces = arena_take_array(arena, count + 1, sizeof *pieces);

    for (size_t i = 0; i < count; i++)
        pieces[i] = (struct bytes){(const uint8_t *)earlier[i].number, strlen(earlier[i].number)};
    const struct hash hash = crypto_hash_pieces(pieces, count);
    text_format_hex(hash.bytes, HASH_BYTES, hex);
    return hex;
}

static const char *why_words(const struct request *request, unsigned why)
{
    static const struct {
        enum repeat_why why;
        const char *key;
    } reasons[] = {{REPEAT_BY_PHONE, "staff.earlier.by_phone"},
                   {REPEAT_BY_ACCOUNT, "staff.earlier.by_account"},
                   {REPEAT_BY_PLACE, "staff.earlier.by_place"}};
    const char *words = "";

    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++) {
        if ((why & reasons[i].why) == 0)
            continue;
        const char *reason = words_find(request->language, reasons[i].key);
        words = words[0] == '\0' ? reason
                                 : arena_format(request->arena, "%s%s%s", words,
                                                words_find(request->language, "list.comma"), reason);
    }
    return words;
}

static void show_row(struct view *view, const struct request *request, const struct earlier *earlier)
{
    char number[NUMBER_TEXT_BYTES];

    number_format_text(earlier->number, number);
    view_text(view, "number", earlier->number);
    view_text(view, "number_text", number);
    view_text(view, "state", desk_words(request, "state", ticket_state_name(earlier->state)));
    view_flag(view, "is_open", earlier->is_open);
    view_text(view, "category", desk_category_name(request, earlier->category));
    view_text(view, "place", earlier->place_text);
    view_text(view, "unit", desk_unit_name(request, earlier->unit));
    view_instant(view, "reported", earlier->reported_at);
    view_text(view, "name", earlier->name_masked);
    view_text(view, "phone", earlier->phone_masked);
    view_text(view, "why", why_words(request, earlier->why));
    if (earlier->repeat_level > 0)
        view_number(view, "level", earlier->repeat_level);
    if (earlier->satisfaction > 0)
        view_text(view, "satisfaction", desk_words_number(request, "staff.satisfaction", earlier->satisfaction));
}

void earlier_show(struct view *page, const struct request *request, const struct earlier *earlier, size_t count,
                  const char *chosen_number)
{
    for (size_t i = 0; i < count; i++) {
        struct view *view = view_row(page, "Earlier", i);
        show_row(view, request, &earlier[i]);
        view_flag(view, "is_checked", chosen_number != NULL && text_is_equal(chosen_number, earlier[i].number));
    }
    if (count > 0)
        view_number(page, "earlier_count", (int64_t)count);
    view_flag(page, "is_earlier_more", count == REPEATS_MAX);
}

/* ---- linking */

/* The form's key is the filing's own; the link that comes with it has one of the same making. */
static void link_key(const uint8_t key[ACTION_KEY_BYTES], uint8_t made[ACTION_KEY_BYTES])
{
    const struct bytes pieces[] = {{key, ACTION_KEY_BYTES}, {(const uint8_t *)"link-repeat", 11}};
    const struct hash hash = crypto_hash_pieces(pieces, 2);

    memcpy(made, hash.bytes, ACTION_KEY_BYTES);
}

static enum status try_link(struct request *request, const char *number, const struct earlier *earlier,
                            const uint8_t key[ACTION_KEY_BYTES])
{
    struct desk *desk = desk_of(request);
    struct ticket_file *file = arena_take(request->arena, sizeof *file);
    struct event event;
    struct instant now = request->now;
    enum status status = ticket_store_load(desk->db, number, request->arena, file, &request->fault);

    if (status != STATUS_OK)
        return status;
    struct command command = {.action = ACTION_LINK_REPEAT, .actor = request->actor, .occurred_at = INSTANT_NONE,
                              .expected_version = file->ticket.version};
    command_set(&command, FIELD_PARENT, earlier->id.v);
    command_set(&command, FIELD_LEVEL, earlier->repeat_level + 1);
    /* Of the same form sent twice at once, the other one may have filed a moment after this request began. */
    if (instant_is_before(now, file->ticket.reported_at))
        now = file->ticket.reported_at;
    memset(&event, 0, sizeof event);
    switch (ticket_decide(&file->ticket, &command, &desk->catalog.regulation, now, &event)) {
    case VERDICT_OK:
        return ticket_store_append(desk->db, file, &event, NULL, key, &desk->catalog, &request->fault);
    case VERDICT_ALREADY_DONE:
        return STATUS_OK;
    default:
        return STATUS_REFUSED;
    }
}

enum status earlier_link(struct request *request, const char *number, const struct earlier *earlier,
                         const uint8_t key[ACTION_KEY_BYTES])
{
    uint8_t own[ACTION_KEY_BYTES];
    enum status status = STATUS_CONFLICT;

    link_key(key, own);
    for (int try = 0; try < LINK_TRIES && status == STATUS_CONFLICT; try++) {
        fault_reset(&request->fault);
        status = try_link(request, number, earlier, own);
    }
    if (status == STATUS_DUPLICATE)
        fault_reset(&request->fault);
    return status == STATUS_DUPLICATE ? STATUS_OK : status;
}
