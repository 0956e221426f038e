/* The list with its search, and one outage with all that was told of it. */
#include "outage/outage.h"
#include "web/input.h"

#define QUESTION_MOST 60 /* characters */

void outage_make_public(struct response *response)
{
    response->is_public_cacheable = true;
    response->max_age_seconds = 0; /* kept, and asked about each time: news are seen at once */
    response->wants_etag = true;
}

enum status outage_load(struct request *request, struct outage_notice **notices, size_t *count)
{
    const struct instant since = instant_add_seconds(request->now, -(int64_t)DAYS_SHOWN * DAY_SECONDS);

    return outage_public_list(program_of(request)->db, since, request->arena, notices, count, &request->fault);
}

const char *outage_place_name(const struct request *request, struct place_id place)
{
    const struct place *row = catalog_place(&program_of(request)->catalog, place);

    return row != NULL ? row->name : "";
}

/* ---- one outage on a page */

static const char *text_of(const struct request *request, const char *prefix, const char *name)
{
    return words_find(request->language, arena_format(request->arena, "%s.%s", prefix, name));
}

static void show_notice(struct view *view, const struct request *request, const struct outage_notice *notice)
{
    static const char *const colours[OUTAGE_PHASE__COUNT] = {"warn", "bad", "ok", "info", "info", "info", "info", "info"};
    const enum outage_phase phase =
        outage_phase_at(notice->state, notice->started_at, notice->expected_end_at, request->now);
    const struct outage_message *last = &notice->messages[notice->message_count - 1];
    const char *cause = arena_format(request->arena, "%d", notice->cause);

    view_number(view, "id", notice->id.v);
    view_text(view, "phase", text_of(request, "outage.phase", outage_phase_name(phase)));
    view_text(view, "colour", colours[phase]);
    view_flag(view, "is_running", notice->state == OUTAGE_PUBLISHED);
    view_flag(view, "is_overdue", phase == OUTAGE_PHASE_OVERDUE);
    view_text(view, "area",
              area_text(&program_of(request)->catalog, notice, words_find(request->language, "outage.between"), request->arena));
    view_text(view, "cause", text_of(request, "outage.cause", cause));
    view_text(view, "words", notice->messages[0].words);
    view_instant(view, "start", notice->started_at);
    view_instant(view, "end", notice->expected_end_at);
    view_instant(view, "ended", notice->ended_at);
    view_flag(view, "is_restored", notice->state == OUTAGE_RESTORED);
    view_instant(view, "told", last->told_at);
}

/* ---- the list */

/* "Will my home be affected?": those that cover what was asked, wholly or in part. */
static void answer(struct view *page, const struct request *request, const char *question,
                   const struct outage_notice *notices, size_t count)
{
    const struct area_asked asked = area_ask(&program_of(request)->catalog, question);
    struct view *view = view_child(page, "Answer");
    size_t rows = 0;

    view_text(view, "question", question);
    view_flag(view, "is_known", asked.place_count > 0);
    for (size_t i = 0; i < count; i++) {
        const enum area_cover cover = area_cover(&program_of(request)->catalog, &notices[i], &asked);
        if (cover == AREA_NOT_COVERED || notices[i].state != OUTAGE_PUBLISHED)
            continue;
        struct view *row = view_row(view, "Rows", rows++);
        show_notice(row, request, &notices[i]);
        view_flag(row, "is_partly", cover == AREA_PARTLY);
    }
}

static enum status show_list(struct request *request, struct response *response, struct inputs *inputs)
{
    const char *question = inputs_text(inputs, "q");
    struct outage_notice *notices;
    size_t count, rows[2] = {0, 0};
    const enum status status = outage_load(request, &notices, &count);

    if (status != STATUS_OK)
        return status;
    struct view *page = page_begin(request, "outage/list");
    view_words(page, "Page.title", "outage.title");
    view_words(page, "Page.description", "outage.description");
    view_instant(page, "checked", request->now);
    inputs_show(inputs, page);
    if (question[0] != '\0' && inputs->error_count == 0)
        answer(page, request, question, notices, count);
    for (size_t i = 0; i < count; i++) {
        const bool has_ended = !outage_is_open(notices[i].state);
        show_notice(view_row(page, has_ended ? "Ended" : "Running", rows[has_ended]++), request, &notices[i]);
    }
    return page_end(page, response, inputs->error_count > 0 ? 422 : 200);
}

enum status outage_get_list(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {
        {"q", INPUT_LINE, false, AREA_CHARACTERS_LEAST, QUESTION_MOST, "outage.error.question", NULL}};
    const int64_t version =
        outage_watch_version(&program_of(request)->watch, &program_of(request)->catalog, request->now);
    struct inputs inputs;
    enum status status = inputs_read(request, rules, 1, &inputs);

    if (status != STATUS_OK)
        return status;
    const bool is_asked = inputs_find(&inputs, "q")->is_set;
    if (!is_asked && page_cache_find(request, "outage/list", version, response))
        return STATUS_OK;
    if (!is_asked)
        outage_make_public(response);
    status = show_list(request, response, &inputs);
    if (status == STATUS_OK && !is_asked)
        page_cache_keep(request, "outage/list", version, response);
    return status;
}

/* ---- one outage */

/* "The expected end was changed from 20:00 to 22:00." */
static void show_change(struct view *view, const struct outage_message *before, const struct outage_message *message)
{
    if (before == NULL || instant_is_equal(before->expected_end_at, message->expected_end_at))
        return;
    view_instant(view, "end_before", before->expected_end_at);
    view_instant(view, "end", message->expected_end_at);
    view_flag(view, "is_late", !instant_is_before(message->told_at, before->expected_end_at));
}

static void show_message(struct view *view, const struct request *request, const struct outage_message *before,
                         const struct outage_message *message)
{
    view_text(view, "action", text_of(request, "outage.action", outage_action_name(message->kind)));
    view_instant(view, "told", message->told_at);
    if (message->kind == OUTAGE_RESTORE)
        view_instant(view, "water_on", message->happened_at);
    if (before == NULL)
        view_instant(view, "first_end", message->expected_end_at);
    show_change(view, before, message);
    view_text(view, "area_words", message->area_words);
    view_text(view, "words", message->words);
    for (size_t i = 0; i < message->place_count; i++)
        view_text(view_row(view, "Places", i), "name", outage_place_name(request, message->places[i]));
}

static enum status show_one(struct request *request, struct response *response, struct outage_id id)
{
    struct outage_notice notice;
    const enum status status = outage_public_find(program_of(request)->db, id, request->arena, &notice, &request->fault);

    if (status != STATUS_OK)
        return status;
    struct view *page = page_begin(request, "outage/one");
    view_words(page, "Page.title", "outage.one.title");
    view_instant(page, "checked", request->now);
    show_notice(view_child(page, "Outage"), request, &notice);
    for (size_t i = 0; i < notice.message_count; i++) { /* newest first */
        const size_t at = notice.message_count - 1 - i;
        show_message(view_row(page, "Messages", i), request, at > 0 ? &notice.messages[at - 1] : NULL, &notice.messages[at]);
    }
    outage_make_public(response);
    return page_end(page, response, 200);
}

enum status outage_get_one(struct request *request, struct response *response)
{
    struct inputs inputs;
    int64_t id;
    const enum status status = inputs_read(request, NULL, 0, &inputs);

    if (status != STATUS_OK)
        return status;
    if (!text_parse_integer(request->part[0], 1, INT64_MAX, &id))
        return STATUS_ABSENT;
    return show_one(request, response, (struct outage_id){id});
}
