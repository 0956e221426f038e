/* Tickets that belong together: parent and merged reports, earlier and later ones, candidates for a merge. */
#include <string.h>

#include "check.h"
#include "stand.h"
#include "store/related_store.h"

static struct stand *shared(void)
{
    static struct stand *stand;
    if (stand == NULL)
        stand = stand_open("related");
    return stand;
}

static struct ticket_file *file_report(const char *category)
{
    struct stand *stand = shared();
    struct ticket_file *file = arena_take(&stand->arena, sizeof *file);

    CHECK_STATUS(stand_file(stand, category, NULL, file), STATUS_OK);
    stand_pass(stand, 60);
    return file;
}

static void act_on(struct ticket_file *file, enum ticket_action action, const struct ticket_file *other, int64_t level)
{
    struct stand *stand = shared();
    struct command command = stand_command(action, stand_ops());
    enum verdict verdict;

    command_set(&command, FIELD_PARENT, other->ticket.id.v);
    if (level > 0)
        command_set(&command, FIELD_LEVEL, level);
    CHECK_STATUS(stand_act(stand, file, &command, NULL, &verdict), STATUS_OK);
}

static struct related *list(const struct ticket_file *file, size_t *count)
{
    struct stand *stand = shared();
    struct related *related = NULL;
    const uint64_t before = db_statement_count(stand->db);

    *count = 0;
    CHECK_STATUS(related_store_list(stand->db, &file->ticket, &stand->arena, &related, count, &stand->fault), STATUS_OK);
    CHECK_INT(db_statement_count(stand->db) - before, 1);
    return related;
}

TEST(article_27_a_parent_knows_the_reports_merged_into_it_and_each_of_them_its_parent)
{
    struct ticket_file *parent = file_report("pollution"), *first = file_report("pollution"),
                       *second = file_report("pollution");
    size_t count;

    act_on(first, ACTION_MERGE, parent, 0);
    act_on(second, ACTION_MERGE, parent, 0);
    struct related *related = list(parent, &count);
    REQUIRE(count == 2);
    CHECK_INT(related[0].kind, RELATED_CHILD);
    CHECK_INT(related[0].id.v, first->ticket.id.v);
    CHECK_INT(related[0].version, first->ticket.version);
    CHECK_INT(related[1].id.v, second->ticket.id.v);
    related = list(first, &count);
    REQUIRE(count == 1);
    CHECK_INT(related[0].kind, RELATED_PARENT);
    CHECK_TEXT(related[0].number, parent->number);
    struct command command = stand_command(ACTION_UNMERGE, stand_ops());
    enum verdict verdict;
    CHECK_STATUS(stand_act(shared(), first, &command, NULL, &verdict), STATUS_OK);
    list(first, &count);
    CHECK_INT(count, 0);
    list(parent, &count);
    CHECK_INT(count, 1);
}

TEST(article_34_3_a_link_is_seen_from_both_ends_and_verify_finds_it_in_the_events)
{
    struct ticket_file *first = file_report("no_water"), *second = file_report("no_water"), *third = file_report("no_water");
    size_t count;

    act_on(second, ACTION_LINK_REPEAT, first, 1);
    act_on(third, ACTION_LINK_REPEAT, second, 2);
    CHECK_INT(third->ticket.repeat_level, 2);
    struct related *related = list(second, &count);
    REQUIRE(count == 2);
    CHECK_INT(related[0].kind, RELATED_EARLIER);
    CHECK_INT(related[0].id.v, first->ticket.id.v);
    CHECK_INT(related[1].kind, RELATED_LATER);
    CHECK_INT(related[1].id.v, third->ticket.id.v);
    CHECK_INT(related[1].repeat_level, 2);
    CHECK_INT(stand_verify(shared(), true), 0);
    stand_run(shared(), "UPDATE ticket_repeat SET earlier_id = 999999 WHERE ticket_id = %lld", (long long)third->ticket.id.v);
    CHECK(stand_verify(shared(), false) > 0);
    CHECK(stand_has_problem("ticket_repeat names ticket 999999"));
    stand_run(shared(), "UPDATE ticket_repeat SET earlier_id = %lld WHERE ticket_id = %lld", (long long)second->ticket.id.v,
              (long long)third->ticket.id.v);
}

TEST(article_5_what_was_handed_to_the_discipline_office_belongs_to_nothing_any_more)
{
    struct ticket_file *first = file_report("service_complaint"), *second = file_report("service_complaint");
    size_t count;

    act_on(second, ACTION_LINK_REPEAT, first, 1);
    stand_run(shared(), "UPDATE ticket SET state = 11 WHERE id = %lld", (long long)first->ticket.id.v);
    list(second, &count);
    CHECK_INT(count, 0);
    stand_run(shared(), "UPDATE ticket SET state = 1 WHERE id = %lld", (long long)first->ticket.id.v);
}

TEST(article_27_candidates_for_a_merge_are_open_tickets_of_the_same_matter_at_the_same_place)
{
    struct stand *stand = shared();
    struct ticket_file *self = file_report("water_quality"), *same = file_report("water_quality"),
                       *merged = file_report("water_quality"), *elsewhere = file_report("water_quality"),
                       *finished = file_report("water_quality");
    struct related *related;
    size_t count;

    stand_run(stand, "UPDATE ticket SET place_id = 7 WHERE id IN (%lld, %lld, %lld, %lld)", (long long)self->ticket.id.v,
              (long long)same->ticket.id.v, (long long)merged->ticket.id.v, (long long)finished->ticket.id.v);
    stand_run(stand, "UPDATE ticket SET place_id = 8 WHERE id = %lld", (long long)elsewhere->ticket.id.v);
    stand_run(stand, "UPDATE ticket SET state = 8 WHERE id = %lld", (long long)merged->ticket.id.v);
    stand_run(stand, "UPDATE ticket SET state = 5 WHERE id = %lld", (long long)finished->ticket.id.v);
    self->ticket.place.v = 7;
    CHECK_STATUS(related_store_candidates(stand->db, &self->ticket, &stand->arena, &related, &count, &stand->fault), STATUS_OK);
    REQUIRE(count == 1);
    CHECK_INT(related[0].id.v, same->ticket.id.v);
    self->ticket.place.v = 0;
    CHECK_STATUS(related_store_candidates(stand->db, &self->ticket, &stand->arena, &related, &count, &stand->fault), STATUS_OK);
    CHECK_INT(count, 0);
}
