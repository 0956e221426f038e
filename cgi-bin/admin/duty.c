/* The duty roster: uncovered hours of all units, and one unit's shifts with the forms that keep them (Art. 12). */
#include "admin/duty.h"
#include "web/page.h"

#define SHIFTS_SHOWN 200
#define GAPS_SHOWN 20
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

void duty_show_interval(struct view *view, struct interval time)
{
    view_instant(view, "from", time.from);
    view_instant(view, "to", time.to);
    view_duration(view, "length", instant_milliseconds_between(time.from, time.to) / 1000);
}

static void show_gaps(struct view *view, const struct duty_gaps *gaps, size_t most)
{
    for (size_t i = 0; i < gaps->count && i < most; i++)
        duty_show_interval(view_row(view, "Gaps", i), gaps->gaps[i]);
    view_flag(view, "has_gaps", gaps->count > 0);
    view_flag(view, "has_more_gaps", gaps->count > most);
    view_duration(view, "uncovered", gaps->seconds);
}

/* ---- all units */

/* Who is on duty now, of the shifts that hold now: the one that began last. */
static const struct shift *shift_now(const struct shift *shifts, size_t count, struct unit_id unit)
{
    const struct shift *found = NULL;

    for (size_t i = 0; i < count; i++)
        if (shifts[i].unit.v == unit.v && (found == NULL || !instant_is_before(shifts[i].time.from, found->time.from)))
            found = &shifts[i];
    return found;
}

static enum status show_units(struct request *request, struct response *response)
{
    struct admin *admin = admin_of(request);
    const struct interval window = duty_window(&admin->catalog, request->now);
    const struct interval moment = {request->now, instant_add_seconds(request->now, 1)};
    struct duty_gaps *units;
    struct shift *shifts;
    size_t count, shift_count;
    enum status status = duty_store_gaps(admin->db, &admin->catalog, (struct unit_id){0}, window, request->arena, &units,
                                         &count, &request->fault);

    if (status == STATUS_OK)
        status = duty_store_list(admin->db, (struct unit_id){0}, moment, request->arena, &shifts, &shift_count,
                                 &request->fault);
    if (status != STATUS_OK)
        return status;
    struct view *page = page_begin(request, "admin/duties");
    view_words(page, "Page.title", "admin.duty.title");
    view_number(page, "days", admin->catalog.policies[POLICY_ROSTER_DAYS]);
    for (size_t i = 0; i < count; i++) {
        const struct shift *shift = shift_now(shifts, shift_count, units[i].unit);
        struct view *row = view_row(page, "Rows", i);
        view_number(row, "id", units[i].unit.v);
        view_text(row, "name", admin_unit_name(request, units[i].unit));
        view_text(row, "now", shift != NULL ? shift->name : NULL);
        show_gaps(row, &units[i], 3);
    }
    return page_end(page, response, 200);
}

enum status admin_get_duties(struct request *request, struct response *response)
{
    struct inputs inputs;
    const enum status status = inputs_read(request, NULL, 0, &inputs);

    if (status != STATUS_OK)
        return status;
    if (!admin_may(request, OFFICE_DUTY_READ, (struct unit_id){0}))
        return response_redirect(request, response, "/staff/admin/duty/%d", request->actor.unit.v);
    return show_units(request, response);
}

/* ---- one unit */

static void show_shifts(struct view *page, const struct request *request, const struct shift *shifts, size_t count)
{
    struct interval *times = arena_take_array(request->arena, count + 1, sizeof *times);

    for (size_t i = 0; i < count; i++)
        times[i] = shifts[i].time;
    for (size_t i = 0; i < count && i < SHIFTS_SHOWN; i++) {
        struct view *row = view_row(page, "Rows", i);
        view_number(row, "id", shifts[i].id);
        view_text(row, "name", shifts[i].name);
        duty_show_interval(row, shifts[i].time);
        view_flag(row, "is_running", !instant_is_before(request->now, shifts[i].time.from));
        view_flag(row, "is_double", roster_overlaps(times, count, i));
    }
    view_flag(page, "is_empty", count == 0);
    view_flag(page, "has_more", count > SHIFTS_SHOWN);
}

/* Choices of one select: NAME.N, `chosen` 0 for the empty one, which stands first when there is one. */
static void show_people(struct view *page, const char *list, const struct request *request, const struct shift *people,
                        size_t count, bool has_empty, int64_t chosen)
{
    size_t row = 0;

    if (has_empty)
        admin_choice(page, list, row++, -1, words_find(request->language, "staff.none"), chosen == 0);
    for (size_t i = 0; i < count; i++)
        admin_choice(page, list, row++, people[i].staff.v, people[i].name, people[i].staff.v == chosen);
}

static int64_t chosen_of(struct inputs *inputs, bool is_mine, const char *name, int64_t usual)
{
    return is_mine ? inputs_number(inputs, name, 0) : usual;
}

static void show_turns(struct view *page, const struct request *request, const struct shift *people, size_t count,
                       struct inputs *inputs, bool is_mine)
{
    for (int turn = 1; turn <= DUTY_TURNS; turn++) {
        const char *name = arena_format(request->arena, "turn_%d", turn);
        const int64_t usual = (size_t)turn <= count ? people[turn - 1].staff.v : 0;
        struct view *row = view_row(page, "Turns", (size_t)turn - 1);
        view_text(row, "name", name);
        view_number(row, "number", turn);
        if (is_mine)
            view_text(row, "error", inputs_find(inputs, name)->error);
        show_people(row, "Choices", request, people, count, true, chosen_of(inputs, is_mine, name, usual));
    }
}

/* Where the roster ends: what is added next begins there by itself. */
static struct instant roster_end(const struct request *request, const struct shift *shifts, size_t count)
{
    const int64_t hour_ms = (int64_t)HOUR_SECONDS * 1000;
    struct instant end = {request->now.milliseconds - request->now.milliseconds % hour_ms};

    for (size_t i = 0; i < count; i++)
        if (instant_is_before(end, shifts[i].time.to))
            end = shifts[i].time.to;
    return end;
}

/* Monday of the week of the day before: a week that is known. */
static struct day last_monday(struct day today)
{
    return (struct day){today.number - (today.number + 3) % 7}; /* day 0 was a Thursday */
}

static enum status show_forms(struct view *page, struct request *request, struct unit_id unit, struct instant next,
                              enum duty_form form, struct inputs *inputs)
{
    static const int lengths[] = {8, 12, 24};
    struct shift *people;
    size_t count;
    const enum status status =
        duty_store_people(admin_of(request)->db, unit, request->arena, &people, &count, &request->fault);

    if (status != STATUS_OK)
        return status;
    const bool is_add = form == DUTY_FORM_ADD, is_rotate = form == DUTY_FORM_ROTATE;
    const int64_t hours = chosen_of(inputs, is_rotate, "shift_hours", 12);
    view_flag(page, "has_people", count > 0);
    show_people(page, "People", request, people, count, false, chosen_of(inputs, is_add, "staff", 0));
    show_turns(page, request, people, count, inputs, is_rotate);
    for (size_t i = 0; i < COUNT_OF(lengths); i++)
        admin_choice(page, "Lengths", i, lengths[i],
                     words_duration(request->arena, request->language, (int64_t)lengths[i] * HOUR_SECONDS),
                     lengths[i] == hours);
    if (inputs != NULL)
        inputs_show(inputs, page);
    if (!is_add) {
        view_text(page, "Form.from.value", admin_moment(request, next));
        view_text(page, "Form.to.value", admin_moment(request, instant_add_seconds(next, 12 * HOUR_SECONDS)));
    }
    if (!is_rotate) {
        view_text(page, "Form.first.value", admin_moment(request, next));
        view_number(page, "Form.days.value", 14);
    }
    if (form != DUTY_FORM_COPY) {
        view_text(page, "Form.week.value", admin_day(request, last_monday(admin_today(request))));
        view_number(page, "Form.weeks.value", 1);
    }
    view_flag(page, "is_add_open", is_add);
    view_flag(page, "is_rotate_open", is_rotate);
    view_flag(page, "is_copy_open", form == DUTY_FORM_COPY);
    return STATUS_OK;
}

enum status duty_show_unit(struct request *request, struct response *response, struct unit_id unit, enum duty_form form,
                           struct inputs *inputs, bool is_done, int code)
{
    struct admin *admin = admin_of(request);
    const struct interval coming = {request->now, instant_add_seconds(request->now, DUTY_AHEAD_SECONDS)};
    struct duty_gaps *gaps;
    struct shift *shifts;
    size_t count, gap_count;
    enum status status = duty_store_list(admin->db, unit, coming, request->arena, &shifts, &count, &request->fault);

    if (status == STATUS_OK)
        status = duty_store_gaps(admin->db, &admin->catalog, unit, duty_window(&admin->catalog, request->now),
                                 request->arena, &gaps, &gap_count, &request->fault);
    if (status != STATUS_OK)
        return status;
    struct view *page = page_begin(request, "admin/duty");
    view_words(page, "Page.title", "admin.duty.title");
    view_text(page, "Unit.name", admin_unit_name(request, unit));
    view_number(page, "Unit.id", unit.v);
    view_number(page, "days", admin->catalog.policies[POLICY_ROSTER_DAYS]);
    view_flag(page, "is_done", is_done);
    view_flag(page, "reads_all", admin_may(request, OFFICE_DUTY_READ, (struct unit_id){0}));
    view_flag(page, "can_keep", admin_may(request, OFFICE_DUTY_KEEP, unit));
    if (gap_count > 0)
        show_gaps(page, &gaps[0], GAPS_SHOWN);
    view_flag(page, "is_handling", gap_count > 0);
    show_shifts(page, request, shifts, count);
    if (admin_may(request, OFFICE_DUTY_KEEP, unit))
        status = show_forms(page, request, unit, roster_end(request, shifts, count), form, inputs);
    return status == STATUS_OK ? page_end(page, response, code) : status;
}

enum status admin_get_duty(struct request *request, struct response *response)
{
    static const struct input_rule rules[] = {{"done", INPUT_FLAG, false, 0, 1, "staff.error.choice", NULL}};
    struct inputs inputs;
    struct unit_id unit;
    enum status status = inputs_read(request, rules, COUNT_OF(rules), &inputs);

    if (status == STATUS_OK)
        status = admin_part_unit(request, OFFICE_DUTY_READ, &unit);
    if (status != STATUS_OK)
        return status;
    return duty_show_unit(request, response, unit, DUTY_FORM_NONE, NULL, inputs_number(&inputs, "done", 0) != 0, 200);
}
