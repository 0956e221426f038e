/*
 * Pictures for the tests of pages and the bench, on standard output:
 *
 *   pictures_app jpeg|png|webp|broken|heic|bomb|cut [SEED]      a small one of each kind
 *   pictures_app photo WIDTH HEIGHT [SEED]                      as a camera takes it, with its place in the metadata
 */
#include "picture.h"

static struct made picture_for(const char *kind, int seed)
{
    const struct wish small = {.width = 320 + seed, .height = 240, .png_type = PNG_COLOR_TYPE_RGB, .orientation = 6, .has_gps = true};
    static const char broken[] = "\xff\xd8\xff\xe0 and then nothing of a photo";
    struct made made = {0};

    if (strcmp(kind, "jpeg") == 0)
        return picture_jpeg(&small);
    if (strcmp(kind, "png") == 0)
        return picture_png(&small);
    if (strcmp(kind, "webp") == 0)
        return picture_webp(&small);
    if (strcmp(kind, "bomb") == 0)
        return picture_png_bomb(30000, 30000, 1000, 0);
    if (strcmp(kind, "heic") == 0)
        made_add(&made, "\0\0\0\x18" "ftypheic\0\0\0\0mif1heic", 24);
    if (strcmp(kind, "broken") == 0)
        made_add(&made, broken, sizeof broken);
    if (strcmp(kind, "cut") == 0) {
        made = picture_jpeg(&small);
        made.length /= 2;
    }
    return made;
}

int main(int argc, char **argv)
{
    struct made made = {0};

    if (argc >= 4 && strcmp(argv[1], "photo") == 0)
        made = picture_jpeg(&(struct wish){.width = (int)strtol(argv[2], NULL, 10), .height = (int)strtol(argv[3], NULL, 10),
                                           .orientation = 1, .has_gps = true, .quality = 92,
                                           .grain = 24 + (unsigned)(argc > 4 ? strtol(argv[4], NULL, 10) : 0)});
    else if (argc >= 2)
        made = picture_for(argv[1], argc > 2 ? (int)strtol(argv[2], NULL, 10) : 0);
    if (made.length == 0 || fwrite(made.bytes, 1, made.length, stdout) != made.length) {
        fputs("usage: pictures_app jpeg|png|webp|broken|heic|bomb|cut [SEED] | photo WIDTH HEIGHT [SEED]\n", stderr);
        return 2;
    }
    return 0;
}
