/* Action forms on a page: fields, choices, and the deadline that a step keeps. */
#include "web/action_form.h"
#include "web/app.h"

#define SOON_SECONDS (30 * MINUTE_SECONDS)

static const char *words_of(const struct request *request, const char *prefix, const char *name)
{
    return words_find(request->language, arena_format(request->arena, "%s.%s", prefix, name));
}

/* ---- choices */

void chooser_add(struct chooser *chooser, int64_t value, const char *label)
{
    struct view *row = view_row(chooser->field, "Choices", chooser->rows++);

    if (value >= 0)
        view_number(row, "value", value);
    view_text(row, "label", label);
    view_flag(row, "is_checked", value < 0 ? chooser->chosen == 0 : value == chooser->chosen);
}

static void list_choices(struct chooser *chooser, const struct form_field *field)
{
    for (int64_t i = 1; i <= field->rule.max; i++)
        chooser_add(chooser, i,
                    words_of(chooser->request, field->prefix, arena_format(chooser->request->arena, "%lld", (long long)i)));
}

static void enum_choices(struct chooser *chooser, enum choices choices)
{
    const struct request *request = chooser->request;

    if (choices == CHOICES_ZONE)
        for (enum zone zone = ZONE_INNER; zone < ZONE__COUNT; zone++)
            chooser_add(chooser, (int64_t)zone, words_of(request, "zone", zone_name(zone)));
    else
        for (enum nature nature = NATURE_NONE + 1; nature < NATURE__COUNT; nature++)
            chooser_add(chooser, (int64_t)nature, words_of(request, "nature", nature_name(nature)));
}

/* False where the choices are rows that only the program knows. */
static bool show_choices(struct chooser *chooser, const struct form_field *field)
{
    chooser_add(chooser, -1, words_find(chooser->request->language, "staff.choose"));
    switch (field->choices) {
    case CHOICES_LIST:
        list_choices(chooser, field);
        return true;
    case CHOICES_NATURE:
    case CHOICES_ZONE:
        enum_choices(chooser, field->choices);
        return true;
    case CHOICES_UNIT:
    case CHOICES_CATEGORY:
    case CHOICES_DISPATCH:
    case CHOICES_CLOCK:
    case CHOICES_NONE:
        break;
    }
    return false;
}

/* ---- fields */

static const char *type_name(const struct form_field *field)
{
    if (field->choices != CHOICES_NONE)
        return "select";
    switch (field->rule.type) {
    case INPUT_LINES:
        return "lines";
    case INPUT_FLAG:
        return "flag";
    case INPUT_MOMENT:
        return "moment";
    case INPUT_NUMBER:
        return "number";
    case INPUT_LINE:
    case INPUT_DIGITS:
    case INPUT_SECRET:
    case INPUT_FILE:
    case INPUT_TYPE__COUNT:
        break;
    }
    return "line";
}

static void show_proposal(struct view *view, const struct form_field *field, const struct request *request,
                          const struct ticket *ticket)
{
    char local[TIME_TEXT_BYTES];

    if (field->field == FIELD_GRANTED_DUE && instant_is_set(ticket->extension_proposed_due)) {
        instant_format_local(ticket->extension_proposed_due, request->app->settings.utc_offset_minutes, local);
        local[10] = 'T';
        view_text(view, "value", local);
    } else if (field->field == FIELD_DIAMETER_MM && ticket->facts.diameter_mm > 0) {
        view_number(view, "value", ticket->facts.diameter_mm);
    } else if (field->meaning == MEANS_GRADE) {
        view_flag(view, "is_checked", (ticket->facts.grades & GRADE_BIT(field->rule.max)) != 0);
    }
}

static void show_label(struct view *view, const struct form_field *field, const struct request *request)
{
    const char *name = field->rule.name;
    const bool has_own_hint = field->meaning == MEANS_WORDS && field->prefix != NULL;
    const char *hint_key = arena_format(request->arena, "staff.hint.%s", has_own_hint ? field->prefix : name);
    const char *hint = words_find(request->language, hint_key);

    if (field->meaning == MEANS_GRADE)
        view_text(view, "label", words_of(request, "grade", grade_name((enum grade)field->rule.max)));
    else
        view_text(view, "label", words_of(request, "staff.field", name));
    if (hint != hint_key)
        view_text(view, "hint", hint);
}

bool action_field_show(struct view *view, const struct action_form *form, const struct form_field *field,
                       const struct input *typed, int64_t proposed, struct request *request, const struct ticket *ticket,
                       struct chooser *chooser)
{
    view_text(view, "type", type_name(field));
    view_text(view, "name", field->rule.name);
    view_text(view, "id", arena_format(request->arena, "%s-%s", form->name, field->rule.name));
    view_flag(view, "is_optional", !field->rule.is_required && field->rule.type != INPUT_FLAG);
    show_label(view, field, request);
    if (typed == NULL) {
        show_proposal(view, field, request, ticket);
    } else {
        view_text(view, "value", typed->text);
        view_text(view, "error", typed->error);
        view_flag(view, "is_checked", typed->is_set);
    }
    *chooser = (struct chooser){view, request, ticket, typed != NULL ? typed->number : proposed, 0};
    return field->choices != CHOICES_NONE && !show_choices(chooser, field);
}

/* ---- steps */

enum clock_kind action_clock(enum ticket_action action)
{
    switch ((int)action) {
    case ACTION_DISPATCH:
        return CLOCK_DISPATCH;
    case ACTION_ACCEPT:
        return CLOCK_ACCEPT;
    case ACTION_CONTACT:
        return CLOCK_CONTACT;
    case ACTION_ARRIVE:
        return CLOCK_ARRIVE;
    case ACTION_REPAIR:
        return CLOCK_REPAIR;
    case ACTION_FINISH:
        return CLOCK_FINISH;
    default:
        return CLOCK_NONE;
    }
}

bool verdict_is_waiting(enum verdict verdict)
{
    return verdict == VERDICT_NEEDS_LIMIT || verdict == VERDICT_NEEDS_ARRIVAL || verdict == VERDICT_NEEDS_CONTACT ||
           verdict == VERDICT_NEEDS_REPAIR || verdict == VERDICT_NEEDS_FORMALITIES || verdict == VERDICT_NEEDS_REVIEW ||
           verdict == VERDICT_NEEDS_FOLLOW_UP || verdict == VERDICT_NEEDS_INSPECTION || verdict == VERDICT_OWN_WORK;
}

/* ---- time */

/* "08:31", "2 小时 05 分", "3 天 4 小时"; staff.js writes the same. */
static const char *clock_text(const struct request *request, int64_t seconds, bool is_over)
{
    const bool is_days = seconds >= DAY_SECONDS;
    const char *values[2];

    if (seconds < HOUR_SECONDS && !is_over)
        return arena_format(request->arena, "%02d:%02d", (int)(seconds / 60), (int)(seconds % 60));
    if (seconds < HOUR_SECONDS) {
        values[0] = arena_format(request->arena, "%d", seconds < 60 ? 1 : (int)(seconds / 60));
        return words_fill(request->arena, request->language, "staff.time.m", values, 1);
    }
    const int64_t large = is_days ? DAY_SECONDS : HOUR_SECONDS, small = is_days ? HOUR_SECONDS : MINUTE_SECONDS;
    values[0] = arena_format(request->arena, "%lld", (long long)(seconds / large));
    values[1] = arena_format(request->arena, "%lld", (long long)(seconds % large / small));
    return words_fill(request->arena, request->language, is_days ? "staff.time.dh" : "staff.time.hm", values, 2);
}

void view_countdown(struct view *view, const char *name, const struct request *request, struct instant due)
{
    if (!instant_is_set(due))
        return;
    struct view *child = view_child(view, name);
    const int64_t left_ms = instant_milliseconds_between(request->now, due);
    const bool is_over = left_ms < 0;
    const int64_t seconds = (is_over ? -left_ms : left_ms) / 1000;
    const char *value = clock_text(request, seconds, is_over);

    view_instant(view, name, due);
    view_text(child, "at", words_moment(request->arena, request->language, due, request->now,
                                        request->app->settings.utc_offset_minutes));
    view_text(child, "text",
              words_fill(request->arena, request->language, is_over ? "staff.time.over" : "staff.time.left", &value, 1));
    view_text(child, "kind", is_over ? "late" : seconds < SOON_SECONDS ? "soon" : "ok");
}

void view_clock_words(struct view *page)
{
    view_words(page, "Clock.left", "staff.time.left");
    view_words(page, "Clock.over", "staff.time.over");
    view_words(page, "Clock.m", "staff.time.m");
    view_words(page, "Clock.hm", "staff.time.hm");
    view_words(page, "Clock.dh", "staff.time.dh");
}
