/* What every form tells of one outage. */
#include "outage/outage.h"

#include <string.h>

#include "store/text_store.h"
#include "web/prose.h"

#define ADVICE "procedure_outage" /* of the texts that operations keep */

const char *outage_place_name(const struct request *request, struct place_id place)
{
    const struct place *row = catalog_place(&program_of(request)->catalog, place);

    return row != NULL ? row->name : "";
}

const char *outage_words_of(enum language language, const struct request *request, const char *prefix, const char *name)
{
    return words_find(language, arena_format(request->arena, "%s.%s", prefix, name));
}

const char *outage_kind_words(enum language language, const struct request *request, const struct outage_notice *notice)
{
    return outage_words_of(language, request, "outage.kind",
                           notice->is_pressure ? "pressure" : outage_kind_name(notice->kind));
}

struct instant outage_notice_start(const struct outage_notice *notice) { return notice->started_at; }

enum outage_phase outage_notice_phase(const struct outage_notice *notice, struct instant now)
{
    return outage_phase_at(notice->state, notice->started_at, notice->expected_end_at, now);
}

bool outage_notice_is_ahead(const struct outage_notice *notice, struct instant now)
{
    return outage_notice_phase(notice, now) == OUTAGE_PHASE_ANNOUNCED;
}

bool outage_notice_is_off(const struct outage_notice *notice)
{
    return notice->state == OUTAGE_WITHDRAWN || notice->state == OUTAGE_CANCELLED;
}

const char *outage_notice_water_points(const struct outage_notice *notice)
{
    for (size_t i = notice->message_count; i-- > 0;)
        if (notice->messages[i].water_points[0] != '\0')
            return notice->messages[i].water_points;
    return "";
}

const struct outage_message *outage_notice_last(const struct outage_notice *notice)
{
    return &notice->messages[notice->message_count - 1];
}

const char *outage_notice_area(const struct request *request, const struct outage_notice *notice)
{
    return area_text(&program_of(request)->catalog, notice, words_find(request->language, "outage.between"), request->arena);
}

void outage_show_notice(struct view *view, const struct request *request, const struct outage_notice *notice)
{
    static const char *const colours[OUTAGE_PHASE__COUNT] = {"warn", "bad", "ok", "info", "info", "info", "info", "info"};
    const enum outage_phase phase = outage_notice_phase(notice, request->now);
    const char *cause = arena_format(request->arena, "%d", notice->cause);

    view_number(view, "id", notice->id.v);
    view_text(view, "phase",
              notice->is_pressure && phase == OUTAGE_PHASE_RUNNING
                  ? words_find(request->language, "outage.pressure.running")
                  : outage_words_of(request->language, request, "outage.phase", outage_phase_name(phase)));
    view_words(view, "start_label", notice->is_pressure ? "outage.pressure.start" : "outage.start");
    view_text(view, "colour", colours[phase]);
    view_text(view, "kind", outage_kind_words(request->language, request, notice));
    view_flag(view, "is_ahead", phase == OUTAGE_PHASE_ANNOUNCED);
    view_flag(view, "has_ended", instant_is_set(notice->ended_at));
    view_flag(view, "is_overdue", phase == OUTAGE_PHASE_OVERDUE);
    view_text(view, "area", outage_notice_area(request, notice));
    view_text(view, "cause", outage_words_of(request->language, request, "outage.cause", cause));
    view_text(view, "words", notice->messages[0].words);
    view_text(view, "water_points", outage_notice_water_points(notice));
    view_instant(view, "start", outage_notice_start(notice));
    view_instant(view, "end", notice->expected_end_at);
    view_instant(view, "ended", notice->ended_at);
    view_flag(view, "is_off", outage_notice_is_off(notice));
    view_instant(view, "told", outage_notice_last(notice)->told_at);
}

enum status outage_show_texts(struct request *request, struct view *page)
{
    const enum text_language language = request->language == LANGUAGE_EN ? TEXT_EN : TEXT_ZH;
    struct public_text *texts;
    size_t count, rows = 0;
    const enum status status = text_store_list(program_of(request)->db, language, request->now, request->arena, &texts,
                                               &count, &request->fault);

    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        if (text_is_equal(texts[i].code, ADVICE)) {
            view_flag(page, "has_advice", true);
            prose_show(request->arena, page, "Advice", texts[i].body);
        }
        if (texts[i].kind != TEXT_OUTAGE)
            continue;
        struct view *row = view_row(page, "Texts", rows++);
        view_text(row, "code", texts[i].code);
        view_text(row, "title", texts[i].title);
        prose_show(request->arena, row, "Body", texts[i].body);
        view_instant(row, "from", texts[i].effective_from);
    }
    return status;
}

void outage_make_public(struct response *response)
{
    response->is_public_cacheable = true;
    response->max_age_seconds = 0; /* kept, and asked about each time: news are seen at once */
    response->wants_etag = true;
}

void outage_send(struct response *response, const char *content_type, const char *body, size_t length)
{
    outage_make_public(response);
    response_body(response, content_type, body, length);
}

const char *outage_host(const struct request *request)
{
    const char *base = request->app->settings.base_url, *host = strstr(base, "://");

    return host == NULL ? base : host + 3;
}
