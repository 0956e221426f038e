#include "base/photo_kind.h"

#include <stdbool.h>
#include <string.h>

static bool is_heic_brand(const uint8_t *brand)
{
    static const char brands[][5] = {"heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs", "mif1", "msf1"};

    for (size_t i = 0; i < sizeof brands / sizeof brands[0]; i++)
        if (memcmp(brand, brands[i], 4) == 0)
            return true;
    return false;
}

enum photo_kind photo_kind_of(const uint8_t *bytes, size_t length)
{
    if (length < PHOTO_KIND_BYTES)
        return PHOTO_KIND_NONE;
    if (memcmp(bytes, "\xff\xd8\xff", 3) == 0)
        return PHOTO_KIND_JPEG;
    if (memcmp(bytes, "\x89PNG\r\n\x1a\n", 8) == 0)
        return PHOTO_KIND_PNG;
    if (memcmp(bytes, "RIFF", 4) == 0 && memcmp(bytes + 8, "WEBP", 4) == 0)
        return PHOTO_KIND_WEBP;
    if (memcmp(bytes + 4, "ftyp", 4) == 0 && is_heic_brand(bytes + 8))
        return PHOTO_KIND_HEIC;
    return PHOTO_KIND_NONE;
}

const char *photo_verdict_name(enum photo_verdict verdict)
{
    static const char *const names[PHOTO_VERDICT__COUNT] = {
        [PHOTO_OK] = "ok",
        [PHOTO_WRONG_KIND] = "wrong_kind",
        [PHOTO_HEIC] = "heic",
        [PHOTO_TOO_BIG] = "too_big",
        [PHOTO_TOO_MANY_PIXELS] = "too_many_pixels",
        [PHOTO_BROKEN] = "broken",
    };

    return verdict < PHOTO_VERDICT__COUNT ? names[verdict] : "?";
}
