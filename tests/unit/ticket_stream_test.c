/*
 * Streams of tickets as they were written by the first programs (tests/golden/streams.txt): every later program reads the same
 * bytes and folds them to the same ticket. The file is never written anew; streams with newer actions are added to it.
 *
 *     ticket                  a new stream
 *     event SEQ KIND OCCURRED RECORDED ROLE STAFF UNIT PAYLOAD     numbers, and the payload in hexadecimal
 *     fold TEXT               what stands after the events above
 */
#include "check.h"

#include "stream_words.h"
#include "ticket_desk.h"

enum { LINE_BYTES = 16384 };

static int hex_digit(char digit)
{
    return digit <= '9' ? digit - '0' : digit - 'a' + 10;
}

static size_t read_hex(const char *text, uint8_t *bytes)
{
    size_t length = 0;

    for (; text[0] != '\0' && text[0] != '\n' && length < EVENT_PAYLOAD_MAX; text += 2)
        bytes[length++] = (uint8_t)(hex_digit(text[0]) * 16 + hex_digit(text[1]));
    return length;
}

/* The numbers before the payload; where that begins. */
static const char *read_numbers(char *line, long long *numbers, int count)
{
    char *at = line;

    for (int i = 0; i < count; i++)
        numbers[i] = strtoll(at, &at, 10);
    return at + 1;
}

static void fold_line(struct ticket *ticket, char *line)
{
    uint8_t payload[EVENT_PAYLOAD_MAX], again[EVENT_PAYLOAD_MAX];
    long long numbers[7];
    const char *hex = read_numbers(line, numbers, 7);
    const size_t length = read_hex(hex, payload);
    struct event event = {
        .subject = SUBJECT_TICKET,
        .subject_id = 1,
        .seq = (uint32_t)numbers[0],
        .kind = (int)numbers[1],
        .occurred_at = {numbers[2]},
        .recorded_at = {numbers[3]},
        .actor_role = (uint32_t)numbers[4],
        .actor_staff = {(int32_t)numbers[5]},
        .actor_unit = {(int32_t)numbers[6]},
    };

    REQUIRE(event_parse_payload(&event, payload, length));
    CHECK_INT(event_format_payload(&event, again), length);
    CHECK(memcmp(payload, again, length) == 0);
    REQUIRE(ticket_can_apply(ticket, &event));
    ticket_apply(ticket, &event);
}

TEST(what_was_written_before_is_read_and_folded_as_it_was)
{
    static char line[LINE_BYTES], words[LINE_BYTES], path[4096];
    const char *top = getenv("SHUINUO_TOP");
    struct ticket ticket;
    int streams = 0, events = 0, folds = 0;

    snprintf(path, sizeof path, "%s/tests/golden/streams.txt", top != NULL ? top : ".");
    FILE *file = fopen(path, "r");
    REQUIRE(file != NULL);
    while (fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, "ticket", 6) == 0) {
            check_casef("stream %d", ++streams);
            ticket_init(&ticket, (struct ticket_id){1});
        } else if (strncmp(line, "event ", 6) == 0) {
            fold_line(&ticket, line + 6);
            events++;
        } else if (strncmp(line, "fold ", 5) == 0) {
            line[strcspn(line, "\n")] = '\0';
            stream_words(&ticket, words, sizeof words);
            CHECK_TEXT(words, line + 5);
            folds++;
        }
    }
    fclose(file);
    CHECK(streams >= 8);
    CHECK(events > 200);
    CHECK(folds >= streams);
}

/* One event of a held ticket, with its numbers forged. */
static bool is_taken(enum ticket_action action, enum event_field field, int64_t value)
{
    struct desk desk;

    if (desk_until_accepted(&desk, "leak_public") != VERDICT_OK)
        return false;
    struct event event = {.subject = SUBJECT_TICKET, .subject_id = 1, .seq = desk.ticket.version + 1, .kind = (int)action,
                          .occurred_at = desk.now, .recorded_at = desk.now, .actor_role = ROLE_BIT(ROLE_OPS)};
    if (field != FIELD_NONE)
        event_set(&event, field, value);
    if (!ticket_can_apply(&desk.ticket, &event))
        return false;
    ticket_apply(&desk.ticket, &event);
    return true;
}

TEST(forged_events_are_refused_in_words_and_crash_nothing)
{
    static const int64_t values[] = {INT64_MIN, -1, 0, 1, 2, 3, 16, 17, 63, 64, 255, INT32_MAX, INT64_MAX};
    int taken = 0, refused = 0;

    for (int action = -1; action <= TICKET_ACTION__COUNT; action++)
        for (enum event_field field = FIELD_NONE; field < EVENT_FIELD__COUNT; field++)
            for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
                is_taken((enum ticket_action)action, field, values[i]) ? taken++ : refused++;
    CHECK(taken > 1000);
    CHECK(refused > 10000);
    CHECK(!is_taken(ACTION_REPORT, FIELD_CATEGORY, 1)); /* a second report */
    CHECK(!is_taken(ACTION_ACCEPT, FIELD_DISPATCH_NO, 2));
    CHECK(is_taken(ACTION_ACCEPT, FIELD_DISPATCH_NO, 1));
    CHECK(!is_taken(ACTION_DISPATCH, FIELD_DISPATCH_NO, 1));
    CHECK(!is_taken(ACTION_FOLLOW_PARENT, FIELD_CLOCK_KIND, 64));
    CHECK(!is_taken(ACTION_FINISH, FIELD_OUTCOME, 9));
    CHECK(!is_taken(ACTION_NONE, FIELD_NONE, 0));
}
