/* Texts for the public (Arts. 7, 20, 36): what is shown when, versions, and two who write at once. */
#include <string.h>

#include "base/random.h"
#include "check.h"
#include "stand.h"
#include "store/text_store.h"

static struct stand *shared(void)
{
    static struct stand *stand;
    if (stand == NULL) {
        stand = stand_open("texts");
        stand_make_accounts(stand);
    }
    return stand;
}

static struct change change_now(const struct stand *stand)
{
    struct change change = {.staff = {12}, .what = "text_change", .detail = "测试", .now = stand->now};

    random_bytes(change.key, sizeof change.key);
    return change;
}

static struct text_version version_of(const struct stand *stand, const char *code, int version, const char *body)
{
    return (struct text_version){.code = code, .kind = TEXT_EXPLANATION, .sort = 500, .version = version,
                                 .title = {"标题", "Title"}, .body = {body, body}, .effective_from = stand->now};
}

static const char *shown(struct stand *stand, struct db *db, const char *code, enum text_language language)
{
    struct public_text text;
    const enum status status = text_store_load(db, code, language, stand->now, &stand->arena, &text, &stand->fault);

    return status == STATUS_OK ? text.body : status == STATUS_ABSENT ? "absent" : "?";
}

TEST(article_7_every_button_of_the_public_form_has_its_procedure_in_both_languages)
{
    struct stand *stand = shared();
    struct db *db = stand_connect_as(stand, "commitment");

    for (int group = GROUP_STAFF + 1; group < CATEGORY_GROUP__COUNT; group++)
        for (int language = TEXT_ZH; language < TEXT_LANGUAGE__COUNT; language++) {
            const char *code =
                arena_format(&stand->arena, "procedure_%s", category_group_name((enum category_group)group));
            check_case(code);
            CHECK(strlen(shown(stand, db, code, (enum text_language)language)) > 200);
        }
    db_close(db);
}

TEST(article_20_the_procedure_of_a_new_connection_is_there)
{
    struct stand *stand = shared();

    CHECK(strstr(shown(stand, stand->db, "procedure_new_connection", TEXT_ZH), "立户报装流程") != NULL);
    CHECK(strstr(shown(stand, stand->db, "procedure_new_connection", TEXT_EN), "procedure for new connections") != NULL);
}

TEST(article_36_the_readings_of_operations_are_explained)
{
    struct stand *stand = shared();
    struct public_text *texts;
    size_t count, explanations = 0;
    struct db *db = stand_connect_as(stand, "commitment");

    REQUIRE_STATUS(text_store_list(db, TEXT_EN, stand->now, &stand->arena, &texts, &count, &stand->fault), STATUS_OK);
    for (size_t i = 0; i < count; i++) {
        explanations += texts[i].kind == TEXT_EXPLANATION;
        CHECK(i == 0 || texts[i - 1].kind < texts[i].kind ||
              (texts[i - 1].kind == texts[i].kind && texts[i - 1].sort <= texts[i].sort));
        CHECK(text_code_is_valid(texts[i].code));
        CHECK(text_count_characters(texts[i].title) <= TEXT_TITLE_CHARACTERS);
        CHECK(text_count_characters(texts[i].body) <= TEXT_BODY_CHARACTERS);
    }
    CHECK(explanations >= 8);
    db_close(db);
}

TEST(a_version_is_shown_from_its_moment_on_and_the_one_before_stays)
{
    struct stand *stand = shared();
    struct text_version text = version_of(stand, "explanation_a", 0, "一");
    struct change change = change_now(stand);
    const int64_t version = stand_count(stand, "SELECT value FROM fact WHERE name = 'catalog_version'");
    struct text_version *versions;
    size_t count;
    struct db *db = stand_connect_as(stand, "admin");

    REQUIRE_STATUS(text_store_save(db, &change, &text, &stand->fault), STATUS_OK);
    CHECK_INT(stand_count(stand, "SELECT value FROM fact WHERE name = 'catalog_version'"), version + 1);
    CHECK_STATUS(text_store_save(db, &change, &text, &stand->fault), STATUS_DUPLICATE);
    text = version_of(stand, "explanation_a", 1, "二");
    text.effective_from = instant_add_seconds(stand->now, 3600);
    change = change_now(stand);
    REQUIRE_STATUS(text_store_save(db, &change, &text, &stand->fault), STATUS_OK);
    CHECK_TEXT(shown(stand, stand->db, "explanation_a", TEXT_ZH), "一");
    stand_pass(stand, 3600);
    CHECK_TEXT(shown(stand, stand->db, "explanation_a", TEXT_EN), "二");
    REQUIRE_STATUS(text_store_list_versions(db, "explanation_a", &stand->arena, &versions, &count, &stand->fault), STATUS_OK);
    CHECK_INT(count, 2);
    CHECK_INT(versions[0].version, 2);
    CHECK_TEXT(versions[1].body[TEXT_EN], "一");
    db_close(db);
    fault_reset(&stand->fault);
}

TEST(an_empty_version_takes_the_text_away_and_another_brings_it_back)
{
    struct stand *stand = shared();
    struct text_version text = version_of(stand, "explanation_b", 0, "在");
    struct text_version *texts;
    struct change change = change_now(stand);
    size_t count, found = 0;

    REQUIRE_STATUS(text_store_save(stand->db, &change, &text, &stand->fault), STATUS_OK);
    text = version_of(stand, "explanation_b", 1, "");
    change = change_now(stand);
    REQUIRE_STATUS(text_store_save(stand->db, &change, &text, &stand->fault), STATUS_OK);
    CHECK_TEXT(shown(stand, stand->db, "explanation_b", TEXT_ZH), "absent");
    REQUIRE_STATUS(text_store_list_last(stand->db, &stand->arena, &texts, &count, &stand->fault), STATUS_OK);
    for (size_t i = 0; i < count; i++)
        found += strcmp(texts[i].code, "explanation_b") == 0 && texts[i].version == 2;
    CHECK_INT(found, 1); /* it can still be found by those who keep it */
    text = version_of(stand, "explanation_b", 2, "又在");
    change = change_now(stand);
    REQUIRE_STATUS(text_store_save(stand->db, &change, &text, &stand->fault), STATUS_OK);
    CHECK_TEXT(shown(stand, stand->db, "explanation_b", TEXT_ZH), "又在");
}

TEST(of_two_who_write_one_text_the_second_is_told)
{
    struct stand *stand = shared();
    const struct text_version text = version_of(stand, "explanation_c", 0, "我的");
    const struct text_version other = version_of(stand, "explanation_c", 0, "他的");
    const struct change mine = change_now(stand), theirs = change_now(stand);
    const int64_t lines = stand_count(stand, "SELECT COUNT(*) FROM audit");

    REQUIRE_STATUS(text_store_save(stand->db, &mine, &text, &stand->fault), STATUS_OK);
    CHECK_STATUS(text_store_save(stand->db, &theirs, &other, &stand->fault), STATUS_CONFLICT);
    CHECK_TEXT(shown(stand, stand->db, "explanation_c", TEXT_ZH), "我的");
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM audit"), lines + 1);
    CHECK_INT(stand_count(stand, "SELECT COUNT(*) FROM public_text WHERE code = 'explanation_c'"), 2);
}
