#include "ticket/desk.h"

#include "web/action_form.h"

struct desk *desk_of(const struct request *request) { return request->context; }

const char *desk_unit_name(const struct request *request, struct unit_id unit)
{
    const struct unit *row = unit.v == 0 ? NULL : catalog_unit(&desk_of(request)->catalog, unit);

    if (row == NULL)
        return "";
    return request->language == LANGUAGE_EN ? row->name_en : row->name_zh;
}

const char *desk_category_name(const struct request *request, struct category_id category)
{
    const struct catalog_words *words = catalog_category_words(&desk_of(request)->catalog, category);

    if (words == NULL)
        return "";
    return request->language == LANGUAGE_EN ? words->name_en : words->name_zh;
}

const char *desk_words(const struct request *request, const char *prefix, const char *name)
{
    return words_find(request->language, arena_format(request->arena, "%s.%s", prefix, name));
}

const char *desk_words_number(const struct request *request, const char *prefix, int64_t number)
{
    return words_find(request->language, arena_format(request->arena, "%s.%lld", prefix, (long long)number));
}

const char *desk_grade_names(const struct request *request, uint32_t grades)
{
    const char *names = "";

    for (enum grade grade = GRADE_NONE + 1; grade < GRADE__COUNT; grade++) {
        if ((grades & GRADE_BIT(grade)) == 0)
            continue;
        const char *name = desk_words(request, "grade", grade_name(grade));
        names = names[0] == '\0' ? name
                                 : arena_format(request->arena, "%s%s%s", names,
                                                words_find(request->language, "list.comma"), name);
    }
    return names;
}

void desk_countdown(struct view *view, const char *name, const struct request *request, struct instant due)
{
    view_countdown(view, name, request, due);
}

void desk_choice(struct view *view, const char *list, size_t index, int64_t value, const char *label, bool is_checked)
{
    struct view *row = view_row(view, list, index);

    if (value >= 0)
        view_number(row, "value", value);
    view_text(row, "label", label);
    view_flag(row, "is_checked", is_checked);
}

size_t desk_category_choices(struct view *view, const char *list, size_t first, const struct request *request,
                             int64_t chosen)
{
    const struct regulation *regulation = &desk_of(request)->catalog.regulation;
    size_t row = first;

    for (size_t i = 0; i < regulation->category_count; i++) {
        const struct category *category = &regulation->categories[i];
        if (is_in_force(category->effective_from, category->effective_to, request->now))
            desk_choice(view, list, row++, category->id.v, desk_category_name(request, category->id),
                        category->id.v == chosen);
    }
    return row;
}

void desk_clock_words(struct view *page) { view_clock_words(page); }
