/* The second step: which of the group's matters, where, since when, and in the resident's own words. */
#include <string.h>

#include "complaint/filing.h"
#include "complaint/photos.h"

static const struct input_rule rules[] = {
    {"group", INPUT_LINE, true, 1, 40, "error.group", NULL},
    {"category", INPUT_LINE, false, 0, CODE_BYTES - 1, "error.category", NULL},
    {"place", INPUT_LINE, true, 2, PLACE_CHARACTERS_MAX, "error.place", NULL},
    {"address", INPUT_LINE, false, 0, ADDRESS_CHARACTERS_MAX, "error.address", NULL},
    {"account", INPUT_DIGITS, false, 0, 30, "error.account", "error.account"},
    {"noticed", INPUT_LINE, false, 0, 20, "error.noticed", NULL},
    {"words", INPUT_LINES, false, 0, WORDS_CHARACTERS_MAX, "error.words", "error.words_long"},
    {"back", INPUT_FLAG, false, 0, 0, "error.wrong", NULL},
    PHOTO_FORM_RULES,
};
#define RULE_COUNT (sizeof rules / sizeof rules[0])

/* ---- the page */

/* A repair, as opposed to a question, praise or a complaint, of which one has to be chosen. */
static bool is_chosen_beforehand(const struct category *category)
{
    return category->needs_phone && category->group != GROUP_SERVICE;
}

static void put_categories(struct view *view, const struct request *request, const struct catalog *catalog,
                           enum category_group group, const char *chosen)
{
    const struct category *rows = catalog->regulation.categories;
    size_t count = 0;
    bool has_chosen = *chosen != '\0';
    int after = -1; /* by sort, whatever the order of the rows */

    for (;;) {
        const struct category *next = NULL;
        for (size_t i = 0; i < catalog->regulation.category_count; i++)
            if (rows[i].group == group && rows[i].sort > after && (next == NULL || rows[i].sort < next->sort) &&
                is_in_force(rows[i].effective_from, rows[i].effective_to, request->now))
                next = &rows[i];
        if (next == NULL)
            break;
        after = next->sort;
        struct view *row = view_row(view, "Categories", count++);
        view_text(row, "value", next->code);
        view_text(row, "label", complaint_category_name(request, catalog, next->id));
        /* Of a repair's matters the commonest is chosen beforehand: nobody has to know which pipe it is. */
        const bool is_beforehand = !has_chosen && is_chosen_beforehand(next);
        has_chosen = has_chosen || is_beforehand;
        view_flag(row, "is_checked", is_beforehand || text_is_equal(next->code, chosen));
    }
    view_flag(view, "has_choice", count > 1);
}

static void put_noticed(struct view *view, const struct request *request, const char *chosen)
{
    for (int i = NOTICED_NOW; i < NOTICED__COUNT; i++) {
        struct view *row = view_row(view, "Noticed", (size_t)(i - NOTICED_NOW));
        const char *name = noticed_name((enum noticed)i);
        view_text(row, "value", name);
        view_words(row, "label", arena_format(request->arena, "complaint.noticed.%s", name));
        view_flag(row, "is_checked", text_is_equal(name, chosen));
    }
}

/* inputs: what was typed and is wrong, or NULL for what the draft holds. */
static enum status show_place(struct request *request, struct response *response, const struct draft *draft,
                              struct inputs *inputs)
{
    const struct catalog *catalog;
    enum status status = complaint_catalog(request, &catalog);
    if (status != STATUS_OK)
        return status;
    struct view *view = page_begin(request, "complaint/place");

    view_words(view, "Page.title", "complaint.place.title");
    draft_show(draft, view);
    view_words(view, "Draft.group_words",
               arena_format(request->arena, "group.%s", category_group_name(draft->group)));
    view_flag(view, "Draft.is_leak", draft->group == GROUP_LEAK);
    view_flag(view, "Draft.is_service", draft->group == GROUP_SERVICE);
    put_categories(view, request, catalog, draft->group,
                   inputs != NULL ? inputs_text(inputs, "category") : draft->category);
    put_noticed(view, request, inputs != NULL ? inputs_text(inputs, "noticed") : noticed_name(draft->noticed));
    if (inputs != NULL) {
        inputs_show(inputs, view);
    } else {
        view_text(view, "Form.place.value", draft->place);
        view_text(view, "Form.address.value", draft->address);
        view_text(view, "Form.account.value", draft->account);
        view_text(view, "Form.words.value", draft->words);
    }
    const struct photo_stand stand = photos_of_draft(request, draft);
    status = photos_put_form(request, view, &stand, draft->photo_count > 0 || inputs != NULL, inputs);
    if (status != STATUS_OK)
        return status;
    return complaint_end_form(request, view, response, inputs != NULL ? 422 : 200);
}

enum status complaint_get_place(struct request *request, struct response *response)
{
    struct draft draft;
    bool has_id;
    enum status status = draft_load(request, &draft, &has_id);

    if (status == STATUS_ABSENT)
        return draft_show_lost(request, response);
    return status == STATUS_OK ? show_place(request, response, &draft, NULL) : status;
}

/* ---- what was typed */

/*
 * The matter that was chosen; without a choice the first repair of the group, or the only one. NULL: none, or not one of this
 * group.
 */
static const struct category *chosen_category(const struct catalog *catalog, const struct draft *draft, const char *code,
                                              struct instant now)
{
    const struct category *rows = catalog->regulation.categories;
    const struct category *first = NULL, *only = NULL;
    size_t count = 0;

    for (size_t i = 0; i < catalog->regulation.category_count; i++) {
        if (rows[i].group != draft->group || !is_in_force(rows[i].effective_from, rows[i].effective_to, now))
            continue;
        if (text_is_equal(rows[i].code, code))
            return &rows[i];
        if (is_chosen_beforehand(&rows[i]) && (first == NULL || rows[i].sort < first->sort))
            first = &rows[i];
        only = &rows[i];
        count++;
    }
    if (*code != '\0')
        return NULL;
    return count == 1 ? only : first;
}

static void check(struct inputs *inputs, const struct category *category)
{
    char account[ACCOUNT_BYTES];

    if (category == NULL)
        inputs_error(inputs, "category", "error.category");
    if (*inputs_text(inputs, "account") != '\0' && !account_parse(inputs_text(inputs, "account"), account))
        inputs_error(inputs, "account", "error.account");
    if (*inputs_text(inputs, "noticed") != '\0' && noticed_find(inputs_text(inputs, "noticed")) == NOTICED_NONE)
        inputs_error(inputs, "noticed", "error.noticed");
    /* A question without words cannot be answered; a leak can be mended without. */
    if (category != NULL && !category->needs_phone && *inputs_text(inputs, "words") == '\0')
        inputs_error(inputs, "words", "error.words_needed");
}

static void take(struct request *request, struct draft *draft, struct inputs *inputs, const struct category *category)
{
    char account[ACCOUNT_BYTES] = "";

    if (!account_parse(inputs_text(inputs, "account"), account))
        account[0] = '\0';
    draft->category = category->code;
    draft->place = inputs_text(inputs, "place");
    draft->address = inputs_text(inputs, "address");
    draft->account = arena_copy_text(request->arena, account);
    draft->noticed = noticed_find(inputs_text(inputs, "noticed"));
    draft->words = inputs_text(inputs, "words");
}

/* To the step before; what was typed so far and fits is kept. */
static enum status go_back(struct request *request, struct response *response, struct draft *draft, struct inputs *inputs,
                           const struct category *category)
{
    const struct draft before = *draft;

    take(request, draft, inputs, category != NULL ? category : &(const struct category){.code = ""});
    if (inputs_find(inputs, "place")->error != NULL)
        draft->place = *inputs_text(inputs, "place") == '\0' ? "" : before.place;
    if (inputs_find(inputs, "address")->error != NULL)
        draft->address = before.address;
    if (inputs_find(inputs, "words")->error != NULL)
        draft->words = before.words;
    const enum status status = draft_save(request, draft);
    return status == STATUS_OK ? response_redirect(request, response, "/complaint/new?d=%s", draft->id_text) : status;
}

/* A draft that has expired meanwhile is begun anew from what this page holds: nothing typed here is lost. */
static enum status load_or_begin(struct request *request, struct draft *draft, struct inputs *inputs)
{
    bool has_id;
    enum status status = draft_load(request, draft, &has_id);

    if (status != STATUS_ABSENT || !has_id)
        return status;
    for (int group = GROUP_NO_WATER; group < CATEGORY_GROUP__COUNT; group++)
        if (text_is_equal(category_group_name((enum category_group)group), inputs_text(inputs, "group")))
            draft->group = (enum category_group)group;
    return draft->group == GROUP_STAFF ? STATUS_ABSENT : STATUS_OK;
}

/* Before anything else is looked at: whatever is wrong with the rest, a photo need not be chosen again. */
static enum status take_photos(struct request *request, const struct draft *draft, struct inputs *inputs, bool *was_filed)
{
    const struct hash token = draft_token(request, draft->id);

    if (!photos_are_sent(inputs))
        return STATUS_OK;
    const enum status status = filing_is_done(request, draft, was_filed);
    return status == STATUS_OK && !*was_filed ? photos_take(request, &token, inputs, NULL) : status;
}

enum status complaint_post_place(struct request *request, struct response *response)
{
    struct inputs *inputs = arena_take(request->arena, sizeof *inputs);
    const struct catalog *catalog;
    struct draft draft;
    bool was_filed = false;
    enum status status = inputs_read(request, rules, RULE_COUNT, inputs);

    if (status != STATUS_OK)
        return status;
    status = complaint_catalog(request, &catalog);
    if (status != STATUS_OK)
        return status;
    status = load_or_begin(request, &draft, inputs);
    if (status == STATUS_ABSENT)
        return draft_show_lost(request, response);
    if (status == STATUS_OK)
        status = take_photos(request, &draft, inputs, &was_filed);
    if (status != STATUS_OK)
        return status;
    if (was_filed)
        return response_redirect(request, response, "/complaint/receipt?d=%s", draft.id_text);
    const struct category *category = chosen_category(catalog, &draft, inputs_text(inputs, "category"), request->now);
    if (inputs_find(inputs, "back")->is_set)
        return go_back(request, response, &draft, inputs, category);
    check(inputs, category);
    if (inputs->error_count > 0)
        return show_place(request, response, &draft, inputs);
    take(request, &draft, inputs, category);
    status = draft_save(request, &draft);
    if (status != STATUS_OK)
        return status;
    return response_redirect(request, response, draft.is_contact_given ? "/complaint/check?d=%s" : "/complaint/contact?d=%s",
                             draft.id_text);
}
