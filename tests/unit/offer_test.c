/*
 * What a ticket's page offers to whom, stage by stage: what makes sense now, and no more.
 */
#include "core/offer.h"

#include <string.h>

#include "check.h"
#include "ticket_desk.h"

static enum verdict offer(const struct desk *desk, enum ticket_action action, struct actor actor)
{
    return ticket_offer(&desk->ticket, action, &actor, &REGULATION, desk->now);
}

/* Of these, separated by spaces, what is offered. */
static const char *offered(const struct desk *desk, struct actor actor, const char *asked)
{
    static char buffer[600];
    struct text text;

    text_init(&text, buffer, sizeof buffer);
    for (enum ticket_action action = ACTION_REPORT + 1; action < TICKET_ACTION__COUNT; action++) {
        const char *name = ticket_action_name(action), *at = strstr(asked, name);
        const size_t length = strlen(name);
        while (at != NULL && ((at != asked && at[-1] != ' ') || (at[length] != ' ' && at[length] != '\0')))
            at = strstr(at + 1, name);
        if (at != NULL && offer(desk, action, actor) == VERDICT_OK)
            text_add_format(&text, "%s%s", text.length_bytes == 0 ? "" : " ", name);
    }
    return buffer;
}

#define WORK "accept object arrive contact repair finish ask_extension record_formalities record_liability"

TEST(article_22_a_leak_is_offered_step_by_step_and_nothing_twice)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "leak_public"), VERDICT_OK);
    CHECK_TEXT(offered(&desk, CREW_A, WORK), "arrive contact");
    CHECK_STATUS(offer(&desk, ACTION_REPAIR, CREW_A), VERDICT_NEEDS_ARRIVAL);
    CHECK_STATUS(offer(&desk, ACTION_FINISH, CREW_A), VERDICT_NEEDS_ARRIVAL);
    desk_wait(&desk, 5);
    REQUIRE_STATUS(desk_do(&desk, ACTION_ARRIVE, CREW_A), VERDICT_OK);
    CHECK_TEXT(offered(&desk, CREW_A, WORK), "contact repair");
    CHECK_STATUS(offer(&desk, ACTION_ARRIVE, CREW_A), VERDICT_ALREADY_DONE);
    CHECK_STATUS(offer(&desk, ACTION_FINISH, CREW_A), VERDICT_NEEDS_REPAIR);
    REQUIRE_STATUS(desk_do(&desk, ACTION_CONTACT, CREW_A), VERDICT_OK);
    REQUIRE_STATUS(desk_do(&desk, ACTION_REPAIR, CREW_A), VERDICT_OK);
    CHECK_TEXT(offered(&desk, CREW_A, WORK), "finish");
    CHECK_TEXT(offered(&desk, LIAISON_A, WORK), "object ask_extension finish");
    CHECK_TEXT(offered(&desk, LIAISON_B, WORK), "");
}

TEST(article_13_an_extension_is_offered_only_before_the_due_time)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "no_water"), VERDICT_OK);
    CHECK_STATUS(offer(&desk, ACTION_ASK_EXTENSION, LIAISON_A), VERDICT_OK);
    desk_wait(&desk, 48 * 60);
    CHECK_STATUS(offer(&desk, ACTION_ASK_EXTENSION, LIAISON_A), VERDICT_TOO_LATE);
    REQUIRE_STATUS(desk_report(&desk, "new_connection"), VERDICT_OK); /* nothing can be granted beyond its procedure */
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_DISPATCH, OPS, FIELD_UNIT, UNIT_A), VERDICT_OK);
    CHECK(offer(&desk, ACTION_ASK_EXTENSION, LIAISON_A) != VERDICT_OK);
}

TEST(article_14_7_the_limit_is_asked_for_before_dispatch_and_only_where_ops_sets_it)
{
    struct desk desk;

    REQUIRE_STATUS(desk_report(&desk, "unforeseen"), VERDICT_OK);
    CHECK(ticket_waits_for_limit(&desk.ticket, &REGULATION));
    CHECK_TEXT(offered(&desk, OPS, "dispatch set_limit"), "set_limit");
    CHECK_STATUS(offer(&desk, ACTION_DISPATCH, OPS), VERDICT_NEEDS_LIMIT);
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_SET_LIMIT, OPS, FIELD_LIMIT_SECONDS, DAY_SECONDS), VERDICT_OK);
    CHECK(!ticket_waits_for_limit(&desk.ticket, &REGULATION));
    CHECK_TEXT(offered(&desk, OPS, "dispatch set_limit"), "set_limit dispatch");
    REQUIRE_STATUS(desk_report(&desk, "no_water"), VERDICT_OK);
    CHECK_TEXT(offered(&desk, OPS, "dispatch set_limit"), "dispatch");
}

TEST(article_22_a_pipe_over_1200_mm_waits_for_the_limit_that_ops_sets)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "leak_public"), VERDICT_OK);
    CHECK(!ticket_waits_for_limit(&desk.ticket, &REGULATION));
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_ARRIVE, CREW_A, FIELD_DIAMETER_MM, 1400), VERDICT_OK);
    CHECK(ticket_waits_for_limit(&desk.ticket, &REGULATION));
    CHECK_STATUS(offer(&desk, ACTION_SET_LIMIT, OPS), VERDICT_OK);
}

TEST(article_24_formalities_are_asked_only_of_meters)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "no_water"), VERDICT_OK);
    CHECK_STATUS(offer(&desk, ACTION_RECORD_FORMALITIES, LIAISON_A), VERDICT_NOT_NEEDED);
    REQUIRE_STATUS(desk_until_accepted(&desk, "faulty_meter"), VERDICT_OK);
    CHECK_STATUS(offer(&desk, ACTION_RECORD_FORMALITIES, LIAISON_A), VERDICT_OK);
    CHECK_STATUS(offer(&desk, ACTION_FINISH, LIAISON_A), VERDICT_NEEDS_FORMALITIES);
}

TEST(article_25_liability_is_recorded_of_damage_by_others)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "no_water"), VERDICT_OK);
    CHECK_STATUS(offer(&desk, ACTION_RECORD_LIABILITY, OPS), VERDICT_NOT_NEEDED);
    REQUIRE_STATUS(desk_until_accepted(&desk, "leak_third_party"), VERDICT_OK);
    CHECK_STATUS(offer(&desk, ACTION_RECORD_LIABILITY, OPS), VERDICT_OK);
}

TEST(article_10_what_follows_a_finish_is_offered_in_its_order)
{
    struct desk desk;

    REQUIRE_STATUS(desk_until_finished(&desk, "no_water"), VERDICT_OK);
    CHECK_TEXT(offered(&desk, OPS, "review follow_up close reopen"), "review");
    REQUIRE_STATUS(desk_do_with(&desk, ACTION_REVIEW, OPS, FIELD_DECISION, DECISION_GRANT), VERDICT_OK);
    CHECK_TEXT(offered(&desk, OPS, "review follow_up close reopen"), "follow_up");
    CHECK_TEXT(offered(&desk, OPERATOR, "review follow_up say_not_fixed"), "follow_up say_not_fixed");
    REQUIRE_STATUS(desk_do(&desk, ACTION_SAY_NOT_FIXED, OPERATOR), VERDICT_OK);
    CHECK(strstr(offered(&desk, OPS, "review follow_up close reopen"), "reopen") != NULL);
}

TEST(what_is_sealed_offers_nothing_to_anybody)
{
    static const enum role roles[] = {ROLE_OPERATOR, ROLE_CREW, ROLE_LIAISON, ROLE_UNIT_LEADER, ROLE_OPS,
                                      ROLE_GROUP_LEADER, ROLE_DISCIPLINE, ROLE_ADMIN};
    struct desk desk;

    REQUIRE_STATUS(desk_until_accepted(&desk, "service_complaint"), VERDICT_OK);
    REQUIRE_STATUS(desk_do(&desk, ACTION_HAND_TO_DISCIPLINE, OPS), VERDICT_OK);
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++)
        for (enum ticket_action action = ACTION_REPORT + 1; action < TICKET_ACTION__COUNT; action++)
            CHECK(offer(&desk, action, person(roles[i], UNIT_A)) != VERDICT_OK);
}

/* Whatever is refused with a well-filled form is not offered: offering and deciding cannot drift apart. */
TEST(an_offer_is_kept_when_its_form_needs_nothing_but_words)
{
    static const enum ticket_action simple[] = {ACTION_ACCEPT, ACTION_ARRIVE, ACTION_CONTACT, ACTION_REPAIR, ACTION_CLOSE,
                                                ACTION_NOTE, ACTION_URGE, ACTION_ADD_WORDS, ACTION_WITHDRAW,
                                                ACTION_NOT_OURS, ACTION_SAY_NOT_FIXED, ACTION_UNMERGE,
                                                ACTION_ESCALATE_GROUP, ACTION_FAILED_CALL};
    struct desk desks[5];

    REQUIRE_STATUS(desk_report(&desks[0], "leak_public"), VERDICT_OK);
    REQUIRE_STATUS(desk_until_accepted(&desks[1], "leak_public"), VERDICT_OK);
    REQUIRE_STATUS(desk_until_accepted(&desks[2], "no_water"), VERDICT_OK);
    REQUIRE_STATUS(desk_until_reviewed(&desks[3], "no_water"), VERDICT_OK);
    REQUIRE_STATUS(desk_report(&desks[4], "no_water"), VERDICT_OK);
    REQUIRE_STATUS(desk_do_with(&desks[4], ACTION_MERGE, OPS, FIELD_PARENT, 9), VERDICT_OK);
    for (size_t d = 0; d < 5; d++) {
        for (size_t i = 0; i < sizeof simple / sizeof simple[0]; i++) {
            const struct actor people[] = {OPS, OPERATOR, LIAISON_A, CREW_A, LEADERSHIP};
            for (size_t p = 0; p < 5; p++) {
                struct desk copy = desks[d];
                const bool is_offered = offer(&copy, simple[i], people[p]) == VERDICT_OK;
                check_casef("stage %zu, %s, person %zu", d, ticket_action_name(simple[i]), p);
                CHECK_INT(desk_do(&copy, simple[i], people[p]) == VERDICT_OK, is_offered);
            }
        }
    }
}
