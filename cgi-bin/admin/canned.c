/* Canned answers: what the desk offers beside an action's words. Operations keeps all of them, a unit's leader the unit's own. */
#include <string.h>

#include "admin/rules.h"
#include "core/canned.h"
#include "store/canned_store.h"

/* Actions whose words are written again and again, in the order of a ticket's life. */
static const enum ticket_action actions[] = {
    ACTION_DISPATCH, ACTION_RECALL, ACTION_OBJECT, ACTION_DECIDE_OBJECTION, ACTION_CONTACT, ACTION_ARRIVE, ACTION_REPAIR,
    ACTION_ASK_EXTENSION, ACTION_DECIDE_EXTENSION, ACTION_RECORD_FORMALITIES, ACTION_RECORD_LIABILITY, ACTION_FINISH,
    ACTION_REVIEW, ACTION_FOLLOW_UP, ACTION_REOPEN, ACTION_CLOSE, ACTION_NOT_OURS, ACTION_ESCALATE_UNIT,
    ACTION_ESCALATE_GROUP, ACTION_NOTE,
};
#define ACTION_COUNT (sizeof actions / sizeof actions[0])

static const struct input_rule rules[] = {
    {"title", INPUT_LINE, true, 2, CANNED_TITLE_CHARACTERS, "admin.canned.error.title", NULL},
    {"words", INPUT_LINES, true, 2, CANNED_WORDS_CHARACTERS, "admin.canned.error.words", NULL},
    {"action", INPUT_NUMBER, false, ACTION_NONE, TICKET_ACTION__COUNT - 1, "staff.error.choice", NULL},
    {"unit", INPUT_NUMBER, false, 0, INT32_MAX, "staff.error.choice", NULL},
    {"sort", INPUT_NUMBER, true, 0, 100000, "admin.error.sort", NULL},
    {"active", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
    {"version", INPUT_NUMBER, false, 0, INT32_MAX, "staff.error.choice", NULL},
    {"step", INPUT_LINE, true, 1, 10, "staff.error.choice", NULL},
};
#define RULE_COUNT (sizeof rules / sizeof rules[0])

static bool keeps_all(const struct request *request)
{
    return office_permits(&request->actor, OFFICE_CANNED, (struct unit_id){0});
}

/* ---- the list */

static const char *action_words(const struct request *request, enum ticket_action action)
{
    return action == ACTION_NONE ? words_find(request->language, "admin.canned.every_action")
                                 : admin_words(request, "action", ticket_action_name(action));
}

static const char *unit_words(const struct request *request, struct unit_id unit)
{
    return unit.v == 0 ? words_find(request->language, "admin.canned.every_unit") : admin_unit_name(request, unit);
}

enum status admin_get_canned(struct request *request, struct response *response)
{
    static const struct input_rule page_rules[] = {{"saved", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL}};
    const struct unit_id whose = keeps_all(request) ? (struct unit_id){0} : request->actor.unit;
    struct canned_answer *answers = NULL;
    struct inputs inputs;
    size_t count = 0;
    enum status status = inputs_read(request, page_rules, 1, &inputs);

    if (status == STATUS_OK)
        status = canned_store_list_all(admin_of(request)->db, whose, request->arena, &answers, &count, &request->fault);
    if (status != STATUS_OK)
        return status;
    struct view *page = page_begin(request, "admin/canned");
    view_words(page, "Page.title", "admin.canned.title");
    for (size_t i = 0; i < count; i++) {
        struct view *view = view_row(page, "Answers", i);
        view_number(view, "id", answers[i].id);
        view_text(view, "title", answers[i].title);
        view_text(view, "words", answers[i].words);
        view_text(view, "action", action_words(request, answers[i].action));
        view_text(view, "unit", unit_words(request, answers[i].unit));
        view_number(view, "sort", answers[i].sort);
        view_flag(view, "is_active", answers[i].is_active);
    }
    view_flag(page, "is_empty", count == 0);
    view_flag(page, "is_full", count >= CANNED_MAX);
    view_flag(page, "was_saved", inputs_number(&inputs, "saved", 0) != 0);
    return page_end(page, response, 200);
}

/* ---- one answer */

/* The row of the address; STATUS_ABSENT also for one that this person may not keep. A new one for "new". */
static enum status find_answer(struct request *request, struct canned_answer *answer)
{
    int64_t id = 0;

    if (text_is_equal(request->part[0], "new")) {
        *answer = (struct canned_answer){.title = "", .words = "", .is_active = true, .sort = 100};
        if (!keeps_all(request))
            answer->unit = request->actor.unit;
        return STATUS_OK;
    }
    if (!text_parse_integer(request->part[0], 1, INT32_MAX, &id))
        return STATUS_ABSENT;
    const enum status status =
        canned_store_find(admin_of(request)->db, (int32_t)id, request->arena, answer, &request->fault);
    if (status == STATUS_OK && !office_permits(&request->actor, OFFICE_CANNED, answer->unit))
        return STATUS_ABSENT;
    return status;
}

static void show_fields(struct request *request, struct view *page, const struct canned_answer *answer,
                        struct inputs *inputs)
{
    const struct catalog *catalog = &admin_of(request)->catalog;
    struct fields fields = fields_begin(request, page, "Fields", inputs);

    fields_line(&fields, "title", "admin.canned.name", "admin.canned.name_hint", answer->title);
    fields_lines(&fields, "words", "admin.canned.words", "admin.canned.words_hint", answer->words);
    fields_select(&fields, "action", "admin.canned.action", NULL);
    fields_choice_number(&fields, ACTION_NONE, action_words(request, ACTION_NONE), answer->action == ACTION_NONE);
    for (size_t i = 0; i < ACTION_COUNT; i++)
        fields_choice_number(&fields, actions[i], action_words(request, actions[i]), answer->action == actions[i]);
    if (keeps_all(request)) {
        fields_select(&fields, "unit", "admin.canned.unit", NULL);
        fields_choice_number(&fields, 0, unit_words(request, (struct unit_id){0}), answer->unit.v == 0);
        for (size_t i = 0; i < catalog->unit_count; i++)
            if (catalog->units[i].is_handling || catalog->units[i].id.v == answer->unit.v)
                fields_choice_number(&fields, catalog->units[i].id.v, admin_unit_name(request, catalog->units[i].id),
                                     catalog->units[i].id.v == answer->unit.v);
    }
    fields_number(&fields, "sort", "admin.sort", "admin.canned.sort_hint", answer->sort);
    fields_flag(&fields, "active", "admin.canned.active", answer->is_active);
}

static struct view *begin_form(struct request *request, const struct canned_answer *answer, struct inputs *inputs)
{
    struct view *page = page_begin(request, "admin/canned_form");

    view_words(page, "Page.title", answer->id == 0 ? "admin.canned.new" : "admin.canned.edit");
    view_text(page, "part", request->part[0]);
    view_number(page, "version", answer->version);
    if (!keeps_all(request))
        view_text(page, "unit", admin_unit_name(request, request->actor.unit));
    show_fields(request, page, answer, inputs);
    if (inputs != NULL)
        inputs_show(inputs, page);
    return page;
}

enum status admin_get_canned_one(struct request *request, struct response *response)
{
    struct canned_answer answer;
    struct inputs nothing;
    enum status status = inputs_read(request, NULL, 0, &nothing);

    if (status == STATUS_OK)
        status = find_answer(request, &answer);
    if (status != STATUS_OK)
        return status;
    return page_end(begin_form(request, &answer, NULL), response, 200);
}

static bool is_offered_action(int64_t action)
{
    for (size_t i = 0; i < ACTION_COUNT; i++)
        if ((int64_t)actions[i] == action)
            return true;
    return action == ACTION_NONE;
}

static void read_answer(struct request *request, struct inputs *inputs, const struct canned_answer *stored,
                        struct canned_answer *answer)
{
    const int64_t action = inputs_number(inputs, "action", ACTION_NONE);
    const struct unit_id unit = {(int32_t)inputs_number(inputs, "unit", 0)};

    *answer = *stored;
    answer->title = inputs_text(inputs, "title");
    answer->words = inputs_text(inputs, "words");
    answer->action = (enum ticket_action)action;
    answer->unit = keeps_all(request) ? unit : request->actor.unit;
    answer->sort = (int)inputs_number(inputs, "sort", 0);
    answer->is_active = inputs_find(inputs, "active")->is_set;
    answer->version = (int)inputs_number(inputs, "version", 0);
    if (!is_offered_action(action))
        inputs_error(inputs, "action", "staff.error.choice");
    if (answer->unit.v != 0 && catalog_unit(&admin_of(request)->catalog, answer->unit) == NULL)
        inputs_error(inputs, "unit", "staff.error.choice");
    if (!canned_names_are_known(answer->words, NULL))
        inputs_error(inputs, "words", "admin.canned.error.names");
}

/* As it would be filled in for a ticket. */
static void show_preview(struct view *page, const struct request *request, const struct canned_answer *answer)
{
    const struct canned_values values = {
        .number = words_find(request->language, "admin.canned.sample.number"),
        .place = words_find(request->language, "admin.canned.sample.place"),
        .unit = answer->unit.v != 0 ? admin_unit_name(request, answer->unit)
                                    : words_find(request->language, "admin.canned.sample.unit"),
        .hotline = request->app->settings.hotline,
    };
    const size_t room = 16 * 1024;
    struct text filled;

    text_init(&filled, arena_take(request->arena, room), room);
    canned_fill(answer->words, &values, &filled);
    view_flag(page, "has_preview", true);
    view_text(page, "preview", filled.bytes);
}

enum status admin_post_canned_one(struct request *request, struct response *response)
{
    struct canned_answer stored, answer;
    struct inputs inputs;
    struct change change;
    int32_t id;
    enum status status = inputs_read(request, rules, RULE_COUNT, &inputs);

    if (status == STATUS_OK)
        status = find_answer(request, &stored);
    if (status != STATUS_OK)
        return status;
    read_answer(request, &inputs, &stored, &answer);
    struct view *page;
    if (inputs.error_count > 0 || text_is_equal(inputs_text(&inputs, "step"), "preview")) {
        page = begin_form(request, &answer, &inputs);
        if (inputs.error_count == 0)
            show_preview(page, request, &answer);
        return page_end(page, response, inputs.error_count > 0 ? 422 : 200);
    }
    if (!admin_change_begin(request, stored.id == 0 ? "canned_add" : "canned_change", &change))
        return STATUS_INVALID;
    change.subject_id = stored.id;
    change.detail = answer.title;
    status = canned_store_save(admin_of(request)->db, &change, &answer, &id, &request->fault);
    if (status == STATUS_OK || status == STATUS_DUPLICATE) {
        fault_reset(&request->fault);
        return response_redirect(request, response, "/staff/admin/canned?saved=1");
    }
    if (status != STATUS_CONFLICT && status != STATUS_REFUSED)
        return status;
    fault_reset(&request->fault);
    if (status == STATUS_REFUSED)
        inputs_error(&inputs, "title", "admin.canned.error.too_many");
    /* Somebody changed it since: their words beside what was typed, which the next click saves over them. */
    if (status == STATUS_CONFLICT)
        answer.version = stored.version;
    page = begin_form(request, &answer, &inputs);
    view_flag(page, "is_conflict", status == STATUS_CONFLICT);
    view_text(page, "now_title", stored.title);
    view_text(page, "now_words", stored.words);
    return page_end(page, response, status == STATUS_CONFLICT ? 409 : 422);
}
