/* Failure reports as rows (Art. 15): keyed, versioned, covering exactly what they cover; and clerk's watch over itself. */
#include <stdio.h>
#include <string.h>

#include "base/random.h"
#include "check.h"
#include "stand.h"
#include "store/failure_store.h"

#define PIPELINE 3
#define CUSTOMER 2

static struct instant minutes_from_start(int64_t minutes)
{
    return instant_add_seconds(STAND_START, minutes * MINUTE_SECONDS);
}

/* A report of a unit from one minute to another (0: not over), told at a third. */
static struct failure report_of(int32_t unit, int64_t started, int64_t ended, int64_t told)
{
    struct failure failure = {
        .state = FAILURE_WAITING,
        .origin = FAILURE_BY_UNIT,
        .part = 2,
        .report = {.unit = {unit}, .started_at = minutes_from_start(started),
                   .ended_at = ended == 0 ? INSTANT_NONE : minutes_from_start(ended),
                   .reported_at = minutes_from_start(told)},
        .contact = "王运营",
        .words = "工单系统打不开",
        .recorded_at = minutes_from_start(told),
        .recorded_by = {23},
    };
    failure.claimed = failure.report;
    return failure;
}

static struct failure_change change_of(const struct stand *stand, uint8_t key[FAILURE_KEY_BYTES])
{
    random_bytes(key, FAILURE_KEY_BYTES);
    return (struct failure_change){.staff = {12}, .now = stand->now, .key = key};
}

/* Adds, reads back; with the decision to confirm when wanted. */
static enum status add(struct stand *stand, struct failure *failure, bool is_confirmed)
{
    uint8_t key[FAILURE_KEY_BYTES];
    struct failure decided;
    random_bytes(key, sizeof key);
    enum status status = failure_store_add(stand->db, failure, key, &stand->arena, &stand->fault);
    if (status == STATUS_OK)
        status = failure_store_find(stand->db, failure->id, &stand->arena, failure, &stand->fault);
    if (status != STATUS_OK || !is_confirmed)
        return status;
    const struct failure_change change = change_of(stand, key);
    decided = *failure;
    decided.state = FAILURE_CONFIRMED;
    decided.decision_words = "";
    status = failure_store_decide(stand->db, failure, &decided, &change, &stand->fault);
    return status == STATUS_OK ? failure_store_find(stand->db, failure->id, &stand->arena, failure, &stand->fault) : status;
}

TEST(article_15_a_report_sent_twice_is_one_report)
{
    struct stand *stand = stand_open("failkey");
    struct failure first = report_of(PIPELINE, 10, 30, 15), second = first;
    uint8_t key[FAILURE_KEY_BYTES];
    random_bytes(key, sizeof key);
    REQUIRE_STATUS(failure_store_add(stand->db, &first, key, &stand->arena, &stand->fault), STATUS_OK);
    CHECK_STATUS(failure_store_add(stand->db, &second, key, &stand->arena, &stand->fault), STATUS_DUPLICATE);
    CHECK_INT(second.id, first.id);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM failure_report"), 1);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM audit WHERE what = 'failure_report' AND subject_kind = 7"), 1);
    struct failure found;
    REQUIRE_STATUS(failure_store_find(stand->db, first.id, &stand->arena, &found, &stand->fault), STATUS_OK);
    CHECK_INT(found.report.started_at.milliseconds, first.report.started_at.milliseconds);
    CHECK_INT(found.report.ended_at.milliseconds, first.report.ended_at.milliseconds);
    CHECK_INT(found.report.reported_at.milliseconds, first.report.reported_at.milliseconds);
    CHECK_TEXT(found.words, "工单系统打不开");
    CHECK(!found.report.is_confirmed);
    CHECK_STATUS(failure_store_find(stand->db, first.id + 1, &stand->arena, &found, &stand->fault), STATUS_ABSENT);
}

TEST(article_15_of_two_decisions_the_first_stands_and_the_second_is_told_so)
{
    struct stand *stand = stand_open("failrace");
    struct failure failure = report_of(PIPELINE, 10, 30, 15), found;
    uint8_t keys[2][FAILURE_KEY_BYTES];
    REQUIRE_STATUS(add(stand, &failure, false), STATUS_OK);
    struct failure confirmed = failure, refused = failure;
    confirmed.state = FAILURE_CONFIRMED;
    confirmed.decision_words = "核实";
    confirmed.report.ended_at = minutes_from_start(25);
    refused.state = FAILURE_REFUSED;
    refused.decision_words = "没有来电";
    const struct failure_change one = change_of(stand, keys[0]), two = change_of(stand, keys[1]);
    REQUIRE_STATUS(failure_store_decide(stand->db, &failure, &confirmed, &one, &stand->fault), STATUS_OK);
    CHECK_STATUS(failure_store_decide(stand->db, &failure, &refused, &two, &stand->fault), STATUS_CONFLICT);
    CHECK_STATUS(failure_store_decide(stand->db, &failure, &confirmed, &one, &stand->fault), STATUS_OK); /* sent again */
    CHECK_STATUS(failure_store_end(stand->db, &failure, minutes_from_start(40), &two, &stand->fault), STATUS_CONFLICT);
    REQUIRE_STATUS(failure_store_find(stand->db, failure.id, &stand->arena, &found, &stand->fault), STATUS_OK);
    CHECK_INT(found.state, FAILURE_CONFIRMED);
    CHECK_TEXT(found.decision_words, "核实");
    CHECK_INT(found.report.ended_at.milliseconds, minutes_from_start(25).milliseconds);
    CHECK_INT(found.claimed.ended_at.milliseconds, minutes_from_start(30).milliseconds);
    CHECK_INT(found.version, 2);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM audit WHERE what = 'failure_decision'"), 1);
}

TEST(article_15_the_end_is_told_once)
{
    struct stand *stand = stand_open("failend");
    struct failure failure = report_of(PIPELINE, 10, 0, 15), found;
    uint8_t keys[2][FAILURE_KEY_BYTES];
    REQUIRE_STATUS(add(stand, &failure, true), STATUS_OK);
    const struct failure_change one = change_of(stand, keys[0]), two = change_of(stand, keys[1]);
    REQUIRE_STATUS(failure_store_end(stand->db, &failure, minutes_from_start(40), &one, &stand->fault), STATUS_OK);
    CHECK_STATUS(failure_store_end(stand->db, &failure, minutes_from_start(40), &one, &stand->fault), STATUS_OK);
    REQUIRE_STATUS(failure_store_find(stand->db, failure.id, &stand->arena, &found, &stand->fault), STATUS_OK);
    CHECK_STATUS(failure_store_end(stand->db, &found, minutes_from_start(50), &two, &stand->fault), STATUS_CONFLICT);
    CHECK_INT(found.report.ended_at.milliseconds, minutes_from_start(40).milliseconds);
    CHECK_INT(found.version, 3);
}

/* Dispatched to a unit and never accepted: due 20 minutes after `at_minute`. */
static enum status dispatched(struct stand *stand, int32_t unit, int64_t at_minute, struct ticket_file *file)
{
    enum verdict verdict;
    struct command dispatch = stand_command(ACTION_DISPATCH, stand_ops());
    stand->now = minutes_from_start(at_minute);
    enum status status = stand_file(stand, "no_water", NULL, file);
    command_set(&dispatch, FIELD_UNIT, unit);
    return status == STATUS_OK ? stand_act(stand, file, &dispatch, NULL, &verdict) : status;
}

static enum verdict excuse(struct stand *stand, struct ticket_file *file, const struct failure *failure,
                           enum clock_kind kind)
{
    enum verdict verdict = VERDICT_OK;
    struct command command = stand_command(ACTION_EXCUSE, stand_ops());
    command.failure = &failure->report;
    command_set(&command, FIELD_CLOCK_NO, ticket_clock(&file->ticket, kind)->no);
    command_set(&command, FIELD_EXCUSE, failure->id);
    CHECK(stand_act(stand, file, &command, NULL, &verdict) == (verdict == VERDICT_OK ? STATUS_OK : STATUS_REFUSED));
    return verdict;
}

TEST(article_15_exactly_the_units_clocks_that_ran_out_meanwhile_are_covered_and_the_others_stay_late)
{
    struct stand *stand = stand_open("failcover");
    struct ticket_file before, within, edge, after, other, sealed;
    struct failure_clock *clocks;
    size_t count;
    bool more;
    enum verdict verdict;
    REQUIRE_STATUS(dispatched(stand, PIPELINE, 0, &before), STATUS_OK); /* due at 20 */
    REQUIRE_STATUS(dispatched(stand, PIPELINE, 5, &within), STATUS_OK);  /* due at 25 */
    REQUIRE_STATUS(dispatched(stand, CUSTOMER, 6, &other), STATUS_OK);
    REQUIRE_STATUS(dispatched(stand, PIPELINE, 7, &sealed), STATUS_OK);
    const struct command seal = stand_command(ACTION_HAND_TO_DISCIPLINE, stand_ops());
    REQUIRE_STATUS(stand_act(stand, &sealed, &seal, NULL, &verdict), STATUS_OK);
    REQUIRE_STATUS(dispatched(stand, PIPELINE, 20, &edge), STATUS_OK);  /* due at 40: the last moment */
    REQUIRE_STATUS(dispatched(stand, PIPELINE, 21, &after), STATUS_OK); /* due at 41 */
    stand->now = minutes_from_start(60);
    struct failure failure = report_of(PIPELINE, 22, 40, 30);
    REQUIRE_STATUS(add(stand, &failure, true), STATUS_OK);
    REQUIRE_STATUS(failure_store_clocks(stand->db, &failure, stand->now, 50, &stand->arena, &clocks, &count, &more, &stand->fault), STATUS_OK);
    REQUIRE(count == 2);
    CHECK(!more);
    CHECK_TEXT(clocks[0].number, within.number);
    CHECK_TEXT(clocks[1].number, edge.number);
    CHECK(!clocks[0].is_excused);

    CHECK_STATUS(excuse(stand, &within, &failure, CLOCK_ACCEPT), VERDICT_OK);
    CHECK_STATUS(excuse(stand, &within, &failure, CLOCK_ACCEPT), VERDICT_ALREADY_DONE);
    CHECK_STATUS(excuse(stand, &before, &failure, CLOCK_ACCEPT), VERDICT_NOT_COVERED);
    CHECK_STATUS(excuse(stand, &after, &failure, CLOCK_ACCEPT), VERDICT_NOT_COVERED);
    CHECK_STATUS(excuse(stand, &other, &failure, CLOCK_ACCEPT), VERDICT_NOT_COVERED);
    REQUIRE_STATUS(failure_store_clocks(stand->db, &failure, stand->now, 50, &stand->arena, &clocks, &count, &more, &stand->fault), STATUS_OK);
    REQUIRE(count == 2);
    CHECK(clocks[0].is_excused && !clocks[1].is_excused);
    REQUIRE_STATUS(failure_store_clocks(stand->db, &failure, stand->now, 2, &stand->arena, &clocks, &count, &more, &stand->fault), STATUS_OK);
    CHECK(more);
    REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT SUM(excused) FROM figure_day"), 1);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM clock WHERE result = %d", RESULT_EXCUSED), 1);
    CHECK_INT(stand_verify(stand, true), 0);
}

TEST(article_15_a_report_that_waits_or_was_refused_covers_nothing)
{
    struct stand *stand = stand_open("failwait");
    struct ticket_file file;
    struct failure_clock *clocks;
    size_t count;
    bool more;
    struct failure failure = report_of(PIPELINE, 10, 30, 15);
    REQUIRE_STATUS(dispatched(stand, PIPELINE, 0, &file), STATUS_OK);
    stand->now = minutes_from_start(60);
    REQUIRE_STATUS(add(stand, &failure, false), STATUS_OK);
    REQUIRE_STATUS(failure_store_clocks(stand->db, &failure, stand->now, 50, &stand->arena, &clocks, &count, &more, &stand->fault), STATUS_OK);
    CHECK_INT(count, 0);
    CHECK_STATUS(excuse(stand, &file, &failure, CLOCK_ACCEPT), VERDICT_NOT_COVERED);
}

TEST(article_15_a_proposal_becomes_a_confirmed_report_for_each_unit_that_ops_names)
{
    struct stand *stand = stand_open("failtake");
    struct failure proposal = report_of(0, 10, 40, 0), *list;
    const struct unit_id units[] = {{PIPELINE}, {CUSTOMER}};
    uint8_t keys[2][FAILURE_KEY_BYTES];
    size_t count;
    proposal.state = FAILURE_PROPOSED;
    proposal.origin = FAILURE_BY_SYSTEM;
    proposal.report.reported_at = proposal.claimed.reported_at = INSTANT_NONE;
    proposal.recorded_by.v = 0;
    proposal.recorded_at = stand->now = minutes_from_start(60);
    REQUIRE_STATUS(add(stand, &proposal, false), STATUS_OK);
    const struct failure_change one = change_of(stand, keys[0]), two = change_of(stand, keys[1]);
    struct failure taken = proposal;
    taken.state = FAILURE_TAKEN;
    taken.report.reported_at = minutes_from_start(12);
    taken.decision_words = "机房断电";
    REQUIRE_STATUS(failure_store_take(stand->db, &proposal, &taken, units, 2, &one, &stand->fault), STATUS_OK);
    CHECK_STATUS(failure_store_take(stand->db, &proposal, &taken, units, 2, &one, &stand->fault), STATUS_OK); /* again */
    CHECK_STATUS(failure_store_take(stand->db, &proposal, &taken, units, 1, &two, &stand->fault), STATUS_CONFLICT);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM failure_report WHERE state = 2 AND proposal_id = %d", proposal.id), 2);
    CHECK_INT(stand_count(stand, "SELECT state FROM failure_report WHERE id = %d", proposal.id), FAILURE_TAKEN);
    REQUIRE_STATUS(failure_store_list(stand->db, units[0], 0, 10, &stand->arena, &list, &count, &stand->fault), STATUS_OK);
    REQUIRE(count == 1);
    CHECK(list[0].report.is_confirmed);
    CHECK_INT(list[0].report.reported_at.milliseconds, minutes_from_start(12).milliseconds);
    REQUIRE_STATUS(failure_store_waiting(stand->db, &stand->arena, &list, &count, &stand->fault), STATUS_OK);
    CHECK_INT(count, 0);
}

TEST(lists_of_reports_walk_back_page_by_page_and_show_a_unit_its_own_only)
{
    struct stand *stand = stand_open("faillist");
    struct failure *list;
    size_t count;
    for (int i = 0; i < 5; i++) {
        struct failure failure = report_of(i % 2 ? CUSTOMER : PIPELINE, 10 + i, 30, 15 + i);
        REQUIRE_STATUS(add(stand, &failure, false), STATUS_OK);
    }
    REQUIRE_STATUS(failure_store_list(stand->db, (struct unit_id){0}, 0, 3, &stand->arena, &list, &count, &stand->fault), STATUS_OK);
    REQUIRE(count == 3);
    CHECK(list[0].id > list[1].id && list[1].id > list[2].id);
    REQUIRE_STATUS(failure_store_list(stand->db, (struct unit_id){0}, list[2].id, 3, &stand->arena, &list, &count, &stand->fault), STATUS_OK);
    CHECK_INT(count, 2);
    REQUIRE_STATUS(failure_store_list(stand->db, (struct unit_id){CUSTOMER}, 0, 9, &stand->arena, &list, &count, &stand->fault), STATUS_OK);
    CHECK_INT(count, 2);
    REQUIRE_STATUS(failure_store_waiting(stand->db, &stand->arena, &list, &count, &stand->fault), STATUS_OK);
    CHECK_INT(count, 5);
}

/* ---- clerk's watch */

static int64_t proposals(struct stand *stand)
{
    return stand_count(stand, "SELECT COUNT(*) FROM failure_report WHERE state = %d", FAILURE_PROPOSED);
}

TEST(article_15_a_silence_of_every_clerk_over_five_minutes_is_proposed_once)
{
    struct stand *stand = stand_open("silence");
    struct heartbeat one = {0}, two = {0}, three = {0};
    bool is_proposed;
    REQUIRE_STATUS(heartbeat_store_beat(stand->db, &one, true, stand->now, &is_proposed, &stand->fault), STATUS_OK);
    CHECK(!is_proposed && one.id != 0); /* the first start of all is no failure */
    stand_pass(stand, 30);
    REQUIRE_STATUS(heartbeat_store_beat(stand->db, &one, false, stand->now, &is_proposed, &stand->fault), STATUS_OK);
    stand_pass(stand, FAILURE_SILENCE_SECONDS);
    REQUIRE_STATUS(heartbeat_store_beat(stand->db, &two, true, stand->now, &is_proposed, &stand->fault), STATUS_OK);
    CHECK(!is_proposed); /* exactly five minutes */
    stand_pass(stand, FAILURE_SILENCE_SECONDS + 1);
    REQUIRE_STATUS(heartbeat_store_beat(stand->db, &three, true, stand->now, &is_proposed, &stand->fault), STATUS_OK);
    CHECK(is_proposed);
    REQUIRE_STATUS(heartbeat_store_beat(stand->db, &one, true, stand->now, &is_proposed, &stand->fault), STATUS_OK);
    CHECK(!is_proposed);
    CHECK_INT(proposals(stand), 1);
    CHECK_INT(stand_count(stand, "SELECT TIMESTAMPDIFF(SECOND, started_at, ended_at) FROM failure_report"), FAILURE_SILENCE_SECONDS + 1);
    CHECK_INT(stand_count(stand, "SELECT unit_id FROM failure_report"), 0);
    CHECK_INT(stand_count(stand, "SELECT told_at IS NULL FROM failure_report"), 1);
}

TEST(a_clock_that_jumps_while_clerk_runs_is_no_silence)
{
    struct stand *stand = stand_open("jump");
    struct heartbeat one = {0};
    bool is_proposed;
    REQUIRE_STATUS(heartbeat_store_beat(stand->db, &one, true, stand->now, &is_proposed, &stand->fault), STATUS_OK);
    stand_pass(stand, 3 * HOUR_SECONDS);
    REQUIRE_STATUS(heartbeat_store_beat(stand->db, &one, false, stand->now, &is_proposed, &stand->fault), STATUS_OK);
    CHECK_INT(proposals(stand), 0);
}

TEST(a_silence_of_clerk_alone_while_people_filed_is_not_proposed)
{
    struct stand *stand = stand_open("clerkonly");
    struct heartbeat one = {0}, two = {0};
    struct ticket_file file;
    bool is_proposed;
    REQUIRE_STATUS(heartbeat_store_beat(stand->db, &one, true, stand->now, &is_proposed, &stand->fault), STATUS_OK);
    stand_pass(stand, 4 * MINUTE_SECONDS);
    REQUIRE_STATUS(stand_file(stand, "no_water", NULL, &file), STATUS_OK);
    stand_pass(stand, 4 * MINUTE_SECONDS);
    REQUIRE_STATUS(heartbeat_store_beat(stand->db, &two, true, stand->now, &is_proposed, &stand->fault), STATUS_OK);
    CHECK(!is_proposed);
    CHECK_INT(proposals(stand), 0);
}

TEST(article_15_ops_is_told_of_a_report_and_the_unit_of_the_decision_once_each)
{
    struct stand *stand = stand_open("failtell");
    struct failure failure = report_of(PIPELINE, 10, 30, 15);
    int announced;
    REQUIRE_STATUS(add(stand, &failure, false), STATUS_OK);
    for (int i = 0; i < 2; i++)
        REQUIRE_STATUS(failure_store_announce(stand->db, stand->now, 10, &stand->arena, &announced, &stand->fault), STATUS_OK);
    CHECK_INT(announced, 0);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outbox WHERE notice = 'failure_reported' AND audience = %d AND subject_kind = %d AND subject_id = %d",
                          AUDIENCE_OPS, SUBJECT_FAILURE, failure.id), 1);
    uint8_t key[FAILURE_KEY_BYTES];
    const struct failure_change change = change_of(stand, key);
    struct failure decided = failure;
    decided.state = FAILURE_REFUSED;
    decided.decision_words = "没有来电";
    REQUIRE_STATUS(failure_store_decide(stand->db, &failure, &decided, &change, &stand->fault), STATUS_OK);
    REQUIRE_STATUS(failure_store_announce(stand->db, stand->now, 10, &stand->arena, &announced, &stand->fault), STATUS_OK);
    CHECK_INT(announced, 1);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outbox WHERE notice = 'failure_decided' AND audience = %d AND recipient = %d",
                          AUDIENCE_LIAISON, PIPELINE), 1);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outbox"), 2);
}
