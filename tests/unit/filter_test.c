/*
 * The line of words that a list is filtered by: what it means, what is wrong with it, and that it comes back the same.
 */
#include "core/filter.h"

#include <string.h>

#include "check.h"
#include "filter_words.h"

static bool parse(const char *line, struct filter *filter)
{
    struct filter_clear clear;
    struct filter_error error;

    return filter_parse(line, &FILTER_TEST_VOCABULARY, NULL, filter, &clear, &error);
}

/* typed → as it is written again; and that reads as the same filter. */
struct pair {
    const char *typed, *written;
};

static const struct pair PAIRS[] = {
    {"", ""},
    {"   ", ""},
    {"状态:待派单", "状态:待派单"},
    {"状态：待派单", "状态:待派单"},
    {"状态: 待派单", "状态:待派单"},
    {"STATE:Reported", "状态:待派单"},
    {"类别:他人损坏漏水", "类别:他人损坏漏水"},
    {"类别:公共", "类别:公共管道漏水"},
    {"类别:#4", "类别:他人损坏漏水"},
    {"类别:“水质: 浑浊”", "类别:\"水质: 浑浊\""},
    {"类别:浑浊", "类别:\"水质: 浑浊\""},
    {"类别:怪", "类别:#6"},
    {"类别:没有水", "类别:没有水"},
    {"类别:#7", "类别:#7"},
    {"类别:#8", "类别:#8"},
    {"category:\"no water supply\"", "类别:没有水"},
    {"unit:pipeline", "承办:管道管理部"},
    {"漏水 承办:管道 状态:办理中 片区:外环", "状态:办理中 片区:外环 承办:管道管理部 漏水"},
    {"来源:市长热线 性质:投诉 等级:紧急", "来源:市长热线 性质:投诉 等级:紧急"},
    {"时限:<2h", "时限:<2小时"},
    {"时限:＜2小时", "时限:<2小时"},
    {"时限:<=90分", "时限:<90分"},
    {"时限:<120分", "时限:<2小时"},
    {"时限:>1天", "时限:>1天"},
    {"时限:>48h", "时限:>2天"},
    {"due:LATE", "时限:超时"},
    {"明珠花园 5号楼", "明珠花园 5号楼"},
    {"明珠花园，5号楼", "明珠花园 5号楼"},
    {"ＤＮ３００ dn300", "DN300"},
    {"\"状态 待派单\"", "状态 待派单"},
    {"10:30 停水", "10 30 停水"},
    {"范围:所有年份 漏水", "范围:所有年份 漏水"},
    {"编号:04172656", "编号:04172656"},
    {"0417265-6", "编号:04172656"},
    {"\"041700007\" 41", "\"041700007\" \"41\""},
    {"\"04172656\" 漏水", "\"04172656\" 漏水"},
};

TEST(a_line_means_a_filter_that_is_written_in_one_way_and_reads_the_same_again)
{
    for (size_t i = 0; i < sizeof PAIRS / sizeof PAIRS[0]; i++) {
        struct filter filter, again;
        char line[FILTER_LINE_BYTES], twice[FILTER_LINE_BYTES];
        check_casef("%s", PAIRS[i].typed[0] == '\0' ? "(nothing)" : PAIRS[i].typed);
        REQUIRE(parse(PAIRS[i].typed, &filter));
        filter_format(&filter, &FILTER_TEST_VOCABULARY, false, line);
        CHECK_TEXT(line, PAIRS[i].written);
        REQUIRE(parse(line, &again));
        CHECK(filter_is_equal(&filter, &again));
        filter_format(&again, &FILTER_TEST_VOCABULARY, false, twice);
        CHECK_TEXT(twice, line);
        CHECK_INT(filter_is_empty(&filter), PAIRS[i].written[0] == '\0');
    }
}

TEST(each_field_of_a_line_gets_its_value)
{
    struct filter filter;

    REQUIRE(parse("状态:待接单 片区:内环 类别:没有水 承办:客户 来源:市长 性质:投诉 等级:紧急 时限:>3h 管网 爆管", &filter));
    CHECK_INT(filter.choice[FILTER_STATE], 2);
    CHECK_INT(filter.choice[FILTER_ZONE], 1);
    CHECK_INT(filter.choice[FILTER_CATEGORY], 1);
    CHECK_INT(filter.choice[FILTER_UNIT], 2);
    CHECK_INT(filter.choice[FILTER_SOURCE], 6);
    CHECK_INT(filter.choice[FILTER_NATURE], 2);
    CHECK_INT(filter.choice[FILTER_GRADE], 1);
    CHECK_INT(filter.due, FILTER_DUE_BEYOND);
    CHECK_INT(filter.due_seconds, 3 * 3600);
    REQUIRE(filter.term_count == 2);
    CHECK_TEXT(filter.terms[0], "管网");
    CHECK_TEXT(filter.terms[1], "爆管");
}

struct wrong {
    const char *typed;
    enum filter_problem problem;
    const char *word;
};

static const struct wrong WRONG[] = {
    {"天气:晴", FILTER_UNKNOWN_KEY, "天气"},
    {":x", FILTER_UNKNOWN_KEY, ""},
    {"状态:在路上", FILTER_UNKNOWN_VALUE, "在路上"},
    {"状态:", FILTER_UNKNOWN_VALUE, ""},
    {"状态:#9", FILTER_UNKNOWN_VALUE, "#9"},
    {"状态:#", FILTER_UNKNOWN_VALUE, "#"},
    {"状态:#0", FILTER_UNKNOWN_VALUE, "#0"},
    {"类别:漏水", FILTER_AMBIGUOUS, "漏水"},
    {"状态:待派单 state:accepted", FILTER_TWICE, "accepted"},
    {"时限:2h", FILTER_UNKNOWN_VALUE, "2h"},
    {"时限:<h", FILTER_UNKNOWN_VALUE, "<h"},
    {"时限:<0h", FILTER_UNKNOWN_VALUE, "<0h"},
    {"时限:<99999h", FILTER_UNKNOWN_VALUE, "<99999h"},
    {"时限:<12345678901234567890h", FILTER_UNKNOWN_VALUE, "<12345678901234567890h"},
    {"时限:<2年", FILTER_UNKNOWN_VALUE, "<2年"},
    {"时限:<2h3", FILTER_UNKNOWN_VALUE, "<2h3"},
    {"编号:123", FILTER_UNKNOWN_VALUE, "123"},
    {"电话:*", FILTER_UNKNOWN_VALUE, "*"},
    {"电话:123", FILTER_UNKNOWN_VALUE, "123"},
    {"电话:#abc", FILTER_UNKNOWN_VALUE, "#abc"},
    {"水", FILTER_TOO_SHORT, "水"},
    {"漏水 、水、", FILTER_TOO_SHORT, "、水、"},
    {"一二三四五六七八九十一二三四五六七八九十一", FILTER_TOO_LONG, "一二三四五六七八九十一二三四五六七八九十一"},
    {"甲乙 丙丁 戊己 庚辛 壬癸", FILTER_TOO_MANY, "壬癸"},
};

TEST(what_a_line_does_not_mean_is_named_and_filters_nothing)
{
    for (size_t i = 0; i < sizeof WRONG / sizeof WRONG[0]; i++) {
        struct filter filter;
        struct filter_clear clear;
        struct filter_error error;
        check_case(WRONG[i].typed);
        CHECK(!filter_parse(WRONG[i].typed, &FILTER_TEST_VOCABULARY, NULL, &filter, &clear, &error));
        CHECK_TEXT(filter_problem_name(error.problem), filter_problem_name(WRONG[i].problem));
        CHECK_TEXT(error.word, WRONG[i].word);
        CHECK(filter_is_empty(&filter));
    }
}

TEST(telephones_and_accounts_come_out_in_clear_and_are_written_as_hashes_alone)
{
    static const struct {
        const char *typed, *phone, *account;
    } CASES[] = {
        {"电话:13806350001", "13806350001", ""}, {"１３８ ０６３５ ０００１", "13806350001", ""},
        {"13806350001 漏水", "13806350001", ""}, {"0635-8212345", "06358212345", ""},
        {"户号:1010203040", "", "1010203040"},   {"1010203040", "", "1010203040"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        struct filter filter, again;
        struct filter_clear clear;
        struct filter_error error;
        char line[FILTER_LINE_BYTES];
        check_case(CASES[i].typed);
        REQUIRE(filter_parse(CASES[i].typed, &FILTER_TEST_VOCABULARY, NULL, &filter, &clear, &error));
        CHECK_TEXT(clear.phone, CASES[i].phone);
        CHECK_TEXT(clear.account, CASES[i].account);
        CHECK(!filter.has_phone && !filter.has_account);
        filter.has_phone = true;
        memset(filter.phone.bytes, 0xA5, HASH_BYTES);
        filter_format(&filter, &FILTER_TEST_VOCABULARY, false, line);
        CHECK(strstr(line, "电话:#a5a5") != NULL);
        REQUIRE(parse(line, &again));
        CHECK(filter_is_equal(&filter, &again));
        filter_format(&filter, &FILTER_TEST_VOCABULARY, true, line);
        CHECK(strstr(line, "电话:*") != NULL && strstr(line, "a5") == NULL);
        REQUIRE(filter_parse(line, &FILTER_TEST_VOCABULARY, &filter, &again, &clear, &error));
        CHECK(filter_is_equal(&filter, &again));
    }
}

TEST(a_whole_number_is_found_however_it_is_typed)
{
    struct filter filter;
    static const char *const TYPED[] = {"SN261123-04172656", "sn261123 0417265 6", "26112304172656", "编号:SN261123-0417265-6",
                                        "ＳＮ２６１１２３－０４１７２６５６"};
    char number[NUMBER_BYTES];

    /* Its check digit, whatever it is. */
    number_format((struct day){20780}, 417265, number);
    REQUIRE(number_parse(number, number));
    for (size_t i = 0; i < sizeof TYPED / sizeof TYPED[0]; i++) {
        char own[NUMBER_BYTES];
        const bool is_number = number_parse(TYPED[i] + (i == 3 ? strlen("编号:") : 0), own);
        check_case(TYPED[i]);
        CHECK_INT(parse(TYPED[i], &filter) && strlen(filter.number) == NUMBER_BYTES - 1, is_number);
    }
    REQUIRE(parse(number, &filter));
    CHECK_TEXT(filter.number, number);
}

TEST(without_takes_one_field_away)
{
    struct filter filter;

    REQUIRE(parse("状态:待派单 时限:<2h 编号:04172656 漏水", &filter));
    filter.has_phone = filter.has_account = true;
    for (enum filter_field field = 0; field < FILTER_FIELD__COUNT; field++) {
        const struct filter less = filter_without(&filter, field);
        check_case(filter_field_name(field));
        CHECK(!filter_has(&less, field));
        CHECK_INT(filter_is_equal(&less, &filter), !filter_has(&filter, field));
        CHECK_INT(less.term_count, 1);
    }
}
