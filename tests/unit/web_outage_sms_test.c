/* web/outage_sms: what a message says, in both languages, of every kind of news, and in few parts. */
#include "web/outage_sms.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"

#define START ((struct instant){INT64_C(1795838400000)}) /* 2026-11-28 04:00 UTC: 12:00 in the city */

static struct arena arena;
static struct settings settings;

static void open_words(void)
{
    const char *set = getenv("SHUINUO_TEMPLATE_DIR");
    struct fault fault = {0};

    REQUIRE_STATUS(words_open(set == NULL ? "templates" : set, &fault), STATUS_OK);
    arena_init(&arena, 1024 * 1024);
    settings_init(&settings);
    snprintf(settings.base_url, sizeof settings.base_url, "https://water.example");
    snprintf(settings.hotline, sizeof settings.hotline, "0635-8321234");
    settings.utc_offset_minutes = 480;
}

static void close_words(void)
{
    arena_release(&arena);
    words_close();
}

static struct outage_sms_facts facts_of(enum outage_action told)
{
    return (struct outage_sms_facts){
        .told = told,
        .area = "明珠花园、学府花苑",
        .cause = 1,
        .started_at = START,
        .happened_at = instant_add_seconds(START, 5 * HOUR_SECONDS),
        .expected_end_at = instant_add_seconds(START, 6 * HOUR_SECONDS),
        .outage = {42},
        .is_public = true,
    };
}

TEST(a_message_says_where_why_when_where_to_look_and_whom_to_call)
{
    open_words();
    const struct outage_sms_facts facts = facts_of(OUTAGE_REPORT);
    const char *text = outage_sms_text(&arena, &settings, LANGUAGE_ZH, &facts);
    static const char *const said[] = {"明珠花园、学府花苑", "管道爆裂、漏水", "11月28日12:00", "11月28日18:00",
                                       "https://water.example/outage/42", "0635-8321234"};
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) {
        check_case(said[i]);
        CHECK(strstr(text, said[i]) != NULL);
    }
    check_case("in two parts");
    CHECK_INT(sms_measure(text).parts, 2);
    close_words();
}

TEST(every_news_has_its_words_with_and_without_pressure)
{
    open_words();
    const struct outage kinds[] = {{.kind = OUTAGE_EMERGENCY, .is_public = true}, {.kind = OUTAGE_PLANNED, .is_public = true}, {.kind = OUTAGE_CUTOFF}};
    for (int action = OUTAGE_ACTION_NONE + 1; action < OUTAGE_ACTION__COUNT; action++) {
        struct outage_sms_facts facts = facts_of((enum outage_action)action);
        bool is_told = false;
        for (size_t i = 0; i < 3; i++)
            is_told = is_told || outage_sms_tells(&kinds[i], (enum outage_action)action);
        for (int i = 0; is_told && i < 4; i++) {
            facts.is_pressure = i % 2 == 1;
            const char *text = outage_sms_text(&arena, &settings, i < 2 ? LANGUAGE_ZH : LANGUAGE_EN, &facts);
            check_casef("%s %d", outage_action_name((enum outage_action)action), i);
            CHECK(strstr(text, "明珠花园") != NULL && strstr(text, "sms.text") == NULL);
            CHECK(strstr(text, "{") == NULL);
            CHECK(sms_measure(text).characters <= SMS_CHARACTERS_MOST);
        }
    }
    close_words();
}

TEST(a_long_area_is_cut_behind_a_name_and_nothing_is_said_of_what_is_not_public)
{
    static char names[4000];
    struct text text_of_names;
    open_words();
    text_init(&text_of_names, names, sizeof names);
    for (int i = 0; i < 60; i++)
        text_add_format(&text_of_names, "%s二十里铺新村", i > 0 ? "、" : "");
    struct outage_sms_facts facts = facts_of(OUTAGE_CUT);
    facts.area = names;
    facts.is_public = false;
    facts.expected_end_at = INSTANT_NONE;
    const char *text = outage_sms_text(&arena, &settings, LANGUAGE_ZH, &facts);
    check_case("cut behind a name");
    CHECK(strstr(text, "二十里铺新村等处") != NULL);
    CHECK(text_count_characters(text) <= 130);
    check_case("no link to a page that is not there");
    CHECK(strstr(text, "/outage/") == NULL && strstr(text, "0635-8321234") != NULL);
    check_case("an end that is not known is not made up");
    CHECK(strstr(text, "11月28日12:00起") != NULL && strstr(text, "恢复") == NULL);
    close_words();
}
