/* The entrance and the first step: what is it about? */
#include "complaint/draft.h"

enum status complaint_get_index(struct request *request, struct response *response)
{
    struct view *view = page_begin(request, "complaint/index");

    view_words(view, "Page.title", "complaint.index.title");
    view_words(view, "Page.description", "complaint.index.description");
    return page_end(view, response, 200);
}

static enum status show_matters(struct request *request, struct response *response, const char *error, int status_code)
{
    struct view *view = page_begin(request, "complaint/new");
    const struct form_item *draft = form_find(&request->query, "d");
    uint8_t id[DRAFT_ID_BYTES];

    view_words(view, "Page.title", "complaint.new.title");
    if (draft != NULL && text_parse_hex(draft->value, id, sizeof id))
        view_text(view, "Draft.id", draft->value);
    for (int group = GROUP_NO_WATER; group < CATEGORY_GROUP__COUNT; group++) {
        const char *name = category_group_name((enum category_group)group);
        struct view *row = view_row(view, "Groups", (size_t)(group - GROUP_NO_WATER));
        view_text(row, "name", name);
        view_words(row, "label", arena_format(request->arena, "group.%s", name));
        view_words(row, "hint", arena_format(request->arena, "complaint.new.hint.%s", name));
    }
    if (error != NULL) {
        view_text(view, "Errors.0.name", "group");
        view_words(view, "Errors.0.text", error);
        view_number(view, "Errors.count", 1);
    }
    return complaint_end_form(request, view, response, status_code);
}

enum status complaint_get_new(struct request *request, struct response *response)
{
    return show_matters(request, response, NULL, 200);
}

static enum category_group group_find(const char *name)
{
    for (int group = GROUP_NO_WATER; group < CATEGORY_GROUP__COUNT; group++)
        if (text_is_equal(category_group_name((enum category_group)group), name))
            return (enum category_group)group;
    return GROUP_STAFF;
}

/* With a draft in the URL the matter is changed and everything else stays; otherwise a draft begins. */
enum status complaint_post_matter(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {{"group", INPUT_LINE, false, 0, 40, "error.group", NULL}};
    struct inputs *inputs = arena_take(request->arena, sizeof *inputs);
    struct draft draft;
    bool has_id;
    enum status status = inputs_read(request, rules, 1, inputs);

    if (status != STATUS_OK)
        return status;
    enum category_group group = group_find(inputs_text(inputs, "group"));
    if (group == GROUP_STAFF)
        return show_matters(request, response, "error.group", 422);
    status = draft_load(request, &draft, &has_id);
    if (status == STATUS_ABSENT && !has_id)
        draft_init(&draft);
    else if (status != STATUS_OK && status != STATUS_ABSENT)
        return status;
    if (draft.group != group)
        draft.category = "";
    draft.group = group;
    status = draft_save(request, &draft);
    if (status != STATUS_OK)
        return status;
    return response_redirect(request, response, "/complaint/place?d=%s", draft.id_text);
}
