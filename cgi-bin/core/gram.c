#include "core/gram.h"

#include <assert.h>
#include <string.h>

#include "base/text.h"

#define LONG_RUN_DIGITS 7
#define CHARACTER_BITS 21
#define TAIL_MARK (INT64_C(1) << (2 * CHARACTER_BITS)) /* above every pair */

struct range {
    uint32_t first, last;
};

/* Beyond ASCII: what stands between words. Everything else there is a letter, a digit or an ideograph, or as good as one. */
static const struct range SEPARATORS[] = {
    {0x0080, 0x00BF}, {0x00D7, 0x00D7}, {0x00F7, 0x00F7}, {0x02B9, 0x036F},  {0x2000, 0x2BFF},   {0x2E00, 0x2FFF},
    {0x3000, 0x3004}, {0x3008, 0x3020}, {0x302A, 0x3030}, {0x3036, 0x3037},  {0x303D, 0x3040},   {0x30FB, 0x30FB},
    {0xD800, 0xF8FF}, {0xFE00, 0xFE6F}, {0xFF5F, 0xFF65}, {0xFFE0, 0x1CFFF}, {0x1D000, 0x1FAFF}, {0xE0000, 0x10FFFF},
};

uint32_t gram_character(uint32_t point)
{
    if (point >= 0xFF01 && point <= 0xFF5E)
        point -= 0xFF01 - '!';
    if (point < 0x80) {
        if (point >= 'A' && point <= 'Z')
            return point + ('a' - 'A');
        return (point >= 'a' && point <= 'z') || (point >= '0' && point <= '9') ? point : 0;
    }
    for (size_t i = 0; i < sizeof SEPARATORS / sizeof SEPARATORS[0]; i++)
        if (point >= SEPARATORS[i].first && point <= SEPARATORS[i].last)
            return 0;
    return point;
}

void grams_init(struct grams *grams)
{
    grams->count = 0;
    grams->is_full = false;
}

static int compare(const void *left, const void *right)
{
    const int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;

    return (a > b) - (a < b);
}

/* Heap sort: core has no heap to give to qsort, which may want one. */
static void sift(int64_t *items, size_t root, size_t count)
{
    for (size_t child; (child = 2 * root + 1) < count; root = child) {
        if (child + 1 < count && compare(&items[child], &items[child + 1]) < 0)
            child++;
        if (compare(&items[root], &items[child]) >= 0)
            return;
        const int64_t other = items[root];
        items[root] = items[child];
        items[child] = other;
    }
}

void grams_finish(struct grams *grams)
{
    size_t kept = 0;

    for (size_t i = grams->count / 2; i-- > 0;)
        sift(grams->items, i, grams->count);
    for (size_t end = grams->count; end-- > 1;) {
        const int64_t largest = grams->items[0];
        grams->items[0] = grams->items[end];
        grams->items[end] = largest;
        sift(grams->items, 0, end);
    }
    for (size_t i = 0; i < grams->count; i++)
        if (kept == 0 || grams->items[kept - 1] != grams->items[i])
            grams->items[kept++] = grams->items[i];
    grams->count = kept;
}

/* Makes room by taking away what is there twice; only then is the list full. */
static void add(struct grams *grams, int64_t gram)
{
    if (grams->count == GRAMS_MAX && !grams->is_full) {
        grams_finish(grams);
        /* Less than an eighth free: sorting again and again for single places would take its time. */
        grams->is_full = grams->count > GRAMS_MAX - GRAMS_MAX / 8;
    }
    if (grams->count < GRAMS_MAX && !grams->is_full)
        grams->items[grams->count++] = gram;
}

static bool is_digit(uint32_t character) { return character >= '0' && character <= '9'; }

/* Digits that follow each other here. */
static size_t digit_run(const char *text)
{
    size_t run = 0;

    while (is_digit(gram_character(text_next(&text))))
        run++;
    return run;
}

void grams_add_text(struct grams *grams, const char *text)
{
    uint32_t before = 0;

    for (;;) {
        const char *here = text;
        const size_t run = is_digit(before) ? 0 : digit_run(text);
        const uint32_t point = text_next(&text);
        if (point == 0)
            return;
        if (run >= LONG_RUN_DIGITS) {
            text = here;
            for (size_t i = 0; i < run; i++)
                (void)text_next(&text);
            before = 0;
            continue;
        }
        const uint32_t character = gram_character(point);
        if (before != 0 && character != 0)
            add(grams, (int64_t)before << CHARACTER_BITS | character);
        before = character;
    }
}

int64_t gram_of_tail(const char *digits)
{
    int64_t value = 0;

    assert(strlen(digits) == NUMBER_TAIL_DIGITS);
    for (; *digits != '\0'; digits++)
        value = value * 10 + (*digits - '0');
    return TAIL_MARK + value;
}

void grams_add_number(struct grams *grams, const char *number)
{
    assert(strlen(number) == NUMBER_BYTES - 1);
    add(grams, gram_of_tail(number + NUMBER_BYTES - 1 - NUMBER_TAIL_DIGITS));
}
