/*
 * The discipline office's key, its officers, the opened key of a session and its cases (Arts. 5, 32, 35); and what is left of a ticket
 * that was handed over.
 */
#include "store/discipline_store.h"

#include <string.h>

#include "check.h"
#include "stand.h"
#include "store/sealed_store.h"
#include "store/staff_store.h"

#define PASSPHRASE "a passphrase of the first officer"
#define OTHER "a passphrase of the second officer"

static struct stand *stand(void)
{
    static struct stand *shared;
    if (shared == NULL)
        shared = stand_open("discipline");
    fault_reset(&shared->fault);
    return shared;
}

static struct staff_id add_officer(struct stand *s, const char *login)
{
    struct staff staff = {.unit = {9}, .roles = ROLE_BIT(ROLE_DISCIPLINE), .is_active = true};

    memcpy(staff.login, login, strlen(login) + 1);
    memcpy(staff.name, login, strlen(login) + 1);
    REQUIRE_STATUS(staff_store_add(s->db, &staff, s->now, &s->fault), STATUS_OK);
    return staff.id;
}

/* The office with one officer, made by the first test that asks. */
struct office {
    struct staff_id first;
    struct discipline_key key;
    struct discipline_opened opened;
};
static const struct office *office(struct stand *s)
{
    static struct office shared;
    struct wrapped_key wrapped;
    struct key public_key;

    if (shared.first.v != 0)
        return &shared;
    shared.first = add_officer(s, "first");
    REQUIRE_STATUS(sealed_store_enrol_first(s->db, shared.first, PASSPHRASE, s->now, &s->arena, &public_key, &s->fault), STATUS_OK);
    REQUIRE_STATUS(discipline_store_key(s->db, &s->arena, &shared.key, &s->fault), STATUS_OK);
    REQUIRE_STATUS(discipline_store_wrapped(s->db, &shared.key, shared.first, &s->arena, &wrapped, &s->fault), STATUS_OK);
    REQUIRE(discipline_unwrap(&wrapped, PASSPHRASE, &shared.key.public_key, &shared.opened.private_key));
    shared.opened.public_key = shared.key.public_key;
    shared.opened.mark_key = discipline_mark_key(&shared.opened.private_key);
    return &shared;
}

static uint32_t version_now(struct stand *s)
{
    struct discipline_key key;

    REQUIRE_STATUS(discipline_store_key(s->db, &s->arena, &key, &s->fault), STATUS_OK);
    return key.version;
}

TEST(article_5_the_key_opens_with_the_passphrase_and_no_other_and_only_the_key_that_belongs_to_it)
{
    struct stand *s = stand();
    const struct office *own = office(s);
    struct wrapped_key wrapped;
    struct key opened, foreign;

    REQUIRE_STATUS(discipline_store_wrapped(s->db, &own->key, own->first, &s->arena, &wrapped, &s->fault), STATUS_OK);
    CHECK(discipline_unwrap(&wrapped, PASSPHRASE, &own->key.public_key, &opened));
    CHECK(!discipline_unwrap(&wrapped, OTHER, &own->key.public_key, &opened));
    CHECK(!discipline_unwrap(&wrapped, "", &own->key.public_key, &opened));
    memset(foreign.bytes, 7, KEY_BYTES);
    CHECK(!discipline_unwrap(&wrapped, PASSPHRASE, &foreign, &opened));
    wrapped.wrapped[10] ^= 1;
    CHECK(!discipline_unwrap(&wrapped, PASSPHRASE, &own->key.public_key, &opened));
}

TEST(article_5_an_officer_is_added_and_taken_away_a_lost_passphrase_loses_nothing_and_the_last_one_stays)
{
    struct stand *s = stand();
    const struct office *own = office(s);
    const struct staff_id second = add_officer(s, "second");
    struct wrapped_key wrapped;
    struct key again;

    discipline_wrap(&own->opened.private_key, OTHER, &wrapped);
    CHECK_STATUS(discipline_store_remove(s->db, &own->key, version_now(s), own->first, &s->fault), STATUS_REFUSED);
    REQUIRE_STATUS(discipline_store_enrol(s->db, &own->key, version_now(s), second, &wrapped, s->now, &s->fault), STATUS_OK);
    CHECK_STATUS(discipline_store_enrol(s->db, &own->key, version_now(s), second, &wrapped, s->now, &s->fault), STATUS_DUPLICATE);
    /* The first one forgets: the second opens the very same key, and wraps it anew for the first. */
    struct wrapped_key theirs;
    fault_reset(&s->fault);
    REQUIRE_STATUS(discipline_store_wrapped(s->db, &own->key, second, &s->arena, &theirs, &s->fault), STATUS_OK);
    REQUIRE(discipline_unwrap(&theirs, OTHER, &own->key.public_key, &again));
    CHECK_BYTES(again.bytes, own->opened.private_key.bytes, KEY_BYTES);
    REQUIRE_STATUS(discipline_store_remove(s->db, &own->key, version_now(s), own->first, &s->fault), STATUS_OK);
    CHECK_STATUS(discipline_store_wrapped(s->db, &own->key, own->first, &s->arena, &wrapped, &s->fault), STATUS_ABSENT);
    CHECK_STATUS(discipline_store_remove(s->db, &own->key, version_now(s), second, &s->fault), STATUS_REFUSED);
    discipline_wrap(&again, PASSPHRASE, &wrapped);
    REQUIRE_STATUS(discipline_store_enrol(s->db, &own->key, version_now(s), own->first, &wrapped, s->now, &s->fault), STATUS_OK);
    /* Who left the office is no reason to take away the last who can open. */
    stand_run(s, "UPDATE staff SET is_active = 0 WHERE id = %d", (int)second.v);
    CHECK_STATUS(discipline_store_remove(s->db, &own->key, version_now(s), own->first, &s->fault), STATUS_REFUSED);
    CHECK_STATUS(discipline_store_remove(s->db, &own->key, version_now(s), second, &s->fault), STATUS_OK);
    CHECK_STATUS(discipline_store_remove(s->db, &own->key, version_now(s) - 1, own->first, &s->fault), STATUS_CONFLICT);
}

TEST(article_5_of_the_opened_key_neither_the_row_nor_the_cookie_is_enough_and_it_ends)
{
    struct stand *s = stand();
    const struct office *own = office(s);
    const struct hash session = {{1, 2, 3}}, other_session = {{4}};
    struct discipline_opened opened;
    struct key half, wrong;

    memset(half.bytes, 0x5A, KEY_BYTES);
    memset(wrong.bytes, 0x5B, KEY_BYTES);
    REQUIRE_STATUS(discipline_store_open(s->db, &own->key, &session, own->first, &own->opened.private_key, &half, s->now, &s->fault),
                   STATUS_OK);
#define RESUME(session, staff, half, now) discipline_store_resume(s->db, session, staff, half, now, 15, &s->arena, &opened, &s->fault)
    CHECK_STATUS(RESUME(&session, own->first, &half, s->now), STATUS_OK);
    CHECK_BYTES(opened.private_key.bytes, own->opened.private_key.bytes, KEY_BYTES);
    CHECK_STATUS(RESUME(&session, own->first, &wrong, s->now), STATUS_ABSENT);
    CHECK_STATUS(RESUME(&other_session, own->first, &half, s->now), STATUS_ABSENT);
    CHECK_STATUS(RESUME(&session, (struct staff_id){9999}, &half, s->now), STATUS_ABSENT);
    CHECK_STATUS(RESUME(&session, own->first, &half, instant_add_seconds(s->now, 15 * MINUTE_SECONDS)), STATUS_ABSENT);
    CHECK_STATUS(RESUME(&session, own->first, &half, instant_add_seconds(s->now, 14 * MINUTE_SECONDS)), STATUS_OK);
    CHECK_STATUS(RESUME(&session, own->first, &half, instant_add_seconds(s->now, 20 * MINUTE_SECONDS)), STATUS_OK); /* renewed */
    /* A row moved to another session opens nothing there. */
    stand_run(s, "UPDATE sealed_open SET session_hash = CONCAT(x'04', REPEAT(x'00', 31))");
    CHECK_STATUS(RESUME(&other_session, own->first, &half, s->now), STATUS_ABSENT);
    REQUIRE_STATUS(discipline_store_purge(s->db, instant_add_seconds(s->now, DAY_SECONDS), &s->fault), STATUS_OK);
    CHECK_INT(stand_count(s, "SELECT COUNT(*) FROM sealed_open"), 0);
#undef RESUME
}

static struct hash file_case(struct stand *s, const struct office *own, const char *words, char *number)
{
    static uint8_t form_key[16] = "a form of a case";
    form_key[15]++;
    sealed_number_make(&s->secrets, form_key, number);
    const struct sealed_report report = {.received_at = s->now, .number = number, .words = words, .about = "工号 1024",
                                         .occurred = "", .name = "", .contact = ""};

    REQUIRE_STATUS(sealed_store_file(s->db, &s->secrets, &own->key.public_key, &report, SEALED_FROM_PUBLIC, day_of(s->now, 480),
                                     &s->arena, &s->fault),
                   STATUS_OK);
    return sealed_case_lookup(&s->secrets, number);
}

static enum status append(struct stand *s, const struct office *own, const struct discipline_file *file,
                          struct discipline_entry *entry, uint8_t key)
{
    uint8_t form_key[16] = "key of one entry";
    form_key[0] = key;
    struct discipline_append work = {.file = file, .opened = &own->opened, .secrets = &s->secrets, .entry = entry,
                                     .form_key = form_key, .today = day_of(s->now, 480)};
    fault_reset(&s->fault);
    return discipline_store_append(s->db, &work, &s->arena, &s->fault);
}

TEST(article_5_entries_are_appended_sealed_once_per_form_and_the_reporter_reads_the_answer)
{
    struct stand *s = stand();
    const struct office *own = office(s);
    struct discipline_file file;
    char number[SEALED_NUMBER_BYTES];
    const struct hash lookup = file_case(s, own, "收了好处，暗号蜡梅枝", number);
    struct discipline_entry step = {.kind = DISCIPLINE_STEP, .at = s->now, .author = own->first, .author_name = "first",
                                    .words = "约谈，暗号水仙盆"};
    struct discipline_entry answer = step;
    const char *words;
    struct day day;

    answer.kind = DISCIPLINE_ANSWER;
    answer.words = "已处理，暗号风铃草";
    REQUIRE_STATUS(discipline_store_load(s->db, &own->opened, &lookup, &s->arena, &file, &s->fault), STATUS_OK);
    CHECK_TEXT(file.report.words, "收了好处，暗号蜡梅枝");
    REQUIRE_STATUS(append(s, own, &file, &step, 1), STATUS_OK);
    CHECK_STATUS(append(s, own, &file, &step, 1), STATUS_DUPLICATE);
    CHECK_STATUS(append(s, own, &file, &step, 2), STATUS_CONFLICT);
    REQUIRE_STATUS(discipline_store_load(s->db, &own->opened, &lookup, &s->arena, &file, &s->fault), STATUS_OK);
    REQUIRE_STATUS(append(s, own, &file, &answer, 3), STATUS_OK);
    REQUIRE_STATUS(discipline_store_load(s->db, &own->opened, &lookup, &s->arena, &file, &s->fault), STATUS_OK);
    CHECK_INT(file.entry_count, 2);
    CHECK_TEXT(file.entries[0].words, "约谈，暗号水仙盆");
    CHECK_INT(file.entries[0].author.v, own->first.v);
    REQUIRE_STATUS(sealed_store_answer(s->db, &s->secrets, number, &s->arena, &words, &day, &s->fault), STATUS_OK);
    CHECK_TEXT(words, "已处理，暗号风铃草");
    CHECK_INT(stand_count(s, "SELECT COUNT(*) FROM sealed_entry WHERE LOCATE('水仙盆', body) > 0 OR LOCATE('风铃草', body) > 0"), 0);
    CHECK_INT(stand_count(s, "SELECT COUNT(*) FROM sealed_answer WHERE LOCATE('风铃草', body) > 0"), 0);
}

TEST(article_5_lists_open_each_case_once_and_show_what_does_not_open)
{
    struct stand *s = stand();
    const struct office *own = office(s);
    struct discipline_row *rows, from;
    char number[SEALED_NUMBER_BYTES];
    size_t count, seen = 0, unreadable = 0;

    for (int i = 0; i < 5; i++)
        (void)file_case(s, own, "又一件", number);
    stand_run(s, "INSERT INTO sealed_case (lookup, body, source, received_on) VALUES (REPEAT('z', 32), REPEAT('y', 5000), 1, '2026-11-22')");
    const struct discipline_row *last = NULL;
    do {
        REQUIRE_STATUS(discipline_store_list(s->db, &own->opened, last, 2, s->now, &s->arena, &rows, &count, &s->fault), STATUS_OK);
        for (size_t i = 0; i < count; i++)
            unreadable += !rows[i].is_readable;
        seen += count;
        if (count > 0)
            from = rows[count - 1];
        last = &from;
    } while (count == 2);
    CHECK_INT(seen, stand_count(s, "SELECT COUNT(*) FROM sealed_case"));
    CHECK_INT(unreadable, 1);
    stand_run(s, "DELETE FROM sealed_case WHERE source = 1 AND received_on = '2026-11-22'");
}

TEST(article_5_a_ticket_that_was_handed_over_has_no_words_left_is_in_no_figure_and_verifies)
{
    struct stand *s = stand();
    const struct office *own = office(s);
    struct ticket_file file;
    enum verdict verdict;
    struct event event = {.seq = 0};
    char number[SEALED_NUMBER_BYTES];
    const uint8_t key[16] = "handed over once";
    struct command note = stand_command(ACTION_NOTE, stand_ops());
    struct command hand = stand_command(ACTION_HAND_TO_DISCIPLINE, stand_ops());

    REQUIRE_STATUS(stand_file(s, "service_complaint", NULL, &file), STATUS_OK);
    REQUIRE_STATUS(stand_act(s, &file, &note, "备注，暗号山茶花", &verdict), STATUS_OK);
    stand_pass(s, 5 * DAY_SECONDS); /* its promises are broken, and counted */
    REQUIRE_STATUS(stand_clerk_round(s, s->db), STATUS_OK);
    CHECK(stand_count(s, "SELECT COALESCE(SUM(missed), 0) FROM figure_day") > 0);
    sealed_number_make(&s->secrets, key, number);
    const struct sealed_report report = {.received_at = s->now, .number = number, .words = "备注，暗号山茶花", .about = "",
                                         .occurred = "", .name = "", .contact = ""};
    struct sealed_case sealed = sealed_case_seal(&s->secrets, &own->key.public_key, &report, &s->arena);
    sealed.source = SEALED_FROM_STAFF;
    sealed.today = day_of(s->now, 480);
    hand.expected_version = file.ticket.version;
    REQUIRE(ticket_decide(&file.ticket, &hand, &s->catalog.regulation, s->now, &event) == VERDICT_OK);
    REQUIRE_STATUS(ticket_store_hand_over(s->db, &file, &event, key, &s->catalog, &sealed, &s->fault), STATUS_OK);
    const long long id = (long long)file.ticket.id.v;
    CHECK_INT(stand_count(s, "SELECT COUNT(*) FROM event_text WHERE subject_kind = 1 AND subject_id = %lld AND body <> ''", id), 0);
    CHECK_INT(stand_count(s, "SELECT COUNT(*) FROM event_text WHERE subject_kind = 1 AND subject_id = %lld AND emptied_at IS NOT NULL", id) > 0, 1);
    CHECK_INT(stand_count(s, "SELECT COUNT(*) FROM ticket WHERE id = %lld AND place_text <> ''", id), 0);
    CHECK_INT(stand_count(s, "SELECT COUNT(*) FROM ticket_person WHERE ticket_id = %lld AND phone_masked <> ''", id), 0);
    CHECK_INT(stand_count(s, "SELECT COUNT(*) FROM public_ticket WHERE ticket_id = %lld AND (place_text <> '' OR place_id <> 0)", id), 0);
    CHECK_INT(stand_count(s, "SELECT COUNT(*) FROM sealed_case WHERE source = 2"), 1);
    REQUIRE_STATUS(stand_clerk_round(s, s->db), STATUS_OK);
    CHECK_INT(stand_count(s, "SELECT COALESCE(SUM(kept + missed + excused), 0) FROM figure_day"), 0);
    CHECK_INT(stand_verify(s, true), 0);
}
