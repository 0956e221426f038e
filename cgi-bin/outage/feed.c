/*
 * Feeds: outages as Atom (RFC 4287), and their messages as an Atom list of alerts. Nothing in them depends on when they are asked for,
 * only on what was told: the validator holds until there is news.
 */
#include "outage/outage.h"

/* ---- Atom */

static void put_iso(struct view *view, const char *name, const struct request *request, struct instant at)
{
    char iso[TIME_TEXT_BYTES];

    instant_format_iso(at, request->app->settings.utc_offset_minutes, iso);
    view_text(view, name, iso);
}

static const char *page_of(const struct request *request, const struct outage_notice *notice, const char *more)
{
    const struct settings *settings = &request->app->settings;

    return arena_format(request->arena, "%s%s/outage/%lld%s", settings->base_url, settings->base_path, (long long)notice->id.v,
                        more);
}

/* "YYYY-MM-DD HH:MM": a feed is read on another day. */
static const char *local_of(const struct request *request, struct instant at)
{
    char local[TIME_TEXT_BYTES];

    if (!instant_is_set(at))
        return "";
    instant_format_local(at, request->app->settings.utc_offset_minutes, local);
    return arena_copy_text(request->arena, local);
}

static void put_entry(struct view *view, const struct request *request, const struct outage_notice *notice)
{
    const char *area = outage_notice_area(request, notice);
    const char *cause = arena_format(request->arena, "%d", notice->cause);
    const char *kind = outage_kind_words(request->language, request, notice);

    view_text(view, "id", page_of(request, notice, ""));
    view_text(view, "href", outage_link(request, arena_format(request->arena, "/outage/%lld", (long long)notice->id.v), NULL));
    view_text(view, "title", arena_format(request->arena, "%s: %s", kind, area));
    view_text(view, "action",
              outage_words_of(request->language, request, "outage.action", outage_action_name(outage_notice_last(notice)->kind)));
    put_iso(view, "published", request, notice->messages[0].told_at);
    put_iso(view, "updated", request, outage_notice_last(notice)->told_at);
    view_text(view, "kind", kind);
    view_text(view, "cause", outage_words_of(request->language, request, "outage.cause", cause));
    view_text(view, "start", local_of(request, outage_notice_start(notice)));
    view_text(view, "end", local_of(request, notice->expected_end_at));
    view_text(view, "ended", local_of(request, notice->ended_at));
    view_flag(view, "is_off", outage_notice_is_off(notice));
    view_text(view, "water_points", outage_notice_water_points(notice));
    view_text(view, "words", outage_notice_last(notice)->words);
}

/* When anything in it last changed; of an empty feed the day, so that it stays the same meanwhile. */
static struct instant updated_of(const struct request *request, const struct selection *selection)
{
    const int offset = request->app->settings.utc_offset_minutes;
    struct instant newest = INSTANT_NONE;

    for (size_t i = 0; i < selection->count; i++) {
        const struct instant told = outage_notice_last(&selection->notices[i])->told_at;
        if (!instant_is_set(newest) || instant_is_before(newest, told))
            newest = told;
    }
    return instant_is_set(newest) ? newest : day_start(day_of(request->now, offset), offset);
}

static struct view *begin(struct request *request, const struct selection *selection, const char *template, const char *path,
                          const char *name)
{
    struct view *page = page_begin(request, template);
    const char *title = outage_words_of(request->language, request, "outage.feed", name);

    view_text(page, "title", selection->place != NULL
                                 ? arena_format(request->arena, "%s: %s", title, selection->place->name)
                                 : title);
    view_text(page, "lang", language_tag(request->language));
    view_text(page, "self", outage_link(request, path, selection));
    view_text(page, "page", outage_link(request, "/outage/", selection));
    put_iso(page, "updated", request, updated_of(request, selection));
    return page;
}

static enum status end(struct view *page, struct response *response)
{
    const enum status status = page_end(page, response, 200);

    if (status == STATUS_OK)
        outage_send(response, "application/atom+xml; charset=utf-8", response->body, response->body_length);
    return status;
}

static enum status make_atom(struct request *request, struct response *response)
{
    struct selection selection;
    const enum status status = outage_select(request, &selection);

    if (status != STATUS_OK)
        return status;
    struct view *page = begin(request, &selection, "outage/atom_xml", "/outage/feed.atom", "atom");
    for (size_t i = 0; i < selection.count; i++)
        put_entry(view_row(page, "Entries", i), request, &selection.notices[i]);
    return end(page, response);
}

enum status outage_get_atom(struct request *request, struct response *response)
{
    return outage_answer_kept(request, response, "outage/feed.atom", make_atom);
}

static enum status make_alerts(struct request *request, struct response *response)
{
    struct selection selection;
    size_t rows = 0;
    const enum status status = outage_select(request, &selection);

    if (status != STATUS_OK)
        return status;
    struct view *page = begin(request, &selection, "outage/alerts_xml", "/outage/alerts.atom", "cap");
    for (size_t i = 0; i < selection.count; i++) {
        const struct outage_notice *notice = &selection.notices[i];
        for (size_t k = notice->message_count; k-- > 0;) { /* newest first */
            const struct outage_message *message = &notice->messages[k];
            struct view *view = view_row(page, "Entries", rows++);
            view_text(view, "id", page_of(request, notice, arena_format(request->arena, "/cap/%u", (unsigned)message->seq)));
            view_text(view, "title",
                      arena_format(request->arena, "%s: %s",
                                   outage_words_of(request->language, request, "outage.action", outage_action_name(message->kind)),
                                   outage_notice_area(request, notice)));
            put_iso(view, "updated", request, message->told_at);
            view_text(view, "words", message->words);
        }
    }
    return end(page, response);
}

enum status outage_get_alerts(struct request *request, struct response *response)
{
    return outage_answer_kept(request, response, "outage/alerts.atom", make_alerts);
}
