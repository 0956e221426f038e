/* What is known at a place, and the households that follow a report. */
#include <string.h>

#include "check.h"
#include "stand.h"
#include "store/aside_store.h"
#include "store/known_store.h"

/* An estate in a district, with a building; a road beside it. */
enum { DISTRICT = 901, ESTATE, BUILDING, ROAD, PLACES = 4 };

static struct place places[PLACES] = {
    {.id = {DISTRICT}, .kind = 1, .name = "湖东区"},
    {.id = {ESTATE}, .parent = {DISTRICT}, .kind = 2, .name = "明珠花园"},
    {.id = {BUILDING}, .parent = {ESTATE}, .kind = 4, .name = "明珠花园3号楼"},
    {.id = {ROAD}, .parent = {DISTRICT}, .kind = 3, .name = "柳园路"},
};

static struct stand *shared(void)
{
    static struct stand *stand;
    if (stand == NULL)
        stand = stand_open("known");
    return stand;
}

/* The stand's regulation with these places. */
static struct catalog town(void)
{
    struct catalog catalog = shared()->catalog;
    catalog.places = places;
    catalog.place_count = PLACES;
    return catalog;
}

static struct ticket_file *report_at(int place, const char *text)
{
    struct stand *stand = shared();
    struct ticket_file *file = arena_take(&stand->arena, sizeof *file);

    CHECK_STATUS(stand_file(stand, "no_water", NULL, file), STATUS_OK);
    stand_run(stand, "UPDATE public_ticket SET place_id = %d, place_text = '%s' WHERE ticket_id = %lld", place, text,
              (long long)file->ticket.id.v);
    stand_pass(stand, 60);
    return file;
}

/* How many reports are known; they come newest first. */
static size_t known_at(const struct place *place, const char *text, struct known_report **reports)
{
    struct stand *stand = shared();
    const struct catalog catalog = town();
    const uint64_t before = db_statement_count(stand->db);
    size_t count = 0;

    CHECK_STATUS(known_store_list(stand->db, &catalog, place, text, stand->now, &stand->arena, reports, &count, &stand->fault),
                 STATUS_OK);
    CHECK_INT(db_statement_count(stand->db) - before, 1);
    return count;
}

TEST(an_estate_and_its_buildings_are_one_place_a_district_is_none)
{
    struct known_report *reports;
    struct ticket_file *estate = report_at(ESTATE, "明珠花园"), *building = report_at(BUILDING, "明珠花园3号楼");

    (void)report_at(ROAD, "柳园路27号");
    (void)report_at(DISTRICT, "湖东区");
    REQUIRE(known_at(&places[1], "明珠花园 9号楼", &reports) == 2);
    CHECK_INT(reports[0].id.v, building->ticket.id.v);
    CHECK_INT(reports[1].id.v, estate->ticket.id.v);
    CHECK_TEXT(reports[1].number, estate->number);
    CHECK_TEXT(reports[1].category->code, "no_water");
    CHECK_INT(reports[1].state, TICKET_REPORTED);
    CHECK_INT(known_at(&places[2], "明珠花园3号楼", &reports), 2);
    CHECK_INT(known_at(&places[3], "柳园路", &reports), 1);
    CHECK_INT(known_at(&places[0], "湖东区某处", &reports), 0);
}

TEST(a_place_that_is_not_in_the_list_is_known_by_the_same_words_alone)
{
    struct known_report *reports;

    (void)report_at(0, "村东头老井旁");
    CHECK_INT(known_at(NULL, "村东头老井旁", &reports), 1);
    CHECK_INT(known_at(NULL, "村西头老井旁", &reports), 0);
    CHECK_INT(known_at(NULL, "明珠花园", &reports), 0);
}

TEST(what_is_three_days_old_or_ended_is_not_known)
{
    struct stand *stand = shared();
    struct known_report *reports;
    struct ticket_file *file = report_at(0, "渡口");

    for (int state = TICKET_REPORTED; state < TICKET_STATE__COUNT; state++) {
        check_casef("state %d", state);
        stand_run(stand, "UPDATE public_ticket SET state = %d WHERE ticket_id = %lld", state, (long long)file->ticket.id.v);
        CHECK_INT(known_at(NULL, "渡口", &reports), (STATE_BIT(state) & STATES_KNOWN) != 0);
    }
    stand_run(stand, "UPDATE public_ticket SET state = 1 WHERE ticket_id = %lld", (long long)file->ticket.id.v);
    stand_pass(stand, KNOWN_SECONDS - 60);
    CHECK_INT(known_at(NULL, "渡口", &reports), 1);
    stand_pass(stand, 1);
    CHECK_INT(known_at(NULL, "渡口", &reports), 0);
}

TEST(a_household_follows_once_and_goes_along_when_the_report_is_merged)
{
    struct stand *stand = shared();
    struct ticket_file *parent = report_at(0, "东桥"), *child = report_at(0, "东桥");
    const struct hash link = {.bytes = {7}}, other = {.bytes = {8}};
    const char *number = "";
    struct asides asides;

    CHECK_STATUS(follower_store_find(stand->db, &link, &stand->arena, &number, &stand->fault), STATUS_ABSENT);
    CHECK_STATUS(follower_store_add(stand->db, &link, child->ticket.id, stand->now, &stand->fault), STATUS_OK);
    CHECK_STATUS(follower_store_add(stand->db, &link, child->ticket.id, stand->now, &stand->fault), STATUS_DUPLICATE);
    fault_reset(&stand->fault);
    CHECK_STATUS(follower_store_add(stand->db, &other, parent->ticket.id, stand->now, &stand->fault), STATUS_OK);
    CHECK_STATUS(follower_store_find(stand->db, &link, &stand->arena, &number, &stand->fault), STATUS_OK);
    CHECK_TEXT(number, child->number);
    CHECK_STATUS(aside_store_read(stand->db, &parent->ticket, &stand->arena, &asides, &stand->fault), STATUS_OK);
    CHECK_INT(asides.followers, 1);

    struct command merge = stand_command(ACTION_MERGE, stand_ops());
    enum verdict verdict;
    command_set(&merge, FIELD_PARENT, parent->ticket.id.v);
    CHECK_STATUS(stand_act(stand, child, &merge, NULL, &verdict), STATUS_OK);
    CHECK_STATUS(follower_store_find(stand->db, &link, &stand->arena, &number, &stand->fault), STATUS_OK);
    CHECK_TEXT(number, parent->number);
    CHECK_STATUS(aside_store_read(stand->db, &parent->ticket, &stand->arena, &asides, &stand->fault), STATUS_OK);
    CHECK_INT(asides.followers, 2);
}
