/* Households: sealed, counted by place and meter, walked page by page, found by account (Arts. 18(1), 33(4)). */
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "stand.h"
#include "store/household_store.h"

enum { TOWN = 9000, WEST = 9001, GARDEN = 9002, BUILDING_1 = 9003, BUILDING_2 = 9004, METER = 77, ROWS = 130 };

static struct household_key key;

/* Rows of one version: 100 in building 1, 29 in building 2 (with the meter), one at the other end of the town with that meter. */
static void fill(struct stand *stand, int32_t version)
{
    static struct household rows[ROWS];
    static struct household_room rooms[ROWS];
    static uint8_t digests[ROWS][HOUSEHOLD_DIGEST_BYTES];

    for (int i = 0; i < ROWS; i++) {
        struct household_person person = {.name = "王小明", .address = "2单元301"};
        snprintf(person.account, sizeof person.account, "10%08d", i);
        if (i % 10 != 0) /* every tenth has none; of the others two and two share one */
            snprintf(person.phone, sizeof person.phone, "138%08d", i / 2);
        CHECK(household_seal(&person, &key, &stand->secrets, &rooms[i], &rows[i]));
        rows[i].id = i + 1;
        rows[i].place.v = i < 100 ? BUILDING_1 : i < 129 ? BUILDING_2 : WEST;
        rows[i].meter = i < 100 ? 0 : METER;
    }
    CHECK_STATUS(household_store_insert(stand->db, version, rows, digests, ROWS, &stand->fault), STATUS_OK);
    stand_run(stand, "UPDATE customer_register SET version = %d WHERE id = 1", version);
}

static struct stand *shared(void)
{
    static struct stand *stand;

    if (stand != NULL)
        return stand;
    stand = stand_open("household");
    stand_make_accounts(stand);
    stand_run(stand, "INSERT INTO place (id, parent_id, kind, name, zone) VALUES (%d, 0, 1, '东城', 1), (%d, %d, 3, '西路', 1),"
                     " (%d, %d, 2, '花园', 1), (%d, %d, 4, '1号楼', 1), (%d, %d, 4, '2号楼', 1)",
              TOWN, WEST, TOWN, GARDEN, TOWN, BUILDING_1, GARDEN, BUILDING_2, GARDEN);
    CHECK_STATUS(household_key_make(stand->db, &stand->secrets, 1, &key, &stand->fault), STATUS_OK);
    fill(stand, 1);
    return stand;
}

static struct household_counts count(const int32_t *place_ids, size_t place_count, const int32_t *meters, size_t meter_count)
{
    struct stand *stand = shared();
    struct place_id places[4];
    struct household_counts counts;
    int32_t version;

    for (size_t i = 0; i < place_count; i++)
        places[i].v = place_ids[i];
    CHECK_STATUS(household_store_version(stand->db, &version, &stand->fault), STATUS_OK);
    const struct household_scope scope = {places, place_count, meters, meter_count};
    CHECK_STATUS(household_store_count(stand->db, version, &scope, &counts, &stand->fault), STATUS_OK);
    return counts;
}

TEST(art_33_4_households_and_registered_numbers_are_counted_with_everything_below_a_place)
{
    const int32_t garden[] = {GARDEN}, both[] = {TOWN, BUILDING_1}, first[] = {BUILDING_1}, meters[] = {METER};

    CHECK_INT(count(first, 1, NULL, 0).households, 100);
    CHECK_INT(count(first, 1, NULL, 0).with_phone, 90);
    CHECK_INT(count(first, 1, NULL, 0).numbers, 50); /* i / 2 of 0…99; of each pair that a tenth belongs to the other has it */
    CHECK_INT(count(garden, 1, NULL, 0).households, 129);
    CHECK_INT(count(both, 2, NULL, 0).households, 130);
    CHECK_INT(count(NULL, 0, meters, 1).households, 30);
    CHECK_INT(count(garden, 1, meters, 1).households, 130);
    CHECK_INT(count(NULL, 0, NULL, 0).households, 0);
}

static int walk_all(const struct household_scope *scope, bool with_phone, int limit, int seen[ROWS + 1])
{
    struct stand *stand = shared();
    struct household_walk walk;
    struct arena page;
    int pages = 0;

    memset(seen, 0, (ROWS + 1) * sizeof *seen);
    arena_init(&page, (size_t)1 << 22);
    CHECK_STATUS(household_walk_begin(stand->db, 1, scope, with_phone, &stand->arena, &walk, &stand->fault), STATUS_OK);
    for (;; pages++) {
        struct household *households;
        size_t found;
        CHECK_STATUS(household_walk_next(stand->db, &walk, limit, &page, &households, &found, &stand->fault), STATUS_OK);
        for (size_t i = 0; i < found; i++)
            seen[households[i].id]++;
        if (found == 0)
            break;
        arena_reset(&page);
    }
    arena_release(&page);
    return pages;
}

TEST(a_walk_brings_every_household_of_places_and_meters_once)
{
    const struct place_id places[] = {{GARDEN}};
    const int32_t meters[] = {METER};
    const struct household_scope scope = {places, 1, meters, 1};
    int seen[ROWS + 1], missing = 0, without = 0;

    CHECK(walk_all(&scope, false, 7, seen) > 10);
    for (int id = 1; id <= ROWS; id++)
        missing += seen[id] != 1;
    CHECK_INT(missing, 0);
    walk_all(&scope, true, 1000, seen);
    for (int id = 1; id <= ROWS; id++)
        without += seen[id] == 0;
    CHECK_INT(without, 13);
}

static struct hash hash_of_account(const char *account)
{
    return person_lookup_hash(&shared()->secrets, "account", account);
}

TEST(the_staff_key_opens_a_household_and_no_other_account_s_row_can_be_put_in_its_place)
{
    struct stand *stand = shared();
    const struct hash one = hash_of_account("1000000001"), two = hash_of_account("1000000002");
    struct household_keys keys = {.next = 0};
    struct household household, other;
    struct household_person person;
    char phone[PHONE_BYTES];

    CHECK_STATUS(household_store_find(stand->db, 1, &one, &stand->arena, &household, &stand->fault), STATUS_OK);
    CHECK_STATUS(household_store_find(stand->db, 1, &two, &stand->arena, &other, &stand->fault), STATUS_OK);
    CHECK_TEXT(household.phone_masked, "138****0000");
    CHECK_STATUS(household_open_phone(stand->db, &stand->secrets, &keys, &household, phone, &stand->fault), STATUS_OK);
    CHECK_TEXT(phone, "13800000000");
    CHECK_STATUS(household_open(stand->db, &stand->secrets, &keys, &household, &person, &stand->fault), STATUS_OK);
    CHECK_TEXT(person.account, "1000000001");
    CHECK_TEXT(person.name, "王小明");
    CHECK_TEXT(person.address, "2单元301");
    household.phone_sealed = other.phone_sealed;
    CHECK_STATUS(household_open_phone(stand->db, &stand->secrets, &keys, &household, phone, &stand->fault), STATUS_FAILED);
    fault_reset(&stand->fault);
    struct secrets public_half = stand->secrets;
    public_half.has[SECRET_STAFF_PRIVATE] = false;
    household_keys_wipe(&keys);
    CHECK_STATUS(household_open_phone(stand->db, &public_half, &keys, &other, phone, &stand->fault), STATUS_REFUSED);
    fault_reset(&stand->fault);
}

TEST(a_household_without_a_phone_has_none_to_open)
{
    struct stand *stand = shared();
    const struct hash hash = hash_of_account("1000000010");
    struct household_keys keys = {.next = 0};
    struct household household;
    char phone[PHONE_BYTES];

    CHECK_STATUS(household_store_find(stand->db, 1, &hash, &stand->arena, &household, &stand->fault), STATUS_OK);
    CHECK(!household.has_phone);
    CHECK_STATUS(household_open_phone(stand->db, &stand->secrets, &keys, &household, phone, &stand->fault), STATUS_ABSENT);
}

TEST(the_public_program_learns_where_an_account_is_and_nothing_else)
{
    struct stand *stand = shared();
    struct db *db = stand_connect_as(stand, "outage");
    const struct hash known = hash_of_account("1000000101"), unknown = hash_of_account("9999999999");
    struct household_where where;
    struct household household;

    CHECK_STATUS(household_place_of_account(db, &known, &where, &stand->fault), STATUS_OK);
    CHECK_INT(where.place_count, 3);
    CHECK_INT(where.places[0].v, BUILDING_2);
    CHECK_INT(where.places[1].v, GARDEN);
    CHECK_INT(where.places[2].v, TOWN);
    CHECK_INT(where.meter, METER);
    CHECK_STATUS(household_place_of_account(db, &unknown, &where, &stand->fault), STATUS_ABSENT);
    CHECK_STATUS(household_store_find(db, 1, &known, &stand->arena, &household, &stand->fault), STATUS_REFUSED);
    fault_reset(&stand->fault);
    db_close(db);
}

TEST(the_longest_name_and_address_fit_into_a_row)
{
    struct stand *stand = shared();
    struct household_person person = {.account = "1000000001"};
    struct household_room room;
    struct household household;

    memset(person.address, 'x', sizeof person.address - 1);
    memset(person.name, 'y', sizeof person.name - 1);
    CHECK(household_seal(&person, &key, &stand->secrets, &room, &household));
    CHECK(household.sealed.length <= HOUSEHOLD_SEALED_MAX);
}
