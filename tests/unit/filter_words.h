/* The vocabulary that the tests and the fuzzer of filters read with: Chinese first, as a Chinese page writes. */
#ifndef TESTS_UNIT_FILTER_WORDS_H
#define TESTS_UNIT_FILTER_WORDS_H

#include "core/filter.h"

#define KEY(field, word) {field, FILTER_WORD_KEY, 0, word}
#define VALUE(field, value, word) {field, FILTER_WORD_VALUE, value, word}
#define SPAN(seconds, word) {FILTER_DUE, FILTER_WORD_SPAN, seconds, word}

static const struct filter_word FILTER_TEST_WORDS[] = {
    KEY(FILTER_STATE, "状态"), KEY(FILTER_ZONE, "片区"), KEY(FILTER_CATEGORY, "类别"), KEY(FILTER_UNIT, "承办"),
    KEY(FILTER_SOURCE, "来源"), KEY(FILTER_NATURE, "性质"), KEY(FILTER_GRADE, "等级"), KEY(FILTER_SCOPE, "范围"),
    KEY(FILTER_DUE, "时限"), KEY(FILTER_NUMBER, "编号"), KEY(FILTER_PHONE, "电话"), KEY(FILTER_ACCOUNT, "户号"),
    KEY(FILTER_STATE, "state"), KEY(FILTER_ZONE, "zone"), KEY(FILTER_CATEGORY, "category"), KEY(FILTER_UNIT, "unit"),
    KEY(FILTER_SOURCE, "source"), KEY(FILTER_NATURE, "nature"), KEY(FILTER_GRADE, "grade"), KEY(FILTER_SCOPE, "within"),
    KEY(FILTER_DUE, "due"), KEY(FILTER_NUMBER, "number"), KEY(FILTER_PHONE, "phone"), KEY(FILTER_ACCOUNT, "account"),
    VALUE(FILTER_STATE, 1, "待派单"), VALUE(FILTER_STATE, 2, "待接单"), VALUE(FILTER_STATE, 4, "办理中"),
    VALUE(FILTER_STATE, 1, "reported"), VALUE(FILTER_STATE, 2, "dispatched"), VALUE(FILTER_STATE, 4, "accepted"),
    VALUE(FILTER_ZONE, 1, "内环"), VALUE(FILTER_ZONE, 2, "外环"), VALUE(FILTER_ZONE, 2, "outer"),
    VALUE(FILTER_CATEGORY, 1, "没有水"), VALUE(FILTER_CATEGORY, 3, "公共管道漏水"), VALUE(FILTER_CATEGORY, 4, "他人损坏漏水"),
    VALUE(FILTER_CATEGORY, 5, "水质: 浑浊"), VALUE(FILTER_CATEGORY, 6, "“怪”名"), VALUE(FILTER_CATEGORY, 7, "没有水"),
    VALUE(FILTER_CATEGORY, 8, "Ｆ式"), VALUE(FILTER_CATEGORY, 1, "No water supply"),
    VALUE(FILTER_UNIT, 3, "管道管理部"), VALUE(FILTER_UNIT, 2, "客户服务部"), VALUE(FILTER_UNIT, 3, "Pipeline management"),
    VALUE(FILTER_SOURCE, 6, "市长热线"), VALUE(FILTER_NATURE, 2, "投诉"), VALUE(FILTER_GRADE, 1, "紧急"),
    VALUE(FILTER_SCOPE, 1, "所有年份"), VALUE(FILTER_DUE, 1, "超时"), VALUE(FILTER_DUE, 1, "late"),
    SPAN(86400, "天"), SPAN(3600, "小时"), SPAN(60, "分"), SPAN(86400, "d"), SPAN(3600, "h"), SPAN(60, "m"),
};
static const struct filter_vocabulary FILTER_TEST_VOCABULARY = {FILTER_TEST_WORDS,
                                                                sizeof FILTER_TEST_WORDS / sizeof FILTER_TEST_WORDS[0]};

#undef KEY
#undef VALUE
#undef SPAN

#endif
