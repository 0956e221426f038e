/* The first page: what there is to keep, for this person. */
#include "admin/admin.h"
#include "web/page.h"

/* Rows of the page; one appears to whoever has its task. The words are Text.admin.NAME.title and .about. */
static const struct {
    const char *name, *path;
    enum office_task task;
} sections[] = {
    {"register", "/staff/admin/register", OFFICE_REGISTER_READ},
    {"units", "/staff/admin/units", OFFICE_UNITS_READ},
    {"audit", "/staff/admin/audit", OFFICE_AUDIT},
};

enum status admin_get_home(struct request *request, struct response *response)
{
    struct inputs inputs;
    const enum status status = inputs_read(request, NULL, 0, &inputs);
    size_t row = 0;

    if (status != STATUS_OK)
        return status;
    struct view *page = page_begin(request, "admin/home");
    view_words(page, "Page.title", "admin.title");
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++) {
        if (!office_offers(&request->actor, sections[i].task))
            continue;
        struct view *view = view_row(page, "Sections", row++);
        view_text(view, "url", sections[i].path);
        view_words(view, "title", arena_format(request->arena, "admin.%s.title", sections[i].name));
        view_words(view, "about", arena_format(request->arena, "admin.%s.about", sections[i].name));
    }
    view_flag(page, "is_empty", row == 0);
    return page_end(page, response, 200);
}
