/* Merging a report into the ticket of its incident (Art. 27): choose one, see both side by side, merge. */
#include <string.h>

#include "core/offer.h"
#include "ticket/related.h"

static const struct input_rule rules[] = {
    {"parent", INPUT_DIGITS, true, 1, 40, "staff.error.ticket_number", NULL}, /* chosen from the list … */
    {"other", INPUT_DIGITS, false, 1, 40, "staff.error.ticket_number", NULL}, /* … or typed, with parent "other" */
    {"words", INPUT_LINES, false, 1, 1000, "staff.error.words", NULL},
    {"version", INPUT_NUMBER, true, 1, UINT32_MAX, "staff.error.choice", NULL},
    {"is_sure", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
};
#define RULE_COUNT (sizeof rules / sizeof rules[0])

/* A merge on its way: the report, and the ticket that it is to run with. */
struct merging {
    struct request *request;
    struct ticket_file *file, *parent;
    struct inputs *inputs; /* NULL: an empty form */
    struct related *related;
    size_t related_count;
    bool has_parent;
};

static const char *field_of(const struct merging *merging)
{
    return text_is_equal(inputs_text(merging->inputs, "parent"), "other") ? "other" : "parent";
}

/* ---- showing */

static void show_parent(struct view *page, const struct merging *merging)
{
    struct request *request = merging->request;
    struct view *view = view_child(page, "Into");

    show_facts(view, request, merging->parent);
    view_text(page, "parent_number", merging->parent->number);
}

static enum status show_merge(struct merging *merging, struct response *response, enum verdict verdict, int code)
{
    struct request *request = merging->request;
    struct related *candidates;
    size_t count;
    const uint32_t seen = merging->inputs == NULL ? 0 : (uint32_t)inputs_number(merging->inputs, "version", 0);
    const enum status status = related_store_candidates(desk_of(request)->db, &merging->file->ticket, request->arena,
                                                        &candidates, &count, &request->fault);

    if (status != STATUS_OK)
        return status;
    struct view *page = part_begin(request, "ticket/merge", "staff.merge.title", merging->file, seen, verdict);
    const char *chosen = merging->inputs == NULL ? "" : inputs_text(merging->inputs, "parent");
    for (size_t i = 0; i < count; i++) {
        struct view *view = view_row(page, "Candidates", i);
        related_show_row(view, request, &candidates[i]);
        view_flag(view, "is_checked", text_is_equal(chosen, candidates[i].number));
    }
    view_flag(page, "is_other", count == 0 || text_is_equal(chosen, "other"));
    if (merging->inputs != NULL)
        inputs_show(merging->inputs, page);
    if (merging->has_parent && (verdict == VERDICT_OK || verdict == VERDICT_STALE))
        show_parent(page, merging);
    return page_end(page, response, code);
}

/* ---- deciding */

static bool has_children(const struct merging *merging)
{
    for (size_t i = 0; i < merging->related_count; i++)
        if (merging->related[i].kind == RELATED_CHILD && merging->related[i].state == TICKET_MERGED)
            return true;
    return false;
}

static void make_command(const struct merging *merging, struct command *command)
{
    const uint32_t unfinished = STATE_BIT(TICKET_REPORTED) | STATE_BIT(TICKET_DISPATCHED) | STATE_BIT(TICKET_OBJECTED) |
                                STATE_BIT(TICKET_ACCEPTED);
    const enum ticket_state state = merging->parent->ticket.state;
    const struct assignment *lead = ticket_lead(&merging->parent->ticket);

    memset(command, 0, sizeof *command);
    command->action = ACTION_MERGE;
    command->actor = merging->request->actor;
    command->occurred_at = INSTANT_NONE;
    command->expected_version = (uint32_t)inputs_number(merging->inputs, "version", 0);
    command->has_text = inputs_find(merging->inputs, "words")->is_set;
    command->parent_is_merged = state == TICKET_MERGED;
    command->parent_is_finished = !command->parent_is_merged && (STATE_BIT(state) & unfinished) == 0;
    command->has_children = has_children(merging);
    if (lead != NULL)
        command->parent_unit = lead->unit;
    command_set(command, FIELD_PARENT, merging->parent->ticket.id.v);
}

static enum status go_to_ticket(struct merging *merging, struct response *response)
{
    fault_reset(&merging->request->fault);
    return response_redirect(merging->request, response, "/staff/ticket/%s?done=1", merging->file->number);
}

/* Somebody came first; unless it was this very form, sent twice. */
static enum status refuse_stale(struct merging *merging, struct response *response, const uint8_t *key)
{
    struct request *request = merging->request;
    char number[NUMBER_BYTES];
    enum status status = ticket_store_find_key(desk_of(request)->db, key, request->arena, number, &request->fault);

    if (status == STATUS_OK)
        return go_to_ticket(merging, response);
    if (status != STATUS_ABSENT)
        return status;
    fault_reset(&request->fault);
    return show_merge(merging, response, VERDICT_STALE, 409);
}

static enum status merge(struct merging *merging, struct response *response, const uint8_t *key)
{
    struct request *request = merging->request;
    struct desk *desk = desk_of(request);
    struct command command;
    struct event event;

    make_command(merging, &command);
    memset(&event, 0, sizeof event);
    const enum verdict verdict =
        ticket_decide(&merging->file->ticket, &command, &desk->catalog.regulation, request->now, &event);
    if (verdict == VERDICT_STALE)
        return refuse_stale(merging, response, key);
    if (verdict != VERDICT_OK) {
        inputs_error(merging->inputs, field_of(merging),
                     arena_format(request->arena, "verdict.%s", verdict_name(verdict)));
        return show_merge(merging, response, verdict, part_code(verdict));
    }
    if (inputs_number(merging->inputs, "is_sure", 0) == 0)
        return show_merge(merging, response, VERDICT_OK, 200);
    const char *words = inputs_text(merging->inputs, "words");
    const enum status status = ticket_store_append(desk->db, merging->file, &event, words[0] == '\0' ? NULL : words, key,
                                                   &desk->catalog, &request->fault);
    if (status == STATUS_OK || status == STATUS_DUPLICATE)
        return go_to_ticket(merging, response);
    if (status != STATUS_CONFLICT)
        return status;
    fault_reset(&request->fault);
    const enum status again = show_load(request, merging->file);
    return again == STATUS_OK ? refuse_stale(merging, response, key) : again;
}

/* ---- handlers */

static enum status load(struct merging *merging)
{
    struct request *request = merging->request;
    const enum status status = show_load(request, merging->file);

    if (status != STATUS_OK)
        return status;
    return related_store_list(desk_of(request)->db, &merging->file->ticket, request->arena, &merging->related,
                              &merging->related_count, &request->fault);
}

enum status ticket_get_merge(struct request *request, struct response *response)
{
    struct inputs none;
    struct merging merging = {.request = request, .file = arena_take(request->arena, sizeof(struct ticket_file))};
    enum status status = inputs_read(request, NULL, 0, &none);

    if (status == STATUS_OK)
        status = load(&merging);
    if (status != STATUS_OK)
        return status;
    const enum verdict verdict = ticket_offer(&merging.file->ticket, ACTION_MERGE, &request->actor,
                                              &desk_of(request)->catalog.regulation, request->now);
    return show_merge(&merging, response, verdict, verdict == VERDICT_OK ? 200 : part_code(verdict));
}

enum status ticket_post_merge(struct request *request, struct response *response)
{
    struct inputs inputs;
    struct merging merging = {.request = request, .inputs = &inputs,
                              .file = arena_take(request->arena, sizeof(struct ticket_file)),
                              .parent = arena_take(request->arena, sizeof(struct ticket_file))};
    uint8_t page_key[ACTION_KEY_BYTES], key[ACTION_KEY_BYTES];
    enum status status = inputs_read(request, rules, RULE_COUNT, &inputs);

    if (status != STATUS_OK)
        return status;
    if (!request_key(request, page_key) || inputs_find(&inputs, "version")->error != NULL)
        return STATUS_INVALID;
    status = load(&merging);
    if (status == STATUS_OK)
        status = related_find(request, &inputs, field_of(&merging), merging.parent);
    if (status != STATUS_OK)
        return status;
    if (inputs.error_count > 0) {
        const enum verdict permitted = ticket_permits(&merging.file->ticket, ACTION_MERGE, &request->actor, NULL);
        return show_merge(&merging, response, permitted, permitted == VERDICT_OK ? 422 : part_code(permitted));
    }
    merging.has_parent = true;
    part_key(page_key, "merge", key);
    return merge(&merging, response, key);
}
