/* Texts for the public (Arts. 7, 18, 20, 36): procedures, explanations and notices of outages, in both languages, as versions with a day. */
#include <string.h>

#include "admin/rules.h"
#include "store/text_store.h"
#include "web/prose.h"

static const struct input_rule rules[] = {
    {"code", INPUT_LINE, false, 2, TEXT_CODE_CHARACTERS, "admin.text.error.code", NULL},
    {"title_zh", INPUT_LINE, true, 2, TEXT_TITLE_CHARACTERS, "admin.text.error.title", NULL},
    {"body_zh", INPUT_LINES, false, 1, TEXT_BODY_CHARACTERS, "admin.text.error.body", NULL},
    {"title_en", INPUT_LINE, true, 2, TEXT_TITLE_CHARACTERS, "admin.text.error.title", NULL},
    {"body_en", INPUT_LINES, false, 1, TEXT_BODY_CHARACTERS, "admin.text.error.body", NULL},
    {"sort", INPUT_NUMBER, true, 0, 100000, "admin.error.sort", NULL},
    {"gone", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
    {"from", INPUT_MOMENT, false, 0, 1, "staff.error.moment", NULL},
    {"version", INPUT_NUMBER, false, 0, INT32_MAX, "staff.error.choice", NULL},
    {"step", INPUT_LINE, true, 1, 10, "staff.error.choice", NULL},
};
#define RULE_COUNT (sizeof rules / sizeof rules[0])

static const char *const title_names[TEXT_LANGUAGE__COUNT] = {"title_zh", "title_en"};
static const char *const body_names[TEXT_LANGUAGE__COUNT] = {"body_zh", "body_en"};

static const char *own_title(const struct request *request, const struct text_version *text)
{
    return text->title[request->language == LANGUAGE_EN ? TEXT_EN : TEXT_ZH];
}

/* ---- the list */

static const char *list_name(enum text_kind kind)
{
    static const char *const names[TEXT_KIND__COUNT] = {"Others", "Procedures", "Explanations", "Outages"};

    return names[kind];
}

enum status admin_get_texts(struct request *request, struct response *response)
{
    struct text_version *texts = NULL;
    struct inputs inputs;
    size_t count = 0, rows[TEXT_KIND__COUNT] = {0};
    enum status status = inputs_read(request, NULL, 0, &inputs);

    if (status == STATUS_OK)
        status = text_store_list_last(admin_of(request)->db, request->arena, &texts, &count, &request->fault);
    if (status != STATUS_OK)
        return status;
    struct view *page = page_begin(request, "admin/texts");
    view_words(page, "Page.title", "admin.text.title");
    for (size_t i = 0; i < count; i++) {
        struct view *view = view_row(page, list_name(texts[i].kind), rows[texts[i].kind]++);
        view_text(view, "code", texts[i].code);
        view_text(view, "title", own_title(request, &texts[i]));
        view_flag(view, "is_gone", texts[i].body[TEXT_ZH][0] == '\0');
        view_flag(view, "is_planned", instant_is_before(request->now, texts[i].effective_from));
        view_instant(view, "from", texts[i].effective_from);
        view_instant(view, "changed", texts[i].changed_at);
        view_text(view, "changed_by", texts[i].changed_by);
    }
    view_flag(page, "may_keep", rules_may_keep(request));
    return page_end(page, response, 200);
}

/* ---- one text */

/* Versions of the address's text, newest first; none for "new". STATUS_ABSENT for an unknown code. */
static enum status find_versions(struct request *request, struct text_version **versions, size_t *count)
{
    *versions = NULL;
    *count = 0;
    if (text_is_equal(request->part[0], "new"))
        return rules_may_keep(request) ? STATUS_OK : STATUS_REFUSED;
    const enum status status = text_store_list_versions(admin_of(request)->db, request->part[0], request->arena,
                                                        versions, count, &request->fault);
    return status == STATUS_OK && *count == 0 ? STATUS_ABSENT : status;
}

static void show_fields(struct request *request, struct view *page, const struct text_version *last, struct inputs *inputs)
{
    struct fields fields = fields_begin(request, page, "Fields", inputs);

    if (last == NULL)
        fields_line(&fields, "code", "admin.text.code", "admin.text.code_hint", "explanation_");
    fields_line(&fields, "title_zh", "admin.text.title_zh", NULL, last == NULL ? NULL : last->title[TEXT_ZH]);
    fields_lines(&fields, "body_zh", "admin.text.body_zh", "admin.text.body_hint",
                 last == NULL ? NULL : last->body[TEXT_ZH]);
    fields_line(&fields, "title_en", "admin.text.title_en", NULL, last == NULL ? NULL : last->title[TEXT_EN]);
    fields_lines(&fields, "body_en", "admin.text.body_en", "admin.text.body_hint",
                 last == NULL ? NULL : last->body[TEXT_EN]);
    fields_number(&fields, "sort", "admin.sort", "admin.text.sort_hint", last == NULL ? 200 : last->sort);
    fields_moment(&fields, "from", "admin.text.from", "admin.text.from_hint", INSTANT_NONE);
    if (last != NULL)
        fields_flag(&fields, "gone", "admin.text.gone", last->body[TEXT_ZH][0] == '\0');
}

static void show_versions(struct request *request, struct view *page, const struct text_version *versions, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct view *view = view_row(page, "Versions", i);
        view_number(view, "version", versions[i].version);
        view_text(view, "title", own_title(request, &versions[i]));
        view_instant(view, "from", versions[i].effective_from);
        view_instant(view, "changed", versions[i].changed_at);
        view_text(view, "changed_by", versions[i].changed_by);
        prose_show(request->arena, view, "Body",
                   versions[i].body[request->language == LANGUAGE_EN ? TEXT_EN : TEXT_ZH]);
    }
}

static struct view *begin_form(struct request *request, const struct text_version *versions, size_t count,
                               struct inputs *inputs)
{
    struct view *page = page_begin(request, "admin/text_form");
    const struct text_version *last = count > 0 ? &versions[0] : NULL;

    if (last == NULL)
        view_words(page, "Page.title", "admin.text.new");
    else
        view_text(page, "Page.title", own_title(request, last));
    view_text(page, "part", request->part[0]);
    view_number(page, "version", last == NULL ? 0 : last->version);
    view_flag(page, "may_keep", rules_may_keep(request));
    if (rules_may_keep(request))
        show_fields(request, page, last, inputs);
    show_versions(request, page, versions, count);
    if (inputs != NULL)
        inputs_show(inputs, page);
    return page;
}

enum status admin_get_text(struct request *request, struct response *response)
{
    static const struct input_rule page_rules[] = {{"saved", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL}};
    struct text_version *versions;
    struct inputs inputs;
    size_t count;
    enum status status = inputs_read(request, page_rules, 1, &inputs);

    if (status == STATUS_OK)
        status = find_versions(request, &versions, &count);
    if (status != STATUS_OK)
        return status;
    struct view *page = begin_form(request, versions, count, NULL);
    view_flag(page, "was_saved", inputs_number(&inputs, "saved", 0) != 0);
    return page_end(page, response, 200);
}

/* ---- preview and saving */

/* What was typed as the next version. last: NULL for a new text */
static void read_text(struct request *request, struct inputs *inputs, const struct text_version *last,
                      struct text_version *text)
{
    const bool is_gone = inputs_find(inputs, "gone")->is_set && last != NULL;
    const struct input *from = inputs_find(inputs, "from");

    *text = last != NULL ? *last : (struct text_version){.code = inputs_text(inputs, "code")};
    if (last == NULL)
        text->kind = text_kind_of_code(text->code);
    text->version = (int)inputs_number(inputs, "version", 0);
    text->sort = (int)inputs_number(inputs, "sort", 0);
    text->effective_from = instant_is_set(from->at) ? from->at : request->now;
    if (instant_is_set(from->at) && instant_is_before(from->at, instant_add_seconds(request->now, -MINUTE_SECONDS)))
        inputs_error(inputs, "from", "admin.text.error.past");
    for (int language = TEXT_ZH; language < TEXT_LANGUAGE__COUNT; language++) {
        text->title[language] = inputs_text(inputs, title_names[language]);
        text->body[language] = is_gone ? "" : inputs_text(inputs, body_names[language]);
        if (!is_gone && !inputs_find(inputs, body_names[language])->is_set)
            inputs_error(inputs, body_names[language], "admin.text.error.body");
    }
    if (last == NULL && (!text_code_is_valid(text->code) || text_is_equal(text->code, "new")))
        inputs_error(inputs, "code", "admin.text.error.code");
}

static enum status show_preview(struct request *request, struct response *response, const struct text_version *text,
                                struct inputs *inputs)
{
    struct view *page = page_begin(request, "admin/text_preview");

    view_words(page, "Page.title", "admin.rules.preview");
    view_text(page, "part", request->part[0]);
    view_text(page, "title_zh", text->title[TEXT_ZH]);
    view_text(page, "title_en", text->title[TEXT_EN]);
    prose_show(request->arena, page, "BodyZh", text->body[TEXT_ZH]);
    prose_show(request->arena, page, "BodyEn", text->body[TEXT_EN]);
    view_flag(page, "is_gone", text->body[TEXT_ZH][0] == '\0');
    view_instant(page, "from", text->effective_from);
    fields_hide(page, inputs);
    return page_end(page, response, 200);
}

static enum status save(struct request *request, struct response *response, const struct text_version *text,
                        struct inputs *inputs)
{
    struct text_version *versions;
    struct change change;
    size_t count;

    if (!admin_change_begin(request, "text_change", &change))
        return STATUS_INVALID;
    change.detail = arena_format(request->arena, "%s: %s", text->code, text->title[TEXT_ZH]);
    enum status status = text_store_save(admin_of(request)->db, &change, text, &request->fault);
    if (status == STATUS_OK || status == STATUS_DUPLICATE) {
        fault_reset(&request->fault);
        return response_redirect(request, response, "/staff/admin/texts/%s?saved=1", text->code);
    }
    if (status != STATUS_CONFLICT)
        return status;
    fault_reset(&request->fault);
    status = text_store_list_versions(admin_of(request)->db, text->code, request->arena, &versions, &count, &request->fault);
    if (status != STATUS_OK)
        return status;
    if (text->version == 0)
        inputs_error(inputs, "code", "admin.text.error.taken");
    /* What was typed stays in the form, which goes behind the version that came in between. */
    struct view *page = begin_form(request, versions, text->version == 0 ? 0 : count, inputs);
    view_flag(page, "is_conflict", true);
    return page_end(page, response, 409);
}

enum status admin_post_text(struct request *request, struct response *response)
{
    struct text_version *versions, text;
    struct inputs inputs;
    size_t count;
    enum status status = inputs_read(request, rules, RULE_COUNT, &inputs);

    if (status == STATUS_OK)
        status = find_versions(request, &versions, &count);
    if (status != STATUS_OK)
        return status;
    read_text(request, &inputs, count > 0 ? &versions[0] : NULL, &text);
    const char *step = inputs_text(&inputs, "step");
    if (inputs.error_count > 0)
        return page_end(begin_form(request, versions, count, &inputs), response, 422);
    if (text_is_equal(step, "edit"))
        return page_end(begin_form(request, versions, count, &inputs), response, 200);
    return text_is_equal(step, "save") ? save(request, response, &text, &inputs)
                                       : show_preview(request, response, &text, &inputs);
}
