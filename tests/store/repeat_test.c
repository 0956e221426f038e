/* Earlier reports of the same matter: who finds whom, masked, in one statement. */
#include <string.h>

#include "check.h"
#include "stand.h"
#include "store/repeat_store.h"

static struct stand *shared(void)
{
    static struct stand *stand;
    if (stand == NULL)
        stand = stand_open("repeat");
    return stand;
}

/* A report filed now with this phone and account, at this place. */
static struct ticket_id file_report(const char *category, const char *phone, const char *account, int32_t place)
{
    struct stand *stand = shared();
    struct ticket ticket;
    struct event event;
    struct filing filing;
    struct person person = {.name = "王小明"};

    strncpy(person.phone, phone, sizeof person.phone - 1);
    strncpy(person.account, account, sizeof person.account - 1);
    stand_prepare_filing(stand, category, &ticket, &event, &filing);
    filing.person = person_seal(&person, &stand->secrets, &stand->arena);
    event_set(&event, FIELD_PLACE, place);
    ticket.place.v = place;
    const enum status status =
        ticket_store_file(stand->db, &ticket, &event, &filing, &stand->catalog, &stand->arena, &stand->fault);
    CHECK_STATUS(status, STATUS_OK);
    stand_pass(stand, 60);
    return ticket.id;
}

static struct repeat_search search_for(const char *phone, const char *account, int32_t place, const char *category)
{
    struct stand *stand = shared();
    struct repeat_search search = {.has_phone = phone[0] != '\0', .has_account = account[0] != '\0', .place = {place},
                                   .since = instant_add_seconds(stand->now, -90 * DAY_SECONDS)};

    if (search.has_phone)
        search.phone_hash = person_lookup_hash(&stand->secrets, "phone", phone);
    if (search.has_account)
        search.account_hash = person_lookup_hash(&stand->secrets, "account", account);
    search.category = category_find_by_code(stand->catalog.regulation.categories,
                                            stand->catalog.regulation.category_count, category, stand->now)->id;
    return search;
}

static struct earlier *find(const struct repeat_search *search, size_t *count)
{
    struct stand *stand = shared();
    struct earlier *earlier = NULL;

    *count = 0;
    CHECK_STATUS(repeat_store_find(stand->db, search, &stand->arena, &earlier, count, &stand->fault), STATUS_OK);
    return earlier;
}

TEST(article_34_3_the_same_phone_the_same_account_and_the_same_matter_at_a_place_are_found_each_once)
{
    const struct ticket_id both = file_report("faulty_meter", "13700000001", "1010000001", 41);
    const struct ticket_id by_account = file_report("no_water", "13700000002", "1010000001", 0);
    const struct ticket_id by_place = file_report("faulty_meter", "13700000003", "", 41);
    struct repeat_search search = search_for("13700000001", "1010000001", 41, "faulty_meter");
    size_t count;

    file_report("no_water", "13700000004", "", 41);     /* another matter there */
    file_report("faulty_meter", "13700000005", "", 42); /* the matter elsewhere */
    struct earlier *earlier = find(&search, &count);
    REQUIRE(count == 3);
    CHECK_INT(earlier[0].id.v, by_place.v);
    CHECK_INT(earlier[0].why, REPEAT_BY_PLACE);
    CHECK_INT(earlier[1].id.v, by_account.v);
    CHECK_INT(earlier[1].why, REPEAT_BY_ACCOUNT);
    CHECK_INT(earlier[2].id.v, both.v);
    CHECK_INT(earlier[2].why, REPEAT_BY_PHONE | REPEAT_BY_ACCOUNT | REPEAT_BY_PLACE);
    CHECK_TEXT(earlier[2].phone_masked, "137****0001");
    CHECK_TEXT(earlier[2].name_masked, "王**");
    CHECK(earlier[2].is_open);
    CHECK_INT(earlier[2].state, TICKET_REPORTED);
    search.self = both;
    find(&search, &count);
    CHECK_INT(count, 2);
}

TEST(article_34_3_without_phone_account_and_place_nobody_is_found)
{
    struct repeat_search search = search_for("", "", 0, "praise");
    size_t count;

    file_report("praise", "", "", 0);
    find(&search, &count);
    CHECK_INT(count, 0);
}

TEST(article_34_3_what_lies_further_back_than_the_policy_says_is_no_repeat)
{
    struct repeat_search search = search_for("13700000011", "", 0, "no_water");
    size_t count;

    file_report("no_water", "13700000011", "", 0);
    find(&search, &count);
    CHECK_INT(count, 1);
    search.since = shared()->now;
    find(&search, &count);
    CHECK_INT(count, 0);
}

TEST(article_5_what_was_handed_to_the_discipline_office_is_not_among_them)
{
    const struct repeat_search search = search_for("13700000021", "", 0, "service_complaint");
    const struct ticket_id id = file_report("service_complaint", "13700000021", "", 0);
    size_t count;

    stand_run(shared(), "UPDATE ticket SET state = 11 WHERE id = %lld", (long long)id.v);
    find(&search, &count);
    CHECK_INT(count, 0);
}

TEST(however_many_there_are_the_newest_are_read_in_one_statement)
{
    struct stand *stand = shared();
    const struct repeat_search search = search_for("13700000031", "", 0, "no_water");
    struct ticket_id last = {0};
    size_t count;

    for (int i = 0; i < REPEATS_MAX + 5; i++)
        last = file_report("no_water", "13700000031", "", 0);
    const uint64_t before = db_statement_count(stand->db);
    struct earlier *earlier = find(&search, &count);
    CHECK_INT(db_statement_count(stand->db) - before, 1);
    CHECK_INT(count, REPEATS_MAX);
    CHECK_INT(earlier[0].id.v, last.v);
}

TEST(a_ticket_finds_its_own_earlier_reports_in_two_statements)
{
    struct stand *stand = shared();
    struct ticket_file file;
    struct earlier *earlier;
    size_t count;

    const struct ticket_id first = file_report("no_water", "13700000041", "", 0);
    const struct ticket_id second = file_report("no_water", "13700000041", "", 0);
    REQUIRE_STATUS(ticket_store_load_by_id(stand->db, second, &stand->arena, &file, &stand->fault), STATUS_OK);
    const uint64_t before = db_statement_count(stand->db);
    CHECK_STATUS(repeat_store_find_for(stand->db, &file.ticket, instant_add_seconds(stand->now, -DAY_SECONDS),
                                       &stand->arena, &earlier, &count, &stand->fault), STATUS_OK);
    CHECK_INT(db_statement_count(stand->db) - before, 2);
    REQUIRE(count == 1);
    CHECK_INT(earlier[0].id.v, first.v);
}
