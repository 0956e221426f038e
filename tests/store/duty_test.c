/*
 * The duty roster and what hangs on it: uncovered hours, who is on duty, calls that nobody answered; and the versions of the
 * units' own rules and inspections.
 */
#include <string.h>

#include "base/random.h"
#include "check.h"
#include "stand.h"
#include "store/duty_store.h"
#include "store/handover_store.h"
#include "store/service_store.h"

#define PIPELINE ((struct unit_id){3})
#define INSPECTION_UNIT ((struct unit_id){4})

static struct stand *shared(void)
{
    static struct stand *stand;
    if (stand == NULL) {
        stand = stand_open("duty");
        stand_run(stand, "INSERT INTO staff (id, login, name, unit_id, roles, is_active, phone_masked, created_at) VALUES"
                         " (31, 'lina', '李娜', 3, 16, 1, '138****5678', '2026-01-01'),"
                         " (32, 'zhaowei', '赵伟', 3, 32, 1, '139****0001', '2026-01-01'),"
                         " (33, 'sunqiang', '孙强', 3, 8, 1, '', '2026-01-01'),"
                         " (34, 'gone', '走了', 3, 16, 0, '', '2026-01-01'),"
                         " (41, 'matao', '马涛', 4, 16, 1, '', '2026-01-01')");
    }
    stand_run(stand, "DELETE FROM duty");
    return stand;
}

static struct change change_of(const struct stand *stand, const char *what)
{
    struct change change = {.staff = {32}, .what = what, .detail = "", .now = stand->now};

    random_bytes(change.key, sizeof change.key);
    return change;
}

/* Hours from the stand's now. */
static struct interval hours(const struct stand *stand, int64_t from, int64_t to)
{
    return (struct interval){instant_add_seconds(stand->now, from * HOUR_SECONDS),
                             instant_add_seconds(stand->now, to * HOUR_SECONDS)};
}

static void put(struct stand *stand, struct unit_id unit, int32_t staff, int64_t from, int64_t to)
{
    const struct shift shift = {.staff = {staff}, .time = hours(stand, from, to)};
    const struct change change = change_of(stand, "duty_add");

    REQUIRE_STATUS(duty_store_add(stand->db, &change, unit, &shift, 1, &stand->fault), STATUS_OK);
}

static const struct duty_gaps *gaps_of(struct stand *stand, struct unit_id asked, struct unit_id unit)
{
    struct duty_gaps *units;
    size_t count;

    REQUIRE_STATUS(duty_store_gaps(stand->db, &stand->catalog, asked, duty_window(&stand->catalog, stand->now),
                                   &stand->arena, &units, &count, &stand->fault),
                   STATUS_OK);
    for (size_t i = 0; i < count; i++)
        if (units[i].unit.v == unit.v)
            return &units[i];
    return NULL;
}

TEST(art12_uncovered_hours_of_the_next_seven_days_are_found_for_each_handling_unit)
{
    struct stand *stand = shared();

    put(stand, PIPELINE, 31, -5, 12);
    put(stand, PIPELINE, 32, 12, 24);
    put(stand, PIPELINE, 31, 30, 200);
    put(stand, INSPECTION_UNIT, 41, 0, 168);
    CHECK_INT(gaps_of(stand, (struct unit_id){0}, PIPELINE)->seconds, 6 * HOUR_SECONDS);
    CHECK_INT(gaps_of(stand, (struct unit_id){0}, PIPELINE)->count, 1);
    CHECK_INT(gaps_of(stand, (struct unit_id){0}, INSPECTION_UNIT)->count, 0);
    CHECK_INT(gaps_of(stand, (struct unit_id){0}, (struct unit_id){2})->seconds, 7 * DAY_SECONDS);
    CHECK(gaps_of(stand, (struct unit_id){0}, (struct unit_id){1}) == NULL); /* ops handles none */
    CHECK_INT(gaps_of(stand, PIPELINE, PIPELINE)->seconds, 6 * HOUR_SECONDS);
    CHECK(gaps_of(stand, PIPELINE, INSPECTION_UNIT) == NULL);
}

TEST(a_shift_of_somebody_who_left_covers_nothing)
{
    struct stand *stand = shared();
    struct duty_person person;

    put(stand, PIPELINE, 34, 0, 168);
    CHECK_INT(gaps_of(stand, PIPELINE, PIPELINE)->seconds, 7 * DAY_SECONDS);
    CHECK_STATUS(duty_store_on_duty(stand->db, PIPELINE, stand->now, &stand->arena, &person, &stand->fault), STATUS_ABSENT);
}

TEST(art12_the_liaison_on_duty_is_the_one_whose_shift_holds_and_of_two_the_later_one)
{
    struct stand *stand = shared();
    struct duty_person person;

    put(stand, PIPELINE, 31, -2, 12);
    put(stand, PIPELINE, 32, 0, 1);
    REQUIRE_STATUS(duty_store_on_duty(stand->db, PIPELINE, stand->now, &stand->arena, &person, &stand->fault), STATUS_OK);
    CHECK_INT(person.staff.v, 32);
    CHECK_STATUS(duty_store_on_duty(stand->db, PIPELINE, hours(stand, 1, 2).from, &stand->arena, &person, &stand->fault),
                 STATUS_OK);
    CHECK_INT(person.staff.v, 31); /* the other's hour ended exactly then */
    CHECK_TEXT(person.phone_masked, "138****5678");
    CHECK_STATUS(duty_store_on_duty(stand->db, PIPELINE, hours(stand, 12, 13).from, &stand->arena, &person, &stand->fault),
                 STATUS_ABSENT);
}

TEST(a_roster_names_active_liaisons_and_leaders_of_the_unit_alone)
{
    struct stand *stand = shared();
    struct shift *people;
    size_t count;

    REQUIRE_STATUS(duty_store_people(stand->db, PIPELINE, &stand->arena, &people, &count, &stand->fault), STATUS_OK);
    REQUIRE(count == 2);
    CHECK_INT(people[0].staff.v, 31);
    CHECK_INT(people[1].staff.v, 32);
}

TEST(shifts_are_added_all_or_none_and_once_per_form)
{
    struct stand *stand = shared();
    const struct shift shifts[] = {{.staff = {31}, .time = hours(stand, 0, 12)}, {.staff = {32}, .time = hours(stand, 12, 24)}};
    const struct change change = change_of(stand, "duty_add");

    CHECK_STATUS(duty_store_add(stand->db, &change, PIPELINE, shifts, 2, &stand->fault), STATUS_OK);
    CHECK_STATUS(duty_store_add(stand->db, &change, PIPELINE, shifts, 2, &stand->fault), STATUS_DUPLICATE);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM duty"), 2);
}

TEST(a_coming_shift_can_be_taken_away_a_running_one_only_ended)
{
    struct stand *stand = shared();
    struct shift *shifts;
    size_t count;

    put(stand, PIPELINE, 31, -2, 12);
    put(stand, PIPELINE, 32, 12, 24);
    REQUIRE_STATUS(duty_store_list(stand->db, PIPELINE, hours(stand, 0, 48), &stand->arena, &shifts, &count, &stand->fault),
                   STATUS_OK);
    REQUIRE(count == 2);
    const struct change one = change_of(stand, "duty_end"), two = change_of(stand, "duty_end"),
                        three = change_of(stand, "duty_end"), four = change_of(stand, "duty_end");
    CHECK_STATUS(duty_store_end(stand->db, &one, &shifts[0], INSTANT_NONE, &stand->fault), STATUS_CONFLICT);
    CHECK_STATUS(duty_store_end(stand->db, &two, &shifts[0], hours(stand, 1, 2).from, &stand->fault), STATUS_OK);
    CHECK_STATUS(duty_store_end(stand->db, &three, &shifts[0], hours(stand, 2, 2).from, &stand->fault), STATUS_CONFLICT);
    CHECK_STATUS(duty_store_end(stand->db, &four, &shifts[1], INSTANT_NONE, &stand->fault), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM duty"), 1);
    CHECK_INT(gaps_of(stand, PIPELINE, PIPELINE)->seconds, 7 * DAY_SECONDS - HOUR_SECONDS);
}

/* ---- failed calls */

static enum status fail_call(struct stand *stand, struct ticket_file *file, int32_t unit)
{
    struct command command = stand_command(ACTION_FAILED_CALL, stand_ops());
    enum verdict verdict;

    if (unit != 0)
        command_set(&command, FIELD_UNIT, unit);
    return stand_act(stand, file, &command, "打了三遍没有人接", &verdict);
}

TEST(art34_1_a_failed_call_is_kept_with_time_number_and_who_was_on_duty)
{
    struct stand *stand = shared();
    struct ticket_file file;
    struct failed_call *calls;
    size_t count;

    stand_run(stand, "DELETE FROM failed_call");
    put(stand, PIPELINE, 31, -1, 5);
    REQUIRE_STATUS(stand_file(stand, "leak_public", NULL, &file), STATUS_OK);
    REQUIRE_STATUS(stand_dispatch_and_accept(stand, &file), STATUS_OK);
    REQUIRE_STATUS(fail_call(stand, &file, 0), STATUS_OK);
    stand_pass(stand, 60);
    REQUIRE_STATUS(fail_call(stand, &file, 4), STATUS_OK); /* of another unit, where nobody is on duty */
    REQUIRE_STATUS(duty_store_list_failed_calls(stand->db, (struct unit_id){0}, (struct call_cursor){INSTANT_NONE, 0, 0}, 10,
                                                &stand->arena, &calls, &count, &stand->fault),
                   STATUS_OK);
    REQUIRE(count == 2);
    CHECK_INT(calls[0].unit.v, 4);
    CHECK_INT(calls[0].staff.v, 0);
    CHECK_TEXT(calls[0].number_masked, "");
    CHECK_INT(calls[1].unit.v, 3);
    CHECK_TEXT(calls[1].name, "李娜");
    CHECK_TEXT(calls[1].number_masked, "138****5678");
    CHECK_TEXT(calls[1].ticket_number, file.number);
    CHECK_INT(calls[1].called_at.milliseconds, file.entries[calls[1].seq - 1].event.occurred_at.milliseconds);
    REQUIRE_STATUS(duty_store_list_failed_calls(stand->db, PIPELINE, (struct call_cursor){INSTANT_NONE, 0, 0}, 10, &stand->arena,
                                                &calls, &count, &stand->fault),
                   STATUS_OK);
    CHECK_INT(count, 1);
}

TEST(article_5_a_handover_does_not_count_a_ticket_that_went_to_the_discipline_office)
{
    struct stand *stand = shared();
    struct ticket_file file;
    struct handover handover = {.from = {31}, .to = {32}, .unit = PIPELINE, .note = ""};
    struct handover_item *items;
    const struct command hand_on = stand_command(ACTION_HAND_TO_DISCIPLINE, stand_ops());
    uint8_t key[16];
    enum verdict verdict;
    size_t count;

    random_bytes(key, sizeof key);
    REQUIRE_STATUS(stand_file(stand, "leak_public", NULL, &file), STATUS_OK);
    REQUIRE_STATUS(stand_dispatch_and_accept(stand, &file), STATUS_OK);
    REQUIRE_STATUS(handover_store_add(stand->db, &handover, HANDOVER_OF_UNIT, key, stand->now, &stand->arena, &stand->fault),
                   STATUS_OK);
    REQUIRE_STATUS(stand_act(stand, &file, &hand_on, NULL, &verdict), STATUS_OK);
    REQUIRE_STATUS(handover_store_load(stand->db, handover.id, &stand->arena, &handover, &items, &count, &stand->fault),
                   STATUS_OK);
    CHECK_INT(handover.item_count, count); /* a number that does not fit its list would tell */
}

TEST(the_pages_of_failed_calls_hold_each_once)
{
    struct stand *stand = shared();
    struct ticket_file file;
    struct failed_call *calls;
    struct call_cursor before = {INSTANT_NONE, 0, 0};
    size_t count = 3, seen = 0;

    stand_run(stand, "DELETE FROM failed_call");
    REQUIRE_STATUS(stand_file(stand, "leak_public", NULL, &file), STATUS_OK);
    REQUIRE_STATUS(stand_dispatch_and_accept(stand, &file), STATUS_OK);
    for (int i = 0; i < 8; i++)
        REQUIRE_STATUS(fail_call(stand, &file, 0), STATUS_OK); /* all at one moment */
    while (count == 3) {
        REQUIRE_STATUS(duty_store_list_failed_calls(stand->db, (struct unit_id){0}, before, 3, &stand->arena, &calls, &count,
                                                    &stand->fault),
                       STATUS_OK);
        seen += count;
        if (count > 0)
            before = (struct call_cursor){calls[count - 1].called_at, calls[count - 1].ticket_id, calls[count - 1].seq};
    }
    CHECK_INT(seen, 8);
}

/* ---- service rules and inspections */

TEST(art4_a_service_rule_is_replaced_by_a_newer_version_and_the_earlier_one_stays)
{
    struct stand *stand = shared();
    struct service_rule rule = {.unit = PIPELINE, .title = "抢修纪律", .body = "到场先通报。", .effective_from = {20800}};
    struct service_rule *versions;
    size_t count;
    const struct change one = change_of(stand, "service_rule"), two = change_of(stand, "service_rule"),
                        three = change_of(stand, "service_rule"), four = change_of(stand, "service_rule");

    CHECK_STATUS(service_store_save_rule(stand->db, &one, &rule, &stand->fault), STATUS_OK);
    CHECK_STATUS(service_store_save_rule(stand->db, &one, &rule, &stand->fault), STATUS_DUPLICATE);
    rule.no = 1;
    rule.version = 1;
    rule.body = "到场先通报，离场前清理。";
    CHECK_STATUS(service_store_save_rule(stand->db, &two, &rule, &stand->fault), STATUS_OK);
    CHECK_STATUS(service_store_save_rule(stand->db, &three, &rule, &stand->fault), STATUS_CONFLICT);
    rule.no = 0;
    rule.version = 0;
    rule.title = "第二条";
    CHECK_STATUS(service_store_save_rule(stand->db, &four, &rule, &stand->fault), STATUS_OK);
    REQUIRE_STATUS(service_store_rule_versions(stand->db, PIPELINE, 1, &stand->arena, &versions, &count, &stand->fault), STATUS_OK);
    REQUIRE(count == 2);
    CHECK_INT(versions[0].version, 2);
    CHECK_TEXT(versions[1].body, "到场先通报。");
    REQUIRE_STATUS(service_store_list_rules(stand->db, PIPELINE, &stand->arena, &versions, &count, &stand->fault), STATUS_OK);
    REQUIRE(count == 2);
    CHECK_INT(versions[0].version, 2);
    CHECK_TEXT(versions[0].created_by, "赵伟");
    CHECK_TEXT(versions[1].title, "第二条");
}

TEST(art4_inspections_keep_their_versions_and_overdue_follow_ups_are_counted)
{
    struct stand *stand = shared();
    struct inspection record = {.unit = PIPELINE, .held_on = {20770}, .inspector = "赵伟", .what = "班组着装",
                                .finding = "两人未挂牌", .result = INSPECTION_CORRECT, .follow_up_due = {20775},
                                .followed_up_on = DAY_NONE};
    struct service_overview *units;
    struct inspection *list;
    size_t count;
    const struct change one = change_of(stand, "inspection"), two = change_of(stand, "inspection");

    REQUIRE_STATUS(service_store_save_inspection(stand->db, &one, &record, &stand->fault), STATUS_OK);
    REQUIRE_STATUS(service_store_overview(stand->db, (struct day){20776}, &stand->arena, &units, &count, &stand->fault), STATUS_OK);
    CHECK_INT(units[2].unit.v, 3);
    CHECK_INT(units[2].overdue_count, 1);
    CHECK_INT(units[2].last_inspection.number, 20770);
    REQUIRE_STATUS(service_store_overview(stand->db, (struct day){20775}, &stand->arena, &units, &count, &stand->fault), STATUS_OK);
    CHECK_INT(units[2].overdue_count, 0); /* due today is not overdue */
    CHECK_INT(units[3].last_inspection.number, DAY_NONE.number);
    record.no = 1;
    record.version = 1;
    record.followed_up_on = (struct day){20776};
    REQUIRE_STATUS(service_store_save_inspection(stand->db, &two, &record, &stand->fault), STATUS_OK);
    REQUIRE_STATUS(service_store_overview(stand->db, (struct day){20777}, &stand->arena, &units, &count, &stand->fault), STATUS_OK);
    CHECK_INT(units[2].overdue_count, 0);
    REQUIRE_STATUS(service_store_list_inspections(stand->db, PIPELINE, 0, 10, &stand->arena, &list, &count, &stand->fault), STATUS_OK);
    REQUIRE(count == 1);
    CHECK_INT(list[0].followed_up_on.number, 20776);
    REQUIRE_STATUS(service_store_inspection_versions(stand->db, PIPELINE, 1, &stand->arena, &list, &count, &stand->fault), STATUS_OK);
    REQUIRE(count == 2);
    CHECK_INT(list[1].followed_up_on.number, DAY_NONE.number);
}
