/* The list of cases, opened in memory: newest first, each with how far it is. */
#include <string.h>

#include "discipline/discipline.h"
#include "store/sealed_store.h"

#define ROWS_PER_PAGE 20

static const char *state_colour(enum discipline_state state)
{
    static const char *const colours[DISCIPLINE_STATE__COUNT] = {
        [DISCIPLINE_NEW] = "bad", [DISCIPLINE_IN_HAND] = "warn", [DISCIPLINE_FOUND] = "info", [DISCIPLINE_CLOSED] = "ok"};

    return colours[state];
}

static void show_row(struct view *view, const struct request *request, const struct discipline_row *row)
{
    char hex[2 * HASH_BYTES + 1], number[SEALED_NUMBER_TEXT_BYTES], day[TIME_TEXT_BYTES];

    text_format_hex(row->lookup.bytes, HASH_BYTES, hex);
    day_format(row->received_on, day);
    view_text(view, "id", arena_copy_text(request->arena, hex));
    view_text(view, "day", arena_copy_text(request->arena, day));
    view_flag(view, "is_readable", row->is_readable);
    view_text(view, "source", discipline_words_number(request, "discipline.source", row->source));
    if (!row->is_readable)
        return;
    sealed_number_format_text(row->number, number);
    view_text(view, "number", arena_copy_text(request->arena, number));
    view_instant(view, "received", row->received_at);
    view_text(view, "words", row->words);
    view_text(view, "about", row->about);
    view_flag(view, "is_damaged", row->is_damaged);
    view_text(view, "state", discipline_words(request, "discipline.state", discipline_state_name(row->folded.state)));
    view_text(view, "colour", state_colour(row->folded.state));
    view_flag(view, "is_answered", row->folded.is_answered);
}

/* from: what stood last on the page before, or NULL. inputs: of a number that was not found, or NULL */
static enum status show(struct request *request, struct response *response, const struct discipline_opened *opened,
                        const struct discipline_row *from, struct inputs *inputs)
{
    struct discipline_row *rows;
    size_t count;
    char hex[2 * HASH_BYTES + 1];
    const enum status status = discipline_store_list(discipline_of(request)->db, opened, from, ROWS_PER_PAGE + 1, request->now,
                                                     request->arena, &rows, &count, &request->fault);

    if (status != STATUS_OK)
        return status;
    const size_t shown = count > ROWS_PER_PAGE ? ROWS_PER_PAGE : count;
    struct view *page = page_begin(request, "discipline/list");
    view_words(page, "Page.title", "discipline.title");
    for (size_t i = 0; i < shown; i++)
        show_row(view_row(page, "Cases", i), request, &rows[i]);
    if (count > ROWS_PER_PAGE) {
        text_format_hex(rows[shown - 1].lookup.bytes, HASH_BYTES, hex);
        view_text(page, "next", arena_format(request->arena, "?day=%d&from=%s", rows[shown - 1].received_on.number, hex));
    }
    view_flag(page, "is_further", from != NULL);
    if (inputs != NULL)
        inputs_show(inputs, page);
    return page_end(page, response, inputs != NULL ? 422 : 200);
}

enum status discipline_get_home(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {
        {"day", INPUT_NUMBER, false, 0, INT32_MAX, "staff.error.choice", NULL},
        {"from", INPUT_LINE, false, 2 * HASH_BYTES, 2 * HASH_BYTES, "staff.error.choice", NULL},
    };
    struct discipline_opened opened;
    struct discipline_row from = {.is_readable = false};
    struct inputs inputs;
    enum status status = inputs_read(request, rules, 2, &inputs);

    if (status != STATUS_OK)
        return status;
    const bool has_from = inputs_find(&inputs, "from")->is_set;
    from.received_on.number = (int32_t)inputs_number(&inputs, "day", 0);
    if (inputs.error_count > 0 || (has_from && !text_parse_hex(inputs_text(&inputs, "from"), from.lookup.bytes, HASH_BYTES)))
        return STATUS_INVALID;
    status = discipline_resume(request, &opened);
    if (status == STATUS_ABSENT)
        return discipline_ask(request, response, NULL, NULL);
    if (status == STATUS_OK)
        status = show(request, response, &opened, has_from ? &from : NULL, NULL);
    discipline_forget(&opened);
    return status;
}

/* By the number that the reporter tells. */
static enum status find(struct request *request, struct response *response, const struct discipline_opened *opened,
                        struct inputs *inputs)
{
    struct discipline_file *file = arena_take(request->arena, sizeof *file);
    char number[SEALED_NUMBER_BYTES], hex[2 * HASH_BYTES + 1];

    if (inputs->error_count == 0 && !sealed_number_parse(inputs_text(inputs, "number"), number))
        inputs_error(inputs, "number", "sealed.error.number");
    if (inputs->error_count > 0)
        return show(request, response, opened, NULL, inputs);
    const struct hash lookup = sealed_case_lookup(&request->app->secrets, number);
    const enum status status =
        discipline_store_load(discipline_of(request)->db, opened, &lookup, request->arena, file, &request->fault);
    if (status == STATUS_ABSENT) {
        fault_reset(&request->fault);
        inputs_error(inputs, "number", "discipline.error.unknown");
        return show(request, response, opened, NULL, inputs);
    }
    if (status != STATUS_OK)
        return status;
    text_format_hex(lookup.bytes, HASH_BYTES, hex);
    return response_redirect(request, response, "/staff/discipline/case/%s", hex);
}

enum status discipline_post_find(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {
        {"number", INPUT_DIGITS, true, 1, 40, "sealed.error.number", "sealed.error.number"}};
    struct discipline_opened opened;
    struct inputs inputs;
    enum status status = inputs_read(request, rules, 1, &inputs);

    if (status == STATUS_OK)
        status = discipline_resume(request, &opened);
    if (status == STATUS_ABSENT)
        return discipline_ask(request, response, NULL, NULL);
    if (status != STATUS_OK)
        return status;
    status = find(request, response, &opened, &inputs);
    discipline_forget(&opened);
    return status;
}
