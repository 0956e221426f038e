/* core/sms: what a text takes of short messages, exactly as gateways count it. */
#include "core/sms.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "check.h"

/* `count` times the same character. */
static const char *many(const char *character, int count)
{
    static char text[4096];
    text[0] = '\0';
    for (int i = 0; i < count; i++)
        strncat(text, character, sizeof text - strlen(text) - 1);
    return text;
}

TEST(short_messages_have_the_parts_that_gateways_count)
{
    static const struct {
        const char *name, *character;
        int count, parts;
    } cases[] = {
        {"nothing", "a", 0, 0},
        {"one letter", "a", 1, 1},
        {"a full one in the GSM alphabet", "a", 160, 1},
        {"one more", "a", 161, 2},
        {"two full ones", "a", 306, 2},
        {"one more than two", "a", 307, 3},
        {"accents of the alphabet", "é", 160, 1},
        {"marks of two septets", "€", 80, 1},
        {"one mark more, which is not cut in two", "€", 81, 2},
        {"marks of two septets over two parts", "[", 152, 2},
        {"one more mark than two parts hold", "[", 153, 3},
        {"one Chinese character", "水", 1, 1},
        {"a full one in Chinese", "水", 70, 1},
        {"one more character", "水", 71, 2},
        {"two full ones in Chinese", "水", 134, 2},
        {"three in Chinese", "水", 135, 3},
        {"letters outside of the alphabet", "ç", 71, 2},
        {"characters of two units", "😀", 35, 1},
        {"characters of two units, not cut in two", "😀", 66, 2},
        {"and one more", "😀", 67, 3},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check_case(cases[i].name);
        CHECK_INT(sms_measure(many(cases[i].character, cases[i].count)).parts, cases[i].parts);
    }
    check_case("a single other character makes all of them wide");
    char mixed[256];
    memset(mixed, 'a', 70);
    memcpy(mixed + 70, "水", 4);
    CHECK_INT(sms_measure(mixed).parts, 2);
}

/* ---- against the standard, character by character */

/* The basic table of 3GPP TS 23.038, in its order, and the extension table, by code points; written down apart from the program. */
static const uint16_t BASIC[] = {
    0x40, 0xA3, 0x24, 0xA5, 0xE8, 0xE9, 0xF9, 0xEC, 0xF2, 0xC7, 0x0A, 0xD8, 0xF8, 0x0D, 0xC5, 0xE5, 0x394, 0x5F, 0x3A6, 0x393,
    0x39B, 0x3A9, 0x3A0, 0x3A8, 0x3A3, 0x398, 0x39E, 0xC6, 0xE6, 0xDF, 0xC9, 0x20, 0x21, 0x22, 0x23, 0xA4, 0x25, 0x26, 0x27, 0x28,
    0x29, 0x2A, 0x2B, 0x2C, 0x2D, 0x2E, 0x2F, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3A, 0x3B, 0x3C,
    0x3D, 0x3E, 0x3F, 0xA1, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4A, 0x4B, 0x4C, 0x4D, 0x4E, 0x4F, 0x50,
    0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5A, 0xC4, 0xD6, 0xD1, 0xDC, 0xA7, 0xBF, 0x61, 0x62, 0x63, 0x64,
    0x65, 0x66, 0x67, 0x68, 0x69, 0x6A, 0x6B, 0x6C, 0x6D, 0x6E, 0x6F, 0x70, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78,
    0x79, 0x7A, 0xE4, 0xF6, 0xF1, 0xFC, 0xE0};
static const uint16_t EXTENDED[] = {0x0C, 0x5E, 0x7B, 0x7D, 0x5C, 0x5B, 0x7E, 0x5D, 0x7C, 0x20AC};

static int septets_of(uint32_t point)
{
    for (size_t i = 0; i < sizeof BASIC / sizeof BASIC[0]; i++)
        if (BASIC[i] == point)
            return 1;
    for (size_t i = 0; i < sizeof EXTENDED / sizeof EXTENDED[0]; i++)
        if (EXTENDED[i] == point)
            return 2;
    return 0;
}

static size_t put(uint32_t point, char *text)
{
    const int more = point < 0x80 ? 0 : point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
    static const unsigned char first[] = {0, 0xC0, 0xE0, 0xF0};

    text[0] = (char)(first[more] | (point >> (6 * more)));
    for (int i = 1; i <= more; i++)
        text[i] = (char)(0x80 | ((point >> (6 * (more - i))) & 0x3F));
    text[more + 1] = '\0';
    return (size_t)more + 1;
}

TEST(every_character_takes_the_septets_or_units_of_the_standard)
{
    int wrong = 0, in_alphabet = 0;
    char text[5];

    CHECK_INT(sizeof BASIC / sizeof BASIC[0], 127); /* 128 places, one of them the escape */
    for (uint32_t point = 1; point <= 0x10FFFF; point++) {
        if (point >= 0xD800 && point <= 0xDFFF)
            continue;
        put(point, text);
        const struct sms_size size = sms_measure(text);
        const int septets = septets_of(point);
        const int units = septets > 0 ? septets : point >= 0x10000 ? 2 : 1;
        in_alphabet += septets > 0;
        if (size.is_wide != (septets == 0) || size.units != units || size.parts != 1 || size.characters != 1 ||
            size.left != (septets > 0 ? 160 : 70) - units)
            wrong++;
    }
    CHECK_INT(in_alphabet, 137);
    CHECK_INT(wrong, 0);
}

/* Puts widths one after the other into parts, as a phone network does, without the program's code. */
static void fill_parts(const uint8_t *widths, int count, int alone, int joined, int *parts, int *left)
{
    int total = 0, room = joined;

    for (int i = 0; i < count; i++)
        total += widths[i];
    *parts = total > 0;
    *left = alone - total;
    if (total <= alone)
        return;
    for (int i = 0; i < count; i++) {
        if (widths[i] > room) {
            *parts += 1;
            room = joined;
        }
        room -= widths[i];
    }
    *left = room;
}

TEST(every_length_of_every_mixture_has_the_parts_that_are_filled_one_after_the_other)
{
    static const struct {
        const char *name;
        uint32_t points[3];
        int widths[3];
        bool is_wide;
    } kinds[] = {
        {"letters and escaped marks", {'a', '[', 0x20AC}, {1, 2, 2}, false},
        {"letters alone", {'a', 'z', '0'}, {1, 1, 1}, false},
        {"Chinese with pictures", {0x6C34, 0x1F4A7, 'a'}, {1, 2, 1}, true},
        {"rare characters beyond the basic plane", {0x20000, 0x2A6D6, 0x6C34}, {2, 2, 1}, true},
    };
    static char text[4 * 720 + 1];
    static uint8_t widths[720];
    uint32_t chance = 12345;

    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        int wrong = 0;
        check_case(kinds[k].name);
        for (int round = 0; round < 40; round++) {
            size_t length = 0;
            for (int count = 1; count <= 720; count++) {
                chance = chance * 1664525 + 1013904223;
                const int which = count == 1 ? 0 : (int)((chance >> 16) % 3); /* the first one decides the alphabet */
                int parts, left;
                length += put(kinds[k].points[which], text + length);
                widths[count - 1] = (uint8_t)kinds[k].widths[which];
                fill_parts(widths, count, kinds[k].is_wide ? 70 : 160, kinds[k].is_wide ? 67 : 153, &parts, &left);
                const struct sms_size size = sms_measure(text);
                wrong += size.parts != parts || size.left != left || size.is_wide != kinds[k].is_wide || size.characters != count;
            }
        }
        CHECK_INT(wrong, 0);
    }
}
