/* The connection and the transaction helper: conflicts, lost connections, lost answers, wrong servers. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/random.h"
#include "check.h"
#include "stand.h"

static struct stand *shared(void)
{
    static struct stand *stand;
    if (stand == NULL)
        stand = stand_open("db");
    return stand;
}

static enum status save_fact(struct db *db, const char *name, const char *value, struct fault *fault)
{
    const struct db_value values[] = {db_text(name), db_text(value)};
    return db_run(db, FACT_SAVE, values, 2, NULL, NULL, fault);
}

/* ---- conflicts */

struct crossing {
    const char *first, *second;
    int tell, hear; /* pipes to and from the other one */
    int tries;
};

static enum status cross(struct db *db, void *context, struct fault *fault)
{
    struct crossing *crossing = context;
    char byte = 'x';
    enum status status = save_fact(db, crossing->first, "1", fault);
    if (status == STATUS_OK && crossing->tries++ == 0) {
        if (write(crossing->tell, &byte, 1) != 1 || read(crossing->hear, &byte, 1) != 1)
            return STATUS_FAILED;
    }
    return status == STATUS_OK ? save_fact(db, crossing->second, "1", fault) : status;
}

TEST(two_transactions_that_block_each_other_both_succeed)
{
    struct stand *stand = shared();
    int to_child[2], to_parent[2], result[2];
    REQUIRE(pipe(to_child) == 0 && pipe(to_parent) == 0 && pipe(result) == 0);
    REQUIRE_STATUS(save_fact(stand->db, "left", "0", &stand->fault), STATUS_OK);
    REQUIRE_STATUS(save_fact(stand->db, "right", "0", &stand->fault), STATUS_OK);
    const pid_t child = fork();
    if (child == 0) {
        struct db *db = stand_connect(stand);
        struct crossing crossing = {"right", "left", to_parent[1], to_child[0], 0};
        const bool is_well = db_transact(db, cross, &crossing, NULL) == STATUS_OK;
        const bool is_told = write(result[1], &crossing.tries, sizeof crossing.tries) == sizeof crossing.tries;
        db_close(db);
        _exit(is_well && is_told ? 0 : 1);
    }
    struct db *db = stand_connect(stand);
    struct crossing crossing = {"left", "right", to_child[1], to_parent[0], 0};
    int how = 1, tries = 0;
    CHECK_STATUS(db_transact(db, cross, &crossing, &stand->fault), STATUS_OK);
    CHECK(read(result[0], &tries, sizeof tries) == sizeof tries);
    waitpid(child, &how, 0);
    CHECK_INT(how, 0);
    CHECK_INT(crossing.tries + tries, 3); /* exactly one of them had to run again */
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM fact WHERE name IN ('left', 'right') AND value = '1'"), 2);
    db_close(db);
}

static enum status overlook(struct db *db, void *context, struct fault *fault)
{
    struct fault ignored = {0};
    int *tries = context;
    ++*tries;
    const enum status first = save_fact(db, "overlooked", "1", fault);
    const struct db_value values[] = {db_integer(1), db_text("x"), db_bytes("too short to be a hash, but too long to fit in", 46),
                                      db_instant(STAND_START)};
    const enum status wrong = db_run(db, MIGRATION_INSERT, values, 4, NULL, NULL, &ignored);
    return first == STATUS_OK && wrong != STATUS_OK ? STATUS_OK : STATUS_INVALID;
}

TEST(a_failed_statement_that_the_work_overlooks_is_not_committed_around)
{
    struct stand *stand = shared();
    struct fault fault = {0};
    int tries = 0;
    CHECK_STATUS(db_transact(stand->db, overlook, &tries, &fault), STATUS_FAILED);
    CHECK_INT(tries, 1);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM fact WHERE name = 'overlooked'"), 0);
}

/* ---- lost connections */

TEST(a_connection_that_died_between_pages_is_made_anew)
{
    struct stand *stand = shared();
    struct ticket_file file;
    REQUIRE_STATUS(db_check(stand->db, &stand->fault), STATUS_OK);
    stand_kill_connections(stand);
    CHECK_STATUS(db_check(stand->db, &stand->fault), STATUS_OK);
    stand_kill_connections(stand);
    CHECK_STATUS(save_fact(stand->db, "after", "1", &stand->fault), STATUS_OK);
    stand_kill_connections(stand);
    CHECK_STATUS(stand_file(stand, "no_water", NULL, &file), STATUS_OK);
    stand_kill_connections(stand);
    CHECK_STATUS(stand_dispatch_and_accept(stand, &file), STATUS_OK);
}

struct dying {
    struct stand *stand;
    int tries;
};

static enum status die_once(struct db *db, void *context, struct fault *fault)
{
    struct dying *dying = context;
    enum status status = save_fact(db, "dying", "half", fault);
    if (status == STATUS_OK && dying->tries++ == 0)
        stand_kill_connections(dying->stand);
    return status == STATUS_OK ? save_fact(db, "dying_too", "whole", fault) : status;
}

TEST(a_connection_lost_inside_a_transaction_runs_all_of_it_again)
{
    struct stand *stand = shared();
    struct dying dying = {stand, 0};
    CHECK_STATUS(db_transact(stand->db, die_once, &dying, &stand->fault), STATUS_OK);
    CHECK_INT(dying.tries, 2);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM fact WHERE name IN ('dying', 'dying_too')"), 2);
}

/* The connection is gone when the commit is sent, time and again. */
static enum status die_at_commit(struct db *db, void *context, struct fault *fault)
{
    struct dying *dying = context;
    const enum status status = save_fact(db, "dying_last", "whole", fault);
    dying->tries++;
    stand_kill_connections(dying->stand);
    return status;
}

TEST(a_commit_that_stays_without_an_answer_is_said_to_be_unsettled)
{
    struct stand *stand = shared();
    struct dying dying = {stand, 0};
    struct fault fault;
    fault_reset(&fault);
    CHECK_STATUS(db_transact(stand->db, die_at_commit, &dying, &fault), STATUS_UNAVAILABLE);
    CHECK(dying.tries > 1);
    CHECK(fault.is_unsettled);
    CHECK_STATUS(db_check(stand->db, &stand->fault), STATUS_OK);
}

TEST(without_a_server_the_answer_is_unavailable)
{
    struct stand *stand = shared();
    struct settings settings = stand->settings;
    snprintf(settings.database_socket, sizeof settings.database_socket, "%.200s.nothing", stand->settings.database_socket);
    struct db *db = db_open_as_owner(&settings, settings.database_name);
    struct fault fault = {0};
    CHECK_STATUS(db_check(db, &fault), STATUS_UNAVAILABLE);
    db_close(db);
}

/* ---- an answer that gets lost */

static int unix_socket(const char *path, bool listens)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    const int file = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    const int failed = listens ? bind(file, (struct sockaddr *)&address, sizeof address) != 0 || listen(file, 8) != 0
                               : connect(file, (struct sockaddr *)&address, sizeof address) != 0;
    if (failed) {
        close(file);
        return -1;
    }
    return file;
}

static bool pass_on(int from, int to, bool *is_commit)
{
    char buffer[65536];
    const ssize_t length = read(from, buffer, sizeof buffer);
    if (length <= 0 || write(to, buffer, (size_t)length) != length)
        return false;
    *is_commit = length >= 11 && memcmp(buffer + length - 7, "\3COMMIT", 7) == 0;
    return true;
}

/* Between a client and the server; the answer to the first COMMIT is thrown away and the client cut off. */
static void relay_one(int client, int server, bool *has_cut)
{
    for (;;) {
        struct pollfd files[2] = {{client, POLLIN, 0}, {server, POLLIN, 0}};
        bool is_commit = false, ignored;
        char answer[1024];
        if (poll(files, 2, -1) < 0)
            break;
        if (files[1].revents != 0 && !pass_on(server, client, &ignored))
            break;
        if (files[0].revents != 0 && !pass_on(client, server, &is_commit))
            break;
        if (is_commit && !*has_cut) {
            *has_cut = read(server, answer, sizeof answer) > 0;
            break;
        }
    }
    close(client);
    close(server);
}

static pid_t start_relay(const char *path, const char *server_path)
{
    const int listener = unix_socket(path, true);
    if (listener < 0)
        return -1;
    const pid_t child = fork();
    if (child == 0) {
        bool has_cut = false;
        for (;;) {
            const int client = accept(listener, NULL, NULL);
            const int server = client >= 0 ? unix_socket(server_path, false) : -1;
            if (server < 0)
                _exit(1);
            relay_one(client, server, &has_cut);
        }
    }
    close(listener);
    return child;
}

TEST(a_commit_whose_answer_got_lost_files_once_and_says_so)
{
    struct stand *stand = shared();
    struct settings settings = stand->settings;
    struct ticket ticket;
    struct event event;
    struct filing filing;
    char number[NUMBER_BYTES];
    snprintf(settings.database_socket, sizeof settings.database_socket, "%.200s.relay%d", stand->settings.database_socket,
             (int)getpid());
    const pid_t relay = start_relay(settings.database_socket, stand->settings.database_socket);
    REQUIRE(relay > 0);
    struct db *db = db_open_as_owner(&settings, settings.database_name);
    stand_prepare_filing(stand, "no_water", &ticket, &event, &filing);
    snprintf(number, sizeof number, "%s", filing.number);
    const int64_t before = stand_count(stand, "SELECT COUNT(*) FROM ticket");
    CHECK_STATUS(ticket_store_file(db, &ticket, &event, &filing, &stand->catalog, &stand->arena, &stand->fault),
                 STATUS_DUPLICATE);
    CHECK_TEXT(filing.number, number);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM ticket"), before + 1);
    CHECK_INT(stand_count(stand, "SELECT id FROM ticket WHERE number = '%s'", number), ticket.id.v);
    db_close(db);
    kill(relay, SIGKILL);
    waitpid(relay, NULL, 0);
    unlink(settings.database_socket);
}

/* ---- wrong servers and schemas */

static enum status check_anew(struct stand *stand, struct fault *fault)
{
    struct db *db = stand_connect(stand);
    const enum status status = db_check(db, fault);
    db_close(db);
    return status;
}

TEST(a_server_that_could_lose_reports_is_refused)
{
    struct stand *stand = shared();
    struct fault fault = {0};
    CHECK_STATUS(check_anew(stand, &fault), STATUS_OK);
    stand_run(stand, "SET GLOBAL innodb_flush_log_at_trx_commit = 2");
    const enum status flush = check_anew(stand, &fault);
    stand_run(stand, "SET GLOBAL innodb_flush_log_at_trx_commit = 1");
    CHECK_STATUS(flush, STATUS_INVALID);
    CHECK(strstr(fault.message, "innodb_flush_log_at_trx_commit") != NULL);
    stand_run(stand, "SET GLOBAL sql_mode = 'NO_ENGINE_SUBSTITUTION'");
    const enum status mode = check_anew(stand, &(struct fault){0});
    stand_run(stand, "SET GLOBAL sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'");
    CHECK_STATUS(mode, STATUS_INVALID);
    stand_run(stand, "ALTER DATABASE `%s` CHARACTER SET latin1", stand->settings.database_name);
    const enum status charset = check_anew(stand, &(struct fault){0});
    stand_run(stand, "ALTER DATABASE `%s` CHARACTER SET utf8mb4", stand->settings.database_name);
    CHECK_STATUS(charset, STATUS_INVALID);
    stand_run(stand, "INSERT INTO migration VALUES (999, '999_later.sql', REPEAT('x', 32), '2026-11-23')");
    const enum status later = check_anew(stand, &(struct fault){0});
    stand_run(stand, "DELETE FROM migration WHERE version = 999");
    CHECK_STATUS(later, STATUS_INVALID);
    CHECK_STATUS(check_anew(stand, &fault), STATUS_OK);
}

TEST(an_empty_database_says_what_to_do)
{
    struct stand *stand = shared();
    struct fault fault = {0};
    struct db *db = db_open_as_owner(&stand->settings, "information_schema");
    CHECK_STATUS(db_check(db, &fault), STATUS_INVALID);
    db_close(db);
}

TEST(a_changed_migration_is_refused_and_setup_can_run_again)
{
    struct stand *stand = shared();
    int applied = -1;
    CHECK_STATUS(setup_migrate(stand->db, &stand->settings, stand->now, &applied, &stand->fault), STATUS_OK);
    CHECK_INT(applied, 0);
    CHECK_STATUS(setup_load_regulation(stand->db, &stand->settings, &stand->fault), STATUS_OK);
    CHECK_STATUS(setup_load_organisation(stand->db, &stand->settings, &stand->fault), STATUS_OK);
    stand_run(stand, "UPDATE migration SET checksum = REPEAT('x', 32) WHERE version = 1");
    CHECK_STATUS(setup_migrate(stand->db, &stand->settings, stand->now, &applied, NULL), STATUS_INVALID);
}

/* ---- values and rows */

TEST(long_and_four_byte_text_comes_back_whole)
{
    struct stand *stand = shared();
    struct ticket_file file, again;
    enum verdict verdict;
    char words[6001] = "";
    const struct command note = stand_command(ACTION_NOTE, stand_ops());
    for (size_t length = 0; length + 7 < sizeof words; length += 7)
        memcpy(words + length, "漏💧", 7);
    REQUIRE_STATUS(stand_file(stand, "no_water", NULL, &file), STATUS_OK);
    REQUIRE_STATUS(stand_act(stand, &file, &note, words, &verdict), STATUS_OK);
    REQUIRE_STATUS(ticket_store_load(stand->db, file.number, &stand->arena, &again, &stand->fault), STATUS_OK);
    CHECK_TEXT(again.entries[1].words, words);
}

TEST(the_catalog_is_read_again_when_its_version_rises)
{
    struct stand *stand = shared();
    struct catalog catalog = {0};
    REQUIRE_STATUS(catalog_refresh(&catalog, stand->db, &stand->settings, &stand->fault), STATUS_OK);
    const int64_t version = catalog.version;
    const struct unit *unit = catalog_unit_by_code(&catalog, "pipeline");
    REQUIRE(unit != NULL);
    CHECK_TEXT(unit->name_en, "Pipeline management");
    stand_run(stand, "UPDATE unit SET name_en = 'Pipes' WHERE code = 'pipeline'");
    catalog.checked_at_milliseconds = 0;
    REQUIRE_STATUS(catalog_refresh(&catalog, stand->db, &stand->settings, &stand->fault), STATUS_OK);
    CHECK_TEXT(catalog_unit_by_code(&catalog, "pipeline")->name_en, "Pipeline management");
    stand_run(stand, "UPDATE fact SET value = value + 1 WHERE name = 'catalog_version'");
    catalog.checked_at_milliseconds = 0;
    REQUIRE_STATUS(catalog_refresh(&catalog, stand->db, &stand->settings, &stand->fault), STATUS_OK);
    CHECK_INT(catalog.version, version + 1);
    CHECK_TEXT(catalog_unit_by_code(&catalog, "pipeline")->name_en, "Pipes");
    CHECK_INT(catalog_route(&catalog, (struct category_id){3}, ZONE_OUTER).v, unit == NULL ? 0 : 3);
    catalog_release(&catalog);
}

TEST(clock_failure_15_faulty_rules_are_refused_and_the_old_ones_stay)
{
    struct stand *stand = stand_open("faulty");
    struct catalog catalog = {0}, first = {0};
    REQUIRE_STATUS(catalog_refresh(&catalog, stand->db, &stand->settings, &stand->fault), STATUS_OK);
    const int64_t version = catalog.version;
    const size_t rule_count = catalog.regulation.rule_count;
    stand_run(stand, "UPDATE rule SET diameter_to_mm = 599 WHERE code = 'repair_to_600'");
    stand_run(stand, "UPDATE fact SET value = value + 1 WHERE name = 'catalog_version'");
    for (int look = 0; look < 2; look++) {
        catalog.checked_at_milliseconds = 0;
        REQUIRE_STATUS(catalog_refresh(&catalog, stand->db, &stand->settings, &stand->fault), STATUS_OK);
        CHECK_INT(catalog.version, version);
        CHECK_INT(catalog.refused_version, version + 1);
        CHECK_INT(catalog.regulation.rule_count, rule_count);
    }
    CHECK_STATUS(catalog_refresh(&first, stand->db, &stand->settings, &stand->fault), STATUS_INVALID);
    CHECK(strstr(stand->fault.message, "diameter 600 mm") != NULL);
    CHECK_INT(first.version, 0);
    fault_reset(&stand->fault);
    stand_run(stand, "UPDATE rule SET diameter_to_mm = 600 WHERE code = 'repair_to_600'");
    stand_run(stand, "UPDATE fact SET value = value + 1 WHERE name = 'catalog_version'");
    catalog.checked_at_milliseconds = 0;
    REQUIRE_STATUS(catalog_refresh(&catalog, stand->db, &stand->settings, &stand->fault), STATUS_OK);
    CHECK_INT(catalog.version, version + 2);
    catalog_release(&catalog);
    catalog_release(&first);
}

TEST(a_place_is_found_by_the_longest_name_that_the_text_begins_with)
{
    struct stand *stand = stand_open("place");
    stand_run(stand, "INSERT INTO place (id, parent_id, kind, name, zone) VALUES (901, 0, 2, '阳光', 1),"
                     " (902, 0, 2, '阳光小区', 2), (903, 0, 2, '月光小区', 1)");
    stand_run(stand, "UPDATE fact SET value = value + 1 WHERE name = 'catalog_version'");
    stand->catalog.checked_at_milliseconds = 0;
    REQUIRE_STATUS(catalog_refresh(&stand->catalog, stand->db, &stand->settings, &stand->fault), STATUS_OK);
    const struct place *place = catalog_place_in_text(&stand->catalog, "阳光小区 3 号楼");
    REQUIRE(place != NULL);
    CHECK_INT(place->id.v, 902);
    CHECK(catalog_place_in_text(&stand->catalog, "星光小区") == NULL);
}

TEST(a_session_ends_by_idling_by_age_and_with_the_persons_rights)
{
    struct stand *stand = shared();
    const struct session_limits limits = {30, 600};
    const struct hash token = {{7}}, other = {{8}};
    struct staff staff = {.login = "zhang", .name = "张", .unit = {1}, .roles = ROLE_BIT(ROLE_OPS), .is_active = true};
    struct actor actor;
    struct instant now = stand->now;
    REQUIRE_STATUS(staff_store_add(stand->db, &staff, now, &stand->fault), STATUS_OK);
    CHECK_STATUS(staff_store_add(stand->db, &staff, now, NULL), STATUS_DUPLICATE);
    REQUIRE_STATUS(session_store_start(stand->db, &token, staff.id, now, instant_add_seconds(now, 600 * 60), &stand->fault),
                   STATUS_OK);
    for (int i = 0; i < 25; i++) {
        now = instant_add_seconds(now, 20 * 60);
        CHECK_STATUS(session_store_identify(stand->db, &token, now, &limits, &stand->arena, &actor, &stand->fault), STATUS_OK);
    }
    CHECK_INT(actor.staff.v, staff.id.v);
    CHECK_INT(actor.roles, ROLE_BIT(ROLE_OPS));
    CHECK_TEXT(actor.login, "zhang");
    stand_run(stand, "UPDATE staff SET roles = %u WHERE login = 'zhang'", ROLE_BIT(ROLE_CREW));
    CHECK_STATUS(session_store_identify(stand->db, &token, now, &limits, &stand->arena, &actor, &stand->fault), STATUS_OK);
    CHECK_INT(actor.roles, ROLE_BIT(ROLE_CREW));
    struct instant idle = instant_add_seconds(now, 30 * 60);
    CHECK_STATUS(session_store_identify(stand->db, &token, idle, &limits, &stand->arena, &actor, NULL), STATUS_ABSENT);
    const struct instant aged = instant_add_seconds(stand->now, 600 * 60);
    stand_run(stand, "UPDATE session SET expires_at = '2030-01-01', seen_at = '2026-11-29'");
    now = instant_add_seconds(aged, -1);
    CHECK_STATUS(session_store_identify(stand->db, &other, now, &limits, &stand->arena, &actor, NULL), STATUS_ABSENT);
    CHECK_STATUS(session_store_end_all(stand->db, staff.id, &token, now, &stand->fault), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM session WHERE ended_at IS NULL"), 1);
    stand_run(stand, "UPDATE staff SET is_active = 0 WHERE login = 'zhang'");
    CHECK_STATUS(session_store_identify(stand->db, &token, now, &limits, &stand->arena, &actor, NULL), STATUS_ABSENT);
    stand_run(stand, "UPDATE staff SET is_active = 1 WHERE login = 'zhang'");
    CHECK_STATUS(session_store_identify(stand->db, &token, now, &limits, &stand->arena, &actor, NULL), STATUS_OK);
    CHECK_STATUS(session_store_end(stand->db, &token, now, &stand->fault), STATUS_OK);
    CHECK_STATUS(session_store_identify(stand->db, &token, now, &limits, &stand->arena, &actor, NULL), STATUS_ABSENT);
}
