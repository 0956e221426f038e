/* The due times of a report as a calendar file, from the receipt: no personal data, no code, no link that opens anything. */
#include <string.h>

#include "complaint/filing.h"
#include "web/ical.h"
#include "web/promise.h"

#define CALENDAR_BYTES ((size_t)32 * 1024)

static void add_clock(struct text *text, struct request *request, const struct public_ticket *ticket,
                      const struct clock *clock)
{
    const struct settings *settings = &request->app->settings;
    struct arena *arena = request->arena;
    const char *promise = words_find(request->language,
                                     arena_format(arena, "complaint.promise.%s", clock_kind_name(clock->kind)));
    const char *limit = promise_limit(arena, request->language, clock->limit_seconds, clock->bound, clock->direction);
    const struct ical_event event = {
        .uid = arena_format(arena, "%s-%d@shuinuo", ticket->number, clock->no),
        .at = clock_effective_due(clock),
        .end = INSTANT_NONE,
        .summary = arena_format(arena, "%s · %s", promise, ticket->number),
        .description = arena_format(arena, "%s\n%s\n%s %s", limit,
                                    promise_article(arena, request->language, clock->article),
                                    words_find(request->language, "layout.hotline"), settings->hotline),
        .location = ticket->place_text,
        .url = arena_format(arena, "%s%s/complaint/follow", settings->base_url, settings->base_path),
        .sequence = (int)ticket->version,
    };

    ical_add(text, &event, request->now);
}

enum status complaint_get_calendar(struct request *request, struct response *response)
{
    const struct form_item *item = form_find(&request->query, "d");
    uint8_t id[DRAFT_ID_BYTES], key[ACTION_KEY_BYTES];
    struct public_file file;
    struct text text;

    if (item == NULL || !text_parse_hex(item->value, id, sizeof id))
        return STATUS_ABSENT;
    draft_filing_key(request, id, key);
    enum status status =
        public_store_load_by_key(complaint_of(request)->db, key, request->arena, &file, &request->fault);
    if (status != STATUS_OK)
        return status;
    text_init(&text, arena_take(request->arena, CALENDAR_BYTES), CALENDAR_BYTES);
    ical_begin(&text, "-//Shuinuo//receipt//EN");
    for (size_t i = 0; i < file.clock_count; i++)
        if (clock_is_running(&file.clocks[i]) && instant_is_set(clock_effective_due(&file.clocks[i])))
            add_clock(&text, request, &file.ticket, &file.clocks[i]);
    ical_end(&text);
    response_body(response, "text/calendar; charset=utf-8", text.bytes, text.length_bytes);
    response_header(response, "Content-Disposition",
                    arena_format(request->arena, "attachment; filename=\"%s.ics\"", file.ticket.number));
    return STATUS_OK;
}
