/*
 * Canned answers: names in braces, filled in when an answer is chosen.
 */
#include "core/canned.h"

#include <string.h>

#include "check.h"

static const struct canned_values VALUES = {"SN261123-04172-6", "阳光小区 3 号楼", "供水管道管理部门", "96510"};

static const char *filled(const char *words, const struct canned_values *values)
{
    static char buffer[200];
    struct text text;

    text_init(&text, buffer, sizeof buffer);
    canned_fill(words, values, &text);
    return buffer;
}

TEST(names_in_braces_are_filled_in)
{
    CHECK_TEXT(filled("{number}：{unit}已到{place}，咨询请拨 {hotline}。", &VALUES),
               "SN261123-04172-6：供水管道管理部门已到阳光小区 3 号楼，咨询请拨 96510。");
    CHECK_TEXT(filled("{number}{number}", &VALUES), "SN261123-04172-6SN261123-04172-6");
    CHECK_TEXT(filled("", &VALUES), "");
}

TEST(what_is_not_known_leaves_nothing_and_other_braces_stay)
{
    const struct canned_values some = {"1", NULL, "", "96510"};

    CHECK_TEXT(filled("[{place}][{unit}][{number}]", &some), "[][][1]");
    CHECK_TEXT(filled("{numbers} {Number} {number {} } {", &some), "{numbers} {Number} {number {} } {");
    CHECK_TEXT(filled("{{number}}", &some), "{1}");
}

TEST(a_value_is_not_filled_in_again)
{
    const struct canned_values nested = {"{hotline}", "{number}", "", "96510"};

    CHECK_TEXT(filled("{number}{place}", &nested), "{hotline}{number}");
}

TEST(unknown_names_are_found_before_an_answer_is_saved)
{
    const char *words = "请拨 {hotline}，工单 {numer}，{place}";
    const char *unknown = words;

    CHECK(canned_names_are_known("{number}{place}{unit}{hotline}", &unknown));
    CHECK(unknown == NULL);
    CHECK(canned_names_are_known("{ } {1} {Number} {} {number", NULL));
    REQUIRE(!canned_names_are_known(words, &unknown));
    CHECK(strncmp(unknown, "{numer}", 7) == 0);
}

TEST(a_text_that_is_too_long_is_cut_at_a_character)
{
    char buffer[8];
    struct text text;

    text_init(&text, buffer, sizeof buffer);
    canned_fill("{place}", &VALUES, &text);
    CHECK(text.is_cut);
    CHECK(text_is_utf8(buffer, strlen(buffer)));
}
