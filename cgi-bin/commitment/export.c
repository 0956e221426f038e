/*
 * The figures as JSON and CSV. Field names are stable: a field is added, never renamed. A rate below five cases is null, as on
 * the page.
 */
#include <string.h>

#include "base/csv.h"
#include "commitment/commitment.h"
#include "web/json.h"

#define ROW_BYTES_MAX 6000 /* one promise in either form, with room */
#define HEAD_BYTES_MAX 4000

static struct text new_text(struct request *request, const struct promises *promises)
{
    struct text text;
    size_t room = HEAD_BYTES_MAX + promises->count * ROW_BYTES_MAX;

    text_init(&text, arena_take(request->arena, room), room);
    return text;
}

static const char *day_text(struct arena *arena, struct day day)
{
    char *buffer = arena_take(arena, TIME_TEXT_BYTES);

    day_format(day, buffer);
    return buffer;
}

static const char *moment_text(struct request *request, struct instant at)
{
    char *buffer = arena_take(request->arena, TIME_TEXT_BYTES);

    if (instant_is_set(at))
        instant_format_iso(at, request->app->settings.utc_offset_minutes, buffer);
    return buffer;
}

static const char *bound_text(const struct rule *rule)
{
    return rule->bound == BOUND_LESS ? "<" : "<=";
}

static const char *direction_text(const struct rule *rule)
{
    return rule->direction == DIRECTION_BEFORE ? "before" : "after";
}

static const char *interpretation_text(const struct rule *rule)
{
    return rule->interpretation == INTERPRETATION_OPS ? "ops" : "text";
}

/* ---- JSON */

static void json_number(struct text *text, const char *name, int64_t value, bool is_known)
{
    if (is_known)
        text_add_format(text, ",\"%s\":%lld", name, (long long)value);
    else
        text_add_format(text, ",\"%s\":null", name);
}

static void json_figure(struct text *text, struct arena *arena, const struct promise_figure *counted)
{
    const struct figure *figure = &counted->figure;
    int rate = figure_rate_permille(figure->kept, figure->total);
    int rate_granted = figure_rate_permille(figure->kept_granted, figure->total);

    text_add(text, "{");
    json_string(text, "period", counted->is_month ? "month" : "window");
    text_add(text, ",");
    json_string(text, "first_day", day_text(arena, counted->first_day));
    text_add(text, ",");
    json_string(text, "last_day", day_text(arena, counted->last_day));
    json_number(text, "total", figure->total, true);
    json_number(text, "kept", figure->kept, true);
    json_number(text, "kept_granted", figure->kept_granted, true);
    json_number(text, "missed", figure->missed, true);
    json_number(text, "excused", figure->excused, true);
    json_number(text, "rate_permille", rate, rate >= 0);
    json_number(text, "rate_granted_permille", rate_granted, rate_granted >= 0);
    json_number(text, "median_seconds", figure->median_seconds, figure->median_seconds >= 0);
    json_number(text, "p90_seconds", figure->p90_seconds, figure->p90_seconds >= 0);
    text_add(text, "}");
}

static void json_promise(struct text *text, struct arena *arena, const struct promise *promise)
{
    const struct rule *rule = promise->rule;
    const struct {
        const char *name, *value;
    } strings[] = {
        {"code", rule->code},
        {"name_zh", promise->words->name_zh},
        {"name_en", promise->words->name_en},
        {"article", rule->article},
        {"kind", clock_kind_name(rule->kind)},
        {"group", promise_group_name(promise_group_of(rule))},
        {"bound", bound_text(rule)},
        {"direction", direction_text(rule)},
        {"interpretation", interpretation_text(rule)},
        {"start_event", rule->start_event},
        {"end_event", rule->end_event},
    };

    text_add(text, "{");
    for (size_t i = 0; i < sizeof strings / sizeof strings[0]; i++) {
        text_add(text, i == 0 ? "" : ",");
        json_string(text, strings[i].name, strings[i].value);
    }
    json_number(text, "limit_seconds", rule->limit_seconds, rule->limit_seconds != LIMIT_BY_OPS);
    text_add_format(text, ",\"is_binding\":%s,\"figures\":[", rule->is_binding ? "true" : "false");
    if (promise->window != NULL)
        json_figure(text, arena, promise->window);
    if (promise->window != NULL && promise->month != NULL)
        text_add(text, ",");
    if (promise->month != NULL)
        json_figure(text, arena, promise->month);
    text_add(text, "]}");
}

const char *promises_json(struct request *request, const struct promises *promises, size_t *length)
{
    struct text text = new_text(request, promises);

    text_add(&text, "{\"format\":\"shuinuo-commitments\",\"version\":1,");
    json_string(&text, "publisher_zh", request->app->settings.company_zh);
    text_add(&text, ",");
    json_string(&text, "publisher_en", request->app->settings.company_en);
    text_add(&text, ",");
    json_string(&text, "as_of", moment_text(request, promises->as_of));
    json_number(&text, "window_days", request->app->settings.figure_window_days, true);
    text_add_format(&text, ",\"is_sample\":%s,\"promises\":[\n",
                    request->app->settings.is_sample ? "true" : "false");
    for (size_t i = 0; i < promises->count; i++) {
        text_add(&text, i == 0 ? "" : ",\n");
        json_promise(&text, request->arena, &promises->rows[i]);
    }
    text_add(&text, "\n]}\n");
    *length = text.length_bytes;
    return text.bytes;
}

/* ---- JSON-LD: the promises as services of the company, the figures as a dataset with its other forms (schema.org) */

static void jsonld_service(struct text *text, struct request *request, const struct promise *promise)
{
    const struct settings *settings = &request->app->settings;
    const char *page = arena_format(request->arena, "%s%s/commitment/promise/%s", settings->base_url, settings->base_path,
                                    promise->rule->code);

    text_add(text, "{\"@type\":\"GovernmentService\",");
    json_string(text, "identifier", promise->rule->code);
    text_add(text, ",");
    json_string(text, "name", promise->words->name_zh);
    text_add(text, ",");
    json_string(text, "alternateName", promise->words->name_en);
    text_add(text, ",");
    json_string(text, "url", page);
    text_add(text, ",\"provider\":{\"@id\":\"#company\"}}");
}

static void jsonld_download(struct text *text, struct request *request, const char *name, const char *format)
{
    const struct settings *settings = &request->app->settings;

    text_add(text, "{\"@type\":\"DataDownload\",");
    json_string(text, "contentUrl",
                arena_format(request->arena, "%s%s/commitment/%s", settings->base_url, settings->base_path, name));
    text_add(text, ",");
    json_string(text, "encodingFormat", format);
    text_add(text, "}");
}

const char *promises_jsonld(struct request *request, const struct promises *promises, size_t *length)
{
    const struct settings *settings = &request->app->settings;
    struct text text = new_text(request, promises);

    text_add(&text, "{\"@context\":\"https://schema.org\",\"@graph\":[\n{\"@type\":\"Organization\",\"@id\":\"#company\",");
    json_string(&text, "name", settings->company_zh);
    text_add(&text, ",");
    json_string(&text, "alternateName", settings->company_en);
    text_add(&text, ",");
    json_string(&text, "telephone", settings->hotline);
    text_add(&text, "},\n{\"@type\":\"Dataset\",\"@id\":\"#figures\",");
    json_string(&text, "name", words_find(request->language, "commitment.title"));
    text_add(&text, ",");
    json_string(&text, "description", words_find(request->language, "commitment.description"));
    text_add(&text, ",");
    json_string(&text, "dateModified", moment_text(request, promises->as_of));
    text_add(&text, ",\"creator\":{\"@id\":\"#company\"},\"distribution\":[");
    jsonld_download(&text, request, "commitments.json", "application/json");
    text_add(&text, ",");
    jsonld_download(&text, request, "commitments.csv", "text/csv");
    text_add(&text, "]}");
    for (size_t i = 0; i < promises->count; i++) {
        text_add(&text, ",\n");
        jsonld_service(&text, request, &promises->rows[i]);
    }
    text_add(&text, "\n]}\n");
    *length = text.length_bytes;
    return text.bytes;
}

/* ---- CSV */

static const char *number_text(struct arena *arena, int64_t value, bool is_known)
{
    return is_known ? arena_format(arena, "%lld", (long long)value) : "";
}

static void csv_row(struct text *text, struct request *request, const struct promise *promise,
                    const struct promise_figure *counted)
{
    struct arena *arena = request->arena;
    const struct rule *rule = promise->rule;
    bool has = counted != NULL;
    const struct figure *figure = has ? &counted->figure : NULL;
    int rate = has ? figure_rate_permille(figure->kept, figure->total) : -1;
    int rate_granted = has ? figure_rate_permille(figure->kept_granted, figure->total) : -1;
    const char *cells[] = {
        rule->code,
        promise->words->name_zh,
        promise->words->name_en,
        rule->article,
        clock_kind_name(rule->kind),
        promise_group_name(promise_group_of(rule)),
        number_text(arena, rule->limit_seconds, rule->limit_seconds != LIMIT_BY_OPS),
        bound_text(rule),
        direction_text(rule),
        rule->is_binding ? "true" : "false",
        interpretation_text(rule),
        rule->start_event,
        rule->end_event,
        !has ? "" : counted->is_month ? "month" : "window",
        has ? day_text(arena, counted->first_day) : "",
        has ? day_text(arena, counted->last_day) : "",
        has ? number_text(arena, figure->total, true) : "",
        has ? number_text(arena, figure->kept, true) : "",
        has ? number_text(arena, figure->kept_granted, true) : "",
        has ? number_text(arena, figure->missed, true) : "",
        has ? number_text(arena, figure->excused, true) : "",
        number_text(arena, rate, rate >= 0),
        number_text(arena, rate_granted, rate_granted >= 0),
        has ? number_text(arena, figure->median_seconds, figure->median_seconds >= 0) : "",
        has ? number_text(arena, figure->p90_seconds, figure->p90_seconds >= 0) : "",
        has ? moment_text(request, counted->as_of) : "",
    };

    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++)
        csv_add_cell(text, cells[i], i == 0);
    text_add(text, CSV_LINE_END);
}

const char *promises_csv(struct request *request, const struct promises *promises, size_t *length)
{
    struct text text = new_text(request, promises);

    text_add(&text, CSV_BYTE_ORDER_MARK
                    "\"code\",\"name_zh\",\"name_en\",\"article\",\"kind\",\"group\",\"limit_seconds\",\"bound\","
                    "\"direction\",\"is_binding\",\"interpretation\",\"start_event\",\"end_event\",\"period\","
                    "\"first_day\",\"last_day\",\"total\",\"kept\",\"kept_granted\",\"missed\",\"excused\","
                    "\"rate_permille\",\"rate_granted_permille\",\"median_seconds\",\"p90_seconds\",\"as_of\"\r\n");
    for (size_t i = 0; i < promises->count; i++) {
        const struct promise *promise = &promises->rows[i];
        if (promise->window != NULL || promise->month == NULL)
            csv_row(&text, request, promise, promise->window);
        if (promise->month != NULL)
            csv_row(&text, request, promise, promise->month);
    }
    *length = text.length_bytes;
    return text.bytes;
}
