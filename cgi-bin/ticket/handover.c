/* Shift handover: the open tickets with notes, from who goes off duty to who comes on and confirms it. */
#include "store/handover_store.h"
#include "ticket/desk.h"
#include "web/page.h"

/* A unit's handovers are its own; nobody else sees their notes. */
static bool may_see(const struct request *request, const struct handover *handover)
{
    return request->actor.unit.v != 0 && request->actor.unit.v == handover->unit.v;
}

static const struct input_rule add_rules[] = {
    {"to", INPUT_NUMBER, true, 1, INT32_MAX, "handover.error.to", NULL},
    {"note", INPUT_LINES, false, 0, HANDOVER_NOTE_CHARACTERS, "staff.error.words", NULL},
};
static const struct input_rule note_rules[] = {
    {"position", INPUT_NUMBER, true, 1, HANDOVER_ITEMS_MAX, "staff.error.choice", NULL},
    {"note", INPUT_LINE, false, 0, HANDOVER_ITEM_CHARACTERS, "staff.error.words", NULL},
};

/* ---- the list, with the form of a new one */

static void put_handover(struct view *row, const struct handover *handover)
{
    view_number(row, "id", handover->id);
    view_text(row, "from", handover->from_name);
    view_text(row, "to", handover->to_name);
    view_text(row, "note", handover->note);
    view_number(row, "items", handover->item_count);
    view_instant(row, "handed", handover->handed_at);
    view_instant(row, "confirmed", handover->confirmed_at);
}

static enum status show_list(struct request *request, struct response *response, struct inputs *inputs)
{
    struct db *db = desk_of(request)->db;
    struct handover *handovers;
    struct colleague *colleagues;
    size_t count, colleague_count;
    enum status status = handover_store_list(db, request->actor.unit, request->arena, &handovers, &count, &request->fault);

    if (status == STATUS_OK)
        status = handover_store_colleagues(db, request->actor.unit, request->actor.staff, request->arena, &colleagues,
                                           &colleague_count, &request->fault);
    if (status != STATUS_OK)
        return status;
    struct view *page = page_begin(request, "ticket/handovers");
    view_words(page, "Page.title", "handover.title");
    for (size_t i = 0; i < count; i++)
        put_handover(view_row(page, "Handovers", i), &handovers[i]);
    const int64_t chosen = inputs == NULL ? 0 : inputs_number(inputs, "to", 0);
    desk_choice(page, "ToChoices", 0, -1, words_find(request->language, "staff.choose"), chosen == 0);
    for (size_t i = 0; i < colleague_count; i++)
        desk_choice(page, "ToChoices", i + 1, colleagues[i].id.v, colleagues[i].name, colleagues[i].id.v == chosen);
    view_flag(page, "may_hand", colleague_count > 0);
    if (inputs != NULL)
        inputs_show(inputs, page);
    return page_end(page, response, inputs == NULL ? 200 : 422);
}

enum status ticket_get_handovers(struct request *request, struct response *response)
{
    return show_list(request, response, NULL);
}

enum status ticket_post_handovers(struct request *request, struct response *response)
{
    struct inputs inputs;
    uint8_t key[16];
    enum status status = inputs_read(request, add_rules, 2, &inputs);

    if (status != STATUS_OK)
        return status;
    if (!request_key(request, key))
        return STATUS_INVALID;
    if (inputs.error_count > 0)
        return show_list(request, response, &inputs);
    struct handover handover = {
        .from = request->actor.staff,
        .to = {(int32_t)inputs_number(&inputs, "to", 0)},
        .unit = request->actor.unit,
        .note = inputs_text(&inputs, "note"),
    };
    status = handover_store_add(desk_of(request)->db, &handover, handover_scope_of(request->actor.roles), key, request->now,
                                request->arena, &request->fault);
    if (status == STATUS_INVALID) {
        fault_reset(&request->fault);
        inputs_error(&inputs, "to", "handover.error.to");
        return show_list(request, response, &inputs);
    }
    if (status != STATUS_OK && status != STATUS_DUPLICATE)
        return status;
    return response_redirect(request, response, "/staff/ticket/handover/%d", handover.id);
}

/* ---- one handover */

static enum status load(struct request *request, struct handover *handover, struct handover_item **items, size_t *count)
{
    int64_t id;

    if (!text_parse_integer(request->part[0], 1, INT32_MAX, &id))
        return STATUS_ABSENT;
    const enum status status =
        handover_store_load(desk_of(request)->db, (int32_t)id, request->arena, handover, items, count, &request->fault);
    return status == STATUS_OK && !may_see(request, handover) ? STATUS_ABSENT : status;
}

static void put_item(struct view *row, struct request *request, const struct handover_item *item)
{
    char text[NUMBER_TEXT_BYTES];

    number_format_text(item->number, text);
    view_number(row, "position", item->position);
    view_text(row, "number", item->number);
    view_text(row, "number_text", text);
    view_text(row, "place", item->place_text);
    view_text(row, "state", desk_words(request, "state", ticket_state_name(item->state)));
    view_text(row, "note", item->note);
    desk_countdown(row, "due", request, item->next_due_at);
}

/* problem: Text key, or NULL. typed: a note that could not be kept, for the position it was typed at */
static enum status show_one(struct request *request, struct response *response, const char *problem, int64_t position,
                            const char *typed, int code)
{
    struct handover handover;
    struct handover_item *items;
    size_t count;
    const enum status status = load(request, &handover, &items, &count);

    if (status != STATUS_OK)
        return status;
    struct view *page = page_begin(request, "ticket/handover");
    const bool is_open = !instant_is_set(handover.confirmed_at);
    view_words(page, "Page.title", "handover.title");
    desk_clock_words(page);
    put_handover(view_child(page, "Handover"), &handover);
    for (size_t i = 0; i < count; i++) {
        struct view *row = view_row(page, "Items", i);
        put_item(row, request, &items[i]);
        if (items[i].position == position)
            view_text(row, "typed", typed);
    }
    view_flag(page, "may_note", is_open && handover.from.v == request->actor.staff.v);
    view_flag(page, "may_confirm", is_open && handover.to.v == request->actor.staff.v);
    if (problem != NULL)
        view_words(page, "problem", problem);
    return page_end(page, response, code);
}

enum status ticket_get_handover(struct request *request, struct response *response)
{
    return show_one(request, response, NULL, 0, NULL, 200);
}

enum status ticket_post_handover_note(struct request *request, struct response *response)
{
    struct handover handover;
    struct handover_item *items;
    struct inputs inputs;
    size_t count;
    enum status status = inputs_read(request, note_rules, 2, &inputs);

    if (status == STATUS_OK)
        status = load(request, &handover, &items, &count);
    if (status != STATUS_OK)
        return status;
    const int64_t position = inputs_number(&inputs, "position", 0);
    const char *note = inputs_text(&inputs, "note");
    if (inputs.error_count > 0)
        return show_one(request, response, "handover.error.note", position, note, 422);
    if (handover.from.v != request->actor.staff.v)
        return STATUS_REFUSED;
    status = handover_store_note(desk_of(request)->db, handover.id, (int)position, request->actor.staff, note,
                                 &request->fault);
    if (status != STATUS_CONFLICT)
        return status == STATUS_OK ? response_redirect(request, response, "/staff/ticket/handover/%d", handover.id) : status;
    fault_reset(&request->fault);
    return show_one(request, response, "handover.error.confirmed", position, note, 409);
}

enum status ticket_post_handover_confirm(struct request *request, struct response *response)
{
    struct handover handover;
    struct handover_item *items;
    struct inputs inputs;
    size_t count;
    enum status status = inputs_read(request, NULL, 0, &inputs);

    if (status == STATUS_OK)
        status = load(request, &handover, &items, &count);
    if (status != STATUS_OK)
        return status;
    if (handover.to.v != request->actor.staff.v)
        return STATUS_REFUSED;
    status = handover_store_confirm(desk_of(request)->db, handover.id, request->actor.staff, request->now, &request->fault);
    if (status != STATUS_OK && status != STATUS_CONFLICT) /* confirmed twice is confirmed */
        return status;
    fault_reset(&request->fault);
    return response_redirect(request, response, "/staff/ticket/handover/%d", handover.id);
}
