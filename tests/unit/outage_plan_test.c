/* Planned outages and cut-offs (Arts. 18(1), 18(3), 19, 33(3)(4)(7)(10)): steps, what has to be told ahead, and what is refused. */
#include "core/outage.h"

#include "check.h"
#include "regulation.h"

#define BUILDER 7
#define PIPELINE 3
#define CUSTOMER 2
#define MOST_SEEDS 300

static const struct regulation REGULATION = {
    .rules = REGULATION_RULES, .rule_count = REGULATION_RULE_COUNT, .categories = REGULATION_CATEGORIES,
    .category_count = REGULATION_CATEGORY_COUNT, .late_entry_minutes = 10,
    .outage = {APPROVER_OPS, APPROVER_GROUP_LEADER, 1000, 12, {PIPELINE}, {CUSTOMER}}};

struct desk {
    struct outage outage;
    struct instant now;
    struct outage_command command;
    struct event event;
};

static struct actor person(enum role role, int unit)
{
    return (struct actor){.roles = ROLE_BIT(role), .staff = {100 + (int)role + 20 * unit}, .unit = {unit}};
}

static struct outage_command *begin(struct desk *desk, enum outage_action action, enum role role, int unit)
{
    desk->command = (struct outage_command){.action = action, .actor = person(role, unit), .expected_version = desk->outage.version,
                                            .occurred_at = desk->now, .planned_start_at = INSTANT_NONE,
                                            .expected_end_at = INSTANT_NONE, .has_words = true};
    return &desk->command;
}

static enum verdict carry_out(struct desk *desk)
{
    const enum verdict verdict = outage_decide(&desk->outage, &desk->command, &REGULATION, desk->now, &desk->event);

    if (verdict == VERDICT_OK)
        outage_apply(&desk->outage, &desk->event);
    return verdict;
}

static const struct clock *clock_of(const struct desk *desk, enum clock_kind kind, int nth)
{
    for (int i = 0; i < desk->outage.clock_count; i++)
        if (desk->outage.clocks[i].kind == kind && --nth == 0)
            return &desk->outage.clocks[i];
    fprintf(stderr, "no such clock: %s\n", clock_kind_name(kind));
    abort();
}

/* Water off on the 26th from eight to two, asked for three days before. */
static struct outage_command *well_filled(struct desk *desk)
{
    memset(desk, 0, sizeof *desk);
    outage_init(&desk->outage, (struct outage_id){7});
    desk->now = local("2026-11-23 08:00");
    struct outage_command *command = begin(desk, OUTAGE_APPLY, ROLE_LIAISON, BUILDER);
    command->unit.v = BUILDER;
    command->cause = 7;
    command->households = 100;
    command->place_count = 1;
    command->places[0].v = 11;
    command->planned_start_at = local("2026-11-26 08:00");
    command->expected_end_at = local("2026-11-26 14:00");
    return command;
}

static enum verdict apply(struct desk *desk)
{
    well_filled(desk);
    return carry_out(desk);
}

static enum verdict assist(struct desk *desk)
{
    begin(desk, OUTAGE_ASSIST, ROLE_LIAISON, PIPELINE)->assistant.v = 55;
    return carry_out(desk);
}

static enum verdict act(struct desk *desk, enum outage_action action, enum role role, int unit)
{
    begin(desk, action, role, unit)->photo_count = 1;
    desk->command.households = 100;
    return carry_out(desk);
}

static void announce(struct desk *desk)
{
    CHECK_STATUS(apply(desk), VERDICT_OK);
    CHECK_STATUS(assist(desk), VERDICT_OK);
    CHECK_STATUS(act(desk, OUTAGE_APPROVE, ROLE_OPS, 1), VERDICT_OK);
    CHECK_STATUS(act(desk, OUTAGE_PUBLISH, ROLE_OPS, 1), VERDICT_OK);
}

static enum verdict postpone(struct desk *desk, const char *start, const char *end)
{
    struct outage_command *command = begin(desk, OUTAGE_POSTPONE, ROLE_LIAISON, BUILDER);
    command->planned_start_at = local(start);
    command->expected_end_at = local(end);
    return carry_out(desk);
}

static enum outage_phase phase(const struct desk *desk)
{
    return outage_phase_at(desk->outage.state, outage_start_at(&desk->outage), desk->outage.expected_end_at, desk->now);
}

TEST(article_18_1_what_has_to_be_told_ahead_is_kept_to_the_very_moment_24_hours_before)
{
    static const struct {
        enum outage_action action;
        enum clock_kind clock;
        enum role role;
        int unit;
    } steps[] = {{OUTAGE_NOTIFY, CLOCK_NOTICE, ROLE_LIAISON, BUILDER},
                 {OUTAGE_MEDIA, CLOCK_ANNOUNCE, ROLE_LIAISON, BUILDER},
                 {OUTAGE_POSTER, CLOCK_POSTER, ROLE_LIAISON, CUSTOMER},
                 {OUTAGE_SMS, CLOCK_SMS, ROLE_LIAISON, CUSTOMER}};

    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
        for (int late_ms = 0; late_ms < 2; late_ms++) {
            struct desk desk;
            check_casef("%s, %d ms late", outage_action_name(steps[i].action), late_ms);
            announce(&desk);
            CHECK_INT(clock_of(&desk, steps[i].clock, 1)->due_at.milliseconds, local("2026-11-25 08:00").milliseconds);
            desk.now = plus_milliseconds(local("2026-11-25 08:00"), late_ms);
            begin(&desk, steps[i].action, steps[i].role, steps[i].unit)->photo_count = 1;
            desk.command.households = 100;
            CHECK_STATUS(carry_out(&desk), late_ms > 0 ? VERDICT_NEEDS_REASON : VERDICT_OK);
            desk.command.has_reason = true;
            if (late_ms > 0)
                CHECK_STATUS(carry_out(&desk), VERDICT_OK);
            CHECK_INT(clock_of(&desk, steps[i].clock, 1)->result, late_ms > 0 ? RESULT_LATE : RESULT_KEPT);
        }
}

TEST(article_18_1_steps_out_of_order_by_others_or_by_the_applicant_change_nothing)
{
    struct desk desk;
    REQUIRE_STATUS(apply(&desk), VERDICT_OK);
    CHECK_STATUS(act(&desk, OUTAGE_APPROVE, ROLE_OPS, 1), VERDICT_NEEDS_ASSISTANT);
    CHECK_STATUS(act(&desk, OUTAGE_PUBLISH, ROLE_OPS, 1), VERDICT_WRONG_STATE);
    CHECK_STATUS(act(&desk, OUTAGE_MEDIA, ROLE_LIAISON, BUILDER), VERDICT_WRONG_STATE);
    CHECK_STATUS(act(&desk, OUTAGE_ASSIST, ROLE_LIAISON, CUSTOMER), VERDICT_WRONG_UNIT);
    REQUIRE_STATUS(assist(&desk), VERDICT_OK);
    CHECK_STATUS(act(&desk, OUTAGE_APPROVE, ROLE_UNIT_LEADER, PIPELINE), VERDICT_WRONG_ROLE);
    begin(&desk, OUTAGE_APPROVE, ROLE_OPS, 1)->actor.staff = desk.outage.applicant;
    CHECK_STATUS(carry_out(&desk), VERDICT_SAME_PERSON);
    REQUIRE_STATUS(act(&desk, OUTAGE_APPROVE, ROLE_GROUP_LEADER, 8), VERDICT_OK); /* who stands higher may */
    CHECK_STATUS(act(&desk, OUTAGE_PUBLISH, ROLE_LIAISON, BUILDER), VERDICT_SAME_PERSON);
    CHECK_STATUS(act(&desk, OUTAGE_POSTER, ROLE_LIAISON, BUILDER), VERDICT_WRONG_UNIT);
    CHECK_STATUS(act(&desk, OUTAGE_RESTORE, ROLE_LIAISON, BUILDER), VERDICT_WRONG_STATE);
    begin(&desk, OUTAGE_PUBLISH, ROLE_OPS, 1)->has_clash = true;
    CHECK_STATUS(carry_out(&desk), VERDICT_CLASH);
    desk.command.is_clash_seen = true;
    CHECK(!desk.outage.is_public);
    CHECK_STATUS(carry_out(&desk), VERDICT_OK);
    CHECK(desk.outage.is_public);
    CHECK_INT(phase(&desk), OUTAGE_PHASE_ANNOUNCED);
}

static void end_first(struct outage_command *command) { command->expected_end_at = local("2026-11-26 08:00"); }
static void ten_years(struct outage_command *command) { command->expected_end_at = local("2036-11-26 08:00"); }
static void start_now(struct outage_command *command) { command->planned_start_at = local("2026-11-23 08:00"); }
static void start_late(struct outage_command *command) { command->planned_start_at = local("2028-11-26 08:00"); }
static void nowhere(struct outage_command *command) { command->place_count = 0; }
static void nobody(struct outage_command *command) { command->households = 0; }
static void silent(struct outage_command *command) { command->has_words = false; }
static void other_cause(struct outage_command *command) { command->cause = 1; }
static void tomorrow(struct outage_command *command) { command->planned_start_at = local("2026-11-24 07:59"); }

TEST(article_18_1_what_an_application_must_say)
{
    static const struct {
        const char *name;
        void (*spoil)(struct outage_command *command);
        enum verdict want;
    } cases[] = {
        {"an end at the start", end_first, VERDICT_NOT_LATER}, {"a stop of ten years", ten_years, VERDICT_BEYOND_CAP},
        {"a start that is not ahead", start_now, VERDICT_START_PAST}, {"a start in two years", start_late, VERDICT_TOO_FAR},
        {"an area of nothing", nowhere, VERDICT_NEEDS_PLACE}, {"nobody affected", nobody, VERDICT_NEEDS_HOUSEHOLDS},
        {"no reason", silent, VERDICT_NEEDS_TEXT}, {"the cause of an emergency", other_cause, VERDICT_BAD_VALUE},
        {"under 24 hours ahead", tomorrow, VERDICT_NEEDS_REASON},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct desk desk;
        check_case(cases[i].name);
        cases[i].spoil(well_filled(&desk));
        CHECK_STATUS(carry_out(&desk), cases[i].want);
        CHECK_INT(desk.outage.version, 0);
    }
}

TEST(article_18_1_large_extent_is_by_households_or_hours_and_needs_the_higher_approver)
{
    struct desk desk;
    well_filled(&desk)->households = 999;
    REQUIRE_STATUS(carry_out(&desk), VERDICT_OK);
    CHECK(!desk.outage.is_large);
    CHECK_INT(desk.outage.approver, APPROVER_OPS);
    well_filled(&desk)->households = 1000;
    REQUIRE_STATUS(carry_out(&desk), VERDICT_OK);
    CHECK_INT(desk.outage.approver, APPROVER_GROUP_LEADER);
    well_filled(&desk)->expected_end_at = local("2026-11-26 20:00");
    REQUIRE_STATUS(carry_out(&desk), VERDICT_OK);
    CHECK(desk.outage.is_large);
    REQUIRE_STATUS(assist(&desk), VERDICT_OK);
    CHECK_STATUS(act(&desk, OUTAGE_APPROVE, ROLE_OPS, 1), VERDICT_WRONG_ROLE);
    CHECK_STATUS(act(&desk, OUTAGE_APPROVE, ROLE_GROUP_LEADER, 8), VERDICT_OK);
}

TEST(article_18_2_a_later_start_works_the_limits_out_again_and_must_be_told_before_the_old_one)
{
    struct desk desk;
    announce(&desk);
    CHECK_STATUS(postpone(&desk, "2026-11-25 08:00", "2026-11-25 10:00"), VERDICT_START_NOT_LATER);
    REQUIRE_STATUS(postpone(&desk, "2026-11-28 08:00", "2026-11-28 10:00"), VERDICT_OK);
    CHECK_INT(clock_of(&desk, CLOCK_POSTER, 1)->due_at.milliseconds, local("2026-11-27 08:00").milliseconds);
    CHECK_INT(clock_of(&desk, CLOCK_CHANGE_NOTICE, 1)->result, RESULT_KEPT);
    desk.now = local("2026-11-28 08:00"); /* in advance means before it */
    CHECK_INT(phase(&desk), OUTAGE_PHASE_RUNNING); /* for the public, as announced */
    CHECK((outage_next_steps(&desk.outage, desk.now) & OUTAGE_BIT(OUTAGE_START)) != 0);
    REQUIRE_STATUS(postpone(&desk, "2026-11-28 09:00", "2026-11-28 11:00"), VERDICT_OK);
    CHECK_INT(clock_of(&desk, CLOCK_CHANGE_NOTICE, 2)->result, RESULT_LATE);
}

TEST(article_18_1_an_earlier_start_than_announced_is_judged_by_when_the_water_went_off)
{
    struct desk desk;
    announce(&desk);
    desk.now = local("2026-11-25 07:00");
    REQUIRE_STATUS(act(&desk, OUTAGE_MEDIA, ROLE_LIAISON, BUILDER), VERDICT_OK);
    desk.now = local("2026-11-26 06:00");
    REQUIRE_STATUS(act(&desk, OUTAGE_START, ROLE_LIAISON, BUILDER), VERDICT_OK);
    CHECK_INT(clock_of(&desk, CLOCK_ANNOUNCE, 1)->result, RESULT_LATE);
}

TEST(article_33_7_without_approval_the_reason_is_asked_and_the_mark_stays)
{
    struct desk desk;
    REQUIRE_STATUS(apply(&desk), VERDICT_OK);
    CHECK_STATUS(act(&desk, OUTAGE_START, ROLE_CREW, BUILDER), VERDICT_NEEDS_REASON);
    begin(&desk, OUTAGE_START, ROLE_CREW, BUILDER)->has_reason = true;
    REQUIRE_STATUS(carry_out(&desk), VERDICT_OK);
    CHECK(desk.outage.is_unapproved && desk.outage.is_public);
    REQUIRE_STATUS(act(&desk, OUTAGE_RESTORE, ROLE_CREW, BUILDER), VERDICT_OK);
    CHECK(desk.outage.is_unapproved);
    CHECK_INT(clock_of(&desk, CLOCK_ANNOUNCE, 1)->result, RESULT_ENDED_LATE); /* nobody was told ahead */
}

TEST(article_18_2_water_back_by_the_first_end_is_on_time_and_a_later_end_told_in_time_stands_beside_it)
{
    struct desk desk;
    announce(&desk);
    desk.now = local("2026-11-26 08:05");
    REQUIRE_STATUS(act(&desk, OUTAGE_START, ROLE_CREW, BUILDER), VERDICT_OK);
    CHECK_INT(clock_of(&desk, CLOCK_CHANGE_NOTICE, 1)->result, RESULT_SUPERSEDED);
    begin(&desk, OUTAGE_EXTEND, ROLE_CREW, BUILDER)->expected_end_at = local("2026-11-26 16:00");
    REQUIRE_STATUS(carry_out(&desk), VERDICT_OK);
    desk.now = local("2026-11-26 15:00");
    REQUIRE_STATUS(act(&desk, OUTAGE_RESTORE, ROLE_CREW, BUILDER), VERDICT_OK);
    const struct clock *resume = clock_of(&desk, CLOCK_RESUME, 1);
    CHECK_INT(clock_result_at(resume, desk.now), RESULT_LATE);
    CHECK_INT(clock_granted_result_at(resume, desk.now), RESULT_KEPT);
}

TEST(article_33_10_a_cut_off_is_reported_before_it_happens_or_late_with_the_reason_and_is_never_public)
{
    static const struct {
        const char *start;
        enum verdict want;
        enum clock_result result;
    } cases[] = {{"2026-11-23 08:01", VERDICT_OK, RESULT_KEPT}, {"2026-11-23 08:00", VERDICT_NEEDS_REASON, RESULT_LATE},
                 {"2026-11-23 07:00", VERDICT_NEEDS_REASON, RESULT_LATE}};

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct desk desk;
        check_case(cases[i].start);
        struct outage_command *command = well_filled(&desk);
        command->action = OUTAGE_CUT;
        command->cause = 14;
        command->scope = OUTAGE_SCOPE_HOUSEHOLDS;
        command->planned_start_at = local(cases[i].start);
        command->expected_end_at = INSTANT_NONE;
        CHECK_STATUS(carry_out(&desk), cases[i].want);
        desk.command.has_reason = true;
        if (cases[i].want != VERDICT_OK)
            CHECK_STATUS(carry_out(&desk), VERDICT_OK);
        CHECK_INT(clock_of(&desk, CLOCK_CUTOFF_REPORT, 1)->result, cases[i].result);
        CHECK(!desk.outage.is_public && !outage_is_message(OUTAGE_RESTORE, desk.outage.is_public));
        desk.now = local("2026-12-23 08:00");
        CHECK_INT(phase(&desk), OUTAGE_PHASE_RUNNING); /* it has no announced end */
    }
}

TEST(article_18_1_whatever_is_tried_no_breach_is_lost_and_folding_again_gives_the_same)
{
    int accepted[OUTAGE_ACTION__COUNT] = {0};
    for (uint64_t seed = 1; seed <= MOST_SEEDS; seed++) {
        static const enum role ROLES[] = {ROLE_OPS, ROLE_LIAISON, ROLE_GROUP_LEADER, ROLE_UNIT_LEADER, ROLE_SYSTEM};
        static const int UNITS[] = {BUILDER, PIPELINE, CUSTOMER, 1};
        uint64_t dice = seed * UINT64_C(0x9E3779B97F4A7C15);
        struct desk desk;
        struct outage again;
        check_casef("seed %d", (int)seed);
        REQUIRE_STATUS(apply(&desk), VERDICT_OK);
        outage_init(&again, (struct outage_id){7});
        outage_apply(&again, &desk.event);
        for (int i = 0; i < 80; i++) {
            const struct outage before = desk.outage;
            desk.now = plus_seconds(desk.now, (int64_t)(next_random(&dice) % (4 * HOUR_SECONDS)));
            const enum role role = ROLES[next_random(&dice) % 5];
            const uint32_t next = outage_next_steps(&desk.outage, desk.now);
            enum outage_action action = (enum outage_action)(1 + next_random(&dice) % (OUTAGE_ACTION__COUNT - 1));
            if (next_random(&dice) % 2) /* what is next is tried more often than what makes no sense */
                for (enum outage_action step = OUTAGE_REPORT; step < OUTAGE_ACTION__COUNT; step++)
                    if ((next & OUTAGE_BIT(step)) != 0 && next_random(&dice) % 2)
                        action = step;
            struct outage_command *command =
                begin(&desk, action, role, UNITS[next_random(&dice) % 4]);
            command->has_reason = next_random(&dice) % 2;
            command->assistant.v = 55;
            command->households = (int)(next_random(&dice) % 3);
            command->place_count = 1;
            command->places[0].v = 1 + (int)(next_random(&dice) % 60);
            command->planned_start_at = plus_seconds(desk.now, (int64_t)(next_random(&dice) % (5 * DAY_SECONDS)));
            command->expected_end_at = plus_seconds(command->planned_start_at, (int64_t)(next_random(&dice) % DAY_SECONDS));
            if (carry_out(&desk) != VERDICT_OK) {
                CHECK_BYTES(&desk.outage, &before, sizeof before);
                continue;
            }
            accepted[command->action]++;
            uint8_t payload[EVENT_PAYLOAD_MAX];
            struct event read = desk.event;
            CHECK(event_parse_payload(&read, payload, event_format_payload(&desk.event, payload)));
            REQUIRE(outage_is_foldable(&again, &read));
            outage_apply(&again, &read);
            for (int k = 0; k < before.clock_count; k++)
                if (before.clocks[k].kind == CLOCK_CHANGE_NOTICE && !clock_is_running(&before.clocks[k]))
                    CHECK_INT(desk.outage.clocks[k].result, before.clocks[k].result);
            for (int k = 0; !outage_is_open(desk.outage.state) && k < desk.outage.clock_count; k++)
                CHECK(!clock_is_running(&desk.outage.clocks[k])); /* nothing counts on after the end */
        }
        CHECK_BYTES(&again, &desk.outage, sizeof again);
    }
    for (enum outage_action action = OUTAGE_EXTEND; action < OUTAGE_CUT; action++) {
        if (action == OUTAGE_WITHDRAW || action == OUTAGE_APPLY)
            continue; /* an emergency's, and the first event */
        check_casef("%s was done", outage_action_name(action));
        CHECK(accepted[action] >= 5);
    }
}

TEST(the_payload_of_an_emergency_of_before_folds_as_ever)
{
    /* Written by the first register of outages: kind, unit, cause, diameter and end, and two lists, without what came later. */
    struct event event = {.subject = SUBJECT_OUTAGE, .subject_id = 7, .seq = 1, .kind = OUTAGE_REPORT, .actor_staff = {103},
                          .recorded_at = local("2026-11-23 10:03"), .occurred_at = local("2026-11-23 10:00")};
    struct outage outage;
    event_set(&event, FIELD_OUTAGE_KIND, OUTAGE_EMERGENCY);
    event_set(&event, FIELD_UNIT, PIPELINE);
    event_set(&event, FIELD_CAUSE, 1);
    event_set(&event, FIELD_DIAMETER_MM, 300);
    event_set(&event, FIELD_EXPECTED_END, local("2026-11-23 18:00").milliseconds);
    outage_init(&outage, (struct outage_id){7});
    REQUIRE(outage_is_foldable(&outage, &event));
    outage_apply(&outage, &event);
    CHECK_INT(outage.state, OUTAGE_PUBLISHED);
    CHECK(outage.is_public && !instant_is_set(outage.planned_start_at));
    struct desk desk = {.outage = outage, .now = local("2026-11-23 17:00")};
    REQUIRE_STATUS(act(&desk, OUTAGE_RESTORE, ROLE_LIAISON, PIPELINE), VERDICT_OK); /* it has no clock of the announced end */
}
