/* Outages (Arts. 18(2), 33(5)): the emergency from water off to water on, every clock, what is refused, and its words. */
#include "core/outage.h"

#include "check.h"
#include "regulation.h"

#define GOLDEN_PATH "tests/golden/outage_permissions.txt"
#define UNIT_A 3
#define UNIT_B 2
#define MOST_SEEDS 400

static const struct regulation REGULATION = {
    .rules = REGULATION_RULES, .rule_count = REGULATION_RULE_COUNT, .categories = REGULATION_CATEGORIES,
    .category_count = REGULATION_CATEGORY_COUNT, .late_entry_minutes = 10};

struct desk {
    struct outage outage;
    struct instant now;
    struct outage_command command;
    struct event event;
};

static struct actor person(enum role role, int unit)
{
    return (struct actor){.roles = ROLE_BIT(role), .staff = {100 + (int)role}, .unit = {unit}};
}
#define OPS person(ROLE_OPS, 1)
#define CREW person(ROLE_CREW, UNIT_A)
#define LIAISON person(ROLE_LIAISON, UNIT_A)

static void desk_init(struct desk *desk)
{
    memset(desk, 0, sizeof *desk);
    outage_init(&desk->outage, (struct outage_id){7});
    desk->now = local("2026-11-23 10:03");
}

static struct outage_command *begin(struct desk *desk, enum outage_action action, struct actor actor)
{
    desk->command = (struct outage_command){.action = action, .actor = actor, .expected_version = desk->outage.version,
                                            .occurred_at = INSTANT_NONE, .expected_end_at = INSTANT_NONE};
    return &desk->command;
}

static enum verdict carry_out(struct desk *desk)
{
    const enum verdict verdict = outage_decide(&desk->outage, &desk->command, &REGULATION, desk->now, &desk->event);

    if (verdict == VERDICT_OK)
        outage_apply(&desk->outage, &desk->event);
    return verdict;
}

/* Water off at ten, told three minutes later, expected back at six in the evening: places 11 and 12. */
static struct outage_command *well_filled(struct desk *desk)
{
    desk_init(desk);
    struct outage_command *command = begin(desk, OUTAGE_REPORT, CREW);
    command->unit.v = UNIT_A;
    command->ticket.v = 41;
    command->cause = 1;
    command->diameter_mm = 300;
    command->has_valves = true;
    command->valve_count = 2;
    command->valves[0] = (struct outage_valve){300, 2};
    command->valves[1] = (struct outage_valve){200, 1};
    command->occurred_at = local("2026-11-23 10:00");
    command->expected_end_at = local("2026-11-23 18:00");
    command->place_count = 2;
    command->places[0].v = 11;
    command->places[1].v = 12;
    return command;
}

static enum verdict report(struct desk *desk)
{
    well_filled(desk);
    return carry_out(desk);
}

static enum verdict extend(struct desk *desk, const char *end)
{
    struct outage_command *command = begin(desk, OUTAGE_EXTEND, LIAISON);
    command->has_words = true;
    command->expected_end_at = local(end);
    return carry_out(desk);
}

static enum verdict widen(struct desk *desk, int place, const char *end)
{
    struct outage_command *command = begin(desk, OUTAGE_WIDEN, LIAISON);
    command->place_count = 1;
    command->places[0].v = place;
    if (end != NULL)
        command->expected_end_at = local(end);
    return carry_out(desk);
}

static enum verdict restore(struct desk *desk, const char *water_on)
{
    struct outage_command *command = begin(desk, OUTAGE_RESTORE, LIAISON);
    command->occurred_at = local(water_on);
    command->has_reason = true;
    return carry_out(desk);
}

static enum verdict say(struct desk *desk, enum outage_action action, struct actor actor)
{
    begin(desk, action, actor)->has_words = true;
    return carry_out(desk);
}

static enum outage_phase phase(const struct desk *desk)
{
    return outage_phase_at(desk->outage.state, outage_start_at(&desk->outage), desk->outage.expected_end_at, desk->now);
}

/* The clock of this kind that was started as the `nth`, from 1. */
static const struct clock *clock_of(const struct desk *desk, enum clock_kind kind, int nth)
{
    for (int i = 0; i < desk->outage.clock_count; i++)
        if (desk->outage.clocks[i].kind == kind && --nth == 0)
            return &desk->outage.clocks[i];
    fprintf(stderr, "no such clock: %s\n", clock_kind_name(kind));
    abort();
}

/* ---- the permission table */

/* Where a role may: anywhere "", in the unit ":own", pipeline management ":pipeline", customer management ":customer". */
static void print_role(FILE *out, enum outage_action action, struct outage_standing standing)
{
    static const char *const parts[] = {"", ":own", ":pipeline", ":customer"};
    for (int part = 0; part < 4; part++) {
        standing.is_own_unit = part == 1;
        standing.is_pipeline = part == 2;
        standing.is_customer = part == 3;
        standing.is_applicant = false;
        if (outage_permits(action, &standing, NULL) != VERDICT_OK)
            continue;
        standing.is_applicant = true;
        const bool is_second = outage_permits(action, &standing, NULL) == VERDICT_SAME_PERSON;
        for (enum role role = ROLE_NONE + 1; role < ROLE__COUNT; role++)
            if (standing.roles == ROLE_BIT(role))
                fprintf(out, " %s%s%s", role_name(role), parts[part], is_second ? "*" : "");
        if (part == 0)
            return;
    }
}

/* What there is of kind, state and needed approver, each a line that has somebody. */
static void print_line(FILE *out, enum outage_action action, struct outage_standing standing)
{
    char *roles = NULL;
    size_t length = 0;
    FILE *line = open_memstream(&roles, &length);
    for (enum role role = ROLE_NONE + 1; role < ROLE__COUNT; role++) {
        standing.roles = ROLE_BIT(role);
        print_role(line, action, standing);
    }
    fclose(line);
    if (length > 0) {
        fprintf(out, "    %-9s %-10s", outage_kind_name(standing.kind), outage_state_name(standing.state));
        if (standing.approver != APPROVER_NONE)
            fprintf(out, " approver %d", standing.approver);
        fprintf(out, "%s\n", roles);
    }
    free(roles);
}

static void print_permissions(FILE *out)
{
    fprintf(out, "Who may do what with an outage: action, kind, state, whose approval is needed, roles. A role with \":own\" only of the unit that\n"
                 "carries it out, with \":pipeline\" and \":customer\" only of that department, with \"*\" only who did not apply for it. What is not\n"
                 "listed is not permitted; reading is for everybody. GOLDEN_WRITE=1 writes this file anew.\n");
    for (enum outage_action action = OUTAGE_REPORT; action < OUTAGE_ACTION__COUNT; action++) {
        const bool is_approval = action == OUTAGE_APPROVE || action == OUTAGE_REFUSE;
        fprintf(out, "\n%s\n", outage_action_name(action));
        for (enum outage_kind kind = OUTAGE_EMERGENCY; kind < OUTAGE_KIND__COUNT; kind++)
            for (enum outage_state state = OUTAGE_STATE_NONE; state < OUTAGE_STATE__COUNT; state++)
                for (int approver = is_approval; approver <= (is_approval ? OUTAGE_APPROVER__COUNT - 1 : 0); approver++)
                    print_line(out, action, (struct outage_standing){.kind = kind, .state = state, .approver = (enum outage_approver)approver});
    }
}

TEST(article_18_the_permission_table_of_outages_is_the_reviewed_one)
{
    static char want[16384];
    char *got = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&got, &length);

    REQUIRE(out != NULL);
    print_permissions(out);
    fclose(out);
    if (getenv("GOLDEN_WRITE") != NULL) {
        FILE *file = fopen(GOLDEN_PATH, "w");
        REQUIRE(file != NULL);
        fputs(got, file);
        fclose(file);
    }
    FILE *file = fopen(GOLDEN_PATH, "r");
    REQUIRE(file != NULL);
    want[fread(want, 1, sizeof want - 1, file)] = '\0';
    fclose(file);
    CHECK_TEXT(got, want);
    free(got);
}

/* ---- the report and its clocks */

TEST(article_18_2_an_emergency_is_published_and_reported_to_ops_in_one_step)
{
    struct desk desk;
    REQUIRE_STATUS(report(&desk), VERDICT_OK);
    const struct outage *outage = &desk.outage;
    CHECK_INT(outage->kind, OUTAGE_EMERGENCY);
    CHECK_INT(outage->state, OUTAGE_PUBLISHED);
    CHECK_INT(outage->unit.v, UNIT_A);
    CHECK_INT(outage->ticket.v, 41);
    CHECK_INT(outage->diameter_mm, 300);
    CHECK_INT(outage->valve_count, 2);
    CHECK_INT(outage->valves[1].diameter_mm, 200);
    CHECK_INT(outage->valves[1].number, 1);
    CHECK_INT(outage->place_count, 2);
    CHECK_INT(outage->places[1].v, 12);
    CHECK_INT(outage->started_at.milliseconds, local("2026-11-23 10:00").milliseconds);
    CHECK_INT(outage->reported_at.milliseconds, desk.now.milliseconds);
    CHECK_INT(outage->first_end_at.milliseconds, outage->expected_end_at.milliseconds);
    REQUIRE(outage->clock_count == 3);
    CHECK_INT(outage->clocks[0].kind, CLOCK_EMERGENCY_REPORT);
    CHECK_INT(outage->clocks[0].unit.v, UNIT_A);
    CHECK_INT(outage->clocks[0].result, RESULT_KEPT);
    CHECK_INT(outage->clocks[1].kind, CLOCK_CHANGE_NOTICE);
    CHECK_INT(outage->clocks[1].unit.v, UNIT_A);
    CHECK(clock_is_running(&outage->clocks[1]));
    CHECK_INT(outage->clocks[1].due_at.milliseconds, local("2026-11-23 18:00").milliseconds);
}

TEST(article_33_5_at_the_same_time_is_within_five_minutes_of_water_off)
{
    static const struct {
        const char *name, *now;
        int64_t more_ms;
        enum clock_result want;
    } cases[] = {
        {"told at once", "2026-11-23 10:00", 0, RESULT_KEPT},
        {"told exactly five minutes later", "2026-11-23 10:05", 0, RESULT_KEPT},
        {"told a moment after that", "2026-11-23 10:05", 1, RESULT_LATE},
        {"told two hours later", "2026-11-23 12:00", 0, RESULT_LATE},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct desk desk;
        check_case(cases[i].name);
        well_filled(&desk)->has_reason = true;
        desk.now = plus_milliseconds(local(cases[i].now), cases[i].more_ms);
        REQUIRE_STATUS(carry_out(&desk), VERDICT_OK);
        CHECK_INT(desk.outage.clocks[0].result, cases[i].want);
    }
}

TEST(article_18_2_told_more_than_ten_minutes_later_needs_the_reason_and_is_marked)
{
    struct desk desk;
    well_filled(&desk);
    desk.now = local("2026-11-23 10:10");
    REQUIRE_STATUS(carry_out(&desk), VERDICT_OK);
    CHECK(!desk.event.has_field[FIELD_LATE_ENTRY]);
    well_filled(&desk);
    desk.now = plus_milliseconds(local("2026-11-23 10:10"), 1);
    CHECK_STATUS(carry_out(&desk), VERDICT_NEEDS_REASON);
    desk.command.has_reason = true;
    REQUIRE_STATUS(carry_out(&desk), VERDICT_OK);
    CHECK_INT(event_get(&desk.event, FIELD_LATE_ENTRY, 0), 1);
}

/* How a case of the next test spoils a well filled report. */
static void spoil_unit(struct outage_command *command) { command->unit.v = 0; }
static void spoil_actor(struct outage_command *command) { command->actor = person(ROLE_CREW, UNIT_B); }
static void spoil_role(struct outage_command *command) { command->actor = person(ROLE_OPERATOR, UNIT_A); }
static void by_ops(struct outage_command *command) { command->actor = OPS; }
static void spoil_cause(struct outage_command *command) { command->cause = 0; }
static void spoil_cause_more(struct outage_command *command) { command->cause = OUTAGE_CAUSES + 1; }
static void spoil_diameter(struct outage_command *command) { command->diameter_mm = 14; }
static void spoil_diameter_more(struct outage_command *command) { command->diameter_mm = 3001; }
static void spoil_valves(struct outage_command *command) { command->has_valves = false; }
static void no_valve_closed(struct outage_command *command) { command->valve_count = 0; }
static void spoil_valve_size(struct outage_command *command) { command->valves[0].diameter_mm = 0; }
static void spoil_valve_number(struct outage_command *command) { command->valves[0].number = 100; }
static void spoil_valve_count(struct outage_command *command) { command->valve_count = OUTAGE_VALVES_MAX + 1; }
static void spoil_area(struct outage_command *command) { command->place_count = 0; }
static void area_in_words(struct outage_command *command)
{
    command->place_count = 0;
    command->has_area_words = true;
}
static void spoil_place(struct outage_command *command) { command->places[1].v = 0; }
static void spoil_place_count(struct outage_command *command) { command->place_count = EVENT_LIST_MAX + 1; }
static void spoil_start(struct outage_command *command) { command->occurred_at = INSTANT_NONE; }
static void start_ahead(struct outage_command *command) { command->occurred_at = local("2026-11-23 10:04"); }
static void spoil_end(struct outage_command *command) { command->expected_end_at = INSTANT_NONE; }
static void end_before_start(struct outage_command *command) { command->expected_end_at = local("2026-11-23 09:00"); }
static void end_now(struct outage_command *command) { command->expected_end_at = local("2026-11-23 10:03"); }
static void end_after_thirty_days(struct outage_command *command) { command->expected_end_at = local("2026-12-23 10:00"); }
static void end_after_ten_years(struct outage_command *command) { command->expected_end_at = local("2036-11-23 10:00"); }
static void start_ten_years_ago(struct outage_command *command)
{
    command->occurred_at = local("2016-11-23 10:00");
    command->has_reason = true;
}
static void spoil_ticket(struct outage_command *command) { command->ticket.v = -1; }
static void spoil_version(struct outage_command *command) { command->expected_version = 1; }

TEST(article_18_2_what_the_report_of_an_emergency_must_say)
{
    static const struct {
        const char *name;
        void (*spoil)(struct outage_command *command);
        enum verdict want;
    } cases[] = {
        {"no unit", spoil_unit, VERDICT_WRONG_UNIT},
        {"a crew of another unit", spoil_actor, VERDICT_WRONG_UNIT},
        {"an operator", spoil_role, VERDICT_WRONG_ROLE},
        {"operations for a unit", by_ops, VERDICT_OK},
        {"no cause", spoil_cause, VERDICT_BAD_VALUE},
        {"a cause that there is not", spoil_cause_more, VERDICT_BAD_VALUE},
        {"a pipe of 14 mm", spoil_diameter, VERDICT_BAD_VALUE},
        {"a pipe of 3001 mm", spoil_diameter_more, VERDICT_BAD_VALUE},
        {"nothing of valves", spoil_valves, VERDICT_NEEDS_VALVES},
        {"no valve was closed", no_valve_closed, VERDICT_OK},
        {"a valve without size", spoil_valve_size, VERDICT_NEEDS_VALVES},
        {"a hundred valves", spoil_valve_number, VERDICT_NEEDS_VALVES},
        {"nine sizes of valves", spoil_valve_count, VERDICT_TOO_MANY},
        {"an area of nothing", spoil_area, VERDICT_NEEDS_PLACE},
        {"an area in words alone", area_in_words, VERDICT_OK},
        {"a place that cannot be", spoil_place, VERDICT_BAD_VALUE},
        {"too many places", spoil_place_count, VERDICT_TOO_MANY},
        {"no start", spoil_start, VERDICT_BAD_VALUE},
        {"a start that lies ahead", start_ahead, VERDICT_TIME_IN_FUTURE},
        {"no end", spoil_end, VERDICT_BAD_VALUE},
        {"an end before the start", end_before_start, VERDICT_NOT_LATER},
        {"an end at this moment", end_now, VERDICT_NOT_LATER},
        {"a stop of thirty days", end_after_thirty_days, VERDICT_OK},
        {"a stop of ten years", end_after_ten_years, VERDICT_BEYOND_CAP},
        {"a stop since ten years", start_ten_years_ago, VERDICT_BEYOND_CAP},
        {"a ticket that cannot be", spoil_ticket, VERDICT_BAD_VALUE},
        {"a version where there is none", spoil_version, VERDICT_STALE},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct desk desk;
        check_case(cases[i].name);
        cases[i].spoil(well_filled(&desk));
        CHECK_STATUS(carry_out(&desk), cases[i].want);
        CHECK_INT(desk.outage.version, cases[i].want == VERDICT_OK);
        CHECK_INT(desk.event.seq, cases[i].want == VERDICT_OK); /* a refused command leaves the event untouched */
    }
    struct desk desk;
    by_ops(well_filled(&desk));
    desk.command.unit.v = 0;
    CHECK_STATUS(carry_out(&desk), VERDICT_NEEDS_UNIT);
}

/* ---- changes */

TEST(article_18_2_an_extension_told_before_the_announced_end_keeps_the_promise_and_starts_the_next)
{
    struct desk desk;
    REQUIRE_STATUS(report(&desk), VERDICT_OK);
    desk.now = plus_milliseconds(local("2026-11-23 18:00"), -1);
    REQUIRE_STATUS(extend(&desk, "2026-11-23 20:00"), VERDICT_OK);
    CHECK_INT(desk.outage.clocks[1].result, RESULT_KEPT);
    REQUIRE(desk.outage.clock_count == 4);
    CHECK_INT(clock_of(&desk, CLOCK_CHANGE_NOTICE, 2)->cycle, 2);
    CHECK_INT(clock_of(&desk, CLOCK_CHANGE_NOTICE, 2)->due_at.milliseconds, local("2026-11-23 20:00").milliseconds);
    CHECK_INT(desk.outage.first_end_at.milliseconds, local("2026-11-23 18:00").milliseconds);
    CHECK_INT(desk.outage.expected_end_at.milliseconds, local("2026-11-23 20:00").milliseconds);
    CHECK_INT(phase(&desk), OUTAGE_PHASE_RUNNING);
}

TEST(article_18_2_an_extension_told_at_the_announced_end_or_after_it_is_late)
{
    struct desk desk;
    REQUIRE_STATUS(report(&desk), VERDICT_OK);
    desk.now = local("2026-11-23 18:00"); /* in advance means before it */
    CHECK_INT(phase(&desk), OUTAGE_PHASE_OVERDUE);
    CHECK_INT(clock_result_at(&desk.outage.clocks[1], desk.now), RESULT_LATE); /* by itself, with nothing saved */
    REQUIRE_STATUS(extend(&desk, "2026-11-23 22:00"), VERDICT_OK);
    CHECK_INT(desk.outage.clocks[1].result, RESULT_LATE);
    CHECK(clock_is_running(clock_of(&desk, CLOCK_CHANGE_NOTICE, 2)));
    CHECK_INT(clock_result_at(clock_of(&desk, CLOCK_CHANGE_NOTICE, 2), desk.now), RESULT_RUNNING);
    CHECK_INT(phase(&desk), OUTAGE_PHASE_RUNNING);
}

TEST(article_18_2_a_widening_in_advance_keeps_the_promise_and_the_end_may_stay)
{
    struct desk desk;
    REQUIRE_STATUS(report(&desk), VERDICT_OK);
    desk.now = local("2026-11-23 12:00");
    REQUIRE_STATUS(widen(&desk, 13, NULL), VERDICT_OK);
    CHECK_INT(desk.outage.clocks[1].result, RESULT_KEPT);
    CHECK_INT(clock_of(&desk, CLOCK_CHANGE_NOTICE, 2)->due_at.milliseconds, local("2026-11-23 18:00").milliseconds);
    CHECK_INT(desk.outage.place_count, 3);
    CHECK_STATUS(widen(&desk, 13, NULL), VERDICT_NEEDS_PLACE); /* covered already */
    REQUIRE_STATUS(widen(&desk, 14, "2026-11-23 19:00"), VERDICT_OK);
    CHECK_INT(desk.outage.expected_end_at.milliseconds, local("2026-11-23 19:00").milliseconds);
    CHECK_STATUS(widen(&desk, 15, "2026-11-23 18:30"), VERDICT_NOT_LATER);
    desk.now = local("2026-11-23 19:30");
    CHECK_STATUS(widen(&desk, 15, NULL), VERDICT_NOT_LATER); /* the end has passed: another one must be said */
    REQUIRE_STATUS(widen(&desk, 15, "2026-11-23 21:00"), VERDICT_OK);
    CHECK_INT(clock_of(&desk, CLOCK_CHANGE_NOTICE, 3)->result, RESULT_LATE);
}

TEST(article_18_2_what_a_change_must_say)
{
    static const struct {
        const char *name, *end;
        bool has_words;
        enum verdict want;
    } cases[] = {
        {"well filled", "2026-11-23 20:00", true, VERDICT_OK},
        {"no words", "2026-11-23 20:00", false, VERDICT_NEEDS_TEXT},
        {"no end", NULL, true, VERDICT_BAD_VALUE},
        {"the end announced", "2026-11-23 18:00", true, VERDICT_NOT_LATER},
        {"an earlier end", "2026-11-23 17:00", true, VERDICT_NOT_LATER},
        {"an end in the past", "2026-11-23 09:00", true, VERDICT_NOT_LATER},
        {"in ten years", "2036-11-23 20:00", true, VERDICT_BEYOND_CAP},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct desk desk;
        check_case(cases[i].name);
        REQUIRE_STATUS(report(&desk), VERDICT_OK);
        begin(&desk, OUTAGE_EXTEND, LIAISON)->has_words = cases[i].has_words;
        if (cases[i].end != NULL)
            desk.command.expected_end_at = local(cases[i].end);
        CHECK_STATUS(carry_out(&desk), cases[i].want);
    }
}

TEST(an_outage_has_room_for_its_restoration_however_often_it_was_extended)
{
    struct desk desk;
    REQUIRE_STATUS(report(&desk), VERDICT_OK);
    enum verdict verdict = VERDICT_OK;
    while (verdict == VERDICT_OK) {
        begin(&desk, OUTAGE_EXTEND, LIAISON)->has_words = true;
        desk.command.expected_end_at = plus_seconds(desk.outage.expected_end_at, 60);
        verdict = carry_out(&desk);
    }
    CHECK_STATUS(verdict, VERDICT_TOO_MANY);
    CHECK_STATUS(restore(&desk, "2026-11-23 10:03"), VERDICT_OK);
}

/* ---- the end */

TEST(article_18_2_back_by_the_announced_end_there_was_nothing_to_tell_and_restoration_is_told_within_five_minutes)
{
    static const struct {
        const char *name, *water_on, *now;
        enum clock_result notice, restored;
    } cases[] = {
        {"back early, told at once", "2026-11-23 15:00", "2026-11-23 15:00", RESULT_SUPERSEDED, RESULT_KEPT},
        {"back early, told five minutes later", "2026-11-23 15:00", "2026-11-23 15:05", RESULT_SUPERSEDED, RESULT_KEPT},
        {"back early, told six minutes later", "2026-11-23 15:00", "2026-11-23 15:06", RESULT_SUPERSEDED, RESULT_LATE},
        {"back at the very end", "2026-11-23 18:00", "2026-11-23 18:04", RESULT_SUPERSEDED, RESULT_KEPT},
        {"back before the end, told after it", "2026-11-23 17:58", "2026-11-23 18:02", RESULT_SUPERSEDED, RESULT_KEPT},
        {"back after the end without news", "2026-11-23 18:01", "2026-11-23 18:02", RESULT_LATE, RESULT_KEPT},
        {"back hours after the end", "2026-11-23 21:00", "2026-11-24 08:00", RESULT_LATE, RESULT_LATE},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct desk desk;
        check_case(cases[i].name);
        REQUIRE_STATUS(report(&desk), VERDICT_OK);
        desk.now = local(cases[i].now);
        REQUIRE_STATUS(restore(&desk, cases[i].water_on), VERDICT_OK);
        CHECK_INT(desk.outage.state, OUTAGE_RESTORED);
        CHECK_INT(phase(&desk), OUTAGE_PHASE_RESTORED);
        CHECK_INT(desk.outage.ended_at.milliseconds, local(cases[i].water_on).milliseconds);
        CHECK_INT(desk.outage.clocks[1].result, cases[i].notice);
        CHECK_INT(desk.outage.clocks[desk.outage.clock_count - 1].kind, CLOCK_RESTORE_REPORT);
        CHECK_INT(clock_of(&desk, CLOCK_RESTORE_REPORT, 1)->result, cases[i].restored);
        for (int k = 0; k < desk.outage.clock_count; k++)
            CHECK(!clock_is_running(&desk.outage.clocks[k]));
    }
}

TEST(article_18_2_when_the_water_came_back_is_after_it_went_and_not_ahead)
{
    struct desk desk;
    REQUIRE_STATUS(report(&desk), VERDICT_OK);
    CHECK_STATUS(restore(&desk, "2026-11-23 09:59"), VERDICT_TIME_BEFORE_REPORT);
    CHECK_STATUS(restore(&desk, "2026-11-23 10:04"), VERDICT_TIME_IN_FUTURE);
    begin(&desk, OUTAGE_RESTORE, LIAISON);
    CHECK_STATUS(carry_out(&desk), VERDICT_BAD_VALUE);
    desk.now = local("2026-11-23 12:00");
    begin(&desk, OUTAGE_RESTORE, LIAISON)->occurred_at = local("2026-11-23 11:00");
    CHECK_STATUS(carry_out(&desk), VERDICT_NEEDS_REASON);
    CHECK_INT(desk.outage.version, 1);
}

TEST(an_outage_published_by_mistake_is_withdrawn_with_words_and_its_clock_judged_as_it_stands)
{
    struct desk desk;
    REQUIRE_STATUS(report(&desk), VERDICT_OK);
    begin(&desk, OUTAGE_WITHDRAW, OPS);
    CHECK_STATUS(carry_out(&desk), VERDICT_NEEDS_TEXT);
    REQUIRE_STATUS(say(&desk, OUTAGE_WITHDRAW, OPS), VERDICT_OK);
    CHECK_INT(desk.outage.state, OUTAGE_WITHDRAWN);
    CHECK_INT(desk.outage.clocks[1].result, RESULT_ENDED_KEPT);
    REQUIRE_STATUS(report(&desk), VERDICT_OK);
    desk.now = local("2026-11-23 19:00");
    REQUIRE_STATUS(say(&desk, OUTAGE_WITHDRAW, LIAISON), VERDICT_OK);
    CHECK_INT(desk.outage.clocks[1].result, RESULT_ENDED_LATE);
}

TEST(article_18_2_steps_out_of_order_a_form_of_before_or_another_unit_change_nothing)
{
    struct desk desk;
    desk_init(&desk);
    CHECK_STATUS(extend(&desk, "2026-11-23 20:00"), VERDICT_WRONG_UNIT); /* nobody's yet */
    CHECK_STATUS(say(&desk, OUTAGE_WITHDRAW, OPS), VERDICT_WRONG_STATE);
    REQUIRE_STATUS(report(&desk), VERDICT_OK);
    const struct outage before = desk.outage;
    begin(&desk, OUTAGE_EXTEND, LIAISON)->expected_version = 0;
    CHECK_STATUS(carry_out(&desk), VERDICT_STALE);
    CHECK_STATUS(say(&desk, OUTAGE_WITHDRAW, person(ROLE_LIAISON, UNIT_B)), VERDICT_WRONG_UNIT);
    CHECK_STATUS(say(&desk, OUTAGE_WITHDRAW, person(ROLE_OPERATOR, UNIT_A)), VERDICT_WRONG_ROLE);
    CHECK_STATUS(say(&desk, OUTAGE_WITHDRAW, person(ROLE_GROUP_LEADER, 1)), VERDICT_WRONG_ROLE);
    CHECK_BYTES(&desk.outage, &before, sizeof before);
    REQUIRE_STATUS(restore(&desk, "2026-11-23 10:03"), VERDICT_OK);
    desk.now = local("2026-11-23 11:00");
    CHECK_STATUS(extend(&desk, "2026-11-23 20:00"), VERDICT_WRONG_STATE);
    CHECK_STATUS(widen(&desk, 13, NULL), VERDICT_WRONG_STATE);
    CHECK_STATUS(restore(&desk, "2026-11-23 10:30"), VERDICT_WRONG_STATE);
    CHECK_STATUS(say(&desk, OUTAGE_WITHDRAW, OPS), VERDICT_WRONG_STATE);
    CHECK_STATUS(say(&desk, OUTAGE_NOTE, LIAISON), VERDICT_OK);
}

/* ---- any order of commands */

static void fill_any(struct desk *desk, uint64_t *dice)
{
    struct outage_command *command = &desk->command;

    command->has_words = next_random(dice) % 3 != 0;
    command->has_reason = next_random(dice) % 2;
    command->has_area_words = next_random(dice) % 4 == 0;
    command->unit.v = UNIT_A;
    command->place_count = (int)(next_random(dice) % 3);
    for (int i = 0; i < command->place_count; i++)
        command->places[i].v = 1 + (int)(next_random(dice) % 60);
    if (next_random(dice) % 4)
        command->expected_end_at = plus_seconds(desk->now, (int64_t)(next_random(dice) % DAY_SECONDS) - HOUR_SECONDS);
    if (next_random(dice) % 4)
        command->occurred_at = plus_seconds(desk->now, -(int64_t)(next_random(dice) % (2 * HOUR_SECONDS)));
}

TEST(article_18_2_whatever_is_tried_no_clock_is_lost_a_breach_stays_and_folding_again_gives_the_same)
{
    int accepted[OUTAGE_ACTION__COUNT] = {0};
    for (uint64_t seed = 1; seed <= MOST_SEEDS; seed++) {
        uint64_t dice = seed * UINT64_C(0x9E3779B97F4A7C15);
        struct desk desk;
        struct outage again;
        check_casef("seed %d", (int)seed);
        REQUIRE_STATUS(report(&desk), VERDICT_OK);
        outage_init(&again, (struct outage_id){7});
        outage_apply(&again, &desk.event);
        for (int i = 0; i < 30; i++) {
            static const enum role ROLES[] = {ROLE_OPS, ROLE_LIAISON, ROLE_UNIT_LEADER, ROLE_CREW, ROLE_GROUP_LEADER};
            const struct outage before = desk.outage;
            desk.now = plus_seconds(desk.now, (int64_t)(next_random(&dice) % (5 * HOUR_SECONDS)));
            const enum role role = ROLES[next_random(&dice) % 5];
            begin(&desk, (enum outage_action)(1 + next_random(&dice) % (OUTAGE_ACTION__COUNT - 1)),
                  person(role, next_random(&dice) % 4 == 0 ? UNIT_B : UNIT_A));
            fill_any(&desk, &dice);
            if (carry_out(&desk) != VERDICT_OK) {
                CHECK_BYTES(&desk.outage, &before, sizeof before);
                continue;
            }
            accepted[desk.command.action]++;
            uint8_t payload[EVENT_PAYLOAD_MAX];
            struct event read = desk.event;
            CHECK(event_parse_payload(&read, payload, event_format_payload(&desk.event, payload)));
            CHECK(outage_is_foldable(&again, &read));
            outage_apply(&again, &read);
            int running = 0;
            for (int k = 0; k < desk.outage.clock_count; k++) {
                const struct clock *clock = &desk.outage.clocks[k];
                CHECK_INT(clock->no, k + 1);
                running += clock->kind == CLOCK_CHANGE_NOTICE && clock_is_running(clock);
                if (k < before.clock_count && !clock_is_running(&before.clocks[k]))
                    CHECK_INT(clock->result, before.clocks[k].result);
            }
            CHECK_INT(running, desk.outage.state == OUTAGE_PUBLISHED); /* one notice, as long as there can be news */
            CHECK(!instant_is_before(desk.outage.expected_end_at, desk.outage.first_end_at));
        }
        CHECK_BYTES(&again, &desk.outage, sizeof again);
    }
    for (enum outage_action action = OUTAGE_EXTEND; action <= OUTAGE_NOTE; action++) {
        check_casef("%s was done", outage_action_name(action));
        CHECK(accepted[action] >= 5);
    }
}

TEST(an_event_that_decide_would_not_make_is_not_folded)
{
    struct desk desk;
    REQUIRE_STATUS(report(&desk), VERDICT_OK);
    struct outage fresh;
    outage_init(&fresh, (struct outage_id){7});
    const struct event good = desk.event;
    CHECK(outage_is_foldable(&fresh, &good));
    struct event bad = good;
    bad.seq = 2;
    CHECK(!outage_is_foldable(&fresh, &bad));
    bad = good, bad.kind = OUTAGE_EXTEND;
    CHECK(!outage_is_foldable(&fresh, &bad));
    bad = good, bad.subject = SUBJECT_ORDER;
    CHECK(!outage_is_foldable(&fresh, &bad));
    bad = good, event_set(&bad, FIELD_OUTAGE_KIND, OUTAGE_KIND__COUNT);
    CHECK(!outage_is_foldable(&fresh, &bad));
    bad = good, event_set(&bad, FIELD_UNIT, 0);
    CHECK(!outage_is_foldable(&fresh, &bad));
    bad = good, bad.has_field[FIELD_EXPECTED_END] = false;
    CHECK(!outage_is_foldable(&fresh, &bad));
    bad = good, bad.list[LIST_VALVES][0] = 5;
    CHECK(!outage_is_foldable(&fresh, &bad));
    bad = good, bad.clocks[0].no = 2, bad.clocks[1].no = 3;
    CHECK(!outage_is_foldable(&fresh, &bad));
    REQUIRE_STATUS(restore(&desk, "2026-11-23 10:03"), VERDICT_OK);
    bad = desk.event, bad.seq = 3;
    CHECK(!outage_is_foldable(&desk.outage, &bad)); /* restored twice */
}

/* ---- what is typed */

TEST(valves_are_read_in_pairs_of_size_and_number_however_they_are_written)
{
    static const struct {
        const char *typed, *want; /* NULL: refused */
    } cases[] = {
        {"DN300×2、DN200×1", "300x2 200x1"}, {"300*2 200*1", "300x2 200x1"}, {"300mm 2个", "300x2"},
        {"300x2 200x1", "300x2 200x1"},      {"0", ""},                      {"没有关，0", ""},
        {"", NULL},                          {"300", NULL},                  {"两个", NULL},
        {"300×0", NULL},                     {"300×100", NULL},              {"14×1", NULL},
        {"3001×1", NULL},                    {"2×DN300", NULL},              {"0 1", NULL},
        {"300×2 200", NULL},                 {"99999999999×1", NULL},        {"300×99999999999", NULL},
        {"20×1 20×1 20×1 20×1 20×1 20×1 20×1 20×1", "20x1 20x1 20x1 20x1 20x1 20x1 20x1 20x1"},
        {"20×1 20×1 20×1 20×1 20×1 20×1 20×1 20×1 20×1", NULL},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct outage_valve valves[OUTAGE_VALVES_MAX];
        char text[OUTAGE_VALVES_BYTES];
        int count;
        check_case(cases[i].typed);
        const bool is_read = outage_valves_parse(cases[i].typed, valves, &count);
        CHECK_INT(is_read, cases[i].want != NULL);
        if (!is_read || cases[i].want == NULL)
            continue;
        outage_valves_format(valves, count, text);
        CHECK_TEXT(text, cases[i].want);
    }
}

TEST(the_words_of_an_event_are_one_text_and_four_again)
{
    static const struct outage_words cases[] = {
        {"", "", "", ""},           {"东昌路", "", "", ""},       {"", "抢修", "", ""},         {"", "", "电话忙", ""},
        {"东昌路", "抢修", "", ""}, {"东昌路", "", "电话忙", ""}, {"", "抢修", "电话忙", ""},   {"东昌路", "抢修\n第二行", "电话忙", ""},
        {"", "", "", "花园东门"},   {"", "抢修", "", "花园东门"}, {"东昌路", "抢修", "电话忙", "花园东门"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[200];
        const size_t length = outage_words_join(&cases[i], text, sizeof text);
        CHECK_INT(length, strlen(text));
        const struct outage_words split = outage_words_split(text);
        CHECK_TEXT(split.area, cases[i].area);
        CHECK_TEXT(split.words, cases[i].words);
        CHECK_TEXT(split.reason, cases[i].reason);
        CHECK_TEXT(split.water_points, cases[i].water_points);
    }
    char small[4] = "abc";
    CHECK_INT(outage_words_join(&cases[1], small, sizeof small), strlen(cases[1].area));
    CHECK_TEXT(small, "abc");
}
