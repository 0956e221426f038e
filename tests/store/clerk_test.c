/* Clerk: everything exactly once, whoever does it, however late. */
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/random.h"
#include "check.h"
#include "stand.h"

/* Runs `work` in two processes at once, each with a connection of its own; true when both ended well. */
typedef enum status (*clerk_work)(struct stand *stand, struct db *db);
static bool run_twice_at_once(struct stand *stand, clerk_work work)
{
    pid_t children[2];
    bool is_well = true;
    for (int i = 0; i < 2; i++) {
        children[i] = fork();
        if (children[i] == 0) {
            struct db *db = stand_connect(stand);
            const enum status status = work(stand, db);
            if (status != STATUS_OK)
                fprintf(stderr, "a clerk: %s: %s\n", status_name(status), stand->fault.message);
            db_close(db);
            _exit(status == STATUS_OK ? 0 : 1);
        }
    }
    for (int i = 0; i < 2; i++) {
        int how = 1;
        waitpid(children[i], &how, 0);
        is_well = is_well && how == 0;
    }
    return is_well;
}

static enum status fire_all(struct stand *stand, struct db *db)
{
    int fired = 1;
    enum status status = STATUS_OK;
    for (int empty = 0; status == STATUS_OK && empty < 2; empty = fired == 0 ? empty + 1 : 0)
        status = clerk_store_fire_steps(db, &stand->catalog, stand->now, 20, &stand->arena, &fired, &stand->fault);
    return status;
}

static enum status fold_all(struct stand *stand, struct db *db)
{
    int folded = 1;
    enum status status = STATUS_OK;
    for (int empty = 0; status == STATUS_OK && empty < 2; empty = folded == 0 ? empty + 1 : 0)
        status = clerk_store_fold_dirty(db, &stand->catalog, &stand->secrets, &stand->settings, stand->now, 20,
                                        &stand->arena, &folded, &stand->fault);
    return status;
}

static enum status apply_all(struct stand *stand, struct db *db)
{
    int applied = 1;
    enum status status = STATUS_OK;
    for (int round = 0; status == STATUS_OK && (applied > 0 || round < 3); round++)
        status = clerk_store_apply_inputs(db, &stand->catalog, stand->now, 20, &stand->arena, &applied, &stand->fault);
    return status;
}

TEST(clock_failures_2_and_6_two_clerks_fire_each_step_once_although_ten_thousand_newer_clocks_wait)
{
    struct stand *stand = stand_open("clerks");
    struct ticket_file file;
    for (int i = 0; i < 30; i++)
        REQUIRE_STATUS(stand_file(stand, "no_water", NULL, &file), STATUS_OK);
    stand_run(stand,
              "INSERT INTO clock SELECT 2, seq, 1, c.rule_id, c.kind, c.article, 1, 0, 60, 0, 1, 0, 0, c.category_id,"
              " c.started_at, '2027-06-01', NULL, NULL, 0, 0, 0, 1, '2027-05-01' FROM seq_1_to_10000"
              " JOIN (SELECT rule_id, kind, article, category_id, started_at FROM clock LIMIT 1) c");
    stand_pass(stand, 600); /* the wait for dispatch is due (10 min) */
    REQUIRE(run_twice_at_once(stand, fire_all));
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM clock_step WHERE is_breach = 1"), 30);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM clock_step"), 30);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outbox WHERE notice = 'clock_late' AND audience = 3"), 30);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM clock WHERE next_step_at <= '2026-11-23 00:10:00.000'"), 0);
    REQUIRE(run_twice_at_once(stand, fire_all));
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM clock_step"), 30);
}

TEST(clock_failure_6_after_a_pause_every_missed_step_fires_once_and_in_order)
{
    struct stand *stand = stand_open("pause");
    struct ticket_file file;
    REQUIRE_STATUS(stand_file(stand, "no_water", NULL, &file), STATUS_OK);
    stand_pass(stand, 300);
    REQUIRE_STATUS(stand_dispatch_and_accept(stand, &file), STATUS_OK);
    stand_pass(stand, 10 * DAY_SECONDS);
    REQUIRE_STATUS(fire_all(stand, stand->db), STATUS_OK);
    /* finish: half time, soon, late, then a day late; those of granted due times are passed over */
    const long long no = (long long)ticket_clock(&file.ticket, CLOCK_FINISH)->no;
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM clock_step WHERE clock_no = %lld", no), 4);
    CHECK_INT(stand_count(stand, "SELECT GROUP_CONCAT(step ORDER BY step SEPARATOR '') FROM clock_step WHERE clock_no = %lld",
                          no), 10203060);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outbox WHERE clock_no = %lld AND notice = 'clock_half'", no), 1);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outbox o JOIN outbox l ON l.clock_no = o.clock_no"
                                 " WHERE o.notice = 'clock_half' AND l.notice = 'clock_late' AND l.id < o.id"), 0);
    REQUIRE_STATUS(fire_all(stand, stand->db), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM clock_step WHERE clock_no = %lld", no), 4);
    CHECK_INT(stand_verify(stand, true), 0);
}

TEST(fired_steps_stay_fired_when_the_category_changes)
{
    struct stand *stand = stand_open("reclass");
    struct ticket_file file;
    enum verdict verdict;
    struct command change = stand_command(ACTION_RECLASSIFY, stand_ops());
    REQUIRE_STATUS(stand_file(stand, "no_water", NULL, &file), STATUS_OK);
    REQUIRE_STATUS(stand_dispatch_and_accept(stand, &file), STATUS_OK);
    stand_pass(stand, 25 * HOUR_SECONDS); /* half of 48 h */
    REQUIRE_STATUS(fire_all(stand, stand->db), STATUS_OK);
    const long long no = (long long)ticket_clock(&file.ticket, CLOCK_FINISH)->no;
    CHECK_INT(stand_count(stand, "SELECT next_step FROM clock WHERE no = %lld", no), 11);
    command_set(&change, FIELD_CATEGORY, 20); /* 72 h: half time is ahead again */
    REQUIRE_STATUS(stand_act(stand, &file, &change, "原分类有误", &verdict), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT next_step FROM clock WHERE no = %lld", no), 11);
    CHECK_INT(stand_count(stand, "SELECT category_id FROM clock WHERE no = %lld", no), 20);
    stand_pass(stand, 12 * HOUR_SECONDS);
    REQUIRE_STATUS(fire_all(stand, stand->db), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM clock_step WHERE clock_no = %lld AND step = 10", no), 1);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outbox WHERE clock_no = %lld AND notice = 'clock_half'", no), 1);
    CHECK_INT(stand_verify(stand, true), 0);
}

TEST(two_clerks_fold_every_mark_once_and_the_figures_agree_with_a_recount)
{
    struct stand *stand = stand_open("fold");
    struct ticket_file file;
    enum verdict verdict;
    struct command finish = stand_command(ACTION_FINISH, stand_liaison(3));
    command_set(&finish, FIELD_OUTCOME, OUTCOME_SOLVED);
    for (int i = 0; i < 40; i++) {
        REQUIRE_STATUS(stand_file(stand, i % 2 ? "no_water" : "billing", NULL, &file), STATUS_OK);
        stand_pass(stand, 60 * (i % 12));
        REQUIRE_STATUS(stand_dispatch_and_accept(stand, &file), STATUS_OK);
        stand_pass(stand, 2 * HOUR_SECONDS);
        if (i % 4 != 0)
            REQUIRE_STATUS(stand_act(stand, &file, &finish, "已恢复供水", &verdict), STATUS_OK);
    }
    stand_pass(stand, 3 * DAY_SECONDS);
    REQUIRE(run_twice_at_once(stand, fire_all));
    REQUIRE(run_twice_at_once(stand, fold_all));
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM dirty"), 0);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM chain_head"), 40);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outbox WHERE notice = 'received' AND audience = 6"), 40);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outbox WHERE notice = 'dispatched'"), 40);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outbox WHERE notice = 'finished_review'"), 30);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outbox WHERE notice = 'finished'"), 0); /* not final yet */
    REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);

    struct promise_figure *figures;
    size_t count;
    int64_t total = 0, day_total;
    REQUIRE_STATUS(figure_store_promises(stand->db, &stand->arena, &figures, &count, &stand->fault), STATUS_OK);
    CHECK(count > 20);
    for (size_t i = 0; i < count; i++) {
        struct figure again;
        check_casef("%s, %s", figures[i].rule_code, figures[i].is_month ? "month" : "window");
        REQUIRE_STATUS(figure_store_recount(stand->db, &stand->catalog, figures[i].rule_code, figures[i].first_day,
                                            figures[i].last_day, 480, figures[i].as_of, &again, &stand->fault),
                       STATUS_OK);
        CHECK_INT(figures[i].figure.total, again.total);
        CHECK_INT(figures[i].figure.kept, again.kept);
        CHECK_INT(figures[i].figure.kept_granted, again.kept_granted);
        CHECK_INT(figures[i].figure.missed, again.missed);
        CHECK_INT(figures[i].figure.excused, again.excused);
        CHECK_INT(figures[i].figure.median_seconds, again.median_seconds);
        CHECK_INT(figures[i].figure.p90_seconds, again.p90_seconds);
        if (!figures[i].is_month)
            total += again.total;
        day_total = stand_count(stand,
                                "SELECT COALESCE(SUM(kept + missed), 0) FROM figure_day f JOIN rule r ON r.id = f.rule_id"
                                " WHERE r.code = '%s'", figures[i].rule_code);
        if (!figures[i].is_month)
            CHECK_INT(day_total, again.total);
    }
    check_case("something was counted");
    CHECK(total >= 80);
}

TEST(a_due_time_that_moved_leaves_the_day_it_was_counted_in)
{
    struct stand *stand = stand_open("moved");
    struct ticket_file file;
    enum verdict verdict;
    struct command change = stand_command(ACTION_RECLASSIFY, stand_ops());
    REQUIRE_STATUS(stand_file(stand, "no_water", NULL, &file), STATUS_OK);
    REQUIRE_STATUS(stand_dispatch_and_accept(stand, &file), STATUS_OK);
    stand_pass(stand, 49 * HOUR_SECONDS);
    REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);
    const struct clock *finish = ticket_clock(&file.ticket, CLOCK_FINISH);
    const long long old_rule = finish->rule.v;
    CHECK_INT(stand_count(stand, "SELECT SUM(missed) FROM figure_day WHERE rule_id = %lld", old_rule), 1);
    command_set(&change, FIELD_CATEGORY, 20);
    REQUIRE_STATUS(stand_act(stand, &file, &change, "原分类有误", &verdict), STATUS_OK);
    REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);
    const int64_t in_clock = stand_count(stand, "SELECT COUNT(*) FROM clock WHERE rule_id = %lld", old_rule);
    CHECK_INT(stand_count(stand, "SELECT COALESCE(SUM(missed), 0) FROM figure_day WHERE rule_id = %lld", old_rule),
              in_clock);
}

TEST(what_residents_add_is_applied_once_and_a_refusal_keeps_its_verdict)
{
    struct stand *stand = stand_open("inputs");
    struct ticket_file file;
    struct resident_input *waiting;
    size_t count;
    REQUIRE_STATUS(stand_file(stand, "no_water", NULL, &file), STATUS_OK);
    const enum ticket_action actions[] = {ACTION_ADD_WORDS, ACTION_URGE, ACTION_RATE, ACTION_DISPATCH};
    for (size_t i = 0; i < 4; i++) {
        struct resident_input input = {.ticket = file.ticket.id, .action = actions[i], .value = 5,
                                       .words = actions[i] == ACTION_ADD_WORDS ? "水流更大了" : ""};
        random_bytes(input.key, sizeof input.key);
        CHECK_STATUS(public_store_add_input(stand->db, &input, stand->now, &stand->fault), STATUS_OK);
        CHECK_STATUS(public_store_add_input(stand->db, &input, stand->now, NULL), STATUS_DUPLICATE);
    }
    REQUIRE_STATUS(public_store_waiting_inputs(stand->db, file.ticket.id, &stand->arena, &waiting, &count, &stand->fault),
                   STATUS_OK);
    CHECK_INT(count, 4);
    CHECK_INT(stand_count(stand, "SELECT waiting_inputs FROM public_ticket"), 4);
    stand_pass(stand, 1200); /* clerk was away for twenty minutes */
    REQUIRE(run_twice_at_once(stand, apply_all));
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM event WHERE subject_id = %lld", (long long)file.ticket.id.v), 3);
    CHECK_INT(stand_count(stand, "SELECT urge_count FROM ticket"), 1);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM resident_input WHERE verdict = 0 AND applied_seq > 1"), 2);
    CHECK_INT(stand_count(stand, "SELECT verdict FROM resident_input WHERE action = %d", ACTION_RATE), VERDICT_WRONG_STATE);
    CHECK_INT(stand_count(stand, "SELECT verdict FROM resident_input WHERE action = %d", ACTION_DISPATCH) > 0, 1);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM resident_input WHERE applied_at IS NULL"), 0);
    CHECK_INT(stand_count(stand, "SELECT waiting_inputs FROM public_ticket"), 2); /* the refused ones stay beside the progress */
    CHECK_INT(stand_verify(stand, true), 0);
}

TEST(clock_failure_14_a_parents_finish_stops_the_reports_merged_into_it_and_they_escalate_once)
{
    struct stand *stand = stand_open("merged");
    struct ticket_file parent, child;
    enum verdict verdict;
    struct command merge = stand_command(ACTION_MERGE, stand_ops());
    struct command finish = stand_command(ACTION_FINISH, stand_liaison(3));
    struct command review = stand_command(ACTION_REVIEW, stand_ops());
    command_set(&finish, FIELD_OUTCOME, OUTCOME_SOLVED);
    command_set(&review, FIELD_DECISION, DECISION_GRANT);
    REQUIRE_STATUS(stand_file(stand, "no_water", NULL, &parent), STATUS_OK);
    REQUIRE_STATUS(stand_file(stand, "no_water", NULL, &child), STATUS_OK);
    REQUIRE_STATUS(stand_dispatch_and_accept(stand, &parent), STATUS_OK);
    command_set(&merge, FIELD_PARENT, parent.ticket.id.v);
    REQUIRE_STATUS(stand_act(stand, &child, &merge, NULL, &verdict), STATUS_OK);
    /* Both pass half time; the incident is told of once. */
    stand_pass(stand, 25 * HOUR_SECONDS);
    REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM clock_step s JOIN clock c ON c.subject_id = s.subject_id"
                                 " AND c.no = s.clock_no WHERE c.kind = 3 AND s.step = 10"), 2);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outbox o JOIN clock c ON c.subject_id = o.subject_id"
                                 " AND c.no = o.clock_no WHERE c.kind = 3 AND o.notice = 'clock_half'"), 1);
    REQUIRE_STATUS(stand_act(stand, &parent, &finish, "主管已修复", &verdict), STATUS_OK);
    REQUIRE_STATUS(stand_act(stand, &parent, &review, NULL, &verdict), STATUS_OK);
    REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM clock WHERE subject_id = %lld AND stopped_at IS NULL",
                          (long long)child.ticket.id.v), 0);
    CHECK_INT(stand_verify(stand, true), 0);
}

TEST(article_27_a_report_that_somebody_is_busy_with_still_stops_with_its_parent)
{
    struct stand *stand = stand_open("busy");
    struct ticket_file parent, child;
    enum verdict verdict;
    struct command merge = stand_command(ACTION_MERGE, stand_ops());
    struct command finish = stand_command(ACTION_FINISH, stand_liaison(3));
    struct command review = stand_command(ACTION_REVIEW, stand_ops());
    command_set(&finish, FIELD_OUTCOME, OUTCOME_SOLVED);
    command_set(&review, FIELD_DECISION, DECISION_GRANT);
    REQUIRE_STATUS(stand_file(stand, "no_water", NULL, &parent), STATUS_OK);
    REQUIRE_STATUS(stand_file(stand, "no_water", NULL, &child), STATUS_OK);
    REQUIRE_STATUS(stand_dispatch_and_accept(stand, &parent), STATUS_OK);
    command_set(&merge, FIELD_PARENT, parent.ticket.id.v);
    REQUIRE_STATUS(stand_act(stand, &child, &merge, NULL, &verdict), STATUS_OK);
    REQUIRE_STATUS(stand_act(stand, &parent, &finish, "主管已修复", &verdict), STATUS_OK);
    REQUIRE_STATUS(stand_act(stand, &parent, &review, NULL, &verdict), STATUS_OK);
    /* The first time, somebody else's event has taken the place. */
    stand_run(stand, "CREATE TRIGGER taken BEFORE INSERT ON event FOR EACH ROW BEGIN IF NEW.kind = %d THEN"
                     " SET @tries = COALESCE(@tries, 0) + 1; IF @tries = 1 THEN SIGNAL SQLSTATE '23000'"
                     " SET MYSQL_ERRNO = 1062, MESSAGE_TEXT = 'taken'; END IF; END IF; END", ACTION_STOP_WITH_PARENT);
    REQUIRE_STATUS(fold_all(stand, stand->db), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT state FROM ticket WHERE id = %lld", (long long)child.ticket.id.v), TICKET_FINISHED);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM dirty"), 0);
}

TEST(article_27_every_report_of_a_large_incident_stops_with_its_parent)
{
    struct stand *stand = stand_open("large");
    struct ticket_file parent, child;
    enum verdict verdict;
    struct command merge = stand_command(ACTION_MERGE, stand_ops());
    struct command finish = stand_command(ACTION_FINISH, stand_liaison(3));
    struct command review = stand_command(ACTION_REVIEW, stand_ops());
    command_set(&finish, FIELD_OUTCOME, OUTCOME_SOLVED);
    command_set(&review, FIELD_DECISION, DECISION_GRANT);
    REQUIRE_STATUS(stand_file(stand, "no_water", NULL, &parent), STATUS_OK);
    /* More than are read at a time, whose events are gone, so that they stay what they are. */
    stand_run(stand,
              "INSERT INTO ticket (number, version, state, is_open, source, nature, category_id, grades, zone, diameter_mm,"
              " place_id, place_text, unit_id, first_receiver, cycle, reported_at, recorded_at, next_due_at, next_kind,"
              " is_escalated, is_waiting_ops, urge_count, handoff_count, repeat_level, satisfaction, rating, parent_id)"
              " SELECT CONCAT('SN000000-', LPAD(s.seq, 8, '0')), 2, %d, 0, t.source, t.nature, t.category_id, 0, 0, 0, 0, '', 0,"
              " 0, 1, t.reported_at, t.recorded_at, t.next_due_at, 0, 0, 0, 0, 0, 0, 0, 0, t.id"
              " FROM ticket t JOIN seq_1_to_501 s", TICKET_MERGED);
    REQUIRE_STATUS(stand_file(stand, "no_water", NULL, &child), STATUS_OK);
    REQUIRE_STATUS(stand_dispatch_and_accept(stand, &parent), STATUS_OK);
    command_set(&merge, FIELD_PARENT, parent.ticket.id.v);
    REQUIRE_STATUS(stand_act(stand, &child, &merge, NULL, &verdict), STATUS_OK);
    REQUIRE_STATUS(stand_act(stand, &parent, &finish, "主管已修复", &verdict), STATUS_OK);
    REQUIRE_STATUS(stand_act(stand, &parent, &review, NULL, &verdict), STATUS_OK);
    REQUIRE_STATUS(fold_all(stand, stand->db), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT state FROM ticket WHERE id = %lld", (long long)child.ticket.id.v), TICKET_FINISHED);
}

TEST(one_ticket_whose_events_are_damaged_keeps_nobody_else_waiting)
{
    struct stand *stand = stand_open("damaged");
    struct ticket_file damaged, child, sound;
    enum verdict verdict;
    struct command merge = stand_command(ACTION_MERGE, stand_ops());
    REQUIRE_STATUS(stand_file(stand, "no_water", NULL, &damaged), STATUS_OK);
    REQUIRE_STATUS(stand_file(stand, "no_water", NULL, &child), STATUS_OK);
    REQUIRE_STATUS(stand_file(stand, "no_water", NULL, &sound), STATUS_OK);
    command_set(&merge, FIELD_PARENT, damaged.ticket.id.v);
    REQUIRE_STATUS(stand_act(stand, &child, &merge, NULL, &verdict), STATUS_OK);
    const struct ticket_id ids[] = {damaged.ticket.id, sound.ticket.id};
    for (size_t i = 0; i < 2; i++) {
        struct resident_input input = {.ticket = ids[i], .action = ACTION_ADD_WORDS, .words = "水流更大了"};
        random_bytes(input.key, sizeof input.key);
        REQUIRE_STATUS(public_store_add_input(stand->db, &input, stand->now, &stand->fault), STATUS_OK);
    }
    stand_run(stand, "UPDATE event SET payload = x'00' WHERE subject_kind = 1 AND subject_id = %lld",
              (long long)damaged.ticket.id.v);
    REQUIRE_STATUS(apply_all(stand, stand->db), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM resident_input WHERE ticket_id = %lld AND applied_at IS NOT NULL",
                          (long long)sound.ticket.id.v), 1);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM resident_input WHERE applied_at IS NULL"), 1); /* not lost either */
    REQUIRE_STATUS(fold_all(stand, stand->db), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outbox WHERE subject_id = %lld AND notice = 'received'",
                          (long long)sound.ticket.id.v), 1);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM dirty"), 0);
}

TEST(article_27_two_people_who_merge_two_tickets_into_each_other_do_not_both_succeed)
{
    struct stand *stand = stand_open("merge_race");
    struct ticket_file a, b, c;
    struct ticket_file stale_a;
    enum verdict verdict;
    struct command into_b = stand_command(ACTION_MERGE, stand_ops()), into_a = into_b;
    REQUIRE_STATUS(stand_file(stand, "no_water", NULL, &a), STATUS_OK);
    REQUIRE_STATUS(stand_file(stand, "no_water", NULL, &b), STATUS_OK);
    REQUIRE_STATUS(stand_file(stand, "no_water", NULL, &c), STATUS_OK);
    stale_a = a;
    command_set(&into_b, FIELD_PARENT, b.ticket.id.v);
    command_set(&into_a, FIELD_PARENT, a.ticket.id.v);
    /* Both forms were shown before either was sent; the second one's own ticket has not changed since. */
    REQUIRE_STATUS(stand_act(stand, &a, &into_b, NULL, &verdict), STATUS_OK);
    CHECK_STATUS(stand_act(stand, &b, &into_a, NULL, &verdict), STATUS_CONFLICT);
    /* Nor does a ticket with reports of its own slip under another one. */
    struct command into_c = stand_command(ACTION_MERGE, stand_ops());
    command_set(&into_c, FIELD_PARENT, c.ticket.id.v);
    CHECK_STATUS(stand_act(stand, &b, &into_c, NULL, &verdict), STATUS_CONFLICT);
    CHECK_INT(stand_count(stand, "SELECT merged_count FROM ticket WHERE id = %lld", (long long)b.ticket.id.v), 1);
    CHECK_INT(stand_verify(stand, true), 0);
    const struct command unmerge = stand_command(ACTION_UNMERGE, stand_ops());
    REQUIRE_STATUS(stand_act(stand, &a, &unmerge, NULL, &verdict), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT merged_count FROM ticket WHERE id = %lld", (long long)b.ticket.id.v), 0);
    REQUIRE_STATUS(stand_act(stand, &b, &into_a, NULL, &verdict), STATUS_OK);
    CHECK_STATUS(stand_act(stand, &stale_a, &into_b, NULL, &verdict), STATUS_CONFLICT);
    CHECK_INT(stand_verify(stand, true), 0);
    stand_run(stand, "UPDATE ticket SET merged_count = 5 WHERE id = %lld", (long long)a.ticket.id.v);
    CHECK(stand_verify(stand, false) > 0);
    CHECK(stand_has_problem("merged_count"));
}

TEST(article_10_the_row_says_who_has_to_be_called_and_article_16_what_time_was_at_ops)
{
    struct stand *stand = stand_open("follow_up");
    struct ticket_file file;
    enum verdict verdict;
    struct command finish = stand_command(ACTION_FINISH, stand_liaison(3));
    struct command review = stand_command(ACTION_REVIEW, stand_ops());
    struct command call = stand_command(ACTION_FOLLOW_UP, stand_ops());
    struct command object = stand_command(ACTION_OBJECT, stand_liaison(3));
    struct command carry_on = stand_command(ACTION_DECIDE_OBJECTION, stand_ops());
    command_set(&finish, FIELD_OUTCOME, OUTCOME_SOLVED);
    command_set(&review, FIELD_DECISION, DECISION_GRANT);
    command_set(&call, FIELD_FOLLOW_UP, FOLLOW_UP_UNREACHABLE);
    command_set(&object, FIELD_REASON, 1);
    command_set(&carry_on, FIELD_DECISION, DECISION_CARRY_ON);
    stand_run(stand, "INSERT INTO policy (name, value, changed_at, changed_by) VALUES ('follow_up_attempts', 2, '2026-01-01', 1)");
    stand_run(stand, "UPDATE fact SET value = value + 1 WHERE name = 'catalog_version'");
    stand->catalog.checked_at_milliseconds = 0;
    REQUIRE_STATUS(catalog_refresh(&stand->catalog, stand->db, &stand->settings, &stand->fault), STATUS_OK);
    REQUIRE_STATUS(stand_file(stand, "no_water", NULL, &file), STATUS_OK);
    REQUIRE_STATUS(stand_dispatch_and_accept(stand, &file), STATUS_OK);
    REQUIRE_STATUS(stand_act(stand, &file, &object, "不属于本单位", &verdict), STATUS_OK);
    stand_pass(stand, 300);
    REQUIRE_STATUS(stand_act(stand, &file, &carry_on, "请继续办理", &verdict), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT at_ops_ms FROM assignment"), 300000);
    REQUIRE_STATUS(stand_act(stand, &file, &finish, "已恢复供水", &verdict), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT is_follow_up_due FROM ticket"), 0);
    REQUIRE_STATUS(stand_act(stand, &file, &review, NULL, &verdict), STATUS_OK);
    for (int attempt = 0; attempt < 2; attempt++) {
        CHECK_INT(stand_count(stand, "SELECT is_follow_up_due FROM ticket"), 1);
        REQUIRE_STATUS(stand_act(stand, &file, &call, NULL, &verdict), STATUS_OK);
    }
    CHECK_INT(stand_count(stand, "SELECT is_follow_up_due FROM ticket"), 0); /* enough, as ops set it */
    CHECK_INT(stand_verify(stand, true), 0);
}

TEST(article_27_reports_of_an_incident_that_ends_without_a_result_are_matters_of_their_own_again)
{
    struct stand *stand = stand_open("orphans");
    static const enum ticket_action ends[] = {ACTION_WITHDRAW, ACTION_NOT_OURS, ACTION_HAND_TO_DISCIPLINE};
    for (size_t i = 0; i < 3; i++) {
        struct ticket_file parent, child;
        enum verdict verdict;
        struct command merge = stand_command(ACTION_MERGE, stand_ops());
        const struct command end = stand_command(ends[i], stand_ops());
        check_case(ticket_action_name(ends[i]));
        REQUIRE_STATUS(stand_file(stand, "no_water", NULL, &parent), STATUS_OK);
        REQUIRE_STATUS(stand_file(stand, "no_water", NULL, &child), STATUS_OK);
        command_set(&merge, FIELD_PARENT, parent.ticket.id.v);
        REQUIRE_STATUS(stand_act(stand, &child, &merge, NULL, &verdict), STATUS_OK);
        REQUIRE_STATUS(stand_act(stand, &parent, &end, "不再办理", &verdict), STATUS_OK);
        REQUIRE(run_twice_at_once(stand, fold_all));
        REQUIRE_STATUS(ticket_store_load_by_id(stand->db, child.ticket.id, &stand->arena, &child, &stand->fault), STATUS_OK);
        CHECK_INT(child.ticket.state, TICKET_REPORTED);
        CHECK_INT(ticket_clock(&child.ticket, CLOCK_DISPATCH)->result, RESULT_RUNNING);
        CHECK_INT(ticket_clock(&child.ticket, CLOCK_FINISH)->result, RESULT_RUNNING);
    }
    CHECK_INT(stand_count(stand, "SELECT SUM(merged_count) FROM ticket"), 0);
    CHECK_INT(stand_verify(stand, true), 0);
}

TEST(an_arrival_counts_for_every_report_of_the_leak_whenever_it_was_merged)
{
    struct stand *stand = stand_open("arrival");
    struct ticket_file parent, before, after;
    enum verdict verdict;
    struct command merge = stand_command(ACTION_MERGE, stand_ops());
    const struct command arrive = stand_command(ACTION_ARRIVE, stand_liaison(3));
    REQUIRE_STATUS(stand_file(stand, "leak_public", NULL, &parent), STATUS_OK);
    REQUIRE_STATUS(stand_file(stand, "leak_public", NULL, &before), STATUS_OK);
    REQUIRE_STATUS(stand_file(stand, "leak_public", NULL, &after), STATUS_OK);
    REQUIRE_STATUS(stand_dispatch_and_accept(stand, &parent), STATUS_OK);
    command_set(&merge, FIELD_PARENT, parent.ticket.id.v);
    REQUIRE_STATUS(stand_act(stand, &before, &merge, NULL, &verdict), STATUS_OK);
    stand_pass(stand, 25 * MINUTE_SECONDS);
    REQUIRE_STATUS(stand_act(stand, &parent, &arrive, NULL, &verdict), STATUS_OK);
    const struct instant arrived_at = stand->now;
    REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);
    stand_pass(stand, 5 * MINUTE_SECONDS);
    REQUIRE_STATUS(stand_act(stand, &after, &merge, NULL, &verdict), STATUS_OK);
    REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);
    stand_pass(stand, HOUR_SECONDS);
    REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);
    const char *const numbers[] = {before.number, after.number};
    for (size_t i = 0; i < 2; i++) {
        struct ticket_file child;
        check_case(i == 0 ? "merged before the arrival" : "merged after the arrival");
        REQUIRE_STATUS(ticket_store_load(stand->db, numbers[i], &stand->arena, &child, &stand->fault), STATUS_OK);
        const struct clock *clock = ticket_clock(&child.ticket, CLOCK_ARRIVE);
        CHECK_INT(clock->result, RESULT_KEPT);
        CHECK_INT(clock->stopped_at.milliseconds, arrived_at.milliseconds);
        CHECK_INT(child.ticket.state, TICKET_MERGED);
        CHECK_INT(ticket_clock(&child.ticket, CLOCK_REPAIR)->result, RESULT_RUNNING);
    }
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM clock_step s JOIN clock c ON c.subject_id = s.subject_id"
                                 " AND c.no = s.clock_no WHERE c.kind = 4 AND s.is_breach = 1"), 0);
    CHECK_INT(stand_verify(stand, true), 0);
}

TEST(article_12_many_clocks_due_in_one_second_are_fired_once_by_two_clerks_and_one_that_cannot_be_holds_none_up)
{
    struct stand *stand = stand_open("many");
    struct ticket_file file;
    struct instant at;
    const int tickets = 120;
    for (int i = 0; i < tickets; i++)
        REQUIRE_STATUS(stand_file(stand, "no_water", NULL, &file), STATUS_OK);
    REQUIRE_STATUS(clerk_store_next_step_at(stand->db, &stand->arena, &at, &stand->fault), STATUS_OK);
    CHECK(instant_is_before(stand->now, at));
    /* A clock of a ticket that is gone: its transaction fails whenever it is tried. */
    stand_run(stand, "INSERT INTO clock SELECT subject_kind, 999999, no, rule_id, kind, article, cycle, direction, limit_seconds,"
                     " bound, is_binding, dispatch_no, unit_id, category_id, started_at, due_at, granted_due_at, stopped_at,"
                     " result, corrected, excuse_code, next_step, next_step_at - INTERVAL 1 SECOND FROM clock"
                     " WHERE kind = 1 ORDER BY subject_id LIMIT 1");
    stand_pass(stand, 600);
    CHECK(!instant_is_before(stand->now, at));
    REQUIRE(run_twice_at_once(stand, fire_all));
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM clock_step WHERE is_breach = 1"), tickets);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outbox WHERE notice = 'clock_late'"), tickets);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM clock_step WHERE subject_id = 999999"), 0);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM clock WHERE kind = 1 AND next_step = 1"), 1);
}

TEST(article_27_each_reporter_of_the_incident_is_told)
{
    struct stand *stand = stand_open("told");
    struct ticket_file parent, child;
    enum verdict verdict;
    struct command merge = stand_command(ACTION_MERGE, stand_ops());
    struct command finish = stand_command(ACTION_FINISH, stand_liaison(3));
    struct command review = stand_command(ACTION_REVIEW, stand_ops());
    const struct command arrive = stand_command(ACTION_ARRIVE, stand_liaison(3));
    command_set(&finish, FIELD_OUTCOME, OUTCOME_SOLVED);
    command_set(&finish, FIELD_PHOTO_COUNT, 1);
    command_set(&review, FIELD_DECISION, DECISION_GRANT);
    REQUIRE_STATUS(stand_file(stand, "leak_public", NULL, &parent), STATUS_OK);
    REQUIRE_STATUS(stand_file(stand, "leak_public", NULL, &child), STATUS_OK);
    REQUIRE_STATUS(stand_dispatch_and_accept(stand, &parent), STATUS_OK);
    command_set(&merge, FIELD_PARENT, parent.ticket.id.v);
    REQUIRE_STATUS(stand_act(stand, &child, &merge, NULL, &verdict), STATUS_OK);
    stand_pass(stand, 20 * MINUTE_SECONDS);
    REQUIRE_STATUS(stand_act(stand, &parent, &arrive, NULL, &verdict), STATUS_OK);
    const struct command repair = stand_command(ACTION_REPAIR, stand_liaison(3));
    REQUIRE_STATUS(stand_act(stand, &parent, &repair, NULL, &verdict), STATUS_OK);
    REQUIRE_STATUS(stand_act(stand, &parent, &finish, "主管已修复", &verdict), STATUS_OK);
    REQUIRE_STATUS(stand_act(stand, &parent, &review, NULL, &verdict), STATUS_OK);
    REQUIRE(run_twice_at_once(stand, fold_all));
    REQUIRE_STATUS(fold_all(stand, stand->db), STATUS_OK); /* what the children did meanwhile */
    const char *const notices[] = {"merged", "arrived", "finished"};
    for (size_t i = 0; i < 3; i++) {
        check_case(notices[i]);
        CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outbox WHERE notice = '%s' AND audience = 6 AND subject_id = %lld",
                              notices[i], (long long)child.ticket.id.v), 1);
    }
    CHECK_INT(stand_verify(stand, true), 0);
}

TEST(article_11_the_two_hour_grade_escalates_by_itself_once_however_many_clerks_there_are)
{
    struct stand *stand = stand_open("grave");
    struct ticket_file files[12];
    enum verdict verdict;
    struct command grade = stand_command(ACTION_GRADE, stand_ops());
    command_set(&grade, FIELD_GRADES, GRADE_BIT(GRADE_URGENT));
    for (int i = 0; i < 12; i++) {
        REQUIRE_STATUS(stand_file(stand, "no_water", NULL, &files[i]), STATUS_OK);
        if (i >= 6) /* held by a unit already */
            REQUIRE_STATUS(stand_dispatch_and_accept(stand, &files[i]), STATUS_OK);
        if (i != 0)
            REQUIRE_STATUS(stand_act(stand, &files[i], &grade, "大面积停水", &verdict), STATUS_OK);
    }
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM ticket WHERE is_escalated = 1"), 11); /* at once, on read */
    REQUIRE(run_twice_at_once(stand, fold_all));
    REQUIRE(run_twice_at_once(stand, fold_all));
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM event WHERE kind = %d", ACTION_ESCALATE_GROUP), 11);
    CHECK_INT(stand_count(stand, "SELECT COUNT(DISTINCT subject_id) FROM event WHERE kind = %d", ACTION_ESCALATE_GROUP), 11);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outbox WHERE notice = 'urgent' AND audience = %d", AUDIENCE_GROUP_LEADER), 11);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outbox WHERE notice = 'urgent' AND audience = %d AND recipient = 3",
                          AUDIENCE_UNIT_LEADER), 11); /* pipeline management: by its route, or as the holder */
    const struct command acknowledge = stand_command(ACTION_ACKNOWLEDGE, stand_group_leader());
    const struct command department = stand_command(ACTION_ACKNOWLEDGE, stand_liaison(3));
    REQUIRE_STATUS(ticket_store_load_by_id(stand->db, files[1].ticket.id, &stand->arena, &files[1], &stand->fault), STATUS_OK);
    REQUIRE_STATUS(stand_act(stand, &files[1], &acknowledge, NULL, &verdict), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT is_escalated FROM ticket WHERE id = %lld", (long long)files[1].ticket.id.v), 1);
    CHECK_INT(stand_count(stand, "SELECT is_waiting_ops FROM ticket WHERE id = %lld", (long long)files[1].ticket.id.v), 1);
    REQUIRE_STATUS(stand_act(stand, &files[1], &department, NULL, &verdict), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT is_escalated FROM ticket WHERE id = %lld", (long long)files[1].ticket.id.v), 0);
    CHECK_INT(stand_count(stand, "SELECT is_waiting_ops FROM ticket WHERE id = %lld", (long long)files[1].ticket.id.v), 0);
    REQUIRE_STATUS(fold_all(stand, stand->db), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM event WHERE kind = %d", ACTION_ESCALATE_GROUP), 11);
    CHECK_INT(stand_verify(stand, true), 0);
}

/* ---- notices and leases */

TEST(what_was_recorded_over_a_week_ago_is_sealed_but_told_to_nobody)
{
    struct stand *stand = stand_open("old_news");
    struct ticket_file file;
    REQUIRE_STATUS(stand_file(stand, "no_water", NULL, &file), STATUS_OK);
    stand_pass(stand, 8 * DAY_SECONDS);
    REQUIRE_STATUS(stand_file(stand, "no_water", NULL, &file), STATUS_OK);
    REQUIRE_STATUS(fold_all(stand, stand->db), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM chain_head"), 2);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outbox WHERE notice = 'received'"), 1);
}

TEST(a_job_belongs_to_one_clerk_until_its_lease_ends)
{
    struct stand *stand = stand_open("job");
    bool has_it;
    REQUIRE_STATUS(clerk_store_claim_job(stand->db, "promises", 60, stand->now, &has_it, &stand->fault), STATUS_OK);
    CHECK(has_it);
    REQUIRE_STATUS(clerk_store_claim_job(stand->db, "promises", 60, stand->now, &has_it, &stand->fault), STATUS_OK);
    CHECK(!has_it);
    stand_pass(stand, 60);
    REQUIRE_STATUS(clerk_store_claim_job(stand->db, "promises", 60, stand->now, &has_it, &stand->fault), STATUS_OK);
    CHECK(has_it);
}

TEST(what_is_past_its_time_is_cleared_away_and_the_rest_stays)
{
    struct stand *stand = stand_open("purge");
    const struct hash old = {{1}}, fresh = {{2}};
    const struct bytes body = {(const uint8_t *)"boxed", 5};
    struct bytes loaded;
    int photo_count = 0;
    REQUIRE_STATUS(draft_store_save(stand->db, &old, body, stand->now, &stand->fault), STATUS_OK);
    REQUIRE_STATUS(guess_store_add(stand->db, 3, &old, stand->now, &stand->fault), STATUS_OK);
    stand_pass(stand, 25 * HOUR_SECONDS);
    REQUIRE_STATUS(draft_store_save(stand->db, &fresh, body, stand->now, &stand->fault), STATUS_OK);
    REQUIRE_STATUS(clerk_store_purge(stand->db, &stand->settings, stand->now, &stand->fault), STATUS_OK);
    CHECK_STATUS(draft_store_load(stand->db, &old, (struct instant){0}, &stand->arena, &loaded, &photo_count, &stand->fault), STATUS_ABSENT);
    CHECK_STATUS(draft_store_load(stand->db, &fresh, (struct instant){0}, &stand->arena, &loaded, &photo_count, &stand->fault), STATUS_OK);
    CHECK_INT(loaded.length, 5);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM guess"), 0);
}
