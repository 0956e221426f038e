/* From what somebody typed to the address of a list: words in the box, or the form's fields. Telephones become keyed hashes here. */
#include <string.h>

#include "store/person.h"
#include "ticket/queue.h"

#define FIND_RULES                                                                                                     \
    {"view", INPUT_LINE, false, 1, 20, "staff.error.choice", NULL},                                                    \
        {"sort", INPUT_LINE, false, 1, 10, "staff.error.choice", NULL},                                                \
        {"rows", INPUT_NUMBER, false, 25, 100, "staff.error.choice", NULL},                                            \
        {"held", INPUT_LINE, false, 1, 600, "staff.error.choice", NULL}

static void hash_person(const struct request *request, const struct filter_clear *clear, struct filter *filter)
{
    if (clear->phone[0] != '\0') {
        filter->has_phone = true;
        filter->phone = person_lookup_hash(&request->app->secrets, "phone", clear->phone);
    }
    if (clear->account[0] != '\0') {
        filter->has_account = true;
        filter->account = person_lookup_hash(&request->app->secrets, "account", clear->account);
    }
}

/* A whole number opens its ticket; whom a telephone belongs to is looked for among all tickets, closed ones, too. */
static enum status go(struct request *request, struct response *response, struct list *list)
{
    const struct filter *filter = &list->filter;
    const struct filter rest = filter_without(filter, FILTER_NUMBER);

    if (strlen(filter->number) == NUMBER_BYTES - 1 && filter_is_empty(&rest))
        return response_redirect(request, response, "/staff/ticket/%s", filter->number);
    if (filter->has_phone || filter->has_account || filter->number[0] != '\0')
        list->view = desk_view_find(request, "all");
    return response_redirect(request, response, "/staff/ticket/%s", list_url(request, list));
}

/* What "*" in the box stands for. */
static void read_held(const struct filter_vocabulary *vocabulary, const char *line, struct filter *held)
{
    struct filter_clear clear;
    struct filter_error error;

    if (!filter_parse(line, vocabulary, NULL, held, &clear, &error))
        memset(held, 0, sizeof *held); /* nothing that a form of ours sent */
}

enum status ticket_post_find(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {{"q", INPUT_LINE, false, 1, 600, "desk.filter.error.unreadable", NULL}, FIND_RULES};
    struct list *list = arena_take(request->arena, sizeof *list);
    struct filter_clear clear;
    struct filter_error error;
    struct filter held;
    struct inputs inputs;

    enum status status = inputs_read(request, rules, sizeof rules / sizeof rules[0], &inputs);
    if (status == STATUS_OK)
        status = list_read_shape(request, &request->body, list);
    if (status != STATUS_OK)
        return status;
    const struct filter_vocabulary vocabulary = list_vocabulary(request);
    const struct input *typed = inputs_find(&inputs, "q");
    read_held(&vocabulary, inputs_text(&inputs, "held"), &held);
    if (typed->error != NULL)
        list->error = typed->error;
    else if (!filter_parse(typed->text, &vocabulary, &held, &list->filter, &clear, &error))
        list->error = list_error_words(request, &error);
    if (list->error != NULL) {
        list->typed = typed->text;
        return queue_show(request, response, list, NULL);
    }
    hash_person(request, &clear, &list->filter);
    return go(request, response, list);
}

/* ---- the form */

static const struct input_rule form_rules[] = {
    {"state", INPUT_NUMBER, false, TICKET_REPORTED, TICKET_WITHDRAWN, "staff.error.choice", NULL},
    {"zone", INPUT_NUMBER, false, ZONE_INNER, ZONE__COUNT - 1, "staff.error.choice", NULL},
    {"category", INPUT_NUMBER, false, 1, INT32_MAX, "staff.error.choice", NULL},
    {"unit", INPUT_NUMBER, false, 1, INT32_MAX, "staff.error.choice", NULL},
    {"source", INPUT_NUMBER, false, SOURCE_WEB, SOURCE__COUNT - 1, "staff.error.choice", NULL},
    {"nature", INPUT_NUMBER, false, NATURE_REPAIR, NATURE__COUNT - 1, "staff.error.choice", NULL},
    {"grade", INPUT_NUMBER, false, GRADE_URGENT, GRADE__COUNT - 1, "staff.error.choice", NULL},
    {"scope", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
    {"due", INPUT_LINE, false, 1, 20, "staff.error.choice", NULL},
    {"number", INPUT_DIGITS, false, 1, 60, "staff.error.choice", NULL},
    {"phone", INPUT_DIGITS, false, 1, 60, "staff.error.phone", NULL},
    {"account", INPUT_DIGITS, false, 1, 60, "staff.error.account", NULL},
    {"words", INPUT_LINE, false, 1, 200, "staff.error.choice", NULL},
    FIND_RULES,
};
#define FORM_RULE_COUNT (sizeof form_rules / sizeof form_rules[0])

/* One field, read as the words of the box would be: it means the same. */
static void read_field(struct inputs *inputs, const struct filter_vocabulary *vocabulary, enum filter_field field,
                       const struct filter *held, struct filter *filter, struct filter_clear *clear)
{
    const char *name = filter_field_name(field);
    const struct input *input = inputs_find(inputs, name);
    struct arena *arena = inputs->request->arena;
    struct filter one;
    struct filter_clear one_clear;
    struct filter_error error;

    if (!input->is_set || input->error != NULL)
        return;
    const char *key = words_find(inputs->request->language, arena_format(arena, "desk.filter.key.%s", name));
    const char *line = arena_format(arena, field < FILTER_CHOICES ? "%s:#%s" : "%s:\"%s\"", key, input->text);
    if (!filter_parse(line, vocabulary, held, &one, &one_clear, &error)) {
        inputs_error(inputs, name, field == FILTER_PHONE ? "staff.error.phone" : field == FILTER_ACCOUNT ? "staff.error.account"
                                   : field == FILTER_NUMBER ? "desk.filter.error.number" : "staff.error.choice");
        return;
    }
    if (field < FILTER_CHOICES)
        filter->choice[field] = one.choice[field];
    if (field == FILTER_DUE) {
        filter->due = one.due;
        filter->due_seconds = one.due_seconds;
    }
    if (field == FILTER_NUMBER)
        memcpy(filter->number, one.number, sizeof filter->number);
    if (field == FILTER_PHONE) {
        filter->has_phone = one.has_phone;
        filter->phone = one.phone;
        memcpy(clear->phone, one_clear.phone, sizeof clear->phone);
    }
    if (field == FILTER_ACCOUNT) {
        filter->has_account = one.has_account;
        filter->account = one.account;
        memcpy(clear->account, one_clear.account, sizeof clear->account);
    }
}

enum status ticket_post_filter(struct request *request, struct response *response)
{
    struct list *list = arena_take(request->arena, sizeof *list);
    struct filter_clear clear = {.phone = ""};
    struct filter held;
    struct inputs inputs;

    enum status status = inputs_read(request, form_rules, FORM_RULE_COUNT, &inputs);
    if (status == STATUS_OK)
        status = list_read_shape(request, &request->body, list);
    if (status != STATUS_OK)
        return status;
    const struct filter_vocabulary vocabulary = list_vocabulary(request);
    read_held(&vocabulary, inputs_text(&inputs, "held"), &held);
    for (enum filter_field field = 0; field < FILTER_FIELD__COUNT; field++)
        read_field(&inputs, &vocabulary, field, &held, &list->filter, &clear);
    const enum filter_problem problem = filter_add_terms(&list->filter, inputs_text(&inputs, "words"));
    if (problem != FILTER_OK)
        inputs_error(&inputs, "words", arena_format(request->arena, "desk.filter.error.words_%s", filter_problem_name(problem)));
    if (inputs.error_count > 0) {
        list->form = list->filter;
        memset(&list->filter, 0, sizeof list->filter);
        return queue_show(request, response, list, &inputs);
    }
    hash_person(request, &clear, &list->filter);
    return go(request, response, list);
}
