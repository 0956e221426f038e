/*
 * The same as JSON, and as linked data in the words of schema.org. Field names are stable: a field is added, never renamed; `version`
 * changes when one has to mean something else.
 */
#include "outage/outage.h"

#include <string.h>

#include "web/json.h"

enum { HEAD_BYTES = 2000, NOTICE_BYTES = 6000, MESSAGE_BYTES = 1200, PLACE_BYTES = 400, ESCAPED = 6 };

/* Escaping makes at most six bytes of one. */
static size_t room_of(const struct selection *selection)
{
    size_t room = HEAD_BYTES;

    for (size_t i = 0; i < selection->count; i++) {
        const struct outage_notice *notice = &selection->notices[i];
        room += NOTICE_BYTES;
        for (size_t k = 0; k < notice->message_count; k++)
            room += MESSAGE_BYTES + PLACE_BYTES * notice->messages[k].place_count +
                    ESCAPED * 3 * (strlen(notice->messages[k].words) + strlen(notice->messages[k].area_words) +
                                   strlen(notice->messages[k].water_points));
    }
    return room;
}

static void add_moment(struct text *text, const struct request *request, const char *name, struct instant at)
{
    char iso[TIME_TEXT_BYTES];

    if (!instant_is_set(at)) {
        text_add_format(text, ",\"%s\":null", name);
        return;
    }
    instant_format_iso(at, request->app->settings.utc_offset_minutes, iso);
    text_add_format(text, ",\"%s\":\"%s\"", name, iso);
}

static void add_string(struct text *text, const char *name, const char *value)
{
    text_add(text, ",");
    json_string(text, name, value);
}

static const char *address_of(const struct request *request, const struct outage_notice *notice, const char *more)
{
    const struct settings *settings = &request->app->settings;

    return arena_format(request->arena, "%s%s/outage/%lld%s", settings->base_url, settings->base_path, (long long)notice->id.v,
                        more);
}

static const char *area_of(const struct request *request, const struct outage_notice *notice)
{
    return area_text(&program_of(request)->catalog, notice, "、", request->arena);
}

/* ---- JSON */

static void add_places(struct text *text, const struct request *request, const struct outage_message *messages, size_t count)
{
    bool is_first = true;

    text_add(text, ",\"places\":[");
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < messages[i].place_count; k++) {
            text_add(text, is_first ? "" : ",");
            json_value(text, outage_place_name(request, messages[i].places[k]));
            is_first = false;
        }
    text_add(text, "]");
}

static void add_message(struct text *text, const struct request *request, const struct outage_notice *notice,
                        const struct outage_message *message)
{
    text_add_format(text, "{\"seq\":%u", (unsigned)message->seq);
    add_string(text, "action", outage_action_name(message->kind));
    add_moment(text, request, "told_at", message->told_at);
    add_moment(text, request, "happened_at", message->happened_at);
    add_moment(text, request, "expected_end_at", message->expected_end_at);
    add_places(text, request, message, 1);
    add_string(text, "area_words", message->area_words);
    add_string(text, "words", message->words);
    add_string(text, "water_points", message->water_points);
    add_string(text, "cap_url", address_of(request, notice, arena_format(request->arena, "/cap/%u", (unsigned)message->seq)));
    text_add(text, "}");
}

static void add_row(struct text *text, const struct request *request, const struct outage_notice *notice)
{
    text_add_format(text, "{\"id\":%lld", (long long)notice->id.v);
    add_string(text, "url", address_of(request, notice, ""));
    add_string(text, "kind", outage_kind_name(notice->kind));
    text_add_format(text, ",\"is_pressure\":%s", notice->is_pressure ? "true" : "false");
    add_string(text, "state", outage_phase_name(outage_notice_phase(notice, request->now)));
    text_add_format(text, ",\"cause\":%d", notice->cause);
    add_moment(text, request, "started_at", notice->started_at);
    add_moment(text, request, "planned_start_at", notice->planned_start_at);
    add_moment(text, request, "first_expected_end_at", notice->first_end_at);
    add_moment(text, request, "expected_end_at", notice->expected_end_at);
    add_moment(text, request, "ended_at", notice->ended_at);
    add_moment(text, request, "updated_at", outage_notice_last(notice)->told_at);
    add_places(text, request, notice->messages, notice->message_count);
    add_string(text, "area", area_of(request, notice));
    add_string(text, "water_points", outage_notice_water_points(notice));
    add_string(text, "words", notice->messages[0].words);
    text_add(text, ",\"messages\":[");
    for (size_t i = 0; i < notice->message_count; i++) {
        text_add(text, i > 0 ? "," : "");
        add_message(text, request, notice, &notice->messages[i]);
    }
    text_add(text, "]}");
}

/* ---- one document or the other */

typedef void document_writer(struct text *text, const struct request *request, const struct selection *selection);

static enum status send(struct request *request, struct response *response, const char *content_type, document_writer *write)
{
    struct selection selection;
    struct text text;
    const enum status status = outage_select(request, &selection);

    if (status != STATUS_OK)
        return status;
    const size_t room = room_of(&selection);
    text_init(&text, arena_take(request->arena, room), room);
    write(&text, request, &selection);
    if (text.is_cut)
        return FAULT(&request->fault, STATUS_FAILED, "the outages do not fit into %zu bytes", room);
    outage_send(response, content_type, text.bytes, text.length_bytes);
    return STATUS_OK;
}

static void write_json(struct text *text, const struct request *request, const struct selection *selection)
{
    text_add(text, "{\"format\":\"shuinuo-outages\",\"version\":1");
    add_string(text, "publisher", request->app->settings.company_zh);
    text_add_format(text, ",\"is_sample\":%s", request->app->settings.is_sample ? "true" : "false");
    add_moment(text, request, "checked_at",
               (struct instant){request->now.milliseconds / (MINUTE_SECONDS * 1000) * (MINUTE_SECONDS * 1000)});
    text_add(text, ",\"outages\":[");
    for (size_t i = 0; i < selection->count; i++) {
        text_add(text, i > 0 ? ",\n" : "\n");
        add_row(text, request, &selection->notices[i]);
    }
    text_add(text, "]}\n");
}

static enum status make_json(struct request *request, struct response *response)
{
    return send(request, response, "application/json; charset=utf-8", write_json);
}

enum status outage_get_json(struct request *request, struct response *response)
{
    return outage_answer_kept(request, response, "outage/outages.json", make_json);
}

/* ---- JSON-LD: each outage is an announcement of the company */

static void add_locations(struct text *text, const struct request *request, const struct outage_notice *notice)
{
    bool is_first = true;

    text_add(text, ",\"announcementLocation\":[");
    for (size_t i = 0; i < notice->message_count; i++)
        for (size_t k = 0; k < notice->messages[i].place_count; k++) {
            text_add(text, is_first ? "{\"@type\":\"Place\"" : ",{\"@type\":\"Place\"");
            add_string(text, "name", outage_place_name(request, notice->messages[i].places[k]));
            text_add(text, "}");
            is_first = false;
        }
    text_add(text, "]");
}

static void add_announcement(struct text *text, const struct request *request, const struct outage_notice *notice)
{
    const struct outage_message *last = outage_notice_last(notice);
    const char *kind = outage_kind_words(request->language, request, notice), *area = area_of(request, notice);
    const char *cause = outage_words_of(request->language, request, "outage.cause",
                                        arena_format(request->arena, "%d", notice->cause));
    const char *action = outage_words_of(request->language, request, "outage.action", outage_action_name(last->kind));

    text_add(text, "{\"@type\":\"SpecialAnnouncement\"");
    add_string(text, "@id", address_of(request, notice, ""));
    add_string(text, "url", address_of(request, notice, ""));
    add_string(text, "name", arena_format(request->arena, "%s: %s", kind, area));
    add_string(text, "text", arena_format(request->arena, "%s. %s. %s", action, cause, last->words));
    add_string(text, "category", kind);
    add_moment(text, request, "datePosted", notice->messages[0].told_at);
    add_moment(text, request, "dateModified", last->told_at);
    if (instant_is_set(notice->ended_at))
        add_moment(text, request, "expires", notice->ended_at);
    else
        add_moment(text, request, "expires", notice->expected_end_at);
    add_locations(text, request, notice);
    text_add(text, ",\"publisher\":{\"@id\":\"#company\"}}");
}

static void write_jsonld(struct text *text, const struct request *request, const struct selection *selection)
{
    const struct settings *settings = &request->app->settings;

    text_add(text, "{\"@context\":\"https://schema.org\",\"@graph\":[\n{\"@type\":\"Organization\",\"@id\":\"#company\"");
    add_string(text, "name", settings->company_zh);
    add_string(text, "alternateName", settings->company_en);
    add_string(text, "telephone", settings->hotline);
    text_add(text, "}");
    for (size_t i = 0; i < selection->count; i++) {
        text_add(text, ",\n");
        add_announcement(text, request, &selection->notices[i]);
    }
    text_add(text, "\n]}\n");
}

static enum status make_jsonld(struct request *request, struct response *response)
{
    return send(request, response, "application/ld+json; charset=utf-8", write_jsonld);
}

enum status outage_get_jsonld(struct request *request, struct response *response)
{
    return outage_answer_kept(request, response, "outage/outages.jsonld", make_jsonld);
}
