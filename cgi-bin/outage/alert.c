/*
 * One message as an alert of the Common Alerting Protocol 1.2. An alert says what was told at that time and never changes: the area as
 * it was then, the end as it was then, in Chinese whoever reads it. Later messages are alerts of their own that name the earlier ones.
 */
#include "outage/outage.h"
#include "web/input.h"

#define CLEAR_SECONDS (1 * HOUR_SECONDS) /* how long "the water is back" is worth showing */

/* With the offset in numbers; of UTC it is "-00:00", as the standard wants it. */
static const char *moment_of(const struct request *request, struct instant at)
{
    char iso[TIME_TEXT_BYTES];
    const int offset = request->app->settings.utc_offset_minutes;

    instant_format_iso(at, offset, iso);
    if (offset == 0)
        iso[19] = '-';
    return arena_copy_text(request->arena, iso);
}

static const char *identifier_of(const struct request *request, const struct outage_notice *notice,
                                 const struct outage_message *message)
{
    return arena_format(request->arena, "%s-outage-%lld-%u", outage_host(request), (long long)notice->id.v,
                        (unsigned)message->seq);
}

/* "sender,identifier,sent" of all earlier ones. */
static const char *references_to(const struct request *request, const struct outage_notice *notice, size_t count)
{
    const char *all = "";

    for (size_t i = 0; i < count; i++)
        all = arena_format(request->arena, "%s%s%s,%s,%s", all, i > 0 ? " " : "", outage_host(request),
                           identifier_of(request, notice, &notice->messages[i]),
                           moment_of(request, notice->messages[i].told_at));
    return all;
}

static bool is_cancel(const struct outage_message *message)
{
    return message->kind == OUTAGE_WITHDRAW || message->kind == OUTAGE_CANCEL;
}

static bool is_clear(const struct outage_message *message) { return message->kind == OUTAGE_RESTORE; }

/* An exercise is what the sample town shows: nobody must act upon it. */
static const char *status_of(const struct request *request)
{
    const struct settings *settings = &request->app->settings;

    return settings->environment == ENVIRONMENT_TEST ? "Test" : settings->is_sample ? "Exercise" : "Actual";
}

static struct instant expires_of(const struct outage_message *message)
{
    return is_clear(message) || is_cancel(message) || !instant_is_set(message->expected_end_at)
               ? instant_add_seconds(message->told_at, CLEAR_SECONDS)
               : message->expected_end_at;
}

static void put_head(struct view *page, const struct request *request, const struct outage_notice *notice, size_t at)
{
    const struct outage_message *message = &notice->messages[at];

    view_text(page, "identifier", identifier_of(request, notice, message));
    view_text(page, "sender", outage_host(request));
    view_text(page, "sent", moment_of(request, message->told_at));
    view_text(page, "status", status_of(request));
    view_text(page, "type", is_cancel(message) ? "Cancel" : at == 0 ? "Alert" : "Update");
    view_text(page, "references", references_to(request, notice, at));
    view_text(page, "incident", arena_format(request->arena, "%s-outage-%lld", outage_host(request), (long long)notice->id.v));
}

/* The outage as it was told with this message: those before it, and it. */
static struct outage_notice told_with(const struct outage_notice *notice, size_t at)
{
    struct outage_notice told = *notice;

    told.message_count = at + 1;
    told.expected_end_at = notice->messages[at].expected_end_at;
    told.started_at = notice->messages[at].start_at;
    told.state = notice->kind == OUTAGE_EMERGENCY ? OUTAGE_PUBLISHED : OUTAGE_ANNOUNCED;
    told.ended_at = INSTANT_NONE;
    return told;
}

static void put_area(struct view *page, const struct request *request, const struct outage_notice *told)
{
    size_t rows = 0;

    view_text(page, "area", area_text(&program_of(request)->catalog, told, words_find(LANGUAGE_ZH, "outage.between"),
                                      request->arena));
    for (size_t i = 0; i < told->message_count; i++)
        for (size_t k = 0; k < told->messages[i].place_count; k++)
            view_number(view_row(page, "Places", rows++), "id", told->messages[i].places[k].v);
}

static void put_words(struct view *page, struct request *request, const struct outage_notice *told,
                      const struct outage_message *message)
{
    struct arena *arena = request->arena;
    const struct settings *settings = &request->app->settings;
    const char *action = outage_words_of(LANGUAGE_ZH, request, "outage.action", outage_action_name(message->kind));
    const char *cause = outage_words_of(LANGUAGE_ZH, request, "outage.cause", arena_format(arena, "%d", told->cause));

    view_text(page, "event", outage_kind_words(LANGUAGE_ZH, request, told));
    view_text(page, "headline",
              arena_format(arena, "%s: %s", action,
                           area_text(&program_of(request)->catalog, told, words_find(LANGUAGE_ZH, "outage.between"), arena)));
    view_text(page, "description", message->words[0] != '\0' ? arena_format(arena, "%s\n%s", cause, message->words) : cause);
    view_text(page, "instruction", words_find(LANGUAGE_ZH, is_clear(message) ? "outage.cap.after" : "outage.cap.before"));
    view_text(page, "company", settings->company_zh);
    view_text(page, "contact", settings->hotline);
    view_text(page, "water_points", outage_notice_water_points(told));
    view_text(page, "web", arena_format(arena, "%s%s/outage/%lld", settings->base_url, settings->base_path, (long long)told->id.v));
}

static void put_info(struct view *page, struct request *request, const struct outage_notice *told, size_t at)
{
    const struct outage_message *message = &told->messages[at];
    const struct instant start = outage_notice_start(told);
    const bool is_ahead = outage_notice_is_ahead(told, message->told_at);

    put_words(page, request, told, message);
    view_text(page, "response", is_clear(message) || is_cancel(message) ? "AllClear" : "Prepare");
    view_text(page, "urgency", is_clear(message) || is_cancel(message) ? "Past" : is_ahead ? "Expected" : "Immediate");
    view_text(page, "severity", is_clear(message) || is_cancel(message) ? "Minor" : "Moderate");
    view_text(page, "certainty", is_ahead || is_cancel(message) ? "Likely" : "Observed");
    view_text(page, "effective", moment_of(request, message->told_at));
    view_text(page, "onset", moment_of(request, start));
    view_text(page, "expires", moment_of(request, expires_of(message)));
    put_area(page, request, told);
}

static enum status show_alert(struct request *request, struct response *response, const struct outage_notice *notice, size_t at)
{
    struct view *page = page_begin(request, "outage/cap_xml");
    const struct outage_notice told = told_with(notice, at);

    put_head(page, request, notice, at);
    put_info(page, request, &told, at);
    const enum status status = page_end(page, response, 200);
    if (status == STATUS_OK)
        outage_send(response, "application/cap+xml; charset=utf-8", response->body, response->body_length);
    return status;
}

enum status outage_get_alert(struct request *request, struct response *response)
{
    struct outage_notice notice;
    struct inputs inputs;
    int64_t id, seq;
    enum status status = inputs_read(request, NULL, 0, &inputs);

    if (status != STATUS_OK)
        return status;
    if (!text_parse_integer(request->part[0], 1, INT64_MAX, &id) || !text_parse_integer(request->part[1], 1, UINT32_MAX, &seq))
        return STATUS_ABSENT;
    status = outage_public_find(program_of(request)->db, (struct outage_id){id}, request->arena, &notice, &request->fault);
    for (size_t i = 0; status == STATUS_OK && i < notice.message_count; i++)
        if (notice.messages[i].seq == seq)
            return show_alert(request, response, &notice, i);
    return status == STATUS_OK ? STATUS_ABSENT : status;
}
