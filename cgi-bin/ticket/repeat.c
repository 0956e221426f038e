/* Linking a ticket to an earlier one of the same matter, later than at the intake (Arts. 9, 34(3)). */
#include <string.h>

#include "core/offer.h"
#include "ticket/intake.h"
#include "ticket/related.h"

static const struct input_rule rules[] = {
    {"repeat_of", INPUT_DIGITS, true, 1, 40, "staff.error.ticket_number", NULL}, /* chosen from the list … */
    {"other", INPUT_DIGITS, false, 1, 40, "staff.error.ticket_number", NULL},    /* … or typed, with "other" */
    {"words", INPUT_LINES, false, 1, 1000, "staff.error.words", NULL},
    {"version", INPUT_NUMBER, true, 1, UINT32_MAX, "staff.error.choice", NULL},
};
#define RULE_COUNT (sizeof rules / sizeof rules[0])

static const char *field_of(struct inputs *inputs)
{
    return text_is_equal(inputs_text(inputs, "repeat_of"), "other") ? "other" : "repeat_of";
}

static enum status show_repeat(struct request *request, struct response *response, const struct ticket_file *file,
                               struct inputs *inputs, enum verdict verdict, int code)
{
    struct earlier *earlier;
    size_t count;
    const uint32_t seen = inputs == NULL ? 0 : (uint32_t)inputs_number(inputs, "version", 0);
    const char *chosen = inputs == NULL ? "" : inputs_text(inputs, "repeat_of");
    const enum status status = repeat_store_find_for(desk_of(request)->db, &file->ticket, earlier_since(request),
                                                     request->arena, &earlier, &count, &request->fault);

    if (status != STATUS_OK)
        return status;
    struct view *page = part_begin(request, "ticket/repeat", "staff.repeat.title", file, seen, verdict);
    earlier_show(page, request, earlier, count, chosen);
    view_flag(page, "is_other", count == 0 || text_is_equal(chosen, "other"));
    if (inputs != NULL)
        inputs_show(inputs, page);
    return page_end(page, response, code);
}

static enum status go_to_ticket(struct request *request, struct response *response, const struct ticket_file *file)
{
    fault_reset(&request->fault);
    return response_redirect(request, response, "/staff/ticket/%s?done=1", file->number);
}

static enum status refuse_stale(struct request *request, struct response *response, struct ticket_file *file,
                                struct inputs *inputs, const uint8_t *key)
{
    char number[NUMBER_BYTES];
    const enum status status =
        ticket_store_find_key(desk_of(request)->db, key, request->arena, number, &request->fault);

    if (status == STATUS_OK)
        return go_to_ticket(request, response, file);
    if (status != STATUS_ABSENT)
        return status;
    fault_reset(&request->fault);
    return show_repeat(request, response, file, inputs, VERDICT_STALE, 409);
}

/* Level: how often the matter came before, one more than the earlier report says of itself. */
static enum status link(struct request *request, struct response *response, struct ticket_file *file,
                        const struct ticket *earlier, struct inputs *inputs, const uint8_t *key)
{
    struct desk *desk = desk_of(request);
    struct command command = {.action = ACTION_LINK_REPEAT, .actor = request->actor, .occurred_at = INSTANT_NONE,
                              .expected_version = (uint32_t)inputs_number(inputs, "version", 0),
                              .has_text = inputs_find(inputs, "words")->is_set};
    struct event event;

    command_set(&command, FIELD_PARENT, earlier->id.v);
    command_set(&command, FIELD_LEVEL, earlier->repeat_level + 1);
    memset(&event, 0, sizeof event);
    const enum verdict verdict =
        ticket_decide(&file->ticket, &command, &desk->catalog.regulation, request->now, &event);
    if (verdict == VERDICT_STALE)
        return refuse_stale(request, response, file, inputs, key);
    if (verdict != VERDICT_OK) {
        inputs_error(inputs, field_of(inputs), arena_format(request->arena, "verdict.%s", verdict_name(verdict)));
        return show_repeat(request, response, file, inputs, verdict, part_code(verdict));
    }
    const char *words = inputs_text(inputs, "words");
    const enum status status = ticket_store_append(desk->db, file, &event, words[0] == '\0' ? NULL : words, key,
                                                   &desk->catalog, &request->fault);
    if (status == STATUS_OK || status == STATUS_DUPLICATE)
        return go_to_ticket(request, response, file);
    if (status != STATUS_CONFLICT)
        return status;
    fault_reset(&request->fault);
    const enum status again = show_load(request, file);
    return again == STATUS_OK ? refuse_stale(request, response, file, inputs, key) : again;
}

enum status ticket_get_repeat(struct request *request, struct response *response)
{
    struct ticket_file *file = arena_take(request->arena, sizeof *file);
    struct inputs none;
    enum status status = inputs_read(request, NULL, 0, &none);

    if (status == STATUS_OK)
        status = show_load(request, file);
    if (status != STATUS_OK)
        return status;
    const enum verdict verdict = ticket_offer(&file->ticket, ACTION_LINK_REPEAT, &request->actor,
                                              &desk_of(request)->catalog.regulation, request->now);
    return show_repeat(request, response, file, NULL, verdict, verdict == VERDICT_OK ? 200 : part_code(verdict));
}

enum status ticket_post_repeat(struct request *request, struct response *response)
{
    struct ticket_file *file = arena_take(request->arena, sizeof *file);
    struct ticket_file *earlier = arena_take(request->arena, sizeof *earlier);
    uint8_t page_key[ACTION_KEY_BYTES], key[ACTION_KEY_BYTES];
    struct inputs inputs;
    enum status status = inputs_read(request, rules, RULE_COUNT, &inputs);

    if (status != STATUS_OK)
        return status;
    if (!request_key(request, page_key) || inputs_find(&inputs, "version")->error != NULL)
        return STATUS_INVALID;
    status = show_load(request, file);
    if (status == STATUS_OK)
        status = related_find(request, &inputs, field_of(&inputs), earlier);
    if (status != STATUS_OK)
        return status;
    if (inputs.error_count > 0) {
        const enum verdict permitted = ticket_permits(&file->ticket, ACTION_LINK_REPEAT, &request->actor, NULL);
        return show_repeat(request, response, file, &inputs, permitted,
                           permitted == VERDICT_OK ? 422 : part_code(permitted));
    }
    part_key(page_key, "link-repeat", key);
    return link(request, response, file, &earlier->ticket, &inputs, key);
}
