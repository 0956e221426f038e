/* Outages as streams and rows (Art. 18): published once, versioned, folded again, sealed, warned of; and what the public is told. */
#include <string.h>

#include "base/random.h"
#include "check.h"
#include "stand.h"
#include "store/outage_public.h"
#include "store/outage_store.h"

#define PIPELINE 3
#define CUSTOMER 2

static const struct outage_words WORDS = {"东昌路以北三栋楼", "管道爆裂，正在抢修", "", ""};
static const struct outage_words NO_WORDS = {"", "", "", ""};

/* Water off now, back in two hours: the places 11 and 12 and an area in words. */
static struct outage_command report_command(const struct stand *stand)
{
    return (struct outage_command){
        .action = OUTAGE_REPORT, .actor = stand_liaison(PIPELINE), .unit = {PIPELINE}, .cause = 1, .diameter_mm = 300,
        .has_valves = true, .valve_count = 1, .valves = {{300, 2}}, .occurred_at = stand->now,
        .expected_end_at = instant_add_seconds(stand->now, 2 * HOUR_SECONDS), .place_count = 2, .places = {{11}, {12}},
        .has_area_words = true, .has_words = true};
}

static enum status report(struct stand *stand, const uint8_t *key, struct outage *outage)
{
    const struct outage_command command = report_command(stand);
    struct event event;
    uint8_t fresh[ACTION_KEY_BYTES];
    random_bytes(fresh, sizeof fresh);
    outage_init(outage, (struct outage_id){0});
    if (outage_decide(outage, &command, &stand->catalog.regulation, stand->now, &event) != VERDICT_OK)
        return STATUS_REFUSED;
    outage_apply(outage, &event);
    return outage_store_report(stand->db, outage, &event, &WORDS, key != NULL ? key : fresh, &stand->catalog, &stand->fault);
}

/* What the liaison does now. end_seconds: from now, 0 none; place: 0 none */
static enum status act(struct stand *stand, struct outage_id id, enum outage_action action, int64_t end_seconds, int place)
{
    struct outage_file file;
    struct event event;
    uint8_t key[ACTION_KEY_BYTES];
    random_bytes(key, sizeof key);
    const enum status status = outage_store_load(stand->db, id, &stand->arena, &file, &stand->fault);
    if (status != STATUS_OK)
        return status;
    const struct outage_words words = {"", action == OUTAGE_RESTORE ? "" : "说明", "", ""};
    struct outage_command command = {
        .action = action, .actor = stand_liaison(PIPELINE), .expected_version = file.outage.version,
        .occurred_at = action == OUTAGE_RESTORE ? stand->now : INSTANT_NONE,
        .expected_end_at = end_seconds != 0 ? instant_add_seconds(stand->now, end_seconds) : INSTANT_NONE,
        .place_count = place != 0, .places = {{place}}, .has_words = action != OUTAGE_RESTORE};
    if (outage_decide(&file.outage, &command, &stand->catalog.regulation, stand->now, &event) != VERDICT_OK)
        return STATUS_REFUSED;
    return outage_store_append(stand->db, &file, &event, &words, key, &stand->catalog, &stand->fault);
}

TEST(article_18_2_an_outage_sent_twice_by_one_form_is_published_once_with_everything)
{
    struct stand *stand = stand_open("outagereport");
    struct outage first, second;
    struct outage_file file;
    struct outage_notice notice;
    uint8_t key[ACTION_KEY_BYTES];
    random_bytes(key, sizeof key);
    REQUIRE_STATUS(report(stand, key, &first), STATUS_OK);
    CHECK_STATUS(report(stand, key, &second), STATUS_DUPLICATE);
    CHECK_INT(second.id.v, first.id.v);
    REQUIRE_STATUS(outage_store_load(stand->db, first.id, &stand->arena, &file, &stand->fault), STATUS_OK);
    CHECK_INT(file.outage.unit.v, PIPELINE);
    CHECK_INT(file.outage.place_count, 2);
    CHECK_INT(file.outage.valves[0].number, 2);
    CHECK_INT(file.entry_count, 1);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outage"), 1);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outage_place"), 2);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM clock WHERE subject_kind = 2"), 3);
    REQUIRE_STATUS(outage_public_find(stand->db, first.id, &stand->arena, &notice, &stand->fault), STATUS_OK);
    CHECK_INT(notice.state, OUTAGE_PUBLISHED);
    CHECK(!instant_is_set(notice.ended_at));
    REQUIRE(notice.message_count == 1);
    CHECK_TEXT(notice.messages[0].area_words, WORDS.area);
    CHECK_TEXT(notice.messages[0].words, WORDS.words);
    CHECK_INT(notice.messages[0].place_count, 2);
    CHECK_INT(notice.messages[0].places[1].v, 12);
    CHECK_STATUS(outage_store_load(stand->db, (struct outage_id){first.id.v + 1}, &stand->arena, &file, &stand->fault), STATUS_ABSENT);
    CHECK_STATUS(outage_public_find(stand->db, (struct outage_id){first.id.v + 1}, &stand->arena, &notice, &stand->fault), STATUS_ABSENT);
    CHECK_INT(stand_verify(stand, true), 0);
}

TEST(article_18_2_every_change_is_a_message_of_its_own_and_everything_verifies)
{
    struct stand *stand = stand_open("outagelife");
    struct outage outage;
    struct outage_notice notice;
    int64_t news[2];
    REQUIRE_STATUS(report(stand, NULL, &outage), STATUS_OK);
    const struct instant first_end = outage.first_end_at;
    REQUIRE_STATUS(outage_public_news(stand->db, &stand->arena, &news[0], &stand->fault), STATUS_OK);
    stand_pass(stand, HOUR_SECONDS);
    REQUIRE_STATUS(act(stand, outage.id, OUTAGE_NOTE, 0, 0), STATUS_OK); /* no news for the public */
    REQUIRE_STATUS(outage_public_news(stand->db, &stand->arena, &news[1], &stand->fault), STATUS_OK);
    CHECK_INT(news[1], news[0]);
    REQUIRE_STATUS(act(stand, outage.id, OUTAGE_EXTEND, 3 * HOUR_SECONDS, 0), STATUS_OK);
    REQUIRE_STATUS(act(stand, outage.id, OUTAGE_WIDEN, 0, 13), STATUS_OK);
    REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);
    stand_pass(stand, HOUR_SECONDS);
    REQUIRE_STATUS(act(stand, outage.id, OUTAGE_RESTORE, 0, 0), STATUS_OK);
    REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);
    REQUIRE_STATUS(outage_public_find(stand->db, outage.id, &stand->arena, &notice, &stand->fault), STATUS_OK);
    CHECK_INT(notice.state, OUTAGE_RESTORED);
    CHECK_INT(notice.ended_at.milliseconds, stand->now.milliseconds);
    REQUIRE(notice.message_count == 4);
    CHECK_INT(notice.messages[0].expected_end_at.milliseconds, first_end.milliseconds);
    CHECK_INT(notice.messages[1].kind, OUTAGE_EXTEND);
    CHECK_INT(notice.messages[2].places[0].v, 13);
    CHECK_INT(notice.messages[3].place_count, 0);
    CHECK_INT(stand_count(stand, "SELECT seq FROM chain_head WHERE subject_kind = 2"), 5);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM clock WHERE subject_kind = 2 AND result = %d", RESULT_KEPT), 5);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM clock WHERE subject_kind = 2 AND result = %d", RESULT_SUPERSEDED), 1);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM dirty"), 0);
    CHECK_INT(stand_verify(stand, true), 0);
}

TEST(article_18_2_of_two_who_publish_at_once_one_is_kept_and_the_other_is_told)
{
    struct stand *stand = stand_open("outagerace");
    struct outage outage;
    struct outage_file one, two;
    struct event first, second;
    uint8_t keys[2][ACTION_KEY_BYTES];
    random_bytes(keys, sizeof keys);
    REQUIRE_STATUS(report(stand, NULL, &outage), STATUS_OK);
    REQUIRE_STATUS(outage_store_load(stand->db, outage.id, &stand->arena, &one, &stand->fault), STATUS_OK);
    REQUIRE_STATUS(outage_store_load(stand->db, outage.id, &stand->arena, &two, &stand->fault), STATUS_OK);
    const struct outage_command command = {
        .action = OUTAGE_EXTEND, .actor = stand_liaison(PIPELINE), .expected_version = 1, .has_words = true,
        .expected_end_at = instant_add_seconds(stand->now, 5 * HOUR_SECONDS)};
    REQUIRE_STATUS(outage_decide(&one.outage, &command, &stand->catalog.regulation, stand->now, &first), VERDICT_OK);
    REQUIRE_STATUS(outage_decide(&two.outage, &command, &stand->catalog.regulation, stand->now, &second), VERDICT_OK);
    const struct outage_words words = {"", "延长", "", ""};
    CHECK_STATUS(outage_store_append(stand->db, &one, &first, &words, keys[0], &stand->catalog, &stand->fault), STATUS_OK);
    CHECK_STATUS(outage_store_append(stand->db, &two, &second, &words, keys[1], &stand->catalog, &stand->fault), STATUS_CONFLICT);
    CHECK_STATUS(outage_store_append(stand->db, &one, &first, &words, keys[0], &stand->catalog, &stand->fault), STATUS_DUPLICATE);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outage_message"), 2);
    CHECK_INT(stand_verify(stand, true), 0);
}

TEST(article_18_2_an_end_that_passes_without_news_raises_a_notice_to_unit_and_ops_once_for_each_announcement)
{
    struct stand *stand = stand_open("outagestep");
    struct outage outage;
    REQUIRE_STATUS(report(stand, NULL, &outage), STATUS_OK);
    REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outbox WHERE notice = 'outage_reported' AND subject_kind = 2 AND audience = %d", AUDIENCE_OPS), 1);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outbox WHERE notice = 'outage_reported' AND recipient = %d", PIPELINE), 2);
    stand_pass(stand, 100 * MINUTE_SECONDS);
    REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outbox WHERE notice = 'outage_soon' AND recipient = %d", PIPELINE), 2);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outbox WHERE notice = 'outage_late'"), 0);
    stand_pass(stand, 21 * MINUTE_SECONDS);
    for (int i = 0; i < 2; i++)
        REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outbox WHERE notice = 'outage_late' AND audience = %d AND recipient = %d", AUDIENCE_LIAISON, PIPELINE), 1);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outbox WHERE notice = 'outage_late' AND audience = %d", AUDIENCE_OPS), 1);
    CHECK_INT(stand_count(stand, "SELECT missed FROM figure_day WHERE rule_id = 86 AND unit_id = %d", PIPELINE), 1);
    CHECK_INT(stand_count(stand, "SELECT kept FROM figure_day WHERE rule_id = 84 AND unit_id = %d", PIPELINE), 1);
    REQUIRE_STATUS(act(stand, outage.id, OUTAGE_EXTEND, HOUR_SECONDS, 0), STATUS_OK);
    stand_pass(stand, 2 * HOUR_SECONDS);
    REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outbox WHERE notice = 'outage_late' AND audience = %d", AUDIENCE_OPS), 2);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outbox WHERE notice = 'outage_extended' AND audience = %d", AUDIENCE_OPS), 1);
    CHECK_INT(stand_verify(stand, true), 0);
}

TEST(verify_names_an_outage_or_a_message_that_was_changed_behind_its_events)
{
    struct stand *stand = stand_open("outageverify");
    struct outage outage;
    REQUIRE_STATUS(report(stand, NULL, &outage), STATUS_OK);
    REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);
    CHECK_INT(stand_verify(stand, true), 0);
    stand_run(stand, "UPDATE outage SET expected_end_at = expected_end_at + INTERVAL 1 HOUR, valves = '200x1'");
    CHECK_INT(stand_verify(stand, false), 2);
    CHECK(stand_has_problem("outage.expected_end_at"));
    CHECK(stand_has_problem("outage.valves"));
    stand_run(stand, "UPDATE outage SET expected_end_at = expected_end_at - INTERVAL 1 HOUR, valves = '300x2'");
    stand_run(stand, "UPDATE outage_message SET words = '一切正常'");
    CHECK_INT(stand_verify(stand, false), 1);
    CHECK(stand_has_problem("other words than the event"));
    stand_run(stand, "UPDATE outage_message SET words = '%s', told_at = told_at - INTERVAL 1 HOUR", WORDS.words);
    CHECK_INT(stand_verify(stand, false), 1);
    CHECK(stand_has_problem("outage_message.told_at"));
    stand_run(stand, "UPDATE outage_message SET told_at = told_at + INTERVAL 1 HOUR");
    stand_run(stand, "UPDATE outage_place SET place_id = 14 WHERE place_id = 12");
    CHECK_INT(stand_verify(stand, false), 1);
    CHECK(stand_has_problem("outage_place"));
    stand_run(stand, "UPDATE outage_place SET place_id = 12 WHERE place_id = 14");
    stand_run(stand, "DELETE FROM outage_message");
    CHECK_INT(stand_verify(stand, false), 1);
    stand_run(stand, "DELETE FROM outage");
    CHECK(stand_verify(stand, false) > 0);
    CHECK(stand_has_problem("which has no row itself"));
}

TEST(article_18_what_runs_comes_first_then_what_ended_lately)
{
    struct stand *stand = stand_open("outagelist");
    struct outage outages[4];
    struct outage_notice *notices;
    size_t count;
    for (int i = 0; i < 4; i++) {
        REQUIRE_STATUS(report(stand, NULL, &outages[i]), STATUS_OK);
        stand_pass(stand, MINUTE_SECONDS);
    }
    REQUIRE_STATUS(act(stand, outages[0].id, OUTAGE_RESTORE, 0, 0), STATUS_OK);
    stand_pass(stand, DAY_SECONDS);
    REQUIRE_STATUS(act(stand, outages[2].id, OUTAGE_RESTORE, 0, 0), STATUS_OK);
    const struct instant week = instant_add_seconds(stand->now, -7 * DAY_SECONDS);
    REQUIRE_STATUS(outage_public_list(stand->db, week, &stand->arena, &notices, &count, &stand->fault), STATUS_OK);
    REQUIRE(count == 4);
    const int64_t want[] = {outages[3].id.v, outages[1].id.v, outages[2].id.v, outages[0].id.v};
    for (size_t i = 0; i < count; i++) {
        CHECK_INT(notices[i].id.v, want[i]);
        CHECK_INT(notices[i].message_count, i < 2 ? 1 : 2);
        CHECK_INT(notices[i].messages[0].place_count, 2);
    }
    stand_pass(stand, 6 * DAY_SECONDS + HOUR_SECONDS);
    const struct instant later = instant_add_seconds(stand->now, -7 * DAY_SECONDS);
    REQUIRE_STATUS(outage_public_list(stand->db, later, &stand->arena, &notices, &count, &stand->fault), STATUS_OK);
    CHECK_INT(count, 3);
    REQUIRE_STATUS(outage_public_list(stand->db, stand->now, &stand->arena, &notices, &count, &stand->fault), STATUS_OK);
    CHECK_INT(count, 2); /* what runs now */
}

TEST(an_outage_names_its_ticket_unless_the_discipline_office_has_it)
{
    struct stand *stand = stand_open("outageticket");
    struct ticket_file ticket;
    struct outage outage;
    struct outage_file file;
    struct outage_of_ticket *of_ticket;
    struct event event;
    enum verdict verdict;
    size_t count;
    uint8_t key[ACTION_KEY_BYTES];
    random_bytes(key, sizeof key);
    REQUIRE_STATUS(stand_file(stand, "leak_public", NULL, &ticket), STATUS_OK);
    struct outage_command command = report_command(stand);
    command.ticket = ticket.ticket.id;
    outage_init(&outage, (struct outage_id){0});
    REQUIRE_STATUS(outage_decide(&outage, &command, &stand->catalog.regulation, stand->now, &event), VERDICT_OK);
    outage_apply(&outage, &event);
    REQUIRE_STATUS(outage_store_report(stand->db, &outage, &event, &NO_WORDS, key, &stand->catalog, &stand->fault), STATUS_OK);
    REQUIRE_STATUS(outage_store_load(stand->db, outage.id, &stand->arena, &file, &stand->fault), STATUS_OK);
    CHECK_TEXT(file.ticket_number, ticket.number);
    REQUIRE_STATUS(outage_store_of_ticket(stand->db, ticket.ticket.id, &stand->arena, &of_ticket, &count, &stand->fault), STATUS_OK);
    REQUIRE(count == 1);
    CHECK_INT(of_ticket[0].id.v, outage.id.v);
    const struct command seal = stand_command(ACTION_HAND_TO_DISCIPLINE, stand_ops());
    REQUIRE_STATUS(stand_act(stand, &ticket, &seal, NULL, &verdict), STATUS_OK);
    REQUIRE_STATUS(outage_store_load(stand->db, outage.id, &stand->arena, &file, &stand->fault), STATUS_OK);
    CHECK_TEXT(file.ticket_number, "");
}
