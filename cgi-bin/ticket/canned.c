/*
 * Canned answers in the forms of actions: a choice beside the words, put in by a button that shows the form again with everything
 * that was typed, so that it works everywhere.
 */
#include <string.h>

#include "core/canned.h"
#include "store/canned_store.h"
#include "ticket/show.h"

#define FILLED_BYTES ((size_t)8192)

enum status canned_load(struct request *request, struct canned_list *list)
{
    return canned_store_list(desk_of(request)->db, ACTION_NONE, request->actor.unit, request->arena, &list->answers,
                             &list->count, &request->fault);
}

static bool fits(const struct canned_answer *answer, const struct action_form *form)
{
    return answer->action == ACTION_NONE || answer->action == form->action;
}

/* The form of an answer's action; "" for all forms. */
static const char *form_name(const struct canned_answer *answer)
{
    size_t count;
    const struct action_form *forms = action_forms(&count);

    for (size_t i = 0; i < count; i++)
        if (answer->action != ACTION_NONE && forms[i].action == answer->action)
            return forms[i].name;
    return "";
}

enum status canned_show(struct view *page, struct request *request)
{
    struct canned_list list;
    const enum status status = canned_load(request, &list);

    for (size_t i = 0; status == STATUS_OK && i < list.count; i++) {
        struct view *row = view_row(page, "Canned", i);
        view_number(row, "id", list.answers[i].id);
        view_text(row, "title", list.answers[i].title);
        view_text(row, "form", form_name(&list.answers[i]));
    }
    return status;
}

/* The chosen answer behind what was typed, its names filled in. */
static const char *with_answer(struct request *request, const struct ticket_file *file,
                               const struct canned_answer *answer, const char *typed)
{
    const struct assignment *lead = ticket_lead(&file->ticket);
    char number[NUMBER_TEXT_BYTES];
    struct text filled;

    number_format_text(file->number, number);
    const struct canned_values values = {
        .number = number,
        .place = file->place_text,
        .unit = lead != NULL ? desk_unit_name(request, lead->unit) : "",
        .hotline = request->app->settings.hotline,
    };
    text_init(&filled, arena_take(request->arena, FILLED_BYTES), FILLED_BYTES);
    text_add(&filled, typed);
    if (*typed != '\0')
        text_add(&filled, "\n");
    canned_fill(answer->words, &values, &filled);
    return filled.bytes;
}

bool canned_insert(struct request *request, const struct ticket_file *file, const struct action_form *form,
                   const struct canned_list *list, struct inputs *inputs)
{
    if (!inputs_find(inputs, "insert")->is_set || action_field_find(form, "words") == NULL)
        return false;
    struct input *words = inputs_find(inputs, "words");
    const int64_t chosen = inputs_number(inputs, "canned", 0);
    for (size_t i = 0; i < list->count; i++)
        if (list->answers[i].id == chosen && fits(&list->answers[i], form))
            words->text = with_answer(request, file, &list->answers[i], words->text);
    /* Nothing was sent yet, so nothing of it is wrong yet. */
    for (size_t i = 0; i < inputs->count; i++)
        inputs->items[i].error = NULL;
    inputs->error_count = 0;
    return true;
}
