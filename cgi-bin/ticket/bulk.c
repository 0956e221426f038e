/*
 * Dispatching several tickets at once: a page to check what was chosen, with the unit that routing proposes for each, and one
 * that says what became of each. Every ticket is decided and written by itself, under a key of its own, so that somebody else's
 * act on one of them stops none of the others, and sending the page twice does nothing twice.
 */
#include <string.h>

#include "ticket/list.h"
#include "web/page.h"

#define WORDS_MOST 1000
#define FIELD_PREFIX "u-"

/* ---- which tickets: t=NUMBER, as often as there are */

struct chosen {
    const char *numbers[TICKET_NUMBERS_MAX];
    size_t count;
};

static bool has_number(const struct chosen *chosen, const char *number)
{
    for (size_t i = 0; i < chosen->count; i++)
        if (text_is_equal(chosen->numbers[i], number))
            return true;
    return false;
}

static bool is_other_field(const char *name)
{
    static const char *const others[] = {"from", "lang", "elder"};

    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (text_is_equal(others[i], name))
            return true;
    return false;
}

/* STATUS_INVALID for what the list does not send. */
static enum status read_chosen(const struct request *request, struct chosen *chosen)
{
    *chosen = (struct chosen){.count = 0};
    for (size_t i = 0; i < request->query.count; i++) {
        const struct form_item *item = &request->query.items[i];
        char number[NUMBER_BYTES];
        if (is_other_field(item->name))
            continue;
        if (!text_is_equal(item->name, "t") || !number_parse(item->value, number))
            return STATUS_INVALID;
        if (has_number(chosen, number))
            continue;
        if (chosen->count == TICKET_NUMBERS_MAX)
            return STATUS_INVALID;
        chosen->numbers[chosen->count++] = arena_copy_text(request->arena, number);
    }
    return STATUS_OK;
}

/* ---- the page to check, first or again */

/* One ticket as the page sent it: u-NUMBER=VERSION-UNIT. */
struct order {
    char number[NUMBER_BYTES];
    int64_t version, unit; /* unit 0: left out */
};

struct form_read {
    struct order orders[TICKET_NUMBERS_MAX];
    size_t count;
    struct chosen chosen; /* all of them, for the page when it is shown again */
    int64_t unit;         /* for all; 0: each its own */
    char *words;
};

static const struct ticket_row *find_row(const struct ticket_row *rows, size_t count, const char *number)
{
    for (size_t i = 0; i < count; i++)
        if (text_is_equal(rows[i].number, number))
            return &rows[i];
    return NULL;
}

/* Why it cannot be dispatched, as far as its row says; VERDICT_OK when it can. */
static enum verdict look(const struct request *request, const struct ticket_row *row)
{
    const struct regulation *regulation = &desk_of(request)->catalog.regulation;
    const struct category *category = category_find(regulation->categories, regulation->category_count, row->category);
    const enum verdict verdict = workflow_permits(ACTION_DISPATCH, row->state, request->actor.roles, STANDING_NONE, NULL);

    if (verdict == VERDICT_OK && category != NULL && category->asks_limit && row->is_waiting_ops)
        return VERDICT_NEEDS_LIMIT;
    return verdict;
}

/* What was chosen for it when the page was sent, else what routing proposes. */
static int64_t unit_for(const struct form_read *form, const char *number, struct unit_id proposed)
{
    for (size_t i = 0; form != NULL && i < form->count; i++)
        if (text_is_equal(form->orders[i].number, number))
            return form->orders[i].unit;
    return proposed.v;
}

static void show_units(struct view *view, const struct request *request, const struct ticket_row *row,
                       const struct form_read *form)
{
    const struct catalog *catalog = &desk_of(request)->catalog;
    const struct unit_id proposed = catalog_route(catalog, row->category, row->zone);
    const int64_t checked = unit_for(form, row->number, proposed);
    size_t choice = 0;

    for (size_t i = 0; i < catalog->unit_count; i++) {
        const struct unit *unit = &catalog->units[i];
        const char *name = desk_unit_name(request, unit->id);
        const bool is_proposed = unit->id.v == proposed.v;
        if (!unit->is_handling)
            continue;
        struct view *option = view_row(view, "Choices", choice++);
        view_text(option, "value", arena_format(request->arena, "%u-%d", (unsigned)row->version, (int)unit->id.v));
        view_text(option, "label", is_proposed ? words_fill(request->arena, request->language, "staff.proposed", &name, 1) : name);
        view_flag(option, "is_checked", unit->id.v == checked);
    }
}

static void show_number(struct view *view, const char *number)
{
    char text[NUMBER_TEXT_BYTES];

    number_format_text(number, text);
    view_text(view, "number", number);
    view_text(view, "number_text", text);
}

static void show_chosen(struct view *page, const struct request *request, const struct ticket_row *row,
                        const struct form_read *form, size_t index)
{
    struct view *view = view_row(page, "Rows", index);

    show_number(view, row->number);
    view_text(view, "category", desk_category_name(request, row->category));
    view_text(view, "grades", desk_grade_names(request, row->grades));
    view_text(view, "place", row->place_text);
    desk_countdown(view, "due", request, row->next_due_at);
    show_units(view, request, row, form);
}

static void show_skipped(struct view *page, const struct request *request, const char *number, size_t index,
                         const struct ticket_row *row, enum verdict verdict)
{
    struct view *view = view_row(page, "Skipped", index);

    show_number(view, number);
    if (row == NULL) {
        view_words(view, "why", "desk.bulk.unknown");
        return;
    }
    view_text(view, "state", desk_words(request, "state", ticket_state_name(row->state)));
    view_text(view, "why", desk_words(request, "verdict", verdict_name(verdict)));
}

static void show_back(struct view *page, struct request *request)
{
    struct list *list = arena_take(request->arena, sizeof *list);
    const struct form_item *item = form_find(request->method == METHOD_POST ? &request->body : &request->query, "from");

    if (item == NULL || !list_read_from(request, item->value, list))
        return;
    const char *url = list_url(request, list);
    view_text(page, "List.url", url);
    view_text(page, "List.address", url + 1);
    view_text(page, "List.from", response_url_escape(request->arena, url + 1));
}

static void show_all_units(struct view *page, const struct request *request, const struct form_read *form)
{
    const int64_t chosen = form == NULL ? 0 : form->unit;
    const struct catalog *catalog = &desk_of(request)->catalog;
    size_t row = 0;

    desk_choice(page, "AllChoices", row++, -1, words_find(request->language, "desk.bulk.as_below"), chosen == 0);
    for (size_t i = 0; i < catalog->unit_count; i++)
        if (catalog->units[i].is_handling)
            desk_choice(page, "AllChoices", row++, catalog->units[i].id.v, desk_unit_name(request, catalog->units[i].id),
                        catalog->units[i].id.v == chosen);
}

/* form: as it was sent, with `error` in its words; NULL the first time */
static enum status show_check(struct request *request, struct response *response, const struct chosen *chosen,
                              const struct form_read *form, const char *error)
{
    struct ticket_row *rows;
    size_t count, row = 0, skipped = 0;
    const enum status status = ticket_list_by_numbers(desk_of(request)->db, chosen->numbers, chosen->count, request->arena, &rows,
                                                      &count, &request->fault);

    if (status != STATUS_OK)
        return status;
    struct view *page = page_begin(request, "ticket/bulk");
    view_words(page, "Page.title", "desk.bulk.title");
    desk_clock_words(page);
    show_back(page, request);
    show_all_units(page, request, form);
    for (size_t i = 0; i < chosen->count; i++) {
        const struct ticket_row *found = find_row(rows, count, chosen->numbers[i]);
        const enum verdict verdict = found == NULL ? VERDICT_OK : look(request, found);
        if (found != NULL && verdict == VERDICT_OK)
            show_chosen(page, request, found, form, row++);
        else
            show_skipped(page, request, chosen->numbers[i], skipped++, found, verdict);
    }
    view_number(page, "count", (int64_t)row);
    view_text(page, "Form.words.value", form == NULL ? "" : form->words);
    view_text(page, "Form.words.error", error);
    return page_end(page, response, error != NULL ? 422 : 200);
}

enum status ticket_get_bulk(struct request *request, struct response *response)
{
    struct chosen chosen;
    const enum status status = read_chosen(request, &chosen);

    return status == STATUS_OK ? show_check(request, response, &chosen, NULL, NULL) : status;
}

/* ---- carrying it out */

enum outcome { OUTCOME_DISPATCHED, OUTCOME_REFUSED, OUTCOME_OVERTAKEN, OUTCOME_LEFT_OUT };

struct result {
    enum outcome outcome;
    const char *words; /* why, or who came first */
    const char *unit;
};

static bool parse_order(struct arena *arena, const char *name, const char *value, struct order *order)
{
    const char *dash = strchr(value, '-');

    return number_parse(name + strlen(FIELD_PREFIX), order->number) && dash != NULL &&
           text_parse_integer(arena_copy(arena, value, (size_t)(dash - value)), 1, UINT32_MAX, &order->version) &&
           text_parse_integer(dash + 1, 1, INT32_MAX, &order->unit);
}

static enum status read_item(const struct request *request, const struct form_item *item, struct form_read *form)
{
    static const char *const known[] = {"token", "key", "from"};
    struct arena *arena = request->arena;

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (text_is_equal(known[i], item->name))
            return STATUS_OK;
    if (form_count(&request->body, item->name) > 1)
        return STATUS_INVALID;
    if (text_is_equal(item->name, "words")) {
        form->words = arena_copy_text(arena, item->value);
        text_tidy_lines(form->words);
        return STATUS_OK;
    }
    if (text_is_equal(item->name, "unit"))
        return item->value[0] == '\0' || text_parse_integer(item->value, 1, INT32_MAX, &form->unit) ? STATUS_OK : STATUS_INVALID;
    if (strncmp(item->name, FIELD_PREFIX, strlen(FIELD_PREFIX)) != 0 || form->count == TICKET_NUMBERS_MAX)
        return STATUS_INVALID;
    struct order *order = &form->orders[form->count];
    const bool is_left_out = item->value[0] == '\0';
    if (is_left_out ? !number_parse(item->name + strlen(FIELD_PREFIX), order->number)
                    : !parse_order(arena, item->name, item->value, order))
        return STATUS_INVALID;
    form->chosen.numbers[form->chosen.count++] = arena_copy_text(arena, order->number);
    form->count++;
    return STATUS_OK;
}

static enum status read_form(const struct request *request, struct form_read *form)
{
    enum status status = STATUS_OK;

    memset(form, 0, sizeof *form);
    form->words = arena_copy_text(request->arena, "");
    for (size_t i = 0; status == STATUS_OK && i < request->body.count; i++)
        status = read_item(request, &request->body.items[i], form);
    return status;
}

static void key_of(const uint8_t page_key[ACTION_KEY_BYTES], const char *number, uint8_t key[ACTION_KEY_BYTES])
{
    const struct bytes pieces[] = {{page_key, ACTION_KEY_BYTES}, {(const uint8_t *)number, strlen(number)}};
    const struct hash hash = crypto_hash_pieces(pieces, 2);

    memcpy(key, hash.bytes, ACTION_KEY_BYTES);
}

/* What somebody did with it since the page was shown: "今天 16:01 王磊：派单". */
static const char *overtaker(const struct request *request, const struct ticket_file *file, int64_t seen_version)
{
    const char *values[3] = {"", "", ""};

    for (size_t i = 0; i < file->entry_count; i++) {
        const struct timeline_entry *entry = &file->entries[i];
        if (entry->event.seq != (uint32_t)seen_version + 1)
            continue;
        values[0] = words_moment(request->arena, request->language, entry->event.recorded_at, request->now,
                                 request->app->settings.utc_offset_minutes);
        values[1] = entry->actor_name;
        values[2] = desk_words(request, "staff.act", ticket_action_name((enum ticket_action)entry->event.kind));
    }
    return words_fill(request->arena, request->language, "desk.bulk.overtaken", values, 3);
}

/* Somebody came first, unless it was this very page, sent twice. */
static enum status settle_stale(struct request *request, const struct order *order, struct ticket_file *file,
                                const uint8_t key[ACTION_KEY_BYTES], struct result *result)
{
    struct desk *desk = desk_of(request);
    char number[NUMBER_BYTES];
    enum status status = ticket_store_find_key(desk->db, key, request->arena, number, &request->fault);

    if (status == STATUS_OK) {
        result->outcome = OUTCOME_DISPATCHED;
        return STATUS_OK;
    }
    if (status != STATUS_ABSENT)
        return status;
    fault_reset(&request->fault);
    status = ticket_store_load(desk->db, order->number, request->arena, file, &request->fault);
    *result = (struct result){OUTCOME_OVERTAKEN, overtaker(request, file, order->version), ""};
    return status;
}

static enum status dispatch_loaded(struct request *request, const struct order *order, const char *words,
                                   const uint8_t key[ACTION_KEY_BYTES], struct ticket_file *file, struct result *result)
{
    struct desk *desk = desk_of(request);
    struct command command;
    struct event event;

    memset(&command, 0, sizeof command);
    memset(&event, 0, sizeof event);
    command.action = ACTION_DISPATCH;
    command.actor = request->actor;
    command.occurred_at = INSTANT_NONE;
    command.expected_version = (uint32_t)order->version;
    command.has_text = words != NULL;
    command_set(&command, FIELD_UNIT, order->unit);
    const enum verdict verdict = ticket_decide(&file->ticket, &command, &desk->catalog.regulation, request->now, &event);
    if (verdict == VERDICT_STALE)
        return settle_stale(request, order, file, key, result);
    if (verdict != VERDICT_OK) {
        *result = (struct result){OUTCOME_REFUSED, desk_words(request, "verdict", verdict_name(verdict)), ""};
        return STATUS_OK;
    }
    const enum status status = ticket_store_append(desk->db, file, &event, words, key, &desk->catalog, &request->fault);
    if (status == STATUS_CONFLICT) {
        fault_reset(&request->fault);
        return settle_stale(request, order, file, key, result);
    }
    result->outcome = OUTCOME_DISPATCHED;
    return status == STATUS_DUPLICATE ? STATUS_OK : status;
}

static enum status dispatch_one(struct request *request, const struct order *order, const char *words,
                                const uint8_t page_key[ACTION_KEY_BYTES], struct result *result)
{
    const struct unit *unit = catalog_unit(&desk_of(request)->catalog, (struct unit_id){(int32_t)order->unit});
    struct ticket_file *file = arena_take(request->arena, sizeof *file);
    uint8_t key[ACTION_KEY_BYTES];

    *result = (struct result){OUTCOME_REFUSED, words_find(request->language, "verdict.needs_unit"), ""};
    if (unit == NULL || !unit->is_handling)
        return STATUS_OK;
    enum status status = ticket_store_load(desk_of(request)->db, order->number, request->arena, file, &request->fault);
    if (status == STATUS_ABSENT || (status == STATUS_OK && !workflow_may_read(request->actor.roles, file->ticket.state, false))) {
        fault_reset(&request->fault);
        result->words = words_find(request->language, "desk.bulk.unknown");
        return STATUS_OK;
    }
    if (status != STATUS_OK)
        return status;
    key_of(page_key, order->number, key);
    status = dispatch_loaded(request, order, words, key, file, result);
    fault_reset(&request->fault);
    result->unit = desk_unit_name(request, unit->id);
    return status;
}

static enum status show_results(struct request *request, struct response *response, const struct form_read *form,
                                const struct result *results)
{
    static const char *const lists[] = {"Done", "Refused", "Overtaken"};
    struct view *page = page_begin(request, "ticket/bulk_done");
    size_t rows[3] = {0, 0, 0};

    view_words(page, "Page.title", "desk.bulk.done_title");
    show_back(page, request);
    for (size_t i = 0; i < form->count; i++) {
        const enum outcome outcome = results[i].outcome;
        if (outcome == OUTCOME_LEFT_OUT)
            continue;
        struct view *view = view_row(page, lists[outcome], rows[outcome]++);
        show_number(view, form->orders[i].number);
        view_text(view, "words", results[i].words);
        view_text(view, "unit", results[i].unit);
    }
    view_number(page, "done_count", (int64_t)rows[OUTCOME_DISPATCHED]);
    view_flag(page, "is_nothing", rows[0] + rows[1] + rows[2] == 0);
    return page_end(page, response, 200);
}

enum status ticket_post_bulk(struct request *request, struct response *response)
{
    struct form_read *form = arena_take(request->arena, sizeof *form);
    struct result *results = arena_take_array(request->arena, TICKET_NUMBERS_MAX, sizeof *results);
    uint8_t page_key[ACTION_KEY_BYTES];
    enum status status = read_form(request, form);

    if (status != STATUS_OK || !request_key(request, page_key))
        return STATUS_INVALID;
    if (text_has_controls(form->words) || text_count_characters(form->words) > WORDS_MOST)
        return show_check(request, response, &form->chosen, form, words_find(request->language, "desk.bulk.words_wrong"));
    for (size_t i = 0; status == STATUS_OK && i < form->count; i++) {
        results[i].outcome = OUTCOME_LEFT_OUT;
        if (form->orders[i].unit == 0)
            continue;
        if (form->unit != 0)
            form->orders[i].unit = form->unit;
        status = dispatch_one(request, &form->orders[i], form->words[0] == '\0' ? NULL : form->words, page_key, &results[i]);
    }
    return status == STATUS_OK ? show_results(request, response, form, results) : status;
}
