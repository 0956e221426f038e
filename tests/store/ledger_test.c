/* The assessment ledger (Arts. 28-35): breaches and proposals stay one to one under any order of events and any number of clerks. */
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/random.h"
#include "check.h"
#include "stand.h"
#include "store/ledger_work.h"
#include "store/penalty_store.h"

enum { PIPELINE = 3, MAINTENANCE = 6, TICKETS = 14, STEPS = 400, CHECKED_EVERY = 40 };

/* ---- moves */

static enum status keep_ledger(struct stand *stand, struct db *db)
{
    int done = 1;
    enum status status = STATUS_OK;

    for (int empty = 0; status == STATUS_OK && empty < 2; empty = done == 0 ? empty + 1 : 0)
        status = ledger_work(db, stand->now, 7, &stand->arena, &done, &stand->fault);
    return status;
}

static enum status clerk_round(struct stand *stand, struct db *db)
{
    enum status status = stand_clerk_round(stand, db);

    if (status == STATUS_OK)
        status = keep_ledger(stand, db);
    return status == STATUS_OK ? stand_clerk_round(stand, db) : status; /* what the ledger did is sealed */
}

static bool two_clerks(struct stand *stand)
{
    pid_t children[2];
    bool is_well = true;

    fflush(NULL);
    for (int i = 0; i < 2; i++) {
        children[i] = fork();
        if (children[i] == 0) {
            struct db *db = stand_connect(stand);
            const enum status status = clerk_round(stand, db);
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

static struct ticket_file load(struct stand *stand, struct ticket_id id)
{
    struct ticket_file file;

    memset(&file, 0, sizeof file);
    CHECK_STATUS(ticket_store_load_by_id(stand->db, id, &stand->arena, &file, &stand->fault), STATUS_OK);
    return file;
}

static struct ticket_id report(struct stand *stand, const char *category, int32_t place, enum source source)
{
    struct ticket ticket;
    struct event event;
    struct filing filing;

    stand_prepare_filing(stand, category, &ticket, &event, &filing);
    event_set(&event, FIELD_PLACE, place);
    event_set(&event, FIELD_SOURCE, (int64_t)source);
    ticket.place.v = place;
    ticket.source = source;
    REQUIRE_STATUS(ticket_store_file(stand->db, &ticket, &event, &filing, &stand->catalog, &stand->arena, &stand->fault), STATUS_OK);
    return ticket.id;
}

static enum verdict act(struct stand *stand, struct ticket_id id, const struct command *command, const char *words)
{
    struct ticket_file file = load(stand, id);
    enum verdict verdict = VERDICT_OK;
    const enum status status = stand_act(stand, &file, command, words, &verdict);

    CHECK(status == STATUS_OK || status == STATUS_REFUSED);
    return verdict;
}

static enum verdict dispatch(struct stand *stand, struct ticket_id id, int32_t unit)
{
    struct command command = stand_command(ACTION_DISPATCH, stand_ops());

    command_set(&command, FIELD_UNIT, unit);
    return act(stand, id, &command, NULL);
}

static enum verdict plain(struct stand *stand, struct ticket_id id, enum ticket_action action, struct actor actor)
{
    const struct command command = stand_command(action, actor);

    return act(stand, id, &command, "说明");
}

static enum verdict finish(struct stand *stand, struct ticket_id id, int32_t unit)
{
    struct command command = stand_command(ACTION_FINISH, stand_liaison(unit));
    struct command review = stand_command(ACTION_REVIEW, stand_ops());

    command_set(&command, FIELD_OUTCOME, OUTCOME_SOLVED);
    command_set(&review, FIELD_DECISION, DECISION_GRANT);
    const enum verdict verdict = act(stand, id, &command, "已处理");
    return verdict == VERDICT_OK ? act(stand, id, &review, NULL) : verdict;
}

static enum verdict unsolved(struct stand *stand, struct ticket_id id)
{
    struct command command = stand_command(ACTION_FOLLOW_UP, stand_ops());

    command_set(&command, FIELD_FOLLOW_UP, FOLLOW_UP_UNSOLVED);
    return act(stand, id, &command, "没有修好");
}

static enum verdict excuse(struct stand *stand, struct ticket_id id, int no, struct unit_id unit)
{
    const struct failure_report failure = {.unit = unit, .started_at = STAND_START, .ended_at = INSTANT_NONE,
                                           .reported_at = stand->now, .is_confirmed = true};
    struct command command = stand_command(ACTION_EXCUSE, stand_ops());

    command.failure = &failure;
    command_set(&command, FIELD_CLOCK_NO, no);
    command_set(&command, FIELD_EXCUSE, 1);
    return act(stand, id, &command, NULL);
}

static enum verdict merge(struct stand *stand, struct ticket_id child, struct ticket_id parent)
{
    struct command command = stand_command(ACTION_MERGE, stand_ops());
    const struct ticket_file file = load(stand, parent);
    const struct assignment *lead = ticket_lead(&file.ticket);

    command_set(&command, FIELD_PARENT, parent.v);
    command.parent_is_finished = !(STATE_BIT(file.ticket.state) & STATES_OPEN) || file.ticket.state == TICKET_FINISHED ||
                                 file.ticket.state == TICKET_FOLLOWED_UP;
    command.parent_is_merged = file.ticket.parent.v != 0;
    command.has_children =
        stand_count(stand, "SELECT COUNT(*) FROM ticket WHERE parent_id = %lld", (long long)child.v) > 0;
    if (lead != NULL)
        command.parent_unit = lead->unit;
    return act(stand, child, &command, NULL);
}

/* ---- penalties */

static enum status act_on(struct stand *stand, int64_t id, enum penalty_action action, struct actor actor, enum decision decision)
{
    struct penalty_file file;
    struct clause_book book;
    struct event event;
    uint8_t key[ACTION_KEY_BYTES];
    random_bytes(key, sizeof key);
    enum status status = penalty_store_load(stand->db, (struct penalty_id){id}, &stand->arena, &file, &stand->fault);

    if (status == STATUS_OK)
        status = clause_book_load(stand->db, &stand->arena, &book, &stand->fault);
    if (status != STATUS_OK)
        return status;
    const struct penalty_clause *clause = &clause_book_find(&book, file.penalty.clause)->clause;
    const struct penalty_command command = {.action = action, .actor = actor, .expected_version = file.penalty.version,
                                            .unit_fen = clause->unit_min_fen, .decision = decision, .has_text = true};
    if (penalty_decide(&file.penalty, &command, clause, stand->now, &event) != VERDICT_OK)
        return STATUS_REFUSED;
    return penalty_store_append(stand->db, &file, &event, "说明", key, &stand->catalog, &stand->fault);
}

/* ---- what must hold */

static const struct db_value *span(const struct stand *stand)
{
    static struct db_value values[14];
    const struct instant from = {0}, to = {INT64_C(4102444800000)};

    values[0] = values[1] = db_instant(stand->now);
    for (int i = 2; i < 14; i += 2) {
        values[i] = db_instant(from);
        values[i + 1] = db_instant(to);
    }
    return values;
}

static size_t differences(struct stand *stand, enum statement statement, size_t value_count, const char *what)
{
    struct db_row *rows;
    size_t count = 0;

    CHECK_STATUS(db_query(stand->db, statement, span(stand), value_count, &stand->arena, &rows, &count, &stand->fault), STATUS_OK);
    for (size_t i = 0; i < count && i < 4; i++)
        printf("    %s: basis %lld kind %lld subject %lld/%lld number %lld unit %lld penalty %lld\n", what,
               (long long)db_row_integer(&rows[i], 0), (long long)db_row_integer(&rows[i], 1), (long long)db_row_integer(&rows[i], 2),
               (long long)db_row_integer(&rows[i], 3), (long long)db_row_integer(&rows[i], 4), (long long)db_row_integer(&rows[i], 5),
               (long long)db_row_integer(&rows[i], 6));
    return count;
}

static void check_one_to_one(struct stand *stand)
{
    CHECK_INT(differences(stand, LEDGER_LIST_MISSING, 14, "missing"), 0);
    CHECK_INT(differences(stand, LEDGER_LIST_EXTRA, 2, "too many"), 0);
    CHECK_INT(differences(stand, LEDGER_LIST_UNFOUNDED, 0, "unfounded"), 0);
    /* Reports that do not run together have no proposal in common; those that do have one per promise, cycle and unit. */
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM (SELECT penalty_id FROM breach GROUP BY penalty_id HAVING"
                                 " COUNT(DISTINCT incident_id) > 1 OR COUNT(DISTINCT kind, cycle, unit_id, basis) > 1"
                                 " OR COUNT(*) > COUNT(DISTINCT subject_kind, subject_id)) x"), 0);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM (SELECT incident_id, kind, cycle, unit_id, COUNT(DISTINCT penalty_id) AS n,"
                                 " (SELECT MAX(m) FROM (SELECT i.incident_id AS i, i.kind AS k, i.cycle AS c, i.unit_id AS u, COUNT(*) AS m"
                                 " FROM breach i WHERE i.basis = 1 AND i.subject_kind = 1 GROUP BY i.incident_id, i.kind, i.cycle, i.unit_id, i.subject_id) y"
                                 " WHERE y.i = b.incident_id AND y.k = b.kind AND y.c = b.cycle AND y.u = b.unit_id) AS most"
                                 " FROM breach b WHERE basis = 1 AND subject_kind = 1 GROUP BY incident_id, kind, cycle, unit_id) z WHERE n > most"), 0);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM ledger_mark"), 0);
}

static void settle_and_check(struct stand *stand)
{
    for (int i = 0; i < 2; i++)
        REQUIRE_STATUS(clerk_round(stand, stand->db), STATUS_OK);
    check_one_to_one(stand);
}

static int64_t penalty_of(struct stand *stand, struct ticket_id id, enum penalty_basis basis)
{
    return stand_count(stand, "SELECT COALESCE(MIN(penalty_id), 0) FROM breach WHERE subject_kind = 1 AND subject_id = %lld AND basis = %d",
                       (long long)id.v, (int)basis);
}

static int64_t state_of(struct stand *stand, int64_t penalty)
{
    return stand_count(stand, "SELECT state FROM penalty WHERE id = %lld", (long long)penalty);
}

/* ---- the cases of the regulation */

TEST(articles_12_14_34_2_each_clock_of_a_unit_that_runs_out_is_proposed_once_with_its_evidence)
{
    struct stand *stand = stand_open("ledger");
    const struct ticket_id ticket = report(stand, "no_water", 0, SOURCE_PHONE);
    REQUIRE(dispatch(stand, ticket, PIPELINE) == VERDICT_OK);
    REQUIRE_STATUS(clerk_round(stand, stand->db), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM penalty"), 0);
    stand_pass(stand, 30 * MINUTE_SECONDS); /* not accepted within twenty minutes */
    settle_and_check(stand);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM penalty WHERE clause_id = 3402 AND unit_id = 3 AND clock_kind = 2 AND state = 1"
                                 " AND late_seconds = 600"), 1);
    stand_pass(stand, 60 * HOUR_SECONDS);
    for (int i = 0; i < 3; i++)
        settle_and_check(stand);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM penalty"), 2);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM event WHERE subject_kind = 8"), 2);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM chain_head WHERE subject_kind = 8"), 2);
    CHECK_INT(stand_verify(stand, true), 0);
}

TEST(article_32_2_what_came_from_government_or_media_proposes_32_2)
{
    struct stand *stand = stand_open("ledgermedia");
    const struct ticket_id ticket = report(stand, "no_water", 0, SOURCE_MEDIA);
    REQUIRE(dispatch(stand, ticket, PIPELINE) == VERDICT_OK);
    stand_pass(stand, HOUR_SECONDS);
    settle_and_check(stand);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM penalty WHERE clause_id = 3202 AND unit_id = 3"), 1);
}

TEST(article_15_an_excuse_withdraws_the_proposal_even_a_confirmed_one)
{
    struct stand *stand = stand_open("ledgerexcuse");
    const struct ticket_id ticket = report(stand, "no_water", 0, SOURCE_PHONE);
    REQUIRE(dispatch(stand, ticket, PIPELINE) == VERDICT_OK);
    stand_pass(stand, HOUR_SECONDS);
    settle_and_check(stand);
    const int64_t penalty = penalty_of(stand, ticket, BASIS_CLOCK);
    REQUIRE_STATUS(act_on(stand, penalty, PENALTY_CONFIRM, stand_ops(), DECISION_NONE), STATUS_OK);
    REQUIRE_STATUS(clerk_round(stand, stand->db), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outbox WHERE notice = 'penalty_confirmed' AND recipient = 3"), 2);
    const struct ticket_file file = load(stand, ticket);
    CHECK_INT(excuse(stand, ticket, ticket_clock(&file.ticket, CLOCK_ACCEPT)->no, (struct unit_id){PIPELINE}), VERDICT_OK);
    settle_and_check(stand);
    CHECK_INT(state_of(stand, penalty), PENALTY_WITHDRAWN);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM breach"), 0);
    CHECK_INT(stand_verify(stand, true), 0);
}

TEST(article_27_reports_of_one_incident_have_one_proposal_and_part_with_it_when_they_part)
{
    struct stand *stand = stand_open("ledgermerge");
    const struct ticket_id parent = report(stand, "no_water", 0, SOURCE_PHONE), child = report(stand, "no_water", 0, SOURCE_PHONE);
    REQUIRE(dispatch(stand, parent, PIPELINE) == VERDICT_OK);
    REQUIRE(plain(stand, parent, ACTION_ACCEPT, stand_liaison(PIPELINE)) == VERDICT_OK);
    REQUIRE(merge(stand, child, parent) == VERDICT_OK);
    stand_pass(stand, 60 * HOUR_SECONDS);
    settle_and_check(stand);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM penalty WHERE state = 1"), 1);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM breach"), 2);
    REQUIRE(plain(stand, child, ACTION_UNMERGE, stand_ops()) == VERDICT_OK);
    settle_and_check(stand);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM penalty WHERE state = 1"), 2);
    REQUIRE(merge(stand, child, parent) == VERDICT_OK);
    settle_and_check(stand);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM penalty WHERE state = 1"), 1);
    CHECK_INT(stand_verify(stand, true), 0);
}

TEST(articles_34_1_34_3_failed_calls_failed_follow_ups_and_repeats)
{
    struct stand *stand = stand_open("ledgerbases");
    const struct ticket_id first = report(stand, "no_water", 0, SOURCE_PHONE);
    struct command call = stand_command(ACTION_FAILED_CALL, stand_ops());
    struct command link = stand_command(ACTION_LINK_REPEAT, stand_ops());
    REQUIRE(dispatch(stand, first, PIPELINE) == VERDICT_OK);
    command_set(&call, FIELD_UNIT, PIPELINE);
    for (int i = 0; i < 2; i++)
        CHECK_INT(act(stand, first, &call, NULL), VERDICT_OK);
    REQUIRE(plain(stand, first, ACTION_ACCEPT, stand_liaison(PIPELINE)) == VERDICT_OK);
    stand_pass(stand, HOUR_SECONDS);
    const struct ticket_id second = report(stand, "no_water", 0, SOURCE_PHONE);
    command_set(&link, FIELD_PARENT, first.v);
    CHECK_INT(act(stand, second, &link, NULL), VERDICT_OK);
    REQUIRE(finish(stand, first, PIPELINE) == VERDICT_OK);
    CHECK_INT(unsolved(stand, first), VERDICT_OK);
    settle_and_check(stand);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM penalty WHERE basis = 5 AND clause_id = 3401 AND unit_id = 3"), 1);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM penalty WHERE basis = 2 AND clause_id = 3403 AND unit_id = 3 AND number = 2"), 1);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM penalty WHERE basis = 3 AND clause_id = 3403 AND unit_id = 3 AND number = %lld"
                                 " AND subject_id = %lld", (long long)first.v, (long long)second.v), 1);
}

TEST(article_33_6_a_leak_repaired_again_within_three_months_at_the_same_place_is_the_first_repairers)
{
    struct stand *stand = stand_open("ledgerleak");
    struct ticket_id leaks[3];
    static const int64_t days[3] = {0, 60, 200};
    int64_t passed = 0;
    for (int i = 0; i < 3; i++) {
        const int32_t unit = i == 0 ? PIPELINE : MAINTENANCE;
        struct command command = stand_command(ACTION_ARRIVE, stand_liaison(unit));
        stand_pass(stand, (days[i] - passed) * DAY_SECONDS);
        passed = days[i];
        leaks[i] = report(stand, "leak_public", 7, SOURCE_PHONE);
        REQUIRE(dispatch(stand, leaks[i], unit) == VERDICT_OK);
        REQUIRE(plain(stand, leaks[i], ACTION_ACCEPT, stand_liaison(unit)) == VERDICT_OK);
        REQUIRE(act(stand, leaks[i], &command, NULL) == VERDICT_OK);
        command = stand_command(ACTION_REPAIR, stand_liaison(unit));
        command_set(&command, FIELD_DIAMETER_MM, 300);
        REQUIRE(act(stand, leaks[i], &command, NULL) == VERDICT_OK);
        settle_and_check(stand);
    }
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM penalty WHERE basis = 4"), 1);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM penalty WHERE basis = 4 AND clause_id = 3306 AND unit_id = 3 AND subject_id = %lld"
                                 " AND number = %lld", (long long)leaks[1].v, (long long)leaks[0].v), 1);
}

TEST(what_is_handed_to_the_discipline_office_leaves_the_ledger)
{
    struct stand *stand = stand_open("ledgersealed");
    const struct ticket_id ticket = report(stand, "no_water", 0, SOURCE_PHONE);
    REQUIRE(dispatch(stand, ticket, PIPELINE) == VERDICT_OK);
    stand_pass(stand, HOUR_SECONDS);
    settle_and_check(stand);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM breach"), 1);
    stand_run(stand, "UPDATE ticket SET state = 11");
    stand_run(stand, "INSERT INTO ledger_mark (subject_kind, subject_id, is_echo) VALUES (1, %lld, 0)", (long long)ticket.v);
    REQUIRE_STATUS(keep_ledger(stand, stand->db), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM breach"), 0);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM penalty WHERE state = 8"), 1);
}

TEST(a_difference_between_ledger_and_breaches_is_named_and_a_changed_row_is_found)
{
    struct stand *stand = stand_open("ledgertamper");
    const struct ticket_id ticket = report(stand, "no_water", 0, SOURCE_PHONE);
    REQUIRE(dispatch(stand, ticket, PIPELINE) == VERDICT_OK);
    stand_pass(stand, HOUR_SECONDS);
    settle_and_check(stand);
    CHECK_INT(stand_verify(stand, true), 0);
    stand_run(stand, "UPDATE clock SET result = 1 WHERE kind = 2");
    stand_run(stand, "UPDATE clock SET stopped_at = started_at WHERE kind = 2");
    CHECK_INT(differences(stand, LEDGER_LIST_EXTRA, 2, "as wanted"), 1);
    stand_run(stand, "UPDATE clock SET result = 2 WHERE kind = 2");
    stand_run(stand, "DELETE FROM breach");
    CHECK_INT(differences(stand, LEDGER_LIST_MISSING, 14, "as wanted"), 1);
    CHECK_INT(differences(stand, LEDGER_LIST_UNFOUNDED, 0, "as wanted"), 1);
    stand_run(stand, "UPDATE penalty SET unit_id = 6, unit_fen = 1");
    CHECK(stand_verify(stand, false) >= 2);
    CHECK(stand_has_problem("penalty.unit_id"));
    CHECK(stand_has_problem("penalty.unit_fen"));
}

TEST(of_two_who_confirm_at_once_one_is_kept_and_a_form_sent_twice_is_carried_out_once)
{
    struct stand *stand = stand_open("ledgerrace");
    struct penalty_file one, two;
    struct clause_book book;
    struct event first, second;
    uint8_t keys[2][ACTION_KEY_BYTES];
    const struct ticket_id ticket = report(stand, "no_water", 0, SOURCE_PHONE);
    random_bytes(keys, sizeof keys);
    REQUIRE(dispatch(stand, ticket, PIPELINE) == VERDICT_OK);
    stand_pass(stand, HOUR_SECONDS);
    settle_and_check(stand);
    const struct penalty_id id = {penalty_of(stand, ticket, BASIS_CLOCK)};
    REQUIRE_STATUS(clause_book_load(stand->db, &stand->arena, &book, &stand->fault), STATUS_OK);
    REQUIRE_STATUS(penalty_store_load(stand->db, id, &stand->arena, &one, &stand->fault), STATUS_OK);
    REQUIRE_STATUS(penalty_store_load(stand->db, id, &stand->arena, &two, &stand->fault), STATUS_OK);
    const struct penalty_command command = {.action = PENALTY_CONFIRM, .actor = stand_ops(), .expected_version = 1, .unit_fen = 5000};
    const struct penalty_clause *clause = &clause_book_find(&book, 3402)->clause;
    REQUIRE(penalty_decide(&one.penalty, &command, clause, stand->now, &first) == VERDICT_OK);
    REQUIRE(penalty_decide(&two.penalty, &command, clause, stand->now, &second) == VERDICT_OK);
    CHECK_STATUS(penalty_store_append(stand->db, &one, &first, NULL, keys[0], &stand->catalog, &stand->fault), STATUS_OK);
    CHECK_STATUS(penalty_store_append(stand->db, &two, &second, NULL, keys[1], &stand->catalog, &stand->fault), STATUS_CONFLICT);
    CHECK_STATUS(penalty_store_append(stand->db, &one, &first, NULL, keys[0], &stand->catalog, &stand->fault), STATUS_DUPLICATE);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM event WHERE subject_kind = 8"), 2);
}

TEST(clerk_keeps_the_ledger_with_the_rights_it_has)
{
    struct stand *stand = stand_open("ledgerrights");
    const struct ticket_id parent = report(stand, "no_water", 0, SOURCE_PHONE), child = report(stand, "no_water", 0, SOURCE_PHONE);
    struct db *clerk;
    stand_make_accounts(stand);
    clerk = stand_connect_as(stand, "clerk");
    REQUIRE(dispatch(stand, parent, PIPELINE) == VERDICT_OK);
    REQUIRE(merge(stand, child, parent) == VERDICT_OK);
    stand_pass(stand, 60 * HOUR_SECONDS);
    REQUIRE_STATUS(clerk_round(stand, clerk), STATUS_OK);
    REQUIRE(plain(stand, child, ACTION_UNMERGE, stand_ops()) == VERDICT_OK);
    REQUIRE_STATUS(clerk_round(stand, clerk), STATUS_OK);
    check_one_to_one(stand);
    CHECK(stand_count(stand, "SELECT COUNT(*) FROM penalty") >= 3);
    db_close(clerk);
}

/* ---- any order, any number */

static uint64_t seed = 20261123;

static int64_t pick(int64_t least, int64_t most)
{
    seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
    return least + (int64_t)(seed % (uint64_t)(most - least + 1));
}

static void random_step(struct stand *stand, const struct ticket_id *tickets)
{
    static const int32_t units[] = {PIPELINE, MAINTENANCE};
    const struct ticket_id one = tickets[pick(0, TICKETS - 1)], other = tickets[pick(0, TICKETS - 1)];
    const struct ticket_file file = load(stand, one);
    const struct assignment *lead = ticket_lead(&file.ticket);
    const int32_t unit = lead != NULL ? lead->unit.v : units[pick(0, 1)];
    struct command command;

    switch (pick(0, 13)) {
    case 0: stand_pass(stand, pick(1, 60) * MINUTE_SECONDS); break;
    case 1: stand_pass(stand, pick(1, 30) * HOUR_SECONDS); break;
    case 2:
    case 3: dispatch(stand, one, units[pick(0, 1)]); break;
    case 4: plain(stand, one, ACTION_ACCEPT, stand_liaison(unit)); break;
    case 5: merge(stand, one, other); break;
    case 6: plain(stand, one, ACTION_UNMERGE, stand_ops()); break;
    case 7:
        command = stand_command(ACTION_ARRIVE, stand_liaison(unit));
        act(stand, one, &command, NULL);
        command = stand_command(ACTION_REPAIR, stand_liaison(unit));
        command_set(&command, FIELD_DIAMETER_MM, 300);
        act(stand, one, &command, NULL);
        finish(stand, one, unit);
        break;
    case 8: unsolved(stand, one); break;
    case 9: {
        const struct clock *clock = &file.ticket.clocks[pick(0, file.ticket.clock_count - 1)];
        excuse(stand, one, clock->no, clock->unit);
        break;
    }
    case 10:
        command = stand_command(ACTION_FAILED_CALL, stand_ops());
        command_set(&command, FIELD_UNIT, units[pick(0, 1)]);
        act(stand, one, &command, NULL);
        break;
    case 11:
        command = stand_command(ACTION_LINK_REPEAT, stand_ops());
        command_set(&command, FIELD_PARENT, other.v);
        if (other.v < one.v)
            act(stand, one, &command, NULL);
        break;
    case 12: {
        const int64_t count = stand_count(stand, "SELECT COALESCE(MAX(id), 0) FROM penalty");
        static const enum penalty_action actions[] = {PENALTY_CONFIRM, PENALTY_DISMISS, PENALTY_REOPEN, PENALTY_DECIDE};
        if (count > 0) {
            const enum status status = act_on(stand, pick(1, count), actions[pick(0, 3)], stand_ops(), DECISION_REFUSE);
            CHECK(status == STATUS_OK || status == STATUS_REFUSED || status == STATUS_ABSENT);
        }
        break;
    }
    default:
        command = stand_command(ACTION_RECALL, stand_ops());
        if (lead != NULL) {
            command_set(&command, FIELD_DISPATCH_NO, lead->dispatch_no);
            act(stand, one, &command, "派错了");
        }
        break;
    }
}

TEST(breaches_and_proposals_stay_one_to_one_under_any_order_of_events_and_two_clerks)
{
    struct stand *stand = stand_open("ledgerany");
    struct ticket_id tickets[TICKETS];

    for (int i = 0; i < TICKETS; i++)
        tickets[i] = report(stand, i % 3 == 0 ? "leak_public" : "no_water", 1 + i % 4, i % 5 == 0 ? SOURCE_MEDIA : SOURCE_PHONE);
    for (int step = 1; step <= STEPS; step++) {
        random_step(stand, tickets);
        if (pick(0, 9) == 0)
            CHECK(two_clerks(stand));
        if (step % CHECKED_EVERY == 0) {
            CHECK(two_clerks(stand));
            settle_and_check(stand);
        }
    }
    CHECK_INT(stand_verify(stand, true), 0);
    CHECK(stand_count(stand, "SELECT COUNT(*) FROM breach") > 10);
    CHECK(stand_count(stand, "SELECT COUNT(*) FROM penalty WHERE state = 8") > 0);
    CHECK(stand_count(stand, "SELECT COUNT(DISTINCT basis) FROM penalty") >= 4);
}
