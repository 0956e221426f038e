/* Places as staff find and keep them: by a part of a name, by one line, with their history (Arts. 18(1), 33(4)). */
#include <string.h>

#include "base/now.h"
#include "check.h"
#include "stand.h"
#include "store/import_store.h"
#include "store/place_store.h"

static const char FILE_TEXT[] = "account,district,community,road,building,phone\n"
                                "1000000001,东区,明珠花园,,3号楼,13800000001\n"
                                "1000000002,东区,明珠花园,,13号楼,\n"
                                "1000000003,东区,明珠花园,,国贸大厦,13800000003\n"
                                "1000000004,西区,明珠花园,,,\n"
                                "1000000005,西区,,明湖路,,13800000005\n";

struct memory {
    size_t at;
};
static enum status memory_read(void *context, char *buffer, size_t size, size_t *length, struct fault *fault)
{
    struct memory *memory = context;
    const size_t left = sizeof FILE_TEXT - 1 - memory->at;

    (void)fault;
    *length = left < size ? left : size;
    memcpy(buffer, FILE_TEXT + memory->at, *length);
    memory->at += *length;
    return STATUS_OK;
}
static enum status memory_rewind(void *context, struct fault *fault)
{
    (void)fault;
    ((struct memory *)context)->at = 0;
    return STATUS_OK;
}

static int32_t import_town(struct stand *stand)
{
    struct memory memory = {0};
    const struct import_source source = {&memory, memory_read, memory_rewind};
    const struct import_options options = {.file_name = "town.csv"};
    struct import_result result;

    CHECK_STATUS(import_store_read(stand->db, &stand->secrets, &source, &options, &result, &stand->fault), STATUS_OK);
    CHECK_STATUS(import_store_switch(stand->db, &result.import, now_instant(), &stand->fault), STATUS_OK);
    return result.import.id;
}

static int32_t version;

static struct stand *shared(void)
{
    static struct stand *stand;

    if (stand == NULL) {
        stand = stand_open("place");
        stand_make_accounts(stand);
        version = import_town(stand);
    }
    catalog_forget(&stand->catalog);
    CHECK_STATUS(catalog_refresh(&stand->catalog, stand->db, &stand->settings, &stand->fault), STATUS_OK);
    return stand;
}

/* Full names of what is found, one behind the other. */
static const char *search(const char *words)
{
    static char names[1000];
    struct stand *stand = shared();
    struct place_entry *entries;
    struct text text;
    size_t count;

    CHECK_STATUS(place_store_search(stand->db, &stand->catalog, version, words, 12, &stand->arena, &entries, &count, &stand->fault),
                 STATUS_OK);
    text_init(&text, names, sizeof names);
    for (size_t i = 0; i < count; i++)
        text_add_format(&text, "%s%s/%s:%d", i > 0 ? " " : "", entries[i].around, entries[i].full_name, (int)entries[i].households);
    return names;
}

TEST(art_18_a_place_is_found_by_a_part_of_its_name_with_its_households)
{
    CHECK_TEXT(search("明湖"), "西区/明湖路:1");
    CHECK_TEXT(search("东区"), "/东区:3");
    CHECK_TEXT(search("国贸"), "东区/明珠花园国贸大厦:1");
    CHECK_TEXT(search("贸大厦"), "东区/明珠花园国贸大厦:1");
    CHECK_TEXT(search("明珠花园 13号楼"), "东区/明珠花园13号楼:1");
    CHECK_TEXT(search("明珠花园１３号"), "东区/明珠花园13号楼:1");
    CHECK_TEXT(search("没有的地方"), "");
    CHECK_TEXT(search("明"), ""); /* one character is in every other name */
    CHECK_TEXT(search("%"), "");
    CHECK_TEXT(search("' OR 1=1 --"), "");
}

static const char *resolve(const char *line)
{
    struct stand *stand = shared();
    struct place_entry entry;
    const enum status status =
        place_store_resolve(stand->db, &stand->catalog, version, line, &stand->arena, &entry, &stand->fault);

    if (status != STATUS_OK)
        return status == STATUS_ABSENT ? "none or several" : "failed";
    return place_line(&stand->catalog, &entry, &stand->arena);
}

TEST(a_line_names_one_place_or_none)
{
    CHECK_TEXT(resolve("明湖路"), "明湖路");
    CHECK_TEXT(resolve("明珠花园"), "none or several");
    CHECK_TEXT(resolve("东区明珠花园"), "东区明珠花园");
    CHECK_TEXT(resolve("东区 明珠花园"), "东区明珠花园");
    CHECK_TEXT(resolve("明珠花园 3号楼"), "东区明珠花园3号楼"); /* the other one has no such building */
    CHECK_TEXT(resolve("东区明珠花园3号楼"), "东区明珠花园3号楼");
    CHECK_TEXT(resolve("明珠花园4号楼"), "none or several");
    CHECK_TEXT(resolve("明"), "none or several");
}

static struct register_writer writer_with(uint8_t key)
{
    struct register_writer writer = {.staff = {7}, .now = now_instant()};

    memset(writer.key, key, sizeof writer.key);
    return writer;
}

static struct place_entry load(int32_t id)
{
    struct stand *stand = shared();
    struct place_entry entry = {.id = {0}};

    CHECK_STATUS(place_store_load(stand->db, version, (struct place_id){id}, &stand->arena, &entry, &stand->fault), STATUS_OK);
    return entry;
}

TEST(staff_add_rename_and_retire_places_and_the_history_says_who)
{
    struct stand *stand = shared();
    struct db *db = stand_connect_as(stand, "supply");
    const int32_t district = (int32_t)stand_count(stand, "SELECT id FROM place WHERE name = '东区'");
    const struct place_entry in = {.parent = {district}, .kind = PLACE_COMMUNITY, .name = "新苑小区", .zone = ZONE_INNER};
    const struct register_writer first = writer_with(1), second = writer_with(2), third = writer_with(3), fourth = writer_with(4);
    struct place_id id, again;

    CHECK_STATUS(place_store_add(db, &in, &first, &id, &stand->fault), STATUS_OK);
    CHECK_STATUS(place_store_add(db, &in, &first, &again, &stand->fault), STATUS_DUPLICATE);
    CHECK_INT(again.v, id.v);
    CHECK_STATUS(place_store_add(db, &in, &second, &again, &stand->fault), STATUS_REFUSED);
    fault_reset(&stand->fault);
    CHECK_TEXT(search("新苑"), "东区/新苑小区:0");

    const struct place_entry before = load(id.v);
    CHECK_STATUS(place_store_change(db, &before, "新苑花园", ZONE_OUTER, false, &third, &stand->fault), STATUS_OK);
    CHECK_STATUS(place_store_change(db, &before, "新苑花园", ZONE_OUTER, false, &third, &stand->fault), STATUS_DUPLICATE);
    CHECK_STATUS(place_store_change(db, &before, "别的名字", ZONE_OUTER, false, &fourth, &stand->fault), STATUS_CONFLICT);
    CHECK_TEXT(search("新苑小区"), "");
    CHECK_TEXT(search("新苑花"), "东区/新苑花园:0");

    const struct place_entry renamed = load(id.v);
    const struct register_writer fifth = writer_with(5);
    CHECK_STATUS(place_store_change(db, &renamed, renamed.name, renamed.zone, true, &fifth, &stand->fault), STATUS_OK);
    CHECK_TEXT(search("新苑花"), "");
    struct register_line *lines;
    size_t count;
    const struct register_subject subject = {.place = id};
    CHECK_STATUS(customer_store_history(db, &subject, 10, &stand->arena, &lines, &count, &stand->fault), STATUS_OK);
    REQUIRE(count == 4);
    CHECK_INT(lines[0].kind, REGISTER_PLACE_RETIRED);
    CHECK_INT(lines[2].kind, REGISTER_PLACE_RENAMED);
    CHECK_TEXT(lines[2].before, "新苑小区");
    CHECK_TEXT(lines[2].after, "新苑花园");
    CHECK_INT(lines[3].kind, REGISTER_PLACE_ADDED);
    db_close(db);
}

TEST(a_phone_that_staff_registered_stays_until_the_file_itself_says_another)
{
    struct stand *stand = shared();
    struct db *db = stand_connect_as(stand, "supply");
    const struct hash account = person_lookup_hash(&stand->secrets, "account", "1000000002");
    const struct register_writer first = writer_with(21), second = writer_with(22);
    struct household household;
    struct household_keys keys = {.next = 0};
    char phone[PHONE_BYTES];

    CHECK_STATUS(household_store_find(db, version, &account, &stand->arena, &household, &stand->fault), STATUS_OK);
    CHECK_STATUS(household_store_set_phone(db, &stand->secrets, version, &household, "13911112222", &first, &stand->fault), STATUS_OK);
    CHECK_STATUS(household_store_set_phone(db, &stand->secrets, version, &household, "13911112222", &first, &stand->fault), STATUS_DUPLICATE);
    CHECK_STATUS(household_store_set_phone(db, &stand->secrets, version, &household, "13911113333", &second, &stand->fault), STATUS_CONFLICT);
    CHECK_INT(stand_count(stand, "SELECT f.phones FROM household_figure f JOIN place p ON p.id = f.place_id WHERE f.version = %d AND"
                                 " p.name = '13号楼'", version), 1);
    version = import_town(stand); /* the same file: it says nothing new of this household */
    CHECK_STATUS(household_store_find(db, version, &account, &stand->arena, &household, &stand->fault), STATUS_OK);
    CHECK_TEXT(household.phone_masked, "139****2222");
    CHECK_STATUS(household_open_phone(db, &stand->secrets, &keys, &household, phone, &stand->fault), STATUS_OK);
    CHECK_TEXT(phone, "13911112222");
    CHECK_INT(stand_count(stand, "SELECT f.phones FROM household_figure f JOIN place p ON p.id = f.place_id WHERE f.version = %d AND"
                                 " p.name = '13号楼'", version), 1);
    stand_run(stand, "UPDATE household_edit SET file_phone_hash = REPEAT('x', 32)"); /* as if the file had said another phone then */
    version = import_town(stand);
    CHECK_STATUS(household_store_find(db, version, &account, &stand->arena, &household, &stand->fault), STATUS_OK);
    CHECK(!household.has_phone);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM household_edit"), 0);
    db_close(db);
}

TEST(a_building_comes_into_every_catalog_when_something_names_it)
{
    struct stand *stand = shared();
    const struct place_id id = {(int32_t)stand_count(stand, "SELECT id FROM place WHERE name = '国贸大厦'")};

    CHECK(catalog_place(&stand->catalog, id) == NULL);
    CHECK_STATUS(place_store_name(stand->db, id, &stand->fault), STATUS_OK);
    shared();
    REQUIRE(catalog_place(&stand->catalog, id) != NULL);
    CHECK_TEXT(catalog_place(&stand->catalog, id)->name, "明珠花园国贸大厦");
}
