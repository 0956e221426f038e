/*
 * One invented ticket from its report to wherever it stands now. Every step goes through decide and the store, at the
 * moment it is said to happen; most promises are kept, some are missed, a few take the less usual ways.
 */
#include <limits.h>
#include <string.h>

#include "core/number.h"
#include "shuinuo/demo.h"
#include "store/ticket_store.h"

enum { MINUTE = 60, HOUR = 3600, DAY = 86400, NUMBER_TRIES = 20 };

/* A ticket being lived: `at` is the moment the story has reached. */
struct life {
    struct admin *admin;
    struct dice *dice;
    const struct demo_matter *matter;
    const struct category *category;
    struct ticket_file file;
    struct unit_id unit; /* that holds it */
    struct instant at;
    int steps_left; /* of a story that somebody forgets about: what comes then is late and shows on the desk; else many */
    bool is_over;   /* the story has reached the present, or its end */
    struct fault *fault;
};

static struct regulation regulation_of(const struct life *life)
{
    return life->admin->catalog.regulation;
}

/*
 * One action, `after` seconds later, by somebody who may. Once the story has reached the present nothing more happens. A
 * verdict other than OK is a mistake of this file and ends the load, so that the sample can't rot silently.
 */
static enum status step(struct life *life, struct command *command, enum role role, struct unit_id unit, int64_t after,
                        const char *words)
{
    struct event event;
    if (life->is_over)
        return STATUS_OK;
    struct instant at = instant_add_seconds(life->at, after);
    if (instant_is_before(life->admin->now, at) || life->steps_left == 0) {
        life->is_over = true;
        return STATUS_OK;
    }
    life->steps_left -= 1;
    life->at = at;
    struct regulation regulation = regulation_of(life);
    command->actor = role == ROLE_RESIDENT ? actor_resident()
                     : role == ROLE_SYSTEM ? actor_system()
                                           : demo_actor(life->admin, role, unit);
    command->expected_version = life->file.ticket.version;
    command->occurred_at = INSTANT_NONE;
    command->has_text = words != NULL && words[0] != '\0';
    enum verdict verdict = ticket_decide(&life->file.ticket, command, &regulation, at, &event);
    if (verdict != VERDICT_OK)
        return FAULT(life->fault, STATUS_FAILED, "sample town: %s of a %s ticket in state %s is refused: %s",
                     ticket_action_name(command->action), life->matter->category,
                     ticket_state_name(life->file.ticket.state), verdict_name(verdict));
    return ticket_store_append(life->admin->db, &life->file, &event, command->has_text ? words : NULL, NULL,
                               &life->admin->catalog, life->fault);
}

static enum status act(struct life *life, enum ticket_action action, enum role role, struct unit_id unit, int64_t after,
                       const char *words)
{
    struct command command = {.action = action};
    return step(life, &command, role, unit, after, words);
}

static enum status act_with(struct life *life, enum ticket_action action, enum event_field field, int64_t value,
                            enum role role, struct unit_id unit, int64_t after, const char *words)
{
    struct command command = {.action = action};
    command_set(&command, field, value);
    return step(life, &command, role, unit, after, words);
}

static struct unit_id ops_of(const struct life *life)
{
    return catalog_unit_by_code(&life->admin->catalog, "ops")->id;
}

/* Waiting for dispatch: ten minutes are the internal limit, now and then it takes longer. */
static enum status dispatch(struct life *life, struct unit_id unit)
{
    int64_t wait = dice_percent(life->dice, 6) ? dice_between(life->dice, 11 * MINUTE, 30 * MINUTE)
                                               : dice_between(life->dice, 40, 9 * MINUTE);
    struct command command = {.action = ACTION_DISPATCH};
    command_set(&command, FIELD_UNIT, unit.v);
    if (life->file.ticket.cycle > 1)
        command_set(&command, FIELD_CREW_SENT, life->category->is_leak);
    life->unit = unit;
    return step(life, &command, ROLE_OPS, ops_of(life), wait, NULL);
}

static enum status accept(struct life *life)
{
    int64_t wait = dice_percent(life->dice, 7) ? dice_between(life->dice, 21 * MINUTE, 70 * MINUTE)
                                               : dice_between(life->dice, 2 * MINUTE, 18 * MINUTE);
    return act(life, ACTION_ACCEPT, ROLE_LIAISON, life->unit, wait, NULL);
}

static struct unit_id inspection_of(const struct life *life)
{
    return catalog_unit_by_code(&life->admin->catalog, "inspection")->id;
}

/* Damage by others is a joint case: the detachment is sent beside the repair (Art. 25). */
static enum status send_inspection(struct life *life)
{
    struct command command = {.action = ACTION_DISPATCH_ASSIST};
    command_set(&command, FIELD_UNIT, inspection_of(life).v);
    command_set(&command, FIELD_ASSIGNMENT_ROLE, ASSIGNMENT_INSPECTION);
    enum status status = step(life, &command, ROLE_OPS, ops_of(life), 30, NULL);
    if (status == STATUS_OK && !life->is_over)
        status = act(life, ACTION_ACCEPT, ROLE_LIAISON, inspection_of(life), 2 * MINUTE, NULL);
    return status;
}

/* A unit that says the matter is another's: returned, or told to carry on (Art. 16). */
static enum status object(struct life *life)
{
    enum status status = act_with(life, ACTION_OBJECT, FIELD_REASON, 1, ROLE_LIAISON, life->unit,
                                  dice_between(life->dice, 4 * MINUTE, 17 * MINUTE), "该处管线不属于本单位维护范围。");
    if (status != STATUS_OK || life->is_over)
        return status;
    bool is_returned = dice_percent(life->dice, 60);
    status = act_with(life, ACTION_DECIDE_OBJECTION, FIELD_DECISION, is_returned ? DECISION_RETURN : DECISION_CARRY_ON,
                      ROLE_OPS, ops_of(life), dice_between(life->dice, 3 * MINUTE, 15 * MINUTE),
                      is_returned ? "核实属实，改派。" : "产权图显示为本单位管线，请继续办理。");
    if (status != STATUS_OK || life->is_over || !is_returned)
        return status;
    struct unit_id other = catalog_unit_by_code(&life->admin->catalog,
                                                life->category->is_leak ? "maintenance" : "customer")->id;
    if (other.v == life->unit.v)
        other = catalog_unit_by_code(&life->admin->catalog, "pipeline")->id;
    status = dispatch(life, other);
    return status == STATUS_OK ? accept(life) : status;
}

/* Seconds from now in the story to `limit` after the start of the cycle, times permille. */
static int64_t until(const struct life *life, int64_t limit_seconds, int64_t permille)
{
    struct instant goal = instant_add_seconds(life->file.ticket.cycle_started_at, limit_seconds * permille / 1000);
    int64_t left = instant_milliseconds_between(life->at, goal) / 1000;
    return left < MINUTE ? MINUTE : left;
}

/* Arrival, diameter, repair of a leak (Art. 22). */
static enum status work_on_leak(struct life *life)
{
    static const int diameters[] = {100, 150, 200, 300, 400, 600, 800};
    bool is_late = dice_percent(life->dice, 9);
    struct command arrival = {.action = ACTION_ARRIVE};
    command_set(&arrival, FIELD_DIAMETER_MM, diameters[dice_below(life->dice, 7)]);
    enum status status = step(life, &arrival, ROLE_CREW, catalog_unit_by_code(&life->admin->catalog, "pipeline")->id,
                              until(life, 40 * MINUTE, is_late ? dice_between(life->dice, 1100, 2200)
                                                               : dice_between(life->dice, 600, 980)),
                              "开挖检查，计划停水更换管段。");
    if (status == STATUS_OK && !life->is_over && life->category->is_third_party)
        status = act(life, ACTION_ARRIVE, ROLE_LIAISON, inspection_of(life), dice_between(life->dice, 20, 4 * MINUTE),
                     "现场取证，已联系施工方负责人。");
    if (status == STATUS_OK && !life->is_over && life->category->is_third_party)
        status = act_with(life, ACTION_RECORD_LIABILITY, FIELD_LIABILITY, LIABILITY_IDENTIFIED, ROLE_LIAISON,
                          inspection_of(life), 5 * MINUTE, "施工单位挖断，已签认责任书，赔偿另行核算。");
    if (status == STATUS_OK && !life->is_over)
        status = act(life, ACTION_REPAIR, ROLE_CREW, catalog_unit_by_code(&life->admin->catalog, "pipeline")->id,
                     until(life, DAY, dice_percent(life->dice, 6) ? dice_between(life->dice, 1020, 1500)
                                                                  : dice_between(life->dice, 150, 900)),
                     "更换管段，试压合格。");
    return status;
}

static bool wants(const struct life *life, enum clock_kind kind)
{
    const struct clock *clock = ticket_clock(&life->file.ticket, kind);
    return clock != NULL && clock_is_running(clock);
}

/* Art. 24: the meter is faulty, the notice was handed over, the customer signed. */
static enum status record_formalities(struct life *life)
{
    struct command command = {.action = ACTION_RECORD_FORMALITIES};
    command_set(&command, FIELD_REASON, 2);
    command_set(&command, FIELD_NOTICE_GIVEN, NOTICE_IN_PERSON);
    command_set(&command, FIELD_CONFIRMATION, CONFIRMATION_GIVEN);
    return step(life, &command, ROLE_LIAISON, life->unit, 20 * MINUTE, "换表通知单已送达，顾客签字确认底数。");
}

/* What happens between acceptance and the result. */
static enum status work(struct life *life)
{
    enum status status = STATUS_OK;
    if (wants(life, CLOCK_CONTACT))
        status = act(life, ACTION_CONTACT, ROLE_LIAISON, life->unit,
                     until(life, 30 * MINUTE, dice_percent(life->dice, 8) ? dice_between(life->dice, 1100, 3000)
                                                                          : dice_between(life->dice, 300, 980)),
                     "已联系顾客，约定上门时间。");
    if (status == STATUS_OK && !life->is_over && life->category->is_leak)
        status = work_on_leak(life);
    if (status == STATUS_OK && !life->is_over && life->category->needs_formalities)
        status = record_formalities(life);
    return status;
}

/* Asked before due, decided by ops (Art. 13). Returns the permille of the limit at which it will be finished. */
static enum status extend(struct life *life, int64_t limit_seconds)
{
    struct instant due = instant_add_seconds(life->file.ticket.cycle_started_at, limit_seconds);
    enum status status = act_with(life, ACTION_ASK_EXTENSION, FIELD_PROPOSED_DUE,
                                  instant_add_seconds(due, DAY).milliseconds, ROLE_LIAISON, life->unit,
                                  until(life, limit_seconds, 750), "配件需外地调货，明日到货。");
    if (status != STATUS_OK || life->is_over)
        return status;
    bool is_granted = dice_percent(life->dice, 75);
    return act_with(life, ACTION_DECIDE_EXTENSION, FIELD_DECISION, is_granted ? DECISION_GRANT : DECISION_REFUSE, ROLE_OPS,
                    ops_of(life), 20 * MINUTE, is_granted ? "情况属实，同意延期一天。" : "附近库房有货，请当日办结。");
}

static int64_t finish_limit(const struct life *life)
{
    const struct clock *clock = ticket_clock(&life->file.ticket, CLOCK_FINISH);
    return clock == NULL || clock->limit_seconds <= 0 ? 2 * DAY : clock->limit_seconds;
}

static enum status report_finish(struct life *life, int64_t after)
{
    struct command command = {.action = ACTION_FINISH};
    command_set(&command, FIELD_OUTCOME, OUTCOME_SOLVED);
    if (life->category->is_leak)
        command_set(&command, FIELD_NO_PHOTO, 3); /* filled in before anybody took one */
    return step(life, &command, ROLE_LIAISON, life->unit, after, life->matter->result);
}

static enum status finish(struct life *life)
{
    int64_t limit = finish_limit(life), permille;
    enum status status = STATUS_OK;
    if (!life->category->is_leak && limit >= DAY && dice_percent(life->dice, 7)) {
        status = extend(life, limit);
        permille = dice_between(life->dice, 1050, 1300);
    } else {
        permille = dice_percent(life->dice, 7) ? dice_between(life->dice, 1010, 1600) : dice_between(life->dice, 120, 930);
    }
    if (status != STATUS_OK || life->is_over)
        return status;
    return report_finish(life, until(life, limit, permille));
}

static enum status review(struct life *life)
{
    enum status status;
    if (dice_percent(life->dice, 3)) {
        status = act_with(life, ACTION_REVIEW, FIELD_DECISION, DECISION_REFUSE, ROLE_OPS, ops_of(life),
                          dice_between(life->dice, 10 * MINUTE, HOUR), "请补充处理照片和现场测压结果。");
        if (status == STATUS_OK && !life->is_over)
            status = report_finish(life, HOUR);
        if (status != STATUS_OK || life->is_over)
            return status;
    }
    return act_with(life, ACTION_REVIEW, FIELD_DECISION, DECISION_GRANT, ROLE_OPS, ops_of(life),
                    dice_between(life->dice, 10 * MINUTE, 4 * HOUR), NULL);
}

/* The call back (Art. 10). Says in `is_solved` how it went. */
static enum status follow_up(struct life *life, bool *is_solved)
{
    struct command command = {.action = ACTION_FOLLOW_UP};
    *is_solved = !life->file.ticket.has_phone || life->file.ticket.cycle > 1 || !dice_percent(life->dice, 4);
    if (!life->file.ticket.has_phone) {
        command_set(&command, FIELD_FOLLOW_UP, FOLLOW_UP_NOT_POSSIBLE);
    } else if (*is_solved) {
        command_set(&command, FIELD_FOLLOW_UP, FOLLOW_UP_SATISFIED);
        command_set(&command, FIELD_SATISFACTION, dice_percent(life->dice, 80) ? 5 : dice_between(life->dice, 3, 4));
    } else {
        command_set(&command, FIELD_FOLLOW_UP, FOLLOW_UP_UNSOLVED);
        command_set(&command, FIELD_SATISFACTION, 1);
    }
    return step(life, &command, ROLE_OPS, ops_of(life), dice_between(life->dice, 2 * HOUR, 26 * HOUR),
                *is_solved ? NULL : "顾客反映问题仍未解决。");
}

/* From dispatch to a followed-up result; the second time round when the first was not the end of it. */
static enum status live_cycle(struct life *life, bool *is_solved)
{
    struct unit_id unit = catalog_route(&life->admin->catalog, life->category->id, life->file.ticket.facts.zone);
    enum status status = dispatch(life, unit);
    if (status == STATUS_OK && !life->is_over) {
        if (life->file.ticket.cycle == 1 && !life->category->is_leak && dice_percent(life->dice, 5))
            status = object(life);
        else
            status = accept(life);
    }
    if (status == STATUS_OK && !life->is_over && life->category->is_third_party)
        status = send_inspection(life);
    if (status == STATUS_OK && !life->is_over)
        status = work(life);
    if (status == STATUS_OK && !life->is_over)
        status = finish(life);
    if (status == STATUS_OK && !life->is_over)
        status = review(life);
    if (status == STATUS_OK && !life->is_over)
        status = follow_up(life, is_solved);
    return status;
}

static enum status live(struct life *life)
{
    bool is_solved = true;
    if (life->category->clocks == 0)
        return STATUS_OK;
    if (dice_percent(life->dice, 2))
        return act(life, ACTION_WITHDRAW, ROLE_RESIDENT, (struct unit_id){0}, 4 * MINUTE, NULL);
    if (!life->category->is_leak && dice_percent(life->dice, 2))
        return act(life, ACTION_NOT_OURS, ROLE_OPS, ops_of(life), 7 * MINUTE, "该楼由自备井供水，已告知产权单位电话。");
    enum status status = live_cycle(life, &is_solved);
    if (status == STATUS_OK && !life->is_over && !is_solved)
        status = live_cycle(life, &is_solved);
    if (status == STATUS_OK && !life->is_over)
        status = act(life, ACTION_CLOSE, ROLE_OPS, ops_of(life), dice_between(life->dice, HOUR, 30 * HOUR), NULL);
    return status;
}

static const struct demo_matter *matter_choose(struct dice *dice)
{
    uint32_t total = 0;
    for (size_t i = 0; i < demo_matter_count; i++)
        total += demo_matters[i].weight;
    uint32_t drawn = dice_below(dice, total);
    for (size_t i = 0; i < demo_matter_count; i++) {
        if (drawn < demo_matters[i].weight)
            return &demo_matters[i];
        drawn -= demo_matters[i].weight;
    }
    return &demo_matters[0];
}

static const struct place *community_choose(struct life *life)
{
    const struct catalog *catalog = &life->admin->catalog;
    for (;;) {
        const struct place *place = &catalog->places[dice_below(life->dice, (uint32_t)catalog->offered_count)];
        if (place->kind >= 2)
            return place;
    }
}

static enum source source_choose(struct dice *dice)
{
    static const enum source sources[] = {SOURCE_WEB,   SOURCE_WEB,   SOURCE_WEB,   SOURCE_PHONE,    SOURCE_PHONE,
                                          SOURCE_PHONE, SOURCE_PHONE, SOURCE_VISIT, SOURCE_HOTLINE,  SOURCE_HOTLINE,
                                          SOURCE_MEDIA, SOURCE_LETTER, SOURCE_STAFF, SOURCE_SUPERIOR, SOURCE_SUGGESTION_BOX};
    return sources[dice_below(dice, sizeof sources / sizeof sources[0])];
}

/* Event 1, decided like any other. */
static enum verdict report(struct life *life, const struct place *place, bool has_phone, struct ticket *ticket,
                           struct event *event)
{
    struct command command = {.action = ACTION_REPORT, .occurred_at = INSTANT_NONE, .has_text = true};
    enum source source = source_choose(life->dice);
    struct regulation regulation = regulation_of(life);
    command.actor = source == SOURCE_WEB ? actor_resident() : demo_actor(life->admin, ROLE_OPERATOR, ops_of(life));
    command_set(&command, FIELD_SOURCE, source);
    command_set(&command, FIELD_NATURE, life->category->default_nature);
    command_set(&command, FIELD_CATEGORY, life->category->id.v);
    command_set(&command, FIELD_ZONE, place->zone);
    command_set(&command, FIELD_PLACE, place->id.v);
    command_set(&command, FIELD_HAS_PHONE, has_phone);
    if (source == SOURCE_MEDIA || source == SOURCE_SUPERIOR)
        command_set(&command, FIELD_GRADES, GRADE_BIT(GRADE_KEY_SOURCE));
    if (source != SOURCE_WEB)
        command_set(&command, FIELD_FIRST_RECEIVER, command.actor.staff.v);
    ticket_init(ticket, (struct ticket_id){0});
    enum verdict verdict = ticket_decide(ticket, &command, &regulation, life->at, event);
    if (verdict == VERDICT_OK)
        ticket_apply(ticket, event);
    return verdict;
}

static void person_invent(struct dice *dice, bool has_phone, struct person *person)
{
    static const char *const names[] = {"王女士", "李先生", "张先生", "刘女士", "陈先生", "杨女士", "赵先生", "孙女士"};
    struct text text;
    memset(person, 0, sizeof *person);
    text_init(&text, person->name, sizeof person->name);
    text_add(&text, names[dice_below(dice, sizeof names / sizeof names[0])]);
    if (!has_phone)
        return;
    text_init(&text, person->phone, sizeof person->phone);
    text_add_format(&text, "199%08u", dice_below(dice, 100000000U)); /* invented numbers */
}

static enum status file_ticket(struct life *life)
{
    struct admin *admin = life->admin;
    struct ticket ticket;
    struct event event;
    struct person person;
    struct filing filing = {0};
    const struct place *place = community_choose(life);
    bool has_phone = life->category->needs_phone || dice_percent(life->dice, 60);

    enum verdict verdict = report(life, place, has_phone, &ticket, &event);
    if (verdict != VERDICT_OK)
        return FAULT(life->fault, STATUS_FAILED, "sample town: a %s report is refused: %s", life->matter->category,
                     verdict_name(verdict));
    person_invent(life->dice, has_phone, &person);
    filing.person = person_seal(&person, &admin->secrets, &admin->arena);
    filing.place_text = arena_format(&admin->arena, place->kind == 2 ? "%s%u号楼" : "%s%u号附近", place->name,
                                     1 + dice_below(life->dice, 28));
    filing.words = life->matter->words;
    for (size_t i = 0; i < sizeof filing.key; i++)
        filing.key[i] = (uint8_t)dice_below(life->dice, 256);

    enum status status = STATUS_CONFLICT;
    for (int try = 0; try < NUMBER_TRIES && status == STATUS_CONFLICT; try++) {
        number_format(day_of(life->at, admin->settings.utc_offset_minutes), dice_below(life->dice, 10000000U),
                      filing.number);
        status = ticket_store_file(admin->db, &ticket, &event, &filing, &admin->catalog, &admin->arena, life->fault);
    }
    if (status != STATUS_OK)
        return status;
    return ticket_store_load_by_id(admin->db, ticket.id, &admin->arena, &life->file, life->fault);
}

enum status demo_live_ticket(struct admin *admin, struct dice *dice, struct instant reported_at, struct fault *fault)
{
    struct life life = {.admin = admin, .dice = dice, .at = reported_at, .steps_left = INT_MAX, .fault = fault};
    bool is_recent = instant_milliseconds_between(reported_at, admin->now) < (int64_t)3 * DAY * 1000;
    if (is_recent && dice_percent(dice, 40))
        life.steps_left = (int)dice_below(dice, 6);
    life.matter = matter_choose(dice);
    life.category = category_find_by_code(admin->catalog.regulation.categories, admin->catalog.regulation.category_count,
                                          life.matter->category, reported_at);
    if (life.category == NULL)
        return FAULT(fault, STATUS_FAILED, "sample town: no category %s", life.matter->category);
    enum status status = file_ticket(&life);
    return status == STATUS_OK ? live(&life) : status;
}
