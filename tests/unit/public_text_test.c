/*
 * Texts for the public: lines, lists, codes.
 */
#include "core/public_text.h"

#include <stdio.h>
#include <string.h>

#include "check.h"

/* The lines of a body as "[p:…]" and "[i:…]". */
static const char *lines(const char *body)
{
    static char said[400];
    struct text_line line;
    size_t used = 0;

    said[0] = '\0';
    while (text_line_next(&body, &line))
        used += (size_t)snprintf(said + used, sizeof said - used, "[%c:%.*s]", line.is_item ? 'i' : 'p',
                                 (int)line.length, line.text);
    return said;
}

TEST(a_line_is_a_paragraph_and_a_dash_begins_an_item)
{
    CHECK_TEXT(lines("一\n- 二\n- 三\n\n四"), "[p:一][i:二][i:三][p:四]");
    CHECK_TEXT(lines("- only"), "[i:only]");
    CHECK_TEXT(lines("one\r\n- two\r\n"), "[p:one][i:two]");
    CHECK_TEXT(lines("  - in the margin  \n\ttab"), "[i:in the margin][p:tab]");
}

TEST(what_only_looks_like_an_item_is_a_paragraph)
{
    CHECK_TEXT(lines("-no space\n--\n-\n- \n– dash"), "[p:-no space][p:--][p:-][p:-][p:– dash]");
    CHECK_TEXT(lines("-  two spaces"), "[i:two spaces]");
}

TEST(nothing_gives_nothing)
{
    CHECK_TEXT(lines(""), "");
    CHECK_TEXT(lines("\n \n\t\n"), "");
}

TEST(codes_are_small_letters_digits_and_underscores)
{
    CHECK(text_code_is_valid("procedure_leak"));
    CHECK(text_code_is_valid("a"));
    CHECK(text_code_is_valid("explanation_33_4"));
    CHECK(!text_code_is_valid(""));
    CHECK(!text_code_is_valid("1a"));
    CHECK(!text_code_is_valid("_a"));
    CHECK(!text_code_is_valid("A"));
    CHECK(!text_code_is_valid("a-b"));
    CHECK(!text_code_is_valid("漏水"));
    CHECK(!text_code_is_valid("a234567890123456789012345678901234567890"));
}

TEST(kinds_have_names)
{
    CHECK_TEXT(text_kind_name(TEXT_PROCEDURE), "procedure");
    CHECK_TEXT(text_kind_name(TEXT_EXPLANATION), "explanation");
    CHECK_TEXT(text_kind_name(TEXT_OUTAGE), "outage");
}

TEST(a_new_text_is_what_its_code_begins_with)
{
    CHECK_INT(text_kind_of_code("outage_2026_12"), TEXT_OUTAGE);
    CHECK_INT(text_kind_of_code("explanation_outage"), TEXT_EXPLANATION);
    CHECK_INT(text_kind_of_code("emergency_1"), TEXT_EXPLANATION);
    CHECK_INT(text_kind_of_code("outages_1"), TEXT_EXPLANATION);
    CHECK_INT(text_kind_of_code("procedure_leak"), TEXT_EXPLANATION);
}
