/* Events as bytes: one way to write each, none other is read, and a chain that shows every change. */
#include "check.h"

#include <string.h>

#include "core/event.h"

static struct clock sample_clock(int no)
{
    return (struct clock){
        .no = no,
        .rule = {7},
        .kind = CLOCK_FINISH,
        .article = "14(4)1",
        .cycle = 2,
        .limit_seconds = 129600,
        .bound = BOUND_LESS,
        .is_binding = true,
        .dispatch_no = 3,
        .unit = {12},
        .started_at = {1790000000000},
        .due_at = {1790129600000},
        .granted_due_at = INSTANT_NONE,
        .stopped_at = {1790000000001},
        .result = RESULT_KEPT,
        .excuse_code = 9,
    };
}

static struct event sample_event(void)
{
    struct event event = {
        .subject = SUBJECT_TICKET,
        .subject_id = 41,
        .seq = 3,
        .kind = 11,
        .occurred_at = {1790000000000},
        .recorded_at = {1790000005000},
        .actor_role = ROLE_BIT(ROLE_OPS),
        .actor_staff = {5},
        .actor_unit = {2},
        .clock_count = 2,
        .has_text = true,
    };

    event_set(&event, FIELD_UNIT, 12);
    event_set(&event, FIELD_PROPOSED_DUE, -1);
    event_set(&event, FIELD_INPUT_ID, INT64_MAX);
    event.clocks[0] = sample_clock(4);
    event.clocks[1] = sample_clock(5);
    event.clocks[1].granted_due_at.milliseconds = 1790229600000;
    memset(event.text_hash.bytes, 0xa5, HASH_BYTES);
    return event;
}

/* Reads the bytes back and writes them again; returns whether they were accepted and came out the same. */
static bool is_canonical(const uint8_t *payload, size_t length)
{
    struct event event = {.kind = 0};
    uint8_t again[EVENT_PAYLOAD_MAX];

    if (!event_parse_payload(&event, payload, length))
        return false;
    return event_format_payload(&event, again) == length && memcmp(again, payload, length) == 0;
}

TEST(a_payload_reads_back_as_the_event_it_was_written_from)
{
    const struct event event = sample_event();
    uint8_t payload[EVENT_PAYLOAD_MAX];
    size_t length = event_format_payload(&event, payload);
    struct event back;

    memset(&back, 0xff, sizeof back); /* whatever was there before is replaced */
    REQUIRE(event_parse_payload(&back, payload, length));
    CHECK_INT(event_get(&back, FIELD_UNIT, 0), 12);
    CHECK_INT(event_get(&back, FIELD_PROPOSED_DUE, 0), -1);
    CHECK(event_get(&back, FIELD_INPUT_ID, 0) == INT64_MAX);
    CHECK(!back.has_field[FIELD_SOURCE]);
    CHECK_INT(back.clock_count, 2);
    CHECK_INT(back.clocks[0].no, 4);
    CHECK_TEXT(back.clocks[0].article, "14(4)1");
    CHECK_INT(back.clocks[0].limit_seconds, 129600);
    CHECK_INT(back.clocks[0].bound, BOUND_LESS);
    CHECK(back.clocks[0].is_binding);
    CHECK(!instant_is_set(back.clocks[0].granted_due_at));
    CHECK_INT(back.clocks[1].granted_due_at.milliseconds, 1790229600000);
    CHECK_INT(back.clocks[1].excuse_code, 9);
    CHECK(back.has_text);
    CHECK_BYTES(back.text_hash.bytes, event.text_hash.bytes, HASH_BYTES);
    CHECK(is_canonical(payload, length));
}

TEST(an_event_with_nothing_in_it_is_one_byte)
{
    const struct event event = {.kind = 1};
    uint8_t payload[EVENT_PAYLOAD_MAX];

    CHECK_INT(event_format_payload(&event, payload), 1);
    CHECK(is_canonical(payload, 1));
}

TEST(the_largest_event_fits)
{
    struct event event = {.clock_count = EVENT_CLOCKS_MAX, .has_text = true};
    uint8_t payload[EVENT_PAYLOAD_MAX];

    for (enum event_field field = FIELD_NONE + 1; field < EVENT_FIELD__COUNT; field++)
        event_set(&event, field, INT64_MIN);
    for (int i = 0; i < EVENT_CLOCKS_MAX; i++) {
        event.clocks[i] = sample_clock(INT32_MIN);
        event.clocks[i].limit_seconds = INT64_MIN;
        event.clocks[i].granted_due_at.milliseconds = INT64_MAX;
        memset(event.clocks[i].article, 'x', ARTICLE_BYTES - 1);
    }
    for (int list = 0; list < EVENT_LIST__COUNT; list++) {
        event.list_count[list] = EVENT_LIST_MAX;
        for (int i = 0; i < EVENT_LIST_MAX; i++)
            event.list[list][i] = INT32_MIN;
    }
    size_t length = event_format_payload(&event, payload);
    CHECK(length <= EVENT_PAYLOAD_MAX);
    CHECK(is_canonical(payload, length));
}

TEST(bytes_that_format_would_not_write_are_refused)
{
    static const struct {
        const char *name;
        uint8_t bytes[16];
        size_t length;
    } cases[] = {
        {"nothing at all", {0}, 0},
        {"version 0", {0}, 1},
        {"version 2", {2}, 1},
        {"a tag without value", {1, FIELD_UNIT}, 2},
        {"a number that does not end", {1, FIELD_UNIT, 0x80}, 3},
        {"a number with a needless byte", {1, FIELD_UNIT, 0x80, 0x00}, 4},
        {"a number of more than 64 bits",
         {1, FIELD_UNIT, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02},
         12},
        {"a number of eleven bytes",
         {1, FIELD_UNIT, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x81, 0x00},
         13},
        {"tag 0", {1, 0, 2}, 3},
        {"an unknown tag", {1, EVENT_FIELD__COUNT, 2}, 3},
        {"a tag above all", {1, 0xff, 2}, 3},
        {"descending tags", {1, FIELD_ZONE, 2, FIELD_SOURCE, 2}, 5},
        {"a tag twice", {1, FIELD_ZONE, 2, FIELD_ZONE, 2}, 5},
        {"no clocks, said with a tag", {1, 0x70, 0}, 3},
        {"seventeen clocks", {1, 0x70, 17}, 3},
        {"255 clocks", {1, 0x70, 255}, 3},
        {"a clock cut off", {1, 0x70, 1, 2, 2}, 5},
        {"a text hash cut off", {1, 0x71, 1, 2, 3}, 5},
        {"a list of nothing", {1, 0x72, 0}, 3},
        {"a list cut off", {1, 0x72, 2, 2}, 4},
        {"a list of 65 numbers", {1, 0x73, 65}, 3},
        {"a number of a list above 32 bits", {1, 0x72, 1, 0x80, 0x80, 0x80, 0x80, 0x20}, 8},
        {"a list that there is not", {1, 0x72 + EVENT_LIST__COUNT, 1, 2}, 4},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct event event = {.kind = 0};
        check_case(cases[i].name);
        CHECK(!event_parse_payload(&event, cases[i].bytes, cases[i].length));
    }
}

TEST(no_shortened_payload_reads_as_the_same_event)
{
    const struct event event = sample_event();
    uint8_t payload[EVENT_PAYLOAD_MAX];
    size_t length = event_format_payload(&event, payload);
    size_t accepted = 0;

    for (size_t shorter = 0; shorter < length; shorter++) {
        struct event back = {.kind = 0};
        if (!event_parse_payload(&back, payload, shorter))
            continue;
        accepted++;
        CHECK(is_canonical(payload, shorter)); /* cut between two tags: another event, but a proper one */
    }
    CHECK_INT(accepted, 5); /* after the version, three fields, the clocks */
    payload[length] = 0;
    CHECK(!event_parse_payload(&(struct event){.kind = 0}, payload, length + 1));
}

TEST(whatever_bit_flips_nothing_but_canonical_bytes_is_read)
{
    const struct event event = sample_event();
    uint8_t payload[EVENT_PAYLOAD_MAX];
    size_t length = event_format_payload(&event, payload);
    size_t accepted = 0;

    for (size_t bit = 0; bit < 8 * length; bit++) {
        payload[bit / 8] ^= (uint8_t)(1U << bit % 8);
        struct event back = {.kind = 0};
        if (event_parse_payload(&back, payload, length)) {
            accepted++;
            if (!CHECK(is_canonical(payload, length)))
                return;
        }
        payload[bit / 8] ^= (uint8_t)(1U << bit % 8);
    }
    CHECK(accepted > 0);
}

TEST(a_clock_with_an_enum_beyond_its_values_is_refused)
{
    const enum clock_result beyond = CLOCK_RESULT__COUNT;
    struct event event = {.clock_count = 1};
    uint8_t payload[EVENT_PAYLOAD_MAX];

    event.clocks[0] = sample_clock(1);
    event.clocks[0].result = beyond;
    size_t length = event_format_payload(&event, payload);
    CHECK(!event_parse_payload(&event, payload, length));
}

static struct hash chain_of(const struct event *event, const struct hash *previous)
{
    uint8_t payload[EVENT_PAYLOAD_MAX];
    size_t length = event_format_payload(event, payload);

    return event_chain_hash(previous, event, payload, length);
}

TEST(the_chain_shows_every_change)
{
    const struct event event = sample_event();
    const struct hash zero = {{0}};
    const struct hash other = {{1}};
    const struct hash hash = chain_of(&event, &zero);
    struct hash changed;

#define CHANGES(name, change)                                                                                          \
    do {                                                                                                               \
        struct event altered = event;                                                                                  \
        check_case(name);                                                                                              \
        change;                                                                                                        \
        changed = chain_of(&altered, &zero);                                                                           \
        CHECK(memcmp(changed.bytes, hash.bytes, HASH_BYTES) != 0);                                                     \
    } while (0)
    CHANGES("subject", altered.subject = SUBJECT_OUTAGE);
    CHANGES("subject's id", altered.subject_id++);
    CHANGES("seq", altered.seq++);
    CHANGES("kind", altered.kind++);
    CHANGES("when it happened", altered.occurred_at.milliseconds--);
    CHANGES("when it was recorded", altered.recorded_at.milliseconds++);
    CHANGES("role", altered.actor_role = ROLE_BIT(ROLE_CREW));
    CHANGES("staff", altered.actor_staff.v++);
    CHANGES("unit", altered.actor_unit.v++);
    CHANGES("a field", altered.field[FIELD_UNIT]++);
    CHANGES("a clock", altered.clocks[1].stopped_at.milliseconds++);
    CHANGES("the text", altered.text_hash.bytes[0] ^= 1);
    check_case("the event before");
    changed = chain_of(&event, &other);
    CHECK(memcmp(changed.bytes, hash.bytes, HASH_BYTES) != 0);
    check_case("nothing");
    changed = chain_of(&event, &zero);
    CHECK_BYTES(changed.bytes, hash.bytes, HASH_BYTES);
}

TEST(a_text_hash_depends_on_salt_and_text)
{
    const uint8_t salt[EVENT_TEXT_SALT_BYTES] = {1};
    const uint8_t other_salt[EVENT_TEXT_SALT_BYTES] = {2};
    const struct hash hash = event_text_hash(salt, "水表不转");
    const struct hash again = event_text_hash(salt, "水表不转");
    const struct hash other_text = event_text_hash(salt, "水表不转。");
    const struct hash salted = event_text_hash(other_salt, "水表不转");

    CHECK_BYTES(again.bytes, hash.bytes, HASH_BYTES);
    CHECK(memcmp(other_text.bytes, hash.bytes, HASH_BYTES) != 0);
    CHECK(memcmp(salted.bytes, hash.bytes, HASH_BYTES) != 0);
}
