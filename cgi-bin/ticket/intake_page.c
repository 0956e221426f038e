/* The page of the intake: the form, and above it the earlier reports that it may be one of. */
#include "ticket/intake.h"

#define PLACES_OFFERED 300

static int64_t chosen(const struct intake *intake, const char *name, int64_t fallback)
{
    return intake->inputs == NULL ? fallback : inputs_number(intake->inputs, name, 0);
}

static void show_choices(struct view *page, const struct intake *intake)
{
    const struct request *request = intake->request;
    const int64_t source = chosen(intake, "source", intake->source), nature = chosen(intake, "nature", 0);
    const int64_t zone = chosen(intake, "zone", 0), category = chosen(intake, "category", 0);

    for (int i = SOURCE_NONE + 1; i < SOURCE__COUNT; i++)
        desk_choice(page, "SourceChoices", (size_t)i - 1, i, desk_words(request, "source", source_name((enum source)i)),
                    i == source);
    desk_choice(page, "NatureChoices", 0, -1, words_find(request->language, "staff.new.by_category"), nature == 0);
    for (int i = NATURE_NONE + 1; i < NATURE__COUNT; i++)
        desk_choice(page, "NatureChoices", (size_t)i, i, desk_words(request, "nature", nature_name((enum nature)i)),
                    i == nature);
    desk_choice(page, "ZoneChoices", 0, -1, words_find(request->language, "staff.new.by_place"), zone == 0);
    for (int i = ZONE_INNER; i < ZONE__COUNT; i++)
        desk_choice(page, "ZoneChoices", (size_t)i, i, desk_words(request, "zone", zone_name((enum zone)i)), i == zone);
    desk_choice(page, "CategoryChoices", 0, -1, words_find(request->language, "staff.choose"), category == 0);
    desk_category_choices(page, "CategoryChoices", 1, request, category);
}

static void show_grades(struct view *page, const struct intake *intake)
{
    struct request *request = intake->request;

    for (int i = GRADE_NONE + 1; i < GRADE__COUNT; i++) {
        const char *name = arena_format(request->arena, "grade_%d", i);
        struct view *row = view_row(page, "Grades", (size_t)i - 1);
        view_text(row, "name", name);
        view_text(row, "label", desk_words(request, "grade", grade_name((enum grade)i)));
        view_flag(row, "is_checked", chosen(intake, name, 0) != 0);
    }
}

/* What was looked at and answered, so that only another list has to be looked at again. */
static void show_earlier(struct view *page, const struct intake *intake)
{
    struct request *request = intake->request;
    const char *answer = intake->inputs == NULL ? "" : inputs_text(intake->inputs, "repeat_of");

    earlier_show(page, request, intake->earlier, intake->earlier_count, answer);
    view_flag(page, "asks_about_earlier", intake->asks_about_earlier);
    view_flag(page, "is_none_checked", text_is_equal(answer, "none"));
    if (intake->earlier_count > 0 && intake->inputs != NULL)
        view_text(page, "fingerprint", earlier_fingerprint(request->arena, intake->earlier, intake->earlier_count));
}

enum status intake_show(struct intake *intake, struct response *response, int code)
{
    struct request *request = intake->request;
    const struct catalog *catalog = &desk_of(request)->catalog;
    struct view *page = page_begin(request, "ticket/new");

    view_words(page, "Page.title", intake->asks_about_earlier ? "staff.earlier.title" : "staff.new.title");
    show_choices(page, intake);
    show_grades(page, intake);
    show_earlier(page, intake);
    for (size_t i = 0; i < catalog->offered_count && i < PLACES_OFFERED; i++)
        view_text(view_row(page, "Places", i), "name", catalog->places[i].name);
    if (workflow_has_desk(request->actor.roles)) /* somebody else's ticket */
        view_text(page, "known_number", intake->known_number);
    if (intake->call.id != 0 && intake->call.ticket.v == 0) {
        struct view *call = view_child(page, "Call");
        view_number(call, "id", intake->call.id);
        view_text(call, "phone", intake->call.phone_masked);
        view_flag(call, "has_phone", intake->call.has_phone);
        view_instant(call, "at", intake->call.answered_at);
    }
    view_text(page, "after_number", intake->after_number);
    view_flag(page, "may_hand_over", request->app->settings.discipline_key[0] != '\0');
    view_flag(page, "is_paper",
              intake->inputs == NULL ? intake->is_paper : inputs_find(intake->inputs, "paper")->is_set);
    if (intake->inputs != NULL)
        inputs_show(intake->inputs, page);
    return page_end(page, response, code);
}
