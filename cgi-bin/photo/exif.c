#include "photo/exif.h"

#include <stdbool.h>
#include <string.h>

#define TAG_ORIENTATION 0x0112
#define TYPE_SHORT 3
#define ENTRY_BYTES 12

/* The block, and how its numbers are written. Every access is checked against `length`. */
struct block {
    const uint8_t *bytes;
    size_t length;
    bool is_little_endian;
};

static bool get(const struct block *block, size_t at, size_t size_bytes, uint32_t *value)
{
    if (at > block->length || block->length - at < size_bytes)
        return false;
    *value = 0;
    for (size_t i = 0; i < size_bytes; i++) {
        const size_t place = block->is_little_endian ? size_bytes - 1 - i : i;
        *value = *value << 8 | block->bytes[at + place];
    }
    return true;
}

static int orientation_of(const struct block *block)
{
    uint32_t mark, first, count;

    if (!get(block, 2, 2, &mark) || mark != 42 || !get(block, 4, 4, &first) || !get(block, first, 2, &count))
        return 1;
    for (uint32_t i = 0; i < count; i++) {
        const size_t at = (size_t)first + 2 + (size_t)i * ENTRY_BYTES;
        uint32_t tag, type, value;
        if (!get(block, at, 2, &tag) || !get(block, at + 2, 2, &type) || !get(block, at + 8, 2, &value))
            return 1;
        if (tag == TAG_ORIENTATION)
            return type == TYPE_SHORT && value >= 1 && value <= 8 ? (int)value : 1;
    }
    return 1;
}

int exif_orientation(const uint8_t *bytes, size_t length)
{
    struct block block = {.bytes = bytes, .length = length};

    if (length >= 6 && memcmp(bytes, "Exif\0\0", 6) == 0) {
        block.bytes += 6;
        block.length -= 6;
    }
    if (block.length < 8)
        return 1;
    block.is_little_endian = memcmp(block.bytes, "II", 2) == 0;
    if (!block.is_little_endian && memcmp(block.bytes, "MM", 2) != 0)
        return 1;
    return orientation_of(&block);
}
