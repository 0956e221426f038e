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

static void show_details(struct view *view, const struct request *request, const struct event *event)
{
    size_t row = 0;

    for (size_t i = 0; i < sizeof details / sizeof details[0]; i++) {
        if (!is_worth_saying(event, &details[i]))
            continue;
        struct view *detail = view_row(view, "Details", row++);
        view_text(detail, "label", desk_words(request, "staff.field", details[i].label));
        view_text(detail, "value", detail_words(request, &details[i], event->field[details[i].field]));
    }
    if (event->kind == ACTION_OBJECT && event->has_field[FIELD_REASON]) {
        struct view *detail = view_row(view, "Details", row);
        view_words(detail, "label", "staff.field.objection");
        view_text(detail, "value", desk_words_number(request, "staff.objection", event->field[FIELD_REASON]));
    }
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

static void show_entry(struct view *view, const struct request *request, const struct timeline_entry *entry)
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
    show_details(view, request, event);
}

void show_timeline(struct view *page, const struct request *request, const struct ticket_file *file,
                   uint32_t seen_version)
{
    size_t conflicts = 0;

    for (size_t i = 0; i < file->entry_count; i++) {
        const struct timeline_entry *entry = &file->entries[file->entry_count - 1 - i];
        show_entry(view_row(page, "Timeline", i), request, entry);
        if (seen_version != 0 && entry->event.seq > seen_version)
            show_entry(view_row(page, "Conflict", conflicts++), request, entry);
    }
}
