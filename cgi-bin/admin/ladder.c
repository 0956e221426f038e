/* The ladder: at which moment of a running clock who is told. One page per kind of clock; looked at before it is saved. */
#include <stdlib.h>
#include <string.h>

#include "admin/rules.h"
#include "store/ladder_store.h"

enum step_field {
    STEP_SHARE, STEP_SIDE, STEP_AMOUNT, STEP_UNIT, STEP_LIAISON, STEP_UNIT_LEADER, STEP_OPS, STEP_GROUP_LEADER,
    STEP_RECEIVER, STEP_REMOVE, STEP_ADD, STEP_FIELD__COUNT
};

#define AFTER_AMOUNT_MAX 43200 /* thirty days in minutes */

static const struct input_rule step_rules[STEP_FIELD__COUNT] = {
    [STEP_SHARE] = {"share", INPUT_NUMBER, false, 1, 999, "ladder_refusal.share", NULL},
    [STEP_SIDE] = {"side", INPUT_LINE, false, 1, 10, "staff.error.choice", NULL},
    [STEP_AMOUNT] = {"amount", INPUT_NUMBER, false, 0, AFTER_AMOUNT_MAX, "ladder_refusal.after", NULL},
    [STEP_UNIT] = {"unit", INPUT_NUMBER, false, MINUTE_SECONDS, DAY_SECONDS, "staff.error.choice", NULL},
    [STEP_LIAISON] = {"liaison", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
    [STEP_UNIT_LEADER] = {"unit_leader", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
    [STEP_OPS] = {"ops", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
    [STEP_GROUP_LEADER] = {"group_leader", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
    [STEP_RECEIVER] = {"first_receiver", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
    [STEP_REMOVE] = {"remove", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
    [STEP_ADD] = {"add", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
};
static const struct input_rule whole_rules[] = {
    {"seen", INPUT_DIGITS, true, 2 * HASH_BYTES, 2 * HASH_BYTES, "staff.error.choice", NULL},
    {"why", INPUT_LINE, true, 2, 100, "admin.error.why", NULL},
    {"step", INPUT_LINE, true, 1, 10, "staff.error.choice", NULL},
};
#define WHOLE_COUNT (sizeof whole_rules / sizeof whole_rules[0])
_Static_assert(STEP_FIELD__COUNT * LADDER_STEPS_MAX + WHOLE_COUNT <= INPUTS_MAX, "the largest form can be read");

/* Who can be told, in the order of the fields; the words are Text.audience.NAME. */
static const struct {
    enum step_field field;
    enum audience audience;
} audiences[] = {
    {STEP_LIAISON, AUDIENCE_LIAISON},           {STEP_UNIT_LEADER, AUDIENCE_UNIT_LEADER},
    {STEP_OPS, AUDIENCE_OPS},                   {STEP_GROUP_LEADER, AUDIENCE_GROUP_LEADER},
    {STEP_RECEIVER, AUDIENCE_FIRST_RECEIVER},
};
#define AUDIENCE_ROWS (sizeof audiences / sizeof audiences[0])

struct ladder {
    struct request *request;
    enum clock_kind kind;
    struct ladder_step stored[LADDER_STEPS_MAX]; /* as they are, by number */
    size_t stored_count, breach;                 /* breach: its index */
    size_t row_count;                            /* and one to be added where there is room */
    const char *names[LADDER_STEPS_MAX][STEP_FIELD__COUNT];
    struct inputs inputs;
    struct ladder_step steps[LADDER_STEPS_MAX]; /* as typed, in the order of time */
    size_t rows[LADDER_STEPS_MAX];              /* the row that each was typed in */
    size_t count;
};

/* ---- beginning */

static void find_steps(struct ladder *ladder)
{
    const struct catalog *catalog = &admin_of(ladder->request)->catalog;

    ladder->stored_count = 0;
    for (size_t i = 0; i < catalog->ladder_count && ladder->stored_count < LADDER_STEPS_MAX; i++) {
        if (catalog->ladder[i].kind != ladder->kind)
            continue;
        if (catalog->ladder[i].is_breach)
            ladder->breach = ladder->stored_count;
        ladder->stored[ladder->stored_count++] = catalog->ladder[i];
    }
    ladder->row_count = ladder->stored_count < LADDER_STEPS_MAX ? ladder->stored_count + 1 : ladder->stored_count;
}

static enum status begin(struct ladder *ladder, struct request *request)
{
    *ladder = (struct ladder){.request = request};
    for (int kind = CLOCK_NONE + 1; kind < CLOCK_KIND__COUNT; kind++)
        if (text_is_equal(request->part[0], clock_kind_name((enum clock_kind)kind)))
            ladder->kind = (enum clock_kind)kind;
    if (ladder->kind == CLOCK_NONE)
        return STATUS_ABSENT;
    find_steps(ladder);
    for (size_t row = 0; row < LADDER_STEPS_MAX; row++)
        for (int field = 0; field < STEP_FIELD__COUNT; field++)
            ladder->names[row][field] = arena_format(request->arena, "s%zu_%s", row, step_rules[field].name);
    return ladder->stored_count > 0 ? STATUS_OK : STATUS_ABSENT;
}

static enum status read(struct ladder *ladder)
{
    struct input_rule *rules =
        arena_take_array(ladder->request->arena, STEP_FIELD__COUNT * LADDER_STEPS_MAX + WHOLE_COUNT, sizeof *rules);
    size_t count = 0;

    for (size_t row = 0; row < LADDER_STEPS_MAX; row++)
        for (int field = 0; field < STEP_FIELD__COUNT; field++) {
            rules[count] = step_rules[field];
            rules[count++].name = ladder->names[row][field];
        }
    for (size_t i = 0; i < WHOLE_COUNT; i++)
        rules[count++] = whole_rules[i];
    return inputs_read(ladder->request, rules, count, &ladder->inputs);
}

static bool is_new_row(const struct ladder *ladder, size_t row) { return row == ladder->stored_count; }

/* ---- what was typed */

static bool is_typed(struct ladder *ladder, size_t row, enum step_field field)
{
    return inputs_find(&ladder->inputs, ladder->names[row][field])->is_set;
}

static uint32_t read_audiences(struct ladder *ladder, size_t row)
{
    uint32_t told = 0;

    for (size_t i = 0; i < AUDIENCE_ROWS; i++)
        if (is_typed(ladder, row, audiences[i].field))
            told |= UINT32_C(1) << audiences[i].audience;
    return told;
}

/* A row's share of the limit, or its time from the due moment on. */
static void read_moment(struct ladder *ladder, size_t row, struct ladder_step *step)
{
    struct inputs *inputs = &ladder->inputs;
    const char *side = inputs_text(inputs, ladder->names[row][STEP_SIDE]);
    const bool is_share = is_new_row(ladder, row) ? text_is_equal(side, "share") : row < ladder->breach;
    const bool is_before = text_is_equal(side, "before");

    step->after_due_seconds = 0;
    if (is_share) {
        step->permille = (int)inputs_number(inputs, ladder->names[row][STEP_SHARE], 0);
        if (!is_typed(ladder, row, STEP_SHARE))
            inputs_error(inputs, ladder->names[row][STEP_SHARE], "ladder_refusal.share");
        return;
    }
    step->permille = 1000;
    if (!is_typed(ladder, row, STEP_AMOUNT))
        inputs_error(inputs, ladder->names[row][STEP_AMOUNT], "ladder_refusal.after");
    if (!is_before && !text_is_equal(side, "after"))
        inputs_error(inputs, ladder->names[row][STEP_SIDE], "staff.error.choice");
    const int64_t seconds = inputs_number(inputs, ladder->names[row][STEP_AMOUNT], 0) *
                            inputs_number(inputs, ladder->names[row][STEP_UNIT], MINUTE_SECONDS);
    step->after_due_seconds = is_before ? -seconds : seconds;
}

/* Whether the one step comes before the other: by place for those that have one, a new one by its moment. */
static bool comes_before(const struct ladder_step *left, const struct ladder_step *right, bool left_is_behind,
                         bool right_is_behind)
{
    if (left_is_behind != right_is_behind)
        return right_is_behind;
    return left_is_behind ? left->after_due_seconds < right->after_due_seconds : left->permille < right->permille;
}

static void insert_new(struct ladder *ladder, const struct ladder_step *step, size_t row)
{
    const bool is_behind = step->permille == 1000;
    size_t at = 0, breach = 0;

    while (breach < ladder->count && !ladder->steps[breach].is_breach)
        breach++;
    while (at < ladder->count && (at == breach ? is_behind : !comes_before(step, &ladder->steps[at], is_behind, at > breach)))
        at++;
    memmove(&ladder->steps[at + 1], &ladder->steps[at], (ladder->count - at) * sizeof ladder->steps[0]);
    memmove(&ladder->rows[at + 1], &ladder->rows[at], (ladder->count - at) * sizeof ladder->rows[0]);
    ladder->steps[at] = *step;
    ladder->rows[at] = row;
    ladder->count++;
}

static void read_steps(struct ladder *ladder)
{
    ladder->count = 0;
    for (size_t row = 0; row < ladder->row_count; row++) {
        const bool is_new = is_new_row(ladder, row);
        struct ladder_step step = is_new ? (struct ladder_step){.kind = ladder->kind} : ladder->stored[row];
        if (is_new ? !is_typed(ladder, row, STEP_ADD) : (!step.is_breach && is_typed(ladder, row, STEP_REMOVE)))
            continue;
        step.audiences = read_audiences(ladder, row);
        if (!step.is_breach)
            read_moment(ladder, row, &step);
        if (is_new) {
            insert_new(ladder, &step, row);
        } else {
            ladder->rows[ladder->count] = row;
            ladder->steps[ladder->count++] = step;
        }
    }
}

/* ---- words */

static const char *number_text(const struct request *request, int64_t number)
{
    return arena_format(request->arena, "%lld", (long long)number);
}

/* "时限过 50%", "批准的新时限前 2 小时", "超时后 1 天" */
static const char *when_words(const struct request *request, const struct ladder_step *step, bool is_behind)
{
    const int64_t seconds = step->after_due_seconds;

    if (step->is_breach)
        return words_find(request->language, "admin.ladder.at_due");
    if (!is_behind) {
        const char *share = step->permille % 10 == 0
                                ? number_text(request, step->permille / 10)
                                : arena_format(request->arena, "%d.%d", step->permille / 10, step->permille % 10);
        return words_fill(request->arena, request->language, "admin.ladder.at_share", &share, 1);
    }
    if (seconds == 0)
        return words_find(request->language, "admin.ladder.at_granted");
    const char *length = words_duration(request->arena, request->language, seconds < 0 ? -seconds : seconds);
    return words_fill(request->arena, request->language,
                      seconds < 0 ? "admin.ladder.before_granted" : "admin.ladder.after_due", &length, 1);
}

static const char *who_words(const struct request *request, uint32_t told)
{
    const char *who = "";

    for (size_t i = 0; i < AUDIENCE_ROWS; i++) {
        if ((told & (UINT32_C(1) << audiences[i].audience)) == 0)
            continue;
        const char *name = admin_words(request, "audience", step_rules[audiences[i].field].name);
        who = who[0] == '\0' ? name
                             : arena_format(request->arena, "%s%s%s", who, words_find(request->language, "list.comma"), name);
    }
    return who;
}

/* ---- the form */

static void show_moment_fields(struct ladder *ladder, struct fields *fields, size_t row, const struct ladder_step *step)
{
    const char *const *names = ladder->names[row];
    const enum language language = ladder->request->language;
    const bool is_new = is_new_row(ladder, row);
    const int64_t seconds = step->after_due_seconds < 0 ? -step->after_due_seconds : step->after_due_seconds;
    const int64_t unit = seconds == 0 || seconds % DAY_SECONDS == 0 ? DAY_SECONDS
                         : seconds % HOUR_SECONDS == 0              ? HOUR_SECONDS
                                                                    : MINUTE_SECONDS;

    if (is_new || row < ladder->breach)
        fields_line(fields, names[STEP_SHARE], "admin.ladder.share", "admin.ladder.share_hint",
                    is_new ? NULL : number_text(ladder->request, step->permille));
    if (!is_new && row < ladder->breach)
        return;
    fields_select(fields, names[STEP_SIDE], "admin.ladder.side", NULL);
    if (is_new)
        fields_choice(fields, "share", words_find(language, "admin.ladder.side_share"), true);
    fields_choice(fields, "before", words_find(language, "admin.ladder.side_before"),
                  !is_new && step->after_due_seconds < 0);
    fields_choice(fields, "after", words_find(language, "admin.ladder.side_after"),
                  !is_new && step->after_due_seconds >= 0);
    fields_line(fields, names[STEP_AMOUNT], "admin.ladder.amount", "admin.ladder.amount_hint",
                is_new ? NULL : number_text(ladder->request, seconds / unit));
    fields_select(fields, names[STEP_UNIT], "admin.rules.unit", NULL);
    fields_choice_number(fields, MINUTE_SECONDS, words_find(language, "admin.unit.minutes"), unit == MINUTE_SECONDS);
    fields_choice_number(fields, HOUR_SECONDS, words_find(language, "admin.unit.hours"), unit == HOUR_SECONDS);
    fields_choice_number(fields, DAY_SECONDS, words_find(language, "admin.unit.days"), unit == DAY_SECONDS);
}

static void show_row(struct ladder *ladder, struct view *page, struct inputs *inputs, size_t row)
{
    const bool is_new = is_new_row(ladder, row);
    const struct ladder_step step =
        is_new ? (struct ladder_step){.kind = ladder->kind, .permille = 500} : ladder->stored[row];
    struct view *view = view_row(page, "Rows", row);
    struct fields fields = fields_begin(ladder->request, view, "Fields", inputs);

    view_flag(view, "is_new", is_new);
    view_flag(view, "is_breach", step.is_breach);
    view_text(view, "title", is_new ? words_find(ladder->request->language, "admin.ladder.add_title")
                                    : when_words(ladder->request, &step, row > ladder->breach));
    if (is_new)
        fields_flag(&fields, ladder->names[row][STEP_ADD], "admin.ladder.add", false);
    if (!step.is_breach)
        show_moment_fields(ladder, &fields, row, &step);
    struct fields told = fields_begin(ladder->request, view, "Audiences", inputs);
    for (size_t i = 0; i < AUDIENCE_ROWS; i++)
        fields_flag(&told, ladder->names[row][audiences[i].field],
                    arena_format(ladder->request->arena, "audience.%s", step_rules[audiences[i].field].name),
                    (step.audiences & (UINT32_C(1) << audiences[i].audience)) != 0);
    if (!is_new && !step.is_breach) {
        struct fields last = fields_begin(ladder->request, view, "Remove", inputs);
        fields_flag(&last, ladder->names[row][STEP_REMOVE], "admin.ladder.remove", false);
    }
}

static void show_seen(struct ladder *ladder, struct view *page)
{
    const struct hash hash = ladder_store_hash(ladder->stored, ladder->stored_count, ladder->kind);
    char *hex = arena_take(ladder->request->arena, 2 * HASH_BYTES + 1);

    text_format_hex(hash.bytes, HASH_BYTES, hex);
    view_text(page, "seen", hex);
}

static struct view *begin_form(struct ladder *ladder, struct inputs *inputs)
{
    const struct request *request = ladder->request;
    struct view *page = page_begin(ladder->request, "admin/ladder_form");
    const char *name = clock_kind_name(ladder->kind);

    view_text(page, "Page.title", admin_words(request, "kind", name));
    view_text(page, "kind", name);
    view_flag(page, "may_keep", rules_may_keep(request));
    show_seen(ladder, page);
    for (size_t i = 0; i < ladder->stored_count; i++) {
        struct view *view = view_row(page, "Steps", i);
        view_text(view, "when", when_words(request, &ladder->stored[i], i > ladder->breach));
        view_text(view, "who", who_words(request, ladder->stored[i].audiences));
    }
    for (size_t row = 0; rules_may_keep(request) && row < ladder->row_count; row++)
        show_row(ladder, page, inputs, row);
    struct fields fields = fields_begin(ladder->request, page, "Whole", inputs);
    if (rules_may_keep(request))
        fields_line(&fields, "why", "admin.why", "admin.why_hint", NULL);
    if (inputs != NULL)
        inputs_show(inputs, page);
    return page;
}

enum status admin_get_ladder(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {{"saved", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL}};
    struct ladder *ladder = arena_take(request->arena, sizeof *ladder);
    struct inputs inputs;
    enum status status = inputs_read(request, rules, 1, &inputs);

    if (status == STATUS_OK)
        status = begin(ladder, request);
    if (status != STATUS_OK)
        return status;
    struct view *page = begin_form(ladder, NULL);
    view_flag(page, "was_saved", inputs_number(&inputs, "saved", 0) != 0);
    return page_end(page, response, 200);
}

enum status admin_get_ladders(struct request *request, struct response *response)
{
    const struct catalog *catalog = &admin_of(request)->catalog;
    struct inputs inputs;
    const enum status status = inputs_read(request, NULL, 0, &inputs);
    size_t row = 0;

    if (status != STATUS_OK)
        return status;
    struct view *page = page_begin(request, "admin/ladder");
    view_words(page, "Page.title", "admin.ladder.title");
    for (int kind = CLOCK_NONE + 1; kind < CLOCK_KIND__COUNT; kind++) {
        struct view *view = NULL;
        size_t steps = 0;
        bool is_behind = false;
        for (size_t i = 0; i < catalog->ladder_count; i++) {
            const struct ladder_step *step = &catalog->ladder[i];
            if ((int)step->kind != kind)
                continue;
            if (view == NULL)
                view = view_row(page, "Kinds", row++);
            struct view *shown = view_row(view, "Steps", steps++);
            view_text(shown, "when", when_words(request, step, is_behind));
            view_text(shown, "who", who_words(request, step->audiences));
            is_behind = is_behind || step->is_breach;
        }
        if (view == NULL)
            continue;
        view_text(view, "name", clock_kind_name((enum clock_kind)kind));
        view_text(view, "kind", admin_words(request, "kind", clock_kind_name((enum clock_kind)kind)));
    }
    return page_end(page, response, 200);
}

/* ---- preview and saving */

/* Limits in force for this kind, the shortest first, each once. */
static size_t find_limits(const struct ladder *ladder, int64_t *limits, size_t room)
{
    const struct regulation *regulation = &admin_of(ladder->request)->catalog.regulation;
    size_t count = 0;

    for (size_t i = 0; i < regulation->rule_count; i++) {
        const struct rule *rule = &regulation->rules[i];
        size_t at = 0;
        if (rule->kind != ladder->kind || rule->limit_seconds <= 0 ||
            !is_in_force(rule->effective_from, rule->effective_to, ladder->request->now))
            continue;
        while (at < count && limits[at] < rule->limit_seconds)
            at++;
        if ((at < count && limits[at] == rule->limit_seconds) || count == room)
            continue;
        memmove(&limits[at + 1], &limits[at], (count - at) * sizeof limits[0]);
        limits[at] = rule->limit_seconds;
        count++;
    }
    return count;
}

/* When a step comes under one limit, counted from the start: "18 小时". */
static const char *moment_words(const struct request *request, const struct ladder_step *step, int64_t limit)
{
    const int64_t seconds = limit / 1000 * step->permille + limit % 1000 * step->permille / 1000 + step->after_due_seconds;

    return seconds <= 0 ? words_find(request->language, "admin.ladder.at_start")
                        : words_duration(request->arena, request->language, seconds);
}

enum { LIMITS_SHOWN = 6 };

static enum status show_preview(struct ladder *ladder, struct response *response)
{
    const struct request *request = ladder->request;
    struct view *page = page_begin(ladder->request, "admin/ladder_preview");
    int64_t limits[LIMITS_SHOWN];
    const size_t limit_count = find_limits(ladder, limits, LIMITS_SHOWN);
    bool is_behind = false;

    view_words(page, "Page.title", "admin.rules.preview");
    view_text(page, "kind", clock_kind_name(ladder->kind));
    view_text(page, "name", admin_words(request, "kind", clock_kind_name(ladder->kind)));
    for (size_t i = 0; i < limit_count; i++)
        view_duration(view_row(page, "Limits", i), "text", limits[i]);
    for (size_t i = 0; i < ladder->count; i++) {
        struct view *view = view_row(page, "Steps", i);
        view_text(view, "when", when_words(request, &ladder->steps[i], is_behind));
        view_text(view, "who", who_words(request, ladder->steps[i].audiences));
        view_text(view, "notice",
                  words_find(request->language, arena_format(request->arena, "admin.ladder.says.%s",
                                                             ladder_says(&ladder->steps[i], is_behind))));
        for (size_t j = 0; j < limit_count; j++)
            view_text(view_row(view, "Moments", j), "text", moment_words(request, &ladder->steps[i], limits[j]));
        is_behind = is_behind || ladder->steps[i].is_breach;
    }
    for (size_t i = 0; i < ladder->stored_count; i++) {
        struct view *view = view_row(page, "Old", i);
        view_text(view, "when", when_words(request, &ladder->stored[i], i > ladder->breach));
        view_text(view, "who", who_words(request, ladder->stored[i].audiences));
    }
    view_text(page, "why", inputs_text(&ladder->inputs, "why"));
    fields_hide(page, &ladder->inputs);
    return page_end(page, response, 200);
}

static enum status show_conflict(struct ladder *ladder, struct response *response)
{
    const enum status status = admin_refresh(ladder->request);

    if (status != STATUS_OK)
        return status;
    find_steps(ladder);
    struct view *page = begin_form(ladder, &ladder->inputs);
    view_flag(page, "is_conflict", true);
    return page_end(page, response, 409);
}

static const char *detail_of(struct ladder *ladder)
{
    const char *steps = "";

    for (size_t i = 0; i < ladder->count; i++)
        steps = arena_format(ladder->request->arena, "%s%s%d‰%+lld s", steps, i == 0 ? "" : ", ",
                             ladder->steps[i].permille, (long long)ladder->steps[i].after_due_seconds);
    return arena_format(ladder->request->arena, "%s: %s (%s)", clock_kind_name(ladder->kind),
                        inputs_text(&ladder->inputs, "why"), steps);
}

static enum status save(struct ladder *ladder, struct response *response, const struct hash *seen)
{
    struct request *request = ladder->request;
    struct change change;

    if (!admin_change_begin(request, "ladder_change", &change))
        return STATUS_INVALID;
    change.detail = detail_of(ladder);
    const enum status status = ladder_store_change(admin_of(request)->db, &change, ladder->kind, seen, ladder->steps,
                                                   ladder->count, &request->fault);
    if (status == STATUS_CONFLICT) {
        fault_reset(&request->fault);
        return show_conflict(ladder, response);
    }
    if (status != STATUS_OK && status != STATUS_DUPLICATE)
        return status;
    fault_reset(&request->fault);
    return response_redirect(request, response, "/staff/admin/ladder/%s?saved=1", clock_kind_name(ladder->kind));
}

/* Beside which field a refusal is told: the moment or the audiences of a row; all else at the first row. */
static enum status show_refused(struct ladder *ladder, struct response *response, enum ladder_refusal refusal)
{
    size_t row = ladder->count > 0 ? ladder->rows[0] : 0;

    for (size_t i = 0; refusal == LADDER_NOBODY && i < ladder->count; i++)
        if (ladder->steps[i].audiences == 0) {
            row = ladder->rows[i];
            break;
        }
    inputs_error(&ladder->inputs, ladder->names[row][STEP_LIAISON],
                 arena_format(ladder->request->arena, "ladder_refusal.%s", ladder_refusal_name(refusal)));
    return page_end(begin_form(ladder, &ladder->inputs), response, 422);
}

/* The steps are not those that the form was made from: saved before by itself, or somebody else was faster. */
static enum status answer_stale(struct ladder *ladder, struct response *response)
{
    struct request *request = ladder->request;
    struct change change;
    bool was_saved = false;

    if (!admin_change_begin(request, "ladder_change", &change))
        return STATUS_INVALID;
    const enum status status =
        change_store_was_saved(admin_of(request)->db, &change, request->arena, &was_saved, &request->fault);
    if (status != STATUS_OK)
        return status;
    return was_saved
               ? response_redirect(request, response, "/staff/admin/ladder/%s?saved=1", clock_kind_name(ladder->kind))
               : show_conflict(ladder, response);
}

enum status admin_post_ladder(struct request *request, struct response *response)
{
    struct ladder *ladder = arena_take(request->arena, sizeof *ladder);
    struct hash seen;
    enum status status = begin(ladder, request);

    if (status == STATUS_OK)
        status = read(ladder);
    if (status != STATUS_OK)
        return status;
    if (!text_parse_hex(inputs_text(&ladder->inputs, "seen"), seen.bytes, HASH_BYTES))
        return STATUS_INVALID;
    const struct hash now = ladder_store_hash(ladder->stored, ladder->stored_count, ladder->kind);
    if (memcmp(now.bytes, seen.bytes, HASH_BYTES) != 0)
        return answer_stale(ladder, response);
    read_steps(ladder);
    const char *stage = inputs_text(&ladder->inputs, "step");
    if (ladder->inputs.error_count > 0)
        return page_end(begin_form(ladder, &ladder->inputs), response, 422);
    if (text_is_equal(stage, "edit"))
        return page_end(begin_form(ladder, &ladder->inputs), response, 200);
    const enum ladder_refusal refusal = ladder_change_complete(ladder->steps, ladder->count);
    if (refusal != LADDER_OK)
        return show_refused(ladder, response, refusal);
    return text_is_equal(stage, "save") ? save(ladder, response, &seen) : show_preview(ladder, response);
}
