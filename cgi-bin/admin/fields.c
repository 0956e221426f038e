#include "admin/fields.h"

#include "web/app.h"

struct fields fields_begin(struct request *request, struct view *view, const char *list, struct inputs *inputs)
{
    return (struct fields){.request = request, .view = view, .list = list, .inputs = inputs};
}

static struct view *add(struct fields *fields, const char *name, const char *type, const char *label, const char *hint)
{
    struct view *row = view_row(fields->view, fields->list, fields->count++);

    view_text(row, "name", name);
    view_text(row, "id", name);
    view_text(row, "type", type);
    view_text(row, "label", words_find(fields->request->language, label));
    if (hint != NULL)
        view_text(row, "hint", words_find(fields->request->language, hint));
    if (fields->inputs != NULL)
        view_text(row, "error", inputs_find(fields->inputs, name)->error);
    return row;
}

static void add_text(struct fields *fields, const char *name, const char *type, const char *label, const char *hint,
                     const char *initial)
{
    struct view *row = add(fields, name, type, label, hint);

    view_text(row, "value", fields->inputs != NULL ? inputs_text(fields->inputs, name) : initial);
}

void fields_line(struct fields *fields, const char *name, const char *label, const char *hint, const char *initial)
{
    add_text(fields, name, "line", label, hint, initial);
}

void fields_lines(struct fields *fields, const char *name, const char *label, const char *hint, const char *initial)
{
    add_text(fields, name, "lines", label, hint, initial);
}

void fields_number(struct fields *fields, const char *name, const char *label, const char *hint, int64_t initial)
{
    add_text(fields, name, "number", label, hint, arena_format(fields->request->arena, "%lld", (long long)initial));
}

void fields_moment(struct fields *fields, const char *name, const char *label, const char *hint, struct instant initial)
{
    char *text = NULL;

    if (instant_is_set(initial)) { /* "2026-11-23 16:40", with the T that browsers want */
        text = arena_take(fields->request->arena, TIME_TEXT_BYTES);
        instant_format_local(initial, fields->request->app->settings.utc_offset_minutes, text);
        text[10] = 'T';
    }
    add_text(fields, name, "moment", label, hint, text);
}

void fields_flag(struct fields *fields, const char *name, const char *label, bool initial)
{
    struct view *row = add(fields, name, "flag", label, NULL);

    view_flag(row, "is_checked", fields->inputs != NULL ? inputs_find(fields->inputs, name)->is_set : initial);
}

void fields_select(struct fields *fields, const char *name, const char *label, const char *hint)
{
    fields->select = add(fields, name, "select", label, hint);
    fields->select_name = name;
    fields->choice_count = 0;
}

void fields_choice(struct fields *fields, const char *value, const char *words, bool is_initial)
{
    struct view *row = view_row(fields->select, "Choices", fields->choice_count++);

    view_text(row, "value", value);
    view_text(row, "label", words);
    view_flag(row, "is_checked",
              fields->inputs != NULL ? text_is_equal(inputs_text(fields->inputs, fields->select_name), value)
                                     : is_initial);
}

void fields_choice_number(struct fields *fields, int64_t value, const char *words, bool is_initial)
{
    fields_choice(fields, arena_format(fields->request->arena, "%lld", (long long)value), words, is_initial);
}

void fields_hide(struct view *page, struct inputs *inputs)
{
    size_t row = 0;

    for (size_t i = 0; i < inputs->count; i++) {
        const struct input *input = &inputs->items[i];
        if (!input->is_set || text_is_equal(input->rule->name, "step"))
            continue;
        struct view *view = view_row(page, "Hidden", row++);
        view_text(view, "name", input->rule->name);
        view_text(view, "value", input->text);
    }
}
