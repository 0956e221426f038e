#include "web/input.h"

#include <assert.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"
#include "web/app.h"

/* --- which fields may come ---------------------------------------------------------------------------------------- */

static bool is_always_allowed(const char *name)
{
    return text_is_equal(name, "token") || text_is_equal(name, "key") || text_is_equal(name, "lang") ||
           text_is_equal(name, "elder") || text_is_equal(name, "effort") || text_is_equal(name, "effort_answer");
}

static const struct input_rule *rule_of(const struct input_rule *rules, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (text_is_equal(rules[i].name, name))
            return &rules[i];
    return NULL;
}

/* Nothing undeclared, nothing twice, no file where words belong (controls.md B2, B3). */
static enum status check_fields(struct request *request, const struct form *form, const struct input_rule *rules,
                                size_t count)
{
    for (size_t i = 0; i < form->count; i++) {
        const char *name = form->items[i].name;
        const struct input_rule *rule = rule_of(rules, count, name);
        if (rule == NULL && !is_always_allowed(name))
            return FAULT(&request->fault, STATUS_INVALID, "a field that route %s does not declare",
                         request->route == NULL ? "-" : request->route->path);
        if (form_count(form, name) > 1)
            return FAULT(&request->fault, STATUS_INVALID, "field %s was sent twice", rule == NULL ? "token" : rule->name);
        const bool is_for_file = rule != NULL && rule->type == INPUT_FILE;
        if (form->items[i].file_name != NULL && !is_for_file)
            return FAULT(&request->fault, STATUS_INVALID, "field %s came as a file", rule == NULL ? "token" : rule->name);
        if (form->items[i].file_name == NULL && is_for_file && form->items[i].length > 0)
            return FAULT(&request->fault, STATUS_INVALID, "the file %s came as words", rule->name);
    }
    return STATUS_OK;
}

/* A declared field of a body may not stand in the query, too. */
static enum status check_query(struct request *request, const struct input_rule *rules, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (form_find(&request->query, rules[i].name) != NULL)
            return FAULT(&request->fault, STATUS_INVALID, "field %s of a body stands in the query", rules[i].name);
    return STATUS_OK;
}

/* --- one field ---------------------------------------------------------------------------------------------------- */

static void set_error(struct inputs *inputs, struct input *input, const char *words)
{
    if (input->error != NULL)
        return;
    input->error = words;
    inputs->error_count++;
}

static void set_error_key(struct inputs *inputs, struct input *input, const char *key)
{
    set_error(inputs, input, words_find(inputs->request->language, key == NULL ? "error.wrong" : key));
}

static void set_too_long(struct inputs *inputs, struct input *input, size_t characters)
{
    struct arena *arena = inputs->request->arena;
    const char *values[2] = {arena_format(arena, "%lld", (long long)input->rule->max),
                             arena_format(arena, "%zu", characters)};
    const char *key = input->rule->error_long == NULL ? "error.too_long" : input->rule->error_long;
    set_error(inputs, input, words_fill(arena, inputs->request->language, key, values, 2));
}

/* Characters, not bytes: people count what they see. */
static void check_text(struct inputs *inputs, struct input *input)
{
    const struct input_rule *rule = input->rule;
    assert(rule->max > 0 && rule->min <= rule->max);
    size_t characters = text_count_characters(input->text);
    if (rule->type != INPUT_SECRET && text_has_controls(input->text))
        set_error_key(inputs, input, "error.characters");
    else if (characters > (size_t)rule->max)
        set_too_long(inputs, input, characters);
    else if (rule->min > 0 && characters < (size_t)rule->min)
        set_error_key(inputs, input, rule->error);
}

static void check_number(struct inputs *inputs, struct input *input)
{
    if (!text_parse_integer(input->text, input->rule->min, input->rule->max, &input->number))
        set_error_key(inputs, input, input->rule->error);
}

/* Nothing here happened before 1970: a year of two digits is a slip of the hand, and the database has no room for it. */
static void check_moment(struct inputs *inputs, struct input *input)
{
    if (!instant_parse_local(input->text, inputs->request->app->settings.utc_offset_minutes, &input->at) ||
        input->at.milliseconds < 0) {
        input->at = INSTANT_NONE;
        set_error_key(inputs, input, input->rule->error);
    }
}

/* Only a checkbox of ours sends a flag, and it sends "1". */
static void check_flag(struct inputs *inputs, struct input *input)
{
    input->number = text_is_equal(input->text, "1");
    if (input->number == 0)
        set_error_key(inputs, input, input->rule->error);
}

static void check_value(struct inputs *inputs, struct input *input)
{
    switch (input->rule->type) {
    case INPUT_LINE:
    case INPUT_LINES:
    case INPUT_DIGITS:
    case INPUT_SECRET:
        check_text(inputs, input);
        return;
    case INPUT_NUMBER:
        check_number(inputs, input);
        return;
    case INPUT_MOMENT:
        check_moment(inputs, input);
        return;
    case INPUT_FLAG:
        check_flag(inputs, input);
        return;
    case INPUT_FILE: /* the program opens it */
        return;
    case INPUT_TYPE__COUNT:
        break;
    }
    assert(false);
}

/* What was typed, without what carries no meaning. */
static void tidy(enum input_type type, char *text)
{
    switch (type) {
    case INPUT_LINES:
        text_tidy_lines(text);
        return;
    case INPUT_NUMBER:
    case INPUT_DIGITS:
    case INPUT_MOMENT:
        text_narrow(text);
        text_tidy_line(text);
        return;
    case INPUT_LINE:
        text_tidy_line(text);
        return;
    case INPUT_FLAG:
    case INPUT_SECRET:
    case INPUT_FILE:
    case INPUT_TYPE__COUNT:
        return;
    }
}

/* A browser sends a field without a file as one without name and bytes. */
static void read_file(struct input *input, const struct form_item *item)
{
    if (item == NULL || item->file_name == NULL)
        return;
    input->file = (struct bytes){(const uint8_t *)item->value, item->length};
    input->is_set = item->length > 0 || item->file_name[0] != '\0';
}

static void read_field(struct inputs *inputs, struct input *input, const struct form *form)
{
    const struct form_item *item = form_find(form, input->rule->name);
    input->text = "";
    input->at = INSTANT_NONE;
    if (input->rule->type == INPUT_FILE) {
        read_file(input, item);
        if (!input->is_set && input->rule->is_required)
            set_error_key(inputs, input, input->rule->error);
        return;
    }
    if (item != NULL) {
        char *text = arena_copy_text(inputs->request->arena, item->value);
        tidy(input->rule->type, text);
        input->text = text;
    }
    input->is_set = input->text[0] != '\0';
    if (input->is_set)
        check_value(inputs, input);
    else if (input->rule->is_required)
        set_error_key(inputs, input, input->rule->error);
}

enum status inputs_read(struct request *request, const struct input_rule *rules, size_t count, struct inputs *inputs)
{
    assert(count <= INPUTS_MAX);
    const struct form *form = request->method == METHOD_POST ? &request->body : &request->query;
    *inputs = (struct inputs){.request = request, .count = count};
    enum status status = check_fields(request, form, rules, count);
    if (status == STATUS_OK && request->method == METHOD_POST)
        status = check_query(request, rules, count);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < count; i++) {
        inputs->items[i].rule = &rules[i];
        read_field(inputs, &inputs->items[i], form);
    }
    return STATUS_OK;
}

/* --- using them --------------------------------------------------------------------------------------------------- */

struct input *inputs_find(struct inputs *inputs, const char *name)
{
    for (size_t i = 0; i < inputs->count; i++)
        if (text_is_equal(inputs->items[i].rule->name, name))
            return &inputs->items[i];
    log_die("input_not_declared name=%s", name);
}

const char *inputs_text(struct inputs *inputs, const char *name) { return inputs_find(inputs, name)->text; }

int64_t inputs_number(struct inputs *inputs, const char *name, int64_t fallback)
{
    const struct input *input = inputs_find(inputs, name);
    return input->is_set && input->error == NULL ? input->number : fallback;
}

void inputs_error(struct inputs *inputs, const char *name, const char *key)
{
    set_error_key(inputs, inputs_find(inputs, name), key);
}

void inputs_show(struct inputs *inputs, struct view *view)
{
    struct view *form = view_child(view, "Form");
    size_t rows = 0;
    for (size_t i = 0; i < inputs->count; i++) {
        const struct input *input = &inputs->items[i];
        struct view *field = view_child(form, input->rule->name);
        if (input->rule->type != INPUT_SECRET && input->rule->type != INPUT_FILE)
            view_text(field, "value", input->text);
        if (input->error == NULL)
            continue;
        view_text(field, "error", input->error);
        struct view *row = view_row(view, "Errors", rows++);
        view_text(row, "name", input->rule->name);
        view_text(row, "text", input->error);
    }
    if (inputs->error_count > 0)
        view_number(view, "Errors.count", inputs->error_count);
}
