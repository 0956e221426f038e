/* The portal, the promises and how they are counted. */
#include "base/log.h"
#include "commitment/commitment.h"
#include "store/outage_area.h"
#include "web/promise.h"

#define MAX_AGE_SECONDS 60

void promise_make_public(struct response *response)
{
    response->is_public_cacheable = true;
    response->max_age_seconds = MAX_AGE_SECONDS;
    response->wants_etag = true;
}

static enum status keep(struct request *request, struct response *response, struct view *view, const char *name,
                        int64_t version)
{
    promise_make_public(response);
    enum status status = page_end(view, response, 200);
    if (status == STATUS_OK)
        page_cache_keep(request, name, version, response);
    return status;
}

/* ---- portal: with what is urgent now, and without it when the database does not answer */

/* An emergency that runs is one line on the first page: the newest, and how many more there are. */
static enum status show_emergency(struct view *page, struct request *request)
{
    struct commitment *commitment = request->context;
    struct outage_notice *notices;
    size_t count, running = 0;
    const struct outage_notice *newest = NULL;
    const enum status status = outage_public_list(commitment->db, request->now, request->arena, &notices, &count, &request->fault);

    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        if (notices[i].kind != OUTAGE_EMERGENCY || notices[i].state != OUTAGE_PUBLISHED)
            continue;
        newest = newest == NULL ? &notices[i] : newest;
        running++;
    }
    if (newest == NULL)
        return status;
    struct view *view = view_child(page, "Emergency");
    view_number(view, "id", newest->id.v);
    view_text(view, "area", area_text(&commitment->catalog, newest, words_find(request->language, "outage.between"), request->arena));
    view_instant(view, "end", newest->expected_end_at);
    view_flag(view, "is_overdue",
              outage_phase_at(newest->state, newest->started_at, newest->expected_end_at, request->now) ==
                  OUTAGE_PHASE_OVERDUE);
    if (running > 1)
        view_number(view, "more", (int64_t)running - 1);
    return STATUS_OK;
}

/* Changes with whatever the first page shows: texts and the register of outages. */
static enum status portal_version(struct request *request, int64_t *version)
{
    struct commitment *commitment = request->context;
    enum status status = promises_version(request, version);

    if (status == STATUS_OK)
        status = outage_watch_look(&commitment->watch, commitment->db, request->arena, &request->fault);
    if (status == STATUS_OK)
        *version ^= outage_watch_version(&commitment->watch, &commitment->catalog, request->now);
    return status;
}

enum status commitment_get_portal(struct request *request, struct response *response)
{
    int64_t version = 0;
    enum status status = portal_version(request, &version);

    if (status == STATUS_OK && page_cache_find(request, "commitment/portal", version, response))
        return STATUS_OK;
    struct view *view = page_begin(request, "commitment/portal");
    view_words(view, "Page.title", "portal.title");
    view_words(view, "Page.description", "portal.description");
    if (status == STATUS_OK)
        status = show_emergency(view, request);
    if (status == STATUS_OK)
        return keep(request, response, view, "commitment/portal", version);
    log_fault(status, &request->fault);
    fault_reset(&request->fault);
    response->max_age_seconds = 0;
    return page_end(view, response, 200);
}

/* ---- one promise */

const char *promise_percent(struct arena *arena, int permille)
{
    return arena_format(arena, "%d.%d%%", permille / 10, permille % 10);
}

const char *promise_count(struct arena *arena, int64_t count)
{
    return arena_format(arena, "%lld", (long long)count);
}

/* "到期 412 件，按时 404 件，做到 98.0%" */
static const char *kept_sentence(struct request *request, const struct figure *figure)
{
    struct arena *arena = request->arena;
    int permille = figure_rate_permille(figure->kept, figure->total);
    const char *values[3] = {promise_count(arena, figure->total), promise_count(arena, figure->kept),
                             permille >= 0 ? promise_percent(arena, permille) : ""};

    if (figure->total == 0)
        return words_find(request->language, "commitment.figure.none");
    return words_fill(arena, request->language,
                      permille >= 0 ? "commitment.figure.rate" : "commitment.figure.few", values, 3);
}

/* "Within so long" must be true: rounded up to the minute. "So long ahead" is rounded down by words_duration itself. */
static const char *time_text(struct request *request, int64_t seconds, enum direction direction)
{
    if (seconds < 0)
        return "";
    if (direction == DIRECTION_AFTER && seconds > MINUTE_SECONDS)
        seconds = (seconds + MINUTE_SECONDS - 1) / MINUTE_SECONDS * MINUTE_SECONDS;
    return words_duration(request->arena, request->language, seconds);
}

/* How long it took; of before-promises, how far ahead it was done. */
static const char *times_sentence(struct request *request, const struct figure *figure, enum direction direction)
{
    if (figure->median_seconds < 0 || figure->total < FIGURE_SAMPLE_LEAST)
        return NULL;
    const char *values[2] = {time_text(request, figure->median_seconds, direction),
                             time_text(request, figure->p90_seconds, direction)};
    return words_fill(request->arena, request->language,
                      direction == DIRECTION_BEFORE ? "commitment.figure.ahead" : "commitment.figure.times", values, 2);
}

/* By the granted due time, where extensions changed the count. */
static const char *granted_sentence(struct request *request, const struct figure *figure)
{
    int permille = figure_rate_permille(figure->kept_granted, figure->total);
    const char *values[2] = {promise_count(request->arena, figure->kept_granted),
                             permille >= 0 ? promise_percent(request->arena, permille) : ""};

    if (figure->kept_granted == figure->kept)
        return NULL;
    return words_fill(request->arena, request->language,
                      permille >= 0 ? "commitment.figure.granted" : "commitment.figure.granted_few", values, 2);
}

static void put_figure(struct view *row, const char *name, struct request *request, const struct promise_figure *counted,
                       enum direction direction)
{
    struct view *view = view_child(row, name);

    if (counted == NULL) {
        view_words(view, "kept", "commitment.figure.none");
        return;
    }
    const struct figure *figure = &counted->figure;
    int permille = figure_rate_permille(figure->kept, figure->total);
    view_text(view, "kept", kept_sentence(request, figure));
    view_text(view, "times", times_sentence(request, figure, direction));
    view_text(view, "granted", granted_sentence(request, figure));
    if (figure->excused > 0) {
        const char *excused = promise_count(request->arena, figure->excused);
        view_text(view, "excused",
                  words_fill(request->arena, request->language, "commitment.figure.excused", &excused, 1));
    }
    if (permille >= 0)
        view_number(view, "permille", permille);
}

static bool is_counted(const struct promise_figure *counted)
{
    return counted != NULL && (counted->figure.total > 0 || counted->figure.excused > 0);
}

void promise_show(struct view *row, struct request *request, const struct promise *promise)
{
    const struct rule *rule = promise->rule;
    struct arena *arena = request->arena;
    bool is_en = request->language == LANGUAGE_EN;

    view_text(row, "code", rule->code);
    view_text(row, "name", is_en ? promise->words->name_en : promise->words->name_zh);
    view_text(row, "note", is_en ? promise->words->note_en : promise->words->note_zh);
    view_text(row, "limit",
              promise_limit(arena, request->language, rule->limit_seconds, rule->bound, rule->direction));
    view_text(row, "article", promise_article(arena, request->language, rule->article));
    view_words(row, "start", arena_format(arena, "commitment.event.%s", rule->start_event));
    view_words(row, "end", arena_format(arena, "commitment.event.%s", rule->end_event));
    view_flag(row, "is_goal", !rule->is_binding);
    view_flag(row, "is_by_ops", rule->interpretation == INTERPRETATION_OPS);
    view_flag(row, "is_before", rule->direction == DIRECTION_BEFORE);
    bool has_cases = is_counted(promise->window) || is_counted(promise->month);
    view_flag(row, "has_cases", has_cases);
    if (!has_cases)
        return;
    put_figure(row, "window", request, promise->window, rule->direction);
    put_figure(row, "month", request, promise->month, rule->direction);
}

/* ---- the page */

static void put_groups(struct view *view, struct request *request, const struct promises *promises)
{
    size_t groups = 0, rows = 0;
    struct view *group = NULL;

    for (size_t i = 0; i < promises->count; i++) {
        enum promise_group which = promise_group_of(promises->rows[i].rule);
        if (i == 0 || which != promise_group_of(promises->rows[i - 1].rule)) {
            const char *name = promise_group_name(which);
            group = view_row(view, "Groups", groups++);
            view_text(group, "name", name);
            view_words(group, "title", arena_format(request->arena, "commitment.group.%s", name));
            view_words(group, "procedure", arena_format(request->arena, "commitment.procedure.%s", name));
            rows = 0;
        }
        promise_show(view_row(group, "Promises", rows++), request, &promises->rows[i]);
    }
}

enum status commitment_get_index(struct request *request, struct response *response)
{
    struct promises promises;
    int64_t version;
    enum status status = promises_version(request, &version);

    if (status != STATUS_OK)
        return status;
    const bool is_copy = form_find(&request->query, "copy") != NULL;
    if (!is_copy && page_cache_find(request, "commitment/index", version, response))
        return STATUS_OK;
    status = promises_load(request, &promises);
    if (status != STATUS_OK)
        return status;
    struct view *view = page_begin(request, "commitment/index");
    const char *days = promise_count(request->arena, request->app->settings.figure_window_days);
    view_words(view, "Page.title", "commitment.title");
    view_words(view, "Page.description", "commitment.description");
    view_text(view, "window_words", words_fill(request->arena, request->language, "commitment.window", &days, 1));
    view_text(view, "nothing_words",
              words_fill(request->arena, request->language, "commitment.figure.nothing", &days, 1));
    /* A date with its day: the page is kept while "today" passes. */
    view_instant(view, "as_of", promises.as_of);
    view_flag(view, "is_stale", promises_are_stale(&promises, request->now));
    if (is_copy)
        view_instant(view, "copied", request->now);
    put_groups(view, request, &promises);
    status = commitment_show_texts(request, view);
    if (status != STATUS_OK)
        return status;
    status = promises_version(request, &version); /* again, now that the age of the figures is known */
    return status == STATUS_OK ? keep(request, response, view, "commitment/index", version) : status;
}

enum status commitment_get_counting(struct request *request, struct response *response)
{
    if (page_cache_find(request, "commitment/counting", 0, response))
        return STATUS_OK;
    struct view *view = page_begin(request, "commitment/counting");
    view_words(view, "Page.title", "commitment.counting.title");
    return keep(request, response, view, "commitment/counting", 0);
}

enum status commitment_get_supervision(struct request *request, struct response *response)
{
    if (page_cache_find(request, "commitment/supervision", 0, response))
        return STATUS_OK;
    struct view *view = page_begin(request, "commitment/supervision");
    view_words(view, "Page.title", "supervision.title");
    return keep(request, response, view, "commitment/supervision", 0);
}

enum status commitment_get_privacy(struct request *request, struct response *response)
{
    if (page_cache_find(request, "commitment/privacy", 0, response))
        return STATUS_OK;
    struct view *view = page_begin(request, "commitment/privacy");
    const char *days = promise_count(request->arena, request->app->settings.retention_days);
    view_words(view, "Page.title", "privacy.title");
    view_text(view, "retention_words", words_fill(request->arena, request->language, "privacy.retention", &days, 1));
    return keep(request, response, view, "commitment/privacy", 0);
}

/* ---- the same figures for machines */

static enum status send_export(struct request *request, struct response *response, const char *name,
                               const char *content_type, promises_writer *write)
{
    struct promises promises;
    int64_t version;
    size_t length;
    enum status status = promises_version(request, &version);

    if (status != STATUS_OK)
        return status;
    if (page_cache_find(request, name, version, response))
        return STATUS_OK;
    status = promises_load(request, &promises);
    if (status != STATUS_OK)
        return status;
    const char *body = write(request, &promises, &length);
    response_body(response, content_type, body, length);
    promise_make_public(response);
    status = promises_version(request, &version);
    if (status == STATUS_OK)
        page_cache_keep(request, name, version, response);
    return status;
}

enum status commitment_get_json(struct request *request, struct response *response)
{
    return send_export(request, response, "commitments.json", "application/json; charset=utf-8", promises_json);
}

enum status commitment_get_csv(struct request *request, struct response *response)
{
    return send_export(request, response, "commitments.csv", "text/csv; charset=utf-8", promises_csv);
}

enum status commitment_get_jsonld(struct request *request, struct response *response)
{
    return send_export(request, response, "commitment/commitments.jsonld", "application/ld+json; charset=utf-8",
                       promises_jsonld);
}
