/*
 * The index that text is found by: what clerk writes as it folds, what it takes away, and that nothing of a person is in it.
 */
#include <string.h>

#include "check.h"
#include "core/gram.h"
#include "stand.h"
#include "store/gram_store.h"

static int64_t postings(struct stand *stand, const struct ticket_file *file)
{
    return stand_count(stand, "SELECT COUNT(*) FROM ticket_gram WHERE ticket_id = %lld", (long long)file->ticket.id.v);
}

static bool is_found(struct stand *stand, const struct ticket_file *file, const char *text)
{
    struct grams *grams = arena_take(&stand->arena, sizeof *grams);
    bool is_there = true;

    grams_init(grams);
    grams_add_text(grams, text);
    grams_finish(grams);
    for (size_t i = 0; i < grams->count; i++)
        is_there = is_there && stand_count(stand, "SELECT COUNT(*) FROM ticket_gram WHERE gram = %lld AND ticket_id = %lld",
                                           (long long)grams->items[i], (long long)file->ticket.id.v) == 1;
    return is_there && grams->count > 0;
}

/* The set says what stands in the index. */
static void check_set(struct stand *stand)
{
    CHECK_INT(stand_count(stand, "SELECT COALESCE(SUM(LENGTH(grams)) DIV 8, 0) FROM ticket_gram_set"),
              stand_count(stand, "SELECT COUNT(*) FROM ticket_gram"));
}

TEST(place_words_and_number_are_found_when_clerk_has_folded_and_what_is_added_later_as_well)
{
    struct stand *stand = stand_open("gram");
    struct ticket_file file;
    enum verdict verdict;
    const struct command note = stand_command(ACTION_NOTE, stand_ops());

    REQUIRE_STATUS(stand_file(stand, "no_water", NULL, &file), STATUS_OK);
    CHECK_INT(postings(stand, &file), 0);
    REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);
    CHECK(is_found(stand, &file, "阳光小区"));
    CHECK(is_found(stand, &file, "井里在冒水"));
    CHECK(!is_found(stand, &file, "换了阀门"));
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM ticket_gram WHERE gram = %lld",
                          (long long)gram_of_tail(file.number + NUMBER_BYTES - 1 - NUMBER_TAIL_DIGITS)), 1);
    REQUIRE_STATUS(stand_act(stand, &file, &note, "换了阀门，电话13912345678", &verdict), STATUS_OK);
    REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);
    CHECK(is_found(stand, &file, "换了阀门"));
    CHECK(is_found(stand, &file, "阳光小区"));
    CHECK(!is_found(stand, &file, "1391"));
    CHECK(!is_found(stand, &file, "王小明"));
    check_set(stand);
}

TEST(emptied_words_are_found_no_more_when_their_ticket_is_marked)
{
    struct stand *stand = stand_open("emptied");
    struct ticket_file file;

    REQUIRE_STATUS(stand_file(stand, "no_water", NULL, &file), STATUS_OK);
    REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);
    CHECK(is_found(stand, &file, "冒水"));
    stand_run(stand, "UPDATE event_text SET body = '', emptied_at = '2030-01-01'");
    stand_run(stand, "INSERT INTO dirty (subject_kind, subject_id, rule_id) VALUES (1, %lld, 0)", (long long)file.ticket.id.v);
    REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);
    CHECK(!is_found(stand, &file, "冒水"));
    CHECK(is_found(stand, &file, "阳光小区"));
    check_set(stand);
}

TEST(a_sealed_ticket_leaves_nothing_in_the_index)
{
    struct stand *stand = stand_open("sealed_gram");
    struct ticket_file file, other;
    enum verdict verdict;
    const struct command hand = stand_command(ACTION_HAND_TO_DISCIPLINE, stand_ops());

    REQUIRE_STATUS(stand_file(stand, "service_complaint", NULL, &file), STATUS_OK);
    REQUIRE_STATUS(stand_file(stand, "service_complaint", NULL, &other), STATUS_OK);
    REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);
    CHECK(postings(stand, &file) > 0);
    REQUIRE_STATUS(stand_act(stand, &file, &hand, NULL, &verdict), STATUS_OK);
    REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);
    CHECK_INT(postings(stand, &file), 0);
    CHECK(postings(stand, &other) > 0);
    check_set(stand);
}

TEST(tickets_from_before_the_index_are_filled_in_by_slices_and_once)
{
    struct stand *stand = stand_open("fill");
    struct ticket_file files[7];
    int done, total = 0;

    for (int i = 0; i < 7; i++)
        REQUIRE_STATUS(stand_file(stand, "no_water", NULL, &files[i]), STATUS_OK);
    stand_run(stand, "DELETE FROM dirty");
    for (int slice = 0; slice < 3; slice++) {
        REQUIRE_STATUS(gram_store_fill(stand->db, stand->now, 3, &stand->arena, &done, &stand->fault), STATUS_OK);
        total += done;
    }
    CHECK_INT(total, 7);
    CHECK(is_found(stand, &files[6], "阳光小区"));
    CHECK_INT(stand_count(stand, "SELECT done_at IS NULL FROM job WHERE name = 'grams'"), 1);
    REQUIRE_STATUS(gram_store_fill(stand->db, stand->now, 3, &stand->arena, &done, &stand->fault), STATUS_OK);
    CHECK_INT(done, 0);
    CHECK_INT(stand_count(stand, "SELECT done_at IS NULL FROM job WHERE name = 'grams'"), 0);
    const uint64_t before = db_statement_count(stand->db);
    REQUIRE_STATUS(gram_store_fill(stand->db, stand->now, 3, &stand->arena, &done, &stand->fault), STATUS_OK);
    CHECK_INT(db_statement_count(stand->db) - before, 1);
    check_set(stand);
}

TEST(one_clerk_at_a_time_fills_and_the_next_takes_over_when_it_is_gone)
{
    struct stand *stand = stand_open("fillers");
    struct ticket_file file;
    int done;

    REQUIRE_STATUS(stand_file(stand, "no_water", NULL, &file), STATUS_OK);
    stand_run(stand, "INSERT INTO job (name, token, lease_until, data_version) VALUES ('grams', REPEAT('x', 16), '2026-11-23 00:01:00', 0)");
    REQUIRE_STATUS(gram_store_fill(stand->db, stand->now, 3, &stand->arena, &done, &stand->fault), STATUS_OK);
    CHECK_INT(done, 0);
    stand_pass(stand, 61);
    REQUIRE_STATUS(gram_store_fill(stand->db, stand->now, 3, &stand->arena, &done, &stand->fault), STATUS_OK);
    CHECK_INT(done, 1);
}

TEST(indexing_again_changes_nothing)
{
    struct stand *stand = stand_open("again");
    struct ticket_file file;

    REQUIRE_STATUS(stand_file(stand, "no_water", NULL, &file), STATUS_OK);
    REQUIRE_STATUS(gram_store_index(stand->db, file.ticket.id, &stand->arena, &stand->fault), STATUS_OK);
    const int64_t count = postings(stand, &file);
    const uint64_t before = db_statement_count(stand->db);
    REQUIRE_STATUS(gram_store_index(stand->db, file.ticket.id, &stand->arena, &stand->fault), STATUS_OK);
    CHECK_INT(db_statement_count(stand->db) - before, 2);
    stand_run(stand, "DELETE FROM ticket_gram_set"); /* as after a restore of half the tables */
    REQUIRE_STATUS(gram_store_index(stand->db, file.ticket.id, &stand->arena, &stand->fault), STATUS_OK);
    CHECK_INT(postings(stand, &file), count);
    CHECK_STATUS(gram_store_index(stand->db, (struct ticket_id){999999}, &stand->arena, &stand->fault), STATUS_OK);
}
