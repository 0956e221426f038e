/* base/arena and base/status. */
#include "check.h"

#include <signal.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"

#if defined(__SANITIZE_ADDRESS__)
#define IS_WATCHED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define IS_WATCHED 1
#endif
#endif
#ifdef IS_WATCHED
#include <sanitizer/asan_interface.h>
#endif

#define LIMIT ((size_t)8 * 1024 * 1024)

/* How a child ends that runs `act`: its exit code, or −1 when a signal ended it. Its log goes nowhere. */
static int exit_code_of(void (*act)(void))
{
    pid_t child = fork();
    if (child == 0) {
        close(STDERR_FILENO);
        signal(SIGABRT, SIG_DFL);
        act();
        _exit(0);
    }
    int state = 0;
    if (child < 0 || waitpid(child, &state, 0) != child)
        return -2;
    return WIFEXITED(state) ? WEXITSTATUS(state) : -1;
}

static bool is_zero(const unsigned char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (bytes[i] != 0)
            return false;
    return true;
}

TEST(memory_is_zeroed_aligned_and_apart)
{
    struct arena arena;
    arena_init(&arena, LIMIT);
    unsigned char *last_end = NULL;
    for (size_t size = 0; size < 600; size++) {
        unsigned char *piece = arena_take(&arena, size);
        REQUIRE(piece != NULL);
        CHECK((uintptr_t)piece % alignof(max_align_t) == 0);
        CHECK(is_zero(piece, size));
        CHECK(piece != last_end);
        memset(piece, 0xA5, size);
        last_end = piece;
    }
    arena_release(&arena);
}

TEST(what_was_taken_keeps_its_content_while_more_is_taken)
{
    struct arena arena;
    arena_init(&arena, LIMIT);
    unsigned char *pieces[300];
    for (size_t i = 0; i < 300; i++) {
        pieces[i] = arena_take(&arena, 1 + i * 7);
        memset(pieces[i], (int)(i & 0xFF), 1 + i * 7);
    }
    size_t wrong = 0;
    for (size_t i = 0; i < 300; i++)
        for (size_t at = 0; at < 1 + i * 7; at++)
            wrong += pieces[i][at] != (i & 0xFF);
    CHECK_INT(wrong, 0);
    arena_release(&arena);
}

TEST(memory_given_out_again_is_zeroed_again)
{
    struct arena arena;
    arena_init(&arena, LIMIT);
    for (int round = 0; round < 3; round++) {
        unsigned char *piece = arena_take(&arena, 5000);
        CHECK(is_zero(piece, 5000));
        memset(piece, 0xFF, 5000);
        arena_reset(&arena);
    }
    arena_release(&arena);
}

TEST(a_reset_keeps_one_ordinary_block)
{
    struct arena arena;
    arena_init(&arena, LIMIT);
    CHECK(arena.blocks == NULL);
    void *first = arena_take(&arena, 100);
    (void)!arena_take(&arena, 1000000);
    for (int i = 0; i < 100; i++)
        (void)!arena_take(&arena, 3000);
    CHECK_INT(arena.total_bytes, 100 + 1000000 + 300000);
    arena_reset(&arena);
    CHECK(arena.blocks != NULL);
    CHECK_INT(arena.total_bytes, 0);
    CHECK_INT(arena.used_bytes, 0);
    struct arena_block *kept = arena.blocks;
    void *again = arena_take(&arena, 60000);
    CHECK(arena.blocks == kept);
    CHECK(again != NULL && first != NULL);
    arena_release(&arena);
    CHECK(arena.blocks == NULL);
    arena_release(&arena);
}

TEST(an_oversized_block_is_not_kept)
{
    struct arena arena;
    arena_init(&arena, LIMIT);
    (void)!arena_take(&arena, 5000000);
    arena_reset(&arena);
    CHECK(arena.blocks == NULL);
    char *text = arena_copy_text(&arena, "usable after that");
    CHECK_TEXT(text, "usable after that");
    arena_release(&arena);
}

TEST(the_limit_counts_between_two_resets)
{
    struct arena arena;
    arena_init(&arena, 1000);
    for (int round = 0; round < 5; round++) {
        (void)!arena_take(&arena, 600);
        (void)!arena_take(&arena, 400);
        arena_reset(&arena);
    }
    CHECK_INT(arena.total_bytes, 0);
    arena_release(&arena);
}

static void pass_limit(void)
{
    struct arena arena;
    arena_init(&arena, 1000);
    (void)!arena_take(&arena, 600);
    (void)!arena_take(&arena, 401);
}

static void ask_for_everything(void)
{
    struct arena arena;
    arena_init(&arena, SIZE_MAX);
    (void)!arena_take(&arena, SIZE_MAX - 3);
}

static void overflow_product(void)
{
    struct arena arena;
    arena_init(&arena, SIZE_MAX);
    (void)!arena_take_array(&arena, SIZE_MAX / 8, 16);
}

static void overflow_copy(void)
{
    struct arena arena;
    arena_init(&arena, SIZE_MAX);
    (void)!arena_copy(&arena, "x", SIZE_MAX);
}

TEST(too_much_ends_the_process_with_70)
{
    CHECK_INT(exit_code_of(pass_limit), 70);
    CHECK_INT(exit_code_of(ask_for_everything), 70);
    CHECK_INT(exit_code_of(overflow_product), 70);
    CHECK_INT(exit_code_of(overflow_copy), 70);
}

static void take_without_init(void)
{
    struct arena arena = {0};
    (void)!arena_take(&arena, 1);
}

TEST(an_arena_that_was_never_prepared_is_a_bug)
{
    CHECK_INT(exit_code_of(take_without_init), -1);
}

TEST(arrays_copies_and_formats)
{
    struct arena arena;
    arena_init(&arena, LIMIT);
    int64_t *numbers = arena_take_array(&arena, 1000, sizeof *numbers);
    CHECK(is_zero((const unsigned char *)numbers, 1000 * sizeof *numbers));
    CHECK(arena_take_array(&arena, 0, 16) != NULL);
    char *part = arena_copy(&arena, "a\0b水", 6);
    CHECK_BYTES(part, "a\0b水\0", 7);
    CHECK_TEXT(arena_copy(&arena, NULL, 0), "");
    CHECK_TEXT(arena_copy_text(&arena, ""), "");
    CHECK_TEXT(arena_format(&arena, "%s-%05d", "号", 42), "号-00042");
    CHECK_TEXT(arena_format(&arena, "%s", ""), "");
    char *wide = arena_format(&arena, "%0100000d", 1);
    CHECK_INT(strlen(wide), 100000);
    arena_release(&arena);
}

TEST(what_was_given_back_is_poisoned)
{
#ifdef IS_WATCHED
    struct arena arena;
    arena_init(&arena, LIMIT);
    char *piece = arena_take(&arena, 24);
    CHECK(!__asan_address_is_poisoned(piece));
    CHECK(!__asan_address_is_poisoned(piece + 23));
    CHECK(__asan_address_is_poisoned(piece + 24));
    char *next = arena_take(&arena, 8);
    CHECK(__asan_address_is_poisoned(piece + 24));
    CHECK(!__asan_address_is_poisoned(next));
    arena_reset(&arena);
    CHECK(__asan_address_is_poisoned(piece));
    CHECK(__asan_address_is_poisoned(next));
    arena_release(&arena);
#else
    /* without the sanitizer nothing watches; that pieces are usable next to each other is tested above */
    CHECK(true);
#endif
}

/* --- status ------------------------------------------------------------------------------------------------------- */

TEST(only_the_first_failure_is_kept)
{
    struct fault fault;
    fault_reset(&fault);
    CHECK(fault.file == NULL);
    CHECK_STATUS(FAULT(&fault, STATUS_UNAVAILABLE, "the database went away during %s", "commit"), STATUS_UNAVAILABLE);
    int line = fault.line;
    CHECK_STATUS(FAULT_CODE(&fault, STATUS_FAILED, 5, "a consequence"), STATUS_FAILED);
    CHECK_TEXT(fault.message, "the database went away during commit");
    CHECK_INT(fault.line, line);
    CHECK_INT(fault.code, 0);
    CHECK(strstr(fault.file, "base_arena_test.c") != NULL);
    fault_reset(&fault);
    CHECK_STATUS(FAULT_CODE(&fault, STATUS_FAILED, 28, "second piece of work"), STATUS_FAILED);
    CHECK_INT(fault.code, 28);
    CHECK_TEXT(fault.message, "second piece of work");
}

TEST(nobody_has_to_want_the_fault)
{
    CHECK_STATUS(FAULT(NULL, STATUS_CONFLICT, "unheard"), STATUS_CONFLICT);
}

TEST(a_long_message_is_cut_between_characters)
{
    struct fault fault;
    fault_reset(&fault);
    char name[900];
    for (size_t i = 0; i + 3 < sizeof name; i += 3)
        memcpy(name + i, "水", 4);
    CHECK_STATUS(FAULT(&fault, STATUS_INVALID, "%s", name), STATUS_INVALID);
    CHECK_INT(strlen(fault.message), 237);
    CHECK(text_is_utf8(fault.message, strlen(fault.message)));
}

TEST(every_status_has_its_own_name)
{
    for (int i = 0; i < STATUS__COUNT; i++) {
        CHECK(strcmp(status_name((enum status)i), "unknown") != 0);
        for (int j = 0; j < i; j++)
            CHECK(strcmp(status_name((enum status)i), status_name((enum status)j)) != 0);
    }
    CHECK_TEXT(status_name(STATUS_CONFLICT), "conflict");
    CHECK_TEXT(status_name(STATUS__COUNT), "unknown");
}
