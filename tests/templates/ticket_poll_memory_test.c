/* What a worker remembers between polls: who was identified, and the state of the desk, for as long as each may be. */
#include "check.h"

#include "ticket/poll_memory.h"

#define START INT64_C(1795392000000)

static struct poll_memory memory;

/* So many milliseconds later, by both clocks. */
static struct poll_moment after(int64_t milliseconds)
{
    return (struct poll_moment){5000 + milliseconds, {START + milliseconds}};
}

static void begin(void) { memory = (struct poll_memory){.has_state = false}; }

/* Sessions of the same first byte share a set. */
static struct hash session(uint8_t first, uint8_t last)
{
    struct hash hash = {{0}};

    hash.bytes[0] = first;
    hash.bytes[HASH_BYTES - 1] = last;
    return hash;
}

static struct actor person(int32_t id)
{
    return (struct actor){.roles = ROLE_BIT(ROLE_LIAISON), .staff = {id}, .unit = {3}};
}

static void identify(struct hash who, int32_t id, int64_t at)
{
    const struct actor actor = person(id);

    poll_memory_identified(&memory, &who, &actor, after(at));
}

/* The person remembered; 0 for none. */
static int32_t remembered(struct hash who, struct poll_moment now)
{
    const struct poll_who *found = poll_memory_who(&memory, &who, now);

    return found == NULL ? 0 : found->staff.v;
}

TEST(nobody_is_remembered_at_first)
{
    begin();
    CHECK_INT(remembered(session(0, 0), after(0)), 0);
    CHECK_INT(remembered(session(1, 1), after(0)), 0);
    CHECK(!poll_memory_is_state(&memory, &(struct desk_state){0, 0}, after(0)));
}

TEST(who_was_identified_is_remembered_for_thirty_seconds_with_rights_and_unit)
{
    begin();
    identify(session(1, 1), 7, 0);
    const struct hash who = session(1, 1);
    const struct poll_who *found = poll_memory_who(&memory, &who, after(29999));
    REQUIRE(found != NULL);
    CHECK_INT(found->staff.v, 7);
    CHECK_INT(found->unit.v, 3);
    CHECK_INT(found->roles, ROLE_BIT(ROLE_LIAISON));
    CHECK_INT(remembered(session(1, 1), after(30000)), 0);
    CHECK_INT(remembered(session(1, 2), after(0)), 0);
    CHECK_INT(remembered(session(1 + POLL_SETS, 1), after(0)), 0);
}

TEST(being_identified_again_counts_anew_and_with_the_new_rights)
{
    begin();
    identify(session(1, 1), 7, 0);
    identify(session(1, 1), 8, 20000);
    CHECK_INT(remembered(session(1, 1), after(49999)), 8);
    CHECK_INT(remembered(session(1, 1), after(50000)), 0);
}

TEST(a_session_that_ended_is_forgotten_and_no_other_one)
{
    begin();
    identify(session(1, 1), 7, 0);
    identify(session(1, 2), 8, 0);
    const struct hash ended = session(1, 1);
    poll_memory_ended(&memory, &ended);
    CHECK_INT(remembered(session(1, 1), after(0)), 0);
    CHECK_INT(remembered(session(1, 2), after(0)), 8);
}

TEST(who_has_lost_every_role_is_forgotten)
{
    begin();
    identify(session(1, 1), 7, 0);
    const struct hash who = session(1, 1);
    const struct actor nobody = {.staff = {7}};
    poll_memory_identified(&memory, &who, &nobody, after(1));
    CHECK_INT(remembered(session(1, 1), after(1)), 0);
}

TEST(one_session_too_many_takes_the_place_of_the_oldest)
{
    begin();
    for (uint8_t i = 0; i < POLL_WAYS; i++)
        identify(session(1, i), 10 + i, i == 0 ? 5 : i);
    identify(session(1, 99), 99, 10);
    CHECK_INT(remembered(session(1, 1), after(10)), 0);
    CHECK_INT(remembered(session(1, 0), after(10)), 10);
    for (uint8_t i = 2; i < POLL_WAYS; i++)
        CHECK_INT(remembered(session(1, i), after(10)), 10 + i);
    CHECK_INT(remembered(session(1, 99), after(10)), 99);
}

TEST(a_state_is_remembered_for_a_second)
{
    begin();
    poll_memory_read(&memory, &(struct desk_state){4, 2}, after(0));
    CHECK(poll_memory_is_state(&memory, &(struct desk_state){4, 2}, after(1000)));
    CHECK(!poll_memory_is_state(&memory, &(struct desk_state){4, 2}, after(1001)));
    CHECK(!poll_memory_is_state(&memory, &(struct desk_state){4, 3}, after(0)));
    CHECK(!poll_memory_is_state(&memory, &(struct desk_state){5, 2}, after(0)));
}

TEST(what_may_have_been_written_makes_the_state_unknown)
{
    begin();
    poll_memory_read(&memory, &(struct desk_state){4, 2}, after(0));
    poll_memory_changed(&memory);
    CHECK(!poll_memory_is_state(&memory, &(struct desk_state){4, 2}, after(0)));
    poll_memory_read(&memory, &(struct desk_state){4, 3}, after(1));
    CHECK(poll_memory_is_state(&memory, &(struct desk_state){4, 3}, after(1)));
}

TEST(a_state_with_too_many_marks_to_count_equals_nothing)
{
    begin();
    poll_memory_read(&memory, &(struct desk_state){4, DESK_MARKS_MAX + 1}, after(0));
    CHECK(!poll_memory_is_state(&memory, &(struct desk_state){4, DESK_MARKS_MAX + 1}, after(0)));
}

TEST(when_the_time_of_day_is_set_nothing_is_remembered)
{
    static const int64_t jumps[] = {60000, -1, -60000};

    begin();
    identify(session(1, 1), 7, 0);
    poll_memory_read(&memory, &(struct desk_state){4, 2}, after(0));
    for (size_t i = 0; i < sizeof jumps / sizeof jumps[0]; i++) {
        const struct poll_moment now = {5000, {START + jumps[i]}};
        CHECK_INT(remembered(session(1, 1), now), 0);
        CHECK(!poll_memory_is_state(&memory, &(struct desk_state){4, 2}, now));
    }
    CHECK_INT(remembered(session(1, 1), (struct poll_moment){5000 + 40000, {START}}), 0);
    CHECK_INT(remembered(session(1, 1), after(0)), 7);
}
