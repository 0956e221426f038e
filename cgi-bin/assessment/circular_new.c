/* A new circular of criticism: unit, words, and the tickets and orders that it rests on. */
#include <string.h>

#include "assessment/assessment.h"

#define TITLE_MOST 60
#define TEXT_MOST 3000
#define TRIES 5

static const struct input_rule rules[] = {
    {"unit", INPUT_NUMBER, true, 1, INT32_MAX, "staff.error.choice", NULL},
    {"title", INPUT_LINE, true, 2, TITLE_MOST, "circular.error.title", NULL},
    {"words", INPUT_LINES, true, 1, TEXT_MOST, "circular.error.words", NULL},
    {"tickets", INPUT_LINES, false, 1, 600, "circular.error.tickets", NULL},
    {"orders", INPUT_LINE, false, 1, 200, "circular.error.orders", NULL},
};
#define RULE_COUNT (sizeof rules / sizeof rules[0])

/* ?order=N: the unit of that order, and the order and its ticket as the reasons. */
enum status assessment_get_circular_new(struct request *request, struct response *response)
{
    static const struct input_rule order_rule[] = {{"order", INPUT_NUMBER, false, 1, INT64_MAX, "staff.error.choice", NULL}};
    struct inputs inputs;
    struct order_file file = {.ticket_number = ""};
    enum status status = inputs_read(request, order_rule, 1, &inputs);

    if (status != STATUS_OK)
        return status;
    if (inputs.error_count > 0)
        return STATUS_INVALID;
    const struct order_id id = {inputs_number(&inputs, "order", 0)};
    if (id.v != 0)
        status = order_store_load(assessment_of(request)->db, id, request->arena, &file, &request->fault);
    if (status != STATUS_OK)
        return status;
    struct view *page = page_begin(request, "assessment/circular_new");
    view_words(page, "Page.title", "circular.new.title");
    assessment_unit_choices(page, request, file.order.unit.v);
    if (id.v != 0)
        view_number(page, "Form.orders.value", id.v);
    if (file.ticket_number[0] != '\0')
        view_text(page, "Form.tickets.value", file.ticket_number);
    return page_end(page, response, 200);
}

/* The next word of a list separated by white space and commas, in either width; NULL at its end. */
static const char *next_word(struct request *request, const char **rest)
{
    static const char separators[] = " \t\n,;";

    *rest += strspn(*rest, separators);
    if (**rest == '\0')
        return NULL;
    const size_t length = strcspn(*rest, separators);
    const char *word = arena_copy(request->arena, *rest, length);
    *rest += length;
    return word;
}

/* What is typed between words in Chinese counts as white space. */
static const char *tidy_list(struct request *request, const char *typed)
{
    static const char *const marks[] = {"、", "，", "；"};
    char *list = arena_copy_text(request->arena, typed);

    text_narrow(list);
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        for (char *at = strstr(list, marks[i]); at != NULL; at = strstr(at, marks[i]))
            memset(at, ' ', strlen(marks[i]));
    return list;
}

static bool add_reason(struct circular *circular, struct ticket_id ticket, struct order_id order)
{
    for (size_t i = 0; i < circular->reason_count; i++)
        if (circular->reasons[i].ticket.v == ticket.v && circular->reasons[i].order.v == order.v)
            return true;
    if (circular->reason_count == CIRCULAR_REASONS_MAX)
        return false;
    circular->reasons[circular->reason_count++] = (struct circular_reason){.ticket = ticket, .order = order};
    return true;
}

static enum status take_tickets(struct request *request, struct inputs *inputs, struct circular *circular)
{
    const char *rest = tidy_list(request, inputs_text(inputs, "tickets"));
    enum status status = STATUS_OK;

    for (const char *word = next_word(request, &rest);
         word != NULL && status == STATUS_OK && inputs_find(inputs, "tickets")->error == NULL;
         word = next_word(request, &rest)) {
        char number[NUMBER_BYTES];
        struct order_ticket ticket;
        status = number_parse(word, number) ? order_store_find_ticket(assessment_of(request)->db, number, request->arena,
                                                                      &ticket, &request->fault)
                                            : STATUS_ABSENT;
        if (status == STATUS_ABSENT)
            inputs_error(inputs, "tickets", "circular.error.tickets");
        else if (status == STATUS_OK && !add_reason(circular, ticket.id, (struct order_id){0}))
            inputs_error(inputs, "tickets", "circular.error.many");
    }
    return status == STATUS_ABSENT ? STATUS_OK : status;
}

static enum status take_orders(struct request *request, struct inputs *inputs, struct circular *circular)
{
    const char *rest = tidy_list(request, inputs_text(inputs, "orders"));
    enum status status = STATUS_OK;

    for (const char *word = next_word(request, &rest);
         word != NULL && status == STATUS_OK && inputs_find(inputs, "orders")->error == NULL;
         word = next_word(request, &rest)) {
        struct order_id id;
        struct order_file file;
        status = text_parse_integer(word, 1, INT64_MAX, &id.v)
                     ? order_store_load(assessment_of(request)->db, id, request->arena, &file, &request->fault)
                     : STATUS_ABSENT;
        if (status == STATUS_ABSENT)
            inputs_error(inputs, "orders", "circular.error.orders");
        else if (status == STATUS_OK && file.order.unit.v != circular->unit.v)
            inputs_error(inputs, "orders", "circular.error.other_unit");
        else if (status == STATUS_OK && !add_reason(circular, (struct ticket_id){0}, id))
            inputs_error(inputs, "orders", "circular.error.many");
    }
    return status == STATUS_ABSENT ? STATUS_OK : status;
}

static enum status show_again(struct request *request, struct response *response, struct inputs *inputs)
{
    struct view *page = page_begin(request, "assessment/circular_new");

    view_words(page, "Page.title", "circular.new.title");
    assessment_unit_choices(page, request, inputs_number(inputs, "unit", 0));
    inputs_show(inputs, page);
    return page_end(page, response, 422);
}

static enum status publish(struct request *request, struct response *response, struct circular *circular,
                           const uint8_t key[ACTION_KEY_BYTES])
{
    const int year = civil_from_instant(request->now, request->app->settings.utc_offset_minutes).year;
    enum status status = STATUS_CONFLICT;

    for (int i = 0; status == STATUS_CONFLICT && i < TRIES; i++) { /* others may take the number at the same time */
        fault_reset(&request->fault);
        status = circular_store_publish(assessment_of(request)->db, circular, request->actor.staff, year, key,
                                        request->arena, &request->fault);
    }
    if (status != STATUS_OK && status != STATUS_DUPLICATE)
        return status;
    fault_reset(&request->fault);
    return response_redirect(request, response, "/staff/assessment/circular/%d?done=1", circular->id);
}

enum status assessment_post_circular_new(struct request *request, struct response *response)
{
    struct inputs inputs;
    uint8_t key[ACTION_KEY_BYTES];
    enum status status = inputs_read(request, rules, RULE_COUNT, &inputs);

    if (status != STATUS_OK)
        return status;
    if (!request_key(request, key))
        return STATUS_INVALID;
    const struct unit *unit = catalog_unit(&assessment_of(request)->catalog,
                                           (struct unit_id){(int32_t)inputs_number(&inputs, "unit", 0)});
    if (inputs_find(&inputs, "unit")->error == NULL && (unit == NULL || !unit->is_handling))
        inputs_error(&inputs, "unit", "staff.error.choice");
    struct circular circular = {
        .unit = unit != NULL ? unit->id : (struct unit_id){0},
        .title = inputs_text(&inputs, "title"),
        .words = inputs_text(&inputs, "words"),
        .published_at = request->now,
    };
    if (inputs_find(&inputs, "tickets")->error == NULL)
        status = take_tickets(request, &inputs, &circular);
    if (status == STATUS_OK && inputs_find(&inputs, "orders")->error == NULL)
        status = take_orders(request, &inputs, &circular);
    if (status != STATUS_OK)
        return status;
    fault_reset(&request->fault);
    if (inputs.error_count > 0)
        return show_again(request, response, &inputs);
    return publish(request, response, &circular, key);
}
