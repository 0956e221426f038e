/* Filing, loading and appending: what is stored is the fold of the events, whoever comes at the same time. */
#include <stdio.h>
#include <string.h>

#include "base/random.h"
#include "check.h"
#include "stand.h"
#include "store/ticket_list.h"

static struct stand *shared(void)
{
    static struct stand *stand;
    if (stand == NULL)
        stand = stand_open("ticket");
    return stand;
}

TEST(a_filing_takes_seven_statements_and_loading_two)
{
    struct stand *stand = shared();
    struct ticket ticket;
    struct event event;
    struct filing filing;
    struct ticket_file file;
    const uint64_t before = db_statement_count(stand->db);
    stand_prepare_filing(stand, "leak_public", &ticket, &event, &filing);
    REQUIRE_STATUS(ticket_store_file(stand->db, &ticket, &event, &filing, &stand->catalog, &stand->arena, &stand->fault),
                   STATUS_OK);
    CHECK_INT(db_statement_count(stand->db) - before, 7);
    REQUIRE_STATUS(ticket_store_load(stand->db, filing.number, &stand->arena, &file, &stand->fault), STATUS_OK);
    CHECK_INT(db_statement_count(stand->db) - before, 9);
    CHECK_INT(file.ticket.id.v, ticket.id.v);
    CHECK_INT(file.ticket.clock_count, ticket.clock_count);
    CHECK_TEXT(file.place_text, "阳光小区 3 号楼");
    CHECK_TEXT(file.entries[0].words, "水表井里在冒水");
    CHECK_TEXT(file.phone_masked, "138****5678");
    CHECK_TEXT(file.name_masked, "王**");
    CHECK(file.has_address);
    CHECK(memcmp(&file.ticket.clocks[0].due_at, &ticket.clocks[0].due_at, sizeof ticket.clocks[0].due_at) == 0);
}

TEST(times_come_back_exact_to_the_millisecond)
{
    struct stand *stand = shared();
    struct ticket_file file;
    stand_pass(stand, 1);
    stand->now.milliseconds += 987;
    REQUIRE_STATUS(stand_file(stand, "no_water", NULL, &file), STATUS_OK);
    CHECK_INT(file.ticket.reported_at.milliseconds, stand->now.milliseconds);
    CHECK_INT(file.entries[0].event.recorded_at.milliseconds, stand->now.milliseconds);
}

TEST(the_same_key_gives_the_first_ticket)
{
    struct stand *stand = shared();
    struct ticket_file first, second;
    uint8_t key[ACTION_KEY_BYTES];
    random_bytes(key, sizeof key);
    REQUIRE_STATUS(stand_file(stand, "no_water", key, &first), STATUS_OK);
    const int64_t count = stand_count(stand, "SELECT COUNT(*) FROM ticket");
    CHECK_STATUS(stand_file(stand, "leak_public", key, &second), STATUS_DUPLICATE);
    CHECK_TEXT(second.number, first.number);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM ticket"), count);
}

TEST(a_taken_number_is_a_conflict_and_leaves_nothing)
{
    struct stand *stand = shared();
    struct ticket_file first;
    struct ticket ticket;
    struct event event;
    struct filing filing;
    REQUIRE_STATUS(stand_file(stand, "no_water", NULL, &first), STATUS_OK);
    const int64_t events = stand_count(stand, "SELECT COUNT(*) FROM event");
    stand_prepare_filing(stand, "no_water", &ticket, &event, &filing);
    snprintf(filing.number, sizeof filing.number, "%s", first.number);
    CHECK_STATUS(ticket_store_file(stand->db, &ticket, &event, &filing, &stand->catalog, &stand->arena, &stand->fault),
                 STATUS_CONFLICT);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM event"), events);
}

TEST(a_known_outside_number_names_its_ticket)
{
    struct stand *stand = shared();
    struct ticket ticket;
    struct event event;
    struct filing filing;
    char first[NUMBER_BYTES];
    for (int i = 0; i < 2; i++) {
        stand_prepare_filing(stand, "no_water", &ticket, &event, &filing);
        filing.outside_system = "12345";
        filing.outside_number = "LC2026112300017";
        if (i == 0)
            snprintf(first, sizeof first, "%s", filing.number);
        CHECK_STATUS(
            ticket_store_file(stand->db, &ticket, &event, &filing, &stand->catalog, &stand->arena, &stand->fault),
            i == 0 ? STATUS_OK : STATUS_INVALID);
    }
    CHECK_TEXT(filing.number, first);
}

TEST(of_two_who_loaded_the_same_version_the_second_is_told)
{
    struct stand *stand = shared();
    struct ticket_file mine, theirs;
    enum verdict verdict;
    struct command dispatch = stand_command(ACTION_DISPATCH, stand_ops());
    command_set(&dispatch, FIELD_UNIT, 3);
    REQUIRE_STATUS(stand_file(stand, "no_water", NULL, &mine), STATUS_OK);
    REQUIRE_STATUS(ticket_store_load(stand->db, mine.number, &stand->arena, &theirs, &stand->fault), STATUS_OK);
    REQUIRE_STATUS(stand_act(stand, &mine, &dispatch, NULL, &verdict), STATUS_OK);
    const int64_t clocks = stand_count(stand, "SELECT COUNT(*) FROM clock");
    const int64_t assignments = stand_count(stand, "SELECT COUNT(*) FROM assignment");
    command_set(&dispatch, FIELD_UNIT, 6);
    CHECK_STATUS(stand_act(stand, &theirs, &dispatch, NULL, &verdict), STATUS_CONFLICT);
    CHECK_INT(theirs.ticket.version, 1);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM clock"), clocks);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM assignment"), assignments);
    CHECK_INT(stand_count(stand, "SELECT unit_id FROM ticket WHERE number = '%s'", mine.number), 3);
}

TEST(an_action_key_is_good_for_one_action)
{
    struct stand *stand = shared();
    struct ticket_file file, again;
    uint8_t key[ACTION_KEY_BYTES];
    char number[NUMBER_BYTES];
    struct event event = {0};
    struct command note = stand_command(ACTION_NOTE, stand_ops());
    random_bytes(key, sizeof key);
    note.has_text = true;
    REQUIRE_STATUS(stand_file(stand, "no_water", NULL, &file), STATUS_OK);
    REQUIRE_STATUS(ticket_store_find_key(stand->db, key, &stand->arena, number, &stand->fault), STATUS_ABSENT);
    note.expected_version = 1;
    REQUIRE(ticket_decide(&file.ticket, &note, &stand->catalog.regulation, stand->now, &event) == VERDICT_OK);
    REQUIRE_STATUS(ticket_store_append(stand->db, &file, &event, "已电话联系", key, &stand->catalog, &stand->fault),
                   STATUS_OK);
    REQUIRE_STATUS(ticket_store_load(stand->db, file.number, &stand->arena, &again, &stand->fault), STATUS_OK);
    memset(&event, 0, sizeof event);
    note.expected_version = 2;
    REQUIRE(ticket_decide(&again.ticket, &note, &stand->catalog.regulation, stand->now, &event) == VERDICT_OK);
    CHECK_STATUS(ticket_store_append(stand->db, &again, &event, "已电话联系", key, &stand->catalog, &stand->fault),
                 STATUS_DUPLICATE);
    CHECK_INT(stand_count(stand, "SELECT version FROM ticket WHERE number = '%s'", file.number), 2);
    CHECK_STATUS(ticket_store_find_key(stand->db, key, &stand->arena, number, &stand->fault), STATUS_OK);
    CHECK_TEXT(number, file.number);
}

TEST(a_resident_never_sees_what_is_internal)
{
    struct stand *stand = shared();
    struct ticket_file file;
    enum verdict verdict;
    struct public_file public;
    struct command note = stand_command(ACTION_NOTE, stand_ops());
    REQUIRE_STATUS(stand_file(stand, "no_water", NULL, &file), STATUS_OK);
    REQUIRE_STATUS(stand_act(stand, &file, &note, "此户多次投诉，注意态度", &verdict), STATUS_OK);
    REQUIRE_STATUS(stand_dispatch_and_accept(stand, &file), STATUS_OK);
    REQUIRE_STATUS(public_store_load(stand->db, file.number, &stand->arena, &public, &stand->fault), STATUS_OK);
    REQUIRE(public.step_count == 2);
    CHECK_INT(public.steps[0].action, ACTION_DISPATCH);
    CHECK_INT(public.steps[1].action, ACTION_ACCEPT);
    CHECK_TEXT(public.steps[0].words, "");
    CHECK_INT(public.ticket.state, TICKET_ACCEPTED);
    CHECK(public.clock_count > 0);
    for (size_t i = 0; i < public.clock_count; i++)
        CHECK(public.clocks[i].kind != CLOCK_DISPATCH);
}

TEST(a_tracking_page_is_one_statement_and_a_second_one_while_something_waits)
{
    struct stand *stand = shared();
    struct ticket_file file;
    struct public_file public;
    struct command contact = stand_command(ACTION_CONTACT, stand_liaison(3));
    enum verdict verdict;
    command_set(&contact, FIELD_APPOINTMENT_AT, instant_add_seconds(stand->now, 7200).milliseconds);
    REQUIRE_STATUS(stand_file(stand, "no_water", NULL, &file), STATUS_OK);
    REQUIRE_STATUS(stand_dispatch_and_accept(stand, &file), STATUS_OK);
    REQUIRE_STATUS(stand_act(stand, &file, &contact, NULL, &verdict), STATUS_OK);

    uint64_t before = db_statement_count(stand->db);
    REQUIRE_STATUS(public_store_load(stand->db, file.number, &stand->arena, &public, &stand->fault), STATUS_OK);
    CHECK_INT(db_statement_count(stand->db) - before, 1);
    CHECK_INT(public.input_count, 0);
    REQUIRE(public.step_count == 3);
    CHECK_INT(public.steps[2].seq, 4);
    CHECK_INT(public.steps[2].unit.v, 3);
    CHECK(instant_is_equal(public.steps[2].at_value, instant_add_seconds(stand->now, 7200)));
    for (size_t i = 0; i < public.clock_count; i++) {
        const struct clock *clock = &file.ticket.clocks[public.clocks[i].no - 1];
        CHECK_TEXT(public.clocks[i].article, clock->article);
        CHECK(instant_is_equal(public.clocks[i].due_at, clock->due_at));
        CHECK(instant_is_equal(public.clocks[i].stopped_at, clock->stopped_at));
    }

    const struct resident_input input = {.ticket = file.ticket.id, .action = ACTION_ADD_WORDS, .words = "水更大了",
                                         .key = {1, 2, 3}};
    REQUIRE_STATUS(public_store_add_input(stand->db, &input, stand->now, &stand->fault), STATUS_OK);
    before = db_statement_count(stand->db);
    REQUIRE_STATUS(public_store_load(stand->db, file.number, &stand->arena, &public, &stand->fault), STATUS_OK);
    CHECK_INT(db_statement_count(stand->db) - before, 2);
    REQUIRE(public.input_count == 1);
    CHECK_TEXT(public.inputs[0].words, "水更大了");
    stand_run(stand, "DELETE FROM resident_input");
    stand_run(stand, "UPDATE public_ticket SET waiting_inputs = 0");
    CHECK_STATUS(public_store_load(stand->db, "SN000000000000000", &stand->arena, &public, &stand->fault), STATUS_ABSENT);
}

TEST(progress_that_cannot_be_read_is_a_failure_and_no_empty_page)
{
    struct stand *stand = shared();
    struct ticket_file file;
    struct public_file public;
    struct fault fault = {0};
    REQUIRE_STATUS(stand_file(stand, "no_water", NULL, &file), STATUS_OK);
    stand_run(stand, "UPDATE public_ticket SET progress = CONCAT(progress, 'x') WHERE number = '%s'", file.number);
    CHECK_STATUS(public_store_load(stand->db, file.number, &stand->arena, &public, &fault), STATUS_FAILED);
    CHECK(strstr(fault.message, "shuinuo verify") != NULL);
    stand_run(stand, "UPDATE public_ticket SET progress = LEFT(progress, LENGTH(progress) - 1) WHERE number = '%s'",
              file.number);
    CHECK_STATUS(public_store_load(stand->db, file.number, &stand->arena, &public, &fault), STATUS_OK);
}

TEST(a_ticket_handed_to_the_discipline_office_looks_to_the_public_as_before)
{
    struct stand *stand = shared();
    struct ticket_file file;
    enum verdict verdict;
    const struct command hand = stand_command(ACTION_HAND_TO_DISCIPLINE, stand_ops());
    struct public_file before, after;
    const char *number = file.number;
    struct ticket_row *rows;
    size_t count;
    REQUIRE_STATUS(stand_file(stand, "service_complaint", NULL, &file), STATUS_OK);
    REQUIRE_STATUS(stand_dispatch_and_accept(stand, &file), STATUS_OK);
    REQUIRE_STATUS(public_store_load(stand->db, file.number, &stand->arena, &before, &stand->fault), STATUS_OK);
    stand_pass(stand, 60);
    REQUIRE_STATUS(stand_act(stand, &file, &hand, NULL, &verdict), STATUS_OK);
    CHECK_INT(file.ticket.state, TICKET_SEALED);
    REQUIRE_STATUS(public_store_load(stand->db, file.number, &stand->arena, &after, &stand->fault), STATUS_OK);
    CHECK_INT(after.ticket.state, before.ticket.state);
    CHECK_INT(after.ticket.version, before.ticket.version);
    CHECK_INT(after.ticket.updated_at.milliseconds, before.ticket.updated_at.milliseconds);
    CHECK_INT(after.step_count, before.step_count);
    CHECK_INT(after.clock_count, before.clock_count);
    for (size_t i = 0; i < after.clock_count && i < before.clock_count; i++)
        CHECK_INT(after.clocks[i].result, before.clocks[i].result);
    CHECK_INT(stand_verify(stand, true), 0);
    REQUIRE_STATUS(ticket_list_by_numbers(stand->db, &number, 1, &stand->arena, &rows, &count, &stand->fault), STATUS_OK);
    CHECK_INT(count, 0);
}

TEST(personal_data_opens_only_with_its_key_and_leaves_an_audit_record)
{
    struct stand *stand = shared();
    struct ticket_file file;
    struct person person;
    REQUIRE_STATUS(stand_file(stand, "no_water", NULL, &file), STATUS_OK);
    REQUIRE_STATUS(person_unseal(stand->db, file.ticket.id, &stand->secrets, (struct staff_id){12}, stand->now,
                                 &stand->arena, &person, &stand->fault),
                   STATUS_OK);
    CHECK_TEXT(person.name, "王小明");
    CHECK_TEXT(person.phone, "13812345678");
    CHECK_TEXT(person.address, "3-201");
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM audit WHERE what = 'unmask' AND subject_id = %lld",
                          (long long)file.ticket.id.v), 1);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM ticket_person WHERE phone_sealed LIKE '%%13812345678%%'"), 0);
    struct secrets without = stand->secrets;
    without.has[SECRET_STAFF_PRIVATE] = false;
    CHECK_STATUS(person_unseal(stand->db, file.ticket.id, &without, (struct staff_id){12}, stand->now, &stand->arena,
                               &person, NULL), STATUS_REFUSED);
    stand_run(stand, "UPDATE ticket_person SET phone_sealed = NULL, emptied_at = '2030-01-01' WHERE ticket_id = %lld",
              (long long)file.ticket.id.v);
    CHECK_STATUS(person_unseal(stand->db, file.ticket.id, &stand->secrets, (struct staff_id){0}, stand->now,
                               &stand->arena, &person, NULL), STATUS_ABSENT);
}

/* ---- the property: rows are the fold */

static struct actor random_actor(void)
{
    switch (random_below(4)) {
    case 0:
        return stand_operator();
    case 1:
        return stand_ops();
    case 2:
        return actor_resident();
    default:
        return stand_liaison(random_below(4) == 0 ? 6 : 3);
    }
}

static struct command random_command(const struct stand *stand)
{
    struct command command =
        stand_command((enum ticket_action)(2 + random_below(TICKET_ACTION__COUNT - 2)), random_actor());
    const int64_t later = stand->now.milliseconds + (int64_t)random_below(400) * 3600000;
    switch (command.action) {
    case ACTION_DISPATCH:
    case ACTION_DISPATCH_ASSIST:
        command_set(&command, FIELD_UNIT, random_below(3) == 0 ? 6 : 3);
        break;
    case ACTION_RECLASSIFY:
        command_set(&command, FIELD_CATEGORY, 1 + random_below(31));
        break;
    case ACTION_GRADE:
        command_set(&command, FIELD_GRADES, random_below(16) * 2);
        break;
    case ACTION_SET_LIMIT:
        command_set(&command, FIELD_LIMIT_SECONDS, 3600 + random_below(90000));
        break;
    case ACTION_RECORD_FACTS:
        command_set(&command, FIELD_ZONE, 1 + random_below(2));
        command_set(&command, FIELD_DIAMETER_MM, 100 + random_below(1500));
        break;
    case ACTION_OBJECT:
        command_set(&command, FIELD_REASON, 1);
        break;
    case ACTION_DECIDE_OBJECTION:
        command_set(&command, FIELD_DECISION, random_below(2) ? DECISION_RETURN : DECISION_CARRY_ON);
        break;
    case ACTION_ASK_EXTENSION:
        command_set(&command, FIELD_PROPOSED_DUE, later);
        break;
    case ACTION_DECIDE_EXTENSION:
        command_set(&command, FIELD_DECISION, random_below(2) ? DECISION_GRANT : DECISION_REFUSE);
        break;
    case ACTION_FINISH:
        command_set(&command, FIELD_OUTCOME, OUTCOME_SOLVED);
        break;
    case ACTION_REVIEW:
        command_set(&command, FIELD_DECISION, random_below(2) ? DECISION_GRANT : DECISION_REFUSE);
        break;
    case ACTION_FOLLOW_UP: {
        const uint32_t result = 1 + random_below(4);
        command_set(&command, FIELD_FOLLOW_UP, result);
        if (result == FOLLOW_UP_SATISFIED)
            command_set(&command, FIELD_SATISFACTION, 5);
        break;
    }
    case ACTION_RATE:
        command_set(&command, FIELD_RATING, 1 + random_below(5));
        break;
    case ACTION_MOVE_APPOINTMENT:
        command_set(&command, FIELD_APPOINTMENT_AT, later);
        break;
    default:
        break;
    }
    return command;
}

TEST(whatever_is_done_to_tickets_their_rows_stay_the_fold_of_their_events)
{
    struct stand *stand = stand_open("random");
    struct ticket_file files[30];
    static const char *const categories[] = {"leak_public", "leak_third_party", "faulty_meter", "unforeseen",
                                             "service_complaint", "behind_meter_other"};
    int done[TICKET_ACTION__COUNT] = {0}, kinds = 0;
    for (size_t i = 0; i < 30; i++)
        REQUIRE_STATUS(stand_file(stand, categories[i % 6], NULL, &files[i]), STATUS_OK);
    for (int round = 0; round < 9000; round++) {
        struct ticket_file *file = &files[random_below(30)];
        const struct command command = random_command(stand);
        enum verdict verdict;
        if (random_below(20) == 0)
            stand_pass(stand, random_below(3000));
        if (command.action == ACTION_HAND_TO_DISCIPLINE || command.action == ACTION_NOT_OURS ||
            command.action == ACTION_WITHDRAW)
            if (random_below(400) != 0) /* they end a ticket for good */
                continue;
        const enum status status = stand_act(stand, file, &command, "随机操作的说明", &verdict);
        if (status != STATUS_REFUSED)
            REQUIRE_STATUS(status, STATUS_OK);
        if (status == STATUS_OK)
            done[command.action]++;
    }
    for (int i = 0; i < TICKET_ACTION__COUNT; i++)
        kinds += done[i] > 0;
    CHECK(kinds >= 15); /* the walk must get somewhere, or it proves nothing */
    CHECK_INT(stand_verify(stand, true), 0);
    REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);
    CHECK_INT(stand_verify(stand, true), 0);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM dirty"), 0);
}

/* ---- tampering */

static struct stand *sealed_stand(struct ticket_file *file)
{
    static int number;
    char name[24];
    snprintf(name, sizeof name, "tamper%d", number++);
    struct stand *stand = stand_open(name);
    struct ticket_file other;
    REQUIRE_STATUS(stand_file(stand, "no_water", NULL, file), STATUS_OK);
    REQUIRE_STATUS(stand_file(stand, "no_water", NULL, &other), STATUS_OK);
    REQUIRE_STATUS(stand_dispatch_and_accept(stand, file), STATUS_OK);
    REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);
    stand_pass(stand, 2 * DAY_SECONDS + HOUR_SECONDS);
    REQUIRE_STATUS(clerk_store_digest_day(stand->db, &stand->secrets, (struct day){day_of(stand->now, 0).number - 1},
                                          stand->now, &stand->fault), STATUS_OK);
    REQUIRE(stand_verify(stand, true) == 0);
    return stand;
}

TEST(verify_names_what_was_tampered_with)
{
    static const struct {
        const char *name, *sql, *problem;
    } cases[] = {
        {"one byte of a payload",
         "UPDATE event SET payload = CONCAT(LEFT(payload, LENGTH(payload) - 1), CHAR(ASCII(RIGHT(payload, 1)) ^ 1))"
         " WHERE subject_id = %lld AND seq = 2", "event 2"},
        {"the time of an event", "UPDATE event SET occurred_at = '2026-11-22 00:00:00' WHERE subject_id = %lld AND seq = 2",
         "event 2"},
        {"who did it", "UPDATE event SET actor_staff = 99 WHERE subject_id = %lld AND seq = 3", "event 3"},
        {"an event in the middle is gone", "DELETE FROM event WHERE subject_id = %lld AND seq = 2", "event 2 is missing"},
        {"the stream is shortened", "DELETE FROM event WHERE subject_id = %lld AND seq = 3", "sealed at event 3 and ends at 2"},
        {"the stream is gone", "DELETE FROM event WHERE subject_id = %lld", "all its events are missing"},
        {"the words", "UPDATE event_text SET body = '没有问题' WHERE subject_id = %lld", "the words were changed"},
        {"the words are gone", "DELETE FROM event_text WHERE subject_id = %lld", "the words are missing"},
        {"a clock's due time", "UPDATE clock SET due_at = due_at + INTERVAL 1 HOUR WHERE subject_id = %lld AND no = 1",
         "clock 1.due_at"},
        {"a clock's result", "UPDATE clock SET result = 1 WHERE subject_id = %lld AND no = 2", "clock 2.result"},
        {"a clock's step moment", "UPDATE clock SET next_step_at = '2027-01-01' WHERE subject_id = %lld AND no = 2",
         "clock 2.next_step_at"},
        {"the state", "UPDATE ticket SET state = 7 WHERE id = %lld", "ticket.state"},
        {"an assignment", "UPDATE assignment SET unit_id = 5 WHERE ticket_id = %lld", "assignment.unit_id"},
        {"the public row", "UPDATE public_ticket SET state = 1 WHERE ticket_id = %lld", "public_ticket.state"},
        {"the public steps", "UPDATE public_ticket SET progress = X'010000' WHERE ticket_id = %lld",
         "public_ticket.progress"},
        {"one byte of the public clocks",
         "UPDATE public_ticket SET progress = CONCAT(LEFT(progress, LENGTH(progress) - 1), X'00') WHERE ticket_id = %lld",
         "public_ticket.progress"},
        {"the sealed head", "UPDATE chain_head SET seq = 2 WHERE subject_id = %lld", "forged"},
        {"the digest", "UPDATE chain_digest SET head_count = head_count + %lld", "forged"},
        {"the ticket row", "DELETE FROM ticket WHERE id = %lld", "has no row itself"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct ticket_file file;
        static struct stand *stand;
        check_case(cases[i].name);
        if (stand == NULL)
            stand = sealed_stand(&file);
        static int64_t id;
        if (i == 0)
            id = file.ticket.id.v;
        /* Each case starts from the clean copies of the tables. */
        static const char *const tables[] = {"event",      "event_text",    "clock",       "ticket",     "assignment",
                                             "chain_head", "public_ticket", "chain_digest"};
        for (size_t t = 0; t < sizeof tables / sizeof tables[0]; t++) {
            if (i == 0) {
                stand_run(stand, "CREATE TABLE clean_%s LIKE %s", tables[t], tables[t]);
                stand_run(stand, "INSERT INTO clean_%s SELECT * FROM %s", tables[t], tables[t]);
            }
            stand_run(stand, "DELETE FROM %s", tables[t]);
            stand_run(stand, "INSERT INTO %s SELECT * FROM clean_%s", tables[t], tables[t]);
        }
        char sql[512];
        REQUIRE(stand_verify(stand, true) == 0);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        snprintf(sql, sizeof sql, cases[i].sql, (long long)id);
#pragma GCC diagnostic pop
        stand_run(stand, "%s", sql);
        CHECK(stand_verify(stand, false) > 0);
        CHECK(stand_has_problem(cases[i].problem));
    }
}

TEST(a_stream_removed_with_all_its_rows_shows_in_the_digest)
{
    static const char *const tables[] = {"event", "event_text", "clock", "chain_head"};
    struct ticket_file file;
    struct stand *stand = sealed_stand(&file);
    const long long id = (long long)file.ticket.id.v;
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
        stand_run(stand, "DELETE FROM %s WHERE subject_id = %lld", tables[i], id);
    stand_run(stand, "DELETE FROM ticket WHERE id = %lld", id);
    stand_run(stand, "DELETE FROM public_ticket WHERE ticket_id = %lld", id);
    CHECK(stand_verify(stand, false) > 0);
    CHECK(stand_has_problem("there were 2 streams at the end of the day, now it looks like 1"));
}

TEST(emptied_words_still_verify)
{
    struct ticket_file file;
    struct stand *stand = sealed_stand(&file);
    stand_run(stand, "UPDATE event_text SET body = '', emptied_at = '2030-01-01' WHERE subject_id = %lld",
              (long long)file.ticket.id.v);
    CHECK_INT(stand_verify(stand, true), 0);
}
