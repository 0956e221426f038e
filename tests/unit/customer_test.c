/* core/customer: headers and lines of customer lists as other systems write them (Arts. 18(1), 33(4)). */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "core/customer.h"

enum { CELLS_MAX = 16, CELL_BYTES = 400 };

static char room[CELLS_MAX][CELL_BYTES];
static char *cells[CELLS_MAX];

/* "a|b|c" as cells. */
static size_t split(const char *line)
{
    size_t count = 0;

    for (;; line++) {
        const size_t length = strcspn(line, "|");
        memset(room[count], 0, CELL_BYTES);
        memcpy(room[count], line, length < CELL_BYTES ? length : CELL_BYTES - 1);
        cells[count] = room[count];
        count++;
        line += length;
        if (*line == '\0')
            return count;
    }
}

static bool header(const char *line, struct customer_columns *columns, struct customer_header *found)
{
    const size_t count = split(line);

    return customer_header_parse(cells, count, columns, found);
}

TEST(headers_in_chinese_or_english_in_any_order)
{
    struct customer_columns columns;
    struct customer_header found;

    CHECK(header("户号|区|小区|楼栋|电话", &columns, &found));
    CHECK_INT(columns.at[CUSTOMER_PHONE], 4);
    CHECK_INT(columns.at[CUSTOMER_ROAD], -1);
    CHECK(header(" Phone | ACCOUNT|remarks|District|Road|Master Meter", &columns, &found));
    CHECK_INT(columns.at[CUSTOMER_ACCOUNT], 1);
    CHECK_INT(columns.at[CUSTOMER_METER_CODE], 5);
    CHECK(!header("区|小区", &columns, &found));
    CHECK(found.lacks_account && !found.lacks_district && !found.lacks_place);
    CHECK(!header("户号|小区", &columns, &found));
    CHECK(found.lacks_district);
    CHECK(!header("户号|区", &columns, &found));
    CHECK(found.lacks_place);
    CHECK(!header("户号|区|小区|电话|手机", &columns, &found));
    CHECK_INT(found.twice, CUSTOMER_PHONE);
}

struct line_case {
    const char *name, *line;
    enum customer_problem want;
    enum customer_field field;
    const char *phone;
};
/* Of the header 户号|区|小区|道路|楼栋|门牌|户名|电话|总表|总表名称. */
static const struct line_case lines[] = {
    {"whole", "1000000001|东区|甲园||1号楼|101|王一|13800000001|M1|一号总表", CUSTOMER_FINE, CUSTOMER_ACCOUNT, "13800000001"},
    {"spaces and hyphens in a phone", "1000000001|东区|甲园||||| 138-0000 0001 ||", CUSTOMER_FINE, CUSTOMER_ACCOUNT, "13800000001"},
    {"+86", "1000000001|东区|甲园|||||+86 138 0000 0001||", CUSTOMER_FINE, CUSTOMER_ACCOUNT, "13800000001"},
    {"full-width phone", "1000000001|东区|甲园|||||１３８０００００００１||", CUSTOMER_FINE, CUSTOMER_ACCOUNT, "13800000001"},
    {"full-width account", "１０００００００01|东区|甲园|||||||", CUSTOMER_FINE, CUSTOMER_ACCOUNT, ""},
    {"a landline", "1000000001|东区|甲园|||||0635-8212345||", CUSTOMER_FINE, CUSTOMER_ACCOUNT, "06358212345"},
    {"no phone in words", "1000000001|东区|甲园|||||无||", CUSTOMER_FINE, CUSTOMER_ACCOUNT, ""},
    {"a road instead of a community", "1000000001|东区||长路|||||", CUSTOMER_TOO_FEW, CUSTOMER_ACCOUNT, ""},
    {"a road", "1000000001|东区||长路||||||", CUSTOMER_FINE, CUSTOMER_ACCOUNT, ""},
    {"a phone that is none", "1000000001|东区|甲园|||||138000||", CUSTOMER_BAD_PHONE, CUSTOMER_PHONE, ""},
    {"no account", "|东区|甲园|||||||", CUSTOMER_NO_ACCOUNT, CUSTOMER_ACCOUNT, ""},
    {"a short account", "123|东区|甲园|||||||", CUSTOMER_BAD_ACCOUNT, CUSTOMER_ACCOUNT, ""},
    {"no district", "1000000001||甲园|||||||", CUSTOMER_NO_DISTRICT, CUSTOMER_DISTRICT, ""},
    {"no place", "1000000001|东区||||||||", CUSTOMER_NO_PLACE, CUSTOMER_COMMUNITY, ""},
    {"a name of 21 characters", "1000000001|东区|甲园||||一二三四五六七八九十一二三四五六七八九十一|||", CUSTOMER_FIELD_TOO_LONG, CUSTOMER_NAME, ""},
    {"a meter's name alone", "1000000001|东区|甲园||||||| 总表", CUSTOMER_METER_NO_CODE, CUSTOMER_METER_CODE, ""},
    {"a control character", "1000000001|东区|甲\x02园|||||||", CUSTOMER_NOT_TEXT, CUSTOMER_COMMUNITY, ""},
};

TEST(art_33_4_lines_are_read_or_named_with_their_reason)
{
    struct customer_columns columns;
    struct customer_header found;
    REQUIRE(header("户号|区|小区|道路|楼栋|门牌|户名|电话|总表|总表名称", &columns, &found));
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct customer customer;
        enum customer_field field;
        const size_t count = split(lines[i].line);
        check_case(lines[i].name);
        CHECK_INT(customer_parse(cells, count, &columns, &customer, &field), lines[i].want);
        CHECK_INT(field, lines[i].field);
        CHECK_TEXT(customer.phone, lines[i].phone);
    }
}

TEST(names_of_places_have_one_spelling)
{
    struct customer_columns columns;
    struct customer_header found;
    struct customer customer;
    enum customer_field field;

    REQUIRE(header("户号|区|小区|道路|楼栋", &columns, &found));
    const size_t count = split("1000000001| 东区　| 甲园（二期）|长路|１２号楼 ");
    CHECK_INT(customer_parse(cells, count, &columns, &customer, &field), CUSTOMER_FINE);
    CHECK_TEXT(customer.district, "东区");
    CHECK_TEXT(customer.area, "甲园(二期)");
    CHECK_TEXT(customer.building, "12号楼");
    CHECK(!customer.is_road); /* in a community it counts there */
}
