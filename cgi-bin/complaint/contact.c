/* The third step: how the resident can be reached. */
#include <string.h>

#include "complaint/filing.h"
#include "web/effort.h"

static const struct input_rule rules[] = {
    {"phone", INPUT_DIGITS, false, 0, 40, "error.phone", "error.phone"},
    {"name", INPUT_LINE, false, 0, NAME_CHARACTERS_MAX, "error.name", NULL},
    {"back", INPUT_FLAG, false, 0, 0, "error.wrong", NULL},
};
#define RULE_COUNT (sizeof rules / sizeof rules[0])

/* What is chosen of the matter is in force; NULL: still to be told. */
static const struct category *category_of(const struct request *request, const struct draft *draft,
                                          const struct catalog *catalog)
{
    return category_find_by_code(catalog->regulation.categories, catalog->regulation.category_count, draft->category,
                                 request->now);
}

static enum status show_contact(struct request *request, struct response *response, const struct draft *draft,
                                const struct category *category, struct inputs *inputs, int status_code)
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
    known_show(request, view, draft, &complaint_of(request)->catalog);
    if (status_code == 429) {
        effort_ask(view, request, draft->id_text);
        view_text(view, "Page.script", "effort");
    }
    return complaint_end_form(request, view, response, status_code);
}

enum status contact_show(struct request *request, struct response *response, const struct draft *draft, int status_code)
{
    const struct catalog *catalog;
    const enum status status = complaint_catalog(request, &catalog);
    const struct category *category = status == STATUS_OK ? category_of(request, draft, catalog) : NULL;

    if (status != STATUS_OK)
        return status;
    if (category == NULL)
        return response_redirect(request, response, "/complaint/place?d=%s", draft->id_text);
    return show_contact(request, response, draft, category, NULL, status_code);
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
        *category = category_of(request, draft, catalog);
    return status;
}

enum status complaint_get_contact(struct request *request, struct response *response)
{
    struct draft draft;
    bool has_id;
    const enum status status = draft_load(request, &draft, &has_id);

    if (status == STATUS_ABSENT)
        return draft_show_lost(request, response);
    return status == STATUS_OK ? contact_show(request, response, &draft, 200) : status;
}

/* To the step before; what was typed so far, right or wrong, stands here again afterwards. */
static enum status go_back(struct request *request, struct response *response, struct draft *draft, struct inputs *inputs)
{
    if (inputs_find(inputs, "phone")->error == NULL)
        draft->phone = inputs_text(inputs, "phone");
    if (inputs_find(inputs, "name")->error == NULL)
        draft->name = inputs_text(inputs, "name");
    draft->is_contact_given = false;
    const enum status status = draft_save(request, draft);
    return status == STATUS_OK ? response_redirect(request, response, "/complaint/place?d=%s", draft->id_text) : status;
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
    if (inputs_find(inputs, "back")->is_set)
        return go_back(request, response, &draft, inputs);
    const char *typed = inputs_text(inputs, "phone");
    if (*typed == '\0' ? category->needs_phone : !phone_parse(typed, phone))
        inputs_error(inputs, "phone", "error.phone");
    if (strlen(inputs_text(inputs, "name")) >= sizeof((struct person *)NULL)->name)
        inputs_error(inputs, "name", "error.name");
    if (inputs->error_count > 0)
        return show_contact(request, response, &draft, category, inputs, 422);
    draft.phone = arena_copy_text(request->arena, *typed == '\0' ? "" : phone);
    draft.name = inputs_text(inputs, "name");
    draft.is_contact_given = true;
    status = draft_save(request, &draft);
    if (status != STATUS_OK)
        return status;
    return response_redirect(request, response, "/complaint/check?d=%s", draft.id_text);
}
