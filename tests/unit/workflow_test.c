/* Who may do what when: the whole table, as a text that a review can read. */
#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/workflow.h"

#define GOLDEN_PATH "tests/golden/permissions.txt"
#define GOLDEN_BYTES 65536

/* Each way to stand to a ticket, the widest right first. */
static const struct {
    const char *mark;
    struct standing standing;
} standings[] = {
    {"", STANDING_NONE},
    {":assigned", {.is_assigned = true}},
    {":lead", {.is_lead = true, .is_assigned = true}},
    {":inspection", {.is_assigned = true, .is_inspection = true}},
    {":named", {.is_named = true}},
    {":first", {.is_first = true}},
};
enum { STANDING_COUNT = sizeof standings / sizeof standings[0] };
static const struct standing everywhere = {true, true, true, true, true};

/* How a role may act: not at all, only for its unit's tickets, or on any. */
static const char *allowance(enum ticket_action action, enum ticket_state state, enum role role)
{
    const uint32_t roles = ROLE_BIT(role);

    for (int i = 0; i < STANDING_COUNT; i++)
        if (workflow_permits(action, state, roles, standings[i].standing, NULL) == VERDICT_OK)
            return standings[i].mark;
    return NULL;
}

static size_t print_state(FILE *out, enum ticket_action action, enum ticket_state state)
{
    size_t permitted = 0;

    for (enum role role = ROLE_NONE + 1; role < ROLE__COUNT; role++) {
        const char *how = allowance(action, state, role);
        if (how == NULL)
            continue;
        if (permitted++ == 0)
            fprintf(out, "    %-12s", ticket_state_name(state));
        fprintf(out, " %s%s", role_name(role), how);
    }
    if (permitted > 0)
        fprintf(out, "\n");
    return permitted;
}

static void print_permissions(FILE *out)
{
    fprintf(out, "Who may do what with a ticket: action, state, roles. A role with \":lead\", \":assigned\" or \":inspection\"\n"
                 "only where its unit holds the lead, any live assignment, or the inspection; with \":named\" where an escalation\n"
                 "named its unit; with \":first\" where it is the first receiver. What is not listed is not permitted.\n"
                 "GOLDEN_WRITE=1 writes this file anew.\n");
    for (enum ticket_action action = ACTION_NONE + 1; action < TICKET_ACTION__COUNT; action++) {
        fprintf(out, "\n%s\n", ticket_action_name(action));
        for (enum ticket_state state = TICKET_NONE; state < TICKET_STATE__COUNT; state++)
            print_state(out, action, state);
    }
}

static bool read_golden(char text[GOLDEN_BYTES])
{
    FILE *file = fopen(GOLDEN_PATH, "r");

    if (file == NULL)
        return false;
    size_t length = fread(text, 1, GOLDEN_BYTES - 1, file);
    text[length] = '\0';
    fclose(file);
    return true;
}

/* Prints the first line that differs, got and want; true when there is none. */
static bool is_same_text(const char *got, const char *want)
{
    for (int line = 1; *got != '\0' || *want != '\0'; line++) {
        size_t got_length = strcspn(got, "\n"), want_length = strcspn(want, "\n");
        if (got_length != want_length || memcmp(got, want, got_length) != 0) {
            printf("%s:%d\n    got  %.*s\n    want %.*s\n", GOLDEN_PATH, line, (int)got_length, got, (int)want_length,
                   want);
            return false;
        }
        got += got_length + (got[got_length] == '\n');
        want += want_length + (want[want_length] == '\n');
    }
    return true;
}

TEST(the_permission_table_is_the_reviewed_one)
{
    static char want[GOLDEN_BYTES];
    char *got = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&got, &length);

    REQUIRE(out != NULL);
    print_permissions(out);
    fclose(out);
    if (getenv("GOLDEN_WRITE") != NULL) {
        FILE *file = fopen(GOLDEN_PATH, "w");
        REQUIRE(file != NULL);
        fputs(got, file);
        fclose(file);
    }
    REQUIRE(read_golden(want));
    CHECK(is_same_text(got, want));
    free(got);
}

/* The answer worked out from the rows by another road than workflow_permits() takes. */
static enum verdict expected_verdict(enum ticket_action action, enum ticket_state state, enum role role,
                                     struct standing standing)
{
    size_t count;
    const struct permission *rows = workflow_permissions(&count);
    bool has_role = false, has_state = false, has_relation = false;

    for (size_t i = 0; i < count; i++) {
        bool fits_role = rows[i].action == action && (rows[i].roles & ROLE_BIT(role)) != 0;
        bool fits_state = fits_role && (rows[i].states & STATE_BIT(state)) != 0;
        const bool stands[RELATION__COUNT] = {[RELATION_ANY] = true,
                                              [RELATION_LEAD] = standing.is_lead,
                                              [RELATION_ASSIGNED] = standing.is_assigned,
                                              [RELATION_INSPECTION] = standing.is_inspection,
                                              [RELATION_NAMED] = standing.is_named,
                                              [RELATION_FIRST] = standing.is_first};
        bool fits_relation = stands[rows[i].relation];
        has_role |= fits_role;
        has_state |= fits_state;
        has_relation |= fits_state && fits_relation;
    }
    if (has_relation)
        return VERDICT_OK;
    if (has_state)
        return VERDICT_WRONG_UNIT;
    return has_role ? VERDICT_WRONG_STATE : VERDICT_WRONG_ROLE;
}

TEST(every_action_state_role_and_relation_has_the_table_s_answer)
{
    int wrong = 0;

    for (enum ticket_action action = ACTION_NONE + 1; action < TICKET_ACTION__COUNT; action++)
        for (enum ticket_state state = TICKET_NONE; state < TICKET_STATE__COUNT; state++)
            for (enum role role = ROLE_NONE + 1; role < ROLE__COUNT; role++)
                for (int i = 0; i < STANDING_COUNT; i++) {
                    uint32_t permitted = 77;
                    const struct standing standing = standings[i].standing;
                    enum verdict got = workflow_permits(action, state, ROLE_BIT(role), standing, &permitted);
                    enum verdict want = expected_verdict(action, state, role, standing);
                    wrong += got != want || permitted != (got == VERDICT_OK ? ROLE_BIT(role) : 0);
                }
    CHECK_INT(wrong, 0);
}

TEST(every_action_can_be_done_by_somebody_in_some_state)
{
    for (enum ticket_action action = ACTION_NONE + 1; action < TICKET_ACTION__COUNT; action++) {
        size_t permitted = 0;
        check_case(ticket_action_name(action));
        for (enum ticket_state state = TICKET_NONE; state < TICKET_STATE__COUNT; state++)
            for (enum role role = ROLE_NONE + 1; role < ROLE__COUNT; role++)
                permitted += allowance(action, state, role) != NULL;
        CHECK(permitted > 0);
    }
}

TEST(art5_a_sealed_ticket_permits_nothing_to_anybody)
{
    const uint32_t everybody = ROLES_STAFF | ROLE_BIT(ROLE_RESIDENT) | ROLE_BIT(ROLE_SYSTEM);

    for (enum ticket_action action = ACTION_NONE + 1; action < TICKET_ACTION__COUNT; action++)
        CHECK_STATUS(workflow_permits(action, TICKET_SEALED, everybody, everywhere, NULL), VERDICT_WRONG_STATE);
    CHECK(!workflow_may_read(everybody, TICKET_SEALED, true));
    CHECK_TEXT(ticket_state_public_name(TICKET_SEALED, false), "received");
    CHECK_TEXT(ticket_state_public_name(TICKET_SEALED, true), "received");
}

/* Art. 9: any member of staff registers a report, and sees it through; of all others an administrator learns nothing. */
TEST(art9_discipline_office_and_administrators_have_part_in_what_they_registered_alone)
{
    static const enum role others[] = {ROLE_DISCIPLINE, ROLE_ADMIN};
    const struct standing first = {.is_first = true}, all_but_first = {true, true, true, true, false};

    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        const uint32_t roles = ROLE_BIT(others[i]);
        CHECK(!workflow_has_desk(roles));
        CHECK_STATUS(workflow_permits(ACTION_REPORT, TICKET_NONE, roles, STANDING_NONE, NULL), VERDICT_OK);
        for (enum ticket_state state = TICKET_NONE; state < TICKET_STATE__COUNT; state++) {
            const bool is_known = state != TICKET_NONE && state != TICKET_SEALED;
            CHECK_INT(workflow_may_read(roles, state, true), is_known);
            CHECK(!workflow_may_read(roles, state, false));
            for (enum ticket_action action = ACTION_REPORT + 1; action < TICKET_ACTION__COUNT; action++) {
                const bool is_theirs = action == ACTION_NOTE || action == ACTION_ADD_WORDS || action == ACTION_URGE ||
                                       action == ACTION_ESCALATE_GROUP;
                CHECK(workflow_permits(action, state, roles, all_but_first, NULL) != VERDICT_OK);
                if (!is_theirs)
                    CHECK_STATUS(workflow_permits(action, state, roles, everywhere, NULL), VERDICT_WRONG_ROLE);
                else if (state == TICKET_REPORTED || state == TICKET_ACCEPTED)
                    CHECK_STATUS(workflow_permits(action, state, roles, first, NULL), VERDICT_OK);
            }
        }
    }
    CHECK(!workflow_may_unmask(ROLE_BIT(ROLE_DISCIPLINE) | ROLE_BIT(ROLE_ADMIN), true));
    CHECK(workflow_has_desk(ROLE_BIT(ROLE_ADMIN) | ROLE_BIT(ROLE_CREW)));
}

TEST(of_several_roles_the_one_that_fits_is_recorded)
{
    const uint32_t both = ROLE_BIT(ROLE_LIAISON) | ROLE_BIT(ROLE_OPS) | ROLE_BIT(ROLE_ADMIN);
    uint32_t permitted = 0;

    CHECK_STATUS(workflow_permits(ACTION_DISPATCH, TICKET_REPORTED, both, STANDING_NONE, &permitted), VERDICT_OK);
    CHECK_INT(permitted, ROLE_BIT(ROLE_OPS));
    CHECK_STATUS(workflow_permits(ACTION_ACCEPT, TICKET_DISPATCHED, both, everywhere, &permitted), VERDICT_OK);
    CHECK_INT(permitted, ROLE_BIT(ROLE_LIAISON));
    CHECK_STATUS(workflow_permits(ACTION_ACCEPT, TICKET_DISPATCHED, both, STANDING_NONE, &permitted), VERDICT_WRONG_UNIT);
    CHECK_INT(permitted, 0);
    CHECK_STATUS(workflow_permits(ACTION_REPORT, TICKET_NONE, 0, STANDING_NONE, NULL), VERDICT_WRONG_ROLE);
}

TEST(clear_contact_data_is_for_those_who_call_and_those_who_go_there)
{
    CHECK(workflow_may_unmask(ROLE_BIT(ROLE_OPERATOR), false));
    CHECK(workflow_may_unmask(ROLE_BIT(ROLE_OPS), false));
    CHECK(workflow_may_unmask(ROLE_BIT(ROLE_CREW), true));
    CHECK(!workflow_may_unmask(ROLE_BIT(ROLE_CREW), false));
    CHECK(!workflow_may_unmask(ROLE_BIT(ROLE_GROUP_LEADER), true));
    CHECK(!workflow_may_unmask(ROLE_BIT(ROLE_RESIDENT), true));
    CHECK(!workflow_may_read(ROLE_BIT(ROLE_RESIDENT), TICKET_REPORTED, true));
    CHECK(workflow_may_read(ROLE_BIT(ROLE_GROUP_LEADER), TICKET_CLOSED, false));
}

TEST(every_value_has_a_name_of_its_own)
{
    for (enum verdict a = VERDICT_OK; a < VERDICT__COUNT; a++)
        for (enum verdict b = VERDICT_OK; b < a; b++)
            CHECK(strcmp(verdict_name(a), verdict_name(b)) != 0);
    for (enum ticket_action a = ACTION_NONE; a < TICKET_ACTION__COUNT; a++)
        for (enum ticket_action b = ACTION_NONE; b < a; b++)
            CHECK(strcmp(ticket_action_name(a), ticket_action_name(b)) != 0);
    for (enum ticket_state a = TICKET_NONE; a < TICKET_STATE__COUNT; a++) {
        CHECK(ticket_state_public_name(a, false)[0] != '\0');
        for (enum ticket_state b = TICKET_NONE; b < a; b++)
            CHECK(strcmp(ticket_state_name(a), ticket_state_name(b)) != 0);
    }
    for (enum role a = ROLE_NONE; a < ROLE__COUNT; a++)
        for (enum role b = ROLE_NONE; b < a; b++)
            CHECK(strcmp(role_name(a), role_name(b)) != 0);
}

TEST(the_system_and_a_resident_are_nobody_on_the_staff)
{
    CHECK(actor_has(&(struct actor){.roles = actor_system().roles}, ROLE_SYSTEM));
    CHECK_INT(actor_system().staff.v, 0);
    CHECK_INT(actor_resident().roles, ROLE_BIT(ROLE_RESIDENT));
    CHECK_INT(actor_resident().roles & ROLES_STAFF, 0);
}
