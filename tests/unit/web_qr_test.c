/*
 * QR codes: the drawn path is the code, module by module.
 */
#include "web/qr.h"

#include <qrencode.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"

enum { MARGIN = 4, SIDE_MAX = 200 };

static struct arena arena;

/* A number behind its letter; -1 when the letter is another. */
static int number_behind(const char **at, const char *letter)
{
    char *end;

    if (strncmp(*at, letter, strlen(letter)) != 0)
        return -1;
    const long number = strtol(*at + strlen(letter), &end, 10);
    *at = end;
    return (int)number;
}

/* Paints "Mx yhNv1h-Nz…" into dark[y][x]; false for anything else. */
static bool paint(const char *path, bool dark[SIDE_MAX][SIDE_MAX])
{
    while (*path != '\0') {
        const int x = number_behind(&path, "M"), y = number_behind(&path, " ");
        const int run = number_behind(&path, "h"), back = number_behind(&path, "v1h-");
        if (*path != 'z' || run != back || x < 0 || y < 0 || run < 1 || x + run > SIDE_MAX || y >= SIDE_MAX)
            return false;
        path++;
        for (int i = 0; i < run; i++)
            dark[y][x + i] = true;
    }
    return true;
}

TEST(every_dark_module_is_drawn_and_no_other_and_the_margin_is_white)
{
    static bool dark[SIDE_MAX][SIDE_MAX];
    const char *link = "https://water.example.org/complaint/link/0123456789abcdef0123456789abcdef";
    int size = 0;

    arena_init(&arena, 1 << 20);
    const char *path = qr_path(link, &arena, &size);
    REQUIRE(path != NULL);
    QRcode *code = QRcode_encodeString8bit(link, 0, QR_ECLEVEL_M);
    REQUIRE(code != NULL);
    CHECK_INT(size, code->width + 2 * MARGIN);
    REQUIRE(paint(path, dark));
    for (int y = 0; y < size; y++) {
        for (int x = 0; x < size; x++) {
            const int cx = x - MARGIN, cy = y - MARGIN;
            const bool is_inside = cx >= 0 && cy >= 0 && cx < code->width && cy < code->width;
            const bool wanted = is_inside && (code->data[cy * code->width + cx] & 1U) != 0;
            if (dark[y][x] != wanted)
                CHECK_INT(y * SIDE_MAX + x, -1);
        }
    }
    QRcode_free(code);
    arena_release(&arena);
}

TEST(a_text_that_no_code_holds_draws_nothing)
{
    static char text[8001];
    int size = 7;

    memset(text, 'a', sizeof text - 1);
    arena_init(&arena, 1 << 20);
    CHECK(qr_path(text, &arena, &size) == NULL);
    CHECK_INT(size, 7);
    arena_release(&arena);
}
