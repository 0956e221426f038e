/*
 * Messages by SMS to households and subscribers (Arts. 18(1), 33(4)): one message per number whoever queues it, claimed once whoever
 * sends it, stopped and let go on, looked up when it is sent, and subscriptions as they come and go.
 */
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/random.h"
#include "check.h"
#include "stand.h"
#include "store/outage_sms_clerk.h"
#include "store/outage_sms_queue.h"
#include "store/outage_sms_store.h"
#include "store/outage_store.h"
#include "store/subscription_store.h"

enum { DISTRICT = 9000, GARDEN = 9001, BUILDING_1 = 9002, BUILDING_2 = 9003, ELSEWHERE = 9004, ROWS = 200, PIPELINE = 3 };

static struct household_key key;
static const struct outage_words WORDS = {"", "管道爆裂，正在抢修", "", ""};

/* Accounts 0…99 in building 1, 100…189 in building 2, the rest elsewhere. Every tenth has no phone; pairs share one. */
static void fill_register(struct stand *stand, int32_t version, int count)
{
    static struct household rows[ROWS];
    static struct household_room rooms[ROWS];
    static uint8_t digests[ROWS][HOUSEHOLD_DIGEST_BYTES];

    for (int i = 0; i < count; i++) {
        struct household_person person = {.name = "王小明", .address = "2单元301"};
        snprintf(person.account, sizeof person.account, "10%08d", i);
        if (i % 10 != 0)
            snprintf(person.phone, sizeof person.phone, "139%08d", i / 2);
        REQUIRE(household_seal(&person, &key, &stand->secrets, &rooms[i], &rows[i]));
        rows[i].id = i + 1;
        rows[i].place.v = i < 100 ? BUILDING_1 : i < 190 ? BUILDING_2 : ELSEWHERE;
        rows[i].meter = 0;
    }
    REQUIRE_STATUS(household_store_insert(stand->db, version, rows, digests, (size_t)count, &stand->fault), STATUS_OK);
    stand_run(stand, "UPDATE customer_register SET version = %d WHERE id = 1", version);
}

static struct stand *town(const char *name)
{
    struct stand *stand = stand_open(name);

    stand_run(stand, "INSERT INTO place (id, parent_id, kind, name, zone) VALUES (%d, 0, 1, '新东城', 1), (%d, %d, 2, '新花园', 1),"
                     " (%d, %d, 4, '1号楼', 1), (%d, %d, 4, '2号楼', 1), (%d, %d, 2, '新家园', 1)",
              DISTRICT, GARDEN, DISTRICT, BUILDING_1, GARDEN, BUILDING_2, GARDEN, ELSEWHERE, DISTRICT);
    REQUIRE_STATUS(household_key_make(stand->db, &stand->secrets, 1, &key, &stand->fault), STATUS_OK);
    fill_register(stand, 1, ROWS);
    return stand;
}

/* An emergency at a place, as it is published. */
static struct outage_id publish(struct stand *stand, int place)
{
    const struct outage_command command = {
        .action = OUTAGE_REPORT, .actor = stand_liaison(PIPELINE), .unit = {PIPELINE}, .cause = 1, .diameter_mm = 300, .has_valves = true,
        .occurred_at = stand->now, .expected_end_at = instant_add_seconds(stand->now, 2 * HOUR_SECONDS), .place_count = 1,
        .places = {{place}}, .has_words = true};
    uint8_t form[ACTION_KEY_BYTES];
    struct outage outage;
    struct event event;

    random_bytes(form, sizeof form);
    outage_init(&outage, (struct outage_id){0});
    REQUIRE(outage_decide(&outage, &command, &stand->catalog.regulation, stand->now, &event) == VERDICT_OK);
    outage_apply(&outage, &event);
    REQUIRE_STATUS(outage_store_report(stand->db, &outage, &event, &WORDS, form, &stand->catalog, &stand->fault), STATUS_OK);
    return outage.id;
}

static void extend(struct stand *stand, struct outage_id id)
{
    struct outage_file file;
    struct event event;
    uint8_t form[ACTION_KEY_BYTES];

    random_bytes(form, sizeof form);
    REQUIRE_STATUS(outage_store_load(stand->db, id, &stand->arena, &file, &stand->fault), STATUS_OK);
    const struct outage_command command = {.action = OUTAGE_EXTEND, .actor = stand_liaison(PIPELINE),
                                           .expected_version = file.outage.version, .has_words = true,
                                           .expected_end_at = instant_add_seconds(stand->now, 5 * HOUR_SECONDS)};
    REQUIRE(outage_decide(&file.outage, &command, &stand->catalog.regulation, stand->now, &event) == VERDICT_OK);
    REQUIRE_STATUS(outage_store_append(stand->db, &file, &event, &WORDS, form, &stand->catalog, &stand->fault), STATUS_OK);
}

static struct change change_by(struct stand *stand, int staff, uint8_t form)
{
    struct change change = {.staff = {staff}, .what = "sms_send", .subject = SUBJECT_OUTAGE, .detail = "", .now = stand->now};

    memset(change.key, form, sizeof change.key);
    return change;
}

static enum status order(struct stand *stand, struct outage_id id, uint32_t seq, int staff, uint8_t form)
{
    const struct change change = change_by(stand, staff, form);
    const struct sms_order order = {.outage = id, .seq = seq, .body = "停水通知，请储水", .households = 190};

    return outage_sms_store_create(stand->db, &change, &order, &stand->fault);
}

static void fill_all(struct stand *stand)
{
    for (int done = 1; done > 0;) {
        arena_reset(&stand->arena);
        REQUIRE_STATUS(outage_sms_clerk_fill(stand->db, stand->now, &stand->arena, &done, &stand->fault), STATUS_OK);
    }
}

static struct sms_batch batch_of(struct stand *stand, struct outage_id id, size_t index)
{
    struct sms_batch *batches;
    size_t count;

    REQUIRE_STATUS(outage_sms_store_list(stand->db, id, &stand->arena, &batches, &count, &stand->fault), STATUS_OK);
    REQUIRE(index < count);
    return batches[index];
}

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

static enum status fill_as_clerk(struct stand *stand, struct db *db)
{
    int done;

    return outage_sms_clerk_fill(db, stand->now, &stand->arena, &done, &stand->fault);
}

/* ---- queueing */

TEST(art_33_4_every_number_of_the_area_is_queued_once_by_two_clerks_and_with_everything_below_a_place)
{
    struct stand *stand = town("smsfill");
    const struct outage_id id = publish(stand, GARDEN);

    REQUIRE_STATUS(order(stand, id, 1, 7, 1), STATUS_OK);
    CHECK_INT(batch_of(stand, id, 0).state, SMS_BATCH_FILLING);
    REQUIRE(run_twice_at_once(stand, fill_as_clerk));
    fill_all(stand);
    const struct sms_batch batch = batch_of(stand, id, 0);
    CHECK_INT(batch.state, SMS_BATCH_RUNNING);
    CHECK_INT(batch.numbers, 95);
    CHECK_INT(batch.waiting, 95);
    CHECK_INT(batch.households, 190);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outage_sms s JOIN household h ON h.version = 1 AND h.phone_hash = s.phone_hash"
                                 " WHERE h.place_id = %d", ELSEWHERE), 0);
    check_case("whoever ended in the middle leaves the rest to the next");
    stand_run(stand, "DELETE FROM outage_sms WHERE phone_hash > UNHEX('80')");
    stand_run(stand, "UPDATE outage_sms_batch SET state = 1, filled_place = %d, numbers = 0", GARDEN);
    fill_all(stand);
    CHECK_INT(batch_of(stand, id, 0).numbers, 95);
}

TEST(one_message_is_ordered_once_by_a_double_click_and_by_two_people)
{
    struct stand *stand = town("smsorder");
    const struct outage_id id = publish(stand, GARDEN);

    CHECK_STATUS(order(stand, id, 1, 7, 1), STATUS_OK);
    CHECK_STATUS(order(stand, id, 1, 7, 1), STATUS_DUPLICATE);
    CHECK_STATUS(order(stand, id, 1, 8, 2), STATUS_REFUSED);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outage_sms_batch WHERE outage_id = %lld", (long long)id.v), 1);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM audit WHERE what = 'sms_send' AND staff_id = 7"), 1);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM audit WHERE what = 'sms_send' AND staff_id = 8"), 0);
}

TEST(a_later_change_is_told_to_the_same_numbers_even_when_the_register_has_changed)
{
    struct stand *stand = town("smslater");
    const struct outage_id id = publish(stand, BUILDING_1);

    REQUIRE_STATUS(order(stand, id, 1, 7, 1), STATUS_OK);
    fill_all(stand);
    CHECK_INT(batch_of(stand, id, 0).numbers, 50);
    fill_register(stand, 2, 40); /* a later import has forty households alone */
    extend(stand, id);
    REQUIRE_STATUS(order(stand, id, 2, 7, 2), STATUS_OK);
    fill_all(stand);
    CHECK_INT(batch_of(stand, id, 0).numbers, 50);
    CHECK_INT(batch_of(stand, id, 0).told, OUTAGE_EXTEND);
    CHECK_INT(stand_count(stand, "SELECT COUNT(DISTINCT phone_hash) FROM outage_sms WHERE outage_id = %lld", (long long)id.v), 50);
}

/* ---- claiming */

static enum status claim_all(struct stand *stand, struct db *db)
{
    struct sms_message *messages;
    size_t count = 1;
    enum status status = STATUS_OK;

    for (int tries = 0; status == STATUS_OK && count > 0 && tries < 200; tries++) {
        arena_reset(&stand->arena);
        status = outage_sms_queue_claim(db, 2, 7, 60, stand->now, &stand->arena, &messages, &count, &stand->fault);
        for (size_t i = 0; status == STATUS_OK && i < count; i++)
            status = outage_sms_queue_sent(db, &messages[i], "gateway-7", stand->now, &stand->fault);
    }
    return status;
}

TEST(two_clerks_send_every_message_once)
{
    struct stand *stand = town("smsclaim");
    const struct outage_id id = publish(stand, GARDEN);

    REQUIRE_STATUS(order(stand, id, 1, 7, 1), STATUS_OK);
    fill_all(stand);
    CHECK_INT(batch_of(stand, id, 0).id, 2);
    REQUIRE(run_twice_at_once(stand, claim_all)); /* a second mark under one token would be refused, and end the clerk */
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outage_sms WHERE batch_id = 2 AND state = 2 AND attempts = 1"
                                 " AND provider_id = 'gateway-7'"), 95);
}

static struct sms_message claim_one(struct stand *stand, int64_t batch)
{
    struct sms_message *messages;
    size_t count;

    REQUIRE_STATUS(outage_sms_queue_claim(stand->db, batch, 1, 60, stand->now, &stand->arena, &messages, &count, &stand->fault), STATUS_OK);
    REQUIRE(count == 1);
    return messages[0];
}

TEST(what_a_killed_clerk_had_claimed_is_sent_again_under_the_same_id_and_its_own_mark_is_refused)
{
    struct stand *stand = town("smslease");
    const struct outage_id id = publish(stand, GARDEN);
    char first_id[SMS_ID_BYTES], second_id[SMS_ID_BYTES];

    REQUIRE_STATUS(order(stand, id, 1, 7, 1), STATUS_OK);
    fill_all(stand);
    const struct sms_message first = claim_one(stand, 2);
    stand_run(stand, "UPDATE outage_sms SET not_before = '2030-01-01' WHERE state = 0"); /* the others do not disturb */
    REQUIRE_STATUS(outage_sms_queue_free(stand->db, stand->now, &stand->fault), STATUS_OK);
    CHECK_INT(batch_of(stand, id, 0).under_way, 1);
    stand_pass(stand, 61);
    REQUIRE_STATUS(outage_sms_queue_free(stand->db, stand->now, &stand->fault), STATUS_OK);
    CHECK_INT(batch_of(stand, id, 0).again, 1);
    const struct sms_message second = claim_one(stand, 2);
    sms_id_format(&first, first_id);
    sms_id_format(&second, second_id);
    CHECK_TEXT(second_id, first_id);
    CHECK_INT(second.attempts, 2);
    CHECK_STATUS(outage_sms_queue_sent(stand->db, &first, "late", stand->now, &stand->fault), STATUS_CONFLICT);
    CHECK_STATUS(outage_sms_queue_sent(stand->db, &second, "G-1", stand->now, &stand->fault), STATUS_OK);
    CHECK_INT(batch_of(stand, id, 0).sent, 1);
}

TEST(a_number_is_opened_in_the_register_that_holds_when_it_is_sent)
{
    struct stand *stand = town("smsopen");
    const struct outage_id id = publish(stand, GARDEN);
    struct household_keys keys = {.next = 0};
    char phone[PHONE_BYTES];

    REQUIRE_STATUS(order(stand, id, 1, 7, 1), STATUS_OK);
    fill_all(stand);
    struct sms_message message = claim_one(stand, 2);
    REQUIRE_STATUS(household_open_phone(stand->db, &stand->secrets, &keys, &message.household, phone, &stand->fault), STATUS_OK);
    CHECK(strncmp(phone, "139", 3) == 0);
    CHECK(message.phone_sealed.length == 0);
    const struct hash hash = person_lookup_hash(&stand->secrets, "phone", phone);
    CHECK_BYTES(hash.bytes, message.phone_hash.bytes, HASH_BYTES);
    check_case("a number that has left the register has nobody behind it");
    fill_register(stand, 2, 0);
    stand_run(stand, "UPDATE customer_register SET version = 2 WHERE id = 1");
    message = claim_one(stand, 2);
    CHECK(!message.household.has_phone);
    household_keys_wipe(&keys);
}

/* ---- steering */

static size_t running_count(struct stand *stand)
{
    struct sms_running *running;
    size_t count;

    REQUIRE_STATUS(outage_sms_queue_running(stand->db, 50, &stand->arena, &running, &count, &stand->fault), STATUS_OK);
    CHECK_INT(running[0].id, SMS_BATCH_OF_CODES); /* somebody waits for a code */
    return count;
}

TEST(a_batch_is_stopped_by_two_people_at_once_goes_on_and_what_was_given_up_is_tried_again)
{
    struct stand *stand = town("smsstop");
    const struct outage_id id = publish(stand, GARDEN);

    REQUIRE_STATUS(order(stand, id, 1, 7, 1), STATUS_OK);
    fill_all(stand);
    CHECK_INT(running_count(stand), 2);
    struct change change = change_by(stand, 7, 10);
    CHECK_STATUS(outage_sms_store_stop(stand->db, &change, id, 2, &stand->fault), STATUS_OK);
    change = change_by(stand, 8, 11);
    CHECK_STATUS(outage_sms_store_stop(stand->db, &change, id, 2, &stand->fault), STATUS_OK);
    CHECK_INT(running_count(stand), 1);
    CHECK_INT(stand_count(stand, "SELECT stopped_by FROM outage_sms_batch WHERE id = 2"), 7);
    change = change_by(stand, 7, 12);
    CHECK_STATUS(outage_sms_store_resume(stand->db, &change, (struct outage_id){id.v + 1}, 2, &stand->fault), STATUS_OK);
    CHECK_INT(running_count(stand), 1); /* not that outage's batch */
    change = change_by(stand, 7, 13);
    CHECK_STATUS(outage_sms_store_resume(stand->db, &change, id, 2, &stand->fault), STATUS_OK);
    CHECK_INT(running_count(stand), 2);
    check_case("given up, seen with its reason, and tried again");
    struct sms_message message = claim_one(stand, 2);
    REQUIRE_STATUS(outage_sms_queue_failed(stand->db, &message, GATEWAY_ERROR_REFUSED, "HTTP 400", INSTANT_NONE, stand->now, &stand->fault), STATUS_OK);
    struct sms_trouble *troubles;
    struct sms_dead *dead;
    size_t count;
    REQUIRE_STATUS(outage_sms_store_troubles(stand->db, 2, &stand->arena, &troubles, &count, &stand->fault), STATUS_OK);
    REQUIRE(count == 1);
    CHECK_INT(troubles[0].error, GATEWAY_ERROR_REFUSED);
    REQUIRE_STATUS(outage_sms_store_given_up(stand->db, 2, &stand->arena, &dead, &count, &stand->fault), STATUS_OK);
    REQUIRE(count == 1);
    CHECK(strncmp(dead[0].phone_masked, "139*", 4) == 0);
    change = change_by(stand, 7, 14);
    CHECK_STATUS(outage_sms_store_retry(stand->db, &change, id, 2, &stand->fault), STATUS_OK);
    CHECK_INT(batch_of(stand, id, 0).given_up, 0);
    CHECK_INT(batch_of(stand, id, 0).again, 1);
}

TEST(a_batch_is_done_when_every_number_was_told_or_given_up_and_its_figures_outlive_its_rows)
{
    struct stand *stand = town("smsdone");
    const struct outage_id id = publish(stand, GARDEN);
    struct sms_over *over;
    size_t count;

    REQUIRE_STATUS(order(stand, id, 1, 7, 1), STATUS_OK);
    fill_all(stand);
    struct sms_message message = claim_one(stand, 2);
    REQUIRE_STATUS(outage_sms_queue_failed(stand->db, &message, GATEWAY_ERROR_REFUSED, "HTTP 400", INSTANT_NONE, stand->now, &stand->fault), STATUS_OK);
    REQUIRE_STATUS(outage_sms_clerk_over(stand->db, 10, &stand->arena, &over, &count, &stand->fault), STATUS_OK);
    CHECK_INT(count, 0);
    REQUIRE_STATUS(claim_all(stand, stand->db), STATUS_OK);
    REQUIRE_STATUS(outage_sms_clerk_over(stand->db, 10, &stand->arena, &over, &count, &stand->fault), STATUS_OK);
    REQUIRE(count == 1);
    CHECK_INT(over[0].sent, 94);
    CHECK_INT(over[0].given_up, 1);
    CHECK(instant_is_equal(over[0].last_sent_at, stand->now));
    REQUIRE_STATUS(outage_sms_clerk_end(stand->db, &over[0], stand->now, &stand->fault), STATUS_OK);
    const struct instant before = stand->now;
    stand_pass(stand, 10);
    REQUIRE_STATUS(outage_sms_clerk_purge(stand->db, before, stand->now, &stand->fault), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outage_sms"), 95);
    REQUIRE_STATUS(outage_sms_clerk_purge(stand->db, stand->now, stand->now, &stand->fault), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outage_sms"), 0);
    const struct sms_batch batch = batch_of(stand, id, 0);
    CHECK_INT(batch.state, SMS_BATCH_EMPTIED);
    CHECK_INT(batch.sent, 94);
    CHECK_INT(batch.given_up, 1);
}

/* ---- subscriptions */

static struct subscribe_input wish(struct stand *stand, enum subscribe_kind kind, const char *phone, int place, uint8_t form)
{
    struct subscribe_input input = {.kind = kind, .place = {place}, .phone_hash = person_lookup_hash(&stand->secrets, "phone", phone),
                                    .key_id = stand->secrets.staff_key_id,
                                    .phone_sealed = person_seal_text(phone, &stand->secrets, &stand->arena)};

    memset(input.key, form, sizeof input.key);
    return input;
}

static void apply_all(struct stand *stand)
{
    int done;

    REQUIRE_STATUS(subscription_store_apply(stand->db, 365, 100, stand->now, &stand->arena, &done, &stand->fault), STATUS_OK);
}

static void subscribe(struct stand *stand, const char *phone, int place, uint8_t form)
{
    const struct subscribe_input input = wish(stand, SUBSCRIBE_CONFIRM, phone, place, form);

    REQUIRE_STATUS(subscription_store_add(stand->db, &input, stand->now, &stand->fault), STATUS_OK);
    apply_all(stand);
}

TEST(a_wish_for_a_code_is_queued_once_with_its_own_sealed_number)
{
    struct stand *stand = town("smscode");
    struct subscribe_input input = wish(stand, SUBSCRIBE_CODE, "13700000001", GARDEN, 1);

    CHECK_STATUS(subscription_store_add(stand->db, &input, stand->now, &stand->fault), STATUS_OK);
    CHECK_STATUS(subscription_store_add(stand->db, &input, stand->now, &stand->fault), STATUS_DUPLICATE);
    apply_all(stand);
    apply_all(stand);
    const struct sms_message message = claim_one(stand, SMS_BATCH_OF_CODES);
    char phone[PHONE_BYTES];
    CHECK_INT(message.audience, SMS_CODES);
    CHECK_BYTES(message.input_key, input.key, sizeof input.key);
    CHECK_INT(message.place.v, GARDEN);
    REQUIRE(person_open_text(message.phone_sealed, &stand->secrets, phone, sizeof phone));
    CHECK_TEXT(phone, "13700000001");
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outage_subscription"), 0);
}

TEST(subscriptions_are_renewed_end_one_by_one_or_all_and_run_out)
{
    struct stand *stand = town("smssub");

    subscribe(stand, "13700000001", GARDEN, 1);
    subscribe(stand, "13700000001", ELSEWHERE, 2);
    subscribe(stand, "13700000002", GARDEN, 3);
    stand_pass(stand, DAY_SECONDS);
    subscribe(stand, "13700000001", GARDEN, 4);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outage_subscription"), 3);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outage_subscription WHERE expires_at > '2027-11-23 12:00'"), 1);
    struct subscribe_input stop = {.kind = SUBSCRIBE_STOP, .key = {9}, .subscription = 3};
    REQUIRE_STATUS(subscription_store_add(stand->db, &stop, stand->now, &stand->fault), STATUS_OK);
    apply_all(stand);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outage_subscription"), 2);
    stop = (struct subscribe_input){.kind = SUBSCRIBE_STOP_ALL, .key = {10}, .subscription = 1};
    REQUIRE_STATUS(subscription_store_add(stand->db, &stop, stand->now, &stand->fault), STATUS_OK);
    apply_all(stand);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outage_subscription"), 0);
    subscribe(stand, "13700000003", GARDEN, 11);
    stand_pass(stand, 366 * DAY_SECONDS);
    REQUIRE_STATUS(outage_sms_clerk_purge(stand->db, stand->now, stand->now, &stand->fault), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outage_subscription"), 0);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outage_subscribe_input"), 0);
}

static void open_subscribers(struct stand *stand)
{
    struct sms_untold *untold;
    size_t count;

    REQUIRE_STATUS(outage_sms_clerk_untold(stand->db, instant_add_seconds(stand->now, -DAY_SECONDS), 10, &stand->arena, &untold, &count,
                                           &stand->fault), STATUS_OK);
    for (size_t i = 0; i < count; i++)
        REQUIRE_STATUS(outage_sms_clerk_open(stand->db, &untold[i], "停水通知", stand->now, &stand->fault), STATUS_OK);
    fill_all(stand);
}

TEST(who_is_a_household_and_a_subscriber_is_told_once_whichever_comes_first)
{
    struct stand *stand = town("smsboth");
    subscribe(stand, "13900000001", GARDEN, 1);     /* accounts 2 and 3 have it, too */
    subscribe(stand, "13900000001", BUILDING_1, 2);
    subscribe(stand, "13700000009", DISTRICT, 3);   /* asked about the whole district */
    subscribe(stand, "13700000008", ELSEWHERE, 4);
    const struct outage_id id = publish(stand, BUILDING_1);
    open_subscribers(stand);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outage_sms WHERE outage_id = %lld", (long long)id.v), 2);
    REQUIRE_STATUS(order(stand, id, 1, 7, 1), STATUS_OK);
    fill_all(stand);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outage_sms WHERE outage_id = %lld", (long long)id.v), 51);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outage_sms s JOIN outage_sms_batch b ON b.id = s.batch_id WHERE b.audience = 1"), 49);
    check_case("the other way round, and the same message never makes a second batch");
    extend(stand, id);
    REQUIRE_STATUS(order(stand, id, 2, 7, 2), STATUS_OK);
    fill_all(stand);
    open_subscribers(stand);
    open_subscribers(stand);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outage_sms WHERE outage_id = %lld AND seq = 2", (long long)id.v), 51);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM outage_sms_batch WHERE audience = 2"), 2);
    CHECK_INT(stand_count(stand, "SELECT numbers FROM outage_sms_batch WHERE audience = 2 AND seq = 2"), 1);
}

TEST(codes_and_links_are_the_same_for_who_asked_and_no_others)
{
    struct key secret = {{1}}, other = {{2}};
    const struct hash phone = {{3}}, another = {{4}};
    const uint8_t form[SUBSCRIBE_KEY_BYTES] = {5}, later[SUBSCRIBE_KEY_BYTES] = {6};
    char code[SUBSCRIBE_CODE_BYTES], again[SUBSCRIBE_CODE_BYTES], link[STOP_LINK_BYTES];
    int64_t id = 0;

    subscribe_code_format(&secret, form, &phone, (struct place_id){7}, code);
    subscribe_code_format(&secret, form, &phone, (struct place_id){7}, again);
    CHECK_TEXT(again, code);
    CHECK_INT(strspn(code, "0123456789"), 6);
    subscribe_code_format(&secret, later, &phone, (struct place_id){7}, again);
    CHECK(strcmp(again, code) != 0);
    subscribe_code_format(&secret, form, &another, (struct place_id){7}, again);
    CHECK(strcmp(again, code) != 0);
    subscribe_code_format(&secret, form, &phone, (struct place_id){8}, again);
    CHECK(strcmp(again, code) != 0);
    stop_link_format(&secret, 1234567, link);
    CHECK(stop_link_parse(&secret, link, &id));
    CHECK_INT(id, 1234567);
    CHECK(!stop_link_parse(&other, link, &id));
    link[0] = '2';
    CHECK(!stop_link_parse(&secret, link, &id));
    static const char *const wrong[] = {"", "-", "1", "1-", "x-0123456789abcdef", "1-0123456789abcde", "99999999999999999999999-0123456789abcdef"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        CHECK(!stop_link_parse(&secret, wrong[i], &id));
}
