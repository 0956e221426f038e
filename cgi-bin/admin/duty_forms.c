/* Keeping a unit's roster: one shift, a rotation, a week again, an end to a shift (Art. 12). */
#include "admin/duty.h"
#include "web/page.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
#define WEEK_SECONDS (INT64_C(7) * DAY_SECONDS)
#define COPIES_MAX 400

static const struct input_rule add_rules[] = {
    {"staff", INPUT_NUMBER, true, 1, INT32_MAX, "admin.duty.error.staff", NULL},
    {"from", INPUT_MOMENT, true, 0, 1, "staff.error.moment", NULL},
    {"to", INPUT_MOMENT, true, 0, 1, "staff.error.moment", NULL},
};
static const struct input_rule rotate_rules[] = {
    {"turn_1", INPUT_NUMBER, true, 1, INT32_MAX, "admin.duty.error.staff", NULL},
    {"turn_2", INPUT_NUMBER, false, 1, INT32_MAX, "admin.duty.error.staff", NULL},
    {"turn_3", INPUT_NUMBER, false, 1, INT32_MAX, "admin.duty.error.staff", NULL},
    {"turn_4", INPUT_NUMBER, false, 1, INT32_MAX, "admin.duty.error.staff", NULL},
    {"turn_5", INPUT_NUMBER, false, 1, INT32_MAX, "admin.duty.error.staff", NULL},
    {"turn_6", INPUT_NUMBER, false, 1, INT32_MAX, "admin.duty.error.staff", NULL},
    {"first", INPUT_MOMENT, true, 0, 1, "staff.error.moment", NULL},
    {"shift_hours", INPUT_NUMBER, true, 8, 24, "staff.error.choice", NULL},
    {"days", INPUT_NUMBER, true, 1, 62, "admin.duty.error.days", NULL},
};
static const struct input_rule copy_rules[] = {
    {"week", INPUT_DIGITS, true, 1, 10, "admin.error.day", NULL},
    {"weeks", INPUT_NUMBER, true, 1, DUTY_COPY_WEEKS_MAX, "admin.duty.error.weeks", NULL},
};
static const struct input_rule end_rules[] = {
    {"end_at", INPUT_MOMENT, false, 0, 1, "staff.error.moment", NULL},
    {"remove", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL},
    {"seen", INPUT_NUMBER, true, 0, INT64_C(253402300799999), "staff.error.choice", NULL},
};

/* ---- what may stand in a roster */

/* Those whom this unit's roster may name. */
struct people {
    struct shift *rows;
    size_t count;
};

static enum status load_people(struct request *request, struct unit_id unit, struct people *people)
{
    return duty_store_people(admin_of(request)->db, unit, request->arena, &people->rows, &people->count,
                             &request->fault);
}

static bool is_one_of(const struct people *people, int64_t staff)
{
    for (size_t i = 0; i < people->count; i++)
        if (people->rows[i].staff.v == staff)
            return true;
    return false;
}

/* A field that names somebody else than the unit's own liaisons and leaders is wrong. */
static void check_person(struct inputs *inputs, const char *name, const struct people *people)
{
    const struct input *input = inputs_find(inputs, name);

    if (input->is_set && input->error == NULL && !is_one_of(people, input->number))
        inputs_error(inputs, name, "admin.duty.error.staff");
}

static void check_start(struct inputs *inputs, const char *name)
{
    const struct request *request = inputs->request;
    const struct instant at = inputs_find(inputs, name)->at;

    if (!instant_is_set(at))
        return;
    if (instant_is_before(at, instant_add_seconds(request->now, -DUTY_GRACE_SECONDS)))
        inputs_error(inputs, name, "admin.duty.error.past");
    else if (instant_is_before(instant_add_seconds(request->now, DUTY_AHEAD_SECONDS), at))
        inputs_error(inputs, name, "admin.duty.error.ahead");
}

/* ---- saving */

static const char *interval_text(const struct request *request, struct interval time)
{
    return arena_format(request->arena, "%s - %s", admin_local(request, time.from), admin_local(request, time.to));
}

static enum status save(struct request *request, struct response *response, struct unit_id unit,
                        const struct shift *shifts, size_t count)
{
    struct change change;

    if (!admin_change_begin(request, "duty_add", &change))
        return STATUS_INVALID;
    change.subject = SUBJECT_UNIT;
    change.subject_id = unit.v;
    change.detail = arena_format(request->arena, "%zu: %s", count,
                                 interval_text(request, (struct interval){shifts[0].time.from, shifts[count - 1].time.to}));
    const enum status status =
        duty_store_add(admin_of(request)->db, &change, unit, shifts, count, &request->fault);
    if (status != STATUS_OK && status != STATUS_DUPLICATE)
        return status;
    fault_reset(&request->fault);
    return response_redirect(request, response, "/staff/admin/duty/%d?done=1", unit.v);
}

/* The head of each handler: the form, the right, and whom the roster may name. */
static enum status begin(struct request *request, const struct input_rule *rules, size_t rule_count,
                         struct inputs *inputs, struct unit_id *unit, struct people *people)
{
    enum status status = inputs_read(request, rules, rule_count, inputs);

    if (status == STATUS_OK)
        status = admin_part_unit(request, OFFICE_DUTY_KEEP, unit);
    return status == STATUS_OK ? load_people(request, *unit, people) : status;
}

enum status admin_post_duty_add(struct request *request, struct response *response)
{
    struct inputs inputs;
    struct people people;
    struct unit_id unit;
    const enum status status = begin(request, add_rules, COUNT_OF(add_rules), &inputs, &unit, &people);

    if (status != STATUS_OK)
        return status;
    const struct interval time = {inputs_find(&inputs, "from")->at, inputs_find(&inputs, "to")->at};
    check_person(&inputs, "staff", &people);
    check_start(&inputs, "from");
    if (instant_is_set(time.from) && instant_is_set(time.to)) {
        if (!instant_is_before(time.from, time.to))
            inputs_error(&inputs, "to", "admin.duty.error.order");
        else if (instant_is_before(instant_add_seconds(time.from, ROSTER_SHIFT_SECONDS_MAX), time.to))
            inputs_error(&inputs, "to", "admin.duty.error.long");
    }
    if (inputs.error_count > 0)
        return duty_show_unit(request, response, unit, DUTY_FORM_ADD, &inputs, false, 422);
    const struct shift shift = {.staff = {(int32_t)inputs_number(&inputs, "staff", 0)}, .time = time};
    return save(request, response, unit, &shift, 1);
}

/* ---- a rotation */

static size_t read_turns(struct inputs *inputs, const struct people *people, struct staff_id turns[DUTY_TURNS])
{
    size_t count = 0;

    for (int turn = 1; turn <= DUTY_TURNS; turn++) {
        const char *name = arena_format(inputs->request->arena, "turn_%d", turn);
        check_person(inputs, name, people);
        const int64_t staff = inputs_number(inputs, name, 0);
        if (staff != 0)
            turns[count++].v = (int32_t)staff;
    }
    return count;
}

enum status admin_post_duty_rotate(struct request *request, struct response *response)
{
    struct staff_id turns[DUTY_TURNS];
    struct inputs inputs;
    struct people people;
    struct unit_id unit;
    const enum status status = begin(request, rotate_rules, COUNT_OF(rotate_rules), &inputs, &unit, &people);

    if (status != STATUS_OK)
        return status;
    const size_t turn_count = read_turns(&inputs, &people, turns);
    const int64_t seconds = inputs_number(&inputs, "shift_hours", 0) * HOUR_SECONDS;
    check_start(&inputs, "first");
    if (seconds % (4 * HOUR_SECONDS) != 0)
        inputs_error(&inputs, "shift_hours", "staff.error.choice");
    const size_t count = roster_rotation_count(seconds, (int)inputs_number(&inputs, "days", 0));
    if (inputs.error_count == 0 && count == 0)
        inputs_error(&inputs, "days", "admin.duty.error.days");
    if (inputs.error_count > 0)
        return duty_show_unit(request, response, unit, DUTY_FORM_ROTATE, &inputs, false, 422);
    struct shift *shifts = arena_take_array(request->arena, count, sizeof *shifts);
    for (size_t i = 0; i < count; i++)
        shifts[i] = (struct shift){
            .staff = turns[i % turn_count],
            .time = roster_rotation_shift(inputs_find(&inputs, "first")->at, seconds, i),
        };
    return save(request, response, unit, shifts, count);
}

/* ---- a week again */

static bool stands_already(const struct shift *shifts, size_t count, const struct shift *wanted)
{
    for (size_t i = 0; i < count; i++)
        if (shifts[i].staff.v == wanted->staff.v && instant_is_equal(shifts[i].time.from, wanted->time.from) &&
            instant_is_equal(shifts[i].time.to, wanted->time.to))
            return true;
    return false;
}

/* The shifts that begin in the week, again in each of the weeks after it: what stands there already is not doubled. */
static size_t make_copies(const struct request *request, const struct shift *shifts, size_t count, struct interval week,
                          int weeks, const struct people *people, struct shift copies[COPIES_MAX])
{
    const struct instant least = instant_add_seconds(request->now, -DUTY_GRACE_SECONDS);
    size_t made = 0;

    for (int after = 1; after <= weeks; after++)
        for (size_t i = 0; i < count && made < COPIES_MAX; i++) {
            const int64_t later = after * WEEK_SECONDS;
            struct shift copy = shifts[i];
            copy.time.from = instant_add_seconds(copy.time.from, later);
            copy.time.to = instant_add_seconds(copy.time.to, later);
            const bool is_of_week = !instant_is_before(shifts[i].time.from, week.from) &&
                                    instant_is_before(shifts[i].time.from, week.to);
            if (is_of_week && !instant_is_before(copy.time.from, least) && is_one_of(people, copy.staff.v) &&
                !stands_already(shifts, count, &copy))
                copies[made++] = copy;
        }
    return made;
}

enum status admin_post_duty_copy(struct request *request, struct response *response)
{
    struct inputs inputs;
    struct people people;
    struct unit_id unit;
    struct shift *shifts;
    struct day day;
    size_t count;
    enum status status = begin(request, copy_rules, COUNT_OF(copy_rules), &inputs, &unit, &people);

    if (status != STATUS_OK)
        return status;
    const struct day today = admin_today(request);
    if (!day_parse(inputs_text(&inputs, "week"), &day))
        inputs_error(&inputs, "week", "admin.error.day");
    else if (day.number < today.number - 366 || day.number > today.number + 366)
        inputs_error(&inputs, "week", "admin.duty.error.week");
    if (inputs.error_count > 0)
        return duty_show_unit(request, response, unit, DUTY_FORM_COPY, &inputs, false, 422);
    const struct instant start = day_start(day, request->app->settings.utc_offset_minutes);
    const struct interval week = {start, instant_add_seconds(start, WEEK_SECONDS)};
    const struct interval all = {start, instant_add_seconds(start, (DUTY_COPY_WEEKS_MAX + 1) * WEEK_SECONDS)};
    status = duty_store_list(admin_of(request)->db, unit, all, request->arena, &shifts, &count, &request->fault);
    if (status != STATUS_OK)
        return status;
    struct shift *copies = arena_take_array(request->arena, COPIES_MAX, sizeof *copies);
    const size_t made = make_copies(request, shifts, count, week, (int)inputs_number(&inputs, "weeks", 1), &people, copies);
    if (made == 0) {
        inputs_error(&inputs, "week", "admin.duty.error.nothing");
        return duty_show_unit(request, response, unit, DUTY_FORM_COPY, &inputs, false, 422);
    }
    return save(request, response, unit, copies, made);
}

/* ---- one shift */

/* The shift in the address, of a unit that this person has the task for. */
static enum status load_shift(struct request *request, enum office_task task, struct shift *shift)
{
    struct unit_id unit;
    int32_t id;
    const enum status status = admin_part_unit(request, task, &unit);

    if (status != STATUS_OK)
        return status;
    if (!admin_part_number(request, 1, &id))
        return STATUS_ABSENT;
    return duty_store_find(admin_of(request)->db, unit, id, request->arena, shift, &request->fault);
}

static enum status show_shift(struct request *request, struct response *response, const struct shift *shift,
                              struct inputs *inputs, int code)
{
    struct view *page = page_begin(request, "admin/shift");
    const bool is_over = !instant_is_before(request->now, shift->time.to);

    view_words(page, "Page.title", "admin.duty.shift");
    view_text(page, "Unit.name", admin_unit_name(request, shift->unit));
    view_number(page, "Unit.id", shift->unit.v);
    view_number(page, "Shift.id", shift->id);
    view_text(page, "Shift.name", shift->name);
    view_number(page, "Shift.seen", shift->time.to.milliseconds);
    view_instant(page, "Shift.added", shift->created_at);
    duty_show_interval(view_child(page, "Shift"), shift->time);
    view_flag(page, "is_over", is_over);
    view_flag(page, "is_stale", code == 409);
    view_flag(page, "can_remove", instant_is_before(request->now, shift->time.from));
    if (inputs != NULL)
        inputs_show(inputs, page);
    else
        view_text(page, "Form.end_at.value", admin_moment(request, shift->time.to));
    return page_end(page, response, code);
}

enum status admin_get_shift(struct request *request, struct response *response)
{
    struct inputs inputs;
    struct shift shift;
    enum status status = inputs_read(request, NULL, 0, &inputs);

    if (status == STATUS_OK)
        status = load_shift(request, OFFICE_DUTY_KEEP, &shift);
    return status == STATUS_OK ? show_shift(request, response, &shift, NULL, 200) : status;
}

/* When it shall end; INSTANT_NONE with an error or when it is taken away. */
static struct instant read_end(struct inputs *inputs, const struct shift *shift)
{
    const struct request *request = inputs->request;
    const struct input *end = inputs_find(inputs, "end_at");

    if (inputs_number(inputs, "remove", 0) != 0) {
        if (!instant_is_before(request->now, shift->time.from))
            inputs_error(inputs, "end_at", "admin.duty.error.running");
        return INSTANT_NONE;
    }
    if (!end->is_set)
        inputs_error(inputs, "end_at", "staff.error.moment");
    else if (end->error == NULL && (!instant_is_before(end->at, shift->time.to) || !instant_is_before(shift->time.from, end->at)))
        inputs_error(inputs, "end_at", "admin.duty.error.shorter");
    else if (end->error == NULL && instant_is_before(end->at, instant_add_seconds(request->now, -MINUTE_SECONDS)))
        inputs_error(inputs, "end_at", "admin.duty.error.past");
    return end->error == NULL ? end->at : INSTANT_NONE;
}

enum status admin_post_shift(struct request *request, struct response *response)
{
    struct inputs inputs;
    struct shift shift;
    struct change change;
    enum status status = inputs_read(request, end_rules, COUNT_OF(end_rules), &inputs);

    if (status == STATUS_OK)
        status = load_shift(request, OFFICE_DUTY_KEEP, &shift);
    if (status == STATUS_ABSENT && request->part[1] != NULL) { /* gone: perhaps by this very form, sent twice */
        fault_reset(&request->fault);
        return response_redirect(request, response, "/staff/admin/duty/%s", response_url_escape(request->arena, request->part[0]));
    }
    if (status != STATUS_OK)
        return status;
    if (inputs_find(&inputs, "seen")->error != NULL || !admin_change_begin(request, "duty_end", &change))
        return STATUS_INVALID;
    if (inputs_number(&inputs, "seen", 0) != shift.time.to.milliseconds)
        return show_shift(request, response, &shift, &inputs, 409);
    const struct instant end = read_end(&inputs, &shift);
    if (inputs.error_count > 0)
        return show_shift(request, response, &shift, &inputs, 422);
    change.subject = SUBJECT_UNIT;
    change.subject_id = shift.unit.v;
    change.detail = arena_format(request->arena, "%s: %s%s%s", shift.login, interval_text(request, shift.time),
                                 instant_is_set(end) ? " > " : " x", admin_local(request, end));
    status = duty_store_end(admin_of(request)->db, &change, &shift, end, &request->fault);
    if (status == STATUS_CONFLICT) {
        fault_reset(&request->fault);
        status = load_shift(request, OFFICE_DUTY_KEEP, &shift);
        return status == STATUS_OK ? show_shift(request, response, &shift, &inputs, 409) : status;
    }
    if (status != STATUS_OK && status != STATUS_DUPLICATE)
        return status;
    fault_reset(&request->fault);
    return response_redirect(request, response, "/staff/admin/duty/%d?done=1", shift.unit.v);
}
