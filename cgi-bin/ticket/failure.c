#include "ticket/failure.h"

#include <string.h>

#include "web/promise.h"

#define ROWS_PER_PAGE 50
#define CLOCKS_LOOKED_AT 400
#define WORDS_MOST 1000

/* ---- what the pages share */

bool failure_may(const struct request *request, enum failure_act act, const struct failure *failure)
{
    const struct actor *actor = &request->actor;
    const bool is_own = failure->report.unit.v != 0 && failure->report.unit.v == actor->unit.v;

    return failure_permits(act, failure->state, actor->roles, is_own, instant_is_set(failure->report.ended_at));
}

/* Whether this person sees the reports of all units. */
static bool sees_all(const struct request *request)
{
    return failure_permits(FAILURE_ACT_READ, FAILURE_WAITING, request->actor.roles, false, false);
}

/* Whether this person may bring a report, and for any unit or only their own. */
static bool may_report(const struct request *request, bool any_unit)
{
    const uint32_t roles = request->actor.roles;

    if (any_unit)
        return failure_permits(FAILURE_ACT_RECORD, FAILURE_STATE_NONE, roles, false, false);
    return request->actor.unit.v != 0 && failure_permits(FAILURE_ACT_REPORT, FAILURE_STATE_NONE, roles, true, false);
}

struct instant failure_settle(const struct request *request, struct instant typed)
{
    const int64_t after_ms =
        instant_is_set(typed) ? instant_milliseconds_between(typed, request->now) : -1;

    return after_ms >= 0 && after_ms < (int64_t)MINUTE_SECONDS * 1000 ? request->now : typed;
}

void failure_check_times(struct inputs *inputs, const struct failure_report *report, const char *started,
                         const char *ended, const char *told)
{
    switch (failure_fault_of(report, inputs->request->now)) {
    case FAILURE_SOUND:
    case FAILURE_FAULT__COUNT:
        break;
    case FAILURE_STARTS_LATER:
        inputs_error(inputs, started, "verdict.time_in_future");
        break;
    case FAILURE_ENDS_LATER:
        inputs_error(inputs, ended, "verdict.time_in_future");
        break;
    case FAILURE_ENDS_BEFORE:
        inputs_error(inputs, ended, "failure.error.ends_before");
        break;
    case FAILURE_TOLD_LATER:
        inputs_error(inputs, told, "verdict.time_in_future");
        break;
    case FAILURE_TOLD_BEFORE:
        inputs_error(inputs, told, "failure.error.told_before");
        break;
    }
}

enum status failure_load(struct request *request, struct failure *failure)
{
    int64_t id;

    if (!text_parse_integer(request->part[0], 1, INT32_MAX, &id))
        return STATUS_ABSENT;
    const enum status status =
        failure_store_find(desk_of(request)->db, (int32_t)id, request->arena, failure, &request->fault);
    if (status == STATUS_OK && !failure_may(request, FAILURE_ACT_READ, failure))
        return STATUS_ABSENT;
    return status;
}

static const char *state_colour(enum failure_state state)
{
    switch (state) {
    case FAILURE_CONFIRMED:
    case FAILURE_TAKEN:
        return "ok";
    case FAILURE_REFUSED:
        return "bad";
    case FAILURE_WAITING:
    case FAILURE_PROPOSED:
        return "warn";
    case FAILURE_STATE_NONE:
    case FAILURE_STATE__COUNT:
        break;
    }
    return "info";
}

static void show_times(struct view *view, const struct failure_report *report)
{
    view_instant(view, "started", report->started_at);
    view_instant(view, "ended", report->ended_at);
    view_instant(view, "told", report->reported_at);
}

/* What list and page say of a report. */
static void show_report(struct view *view, const struct request *request, const struct failure *failure)
{
    const bool is_all = failure->report.unit.v == 0;

    view_number(view, "id", failure->id);
    view_text(view, "unit", is_all ? words_find(request->language, "failure.whole_system")
                                   : desk_unit_name(request, failure->report.unit));
    view_text(view, "part", desk_words_number(request, "failure.part", failure->part));
    view_text(view, "origin", desk_words_number(request, "failure.origin", (int64_t)failure->origin));
    view_text(view, "state", desk_words_number(request, "failure.state", (int64_t)failure->state));
    view_text(view, "colour", state_colour(failure->state));
    show_times(view, &failure->report);
    view_flag(view, "is_untold", failure->state != FAILURE_PROPOSED && failure->state != FAILURE_TAKEN &&
                                     !failure_is_told_in_time(&failure->report));
}

/* ---- the list */

enum status ticket_get_failures(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {{"before", INPUT_NUMBER, false, 1, INT32_MAX, "staff.error.choice", NULL}};
    struct desk *desk = desk_of(request);
    const bool is_all = sees_all(request);
    const struct unit_id unit = {is_all ? 0 : request->actor.unit.v};
    struct inputs inputs;
    struct failure *waiting = NULL, *rows = NULL;
    size_t waiting_count = 0, count = 0;
    enum status status = inputs_read(request, rules, 1, &inputs);

    if (status != STATUS_OK)
        return status;
    if (inputs.error_count > 0)
        return STATUS_INVALID;
    if (!is_all && unit.v == 0)
        return STATUS_REFUSED;
    const int32_t before = (int32_t)inputs_number(&inputs, "before", 0);
    if (is_all && before == 0)
        status = failure_store_waiting(desk->db, request->arena, &waiting, &waiting_count, &request->fault);
    if (status == STATUS_OK)
        status = failure_store_list(desk->db, unit, before, ROWS_PER_PAGE + 1, request->arena, &rows, &count,
                                    &request->fault);
    if (status != STATUS_OK)
        return status;
    struct view *page = page_begin(request, "ticket/failures");
    view_words(page, "Page.title", "failure.title");
    view_flag(page, "may_report", may_report(request, false) || may_report(request, true));
    for (size_t i = 0; i < waiting_count; i++)
        show_report(view_row(page, "Waiting", i), request, &waiting[i]);
    const size_t shown = count > ROWS_PER_PAGE ? ROWS_PER_PAGE : count;
    for (size_t i = 0; i < shown; i++)
        show_report(view_row(page, "Rows", i), request, &rows[i]);
    if (count > ROWS_PER_PAGE)
        view_number(page, "next", rows[shown - 1].id);
    return page_end(page, response, 200);
}

/* ---- a new report */

static const struct input_rule new_rules[] = {
    {"unit", INPUT_NUMBER, false, 1, INT32_MAX, "staff.error.choice", NULL},
    {"part", INPUT_NUMBER, true, 1, FAILURE_PARTS, "staff.error.choice", NULL},
    {"started_at", INPUT_MOMENT, true, 0, 1, "staff.error.moment", NULL},
    {"ended_at", INPUT_MOMENT, false, 0, 1, "staff.error.moment", NULL},
    {"told_at", INPUT_MOMENT, false, 0, 1, "staff.error.moment", NULL},
    {"contact", INPUT_LINE, false, 1, 40, "failure.error.contact", NULL},
    {"words", INPUT_LINES, true, 1, WORDS_MOST, "failure.error.words", NULL},
};
#define NEW_RULE_COUNT (sizeof new_rules / sizeof new_rules[0])

static enum status show_new(struct request *request, struct response *response, struct inputs *inputs, int code)
{
    const struct catalog *catalog = &desk_of(request)->catalog;
    struct view *page = page_begin(request, "ticket/failure_new");
    const int64_t unit = inputs == NULL ? 0 : inputs_number(inputs, "unit", 0);
    const int64_t part = inputs == NULL ? 0 : inputs_number(inputs, "part", 0);
    const char *choose = words_find(request->language, "staff.choose");
    size_t row = 1;

    view_words(page, "Page.title", "failure.new.title");
    view_flag(page, "is_call", may_report(request, true));
    view_text(page, "unit", desk_unit_name(request, request->actor.unit));
    desk_choice(page, "UnitChoices", 0, -1, choose, unit == 0);
    for (size_t i = 0; i < catalog->unit_count; i++)
        if (catalog->units[i].is_handling)
            desk_choice(page, "UnitChoices", row++, catalog->units[i].id.v,
                        desk_unit_name(request, catalog->units[i].id), catalog->units[i].id.v == unit);
    desk_choice(page, "PartChoices", 0, -1, choose, part == 0);
    for (int i = 1; i <= FAILURE_PARTS; i++)
        desk_choice(page, "PartChoices", (size_t)i, i, desk_words_number(request, "failure.part", i), part == i);
    if (inputs != NULL)
        inputs_show(inputs, page);
    return page_end(page, response, code);
}

enum status ticket_get_failure_new(struct request *request, struct response *response)
{
    struct inputs inputs;
    const enum status status = inputs_read(request, NULL, 0, &inputs);

    if (status != STATUS_OK)
        return status;
    if (!may_report(request, true) && !may_report(request, false))
        return STATUS_REFUSED;
    return show_new(request, response, NULL, 200);
}

/* From what was typed to the report; what is wrong stands in `inputs`. */
static void make_report(struct request *request, struct inputs *inputs, bool is_call, struct failure *failure)
{
    const struct unit *unit = NULL;
    const bool has_call = inputs_find(inputs, "told_at")->is_set;

    if (is_call) {
        unit = catalog_unit(&desk_of(request)->catalog, (struct unit_id){(int32_t)inputs_number(inputs, "unit", 0)});
        if (unit == NULL || !unit->is_handling)
            inputs_error(inputs, "unit", "staff.error.choice");
    }
    if ((has_call || is_call) && inputs_text(inputs, "contact")[0] == '\0')
        inputs_error(inputs, "contact", is_call ? "failure.error.caller" : "failure.error.contact");
    *failure = (struct failure){
        .state = FAILURE_WAITING,
        .origin = is_call ? FAILURE_BY_PHONE : FAILURE_BY_UNIT,
        .part = (int)inputs_number(inputs, "part", 0),
        .report = {.unit = unit != NULL ? unit->id : request->actor.unit,
                   .started_at = inputs_find(inputs, "started_at")->at,
                   .ended_at = failure_settle(request, inputs_find(inputs, "ended_at")->at),
                   /* Without a call, ops is told by this very report. */
                   .reported_at = has_call ? failure_settle(request, inputs_find(inputs, "told_at")->at) : request->now},
        .contact = inputs_text(inputs, "contact"),
        .words = inputs_text(inputs, "words"),
        .recorded_at = request->now,
        .recorded_by = request->actor.staff,
    };
    failure->claimed = failure->report;
    if (inputs->error_count == 0)
        failure_check_times(inputs, &failure->report, "started_at", "ended_at", "told_at");
}

enum status ticket_post_failure_new(struct request *request, struct response *response)
{
    const bool is_call = may_report(request, true);
    struct inputs inputs;
    struct failure failure;
    uint8_t key[FAILURE_KEY_BYTES];
    enum status status = inputs_read(request, new_rules, NEW_RULE_COUNT, &inputs);

    if (status != STATUS_OK)
        return status;
    if (!is_call && !may_report(request, false))
        return STATUS_REFUSED;
    if (!request_key(request, key) || (!is_call && inputs_find(&inputs, "unit")->is_set))
        return STATUS_INVALID;
    make_report(request, &inputs, is_call, &failure);
    if (inputs.error_count > 0)
        return show_new(request, response, &inputs, 422);
    status = failure_store_add(desk_of(request)->db, &failure, key, request->arena, &request->fault);
    if (status != STATUS_OK && status != STATUS_DUPLICATE)
        return status;
    fault_reset(&request->fault);
    return response_redirect(request, response, "/staff/ticket/failure/%d?done=1", failure.id);
}

/* ---- the page of one report */

/* A moment as a datetime-local field shows it. */
static void show_field_moment(struct view *page, const struct request *request, const char *name, struct instant at)
{
    char local[TIME_TEXT_BYTES];

    if (!instant_is_set(at))
        return;
    instant_format_local(at, request->app->settings.utc_offset_minutes, local);
    local[10] = 'T';
    view_text(page, name, local);
}

static void show_facts(struct view *page, const struct request *request, const struct failure *failure)
{
    struct view *view = view_child(page, "Failure");
    const struct failure_report *report = &failure->report, *claimed = &failure->claimed;
    const bool is_corrected = !instant_is_equal(report->started_at, claimed->started_at) ||
                              !instant_is_equal(report->reported_at, claimed->reported_at) ||
                              (instant_is_set(claimed->ended_at) && !instant_is_equal(report->ended_at, claimed->ended_at));

    show_report(view, request, failure);
    view_number(view, "version", failure->version);
    view_text(view, "contact", failure->contact);
    view_text(view, "words", failure->words);
    view_instant(view, "recorded", failure->recorded_at);
    view_text(view, "recorder", failure->recorder_name);
    view_instant(view, "decided", failure->decided_at);
    view_text(view, "decider", failure->decider_name);
    view_text(view, "decision_words", failure->decision_words);
    view_flag(view, "is_proposal", failure->state == FAILURE_PROPOSED);
    if (is_corrected)
        show_times(view_child(view, "claimed"), claimed);
    if (failure->proposal != 0)
        view_number(view, "proposal", failure->proposal);
}

static void show_decide_form(struct view *page, const struct request *request, const struct failure *failure,
                             const struct inputs *typed)
{
    const struct catalog *catalog = &desk_of(request)->catalog;
    size_t row = 0;

    view_flag(page, "may_decide", true);
    for (int i = 1; i <= 2; i++)
        desk_choice(page, "DecisionChoices", (size_t)i - 1, i, desk_words_number(request, "failure.decision", i), false);
    if (typed == NULL) {
        show_field_moment(page, request, "Form.started_at.value", failure->report.started_at);
        show_field_moment(page, request, "Form.ended_at.value", failure->report.ended_at);
        show_field_moment(page, request, "Form.told_at.value", failure->report.reported_at);
    }
    for (size_t i = 0; failure->state == FAILURE_PROPOSED && i < catalog->unit_count && row < FAILURE_UNITS_MAX; i++) {
        const struct unit *unit = &catalog->units[i];
        if (!unit->is_handling)
            continue;
        struct view *choice = view_row(page, "Units", row++);
        const char *name = arena_format(request->arena, "unit_%d", unit->id.v);
        view_text(choice, "name", name);
        view_text(choice, "label", desk_unit_name(request, unit->id));
        for (size_t k = 0; typed != NULL && k < typed->count; k++)
            if (text_is_equal(typed->items[k].rule->name, name))
                view_flag(choice, "is_checked", typed->items[k].is_set);
    }
}

/* What was typed and what was wrong with it; the chosen decision stays chosen. */
static void show_attempt(struct view *page, struct request *request, const struct failure_attempt *attempt)
{
    inputs_show(attempt->inputs, page);
    view_flag(page, "is_stale", attempt->is_stale);
    if (!text_is_equal(attempt->form, "decide"))
        return;
    const int64_t decision = inputs_number(attempt->inputs, "decision", 0);
    for (int i = 1; i <= 2; i++)
        desk_choice(page, "DecisionChoices", (size_t)i - 1, i, desk_words_number(request, "failure.decision", i),
                    decision == i);
    view_text(page, "typed", inputs_text(attempt->inputs, "words"));
}

static void show_clock(struct view *view, const struct request *request, const struct failure_clock *row)
{
    const struct catalog_words *words = catalog_rule_words(&desk_of(request)->catalog, row->clock.rule);
    const char *name = words == NULL ? desk_words(request, "kind", clock_kind_name(row->clock.kind))
                       : request->language == LANGUAGE_EN ? words->name_en
                                                          : words->name_zh;
    char number[NUMBER_TEXT_BYTES];

    number_format_text(row->number, number);
    view_text(view, "value", arena_format(request->arena, "%lld-%d", (long long)row->ticket.v, row->clock.no));
    view_text(view, "number", row->number);
    view_text(view, "number_text", number);
    view_text(view, "clock", name);
    view_text(view, "article", promise_article(request->arena, request->language, row->clock.article));
    view_text(view, "place", row->place_text);
    view_text(view, "category", desk_category_name(request, row->category));
    view_instant(view, "due", row->clock.due_at);
    view_duration(view, "late", clock_late_seconds(&row->clock, request->now, false));
}

/* Excused ones, and those that still can be, with a box each. */
static enum status show_clocks(struct view *page, struct request *request, const struct failure *failure)
{
    struct failure_clock *clocks;
    size_t count, excused = 0, open = 0;
    bool more;
    const enum status status = failure_store_clocks(desk_of(request)->db, failure, request->now, CLOCKS_LOOKED_AT,
                                                    request->arena, &clocks, &count, &more, &request->fault);

    if (status != STATUS_OK)
        return status;
    const bool may_excuse = failure_may(request, FAILURE_ACT_EXCUSE, failure);
    for (size_t i = 0; i < count; i++) {
        if (clocks[i].is_excused) {
            show_clock(view_row(page, "Excused", excused++), request, &clocks[i]);
        } else {
            if (open < FAILURE_CLOCKS_SHOWN) {
                struct view *view = view_row(page, "Covered", open);
                show_clock(view, request, &clocks[i]);
                view_text(view, "name", arena_format(request->arena, "c%zu", open));
            }
            open++;
        }
    }
    view_number(page, "covered_count", (int64_t)open);
    view_flag(page, "is_more", more || open > FAILURE_CLOCKS_SHOWN);
    view_flag(page, "shows_clocks", true);
    view_flag(page, "may_excuse", may_excuse && open > 0);
    return STATUS_OK;
}

enum status failure_show(struct request *request, struct response *response, const struct failure *failure,
                         const struct failure_attempt *attempt, int code)
{
    struct view *page = page_begin(request, "ticket/failure");
    const char *id = arena_format(request->arena, "%d", failure->id);
    enum status status = STATUS_OK;

    view_text(page, "Page.title", words_fill(request->arena, request->language, "failure.show.title", &id, 1));
    show_facts(page, request, failure);
    view_flag(page, "may_end", failure_may(request, FAILURE_ACT_END, failure));
    if (failure_may(request, FAILURE_ACT_DECIDE, failure))
        show_decide_form(page, request, failure,
                         attempt != NULL && text_is_equal(attempt->form, "decide") ? attempt->inputs : NULL);
    if (attempt != NULL)
        show_attempt(page, request, attempt);
    if (failure->state == FAILURE_CONFIRMED)
        status = show_clocks(page, request, failure);
    if (request->method == METHOD_GET) {
        view_flag(page, "is_done", request_value(request, "done")[0] == '1');
        view_flag(page, "is_excused", request_value(request, "excused")[0] != '\0');
        view_text(page, "excused_now", request_value(request, "excused"));
        view_text(page, "left_now", request_value(request, "left"));
    }
    return status == STATUS_OK ? page_end(page, response, code) : status;
}

enum status ticket_get_failure(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {
        {"done", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
        {"excused", INPUT_NUMBER, false, 0, 9999, "staff.error.choice", NULL},
        {"left", INPUT_NUMBER, false, 0, 9999, "staff.error.choice", NULL},
    };
    struct inputs inputs;
    struct failure failure;
    enum status status = inputs_read(request, rules, sizeof rules / sizeof rules[0], &inputs);

    if (status != STATUS_OK)
        return status;
    if (inputs.error_count > 0)
        return STATUS_INVALID;
    status = failure_load(request, &failure);
    return status == STATUS_OK ? failure_show(request, response, &failure, NULL, 200) : status;
}

/* The address of a form, opened by hand or after signing in again. */
enum status ticket_get_failure_back(struct request *request, struct response *response)
{
    int64_t id;

    if (!text_parse_integer(request->part[0], 1, INT32_MAX, &id))
        return STATUS_ABSENT;
    return response_redirect(request, response, "/staff/ticket/failure/%d", (int)id);
}
