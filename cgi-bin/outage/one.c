/* One outage with all that was told of it, message by message; and its poster. */
#include "outage/outage.h"
#include "web/input.h"
#include "web/qr.h"

/* ---- messages */

/* "The expected end was changed from 20:00 to 22:00." And the start of one that was put off. */
static void show_change(struct view *view, const struct outage_message *before, const struct outage_message *message)
{
    if (before != NULL && message->kind == OUTAGE_POSTPONE) {
        view_instant(view, "start_before", before->start_at);
        view_instant(view, "start", message->start_at);
    }
    if (before == NULL || instant_is_equal(before->expected_end_at, message->expected_end_at))
        return;
    view_instant(view, "end_before", before->expected_end_at);
    view_instant(view, "end", message->expected_end_at);
    view_flag(view, "is_late", !instant_is_before(message->told_at, before->expected_end_at));
}

static void show_message(struct view *view, const struct request *request, const struct outage_message *before,
                         const struct outage_message *message)
{
    view_number(view, "seq", message->seq);
    view_text(view, "action",
              outage_words_of(request->language, request, "outage.action", outage_action_name(message->kind)));
    view_instant(view, "told", message->told_at);
    if (message->kind == OUTAGE_RESTORE)
        view_instant(view, "water_on", message->happened_at);
    if (before == NULL) {
        view_instant(view, "first_start", message->start_at);
        view_instant(view, "first_end", message->expected_end_at);
    }
    show_change(view, before, message);
    view_flag(view, "is_wider", before != NULL && (message->place_count > 0 || message->area_words[0] != '\0'));
    view_text(view, "area_words", message->area_words);
    view_text(view, "words", message->words);
    view_text(view, "water_points", message->water_points);
    for (size_t i = 0; i < message->place_count; i++)
        view_text(view_row(view, "Places", i), "name", outage_place_name(request, message->places[i]));
}

static void show_messages(struct view *page, const struct request *request, const struct outage_notice *notice)
{
    for (size_t i = 0; i < notice->message_count; i++) { /* newest first */
        const size_t at = notice->message_count - 1 - i;
        show_message(view_row(page, "Messages", i), request, at > 0 ? &notice->messages[at - 1] : NULL, &notice->messages[at]);
    }
}

/* ---- pages */

static enum status find_one(struct request *request, struct outage_notice *notice)
{
    struct inputs inputs;
    int64_t id;
    const enum status status = inputs_read(request, NULL, 0, &inputs);

    if (status != STATUS_OK)
        return status;
    if (!text_parse_integer(request->part[0], 1, INT64_MAX, &id))
        return STATUS_ABSENT;
    return outage_public_find(program_of(request)->db, (struct outage_id){id}, request->arena, notice, &request->fault);
}

enum status outage_get_one(struct request *request, struct response *response)
{
    struct outage_notice notice;
    enum status status = find_one(request, &notice);

    if (status != STATUS_OK)
        return status;
    struct view *page = page_begin(request, "outage/one");
    view_words(page, "Page.title", "outage.one.title");
    view_instant(page, "checked", request->now);
    outage_show_notice(view_child(page, "Outage"), request, &notice);
    show_messages(page, request, &notice);
    status = outage_show_texts(request, page);
    if (status != STATUS_OK)
        return status;
    outage_make_public(response);
    return page_end(page, response, 200);
}

/* A poster hangs for days: dates, never "today". */
static void put_date(struct view *view, const char *name, const struct request *request, struct instant at)
{
    if (instant_is_set(at))
        view_text(view, name, words_moment(request->arena, request->language, at, instant_add_seconds(at, -7 * DAY_SECONDS),
                                           request->app->settings.utc_offset_minutes));
}

enum status outage_get_poster(struct request *request, struct response *response)
{
    struct outage_notice notice;
    enum status status = find_one(request, &notice);

    if (status != STATUS_OK)
        return status;
    const char *path = arena_format(request->arena, "/outage/%lld", (long long)notice.id.v);
    const char *address = outage_link(request, path, NULL);
    struct view *page = page_begin(request, "outage/poster");
    view_words(page, "Page.title", "outage.poster.title");
    view_instant(page, "checked", request->now);
    outage_show_notice(view_child(page, "Outage"), request, &notice);
    put_date(page, "Date.start", request, outage_notice_start(&notice));
    put_date(page, "Date.end", request, notice.expected_end_at);
    put_date(page, "Date.ended", request, notice.ended_at);
    put_date(page, "Date.made", request, request->now);
    qr_show(page, "code", address, request->arena);
    status = outage_show_texts(request, page);
    if (status != STATUS_OK)
        return status;
    outage_make_public(response);
    return page_end(page, response, 200);
}
