/* What each program's database account may do, and what it is refused: tried, as that account. */
#include <mysql.h>
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "stand.h"

/* Access denied to the database, the table, the column, or by a missing global right. */
static bool is_refusal(unsigned code)
{
    return code == 1044 || code == 1142 || code == 1143 || code == 1227;
}

static struct stand *shared(void)
{
    static struct stand *stand;
    if (stand == NULL) {
        stand = stand_open("grants");
        stand_make_accounts(stand);
    }
    return stand;
}

static MYSQL *connect_as(const char *program)
{
    const struct stand *stand = shared();
    char user[64];
    MYSQL *mysql = mysql_init(NULL);
    snprintf(user, sizeof user, "shuinuo_%s", program);
    if (mysql_real_connect(mysql, "localhost", user, STAND_PASSWORD, stand->settings.database_name, 0,
                           stand->settings.database_socket, 0) == NULL)
        CHECK_TEXT(mysql_error(mysql), "connected");
    return mysql;
}

static unsigned attempt(MYSQL *mysql, const char *sql)
{
    if (mysql_real_query(mysql, sql, strlen(sql)) != 0)
        return mysql_errno(mysql);
    mysql_free_result(mysql_store_result(mysql));
    return 0;
}

struct attempt {
    const char *program, *sql;
};

static const struct attempt REFUSED[] = {
    {"complaint", "UPDATE ticket SET state = 7"},
    {"complaint", "SELECT number FROM ticket"},
    {"complaint", "SELECT ticket_id FROM outage_ticket"},
    {"complaint", "DELETE FROM outage_ticket"},
    {"complaint", "DELETE FROM ticket"},
    {"complaint", "SELECT phone_sealed FROM ticket_person"},
    {"complaint", "SELECT phone_masked FROM ticket_person"},
    {"complaint", "SELECT login FROM staff"},
    {"complaint", "SELECT ticket_id FROM outage"},
    {"complaint", "UPDATE outage SET state = 2"},
    {"complaint", "SELECT token_hash FROM session"},
    {"complaint", "SELECT password_hash FROM credential"},
    {"complaint", "SELECT payload FROM event"},
    {"complaint", "SELECT body FROM event_text"},
    {"complaint", "UPDATE event SET kind = 2"},
    {"complaint", "DELETE FROM event"},
    {"complaint", "UPDATE clock SET due_at = NULL"},
    {"complaint", "SELECT due_at FROM clock"},
    {"complaint", "UPDATE public_ticket SET state = 7"},
    {"complaint", "DELETE FROM public_ticket"},
    {"complaint", "UPDATE public_ticket SET progress = X'010000'"},
    {"complaint", "UPDATE resident_input SET verdict = 1"},
    {"complaint", "SELECT received_at, applied_seq FROM resident_input"},
    {"complaint", "DELETE FROM draft"},
    {"complaint", "SELECT followed_at FROM follower"},
    {"complaint", "UPDATE follower SET ticket_id = 1"},
    {"complaint", "DELETE FROM follower"},
    {"ticket", "SELECT link_hash FROM follower"},
    {"ticket", "DELETE FROM follower"},
    {"complaint", "UPDATE photo SET ticket_id = 1"},
    {"complaint", "UPDATE photo SET is_public = 1"},
    {"complaint", "DELETE FROM photo"},
    {"complaint", "UPDATE photo_body SET body = ''"},
    {"complaint", "DELETE FROM photo_body"},
    {"complaint", "UPDATE photo_draft SET photo_id = 1"},
    {"complaint", "UPDATE photo_draft SET token_hash = REPEAT('x', 32)"},
    {"commitment", "SELECT body FROM photo_body"},
    {"signin", "SELECT body FROM photo_body"},
    {"admin", "SELECT body FROM photo_body"},
    {"command", "SELECT body FROM photo_body"},
    {"ticket", "SELECT token_hash FROM photo_draft"},
    {"ticket", "DELETE FROM photo"},
    {"ticket", "UPDATE photo SET ticket_id = 1"},
    {"ticket", "DELETE FROM photo_body"},
    {"ticket", "UPDATE photo_body SET hash = REPEAT('x', 32)"},
    {"ticket", "DELETE FROM photo_body"},
    {"clerk", "SELECT body FROM photo_body"},
    {"clerk", "DELETE FROM photo"},
    {"complaint", "DELETE FROM guess"},
    {"complaint", "SELECT id FROM dirty"},
    {"complaint", "SELECT id FROM outbox"},
    {"complaint", "SELECT direct_leader_id FROM unit"},
    {"complaint", "UPDATE category SET sort = 1"},
    {"complaint", "SELECT mac FROM chain_head"},
    {"complaint", "SELECT ticket_id FROM ticket_gram"},
    {"complaint", "SELECT name FROM job"},
    {"complaint", "SELECT detail FROM audit"},
    {"complaint", "CREATE TABLE mine (a INT)"},
    {"complaint", "SELECT COUNT(*) FROM mysql.user"},
    {"commitment", "INSERT INTO promise_figure (rule_code, span, first_day, last_day, total, kept, kept_granted, missed,"
                   " excused, median_seconds, p90_seconds, as_of) VALUES ('x', 'window', '2026-11-23', '2026-11-23', 0,"
                   " 0, 0, 0, 0, 0, 0, '2026-11-23')"},
    {"commitment", "UPDATE promise_figure SET kept = total"},
    {"commitment", "DELETE FROM promise_figure"},
    {"commitment", "UPDATE figure_day SET missed = 0"},
    {"commitment", "UPDATE rule SET limit_seconds = 1"},
    {"commitment", "UPDATE fact SET value = '2'"},
    {"commitment", "INSERT INTO guess (what, who_hash, at) VALUES (1, REPEAT('x', 32), '2026-11-23')"},
    {"commitment", "SELECT number FROM ticket"},
    {"commitment", "SELECT number FROM public_ticket"},
    {"commitment", "SELECT subject_id FROM clock"},
    {"commitment", "SELECT payload FROM event"},
    {"commitment", "SELECT login FROM staff"},
    {"commitment", "SELECT password_hash FROM credential"},
    {"commitment", "SELECT token FROM job"},
    {"signin", "SELECT number FROM ticket"},
    {"signin", "SELECT phone_sealed FROM ticket_person"},
    {"signin", "SELECT payload FROM event"},
    {"signin", "UPDATE staff SET roles = 512"},
    {"signin", "INSERT INTO staff (login, name, unit_id, roles, is_active, created_at) VALUES ('a', 'a', 1, 512, 1, '2026-11-23')"},
    {"complaint", "SELECT body FROM sealed_entry"},
    {"complaint", "SELECT body FROM sealed_photo"},
    {"complaint", "SELECT share FROM sealed_open"},
    {"complaint", "UPDATE sealed_officer SET wrapped = ''"},
    {"complaint", "INSERT INTO sealed_entry (lookup, no, form_key, body) VALUES (REPEAT('x', 32), 1, REPEAT('x', 16), 'x')"},
    {"commitment", "SELECT body FROM sealed_entry"},
    {"commitment", "SELECT body FROM sealed_photo"},
    {"commitment", "SELECT share FROM sealed_open"},
    {"commitment", "UPDATE sealed_officer SET wrapped = ''"},
    {"commitment", "INSERT INTO sealed_entry (lookup, no, form_key, body) VALUES (REPEAT('x', 32), 1, REPEAT('x', 16), 'x')"},
    {"signin", "SELECT body FROM sealed_entry"},
    {"signin", "SELECT body FROM sealed_photo"},
    {"signin", "SELECT share FROM sealed_open"},
    {"signin", "SELECT body FROM sealed_case"},
    {"signin", "UPDATE sealed_officer SET wrapped = ''"},
    {"signin", "INSERT INTO sealed_entry (lookup, no, form_key, body) VALUES (REPEAT('x', 32), 1, REPEAT('x', 16), 'x')"},
    {"ticket", "SELECT body FROM sealed_entry"},
    {"ticket", "SELECT body FROM sealed_photo"},
    {"ticket", "SELECT share FROM sealed_open"},
    {"ticket", "UPDATE sealed_officer SET wrapped = ''"},
    {"ticket", "INSERT INTO sealed_entry (lookup, no, form_key, body) VALUES (REPEAT('x', 32), 1, REPEAT('x', 16), 'x')"},
    {"admin", "SELECT body FROM sealed_entry"},
    {"admin", "SELECT body FROM sealed_photo"},
    {"admin", "SELECT share FROM sealed_open"},
    {"admin", "SELECT body FROM sealed_case"},
    {"admin", "UPDATE sealed_officer SET wrapped = ''"},
    {"admin", "INSERT INTO sealed_entry (lookup, no, form_key, body) VALUES (REPEAT('x', 32), 1, REPEAT('x', 16), 'x')"},
    {"assessment", "SELECT body FROM sealed_entry"},
    {"assessment", "SELECT body FROM sealed_photo"},
    {"assessment", "SELECT share FROM sealed_open"},
    {"assessment", "SELECT body FROM sealed_case"},
    {"assessment", "UPDATE sealed_officer SET wrapped = ''"},
    {"assessment", "INSERT INTO sealed_entry (lookup, no, form_key, body) VALUES (REPEAT('x', 32), 1, REPEAT('x', 16), 'x')"},
    {"crew", "SELECT body FROM sealed_entry"},
    {"crew", "SELECT body FROM sealed_photo"},
    {"crew", "SELECT share FROM sealed_open"},
    {"crew", "UPDATE sealed_officer SET wrapped = ''"},
    {"crew", "INSERT INTO sealed_entry (lookup, no, form_key, body) VALUES (REPEAT('x', 32), 1, REPEAT('x', 16), 'x')"},
    {"supply", "SELECT body FROM sealed_entry"},
    {"supply", "SELECT body FROM sealed_photo"},
    {"supply", "SELECT share FROM sealed_open"},
    {"supply", "SELECT body FROM sealed_case"},
    {"supply", "UPDATE sealed_officer SET wrapped = ''"},
    {"supply", "INSERT INTO sealed_entry (lookup, no, form_key, body) VALUES (REPEAT('x', 32), 1, REPEAT('x', 16), 'x')"},
    {"outage", "SELECT body FROM sealed_entry"},
    {"outage", "SELECT body FROM sealed_photo"},
    {"outage", "SELECT share FROM sealed_open"},
    {"outage", "SELECT body FROM sealed_case"},
    {"outage", "UPDATE sealed_officer SET wrapped = ''"},
    {"outage", "INSERT INTO sealed_entry (lookup, no, form_key, body) VALUES (REPEAT('x', 32), 1, REPEAT('x', 16), 'x')"},
    {"clerk", "SELECT body FROM sealed_entry"},
    {"clerk", "SELECT body FROM sealed_photo"},
    {"clerk", "SELECT share FROM sealed_open"},
    {"clerk", "UPDATE sealed_officer SET wrapped = ''"},
    {"clerk", "INSERT INTO sealed_entry (lookup, no, form_key, body) VALUES (REPEAT('x', 32), 1, REPEAT('x', 16), 'x')"},
    {"command", "SELECT body FROM sealed_entry"},
    {"command", "SELECT body FROM sealed_photo"},
    {"command", "SELECT share FROM sealed_open"},
    {"command", "UPDATE sealed_officer SET wrapped = ''"},
    {"command", "INSERT INTO sealed_entry (lookup, no, form_key, body) VALUES (REPEAT('x', 32), 1, REPEAT('x', 16), 'x')"},
    {"discipline", "UPDATE sealed_entry SET body = ''"},
    {"discipline", "DELETE FROM sealed_entry"},
    {"discipline", "UPDATE sealed_case SET body = ''"},
    {"discipline", "DELETE FROM sealed_case"},
    {"discipline", "INSERT INTO sealed_case (lookup, body, source, received_on) VALUES (REPEAT('x', 32), 'x', 1, '2026-11-23')"},
    {"discipline", "DELETE FROM sealed_photo"},
    {"discipline", "DELETE FROM sealed_answer"},
    {"discipline", "UPDATE sealed_key SET public_key = REPEAT('x', 32)"},
    {"discipline", "INSERT INTO sealed_key (id, public_key) VALUES (9, REPEAT('x', 32))"},
    {"discipline", "SELECT number FROM ticket"},
    {"discipline", "SELECT body FROM event_text"},
    {"discipline", "SELECT phone_sealed FROM ticket_person"},
    {"discipline", "SELECT payload FROM event"},
    {"discipline", "SELECT body FROM photo_body"},
    {"discipline", "SELECT words FROM resident_input"},
    {"discipline", "SELECT password_hash FROM credential"},
    {"discipline", "SELECT detail FROM audit"},
    {"discipline", "UPDATE staff SET roles = 256"},
    {"complaint", "SELECT body FROM sealed_case"},
    {"complaint", "SELECT lookup FROM sealed_case"},
    {"complaint", "DELETE FROM sealed_case"},
    {"complaint", "SELECT wrapped FROM sealed_officer"},
    {"complaint", "INSERT INTO sealed_answer (lookup, body, answered_on) VALUES (REPEAT('x', 32), 'x', '2026-11-23')"},
    {"commitment", "SELECT body FROM sealed_case"},
    {"ticket", "SELECT body FROM sealed_case"},
    {"clerk", "SELECT body FROM sealed_case"},
    {"command", "SELECT body FROM sealed_case"},
    {"command", "SELECT wrapped FROM sealed_officer"},
    {"command", "UPDATE sealed_key SET id = 2"},
    {"signin", "SELECT phone_sealed FROM staff"},
    {"signin", "SELECT detail FROM audit"},
    {"signin", "DELETE FROM audit"},
    {"signin", "DELETE FROM session"},
    {"signin", "DELETE FROM guess"},
    {"ticket", "SELECT password_hash FROM credential"},
    {"ticket", "UPDATE credential SET must_change = 0"},
    {"ticket", "UPDATE event SET kind = 2"},
    {"ticket", "DELETE FROM event"},
    {"ticket", "UPDATE event_text SET salt = REPEAT('x', 16)"}, /* it empties what is handed to the discipline office */
    {"ticket", "DELETE FROM event_text"},
    {"ticket", "DELETE FROM ticket"},
    {"ticket", "INSERT INTO clock_step (subject_kind, subject_id, clock_no, step, is_breach, fired_at)"
               " VALUES (1, 1, 1, 1, 0, '2026-11-23')"},
    {"ticket", "UPDATE clock SET next_step = 9"},
    {"ticket", "DELETE FROM clock"},
    {"ticket", "INSERT INTO chain_head (subject_kind, subject_id, seq, hash, mac, sealed_at)"
               " VALUES (1, 1, 1, REPEAT('x', 32), REPEAT('x', 32), '2026-11-23')"},
    {"ticket", "UPDATE chain_head SET seq = 1"},
    {"ticket", "INSERT INTO outbox (dedupe, subject_kind, subject_id, seq, clock_no, notice, audience, recipient,"
               " created_at, not_before, state, attempts) VALUES (REPEAT('x', 32), 1, 1, 1, 0, 'x', 6, 0, '2026-11-23',"
               " '2026-11-23', 0, 0)"},
    {"ticket", "UPDATE staff SET roles = 512"},
    {"ticket", "UPDATE session SET staff_id = 1"},
    {"ticket", "INSERT INTO session (token_hash, staff_id, created_at, seen_at, expires_at)"
               " VALUES (REPEAT('x', 32), 1, '2026-11-23', '2026-11-23', '2026-11-23')"},
    {"ticket", "SELECT detail FROM audit"},
    {"ticket", "INSERT INTO ticket_gram (gram, reported_at, ticket_id) VALUES (1, '2026-11-23', 1)"},
    {"ticket", "DELETE FROM ticket_gram"},
    {"ticket", "SELECT grams FROM ticket_gram_set"},
    {"ticket", "SELECT subject_id FROM dirty"},
    {"ticket", "DELETE FROM dirty"},
    {"ticket", "UPDATE job SET data_version = 0"},
    {"ticket", "SELECT lease_until FROM job"},
    {"ticket", "UPDATE figure_day SET missed = 0"},
    {"ticket", "DELETE FROM audit"},
    {"ticket", "SELECT body FROM draft"},
    {"ticket", "UPDATE promise_figure SET kept = total"},
    {"ticket", "UPDATE rule SET limit_seconds = 1"},
    {"ticket", "UPDATE canned_answer SET words = ''"},
    {"complaint", "SELECT title FROM canned_answer"},
    {"admin", "DELETE FROM audit"},
    {"admin", "UPDATE rule SET limit_seconds = 1"},
    {"admin", "UPDATE category SET extension_cap_seconds = 1"},
    {"admin", "UPDATE clock SET due_at = NULL"},
    {"admin", "DELETE FROM canned_answer"},
    {"admin", "UPDATE public_text SET body = ''"},
    {"admin", "DELETE FROM public_text"},
    {"commitment", "SELECT changed_by FROM public_text"},
    {"commitment", "UPDATE public_text SET body = ''"},
    {"complaint", "UPDATE public_text SET body = ''"},
    {"admin", "UPDATE audit SET detail = ''"},
    {"admin", "SELECT password_hash FROM credential"},
    {"admin", "SELECT place_text, unit_id FROM ticket"},
    {"admin", "SELECT phone_sealed FROM ticket_person"},
    {"admin", "SELECT payload FROM event"},
    {"admin", "DELETE FROM staff"},
    {"admin", "UPDATE staff SET login = 'x'"},
    {"admin", "DELETE FROM unit"},
    {"admin", "DELETE FROM staff_change"},
    {"admin", "UPDATE staff_change SET after_text = ''"},
    {"admin", "UPDATE duty SET starts_at = ends_at"},
    {"admin", "INSERT INTO failed_call (ticket_id, seq, unit_id, staff_id, called_at, number_masked, recorded_by)"
              " VALUES (1, 1, 1, 1, '2026-11-23', '', 1)"},
    {"admin", "UPDATE service_rule SET body = ''"},
    {"admin", "DELETE FROM inspection"},
    {"ticket", "SELECT phone_sealed FROM staff"},
    {"ticket", "UPDATE duty SET ends_at = starts_at"},
    {"ticket", "SELECT number_masked FROM failed_call"},
    {"admin", "UPDATE session SET staff_id = 1"},
    {"admin", "INSERT INTO session (token_hash, staff_id, created_at, seen_at, expires_at)"
              " VALUES (REPEAT('x', 32), 1, '2026-11-23', '2026-11-23', '2026-11-23')"},
    {"crew", "SELECT password_hash FROM credential"},
    {"crew", "INSERT INTO session (token_hash, staff_id, created_at, seen_at, expires_at)"
             " VALUES (REPEAT('x', 32), 1, '2026-11-23', '2026-11-23', '2026-11-23')"},
    {"crew", "UPDATE session SET expires_at = '2030-01-01'"},
    {"crew", "UPDATE staff SET roles = 512"},
    {"crew", "SELECT phone_sealed FROM staff"},
    {"crew", "SELECT token_hash FROM draft"},
    {"crew", "SELECT ticket_id FROM ticket_gram"},
    {"crew", "SELECT id FROM outbox"},
    {"crew", "INSERT INTO ticket_person (ticket_id, key_id, name_masked, phone_masked, account_masked) VALUES (9, 1, '', '', '')"},
    {"crew", "UPDATE ticket_person SET phone_masked = ''"},
    {"crew", "UPDATE event SET kind = 2"},
    {"crew", "DELETE FROM event"},
    {"crew", "UPDATE event_text SET body = ''"},
    {"crew", "UPDATE clock SET next_step = 9"},
    {"crew", "DELETE FROM assignment"},
    {"crew", "UPDATE photo SET is_public = 1"},
    {"crew", "DELETE FROM photo"},
    {"crew", "SELECT detail FROM audit"},
    {"crew", "SELECT who_hash FROM guess"},
    {"crew", "SELECT words FROM rectify_order"},
    {"crew", "SELECT words FROM resident_input"},
    {"crew", "SELECT body FROM sealed_case"},
    {"assessment", "SELECT phone_sealed FROM ticket_person"},
    {"assessment", "SELECT first_receiver FROM ticket"},
    {"assessment", "UPDATE ticket SET state = 7"},
    {"assessment", "UPDATE event SET kind = 2"},
    {"assessment", "DELETE FROM event"},
    {"assessment", "UPDATE clock SET next_step = 9"},
    {"assessment", "UPDATE rectify_order SET unit_id = 2"},
    {"assessment", "UPDATE rectify_order SET due_at = '2030-01-01'"},
    {"assessment", "DELETE FROM rectify_order"},
    {"assessment", "UPDATE circular SET words = ''"},
    {"assessment", "DELETE FROM circular"},
    {"assessment", "SELECT password_hash FROM credential"},
    {"assessment", "SELECT detail FROM audit"},
    {"assessment", "INSERT INTO chain_head (subject_kind, subject_id, seq, hash, mac, sealed_at)"
                   " VALUES (3, 1, 1, REPEAT('x', 32), REPEAT('x', 32), '2026-11-23')"},
    {"supply", "SELECT phone_sealed FROM ticket_person"},
    {"supply", "SELECT reported_at FROM ticket"},
    {"supply", "UPDATE ticket SET state = 7"},
    {"supply", "DELETE FROM event"},
    {"supply", "UPDATE clock SET next_step = 9"},
    {"supply", "UPDATE outage SET first_end_at = '2030-01-01'"},
    {"supply", "UPDATE outage SET unit_id = 2"},
    {"supply", "DELETE FROM outage"},
    {"supply", "UPDATE outage_message SET words = ''"},
    {"supply", "DELETE FROM outage_message"},
    {"supply", "UPDATE outage_place SET place_id = 1"},
    {"supply", "DELETE FROM outage_place"},
    {"supply", "SELECT password_hash FROM credential"},
    {"outage", "SELECT ticket_id FROM outage"},
    {"outage", "SELECT ticket_id FROM outage_ticket"},
    {"supply", "INSERT INTO outage_ticket (outage_id, ticket_id) VALUES (1, 1)"},
    {"outage", "UPDATE outage SET state = 2"},
    {"outage", "INSERT INTO outage_place (outage_id, seq, place_id) VALUES (1, 1, 1)"},
    {"outage", "SELECT phone_masked FROM household"},
    {"outage", "SELECT sealed FROM household"},
    {"outage", "SELECT key_sealed FROM household_key"},
    {"outage", "UPDATE customer_register SET version = 1"},
    {"complaint", "SELECT place_id FROM household"},
    {"ticket", "SELECT place_id FROM household"},
    {"commitment", "SELECT version FROM household"},
    {"clerk", "UPDATE household SET place_id = 1"},
    {"clerk", "UPDATE place SET name = 'x'"},
    {"clerk", "SELECT file_name FROM customer_import"},
    {"command", "SELECT key_sealed FROM household_key"},
    {"command", "UPDATE household SET place_id = 1"},
    {"supply", "UPDATE household SET account_hash = ''"},
    {"supply", "UPDATE customer_change SET staff_id = 1"},
    {"supply", "DELETE FROM customer_change"},
    {"supply", "INSERT INTO fact (name, value) VALUES ('x', 'y')"},
    {"open311", "UPDATE ticket SET state = 7"},
    {"open311", "UPDATE ticket SET outside_number = NULL"},
    {"open311", "SELECT state FROM ticket"},
    {"open311", "DELETE FROM ticket"},
    {"open311", "SELECT phone_masked FROM ticket_person"},
    {"open311", "SELECT phone_sealed FROM ticket_person"},
    {"open311", "SELECT payload FROM event"},
    {"open311", "SELECT actor_staff FROM event"},
    {"open311", "UPDATE event SET kind = 2"},
    {"open311", "DELETE FROM event"},
    {"open311", "SELECT body FROM event_text"},
    {"open311", "SELECT due_at FROM clock"},
    {"open311", "UPDATE public_ticket SET state = 7"},
    {"open311", "DELETE FROM public_ticket"},
    {"open311", "SELECT words FROM resident_input"},
    {"open311", "UPDATE resident_input SET verdict = 1"},
    {"open311", "UPDATE open311_request SET api_key_id = 1"},
    {"open311", "DELETE FROM open311_request"},
    {"open311", "UPDATE api_key SET is_active = 1"},
    {"open311", "UPDATE api_key SET may_file = 1"},
    {"open311", "INSERT INTO api_key (name, key_hash, may_file, may_read, source, per_minute, is_active, created_at)"
                " VALUES ('x', REPEAT('x', 32), 1, 1, 10, 1, 1, '2026-11-23')"},
    {"open311", "DELETE FROM api_key"},
    {"open311", "SELECT name FROM staff"},
    {"open311", "SELECT token_hash FROM session"},
    {"open311", "SELECT body FROM sealed_case"},
    {"open311", "SELECT body FROM sealed_answer"},
    {"open311", "INSERT INTO sealed_case (lookup, body, source, received_on)"
                " VALUES (REPEAT('x', 32), '', 1, '2026-11-23')"},
    {"open311", "SELECT token_hash FROM draft"},
    {"open311", "SELECT detail FROM audit"},
    {"open311", "SELECT id FROM outbox"},
    {"open311", "UPDATE photo SET is_public = 1"},
    {"complaint", "SELECT key_hash FROM api_key"},
    {"ticket", "SELECT key_hash FROM api_key"},
    {"clerk", "SELECT key_hash FROM api_key"},
    {"outage", "SELECT key_hash FROM api_key"},
    {"admin", "UPDATE api_key SET key_hash = ''"},
    {"admin", "UPDATE api_key SET may_file = 1"},
    {"admin", "DELETE FROM api_key"},
    {"command", "DELETE FROM api_key"},
    {"outage", "SELECT kind FROM event"},
    {"outage", "SELECT body FROM event_text"},
    {"outage", "SELECT id FROM ticket"},
    {"outage", "SELECT name FROM staff"},
    {"complaint", "UPDATE outage SET state = 2"},
    {"commitment", "SELECT ticket_id FROM outage"},
    {"ticket", "UPDATE outage SET state = 2"},
    {"ticket", "UPDATE rectify_order SET state = 3"},
    {"ticket", "SELECT title FROM circular"},
    {"complaint", "SELECT state FROM rectify_order"},
    {"ticket", "UPDATE failure_report SET unit_id = 4"},
    {"ticket", "UPDATE failure_report SET claimed_told_at = NULL"},
    {"ticket", "DELETE FROM failure_report"},
    {"ticket", "SELECT last_seen_at FROM heartbeat"},
    {"complaint", "SELECT state FROM failure_report"},
    {"clerk", "UPDATE failure_report SET state = 2"},
    {"clerk", "DELETE FROM failure_report"},
    {"clerk", "UPDATE heartbeat SET started_at = '2026-11-23'"},
    {"clerk", "SELECT password_hash FROM credential"},
    {"command", "SELECT password_hash FROM credential"},
    {"clerk", "UPDATE event SET kind = 2"},
    {"clerk", "DELETE FROM event"},
    {"clerk", "DELETE FROM ticket"},
    {"clerk", "INSERT INTO ticket_person (ticket_id, key_id, name_masked, phone_masked, account_masked) VALUES (9, 1, '', '', '')"},
    {"clerk", "DELETE FROM clock_step"},
    {"clerk", "UPDATE clock_step SET step = 9"},
    {"clerk", "DELETE FROM chain_head"},
    {"clerk", "UPDATE chain_digest SET head_count = 0"},
    {"clerk", "DELETE FROM outbox"},
    {"clerk", "UPDATE duty SET staff_id = 1"},
    {"admin", "SELECT dedupe FROM outbox"},
    {"admin", "UPDATE outbox SET notice = 'x'"},
    {"admin", "UPDATE outbox SET recipient = 1"},
    {"admin", "DELETE FROM outbox"},
    {"admin", "SELECT phone_sealed FROM ticket_person"},
    {"admin", "SELECT name_masked FROM ticket_person"},
    {"ticket", "UPDATE outbox SET state = 0"},
    {"ticket", "SELECT last_error FROM outbox"},
    {"clerk", "UPDATE staff SET mail = 'a@b'"},
    {"clerk", "SELECT phone_masked, confirmed_on FROM staff"},
    {"ticket", "SELECT phone_sealed FROM staff"},
    {"clerk", "DELETE FROM audit"},
    {"clerk", "SELECT body FROM draft"},
    {"clerk", "SELECT staff_id FROM session"},
    {"clerk", "UPDATE staff SET roles = 512"},
    {"clerk", "UPDATE resident_input SET words = ''"},
    {"clerk", "UPDATE rule SET limit_seconds = 1"},
    {"command", "UPDATE event SET kind = 2"},
    {"command", "DELETE FROM event"},
    {"command", "UPDATE event_text SET body = ''"},
    {"command", "DELETE FROM ticket"},
    {"command", "DELETE FROM staff"},
    {"command", "DELETE FROM audit"},
    {"command", "SELECT detail FROM audit"},
    {"command", "UPDATE chain_head SET seq = 1"},
    {"command", "UPDATE clock SET next_step = 9"},
    {"command", "DROP TABLE event"},
    {"command", "CREATE USER 'x'@'localhost'"},
};

/* Harmless even when rows are there; their being allowed is what is tried. */
static const struct attempt ALLOWED[] = {
    {"complaint", "SELECT number, state FROM public_ticket LIMIT 1"},
    {"complaint", "SELECT progress FROM public_ticket LIMIT 1"},
    {"complaint", "INSERT INTO guess (what, who_hash, at) VALUES (3, REPEAT('x', 32), '2026-11-23')"},
    {"complaint", "SELECT version FROM migration"},
    {"commitment", "SELECT kept FROM promise_figure LIMIT 1"},
    {"commitment", "SELECT data_version FROM job WHERE name = 'promises'"},
    {"commitment", "SELECT name_zh, note_zh FROM rule LIMIT 1"},
    {"signin", "SELECT password_hash FROM credential LIMIT 1"},
    {"signin", "UPDATE session SET ended_at = '2026-11-23' WHERE staff_id = 0"},
    {"ticket", "SELECT phone_sealed FROM ticket_person LIMIT 1"},
    {"ticket", "UPDATE ticket SET version = version WHERE id = 0"},
    {"ticket", "UPDATE session SET seen_at = seen_at WHERE staff_id = 0"},
    {"ticket", "SELECT no, next_step FROM clock WHERE subject_id = 0 FOR UPDATE"},
    {"crew", "UPDATE session SET ended_at = '2026-11-23' WHERE staff_id = 0"},
    {"crew", "SELECT phone_sealed FROM ticket_person LIMIT 1"},
    {"admin", "SELECT detail FROM audit LIMIT 1"},
    {"admin", "UPDATE rule SET effective_to = effective_to WHERE id = 0"},
    {"admin", "DELETE FROM route WHERE category_id = 0"},
    {"admin", "SELECT phone_sealed FROM staff LIMIT 1"},
    {"admin", "UPDATE staff SET roles = roles WHERE id = 0"},
    {"admin", "SELECT staff_id FROM credential LIMIT 1"},
    {"admin", "DELETE FROM duty WHERE id = 0"},
    {"admin", "UPDATE session SET ended_at = ended_at WHERE staff_id = 0"},
    {"clerk", "DELETE FROM draft WHERE saved_at < '2000-01-01'"},
    {"clerk", "DELETE FROM guess WHERE at < '2000-01-01'"},
    {"clerk", "DELETE FROM session WHERE expires_at < '2000-01-01'"},
    {"clerk", "DELETE FROM dirty WHERE id = 0"},
    {"clerk", "SELECT subject_id FROM clock WHERE subject_id = 0 FOR UPDATE"},
    {"command", "SELECT staff_id FROM credential LIMIT 1"},
    {"command", "SELECT mac FROM chain_digest LIMIT 1"},
};

static void try_all(const struct attempt *attempts, size_t count, bool is_refused)
{
    const char *program = "";
    MYSQL *mysql = NULL;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(program, attempts[i].program) != 0) {
            if (mysql != NULL)
                mysql_close(mysql);
            program = attempts[i].program;
            mysql = connect_as(program);
        }
        check_casef("%s: %.60s", program, attempts[i].sql);
        const unsigned code = attempt(mysql, attempts[i].sql);
        if (is_refused)
            CHECK(is_refusal(code));
        else
            CHECK_INT(code, 0);
    }
    if (mysql != NULL)
        mysql_close(mysql);
}

TEST(no_account_can_do_what_its_program_does_not_do) { try_all(REFUSED, sizeof REFUSED / sizeof REFUSED[0], true); }

TEST(each_account_can_do_its_work) { try_all(ALLOWED, sizeof ALLOWED / sizeof ALLOWED[0], false); }

/* The statements that each program runs must be prepared under its account, which checks the rights on every column. */
static void prepare_all(const char *program, const enum statement *statements, size_t count)
{
    MYSQL *mysql = connect_as(program);
    for (size_t i = 0; i < count; i++) {
        const char *sql = statement_sql(statements[i]);
        MYSQL_STMT *handle = mysql_stmt_init(mysql);
        check_casef("%s: %.60s", program, sql);
        if (mysql_stmt_prepare(handle, sql, strlen(sql)) != 0)
            CHECK_TEXT(mysql_stmt_error(handle), "prepared");
        else
            CHECK(true);
        mysql_stmt_close(handle);
    }
    mysql_close(mysql);
}
#define PREPARE_ALL(program, statements) prepare_all((program), (statements), sizeof(statements) / sizeof((statements)[0]))

#define COMMON SERVER_CHECK, MIGRATION_LAST
#define CATALOG FACT_FIND_BY_NAME, CATEGORY_LIST, RULE_LIST, LADDER_LIST, UNIT_LIST, ROUTE_LIST, PLACE_LIST
#define APPENDING                                                                                                      \
    EVENT_INSERT, EVENT_TEXT_INSERT, CLOCK_INSERT_1, CLOCK_INSERT_6, DIRTY_INSERT, TICKET_LOAD_BY_NUMBER,              \
        TICKET_LOAD_BY_ID, TICKET_NUMBER_BY_ID, EVENT_LIST_BY_SUBJECT, EVENT_FIND_BY_KEY, TICKET_UPDATE_BY_VERSION,     \
        ASSIGNMENT_SAVE, CLOCK_LOCK_BY_SUBJECT, CLOCK_UPDATE, CLOCK_SET_CATEGORY, PUBLIC_TICKET_UPDATE, TICKET_ADD_MERGED, \
        TICKET_TAKE_MERGED, TICKET_MERGED_COUNT
#define FILING TICKET_INSERT, TICKET_PERSON_INSERT, PUBLIC_TICKET_INSERT, PUBLIC_TICKET_FIND_BY_KEY

TEST(each_program_can_prepare_its_statements)
{
    static const enum statement complaint[] = {
        COMMON, CATALOG, FILING, EVENT_INSERT, EVENT_TEXT_INSERT, CLOCK_INSERT_6, DIRTY_INSERT,
        PUBLIC_TICKET_FIND_BY_NUMBER, PUBLIC_TICKET_FIND_BY_LINK, PUBLIC_FILE_LOAD_BY_NUMBER,
        PUBLIC_TICKET_CHANGE_WAITING,
        PUBLIC_FILE_LOAD_BY_KEY, RESIDENT_INPUT_INSERT, RESIDENT_INPUT_LIST_BY_TICKET, DRAFT_SAVE,
        DRAFT_FIND_BY_TOKEN, PHOTO_BODY_INSERT, PHOTO_DRAFT_INSERT, PHOTO_DRAFT_LIST_BY_TOKEN, PHOTO_DRAFT_LOAD,
        PHOTO_DRAFT_DROP, PHOTO_DRAFT_COUNT, PHOTO_INSERT_FROM_DRAFT, PHOTO_DRAFT_DELETE_BY_TOKEN, PHOTO_LAST_NO, PUBLIC_TICKET_ADD_PHOTOS,
        PHOTO_LIST_PUBLIC, PHOTO_LOAD_PUBLIC, GUESS_INSERT, GUESS_COUNT_BY_WHO, PUBLIC_TEXT_LIST, KNOWN_REPORT_LIST, FOLLOWER_INSERT,
        FOLLOWER_FIND_NUMBER};
    static const enum statement commitment[] = {
        COMMON, CATALOG, OUTAGE_NOTICE_LIST, OUTAGE_MESSAGE_LIST, OUTAGE_PLACE_LIST, OUTAGE_MESSAGE_LAST, PUBLIC_TEXT_LIST, PUBLIC_TEXT_FIND, PUBLIC_TEXT_COUNT_BEGUN, PROMISE_FIGURE_LIST, FIGURE_VERSION};
    static const enum statement signin[] = {
        COMMON, SESSION_FIND_BY_TOKEN, SESSION_CREATED_BY_TOKEN, SESSION_SEE_BY_TOKEN, SESSION_INSERT,
        SESSION_END_BY_TOKEN, SESSION_END_BY_STAFF, SEALED_OPEN_DELETE, CREDENTIAL_FIND_BY_LOGIN, CREDENTIAL_INSERT,
        CREDENTIAL_UPDATE, STAFF_FIND_BY_LOGIN,
        AUDIT_INSERT, GUESS_INSERT, GUESS_COUNT_BY_WHO};
    static const enum statement ticket[] = {
        DELIVERY_LIST_BY_TICKET, CREW_LIST_BY_UNIT, TICKET_ASIDES,
        PHOTO_BODY_INSERT, PHOTO_LAST_NO, PHOTO_INSERT, PUBLIC_TICKET_ADD_PHOTOS, PHOTO_LIST, PHOTO_LOAD,
        PHOTO_COUNT_BY_STAGE, PHOTO_SET_PUBLIC, PHOTO_WITHHOLD_BY_TICKET,
        SEALED_CASE_INSERT, SEALED_PHOTO_INSERT, EVENT_TEXT_EMPTY_BY_SUBJECT, TICKET_EMPTY_WORDS, TICKET_PERSON_EMPTY,
        PUBLIC_TICKET_EMPTY, RESIDENT_INPUT_EMPTY, HANDOVER_ITEM_EMPTY, PHOTO_BODY_EMPTY_BY_TICKET,
        COMMON, CATALOG, FILING, APPENDING, TICKET_FIND_BY_OUTSIDE, PERSON_LOAD_SEALED, LIST_OPEN_DUE_AFTER,
        LIST_UNIT_DUE_AFTER, LIST_ALL_NEWEST_BEFORE, LIST_GRAM_NEWEST_AFTER, LIST_LOOKUP_DUE_AFTER, LIST_NUMBERS, GRAM_COUNT_8,
        SESSION_FIND_WITH_STATE, DESK_COUNT, FIGURE_OF_DAY,
        SESSION_FIND_BY_TOKEN, SESSION_CREATED_BY_TOKEN, SESSION_SEE_BY_TOKEN, SESSION_END_BY_TOKEN, AUDIT_INSERT,
        RESIDENT_INPUT_LIST_BY_TICKET, CLOCK_STEP_LIST_BY_SUBJECT, CANNED_LIST_OFFERED,
        FAILURE_INSERT, FAILURE_INSERT_CONFIRMED, FAILURE_FIND_BY_ID, FAILURE_FIND_BY_KEY, FAILURE_LIST_WAITING,
        ORDER_LIST_BY_TICKET, OUTAGE_LIST_BY_TICKET, FAILURE_LIST_NEWEST, FAILURE_LIST_BY_UNIT, FAILURE_SET_ENDED, FAILURE_SET_DECIDED, CLOCK_LIST_BY_UNIT_DUE,
        DUTY_FIND_AT, DUTY_LIST_BY_UNIT, DUTY_LIST_ALL, FAILED_CALL_INSERT,
        REPEAT_FIND, PERSON_HASHES_BY_TICKET, TICKET_REPEAT_INSERT, RELATED_LIST, RELATED_CANDIDATES,
        CALL_SAVE, CALL_SET_RECORDING, CALL_FIND_OPEN, CALL_FIND_BY_ID, CALL_LINK, CALL_LIST_BY_TICKET};
    static const enum statement supply[] = {
        COMMON, CATALOG, POLICY_LIST, SESSION_FIND_BY_TOKEN, SESSION_CREATED_BY_TOKEN, SESSION_SEE_BY_TOKEN,
        EVENT_INSERT, EVENT_TEXT_INSERT, EVENT_LIST_BY_SUBJECT, EVENT_FIND_BY_KEY, CLOCK_INSERT_1, CLOCK_LOCK_BY_SUBJECT,
        CLOCK_UPDATE, DIRTY_INSERT, OUTAGE_INSERT, OUTAGE_UPDATE_BY_VERSION, OUTAGE_PLACE_INSERT, OUTAGE_MESSAGE_INSERT,
        OUTAGE_FIND_BY_ID, OUTAGE_NOTICE_LIST, OUTAGE_NOTICE_FIND, OUTAGE_MESSAGE_LIST, OUTAGE_MESSAGE_LIST_BY_ID,
        OUTAGE_DESK_OPEN, OUTAGE_DESK_OPEN_PLACES, OUTAGE_DESK_ENDED, OUTAGE_DESK_ENDED_PLACES, OUTAGE_PEOPLE_BY_UNIT, OUTAGE_PHOTO_LIST,
        OUTAGE_PHOTO_LOAD, OUTAGE_PHOTO_COUNT, OUTAGE_PHOTO_INSERT, PHOTO_BODY_INSERT, AUDIT_INSERT,
        OUTAGE_PLACE_LIST, OUTAGE_PLACE_LIST_BY_ID, TICKET_FIND_FOR_OUTAGE};
    static const enum statement open311[] = {
        COMMON, CATALOG, POLICY_LIST, FILING, EVENT_INSERT, EVENT_TEXT_INSERT, CLOCK_INSERT_6, DIRTY_INSERT, OPEN311_REQUEST_INSERT,
        TICKET_FIND_BY_OUTSIDE, API_KEY_FIND_BY_HASH, API_KEY_SET_USED, OPEN311_LIST_BY_NUMBER, OPEN311_LIST_BY_WINDOW,
        OPEN311_LIST_UPDATES, OPEN311_FIND_BY_KEY, RESIDENT_INPUT_FIND_BY_KEY, RESIDENT_INPUT_INSERT, PUBLIC_TICKET_FIND_BY_NUMBER,
        PUBLIC_TICKET_CHANGE_WAITING, PHOTO_BODY_INSERT, PHOTO_DRAFT_INSERT, PHOTO_DRAFT_LIST_BY_TOKEN, PHOTO_INSERT_FROM_DRAFT,
        PHOTO_DRAFT_DELETE_BY_TOKEN, PHOTO_LAST_NO, PUBLIC_TICKET_ADD_PHOTOS};
    static const enum statement keys[] = {API_KEY_LIST, API_KEY_FIND_BY_ID, API_KEY_COUNT, API_KEY_INSERT, API_KEY_SET_ACTIVE};
    static const enum statement outage[] = {
        COMMON, CATALOG, POLICY_LIST, OUTAGE_NOTICE_LIST, OUTAGE_NOTICE_FIND, OUTAGE_MESSAGE_LIST, OUTAGE_MESSAGE_LIST_BY_ID,
        OUTAGE_PLACE_LIST, OUTAGE_PLACE_LIST_BY_ID, OUTAGE_MESSAGE_LAST};
    static const enum statement discipline[] = {
        COMMON, SESSION_FIND_BY_TOKEN, SESSION_CREATED_BY_TOKEN, SESSION_SEE_BY_TOKEN, AUDIT_INSERT, GUESS_INSERT,
        GUESS_COUNT_BY_WHO, SEALED_KEY_FIND, SEALED_KEY_TURN, SEALED_OFFICER_FIND, SEALED_OFFICER_LIST,
        SEALED_OFFICER_LIST_CANDIDATES, SEALED_OFFICER_INSERT, SEALED_OFFICER_DELETE, SEALED_OFFICER_REWRAP, SEALED_OPEN_SAVE,
        SEALED_OPEN_FIND, SEALED_OPEN_SEE, SEALED_OPEN_DELETE, SEALED_OPEN_DELETE_BY_STAFF, SEALED_OPEN_DELETE_OTHERS,
        SEALED_OPEN_PURGE, SEALED_CASE_LIST, SEALED_ENTRY_LIST_BY_PAGE, SEALED_CASE_FIND, SEALED_PHOTO_LIST, SEALED_PHOTO_FIND,
        SEALED_ENTRY_LIST, SEALED_ENTRY_INSERT, SEALED_ENTRY_FIND_BY_KEY, SEALED_ANSWER_SAVE, PENALTY_CLAUSE_FIND};
    static const enum statement assessment[] = {
        COMMON, CATALOG, POLICY_LIST, SESSION_FIND_BY_TOKEN, SESSION_CREATED_BY_TOKEN, SESSION_SEE_BY_TOKEN,
        EVENT_INSERT, EVENT_TEXT_INSERT, EVENT_LIST_BY_SUBJECT, EVENT_FIND_BY_KEY, CLOCK_INSERT_1,
        CLOCK_LOCK_BY_SUBJECT, CLOCK_UPDATE, DIRTY_INSERT, ORDER_INSERT, ORDER_UPDATE_BY_VERSION, ORDER_FIND_BY_ID,
        ORDER_LIST_NEWEST, ORDER_LIST_BY_UNIT, TICKET_FIND_FOR_ORDER, CIRCULAR_LAST_NO, CIRCULAR_INSERT,
        CIRCULAR_REASON_INSERT, CIRCULAR_FIND_BY_ID, CIRCULAR_FIND_BY_KEY, CIRCULAR_LIST_NEWEST,
        CIRCULAR_REASON_LIST, CIRCULAR_SET_WITHDRAWN, CIRCULAR_FIND_LAST_KEY, HANDLING_BY_UNIT,
        HANDLING_BY_DISPATCHER, HANDLING_RETURNED_LIST, AUDIT_INSERT};
    static const enum statement crew[] = {
        COMMON, CATALOG, POLICY_LIST, APPENDING, SESSION_FIND_BY_TOKEN, SESSION_CREATED_BY_TOKEN, SESSION_SEE_BY_TOKEN,
        SESSION_END_BY_TOKEN, PERSON_LOAD_SEALED, PHOTO_BODY_INSERT, PHOTO_LAST_NO, PHOTO_INSERT, PUBLIC_TICKET_ADD_PHOTOS,
        PHOTO_LIST, PHOTO_LOAD, AUDIT_INSERT};
    static const enum statement clerk[] = {
        SEALED_OPEN_PURGE,
        ASSIGNMENT_FIND_LIVE,
        PHOTO_DRAFT_LIST_EXPIRED, PHOTO_DRAFT_DELETE, PHOTO_BODY_DELETE, PHOTO_BODY_LIST_PAST, PHOTO_BODY_EMPTY,
        COMMON, CATALOG, LADDER_WALK_FIND, LADDER_WALK_SAVE, CLOCK_REACH, CLOCK_LIST_RUNNING_BETWEEN, APPENDING,
        CLOCK_LIST_STEPS_DUE, CLOCK_FIRST_STEP_AT, CLOCK_LOCK, CLOCK_SET_STEP, CLOCK_STEP_INSERT,
        CLOCK_LIST_BY_SUBJECT, TICKET_ADDRESSEES_BY_ID, TICKET_GRADES_OF_OPEN, DIRTY_LIST, DIRTY_DELETE_BY_ID, CHAIN_HEAD_FIND,
        CHAIN_HEAD_SAVE, EVENT_LIST_AFTER_SEQ, OUTBOX_INSERT, OUTBOX_LIST_UNDECIDED, OUTBOX_HOLD,
        OUTBOX_RELEASE_BEFORE, OUTBOX_DECIDE, OUTBOX_COPY, OUTBOX_GIVE_UP_UNDECIDED, OUTBOX_COUNT_BY_PHONE,
        RECIPIENT_LIST_BY_UNIT, RECIPIENT_LIST_BY_ROLE, RECIPIENT_FIND_BY_ID, OUTBOX_LIST_DUE, OUTBOX_CLAIM,
        OUTBOX_FREE_EXPIRED, OUTBOX_GIVE_UP_EXPIRED, OUTBOX_SET_SENT, OUTBOX_SET_AGAIN, OUTBOX_SET_GIVEN_UP,
        RESIDENT_INPUT_LIST_WAITING, TICKET_TEXT_LIST,
        GRAM_SET_FIND_BY_TICKET, GRAM_SET_SAVE, GRAM_INSERT_1, GRAM_INSERT_16, GRAM_DELETE, GRAM_FILL_LIST, GRAM_FILL_STATE, GRAM_FILL_SAVE,
        RESIDENT_INPUT_SET_APPLIED, PUBLIC_TICKET_CHANGE_WAITING, TICKET_LIST_BY_PARENT, JOB_RAISE, JOB_ENSURE, JOB_CLAIM, DRAFT_PURGE, GUESS_PURGE,
        SESSION_PURGE, CALL_PURGE, CHAIN_DIGEST_FIND_BEFORE, CHAIN_DIGEST_COUNT_FROM, CHAIN_DIGEST_INSERT, EVENT_LIST_PAGE,
        ORDER_UNIT_BY_ID, OUTAGE_ADDRESSEES_BY_ID, FAILURE_INSERT, FAILURE_FIND_BY_KEY, FAILURE_LIST_UNANNOUNCED, FAILURE_SET_ANNOUNCED, HEARTBEAT_INSERT,
        HEARTBEAT_SEE, HEARTBEAT_LAST, HEARTBEAT_PURGE, TICKET_COUNT_RECORDED,
        CLOCK_LIST_BY_RULE_DUE, FIGURE_DAY_DELETE, FIGURE_DAY_INSERT, PROMISE_FIGURE_SAVE, PERSON_LOAD_SEALED};
    static const enum statement admin[] = {
        DELIVERY_LIST_PAGE, DELIVERY_FIND_BY_ID, DELIVERY_COUNT_WAITING, DELIVERY_OLDEST_WAITING, DELIVERY_COUNT_GIVEN_UP,
        DELIVERY_RETRY, DELIVERY_RETRY_CHANNEL, DELIVERY_DROP,
        COMMON, CATALOG, POLICY_LIST, SESSION_FIND_BY_TOKEN, SESSION_CREATED_BY_TOKEN, SESSION_SEE_BY_TOKEN,
        STAFF_FIND_BY_LOGIN, CATALOG_VERSION_RAISE, AUDIT_INSERT, AUDIT_INSERT_KEYED, AUDIT_LIST,
        AUDIT_LIST_BY_STAFF, AUDIT_LIST_BY_WHAT, AUDIT_LIST_BY_STAFF_WHAT, RULE_INSERT, RULE_SET_END,
        RULE_DELETE_BY_ID, CATEGORY_INSERT, CATEGORY_SET_END, CATEGORY_DELETE_BY_ID, ROUTE_LIST_BY_CATEGORY,
        ROUTE_INSERT, ROUTE_COPY, ROUTE_DELETE_BY_CATEGORY, POLICY_LIST_CHANGES, POLICY_SAVE, CANNED_LIST_ALL,
        CANNED_FIND_BY_ID, CANNED_COUNT, CANNED_INSERT, CANNED_UPDATE_BY_VERSION, LADDER_LIST_BY_KIND,
        LADDER_DELETE_BY_KIND, LADDER_INSERT, LADDER_WALK_INSERT, PUBLIC_TEXT_LIST_LAST, PUBLIC_TEXT_LIST_VERSIONS,
        PUBLIC_TEXT_INSERT};
    static const enum statement admin_people[] = {
        UNIT_LIST_WHOLE, UNIT_FIND_BY_ID, UNIT_NEXT_ID,
        UNIT_INSERT, UNIT_UPDATE_BY_VERSION, REGISTER_LIST_BY_UNIT, REGISTER_FIND_BY_ID, REGISTER_LOCK_BY_ID,
        REGISTER_COUNT_BY_UNIT, REGISTER_STAMP_BY_UNIT, REGISTER_INSERT, REGISTER_UPDATE_BY_VERSION, REGISTER_SET_PHONE,
        REGISTER_SET_RIGHTS, REGISTER_CONFIRM_BY_ID, REGISTER_CONFIRM_BY_UNIT, REGISTER_PHONE_BY_ID, REGISTER_LIST_LOGINS,
        STAFF_CHANGE_INSERT, STAFF_CHANGE_INSERT_BY_UNIT, STAFF_CHANGE_LIST, ADMINISTRATOR_GUARD, ADMINISTRATOR_COUNT,
        CREDENTIAL_INSERT, CREDENTIAL_UPDATE, SESSION_END_BY_STAFF, DUTY_LIST_BY_UNIT, DUTY_LIST_ALL, DUTY_FIND_BY_ID,
        DUTY_FIND_AT, DUTY_INSERT, DUTY_SET_END, DUTY_DELETE, DUTY_PEOPLE_BY_UNIT, FAILED_CALL_LIST,
        FAILED_CALL_LIST_BY_UNIT, SERVICE_RULE_LIST_BY_UNIT, SERVICE_RULE_LIST_VERSIONS, SERVICE_RULE_LAST_NO,
        SERVICE_RULE_INSERT, INSPECTION_LIST_BY_UNIT, INSPECTION_LIST_VERSIONS, INSPECTION_LAST_NO, INSPECTION_INSERT,
        SERVICE_OVERVIEW};
    static const enum statement command[] = {
        COMMON, CATALOG, FILING, APPENDING, STAFF_INSERT, STAFF_FIND_BY_LOGIN, CREDENTIAL_INSERT,
        CREDENTIAL_UPDATE, SESSION_END_BY_STAFF, CLOCK_LIST_BY_RULE_CODE, ORDER_LIST_PAGE, ORDER_VERIFY_BY_ID, ORDER_LIST_ORPHANS, OUTAGE_LIST_PAGE,
        OUTAGE_VERIFY_BY_ID, OUTAGE_LIST_ORPHANS, OUTAGE_MESSAGE_LIST_BY_ID, OUTAGE_PLACE_LIST_BY_ID,
        TICKET_LIST_PAGE, TICKET_VERIFY_BY_ID,
        PUBLIC_TICKET_VERIFY_BY_ID, ASSIGNMENT_LIST_BY_TICKET, EVENT_TEXT_LIST_BY_SUBJECT,
        EVENT_LIST_ORPHANS, CHAIN_HEAD_LIST_ORPHANS, CLOCK_LIST_ORPHANS,
        PUBLIC_TICKET_LIST_ORPHANS, CHAIN_DIGEST_LIST, CLOCK_LIST_BY_SUBJECT, CHAIN_HEAD_FIND, EVENT_LIST_PAGE,
        AUDIT_INSERT, LADDER_WALK_LIST_OPEN, PROMISE_FIGURE_LIST, CLOCK_STEP_LIST_BY_SUBJECT, FACT_SAVE, FAILED_CALL_INSERT};
    PREPARE_ALL("complaint", complaint);
    PREPARE_ALL("commitment", commitment);
    PREPARE_ALL("signin", signin);
    PREPARE_ALL("ticket", ticket);
    PREPARE_ALL("assessment", assessment);
    PREPARE_ALL("discipline", discipline);
    PREPARE_ALL("crew", crew);
    PREPARE_ALL("supply", supply);
    PREPARE_ALL("outage", outage);
    PREPARE_ALL("open311", open311);
    PREPARE_ALL("admin", keys);
    PREPARE_ALL("command", keys);
    PREPARE_ALL("clerk", clerk);
    PREPARE_ALL("admin", admin);
    PREPARE_ALL("admin", admin_people);
    PREPARE_ALL("command", command);
}

TEST(accounts_can_be_made_again_and_lose_what_is_not_in_the_file)
{
    struct stand *stand = shared();
    stand_run(stand, "GRANT SELECT ON `%s`.staff TO 'shuinuo_complaint'@'localhost'", stand->settings.database_name);
    MYSQL *mysql = connect_as("complaint");
    CHECK_INT(attempt(mysql, "SELECT login FROM staff"), 0);
    mysql_close(mysql);
    stand_make_accounts(stand);
    mysql = connect_as("complaint");
    CHECK(is_refusal(attempt(mysql, "SELECT login FROM staff")));
    mysql_close(mysql);
}

TEST(a_report_can_be_filed_with_the_rights_of_the_public_program)
{
    struct stand *stand = shared();
    struct ticket ticket;
    struct event event;
    struct filing filing;
    struct public_file public;
    struct db *db = stand_connect_as(stand, "complaint");
    stand_prepare_filing(stand, "no_water", &ticket, &event, &filing);
    CHECK_STATUS(db_check(db, &stand->fault), STATUS_OK);
    CHECK_STATUS(ticket_store_file(db, &ticket, &event, &filing, &stand->catalog, &stand->arena, &stand->fault), STATUS_OK);
    CHECK_STATUS(ticket_store_file(db, &ticket, &event, &filing, &stand->catalog, &stand->arena, &stand->fault),
                 STATUS_DUPLICATE);
    CHECK_STATUS(public_store_load(db, filing.number, &stand->arena, &public, &stand->fault), STATUS_OK);
    struct ticket_file file;
    CHECK_STATUS(ticket_store_load(db, filing.number, &stand->arena, &file, NULL), STATUS_REFUSED);
    db_close(db);
    struct db *clerk = stand_connect_as(stand, "clerk");
    struct db *desk = stand_connect_as(stand, "ticket");
    REQUIRE_STATUS(ticket_store_load(desk, filing.number, &stand->arena, &file, &stand->fault), STATUS_OK);
    struct db *owner = stand->db;
    stand->db = desk;
    CHECK_STATUS(stand_dispatch_and_accept(stand, &file), STATUS_OK);
    stand->db = owner;
    CHECK_STATUS(stand_clerk_round(stand, clerk), STATUS_OK);
    CHECK_TEXT(stand->fault.message, "");
    db_close(desk);
    db_close(clerk);
}
