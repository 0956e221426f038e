/* Which outages a list or feed is made of, and where its other forms are. */
#include "outage/outage.h"

#include <string.h>

#include "web/input.h"

enum status outage_load(struct request *request, struct selection *selection)
{
    const struct instant since = instant_add_seconds(request->now, -(int64_t)DAYS_SHOWN * DAY_SECONDS);

    selection->place = NULL;
    return outage_public_list(program_of(request)->db, since, request->arena, &selection->notices, &selection->count,
                              &request->fault);
}

static bool has_places(const struct outage_notice *notice)
{
    for (size_t i = 0; i < notice->message_count; i++)
        if (notice->messages[i].place_count > 0)
            return true;
    return false;
}

void outage_narrow(const struct request *request, struct selection *selection, const struct place *place)
{
    const struct area_asked asked = {.words = place->name, .places = {place->id}, .place_count = 1};
    size_t kept = 0;

    selection->place = place;
    for (size_t i = 0; i < selection->count; i++) {
        const struct outage_notice *notice = &selection->notices[i];
        if (!has_places(notice) ||
            area_cover(&program_of(request)->catalog, notice, &asked) != AREA_NOT_COVERED)
            selection->notices[kept++] = *notice;
    }
    selection->count = kept;
}

enum status outage_select(struct request *request, struct selection *selection)
{
    static const struct input_rule rules[] = {
        {"place", INPUT_NUMBER, false, 1, INT32_MAX, "outage.error.place_unknown", NULL}};
    const struct place *place = NULL;
    struct inputs inputs;
    enum status status = inputs_read(request, rules, 1, &inputs);

    if (status != STATUS_OK)
        return status;
    if (inputs_find(&inputs, "place")->is_set) {
        const struct place_id id = {(int32_t)inputs_number(&inputs, "place", 0)};
        place = inputs.error_count == 0 ? catalog_place(&program_of(request)->catalog, id) : NULL;
        if (place == NULL)
            return STATUS_ABSENT;
    }
    status = outage_load(request, selection);
    if (status == STATUS_OK && place != NULL)
        outage_narrow(request, selection, place);
    return status;
}

enum status outage_answer_kept(struct request *request, struct response *response, const char *name, route_handler make)
{
    const struct outage_program *program = program_of(request);
    const int64_t version = outage_watch_version(&program->watch, &program->catalog, request->now);
    bool is_everywhere = true;

    for (size_t i = 0; i < request->query.count; i++)
        is_everywhere = is_everywhere && text_is_equal(request->query.items[i].name, "lang");
    if (is_everywhere && page_cache_find(request, name, version, response))
        return STATUS_OK;
    const enum status status = make(request, response);
    if (status == STATUS_OK && is_everywhere)
        page_cache_keep(request, name, version, response);
    return status;
}

const char *outage_link(const struct request *request, const char *path, const struct selection *selection)
{
    const struct settings *settings = &request->app->settings;
    const struct place *place = selection != NULL ? selection->place : NULL;
    const bool is_en = request->language == LANGUAGE_EN;
    const char *query = "";

    if (place != NULL)
        query = arena_format(request->arena, "?place=%d", (int)place->id.v);
    if (is_en)
        query = arena_format(request->arena, "%s%slang=en", query, place != NULL ? "&" : "?");
    return arena_format(request->arena, "%s%s%s%s", settings->base_url, settings->base_path, path, query);
}

/* "webcal:" opens the calendar of the phone itself. */
static const char *webcal(const struct request *request, const char *address)
{
    const char *host = strstr(address, "://");

    return host == NULL ? address : arena_format(request->arena, "webcal%s", host);
}

void outage_show_feeds(struct view *page, const struct request *request, const struct selection *selection)
{
    static const struct {
        const char *name, *type, *path;
    } rows[] = {
        {"atom", "application/atom+xml", "/outage/feed.atom"},
        {"calendar", "text/calendar", "/outage/feed.ics"},
        {"cap", "application/atom+xml", "/outage/alerts.atom"},
        {"json", "application/json", "/outage/outages.json"},
        {"jsonld", "application/ld+json", "/outage/outages.jsonld"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *title = outage_words_of(request->language, request, "outage.feed", rows[i].name);
        const char *href = outage_link(request, rows[i].path, selection);
        struct view *head = view_row(page, "Page.Feeds", i), *row = view_row(page, "Feeds", i);
        view_text(head, "type", rows[i].type);
        view_text(head, "href", href);
        view_text(head, "title", selection != NULL && selection->place != NULL
                                     ? arena_format(request->arena, "%s: %s", title, selection->place->name)
                                     : title);
        view_text(row, "title", title);
        view_text(row, "href", href);
        if (text_is_equal(rows[i].name, "calendar"))
            view_text(row, "webcal", webcal(request, href));
    }
}
