/* base/csv: what a spreadsheet reads is what was written, and nothing of it is calculated. */
#include "check.h"

#include "base/csv.h"

struct cell_case {
    const char *name, *value, *want;
};

static const struct cell_case cell_cases[] = {
    {"nothing", "", "\"\""},
    {"words", "明珠花园 3 号楼", "\"明珠花园 3 号楼\""},
    {"a comma", "东门, 北侧", "\"东门, 北侧\""},
    {"quotation marks are doubled", "\"水诺\"里", "\"\"\"水诺\"\"里\""},
    {"a line end inside", "一\n二", "\"一\n二\""},
    {"a formula", "=1+1", "\"'=1+1\""},
    {"a sum", "+8613806350001", "\"'+8613806350001\""},
    {"a difference", "-2+3", "\"'-2+3\""},
    {"a function of old spreadsheets", "@SUM(A1)", "\"'@SUM(A1)\""},
    {"a tab before it", "\t=1", "\"'\t=1\""},
    {"a line end before it", "\n=1", "\"'\n=1\""},
    {"spaces before it", "  =1", "\"'  =1\""},
    {"a wide space before it", "　=1", "\"'　=1\""},
    {"full-width", "＝1＋1", "\"'＝1＋1\""},
    {"full-width at", "＠SUM(A1)", "\"'＠SUM(A1)\""},
    {"a command", "=cmd|' /C calc'!A0", "\"'=cmd|' /C calc'!A0\""},
    {"a link", "=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""},
    {"the sign inside is harmless", "3-2", "\"3-2\""},
    {"spaces alone", "   ", "\"   \""},
    {"a masked phone", "138****1234", "\"138****1234\""},
};

TEST(a_cell_is_read_as_it_was_written_and_never_calculated)
{
    for (size_t i = 0; i < sizeof cell_cases / sizeof cell_cases[0]; i++) {
        char buffer[200];
        struct text text;
        text_init(&text, buffer, sizeof buffer);
        csv_add_cell(&text, cell_cases[i].value, true);
        check_casef("%s", cell_cases[i].name);
        CHECK_TEXT(text.bytes, cell_cases[i].want);
    }
}

TEST(cells_of_a_line_are_parted_by_commas)
{
    char buffer[50];
    struct text text;

    text_init(&text, buffer, sizeof buffer);
    csv_add_cell(&text, "a", true);
    csv_add_cell(&text, "", false);
    csv_add_cell(&text, "b", false);
    CHECK_TEXT(text.bytes, "\"a\",\"\",\"b\"");
    CHECK(!text.is_cut);
}

TEST(what_does_not_fit_is_said)
{
    char buffer[8];
    struct text text;

    text_init(&text, buffer, sizeof buffer);
    csv_add_cell(&text, "much too long", true);
    CHECK(text.is_cut);
}
