/* The public progress as bytes: what is written reads back, and nothing else is read. */
#include "check.h"

#include <string.h>

#include "core/progress.h"

#define ROOM 65536

static const struct public_step sample_steps[] = {
    {2, ACTION_DISPATCH, DECISION_NONE, {3}, {1790000000000}, INSTANT_NONE, ""},
    {4, ACTION_CONTACT, DECISION_NONE, {3}, {1790000060000}, {1790003600000}, ""},
    {9, ACTION_FINISH, DECISION_NONE, {3}, {1790009999999}, INSTANT_NONE, "阀门已更换 & <tested>"},
};

static const struct clock sample_clocks[] = {
    {.no = 2, .rule = {7}, .kind = CLOCK_ACCEPT, .article = "12(1)", .cycle = 1, .limit_seconds = 7200, .is_binding = true,
     .unit = {3}, .started_at = {1790000000000}, .due_at = {1790007200000}, .granted_due_at = INSTANT_NONE,
     .stopped_at = {1790000000001}, .result = RESULT_KEPT},
    {.no = 3, .rule = {8}, .kind = CLOCK_FINISH, .article = "14(4)1", .cycle = 1, .limit_seconds = 0,
     .started_at = {1790000000000}, .due_at = INSTANT_NONE, .granted_due_at = INSTANT_NONE, .stopped_at = INSTANT_NONE},
};

static const struct progress sample = {sample_steps, 3, sample_clocks, 2};

static size_t format(const struct progress *progress, uint8_t bytes[ROOM])
{
    size_t room = progress_room(progress);

    return room <= ROOM ? progress_format(progress, bytes, room) : 0;
}

/* Whether the bytes are accepted and come out the same when they are written again. */
static bool is_canonical(const uint8_t *bytes, size_t length)
{
    static struct public_step steps[PROGRESS_STEPS_MAX];
    static struct clock clocks[PROGRESS_CLOCKS_MAX];
    static uint8_t again[ROOM];
    size_t step_count, clock_count;

    if (!progress_count(bytes, length, &step_count, &clock_count) || !progress_parse(bytes, length, steps, clocks))
        return false;
    const struct progress progress = {steps, step_count, clocks, clock_count};
    return format(&progress, again) == length && memcmp(again, bytes, length) == 0;
}

TEST(progress_reads_back_as_it_was_written)
{
    uint8_t bytes[ROOM];
    struct public_step steps[3];
    struct clock clocks[2];
    size_t step_count, clock_count, length = format(&sample, bytes);

    REQUIRE(progress_count(bytes, length, &step_count, &clock_count));
    CHECK_INT(step_count, 3);
    CHECK_INT(clock_count, 2);
    memset(steps, 0xff, sizeof steps);
    memset(clocks, 0xff, sizeof clocks);
    REQUIRE(progress_parse(bytes, length, steps, clocks));
    CHECK_INT(steps[1].seq, 4);
    CHECK_INT(steps[1].action, ACTION_CONTACT);
    CHECK_INT(steps[1].unit.v, 3);
    CHECK(instant_is_equal(steps[1].occurred_at, sample_steps[1].occurred_at));
    CHECK(instant_is_equal(steps[1].at_value, sample_steps[1].at_value));
    CHECK(!instant_is_set(steps[2].at_value));
    CHECK_TEXT(steps[0].words, "");
    CHECK_TEXT(steps[2].words, sample_steps[2].words);
    CHECK_INT(clocks[0].kind, CLOCK_ACCEPT);
    CHECK_TEXT(clocks[1].article, "14(4)1");
    CHECK(!instant_is_set(clocks[1].due_at));
    CHECK(is_canonical(bytes, length));
}

TEST(progress_without_steps_is_three_bytes)
{
    const struct progress nothing = {NULL, 0, NULL, 0};
    const uint8_t want[] = {1, 0, 0}; /* tests/bench/bulk.sql writes the same */
    uint8_t bytes[ROOM];

    CHECK_INT(format(&nothing, bytes), 3);
    CHECK_BYTES(bytes, want, 3);
    CHECK(is_canonical(bytes, 3));
}

TEST(every_shorter_or_longer_run_of_bytes_is_refused)
{
    uint8_t bytes[ROOM];
    size_t length = format(&sample, bytes);

    for (size_t i = 0; i < length; i++)
        CHECK(!is_canonical(bytes, i));
    bytes[length] = 0;
    CHECK(!is_canonical(bytes, length + 1));
}

TEST(a_changed_byte_is_refused_or_still_canonical)
{
    uint8_t bytes[ROOM];
    static struct public_step steps[PROGRESS_STEPS_MAX];
    static struct clock clocks[PROGRESS_CLOCKS_MAX];
    size_t step_count, clock_count, length = format(&sample, bytes);

    for (size_t i = 0; i < length; i++)
        for (unsigned change = 1; change < 256; change++) {
            bytes[i] ^= (uint8_t)change;
            if (progress_count(bytes, length, &step_count, &clock_count) && progress_parse(bytes, length, steps, clocks))
                CHECK(is_canonical(bytes, length));
            bytes[i] ^= (uint8_t)change;
        }
}

TEST(bytes_that_format_never_writes_are_refused)
{
    static const struct {
        const char *name;
        uint8_t bytes[16];
        size_t length;
    } cases[] = {
        {"nothing at all", {0}, 0},
        {"another version", {2, 0, 0}, 3},
        {"a number in a longer form", {1, 0x80, 0, 0}, 4},
        {"a negative count", {1, 1, 0}, 3},
        {"more steps than there may be", {1, 0xea, 0x07, 0}, 4},
        {"more clocks than there may be", {1, 0, 0x62}, 3},
        {"an unknown action", {1, 2, 0, 4, 0xfe, 1, 0, 0, 2, 0, 0, 0}, 12},
        {"a flag that is neither yes nor no", {1, 2, 0, 4, 2, 0, 0, 2, 2, 0, 0}, 11},
        {"words without their end", {1, 2, 0, 4, 2, 0, 0, 2, 0, 2, 'a', 'b'}, 12},
        {"words with a NUL inside", {1, 2, 0, 4, 2, 0, 0, 2, 0, 4, 'a', 0, 0}, 13},
        {"words that are not UTF-8", {1, 2, 0, 4, 2, 0, 0, 2, 0, 2, 0xff, 0}, 12},
    };

    CHECK(is_canonical((const uint8_t[]){1, 2, 0, 4, 2, 0, 0, 2, 0, 2, 'a', 0}, 12)); /* what the cases are made from */
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check_case(cases[i].name);
        CHECK(!is_canonical(cases[i].bytes, cases[i].length));
    }
}

TEST(of_too_many_steps_the_newest_are_written)
{
    static struct public_step many[PROGRESS_STEPS_MAX + 7], back[PROGRESS_STEPS_MAX];
    uint8_t bytes[ROOM];
    size_t step_count, clock_count;

    for (size_t i = 0; i < PROGRESS_STEPS_MAX + 7; i++) {
        many[i] = sample_steps[0];
        many[i].seq = (uint32_t)(i + 2);
    }
    const struct progress progress = {many, PROGRESS_STEPS_MAX + 7, NULL, 0};
    size_t length = format(&progress, bytes);
    REQUIRE(progress_count(bytes, length, &step_count, &clock_count));
    CHECK_INT(step_count, PROGRESS_STEPS_MAX);
    REQUIRE(progress_parse(bytes, length, back, NULL));
    CHECK_INT(back[0].seq, 9);
    CHECK_INT(back[PROGRESS_STEPS_MAX - 1].seq, PROGRESS_STEPS_MAX + 8);
}

TEST(longer_words_are_cut_at_a_whole_character)
{
    static char words[3 * (PROGRESS_WORDS_CHARACTERS + 1) + 1];
    uint8_t bytes[ROOM];
    struct public_step back;

    for (size_t i = 0; i + 3 < sizeof words; i += 3)
        memcpy(words + i, "水", 3);
    const struct public_step step = {2, ACTION_FINISH, DECISION_NONE, {0}, {1}, INSTANT_NONE, words};
    const struct progress progress = {&step, 1, NULL, 0};
    size_t length = format(&progress, bytes);
    REQUIRE(progress_parse(bytes, length, &back, NULL));
    CHECK_INT(strlen(back.words), 3 * PROGRESS_WORDS_CHARACTERS);
    CHECK(is_canonical(bytes, length));
}
