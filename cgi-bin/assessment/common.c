#include "assessment/assessment.h"

struct assessment *assessment_of(const struct request *request) { return request->context; }

const char *assessment_unit_name(const struct request *request, struct unit_id unit)
{
    const struct unit *row = unit.v == 0 ? NULL : catalog_unit(&assessment_of(request)->catalog, unit);

    if (row == NULL)
        return "";
    return request->language == LANGUAGE_EN ? row->name_en : row->name_zh;
}

const char *assessment_words(const struct request *request, const char *prefix, const char *name)
{
    return words_find(request->language, arena_format(request->arena, "%s.%s", prefix, name));
}

const char *assessment_words_number(const struct request *request, const char *prefix, int64_t number)
{
    return words_find(request->language, arena_format(request->arena, "%s.%lld", prefix, (long long)number));
}

void assessment_choice(struct view *view, const char *list, size_t index, int64_t value, const char *label,
                       bool is_checked)
{
    struct view *row = view_row(view, list, index);

    if (value >= 0)
        view_number(row, "value", value);
    view_text(row, "label", label);
    view_flag(row, "is_checked", is_checked);
}

void assessment_unit_choices(struct view *page, const struct request *request, int64_t chosen)
{
    const struct catalog *catalog = &assessment_of(request)->catalog;
    size_t row = 1;

    assessment_choice(page, "UnitChoices", 0, -1, words_find(request->language, "staff.choose"), chosen == 0);
    for (size_t i = 0; i < catalog->unit_count; i++)
        if (catalog->units[i].is_handling)
            assessment_choice(page, "UnitChoices", row++, catalog->units[i].id.v,
                              assessment_unit_name(request, catalog->units[i].id), catalog->units[i].id.v == chosen);
}

bool assessment_sees_all(const struct request *request) { return order_may_read(request->actor.roles, false); }
