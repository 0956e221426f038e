/*
 * What the discipline office writes about a case, and what may be written when (Arts. 5, 32(1), 35).
 */
#include "core/discipline.h"

#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "regulation.h"

static const struct key mark_key = {"a key of thirty-two bytes, or so"};

static const struct discipline_clause office_clause = {
    .id = DISCIPLINE_CLAUSE_OFFICE, .article = "32(1)", .leader_fen = 5000, .person_fen = 20000, .is_circular = true};
static const struct discipline_clause gain_clause = {.id = DISCIPLINE_CLAUSE_GAIN, .article = "35"};

static struct discipline_entry entry_of(enum discipline_kind kind)
{
    return (struct discipline_entry){
        .kind = kind, .at = {INT64_C(1795392000123)}, .author = {17}, .author_name = "何平", .words = "约谈当事人。\n第二行",
        .finding = kind == DISCIPLINE_FINDING ? FINDING_CONFIRMED : FINDING_NONE,
        .person = kind == DISCIPLINE_OUTCOME ? "刘某" : "", .leader = "", .article = "",
        .measure = kind == DISCIPLINE_OUTCOME ? MEASURE_TRANSFER : MEASURE_NONE,
    };
}

static struct discipline_case case_after(const enum discipline_kind *kinds, size_t count)
{
    struct discipline_case folded;

    discipline_case_init(&folded);
    for (size_t i = 0; i < count; i++) {
        const struct discipline_entry entry = entry_of(kinds[i]);
        discipline_case_add(&folded, &entry);
    }
    return folded;
}

TEST(article_5_an_entry_can_be_read_again_in_its_place_and_with_its_key)
{
    const struct discipline_place place = {.lookup = {{1}}, .no = 2, .previous = {{3}}};
    struct discipline_entry entry = entry_of(DISCIPLINE_OUTCOME), read;

    entry.clause = DISCIPLINE_CLAUSE_OFFICE;
    entry.article = "32(1)";
    entry.leader = "孙班长";
    entry.leader_fen = 5000;
    entry.person_fen = 20000;
    entry.repay_fen = 123400;
    entry.is_circular = entry.is_prosecuted = true;
    const size_t length = discipline_entry_bytes(&entry);
    uint8_t *bytes = malloc(length);
    REQUIRE(bytes != NULL);
    discipline_entry_format(&entry, &place, &mark_key, bytes);
    REQUIRE(discipline_entry_parse(bytes, length, &place, &mark_key, &read));
    CHECK_INT(read.kind, DISCIPLINE_OUTCOME);
    CHECK_INT(read.at.milliseconds, INT64_C(1795392000123));
    CHECK_INT(read.author.v, 17);
    CHECK_TEXT(read.author_name, "何平");
    CHECK_TEXT(read.words, "约谈当事人。\n第二行");
    CHECK_TEXT(read.article, "32(1)");
    CHECK_TEXT(read.person, "刘某");
    CHECK_TEXT(read.leader, "孙班长");
    CHECK_INT(read.clause, DISCIPLINE_CLAUSE_OFFICE);
    CHECK_INT(read.leader_fen, 5000);
    CHECK_INT(read.person_fen, 20000);
    CHECK_INT(read.repay_fen, 123400);
    CHECK(read.is_circular && read.is_prosecuted);
    CHECK_INT(read.measure, MEASURE_TRANSFER);
    CHECK_BYTES(read.mark.bytes, entry.mark.bytes, HASH_BYTES);
    free(bytes);
}

TEST(article_5_an_entry_moved_changed_or_made_without_the_key_is_not_the_offices)
{
    const struct discipline_place place = {.lookup = {{1}}, .no = 2, .previous = {{3}}};
    struct discipline_place elsewhere = place;
    struct discipline_entry entry = entry_of(DISCIPLINE_STEP), read;
    struct key other_key = mark_key;
    const size_t length = discipline_entry_bytes(&entry);
    uint8_t *bytes = malloc(length);

    REQUIRE(bytes != NULL);
    discipline_entry_format(&entry, &place, &mark_key, bytes);
    elsewhere.no = 3;
    CHECK(!discipline_entry_parse(bytes, length, &elsewhere, &mark_key, &read));
    elsewhere = place;
    elsewhere.lookup.bytes[0] = 9;
    CHECK(!discipline_entry_parse(bytes, length, &elsewhere, &mark_key, &read));
    elsewhere = place;
    elsewhere.previous.bytes[31] = 9;
    CHECK(!discipline_entry_parse(bytes, length, &elsewhere, &mark_key, &read));
    other_key.bytes[0] ^= 1;
    CHECK(!discipline_entry_parse(bytes, length, &place, &other_key, &read));
    CHECK(!discipline_entry_parse(bytes, length - 1, &place, &mark_key, &read));
    CHECK(!discipline_entry_parse(bytes, 10, &place, &mark_key, &read));
    for (size_t i = 0; i < length; i += 7) {
        bytes[i] ^= 0x40;
        CHECK(!discipline_entry_parse(bytes, length, &place, &mark_key, &read));
        bytes[i] ^= 0x40;
    }
    CHECK(discipline_entry_parse(bytes, length, &place, &mark_key, &read));
    free(bytes);
}

TEST(article_5_the_length_of_an_entry_tells_little)
{
    struct discipline_entry entry = entry_of(DISCIPLINE_STEP);

    const size_t length = discipline_entry_bytes(&entry);
    CHECK_INT(length % DISCIPLINE_ENTRY_BLOCK_BYTES, 0);
    entry.words = "短";
    CHECK_INT(discipline_entry_bytes(&entry), length);
}

TEST(article_5_what_may_be_written_in_which_state)
{
    static const struct {
        const char *name;
        enum discipline_kind before[4];
        size_t count;
        enum verdict step, finding, outcome, answer, close, reopen;
    } rows[] = {
#define NO VERDICT_WRONG_STATE
#define OK VERDICT_OK
#define FIRST VERDICT_NEEDS_REVIEW
        {"new", {0}, 0, OK, OK, FIRST, OK, FIRST, NO},
        {"in hand", {DISCIPLINE_STEP}, 1, OK, OK, FIRST, OK, FIRST, NO},
        {"found", {DISCIPLINE_STEP, DISCIPLINE_FINDING}, 2, OK, OK, OK, OK, OK, NO},
        {"closed", {DISCIPLINE_FINDING, DISCIPLINE_CLOSE}, 2, NO, NO, NO, NO, NO, OK},
        {"reopened", {DISCIPLINE_FINDING, DISCIPLINE_CLOSE, DISCIPLINE_REOPEN}, 3, OK, OK, OK, OK, OK, NO},
#undef NO
#undef OK
#undef FIRST
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct discipline_case folded = case_after(rows[i].before, rows[i].count);
        check_case(rows[i].name);
        CHECK_INT(discipline_permits(&folded, DISCIPLINE_STEP), rows[i].step);
        CHECK_INT(discipline_permits(&folded, DISCIPLINE_FINDING), rows[i].finding);
        CHECK_INT(discipline_permits(&folded, DISCIPLINE_OUTCOME), rows[i].outcome);
        CHECK_INT(discipline_permits(&folded, DISCIPLINE_ANSWER), rows[i].answer);
        CHECK_INT(discipline_permits(&folded, DISCIPLINE_CLOSE), rows[i].close);
        CHECK_INT(discipline_permits(&folded, DISCIPLINE_REOPEN), rows[i].reopen);
    }
}

TEST(article_32_the_amounts_come_from_the_catalogue_and_article_35_ends_the_contract)
{
    static const enum discipline_kind found[] = {DISCIPLINE_FINDING};
    const struct discipline_case folded = case_after(found, 1);
    struct discipline_entry entry = entry_of(DISCIPLINE_OUTCOME);

    entry.person_fen = 1; /* nobody chooses it */
    CHECK_INT(discipline_decide(&folded, 2, &office_clause, &entry), VERDICT_OK);
    CHECK_INT(entry.person_fen, 20000);
    CHECK_INT(entry.leader_fen, 5000);
    CHECK(entry.is_circular);
    CHECK_TEXT(entry.article, "32(1)");
    entry = entry_of(DISCIPLINE_OUTCOME);
    CHECK_INT(discipline_decide(&folded, 2, &gain_clause, &entry), VERDICT_BAD_VALUE);
    entry.measure = MEASURE_DISMISSAL;
    CHECK_INT(discipline_decide(&folded, 2, &gain_clause, &entry), VERDICT_OK);
    CHECK_INT(entry.person_fen, 0);
    entry = entry_of(DISCIPLINE_OUTCOME);
    CHECK_INT(discipline_decide(&folded, 2, NULL, &entry), VERDICT_NOT_COVERED);
    entry.person = "";
    CHECK_INT(discipline_decide(&folded, 2, &office_clause, &entry), VERDICT_NEEDS_UNIT);
    entry = entry_of(DISCIPLINE_OUTCOME);
    entry.repay_fen = DISCIPLINE_AMOUNT_MAX_FEN + 1;
    CHECK_INT(discipline_decide(&folded, 2, &office_clause, &entry), VERDICT_BAD_VALUE);
}

TEST(article_5_a_decision_on_what_was_not_seen_is_stale_and_one_without_words_is_none)
{
    static const enum discipline_kind found[] = {DISCIPLINE_FINDING};
    const struct discipline_case folded = case_after(found, 1);
    struct discipline_entry entry = entry_of(DISCIPLINE_STEP);

    CHECK_INT(discipline_decide(&folded, 1, NULL, &entry), VERDICT_STALE);
    entry.words = "";
    CHECK_INT(discipline_decide(&folded, 2, NULL, &entry), VERDICT_NEEDS_TEXT);
    entry = entry_of(DISCIPLINE_FINDING);
    entry.finding = FINDING_NONE;
    CHECK_INT(discipline_decide(&folded, 2, NULL, &entry), VERDICT_BAD_VALUE);
}

TEST(article_35_nothing_follows_from_what_is_not_confirmed)
{
    struct discipline_case folded;
    struct discipline_entry entry = entry_of(DISCIPLINE_FINDING);

    discipline_case_init(&folded);
    entry.finding = FINDING_UNFOUNDED;
    discipline_case_add(&folded, &entry);
    CHECK_INT(discipline_permits(&folded, DISCIPLINE_OUTCOME), VERDICT_NOT_NEEDED);
    CHECK_INT(discipline_permits(&folded, DISCIPLINE_CLOSE), VERDICT_OK);
}
