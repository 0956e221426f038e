/* A change of the ladder: saved once, by whom has seen the steps, and worked into the clocks that run. */
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/random.h"
#include "check.h"
#include "stand.h"
#include "store/ladder_store.h"

static struct change change_now(const struct stand *stand)
{
    struct change change = {.staff = {12}, .what = "ladder_change", .detail = "测试", .now = stand->now};

    random_bytes(change.key, sizeof change.key);
    return change;
}

static size_t steps_of(struct stand *stand, enum clock_kind kind, struct ladder_step *steps)
{
    size_t count = 0;

    for (size_t i = 0; i < stand->catalog.ladder_count; i++)
        if (stand->catalog.ladder[i].kind == kind)
            steps[count++] = stand->catalog.ladder[i];
    return count;
}

static struct hash hash_now(struct stand *stand, enum clock_kind kind)
{
    return ladder_store_hash(stand->catalog.ladder, stand->catalog.ladder_count, kind);
}

static void read_again(struct stand *stand)
{
    catalog_forget(&stand->catalog);
    REQUIRE_STATUS(catalog_refresh(&stand->catalog, stand->db, &stand->settings, &stand->fault), STATUS_OK);
}

/* Half time becomes 40 % for completion. */
static enum status move_half_time(struct stand *stand, int permille)
{
    struct ladder_step steps[LADDER_STEPS_MAX];
    const size_t count = steps_of(stand, CLOCK_FINISH, steps);
    const struct hash seen = hash_now(stand, CLOCK_FINISH);
    const struct change change = change_now(stand);

    steps[0].permille = permille;
    REQUIRE_STATUS(ladder_change_complete(steps, count), LADDER_OK);
    return ladder_store_change(stand->db, &change, CLOCK_FINISH, &seen, steps, count, &stand->fault);
}

static void walk(struct stand *stand, int limit)
{
    int walked = 1;

    for (int rounds = 0; walked > 0 && rounds < 1000; rounds++)
        REQUIRE_STATUS(ladder_store_walk(stand->db, &stand->catalog, stand->now, limit, &stand->arena, &walked,
                                         &stand->fault), STATUS_OK);
    CHECK_INT(walked, 0);
}

static int64_t walked_kinds(struct stand *stand)
{
    uint32_t kinds = 0;

    CHECK_STATUS(ladder_store_open_kinds(stand->db, &stand->arena, &kinds, &stand->fault), STATUS_OK);
    return kinds;
}

static int64_t seconds_to_step(struct stand *stand, const struct ticket_file *file, enum clock_kind kind)
{
    return stand_count(stand, "SELECT TIMESTAMPDIFF(SECOND, started_at, next_step_at) FROM clock WHERE subject_id = %lld"
                              " AND kind = %d", (long long)file->ticket.id.v, (int)kind);
}

TEST(clerk_works_a_change_of_the_ladder_into_the_clocks_that_run)
{
    struct stand *stand = stand_open("ladder");
    struct ticket_file files[7];

    for (size_t i = 0; i < 7; i++)
        REQUIRE_STATUS(stand_file(stand, "faulty_meter", NULL, &files[i]), STATUS_OK); /* 36 h */
    REQUIRE_STATUS(stand_dispatch_and_accept(stand, &files[0]), STATUS_OK);
    CHECK_INT(seconds_to_step(stand, &files[0], CLOCK_FINISH), 18 * HOUR_SECONDS);
    REQUIRE_STATUS(move_half_time(stand, 400), STATUS_OK);
    read_again(stand);
    CHECK_INT(walked_kinds(stand), CLOCK_BIT(CLOCK_FINISH));
    CHECK_INT(stand_verify(stand, true), 0); /* it says that the moments were not compared */

    /* Not before every program knows the new steps. */
    stand_pass(stand, 59);
    walk(stand, 2);
    CHECK_INT(walked_kinds(stand), CLOCK_BIT(CLOCK_FINISH));
    stand_pass(stand, 1);
    walk(stand, 2);
    CHECK_INT(walked_kinds(stand), 0);
    for (size_t i = 0; i < 7; i++) {
        CHECK_INT(seconds_to_step(stand, &files[i], CLOCK_FINISH), 36 * HOUR_SECONDS * 4 / 10);
        CHECK_INT(stand_count(stand, "SELECT next_step FROM clock WHERE subject_id = %lld AND kind = 3",
                              (long long)files[i].ticket.id.v), 1);
    }
    CHECK_INT(seconds_to_step(stand, &files[1], CLOCK_DISPATCH), 600); /* other kinds stay */
    CHECK_INT(stand_verify(stand, true), 0);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM audit WHERE what = 'ladder_change'"), 1);
}

TEST(a_moment_that_nobody_worked_out_again_is_found_by_verify)
{
    struct stand *stand = stand_open("unwalked");
    struct ticket_file file;

    REQUIRE_STATUS(stand_file(stand, "faulty_meter", NULL, &file), STATUS_OK);
    REQUIRE_STATUS(move_half_time(stand, 400), STATUS_OK);
    stand_run(stand, "DELETE FROM ladder_walk");
    read_again(stand);
    CHECK_INT(stand_verify(stand, false), 1);
    CHECK(stand_has_problem("next_step_at"));
}

TEST(a_clerk_with_older_rows_waits_until_it_has_read_the_new_ones)
{
    struct stand *stand = stand_open("older");
    struct ticket_file file;

    REQUIRE_STATUS(stand_file(stand, "faulty_meter", NULL, &file), STATUS_OK);
    REQUIRE_STATUS(move_half_time(stand, 400), STATUS_OK);
    stand_pass(stand, 60);
    walk(stand, 100);
    CHECK_INT(seconds_to_step(stand, &file, CLOCK_FINISH), 18 * HOUR_SECONDS);
    CHECK_INT(walked_kinds(stand), CLOCK_BIT(CLOCK_FINISH));
    read_again(stand);
    walk(stand, 100);
    CHECK_INT(seconds_to_step(stand, &file, CLOCK_FINISH), 36 * HOUR_SECONDS * 4 / 10);
}

TEST(what_was_told_stays_told_and_a_new_step_is_told_to_late_clocks_too)
{
    struct stand *stand = stand_open("added");
    struct ladder_step steps[LADDER_STEPS_MAX + 1];
    struct ticket_file file;

    REQUIRE_STATUS(stand_file(stand, "faulty_meter", NULL, &file), STATUS_OK);
    REQUIRE_STATUS(stand_dispatch_and_accept(stand, &file), STATUS_OK);
    stand_pass(stand, 10 * DAY_SECONDS); /* all steps of 36 h are over */
    REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);
    const int64_t told = stand_count(stand, "SELECT COUNT(*) FROM clock_step");
    const struct hash seen = hash_now(stand, CLOCK_FINISH);
    const struct change change = change_now(stand);
    size_t count = steps_of(stand, CLOCK_FINISH, steps);
    steps[0].permille = 300;
    steps[count++] = (struct ladder_step){.kind = CLOCK_FINISH, .permille = 1000, .after_due_seconds = 15 * DAY_SECONDS,
                                          .audiences = UINT32_C(1) << AUDIENCE_GROUP_LEADER};
    REQUIRE_STATUS(ladder_change_complete(steps, count), LADDER_OK);
    REQUIRE_STATUS(ladder_store_change(stand->db, &change, CLOCK_FINISH, &seen, steps, count, &stand->fault), STATUS_OK);
    read_again(stand);
    stand_pass(stand, 60);
    walk(stand, 100);
    CHECK_INT(seconds_to_step(stand, &file, CLOCK_FINISH), 36 * HOUR_SECONDS + 15 * DAY_SECONDS);
    REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM clock_step"), told);
    stand_pass(stand, 7 * DAY_SECONDS);
    REQUIRE_STATUS(stand_clerk_round(stand, stand->db), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM clock_step WHERE step = 70"), 1);
    CHECK_INT(stand_verify(stand, true), 0);
}

TEST(many_clerks_may_walk_at_once)
{
    struct stand *stand = stand_open("walkers");
    struct ticket_file file;

    for (int i = 0; i < 40; i++)
        REQUIRE_STATUS(stand_file(stand, "faulty_meter", NULL, &file), STATUS_OK);
    REQUIRE_STATUS(move_half_time(stand, 400), STATUS_OK);
    read_again(stand);
    stand_pass(stand, 60);
    for (int i = 0; i < 3; i++) {
        if (fork() != 0)
            continue;
        stand->db = stand_connect(stand);
        int walked = 1;
        enum status status = STATUS_OK;
        while (status == STATUS_OK && walked > 0)
            status = ladder_store_walk(stand->db, &stand->catalog, stand->now, 7, &stand->arena, &walked, &stand->fault);
        _exit(status == STATUS_OK ? 0 : 1);
    }
    for (int i = 0; i < 3; i++) {
        int ended = 1;
        wait(&ended);
        CHECK_INT(ended, 0);
    }
    walk(stand, 7);
    CHECK_INT(walked_kinds(stand), 0);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM clock WHERE kind = 3 AND TIMESTAMPDIFF(SECOND, started_at,"
                                 " next_step_at) = 51840"), 40);
    CHECK_INT(stand_verify(stand, true), 0);
}

TEST(of_two_who_change_the_ladder_the_second_is_told_and_a_form_counts_once)
{
    struct stand *stand = stand_open("two");
    struct ladder_step steps[LADDER_STEPS_MAX];
    const size_t count = steps_of(stand, CLOCK_ACCEPT, steps);
    const struct hash seen = hash_now(stand, CLOCK_ACCEPT);
    const struct change change = change_now(stand);

    steps[0].permille = 750;
    REQUIRE_STATUS(ladder_change_complete(steps, count), LADDER_OK);
    stand_make_accounts(stand);
    struct db *db = stand_connect_as(stand, "admin");
    REQUIRE_STATUS(ladder_store_change(db, &change, CLOCK_ACCEPT, &seen, steps, count, &stand->fault), STATUS_OK);
    CHECK_STATUS(ladder_store_change(db, &change, CLOCK_ACCEPT, &seen, steps, count, &stand->fault), STATUS_DUPLICATE);
    const struct change other = change_now(stand);
    steps[0].permille = 250;
    CHECK_STATUS(ladder_store_change(db, &other, CLOCK_ACCEPT, &seen, steps, count, &stand->fault), STATUS_CONFLICT);
    CHECK_INT(stand_count(stand, "SELECT permille FROM ladder WHERE kind = 2 AND step = 10"), 750);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM ladder_walk"), 1);
    db_close(db);
    db = stand_connect_as(stand, "clerk");
    int walked;
    read_again(stand);
    stand_pass(stand, 60);
    CHECK_STATUS(ladder_store_walk(db, &stand->catalog, stand->now, 10, &stand->arena, &walked, NULL), STATUS_OK);
    db_close(db);
    fault_reset(&stand->fault);
}
