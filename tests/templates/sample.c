#include "sample.h"

#include <assert.h>

#define SINCE {INT64_C(1388505600000)} /* 2014-01-01 on the wall clock */

static const struct rule rules[] = {
    {.id = {SAMPLE_RULE_ACCEPT}, .code = "accept", .article = "12", .kind = CLOCK_ACCEPT, .subject = SUBJECT_TICKET,
     .start_event = "dispatched", .end_event = "accepted", .limit_seconds = 20 * MINUTE_SECONDS, .is_binding = true,
     .is_public = true, .sort = 1, .effective_from = SINCE, .effective_to = {INT64_MIN}},
    {.id = {SAMPLE_RULE_ARRIVE}, .code = "arrive_leak", .article = "22", .kind = CLOCK_ARRIVE,
     .subject = SUBJECT_TICKET, .category = {SAMPLE_LEAK}, .start_event = "reported", .end_event = "arrived",
     .limit_seconds = 2 * HOUR_SECONDS, .bound = BOUND_LESS, .is_binding = true, .is_public = true, .sort = 2,
     .interpretation = INTERPRETATION_OPS, .effective_from = SINCE, .effective_to = {INT64_MIN}},
    {.id = {SAMPLE_RULE_ANNOUNCE}, .code = "announce", .article = "18(1)", .kind = CLOCK_ANNOUNCE,
     .subject = SUBJECT_OUTAGE, .direction = DIRECTION_BEFORE, .start_event = "planned_start",
     .end_event = "announced", .limit_seconds = DAY_SECONDS, .is_public = true, .sort = 3, .effective_from = SINCE,
     .effective_to = {INT64_MIN}},
};
static struct catalog_words rule_words[] = {
    {"接单", "Work order accepted", "", ""},
    {"漏水：到达现场", "Leak: crew on site", "<条文> & “解释”", "<text> & \"reading\""},
    {"计划停水：媒体公告", "Planned outage: announced in the media", "", ""},
};
static const struct category categories[] = {
    {.id = {SAMPLE_LEAK}, .code = "leak_public", .article = "22", .group = GROUP_LEAK, .is_leak = true, .needs_phone = true,
     .default_nature = NATURE_REPAIR, .extension_cap_seconds = 2 * DAY_SECONDS, .effective_from = SINCE,
     .effective_to = {INT64_MIN}},
};
static struct catalog_words category_words[] = {{"路面或公共管道漏水", "Leak in the street or of a public pipe", "", ""}};
static struct unit units[] = {
    {.id = {SAMPLE_UNIT}, .code = "pipes", .name_zh = "管网管理所", .name_en = "Pipeline office", .is_handling = true},
};

void sample_catalog(struct catalog *catalog)
{
    *catalog = (struct catalog){
        .regulation = {.rules = rules,
                       .rule_count = sizeof rules / sizeof rules[0],
                       .categories = categories,
                       .category_count = sizeof categories / sizeof categories[0],
                       .late_entry_minutes = 10},
        .category_words = category_words,
        .rule_words = rule_words,
        .units = units,
        .unit_count = sizeof units / sizeof units[0],
        .version = 1,
        .checked_at_milliseconds = INT64_MAX,
    };
}

struct clock sample_clock(int no, int rule_id, struct instant started)
{
    const struct facts facts = {.category = {SAMPLE_LEAK}};
    size_t at = 0;
    while (at < sizeof rules / sizeof rules[0] && rules[at].id.v != rule_id)
        at++;
    assert(at < sizeof rules / sizeof rules[0]);
    return clock_start(no, &rules[at], &facts, 1, started);
}
