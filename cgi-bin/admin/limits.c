/*
 * The rules of a set: how they are, and their change from a day on. The form is looked at before it is saved: the preview is worked
 * out as the change will be, and the change is worked out again inside its transaction.
 */
#include <stdlib.h>
#include <string.h>

#include "admin/rules.h"

/* Fields of one row; names are rN_FIELD. A row's number N counts from 0; the last one is for a rule to be added. */
enum row_field {
    ROW_ID, ROW_ADD, ROW_END, ROW_AMOUNT, ROW_UNIT, ROW_BOUND, ROW_BINDING, ROW_PUBLIC, ROW_ARTICLE, ROW_OPS, ROW_GRADE,
    ROW_ZONE, ROW_OVER, ROW_TO, ROW_STUCK, ROW_NAME_ZH, ROW_NAME_EN, ROW_NOTE_ZH, ROW_NOTE_EN, ROW_FIELD__COUNT
};

static const struct input_rule row_rules[ROW_FIELD__COUNT] = {
    [ROW_ID] = {"id", INPUT_NUMBER, false, 0, INT32_MAX, "staff.error.choice", NULL},
    [ROW_ADD] = {"add", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
    [ROW_END] = {"end", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
    [ROW_AMOUNT] = {"amount", INPUT_NUMBER, false, 1, 31622400, "admin.rules.error.limit", NULL},
    [ROW_UNIT] = {"unit", INPUT_LINE, false, 1, 10, "staff.error.choice", NULL},
    [ROW_BOUND] = {"bound", INPUT_NUMBER, false, BOUND_AT_MOST, BOUND_LESS, "staff.error.choice", NULL},
    [ROW_BINDING] = {"binding", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
    [ROW_PUBLIC] = {"public", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
    [ROW_ARTICLE] = {"article", INPUT_LINE, false, 1, ARTICLE_BYTES - 1, "admin.rules.error.article", NULL},
    [ROW_OPS] = {"ops", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
    [ROW_GRADE] = {"grade", INPUT_NUMBER, false, GRADE_NONE, GRADE__COUNT - 1, "staff.error.choice", NULL},
    [ROW_ZONE] = {"zone", INPUT_NUMBER, false, ZONE_UNKNOWN, ZONE__COUNT - 1, "staff.error.choice", NULL},
    [ROW_OVER] = {"over", INPUT_NUMBER, false, 0, 10000, "admin.rules.error.diameter", NULL},
    [ROW_TO] = {"to", INPUT_NUMBER, false, 0, 10000, "admin.rules.error.diameter", NULL},
    [ROW_STUCK] = {"stuck", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
    [ROW_NAME_ZH] = {"name_zh", INPUT_LINE, false, 2, 80, "admin.rules.error.name", NULL},
    [ROW_NAME_EN] = {"name_en", INPUT_LINE, false, 2, 120, "admin.rules.error.name", NULL},
    [ROW_NOTE_ZH] = {"note_zh", INPUT_LINE, false, 1, 400, "staff.error.words", NULL},
    [ROW_NOTE_EN] = {"note_en", INPUT_LINE, false, 1, 600, "staff.error.words", NULL},
};
static const struct input_rule whole_rules[] = {
    {"from", INPUT_MOMENT, false, 0, 1, "staff.error.moment", NULL},
    {"why", INPUT_LINE, true, 2, 100, "admin.error.why", NULL},
    {"step", INPUT_LINE, true, 1, 10, "staff.error.choice", NULL},
};
#define WHOLE_COUNT (sizeof whole_rules / sizeof whole_rules[0])
_Static_assert(ROW_FIELD__COUNT * RULE_SET_ROWS_MAX + WHOLE_COUNT <= INPUTS_MAX, "the largest form can be read");

/* Which fields a row of this kind has; what it does not have stays as it is. */
static bool has_field(const struct rule_set *set, enum row_field field)
{
    const bool is_of_ticket = set->kind <= CLOCK_INSPECT;

    switch ((int)field) {
    case ROW_GRADE:
        return set->kind == CLOCK_FINISH && set->category == NULL;
    case ROW_ZONE:
        return is_of_ticket && set->kind != CLOCK_DISPATCH && set->kind != CLOCK_ACCEPT;
    case ROW_OVER:
    case ROW_TO:
        return set->kind == CLOCK_FINISH || set->kind == CLOCK_REPAIR || set->kind == CLOCK_ARRIVE;
    case ROW_STUCK:
        return set->kind == CLOCK_CONTACT;
    default:
        return true;
    }
}

/* A form on its way from what was typed to a change. */
struct limits {
    struct request *request;
    struct rule_set set;
    size_t row_count; /* the set's, and one to be added where there is room */
    const char *names[RULE_SET_ROWS_MAX][ROW_FIELD__COUNT];
    struct inputs inputs;
    struct rule_change change;
    struct catalog_words words[RULE_EDITS_MAX];
};

static enum status begin(struct request *request, struct limits *limits)
{
    limits->request = request;
    if (!rule_set_find(request, request->part[0], &limits->set))
        return STATUS_ABSENT;
    limits->row_count = limits->set.count < RULE_SET_ROWS_MAX ? limits->set.count + 1 : limits->set.count;
    for (size_t row = 0; row < RULE_SET_ROWS_MAX; row++) /* a form of other days may have more rows, or fewer */
        for (int field = 0; field < ROW_FIELD__COUNT; field++)
            limits->names[row][field] = arena_format(request->arena, "r%zu_%s", row, row_rules[field].name);
    return STATUS_OK;
}

static bool is_new_row(const struct limits *limits, size_t row) { return row == limits->set.count; }

/* What a row starts from: its rule, or for a new one the first of the set. */
static const struct rule *base_of(const struct limits *limits, size_t row)
{
    return limits->set.rows[is_new_row(limits, row) ? 0 : row];
}

static enum status read(struct limits *limits)
{
    struct input_rule *rules =
        arena_take_array(limits->request->arena, ROW_FIELD__COUNT * RULE_SET_ROWS_MAX + WHOLE_COUNT, sizeof *rules);
    size_t count = 0;

    for (size_t row = 0; row < RULE_SET_ROWS_MAX; row++)
        for (int field = 0; field < ROW_FIELD__COUNT; field++) {
            rules[count] = row_rules[field];
            rules[count++].name = limits->names[row][field];
        }
    for (size_t i = 0; i < WHOLE_COUNT; i++)
        rules[count++] = whole_rules[i];
    return inputs_read(limits->request, rules, count, &limits->inputs);
}

/* ---- from typed rows to edits */

static struct input *typed(struct limits *limits, size_t row, enum row_field field)
{
    return inputs_find(&limits->inputs, limits->names[row][field]);
}

static bool is_typed(struct limits *limits, size_t row, enum row_field field)
{
    return typed(limits, row, field)->is_set;
}

static int64_t number_of(struct limits *limits, size_t row, enum row_field field, int64_t fallback)
{
    return inputs_number(&limits->inputs, limits->names[row][field], fallback);
}

static void complain(struct limits *limits, size_t row, enum row_field field, const char *key)
{
    inputs_error(&limits->inputs, limits->names[row][field], key);
}

/* A text that the row must have. */
static const char *text_of(struct limits *limits, size_t row, enum row_field field)
{
    if (!is_typed(limits, row, field))
        complain(limits, row, field, row_rules[field].error);
    return typed(limits, row, field)->text;
}

static void read_scope(struct limits *limits, size_t row, struct rule *rule)
{
    const struct rule_set *set = &limits->set;

    if (has_field(set, ROW_GRADE))
        rule->grade = (enum grade)number_of(limits, row, ROW_GRADE, rule->grade);
    if (has_field(set, ROW_ZONE))
        rule->zone = (enum zone)number_of(limits, row, ROW_ZONE, rule->zone);
    if (has_field(set, ROW_OVER)) {
        rule->diameter_over_mm = (int)number_of(limits, row, ROW_OVER, 0);
        rule->diameter_to_mm = (int)number_of(limits, row, ROW_TO, 0);
    }
    if (has_field(set, ROW_STUCK))
        rule->condition = is_typed(limits, row, ROW_STUCK) ? CONDITION_VALVE_STUCK : CONDITION_ANY;
}

static void read_row(struct limits *limits, size_t row, struct rule *rule, struct catalog_words *words)
{
    struct text article;

    *rule = *base_of(limits, row);
    rule->limit_seconds = rules_limit_typed(&limits->inputs, limits->names[row][ROW_AMOUNT],
                                            limits->names[row][ROW_UNIT], rule->direction);
    rule->bound = (enum bound)number_of(limits, row, ROW_BOUND, rule->bound);
    rule->is_binding = is_typed(limits, row, ROW_BINDING);
    rule->is_public = is_typed(limits, row, ROW_PUBLIC);
    rule->interpretation = is_typed(limits, row, ROW_OPS) ? INTERPRETATION_OPS : INTERPRETATION_TEXT;
    text_init(&article, rule->article, sizeof rule->article);
    text_add(&article, text_of(limits, row, ROW_ARTICLE));
    if (is_typed(limits, row, ROW_ARTICLE) && !rules_article_is_valid(rule->article))
        complain(limits, row, ROW_ARTICLE, "admin.rules.error.article");
    read_scope(limits, row, rule);
    *words = (struct catalog_words){text_of(limits, row, ROW_NAME_ZH), text_of(limits, row, ROW_NAME_EN),
                                    typed(limits, row, ROW_NOTE_ZH)->text, typed(limits, row, ROW_NOTE_EN)->text};
}

static bool is_same_row(const struct limits *limits, const struct rule *old, const struct rule *new,
                        const struct catalog_words *words)
{
    const struct catalog_words *own = catalog_rule_words(&admin_of(limits->request)->catalog, old->id);

    return old->limit_seconds == new->limit_seconds && old->bound == new->bound && old->is_binding == new->is_binding &&
           old->is_public == new->is_public && old->interpretation == new->interpretation &&
           old->grade == new->grade && old->zone == new->zone && old->diameter_over_mm == new->diameter_over_mm &&
           old->diameter_to_mm == new->diameter_to_mm && old->condition == new->condition &&
           text_is_equal(old->article, new->article) && text_is_equal(own->name_zh, words->name_zh) &&
           text_is_equal(own->name_en, words->name_en) && text_is_equal(own->note_zh, words->note_zh) &&
           text_is_equal(own->note_en, words->note_en);
}

/* A code that no row of any day has: "repair_2", "finish_leak_public_3". */
static void make_code(const struct limits *limits, struct rule *rule)
{
    const struct regulation *regulation = &admin_of(limits->request)->catalog.regulation;
    const char *kind = clock_kind_name(limits->set.kind);
    bool is_taken = true;

    for (int number = 2; is_taken && number < 1000; number++) {
        struct text code;
        text_init(&code, rule->code, sizeof rule->code);
        if (limits->set.category == NULL)
            text_add_format(&code, "%s_%d", kind, number);
        else
            text_add_format(&code, "%s_%.24s_%d", kind, limits->set.category->code, number);
        is_taken = false;
        for (size_t i = 0; i < regulation->rule_count; i++)
            is_taken = is_taken || text_is_equal(regulation->rules[i].code, rule->code);
    }
}

static struct rule_edit *add_edit(struct limits *limits, enum rule_edit_kind kind, const struct rule *rule,
                                  const struct catalog_words *words)
{
    struct rule_edit *edit = &limits->change.edits[limits->change.edit_count];

    limits->words[limits->change.edit_count++] = *words;
    *edit = (struct rule_edit){.kind = kind, .old = rule->id, .row = *rule};
    return edit;
}

static void read_change(struct limits *limits)
{
    limits->change = (struct rule_change){.from = rules_from(limits->request, &limits->inputs)};
    for (size_t row = 0; row < limits->row_count; row++) {
        struct catalog_words words = {"", "", "", ""};
        struct rule rule = *base_of(limits, row);
        if (is_new_row(limits, row) && !is_typed(limits, row, ROW_ADD))
            continue;
        if (!is_new_row(limits, row) && is_typed(limits, row, ROW_END)) {
            add_edit(limits, RULE_END, &rule, &words);
            continue;
        }
        read_row(limits, row, &rule, &words);
        if (is_new_row(limits, row)) {
            rule.sort = limits->set.rows[limits->set.count - 1]->sort + 1;
            make_code(limits, &rule);
            add_edit(limits, RULE_ADD, &rule, &words);
        } else if (!is_same_row(limits, base_of(limits, row), &rule, &words)) {
            add_edit(limits, RULE_REPLACE, &rule, &words);
        }
    }
}

/* ---- the form */

static void choose_grade(struct fields *fields, const char *name, enum grade chosen)
{
    const struct request *request = fields->request;

    fields_select(fields, name, "admin.rules.grade", NULL);
    for (int i = GRADE_NONE; i < GRADE__COUNT; i++)
        fields_choice_number(fields, i,
                             i == GRADE_NONE ? words_find(request->language, "admin.any")
                                             : admin_words(request, "grade", grade_name((enum grade)i)),
                             i == (int)chosen);
}

static void choose_zone(struct fields *fields, const char *name, enum zone chosen)
{
    const struct request *request = fields->request;

    fields_select(fields, name, "admin.rules.zone", NULL);
    for (int i = ZONE_UNKNOWN; i < ZONE__COUNT; i++)
        fields_choice_number(fields, i,
                             i == ZONE_UNKNOWN ? words_find(request->language, "admin.any")
                                               : admin_words(request, "zone", zone_name((enum zone)i)),
                             i == (int)chosen);
}

/* The fields that are changed most: shown at once. */
static void show_main_fields(struct limits *limits, struct view *view, struct inputs *inputs, size_t row,
                             const struct rule *rule)
{
    const char *const *names = limits->names[row];
    const enum language language = limits->request->language;
    struct fields fields = fields_begin(limits->request, view, "Main", inputs);

    rules_limit_fields(&fields, names[ROW_AMOUNT], names[ROW_UNIT], rule->limit_seconds, rule->direction);
    fields_select(&fields, names[ROW_BOUND], "admin.rules.bound", NULL);
    fields_choice_number(&fields, BOUND_AT_MOST, words_find(language, "admin.rules.bound_at_most"),
                         rule->bound == BOUND_AT_MOST);
    fields_choice_number(&fields, BOUND_LESS, words_find(language, "admin.rules.bound_less"), rule->bound == BOUND_LESS);
    fields_flag(&fields, names[ROW_BINDING], "admin.rules.binding", rule->is_binding);
    if (has_field(&limits->set, ROW_GRADE))
        choose_grade(&fields, names[ROW_GRADE], rule->grade);
    if (has_field(&limits->set, ROW_ZONE))
        choose_zone(&fields, names[ROW_ZONE], rule->zone);
    if (has_field(&limits->set, ROW_OVER)) {
        fields_number(&fields, names[ROW_OVER], "admin.rules.over", NULL, rule->diameter_over_mm);
        fields_number(&fields, names[ROW_TO], "admin.rules.to", "admin.rules.to_hint", rule->diameter_to_mm);
    }
    if (has_field(&limits->set, ROW_STUCK))
        fields_flag(&fields, names[ROW_STUCK], "admin.rules.stuck", rule->condition == CONDITION_VALVE_STUCK);
}

static void show_more_fields(struct limits *limits, struct view *view, struct inputs *inputs, size_t row,
                             const struct rule *rule)
{
    const bool is_new = is_new_row(limits, row);
    const struct catalog_words *words = catalog_rule_words(&admin_of(limits->request)->catalog, rule->id);
    const char *const *names = limits->names[row];
    struct fields fields = fields_begin(limits->request, view, "More", inputs);

    fields_line(&fields, names[ROW_ARTICLE], "admin.rules.article", "admin.rules.article_hint", rule->article);
    fields_flag(&fields, names[ROW_OPS], "admin.rules.ops", rule->interpretation == INTERPRETATION_OPS);
    fields_flag(&fields, names[ROW_PUBLIC], "admin.rules.public", rule->is_public);
    fields_line(&fields, names[ROW_NAME_ZH], "admin.rules.name_zh", NULL, is_new ? NULL : words->name_zh);
    fields_line(&fields, names[ROW_NAME_EN], "admin.rules.name_en", NULL, is_new ? NULL : words->name_en);
    fields_line(&fields, names[ROW_NOTE_ZH], "admin.rules.note_zh", "admin.rules.note_hint",
                is_new ? NULL : words->note_zh);
    fields_line(&fields, names[ROW_NOTE_EN], "admin.rules.note_en", NULL, is_new ? NULL : words->note_en);
}

static bool has_error(struct limits *limits, struct inputs *inputs, size_t row)
{
    for (int field = 0; inputs != NULL && field < ROW_FIELD__COUNT; field++)
        if (typed(limits, row, (enum row_field)field)->error != NULL)
            return true;
    return false;
}

/* What was typed for this row, or NULL when the form was made from a row of another rule. */
static struct inputs *typed_for(struct limits *limits, struct inputs *inputs, size_t row)
{
    if (inputs == NULL || is_new_row(limits, row))
        return inputs;
    const struct rule *seen = catalog_rule(&admin_of(limits->request)->catalog,
                                           (struct rule_id){(int32_t)number_of(limits, row, ROW_ID, 0)});
    return seen != NULL && text_is_equal(seen->code, limits->set.rows[row]->code) ? inputs : NULL;
}

static void show_row(struct limits *limits, struct view *page, struct inputs *all, size_t row)
{
    struct inputs *inputs = typed_for(limits, all, row);
    const struct rule *rule = base_of(limits, row);
    const bool is_new = is_new_row(limits, row);
    struct view *view = view_row(page, "Rows", row);
    const char *const *names = limits->names[row];

    view_flag(view, "is_new", is_new);
    view_text(view, "title", is_new ? words_find(limits->request->language, "admin.rules.add_title")
                                    : rules_rule_name(limits->request, rule));
    if (!is_new) {
        view_text(view, "id_name", names[ROW_ID]);
        view_number(view, "id", rule->id.v);
        view_text(view, "now", rules_limit(limits->request, rule));
        view_text(view, "scope", rules_scope(limits->request, rule));
        rules_show_dates(view, limits->request, rule->effective_from, rule->effective_to);
    }
    struct fields fields = fields_begin(limits->request, view, is_new ? "Add" : "End", inputs);
    fields_flag(&fields, names[is_new ? ROW_ADD : ROW_END], is_new ? "admin.rules.add" : "admin.rules.end", false);
    show_main_fields(limits, view, inputs, row, rule);
    show_more_fields(limits, view, inputs, row, rule);
    view_flag(view, "is_open", has_error(limits, inputs, row) || (inputs != NULL && is_new && is_typed(limits, row, ROW_ADD)));
}

static void show_head(struct limits *limits, struct view *page)
{
    const struct rule_set *set = &limits->set;
    const struct request *request = limits->request;
    const char *kind = admin_words(request, "kind", clock_kind_name(set->kind));

    view_text(page, "set", set->name);
    view_text(page, "kind", kind);
    if (set->category != NULL) {
        view_text(page, "matter", rules_category_name(request, set->category->id));
        view_text(page, "matter_code", set->category->code);
    }
    view_text(page, "Page.title", set->category == NULL
                                      ? kind
                                      : arena_format(request->arena, "%s · %s",
                                                     rules_category_name(request, set->category->id), kind));
}

/* inputs: NULL for an untouched form. The views of problems and of a conflict are set by the caller. */
static struct view *begin_form(struct limits *limits, struct inputs *inputs)
{
    struct view *page = page_begin(limits->request, "admin/limits_change");

    show_head(limits, page);
    for (size_t row = 0; row < limits->row_count; row++)
        show_row(limits, page, inputs, row);
    struct fields fields = fields_begin(limits->request, page, "Whole", inputs);
    fields_moment(&fields, "from", "admin.rules.from", "admin.rules.from_hint", INSTANT_NONE);
    fields_line(&fields, "why", "admin.why", "admin.why_hint", NULL);
    if (inputs != NULL)
        inputs_show(inputs, page);
    return page;
}

enum status admin_get_limits_change(struct request *request, struct response *response)
{
    struct limits *limits = arena_take(request->arena, sizeof *limits);
    struct inputs nothing;
    enum status status = inputs_read(request, NULL, 0, &nothing);

    if (status == STATUS_OK)
        status = begin(request, limits);
    return status == STATUS_OK ? page_end(begin_form(limits, NULL), response, 200) : status;
}

/* ---- preview and saving */

static enum status show_refused(struct limits *limits, struct response *response, enum change_refusal refusal,
                                const struct rule_problem *problems, size_t problem_count)
{
    rules_refuse(&limits->inputs, refusal, limits->names[0][ROW_AMOUNT]);
    struct view *page = begin_form(limits, &limits->inputs);
    if (refusal == CHANGE_NOT_WHOLE)
        rules_show_problems(page, limits->request, problems, problem_count);
    return page_end(page, response, 422);
}

static void show_edits(struct limits *limits, struct view *page)
{
    const struct request *request = limits->request;

    for (size_t i = 0; i < limits->change.edit_count; i++) {
        const struct rule_edit *edit = &limits->change.edits[i];
        struct view *view = view_row(page, "Edits", i);
        const struct rule *old =
            edit->kind == RULE_ADD ? NULL : catalog_rule(&admin_of(request)->catalog, edit->old);
        const bool is_en = request->language == LANGUAGE_EN;
        view_text(view, "name", edit->kind == RULE_END ? rules_rule_name(request, old)
                                                       : is_en ? limits->words[i].name_en : limits->words[i].name_zh);
        view_text(view, "before", old == NULL ? words_find(request->language, "admin.rules.no_promise")
                                              : rules_limit(request, old));
        view_text(view, "after", edit->kind == RULE_END ? words_find(request->language, "admin.rules.no_promise")
                                                        : rules_limit(request, &edit->row));
        view_text(view, "scope", rules_scope(request, edit->kind == RULE_END ? old : &edit->row));
    }
}

static enum status show_preview(struct limits *limits, struct response *response, const struct changed *changed)
{
    const struct regulation after = {.rules = changed->rules, .rule_count = changed->rule_count,
                                     .categories = changed->categories, .category_count = changed->category_count};
    struct view *page = page_begin(limits->request, "admin/limits_preview");

    show_head(limits, page);
    view_words(page, "Page.title", "admin.rules.preview");
    show_edits(limits, page);
    rules_show_comparison(page, limits->request, &after, limits->change.from);
    view_text(page, "why", inputs_text(&limits->inputs, "why"));
    fields_hide(page, &limits->inputs);
    return page_end(page, response, 200);
}

/* "accept 1200→900 自 2027-01-01 00:00：原因" */
static const char *detail_of(struct limits *limits)
{
    const struct request *request = limits->request;
    char from[TIME_TEXT_BYTES];
    const char *edits = "";

    for (size_t i = 0; i < limits->change.edit_count; i++) {
        const struct rule_edit *edit = &limits->change.edits[i];
        const struct rule *old =
            edit->kind == RULE_ADD ? NULL : catalog_rule(&admin_of(request)->catalog, edit->old);
        edits = arena_format(request->arena, "%s%s%s %lld→%lld", edits, i == 0 ? "" : ", ",
                             edit->row.code, old == NULL ? 0 : (long long)old->limit_seconds,
                             edit->kind == RULE_END ? 0 : (long long)edit->row.limit_seconds);
    }
    instant_format_local(limits->change.from, request->app->settings.utc_offset_minutes, from);
    return arena_format(request->arena, "%s: %s (%s)", from, inputs_text(&limits->inputs, "why"), edits);
}

/* Somebody changed the rows since: they are shown as they are now, with what was typed beside them. */
static enum status show_conflict(struct limits *limits, struct response *response)
{
    enum status status = admin_refresh(limits->request);

    if (status == STATUS_OK)
        status = begin(limits->request, limits);
    if (status != STATUS_OK)
        return status;
    struct view *page = begin_form(limits, &limits->inputs);

    view_flag(page, "is_conflict", true);
    return page_end(page, response, 409);
}

static enum status save(struct limits *limits, struct response *response)
{
    struct request *request = limits->request;
    const struct regulation_change wanted = {.change = &limits->change, .rule_words = limits->words};
    struct regulation_outcome *outcome = arena_take(request->arena, sizeof *outcome);
    struct change change;

    if (!admin_change_begin(request, "rule_change", &change))
        return STATUS_INVALID;
    change.detail = detail_of(limits);
    const enum status status = rule_store_change(admin_of(request)->db, &change, &wanted, outcome, &request->fault);
    if (status == STATUS_REFUSED && outcome->refusal == CHANGE_STALE)
        return show_conflict(limits, response);
    if (status == STATUS_REFUSED)
        return show_refused(limits, response, outcome->refusal, outcome->problems, outcome->problem_count);
    if (status != STATUS_OK && status != STATUS_DUPLICATE)
        return status;
    fault_reset(&request->fault);
    return response_redirect(request, response, "/staff/admin/limits/%s?saved=1", limits->set.name);
}

/* Whether the rows are those that the form was made from. */
static bool is_current(struct limits *limits)
{
    for (size_t row = 0; row < limits->set.count; row++)
        if (number_of(limits, row, ROW_ID, 0) != limits->set.rows[row]->id.v)
            return false;
    return true;
}

/* A form that was saved before has made other rows: its answer is the same page again. */
static enum status answer_repeat(struct limits *limits, struct response *response)
{
    struct change change;
    bool was_saved = false;

    if (!admin_change_begin(limits->request, "rule_change", &change))
        return STATUS_INVALID;
    const enum status status = change_store_was_saved(admin_of(limits->request)->db, &change, limits->request->arena,
                                                      &was_saved, &limits->request->fault);
    if (status != STATUS_OK)
        return status;
    return was_saved ? response_redirect(limits->request, response, "/staff/admin/limits/%s?saved=1", limits->set.name)
                     : show_conflict(limits, response);
}

enum status admin_post_limits_change(struct request *request, struct response *response)
{
    struct limits *limits = arena_take(request->arena, sizeof *limits);
    struct changed *changed = arena_take(request->arena, sizeof *changed);
    enum change_refusal refusal;
    enum status status = begin(request, limits);

    if (status == STATUS_OK)
        status = read(limits);
    if (status != STATUS_OK)
        return status;
    if (!is_current(limits))
        return answer_repeat(limits, response);
    read_change(limits);
    const char *step = inputs_text(&limits->inputs, "step");
    if (limits->inputs.error_count > 0)
        return page_end(begin_form(limits, &limits->inputs), response, 422);
    if (text_is_equal(step, "edit"))
        return page_end(begin_form(limits, &limits->inputs), response, 200);
    if (text_is_equal(step, "save"))
        return save(limits, response);
    rule_store_try(&admin_of(request)->catalog, &limits->change, request->now, request->arena, changed, &refusal);
    if (refusal != CHANGE_OK)
        return show_refused(limits, response, refusal, changed->problems, changed->problem_count);
    return show_preview(limits, response, changed);
}

/* ---- the page of a set */

static const struct input_rule page_rules[] = {{"saved", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
                                               {"refused", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL}};

static void show_rule(struct view *view, const struct request *request, const struct rule *rule)
{
    const struct catalog_words *words = catalog_rule_words(&admin_of(request)->catalog, rule->id);

    view_text(view, "name", rules_rule_name(request, rule));
    view_text(view, "code", rule->code);
    view_text(view, "limit", rules_limit(request, rule));
    view_text(view, "scope", rules_scope(request, rule));
    view_text(view, "article", rule->article);
    view_text(view, "note", request->language == LANGUAGE_EN ? words->note_en : words->note_zh);
    view_flag(view, "is_by_ops", rule->interpretation == INTERPRETATION_OPS);
    view_flag(view, "is_public", rule->is_public);
    rules_show_dates(view, request, rule->effective_from, rule->effective_to);
}

/* The latest moment at which something of the set is planned and can still be taken back; INSTANT_NONE without. */
static struct instant planned_moment(const struct request *request, const struct rule_set *set)
{
    const struct regulation *regulation = &admin_of(request)->catalog.regulation;
    const struct instant least = instant_add_seconds(request->now, CHANGE_LEAD_SECONDS);
    struct instant planned = INSTANT_NONE;

    for (size_t i = 0; i < regulation->rule_count; i++) {
        const struct rule *rule = &regulation->rules[i];
        if (!rule_set_has(request, set, rule) || (set->category != NULL && rule->category.v != set->category->id.v))
            continue;
        const struct instant moments[2] = {rule->effective_from, rule->effective_to};
        for (int end = 0; end < 2; end++)
            if (instant_is_set(moments[end]) && !instant_is_before(moments[end], least) &&
                (!instant_is_set(planned) || instant_is_before(planned, moments[end])))
                planned = moments[end];
    }
    /* What the matter itself began with is withdrawn with the matter. */
    if (set->category != NULL && instant_is_set(planned) && instant_is_equal(planned, set->category->effective_from))
        return INSTANT_NONE;
    return planned;
}

enum status admin_get_limits(struct request *request, struct response *response)
{
    const struct regulation *regulation = &admin_of(request)->catalog.regulation;
    struct limits *limits = arena_take(request->arena, sizeof *limits);
    struct inputs inputs;
    size_t shown = 0;
    enum status status = inputs_read(request, page_rules, 2, &inputs);

    if (status == STATUS_OK)
        status = begin(request, limits);
    if (status != STATUS_OK)
        return status;
    struct view *page = page_begin(request, "admin/limits");
    show_head(limits, page);
    for (int past = 0; past < 2; past++)
        for (size_t i = 0; i < regulation->rule_count; i++) {
            const struct rule *rule = &regulation->rules[i];
            const bool is_past = instant_is_set(rule->effective_to) && !instant_is_before(request->now, rule->effective_to);
            if (rule_set_has(request, &limits->set, rule) && is_past == (past == 1))
                show_rule(view_row(page, "Rules", shown++), request, rule);
        }
    view_flag(page, "may_keep", rules_may_keep(request));
    view_flag(page, "was_saved", inputs_number(&inputs, "saved", 0) != 0);
    view_flag(page, "was_refused", inputs_number(&inputs, "refused", 0) != 0);
    const struct instant planned = planned_moment(request, &limits->set);
    if (instant_is_set(planned)) {
        view_instant(page, "planned", planned);
        view_flag(page, "may_withdraw", rules_may_keep(request));
    }
    return page_end(page, response, 200);
}

/* ---- taking a planned change back */

static const struct input_rule withdraw_rules[] = {
    {"planned", INPUT_NUMBER, true, 0, INT64_C(253402300799999), "staff.error.choice", NULL}};

static bool has_successor(const struct regulation *regulation, const struct rule *rule)
{
    for (size_t i = 0; i < regulation->rule_count; i++)
        if (text_is_equal(regulation->rules[i].code, rule->code) &&
            instant_is_equal(regulation->rules[i].effective_from, rule->effective_to))
            return true;
    return false;
}

/* All rows of the set that begin at the moment go; what ends there without another to follow goes on. */
static void make_withdrawal(const struct request *request, const struct rule_set *set, struct instant planned,
                            struct rule_change *change)
{
    const struct regulation *regulation = &admin_of(request)->catalog.regulation;

    *change = (struct rule_change){.from = INSTANT_NONE};
    for (size_t i = 0; i < regulation->rule_count && change->edit_count < RULE_EDITS_MAX; i++) {
        const struct rule *rule = &regulation->rules[i];
        if (!rule_set_has(request, set, rule))
            continue;
        if (instant_is_equal(rule->effective_from, planned))
            change->edits[change->edit_count++] = (struct rule_edit){.kind = RULE_WITHDRAW, .old = rule->id};
        else if (instant_is_equal(rule->effective_to, planned) && !has_successor(regulation, rule))
            change->edits[change->edit_count++] = (struct rule_edit){.kind = RULE_REOPEN, .old = rule->id};
    }
}

enum status admin_post_limits_withdraw(struct request *request, struct response *response)
{
    struct limits *limits = arena_take(request->arena, sizeof *limits);
    struct regulation_outcome *outcome = arena_take(request->arena, sizeof *outcome);
    struct inputs inputs;
    struct change change;
    char planned[TIME_TEXT_BYTES];
    enum status status = inputs_read(request, withdraw_rules, 1, &inputs);

    if (status == STATUS_OK)
        status = begin(request, limits);
    if (status != STATUS_OK)
        return status;
    if (inputs.error_count > 0 || !admin_change_begin(request, "rule_withdraw", &change))
        return STATUS_INVALID;
    const struct instant moment = {inputs_number(&inputs, "planned", 0)};
    make_withdrawal(request, &limits->set, moment, &limits->change);
    const struct regulation_change wanted = {.change = &limits->change, .rule_words = limits->words};
    instant_format_local(moment, request->app->settings.utc_offset_minutes, planned);
    change.detail = arena_format(request->arena, "%s: %s", planned, limits->set.name);
    status = rule_store_change(admin_of(request)->db, &change, &wanted, outcome, &request->fault);
    if (status != STATUS_OK && status != STATUS_DUPLICATE && status != STATUS_REFUSED)
        return status;
    fault_reset(&request->fault);
    /* Refused: it has begun, or somebody withdrew it before. The page shows what there is. */
    return response_redirect(request, response, "/staff/admin/limits/%s%s", limits->set.name,
                             status == STATUS_REFUSED ? "?refused=1" : "?saved=1");
}
