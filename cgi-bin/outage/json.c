/* The same as JSON. Field names are stable: a field is added, never renamed. */
#include "outage/outage.h"
#include "web/input.h"
#include "web/json.h"

enum { ROW_BYTES_MAX = 8000, HEAD_BYTES_MAX = 1000 };

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

static void add_row(struct text *text, const struct request *request, const struct outage_notice *notice)
{
    const enum outage_phase phase =
        outage_phase_at(notice->state, notice->started_at, notice->expected_end_at, request->now);
    bool is_first = true;

    text_add_format(text, "{\"id\":%lld,\"kind\":\"%s\",", (long long)notice->id.v, outage_kind_name(notice->kind));
    json_string(text, "state", outage_phase_name(phase));
    text_add_format(text, ",\"cause\":%d", notice->cause);
    add_moment(text, request, "started_at", notice->started_at);
    add_moment(text, request, "first_expected_end_at", notice->first_end_at);
    add_moment(text, request, "expected_end_at", notice->expected_end_at);
    add_moment(text, request, "ended_at", notice->ended_at);
    add_moment(text, request, "updated_at", notice->messages[notice->message_count - 1].told_at);
    text_add(text, ",\"places\":[");
    for (size_t i = 0; i < notice->message_count; i++)
        for (size_t k = 0; k < notice->messages[i].place_count; k++) {
            text_add(text, is_first ? "" : ",");
            json_value(text, outage_place_name(request, notice->messages[i].places[k]));
            is_first = false;
        }
    text_add(text, "],");
    json_string(text, "area", area_text(&program_of(request)->catalog, notice, "、", request->arena));
    text_add(text, ",");
    json_string(text, "words", notice->messages[0].words);
    text_add(text, "}");
}

enum status outage_get_json(struct request *request, struct response *response)
{
    struct outage_notice *notices;
    struct inputs inputs;
    struct text text;
    size_t count;
    enum status status = inputs_read(request, NULL, 0, &inputs);

    if (status == STATUS_OK)
        status = outage_load(request, &notices, &count);
    if (status != STATUS_OK)
        return status;
    const size_t room = HEAD_BYTES_MAX + count * ROW_BYTES_MAX;
    text_init(&text, arena_take(request->arena, room), room);
    text_add(&text, "{\"version\":1");
    add_moment(&text, request, "checked_at",
               (struct instant){request->now.milliseconds / (MINUTE_SECONDS * 1000) * (MINUTE_SECONDS * 1000)});
    text_add(&text, ",\"outages\":[");
    for (size_t i = 0; i < count; i++) {
        text_add(&text, i > 0 ? "," : "");
        add_row(&text, request, &notices[i]);
    }
    text_add(&text, "]}\n");
    outage_make_public(response);
    response_body(response, "application/json; charset=utf-8", text.bytes, text.length_bytes);
    return STATUS_OK;
}
