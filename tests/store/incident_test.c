/* One incident, many reports (Art. 27; design 3, decision 6): what follows by itself from what happens to the parent. */
#include <string.h>

#include "check.h"
#include "stand.h"

enum { PIPELINE = 3, MAINTENANCE = 6 };

static void act(struct stand *stand, struct ticket_file *file, const struct command *command, const char *words)
{
    enum verdict verdict = VERDICT_OK;

    check_case(ticket_action_name(command->action));
    REQUIRE_STATUS(stand_act(stand, file, command, words, &verdict), STATUS_OK);
    check_case("");
}

static void merge(struct stand *stand, struct ticket_file *child, const struct ticket_file *parent)
{
    struct command command = stand_command(ACTION_MERGE, stand_ops());
    const struct assignment *lead = ticket_lead(&parent->ticket);

    command_set(&command, FIELD_PARENT, parent->ticket.id.v);
    if (lead != NULL)
        command.parent_unit = lead->unit;
    act(stand, child, &command, NULL);
}

static void finish(struct stand *stand, struct ticket_file *file, enum finish_outcome outcome, const char *words)
{
    struct command command = stand_command(ACTION_FINISH, stand_liaison(PIPELINE));
    struct command review = stand_command(ACTION_REVIEW, stand_ops());

    command_set(&command, FIELD_OUTCOME, (int64_t)outcome);
    command_set(&review, FIELD_DECISION, DECISION_GRANT);
    act(stand, file, &command, words);
    act(stand, file, &review, NULL);
}

static struct ticket_file load(struct stand *stand, const struct ticket_file *known)
{
    struct ticket_file file;

    memset(&file, 0, sizeof file);
    CHECK_STATUS(ticket_store_load_by_id(stand->db, known->ticket.id, &stand->arena, &file, &stand->fault), STATUS_OK);
    return file;
}

static struct ticket_file report(struct stand *stand)
{
    struct ticket_file file;

    memset(&file, 0, sizeof file);
    CHECK_STATUS(stand_file(stand, "no_water", NULL, &file), STATUS_OK);
    return file;
}

TEST(article_27_the_result_of_the_incident_is_the_result_of_each_report_in_the_same_words)
{
    struct stand *stand = stand_open("incident");
    struct ticket_file parent = report(stand), child = report(stand);

    REQUIRE_STATUS(stand_dispatch_and_accept(stand, &parent), STATUS_OK);
    merge(stand, &child, &parent);
    finish(stand, &parent, OUTCOME_NOT_SOLVED, "要等新管道通水");
    REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);
    child = load(stand, &child);
    CHECK_INT(child.ticket.state, TICKET_FINISHED);
    CHECK_INT(child.ticket.outcome, OUTCOME_NOT_SOLVED);
    CHECK_TEXT(child.entries[child.entry_count - 1].words, "要等新管道通水");
    CHECK(instant_is_equal(child.ticket.finished_at, parent.ticket.finished_at));
    CHECK_INT(stand_verify(stand, true), 0);
}

TEST(article_27_what_was_finished_with_the_incident_is_closed_with_it_once_nobody_has_to_be_called)
{
    struct stand *stand = stand_open("closing");
    struct ticket_file parent = report(stand), called = report(stand), uncalled = report(stand), again = report(stand);
    struct command call = stand_command(ACTION_FOLLOW_UP, stand_ops()), unsolved = call;
    const struct command close = stand_command(ACTION_CLOSE, stand_ops());

    command_set(&call, FIELD_FOLLOW_UP, FOLLOW_UP_SATISFIED);
    command_set(&call, FIELD_SATISFACTION, 5);
    command_set(&unsolved, FIELD_FOLLOW_UP, FOLLOW_UP_UNSOLVED);
    REQUIRE_STATUS(stand_dispatch_and_accept(stand, &parent), STATUS_OK);
    merge(stand, &called, &parent);
    merge(stand, &uncalled, &parent);
    merge(stand, &again, &parent);
    finish(stand, &parent, OUTCOME_SOLVED, "已恢复");
    REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);
    called = load(stand, &called);
    again = load(stand, &again);
    act(stand, &called, &call, NULL);
    stand_pass(stand, HOUR_SECONDS);
    act(stand, &again, &unsolved, NULL); /* a second round, by itself */
    REQUIRE_STATUS(stand_dispatch_and_accept(stand, &again), STATUS_OK);
    finish(stand, &again, OUTCOME_SOLVED, "又修了一次");
    act(stand, &again, &call, NULL);
    act(stand, &parent, &call, NULL);
    act(stand, &parent, &close, NULL);
    for (int round = 0; round < 2; round++) /* the second changes nothing */
        REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);
    called = load(stand, &called);
    CHECK_INT(called.ticket.state, TICKET_CLOSED);
    CHECK_INT(called.entries[called.entry_count - 1].event.actor_role, ROLE_BIT(ROLE_SYSTEM));
    CHECK_INT(load(stand, &uncalled).ticket.state, TICKET_FINISHED); /* its reporter is asked first (Art. 10) */
    CHECK_INT(load(stand, &again).ticket.state, TICKET_FOLLOWED_UP);
    CHECK_INT(stand_verify(stand, true), 0);
}

TEST(article_27_and_clock_failure_14_what_comes_in_for_a_merged_report_goes_to_the_unit_that_works_on_the_incident)
{
    struct stand *stand = stand_open("input");
    struct ticket_file parent = report(stand), child = report(stand);
    struct command dispatch = stand_command(ACTION_DISPATCH, stand_ops());
    const struct command urge = stand_command(ACTION_URGE, actor_resident());
    const struct command words = stand_command(ACTION_ADD_WORDS, actor_resident());

    command_set(&dispatch, FIELD_UNIT, MAINTENANCE); /* stood down by the merge */
    act(stand, &child, &dispatch, NULL);
    REQUIRE_STATUS(stand_dispatch_and_accept(stand, &parent), STATUS_OK);
    merge(stand, &child, &parent);
    act(stand, &child, &urge, NULL);
    act(stand, &child, &words, "水还是没来");
    REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outbox WHERE notice IN ('urged', 'words_added') AND audience = 1"
                                 " AND subject_id = %lld AND recipient = %d", (long long)child.ticket.id.v, PIPELINE), 2);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outbox WHERE notice IN ('urged', 'words_added') AND audience = 1"
                                 " AND recipient <> %d", PIPELINE), 0);
    stand_pass(stand, 60 * HOUR_SECONDS); /* its own promise runs out, and is theirs */
    REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT unit_id FROM clock WHERE subject_id = %lld AND kind = 3", (long long)child.ticket.id.v), PIPELINE);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outbox WHERE notice = 'clock_late' AND subject_id = %lld AND audience IN (1, 2)"
                                 " AND recipient <> %d", (long long)child.ticket.id.v, PIPELINE), 0);
}

TEST(article_27_an_incident_of_any_number_of_reports_ends_for_all_of_them)
{
    struct stand *stand = stand_open("wide");
    struct ticket_file parent = report(stand);
    const int reports = 130; /* more than are looked at in one go */

    REQUIRE_STATUS(stand_dispatch_and_accept(stand, &parent), STATUS_OK);
    for (int i = 0; i < reports; i++) {
        struct ticket_file child = report(stand);
        merge(stand, &child, &parent);
    }
    finish(stand, &parent, OUTCOME_SOLVED, "全线恢复");
    REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM ticket WHERE parent_id = %lld AND state = %d", (long long)parent.ticket.id.v,
                          TICKET_FINISHED), reports);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outbox WHERE notice = 'finished' AND audience = 6"), reports + 1);
}
