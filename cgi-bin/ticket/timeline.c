/* What happened, newest first, each cycle by itself: who, when, in which words, and both values of what was corrected. */
#include "ticket/show.h"

/* How a number of an event is said. */
enum detail_form {
    DETAIL_UNIT,
    DETAIL_CATEGORY,
    DETAIL_GRADES,
    DETAIL_ZONE,
    DETAIL_NATURE,
    DETAIL_LIST, /* Text.PREFIX.NUMBER */
    DETAIL_MOMENT,
    DETAIL_DURATION,
    DETAIL_YUAN,
    DETAIL_NUMBER,
};

struct detail {
    enum event_field field;
    const char *label; /* Text.staff.field.LABEL */
    enum detail_form form;
    const char *prefix;
};

static const struct detail details[] = {
    {FIELD_CATEGORY, "category", DETAIL_CATEGORY, NULL},
    {FIELD_NATURE, "nature", DETAIL_NATURE, NULL},
    {FIELD_GRADES, "grades", DETAIL_GRADES, NULL},
    {FIELD_ZONE, "zone", DETAIL_ZONE, NULL},
    {FIELD_DIAMETER_MM, "diameter_mm", DETAIL_NUMBER, NULL},
    {FIELD_VALVE_STUCK, "valve_stuck", DETAIL_LIST, "staff.yes_no"},
    {FIELD_LIMIT_SECONDS, "limit", DETAIL_DURATION, NULL},
    {FIELD_UNIT, "unit", DETAIL_UNIT, NULL},
    {FIELD_CREW_SENT, "crew_sent", DETAIL_LIST, "staff.yes_no"},
    {FIELD_DECISION, "decision", DETAIL_LIST, "staff.decided"},
    {FIELD_PROPOSED_DUE, "proposed_due", DETAIL_MOMENT, NULL},
    {FIELD_GRANTED_DUE, "granted_due", DETAIL_MOMENT, NULL},
    {FIELD_APPOINTMENT_AT, "appointment_at", DETAIL_MOMENT, NULL},
    {FIELD_SAID_AT, "said_at", DETAIL_MOMENT, NULL},
    {FIELD_OUTCOME, "outcome", DETAIL_LIST, "staff.outcome"},
    {FIELD_CAUSE, "cause", DETAIL_LIST, "staff.cause"},
    {FIELD_FOLLOW_UP, "follow_up", DETAIL_LIST, "staff.follow_up"},
    {FIELD_SATISFACTION, "satisfaction", DETAIL_LIST, "staff.satisfaction"},
    {FIELD_RATING, "rating", DETAIL_LIST, "staff.satisfaction"},
    {FIELD_CLOCK_NO, "clock_no", DETAIL_NUMBER, NULL},
    {FIELD_EXCUSE, "excuse", DETAIL_NUMBER, NULL},
    {FIELD_OUTSIDE_DUE, "outside_due", DETAIL_MOMENT, NULL},
    {FIELD_AMOUNT_FEN, "amount_yuan", DETAIL_YUAN, NULL},
    {FIELD_DEPARTMENT, "department_1", DETAIL_UNIT, NULL},
    {FIELD_DEPARTMENT + 1, "department_2", DETAIL_UNIT, NULL},
    {FIELD_DEPARTMENT + 2, "department_3", DETAIL_UNIT, NULL},
    {FIELD_NOTICE_GIVEN, "notice_given", DETAIL_LIST, "staff.notice_given"},
    {FIELD_CONFIRMATION, "confirmation", DETAIL_LIST, "staff.confirmation"},
    {FIELD_LIABILITY, "liability", DETAIL_LIST, "staff.liability"},
    {FIELD_NO_PHOTO, "no_photo", DETAIL_LIST, "staff.no_photo"},
    {FIELD_PHOTO_COUNT, "photo_count", DETAIL_NUMBER, NULL},
    {FIELD_LEVEL, "level", DETAIL_NUMBER, NULL},
    {FIELD_PLANNED_AT, "planned_at", DETAIL_MOMENT, NULL},
};

static const char *moment_words(const struct request *request, int64_t milliseconds)
{
    return words_moment(request->arena, request->language, (struct instant){milliseconds}, request->now,
                        request->app->settings.utc_offset_minutes);
}

static const char *detail_words(const struct request *request, const struct detail *detail, int64_t value)
{
    switch (detail->form) {
    case DETAIL_UNIT:
        return desk_unit_name(request, (struct unit_id){(int32_t)value});
    case DETAIL_CATEGORY:
        return desk_category_name(request, (struct category_id){(int32_t)value});
    case DETAIL_GRADES:
        return value == 0 ? words_find(request->language, "staff.none") : desk_grade_names(request, (uint32_t)value);
    case DETAIL_ZONE:
        return desk_words(request, "zone", zone_name((enum zone)value));
    case DETAIL_NATURE:
        return desk_words(request, "nature", nature_name((enum nature)value));
    case DETAIL_LIST:
        return desk_words_number(request, detail->prefix, value);
    case DETAIL_MOMENT:
        return moment_words(request, value);
    case DETAIL_DURATION:
        return words_duration(request->arena, request->language, value);
    case DETAIL_YUAN:
        return arena_format(request->arena, "%lld.%02lld", (long long)(value / 100), (long long)(value % 100));
    case DETAIL_NUMBER:
        return arena_format(request->arena, "%lld", (long long)value);
    }
    return "";
}

/* What a field was before the event, where the ticket keeps it; false elsewhere. */
static bool find_before(const struct ticket *before, enum event_field field, int64_t *value)
{
    switch ((int)field) {
    case FIELD_CATEGORY:
        *value = before->facts.category.v;
        return true;
    case FIELD_NATURE:
        *value = (int64_t)before->nature;
        return true;
    case FIELD_GRADES:
        *value = before->facts.grades;
        return true;
    case FIELD_ZONE:
        *value = (int64_t)before->facts.zone;
        return before->facts.zone != ZONE_UNKNOWN;
    case FIELD_DIAMETER_MM:
        *value = before->facts.diameter_mm;
        return before->facts.diameter_mm > 0;
    case FIELD_VALVE_STUCK:
        *value = before->facts.is_valve_stuck;
        return true;
    case FIELD_LIMIT_SECONDS:
        *value = before->facts.ops_limit_seconds;
        return before->facts.ops_limit_seconds > 0;
    case FIELD_APPOINTMENT_AT:
        *value = before->appointment_at.milliseconds;
        return instant_is_set(before->appointment_at);
    default:
        return false;
    }
}

static const char *changed_words(const struct request *request, const char *before, const char *after)
{
    const char *values[] = {before, after};

    return words_fill(request->arena, request->language, "staff.page.changed", values, 2);
}

/* "200 → 400" of what was corrected, "400" of what is told for the first time. */
static const char *value_words(const struct request *request, const struct event *event, const struct detail *detail,
                               const struct ticket *before)
{
    const int64_t after = event->field[detail->field];
    const char *words = detail_words(request, detail, after);
    int64_t was;

    if (event->kind == ACTION_REPORT || !find_before(before, detail->field, &was) || was == after)
        return words;
    return changed_words(request, detail_words(request, detail, was), words);
}

/* A value that is only the way an enum says "nothing" is not worth a line. */
static bool is_worth_saying(const struct event *event, const struct detail *detail)
{
    if (!event->has_field[detail->field])
        return false;
    const int64_t value = event->field[detail->field];
    if (detail->field == FIELD_SATISFACTION || detail->field == FIELD_CREW_SENT)
        return value != 0;
    return event->kind != ACTION_REPORT || (value != 0 && detail->field != FIELD_CATEGORY);
}

static void show_detail(struct view *view, size_t row, const char *label, const char *value)
{
    struct view *detail = view_row(view, "Details", row);

    view_text(detail, "label", label);
    view_text(detail, "value", value);
}

/* A promise whose due time was worked out again: both times stay readable. */
static size_t show_moved_dues(struct view *view, size_t row, const struct request *request, const struct event *event,
                              const struct ticket *before)
{
    for (int i = 0; i < event->clock_count; i++) {
        const struct clock *after = &event->clocks[i];
        if (after->no > before->clock_count)
            continue;
        const struct instant was = before->clocks[after->no - 1].due_at;
        if (!instant_is_set(was) || !instant_is_set(after->due_at) || instant_is_equal(was, after->due_at))
            continue;
        const char *kind = desk_words(request, "kind", clock_kind_name(after->kind));
        show_detail(view, row++, words_fill(request->arena, request->language, "staff.page.due_of", &kind, 1),
                    changed_words(request, moment_words(request, was.milliseconds),
                                  moment_words(request, after->due_at.milliseconds)));
    }
    return row;
}

static void show_details(struct view *view, const struct request *request, const struct event *event,
                         const struct ticket *before)
{
    size_t row = 0;

    for (size_t i = 0; i < sizeof details / sizeof details[0]; i++)
        if (is_worth_saying(event, &details[i]))
            show_detail(view, row++, desk_words(request, "staff.field", details[i].label),
                        value_words(request, event, &details[i], before));
    if (event->kind == ACTION_OBJECT && event->has_field[FIELD_REASON])
        show_detail(view, row++, words_find(request->language, "staff.field.objection"),
                    desk_words_number(request, "staff.objection", event->field[FIELD_REASON]));
    if (event->kind == ACTION_RECORD_FORMALITIES && event->has_field[FIELD_REASON])
        show_detail(view, row++, words_find(request->language, "staff.field.formality"),
                    desk_words_number(request, "staff.formality", event->field[FIELD_REASON]));
    const int64_t no = event_get(event, FIELD_DISPATCH_NO, 0);
    if (event->kind == ACTION_RECALL && !event->has_field[FIELD_UNIT] && no >= 1 && no <= before->assignment_count)
        show_detail(view, row++, words_find(request->language, "staff.field.unit"),
                    desk_unit_name(request, before->assignments[no - 1].unit));
    show_moved_dues(view, row, request, event, before);
}

static enum role role_of(uint32_t role_bit)
{
    for (enum role role = ROLE_NONE + 1; role < ROLE__COUNT; role++)
        if (role_bit == ROLE_BIT(role))
            return role;
    return ROLE_NONE;
}

static void show_actor(struct view *view, const struct request *request, const struct timeline_entry *entry)
{
    const enum role role = role_of(entry->event.actor_role);

    view_text(view, "actor", entry->actor_name);
    if (role != ROLE_NONE)
        view_text(view, "role", desk_words(request, "role", role_name(role)));
    if (entry->event.actor_staff.v != 0)
        view_text(view, "unit", desk_unit_name(request, entry->event.actor_unit));
}

/* before: the ticket as this event found it */
static void show_entry(struct view *view, const struct request *request, const struct timeline_entry *entry,
                       const struct ticket *before)
{
    const struct event *event = &entry->event;
    const int64_t told_after_ms = instant_milliseconds_between(event->occurred_at, event->recorded_at);

    view_number(view, "seq", event->seq);
    view_text(view, "action", desk_words(request, "action", ticket_action_name((enum ticket_action)event->kind)));
    view_instant(view, "at", event->occurred_at);
    if (told_after_ms >= (int64_t)MINUTE_SECONDS * 1000)
        view_instant(view, "recorded", event->recorded_at);
    show_actor(view, request, entry);
    view_text(view, "words", entry->words);
    view_flag(view, "is_emptied", event->has_text && entry->words[0] == '\0');
    view_flag(view, "is_internal", event_get(event, FIELD_INTERNAL, 0) != 0 || event->kind == ACTION_NOTE);
    view_flag(view, "is_late_entry", event_get(event, FIELD_LATE_ENTRY, 0) != 0);
    show_details(view, request, event, before);
}

/* How many events happened in each cycle: the one that opens the next belongs to the cycle that it ends. */
static size_t *count_cycles(const struct request *request, const struct ticket_file *file)
{
    size_t *counts = arena_take_array(request->arena, (size_t)file->ticket.cycle + 1, sizeof *counts);
    struct ticket *before = arena_take(request->arena, sizeof *before);

    ticket_init(before, file->ticket.id);
    for (size_t i = 0; i < file->entry_count; i++) {
        counts[before->cycle == 0 ? 1 : before->cycle]++;
        ticket_apply(before, &file->entries[i].event);
    }
    return counts;
}

/* Rows appear in the order in which they are made: newest cycle first, and in it the newest event. */
static void make_rows(struct view *page, const struct request *request, const struct ticket *ticket, const size_t *counts)
{
    for (int cycle = ticket->cycle; cycle >= 1; cycle--) {
        struct view *view = view_row(page, "Timeline", (size_t)(ticket->cycle - cycle));
        if (ticket->cycle > 1)
            show_cycle(view, request, cycle);
        view_number(view, "count", (int64_t)counts[cycle]);
        for (size_t i = 0; i < counts[cycle]; i++)
            view_row(view, "Entries", i);
    }
}

void show_timeline(struct view *page, const struct request *request, const struct ticket_file *file,
                   uint32_t seen_version)
{
    const size_t *counts = count_cycles(request, file);
    struct ticket *before = arena_take(request->arena, sizeof *before);
    const size_t fresh = seen_version > 0 && seen_version < file->entry_count ? file->entry_count - seen_version : 0;
    size_t place = 0; /* in its cycle */
    int cycle = 1;

    make_rows(page, request, &file->ticket, counts);
    for (size_t i = 0; i < fresh; i++)
        view_row(page, "Conflict", i);
    ticket_init(before, file->ticket.id);
    for (size_t i = 0; i < file->entry_count; i++) {
        const struct timeline_entry *entry = &file->entries[i];
        place = before->cycle > cycle ? 0 : place;
        cycle = before->cycle == 0 ? 1 : before->cycle;
        struct view *view = view_row(page, "Timeline", (size_t)(file->ticket.cycle - cycle));
        show_entry(view_row(view, "Entries", counts[cycle] - ++place), request, entry, before);
        if (entry->event.seq > seen_version && fresh > 0)
            show_entry(view_row(page, "Conflict", file->entry_count - 1 - i), request, entry, before);
        ticket_apply(before, &entry->event);
    }
}
