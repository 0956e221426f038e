/*
 * A matter that begins, changes or ends on a day. A change is a new row with an id of its own and the same code; its rules and routes
 * go along. A new matter is modelled on another one: it runs the same clocks, with limits of its own.
 */
#include <stdlib.h>
#include <string.h>

#include "admin/rules.h"

#define MODEL_RULES_MAX 8
#define CODE_CHARACTERS_MAX 24 /* codes of its rules are made from it */
#define CAP_HOURS_MAX (366 * 24)

static const struct input_rule fact_rules[] = {
    {"name_zh", INPUT_LINE, true, 2, 40, "admin.rules.error.name", NULL},
    {"name_en", INPUT_LINE, true, 2, 80, "admin.rules.error.name", NULL},
    {"article", INPUT_LINE, true, 1, ARTICLE_BYTES - 1, "admin.rules.error.article", NULL},
    {"group", INPUT_NUMBER, true, GROUP_STAFF, CATEGORY_GROUP__COUNT - 1, "staff.error.choice", NULL},
    {"nature", INPUT_NUMBER, true, NATURE_NONE + 1, NATURE__COUNT - 1, "staff.error.choice", NULL},
    {"cap", INPUT_NUMBER, true, 0, CAP_HOURS_MAX, "admin.matter.error.cap", NULL},
    {"sort", INPUT_NUMBER, true, 0, 100000, "admin.error.sort", NULL},
    {"phone", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
    {"formalities", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
    {"asks_limit", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
    {"from", INPUT_MOMENT, false, 0, 1, "staff.error.moment", NULL},
    {"why", INPUT_LINE, true, 2, 100, "admin.error.why", NULL},
    {"step", INPUT_LINE, true, 1, 10, "staff.error.choice", NULL},
    {"seen", INPUT_NUMBER, false, 0, INT32_MAX, "staff.error.choice", NULL}, /* id of the row that the form was made from */
};
#define FACT_COUNT (sizeof fact_rules / sizeof fact_rules[0])

static const struct input_rule new_rules[] = {
    {"model", INPUT_LINE, true, 1, CODE_BYTES - 1, "staff.error.choice", NULL},
    {"code", INPUT_LINE, true, 2, CODE_CHARACTERS_MAX, "admin.matter.error.code", NULL},
    {"unit", INPUT_NUMBER, false, 0, INT32_MAX, "staff.error.choice", NULL},
};
#define NEW_COUNT (sizeof new_rules / sizeof new_rules[0])

/* A form on its way. Of a new matter `base` is the model, else the last row of its code. */
struct matter {
    struct request *request;
    const struct category *base;
    bool is_new;
    const struct rule *rules[MODEL_RULES_MAX]; /* the model's own, each with a limit to be typed */
    const char *amounts[MODEL_RULES_MAX], *units[MODEL_RULES_MAX];
    size_t rule_count;
    struct inputs inputs;
    struct rule_change change;
    struct catalog_words words[RULE_EDITS_MAX];
    struct catalog_words names;
    struct unit_route route;
};

/* ---- beginning and reading */

static void find_model_rules(struct matter *matter)
{
    const struct regulation *regulation = &admin_of(matter->request)->catalog.regulation;

    for (size_t i = 0; i < regulation->rule_count && matter->rule_count < MODEL_RULES_MAX; i++) {
        const struct rule *rule = &regulation->rules[i];
        if (rule->category.v == matter->base->id.v && !instant_is_set(rule->effective_to))
            matter->rules[matter->rule_count++] = rule;
    }
}

static void begin(struct matter *matter, struct request *request, const struct category *base, bool is_new)
{
    *matter = (struct matter){.request = request, .base = base, .is_new = is_new};
    if (is_new)
        find_model_rules(matter);
    for (size_t i = 0; i < MODEL_RULES_MAX; i++) {
        matter->amounts[i] = arena_format(request->arena, "l%zu_amount", i);
        matter->units[i] = arena_format(request->arena, "l%zu_unit", i);
    }
}

static enum status read(struct matter *matter)
{
    struct input_rule *rules =
        arena_take_array(matter->request->arena, FACT_COUNT + NEW_COUNT + 2 * MODEL_RULES_MAX, sizeof *rules);
    size_t count = 0;

    for (size_t i = 0; i < FACT_COUNT; i++)
        rules[count++] = fact_rules[i];
    for (size_t i = 0; matter->is_new && i < NEW_COUNT; i++)
        rules[count++] = new_rules[i];
    for (size_t i = 0; matter->is_new && i < MODEL_RULES_MAX; i++) {
        rules[count++] = (struct input_rule){matter->amounts[i], INPUT_NUMBER, false, 1, 31622400,
                                             "admin.rules.error.limit", NULL};
        rules[count++] = (struct input_rule){matter->units[i], INPUT_LINE, false, 1, 10, "staff.error.choice", NULL};
    }
    return inputs_read(matter->request, rules, count, &matter->inputs);
}

static void copy(char *to, size_t size_bytes, const char *from)
{
    struct text text;

    text_init(&text, to, size_bytes);
    text_add(&text, from);
}

static void read_facts(struct matter *matter, struct category *row)
{
    struct inputs *inputs = &matter->inputs;

    *row = *matter->base;
    copy(row->article, sizeof row->article, inputs_text(inputs, "article"));
    if (inputs_find(inputs, "article")->is_set && !rules_article_is_valid(row->article))
        inputs_error(inputs, "article", "admin.rules.error.article");
    row->group = (enum category_group)inputs_number(inputs, "group", GROUP_STAFF);
    row->default_nature = (enum nature)inputs_number(inputs, "nature", NATURE_REPAIR);
    row->extension_cap_seconds = inputs_number(inputs, "cap", 0) * HOUR_SECONDS;
    row->sort = (int)inputs_number(inputs, "sort", 0);
    row->needs_phone = inputs_find(inputs, "phone")->is_set;
    row->needs_formalities = inputs_find(inputs, "formalities")->is_set;
    row->asks_limit = inputs_find(inputs, "asks_limit")->is_set;
    matter->names = (struct catalog_words){inputs_text(inputs, "name_zh"), inputs_text(inputs, "name_en"), "", ""};
}

/* Small letters, digits and underscores, beginning with a letter. "any" stands for all matters in addresses. */
static bool is_code(const char *code)
{
    return code[0] >= 'a' && code[0] <= 'z' && code[strspn(code, "abcdefghijklmnopqrstuvwxyz0123456789_")] == '\0' &&
           !text_is_equal(code, "any") && !text_is_equal(code, "new");
}

/* "智能水表：办结（管径超过 600 毫米）" in one language. */
static const char *rule_name(const struct matter *matter, const struct rule *rule, const char *name,
                             enum language language)
{
    struct request spoken = *matter->request;

    spoken.language = language;
    const char *scope = rules_scope(&spoken, rule);
    const char *values[3] = {
        name, words_find(language, arena_format(spoken.arena, "kind.%s", clock_kind_name(rule->kind))), scope};
    return words_fill(spoken.arena, language, scope[0] == '\0' ? "admin.rules.rule_name" : "admin.rules.rule_name_scope",
                      values, 3);
}

static void read_new_rules(struct matter *matter)
{
    const char *code = inputs_text(&matter->inputs, "code");

    for (size_t i = 0; i < matter->rule_count; i++) {
        const struct catalog_words *own =
            catalog_rule_words(&admin_of(matter->request)->catalog, matter->rules[i]->id);
        struct rule_edit *edit = &matter->change.edits[i];
        struct text text;
        *edit = (struct rule_edit){.kind = RULE_ADD, .row = *matter->rules[i]};
        edit->row.category = CATEGORY_ADDED;
        edit->row.limit_seconds =
            rules_limit_typed(&matter->inputs, matter->amounts[i], matter->units[i], edit->row.direction);
        copy(edit->row.article, sizeof edit->row.article, inputs_text(&matter->inputs, "article"));
        text_init(&text, edit->row.code, sizeof edit->row.code);
        text_add_format(&text, "%s_%s", clock_kind_name(edit->row.kind), code);
        if (i > 0)
            text_add_format(&text, "_%zu", i + 1);
        matter->words[i] = (struct catalog_words){
            rule_name(matter, &edit->row, matter->names.name_zh, LANGUAGE_ZH),
            rule_name(matter, &edit->row, matter->names.name_en, LANGUAGE_EN), own->note_zh, own->note_en};
        matter->change.edit_count++;
    }
}

static void read_change(struct matter *matter)
{
    struct category_edit *edit = &matter->change.category;

    matter->change = (struct rule_change){.from = rules_from(matter->request, &matter->inputs)};
    edit->kind = matter->is_new ? CATEGORY_ADD : CATEGORY_REPLACE;
    edit->old = matter->base->id;
    read_facts(matter, &edit->row);
    if (!matter->is_new)
        return;
    const struct unit_id unit = {(int32_t)inputs_number(&matter->inputs, "unit", 0)};
    const struct unit *row = unit.v == 0 ? NULL : catalog_unit(&admin_of(matter->request)->catalog, unit);
    if (unit.v != 0 && (row == NULL || !row->is_handling))
        inputs_error(&matter->inputs, "unit", "staff.error.choice");
    matter->route = (struct unit_route){.zone = ZONE_UNKNOWN, .unit = unit};
    if (inputs_find(&matter->inputs, "code")->is_set && !is_code(inputs_text(&matter->inputs, "code")))
        inputs_error(&matter->inputs, "code", "admin.matter.error.code");
    copy(edit->row.code, sizeof edit->row.code, inputs_text(&matter->inputs, "code"));
    read_new_rules(matter);
}

/* ---- the form */

static void show_facts(struct matter *matter, struct view *page, struct inputs *inputs)
{
    const struct request *request = matter->request;
    const struct category *base = matter->base;
    const struct catalog_words *words = catalog_category_words(&admin_of(request)->catalog, base->id);
    struct fields fields = fields_begin(matter->request, page, "Facts", inputs);

    if (matter->is_new)
        fields_line(&fields, "code", "admin.matter.code", "admin.matter.code_hint", NULL);
    fields_line(&fields, "name_zh", "admin.rules.name_zh", NULL, matter->is_new ? NULL : words->name_zh);
    fields_line(&fields, "name_en", "admin.rules.name_en", NULL, matter->is_new ? NULL : words->name_en);
    fields_line(&fields, "article", "admin.rules.article", "admin.rules.article_hint", base->article);
    fields_select(&fields, "group", "admin.matter.group", "admin.matter.group_hint");
    for (int i = GROUP_STAFF; i < CATEGORY_GROUP__COUNT; i++)
        fields_choice_number(&fields, i, admin_words(request, "group", category_group_name((enum category_group)i)),
                             i == (int)base->group);
    fields_select(&fields, "nature", "admin.matter.nature", NULL);
    for (int i = NATURE_NONE + 1; i < NATURE__COUNT; i++)
        fields_choice_number(&fields, i, admin_words(request, "nature", nature_name((enum nature)i)),
                             i == (int)base->default_nature);
    fields_number(&fields, "cap", "admin.matter.cap", "admin.matter.cap_hint", base->extension_cap_seconds / HOUR_SECONDS);
    fields_number(&fields, "sort", "admin.sort", "admin.matter.sort_hint", matter->is_new ? base->sort + 1 : base->sort);
    fields_flag(&fields, "phone", "admin.matter.phone", base->needs_phone);
    fields_flag(&fields, "formalities", "admin.matter.formalities", base->needs_formalities);
    fields_flag(&fields, "asks_limit", "admin.matter.asks_limit", base->asks_limit);
}

static void show_new_rules(struct matter *matter, struct view *page, struct inputs *inputs)
{
    const struct catalog *catalog = &admin_of(matter->request)->catalog;

    for (size_t i = 0; i < matter->rule_count; i++) {
        struct view *view = view_row(page, "Rules", i);
        const char *kind = admin_words(matter->request, "kind", clock_kind_name(matter->rules[i]->kind));
        const char *scope = rules_scope(matter->request, matter->rules[i]);
        const char *values[3] = {kind, scope, ""};
        struct fields fields = fields_begin(matter->request, view, "Fields", inputs);
        view_text(view, "title", scope[0] == '\0' ? kind
                                                  : words_fill(matter->request->arena, matter->request->language,
                                                               "admin.rules.kind_scope", values, 2));
        rules_limit_fields(&fields, matter->amounts[i], matter->units[i], matter->rules[i]->limit_seconds,
                           matter->rules[i]->direction);
    }
    struct fields fields = fields_begin(matter->request, page, "Unit", inputs);
    fields_select(&fields, "unit", "admin.route.any", "admin.matter.unit_hint");
    fields_choice_number(&fields, 0, words_find(matter->request->language, "admin.route.none"), true);
    for (size_t i = 0; i < catalog->unit_count; i++)
        if (catalog->units[i].is_handling)
            fields_choice_number(&fields, catalog->units[i].id.v, admin_unit_name(matter->request, catalog->units[i].id),
                                 false);
}

static struct view *begin_form(struct matter *matter, struct inputs *inputs)
{
    struct view *page = page_begin(matter->request, "admin/matter_form");
    const char *name = rules_category_name(matter->request, matter->base->id);

    view_words(page, "Page.title", matter->is_new ? "admin.matter.new" : "admin.matter.change");
    view_flag(page, "is_new", matter->is_new);
    view_text(page, "code", matter->base->code);
    view_text(page, "base", name);
    view_number(page, "seen", matter->base->id.v);
    show_facts(matter, page, inputs);
    if (matter->is_new)
        show_new_rules(matter, page, inputs);
    struct fields fields = fields_begin(matter->request, page, "Whole", inputs);
    fields_moment(&fields, "from", "admin.rules.from", "admin.rules.from_hint", INSTANT_NONE);
    fields_line(&fields, "why", "admin.why", "admin.why_hint", NULL);
    if (inputs != NULL)
        inputs_show(inputs, page);
    return page;
}

/* ---- preview, saving */

static void show_difference(struct view *page, size_t *row, const struct request *request, const char *key,
                            const char *before, const char *after)
{
    if (text_is_equal(before, after))
        return;
    struct view *view = view_row(page, "Differences", (*row)++);
    view_words(view, "name", key);
    view_text(view, "before", before);
    view_text(view, "after", after);
    (void)request;
}

static const char *flag_words(const struct request *request, bool value)
{
    return words_find(request->language, value ? "admin.yes" : "admin.no");
}

static const char *hours_words(const struct request *request, int64_t seconds)
{
    return words_duration(request->arena, request->language, seconds);
}

static void show_differences(struct matter *matter, struct view *page)
{
    const struct request *request = matter->request;
    const struct category *old = matter->base, *new = &matter->change.category.row;
    const struct catalog_words *words = catalog_category_words(&admin_of(request)->catalog, old->id);
    size_t row = 0;

    show_difference(page, &row, request, "admin.rules.name_zh", words->name_zh, matter->names.name_zh);
    show_difference(page, &row, request, "admin.rules.name_en", words->name_en, matter->names.name_en);
    show_difference(page, &row, request, "admin.rules.article", old->article, new->article);
    show_difference(page, &row, request, "admin.matter.group",
                    admin_words(request, "group", category_group_name(old->group)),
                    admin_words(request, "group", category_group_name(new->group)));
    show_difference(page, &row, request, "admin.matter.nature",
                    admin_words(request, "nature", nature_name(old->default_nature)),
                    admin_words(request, "nature", nature_name(new->default_nature)));
    show_difference(page, &row, request, "admin.matter.cap_short", hours_words(request, old->extension_cap_seconds),
                    hours_words(request, new->extension_cap_seconds));
    show_difference(page, &row, request, "admin.sort", arena_format(request->arena, "%d", old->sort),
                    arena_format(request->arena, "%d", new->sort));
    show_difference(page, &row, request, "admin.matter.phone", flag_words(request, old->needs_phone),
                    flag_words(request, new->needs_phone));
    show_difference(page, &row, request, "admin.matter.formalities", flag_words(request, old->needs_formalities),
                    flag_words(request, new->needs_formalities));
    show_difference(page, &row, request, "admin.matter.asks_limit", flag_words(request, old->asks_limit),
                    flag_words(request, new->asks_limit));
}

static bool is_same(const struct matter *matter)
{
    const struct category *old = matter->base, *new = &matter->change.category.row;
    const struct catalog_words *words = catalog_category_words(&admin_of(matter->request)->catalog, old->id);

    return text_is_equal(words->name_zh, matter->names.name_zh) && text_is_equal(words->name_en, matter->names.name_en) &&
           text_is_equal(old->article, new->article) && old->group == new->group &&
           old->default_nature == new->default_nature && old->extension_cap_seconds == new->extension_cap_seconds &&
           old->sort == new->sort && old->needs_phone == new->needs_phone &&
           old->needs_formalities == new->needs_formalities && old->asks_limit == new->asks_limit;
}

static enum status show_refused(struct matter *matter, struct response *response, enum change_refusal refusal,
                                const struct rule_problem *problems, size_t problem_count)
{
    const char *field = refusal == CHANGE_CODE_TAKEN ? "code" : refusal == CHANGE_EMPTY_GROUP ? "group" : "name_zh";

    rules_refuse(&matter->inputs, refusal, field);
    struct view *page = begin_form(matter, &matter->inputs);
    if (refusal == CHANGE_NOT_WHOLE)
        rules_show_problems(page, matter->request, problems, problem_count);
    return page_end(page, response, 422);
}

static enum status show_preview(struct matter *matter, struct response *response)
{
    struct request *request = matter->request;
    struct changed *changed = arena_take(request->arena, sizeof *changed);
    enum change_refusal refusal;

    rule_store_try(&admin_of(request)->catalog, &matter->change, request->now, request->arena, changed, &refusal);
    if (refusal != CHANGE_OK)
        return show_refused(matter, response, refusal, changed->problems, changed->problem_count);
    const struct regulation after = {.rules = changed->rules, .rule_count = changed->rule_count,
                                     .categories = changed->categories, .category_count = changed->category_count};
    struct view *page = page_begin(request, "admin/matter_preview");
    view_words(page, "Page.title", "admin.rules.preview");
    view_flag(page, "is_new", matter->is_new);
    view_text(page, "code", matter->base->code);
    view_text(page, "name", request->language == LANGUAGE_EN ? matter->names.name_en : matter->names.name_zh);
    if (matter->is_new)
        view_text(page, "unit", admin_unit_name(request, matter->route.unit));
    else
        show_differences(matter, page);
    rules_show_comparison(page, request, &after, matter->change.from);
    view_text(page, "why", inputs_text(&matter->inputs, "why"));
    fields_hide(page, &matter->inputs);
    return page_end(page, response, 200);
}

static const char *detail_of(struct matter *matter)
{
    char from[TIME_TEXT_BYTES];

    instant_format_local(matter->change.from, matter->request->app->settings.utc_offset_minutes, from);
    return arena_format(matter->request->arena, "%s %s: %s", matter->change.category.row.code, from,
                        inputs_text(&matter->inputs, "why"));
}

/* Somebody changed the matter since; what was typed stays, for the row as it is now. */
static enum status show_conflict(struct matter *matter, struct response *response)
{
    const char *code = arena_copy_text(matter->request->arena, matter->base->code);
    const enum status status = admin_refresh(matter->request);

    if (status != STATUS_OK)
        return status;
    matter->base = category_last(&admin_of(matter->request)->catalog.regulation, code);
    matter->rule_count = 0;
    if (matter->base == NULL)
        return STATUS_ABSENT;
    if (matter->is_new)
        find_model_rules(matter);
    struct view *page = begin_form(matter, &matter->inputs);
    view_flag(page, "is_conflict", true);
    return page_end(page, response, 409);
}

static enum status finish(struct matter *matter, struct response *response)
{
    const char *code = matter->is_new ? inputs_text(&matter->inputs, "code") : matter->base->code;

    fault_reset(&matter->request->fault);
    return response_redirect(matter->request, response, "/staff/admin/matters/%s?saved=1", code);
}

static enum status save(struct matter *matter, struct response *response)
{
    struct request *request = matter->request;
    const struct regulation_change wanted = {
        .change = &matter->change,
        .rule_words = matter->words,
        .category_words = matter->names,
        .routes = &matter->route,
        .route_count = matter->route.unit.v != 0,
    };
    struct regulation_outcome *outcome = arena_take(request->arena, sizeof *outcome);
    struct change change;

    if (!admin_change_begin(request, matter->is_new ? "matter_add" : "matter_change", &change))
        return STATUS_INVALID;
    change.detail = detail_of(matter);
    const enum status status = rule_store_change(admin_of(request)->db, &change, &wanted, outcome, &request->fault);
    if (status == STATUS_REFUSED && outcome->refusal == CHANGE_STALE)
        return show_conflict(matter, response);
    if (status == STATUS_REFUSED)
        return show_refused(matter, response, outcome->refusal, outcome->problems, outcome->problem_count);
    return status == STATUS_OK || status == STATUS_DUPLICATE ? finish(matter, response) : status;
}

/* A form whose rows are not what they were: saved before by itself, or somebody else was faster. */
static enum status answer_stale(struct matter *matter, struct response *response, const char *what)
{
    struct change change;
    bool was_saved = false;

    if (!admin_change_begin(matter->request, what, &change))
        return STATUS_INVALID;
    const enum status status = change_store_was_saved(admin_of(matter->request)->db, &change, matter->request->arena,
                                                      &was_saved, &matter->request->fault);
    if (status != STATUS_OK)
        return status;
    return was_saved ? finish(matter, response) : show_conflict(matter, response);
}

static enum status go_on(struct matter *matter, struct response *response)
{
    const char *step = inputs_text(&matter->inputs, "step");

    read_change(matter);
    if (matter->inputs.error_count > 0)
        return page_end(begin_form(matter, &matter->inputs), response, 422);
    if (text_is_equal(step, "edit"))
        return page_end(begin_form(matter, &matter->inputs), response, 200);
    if (!matter->is_new && is_same(matter))
        return show_refused(matter, response, CHANGE_NOTHING, NULL, 0);
    return text_is_equal(step, "save") ? save(matter, response) : show_preview(matter, response);
}

/* ---- a change */

static const struct category *find_changeable(const struct request *request)
{
    const struct category *category = category_last(&admin_of(request)->catalog.regulation, request->part[0]);

    return category == NULL || instant_is_set(category->effective_to) ? NULL : category;
}

enum status admin_get_matter_change(struct request *request, struct response *response)
{
    const struct category *category = find_changeable(request);
    struct matter *matter = arena_take(request->arena, sizeof *matter);
    struct inputs nothing;
    const enum status status = inputs_read(request, NULL, 0, &nothing);

    if (status != STATUS_OK || category == NULL)
        return status != STATUS_OK ? status : STATUS_ABSENT;
    begin(matter, request, category, false);
    return page_end(begin_form(matter, NULL), response, 200);
}

enum status admin_post_matter_change(struct request *request, struct response *response)
{
    const struct category *category = find_changeable(request);
    struct matter *matter = arena_take(request->arena, sizeof *matter);

    if (category == NULL)
        return STATUS_ABSENT;
    begin(matter, request, category, false);
    const enum status status = read(matter);
    if (status != STATUS_OK)
        return status;
    if (inputs_number(&matter->inputs, "seen", 0) != category->id.v)
        return answer_stale(matter, response, "matter_change");
    return go_on(matter, response);
}

/* ---- a new one */

static enum status show_models(struct request *request, struct response *response)
{
    const struct regulation *regulation = &admin_of(request)->catalog.regulation;
    struct view *page = page_begin(request, "admin/matter_model");
    struct fields fields = fields_begin(request, page, "Fields", NULL);

    view_words(page, "Page.title", "admin.matter.new");
    fields_select(&fields, "model", "admin.matter.model", "admin.matter.model_hint");
    for (size_t i = 0; i < regulation->category_count; i++) {
        const struct category *category = &regulation->categories[i];
        if (!instant_is_set(category->effective_to))
            fields_choice(&fields, category->code, rules_category_name(request, category->id), false);
    }
    return page_end(page, response, 200);
}

static const struct category *find_model(const struct request *request, const char *code)
{
    const struct category *category = category_last(&admin_of(request)->catalog.regulation, code);

    return category == NULL || instant_is_set(category->effective_to) ? NULL : category;
}

enum status admin_get_matter_new(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {{"model", INPUT_LINE, false, 1, CODE_BYTES - 1, "staff.error.choice", NULL}};
    struct matter *matter = arena_take(request->arena, sizeof *matter);
    struct inputs inputs;
    const enum status status = inputs_read(request, rules, 1, &inputs);

    if (status != STATUS_OK)
        return status;
    if (!inputs_find(&inputs, "model")->is_set)
        return show_models(request, response);
    const struct category *model = find_model(request, inputs_text(&inputs, "model"));
    if (model == NULL)
        return STATUS_ABSENT;
    begin(matter, request, model, true);
    return page_end(begin_form(matter, NULL), response, 200);
}

enum status admin_post_matter_new(struct request *request, struct response *response)
{
    const struct category *model = find_model(request, request_value(request, "model"));
    struct matter *matter = arena_take(request->arena, sizeof *matter);

    if (model == NULL)
        return STATUS_INVALID;
    begin(matter, request, model, true);
    const enum status status = read(matter);
    if (status != STATUS_OK)
        return status;
    const struct category *taken =
        category_last(&admin_of(request)->catalog.regulation, inputs_text(&matter->inputs, "code"));
    /* The form sent twice has made the matter itself. */
    if (taken != NULL && text_is_equal(inputs_text(&matter->inputs, "step"), "save")) {
        struct change change;
        bool was_saved = false;
        if (!admin_change_begin(request, "matter_add", &change))
            return STATUS_INVALID;
        const enum status looked =
            change_store_was_saved(admin_of(request)->db, &change, request->arena, &was_saved, &request->fault);
        if (looked != STATUS_OK || was_saved)
            return looked != STATUS_OK ? looked : finish(matter, response);
    }
    return go_on(matter, response);
}

/* ---- the end, and taking plans back */

static const struct input_rule end_rules[] = {
    {"from", INPUT_MOMENT, false, 0, 1, "staff.error.moment", NULL},
    {"why", INPUT_LINE, true, 2, 100, "admin.error.why", NULL},
    {"step", INPUT_LINE, true, 1, 10, "staff.error.choice", NULL},
    {"seen", INPUT_NUMBER, false, 0, INT32_MAX, "staff.error.choice", NULL},
};
#define END_COUNT (sizeof end_rules / sizeof end_rules[0])

static struct view *begin_end(struct matter *matter, struct inputs *inputs)
{
    struct view *page = page_begin(matter->request, "admin/matter_end");
    struct fields fields = fields_begin(matter->request, page, "Whole", inputs);

    view_words(page, "Page.title", "admin.matter.end");
    view_text(page, "code", matter->base->code);
    view_text(page, "name", rules_category_name(matter->request, matter->base->id));
    view_number(page, "seen", matter->base->id.v);
    fields_moment(&fields, "from", "admin.matter.end_from", "admin.rules.from_hint", INSTANT_NONE);
    fields_line(&fields, "why", "admin.why", "admin.why_hint", NULL);
    if (inputs != NULL)
        inputs_show(inputs, page);
    return page;
}

enum status admin_get_matter_end(struct request *request, struct response *response)
{
    const struct category *category = find_changeable(request);
    struct matter *matter = arena_take(request->arena, sizeof *matter);
    struct inputs nothing;
    const enum status status = inputs_read(request, NULL, 0, &nothing);

    if (status != STATUS_OK || category == NULL)
        return status != STATUS_OK ? status : STATUS_ABSENT;
    begin(matter, request, category, false);
    return page_end(begin_end(matter, NULL), response, 200);
}

static enum status refuse_end(struct matter *matter, struct response *response, enum change_refusal refusal)
{
    rules_refuse(&matter->inputs, refusal, "why");
    return page_end(begin_end(matter, &matter->inputs), response, refusal == CHANGE_STALE ? 409 : 422);
}

/* Looked at before: what reports of this matter were promised, and that there is nothing instead. */
static enum status preview_end(struct matter *matter, struct response *response)
{
    struct request *request = matter->request;
    struct changed *changed = arena_take(request->arena, sizeof *changed);
    enum change_refusal refusal;

    rule_store_try(&admin_of(request)->catalog, &matter->change, request->now, request->arena, changed, &refusal);
    if (refusal != CHANGE_OK)
        return refuse_end(matter, response, refusal);
    const struct regulation after = {.rules = changed->rules, .rule_count = changed->rule_count,
                                     .categories = changed->categories, .category_count = changed->category_count};
    struct view *page = begin_end(matter, &matter->inputs);
    view_flag(page, "is_preview", true);
    rules_show_comparison(page, request, &after, matter->change.from);
    fields_hide(page, &matter->inputs);
    return page_end(page, response, 200);
}

static enum status save_end(struct matter *matter, struct response *response)
{
    struct request *request = matter->request;
    const struct regulation_change wanted = {.change = &matter->change, .rule_words = matter->words};
    struct regulation_outcome *outcome = arena_take(request->arena, sizeof *outcome);
    struct change change;

    if (!admin_change_begin(request, "matter_end", &change))
        return STATUS_INVALID;
    matter->change.category.row = *matter->base;
    change.detail = detail_of(matter);
    const enum status status = rule_store_change(admin_of(request)->db, &change, &wanted, outcome, &request->fault);
    if (status == STATUS_REFUSED)
        return refuse_end(matter, response, outcome->refusal);
    return status == STATUS_OK || status == STATUS_DUPLICATE ? finish(matter, response) : status;
}

enum status admin_post_matter_end(struct request *request, struct response *response)
{
    const struct category *category = category_last(&admin_of(request)->catalog.regulation, request->part[0]);
    struct matter *matter = arena_take(request->arena, sizeof *matter);

    if (category == NULL)
        return STATUS_ABSENT;
    begin(matter, request, category, false);
    const enum status status = inputs_read(request, end_rules, END_COUNT, &matter->inputs);
    if (status != STATUS_OK)
        return status;
    const char *step = inputs_text(&matter->inputs, "step");
    matter->change = (struct rule_change){.from = rules_from(request, &matter->inputs)};
    matter->change.category = (struct category_edit){
        .kind = CATEGORY_END, .old = {(int32_t)inputs_number(&matter->inputs, "seen", 0)}};
    if (matter->inputs.error_count > 0)
        return page_end(begin_end(matter, &matter->inputs), response, 422);
    if (text_is_equal(step, "edit"))
        return page_end(begin_end(matter, &matter->inputs), response, 200);
    return text_is_equal(step, "save") ? save_end(matter, response) : preview_end(matter, response);
}

enum status admin_post_matter_withdraw(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {{"seen", INPUT_NUMBER, true, 1, INT32_MAX, "staff.error.choice", NULL}};
    const struct category *category = category_last(&admin_of(request)->catalog.regulation, request->part[0]);
    struct regulation_outcome *outcome = arena_take(request->arena, sizeof *outcome);
    struct rule_change *withdrawal = arena_take(request->arena, sizeof *withdrawal);
    struct inputs inputs;
    struct change change;
    enum status status = inputs_read(request, rules, 1, &inputs);

    if (status != STATUS_OK)
        return status;
    if (inputs.error_count > 0 || !admin_change_begin(request, "matter_withdraw", &change))
        return STATUS_INVALID;
    const char *code = arena_copy_text(request->arena, request->part[0]);
    const bool ends = category != NULL && instant_is_set(category->effective_to);
    withdrawal->from = INSTANT_NONE;
    withdrawal->category = (struct category_edit){.kind = ends ? CATEGORY_REOPEN : CATEGORY_WITHDRAW,
                                                  .old = {(int32_t)inputs_number(&inputs, "seen", 0)}};
    const struct regulation_change wanted = {.change = withdrawal};
    change.detail = code;
    status = rule_store_change(admin_of(request)->db, &change, &wanted, outcome, &request->fault);
    if (status != STATUS_OK && status != STATUS_DUPLICATE && status != STATUS_REFUSED)
        return status;
    fault_reset(&request->fault);
    const enum status refreshed = admin_refresh(request);
    if (refreshed != STATUS_OK)
        return refreshed;
    /* A matter that was never in force is gone. */
    if (category_last(&admin_of(request)->catalog.regulation, code) == NULL)
        return response_redirect(request, response, "/staff/admin/rules");
    return response_redirect(request, response, "/staff/admin/matters/%s%s", code,
                             status == STATUS_REFUSED ? "?refused=1" : "?saved=1");
}
