/* The third step: how the resident can be reached. */
#include <string.h>

#include "complaint/draft.h"

static const struct input_rule rules[] = {
    {"phone", INPUT_DIGITS, false, 0, 40, "error.phone", "error.phone"},
    {"name", INPUT_LINE, false, 0, NAME_CHARACTERS_MAX, "error.name", NULL},
};
#define RULE_COUNT (sizeof rules / sizeof rules[0])

static enum status show_contact(struct request *request, struct response *response, const struct draft *draft,
                                const struct category *category, struct inputs *inputs)
{
    struct view *view = page_begin(request, "complaint/contact");

    view_words(view, "Page.title", "complaint.contact.title");
    draft_show(draft, view);
    view_flag(view, "needs_phone", category->needs_phone);
    if (inputs != NULL) {
        inputs_show(inputs, view);
    } else {
        view_text(view, "Form.phone.value", draft->phone);
        view_text(view, "Form.name.value", draft->name);
    }
    return page_end(view, response, inputs != NULL ? 422 : 200);
}

/* Draft and its category. STATUS_OK with `*category` NULL: the matter or the place is still to be told. */
static enum status load(struct request *request, struct draft *draft, const struct category **category)
{
    const struct catalog *catalog;
    bool has_id;
    enum status status = complaint_catalog(request, &catalog);

    *category = NULL;
    if (status == STATUS_OK)
        status = draft_load(request, draft, &has_id);
    if (status == STATUS_OK)
        *category = category_find_by_code(catalog->regulation.categories, catalog->regulation.category_count,
                                          draft->category, request->now);
    return status;
}

enum status complaint_get_contact(struct request *request, struct response *response)
{
    struct draft draft;
    const struct category *category;
    enum status status = load(request, &draft, &category);

    if (status == STATUS_ABSENT)
        return draft_show_lost(request, response);
    if (status != STATUS_OK)
        return status;
    if (category == NULL)
        return response_redirect(request, response, "/complaint/place?d=%s", draft.id_text);
    return show_contact(request, response, &draft, category, NULL);
}

enum status complaint_post_contact(struct request *request, struct response *response)
{
    struct inputs *inputs = arena_take(request->arena, sizeof *inputs);
    struct draft draft;
    const struct category *category;
    char phone[PHONE_BYTES] = "";
    enum status status = inputs_read(request, rules, RULE_COUNT, inputs);

    if (status != STATUS_OK)
        return status;
    status = load(request, &draft, &category);
    if (status == STATUS_ABSENT)
        return draft_show_lost(request, response);
    if (status != STATUS_OK)
        return status;
    if (category == NULL)
        return response_redirect(request, response, "/complaint/place?d=%s", draft.id_text);
    const char *typed = inputs_text(inputs, "phone");
    if (*typed == '\0' ? category->needs_phone : !phone_parse(typed, phone))
        inputs_error(inputs, "phone", "error.phone");
    if (strlen(inputs_text(inputs, "name")) >= sizeof((struct person *)NULL)->name)
        inputs_error(inputs, "name", "error.name");
    if (inputs->error_count > 0)
        return show_contact(request, response, &draft, category, inputs);
    draft.phone = arena_copy_text(request->arena, *typed == '\0' ? "" : phone);
    draft.name = inputs_text(inputs, "name");
    draft.is_contact_given = true;
    status = draft_save(request, &draft);
    if (status != STATUS_OK)
        return status;
    return response_redirect(request, response, "/complaint/check?d=%s", draft.id_text);
}
