/*
 * Photos in the database: staged under a form, then the ticket's in the transaction that files it, once and whole, whoever comes
 * at the same time; seen by those who may; cleared away.
 */
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/random.h"
#include "check.h"
#include "stand.h"
#include "store/photo_store.h"
#include "store/public_store.h"

static struct stand *shared(void)
{
    static struct stand *stand;
    if (stand == NULL)
        stand = stand_open("photo");
    return stand;
}

/* A picture told apart by its last byte; nothing here opens it. */
static struct photo picture(struct stand *stand, uint8_t which)
{
    uint8_t *bytes = arena_take(&stand->arena, 2000);
    struct photo photo = {.width = 1600, .height = 1200, .jpeg = {bytes, 2000}};
    memcpy(bytes, "\xff\xd8\xff\xe0", 4);
    bytes[1999] = which;
    photo.hash = crypto_hash_pieces(&photo.jpeg, 1);
    return photo;
}

static struct hash new_token(void)
{
    struct hash token;
    random_bytes(token.bytes, sizeof token.bytes);
    return token;
}

static enum status stage(struct stand *stand, struct db *db, const struct hash *token, uint8_t which)
{
    const struct photo photo = picture(stand, which);
    return photo_store_stage(db, token, &photo, stand->now, &stand->arena, &stand->fault);
}

static size_t staged(struct stand *stand, const struct hash *token)
{
    struct photo_row *rows;
    size_t count = 99;
    CHECK_STATUS(photo_store_list_staged(stand->db, token, &stand->arena, &rows, &count, &stand->fault), STATUS_OK);
    return count;
}

static size_t listed(struct stand *stand, struct ticket_id ticket, bool is_public_only)
{
    struct photo_row *rows;
    size_t count = 99;
    CHECK_STATUS(photo_store_list(stand->db, ticket, is_public_only, &stand->arena, &rows, &count, &stand->fault), STATUS_OK);
    return count;
}

/* Files a report with what is staged under the token. */
static enum status file_with(struct stand *stand, struct db *db, const struct hash *token, const uint8_t *key,
                             struct ticket_id *ticket)
{
    struct ticket whole;
    struct event event;
    struct filing filing;
    stand_prepare_filing(stand, "leak_public", &whole, &event, &filing);
    filing.photo_token = token;
    if (key != NULL)
        memcpy(filing.key, key, sizeof filing.key);
    const enum status status =
        ticket_store_file(db, &whole, &event, &filing, &stand->catalog, &stand->arena, &stand->fault);
    *ticket = whole.id;
    return status;
}

/* Every body is named by exactly one row, and every name has its body. */
static void check_whole(struct stand *stand)
{
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM photo_body b WHERE (SELECT COUNT(*) FROM photo p WHERE p.photo_id = b.id)"
                                 " + (SELECT COUNT(*) FROM photo_draft d WHERE d.photo_id = b.id) <> 1"), 0);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM photo p LEFT JOIN photo_body b ON b.id = p.photo_id WHERE b.id IS NULL"), 0);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM photo_draft d LEFT JOIN photo_body b ON b.id = d.photo_id WHERE b.id IS NULL"), 0);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM public_ticket q WHERE q.photo_count <>"
                                 " (SELECT COUNT(*) FROM photo p WHERE p.ticket_id = q.ticket_id)"), 0);
}

/* ---- staging */

TEST(a_form_takes_three_photos_and_the_same_one_once)
{
    struct stand *stand = shared();
    const struct hash token = new_token();
    CHECK_STATUS(stage(stand, stand->db, &token, 1), STATUS_OK);
    CHECK_STATUS(stage(stand, stand->db, &token, 1), STATUS_OK);
    CHECK_INT(staged(stand, &token), 1);
    CHECK_STATUS(stage(stand, stand->db, &token, 2), STATUS_OK);
    CHECK_STATUS(stage(stand, stand->db, &token, 3), STATUS_OK);
    CHECK_STATUS(stage(stand, stand->db, &token, 4), STATUS_REFUSED);
    CHECK_STATUS(stage(stand, stand->db, &token, 3), STATUS_OK);
    CHECK_INT(staged(stand, &token), 3);
    check_whole(stand);
}

TEST(a_photo_taken_away_makes_room_and_may_come_back)
{
    struct stand *stand = shared();
    const struct hash token = new_token();
    struct photo_row *rows;
    struct photo loaded;
    size_t count;
    for (uint8_t which = 1; which <= 3; which++)
        CHECK_STATUS(stage(stand, stand->db, &token, which), STATUS_OK);
    CHECK_STATUS(photo_store_drop(stand->db, &token, 2, &stand->fault), STATUS_OK);
    CHECK_STATUS(photo_store_drop(stand->db, &token, 2, &stand->fault), STATUS_OK);
    CHECK_STATUS(photo_store_load_staged(stand->db, &token, 2, &stand->arena, &loaded, NULL), STATUS_ABSENT);
    CHECK_STATUS(stage(stand, stand->db, &token, 9), STATUS_OK);
    CHECK_STATUS(photo_store_drop(stand->db, &token, 2, &stand->fault), STATUS_OK);
    CHECK_STATUS(stage(stand, stand->db, &token, 2), STATUS_OK);
    REQUIRE_STATUS(photo_store_list_staged(stand->db, &token, &stand->arena, &rows, &count, &stand->fault), STATUS_OK);
    REQUIRE(count == 3);
    for (size_t i = 0; i < 3; i++) {
        const struct photo wanted = picture(stand, (uint8_t)(i + 1));
        CHECK_INT(rows[i].no, i + 1);
        CHECK_BYTES(rows[i].hash.bytes, wanted.hash.bytes, HASH_BYTES);
    }
    REQUIRE_STATUS(photo_store_load_staged(stand->db, &token, 3, &stand->arena, &loaded, &stand->fault), STATUS_OK);
    CHECK_INT(loaded.width, 1600);
    CHECK_INT(loaded.height, 1200);
    CHECK_INT(loaded.jpeg.length, 2000);
    CHECK_INT(loaded.jpeg.data[1999], 3);
    check_whole(stand);
}

TEST(a_photo_is_seen_only_under_its_own_token)
{
    struct stand *stand = shared();
    const struct hash mine = new_token(), theirs = new_token();
    struct photo loaded;
    CHECK_STATUS(stage(stand, stand->db, &mine, 1), STATUS_OK);
    CHECK_INT(staged(stand, &theirs), 0);
    CHECK_STATUS(photo_store_load_staged(stand->db, &theirs, 1, &stand->arena, &loaded, NULL), STATUS_ABSENT);
    CHECK_STATUS(photo_store_drop(stand->db, &theirs, 1, &stand->fault), STATUS_OK);
    CHECK_INT(staged(stand, &mine), 1);
    CHECK_STATUS(stage(stand, stand->db, &theirs, 1), STATUS_OK);
    CHECK_INT(staged(stand, &theirs), 1);
}

/* Runs `each` in so many processes at once, each with a connection of its own; how many ended well. */
static int at_once(struct stand *stand, int count, enum status (*each)(struct stand *, struct db *, int, void *), void *context)
{
    int good = 0;
    for (int i = 0; i < count; i++) {
        if (fork() == 0) {
            struct db *db = stand_connect(stand);
            const enum status status = each(stand, db, i, context);
            db_close(db);
            _exit(status == STATUS_OK ? 0 : status == STATUS_REFUSED || status == STATUS_DUPLICATE ? 1 : 2);
        }
    }
    for (int i = 0; i < count; i++) {
        int state = 0;
        CHECK(wait(&state) > 0 && WIFEXITED(state) && WEXITSTATUS(state) < 2);
        good += WEXITSTATUS(state) == 0;
    }
    return good;
}

static enum status stage_another(struct stand *stand, struct db *db, int i, void *context)
{
    return stage(stand, db, context, (uint8_t)(10 + i));
}

static enum status stage_same(struct stand *stand, struct db *db, int i, void *context)
{
    (void)i;
    return stage(stand, db, context, 77);
}

TEST(two_tabs_and_more_stage_three_photos_together_not_more)
{
    struct stand *stand = shared();
    struct hash token = new_token();
    CHECK_INT(at_once(stand, 8, stage_another, &token), 3);
    CHECK_INT(staged(stand, &token), 3);
    check_whole(stand);
}

TEST(the_same_photo_sent_by_a_double_click_is_one)
{
    struct stand *stand = shared();
    struct hash token = new_token();
    CHECK_INT(at_once(stand, 6, stage_same, &token), 6);
    CHECK_INT(staged(stand, &token), 1);
    check_whole(stand);
}

/* ---- filing */

TEST(staged_photos_become_the_tickets_with_its_filing)
{
    struct stand *stand = shared();
    const struct hash token = new_token();
    struct ticket_id ticket;
    struct photo_row *rows;
    struct photo loaded;
    size_t count;
    for (uint8_t which = 1; which <= 3; which++)
        CHECK_STATUS(stage(stand, stand->db, &token, which), STATUS_OK);
    CHECK_STATUS(photo_store_drop(stand->db, &token, 2, &stand->fault), STATUS_OK);
    const uint64_t before = db_statement_count(stand->db);
    REQUIRE_STATUS(file_with(stand, stand->db, &token, NULL, &ticket), STATUS_OK);
    CHECK_INT(db_statement_count(stand->db) - before, 10);
    CHECK_INT(staged(stand, &token), 0);
    REQUIRE_STATUS(photo_store_list(stand->db, ticket, true, &stand->arena, &rows, &count, &stand->fault), STATUS_OK);
    REQUIRE(count == 2);
    CHECK_INT(rows[0].no, 1);
    CHECK_INT(rows[1].no, 3);
    CHECK_INT(rows[0].stage, PHOTO_BEFORE);
    CHECK(rows[0].is_public && rows[0].added_by.v == 0);
    REQUIRE_STATUS(photo_store_load(stand->db, ticket, 3, true, &stand->arena, &loaded, &stand->fault), STATUS_OK);
    CHECK_INT(loaded.jpeg.data[1999], 3);
    CHECK_STATUS(photo_store_load(stand->db, ticket, 2, true, &stand->arena, &loaded, NULL), STATUS_ABSENT);
    CHECK_STATUS(photo_store_load(stand->db, (struct ticket_id){ticket.v + 1}, 3, false, &stand->arena, &loaded, NULL), STATUS_ABSENT);
    check_whole(stand);
}

TEST(a_filing_that_fails_leaves_its_photos_staged)
{
    struct stand *stand = shared();
    const struct hash token = new_token();
    struct ticket_id ticket;
    uint8_t key[ACTION_KEY_BYTES];
    random_bytes(key, sizeof key);
    CHECK_STATUS(stage(stand, stand->db, &token, 1), STATUS_OK);
    stand_run(stand, "ALTER TABLE dirty RENAME COLUMN rule_id TO rule_idle"); /* the last statement of a filing */
    CHECK(file_with(stand, stand->db, &token, key, &ticket) != STATUS_OK);
    stand_run(stand, "ALTER TABLE dirty RENAME COLUMN rule_idle TO rule_id");
    fault_reset(&stand->fault);
    CHECK_INT(staged(stand, &token), 1);
    check_whole(stand);
    REQUIRE_STATUS(file_with(stand, stand->db, &token, key, &ticket), STATUS_OK);
    CHECK_INT(listed(stand, ticket, true), 1);
    check_whole(stand);
}

struct twice {
    struct hash token;
    uint8_t key[ACTION_KEY_BYTES];
};

static enum status file_same(struct stand *stand, struct db *db, int i, void *context)
{
    const struct twice *twice = context;
    struct ticket_id ticket;
    (void)i;
    return file_with(stand, db, &twice->token, twice->key, &ticket);
}

TEST(a_form_sent_twice_files_its_photos_once)
{
    struct stand *stand = shared();
    struct twice twice = {.token = new_token()};
    random_bytes(twice.key, sizeof twice.key);
    for (uint8_t which = 1; which <= 3; which++)
        CHECK_STATUS(stage(stand, stand->db, &twice.token, which), STATUS_OK);
    const int64_t before = stand_count(stand, "SELECT COUNT(*) FROM photo");
    CHECK_INT(at_once(stand, 6, file_same, &twice), 1);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM photo"), before + 3);
    CHECK_INT(stand_count(stand, "SELECT COUNT(DISTINCT ticket_id) FROM photo"),
              stand_count(stand, "SELECT COUNT(*) FROM public_ticket WHERE photo_count > 0"));
    check_whole(stand);
}

struct dying {
    const struct hash *token;
    struct ticket_id ticket;
};

static enum status commit_and_die(struct db *db, void *context, struct fault *fault)
{
    const struct dying *dying = context;
    const enum status status = photo_store_commit(db, dying->token, dying->ticket, true, fault);
    _exit(status == STATUS_OK ? 0 : 1);
}

TEST(a_worker_that_dies_in_the_middle_of_filing_leaves_everything_staged)
{
    struct stand *stand = shared();
    const struct hash token = new_token();
    struct ticket_id ticket;
    int state = 0;
    CHECK_STATUS(stage(stand, stand->db, &token, 1), STATUS_OK);
    REQUIRE_STATUS(file_with(stand, stand->db, NULL, NULL, &ticket), STATUS_OK);
    const pid_t pid = fork();
    if (pid == 0) {
        struct dying dying = {&token, ticket};
        _exit(db_transact(stand_connect(stand), commit_and_die, &dying, NULL) == STATUS_OK ? 2 : 3);
    }
    CHECK(waitpid(pid, &state, 0) == pid && WIFEXITED(state) && WEXITSTATUS(state) == 0);
    CHECK_INT(listed(stand, ticket, true), 0);
    CHECK_INT(staged(stand, &token), 1);
    REQUIRE_STATUS(file_with(stand, stand->db, &token, NULL, &ticket), STATUS_OK);
    CHECK_INT(listed(stand, ticket, true), 1);
    check_whole(stand);
}

TEST(what_is_added_later_comes_with_its_words_or_not_at_all)
{
    struct stand *stand = shared();
    const struct hash first = new_token(), later = new_token();
    struct ticket_id ticket;
    struct photo_row *rows;
    size_t count;
    CHECK_STATUS(stage(stand, stand->db, &first, 1), STATUS_OK);
    REQUIRE_STATUS(file_with(stand, stand->db, &first, NULL, &ticket), STATUS_OK);
    CHECK_STATUS(stage(stand, stand->db, &later, 2), STATUS_OK);
    CHECK_STATUS(stage(stand, stand->db, &later, 3), STATUS_OK);
    struct resident_input input = {.ticket = ticket, .action = ACTION_ADD_WORDS, .words = "又冒水了", .photo_token = &later};
    random_bytes(input.key, sizeof input.key);
    CHECK_STATUS(public_store_add_input(stand->db, &input, stand->now, &stand->fault), STATUS_OK);
    CHECK_STATUS(public_store_add_input(stand->db, &input, stand->now, &stand->fault), STATUS_DUPLICATE);
    REQUIRE_STATUS(photo_store_list(stand->db, ticket, true, &stand->arena, &rows, &count, &stand->fault), STATUS_OK);
    REQUIRE(count == 3);
    CHECK_INT(rows[1].no, 2);
    CHECK_INT(rows[2].no, 3);
    CHECK_INT(staged(stand, &later), 0);
    check_whole(stand);
}

/* ---- staff's */

static enum status add(struct stand *stand, struct db *db, struct ticket_id ticket, uint8_t which, enum photo_stage stage,
                       bool is_public)
{
    const struct photo photo = picture(stand, which);
    const struct photo_adding adding = {ticket, &photo, stage, is_public, {12}};
    return photo_store_add(db, &adding, stand->now, &stand->arena, &stand->fault);
}

TEST(staff_add_photos_before_and_after_and_the_resident_sees_the_public_ones)
{
    struct stand *stand = shared();
    struct ticket_id ticket;
    struct photo loaded;
    int after = 99;
    REQUIRE_STATUS(file_with(stand, stand->db, NULL, NULL, &ticket), STATUS_OK);
    CHECK_STATUS(photo_store_count_after(stand->db, ticket, &stand->arena, &after, &stand->fault), STATUS_OK);
    CHECK_INT(after, 0);
    CHECK_STATUS(add(stand, stand->db, ticket, 1, PHOTO_BEFORE, true), STATUS_OK);
    CHECK_STATUS(add(stand, stand->db, ticket, 2, PHOTO_DURING, false), STATUS_OK);
    CHECK_STATUS(add(stand, stand->db, ticket, 3, PHOTO_AFTER, true), STATUS_OK);
    CHECK_STATUS(add(stand, stand->db, ticket, 3, PHOTO_AFTER, true), STATUS_OK);
    CHECK_INT(listed(stand, ticket, false), 3);
    CHECK_INT(listed(stand, ticket, true), 2);
    CHECK_STATUS(photo_store_load(stand->db, ticket, 2, true, &stand->arena, &loaded, NULL), STATUS_ABSENT);
    CHECK_STATUS(photo_store_load(stand->db, ticket, 2, false, &stand->arena, &loaded, &stand->fault), STATUS_OK);
    CHECK_STATUS(photo_store_count_after(stand->db, ticket, &stand->arena, &after, &stand->fault), STATUS_OK);
    CHECK_INT(after, 1);
    CHECK_STATUS(photo_store_set_public(stand->db, ticket, 3, false, &stand->fault), STATUS_OK);
    CHECK_INT(listed(stand, ticket, true), 1);
    CHECK_STATUS(photo_store_set_public(stand->db, ticket, 9, false, NULL), STATUS_ABSENT);
    check_whole(stand);
}

struct shared_ticket {
    struct ticket_id ticket;
};

static enum status add_another(struct stand *stand, struct db *db, int i, void *context)
{
    return add(stand, db, ((struct shared_ticket *)context)->ticket, (uint8_t)(100 + i), PHOTO_AFTER, true);
}

TEST(many_who_add_at_the_same_time_all_come_in)
{
    struct stand *stand = shared();
    struct shared_ticket context;
    REQUIRE_STATUS(file_with(stand, stand->db, NULL, NULL, &context.ticket), STATUS_OK);
    CHECK_INT(at_once(stand, 4, add_another, &context), 4);
    CHECK_INT(listed(stand, context.ticket, false), 4);
    check_whole(stand);
}

TEST(a_ticket_takes_forty_photos)
{
    struct stand *stand = shared();
    struct ticket_id ticket;
    REQUIRE_STATUS(file_with(stand, stand->db, NULL, NULL, &ticket), STATUS_OK);
    for (uint8_t which = 0; which < PHOTOS_PER_TICKET; which++)
        CHECK_STATUS(add(stand, stand->db, ticket, which, PHOTO_DURING, false), STATUS_OK);
    CHECK_STATUS(add(stand, stand->db, ticket, 200, PHOTO_DURING, false), STATUS_REFUSED);
    CHECK_STATUS(add(stand, stand->db, ticket, 0, PHOTO_DURING, false), STATUS_OK);
}

/* ---- the discipline office, and clearing away */

TEST(nothing_of_a_ticket_at_the_discipline_office_is_seen)
{
    struct stand *stand = shared();
    const struct hash token = new_token();
    struct ticket_id ticket;
    struct ticket_file file;
    struct photo loaded;
    enum verdict verdict;
    CHECK_STATUS(stage(stand, stand->db, &token, 1), STATUS_OK);
    REQUIRE_STATUS(file_with(stand, stand->db, &token, NULL, &ticket), STATUS_OK);
    CHECK_STATUS(add(stand, stand->db, ticket, 2, PHOTO_BEFORE, true), STATUS_OK);
    REQUIRE_STATUS(ticket_store_load_by_id(stand->db, ticket, &stand->arena, &file, &stand->fault), STATUS_OK);
    CHECK_INT(file.photo_count, 2);
    const struct command command = stand_command(ACTION_HAND_TO_DISCIPLINE, stand_ops());
    REQUIRE_STATUS(stand_act(stand, &file, &command, "涉及工作人员", &verdict), STATUS_OK);
    CHECK_INT(file.ticket.state, TICKET_SEALED);
    CHECK_INT(listed(stand, ticket, true), 0);
    CHECK_INT(listed(stand, ticket, false), 0);
    CHECK_STATUS(photo_store_load(stand->db, ticket, 1, true, &stand->arena, &loaded, NULL), STATUS_ABSENT);
    CHECK_STATUS(photo_store_load(stand->db, ticket, 1, false, &stand->arena, &loaded, NULL), STATUS_ABSENT);
}

TEST(what_was_never_sent_is_deleted_and_what_is_in_use_stays)
{
    struct stand *stand = stand_open("photo_purge");
    const struct hash forgotten = new_token(), alive = new_token(), sent = new_token();
    const struct bytes body = {(const uint8_t *)"boxed", 5};
    struct ticket_id ticket;
    CHECK_STATUS(stage(stand, stand->db, &forgotten, 1), STATUS_OK);
    CHECK_STATUS(stage(stand, stand->db, &alive, 2), STATUS_OK);
    CHECK_STATUS(stage(stand, stand->db, &alive, 3), STATUS_OK);
    CHECK_STATUS(stage(stand, stand->db, &sent, 4), STATUS_OK);
    REQUIRE_STATUS(file_with(stand, stand->db, &sent, NULL, &ticket), STATUS_OK);
    CHECK_STATUS(photo_store_drop(stand->db, &alive, 1, &stand->fault), STATUS_OK);
    stand_pass(stand, 2 * HOUR_SECONDS);
    REQUIRE_STATUS(draft_store_save(stand->db, &alive, body, stand->now, &stand->fault), STATUS_OK);
    REQUIRE_STATUS(clerk_store_purge(stand->db, &stand->settings, stand->now, &stand->fault), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM photo_body"), 3); /* the one taken away is gone */
    stand_pass(stand, 23 * HOUR_SECONDS); /* the first form is over a day old, the second was saved since */
    REQUIRE_STATUS(clerk_store_purge(stand->db, &stand->settings, stand->now, &stand->fault), STATUS_OK);
    CHECK_INT(staged(stand, &forgotten), 0);
    CHECK_INT(staged(stand, &alive), 1);
    CHECK_INT(listed(stand, ticket, true), 1);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM photo_body"), 2);
    check_whole(stand);
}

TEST(photos_are_emptied_when_a_ticket_ended_long_enough_ago)
{
    struct stand *stand = stand_open("photo_empty");
    const struct hash token = new_token();
    struct ticket_id ended, open;
    CHECK_STATUS(stage(stand, stand->db, &token, 1), STATUS_OK);
    REQUIRE_STATUS(file_with(stand, stand->db, &token, NULL, &ended), STATUS_OK);
    REQUIRE_STATUS(file_with(stand, stand->db, NULL, NULL, &open), STATUS_OK);
    CHECK_STATUS(add(stand, stand->db, open, 2, PHOTO_BEFORE, true), STATUS_OK);
    stand_pass(stand, DAY_SECONDS);
    stand_run(stand, "UPDATE ticket SET is_open = 0, closed_at = recorded_at + INTERVAL 1 DAY WHERE id = %lld", (long long)ended.v);
    stand_pass(stand, (int64_t)stand->settings.retention_days * DAY_SECONDS);
    REQUIRE_STATUS(clerk_store_purge(stand->db, &stand->settings, stand->now, &stand->fault), STATUS_OK);
    CHECK_INT(listed(stand, ended, true), 1); /* not a moment too early */
    stand_pass(stand, 1);
    REQUIRE_STATUS(clerk_store_purge(stand->db, &stand->settings, stand->now, &stand->fault), STATUS_OK);
    CHECK_INT(listed(stand, ended, true), 0);
    CHECK_INT(listed(stand, open, true), 1);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM photo_body WHERE LENGTH(body) = 0 AND emptied_at IS NOT NULL"), 1);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM photo WHERE ticket_id = %lld", (long long)ended.v), 1);
}

TEST(photos_are_staged_and_filed_with_the_rights_of_the_public_program)
{
    struct stand *stand = shared();
    const struct hash token = new_token(), later = new_token();
    struct ticket_id ticket;
    struct photo loaded;
    stand_make_accounts(stand);
    fault_reset(&stand->fault);
    struct db *db = stand_connect_as(stand, "complaint"), *desk = stand_connect_as(stand, "ticket"),
              *clerk = stand_connect_as(stand, "clerk");
    CHECK_STATUS(stage(stand, db, &token, 1), STATUS_OK);
    CHECK_STATUS(stage(stand, db, &token, 2), STATUS_OK);
    CHECK_STATUS(photo_store_drop(db, &token, 1, &stand->fault), STATUS_OK);
    REQUIRE_STATUS(file_with(stand, db, &token, NULL, &ticket), STATUS_OK);
    CHECK_STATUS(stage(stand, db, &later, 3), STATUS_OK);
    struct resident_input input = {.ticket = ticket, .action = ACTION_ADD_WORDS, .words = "补充", .photo_token = &later};
    random_bytes(input.key, sizeof input.key);
    CHECK_STATUS(public_store_add_input(db, &input, stand->now, &stand->fault), STATUS_OK);
    CHECK_STATUS(photo_store_load(db, ticket, 2, true, &stand->arena, &loaded, &stand->fault), STATUS_OK);
    CHECK_STATUS(add(stand, desk, ticket, 4, PHOTO_AFTER, false), STATUS_OK);
    CHECK_STATUS(photo_store_set_public(desk, ticket, 4, true, &stand->fault), STATUS_OK);
    CHECK_STATUS(clerk_store_purge(clerk, &stand->settings, stand->now, &stand->fault), STATUS_OK);
    CHECK_TEXT(stand->fault.message, "");
    CHECK_INT(listed(stand, ticket, true), 3);
    db_close(db);
    db_close(desk);
    db_close(clerk);
}
