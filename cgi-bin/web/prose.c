#include "web/prose.h"

#include "core/public_text.h"

void prose_show(struct arena *arena, struct view *view, const char *name, const char *body)
{
    struct text_line line;
    struct view *list = NULL;
    size_t row = 0, item = 0;

    while (text_line_next(&body, &line)) {
        struct view *where;
        if (!line.is_item) {
            list = NULL;
            where = view_row(view, name, row++);
        } else if (list == NULL) {
            list = view_row(view, name, row++);
            view_flag(list, "is_list", true);
            item = 0;
            where = view_row(list, "Items", item++);
        } else {
            where = view_row(list, "Items", item++);
        }
        view_text(where, "text", arena_copy(arena, line.text, line.length));
    }
}
