#include "web/act.h"

#include <string.h>

#include "base/crypto.h"

const struct act_form *act_form_find(const struct act_form *forms, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (text_is_equal(forms[i].name, name))
            return &forms[i];
    return NULL;
}

bool act_form_has(const struct act_form *form, const char *field)
{
    for (size_t i = 0; i < form->rule_count; i++)
        if (text_is_equal(form->rules[i].name, field))
            return true;
    return false;
}

struct instant act_moment(const struct act_form *form, struct inputs *inputs, const char *field)
{
    return act_form_has(form, field) ? inputs_find(inputs, field)->at : INSTANT_NONE;
}

const char *act_text(const struct act_form *form, struct inputs *inputs, const char *field)
{
    return act_form_has(form, field) ? inputs_text(inputs, field) : "";
}

void act_form_key(const struct act_form *form, const uint8_t *page_key, uint8_t *key)
{
    const struct bytes pieces[] = {{page_key, ACT_KEY_BYTES}, {(const uint8_t *)form->name, strlen(form->name)}};
    const struct hash hash = crypto_hash_pieces(pieces, 2);

    memcpy(key, hash.bytes, ACT_KEY_BYTES);
}

enum status act_read(struct request *request, const struct act_form *forms, size_t count, const char *name, struct act_post *post)
{
    uint8_t page_key[ACT_KEY_BYTES];

    post->form = act_form_find(forms, count, name);
    if (post->form == NULL)
        return STATUS_ABSENT;
    const enum status status = inputs_read(request, post->form->rules, post->form->rule_count, &post->inputs);
    if (status != STATUS_OK)
        return status;
    if (!request_key(request, page_key) || inputs_find(&post->inputs, "version")->error != NULL)
        return STATUS_INVALID;
    act_form_key(post->form, page_key, post->key);
    return STATUS_OK;
}

enum verdict act_look_ahead(enum verdict permitted, uint32_t shown_version, uint32_t version)
{
    if (permitted == VERDICT_WRONG_ROLE || permitted == VERDICT_WRONG_UNIT)
        return permitted;
    return shown_version != version ? VERDICT_STALE : permitted;
}

/* ---- showing */

#define CHOICES_MOST 100 /* a number of a longer range is typed */

static const char *type_name(const struct input_rule *rule)
{
    if (rule->type == INPUT_NUMBER)
        return rule->max - rule->min < CHOICES_MOST ? "select" : "number";
    if (rule->type == INPUT_FLAG)
        return "flag";
    if (rule->type == INPUT_MOMENT)
        return "moment";
    return rule->type == INPUT_LINES ? "lines" : "line";
}

static void show_choice(struct view *view, size_t index, const char *label, int64_t value, int64_t chosen)
{
    struct view *row = view_row(view, "Choices", index);

    if (value > 0)
        view_number(row, "value", value);
    view_text(row, "label", label);
    view_flag(row, "is_checked", value == chosen);
}

static const char *words_of(const struct request *request, const char *prefix, const char *kind, const char *name)
{
    return words_find(request->language, arena_format(request->arena, "%s.%s.%s", prefix, kind, name));
}

static void show_field(struct view *view, const struct request *request, const struct act_form *form,
                       const struct input_rule *rule, const char *prefix, const struct input *typed)
{
    const char *hint_key = arena_format(request->arena, "%s.hint.%s.%s", prefix, form->name, rule->name);
    const char *hint = words_find(request->language, hint_key);

    view_text(view, "type", type_name(rule));
    view_text(view, "name", rule->name);
    view_text(view, "id", arena_format(request->arena, "%s-%s", form->name, rule->name));
    view_flag(view, "is_optional", !rule->is_required);
    view_text(view, "label", words_of(request, prefix, "field", rule->name));
    if (hint != hint_key)
        view_text(view, "hint", hint);
    if (typed != NULL) {
        view_text(view, "value", typed->text);
        view_text(view, "error", typed->error);
        view_flag(view, "is_checked", typed->is_set);
    }
    if (rule->type != INPUT_NUMBER || rule->max - rule->min >= CHOICES_MOST)
        return;
    const int64_t chosen = typed != NULL ? typed->number : 0;
    show_choice(view, 0, words_find(request->language, "staff.choose"), 0, chosen);
    for (int64_t i = rule->min; i <= rule->max; i++)
        show_choice(view, (size_t)i, words_of(request, prefix, rule->name, arena_format(request->arena, "%lld", (long long)i)), i,
                    chosen);
}

void act_show_form(struct view *view, const struct request *request, const struct act_form *form, uint32_t version,
                   const char *prefix, const struct act_attempt *attempt)
{
    const bool is_tried = attempt != NULL && attempt->form == form;

    view_text(view, "name", form->name);
    view_text(view, "title", words_of(request, prefix, "act", form->name));
    view_flag(view, "is_open", is_tried);
    view_number(view, "version", version);
    for (size_t i = 0; i + 1 < form->rule_count; i++)
        show_field(view_row(view, "Fields", i), request, form, &form->rules[i], prefix,
                   is_tried ? inputs_find(attempt->inputs, form->rules[i].name) : NULL);
}

struct view *act_field_view(struct view *view, const struct act_form *form, const char *field)
{
    for (size_t i = 0; i + 1 < form->rule_count; i++)
        if (text_is_equal(form->rules[i].name, field))
            return view_row(view, "Fields", i);
    return NULL;
}

void act_show_attempt(struct view *page, const struct request *request, const struct act_attempt *attempt, const char *prefix,
                      bool is_offered)
{
    struct view *view = view_child(page, "Attempt");
    size_t row = 0;

    view_text(view, "name", attempt->form->name);
    view_text(view, "title", words_of(request, prefix, "act", attempt->form->name));
    view_flag(view, "is_conflict", attempt->verdict == VERDICT_STALE);
    view_flag(view, "is_offered", is_offered);
    if (attempt->verdict != VERDICT_OK)
        view_text(view, "words", words_of(request, prefix, "verdict", verdict_name(attempt->verdict)));
    view_text(view, "typed", act_text(attempt->form, attempt->inputs, "words"));
    for (size_t i = 0; i < attempt->inputs->count; i++) {
        const struct input *input = &attempt->inputs->items[i];
        if (input->error == NULL)
            continue;
        struct view *error = view_row(view, "Errors", row++);
        view_text(error, "id", arena_format(request->arena, "%s-%s", attempt->form->name, input->rule->name));
        view_text(error, "text", input->error);
    }
}

/* ---- refusing */

int act_refusal_code(enum verdict verdict)
{
    if (verdict == VERDICT_STALE)
        return 409;
    return verdict == VERDICT_WRONG_ROLE || verdict == VERDICT_WRONG_UNIT ? 403 : 422;
}

void act_blame(struct act_attempt *attempt, const char *field, const char *prefix)
{
    if (field != NULL && act_form_has(attempt->form, field))
        inputs_error(attempt->inputs, field,
                     arena_format(attempt->inputs->request->arena, "%s.verdict.%s", prefix, verdict_name(attempt->verdict)));
}
