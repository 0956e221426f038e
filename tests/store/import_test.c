/* Imports of the register of customers: a version switch, nothing half-imported, two at once, what staff changed (Arts. 18(1), 33(4)). */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/now.h"
#include "check.h"
#include "stand.h"
#include "store/import_store.h"

#define HEADER "户号,区,小区,道路,楼栋,门牌,户名,电话,总表,总表名称\n"

static struct stand *shared(void)
{
    static struct stand *stand;

    if (stand == NULL) {
        stand = stand_open("import");
        stand_make_accounts(stand);
    }
    return stand;
}

/* ---- a file in memory */

struct memory {
    const char *bytes;
    size_t length, at, piece;
    int64_t stop_after; /* bytes of the second reading, then the process waits to be killed; 0: never */
    int told;
    bool is_second;
};

static enum status memory_read(void *context, char *buffer, size_t size, size_t *length, struct fault *fault)
{
    struct memory *memory = context;
    const size_t left = memory->length - memory->at, wanted = memory->piece != 0 && memory->piece < size ? memory->piece : size;

    (void)fault;
    *length = left < wanted ? left : wanted;
    memcpy(buffer, memory->bytes + memory->at, *length);
    memory->at += *length;
    if (memory->is_second && memory->stop_after > 0 && (int64_t)memory->at > memory->stop_after) {
        if (write(memory->told, "x", 1) == 1)
            pause();
        _exit(1);
    }
    return STATUS_OK;
}

static enum status memory_rewind(void *context, struct fault *fault)
{
    struct memory *memory = context;

    (void)fault;
    memory->is_second = memory->at > 0;
    memory->at = 0;
    return STATUS_OK;
}

static struct import_result read_bytes(struct db *db, const char *bytes, size_t length, size_t piece)
{
    struct stand *stand = shared();
    struct memory memory = {.bytes = bytes, .length = length, .piece = piece};
    const struct import_source source = {&memory, memory_read, memory_rewind};
    const struct import_options options = {.file_name = "test.csv"};
    struct import_result result;

    CHECK_STATUS(import_store_read(db, &stand->secrets, &source, &options, &result, &stand->fault), STATUS_OK);
    return result;
}

static struct import_result read_text(const char *text)
{
    return read_bytes(shared()->db, text, strlen(text), 0);
}

static struct import_result import_text(const char *text)
{
    struct stand *stand = shared();
    const struct import_result result = read_text(text);

    CHECK_INT(result.refusal, IMPORT_TAKEN);
    CHECK_STATUS(import_store_switch(stand->db, &result.import, now_instant(), &stand->fault), STATUS_OK);
    return result;
}

static int32_t version_now(void)
{
    struct stand *stand = shared();
    int32_t version;

    CHECK_STATUS(household_store_version(stand->db, &version, &stand->fault), STATUS_OK);
    return version;
}

static int64_t households_now(void)
{
    return stand_count(shared(), "SELECT COUNT(*) FROM household WHERE version = %d", version_now());
}

static void expect_line(const struct import_result *result, size_t index, int32_t line, enum customer_problem problem, int32_t other)
{
    struct stand *stand = shared();
    struct import_line *lines;
    size_t count;

    CHECK_STATUS(import_store_lines(stand->db, result->import.id, 0, 100, &stand->arena, &lines, &count, &stand->fault), STATUS_OK);
    REQUIRE(index < count);
    CHECK_INT(lines[index].line, line);
    CHECK_INT(lines[index].problem, problem);
    CHECK_INT(lines[index].other_line, other);
}

/* ---- what a file brings */

TEST(art_33_4_a_file_brings_communities_roads_buildings_meters_and_households)
{
    struct stand *stand = shared();
    const struct import_result result =
        import_text(HEADER "1000000001,东区,甲园,,1号楼,101,王一,138 0000-0001,M1,甲园总表\n"
                           "1000000002,东区,甲园,,1号楼,102,王二,＋86 13800000002,M1,\n"
                           "1000000003,东区,甲园,,２号楼,\"1单元\n101\",王三,,,\n"
                           "1000000004,东区,,长路,,7号,\"王\"\"四\",0635-8212345,,\n");
    const struct import_counts *counts = &result.import.counts;

    CHECK_INT(counts->rows, 4);
    CHECK_INT(counts->with_phone, 3);
    CHECK_INT(counts->bad, 0);
    CHECK_INT(counts->places, 5);
    CHECK_INT(counts->meters, 1);
    CHECK_INT(version_now(), result.import.id);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM place WHERE staged_in = 0 AND name = '2号楼' AND in_catalog = 0"), 1);
    CHECK_INT(stand_count(stand, "SELECT households FROM household_figure f JOIN place p ON p.id = f.place_id WHERE f.version = %d"
                                 " AND p.name = '甲园'", version_now()), 3);
    CHECK_INT(stand_count(stand, "SELECT phones FROM household_figure f JOIN place p ON p.id = f.place_id WHERE f.version = %d"
                                 " AND p.name = '东区'", version_now()), 3);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM household h JOIN master_meter m ON m.id = h.master_meter_id WHERE m.code = 'M1'"), 2);
}

TEST(places_keep_their_numbers_from_import_to_import_and_unlisted_ones_are_retired_not_deleted)
{
    struct stand *stand = shared();
    import_text(HEADER "1000000001,东区,乙园,,1号楼,101,王一,13800000001,M7,乙园表\n1000000002,东区,丙园,,,1,王二,,,\n");
    const int64_t number = stand_count(stand, "SELECT id FROM place WHERE name = '乙园'");
    const struct import_result without = import_text(HEADER "1000000002,东区,丙园,,,1,王二,,,\n");

    CHECK_INT(without.import.counts.removed, 1);
    CHECK_INT(without.import.counts.retired, 2);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM place WHERE id = %lld AND retired_at IS NOT NULL", (long long)number), 1);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM master_meter WHERE code = 'M7' AND retired_at IS NOT NULL"), 1);
    stand_run(stand, "UPDATE place SET name = '乙园新名' WHERE id = %lld", (long long)number);
    const struct import_result again = import_text(HEADER "1000000001,东区,乙园,,1号楼,101,王一,13800000001,M7,\n1000000002,东区,丙园,,,1,王二,,,\n");
    CHECK_INT(again.import.counts.reused, 2);
    CHECK_INT(again.import.counts.places, 0);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM place WHERE id = %lld AND retired_at IS NULL AND name = '乙园新名'", (long long)number), 1);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM master_meter WHERE code = 'M7' AND retired_at IS NULL"), 1);
}

TEST(the_comparison_counts_new_changed_and_removed_households)
{
    import_text(HEADER "1000000001,东区,丁园,,,1,王一,13800000001,,\n1000000002,东区,丁园,,,2,王二,,,\n1000000003,东区,丁园,,,3,王三,,,\n");
    const struct import_result result =
        read_text(HEADER "1000000001,东区,丁园,,,1,王一,13800000009,,\n1000000002,东区,丁园,,,2,王二,,,\n1000000009,东区,丁园,,,9,王九,,,\n");

    CHECK_INT(result.import.counts.added, 1);
    CHECK_INT(result.import.counts.changed, 1);
    CHECK_INT(result.import.counts.removed, 1);
    CHECK_INT(households_now(), 3);
}

/* ---- bad input */

TEST(bad_lines_are_named_with_line_and_reason_and_the_rest_is_taken)
{
    const struct import_result result = import_text(HEADER "1000000001,东区,戊园,,,1,王一,,,\n"
                                                           "12,东区,戊园,,,1,王一,,,\n"
                                                           ",东区,戊园,,,1,王一,,,\n"
                                                           "1000000003,,戊园,,,1,王一,,,\n"
                                                           "1000000004,东区,,,,1,王一,,,\n"
                                                           "1000000001,东区,戊园,,,2,王二,,,\n"
                                                           "1000000005,东区\n"
                                                           "1000000006,东区,戊园,,,1,王六,12345,,\n"
                                                           "1000000007,东区,戊园,,,1,王七,,,无号之表\n"
                                                           "\n"
                                                           "1000000008,东区,戊园,,,1,\x01,,,\n");

    CHECK_INT(result.import.counts.rows, 2);
    CHECK_INT(result.import.counts.bad, 9);
    expect_line(&result, 0, 3, CUSTOMER_BAD_ACCOUNT, 0);
    expect_line(&result, 1, 4, CUSTOMER_NO_ACCOUNT, 0);
    expect_line(&result, 2, 5, CUSTOMER_NO_DISTRICT, 0);
    expect_line(&result, 3, 6, CUSTOMER_NO_PLACE, 0);
    expect_line(&result, 4, 7, CUSTOMER_DUPLICATE, 2);
    expect_line(&result, 5, 8, CUSTOMER_TOO_FEW, 0);
    expect_line(&result, 6, 9, CUSTOMER_BAD_PHONE, 0);
    expect_line(&result, 7, 10, CUSTOMER_METER_NO_CODE, 0);
    expect_line(&result, 8, 12, CUSTOMER_NOT_TEXT, 0);
}

TEST(a_line_of_ten_megabytes_costs_itself_and_no_memory)
{
    const char before[] = HEADER "1000000001,东区,己园,,,\"", after[] = "\n1000000002,东区,己园,,,2,王二,,,\n";
    const size_t middle = 10 * 1024 * 1024, length = strlen(before) + middle + strlen(after);
    char *bytes = malloc(length);

    REQUIRE(bytes != NULL);
    memcpy(bytes, before, strlen(before));
    memset(bytes + strlen(before), 'x', middle);
    memcpy(bytes + strlen(before) + middle, after, strlen(after));
    const struct import_result result = read_bytes(shared()->db, bytes, length, 0);
    CHECK_INT(result.refusal, IMPORT_TAKEN);
    CHECK_INT(result.import.counts.rows, 1);
    expect_line(&result, 0, 2, CUSTOMER_LINE_TOO_LONG, 0);
    free(bytes);
}

TEST(a_nul_costs_its_line)
{
    const char text[] = HEADER "1000000001,东区,己\0园,,,1,王一,,,\n1000000002,东区,己园,,,2,王二,,,\n";
    const struct import_result result = read_bytes(shared()->db, text, sizeof text - 1, 0);

    CHECK_INT(result.import.counts.rows, 1);
    expect_line(&result, 0, 2, CUSTOMER_HAS_NUL, 0);
}

TEST(gbk_is_recognised_and_read_as_it_was_meant)
{
    struct stand *stand = shared();
    /* "户号,区,小区,楼栋,户名,电话" and one household: 1000000001,东区,庚园,1号楼,王一,13800000001 */
    const char text[] = "\xbb\xa7\xba\xc5,\xc7\xf8,\xd0\xa1\xc7\xf8,\xc2\xa5\xb6\xb0,\xbb\xa7\xc3\xfb,\xb5\xe7\xbb\xb0\r\n"
                        "1000000001,\xb6\xab\xc7\xf8,\xb8\xfd\xd4\xb0,1\xba\xc5\xc2\xa5,\xcd\xf5\xd2\xbb,13800000001\r\n";
    const struct import_result result = read_bytes(stand->db, text, sizeof text - 1, 3);

    CHECK_INT(result.refusal, IMPORT_TAKEN);
    CHECK_INT(result.import.encoding, ENCODING_GB18030);
    CHECK_INT(result.import.counts.rows, 1);
    CHECK_STATUS(import_store_switch(stand->db, &result.import, now_instant(), &stand->fault), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM place WHERE name = '庚园' AND retired_at IS NULL AND staged_in = 0"), 1);
}

TEST(files_that_cannot_be_used_are_refused_as_a_whole)
{
    const int32_t before = version_now();

    CHECK_INT(read_text("").refusal, IMPORT_BAD_HEADER);
    CHECK_INT(read_text("姓名,电话\n王一,13800000001\n").refusal, IMPORT_BAD_HEADER);
    CHECK_INT(read_text("户号,户号,区,小区\n1,2,3,4\n").refusal, IMPORT_BAD_HEADER);
    CHECK_INT(read_text(HEADER).refusal, IMPORT_NO_ROWS);
    CHECK_INT(read_text(HEADER "x,东区,甲园,,,,,,,\n").refusal, IMPORT_NO_ROWS);
    CHECK_INT(read_bytes(shared()->db, "\xff\xfe" "a\0,\0", 6, 0).refusal, IMPORT_UTF16);
    CHECK_INT(version_now(), before);
    CHECK_INT(stand_count(shared(), "SELECT COUNT(*) FROM customer_import WHERE state = %d", IMPORT_LOADING), 0);
    CHECK_INT(stand_count(shared(), "SELECT import_id FROM customer_register WHERE id = 1"), 0);
}

/* ---- two at once, and ends in the middle */

TEST(of_two_imports_at_once_the_second_is_told)
{
    struct stand *stand = shared();

    stand_run(stand, "UPDATE customer_register SET import_id = 999999, claimed_until = '2999-01-01' WHERE id = 1");
    CHECK_INT(read_text(HEADER "1000000001,东区,甲园,,,1,王一,,,\n").refusal, IMPORT_BUSY);
    stand_run(stand, "UPDATE customer_register SET import_id = 0 WHERE id = 1");
}

TEST(of_two_staged_files_the_one_that_is_confirmed_later_is_told)
{
    struct stand *stand = shared();
    const struct import_result first = read_text(HEADER "1000000001,东区,甲园,,,1,王一,,,\n");
    const struct import_result second = read_text(HEADER "1000000002,东区,甲园,,,1,王二,,,\n");

    CHECK_STATUS(import_store_switch(stand->db, &first.import, now_instant(), &stand->fault), STATUS_CONFLICT);
    CHECK_STATUS(import_store_switch(stand->db, &second.import, now_instant(), &stand->fault), STATUS_OK);
    CHECK_STATUS(import_store_switch(stand->db, &second.import, now_instant(), &stand->fault), STATUS_OK); /* sent twice */
    CHECK_INT(version_now(), second.import.id);
}

static char *long_file(int rows)
{
    const size_t room = (size_t)rows * 80 + 200;
    char *text = malloc(room);
    size_t length = (size_t)snprintf(text, room, "%s", HEADER);

    for (int i = 0; i < rows; i++)
        length += (size_t)snprintf(text + length, room - length, "20%08d,西区,辛园,,%d号楼,%d,李,139%08d,,\n", i, i / 30, i, i);
    return text;
}

TEST(an_import_that_is_killed_leaves_nothing_to_be_seen_and_is_cleared_away)
{
    struct stand *stand = shared();
    char *text = long_file(5000);
    const int64_t before = households_now();
    const int32_t version = version_now();
    int pipes[2];

    REQUIRE(pipe(pipes) == 0);
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        struct memory memory = {.bytes = text, .length = strlen(text), .piece = 20000, .stop_after = 150000, .told = pipes[1]};
        const struct import_source source = {&memory, memory_read, memory_rewind};
        const struct import_options options = {.file_name = "killed.csv"};
        struct import_result result;
        struct fault fault = {0};
        struct db *db = stand_connect(stand);
        if (import_store_read(db, &stand->secrets, &source, &options, &result, &fault) != STATUS_OK)
            _exit(2);
        _exit(3);
    }
    char byte;
    REQUIRE(read(pipes[0], &byte, 1) == 1);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    const int64_t left = stand_count(stand, "SELECT id FROM customer_import WHERE state = %d", IMPORT_LOADING);
    CHECK(stand_count(stand, "SELECT COUNT(*) FROM household WHERE version = %lld", (long long)left) > 0);
    CHECK_INT(version_now(), version);
    CHECK_INT(households_now(), before);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM place WHERE staged_in = 0 AND name = '辛园'"), 0);
    CHECK_INT(read_text(HEADER "1000000001,东区,甲园,,,1,王一,,,\n").refusal, IMPORT_BUSY); /* its claim still holds */

    stand_run(stand, "UPDATE customer_register SET claimed_until = '2000-01-01' WHERE id = 1");
    bool is_done = false;
    for (int i = 0; i < 50 && !is_done; i++)
        CHECK_STATUS(import_store_purge(stand->db, now_instant(), 500, &is_done, &stand->fault), STATUS_OK);
    CHECK(is_done);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM household WHERE version = %lld", (long long)left), 0);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM place WHERE staged_in = %lld", (long long)left), 0);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM household_key WHERE import_id = %lld", (long long)left), 0);
    CHECK_INT(import_text(HEADER "1000000001,东区,甲园,,,1,王一,,,\n").refusal, IMPORT_TAKEN);
    free(text);
}

TEST(a_replaced_version_stays_for_an_hour_for_those_who_are_reading_it)
{
    struct stand *stand = shared();
    const struct import_result old = import_text(HEADER "1000000001,东区,甲园,,,1,王一,,,\n");
    bool is_done;

    import_text(HEADER "1000000002,东区,甲园,,,1,王二,,,\n");
    CHECK_STATUS(import_store_purge(stand->db, now_instant(), 1000, &is_done, &stand->fault), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM household WHERE version = %d", old.import.id), 1);
    CHECK_STATUS(import_store_purge(stand->db, instant_add_seconds(now_instant(), 3700), 1000, &is_done, &stand->fault), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM household WHERE version = %d", old.import.id), 0);
    CHECK_INT(households_now(), 1);
}

/* ---- by the accounts that do it */

TEST(the_program_supply_and_the_command_may_import)
{
    static const char *const programs[] = {"supply", "command"};
    struct stand *stand = shared();

    for (size_t i = 0; i < 2; i++) {
        struct db *db = stand_connect_as(stand, programs[i]);
        const char *text = HEADER "1000000001,东区,壬园,,3号楼,1,王一,13800000001,M9,\n1000000002,东区,壬园,,4号楼,1,王二,,,\n";
        bool is_done;
        const struct import_result result = read_bytes(db, text, strlen(text), 0);
        CHECK_INT(result.refusal, IMPORT_TAKEN);
        CHECK_STATUS(import_store_switch(db, &result.import, now_instant(), &stand->fault), STATUS_OK);
        CHECK_STATUS(import_store_purge(db, instant_add_seconds(now_instant(), 7200), 1000, &is_done, &stand->fault), STATUS_OK);
        CHECK(is_done);
        db_close(db);
    }
}

TEST(clerk_clears_away_what_imports_left)
{
    struct stand *stand = shared();
    const struct import_result thrown = read_text(HEADER "1000000001,东区,癸园,,3号楼,1,王一,13800000001,M11,\n");
    struct db *db = stand_connect_as(stand, "clerk");
    bool is_done;

    CHECK_STATUS(import_store_discard(stand->db, thrown.import.id, now_instant(), &stand->fault), STATUS_OK);
    CHECK_STATUS(import_store_purge(db, now_instant(), 1000, &is_done, &stand->fault), STATUS_OK);
    CHECK(is_done);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM place WHERE name = '癸园'"), 0);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM household WHERE version = %d", thrown.import.id), 0);
    db_close(db);
}
