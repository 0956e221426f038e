#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/telling.h"
#include "core/ticket.h"
#include "core/ladder_change.h"
#include "core/policy.h"
#include "core/public_text.h"
#include "core/rule_change.h"
#include "web/words.h"

#define OFFSET_MINUTES 480

static struct arena arena;

static void open_words(void)
{
    const char *folder = getenv("SHUINUO_TEMPLATE_DIR");
    struct fault fault = {0};
    REQUIRE_STATUS(words_open(folder == NULL ? "templates" : folder, &fault), STATUS_OK);
    arena_init(&arena, 1024 * 1024);
}

static void close_words(void)
{
    arena_release(&arena);
    words_close();
}

static struct instant at(const char *local)
{
    struct instant instant = INSTANT_NONE;
    REQUIRE(instant_parse_local(local, OFFSET_MINUTES, &instant));
    return instant;
}

TEST(a_moment_is_said_as_people_say_it)
{
    static const struct {
        const char *at, *zh, *en;
    } cases[] = {
        {"2026-11-23 16:40", "今天 16:40", "today 16:40"},
        {"2026-11-23 00:00", "今天 00:00", "today 00:00"},
        {"2026-11-24 09:00", "明天 09:00", "tomorrow 09:00"},
        {"2026-11-22 23:59", "昨天 23:59", "yesterday 23:59"},
        {"2026-11-25 16:40", "11月25日 16:40", "25 Nov 16:40"},
        {"2026-01-01 00:05", "1月1日 00:05", "1 Jan 00:05"},
        {"2025-03-01 09:00", "2025年3月1日 09:00", "1 Mar 2025 09:00"},
        {"2027-12-31 09:00", "2027年12月31日 09:00", "31 Dec 2027 09:00"},
    };
    open_words();
    struct instant now = at("2026-11-23 15:58");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check_case(cases[i].at);
        CHECK_TEXT(words_moment(&arena, LANGUAGE_ZH, at(cases[i].at), now, OFFSET_MINUTES), cases[i].zh);
        CHECK_TEXT(words_moment(&arena, LANGUAGE_EN, at(cases[i].at), now, OFFSET_MINUTES), cases[i].en);
    }
    close_words();
}

TEST(tomorrow_and_yesterday_cross_the_turn_of_the_year)
{
    open_words();
    CHECK_TEXT(words_moment(&arena, LANGUAGE_ZH, at("2027-01-01 00:10"), at("2026-12-31 23:50"), OFFSET_MINUTES),
               "明天 00:10");
    CHECK_TEXT(words_moment(&arena, LANGUAGE_EN, at("2026-12-31 23:50"), at("2027-01-01 00:10"), OFFSET_MINUTES),
               "yesterday 23:50");
    close_words();
}

TEST(a_length_of_time_is_said_in_at_most_two_units)
{
    static const struct {
        int64_t seconds;
        const char *zh, *en;
    } cases[] = {
        {0, "0 秒", "0 seconds"},
        {1, "1 秒", "1 second"},
        {59, "59 秒", "59 seconds"},
        {60, "1 分钟", "1 minute"},
        {1259, "20 分钟", "20 minutes"},
        {3599, "59 分钟", "59 minutes"},
        {3600, "1 小时", "1 hour"},
        {5400, "1 小时 30 分", "1 hour 30 minutes"},
        {129600, "36 小时", "36 hours"},
        {259200, "72 小时", "72 hours"},
        {345600, "4 天", "4 days"},
        {354000, "4 天 2 小时", "4 days 2 hours"},
        {1296000, "15 天", "15 days"},
    };
    open_words();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check_casef("%lld s", (long long)cases[i].seconds);
        CHECK_TEXT(words_duration(&arena, LANGUAGE_ZH, cases[i].seconds), cases[i].zh);
        CHECK_TEXT(words_duration(&arena, LANGUAGE_EN, cases[i].seconds), cases[i].en);
    }
    close_words();
}

TEST(a_missing_key_is_shown_as_itself_and_values_fill_their_places)
{
    open_words();
    CHECK_TEXT(words_find(LANGUAGE_ZH, "nowhere.at_all"), "nowhere.at_all");
    const char *values[2] = {"500", "{0} 523"};
    CHECK_TEXT(words_fill(&arena, LANGUAGE_ZH, "error.too_long", values, 2), "最多 500 字，现在有 {0} 523 字");
    CHECK_TEXT(words_fill(&arena, LANGUAGE_ZH, "error.too_long", values, 1), "最多 500 字，现在有 {1} 字");
    CHECK_TEXT(words_fill(&arena, LANGUAGE_EN, "nowhere.{0}", values, 1), "nowhere.500");
    close_words();
    CHECK_TEXT(words_find(LANGUAGE_EN, "error.wrong"), "error.wrong");
}

static const char *state_word(int value) { return ticket_state_name((enum ticket_state)value); }
static const char *action_word(int value) { return ticket_action_name((enum ticket_action)value); }
static const char *kind_word(int value) { return clock_kind_name((enum clock_kind)value); }
static const char *result_word(int value) { return clock_result_name((enum clock_result)value); }
static const char *nature_word(int value) { return nature_name((enum nature)value); }
static const char *source_word(int value) { return source_name((enum source)value); }
static const char *zone_word(int value) { return zone_name((enum zone)value); }
static const char *grade_word(int value) { return grade_name((enum grade)value); }
static const char *group_word(int value) { return category_group_name((enum category_group)value); }
static const char *role_word(int value) { return role_name((enum role)value); }
static const char *verdict_word(int value) { return verdict_name((enum verdict)value); }
static const char *failure_word(int value) { return failure_cover_name((enum failure_cover)value); }
static const char *waiting_word(int value) { return waiting_name((enum waiting)value); }
static const char *refusal_word(int value) { return change_refusal_name((enum change_refusal)value); }
static const char *complaint_word(int value) { return rule_complaint_name((enum rule_complaint)value); }
static const char *ladder_word(int value) { return ladder_refusal_name((enum ladder_refusal)value); }
static const char *text_kind_word(int value) { return text_kind_name((enum text_kind)value); }
static const char *policy_word(int value) { return policy_bound((enum policy)value)->name; }
static const char *policy_unit_word(int value) { return policy_bound((enum policy)value)->unit; }
static const char *public_state_word(int value)
{
    return value == TICKET_STATE__COUNT ? ticket_state_public_name(TICKET_CLOSED, true)
                                        : ticket_state_public_name((enum ticket_state)value, false);
}

TEST(every_value_of_every_enum_has_words_in_both_languages)
{
    static const struct {
        const char *prefix;
        const char *(*name)(int value);
        int count;
    } enums[] = {
        {"state", state_word, TICKET_STATE__COUNT}, {"state.public", public_state_word, TICKET_STATE__COUNT + 1},
        {"action", action_word, TICKET_ACTION__COUNT}, {"kind", kind_word, CLOCK_KIND__COUNT},
        {"result", result_word, CLOCK_RESULT__COUNT}, {"nature", nature_word, NATURE__COUNT},
        {"source", source_word, SOURCE__COUNT}, {"zone", zone_word, ZONE__COUNT},
        {"grade", grade_word, GRADE__COUNT}, {"group", group_word, CATEGORY_GROUP__COUNT},
        {"role", role_word, ROLE__COUNT}, {"verdict", verdict_word, VERDICT__COUNT},
        {"failure", failure_word, FAILURE_COVER__COUNT}, {"waiting", waiting_word, WAITING__COUNT},
        {"change_refusal", refusal_word, CHANGE_REFUSAL__COUNT}, {"complaint", complaint_word, RULE_COMPLAINT__COUNT},
        {"ladder_refusal", ladder_word, LADDER_REFUSAL__COUNT}, {"text_kind", text_kind_word, TEXT_KIND__COUNT},
        {"policy", policy_word, POLICY__COUNT}, {"policy_about", policy_word, POLICY__COUNT},
        {"policy_unit", policy_unit_word, POLICY__COUNT},
    };
    open_words();
    for (size_t i = 0; i < sizeof enums / sizeof enums[0]; i++) {
        check_case(enums[i].prefix);
        for (int value = 0; value < enums[i].count; value++) {
            const char *key = arena_format(&arena, "%s.%s", enums[i].prefix, enums[i].name(value));
            for (int language = 0; language < LANGUAGE__COUNT; language++)
                if (words_find((enum language)language, key) == key)
                    CHECK_TEXT("no words", key);
        }
        CHECK(enums[i].count > 2);
    }
    close_words();
}

TEST(every_notice_of_an_event_has_words_in_both_languages)
{
    open_words();
    for (size_t i = 0; telling_name(i) != NULL; i++) {
        const char *key = arena_format(&arena, "notice.%s", telling_name(i));
        check_case(key);
        for (int language = 0; language < LANGUAGE__COUNT; language++)
            CHECK(words_find((enum language)language, key) != key);
    }
    close_words();
}

TEST(words_that_cannot_be_read_name_their_folder)
{
    struct fault fault = {0};
    CHECK_STATUS(words_open("/nowhere", &fault), STATUS_INVALID);
    CHECK(strstr(fault.message, "/nowhere/text") != NULL);
}
