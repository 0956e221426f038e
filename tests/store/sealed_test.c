/*
 * Reports of misconduct in the database (Arts. 5, 32): sealed before they get there, once per form, answered by number.
 */
#include "store/sealed_store.h"

#include <string.h>

#include "base/password.h"
#include "check.h"
#include "stand.h"

static const uint8_t FORM_KEY[16] = "form key of ours";
static const char WORDS[] = "收了二百块钱才肯开栓";

static struct stand *stand(void)
{
    static struct stand *opened;
    if (opened == NULL)
        opened = stand_open("sealed");
    return opened;
}

static enum status file_case(struct stand *s, const struct key *office, const uint8_t form_key[16], char *number)
{
    const struct sealed_report *report;
    sealed_number_make(&s->secrets, form_key, number);
    report = &(struct sealed_report){.received_at = s->now, .number = number, .words = WORDS, .about = "工号 7",
                                     .occurred = "", .name = "", .contact = ""};
    fault_reset(&s->fault);
    return sealed_store_file(s->db, &s->secrets, office, report, SEALED_FROM_PUBLIC, day_of(s->now, 480), &s->arena,
                             &s->fault);
}

TEST(article_5_only_the_offices_private_key_opens_a_case_and_a_form_sent_twice_is_one_case)
{
    struct stand *s = stand();
    struct key office, private_key;
    char number[SEALED_NUMBER_BYTES], again[SEALED_NUMBER_BYTES];

    crypto_make_pair(&office, &private_key);
    REQUIRE_STATUS(file_case(s, &office, FORM_KEY, number), STATUS_OK);
    CHECK_STATUS(file_case(s, &office, FORM_KEY, again), STATUS_DUPLICATE);
    CHECK_TEXT(again, number);
    CHECK_INT(stand_count(s, "SELECT COUNT(*) FROM sealed_case"), 1);
    CHECK_INT(stand_count(s, "SELECT COUNT(*) FROM sealed_case WHERE LOCATE('%s', body) > 0", WORDS), 0);
    CHECK_INT(stand_count(s, "SELECT COUNT(*) FROM sealed_case WHERE LOCATE('%s', body) > 0", number), 0);
    CHECK_INT(stand_count(s, "SELECT LENGTH(body) FROM sealed_case"), (int)crypto_sealed_bytes(SEALED_BLOCK_BYTES));
}

TEST(article_5_the_answer_opens_with_its_number_only)
{
    struct stand *s = stand();
    static const uint8_t other_key[16] = "another form key";
    char number[SEALED_NUMBER_BYTES];
    const char *words = NULL;
    struct day day;

    sealed_number_make(&s->secrets, other_key, number);
    fault_reset(&s->fault);
    CHECK_STATUS(sealed_store_answer(s->db, &s->secrets, number, &s->arena, &words, &day, &s->fault), STATUS_ABSENT);
    /* An answer that was boxed for another number does not open, and is not shown. */
    const struct bytes piece = {(const uint8_t *)number, strlen(number)};
    const struct hash lookup = crypto_keyed_hash(&s->secrets.key[SECRET_LOOKUP], "sealed case", &piece, 1);
    char hex[2 * HASH_BYTES + 1];
    text_format_hex(lookup.bytes, HASH_BYTES, hex);
    stand_run(s, "INSERT INTO sealed_answer (lookup, body, answered_on) VALUES (x'%s', REPEAT('x', 80), '2026-11-23')", hex);
    fault_reset(&s->fault);
    CHECK_STATUS(sealed_store_answer(s->db, &s->secrets, number, &s->arena, &words, &day, &s->fault), STATUS_FAILED);
    CHECK(words == NULL);
}

TEST(article_5_the_answer_is_read_by_who_knows_the_number)
{
    struct stand *s = stand();
    static const uint8_t third_key[16] = "a third form key";
    char number[SEALED_NUMBER_BYTES], lookup_hex[2 * HASH_BYTES + 1], boxed_hex[512];
    const char *words = NULL;
    struct day day;
    struct key key;

    sealed_number_make(&s->secrets, third_key, number);
    const struct bytes piece = {(const uint8_t *)number, strlen(number)};
    const struct hash lookup = crypto_keyed_hash(&s->secrets.key[SECRET_LOOKUP], "sealed case", &piece, 1);
    const struct hash derived = crypto_keyed_hash(&s->secrets.key[SECRET_CODE], "sealed answer", &piece, 1);
    static const char ANSWER[] = "已核实，退还二百元。";
    uint8_t boxed[sizeof ANSWER + 64];
    memcpy(key.bytes, derived.bytes, KEY_BYTES);
    crypto_enbox(&key, (const uint8_t *)ANSWER, sizeof ANSWER - 1, boxed);
    text_format_hex(lookup.bytes, HASH_BYTES, lookup_hex);
    text_format_hex(boxed, crypto_boxed_bytes(sizeof ANSWER - 1), boxed_hex);
    stand_run(s, "INSERT INTO sealed_answer (lookup, body, answered_on) VALUES (x'%s', x'%s', '2026-11-23')", lookup_hex,
              boxed_hex);
    fault_reset(&s->fault);
    REQUIRE_STATUS(sealed_store_answer(s->db, &s->secrets, number, &s->arena, &words, &day, &s->fault), STATUS_OK);
    CHECK_TEXT(words, ANSWER);
}

TEST(article_5_the_offices_key_is_made_once_and_never_stored_in_clear)
{
    struct stand *s = stand();
    struct key first, second;

    fault_reset(&s->fault);
    REQUIRE_STATUS(sealed_store_enrol_first(s->db, (struct staff_id){12}, "a passphrase of the office", s->now,
                                            &s->arena, &first, &s->fault),
                   STATUS_OK);
    fault_reset(&s->fault);
    CHECK_STATUS(sealed_store_enrol_first(s->db, (struct staff_id){13}, "another passphrase", s->now, &s->arena,
                                          &second, &s->fault),
                 STATUS_DUPLICATE);
    CHECK_INT(stand_count(s, "SELECT COUNT(*) FROM sealed_key"), 1);
    CHECK_INT(stand_count(s, "SELECT COUNT(*) FROM sealed_officer WHERE staff_id = 12 AND LENGTH(wrapped) = %zu",
                          crypto_boxed_bytes(KEY_BYTES)),
              1);
}

TEST(a_passphrase_and_its_salt_always_give_the_same_key_and_another_gives_another)
{
    static const uint8_t salt[PASSWORD_SALT_BYTES] = "salt of sixteen";
    struct key first, again, other;

    password_derive_key("one passphrase", salt, &first);
    password_derive_key("one passphrase", salt, &again);
    password_derive_key("one passphrasf", salt, &other);
    CHECK_BYTES(first.bytes, again.bytes, KEY_BYTES);
    CHECK(!crypto_is_equal(first.bytes, other.bytes, KEY_BYTES));
}
