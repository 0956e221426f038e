/*
 * Pairs of characters: what is found by what, and what is never found.
 */
#include "core/gram.h"

#include <string.h>

#include "check.h"

static struct grams of(const char *text)
{
    struct grams grams;

    grams_init(&grams);
    grams_add_text(&grams, text);
    grams_finish(&grams);
    return grams;
}

static bool has_all(const struct grams *all, const struct grams *some)
{
    for (size_t i = 0; i < some->count; i++) {
        bool is_there = false;
        for (size_t j = 0; j < all->count; j++)
            is_there = is_there || all->items[j] == some->items[i];
        if (!is_there)
            return false;
    }
    return true;
}

TEST(a_text_has_the_pairs_of_every_part_of_it)
{
    static const struct {
        const char *text, *part;
        bool is_found;
    } CASES[] = {
        {"明珠花园5号楼东侧", "花园5号", true},     {"明珠花园5号楼东侧", "花园6号", false},
        {"管径DN300", "dn300", true},               {"管径ＤＮ３００", "dn300", true},
        {"管径 DN300", "径DN", false},              {"漏水，很大", "水很", false},
        {"漏水，很大", "很大", true},               {"表号123456", "3456", true},
        {"打电话13806350001", "1380", false},       {"打电话13806350001", "电话", true},
        {"电话8212345请回", "请回", true},          {"电话８２１２３４５请回", "123", false},
        {"𠀀𠀁", "𠀀𠀁", true},                     {"é号", "É号", false},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        const struct grams text = of(CASES[i].text), part = of(CASES[i].part);
        check_casef("%s in %s", CASES[i].part, CASES[i].text);
        REQUIRE(part.count > 0);
        CHECK_INT(has_all(&text, &part), CASES[i].is_found);
    }
}

TEST(pairs_are_sorted_and_stand_once)
{
    const struct grams grams = of("水水水水 漏水 漏水 abab");

    CHECK_INT(grams.count, 4);
    for (size_t i = 1; i < grams.count; i++)
        CHECK(grams.items[i - 1] < grams.items[i]);
}

TEST(single_characters_and_nothing_have_no_pairs)
{
    CHECK_INT(of("").count, 0);
    CHECK_INT(of("水").count, 0);
    CHECK_INT(of("水 水，水").count, 0);
    CHECK_INT(of("！？。，").count, 0);
}

TEST(a_numbers_end_is_a_gram_of_its_own)
{
    struct grams grams;

    grams_init(&grams);
    grams_add_number(&grams, "SN261123-04172656");
    grams_finish(&grams);
    REQUIRE(grams.count == 1);
    CHECK_INT(grams.items[0], gram_of_tail("04172656"));
    CHECK(grams.items[0] > of("\xF4\x8F\xBF\xBE水").items[0] || of("\xF4\x8F\xBF\xBE水").count == 0);
    CHECK(gram_of_tail("00000000") > of("龥龥").items[0]);
}

TEST(no_text_is_too_long_for_the_list)
{
    static char text[3 * 30000 + 1];
    struct grams grams;

    for (size_t i = 0; i < 30000; i++) {
        const unsigned point = 0x4E00 + (unsigned)(i * 7919 % 20000);
        text[3 * i] = (char)(0xE0 | point >> 12);
        text[3 * i + 1] = (char)(0x80 | (point >> 6 & 0x3F));
        text[3 * i + 2] = (char)(0x80 | (point & 0x3F));
    }
    grams_init(&grams);
    grams_add_text(&grams, text);
    grams_finish(&grams);
    CHECK(grams.is_full);
    CHECK(grams.count > GRAMS_MAX / 2 && grams.count <= GRAMS_MAX);
    grams_init(&grams);
    for (int i = 0; i < 3000; i++)
        grams_add_text(&grams, "同样的话说很多遍");
    grams_finish(&grams);
    CHECK(!grams.is_full);
    CHECK_INT(grams.count, 7);
}
