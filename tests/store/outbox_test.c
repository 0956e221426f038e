/* The outbox: decided once, claimed once, in order, and never for ever. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "core/notice.h"
#include "stand.h"
#include "store/delivery_store.h"
#include "store/outbox.h"
#include "store/recipient_store.h"

#define RESIDENT_SMS ((struct target){.channel = CHANNEL_SMS, .way = WAY_SELF})

static struct notice *notices;
static size_t count;

/* A ticket whose resident has the stand's phone. */
static struct ticket_id file_one(struct stand *stand)
{
    struct ticket_file file;
    REQUIRE_STATUS(stand_file(stand, "no_water", NULL, &file), STATUS_OK);
    return file.ticket.id;
}

/* Puts a notice into the outbox, made now. */
static void put(struct stand *stand, struct ticket_id ticket, const char *name, enum audience audience, int recipient)
{
    char at[TIME_TEXT_BYTES];
    instant_format_local(stand->now, 0, at);
    stand_run(stand,
              "INSERT INTO outbox (dedupe, subject_kind, subject_id, seq, clock_no, notice, audience, recipient, created_at,"
              " not_before, state, attempts) SELECT UNHEX(SHA2(CONCAT('%s', COUNT(*)), 256)), 1, %lld, 1, 0, '%s', %d, %d,"
              " '%s', '%s', 0, 0 FROM outbox", name, (long long)ticket.v, name, audience, recipient, at, at);
}

static void list_undecided(struct stand *stand)
{
    REQUIRE_STATUS(outbox_store_undecided(stand->db, 100, stand->now, &stand->arena, &notices, &count, &stand->fault),
                   STATUS_OK);
}

static void list_due(struct stand *stand, enum channel channel)
{
    REQUIRE_STATUS(outbox_store_due(stand->db, channel, 100, 120, stand->now, &stand->arena, &notices, &count,
                                    &stand->fault), STATUS_OK);
}

static void decide_all(struct stand *stand, struct target target)
{
    list_undecided(stand);
    for (size_t i = 0; i < count; i++)
        REQUIRE_STATUS(outbox_store_decide(stand->db, &notices[i], &target, 1, &stand->fault), STATUS_OK);
}

static void claim(struct stand *stand, struct notice *notice)
{
    bool has_it;
    REQUIRE_STATUS(outbox_store_claim(stand->db, notice, 60, stand->now, &has_it, &stand->fault), STATUS_OK);
    REQUIRE(has_it);
}

/* ---- people */

static void add_staff(struct stand *stand, int id, int unit, unsigned roles, const char *phone, const char *mail)
{
    char hex[200] = "";
    if (phone[0] != '\0') {
        uint8_t sealed[90];
        crypto_seal(&stand->secrets.key[SECRET_STAFF_PUBLIC], (const uint8_t *)phone, strlen(phone), sealed);
        text_format_hex(sealed, crypto_sealed_bytes(strlen(phone)), hex);
    }
    stand_run(stand,
              "INSERT INTO staff (id, login, name, unit_id, roles, is_active, phone_sealed, key_id, mail, created_at)"
              " VALUES (%d, 's%d', 's%d', %d, %u, 1, IF('%s' = '', NULL, UNHEX('%s')), 1, '%s', '2026-11-01')",
              id, id, id, unit, roles, hex, hex, mail);
}

static const struct candidate *liaison_at(struct stand *stand, const char *at)
{
    struct candidate *candidates;
    struct instant moment;
    size_t candidate_count;
    REQUIRE(instant_parse_local(at, 0, &moment));
    REQUIRE_STATUS(recipients_of_unit(stand->db, (struct unit_id){3}, &stand->secrets, moment, &stand->arena, &candidates,
                                      &candidate_count, &stand->fault), STATUS_OK);
    return recipient_pick(AUDIENCE_LIAISON, CHANNEL_SMS, candidates, candidate_count);
}

TEST(article_12_who_is_on_duty_at_that_moment_is_told)
{
    struct stand *stand = stand_open("duty");
    add_staff(stand, 101, 3, ROLE_BIT(ROLE_LIAISON), "13800000101", "");
    add_staff(stand, 102, 3, ROLE_BIT(ROLE_LIAISON), "13800000102", "");
    add_staff(stand, 103, 3, ROLE_BIT(ROLE_UNIT_LEADER), "13800000103", "");
    add_staff(stand, 104, 4, ROLE_BIT(ROLE_LIAISON), "13800000104", "");
    stand_run(stand, "INSERT INTO duty (unit_id, staff_id, starts_at, ends_at, created_by, created_at) VALUES"
                     " (3, 101, '2026-11-23 00:00', '2026-11-23 08:00', 1, '2026-11-01'),"
                     " (3, 102, '2026-11-23 08:00', '2026-11-23 16:00', 1, '2026-11-01'),"
                     " (4, 104, '2026-11-23 00:00', '2026-11-24 00:00', 1, '2026-11-01')");
    static const struct {
        const char *at;
        int staff;
        enum recipient_way way;
    } cases[] = {
        {"2026-11-23 07:59:59", 101, WAY_DUTY},
        {"2026-11-23 08:00", 102, WAY_DUTY},
        {"2026-11-23 15:59:59", 102, WAY_DUTY},
        {"2026-11-23 16:00", 103, WAY_UNIT}, /* an uncovered hour: the unit's leader stands in */
    };
    for (size_t i = 0; i < 4; i++) {
        check_case(cases[i].at);
        const struct candidate *found = liaison_at(stand, cases[i].at);
        REQUIRE(found != NULL);
        CHECK_INT(found->staff.v, cases[i].staff);
        CHECK_INT(found->way, cases[i].way);
    }
    check_case("the direct leader comes before other leaders");
    stand_run(stand, "UPDATE unit SET direct_leader_id = 104 WHERE id = 3");
    CHECK_INT(liaison_at(stand, "2026-11-23 16:00")->staff.v, 104);
    CHECK_TEXT(liaison_at(stand, "2026-11-23 16:00")->phone, "13800000104");
    check_case("who left is not told");
    stand_run(stand, "UPDATE staff SET is_active = 0 WHERE id IN (102, 104)");
    CHECK_INT(liaison_at(stand, "2026-11-23 09:00")->staff.v, 103);
    check_case("a phone sealed to another key is none");
    stand_run(stand, "UPDATE staff SET key_id = 9 WHERE id = 103");
    CHECK_INT(liaison_at(stand, "2026-11-23 09:00")->staff.v, 101);
}

TEST(roles_and_names_are_found)
{
    struct stand *stand = stand_open("roles");
    struct candidate *found;
    size_t found_count;
    add_staff(stand, 101, 1, ROLE_BIT(ROLE_OPS) | ROLE_BIT(ROLE_OPERATOR), "13800000101", "a@water.example");
    add_staff(stand, 102, 1, ROLE_BIT(ROLE_OPS), "", "b@water.example");
    add_staff(stand, 103, 1, ROLE_BIT(ROLE_OPERATOR), "13800000103", "");
    REQUIRE_STATUS(recipients_of_role(stand->db, ROLE_OPS, &stand->secrets, &stand->arena, &found, &found_count,
                                      &stand->fault), STATUS_OK);
    REQUIRE(found_count == 2);
    CHECK_TEXT(found[0].phone, "13800000101");
    CHECK_TEXT(found[1].mail, "b@water.example");
    CHECK_INT(found[1].way, WAY_ROLE);
    REQUIRE_STATUS(recipient_named(stand->db, (struct staff_id){103}, &stand->secrets, &stand->arena, &found, &found_count,
                                   &stand->fault), STATUS_OK);
    CHECK_INT(found_count, 1);
    CHECK_INT(found[0].way, WAY_SELF);
    stand->secrets.has[SECRET_STAFF_PRIVATE] = false;
    REQUIRE_STATUS(recipient_named(stand->db, (struct staff_id){103}, &stand->secrets, &stand->arena, &found, &found_count,
                                   &stand->fault), STATUS_OK);
    CHECK_TEXT(found[0].phone, "");
    stand_run(stand, "UPDATE staff SET is_active = 0 WHERE id = 103");
    REQUIRE_STATUS(recipient_named(stand->db, (struct staff_id){103}, &stand->secrets, &stand->arena, &found, &found_count,
                                   &stand->fault), STATUS_OK);
    CHECK_INT(found_count, 0);
}

/* ---- deciding */

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

static const struct target FOUR[] = {{CHANNEL_SMS, {11}, {11}, WAY_ROLE},
                                     {CHANNEL_SMS, {12}, {12}, WAY_ROLE},
                                     {CHANNEL_MAIL, {12}, {12}, WAY_ROLE},
                                     {CHANNEL_ROBOT, {0}, {0}, WAY_GROUP}};

static enum status decide_each(struct stand *stand, struct db *db)
{
    enum status status =
        outbox_store_undecided(db, 100, stand->now, &stand->arena, &notices, &count, &stand->fault);
    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        status = outbox_store_decide(db, &notices[i], FOUR, 4, &stand->fault);
    return status;
}

TEST(two_clerks_decide_once_and_every_recipient_has_a_row)
{
    struct stand *stand = stand_open("decide");
    const struct ticket_id ticket = file_one(stand);
    for (int i = 0; i < 20; i++)
        put(stand, ticket, "objected", AUDIENCE_OPS, 0);
    REQUIRE(run_twice_at_once(stand, decide_each));
    REQUIRE(run_twice_at_once(stand, decide_each));
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outbox"), 80);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outbox WHERE channel = 0"), 0);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outbox WHERE origin_id = 0 AND channel = 2 AND member = 11"), 20);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outbox c JOIN outbox o ON o.id = c.origin_id"
                                 " WHERE c.created_at = o.created_at AND c.notice = o.notice AND c.seq = o.seq"), 60);
    CHECK_INT(stand_count(stand, "SELECT COUNT(DISTINCT IF(origin_id = 0, id, origin_id), channel, member) FROM outbox"), 80);
}

TEST(every_message_has_an_id_of_its_own_that_stays)
{
    struct stand *stand = stand_open("ids");
    const struct ticket_id ticket = file_one(stand);
    char first[NOTICE_ID_BYTES], second[NOTICE_ID_BYTES];
    put(stand, ticket, "dispatched", AUDIENCE_LIAISON, 3);
    list_undecided(stand);
    REQUIRE(count == 1);
    notice_id_format(&notices[0], first);
    CHECK_INT(strlen(first), NOTICE_ID_BYTES - 1);
    decide_all(stand, (struct target){.channel = CHANNEL_SMS, .way = WAY_DUTY});
    list_due(stand, CHANNEL_SMS);
    notice_id_format(&notices[0], second);
    CHECK_TEXT(second, first);
    notices[0].target.staff.v = 5; /* another person: another message */
    notice_id_format(&notices[0], second);
    CHECK(strcmp(first, second) != 0);
}

TEST(quiet_hours_keep_back_and_what_cannot_wait_lets_out_in_order)
{
    struct stand *stand = stand_open("quiet");
    const struct ticket_id ticket = file_one(stand), other = file_one(stand);
    bool released;
    put(stand, ticket, "extension_granted", AUDIENCE_RESIDENT, 0);
    put(stand, other, "extension_granted", AUDIENCE_RESIDENT, 0);
    list_undecided(stand);
    REQUIRE(count == 2);
    const struct instant morning = instant_add_seconds(stand->now, 8 * HOUR_SECONDS);
    for (size_t i = 0; i < 2; i++)
        REQUIRE_STATUS(outbox_store_hold(stand->db, notices[i].id, morning, &stand->fault), STATUS_OK);
    list_undecided(stand);
    CHECK_INT(count, 0);
    stand_pass(stand, HOUR_SECONDS);
    put(stand, ticket, "arrived", AUDIENCE_RESIDENT, 0);
    list_undecided(stand);
    REQUIRE(count == 1);
    REQUIRE_STATUS(outbox_store_release_before(stand->db, &notices[0], &released, &stand->fault), STATUS_OK);
    CHECK(released);
    list_undecided(stand);
    REQUIRE(count == 2);
    CHECK_TEXT(notices[0].name, "extension_granted"); /* the older one first */
    CHECK(notices[0].is_released);
    CHECK_TEXT(notices[1].name, "arrived");
    REQUIRE_STATUS(outbox_store_release_before(stand->db, &notices[1], &released, &stand->fault), STATUS_OK);
    CHECK(!released);
    REQUIRE_STATUS(outbox_store_hold(stand->db, notices[0].id, morning, &stand->fault), STATUS_OK);
    list_undecided(stand);
    CHECK_INT(count, 2); /* what was let out is not kept back again */
    stand_pass(stand, 7 * HOUR_SECONDS);
    list_undecided(stand);
    CHECK_INT(count, 3); /* the other ticket's, in the morning */
}

TEST(a_notice_for_nobody_is_given_up_with_the_reason)
{
    struct stand *stand = stand_open("nobody");
    put(stand, file_one(stand), "objected", AUDIENCE_OPS, 0);
    list_undecided(stand);
    REQUIRE_STATUS(outbox_store_undecidable(stand->db, notices[0].id, GATEWAY_ERROR_NOBODY, stand->now, &stand->fault),
                   STATUS_OK);
    list_undecided(stand);
    CHECK_INT(count, 0);
    CHECK_INT(stand_count(stand, "SELECT error_class FROM outbox WHERE state = 3 AND ended_at IS NOT NULL"),
              GATEWAY_ERROR_NOBODY);
}

TEST(messages_to_one_phone_are_counted_over_all_its_reports)
{
    struct stand *stand = stand_open("phone");
    struct ticket_id ticket = {0};
    int64_t told;
    for (int i = 0; i < 5; i++) {
        ticket = file_one(stand);
        put(stand, ticket, "received", AUDIENCE_RESIDENT, 0);
        put(stand, ticket, "dispatched", AUDIENCE_LIAISON, 3);
    }
    decide_all(stand, RESIDENT_SMS);
    const struct instant day_before = instant_add_seconds(stand->now, -(int64_t)DAY_SECONDS);
    REQUIRE_STATUS(outbox_store_count_by_phone(stand->db, ticket, day_before, &told, &stand->fault), STATUS_OK);
    CHECK_INT(told, 5);
    stand_run(stand, "UPDATE outbox SET state = 3 WHERE audience = 6 AND subject_id = %lld", (long long)ticket.v);
    REQUIRE_STATUS(outbox_store_count_by_phone(stand->db, ticket, day_before, &told, &stand->fault), STATUS_OK);
    CHECK_INT(told, 4);
    REQUIRE_STATUS(outbox_store_count_by_phone(stand->db, ticket, instant_add_seconds(stand->now, 1), &told, &stand->fault),
                   STATUS_OK);
    CHECK_INT(told, 0);
    stand_run(stand, "UPDATE ticket_person SET phone_hash = NULL");
    REQUIRE_STATUS(outbox_store_count_by_phone(stand->db, ticket, day_before, &told, &stand->fault), STATUS_OK);
    CHECK_INT(told, 0);
}

/* ---- order */

TEST(a_later_notice_waits_for_the_earlier_one_of_the_same_recipient_alone)
{
    struct stand *stand = stand_open("order");
    const struct ticket_id ticket = file_one(stand), other = file_one(stand);
    put(stand, ticket, "dispatched", AUDIENCE_LIAISON, 3);
    put(stand, ticket, "recalled", AUDIENCE_LIAISON, 3);
    put(stand, ticket, "dispatched", AUDIENCE_LIAISON, 4);
    put(stand, ticket, "received", AUDIENCE_RESIDENT, 0);
    put(stand, other, "dispatched", AUDIENCE_LIAISON, 3);
    decide_all(stand, RESIDENT_SMS);
    list_due(stand, CHANNEL_SMS);
    REQUIRE(count == 4); /* all but the recall */
    for (size_t i = 0; i < count; i++)
        CHECK(strcmp(notices[i].name, "recalled") != 0);
    struct notice first = notices[0];
    claim(stand, &first);
    list_due(stand, CHANNEL_SMS);
    CHECK_INT(count, 3); /* nor while the first is under way */
    check_case("it is tried again later: the other still waits");
    REQUIRE_STATUS(outbox_store_again(stand->db, &first, GATEWAY_ERROR_BUSY, "HTTP 503",
                                      instant_add_seconds(stand->now, 600), false, &stand->fault), STATUS_OK);
    stand_pass(stand, 60);
    list_due(stand, CHANNEL_SMS);
    CHECK_INT(count, 3);
    check_case("it was sent");
    stand_pass(stand, 600);
    list_due(stand, CHANNEL_SMS);
    REQUIRE(count == 4);
    first = notices[3]; /* tried again, so behind those that wait longer */
    CHECK_INT(first.attempts, 1);
    claim(stand, &first);
    CHECK_INT(first.attempts, 2);
    REQUIRE_STATUS(outbox_store_sent(stand->db, &first, "G-1", stand->now, &stand->fault), STATUS_OK);
    list_due(stand, CHANNEL_SMS);
    CHECK_INT(count, 4);
    bool has_recall = false;
    for (size_t i = 0; i < count; i++)
        has_recall = has_recall || strcmp(notices[i].name, "recalled") == 0;
    CHECK(has_recall);
}

TEST(a_later_notice_goes_when_the_earlier_one_is_given_up_and_after_the_longest_wait_anyway)
{
    struct stand *stand = stand_open("order_end");
    const struct ticket_id ticket = file_one(stand);
    put(stand, ticket, "dispatched", AUDIENCE_LIAISON, 3);
    put(stand, ticket, "recalled", AUDIENCE_LIAISON, 3);
    put(stand, ticket, "received", AUDIENCE_RESIDENT, 0);
    put(stand, ticket, "arrived", AUDIENCE_RESIDENT, 0);
    decide_all(stand, RESIDENT_SMS);
    list_due(stand, CHANNEL_SMS);
    REQUIRE(count == 2);
    struct notice dispatched = notices[0], received = notices[1];
    claim(stand, &dispatched);
    claim(stand, &received);
    REQUIRE_STATUS(outbox_store_give_up(stand->db, &dispatched, GATEWAY_ERROR_REFUSED, "HTTP 400", stand->now, &stand->fault),
                   STATUS_OK);
    REQUIRE_STATUS(outbox_store_again(stand->db, &received, GATEWAY_ERROR_TIMEOUT, "", instant_add_seconds(stand->now, DAY_SECONDS),
                                      false, &stand->fault), STATUS_OK);
    list_due(stand, CHANNEL_SMS);
    REQUIRE(count == 1);
    CHECK_TEXT(notices[0].name, "recalled");
    stand_pass(stand, 120 * MINUTE_SECONDS);
    list_due(stand, CHANNEL_SMS);
    CHECK_INT(count, 1);
    stand_pass(stand, 1);
    list_due(stand, CHANNEL_SMS);
    REQUIRE(count == 2);
    CHECK_TEXT(notices[1].name, "arrived");
}

TEST(of_several_recipients_one_who_cannot_be_reached_holds_up_nobody_else)
{
    struct stand *stand = stand_open("order_many");
    const struct ticket_id ticket = file_one(stand);
    put(stand, ticket, "objected", AUDIENCE_OPS, 0);
    put(stand, ticket, "extension_asked", AUDIENCE_OPS, 0);
    REQUIRE_STATUS(decide_each(stand, stand->db), STATUS_OK);
    list_due(stand, CHANNEL_SMS);
    REQUIRE(count == 2); /* the first notice, to both */
    struct notice stuck = notices[0], fine = notices[1];
    CHECK_INT(stuck.target.member.v, 11);
    CHECK_INT(fine.target.member.v, 12);
    claim(stand, &stuck);
    claim(stand, &fine);
    REQUIRE_STATUS(outbox_store_sent(stand->db, &fine, "", stand->now, &stand->fault), STATUS_OK);
    list_due(stand, CHANNEL_SMS);
    REQUIRE(count == 1);
    CHECK_TEXT(notices[0].name, "extension_asked");
    CHECK_INT(notices[0].target.member.v, 12);
    list_due(stand, CHANNEL_MAIL);
    REQUIRE(count == 1);
    CHECK_TEXT(notices[0].name, "objected");
}

/* ---- claims */

static enum status send_all(struct stand *stand, struct db *db)
{
    char path[512];
    enum status status = STATUS_OK;
    snprintf(path, sizeof path, "%s.ids", stand->settings.outbox_dir);
    FILE *ids = fopen(path, "a");
    if (ids == NULL)
        return STATUS_FAILED;
    for (count = 1; status == STATUS_OK && count > 0;) {
        status = outbox_store_due(db, CHANNEL_SMS, 5, 120, stand->now, &stand->arena, &notices, &count, &stand->fault);
        for (size_t i = 0; status == STATUS_OK && i < count; i++) {
            bool has_it;
            status = outbox_store_claim(db, &notices[i], 60, stand->now, &has_it, &stand->fault);
            if (status != STATUS_OK || !has_it)
                continue;
            fprintf(ids, "%lld\n", (long long)notices[i].id);
            status = outbox_store_sent(db, &notices[i], "x", stand->now, &stand->fault);
        }
    }
    fclose(ids);
    return status;
}

static int compare_ids(const void *left, const void *right)
{
    const long long a = *(const long long *)left, b = *(const long long *)right;
    return (a > b) - (a < b);
}

TEST(two_clerks_send_every_notice_once)
{
    struct stand *stand = stand_open("once");
    char path[SETTING_TEXT_BYTES + 8], line[32];
    long long ids[512];
    size_t total = 0;
    for (int i = 0; i < 30; i++) {
        const struct ticket_id ticket = file_one(stand);
        put(stand, ticket, "received", AUDIENCE_RESIDENT, 0);
        put(stand, ticket, "arrived", AUDIENCE_RESIDENT, 0);
    }
    decide_all(stand, RESIDENT_SMS);
    snprintf(stand->settings.outbox_dir, sizeof stand->settings.outbox_dir, "%s/shuinuo-outbox-%d",
             getenv("TMPDIR") != NULL ? getenv("TMPDIR") : P_tmpdir, (int)getpid());
    snprintf(path, sizeof path, "%s.ids", stand->settings.outbox_dir);
    REQUIRE(run_twice_at_once(stand, send_all));
    FILE *file_of_ids = fopen(path, "r");
    REQUIRE(file_of_ids != NULL);
    while (total < 512 && fgets(line, sizeof line, file_of_ids) != NULL)
        ids[total++] = strtoll(line, NULL, 10);
    fclose(file_of_ids);
    remove(path);
    qsort(ids, total, sizeof ids[0], compare_ids);
    CHECK_INT(total, 60);
    for (size_t i = 1; i < total; i++)
        CHECK(ids[i] != ids[i - 1]);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outbox WHERE state = 2"), 60);
}

TEST(a_notice_whose_clerk_died_goes_again_after_its_lease_and_the_dead_hand_marks_nothing)
{
    struct stand *stand = stand_open("lease");
    int freed;
    put(stand, file_one(stand), "received", AUDIENCE_RESIDENT, 0);
    decide_all(stand, RESIDENT_SMS);
    list_due(stand, CHANNEL_SMS);
    struct notice dead = notices[0];
    claim(stand, &dead);
    CHECK_INT(dead.attempts, 1);
    stand_pass(stand, 59);
    REQUIRE_STATUS(outbox_store_free_expired(stand->db, 3, stand->now, &freed, &stand->fault), STATUS_OK);
    CHECK_INT(freed, 0);
    list_due(stand, CHANNEL_SMS);
    CHECK_INT(count, 0);
    stand_pass(stand, 1);
    REQUIRE_STATUS(outbox_store_free_expired(stand->db, 3, stand->now, &freed, &stand->fault), STATUS_OK);
    CHECK_INT(freed, 1);
    list_due(stand, CHANNEL_SMS);
    REQUIRE(count == 1);
    struct notice living = notices[0];
    bool has_it;
    REQUIRE_STATUS(outbox_store_claim(stand->db, &dead, 60, stand->now, &has_it, &stand->fault), STATUS_OK);
    living.attempts = 0; /* as a list read before the claim would have it */
    REQUIRE_STATUS(outbox_store_claim(stand->db, &living, 60, stand->now, &has_it, &stand->fault), STATUS_OK);
    CHECK(!has_it);
    struct notice other = dead;
    memset(other.token, 1, sizeof other.token);
    CHECK_STATUS(outbox_store_sent(stand->db, &other, "x", stand->now, &stand->fault), STATUS_CONFLICT);
    CHECK_STATUS(outbox_store_give_up(stand->db, &other, GATEWAY_ERROR_BUSY, "", stand->now, &stand->fault), STATUS_CONFLICT);
    CHECK_STATUS(outbox_store_again(stand->db, &other, GATEWAY_ERROR_BUSY, "", stand->now, false, &stand->fault),
                 STATUS_CONFLICT);
    CHECK_STATUS(outbox_store_sent(stand->db, &dead, "G-7", stand->now, &stand->fault), STATUS_OK);
    CHECK_STATUS(outbox_store_sent(stand->db, &dead, "G-8", stand->now, &stand->fault), STATUS_CONFLICT);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outbox WHERE state = 2 AND provider_id = 'G-7' AND attempts = 2"), 1);
}

TEST(a_notice_that_ends_its_clerk_every_time_is_given_up)
{
    struct stand *stand = stand_open("poison");
    int freed;
    put(stand, file_one(stand), "received", AUDIENCE_RESIDENT, 0);
    decide_all(stand, RESIDENT_SMS);
    for (int i = 0; i < 3; i++) {
        list_due(stand, CHANNEL_SMS);
        REQUIRE(count == 1);
        claim(stand, &notices[0]);
        stand_pass(stand, 60);
        REQUIRE_STATUS(outbox_store_free_expired(stand->db, 3, stand->now, &freed, &stand->fault), STATUS_OK);
        CHECK_INT(freed, i < 2);
    }
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outbox WHERE state = 3 AND error_class = %d",
                          GATEWAY_ERROR_INTERRUPTED), 1);
}

TEST(the_reason_of_a_failure_is_kept_and_cut_to_its_column)
{
    struct stand *stand = stand_open("reason");
    char longest[400];
    put(stand, file_one(stand), "received", AUDIENCE_RESIDENT, 0);
    decide_all(stand, RESIDENT_SMS);
    list_due(stand, CHANNEL_SMS);
    claim(stand, &notices[0]);
    memset(longest, 'x', sizeof longest);
    longest[399] = '\0';
    REQUIRE_STATUS(outbox_store_again(stand->db, &notices[0], GATEWAY_ERROR_TLS, longest,
                                      instant_add_seconds(stand->now, 30), true, &stand->fault), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outbox WHERE error_class = %d AND CHAR_LENGTH(last_error) = 200"
                                 " AND is_held = 1 AND claim_token IS NULL", GATEWAY_ERROR_TLS), 1);
    list_due(stand, CHANNEL_SMS);
    CHECK_INT(count, 0);
    stand_pass(stand, 30);
    list_due(stand, CHANNEL_SMS);
    CHECK_INT(count, 1);
}

/* ---- what became of them */

static struct change change_of(struct stand *stand, const char *what)
{
    struct change change = {.staff = {12}, .what = what, .subject = SUBJECT_NONE, .detail = "", .now = stand->now};
    static uint8_t next;
    change.key[0] = ++next;
    return change;
}

TEST(a_notice_that_was_given_up_is_sent_once_more_or_taken_off_once_whoever_is_first)
{
    struct stand *stand = stand_open("given_up");
    struct delivery *rows;
    struct delivery_summary summary;
    size_t row_count;
    const struct ticket_id ticket = file_one(stand);
    for (int i = 0; i < 3; i++)
        put(stand, ticket, "received", AUDIENCE_RESIDENT, 0);
    decide_all(stand, RESIDENT_SMS);
    stand_run(stand, "UPDATE outbox SET state = 3, attempts = 10, error_class = 6, last_error = 'HTTP 400', is_held = 1");
    const struct delivery_filter given_up = {.state = OUTBOX_GIVEN_UP, .channel = -1, .limit = 2};
    REQUIRE_STATUS(delivery_store_page(stand->db, &given_up, &stand->arena, &rows, &row_count, &stand->fault), STATUS_OK);
    REQUIRE(row_count == 2);
    CHECK_TEXT(rows[0].detail, "HTTP 400");
    CHECK_TEXT(rows[0].phone_masked, "138****5678");
    CHECK(rows[0].id > rows[1].id);
    const struct delivery_filter next = {.state = OUTBOX_GIVEN_UP, .channel = CHANNEL_SMS, .limit = 2, .before = rows[1].id};
    struct delivery *last;
    REQUIRE_STATUS(delivery_store_page(stand->db, &next, &stand->arena, &last, &row_count, &stand->fault), STATUS_OK);
    CHECK_INT(row_count, 1);
    const struct delivery_filter other = {.state = OUTBOX_GIVEN_UP, .channel = CHANNEL_MAIL, .limit = 2};
    REQUIRE_STATUS(delivery_store_page(stand->db, &other, &stand->arena, &last, &row_count, &stand->fault), STATUS_OK);
    CHECK_INT(row_count, 0);

    struct change retry = change_of(stand, "notice_retry");
    CHECK_STATUS(delivery_store_retry(stand->db, &retry, rows[0].id, &stand->fault), STATUS_OK);
    CHECK_STATUS(delivery_store_retry(stand->db, &retry, rows[0].id, &stand->fault), STATUS_DUPLICATE);
    retry = change_of(stand, "notice_retry");
    CHECK_STATUS(delivery_store_retry(stand->db, &retry, rows[0].id, &stand->fault), STATUS_CONFLICT);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outbox WHERE state = 0 AND attempts = 0 AND is_held = 0"), 1);
    struct change drop = change_of(stand, "notice_drop");
    CHECK_STATUS(delivery_store_drop(stand->db, &drop, rows[1].id, &stand->fault), STATUS_OK);
    drop = change_of(stand, "notice_drop");
    CHECK_STATUS(delivery_store_drop(stand->db, &drop, rows[1].id, &stand->fault), STATUS_CONFLICT);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM audit WHERE what LIKE 'notice%%'"), 2); /* what was not done is not logged */

    REQUIRE_STATUS(delivery_store_summary(stand->db, &summary, &stand->fault), STATUS_OK);
    CHECK_INT(summary.waiting, 1);
    CHECK_INT(summary.given_up, 1);
    CHECK_INT(summary.given_up_by[CHANNEL_SMS], 1);
    CHECK_INT(summary.oldest_waiting_at.milliseconds, stand->now.milliseconds);
    int again;
    struct change all = change_of(stand, "notices_retry");
    REQUIRE_STATUS(delivery_store_retry_channel(stand->db, &all, CHANNEL_MAIL, &again, &stand->fault), STATUS_OK);
    CHECK_INT(again, 0);
    all = change_of(stand, "notices_retry");
    REQUIRE_STATUS(delivery_store_retry_channel(stand->db, &all, CHANNEL_SMS, &again, &stand->fault), STATUS_OK);
    CHECK_INT(again, 1);

    REQUIRE_STATUS(delivery_store_list(stand->db, ticket, &stand->arena, &rows, &row_count, &stand->fault), STATUS_OK);
    REQUIRE(row_count == 3);
    CHECK_INT(rows[1].state, OUTBOX_DROPPED);
    CHECK_INT(rows[2].state, OUTBOX_WAITING);
    CHECK_INT(rows[2].error, GATEWAY_ERROR_REFUSED);
}

TEST(an_empty_outbox_has_a_summary)
{
    struct stand *stand = stand_open("empty");
    struct delivery_summary summary;
    REQUIRE_STATUS(delivery_store_summary(stand->db, &summary, &stand->fault), STATUS_OK);
    CHECK_INT(summary.waiting, 0);
    CHECK_INT(summary.given_up, 0);
    CHECK(!instant_is_set(summary.oldest_waiting_at));
}
