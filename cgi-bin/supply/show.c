/* The page of one outage, but for what can be done with it: facts, steps with their times, clocks, and everything that was told. */
#include "supply/supply.h"
#include "web/action_form.h"

static const char *place_name(const struct request *request, int32_t place)
{
    const struct place *row = catalog_place(&supply_of(request)->catalog, (struct place_id){place});

    return row != NULL ? row->name : "";
}

static void show_who(struct view *view, const struct request *request, const struct outage_file *file)
{
    const struct outage *outage = &file->outage;

    view_text(view, "kind", supply_kind_words(request, outage->kind, outage->is_pressure));
    view_flag(view, "is_emergency", outage->kind == OUTAGE_EMERGENCY);
    view_flag(view, "is_planned", outage->kind == OUTAGE_PLANNED);
    view_flag(view, "is_public", outage->is_public);
    view_flag(view, "is_large", outage->is_large);
    view_flag(view, "is_unapproved", outage->is_unapproved);
    if (outage->households > 0)
        view_number(view, "households", outage->households);
    if (outage->scope != OUTAGE_SCOPE_NONE)
        view_text(view, "scope", supply_words_number(request, "outage.scope", outage->scope));
    if (outage->approver != APPROVER_NONE)
        view_text(view, "approver", supply_words_number(request, "outage.approver", outage->approver));
    view_instant(view, "planned_start", outage->planned_start_at);
    view_flag(view, "is_started", instant_is_set(outage->started_at));
    view_flag(view, "is_start_passed", (outage_next_steps(outage, request->now) & OUTAGE_BIT(OUTAGE_START)) != 0);
    view_text(view, "area_words", supply_first_area(request, file));
}

static void show_facts(struct view *page, const struct request *request, const struct outage_file *file)
{
    const struct outage *outage = &file->outage;
    struct view *view = view_child(page, "Outage");
    char number[NUMBER_TEXT_BYTES];

    view_number(view, "id", outage->id.v);
    const enum outage_phase phase =
        outage_phase_at(outage->state, outage_start_at(outage), outage->expected_end_at, request->now);
    supply_show_phase(view, request, phase);
    view_flag(view, "is_overdue", phase == OUTAGE_PHASE_OVERDUE);
    view_flag(view, "may_sms", supply_may_read_sms(request, outage));
    show_who(view, request, file);
    view_text(view, "unit", supply_unit_name(request, outage->unit));
    view_text(view, "cause", supply_words_number(request, "outage.cause", outage->cause));
    view_number(view, "diameter", outage->diameter_mm);
    view_instant(view, "reported", outage->reported_at);
    view_instant(view, "start", outage_start_at(outage));
    view_instant(view, "first_end", outage->first_end_at);
    view_instant(view, "end", outage->expected_end_at);
    view_flag(view, "is_end_moved", !instant_is_equal(outage->first_end_at, outage->expected_end_at));
    view_instant(view, "ended", outage->ended_at);
    for (int i = 0; i < outage->valve_count; i++) {
        struct view *row = view_row(view, "Valves", (size_t)i);
        view_number(row, "diameter", outage->valves[i].diameter_mm);
        view_number(row, "number", outage->valves[i].number);
    }
    for (int i = 0; i < outage->place_count; i++)
        view_text(view_row(view, "Places", (size_t)i), "name", place_name(request, outage->places[i].v));
    if (file->ticket_number[0] != '\0') {
        number_format_text(file->ticket_number, number);
        view_text(view, "ticket", file->ticket_number);
        view_text(view, "ticket_text", number);
    }
}

static void show_clock(struct view *view, const struct request *request, const struct clock *clock)
{
    const struct catalog_words *words = catalog_rule_words(&supply_of(request)->catalog, clock->rule);
    const enum clock_result result = clock_result_at(clock, request->now);
    const int64_t late_seconds = clock_late_seconds(clock, request->now, false);

    if (words != NULL)
        view_text(view, "name", request->language == LANGUAGE_EN ? words->name_en : words->name_zh);
    view_text(view, "article", clock->article);
    view_text(view, "unit", supply_unit_name(request, clock->unit));
    if (clock_is_running(clock))
        view_countdown(view, "left", request, clock_effective_due(clock));
    view_instant(view, "granted", clock->granted_due_at);
    view_instant(view, "due", clock->due_at);
    view_instant(view, "stopped", clock->stopped_at);
    view_text(view, "result", supply_words(request, "result", clock_result_name(result)));
    view_text(view, "colour", result == RESULT_LATE || result == RESULT_ENDED_LATE ? "bad" : result == RESULT_KEPT ? "ok" : "info");
    if (late_seconds > 0)
        view_duration(view, "late", late_seconds);
}

/* What a step counted, and to when a start was moved. */
static void show_numbers(struct view *view, const struct request *request, const struct event *event)
{
    view_instant(view, "planned_start", (struct instant){event_get(event, FIELD_PLANNED_START, INSTANT_NONE.milliseconds)});
    view_flag(view, "is_late_entry", event_get(event, FIELD_LATE_ENTRY, 0) != 0);
    view_flag(view, "is_unapproved", event_get(event, FIELD_UNAPPROVED, 0) != 0);
    if (event->kind == OUTAGE_POSTER)
        view_number(view, "photos", event_get(event, FIELD_PHOTO_COUNT, 0));
    if (event->kind != OUTAGE_SMS)
        return;
    const char *values[3];
    static const enum event_field FIELDS[3] = {FIELD_HOUSEHOLDS, FIELD_SENT, FIELD_FAILED};
    for (int i = 0; i < 3; i++)
        values[i] = arena_format(request->arena, "%lld", (long long)event_get(event, FIELDS[i], 0));
    view_text(view, "counts", words_fill(request->arena, request->language, "outage.sms_counts", values, 3));
}

/* is_public: the outage was, after the event */
static void show_entry(struct view *view, const struct request *request, const struct timeline_entry *entry, bool is_public)
{
    const struct event *event = &entry->event;
    const struct outage_words words = outage_words_split(arena_copy_text(request->arena, entry->words));
    const struct instant end = {event_get(event, FIELD_EXPECTED_END, INSTANT_NONE.milliseconds)};

    view_number(view, "seq", event->seq);
    view_text(view, "action", supply_words(request, "outage.action", outage_action_name((enum outage_action)event->kind)));
    view_flag(view, "is_internal", !outage_is_message((enum outage_action)event->kind, is_public));
    view_instant(view, "at", event->recorded_at);
    if (!instant_is_equal(event->recorded_at, event->occurred_at))
        view_instant(view, "happened", event->occurred_at);
    view_instant(view, "end", end);
    view_text(view, "actor", entry->actor_name);
    view_text(view, "unit", supply_unit_name(request, event->actor_unit));
    view_text(view, "area_words", words.area);
    view_text(view, "words", words.words);
    view_text(view, "reason", words.reason);
    view_text(view, "water_points", words.water_points);
    show_numbers(view, request, event);
    for (int i = 0; i < event->list_count[LIST_PLACES]; i++)
        view_text(view_row(view, "Places", (size_t)i), "name", place_name(request, event->list[LIST_PLACES][i]));
}

/* ---- steps of a planned outage: what was done by whom, what is next and whose it is */

static const enum outage_action STEPS[] = {OUTAGE_APPLY,  OUTAGE_ASSIST, OUTAGE_APPROVE, OUTAGE_NOTIFY, OUTAGE_PUBLISH, OUTAGE_MEDIA,
                                           OUTAGE_POSTER, OUTAGE_SMS,    OUTAGE_START,   OUTAGE_RESTORE};

static const struct timeline_entry *entry_of(const struct outage_file *file, enum outage_action action)
{
    for (size_t i = file->entry_count; i > 0; i--)
        if (file->entries[i - 1].event.kind == (int)action)
            return &file->entries[i - 1];
    return NULL;
}

/* Whose a step is, in words. */
static const char *whose(const struct request *request, const struct outage *outage, enum outage_action action)
{
    const struct outage_policy *policy = &supply_of(request)->catalog.regulation.outage;
    const struct unit_id unit = action == OUTAGE_ASSIST                                  ? policy->pipeline
                                : action == OUTAGE_POSTER || action == OUTAGE_SMS ? policy->customer
                                                                                         : outage->unit;

    return action == OUTAGE_APPROVE ? supply_words_number(request, "outage.approver", outage->approver)
                                    : supply_unit_name(request, unit);
}

static void show_step(struct view *row, const struct request *request, const struct outage_file *file, enum outage_action action)
{
    const struct outage *outage = &file->outage;
    const struct timeline_entry *entry = entry_of(file, action);
    const enum clock_kind kind = outage_step_clock(action);

    view_text(row, "action", supply_words(request, "outage.action", outage_action_name(action)));
    view_text(row, "whose", whose(request, outage, action));
    view_flag(row, "is_next", (outage_next_steps(outage, request->now) & OUTAGE_BIT(action)) != 0);
    for (int i = 0; kind != CLOCK_NONE && i < outage->clock_count; i++) {
        const struct clock *clock = &outage->clocks[i];
        if (clock->kind != kind)
            continue;
        view_instant(row, "due", clock->due_at);
        if (entry == NULL && clock_is_running(clock))
            view_countdown(row, "left", request, clock->due_at);
        view_flag(row, "is_late", clock_result_at(clock, request->now) == RESULT_LATE ||
                                      clock_result_at(clock, request->now) == RESULT_ENDED_LATE);
    }
    if (entry == NULL)
        return;
    view_flag(row, "is_done", true);
    view_instant(row, "at", entry->event.occurred_at);
    view_text(row, "by", entry->actor_name);
}

static void show_steps(struct view *page, const struct request *request, const struct outage_file *file)
{
    for (size_t i = 0; i < sizeof STEPS / sizeof STEPS[0]; i++)
        show_step(view_row(page, "Steps", i), request, file, STEPS[i]);
}

/* The first of its events that the public was told; as many as there are: none. */
static size_t public_from(const struct outage_file *file)
{
    size_t at = 0;

    while (at < file->entry_count && file->outage.kind != OUTAGE_EMERGENCY && file->entries[at].event.kind != OUTAGE_PUBLISH &&
           file->entries[at].event.kind != OUTAGE_START)
        at++;
    return file->outage.is_public ? at : file->entry_count;
}

void supply_show_outage(struct view *page, const struct request *request, const struct outage_file *file)
{
    const size_t first_public = public_from(file);

    show_facts(page, request, file);
    if (file->outage.kind == OUTAGE_PLANNED)
        show_steps(page, request, file);
    for (int i = 0; i < file->outage.clock_count; i++)
        show_clock(view_row(page, "Clocks", (size_t)i), request, &file->outage.clocks[i]);
    for (size_t i = 0; i < file->entry_count; i++) { /* newest first */
        const size_t at = file->entry_count - 1 - i;
        show_entry(view_row(page, "Timeline", i), request, &file->entries[at], at >= first_public);
    }
}
