#include "core/customer.h"

#include <string.h>

#include "base/text.h"

#define NAMES_MAX 8

static const char *const header_names[CUSTOMER_FIELD__COUNT][NAMES_MAX] = {
    [CUSTOMER_ACCOUNT] = {"account", "account_number", "户号", "用户号", "客户编号", "用户编号", "户 号"},
    [CUSTOMER_DISTRICT] = {"district", "区", "区县", "行政区", "片区", "所属区"},
    [CUSTOMER_COMMUNITY] = {"community", "小区", "社区", "小区名称", "居民小区"},
    [CUSTOMER_ROAD] = {"road", "street", "道路", "街道", "路", "路名"},
    [CUSTOMER_BUILDING] = {"building", "楼栋", "楼", "楼号", "栋号", "幢"},
    [CUSTOMER_ADDRESS] = {"address", "room", "地址", "门牌", "房号", "室号", "用水地址", "门牌号"},
    [CUSTOMER_METER_CODE] = {"master_meter", "meter", "总表", "总表编号", "总表号", "总水表编号"},
    [CUSTOMER_METER_NAME] = {"master_meter_name", "meter_name", "总表名称", "总水表名称"},
    [CUSTOMER_NAME] = {"name", "customer", "户名", "姓名", "用户名称", "客户名称"},
    [CUSTOMER_PHONE] = {"phone", "mobile", "telephone", "电话", "手机", "手机号", "联系电话", "电话号码"},
};

bool customer_is_taken(enum customer_problem problem)
{
    return problem == CUSTOMER_FINE || problem == CUSTOMER_BAD_PHONE;
}

void customer_tidy_place(char *name)
{
    text_narrow(name);
    text_tidy_line(name);
}

/* ASCII letters small, blanks and hyphens between words as underscores. */
static void tidy_header(char *cell)
{
    customer_tidy_place(cell);
    for (char *at = cell; *at != '\0'; at++) {
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at - 'A' + 'a');
        else if (*at == ' ' || *at == '-')
            *at = '_';
    }
}

static enum customer_field field_of(const char *cell)
{
    for (int field = 0; field < CUSTOMER_FIELD__COUNT; field++)
        for (int i = 0; i < NAMES_MAX && header_names[field][i] != NULL; i++)
            if (text_is_equal(header_names[field][i], cell))
                return (enum customer_field)field;
    return CUSTOMER_FIELD__COUNT;
}

bool customer_header_parse(char *const *cells, size_t count, struct customer_columns *columns, struct customer_header *header)
{
    *header = (struct customer_header){.twice = CUSTOMER_FIELD__COUNT};
    columns->count = (int)count;
    for (int i = 0; i < CUSTOMER_FIELD__COUNT; i++)
        columns->at[i] = -1;
    for (size_t i = 0; i < count; i++) {
        tidy_header(cells[i]);
        const enum customer_field field = field_of(cells[i]);
        if (field == CUSTOMER_FIELD__COUNT)
            continue;
        if (columns->at[field] >= 0)
            header->twice = field;
        columns->at[field] = (int)i;
    }
    header->lacks_account = columns->at[CUSTOMER_ACCOUNT] < 0;
    header->lacks_district = columns->at[CUSTOMER_DISTRICT] < 0;
    header->lacks_place = columns->at[CUSTOMER_COMMUNITY] < 0 && columns->at[CUSTOMER_ROAD] < 0;
    return !header->lacks_account && !header->lacks_district && !header->lacks_place && header->twice == CUSTOMER_FIELD__COUNT;
}

/* ---- a line */

struct line {
    char *const *cells;
    const struct customer_columns *columns;
    enum customer_problem problem;
    enum customer_field field;
};

static void find_fault(struct line *line, enum customer_problem problem, enum customer_field field)
{
    if (line->problem != CUSTOMER_FINE)
        return;
    line->problem = problem;
    line->field = field;
}

/* The tidied cell, "" where the file has no such column. */
static const char *cell(struct line *line, enum customer_field field, size_t characters_most)
{
    const int at = line->columns->at[field];

    if (at < 0)
        return "";
    char *text = line->cells[at];
    text_tidy_line(text);
    if (text_has_controls(text))
        find_fault(line, CUSTOMER_NOT_TEXT, field);
    else if (text_count_characters(text) > characters_most)
        find_fault(line, CUSTOMER_FIELD_TOO_LONG, field);
    return text;
}

static const char *place(struct line *line, enum customer_field field)
{
    const int at = line->columns->at[field];

    if (at >= 0)
        text_narrow(line->cells[at]);
    return cell(line, field, CUSTOMER_PLACE_CHARACTERS);
}

/* What people write where there is no phone. */
static bool is_no_phone(const char *text)
{
    static const char *const words[] = {"", "无", "没有", "-", "--", "—", "0", "无电话", "未登记", "none", "/"};

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (text_is_equal(words[i], text))
            return true;
    return false;
}

static void read_places(struct line *line, struct customer *customer)
{
    const char *community = place(line, CUSTOMER_COMMUNITY), *road = place(line, CUSTOMER_ROAD);

    customer->district = place(line, CUSTOMER_DISTRICT);
    customer->building = place(line, CUSTOMER_BUILDING);
    customer->is_road = community[0] == '\0';
    customer->area = customer->is_road ? road : community;
    if (customer->district[0] == '\0')
        find_fault(line, CUSTOMER_NO_DISTRICT, CUSTOMER_DISTRICT);
    if (customer->area[0] == '\0')
        find_fault(line, CUSTOMER_NO_PLACE, line->columns->at[CUSTOMER_COMMUNITY] >= 0 ? CUSTOMER_COMMUNITY : CUSTOMER_ROAD);
}

enum customer_problem customer_parse(char *const *cells, size_t count, const struct customer_columns *columns,
                                     struct customer *customer, enum customer_field *field)
{
    struct line line = {cells, columns, CUSTOMER_FINE, CUSTOMER_ACCOUNT};

    *customer = (struct customer){.district = "", .area = "", .building = "", .address = "", .name = "", .meter_code = "",
                                  .meter_name = ""};
    *field = CUSTOMER_ACCOUNT;
    if (count < (size_t)columns->count)
        return CUSTOMER_TOO_FEW;
    const char *account = cell(&line, CUSTOMER_ACCOUNT, 60);
    if (account[0] == '\0')
        find_fault(&line, CUSTOMER_NO_ACCOUNT, CUSTOMER_ACCOUNT);
    else if (!account_parse(account, customer->account))
        find_fault(&line, CUSTOMER_BAD_ACCOUNT, CUSTOMER_ACCOUNT);
    read_places(&line, customer);
    customer->address = cell(&line, CUSTOMER_ADDRESS, 100);
    customer->name = cell(&line, CUSTOMER_NAME, 20);
    customer->meter_name = place(&line, CUSTOMER_METER_NAME);
    customer->meter_code = place(&line, CUSTOMER_METER_CODE);
    if (customer->meter_code[0] == '\0' && customer->meter_name[0] != '\0')
        find_fault(&line, CUSTOMER_METER_NO_CODE, CUSTOMER_METER_CODE);
    const char *phone = cell(&line, CUSTOMER_PHONE, 400);
    if (!is_no_phone(phone) && !phone_parse(phone, customer->phone))
        find_fault(&line, CUSTOMER_BAD_PHONE, CUSTOMER_PHONE);
    *field = line.field;
    return line.problem;
}
