/* Outages as calendars (RFC 5545): all of them, those of a place, and one. A later message makes the event's next version. */
#include "outage/outage.h"
#include "web/ical.h"
#include "web/input.h"

enum {
    HEAD_BYTES = 1000,
    EVENT_BYTES = 12000, /* texts are bounded: 1000 characters of words, 600 bytes of area, folded and escaped */
    ASK_AGAIN_MINUTES = 15,
};

/* What was planned and did not happen ends with it, not before it began. */
static struct instant end_of(const struct outage_notice *notice, struct instant start)
{
    const bool is_over = instant_is_set(notice->ended_at) && instant_is_before(start, notice->ended_at);

    return is_over && !outage_notice_is_off(notice) ? notice->ended_at : notice->expected_end_at;
}

static const char *description_of(const struct request *request, const struct outage_notice *notice)
{
    struct arena *arena = request->arena;
    const struct outage_message *last = outage_notice_last(notice);
    const char *cause = outage_words_of(request->language, request, "outage.cause", arena_format(arena, "%d", notice->cause));
    const char *points = outage_notice_water_points(notice);

    return arena_format(arena, "%s: %s\n%s%s%s%s%s%s%s %s", words_find(request->language, "outage.why"), cause, last->words,
                        last->words[0] != '\0' ? "\n" : "", points[0] != '\0' ? words_find(request->language, "outage.water_points") : "",
                        points[0] != '\0' ? ": " : "", points, points[0] != '\0' ? "\n" : "",
                        words_find(request->language, "layout.hotline"), request->app->settings.hotline);
}

static void add_event(struct text *text, const struct request *request, const struct outage_notice *notice)
{
    const struct settings *settings = &request->app->settings;
    struct arena *arena = request->arena;
    const struct instant start = outage_notice_start(notice);
    const struct ical_event event = {
        .uid = arena_format(arena, "outage-%lld@%s", (long long)notice->id.v, outage_host(request)),
        .at = start,
        .end = end_of(notice, start),
        .summary = arena_format(arena, "%s: %s", outage_kind_words(request->language, request, notice),
                                outage_notice_area(request, notice)),
        .description = description_of(request, notice),
        .location = outage_notice_area(request, notice),
        .url = arena_format(arena, "%s%s/outage/%lld", settings->base_url, settings->base_path, (long long)notice->id.v),
        .is_cancelled = outage_notice_is_off(notice),
        .sequence = (int)notice->message_count - 1,
    };

    ical_add(text, &event, outage_notice_last(notice)->told_at);
}

static void send(const struct request *request, struct response *response, const struct outage_notice *notices, size_t count,
                 const char *name)
{
    const size_t room = HEAD_BYTES + count * EVENT_BYTES;
    struct text text;

    text_init(&text, arena_take(request->arena, room), room);
    ical_begin(&text, "-//Shuinuo//outages//EN");
    ical_subscription(&text, name, ASK_AGAIN_MINUTES);
    for (size_t i = 0; i < count; i++)
        add_event(&text, request, &notices[i]);
    ical_end(&text);
    outage_send(response, "text/calendar; charset=utf-8", text.bytes, text.length_bytes);
}

static enum status make_calendar(struct request *request, struct response *response)
{
    struct selection selection;
    const enum status status = outage_select(request, &selection);

    if (status != STATUS_OK)
        return status;
    const char *title = words_find(request->language, "outage.title");
    if (selection.place != NULL)
        title = arena_format(request->arena, "%s: %s", title, selection.place->name);
    send(request, response, selection.notices, selection.count, title);
    return STATUS_OK;
}

enum status outage_get_calendar(struct request *request, struct response *response)
{
    return outage_answer_kept(request, response, "outage/feed.ics", make_calendar);
}

enum status outage_get_calendar_one(struct request *request, struct response *response)
{
    struct outage_notice notice;
    struct inputs inputs;
    int64_t id;
    enum status status = inputs_read(request, NULL, 0, &inputs);

    if (status != STATUS_OK)
        return status;
    if (!text_parse_integer(request->part[0], 1, INT64_MAX, &id))
        return STATUS_ABSENT;
    status = outage_public_find(program_of(request)->db, (struct outage_id){id}, request->arena, &notice, &request->fault);
    if (status == STATUS_OK)
        send(request, response, &notice, 1, words_find(request->language, "outage.title"));
    return status;
}
