/* Links to the page of an assignment: what a link says, and that nobody makes or bends one without the key. */
#include <string.h>

#include "check.h"
#include "core/crew_link.h"

static const struct key KEY = {{1, 2, 3}}, OTHER_KEY = {{1, 2, 4}};

static struct crew_link sample(void)
{
    return (struct crew_link){{4711}, 2, {17}, {INT64_C(1764201600000)}};
}

static const char *text_of(struct crew_link link)
{
    static char text[CREW_LINK_BYTES];

    crew_link_format(&KEY, &link, text);
    return text;
}

TEST(art22_a_link_says_which_assignment_whose_and_until_when)
{
    const struct crew_link link = sample();
    struct crew_link read;

    CHECK(strlen(text_of(link)) == CREW_LINK_BYTES - 1);
    CHECK(crew_link_parse(&KEY, text_of(link), &read));
    CHECK_INT(read.ticket.v, 4711);
    CHECK_INT(read.dispatch_no, 2);
    CHECK_INT(read.staff.v, 17);
    CHECK_INT(read.expires_at.milliseconds, link.expires_at.milliseconds);
}

TEST(the_largest_numbers_fit)
{
    const struct crew_link link = {{(INT64_C(1) << 40) - 1}, 255, {(1 << 24) - 1}, {INT64_C(4102444800000)}};
    struct crew_link read;

    CHECK(crew_link_parse(&KEY, text_of(link), &read));
    CHECK_INT(read.ticket.v, link.ticket.v);
    CHECK_INT(read.dispatch_no, 255);
    CHECK_INT(read.staff.v, link.staff.v);
    CHECK_INT(read.expires_at.milliseconds, link.expires_at.milliseconds);
}

TEST(a_link_holds_at_least_as_long_as_it_should_and_at_most_five_minutes_more)
{
    struct crew_link link = sample(), read;

    link.expires_at.milliseconds += 1;
    CHECK(crew_link_parse(&KEY, text_of(link), &read));
    CHECK_INT(read.expires_at.milliseconds, sample().expires_at.milliseconds + 300000);
}

TEST(art22_no_character_can_be_changed_and_no_other_key_fits)
{
    char text[CREW_LINK_BYTES];
    struct crew_link read;

    memcpy(text, text_of(sample()), sizeof text);
    CHECK(!crew_link_parse(&OTHER_KEY, text, &read));
    for (size_t i = 0; i < CREW_LINK_BYTES - 1; i++) {
        const char was = text[i];
        text[i] = was == 'A' ? 'B' : 'A';
        CHECK(!crew_link_parse(&KEY, text, &read));
        text[i] = was;
    }
    CHECK(crew_link_parse(&KEY, text, &read));
}

TEST(what_is_no_link_is_refused)
{
    static const char *const wrong[] = {"", "A", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                                        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\x80"};
    struct crew_link read;

    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        CHECK(!crew_link_parse(&KEY, wrong[i], &read));
}
