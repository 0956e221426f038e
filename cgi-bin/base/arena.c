#include "base/arena.h"

#include <assert.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_IS_WATCHED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_IS_WATCHED 1
#endif
#endif

/* Under AddressSanitizer a gap nobody may touch stands after every piece: running over its end is caught. */
#ifdef ARENA_IS_WATCHED
#include <sanitizer/asan_interface.h>
#define POISON(start, size) ASAN_POISON_MEMORY_REGION((start), (size))
#define UNPOISON(start, size) ASAN_UNPOISON_MEMORY_REGION((start), (size))
#define GAP_BYTES 16
#else
#define POISON(start, size) ((void)(start), (void)(size))
#define UNPOISON(start, size) ((void)(start), (void)(size))
#define GAP_BYTES 0
#endif

#define BLOCK_BYTES ((size_t)64 * 1024)
#define FORMAT_BYTES 256 /* longer texts are formatted a second time */

struct arena_block {
    struct arena_block *older;
    size_t capacity_bytes;
    alignas(max_align_t) unsigned char data[];
};

void arena_init(struct arena *arena, size_t limit_bytes)
{
    assert(arena != NULL && limit_bytes > 0);
    *arena = (struct arena){.limit_bytes = limit_bytes};
}

static void block_free(struct arena_block *block)
{
    UNPOISON(block->data, block->capacity_bytes);
    free(block);
}

void arena_reset(struct arena *arena)
{
    struct arena_block *kept = NULL;
    struct arena_block *block = arena->blocks;
    while (block != NULL) {
        struct arena_block *older = block->older;
        if (kept == NULL && block->capacity_bytes == BLOCK_BYTES)
            kept = block;
        else
            block_free(block);
        block = older;
    }
    if (kept != NULL) {
        kept->older = NULL;
        POISON(kept->data, kept->capacity_bytes);
    }
    arena->blocks = kept;
    arena->used_bytes = 0;
    arena->total_bytes = 0;
}

void arena_release(struct arena *arena)
{
    arena_reset(arena);
    if (arena->blocks != NULL)
        block_free(arena->blocks);
    arena->blocks = NULL;
}

static void add_block(struct arena *arena, size_t need_bytes)
{
    size_t capacity = need_bytes > BLOCK_BYTES ? need_bytes : BLOCK_BYTES;
    struct arena_block *block = malloc(sizeof *block + capacity);
    if (block == NULL)
        log_die("out_of_memory asked_bytes=%zu", capacity);
    block->capacity_bytes = capacity;
    block->older = arena->blocks;
    POISON(block->data, capacity);
    arena->blocks = block;
    arena->used_bytes = 0;
}

/* What a piece takes of its block: aligned for the next one, and never nothing, so that each has its own address. */
static size_t footprint(size_t size_bytes)
{
    size_t unit = alignof(max_align_t);
    size_t units = size_bytes / unit + (size_bytes % unit != 0);
    return (units == 0 ? 1 : units) * unit + GAP_BYTES;
}

void *arena_take(struct arena *arena, size_t size_bytes)
{
    assert(arena != NULL && arena->limit_bytes > 0);
    if (size_bytes > arena->limit_bytes || arena->total_bytes > arena->limit_bytes - size_bytes)
        log_die("arena_limit limit_bytes=%zu given_bytes=%zu asked_bytes=%zu", arena->limit_bytes, arena->total_bytes,
                size_bytes);
    size_t need = footprint(size_bytes);
    if (need < size_bytes)
        log_die("arena_overflow asked_bytes=%zu", size_bytes);
    if (arena->blocks == NULL || arena->blocks->capacity_bytes - arena->used_bytes < need)
        add_block(arena, need);

    unsigned char *piece = arena->blocks->data + arena->used_bytes;
    arena->used_bytes += need;
    arena->total_bytes += size_bytes;
    UNPOISON(piece, size_bytes);
    memset(piece, 0, size_bytes);
    return piece;
}

void *arena_take_array(struct arena *arena, size_t count, size_t size_bytes)
{
    size_t product = 0;
    if (__builtin_mul_overflow(count, size_bytes, &product))
        log_die("arena_overflow count=%zu size_bytes=%zu", count, size_bytes);
    return arena_take(arena, product);
}

char *arena_copy(struct arena *arena, const char *bytes, size_t length_bytes)
{
    if (length_bytes == SIZE_MAX)
        log_die("arena_overflow text_bytes=%zu", length_bytes);
    char *copy = arena_take(arena, length_bytes + 1);
    if (length_bytes > 0)
        memcpy(copy, bytes, length_bytes);
    return copy;
}

char *arena_copy_text(struct arena *arena, const char *text)
{
    return arena_copy(arena, text, strlen(text));
}

char *arena_format(struct arena *arena, const char *format, ...)
{
    char buffer[FORMAT_BYTES];
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(buffer, sizeof buffer, format, arguments);
    va_end(arguments);
    if (length < 0)
        log_die("arena_format_failed");
    char *text = arena_take(arena, (size_t)length + 1);
    if ((size_t)length < sizeof buffer)
        memcpy(text, buffer, (size_t)length);
    else
        vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}
